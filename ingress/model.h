/*
 * Ingress, IngressClass, Service, EndpointSlice, Secret and ConfigMap objects in, one canonical routing table out. Pure: no clock,
 * no I/O. Rules: networking.k8s.io/v1 Ingress (https://kubernetes.io/docs/concepts/services-networking/ingress/).
 *
 *  - The host picks the server: exact name, else wildcard (one label, as Kubernetes has it), else the rules without
 * host. A host's paths are all there is for it: a path that none of them matches goes to the host's default backend,
 * then to the default backend of all, then is answered 404.
 *  - Of a host's paths the longest that matches wins; Exact before Prefix of the same text. ImplementationSpecific is
 * Prefix. Prefix matches whole elements. Paths of specs are percent-decoded, because requests are matched decoded.
 *  - Two Ingresses that want the same (host, path, type): the older wins (creationTimestamp, then namespace and name).
 *  - A fault costs only what it touches, and is a finding of its Ingress.
 *  - Annotations nginx.ingress.kubernetes.io/X are typed (ingress/notes.c); what is not taken is a finding, and if it restricts who
 * may come in, the Ingress is not served at all (503) rather than served to everybody.
 *  - Where an Ingress has use-regex or rewrite-target, all paths of its hosts are regular expressions, whoever's they are: longest
 * first, without case. Exact ones are anchored at their end; Exact and Prefix paths of Ingresses without these are taken literally.
 *  - A path whose backend cannot be had is there all the same, and answered 503: requests for it go nowhere else.
 *  - A host has TLS, and http is redirected for it, when an Ingress with a rule for it (or for its wildcard) has a tls section, whatever
 * becomes of the Secret. A certificate is shown for hosts that it names, never for one of another namespace's Ingress alone.
 *  - A canary Ingress joins the rule of the same host, path and type: header, then cookie, then weight.
 *  - Objects that an Ingress names are of its own namespace.
 *
 * Not thread-safe. The table borrows nothing from the model.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/err.h"
#include "base/json.h"
#include "ingress/options.h"
#include "ingress/pem.h"
#include "ingress/table_file.h"

#define INGRESS_CONTROLLER "minik.io/ingress-nginx"
#define INGRESS_ANNOTATION "nginx.ingress.kubernetes.io/"

enum ing_match { ING_EXACT, ING_PREFIX, ING_REGEX, ING_DEFAULT /* no path matched */ }; /* as enum tf_match */

struct ing_option { /* see ingress/options.h */
	enum ing_opt opt;
	int64_t num;
	char *a, *b; /* or NULL */
	struct ing_pem *pem_a, *pem_b; /* whose texts a and b are, or NULL: they are the option's own */
};
/* Options of one Ingress or rule. Sorted by number, lists in their order. */
struct ing_policy {
	char *owner; /* "ns/name" of the Ingress, "httproute/ns/name" */
	struct ing_option *options;
	size_t n_options;
};
struct ing_cond {
	uint32_t kind; /* enum tf_cond_kind */
	char *name, *value;
};
struct ing_target {
	size_t backend; /* index; SIZE_MAX: none */
	uint32_t weight;
	size_t policy; /* SIZE_MAX: none of its own */
	bool canary;
};
struct ing_rule {
	struct ing_cond *conds; /* all must hold */
	size_t n_conds;
	struct ing_target *targets;
	size_t n_targets;
	size_t policy; /* index */
	char *owner;   /* as the policy's */
	bool guest;    /* an Ingress' in a host with a scope */
};
struct ing_path {
	enum ing_match match;
	char *path;             /* decoded; Prefix without trailing slash ("" is "/"); "" for ING_DEFAULT; ING_REGEX: the expression */
	struct ing_rule *rules; /* in the order they are tried; at least one */
	size_t n_rules;
	char *was; /* of an Ingress' ING_REGEX: match and path before it became one; else NULL */
	enum ing_match was_match;
};
struct ing_host {
	char *host;     /* lower case; "*.example.com"; "*" for every host */
	uint16_t scope; /* port of a Gateway's listener; 0: Ingress */
	bool deep;      /* a wildcard that stands for any number of labels */
	bool falls;     /* where none of its rules holds the next wider host of the scope has its turn */
	bool regex;     /* all paths are ING_REGEX but the default; with a scope: some are */
	char *owner;    /* "ns/name" of the oldest Ingress that has it; NULL with a scope */
	struct ing_path *paths; /* longest first (regex: as their Ingresses have them), Exact before Prefix, default last */
	size_t n_paths;
};
struct ing_endpoint {
	char addr[46]; /* text of an IP address */
	uint16_t port;
};
struct ing_backend {
	char *key;      /* "ns/service:port", with service-upstream "ns/service:port@service"; unique */
	char *external; /* DNS name of an ExternalName Service, or NULL */
	uint16_t external_port;
	struct ing_endpoint *eps; /* sorted; none: answered 503 */
	size_t n_eps;
};
struct ing_server { /* what TLS shows and asks for by SNI */
	char *name;   /* as host; "*" without a scope: the default certificate */
	uint16_t scope;
	char *secret; /* "ns/name" of the certificate, NULL: the default one */
	char *owner;  /* "ns/name" of the Ingress that names it, or NULL */
	struct ing_pem *cert_pem, *key_pem; /* with a scope there may be several keys, and each's certificate with its chain */
	int64_t not_before, not_after;      /* of the certificate, seconds of UNIX; 0: there is none */
	char *teller; /* a finding's "ingress", who hears of it when it is over; NULL: the owner */
	struct ing_pem *ca_pem, *crl_pem;   /* or NULL: no client certificates are asked for */
	enum ing_verify verify;
	unsigned depth;
	/* Who has its certificate shown with an OCSP answer, as a finding's, or NULL: nobody. The answer (DER) is not the model's: it is
	 * put in beside it (ingress/staples.h), and shown until that time. */
	char *ocsp;
	struct ing_pem *answer;
	int64_t answer_until;
};
struct ing_finding {
	char *ingress;      /* "ns/name"; without a slash it is the name of an IngressClass; "httproute/ns/name", "gateway/ns/name" */
	const char *reason; /* event reason, static: "MissingService", "Conflict" ... */
	char *message;
};
struct ing_table {
	struct ing_host *hosts; /* sorted by scope and host */
	size_t n_hosts;
	struct ing_backend *backends; /* sorted by key */
	size_t n_backends;
	struct ing_policy *policies; /* sorted by owner; of one owner in the order of its rules */
	size_t n_policies;
	struct ing_server *servers; /* sorted by scope and name */
	size_t n_servers;
	struct ing_finding *findings; /* sorted by ingress */
	size_t n_findings;
	char **served; /* "ns/name" of the Ingresses that are ours, sorted */
	size_t n_served;
	/* "ns/name" of what they refer to, there or not, sorted: the model is to be given these Secrets and ConfigMaps, and no others. */
	char **secrets, **configmaps;
	size_t n_secrets, n_configmaps;
};
void ing_table_done(struct ing_table *t); /* frees; leaves it empty */
void ing_table_sort_findings(struct ing_table *t); /* when some were added */
const struct ing_host *ing_table_host(const struct ing_table *t, const char *host); /* of Ingresses, by its very name; or NULL */
bool ing_table_serves(const struct ing_table *t, const char *ingress);              /* "ns/name" */
/* The first of the options of that number, or NULL. */
const struct ing_option *ing_policy_find(const struct ing_policy *p, enum ing_opt opt);
/* What a request for path (decoded, with leading slash) of host (lower case, no port) gets, by Ingress; NULL: 404. Not for regex. */
const struct ing_path *ing_table_match(const struct ing_table *t, const char *host, const char *path);

struct ing_model;
/* class: the value of the old annotation kubernetes.io/ingress.class that means us. */
int ing_model_new(struct ing_model **ret, const char *class, struct err *e);
struct ing_model *ing_model_free(struct ing_model *m);
/* The object as it is now; NULL: gone. 0, or -ENOMEM and nothing changed. What is wrong inside becomes findings. */
int ing_model_ingress(struct ing_model *m, const char *ns, const char *name, const json_t *o);
int ing_model_class(struct ing_model *m, const char *ns, const char *name, const json_t *o); /* ns is not used */
int ing_model_service(struct ing_model *m, const char *ns, const char *name, const json_t *o);
int ing_model_slice(struct ing_model *m, const char *ns, const char *name, const json_t *o);
int ing_model_secret(struct ing_model *m, const char *ns, const char *name, const json_t *o);
int ing_model_configmap(struct ing_model *m, const char *ns, const char *name, const json_t *o);
int ing_model_build(const struct ing_model *m, struct ing_table *ret, struct err *e);
