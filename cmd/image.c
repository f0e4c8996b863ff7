#include <stdio.h>
#include <unistd.h>
#include "base/str.h"
#include "cmd/cmd.h"
#include "cmd/instance.h"
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

static void print_removed(void *arg, const char *name)
{
	(void)arg;
	printf("removed %s\n", name);
}

static void print_row(const char *name, const char *id, int64_t size)
{
	const char *slash = name ? strrchr(name, '/') : NULL, *at = name ? strchr(name, '@') : NULL,
		   *colon = name ? strrchr(slash ? slash : name, ':') : NULL;
	size_t n = at ? (size_t)(at - name) : colon ? (size_t)(colon - name) : name ? strlen(name) : 0;
	char repo[300];

	snprintf(repo, sizeof(repo), "%.*s", (int)n, name ? name : "");
	printf("%-52s %-20s %-13.12s %.1f MB\n", name ? repo : "<none>", colon && !at ? colon + 1 : "<none>", id,
	       (double)size / 1048576.0);
}

static int list(const struct options *o, struct image_store *s, struct err *e)
{
	AUTO_JSON json_t *all = NULL;
	size_t i, k;
	json_t *img, *name;

	int r = image_list(s, &all, e);
	if (r < 0)
		return r;
	if (streq(opt_str(o, OPT_OUTPUT), "json")) {
		AUTO_BYTES struct bytes *text = json_encode(all);
		if (!text)
			return err_nomem(e);
		printf("%.*s\n", (int)text->len, text->data);
		return 0;
	}
	printf("%-52s %-20s %-13s %s\n", "IMAGE", "TAG", "ID", "SIZE");
	json_array_foreach (all, i, img) {
		const char *id = json_str_or(img, "id", "");
		int64_t size = json_int_or(img, "size", 0);
		if (str_has_prefix(id, "sha256:"))
			id += 7;
		json_array_foreach(json_object_get(img, "names"), k, name) print_row(json_string_value(name), id, size);
		if (json_array_size(json_object_get(img, "names")) == 0)
			print_row(json_string_value(json_array_get(json_object_get(img, "repo_digests"), 0)), id, size);
	}
	return 0;
}

/* What has no name any more and no container is made of. */
static int collect(struct image_store *s, const char *run_dir, bool keep_named, struct err *e)
{
	int64_t freed = 0;
	int r = image_prune_unused(s, run_dir, keep_named, keep_named ? NULL : print_removed, NULL, &freed, e);

	if (r == 0)
		printf("freed %.1f MB (%lld bytes)\n", (double)freed / 1048576.0, (long long)freed);
	return r;
}

static int need(char **rest, int n, struct err *e)
{
	for (int i = 0; i <= n; i++)
		if (!rest[i])
			return err_set(e, ERR_INVALID, "minik image %s: %s", rest[0],
				       n == 1 ? "one image or file is needed" : "an image and a file are needed");
	return 0;
}

static int run(const struct options *o, struct image_store *s, const char *run_dir, char **rest, struct err *e)
{
	static const char *const verbs[] = {"pull", "import", "export", "ls", "list", "rm", "remove", "prune"};
	const char *verb = rest[0];
	bool known = false;
	int r;

	for (size_t i = 0; i < ARRAY_LEN(verbs); i++)
		known = known || streq(verb, verbs[i]);
	if (!known)
		return err_set(e, ERR_INVALID,
			       "minik image %.40s: unknown; it is pull, import, export, ls, rm or prune", verb);
	bool lists = streq(verb, "ls") || streq(verb, "list"), removes = streq(verb, "rm") || streq(verb, "remove");
	if ((lists || streq(verb, "prune")) && rest[1])
		return err_set(e, ERR_INVALID, "minik image %s takes no argument", verb);
	if (opt_is_set(o, OPT_OUTPUT) && !lists)
		return err_set(e, ERR_INVALID, "-o belongs to minik image ls");
	if (lists)
		return list(o, s, e);
	if (streq(verb, "prune"))
		return collect(s, run_dir, false, e);
	if (streq(verb, "export")) {
		if ((r = need(rest, 2, e)) < 0)
			return r;
		return rest[3] ? err_set(e, ERR_INVALID, "minik image export takes one image and one file")
			       : image_export(s, rest[1], rest[2], e);
	}
	if ((r = need(rest, 1, e)) < 0)
		return r;
	for (char **p = rest + 1; *p && r >= 0; p++) {
		if (streq(verb, "pull")) {
			r = image_pull(s, *p, NULL, progress, NULL, e);
			fprintf(stderr, "%s", isatty(STDERR_FILENO) ? "\r\033[K" : "");
			if (r == 0)
				printf("%s\n", *p);
		} else if (removes) {
			r = image_remove(s, *p, print_removed, NULL, e);
		} else {
			r = image_import(s, *p, print_name, NULL, e);
		}
	}
	return removes && r == 0 ? collect(s, run_dir, true, e) : r;
}

int cmd_image(int argc, char **argv)
{
	struct options *o = NULL;
	char **rest = NULL;
	struct err e = {0};
	struct image_store *s = NULL;
	AUTO_JSON json_t *instance = NULL;

	int status = cmd_options(
	    &o, OPT_IN_TOOL | OPT_IN_OUTPUT, false,
	    "minik image pull IMAGE... | import FILE... | export IMAGE FILE | ls [-o json] | rm IMAGE... | prune", argc,
	    argv, &rest);
	if (status >= 0)
		return status;
	struct image_store_config c = {.registries_file = opt_str(o, OPT_REGISTRIES)};
	if (!rest[0]) {
		err_set(&e, ERR_INVALID, "minik image: a command is needed: pull, import, export, ls, rm or prune");
		status = cmd_usage_error(&e);
	} else if (instance_data_dir(o, &instance, &c.data_dir, &e) < 0 || image_store_open(&s, &c, &e) < 0 ||
		   run(o, s, opt_str(o, OPT_RUN_DIR), rest, &e) < 0) {
		status = cmd_usage_error(&e);
	} else {
		status = 0;
	}
	image_store_close(s);
	free(rest);
	options_free(o);
	return status;
}
