/* A file that one process at a time holds and that names who does. Any thread. */
#pragma once
#include <sys/types.h>
#include "base/err.h"

/*
 * Holds until the descriptor is closed. -EWOULDBLOCK at once where a living process has it: *ret_holder. Of one that
 * was killed a child that has not begun its own program yet may hold it for a moment, which is waited for;
 * -EWOULDBLOCK with *ret_holder 0 if it goes on, and the error says so.
 */
int lock_file_take(const char *path, int *ret_fd, pid_t *ret_holder, struct err *e);
/* Who has it; 0: nobody, or nobody that can be told. */
pid_t lock_file_holder(const char *path);
