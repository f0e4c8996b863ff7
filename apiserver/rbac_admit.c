/* Nobody gives away rights that he does not have (Kubernetes documentation, "Privilege escalation prevention and bootstrapping"). */
#include "api/object.h"
#include "apiserver/auth_internal.h"

#define RB "rbac.authorization.k8s.io"

static void list_text(struct buf *b, const char *name, const json_t *list)
{
	const json_t *v;
	size_t i;

	if (!json_array_size(list))
		return;
	if (b->len && b->data[b->len - 1] != '{')
		buf_adds(b, ", ");
	buf_addf(b, "%s:[", name);
	json_array_foreach((json_t *)(uintptr_t)list, i, v)
		buf_addf(b, "%s\"%s\"", i ? " " : "", json_string_value(v));
	buf_addc(b, ']');
}

static int deny_missing(struct admit *c, const json_t *missing, const char *prefix, struct err *e)
{
	const struct identity *id = c->adm->id;
	AUTO_BUF struct buf groups = {0};
	AUTO_BUF struct buf rule = {0};

	for (char **g = id->groups; g && *g; g++)
		buf_addf(&groups, "%s\"%s\"", groups.len ? " " : "", *g);
	buf_addc(&rule, '{');
	list_text(&rule, "APIGroups", json_object_get(missing, "apiGroups"));
	list_text(&rule, "Resources", json_object_get(missing, "resources"));
	list_text(&rule, "ResourceNames", json_object_get(missing, "resourceNames"));
	list_text(&rule, "NonResourceURLs", json_object_get(missing, "nonResourceURLs"));
	list_text(&rule, "Verbs", json_object_get(missing, "verbs"));
	buf_addc(&rule, '}');
	return admit_deny(c, e, "%suser \"%s\" (groups=[%s]) is attempting to grant RBAC permissions not currently held:\n%s", prefix, id->user,
			  groups.data ? groups.data : "", rule.data ? rule.data : "");
}

static bool may(struct admit *c, const char *verb, const char *plural, const char *ns, const char *name)
{
	struct authz_attr at = {.is_resource = true, .verb = verb, .group = RB, .version = "v1", .resource = plural, .subresource = "",
				.ns = ns, .name = name, .path = ""};

	return authz_check(c->au, c->adm->id, &at, NULL, 0) == AUTHZ_ALLOW;
}

static int covered(struct admit *c, const struct rbac_rules *want, const char *prefix, struct err *e)
{
	struct rbac_held held;
	AUTO_JSON json_t *missing = NULL;
	bool ok;

	if (rbac_held(c->au->rbac, c->adm->id, c->adm->ns, &held))
		return err_nomem(e);
	ok = rbac_held_covers(&held, want, &missing);
	rbac_held_done(&held);
	return ok ? 0 : deny_missing(c, missing, prefix, e);
}

static bool same(const struct admit *c, const char *key)
{
	const json_t *a = json_object_get(c->adm->old, key), *b = json_object_get(c->adm->obj, key);

	return (!a && !b) || (a && b && json_equal(a, b)) || (!json_array_size(a) && !json_array_size(b) && !json_is_object(a) && !json_is_object(b));
}

static int role(struct admit *c, struct err *e)
{
	struct rbac_rules *want = NULL;
	const json_t *aggregation = json_object_get(c->adm->obj, "aggregationRule");
	int r = 0;

	if (c->adm->op == ADMIT_UPDATE && same(c, "rules") && same(c, "aggregationRule"))
		return 0;
	if (may(c, "escalate", c->adm->res->plural, c->adm->ns, c->adm->name))
		return 0;
	if (json_is_object(aggregation) && !same(c, "aggregationRule")) {
		AUTO_JSON json_t *all = rbac_default_rules("* * *\n* url *\n");

		if (!all || rbac_rules_new(&want, all))
			return err_nomem(e);
		r = covered(c, want, "must have cluster-admin privileges to use an aggregationRule: ", e);
		want = rbac_rules_unref(want);
	}
	if (!r && rbac_rules_new(&want, json_object_get(c->adm->obj, "rules")))
		return err_nomem(e);
	if (!r)
		r = covered(c, want, "", e);
	(void)rbac_rules_unref(want);
	return r;
}

static int binding(struct admit *c, struct err *e)
{
	const char *kind = json_str_or(c->adm->obj, "roleRef.kind", ""), *name = json_str_or(c->adm->obj, "roleRef.name", "");
	bool cluster = !streq(kind, "Role");
	struct rbac_rules *want;
	int r;

	if (c->adm->op == ADMIT_UPDATE && same(c, "subjects") && same(c, "roleRef"))
		return 0;
	if (may(c, "bind", cluster ? "clusterroles" : "roles", c->adm->ns, name))
		return 0;
	want = rbac_role_rules(c->au->rbac, cluster ? "" : c->adm->ns, name);
	if (!want) {
		/* Unknown rights cannot be given by somebody who may not give all. */
		return err_set(e, ERR_NOT_FOUND, "%s." RB " \"%.150s\" not found", cluster ? "clusterroles" : "roles", name);
	}
	r = covered(c, want, "", e);
	(void)rbac_rules_unref(want);
	return r;
}

int admit_escalation(struct admit *c, struct err *e)
{
	if (!c->main || auth_is_master(c->adm->id))
		return 0;
	return strstr(c->adm->res->plural, "bindings") ? binding(c, e) : role(c, e);
}
