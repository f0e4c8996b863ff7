/* Transactions against the real kernel, in a user and network namespace of the test's own. Exit 77: the kernel does not
 * allow one. */
#include <poll.h>
#include <arpa/inet.h>
#include <errno.h>
#include <linux/netfilter_ipv4.h>
#include <sched.h>
#include "base/cleanup.h"
#include "base/nft.h"
#include "base/nft_elems.h"
#include "base/str.h"
#include "tests/unit/test.h"

static struct nft *n;

static void elem_v4(struct nft_elem *el, const char *ip, uint8_t proto, uint16_t port, const char *chain)
{
	memset(el, 0, sizeof(*el));
	(void)inet_pton(AF_INET, ip, el->key);
	el->key[4] = proto;
	port = htons(port);
	memcpy(el->key + 8, &port, 2);
	el->key_len = 12;
	el->chain = chain;
}

static int chains;
static int chain_seen(void *arg, const char *chain, bool base)
{
	(void)arg;
	(void)chain;
	chains += base ? 100 : 1;
	return 0;
}
static void chain_begin(void *arg)
{
	(void)arg;
	chains = 0;
}
static char comment_seen[128];
static int rule_seen(void *arg, const char *chain, uint64_t handle, const char *comment)
{
	(void)arg;
	if (!strcmp(chain, "svc-a") && handle)
		(void)str_copy(comment_seen, sizeof(comment_seen), comment);
	return 0;
}
static size_t elems;
static char elem_chain[64];
static int elem_seen(void *arg, const struct nft_elem *el)
{
	(void)arg;
	elems++;
	if (el->chain)
		(void)str_copy(elem_chain, sizeof(elem_chain), el->chain);
	return 0;
}
static void elem_begin(void *arg)
{
	(void)arg;
	elems = 0;
}

static void build(void)
{
	struct err e = {0};
	nft_table_add(n, "minik-test");
	nft_chain_add(n, "minik-test", "svc-a", NULL);
	struct nft_hook pre = {"nat", NF_INET_PRE_ROUTING, NF_IP_PRI_NAT_DST};
	nft_chain_add(n, "minik-test", "pre", &pre);
	nft_set_add(n, "minik-test",
		    &(struct nft_set_spec){.name = "svc4",
					   .key_type = NFT_CONCAT3(NFT_T_IPV4, NFT_T_PROTO, NFT_T_PORT),
					   .key_len = 12,
					   .data_type = NFT_DATA_VERDICT});
	nft_set_add(n, "minik-test",
		    &(struct nft_set_spec){.name = "aff",
					   .key_type = NFT_T_IPV4,
					   .key_len = 4,
					   .flags = NFT_SET_EVAL,
					   .timeout_ms = 10000,
					   .data_type = NFT_CONCAT2(NFT_T_IPV4, NFT_T_PORT),
					   .data_len = 8,
					   .size = 1000});
	struct nft_rule *r = nft_rule_begin(n, "minik-test", "pre", NULL);
	nft_rule_family(r, NFPROTO_IPV4);
	nft_rule_payload(r, NFT_PAYLOAD_NETWORK_HEADER, 16, 4, NFT_REG32_00);
	nft_rule_meta(r, NFT_META_L4PROTO, NFT_REG32_01);
	nft_rule_payload(r, NFT_PAYLOAD_TRANSPORT_HEADER, 2, 2, NFT_REG32_02);
	nft_rule_lookup(r, "svc4", NFT_REG32_00, true, NFT_REG_VERDICT, false);
	nft_rule_end(r);
	r = nft_rule_begin(n, "minik-test", "pre", NULL);
	nft_rule_l4proto(r, IPPROTO_TCP);
	nft_rule_counter(r);
	nft_rule_reject(r, true);
	nft_rule_end(r);
	r = nft_rule_begin(n, "minik-test", "svc-a", "default/a #1");
	nft_rule_payload(r, NFT_PAYLOAD_NETWORK_HEADER, 12, 4, NFT_REG32_08);
	nft_rule_numgen(r, false, 2, NFT_REG32_00);
	struct nft_elem two[2] = {0};
	for (uint32_t i = 0; i < 2; i++) {
		memcpy(two[i].key, &i, 4);
		two[i].key_len = 4;
		two[i].data[0] = 10;
		two[i].data[3] = (uint8_t)(i + 1);
		two[i].data[5] = 80;
		two[i].data_len = 8;
	}
	nft_rule_lookup_anon(r,
			     &(struct nft_set_spec){.key_type = NFT_T_INTEGER,
						    .key_len = 4,
						    .data_type = NFT_CONCAT2(NFT_T_IPV4, NFT_T_PORT),
						    .data_len = 8},
			     two, 2, NFT_REG32_00, true, NFT_REG_2);
	nft_rule_update(r, "aff", NFT_REG32_08, true, NFT_REG_2, 10000);
	nft_rule_mark_or(r, 0x4000);
	nft_rule_dnat(r, NFPROTO_IPV4, NFT_REG32_04, NFT_REG32_05);
	nft_rule_end(r);
	struct nft_elem el;
	elem_v4(&el, "10.43.0.1", IPPROTO_TCP, 443, "svc-a");
	nft_elems_add(n, "minik-test", "svc4", &el, 1);
	int c = nft_commit(n, &e);
	if (c)
		fprintf(stderr, "%s\n", e.msg);
	CHECK(c == 0);
	CHECK(nft_table_exists(n, "minik-test", &e) == 1);
	CHECK(nft_table_exists(n, "minik-none", &e) == 0);
	CHECK(nft_list_chains(n, "minik-test", chain_begin, chain_seen, NULL, &e) == 0);
	CHECK(chains == 101);
	CHECK(nft_list_rules(n, "minik-test", NULL, rule_seen, NULL, &e) == 0);
	CHECK_STR(comment_seen, "default/a #1");
	CHECK(nft_list_elems(n, "minik-test", "svc4", elem_begin, elem_seen, NULL, &e) == 0);
	CHECK(elems == 1);
	CHECK_STR(elem_chain, "svc-a");
	CHECK(nft_list_elems(n, "minik-test", "nosuch", elem_begin, elem_seen, NULL, &e) == ERR_NOT_FOUND);
	CHECK(nft_list_chains(n, "minik-none", chain_begin, chain_seen, NULL, &e) == 0);
}

static void all_or_nothing(void)
{
	struct err e = {0};
	nft_chain_add(n, "minik-test", "svc-b", NULL);
	nft_chain_del(n, "minik-test", "no-such-chain");
	CHECK(nft_commit(n, &e) == -ENOENT);
	CHECK(strstr(e.msg, "no-such-chain") != NULL);
	CHECK(nft_list_chains(n, "minik-test", chain_begin, chain_seen, NULL, &e) == 0);
	CHECK(chains == 101);
	CHECK(nft_commit(n, &e) == 0); /* empty */
}

/* The kernel sizes a set's table anew behind the back, and who walks through it meanwhile may meet an element twice or not at all. */
static bool elems_become(unsigned want)
{
	struct err e = {0};

	for (int i = 0; i < 200; i++) {
		if (nft_list_elems(n, "minik-test", "svc4", elem_begin, elem_seen, NULL, &e) != 0)
			return false;
		if (elems == want)
			return true;
		(void)poll(NULL, 0, 10);
	}
	fprintf(stderr, "%u elements instead of %u\n", (unsigned)elems, want);
	return false;
}

static void large(void)
{
	struct err e = {0};
	enum { N = 20000 };
	struct nft_elem *v = calloc(N, sizeof(*v));
	CHECK(v != NULL);
	if (!v)
		return;
	for (unsigned i = 0; i < N; i++) {
		char ip[32];
		(void)snprintf(ip, sizeof(ip), "10.44.%u.%u", i / 250, i % 250);
		elem_v4(&v[i], ip, IPPROTO_TCP, 80, "svc-a");
	}
	nft_elems_add(n, "minik-test", "svc4", v, N);
	int c = nft_commit(n, &e);
	if (c)
		fprintf(stderr, "%s\n", e.msg);
	CHECK(c == 0);
	CHECK(elems_become(N + 1));
	/* One bad element at the very end undoes the whole. */
	nft_elems_del(n, "minik-test", "svc4", v, N);
	nft_elems_del(n, "minik-test", "svc4", v, 1);
	CHECK(nft_commit(n, &e) == -ENOENT);
	CHECK(elems_become(N + 1));
	/* A key may be deleted and added in one transaction, its chain replaced. */
	nft_elems_del(n, "minik-test", "svc4", v, N);
	v[0].chain = "svc-c";
	nft_chain_add(n, "minik-test", "svc-c", NULL);
	nft_elems_add(n, "minik-test", "svc4", v, 1);
	CHECK(nft_commit(n, &e) == 0);
	CHECK(elems_become(2));
	free(v);
	nft_table_del(n, "minik-test");
	CHECK(nft_commit(n, &e) == 0);
	CHECK(nft_table_exists(n, "minik-test", &e) == 0);
}

/* ---- elements by comparison ---- */

static struct nft_elem_table *et;

static void elem_mark(struct nft_elem *el, uint32_t key, uint32_t value)
{
	*el = (struct nft_elem){.key_len = 4, .data_len = value ? 4 : 0};
	memcpy(el->key, &key, 4);
	memcpy(el->data, &value, 4);
}
static int want(uint32_t key, uint32_t value, bool add)
{
	struct nft_elem el;
	elem_mark(&el, key, value);
	return nft_elem_want(et, "m", &el, add);
}
static uint32_t values[8], n_values;
static int value_seen(void *arg, const struct nft_elem *el)
{
	uint32_t key;
	(void)arg;
	n_values++;
	memcpy(&key, el->key, 4);
	if (key < 8)
		memcpy(&values[key], el->data, 4);
	return 0;
}
static void values_begin(void *arg)
{
	(void)arg;
	memset(values, 0, sizeof(values));
	n_values = 0;
}
static void written(unsigned parts, uint32_t count)
{
	struct err e = {0};
	nft_elem_write(et, n, "minik-test", parts);
	CHECK(nft_commit(n, &e) == 0);
	nft_elem_written(et, parts);
	CHECK(nft_list_elems(n, "minik-test", "m", values_begin, value_seen, NULL, &e) == 0);
	CHECK_INT(n_values, count);
}
static int there_seen(void *arg, const struct nft_elem *el)
{
	(void)arg;
	return nft_elem_seen(et, "m", el);
}

static void compared(void)
{
	struct err e = {0};
	const unsigned both = NFT_ELEMS_COME | NFT_ELEMS_GO;
	uint32_t key = 1;
	nft_table_add(n, "minik-test");
	nft_set_add(n, "minik-test",
		    &(struct nft_set_spec){
			.name = "m", .key_type = NFT_T_MARK, .key_len = 4, .data_type = NFT_T_MARK, .data_len = 4});
	CHECK(nft_commit(n, &e) == 0);
	et = nft_elem_table_new();
	CHECK(want(1, 10, true) == 0 && want(2, 20, true) == 0 && want(1, 10, true) == 0);
	CHECK(!nft_elem_there(et, "m", &key, 4));
	written(both, 2);
	CHECK(values[1] == 10 && values[2] == 20 && nft_elem_there(et, "m", &key, 4));
	/* Two want it: one may go. Another value waits until both have gone. */
	CHECK(want(1, 10, false) == 0 && want(1, 11, true) == 0);
	written(both, 2);
	CHECK_INT(values[1], 10);
	CHECK(want(1, 10, false) == 0);
	written(both, 2);
	CHECK_INT(values[1], 11);
	/* Given up while it waits; given up by who never had it. */
	CHECK(want(1, 12, true) == 0 && want(1, 12, false) == 0 && want(1, 13, false) == 0 && want(7, 7, false) == 0);
	written(both, 2);
	CHECK_INT(values[1], 11);
	/* What comes and what goes can be written apart. */
	CHECK(want(1, 11, false) == 0 && want(3, 30, true) == 0);
	written(NFT_ELEMS_COME, 3);
	written(NFT_ELEMS_GO, 2);
	CHECK(values[2] == 20 && values[3] == 30);
	/* What is there and nobody wants goes, what is there with another value is replaced, when all is compared. */
	struct nft_elem v[2];
	elem_mark(&v[0], 5, 50);
	elem_mark(&v[1], 2, 20);
	nft_elems_del(n, "minik-test", "m", &v[1], 1);
	elem_mark(&v[1], 2, 21);
	nft_elems_add(n, "minik-test", "m", v, 2);
	CHECK(nft_commit(n, &e) == 0);
	nft_elem_forget(et);
	CHECK(nft_list_elems(n, "minik-test", "m", NULL, there_seen, NULL, &e) == 0);
	nft_elem_touch_all(et);
	written(both, 2);
	CHECK(values[2] == 20 && values[3] == 30);
	struct nft_elem long_one = {.key_len = 4, .data_len = NFT_ELEM_DATA + 1};
	CHECK(nft_elem_want(et, "m", &long_one, true) == -EINVAL);
	et = nft_elem_table_free(et);
	nft_table_del(n, "minik-test");
	CHECK(nft_commit(n, &e) == 0);
}

int main(void)
{
	struct err e = {0};
	if (unshare(CLONE_NEWUSER | CLONE_NEWNET) < 0 || nft_open(&n, &e) < 0 ||
	    nft_table_exists(n, "minik-test", &e) < 0) {
		fprintf(stderr, "skipped: no network namespace with nftables: %s\n", e.code ? e.msg : strerror(errno));
		return 77;
	}
	RUN(build);
	RUN(all_or_nothing);
	RUN(large);
	RUN(compared);
	nft_close(n);
	return TEST_END();
}
