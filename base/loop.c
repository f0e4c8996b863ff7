#include "base/loop.h"
#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include "base/clock.h"
#include "base/str.h"

#define BATCH 64

struct loop_io {
	struct loop *loop;
	int fd;
	uint32_t events; /* 0: not in the epoll set */
	bool dead;
	loop_io_fn fn;
	void *arg;
	struct list link; /* ios, or graveyard */
};

struct loop_timer {
	struct loop *loop;
	loop_timer_fn fn;
	void *arg;
	int64_t deadline; /* ns */
	size_t pos;       /* index in the heap + 1; 0: not armed */
};

struct loop_child {
	struct loop *loop;
	pid_t pid;
	int fd;
	struct loop_io *io;
	loop_child_fn fn;
	void *arg;
};

struct task_queue {
	struct loop_task *head, **tail;
};

struct loop {
	int epfd, evfd;
	/* Freed sources may still be named by the events of the running batch: they rest here until its end. */
	struct list ios, graveyard;
	struct list hooks;
	struct loop_timer **heap;
	size_t heap_len, heap_cap, timers; /* heap_cap >= timers: arming cannot fail */
	int64_t now;                       /* at the start of this turn, ns */
	bool coarse;                       /* waits in milliseconds: Linux before 5.11, or a filter of system calls */
	bool running;                      /* atomic */
	pthread_t thread;                  /* valid while running */

	pthread_mutex_t lock; /* guards the fields below */
	struct task_queue posted, batch;
	bool sleeping; /* a poster must write to evfd */
	bool quit;
};

static void queue_init(struct task_queue *q)
{
	q->head = NULL;
	q->tail = &q->head;
}

static struct loop_task *queue_pop(struct task_queue *q)
{
	struct loop_task *t = q->head;

	if (t) {
		q->head = t->next;
		if (!q->head)
			q->tail = &q->head;
		t->next = NULL;
	}
	return t;
}

static bool queue_remove(struct task_queue *q, struct loop_task *t)
{
	for (struct loop_task **p = &q->head; *p; p = &(*p)->next) {
		if (*p != t)
			continue;
		*p = t->next;
		if (q->tail == &t->next)
			q->tail = p;
		t->next = NULL;
		return true;
	}
	return false;
}

static int64_t mono_ns(void)
{
	return clock_mono_ns(clock_real());
}

int loop_new(struct loop **ret, struct err *e)
{
	struct loop *l = calloc(1, sizeof *l);
	struct epoll_event ev = {.events = EPOLLIN};
	int saved;

	if (!l)
		return err_nomem(e);
	list_init(&l->ios);
	list_init(&l->graveyard);
	list_init(&l->hooks);
	queue_init(&l->posted);
	queue_init(&l->batch);
	l->evfd = -1;
	(void)pthread_mutex_init(&l->lock, NULL);
	l->epfd = epoll_create1(EPOLL_CLOEXEC);
	if (l->epfd >= 0)
		l->evfd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	ev.data.ptr = NULL; /* the eventfd */
	if (l->evfd < 0 || epoll_ctl(l->epfd, EPOLL_CTL_ADD, l->evfd, &ev) < 0) {
		saved = errno;
		(void)loop_free(l);
		return err_errno(e, saved, "cannot make an event loop");
	}
	l->now = mono_ns();
	*ret = l;
	return 0;
}

static void bury(struct loop *l)
{
	LIST_FOREACH_SAFE (io, next, &l->graveyard, struct loop_io, link) {
		list_del(&io->link);
		free(io);
	}
}

static void call_run(struct loop_task *t);

static void queue_drop(struct task_queue *q)
{
	struct loop_task *t;

	while ((t = queue_pop(q))) {
		__atomic_store_n(&t->queued, 0, __ATOMIC_RELEASE);
		if (t->fn == call_run)
			free(t);
	}
}

struct loop *loop_free(struct loop *l)
{
	if (!l)
		return NULL;
	queue_drop(&l->batch);
	queue_drop(&l->posted);
	bury(l);
	/* Sources the owners forgot: theirs to free, but they must not touch the loop any more. */
	LIST_FOREACH_SAFE (io, next, &l->ios, struct loop_io, link) {
		list_del(&io->link);
		io->loop = NULL;
	}
	while (!list_empty(&l->hooks))
		list_del(l->hooks.next);
	for (size_t i = 0; i < l->heap_len; i++)
		l->heap[i]->pos = 0;
	free(l->heap);
	if (l->evfd >= 0)
		(void)close(l->evfd);
	if (l->epfd >= 0)
		(void)close(l->epfd);
	(void)pthread_mutex_destroy(&l->lock);
	free(l);
	return NULL;
}

/* Posting and quitting */

static void wake(struct loop *l)
{
	const uint64_t one = 1;
	ssize_t n;

	do
		n = write(l->evfd, &one, sizeof one);
	while (n < 0 && errno == EINTR);
}

void loop_post(struct loop *l, struct loop_task *t)
{
	bool sleeping;

	if (__atomic_exchange_n(&t->queued, 1, __ATOMIC_ACQ_REL))
		return;
	t->next = NULL;
	(void)pthread_mutex_lock(&l->lock);
	*l->posted.tail = t;
	l->posted.tail = &t->next;
	sleeping = l->sleeping;
	l->sleeping = false;
	if (sleeping)
		wake(l); /* under the lock: once it is gone the loop may be freed */
	(void)pthread_mutex_unlock(&l->lock);
}

bool loop_cancel(struct loop *l, struct loop_task *t)
{
	bool found;

	(void)pthread_mutex_lock(&l->lock);
	found = queue_remove(&l->batch, t) || queue_remove(&l->posted, t);
	if (found)
		__atomic_store_n(&t->queued, 0, __ATOMIC_RELEASE);
	(void)pthread_mutex_unlock(&l->lock);
	return found;
}

struct call {
	struct loop_task task; /* first */
	void (*fn)(void *arg);
	void *arg;
};

static void call_run(struct loop_task *t)
{
	struct call c = *container_of(t, struct call, task);

	free(t);
	c.fn(c.arg);
}

int loop_call(struct loop *l, void (*fn)(void *arg), void *arg)
{
	struct call *c = calloc(1, sizeof *c);

	if (!c)
		return -ENOMEM;
	c->task.fn = call_run;
	c->fn = fn;
	c->arg = arg;
	loop_post(l, &c->task);
	return 0;
}

void loop_quit(struct loop *l)
{
	(void)pthread_mutex_lock(&l->lock);
	l->quit = true;
	l->sleeping = false;
	wake(l);
	(void)pthread_mutex_unlock(&l->lock);
}

bool loop_is_current(const struct loop *l)
{
	return __atomic_load_n(&l->running, __ATOMIC_ACQUIRE) && pthread_equal(l->thread, pthread_self());
}

void loop_at_quit(struct loop *l, struct loop_hook *h)
{
	list_add_tail(&l->hooks, &h->link);
}

void loop_hook_remove(struct loop_hook *h)
{
	list_del(&h->link);
}

/* Runs what was posted before this turn; what is posted meanwhile waits for the next. */
static void run_tasks(struct loop *l)
{
	(void)pthread_mutex_lock(&l->lock);
	if (l->posted.head) { /* the last batch has been run to its end */
		l->batch.head = l->posted.head;
		l->batch.tail = l->posted.tail;
		queue_init(&l->posted);
	}
	for (;;) {
		struct loop_task *t = queue_pop(&l->batch);

		if (!t)
			break;
		/* From here the task may be posted again, by its own function too. */
		__atomic_store_n(&t->queued, 0, __ATOMIC_RELEASE);
		(void)pthread_mutex_unlock(&l->lock);
		t->fn(t);
		(void)pthread_mutex_lock(&l->lock);
	}
	(void)pthread_mutex_unlock(&l->lock);
}

void loop_flush(struct loop *l)
{
	bool more;

	do {
		run_tasks(l);
		(void)pthread_mutex_lock(&l->lock);
		more = l->posted.head != NULL;
		(void)pthread_mutex_unlock(&l->lock);
	} while (more);
}

/* File descriptors */

int loop_io_new(struct loop_io **ret, struct loop *l, int fd, uint32_t events, loop_io_fn fn, void *arg, struct err *e)
{
	struct loop_io *io = calloc(1, sizeof *io);
	int r;

	if (!io)
		return err_nomem(e);
	io->loop = l;
	io->fd = fd;
	io->fn = fn;
	io->arg = arg;
	list_add_tail(&l->ios, &io->link);
	r = loop_io_set(io, events);
	if (r < 0) {
		list_del(&io->link);
		free(io);
		return err_errno(e, -r, "cannot watch descriptor %d", fd);
	}
	*ret = io;
	return 0;
}

int loop_io_set(struct loop_io *io, uint32_t events)
{
	struct epoll_event ev = {.events = events, .data.ptr = io};
	int op;

	if (!io->loop || io->dead)
		return -EBADF;
	if (events == io->events && !(events & EPOLLET)) /* setting an edge trigger again re-arms it */
		return 0;
	/* epoll reports hang-ups even for an empty mask: a paused descriptor is taken out, lest it spin. */
	op = !events ? EPOLL_CTL_DEL : !io->events ? EPOLL_CTL_ADD : EPOLL_CTL_MOD;
	if (epoll_ctl(io->loop->epfd, op, io->fd, &ev) < 0)
		return -errno;
	io->events = events;
	return 0;
}

struct loop_io *loop_io_free(struct loop_io *io)
{
	struct loop *l;

	if (!io || io->dead)
		return NULL;
	l = io->loop;
	if (!l) { /* outlived its loop */
		free(io);
		return NULL;
	}
	if (io->events)
		(void)epoll_ctl(l->epfd, EPOLL_CTL_DEL, io->fd, NULL);
	io->events = 0;
	io->dead = true;
	list_del(&io->link);
	list_add_tail(&l->graveyard, &io->link);
	return NULL;
}

static void dispatch(struct loop *l, const struct epoll_event *ev)
{
	struct loop_io *io = ev->data.ptr;
	uint32_t events;
	uint64_t count;

	if (!io) {
		ssize_t n;

		do
			n = read(l->evfd, &count, sizeof count);
		while (n < 0 && errno == EINTR);
		return;
	}
	/* An earlier callback of this batch may have freed, paused or narrowed it. */
	if (io->dead || !io->events)
		return;
	events = ev->events & (io->events | EPOLLERR | EPOLLHUP);
	if (events)
		io->fn(io->arg, io->fd, events);
}

/* Timers: a binary heap by deadline */

static void heap_put(struct loop *l, size_t i, struct loop_timer *t)
{
	l->heap[i] = t;
	t->pos = i + 1;
}

static void heap_up(struct loop *l, size_t i)
{
	struct loop_timer *t = l->heap[i];

	while (i > 0 && l->heap[(i - 1) / 2]->deadline > t->deadline) {
		heap_put(l, i, l->heap[(i - 1) / 2]);
		i = (i - 1) / 2;
	}
	heap_put(l, i, t);
}

static void heap_down(struct loop *l, size_t i)
{
	struct loop_timer *t = l->heap[i];

	for (;;) {
		size_t c = 2 * i + 1;

		if (c >= l->heap_len)
			break;
		if (c + 1 < l->heap_len && l->heap[c + 1]->deadline < l->heap[c]->deadline)
			c++;
		if (l->heap[c]->deadline >= t->deadline)
			break;
		heap_put(l, i, l->heap[c]);
		i = c;
	}
	heap_put(l, i, t);
}

int loop_timer_new(struct loop_timer **ret, struct loop *l, loop_timer_fn fn, void *arg)
{
	struct loop_timer *t;

	if (l->timers == l->heap_cap) {
		size_t cap = l->heap_cap ? 2 * l->heap_cap : 16;
		struct loop_timer **heap = reallocarray(l->heap, cap, sizeof(struct loop_timer *));

		if (!heap)
			return -ENOMEM;
		l->heap = heap;
		l->heap_cap = cap;
	}
	t = calloc(1, sizeof *t);
	if (!t)
		return -ENOMEM;
	t->loop = l;
	t->fn = fn;
	t->arg = arg;
	l->timers++;
	*ret = t;
	return 0;
}

void loop_timer_stop(struct loop_timer *t)
{
	struct loop *l = t->loop;
	size_t i;
	struct loop_timer *last;

	if (!t->pos)
		return;
	i = t->pos - 1;
	t->pos = 0;
	last = l->heap[--l->heap_len];
	if (last == t)
		return;
	heap_put(l, i, last);
	heap_up(l, i);
	heap_down(l, last->pos - 1);
}

static void timer_arm(struct loop_timer *t, int64_t delay, int64_t unit_ns)
{
	struct loop *l = t->loop;
	int64_t now = mono_ns();

	loop_timer_stop(t);
	/* Later than this turn's start, so that a timer that re-arms itself with 0 does not starve the rest. */
	if (now <= l->now)
		now = l->now + 1;
	if (delay < 0)
		delay = 0;
	if (delay > (INT64_MAX - now) / unit_ns)
		t->deadline = INT64_MAX;
	else
		t->deadline = now + delay * unit_ns;
	heap_put(l, l->heap_len, t);
	l->heap_len++;
	heap_up(l, l->heap_len - 1);
}

void loop_timer_set(struct loop_timer *t, int64_t delay_ms)
{
	timer_arm(t, delay_ms, 1000000);
}

void loop_timer_set_us(struct loop_timer *t, int64_t delay_us)
{
	timer_arm(t, delay_us, 1000);
}

bool loop_timer_armed(const struct loop_timer *t)
{
	return t && t->pos;
}

struct loop_timer *loop_timer_free(struct loop_timer *t)
{
	if (t) {
		loop_timer_stop(t);
		t->loop->timers--;
		free(t);
	}
	return NULL;
}

static void run_timers(struct loop *l)
{
	l->now = mono_ns();
	while (l->heap_len && l->heap[0]->deadline <= l->now) {
		struct loop_timer *t = l->heap[0];

		loop_timer_stop(t);
		t->fn(t->arg); /* may free it */
	}
}

/* Until the next timer; -1: there is none. */
static int64_t wait_ns(const struct loop *l)
{
	int64_t ns;

	if (!l->heap_len)
		return -1;
	ns = l->heap[0]->deadline - mono_ns();
	return ns > 0 ? ns : 0;
}

static int wait_events(struct loop *l, struct epoll_event *ev, int64_t ns)
{
	const struct timespec ts = {.tv_sec = ns / 1000000000, .tv_nsec = ns % 1000000000};
	int64_t ms;

	if (!l->coarse) {
		int n = epoll_pwait2(l->epfd, ev, BATCH, ns < 0 ? NULL : &ts, NULL);

		if (n >= 0 || (errno != ENOSYS && errno != EPERM))
			return n;
		l->coarse = true;
	}
	ms = ns / 1000000 + (ns % 1000000 != 0); /* rounded up: waking early would spin */
	return epoll_wait(l->epfd, ev, BATCH, ns < 0 ? -1 : ms > INT_MAX ? INT_MAX : (int)ms);
}

/* Children */

static int open_pidfd(pid_t pid)
{
	return (int)syscall(SYS_pidfd_open, pid, 0); /* CLOEXEC from birth */
}

static void child_exited(void *arg, int fd, uint32_t events)
{
	struct loop_child *c = arg;
	int status = -1;
	pid_t r;

	(void)fd;
	(void)events;
	do
		r = waitpid(c->pid, &status, WNOHANG);
	while (r < 0 && errno == EINTR);
	if (r == 0)
		return; /* not yet reapable; the descriptor stays readable */
	if (r < 0)
		status = -1;
	c->io = loop_io_free(c->io);
	(void)close(TAKE_FD(c->fd));
	c->fn(c->arg, c->pid, status);
}

int loop_child_new(struct loop_child **ret, struct loop *l, pid_t pid, loop_child_fn fn, void *arg, struct err *e)
{
	struct loop_child *c = calloc(1, sizeof *c);
	int r;

	if (!c)
		return err_nomem(e);
	c->loop = l;
	c->pid = pid;
	c->fn = fn;
	c->arg = arg;
	c->fd = open_pidfd(pid);
	if (c->fd < 0) {
		r = err_errno(e, errno, "cannot watch process %d", (int)pid);
		free(c);
		return r;
	}
	r = loop_io_new(&c->io, l, c->fd, EPOLLIN, child_exited, c, e);
	if (r < 0) {
		(void)close(c->fd);
		free(c);
		return r;
	}
	*ret = c;
	return 0;
}

struct loop_child *loop_child_free(struct loop_child *c)
{
	if (c) {
		(void)loop_io_free(c->io);
		if (c->fd >= 0)
			(void)close(c->fd);
		free(c);
	}
	return NULL;
}

/* The turn */

int loop_run(struct loop *l)
{
	struct epoll_event ev[BATCH];

	l->thread = pthread_self();
	__atomic_store_n(&l->running, true, __ATOMIC_RELEASE);
	for (;;) {
		int64_t timeout;
		int n;

		run_tasks(l);
		run_timers(l);
		bury(l);
		timeout = wait_ns(l);
		(void)pthread_mutex_lock(&l->lock);
		if (l->quit) {
			(void)pthread_mutex_unlock(&l->lock);
			break;
		}
		if (l->posted.head)
			timeout = 0;
		l->sleeping = timeout != 0;
		(void)pthread_mutex_unlock(&l->lock);
		n = wait_events(l, ev, timeout);
		if (timeout != 0) {
			(void)pthread_mutex_lock(&l->lock);
			l->sleeping = false;
			(void)pthread_mutex_unlock(&l->lock);
		}
		for (int i = 0; i < n; i++)
			dispatch(l, &ev[i]);
	}
	while (!list_empty(&l->hooks)) {
		struct loop_hook *h = container_of(l->hooks.next, struct loop_hook, link);

		list_del(&h->link);
		h->fn(h);
	}
	bury(l);
	__atomic_store_n(&l->running, false, __ATOMIC_RELEASE);
	return 0;
}

/* Threads */

struct loop_thread {
	pthread_t thread;
	struct loop *loop;
	char name[16];
};

static void *thread_main(void *arg)
{
	struct loop_thread *t = arg;

	(void)pthread_setname_np(pthread_self(), t->name);
	(void)loop_run(t->loop);
	return NULL;
}

int loop_thread_start(struct loop_thread **ret, struct loop *l, const char *name, struct err *e)
{
	struct loop_thread *t = calloc(1, sizeof *t);
	sigset_t all, old;
	int r;

	if (!t)
		return err_nomem(e);
	t->loop = l;
	(void)str_copy(t->name, sizeof t->name, name);
	/* Signals belong to the main thread. */
	(void)sigfillset(&all);
	(void)pthread_sigmask(SIG_SETMASK, &all, &old);
	r = pthread_create(&t->thread, NULL, thread_main, t);
	(void)pthread_sigmask(SIG_SETMASK, &old, NULL);
	if (r) {
		free(t);
		return err_errno(e, r, "cannot start thread %s", name);
	}
	*ret = t;
	return 0;
}

struct loop_thread *loop_thread_join(struct loop_thread *t)
{
	if (t) {
		(void)pthread_join(t->thread, NULL);
		free(t);
	}
	return NULL;
}
