#include "cmd/presence.h"
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>
#include "api/object.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/map.h"
#include "base/str.h"
#include "client/client.h"

#define RENEW_S            10
#define EXPIRE_MS          30000
#define RECONCILE_ATTEMPTS 16
#define ROLE               "node-role.kubernetes.io/control-plane"
#define LABEL              "minik.io/component"
#define QUERY              "labelSelector=minik.io%2Fcomponent%3Dapiserver"

struct seen {
	char renewed[64];
	int64_t ms;
};

struct presence {
	char *lease, *address, *node;
	char labelled[64]; /* uid of the Node that has been given its role; whoever takes it away afterwards may */
	unsigned port;
	struct loop *loop;
	struct loop_thread *loop_thread;
	struct client *client;
	struct map *seen; /* Lease -> struct seen; the worker's */
	pthread_t thread;
	bool has_thread;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	bool stopping; /* under lock */
};

static struct client_ref lease_ref(const char *name)
{
	return (struct client_ref){
	    .group = "coordination.k8s.io", .plural = "leases", .ns = "kube-system", .name = name};
}

static int lease_fill(void *arg, json_t *o, struct err *e)
{
	const struct presence *x = arg;
	struct timespec ts;
	char now[TIME_STR_MAX];
	int bad = 0;

	clock_real()->wall(clock_real(), &ts);
	time_format_micro(&ts, now);
	bad |= json_object_set_new(json_object_get(o, "metadata"), "labels", json_pack("{s:s}", LABEL, "apiserver"));
	bad |=
	    json_object_set_new(o, "spec",
				json_pack("{s:o,s:i,s:s}", "holderIdentity", json_sprintf("%s|%u", x->address, x->port),
					  "leaseDurationSeconds", EXPIRE_MS / 1000, "renewTime", now));
	return bad ? err_nomem(e) : 0;
}

static int renew(struct presence *x, struct err *e)
{
	struct client_ref one = lease_ref(x->lease), all = lease_ref(NULL);
	int r = client_modify_wait(x->client, &one, lease_fill, x, e);

	if (r != ERR_NOT_FOUND)
		return r;
	AUTO_JSON json_t *o = json_pack("{s:s,s:s,s:{s:s,s:s}}", "apiVersion", "coordination.k8s.io/v1", "kind",
					"Lease", "metadata", "name", x->lease, "namespace", "kube-system");
	if (!o || lease_fill(x, o, e) < 0)
		return err_nomem(e);
	return client_create_wait(x->client, &all, o, NULL, e);
}

/* By our own clock: a Lease lives as long as we see it being renewed. */
static bool alive(struct presence *x, const json_t *lease)
{
	const char *name = json_str_or(lease, "metadata.name", ""), *renewed = json_str_or(lease, "spec.renewTime", "");
	int64_t now = clock_mono_ms(clock_real());
	struct seen *s = map_get(x->seen, name);

	if (!s) {
		s = calloc(1, sizeof(*s));
		if (!s || map_put(x->seen, name, s) < 0) {
			free(s);
			return true;
		}
		s->ms = now;
		(void)str_copy(s->renewed, sizeof(s->renewed), renewed);
	} else if (!streq(s->renewed, renewed)) {
		s->ms = now;
		(void)str_copy(s->renewed, sizeof(s->renewed), renewed);
	}
	return now - s->ms < EXPIRE_MS;
}

/* Addresses of the servers that are there, sorted; without us when we go. */
static json_t *addresses(struct presence *x, bool going, struct err *e)
{
	AUTO_JSON json_t *list = NULL, *set = json_object(), *out = json_array();
	struct client_ref all = lease_ref(NULL);
	const char *key;
	json_t *lease, *v;
	size_t i;

	if (!set || !out) {
		(void)err_nomem(e);
		return NULL;
	}
	if (client_list_wait(x->client, &all, QUERY, &list, e) < 0)
		return NULL;
	json_array_foreach (json_object_get(list, "items"), i, lease) {
		const char *who = json_str_or(lease, "spec.holderIdentity", ""), *bar = strchr(who, '|');
		bool own = streq(json_str(lease, "metadata.name"), x->lease);
		int64_t port;

		if (!bar || (own && going) || (!own && !alive(x, lease)))
			continue;
		if (str_to_i64(bar + 1, 1, 65535, &port) < 0 || (unsigned)port != x->port) {
			log_debug("server", json_str(lease, "metadata.name"),
				  "listens on another port than we: not among our endpoints");
			continue;
		}
		AUTO_FREE char *ip = str_ndup(who, (size_t)(bar - who));
		if (!ip || !strchr(ip, ':') != !strchr(x->address, ':')) /* an EndpointSlice has one family */
			continue;
		if (json_object_set_new(set, ip, json_true()) < 0) {
			(void)err_nomem(e);
			return NULL;
		}
	}
	AUTO_FREE const char **sorted = calloc(json_object_size(set) + 1, sizeof(*sorted));
	size_t n = 0;
	json_object_foreach (set, key, v) { /* few: sorted as they come */
		size_t at = n++;
		for (; sorted && at > 0 && strcmp(sorted[at - 1], key) > 0; at--)
			sorted[at] = sorted[at - 1];
		if (sorted)
			sorted[at] = key;
	}
	for (size_t k = 0; sorted && k < n; k++)
		(void)json_array_append_new(out, json_string(sorted[k]));
	return TAKE_PTR(out);
}

/* What Endpoints and EndpointSlice should say. 0: nothing is to be changed. */
static int fields_make(struct presence *x, bool going, json_t **ret_subsets, json_t **ret_endpoints, struct err *e)
{
	AUTO_JSON json_t *ips = addresses(x, going, e), *list = json_array(), *endpoints = json_array(),
			 *subsets = NULL;
	json_t *ip;
	size_t i;

	if (!ips)
		return e->code;
	json_array_foreach (ips, i, ip) {
		(void)json_array_append_new(list, json_pack("{s:O}", "ip", ip));
		(void)json_array_append_new(endpoints,
					    json_pack("{s:[O],s:{s:b}}", "addresses", ip, "conditions", "ready", 1));
	}
	subsets = json_pack("[{s:O,s:[{s:s,s:i,s:s}]}]", "addresses", list, "ports", "name", "https", "port",
			    (int)x->port, "protocol", "TCP");
	if (!subsets || json_array_size(list) != json_array_size(ips) ||
	    json_array_size(endpoints) != json_array_size(ips))
		return err_nomem(e);
	if (json_array_size(ips) == 0) /* the last one leaves things as they are */
		return 0;
	*ret_subsets = TAKE_PTR(subsets);
	*ret_endpoints = TAKE_PTR(endpoints);
	return 1;
}

static int field_put(struct presence *x, const struct client_ref *ref, json_t *had, const char *field, json_t *value,
		     struct err *e)
{
	if (json_equal(json_object_get(had, field), value))
		return 0;
	if (json_object_set(had, field, value) < 0)
		return err_nomem(e);
	return client_update_wait(x->client, ref, had, NULL, e);
}

/*
 * Both objects are read before the Leases are, and written at the revisions read: of a server that leaves and one that
 * still saw its Lease one is refused, and looks again.
 */
static int reconcile_once(struct presence *x, bool going, struct err *e)
{
	const struct client_ref ep = {.plural = "endpoints", .ns = "default", .name = "kubernetes"},
				slice = {.group = "discovery.k8s.io",
					 .plural = "endpointslices",
					 .ns = "default",
					 .name = "kubernetes"};
	AUTO_JSON json_t *had_ep = NULL, *had_slice = NULL, *subsets = NULL, *endpoints = NULL;
	int r = client_get_wait(x->client, &ep, &had_ep, e);

	if (r < 0 || (r = client_get_wait(x->client, &slice, &had_slice, e)) < 0 ||
	    (r = fields_make(x, going, &subsets, &endpoints, e)) <= 0 ||
	    (r = field_put(x, &ep, had_ep, "subsets", subsets, e)) < 0)
		return r;
	return field_put(x, &slice, had_slice, "endpoints", endpoints, e);
}

static int reconcile(struct presence *x, bool going, struct err *e)
{
	int r = ERR_CONFLICT;

	for (int i = 0; i < RECONCILE_ATTEMPTS && r == ERR_CONFLICT; i++)
		r = reconcile_once(x, going, e);
	return r;
}

static int role_give(struct presence *x, struct err *e)
{
	struct client_ref ref = {.plural = "nodes", .name = x->node};
	AUTO_JSON json_t *node = NULL, *patch = NULL;
	int r = client_get_wait(x->client, &ref, &node, e);

	if (r < 0 || streq(obj_uid(node), x->labelled))
		return r == ERR_NOT_FOUND ? 0 : r; /* not registered yet, or deleted */
	/* Not another Node that has come in its place meanwhile. */
	patch = json_pack("{s:{s:s,s:{s:s}}}", "metadata", "uid", obj_uid(node), "labels", ROLE, "true");
	r = patch ? client_patch_wait(x->client, &ref, CLIENT_MERGE_PATCH, patch, NULL, e) : err_nomem(e);
	if (r == 0)
		(void)str_copy(x->labelled, sizeof(x->labelled), obj_uid(node));
	return r == ERR_NOT_FOUND || r == ERR_CONFLICT ? 0 : r;
}

/* The Lease first: a server that looks from now on does not see us. Should this not work out, it runs out. */
static void leave(struct presence *x)
{
	struct err e = {0};
	struct client_ref one = lease_ref(x->lease);
	int r = client_delete_wait(x->client, &one, NULL, NULL, &e);

	if (r == 0 || r == ERR_NOT_FOUND)
		r = reconcile(x, true, &e);
	if (r < 0)
		log_warning("server", "default/kubernetes", "this server stays among its endpoints for up to %d s: %s",
			    (EXPIRE_MS + RENEW_S * 1000) / 1000, e.msg);
}

static void *worker(void *arg)
{
	struct presence *x = arg;
	bool complained = false;
	unsigned rounds = 0;

	pthread_mutex_lock(&x->lock);
	while (!x->stopping) {
		struct err e = {0};
		struct timespec until;

		pthread_mutex_unlock(&x->lock);
		int r = renew(x, &e);
		if (r >= 0)
			r = reconcile(x, false, &e);
		if (r >= 0 && x->node)
			r = role_give(x, &e);
		if (r < 0 && !complained)
			log_warning("server", "default/kubernetes",
				    "its endpoints and this Node's role are not kept in step: %s", e.msg);
		complained = r < 0;
		pthread_mutex_lock(&x->lock);
		clock_gettime(CLOCK_MONOTONIC, &until);
		/* A machine's Node comes right after its server. */
		until.tv_sec += x->node && !*x->labelled && rounds++ < 10 ? 1 : RENEW_S;
		while (!x->stopping && pthread_cond_timedwait(&x->wake, &x->lock, &until) == 0)
			;
	}
	pthread_mutex_unlock(&x->lock);
	leave(x);
	return NULL;
}

int presence_start(struct presence **ret, const struct presence_config *c, struct err *e)
{
	struct presence *x = calloc(1, sizeof(*x));
	struct client_config cc = {.field_manager = "minik-server"};
	pthread_condattr_t ca;

	if (!x)
		return err_nomem(e);
	x->port = c->port;
	pthread_mutex_init(&x->lock, NULL);
	pthread_condattr_init(&ca);
	pthread_condattr_setclock(&ca, CLOCK_MONOTONIC);
	pthread_cond_init(&x->wake, &ca);
	pthread_condattr_destroy(&ca);
	x->lease = str_fmt("minik-apiserver-%s", c->name);
	x->address = str_dup(c->address);
	x->node = str_dup(c->node);
	x->seen = map_new(free);
	int r = x->lease && x->address && x->seen && (x->node || !c->node) ? loop_new(&x->loop, e) : err_nomem(e);
	if (r == 0)
		r = client_new(&x->client, c->api, x->loop, &cc, e);
	if (r == 0)
		r = loop_thread_start(&x->loop_thread, x->loop, "presence", e);
	if (r == 0 && (r = pthread_create(&x->thread, NULL, worker, x)) != 0)
		r = err_errno(e, r, "starting a thread");
	else if (r == 0)
		x->has_thread = true;
	if (r < 0) {
		(void)presence_stop(x);
		return r;
	}
	*ret = x;
	return 0;
}

struct presence *presence_stop(struct presence *x)
{
	if (!x)
		return NULL;
	pthread_mutex_lock(&x->lock);
	x->stopping = true;
	pthread_cond_signal(&x->wake);
	pthread_mutex_unlock(&x->lock);
	if (x->has_thread)
		pthread_join(x->thread, NULL);
	if (x->loop_thread) {
		loop_quit(x->loop);
		x->loop_thread = loop_thread_join(x->loop_thread);
	}
	if (x->client)
		x->client = client_free(x->client);
	if (x->loop)
		x->loop = loop_free(x->loop);
	(void)map_free(x->seen);
	pthread_mutex_destroy(&x->lock);
	pthread_cond_destroy(&x->wake);
	free(x->lease);
	free(x->address);
	free(x->node);
	free(x);
	return NULL;
}
