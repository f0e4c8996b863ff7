/*
 * Annotation minik.io/own-ports of a Node: what its machine listens on for minik itself, besides kubelet's port.
 * "6443/TCP=API server,8472/UDP=pod network". Written by the node agent; read by who gives ports of nodes away, or
 * wants to know which one the pod network uses. Pure.
 */
#pragma once
#include <stdbool.h>
#include <stdint.h>

#define OWN_PORTS             "minik.io/own-ports"
#define OWN_PORTS_NO_INGRESS  "minik.io/no-ingress" /* annotation: why nginx does not serve Ingress on this node, in words */
#define OWN_PORTS_POD_NETWORK "pod network" /* whose it is */

struct own_port {
	uint16_t port; /* not 0 */
	char protocol[8];
	char whose[61]; /* "": not said; cut off */
};
/* The next one of *text (NULL is fine), which moves behind it. What is malformed is passed over. False: no more. */
bool own_ports_next(const char **text, struct own_port *ret);
