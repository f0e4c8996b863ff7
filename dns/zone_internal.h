/* What zone.c (keeps the data) and zone_answer.c (reads it) share. */
#pragma once
#include "base/inet.h"
#include "base/map.h"
#include "dns/zone.h"

struct port {
	char *name; /* lower case; NULL: it has none */
	char protocol[5];
	uint16_t port;
};
struct endpoint {
	char *hostname; /* lower case; NULL: the address with dashes is its name */
	struct inet_addr addr;
	bool ready;
};
struct slice {
	struct slice *next;
	char *name;
	struct port *ports;
	size_t n_ports;
	struct endpoint *eps;
	size_t n_eps;
};
struct seen { /* a ready endpoint; more than once, one behind the other, where it stands in several slices */
	const struct slice *slice;
	const struct endpoint *ep;
};
struct service {
	/* What most questions want stands together, in one cache line. */
	bool exists, headless, dirty;
	uint8_t n_ips;
	struct inet_addr ips[2];
	char *external; /* ExternalName's target */
	char *key;      /* "name.ns" in lower case */
	struct port *ports;
	size_t n_ports;
	struct slice *slices;
	/* Made of the slices when it is asked for (dirty): by address and name, and those with host names by these. */
	struct seen *by_addr, *by_name;
	size_t n_by_addr, n_by_name;
	uint32_t turn; /* where the next list of endpoints begins */
};
struct rev { /* a name of an address */
	struct rev *next;
	const void *owner; /* who put it: the service or the slice */
	const struct service *service;
	const char *hostname; /* borrowed of the endpoint; NULL: the address with dashes */
	bool cluster_ip;
};
struct reverse { /* a network whose reverse names are ours */
	struct inet_cidr net;
	struct dns_name apex; /* the zone that holds it, at a label's border */
};
struct zone {
	struct dns_name domain, mname, rname;
	unsigned domain_labels;
	struct inet_addr service_ip; /* family 0: none */
	struct reverse nets[8];
	unsigned n_nets;
	struct map *services;    /* "name.ns" -> struct service */
	struct map *namespaces;  /* ns -> struct ns_count */
	struct map *slice_owner; /* "ns/slice" -> char * key */
	struct map *reverse;     /* zone_reverse_key -> struct rev, the first; freed by hand */
	uint32_t serial;
};

void zone_addr_name(const struct inet_addr *a, char out[48]); /* "10-42-0-3", "fd42--3" */
static inline int zone_addr_compare(const struct inet_addr *a, const struct inet_addr *b)
{
	return a->family != b->family ? a->family - b->family : inet_addr_compare(a, b);
}
void zone_reverse_key(const struct inet_addr *a, char out[33]);
/* Brings by_addr and by_name up to date; without memory they are empty. */
void zone_service_view(struct service *s);
