/* minik ingress show | lint: the routing table as it is, and manifests before they are applied. Without a word behind
 * it: the component. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include "api/object.h"
#include "base/buf.h"
#include "base/fs.h"
#include "base/map.h"
#include "base/str.h"
#include "cmd/cmd.h"
#include "cmd/instance.h"
#include "cmd/tool_client.h"
#include "ingress/expiry.h"
#include "ingress/gateway_crds.h"
#include "ingress/gateway_findings.h"
#include "ingress/lint.h"
#include "ingress/seen.h"
#include "ingress/show.h"

#define CLASS     "nginx"
#define FILE_MAX  (64u << 20)
#define TLS_QUERY "fieldSelector=type%3Dkubernetes.io%2Ftls"
#define USAGE                                                                                                          \
	"minik ingress show [HOST] [-n NS]        what is served, by whom, and what is wrong: hosts and paths, TCP "   \
	"and UDP services,\n"                                                                                          \
	"                                         Gateways, certificates, nodes. HOST: only what a request for it "    \
	"may meet\n"                                                                                                   \
	"       minik ingress lint FILE... | -    what manifests hold that is refused, ignored or in conflict; with "  \
	"--kubeconfig beside\n"                                                                                        \
	"                                         what is in the cluster. Of a directory: its *.yaml, *.yml and "        \
	"*.json, with -R\n"                                                                                            \
	"                                         also below\n"                                                        \
	"Exit status: 0; 1: it failed, or lint found an error or a warning; 2: wrong usage"

/* --- what is in the cluster --- */

typedef int (*object_fn)(void *arg, const char *kind, const json_t *o, struct err *e);

static const struct {
	const char *kind, *query;
	struct client_ref ref;
	bool optional; /* who may not read it sees the rest */
	bool gateways; /* of the Gateway API, which need not be there; told when it may not be read */
} lists[] = {
    {"IngressClass", NULL, {.group = "networking.k8s.io", .plural = "ingressclasses"}, false, false},
    {"Ingress", NULL, {.group = "networking.k8s.io", .plural = "ingresses"}, false, false},
    {"Service", NULL, {.plural = "services"}, false, false},
    {"EndpointSlice", NULL, {.group = "discovery.k8s.io", .plural = "endpointslices"}, false, false},
    {"Secret", TLS_QUERY, {.plural = "secrets"}, true, false},
    {"GatewayClass", NULL, {.group = GATEWAY_GROUP, .plural = "gatewayclasses"}, true, true},
    {"Gateway", NULL, {.group = GATEWAY_GROUP, .plural = "gateways"}, true, true},
    {"HTTPRoute", NULL, {.group = GATEWAY_GROUP, .plural = "httproutes"}, true, true},
    {"ReferenceGrant", NULL, {.group = GATEWAY_GROUP, .version = "v1beta1", .plural = "referencegrants"}, true, true},
    {"Namespace", NULL, {.plural = "namespaces"}, true, true},
    {"Node", NULL, {.plural = "nodes"}, true, false},
};

struct reader {
	struct client *client;
	object_fn fn;
	void *arg;
	struct map *have; /* "Secret ns/name" of what was read */
	const char *told; /* the kind of what may not be read that was told of last */
};

static int take(struct reader *r, const char *kind, const json_t *o, struct err *e)
{
	AUTO_FREE char *key = obj_key(o);
	AUTO_FREE char *title = key ? str_fmt("%s %s", kind, key) : NULL;

	if (!title || map_put(r->have, title, r) < 0)
		return err_nomem(e);
	return r->fn(r->arg, kind, o, e);
}

static void tell_forbidden(struct reader *r, const char *kind, struct err *e)
{
	if (!streq(r->told, kind))
		fprintf(stderr, "minik: %s; what may not be read is taken for missing\n", e->msg);
	r->told = kind;
	*e = (struct err){0};
}

static int read_lists(struct reader *r, struct err *e)
{
	bool blind = false;

	for (size_t i = 0; i < ARRAY_LEN(lists); i++) {
		AUTO_JSON json_t *all = NULL;
		json_t *o;
		size_t k;
		int code = client_list_wait(r->client, &lists[i].ref, lists[i].query, &all, e);
		if (code == ERR_FORBIDDEN && lists[i].gateways) {
			blind = true;
			*e = (struct err){0};
			continue;
		}
		if ((code == ERR_FORBIDDEN && lists[i].optional) || /* perhaps one by one */
		    (code == ERR_NOT_FOUND && lists[i].gateways)) {
			*e = (struct err){0};
			continue;
		}
		if (code < 0)
			return err_wrap(e, "cannot list %s", lists[i].ref.plural);
		json_array_foreach (json_object_get(all, "items"), k, o)
			if ((code = take(r, lists[i].kind, o, e)) < 0)
				return code;
	}
	if (blind)
		fprintf(stderr,
			"minik: Gateways, their routes and namespaces may not all be read; what may not is taken "
			"for missing\n");
	return 0;
}

/* What Ingresses refer to by name. */
static int read_named(struct reader *r, const char *kind, const char *plural, char *const *names, size_t n,
		      struct err *e)
{
	for (size_t i = 0; i < n; i++) {
		AUTO_FREE char *title = str_fmt("%s %s", kind, names[i]);
		const char *slash = strchr(names[i], '/');
		AUTO_FREE char *ns = slash ? str_ndup(names[i], (size_t)(slash - names[i])) : NULL;
		const struct client_ref ref = {.plural = plural, .ns = ns, .name = slash ? slash + 1 : NULL};
		AUTO_JSON json_t *o = NULL;
		if (!title || !ns)
			return err_nomem(e);
		if (map_has(r->have, title))
			continue;
		int code = client_get_wait(r->client, &ref, &o, e);
		if (code == ERR_FORBIDDEN)
			tell_forbidden(r, kind, e);
		else if (code == ERR_NOT_FOUND)
			*e = (struct err){0};
		else if (code < 0)
			return err_wrap(e, "cannot read %s", title);
		else if ((code = take(r, kind, o, e)) < 0)
			return code;
	}
	return 0;
}

static int read_referred(struct reader *r, const struct ing_table *t, struct err *e)
{
	int code = read_named(r, "Secret", "secrets", t->secrets, t->n_secrets, e);

	return code < 0 ? code : read_named(r, "ConfigMap", "configmaps", t->configmaps, t->n_configmaps, e);
}

/* What TCP and UDP services are asked for by. */
static int read_stream_maps(struct reader *r, struct err *e)
{
	char *names[] = {(char[]){STREAMS_NS "/" STREAMS_TCP}, (char[]){STREAMS_NS "/" STREAMS_UDP}};

	return read_named(r, "ConfigMap", "configmaps", names, ARRAY_LEN(names), e);
}

/* *ret_node: the name of this machine's node, or NULL. */
static int open_client(struct tool_client *c, const struct options *o, char **ret_node, struct err *e)
{
	AUTO_JSON json_t *instance = NULL;
	int r;

	*ret_node = NULL;
	if (!opt_str(o, OPT_KUBECONFIG) && (r = instance_find(o, &instance, e)) < 0)
		return r;
	if ((r = tool_client_open(c, o, instance, "minik-ingress", e)) < 0)
		return r;
	*ret_node = str_dup(json_str(instance, "node"));
	return 0;
}

static int print(const struct buf *b, struct err *e)
{
	return fwrite(b->data, 1, b->len, stdout) == b->len && fflush(stdout) == 0
		   ? 0
		   : err_set(e, ERR_INTERNAL, "cannot write to the standard output");
}

/* --- show --- */

struct models {
	struct ing_model *m;
	struct gateway_model *g;
	struct seen *seen;
};

static int feed_model(void *arg, const char *kind, const json_t *o, struct err *e)
{
	static const struct {
		const char *kind;
		int (*feed)(struct ing_model *m, const char *ns, const char *name, const json_t *o);
	} all[] = {{"IngressClass", ing_model_class}, {"Ingress", ing_model_ingress},
		   {"Service", ing_model_service},    {"EndpointSlice", ing_model_slice},
		   {"Secret", ing_model_secret},      {"ConfigMap", ing_model_configmap}};
	const struct models *to = arg;
	const char *ns = json_str_or(o, "metadata.namespace", ""), *name = json_str_or(o, "metadata.name", "");

	if (seen_put(to->seen, kind, o) < 0)
		return err_nomem(e);
	for (size_t i = 0; i < ARRAY_LEN(all); i++)
		if (streq(all[i].kind, kind) && all[i].feed(to->m, ns, name, o) < 0)
			return err_nomem(e);
	return gateway_feed(to->g, kind, ns, name, o) < 0 ? err_nomem(e) : 0;
}

static int show_table(const struct options *o, const struct ing_show *w, struct err *e)
{
	AUTO_BUF struct buf out = {0};
	int r = streq(opt_str(o, OPT_OUTPUT), "json") ? ing_show_json(w, &out, e) : ing_show_text(w, &out, e);

	return r < 0 ? r : print(&out, e);
}

/* Which ports are free and which addresses there are, each node knows for itself. */
static int build(const struct models *from, struct ing_table *t, struct gateway_outcome *gateways, struct err *e)
{
	struct gateway_facts facts = {.any_address = true, .bundle = GATEWAY_BUNDLE};
	int code = ing_model_build(from->m, t, e);

	seen_ports(from->seen, &facts.http_port, &facts.https_port);
	return code < 0 ? code : gateway_model_build(from->g, from->m, &facts, t, gateways, e);
}

static int show_all(const struct options *o, struct reader *r, const char *host, const char *node, struct err *e)
{
	const struct models *from = r->arg;
	struct gateway_outcome gateways = {0};
	struct ing_table t = {0};
	const struct ing_show w = {.table = &t,
				   .gateways = &gateways,
				   .seen = from->seen,
				   .ns = opt_str(o, OPT_NAMESPACE),
				   .host = host,
				   .node = node,
				   .now = time(NULL)};
	int code = read_lists(r, e);

	code = code < 0 ? code : read_stream_maps(r, e);
	/* Twice: the parameters of a class name others. */
	for (int i = 0; i < 2; i++) {
		code = code < 0 ? code : build(from, &t, &gateways, e);
		code = code < 0 ? code : read_referred(r, &t, e);
		ing_table_done(&t);
		gateway_outcome_done(&gateways);
	}
	code = code < 0 ? code : build(from, &t, &gateways, e);
	int64_t next;
	if (code == 0 && (gateway_findings(&gateways, &t) < 0 || expiry_findings(&t, w.now, &next) < 0))
		code = err_nomem(e);
	code = code < 0 ? code : show_table(o, &w, e);
	ing_table_done(&t);
	gateway_outcome_done(&gateways);
	return code;
}

static int show(const struct options *o, char **rest, struct err *e)
{
	struct tool_client c = {0};
	struct models to = {0};
	AUTO_FREE char *node = NULL;

	if (rest[0] && rest[1])
		return err_set(e, ERR_INVALID, "minik ingress show takes one host at most");
	if (opt_bool(o, OPT_RECURSIVE))
		return err_set(e, ERR_INVALID, "minik ingress show reads no files: --recursive (-R) is lint's");
	int r = open_client(&c, o, &node, e);
	if (r < 0)
		return r;
	r = ing_model_new(&to.m, CLASS, e);
	r = r < 0 ? r : gateway_model_new(&to.g, e);
	r = r < 0 ? r : seen_new(&to.seen, e);
	struct reader reader = {.client = c.client, .fn = feed_model, .arg = &to, .have = map_new(NULL)};
	r = r < 0 || reader.have ? r : err_nomem(e);
	r = r < 0 ? r : show_all(o, &reader, rest[0], node, e);
	if (reader.have)
		map_free(reader.have);
	seen_free(to.seen);
	gateway_model_free(to.g);
	ing_model_free(to.m);
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

static bool is_manifest(const char *name)
{
	static const char *const ends[] = {".yaml", ".yml", ".json"};

	for (size_t i = 0; i < ARRAY_LEN(ends); i++)
		if (str_has_suffix(name, ends[i]))
			return true;
	return false;
}

#define DEPTH_MAX 32 /* of directories in one another */

/* As kubectl apply -f has it: in the order of their names, and links to directories are not followed. *ret_n: files. */
static int lint_directory(struct lint *l, const char *dir, bool below, unsigned depth, size_t *ret_n, struct err *e)
{
	struct dirent **names = NULL;
	int n = scandir(dir, &names, NULL, alphasort), r = n < 0 ? err_errno(e, errno, "cannot read %s", dir) : 0;

	for (int i = 0; i < n; i++) {
		const char *name = names[i]->d_name;
		AUTO_FREE char *path = r == 0 ? fs_join(dir, name) : NULL;
		struct stat s;
		if (r == 0 && !path)
			r = err_nomem(e);
		if (r == 0 && !streq(name, ".") && !streq(name, "..") && lstat(path, &s) < 0)
			r = err_errno(e, errno, "cannot read %s", path);
		else if (r == 0 && S_ISDIR(s.st_mode) && below && !streq(name, ".") && !streq(name, ".."))
			r = depth < DEPTH_MAX ? lint_directory(l, path, true, depth + 1, ret_n, e)
					      : err_set(e, ERR_TOO_LARGE, "%s: more than %d directories in one another", path, DEPTH_MAX);
		else if (r == 0 && !S_ISDIR(s.st_mode) && is_manifest(name)) {
			++*ret_n;
			r = lint_file(l, path, e);
		}
		free(names[i]);
	}
	free(names);
	return r;
}

static int lint_path(struct lint *l, const char *path, bool below, struct err *e)
{
	struct stat s;
	size_t n = 0;

	if (streq(path, "-") || stat(path, &s) < 0 || !S_ISDIR(s.st_mode))
		return lint_file(l, path, e);
	int r = lint_directory(l, path, below, 0, &n, e);
	if (r < 0 || n)
		return r;
	return err_set(e, ERR_NOT_FOUND, "%s has no *.yaml, *.yml or *.json%s", path, below ? "" : " (-R: look below, too)");
}

static int feed_lint(void *arg, const char *kind, const json_t *o, struct err *e)
{
	return lint_cluster(arg, kind, o, e);
}

static int referred(void *arg, const struct ing_table *t, struct err *e)
{
	return read_referred(arg, t, e);
}

static const char *plural(size_t n)
{
	return n == 1 ? "" : "s";
}

static int lint_files(struct lint *l, char **files, bool below, struct reader *cluster, struct err *e)
{
	int r = cluster ? read_lists(cluster, e) : 0; /* before the manifests, which count instead of what is there */

	for (char **p = files; r == 0 && *p; p++)
		r = lint_path(l, *p, below, e);
	for (int i = 0; i < 2; i++) /* as show_all */
		r = r < 0 || !cluster ? r : lint_referred(l, referred, cluster, e);
	return r < 0 ? r : lint_finish(l, e);
}

static int lint_beside(const struct options *o, struct lint *l, char **files, struct err *e)
{
	struct tool_client c = {0};
	AUTO_FREE char *node = NULL;
	int r = open_client(&c, o, &node, e);

	if (r < 0)
		return r;
	struct reader reader = {.client = c.client, .fn = feed_lint, .arg = l, .have = map_new(NULL)};
	r = reader.have ? lint_files(l, files, opt_bool(o, OPT_RECURSIVE), &reader, e) : err_nomem(e);
	if (reader.have)
		map_free(reader.have);
	tool_client_close(&c);
	return r;
}

static int lint_all(const struct options *o, struct lint *l, char **files, struct err *e)
{
	AUTO_BUF struct buf out = {0};
	int r = opt_str(o, OPT_KUBECONFIG) ? lint_beside(o, l, files, e) : lint_files(l, files, opt_bool(o, OPT_RECURSIVE), NULL, e);

	if (r < 0 || (r = lint_print(l, streq(opt_str(o, OPT_OUTPUT), "json"), &out, e)) < 0 ||
	    (r = print(&out, e)) < 0)
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
	if (r == 0) {
		lint_namespace(l, opt_str(o, OPT_NAMESPACE));
		lint_time(l, time(NULL));
	}
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
	int status =
	    cmd_options(&o, OPT_IN_TOOL | OPT_IN_OUTPUT | OPT_IN_NAMESPACE, false, USAGE, argc - 1, argv + 1, &rest);
	if (status >= 0)
		return status;
	int r = streq(argv[1], "show") ? show(o, rest, &e) : lint(o, rest, &e);
	status = r < 0 ? cmd_usage_error(&e) : r;
	free(rest);
	options_free(o);
	return status;
}
