#include "net/policy.h"
#include <errno.h>
#include <fcntl.h>
#include <sys/inotify.h>
#include <unistd.h>
#include "api/object.h"
#include "base/cleanup.h"
#include "base/json.h"
#include "base/log.h"
#include "base/map.h"
#include "base/nft_watch.h"
#include "base/str.h"
#include "client/informer.h"
#include "net/lease.h"
#include "net/policy_rules.h"

#define COMPONENT    "net"
#define RETRY_MIN_MS 100
#define RETRY_MAX_MS 30000

struct policy {
	char *node, *run_dir;
	struct client *client;
	struct loop *loop;
	struct informer *policies;
	struct np_skeleton skeleton;
	char version[120];
	struct nft_items_config table;
	struct loop_task flush;
	struct loop_timer *retry;
	int64_t retry_ms;
	bool looked; /* what a run before has left was taken away, or taken over */
	/* While there are policies: */
	struct np_model *model;
	struct nft_items *items;
	struct informer *pods, *namespaces;
	struct nft_watch *watch;
	struct lease_dir *leases;
	struct map *uids; /* pods with leases: uid -> text of their addresses */
	struct loop_io *inotify;
	int inotify_fd;
	bool full, reload, ran;
};

static void flush_later(struct policy *p)
{
	if (p->model && informer_synced(p->pods) && informer_synced(p->namespaces))
		loop_post(p->loop, &p->flush);
}

static void again_later(struct policy *p)
{
	p->full = p->reload = true;
	p->retry_ms = p->retry_ms ? p->retry_ms * 2 : RETRY_MIN_MS;
	if (p->retry_ms > RETRY_MAX_MS)
		p->retry_ms = RETRY_MAX_MS;
	loop_timer_set(p->retry, p->retry_ms);
}

static void flush_now(struct loop_task *t)
{
	struct policy *p = container_of(t, struct policy, flush);
	struct err e = {0};
	if (!p->model)
		return;
	int code = p->reload ? nft_items_reload(p->items, &e) : 0;
	if (code == 0)
		code = nft_items_sync(p->items, p->full, &e);
	if (code < 0) {
		again_later(p);
		log_warning(COMPONENT, NULL, "cannot write the rules of network policies, trying again in %lld ms: %s",
			    (long long)p->retry_ms, e.msg);
		return;
	}
	if (!p->ran)
		log_info(COMPONENT, NULL, "%zu network policies", np_model_policies(p->model));
	p->ran = true;
	p->full = p->reload = false;
	p->retry_ms = 0;
}

/* ---- the sink ---- */

static void sink_elem(void *arg, const char *set, const void *key, uint32_t len, const char *chain, bool add)
{
	nft_items_elem(((struct policy *)arg)->items, set, key, len, chain, add);
}
static void sink_set(void *arg, const struct nft_set_spec *s, bool add)
{
	nft_items_set(((struct policy *)arg)->items, s, add);
}
static void sink_chain(void *arg, const struct nft_chain_want *w, bool add)
{
	nft_items_chain(((struct policy *)arg)->items, w, add);
}

/* ---- leases ---- */

struct scan {
	struct map *now;
	int error;
};

static int lease_seen(void *arg, const char *ip, const char *uid)
{
	struct scan *s = arg;
	const char *had = map_get(s->now, uid);
	char *text = had ? str_fmt("%s %s", had, ip) : str_dup(ip);
	if (!text || map_put(s->now, uid, text) < 0) {
		free(text);
		return s->error = -ENOMEM;
	}
	return 0;
}

static int lease_tell(struct policy *p, const char *uid, const char *text)
{
	struct inet_addr ips[4];
	size_t n = 0;
	while (text && *text && n < ARRAY_LEN(ips)) {
		size_t len = strcspn(text, " ");
		char one[64];
		if (len < sizeof(one)) {
			memcpy(one, text, len);
			one[len] = 0;
			if (inet_addr_parse(one, &ips[n]))
				n++;
		}
		text += len + (text[len] == ' ');
	}
	return np_model_lease(p->model, uid, ips, n);
}

static void map_free_p(struct map **m)
{
	if (*m)
		map_free(*m);
}

static int leases_read(struct policy *p, struct err *e)
{
	CLEANUP(map_free_p) struct map *now = map_new(free);
	struct scan s = {.now = now};
	struct map_iter it = MAP_ITER_INIT;
	if (!now)
		return err_nomem(e);
	int code = lease_each(p->leases, lease_seen, &s, e);
	if (code < 0)
		return code == -ENOMEM ? err_nomem(e) : code;
	while (code == 0 && map_next(now, &it)) {
		const char *had = map_get(p->uids, it.key);
		if (!had || !streq(had, it.value))
			code = lease_tell(p, it.key, it.value);
	}
	it = (struct map_iter)MAP_ITER_INIT;
	while (code == 0 && map_next(p->uids, &it))
		if (!map_has(now, it.key))
			code = lease_tell(p, it.key, NULL);
	if (code < 0)
		return err_nomem(e);
	map_free(p->uids);
	p->uids = TAKE_PTR(now);
	return 0;
}

static void leases_changed(void *arg, int fd, uint32_t events UNUSED)
{
	struct policy *p = arg;
	struct err e = {0};
	char buf[4096];
	while (read(fd, buf, sizeof(buf)) > 0)
		;
	if (leases_read(p, &e) < 0)
		log_warning(COMPONENT, NULL, "cannot read which pod has which address: %s", e.msg);
	flush_later(p);
}

static int leases_watch(struct policy *p, struct err *e)
{
	AUTO_FREE char *path = str_fmt("%s/net/leases", p->run_dir);
	p->uids = map_new(free);
	if (!path || !p->uids)
		return err_nomem(e);
	int code = lease_dir_new(&p->leases, p->run_dir, e);
	if (code < 0)
		return code;
	p->inotify_fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
	if (p->inotify_fd < 0 || inotify_add_watch(p->inotify_fd, path, IN_CREATE | IN_DELETE | IN_MOVE) < 0)
		return err_errno(e, errno, "cannot watch %s", path);
	code = loop_io_new(&p->inotify, p->loop, p->inotify_fd, EPOLLIN, leases_changed, p, e);
	return code < 0 ? code : leases_read(p, e);
}

/* ---- what the API says ---- */

static void told(struct policy *p, int code)
{
	if (code < 0) { /* memory; what is missing comes with the whole next time */
		log_warning(COMPONENT, NULL, "network policies: out of memory");
		p->full = true;
	}
	flush_later(p);
}

static void policy_tell(struct policy *p, const struct informer_object *o, bool gone)
{
	AUTO_JSON json_t *x = gone ? NULL : informer_object_json(o);
	if (!gone && !x) {
		told(p, -ENOMEM);
		return;
	}
	told(p, np_model_policy(p->model, o->ns, o->name, x));
	if (x && np_model_policy_cut(p->model, o->ns, o->name))
		client_event(p->client, x, "networking.k8s.io/v1", "NetworkPolicy", "Warning", "TooLarge", "minik-net",
			     p->node,
			     "the policy has more rules, peers or ports than a node keeps (1000 of each); the rest "
			     "allows nothing");
}

static void pod_seen(void *arg, struct informer_object *o)
{
	struct policy *p = arg;
	AUTO_JSON json_t *x = informer_object_json(o);
	told(p, x ? np_model_pod(p->model, o->ns, o->name, x) : -ENOMEM);
}
static void pod_changed(void *arg, struct informer_object *old UNUSED, struct informer_object *o)
{
	pod_seen(arg, o);
}
static void pod_gone(void *arg, struct informer_object *o)
{
	struct policy *p = arg;
	told(p, np_model_pod(p->model, o->ns, o->name, NULL));
}
static void ns_seen(void *arg, struct informer_object *o)
{
	struct policy *p = arg;
	AUTO_JSON json_t *x = informer_object_json(o);
	told(p, x ? np_model_namespace(p->model, o->name, x) : -ENOMEM);
}
static void ns_changed(void *arg, struct informer_object *old UNUSED, struct informer_object *o)
{
	ns_seen(arg, o);
}
static void ns_gone(void *arg, struct informer_object *o)
{
	struct policy *p = arg;
	told(p, np_model_namespace(p->model, o->name, NULL));
}
static void synced(void *arg)
{
	flush_later(arg);
}

static void table_lost(void *arg)
{
	struct policy *p = arg;
	log_warning(COMPONENT, NULL, "somebody deleted table " NP_TABLE "; writing it again");
	p->full = p->reload = true;
	flush_later(p);
}

static void retry_fire(void *arg)
{
	flush_later(arg);
}

/* ---- with and without policies ---- */

static void disengage(struct policy *p)
{
	loop_timer_stop(p->retry);
	p->inotify = loop_io_free(p->inotify);
	if (p->inotify_fd >= 0)
		(void)close(p->inotify_fd);
	p->inotify_fd = -1;
	p->watch = nft_watch_free(p->watch);
	p->pods = informer_free(p->pods);
	p->namespaces = informer_free(p->namespaces);
	p->leases = lease_dir_free(p->leases);
	if (p->uids)
		p->uids = map_free(p->uids);
	p->model = np_model_free(p->model);
	p->items = nft_items_free(p->items);
}

static int policies_tell(struct policy *p, struct err *e)
{
	struct informer_object **v = NULL;
	size_t n = 0;
	if (informer_list(p->policies, NULL, &v, &n) < 0)
		return err_nomem(e);
	for (size_t i = 0; i < n; i++)
		policy_tell(p, v[i], false);
	informer_list_free(v, n);
	return 0;
}

static int engage(struct policy *p, struct err *e)
{
	static const struct informer_handler pods = {pod_seen, pod_changed, pod_gone, synced},
					     namespaces = {ns_seen, ns_changed, ns_gone, synced};
	struct np_sink sink = {p, sink_elem, sink_set, sink_chain};
	int code = nft_items_new(&p->items, &p->table, e);
	p->full = true;
	p->reload = p->ran = false;
	if (code == 0)
		code = nft_items_reload(p->items, e);
	if (code == 0)
		code = np_model_new(&p->model, p->node, &sink, e);
	if (code == 0)
		code = nft_watch_new(&p->watch, p->loop, NP_TABLE, nft_items_port(p->items), table_lost, p, e);
	if (code == 0)
		code = informer_new(&p->pods, p->client, &(struct informer_config){.plural = "pods"}, e);
	if (code == 0)
		code = informer_new(&p->namespaces, p->client, &(struct informer_config){.plural = "namespaces"}, e);
	if (code == 0 &&
	    (informer_add_handler(p->pods, &pods, p) < 0 || informer_add_handler(p->namespaces, &namespaces, p) < 0))
		code = err_nomem(e);
	if (code == 0)
		code = leases_watch(p, e);
	if (code == 0)
		code = policies_tell(p, e);
	if (code == 0)
		code = informer_start(p->namespaces, e);
	if (code == 0)
		code = informer_start(p->pods, e);
	if (code < 0)
		disengage(p);
	return code;
}

/* Begins when there is a first policy, ends when there is none. */
static void settle(struct policy *p)
{
	struct err e = {0};
	int code = 0;
	if (!informer_synced(p->policies) || !p->skeleton.n_cidrs)
		return;
	bool wanted = informer_count(p->policies) > 0;
	if (wanted && !p->model) {
		code = engage(p, &e);
	} else if (!wanted && (p->model || !p->looked)) {
		disengage(p);
		code = policy_cleanup(&e);
	}
	p->looked = code == 0;
	if (code < 0) {
		log_warning(COMPONENT, NULL, "network policies: %s", e.msg);
		again_later(p);
	}
}

static void settle_again(void *arg)
{
	struct policy *p = arg;
	settle(p);
	retry_fire(p);
}

static void policy_seen(void *arg, struct informer_object *o)
{
	struct policy *p = arg;
	if (p->model)
		policy_tell(p, o, false);
	else
		settle(p);
}
static void policy_changed(void *arg, struct informer_object *old UNUSED, struct informer_object *o)
{
	policy_seen(arg, o);
}
static void policy_gone(void *arg, struct informer_object *o)
{
	struct policy *p = arg;
	if (p->model)
		policy_tell(p, o, true);
	settle(p);
}
static void policies_synced(void *arg)
{
	settle(arg);
}

/* ---- life ---- */

int policy_new(struct policy **ret, const struct policy_config *c, const struct policy_deps *d, struct err *e)
{
	static const struct informer_handler handler = {policy_seen, policy_changed, policy_gone, policies_synced};
	static const struct nft_items_sets sets[] = {{"s-", true}, {0}};
	struct policy *p = calloc(1, sizeof(*p));
	if (!p)
		return err_nomem(e);
	p->inotify_fd = -1;
	p->client = d->client;
	p->loop = d->loop;
	p->flush.fn = flush_now;
	p->node = str_dup(c->node_name);
	p->run_dir = str_dup(c->run_dir);
	p->table = (struct nft_items_config){.table = NP_TABLE,
					     .maps = np_skeleton_maps,
					     .sets = sets,
					     .chain = NP_SKELETON_CHAIN,
					     .version = p->version,
					     .skeleton = np_skeleton_emit,
					     .arg = &p->skeleton};
	int code = p->node && p->run_dir && loop_timer_new(&p->retry, p->loop, settle_again, p) == 0 ? 0 : err_nomem(e);
	if (code == 0)
		code = informer_new(
		    &p->policies, p->client,
		    &(struct informer_config){.group = "networking.k8s.io", .plural = "networkpolicies"}, e);
	if (code == 0 && informer_add_handler(p->policies, &handler, p) < 0)
		code = err_nomem(e);
	if (code == 0)
		code = informer_start(p->policies, e);
	if (code < 0) {
		policy_free(p);
		return err_wrap(e, "network policy");
	}
	*ret = p;
	return 0;
}

int policy_set_cidrs(struct policy *p, const char *first, const char *second, struct err *e)
{
	struct np_skeleton s = {.version = p->version};
	const char *v[2] = {first, second};
	char version[120];
	for (size_t i = 0; i < 2; i++)
		if (v[i] && *v[i] && !inet_cidr_parse(v[i], &s.cidrs[s.n_cidrs++]))
			return err_set(e, -EINVAL, "\"%s\" is not a CIDR such as 10.42.0.0/24", v[i]);
	np_skeleton_version(&s, version);
	if (streq(version, p->version))
		return 0;
	disengage(p);
	p->skeleton = s;
	memcpy(p->version, version, sizeof(version));
	settle(p);
	return 0;
}

struct policy *policy_free(struct policy *p)
{
	if (!p)
		return NULL;
	if (p->retry)
		disengage(p);
	p->policies = informer_free(p->policies);
	(void)loop_cancel(p->loop, &p->flush);
	p->retry = loop_timer_free(p->retry);
	free(p->node);
	free(p->run_dir);
	free(p);
	return NULL;
}

int policy_cleanup(struct err *e)
{
	return nft_items_cleanup(NP_TABLE, e);
}
