/*
 * The store alone: durable creates and updates per second with 1 and 32 writers, cached gets, ranges, watch fan-out,
 * opening.
 *
 *   tests/bench/bench_store [DIR [SECONDS [ETCD-URL]]]
 */
#include <errno.h>
#include <inttypes.h>
#include <pthread.h>
#include <time.h>
#include "base/clock.h"
#include "base/fs.h"
#include "base/str.h"
#include "store/store.h"

#define VALUE       1000
#define MAX_WRITERS 64

static double now(void)
{
	return (double)clock_mono_ns(clock_real()) / 1e9;
}

static void die(const char *what, const struct err *e)
{
	fprintf(stderr, "bench_store: %s: %s\n", what, e->msg);
	exit(1);
}

struct client {
	pthread_t thread;
	struct store *s;
	int id;
	double until;
	long n;
	bool update;
	pthread_mutex_t lock;
	pthread_cond_t cond;
	bool done;
	int code;
};

static void on_done(void *arg, const struct store_done *d)
{
	struct client *c = arg;
	pthread_mutex_lock(&c->lock);
	c->done = true;
	c->code = d->code;
	pthread_cond_signal(&c->cond);
	pthread_mutex_unlock(&c->lock);
}

static void *client_write(void *arg)
{
	struct client *c = arg;
	char text[VALUE];
	memset(text, 'v', sizeof(text));
	while (now() < c->until) {
		char key[64];
		if (c->update)
			(void)snprintf(key, sizeof(key), "/pods/bench/%d-%07ld", c->id, c->n % 100);
		else
			(void)snprintf(key, sizeof(key), "/pods/bench/%d-%07ld", c->id, c->n);
		struct bytes *v AUTO_BYTES = bytes_new(text, sizeof(text)), *ix AUTO_BYTES = bytes_new("app=bench", 9);
		struct store_op op = {
		    .kind = STORE_PUT, .key = key, .expect = c->update ? -1 : 0, .value = v, .splice = 20, .index = ix};
		struct err e;
		c->done = false;
		if (store_commit(c->s, &op, 1, on_done, c, &e) < 0)
			die("commit", &e);
		pthread_mutex_lock(&c->lock);
		while (!c->done)
			pthread_cond_wait(&c->cond, &c->lock);
		pthread_mutex_unlock(&c->lock);
		if (c->code < 0) {
			fprintf(stderr, "bench_store: commit: %s\n", err_name(c->code));
			exit(1);
		}
		c->n++;
	}
	return NULL;
}

static void writers(struct store *s, int n, double seconds, int base, bool update, const char *what)
{
	static struct client c[MAX_WRITERS];
	struct store_stats before, after;
	store_stats(s, &before);
	double t = now();
	for (int i = 0; i < n; i++) {
		c[i] = (struct client){.s = s, .id = base + i, .until = t + seconds, .update = update};
		pthread_mutex_init(&c[i].lock, NULL);
		pthread_cond_init(&c[i].cond, NULL);
		if (pthread_create(&c[i].thread, NULL, client_write, &c[i]))
			exit(1);
	}
	long sum = 0;
	for (int i = 0; i < n; i++) {
		pthread_join(c[i].thread, NULL);
		sum += c[i].n;
	}
	t = now() - t;
	store_stats(s, &after);
	uint64_t syncs = after.fsyncs - before.fsyncs;
	printf("%-34s %9.0f /s  (%.1f per fsync)\n", what, (double)sum / t, (double)sum / (double)(syncs ? syncs : 1));
	fflush(stdout);
}

static void cached_gets(struct store *s, double seconds)
{
	double t = now(), end = t + seconds;
	long n = 0;
	while (now() < end) {
		for (int i = 0; i < 1000; i++) {
			char key[64];
			(void)snprintf(key, sizeof(key), "/pods/bench/%d-%07d", 300 + i % 32, i % 97);
			struct store_item item;
			if (store_get(s, key, &item) == 0) {
				n++;
				store_item_done(&item);
			}
		}
	}
	printf("%-34s %9.0f /s\n", "cached get, 1 thread", (double)n / (now() - t));
}

struct range_wait {
	pthread_mutex_t lock;
	pthread_cond_t cond;
	bool done;
	size_t n;
};

static void on_range(void *arg, struct store_range_result *r)
{
	struct range_wait *w = arg;
	pthread_mutex_lock(&w->lock);
	w->done = true;
	w->n += r->n;
	pthread_cond_signal(&w->cond);
	pthread_mutex_unlock(&w->lock);
}

static void range_n(struct store *s, size_t limit, double seconds, int64_t rev, const char *what)
{
	struct range_wait w = {.lock = PTHREAD_MUTEX_INITIALIZER, .cond = PTHREAD_COND_INITIALIZER};
	double t = now(), end = t + seconds;
	long n = 0;
	while (now() < end) {
		w.done = false;
		store_range(s, &(struct store_range){.prefix = "/pods/", .limit = limit, .rev = rev}, on_range, &w);
		pthread_mutex_lock(&w.lock);
		while (!w.done)
			pthread_cond_wait(&w.cond, &w.lock);
		pthread_mutex_unlock(&w.lock);
		n++;
	}
	printf("%-34s %9.0f /s  (%zu items each)\n", what, (double)n / (now() - t), w.n / (size_t)n);
}

static void on_event(void *arg, int code, const struct store_event *ev, size_t n, int64_t rev)
{
	(void)code, (void)ev, (void)rev;
	__atomic_add_fetch((uint64_t *)arg, n, __ATOMIC_RELAXED);
}

int main(int argc, char **argv)
{
	char tmp[] = "/tmp/bench-store-XXXXXX";
	const char *dir = argc > 1 ? argv[1] : mkdtemp(tmp);
	double seconds = argc > 2 ? strtod(argv[2], NULL) : 3;
	AUTO_FREE char *path = str_fmt("%s/bench.db", dir);
	struct store_config c = {.path = path, .endpoints = argc > 3 ? argv[3] : NULL, .prefix = strrchr(dir, '/')};
	struct store *s;
	struct err e;
	double t = now();
	if (store_open(&s, &c, &e) < 0)
		die("open", &e);
	printf("%-34s %9.1f ms\n", "open, empty", (now() - t) * 1e3);
	writers(s, 1, seconds, 100, false, "durable create, 1 writer");
	int64_t rev = store_revision(s);
	writers(s, 32, seconds, 200, false, "durable create, 32 writers");
	writers(s, 32, seconds, 300, true, "durable update, 32 writers");
	cached_gets(s, seconds);
	range_n(s, 500, seconds, 0, "range of 500, cached");
	range_n(s, 500, seconds, rev, "range of 500, older revision");
	uint64_t events = 0;
	struct store_watch *w[200];
	for (int i = 0; i < 200; i++) {
		char prefix[64];
		(void)snprintf(prefix, sizeof(prefix), i % 2 ? "/pods/" : "/watch%d/", i);
		if (store_watch_new(&w[i], s, prefix, store_revision(s), on_event, &events, &e) < 0)
			die("watch", &e);
	}
	writers(s, 32, seconds, 400, true, "the same under 200 watches");
	for (int i = 0; i < 200; i++)
		store_watch_free(w[i]);
	struct store_stats st;
	store_stats(s, &st);
	printf("%-34s %9" PRIu64 "\n", "events delivered", events);
	printf("%-34s %9zu keys, %zu MB\n", "size", st.keys, st.db_bytes >> 20);
	t = now();
	store_free(s);
	printf("%-34s %9.1f ms\n", "close", (now() - t) * 1e3);
	t = now();
	if (store_open(&s, &c, &e) < 0)
		die("open", &e);
	printf("%-34s %9.1f ms\n", "open again", (now() - t) * 1e3);
	store_free(s);
	if (argc <= 1)
		(void)fs_rm_rf(dir, NULL);
	return 0;
}
