/*
 * The table as text for nginx. Pure. Two texts:
 *
 *  - nginx.conf (nginx_conf): listeners, processes, logs. It is made of settings alone: no byte of any object is in it,
 * so that no object can break it or smuggle a directive in, and it need not be reloaded when objects change (nginx
 * drops idle keep-alive connections when it reloads).
 *  - the route table (nginx_routes): one line for each host, backend and certificate, read by script.lua at run time.
 * Every byte that comes from an object goes through nginx_quote. Sorted, so that two tables are compared line by line.
 *
 *        =b/NS/SERVICE:PORT [ADDR,PORT;...]       ADDR is an IP address, or "X" and a DNS name: X,NAME,PORT
 *        =c/SERVER-NAME CERT,KEY                  PEM
 *        =h/HOST [KIND,PATH,BACKEND,FLAGS;...]    KIND E, P or D (enum ing_match); FLAGS: r: redirect to HTTPS
 *
 *    SERVER-NAME and HOST may begin with "*."; HOST may be "*". A change of a table (nginx_routes_diff) is the same,
 * and lines "-KEY" for what goes.
 */
#pragma once
#include "base/buf.h"
#include "ingress/model.h"

struct nginx_settings {               /* borrowed; paths must pass nginx_path_check */
	const char *user;             /* of the workers; NULL: whoever starts nginx */
	const char *run_dir;          /* script.lua, routes, temporary files, control/sock, nginx.pid */
	const char *cert, *key;       /* files of the default certificate */
	const char *log;              /* file */
	const char *modules_dir;      /* of ndk_http_module.so and ngx_http_lua_module.so */
	const char *lua_path;         /* lua_package_path */
	const char *const *resolvers; /* IP addresses, NULL-terminated; none: no ExternalName */
	uint16_t http_port, https_port;
	bool ipv6;
	unsigned workers;      /* 0: one for each processor */
	size_t table_bytes;    /* size of the routes' text; the shared memory is a multiple */
	const char *script_id; /* hexadecimal: nginx takes a new script by a reload only */
};
/* ERR_INVALID for a path with a character that has a meaning to nginx or Lua. */
int nginx_path_check(const char *path, struct err *e);
/* id: the configuration's identity, which location /id of the control socket answers. */
int nginx_conf(const struct nginx_settings *s, struct buf *out, char id[33], struct err *e);
int nginx_text_id(const char *text, char out[33], struct err *e);

/* Letters, digits, and - . _ / : @ ~ * stay; all else becomes %XX. */
void nginx_quote(struct buf *b, const char *s);
int nginx_routes(const struct ing_table *t, struct buf *out, struct err *e);
/* Lines that make old into new (both as nginx_routes wrote them): what comes before what refers to it, what goes last.
 */
int nginx_routes_diff(const char *old, const char *new, struct buf *out, struct err *e);
