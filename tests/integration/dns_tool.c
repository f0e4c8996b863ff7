/*
 * dns_tool ADDRESS PORT RESOLV_CONF DOMAIN [METRICS_PORT [autopath]]: a responder fed with the objects on standard
 * input (one JSON object a line) until its end, then until killed. Objects that come while it serves are taken as well;
 * one with metadata.deletionTimestamp is gone. "ready" is printed at the first empty line.
 */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>
#include "api/object.h"
#include "base/cleanup.h"
#include "base/json.h"
#include "base/str.h"
#include "dns/responder.h"

struct tool {
	struct loop *loop;
	struct responder *responder;
	struct loop_io *io;
	struct buf in;
};

static void take(struct tool *t, const char *line, size_t n)
{
	AUTO_JSON json_t *o = NULL;
	AUTO_BUF struct buf faults = {0};
	struct err e = {0};
	if (n == 0) {
		puts("ready");
		fflush(stdout);
		return;
	}
	if (json_parse(line, n, &o, &e) < 0) {
		fprintf(stderr, "%s\n", e.msg);
		exit(1);
	}
	const char *kind = json_str_or(o, "kind", ""), *ns = obj_namespace(o), *name = obj_name(o);
	const json_t *now = json_str(o, "metadata.deletionTimestamp") ? NULL : o;
	struct zone *z = responder_zone(t->responder);
	int r = streq(kind, "Service")         ? zone_service(z, ns, name, now)
		: streq(kind, "EndpointSlice") ? zone_slice(z, ns, name, now)
		: streq(kind, "Namespace")     ? zone_namespace(z, name, now != NULL)
		: streq(kind, "Pod")           ? responder_pod(t->responder, ns, name, now)
		: streq(kind, "ConfigMap")     ? responder_custom(t->responder, now, &faults)
					       : -1;
	if (r < 0) {
		fprintf(stderr, "%s %s: %d\n", kind, name, r);
		exit(1);
	}
	if (faults.data)
		fputs(faults.data, stderr);
}

static void readable(void *arg, int fd, uint32_t events UNUSED)
{
	struct tool *t = arg;
	char chunk[65536];
	ssize_t n;
	while ((n = read(fd, chunk, sizeof(chunk))) > 0) {
		buf_add(&t->in, chunk, (size_t)n);
		size_t at = 0;
		for (const char *end; (end = memchr(t->in.data + at, '\n', t->in.len - at));
		     at = (size_t)(end - t->in.data) + 1)
			take(t, t->in.data + at, (size_t)(end - t->in.data) - at);
		buf_consume(&t->in, at);
	}
	if (n == 0)
		t->io = loop_io_free(t->io);
}

int main(int argc, char **argv)
{
	struct err e = {0};
	struct tool t = {0};
	int64_t port, metrics = 0;
	if (argc < 5 || str_to_i64(argv[2], 1, 65535, &port) < 0 ||
	    (argc > 5 && str_to_i64(argv[5], 0, 65535, &metrics) < 0))
		return 2;
	const char *cidrs[] = {"10.43.0.0/16", NULL}, *own[] = {"10.43.0.10", NULL};
	struct responder_config c = {.domain = argv[4],
				     .service_ip = "10.43.0.10",
				     .cidrs = cidrs,
				     .resolv_conf = argv[3],
				     .own_addresses = own,
				     .port = (uint16_t)port,
				     .autopath = argc > 6,
				     .timeout_ms = 400};
	(void)signal(SIGPIPE, SIG_IGN); /* who waited for "ready" is gone by then */
	if (fcntl(0, F_SETFL, O_NONBLOCK) < 0 || loop_new(&t.loop, &e) < 0 ||
	    responder_new(&t.responder, t.loop, clock_real(), &c, &e) < 0 ||
	    responder_open(t.responder, argv[1], NULL, (uint16_t)metrics, &e) < 0)
		goto fail;
	/* A regular file is always ready, which epoll does not say: whole at once. */
	if (loop_io_new(&t.io, t.loop, 0, EPOLLIN, readable, &t, NULL) < 0) {
		readable(&t, 0, 0);
	}
	return loop_run(t.loop);
fail:
	fprintf(stderr, "%s\n", e.msg);
	return 1;
}
