/*
 * ConfigMaps, Secrets and other objects that pods refer to. Each one in use has an informer on exactly that object (a
 * node may not list more); the first answer comes by a direct GET. Referring pods are kicked when it changes.
 */
#pragma once
#include "node/internal.h"

struct pod;
int objects_new(struct objects **ret, struct node *n, struct err *e);
struct objects *objects_free(struct objects *o); /* when the loop has ended */
/* Worker thread. kind: "configmaps" or "secrets". ERR_NOT_FOUND in kubelet's words. The pod is remembered as interested. */
int objects_get(struct objects *o, struct pod *p, const char *kind, const char *ns, const char *name, json_t **ret, struct err *e);
/* The pod refers to nothing any more. Any thread. */
void objects_release(struct objects *o, struct pod *p);
