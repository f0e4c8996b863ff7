/* Which webhook wants which request, what it is asked, and what is made of its answers. */
#include "apiserver/webhook.h"
#include "tests/unit/test.h"

static struct api_registry *reg;

static struct hook_config *config(const char *name, const char *hook_json)
{
	AUTO_JSON json_t *o = NULL;
	AUTO_FREE char *text = str_fmt("{\"metadata\":{\"name\":\"%s\"},\"webhooks\":[%s]}", name, hook_json);
	struct hook_config *c = NULL;
	struct err e = {0};

	if (json_parse(text, strlen(text), &o, &e) || hook_config_new(&c, o, true, &e)) {
		fprintf(stderr, "%s\n", e.msg);
		exit(1);
	}
	return c;
}

static struct hook_attr attr(enum admission_op op, const char *group, const char *version, const char *plural,
			     const char *sub, const char *ns)
{
	static struct identity id = {.user = (char *)(uintptr_t) "jane"};
	const struct api_resource *res = api_resource_find(reg, group, version, plural);

	if (!res)
		abort();
	return (struct hook_attr){.reg = reg,
				  .op = op,
				  .res = res,
				  .sub = *sub ? api_subresource_find(res, sub) : NULL,
				  .subname = sub,
				  .ns = ns,
				  .name = "n",
				  .id = &id};
}

/* Does a rule match? */
static bool wants(const char *rule, struct hook_attr at, const char *more)
{
	AUTO_FREE char *h = str_fmt("{\"name\":\"h.k8s.io\",\"admissionReviewVersions\":[\"v1\"],\"clientConfig\":{"
				    "\"url\":\"https://h\"},\"rules\":[%s]%s}",
				    rule, more);
	struct hook_config *c = config("c", h);
	bool yes = hook_match_rules(&c->hooks[0], &at) != NULL;

	(void)hook_config_unref(c);
	return yes;
}

#define RULE(ops, groups, versions, resources, scope)                                                                  \
	"{\"operations\":[" ops "],\"apiGroups\":[" groups "],\"apiVersions\":[" versions                              \
	"],\"resources\":[" resources "],\"scope\":\"" scope "\"}"

static void test_rules(void)
{
	struct hook_attr pod = attr(ADMIT_CREATE, "", "v1", "pods", "", "default"),
			 exec = attr(ADMIT_CONNECT, "", "v1", "pods", "exec", "default");
	struct hook_attr node = attr(ADMIT_UPDATE, "", "v1", "nodes", "status", ""),
			 ns = attr(ADMIT_CREATE, "", "v1", "namespaces", "", "n");
	struct hook_attr deploy = attr(ADMIT_DELETE, "apps", "v1", "deployments", "", "default");

	CHECK(wants(RULE("\"CREATE\"", "\"\"", "\"v1\"", "\"pods\"", "*"), pod, ""));
	CHECK(wants(RULE("\"*\"", "\"*\"", "\"*\"", "\"*\"", "*"), pod, ""));
	CHECK(wants(RULE("\"*\"", "\"*\"", "\"*\"", "\"*/*\"", "*"), pod, ""));
	CHECK(wants(RULE("\"*\"", "\"*\"", "\"*\"", "\"pods/*\"", "*"), pod, ""));
	CHECK(!wants(RULE("\"UPDATE\",\"DELETE\"", "\"\"", "\"v1\"", "\"pods\"", "*"), pod, ""));
	CHECK(!wants(RULE("\"CREATE\"", "\"apps\"", "\"v1\"", "\"pods\"", "*"), pod, ""));
	CHECK(!wants(RULE("\"CREATE\"", "\"\"", "\"v2\"", "\"pods\"", "*"), pod, ""));
	CHECK(!wants(RULE("\"CREATE\"", "\"\"", "\"v1\"", "\"pod\",\"podss\",\"pods/exec\"", "*"), pod, ""));
	/* A star alone is no subresource. */
	CHECK(!wants(RULE("\"*\"", "\"*\"", "\"*\"", "\"*\"", "*"), exec, ""));
	CHECK(!wants(RULE("\"*\"", "\"*\"", "\"*\"", "\"pods\"", "*"), exec, ""));
	CHECK(wants(RULE("\"CONNECT\"", "\"\"", "\"v1\"", "\"pods/exec\"", "*"), exec, ""));
	CHECK(wants(RULE("\"*\"", "\"\"", "\"v1\"", "\"*/exec\"", "*"), exec, ""));
	CHECK(wants(RULE("\"*\"", "\"\"", "\"v1\"", "\"*/*\"", "*"), exec, ""));
	CHECK(!wants(RULE("\"CREATE\"", "\"\"", "\"v1\"", "\"pods/exec\"", "*"), exec, ""));
	CHECK(!wants(RULE("\"*\"", "\"\"", "\"v1\"", "\"*/attach\"", "*"), exec, ""));
	/* Scope: a Namespace is of the cluster, though requests about it name one. */
	CHECK(wants(RULE("\"*\"", "\"*\"", "\"*\"", "\"*/*\"", "Namespaced"), pod, ""));
	CHECK(!wants(RULE("\"*\"", "\"*\"", "\"*\"", "\"*/*\"", "Cluster"), pod, ""));
	CHECK(wants(RULE("\"*\"", "\"*\"", "\"*\"", "\"*/*\"", "Cluster"), node, ""));
	CHECK(!wants(RULE("\"*\"", "\"*\"", "\"*\"", "\"*/*\"", "Namespaced"), node, ""));
	CHECK(wants(RULE("\"*\"", "\"*\"", "\"*\"", "\"*/*\"", "Cluster"), ns, ""));
	CHECK(!wants(RULE("\"*\"", "\"*\"", "\"*\"", "\"*/*\"", "Namespaced"), ns, ""));
	CHECK(wants(RULE("\"CREATE\",\"DELETE\"", "\"extensions\",\"apps\"", "\"v1beta1\",\"v1\"",
			 "\"daemonsets\",\"deployments\"", "*"),
		    deploy, ""));
}

static void test_equivalent(void)
{
	struct hook_attr hpa = attr(ADMIT_CREATE, "autoscaling", "v2", "horizontalpodautoscalers", "", "default");
	struct hook_attr ev = attr(ADMIT_CREATE, "events.k8s.io", "v1", "events", "", "default");
	struct hook_config *c = config(
	    "c", "{\"name\":\"h.k8s.io\",\"rules\":[" RULE("\"*\"", "\"autoscaling\"", "\"v1\"", "\"*\"", "*") "]}");
	const struct api_resource *as = hook_match_rules(&c->hooks[0], &hpa);

	CHECK(as && streq(as->version, "v1") && streq(as->group, "autoscaling"));
	(void)hook_config_unref(c);
	CHECK(!wants(RULE("\"*\"", "\"autoscaling\"", "\"v1\"", "\"*\"", "*"), hpa, ",\"matchPolicy\":\"Exact\""));
	CHECK(wants(RULE("\"*\"", "\"\"", "\"v1\"", "\"events\"", "*"), ev, ",\"matchPolicy\":\"Equivalent\""));
	CHECK(!wants(RULE("\"*\"", "\"\"", "\"v1\"", "\"pods\"", "*"), ev, ""));
	CHECK(
	    hook_exempt(api_resource_find(reg, "admissionregistration.k8s.io", "v1", "mutatingwebhookconfigurations")));
	CHECK(hook_exempt(api_resource_find(reg, "admissionregistration.k8s.io", "v1", "validatingadmissionpolicies")));
	CHECK(!hook_exempt(hpa.res));
}

static void test_selectors(void)
{
	struct hook_config *c = config("c", "{\"name\":\"h.k8s.io\",\"namespaceSelector\":{\"matchLabels\":{\"a\":"
					    "\"1\"}},\"objectSelector\":{\"matchExpressions\":[{\"key\":\"skip\","
					    "\"operator\":\"DoesNotExist\"}]}}");
	const struct hook *h = &c->hooks[0];
	struct hook_attr at = attr(ADMIT_UPDATE, "", "v1", "pods", "", "default"), ns, node;
	AUTO_JSON json_t *labeled = json_pack("{s:{s:{s:s}}}", "metadata", "labels", "a", "1");
	AUTO_JSON json_t *skip = json_pack("{s:{s:{s:s}}}", "metadata", "labels", "skip", "");
	AUTO_JSON json_t *options = json_pack("{s:s}", "kind", "PodExecOptions");
	AUTO_BYTES struct bytes *yes = NULL;
	AUTO_BYTES struct bytes *no = NULL;

	CHECK(!api_index_build(&yes, api_resource_find(reg, "", "v1", "namespaces"), labeled) &&
	      !api_index_build(&no, api_resource_find(reg, "", "v1", "namespaces"), skip));
	CHECK(hook_needs_ns(h, &at));
	at.obj = labeled;
	at.ns_index = yes;
	CHECK(hook_match_selectors(h, &at) == 1);
	at.ns_index = no;
	CHECK(hook_match_selectors(h, &at) == 0);
	at.ns_index = NULL;
	at.ns_missing = true;
	CHECK(hook_match_selectors(h, &at) == ERR_NOT_FOUND);
	at.ns_missing = false;
	at.ns_index = yes;
	at.obj = skip;
	CHECK(hook_match_selectors(h, &at) == 0);
	at.old = labeled; /* either will do */
	CHECK(hook_match_selectors(h, &at) == 1);
	at.obj = options; /* what has no labels is no match, even for a selector that asks for their absence */
	at.old = NULL;
	CHECK(hook_match_selectors(h, &at) == 0);
	ns = attr(ADMIT_CREATE, "", "v1", "namespaces", "", "n");
	ns.obj = labeled;
	CHECK(!hook_needs_ns(h, &ns) && hook_match_selectors(h, &ns) == 1);
	ns.obj = skip;
	CHECK(hook_match_selectors(h, &ns) == 0);
	node = attr(ADMIT_CREATE, "", "v1", "nodes", "", "");
	node.obj = labeled;
	CHECK(!hook_needs_ns(h, &node) && hook_match_selectors(h, &node) == 1);
	(void)hook_config_unref(c);
}

static void test_request(void)
{
	struct hook_config *c =
	    config("c", "{\"name\":\"h.k8s.io\",\"admissionReviewVersions\":[\"v7\",\"v1beta1\",\"v1\"]}");
	struct hook_attr at = attr(ADMIT_UPDATE, "apps", "v1", "deployments", "scale", "default");
	AUTO_JSON json_t *obj = json_pack("{s:s}", "kind", "Scale");
	AUTO_BYTES struct bytes *b = review_request(&c->hooks[0], &at, at.res, "U", obj, NULL);
	AUTO_JSON json_t *got = NULL;
	AUTO_JSON json_t *want = NULL;
	static const char text[] = "{\"kind\":\"AdmissionReview\",\"apiVersion\":\"admission.k8s.io/"
				   "v1beta1\",\"request\":{\"uid\":\"U\",\"kind\":{\"group\":\"autoscaling\","
				   "\"version\":\"v1\",\"kind\":\"Scale\"},\"resource\":{\"group\":\"apps\","
				   "\"version\":\"v1\",\"resource\":\"deployments\"},\"subResource\":\"scale\","
				   "\"requestKind\":{\"group\":\"autoscaling\",\"version\":\"v1\",\"kind\":\"Scale\"},"
				   "\"requestResource\":{\"group\":\"apps\",\"version\":\"v1\","
				   "\"resource\":\"deployments\"},\"requestSubResource\":\"scale\",\"name\":\"n\","
				   "\"namespace\":\"default\",\"operation\":\"UPDATE\","
				   "\"userInfo\":{\"username\":\"jane\"},\"object\":{\"kind\":\"Scale\"},\"oldObject\":"
				   "null,\"dryRun\":false,\"options\":null}}";

	CHECK(b && !json_parse_bytes(b, &got, NULL) && !json_parse(text, strlen(text), &want, NULL) &&
	      json_equal(got, want));
	CHECK(streq(c->hooks[0].review, "v1beta1"));
	(void)hook_config_unref(c);
}

static int parse(const char *version, bool mutating, const char *text, struct review_answer *a, struct err *e)
{
	*a = (struct review_answer){0};
	*e = (struct err){0};
	return review_parse(a, version, mutating, "U", text, strlen(text), e);
}

#define V1(response) "{\"apiVersion\":\"admission.k8s.io/v1\",\"kind\":\"AdmissionReview\",\"response\":{" response "}}"
#define PATCH_ADD_A  "W3sib3AiOiJhZGQiLCJwYXRoIjoiL2EiLCJ2YWx1ZSI6MX1d" /* [{"op":"add","path":"/a","value":1}] */

static void test_answers(void)
{
	static const struct {
		const char *version;
		bool mutating;
		int rc;
		const char *text, *msg;
	} bad[] = {
	    {"v1", false, ERR_BAD_REQUEST, "", "couldn't get version/kind; json parse error"},
	    {"v1", false, ERR_BAD_REQUEST, "[]", "couldn't get version/kind; json parse error"},
	    {"v1", false, ERR_BAD_REQUEST, "{\"apiVersion\":\"v1\",\"kind\":\"Status\"}",
	     "no kind \"Status\" is registered for version \"v1\""},
	    {"v1", false, ERR_PROTO, "{\"apiVersion\":\"admission.k8s.io/v1\",\"kind\":\"AdmissionReview\"}",
	     "received invalid webhook response: webhook response was absent"},
	    {"v1", false, ERR_PROTO, V1("\"uid\":\"V\",\"allowed\":true"),
	     "received invalid webhook response: expected response.uid=\"U\", got \"V\""},
	    {"v1", false, ERR_PROTO, V1("\"allowed\":true"),
	     "received invalid webhook response: expected response.uid=\"U\", got \"\""},
	    {"v1", false, ERR_PROTO, "{\"response\":{\"uid\":\"U\",\"allowed\":true}}",
	     "received invalid webhook response: expected webhook response of admission.k8s.io/v1, "
	     "Kind=AdmissionReview, got /, Kind="},
	    {"v1beta1", false, ERR_PROTO, V1("\"uid\":\"U\",\"allowed\":true"),
	     "expected webhook response of admission.k8s.io/v1beta1, Kind=AdmissionReview, got admission.k8s.io/v1, "
	     "Kind=AdmissionReview"},
	    {"v1", false, ERR_BAD_REQUEST, V1("\"uid\":\"U\",\"allowed\":\"yes\""),
	     "cannot unmarshal string into Go struct field AdmissionResponse.response.allowed"},
	    {"v1", false, ERR_PROTO, V1("\"uid\":\"U\",\"allowed\":true,\"patch\":\"" PATCH_ADD_A "\""),
	     "validating webhook may not return response.patch"},
	    {"v1", true, ERR_PROTO, V1("\"uid\":\"U\",\"allowed\":true,\"patch\":\"" PATCH_ADD_A "\""),
	     "webhook returned response.patch but not response.patchType"},
	    {"v1", true, ERR_PROTO, V1("\"uid\":\"U\",\"allowed\":true,\"patchType\":\"JSONPatch\""),
	     "webhook returned response.patchType but not response.patch"},
	    {"v1", true, ERR_PROTO,
	     V1("\"uid\":\"U\",\"allowed\":true,\"patchType\":\"X\",\"patch\":\"" PATCH_ADD_A "\""),
	     "unsupported patch type \"X\""},
	    {"v1", true, ERR_BAD_REQUEST,
	     V1("\"uid\":\"U\",\"allowed\":true,\"patchType\":\"JSONPatch\",\"patch\":\"?\""), "illegal base64 data"},
	    {"v1", true, ERR_INTERNAL,
	     V1("\"uid\":\"U\",\"allowed\":true,\"patchType\":\"JSONPatch\",\"patch\":\"e30=\""),
	     "cannot unmarshal object"},
	    {"v1", true, ERR_BAD_REQUEST, V1("\"uid\":\"U\",\"allowed\":true,\"warnings\":[1]"),
	     "cannot unmarshal number"},
	};
	struct review_answer a;
	struct err e;

	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		int rc = parse(bad[i].version, bad[i].mutating, bad[i].text, &a, &e);

		CHECK(rc == bad[i].rc);
		if (!strstr(e.msg, bad[i].msg))
			CHECK_STR(e.msg, bad[i].msg);
	}
	CHECK(!parse("v1", true,
		     V1("\"uid\":\"U\",\"allowed\":true,\"patchType\":\"JSONPatch\",\"patch\":\"" PATCH_ADD_A
			"\",\"warnings\":[\"w\",\"x\\ny\"]"),
		     &a, &e));
	CHECK(a.allowed && json_array_size(a.patch) == 1 && json_array_size(a.warnings) == 1);
	review_answer_done(&a);
	CHECK(!parse("v1beta1", true, "{\"response\":{\"allowed\":true,\"patch\":\"" PATCH_ADD_A "\"}}", &a, &e));
	CHECK(a.allowed && json_array_size(a.patch) == 1);
	review_answer_done(&a);
	/* What is refused is not patched, however odd the patch. */
	CHECK(!parse("v1", true, V1("\"uid\":\"U\",\"allowed\":false,\"patchType\":\"JSONPatch\",\"patch\":\"e30=\""),
		     &a, &e));
	CHECK(!a.allowed && !a.patch);
	review_answer_done(&a);
}

static void refused(const char *status, int code, const char *reason, const char *message)
{
	AUTO_JSON json_t *in = NULL;
	AUTO_JSON json_t *s = NULL;

	if (status && json_parse(status, strlen(status), &in, NULL))
		abort();
	s = review_denied("h.k8s.io", in);
	CHECK(json_int_or(s, "code", 0) == code);
	CHECK_STR(json_str_or(s, "reason", ""), reason);
	CHECK_STR(json_str_or(s, "message", ""), message);
	CHECK_STR(json_str_or(s, "status", ""), "Failure");
}

static void test_refusals(void)
{
	AUTO_FREE char *m = NULL;
	AUTO_JSON json_t *s = status_internal("x");

	refused(NULL, 400, "", "admission webhook \"h.k8s.io\" denied the request without explanation");
	refused("{\"message\":\"no\"}", 400, "", "admission webhook \"h.k8s.io\" denied the request: no");
	refused("{\"reason\":\"Why\"}", 400, "Why", "admission webhook \"h.k8s.io\" denied the request: Why");
	refused("{\"code\":403,\"reason\":\"Forbidden\",\"message\":\"no\"}", 403, "Forbidden",
		"admission webhook \"h.k8s.io\" denied the request: no");
	refused("{\"code\":200,\"status\":\"Success\",\"message\":\"no\"}", 400, "",
		"admission webhook \"h.k8s.io\" denied the request: no");
	CHECK_STR(json_str_or(s, "message", ""), "Internal error occurred: x");
	CHECK_STR(json_str_or(s, "details.causes[0].message", ""), "x");
	m = review_http_error(500, "broken\n", 7);
	CHECK_STR(m, "an error on the server (\"broken\") has prevented the request from succeeding");
	free(m);
	m = review_http_error(404, "", 0);
	CHECK_STR(m, "the server could not find the requested resource");
	free(m);
	m = review_http_error(302, "", 0);
	CHECK_STR(m, "the server responded with the status code 302 but did not return more information");
}

static void test_broken(void)
{
	struct hook_config *c = config(
	    "c",
	    "{\"name\":\"a.k8s.io\",\"admissionReviewVersions\":[\"v1\"],\"matchConditions\":[{\"name\":\"x\","
	    "\"expression\":\"true\"}],"
	    "\"clientConfig\":{\"url\":\"https://h\"}},{\"name\":\"b.k8s.io\",\"admissionReviewVersions\":[\"v2\"]},"
	    "{\"name\":\"c.k8s.io\",\"admissionReviewVersions\":[\"v1\"],\"timeoutSeconds\":99,\"clientConfig\":{"
	    "\"url\":\"https://h\","
	    "\"caBundle\":\"Cg==\"}}");

	CHECK(strstr(c->hooks[0].broken, "CEL"));
	CHECK(strstr(c->hooks[1].broken, "must have either service or URL") ||
	      strstr(c->hooks[1].broken, "AdmissionReview"));
	CHECK(strstr(c->hooks[2].broken, "unable to parse bytes as PEM block"));
	CHECK(c->hooks[2].timeout_s == 10 && c->hooks[2].index == 2);
	(void)hook_config_unref(c);
}

int main(void)
{
	if (api_registry_new(&reg, NULL))
		return 1;
	RUN(test_rules);
	RUN(test_equivalent);
	RUN(test_selectors);
	RUN(test_request);
	RUN(test_answers);
	RUN(test_refusals);
	RUN(test_broken);
	(void)api_registry_unref(reg);
	return TEST_END();
}
