/*
 * Property: whatever objects there are, nginx takes the table made of them, and routes as ing_table_match says. Random
 * objects, hostile ones among them, a real nginx (unprivileged ports; skipped where none is installed), backends told
 * apart by their loopback addresses. MINIK_SEED and MINIK_ROUNDS choose another run.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include "base/fs.h"
#include "base/json.h"
#include "base/str.h"
#include "ingress/helper.h"
#include "ingress/runner.h"
#include "tests/unit/test.h"

static uint64_t state;
static unsigned rnd(unsigned n) /* below n */
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (unsigned)((state >> 11) % n);
}
#define PICK(list) list[rnd(ARRAY_LEN(list))]

/* --- the backend: answers with the address it was called by --- */

static int listener = -1;
static uint16_t backend_port;

static void *serve(void *arg UNUSED)
{
	for (;;) {
		AUTO_CLOSE int c = accept(listener, NULL, NULL);
		struct sockaddr_in a;
		socklen_t l = sizeof(a);
		char req[8192], addr[INET_ADDRSTRLEN], out[200];
		size_t n = 0;
		if (c < 0)
			return NULL;
		while (n < sizeof(req) - 1) {
			ssize_t got = read(c, req + n, sizeof(req) - 1 - n);
			if (got <= 0)
				break;
			n += (size_t)got;
			req[n] = '\0';
			if (strstr(req, "\r\n\r\n"))
				break;
		}
		if (getsockname(c, (struct sockaddr *)&a, &l) < 0 ||
		    !inet_ntop(AF_INET, &a.sin_addr, addr, sizeof(addr)))
			continue;
		int len =
		    snprintf(out, sizeof(out), "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %zu\r\n\r\n%s",
			     strlen(addr), addr);
		(void)!write(c, out, (size_t)len);
		(void)shutdown(c, SHUT_WR);
	}
}

static int listen_any(uint16_t *port)
{
	struct sockaddr_in a = {.sin_family = AF_INET};
	socklen_t l = sizeof(a);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd < 0 || bind(fd, (struct sockaddr *)&a, sizeof(a)) < 0 || listen(fd, 128) < 0 ||
	    getsockname(fd, (struct sockaddr *)&a, &l) < 0) {
		perror("listen");
		exit(1);
	}
	*port = ntohs(a.sin_port);
	return fd;
}
static uint16_t free_port(void)
{
	uint16_t port;
	AUTO_CLOSE int fd = listen_any(&port);
	(void)fd;
	return port;
}

/* --- random objects --- */

static const char *const hosts[] = {"a.example", "b.a.example", "*.example", "*.a.example",
				    "",          "*.*",         "*",         "x.example; return 200",
				    "-x",        "h/*",         "A.example", "a.example\n=h/* D,,d/s0:80,",
				    "c.example", "example"};
static const char *const paths[] = {"/",   "/a",      "/a/",   "/a/b",   "/a/b/c/d", "/ab",     "/a%20b", "/a b",
				    "/;}", "/\"",     "/$uri", "/,D,,x", "/%2C%3B",  "/\\",     "/#",     "/{}",
				    "/é",  "/%c3%a9", "",      "a",      "//",       "/a/../b", "/%",     "/%00",
				    "/~x", "/a%0ab",  "/*",    "/a/*/b", "/%25",     "/'",      "/a?b",   "/=b/x y"};
static const char *const types[] = {"Prefix", "Exact", "ImplementationSpecific", "Prefix", "Exact", "Wrong"};
static const char *const services[] = {"s0", "s1", "s2", "s3", "gone", "s 0", "s0;", "s0\n", ""};
static const char *const requests[] = {"/",       "/a",     "/a/",      "/a/b",    "/a/b/c",  "/a/b/c/d",  "/a/b/c/d/e",
				       "/ab",     "/a%20b", "/a%20b/c", "/;}",     "/%22",    "/$uri",     "/,D,,x",
				       "/%2C%3B", "/%5C",   "/%23",     "/%7B%7D", "/%C3%A9", "/%C3%A9/x", "/~x",
				       "/*",      "/a/*/b", "/a/x/b",   "/%25",    "/'",      "/a%3Fb",    "/zz",
				       "/A",      "/a/b/",  "/a//b",    "/x/../a", "/a/./b"};
static const char *const callers[] = {"a.example", "b.a.example", "c.b.a.example", "c.example",    "d.example",
				      "example",   "other",       "A.Example",     "a.example:80", "a.example."};

static json_t *random_ingress(unsigned age)
{
	json_t *o = json_pack("{s:{s:s+},s:{}}", "metadata", "creationTimestamp", "2026-01-01T00:00:0",
			      age % 2 ? "1Z" : "2Z", "spec");
	json_t *rules = json_array();

	for (unsigned i = rnd(4); i > 0; i--) {
		json_t *list = json_array();
		for (unsigned j = rnd(7); j > 0; j--)
			json_array_append_new(list, json_pack("{s:s,s:s,s:{s:{s:s,s:{s:i}}}}", "path", PICK(paths),
							      "pathType", PICK(types), "backend", "service", "name",
							      PICK(services), "port", "number",
							      rnd(8) ? 80 : (int)rnd(70000)));
		json_array_append_new(rules, json_pack("{s:s,s:{s:o}}", "host", PICK(hosts), "http", "paths", list));
	}
	json_object_set_new(json_object_get(o, "spec"), "rules", rules);
	if (!rnd(4))
		json_object_set_new(
		    json_object_get(o, "spec"), "defaultBackend",
		    json_pack("{s:{s:s,s:{s:i}}}", "service", "name", PICK(services), "port", "number", 80));
	if (!rnd(6))
		json_object_set_new(
		    json_object_get(o, "metadata"), "annotations",
		    json_pack("{s:s}", rnd(2) ? INGRESS_ANNOTATION "server-snippet" : INGRESS_ANNOTATION "auth-url",
			      "} evil {"));
	/* Wrong types anywhere. */
	if (!rnd(10))
		json_object_set_new(json_object_get(o, "spec"), rnd(2) ? "rules" : "tls",
				    rnd(2) ? json_string("x;") : json_pack("[i,n,{s:i}]", 1, "host", 7));
	return o;
}

static void feed_services(struct ing_model *m)
{
	for (int i = 0; i < 4; i++) {
		AUTO_FREE char *name = str_fmt("s%d", i);
		AUTO_FREE char *addr = str_fmt("127.0.7.%d", i + 1);
		AUTO_JSON json_t *svc = json_pack("{s:{s:[{s:i}]}}", "spec", "ports", "port", 80);
		AUTO_JSON json_t *slice =
		    json_pack("{s:{s:{s:s}},s:s,s:[{s:i}],s:[{s:[s]},{s:[s]}]}", "metadata", "labels",
			      "kubernetes.io/service-name", name, "addressType", "IPv4", "ports", "port",
			      (int)backend_port, "endpoints", "addresses", addr, "addresses", "1.2.3.4;} evil");
		CHECK(ing_model_service(m, "d", name, svc) == 0 && ing_model_slice(m, "d", name, slice) == 0);
	}
}

/* --- comparing --- */

/* What nginx matches by: decoded, slashes merged, dots resolved; the lists above need no more than this. */
static char *normal_path(const char *p)
{
	if (streq(p, "/a//b") || streq(p, "/a/./b"))
		return str_dup("/a/b");
	if (streq(p, "/x/../a"))
		return str_dup("/a");
	return url_decode(p, strlen(p), false);
}
static char *normal_host(const char *h)
{
	char *s = str_ndup(h, strcspn(h, ":"));
	for (char *p = s; *p; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p = (char)(*p - 'A' + 'a');
	if (*s && s[strlen(s) - 1] == '.')
		s[strlen(s) - 1] = '\0';
	return s;
}

static void expect(const struct ing_table *t, const char *caller, const char *path, char *out, size_t cap)
{
	AUTO_FREE char *host = normal_host(caller);
	AUTO_FREE char *decoded = normal_path(path);
	const struct ing_path *p = ing_table_match(t, host, decoded);

	if (!p)
		(void)str_copy(out, cap, "404");
	else if (ing_policy_find(&t->policies[p->rules[0].policy], OPT_REFUSED))
		(void)str_copy(out, cap, "503");
	else if (ing_policy_find(&t->policies[p->rules[0].policy], OPT_HTTPS_REDIRECT))
		(void)str_copy(out, cap, "308");
	else if (!t->backends[p->rules[0].targets[0].backend].n_eps)
		(void)str_copy(out, cap, "503");
	else
		(void)str_copy(out, cap, t->backends[p->rules[0].targets[0].backend].eps[0].addr);
}

static void compare(const struct ing_table *t, uint16_t port, unsigned round)
{
	for (int i = 0; i < 25; i++) {
		const char *caller = PICK(callers), *path = PICK(requests);
		AUTO_FREE char *header = str_fmt("Host: %s", caller);
		char want[64], got[64];
		/* By hand: curl would resolve dots. */
		AUTO_CLOSE int own = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
		struct sockaddr_in a = {
		    .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
		AUTO_FREE char *req = str_fmt("GET %s HTTP/1.0\r\n%s\r\n\r\n", path, header);
		char answer[4096];
		size_t n = 0;
		ssize_t r;
		if (connect(own, (struct sockaddr *)&a, sizeof(a)) < 0 || write(own, req, strlen(req)) < 0) {
			CHECK(!"connect");
			return;
		}
		while (n < sizeof(answer) - 1 && (r = read(own, answer + n, sizeof(answer) - 1 - n)) > 0)
			n += (size_t)r;
		answer[n] = '\0';
		int status = n > 12 ? (int)strtol(answer + 9, NULL, 10) : 0;
		const char *text = strstr(answer, "\r\n\r\n");
		if (status == 200)
			(void)str_copy(got, sizeof(got), text ? text + 4 : "");
		else
			(void)snprintf(got, sizeof(got), "%d", status);
		expect(t, caller, path, want, sizeof(want));
		if (!streq(got, want))
			fprintf(stderr, "round %u: %s %s\n", round, caller, path);
		CHECK_STR(got, want);
	}
}

static void live(void)
{
	char dir[] = "/tmp/minik-ingress-test.XXXXXX";
	unsigned rounds = getenv("MINIK_ROUNDS") ? (unsigned)strtoul(getenv("MINIK_ROUNDS"), NULL, 10) : 60;
	struct runner *r = NULL;
	struct err e = {0};
	pthread_t thread;

	state = getenv("MINIK_SEED") ? strtoull(getenv("MINIK_SEED"), NULL, 10) : 88172645463325252ULL;
	if (!mkdtemp(dir)) {
		CHECK(!"mkdtemp");
		return;
	}
	(void)chmod(dir, 0755);
	AUTO_FREE char *run = fs_join(dir, "run");
	AUTO_FREE char *data = fs_join(dir, "data");
	const struct runner_config c = {
	    .run_dir = run, .data_dir = data, .http_port = free_port(), .https_port = free_port()};
	listener = listen_any(&backend_port);
	CHECK(pthread_create(&thread, NULL, serve, NULL) == 0);
	if (runner_new(&r, &c, &e) < 0 || runner_prepare(r, &e) < 0) {
		fprintf(stderr, "skipped: %s\n", e.msg);
		(void)fs_rm_rf(dir, NULL);
		exit(77);
	}
	for (unsigned round = 0; round < rounds; round++) {
		struct ing_model *m = NULL;
		struct ing_table t = {0};
		CHECK(ing_model_new(&m, "nginx", NULL) == 0);
		feed_services(m);
		for (unsigned i = 0; i < 6; i++) {
			AUTO_FREE char *name = str_fmt("i%u", i);
			AUTO_JSON json_t *o = random_ingress(i);
			CHECK(ing_model_ingress(m, "d", name, o) == 0);
		}
		CHECK(ing_model_build(m, &t, NULL) == 0);
		const struct runner_wish wish = {.table = &t};
		int code = runner_sync(r, &wish, &e);
		if (code < 0)
			fprintf(stderr, "round %u: %s\n", round, e.msg);
		CHECK(code == 0);
		if (code == 0)
			compare(&t, c.http_port, round);
		ing_table_done(&t);
		ing_model_free(m);
		if (code < 0)
			break;
		if (round % 20 == 10) { /* another controller takes over */
			runner_free(r);
			CHECK(runner_new(&r, &c, &e) == 0 && runner_prepare(r, &e) == 0);
		}
	}
	runner_free(r);
	if (runner_cleanup(run, &e) < 0)
		fprintf(stderr, "%s\n", e.msg);
	CHECK(!fs_exists(run));
	(void)shutdown(listener, SHUT_RDWR);
	(void)pthread_join(thread, NULL);
	(void)close(listener);
	(void)fs_rm_rf(dir, NULL);
}

int main(int argc, char **argv)
{
	if (argc > 1 && streq(argv[1], "ingress-helper"))
		return ingress_helper_main(argc - 1, argv + 1);
	RUN(live);
	return TEST_END();
}
