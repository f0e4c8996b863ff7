/* /version, /healthz, /livez, /readyz and /metrics. */
#include <stdarg.h>
#include <sys/utsname.h>
#include "apiserver/internal.h"
#include "base/clock.h"

#define ETCD_CHECK_MS 2000 /* kube-apiserver's --etcd-healthcheck-timeout */

static const char *const checks[] = {"ping", "log", "etcd", "poststarthook/rbac/bootstrap-roles",
				     "poststarthook/start-informers"};
#define N_CHECKS (sizeof(checks) / sizeof(checks[0]))

static bool under(const char *path, const char *root)
{
	size_t n = strlen(root);

	return !strncmp(path, root, n) && (!path[n] || path[n] == '/');
}

bool health_serves(const char *path)
{
	return streq(path, "/version") || streq(path, "/version/") || under(path, "/healthz") ||
	       under(path, "/livez") || under(path, "/readyz") || streq(path, "/metrics");
}

static void version(struct req *r)
{
	struct utsname u;
	const char *machine = "amd64";
	AUTO_FREE char *platform = NULL;

	if (!uname(&u) && streq(u.machine, "aarch64"))
		machine = "arm64";
	else if (!uname(&u) && !streq(u.machine, "x86_64"))
		machine = u.machine;
	platform = str_fmt("linux/%s", machine);
	req_reply_json(r, 200,
		       json_pack("{s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s}", "major", "1", "minor", "36",
				 "emulationMajor", "1", "emulationMinor", "36", "minCompatibilityMajor", "1",
				 "minCompatibilityMinor", "35", "gitVersion", "v1.36.0+minik" MINIK_VERSION,
				 "gitCommit", "", "goVersion", "", "gitTreeState", "clean", "buildDate",
				 "1970-01-01T00:00:00Z", "compiler", "gcc", "platform", platform ? platform : ""));
}

static bool check_ok(struct req *r, const char *root, const char *name)
{
	if (streq(name, "etcd"))
		return streq(root, "livez") || r->fresh;
	if (streq(root, "readyz"))
		return atomic_load(&r->a->ready);
	return true;
}

static void health(void *arg)
{
	struct req *r = arg;
	const char *root = under(r->path, "/healthz") ? "healthz" : under(r->path, "/livez") ? "livez" : "readyz";
	const char *one = r->path + strlen(root) + 1;
	bool ok = true;
	AUTO_FREE char *verbose = query_get(r->query_text, "verbose");
	AUTO_BUF struct buf b = {0};

	if (*one == '/')
		one++;
	if (*one) {
		for (size_t i = 0; i < N_CHECKS; i++) {
			if (!streq(one, checks[i]))
				continue;
			ok = check_ok(r, root, one);
			req_reply_text(r, ok ? 200 : 500, "text/plain; charset=utf-8", ok ? "ok" : "not ready");
			return;
		}
		req_fail(r, 404, "NotFound", "the server could not find the requested resource");
		return;
	}
	for (size_t i = 0; i < N_CHECKS; i++) {
		bool good = check_ok(r, root, checks[i]);

		ok &= good;
		buf_addf(&b, "[%c]%s %s\n", good ? '+' : '-', checks[i], good ? "ok" : "failed: reason withheld");
	}
	buf_addf(&b, "%s check %s\n", root, ok ? "passed" : "failed");
	req_reply_text(r, ok ? 200 : 500, "text/plain; charset=utf-8", verbose || !ok ? b.data : "ok");
}

static void metric(struct buf *b, const char *name, const char *type, const char *help)
{
	buf_addf(b, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

static void metrics(struct req *r)
{
	struct apiserver *a = r->a;
	struct store_stats s;
	AUTO_BUF struct buf b = {0};

	store_stats(a->store, &s);
	metric(&b, "apiserver_request_total", "counter", "Requests answered, by status class.");
	for (int i = 1; i < 6; i++)
		buf_addf(&b, "apiserver_request_total{code=\"%dxx\"} %llu\n", i,
			 (unsigned long long)atomic_load(&a->m.requests[i]));
	metric(&b, "apiserver_longrunning_requests", "gauge", "Watches open now.");
	buf_addf(&b, "apiserver_longrunning_requests{verb=\"WATCH\"} %llu\n",
		 (unsigned long long)atomic_load(&a->m.watches));
	metric(&b, "apiserver_current_inflight_requests", "gauge", "Requests not answered yet.");
	buf_addf(&b, "apiserver_current_inflight_requests %ld\n", atomic_load(&a->live_reqs));
	flow_metrics(a->flow, &b);
	metric(&b, "apiserver_storage_objects", "gauge", "Keys in the store.");
	buf_addf(&b, "apiserver_storage_objects %zu\n", s.keys);
	metric(&b, "minik_store_revision", "gauge", "Newest revision.");
	buf_addf(&b, "minik_store_revision %lld\n", (long long)s.rev);
	metric(&b, "minik_store_commits_total", "counter", "Transactions committed.");
	buf_addf(&b, "minik_store_commits_total %llu\n", (unsigned long long)s.commits);
	metric(&b, "minik_store_fsyncs_total", "counter", "Durable batches.");
	buf_addf(&b, "minik_store_fsyncs_total %llu\n", (unsigned long long)s.fsyncs);
	metric(&b, "minik_store_cache_bytes", "gauge", "Bytes of values in memory.");
	buf_addf(&b, "minik_store_cache_bytes %zu\n", s.cache_bytes);
	metric(&b, "minik_store_cache_hits_total", "counter", "Reads answered from memory.");
	buf_addf(&b, "minik_store_cache_hits_total %zu\n", s.cache_hits);
	metric(&b, "minik_store_cache_misses_total", "counter", "Reads that went to disk.");
	buf_addf(&b, "minik_store_cache_misses_total %zu\n", s.cache_misses);
	metric(&b, "apiserver_storage_size_bytes", "gauge", "Size of the database file.");
	buf_addf(&b, "apiserver_storage_size_bytes %zu\n", s.db_bytes);
	metric(&b, "process_uptime_seconds", "gauge", "Time since start.");
	buf_addf(&b, "process_uptime_seconds %lld\n", (long long)((clock_mono_ms(a->clock) - a->start_ms) / 1000));
	req_reply_text(r, 200, "text/plain; version=0.0.4; charset=utf-8", b.data);
}

static void on_asked(void *arg, int code)
{
	struct req *r = arg;

	r->fresh = code == 0;
	req_defer(r, r->job_fn, r); /* not on the store's thread */
}

void req_ask_store(struct req *r, void (*fn)(void *r))
{
	r->job_fn = fn;
	if (store_is_shared(r->a->store)) {
		store_sync_within(r->a->store, ETCD_CHECK_MS, on_asked, r);
		return;
	}
	r->fresh = true;
	fn(r);
}

/* An etcd without a quorum makes a server unready; it is no reason to end its life, so /livez leaves it out. */
static bool asks_etcd(const struct req *r)
{
	const char *one = strchr(r->path + 1, '/');

	return !under(r->path, "/livez") && (!one || streq(one, "/") || streq(one, "/etcd"));
}

void req_health(struct req *r)
{
	if (str_has_prefix(r->path, "/version"))
		version(r);
	else if (streq(r->path, "/metrics"))
		metrics(r);
	else if (asks_etcd(r))
		req_ask_store(r, health);
	else
		health(r);
}
