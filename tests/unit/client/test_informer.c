#include "tests/unit/test.h"
#include <errno.h>
#include "client/client_private.h"
#include "client/informer.h"
#include "tests/unit/client/world.h"

static struct {
	pthread_mutex_t lock;
	char text[1024];
} seen = {.lock = PTHREAD_MUTEX_INITIALIZER};

static void note(const char *what, const char *name)
{
	size_t n;

	pthread_mutex_lock(&seen.lock);
	n = strlen(seen.text);
	(void)snprintf(seen.text + n, sizeof seen.text - n, "%s%s ", what, name);
	pthread_mutex_unlock(&seen.lock);
}

static bool seen_is(const char *want)
{
	bool same;

	pthread_mutex_lock(&seen.lock);
	same = streq(seen.text, want);
	pthread_mutex_unlock(&seen.lock);
	return same;
}

static void seen_clear(void)
{
	pthread_mutex_lock(&seen.lock);
	seen.text[0] = '\0';
	pthread_mutex_unlock(&seen.lock);
}

#define SEEN(want)                                                                                                     \
	do {                                                                                                           \
		for (int t_ = 0; t_ < 5000 && !seen_is(want); t_++)                                                    \
			usleep(1000);                                                                                  \
		CHECK_STR(seen.text, want);                                                                            \
		seen_clear();                                                                                          \
	} while (0)

static void added(void *arg, struct informer_object *o)
{
	(void)arg;
	note("+", o->name);
}

static void updated(void *arg, struct informer_object *old, struct informer_object *o)
{
	(void)arg;
	CHECK(old && old->rev < o->rev && streq(old->name, o->name));
	note("~", o->name);
}

static void deleted(void *arg, struct informer_object *o)
{
	(void)arg;
	note("-", o->name);
}

static void synced(void *arg)
{
	(void)arg;
	note("S", "");
}

static const struct informer_handler handler = {added, updated, deleted, synced};

static void by_val(const struct informer_object *o, informer_emit_fn emit, void *ctx)
{
	AUTO_JSON json_t *v = informer_object_json(o);

	emit(ctx, json_str(v, "val"));
}

static void start_informer(struct world *w)
{
	struct informer_config cfg = {.group = "x", .plural = "things", .label_selector = "a=b"};
	struct informer *i;
	struct err e = {0};

	CHECK(informer_new(&i, w->client, &cfg, &e) == 0);
	CHECK(informer_add_handler(i, &handler, NULL) == 0);
	CHECK(informer_add_index(i, "val", by_val) == 0);
	CHECK(!informer_synced(i));
	w->arg = i;
	CHECK(informer_start(i, &e) == 0 && informer_start(i, &e) < 0);
}

static void stop_informer(struct world *w)
{
	w->arg = informer_free(w->arg);
}

static void two_objects(struct world *w)
{
	fake_set(&w->f, "a", "1");
	fake_set(&w->f, "b", "2");
}

static void some_changes(struct world *w)
{
	fake_set(&w->f, "a", "3");
	fake_set(&w->f, "c", "3");
	fake_del(&w->f, "b");
}

static void break_watches(struct world *w)
{
	fake_break(&w->f, 0);
}

static void cut_watches(struct world *w)
{
	fake_break(&w->f, ERR_UNAVAILABLE);
}

static void change_while_away(struct world *w)
{
	w->f.down = ERR_UNAVAILABLE;
	fake_break(&w->f, ERR_UNAVAILABLE);
	fake_set(&w->f, "d", "4");
	fake_del(&w->f, "c");
}

static void come_back(struct world *w)
{
	w->f.down = 0;
}

static void compact_while_away(struct world *w)
{
	w->f.down = ERR_UNAVAILABLE;
	fake_break(&w->f, ERR_UNAVAILABLE);
	fake_del(&w->f, "d");
	fake_set(&w->f, "a", "9");
	fake_set(&w->f, "e", "9");
	w->f.compacted = w->f.rev;
	w->f.n_events = 0;
}

/* What is sent to watches is for those that have begun: after a list that may take a moment. */
static bool watching;
static void look_for_watch(struct world *w)
{
	watching = false;
	LIST_FOREACH (c, &w->f.calls, struct fake_call, link)
		watching |= c->live;
}
static void wait_for_watch(struct world *w)
{
	watching = false;
	for (int t = 0; t < 5000 && !watching; t++) {
		on_loop(w, look_for_watch);
		usleep(1000);
	}
	CHECK(watching);
}

static void error_event(struct world *w)
{
	w->f.compacted = w->f.rev;
	LIST_FOREACH_SAFE (c, next, &w->f.calls, struct fake_call, link)
		if (c->live)
			fake_send(c, WATCH_ERROR,
				  "{\"kind\":\"Status\",\"status\":\"Failure\",\"reason\":\"Expired\",\"code\":410}");
}

static void only_bookmark(struct world *w)
{
	w->f.rev += 50;
	w->f.compacted = w->f.rev;
	LIST_FOREACH_SAFE (c, next, &w->f.calls, struct fake_call, link)
		if (c->live)
			fake_bookmark(c, false);
	fake_break(&w->f, 0);
}

static void check_cache(struct informer *i)
{
	AUTO_OBJECT struct informer_object *a = informer_get(i, "ns", "a"), *k = informer_get_key(i, "ns/a");
	struct informer_object **v;
	AUTO_JSON json_t *tree = informer_object_json(a);
	size_t n;

	CHECK(a && a == k && informer_count(i) == 2 && informer_synced(i));
	CHECK_STR(a->uid, "u-a");
	CHECK_STR(json_str(tree, "val"), "3");
	CHECK(informer_list(i, NULL, &v, &n) == 0 && n == 2);
	informer_list_free(v, n);
	CHECK(informer_list(i, "other", &v, &n) == 0 && n == 0);
	informer_list_free(v, n);
	CHECK(informer_by_index(i, "val", "3", &v, &n) == 0 && n == 2);
	informer_list_free(v, n);
	CHECK(informer_by_index(i, "val", "2", &v, &n) == 0 && n == 0);
	informer_list_free(v, n);
	CHECK(informer_by_index(i, "none", "2", &v, &n) == -EINVAL);
	CHECK(!informer_get(i, "ns", "b") && !informer_get(i, NULL, "a"));
}

static void story(bool streaming)
{
	struct world w;

	world_start(&w);
	seen_clear();
	w.f.no_streaming = !streaming;
	on_loop(&w, two_objects);
	on_loop(&w, start_informer);
	for (int t = 0; t < 5000 && !informer_synced(w.arg); t++)
		usleep(1000);
	CHECK(seen_is("+a +b S ") || seen_is("+b +a S "));
	seen_clear();
	EVENTUALLY(w.f.watches == (streaming ? 1u : 2u));
	CHECK(streaming ? w.f.lists == 0 : w.f.lists == 1);
	CHECK(strstr(w.f.last_query, "labelSelector=a%3Db"));

	on_loop(&w, some_changes);
	SEEN("~a +c -b ");
	check_cache(w.arg);

	/* The server ends the watch: resumed from the last revision, without a list. */
	on_loop(&w, break_watches);
	EVENTUALLY(w.f.watches == (streaming ? 2u : 3u));
	on_loop(&w, cut_watches);
	EVENTUALLY(w.f.watches == (streaming ? 3u : 4u));
	CHECK(strstr(w.f.last_query, "resourceVersion=105"));
	CHECK(seen_is(""));

	/* The connection breaks and things change meanwhile: no event is lost, none comes twice. */
	on_loop(&w, change_while_away);
	usleep(50000);
	on_loop(&w, come_back);
	SEEN("+d -c ");

	/* The same, but history is gone: the difference is told. */
	on_loop(&w, compact_while_away);
	usleep(50000);
	on_loop(&w, come_back);
	for (int t = 0; t < 5000 && strlen(seen.text) < 9; t++)
		usleep(1000);
	CHECK(strstr(seen.text, "~a ") && strstr(seen.text, "+e ") && strstr(seen.text, "-d ") &&
	      strlen(seen.text) == 9);
	seen_clear();

	/* An ERROR event with 410 within the watch. */
	wait_for_watch(&w);
	on_loop(&w, error_event);
	EVENTUALLY(streaming ? w.f.streams == 3 : w.f.lists == 3);
	on_loop(&w, two_objects);
	SEEN("~a +b ");

	/* Bookmarks move the resume point. */
	wait_for_watch(&w);
	on_loop(&w, only_bookmark);
	usleep(50000);
	CHECK(streaming ? w.f.streams == 3 : w.f.lists == 3);
	on_loop(&w, some_changes);
	SEEN("~a +c -b ");
	on_loop(&w, stop_informer);
	EVENTUALLY(list_empty(&w.f.calls));
	world_end(&w);
}

static void with_streaming(void)
{
	story(true);
}

static void with_lists(void)
{
	story(false);
}

static void many_objects(struct world *w)
{
	char name[16];

	for (int i = 0; i < 7; i++) {
		(void)snprintf(name, sizeof name, "o%d", i);
		fake_set(&w->f, name, "x");
	}
}

/* Lists come by pages (the fake serves two at a time); items get their kind. */
static void pages(void)
{
	struct informer_object *o;
	struct world w;

	world_start(&w);
	w.f.no_streaming = true;
	on_loop(&w, many_objects);
	on_loop(&w, start_informer);
	EVENTUALLY(informer_synced(w.arg));
	CHECK(w.f.lists == 4 && informer_count(w.arg) == 7);
	o = informer_get(w.arg, "ns", "o6");
	CHECK(o && str_has_prefix(o->json->data, "{\"kind\":\"Thing\",\"apiVersion\":\"x/v1\",\"metadata\""));
	informer_object_unref(o);
	on_loop(&w, stop_informer);
	world_end(&w);
}

/* Failures at the start are retried. */
static void late_server(void)
{
	struct world w;

	world_start(&w);
	w.f.fail_next = 503;
	w.f.fail_count = 2;
	on_loop(&w, many_objects);
	on_loop(&w, start_informer);
	EVENTUALLY(informer_synced(w.arg));
	CHECK(w.f.streams == 1 && informer_count(w.arg) == 7);
	on_loop(&w, stop_informer);
	world_end(&w);
}

/* An error within a streaming list: a plain list comes next, at once. */
static void stream_refused(void)
{
	struct world w;

	world_start(&w);
	w.f.refuse_streaming = true;
	on_loop(&w, many_objects);
	on_loop(&w, start_informer);
	EVENTUALLY(informer_synced(w.arg));
	CHECK(w.f.streams == 1 && w.f.lists == 4 && informer_count(w.arg) == 7);
	EVENTUALLY(w.f.watches == 2);
	on_loop(&w, stop_informer);
	world_end(&w);
}

/* A kind that the server does not have yet: it is asked for until it comes. */
static void kind_comes_late(void)
{
	struct world w;

	world_start(&w);
	w.f.fail_next = 404;
	w.f.fail_count = 3;
	on_loop(&w, many_objects);
	on_loop(&w, start_informer);
	EVENTUALLY(informer_synced(w.arg));
	CHECK(w.f.streams == 1 && w.f.fail_count == 0 && informer_count(w.arg) == 7);
	on_loop(&w, stop_informer);
	world_end(&w);
}

static void replace_while_away(struct world *w)
{
	w->f.down = ERR_UNAVAILABLE;
	fake_break(&w->f, ERR_UNAVAILABLE);
	fake_del(&w->f, "b");
	w->f.life = 2;
	fake_set(&w->f, "b", "1");
	w->f.compacted = w->f.rev;
	w->f.n_events = 0;
}

/* An object that went and came again under its name while nobody looked: one that ended, and a new one. */
static void replaced(void)
{
	struct world w;

	world_start(&w);
	on_loop(&w, two_objects);
	on_loop(&w, start_informer);
	EVENTUALLY(informer_synced(w.arg));
	usleep(50000);
	seen_clear();
	on_loop(&w, replace_while_away);
	usleep(50000);
	on_loop(&w, come_back);
	SEEN("-b +b ");
	on_loop(&w, stop_informer);
	world_end(&w);
}

/* What nobody tells: it is there, changed and gone without an event. */
static void hidden_set(struct world *w)
{
	struct fake_object *o = &w->f.objects[0];

	w->f.n_objects = 1;
	o->rev = ++w->f.rev;
	(void)str_copy(o->name, sizeof o->name, "h");
	(void)snprintf(o->json, sizeof o->json, "{\"metadata\":{\"name\":\"h\",\"namespace\":\"ns\",\"uid\":\"u-h\",\"resourceVersion\":\"%lld\"}}",
		       (long long)o->rev);
}

static void hidden_gone(struct world *w)
{
	w->f.n_objects = 0;
	w->f.rev++;
}

static void fetch_done(void *arg, const char *key, int code)
{
	(void)arg;
	note(code ? "!" : "F", key);
}

static void fetch_hidden(struct world *w)
{
	CHECK(informer_fetch(w->arg, "ns", "h", fetch_done, NULL) == 0);
}

static void forget_hidden(struct world *w)
{
	informer_forget(w->arg, "ns/h");
}

static void fails_once(struct world *w)
{
	w->f.fail_next = 403;
	w->f.fail_count = 1;
}

static void fetched(void)
{
	struct world w;

	world_start(&w);
	on_loop(&w, start_informer);
	EVENTUALLY(informer_synced(w.arg) && w.f.watches == 1);
	usleep(20000);
	seen_clear();
	on_loop(&w, hidden_set);
	on_loop(&w, fetch_hidden);
	SEEN("+h Fns/h ");
	on_loop(&w, fetch_hidden);
	SEEN("Fns/h ");
	on_loop(&w, hidden_set);
	on_loop(&w, fetch_hidden);
	SEEN("~h Fns/h ");
	on_loop(&w, fails_once);
	on_loop(&w, fetch_hidden);
	SEEN("!ns/h ");
	on_loop(&w, hidden_gone);
	on_loop(&w, fetch_hidden);
	SEEN("-h Fns/h ");
	on_loop(&w, fetch_hidden);
	SEEN("Fns/h ");
	on_loop(&w, hidden_set);
	on_loop(&w, fetch_hidden);
	SEEN("+h Fns/h ");
	on_loop(&w, forget_hidden);
	CHECK(informer_count(w.arg) == 0 && seen_is(""));
	on_loop(&w, fetch_hidden); /* and nobody waits for it any more */
	on_loop(&w, stop_informer);
	world_end(&w);
}

static struct informer *suicidal;

static void free_in_handler(void *arg, struct informer_object *o)
{
	(void)arg;
	note("+", o->name);
	informer_free(suicidal);
}

static void start_suicidal(struct world *w)
{
	static const struct informer_handler h = {.added = free_in_handler};
	struct informer_config cfg = {.group = "x", .plural = "things"};

	CHECK(informer_new(&suicidal, w->client, &cfg, NULL) == 0);
	CHECK(informer_add_handler(suicidal, &h, NULL) == 0 && informer_add_handler(suicidal, &handler, NULL) == 0);
	CHECK(informer_start(suicidal, NULL) == 0);
}

static void freed_within(void)
{
	struct world w;

	world_start(&w);
	seen_clear();
	on_loop(&w, many_objects);
	on_loop(&w, start_suicidal);
	EVENTUALLY(list_empty(&w.f.calls) && seen.text[0]);
	CHECK(strlen(seen.text) == 4); /* one handler, once */
	world_end(&w);
}

int main(void)
{
	RUN(with_streaming);
	RUN(with_lists);
	RUN(pages);
	RUN(late_server);
	RUN(stream_refused);
	RUN(kind_comes_late);
	RUN(replaced);
	RUN(fetched);
	RUN(freed_within);
	return TEST_END();
}
