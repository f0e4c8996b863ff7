/* dns_tool ADDRESS PORT RESOLV_CONF DOMAIN: serves the zone made of the objects on standard input (one JSON object a
 * line), until killed. */
#include <signal.h>
#include <stdio.h>
#include "api/object.h"
#include "base/cleanup.h"
#include "base/json.h"
#include "base/str.h"
#include "dns/server.h"

int main(int argc, char **argv)
{
	struct err e = {0};
	struct loop *loop = NULL;
	struct zone *zone = NULL;
	struct cache *cache = NULL;
	struct forward *forward = NULL;
	struct server *server = NULL;
	char *line = NULL;
	size_t cap = 0;
	int64_t port;
	if (argc != 5 || str_to_i64(argv[2], 1, 65535, &port) < 0)
		return 2;
	const char *own[] = {argv[1], NULL};
	struct forward_config fc = {
	    .resolv_conf = argv[3], .own_addresses = own, .own_port = (uint16_t)port, .timeout_ms = 400};
	if (zone_new(&zone, &(struct zone_config){argv[4], "10.43.0.10", NULL}, &e) < 0)
		goto fail;
	while (getline(&line, &cap, stdin) > 0) {
		json_t *o = NULL;
		if (json_parse(line, strlen(line), &o, &e) < 0)
			goto fail;
		if (streq(json_str(o, "kind"), "Service"))
			(void)zone_service(zone, obj_namespace(o), obj_name(o), o);
		else
			(void)zone_slice(zone, obj_namespace(o), obj_name(o), o);
		json_decref(o);
	}
	if (loop_new(&loop, &e) < 0 || cache_new(&cache, 2048, 1 << 20, &e) < 0 ||
	    forward_new(&forward, loop, clock_real(), &fc, &e) < 0)
		goto fail;
	struct server_config sc = {.address = argv[1], .port = (uint16_t)port};
	struct server_deps d = {loop, clock_real(), zone, cache, forward};
	if (server_new(&server, &sc, &d, &e) < 0)
		goto fail;
	puts("ready");
	fflush(stdout);
	return loop_run(loop);
fail:
	fprintf(stderr, "%s\n", e.msg);
	return 1;
}
