/* nftables table minik-net: pods leave the cluster with their node's address. */
#pragma once
#include "base/err.h"

/* cluster_cidr: one CIDR, or one of each family separated by a comma. Replaced only when it is not there as it should
 * be. */
int masquerade_ensure(const char *cluster_cidr, struct err *e);
