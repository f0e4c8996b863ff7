/* A table in the making. Private to the model. */
#pragma once
#include "base/map.h"
#include "ingress/records.h"

struct slot { /* a position in a growing array, kept in a map */
	size_t at;
};
struct host_info {
	size_t at;                        /* in hosts; SIZE_MAX: not there yet */
	const struct rec_ingress *owner;  /* the oldest that has it, as a host or an alias */
	char *alias_of;                   /* or NULL */
	char *www_of;                     /* it is only a redirect to that one; or NULL */
	const struct rec_ingress *client; /* the oldest that has client certificates on it, or NULL */
	bool tls; /* an Ingress with a rule for it has a tls section */
	bool regex;
	unsigned *orders; /* of its paths, when they are expressions: the highest is tried first */
};
struct path_slot {
	const struct rec_ingress *owner;
	const struct rec_ingress *canary; /* that has joined it, or NULL */
	size_t host, path;                /* indices */
	enum ing_match match;
	bool expr, impl; /* as struct rec_path */
};
struct build {
	const struct ing_model *m;
	struct ing_table t;
	struct map *hosts;               /* host -> struct host_info */
	struct map *paths;               /* "host type path" -> struct path_slot */
	struct map *backends;            /* key -> struct slot */
	struct map *servers;             /* server name -> struct slot */
	struct map *policies;            /* owner and variant -> struct slot */
	struct map *by_service;          /* "ns/name" -> struct slices */
	struct map *wanted[2];           /* Secrets and ConfigMaps already in the table's lists */
	const struct rec_ingress **ours; /* oldest first */
	size_t n_ours;
	bool refused; /* the Ingress at hand */
	size_t pem_bytes;  /* of certificates so far */
	struct map *certs; /* Secrets that are in that sum */
};
struct slices {
	const struct rec_slice **v;
	size_t n;
};

/* All: 0 or -ENOMEM. Findings are of r. */
int build_finding(struct build *b, const struct rec_ingress *r, const char *reason, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));
/* Index of what is found under key in *n things of map; *fresh when it is to be appended now. */
int build_slot(struct map *map, const char *key, size_t n, size_t *ret, bool *fresh);
int build_finding_of(struct build *b, const char *object, const char *reason, char text[900]);
int build_want(struct build *b, bool secret, const char *key); /* a Secret or ConfigMap; key NULL: nothing */

static inline bool build_named(const struct rec_ref *ref) /* a default backend that there is, or was meant to be */
{
	return ref->service || ref->none;
}

/* build.c */
struct host_info *build_host_info(struct build *b, const char *host); /* made if need be; NULL: no memory */
int build_host(struct build *b, const char *host, size_t *ret);       /* in the table */
char *build_path_key(const char *host, enum ing_match match, const char *path);

int build_slices(const struct ing_model *m, struct map *ret); /* for ret of map_new(build_slices_free): by_service */
void build_slices_free(void *p);

/* backend.c. Ready endpoints of a Service's port; when there is none, those that are going but still serve. */
/* What an ExternalName that is not refused stands for: an address at once, a name when it is asked for. */
int build_external(struct ing_backend *be, const struct rec_service *s, uint16_t port);
int build_endpoints(const struct map *by_service, struct ing_backend *be, const char *service, const char *port_name);
const struct rec_port *build_port(const struct rec_service *s, const struct rec_ref *ref); /* NULL: it has none such */
/* Backend and policy of a reference; faults are findings, and the backend is then there without endpoints. */
int build_backend(struct build *b, const struct rec_ingress *r, const struct rec_ref *ref, struct ing_target *ret);
/* The first port of a Service ("ns/name"): its key, lent by the table's backends until one is added; NULL with a finding. */
int build_error_backend(struct build *b, const struct rec_ingress *r, const char *service, const char **ret);

/* class.c. Parameters of classes. */
struct options {
	struct ing_option *v;
	size_t n;
};
int build_classes(struct build *b); /* findings of the classes, and what they refer to */
/* of an Ingress' class; NULL: it has none, or they cannot be had. *refused: the latter, and its paths answer 503. */
const struct rec_params *build_params(const struct build *b, const struct rec_ingress *r, bool *refused);
int build_class_refusal(struct build *b, const struct rec_ingress *r); /* sets b->refused */
bool build_redirects(const struct build *b, const struct rec_ingress *r, bool force); /* to HTTPS, where there is TLS or by force */
int64_t build_redirect_code(const struct build *b, const struct rec_ingress *r);
/* What the class has for all, and in the place of annotations. tls: the host has a certificate of a Secret. */
int build_class_options(struct build *b, const struct rec_ingress *r, bool tls, struct options *o);
int build_class_retry(struct build *b, const struct rec_ingress *r, struct options *o); /* after all other options */
/* The backend of what OPT_ERROR_CODE says, if there is any in o. */
int build_class_errors(struct build *b, const struct rec_ingress *r, struct options *o);
int build_default_certificate(struct build *b); /* after all servers */

/* policy.c */
int build_refusal(struct build *b, const struct rec_ingress *r); /* sets b->refused */
int build_policy(struct build *b, const struct rec_ingress *r, const char *host, size_t *ret);
/* Sorted as they are in a table. */
void build_options_sort(struct ing_option *o, size_t n);

/* servers.c */
int build_certificates(struct build *b, const struct rec_ingress *r);
bool build_has_certificate(const struct build *b, const struct rec_ingress *r, const char *host);
int build_client_certificates(struct build *b);                           /* after all others */
int build_server_copy(struct build *b, const char *from, const char *to); /* where `to` has none */

/* hosts.c */
int build_claim_hosts(struct build *b);
int build_aliases(struct build *b);
int build_www(struct build *b);
int build_expressions(struct build *b);
int build_path_copy(struct ing_path *to, const struct ing_path *from); /* to is empty; what came is freed with its host */

/* canary.c */
int build_canary(struct build *b, const struct rec_ingress *r);

/* canonical.c */
int build_canonical(struct ing_table *t);
/* Backends and policies are elsewhere now: what names them by index follows. */
void build_move_indices(struct ing_table *t, const size_t *backend, const size_t *policy);
