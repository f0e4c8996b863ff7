/* Type tables and registry. */
#include "api/resource.h"
#include "api/schema.h"
#include "base/cleanup.h"
#include "base/json.h"
#include "base/str.h"
#include "tests/unit/test.h"

static struct api_registry *reg;

static void test_builtin_resources(void)
{
	const struct api_resource *pods = api_resource_find(reg, "", "v1", "pods");
	CHECK(pods != NULL);
	if (!pods)
		return;
	CHECK_STR(pods->kind, "Pod");
	CHECK_STR(pods->list_kind, "PodList");
	CHECK_STR(pods->singular, "pod");
	CHECK_STR(pods->short_names[0], "po");
	CHECK(pods->short_names[1] == NULL);
	CHECK_STR(pods->categories[0], "all");
	CHECK_STR(pods->storage_prefix, "/pods/");
	CHECK_STR(pods->storage_hash, "xPOwRZ+Yhw8=");
	CHECK(pods->namespaced && !pods->virtual_ && pods->storage_version);
	CHECK(pods->verbs == 0xff);
	const struct api_subresource *ev = api_subresource_find(pods, "eviction");
	CHECK(ev && streq(ev->group, "policy") && streq(ev->kind, "Eviction") && ev->verbs == API_CREATE && ev->type);
	CHECK(api_subresource_find(pods, "exec") && !api_subresource_find(pods, "exec")->type);
	CHECK(api_subresource_find(pods, "scale") == NULL);
	CHECK(api_resource_for_kind(reg, "apps", "v1", "Deployment") ==
	      api_resource_find(reg, "apps", "v1", "deployments"));
	CHECK(api_resource_find(reg, "apps", "v2", "deployments") == NULL);
	const struct api_resource *ev1 = api_resource_find(reg, "", "v1", "events"),
				  *ev2 = api_resource_find(reg, "events.k8s.io", "v1", "events");
	CHECK(ev1 && ev2 && streq(ev1->storage_prefix, ev2->storage_prefix) && ev1->storage_version &&
	      !ev2->storage_version);
	CHECK(ev1 && ev2 && streq(ev1->storage_hash, ev2->storage_hash));
	const struct api_resource *sar = api_resource_find(reg, "authorization.k8s.io", "v1", "subjectaccessreviews");
	CHECK(sar && sar->virtual_ && !sar->namespaced && sar->verbs == API_CREATE);
	CHECK(api_resource_find(reg, "apiextensions.k8s.io", "v1", "customresourcedefinitions")->short_names[1] !=
	      NULL);
	CHECK(!(api_resource_find(reg, "", "v1", "namespaces")->verbs & API_DELETECOLLECTION));
	CHECK_STR(api_resource_at(reg, 0)->group, "");
	CHECK(api_resource_at(reg, api_resource_count(reg)) == NULL);
	char gv[64];
	api_group_version(ev2, gv, sizeof gv);
	CHECK_STR(gv, "events.k8s.io/v1");
	api_group_version(pods, gv, sizeof gv);
	CHECK_STR(gv, "v1");
	/* every resource's type has metadata, but for the bodies that have no object of their own */
	for (size_t i = 0; i < api_resource_count(reg); i++)
		CHECK(api_type_field(api_resource_at(reg, i)->type, "metadata") != NULL);
}

static void test_builtin_types(void)
{
	const struct api_type *pod = api_type_find("io.k8s.api.core.v1.Pod");
	CHECK(pod && pod == api_resource_find(reg, "", "v1", "pods")->type);
	const struct api_type *spec = api_type_field(pod, "spec"), *cs = api_type_field(spec, "containers");
	CHECK(api_type_kind(cs) == API_ARRAY && api_type_list_type(cs) == API_LIST_MAP && !api_type_atomic(cs));
	CHECK_STR(api_type_merge_key(cs), "name");
	CHECK(api_type_patch_strategy(cs) == API_PATCH_MERGE);
	const char *keys[4];
	const struct api_type *c = api_type_elem(cs), *ports = api_type_field(c, "ports");
	CHECK_STR(api_type_name(c), "io.k8s.api.core.v1.Container");
	CHECK(api_type_list_keys(ports, keys, 4) == 2);
	CHECK_STR(keys[0], "containerPort");
	CHECK_STR(keys[1], "protocol");
	CHECK(api_type_list_keys(ports, keys, 1) == 1);
	CHECK(api_type_patch_strategy(api_type_field(spec, "volumes")) == API_PATCH_MERGE_RETAIN_KEYS);
	const struct api_type *limits = api_type_field(api_type_field(c, "resources"), "limits");
	CHECK(api_type_kind(limits) == API_MAP && api_type_kind(api_type_elem(limits)) == API_QUANTITY);
	CHECK(api_type_kind(api_type_field(api_type_field(pod, "metadata"), "creationTimestamp")) == API_TIME);
	CHECK(api_type_kind(api_type_field(api_type_find("io.k8s.api.core.v1.Secret"), "data")) == API_MAP);
	CHECK(api_type_kind(api_type_elem(api_type_field(api_type_find("io.k8s.api.core.v1.Secret"), "data"))) ==
	      API_BYTES);
	CHECK(api_type_atomic(api_type_field(spec, "nodeSelector")));
	const struct api_type *dep = api_type_field(api_type_find("io.k8s.api.apps.v1.Deployment"), "spec");
	CHECK(api_type_patch_strategy(api_type_field(dep, "strategy")) == API_PATCH_RETAIN_KEYS);
	CHECK(api_type_field(api_type_field(dep, "strategy"), "rollingUpdate") != NULL);
	CHECK(api_type_atomic(api_type_field(dep, "selector")));
	CHECK(api_type_field(spec, "nope") == NULL && api_type_find("nope") == NULL);
	const char *name;
	bool req;
	size_t n_req = 0;
	for (size_t i = 0; i < api_type_field_count(spec); i++) {
		const struct api_type *f = api_type_field_at(spec, i, &name, &req);
		CHECK(f && api_type_field(spec, name) == f);
		n_req += req;
	}
	CHECK(n_req == 1);
	CHECK(!api_type_custom(pod) && !api_type_preserves_unknown(pod));
}

static json_t *crd_tree(const char *name)
{
	json_t *t = NULL;
	const char *text =
	    "{\"metadata\":{\"name\":\"crontabs.stable.example.com\"},\"spec\":{\"group\":\"stable.example.com\","
	    "\"scope\":\"Namespaced\","
	    "\"names\":{\"plural\":\"crontabs\",\"kind\":\"CronTab\",\"shortNames\":[\"ct\"]},\"versions\":["
	    "{\"name\":\"v1alpha1\",\"served\":true,\"storage\":false},"
	    "{\"name\":\"v1\",\"served\":true,\"storage\":true,\"subresources\":{\"status\":{},\"scale\":{"
	    "\"specReplicasPath\":\".spec.replicas\"}},"
	    "\"schema\":{\"openAPIV3Schema\":{\"type\":\"object\",\"required\":[\"spec\"],\"properties\":{\"spec\":{"
	    "\"type\":\"object\","
	    "\"properties\":{\"cronSpec\":{\"type\":\"string\"},\"replicas\":{\"type\":\"integer\"},\"port\":{\"x-"
	    "kubernetes-int-or-string\":true},"
	    "\"free\":{\"type\":\"object\",\"x-kubernetes-preserve-unknown-fields\":true},"
	    "\"items\":{\"type\":\"array\",\"x-kubernetes-list-type\":\"map\",\"x-kubernetes-list-map-keys\":[\"a\","
	    "\"b\"],"
	    "\"items\":{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"},\"b\":{\"type\":\"integer\"}}}}"
	    ","
	    "\"labels\":{\"type\":\"object\",\"additionalProperties\":{\"type\":\"string\"}}}}}}}},"
	    "{\"name\":\"v0\",\"served\":false,\"storage\":false}]}}";
	CHECK(json_parse(text, strlen(text), &t, NULL) == 0);
	(void)json_set_str(t, "metadata.name", name);
	return t;
}

static void test_crd(void)
{
	struct err e = {0};
	AUTO_JSON json_t *crd = crd_tree("crontabs.stable.example.com");
	struct api_registry *with = NULL, *again = NULL, *without = NULL;
	CHECK(api_registry_with_crd(&with, reg, crd, &e) == 0);
	if (!with) {
		fprintf(stderr, "%s\n", e.msg);
		return;
	}
	CHECK(api_resource_count(with) == api_resource_count(reg) + 2);
	const struct api_resource *ct = api_resource_find(with, "stable.example.com", "v1", "crontabs");
	CHECK(ct && ct == api_resource_for_kind(with, "stable.example.com", "v1", "CronTab"));
	CHECK(api_resource_find(reg, "stable.example.com", "v1", "crontabs") == NULL);
	CHECK(api_resource_find(with, "stable.example.com", "v0", "crontabs") == NULL);
	CHECK_STR(api_resource_at(with, api_resource_count(with) - 2)->version, "v1");
	CHECK_STR(api_resource_at(with, api_resource_count(with) - 1)->version, "v1alpha1");
	CHECK(api_resource_find(with, "", "v1", "pods") != NULL);
	CHECK_STR(ct->singular, "crontab");
	CHECK_STR(ct->list_kind, "CronTabList");
	CHECK_STR(ct->short_names[0], "ct");
	CHECK(ct->categories == NULL);
	CHECK_STR(ct->storage_prefix, "/stable.example.com/crontabs/");
	CHECK(ct->storage_version && ct->crd && ct->namespaced && strlen(ct->storage_hash) == 12);
	CHECK(ct->n_subs == 2 && api_subresource_find(ct, "scale") &&
	      api_subresource_find(ct, "status")->type == ct->type);
	CHECK(api_type_custom(ct->type));
	const struct api_type *spec = api_type_field(ct->type, "spec");
	CHECK(api_type_kind(api_type_field(ct->type, "metadata")) == API_OBJECT);
	CHECK(api_type_kind(api_type_field(api_type_field(ct->type, "metadata"), "labels")) == API_MAP);
	CHECK(api_type_kind(api_type_field(spec, "cronSpec")) == API_STRING);
	CHECK(api_type_kind(api_type_field(spec, "replicas")) == API_INT64);
	CHECK(api_type_kind(api_type_field(spec, "port")) == API_INT_OR_STRING);
	CHECK(api_type_preserves_unknown(api_type_field(spec, "free")));
	const char *keys[4];
	CHECK(api_type_list_keys(api_type_field(spec, "items"), keys, 4) == 2);
	CHECK_STR(keys[1], "b");
	CHECK(api_type_kind(api_type_elem(api_type_field(spec, "labels"))) == API_STRING);
	/* no schema: everything is kept */
	CHECK(api_type_preserves_unknown(api_resource_find(with, "stable.example.com", "v1alpha1", "crontabs")->type));

	CHECK(api_registry_with_crd(&again, with, crd, &e) == 0);
	CHECK(again && api_resource_count(again) == api_resource_count(with));
	(void)api_registry_unref(with);
	CHECK(api_registry_without_crd(&without, again, "crontabs.stable.example.com", &e) == 0);
	CHECK(without && api_resource_count(without) == api_resource_count(reg));
	(void)api_registry_unref(api_registry_ref(again));
	(void)api_registry_unref(again);
	(void)api_registry_unref(without);
	CHECK(api_registry_with_crd(&with, reg, json_object_get(crd, "metadata"), &e) == ERR_INVALID);
}

int main(void)
{
	CHECK(api_registry_new(&reg, NULL) == 0);
	RUN(test_builtin_resources);
	RUN(test_builtin_types);
	RUN(test_crd);
	(void)api_registry_unref(reg);
	return TEST_END();
}
