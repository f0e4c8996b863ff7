/* Which webhook wants which request. Rules: k8s.io/apiserver pkg/admission/plugin/webhook/predicates. */
#include "api/object.h"
#include "apiserver/webhook.h"

static bool listed(const char *const *v, const char *want)
{
	for (; v && *v; v++)
		if (streq(*v, "*") || streq(*v, want))
			return true;
	return false;
}

/* "pods", "pods/exec"; a star stands for any resource or any subresource. A star alone means no subresource. */
static bool resource_listed(const char *const *v, const char *plural, const char *sub)
{
	for (; v && *v; v++) {
		const char *slash = strchr(*v, '/');
		size_t n = slash ? (size_t)(slash - *v) : strlen(*v);
		const char *s = slash ? slash + 1 : "";
		bool res = (n == 1 && **v == '*') || (strlen(plural) == n && !strncmp(*v, plural, n));

		if (res && (streq(s, "*") || streq(s, sub)))
			return true;
	}
	return false;
}

static bool is_namespace(const struct api_resource *res)
{
	return streq(res->plural, "namespaces") && !*res->group;
}

static bool rule_matches(const struct hook_rule *r, const struct hook_attr *at, const struct api_resource *res)
{
	bool cluster = is_namespace(at->res) || !*at->ns;

	return r->ops & (1u << at->op) && (r->scope == HOOK_SCOPE_ANY || (r->scope == HOOK_SCOPE_CLUSTER) == cluster) &&
	       listed(r->groups, res->group) && listed(r->versions, res->version) &&
	       resource_listed(r->resources, res->plural, at->subname);
}

bool hook_exempt(const struct api_resource *res)
{
	static const char *const plurals[] = {"validatingwebhookconfigurations", "mutatingwebhookconfigurations",
					      "validatingadmissionpolicies",     "validatingadmissionpolicybindings",
					      "mutatingadmissionpolicies",       "mutatingadmissionpolicybindings"};

	if (!streq(res->group, "admissionregistration.k8s.io"))
		return false;
	for (size_t i = 0; i < ARRAY_LEN(plurals); i++)
		if (streq(res->plural, plurals[i]))
			return true;
	return false;
}

const struct api_resource *hook_match_rules(const struct hook *h, const struct hook_attr *at)
{
	for (size_t i = 0; i < h->n_rules; i++)
		if (rule_matches(&h->rules[i], at, at->res))
			return at->res;
	if (!h->equivalent || !at->res->storage_prefix || !*at->res->storage_prefix)
		return NULL;
	/* Earlier rules go first. Equivalent are the resources that are stored as one. */
	for (size_t i = 0; i < h->n_rules; i++) {
		for (size_t k = 0; k < api_resource_count(at->reg); k++) {
			const struct api_resource *o = api_resource_at(at->reg, k);

			if (o == at->res || !o->storage_prefix || !streq(o->storage_prefix, at->res->storage_prefix))
				continue;
			if (*at->subname && !api_subresource_find(o, at->subname))
				continue;
			if (rule_matches(&h->rules[i], at, o))
				return o;
		}
	}
	return NULL;
}

static bool own_labels(const struct hook_attr *at)
{
	return is_namespace(at->res) && !*at->subname && (at->op == ADMIT_CREATE || at->op == ADMIT_UPDATE);
}

bool hook_needs_ns(const struct hook *h, const struct hook_attr *at)
{
	return !h->ns_any && *at->ns && !own_labels(at);
}

static bool object_matches(const struct hook *h, const json_t *obj)
{
	return obj && json_object_get(obj, "metadata") &&
	       api_selector_match_labels(h->obj_selector, json_at(obj, "metadata", "labels", NULL));
}

int hook_match_selectors(const struct hook *h, const struct hook_attr *at)
{
	/* An object that belongs to no namespace is never exempted by a namespace selector. */
	if (!h->ns_any && (*at->ns || is_namespace(at->res))) {
		if (own_labels(at)) {
			if (!api_selector_match_labels(h->ns_selector, json_at(at->obj, "metadata", "labels", NULL)))
				return 0;
		} else if (at->ns_missing) {
			return ERR_NOT_FOUND;
		} else if (!at->ns_index || !api_selector_match_index_labels(h->ns_selector, at->ns_index)) {
			return 0;
		}
	}
	if (!h->obj_any && !object_matches(h, at->obj) && !object_matches(h, at->old))
		return 0;
	return 1;
}
