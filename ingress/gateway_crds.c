/* CRDs from the description of the kinds in gateway_crds.yaml. */
#include "ingress/gateway_crds.h"
#include <zlib.h>
#include "api/object.h"
#include "base/str.h"
#include "ingress/gateway_model.h"

#define LABEL_MANAGER "app.kubernetes.io/managed-by"
#define APPROVED      "https://github.com/kubernetes-sigs/gateway-api/pull/4530"

#define TEXT_MAX (64 * 1024)

static const unsigned char packed[] = {
#include "ingress/gateway_crds_yaml.h"
};

const char *const gateway_crd_names[GATEWAY_CRDS] = {"gatewayclasses." GATEWAY_GROUP, "gateways." GATEWAY_GROUP,
						     "httproutes." GATEWAY_GROUP, "referencegrants." GATEWAY_GROUP};

static json_t *word(const char *s, bool list)
{
	AUTO_FREE char *low = list ? str_fmt("%sList", s) : str_dup(s);

	for (char *p = low; p && !list && *p; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p = (char)(*p + ('a' - 'A'));
	return low ? json_string(low) : NULL;
}

static json_t *schema(const json_t *kind)
{
	json_t *o = json_pack("{s:s,s:O*,s:[s],s:{s:{s:s},s:{s:s},s:{s:s},s:O}}", "type", "object", "description",
			      json_object_get(kind, "description"), "required", "spec", "properties", "apiVersion",
			      "type", "string", "kind", "type", "string", "metadata", "type", "object", "spec",
			      json_object_get(kind, "spec"));
	json_t *status = json_object_get(kind, "status");

	if (o && status && json_object_set(json_object_get(o, "properties"), "status", status) < 0) {
		json_decref(o);
		return NULL;
	}
	return o;
}

static int add_version(json_t *crd, const json_t *kind, const char *name)
{
	bool stored = streq(name, json_str_or(kind, "stored", "v1"));
	json_t *v = json_pack("{s:s,s:b,s:b,s:O,s:{s:o}}", "name", name, "served", 1, "storage", stored,
			      "additionalPrinterColumns", json_object_get(kind, "columns"), "schema", "openAPIV3Schema",
			      schema(kind));

	if (v && json_object_get(kind, "status") &&
	    json_dot_set(v, "subresources", json_pack("{s:{}}", "status")) < 0) {
		json_decref(v);
		return -1;
	}
	return json_array_append_new(json_dot(crd, "spec.versions"), v);
}

static json_t *crd_of(const json_t *kind)
{
	const char *name = json_str_or(kind, "kind", ""), *plural = json_str_or(kind, "plural", "");
	AUTO_FREE char *full = str_fmt("%s." GATEWAY_GROUP, plural);
	json_t *shorts = json_object_get(kind, "short"), *v;
	size_t i;
	AUTO_JSON json_t *crd = json_pack(
	    "{s:s,s:s,s:{s:s,s:{s:s},s:{s:s,s:s,s:s}},s:{s:s,s:O,s:{s:s,s:s,s:o,s:o,s:[s]},s:[]}}", "apiVersion",
	    "apiextensions.k8s.io/v1", "kind", "CustomResourceDefinition", "metadata", "name", full ? full : "",
	    "labels", LABEL_MANAGER, "minik", "annotations", GATEWAY_ANN_BUNDLE, GATEWAY_BUNDLE,
	    "gateway.networking.k8s.io/channel", "standard", "api-approved.kubernetes.io", APPROVED, "spec", "group",
	    GATEWAY_GROUP, "scope", json_object_get(kind, "scope"), "names", "plural", plural, "kind", name, "listKind",
	    word(name, true), "singular", word(name, false), "categories", "gateway-api", "versions");

	if (!full || !crd || (shorts && json_object_set(json_dot(crd, "spec.names"), "shortNames", shorts) < 0))
		return NULL;
	json_array_foreach (json_object_get(kind, "served"), i, v)
		if (add_version(crd, kind, json_string_value(v)) < 0)
			return NULL;
	return json_incref(crd);
}

/* NULL: no memory. */
static char *unpack(size_t *ret_n)
{
	AUTO_FREE char *text = malloc(TEXT_MAX);
	z_stream z = {.next_in = (unsigned char *)(uintptr_t)packed, .avail_in = sizeof(packed)};

	if (!text || inflateInit2(&z, 16 + MAX_WBITS) != Z_OK) /* gzip's head */
		return NULL;
	z.next_out = (unsigned char *)text;
	z.avail_out = TEXT_MAX;
	int end = inflate(&z, Z_FINISH);
	(void)inflateEnd(&z);
	*ret_n = TEXT_MAX - z.avail_out;
	return end == Z_STREAM_END ? TAKE_PTR(text) : NULL;
}

json_t *gateway_crds(void)
{
	size_t n = 0;
	AUTO_FREE char *text = unpack(&n);
	AUTO_JSON json_t *doc = NULL;
	AUTO_JSON json_t *all = json_array();
	const json_t *kind;
	size_t i;

	if (!all || !text || yaml_parse(text, n, &doc, NULL) < 0)
		return NULL;
	json_array_foreach (json_object_get(doc, "kinds"), i, kind)
		if (json_array_append_new(all, crd_of(kind)) < 0)
			return NULL;
	return json_incref(all);
}

/* "v1.6.1" -> 1, 6, 1; what else follows does not count. */
static void version_of(const char *s, unsigned ret[3])
{
	ret[0] = ret[1] = ret[2] = 0;
	if (*s == 'v')
		s++;
	for (unsigned i = 0; i < 3 && *s >= '0' && *s <= '9'; i++) {
		for (unsigned n = 0; *s >= '0' && *s <= '9' && n < 6; s++, n++)
			ret[i] = ret[i] * 10 + (unsigned)(*s - '0');
		s += *s == '.';
	}
}

bool gateway_bundle_since(const char *version, unsigned major, unsigned minor)
{
	unsigned v[3];

	version_of(version ? version : "", v);
	return v[0] != major ? v[0] > major : v[1] >= minor;
}

bool gateway_crd_outdated(const json_t *crd)
{
	const char *label = obj_label(crd, LABEL_MANAGER), *has = obj_annotation(crd, GATEWAY_ANN_BUNDLE);
	unsigned theirs[3], ours[3];

	if (!label || !streq(label, "minik"))
		return false;
	version_of(has ? has : "", theirs);
	version_of(GATEWAY_BUNDLE, ours);
	for (unsigned i = 0; i < 3; i++)
		if (theirs[i] != ours[i])
			return theirs[i] < ours[i];
	return false;
}
