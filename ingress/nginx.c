#include "ingress/nginx.h"
#include "base/str.h"
#include "wire/cert.h"

/* --- nginx.conf --- */

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

static void listen_lines(struct buf *b, const struct nginx_settings *s, uint16_t port, const char *flags)
{
	buf_addf(b, "\t\tlisten %u default_server backlog=4096%s;\n", port, flags);
	if (s->ipv6)
		buf_addf(b, "\t\tlisten [::]:%u default_server backlog=4096 ipv6only=on%s;\n", port, flags);
}

static void proxy_headers(struct buf *b)
{
	/* Names and meanings as ingress-nginx sets them: what clients claim to have been forwarded for is not believed.
	 */
	static const char *const lines[] = {"Host $minik_host",
					    "X-Request-ID $request_id",
					    "X-Real-IP $remote_addr",
					    "X-Forwarded-For $remote_addr",
					    "X-Forwarded-Host $minik_host",
					    "X-Forwarded-Port $server_port",
					    "X-Forwarded-Proto $scheme",
					    "X-Forwarded-Scheme $scheme",
					    "X-Scheme $scheme",
					    "X-Original-Forwarded-For $http_x_forwarded_for",
					    "Proxy \"\"",
					    "Upgrade $http_upgrade",
					    "Connection $minik_connection"};
	for (size_t i = 0; i < ARRAY_LEN(lines); i++)
		buf_addf(b, "\tproxy_set_header %s;\n", lines[i]);
}

/* A power of two: it changes rarely, and a change is a reload. Values are copied, and memory breaks into pages and
 * slabs. */
static unsigned dict_megabytes(size_t table_bytes)
{
	unsigned mb = 16;
	while (mb < 4096 && (size_t)mb * 1024 * 1024 < table_bytes * 4)
		mb *= 2;
	return mb;
}

static int body(const struct nginx_settings *s, struct buf *b)
{
	bool external = s->resolvers && s->resolvers[0];

	buf_adds(b, "# Written by minik; changes are lost.\n");
	buf_addf(b, "# script %s\n", s->script_id);
	buf_addf(b, "load_module \"%s/ndk_http_module.so\";\nload_module \"%s/ngx_http_lua_module.so\";\n",
		 s->modules_dir, s->modules_dir);
	if (s->user)
		buf_addf(b, "user %s;\n", s->user);
	buf_adds(b, "daemon off;\n");
	if (s->workers)
		buf_addf(b, "worker_processes %u;\n", s->workers);
	else
		buf_adds(b, "worker_processes auto;\n");
	buf_addf(b,
		 "worker_rlimit_nofile 65536;\nworker_shutdown_timeout 240s;\npid \"%s/nginx.pid\";\nerror_log \"%s\" "
		 "warn;\n",
		 s->run_dir, s->log);
	buf_adds(b, "events {\n\tworker_connections 4096;\n}\nhttp {\n");
	buf_addf(b, "\tlua_package_path \"%s\";\n\tlua_shared_dict minik %um;\n", s->lua_path,
		 dict_megabytes(s->table_bytes));
	buf_addf(b, "\tinit_by_lua_block { minik = dofile(\"%s/script.lua\"); minik.init(\"%s/routes\", %s, %u) }\n",
		 s->run_dir, s->run_dir, external ? "true" : "false", s->https_port);
	static const char *const temps[] = {"client_body", "proxy", "fastcgi", "uwsgi", "scgi"};
	for (size_t i = 0; i < ARRAY_LEN(temps); i++)
		buf_addf(b, "\t%s_temp_path \"%s/tmp/%s\";\n", temps[i], s->run_dir, temps[i]);
	buf_adds(b, "\taccess_log off;\n\tserver_tokens off;\n\tdefault_type text/plain;\n"
		    "\tkeepalive_timeout 75s;\n\tkeepalive_requests 10000;\n"
		    "\tclient_max_body_size 1m;\n\tclient_body_buffer_size 16k;\n\tserver_names_hash_bucket_size 128;\n"
		    "\tmap $http_upgrade $minik_connection {\n\t\tdefault upgrade;\n\t\t\"\" \"\";\n\t}\n");
	buf_adds(b, "\tproxy_http_version 1.1;\n\tproxy_connect_timeout 5s;\n\tproxy_read_timeout "
		    "60s;\n\tproxy_send_timeout 60s;\n"
		    "\tproxy_buffer_size 8k;\n\tproxy_max_temp_file_size 0;\n\tproxy_next_upstream error timeout;\n");
	proxy_headers(b);
	buf_addf(b,
		 "\tssl_certificate \"%s\";\n\tssl_certificate_key \"%s\";\n\tssl_protocols TLSv1.2 TLSv1.3;\n"
		 "\tssl_session_cache shared:minik_tls:4m;\n\tssl_session_tickets off;\n\tssl_certificate_by_lua_block "
		 "{ minik.certificate() }\n",
		 s->cert, s->key);
	if (external) {
		buf_adds(b, "\tresolver");
		for (size_t i = 0; s->resolvers[i]; i++)
			buf_addf(b, strchr(s->resolvers[i], ':') ? " [%s]" : " %s", s->resolvers[i]);
		buf_adds(b, " valid=30s;\n\tresolver_timeout 5s;\n");
	}
	buf_adds(b, "\tupstream minik {\n\t\tserver 0.0.0.1;\n\t\tbalancer_by_lua_block { minik.balance() "
		    "}\n\t\tkeepalive 256;\n"
		    "\t\tkeepalive_timeout 60s;\n\t\tkeepalive_requests 10000;\n\t}\n");
	buf_adds(b, "\tserver {\n");
	listen_lines(b, s, s->http_port, "");
	listen_lines(b, s, s->https_port, " ssl http2");
	buf_adds(b, "\t\tlocation / {\n\t\t\tset $minik_external \"\";\n\t\t\tset $minik_host "
		    "$http_host;\n\t\t\trewrite_by_lua_block { minik.route() "
		    "}\n\t\t\tproxy_pass http://minik;\n\t\t}\n");
	if (external)
		buf_adds(b, "\t\tlocation @external {\n\t\t\tproxy_pass http://$minik_external;\n\t\t}\n");
	buf_adds(b, "\t}\n");
	return buf_failed(b) ? -1 : 0;
}

int nginx_text_id(const char *text, char out[33], struct err *e)
{
	char hex[65];

	if (sha256_hex(text, strlen(text), hex) < 0)
		return err_set(e, ERR_INTERNAL, "cannot hash a text");
	(void)str_copy(out, 33, hex);
	return 0;
}

int nginx_conf(const struct nginx_settings *s, struct buf *out, char id[33], struct err *e)
{
	const char *paths[] = {s->run_dir, s->cert, s->key, s->log, s->modules_dir};
	AUTO_BUF struct buf b = {0};

	for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
		int r = nginx_path_check(paths[i], e);
		if (r < 0)
			return r;
	}
	if (body(s, &b) < 0)
		return err_nomem(e);
	int r = nginx_text_id(b.data, id, e);
	if (r < 0)
		return r;
	buf_addf(&b,
		 "\tserver {\n\t\tlisten unix:%s/control/sock;\n\t\tclient_max_body_size "
		 "256m;\n\t\tclient_body_buffer_size 256m;\n"
		 "\t\tlocation = /id {\n\t\t\treturn 200 \"%s\";\n\t\t}\n"
		 "\t\tlocation = /routes {\n\t\t\tcontent_by_lua_block { minik.control() }\n\t\t}\n"
		 "\t\tlocation / {\n\t\t\treturn 404;\n\t\t}\n\t}\n}\n",
		 s->run_dir, id);
	if (buf_failed(&b))
		return err_nomem(e);
	buf_add(out, b.data, b.len);
	return buf_failed(out) ? err_nomem(e) : 0;
}

/* --- routes --- */

void nginx_quote(struct buf *b, const char *s)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._/:@~*";

	while (*s) {
		size_t n = strspn(s, plain);
		buf_add(b, s, n);
		s += n;
		for (; *s && !strchr(plain, *s); s++)
			buf_addf(b, "%%%02X", (unsigned)(unsigned char)*s);
	}
}

static void add_backend(struct buf *b, const struct ing_backend *be)
{
	buf_adds(b, "=b/");
	nginx_quote(b, be->key);
	buf_addc(b, ' ');
	if (be->external) {
		buf_adds(b, "X,");
		nginx_quote(b, be->external);
		buf_addf(b, ",%u", be->external_port);
	}
	for (size_t i = 0; i < be->n_eps; i++) {
		buf_adds(b, i ? ";" : "");
		nginx_quote(b, be->eps[i].addr);
		buf_addf(b, ",%u", be->eps[i].port);
	}
	buf_addc(b, '\n');
}

static void add_host(struct buf *b, const struct ing_table *t, const struct ing_host *h)
{
	static const char kinds[] = {[ING_EXACT] = 'E', [ING_PREFIX] = 'P', [ING_DEFAULT] = 'D'};

	buf_adds(b, "=h/");
	nginx_quote(b, h->host);
	buf_addc(b, ' ');
	for (size_t i = 0; i < h->n_paths; i++) {
		const struct ing_path *p = &h->paths[i];
		const struct ing_rule *r = &p->rules[0];
		buf_addf(b, "%s%c,", i ? ";" : "", kinds[p->match]);
		nginx_quote(b, p->path);
		buf_addc(b, ',');
		nginx_quote(b, t->backends[r->targets[0].backend].key);
		buf_adds(b, ing_policy_find(&t->policies[r->policy], OPT_HTTPS_REDIRECT) ? ",r" : ",");
	}
	buf_addc(b, '\n');
}

int nginx_routes(const struct ing_table *t, struct buf *out, struct err *e)
{
	for (size_t i = 0; i < t->n_backends; i++)
		add_backend(out, &t->backends[i]);
	for (size_t i = 0; i < t->n_servers; i++) {
		buf_adds(out, "=c/");
		nginx_quote(out, t->servers[i].name);
		buf_addc(out, ' ');
		nginx_quote(out, t->servers[i].cert_pem);
		buf_addc(out, ',');
		nginx_quote(out, t->servers[i].key_pem);
		buf_addc(out, '\n');
	}
	for (size_t i = 0; i < t->n_hosts; i++)
		add_host(out, t, &t->hosts[i]);
	return buf_failed(out) ? err_nomem(e) : 0;
}

/* Compares "=KEY VALUE" lines by key, as bytes. */
static int cmp_key(const char *a, size_t na, const char *b, size_t nb)
{
	int c = memcmp(a, b, na < nb ? na : nb);
	return c ? c : na < nb ? -1 : na > nb;
}

struct key {
	const char *s;
	size_t n;
};
static int cmp_line(const void *a, const void *b)
{
	const struct key *ka = a, *kb = b;
	return cmp_key(ka->s, strcspn(ka->s, " \n"), kb->s, strcspn(kb->s, " \n"));
}

/* The lines of a text, sorted by key (quoting moves bytes, so that the texts' own order is not quite that). */
static int split(const char *text, struct key **ret, size_t *ret_n)
{
	size_t n = 0;

	for (const char *p = text; (p = strchr(p, '\n')); p++)
		n++;
	struct key *v = calloc(n + 1, sizeof(*v));
	if (!v)
		return -1;
	for (size_t i = 0; i < n; i++) {
		v[i] = (struct key){text, strcspn(text, "\n")};
		text += v[i].n + 1;
	}
	qsort(v, n, sizeof(*v), cmp_line);
	*ret = v;
	*ret_n = n;
	return 0;
}

int nginx_routes_diff(const char *old, const char *new, struct buf *out, struct err *e)
{
	AUTO_FREE struct key *a = NULL;
	AUTO_FREE struct key *b = NULL;
	AUTO_BUF struct buf gone = {0};
	size_t na = 0, nb = 0, i = 0, j = 0;

	if (split(old, &a, &na) < 0 || split(new, &b, &nb) < 0)
		return err_nomem(e);
	while (i < na || j < nb) {
		int c = i == na ? 1 : j == nb ? -1 : cmp_line(&a[i], &b[j]);
		if (c < 0) {
			buf_addc(&gone, '-');
			buf_add(&gone, a[i].s + 1, strcspn(a[i].s, " \n") - 1);
			buf_addc(&gone, '\n');
		} else if (c > 0 || a[i].n != b[j].n || memcmp(a[i].s, b[j].s, a[i].n) != 0) {
			buf_add(out, b[j].s, b[j].n + 1);
		}
		i += c <= 0;
		j += c >= 0;
	}
	buf_add(out, gone.data, gone.len);
	return buf_failed(out) || buf_failed(&gone) ? err_nomem(e) : 0;
}
