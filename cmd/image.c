#include <stdio.h>
#include <unistd.h>
#include "base/str.h"
#include "cmd/cmd.h"
#include "node/image.h"

static void progress(void *arg, const char *what, int64_t done, int64_t total)
{
	(void)arg;
	if (!isatty(STDERR_FILENO))
		return;
	if (total > 0)
		fprintf(stderr, "\r\033[K%s %lld/%lld MB", what, (long long)(done >> 20), (long long)(total >> 20));
	else
		fprintf(stderr, "\r\033[K%s", what);
}

static void print_name(void *arg, const char *name)
{
	(void)arg;
	printf("%s\n", name);
}

static int list(struct image_store *s, struct err *e)
{
	AUTO_JSON json_t *all = NULL;
	size_t i, k;
	json_t *img, *name;

	int r = image_list(s, &all, e);
	if (r < 0)
		return r;
	printf("%-60s %-16s %s\n", "IMAGE", "ID", "SIZE");
	json_array_foreach (all, i, img) {
		const char *id = json_str_or(img, "id", "");
		if (str_has_prefix(id, "sha256:"))
			id += 7;
		json_array_foreach (json_object_get(img, "names"), k, name)
			printf("%-60s %-16.12s %.1f MB\n", json_string_value(name), id,
			       (double)json_int_or(img, "size", 0) / 1048576.0);
	}
	return 0;
}

static int need(char **rest, int n, struct err *e)
{
	for (int i = 0; i <= n; i++)
		if (!rest[i])
			return err_set(e, ERR_INVALID, "minik image %s: %s", rest[0],
				       n == 1 ? "one image or file is needed" : "an image and a file are needed");
	return 0;
}

static int run(struct image_store *s, const char *run_dir, char **rest, struct err *e)
{
	const char *verb = rest[0];
	int r;

	if (streq(verb, "ls"))
		return list(s, e);
	if (streq(verb, "prune")) {
		int64_t freed = 0;
		if ((r = image_prune_unused(s, run_dir, &freed, e)) == 0)
			printf("freed %.1f MB\n", (double)freed / 1048576.0);
		return r;
	}
	if (streq(verb, "export"))
		return (r = need(rest, 2, e)) < 0 ? r : image_export(s, rest[1], rest[2], e);
	if ((r = need(rest, 1, e)) < 0)
		return r;
	for (char **p = rest + 1; *p && r >= 0; p++) {
		if (streq(verb, "pull")) {
			if ((r = image_pull(s, *p, NULL, progress, NULL, e)) == 0)
				printf("%s%s\n", isatty(STDERR_FILENO) ? "\r\033[K" : "", *p);
		} else if (streq(verb, "import")) {
			r = image_import(s, *p, print_name, NULL, e);
		} else if (streq(verb, "rm")) {
			r = image_remove(s, *p, e);
		} else {
			return err_set(e, ERR_INVALID, "minik image %s: unknown; it is pull, import, export, ls, rm or prune", verb);
		}
	}
	return r;
}

int cmd_image(int argc, char **argv)
{
	struct options *o = NULL;
	char **rest = NULL;
	struct err e = {0};
	struct image_store *s = NULL;

	int status = cmd_options(&o, OPT_IN_TOOL, false, "minik image pull IMAGE... | import FILE... | export IMAGE FILE | ls | rm IMAGE... | prune",
				 argc, argv, &rest);
	if (status >= 0)
		return status;
	struct image_store_config c = {.data_dir = opt_str(o, OPT_DATA_DIR), .registries_file = opt_str(o, OPT_REGISTRIES)};
	if (!rest[0]) {
		err_set(&e, ERR_INVALID, "minik image: a command is needed: pull, import, export, ls, rm or prune");
		status = cmd_usage_error(&e);
	} else if (image_store_open(&s, &c, &e) < 0 || run(s, opt_str(o, OPT_RUN_DIR), rest, &e) < 0) {
		status = cmd_usage_error(&e);
	} else {
		status = 0;
	}
	image_store_close(s);
	free(rest);
	options_free(o);
	return status;
}
