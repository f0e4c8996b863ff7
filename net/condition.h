/*
 * The condition NetworkUnavailable of this node's Node, as flannel and cloud controllers keep it: False with reason
 * FlannelIsUp; True keeps new pods away (the taint node.kubernetes.io/network-unavailable). Pure.
 */
#pragma once
#include "base/json.h"
#include "net/backend.h"

/*
 * What the condition has to say of peers that cannot be reached, v in the order of net_peers_judge. It is True only
 * when none of the nodes that were there before this one is reached and one of them should be: who came last to the
 * wrong link is out of place, not all others; and nobody who joins can take the older nodes out of service. Else the
 * peers are named in the message. failed (may be NULL): why this node has no end of the network at all. ret: the patch
 * of nodes/status, NULL when the Node says so already.
 */
int net_condition_patch(const json_t *node, const struct net_peer *v, size_t n, const struct err *failed,
			const char *now, json_t **ret, struct err *e);
/* With backend none it is for others to say: the patch that takes away what was said here; NULL: nothing was. */
int net_condition_forget(const json_t *node, json_t **ret, struct err *e);
