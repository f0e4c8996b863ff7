/*
 * In a cluster every node's component computes the same table. Which of them serve is told by their Nodes: annotation
 * minik.io/own-ports has the ports of Ingress where nginx runs. What all of them would write alike (statuses, events) the
 * first of them writes: control planes before others, then by name, without those that the node controller does not hear.
 */
#pragma once
#include "ingress/internal.h"

#define NODES_INGRESS "Ingress" /* whose the ports are in the annotation */

void nodes_look(struct ingress *x); /* Nodes have changed; the loop's thread */
char *nodes_text(struct ingress *x); /* "RANK NAME ADDRESS ADDRESS\n" for each that serves; any thread. NULL: no memory */
/* Whether this one writes what only the control plane may: the first, if it is of the control plane, else all that are. */
bool nodes_makes(struct ingress *x);
bool nodes_first(struct ingress *x); /* this one writes. Any thread */
/* Addresses of those that serve, one after the other in an order that is the same everywhere; NULL-terminated, a single
 * block. Any thread. NULL: no memory. */
char **nodes_addresses(struct ingress *x);
