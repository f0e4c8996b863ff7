/*
 * nginx.conf around minik's module (ingress/module/module.h). Pure. It is made of settings alone: no byte of any object
 * is in it, so that no object can break it or smuggle a directive in, and it need not be reloaded when objects change
 * (nginx drops idle keep-alive connections when it reloads). Listeners of TCP and UDP services and of Gateways are
 * numbers and addresses.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/buf.h"
#include "base/err.h"

struct nginx_listener { /* of a Gateway; a scope of the table (ingress/table_file.h) */
	uint16_t port;
	bool tls;
	uint16_t public; /* the port that clients know, where it is another; 0: it is not */
};
struct nginx_stream { /* a port that goes to a Service's cluster address */
	uint16_t port;
	bool udp;
	char addr[46]; /* text of an IP address */
	uint16_t to;
	bool accept_proxy, send_proxy; /* PROXY protocol from the client, to the Service */
};
struct nginx_settings {               /* borrowed; paths must pass nginx_path_check */
	const char *run_dir;          /* live/, own/nginx.pid */
	const char *data_dir;         /* tmp/: what does not fit in memory */
	const char *cert, *key;       /* files of the default certificate */
	const char *log;              /* file */
	const char *access_log;       /* file; NULL: none */
	const char *module;           /* minik's module */
	const char *stream_module;    /* nginx's; only needed with streams */
	const char *const *resolvers; /* IP addresses, NULL-terminated; none: no ExternalName */
	const char *const *trusted;   /* networks, NULL-terminated: who may say which client it speaks for */
	bool proxy_protocol;          /* they say it by the PROXY protocol, else by X-Forwarded-* */
	bool http2_directive;         /* nginx 1.25.1 and later */
	uint16_t http_port, https_port;
	bool ipv6;
	unsigned workers;                       /* 0: one for each processor */
	const struct nginx_listener *listeners; /* sorted by port; one of a port */
	size_t n_listeners;
	const struct nginx_stream *streams; /* sorted by protocol and port; one of a port */
	size_t n_streams;
};
/* ERR_INVALID for a path with a character that has a meaning to nginx. */
int nginx_path_check(const char *path, struct err *e);
/* ERR_INVALID for what is no address and no network. */
int nginx_network_check(const char *text, struct err *e);
/* id: the configuration's identity, which the module tells in the page (ingress/live.h: reload_id) when a worker has
 * begun with it. */
int nginx_conf(const struct nginx_settings *s, struct buf *out, uint64_t *ret_id, struct err *e);
/* In double quotes, as nginx reads it. */
void nginx_quote(struct buf *b, const char *s);
