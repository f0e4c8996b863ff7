/* What is told to the API server: addresses, events, the class. */
#include <errno.h>
#include "api/object.h"
#include "base/log.h"
#include "base/str.h"
#include "ingress/gateway.h"
#include "ingress/nodes.h"

#define ANN_DEFAULT_CLASS "ingressclass.kubernetes.io/is-default-class"

static void say(struct ingress *x, const char *key, const char *type, const char *reason, const char *text)
{
	if (!nodes_first(x))
		return;
	bool class = !strchr(key, '/');
	if (!class && strchr(strchr(key, '/') + 1, '/')) {
		gateway_say(x->gateway, key, type, reason, text);
		return;
	}
	AUTO_OBJECT struct informer_object *o = informer_get_key(x->informers[class ? CLASSES : INGRESSES], key);
	AUTO_JSON json_t *tree = informer_object_json(o);

	if (tree)
		client_event(x->client, tree, "networking.k8s.io/v1", class ? "IngressClass" : "Ingress", type, reason, "minik-ingress", "",
			     "%s", text);
}

/* --- status.loadBalancer.ingress --- */

static void add_job(struct ingress *x, const char *what, const char *key)
{
	AUTO_FREE char *job = str_fmt("%s %s", what, key);

	if (job)
		workqueue_add(x->queue, job);
}

static bool is_own(const struct ingress *x, const char *addr)
{
	for (size_t i = 0; x->addresses[i]; i++)
		if (streq(x->addresses[i], addr))
			return true;
	return false;
}

/* Addresses of every node there is: another node's nginx serves the Ingress, too, and its entry stays. */
struct map *status_nodes(struct ingress *x)
{
	struct map *m = map_new(NULL);
	struct informer_object **v = NULL;
	size_t n = 0, i;

	if (!m || informer_list(x->informers[NODES], NULL, &v, &n) < 0)
		return map_free(m);
	bool bad = false;
	for (size_t k = 0; k < n; k++) {
		AUTO_JSON json_t *node = informer_object_json(v[k]);
		json_t *a;
		json_array_foreach(json_dot(node, "status.addresses"), i, a)
		{
			const char *text = json_str(a, "address");
			bad = bad || (text && map_put(m, text, m) < 0);
		}
	}
	informer_list_free(v, n);
	return bad ? map_free(m) : m;
}

struct write {
	struct ingress *x;
	struct map *nodes;
	bool chosen; /* this node serves it */
	char **serving; /* in a cluster */
	bool added;
};

/* In a cluster: the addresses of all that serve, and no other. */
static int set_all(struct write *w, json_t *o, struct err *e)
{
	AUTO_JSON json_t *list = json_array();
	const json_t *had = json_dot(o, "status.loadBalancer.ingress");
	size_t n = 0;
	bool same = true;

	for (; list && w->serving[n]; n++) {
		const json_t *old = json_array_get(had, n);
		same = same && old && streq(json_str(old, "ip"), w->serving[n]);
		if (json_array_append_new(list, json_pack("{s:s}", "ip", w->serving[n])) < 0)
			return err_nomem(e);
	}
	if (!list)
		return err_nomem(e);
	if (same && n == json_array_size(had))
		return 1;
	w->added = n > json_array_size(had);
	return json_dot_set(o, "status.loadBalancer.ingress", TAKE_PTR(list)) < 0 ? err_nomem(e) : 0;
}

/* The entries that stay; NULL: no memory. */
static json_t *kept(const struct write *w, const json_t *had, bool (*stays)(const struct write *w, const char *ip))
{
	AUTO_JSON json_t *list = json_array();
	json_t *entry;
	size_t i;

	json_array_foreach ((json_t *)(uintptr_t)had, i, entry)
		if (!list || (stays(w, json_str_or(entry, "ip", "")) && json_array_append(list, entry) < 0))
			return NULL;
	return TAKE_PTR(list);
}

static bool stays_served(const struct write *w, const char *ip)
{
	return is_own(w->x, ip) ? w->chosen : map_has(w->nodes, ip);
}

static int mutate(void *arg, json_t *o, struct err *e)
{
	struct write *w = arg;
	const json_t *had = json_dot(o, "status.loadBalancer.ingress");
	json_t *entry;
	size_t i;

	w->added = false;
	if (!nodes_first(w->x))
		return 1;
	if (w->serving)
		return set_all(w, o, e);
	AUTO_JSON json_t *list = kept(w, had, stays_served);
	if (!list)
		return err_nomem(e);
	for (size_t k = 0; w->chosen && w->x->addresses[k]; k++) {
		bool there = false;
		json_array_foreach(list, i, entry) there = there || streq(json_str(entry, "ip"), w->x->addresses[k]);
		if (there)
			continue;
		if (json_array_append_new(list, json_pack("{s:s}", "ip", w->x->addresses[k])) < 0)
			return err_nomem(e);
		w->added = true;
	}
	if (json_array_size(list) == json_array_size(had) && !w->added)
		return 1;
	return json_dot_set(o, "status.loadBalancer.ingress", TAKE_PTR(list)) < 0 ? err_nomem(e) : 0;
}

/* Nothing but this node's addresses in their order: what most are, known without a look at all nodes. */
static bool is_settled(const struct ingress *x, const json_t *o)
{
	const json_t *had = json_dot(o, "status.loadBalancer.ingress");
	json_t *entry;
	size_t i;

	json_array_foreach(had, i, entry) if (!streq(json_str(entry, "ip"), x->addresses[i])) return false;
	return !x->addresses[json_array_size(had)];
}

int status_reconcile(struct ingress *x, const char *key, struct err *e)
{
	AUTO_OBJECT struct informer_object *o = informer_get_key(x->informers[INGRESSES], key);

	pthread_mutex_lock(&x->lock);
	bool ours = map_has(x->served, key);
	pthread_mutex_unlock(&x->lock);
	if (!o || !ours || (x->cluster ? !nodes_first(x) : !x->addresses[0]))
		return 0;
	AUTO_JSON json_t *tree = informer_object_json(o);
	if (tree && !x->cluster && ingress_chosen(x) && is_settled(x, tree))
		return 0;
	AUTO_FREE char **serving = x->cluster ? nodes_addresses(x) : NULL;
	struct write w = {.x = x, .nodes = status_nodes(x), .chosen = ingress_chosen(x), .serving = serving};
	if (!w.nodes || !tree || (x->cluster && !serving)) {
		map_free(w.nodes);
		return err_nomem(e);
	}
	const struct client_ref ref = {
	    .group = "networking.k8s.io", .plural = "ingresses", .ns = o->ns, .name = o->name, .subresource = "status"};
	int code = mutate(&w, tree, e); /* most often there is nothing to do */
	if (code == 0)
		code = client_modify_wait(x->client, &ref, mutate, &w, e);
	map_free(w.nodes);
	if (code == 0 && w.added)
		say(x, key, "Normal", "Sync", "Served by nginx");
	return code < 0 && code != ERR_NOT_FOUND ? code : 0;
}

/* Of this cluster's nodes none is left: another controller's address is its own matter. */
static bool stays_others(const struct write *w, const char *ip)
{
	return w->x->cluster ? !map_has(w->nodes, ip) : !is_own(w->x, ip);
}

static int mutate_left(void *arg, json_t *o, struct err *e)
{
	struct write *w = arg;
	const json_t *had = json_dot(o, "status.loadBalancer.ingress");

	if (!nodes_first(w->x))
		return 1;
	AUTO_JSON json_t *list = kept(w, had, stays_others);
	if (!list)
		return err_nomem(e);
	if (json_array_size(list) == json_array_size(had))
		return 1;
	return json_dot_set(o, "status.loadBalancer.ingress", TAKE_PTR(list)) < 0 ? err_nomem(e) : 0;
}

int status_left(struct ingress *x, const char *key, struct err *e)
{
	AUTO_OBJECT struct informer_object *o = informer_get_key(x->informers[INGRESSES], key);

	pthread_mutex_lock(&x->lock);
	bool ours = map_has(x->served, key);
	pthread_mutex_unlock(&x->lock);
	if (!o || ours || (x->cluster && !nodes_first(x)))
		return 0;
	struct write w = {.x = x, .nodes = status_nodes(x)};
	if (!w.nodes)
		return err_nomem(e);
	const struct client_ref ref = {
	    .group = "networking.k8s.io", .plural = "ingresses", .ns = o->ns, .name = o->name, .subresource = "status"};
	int code = client_modify_wait(x->client, &ref, mutate_left, &w, e);
	map_free(w.nodes);
	return code < 0 && code != ERR_NOT_FOUND ? code : 0;
}

void status_all(struct ingress *x)
{
	struct map_iter it = MAP_ITER_INIT;

	pthread_mutex_lock(&x->lock);
	while (map_next(x->served, &it))
		add_job(x, "status", it.key);
	pthread_mutex_unlock(&x->lock);
	gateway_tell_all(x->gateway, false);
}

/* --- events --- */

/* Text of one Ingress' findings, "reason\tmessage\n" each; told when it has not been told before. */
static void tell(struct ingress *x, const struct ing_finding *f, size_t n)
{
	AUTO_BUF struct buf all = {0};
	bool first = nodes_first(x);

	for (size_t i = 0; i < n; i++)
		buf_addf(&all, "%s\t%s\n", f[i].reason, f[i].message);
	if (buf_failed(&all))
		return;
	pthread_mutex_lock(&x->lock);
	const char *before = map_get(x->said, f->ingress);
	AUTO_FREE char *had = str_dup(before ? before : "");
	bool same = streq(had, all.data);
	char *copy = same ? NULL : str_dup(all.data);
	if (copy && map_put(x->said, f->ingress, copy) < 0)
		free(copy);
	pthread_mutex_unlock(&x->lock);
	for (size_t i = 0; !same && i < n; i++) {
		AUTO_FREE char *line = str_fmt("%s\t%s\n", f[i].reason, f[i].message);
		if (!line || (had && strstr(had, line)))
			continue;
		log_write(first ? LOG_LEVEL_WARNING : LOG_LEVEL_DEBUG, COMPONENT, f[i].ingress, "%s", f[i].message);
		say(x, f[i].ingress, "Warning", f[i].reason, f[i].message);
	}
}

static void forget_mended(struct ingress *x, const struct map *now)
{
	struct map_iter it = MAP_ITER_INIT;

	pthread_mutex_lock(&x->lock);
	while (map_next(x->said, &it))
		if (!map_has(now, it.key))
			map_del(x->said, it.key);
	pthread_mutex_unlock(&x->lock);
}

void status_table(struct ingress *x, const struct ing_table *t, bool applied)
{
	struct map *faulty = map_new(NULL), *served = map_new(NULL);
	bool bad = !faulty || !served;

	for (size_t i = 0, n; !bad && i < t->n_findings; i += n) {
		for (n = 1; i + n < t->n_findings && streq(t->findings[i].ingress, t->findings[i + n].ingress); n++)
			;
		tell(x, &t->findings[i], n);
		bad = map_put(faulty, t->findings[i].ingress, x) < 0;
	}
	if (!bad)
		forget_mended(x, faulty);
	for (size_t i = 0; !bad && i < t->n_served; i++)
		bad = map_put(served, t->served[i], x) < 0;
	map_free(faulty);
	if (bad || !applied) {
		map_free(served);
		return;
	}
	struct map_iter it = MAP_ITER_INIT;
	pthread_mutex_lock(&x->lock);
	struct map *old = x->served;
	x->served = served;
	for (size_t i = 0; i < t->n_served; i++)
		if (!map_has(old, t->served[i]))
			add_job(x, "status", t->served[i]);
	while (map_next(old, &it))
		if (!map_has(served, it.key))
			add_job(x, "left", it.key);
	pthread_mutex_unlock(&x->lock);
	map_free(old);
}

/* --- the class --- */

void status_retell(struct ingress *x)
{
	if (!__atomic_exchange_n(&x->retell, false, __ATOMIC_ACQ_REL))
		return;
	pthread_mutex_lock(&x->lock);
	map_clear(x->said);
	pthread_mutex_unlock(&x->lock);
	for (size_t i = 0; i < ARRAY_LEN(x->streams_said); i++)
		free(TAKE_PTR(x->streams_said[i]));
}

/* Made once; what an administrator changes, or takes the default mark from, stays as it is. */
int status_class(struct ingress *x, struct err *e)
{
	static const struct client_ref ref = {.group = "networking.k8s.io", .plural = "ingressclasses"};
	struct informer_object **v = NULL;
	size_t n = 0;
	bool other = false;
	AUTO_OBJECT struct informer_object *had = informer_get(x->informers[CLASSES], NULL, x->class);

	if (had) {
		AUTO_JSON json_t *tree = informer_object_json(had);
		if (!streq(json_str(tree, "spec.controller"), INGRESS_CONTROLLER))
			log_warning(COMPONENT, x->class,
				    "the IngressClass belongs to controller %s; its Ingresses are not served here",
				    json_str_or(tree, "spec.controller", ""));
		return 0;
	}
	/* Two defaults are as good as none: Kubernetes then refuses Ingresses without a class. */
	if (informer_list(x->informers[CLASSES], NULL, &v, &n) < 0)
		return err_nomem(e);
	for (size_t i = 0; i < n; i++) {
		AUTO_JSON json_t *tree = informer_object_json(v[i]);
		other = other || streq(obj_annotation(tree, ANN_DEFAULT_CLASS), "true");
	}
	informer_list_free(v, n);
	AUTO_JSON json_t *o =
	    json_pack("{s:s,s:s,s:{s:s,s:{s:s}},s:{s:s}}", "apiVersion", "networking.k8s.io/v1", "kind", "IngressClass",
		      "metadata", "name", x->class, "annotations", ANN_DEFAULT_CLASS, other ? "false" : "true", "spec",
		      "controller", INGRESS_CONTROLLER);
	if (!o)
		return err_nomem(e);
	int code = client_create_wait(x->client, &ref, o, NULL, e);
	return code == ERR_EXISTS ? 0 : code;
}
