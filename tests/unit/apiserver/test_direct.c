/* The server by direct calls: verbs, conflicts, watches, allocation, tokens of lists, over a real store. */
#include "tests/unit/apiserver/world.h"

static const char *const masters[] = {"system:masters", NULL};
static struct world W;

#define CMS "/api/v1/namespaces/default/configmaps"

static void test_bootstrap(void)
{
	static const char *const paths[] = {"/api/v1/namespaces/default", "/api/v1/namespaces/kube-system", "/api/v1/namespaces/default/services/kubernetes",
					    "/api/v1/namespaces/default/endpoints/kubernetes", "/apis/networking.k8s.io/v1/ipaddresses/10.43.0.1",
					    "/apis/scheduling.k8s.io/v1/priorityclasses/system-node-critical", "/version", "/readyz"};

	for (size_t i = 0; i < ARRAY_LEN(paths); i++)
		CHECK(call(&W, "GET", paths[i], NULL, NULL) == 200);
}

static void test_verbs(void)
{
	AUTO_JSON json_t *o = NULL;
	AUTO_JSON json_t *p = NULL;
	AUTO_JSON json_t *q = NULL;
	AUTO_JSON json_t *gone = NULL;
	AUTO_BYTES struct bytes *b = NULL;

	CHECK(call(&W, "POST", CMS, "{\"metadata\":{\"name\":\"a\"},\"data\":{\"k\":\"v\"}}", &o) == 201);
	CHECK_STR(json_str(o, "kind"), "ConfigMap");
	CHECK_STR(json_str(o, "apiVersion"), "v1");
	CHECK(obj_revision(o) > 0 && *obj_uid(o) && json_str(o, "metadata.creationTimestamp"));
	CHECK(call(&W, "POST", CMS, "{\"metadata\":{\"name\":\"a\"}}", &p) == 409);
	CHECK_STR(json_str(p, "reason"), "AlreadyExists");
	CHECK_STR(json_str(p, "message"), "configmaps \"a\" already exists");
	/* An update that changes nothing makes no revision. */
	b = json_encode(o);
	CHECK(call(&W, "PUT", CMS "/a", b->data, &q) == 200);
	CHECK(obj_revision(q) == obj_revision(o));
	CHECK(call_type(&W, "PATCH", CMS "/a", NULL, "application/merge-patch+json", "{\"data\":{\"k\":\"w\"}}", NULL) == 200);
	/* The revision read before is not the newest any more. */
	(void)json_set_str(o, "data.k", "x");
	b = bytes_unref(b);
	b = json_encode(o);
	CHECK(call(&W, "PUT", CMS "/a", b->data, NULL) == 409);
	CHECK(call(&W, "DELETE", CMS "/a", "{\"preconditions\":{\"uid\":\"other\"}}", NULL) == 409);
	CHECK(call(&W, "DELETE", CMS "/a", NULL, NULL) == 200);
	CHECK(call(&W, "GET", CMS "/a", NULL, &gone) == 404);
	CHECK_STR(json_str(gone, "message"), "configmaps \"a\" not found");
	CHECK_STR(json_str(gone, "details.kind"), "configmaps");
}

static void test_refusals(void)
{
	CHECK(call(&W, "GET", "/api/v1/nonsense", NULL, NULL) == 404);
	CHECK(call(&W, "GET", "/apis/nope.example/v1/x", NULL, NULL) == 404);
	CHECK(call(&W, "GET", CMS "/..%2f..%2fsecrets", NULL, NULL) == 404);
	CHECK(call(&W, "GET", CMS "/%zz", NULL, NULL) == 404);
	CHECK(call(&W, "POST", CMS, "{", NULL) == 400);
	CHECK(call(&W, "POST", CMS, "[]", NULL) == 400);
	CHECK(call(&W, "POST", CMS, "{\"kind\":\"Pod\",\"metadata\":{\"name\":\"a\"}}", NULL) == 400);
	CHECK(call(&W, "POST", CMS, "{\"apiVersion\":\"apps/v1\",\"metadata\":{\"name\":\"a\"}}", NULL) == 400);
	CHECK(call(&W, "POST", CMS, "{\"metadata\":{\"name\":\"a\",\"namespace\":\"other\"}}", NULL) == 400);
	CHECK(call(&W, "POST", CMS, "{\"metadata\":{\"name\":\"a\"},\"data\":{\"x\":1}}", NULL) == 400);
	CHECK(call(&W, "POST", CMS, "{\"metadata\":{\"name\":\"A\"}}", NULL) == 422);
	CHECK(call(&W, "POST", CMS, "{\"metadata\":{}}", NULL) == 422);
	CHECK(call(&W, "POST", "/api/v1/namespaces/nowhere/configmaps", "{\"metadata\":{\"name\":\"a\"}}", NULL) == 404);
	CHECK(call_type(&W, "POST", CMS, NULL, "application/vnd.kubernetes.protobuf", "k8s", NULL) == 400);
	CHECK(call_type(&W, "POST", CMS, NULL, "image/png", "x", NULL) == 415);
	CHECK(call_type(&W, "PATCH", CMS "/a", NULL, "application/json", "{}", NULL) == 415);
	CHECK(call_type(&W, "POST", CMS, "dryRun=Some", NULL, "{\"metadata\":{\"name\":\"a\"}}", NULL) == 422);
	CHECK(call_type(&W, "GET", CMS, "labelSelector=a%3D%3D%3Db", NULL, NULL, NULL) == 400);
	CHECK(call_type(&W, "GET", CMS, "fieldSelector=spec.x%3D1", NULL, NULL, NULL) == 400);
	CHECK(call_type(&W, "GET", CMS, "limit=x", NULL, NULL, NULL) == 400);
	CHECK(call_type(&W, "GET", CMS, "continue=x", NULL, NULL, NULL) == 400);
	CHECK(call_type(&W, "GET", CMS, "resourceVersion=x", NULL, NULL, NULL) == 400);
	CHECK(call_type(&W, "GET", CMS, "resourceVersion=99999999999", NULL, NULL, NULL) == 504);
}

static void test_dry_run(void)
{
	AUTO_JSON json_t *o = NULL;

	CHECK(call_type(&W, "POST", CMS, "dryRun=All", NULL, "{\"metadata\":{\"name\":\"dry\"}}", &o) == 201);
	CHECK_STR(json_str(o, "metadata.name"), "dry");
	CHECK(call(&W, "GET", CMS "/dry", NULL, NULL) == 404);
}

static void test_list_chunks(void)
{
	char path[64], body[128], query[512];
	AUTO_JSON json_t *first = NULL;
	AUTO_JSON json_t *second = NULL;
	AUTO_JSON json_t *one = NULL;

	for (int i = 0; i < 5; i++) {
		(void)snprintf(body, sizeof(body), "{\"metadata\":{\"name\":\"chunk-%d\",\"labels\":{\"n\":\"%d\",\"chunk\":\"y\"}}}", i, i);
		CHECK(call(&W, "POST", CMS, body, NULL) == 201);
	}
	CHECK(call_type(&W, "GET", CMS, "limit=2&labelSelector=chunk%3Dy", NULL, NULL, &first) == 200);
	CHECK(json_array_size(json_object_get(first, "items")) == 2);
	/* What is created and deleted now is not seen by the rest of the list. */
	CHECK(call(&W, "POST", CMS, "{\"metadata\":{\"name\":\"chunk-9\",\"labels\":{\"chunk\":\"y\"}}}", NULL) == 201);
	(void)snprintf(path, sizeof(path), "%s/chunk-4", CMS);
	CHECK(call(&W, "DELETE", path, NULL, NULL) == 200);
	(void)snprintf(query, sizeof(query), "limit=10&labelSelector=chunk%%3Dy&continue=%s", json_str_or(first, "metadata.continue", ""));
	CHECK(call_type(&W, "GET", CMS, query, NULL, NULL, &second) == 200);
	CHECK(json_array_size(json_object_get(second, "items")) == 3);
	CHECK_STR(json_str(second, "items[2].metadata.name"), "chunk-4");
	CHECK_STR(json_str(second, "metadata.resourceVersion"), json_str(first, "metadata.resourceVersion"));
	CHECK(!json_str(second, "metadata.continue"));
	CHECK(call_type(&W, "GET", CMS, "labelSelector=n+in+(1,2),n!%3D2", NULL, NULL, &one) == 200);
	CHECK(json_array_size(json_object_get(one, "items")) == 1);
	CHECK(call_type(&W, "DELETE", CMS, "labelSelector=chunk%3Dy", NULL, NULL, NULL) == 200);
	CHECK(call_type(&W, "GET", CMS, "labelSelector=chunk%3Dy", NULL, NULL, NULL) == 200);
}

/* --- watches --- */

struct seen {
	struct world *w;
	char text[512];
	unsigned n, stop;
	bool done;
	struct transport_call *call;
};

static void on_event(void *arg, enum watch_type type, struct bytes *object)
{
	static const char letters[] = "AMDBE";
	struct seen *s = arg;
	AUTO_JSON json_t *o = NULL;
	size_t len = strlen(s->text);

	CHECK(!json_parse_bytes(object, &o, NULL));
	(void)snprintf(s->text + len, sizeof(s->text) - len, "%c:%s ", letters[type], type == WATCH_ERROR ? json_str_or(o, "reason", "") : obj_name(o));
	if (++s->n == s->stop) {
		if (s->call)
			s->call->transport->ops->cancel(s->call);
		s->call = NULL;
		loop_quit(s->w->loop);
	}
}

static void on_watch_done(void *arg, const struct transport_response *r)
{
	struct seen *s = arg;

	s->done = true;
	s->call = NULL;
	if (r->status >= 400)
		(void)snprintf(s->text, sizeof(s->text), "%d", r->status);
	loop_quit(s->w->loop);
}

static void watch(const char *query, unsigned stop, struct seen *s)
{
	struct transport_request q = {.method = "GET", .path = CMS, .query = query, .watch = true};
	struct transport_cb cb = {on_event, on_watch_done};
	struct err e = {0};

	*s = (struct seen){.w = &W, .stop = stop};
	if (W.t->ops->start(W.t, &q, &cb, s, &s->call, &e)) {
		CHECK(false);
		return;
	}
	world_turn(&W);
}

/* A list that is too long to be copied together is the same as the objects one by one. */
static void test_list_long(void)
{
	AUTO_JSON json_t *all = NULL;
	AUTO_FREE char *fill = calloc(1, 2001);
	json_t *items;

	if (!fill)
		abort();
	memset(fill, 'x', 2000);
	for (int i = 0; i < 20; i++) {
		AUTO_FREE char *body = str_fmt(
		    "{\"metadata\":{\"name\":\"long-%02d\",\"labels\":{\"long\":\"y\"}},\"data\":{\"v\":\"%s\"}}", i,
		    fill);

		CHECK(call(&W, "POST", CMS, body, NULL) == 201);
	}
	CHECK(call_type(&W, "GET", CMS, "labelSelector=long%3Dy", NULL, NULL, &all) == 200);
	CHECK_STR(json_str(all, "kind"), "ConfigMapList");
	items = json_object_get(all, "items");
	CHECK(json_array_size(items) == 20);
	for (size_t i = 0; i < json_array_size(items); i++) {
		AUTO_JSON json_t *one = NULL;
		char path[80];

		(void)snprintf(path, sizeof(path), CMS "/long-%02zu", i);
		CHECK(call(&W, "GET", path, NULL, &one) == 200);
		CHECK(json_equal(one, json_array_get(items, i)));
	}
}

#define CROWD 200
struct crowd {
	size_t left;
	int ok, conflict, other;
};

static void on_crowd(void *arg, const struct transport_response *r)
{
	struct crowd *c = arg;

	if (r->status == 200)
		c->ok++;
	else if (r->status == 409)
		c->conflict++;
	else
		c->other++;
	if (--c->left == 0)
		loop_quit(W.loop);
}

/* Many change one object at once: all of them get through, and nothing is lost. Only who named a revision is told off.
 */
static void test_crowd(void)
{
	struct crowd c = {.left = CROWD};
	struct transport_cb cb = {.on_done = on_crowd};
	struct err e = {0};
	AUTO_JSON json_t *first = NULL;
	AUTO_JSON json_t *last = NULL;
	AUTO_FREE char *stale = NULL;

	CHECK(call(&W, "POST", CMS, "{\"metadata\":{\"name\":\"crowd\"}}", &first) == 201);
	CHECK(call_type(&W, "PATCH", CMS "/crowd", NULL, "application/merge-patch+json", "{\"data\":{\"a\":\"b\"}}",
			NULL) == 200);
	stale = str_fmt("{\"metadata\":{\"name\":\"crowd\",\"resourceVersion\":\"%s\"},\"data\":{}}",
			json_str_or(first, "metadata.resourceVersion", ""));
	for (int i = 0; i < CROWD; i++) {
		bool named = i % 10 == 9;
		AUTO_FREE char *body = named ? str_dup(stale) : str_fmt("{\"data\":{\"k%d\":\"v\"}}", i);
		AUTO_BYTES struct bytes *b = body ? bytes_new(body, strlen(body)) : NULL;
		struct transport_request q = {.method = named ? "PUT" : "PATCH",
					      .path = CMS "/crowd",
					      .content_type = named ? NULL : "application/merge-patch+json",
					      .body = b};
		struct transport_call *call = NULL;

		CHECK(W.t->ops->start(W.t, &q, &cb, &c, &call, &e) == 0);
	}
	world_turn(&W);
	CHECK(c.ok == CROWD - CROWD / 10 && c.conflict == CROWD / 10 && c.other == 0);
	CHECK(call(&W, "GET", CMS "/crowd", NULL, &last) == 200);
	CHECK(json_object_size(json_object_get(last, "data")) == 1 + CROWD - CROWD / 10);
	CHECK(call(&W, "DELETE", CMS "/crowd", NULL, NULL) == 200);
}

static void test_watch(void)
{
	AUTO_JSON json_t *o = NULL;
	char q[160];
	struct seen s;
	int64_t rv;

	CHECK(call(&W, "POST", CMS, "{\"metadata\":{\"name\":\"w0\"}}", &o) == 201);
	rv = obj_revision(o);
	CHECK(call(&W, "POST", CMS, "{\"metadata\":{\"name\":\"w1\",\"labels\":{\"s\":\"1\"}}}", NULL) == 201);
	CHECK(call_type(&W, "PATCH", CMS "/w1", NULL, "application/merge-patch+json", "{\"metadata\":{\"labels\":{\"s\":\"2\"}}}", NULL) == 200);
	CHECK(call_type(&W, "PATCH", CMS "/w1", NULL, "application/merge-patch+json", "{\"metadata\":{\"labels\":{\"s\":\"1\"}}}", NULL) == 200);
	CHECK(call(&W, "DELETE", CMS "/w1", NULL, NULL) == 200);
	(void)snprintf(q, sizeof(q), "watch=1&resourceVersion=%lld", (long long)rv);
	watch(q, 4, &s);
	CHECK_STR(s.text, "A:w1 M:w1 M:w1 D:w1 ");
	(void)snprintf(q, sizeof(q), "watch=1&resourceVersion=%lld&labelSelector=s%%3D1", (long long)rv);
	watch(q, 4, &s);
	CHECK_STR(s.text, "A:w1 D:w1 A:w1 D:w1 ");
	watch("watch=1&fieldSelector=metadata.name%3Dw0", 1, &s);
	CHECK_STR(s.text, "A:w0 ");
	watch("watch=1&fieldSelector=metadata.name%3Dw0&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true", 2, &s);
	CHECK_STR(s.text, "A:w0 B: ");
	/* Ends by itself. */
	watch("watch=1&fieldSelector=metadata.name%3Dw0&timeoutSeconds=1", 99, &s);
	CHECK(s.done);
	CHECK_STR(s.text, "A:w0 ");
	watch("watch=1&sendInitialEvents=true", 99, &s);
	CHECK_STR(s.text, "422");
	/* History that has been dropped. */
	CHECK(!store_compact(W.store, store_revision(W.store), NULL));
	(void)snprintf(q, sizeof(q), "watch=1&resourceVersion=%lld", (long long)rv);
	watch(q, 1, &s);
	CHECK_STR(s.text, "E:Expired ");
	(void)snprintf(q, sizeof(q), "resourceVersionMatch=Exact&resourceVersion=%lld", (long long)rv);
	CHECK(call_type(&W, "GET", CMS, q, NULL, NULL, NULL) == 410);
}

/* --- services: nothing is given out twice --- */

#define RACERS 64

struct race {
	unsigned left, created, refused;
	char ip[RACERS][48];
};
static struct race R;

static void on_raced(void *arg, const struct transport_response *r)
{
	AUTO_JSON json_t *o = NULL;
	struct race *race = arg;

	if (r->status == 201 && !json_parse_bytes(r->body, &o, NULL))
		(void)str_copy(race->ip[race->created++], 48, json_str_or(o, "spec.clusterIP", ""));
	else
		race->refused++;
	if (--race->left == 0)
		loop_quit(W.loop);
}

static void race(const char *format, bool same_name)
{
	struct transport_cb cb = {.on_done = on_raced};

	R = (struct race){.left = RACERS};
	for (int i = 0; i < RACERS; i++) {
		char body[300];
		AUTO_BYTES struct bytes *b = NULL;
		struct transport_request q = {.method = "POST", .path = "/api/v1/namespaces/default/services"};

		(void)snprintf(body, sizeof(body), "{\"metadata\":{\"name\":\"race-%d\"},\"spec\":{%s\"ports\":[{\"port\":80}]}}", same_name ? 0 : i, format);
		b = bytes_new(body, strlen(body));
		q.body = b;
		CHECK(!W.t->ops->start(W.t, &q, &cb, &R, NULL, NULL));
	}
	world_turn(&W);
}

static void test_services(void)
{
	/* The range has 254 addresses: enough for all, each different. */
	race("", false);
	CHECK(R.created == RACERS && R.refused == 0);
	for (unsigned i = 0; i < R.created; i++)
		for (unsigned k = i + 1; k < R.created; k++)
			CHECK(strcmp(R.ip[i], R.ip[k]) != 0);
	CHECK(call(&W, "DELETE", "/api/v1/namespaces/default/services", NULL, NULL) == 200);
	CHECK(call(&W, "GET", "/api/v1/namespaces/default/services/race-1", NULL, NULL) == 404);
	/* One address for all: one gets it. */
	race("\"clusterIP\":\"10.43.0.77\",", false);
	CHECK(R.created == 1 && R.refused == RACERS - 1);
	CHECK(call(&W, "DELETE", "/api/v1/namespaces/default/services", NULL, NULL) == 200);
	race("\"type\":\"NodePort\",", true);
	CHECK(R.created == 1);
	CHECK(call(&W, "DELETE", "/api/v1/namespaces/default/services/race-0", NULL, NULL) == 200);
	/* And it can be had again. */
	CHECK(call(&W, "GET", "/apis/networking.k8s.io/v1/ipaddresses/10.43.0.77", NULL, NULL) == 404);
}

static void test_pods(void)
{
	static const char pod[] = "{\"metadata\":{\"name\":\"p\"},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\",\"resources\":{\"limits\":{\"cpu\":\"1\","
				  "\"memory\":\"1Mi\"}}}]}}";
	AUTO_JSON json_t *o = NULL;
	AUTO_JSON json_t *d = NULL;

	CHECK(call(&W, "POST", "/api/v1/namespaces/default/pods", pod, &o) == 201);
	CHECK_STR(json_str(o, "status.phase"), "Pending");
	CHECK_STR(json_str(o, "status.qosClass"), "Guaranteed");
	CHECK(call(&W, "POST", "/api/v1/namespaces/default/pods/p/binding", "{\"target\":{\"name\":\"n\"}}", NULL) == 201);
	CHECK(call(&W, "POST", "/api/v1/namespaces/default/pods/p/binding", "{\"target\":{\"name\":\"m\"}}", NULL) == 409);
	CHECK(call(&W, "DELETE", "/api/v1/namespaces/default/pods/p", "{\"gracePeriodSeconds\":7}", &d) == 200);
	CHECK(json_int_or(d, "metadata.deletionGracePeriodSeconds", 0) == 7);
	CHECK(obj_deleting(d));
	CHECK(call(&W, "DELETE", "/api/v1/namespaces/default/pods/p", "{\"gracePeriodSeconds\":0}", NULL) == 200);
	CHECK(call(&W, "GET", "/api/v1/namespaces/default/pods/p", NULL, NULL) == 404);
}

static void test_eviction(void)
{
	static const char pod[] = "{\"metadata\":{\"name\":\"e\",\"labels\":{\"app\":\"e\"}},\"spec\":{\"nodeName\":\"n\",\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}";
	AUTO_JSON json_t *no = NULL;

	CHECK(call(&W, "POST", "/api/v1/namespaces/default/pods", pod, NULL) == 201);
	CHECK(call_type(&W, "PATCH", "/api/v1/namespaces/default/pods/e/status", NULL, "application/merge-patch+json",
			"{\"status\":{\"phase\":\"Running\",\"conditions\":[{\"type\":\"Ready\",\"status\":\"True\"}]}}", NULL) == 200);
	CHECK(call(&W, "POST", "/apis/policy/v1/namespaces/default/poddisruptionbudgets",
		   "{\"metadata\":{\"name\":\"b\"},\"spec\":{\"minAvailable\":1,\"selector\":{\"matchLabels\":{\"app\":\"e\"}}}}", NULL) == 201);
	CHECK(call(&W, "POST", "/api/v1/namespaces/default/pods/e/eviction", "{\"metadata\":{\"name\":\"e\"}}", &no) == 429);
	CHECK_STR(json_str(no, "details.causes[0].reason"), "DisruptionBudget");
	CHECK(call_type(&W, "PATCH", "/apis/policy/v1/namespaces/default/poddisruptionbudgets/b/status", NULL, "application/merge-patch+json",
			"{\"status\":{\"disruptionsAllowed\":1,\"observedGeneration\":1,\"currentHealthy\":1,\"desiredHealthy\":0,\"expectedPods\":1}}",
			NULL) == 200);
	CHECK(call(&W, "POST", "/api/v1/namespaces/default/pods/e/eviction", "{\"metadata\":{\"name\":\"e\"}}", NULL) == 201);
	CHECK(call(&W, "DELETE", "/api/v1/namespaces/default/pods/e", "{\"gracePeriodSeconds\":0}", NULL) == 200);
}

static void test_restart(void)
{
	CHECK(call(&W, "POST", CMS, "{\"metadata\":{\"name\":\"stays\"}}", NULL) == 201);
	world_close(&W, true);
	world_open(&W, "admin", masters);
	CHECK(call(&W, "GET", CMS "/stays", NULL, NULL) == 200);
}

int main(void)
{
	world_open(&W, "admin", masters);
	RUN(test_bootstrap);
	RUN(test_verbs);
	RUN(test_refusals);
	RUN(test_dry_run);
	RUN(test_list_chunks);
	RUN(test_list_long);
	RUN(test_crowd);
	RUN(test_watch);
	RUN(test_services);
	world_account(&W);
	RUN(test_pods);
	RUN(test_eviction);
	RUN(test_restart);
	world_close(&W, false);
	return TEST_END();
}
