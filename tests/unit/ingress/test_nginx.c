/* The generator against golden texts in tests/unit/ingress/golden; MINIK_GOLDEN=write writes them anew. */
#include "base/fs.h"
#include "base/json.h"
#include "base/str.h"
#include "ingress/nginx.h"
#include "tests/unit/test.h"

static void golden(const char *name, const char *text)
{
	AUTO_FREE char *path = str_fmt("%s/tests/unit/ingress/golden/%s", SRCDIR, name);
	AUTO_BUF struct buf want = {0};

	if (streq(getenv("MINIK_GOLDEN"), "write"))
		CHECK(fs_write_atomic(path, text, strlen(text), 0644, NULL) == 0);
	CHECK(fs_read(path, 1 << 20, &want, NULL) == 0);
	CHECK_STR(text, want.data ? want.data : "");
}

static const char *const resolvers[] = {"10.0.0.53", "fd00::53", NULL};
static const struct nginx_settings settings = {.user = "www-data",
					       .run_dir = "/run/minik/ingress",
					       .cert = "/var/lib/minik/ingress/default.crt",
					       .key = "/var/lib/minik/ingress/default.key",
					       .log = "/var/lib/minik/ingress/nginx.log",
					       .modules_dir = "/usr/lib/nginx/modules",
					       .lua_path = "/usr/share/lua/5.1/?.lua;;",
					       .resolvers = resolvers,
					       .http_port = 80,
					       .https_port = 443,
					       .ipv6 = true,
					       .script_id = "0123"};

static void conf(void)
{
	AUTO_BUF struct buf b = {0};
	AUTO_BUF struct buf plain = {0};
	char id[33], id2[33];
	struct nginx_settings s = settings;
	struct err e = {0};

	CHECK(nginx_conf(&s, &b, id, NULL) == 0);
	golden("nginx.conf", b.data);
	s.ipv6 = false;
	s.resolvers = NULL;
	s.user = NULL;
	s.http_port = 8080;
	s.https_port = 8443;
	s.workers = 1;
	s.table_bytes = 9 * 1024 * 1024;
	CHECK(nginx_conf(&s, &plain, id2, NULL) == 0);
	golden("nginx-plain.conf", plain.data);
	CHECK(strcmp(id, id2) != 0 && strlen(id) == 32);
	static const char *const bad[] = {"/run/a b", "/run/a;b", "/run/a\"b", "/run/a\nb", "/run/$x",
					  "/run/{",   "run",      "/run/a'b",  "/run/a\\b", "/run/?"};
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		s.run_dir = bad[i];
		CHECK(nginx_conf(&s, &plain, id2, &e) == ERR_INVALID);
	}
}

static void quoting(void)
{
	static const struct {
		const char *in, *out;
	} cases[] = {{"", ""},
		     {"/api/v1.2_x-y:80@a~*", "/api/v1.2_x-y:80@a~*"},
		     {"a b\tc\nd", "a%20b%09c%0Ad"},
		     {",;%=\"'\\${}#", "%2C%3B%25%3D%22%27%5C%24%7B%7D%23"},
		     {"\xc3\xa9\xff\x01", "%C3%A9%FF%01"}};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		AUTO_BUF struct buf b = {0};
		nginx_quote(&b, cases[i].in);
		CHECK_STR(b.data ? b.data : "", cases[i].out);
	}
}

static void routes(void)
{
	struct ing_endpoint eps[] = {{"10.0.0.1", 9376}, {"fd00::2", 9376}};
	struct ing_backend backends[] = {{(char *)"d/ext:443", (char *)"example.com", 443, NULL, 0},
					 {(char *)"d/web:80", NULL, 0, eps, 2},
					 {(char *)"refused", NULL, 0, NULL, 0}};
	struct ing_server servers[] = {{.name = (char *)"*.x.example",
					.secret = (char *)"d/s",
					.cert_pem = (char *)"-----BEGIN\nA+/=\n",
					.key_pem = (char *)"KEY\n"}};
	struct ing_option https = {.opt = OPT_HTTPS_REDIRECT, .num = 308};
	struct ing_policy policies[] = {{(char *)"d/i", NULL, 0}, {(char *)"d/i", &https, 1}};
	struct ing_target targets[] = {{.backend = 0}, {.backend = 1}, {.backend = 2}};
	struct ing_rule rules[] = {{.targets = &targets[1], .n_targets = 1, .policy = 1},
				   {.targets = &targets[0], .n_targets = 1},
				   {.targets = &targets[1], .n_targets = 1},
				   {.targets = &targets[2], .n_targets = 1}};
	struct ing_path p1[] = {{ING_EXACT, (char *)"/a b", &rules[0], 1},
				{ING_PREFIX, (char *)"/a,;\n=", &rules[1], 1},
				{ING_PREFIX, (char *)"", &rules[2], 1}};
	struct ing_path p2[] = {{ING_DEFAULT, (char *)"", &rules[3], 1}};
	struct ing_host hosts[] = {{.host = (char *)"*", .paths = p2, .n_paths = 1},
				   {.host = (char *)"empty.example"},
				   {.host = (char *)"x.example", .paths = p1, .n_paths = 3}};
	const struct ing_table t = {.hosts = hosts,
				    .n_hosts = 3,
				    .backends = backends,
				    .n_backends = 3,
				    .policies = policies,
				    .n_policies = 2,
				    .servers = servers,
				    .n_servers = 1};
	AUTO_BUF struct buf b = {0};
	AUTO_BUF struct buf d = {0};

	CHECK(nginx_routes(&t, &b, NULL) == 0);
	golden("routes", b.data);
	CHECK(nginx_routes_diff(b.data, b.data, &d, NULL) == 0 && d.len == 0);
}

static void diffs(void)
{
	static const struct {
		const char *old, *new, *want;
	} cases[] = {
	    {"", "", ""},
	    {"", "=b/a x\n=h/a y\n", "=b/a x\n=h/a y\n"},
	    {"=b/a x\n=h/a y\n", "", "-b/a\n-h/a\n"},
	    {"=b/a x\n=b/b x\n=h/a y\n", "=b/a z\n=b/c x\n=h/a y\n", "=b/a z\n=b/c x\n-b/b\n"},
	    {"=b/a x\n=b/a:1 x\n=b/a-1 x\n", "=b/a-1 x\n=b/a x\n=b/a:1 y\n", "=b/a:1 y\n"},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		AUTO_BUF struct buf b = {0};
		CHECK(nginx_routes_diff(cases[i].old, cases[i].new, &b, NULL) == 0);
		CHECK_STR(b.data ? b.data : "", cases[i].want);
	}
}

int main(void)
{
	RUN(conf);
	RUN(quoting);
	RUN(routes);
	RUN(diffs);
	return TEST_END();
}
