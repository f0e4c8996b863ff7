/* The inside of the node agent: struct node. Only files of this room include it. */
#pragma once
#include <pthread.h>
#include "base/loop.h"
#include "base/map.h"
#include "base/pool.h"
#include "client/client.h"
#include "client/informer.h"
#include "node/exits.h"
#include "node/image.h"
#include "node/node.h"
#include "node/pods.h"
#include "node/runtime.h"
#include "wire/http_client.h"

#define NODE_COMPONENT "kubelet" /* source of events */

struct objects;
struct node_status;
struct node_server;
struct probes;
struct down;

struct node {
	/* Immutable after node_new. */
	char *name, *data_dir, *run_dir, *runtime_name, *cgroup_root, *resolv_conf, *cluster_dns, *cluster_domain, *bind_address;
	char *serving_cert_pem, *serving_key_pem, *client_ca_pem, *registries_file;
	char *provider_id; /* or NULL */
	bool cloud_external, ips_given;
	char **ips, **labels, **taints; /* NULL-terminated */
	uint16_t port;
	unsigned max_pods;
	struct node_deps d;
	uint64_t allowed_caps;
	bool may_lower_oom; /* CAP_SYS_RESOURCE */
	int own_oom_score_adj;
	int64_t memory_bytes; /* of the machine */

	/* Immutable between node_start and node_join. */
	struct loop *loop;
	struct loop_thread *thread;
	struct client *client;
	struct pool *sync_pool; /* pod syncs, in order per pod */
	struct pool *work_pool; /* the node's own chores */
	struct pool *exec_pool; /* probes and hooks: they last as long as pods please */
	struct pool *pull_pool; /* image pulls, in order per image */
	struct runtime *rt;
	struct image_store *images;
	struct objects *objects; /* ConfigMaps and Secrets that pods refer to */
	struct http_client *http; /* loop: probes and hooks */
	struct node_status *status; /* loop: Node object and Lease */
	struct node_server *server;
	int lock_fd; /* RUN_DIR/node.lock: one agent at a time */

	/* Loop's thread. */
	char *own_ports, *no_ingress; /* or NULL */
	struct informer *pod_informer, *service_informer, *node_informer;
	struct exits *exits;
	struct loop_timer *housekeeping;
	struct loop_timer *gc_timer; /* orphans.c: what could not be detached is tried again */
	int64_t gc_ms;
	bool pods_synced;
	bool importing; /* atomic: archives in DATA_DIR/images are being read; missing images may yet come */
	struct list sleeping_hooks; /* handlers of the kind sleep that wait */
	struct down *down; /* shutdown.c: the machine goes down */
	int64_t down_end_ms[2]; /* atomic: see node_down_end */
	struct map *orphans; /* ids of containers that no pod knew at start */

	/* Written by the loop's thread under pods_lock, read by any thread under it. */
	pthread_rwlock_t pods_lock;
	struct map *pods; /* uid -> struct pod *, one reference each */

	pthread_mutex_t account_lock; /* guards what pods count for in admission; taken under pods_lock */

	/* Guarded by info_lock: what the Node object said last. */
	pthread_mutex_t info_lock;
	char **pod_cidrs;     /* NULL-terminated or NULL */
	json_t *allocatable;  /* immutable once set; replaced as a whole */
	json_t *self;	      /* likewise: the Node's labels, taints and status.allocatable; NULL: not known yet */
	bool stopping;
};

/* node_status.c: keeps Node and Lease. Loop's thread. */
int node_status_new(struct node_status **ret, struct node *n, struct err *e);
struct node_status *node_status_free(struct node_status *s);
void node_status_poke(struct node_status *s); /* something may have changed: look soon */
void node_status_annotate(struct node_status *s); /* the annotations are others */
void node_status_seen(struct node_status *s, const json_t *node); /* this node's Node as the API has it */
/* The Node's pod CIDRs, NULL-terminated, to be freed with strv_free; NULL when unknown. Any thread. */
char **node_pod_cidrs(struct node *n);
json_t *node_allocatable(struct node *n); /* new reference; may be NULL */
json_t *node_object_known(struct node *n); /* node.self: new reference; may be NULL */
void strv_free(char **v);
char **strv_dup(const char *const *v); /* NULL in, empty out; NULL without memory */
static inline void strv_free_p(char ***v) { strv_free(*v); }
#define AUTO_STRV CLEANUP(strv_free_p)

/* shutdown.c: monotonic ms when pods must have ended because the machine goes down; 0: they may run. Any thread. */
int64_t node_down_end(const struct node *n, bool critical);

/* sysinfo.c: what the machine has. Blocking reads of /proc; any thread. */
int sysinfo_capacity(const struct node *n, json_t **ret, struct err *e);
int sysinfo_node_info(const struct node *n, json_t **ret, struct err *e);
int64_t sysinfo_memory_total(void);
struct sysinfo_pressure {
	bool memory, disk, pid;
};
void sysinfo_pressure(const struct node *n, struct sysinfo_pressure *ret);

/* services.c: environment of Services (pod_start). Any thread. */
struct env;
int services_env(struct node *n, const char *ns, bool links, struct env *env, struct err *e);
