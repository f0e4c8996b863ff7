/* Shared by the files of client/ only. */
#pragma once
#include <pthread.h>
#include "base/list.h"
#include "base/map.h"
#include "client/client.h"

struct event_recorder;

struct client {
	struct loop *loop;
	struct transport *transport;
	char *field_manager;
	struct list calls;  /* loop's thread */
	bool no_watch_list; /* learnt: the server has no streaming lists. Loop's thread */

	pthread_mutex_t lock; /* guards waiters, stopped */
	struct list waiters;
	bool stopped;
	struct loop_hook at_quit;
	struct loop_task stop_task;
	struct event_recorder *events;
};

/* "/apis/apps/v1/namespaces/default/deployments/web/status"; malloc'ed, NULL without memory. */
char *client_path(const struct client_ref *ref);
/* Fills r from an answer: code, status and message. body stays borrowed. */
void client_result_from(struct client_result *r, const struct transport_response *resp, const char *method,
			const char *path);

const char *client_patch_media_type(enum client_patch type);

/* wait.c */
void client_stop_now(struct client *c); /* loop's thread, or not running */
void client_stop_task(struct loop_task *t);
void client_at_quit(struct loop_hook *h);

int client_events_new(struct event_recorder **ret, struct client *c, struct err *e);
struct event_recorder *client_events_free(struct event_recorder *r);

/* https_watch.c: cuts a watch stream into events. */
struct watch_stream {
	struct buf line;
};
/* fn returns non-zero to stop (then feed returns 1). Negative: the stream is broken. */
int watch_stream_feed(struct watch_stream *s, const char *p, size_t n,
		      int (*fn)(void *arg, enum watch_type type, struct bytes *object), void *arg, struct err *e);
void watch_stream_done(struct watch_stream *s);
