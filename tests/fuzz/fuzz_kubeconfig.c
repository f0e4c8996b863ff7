/* A kubeconfig, as somebody else may have sent it: a connector, or what is wrong with it. The files it names are those
 * of /proc/self/fd. */
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>
#include "base/cleanup.h"
#include "base/str.h"
#include "client/kubeconfig.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_CLOSE int fd = memfd_create("kubeconfig", MFD_CLOEXEC);
	AUTO_FREE char *path = str_fmt("/proc/self/fd/%d", fd);
	struct connector *c = NULL;
	struct err e = {0};

	if (fd < 0 || !path || write(fd, data, size) != (ssize_t)size)
		abort();
	if (kubeconfig_connector(&c, path, "fuzz", &e) == 0)
		(void)connector_free(c);
	else if (!e.msg[0])
		abort();
	return 0;
}
