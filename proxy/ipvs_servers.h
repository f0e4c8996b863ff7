/*
 * The virtual servers of IPVS mode: which ports of which Services want one, what the kernel has, and the difference.
 * A server is one address, protocol and port; who wanted it first has it, and the next one gets it afterwards.
 *
 * Minik's own are those that its nftables table notes (sets cluster, external and so on); another one at a cluster
 * address is taken over, since the service network is the cluster's, and at any other place it is left alone: the
 * Service does without (warn).
 *
 * A destination that is not wanted any more has its weight set to 0: no new connections. It goes when it has none, one
 * of UDP, and of the scheduler dh, at once. One thread.
 */
#pragma once
#include "base/ipvs.h"
#include "proxy/ipvs_sets.h"
#include "proxy/model.h"

struct servers_deps { /* borrowed */
	struct ipvs *vs;
	struct nft_elem_table *elems;
	const char *sched;
	void (*warn)(void *arg, const char *object, const char *text); /* may be NULL */
	void *arg;
};
struct servers;
struct servers *servers_new(const struct servers_deps *d);
struct servers *servers_free(struct servers *x);
/* A port that lies at addr and f->port wants its server (no more). p is kept until it is given up or the same port
 * comes again with another p. -ENOMEM */
int servers_claim(struct servers *x, const struct px_port *p, const struct px_front *f, const struct inet_addr *addr,
		  bool want);
/* Reads the kernel. held: an address is on the dummy device by minik; lost: the table that notes servers was not there.
 */
int servers_read(struct servers *x, bool lost, bool (*held)(void *arg, const struct inet_addr *a), void *arg,
		 struct err *e);
void servers_touch_all(struct servers *x);
/* Of what was touched since the last write: elements for the table first, then the servers. Returns the number of
 * changes. */
int servers_elems(struct servers *x, struct err *e);
int servers_write(struct servers *x, struct err *e);
/* Destinations that are leaving: those without connections go. */
bool servers_leaving(const struct servers *x); /* since the last tidy */
int servers_tidy(struct servers *x, struct err *e);
