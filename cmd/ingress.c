/* minik ingress show | lint: the routing table as it is, and manifests before they are applied. Without a word behind
 * it: the component. */
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include "base/buf.h"
#include "base/fs.h"
#include "base/str.h"
#include "cmd/cmd.h"
#include "cmd/instance.h"
#include "cmd/tool_client.h"
#include "ingress/lint.h"
#include "ingress/show.h"

#define CLASS     "nginx"
#define FILE_MAX  (64u << 20)
#define TLS_QUERY "fieldSelector=type%3Dkubernetes.io%2Ftls"
#define USAGE                                                                                                          \
	"minik ingress show                the routing table: hosts, paths, backends, certificates, and what is "      \
	"wrong\n"                                                                                                      \
	"       minik ingress lint FILE... | -    what manifests hold that is refused, ignored or in conflict; with "  \
	"--kubeconfig beside\n"                                                                                        \
	"                                         what is in the cluster. Exit status 1: something was found"

/* --- what is in the cluster --- */

typedef int (*object_fn)(void *arg, const char *kind, const json_t *o, struct err *e);

static const struct {
	const char *kind, *query;
	struct client_ref ref;
	bool optional; /* who may not read it sees the rest */
} lists[] = {
    {"IngressClass", NULL, {.group = "networking.k8s.io", .plural = "ingressclasses"}, false},
    {"Ingress", NULL, {.group = "networking.k8s.io", .plural = "ingresses"}, false},
    {"Service", NULL, {.plural = "services"}, false},
    {"EndpointSlice", NULL, {.group = "discovery.k8s.io", .plural = "endpointslices"}, false},
    {"Secret", TLS_QUERY, {.plural = "secrets"}, true},
};

static int read_cluster(struct client *c, object_fn fn, void *arg, struct err *e)
{
	for (size_t i = 0; i < ARRAY_LEN(lists); i++) {
		AUTO_JSON json_t *all = NULL;
		json_t *o;
		size_t k;
		int r = client_list_wait(c, &lists[i].ref, lists[i].query, &all, e);
		if (r == ERR_FORBIDDEN && lists[i].optional) {
			fprintf(stderr, "minik: %s; certificates are taken for missing\n", e->msg);
			*e = (struct err){0};
			continue;
		}
		if (r < 0)
			return err_wrap(e, "cannot list %s", lists[i].ref.plural);
		json_array_foreach (json_object_get(all, "items"), k, o)
			if ((r = fn(arg, lists[i].kind, o, e)) < 0)
				return r;
	}
	return 0;
}

static int open_client(struct tool_client *c, const struct options *o, struct err *e)
{
	AUTO_JSON json_t *instance = NULL;
	int r;

	if (!opt_str(o, OPT_KUBECONFIG) && (r = instance_find(o, &instance, e)) < 0)
		return r;
	return tool_client_open(c, o, instance, "minik-ingress", e);
}

static int print(const struct buf *b, struct err *e)
{
	return fwrite(b->data, 1, b->len, stdout) == b->len && fflush(stdout) == 0
		   ? 0
		   : err_set(e, ERR_INTERNAL, "cannot write to the standard output");
}

/* --- show --- */

static int feed_model(void *arg, const char *kind, const json_t *o, struct err *e)
{
	static const struct {
		const char *kind;
		int (*feed)(struct ing_model *m, const char *ns, const char *name, const json_t *o);
	} all[] = {{"IngressClass", ing_model_class},
		   {"Ingress", ing_model_ingress},
		   {"Service", ing_model_service},
		   {"EndpointSlice", ing_model_slice},
		   {"Secret", ing_model_secret}};

	for (size_t i = 0; i < ARRAY_LEN(all); i++)
		if (streq(all[i].kind, kind) && all[i].feed(arg, json_str_or(o, "metadata.namespace", ""),
							    json_str_or(o, "metadata.name", ""), o) < 0)
			return err_nomem(e);
	return 0;
}

static int show_model(const struct options *o, struct ing_model *m, struct err *e)
{
	AUTO_BUF struct buf out = {0};
	struct ing_table t = {0};
	int r = ing_model_build(m, &t, e);

	if (r == 0)
		r = streq(opt_str(o, OPT_OUTPUT), "json") ? ing_show_json(&t, time(NULL), &out, e)
							  : ing_show_text(&t, time(NULL), &out, e);
	ing_table_done(&t);
	return r < 0 ? r : print(&out, e);
}

static int show(const struct options *o, char **rest, struct err *e)
{
	struct tool_client c = {0};
	struct ing_model *m = NULL;

	if (rest[0])
		return err_set(e, ERR_INVALID, "minik ingress show takes no argument");
	int r = open_client(&c, o, e);
	if (r < 0)
		return r;
	r = ing_model_new(&m, CLASS, e);
	r = r < 0 ? r : read_cluster(c.client, feed_model, m, e);
	r = r < 0 ? r : show_model(o, m, e);
	ing_model_free(m);
	tool_client_close(&c);
	return r;
}

/* --- lint --- */

static int read_stdin(struct buf *b, struct err *e)
{
	char chunk[65536];
	size_t n;

	while ((n = fread(chunk, 1, sizeof(chunk), stdin)) > 0) {
		buf_add(b, chunk, n);
		if (b->len > FILE_MAX)
			return err_set(e, ERR_TOO_LARGE, "the standard input has more than %u bytes", FILE_MAX);
	}
	if (ferror(stdin))
		return err_set(e, ERR_INTERNAL, "cannot read the standard input");
	return buf_failed(b) ? err_nomem(e) : 0;
}

static int lint_file(struct lint *l, const char *file, struct err *e)
{
	AUTO_BUF struct buf b = {0};
	bool standard = streq(file, "-");
	int r = standard ? read_stdin(&b, e) : fs_read(file, FILE_MAX, &b, e);

	return r < 0 ? r : lint_text(l, standard ? "standard input" : file, b.data ? b.data : "", b.len, e);
}

static int feed_lint(void *arg, const char *kind, const json_t *o, struct err *e)
{
	return lint_cluster(arg, kind, o, e);
}

static int lint_cluster_read(const struct options *o, struct lint *l, struct err *e)
{
	struct tool_client c = {0};
	int r = open_client(&c, o, e);

	if (r < 0)
		return r;
	r = read_cluster(c.client, feed_lint, l, e);
	tool_client_close(&c);
	return r;
}

static const char *plural(size_t n)
{
	return n == 1 ? "" : "s";
}

static int lint_all(const struct options *o, struct lint *l, char **files, struct err *e)
{
	AUTO_BUF struct buf out = {0};
	int r = opt_str(o, OPT_KUBECONFIG) ? lint_cluster_read(o, l, e) : 0;

	for (char **p = files; r == 0 && *p; p++)
		r = lint_file(l, *p, e);
	if (r < 0 || (r = lint_finish(l, e)) < 0 ||
	    (r = lint_print(l, streq(opt_str(o, OPT_OUTPUT), "json"), &out, e)) < 0 || (r = print(&out, e)) < 0)
		return r;
	size_t n = lint_objects(l), errors = lint_count(l, LINT_ERROR), warnings = lint_count(l, LINT_WARNING),
	       notes = lint_count(l, LINT_NOTE);
	fprintf(stderr, "%zu object%s: %zu error%s, %zu warning%s, %zu note%s\n", n, plural(n), errors, plural(errors),
		warnings, plural(warnings), notes, plural(notes));
	return errors + warnings > 0;
}

/* 0; 1: something was found; negative. */
static int lint(const struct options *o, char **rest, struct err *e)
{
	struct lint *l = NULL;

	if (!rest[0])
		return err_set(e, ERR_INVALID, "minik ingress lint: name files, or - for the standard input");
	int r = lint_new(&l, CLASS, opt_str(o, OPT_KUBECONFIG) != NULL, e);
	r = r < 0 ? r : lint_all(o, l, rest, e);
	lint_free(l);
	return r;
}

int cmd_ingress(int argc, char **argv)
{
	struct options *o = NULL;
	char **rest = NULL;
	struct err e = {0};

	if (argc < 2 || (!streq(argv[1], "show") && !streq(argv[1], "lint")))
		return cmd_component(argc, argv);
	int status = cmd_options(&o, OPT_IN_TOOL | OPT_IN_OUTPUT, false, USAGE, argc - 1, argv + 1, &rest);
	if (status >= 0)
		return status;
	int r = streq(argv[1], "show") ? show(o, rest, &e) : lint(o, rest, &e);
	status = r < 0 ? cmd_usage_error(&e) : r;
	free(rest);
	options_free(o);
	return status;
}
