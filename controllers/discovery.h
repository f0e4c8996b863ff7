/* The kinds an API server has, by /api and /apis (legacy discovery, which every server speaks). Blocking; worker threads. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include "client/client.h"

struct discovered {
	char *group, *version, *plural, *kind; /* group "" for core */
	bool namespaced, deletable, deletecollection;
};
/* Kinds that can be listed, each once (preferred version). namespaced_only leaves cluster-scoped ones out. */
int discovery_kinds(struct client *c, bool namespaced_only, struct discovered **ret, size_t *ret_n, struct err *e);
void discovered_free(struct discovered *v, size_t n);
