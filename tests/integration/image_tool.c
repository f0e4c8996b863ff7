/* The image store by itself: DATA_DIR REGISTRIES_FILE VERB ARGUMENTS... for tests/integration/image.sh. */
#include <stdio.h>
#include "base/str.h"
#include "node/image.h"

static void say(void *arg, const char *name)
{
	(void)arg;
	printf("%s\n", name);
}

static int show(struct image_store *s, const char *ref, struct err *e)
{
	struct image i;
	int r = image_lookup(s, ref, &i, e);

	if (r < 0)
		return r;
	printf("%s %s %s\n", i.name, i.id, i.repo_digest ? i.repo_digest : "-");
	for (char **p = i.layer_dirs; *p; p++)
		printf("%s\n", *p);
	image_done(&i);
	return 0;
}

int main(int argc, char **argv)
{
	struct image_store *s = NULL;
	struct err e = {0};
	struct image_credentials cred = {.username = getenv("REGISTRY_USER"), .password = getenv("REGISTRY_PASSWORD")};
	const struct image_store_config c = {.data_dir = argc > 1 ? argv[1] : "",
					     .registries_file = argc > 2 ? argv[2] : NULL};
	int r;

	if (argc < 4)
		return 2;
	const char *verb = argv[3], *a = argc > 4 ? argv[4] : "", *b = argc > 5 ? argv[5] : "";
	r = image_store_open(&s, &c, &e);
	if (r == 0 && streq(verb, "pull"))
		r = image_pull(s, a, cred.username ? &cred : NULL, NULL, NULL, &e);
	else if (r == 0 && streq(verb, "import"))
		r = image_import(s, a, say, NULL, &e);
	else if (r == 0 && streq(verb, "export"))
		r = image_export(s, a, b, &e);
	else if (r == 0 && streq(verb, "show"))
		r = show(s, a, &e);
	else if (r == 0 && streq(verb, "rm"))
		r = image_remove(s, a, NULL, NULL, &e);
	else if (r == 0 && streq(verb, "prune"))
		r = image_prune(s, NULL, NULL, &e);
	else if (r == 0)
		return 2;
	image_store_close(s);
	if (r < 0)
		fprintf(stderr, "%s\n", e.msg);
	return r < 0;
}
