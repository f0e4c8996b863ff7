/*
 * The Kubernetes API server: HTTPS, authentication, authorization, admission, REST verbs, watch, streaming, CRDs, over
 * store/. Also offers direct calls to components of the same process by client/transport.h.
 */
#pragma once
#include <stdint.h>
#include "base/clock.h"
#include "client/transport.h"
#include "store/store.h"
#include "apiserver/pki.h"

struct apiserver;

struct apiserver_config {
	const char *bind_address; /* NULL: "::" */
	uint16_t port;		  /* 6443; 0: any */
	const char *advertise_address;
	const char *cluster_domain;	       /* cluster.local */
	const char *service_cidr;	       /* 10.43.0.0/16; one of each family with a comma: the first is the usual one */
	const char *cluster_cidr; /* not used here, but told to those who join; NULL: not told */
	uint16_t node_port_min, node_port_max; /* 30000-32767 */
	/* Ports that every node listens on itself; whose: the name of the flag, static. 0 ends them. No Service gets one as
	 * its node port, or (on_demand) only one that names it. */
	struct {
		uint16_t port;
		bool on_demand;
		const char *whose;
	} kept_ports[4];
	const char *cluster_dns; /* reserved in the service range: 10.43.0.10 */
	const char *token;     /* static join token: authenticates as system:bootstrap:minik, group system:bootstrappers; NULL: none */
	unsigned threads, max_connections; /* 0: defaults of wire/http_server.h */
	unsigned max_requests, max_mutating_requests; /* seats of all priority levels are the sum; 0: 400 and 200, kube-apiserver's */
	const char *kubelet_ca_pem; /* CAs that node agents' certificates may be of, besides the cluster's own; NULL: none */
	const char *issuer; /* service-account token issuer; NULL: https://kubernetes.default.svc.<domain> */
};
struct apiserver_deps {
	struct store *store;
	struct pki *pki;
	struct clock *clock;
};
int apiserver_new(struct apiserver **ret, const struct apiserver_config *c, const struct apiserver_deps *d, struct err *e);
/* Listens; writes the bootstrap objects (namespaces, RBAC roles, Service kubernetes and its endpoints, priority classes). */
int apiserver_start(struct apiserver *a, struct err *e);
uint16_t apiserver_port(const struct apiserver *a);
/* After pki_renew, on the thread that called it: new connections see the renewed certificates, those that are open go
 * on. */
int apiserver_use_certificates(struct apiserver *a, struct err *e);
void apiserver_stop(struct apiserver *a);
void apiserver_join(struct apiserver *a);
struct apiserver *apiserver_free(struct apiserver *a);

/* Direct calls as user with groups (NULL-terminated); they pass authorization and admission like any other. */
int apiserver_connector(struct connector **ret, struct apiserver *a, const char *user, const char *const *groups, struct err *e);
