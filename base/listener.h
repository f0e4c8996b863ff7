/* Who has a port already: for messages that say so. Blocking, some milliseconds; any thread. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* "nginx (pid 12)" for the process that listens on this TCP port in the current network namespace. False: nobody does,
 * or it may not be seen. */
bool listener_find(uint16_t port, char *out, size_t cap);
