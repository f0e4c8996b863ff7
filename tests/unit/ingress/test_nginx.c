/* The generator against golden texts in tests/unit/ingress/golden; MINIK_GOLDEN=write writes them anew. */
#include "base/fs.h"
#include "base/json.h"
#include "base/str.h"
#include "ingress/nginx.h"
#include "ingress/streams.h"
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
static const char *const proxies[] = {"10.0.0.0/8", "fd00::/8", "192.0.2.1", NULL};
static const struct nginx_settings settings = {.run_dir = "/run/minik/ingress",
					       .data_dir = "/var/lib/minik/ingress",
					       .cert = "/var/lib/minik/ingress/default.crt",
					       .key = "/var/lib/minik/ingress/default.key",
					       .log = "/var/lib/minik/ingress/nginx.log",
					       .module = "/var/lib/minik/ingress/minik-0123.so",
					       .resolvers = resolvers,
					       .http_port = 80,
					       .https_port = 443,
					       .ipv6 = true};

static void conf(void)
{
	AUTO_BUF struct buf b = {0};
	AUTO_BUF struct buf plain = {0};
	AUTO_BUF struct buf again = {0};
	uint64_t id = 0, id2 = 0, id3 = 0;
	struct nginx_settings s = settings;

	CHECK(nginx_conf(&s, &b, &id, NULL) == 0);
	golden("nginx.conf", b.data);
	CHECK(nginx_conf(&s, &again, &id2, NULL) == 0 && id == id2 && streq(b.data, again.data));
	s.ipv6 = false;
	s.resolvers = NULL;
	s.http_port = 8080;
	s.https_port = 8443;
	s.workers = 1;
	s.http2_directive = true;
	CHECK(nginx_conf(&s, &plain, &id3, NULL) == 0);
	golden("nginx-plain.conf", plain.data);
	CHECK(id && id3 && id != id3);
	AUTO_FREE char *line = str_fmt("minik_id %016llx;", (unsigned long long)id);
	CHECK(line && strstr(b.data, line));
}

static void everything(void)
{
	static const struct nginx_listener listeners[] = {{8080, false, 0}, {8443, true, 0}, {29007, true, 443}};
	static const struct nginx_stream streams[] = {
	    {.port = 5432, .addr = "10.43.0.7", .to = 5432, .accept_proxy = true, .send_proxy = true},
	    {.port = 53, .udp = true, .addr = "fd00::1:7", .to = 5353}};
	AUTO_BUF struct buf b = {0};
	AUTO_BUF struct buf p = {0};
	struct nginx_settings s = settings;
	uint64_t id;

	s.access_log = "/var/lib/minik/ingress/access.log";
	s.trusted = proxies;
	s.listeners = listeners;
	s.n_listeners = ARRAY_LEN(listeners);
	s.streams = streams;
	s.n_streams = ARRAY_LEN(streams);
	s.stream_module = "/usr/lib/nginx/modules/ngx_stream_module.so";
	CHECK(nginx_conf(&s, &b, &id, NULL) == 0);
	golden("nginx-all.conf", b.data);
	s.proxy_protocol = true;
	CHECK(nginx_conf(&s, &p, &id, NULL) == 0);
	golden("nginx-proxy.conf", p.data);
}

static void refused(void)
{
	static const char *const bad[] = {"/run/a b", "/run/a;b", "/run/a\"b", "/run/a\nb", "/run/$x",
					  "/run/{",   "run",      "/run/a'b",  "/run/a\\b", "/run/?"};
	static const char *const networks[] = {
	    "",      "10.0.0.0/33", "10.0.0.0/",    "10.0.0/8",     "fd00::/129", "0.0.0.0/0;}",
	    "unix:", "all",         "10.0.0.0/8 x", "fe80::1%eth0", "/8",         "1.2.3.4/-1"};
	const char *one[] = {NULL, NULL};
	struct nginx_stream t = {.port = 1, .to = 1};
	AUTO_BUF struct buf b = {0};
	struct nginx_settings s;
	struct err e = {0};
	uint64_t id;

	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		s = settings;
		s.run_dir = bad[i];
		CHECK(nginx_conf(&s, &b, &id, &e) == ERR_INVALID);
		s = settings;
		s.access_log = bad[i];
		CHECK(nginx_conf(&s, &b, &id, &e) == ERR_INVALID);
	}
	for (size_t i = 0; i < ARRAY_LEN(networks); i++) {
		s = settings;
		one[0] = networks[i];
		s.trusted = one;
		CHECK(nginx_conf(&s, &b, &id, &e) == ERR_INVALID);
	}
	CHECK(nginx_network_check("0.0.0.0/0", NULL) == 0 && nginx_network_check("::/0", NULL) == 0 &&
	      nginx_network_check("192.0.2.1", NULL) == 0);
	s = settings;
	s.streams = &t;
	s.n_streams = 1;
	s.stream_module = "/x.so";
	CHECK(nginx_conf(&s, &b, &id, &e) == ERR_INVALID);
	(void)str_copy(t.addr, sizeof(t.addr), "10.43.0.1;");
	CHECK(nginx_conf(&s, &b, &id, &e) == ERR_INVALID);
	(void)str_copy(t.addr, sizeof(t.addr), "10.43.0.1");
	CHECK(nginx_conf(&s, &b, &id, &e) == 0);
	s.stream_module = NULL;
	CHECK(nginx_conf(&s, &b, &id, &e) == ERR_INVALID);
}

static void quoting(void)
{
	static const struct {
		const char *in, *out;
	} cases[] = {{"", "\"\""}, {"/run/x", "\"/run/x\""}, {"a\"b\\c", "\"a\\\"b\\\\c\""}};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		AUTO_BUF struct buf b = {0};
		nginx_quote(&b, cases[i].in);
		CHECK_STR(b.data ? b.data : "", cases[i].out);
	}
}

/* --- TCP and UDP services --- */

static json_t *service(void *arg UNUSED, const char *ns, const char *name)
{
	const char *ip = streq(name, "headless") ? "None"
			 : streq(name, "six")    ? "fd00::7"
			 : streq(name, "odd")    ? "1.2.3.4; evil"
						 : "10.43.0.7";

	if (!streq(ns, "d") || streq(name, "gone"))
		return NULL;
	return json_pack("{s:{s:s,s:s,s:[{s:s,s:i},{s:s,s:i,s:s}]}}", "spec", "type",
			 streq(name, "ext") ? "ExternalName" : "ClusterIP", "clusterIP", ip, "ports", "name", "db",
			 "port", 5432, "name", "dns", "port", 53, "protocol", "UDP");
}
static const char *taken(void *arg UNUSED, uint16_t port, bool udp)
{
	return port == 80 && !udp ? "it is Ingress' own" : NULL;
}

static void streams(void)
{
	static const struct {
		const char *port, *value, *want; /* reason, or "ADDR:PORT" with flags */
		bool udp;
	} cases[] = {
	    {"5000", "d/web:5432", "10.43.0.7:5432", false},
	    {"5000", "d/web:db", "10.43.0.7:5432", false},
	    {"5000", "d/six:db", "fd00::7:5432", false},
	    {"5000", "d/web:db:PROXY", "10.43.0.7:5432 in", false},
	    {"5000", "d/web:db::PROXY", "10.43.0.7:5432 out", false},
	    {"5000", "d/web:db:PROXY:PROXY", "10.43.0.7:5432 in out", false},
	    {"5300", "d/web:dns", "10.43.0.7:53", true},
	    {"5300", "d/web:dns", "MissingPort", false},
	    {"5000", "d/web:db", "MissingPort", true},
	    {"5300", "d/web:dns:PROXY", "InvalidService", true},
	    {"5000", "d/web:db:PROXY:PROXY:PROXY", "InvalidService", false},
	    {"5000", "d/web:db:proxy", "InvalidService", false},
	    {"5000", "d/web", "InvalidService", false},
	    {"5000", "web:db", "InvalidService", false},
	    {"5000", "/web:db", "InvalidService", false},
	    {"5000", "d/:db", "InvalidService", false},
	    {"5000", "d/web:", "InvalidService", false},
	    {"5000", "", "InvalidService", false},
	    {"5000", "d/gone:db", "MissingService", false},
	    {"5000", "e/web:db", "MissingService", false},
	    {"5000", "d/headless:db", "NoClusterAddress", false},
	    {"5000", "d/ext:db", "NoClusterAddress", false},
	    {"5000", "d/odd:db", "NoClusterAddress", false},
	    {"5000", "d/web:0", "MissingPort", false},
	    {"5000", "d/web:99999", "MissingPort", false},
	    {"80", "d/web:db", "PortTaken", false},
	    {"0", "d/web:db", "InvalidPort", false},
	    {"65536", "d/web:db", "InvalidPort", false},
	    {"x", "d/web:db", "InvalidPort", false},
	    {"1;", "d/web:db", "InvalidPort", false},
	};
	static const struct streams_ask ask = {service, taken, NULL, NULL};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		AUTO_JSON json_t *map =
		    json_pack("{s:{s:s,s:s}}", "data", cases[i].port, cases[i].value, "70", "d/web:nothing");
		struct streams s = {0};
		char got[100] = "";
		CHECK(streams_read(&s, map, cases[i].udp, &ask, NULL) == 0);
		if (s.n)
			(void)snprintf(got, sizeof(got), "%s:%u%s%s", s.v[0].addr, s.v[0].to,
				       s.v[0].accept_proxy ? " in" : "", s.v[0].send_proxy ? " out" : "");
		else
			(void)snprintf(got, sizeof(got), "%s", s.findings[0].reason);
		CHECK_STR(got, cases[i].want);
		CHECK(s.n + s.n_findings == 2); /* one does not touch the other */
		streams_done(&s);
	}
	AUTO_JSON json_t *twice =
	    json_pack("{s:{s:s,s:s,s:s}}", "data", "0700", "d/web:db", "700", "d/web:db", "600", "d/web:db");
	AUTO_JSON json_t *odd = json_pack("{s:{s:i,s:n}}", "data", "700", 1, "600");
	AUTO_JSON json_t *none = json_pack("{s:s}", "data", "x");
	struct streams s = {0};
	CHECK(streams_read(&s, twice, false, &ask, NULL) == 0 && s.n == 2 && s.v[0].port == 600 && s.n_findings == 1);
	CHECK(streams_read(&s, odd, true, &ask, NULL) == 0 && streams_read(&s, none, true, &ask, NULL) == 0 &&
	      streams_read(&s, NULL, true, &ask, NULL) == 0 && s.n == 2 && s.n_findings == 1);
	streams_done(&s);
}

int main(void)
{
	RUN(conf);
	RUN(everything);
	RUN(refused);
	RUN(quoting);
	RUN(streams);
	return TEST_END();
}
