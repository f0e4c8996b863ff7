/*
 * What the kubelet server (logs, exec, attach, port-forward) needs to know about the node's pods. Any thread; everything
 * returned is a copy.
 */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include "base/json.h"
#include "node/runtime.h"

struct node;

struct node_container_info {
	char uid[64];
	char container[254];
	char cid[65];	     /* "" when it never ran */
	bool running;
	pid_t pid;	     /* init process in our pid namespace; 0 unless running */
	bool tty, stdin_open;
	unsigned restarts;
	char log_path[1024];	  /* of this run: CRI log lines; rotated ones are log_path + ".YYYYmmdd-HHMMSS", oldest first by name */
	char netns_path[256];	  /* "" : the host's network */
	char pod_ip[48];
};
/*
 * uid may be NULL; container NULL or "": the only (or default: annotation kubectl.kubernetes.io/default-container) one. previous: the run before the present one.
 * ERR_NOT_FOUND when there is no such pod, container or previous run (kubelet's words); ERR_BAD_REQUEST when a name must be given
 * or the container has not started (logs: "container X in pod Y is waiting to start: REASON").
 */
int node_find_container(struct node *n, const char *ns, const char *pod, const char *uid, const char *container, bool previous,
			struct node_container_info *ret, struct err *e);
/* The pod's network namespace and address only (port-forward). ERR_NOT_FOUND. */
int node_find_pod(struct node *n, const char *ns, const char *pod, const char *uid, struct node_container_info *ret, struct err *e);
/* A v1 PodList of this node's pods as the agent sees them (GET /pods). New tree. */
int node_pods_json(struct node *n, json_t **ret, struct err *e);
/* Summary statistics (GET /stats/summary) of node and pods: cpu, memory, filesystem. New tree. */
int node_stats_json(struct node *n, json_t **ret, struct err *e);
/* For runtime_exec_spawn and runtime_attach_path; lives as long as the node. */
struct runtime *node_runtime(struct node *n);
