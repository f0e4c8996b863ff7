/* The certificates of a data-dir: DATA_DIR/server/tls and DATA_DIR/agent. Blocking. */
#pragma once
#include "wire/cert.h"

typedef int (*certificate_fn)(void *arg, const char *path, const struct cert_info *info, struct err *e);
/* fn for each *.crt, and for the client certificate in kubeconfig (may be NULL), which is left out when it cannot be
   read. A negative answer of fn ends it. ERR_NOT_FOUND when there is none. */
int certificates_each(const char *data_dir, const char *kubeconfig, certificate_fn fn, void *arg, struct err *e);
