/* CSI drivers as plug-ins. */
#pragma once
#include "storage/plugin.h"

/* Asks the driver at this socket who it is and what it can. name: in classes; NULL: the driver's own. Blocks for as long as the driver takes to answer. */
int csi_plugin_new(struct plugin **ret, struct plugins *p, const char *name, const char *socket, struct err *e);
