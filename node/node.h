/*
 * The node agent (kubelet's job): registers its Node, runs the pods bound to it through an OCI runtime (crun or runc) and conmon,
 * with overlayfs images, volumes, probes, cgroups; reports status; serves logs, exec, attach and port-forward on HTTPS :10250.
 * Containers outlive this process: state lies under run-dir and data-dir, and a new process takes the pods over.
 */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include "base/clock.h"
#include "base/json.h"
#include "base/loop.h"
#include "client/transport.h"

struct node;

/* --- the pod network, provided by cmd. All functions: worker threads, may block, idempotent. --- */
struct node_net_request {
	const char *pod_uid, *pod_ns, *pod_name;
	const char *netns_path;		 /* made by the node, pinned */
	const char *const *pod_cidrs;	 /* the Node's spec.podCIDRs, NULL-terminated; empty when there are none yet */
	const json_t *pod;		 /* for annotations, hostPorts; borrowed */
};
struct node_net_result {
	char ips[2][48]; /* first is primary; "" when unused */
};
struct node_network_ops {
	int (*attach)(void *impl, const struct node_net_request *r, struct node_net_result *ret, struct err *e);
	int (*detach)(void *impl, const char *pod_uid, const char *netns_path, struct err *e);
	/* false: the node is not Ready, with the message, and pods wait but for those of the host's network. */
	bool (*ready)(void *impl, struct err *why);
	/* Pods that are gone: anything attached for a uid not in the list is detached (start after a crash). */
	int (*gc)(void *impl, const char *const *live_uids, struct err *e);
	/* May be NULL. fn is called on loop's thread whenever ready may have changed, until unwatch (loop's thread, or
	   when it has ended). One watcher. */
	int (*watch)(void *impl, struct loop *l, void (*fn)(void *arg), void *arg, struct err *e);
	void (*unwatch)(void *impl);
};

/* --- persistent volumes, and those of plug-ins in pods, provided by cmd. Worker threads, may block, idempotent. --- */
struct node_volume_request {
	const char *pod_uid, *volume_name;
	const json_t *pod, *volume; /* the pod; its spec.volumes[] of that name */
	const json_t *pv, *pvc;	    /* NULL: the volume is the pod's own (csi, nfs, iscsi, rbd, cephfs, flexVolume) */
	bool read_only;
	int64_t fs_group;	  /* -1: none */
	bool fs_group_if_differs; /* fsGroupChangePolicy OnRootMismatch */
};
struct node_volume_result {
	char *path;	       /* malloc'ed: bound into containers; with block a device's file */
	bool block, read_only;
	bool chgrp;	/* the caller gives it to fs_group now */
	bool republish; /* publish is to be called again every minute or so */
};
struct node_volume_stats {
	int64_t total, used, available, inodes, inodes_used, inodes_free; /* bytes; -1: not known */
};
struct node_volume_ops {
	/* ERR_UNSUPPORTED names the plug-in; ERR_UNAVAILABLE says what it waits for. */
	int (*publish)(void *impl, const struct node_volume_request *r, struct node_volume_result *ret, struct err *e);
	/* volume_name NULL: all of the pod's. -EBUSY, ERR_UNAVAILABLE: not yet; they stay on record. */
	int (*unpublish)(void *impl, const char *pod_uid, const char *volume_name, struct err *e);
	int (*stats)(void *impl, const char *pod_uid, const char *volume_name, struct node_volume_stats *ret, struct err *e);
	/* The volume has grown: its file system follows; *ret_bytes its size then. */
	int (*grow)(void *impl, const struct node_volume_request *r, int64_t *ret_bytes, struct err *e);
	/* Pods that have volumes published here, whoever published them; array and uids malloc'ed, NULL at the end. */
	int (*pods)(void *impl, char ***ret_uids, struct err *e);
	/* The Node is there, perhaps another than before. Node.status.volumesInUse is for volumes to write, and for nobody else. Any thread, short. */
	void (*registered)(void *impl);
	/* May be NULL. fn is called on any thread, whenever what could not be done may work now, until unwatch. One watcher. */
	int (*watch)(void *impl, void (*fn)(void *arg), void *arg, struct err *e);
	void (*unwatch)(void *impl);
};

struct node_config {
	const char *node_name;
	const char *const *node_ips;	/* NULL-terminated; one or two; NULL: the default route's source */
	const char *const *labels;	/* "k=v" */
	const char *const *taints;	/* "k=v:Effect" */
	const char *data_dir, *run_dir; /* the node uses DATA_DIR/{images,containers,pods,logs}, RUN_DIR/{pods,netns,...} */
	const char *runtime;		/* "auto", "crun", "runc" or a path */
	const char *cgroup_root;	/* "minik" */
	const char *resolv_conf;	/* what pods get of the host; NULL: /etc/resolv.conf */
	const char *cluster_dns;	/* into pods' resolv.conf */
	const char *cluster_domain;
	uint16_t kubelet_port;		/* 10250 */
	const char *bind_address;
	/* serving certificate and the CA whose client certificates may call us (PEM) */
	const char *serving_cert_pem, *serving_key_pem, *client_ca_pem;
	const char *registries_file;	/* /etc/minik/registries.yaml */
	unsigned max_pods;		/* 0: 110 */
	/*
	 * An external cloud controller manager looks after this Node: it is registered with the taint that waits for it, and the addresses
	 * in its status are that one's. Those of node_ips are only a first guess, and only where ips_given. Source: kubelet's --cloud-provider=external.
	 */
	bool cloud_external;
	bool ips_given;			/* node_ips were asked for, not found */
	const char *provider_id;	/* spec.providerID; NULL: none */
	const char *own_ports;		/* what else listens on this machine, for annotation minik.io/own-ports; NULL: nothing */
	const char *no_ingress;		/* why nginx does not serve Ingress here, for annotation minik.io/no-ingress; NULL: it does, or nobody knows */
};
struct node_deps {
	struct connector *api; /* as system:node:NAME */
	struct clock *clock;
	const struct node_network_ops *network;
	void *network_impl;
	const struct node_volume_ops *volumes;
	void *volumes_impl;
};
int node_new(struct node **ret, const struct node_config *c, const struct node_deps *d, struct err *e);
int node_start(struct node *n, struct err *e);
/* The agent's HTTPS server shows this one to new connections. Between start and stop, one thread. */
int node_use_certificate(struct node *n, const char *cert_pem, const char *key_pem, struct err *e);
/* What else listens on this machine has changed ("": nothing), or why there is no Ingress (NULL). Between start and stop, any thread; -ENOMEM. */
int node_use_own_ports(struct node *n, const char *own_ports, const char *no_ingress);
void node_stop(struct node *n); /* containers go on running */
void node_join(struct node *n);
struct node *node_free(struct node *n);

/*
 * The machine goes down: pods are ended within their grace periods, all at once, first the ordinary ones, then those of critical priority
 * (2000000000 and above), for which the last critical_s of the grace_s seconds are kept: kubelet's shutdownGracePeriod and
 * shutdownGracePeriodCriticalPods. They are not over in the API, and come back at the next start; but pods that are never restarted fail.
 * Until then the node is not Ready and starts nothing. done: loop's thread, once, when all have ended or soon after grace_s. Any thread; -ENOMEM.
 */
int node_shutdown(struct node *n, unsigned grace_s, unsigned critical_s, void (*done)(void *arg), void *arg);
/* The same for what no agent looks after: sends the pods' containers their stop signals, kills after their grace periods. */
int node_shutdown_rest(const struct node_config *c, unsigned grace_s, void (*fn)(void *arg, const char *what), void *arg, struct err *e);

/*
 * `minik killall`: stops every container of this data-dir/run-dir, removes their mounts, network namespaces, cgroups. Without API server.
 * fn (may be NULL) is told each step. Returns 0 when nothing of it is left.
 */
int node_killall(const struct node_config *c, const struct node_network_ops *net, void *net_impl,
		 void (*fn)(void *arg, const char *what), void *arg, struct err *e);
