/* What tests of the HTTP server share: a server that runs, and counts of what happens on its threads, to be waited for. */
#pragma once
#include <pthread.h>
#include <stdio.h>
#include <time.h>
#include "tests/unit/test.h"
#include "wire/http_server.h"

/* Guards a fixture's counts. */
struct gate {
	pthread_mutex_t lock;
	pthread_cond_t cond;
};

static inline void gate_init(struct gate *g)
{
	pthread_mutex_init(&g->lock, NULL);
	pthread_cond_init(&g->cond, NULL);
}

static inline void gate_bump(struct gate *g, int *what)
{
	pthread_mutex_lock(&g->lock);
	(*what)++;
	pthread_cond_broadcast(&g->cond);
	pthread_mutex_unlock(&g->lock);
}

/* Until *what is at least want; false after 10 s. */
static inline bool gate_wait(struct gate *g, const int *what, int want)
{
	struct timespec until;
	bool ok;

	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += 10;
	pthread_mutex_lock(&g->lock);
	while (*what < want && pthread_cond_timedwait(&g->cond, &g->lock, &until) == 0)
		;
	ok = *what >= want;
	pthread_mutex_unlock(&g->lock);
	return ok;
}

static inline void server_up(struct http_server **ret, const struct http_server_config *c,
			     void (*handle)(void *arg, struct http_exchange *x), void *arg)
{
	struct err e = {0};

	CHECK(http_server_new(ret, c, handle, arg, &e) == 0);
	CHECK(http_server_start(*ret, &e) == 0);
	if (e.code)
		fprintf(stderr, "%s\n", e.msg);
}

static inline void server_down(struct http_server **s)
{
	http_server_stop(*s);
	http_server_join(*s);
	*s = http_server_free(*s);
}
