/* In every namespace: ServiceAccount default, and ConfigMap kube-root-ca.crt with the cluster's CA. */
#include "controllers/shared.h"

struct sa_ctl {
	struct informer *namespaces, *objects;
};

static bool namespace_active(struct informer *namespaces, const char *ns)
{
	AUTO_OBJECT struct informer_object *o = informer_get(namespaces, NULL, ns);
	AUTO_JSON json_t *t = informer_object_json(o);

	return t && !obj_deleting(t) && !streq(json_str(t, "status.phase"), "Terminating");
}

/* A namespace that vanished or is closing meanwhile needs nothing any more. */
static int created(int r) { return r == ERR_EXISTS || r == ERR_NOT_FOUND || r == ERR_FORBIDDEN ? 0 : r; }

static int account_reconcile(void *arg, const char *ns, struct err *e)
{
	struct controller *c = arg;
	struct sa_ctl *x = c->priv;
	struct client_ref ref = {.plural = "serviceaccounts", .ns = ns};
	AUTO_OBJECT struct informer_object *have = informer_get(x->objects, ns, "default");

	if (have || !namespace_active(x->namespaces, ns))
		return 0;
	AUTO_JSON json_t *sa = json_pack("{s:s,s:s,s:{s:s,s:s}}", "apiVersion", "v1", "kind", "ServiceAccount", "metadata", "name", "default", "namespace", ns);
	return sa ? created(client_create_wait(c->s->client, &ref, sa, NULL, e)) : err_nomem(e);
}

static int root_ca_reconcile(void *arg, const char *ns, struct err *e)
{
	struct controller *c = arg;
	struct sa_ctl *x = c->priv;
	struct client_ref all = {.plural = "configmaps", .ns = ns}, ref = {.plural = "configmaps", .ns = ns, .name = "kube-root-ca.crt"};
	AUTO_OBJECT struct informer_object *o = informer_get(x->objects, ns, "kube-root-ca.crt");
	AUTO_JSON json_t *have = informer_object_json(o);

	if (!namespace_active(x->namespaces, ns))
		return 0;
	AUTO_JSON json_t *cm = json_pack("{s:s,s:s,s:{s:s,s:s,s:{s:s}},s:{s:s}}", "apiVersion", "v1", "kind", "ConfigMap", "metadata", "name",
					 "kube-root-ca.crt", "namespace", ns, "annotations", "kubernetes.io/description",
					 "Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the "
					 "internal service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters.",
					 "data", "ca.crt", c->s->cfg.ca_cert_pem);
	if (!cm)
		return err_nomem(e);
	if (!have)
		return created(client_create_wait(c->s->client, &all, cm, NULL, e));
	if (json_equal(json_object_get(have, "data"), json_object_get(cm, "data")))
		return 0;
	return created(client_update_wait(c->s->client, &ref, cm, NULL, e));
}

static void namespace_added(void *arg, struct informer_object *o) { workqueue_add(((struct controller *)arg)->q, o->name); }
static void object_deleted(void *arg, struct informer_object *o) { workqueue_add(((struct controller *)arg)->q, o->ns); }
static void object_updated(void *arg, struct informer_object *old, struct informer_object *o)
{
	(void)old;
	object_deleted(arg, o);
}

static int init(struct shared *s, const char *name, const char *plural, const char *field, reconcile_fn fn, struct err *e)
{
	static const struct informer_handler ns = {.added = namespace_added}, objects = {NULL, object_updated, object_deleted, NULL};
	struct sa_ctl *x = calloc(1, sizeof(*x));
	struct controller *c;
	int r;

	if (!x)
		return err_nomem(e);
	if ((r = controller_new(&c, s, name, 1, fn, x, free, e)) < 0) {
		free(x);
		return r;
	}
	x->namespaces = shared_informer(s, "", "v1", "namespaces", NULL, e);
	x->objects = shared_informer(s, "", "v1", plural, field, e);
	if (!x->namespaces || !x->objects)
		return ERR_INTERNAL;
	if (informer_add_handler(x->namespaces, &ns, c) < 0 || informer_add_handler(x->objects, &objects, c) < 0)
		return err_nomem(e);
	return 0;
}

int serviceaccount_init(struct shared *s, struct err *e) { return init(s, "serviceaccount", "serviceaccounts", NULL, account_reconcile, e); }

int rootca_init(struct shared *s, struct err *e)
{
	if (!s->cfg.ca_cert_pem)
		return 0; /* run alone without the CA: another controller manager publishes it */
	return init(s, "root-ca", "configmaps", "metadata.name=kube-root-ca.crt", root_ca_reconcile, e);
}
