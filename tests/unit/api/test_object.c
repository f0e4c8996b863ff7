#include "base/json.h"
#include "base/str.h"
#include "api/object.h"
#include "tests/unit/json.h"
#include "tests/unit/test.h"

static void check_json(const json_t *v, const char *want)
{
	AUTO_BYTES struct bytes *b = json_encode(v);
	CHECK_STR(b ? b->data : NULL, want);
}

static void meta(void)
{
	AUTO_JSON json_t *o = parse("{\"metadata\":{\"name\":\"a\",\"namespace\":\"n\",\"resourceVersion\":\"12\",\"generation\":3,"
				    "\"labels\":{\"k\":\"v\"},\"deletionTimestamp\":\"2026-01-01T00:00:00Z\"}}");
	AUTO_FREE char *key = obj_key(o);

	CHECK_STR(key, "n/a");
	CHECK_STR(obj_uid(o), "");
	CHECK(obj_revision(o) == 12 && obj_generation(o) == 3 && obj_deleting(o));
	CHECK_STR(obj_label(o, "k"), "v");
	CHECK(!obj_annotation(o, "k"));
	CHECK(obj_set_annotation(o, "x", "1") == 0 && obj_set_label(o, "k", NULL) == 0);
	CHECK_STR(obj_annotation(o, "x"), "1");
	CHECK(!json_at(o, "metadata", "labels", NULL));
	CHECK(obj_add_finalizer(o, "f") == 0 && obj_add_finalizer(o, "f") == 0 && obj_has_finalizer(o, "f"));
	CHECK(json_array_size(json_at(o, "metadata", "finalizers", NULL)) == 1);
	CHECK(obj_remove_finalizer(o, "f") == 0 && !obj_has_finalizer(o, "f"));
	CHECK(obj_revision(NULL) == 0 && !obj_deleting(NULL));
	CHECK_STR(obj_name(NULL), "");
}

static void owners(void)
{
	AUTO_JSON json_t *o = parse("{}"), *owner = parse("{\"metadata\":{\"name\":\"rs\",\"uid\":\"u1\"}}");

	CHECK(!obj_controller_of(o) && !obj_controlled_by(o, "u1") && !obj_controlled_by(o, ""));
	CHECK(obj_set_controller(o, owner, "apps/v1", "ReplicaSet") == 0 && obj_set_controller(o, owner, "apps/v1", "ReplicaSet") == 0);
	CHECK(obj_controlled_by(o, "u1"));
	check_json(o, "{\"metadata\":{\"ownerReferences\":[{\"apiVersion\":\"apps/v1\",\"kind\":\"ReplicaSet\",\"name\":\"rs\",\"uid\":\"u1\","
		      "\"controller\":true,\"blockOwnerDeletion\":true}]}}");
}

static void conditions(void)
{
	AUTO_JSON json_t *o = parse("{\"status\":{\"phase\":\"Running\"}}");
	struct timespec t;

	CHECK(obj_set_condition(o, "Ready", "False", "Starting", "wait", "2026-01-01T00:00:00Z") == 1);
	CHECK(obj_set_condition(o, "Ready", "False", "Starting", "wait", "2026-01-01T00:00:05Z") == 0);
	CHECK(obj_set_condition(o, "Ready", "False", "Other", "wait", "2026-01-01T00:00:06Z") == 1);
	CHECK_STR(json_str(o, "status.conditions[0].lastTransitionTime"), "2026-01-01T00:00:00Z");
	CHECK(obj_set_condition(o, "Ready", "True", NULL, NULL, "2026-01-01T00:00:10Z") == 1);
	CHECK_STR(json_str(o, "status.conditions[0].lastTransitionTime"), "2026-01-01T00:00:10Z");
	CHECK(!json_dot(o, "status.conditions[0].reason"));
	CHECK(pod_ready(o) && pod_active(o) && !pod_terminal(o));
	CHECK(time_parse("2026-01-01T00:00:10Z", &t) == 0);
	CHECK(pod_available(o, 0, t.tv_sec) && !pod_available(o, 5, t.tv_sec + 4) && pod_available(o, 5, t.tv_sec + 5));
}

/* The claim's name, "" for none. */
static void check_claim(const json_t *pod, const char *volume, const char *want)
{
	AUTO_JSON json_t *v = parse(volume);
	AUTO_FREE char *name = NULL;

	CHECK(pod_volume_claim(pod, v, &name) == (*want ? 1 : 0));
	CHECK_STR(name ? name : "", want);
}

static void claims(void)
{
	AUTO_JSON json_t *pod = parse("{\"metadata\":{\"name\":\"web-0\",\"namespace\":\"n\"}}");

	check_claim(pod, "{\"name\":\"a\",\"persistentVolumeClaim\":{\"claimName\":\"data\"}}", "data");
	check_claim(pod, "{\"name\":\"a\",\"ephemeral\":{\"volumeClaimTemplate\":{}}}", "web-0-a");
	check_claim(pod, "{\"name\":\"a\",\"ephemeral\":{}}", "web-0-a");
	check_claim(pod, "{\"name\":\"a\",\"emptyDir\":{}}", "");
	check_claim(pod, "{\"name\":\"a\",\"ephemeral\":null,\"persistentVolumeClaim\":{}}", "");
	check_claim(pod, "\"a\"", "");
}

static void status(void)
{
	AUTO_JSON json_t *s = status_new(404, "NotFound", "pods \"a\" not found");

	CHECK(status_set_details(s, "", "pods", "a", NULL) == 0);
	check_json(s, "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\",\"message\":\"pods \\\"a\\\" not "
		      "found\",\"reason\":\"NotFound\",\"details\":{\"name\":\"a\",\"kind\":\"pods\"},\"code\":404}");
	CHECK(status_add_cause(s, "FieldValueRequired", "Required value", "spec") == 0);
	CHECK_STR(json_str(s, "details.causes[0].field"), "spec");
	static const int codes[] = {ERR_NOT_FOUND, ERR_CONFLICT, ERR_INVALID, ERR_BAD_REQUEST, ERR_GONE, ERR_FORBIDDEN,
				    ERR_UNAUTHORIZED, ERR_TOO_LARGE, ERR_TOO_MANY, ERR_TIMEOUT, ERR_UNSUPPORTED, ERR_UNAVAILABLE,
				    ERR_METHOD, ERR_NOT_ACCEPTABLE, ERR_MEDIA_TYPE, ERR_INTERNAL};
	for (size_t i = 0; i < sizeof(codes) / sizeof(*codes); i++) {
		int http = status_http_code(codes[i]);
		CHECK(status_to_code(http, NULL) == codes[i]);
		CHECK(status_to_code(http, status_reason(http)) == codes[i]);
	}
	CHECK(status_http_code(ERR_EXISTS) == 409 && status_to_code(409, "AlreadyExists") == ERR_EXISTS);
	CHECK(status_to_code(201, NULL) == 0);
}

static void events(void)
{
	AUTO_JSON json_t *pod = parse("{\"metadata\":{\"name\":\"p\",\"namespace\":\"n\",\"uid\":\"u\",\"resourceVersion\":\"5\"}}");
	AUTO_JSON json_t *ev = event_new(pod, "v1", "Pod", "Warning", "Failed", "kubelet", "node1", "2026-01-01T00:00:00Z", "exit %d", 3);
	AUTO_JSON json_t *bare = event_new(NULL, "v1", "Node", "Normal", "X", "c", NULL, "2026-01-01T00:00:00Z", "%s", "");

	CHECK(strncmp(obj_name(ev), "p.", 2) == 0 && strlen(obj_name(ev)) == 18);
	CHECK_STR(obj_namespace(ev), "n");
	CHECK_STR(json_str(ev, "message"), "exit 3");
	CHECK_STR(json_str(ev, "involvedObject.uid"), "u");
	CHECK_STR(json_str(ev, "involvedObject.resourceVersion"), "5");
	CHECK_STR(json_str(ev, "source.host"), "node1");
	CHECK(json_is_null(json_object_get(ev, "eventTime")));
	CHECK_STR(obj_namespace(bare), "default");
}

int main(void)
{
	RUN(meta);
	RUN(owners);
	RUN(conditions);
	RUN(claims);
	RUN(status);
	RUN(events);
	return TEST_END();
}
