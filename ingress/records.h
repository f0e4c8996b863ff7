/* The few fields of each object that the routing table is built from. Private to the model (model.c, records.c,
 * build.c). */
#pragma once
#include "base/map.h"
#include "ingress/model.h"

struct rec_ref { /* of a Service's port */
	char *service;
	char *port_name; /* or NULL: port */
	uint16_t port;
};
struct rec_path {
	char *host; /* "*": none given */
	enum ing_match match;
	char *path;
	struct rec_ref ref;
};
struct rec_tls {
	char *secret; /* NULL: the default certificate */
	char **hosts;
	size_t n_hosts;
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
	bool refused;    /* an annotation restricts access in a way that is not supported */
	bool skipped;    /* serves nothing of its own (canary) */
	bool redirect;   /* hosts with TLS: to HTTPS */
	bool force_redirect;
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
};
struct rec_port {
	char *name; /* "" */
	uint16_t port;
};
struct rec_service {
	char *external;         /* or NULL */
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
struct rec_secret {
	char *cert_pem, *key_pem;
	char *fault; /* or NULL; then the texts above are NULL */
};

struct ing_model {
	char *class;
	struct map *ingresses, *classes, *services, *slices, *secrets; /* by "ns/name", classes by name */
};

/* NULL only without memory. */
struct rec_ingress *rec_ingress_new(const char *ns, const char *name, const json_t *o);
struct rec_class *rec_class_new(const json_t *o);
struct rec_service *rec_service_new(const json_t *o);
struct rec_slice *rec_slice_new(const char *ns, const json_t *o);
struct rec_secret *rec_secret_new(const json_t *o);
void rec_ingress_free(void *p);
void rec_service_free(void *p);
void rec_slice_free(void *p);
void rec_secret_free(void *p);
/* Annotations of nginx.ingress.kubernetes.io: sets the flags and adds faults. 0 or -ENOMEM. */
int rec_annotations(struct rec_ingress *r, const json_t *o);
int rec_fault(struct rec_ingress *r, const char *reason, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
bool host_valid(const char *h, bool wildcard);
char *path_decode(const char *path, enum ing_match match, const char **why);
/* A growing array of elements: zeroed room for one more at the end, or NULL without memory. */
void *rec_grow(void **array, size_t *n, size_t size);
#define REC_GROW(array, n) ((__typeof__(array))rec_grow((void **)&(array), &(n), sizeof(*(array))))

/* build.c: "ns/name" -> slices of that Service, for ret of map_new(build_slices_free). -ENOMEM. */
int build_slices(const struct ing_model *m, struct map *ret);
void build_slices_free(void *p);
/* Ready endpoints of a Service's port; when there is none, those that are going but still serve. -ENOMEM. */
int build_endpoints(const struct map *by_service, struct ing_backend *be, const char *service, const char *port_name);
const struct rec_port *build_port(const struct rec_service *s, const struct rec_ref *ref);
