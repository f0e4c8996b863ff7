/* Small rules of admission for namespaces, nodes, claims, volumes and ingresses. */
#include "api/object.h"
#include "api/quantity.h"
#include "apiserver/auth_internal.h"

/* NamespaceLifecycle: the rest of it is part of the write itself. */
int admit_namespace_delete(struct admit *c, struct err *e)
{
	static const char *const kept[] = {"default", "kube-system", "kube-public"};

	for (size_t i = 0; c->main && i < ARRAY_LEN(kept); i++)
		if (streq(c->adm->name, kept[i]))
			return admit_deny(c, e, "this namespace may not be deleted");
	return 0;
}

/* TaintNodesByCondition: a new node takes nothing before it says that it is ready. */
int admit_node_taint(struct admit *c, struct err *e)
{
	const json_t *t;
	size_t i;

	if (!c->main)
		return 0;
	json_array_foreach(json_dot(c->adm->obj, "spec.taints"), i, t)
		if (streq(json_str(t, "key"), "node.kubernetes.io/not-ready") && streq(json_str(t, "effect"), "NoSchedule"))
			return 0;
	return json_dot_append(c->adm->obj, "spec.taints", json_pack("{s:s,s:s}", "key", "node.kubernetes.io/not-ready", "effect", "NoSchedule"))
		       ? err_nomem(e)
		       : 0;
}

/* StorageObjectInUseProtection: controllers take the finalizer away when nobody uses the object any more. */
int admit_storage_finalizer(struct admit *c, struct err *e)
{
	const char *kind = c->adm->res->plural;
	const char *f = streq(kind, "persistentvolumes")	? "kubernetes.io/pv-protection"
			: streq(kind, "persistentvolumeclaims") ? "kubernetes.io/pvc-protection"
								: "kubernetes.io/vac-protection";

	return c->main && obj_add_finalizer(c->adm->obj, f) < 0 ? err_nomem(e) : 0;
}

/* The newest object with the annotation, then the first by name. */
static int marked_default(struct admit *c, const char *group, const char *plural, const char *const *annotations, char **ret)
{
	struct auth_list l = {0};
	AUTO_FREE char *name = NULL;
	AUTO_FREE char *since = NULL;
	int r = auth_list(c->au, c->block, group, plural, NULL, NULL, NULL, &l);

	if (r)
		return r;
	for (size_t i = 0; i < l.n; i++) {
		AUTO_JSON json_t *o = NULL;
		const char *t;
		bool is = false;

		if (json_parse_bytes(l.items[i].value, &o, NULL) || obj_deleting(o))
			continue;
		for (const char *const *a = annotations; *a; a++)
			is |= streq(obj_annotation(o, *a), "true");
		t = json_str_or(o, "metadata.creationTimestamp", "");
		if (!is || (since && strcmp(t, since) <= 0))
			continue;
		if (str_replace(&name, obj_name(o)) || str_replace(&since, t)) {
			r = -ENOMEM;
			break;
		}
	}
	auth_list_done(&l);
	if (!r)
		*ret = TAKE_PTR(name);
	return r;
}

int admit_default_storage_class(struct admit *c, struct err *e)
{
	static const char *const annotations[] = {"storageclass.kubernetes.io/is-default-class", "storageclass.beta.kubernetes.io/is-default-class", NULL};
	AUTO_FREE char *name = NULL;
	int r;

	if (!c->main || json_is_string(json_dot(c->adm->obj, "spec.storageClassName")) ||
	    obj_annotation(c->adm->obj, "volume.beta.kubernetes.io/storage-class"))
		return 0;
	r = marked_default(c, "storage.k8s.io", "storageclasses", annotations, &name);
	if (r)
		return r == ERR_AGAIN ? r : err_set(e, r, "reading storage classes: %s", err_name(r));
	return name && json_set_str(c->adm->obj, "spec.storageClassName", name) ? err_nomem(e) : 0;
}

int admit_default_ingress_class(struct admit *c, struct err *e)
{
	static const char *const annotations[] = {"ingressclass.kubernetes.io/is-default-class", NULL};
	AUTO_FREE char *name = NULL;
	int r;

	if (!c->main || json_is_string(json_dot(c->adm->obj, "spec.ingressClassName")) || obj_annotation(c->adm->obj, "kubernetes.io/ingress.class"))
		return 0;
	r = marked_default(c, "networking.k8s.io", "ingressclasses", annotations, &name);
	if (r)
		return r == ERR_AGAIN ? r : err_set(e, r, "reading ingress classes: %s", err_name(r));
	return name && json_set_str(c->adm->obj, "spec.ingressClassName", name) ? err_nomem(e) : 0;
}

/* PersistentVolumeClaimResize: a bound claim grows only where its class lets it. */
int admit_claim_resize(struct admit *c, struct err *e)
{
	struct quantity was, now;
	const char *a = json_str(c->adm->old, "spec.resources.requests.storage"), *b = json_str(c->adm->obj, "spec.resources.requests.storage");
	const char *class = json_str_or(c->adm->obj, "spec.storageClassName", "");
	AUTO_JSON json_t *sc = NULL;
	int r;

	if (!c->main || !a || !b || quantity_parse(a, &was) || quantity_parse(b, &now) || now.nano <= was.nano ||
	    !streq(json_str(c->adm->old, "status.phase"), "Bound"))
		return 0;
	r = *class ? auth_get_json(c->au, c->block, "storage.k8s.io", "storageclasses", NULL, class, &sc, NULL) : ERR_NOT_FOUND;
	if (r && r != ERR_NOT_FOUND)
		return r == ERR_AGAIN ? r : err_set(e, r, "reading storage class %s: %s", class, err_name(r));
	if (!json_bool_or(sc, "allowVolumeExpansion", false))
		return admit_deny(c, e,
				  "only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize");
	return 0;
}
