/* Inside of the component. */
#pragma once
#include <pthread.h>
#include "api/selector.h"
#include "base/map.h"
#include "client/informer.h"
#include "client/workqueue.h"
#include "ingress/ingress.h"
#include "ingress/metrics.h"
#include "ingress/model.h"
#include "ingress/runner.h"
#include "ingress/streams.h"

#define COMPONENT "ingress"

enum { INGRESSES, CLASSES, SERVICES, SLICES, NODES, TCP_MAP, UDP_MAP, N_INFORMERS };

#define PORT_WHOSE_MAX 80

struct gateway; /* ingress/gateway.h */
struct staples; /* ingress/staples.h */
struct leaderelection;
struct ingress {
	struct ingress_deps deps;
	char *class;
	char **addresses; /* NULL-terminated */
	char *node_name, *own_ports; /* or NULL */
	struct api_selector *selector; /* of nodes; NULL: all */
	char *unchosen;                /* what is said when its labels are others; NULL without a selector */
	bool chosen;                   /* by selector, once synced; written on the loop's thread, atomic */
	bool cluster, makes, several, absent, optional;
	void (*serves)(void *arg, bool now, const char *why);
	void *arg;
	enum { SERVES_UNKNOWN, SERVES_NOT, SERVES } told; /* by serves; the worker of "routes" */
	char told_why[256];
	bool retell; /* what was said before is to be said again: now it is this node that tells; atomic */
	uint16_t http_port, https_port;
	struct runner *runner;
	struct loop *loop;
	struct loop_thread *thread;
	struct client *client;
	struct workqueue *rebuild; /* "routes": waits behind nothing else, however many statuses are to be written */
	struct staples *staples;
	struct workqueue *queue;   /* "class", "metrics", "status NS/NAME", "left NS/NAME", "gateway ..." */
	struct informer *informers[N_INFORMERS];
	struct ing_metrics *metrics;
	bool metrics_told; /* that they cannot be served; the worker of "metrics" */
	unsigned synced; /* loop's thread; all: read by workers, atomic */
	bool all_synced;

	pthread_mutex_t lock; /* model, served, said, refs, serving */
	struct ing_model *model;
	struct gateway *gateway; /* has parts under the lock, too */
	struct map *served; /* keys of the Ingresses that are ours by the last table */
	char *streams_said[2]; /* findings already told, of TCP and of UDP; the worker of "routes" */
	char failed[256];   /* what nginx' trouble was last told as; the worker of "routes" */
	bool throttled;     /* a reload waits; was said. As failed */
	struct map *said;   /* a finding's "ingress" -> findings already told, as text */
	struct map *refs;   /* what Ingresses refer to (refs.c); changed by the loop's thread alone */
	/* In a cluster; the loop's thread: Secrets and ConfigMaps that are referred to, by one watch each. */
	struct informer *groups[2];
	unsigned groups_synced, fetching, fetch_failures;
	bool refs_begun; /* written under lock */
	char *serving;      /* nodes that serve (nodes.c); NULL: not known yet */
	struct leaderelection *election; /* several */

	/* loop's thread */
	struct loop_io *log_watch; /* inotify on nginx' logs */
	int log_fd;
	struct loop_io *watch; /* on nginx' pidfd */
	int pidfd, pid;
	int64_t started_ms;
	unsigned deaths; /* shortly after the start, in a row */
};

static inline bool ingress_chosen(const struct ingress *x)
{
	return __atomic_load_n(&x->chosen, __ATOMIC_ACQUIRE);
}

void ingress_one_synced(void *arg); /* the loop's thread; once for each informer, and for the Gateway API */

/* Who has a port of this node, in words, or NULL; others: runner_ports_read's. services.c; the worker of "routes". */
const char *ingress_port_taken(struct ingress *x, const struct runner_ports *others, uint16_t port, bool udp, char whose[PORT_WHOSE_MAX]);
/* Whether these parts of an object (dotted) are the same in both. */
bool ingress_same(const json_t *a, const json_t *b, const char *const *parts, size_t n);

/* refs.c. Has the Secrets and ConfigMaps watched that the table's Ingresses refer to. *complete: the model has been given all of them. */
int refs_follow(struct ingress *x, const struct ing_table *t, bool *complete, struct err *e);
int refs_init(struct ingress *x);
int refs_start(struct ingress *x, struct err *e);
void refs_done(struct ingress *x); /* the loop has ended */

/* services.c; the worker of "routes". TCP and UDP services as the ConfigMaps have them now. */
int services_read(struct ingress *x, struct streams *ret, struct err *e);
void services_tell(struct ingress *x, const struct streams *s); /* events for what is new; a taken port is tried again later */

/* status.c; worker threads */
int status_reconcile(struct ingress *x, const char *key, struct err *e); /* "ns/name" */
/* "ns/name" has gone to another class: this cluster's addresses leave its status. One that changes hands while nobody looks keeps them. */
int status_left(struct ingress *x, const char *key, struct err *e);
int status_class(struct ingress *x, struct err *e);                      /* creates the IngressClass */
/* What the table says about Ingresses: events for new findings and, when nginx has the table, status for those newly
 * served. */
void status_table(struct ingress *x, const struct ing_table *t, bool applied);
void status_all(struct ingress *x); /* any thread */
void status_retell(struct ingress *x); /* the worker of "routes": events of before are told once more if this node now tells them */
struct map *status_nodes(struct ingress *x); /* addresses of every node there is; any thread. NULL: no memory */

/* An informer's handlers that hand every object to the file's own feed(arg, kind, object of before or NULL, object, gone). */
#define FEED_HANDLERS(what, kind)                                                                                      \
	static void what##_added(void *arg, struct informer_object *o)                                                 \
	{                                                                                                              \
		feed(arg, kind, NULL, o, false);                                                                       \
	}                                                                                                              \
	static void what##_updated(void *arg, struct informer_object *old, struct informer_object *o)                  \
	{                                                                                                              \
		feed(arg, kind, old, o, false);                                                                        \
	}                                                                                                              \
	static void what##_deleted(void *arg, struct informer_object *o)                                               \
	{                                                                                                              \
		feed(arg, kind, NULL, o, true);                                                                        \
	}
