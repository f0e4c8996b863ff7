/* Reviews: questions to authentication and authorization in the shape of objects, answered and forgotten. */
#include "api/object.h"
#include "apiserver/auth_internal.h"
#include "base/clock.h"

static json_t *user_info(const struct identity *id)
{
	AUTO_JSON json_t *u = json_pack("{s:s}", "username", id->user ? id->user : "");
	AUTO_JSON json_t *groups = json_array();

	if (!u || !groups)
		return NULL;
	if (id->uid && json_object_set_new(u, "uid", json_string(id->uid)))
		return NULL;
	for (char **g = id->groups; g && *g; g++)
		if (json_array_append_new(groups, json_string(*g)))
			return NULL;
	if (json_array_size(groups) && json_object_set(u, "groups", groups))
		return NULL;
	if (json_object_size(id->extra) && json_object_set_new(u, "extra", json_deep_copy(id->extra)))
		return NULL;
	return TAKE_PTR(u);
}

static int token_review(struct auth *au, json_t *o, struct err *e)
{
	const char *token = json_str_or(o, "spec.token", "");
	const json_t *aud = json_dot(o, "spec.audiences");
	AUTO_JSON json_t *status = json_object();
	AUTO_JSON json_t *own = json_pack("[s]", apiserver_issuer(au->a));
	json_t *match = NULL;
	struct identity id = {0};
	struct err why = {0};
	json_t *user;
	int r;

	if (!*token)
		return err_set(e, ERR_BAD_REQUEST, "token is required for TokenReview in authentication");
	if (!status || !own)
		return err_nomem(e);
	r = authn_token(au, token, json_array_size(aud) ? aud : own, &id, &match, &why);
	if (r == -ENOMEM)
		return err_nomem(e);
	if (r) {
		/* Kubernetes says so with an empty user. */
		if (json_object_set_new(status, "user", json_object()) || json_object_set_new(status, "error", json_string(why.msg)))
			return err_nomem(e);
	} else {
		r = identity_add_group(&id, "system:authenticated");
		user = r ? NULL : user_info(&id);
		identity_done(&id);
		if (json_object_set_new(status, "authenticated", json_true()) || json_object_set_new(status, "user", user) ||
		    (match && json_object_set_new(status, "audiences", match)))
			return err_nomem(e);
	}
	return json_object_set(o, "status", status) ? err_nomem(e) : 0;
}

/* --- access reviews --- */

/* Kubernetes' failures of reviews name their group alone. */
static int check_review(const struct admission *adm, const json_t *o, json_t **ret_status, struct err *e)
{
	AUTO_CAUSES struct api_causes c = {0};

	api_validate_kind(adm->res, o, NULL, NULL, &c);
	if (c.oom)
		return err_nomem(e);
	if (!c.n)
		return 0;
	*ret_status = status_invalid(adm->res->group, "", "", &c);
	return err_set(e, ERR_INVALID, "%s is not valid", adm->res->kind);
}

static void attributes(const json_t *spec, struct authz_attr *at)
{
	const json_t *res = json_object_get(spec, "resourceAttributes"), *url = json_object_get(spec, "nonResourceAttributes");

	if (json_is_object(res))
		*at = (struct authz_attr){
			.is_resource = true,
			.verb = json_str_or(res, "verb", ""),
			.group = json_str_or(res, "group", ""),
			.version = json_str_or(res, "version", ""),
			.resource = json_str_or(res, "resource", ""),
			.subresource = json_str_or(res, "subresource", ""),
			.ns = json_str_or(res, "namespace", ""),
			.name = json_str_or(res, "name", ""),
			.path = "",
		};
	else
		*at = (struct authz_attr){.verb = json_str_or(url, "verb", ""),
					  .path = json_str_or(url, "path", ""),
					  .group = "",
					  .version = "",
					  .resource = "",
					  .subresource = "",
					  .ns = "",
					  .name = ""};
}

static int decide(struct auth *au, const struct identity *id, const json_t *spec, json_t *o, struct err *e)
{
	struct authz_attr at;
	char reason[300] = "";
	bool ok;
	json_t *status;

	attributes(spec, &at);
	at.explain = true;
	ok = authz_check(au, id, &at, reason, sizeof(reason)) == AUTHZ_ALLOW;
	status = json_pack("{s:b}", "allowed", ok);
	if (status && *reason)
		(void)json_object_set_new(status, "reason", json_string(reason));
	return json_object_set_new(o, "status", status) ? err_nomem(e) : 0;
}

static int access_review(struct auth *au, json_t *o, struct err *e)
{
	const json_t *spec = json_object_get(o, "spec"), *groups = json_object_get(spec, "groups"), *g;
	const char *user = json_str_or(spec, "user", "");
	struct identity id = {0};
	size_t i;
	int r = 0;

	id.user = str_dup(user);
	if (!id.user)
		return err_nomem(e);
	json_array_foreach((json_t *)(uintptr_t)groups, i, g)
		if (json_is_string(g) && identity_add_group(&id, json_string_value(g)))
			r = err_nomem(e);
	if (!r)
		r = decide(au, &id, spec, o, e);
	identity_done(&id);
	return r;
}

static json_t *string_list(const char **v)
{
	json_t *a = json_array();

	for (; a && v && *v; v++)
		(void)json_array_append_new(a, json_string(*v));
	return a;
}

static int rules_review(struct auth *au, const struct admission *adm, json_t *o, struct err *e)
{
	const char *ns = json_str_or(o, "spec.namespace", "");
	AUTO_JSON json_t *res = json_array();
	AUTO_JSON json_t *urls = json_array();
	struct rbac_held h;

	if (!*ns)
		return err_set(e, ERR_BAD_REQUEST, "no namespace on request");
	if (!res || !urls || rbac_held(au->rbac, adm->id, ns, &h))
		return err_nomem(e);
	for (size_t s = 0; s < h.n; s++) {
		for (size_t i = 0; i < h.sets[s]->n; i++) {
			const struct rbac_rule *r = &h.sets[s]->v[i];
			json_t *rule;

			if (r->urls)
				(void)json_array_append_new(urls, json_pack("{s:o,s:o}", "verbs", string_list(r->verb_names), "nonResourceURLs", string_list(r->urls)));
			if (!r->resources)
				continue;
			rule = json_pack("{s:o,s:o,s:o}", "verbs", string_list(r->verb_names), "apiGroups", string_list(r->groups), "resources",
					 string_list(r->resources));
			if (rule && r->names)
				(void)json_object_set_new(rule, "resourceNames", string_list(r->names));
			(void)json_array_append_new(res, rule);
		}
	}
	rbac_held_done(&h);
	return json_object_set_new(o, "status", json_pack("{s:O,s:O,s:b}", "resourceRules", res, "nonResourceRules", urls, "incomplete", 0)) ? err_nomem(e) : 0;
}

static int review(struct auth *au, const struct admission *adm, bool block, json_t **ret, struct err *e)
{
	const char *kind = adm->res->kind;
	AUTO_JSON json_t *o = NULL;
	char now[TIME_STR_MAX];
	json_t *user;
	int r;

	if (streq(adm->subresource, "token"))
		return sa_token_request(au, adm, block, ret, e);
	o = json_deep_copy(adm->obj);
	if (!o)
		return err_nomem(e);
	if (adm->res->namespaced && json_dot_set(o, "metadata.namespace", json_string(adm->ns)))
		return err_nomem(e);
	if (streq(kind, "TokenReview")) {
		r = token_review(au, o, e);
	} else if (streq(kind, "SelfSubjectReview")) {
		user = user_info(adm->id);
		time_format(clock_wall(au->clock), now);
		r = user && !json_object_set_new(o, "status", json_pack("{s:o}", "userInfo", user)) &&
				    !json_dot_set(o, "metadata.creationTimestamp", json_string(now))
			    ? 0
			    : err_nomem(e);
	} else if (streq(kind, "SelfSubjectAccessReview")) {
		r = check_review(adm, o, ret, e);
		if (!r)
			r = decide(au, adm->id, json_object_get(o, "spec"), o, e);
	} else if (streq(kind, "SubjectAccessReview") || streq(kind, "LocalSubjectAccessReview")) {
		r = check_review(adm, o, ret, e);
		if (!r)
			r = access_review(au, o, e);
	} else if (streq(kind, "SelfSubjectRulesReview")) {
		r = rules_review(au, adm, o, e);
	} else {
		r = err_set(e, ERR_UNSUPPORTED, "%s is not served", kind);
	}
	if (!r)
		*ret = TAKE_PTR(o);
	return r;
}

struct later {
	const struct admission *adm;
	review_done_fn done;
	void *arg;
};

static void answer(review_done_fn done, void *arg, int r, json_t *o, struct err *e)
{
	if (r && !e->code)
		(void)err_set(e, r, "%s", err_name(r));
	e->code = r;
	done(arg, r, o, r ? e : NULL);
}

static void review_blocking(struct auth *au, void *arg)
{
	struct later *l = arg;
	struct err e = {0};
	json_t *o = NULL;
	int r = review(au, l->adm, true, &o, &e);

	answer(l->done, l->arg, r, o, &e);
	l->done = NULL;
}

static void later_free(void *arg)
{
	struct later *l = arg;
	struct err e = {0};

	if (l->done)
		answer(l->done, l->arg, err_set(&e, ERR_UNAVAILABLE, "the server is stopping"), NULL, &e);
	free(l);
}

void auth_review(struct auth *au, const struct admission *adm, review_done_fn done, void *arg)
{
	struct err e = {0};
	json_t *o = NULL;
	int r = review(au, adm, false, &o, &e);

	if (r == ERR_AGAIN) {
		struct later *l = malloc(sizeof(*l));

		if (l) {
			*l = (struct later){adm, done, arg};
			auth_job(au, review_blocking, l, later_free);
			return;
		}
		r = err_nomem(&e);
	}
	answer(done, arg, r, o, &e);
}
