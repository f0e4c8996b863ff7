/* seccompProfile RuntimeDefault: what containers may call, after containerd's default profile. Pure. */
#pragma once
#include <stdint.h>
#include "base/json.h"

/* linux.seccomp of config.json for a container with these capabilities. NULL without memory. */
json_t *seccomp_default(uint64_t caps);
