#include "node/pod.h"
#include <errno.h>
#include <sys/syscall.h>
#include "api/object.h"
#include "base/fs.h"
#include "base/log.h"
#include "base/str.h"

#define STATUS_RETRY_FIRST_MS 200
#define STATUS_RETRY_MAX_MS 30000
#define EXIT_GRACE_MS 500

int64_t node_now_ms(const struct node *n) { return clock_mono_ms(n->d.clock); }

char *pod_run_dir(const struct pod *p) { return str_fmt("%s/pods/%s", p->node->run_dir, p->uid); }
char *pod_data_dir(const struct pod *p) { return str_fmt("%s/pods/%s", p->node->data_dir, p->uid); }
char *pod_log_dir(const struct pod *p) { return str_fmt("%s/logs/pods/%s_%s_%s", p->node->data_dir, p->ns, p->name, p->uid); }
char *ctr_log_path(const struct pod *p, const char *container, unsigned attempt)
{
	return str_fmt("%s/logs/pods/%s_%s_%s/%s/%u.log", p->node->data_dir, p->ns, p->name, p->uid, container, attempt);
}

struct pod *pod_ref(struct pod *p)
{
	__atomic_add_fetch(&p->refs, 1, __ATOMIC_RELAXED);
	return p;
}

static void msg_free(struct pod_msg *m)
{
	free(m->text);
	free(m);
}

struct pod *pod_unref(struct pod *p)
{
	if (!p || __atomic_sub_fetch(&p->refs, 1, __ATOMIC_ACQ_REL) > 0)
		return NULL;
	LIST_FOREACH_SAFE(m, tmp, &p->inbox, struct pod_msg, link)
		msg_free(m);
	LIST_FOREACH_SAFE(c, tmp, &p->ctrs, struct ctr, link)
		ctr_free(c);
	informer_object_unref(p->obj);
	bytes_unref(p->manifest);
	bytes_unref(p->saved_manifest);
	bytes_unref(p->status_want);
	bytes_unref(p->status_sent);
	json_decref(p->snapshot);
	json_decref(p->host_ports);
	json_decref(p->volume_images);
	json_decref(p->growths);
	resources_done(&p->req);
	json_decref(p->spec);
	json_decref(p->conditions);
	free(p->fail_reason);
	free(p->fail_message);
	free(p->setup_error);
	free(p->uid);
	free(p->ns);
	free(p->name);
	free(p->key);
	pthread_mutex_destroy(&p->lock);
	free(p);
	return NULL;
}

void pod_kick(struct pod *p)
{
	if (__atomic_exchange_n(&p->kicked, true, __ATOMIC_ACQ_REL))
		return;
	pod_ref(p); /* for the task on its way */
	loop_post(p->node->loop, &p->kick);
}

struct pod_msg *pod_msg_new(enum pod_msg_type type, const char *container, const char *cid)
{
	struct pod_msg *m = calloc(1, sizeof(*m));

	if (!m)
		return NULL;
	m->type = type;
	str_copy(m->container, sizeof(m->container), container);
	str_copy(m->cid, sizeof(m->cid), cid);
	return m;
}

void pod_post(struct pod *p, struct pod_msg *m)
{
	pthread_mutex_lock(&p->lock);
	list_add_tail(&p->inbox, &m->link);
	pthread_mutex_unlock(&p->lock);
	pod_kick(p);
}

void pod_set_object(struct pod *p, struct informer_object *o)
{
	pthread_mutex_lock(&p->lock);
	informer_object_unref(p->obj);
	p->obj = informer_object_ref(o);
	bytes_unref(p->manifest);
	p->manifest = bytes_ref(o->json);
	pthread_mutex_unlock(&p->lock);
	pod_kick(p);
}

void pod_set_gone(struct pod *p)
{
	pthread_mutex_lock(&p->lock);
	p->gone = true;
	pthread_mutex_unlock(&p->lock);
	pod_kick(p);
}

/* --- status to the API --- */

/* Whether everything of want is in have already; arrays of conditions are matched by type. */
static bool subset(const json_t *want, const json_t *have, unsigned depth)
{
	const char *k;
	json_t *v;
	size_t i, j;

	if (!have || json_typeof(want) != json_typeof(have) || depth > 32)
		return json_is_null(want) && !have;
	if (json_is_object(want)) {
		json_object_foreach((json_t *)want, k, v)
		{
			json_t *h = json_object_get(have, k);
			if (json_is_null(v) ? h != NULL : !subset(v, h, depth + 1))
				return false;
		}
		return true;
	}
	if (!json_is_array(want))
		return json_equal((json_t *)want, (json_t *)have) == 1;
	bool typed = json_object_get(json_array_get(want, 0), "type") != NULL;
	if (!typed && json_array_size(want) != json_array_size(have))
		return false;
	json_array_foreach((json_t *)want, i, v)
	{
		json_t *h = json_array_get(have, i);
		if (typed) {
			json_t *x;
			h = NULL;
			json_array_foreach((json_t *)have, j, x) if (streq(json_str(x, "type"), json_str(v, "type"))) h = x;
		}
		if (!h || !subset(v, h, depth + 1))
			return false;
	}
	return true;
}

static void send_status(struct pod *p);

static void status_done(void *arg, const struct client_result *r)
{
	struct pod *p = arg;

	bool doubt = p->status_doubt;

	p->calls--;
	p->status_sending = p->status_doubt = false;
	if (r->code == 0) {
		p->status_retry_ms = 0;
		if (doubt) {
			bytes_unref(p->status_sent);
			p->status_sent = NULL;
		}
	} else {
		bytes_unref(p->status_sent);
		p->status_sent = NULL;
		if (r->code == ERR_NOT_FOUND || r->code == ERR_CONFLICT) {
			/* Deleted, or another pod of this name: the informer will tell. */
			log_debug("node", p->key, "status not taken: %s", r->err.msg);
			p->status_retry_ms = STATUS_RETRY_MAX_MS;
		} else {
			p->status_retry_ms = p->status_retry_ms ? p->status_retry_ms * 2 : STATUS_RETRY_FIRST_MS;
			if (p->status_retry_ms > STATUS_RETRY_MAX_MS)
				p->status_retry_ms = STATUS_RETRY_MAX_MS;
			log_warning("node", p->key, "cannot report status, again in %lld ms: %s", (long long)p->status_retry_ms, r->err.msg);
		}
		if (p->timer && !p->removed)
			loop_timer_set(p->timer, p->status_retry_ms);
		pod_unref(p);
		return;
	}
	if (!p->removed)
		send_status(p);
	node_down_check(p->node);
	pod_unref(p);
}

static void delete_done(void *arg, const struct client_result *r)
{
	struct pod *p = arg;

	p->calls--;
	if (r->code < 0 && r->code != ERR_NOT_FOUND && r->code != ERR_CONFLICT) {
		log_warning("node", p->key, "cannot delete the stopped pod from the API, again later: %s", r->err.msg);
		p->delete_sent = false;
		if (p->timer && !p->removed)
			loop_timer_set(p->timer, 1000);
	} else if (r->code == ERR_NOT_FOUND || r->code == ERR_CONFLICT) {
		pod_set_gone(p);
	}
	pod_unref(p);
}

static void send_delete(struct pod *p)
{
	const struct client_ref ref = {.plural = "pods", .ns = p->ns, .name = p->name};
	AUTO_JSON json_t *o = json_pack("{s:s,s:s,s:i,s:{s:s}}", "kind", "DeleteOptions", "apiVersion", "v1", "gracePeriodSeconds", 0,
					"preconditions", "uid", p->uid);

	if (!o || p->delete_sent)
		return;
	p->delete_sent = true;
	p->calls++;
	if (client_delete(p->node->client, &ref, o, delete_done, pod_ref(p)) < 0) {
		p->calls--;
		p->delete_sent = false;
		pod_unref(p);
	}
}

/* Loop's thread: between syncs, status_want may be read. */
static void send_status(struct pod *p)
{
	AUTO_JSON json_t *want = NULL, *have = NULL, *patch = NULL;
	AUTO_OBJECT struct informer_object *o = NULL;
	bool gone;

	if (p->status_sending || p->running || !p->status_want)
		return;
	pthread_mutex_lock(&p->lock);
	o = p->obj ? informer_object_ref(p->obj) : NULL;
	gone = p->gone;
	pthread_mutex_unlock(&p->lock);
	if (gone || !o)
		return;
	bool same = p->status_sent && p->status_sent->len == p->status_want->len &&
		    memcmp(p->status_sent->data, p->status_want->data, p->status_want->len) == 0;
	if (!same) {
		if (json_parse_bytes(p->status_want, &want, NULL) < 0)
			return;
		/* After a restart of the agent the API may have it all. Only then: our own patches are still on their way back. */
		if (!p->status_sent) {
			have = informer_object_json(o);
			same = have && subset(want, json_object_get(have, "status"), 0);
		}
		bytes_unref(p->status_sent);
		p->status_sent = bytes_ref(p->status_want);
	}
	if (same) {
		if (p->delete_wanted)
			send_delete(p);
		return;
	}
	const struct client_ref ref = {.plural = "pods", .ns = p->ns, .name = p->name, .subresource = "status"};
	/* Lists with a merge key keep what is not named: a pod whose sandbox was made anew would keep the address it had. */
	static const char *const replaced[] = {"podIPs", "hostIPs"};
	for (size_t i = 0; i < ARRAY_LEN(replaced); i++) {
		json_t *list = json_object_get(want, replaced[i]);
		if (list && json_array_insert_new(list, 0, json_pack("{s:s}", "$patch", "replace")) < 0)
			return;
	}
	patch = json_pack("{s:{s:s},s:O}", "metadata", "uid", p->uid, "status", want);
	if (!patch)
		return;
	p->status_sending = true;
	p->calls++;
	if (client_patch(p->node->client, &ref, CLIENT_STRATEGIC_PATCH, patch, status_done, pod_ref(p)) < 0) {
		p->calls--;
		p->status_sending = false;
		pod_unref(p);
		loop_timer_set(p->timer, 1000);
	}
}

void pod_status_seen(struct pod *p, const json_t *obj)
{
	AUTO_JSON json_t *sent = NULL, *of = NULL;

	if (!p->status_sent || !streq(json_str(obj_condition(obj, "Ready"), "status"), "False") || json_parse_bytes(p->status_sent, &sent, NULL) < 0 ||
	    !(of = json_pack("{s:O}", "status", sent)) || !obj_condition_true(of, "Ready"))
		return;
	if (p->status_sending) {
		p->status_doubt = true;
		return;
	}
	/* Or it is older than what we sent: then once more is once too often, and changes nothing. */
	bytes_unref(p->status_sent);
	p->status_sent = NULL;
	send_status(p);
}

/* --- scheduling of syncs --- */

void ctr_unwatch(struct ctr *c)
{
	if (!c->watch)
		return;
	c->watch = loop_io_free(c->watch);
	close(TAKE_FD(c->watch_fd));
	c->watched[0] = '\0';
}

static void process_gone(void *arg, int fd UNUSED, uint32_t events UNUSED)
{
	struct ctr *c = arg;
	struct pod *p = c->pod;

	c->watch = loop_io_free(c->watch); /* once: a dead process stays readable */
	close(TAKE_FD(c->watch_fd));
	/* Usually conmon is about to write the exit code, which kicks again; the timer is for when it is not. */
	loop_timer_set(p->timer, EXIT_GRACE_MS); /* every sync sets it anew for whatever else is due */
}

/* Between syncs, on the loop. */
static void watch_processes(struct pod *p)
{
	struct err err = {0};

	LIST_FOREACH(c, &p->ctrs, struct ctr, link)
	{
		bool runs = c->state == CTR_RUNNING || c->state == CTR_STOPPING;
		if (c->watch && (!runs || !streq(c->watched, c->run.id)))
			ctr_unwatch(c);
		if (!runs || c->watch || streq(c->watched, c->run.id))
			continue;
		c->watch_fd = (int)syscall(SYS_pidfd_open, c->run.pid, 0);
		if (c->watch_fd < 0)
			continue; /* gone already: the exit file tells, or an old kernel */
		c->pod = p;
		str_copy(c->watched, sizeof(c->watched), c->run.id);
		if (loop_io_new(&c->watch, p->node->loop, c->watch_fd, EPOLLIN, process_gone, c, &err) < 0)
			close(TAKE_FD(c->watch_fd));
	}
}

static void start_sync(struct pod *p)
{
	p->running = true;
	p->dirty = false;
	pool_submit(p->node->sync_pool, &p->job);
}

static void pod_drop(struct pod *p)
{
	struct node *n = p->node;

	p->probes = probes_free(p->probes);
	p->timer = loop_timer_free(p->timer);
	LIST_FOREACH(c, &p->ctrs, struct ctr, link)
		ctr_unwatch(c);
	pthread_rwlock_wrlock(&n->pods_lock);
	if (map_get(n->pods, p->uid) == p) {
		map_take(n->pods, p->uid);
		pthread_rwlock_unlock(&n->pods_lock);
		pod_unref(p);
		return;
	}
	pthread_rwlock_unlock(&n->pods_lock);
}

static void sync_run(struct pool_job *j)
{
	struct pod *p = container_of(j, struct pod, job);

	pod_sync(p);
}

static void sync_done(struct pool_job *j)
{
	struct pod *p = container_of(j, struct pod, job);
	AUTO_JSON json_t *spec = TAKE_PTR(p->spec);

	p->running = false;
	if (p->removed) {
		pod_drop(p);
		node_down_check(p->node);
		pod_unref(p); /* the reference of the running job */
		return;
	}
	if (!p->node->stopping) {
		probes_reconcile(p, spec);
		send_status(p);
	}
	if (p->next_ms >= 0)
		loop_timer_set(p->timer, p->next_ms);
	else if (p->status_retry_ms == 0)
		loop_timer_stop(p->timer);
	if (!p->node->stopping)
		watch_processes(p);
	if (p->dirty && !p->node->stopping) {
		pod_ref(p);
		start_sync(p);
	}
	node_down_check(p->node);
	pod_unref(p);
}

static void wake(struct pod *p)
{
	if (p->node->stopping || p->removed)
		return;
	if (p->running) {
		p->dirty = true;
		return;
	}
	pod_ref(p);
	start_sync(p);
}

static void kick_fn(struct loop_task *t)
{
	struct pod *p = container_of(t, struct pod, kick);

	__atomic_store_n(&p->kicked, false, __ATOMIC_RELEASE);
	wake(p);
	pod_unref(p);
}

static void timer_fn(void *arg) { wake(arg); }

int pod_new(struct pod **ret, struct node *n, const char *uid, const char *ns, const char *name, struct err *e)
{
	struct pod *p = calloc(1, sizeof(*p));

	if (!p)
		return err_nomem(e);
	p->refs = 1;
	p->node = n;
	pthread_mutex_init(&p->lock, NULL);
	list_init(&p->inbox);
	list_init(&p->ctrs);
	p->kick.fn = kick_fn;
	p->job.run = sync_run;
	p->job.done = sync_done;
	p->job.done_loop = n->loop;
	p->next_ms = -1;
	p->grace_ms = -1;
	p->uid = str_dup(uid);
	p->ns = str_dup(ns);
	p->name = str_dup(name);
	p->key = str_fmt("%s/%s", ns, name);
	p->conditions = json_object();
	str_copy(p->job.key, sizeof(p->job.key), uid);
	if (!p->uid || !p->ns || !p->name || !p->key || !p->conditions || loop_timer_new(&p->timer, n->loop, timer_fn, p) < 0) {
		pod_unref(p);
		return err_nomem(e);
	}
	*ret = p;
	return 0;
}

struct pod *node_pod_by_uid(struct node *n, const char *uid)
{
	struct pod *p;

	pthread_rwlock_rdlock(&n->pods_lock);
	p = map_get(n->pods, uid);
	if (p)
		pod_ref(p);
	pthread_rwlock_unlock(&n->pods_lock);
	return p;
}

/* --- events --- */

static void event_at(struct pod *p, const char *field_path, const char *type, const char *reason, char *message)
{
	AUTO_JSON json_t *obj = json_pack("{s:s,s:s,s:{s:s,s:s,s:s}}", "kind", "Pod", "apiVersion", "v1", "metadata", "name", p->name,
					  "namespace", p->ns, "uid", p->uid);

	if (!obj)
		return;
	str_make_utf8(message); /* of output, or cut off within a letter */
	pthread_mutex_lock(&p->lock);
	if (p->obj) {
		char rev[24];
		snprintf(rev, sizeof(rev), "%lld", (long long)p->obj->rev);
		json_dot_set(obj, "metadata.resourceVersion", json_string(rev));
	}
	pthread_mutex_unlock(&p->lock);
	if (field_path)
		json_object_set_new(obj, "fieldPath", json_string(field_path));
	log_debug("node", p->key, "%s: %s", reason, message);
	if (!p->node->stopping)
		client_event(p->node->client, obj, "v1", "Pod", type, reason, NODE_COMPONENT, p->node->name, "%s", message);
}

void pod_event(struct pod *p, const char *type, const char *reason, const char *fmt, ...)
{
	char message[1024];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(message, sizeof(message), fmt, ap);
	va_end(ap);
	event_at(p, NULL, type, reason, message);
}

void ctr_event(struct pod *p, const struct ctr *c, const char *type, const char *reason, const char *fmt, ...)
{
	static const char *const lists[] = {[CTR_KIND_INIT] = "initContainers", [CTR_KIND_MAIN] = "containers", [CTR_KIND_EPHEMERAL] = "ephemeralContainers"};
	char message[1024], path[320];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(message, sizeof(message), fmt, ap);
	va_end(ap);
	snprintf(path, sizeof(path), "spec.%s{%s}", lists[c->kind], c->name);
	event_at(p, path, type, reason, message);
}
