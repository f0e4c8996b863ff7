/* The policy model: what it asks for is the same whichever way the objects came, and nothing when they are gone. */
#include "../test.h"
#include <stdio.h>
#include "base/cleanup.h"
#include "base/json.h"
#include "base/map.h"
#include "base/str.h"
#include "net/policy_internal.h"

/* What is wanted: text -> count. */
static struct map *wanted;

static void count(const char *text, bool add)
{
	long n = (long)(intptr_t)map_get(wanted, text) + (add ? 1 : -1);
	CHECK(n >= 0);
	if (n)
		CHECK(map_put(wanted, text, (void *)(intptr_t)n) == 0);
	else
		(void)map_take(wanted, text);
}
static void elem(void *arg UNUSED, const char *set, const void *key, uint32_t len, const char *chain, bool add)
{
	char hex[2 * NFT_ITEM_KEY + 1], text[256];
	CHECK(len <= NFT_ITEM_KEY);
	hex_encode(key, len, hex);
	(void)snprintf(text, sizeof(text), "elem %s %s %s", set, hex, chain ? chain : "");
	count(text, add);
}
static void set(void *arg UNUSED, const struct nft_set_spec *s, bool add)
{
	char text[256];
	(void)snprintf(text, sizeof(text), "set %s", s->name);
	count(text, add);
}
static void chain(void *arg UNUSED, const struct nft_chain_want *w, bool add)
{
	char text[256];
	CHECK(w->hash != 0 && w->owner && w->emit);
	(void)snprintf(text, sizeof(text), "chain %s %016llx", w->name, (unsigned long long)w->hash);
	count(text, add);
}

static json_t *tree(const char *text)
{
	json_t *v = NULL;
	CHECK(json_parse(text, strlen(text), &v, NULL) == 0);
	return v;
}

static struct np_model *model(void)
{
	struct np_model *m = NULL;
	struct np_sink sink = {NULL, elem, set, chain};
	CHECK(np_model_new(&m, "n1", &sink, NULL) == 0);
	wanted = map_new(NULL);
	return m;
}

static void done(struct np_model *m)
{
	np_model_free(m);
	wanted = map_free(wanted);
}

static void pod(struct np_model *m, const char *ns, const char *name, const char *node, const char *labels,
		const char *ip)
{
	AUTO_FREE char *text = str_fmt(
	    "{\"metadata\":{\"uid\":\"%s-%s\",\"labels\":%s},\"spec\":{\"nodeName\":\"%s\",\"containers\":[{\"ports\":["
	    "{\"name\":\"web\",\"containerPort\":80}]}]},\"status\":{\"podIPs\":[{\"ip\":\"%s\"}]}}",
	    ns, name, labels, node, ip);
	AUTO_JSON json_t *v = tree(text);
	CHECK(np_model_pod(m, ns, name, v) == 0);
}

static void policy(struct np_model *m, const char *ns, const char *name, const char *spec)
{
	AUTO_FREE char *text = str_fmt("{\"spec\":%s}", spec);
	AUTO_JSON json_t *v = tree(text);
	CHECK(np_model_policy(m, ns, name, v) == 0);
}

static void namespace(struct np_model *m, const char *name, const char *labels)
{
	AUTO_FREE char *text = str_fmt("{\"metadata\":{\"labels\":%s}}", labels);
	AUTO_JSON json_t *v = tree(text);
	CHECK(np_model_namespace(m, name, v) == 0);
}

static size_t like(const char *prefix)
{
	struct map_iter it = MAP_ITER_INIT;
	size_t n = 0;
	while (map_next(wanted, &it))
		n += str_has_prefix(it.key, prefix);
	return n;
}

static void isolates_who_is_selected(void)
{
	struct np_model *m = model();
	namespace(m, "x", "{\"team\":\"a\"}");
	pod(m, "x", "web", "n1", "{\"app\":\"web\"}", "10.0.0.1");
	pod(m, "x", "far", "n2", "{\"app\":\"web\"}", "10.0.1.1");
	CHECK(like("elem known4 0a000001 ") == 1 && like("elem known4") == 1);
	CHECK(like("elem in4") == 0 && like("chain") == 0);
	policy(m, "y", "other", "{\"podSelector\":{}}");
	CHECK(like("chain") == 0);
	policy(m, "x", "deny", "{\"podSelector\":{}}");
	CHECK(like("elem in4 0a000001 I-") == 1 && like("elem in4") == 1 && like("elem out4") == 0);
	CHECK(like("chain i-") == 1 && like("chain I-") == 1);
	policy(m, "x", "more",
	       "{\"podSelector\":{\"matchLabels\":{\"app\":\"web\"}},\"egress\":[{\"to\":[{\"podSelector\":{}}]}]}");
	CHECK(like("chain i-") == 2 && like("chain I-") == 1 && like("chain e-") == 1 &&
	      like("elem out4 0a000001 E-") == 1);
	/* both addresses are in the set of all pods of x */
	CHECK(like("set s-p") == 2 && like("elem s-p") == 2);
	CHECK(np_model_policy(m, "x", "more", NULL) == 0 && np_model_policy(m, "x", "deny", NULL) == 0);
	CHECK(like("chain") == 0 && like("set") == 0 && like("elem s-") == 0 && like("elem in4") == 0 &&
	      like("elem known4") == 1);
	CHECK(np_model_policies(m) == 1);
	done(m);
}

static void knows_a_pod_by_its_lease(void)
{
	struct np_model *m = model();
	struct inet_addr ip;
	CHECK(inet_addr_parse("10.0.0.7", &ip));
	policy(m, "x", "deny", "{\"podSelector\":{}}");
	CHECK(np_model_lease(m, "x-new", &ip, 1) == 0);
	CHECK(like("elem") == 0);
	pod(m, "x", "new", "n1", "{}", "");
	CHECK(like("elem known4 0a000007") == 1 && like("elem in4 0a000007 I-") == 1 &&
	      like("elem self4 0a0000070a000007") == 1);
	pod(m, "x", "new", "n1", "{}", "10.0.0.7");
	CHECK(like("elem known4") == 1);
	CHECK(np_model_lease(m, "x-new", NULL, 0) == 0);
	CHECK(like("elem in4") == 1);
	CHECK(np_model_pod(m, "x", "new", NULL) == 0);
	CHECK(map_len(wanted) == 0);
	done(m);
}

static const struct np_rule *rule_of(struct np_policy **ret, struct np_model *m, const char *spec)
{
	AUTO_FREE char *text = str_fmt("{\"spec\":%s}", spec);
	AUTO_JSON json_t *v = tree(text);
	CHECK(np_policy_new(ret, m, "x", "p", v) == 0);
	return &(*ret)->sides[NP_INGRESS].rules[0];
}

static void blocks_text(const struct np_rule *r, unsigned f, char *out, size_t cap)
{
	size_t n = 0;
	out[0] = 0;
	for (size_t i = 0; i < r->n_blocks[f]; i++) {
		char a[48], b[48];
		inet_addr_text(&r->blocks[f][i].from, a);
		inet_addr_text(&r->blocks[f][i].to, b);
		n += (size_t)snprintf(out + n, cap - n, "%s%s-%s", i ? " " : "", a, b);
	}
}

#define FROM(blocks)        "{\"podSelector\":{},\"ingress\":[{\"from\":[" blocks "]}]}"
#define BLOCK(cidr, except) "{\"ipBlock\":{\"cidr\":\"" cidr "\",\"except\":[" except "]}}"
static void networks_with_exceptions(void)
{
	static const struct {
		const char *spec, *want;
		unsigned family;
	} cases[] = {
	    {FROM(BLOCK("10.0.0.0/8", "")), "10.0.0.0-10.255.255.255", 0},
	    {FROM(BLOCK("10.0.0.0/24", "\"10.0.0.0/25\"")), "10.0.0.128-10.0.0.255", 0},
	    {FROM(BLOCK("10.0.0.0/24", "\"10.0.0.128/25\"")), "10.0.0.0-10.0.0.127", 0},
	    {FROM(BLOCK("10.0.0.0/24", "\"10.0.0.64/26\",\"10.0.0.65/32\",\"10.0.0.200/32\"")),
	     "10.0.0.0-10.0.0.63 10.0.0.128-10.0.0.199 10.0.0.201-10.0.0.255", 0},
	    {FROM(BLOCK("10.0.0.0/24", "\"10.0.0.0/24\"")), "", 0},
	    {FROM(BLOCK("10.0.0.0/25", "") "," BLOCK("10.0.0.128/25", "")), "10.0.0.0-10.0.0.255", 0},
	    {FROM(BLOCK("10.0.0.0/24", "\"10.0.0.1/32\"") "," BLOCK("10.0.0.0/30", "")), "10.0.0.0-10.0.0.255", 0},
	    {FROM(BLOCK("0.0.0.0/0", "\"0.0.0.0/32\",\"255.255.255.255/32\"")), "0.0.0.1-255.255.255.254", 0},
	    {FROM(BLOCK("::/0", "\"8000::/1\"")), "::-7fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", 1},
	    {FROM(BLOCK("10.0.0.0/8", "\"nonsense\"")), "", 0},
	    {FROM(BLOCK("10.0.0.0/33", "")), "", 0},
	};
	struct np_model *m = model();
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct np_policy *p = NULL;
		char text[512];
		blocks_text(rule_of(&p, m, cases[i].spec), cases[i].family, text, sizeof(text));
		CHECK_STR(text, cases[i].want);
		np_policy_free(m, p);
	}
	done(m);
}

static void what_is_malformed_allows_nothing(void)
{
	struct np_model *m = model();
	struct np_policy *p = NULL;
	const struct np_rule *r = rule_of(&p, m,
					  "{\"podSelector\":{},\"ingress\":[{\"from\":[{},{\"podSelector\":{"
					  "\"matchExpressions\":[{\"key\":\"a\",\"operator\":\"Odd\"}]}}],"
					  "\"ports\":[{\"protocol\":\"ICMP\"},{\"port\":0},{\"port\":70000},{\"port\":"
					  "5,\"endPort\":4},{\"port\":\"a-name-that-is-too-long\"}]}]}");
	CHECK(!r->any_peer && r->n_peers == 0 && r->n_blocks[0] == 0 && !r->any_port && r->n_ports == 0 &&
	      r->n_named == 0);
	np_policy_free(m, p);
	CHECK(map_len(m->sets) == 0);
	done(m);
}

/* Objects in any order, changed and deleted in between: what is wanted in the end is what they say. */
static void any_order(void)
{
	static const char *const labels[] = {"{}", "{\"app\":\"a\"}", "{\"app\":\"b\"}",
					     "{\"app\":\"a\",\"tier\":\"x\"}"};
	static const char *const specs[] = {
	    "{\"podSelector\":{}}",
	    "{\"podSelector\":{\"matchLabels\":{\"app\":\"a\"}},\"ingress\":[{\"from\":[{\"podSelector\":{"
	    "\"matchLabels\":{\"app\":\"b\"}}}],\"ports\":[{\"port\":\"web\"}]}]}",
	    "{\"podSelector\":{\"matchLabels\":{\"app\":\"b\"}},\"egress\":[{\"to\":[{\"namespaceSelector\":{"
	    "\"matchLabels\":{\"app\":\"a\"}}}],\"ports\":[{\"port\":\"web\"}]}],\"policyTypes\":[\"Egress\"]}",
	    "{\"podSelector\":{},\"ingress\":[{\"from\":[{\"namespaceSelector\":{},\"podSelector\":{\"matchLabels\":{"
	    "\"tier\":\"x\"}}}]}]}"};
	for (unsigned seed = 1; seed <= 40; seed++) {
		unsigned rnd = seed * 2654435761u;
		int pods[6], policies[4], spaces[2];
		struct np_model *m = model();
		memset(pods, -1, sizeof(pods));
		memset(policies, -1, sizeof(policies));
		memset(spaces, -1, sizeof(spaces));
		for (int step = 0; step < 60; step++) {
			rnd = rnd * 1664525u + 1013904223u;
			unsigned what = (rnd >> 8) % 12, value = (rnd >> 16) % 5;
			char name[16], ip[32];
			int now = value == 4 ? -1 : (int)value;
			if (what < 6) {
				pods[what] = now;
				(void)snprintf(name, sizeof(name), "p%u", what);
				(void)snprintf(ip, sizeof(ip), "10.0.0.%u", what + 1);
				if (now < 0)
					CHECK(np_model_pod(m, what & 1 ? "x" : "y", name, NULL) == 0);
				else
					pod(m, what & 1 ? "x" : "y", name, what < 4 ? "n1" : "n2", labels[now], ip);
			} else if (what < 10) {
				policies[what - 6] = now;
				(void)snprintf(name, sizeof(name), "q%u", what);
				if (now < 0)
					CHECK(np_model_policy(m, what & 1 ? "x" : "y", name, NULL) == 0);
				else
					policy(m, what & 1 ? "x" : "y", name, specs[now]);
			} else {
				spaces[what - 10] = now;
				if (now < 0)
					CHECK(np_model_namespace(m, what & 1 ? "x" : "y", NULL) == 0);
				else
				namespace(m, what & 1 ? "x" : "y", labels[now]);
			}
		}
		struct map *first = wanted;
		struct np_model *again = model();
		for (unsigned i = 0; i < 4; i++)
			if (policies[i] >= 0) {
				char name[16];
				(void)snprintf(name, sizeof(name), "q%u", i + 6);
				policy(again, i & 1 ? "x" : "y", name, specs[policies[i]]);
			}
		for (unsigned i = 0; i < 2; i++)
			if (spaces[i] >= 0)
		namespace(again, i & 1 ? "x" : "y", labels[spaces[i]]);
		for (unsigned i = 6; i-- > 0;)
			if (pods[i] >= 0) {
				char name[16], ip[32];
				(void)snprintf(name, sizeof(name), "p%u", i);
				(void)snprintf(ip, sizeof(ip), "10.0.0.%u", i + 1);
				pod(again, i & 1 ? "x" : "y", name, i < 4 ? "n1" : "n2", labels[pods[i]], ip);
			}
		struct map_iter it = MAP_ITER_INIT;
		CHECK(map_len(first) == map_len(wanted));
		while (map_next(first, &it))
			CHECK(map_get(wanted, it.key) == it.value);
		done(again);
		wanted = first;
		done(m);
	}
}

int main(void)
{
	RUN(isolates_who_is_selected);
	RUN(knows_a_pod_by_its_lease);
	RUN(networks_with_exceptions);
	RUN(what_is_malformed_allows_nothing);
	RUN(any_order);
	return TEST_END();
}
