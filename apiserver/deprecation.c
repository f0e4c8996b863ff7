/* Warnings about kinds and versions that are on their way out, in the words of Kubernetes. */
#include "apiserver/internal.h"
#include "base/json.h"

/* The version to go to: the highest that is served, not deprecated and above `from`. NULL: none. */
static const char *successor(const json_t *versions, const char *from)
{
	const char *best = NULL;
	json_t *v;
	size_t i;

	json_array_foreach(versions, i, v)
	{
		const char *name = json_str_or(v, "name", "");

		if (json_bool_or(v, "served", false) && !json_bool_or(v, "deprecated", false) &&
		    api_version_cmp(name, from) < 0 && (!best || api_version_cmp(name, best) < 0))
			best = name;
	}
	return best;
}

static void warn_custom(struct req *r)
{
	const struct api_resource *res = r->res;
	const json_t *versions = json_at(res->crd, "spec", "versions", NULL);
	json_t *v;
	size_t i;

	json_array_foreach(versions, i, v)
	{
		const char *own = json_str(v, "deprecationWarning"), *to;

		if (!json_bool_or(v, "deprecated", false) || !streq(json_str_or(v, "name", ""), res->version))
			continue;
		to = successor(versions, res->version);
		if (own && *own)
			req_warn(r, "%s", own);
		else if (to)
			req_warn(r, "%s/%s %s is deprecated; use %s/%s %s", res->group, res->version, res->kind,
				 res->group, to, res->kind);
		else
			req_warn(r, "%s/%s %s is deprecated", res->group, res->version, res->kind);
	}
}

void req_warn_deprecated(struct req *r)
{
	if (r->res->crd)
		warn_custom(r);
	else if (component_status_serves(r))
		req_warn(r, "v1 ComponentStatus is deprecated in v1.19+");
	else if (!*r->group && r->res->plural[0] == 'e' && streq(r->res->plural, "endpoints"))
		req_warn(r, "v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice");
}
