/*
 * bench_proxy MODE N: N Services of three endpoints in the current network namespace (unshare -n): first
 * synchronisation, one more Service, one changed endpoint, and memory; beside each small change what the kernel alone
 * takes for the same messages, sent by base/ without model and comparison. Processor time, medians of 31.
 * tests/bench/proxy.sh runs it.
 */
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include "base/cleanup.h"
#include "base/fs.h"
#include "base/ipvs.h"
#include "base/json.h"
#include "base/netlink.h"
#include "base/str.h"
#include "proxy/backend.h"
#include "proxy/ipvs_link.h"
#include "proxy/nft_rules.h"

#define TIMES 31
static struct px_model *m;
static struct proxy_backend *b;

static double now_us(void)
{
	struct timespec t;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t); /* all of it is work of this process: others do not count */
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static void die(const struct err *e)
{
	fprintf(stderr, "bench_proxy: %s\n", e->msg);
	exit(1);
}

static json_t *parse(const char *text)
{
	json_t *o = NULL;
	struct err e = {0};
	if (json_parse(text, strlen(text), &o, &e) < 0)
		die(&e);
	return o;
}

static void service(int i)
{
	char name[32], text[512];
	(void)snprintf(name, sizeof(name), "s%d", i);
	(void)snprintf(text, sizeof(text),
		       "{\"spec\":{\"type\":\"ClusterIP\",\"clusterIP\":\"10.%d.%d.%d\",\"ports\":[{\"port\":80,"
		       "\"protocol\":\"TCP\"}]}}",
		       100 + i / 62500, i / 250 % 250, 1 + i % 250);
	json_t *o = parse(text);
	(void)px_model_service(m, "bench", name, o);
	json_decref(o);
}

static void slice(int i, int last)
{
	char name[32], text[512];
	(void)snprintf(name, sizeof(name), "s%d", i);
	(void)snprintf(text, sizeof(text),
		       "{\"metadata\":{\"labels\":{\"kubernetes.io/"
		       "service-name\":\"%s\"}},\"addressType\":\"IPv4\",\"ports\":[{\"port\":9376}],"
		       "\"endpoints\":[{\"addresses\":[\"10.42.3.7\"]},{\"addresses\":[\"10.42.3.8\"]},{\"addresses\":["
		       "\"10.42.3.%d\"]}]}",
		       name, last);
	json_t *o = parse(text);
	(void)px_model_slice(m, "bench", name, o);
	json_decref(o);
}

static double sync_us(bool full)
{
	struct px_change *v;
	size_t n;
	struct err e = {0};
	double t = now_us();
	if (px_model_flush(m, &v, &n) < 0 || b->ops->sync(b, v, n, full, &e) < 0)
		die(&e);
	px_changes_free(v, n);
	return now_us() - t;
}

static int by_size(const void *x, const void *y)
{
	double d = *(const double *)x - *(const double *)y;
	return d < 0 ? -1 : d > 0;
}

static double median(double v[TIMES])
{
	qsort(v, TIMES, sizeof(*v), by_size);
	return v[TIMES / 2];
}

static long rss_kb(void)
{
	AUTO_BUF struct buf t = {0};
	if (fs_read("/proc/self/status", 16384, &t, NULL) < 0)
		return 0;
	const char *p = strstr(t.data, "VmRSS:");
	return p ? strtol(p + 6, NULL, 10) : 0;
}

/* A Service of another address, past model and comparison. */
static double raw_ipvs(struct ipvs *vs, struct nft *nft, struct ipvs_link *link, int i, bool change)
{
	struct err e = {0};
	struct ipvs_service s = {
	    .family = 4, .protocol = IPPROTO_TCP, .port = 80, .addr = {10, 99, 0, (uint8_t)(1 + i)}, .sched = "rr"};
	struct ipvs_dest d[3] = {0};
	struct inet_addr a = {.family = 4, .a = {10, 99, 0, (uint8_t)(1 + i)}};
	for (int k = 0; k < 3; k++)
		d[k] =
		    (struct ipvs_dest){.family = 4, .port = 9376, .weight = 1, .addr = {10, 42, 3, (uint8_t)(7 + k)}};
	double t = now_us();
	if (change) {
		d[2].weight = 0;
		ipvs_dest_set(vs, &s, &d[2]);
		d[2].addr[3] = 77;
		d[2].weight = 1;
		ipvs_dest_add(vs, &s, &d[2]);
		if (ipvs_commit(vs, &e) < 0)
			die(&e);
		return now_us() - t;
	}
	struct nft_elem vip = {.key_len = 4}, svc = {.key_len = 12};
	memcpy(vip.key, a.a, 4);
	memcpy(svc.key, (uint8_t[]){10, 99, 0, (uint8_t)(1 + i), IPPROTO_TCP, 0, 0, 0, 0, 80, 0, 0}, 12);
	nft_elems_add(nft, PROXY_NFT_TABLE, "cluster4", &svc, 1);
	nft_elems_add(nft, PROXY_NFT_TABLE, "vip4", &vip, 1);
	if (nft_commit(nft, &e) < 0)
		die(&e);
	ipvs_service_add(vs, &s);
	for (int k = 0; k < 3; k++)
		ipvs_dest_add(vs, &s, &d[k]);
	if (ipvs_commit(vs, &e) < 0)
		die(&e);
	ipvs_link_addr_add(link, &a);
	if (ipvs_link_commit(link, &e) < 0)
		die(&e);
	return now_us() - t;
}

#define RAW_NUMBER 1000000u
/* Chains for TIMES lists of 3 endpoints, as the backend has them made ahead. */
static void raw_nft_chains(struct nft *nft)
{
	struct err e = {0};
	char names[TIMES][PX_NAME_MAX], map[PX_NAME_MAX], made[PX_NAME_MAX] = "";
	struct nft_elem v[TIMES] = {0};
	struct nft_set_spec spec;
	for (uint32_t i = 0; i < TIMES; i++) {
		struct px_number x = {RAW_NUMBER + i, 4, PX_ROLE_CLUSTER, 3};
		px_number_name(&x, names[i]);
		px_endpoints_spec(4, x.number, false, map, &spec);
		if (!streq(map, made))
			nft_set_add(nft, PROXY_NFT_TABLE, &spec);
		(void)str_copy(made, sizeof(made), map);
		nft_chain_add(nft, PROXY_NFT_TABLE, names[i], NULL);
		px_rules_number(nft, PROXY_NFT_TABLE, &x, "raw");
		v[i].key_len = 4;
		memcpy(v[i].key, (uint32_t[]){x.number}, 4);
		v[i].chain = names[i];
	}
	nft_elems_add(nft, PROXY_NFT_TABLE, "pool4", v, TIMES);
	if (nft_commit(nft, &e) < 0)
		die(&e);
}

static double raw_nft(struct nft *nft, int i, bool change)
{
	struct err e = {0};
	uint32_t number = RAW_NUMBER + (uint32_t)i;
	char map[PX_NAME_MAX];
	struct nft_set_spec spec;
	struct nft_elem vip = {.key_len = 4, .key = {10, 99, 0, (uint8_t)(1 + i)}},
			svc = {.key_len = 12, .data_len = 8}, to[3];
	memcpy(svc.key, (uint8_t[]){10, 99, 0, (uint8_t)(1 + i), IPPROTO_TCP, 0, 0, 0, 0, 80, 0, 0}, 12);
	memcpy(svc.data, (uint32_t[]){3, number}, 8);
	for (uint32_t k = 0; k < 3; k++) {
		struct px_endpoint ep = {{4, {10, 42, 3, (uint8_t)(change && k == 2 ? 77 : 7 + k)}}, 9376, false};
		px_endpoint_elem(&ep, number, k, &to[k]);
	}
	px_endpoints_spec(4, number, false, map, &spec);
	double t = now_us();
	if (change) {
		nft_elems_del(nft, PROXY_NFT_TABLE, map, &to[2], 1);
		nft_elems_add(nft, PROXY_NFT_TABLE, map, &to[2], 1);
	} else {
		nft_elems_add(nft, PROXY_NFT_TABLE, map, to, 3);
		nft_elems_add(nft, PROXY_NFT_TABLE, "svc4", &svc, 1);
		nft_elems_add(nft, PROXY_NFT_TABLE, "vip4", &vip, 1);
	}
	if (nft_commit(nft, &e) < 0)
		die(&e);
	return now_us() - t;
}

int main(int argc, char **argv)
{
	struct err e = {0};
	int n = argc == 3 ? (int)strtol(argv[2], NULL, 10) : 0;
	if (n < 1 || n > 60000)
		return 2;
	bool ipvs = streq(argv[1], "ipvs");
	const struct proxy_backend_ops *ops = ipvs ? &proxy_ipvs_ops : &proxy_nft_ops;
	struct proxy_backend_config c = {.cluster_cidr = "10.42.0.0/16"};
	if (px_model_new(&m, "node1", &e) < 0 || ops->open(&b, &c, &e) < 0)
		die(&e);
	long before = rss_kb();
	double t = now_us();
	for (int i = 0; i < n; i++) {
		service(i);
		slice(i, 9);
	}
	double read = now_us() - t, first = sync_us(true);
	long after = rss_kb();
	double more[TIMES], change[TIMES], raw_more[TIMES], raw_change[TIMES];
	for (int i = 0; i < TIMES; i++) {
		service(n + i);
		slice(n + i, 9);
		more[i] = sync_us(false);
		slice(n + i, 77);
		change[i] = sync_us(false);
	}
	struct nft *nft = NULL;
	struct ipvs *vs = NULL;
	struct ipvs_link *link = NULL;
	if (nft_open(&nft, &e) < 0 || (ipvs && (ipvs_open(&vs, &e) < 0 || ipvs_link_open(&link, &e) < 0)))
		die(&e);
	if (!ipvs)
		raw_nft_chains(nft);
	for (int i = 0; i < TIMES; i++) {
		raw_more[i] = ipvs ? raw_ipvs(vs, nft, link, i, false) : raw_nft(nft, i, false);
		raw_change[i] = ipvs ? raw_ipvs(vs, nft, link, i, true) : raw_nft(nft, i, true);
	}
	printf("%s, %d Services: first sync %.0f ms (objects taken over in %.0f ms before)\n", argv[1], n, first / 1e3,
	       read / 1e3);
	double mine = median(more), theirs = median(raw_more);
	printf("%s, one more Service of 3 endpoints: %.0f us, the kernel alone %.0f us (%.2f)\n", argv[1], mine, theirs,
	       mine / theirs);
	mine = median(change);
	theirs = median(raw_change);
	printf("%s, one changed endpoint: %.0f us, the kernel alone %.0f us (%.2f)\n", argv[1], mine, theirs,
	       mine / theirs);
	printf("%s, memory of model and backend: %.1f MB\n", argv[1], (double)(after - before) / 1024);
	ipvs_link_close(link);
	ipvs_close(vs);
	nft_close(nft);
	b->ops->free(b);
	px_model_free(m);
	(void)ops->cleanup(NULL);
	return 0;
}
