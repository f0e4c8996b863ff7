#include "net/backend.h"
#include "base/cleanup.h"
static int udp_sync(void *state UNUSED, struct nl_ctx *nl UNUSED, const struct net_self *self UNUSED, const struct net_peer *v UNUSED,
		    size_t n UNUSED, net_peer_error fn UNUSED, void *arg UNUSED, struct err *e)
{
	return err_set(e, ERR_UNSUPPORTED, "udp");
}
const struct net_backend_ops net_udp_ops = {.name = "udp", .overhead = {28, 48}, .must_announce = true, .sync = udp_sync};
