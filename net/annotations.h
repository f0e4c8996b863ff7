/*
 * What nodes tell each other by annotations of their Nodes, in the words of flannel's kube subnet manager
 * (flannel.alpha.coreos.com/..., source: flannel, pkg/subnet/kube), so that nodes with flanneld and nodes with minik
 * make one network. Pure; whatever a Node says is bounded and checked here.
 */
#pragma once
#include "base/json.h"
#include "net/backend.h"

#define NET_ANNOTATION_PREFIX "flannel.alpha.coreos.com/"
/* Of minik's own: this node's udp backend takes IPv6, and packets whose inner checksum is not filled in. */
#define NET_ANNOTATION_UDP "minik.io/udp-private"

/*
 * A Node as a peer. What cannot be read is left out (the address, the network, the VXLAN end), and said in ret->why
 * when it was there and malformed. False when it has no usable network at all and nothing to complain about: not a peer
 * yet.
 */
bool net_node_read(const json_t *node, struct net_peer *ret);
/* Of everything in it that counts here: equal for two versions of a Node that mean the same. */
uint64_t net_node_digest(const json_t *node);
/* "public-ip-overwrite" of this node, checked. "" when there is none. */
void net_node_overwrite(const json_t *node, int family, char out[48]);
/*
 * The merge patch that makes this node say what flannel's would; NULL in *ret when it says so already. backend NULL:
 * none.
 */
int net_node_announce(const json_t *node, const char *backend, const struct net_self *self, json_t **ret,
		      struct err *e);
/* Address of the family in inet_ntop's spelling; false for anything that is no unicast address of a node. */
bool net_node_address(const char *text, int family, char out[48]);
