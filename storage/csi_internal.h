/* Shared by csi.c (what a driver is), csi_call.c (memory, calls, capabilities of requests), csi_controller.c and
 * csi_nodecalls.c (the operations). */
#pragma once
#include <pthread.h>
#include "base/list.h"
#include "storage/csi.h"
#include "wire/proto.h"
#include "wire/proto/csi.pb-c.h"

#define CSI_CALL_MS     120000 /* for whom no limit was told */
#define CSI_HANDLE_MAX  4096
#define CSI_CONTEXT_MAX (256u << 10) /* bytes of keys and values that become part of an API object */

/* What a driver says that it can. */
struct csi_can {
	bool controller, topology, online, offline;
	bool create, publish, publish_readonly, capacity, snapshot, list_snapshots, get_snapshot, clone, expand, modify,
	    single_multi_writer;                                                                /* Controller */
	bool node, stage, stats, node_expand, node_single_multi_writer, mount_group, condition; /* Node */
};
/* Ends calls of other threads. */
struct csi_abort {
	pthread_mutex_t lock;
	struct list links; /* lock */
	bool aborted;      /* lock */
};
void csi_abort_init(struct csi_abort *a);
void csi_abort_now(struct csi_abort *a); /* any thread; also those to come */
void csi_abort_done(struct csi_abort *a);

/* A connection with a loop of its own, so that it may be given up on any thread. */
struct csi_link {
	struct loop *loop;
	struct loop_thread *thread;
	struct grpc_client *client;
	struct csi_abort *abort;
	struct list peers; /* abort->lock */
};
int csi_link_open(struct csi_link *l, const char *socket, struct csi_abort *a /* may be NULL */, struct err *e);
void csi_link_keep(struct csi_link *l);  /* is no longer ended by its abort */
void csi_link_close(struct csi_link *l); /* never opened, half opened: fine */

int csi_plugin_ask(struct plugin **ret, const char *name, const char *socket, struct csi_abort *a, struct err *e);

struct csi {
	struct plugin base; /* first */
	struct csi_info info;
	struct csi_can has;
	char *socket;
	struct csi_link link;
};

/* Memory of one request, given back as a whole; strings in requests are borrowed from its JSON. */
struct csi_mem {
	void **v;
	size_t n;
	struct err err; /* the first thing that went wrong; code 0: nothing */
};
void csi_mem_done(struct csi_mem *m);
#define AUTO_CSI_MEM CLEANUP(csi_mem_done)
void *csi_mem_new(struct csi_mem *m, size_t size); /* zeroed, or NULL */
int csi_mem_failed(const struct csi_mem *m, struct err *e); /* why the request cannot be made; 0: it can */
/* {KEY: STRING} as entries of that type. */
struct proto_entry **csi_map_(struct csi_mem *m, const ProtobufCMessageDescriptor *d, const json_t *o, const char *what,
			      size_t *ret_n);
#define CSI_MAP(m, msg, field, descriptor, o)                                                                          \
	((msg).field = (void *)csi_map_((m), &(descriptor), (o), #field, &(msg).n_##field))
/* The string of a member; "" (the driver complains) where there is none. */
char *csi_text(const json_t *req, const char *member);
/* Each of the accessModes by itself (create), or the one that stands for all. */
enum csi_use { CSI_USE_CONTROLLER, CSI_USE_NODE };
Csi__V1__VolumeCapability *csi_capability(struct csi_mem *m, const struct csi *c, const json_t *req, enum csi_use use);
Csi__V1__VolumeCapability **csi_capabilities(struct csi_mem *m, const struct csi *c, const json_t *req, size_t *ret_n);
Csi__V1__CapacityRange *csi_range(struct csi_mem *m, const json_t *req); /* NULL: none asked for */
Csi__V1__Topology *csi_topology(struct csi_mem *m, const json_t *segments);

/* One call. Errors are of plugin.h's codes, without what is secret in the request. */
int csi_ask(const struct csi_link *l, const ProtobufCServiceDescriptor *svc, const char *method,
	    const ProtobufCMessage *in, const json_t *req, int timeout_ms, ProtobufCMessage **ret, struct err *e);
/* {KEY: VALUE} of an answer; ERR_PROTO beyond CSI_CONTEXT_MAX. */
int csi_strings_(json_t **ret, size_t n, const struct proto_entry *const *entries, struct err *e);
#define csi_strings(ret, n, entries, e) csi_strings_((ret), (n), (const struct proto_entry *const *)(entries), (e))

int csi_answer(json_t **ret, json_t *o /* stolen; NULL: -ENOMEM */, struct err *e);

typedef int (*csi_op)(struct csi *c, const json_t *req, int timeout_ms, json_t **ret, struct err *e);
extern const csi_op csi_controller_ops[PLUGIN_OP_COUNT], csi_node_ops[PLUGIN_OP_COUNT];
