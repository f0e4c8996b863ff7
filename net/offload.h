/*
 * A self-test of VXLAN's checksum offload. Some network cards, and some kernels together with address translation, do
 * not fill in the checksum of what travels inside VXLAN: the other node's kernel drops such packets without a word,
 * pings pass and TCP hangs.
 *
 * The test needs nothing of the other node but its kernel. Two datagrams go through the device to a closed port of a
 * peer's overlay address: one as any program sends it, its checksum left to the device, and one without a checksum
 * (IPv4 allows it). A kernel that gets a good datagram answers that the port is closed. Both answered: the offload
 * works. Only the second, three times in a second each: it is broken, and offloading is turned off at the device (as
 * ethtool -K flannel.1 tx-checksum-ip-generic off does). Neither: the peer is not there or a firewall says nothing, and
 * the next one is asked, up to sixteen. Without any that answers there is no verdict, and the next pass over the Nodes
 * tries again.
 *
 * Without a peer nothing can be told, since a packet to oneself never meets the card. IPv6 allows no datagram without a
 * checksum: what is found for IPv4 counts for both.
 */
#pragma once
#include "base/err.h"
#include "base/loop.h"

struct offload;
enum offload_verdict { OFFLOAD_UNKNOWN, OFFLOAD_WORKS, OFFLOAD_BROKEN };
/* done: a verdict was found; on the loop's thread, as all of this. */
int offload_new(struct offload **ret, struct loop *l, void (*done)(void *arg), void *arg, struct err *e);
struct offload *offload_free(struct offload *o);
/* Tests with one of the peers (addresses on the overlay), unless there is a verdict for this device or a test under
 * way. */
void offload_test(struct offload *o, const char *ifname, const char *own, const char *const *peers, size_t n);
enum offload_verdict offload_verdict(const struct offload *o);
/* ethtool's tx-checksum-ip-generic of a device. Blocking, short. 1: changed, 0: it was off. */
int offload_turn_off(const char *ifname, struct err *e);
