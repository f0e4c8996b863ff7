/*
 * The dummy device that holds Service addresses, the machine's other addresses, and IPVS' sysctls. What is minik's is
 * marked: addresses by their protocol (IFA_PROTO, Linux 5.18), the device by its alias, which also remembers what the
 * sysctls were before. Works on the network namespace link_open was called in; one thread.
 */
#pragma once
#include "base/loop.h"
#include "proxy/model.h"

#define PX_IPVS_DEVICE "kube-ipvs0" /* kube-proxy's */

struct ipvs_link;
int ipvs_link_open(struct ipvs_link **ret, struct err *e);
struct ipvs_link *ipvs_link_close(struct ipvs_link *l);
/* Makes the device and sets the sysctls, where that is not so yet. Any modules that it takes are loaded. */
int ipvs_link_ensure(struct ipvs_link *l, struct err *e);
/* The alias says that minik made the device. */
int ipvs_link_is_ours(struct ipvs_link *l, struct err *e); /* 1, 0 or negative */
/* All addresses of the machine but loopback ones. dummy: of the device; ours: by its mark. */
int ipvs_link_addrs(struct ipvs_link *l, int (*fn)(void *arg, const struct inet_addr *a, bool dummy, bool ours),
		    void *arg, struct err *e);
/* Collected until commit. Adding what is there and deleting what is not is fine. */
void ipvs_link_addr_add(struct ipvs_link *l, const struct inet_addr *a);
void ipvs_link_addr_del(struct ipvs_link *l, const struct inet_addr *a);
int ipvs_link_commit(struct ipvs_link *l, struct err *e);
/* Sysctls as before; the device goes when minik made it and nobody else has an address on it. */
int ipvs_link_remove(struct ipvs_link *l, struct err *e);

/*
 * fn on the loop's thread for every address that comes or goes; the device's as such with a NULL address, and when
 * notices were lost. Own changes come too.
 */
struct ipvs_link_watch;
typedef void (*ipvs_link_fn)(void *arg, const struct inet_addr *a, bool dummy, bool came);
int ipvs_link_watch_new(struct ipvs_link_watch **ret, struct loop *loop, ipvs_link_fn fn, void *arg, struct err *e);
struct ipvs_link_watch *ipvs_link_watch_free(struct ipvs_link_watch *w);
