/*
 * Ingress controller: objects -> routing table (ingress/model.h, pure) -> a file that nginx's workers map and look things up in
 * (ingress/live_page.h) -> nginx, supervised (ingress/runner.h). nginx.conf (ingress/nginx.h) has settings alone and is reloaded only
 * when those change.
 */
#pragma once
#include <stdbool.h>
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
	const char *metrics_address;    /* "127.0.0.1:10254" (ingress/metrics.h); "" or NULL: none */
	const char *node_name;          /* of this node; NULL: there is none */
	const char *node_selector;      /* nginx runs while this node's labels match; NULL: always */
	const char *own_ports;          /* what else minik listens on here, as annotation minik.io/own-ports has it; or NULL */
	bool access_log, proxy_protocol;
	const char *const *trusted;     /* networks of proxies that tell for whom they speak; NULL-terminated, or NULL */
	const char *const *dns;         /* name servers for ExternalName; none: those of /etc/resolv.conf */
	const char *const *hidden;      /* directories that nginx cannot look into, but for its own below them */
	/*
	 * One of a cluster's minik server and agents: which nodes serve is told by annotation minik.io/own-ports (serves), one of
	 * them writes statuses and events for all (ingress/nodes.h), and the API server is minik's. Else this component is alone.
	 */
	bool cluster;
	bool makes;    /* classes and the Gateway API's CRDs are made here */
	bool several;  /* other servers may make them, too: what only one may write is decided by a Lease */
	bool absent;   /* no nginx here: classes and CRDs alone, and statuses while nobody serves */
	bool optional; /* without an nginx that fits the start is no failure: it is tried again */
	/* nginx has begun to run here, or it does not run (any more), and why, in words. A worker, before ingress_join has returned. */
	void (*serves)(void *arg, bool now, const char *why);
	void *arg;
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
bool ingress_runs(const char *run_dir);			 /* an nginx of before is there */
bool ingress_can_run(void);				 /* there is an nginx that fits */
