#include "controllers/discovery.h"
#include "base/str.h"

void discovered_free(struct discovered *v, size_t n)
{
	for (size_t i = 0; v && i < n; i++) {
		free(v[i].group);
		free(v[i].version);
		free(v[i].plural);
		free(v[i].kind);
	}
	free(v);
}

static bool has_verb(const json_t *r, const char *verb)
{
	json_t *v;
	size_t i;

	json_array_foreach (json_object_get(r, "verbs"), i, v)
		if (streq(json_string_value(v), verb))
			return true;
	return false;
}

struct gather {
	struct discovered *v;
	size_t n, cap;
};

static int add(struct gather *g, const char *group, const char *version, const json_t *r, struct err *e)
{
	if (g->n == g->cap) {
		size_t cap = g->cap ? g->cap * 2 : 64;
		struct discovered *bigger = realloc(g->v, cap * sizeof(*bigger));
		if (!bigger)
			return err_nomem(e);
		g->v = bigger;
		g->cap = cap;
	}
	g->v[g->n] = (struct discovered){str_dup(group), str_dup(version), str_dup(json_str(r, "name")), str_dup(json_str(r, "kind")),
					 json_bool_or(r, "namespaced", false), has_verb(r, "delete"), has_verb(r, "deletecollection")};
	struct discovered *d = &g->v[g->n++];
	return d->group && d->version && d->plural && d->kind ? 0 : err_nomem(e);
}

static int group_version(struct client *c, struct gather *g, const char *group, const char *version, bool namespaced_only, struct err *e)
{
	AUTO_JSON json_t *list = NULL;
	json_t *r;
	size_t i;

	AUTO_FREE char *path = *group ? str_fmt("/apis/%s/%s", group, version) : str_fmt("/api/%s", version);
	struct client_ref ref = {.raw = path};
	int rc = path ? client_get_wait(c, &ref, &list, e) : err_nomem(e);
	if (rc < 0)
		return rc == ERR_NOT_FOUND ? 0 : rc;
	json_array_foreach (json_object_get(list, "resources"), i, r) {
		const char *name = json_str_or(r, "name", "");
		if (strchr(name, '/') || !has_verb(r, "list") || (namespaced_only && !json_bool_or(r, "namespaced", false)))
			continue;
		bool seen = false;
		for (size_t k = 0; k < g->n; k++)
			seen = seen || (streq(g->v[k].group, group) && streq(g->v[k].plural, name));
		if (!seen && (rc = add(g, group, version, r, e)) < 0)
			return rc;
	}
	return 0;
}

int discovery_kinds(struct client *c, bool namespaced_only, struct discovered **ret, size_t *ret_n, struct err *e)
{
	struct gather g = {0};
	AUTO_JSON json_t *groups = NULL;
	static const struct client_ref apis = {.raw = "/apis"};
	json_t *grp, *ver;
	size_t i, k;

	int r = group_version(c, &g, "", "v1", namespaced_only, e);
	if (r == 0)
		r = client_get_wait(c, &apis, &groups, e);
	if (r == 0)
		json_array_foreach (json_object_get(groups, "groups"), i, grp) {
			json_array_foreach (json_object_get(grp, "versions"), k, ver)
				if (r == 0)
					r = group_version(c, &g, json_str_or(grp, "name", ""), json_str_or(ver, "version", ""), namespaced_only, e);
		}
	if (r < 0) {
		discovered_free(g.v, g.n);
		return r;
	}
	*ret = g.v;
	*ret_n = g.n;
	return 0;
}
