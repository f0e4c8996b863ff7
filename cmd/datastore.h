/*
 * The datastore by the options that name it; and what servers share by it. Servers on one etcd are one cluster: they have
 * the same CAs, service-account key and join token. The first one puts the keys into etcd, sealed with the secret of the
 * join token (as k3s does), later ones need the token to take them.
 */
#pragma once
#include "cmd/options.h"
#include "store/store.h"

#define SECRETS_KEYS "server/cred/secrets-keys.json" /* below the data-dir: what Secrets are sealed with */

/* Fills c; strings are borrowed from o, *ret_path is malloc'ed for SQLite (else NULL). Makes SQLite's directory. */
int datastore_config(struct store_config *c, char **ret_path, const struct options *o, struct err *e);
int datastore_keys_check(const struct options *o, struct err *e); /* SECRETS_KEYS, if it is there, can be read */

/* Before the certificates are opened: puts the cluster's keys into DATA_DIR/server/tls when the datastore has some. */
int datastore_keys_take(struct store *s, const struct options *o, bool *ret_found, struct err *e);
/* Afterwards, when it had none. token: in full. ERR_EXISTS: another server was faster, take them. */
int datastore_keys_give(struct store *s, const struct options *o, const char *token, struct err *e);
