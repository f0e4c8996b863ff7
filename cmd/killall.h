/* Ends the minik of a run-dir and everything it made on this machine but its data. Used by killall and uninstall. */
#pragma once
#include "cmd/options.h"

/* Each step is printed. dry_run: only says what would be done. */
int killall_run(const struct options *o, bool dry_run, struct err *e);
