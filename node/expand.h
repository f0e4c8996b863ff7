/* $(NAME) expansion and downward-API values. Pure. Source: Kubernetes third_party/forked/golang/expansion, pkg/fieldpath. */
#pragma once
#include "base/json.h"

/* An ordered set of NAME=value; later values replace earlier ones in place. */
struct env {
	struct env_var {
		char *name, *value;
	} *v;
	size_t n, cap;
};
void env_done(struct env *env);
int env_set(struct env *env, const char *name, const char *value); /* -ENOMEM */
const char *env_get(const struct env *env, const char *name);	   /* NULL when absent */

/* $(NAME) -> value; $$ -> $; an unknown $(NAME) stays. malloc'ed; NULL without memory. */
char *expand(const char *text, const struct env *env);

struct field_context {
	const json_t *pod;
	const char *pod_ip, *pod_ips, *host_ip, *host_ips, *node_name; /* current values; "" when unknown */
};
/* metadata.name, metadata.labels['k'], status.podIP...; malloc'ed. ERR_INVALID for an unsupported path. */
int field_value(const struct field_context *c, const char *path, char **ret, struct err *e);
/* resourceFieldRef. container NULL: its containerName in the pod. allocatable: the node's, used where no limit is set. */
int resource_value(const json_t *pod, const json_t *container, const json_t *ref, const json_t *allocatable, char **ret, struct err *e);
/* A container (init and ephemeral ones too) of the pod by name; NULL. */
const json_t *pod_container_spec(const json_t *pod, const char *name);
