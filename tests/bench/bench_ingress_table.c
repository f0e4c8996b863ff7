/*
 * What a change costs the Ingress controller: bench_ingress_table [INGRESSES [SECRET_BYTES]]: processor time of reading one changed
 * Ingress, building the routing table of all (five paths each), writing it as bytes, putting it in its place, checking it as nginx'
 * workers do. With SECRET_BYTES all hosts have one Secret's certificate of about that size, and the memory is told.
 * Medians of 15. Budget: generating 5,000 Ingresses in under 200 ms; exit code 1 when it is missed.
 */
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include "base/buf.h"
#include "base/cleanup.h"
#include "base/fs.h"
#include "base/json.h"
#include "base/str.h"
#include "ingress/live_page.h"
#include "ingress/model.h"
#include "ingress/table_write.h"
#include "wire/cert.h"

enum { ROUNDS = 15, BUDGET_MS = 200 };
enum { PARSE, BUILD, WRITE, PUBLISH, CHECK_FILE, FREE, N_STEPS };
static const char *const names[N_STEPS] = {"one Ingress read", "built", "written", "published (written, too)", "checked", "freed"};

static double now_ms(void)
{
	struct timespec t;
	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void need(bool ok, const char *what)
{
	if (ok)
		return;
	fprintf(stderr, "bench_ingress_table: %s\n", what);
	exit(1);
}

static json_t *ingress(unsigned i, bool tls, unsigned round)
{
	static const char *const paths[] = {"/", "/api", "/static", "/admin", "/x"};
	AUTO_FREE char *host = str_fmt("i%u.example", i);
	AUTO_FREE char *target = str_fmt("http://new%u.example/", round);
	json_t *list = json_array();

	for (size_t k = 0; k < ARRAY_LEN(paths); k++)
		need(json_array_append_new(list, json_pack("{s:s,s:s,s:{s:{s:s,s:{s:i}}}}", "path", paths[k], "pathType", "Prefix", "backend",
							   "service", "name", "web", "port", "number", 80)) == 0, "no memory");
	json_t *o = json_pack("{s:{s:{s:s}},s:{s:[{s:s,s:{s:o}}]}}", "metadata", "annotations", INGRESS_ANNOTATION "permanent-redirect", target,
			      "spec", "rules", "host", host, "http", "paths", list);
	need(o, "no memory");
	if (tls)
		need(json_object_set_new(json_object_get(o, "spec"), "tls",
					 json_pack("[{s:s,s:[s]}]", "secretName", "cert", "hosts", host)) == 0, "no memory");
	return o;
}

static void feed_ingress(struct ing_model *m, unsigned i, bool tls, unsigned round)
{
	AUTO_FREE char *name = str_fmt("i%u", i);
	AUTO_JSON json_t *o = ingress(i, tls, round);
	need(name && ing_model_ingress(m, "d", name, o) == 0, "an Ingress is not taken");
}

/* A certificate with its own text before, which PEM allows, up to the size. */
static void feed_secret(struct ing_model *m, size_t size)
{
	CLEANUP(cert_pair_done) struct cert_pair pair = {0};
	AUTO_FREE char *a = NULL, *b = NULL;
	AUTO_BUF struct buf text = {0};
	struct err e = {0};

	need(cert_ca_new(&pair, "example", time(NULL) - 60, time(NULL) + 3600, &e) == 0, e.msg);
	while (text.len + strlen(pair.cert_pem) < size)
		buf_adds(&text, "a line of text before the certificate, which is not looked at\n");
	buf_adds(&text, pair.cert_pem);
	need(!buf_failed(&text) && b64_encode(text.data, text.len, false, &a) == 0 &&
	     b64_encode(pair.key_pem, strlen(pair.key_pem), false, &b) == 0, "no memory");
	AUTO_JSON json_t *o = json_pack("{s:s,s:{s:s,s:s}}", "type", "kubernetes.io/tls", "data", "tls.crt", a, "tls.key", b);
	need(o && ing_model_secret(m, "d", "cert", o) == 0, "the Secret is not taken");
}

static void feed_service(struct ing_model *m)
{
	AUTO_JSON json_t *s = json_pack("{s:{s:[{s:i}]}}", "spec", "ports", "port", 80);
	AUTO_JSON json_t *e = json_pack("{s:{s:{s:s}},s:s,s:[{s:i}],s:[{s:[s]},{s:[s]}]}", "metadata", "labels", "kubernetes.io/service-name", "web",
					"addressType", "IPv4", "ports", "port", 8080, "endpoints", "addresses", "10.0.0.1", "addresses", "10.0.0.2");
	need(s && e && ing_model_service(m, "d", "web", s) == 0 && ing_model_slice(m, "d", "web-1", e) == 0, "the Service is not taken");
}

static int by_value(const void *a, const void *b)
{
	const double *x = a, *y = b;
	return *x < *y ? -1 : *x > *y;
}

int main(int argc, char **argv)
{
	int64_t n = 5000, secret = 0;
	double times[N_STEPS][ROUNDS], sum = 0;
	struct ing_model *m = NULL;
	struct live *live = NULL;
	struct err e = {0};
	char dir[] = "/tmp/minik-bench.XXXXXX";

	need((argc < 2 || str_to_i64(argv[1], 1, 1000000, &n) == 0) && (argc < 3 || str_to_i64(argv[2], 0, 250000, &secret) == 0),
	     "usage: bench_ingress_table [INGRESSES [SECRET_BYTES]]");
	need(mkdtemp(dir), "no directory in /tmp");
	AUTO_FREE char *live_dir = fs_join(dir, "live");
	need(live_new(&live, live_dir, (gid_t)-1, &e) == 0 && ing_model_new(&m, "nginx", &e) == 0, e.msg);
	feed_service(m);
	if (secret)
		feed_secret(m, (size_t)secret);
	for (unsigned i = 0; i < n; i++)
		feed_ingress(m, i, secret > 0, 0);
	for (unsigned r = 0; r < ROUNDS; r++) {
		struct ing_table t = {0};
		struct buf b = {0};
		const char *why;
		double at[N_STEPS + 1];
		at[PARSE] = now_ms();
		feed_ingress(m, r, secret > 0, r + 1);
		at[BUILD] = now_ms();
		need(ing_model_build(m, &t, &e) == 0, e.msg);
		at[WRITE] = now_ms();
		need(table_write(&t, NULL, r + 1, &b, &e) == 0, e.msg);
		at[PUBLISH] = now_ms();
		need(live_publish(live, &t, &e) == 0, e.msg);
		at[CHECK_FILE] = now_ms();
		need(table_file_check(b.data, b.len, &why), "the table is malformed");
		at[FREE] = now_ms();
		if (r + 1 == ROUNDS)
			printf("%lld Ingresses: a table of %zu KiB, %zu findings\n", (long long)n, b.len >> 10, t.n_findings);
		ing_table_done(&t);
		buf_done(&b);
		at[N_STEPS] = now_ms();
		for (int s = 0; s < N_STEPS; s++)
			times[s][r] = at[s + 1] - at[s];
	}
	for (int s = 0; s < N_STEPS; s++) {
		qsort(times[s], ROUNDS, sizeof(double), by_value);
		printf("%-26s %8.2f ms, at worst %.2f ms\n", names[s], times[s][ROUNDS / 2], times[s][ROUNDS - 1]);
		sum += s == WRITE ? 0 : times[s][ROUNDS / 2];
	}
	struct rusage u;
	(void)getrusage(RUSAGE_SELF, &u);
	printf("together %.2f ms (budget for 5,000: %d ms); memory at most %ld MiB\n", sum, BUDGET_MS, u.ru_maxrss >> 10);
	live_free(live);
	ing_model_free(m);
	(void)fs_rm_rf(dir, NULL);
	return n <= 5000 && sum > BUDGET_MS;
}
