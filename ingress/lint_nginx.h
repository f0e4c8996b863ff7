/* Settings of ingress-nginx as a whole, its ConfigMap and its program's arguments: key by key what there is here. Pure. */
#pragma once
#include "ingress/lint_migrate.h"

/* A ConfigMap with its keys, by name or label. */
bool lint_nginx_is_config(const json_t *configmap);
int lint_nginx_config(const char *file, const char *object, const json_t *configmap, lint_told_fn fn, void *arg);
/* A workload whose pods are ingress-nginx. */
int lint_nginx_arguments(const char *file, const char *object, const json_t *container, lint_told_fn fn, void *arg);
