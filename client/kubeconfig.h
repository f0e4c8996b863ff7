/* kubeconfig files (v1 Config): the current context becomes a connector. Blocking. */
#pragma once
#include "client/transport.h"

/* path NULL: $KUBECONFIG, then /etc/minik/minik.yaml. exec and auth-provider users are refused clearly. user_agent may be NULL. */
int kubeconfig_connector(struct connector **ret, const char *path, const char *user_agent, struct err *e);
struct kubeconfig_spec {
	const char *server, *ca_pem, *cert_pem, *key_pem, *token, *name /* of cluster, user and context */;
};
int kubeconfig_write(const char *path, mode_t mode, const struct kubeconfig_spec *s, struct err *e);
