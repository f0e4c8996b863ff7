/* The inside of struct volumes: volumes.c, volumes_look.c. */
#pragma once
#include <pthread.h>
#include "base/map.h"
#include "client/workqueue.h"
#include "storage/volume_kind.h"

struct volumes {
	struct volumes_config c;
	char *data_dir, *run_dir, *kubelet_dir, *node_name; /* of c */
	struct plugins *plugins;
	struct loop *loop;
	struct loop_thread *thread;
	struct client *client; /* NULL: killall */
	void (*watch_fn)(void *arg);
	void *watch_arg;
	struct workqueue *in_use; /* what is in use has changed; NULL: nobody is told */
	pthread_mutex_t lock; /* guards what follows */
	pthread_cond_t freed;
	struct map *busy;  /* keys that somebody works on: records' files, "UID/VOLUME" */
	struct map *stats; /* "UID/VOLUME" -> struct seen_stats: not asked for again at once */
	json_t *told;	   /* {NAME: true}: the volumesInUse that the API server has taken; NULL: not known */
	unsigned registered; /* how often the Node was registered: what was told of another one does not count */
};

int volumes_lock(struct volumes *v, const char *key, struct err *e);
void volumes_unlock(struct volumes *v, const char *key);
void volumes_prune(struct volumes *v, const char *path); /* empty folders above a target or staging that is gone */
/* volume_attach.c */
int volume_attach_init(struct volumes *v, struct err *e);
void volume_in_use_changed(struct volumes *v); /* a record with inUse went: it is told soon. Any thread */
/*
 * The record says inUse: returns when the API server has that, and, with an attacher, the volume is attached; what was said of it is in the requests then.
 * ERR_UNAVAILABLE: not yet.
 */
int volume_attach_wait(struct volume_job *j, struct err *e);
void volume_job_done(struct volume_job *j);
int volume_job_recorded(struct volume_job *j, const json_t *record, struct err *e); /* from a record; j->v is set */
int volume_job_begin(struct volume_job *j, struct err *e);			     /* from a request; j->v and j->r are set */
int volume_host_path(const struct volumes_request *r, struct volumes_result *ret, struct err *e); /* volume_kinds.c */
