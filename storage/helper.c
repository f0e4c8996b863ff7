#include "storage/helper.h"
#include <stdio.h>
#include <string.h>
#include "storage/builtin_nfs.h"

int storage_helper_main(int argc, char **argv)
{
	if (argc >= 1 && strcmp(argv[argc - 1], "nfs") == 0)
		return nfs_work_main();
	fprintf(stderr, "storage-helper: unknown helper \"%s\"\n", argc > 0 ? argv[argc - 1] : "");
	return 2;
}
