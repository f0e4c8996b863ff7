/* A loop on its own thread with a client of the fake server. */
#pragma once
#include "client/client.h"
#include "tests/unit/client/fake_server.h"

struct world {
	struct loop *loop;
	struct loop_thread *thread;
	struct client *client;
	struct fake f;
	pthread_mutex_t lock;
	pthread_cond_t cond;
	bool done;
	void (*fn)(struct world *w);
	void *arg;
};

static inline void world_call(void *arg)
{
	struct world *w = arg;

	w->fn(w);
	pthread_mutex_lock(&w->lock);
	w->done = true;
	pthread_cond_signal(&w->cond);
	pthread_mutex_unlock(&w->lock);
}

/* Runs fn on the loop's thread and waits for it. */
static inline void on_loop(struct world *w, void (*fn)(struct world *w))
{
	w->fn = fn;
	w->done = false;
	CHECK(loop_call(w->loop, world_call, w) == 0);
	pthread_mutex_lock(&w->lock);
	while (!w->done)
		pthread_cond_wait(&w->cond, &w->lock);
	pthread_mutex_unlock(&w->lock);
}

static inline void world_start(struct world *w)
{
	struct client_config cfg = {.field_manager = "tester"};
	struct err e = {0};

	memset(w, 0, sizeof *w);
	fake_init(&w->f);
	pthread_mutex_init(&w->lock, NULL);
	pthread_cond_init(&w->cond, NULL);
	CHECK(loop_new(&w->loop, &e) == 0);
	CHECK(client_new(&w->client, &w->f.connector, w->loop, &cfg, &e) == 0);
	CHECK(loop_thread_start(&w->thread, w->loop, "test", &e) == 0);
}

static inline void world_join(struct world *w)
{
	loop_quit(w->loop);
	w->thread = loop_thread_join(w->thread);
}

static inline void world_end(struct world *w)
{
	if (w->thread)
		world_join(w);
	w->client = client_free(w->client);
	w->loop = loop_free(w->loop);
}

/* Waits at most five seconds for cond. */
#define EVENTUALLY(cond)                                                                                               \
	do {                                                                                                           \
		for (int tries_ = 0; tries_ < 5000 && !(cond); tries_++)                                               \
			usleep(1000);                                                                                  \
		CHECK(cond);                                                                                           \
	} while (0)
