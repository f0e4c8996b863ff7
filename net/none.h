/*
 * With backend none there is no bridge of ours whose address the cluster DNS could answer at: the first address of the
 * node's pod network then is one of lo, so that it leads to this node whatever CNI plug-ins make. cidr NULL: it goes.
 * RUN_DIR/net/lo-address remembers it.
 */
#pragma once
#include "base/netlink.h"

int net_none_address(struct nl_ctx *nl, const char *run_dir, const char *cidr, struct err *e);
