/*
 * Who may do what: authentication (request -> identity), authorization (identity + attributes -> decision) and admission
 * (mutate or refuse a write). Internal to apiserver/: server.c calls it, auth_*.c, rbac*.c and admission*.c implement it.
 *
 * authn and authz are synchronous and never block: they answer from memory (certificates, tokens checked by signature,
 * an RBAC cache fed by store watches). Admission may look things up in the store or call out, so it answers by callback.
 * All functions are called from any thread, HTTP threads and component loops among them.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include "api/resource.h"
#include "base/err.h"
#include "base/json.h"
#include "wire/http_server.h"

struct apiserver;
struct auth; /* opaque: tokens, RBAC cache, admission state */

/* --- identity --- */
struct identity {
	char *user; /* "system:anonymous" without credentials */
	char *uid;  /* may be NULL */
	char **groups; /* NULL-terminated, malloc'ed strings; may be NULL */
	json_t *extra; /* object of arrays of strings; may be NULL. Copies share it: it is not changed once it is
			  complete */
	void *whole;   /* a copy: all but extra lies in this one piece of memory; else NULL */
};
void identity_done(struct identity *id);
int identity_copy(struct identity *ret, const struct identity *id);
int identity_add_group(struct identity *id, const char *group);
bool identity_in_group(const struct identity *id, const char *group);

int auth_new(struct auth **ret, struct apiserver *a, struct err *e);
/* Called by apiserver_start before bootstrap objects are written and before listening: store watches begin here. */
int auth_start(struct auth *au, struct err *e);
/* Writes missing RBAC bootstrap roles and bindings (runs on apiserver_start's thread, may block). */
int auth_bootstrap(struct auth *au, struct err *e);
/* ConfigMap kube-public/cluster-info for those who join; after listening, since it names the port. Blocks. */
int auth_publish(struct auth *au, struct err *e);
void auth_stop(struct auth *au);
struct auth *auth_free(struct auth *au);

/*
 * Credentials of an HTTP request: verified client certificate (CN, O), bearer token (static, service account), else anonymous; then
 * impersonation headers (checked with authz). Group system:authenticated or system:unauthenticated is added.
 * ERR_UNAUTHORIZED for bad credentials, ERR_FORBIDDEN for refused impersonation (message as Kubernetes words it).
 */
int authn_http(struct auth *au, const struct http_exchange *x, struct identity *ret, struct err *e);

/* --- authorization --- */
struct authz_attr {
	bool is_resource; /* else verb (lower-case method) and path decide */
	const char *verb; /* "get", "list", "watch", "create", "update", "patch", "delete", "deletecollection", "proxy", "bind" ... */
	const char *group, *version, *resource, *subresource; /* subresource "" when none */
	const char *ns, *name; /* "" when none */
	const char *path;      /* URL path */
	const char *label_selector, *field_selector; /* or NULL */
	bool explain; /* the reason is wanted of a yes, too */
};
enum authz_decision { AUTHZ_NO_OPINION, AUTHZ_ALLOW, AUTHZ_DENY };
/* reason (may be NULL) is filled with why not, or with attr->explain why, "" when there is nothing to say. */
enum authz_decision authz_check(struct auth *au, const struct identity *id, const struct authz_attr *attr, char *reason, size_t cap);

/* --- admission --- */
enum admission_op { ADMIT_CREATE, ADMIT_UPDATE, ADMIT_DELETE, ADMIT_CONNECT };
/*
 * Without webhooks one pass does everything. With them, what fills in goes before the mutating ones and is run again after them, what checks
 * goes before the validating ones, and quota last.
 */
enum { ADMIT_PHASE_MUTATE = 1 << 0, ADMIT_PHASE_CHECK = 1 << 1, ADMIT_PHASE_QUOTA = 1 << 2, ADMIT_PHASE_ALL = 7 };
struct admission {
	enum admission_op op;
	struct apiserver *server;
	struct api_registry *registry;
	const struct api_resource *res;
	const char *subresource; /* "" when none */
	const char *ns, *name;	 /* "" when none (generateName is resolved before) */
	const struct identity *id;
	json_t *obj;	     /* in the request's version; may be mutated. DELETE: NULL */
	const json_t *old;   /* UPDATE, DELETE */
	const json_t *options; /* CreateOptions, DeleteOptions ... or NULL */
	bool dry_run;
	unsigned phases; /* which plug-ins run: ADMIT_PHASE_* */
	/* Out: warnings for the client (Warning: 299 headers), an array of strings made on demand. */
	json_t *warnings;
	/* Out, optional: a whole metav1.Status to answer with instead of one made from err (webhooks). Stolen by the caller. */
	json_t *status;
	/*
	 * Out: extra operations for the same store transaction (quota by compare-and-swap): added with admission_add_op.
	 * When one of them loses its expectation the whole request is run again from admission on.
	 */
	struct admission_ops *ops;
};
/* code 0: admitted; ERR_FORBIDDEN etc. with e: refused. */
typedef void (*admission_done_fn)(void *arg, int code, const struct err *e);
/* Calls done once, perhaps before returning, perhaps later from any thread. adm lives until done. */
void admission_run(struct auth *au, struct admission *adm, admission_done_fn done, void *arg);
struct bytes;
int admission_add_put(struct admission *adm, const char *key, int64_t expect, struct bytes *value, size_t splice, struct bytes *index);

/*
 * Virtual and special creates: TokenReview, SubjectAccessReview family, SelfSubjectReview, SelfSubjectRulesReview
 * (res->virtual_), and serviceaccounts/NAME/token. body is decoded and defaulted; *ret is the answered object (new).
 * Answers by callback. With code != 0 ret is NULL or the metav1.Status to answer with instead of one made from err.
 */
typedef void (*review_done_fn)(void *arg, int code, json_t *ret /* stolen by the callee */, const struct err *e);
void auth_review(struct auth *au, const struct admission *adm, review_done_fn done, void *arg);

/* /.well-known/openid-configuration and /openid/v1/jwks: JSON bytes (new), or ERR_NOT_FOUND. */
int auth_openid(struct auth *au, const char *path, struct bytes **ret, struct err *e);

/*
 * RBAC escalation and bind checks when (Cluster)Roles and bindings are written are part of admission_run. NamespaceLifecycle
 * (namespace exists, is not terminating) is done by write.c inside the store transaction, not here.
 */

/* What the implementation may use of the server (server.c). */
struct store;
struct pki;
struct clock;
struct pool;
struct loop;
struct store *apiserver_store(struct apiserver *a);
struct pki *apiserver_pki(struct apiserver *a);
struct clock *apiserver_clock(struct apiserver *a);
struct pool *apiserver_pool(struct apiserver *a); /* blocking work */
struct api_registry *apiserver_registry(struct apiserver *a); /* a new reference to the current snapshot */
const char *apiserver_static_token(const struct apiserver *a); /* or NULL */
const char *apiserver_issuer(const struct apiserver *a);
/*
 * Creates an object given as a tree if it does not exist yet: bootstrap. Only starts it, so that many share one commit; the server
 * waits for all after auth_bootstrap and reports the first failure.
 */
int apiserver_ensure(struct apiserver *a, const char *group, const char *version, const char *plural, json_t *obj, struct err *e);
