/*
 * The node's HTTPS server (kubelet's API on :10250): logs, exec, attach, port-forward, health, pods, statistics. Only
 * clients with a certificate of client_ca_pem that names the API server or system:masters are served.
 */
#pragma once
#include "base/err.h"

struct node;
struct node_server;
/* Binds and serves from then on. Needs the node's runtime and pods. */
int node_server_start(struct node_server **ret, struct node *n, struct err *e);
int node_server_use_certificate(struct node_server *s, const char *cert_pem, const char *key_pem, struct err *e);
/* Ends all streams and connections, waits for what runs on behalf of them, frees. NULL is fine; returns NULL. */
struct node_server *node_server_free(struct node_server *s);
