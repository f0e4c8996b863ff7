/* Secrets that classes and volumes name. Source: CSI's "Secrets & Credentials". */
#pragma once
#include "client/client.h"

#define SECRET_PREFIX "csi.storage.k8s.io/"

/*
 * The value of a template's word ("pvc.name"), borrowed; NULL for one that there is not. in_namespace: where a Secret is looked for is the administrator's choice,
 * so only words that the owner of the claim or snapshot does not write freely.
 */
typedef const char *(*secret_word_fn)(const void *arg, const char *word, bool in_namespace);
/* The Secret that a class names for a purpose ("provisioner", "node-stage"...), its templates filled in: {name, namespace}, or NULL in *ret. */
int secret_of_class(json_t **ret, const json_t *parameters, const char *purpose, secret_word_fn word, const void *arg, struct err *e);
/* A Secret's data as text, which is all that JSON and CSI know: {KEY: VALUE}. ERR_INVALID where it is none. ref: {name, namespace}; NULL gives NULL in *ret. */
int secret_read(struct client *c, const json_t *ref, json_t **ret, struct err *e);
int secret_read_ns(struct client *c, const json_t *ref, const char *ns /* of a ref without one; NULL: it must have one */, json_t **ret, struct err *e);
int secret_text(json_t **ret, const json_t *secret, struct err *e); /* pure: that of the object */
