#include "ingress/nginx.h"
#include <arpa/inet.h>
#include <ctype.h>
#include "base/str.h"
#include "wire/cert.h"

int nginx_path_check(const char *path, struct err *e)
{
	for (const unsigned char *p = (const unsigned char *)path; *p; p++)
		if (*p <= 0x20 || *p == 0x7f || strchr("\"'\\$;{}?#", *p))
			return err_set(
			    e, ERR_INVALID,
			    "nginx cannot use the path %.150s: it has the character '%c'; choose another directory",
			    path, *p);
	return path[0] == '/' ? 0 : err_set(e, ERR_INVALID, "nginx needs an absolute path instead of %.150s", path);
}

int nginx_network_check(const char *text, struct err *e)
{
	const char *slash = strchr(text, '/');
	AUTO_FREE char *addr = slash ? str_ndup(text, (size_t)(slash - text)) : str_dup(text);
	unsigned char bin[16];
	int64_t bits;

	if (!addr)
		return err_nomem(e);
	bool v4 = inet_pton(AF_INET, addr, bin) == 1, v6 = !v4 && inet_pton(AF_INET6, addr, bin) == 1;
	if ((!v4 && !v6) || (slash && str_to_i64(slash + 1, 0, v4 ? 32 : 128, &bits) < 0))
		return err_set(e, ERR_INVALID, "\"%.60s\" is no address and no network such as 10.0.0.0/8", text);
	return 0;
}

void nginx_quote(struct buf *b, const char *s)
{
	buf_addc(b, '"');
	for (; *s; s++) {
		if (*s == '"' || *s == '\\')
			buf_addc(b, '\\');
		buf_addc(b, *s);
	}
	buf_addc(b, '"');
}

/* "\tWHAT "DIR/FILE"END;\n" */
static void path_line(struct buf *b, const char *what, const char *dir, const char *file, const char *end)
{
	AUTO_BUF struct buf path = {0};

	buf_adds(&path, dir);
	buf_adds(&path, file);
	buf_adds(b, what);
	buf_addc(b, ' ');
	nginx_quote(b, buf_failed(&path) ? "" : path.data);
	buf_adds(b, end);
	buf_adds(b, ";\n");
}

static bool trusts(const struct nginx_settings *s)
{
	return s->trusted && s->trusted[0];
}

/* --- who the client is --- */

static void client_address(struct buf *b, const struct nginx_settings *s)
{
	if (!trusts(s))
		return;
	for (size_t i = 0; s->trusted[i]; i++)
		buf_addf(b, "\tset_real_ip_from %s;\n", s->trusted[i]);
	buf_adds(b, s->proxy_protocol ? "\treal_ip_header proxy_protocol;\n" : "\treal_ip_header X-Forwarded-For;\n\treal_ip_recursive on;\n");
	buf_adds(b, "\tminik_scheme $minik_said_proto;\n");
	/* What is trusted is who speaks to us, not whom it speaks for. */
	buf_adds(b, "\tgeo $realip_remote_addr $minik_trusted {\n\t\tdefault 0;\n");
	for (size_t i = 0; s->trusted[i]; i++)
		buf_addf(b, "\t\t%s 1;\n", s->trusted[i]);
	buf_adds(b, "\t}\n");
	if (s->proxy_protocol) {
		/* A balancer that ends TLS tells it by the port that the client came to. */
		buf_adds(b, "\tmap \"$minik_trusted:$proxy_protocol_server_port\" $minik_said_proto {\n"
			    "\t\tdefault $scheme;\n\t\t\"1:443\" https;\n\t}\n"
			    "\tmap \"$minik_trusted:$proxy_protocol_server_port\" $minik_said_port {\n"
			    "\t\tdefault $minik_port;\n\t\t\"~^1:(?<minik_fwd_port>[0-9]{1,5})$\" $minik_fwd_port;\n\t}\n");
		return;
	}
	buf_adds(b, "\tminik_asked $minik_said_host;\n"
		    "\tmap \"$minik_trusted:$http_x_forwarded_proto\" $minik_said_proto {\n"
		    "\t\tdefault $scheme;\n\t\t\"1:http\" http;\n\t\t\"1:https\" https;\n\t}\n"
		    /* the first of several is the client's */
		    "\tmap \"$minik_trusted:$http_x_forwarded_host\" $minik_said_host {\n"
		    "\t\tdefault \"\";\n\t\t\"~^1:(?<minik_fwd_host>[A-Za-z0-9._:\\[\\]-]{1,255}) *(?:,|$)\" "
		    "$minik_fwd_host;\n\t}\n"
		    "\tmap \"$minik_trusted:$http_x_forwarded_port\" $minik_said_port {\n"
		    "\t\tdefault $minik_port;\n\t\t\"~^1:(?<minik_fwd_port>[0-9]{1,5})$\" $minik_fwd_port;\n\t}\n");
}

static const char *const sent[] = {"X-Request-ID",	 "X-Real-IP",	       "X-Forwarded-For", "X-Forwarded-Host",
				   "X-Forwarded-Port",	 "X-Forwarded-Proto",  "X-Forwarded-Scheme", "X-Scheme",
				   "X-Forwarded-Prefix", "X-Original-Forwarded-For", "Proxy"};

/* What a location has of its own goes in the place of all that was set around it, so that such a one needs them again. */
static void sent_headers(struct buf *b, const char *indent, const char *what)
{
	buf_addf(b, "%s%s_set_header Host $minik_host;\n", indent, what);
	for (size_t i = 0; i < ARRAY_LEN(sent); i++) {
		char name[40];
		(void)snprintf(name, sizeof(name), "%s", sent[i]);
		for (char *p = name; *p; p++)
			*p = *p == '-' ? '_' : (char)tolower((unsigned char)*p);
		buf_addf(b, "%s%s_set_header %s $minik_header_%s;\n", indent, what, sent[i], name);
	}
}

/* Names and meanings as ingress-nginx sets them. The module exchanges what a policy has otherwise; Host is its anyhow.
 */
static void forwarded_headers(struct buf *b, const struct nginx_settings *s)
{
	bool said = trusts(s);
	const char *proto = said ? "$minik_said_proto" : "$scheme";
	const char *const values[ARRAY_LEN(sent)] = {"$minik_request_id",
						     "$remote_addr",
						     "$remote_addr",
						     "$minik_asked_host",
						     said ? "$minik_said_port" : "$minik_port",
						     proto,
						     proto,
						     proto,
						     "$minik_prefix",
						     "$http_x_forwarded_for",
						     "\"\""};
	static const char *const what[] = {"proxy", "grpc"};

	for (size_t i = 0; i < ARRAY_LEN(sent); i++)
		buf_addf(b, "\tminik_header %s %s;\n", sent[i], values[i]);
	for (size_t k = 0; k < ARRAY_LEN(what); k++)
		sent_headers(b, "\t", what[k]);
}

/* --- http --- */

static void add_log(struct buf *b, const struct nginx_settings *s)
{
	if (!s->access_log) {
		buf_adds(b, "\taccess_log off;\n");
		return;
	}
	/* A status of 000 is no number in JSON. */
	buf_adds(b, "\tmap $status $minik_status {\n\t\tdefault $status;\n\t\t000 0;\n\t\t009 9;\n\t}\n"
		    "\tlog_format minik escape=json '{\"time\":\"$time_iso8601\",\"client\":\"$remote_addr\","
		    "\"method\":\"$request_method\",\"host\":\"$minik_text_host\",\"uri\":\"$minik_text_uri\",\"protocol\":\"$server_"
		    "protocol\","
		    "\"status\":$minik_status,\"bytes\":$body_bytes_sent,\"received\":$request_length,\"seconds\":$"
		    "request_time,'\n"
		    "\t\t'\"reason\":\"$minik_reason\",\"ingress\":\"$minik_owner\",\"service\":\"$minik_service\",\"endpoint\":\"$upstream_addr\","
		    "\"endpointStatus\":\"$upstream_status\",\"endpointSeconds\":\"$upstream_response_time\","
		    "\"requestId\":\"$minik_text_id\",\"userAgent\":\"$minik_text_agent\",\"referer\":\"$minik_text_"
		    "referer\"}';\n");
	path_line(b, "\taccess_log", s->access_log, "", " minik buffer=32k flush=1s if=$minik_log");
}

static void add_limits(struct buf *b, const struct nginx_settings *s)
{
	static const char *const temps[] = {"client_body", "proxy", "fastcgi", "uwsgi", "scgi"};

	for (size_t i = 0; i < ARRAY_LEN(temps); i++)
		buf_addf(b, "\t%s_temp_path \"%s/tmp/%s\";\n", temps[i], s->data_dir, temps[i]);
	/* The module has the limit of bodies. Requests that do not come on are dropped, not waited for. */
	buf_adds(b, "\tserver_tokens off;\n\tdefault_type text/plain;\n"
		    "\tkeepalive_timeout 75s;\n\tkeepalive_requests 10000;\n"
		    "\tclient_header_timeout 30s;\n\tclient_body_timeout 60s;\n\tsend_timeout "
		    "60s;\n\treset_timedout_connection on;\n"
		    "\tclient_header_buffer_size 1k;\n\tlarge_client_header_buffers 4 16k;\n"
		    "\tclient_max_body_size 0;\n\tclient_body_buffer_size 16k;\n"
		    "\trequest_pool_size 8k;\n"
		    "\tvariables_hash_max_size 2048;\n\tvariables_hash_bucket_size 128;\n");
}

static void add_proxy(struct buf *b, const struct nginx_settings *s)
{
	/* X-Accel-Redirect would let a backend choose where its answer comes from, past all that routing decides. */
	buf_adds(b, "\tproxy_http_version 1.1;\n\tproxy_connect_timeout 5s;\n\tproxy_read_timeout "
		    "60s;\n\tproxy_send_timeout 60s;\n"
		    "\tproxy_buffering off;\n\tproxy_buffer_size 8k;\n\tproxy_buffers 4 "
		    "8k;\n\tproxy_max_temp_file_size 1024m;\n"
		    "\tproxy_next_upstream error timeout;\n\tproxy_next_upstream_tries 3;\n\tproxy_redirect off;\n"
		    "\tproxy_ignore_headers X-Accel-Redirect X-Accel-Limit-Rate X-Accel-Charset;\n"
		    "\tproxy_ssl_protocols TLSv1.2 TLSv1.3;\n\tproxy_headers_hash_max_size "
		    "1024;\n\tproxy_headers_hash_bucket_size 128;\n");
	forwarded_headers(b, s);
	buf_adds(b, "\tproxy_set_header Upgrade $http_upgrade;\n\tproxy_set_header Connection $minik_connection;\n");
	buf_adds(
	    b,
	    "\tgrpc_connect_timeout 5s;\n\tgrpc_read_timeout 60s;\n\tgrpc_send_timeout 60s;\n\tgrpc_buffer_size 8k;\n"
	    "\tgrpc_next_upstream error timeout;\n\tgrpc_next_upstream_tries 3;\n"
	    "\tgrpc_ignore_headers X-Accel-Redirect X-Accel-Charset;\n\tgrpc_ssl_protocols TLSv1.2 TLSv1.3;\n");
}

static void add_tls(struct buf *b, const struct nginx_settings *s)
{
	path_line(b, "\tssl_certificate", s->cert, "", "");
	path_line(b, "\tssl_certificate_key", s->key, "", "");
	buf_adds(b,
		 "\tssl_protocols TLSv1.2 TLSv1.3;\n"
		 "\tssl_ciphers "
		 "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:"
		 "ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305;\n"
		 "\tssl_prefer_server_ciphers off;\n"
		 "\tssl_session_cache shared:minik_tls:4m;\n\tssl_session_timeout 10m;\n\tssl_session_tickets off;\n");
}

static void add_resolvers(struct buf *b, const struct nginx_settings *s)
{
	if (!s->resolvers || !s->resolvers[0])
		return;
	buf_adds(b, "\tresolver");
	for (size_t i = 0; s->resolvers[i]; i++)
		buf_addf(b, strchr(s->resolvers[i], ':') ? " [%s]" : " %s", s->resolvers[i]);
	buf_addf(b, "%s;\n\tresolver_timeout 5s;\n", s->ipv6 ? "" : " ipv6=off");
}

static void listen_lines(struct buf *b, const struct nginx_settings *s, uint16_t port, bool tls)
{
	AUTO_BUF struct buf flags = {0};

	if (tls)
		buf_adds(&flags, s->http2_directive ? " ssl" : " ssl http2");
	if (s->proxy_protocol)
		buf_adds(&flags, " proxy_protocol");
	const char *text = flags.data ? flags.data : "";
	/* Few connections that are kept would else all be the first worker's. */
	buf_addf(b, "\t\tlisten %u default_server backlog=4096 reuseport%s;\n", port, text);
	if (s->ipv6)
		buf_addf(b, "\t\tlisten [::]:%u default_server backlog=4096 reuseport ipv6only=on%s;\n", port, text);
	if (buf_failed(&flags))
		b->failed = true;
}

/* The same for every server: the module chooses among them. */
static void add_locations(struct buf *b)
{
	static const char *const named[][2] = {
	    {"https", "proxy_pass https://minik_own;"},
	    {"grpc", "grpc_pass grpc://minik_grpc;"},
	    {"grpcs", "grpc_pass grpcs://minik_own;"},
	    {"stream", "proxy_request_buffering off; proxy_pass http://minik;"},
	    {"stream_https", "proxy_request_buffering off; proxy_pass https://minik_own;"},
	    {"http10", "proxy_http_version 1.0; proxy_pass http://minik_once;"},
	    {"http10_https", "proxy_http_version 1.0; proxy_pass https://minik_once;"},
	};
	/* Where nobody has read the client's body it is not sent on. */
	static const char *const errors[] = {"error {\n\t\t\tminik_error;",
					     "refused {\n\t\t\tproxy_pass_request_body off;\n"
					     "\t\t\tproxy_set_header Content-Length \"\";\n\t\t\tproxy_set_header Transfer-Encoding \"\";"};

	buf_adds(b, "\t\tlocation / { minik_route; proxy_pass http://minik; }\n");
	for (size_t i = 0; i < ARRAY_LEN(named); i++)
		buf_addf(b, "\t\tlocation @minik_%s { %s }\n", named[i][0], named[i][1]);
	for (size_t i = 0; i < ARRAY_LEN(errors); i++) {
		buf_addf(b, "\t\tlocation @minik_%s\n\t\t\tproxy_set_header Connection \"\";\n", errors[i]);
		sent_headers(b, "\t\t\t", "proxy");
		buf_adds(b, "\t\t\tproxy_pass http://minik;\n\t\t}\n");
	}
	buf_adds(b, "\t\tlocation = /minik.auth {\n\t\t\tinternal;\n\t\t\tproxy_pass_request_body off;\n"
		    "\t\t\tproxy_set_header Host $minik_auth_host;\n\t\t\tproxy_set_header Content-Length \"\";\n"
		    "\t\t\tproxy_set_header Connection \"\";\n"
		    "\t\t\tproxy_next_upstream error timeout non_idempotent;\n"
		    "\t\t\tproxy_ssl_server_name on;\n\t\t\tproxy_ssl_name $minik_auth_host;\n"
		    "\t\t\tproxy_pass $minik_auth_url;\n\t\t}\n");
}

static void add_server(struct buf *b, const struct nginx_settings *s, const struct nginx_listener *l)
{
	buf_adds(b, "\tserver {\n");
	listen_lines(b, s, l->port, l->tls);
	bool shared = l->port == s->http_port || l->port == s->https_port;
	buf_addf(b, "\t\tminik_scope %u%s;\n", l->port, shared ? "" : " alone");
	if (l->public)
		buf_addf(b, "\t\tminik_public %u;\n", l->public);
	if (s->http2_directive) /* without TLS, too: by prior knowledge (module/cleartext.c for older ones) */
		buf_adds(b, "\t\thttp2 on;\n");
	add_locations(b);
	buf_adds(b, "\t}\n");
}

static void add_http(struct buf *b, const struct nginx_settings *s)
{
	static const char *const upstreams[] = {"minik", "minik_grpc", "minik_own", "minik_auth"};

	path_line(b, "\tminik_live", s->run_dir, "/live", "");
	buf_addf(b, "\tminik_https_port %u;\n\tminik_limits 4m;\n", s->https_port);
	add_limits(b, s);
	client_address(b, s);
	add_log(b, s);
	add_proxy(b, s);
	add_tls(b, s);
	add_resolvers(b, s);
	/* Kept connections are found again by their address alone, but for what the module adds to it where there is TLS:
	 * HTTP/1.1 and gRPC must not share them. */
	for (size_t i = 0; i < ARRAY_LEN(upstreams); i++)
		buf_addf(b,
			 "\tupstream %s {\n\t\tserver 0.0.0.1;\n\t\tminik_balance;\n\t\tkeepalive 256;\n"
			 "\t\tkeepalive_timeout 60s;\n\t\tkeepalive_requests 10000;\n\t}\n",
			 upstreams[i]);
	/* Who is asked by HTTP/1.0 closes the connection behind its answer, often without a word of it: it would be kept for a moment. */
	buf_adds(b, "\tupstream minik_once {\n\t\tserver 0.0.0.1;\n\t\tminik_balance;\n\t}\n");
	/* Gateways may have hosts on Ingress' ports, too: that is no reason to reload. */
	add_server(b, s, &(struct nginx_listener){.port = s->http_port});
	add_server(b, s, &(struct nginx_listener){.port = s->https_port, .tls = true});
	for (size_t i = 0; i < s->n_listeners; i++)
		add_server(b, s, &s->listeners[i]);
	buf_adds(b, "}\n");
}

/* --- TCP and UDP --- */

static void add_stream(struct buf *b, const struct nginx_settings *s, const struct nginx_stream *t)
{
	AUTO_BUF struct buf flags = {0};

	/* One client's datagrams must meet the worker that knows it. */
	buf_adds(&flags, t->udp ? " udp reuseport" : " so_keepalive=on");
	if (t->accept_proxy)
		buf_adds(&flags, " proxy_protocol");
	const char *text = flags.data ? flags.data : "";
	buf_addf(b, "\tserver {\n\t\tlisten %u%s;\n", t->port, text);
	if (s->ipv6)
		buf_addf(b, "\t\tlisten [::]:%u ipv6only=on%s;\n", t->port, text);
	buf_addf(b, strchr(t->addr, ':') ? "\t\tproxy_pass [%s]:%u;\n" : "\t\tproxy_pass %s:%u;\n", t->addr, t->to);
	if (t->send_proxy)
		buf_adds(b, "\t\tproxy_protocol on;\n");
	if (t->udp)
		buf_adds(b, "\t\tproxy_responses 1;\n");
	buf_adds(b, "\t}\n");
	if (buf_failed(&flags))
		b->failed = true;
}

static void add_streams(struct buf *b, const struct nginx_settings *s)
{
	if (!s->n_streams)
		return;
	buf_adds(b, "stream {\n\tproxy_timeout 600s;\n\tproxy_connect_timeout 5s;\n\tproxy_next_upstream off;\n");
	for (size_t i = 0; trusts(s) && s->trusted[i]; i++)
		buf_addf(b, "\tset_real_ip_from %s;\n", s->trusted[i]);
	for (size_t i = 0; i < s->n_streams; i++)
		add_stream(b, s, &s->streams[i]);
	buf_adds(b, "}\n");
}

static void add_main(struct buf *b, const struct nginx_settings *s)
{
	buf_adds(b, "# Written by minik; changes are lost.\n");
	path_line(b, "load_module", s->module, "", "");
	if (s->n_streams)
		path_line(b, "load_module", s->stream_module, "", "");
	buf_adds(b, "daemon off;\n");
	if (s->workers)
		buf_addf(b, "worker_processes %u;\n", s->workers);
	else
		buf_adds(b, "worker_processes auto;\n");
	buf_adds(b, "worker_shutdown_timeout 240s;\n");
	path_line(b, "pid", s->run_dir, "/own/nginx.pid", "");
	path_line(b, "error_log", s->log, "", " warn");
	buf_adds(b, "events {\n\tworker_connections 4096;\n}\n");
	add_streams(b, s);
	buf_adds(b, "http {\n");
}

static int check(const struct nginx_settings *s, struct err *e)
{
	const char *paths[] = {s->run_dir, s->data_dir,   s->cert,   s->key,
			       s->log,     s->access_log, s->module, s->stream_module};
	unsigned char bin[16];
	int r = 0;

	for (size_t i = 0; r == 0 && i < ARRAY_LEN(paths); i++)
		r = paths[i] ? nginx_path_check(paths[i], e) : 0;
	for (size_t i = 0; r == 0 && trusts(s) && s->trusted[i]; i++)
		r = nginx_network_check(s->trusted[i], e);
	for (size_t i = 0; r == 0 && s->resolvers && s->resolvers[i]; i++)
		r = nginx_network_check(s->resolvers[i], e);
	for (size_t i = 0; r == 0 && i < s->n_streams; i++)
		if (inet_pton(AF_INET, s->streams[i].addr, bin) != 1 &&
		    inet_pton(AF_INET6, s->streams[i].addr, bin) != 1)
			r = err_set(e, ERR_INVALID, "\"%.45s\" is no IP address", s->streams[i].addr);
	if (r == 0 && s->n_streams && !s->stream_module)
		r = err_set(e, ERR_INVALID, "TCP and UDP services need nginx's stream module");
	return r;
}

int nginx_conf(const struct nginx_settings *s, struct buf *out, uint64_t *ret_id, struct err *e)
{
	AUTO_BUF struct buf head = {0};
	AUTO_BUF struct buf http = {0};
	AUTO_BUF struct buf all = {0};
	char hex[65];

	int r = check(s, e);
	if (r < 0)
		return r;
	add_main(&head, s);
	add_http(&http, s);
	buf_add(&all, head.data, head.len);
	buf_add(&all, http.data, http.len);
	if (buf_failed(&head) || buf_failed(&http) || buf_failed(&all))
		return err_nomem(e);
	if (sha256_hex(all.data, all.len, hex) < 0)
		return err_set(e, ERR_INTERNAL, "cannot hash a text");
	hex[16] = '\0';
	buf_add(out, head.data, head.len);
	buf_addf(out, "\tminik_id %s;\n", hex);
	buf_add(out, http.data, http.len);
	if (buf_failed(out))
		return err_nomem(e);
	*ret_id = strtoull(hex, NULL, 16);
	return 0;
}
