/* ConfigMaps of TCP and UDP services, minik's and as ingress-nginx' users have them. Pure. */
#pragma once
#include "ingress/lint_migrate.h"
#include "ingress/seen.h"

bool lint_streams_is(const json_t *config_map);
/* What is wrong with one, by the Services, Nodes and Gateways that are known. cluster: all of them are. */
int lint_streams(const struct seen *s, const struct gateway_outcome *gateways, bool cluster, const char *file,
		 const char *object, const json_t *config_map, lint_told_fn fn, void *arg);
