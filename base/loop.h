/*
 * Event loop: epoll, timers, child exits, and work posted from other threads. One loop runs on
 * one thread; every function but loop_post and loop_quit is called on that thread (or before
 * loop_run). Callbacks may add and remove any source, themselves included. An idle loop does not
 * wake up.
 */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>
#include <sys/epoll.h>
#include "base/err.h"
#include "base/list.h"

struct loop; /* opaque */
struct loop_io;
struct loop_timer;
struct loop_child;

int loop_new(struct loop **ret, struct err *e);
struct loop *loop_free(struct loop *l); /* after loop_run returned and all sources were freed; posted tasks are dropped */
int loop_run(struct loop *l);		/* until loop_quit; 0 */
void loop_quit(struct loop *l);		/* any thread; sticky */
/* After loop_run has returned for good: runs what is still posted, on the calling thread, so that owners can clean up. */
void loop_flush(struct loop *l);
bool loop_is_current(const struct loop *l);
/* Calls fn on the loop's thread when loop_run is about to return, once: for waking threads that wait for the loop.
   The owner keeps h until then or until loop_hook_remove (loop's thread, or not running). */
struct loop_hook {
	void (*fn)(struct loop_hook *h);
	struct list link; /* private */
};
void loop_at_quit(struct loop *l, struct loop_hook *h); /* loop's thread, or before loop_run */
void loop_hook_remove(struct loop_hook *h);

/* A task the poster owns until fn runs; posting an already posted task does nothing (coalesces).
   Never fails. Any thread. */
struct loop_task {
	void (*fn)(struct loop_task *t);
	struct loop_task *next; /* private */
	int queued;		/* private, atomic */
};
void loop_post(struct loop *l, struct loop_task *t);
/* Takes back a posted task that has not begun (before its memory goes away); true if it was waiting. Loop's thread. */
bool loop_cancel(struct loop *l, struct loop_task *t);
/* Same, allocating: for one-off calls. -ENOMEM. Any thread. */
int loop_call(struct loop *l, void (*fn)(void *arg), void *arg);

/* events: EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET; 0 pauses (not even EPOLLHUP is reported then). fd is
   borrowed: free the source before closing it. EPOLLERR and EPOLLHUP come unasked. */
typedef void (*loop_io_fn)(void *arg, int fd, uint32_t events);
int loop_io_new(struct loop_io **ret, struct loop *l, int fd, uint32_t events, loop_io_fn fn, void *arg, struct err *e);
int loop_io_set(struct loop_io *io, uint32_t events);
struct loop_io *loop_io_free(struct loop_io *io); /* NULL is fine; returns NULL */

/* One-shot timers on CLOCK_MONOTONIC (no timerfd each: a heap). */
typedef void (*loop_timer_fn)(void *arg);
int loop_timer_new(struct loop_timer **ret, struct loop *l, loop_timer_fn fn, void *arg);
void loop_timer_set(struct loop_timer *t, int64_t delay_ms); /* re-arms; 0 fires on the next turn */
void loop_timer_set_us(struct loop_timer *t, int64_t delay_us); /* later by the thread's timer slack (prctl(2)) */
void loop_timer_stop(struct loop_timer *t);
bool loop_timer_armed(const struct loop_timer *t);
struct loop_timer *loop_timer_free(struct loop_timer *t);

/* Reaps pid, a child of this process, when it exits (pidfd), and calls fn once with the waitpid status, or -1
   when somebody else reaped it. The owner frees the source, in fn or later. */
typedef void (*loop_child_fn)(void *arg, pid_t pid, int status);
int loop_child_new(struct loop_child **ret, struct loop *l, pid_t pid, loop_child_fn fn, void *arg, struct err *e);
struct loop_child *loop_child_free(struct loop_child *c); /* forgets; the child goes on */

/* A thread that runs its own loop, the usual shape of a component. */
struct loop_thread;
int loop_thread_start(struct loop_thread **ret, struct loop *l, const char *name, struct err *e);
struct loop_thread *loop_thread_join(struct loop_thread *t); /* waits for loop_run to return */
