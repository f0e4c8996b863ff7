#include "cmd/elect.h"
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>
#include "base/log.h"
#include "base/str.h"
#include "client/leaderelection.h"

#define RETRY_S 5 /* after a start that failed */

struct elect {
	struct elect_config c;
	char *identity;
	struct leaderelection *election;
	pthread_t thread;
	bool has_thread;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	bool leads, stopping; /* under lock */
};

static void on_leading(void *arg, bool leads)
{
	struct elect *x = arg;

	pthread_mutex_lock(&x->lock);
	x->leads = leads;
	pthread_cond_signal(&x->wake);
	pthread_mutex_unlock(&x->lock);
}

static bool begin(struct elect *x)
{
	struct err e = {0};

	if (x->c.start(x->c.arg, x->c.id, &e) >= 0)
		return true;
	log_error("server", x->c.lease, "cannot start what it leads, trying again: %s", e.msg);
	x->c.end(x->c.arg, x->c.id);
	return false;
}

static void *worker(void *arg)
{
	struct elect *x = arg;
	bool runs = false, failed = false;

	pthread_mutex_lock(&x->lock);
	for (;;) {
		bool want = x->leads && !x->stopping;

		if (want != runs && !failed) {
			pthread_mutex_unlock(&x->lock);
			if (want) {
				runs = begin(x);
				failed = !runs;
			} else {
				x->c.end(x->c.arg, x->c.id);
				runs = false;
			}
			pthread_mutex_lock(&x->lock);
			continue;
		}
		if (x->stopping)
			break;
		if (failed) {
			struct timespec until;

			clock_gettime(CLOCK_MONOTONIC, &until);
			until.tv_sec += RETRY_S;
			(void)pthread_cond_timedwait(&x->wake, &x->lock, &until);
			failed = false;
		} else {
			pthread_cond_wait(&x->wake, &x->lock);
		}
	}
	pthread_mutex_unlock(&x->lock);
	return NULL;
}

int elect_new(struct elect **ret, const struct elect_config *c, struct err *e)
{
	struct elect *x = calloc(1, sizeof(*x));
	pthread_condattr_t ca;
	char uuid[37];

	if (!x)
		return err_nomem(e);
	x->c = *c;
	pthread_mutex_init(&x->lock, NULL);
	pthread_condattr_init(&ca);
	pthread_condattr_setclock(&ca, CLOCK_MONOTONIC);
	pthread_cond_init(&x->wake, &ca);
	pthread_condattr_destroy(&ca);
	uuid_new(uuid);
	x->identity = str_fmt("%s_%s", c->candidate, uuid);
	struct leaderelection_config lc = {
	    .ns = "kube-system", .name = c->lease, .identity = x->identity, .leading = on_leading, .arg = x};
	struct leaderelection_deps ld = {.api = c->api, .clock = clock_real()};
	int r = x->identity ? leaderelection_new(&x->election, &lc, &ld, e) : err_nomem(e);

	if (r == 0 && (r = pthread_create(&x->thread, NULL, worker, x)) != 0)
		r = err_errno(e, r, "starting a thread");
	else if (r == 0)
		x->has_thread = true;
	if (r == 0)
		r = leaderelection_start(x->election, e);
	if (r < 0) {
		(void)elect_free(x);
		return r;
	}
	*ret = x;
	return 0;
}

void elect_stop(struct elect *x)
{
	pthread_mutex_lock(&x->lock);
	x->stopping = true;
	pthread_cond_signal(&x->wake);
	pthread_mutex_unlock(&x->lock);
}

struct elect *elect_free(struct elect *x)
{
	if (!x)
		return NULL;
	elect_stop(x);
	if (x->has_thread)
		pthread_join(x->thread, NULL);
	x->election = leaderelection_free(x->election);
	pthread_mutex_destroy(&x->lock);
	pthread_cond_destroy(&x->wake);
	free(x->identity);
	free(x);
	return NULL;
}
