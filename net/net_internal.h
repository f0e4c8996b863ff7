/* Names that net.c, its backends and cleanup.c share. */
#pragma once

#define NET_TABLE        "minik-net"
#define NET_VXLAN_IFNAME "flannel.1"
