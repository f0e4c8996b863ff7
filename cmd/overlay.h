/*
 * The pod network as its component left it in RUN_DIR/net/state.json, and whether the other nodes answer through it
 * just now: a ping to their bridges' addresses. Blocking, up to a second and a half; needs root.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include "base/json.h"

/*
 * {"backend", "mtu", "addresses", "offload"?, "peers": [{"name", "addresses", "networks", "problem"?, "reachable",
 * "roundTripMs"?, "silent"?: [addresses of its bridge that do not answer], "deaf"?: true}]}. deaf: it has a silent
 * address and does not answer at its own addresses either. Without rights to ping nobody is reachable, nor silent.
 * wanted: which peers to look at, the others are left out; NULL: all. NULL: there is no state, or no memory.
 */
json_t *overlay_look(const char *run_dir, bool (*wanted)(void *arg, const char *peer), void *arg);
