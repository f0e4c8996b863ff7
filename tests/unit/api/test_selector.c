#include "base/json.h"
#include "api/selector.h"
#include "tests/unit/json.h"
#include "tests/unit/test.h"

static const char pod_text[] =
	"{\"metadata\":{\"name\":\"web-1\",\"namespace\":\"shop\",\"labels\":{\"tier\":\"front\",\"app\":\"web\",\"n\":\"7\",\"empty\":\"\"}},"
	"\"spec\":{\"nodeName\":\"n1\",\"restartPolicy\":\"Always\"},\"status\":{\"phase\":\"Running\",\"podIPs\":[{\"ip\":\"10.0.0.9\"}]}}";

static bool matches(const char *text)
{
	AUTO_JSON json_t *pod = parse(pod_text);
	AUTO_SELECTOR struct api_selector *s = NULL;
	AUTO_BYTES struct bytes *index = NULL;
	struct api_resource pods = {.group = "", .version = "v1", .plural = "pods", .namespaced = true};
	struct err e = {0};

	if (api_label_selector_parse(&s, text, &e) < 0) {
		fprintf(stderr, "%s: %s\n", text, e.msg);
		return false;
	}
	CHECK(api_index_build(&index, &pods, pod) == 0);
	bool a = api_selector_match_labels(s, json_at(pod, "metadata", "labels", NULL));
	CHECK(a == api_selector_match_index_labels(s, index));
	return a;
}

static const char *label_error(const char *text)
{
	static struct err e;
	AUTO_SELECTOR struct api_selector *s = NULL;

	e = (struct err){0};
	CHECK(api_label_selector_parse(&s, text, &e) == ERR_BAD_REQUEST);
	return e.msg;
}

static void labels(void)
{
	static const char *const yes[] = {"", "app=web", "app==web", "app in (web,db)", "app notin (db)", "app", "!gone", "app!=db", "gone!=x",
					  "n>6", "n<8", " app = web , tier in ( front , back ) , !gone", "empty=", "empty", "empty in (,a)",
					  "in=x,app=web|"};
	static const char *const no[] = {"app=db", "app in (db)", "app notin (web,db)", "!app", "gone", "app!=web", "n>7", "n<7", "gone=",
					 "app=web,tier=back", "gone in (a)"};

	for (size_t i = 0; i < sizeof(yes) / sizeof(*yes) - 1; i++)
		CHECK(matches(yes[i]));
	for (size_t i = 0; i < sizeof(no) / sizeof(*no); i++)
		CHECK(!matches(no[i]));
	CHECK_STR(label_error("app in web"), "unable to parse requirement: found 'web' expected: '('");
	CHECK_STR(label_error("app,"), "found '', expected: identifier after ','");
	CHECK_STR(label_error("=a"), "found '=', expected: !, identifier, or 'end of string'");
	CHECK_STR(label_error("a=b=c"), "found '=', expected: ',' or 'end of string'");
	CHECK_STR(label_error("a b"), "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt");
	CHECK_STR(label_error("a in (b"), "unable to parse requirement: found '', expected: ',' or ')'");
	CHECK_STR(label_error("a>b"), "unable to parse requirement: values[0]: Invalid value: \"b\": for 'Gt', 'Lt' operators, the value must "
				      "be an integer");
	CHECK(strncmp(label_error("a=-b"), "unable to parse requirement: values[0][a]: Invalid value: \"-b\": ", 60) == 0);
	CHECK(strncmp(label_error("-a"), "unable to parse requirement: key: Invalid value: \"-a\": ", 50) == 0);
}

static void trees(void)
{
	AUTO_JSON json_t *pod = parse(pod_text), *labels = json_incref(json_at(pod, "metadata", "labels", NULL));
	static const struct {
		const char *tree;
		bool match;
	} cases[] = {
		{"{}", true},
		{"{\"matchLabels\":{\"app\":\"web\"}}", true},
		{"{\"matchLabels\":{\"app\":\"db\"}}", false},
		{"{\"matchExpressions\":[{\"key\":\"app\",\"operator\":\"In\",\"values\":[\"web\"]}]}", true},
		{"{\"matchExpressions\":[{\"key\":\"app\",\"operator\":\"NotIn\",\"values\":[\"web\"]}]}", false},
		{"{\"matchExpressions\":[{\"key\":\"gone\",\"operator\":\"DoesNotExist\"},{\"key\":\"app\",\"operator\":\"Exists\"}]}", true},
	};
	struct api_selector *s = NULL;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		AUTO_JSON json_t *t = parse(cases[i].tree);
		CHECK(api_label_selector_from(&s, t, NULL) == 0);
		CHECK(api_selector_match_labels(s, labels) == cases[i].match);
		s = api_selector_free(s);
	}
	CHECK(api_label_selector_from(&s, NULL, NULL) == 0 && !api_selector_match_labels(s, labels) && !api_selector_empty(s));
	s = api_selector_free(s);
	AUTO_JSON json_t *bad = parse("{\"matchExpressions\":[{\"key\":\"a\",\"operator\":\"In\"}]}");
	CHECK(api_label_selector_from(&s, bad, NULL) == ERR_BAD_REQUEST);
	AUTO_JSON json_t *empty = parse("{}"), *map = parse("{\"app\":\"web\"}");
	CHECK(api_label_selector_from_map(&s, empty, NULL) == 0 && !api_selector_match_labels(s, labels));
	s = api_selector_free(s);
	CHECK(api_label_selector_from_map(&s, map, NULL) == 0 && api_selector_match_labels(s, labels));
	s = api_selector_free(s);
}

static void fields(void)
{
	AUTO_JSON json_t *pod = parse(pod_text);
	struct api_resource pods = {.group = "", .version = "v1", .plural = "pods", .namespaced = true};
	struct api_resource cms = {.group = "", .version = "v1", .plural = "configmaps", .namespaced = true};
	AUTO_BYTES struct bytes *index = NULL;
	struct err e = {0};
	static const struct {
		const char *text;
		bool match;
	} cases[] = {
		{"", true},
		{"metadata.name=web-1", true},
		{"metadata.name==web-2", false},
		{"metadata.namespace=shop,status.phase!=Failed", true},
		{"spec.nodeName=", false},
		{"spec.nodeName!=", true},
		{"spec.host=n1,,", true},
		{"status.podIP=10.0.0.9", true},
		{"spec.hostNetwork=false", true},
		{"status.nominatedNodeName=", true},
		{"metadata.name=web\\,1", false},
	};
	struct api_selector *s = NULL;

	CHECK(api_index_build(&index, &pods, pod) == 0);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		CHECK(api_field_selector_parse(&s, &pods, cases[i].text, &e) == 0);
		CHECK(api_selector_match_index_fields(s, index) == cases[i].match);
		s = api_selector_free(s);
	}
	CHECK(api_field_selector_parse(&s, &pods, "metadata.name=a,spec.nodeName=b", &e) == 0);
	CHECK_STR(api_selector_pinned(s, "metadata.name"), "a");
	CHECK(!api_selector_pinned(s, "metadata.namespace"));
	s = api_selector_free(s);
	CHECK(api_field_selector_parse(&s, &pods, "spec.foo=1", &e) == ERR_BAD_REQUEST);
	CHECK_STR(e.msg, "field label not supported: spec.foo");
	CHECK(api_field_selector_parse(&s, &cms, "spec.foo=1", &e) == ERR_BAD_REQUEST);
	CHECK_STR(e.msg, "\"spec.foo\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"");
	CHECK(api_field_selector_parse(&s, &pods, "spec.nodeName", &e) == ERR_BAD_REQUEST);
	CHECK_STR(e.msg, "invalid selector: 'spec.nodeName'; can't understand 'spec.nodeName'");
	CHECK(api_field_selector_parse(&s, &pods, "metadata.name=a\\b", &e) == ERR_BAD_REQUEST);
}

static void custom(void)
{
	AUTO_JSON json_t *crd = parse("{\"spec\":{\"versions\":[{\"name\":\"v1\",\"selectableFields\":[{\"jsonPath\":\".spec.color\"},"
				      "{\"jsonPath\":\".spec.size\"}]}]}}");
	AUTO_JSON json_t *obj = parse("{\"metadata\":{\"name\":\"x\"},\"spec\":{\"color\":\"red\",\"size\":3}}");
	struct api_resource res = {.group = "g.io", .version = "v1", .plural = "things", .crd = crd};
	AUTO_BYTES struct bytes *index = NULL;
	AUTO_SELECTOR struct api_selector *s = NULL;
	struct err e = {0};

	CHECK(api_index_build(&index, &res, obj) == 0);
	CHECK(api_field_selector_parse(&s, &res, "spec.color=red,spec.size=3", &e) == 0);
	CHECK(api_selector_match_index_fields(s, index));
	struct api_selector *bad = NULL;
	CHECK(api_field_selector_parse(&bad, &res, "spec.other=1", &e) == ERR_BAD_REQUEST);
	CHECK_STR(e.msg, "field label not supported: spec.other");
	CHECK(api_field_selector_parse(&bad, &res, "metadata.namespace=1", &e) == ERR_BAD_REQUEST);
}

static void index_blob(void)
{
	AUTO_JSON json_t *pod = parse(pod_text);
	struct api_resource pods = {.group = "", .version = "v1", .plural = "pods", .namespaced = true};
	AUTO_BYTES struct bytes *index = NULL;

	CHECK(api_index_build(&index, &pods, pod) == 0);
	CHECK_STR(api_index_label(index, "app"), "web");
	CHECK_STR(api_index_label(index, "tier"), "front");
	CHECK_STR(api_index_label(index, "empty"), "");
	CHECK(!api_index_label(index, "metadata.name") && !api_index_label(index, "zzz"));
	CHECK_STR(api_index_field(index, "metadata.name"), "web-1");
	CHECK_STR(api_index_field(index, "status.phase"), "Running");
	CHECK(!api_index_field(index, "app"));
	for (size_t n = 0; n < index->len; n++) { /* cut anywhere: no read beyond it */
		AUTO_BYTES struct bytes *cut = bytes_new(index->data, n);
		(void)api_index_field(cut, "status.phase");
		(void)api_index_label(cut, "zzz");
	}
	CHECK(!api_index_field(NULL, "x"));
}

int main(void)
{
	RUN(labels);
	RUN(trees);
	RUN(fields);
	RUN(custom);
	RUN(index_blob);
	return TEST_END();
}
