/* The pod network and volumes as the node agent wants them: net/'s and storage/'s node-local parts behind node/node.h's vtables. */
#pragma once
#include "cmd/parts.h"
#include "net/net.h"
#include "node/node.h"
#include "storage/storage.h"

struct adapt {
	struct podnet *podnet;
	struct volumes *volumes;
};
enum podnet_hairpin adapt_hairpin(const struct options *o);
int adapt_init(struct adapt *a, const struct parts_env *env, struct err *e);
void adapt_done(struct adapt *a);
void adapt_node_config(struct node_config *c, const struct parts_env *env); /* borrows from env */
const struct node_network_ops *adapt_network_ops(void); /* impl: struct adapt */
const struct node_volume_ops *adapt_volume_ops(void);	/* impl: struct adapt */
