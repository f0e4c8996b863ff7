/*
 * IPVS by generic netlink (family "IPVS" of linux/ip_vs.h): virtual servers and their destinations, always by
 * masquerading (NAT). Changes are collected and sent together, but unlike nftables the kernel carries them out one by
 * one: after an error some are done and some are not, and the caller has to read again. One thread per struct ipvs;
 * calls block shortly. Works on the network namespace ipvs_open was called in.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/err.h"

#define IPVS_SCHED_MAX 16

struct ipvs_service {
	uint8_t family;   /* 4 or 6 */
	uint8_t protocol; /* IPPROTO_TCP, _UDP, _SCTP */
	uint16_t port;    /* host order */
	uint8_t addr[16]; /* network order; the rest of a v4 address is 0 */
	uint32_t fwmark;  /* not 0: of packets with this mark; protocol, port and addr do not count then */
	char sched[IPVS_SCHED_MAX];
	uint32_t persist_s; /* seconds that a client stays with its destination; 0: not persistent */
	bool fallback;      /* schedulers sh and mh pass over destinations of weight 0, where they would refuse else */
};
struct ipvs_dest {
	uint8_t family;
	uint16_t port;
	uint8_t addr[16];
	int32_t weight;
	uint32_t active, inactive, persistent; /* connections; only read */
};

struct ipvs;
/* ERR_UNSUPPORTED when this kernel has no IPVS, also after its module was asked for. */
int ipvs_open(struct ipvs **ret, struct err *e);
struct ipvs *ipvs_close(struct ipvs *v);
void ipvs_service_text(const struct ipvs_service *s, char out[96]); /* "TCP 10.43.0.1:443" */

/* Collected until ipvs_commit; a failure to collect sticks until then. Only what tells a server apart counts in those
 * that name one, except for service_add and service_set. */
void ipvs_service_add(struct ipvs *v, const struct ipvs_service *s); /* -EEXIST; -ENOENT: no such scheduler */
void ipvs_service_set(struct ipvs *v, const struct ipvs_service *s); /* scheduler and persistence */
void ipvs_service_del(struct ipvs *v, const struct ipvs_service *s); /* its destinations go too */
void ipvs_dest_add(struct ipvs *v, const struct ipvs_service *s, const struct ipvs_dest *d);
void ipvs_dest_set(struct ipvs *v, const struct ipvs_service *s, const struct ipvs_dest *d); /* weight */
void ipvs_dest_del(struct ipvs *v, const struct ipvs_service *s, const struct ipvs_dest *d);
/* The first error, with the server it is about; the rest was tried all the same. Nothing collected: 0 without a call.
 */
int ipvs_commit(struct ipvs *v, struct err *e);

/* fn returns non-zero to stop, which the call returns. */
int ipvs_services(struct ipvs *v, int (*fn)(void *arg, const struct ipvs_service *s), void *arg, struct err *e);
int ipvs_service_there(struct ipvs *v, const struct ipvs_service *s, struct err *e); /* 1, 0 or negative */
/* ERR_NOT_FOUND when there is no such server. */
int ipvs_dests(struct ipvs *v, const struct ipvs_service *s, int (*fn)(void *arg, const struct ipvs_dest *d), void *arg,
	       struct err *e);
/* ERR_UNSUPPORTED with the mend when the kernel has no scheduler of this name. */
int ipvs_scheduler_check(struct ipvs *v, const char *sched, struct err *e);
/* NULL-terminated names of the schedulers that kernels have. */
extern const char *const ipvs_schedulers[];
