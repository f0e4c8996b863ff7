/*
 * Shared by the files that implement auth.h. Lookups answer from the store's memory; those with `block` wait for its disk when a
 * value is not cached, which HTTP threads and pool threads may do and the store's own threads may not.
 */
#pragma once
#include <pthread.h>
#include <stdatomic.h>
#include "apiserver/internal.h"
#include "apiserver/rbac.h"
#include "store/store.h"

/* Follows one collection: every object that is there, then every change, in order, never two at a time. */
struct feed {
	struct auth *au;
	const char *group, *plural;
	int kind; /* the owner's */
	bool custom; /* of a CRD, which need not be there */
	/* value NULL: deleted. key without the collection's prefix: "ns/name" or "name". On a store thread (the first load: the caller's). */
	void (*fn)(struct feed *f, const char *key, struct bytes *value, const struct bytes *index);
	/* NULL: every object; of the first load. arg: the feed; the key is the whole one. */
	bool (*filter)(void *arg, const char *key, const struct bytes *index);
	bool spare; /* objects that cannot be read (a page of the database is broken) do not keep the server from starting */
	/* Everything is about to be told again: history was lost. */
	void (*reset)(struct feed *f);
	char *prefix;
	_Atomic bool begun; /* once */
	struct store_watch *watch;
	pthread_mutex_t lock; /* guards watch against auth_stop */
	pthread_mutex_t turn; /* of reading everything anew */
};
enum { FEED_ROLES, FEED_CLUSTER_ROLES, FEED_ROLE_BINDINGS, FEED_CLUSTER_ROLE_BINDINGS, FEED_SECRETS, FEED_ACCOUNTS, FEED_QUOTAS, FEED_MUTATING_HOOKS,
       FEED_VALIDATING_HOOKS, FEED_FLOW_SCHEMAS, FEED_PRIORITY_LEVELS, FEED_INGRESSES, FEED_GATEWAYS, FEED_GRANTS,
       FEED_INGRESS_CLASSES, FEED_GATEWAY_CLASSES, FEED_CONFIGMAPS, FEED_COUNT };

struct sa_tokens;
struct quota_sync;
struct webhooks;
struct ingress_refs;
struct auth {
	struct apiserver *a;
	struct store *store;
	struct clock *clock;
	struct api_registry *reg; /* the built-in kinds */
	struct rbac *rbac;
	struct sa_tokens *tokens;
	struct feed feeds[FEED_COUNT];
	struct quota_sync *quotas;
	struct webhooks *hooks;
	struct ingress_refs *refs;
	_Atomic bool quotas_any;
	_Atomic bool stopping;
	_Atomic bool aggregate_queued;
	_Atomic bool bootstrapped;
	_Atomic unsigned awaiting; /* pool threads that wait for a new namespace's account */
};

int feed_start(struct feed *f, struct err *e);
/* Everything is told again, now that the filter lets other objects through. Any thread. */
void feed_again_later(struct feed *f);
void feed_stop(struct feed *f);
/* Runs fn on a pool thread. Failures without memory are logged. */
void auth_job(struct auth *au, void (*fn)(struct auth *au, void *arg), void *arg, void (*free_arg)(void *));

/* 0, ERR_NOT_FOUND, ERR_AGAIN (only without block), or another failure. ns NULL: cluster-scoped. ret: store_item_done. */
int auth_get(struct auth *au, bool block, const char *group, const char *plural, const char *ns, const char *name, struct store_item *ret);
int auth_get_json(struct auth *au, bool block, const char *group, const char *plural, const char *ns, const char *name, json_t **ret,
		  int64_t *ret_rev);
struct auth_list {
	struct store_item *items;
	size_t n;
	int64_t rev;
};
/* ns NULL: all. filter (may be NULL) as struct store_range's, and arg lives until the return or, after ERR_AGAIN, forever (static). */
int auth_list(struct auth *au, bool block, const char *group, const char *plural, const char *ns,
	      bool (*filter)(void *arg, const char *key, const struct bytes *index), void *arg, struct auth_list *ret);
/* The pods of a node, in ns. Blocks. */
int auth_list_pods(struct auth *au, const char *ns, const char *node, struct auth_list *ret);
void auth_list_done(struct auth_list *l);
bool auth_any(struct auth *au, const char *group, const char *plural, const char *ns); /* is there one at all? */
char *auth_key(struct auth *au, const char *group, const char *plural, const char *ns, const char *name);

/* As the server itself (system:masters); done may be NULL. -ENOMEM. */
int auth_call(struct auth *au, const char *method, const char *path, const char *query, const char *content_type, const json_t *body,
	      inner_done_fn done, void *arg);
bool auth_is_master(const struct identity *id);

/* --- tokens (sa_token.c) --- */
#define SA_USER_PREFIX "system:serviceaccount:"
int sa_tokens_new(struct sa_tokens **ret);
struct sa_tokens *sa_tokens_free(struct sa_tokens *t);
/*
 * ERR_UNAUTHORIZED with the reason. audiences NULL: the API server's own. *ret_aud (may be NULL): those of audiences that the token
 * is for, a new array.
 */
int sa_token_verify(struct auth *au, const char *token, const json_t *audiences, struct identity *ret, json_t **ret_aud, struct err *e);
/* serviceaccounts/NAME/token: fills status. */
int sa_token_request(struct auth *au, const struct admission *adm, bool block, json_t **ret, struct err *e);
/* Which Secrets and ServiceAccounts sa_legacy.c wants to see at the start. */
bool sa_legacy_filter(void *arg, const char *key, const struct bytes *index);
bool sa_legacy_none(void *arg, const char *key, const struct bytes *index);
int sa_legacy_token(struct auth *au, char **ret, const char *ns, const char *account, const char *uid, const char *secret, struct err *e);
/* sa_legacy.c: Secrets of type kubernetes.io/service-account-token are filled in and go with their account. */
void sa_legacy_secret(struct feed *f, const char *key, struct bytes *value, const struct bytes *index);
void sa_legacy_account(struct feed *f, const char *key, struct bytes *value, const struct bytes *index);

/* quota_sync.c */
int quota_sync_new(struct quota_sync **ret);
void quota_sync_stop(struct quota_sync *s);
struct quota_sync *quota_sync_free(struct quota_sync *s);
void quota_sync_event(struct feed *f, const char *key, struct bytes *value, const struct bytes *index);

/* authn.c: any bearer token. */
int authn_token(struct auth *au, const char *token, const json_t *audiences, struct identity *ret, json_t **ret_aud, struct err *e);

/* rbac_aggregate.c */
void rbac_aggregate_later(struct auth *au);
int rbac_aggregate(struct auth *au, bool wait, struct err *e);

/* rbac_bootstrap.c */
int rbac_bootstrap(struct auth *au, struct err *e);

/* --- admission (admission.c): one plug-in a kind of rule --- */
struct admit {
	struct auth *au;
	struct admission *adm;
	bool block;
	bool main; /* no subresource */
};
/*
 * 0, or a refusal. ERR_AGAIN asks to be called again where blocking is allowed; nothing of adm has been changed then.
 * Called for the operations in the table of admission.c only.
 */
typedef int (*admit_fn)(struct admit *c, struct err *e);
/* A Status of its own that may be long: "pods \"x\" is forbidden: ...". Returns ERR_FORBIDDEN. */
int admit_deny(struct admit *c, struct err *e, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
void admit_warn(struct admit *c, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Both absent, or equal. */
static inline bool admit_same(const json_t *a, const json_t *b) { return a == b || (a && b && json_equal(a, b)); }
bool admit_is(const struct admit *c, const char *group, const char *plural);

int admit_service_account(struct admit *c, struct err *e);
int admit_escalation(struct admit *c, struct err *e);
/* admit_pod.c */
int admit_priority(struct admit *c, struct err *e);
int admit_priority_class(struct admit *c, struct err *e);
int admit_tolerations(struct admit *c, struct err *e);
int admit_runtime_class(struct admit *c, struct err *e);
/* admit_misc.c */
int admit_namespace_delete(struct admit *c, struct err *e);
int admit_node_taint(struct admit *c, struct err *e);
int admit_storage_finalizer(struct admit *c, struct err *e);
int admit_default_storage_class(struct admit *c, struct err *e);
int admit_default_ingress_class(struct admit *c, struct err *e);
int admit_limit_ranger(struct admit *c, struct err *e);
int admit_quota(struct admit *c, struct err *e);
int admit_node(struct admit *c, struct err *e);
/* admit_node_keeps.c: volumes, claims and EndpointSlices by the agent of a node; main object and subresources */
int admit_node_volume(struct admit *c, const char *node, struct err *e);
int admit_node_claim(struct admit *c, const char *node, struct err *e);
int admit_node_slice(struct admit *c, const char *node, struct err *e);
/* VolumeSnapshots, their contents and classes: the status of contents with this label alone. */
#define SNAPSHOT_GROUP "snapshot.storage.k8s.io"
#define NODE_LABEL     "minik.io/node"
int admit_node_snapshot(struct admit *c, const char *node, struct err *e);
int admit_csr(struct admit *c, struct err *e);
struct cert_info;
/* What a CertificateSigningRequest asks for; to be freed with cert_info_done. Negative when it cannot be read. */
int csr_inspect(const json_t *csr, struct cert_info *ret, struct err *e);
int admit_claim_resize(struct admit *c, struct err *e);
int admit_security(struct admit *c, struct err *e);
int admit_security_labels(struct admit *c, struct err *e);
/* Name of the node whose agent this is, or NULL. */
const char *node_of(const struct identity *id);
/* An agent reads only the Secrets and ConfigMaps that pods of its node name; true for all other questions. May wait for the store's disk. */
bool node_may(struct auth *au, const char *node, const struct authz_attr *at);
/* May this agent have the token that adm asks for? 0 for everybody else. */
int node_token_allowed(struct auth *au, const struct admission *adm, bool block, struct err *e);
