/* The control socket of our nginx (script.lua). Blocking; worker threads only. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include "base/err.h"

/* The identity of the configuration that answers. ERR_UNAVAILABLE when nobody does. */
int control_id(const char *socket, char out[33], struct err *e);
/* Routes or a change of them, as nginx.h has them. ERR_TOO_LARGE: nginx has no room for them. */
int control_routes(const char *socket, bool full, const char *text, size_t n, struct err *e);
