/*
 * RUN_DIR/net/state.json: what the pod network is, for `minik status`, which asks the peers itself when somebody wants
 * to know: an idle node probes nobody. {"backend", "mtu", "addresses": [..], "offload"?, "peers": [{"name",
 * "addresses": [..], "networks": [..], "probe": [address on the overlay], "problem"?}]}
 */
#pragma once
#include "net/backend.h"

struct net_state {
	const char *backend;
	unsigned mtu;
	const char *offload; /* what the self-test of checksums found; NULL: no such test */
};
/* Written only when it has changed; readable for everybody who may read the run-dir. */
int net_state_write(const char *run_dir, const struct net_state *s, const struct net_self *self,
		    const struct net_peer *v, size_t n, struct err *e);
