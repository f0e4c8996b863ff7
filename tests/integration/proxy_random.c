/*
 * proxy_random MODE STEPS SEED DIR: the Service proxy's model and a backend (nftables or ipvs) in the current network
 * namespace, which must be the test's own, under random changes of Services, EndpointSlices and pods: after every step
 * the kernel must have what a proxy that starts there and then writes into an empty namespace. Some steps start the
 * proxy anew, read the kernel again, or take something away before. Prints the step, or "ok" and how much was
 * compared; the two states are left in DIR/have and DIR/want.
 */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>
#include "base/buf.h"
#include "base/fs.h"
#include "base/cleanup.h"
#include "base/ipvs.h"
#include "base/json.h"
#include "base/map.h"
#include "base/proc.h"
#include "base/str.h"
#include "proxy/backend.h"
#include "proxy/ipvs_link.h"
#include "proxy/ipvs_sets.h"
#include "proxy/nft_rules.h"

#define TABLE    PROXY_NFT_TABLE
#define SERVICES 12
#define SLICES   3
#define PODS     3

static const struct proxy_backend_ops *ops;
static struct proxy_backend_config config = {.cluster_cidr = "10.42.0.0/16,fd42::/32",
					     .service_cidr = "10.43.0.0/16,fd43::/112"};
static uint64_t state;
static json_t *services[SERVICES], *slices[SERVICES][SLICES], *pods[PODS];
static const char *zone = "z1";
static int here, empty; /* namespaces */

static uint32_t rnd(uint32_t n) /* below n */
{
	state = state * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(state >> 33) % n;
}
static const char *one_of(const char *const *v, uint32_t n)
{
	return v[rnd(n)];
}
#define PICK(...)                                                                                                      \
	one_of((const char *const[]){__VA_ARGS__}, sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

static void die(const char *what, const struct err *e)
{
	fprintf(stderr, "proxy_random: %s: %s\n", what, e ? e->msg : "");
	exit(1);
}

static json_t *parsed(struct buf *b)
{
	json_t *o = NULL;
	struct err e = {0};
	if (buf_failed(b) || json_parse(b->data, b->len, &o, &e) < 0)
		die(b->data, &e);
	buf_done(b);
	return o;
}

/* ---- objects ---- */

static json_t *service_make(int i)
{
	struct buf b = {0};
	bool dual = rnd(3) == 0, balancer = rnd(4) == 0, node = balancer || rnd(3) == 0;
	buf_addf(&b, "{\"metadata\":{\"creationTimestamp\":\"2026-01-0%uT00:00:00Z\"},\"spec\":{\"type\":\"%s\",",
		 1 + rnd(3),
		 rnd(20) == 0 ? "ExternalName"
		 : balancer   ? "LoadBalancer"
		 : node       ? "NodePort"
			      : "ClusterIP");
	buf_addf(&b, "\"clusterIP\":\"%s%d\",\"clusterIPs\":[\"10.43.0.%d\"", rnd(20) ? "10.43.0." : "None", 10 + i,
		 10 + i);
	if (dual)
		buf_addf(&b, ",\"fd43::%d\"", 10 + i);
	buf_addf(&b, "],\"externalTrafficPolicy\":\"%s\",\"internalTrafficPolicy\":\"%s\",",
		 PICK("Local", "Cluster", "Cluster"), PICK("Local", "Cluster", "Cluster"));
	if (rnd(3) == 0)
		buf_addf(&b,
			 "\"sessionAffinity\":\"ClientIP\",\"sessionAffinityConfig\":{\"clientIP\":{\"timeoutSeconds\":"
			 "%s}},",
			 PICK("10", "60", "10800"));
	if (rnd(3) == 0) /* one that others want too, another's cluster address, the node's own, the API server's */
		buf_addf(&b, "\"externalIPs\":[\"%s\",\"10.43.0.%u\",\"fd00::%u\"],",
			 PICK("203.0.113.1", "203.0.113.2", "192.0.2.1"), 10 + rnd(SERVICES), rnd(3));
	if (balancer && rnd(2))
		buf_addf(&b, "\"loadBalancerSourceRanges\":[\"%s\",\"192.0.2.0/24\",\"fd01::/64\"],",
			 PICK("198.51.100.0/24", "192.0.2.8/29", "10.0.0.0/8"));
	buf_adds(&b, "\"ports\":[");
	for (uint32_t k = 0, n = 1 + rnd(3); k < n; k++)
		buf_addf(&b, "%s{\"name\":\"%c\",\"port\":%s,\"protocol\":\"%s\",\"nodePort\":%u}", k ? "," : "",
			 (char)('a' + k), PICK("80", "443", "6443"), PICK("TCP", "TCP", "UDP"),
			 rnd(8) ? 30000 + rnd(6) : 6443);
	buf_adds(&b, "]},\"status\":{\"loadBalancer\":{\"ingress\":[");
	if (balancer)
		buf_addf(&b, "{\"ip\":\"%s\"}", PICK("203.0.113.1", "203.0.113.9", "192.0.2.1"));
	buf_adds(&b, "]}}}");
	return parsed(&b);
}

static json_t *slice_make(int service)
{
	struct buf b = {0};
	const char *family = rnd(3) ? "IPv4" : "IPv6";
	buf_addf(
	    &b,
	    "{\"metadata\":{\"labels\":{\"kubernetes.io/service-name\":\"s%d\"}},\"addressType\":\"%s\",\"ports\":[",
	    service, family);
	for (char c = 'a'; c <= 'c'; c++)
		buf_addf(&b,
			 "%s{\"name\":\"%c\",\"port\":%u,\"protocol\":\"TCP\"},{\"name\":\"%c\",\"port\":53,"
			 "\"protocol\":\"UDP\"}",
			 c == 'a' ? "" : ",", c, 8080 + rnd(2), c);
	buf_adds(&b, "],\"endpoints\":[");
	for (uint32_t k = 0, n = rnd(6); k < n; k++)
		buf_addf(&b,
			 "%s{\"addresses\":[\"%s%u\"],\"nodeName\":\"%s\",\"conditions\":{\"ready\":%s,\"serving\":%s,"
			 "\"terminating\":%s}%s}",
			 k ? "," : "", family[3] == '4' ? "10.42.0." : "fd42::", 1 + rnd(6), PICK("node1", "node2"),
			 PICK("true", "true", "true", "false"), PICK("true", "false"), PICK("true", "false"),
			 PICK("", "", ",\"hints\":{\"forZones\":[{\"name\":\"z1\"}]}",
			      ",\"hints\":{\"forNodes\":[{\"name\":\"node1\"}]}"));
	buf_adds(&b, "]}");
	return parsed(&b);
}

static json_t *pod_make(int i)
{
	struct buf b = {0};
	buf_addf(
	    &b,
	    "{\"metadata\":{\"creationTimestamp\":\"2026-01-0%uT00:00:00Z\"},\"spec\":{\"containers\":[{\"ports\":[{"
	    "\"containerPort\":80,\"hostPort\":%u%s}]}]},\"status\":{\"phase\":\"Running\",\"podIPs\":[{\"ip\":\"10.42."
	    "0.%d\"}]}}",
	    1 + rnd(3), 30000 + rnd(6), rnd(2) ? "" : ",\"hostIP\":\"192.0.2.1\"", 100 + i);
	return parsed(&b);
}

static json_t *api_slice(void)
{
	struct buf b = {0};
	buf_adds(&b, "{\"metadata\":{\"labels\":{\"kubernetes.io/"
		     "service-name\":\"kubernetes\"}},\"addressType\":\"IPv4\",\"ports\":"
		     "[{\"name\":\"https\",\"port\":6443,\"protocol\":\"TCP\"}],\"endpoints\":[{\"addresses\":[\"192.0."
		     "2.1\"]}]}");
	return parsed(&b);
}

static void tell_service(struct px_model *m, int i)
{
	char name[16];
	(void)snprintf(name, sizeof(name), "s%d", i);
	if (px_model_service(m, i % 2 ? "a" : "b", name, services[i]) < 0)
		die("service", NULL);
}
static void tell_slice(struct px_model *m, int i, int k)
{
	char name[16];
	(void)snprintf(name, sizeof(name), "s%d-%d", i, k);
	if (px_model_slice(m, i % 2 ? "a" : "b", name, slices[i][k]) < 0)
		die("slice", NULL);
}
static void tell_pod(struct px_model *m, int i)
{
	char name[16];
	(void)snprintf(name, sizeof(name), "p%d", i);
	if (px_model_pod(m, "a", name, pods[i]) < 0)
		die("pod", NULL);
}

static void put(json_t **at, json_t *o)
{
	json_decref(*at);
	*at = o;
}

static void change(struct px_model *m)
{
	int i = (int)rnd(SERVICES), k = (int)rnd(SLICES), p = (int)rnd(PODS);
	switch (rnd(10)) {
	case 0:
	case 1:
	case 2:
	case 3:
		put(&services[i], rnd(6) ? service_make(i) : NULL);
		tell_service(m, i);
		return;
	case 4:
		put(&pods[p], rnd(3) ? pod_make(p) : NULL);
		tell_pod(m, p);
		return;
	case 5:
		if (rnd(5) == 0) {
			zone = PICK("z1", "z2");
			px_model_zone(m, zone);
			return;
		} /* fall through */
	default:
		put(&slices[i][k], rnd(6) ? slice_make(i) : NULL);
		tell_slice(m, i, k);
	}
}

/* In an order of its own: what holds must not depend on it. */
static struct px_model *model_whole(void)
{
	struct px_model *m = NULL;
	struct err e = {0};
	AUTO_JSON json_t *api = api_slice();
	if (px_model_new(&m, "node1", &e) < 0)
		die("model", &e);
	px_model_zone(m, zone);
	for (int i = SERVICES - 1; i >= 0; i--) {
		for (int k = 0; k < SLICES; k++)
			tell_slice(m, i, k);
		tell_service(m, i);
	}
	for (int i = 0; i < PODS; i++)
		tell_pod(m, i);
	if (px_model_slice(m, "default", "kubernetes", api) < 0)
		die("slice", NULL);
	return m;
}

static void sync_now(struct proxy_backend *b, struct px_model *m, bool full)
{
	struct px_change *v = NULL;
	size_t n = 0;
	struct err e = {0};
	if (px_model_flush(m, &v, &n) < 0 || ops->sync(b, v, n, full, &e) < 0)
		die("sync", &e);
	px_changes_free(v, n);
}

/* ---- what is in the kernel, in words that do not depend on numbers ---- */

struct words {
	struct map *lines;
	struct map *elems; /* nftables: "set/key" -> text of what it leads to; "rule/chain" -> its comment */
	struct map *used;  /* of them, places in lists that somebody leads to */
	struct map *sets;
	const char *set;
};

static void line(struct words *w, const char *text)
{
	if (map_put(w->lines, text, w) < 0)
		die("memory", NULL);
}

static int set_name_seen(void *arg, const char *set)
{
	struct words *w = arg;
	if (str_has_prefix(set, "a-"))
		line(w, set);
	else if (map_put(w->sets, set, w) < 0)
		die("memory", NULL);
	return 0;
}

static int elem_seen(void *arg, const struct nft_elem *e)
{
	struct words *w = arg;
	char key[4 * NFT_KEY_MAX + 2], data[2 * NFT_KEY_MAX + 1];
	hex_encode(e->key, e->key_len, key);
	if (e->range)
		hex_encode(e->key_end, e->key_len, key + 2 * e->key_len);
	hex_encode(e->data, e->data_len, data);
	AUTO_FREE char *id = str_fmt("%s/%s", w->set, key);
	char *value = e->chain ? str_fmt("%s%s", e->jump ? "jump " : "", e->chain) : str_dup(data);
	if (!id || !value || map_put(w->elems, id, value) < 0)
		die("memory", NULL);
	return 0;
}

static int rule_seen(void *arg, const char *chain, uint64_t handle UNUSED, const char *comment)
{
	struct words *w = arg;
	AUTO_FREE char *id = str_fmt("rule/%s", chain);
	/* Of number chains there is but one rule, of the others the first one says what they are made of. */
	if (!map_has(w->elems, id) && map_put(w->elems, id, str_dup(comment)) < 0)
		die("memory", NULL);
	return 0;
}

static uint32_t number_of(const char *hex) /* as it lies in memory */
{
	uint8_t b[4];
	uint32_t n;
	for (int i = 0; i < 4; i++) {
		char two[3] = {hex[2 * i], hex[2 * i + 1], 0};
		b[i] = (uint8_t)strtoul(two, NULL, 16);
	}
	memcpy(&n, b, 4);
	return n;
}

/* The endpoints, or chains, of a number in their order. */
static void list_words(struct words *w, unsigned family, enum px_map pool, uint32_t number, struct buf *out)
{
	char hex[20], map[PX_NAME_MAX];
	struct nft_set_spec spec;
	struct px_number x = {0};
	if (number < PX_NUMBER_FIRST) {
		buf_addf(out, "fixed %u", number);
		return;
	}
	hex_encode(&number, 4, hex);
	AUTO_FREE char *id = str_fmt("%s/%s", px_map_name(pool, family), hex);
	const char *chain = map_get(w->elems, id);
	if (!chain) {
		buf_addf(out, "number %u without a chain", number);
		return;
	}
	bool sticky = !px_number_parse(chain, &x);
	AUTO_FREE char *rule = str_fmt("rule/%s", chain);
	const char *comment = map_get(w->elems, rule);
	if (!comment || strlen(comment) < 17)
		buf_addf(out, "chain %s without a rule", chain);
	else if (!sticky && (x.number != number || x.family != family || px_role_pool((enum px_role)x.role) != pool))
		buf_addf(out, "number %u has the chain %s", number, chain);
	else if (sticky)
		buf_addf(out, "%s %llx ", chain, strtoull(comment, NULL, 16) ^ number);
	px_endpoints_spec((uint8_t)family, number, sticky, map, &spec);
	uint32_t i = 0;
	for (;; i++) {
		uint32_t key[2] = {number, i};
		char key_hex[20];
		hex_encode(key, sizeof(key), key_hex);
		AUTO_FREE char *elem = str_fmt("%s/%s", map, key_hex);
		const char *to = map_get(w->elems, elem);
		if (!to)
			break;
		buf_addf(out, "%s ", to);
		(void)map_put(w->used, elem, w);
	}
	if (!sticky && i != x.n)
		buf_addf(out, "%u endpoints in a chain of %u", i, x.n);
}

static void nft_words(struct words *w)
{
	static const struct {
		enum px_map map, pool;
	} leads[] = {{PX_MAP_SVC, PX_MAP_POOL}, {PX_MAP_EXT, PX_MAP_POOL_EXT}, {PX_MAP_HERE, PX_MAP_POOL_HERE}};
	for (int pass = 0; pass < 2; pass++) {
		struct map_iter mi = MAP_ITER_INIT;
		while (map_next(w->elems, &mi)) {
			AUTO_BUF struct buf text = {0};
			const char *slash = strchr(mi.key, '/'), *value = mi.value;
			AUTO_FREE char *set = slash ? str_ndup(mi.key, (size_t)(slash - mi.key)) : NULL;
			bool lead = false;
			for (size_t i = 0; set && i < ARRAY_LEN(leads) * 2; i++) {
				unsigned family = i % 2 ? 6 : 4;
				if (!streq(set, px_map_name(leads[i / 2].map, family)))
					continue;
				lead = true;
				buf_addf(&text, "%s -> ", mi.key);
				if (pass == 0)
					list_words(w, family, leads[i / 2].pool, number_of(value + 8), &text);
			}
			if (lead != (pass == 0) || !set || str_has_prefix(set, "pool"))
				continue;
			/* Rules of chains that somebody leads to are told there. */
			if (streq(set, "rule") && (slash[2] != '-' || !strchr("fp", slash[1])))
				continue;
			if (!lead && (str_has_prefix(set, "ep") || str_has_prefix(set, "to"))) {
				if (map_has(w->used, mi.key))
					continue;
				buf_adds(&text, "nobody's: ");
			}
			if (!lead)
				buf_addf(&text, "%s -> %s", mi.key, value);
			if (buf_failed(&text))
				die("memory", NULL);
			line(w, text.data);
		}
	}
}

static void table_read(struct words *w)
{
	struct nft *n = NULL;
	struct err e = {0};
	struct map_iter mi = MAP_ITER_INIT;
	AUTO_BUF struct buf sets = {0};
	if (nft_open(&n, &e) < 0 || nft_list_rules(n, TABLE, NULL, rule_seen, w, &e) < 0 ||
	    nft_list_sets(n, TABLE, NULL, set_name_seen, w, &e) < 0)
		die("reading", &e);
	while (map_next(w->sets, &mi)) {
		w->set = mi.key;
		if (nft_list_elems(n, TABLE, mi.key, NULL, elem_seen, w, &e) < 0)
			die("reading", &e);
	}
	nft_close(n);
}

static int server_seen(void *arg, const struct ipvs_service *s)
{
	struct ipvs_service *v = arg;
	size_t n = 0;
	while (v[n].family)
		n++;
	if (n < 1000)
		v[n] = *s;
	return 0;
}

static int dest_seen(void *arg, const struct ipvs_dest *d)
{
	char hex[40];
	hex_encode(d->addr, 16, hex);
	AUTO_FREE char *text = str_fmt(" %s:%u=%d", hex, d->port, (int)d->weight);
	(void)map_put(arg, text, arg);
	return 0;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static char *joined(const struct map *m, const char *between)
{
	struct buf b = {0};
	size_t n = 0;
	const char **v = calloc(map_len(m) + 1, sizeof(*v));
	struct map_iter mi = MAP_ITER_INIT;
	while (v && map_next(m, &mi))
		v[n++] = mi.key;
	if (!v)
		die("memory", NULL);
	qsort(v, n, sizeof(*v), by_name);
	for (size_t i = 0; i < n; i++)
		buf_addf(&b, "%s%s", v[i], between);
	free(v);
	return buf_take(&b, NULL);
}

static int addr_seen(void *arg, const struct inet_addr *a, bool dummy, bool ours)
{
	char text[48];
	inet_addr_text(a, text);
	AUTO_FREE char *words = str_fmt("%s on the device, %s", text, ours ? "ours" : "not ours");
	if (dummy)
		line(arg, words);
	return 0;
}

static void servers_read(struct words *w)
{
	struct ipvs *vs = NULL;
	struct ipvs_link *l = NULL;
	struct err e = {0};
	struct ipvs_service *v = calloc(1001, sizeof(*v));
	if (!v || ipvs_open(&vs, &e) < 0 || ipvs_services(vs, server_seen, v, &e) < 0 || ipvs_link_open(&l, &e) < 0 ||
	    ipvs_link_addrs(l, addr_seen, w, &e) < 0)
		die("reading", &e);
	for (size_t i = 0; v[i].family; i++) {
		char name[96];
		struct map *dests = map_new(NULL);
		if (ipvs_dests(vs, &v[i], dest_seen, dests, &e) < 0)
			die("reading", &e);
		ipvs_service_text(&v[i], name);
		AUTO_FREE char *to = joined(dests, "");
		AUTO_FREE char *text = str_fmt("%s %s %u %d ->%s", name, v[i].sched, v[i].persist_s, v[i].fallback, to);
		line(w, text);
		map_free(dests);
	}
	ipvs_link_close(l);
	ipvs_close(vs);
	free(v);
}

static char *kernel_words(void)
{
	struct words w = {map_new(NULL), map_new(free), map_new(NULL), map_new(NULL), NULL};
	if (!w.lines || !w.elems || !w.used || !w.sets)
		die("memory", NULL);
	table_read(&w);
	nft_words(&w);
	if (ops == &proxy_ipvs_ops)
		servers_read(&w);
	char *all = joined(w.lines, "\n");
	map_free(w.lines);
	map_free(w.elems);
	map_free(w.used);
	map_free(w.sets);
	return all;
}

/* ---- steps ---- */

static void enter(int ns)
{
	if (setns(ns, CLONE_NEWNET) < 0)
		die("setns", NULL);
}

static struct proxy_backend *opened(void)
{
	struct proxy_backend *b = NULL;
	struct err e = {0};
	if (ops->open(&b, &config, &e) < 0)
		die("open", &e);
	return b;
}

static char *wanted_words(void)
{
	struct err e = {0};
	enter(empty);
	if (ops->cleanup(&e) < 0)
		die("cleanup", &e);
	struct proxy_backend *b = opened();
	struct px_model *m = model_whole();
	sync_now(b, m, true);
	if (ops->tidy(b, &e) < 0)
		die("tidy", &e);
	char *words = kernel_words();
	ops->free(b);
	px_model_free(m);
	enter(here);
	return words;
}

/* Something that others may do: an element goes, a chain is emptied, or all of it. */
static void meddle(void)
{
	struct nft *n = NULL;
	struct err e = {0};
	if (nft_open(&n, &e) < 0)
		die("nft", &e);
	if (rnd(2))
		nft_table_del(n, TABLE);
	else
		nft_elems_flush(n, TABLE,
				ops == &proxy_ipvs_ops ? "vip4" : PICK("svc4", "svc6", "ext4", "pool4", "vip4"));
	if (nft_commit(n, &e) < 0)
		die("nft", &e);
	nft_close(n);
}

static void differ(const char *what, const char *have, const char *want, int step, const char *dir)
{
	if (streq(have, want))
		return;
	printf("step %d (%s): the kernel differs from what a fresh proxy writes\n", step, what);
	for (int i = 0; i < 2; i++) {
		AUTO_FREE char *path = str_fmt("%s/%s", dir, i ? "want" : "have");
		const char *text = i ? want : have;
		if (!path || fs_write(path, text, strlen(text), NULL) < 0)
			fprintf(stderr, "cannot write %s\n", path);
	}
	exit(1);
}

static struct proxy_backend *step_make(struct proxy_backend *b, struct px_model **m, const char **ret_what)
{
	struct err e = {0};
	uint32_t kind = rnd(20);
	*ret_what = kind == 0 ? "new start" : kind == 1 ? "reading again" : kind == 2 ? "after others" : "changes";
	for (uint32_t i = 0, n = 1 + rnd(4); i < n; i++)
		change(*m);
	if (kind == 0) { /* also of changes that nobody has seen */
		ops->free(b);
		px_model_free(*m);
		b = opened();
		*m = model_whole();
	} else if (kind == 2) {
		meddle();
	}
	if ((kind == 1 || kind == 2) && ops->reload(b, rnd(2), &e) < 0)
		die("reload", &e);
	sync_now(b, *m, kind < 3);
	if (ops->tidy(b, &e) < 0)
		die("tidy", &e);
	return b;
}

static void links_up(void)
{
	struct err e = {0};
	const char *const commands[][12] = {{"ip", "link", "set", "lo", "up", NULL},
					    {"ip", "link", "add", "up0", "type", "veth", "peer", "name", "up1", NULL},
					    {"ip", "addr", "add", "192.0.2.1/24", "dev", "up0", NULL},
					    {"ip", "link", "set", "up0", "up", NULL}};
	for (size_t i = 0; i < ARRAY_LEN(commands); i++)
		if (proc_check(commands[i], 5000, &e) < 0)
			die("ip", &e);
}

int main(int argc, char **argv)
{
	size_t lines = 0;
	int steps = argc == 5 ? (int)strtol(argv[2], NULL, 10) : 0, step = 0;
	if (steps < 1)
		return 2;
	state = strtoull(argv[3], NULL, 10);
	ops = streq(argv[1], "ipvs") ? &proxy_ipvs_ops : &proxy_nft_ops;
	setlinebuf(stdout);
	links_up();
	here = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
	if (here < 0 || unshare(CLONE_NEWNET) < 0)
		die("unshare", NULL);
	links_up();
	empty = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
	enter(here);
	struct proxy_backend *b = opened();
	struct px_model *m = model_whole();
	sync_now(b, m, true);
	while (step++ < steps) {
		const char *what;
		b = step_make(b, &m, &what);
		AUTO_FREE char *have = kernel_words();
		AUTO_FREE char *want = wanted_words();
		differ(what, have, want, step, argv[4]);
		for (const char *p = have; *p; p++)
			lines += *p == '\n';
	}
	ops->free(b);
	px_model_free(m);
	printf("ok %d steps, %zu entries compared\n", steps, lines);
	return 0;
}
