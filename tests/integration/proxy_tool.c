/*
 * proxy_tool NODE CLUSTER_CIDR [MODE [SCHEDULER]]: drives the proxy's model and a backend (nftables or ipvs) from
 * standard input, one command a line: {object}            a Service, EndpointSlice, Pod or Node, added or changed delete KIND
 * NS NAME sync                flushes what changed into the kernel; answers "ok MICROSECONDS cpu MICROSECONDS" or the
 * error reload              reads the kernel again, as the proxy does after a failure; the next sync compares
 * everything check               compares with the kernel and mends, as the proxy does every 30 s; answers "ok MENDS"
 *   zone NAME           the node's zone
 *   unbulk N            the Services of bulk N go
 *   bulk N              N Services with three endpoints each
 *   cleanup
 */
#include <stdio.h>
#include <time.h>
#include "api/object.h"
#include "base/cleanup.h"
#include "base/json.h"
#include "base/str.h"
#include "proxy/backend.h"

static int feed(struct px_model *m, const char *kind, const char *ns, const char *name, const json_t *o)
{
	if (streq(kind, "Service"))
		return px_model_service(m, ns, name, o);
	if (streq(kind, "EndpointSlice"))
		return px_model_slice(m, ns, name, o);
	if (streq(kind, "Node"))
		return px_model_node(m, ns, name, o);
	return streq(kind, "Pod") ? px_model_pod(m, ns, name, o) : -1;
}

static int bulk(struct px_model *m, int n)
{
	for (int i = 0; i < n; i++) {
		char name[32], text[1024];
		(void)snprintf(name, sizeof(name), "bulk-%d", i);
		(void)snprintf(text, sizeof(text),
			       "{\"spec\":{\"type\":\"ClusterIP\",\"clusterIP\":\"10.43.%d.%d\",\"ports\":[{\"port\":"
			       "80,\"protocol\":\"TCP\"}]}}",
			       100 + i / 250, 1 + i % 250);
		json_t *o = NULL;
		if (json_parse(text, strlen(text), &o, NULL) < 0 || px_model_service(m, "bulk", name, o) < 0)
			return -1;
		json_decref(o);
		(void)snprintf(text, sizeof(text),
			       "{\"metadata\":{\"labels\":{\"kubernetes.io/"
			       "service-name\":\"%s\"}},\"addressType\":\"IPv4\",\"ports\":[{\"port\":9376}],"
			       "\"endpoints\":[{\"addresses\":[\"10.42.3.7\"]},{\"addresses\":[\"10.42.3.8\"]},{"
			       "\"addresses\":[\"10.42.3.9\"]}]}",
			       name);
		o = NULL;
		if (json_parse(text, strlen(text), &o, NULL) < 0 || px_model_slice(m, "bulk", name, o) < 0)
			return -1;
		json_decref(o);
	}
	return 0;
}

static void warn(void *arg UNUSED, const char *object, const char *text)
{
	fprintf(stderr, "%s: %s\n", object, text);
}

int main(int argc, char **argv)
{
	struct err e = {0};
	struct px_model *m = NULL;
	struct proxy_backend *b = NULL;
	char *line = NULL;
	size_t cap = 0;
	bool full = true;
	if (argc < 3)
		return 2;
	const struct proxy_backend_ops *ops = argc > 3 && streq(argv[3], "ipvs") ? &proxy_ipvs_ops : &proxy_nft_ops;
	setlinebuf(stdout);
	struct proxy_backend_config c = {.cluster_cidr = argv[2],
					 .service_cidr = getenv("SERVICE_CIDR"),
					 .scheduler = argc > 4 ? argv[4] : NULL,
					 .warn = warn};
	if (px_model_new(&m, argv[1], &e) < 0 || ops->open(&b, &c, &e) < 0) {
		fprintf(stderr, "%s\n", e.msg);
		px_model_free(m);
		return 1;
	}
	while (getline(&line, &cap, stdin) > 0) {
		char kind[64], ns[64], name[64];
		int n;
		line[strcspn(line, "\n")] = 0;
		if (line[0] == '{') {
			json_t *o = NULL;
			if (json_parse(line, strlen(line), &o, &e) < 0 ||
			    feed(m, json_str_or(o, "kind", ""), obj_namespace(o), obj_name(o), o) < 0)
				printf("error: %s\n", e.msg);
			json_decref(o);
		} else if (sscanf(line, "delete %63s %63s %63s", kind, ns, name) == 3) {
			(void)feed(m, kind, ns, name, NULL);
		} else if (sscanf(line, "zone %63s", name) == 1) {
			px_model_zone(m, name);
		} else if (sscanf(line, "unbulk %d", &n) == 1) {
			for (int i = 0; i < n; i++) {
				(void)snprintf(name, sizeof(name), "bulk-%d", i);
				(void)px_model_service(m, "bulk", name, NULL);
				(void)px_model_slice(m, "bulk", name, NULL);
			}
		} else if (sscanf(line, "bulk %d", &n) == 1) {
			(void)bulk(m, n);
		} else if (streq(line, "reload")) {
			if (b->ops->reload(b, false, &e) < 0)
				printf("error: %s\n", e.msg);
			full = true;
		} else if (streq(line, "check")) {
			n = b->ops->check(b, &e);
			if (n < 0)
				printf("error: %s\n", e.msg);
			else
				printf("ok %d\n", n);
		} else if (streq(line, "cleanup")) {
			printf("%s\n", ops->cleanup(&e) < 0 ? e.msg : "ok 0");
		} else if (streq(line, "sync")) {
			struct px_change *v;
			size_t count;
			struct timespec t0, t1, c0, c1;
			clock_gettime(CLOCK_MONOTONIC, &t0);
			clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &c0);
			int code = px_model_flush(m, &v, &count);
			if (code == 0)
				code = b->ops->sync(b, v, count, full, &e);
			px_changes_free(v, count);
			full = code < 0;
			clock_gettime(CLOCK_MONOTONIC, &t1);
			clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &c1);
			if (code == 0)
				code = b->ops->tidy(b, &e);
			if (code < 0)
				printf("error: %s\n", e.msg);
			else
				printf("ok %ld cpu %ld\n",
				       (t1.tv_sec - t0.tv_sec) * 1000000 + (t1.tv_nsec - t0.tv_nsec) / 1000,
				       (c1.tv_sec - c0.tv_sec) * 1000000 + (c1.tv_nsec - c0.tv_nsec) / 1000);
		}
	}
	b->ops->free(b);
	px_model_free(m);
	free(line);
	return 0;
}
