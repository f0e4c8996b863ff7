/* Life of the authentication and authorization part, and its views of the store. */
#include "apiserver/auth.h"
#include "api/flow_defaults.h"
#include "api/object.h"
#include "api/selector.h"
#include "apiserver/ingress_refs.h"
#include "apiserver/webhook.h"
#include "base/log.h"

/* --- lookups --- */

char *auth_key(struct auth *au, const char *group, const char *plural, const char *ns, const char *name)
{
	const struct api_resource *res = api_resource_find(au->reg, group, "v1", plural);
	struct api_registry *now = res ? NULL : apiserver_registry(au->a); /* of a CRD */
	char *key = NULL;

	if (!res)
		res = api_resource_find(now, group, "v1", plural);
	if (res)
		key = name ? object_key(res, ns, name) : object_prefix(res, ns);
	if (now)
		api_registry_unref(now);
	return key;
}

struct get_wait {
	pthread_mutex_t lock;
	pthread_cond_t cond;
	bool done;
	int code;
	struct store_item *ret;
};

static void on_get(void *arg, int code, struct store_item *item)
{
	struct get_wait *w = arg;

	pthread_mutex_lock(&w->lock);
	w->code = code;
	if (!code)
		store_item_copy(w->ret, item);
	w->done = true;
	pthread_cond_signal(&w->cond);
	pthread_mutex_unlock(&w->lock);
}

int auth_get(struct auth *au, bool block, const char *group, const char *plural, const char *ns, const char *name, struct store_item *ret)
{
	AUTO_FREE char *key = auth_key(au, group, plural, ns, name);
	struct get_wait w = {.lock = PTHREAD_MUTEX_INITIALIZER, .cond = PTHREAD_COND_INITIALIZER, .ret = ret};
	int r;

	if (!key)
		return -ENOMEM;
	*ret = (struct store_item){0};
	r = store_get(au->store, key, ret);
	if (r != ERR_AGAIN || !block)
		return r;
	store_get_async(au->store, key, on_get, &w);
	pthread_mutex_lock(&w.lock);
	while (!w.done)
		pthread_cond_wait(&w.cond, &w.lock);
	pthread_mutex_unlock(&w.lock);
	return w.code;
}

int auth_get_json(struct auth *au, bool block, const char *group, const char *plural, const char *ns, const char *name, json_t **ret,
		  int64_t *ret_rev)
{
	struct store_item it;
	int r = auth_get(au, block, group, plural, ns, name, &it);

	if (r)
		return r;
	r = json_parse_bytes(it.value, ret, NULL);
	if (ret_rev)
		*ret_rev = it.mod_rev;
	store_item_done(&it);
	return r ? ERR_INTERNAL : 0;
}

/* Shared by the asker and the answer: whoever comes last frees it. */
struct list_wait {
	pthread_mutex_t lock;
	pthread_cond_t cond;
	bool done, left;
	int code;
	struct auth_list list;
};

static void list_wait_free(struct list_wait *w)
{
	auth_list_done(&w->list);
	pthread_mutex_destroy(&w->lock);
	pthread_cond_destroy(&w->cond);
	free(w);
}

static void on_range(void *arg, struct store_range_result *r)
{
	struct list_wait *w = arg;
	bool left;

	pthread_mutex_lock(&w->lock);
	w->code = r->code;
	if (!r->code && !w->left) {
		w->list.items = calloc(r->n + 1, sizeof(*w->list.items));
		if (!w->list.items)
			w->code = -ENOMEM;
		for (size_t i = 0; w->list.items && i < r->n; i++)
			store_item_copy(&w->list.items[w->list.n++], &r->items[i]);
		w->list.rev = r->rev;
	}
	w->done = true;
	left = w->left;
	pthread_cond_signal(&w->cond);
	pthread_mutex_unlock(&w->lock);
	if (left)
		list_wait_free(w);
}

static int list_prefix(struct auth *au, bool block, const char *prefix, bool (*filter)(void *arg, const char *key, const struct bytes *index),
		       void *arg, struct auth_list *ret)
{
	struct store_range q = {.prefix = prefix, .filter = filter, .filter_arg = arg};
	struct list_wait *w = calloc(1, sizeof(*w));
	int r;

	if (!prefix || !w) {
		free(w);
		return -ENOMEM;
	}
	pthread_mutex_init(&w->lock, NULL);
	pthread_cond_init(&w->cond, NULL);
	store_range(au->store, &q, on_range, w);
	pthread_mutex_lock(&w->lock);
	while (block && !w->done)
		pthread_cond_wait(&w->cond, &w->lock);
	if (!w->done) {
		w->left = true;
		pthread_mutex_unlock(&w->lock);
		return ERR_AGAIN;
	}
	pthread_mutex_unlock(&w->lock);
	r = w->code;
	if (!r) {
		*ret = w->list;
		w->list = (struct auth_list){0};
	}
	list_wait_free(w);
	return r;
}

int auth_list(struct auth *au, bool block, const char *group, const char *plural, const char *ns,
	      bool (*filter)(void *arg, const char *key, const struct bytes *index), void *arg, struct auth_list *ret)
{
	AUTO_FREE char *prefix = auth_key(au, group, plural, ns, NULL);

	return list_prefix(au, block, prefix, filter, arg, ret);
}

static bool on_node(void *arg, const char *key, const struct bytes *index)
{
	(void)key;
	return index && streq(api_index_field(index, "spec.nodeName"), arg);
}

int auth_list_pods(struct auth *au, const char *ns, const char *node, struct auth_list *ret)
{
	return auth_list(au, true, "", "pods", ns, on_node, (void *)(uintptr_t)node, ret);
}

void auth_list_done(struct auth_list *l)
{
	for (size_t i = 0; i < l->n; i++)
		store_item_done(&l->items[i]);
	free(l->items);
	*l = (struct auth_list){0};
}

bool auth_any(struct auth *au, const char *group, const char *plural, const char *ns)
{
	AUTO_FREE char *prefix = auth_key(au, group, plural, ns, NULL);

	return !prefix || store_count(au->store, prefix) > 0;
}

/* --- calls and jobs --- */

static void no_done(void *arg, int status, struct bytes *body)
{
	(void)arg;
	(void)status;
	(void)body;
}

int auth_call(struct auth *au, const char *method, const char *path, const char *query, const char *content_type, const json_t *body,
	      inner_done_fn done, void *arg)
{
	struct identity id = {.user = (char *)(uintptr_t) "system:apiserver", .groups = (char *[]){(char *)(uintptr_t) "system:masters", NULL}};
	AUTO_BYTES struct bytes *b = body ? json_encode(body) : NULL;

	if (body && !b)
		return -ENOMEM;
	return inner_call(au->a, &id, method, path, query, content_type, b, done ? done : no_done, arg);
}

bool auth_is_master(const struct identity *id) { return identity_in_group(id, "system:masters"); }

struct auth_job_ctx {
	struct pool_job job;
	struct auth *au;
	void (*fn)(struct auth *au, void *arg);
	void *arg;
	void (*free_arg)(void *);
};

static void job_run(struct pool_job *j)
{
	struct auth_job_ctx *c = container_of(j, struct auth_job_ctx, job);

	if (!atomic_load(&c->au->stopping))
		c->fn(c->au, c->arg);
}

static void job_done(struct pool_job *j)
{
	struct auth_job_ctx *c = container_of(j, struct auth_job_ctx, job);

	if (c->free_arg)
		c->free_arg(c->arg);
	free(c);
}

void auth_job(struct auth *au, void (*fn)(struct auth *au, void *arg), void *arg, void (*free_arg)(void *))
{
	struct auth_job_ctx *c = calloc(1, sizeof(*c));

	if (!c) {
		log_error(APISERVER_LOG, NULL, "out of memory");
		if (free_arg)
			free_arg(arg);
		return;
	}
	*c = (struct auth_job_ctx){.job = {.run = job_run, .done = job_done}, .au = au, .fn = fn, .arg = arg, .free_arg = free_arg};
	pool_submit(apiserver_pool(au->a), &c->job);
}

/* --- feeds --- */

static void feed_again(struct auth *au, void *arg)
{
	struct feed *f = arg;
	struct err e = {0};

	(void)au;
	pthread_mutex_lock(&f->turn);
	pthread_mutex_lock(&f->lock);
	f->watch = store_watch_free(f->watch);
	pthread_mutex_unlock(&f->lock);
	f->reset(f);
	if (feed_start(f, &e))
		log_error(APISERVER_LOG, f->plural, "following %s ended: %s", f->plural, e.msg);
	pthread_mutex_unlock(&f->turn);
}

static void on_event(void *arg, int code, const struct store_event *ev, size_t n, int64_t rev)
{
	struct feed *f = arg;
	size_t skip = strlen(f->prefix);

	(void)rev;
	if (code) {
		if (code != ERR_CANCELED && !atomic_load(&f->au->stopping))
			auth_job(f->au, feed_again, f, NULL);
		return;
	}
	for (size_t i = 0; i < n; i++)
		f->fn(f, ev[i].item.key + skip, ev[i].kind == STORE_DELETED ? NULL : ev[i].item.value, ev[i].item.index ? ev[i].item.index : ev[i].prev_index);
}

void feed_again_later(struct feed *f)
{
	if (atomic_load(&f->begun) && !atomic_load(&f->au->stopping))
		auth_job(f->au, feed_again, f, NULL);
}

int feed_start(struct feed *f, struct err *e)
{
	struct auth_list l = {0};
	struct store_watch *w = NULL;
	int r;

	if (!f->prefix)
		f->prefix = f->custom ? str_fmt("/%s/%s/", f->group, f->plural) : auth_key(f->au, f->group, f->plural, NULL, NULL);
	if (!f->prefix)
		return err_set(e, ERR_INTERNAL, "the tables lack %s", f->plural);
	r = list_prefix(f->au, true, f->prefix, f->filter, f, &l);
	if (r)
		return err_set(e, r, "reading %s: %s", f->plural, err_name(r));
	for (size_t i = 0; i < l.n; i++)
		f->fn(f, l.items[i].key + strlen(f->prefix), l.items[i].value, l.items[i].index);
	pthread_mutex_lock(&f->lock);
	r = atomic_load(&f->au->stopping) ? 0 : store_watch_new(&w, f->au->store, f->prefix, l.rev, on_event, f, e);
	f->watch = w;
	pthread_mutex_unlock(&f->lock);
	atomic_store(&f->begun, true);
	auth_list_done(&l);
	return r;
}

void feed_stop(struct feed *f)
{
	pthread_mutex_lock(&f->lock);
	f->watch = store_watch_free(f->watch);
	pthread_mutex_unlock(&f->lock);
}

static void rbac_event(struct feed *f, const char *key, struct bytes *value, const struct bytes *index)
{
	AUTO_JSON json_t *obj = NULL;
	struct err e = {0};

	(void)index;
	if ((value && json_parse_bytes(value, &obj, &e)) || rbac_put(f->au->rbac, (enum rbac_kind)f->kind, key, obj))
		log_error(APISERVER_LOG, key, "%s has no effect: %s", f->plural, e.code ? e.msg : "out of memory");
	if (f->kind == RBAC_CLUSTER_ROLE)
		rbac_aggregate_later(f->au);
}

static void hook_event(struct feed *f, const char *key, struct bytes *value, const struct bytes *index)
{
	AUTO_JSON json_t *obj = NULL;
	struct err e = {0};

	(void)index;
	if ((value && json_parse_bytes(value, &obj, &e)) || webhooks_put(f->au->hooks, f->kind == FEED_MUTATING_HOOKS, key, obj, &e))
		log_error(APISERVER_LOG, key, "%s has no effect: %s", f->plural, e.msg);
}

static void hook_reset(struct feed *f) { webhooks_clear(f->au->hooks, f->kind == FEED_MUTATING_HOOKS); }

struct ingress_refs *auth_ingress_refs(struct auth *au) { return au->refs; }
struct webhooks *auth_webhooks(struct auth *au) { return au->hooks; }

/* All of them together are read anew. */
static void flow_reset(struct feed *f) { flow_keep_touch(f->au->a->flow_keep); }
static void flow_event(struct feed *f, const char *key, struct bytes *value, const struct bytes *index)
{
	(void)key;
	(void)value;
	(void)index;
	flow_reset(f);
}

static void rbac_reset(struct feed *f) { rbac_clear(f->au->rbac, (enum rbac_kind)f->kind); }
static void no_reset(struct feed *f) { (void)f; }

/* --- life --- */

int auth_new(struct auth **ret, struct apiserver *a, struct err *e)
{
	static const char rb[] = "rbac.authorization.k8s.io", ar[] = "admissionregistration.k8s.io", gw[] = "gateway.networking.k8s.io";
	struct auth *au = calloc(1, sizeof(*au));

	if (!au)
		return err_nomem(e);
	au->a = a;
	au->store = apiserver_store(a);
	au->clock = apiserver_clock(a);
	au->reg = apiserver_registry(a);
	au->feeds[FEED_ROLES] = (struct feed){.group = rb, .plural = "roles", .kind = RBAC_ROLE, .fn = rbac_event, .reset = rbac_reset};
	au->feeds[FEED_CLUSTER_ROLES] =
		(struct feed){.group = rb, .plural = "clusterroles", .kind = RBAC_CLUSTER_ROLE, .fn = rbac_event, .reset = rbac_reset};
	au->feeds[FEED_ROLE_BINDINGS] =
		(struct feed){.group = rb, .plural = "rolebindings", .kind = RBAC_ROLE_BINDING, .fn = rbac_event, .reset = rbac_reset};
	au->feeds[FEED_CLUSTER_ROLE_BINDINGS] =
		(struct feed){.group = rb, .plural = "clusterrolebindings", .kind = RBAC_CLUSTER_ROLE_BINDING, .fn = rbac_event, .reset = rbac_reset};
	au->feeds[FEED_SECRETS] = (struct feed){.group = "", .plural = "secrets", .fn = sa_legacy_secret, .filter = sa_legacy_filter, .reset = no_reset};
	au->feeds[FEED_ACCOUNTS] = (struct feed){.group = "", .plural = "serviceaccounts", .fn = sa_legacy_account, .filter = sa_legacy_none, .reset = no_reset};
	au->feeds[FEED_QUOTAS] = (struct feed){.group = "", .plural = "resourcequotas", .fn = quota_sync_event, .reset = no_reset};
	au->feeds[FEED_MUTATING_HOOKS] = (struct feed){
		.group = ar, .plural = "mutatingwebhookconfigurations", .kind = FEED_MUTATING_HOOKS, .fn = hook_event, .reset = hook_reset};
	au->feeds[FEED_VALIDATING_HOOKS] = (struct feed){
		.group = ar, .plural = "validatingwebhookconfigurations", .kind = FEED_VALIDATING_HOOKS, .fn = hook_event, .reset = hook_reset};
	au->feeds[FEED_FLOW_SCHEMAS] = (struct feed){.group = FLOW_GROUP, .plural = "flowschemas", .fn = flow_event, .reset = flow_reset};
	au->feeds[FEED_PRIORITY_LEVELS] =
		(struct feed){.group = FLOW_GROUP, .plural = "prioritylevelconfigurations", .fn = flow_event, .reset = flow_reset};
	au->feeds[FEED_INGRESSES] = (struct feed){
		.group = "networking.k8s.io", .plural = "ingresses", .kind = REFS_INGRESSES, .fn = ingress_refs_event, .reset = ingress_refs_reset, .spare = true};
	au->feeds[FEED_GATEWAYS] = (struct feed){
		.group = gw, .plural = "gateways", .kind = REFS_GATEWAYS, .custom = true, .fn = ingress_refs_event, .reset = ingress_refs_reset, .spare = true};
	au->feeds[FEED_GRANTS] = (struct feed){
		.group = gw, .plural = "referencegrants", .kind = REFS_GRANTS, .custom = true, .fn = ingress_refs_event, .reset = ingress_refs_reset, .spare = true};
	au->feeds[FEED_INGRESS_CLASSES] = (struct feed){
		.group = "networking.k8s.io", .plural = "ingressclasses", .kind = REFS_CLASSES, .fn = ingress_refs_event, .reset = ingress_refs_reset, .spare = true};
	au->feeds[FEED_GATEWAY_CLASSES] = (struct feed){
		.group = gw, .plural = "gatewayclasses", .kind = REFS_GATEWAY_CLASSES, .custom = true, .fn = ingress_refs_event, .reset = ingress_refs_reset, .spare = true};
	au->feeds[FEED_CONFIGMAPS] =
		(struct feed){.group = "", .plural = "configmaps", .kind = REFS_CONFIGS, .fn = ingress_refs_event, .reset = ingress_refs_reset, .spare = true, .filter = ingress_refs_config};
	for (size_t i = 0; i < FEED_COUNT; i++) {
		au->feeds[i].au = au;
		pthread_mutex_init(&au->feeds[i].lock, NULL);
		pthread_mutex_init(&au->feeds[i].turn, NULL);
	}
	if (!au->reg || rbac_new(&au->rbac) || sa_tokens_new(&au->tokens) || quota_sync_new(&au->quotas) || ingress_refs_new(&au->refs) || webhooks_new(&au->hooks, a, e)) {
		(void)auth_free(au);
		return err_nomem(e);
	}
	*ret = au;
	return 0;
}

int auth_start(struct auth *au, struct err *e)
{
	for (size_t i = 0; i < FEED_COUNT; i++) {
		int r = feed_start(&au->feeds[i], e);

		/* Tokens in Secrets that cannot be opened are not known; that must not keep everything else away. */
		if (r == ERR_SEALED || r == ERR_TAMPERED || (r && r != -ENOMEM && au->feeds[i].spare))
			log_error(APISERVER_LOG, au->feeds[i].plural, "%s", e->msg);
		else if (r)
			return err_wrap(e, "authorization");
	}
	return 0;
}

int auth_bootstrap(struct auth *au, struct err *e)
{
	int r = rbac_bootstrap(au, e);

	atomic_store(&au->bootstrapped, true);
	return r ? err_wrap(e, "writing the default roles") : 0;
}

void auth_stop(struct auth *au)
{
	if (!au)
		return;
	atomic_store(&au->stopping, true);
	for (size_t i = 0; i < FEED_COUNT; i++)
		feed_stop(&au->feeds[i]);
	quota_sync_stop(au->quotas);
	webhooks_stop(au->hooks);
}

struct auth *auth_free(struct auth *au)
{
	if (!au)
		return NULL;
	for (size_t i = 0; i < FEED_COUNT; i++) {
		free(au->feeds[i].prefix);
		pthread_mutex_destroy(&au->feeds[i].lock);
		pthread_mutex_destroy(&au->feeds[i].turn);
	}
	(void)rbac_free(au->rbac);
	(void)sa_tokens_free(au->tokens);
	(void)quota_sync_free(au->quotas);
	(void)ingress_refs_free(au->refs);
	(void)webhooks_free(au->hooks);
	(void)api_registry_unref(au->reg);
	free(au);
	return NULL;
}

enum authz_decision authz_check(struct auth *au, const struct identity *id, const struct authz_attr *attr, char *reason, size_t cap)
{
	const char *node;

	if (reason && cap)
		*reason = 0;
	if (auth_is_master(id))
		return AUTHZ_ALLOW;
	if (attr->is_resource && (node = node_of(id)) && !node_may(au, node, attr)) {
		if (reason && cap)
			(void)snprintf(reason, cap, "no relationship found between node '%s' and this object", node);
		return AUTHZ_DENY;
	}
	return rbac_check(au->rbac, id, attr, reason, cap);
}
