#include "tests/unit/test.h"
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include "base/clock.h"
#include "base/loop.h"
#include "base/pool.h"
#include "base/proc.h"
#include "base/str.h"

struct world {
	struct loop *l;
	char log[256];
	int n;
	struct loop_timer *t[64];
	struct loop_io *io[8];
	int fds[8];
	struct loop_task task;
};

static void quit(void *arg)
{
	loop_quit(arg);
}

static void note(struct world *w, const char *s)
{
	size_t n = strlen(w->log);

	(void)snprintf(w->log + n, sizeof w->log - n, "%s", s);
}

struct named {
	struct world *w;
	const char *name;
	int again;
	struct loop_timer *t;
};

static void named_fired(void *arg)
{
	struct named *n = arg;

	note(n->w, n->name);
}

static void timers(void)
{
	struct world w = {0};
	struct named a = {&w, "a", 0, NULL}, b = {&w, "b", 0, NULL}, c = {&w, "c", 0, NULL}, d = {&w, "d", 0, NULL};
	struct loop_timer *q;
	struct err e = {0};
	int64_t start = clock_mono_ms(clock_real());

	CHECK(loop_new(&w.l, &e) == 0);
	CHECK(loop_timer_new(&a.t, w.l, named_fired, &a) == 0);
	CHECK(loop_timer_new(&b.t, w.l, named_fired, &b) == 0);
	CHECK(loop_timer_new(&c.t, w.l, named_fired, &c) == 0);
	CHECK(loop_timer_new(&d.t, w.l, named_fired, &d) == 0);
	CHECK(loop_timer_new(&q, w.l, quit, w.l) == 0);
	loop_timer_set(a.t, 30);
	loop_timer_set(b.t, 10);
	loop_timer_set(c.t, 5);
	loop_timer_set(c.t, 20);
	loop_timer_set(d.t, 15);
	loop_timer_stop(d.t);
	CHECK(!loop_timer_armed(d.t) && loop_timer_armed(c.t));
	loop_timer_set(q, 40);
	CHECK(loop_run(w.l) == 0);
	CHECK_STR(w.log, "bca");
	CHECK(clock_mono_ms(clock_real()) - start >= 40);
	loop_timer_free(a.t);
	loop_timer_free(b.t);
	loop_timer_free(c.t);
	loop_timer_free(d.t);
	loop_timer_free(q);
	CHECK(loop_free(w.l) == NULL);
}

static void again_fired(void *arg)
{
	struct named *n = arg;

	note(n->w, n->name);
	if (n->again-- > 0)
		loop_timer_set(n->t, 0);
	else
		loop_quit(n->w->l);
}

static void a_timer_again(void)
{
	struct world w = {0};
	struct named b = {&w, "b", 2, NULL};
	struct err e = {0};

	CHECK(loop_new(&w.l, &e) == 0);
	CHECK(loop_timer_new(&b.t, w.l, again_fired, &b) == 0);
	loop_timer_set(b.t, 0);
	CHECK(loop_run(w.l) == 0);
	CHECK_STR(w.log, "bbb");
	loop_timer_free(b.t);
	CHECK(loop_free(w.l) == NULL);
}

/* When a timer is due, as well as it is known from outside: it was set between two looks at the clock. */
struct due {
	int64_t from, to;
};
static int64_t latest_from;
static bool in_order;
static unsigned fired_count;

static void ordered(void *arg)
{
	const struct due *d = arg;

	if (d->to < latest_from)
		in_order = false;
	if (d->from > latest_from)
		latest_from = d->from;
	fired_count++;
}

struct repeat {
	struct loop *l;
	struct loop_timer *t;
	int left;
	int64_t set_ns;
	bool early;
};

static void repeat_fired(void *arg)
{
	struct repeat *r = arg;
	int64_t now = clock_mono_ns(clock_real());

	if (now - r->set_ns < 100000)
		r->early = true;
	if (--r->left == 0) {
		loop_quit(r->l);
		return;
	}
	r->set_ns = now;
	loop_timer_set_us(r->t, 100);
}

/* Never early, and not rounded up to milliseconds. */
static void short_timers(void)
{
	struct repeat r = {.left = 200};
	int64_t best = INT64_MAX;

	CHECK(loop_new(&r.l, NULL) == 0);
	CHECK(loop_timer_new(&r.t, r.l, repeat_fired, &r) == 0);
	CHECK(!loop_timer_armed(r.t));
	r.set_ns = clock_mono_ns(clock_real());
	loop_timer_set_us(r.t, 100);
	CHECK(loop_timer_armed(r.t));
	CHECK(loop_run(r.l) == 0);
	CHECK(r.left == 0 && !r.early);
	loop_timer_free(r.t);
	loop_free(r.l);
	/* A busy machine may be late at any of them, but not at all. */
	for (int i = 0; i < 50; i++) {
		struct loop *l;
		struct loop_timer *q;
		int64_t start = clock_mono_ns(clock_real()), took;

		CHECK(loop_new(&l, NULL) == 0);
		CHECK(loop_timer_new(&q, l, quit, l) == 0);
		loop_timer_set_us(q, 100);
		CHECK(loop_run(l) == 0);
		took = clock_mono_ns(clock_real()) - start;
		best = took < best ? took : best;
		loop_timer_free(q);
		loop_free(l);
	}
	CHECK(best >= 100000 && best < 1000000);
}

static void many_timers(void)
{
	struct loop *l;
	struct loop_timer *t[500], *q;
	struct due due[500];
	unsigned seed = 7, armed = 0;

	latest_from = 0;
	fired_count = 0;
	in_order = true;
	CHECK(loop_new(&l, NULL) == 0);
	for (int i = 0; i < 500; i++) {
		int ms = (int)(rand_r(&seed) % 20) * 2;

		CHECK(loop_timer_new(&t[i], l, ordered, &due[i]) == 0);
		due[i].from = clock_mono_ns(clock_real()) + ms * INT64_C(1000000);
		loop_timer_set(t[i], ms);
		due[i].to = clock_mono_ns(clock_real()) + ms * INT64_C(1000000);
	}
	for (int i = 0; i < 500; i += 3)
		loop_timer_stop(t[i]);
	for (int i = 1; i < 500; i += 3)
		t[i] = loop_timer_free(t[i]);
	for (int i = 0; i < 500; i++)
		armed += loop_timer_armed(t[i]);
	CHECK(loop_timer_new(&q, l, quit, l) == 0);
	loop_timer_set(q, 60);
	CHECK(loop_run(l) == 0);
	CHECK(in_order && fired_count == armed && armed > 100);
	for (int i = 0; i < 500; i++)
		loop_timer_free(t[i]);
	loop_timer_free(q);
	loop_free(l);
}

/* The first readable descriptor frees every source, itself included, though all are in the batch. */
static void kill_all(void *arg, int fd, uint32_t events)
{
	struct world *w = arg;

	(void)fd;
	CHECK(events & EPOLLIN);
	w->n++;
	for (int i = 0; i < 4; i++)
		w->io[i] = loop_io_free(w->io[i]);
	for (int i = 0; i < 8; i++)
		close(w->fds[i]);
	loop_quit(w->l);
}

static void freed_in_batch(void)
{
	struct world w = {0};

	CHECK(loop_new(&w.l, NULL) == 0);
	for (int i = 0; i < 4; i++) {
		CHECK(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, &w.fds[2 * i]) == 0);
		CHECK(write(w.fds[2 * i + 1], "x", 1) == 1);
		CHECK(loop_io_new(&w.io[i], w.l, w.fds[2 * i], EPOLLIN, kill_all, &w, NULL) == 0);
	}
	CHECK(loop_run(w.l) == 0);
	CHECK(w.n == 1);
	loop_free(w.l);
}

static void paused_io(void *arg, int fd, uint32_t events)
{
	struct world *w = arg;
	char c;

	w->n++;
	if (w->n == 1) { /* pauses: a hung-up peer must not make it spin */
		CHECK(loop_io_set(w->io[0], 0) == 0);
		loop_timer_set(w->t[0], 20);
	} else if (w->n == 2) {
		CHECK(events & EPOLLIN);
		CHECK(read(fd, &c, 1) == 1 && read(fd, &c, 1) == 0);
		w->io[0] = loop_io_free(w->io[0]);
		loop_quit(w->l);
	}
}

static void unpause(void *arg)
{
	struct world *w = arg;

	CHECK(w->n == 1);
	CHECK(loop_io_set(w->io[0], EPOLLIN) == 0);
}

static void pausing(void)
{
	struct world w = {0};

	CHECK(loop_new(&w.l, NULL) == 0);
	CHECK(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, w.fds) == 0);
	CHECK(write(w.fds[1], "x", 1) == 1);
	close(w.fds[1]);
	CHECK(loop_io_new(&w.io[0], w.l, w.fds[0], EPOLLIN | EPOLLRDHUP, paused_io, &w, NULL) == 0);
	CHECK(loop_timer_new(&w.t[0], w.l, unpause, &w) == 0);
	CHECK(loop_run(w.l) == 0);
	CHECK(w.n == 2);
	loop_timer_free(w.t[0]);
	close(w.fds[0]);
	loop_free(w.l);
	CHECK(loop_new(&w.l, NULL) == 0);
	CHECK(loop_io_new(&w.io[0], w.l, 999, EPOLLIN, paused_io, &w, NULL) == -EBADF);
	loop_free(w.l);
}

struct poster {
	struct loop *l;
	pthread_t thread;
	struct loop_task task;
	int *total;
};

static void count_call(void *arg)
{
	(*(int *)arg)++;
}

static void *post_many(void *arg)
{
	struct poster *p = arg;

	for (int i = 0; i < 20000; i++)
		if (loop_call(p->l, count_call, p->total) < 0)
			return NULL;
	if (loop_call(p->l, quit, p->l) < 0)
		return NULL;
	return NULL;
}

static void recount(struct loop_task *t)
{
	struct world *w = container_of(t, struct world, task);

	if (++w->n < 3)
		loop_post(w->l, t);
	else
		loop_quit(w->l);
}

static void posts(void)
{
	struct world w = {.task = {.fn = recount}};
	struct loop_task other = {.fn = recount};
	struct poster p[3];
	struct loop_thread *lt;
	int total = 0;
	struct err e = {0};

	CHECK(loop_new(&w.l, &e) == 0);
	loop_post(w.l, &w.task);
	loop_post(w.l, &w.task); /* coalesces */
	loop_post(w.l, &other);
	CHECK(loop_cancel(w.l, &other) && !loop_cancel(w.l, &other));
	CHECK(!loop_is_current(w.l));
	CHECK(loop_run(w.l) == 0 && w.n == 3);
	loop_free(w.l);

	CHECK(loop_new(&w.l, &e) == 0);
	for (int i = 0; i < 3; i++) {
		p[i] = (struct poster){.l = w.l, .total = &total};
		CHECK(pthread_create(&p[i].thread, NULL, post_many, &p[i]) == 0);
	}
	CHECK(loop_thread_start(&lt, w.l, "test", &e) == 0);
	for (int i = 0; i < 3; i++)
		pthread_join(p[i].thread, NULL);
	CHECK(loop_thread_join(lt) == NULL);
	CHECK(total >= 20000 && total <= 60000);
	loop_free(w.l); /* drops what was left, without a leak */
}

static void exited(void *arg, pid_t pid, int status)
{
	struct world *w = arg;

	(void)pid;
	w->n = status;
	loop_quit(w->l);
}

static void children(void)
{
	const char *const argv[] = {"sh", "-c", "sleep 0.05; exit 7", NULL};
	struct proc_spec spec = {.argv = argv, .stdin_fd = -1, .stdout_fd = -1, .stderr_fd = -1};
	struct world w = {0};
	struct loop_child *c;
	struct err e = {0};
	pid_t pid;

	CHECK(loop_new(&w.l, &e) == 0);
	CHECK(proc_spawn(&spec, &pid, &e) == 0);
	CHECK(loop_child_new(&c, w.l, pid, exited, &w, &e) == 0);
	CHECK(loop_run(w.l) == 0);
	CHECK(WIFEXITED(w.n) && WEXITSTATUS(w.n) == 7);
	CHECK(waitpid(pid, NULL, WNOHANG) < 0 && errno == ECHILD);
	CHECK(loop_child_free(c) == NULL);
	loop_free(w.l);
}

/* Idle loops do not wake up: a loop with a far timer takes no CPU and one system call. */
static void idle(void)
{
	struct timespec before, after;
	struct loop *l;
	struct loop_timer *t;

	CHECK(loop_new(&l, NULL) == 0);
	CHECK(loop_timer_new(&t, l, quit, l) == 0);
	loop_timer_set(t, 200);
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &before);
	CHECK(loop_run(l) == 0);
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &after);
	CHECK((after.tv_sec - before.tv_sec) * 1000000000 + after.tv_nsec - before.tv_nsec < 20000000);
	loop_timer_free(t);
	loop_free(l);
}

struct work {
	struct pool_job job; /* first */
	int seq, *last, *running, *max_running, *bad, *finished;
};

static void work_run(struct pool_job *j)
{
	struct work *k = (struct work *)j;
	int now = __atomic_add_fetch(k->running, 1, __ATOMIC_SEQ_CST);
	struct timespec ts = {0, 300000};

	if (now > __atomic_load_n(k->max_running, __ATOMIC_SEQ_CST))
		__atomic_store_n(k->max_running, now, __ATOMIC_SEQ_CST);
	if (*k->last != k->seq - 1)
		__atomic_add_fetch(k->bad, 1, __ATOMIC_SEQ_CST);
	nanosleep(&ts, NULL);
	*k->last = k->seq;
	__atomic_sub_fetch(k->running, 1, __ATOMIC_SEQ_CST);
}

static void work_done(struct pool_job *j)
{
	struct work *k = (struct work *)j;

	__atomic_add_fetch(k->finished, 1, __ATOMIC_SEQ_CST);
	free(k);
}

static void pools(void)
{
	int last[5] = {-1, -1, -1, -1, -1}, running = 0, max_running = 0, bad = 0, finished = 0;
	struct pool *p;
	struct loop *l;
	struct loop_thread *lt;

	CHECK(pool_new(&p, 4, "test", NULL) == 0);
	CHECK(loop_new(&l, NULL) == 0);
	CHECK(loop_thread_start(&lt, l, "loop", NULL) == 0);
	for (int i = 0; i < 500; i++) {
		struct work *k = calloc(1, sizeof *k);

		k->job.run = work_run;
		k->job.done = work_done;
		k->job.done_loop = i % 2 ? l : NULL;
		(void)snprintf(k->job.key, sizeof k->job.key, "key%d", i % 5);
		k->seq = i / 5;
		k->last = &last[i % 5];
		k->running = &running;
		k->max_running = &max_running;
		k->bad = &bad;
		k->finished = &finished;
		pool_submit(p, &k->job);
	}
	pool_drain(p);
	CHECK(bad == 0 && max_running > 1 && max_running <= 4);
	for (int i = 0; i < 5; i++)
		CHECK(last[i] == 99);
	CHECK(pool_free(p) == NULL);
	CHECK(loop_call(l, quit, l) == 0);
	loop_thread_join(lt);
	CHECK(finished == 500);
	loop_free(l);
}

static void running_programs(void)
{
	const char *const yes[] = {"yes", NULL}, *const cat[] = {"cat", NULL},
			  *const fail[] = {"sh", "-c", "echo one >&2; echo two >&2; exit 3", NULL};
	const char *const slow[] = {"sh", "-c", "sleep 10 & sleep 10", NULL}, *const none[] = {"/nonexistent/program",
											       NULL};
	const char *const detach[] = {"sh", "-c", "sleep 5 & echo out", NULL}, *const sig[] = {"sh", "-c", "kill -9 $$",
											       NULL};
	const char *const fds[] = {"sh", "-c", "cat <&5; ls /proc/self/fd | wc -l; grep SigIgn /proc/self/status",
				   NULL};
	AUTO_BUF struct buf out = {0}, big = {0}, errs = {0};
	struct err e = {0};
	int64_t start;
	int code, leaked, p[2];
	pid_t pid;

	for (int i = 0; i < 100000; i++)
		buf_addf(&big, "%d\n", i);
	CHECK(proc_run(cat, big.data, big.len, &out, NULL, 1 << 20, 5000, &code, &e) == 0 && code == 0);
	CHECK(out.len == big.len && memcmp(out.data, big.data, out.len) == 0);
	buf_done(&out);
	CHECK(proc_run(cat, big.data, big.len, &out, NULL, 10, 5000, &code, &e) == 0 && out.len == 10);
	CHECK(proc_check(fail, 5000, &e) < 0);
	CHECK_STR(e.msg, "sh failed with exit code 3: two");
	CHECK(proc_run(none, NULL, 0, NULL, NULL, 0, 5000, &code, &e) == -ENOENT);
	CHECK(proc_run(sig, NULL, 0, NULL, NULL, 0, 5000, &code, &e) == 0 && code == 137);
	start = clock_mono_ms(clock_real());
	CHECK(proc_run(yes, NULL, 0, NULL, NULL, 100, 100, &code, &e) == ERR_TIMEOUT);
	CHECK(proc_run(slow, NULL, 0, &out, &errs, 100, 100, &code, &e) == ERR_TIMEOUT);
	buf_done(&out);
	CHECK(proc_run(detach, NULL, 0, &out, NULL, 100, 0, &code, &e) == 0 && code == 0);
	CHECK_STR(out.data, "out\n");
	CHECK(clock_mono_ms(clock_real()) - start < 3000);

	/* Numbers that overlap: 5 -> 3 and 3 -> 5 at once; a leaked descriptor is closed. */
	leaked = open("/dev/null", O_RDONLY); /* no O_CLOEXEC on purpose */
	CHECK(leaked >= 0 && pipe2(p, O_CLOEXEC) == 0);
	(void)signal(SIGUSR1, SIG_IGN);
	{
		int a[2], b[2];
		char got[200] = "";
		ssize_t n, total = 0;
		struct proc_fd map[2];
		struct proc_spec spec = {.argv = fds, .stdin_fd = -1, .stderr_fd = -1, .fds = map, .n_fds = 2};

		CHECK(pipe2(a, O_CLOEXEC) == 0 && pipe2(b, O_CLOEXEC) == 0);
		CHECK(write(a[1], "A", 1) == 1 && write(b[1], "B", 1) == 1);
		map[0] = (struct proc_fd){a[0], b[0]};
		map[1] = (struct proc_fd){b[0], a[0]};
		if (b[0] != 5 && a[0] != 5)
			map[1].child = 5;
		spec.stdout_fd = p[1];
		CHECK(proc_spawn(&spec, &pid, &e) == 0);
		close(p[1]);
		close(a[1]);
		close(b[1]);
		while ((n = read(p[0], got + total, sizeof got - 1 - (size_t)total)) > 0)
			total += n;
		CHECK(waitpid(pid, NULL, 0) == pid);
		CHECK(got[0] == 'A' || got[0] == 'B');
		/* 0, 1, 2, the two passed, ls' own */
		CHECK(strtol(got + 1, NULL, 10) == 6);
		CHECK(strstr(got, "SigIgn:\t") &&
		      !(strtoull(strstr(got, "SigIgn:\t") + 8, NULL, 16) & 1u << (SIGUSR1 - 1)));
		close(a[0]);
		close(b[0]);
	}
	close(p[0]);
	close(leaked);
	{
		char *self = NULL;

		CHECK(proc_self_exe(&self, &e) == 0 && strstr(self, "test_loop"));
		free(self);
	}
}

int main(void)
{
	RUN(timers);
	RUN(a_timer_again);
	RUN(short_timers);
	RUN(many_timers);
	RUN(freed_in_batch);
	RUN(pausing);
	RUN(posts);
	RUN(children);
	RUN(idle);
	RUN(pools);
	RUN(running_programs);
	return TEST_END();
}
