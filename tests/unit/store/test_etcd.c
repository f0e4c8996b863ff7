/*
 * What only the store on etcd has to promise: several stores on one etcd, an etcd that dies, hangs or is cut off,
 * answers that are lost, moving to SQLite and back. Starts etcd itself, on PORT in a directory of its own.
 */
#include <signal.h>
#include <sys/wait.h>
#include "base/clock.h"
#include "base/proc.h"
#include "tests/unit/store/forward.h"

#define PORT     23791
#define CUT_PORT 23793
#define DIRECT   "http://127.0.0.1:23791"
#define THROUGH  "http://127.0.0.1:23793"

static char dir[64], data[80];
static pid_t etcd_pid;

static bool etcd_answers(void)
{
	int fd = forward_socket(PORT, false);
	if (fd < 0)
		return false;
	char reply[1024] = "";
	const char *ask = "GET /health HTTP/1.1\r\nHost: etcd\r\nConnection: close\r\n\r\n";
	ssize_t n = write(fd, ask, strlen(ask));
	for (size_t at = 0; n > 0 && at < sizeof(reply) - 1; at += (size_t)n)
		if ((n = read(fd, reply + at, sizeof(reply) - 1 - at)) <= 0)
			break;
	close(fd);
	return strstr(reply, "\"true\"") != NULL;
}

static void etcd_start(void)
{
	char peer[] = "http://127.0.0.1:23792";
	const char *argv[] = {"etcd",
			      "--data-dir",
			      data,
			      "--listen-client-urls",
			      DIRECT,
			      "--advertise-client-urls",
			      DIRECT,
			      "--listen-peer-urls",
			      peer,
			      "--initial-advertise-peer-urls",
			      peer,
			      "--initial-cluster",
			      "default=http://127.0.0.1:23792",
			      "--log-level",
			      "error",
			      NULL};
	struct err e;
	AUTO_FREE char *log = str_fmt("%s/etcd.log", dir);
	FILE *f = fopen(log, "ae");
	if (!f || proc_spawn(
		      &(struct proc_spec){.argv = argv, .stdin_fd = -1, .stdout_fd = fileno(f), .stderr_fd = fileno(f)},
		      &etcd_pid, &e) < 0) {
		fprintf(stderr, "etcd: %s\n", f ? e.msg : log);
		abort();
	}
	fclose(f);
	for (int i = 0; !etcd_answers(); i++) {
		if (i > 1000)
			abort();
		usleep(20000);
	}
}

static void etcd_kill(void)
{
	kill(etcd_pid, SIGKILL);
	waitpid(etcd_pid, NULL, 0);
}

static struct store *open_on(const char *endpoints, const char *prefix, const struct store_config *c)
{
	struct store_config cfg = c ? *c : (struct store_config){0};
	struct store *s = NULL;
	struct err e;
	cfg.endpoints = endpoints;
	cfg.prefix = prefix;
	if (store_open(&s, &cfg, &e) < 0) {
		fprintf(stderr, "store_open: %s\n", e.msg);
		abort();
	}
	return s;
}

/* --- watching: each event once, in order --- */

struct log {
	pthread_mutex_t lock;
	pthread_cond_t cond;
	size_t n;
	uint64_t sum;
	int64_t rev, last;
	int code;
	bool bad;
};
#define LOG_INIT                                                                                                       \
	{                                                                                                              \
		.lock = PTHREAD_MUTEX_INITIALIZER, .cond = PTHREAD_COND_INITIALIZER                                    \
	}

static void on_event(void *arg, int code, const struct store_event *ev, size_t n, int64_t rev)
{
	struct log *l = arg;
	pthread_mutex_lock(&l->lock);
	l->code = code;
	for (size_t i = 0; i < n; i++) {
		if (ev[i].item.mod_rev < l->last || ev[i].item.mod_rev <= l->rev || ev[i].item.mod_rev > rev)
			l->bad = true;
		l->last = ev[i].item.mod_rev;
		l->n++;
		l->sum = l->sum * 1000003 + str_hash(ev[i].item.key, strlen(ev[i].item.key)) + (uint64_t)l->last;
	}
	if (rev > l->rev)
		l->rev = rev;
	pthread_cond_broadcast(&l->cond);
	pthread_mutex_unlock(&l->lock);
}

static void log_until(struct log *l, int64_t rev)
{
	pthread_mutex_lock(&l->lock);
	while (l->rev < rev && l->code == 0)
		pthread_cond_wait(&l->cond, &l->lock);
	pthread_mutex_unlock(&l->lock);
}

static void log_until_end(struct log *l)
{
	pthread_mutex_lock(&l->lock);
	while (l->code == 0)
		pthread_cond_wait(&l->cond, &l->lock);
	pthread_mutex_unlock(&l->lock);
}

static void on_synced(void *arg, int code)
{
	struct wait *w = arg;
	w->code = code;
	wait_signal(w);
}

static int sync_with(struct store *s)
{
	struct wait w = WAIT_INIT;
	store_sync(s, on_synced, &w);
	wait_for(&w);
	return w.code;
}

/* --- counters that several stores count by compare-and-swap --- */

#define KEYS 4
struct counting {
	struct store *s;
	int rounds;
	long done[KEYS], maybe[KEYS];
	bool broken;
};

static int64_t value_of(struct store *s, const char *key, int64_t *ret_rev)
{
	struct store_item i;
	int64_t n = -1;
	int rc = get(s, key, &i);
	if (rc < 0)
		return rc;
	if (str_to_i64(i.index->data, 0, INT64_MAX, &n) < 0)
		n = -1;
	*ret_rev = i.mod_rev;
	store_item_done(&i);
	return n;
}

static void *count_thread(void *arg)
{
	struct counting *c = arg;
	for (int i = 0; i < c->rounds; i++) {
		int k = i % KEYS;
		char key[16], text[24];
		(void)snprintf(key, sizeof(key), "/n/%d", k);
		for (;;) {
			int64_t rev, n = value_of(c->s, key, &rev);
			if (n < 0) {
				if (n != ERR_UNAVAILABLE && n != ERR_TIMEOUT) {
					c->broken = true;
					return NULL;
				}
				usleep(20000);
				continue;
			}
			(void)snprintf(text, sizeof(text), "%" PRId64, n + 1);
			int64_t rc = put_as(c->s, key, text, rev, false);
			if (rc > 0) {
				c->done[k]++;
				break;
			}
			if (rc == ERR_TIMEOUT)
				c->maybe[k]++;
			else if (rc != ERR_CONFLICT && rc != ERR_UNAVAILABLE && rc != ERR_TOO_MANY)
				c->broken = true;
			if (c->broken)
				return NULL;
			if (rc == ERR_UNAVAILABLE)
				usleep(20000);
			else
				(void)sync_with(c->s);
		}
	}
	return NULL;
}

static void counters_make(struct store *s)
{
	for (int k = 0; k < KEYS; k++) {
		char key[16];
		(void)snprintf(key, sizeof(key), "/n/%d", k);
		CHECK(put(s, key, "0") > 0);
	}
}

/* Every acknowledged increment is there, and of those whose outcome is not known each once at most. */
static void counters_check(struct store *s, const struct counting *c, size_t n)
{
	for (int k = 0; k < KEYS; k++) {
		char key[16];
		long done = 0, maybe = 0;
		int64_t rev = 0;
		(void)snprintf(key, sizeof(key), "/n/%d", k);
		for (size_t i = 0; i < n; i++) {
			CHECK(!c[i].broken);
			done += c[i].done[k];
			maybe += c[i].maybe[k];
		}
		int64_t have = value_of(s, key, &rev);
		CHECK(have >= done && have <= done + maybe);
		if (have < done || have > done + maybe)
			fprintf(stderr, "%s is %" PRId64 ": %ld acknowledged, %ld unknown\n", key, have, done, maybe);
	}
}

#define THREADS 6
static void two_stores(void)
{
	struct store *s[2] = {open_on(DIRECT, "/two", NULL), open_on(DIRECT, "/two", NULL)};
	struct log l[2] = {LOG_INIT, LOG_INIT};
	struct store_watch *w[2];
	struct counting c[THREADS] = {0};
	pthread_t t[THREADS];
	counters_make(s[0]);
	CHECK(sync_with(s[1]) == 0);
	int64_t from = store_revision(s[0]);
	for (int i = 0; i < 2; i++)
		CHECK(store_watch_new(&w[i], s[i], "/n/", from, on_event, &l[i], NULL) == 0);
	for (int i = 0; i < THREADS; i++) {
		c[i] = (struct counting){.s = s[i % 2], .rounds = 200};
		pthread_create(&t[i], NULL, count_thread, &c[i]);
	}
	for (int i = 0; i < THREADS; i++)
		pthread_join(t[i], NULL);
	CHECK(sync_with(s[0]) == 0 && sync_with(s[1]) == 0);
	counters_check(s[0], c, THREADS);
	counters_check(s[1], c, THREADS);
	for (int i = 0; i < 2; i++) {
		int64_t rev = store_revision(s[i]);
		store_watch_progress(w[i]);
		log_until(&l[i], rev);
		store_watch_free(w[i]);
		CHECK(!l[i].bad && l[i].code == 0 && l[i].n == THREADS * 200);
	}
	CHECK(l[0].sum == l[1].sum);
	store_free(s[0]);
	store_free(s[1]);
}

static void what_others_wrote(void)
{
	struct store *a = open_on(DIRECT, "/others", NULL), *b = open_on(DIRECT, "/others", NULL),
		     *foreign = open_on(DIRECT, "/foreign", NULL);
	for (int i = 0; i < 50; i++) {
		char text[16];
		(void)snprintf(text, sizeof(text), "%d", i);
		int64_t r = put(a, "/x", text);
		CHECK(sync_with(b) == 0 && store_revision(b) >= r && has(b, "/x", text));
	}
	/* etcd's revision moves without an event for us: the tick helps. */
	CHECK(put(foreign, "/y", "y") > store_revision(b));
	int64_t t = clock_mono_ms(clock_real());
	CHECK(sync_with(b) == 0);
	CHECK(store_revision(b) > store_revision(foreign) - 2 && clock_mono_ms(clock_real()) - t < 2000);
	/* What one has, the other knows to exist, and at which revision, before it has seen it. */
	int64_t r = put(a, "/only", "once");
	int64_t rc = put_as(b, "/only", "twice", 0, false);
	CHECK(rc == ERR_EXISTS);
	CHECK(put_as(b, "/only", "again", r + 5, false) == ERR_CONFLICT);
	CHECK(put_as(b, "/only", "again", r, false) > r);
	store_free(a);
	store_free(b);
	store_free(foreign);
}

static void limits(void)
{
	struct store *s = open_on(DIRECT, "/limits", NULL);
	struct bytes *v AUTO_BYTES = object("v");
	struct store_op ops[129];
	char keys[129][16];
	struct wait w;
	for (int i = 0; i < 129; i++) {
		(void)snprintf(keys[i], sizeof(keys[i]), "/k/%d", i);
		ops[i] = (struct store_op){.kind = STORE_PUT, .key = keys[i], .value = v, .splice = SPLICE};
	}
	CHECK(commit(s, ops, 129, &w) == ERR_TOO_LARGE);
	CHECK(strstr(w.err.msg, "max-txn-ops"));
	CHECK(store_count(s, "/k/") == 0);
	CHECK(commit(s, ops, 128, &w) == 0);
	store_item_done(&w.item);
	CHECK(store_count(s, "/k/") == 128);
	struct bytes *big AUTO_BYTES = bytes_alloc(2 << 20);
	memset(big->data, 'x', big->len);
	struct store_op op = {.kind = STORE_PUT, .key = "/big", .value = big};
	CHECK(commit(s, &op, 1, &w) == ERR_TOO_LARGE);
	CHECK(put(s, "/small", "s") > 0);
	store_free(s);
	struct err e;
	CHECK(store_open(&s, &(struct store_config){.endpoints = "http://127.0.0.1:1"}, &e) == ERR_UNAVAILABLE);
	CHECK(store_open(&s, &(struct store_config){.endpoints = "ftp://x"}, &e) == ERR_INVALID);
	CHECK(store_open(&s, &(struct store_config){.endpoints = DIRECT, .ca_file = "/nonexistent"}, &e) < 0);
	/* The one that is not there is passed over. */
	s = open_on("http://127.0.0.1:1," DIRECT, "/limits", NULL);
	CHECK(store_count(s, "/k/") == 128 && put(s, "/small", "t") > 0);
	store_free(s);
}

static void kill_and_restart(void)
{
	struct store *s = open_on(DIRECT, "/kill", NULL);
	struct log l = LOG_INIT;
	struct store_watch *w;
	struct counting c[THREADS] = {0};
	pthread_t t[THREADS];
	const char *soak = getenv("STORE_KILLS");
	int64_t kills = 4;
	if (soak)
		CHECK(str_to_i64(soak, 1, 1000, &kills) == 0);
	counters_make(s);
	CHECK(store_watch_new(&w, s, "/n/", store_revision(s), on_event, &l, NULL) == 0);
	for (int i = 0; i < THREADS; i++) {
		c[i] = (struct counting){.s = s, .rounds = (int)(300 * kills)};
		pthread_create(&t[i], NULL, count_thread, &c[i]);
	}
	for (int64_t i = 0; i < kills; i++) {
		usleep(300000 + (unsigned)rand() % 200000);
		etcd_kill();
		usleep(100000);
		etcd_start();
	}
	for (int i = 0; i < THREADS; i++)
		pthread_join(t[i], NULL);
	CHECK(sync_with(s) == 0);
	counters_check(s, c, THREADS);
	int64_t rev = store_revision(s);
	store_watch_progress(w);
	log_until(&l, rev);
	/* As many events as changes: none lost, none twice. */
	int64_t sum = 0, r;
	for (int k = 0; k < KEYS; k++) {
		char key[16];
		(void)snprintf(key, sizeof(key), "/n/%d", k);
		sum += value_of(s, key, &r);
	}
	CHECK(!l.bad && l.code == 0 && (int64_t)l.n == sum);
	store_watch_free(w);
	store_free(s);
	s = open_on(DIRECT, "/kill", NULL);
	counters_check(s, c, THREADS);
	store_free(s);
}

static void paused(void)
{
	struct store *s = open_on(DIRECT, "/paused", NULL), *other = open_on(DIRECT, "/paused", NULL);
	struct log l = LOG_INIT;
	struct store_watch *w;
	CHECK(put(s, "/a", "1") > 0);
	CHECK(store_watch_new(&w, s, "/", store_revision(s), on_event, &l, NULL) == 0);
	kill(etcd_pid, SIGSTOP);
	int stopped = 0;
	CHECK(waitpid(etcd_pid, &stopped, WUNTRACED) == etcd_pid && WIFSTOPPED(stopped));
	struct bytes *v AUTO_BYTES = object("2"), *ix AUTO_BYTES = bytes_of("2");
	struct store_op op = {.kind = STORE_PUT, .key = "/a", .expect = -1, .value = v, .splice = SPLICE, .index = ix};
	struct wait d = WAIT_INIT;
	CHECK(store_commit(s, &op, 1, on_commit, &d, NULL) == 0);
	/* What is visible stays readable, what must be new is not to be had. */
	CHECK(has(s, "/a", "1"));
	int rc = sync_with(s);
	CHECK(rc == ERR_TIMEOUT || rc == ERR_UNAVAILABLE);
	kill(etcd_pid, SIGCONT);
	wait_for(&d);
	CHECK(d.code == 0 || d.code == ERR_TIMEOUT);
	if (d.code == 0)
		store_item_done(&d.item);
	int64_t r = 0;
	for (int i = 0; i < 20; i++)
		CHECK((r = put(i % 2 ? s : other, "/b", "x")) > 0);
	log_until(&l, r);
	/* The write in doubt has settled by now: etcd applies in order. */
	CHECK(!l.bad && l.code == 0 && (l.n == 20 || l.n == 21));
	CHECK(sync_with(s) == 0 && (l.n == 21) == has(s, "/a", "2"));
	store_watch_free(w);
	store_free(s);
	store_free(other);
}

static void answer_lost(void)
{
	struct forward f;
	forward_start(&f, CUT_PORT, PORT);
	struct store *s = open_on(THROUGH, "/lost", NULL);
	CHECK(put(s, "/a", "1") > 0);
	forward_set(&f, FORWARD_SWALLOW);
	/* etcd does it, and we do not hear of it: that is not a failure. */
	CHECK(put_as(s, "/a", "2", store_revision(s), false) == ERR_TIMEOUT);
	forward_set(&f, FORWARD_CUT);
	int64_t rc = put(s, "/a", "3");
	CHECK(rc == ERR_UNAVAILABLE || rc == ERR_TIMEOUT);
	forward_set(&f, FORWARD_ON);
	CHECK(sync_with(s) == 0);
	CHECK(has(s, "/a", "2"));
	store_free(s);
	/* Two ways to the same etcd: the other one is taken. */
	s = open_on(THROUGH "," DIRECT, "/lost", NULL);
	struct log l = LOG_INIT;
	struct store_watch *w;
	CHECK(store_watch_new(&w, s, "/", store_revision(s), on_event, &l, NULL) == 0);
	CHECK(put(s, "/a", "4") > 0);
	forward_set(&f, FORWARD_CUT);
	int64_t r = put(s, "/a", "5");
	CHECK(r > 0 || r == ERR_TIMEOUT);
	CHECK((r = put(s, "/a", "6")) > 0);
	log_until(&l, r);
	CHECK(!l.bad && l.code == 0 && (l.n == 3 || l.n == 2));
	store_watch_free(w);
	store_free(s);
	forward_stop(&f);
}

/* Cut off for longer than history is kept: all watches end with ERR_GONE, and what they find then is right. */
static void compacted_meanwhile(void)
{
	struct forward f;
	forward_start(&f, CUT_PORT, PORT);
	struct store *a = open_on(DIRECT, "/away", NULL), *b = open_on(THROUGH, "/away", NULL);
	char key[16];
	for (int i = 0; i < 500; i++) {
		(void)snprintf(key, sizeof(key), "/k/%d", i);
		CHECK(put(a, key, "old") > 0);
	}
	CHECK(sync_with(b) == 0 && store_count(b, "/k/") == 500);
	struct log l = LOG_INIT;
	struct store_watch *w;
	int64_t from = store_revision(b);
	CHECK(store_watch_new(&w, b, "/k/", from, on_event, &l, NULL) == 0);
	forward_set(&f, FORWARD_CUT);
	for (int i = 0; i < 300; i++) {
		(void)snprintf(key, sizeof(key), "/k/%d", i);
		CHECK((i % 3 == 0 ? del(a, key, -1) : put(a, key, "new")) > 0);
	}
	int64_t at = store_revision(a);
	CHECK(put(a, "/k/500", "new") > 0);
	CHECK(store_compact(a, at, NULL) == 0);
	CHECK(put(a, "/k/501", "new") > 0);
	usleep(300000); /* the compaction is on its way to etcd; that b is cut off meanwhile is the point */
	forward_set(&f, FORWARD_ON);
	log_until_end(&l);
	CHECK(l.code == ERR_GONE && l.n == 0);
	store_watch_free(w);
	CHECK(sync_with(b) == 0);
	CHECK(store_count(b, "/k/") == 402 && has(b, "/k/1", "new") && has(b, "/k/499", "old"));
	struct store_item i;
	CHECK(get(b, "/k/3", &i) == ERR_NOT_FOUND);
	CHECK(store_watch_new(&w, b, "/k/", from, on_event, &l, NULL) == ERR_GONE);
	struct list_wait la, lb;
	range(a, &(struct store_range){.prefix = "/k/4"}, &la);
	range(b, &(struct store_range){.prefix = "/k/4"}, &lb);
	CHECK(la.values_ok && lb.values_ok);
	CHECK_STR(la.text, lb.text);
	/* And on it goes. */
	l = (struct log)LOG_INIT;
	CHECK(store_watch_new(&w, b, "/k/", store_revision(b), on_event, &l, NULL) == 0);
	int64_t r = put(a, "/k/1", "newer");
	log_until(&l, r);
	CHECK(l.n == 1 && !l.bad);
	r = put_as(b, "/k/1", "newest", r, false);
	CHECK(r > 0);
	log_until(&l, r);
	CHECK(l.n == 2 && !l.bad);
	store_watch_free(w);
	store_free(a);
	store_free(b);
	forward_stop(&f);
}

/* SQLite -> etcd -> SQLite: everything is there, and no revision is given out twice. */
static void migration(void)
{
	AUTO_FREE char *one = str_fmt("%s/one.db", dir), *two = str_fmt("%s/two.db", dir),
		       *copy = str_fmt("%s/copy.db", dir);
	struct store *s = NULL;
	struct err e = {0};
	CHECK(store_open(&s, &(struct store_config){.path = one}, &e) == 0);
	char key[32];
	for (int i = 0; i < 400; i++) {
		(void)snprintf(key, sizeof(key), "/m/%d", i);
		put(s, key, "sqlite");
	}
	del(s, "/m/7", -1);
	CHECK(store_backup(s, copy, &e) == 0);
	int64_t top = put(s, "/m/8", "after the backup");
	store_free(s);
	struct store_config c = {.endpoints = DIRECT, .prefix = "/moved"};
	CHECK(store_import(&c, copy, &e) == 0);
	CHECK(store_import(&c, copy, &e) == ERR_EXISTS);
	CHECK(strstr(e.msg, "/moved"));
	s = open_on(DIRECT, "/moved", NULL);
	CHECK(store_count(s, "/m/") == 399 && has(s, "/m/8", "sqlite") && has(s, "/m/399", "sqlite"));
	int64_t start = store_revision(s);
	CHECK(start > top);
	struct store_watch *w;
	struct log l = LOG_INIT;
	CHECK(store_watch_new(&w, s, "/", top, on_event, &l, &e) == ERR_GONE);
	struct list_wait lw;
	range(s, &(struct store_range){.prefix = "/m/", .rev = top}, &lw);
	CHECK(lw.w.code == ERR_GONE);
	struct store_item i;
	CHECK(get(s, "/m/8", &i) == 0);
	int64_t mod = i.mod_rev;
	CHECK(mod > top);
	store_item_done(&i);
	CHECK(put_as(s, "/m/8", "etcd", top, false) == ERR_CONFLICT);
	int64_t r = put_as(s, "/m/8", "etcd", mod, false);
	CHECK(r > start);
	range(s, &(struct store_range){.prefix = "/m/8", .rev = start}, &lw);
	CHECK(lw.w.code == 0 && strstr(lw.text, "/m/8=sqlite"));
	/* Back, while the store is open. */
	CHECK(store_export(&c, two, &e) == 0);
	CHECK(store_export(&c, two, &e) == ERR_EXISTS);
	top = put(s, "/m/9", "after the export");
	AUTO_FREE char *three = str_fmt("%s/three.db", dir);
	CHECK(store_backup(s, three, &e) == 0);
	store_free(s);
	CHECK(store_open(&s, &(struct store_config){.path = two}, &e) == 0);
	CHECK(store_count(s, "/m/") == 399 && has(s, "/m/8", "etcd") && has(s, "/m/9", "sqlite"));
	CHECK(store_revision(s) > top);
	CHECK(store_watch_new(&w, s, "/", top, on_event, &l, NULL) == ERR_GONE);
	range(s, &(struct store_range){.prefix = "/m/"}, &lw);
	CHECK(lw.n == 399 && lw.values_ok);
	CHECK(put(s, "/m/8", "sqlite again") > top);
	store_free(s);
	CHECK(store_open(&s, &(struct store_config){.path = three}, &e) == 0);
	CHECK(has(s, "/m/9", "after the export"));
	store_free(s);
	c.prefix = "/nothing";
	CHECK(store_export(&c, copy, &e) == ERR_EXISTS);
	(void)unlink(copy);
	CHECK(store_export(&c, copy, &e) == ERR_NOT_FOUND);
}

static void shared_secrets(void)
{
	struct store *a = open_on(DIRECT, "/blob", NULL), *b = open_on(DIRECT, "/blob", NULL);
	struct bytes *v AUTO_BYTES = bytes_new("\0secret\377", 8), *got = NULL;
	CHECK(store_blob_get(a, "keys", &got, NULL) == ERR_NOT_FOUND);
	CHECK(store_blob_put(a, "keys", v, NULL) == 0);
	CHECK(store_blob_put(b, "keys", v, NULL) == ERR_EXISTS);
	CHECK(store_blob_get(b, "keys", &got, NULL) == 0 && got->len == 8 && memcmp(got->data, v->data, 8) == 0);
	bytes_unref(got);
	store_free(a);
	store_free(b);
}

int main(void)
{
	if (access("/usr/bin/etcd", X_OK) < 0) {
		fprintf(stderr, "no etcd (Debian's package etcd-server)\n");
		return 77;
	}
	signal(SIGPIPE, SIG_IGN);
	scratch(dir);
	(void)snprintf(data, sizeof(data), "%s/etcd", dir);
	etcd_start();
	RUN(two_stores);
	RUN(what_others_wrote);
	RUN(limits);
	RUN(shared_secrets);
	RUN(migration);
	RUN(answer_lost);
	RUN(compacted_meanwhile);
	RUN(paused);
	RUN(kill_and_restart);
	etcd_kill();
	(void)fs_rm_rf(dir, NULL);
	return TEST_END();
}
