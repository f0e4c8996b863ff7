#include "storage/csi.h"

int csi_plugin_new(struct plugin **ret, struct plugins *p, const char *name, const char *socket, struct err *e)
{
	(void)ret;
	(void)p;
	return err_set(e, ERR_UNSUPPORTED, "%s: CSI driver at %s: CSI drivers are not supported", name ? name : "-", socket);
}
