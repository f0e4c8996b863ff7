/*
 * TCP and UDP services: what ConfigMaps kube-system/minik-ingress-tcp and -udp ask for. Each entry of their data is a
 * port and "namespace/service:port", as ingress-nginx has it; a third word PROXY means that clients speak the PROXY
 * protocol there, a fourth that the Service hears it. Pure.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include "base/err.h"
#include "base/json.h"
#include "ingress/nginx.h"

#define STREAMS_NS  "kube-system"
#define STREAMS_TCP "minik-ingress-tcp"
#define STREAMS_UDP "minik-ingress-udp"

struct streams_finding {
	bool udp;           /* which ConfigMap's */
	char *key;          /* of the entry; NULL: of none */
	const char *reason; /* static */
	char *message;
};
struct streams {
	struct nginx_stream *v; /* sorted by protocol and port */
	size_t n;
	struct streams_finding *findings;
	size_t n_findings;
};
struct streams_ask { /* what it must know; arg goes to both */
	/* The Service, a reference; NULL: there is none. */
	json_t *(*service)(void *arg, const char *ns, const char *name);
	/* Why a port cannot be had, static or arg's; NULL: it can. */
	const char *(*taken)(void *arg, uint16_t port, bool udp);
	void *arg;
	const char *node; /* whose ports are asked for; NULL: not said */
};
struct streams_target { /* what an entry's value says; all borrow text */
	char *text, *ns, *service, *port;
	bool accept_proxy, send_proxy;
};
/* 0; 1: it says nothing that can be read; -ENOMEM. */
int streams_target_read(struct streams_target *ret, const char *value);
void streams_target_done(struct streams_target *t);
/* The Service's port of that number or name; 0: none. */
uint16_t streams_port(const json_t *service, const char *port, bool udp);
/* Appends one ConfigMap's (NULL: none). An entry that cannot be served is a finding and touches no other; of two for one port the first
 * has it. */
int streams_read(struct streams *s, const json_t *config_map, bool udp, const struct streams_ask *ask, struct err *e);
void streams_done(struct streams *s);
