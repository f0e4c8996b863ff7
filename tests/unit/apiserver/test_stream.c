/*
 * log, exec and proxy through the server over TLS, to a node agent that is an HTTP server of this test: it checks our client certificate,
 * streams a log and echoes upgraded connections.
 */
#include <poll.h>
#include <pthread.h>
#include <sys/socket.h>
#include "tests/unit/apiserver/world.h"
#include "wire/http_client.h"
#include "wire/http_server.h"
#include "wire/websocket.h"

static const char *const masters[] = {"system:masters", NULL};
static struct world W;
static struct cert_pair admin_cert;

/* --- the agent --- */

static char seen_cn[64], seen_path[256];

static void *echo(void *arg)
{
	int fd = (int)(intptr_t)arg;
	char b[4096];

	for (;;) {
		struct pollfd p = {fd, POLLIN, 0};
		ssize_t n;

		(void)poll(&p, 1, 5000);
		n = recv(fd, b, sizeof(b), MSG_DONTWAIT);
		if (n <= 0)
			break;
		for (ssize_t at = 0; at < n;) {
			ssize_t w = send(fd, b + at, (size_t)(n - at), MSG_NOSIGNAL);

			if (w > 0) {
				at += w;
			} else {
				struct pollfd o = {fd, POLLOUT, 0};

				(void)poll(&o, 1, 5000);
			}
		}
	}
	(void)close(fd);
	return NULL;
}

static void upgraded(void *arg, int fd, const void *extra, size_t n)
{
	pthread_t t;

	(void)arg;
	if (fd < 0)
		return;
	if (n)
		(void)send(fd, extra, n, MSG_NOSIGNAL);
	if (!pthread_create(&t, NULL, echo, (void *)(intptr_t)fd))
		(void)pthread_detach(t);
}

static void agent(void *arg, struct http_exchange *x)
{
	AUTO_FREE char *cn = NULL;
	AUTO_FREE char *orgs = NULL;
	AUTO_BYTES struct bytes *b = NULL;

	(void)arg;
	if (!http_peer_cert(x, &cn, &orgs)) {
		http_reply(x, 401, "text/plain", NULL);
		return;
	}
	(void)str_copy(seen_cn, sizeof(seen_cn), cn);
	(void)snprintf(seen_path, sizeof(seen_path), "%s?%s", http_path(x), http_query(x));
	if (str_has_prefix(http_path(x), "/containerLogs/default/p/quiet")) {
		b = bytes_new("container \"quiet\" in pod \"p\" is waiting to start: ContainerCreating\n", 69);
		http_reply(x, 400, "text/plain", b);
	} else if (str_has_prefix(http_path(x), "/containerLogs/")) {
		if (http_stream_begin(x, 200, "text/plain", 1 << 20))
			return;
		for (int i = 0; i < 3; i++) {
			char line[32];
			AUTO_BYTES struct bytes *p = NULL;

			(void)snprintf(line, sizeof(line), "line %d\n", i);
			p = bytes_new(line, strlen(line));
			(void)http_stream_write(x, p);
		}
		http_stream_end(x);
	} else if (str_has_prefix(http_path(x), "/exec/")) {
		const char *key = http_header(x, "Sec-WebSocket-Key");

		if (key) {
			char accept[29];

			(void)ws_accept_key(key, accept, NULL);
			(void)http_add_header(x, "Sec-WebSocket-Accept", accept);
			(void)http_add_header(x, "Sec-WebSocket-Protocol", "v5.channel.k8s.io");
		} else {
			(void)http_add_header(x, "X-Stream-Protocol-Version", "v4.channel.k8s.io");
		}
		http_upgrade(x, key ? "websocket" : "SPDY/3.1", upgraded, NULL);
	} else {
		b = bytes_new("agent", 5);
		http_reply(x, 200, "text/plain", b);
	}
}

/* --- the client --- */

static char *url(const char *path) { return str_fmt("https://127.0.0.1:%u%s", apiserver_port(W.a), path); }

static int fetch(const char *path, char *out, size_t cap)
{
	AUTO_FREE char *u = url(path);
	struct http_client_config c = {.ca_pem = pki_ca_cert(W.pki), .cert_pem = admin_cert.cert_pem, .key_pem = admin_cert.key_pem};
	struct http_client_request q = {.method = "GET", .url = u, .timeout_ms = 10000};
	AUTO_BYTES struct bytes *body = NULL;
	struct err e = {0};
	int status = 0;

	if (http_get_blocking(&c, &q, &status, &body, &e))
		fprintf(stderr, "%s\n", e.msg);
	(void)str_copy(out, cap, body ? body->data : "");
	return status;
}

struct conn {
	int code, status, fd;
	char protocol[64];
	struct loop *loop;
};

static void on_connect(void *arg, int code, int status, int fd, const char *protocol, struct bytes *body, const struct err *e)
{
	struct conn *c = arg;

	(void)body;
	c->code = code;
	c->status = status;
	c->fd = fd;
	if (code && e)
		fprintf(stderr, "%s\n", e->msg);
	(void)str_copy(c->protocol, sizeof(c->protocol), protocol ? protocol : "");
	loop_quit(c->loop);
}

static struct conn upgrade(const char *path, const char *method, const char *const *headers)
{
	AUTO_FREE char *u = url(path);
	struct http_client_config cc = {.ca_pem = pki_ca_cert(W.pki), .cert_pem = admin_cert.cert_pem, .key_pem = admin_cert.key_pem};
	struct http_client_request q = {.method = method, .url = u, .headers = headers};
	struct conn c = {.fd = -1};
	struct http_client *h = NULL;
	struct err e = {0};

	if (loop_new(&c.loop, &e) || http_client_new(&h, c.loop, &cc, &e) || http_client_upgrade(h, &q, on_connect, &c, &e)) {
		fprintf(stderr, "%s\n", e.msg);
		exit(1);
	}
	(void)loop_run(c.loop);
	(void)http_client_free(h);
	c.loop = loop_free(c.loop);
	return c;
}

static const char *const ws_headers[] = {"Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13",
					 "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Protocol: v5.channel.k8s.io, v4.channel.k8s.io", NULL};
static const char *const spdy_headers[] = {"Connection: Upgrade", "Upgrade: SPDY/3.1", "X-Stream-Protocol-Version: v4.channel.k8s.io", NULL};

/* Much more than any buffer on the way, both ways at once. */
static bool echoes(int fd, size_t total)
{
	size_t sent = 0, got = 0;
	char out[8192], in[8192];

	memset(out, 'x', sizeof(out));
	while (got < total) {
		struct pollfd p = {fd, (short)(POLLIN | (sent < total ? POLLOUT : 0)), 0};
		ssize_t n;

		if (poll(&p, 1, 10000) <= 0)
			return false;
		if (sent < total && p.revents & POLLOUT) {
			n = send(fd, out, total - sent < sizeof(out) ? total - sent : sizeof(out), MSG_DONTWAIT | MSG_NOSIGNAL);
			if (n > 0)
				sent += (size_t)n;
		}
		if (p.revents & (POLLIN | POLLHUP)) {
			n = recv(fd, in, sizeof(in), MSG_DONTWAIT);
			if (n == 0)
				return false;
			if (n > 0)
				got += (size_t)n;
		}
	}
	return true;
}

static bool ends(int fd)
{
	struct pollfd p = {fd, POLLIN, 0};
	char b[16];

	(void)shutdown(fd, SHUT_WR);
	return poll(&p, 1, 10000) == 1 && recv(fd, b, sizeof(b), MSG_DONTWAIT) <= 0;
}

#define P "/api/v1/namespaces/default/pods/p"

static void test_log(void)
{
	char out[1024];

	CHECK(fetch(P "/log?container=c&tailLines=3&follow=true", out, sizeof(out)) == 200);
	CHECK_STR(out, "line 0\nline 1\nline 2\n");
	CHECK_STR(seen_cn, "kube-apiserver");
	CHECK_STR(seen_path, "/containerLogs/default/p/c?follow=true&tailLines=3");
	CHECK(fetch(P "/log", out, sizeof(out)) == 400);
	CHECK(strstr(out, "a container name must be specified for pod p, choose one of: [c quiet]"));
	CHECK(fetch(P "/log?container=nope", out, sizeof(out)) == 400);
	CHECK(strstr(out, "container nope is not valid for pod p"));
	CHECK(fetch(P "/log?container=quiet", out, sizeof(out)) == 400);
	CHECK(strstr(out, "waiting to start: ContainerCreating\",\"reason\":\"BadRequest\""));
	CHECK(fetch("/api/v1/namespaces/default/pods/none/log", out, sizeof(out)) == 404);
	CHECK(fetch("/api/v1/namespaces/default/pods/unbound/log", out, sizeof(out)) == 200);
	CHECK_STR(out, "");
}

static void test_exec(void)
{
	struct conn c = upgrade(P "/exec?container=c&command=sh&command=-c&command=echo%20a%26b&stdin=true&stdout=true&tty=true", "GET", ws_headers);
	char out[512];

	CHECK(c.code == 0 && c.status == 101);
	CHECK_STR(c.protocol, "v5.channel.k8s.io");
	CHECK_STR(seen_path, "/exec/default/p/c?input=1&output=1&tty=1&command=sh&command=-c&command=echo%20a%26b");
	CHECK(c.fd >= 0 && echoes(c.fd, 4 << 20));
	CHECK(c.fd >= 0 && ends(c.fd));
	(void)close(c.fd);
	c = upgrade(P "/exec?container=c&command=ls&stdout=true&stderr=true", "POST", spdy_headers);
	CHECK(c.code == 0 && c.status == 101);
	CHECK_STR(c.protocol, "v4.channel.k8s.io");
	CHECK(c.fd >= 0 && echoes(c.fd, 1 << 20));
	(void)close(c.fd);
	CHECK(fetch(P "/exec?container=c&command=ls", out, sizeof(out)) == 400);
	CHECK(strstr(out, "Upgrade request required"));
	c = upgrade("/api/v1/namespaces/default/pods/unbound/exec?command=ls", "POST", spdy_headers);
	CHECK(c.status == 400 && c.fd < 0);
}

static void test_proxy(void)
{
	char out[512];

	CHECK(fetch("/api/v1/nodes/n/proxy/stats/summary?x=y", out, sizeof(out)) == 200);
	CHECK_STR(out, "agent");
	CHECK_STR(seen_path, "/stats/summary?x=y");
	CHECK(fetch("/api/v1/namespaces/default/services/none:80/proxy/", out, sizeof(out)) == 404);
	CHECK(fetch("/api/v1/namespaces/default/services/kubernetes/proxy", out, sizeof(out)) == 301);
	/* The Service kubernetes has this very server as its endpoint. */
	CHECK(fetch("/api/v1/namespaces/default/services/https:kubernetes:https/proxy/version", out, sizeof(out)) == 200);
	CHECK(strstr(out, "\"gitVersion\""));
}

static int on_ws(void *arg, int opcode, const uint8_t *data, size_t len)
{
	char *text = arg;
	size_t at = strlen(text);

	if (opcode == WS_TEXT)
		(void)snprintf(text + at, 4000 - at, "%.*s|", len < 16 ? (int)len : 16, (const char *)data);
	else if (opcode == WS_CLOSE)
		(void)snprintf(text + at, 4000 - at, "close");
	return 0;
}

static void test_ws_watch(void)
{
	struct conn c = upgrade("/api/v1/namespaces/default/pods?watch=1&timeoutSeconds=1&fieldSelector=metadata.name%3Dp", "GET", ws_headers);
	struct ws_decoder *d = NULL;
	char text[4096] = "";

	CHECK(c.code == 0 && c.status == 101 && !ws_decoder_new(&d, false, 1 << 20));
	CHECK(call_type(&W, "PATCH", P, NULL, "application/merge-patch+json", "{\"metadata\":{\"labels\":{\"w\":\"s\"}}}", NULL) == 200);
	for (;;) {
		struct pollfd p = {c.fd, POLLIN, 0};
		char b[4096];
		ssize_t n;

		if (poll(&p, 1, 5000) <= 0)
			break;
		n = recv(c.fd, b, sizeof(b), MSG_DONTWAIT);
		if (n <= 0 || ws_decoder_feed(d, b, (size_t)n, on_ws, text, NULL))
			break;
	}
	CHECK_STR(text, "{\"type\":\"ADDED\",|{\"type\":\"MODIFIE|close");
	(void)ws_decoder_free(d);
	(void)close(c.fd);
}

static void test_agent_away(void)
{
	char out[512];

	CHECK(call_type(&W, "PATCH", "/api/v1/nodes/n/status", NULL, "application/merge-patch+json",
			"{\"status\":{\"daemonEndpoints\":{\"kubeletEndpoint\":{\"Port\":1}}}}", NULL) == 200);
	CHECK(fetch(P "/log?container=c", out, sizeof(out)) == 500);
	CHECK(upgrade(P "/exec?container=c&command=ls", "GET", ws_headers).status == 500);
}

int main(void)
{
	static const char *const sans[] = {"127.0.0.1", NULL};
	static const char *const nodes[] = {"system:nodes", NULL};
	struct cert_pair serving = {0};
	struct http_server *h = NULL;
	struct http_server_config hc = {.bind_address = "127.0.0.1"};
	struct err e = {0};
	char body[1024];

	world_open(&W, "admin", masters);
	if (pki_issue_client(&admin_cert, W.pki, "admin", masters, &e) || pki_issue_server(&serving, W.pki, "system:node:n", nodes, sans, &e)) {
		fprintf(stderr, "%s\n", e.msg);
		return 1;
	}
	hc.tls_cert_pem = serving.cert_pem;
	hc.tls_key_pem = serving.key_pem;
	hc.client_ca_pem = pki_ca_cert(W.pki);
	if (http_server_new(&h, &hc, agent, NULL, &e) || http_server_start(h, &e)) {
		fprintf(stderr, "%s\n", e.msg);
		return 1;
	}
	(void)snprintf(body, sizeof(body),
		       "{\"metadata\":{\"name\":\"n\"},\"status\":{\"addresses\":[{\"type\":\"Hostname\",\"address\":\"n\"},{\"type\":\"InternalIP\","
		       "\"address\":\"127.0.0.1\"}],\"daemonEndpoints\":{\"kubeletEndpoint\":{\"Port\":%u}}}}",
		       http_server_port(h));
	CHECK(call(&W, "POST", "/api/v1/nodes", body, NULL) == 201);
	world_account(&W);
	CHECK(call(&W, "POST", "/api/v1/namespaces/default/pods",
		   "{\"metadata\":{\"name\":\"p\"},\"spec\":{\"nodeName\":\"n\",\"containers\":[{\"name\":\"c\",\"image\":\"i\"},{\"name\":\"quiet\","
		   "\"image\":\"i\"}]}}",
		   NULL) == 201);
	CHECK(call(&W, "POST", "/api/v1/namespaces/default/pods",
		   "{\"metadata\":{\"name\":\"unbound\"},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}", NULL) == 201);
	RUN(test_log);
	RUN(test_exec);
	RUN(test_proxy);
	RUN(test_ws_watch);
	RUN(test_agent_away);
	world_close(&W, false);
	http_server_stop(h);
	http_server_join(h);
	(void)http_server_free(h);
	cert_pair_done(&serving);
	cert_pair_done(&admin_cert);
	return TEST_END();
}
