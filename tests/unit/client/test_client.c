#include "tests/unit/test.h"
#include <errno.h>
#include "client/client_private.h"
#include "tests/unit/client/world.h"

static const struct client_ref thing_a = {.group = "x", .plural = "things", .ns = "ns", .name = "a"};

static void set_a(struct world *w)
{
	fake_set(&w->f, "a", "1");
}

static void paths(void)
{
	struct client_ref r = {.plural = "pods", .ns = "default", .name = "a b/c", .subresource = "status"};
	char *p = client_path(&r);

	CHECK_STR(p, "/api/v1/namespaces/default/pods/a%20b%2Fc/status");
	free(p);
	p = client_path(&(struct client_ref){.group = "apps", .version = "v1", .plural = "deployments"});
	CHECK_STR(p, "/apis/apps/v1/deployments");
	free(p);
	p = client_path(&(struct client_ref){.group = "", .plural = "nodes", .name = "n1"});
	CHECK_STR(p, "/api/v1/nodes/n1");
	free(p);
}

static int bump(void *arg, json_t *obj, struct err *e)
{
	(void)e;
	(*(int *)arg)++;
	return json_set_str(obj, "val", "bumped");
}

static int refuse(void *arg, json_t *obj, struct err *e)
{
	(void)obj;
	(void)arg;
	return err_set(e, ERR_INVALID, "no");
}

static int nothing(void *arg, json_t *obj, struct err *e)
{
	(void)arg;
	(void)obj;
	(void)e;
	return 1;
}

static void blocking(void)
{
	AUTO_JSON json_t *v = NULL, *made = NULL;
	struct client_ref none = thing_a;
	struct err e = {0};
	struct world w;
	int calls = 0;

	world_start(&w);
	on_loop(&w, set_a);
	none.name = "none";
	CHECK(client_get_wait(w.client, &thing_a, &v, &e) == 0);
	CHECK_STR(json_str(v, "val"), "1");
	CHECK(client_get_wait(w.client, &none, NULL, &e) == ERR_NOT_FOUND);
	CHECK_STR(e.msg, "GET /apis/x/v1/namespaces/ns/things/none: things \"x\" not found");
	CHECK(client_create_wait(w.client, &thing_a, v, &made, &e) == 0 && json_equal(v, made));
	CHECK_STR(w.f.last_path, "/apis/x/v1/namespaces/ns/things");
	CHECK_STR(w.f.last_query, "fieldManager=tester");
	CHECK(client_patch_wait(w.client, &thing_a, CLIENT_APPLY_PATCH, v, NULL, &e) == 0);
	CHECK_STR(w.f.last_query, "force=true&fieldManager=tester");
	w.f.conflicts = 3;
	CHECK(client_modify_wait(w.client, &thing_a, bump, &calls, &e) == 0 && calls == 4 && w.f.puts == 4);
	CHECK(strstr(fake_find(&w.f, "a")->json, "bumped"));
	CHECK(client_modify_wait(w.client, &thing_a, refuse, NULL, &e) == ERR_INVALID);
	CHECK(client_modify_wait(w.client, &thing_a, nothing, NULL, &e) == 0 && w.f.puts == 4);
	w.f.fail_next = 403;
	w.f.fail_count = 1;
	CHECK(client_delete_wait(w.client, &thing_a, NULL, NULL, &e) == ERR_FORBIDDEN);
	w.f.down = ERR_UNAVAILABLE;
	CHECK(client_get_wait(w.client, &thing_a, NULL, &e) == ERR_UNAVAILABLE);
	CHECK_STR(e.msg, "GET /apis/x/v1/namespaces/ns/things/a: the server is away");
	world_end(&w);
}

struct stuck {
	struct world *w;
	pthread_t thread;
	int code, again;
};

static void *wait_stuck(void *arg)
{
	struct stuck *s = arg;
	struct err e = {0};

	s->code = client_get_wait(s->w->client, &thing_a, NULL, &e);
	s->again = client_get_wait(s->w->client, &thing_a, NULL, &e);
	return NULL;
}

/* Workers that wait for an answer are let go when the loop ends. */
static void loop_ends_under_waiters(void)
{
	struct stuck s[4];
	struct world w;

	world_start(&w);
	w.f.hold = true;
	for (int i = 0; i < 4; i++) {
		s[i] = (struct stuck){.w = &w};
		CHECK(pthread_create(&s[i].thread, NULL, wait_stuck, &s[i]) == 0);
	}
	EVENTUALLY(!list_empty(&w.f.calls));
	world_join(&w);
	for (int i = 0; i < 4; i++) {
		pthread_join(s[i].thread, NULL);
		CHECK(s[i].code == ERR_CANCELED && s[i].again == ERR_CANCELED);
	}
	world_end(&w);
}

static void unwanted(void *arg, const struct client_result *r)
{
	(void)arg;
	(void)r;
	fprintf(stderr, "a cancelled call was answered\n");
	CHECK(false);
}

static void start_and_cancel(struct world *w)
{
	struct client_call *call;

	CHECK(client_do(w->client, "GET", &thing_a, NULL, NULL, NULL, unwanted, NULL, &call, NULL) == 0);
	client_call_cancel(call);
}

static void cancelling(void)
{
	struct world w;

	world_start(&w);
	on_loop(&w, set_a);
	on_loop(&w, start_and_cancel);
	CHECK(list_empty(&w.f.calls));
	world_end(&w);
}

static void emit_events(struct world *w)
{
	AUTO_JSON json_t *pod = json_pack("{s:{s:s,s:s,s:s}}", "metadata", "name", "p", "namespace", "ns", "uid", "u1");

	for (int i = 0; i < 5; i++)
		client_event(w->client, pod, "v1", "Pod", "Warning", "BackOff", "kubelet", "n1", "restarting %s", "c");
	client_event(w->client, pod, "v1", "Pod", "Normal", "Started", "kubelet", "n1", "started");
}

static void events(void)
{
	AUTO_JSON json_t *patch = NULL;
	struct world w;

	world_start(&w);
	emit_events(&w); /* from a thread that is not the loop's */
	EVENTUALLY(w.f.posts == 2 && w.f.patches >= 1);
	usleep(20000);
	CHECK(w.f.posts == 2 && w.f.patches <= 4);
	on_loop(&w, emit_events);
	EVENTUALLY(w.f.patches >= 2);
	usleep(20000);
	CHECK(w.f.posts == 2);
	CHECK(json_parse(w.f.last_body, strlen(w.f.last_body), &patch, NULL) == 0 &&
	      json_int_or(patch, "count", 0) >= 2);
	/* A server that forgot the event gets a new one at the next occurrence. */
	w.f.fail_next = 404;
	w.f.fail_count = 2;
	on_loop(&w, emit_events);
	EVENTUALLY(w.f.fail_count == 0);
	usleep(20000);
	on_loop(&w, emit_events);
	EVENTUALLY(w.f.posts == 4);
	world_end(&w);
}

static void emit_again(struct world *w)
{
	AUTO_JSON json_t *pod = json_pack("{s:{s:s,s:s,s:s}}", "metadata", "name", "p", "namespace", "ns", "uid", "u1");

	for (int i = 0; i < 3; i++)
		client_event(w->client, pod, "v1", "Pod", "Warning", "BackOff", "kubelet", "n1", "again");
}

/* What a process before this one has told is counted on; what another has told under the same name is left alone. */
static void events_of_before(void)
{
	AUTO_JSON json_t *event = NULL, *patch = NULL, *other = NULL;
	AUTO_FREE char *name = NULL, *whole = NULL, *there = NULL;
	struct world w;

	world_start(&w);
	on_loop(&w, emit_again);
	EVENTUALLY(w.f.posts == 1 && w.f.patches == 1);
	CHECK(json_parse(w.f.last_body, strlen(w.f.last_body), &patch, NULL) == 0 &&
	      json_int_or(patch, "count", 0) == 3);
	patch = (json_decref(patch), NULL);
	world_end(&w);

	world_start(&w);
	w.f.hold = true;
	on_loop(&w, emit_again);
	EVENTUALLY(w.f.last_body[0]);
	CHECK(json_parse(w.f.last_body, strlen(w.f.last_body), &event, NULL) == 0);
	world_end(&w);
	name = str_dup(json_str(event, "metadata.name"));
	whole = str_fmt("%s\"", name);
	CHECK(name && whole && json_set_int(event, "count", 7) == 0);
	there = json_dumps(event, JSON_COMPACT);

	world_start(&w);
	w.f.there = there;
	w.f.there_name = whole;
	on_loop(&w, emit_again);
	EVENTUALLY(w.f.patches == 2);
	CHECK(w.f.posts == 1);
	CHECK(json_parse(w.f.last_body, strlen(w.f.last_body), &patch, NULL) == 0 &&
	      json_int_or(patch, "count", 0) == 10);
	CHECK(strstr(w.f.last_path, name));
	world_end(&w);

	CHECK(json_set_str(event, "message", "something else") == 0);
	free(there);
	there = json_dumps(event, JSON_COMPACT);
	world_start(&w);
	w.f.there = there;
	w.f.there_name = whole;
	on_loop(&w, emit_again);
	EVENTUALLY(w.f.posts == 2 && w.f.patches == 2);
	CHECK(json_parse(w.f.last_body, strlen(w.f.last_body), &other, NULL) == 0 &&
	      json_int_or(other, "count", 0) == 3);
	CHECK(strlen(strrchr(w.f.last_path, '/') + 1) > strlen(name));
	world_end(&w);
}

struct seen {
	char log[256];
	int stop_at, n;
};

static int see(void *arg, enum watch_type type, struct bytes *o)
{
	struct seen *s = arg;
	size_t n = strlen(s->log);

	(void)snprintf(s->log + n, sizeof s->log - n, "%d%s ", (int)type, o->data);
	return ++s->n == s->stop_at;
}

static void watch_streams(void)
{
	const char *text =
	    "{\"type\":\"ADDED\",\"object\":{\"a\":\"}\\n\"}}\n\n{\"object\":{\"b\":1},\"type\":\"DELETED\"}\r\n"
	    "{\"type\":\"BOOKMARK\",\"object\":{}}\n";
	const char *want = "0{\"a\":\"}\\n\"} 2{\"b\":1} 3{} ";
	struct err e = {0};

	/* Cut everywhere. */
	for (size_t cut = 0; cut <= strlen(text); cut++) {
		struct watch_stream s = {0};
		struct seen seen = {.n = 0};

		CHECK(watch_stream_feed(&s, text, cut, see, &seen, &e) == 0);
		CHECK(watch_stream_feed(&s, text + cut, strlen(text) - cut, see, &seen, &e) == 0);
		CHECK_STR(seen.log, want);
		watch_stream_done(&s);
	}
	{
		struct watch_stream s = {0};
		struct seen seen = {.stop_at = 1};

		CHECK(watch_stream_feed(&s, text, strlen(text), see, &seen, &e) == 1 && seen.n == 1);
		CHECK(watch_stream_feed(&s, "garbage\n", 8, see, &seen, &e) == ERR_PROTO);
		CHECK(watch_stream_feed(&s, "{\"type\":\"ODD\",\"object\":{}}\n", 28, see, &seen, &e) == ERR_PROTO);
		CHECK(watch_stream_feed(&s, "{\"type\":\"ADDED\"}\n", 17, see, &seen, &e) == ERR_PROTO);
		watch_stream_done(&s);
	}
}

int main(void)
{
	RUN(paths);
	RUN(blocking);
	RUN(loop_ends_under_waiters);
	RUN(cancelling);
	RUN(events);
	RUN(events_of_before);
	RUN(watch_streams);
	return TEST_END();
}
