/*
 * kill -9 in the middle of writing, again and again. The child tells every acknowledged write through a pipe;
 * afterwards all of them must be there, transactions whole, and no revision given out twice. STORE_KILLS=n sets the
 * number of rounds.
 */
#include <fcntl.h>
#include <signal.h>
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

static int child(const char *dir)
{
	/* History goes quickly, so that kills hit compactions too. */
	struct store *s = open_at(dir, &(struct store_config){.history_s = 1, .history_events = 50});
	struct worker w[THREADS];
	pthread_t t[THREADS];
	for (int i = 0; i < THREADS; i++) {
		w[i] = (struct worker){s, i};
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

static size_t acks, lost; /* acknowledged writes; rounds in which late ones were lost */

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
	fprintf(stderr, "%d kills, %zu acknowledged writes; %zu times late ones were lost\n", rounds, acks, lost);
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
