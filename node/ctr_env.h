/* The environment of a container: Services, envFrom, env. During a sync. */
#pragma once
#include "node/expand.h"
#include "node/pod.h"

int ctr_env(struct pod *p, const json_t *container, struct env *env, struct err *e);
