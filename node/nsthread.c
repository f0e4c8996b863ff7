#include "node/nsthread.h"
#include <errno.h>
#include <pthread.h>
#include <signal.h>

struct job {
	int (*fn)(void *arg, struct err *e);
	void *arg;
	struct err err;
	int result;
};

static void *job_main(void *arg)
{
	struct job *j = arg;

	j->result = j->fn(j->arg, &j->err);
	return NULL;
}

int ns_thread_run(int (*fn)(void *arg, struct err *e), void *arg, struct err *e)
{
	struct job j = {.fn = fn, .arg = arg};
	sigset_t all, old;
	pthread_t t;
	int r;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &old);
	r = pthread_create(&t, NULL, job_main, &j);
	pthread_sigmask(SIG_SETMASK, &old, NULL);
	if (r != 0)
		return err_errno(e, r, "cannot start a thread");
	pthread_join(t, NULL);
	if (j.result < 0 && e)
		*e = j.err;
	return j.result;
}
