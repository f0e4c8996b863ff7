/*
 * SCTP through IPVS and VXLAN. A packet of this machine's kernel leaves its socket with the mark that its checksum is a
 * CRC still to be filled in (csum_not_inet). IPVS fills it in when it changes the port (ip_vs_proto_sctp.c), but leaves
 * the mark. A VXLAN device then asks for the checksum of the UDP around it, the mark makes that a CRC too, and a
 * network card without SCTP offload has the kernel write it where an SCTP header has its own: over the VXLAN header
 * behind the UDP header (skb_crc32c_csum_help; seen with 6.1). The other node finds a wrong VNI and drops the packet.
 *
 * The kernel's traffic control takes the mark away: action csum, of SCTP alone, on what goes out at the VXLAN device,
 * computes the CRC once more and leaves an ordinary packet (act_csum.c, tcf_csum_sctp). It is one filter per device,
 * only while the machine has IPVS' device kube-ipvs0, which minik's proxy and kube-proxy make.
 */
#pragma once
#include <stdbool.h>
#include "base/err.h"

#define NET_IPVS_DEVICE "kube-ipvs0"

/* The filter is there, or is not. ifname: a VXLAN device of ours, which carries AF_INET or AF_INET6. Idempotent;
 * blocking, short. ERR_UNSUPPORTED: the kernel has no such filter or action. */
int net_sctp_crc_keep(const char *ifname, int family, bool wanted, struct err *e);
