/*
 * Stream sockets with names in the file system (AF_UNIX). Paths may be longer than the 107 bytes of sockaddr_un: they
 * are then reached by their folder's descriptor. Non-blocking, CLOEXEC. Any thread.
 */
#pragma once
#include <sys/types.h>
#include "base/err.h"

/* ERR_UNAVAILABLE where nobody listens, there is no such file, or as many wait already as may; else -errno. */
int unix_connect(const char *path, int *ret_fd, struct err *e);
/* Takes the place of a socket that nobody listens at any more; -EADDRINUSE for one that somebody does, or for another
   kind of file. The folder must be there. mode: of the file. */
int unix_listen(const char *path, mode_t mode, int backlog, int *ret_fd, struct err *e);
