#include "cmd/options.h"
#include <stdio.h>
#include <ctype.h>
#include "base/buf.h"
#include "base/fs.h"
#include "base/json.h"
#include "base/str.h"
#include "cmd/options_check.h"

enum opt_type { T_STR, T_INT, T_BOOL, T_LIST };

struct opt_def {
	const char *name;
	enum opt_type type;
	unsigned scope;
	const char *dflt; /* NULL: none, or found out at run time: see computed */
	const char *arg;
	int64_t min, max;
	opt_check_fn check; /* NULL: anything */
	const char *help;
	const char *computed; /* the default in words */
};

#define ALL (OPT_IN_SERVER | OPT_IN_AGENT | OPT_IN_COMPONENT | OPT_IN_TOOL)
#define RUN (OPT_IN_SERVER | OPT_IN_AGENT | OPT_IN_COMPONENT)
#define SRV (OPT_IN_SERVER | OPT_IN_COMPONENT)
#define SRV_AGENT (OPT_IN_SERVER | OPT_IN_AGENT)
#define NODE RUN
#define RUN_DEBUG (RUN | OPT_IN_DEBUG) /* minik debug looks at what comes of it */

#define STR(name, scope, dflt, arg, check, help, computed)                                                             \
	{                                                                                                              \
		name, T_STR, scope, dflt, arg, 0, 0, check, help, computed                                             \
	}
#define INT(name, scope, dflt, arg, min, max, help)                                                                    \
	{                                                                                                              \
		name, T_INT, scope, dflt, arg, min, max, NULL, help, NULL                                              \
	}
#define BOOL(name, scope, help)                                                                                        \
	{                                                                                                              \
		name, T_BOOL, scope, "false", NULL, 0, 0, NULL, help, NULL                                             \
	}
#define LIST(name, scope, arg, check, help, computed)                                                                  \
	{                                                                                                              \
		name, T_LIST, scope, NULL, arg, 0, 0, check, help, computed                                            \
	}

static const struct opt_def defs[OPT_COUNT] = {
    [OPT_CONFIG] = STR("config", ALL, "/etc/minik/config.yaml", "FILE", opt_check_filled,
		       "read options from this YAML file", NULL),
    [OPT_DATA_DIR] =
	STR("data-dir", ALL, "/var/lib/minik", "DIR", opt_check_absolute, "what must survive a reboot", NULL),
    [OPT_RUN_DIR] = STR("run-dir", ALL, "/run/minik", "DIR", opt_check_absolute, "what must not", NULL),
    [OPT_KUBELET_DIR] = STR("kubelet-dir", ALL, NULL, "DIR", opt_check_absolute, "where CSI drivers register, and volumes are mounted",
			    "/var/lib/kubelet, with another --data-dir DATA_DIR/kubelet"),
    [OPT_LOG_LEVEL] =
	STR("log-level", ALL, "info", "LEVEL", opt_check_log_level, "error, warning, info or debug", NULL),
    [OPT_LOG_FORMAT] = STR("log-format", ALL, "text", "FORMAT", opt_check_log_format, "text or json", NULL),
    [OPT_SERVER] = LIST("server", OPT_IN_AGENT, "URL,...", opt_check_server_url,
			"API servers of the cluster to join, https://HOST:6443; one that answers will do", "needed"),
    [OPT_TOKEN] = STR("token", SRV_AGENT, NULL, "TOKEN", opt_check_token, "secret that lets a node join",
		      "agent: needed to join; server: one is made"),
    [OPT_TOKEN_FILE] =
	STR("token-file", SRV_AGENT, NULL, "FILE", opt_check_filled, "read the token from this file", "none"),
    [OPT_BIND_ADDRESS] = STR("bind-address", RUN, NULL, "ADDR", opt_check_address, "address to listen on", "all"),
    [OPT_HTTPS_LISTEN_PORT] = INT("https-listen-port", SRV, "6443", "PORT", 1, 65535, "TCP port of the API server"),
    [OPT_ADVERTISE_ADDRESS] = STR("advertise-address", SRV, NULL, "ADDR", opt_check_own_address,
				  "address at which others reach the API server", "that of node-ip"),
    [OPT_TLS_SAN] = LIST("tls-san", SRV, "NAME", opt_check_san,
			 "further names and addresses in the API server's certificate", "none"),
    [OPT_WRITE_KUBECONFIG] = STR("write-kubeconfig", SRV, "/etc/minik/minik.yaml", "FILE", opt_check_filled,
				 "where to write the administrator's kubeconfig", NULL),
    [OPT_WRITE_KUBECONFIG_MODE] =
	STR("write-kubeconfig-mode", SRV, "600", "MODE", opt_check_mode, "its permissions, octal", NULL),
    [OPT_CLUSTER_CIDR] =
	STR("cluster-cidr", RUN_DEBUG, "10.42.0.0/16", "CIDR", opt_check_cluster_cidr, "network of pods: IPv4, IPv6, or one of each with a comma", NULL),
    [OPT_SERVICE_CIDR] =
	STR("service-cidr", RUN_DEBUG, "10.43.0.0/16", "CIDR", opt_check_service_cidr, "network of Services: as cluster-cidr, the first family is the usual one", NULL),
    [OPT_CLUSTER_DNS] = STR("cluster-dns", RUN_DEBUG, "10.43.0.10", "ADDR", opt_check_address,
			    "Service address of the cluster DNS", "the tenth of service-cidr: 10.43.0.10"),
    [OPT_RESOLV_CONF] = STR("resolv-conf", RUN, "/etc/resolv.conf", "FILE", opt_check_absolute,
			    "name servers for names outside the cluster, and what pods get of the host", NULL),
    [OPT_DNS_AUTOPATH] = BOOL("dns-autopath", RUN, "walk pods' search lists in the cluster DNS: one round trip"),
    [OPT_CLUSTER_DOMAIN] =
	STR("cluster-domain", RUN_DEBUG, "cluster.local", "NAME", opt_check_domain, "DNS domain of the cluster", NULL),
    [OPT_NODE_PORT_RANGE] = STR("service-node-port-range", SRV, "30000-32767", "A-B", opt_check_port_range,
				"ports for NodePort Services", NULL),
    [OPT_FLANNEL_BACKEND] = STR("flannel-backend", RUN_DEBUG, "vxlan", "NAME", opt_check_backend,
				"pod network between nodes: vxlan, host-gw, udp or none (CNI plug-ins)", NULL),
    [OPT_FLANNEL_IFACE] =
	STR("flannel-iface", NODE, NULL, "IFACE", opt_check_iface, "interface of the pod network", "that of node-ip"),
    [OPT_FLANNEL_VNI] = INT("flannel-vni", NODE, "1", "N", 1, 16777215, "network identifier of vxlan"),
    [OPT_FLANNEL_PORT] =
	INT("flannel-port", NODE, "0", "PORT", 0, 65535, "UDP port of the pod network; 0: 8472 for vxlan, 8285 for udp"),
    [OPT_CNI_CONF_DIR] = STR("cni-conf-dir", NODE, "/etc/cni/net.d", "DIR", opt_check_absolute,
			     "with --flannel-backend none: configurations of CNI networks, the first valid one counts", NULL),
    [OPT_CNI_BIN_DIR] = STR("cni-bin-dir", NODE, "/opt/cni/bin:/usr/lib/cni", "DIR:...", opt_check_path_list,
			    "where CNI plug-ins are looked for", NULL),
    [OPT_CNI_TIMEOUT] = INT("cni-timeout", NODE, "60", "SECONDS", 1, 600, "a CNI plug-in that takes longer is killed"),
    [OPT_HAIRPIN_MODE] = STR("hairpin-mode", RUN_DEBUG, "hairpin-veth", "MODE", opt_check_hairpin,
			     "how a pod reaches itself by its Service: hairpin-veth, promiscuous-bridge or none", NULL),
    [OPT_PROXY_MODE] = STR("proxy-mode", RUN_DEBUG, "auto", "MODE", opt_check_proxy_mode,
			   "how Services are balanced: nftables, ipvs, or auto, which is nftables", NULL),
    [OPT_IPVS_SCHEDULER] = STR("ipvs-scheduler", RUN_DEBUG, "rr", "NAME", opt_check_ipvs_scheduler,
			       "whom IPVS gives the next connection to: rr, wrr, lc, wlc, sh, mh ...", NULL),
    [OPT_METRICS_ADDRESS] = STR("metrics-bind-address", RUN_DEBUG, "127.0.0.1:10249", "ADDR:PORT", opt_check_address_port,
				"where the Service proxy shows its metrics, as kube-proxy; \"\": nowhere", NULL),
    [OPT_HEALTHZ_ADDRESS] = STR("healthz-bind-address", RUN_DEBUG, "[::]:10256", "ADDR:PORT", opt_check_address_port,
				"where it tells load balancers whether this node is fit, as kube-proxy; \"\": nowhere", NULL),
    [OPT_NODE_NAME] = STR("node-name", RUN_DEBUG, NULL, "NAME", opt_check_node_name, "name of this node", "the host name"),
    [OPT_NODE_IP] = LIST("node-ip", RUN_DEBUG, "ADDR", opt_check_own_address,
			 "address of this node, at most one IPv4 and one IPv6", "that of the default route, of the family of Services"),
    [OPT_NODE_LABEL] = LIST("node-label", NODE, "K=V", opt_check_node_label, "label for this node", "none"),
    [OPT_NODE_TAINT] = LIST("node-taint", NODE, "K=V:EFFECT", opt_check_taint, "taint for this node", "none"),
    [OPT_KUBELET_PORT] = INT("kubelet-port", NODE, "10250", "PORT", 1, 65535, "TCP port of the node agent"),
    [OPT_RUNTIME] = STR("runtime", NODE | OPT_IN_TOOL, "auto", "NAME", opt_check_runtime,
			"OCI runtime: auto, crun, runc or a path", NULL),
    [OPT_CGROUP_ROOT] =
	STR("cgroup-root", NODE | OPT_IN_TOOL, "minik", "NAME", opt_check_cgroup, "cgroup that holds the pods", NULL),
    [OPT_MAX_PODS] = INT("max-pods", NODE, "110", "N", 1, 10000, "pods that this node takes"),
    [OPT_CLOUD_PROVIDER] =
	STR("cloud-provider", NODE, NULL, "external", opt_check_cloud_provider,
	    "external: a cloud controller manager looks after this node's addresses, labels and life", "none"),
    [OPT_PROVIDER_ID] =
	STR("provider-id", NODE, NULL, "ID", opt_check_provider_id, "spec.providerID of this node", "none"),
    [OPT_SHUTDOWN_GRACE] = INT("shutdown-grace-period", NODE | OPT_IN_TOOL, "30", "SECONDS", 0, 3600,
			       "seconds for all pods to end when the machine goes down"),
    [OPT_SHUTDOWN_GRACE_CRITICAL] = INT("shutdown-grace-period-critical-pods", NODE | OPT_IN_TOOL, "10", "SECONDS", 0,
					3600, "the part of them that is kept for critical pods"),
    [OPT_DISABLE] = LIST("disable", RUN, "NAME,...", opt_check_component,
			 "leave out: scheduler, controllers, proxy, dns, ingress, local-path, servicelb", "none"),
    [OPT_DISABLE_AGENT] = BOOL("disable-agent", OPT_IN_SERVER, "control plane only: no pods on this machine"),
    [OPT_INGRESS_HTTP_PORT] = INT("ingress-http-port", RUN, "80", "PORT", 1, 65535, "TCP port of Ingress for HTTP"),
    [OPT_INGRESS_HTTPS_PORT] = INT("ingress-https-port", RUN, "443", "PORT", 1, 65535, "TCP port of Ingress for HTTPS"),
    [OPT_INGRESS_NODES] = STR("ingress-nodes", RUN, NULL, "SELECTOR", opt_check_selector,
			      "serve Ingress on nodes with these labels only, such as edge=true or 'zone in (a,b)'", "all nodes"),
    [OPT_INGRESS_ACCESS_LOG] = BOOL("ingress-access-log", RUN, "log requests of Ingress as JSON: DATA_DIR/ingress/access.log"),
    [OPT_INGRESS_PROXY_PROTOCOL] = BOOL("ingress-proxy-protocol", RUN,
					"load balancers before Ingress (--ingress-trusted-proxies) speak the PROXY protocol"),
    [OPT_INGRESS_TRUSTED_PROXIES] =
	LIST("ingress-trusted-proxies", RUN, "CIDR,...", opt_check_network,
	     "who may tell Ingress for which client it speaks: X-Forwarded-* or PROXY protocol", "nobody"),
    [OPT_INGRESS_METRICS_ADDRESS] = STR("ingress-metrics-address", RUN, "127.0.0.1:10254", "ADDR:PORT", opt_check_address_port,
					"where Ingress shows its metrics, by Ingress; \"\": nowhere", NULL),
    [OPT_KUBELET_CA] = STR("kubelet-certificate-authority", SRV, NULL, "FILE", opt_check_ca_file,
			   "further CAs that certificates of nodes' agents may be of", "the cluster's alone"),
    [OPT_DATASTORE_ENDPOINT] = STR("datastore-endpoint", SRV | OPT_IN_TOOL, "sqlite:", "URL", opt_check_datastore,
				   "sqlite: (in data-dir), sqlite:FILE, or etcd: http(s)://HOST:2379,...", NULL),
    [OPT_DATASTORE_PREFIX] = STR("datastore-prefix", SRV | OPT_IN_TOOL, "/minik", "PREFIX", opt_check_prefix,
				 "of this cluster's keys in etcd", NULL),
    [OPT_DATASTORE_CAFILE] = STR("datastore-cafile", SRV | OPT_IN_TOOL, NULL, "FILE", opt_check_filled,
				 "CA of etcd's certificates", "the system's"),
    [OPT_DATASTORE_CERTFILE] = STR("datastore-certfile", SRV | OPT_IN_TOOL, NULL, "FILE", opt_check_filled,
				   "client certificate for etcd", "none"),
    [OPT_DATASTORE_KEYFILE] =
	STR("datastore-keyfile", SRV | OPT_IN_TOOL, NULL, "FILE", opt_check_filled, "its key", "none"),
    [OPT_SECRETS_ENCRYPTION] = BOOL("secrets-encryption", SRV,
				    "seal Secrets in the datastore (AES-256-GCM); keys: DATA_DIR/server/cred"),
    [OPT_WITH_KEYS] = BOOL("with-keys", OPT_IN_BACKUP, "also the keys that Secrets are sealed with: keep it safe then"),
    [OPT_BACKUP_INTERVAL] =
	STR("backup-schedule-interval", SRV, "0", "TIME", opt_check_interval,
	    "write a backup to DATA_DIR/server/backups so often, such as 30m, 12h, 1d; 0: never", NULL),
    [OPT_BACKUP_RETENTION] = INT("backup-retention", SRV, "5", "N", 1, 10000, "scheduled backups to keep"),
    [OPT_MAX_REQUESTS] = INT("max-requests-inflight", SRV, "400", "N", 1, 100000,
			      "with the next one: requests served at once, shared out to priority levels"),
    [OPT_MAX_MUTATING_REQUESTS] = INT("max-mutating-requests-inflight", SRV, "200", "N", 1, 100000, "is added to it"),
    [OPT_LEADER_ELECT] = BOOL("leader-elect", OPT_IN_COMPONENT,
			      "controllers, scheduler, storage: several may run, one works (by Lease)"),
    [OPT_STORE_CACHE] = INT("store-cache", SRV, "64", "MB", 1, 1048576, "memory for cached objects, in MB"),
    [OPT_REGISTRIES] = STR("registries", NODE | OPT_IN_TOOL, "/etc/minik/registries.yaml", "FILE", opt_check_filled,
			   "mirrors and credentials of image registries", NULL),
    [OPT_KUBECONFIG] =
	STR("kubeconfig", OPT_IN_COMPONENT | OPT_IN_TOOL, NULL, "FILE", opt_check_filled, "how to reach the API server",
	    "that of the running minik, $KUBECONFIG, /etc/minik/minik.yaml"),
    [OPT_OUTPUT] =
	STR("output", OPT_IN_OUTPUT | OPT_IN_VERSION, "text", "FORMAT", opt_check_output, "(or -o) text or json", NULL),
    [OPT_TTL] = STR("ttl", OPT_IN_TOKEN, "24h", "TIME", opt_check_ttl,
		    "create: life of the token, such as 30m, 24h, 7d; 0: no end", NULL),
    [OPT_DESCRIPTION] = STR("description", OPT_IN_TOKEN, NULL, "TEXT", NULL, "create: what the token is for", "none"),
    [OPT_PRINT_JOIN_COMMAND] =
	BOOL("print-join-command", OPT_IN_TOKEN, "create: print the whole command for the new machine"),
    [OPT_DRY_RUN] = BOOL("dry-run", OPT_IN_UNINSTALL, "say what would be done, and do nothing"),
    [OPT_FROM] = STR("from", OPT_IN_FROM, NULL, "NAMESPACE/POD", opt_check_filled,
		     "a pod of this node that the Service is to be reached from", "one that policies let"),
    [OPT_NAMESPACE] = STR("namespace", OPT_IN_NAMESPACE, NULL, "NAMESPACE", opt_check_filled,
			  "(or -n) only what is of this namespace; lint: also that of objects that name none", "all; lint: default"),
    [OPT_RECURSIVE] = BOOL("recursive", OPT_IN_NAMESPACE, "(or -R) lint: of directories also what is in those below"),
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

/* Puts text into option id as coming from a source of that rank. Whether it will do is looked at when all is read. */
static int value_set(struct options *o, enum opt_id id, int rank, const char *text, struct err *e)
{
	const struct opt_def *d = &defs[id];
	struct opt_value *v = &o->v[id];

	if (rank < v->rank)
		return 0;
	if (d->type == T_LIST && rank > v->rank)
		list_clear(v);
	v->rank = rank;
	if (d->type != T_LIST) {
		if (d->type == T_INT)
			(void)str_to_i64(text, d->min, d->max, &v->num);
		v->num = d->type == T_BOOL ? streq(text, "true") : v->num;
		return str_replace(&v->str, text) < 0 ? err_nomem(e) : 0;
	}
	for (const char *p = text; *p;) {
		size_t n = strcspn(p, ",");
		int r = n ? list_add(v, p, n, e) : 0;
		if (r < 0)
			return r;
		p += n + (p[n] == ',');
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

/* Edits from a to b: insertions, deletions, replacements; more than max is max + 1. */
static unsigned distance(const char *a, size_t na, const char *b, unsigned max)
{
	unsigned row[64];
	size_t nb = strlen(b);

	if (nb >= ARRAY_LEN(row) || na >= ARRAY_LEN(row) || (na > nb ? na - nb : nb - na) > max)
		return max + 1;
	for (size_t k = 0; k <= nb; k++)
		row[k] = (unsigned)k;
	for (size_t i = 1; i <= na; i++) {
		unsigned diagonal = row[0];
		row[0] = (unsigned)i;
		for (size_t k = 1; k <= nb; k++) {
			unsigned best = diagonal + (a[i - 1] != b[k - 1]);
			diagonal = row[k];
			if (row[k] + 1 < best)
				best = row[k] + 1;
			if (row[k - 1] + 1 < best)
				best = row[k - 1] + 1;
			row[k] = best;
		}
	}
	return row[nb];
}

/* The option that was probably meant, or "". */
static void nearest(const char *name, size_t n, unsigned scope, char out[80])
{
	unsigned best = 3;

	out[0] = '\0';
	for (int i = 0; i < OPT_COUNT; i++) {
		unsigned d = defs[i].scope & scope ? distance(name, n, defs[i].name, 2) : best;
		if (d < best) {
			best = d;
			(void)str_copy(out, 80, defs[i].name);
		}
	}
}

static void env_name(const char *flag, char out[80])
{
	size_t n = 6;

	memcpy(out, "MINIK_", n);
	for (const char *p = flag; *p && n < 79; p++)
		out[n++] = *p == '-' ? '_' : (char)toupper((unsigned char)*p);
	out[n] = '\0';
}

const char *opt_name(enum opt_id id)
{
	return defs[id].name;
}

void opt_where(const struct options *o, enum opt_id id, char out[OPT_WHERE_MAX])
{
	char env[80];

	env_name(defs[id].name, env);
	switch (o->v[id].rank) {
	case 1:
		snprintf(out, OPT_WHERE_MAX, "%.70s: key \"%s\"", o->v[OPT_CONFIG].str, defs[id].name);
		break;
	case 2:
		snprintf(out, OPT_WHERE_MAX, "environment variable %s", env);
		break;
	case 3:
		snprintf(out, OPT_WHERE_MAX, "flag --%s", defs[id].name);
		break;
	default:
		snprintf(out, OPT_WHERE_MAX, "default of %s", defs[id].name);
	}
}

static const char *env_of(const struct opt_place *place, const char *name)
{
	size_t n = strlen(name);

	if (!place)
		return getenv(name);
	for (const char *p = place->environment, *end = p + place->n_environment; p < end; p += strnlen(p, (size_t)(end - p)) + 1)
		if (strncmp(p, name, n) == 0 && p[n] == '=')
			return p + n + 1;
	return NULL;
}

static int read_env(struct options *o, const struct opt_place *place, unsigned scope, struct err *e)
{
	for (int i = 0; i < OPT_COUNT; i++) {
		char name[80];
		env_name(defs[i].name, name);
		const char *text = env_of(place, name);
		if (!text || !(defs[i].scope & scope & ~(unsigned)OPT_FLAG_ONLY))
			continue;
		int r = value_set(o, (enum opt_id)i, 2, text, e);
		if (r < 0)
			return r;
	}
	return 0;
}

/* Faults of the file are told of here; what they are is in one, with file and key. */
static int file_value(struct options *o, enum opt_id id, const json_t *val, struct err *e)
{
	const struct opt_def *d = &defs[id];
	char num[32];
	size_t i;
	json_t *item;

	if (json_is_array(val)) {
		if (d->type != T_LIST)
			return err_set(e, ERR_INVALID, "takes one value, not a list");
		json_array_foreach (val, i, item) {
			int r = json_is_array(item) ? err_set(e, ERR_INVALID, "is a list within a list")
						    : file_value(o, id, item, e);
			if (r < 0)
				return r;
		}
		return 0;
	}
	if (json_is_string(val))
		return value_set(o, id, 1, json_string_value(val), e);
	if (json_is_boolean(val))
		return value_set(o, id, 1, json_is_true(val) ? "true" : "false", e);
	if (json_is_integer(val)) {
		int64_t v = json_integer_value(val);
		/* An unquoted 0644 is 420 in YAML. Modes that are meant by such digits are 400, 440 and 444 alone. */
		if (id == OPT_WRITE_KUBECONFIG_MODE && v >= 0400 && v <= 0777 && v != 400 && v != 440 && v != 444)
			return err_set(e, ERR_INVALID,
				       "is %lld, as YAML reads an octal number; write it in quotes: \"%llo\"",
				       (long long)v, (long long)v);
		snprintf(num, sizeof(num), "%lld", (long long)json_integer_value(val));
		return value_set(o, id, 1, num, e);
	}
	return err_set(e, ERR_INVALID,
		       json_is_null(val)
			   ? "has no value; write one or leave the key out"
			   : "has a value of the wrong kind; write a text, number, true or false, or a list");
}

static int fault(const struct opt_faults *f, struct err *e, int r, const struct err *one)
{
	if (!f)
		return err_set(e, r, "%s", one->msg);
	f->fn(f->arg, one->msg);
	return 0;
}

static int read_file(struct options *o, const struct opt_place *place, unsigned scope, const struct opt_faults *f, struct err *e)
{
	const char *path = o->v[OPT_CONFIG].str;
	AUTO_FREE char *there = place ? str_fmt("%s/%s", path[0] == '/' ? place->root : place->cwd, path) : NULL;
	AUTO_BUF struct buf text = {0};
	AUTO_JSON json_t *tree = NULL;
	const char *key;
	json_t *val;
	char near[80];

	if (place && !there)
		return err_nomem(e);
	int r = fs_read(place ? there : path, 1 << 20, &text, e);
	if (r == ERR_NOT_FOUND && o->v[OPT_CONFIG].rank == 0)
		return 0; /* the default file need not exist */
	if (r == ERR_NOT_FOUND) {
		char where[OPT_WHERE_MAX];
		opt_where(o, OPT_CONFIG, where);
		return err_set(e, ERR_NOT_FOUND, "%s: %.120s does not exist", where, path);
	}
	if (r < 0)
		return r;
	if (text.len == 0)
		return 0;
	if ((r = yaml_parse(text.data, text.len, &tree, e)) < 0)
		return err_wrap(e, "%s", path);
	if (json_is_null(tree))
		return 0;
	if (!json_is_object(tree))
		return err_set(e, ERR_BAD_REQUEST, "%s: a mapping of options is expected, such as \"node-name: box\"",
			       path);
	json_object_foreach (tree, key, val) {
		struct err one = {0};
		int id = def_find(key, strlen(key));
		if (id < 0 || id == OPT_CONFIG || !(defs[id].scope & ~(unsigned)OPT_FLAG_ONLY)) {
			nearest(key, strlen(key), ALL, near);
			r = err_set(&one, ERR_INVALID, "%s: unknown key \"%.60s\"%s%s%s", path, key,
				    near[0] ? "; did you mean \"" : "", near, near[0] ? "\"?" : "");
		} else if (defs[id].scope & scope) {
			/* A file may serve several subcommands: keys of another one are known, and not for us. */
			char where[OPT_WHERE_MAX];
			if ((r = file_value(o, (enum opt_id)id, val, &one)) < 0) {
				snprintf(where, sizeof(where), "%.70s: key \"%s\"", path, key);
				(void)err_wrap(&one, "%s", where);
			}
		} else {
			r = 0;
		}
		if (r < 0 && (r = fault(f, e, r, &one)) < 0)
			return r;
	}
	return 0;
}

/* -o and -n; -1: none of them */
static int brief_find(const char *a, unsigned scope)
{
	int id = str_has_prefix(a, "-o") ? OPT_OUTPUT : str_has_prefix(a, "-n") ? OPT_NAMESPACE : -1;

	return id >= 0 && (OPT_FLAG_ONLY & scope & defs[id].scope) ? id : -1;
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
		if (streq(a, "-R") && (defs[OPT_RECURSIVE].scope & scope)) {
			int r = value_set(o, OPT_RECURSIVE, 3, "true", e);
			if (r < 0)
				return r;
			continue;
		}
		int brief = brief_find(a, scope);
		if (brief >= 0) {
			const char *text = a[2] ? a + 2 + (a[2] == '=') : i + 1 < argc ? argv[++i] : NULL;
			if (!text)
				return err_set(e, ERR_INVALID, "flag -%c needs a value: %s", a[1],
					       brief == OPT_OUTPUT ? "text or json" : "a namespace");
			int r = value_set(o, (enum opt_id)brief, 3, text, e);
			if (r < 0)
				return r;
			continue;
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
		if (id < 0 || !(defs[id].scope & scope)) {
			char near[80];
			nearest(name, n, scope, near);
			if (id >= 0)
				return err_set(e, ERR_INVALID, "flag --%s is not one of this command (see --help)",
					       defs[id].name);
			return err_set(e, ERR_INVALID, "unknown flag \"--%.*s\"%s%s (see --help)",
				       (int)(n < 80 ? n : 80), name, near[0] ? "; did you mean --" : "", near);
		}
		const char *text = eq ? eq + 1 : NULL;
		if (!text && defs[id].type == T_BOOL)
			text = "true";
		if (!text && i + 1 < argc)
			text = argv[++i];
		if (!text)
			return err_set(e, ERR_INVALID, "flag --%s needs a value", defs[id].name);
		int r = value_set(o, (enum opt_id)id, 3, text, e);
		if (r < 0)
			return r;
	}
	rest[n_rest] = NULL;
	return 0;
}

static int check_one(const struct options *o, enum opt_id id, unsigned scope, const char *text, struct err *e)
{
	const struct opt_def *d = &defs[id];
	char where[OPT_WHERE_MAX];
	int64_t num;
	int r = 0;

	if (d->type == T_INT && str_to_i64(text, d->min, d->max, &num) < 0)
		r = err_set(e, ERR_INVALID, "\"%.80s\" is not a number from %lld to %lld", text, (long long)d->min,
			    (long long)d->max);
	else if (d->type == T_BOOL && !streq(text, "true") && !streq(text, "false"))
		r = err_set(e, ERR_INVALID, "\"%.80s\" is neither true nor false", text);
	else if (d->check)
		r = d->check(text, scope, e);
	if (r >= 0)
		return 0;
	opt_where(o, id, where);
	return err_wrap(e, "%s", where);
}

static int check_values(const struct options *o, unsigned scope, const struct opt_faults *f, struct err *e)
{
	struct err one = {0};
	int r;

	for (int i = 0; i < OPT_COUNT; i++) {
		if (!(defs[i].scope & scope) || o->v[i].rank == 0)
			continue;
		if (o->v[i].str && (r = check_one(o, (enum opt_id)i, scope, o->v[i].str, &one)) < 0 &&
		    (r = fault(f, e, r, &one)) < 0)
			return r;
		for (size_t k = 0; k < o->v[i].n_list; k++)
			if ((r = check_one(o, (enum opt_id)i, scope, o->v[i].list[k], &one)) < 0 &&
			    (r = fault(f, e, r, &one)) < 0)
				return r;
	}
	r = opt_check_together(o, scope, f ? f->fn : NULL, f ? f->arg : NULL, &one);
	return r < 0 && !f ? err_set(e, r, "%s", one.msg) : 0;
}

/* Who moves the Services elsewhere need not say where in there the DNS is. */
static int derive(struct options *o, struct err *e)
{
	char dns[48];

	if (o->v[OPT_CLUSTER_DNS].rank > 0 || o->v[OPT_SERVICE_CIDR].rank == 0 ||
	    !opt_cidr_address(o->v[OPT_SERVICE_CIDR].str, 10, dns))
		return 0;
	return value_set(o, OPT_CLUSTER_DNS, 0, dns, e);
}

static int parse(struct options **ret, const struct opt_place *place, unsigned scope, bool no_operands, int argc, char **argv,
		 char ***ret_rest, bool *ret_help, const struct opt_faults *faults, struct err *e)
{
	CLEANUP(options_free_p) struct options *o = calloc(1, sizeof(*o));
	AUTO_FREE char **rest = calloc((size_t)argc + 1, sizeof(*rest));
	bool help = false;
	int r;

	if (!o || !rest)
		return err_nomem(e);
	for (int i = 0; i < OPT_COUNT; i++)
		if (defs[i].dflt && (r = value_set(o, (enum opt_id)i, 0, defs[i].dflt, e)) < 0)
			return r;
	if ((r = read_flags(o, scope, no_operands, argc, argv, rest, &help, e)) < 0)
		return r;
	if (!help && scope != OPT_IN_VERSION &&
	    ((r = read_env(o, place, scope, e)) < 0 || (r = read_file(o, place, scope, faults, e)) < 0))
		return r;
	if (!help && ((r = derive(o, e)) < 0 || (r = check_values(o, scope, faults, e)) < 0))
		return r;
	*ret_help = help;
	if (ret_rest)
		*ret_rest = TAKE_PTR(rest);
	*ret = TAKE_PTR(o);
	return 0;
}

int options_parse(struct options **ret, unsigned scope, bool no_operands, int argc, char **argv, char ***ret_rest,
		  bool *ret_help, const struct opt_faults *faults, struct err *e)
{
	return parse(ret, NULL, scope, no_operands, argc, argv, ret_rest, ret_help, faults, e);
}

int options_parse_of(struct options **ret, const struct opt_place *place, unsigned scope, int argc, char **argv,
		     bool *ret_help, const struct opt_faults *faults, struct err *e)
{
	return parse(ret, place, scope, false, argc, argv, NULL, ret_help, faults, e);
}

void options_usage(unsigned scope)
{
	for (int i = 0; i < OPT_COUNT; i++) {
		const struct opt_def *d = &defs[i];
		if (!(d->scope & scope))
			continue;
		char left[48];
		const char *dflt = d->computed ? d->computed : d->dflt ? d->dflt : "none";
		snprintf(left, sizeof(left), "--%s%s%s", d->name, d->arg ? " " : "", d->arg ? d->arg : "");
		printf("  %-34s %s [%s]%s\n", left, d->help, dflt,
		       d->type == T_LIST ? "; may be given several times" : "");
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

int opt_adopt(struct options *o, enum opt_id id, const char *text, struct err *e)
{
	struct opt_value *v = &o->v[id];
	struct err why = {0};
	char where[OPT_WHERE_MAX];

	if (defs[id].check && defs[id].check(text, OPT_IN_AGENT, &why) < 0)
		return err_set(e, ERR_INVALID, "the cluster's %s: %.180s", defs[id].name, why.msg);
	if (v->rank > 0 && !streq(v->str, text)) {
		opt_where(o, id, where);
		return err_set(e, ERR_INVALID, "%s: %.60s is not the cluster's %s, which is %.60s: leave it out", where, v->str,
			       defs[id].name, text);
	}
	return str_replace(&v->str, text) < 0 ? err_nomem(e) : 0;
}
