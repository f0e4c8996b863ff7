/* Versions that share storage, there and back. */
#include "api/convert.h"
#include "base/json.h"
#include "base/str.h"
#include "tests/unit/json.h"
#include "tests/unit/test.h"

static struct api_registry *reg;

static void test_event(void)
{
	const struct api_resource *core = api_resource_find(reg, "", "v1", "events"),
				  *ev = api_resource_find(reg, "events.k8s.io", "v1", "events");
	AUTO_JSON json_t *o = parse("{\"apiVersion\":\"v1\",\"involvedObject\":{\"kind\":\"Pod\"},\"message\":\"m\","
				   "\"count\":3,\"reason\":\"r\",\"source\":{}}");
	AUTO_JSON json_t *orig = json_deep_copy(o);
	CHECK(api_convert(core, ev, o, NULL) == 0);
	CHECK_STR(json_str(o, "apiVersion"), "events.k8s.io/v1");
	CHECK_STR(json_str(o, "regarding.kind"), "Pod");
	CHECK_STR(json_str(o, "note"), "m");
	CHECK(json_int_or(o, "deprecatedCount", 0) == 3 && !json_object_get(o, "involvedObject"));
	CHECK(api_convert(ev, core, o, NULL) == 0);
	CHECK(json_equal(o, orig));
	CHECK(api_convert(core, api_resource_find(reg, "", "v1", "pods"), o, NULL) == ERR_UNSUPPORTED);
}

static void test_hpa(void)
{
	const struct api_resource *v1 = api_resource_find(reg, "autoscaling", "v1", "horizontalpodautoscalers"),
				  *v2 = api_resource_find(reg, "autoscaling", "v2", "horizontalpodautoscalers");
	AUTO_JSON json_t *o = parse(
	    "{\"apiVersion\":\"autoscaling/"
	    "v2\",\"metadata\":{\"name\":\"h\"},\"spec\":{\"maxReplicas\":3,\"behavior\":{\"scaleUp\":{}},\"metrics\":["
	    "{\"type\":\"Resource\",\"resource\":{\"name\":\"cpu\",\"target\":{\"type\":\"Utilization\","
	    "\"averageUtilization\":50}}},"
	    "{\"type\":\"Resource\",\"resource\":{\"name\":\"memory\",\"target\":{\"type\":\"AverageValue\","
	    "\"averageValue\":\"1Gi\"}}}]},"
	    "\"status\":{\"currentReplicas\":1,\"conditions\":[{\"type\":\"AbleToScale\"}]}}");
	AUTO_JSON json_t *orig = json_deep_copy(o);
	CHECK(api_convert(v2, v1, o, NULL) == 0);
	CHECK_STR(json_str(o, "apiVersion"), "autoscaling/v1");
	CHECK(json_int_or(o, "spec.targetCPUUtilizationPercentage", 0) == 50);
	CHECK(!json_dot(o, "spec.metrics") && !json_dot(o, "spec.behavior") && !json_dot(o, "status.conditions"));
	CHECK(json_object_size(json_dot(o, "metadata.annotations")) == 3);
	CHECK(api_convert(v1, v2, o, NULL) == 0);
	CHECK(json_equal(o, orig));
	AUTO_JSON json_t *bare = parse("{\"apiVersion\":\"autoscaling/v1\",\"spec\":{\"maxReplicas\":3}}");
	CHECK(api_convert(v1, v2, bare, NULL) == 0);
	CHECK(json_int_or(bare, "spec.metrics[0].resource.target.averageUtilization", 0) == 80);
}

int main(void)
{
	CHECK(api_registry_new(&reg, NULL) == 0);
	RUN(test_event);
	RUN(test_hpa);
	(void)api_registry_unref(reg);
	return TEST_END();
}
