/*
 * Ingress controller: objects -> routing table (ingress/model.h, pure) -> texts for nginx (ingress/nginx.h, pure) -> nginx,
 * supervised (ingress/runner.h). Routes, endpoints and certificates are changed in the running nginx over a unix socket;
 * nginx.conf has settings alone and is reloaded only when those change.
 */
#pragma once
#include <stdint.h>
#include "base/clock.h"
#include "client/transport.h"

struct ingress;
struct ingress_config {
	const char *run_dir; /* RUN_DIR/ingress: configuration, certificates, pid */
	const char *data_dir;
	const char *const *addresses;   /* of this node, for status.loadBalancer; NULL-terminated */
	const char *ingress_class;      /* "nginx" */
	uint16_t http_port, https_port; /* 80, 443 */
	const char *nginx;              /* program; NULL: nginx from PATH */
};
struct ingress_deps {
	struct connector *api;
	struct clock *clock;
};
int ingress_new(struct ingress **ret, const struct ingress_config *c, const struct ingress_deps *d, struct err *e);
int ingress_start(struct ingress *x, struct err *e);
void ingress_stop(struct ingress *x); /* nginx goes on; the next start takes it over */
void ingress_join(struct ingress *x);
struct ingress *ingress_free(struct ingress *x);
int ingress_cleanup(const char *run_dir, struct err *e); /* ends nginx, removes its files */
