/* Names that net.c, its backends and cleanup.c share. */
#pragma once
#include <net/if.h>
#include <stdint.h>

#define NET_TABLE "minik-net"
/* What `ip link` shows as alias of the devices that backends make, and what cleaning up knows them by. */
#define NET_ALIAS      "minik"
#define NET_UDP_IFNAME "flannel0"

void net_vxlan_name(int family, uint32_t vni, char ret[IFNAMSIZ]);
