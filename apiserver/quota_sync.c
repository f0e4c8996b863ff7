/*
 * Keeps status of ResourceQuotas: counts when a quota is new or changed, and again when something in its namespace is deleted or a pod
 * ends. One watch over everything, only while there are quotas at all.
 */
#include "api/object.h"
#include "api/scan.h"
#include "api/selector.h"
#include "apiserver/quota.h"
#include "base/log.h"

struct quota_sync {
	pthread_mutex_t lock;
	struct map *dirty; /* namespace -> itself: a count is queued */
	struct map *spaces; /* namespaces with quotas: name -> itself */
	struct store_watch *watch;
	bool stopped;
};

int quota_sync_new(struct quota_sync **ret)
{
	struct quota_sync *s = calloc(1, sizeof(*s));

	if (!s)
		return -ENOMEM;
	pthread_mutex_init(&s->lock, NULL);
	s->dirty = map_new(NULL);
	s->spaces = map_new(NULL);
	if (!s->dirty || !s->spaces) {
		(void)quota_sync_free(s);
		return -ENOMEM;
	}
	*ret = s;
	return 0;
}

struct quota_sync *quota_sync_free(struct quota_sync *s)
{
	if (!s)
		return NULL;
	if (s->dirty)
		(void)map_free(s->dirty);
	if (s->spaces)
		(void)map_free(s->spaces);
	pthread_mutex_destroy(&s->lock);
	free(s);
	return NULL;
}

void quota_sync_stop(struct quota_sync *s)
{
	struct store_watch *w;

	pthread_mutex_lock(&s->lock);
	s->stopped = true;
	w = TAKE_PTR(s->watch);
	pthread_mutex_unlock(&s->lock);
	(void)store_watch_free(w);
}

static void count_namespace(struct auth *au, void *arg);

static void recount(struct auth *au, const char *ns)
{
	struct quota_sync *s = au->quotas;
	bool queued;
	char *copy = str_dup(ns);

	if (!copy)
		return;
	pthread_mutex_lock(&s->lock);
	queued = map_has(s->dirty, ns) || map_put(s->dirty, ns, s);
	pthread_mutex_unlock(&s->lock);
	if (queued)
		free(copy);
	else
		auth_job(au, count_namespace, copy, free);
}

struct put {
	struct auth *au;
	char *ns;
};

static void on_put(void *arg, int status, struct bytes *body)
{
	struct put *p = arg;
	char m[200] = "";

	if (status == 409) { /* something was charged meanwhile */
		recount(p->au, p->ns);
	} else if (status >= 400 && status != 404) {
		if (body)
			(void)scan_str(body->data, body->len, "message", m, sizeof(m));
		log_warning(APISERVER_LOG, p->ns, "status of a quota was not updated: %s", m);
	}
	free(p->ns);
	free(p);
}

static void count_quota(struct auth *au, const char *ns, json_t *quota)
{
	AUTO_JSON json_t *used = NULL;
	AUTO_FREE char *path = str_fmt("/api/v1/namespaces/%s/resourcequotas/%s/status", ns, obj_name(quota));
	const json_t *hard = json_dot(quota, "spec.hard");
	struct put *p;
	struct err e = {0};

	if (quota_compute(au, ns, quota, &used, &e)) {
		log_warning(APISERVER_LOG, ns, "%s", e.msg);
		return;
	}
	if (json_equal(json_dot(quota, "status.used"), used) && json_equal(json_dot(quota, "status.hard"), hard))
		return;
	p = calloc(1, sizeof(*p));
	if (p)
		p->au = au;
	if (!p || !path || !(p->ns = str_dup(ns)) || json_dot_set(quota, "status.used", json_incref(used)) ||
	    json_dot_set(quota, "status.hard", json_deep_copy(hard)) || auth_call(au, "PUT", path, "fieldManager=kube-controller-manager", "application/json", quota, on_put, p)) {
		if (p)
			free(p->ns);
		free(p);
		log_error(APISERVER_LOG, ns, "out of memory");
	}
}

static void count_namespace(struct auth *au, void *arg)
{
	const char *ns = arg;
	struct auth_list l = {0};

	pthread_mutex_lock(&au->quotas->lock);
	(void)map_take(au->quotas->dirty, ns);
	pthread_mutex_unlock(&au->quotas->lock);
	if (auth_list(au, true, "", "resourcequotas", ns, NULL, NULL, &l))
		return;
	for (size_t i = 0; i < l.n; i++) {
		AUTO_JSON json_t *quota = NULL;

		if (!json_parse_bytes(l.items[i].value, &quota, NULL) && !obj_deleting(quota))
			count_quota(au, ns, quota);
	}
	auth_list_done(&l);
}

static bool ended(const struct bytes *index)
{
	const char *phase = index ? api_index_field(index, "status.phase") : NULL;

	return streq(phase, "Succeeded") || streq(phase, "Failed");
}

/* A key's last part but one is its namespace, if it has one; others match no namespace or do no harm. */
static void on_any(void *arg, int code, const struct store_event *ev, size_t n, int64_t rev)
{
	struct auth *au = arg;

	(void)rev;
	for (size_t i = 0; !code && i < n; i++) {
		const char *key = ev[i].item.key, *end = strrchr(key, '/'), *start;
		char ns[254];
		bool mine;

		if (ev[i].kind != STORE_DELETED && !(str_has_prefix(key, "/pods/") && ended(ev[i].item.index) && !ended(ev[i].prev_index)))
			continue;
		start = end && end > key ? memrchr(key, '/', (size_t)(end - key)) : NULL;
		if (!start || (size_t)(end - start - 1) >= sizeof(ns))
			continue;
		(void)snprintf(ns, sizeof(ns), "%.*s", (int)(end - start - 1), start + 1);
		pthread_mutex_lock(&au->quotas->lock);
		mine = map_has(au->quotas->spaces, ns);
		pthread_mutex_unlock(&au->quotas->lock);
		if (mine)
			recount(au, ns);
	}
}

void quota_sync_event(struct feed *f, const char *key, struct bytes *value, const struct bytes *index)
{
	struct auth *au = f->au;
	struct quota_sync *s = au->quotas;
	char ns[254];
	AUTO_JSON json_t *quota = NULL;
	struct err e = {0};

	(void)index;
	if ((size_t)strcspn(key, "/") >= sizeof(ns))
		return;
	(void)snprintf(ns, sizeof(ns), "%.*s", (int)strcspn(key, "/"), key);
	if (!value)
		return; /* the namespace may have others; a count too many is harmless */
	pthread_mutex_lock(&s->lock);
	if (!map_has(s->spaces, ns))
		(void)map_put(s->spaces, ns, s);
	if (!s->watch && !s->stopped && store_watch_new(&s->watch, au->store, "/", store_revision(au->store), on_any, au, &e))
		log_error(APISERVER_LOG, NULL, "quotas do not follow deletions: %s", e.msg);
	pthread_mutex_unlock(&s->lock);
	atomic_store(&au->quotas_any, true);
	/* What is charged changes the quota too, and needs no count. */
	if (json_parse_bytes(value, &quota, NULL) || !quota_counted(quota) || !json_equal(json_dot(quota, "status.hard"), json_dot(quota, "spec.hard")))
		recount(au, ns);
}
