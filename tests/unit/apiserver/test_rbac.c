/* Rules: matching, covering; the cache of who has which; the table of defaults. */
#include "api/object.h"
#include "apiserver/rbac.h"
#include "base/str.h"
#include "tests/unit/json.h"
#include "tests/unit/test.h"

static struct rbac_rules *rules(const char *lines)
{
	AUTO_JSON json_t *o = rbac_default_rules(lines);
	struct rbac_rules *r = NULL;

	CHECK(o && rbac_rules_new(&r, o) == 0);
	return r;
}

static bool allows(const char *lines, const char *verb, const char *group, const char *resource, const char *sub, const char *name)
{
	struct authz_attr at = {.is_resource = true, .verb = verb, .group = group, .resource = resource, .subresource = sub, .name = name, .ns = "", .path = ""};
	struct rbac_rules *r = rules(lines);
	bool ok = false;

	for (size_t i = 0; i < r->n; i++)
		ok |= rbac_rule_allows(&r->v[i], rbac_verb_bit(verb), &at);
	(void)rbac_rules_unref(r);
	return ok;
}

static bool path_allowed(const char *lines, const char *verb, const char *path)
{
	struct authz_attr at = {.verb = verb, .path = path, .group = "", .resource = "", .subresource = "", .name = "", .ns = ""};
	struct rbac_rules *r = rules(lines);
	bool ok = rbac_rule_allows(&r->v[0], rbac_verb_bit(verb), &at);

	(void)rbac_rules_unref(r);
	return ok;
}

static void test_match(void)
{
	CHECK(allows("r core pods\n", "list", "", "pods", "", ""));
	CHECK(!allows("r core pods\n", "create", "", "pods", "", ""));
	CHECK(!allows("r core pods\n", "list", "apps", "pods", "", ""));
	CHECK(!allows("r core pods\n", "get", "", "pods", "log", "p"));
	CHECK(allows("get core pods/log\n", "get", "", "pods", "log", "p"));
	CHECK(!allows("get core pods/log\n", "get", "", "pods", "", "p"));
	CHECK(allows("* * *\n", "impersonate", "x", "y", "z", ""));
	CHECK(allows("get * */scale\n", "get", "apps", "deployments", "scale", "d"));
	CHECK(!allows("get * */scale\n", "get", "apps", "deployments", "", "d"));
	CHECK(!allows("get core pods\n", "get", "", "pod", "", ""));
	CHECK(!allows("get core pods\n", "get", "", "podss", "", ""));
	/* names */
	CHECK(allows("get core secrets a,b\n", "get", "", "secrets", "", "b"));
	CHECK(!allows("get core secrets a,b\n", "get", "", "secrets", "", "c"));
	CHECK(!allows("list core secrets a\n", "list", "", "secrets", "", ""));
	/* uncommon verbs, and "*" asked as a verb */
	CHECK(allows("bind,escalate x roles\n", "escalate", "x", "roles", "", "r"));
	CHECK(!allows("bind x roles\n", "escalate", "x", "roles", "", "r"));
	CHECK(!allows("r,w core pods\n", "*", "", "pods", "", ""));
	CHECK(allows("* core pods\n", "*", "", "pods", "", ""));
	/* paths */
	CHECK(path_allowed("get url /api/*\n", "get", "/api/v1"));
	CHECK(path_allowed("get url /api/*\n", "get", "/api/"));
	CHECK(!path_allowed("get url /api/*\n", "get", "/api"));
	CHECK(!path_allowed("get url /api\n", "get", "/api/v1"));
	CHECK(path_allowed("* url *\n", "post", "/x"));
	CHECK(!path_allowed("* * *\n", "get", "/x"));
}

static bool covers(const char *have, const char *want, json_t **missing)
{
	struct rbac_rules *h = rules(have), *w = rules(want);
	const struct rbac_rule *v[16];
	bool ok;

	for (size_t i = 0; i < h->n && i < 16; i++)
		v[i] = &h->v[i];
	ok = rbac_covers(v, h->n, w, missing);
	(void)rbac_rules_unref(h);
	(void)rbac_rules_unref(w);
	return ok;
}

static void test_cover(void)
{
	AUTO_JSON json_t *m = NULL;

	CHECK(covers("r core pods\nr apps deployments\n", "get core pods\nlist apps deployments\n", NULL));
	CHECK(covers("get core pods\nlist core pods\n", "get,list core pods\n", NULL)); /* part by part */
	CHECK(!covers("get core pods\nget apps deployments\n", "get core pods,deployments\n", &m));
	CHECK_STR(json_str(m, "resources[0]"), "deployments");
	CHECK_STR(json_str(m, "apiGroups[0]"), "");
	CHECK(covers("* * *\n", "deletecollection x y/z n\n", NULL));
	CHECK(!covers("r,w core pods\n", "* core pods\n", NULL));
	CHECK(!covers("get core secrets a\n", "get core secrets\n", NULL));
	CHECK(covers("get core secrets a\nget core secrets b\n", "get core secrets a,b\n", NULL));
	CHECK(covers("get * */status\n", "get apps deployments/status\n", NULL));
	CHECK(covers("get url /api/*\n", "get url /api/v1,/api/*\n", NULL));
	CHECK(!covers("get url /api/*\n", "get url /apis\n", NULL));
	CHECK(covers("", "", NULL));
}

static enum authz_decision ask(struct rbac *r, const char *user, const char *group, const char *verb, const char *resource, const char *ns, char *why)
{
	struct identity id = {.user = (char *)(uintptr_t)user, .groups = (char *[]){(char *)(uintptr_t)group, NULL}};
	struct authz_attr at = {.is_resource = true, .verb = verb, .group = "", .resource = resource, .subresource = "", .ns = ns, .name = "", .path = "", .explain = true};

	return rbac_check(r, &id, &at, why, why ? 200 : 0);
}

static void put(struct rbac *r, enum rbac_kind kind, const char *key, const char *text)
{
	AUTO_JSON json_t *o = text ? parse(text) : NULL;

	CHECK(rbac_put(r, kind, key, o) == 0);
}

static void test_cache(void)
{
	struct rbac *r = NULL;
	char why[200];
	struct rbac_held h;

	CHECK(rbac_new(&r) == 0);
	/* A binding may come before its role. */
	put(r, RBAC_ROLE_BINDING, "a/b",
	    "{\"subjects\":[{\"kind\":\"User\",\"name\":\"u\"},{\"kind\":\"ServiceAccount\",\"name\":\"s\"},{\"kind\":\"Group\",\"name\":\"g\"}],"
	    "\"roleRef\":{\"kind\":\"ClusterRole\",\"name\":\"view\"}}");
	CHECK(ask(r, "u", "x", "get", "pods", "a", why) != AUTHZ_ALLOW);
	CHECK_STR(why, "RBAC: clusterrole.rbac.authorization.k8s.io \"view\" not found");
	put(r, RBAC_CLUSTER_ROLE, "view", "{\"rules\":[{\"verbs\":[\"get\"],\"apiGroups\":[\"\"],\"resources\":[\"pods\"]}]}");
	CHECK(ask(r, "u", "x", "get", "pods", "a", why) == AUTHZ_ALLOW);
	CHECK_STR(why, "RBAC: allowed by RoleBinding \"a/b\" of ClusterRole \"view\" to User \"u\"");
	CHECK(ask(r, "system:serviceaccount:a:s", "x", "get", "pods", "a", NULL) == AUTHZ_ALLOW);
	CHECK(ask(r, "z", "g", "get", "pods", "a", NULL) == AUTHZ_ALLOW);
	CHECK(ask(r, "g", "u", "get", "pods", "a", NULL) != AUTHZ_ALLOW); /* names of users are no groups */
	CHECK(ask(r, "u", "x", "get", "pods", "b", NULL) != AUTHZ_ALLOW);
	CHECK(ask(r, "u", "x", "get", "pods", "", NULL) != AUTHZ_ALLOW);
	CHECK(ask(r, "u", "x", "list", "pods", "a", NULL) != AUTHZ_ALLOW);
	/* Roles of a namespace and of the cluster are different things. */
	put(r, RBAC_ROLE, "a/view", "{\"rules\":[{\"verbs\":[\"*\"],\"apiGroups\":[\"*\"],\"resources\":[\"*\"]}]}");
	CHECK(ask(r, "u", "x", "list", "pods", "a", NULL) != AUTHZ_ALLOW);
	put(r, RBAC_CLUSTER_ROLE_BINDING, "all", "{\"subjects\":[{\"kind\":\"Group\",\"name\":\"g\"}],\"roleRef\":{\"kind\":\"ClusterRole\",\"name\":\"view\"}}");
	CHECK(ask(r, "z", "g", "get", "pods", "b", NULL) == AUTHZ_ALLOW);
	CHECK(ask(r, "z", "g", "get", "pods", "", NULL) == AUTHZ_ALLOW);
	{
		struct identity id = {.user = (char *)(uintptr_t) "u", .groups = (char *[]){(char *)(uintptr_t) "g", NULL}};

		CHECK(rbac_held(r, &id, "a", &h) == 0);
		CHECK(h.n == 3); /* by user and by group of the one binding, and by the other */
		rbac_held_done(&h);
		CHECK(rbac_held(r, &id, "", &h) == 0);
		CHECK(h.n == 1);
		rbac_held_done(&h);
	}
	/* A binding changes its subjects. */
	put(r, RBAC_ROLE_BINDING, "a/b", "{\"subjects\":[{\"kind\":\"User\",\"name\":\"v\"}],\"roleRef\":{\"kind\":\"Role\",\"name\":\"view\"}}");
	CHECK(ask(r, "u", "x", "get", "pods", "a", NULL) != AUTHZ_ALLOW);
	CHECK(ask(r, "v", "x", "delete", "pods", "a", NULL) == AUTHZ_ALLOW);
	put(r, RBAC_ROLE, "a/view", NULL);
	CHECK(ask(r, "v", "x", "delete", "pods", "a", NULL) != AUTHZ_ALLOW);
	put(r, RBAC_ROLE_BINDING, "a/b", NULL);
	put(r, RBAC_ROLE_BINDING, "a/b", NULL);
	rbac_clear(r, RBAC_CLUSTER_ROLE);
	CHECK(ask(r, "z", "g", "get", "pods", "b", NULL) != AUTHZ_ALLOW);
	CHECK(rbac_role_rules(r, "", "view") == NULL);
	(void)rbac_free(r);
}

/* Every line of the table says something, and every binding leads to a role. */
static void test_defaults(void)
{
	size_t n, m;
	const struct rbac_default_role *roles = rbac_default_roles(&n);
	const struct rbac_default_binding *bindings = rbac_default_bindings(&m);

	for (size_t i = 0; i < n; i++) {
		AUTO_JSON json_t *o = rbac_default_rules(roles[i].rules);
		const json_t *rule;
		size_t k;

		CHECK(o != NULL);
		CHECK(json_array_size(o) > 0 || roles[i].aggregates);
		json_array_foreach(o, k, rule) {
			CHECK(json_array_size(json_object_get(rule, "verbs")) > 0);
			CHECK(json_object_get(rule, "nonResourceURLs") || (json_array_size(json_object_get(rule, "apiGroups")) > 0 &&
									      json_array_size(json_object_get(rule, "resources")) > 0));
		}
		for (size_t j = 0; j < i; j++)
			CHECK(!streq(roles[i].name, roles[j].name) || !streq(roles[i].ns, roles[j].ns));
	}
	for (size_t i = 0; i < m; i++) {
		bool found = false;

		for (size_t k = 0; k < n; k++)
			found |= streq(roles[k].name, bindings[i].role) && streq(roles[k].ns, streq(bindings[i].role_kind, "Role") ? bindings[i].ns : "");
		CHECK(found);
	}
}

int main(void)
{
	RUN(test_match);
	RUN(test_cover);
	RUN(test_cache);
	RUN(test_defaults);
	return TEST_END();
}
