/*
 * Addresses of this machine, and how they fit what the options say of the cluster's networks. Blocking: asks the
 * kernel. Source for what is refused: kubelet's validateNodeIP (--node-ip must be an address of an interface).
 */
#pragma once
#include "cmd/host.h"
#include "cmd/options.h"

/* AF_INET or AF_INET6: that of the first network of Services, in which Service default/kubernetes lies. */
int address_family(const struct options *o);
/*
 * An address of that family for the node: of the default route's interface, else of any but minik's own. Of IPv6 ones
 * none that is link-local, temporary or deprecated. Where there is none of that family, one of the other: address_check
 * tells. ERR_NOT_FOUND: none at all, and the mend.
 */
int address_own(const struct options *o, char out[48], struct err *e);
/* Is there a default route in that family? */
bool address_routed(const struct options *o);
/* Which of the node's addresses others reach the API server at: --advertise-address, or the first of address_family. */
const char *address_advertised(const struct options *o, const struct host *h);
/* Who has said what networks there are. */
enum address_nets {
	ADDRESS_NETS_OWN,     /* this machine's options */
	ADDRESS_NETS_CLUSTER, /* the cluster, see cmd/cluster.h */
	ADDRESS_NETS_UNKNOWN, /* nobody yet: they are not looked at */
};
/*
 * The node's addresses are on interfaces, the advertised one is of address_family, and neither pods' nor Services'
 * network holds an address of this machine. report may be NULL; the first fault is returned in *e.
 */
int address_check(const struct host *h, const struct options *o, enum address_nets whose,
		  void (*report)(void *arg, bool ok, const char *line), void *arg, struct err *e);
