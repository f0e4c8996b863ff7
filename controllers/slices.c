/*
 * EndpointSlices of one owner: existing ones are filled up and changed in place, so that a change of one endpoint is one small write.
 */
#include "controllers/endpoints.h"

#define MAX_ENDPOINTS 100

/* The group with this family and these ports, NULL for want of memory. */
static struct slice_group *group_at(struct slice_groups *g, bool v6, json_t *ports)
{
	size_t at = 0;

	while (at < g->n && (g->v[at].v6 != v6 || !json_equal(g->v[at].ports, ports)))
		at++;
	if (at == g->n) {
		struct slice_group *v = reallocarray(g->v, g->n + 1, sizeof(*v));
		json_t *list = json_array();

		if (v)
			g->v = v;
		if (!v || !list) {
			json_decref(list);
			return NULL;
		}
		g->v[g->n++] = (struct slice_group){json_incref(ports), list, v6};
	}
	return &g->v[at];
}

int slice_groups_add(struct slice_groups *g, bool v6, json_t *ports, json_t *endpoint)
{
	AUTO_JSON json_t *p = ports, *ep = endpoint;
	struct slice_group *to = p && ep ? group_at(g, v6, p) : NULL;

	return !to || json_array_append(to->endpoints, ep) < 0 ? -ENOMEM : 0;
}

int slice_groups_add_empty(struct slice_groups *g, bool v6)
{
	AUTO_JSON json_t *none = json_array();

	for (size_t i = 0; i < g->n; i++)
		if (g->v[i].v6 == v6)
			return 0;
	return none && group_at(g, v6, none) ? 0 : -ENOMEM;
}

void slice_groups_done(struct slice_groups *g)
{
	for (size_t i = 0; i < g->n; i++) {
		json_decref(g->v[i].ports);
		json_decref(g->v[i].endpoints);
	}
	free(g->v);
	*g = (struct slice_groups){0};
}

static const char *family(const struct slice_group *g) { return g->v6 ? "IPv6" : "IPv4"; }

static bool same_endpoint(const json_t *a, const json_t *b)
{
	return json_equal(json_object_get(a, "addresses"), json_object_get(b, "addresses")) &&
	       streq(json_str(a, "targetRef.uid"), json_str(b, "targetRef.uid"));
}

/* Keeps of the slice what is still wanted (in its new form) and takes it out of want. */
static json_t *kept_endpoints(const json_t *slice, json_t *want)
{
	json_t *out = json_array(), *have, *w;
	size_t i, k;

	json_array_foreach (json_object_get(slice, "endpoints"), i, have)
		json_array_foreach (want, k, w)
			if (same_endpoint(have, w)) {
				json_array_append(out, w);
				json_array_remove(want, k);
				break;
			}
	return out;
}

static void fill(json_t *into, json_t *from)
{
	while (json_array_size(from) && json_array_size(into) < MAX_ENDPOINTS) {
		json_array_append(into, json_array_get(from, 0));
		json_array_remove(from, 0);
	}
}

/* slice NULL: a new one. */
static int write_slice(struct controller *c, const struct slice_owner *o, const json_t *slice, const struct slice_group *g, json_t *endpoints,
		       struct err *e)
{
	const char *ns = obj_namespace(o->obj);
	struct client_ref ref = {.group = "discovery.k8s.io", .plural = "endpointslices", .ns = ns, .name = slice ? obj_name(slice) : NULL};
	AUTO_JSON json_t *obj = slice ? json_deep_copy(slice) : json_pack("{s:s,s:s,s:{s:s}}", "apiVersion", "discovery.k8s.io/v1", "kind", "EndpointSlice",
									  "metadata", "namespace", ns);
	AUTO_JSON json_t *labels = o->labels ? json_deep_copy(o->labels) : json_object();
	AUTO_FREE char *prefix = str_fmt("%s-", obj_name(o->obj));

	if (!obj || !labels || !prefix || json_object_set_new(labels, LABEL_SERVICE, json_string(obj_name(o->obj))) ||
	    json_object_set_new(labels, LABEL_MANAGED, json_string(o->manager)) || json_dot_set(obj, "metadata.labels", TAKE_PTR(labels)))
		return err_nomem(e);
	if (!slice && (json_set_str(obj, "metadata.generateName", prefix) || obj_set_controller(obj, o->obj, o->gv, o->kind) < 0))
		return err_nomem(e);
	if (o->annotations && json_object_size(o->annotations) && json_dot_set(obj, "metadata.annotations", json_deep_copy(o->annotations)))
		return err_nomem(e);
	if (o->annotations && !json_object_size(o->annotations))
		json_dot_del(obj, "metadata.annotations");
	if (json_object_set_new(obj, "addressType", json_string(family(g))) || json_object_set(obj, "endpoints", endpoints) ||
	    json_object_set(obj, "ports", g->ports))
		return err_nomem(e);
	if (slice && json_equal(slice, obj))
		return 0;
	int r = slice ? client_update_wait(c->s->client, &ref, obj, NULL, e) : client_create_wait(c->s->client, &ref, obj, NULL, e);
	return r == ERR_NOT_FOUND || (!slice && r == ERR_FORBIDDEN) ? 0 : r;
}

static int delete_slice(struct controller *c, const json_t *slice, struct err *e)
{
	struct client_ref ref = {.group = "discovery.k8s.io", .plural = "endpointslices", .ns = obj_namespace(slice), .name = obj_name(slice)};

	int r = client_delete_wait(c->s->client, &ref, NULL, NULL, e);
	return r == ERR_NOT_FOUND ? 0 : r;
}

static bool same_ports(const json_t *slice, const struct slice_group *g)
{
	const json_t *have = json_object_get(slice, "ports");

	return json_array_size(have) || json_array_size(g->ports) ? json_equal(have, g->ports) : true; /* none may be left out */
}

/* kept[i]: what slice i goes on with, NULL while it belongs to no group. */
static int write_group(struct controller *c, const struct slice_owner *o, struct slice_group *g, json_t **slices, json_t **kept, size_t n,
		       struct err *e)
{
	bool *mine = calloc(n + 1, sizeof(*mine)), empty = !json_array_size(g->endpoints);
	int r = mine ? 0 : err_nomem(e);

	/* First what each slice may keep, then the new ones into slices with room, then new slices. */
	for (size_t i = 0; i < n && r == 0; i++) {
		if (kept[i] || !streq(json_str(slices[i], "addressType"), family(g)) || !same_ports(slices[i], g))
			continue;
		mine[i] = true;
		if (!(kept[i] = kept_endpoints(slices[i], g->endpoints)))
			r = err_nomem(e);
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		if (!mine[i])
			continue;
		fill(kept[i], g->endpoints);
		r = json_array_size(kept[i]) || empty ? write_slice(c, o, slices[i], g, kept[i], e) : delete_slice(c, slices[i], e);
		empty = false;
	}
	while (r == 0 && (json_array_size(g->endpoints) || empty)) {
		AUTO_JSON json_t *some = json_array();
		if (!some) {
			r = err_nomem(e);
			break;
		}
		fill(some, g->endpoints);
		r = write_slice(c, o, NULL, g, some, e);
		empty = false;
	}
	free(mine);
	return r;
}

int slices_write(struct controller *c, const struct slice_owner *o, struct slice_groups *g, json_t **slices, size_t n, struct err *e)
{
	json_t **kept = calloc(n + 1, sizeof(*kept));
	int r = kept ? 0 : err_nomem(e);

	for (size_t i = 0; i < g->n && r == 0; i++)
		r = write_group(c, o, &g->v[i], slices, kept, n, e);
	for (size_t i = 0; i < n && r == 0; i++)
		if (!kept[i] && streq(obj_label(slices[i], LABEL_MANAGED), o->manager))
			r = delete_slice(c, slices[i], e);
	for (size_t i = 0; kept && i < n; i++)
		json_decref(kept[i]);
	free(kept);
	return r;
}
