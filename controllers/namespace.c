/*
 * Namespaces that are being deleted: everything in them goes, pods first, then the namespace itself is finalized. Which kinds there are
 * comes from discovery, so that custom resources go too.
 */
#include <errno.h>
#include "controllers/shared.h"
#include "controllers/discovery.h"
#include "base/log.h"

struct ns_ctl {
	struct informer *namespaces;
};

struct emptying {
	struct controller *c;
	const char *ns;
	int64_t left, with_finalizers;
	struct buf what; /* "pods. has 2 resource instances" */
	bool pods_left;
};

/* Deletes what is there of one kind and counts what stays. */
static int empty_kind(struct emptying *x, const struct discovered *d, struct err *e)
{
	struct client_ref ref = {.group = d->group, .version = d->version, .plural = d->plural, .ns = x->ns};
	AUTO_JSON json_t *before = NULL, *after = NULL;
	json_t *item;
	size_t i;

	int r = client_list_wait(x->c->s->client, &ref, NULL, &before, e);
	if (r == ERR_NOT_FOUND || r == ERR_METHOD)
		return 0; /* the kind itself has gone meanwhile */
	if (r < 0)
		return r;
	if (json_array_size(json_object_get(before, "items")) == 0)
		return 0;
	static const char text[] = "{\"kind\":\"DeleteOptions\",\"apiVersion\":\"v1\",\"propagationPolicy\":\"Background\"}";
	AUTO_BYTES struct bytes *opts = bytes_new(text, sizeof(text) - 1);
	struct client_result res = {0};
	if (d->deletecollection) {
		r = client_do_wait(x->c->s->client, "DELETE", &ref, NULL, NULL, opts, &res);
		if (e && r < 0)
			*e = res.err;
		client_result_done(&res);
	} else {
		json_array_foreach (json_object_get(before, "items"), i, item) {
			ref.name = obj_name(item);
			if (d->deletable && (r = client_delete_wait(x->c->s->client, &ref, NULL, NULL, e)) < 0 && r != ERR_NOT_FOUND)
				break;
			r = 0;
		}
		ref.name = NULL;
	}
	if (r < 0 && r != ERR_NOT_FOUND && r != ERR_METHOD)
		return r;
	if ((r = client_list_wait(x->c->s->client, &ref, NULL, &after, e)) < 0)
		return r == ERR_NOT_FOUND ? 0 : r;
	json_t *items = json_object_get(after, "items");
	size_t n = json_array_size(items);
	if (n == 0)
		return 0;
	x->left += (int64_t)n;
	buf_addf(&x->what, "%s%s.%s has %zu resource instances", x->what.len ? ", " : "", d->plural, d->group, n);
	json_array_foreach (items, i, item)
		x->with_finalizers += json_array_size(json_dot(item, "metadata.finalizers")) > 0;
	if (streq(d->plural, "pods") && !*d->group)
		x->pods_left = true;
	return 0;
}

static int report(struct controller *c, const json_t *ns, const struct emptying *x, const char *failure, struct err *e)
{
	struct client_ref ref = {.plural = "namespaces", .name = obj_name(ns), .subresource = "status"};
	AUTO_JSON json_t *obj = json_deep_copy(ns);
	char now[TIME_STR_MAX];
	AUTO_FREE char *remaining = x->left ? str_fmt("Some resources are remaining: %s", x->what.data) : str_dup("All content successfully removed");

	now_string(c->s, now);
	if (!obj || !remaining)
		return err_nomem(e);
	int changed = obj_set_condition(obj, "NamespaceDeletionDiscoveryFailure", "False", "ResourcesDiscovered", "All resources successfully discovered", now);
	changed |= obj_set_condition(obj, "NamespaceDeletionContentFailure", failure ? "True" : "False", failure ? "ContentDeletionFailed" : "ContentDeleted",
				     failure ? failure : "All content successfully deleted, may be waiting on finalization", now);
	changed |= obj_set_condition(obj, "NamespaceContentRemaining", x->left ? "True" : "False", x->left ? "SomeResourcesRemain" : "ContentRemoved", remaining,
				     now);
	changed |= obj_set_condition(obj, "NamespaceFinalizersRemaining", x->with_finalizers ? "True" : "False",
				     x->with_finalizers ? "SomeFinalizersRemain" : "ContentHasNoFinalizers",
				     x->with_finalizers ? "Some content in the namespace has finalizers remaining"
							: "All content-preserving finalizers finished", now);
	json_set_str(obj, "status.phase", "Terminating");
	if (json_equal(obj, ns) || !changed)
		return 0;
	int r = client_update_wait(c->s->client, &ref, obj, NULL, e);
	return r == ERR_NOT_FOUND || r == ERR_CONFLICT ? 0 : r;
}

static int finalize(struct controller *c, const char *name, struct err *e)
{
	struct client_ref ref = {.plural = "namespaces", .name = name}, fin = {.plural = "namespaces", .name = name, .subresource = "finalize"};
	AUTO_JSON json_t *ns = NULL;
	json_t *f;
	size_t i;

	int r = client_get_wait(c->s->client, &ref, &ns, e);
	if (r < 0)
		return r == ERR_NOT_FOUND ? 0 : r;
	json_t *list = json_dot(ns, "spec.finalizers");
	json_array_foreach (list, i, f)
		if (streq(json_string_value(f), "kubernetes")) {
			json_array_remove(list, i);
			r = client_update_wait(c->s->client, &fin, ns, NULL, e);
			return r == ERR_NOT_FOUND ? 0 : r;
		}
	return 0;
}

static int reconcile(void *arg, const char *key, struct err *e)
{
	struct controller *c = arg;
	struct ns_ctl *ctl = c->priv;
	AUTO_OBJECT struct informer_object *o = informer_get(ctl->namespaces, NULL, key);
	AUTO_JSON json_t *ns = informer_object_json(o);
	struct emptying x = {.c = c, .ns = key};
	struct discovered *kinds = NULL;
	size_t n = 0;
	struct err why = {0};
	int r;

	if (!ns || !obj_deleting(ns))
		return 0;
	if ((r = discovery_kinds(c->s->client, true, &kinds, &n, e)) < 0)
		return r;
	/* Pods first: what they use (service accounts, volumes, secrets) must outlive them. */
	for (int pass = 0; pass < 2 && r == 0 && !(pass && x.pods_left); pass++)
		for (size_t i = 0; i < n && r == 0; i++) {
			bool pods = streq(kinds[i].plural, "pods") && !*kinds[i].group;
			if (pods == (pass == 0) && !(streq(kinds[i].plural, "events") && *kinds[i].group))
				r = empty_kind(&x, &kinds[i], &why);
		}
	discovered_free(kinds, n);
	int rr = report(c, ns, &x, r < 0 ? why.msg : NULL, e);
	buf_done(&x.what);
	if (r < 0) {
		if (e)
			*e = why;
		return r;
	}
	if (rr < 0)
		return rr;
	/* What is left goes at its own pace (grace periods, finalizers); namespaced deletions have no event for us here. */
	return x.left ? 500 : finalize(c, key, e);
}

int namespace_init(struct shared *s, struct err *e)
{
	struct ns_ctl *x = calloc(1, sizeof(*x));
	struct controller *c;
	int r;

	if (!x)
		return err_nomem(e);
	if ((r = controller_new(&c, s, "namespace", 2, reconcile, x, free, e)) < 0) {
		free(x);
		return r;
	}
	if (!(x->namespaces = shared_informer(s, "", "v1", "namespaces", NULL, e)))
		return ERR_INTERNAL;
	return controller_watch_keys(c, x->namespaces) < 0 ? err_nomem(e) : 0;
}
