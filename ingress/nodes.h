/*
 * In a cluster every node's component computes the same table. Which of them serve is told by their Nodes: annotation
 * minik.io/own-ports has the ports of Ingress where nginx runs. What all of them would write alike (statuses, events) the
 * first of them writes: servers before others, then by name, without those that the node controller does not hear. Where
 * there are several servers it is not the first of them but the one that holds Lease kube-system/minik-ingress: another
 * takes over in seconds, and who was stopped for longer than that knows by its clock that it is no longer it.
 */
#pragma once
#include "ingress/internal.h"

#define NODES_INGRESS "Ingress" /* whose the ports are in the annotation */

int nodes_start(struct ingress *x, struct err *e); /* the election, where there is one */
void nodes_end(struct ingress *x); /* gives the Lease up; the loop has ended */
void nodes_look(struct ingress *x); /* Nodes have changed; the loop's thread */
char *nodes_text(struct ingress *x); /* "RANK NAME ADDRESS ADDRESS\n" for each that serves; any thread. NULL: no memory */
/* Whether this one writes what only servers may: who leads them. */
bool nodes_makes(struct ingress *x);
/* This one writes. Any thread. Asked once more between reading what is to be written and writing it, it is a fence: what
 * somebody else has written since makes the write fail by its resourceVersion. */
bool nodes_first(struct ingress *x);
/* Addresses of those that serve, one after the other in an order that is the same everywhere; NULL-terminated, a single
 * block. Any thread. NULL: no memory. */
char **nodes_addresses(struct ingress *x);
