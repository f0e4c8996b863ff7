/*
 * The way of a write: decode -> load old -> prepare (defaults, metadata, strategy) -> admission -> validate -> managed fields ->
 * encode -> one store transaction with compare-and-swap -> reply. When the transaction loses, everything is run again
 * from the request's bytes, unless the client named the revision it had seen.
 *
 * In a store that others write to as well, a write begins with what is known here: what it looked at and changes, the
 * transaction compares, so one that succeeds did not rest on old state. Whatever else it may come to (refused, not found, nothing
 * to change) counts only after store_sync: write_stale runs it once more with what is known then.
 *
 * A write is owned by the step that runs; trees are dropped before the commit, so that the store's writer thread frees nothing big.
 */
#pragma once
#include "apiserver/internal.h"

enum write_kind { WRITE_CREATE, WRITE_UPDATE, WRITE_PATCH, WRITE_DELETE };
enum patch_kind { PATCH_JSON, PATCH_MERGE, PATCH_STRATEGIC, PATCH_APPLY };

struct write;
enum {
	ST_GENERATION = 1 << 0,	     /* metadata.generation counts spec changes */
	ST_GENERATION_LATER = 1 << 13, /* it does, from none, once there are any */
	ST_GENERATION_ONE = 1 << 14, /* it is 1 from the first */
	ST_KEEP_STATUS = 1 << 1,     /* create takes the status given */
	ST_ORPHAN_DEFAULT = 1 << 3,  /* old kinds orphan dependents when nothing is said */
	ST_STATUS_ALONE = 1 << 12,    /* /status leaves metadata alone */
	ST_STATUS_RESET = 1 << 15,    /* /status leaves what others write of metadata alone */
	ST_NO_UNCOND_UPDATE = 1 << 4, /* PUT needs a resourceVersion */
	ST_CREATE_ON_UPDATE = 1 << 5,
	ST_LATE = 1 << 9,	     /* may be written to disk late (Leases of nodes) */
};
struct strategy {
	const char *group, *plural;
	unsigned flags;
	/* What reading the object into Kubernetes' own types makes of it, before managers are noted. */
	int (*convert)(struct write *w, struct err *e);
	/* Fill in and strip before admission. w->obj is defaulted; the generic part is done. */
	int (*prepare_create)(struct write *w, struct err *e);
	int (*prepare_update)(struct write *w, struct err *e); /* main resource and subresources (w->r->subname) */
	/* After admission and validation: extra operations of the same transaction; may still change w->obj (allocations). */
	int (*transact)(struct write *w, struct err *e);
	/* After a durable commit, before the reply; obj is the new (or deleted) state. Must not block. */
	void (*committed)(struct write *w, const json_t *obj, bool deleted);
	/* Grace period of a deletion in seconds, 0: at once. given -1: not said. */
	int64_t (*grace)(struct write *w, int64_t given);
	/* More of what keeps an object from vanishing than finalizers (namespaces). */
	bool (*held)(const json_t *obj);
	/* Of what has been found valid: what is doubtful about it, by req_warn. */
	void (*warn)(struct write *w);
	/* The first deletion of an object that may stay a while: w->obj is its next state, which shares w->old's but for metadata. -ENOMEM. */
	int (*prepare_delete)(struct write *w);
};
const struct strategy *strategy_find(const struct api_resource *res);

struct admission_ops {
	struct store_op *v;
	size_t n, cap;
};
void ops_done(struct admission_ops *o);
int ops_add(struct admission_ops *o, enum store_op_kind kind, const char *key, int64_t expect, struct bytes *value, size_t splice,
	    struct bytes *index);

struct write {
	struct req *r;
	struct apiserver *a;
	const struct strategy *st;
	enum write_kind kind, asked; /* asked: as the request has it; an update of what is not there may become a create */
	enum patch_kind patch;
	bool creating; /* create, or apply of something absent */
	bool names_revision; /* of a create: refused once it is valid */
	bool deleting; /* the transaction removes the object */
	bool conditional; /* the client named a revision: losing is a conflict */
	bool scale;	/* body is a Scale */
	bool any_revision; /* a Scale that names none: whichever is current when it comes to it */
	bool generated; /* name made from generateName */
	bool fresh;     /* everything written before the request came is known here */
	bool looked;    /* stored state was looked at */
	struct bytes *last; /* of a pod that is deleted at once: what is answered, with its deletion noted; or NULL */
	bool other_uid; /* a patch that would change the uid: validation refuses it */
	bool committed_needs_tree;
	char *key;
	json_t *body, *opts;
	json_t *findings; /* of a patch's text: keys that stand twice */
	json_t *old, *obj;
	struct bytes *old_value;
	int64_t old_rev, ns_rev;
	size_t ns_op; /* index in ops of the namespace check */
	char *ns_key;
	struct admission adm;
	struct hooked *hooked; /* write_hooked.c; NULL: no webhook wants it */
	json_t *checked;       /* the object while plug-ins look at a copy of it */
	bool mutating;	       /* some mutating webhook may want it */
	bool managed;	       /* managed fields are up to date */
	int64_t deadline_ms;   /* of all its webhooks together, however often it is tried; 0: not yet known */
	struct admission_ops ops; /* ops.v[0] is the object's own */
	unsigned tries;
	int status;
	/* Eviction and binding answer with a Status. */
	bool reply_status;
	/* Subresources that change the object in a way of their own: called with old loaded instead of decoding an object. */
	int (*mutate)(struct write *w, struct err *e);
	/* Set by mutate or prepare when a failure already has its own Status. */
	json_t *fail_status;
	char now[TIME_STR_MAX];
	/* write_turn.c */
	struct turn *turn;     /* its turn; NULL: none */
	struct list turn_link; /* while it waits for one */
	void (*turn_next)(void *arg);
};
struct write *write_new(struct req *r, enum write_kind kind);
void write_free(struct write *w);
/* delete.c: whether the request wants the object gone that could not be read with that code; then does it. */
bool delete_wants_unread(const struct write *w, int code);
void delete_unread(struct write *w);
/* Runs the write from the beginning: reads the old object if the kind needs it. Consumes w. */
void write_run(struct write *w);

/* --- turns at a key that is fought over (write_turn.c); next(w) runs on the pool --- */
/* w lost at key: goes on when nobody is before it. Consumes w. */
void write_turn_retry(struct write *w, const char *key, void (*next)(void *arg));
/* Before anything was read: true when others fight over key, then w waits its turn. */
bool write_turn_wait(struct write *w, const char *key, void (*next)(void *arg));
void write_turn_end(struct write *w); /* by write_free */

/*
 * Before an answer that rests on what was read: true when that may be older than the request; then the write runs again, w is consumed.
 */
bool write_stale(struct write *w);
void write_fail(struct write *w, const struct err *e); /* consumes w and its request; by way of write_stale */
void write_fail_status(struct write *w, json_t *status);
/* Counts metadata.generation of an update. -ENOMEM or -1. */
int write_count_generation(struct write *w);
/* Sets the replicas of w->obj from a Scale; one that is not valid is told of in w->fail_status. */
int write_scale(struct write *w, const json_t *scale, struct err *e);
/* Admission, validation, transaction. w->obj is prepared. */
void write_admit(struct write *w);
/* Its steps, for write_hooked.c. */
void write_admit_phases(struct write *w, unsigned phases, admission_done_fn done);
bool write_admitted(struct write *w, int code, const struct err *e); /* false: refused, w is gone */
bool write_validate(struct write *w);				     /* likewise */
int write_manage(struct write *w, struct err *e);		     /* brings managed fields up to date, once */
void write_conclude(struct write *w);				     /* the transaction; consumes w */
/* write_hooked.c: with webhooks. false: none wants it, nothing was done. */
bool write_hooked(struct write *w);
void hooked_free(struct hooked *h);
void write_conflict(struct write *w);
void write_drop_trees(struct write *w);
/* write_build.c: the new state, then admission. Consume w. */
void write_build_create(struct write *w);
void write_build_update(struct write *w);
/* Once more for an object that webhooks have changed: what is the server's to say. */
int write_settle(struct write *w, struct err *e);
json_t *write_meta(json_t *obj); /* metadata, made when absent */
int write_set_namespace(struct write *w, json_t *meta, struct err *e);
int write_set_name(struct write *w, json_t *meta, struct err *e); /* of a create; generateName is resolved */
/* write_patch.c */
int write_decode_patch(struct write *w, struct err *e);
void write_build_patch(struct write *w);
/* delete.c */
void delete_build(struct write *w);
int delete_options(struct write *w, struct err *e);
/* options.c: true, and answered, when what r asks for beside its object is not valid. */
bool options_refused(struct req *r);
/* The same for DeleteOptions o, body and query already one; 0 or ERR_INVALID with w->fail_status. */
int delete_options_check(struct write *w, const json_t *o, struct err *e);
bool object_held(const struct write *w, const json_t *obj);
/* sub.c: binding, eviction, scale, token ... false: not a subresource with its own create */
bool sub_create(struct req *r);
int sub_merge(struct write *w, struct err *e); /* sub_merge.c: body into a copy of old, for status and friends */
void copy_meta(json_t *to, const json_t *from, const char *key); /* key from one object to the other, absent included */

/* decode.c */
/* Decodes a body (JSON, YAML) into *ret; strict findings go to *findings (array of strings). */
int decode_body(struct req *r, json_t **ret, json_t *findings, struct err *e);
/* Words an error of decode_body as Kubernetes does for the body of an object of that kind. e->code. */
int decode_unrecognized(struct req *r, const char *kind, struct err *e);
/* apiVersion, kind, unknown fields, types. */
int decode_object(struct req *r, const struct api_type *t, const char *group, const char *version, const char *kind, json_t *obj,
		  json_t *findings, struct err *e);
/* What fieldValidation makes of findings: warnings or an error. */
int decode_findings(struct req *r, const char *kind, const char *version, json_t *findings, struct err *e);
#define MANAGER_MAX 128 /* bytes of a field manager's name */
const char *field_manager(struct req *r, char *out, size_t cap);
