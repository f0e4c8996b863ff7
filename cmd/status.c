#include <stdio.h>
#include <time.h>
#include <unistd.h>
#include "base/buf.h"
#include "base/fs.h"
#include "base/json.h"
#include "base/str.h"
#include "cmd/certificate.h"
#include "cmd/cmd.h"
#include "cmd/instance.h"
#include "cmd/local_http.h"
#include "cmd/kin.h"
#include "cmd/overlay.h"
#include "cmd/status_dns.h"
#include "cmd/status_proxy.h"
#include "cmd/tool_client.h"
#include "node/image.h"

/*
 * Everything is gathered into one tree, which -o json prints as it is and text prints line by line:
 * {"version", "kind", "pid", "uptimeSeconds", "dataDir", "runDir", "kubeconfig"?, "api": {"url", "ready", "message"?},
 * "store"?: {"revision", "objects", "bytes"}, "certificate"?: {"path", "expires", "daysLeft"}, "components": {NAME:
 * "running"|"disabled"}, "nodes": [{"name", "ready", "message"?, "addresses"}], "pods"?: {"total", "running"},
 * "proxy"?: see status_proxy.h, "dns"?: see status_dns.h, "images"?: {"count", "bytes"}, "memory"?: {"pssBytes", "rssBytes"}, "overlay"?: see overlay.h}
 */

static int raw_text(struct client *c, const char *path, int *ret_status, char **ret, struct err *e)
{
	const struct client_ref ref = {.raw = path};
	struct client_result r = {0};
	int code = client_do_wait(c, "GET", &ref, NULL, NULL, NULL, &r);

	*ret_status = r.status;
	if (r.body)
		*ret = str_ndup(r.body->data, r.body->len);
	if (code < 0 && r.status == 0)
		err_set(e, code, "%s", r.err.msg[0] ? r.err.msg : err_name(code));
	client_result_done(&r);
	return *ret_status ? 0 : code < 0 ? code : err_set(e, ERR_UNAVAILABLE, "no answer");
}

static void add_api(json_t *out, struct client *c, const char *url, bool server)
{
	AUTO_FREE char *text = NULL, *metrics = NULL;
	struct err e = {0};
	int status = 0;

	bool answers = raw_text(c, "/readyz", &status, &text, &e) == 0;
	/* Whoever answers 401 or 403 is there; only the right to ask is missing. */
	const char *why = !answers ? e.msg : status == 200 ? NULL : text ? text : "not ready";
	json_object_set_new(out, "api",
			    json_pack("{s:s,s:b,s:s*}", "url", url, "ready", status == 200, "message", why));
	if (!server || status != 200 || raw_text(c, "/metrics", &status, &metrics, &e) < 0 || status != 200)
		return;
	json_object_set_new(out, "store",
			    json_pack("{s:I,s:I,s:I}", "revision", (json_int_t)local_metric(metrics, "minik_store_revision", ""), "objects",
				      (json_int_t)local_metric(metrics, "apiserver_storage_objects", ""), "bytes",
				      (json_int_t)local_metric(metrics, "apiserver_storage_size_bytes", "")));
}

static void add_node(json_t *nodes, const json_t *n)
{
	const char *ready = "Unknown", *why = "";
	json_t *addresses = json_array(), *a, *cond;
	size_t i;

	json_array_foreach(json_dot(n, "status.conditions"), i, cond) if (streq(json_str(cond, "type"), "Ready"))
	{
		ready = json_str_or(cond, "status", "Unknown");
		why = json_str_or(cond, "message", "");
	}
	json_array_foreach(json_dot(n, "status.addresses"), i, a) if (!streq(json_str(a, "type"), "Hostname"))
	    json_array_append(addresses, json_object_get(a, "address"));
	bool good = streq(ready, "True");
	json_array_append_new(nodes, json_pack("{s:s,s:b,s:s*,s:o}", "name", json_str_or(n, "metadata.name", "?"),
					       "ready", good, "message",
					       good     ? NULL
					       : why[0] ? why
							: "no report of its agent yet",
					       "addresses", addresses));
}

/* A server sees all nodes and pods, an agent its own. */
static int add_objects(json_t *out, struct client *c, const char *own_node, struct err *e)
{
	const struct client_ref nodes_ref = {.plural = "nodes", .name = own_node}, pods_ref = {.plural = "pods"};
	AUTO_FREE char *query =
	    own_node ? str_fmt("fieldSelector=spec.nodeName%%3D%s&limit=500", own_node) : str_dup("limit=500");
	json_int_t total = 0, running = 0;
	json_t *nodes = json_array(), *item;
	AUTO_FREE char *next = NULL;
	size_t i;
	int r;

	json_object_set_new(out, "nodes", nodes);
	if (!query || !nodes)
		return err_nomem(e);
	AUTO_JSON json_t *answer = NULL;
	r = own_node ? client_get_wait(c, &nodes_ref, &answer, e) : client_list_wait(c, &nodes_ref, NULL, &answer, e);
	if (r < 0)
		return r;
	if (own_node)
		add_node(nodes, answer);
	json_array_foreach(json_object_get(answer, "items"), i, item) add_node(nodes, item);
	do {
		AUTO_JSON json_t *pods = NULL;
		AUTO_FREE char *q = next ? str_fmt("%s&continue=%s", query, next) : str_dup(query);
		if (!q)
			return err_nomem(e);
		if ((r = client_list_wait(c, &pods_ref, q, &pods, e)) < 0)
			return r;
		json_array_foreach(json_object_get(pods, "items"), i, item)
		{
			total++;
			running += streq(json_str(item, "status.phase"), "Running");
		}
		free(TAKE_PTR(next));
		const char *token = json_str(pods, "metadata.continue");
		next = token && token[0] ? url_encode(token) : NULL;
	} while (next);
	json_object_set_new(out, "pods", json_pack("{s:I,s:I}", "total", total, "running", running));
	return 0;
}

struct nearest {
	char path[512];
	time_t not_after;
};

static int nearer(void *arg, const char *path, const struct cert_info *info, struct err *e)
{
	struct nearest *n = arg;

	(void)e;
	if (n->not_after == 0 || info->not_after < n->not_after) {
		n->not_after = info->not_after;
		(void)str_copy(n->path, sizeof(n->path), path);
	}
	return 0;
}

static void add_certificate(json_t *out, const char *data_dir, const char *kubeconfig)
{
	struct nearest n = {0};
	char until[TIME_STR_MAX];

	if (certificates_each(data_dir, kubeconfig, nearer, &n, NULL) < 0)
		return;
	time_format(n.not_after, until);
	json_object_set_new(out, "certificate",
			    json_pack("{s:s,s:s,s:I}", "path", n.path, "expires", until, "daysLeft",
				      (json_int_t)((n.not_after - time(NULL)) / 86400)));
}

static void add_images(json_t *out, const char *data_dir)
{
	struct image_store_config c = {.data_dir = data_dir};
	struct image_store *s = NULL;
	AUTO_JSON json_t *all = NULL;
	AUTO_FREE char *dir = fs_join(data_dir, "images");
	json_int_t bytes = 0;
	size_t i;
	json_t *img;

	if (!dir || !fs_exists(dir) || image_store_open(&s, &c, NULL) < 0)
		return;
	if (image_list(s, &all, NULL) == 0) {
		json_array_foreach(all, i, img) bytes += json_int_or(img, "size", 0);
		json_object_set_new(out, "images",
				    json_pack("{s:I,s:I}", "count", (json_int_t)json_array_size(all), "bytes", bytes));
	}
	image_store_close(s);
}

static void add_overlay(json_t *out, const char *run_dir)
{
	json_t *overlay = overlay_look(run_dir, NULL, NULL);

	if (overlay)
		json_object_set_new(out, "overlay", overlay);
}

static void print_overlay(const json_t *v)
{
	json_t *p, *a, *o = json_object_get(v, "overlay");
	size_t i, k;

	if (!o)
		return;
	printf("%-13s %s, MTU %lld%s%s\n", "overlay:", json_str_or(o, "backend", "?"), (long long)json_int_or(o, "mtu", 0),
	       json_str(o, "offload") ? ", checksum offload " : "", json_str_or(o, "offload", ""));
	json_array_foreach(json_object_get(o, "peers"), i, p)
	{
		const char *problem = json_str(p, "problem");
		printf("%-13s %s", "peer:", json_str_or(p, "name", "?"));
		json_array_foreach(json_object_get(p, "addresses"), k, a) printf(", %s", json_string_value(a));
		if (json_object_get(p, "roundTripMs"))
			printf(", %.3f ms", json_real_value(json_object_get(p, "roundTripMs")));
		if (problem || !json_bool_or(p, "reachable", false))
			printf(": %s", problem ? problem : "no answer");
		printf("\n");
	}
}

static void add_proxy(json_t *out, int pid)
{
	struct options *its = NULL;

	if (kin_options(pid, &its, NULL, NULL) < 0)
		return;
	status_proxy_add(out, its);
	options_free(its);
}

static json_int_t field_kb(const char *text, const char *name)
{
	const char *p = strstr(text, name);

	return p ? strtoll(p + strlen(name), NULL, 10) * 1024 : -1;
}

static void add_process(json_t *out, int pid)
{
	char path[64];
	AUTO_BUF struct buf stat = {0}, up = {0}, smaps = {0};

	snprintf(path, sizeof(path), "/proc/%d/smaps_rollup", pid);
	if (fs_read(path, 65536, &smaps, NULL) == 0 && smaps.data)
		json_object_set_new(out, "memory",
				    json_pack("{s:I,s:I}", "pssBytes", field_kb(smaps.data, "\nPss:"), "rssBytes",
					      field_kb(smaps.data, "\nRss:")));
	/* Field 22 of stat is the start, in ticks since boot; the name before it may hold anything. */
	snprintf(path, sizeof(path), "/proc/%d/stat", pid);
	const char *p = fs_read(path, 4096, &stat, NULL) == 0 && stat.data ? strrchr(stat.data, ')') : NULL;
	for (int i = 0; i < 20 && p; i++)
		p = strchr(p + 1, ' ');
	if (p && fs_read("/proc/uptime", 256, &up, NULL) == 0 && up.data)
		json_object_set_new(
		    out, "uptimeSeconds",
		    json_integer((json_int_t)(strtod(up.data, NULL) -
					      (double)strtoull(p, NULL, 10) / (double)sysconf(_SC_CLK_TCK))));
}

static void print_uptime(json_int_t s)
{
	if (s >= 86400)
		printf("%lldd%lldh", (long long)(s / 86400), (long long)(s % 86400 / 3600));
	else if (s >= 3600)
		printf("%lldh%lldm", (long long)(s / 3600), (long long)(s % 3600 / 60));
	else if (s >= 60)
		printf("%lldm%llds", (long long)(s / 60), (long long)(s % 60));
	else
		printf("%llds", (long long)s);
}

static double mb(const json_t *v, const char *path)
{
	return (double)json_int_or(v, path, 0) / 1048576.0;
}

static void print_text(const json_t *v)
{
	const char *name;
	json_t *n, *a;
	size_t i, k;
	bool ready = json_bool_or(v, "api.ready", false);

	printf("minik %s %s, pid %lld, up ", json_str_or(v, "version", "?"), json_str_or(v, "kind", "?"),
	       (long long)json_int_or(v, "pid", 0));
	print_uptime(json_int_or(v, "uptimeSeconds", 0));
	printf("\n%-13s %s\n%-13s %s\n", "data:", json_str_or(v, "dataDir", "?"),
	       "run:", json_str_or(v, "runDir", "?"));
	if (json_str(v, "kubeconfig"))
		printf("%-13s %s\n", "kubeconfig:", json_str(v, "kubeconfig"));
	printf("%-13s %s, %s%s%s\n", "API server:", json_str_or(v, "api.url", "?"), ready ? "ready" : "not ready",
	       ready ? "" : ": ", ready ? "" : json_str_or(v, "api.message", ""));
	if (json_object_get(v, "store"))
		printf("%-13s revision %lld, %lld objects, %.1f MB\n",
		       "store:", (long long)json_int_or(v, "store.revision", 0),
		       (long long)json_int_or(v, "store.objects", 0), mb(v, "store.bytes"));
	if (json_object_get(v, "certificate"))
		printf("%-13s the next to expire does so in %lld days: %s\n",
		       "certificates:", (long long)json_int_or(v, "certificate.daysLeft", 0),
		       json_str_or(v, "certificate.path", "?"));
	for (int on = 1; on >= 0; on--) {
		bool any = false;
		json_object_foreach(json_object_get(v, "components"), name,
				    n) if (streq(json_string_value(n), on ? "running" : "disabled"))
		{
			if (!any)
				printf("%-13s", on ? "running:" : "disabled:");
			printf(" %s", name);
			any = true;
		}
		if (any)
			printf("\n");
	}
	json_array_foreach(json_object_get(v, "nodes"), i, n)
	{
		bool good = json_bool_or(n, "ready", false);
		printf("%-13s %s, %s", "node:", json_str_or(n, "name", "?"), good ? "Ready" : "NotReady");
		json_array_foreach(json_object_get(n, "addresses"), k, a) printf(", %s", json_string_value(a));
		printf("%s%s\n", good ? "" : ": ", good ? "" : json_str_or(n, "message", ""));
	}
	print_overlay(v);
	if (json_object_get(v, "pods"))
		printf("%-13s %lld, %lld of them running\n", "pods:", (long long)json_int_or(v, "pods.total", 0),
		       (long long)json_int_or(v, "pods.running", 0));
	status_proxy_print(v);
	status_dns_print(v);
	if (json_object_get(v, "images"))
		printf("%-13s %lld, %.1f MB\n", "images:", (long long)json_int_or(v, "images.count", 0),
		       mb(v, "images.bytes"));
	if (json_object_get(v, "memory"))
		printf("%-13s %.1f MB (PSS), %.1f MB (RSS), without containers\n", "memory:", mb(v, "memory.pssBytes"),
		       mb(v, "memory.rssBytes"));
}

static int gather(json_t *out, const struct options *o, const json_t *instance, int pid, struct err *e)
{
	static const char *const same[] = {"version", "kind", "pid", "dataDir", "runDir", "kubeconfig", "components"};
	const char *data = json_str_or(instance, "dataDir", ""), *own = json_str_or(instance, "node", "");
	bool server = streq(json_str(instance, "kind"), "server");
	struct tool_client c = {0};
	int r;

	for (size_t i = 0; i < ARRAY_LEN(same); i++)
		if (json_object_get(instance, same[i]))
			json_object_set(out, same[i], json_object_get(instance, same[i]));
	add_process(out, pid);
	add_certificate(out, data, json_str(instance, "kubeconfig"));
	add_images(out, data);
	add_overlay(out, json_str_or(instance, "runDir", ""));
	add_proxy(out, pid);
	if ((r = tool_client_open(&c, o, instance, "minik-status", e)) < 0)
		return r;
	add_api(out, c.client, json_str_or(instance, "server", "?"), server);
	if (json_bool_or(out, "api.ready", false))
		r = add_objects(out, c.client, server ? NULL : own, e);
	else
		r = err_set(e, ERR_UNAVAILABLE, "the API server is not ready: %.200s",
			    json_str_or(out, "api.message", ""));
	if (r == 0)
		status_dns_add(out, c.client, own);
	tool_client_close(&c);
	return r;
}

int cmd_status(int argc, char **argv)
{
	struct options *o = NULL;
	struct err e = {0};
	AUTO_JSON json_t *instance = NULL, *out = json_object();
	int pid = 0;

	int status =
	    cmd_options(&o, OPT_IN_TOOL | OPT_IN_OUTPUT, true, "minik status [-o text|json]", argc, argv, NULL);
	if (status >= 0)
		return status;
	if (!out || instance_read(o, &pid, &instance, &e) < 0) {
		status = cmd_fail(&e);
	} else {
		status = gather(out, o, instance, pid, &e) < 0;
		if (streq(opt_str(o, OPT_OUTPUT), "json")) {
			AUTO_BYTES struct bytes *text = json_encode(out);
			if (text)
				printf("%.*s\n", (int)text->len, text->data);
		} else {
			print_text(out);
		}
		fflush(stdout);
		if (status)
			(void)cmd_fail(&e);
	}
	options_free(o);
	return status;
}
