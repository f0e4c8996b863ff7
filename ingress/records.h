/* The few fields of each object that the routing table is built from. Private to the model (model.c, records.c,
 * build.c). */
#pragma once
#include "base/map.h"
#include "ingress/grammar.h"
#include "ingress/model.h"

struct rec_ref { /* of a Service's port */
	char *service;
	bool none; /* what is named cannot be had: 503; service is NULL */
	char *port_name; /* or NULL: port */
	uint16_t port;
};
struct rec_path {
	char *host; /* "*": none given */
	enum ing_match match;
	bool impl; /* ImplementationSpecific */
	bool expr; /* path is a regular expression as it stands in the Ingress */
	char *path;
	char *raw; /* of a canary: as the Ingress has it; NULL */
	struct rec_ref ref;
};
struct rec_tls {
	char *secret; /* NULL: the default certificate */
	bool whole;   /* it names no hosts: those of all rules, as far as the certificate is for them */
	char **hosts;
	size_t n_hosts;
};
/* What its annotations say. Names of objects are "ns/name" and of the Ingress' own namespace. */
struct rec_notes {
	uint64_t given[4]; /* annotations that are taken: bits by enum note_id */
	struct ing_option *options; /* what needs no other object */
	size_t n_options;
	bool refused;  /* something restricts access in a way that cannot be had */
	bool redirect; /* hosts with TLS: to HTTPS */
	bool force_redirect;
	bool regex; /* its paths are regular expressions, and all of their hosts' are */
	bool www;
	bool cluster_address; /* the Service's instead of endpoints */
	bool host_variable;   /* auth-url has variables */
	bool global_auth;     /* the class' own is insisted on */
	char **aliases;
	size_t n_aliases;
	char *default_service; /* name */
	char *basic_secret;    /* users */
	bool basic_map;
	char *auth_headers, *custom_headers; /* ConfigMaps */
	char *proxy_secret, *client_secret;
	bool proxy_verify;
	enum ing_verify verify;
	unsigned depth;
	bool own_errors; /* answers that the backend itself gives stay as they are, whatever custom-http-errors says */
	bool canary;
	bool canary_legacy; /* takes no part in its main Ingress' affinity */
	char *canary_header, *canary_value, *canary_pattern, *canary_cookie; /* or NULL */
	uint32_t canary_weight, canary_total;
};
struct rec_fault {
	const char *reason;
	char *message;
};
struct rec_ingress {
	char *ns, *name, *key;
	int64_t created;
	char *class;     /* spec.ingressClassName or NULL */
	char *old_class; /* the annotation or NULL */
	struct rec_notes notes;
	struct rec_path *paths; /* of all rules; a rule without paths adds its host only */
	size_t n_paths;
	char **hosts; /* of all rules */
	size_t n_hosts;
	struct rec_ref dflt; /* service NULL: none */
	struct rec_tls *tls;
	size_t n_tls;
	struct rec_fault *faults;
	size_t n_faults;
};
struct rec_class {
	bool ours, dflt;
	char *parameters; /* what spec.parameters names, in words, or NULL */
	char *config;     /* "ns/name" of the ConfigMap that it names, or NULL: */
	const char *unfit; /* why it can name none such; or NULL */
};
struct rec_params; /* ingress/params.h */
struct rec_port {
	char *name; /* "" */
	enum { REC_HTTP, REC_H2C, REC_TLS } protocol; /* by appProtocol; Gateways' routes mind it */
	uint16_t port;
};
struct rec_service {
	char *external;         /* or NULL */
	const char *refused;    /* what `external` is, if no request may go there; or NULL */
	bool literal;           /* `external` is an address */
	char *addresses;        /* of the cluster; n texts, a NUL behind each */
	size_t n_addresses;
	struct rec_port *ports; /* TCP */
	size_t n_ports;
};
struct rec_endpoint {
	char addr[46];
	bool ready, draining;
};
struct rec_slice {
	char *service; /* "ns/name" */
	struct rec_port *ports;
	size_t n_ports;
	struct rec_endpoint *eps;
	size_t n_eps;
};
struct rec_user {
	char *name, *hash;
};
struct rec_users {
	struct rec_user *v;
	size_t n;
	size_t bad; /* lines or keys that are none */
};
struct rec_secret {
	struct ing_pem *cert_pem, *key_pem;
	char *fault; /* of these two, or NULL; then they are NULL */
	int64_t not_before, not_after; /* of the certificate, seconds of UNIX */
	char *names; /* that the certificate is for, in small letters, a "\n" behind each; NULL with a fault */
	struct ing_pem *ca_pem, *crl_pem;
	char *ca_fault;
	bool has_file;         /* key "auth" */
	struct rec_users file; /* users by it */
	struct rec_users map;  /* users by keys */
};
struct rec_header {
	char *name, *value;
};
/* A GatewayClass' or Gateway's parameters: one key so far. */
struct rec_gateway_params {
	enum rec_gateway_service { REC_SERVICE_UNSET, REC_SERVICE_NONE, REC_SERVICE_CLUSTER, REC_SERVICE_BALANCER } service;
	char *fault; /* or NULL */
};
struct rec_configmap { /* of headers, or of a class */
	struct rec_header *v;
	size_t n;
	char *bad; /* names of those that are not taken, or NULL */
	char *dollars; /* names of those whose values have a "$": no variables, which some uses would take them for; or NULL */
	struct rec_params *params; /* the same as parameters of a class */
	struct rec_gateway_params gateway;
};
static inline bool rec_note_given(const struct rec_notes *n, unsigned id)
{
	return n->given[id / 64] >> (id % 64) & 1;
}

struct ing_model {
	char *class;
	struct map *ingresses, *classes, *services, *slices, *secrets, *configmaps; /* by "ns/name", classes by name */
};

/* NULL only without memory. */
struct rec_ingress *rec_ingress_new(const char *ns, const char *name, const json_t *o);
struct rec_class *rec_class_new(const json_t *o);
struct rec_service *rec_service_new(const json_t *o);
struct rec_slice *rec_slice_new(const char *ns, const json_t *o);
struct rec_secret *rec_secret_new(const json_t *o);
struct rec_configmap *rec_configmap_new(const char *ns, const json_t *o);
void rec_class_free(void *p);
void rec_configmap_free(void *p);
void rec_ingress_free(void *p);
void rec_service_free(void *p);
void rec_slice_free(void *p);
void rec_secret_free(void *p);
int rec_gateway_params(struct rec_gateway_params *ret, const json_t *o); /* gateway_own.c; 0 or -ENOMEM */
/* Whether the certificate is for that host; a wildcard in it stands for one label. */
bool rec_secret_covers(const struct rec_secret *s, const char *host);
/* Annotations of nginx.ingress.kubernetes.io: fills r->notes and adds faults. 0 or -ENOMEM. */
int rec_annotations(struct rec_ingress *r, const json_t *o);
void rec_notes_done(struct rec_notes *n);
/* By values, indexed by enum note_id (ingress/notes.h). 0 or -ENOMEM. */
int rec_notes_fill(struct rec_ingress *r, struct note *values);
struct ing_option *rec_option(struct ing_option **options, size_t *n, enum ing_opt opt, int64_t num, const char *a, const char *b);
/* The same with texts that are shared; each may be NULL. */
struct ing_option *rec_option_pem(struct ing_option **options, size_t *n, enum ing_opt opt, const struct ing_pem *a, const struct ing_pem *b);
void rec_option_done(struct ing_option *o);
/* text, of cap bytes, may be changed; of too many the last one says so. */
int rec_faults_add(struct rec_fault **v, size_t *n, const char *reason, char *text, size_t cap);
int rec_fault(struct rec_ingress *r, const char *reason, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
/* "/a%20b/" -> "/a b" for Prefix; NULL and *why when it can match no request or has no clear meaning (NULL: no memory). */
char *path_decode(const char *path, enum ing_match match, const char **why);
/* A growing array of elements: zeroed room for one more at the end, or NULL without memory. */
void *rec_grow(void **array, size_t *n, size_t size);
#define REC_GROW(array, n) ((__typeof__(array))rec_grow((void **)&(array), &(n), sizeof(*(array))))
/* Keeps rec, or lets go of what is there (gone), under "ns/name", without ns under name. rec is the callee's, freed where it cannot be kept. 0, -ENOMEM. */
int rec_put(struct map *map, const char *ns, const char *name, bool gone, void *rec, void (*rec_free)(void *));
