/*
 * Calls a plug-in of storage/plugin.h without a cluster: plugin_tool DATA_DIR NODE PLUGIN OP [JSON] prints the answer. With "-" for OP: "OP JSON" lines on standard input,
 * one answer a line. PLUGIN_TIMEOUT_MS: of each call. PLUGIN_WAIT_MS: for a
 * plug-in that is looked for (links, programs, drivers). LOCAL_PATH_CONFIG: text of the ConfigMap's config.json.
 */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>
#include "base/str.h"
#include "storage/builtin_local.h"
#include "storage/helper.h"
#include "storage/internal.h"

static int one(struct plugin *p, const char *op, const char *text)
{
	AUTO_JSON json_t *req = NULL, *answer = NULL;
	struct err e = {0};
	const char *limit = getenv("PLUGIN_TIMEOUT_MS");
	int64_t ms = 60000;
	unsigned i = 0;

	while (i < PLUGIN_OP_COUNT && !streq(plugin_op_name(i), op))
		i++;
	if (limit && str_to_i64(limit, 1, 3600000, &ms) < 0)
		return 2;
	int r = i == PLUGIN_OP_COUNT ? err_set(&e, ERR_INVALID, "no operation %s", op) : json_parse(text, strlen(text), &req, &e);
	if (r == 0)
		r = plugin_call(p, i, req, (int)ms, &answer, &e);
	if (r < 0) {
		printf("error %d %s\n", r, e.msg);
	} else {
		char *s = json_dumps(answer, JSON_COMPACT);
		printf("%s\n", s ? s : "no memory");
		free(s);
	}
	(void)fflush(stdout);
	return r < 0;
}

static void changed(void *arg, const char *provisioner UNUSED)
{
	const uint64_t more = 1;

	if (write(*(int *)arg, &more, sizeof(more)) < 0)
		perror("eventfd");
}

static struct plugin *come(struct plugins *ps, const char *name, int fd)
{
	const char *wait = getenv("PLUGIN_WAIT_MS");
	struct plugin *p;
	int64_t ms = 0;
	uint64_t n;

	if (wait && str_to_i64(wait, 0, 3600000, &ms) < 0)
		return NULL;
	while (!(p = plugins_get(ps, name))) {
		struct pollfd f = {.fd = fd, .events = POLLIN};
		if (poll(&f, 1, (int)ms) <= 0 || read(fd, &n, sizeof(n)) < 0)
			return NULL;
	}
	return p;
}

int main(int argc, char **argv)
{
	int fd = eventfd(0, EFD_CLOEXEC);
	struct plugins *ps = NULL;
	struct err e = {0};
	char line[65536];

	if (argc > 1 && streq(argv[1], "storage-helper")) /* as minik is called by itself */
		return storage_helper_main(argc - 1, argv + 1);
	if (argc < 5) {
		fprintf(stderr, "usage: plugin_tool DATA_DIR NODE PLUGIN OP|- [JSON]\n");
		return 2;
	}
	AUTO_FREE char *kubelet = str_fmt("%s/kubelet", argv[1]);
	const struct plugins_config c = {.data_dir = argv[1], .kubelet_dir = kubelet, .node_name = argv[2], .local_path = true};
	int r = kubelet ? plugins_new(&ps, &c, &e) : -1;
	if (r == 0)
		r = plugins_watch(ps, changed, &fd);
	if (r == 0)
		r = plugins_start(ps, &e);
	struct plugin *p = r == 0 ? come(ps, argv[3], fd) : NULL;
	if (!p) {
		fprintf(stderr, "no plug-in %s: %s\n", argv[3], e.msg);
		return 1;
	}
	if (streq(argv[3], LOCAL_PATH_PROVISIONER) && local_path_configure(p, getenv("LOCAL_PATH_CONFIG") != NULL, getenv("LOCAL_PATH_CONFIG"), &e) < 0)
		fprintf(stderr, "%s\n", e.msg);
	if (streq(argv[4], "-")) {
		while (fgets(line, sizeof(line), stdin)) {
			char *json = strchr(line, ' ');
			if (json)
				*json++ = '\0';
			else
				line[strcspn(line, "\n")] = '\0';
			r |= one(p, line, json ? json : "{}");
		}
	} else {
		r = one(p, argv[4], argc > 5 ? argv[5] : "{}");
	}
	plugin_unref(p);
	plugins_stop(ps);
	plugins_free(ps);
	return r;
}
