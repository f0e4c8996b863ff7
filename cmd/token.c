#include <stdio.h>
#include "base/buf.h"
#include "base/fs.h"
#include "base/str.h"
#include "cmd/cmd.h"

/* One static token for now: `minik token` and `minik token list` print it; several with a life time are not supported. */
int cmd_token(int argc, char **argv)
{
	struct options *o = NULL;
	char **rest = NULL;
	struct err e = {0};
	AUTO_BUF struct buf text = {0};

	int status = cmd_options(&o, OPT_IN_TOOL, false, "minik token [list]", argc, argv, &rest);
	if (status >= 0)
		return status;
	AUTO_FREE char *path = fs_join(opt_str(o, OPT_DATA_DIR), "server/token");
	if (rest[0] && !streq(rest[0], "list")) {
		err_set(&e, ERR_UNSUPPORTED, "minik token %s is not supported: there is one static token, see minik token list", rest[0]);
		status = cmd_fail(&e);
	} else if (!path || fs_read(path, 4096, &text, &e) < 0) {
		if (e.code == ERR_NOT_FOUND)
			err_set(&e, ERR_NOT_FOUND, "%s does not exist: start minik server first, or name its --data-dir", path);
		status = cmd_fail(&e);
	} else {
		printf("%s\n", text.data);
		status = 0;
	}
	free(rest);
	options_free(o);
	return status;
}
