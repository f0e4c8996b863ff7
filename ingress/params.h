/*
 * Parameters of an IngressClass: a ConfigMap (spec.parameters) whose keys are those of ingress-nginx' own ConfigMap and hold for all
 * Ingresses of the class. Most are annotations by their name and grammar, which an Ingress' own annotation replaces; what
 * belongs to nginx as a whole is a flag or has one value, and is told. Private to the model.
 */
#pragma once
#include "ingress/notes.h"
#include "ingress/records.h"

enum param_kind {
	PARAM_NOTE,    /* the annotation `arg` (enum note_id) of every Ingress that does not have it */
	PARAM_AUTH,    /* the same, of those that make up global-auth-url */
	PARAM_OWN,     /* arg: enum param_own */
	PARAM_FLAG,    /* not an object's: text names the flag */
	PARAM_SAME,    /* `same` is how it is, and nothing else can be had; text: why, or what there is */
	PARAM_NEVER,   /* without effect; text: why, or what to use instead */
	PARAM_GUARD,   /* as PARAM_SAME; anything else is meant to keep somebody out: 503 */
	PARAM_SNIPPET, /* never; text: what to use instead */
};
enum param_own {
	PARAM_SSL_REDIRECT,
	PARAM_FORCE_REDIRECT,
	PARAM_REDIRECT_CODE,
	PARAM_RETRY,
	PARAM_OWN_ERRORS,
	PARAM_NO_ACCESS_LOG,
	PARAM_HSTS,
	PARAM_HSTS_AGE,
	PARAM_HSTS_SUB,
	PARAM_HSTS_PRELOAD,
	PARAM_ADD_HEADERS,
	PARAM_SET_HEADERS,
	PARAM_HIDE_HEADERS,
	PARAM_BLOCK,
	PARAM_REQ_STATUS,
	PARAM_CONN_STATUS,
	PARAM_CERTIFICATE,
	PARAM_OCSP,
	PARAM_BACKEND,
};
struct param_row {
	const char *name;
	enum param_kind kind;
	int arg;
	const char *same, *text;
	struct grammar g; /* of PARAM_OWN; PARAM_NOTE and PARAM_AUTH have their annotation's */
};
const struct param_row *param_find(const char *name); /* NULL: unknown */

struct rec_default {
	unsigned note; /* enum note_id: an Ingress that has this annotation has no need of it */
	struct ing_option o;
};
struct rec_params {
	struct rec_default *defaults;
	size_t n_defaults;
	struct ing_option *always; /* whatever an Ingress says */
	size_t n_always;
	signed char redirect, force_redirect; /* 0, 1; -1: not said */
	int64_t redirect_code;
	bool refused;         /* something restricts access in a way that cannot be had, */
	char *refused_by;     /* a key, the first that does; or NULL */
	bool retry, auth;     /* also what is not idempotent; global-auth-url is there */
	bool own_errors;      /* custom-http-errors of the class is for nginx's own answers alone */
	bool ocsp;            /* certificates are shown with an answer of their issuer's */
	char *hsts;           /* NULL: none */
	char *add_headers, *set_headers, *certificate, *backend; /* "ns/name" of the ConfigMap's own namespace, or NULL */
	struct rec_fault *faults;
	size_t n_faults;
	char *taken; /* names of the keys that have effect, by ", "; "" */
};
/* ns: the ConfigMap's. NULL only without memory. */
struct rec_params *rec_params_new(const char *ns, const json_t *configmap);
void rec_params_free(struct rec_params *p);
/* What holds where an Ingress' class has no parameters. */
#define PARAMS_HSTS "max-age=31536000; includeSubDomains"
#define PARAMS_REDIRECT_CODE 308
