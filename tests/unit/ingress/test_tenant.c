/* Objects of a tenant who wants all of the table for himself: they cost him, and nobody else. */
#include <time.h>
#include "ingress/table_write.h"
#include "tests/unit/ingress/model_test.h"

static double cpu_ms(void)
{
	struct timespec ts;
	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts); /* for a person to read */
	return (double)ts.tv_sec * 1e3 + (double)ts.tv_nsec / 1e6;
}

/* The others' Ingress is older, or younger. */
static void victim(const char *time)
{
	AUTO_FREE char *text = str_fmt("{\"metadata\":{\"creationTimestamp\":\"%s\"},\"spec\":{\"rules\":[" RULE("victim.example", PATH("/", "Prefix", "web", NUM(80))) "]}}", time);
	feed(ing_model_ingress, "victim", text);
}

static void feed_text(feed_fn fn, const char *name, struct buf *b)
{
	CHECK(!buf_failed(b));
	feed(fn, name, b->data);
}

/* Builds and writes the table: it can be written, and the victim is in it. */
static void stands(const char *what)
{
	AUTO_BUF struct buf file = {0};
	struct err e = {0};
	double from = cpu_ms();

	build();
	double built = cpu_ms();
	size_t paths = 0;
	for (size_t i = 0; i < t.n_hosts; i++)
		paths += t.hosts[i].n_paths;
	CHECK(table_write(&t, NULL, 1, &file, &e) == 0);
	fprintf(stderr, "# %s: %zu hosts, %zu paths, %zu findings, %zu MiB; built in %.0f ms, written in %.0f ms of the processor%s%s\n", what, t.n_hosts, paths, t.n_findings,
		file.len >> 20, built - from, cpu_ms() - built, e.code ? ": " : "", e.msg);
	CHECK_STR(to("victim.example", "/x"), "d/web:80");
}

static void many_paths(struct buf *b, unsigned n, const char *host)
{
	buf_addf(b, "{\"host\":\"%s\",\"http\":{\"paths\":[", host);
	for (unsigned i = 0; i < n; i++)
		buf_addf(b, "%s{\"path\":\"/p%u\",\"pathType\":\"Prefix\",\"backend\":{\"service\":{\"name\":\"web\",\"port\":{\"number\":80}}}}", i ? "," : "", i);
	buf_adds(b, "]}}");
}

static void aliases_times_paths(void)
{
	AUTO_BUF struct buf b = {0};

	begin();
	victim("2026-06-01T00:00:00Z");
	buf_adds(&b, "{\"metadata\":{\"creationTimestamp\":\"2026-01-01T00:00:00Z\",\"annotations\":{\"" INGRESS_ANNOTATION "server-alias\":\"");
	for (unsigned i = 0; i < 1000; i++)
		buf_addf(&b, "%sa%u.evil.example", i ? "," : "", i);
	buf_adds(&b, "\"}},\"spec\":{\"rules\":[");
	many_paths(&b, 9000, "evil.example");
	buf_adds(&b, "]}}");
	feed_text(ing_model_ingress, "evil", &b);
	stands("1,000 aliases of 9,000 paths");
	CHECK(found("d/evil", "TooManyPaths", "1000 names have none") && host_of("a0.evil.example") && !host_of("a0.evil.example")->n_paths);
	/* as many as there are for him, in the order that he has written */
	begin();
	buf_done(&b);
	buf_adds(&b, "{\"metadata\":{\"annotations\":{\"" INGRESS_ANNOTATION "server-alias\":\"z.example,y.example,x.example,w.example,v.example,u.example\"}},\"spec\":{\"rules\":[");
	many_paths(&b, 1000, "evil.example");
	buf_adds(&b, "]}}");
	feed_text(ing_model_ingress, "evil", &b);
	build();
	CHECK(host_of("z.example")->n_paths == 1000 && host_of("v.example")->n_paths == 1000 && host_of("u.example")->n_paths == 0);
	CHECK(found("d/evil", "TooManyPaths", "1 names have none"));
}

static void one_path_of_all(void)
{
	begin();
	victim("2026-06-01T00:00:00Z");
	for (unsigned i = 0; i < 5000; i++) {
		AUTO_FREE char *name = str_fmt("e%u", i);
		feed(ing_model_ingress, name, ING(RULE("evil.example", PATH("/a", "Prefix", "web", NUM(80)) "," PATH("/b", "Exact", "web", NUM(80)))));
	}
	stands("5,000 Ingresses for one path");
}

/* Each is an event. */
static void many_faults(void)
{
	static const char *const names[] = {"first", "second", NULL};

	begin();
	victim("2026-06-01T00:00:00Z");
	for (const char *const *n = names; *n; n++) {
		AUTO_BUF struct buf b = {0};
		buf_adds(&b, "{\"spec\":{\"rules\":[");
		many_paths(&b, 9000, "evil.example");
		buf_adds(&b, "]}}");
		feed_text(ing_model_ingress, *n, &b);
	}
	stands("9,000 paths that an older Ingress has");
	CHECK(t.n_findings > 10 && t.n_findings < 100 && found("d/second", "Conflict", "/p0") && found("d/second", "TooManyFaults", "more wrong"));
}

static void many_endpoints(void)
{
	begin();
	victim("2026-06-01T00:00:00Z");
	feed(ing_model_service, "big", "{\"spec\":{\"ports\":[{\"name\":\"http\",\"port\":80}]}}");
	for (unsigned i = 0; i < 655; i++) {
		AUTO_BUF struct buf b = {0};
		AUTO_FREE char *name = str_fmt("big-%u", i);
		buf_adds(&b, "{\"metadata\":{\"labels\":{\"kubernetes.io/service-name\":\"big\"}},\"addressType\":\"IPv4\",\"ports\":[{\"name\":\"http\",\"port\":9376}],\"endpoints\":[");
		for (unsigned k = 0; k < 100; k++)
			buf_addf(&b, "%s{\"addresses\":[\"10.%u.%u.%u\"]}", k ? "," : "", 1 + i / 250, i % 250, k);
		buf_adds(&b, "]}");
		feed_text(ing_model_slice, name, &b);
	}
	AUTO_BUF struct buf b = {0};
	buf_adds(&b, "{\"spec\":{\"rules\":[");
	for (unsigned i = 0; i < 1000; i++)
		buf_addf(&b, "%s{\"host\":\"h%u.evil.example\",\"http\":{\"paths\":[{\"path\":\"/\",\"pathType\":\"Prefix\",\"backend\":{\"service\":{\"name\":\"big\",\"port\":{\"number\":80}}}}]}}", i ? "," : "", i);
	buf_adds(&b, "]}}");
	feed_text(ing_model_ingress, "evil", &b);
	stands("65,500 endpoints of 1,000 hosts");
}

static void expressions(void)
{
	AUTO_BUF struct buf b = {0};

	begin();
	victim("2026-06-01T00:00:00Z");
	buf_adds(&b, "{\"metadata\":{\"annotations\":{\"" INGRESS_ANNOTATION "use-regex\":\"true\"}},\"spec\":{\"rules\":[");
	many_paths(&b, 9000, "evil.example");
	buf_adds(&b, "]}}");
	feed_text(ing_model_ingress, "evil", &b);
	stands("9,000 expressions");
}

static void canaries(void)
{
	begin();
	victim("2026-06-01T00:00:00Z");
	feed(ing_model_ingress, "main", ING(RULE("evil.example", PATH("/", "Prefix", "web", NUM(80)))));
	for (unsigned i = 0; i < 3000; i++) {
		AUTO_FREE char *name = str_fmt("c%u", i);
		feed(ing_model_ingress, name, NOTED("evil.example", ANN("canary", "true") "," ANN("canary-weight", "1")));
	}
	stands("3,000 canaries of one path");
}

static void wide_lists(void)
{
	begin();
	victim("2026-06-01T00:00:00Z");
	for (unsigned i = 0; i < 200; i++) {
		AUTO_FREE char *name = str_fmt("w%u", i);
		AUTO_BUF struct buf b = {0};
		buf_addf(&b, "{\"metadata\":{\"annotations\":{\"" INGRESS_ANNOTATION "whitelist-source-range\":\"");
		for (unsigned k = 0; k < 1000; k++)
			buf_addf(&b, "%s10.%u.%u.0/24", k ? "," : "", k / 250, k % 250);
		buf_addf(&b, "\"}},\"spec\":{\"rules\":[");
		AUTO_FREE char *host = str_fmt("w%u.example", i);
		many_paths(&b, 100, host);
		buf_adds(&b, "]}}");
		feed_text(ing_model_ingress, name, &b);
	}
	stands("200 Ingresses with 1,000 networks each");
}

int main(void)
{
	RUN(aliases_times_paths);
	RUN(one_path_of_all);
	RUN(many_faults);
	RUN(many_endpoints);
	RUN(expressions);
	RUN(canaries);
	RUN(wide_lists);
	ing_table_done(&t);
	m = ing_model_free(m);
	return TEST_END();
}
