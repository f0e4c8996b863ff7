/*
 * kill -9 in the middle of writing, compacting, giving space back and copying, again and again. The child tells every
 * acknowledged write through a pipe; afterwards all of them must be there, transactions whole, and no revision given
 * out twice. STORE_KILLS=n sets the number of rounds.
 */
#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include "base/proc.h"
#include "tests/unit/store/util.h"

#define THREADS 4

struct ack { /* written in one piece: pipes keep those together */
	int32_t thread, n;
	int64_t rev;
	int32_t late, pad;
};

/* --- the child --- */

struct worker {
	struct store *s;
	int id;
	const char *dir;
};

static void *child_thread(void *arg)
{
	struct worker *w = arg;
	for (int n = 1;; n++) {
		char a[32], b[32], lease[32], text[32];
		(void)snprintf(a, sizeof(a), "/a/%d", w->id);
		(void)snprintf(b, sizeof(b), "/b/%d", w->id);
		(void)snprintf(lease, sizeof(lease), "/lease/%d", w->id);
		(void)snprintf(text, sizeof(text), "%d", n);
		struct bytes *v AUTO_BYTES = object(text), *ix AUTO_BYTES = bytes_of(text);
		struct ack ack = {.thread = w->id, .n = n};
		if (n % 3 == 0) {
			ack.late = 1;
			ack.rev = put_as(w->s, lease, text, -1, true);
		} else { /* a pair that must never come apart */
			struct store_op ops[] = {
			    {.kind = STORE_PUT, .key = a, .expect = -1, .value = v, .splice = SPLICE, .index = ix},
			    {.kind = STORE_PUT, .key = b, .expect = -1, .value = v, .splice = SPLICE, .index = ix}};
			struct wait d;
			ack.rev = commit(w->s, ops, 2, &d) < 0 ? -1 : d.rev;
			if (ack.rev > 0)
				store_item_done(&d.item);
		}
		if (ack.rev < 0 || write(STDOUT_FILENO, &ack, sizeof(ack)) != sizeof(ack))
			_exit(3);
	}
	return NULL;
}

/* What is looked at in the file; with etcd there is none, and neither compaction nor copies of ours. */
static bool in_file(void)
{
	return !getenv("MINIK_TEST_ETCD");
}

/* What is large comes and goes, and history behind it: there is always something to compact and to give back. */
static void *child_churn(void *arg)
{
	struct store *s = arg;
	AUTO_FREE char *text = malloc(8001);
	struct bytes *v AUTO_BYTES = NULL;
	if (!text)
		_exit(3);
	memset(text, 'x', 8000);
	text[8000] = 0;
	v = object(text);
	for (;;) {
		struct store_op ops[200];
		char keys[200][32];
		struct wait d;
		for (int i = 0; i < 200; i++) {
			(void)snprintf(keys[i], sizeof(keys[i]), "/big/%d", i);
			ops[i] = (struct store_op){
			    .kind = STORE_PUT, .key = keys[i], .expect = -1, .value = v, .splice = SPLICE};
		}
		if (commit(s, ops, 200, &d) < 0)
			_exit(3);
		store_item_done(&d.item);
		for (int i = 0; i < 200; i++)
			ops[i] = (struct store_op){.kind = STORE_DELETE, .key = keys[i], .expect = -1};
		if (commit(s, ops, 200, &d) < 0 || store_compact(s, d.rev, NULL) < 0)
			_exit(3);
		store_item_done(&d.item);
		usleep(20000);
	}
}

static void *child_copy(void *arg)
{
	struct store *s = ((struct worker *)arg)->s;
	const char *dir = ((struct worker *)arg)->dir;
	AUTO_FREE char *copy = str_fmt("%s/copy", dir);
	for (;;) {
		struct err e;
		(void)unlink(copy);
		if (store_backup(s, copy, &e) < 0) {
			fprintf(stderr, "%s\n", e.msg);
			_exit(3);
		}
		usleep(100000);
	}
}

static int child(const char *dir)
{
	struct store *s =
	    open_at(dir, &(struct store_config){.history_s = 1, .history_events = 50, .shrink_bytes = 1 << 16});
	struct worker w[THREADS];
	pthread_t t[THREADS], churn, copy;
	struct worker copier = {.s = s, .dir = dir};
	/* Compaction waits for a copy: in every other life there is none. */
	if (in_file() && (pthread_create(&churn, NULL, child_churn, s) ||
			  (getpid() % 2 && pthread_create(&copy, NULL, child_copy, &copier))))
		return 3;
	for (int i = 0; i < THREADS; i++) {
		w[i] = (struct worker){.s = s, .id = i};
		if (pthread_create(&t[i], NULL, child_thread, &w[i]))
			return 3;
	}
	for (int i = 0; i < THREADS; i++)
		pthread_join(t[i], NULL);
	return 3;
}

/* --- the parent --- */

static void on_nothing(void *arg, int code, const struct store_event *ev, size_t n, int64_t rev)
{
	(void)arg, (void)code, (void)ev, (void)n, (void)rev;
}

static int number_of(struct store *s, const char *prefix, int id, int64_t *ret_rev)
{
	char key[32];
	(void)snprintf(key, sizeof(key), "%s%d", prefix, id);
	struct store_item i;
	if (get(s, key, &i) < 0)
		return 0;
	int64_t n = 0;
	CHECK(str_to_i64(i.index->data, 0, INT32_MAX, &n) == 0);
	CHECK(has(s, key, i.index->data));
	*ret_rev = i.mod_rev;
	store_item_done(&i);
	return (int)n;
}

static int64_t number(const char *dir, const char *sql, int64_t want)
{
	AUTO_FREE char *path = str_fmt("%s/db", dir);
	sqlite3 *db;
	sqlite3_stmt *q = NULL;
	int64_t n = -1;
	CHECK(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK);
	if (sqlite3_prepare_v2(db, sql, -1, &q, NULL) == SQLITE_OK && sqlite3_step(q) == SQLITE_ROW)
		n = sqlite3_column_type(q, 0) == SQLITE_TEXT ? streq((const char *)sqlite3_column_text(q, 0), "ok")
							     : sqlite3_column_int64(q, 0);
	if (want >= 0 && n != want)
		fprintf(stderr, "%s: %s: %" PRId64 "\n", path, sql, n);
	sqlite3_finalize(q);
	sqlite3_close(db);
	return n;
}

/* Every change that is not compacted finds what was there before it. */
static const char *const orphans = "SELECT count(*) FROM log a WHERE prev<>0 AND id>coalesce((SELECT v FROM meta WHERE "
				   "k='swept'),0) AND NOT EXISTS(SELECT 1 FROM log b WHERE b.id=a.prev)";

static size_t acks, sweeps,
    lost; /* acknowledged writes; rounds that ended in a compaction, in which late ones were lost */

static int64_t one_round(const char *exe, const char *dir, unsigned ms, int64_t top)
{
	int p[2];
	if (pipe2(p, O_CLOEXEC) < 0)
		abort();
	const char *argv[] = {exe, "--child", dir, NULL};
	pid_t pid;
	struct err e;
	if (proc_spawn(&(struct proc_spec){.argv = argv, .stdin_fd = -1, .stdout_fd = p[1], .stderr_fd = 2}, &pid, &e) <
	    0) {
		fprintf(stderr, "%s\n", e.msg);
		abort();
	}
	close(p[1]);
	/* The clock starts with the first acknowledgement. */
	struct ack first, ack = {0}, last[THREADS] = {{0}};
	CHECK(read(p[0], &first, sizeof(first)) == sizeof(first));
	usleep(ms * 1000);
	CHECK(kill(pid, SIGKILL) == 0);
	int64_t lowest = first.rev, highest = first.rev, late_top = 0;
	size_t n = 1;
	for (ack = first;;) {
		highest = ack.rev > highest ? ack.rev : highest;
		lowest = ack.rev < lowest ? ack.rev : lowest;
		if (ack.late)
			late_top = ack.rev > late_top ? ack.rev : late_top;
		else
			last[ack.thread] = ack;
		if (read(p[0], &ack, sizeof(ack)) != sizeof(ack))
			break;
		n++;
	}
	close(p[0]);
	int status;
	CHECK(waitpid(pid, &status, 0) == pid && WIFSIGNALED(status));
	CHECK(lowest > top); /* no revision twice */
	CHECK(!in_file() || number(dir, orphans, 0) == 0);
	sweeps +=
	    in_file() &&
	    number(dir, "SELECT max(v)<>(SELECT v<<12|4095 FROM meta WHERE k='compacted') FROM meta WHERE k='swept'",
		   -1) == 1;

	struct store *s = open_at(dir, NULL);
	CHECK(store_revision(s) > highest);
	int64_t durable = store_compacted(s);
	for (int i = 0; i < THREADS; i++) {
		int64_t ra = 0, rb = 0, rl = 0;
		int a = number_of(s, "/a/", i, &ra), b = number_of(s, "/b/", i, &rb);
		(void)number_of(s, "/lease/", i, &rl);
		CHECK(last[i].n == 0 || (a >= last[i].n && ra >= last[i].rev));
		CHECK(a == b && ra == rb);
		durable = ra > durable ? ra : durable;
		durable = rl > durable ? rl : durable;
	}
	/* Who saw a late write that is lost must not be told that nothing happened since. */
	struct store_watch *w;
	if (late_top > durable) {
		lost++;
		CHECK(store_watch_new(&w, s, "/", late_top, on_nothing, NULL, NULL) == ERR_GONE);
	}
	CHECK(store_watch_new(&w, s, "/", store_revision(s), on_nothing, NULL, NULL) == 0);
	store_watch_free(w);
	top = store_revision(s);
	store_free(s);
	CHECK(!in_file() || number(dir, "PRAGMA integrity_check", 1) == 1);
	CHECK(!in_file() || number(dir, orphans, 0) == 0);
	acks += n;
	return top;
}

static int rounds = 12;
static char *exe;

static void kills(void)
{
	char dir[64];
	scratch(dir);
	int64_t top = 0;
	for (int i = 0; i < rounds && test_failures_ == 0; i++)
		top = one_round(exe, dir, (unsigned)(i * 37) % 100, top);
	fprintf(stderr, "%d kills, %zu acknowledged writes; %zu in a compaction, %zu times late ones were lost\n",
		rounds, acks, sweeps, lost);
	/* What the last one left behind goes too, and then there is little: a few keys, and at most one turn of the
	 * churn. */
	struct store *s = open_at(dir, &(struct store_config){.shrink_bytes = 1 << 16});
	put(s, "/a/0", "last");
	CHECK(store_compact(s, store_revision(s), NULL) == 0);
	for (int i = 0; in_file() && i < 3000 && number(dir, "PRAGMA page_count", -1) > 1024; i++)
		usleep(10000);
	CHECK(!in_file() || number(dir, "PRAGMA page_count", -1) <= 1024);
	CHECK(has(s, "/a/0", "last"));
	store_free(s);
	(void)fs_rm_rf(dir, NULL);
}

int main(int argc, char **argv)
{
	if (argc == 3 && streq(argv[1], "--child"))
		return child(argv[2]);
	const char *n = getenv("STORE_KILLS");
	int64_t v;
	if (n && str_to_i64(n, 1, 100000, &v) == 0)
		rounds = (int)v;
	struct err e;
	if (proc_self_exe(&exe, &e) < 0)
		return 1;
	RUN(kills);
	free(exe);
	return TEST_END();
}
