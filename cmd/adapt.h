/* The pod network and volumes as the node agent wants them: net/'s and storage/'s node-local parts behind node/node.h's vtables. */
#pragma once
#include <pthread.h>
#include "cmd/parts.h"
#include "net/cni.h"
#include "net/net.h"
#include "node/node.h"
#include "storage/storage.h"

struct adapt {
	struct podnet *podnet;
	struct cni *cni;
	bool by_cni; /* new pods are attached by CNI plug-ins; others are let go of by whoever has attached them */
	struct cni_config cni_config; /* borrows from the options */
	struct volumes *volumes;
	struct cni_watch *watch; /* node's thread */
	void (*changed)(void *arg);
	void *changed_arg;
	pthread_mutex_t lock;
	char *network; /* lock: what was told of the network in use last */
};
enum podnet_hairpin adapt_hairpin(const struct options *o);
void adapt_cni_config(struct cni_config *c, const struct options *o); /* borrows from o */
char *adapt_kubelet_dir(const struct options *o); /* what --kubelet-dir says or comes to; malloc'ed */
/* api, plugins: for volumes, may be NULL; outlive it. */
int adapt_init(struct adapt *a, const struct parts_env *env, struct connector *api, struct plugins *plugins, struct err *e);
void adapt_done(struct adapt *a);
void adapt_node_config(struct node_config *c, const struct parts_env *env); /* borrows from env */
const struct node_network_ops *adapt_network_ops(void); /* impl: struct adapt */
const struct node_volume_ops *adapt_volume_ops(void);	/* impl: struct adapt */
/* proxy's host_ports_elsewhere; arg: the data-dir. */
bool adapt_host_ports_by_cni(void *arg, const char *pod_uid);
