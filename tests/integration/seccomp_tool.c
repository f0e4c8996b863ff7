/* Prints a seccomp profile as the node gives it to containers of the usual capabilities: seccomp_tool default|none; unconfined: null. */
#include <stdio.h>
#include "base/str.h"
#include "node/seccomp.h"

int main(int argc, char **argv)
{
	const uint64_t caps = 0xa80425fb; /* of a container that asks for none */
	const char *kind = argc > 1 ? argv[1] : "";
	AUTO_JSON json_t *v = streq(kind, "default") ? seccomp_default(caps) : streq(kind, "none") ? seccomp_keep_limits(caps) : NULL;
	char *text = v ? json_dumps(v, JSON_COMPACT) : NULL;

	(void)puts(text ? text : "null");
	free(text);
	return 0;
}
