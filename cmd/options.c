#include "cmd/options.h"
#include <stdio.h>
#include <ctype.h>
#include "base/buf.h"
#include "base/fs.h"
#include "base/json.h"
#include "base/str.h"

enum opt_type { T_STR, T_INT, T_BOOL, T_LIST };

struct opt_def {
	const char *name;
	enum opt_type type;
	unsigned scope;
	const char *dflt; /* NULL: none */
	const char *arg;
	int64_t min, max;
	const char *help;
};

#define ALL (OPT_IN_SERVER | OPT_IN_AGENT | OPT_IN_COMPONENT | OPT_IN_TOOL)
#define RUN (OPT_IN_SERVER | OPT_IN_AGENT | OPT_IN_COMPONENT)
#define SRV (OPT_IN_SERVER | OPT_IN_COMPONENT)
#define NODE RUN

static const struct opt_def defs[OPT_COUNT] = {
	[OPT_CONFIG] = {"config", T_STR, ALL, "/etc/minik/config.yaml", "FILE", 0, 0, "read options from this YAML file"},
	[OPT_DATA_DIR] = {"data-dir", T_STR, ALL, "/var/lib/minik", "DIR", 0, 0, "what must survive a reboot"},
	[OPT_RUN_DIR] = {"run-dir", T_STR, ALL, "/run/minik", "DIR", 0, 0, "what must not"},
	[OPT_LOG_LEVEL] = {"log-level", T_STR, ALL, "info", "LEVEL", 0, 0, "error, warning, info or debug"},
	[OPT_LOG_FORMAT] = {"log-format", T_STR, ALL, "text", "FORMAT", 0, 0, "text or json"},
	[OPT_SERVER] = {"server", T_STR, OPT_IN_AGENT, NULL, "URL", 0, 0, "API server to join, https://HOST:6443"},
	[OPT_TOKEN] = {"token", T_STR, OPT_IN_SERVER | OPT_IN_AGENT, NULL, "TOKEN", 0, 0, "secret that lets a node join"},
	[OPT_TOKEN_FILE] = {"token-file", T_STR, OPT_IN_SERVER | OPT_IN_AGENT, NULL, "FILE", 0, 0, "read the token from this file"},
	[OPT_BIND_ADDRESS] = {"bind-address", T_STR, RUN, NULL, "ADDR", 0, 0, "address to listen on (all)"},
	[OPT_HTTPS_LISTEN_PORT] = {"https-listen-port", T_INT, SRV, "6443", "PORT", 1, 65535, "port of the API server"},
	[OPT_ADVERTISE_ADDRESS] = {"advertise-address", T_STR, SRV, NULL, "ADDR", 0, 0,
				   "address others reach the API server at (node-ip)"},
	[OPT_TLS_SAN] = {"tls-san", T_LIST, SRV, NULL, "NAME", 0, 0, "further names and addresses in the serving certificate"},
	[OPT_WRITE_KUBECONFIG] = {"write-kubeconfig", T_STR, SRV, "/etc/minik/minik.yaml", "FILE", 0, 0,
				  "where to write the administrator's kubeconfig"},
	[OPT_WRITE_KUBECONFIG_MODE] = {"write-kubeconfig-mode", T_STR, SRV, "600", "MODE", 0, 0, "its permissions, octal"},
	[OPT_CLUSTER_CIDR] = {"cluster-cidr", T_STR, RUN, "10.42.0.0/16", "CIDR", 0, 0, "pod addresses"},
	[OPT_SERVICE_CIDR] = {"service-cidr", T_STR, SRV, "10.43.0.0/16", "CIDR", 0, 0, "Service addresses"},
	[OPT_CLUSTER_DNS] = {"cluster-dns", T_STR, RUN, "10.43.0.10", "ADDR", 0, 0, "Service address of the cluster DNS"},
	[OPT_CLUSTER_DOMAIN] = {"cluster-domain", T_STR, RUN, "cluster.local", "NAME", 0, 0, "DNS domain of the cluster"},
	[OPT_NODE_PORT_RANGE] = {"service-node-port-range", T_STR, SRV, "30000-32767", "A-B", 0, 0, "ports for NodePort Services"},
	[OPT_FLANNEL_BACKEND] = {"flannel-backend", T_STR, NODE, "host-gw", "NAME", 0, 0, "vxlan, host-gw, udp or none"},
	[OPT_FLANNEL_IFACE] = {"flannel-iface", T_STR, NODE, NULL, "IFACE", 0, 0, "interface of the pod network"},
	[OPT_PROXY_MODE] = {"proxy-mode", T_STR, NODE, "auto", "MODE", 0, 0, "auto, ipvs or nftables"},
	[OPT_NODE_NAME] = {"node-name", T_STR, NODE, NULL, "NAME", 0, 0, "name of this node (host name)"},
	[OPT_NODE_IP] = {"node-ip", T_LIST, NODE, NULL, "ADDR", 0, 0, "address of this node (the default route's)"},
	[OPT_NODE_LABEL] = {"node-label", T_LIST, NODE, NULL, "K=V", 0, 0, "label for this node"},
	[OPT_NODE_TAINT] = {"node-taint", T_LIST, NODE, NULL, "K=V:EFFECT", 0, 0, "taint for this node"},
	[OPT_KUBELET_PORT] = {"kubelet-port", T_INT, NODE, "10250", "PORT", 1, 65535, "port of the node agent"},
	[OPT_RUNTIME] = {"runtime", T_STR, NODE | OPT_IN_TOOL, "auto", "NAME", 0, 0, "auto, crun, runc or a path"},
	[OPT_CGROUP_ROOT] = {"cgroup-root", T_STR, NODE | OPT_IN_TOOL, "minik", "NAME", 0, 0, "cgroup that holds the pods"},
	[OPT_MAX_PODS] = {"max-pods", T_INT, NODE, "110", "N", 1, 10000, "pods this node takes"},
	[OPT_SHUTDOWN_GRACE] = {"shutdown-grace-period", T_INT, NODE | OPT_IN_TOOL, "30", "SECONDS", 0, 3600,
				"time for all pods to end when the machine goes down"},
	[OPT_SHUTDOWN_GRACE_CRITICAL] = {"shutdown-grace-period-critical-pods", T_INT, NODE | OPT_IN_TOOL, "10", "SECONDS", 0, 3600,
					 "the part of it that is kept for critical pods"},
	[OPT_DISABLE] = {"disable", T_LIST, OPT_IN_SERVER | OPT_IN_AGENT, NULL, "NAME,...", 0, 0,
			 "scheduler, controllers, proxy, dns, ingress, local-path, servicelb"},
	[OPT_DISABLE_AGENT] = {"disable-agent", T_BOOL, OPT_IN_SERVER, "false", NULL, 0, 0, "control plane only: no pods on this machine"},
	[OPT_INGRESS_HTTP_PORT] = {"ingress-http-port", T_INT, RUN, "80", "PORT", 1, 65535, "Ingress port for HTTP"},
	[OPT_INGRESS_HTTPS_PORT] = {"ingress-https-port", T_INT, RUN, "443", "PORT", 1, 65535, "Ingress port for HTTPS"},
	[OPT_DATASTORE_ENDPOINT] = {"datastore-endpoint", T_STR, SRV | OPT_IN_TOOL, "sqlite:", "URL", 0, 0,
				    "sqlite: (in data-dir), sqlite:FILE, or etcd: http(s)://HOST:2379,..."},
	[OPT_DATASTORE_PREFIX] = {"datastore-prefix", T_STR, SRV | OPT_IN_TOOL, "/minik", "PREFIX", 0, 0, "of this cluster's keys in etcd"},
	[OPT_DATASTORE_CAFILE] = {"datastore-cafile", T_STR, SRV | OPT_IN_TOOL, NULL, "FILE", 0, 0, "CA of etcd's certificates (the system's)"},
	[OPT_DATASTORE_CERTFILE] = {"datastore-certfile", T_STR, SRV | OPT_IN_TOOL, NULL, "FILE", 0, 0, "client certificate for etcd"},
	[OPT_DATASTORE_KEYFILE] = {"datastore-keyfile", T_STR, SRV | OPT_IN_TOOL, NULL, "FILE", 0, 0, "its key"},
	[OPT_BACKUP_INTERVAL] = {"backup-schedule-interval", T_STR, SRV, "0", "TIME", 0, 0,
				 "write a backup to DATA_DIR/server/backups so often: 30m, 12h, 1d; 0: never"},
	[OPT_BACKUP_RETENTION] = {"backup-retention", T_INT, SRV, "5", "N", 1, 10000, "scheduled backups to keep"},
	[OPT_LEADER_ELECT] = {"leader-elect", T_BOOL, OPT_IN_COMPONENT, "false", NULL, 0, 0,
			      "controllers, scheduler, storage: several may run, one works (by Lease)"},
	[OPT_STORE_CACHE] = {"store-cache", T_INT, SRV, "64", "MB", 1, 1048576, "memory for cached objects"},
	[OPT_REGISTRIES] = {"registries", T_STR, NODE | OPT_IN_TOOL, "/etc/minik/registries.yaml", "FILE", 0, 0,
			    "mirrors and credentials of image registries"},
	[OPT_KUBECONFIG] = {"kubeconfig", T_STR, OPT_IN_COMPONENT | OPT_IN_TOOL, NULL, "FILE", 0, 0,
			    "how to reach the API server ($KUBECONFIG, /etc/minik/minik.yaml)"},
};

struct opt_value {
	int rank; /* 0 default, 1 file, 2 environment, 3 flag */
	char *str;
	int64_t num;
	char **list; /* NULL-terminated */
	size_t n_list;
};
struct options {
	struct opt_value v[OPT_COUNT];
};

static void list_clear(struct opt_value *v)
{
	for (size_t i = 0; i < v->n_list; i++)
		free(v->list[i]);
	free(v->list);
	v->list = NULL;
	v->n_list = 0;
}

struct options *options_free(struct options *o)
{
	if (!o)
		return NULL;
	for (int i = 0; i < OPT_COUNT; i++) {
		free(o->v[i].str);
		list_clear(&o->v[i]);
	}
	free(o);
	return NULL;
}
DEFINE_CLEANUP(struct options *, options_free, options_free_p)

static int list_add(struct opt_value *v, const char *p, size_t n, struct err *e)
{
	char **bigger = realloc(v->list, (v->n_list + 2) * sizeof(*bigger));
	if (!bigger)
		return err_nomem(e);
	v->list = bigger;
	if (!(v->list[v->n_list] = str_ndup(p, n)))
		return err_nomem(e);
	v->list[++v->n_list] = NULL;
	return 0;
}

/* Puts text into option id as coming from a source of that rank; where names the source for messages. */
static int value_set(struct options *o, enum opt_id id, int rank, const char *text, const char *where, struct err *e)
{
	const struct opt_def *d = &defs[id];
	struct opt_value *v = &o->v[id];

	if (rank < v->rank)
		return 0;
	if (d->type == T_LIST && rank > v->rank)
		list_clear(v);
	v->rank = rank;
	switch (d->type) {
	case T_STR:
		return str_replace(&v->str, text) < 0 ? err_nomem(e) : 0;
	case T_INT:
		if (str_to_i64(text, d->min, d->max, &v->num) < 0)
			return err_set(e, ERR_INVALID, "%s%s: \"%s\" is not a number from %lld to %lld", where, d->name, text,
				       (long long)d->min, (long long)d->max);
		return 0;
	case T_BOOL:
		if (!streq(text, "true") && !streq(text, "false"))
			return err_set(e, ERR_INVALID, "%s%s: \"%s\" is neither true nor false", where, d->name, text);
		v->num = streq(text, "true");
		return 0;
	case T_LIST:
		for (const char *p = text; *p;) {
			size_t n = strcspn(p, ",");
			int r = n ? list_add(v, p, n, e) : 0;
			if (r < 0)
				return r;
			p += n + (p[n] == ',');
		}
		return 0;
	}
	return 0;
}

static int def_find(const char *name, size_t n)
{
	for (int i = 0; i < OPT_COUNT; i++)
		if (strlen(defs[i].name) == n && strncmp(defs[i].name, name, n) == 0)
			return i;
	return -1;
}

static int read_env(struct options *o, unsigned scope, struct err *e)
{
	for (int i = 0; i < OPT_COUNT; i++) {
		char name[80] = "MINIK_";
		size_t n = 6;
		for (const char *p = defs[i].name; *p && n < sizeof(name) - 1; p++)
			name[n++] = *p == '-' ? '_' : (char)toupper((unsigned char)*p);
		name[n] = '\0';
		const char *text = getenv(name);
		if (!text || !(defs[i].scope & scope))
			continue;
		int r = value_set(o, (enum opt_id)i, 2, text, "environment: ", e);
		if (r < 0)
			return r;
	}
	return 0;
}

static int file_value(struct options *o, enum opt_id id, const json_t *val, struct err *e)
{
	char num[32];
	size_t i;
	json_t *item;

	if (json_is_array(val)) {
		if (defs[id].type != T_LIST)
			return err_set(e, ERR_INVALID, "key \"%s\" takes one value, not a list", defs[id].name);
		json_array_foreach (val, i, item) {
			int r = file_value(o, id, item, e);
			if (r < 0)
				return r;
		}
		return 0;
	}
	if (json_is_string(val))
		return value_set(o, id, 1, json_string_value(val), "key ", e);
	if (json_is_boolean(val))
		return value_set(o, id, 1, json_is_true(val) ? "true" : "false", "key ", e);
	if (json_is_integer(val)) {
		snprintf(num, sizeof(num), "%lld", (long long)json_integer_value(val));
		return value_set(o, id, 1, num, "key ", e);
	}
	return err_set(e, ERR_INVALID, "key \"%s\": a text, number, boolean or list is expected", defs[id].name);
}

static int read_file(struct options *o, struct err *e)
{
	const char *path = o->v[OPT_CONFIG].str;
	AUTO_BUF struct buf text = {0};
	AUTO_JSON json_t *tree = NULL;
	const char *key;
	json_t *val;

	int r = fs_read(path, 1 << 20, &text, e);
	if (r == ERR_NOT_FOUND && o->v[OPT_CONFIG].rank == 0)
		return 0; /* the default file need not exist */
	if (r < 0)
		return r;
	if (text.len == 0)
		return 0;
	if ((r = yaml_parse(text.data, text.len, &tree, e)) < 0)
		return err_wrap(e, "%s", path);
	if (json_is_null(tree))
		return 0;
	if (!json_is_object(tree))
		return err_set(e, ERR_INVALID, "%s: a mapping of options is expected", path);
	json_object_foreach (tree, key, val) {
		int id = def_find(key, strlen(key));
		if (id < 0 || id == OPT_CONFIG)
			return err_set(e, ERR_INVALID, "%s: unknown key \"%s\"", path, key);
		/* A file may serve several subcommands: keys of another one are known, and not for us. */
		if ((r = file_value(o, (enum opt_id)id, val, e)) < 0)
			return err_wrap(e, "%s", path);
	}
	return 0;
}

static int read_flags(struct options *o, unsigned scope, bool no_operands, int argc, char **argv, char **rest, bool *help,
		      struct err *e)
{
	size_t n_rest = 0;

	for (int i = 0; i < argc; i++) {
		const char *a = argv[i];
		if (streq(a, "--")) {
			for (i++; i < argc; i++)
				rest[n_rest++] = argv[i];
			break;
		}
		if (streq(a, "--help") || streq(a, "-h")) {
			*help = true;
			return 0;
		}
		if (!str_has_prefix(a, "--")) {
			if (no_operands || (a[0] == '-' && a[1]))
				return err_set(e, ERR_INVALID, "unexpected argument \"%s\" (see --help)", a);
			rest[n_rest++] = argv[i];
			continue;
		}
		const char *name = a + 2, *eq = strchr(name, '=');
		size_t n = eq ? (size_t)(eq - name) : strlen(name);
		int id = def_find(name, n);
		if (id < 0 || !(defs[id].scope & scope))
			return err_set(e, ERR_INVALID, "unknown flag \"--%.*s\" (see --help)", (int)n, name);
		const char *text = eq ? eq + 1 : NULL;
		if (!text && defs[id].type == T_BOOL)
			text = "true";
		if (!text && i + 1 < argc)
			text = argv[++i];
		if (!text)
			return err_set(e, ERR_INVALID, "flag --%s needs a value", defs[id].name);
		int r = value_set(o, (enum opt_id)id, 3, text, "flag --", e);
		if (r < 0)
			return r;
	}
	rest[n_rest] = NULL;
	return 0;
}

/* A misspelt name would leave the component running. */
static int check_disable(const struct options *o, struct err *e)
{
	static const char *const names[] = {"scheduler", "controllers", "proxy", "dns", "ingress", "local-path", "servicelb"};

	for (char *const *p = opt_list(o, OPT_DISABLE); *p; p++) {
		bool known = false;
		for (size_t i = 0; i < ARRAY_LEN(names); i++)
			known = known || streq(*p, names[i]);
		if (!known)
			return err_set(e, ERR_INVALID, "--disable: \"%s\" is none of scheduler, controllers, proxy, dns, ingress, local-path, servicelb", *p);
	}
	return 0;
}

int options_parse(struct options **ret, unsigned scope, bool no_operands, int argc, char **argv, char ***ret_rest, bool *ret_help,
		  struct err *e)
{
	CLEANUP(options_free_p) struct options *o = calloc(1, sizeof(*o));
	AUTO_FREE char **rest = calloc((size_t)argc + 1, sizeof(*rest));
	bool help = false;
	int r;

	if (!o || !rest)
		return err_nomem(e);
	for (int i = 0; i < OPT_COUNT; i++)
		if (defs[i].dflt && (r = value_set(o, (enum opt_id)i, 0, defs[i].dflt, "default ", e)) < 0)
			return r;
	if ((r = read_flags(o, scope, no_operands, argc, argv, rest, &help, e)) < 0)
		return r;
	if (!help && ((r = read_env(o, scope, e)) < 0 || (r = read_file(o, e)) < 0))
		return r;
	if (!help && (r = check_disable(o, e)) < 0)
		return r;
	*ret_help = help;
	if (ret_rest)
		*ret_rest = TAKE_PTR(rest);
	*ret = TAKE_PTR(o);
	return 0;
}

void options_usage(unsigned scope)
{
	for (int i = 0; i < OPT_COUNT; i++) {
		if (!(defs[i].scope & scope))
			continue;
		char left[48];
		snprintf(left, sizeof(left), "--%s%s%s", defs[i].name, defs[i].arg ? " " : "", defs[i].arg ? defs[i].arg : "");
		printf("  %-34s %s%s%s%s\n", left, defs[i].help, defs[i].dflt ? " [" : "", defs[i].dflt ? defs[i].dflt : "",
		       defs[i].dflt ? "]" : "");
	}
}

const char *opt_str(const struct options *o, enum opt_id id) { return o->v[id].str; }
int64_t opt_int(const struct options *o, enum opt_id id) { return o->v[id].num; }
bool opt_bool(const struct options *o, enum opt_id id) { return o->v[id].num != 0; }
bool opt_is_set(const struct options *o, enum opt_id id) { return o->v[id].rank > 0; }

char *const *opt_list(const struct options *o, enum opt_id id)
{
	static char *const none[] = {NULL};
	return o->v[id].list ? o->v[id].list : none;
}

bool opt_list_has(const struct options *o, enum opt_id id, const char *word)
{
	for (char *const *p = opt_list(o, id); *p; p++)
		if (streq(*p, word))
			return true;
	return false;
}
