/*
 * A pod's bandwidth, by the annotations kubernetes.io/ingress-bandwidth and egress-bandwidth (source: Kubernetes,
 * "Network Plugins, Support traffic shaping"). What goes to the pod is shaped by a token bucket (tbf) at the host's end
 * of its veth; what comes from it by one at a device of its own (ifb) that this end's incoming packets take a turn
 * through, where the pod cannot get at it, whatever its rights.
 */
#pragma once
#include "base/netlink.h"
#include "net/net.h"

/* veth: the host's end. Makes what is there the same as limits; idempotent. Bits a second. */
int bandwidth_set(struct nl_ctx *nl, const char *veth, const struct podnet_limits *limits, struct err *e);
/* Removes the device of egress; the rest goes with the veth. Absent is fine. */
int bandwidth_remove(struct nl_ctx *nl, const char *veth, struct err *e);
