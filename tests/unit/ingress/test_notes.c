/* Annotations: what each becomes, and what is said of what is not taken. */
#include "tests/unit/ingress/model_test.h"

/* --- golden: annotation, value -> options --- */

static const struct golden {
	const char *notes; /* JSON of the annotations */
	const char *want;  /* "opt:num a b|..." */
} golden[] = {
    {ANN("permanent-redirect", "https://example.org/a?b=c"), "3:301 https://example.org/a?b=c"},
    {ANN("permanent-redirect", "http://example.org") "," ANN("permanent-redirect-code", "308"),
     "3:308 http://example.org"},
    {ANN("permanent-redirect", "/new?a=b"), "3:301 /new?a=b"},
    {ANN("temporal-redirect", "/new$request_uri"), "11:302 /new$request_uri"},
    {ANN("permanent-redirect", "https://www.$host:8443$request_uri"), "11:301 https://www.$host:8443$request_uri"},
    {ANN("temporal-redirect", "$scheme://new.example/x$uri?a=1&$args"), "11:302 $scheme://new.example/x$uri?a=1&$args"},
    {ANN("permanent-redirect", "https://new.example${uri}$is_args$args"), "11:301 https://new.example${uri}$is_args$args"},
    {ANN("temporal-redirect", "https://example.org"), "3:302 https://example.org"},
    {ANN("temporal-redirect", "https://example.org") "," ANN("temporal-redirect-code", "307"),
     "3:307 https://example.org"},
    {ANN("app-root", "/app/home"), "4:0 /app/home"},
    {ANN("force-ssl-redirect", "true"), "2:308"},
    {ANN("ssl-redirect", "false"), ""},
    {ANN("whitelist-source-range", "10.0.0.0/8, 192.168.1.77/24 ,2001:DB8::1,1.2.3.4/32"),
     "20:0 10.0.0.0/8|20:0 192.168.1.0/24|20:0 2001:db8::1|20:0 1.2.3.4"},
    {ANN("allowlist-source-range", "::/0"), "20:0 ::/0"},
    {ANN("denylist-source-range", "10.1.0.0/16"), "21:0 10.1.0.0/16"},
    {ANN("satisfy", "any"), "22:0"},
    {ANN("satisfy", "all"), ""},
    {ANN("auth-url", "http://web.d.svc.cluster.local:8080/check?x=1"),
     "25:0 http://web.d.svc.cluster.local:8080/check?x=1"},
    {ANN("auth-url", "https://$host/oauth2/auth") "," ANN("auth-signin",
							  "https://$host/oauth2/start?rd=$escaped_request_uri"),
     "25:0 https://x.example/oauth2/auth|27:0 https://$host/oauth2/start?rd=$escaped_request_uri"},
    {ANN("auth-url", "http://a/") "," ANN("auth-signin",
					  "https://b/?x=1&next=$scheme://$http_host$escaped_request_uri"),
     "25:0 http://a/|27:0 https://b/?x=1&next=$scheme://$http_host$escaped_request_uri"},
    {ANN("auth-url", "http://a/") "," ANN("auth-signin", "https://b/") "," ANN("auth-signin-redirect-param", "to"),
     "25:0 http://a/|27:0 https://b/|28:0 to"},
    {ANN("auth-url", "http://a/") "," ANN("auth-method", "post") "," ANN(
	 "auth-response-headers", "X-User, X-Group") "," ANN("auth-request-redirect",
							     "https://c/") "," ANN("auth-always-set-cookie", "true"),
     "25:0 http://a/|26:0 POST|29:0 X-User|29:0 X-Group|31:0 https://c/|32:0"},
    {ANN("auth-url", "http://a/") "," ANN("auth-cache-key", "$remote_user$http_authorization${cookie_sid}"),
     "25:0 http://a/|33:300000 $http_authorization$http_authorization$cookie_sid"},
    {ANN("auth-url", "http://a/") "," ANN("auth-cache-key", "$cookie_sid") "," ANN("auth-cache-duration",
										   "200 202 10m, 401 30s"),
     "25:0 http://a/|33:30000 $cookie_sid"},
    {ANN("limit-rps", "10") "," ANN("limit-rpm", "100") "," ANN("limit-burst-multiplier", "3") "," ANN(
	 "limit-connections", "7") "," ANN("limit-whitelist",
					   "10.0.0.0/8") "," ANN("limit-rate", "100") "," ANN("limit-rate-after", "2"),
     "50:10|51:100|52:3|53:7|54:0 10.0.0.0/8|55:102400|56:2048"},
    {ANN("limit-rps", "0"), ""},
    {ANN("proxy-body-size", "8m"), "57:8388608"},
    {ANN("proxy-body-size", "0"), "57:0"},
    {ANN("proxy-body-size", "1G"), "57:1073741824"},
    {ANN("proxy-body-size", " 10k "), "57:10240"},
    {ANN("backend-protocol", "HTTP"), ""},
    {ANN("backend-protocol", "https"), "70:1"},
    {ANN("backend-protocol", "GRPC"), "70:2"},
    {ANN("backend-protocol", "GRPCS"), "70:3"},
    {ANN("backend-protocol", "AUTO_HTTP"), "70:4"},
    {ANN("upstream-vhost", "inner.example:8080"), "74:0 inner.example:8080"},
    {ANN("x-forwarded-prefix", "/pre"), "75:0 /pre"},
    {ANN("connection-proxy-header", "keep-alive"), "79:0 keep-alive"},
    {ANN("proxy-connect-timeout", "3") "," ANN("proxy-send-timeout", "4") "," ANN("proxy-read-timeout", "3600"),
     "90:3000|91:4000|92:3600000"},
    {ANN("proxy-buffering", "on") "," ANN("proxy-request-buffering", "off") "," ANN("proxy-buffer-size", "16k") "," ANN(
	 "proxy-buffers-number", "8") "," ANN("proxy-max-temp-file-size", "1024m") "," ANN("proxy-http-version", "1.0"),
     "94:1|95:0|96:16384|97:8|98:1073741824|99:10"},
    {ANN("proxy-next-upstream", "error timeout http_503") "," ANN("proxy-next-upstream-tries",
								  "0") "," ANN("proxy-next-upstream-timeout", "9"),
     "100:35|101:100|102:9000"},
    {ANN("proxy-ssl-name", "inner.example") "," ANN("proxy-ssl-server-name", "on") "," ANN(
	 "proxy-ssl-protocols", "TLSv1.2 TLSv1.3") "," ANN("proxy-ssl-ciphers",
							   "HIGH:!aNULL") "," ANN("proxy-ssl-verify-depth", "2"),
     "106:2|107:0 inner.example|108:1|109:12|110:0 HIGH:!aNULL"},
    {ANN("affinity", "cookie"), "130:0 INGRESSCOOKIE"},
    {ANN("affinity", "cookie") "," ANN("affinity-mode", "persistent") "," ANN("affinity-canary-behavior", "legacy") "," ANN("session-cookie-name", "route") "," ANN(
	 "session-cookie-path",
	 "/app") "," ANN("session-cookie-domain",
			 ".example.com") "," ANN("session-cookie-max-age",
						 "600") "," ANN("session-cookie-expires",
								"700") "," ANN("session-cookie-samesite",
									       "none") "," ANN("session-cookie-"
											       "conditional-samesite-"
											       "none",
											       "true") "," ANN("session"
													       "-cookie"
													       "-secur"
													       "e",
													       "true") "," ANN("session-cookie-change-on-failure",
															       "true"),
     "130:0 route|131:0 /app|132:0 .example.com|133:600|134:700|135:0 None|136:0|137:1|138:0|139:0|140:0"},
    {ANN("enable-cors", "true"), "150:0|151:0 *"},
    {ANN("enable-cors", "true") "," ANN("cors-allow-origin", "https://a.example, https://*.b.example:8443") "," ANN(
	 "cors-allow-methods", "GET,PUT") "," ANN("cors-allow-headers",
						  "X-A, X-B") "," ANN("cors-expose-headers",
								      "*") "," ANN("cors-allow-credentials",
										   "false") "," ANN("cors-max-age",
												    "60"),
     "150:0|151:0 https://a.example|151:0 https://*.b.example:8443|152:0 GET, PUT|153:0 X-A, X-B|154:0 *|155:0|156:60"},
    {ANN("enable-access-log", "false"), "160:0"},
    {ANN("upstream-hash-by", "$request_uri"), "141:1 $request_uri"},
    {ANN("upstream-hash-by", "${Request_URI}-text-$arg_Id"), "141:1 $request_uri-text-$arg_id"},
    {ANN("upstream-hash-by", "${host}x$binary_remote_addr"), "141:1 ${host}x$remote_addr"},
    {ANN("upstream-hash-by", "all"), "141:1 all"},
    {ANN("upstream-hash-by", ""), ""},
    {ANN("upstream-hash-by", "$http_x_user$cookie_sid") "," ANN("upstream-hash-by-subset", "true"), "141:3 $http_x_user$cookie_sid"},
    {ANN("upstream-hash-by", "$uri") "," ANN("upstream-hash-by-subset", "true") "," ANN("upstream-hash-by-subset-size", "7"), "141:7 $uri"},
    {ANN("upstream-hash-by", "$uri") "," ANN("upstream-hash-by-subset", "false"), "141:1 $uri"},
    {ANN("proxy-cookie-domain", "off") "," ANN("proxy-cookie-path", "off"), ""},
    {ANN("proxy-cookie-domain", "localhost example.org") "," ANN("proxy-cookie-path", "/one/  /"), "161:0 localhost example.org|162:0 /one/ /"},
    {ANN("proxy-cookie-domain", ".Inner_1.example .example.org"), "161:0 Inner_1.example example.org"},
    {ANN("proxy-redirect-from", "hello.com") "," ANN("proxy-redirect-to", "goodbye.com"), "163:0 hello.com goodbye.com"},
    {ANN("proxy-redirect-from", "http://$host:8080/") "," ANN("proxy-redirect-to", "$scheme://$http_host/"), "163:0 http://$host:8080/ $scheme://$http_host/"},
    {ANN("proxy-redirect-from", "off") "," ANN("proxy-redirect-to", "goodbye.com"), ""},
    {ANN("proxy-redirect-from", "default") "," ANN("proxy-redirect-to", "goodbye.com"), ""},
    {ANN("proxy-redirect-from", "off"), ""},
    {ANN("proxy-redirect-from", "http://x/") "," ANN("proxy-redirect-to", "off"), ""},
};

static void options_of(const struct ing_policy *p, char *out, size_t cap)
{
	size_t n = 0;

	out[0] = '\0';
	for (size_t i = 0; p && i < p->n_options && n < cap; i++) {
		const struct ing_option *o = &p->options[i];
		n += (size_t)snprintf(out + n, cap - n, "%s%d:%lld%s%s%s%s", i ? "|" : "", (int)o->opt,
				      (long long)o->num, o->a ? " " : "", o->a ? o->a : "", o->b ? " " : "",
				      o->b ? o->b : "");
	}
}

static void goldens(void)
{
	for (size_t i = 0; i < ARRAY_LEN(golden); i++) {
		char got[4000];
		begin();
		AUTO_FREE char *ing = str_fmt("{\"metadata\":{\"annotations\":{%s}},\"spec\":{\"rules\":[" RULE(
						  "x.example", PATH("/", "Prefix", "web", NUM(80))) "]}}",
					      golden[i].notes);
		feed(ing_model_ingress, "a", ing);
		build();
		options_of(policy("x.example"), got, sizeof(got));
		CHECK_STR(got, golden[i].want);
		if (t.n_findings)
			fprintf(stderr, "%s: %s\n", golden[i].notes, t.findings[0].message);
		CHECK(t.n_findings == 0);
	}
}

/* --- what is not taken --- */

static const struct bad {
	const char *name, *value;
	bool refused;
	const char *reason, *part;
} bads[] = {
    {"proxy-body-size", "8 m", false, "InvalidAnnotation", "a size such as"},
    {"proxy-body-size", "99999g", false, "InvalidAnnotation", "a size such as"},
    {"proxy-body-size", "99999999999999999999", false, "InvalidAnnotation", "a size such as"},
    {"proxy-read-timeout", "60s", false, "InvalidAnnotation", "without a unit"},
    {"proxy-buffering", "yes", false, "InvalidAnnotation", "\"on"},
    {"permanent-redirect", "javascript:alert(1)", false, "InvalidAnnotation", "http://"},
    {"permanent-redirect", "https://x/$http_cookie", false, "InvalidAnnotation", "$request_uri"},
    {"permanent-redirect", "https://$arg_to/", false, "InvalidAnnotation", "$request_uri"},
    {"permanent-redirect", "https://$args/", false, "InvalidAnnotation", "$request_uri"},
    {"permanent-redirect", "https://$request_uri", false, "InvalidAnnotation", "$request_uri"},
    {"permanent-redirect", "//evil.example", false, "InvalidAnnotation", "or a path"},
    {"permanent-redirect", "/$http_cookie", false, "InvalidAnnotation", "$request_uri"},
    {"permanent-redirect", "https://x$", false, "InvalidAnnotation", "$request_uri"},
    {"permanent-redirect", "https://x/${uri", false, "InvalidAnnotation", "$request_uri"},
    {"permanent-redirect", "https://x/$urix", false, "InvalidAnnotation", "$request_uri"},
    {"permanent-redirect", "$host/", false, "InvalidAnnotation", "$request_uri"},
    {"permanent-redirect", "https://a b/", false, "InvalidAnnotation", "http://"},
    {"permanent-redirect", "https://user@evil/", false, "InvalidAnnotation", "http://"},
    {"permanent-redirect", "https://x/\\nX: y", false, "InvalidAnnotation", "http://"},
    {"permanent-redirect-code", "301", false, "InvalidAnnotation", "without permanent-redirect"},
    {"temporal-redirect-code", "304", false, "InvalidAnnotation", "one of 301, 302"},
    {"app-root", "home", false, "InvalidAnnotation", "begins with /"},
    {"app-root", "//evil.example/", false, "InvalidAnnotation", "begins with /"},
    {"rewrite-target", "/$http_x", false, "InvalidAnnotation", "$1 to $9"},
    {"rewrite-target", "$1", false, "InvalidAnnotation", "begin with /"},
    {"use-regex", "maybe", false, "InvalidAnnotation", "true"},
    {"server-alias", "~^www\\\\d+", false, "InvalidAnnotation", "regular expressions are not taken"},
    {"whitelist-source-range", "10.0.0.0/33", true, "InvalidAnnotation", "503"},
    {"allowlist-source-range", "", true, "InvalidAnnotation", "503"},
    {"whitelist-source-range", " \\n", true, "InvalidAnnotation", "503"},
    {"denylist-source-range", "", true, "InvalidAnnotation", "503"},
    {"allowlist-source-range", ",", true, "InvalidAnnotation", "503"},
    {"auth-url", "", false, NULL, NULL},
    {"auth-type", "", false, NULL, NULL},
    {"auth-tls-secret", "", false, NULL, NULL},
    {"ssl-redirect", "", false, NULL, NULL},
    {"proxy-body-size", "", false, NULL, NULL},
    {"enable-global-auth", "", false, NULL, NULL},
    {"configuration-snippet", "", false, NULL, NULL},
    {"ssl-passthrough", "", false, NULL, NULL},
    {"server-alias", "", false, NULL, NULL},
    {"denylist-source-range", "example.com", true, "InvalidAnnotation", "503"},
    {"satisfy", "some", false, "InvalidAnnotation", "all, any"},
    {"auth-type", "digest", true, "InvalidAnnotation", "digest"},
    {"auth-type", "basic", true, "InvalidAnnotation", "needs auth-secret"},
    {"auth-secret", "x", true, "InvalidAnnotation", "without auth-type"},
    {"auth-realm", "x", false, "InvalidAnnotation", "without auth-type"},
    {"auth-url", "ftp://x/", true, "InvalidAnnotation", "http://"},
    {"auth-url", "http://127.0.0.1:10249/", true, "InvalidAnnotation", "127.0.0.1 is a loopback address"},
    {"auth-url", "https://[::1]:6443/x", true, "InvalidAnnotation", "::1 is a loopback address"},
    {"auth-url", "http://[::ffff:127.0.0.1]/", true, "InvalidAnnotation", "a loopback address"},
    {"auth-url", "$scheme://169.254.169.254/latest", true, "InvalidAnnotation", "a link-local address"},
    {"auth-url", "http://localhost?x", true, "InvalidAnnotation", "localhost is a name of the node itself"},
    {"auth-url", "http://$http_x_evil/", true, "InvalidAnnotation", "$host, $scheme"},
    {"auth-method", "GET", true, "InvalidAnnotation", "without auth-url"},
    {"auth-tls-secret", "other/ca", true, "InvalidAnnotation", "another namespace"},
    {"auth-tls-secret", "d/ca", true, "MissingSecret", "d/ca"},
    {"auth-tls-verify-client", "on", true, "InvalidAnnotation", "without auth-tls-secret"},
    {"auth-tls-error-page", "/e", false, "InvalidAnnotation", "without auth-tls-secret"},
    {"auth-magic", "1", true, "UnsupportedAnnotation", "503"},
    {"proxy-ssl-secret", "other/x", true, "InvalidAnnotation", "another namespace"},
    {"proxy-ssl-secret", "x", true, "MissingSecret", "d/x"},
    {"proxy-ssl-verify", "on", true, "InvalidAnnotation", "proxy-ssl-secret"},
    {"custom-headers", "other/x", false, "InvalidAnnotation", "another namespace"},
    {"custom-headers", "x", false, "MissingConfigMap", "d/x"},
    {"backend-protocol", "FCGI", false, "InvalidAnnotation", "FastCGI"},
    {"session-cookie-name", "x", false, "InvalidAnnotation", "without affinity"},
    {"affinity", "ip", false, "InvalidAnnotation", "cookie"},
    {"upstream-vhost", "a b", false, "InvalidAnnotation", "host name"},
    {"x-forwarded-prefix", "/a\\\"b", false, "InvalidAnnotation", "begins with /"},
    {"cors-max-age", "1", false, "InvalidAnnotation", "without enable-cors"},
    {"limit-rps", "-1", false, "InvalidAnnotation", "0 to 1000000"},
    {"limit-whitelist", "x", false, "InvalidAnnotation", "networks"},
    {"canary-weight", "10", false, "InvalidAnnotation", "without canary"},
    {"load-balance", "ewma", false, "InvalidAnnotation", "round_robin"},
    {"mirror-target", "https://x", false, "UnsupportedAnnotation", "mirroring"},
    {"upstream-hash-by", "$hostname", false, "InvalidAnnotation", "$request_uri"},
    {"upstream-hash-by", "$ewma", false, "InvalidAnnotation", "$request_uri"},
    {"upstream-hash-by", "$arg_", false, "InvalidAnnotation", "$request_uri"},
    {"upstream-hash-by", "$", false, "InvalidAnnotation", "$request_uri"},
    {"upstream-hash-by", "${uri", false, "InvalidAnnotation", "$request_uri"},
    {"upstream-hash-by", "a b", false, "InvalidAnnotation", "$request_uri"},
    {"upstream-hash-by", "$http_x_34567890123456789012345678901234567890123456789012345678901234", false, "InvalidAnnotation", "$request_uri"},
    {"upstream-hash-by-subset", "true", false, "InvalidAnnotation", "without upstream-hash-by"},
    {"upstream-hash-by-subset-size", "3", false, "InvalidAnnotation", "without upstream-hash-by-subset"},
    {"upstream-hash-by-subset-size", "65", false, "InvalidAnnotation", "1 to 64"},
    {"proxy-cookie-domain", "example.org", false, "InvalidAnnotation", "two domains"},
    {"proxy-cookie-domain", "~^(.*)$ example.org", false, "InvalidAnnotation", "two domains"},
    {"proxy-cookie-domain", "a $host", false, "InvalidAnnotation", "two domains"},
    {"proxy-cookie-domain", "a b; c", false, "InvalidAnnotation", "two domains"},
    {"proxy-cookie-domain", ". a", false, "InvalidAnnotation", "two domains"},
    {"proxy-cookie-path", "/a b", false, "InvalidAnnotation", "two paths"},
    {"proxy-cookie-path", "~*^/a /b", false, "InvalidAnnotation", "two paths"},
    {"proxy-cookie-path", "/ \\\"/; Secure\\\"", false, "InvalidAnnotation", "further attributes are not taken"},
    {"proxy-cookie-path", "/a /b;Secure", false, "InvalidAnnotation", "two paths"},
    {"proxy-redirect-from", "http://x/", false, "InvalidAnnotation", "without proxy-redirect-to"},
    {"proxy-redirect-from", "~^http://(.*)", false, "InvalidAnnotation", "regular expressions are not taken"},
    {"proxy-redirect-from", "http://$upstream_addr/", false, "InvalidAnnotation", "the beginning of a URL"},
    {"proxy-redirect-to", "https://x/", false, "InvalidAnnotation", "without proxy-redirect-from"},
    {"proxy-redirect-to", "https://$arg_x/", false, "InvalidAnnotation", "the beginning of a URL"},
    {"proxy-redirect-to", "/a\\nX: y", false, "InvalidAnnotation", "the beginning of a URL"},
    {"ssl-passthrough", "true", false, "UnsupportedAnnotation", "minik-ingress-tcp"},
    {"session-cookie-hash", "sha1", false, "UnneededAnnotation", "need not be there"},
    {"client-body-buffer-size", "1m", false, "UnneededAnnotation", "need not be there"},
    {"enable-modsecurity", "true", true, "InvalidAnnotation", "ModSecurity"},
    {"enable-global-auth", "true", true, "InvalidAnnotation", "auth-url"},
    {"what-is-this", "1", false, "UnsupportedAnnotation", "what-is-this"},
    {"server-snippet", "return 200;", false, "SnippetRefused", "permanent-redirect"},
    {"configuration-snippet", "more_set_headers \\\"a: b\\\";", false, "SnippetRefused", "custom-headers"},
    {"configuration-snippet", "deny all;", true, "SnippetRefused", "its directive deny keeps somebody out"},
    {"configuration-snippet", "more_set_headers \\\"X-Frame-Options: DENY\\\";", false, "SnippetRefused", "custom-headers (a ConfigMap) for more_set_headers"},
    {"server-snippet", "add_header X 'do not close; deny all; return 403' always; # deny all;\\nproxy_read_timeout 3;", false,
     "SnippetRefused", "proxy-read-timeout for proxy_read_timeout"},
    {"server-snippet", "location /a { # it's\\n  \\\"deny\\\" all; }", true, "SnippetRefused", "directive deny"},
    {"server-snippet", "location ~ ^/(?:build|tests)(?:$|/) { deny all; }", true, "SnippetRefused",
     "an Ingress of its own for the location's paths, with denylist-source-range: 0.0.0.0/0,::/0 (403 for everybody), for deny in location"},
    {"server-snippet", "location /a { if ($x) { deny 10.0.0.1; } }", true, "SnippetRefused", "with denylist-source-range, for deny in location"},
    {"server-snippet", "location /a { gzip on; } deny 10.0.0.1;", true, "SnippetRefused", "; denylist-source-range for deny"},
    {"server-snippet", "if ($http_x = 'a b') { return 403; }", true, "SnippetRefused", "directive return"},
    {"server-snippet", "location / { return 401 }", true, "SnippetRefused", "directive return"},
    {"server-snippet", "if ($request_method = OPTIONS) { return 204; }", false, "SnippetRefused", "permanent-redirect"},
    {"server-snippet", "return 301 https://x;", false, "SnippetRefused", "permanent-redirect or temporal-redirect for return"},
    {"configuration-snippet", "auth_basic off;", false, "SnippetRefused", "auth-type"},
    {"configuration-snippet", "auth_request /x;", true, "SnippetRefused", "directive auth_request"},
    {"configuration-snippet", "ssl_verify_client on;", true, "SnippetRefused", "directive ssl_verify_client"},
    {"configuration-snippet", "limit_req zone=a;", true, "SnippetRefused", "limit-rps or limit-rpm for limit_req"},
    {"configuration-snippet", "satisfy any;", true, "SnippetRefused", "directive satisfy"},
    {"configuration-snippet", "allow all;", false, "SnippetRefused", "allowlist-source-range"},
    {"configuration-snippet", "set $x ${deny}; proxy_set_header X $x;", false, "SnippetRefused", "RequestHeaderModifier"},
    {"configuration-snippet", "proxy_set_header Host a;", false, "SnippetRefused", "upstream-vhost"},
    {"configuration-snippet", "proxy_redirect http://a/ /; proxy_cookie_path / /x/;", false, "SnippetRefused",
     "proxy-redirect-from and proxy-redirect-to for proxy_redirect; proxy-cookie-path for proxy_cookie_path"},
    {"configuration-snippet", "header_filter_by_lua_block { -- it's {\\n ngx.header['}'] = \\\"deny\\\" } gzip on;", false,
     "SnippetRefused", "custom-headers"},
    {"configuration-snippet", "access_by_lua_block { ngx.exit(403) }", true, "SnippetRefused", "access_by_lua_block"},
    {"configuration-snippet", "more_set_headers \\\"X: y; deny all;", true, "SnippetRefused", "does not end"},
    {"modsecurity-snippet", "SecRuleEngine On\\nSecRule ARGS", true, "SnippetRefused", "directive SecRuleEngine"},
    {"modsecurity-snippet", "# SecRule\\nSecAuditLog \\\"SecRule\\\"", false, "SnippetRefused", "firewall"},
    {"auth-snippet", "proxy_set_header a b;", false, "SnippetRefused", "auth-proxy-set-headers"},
    {"stream-snippet", "server {}", false, "SnippetRefused", "minik-ingress-tcp"},
    {"location-snippet", "x", false, "SnippetRefused", "location-snippet"},
    {"default-backend", "nope", false, NULL, NULL}, /* is only looked at when there are no endpoints */
};

static void refusals(void)
{
	for (size_t i = 0; i < ARRAY_LEN(bads); i++) {
		const struct bad *b = &bads[i];
		begin();
		AUTO_FREE char *ing = str_fmt(
		    "{\"metadata\":{\"annotations\":{\"nginx.ingress.kubernetes.io/"
		    "%s\":\"%s\"}},\"spec\":{\"rules\":[" RULE("x.example", PATH("/", "Prefix", "web", NUM(80))) "]}}",
		    b->name, b->value);
		feed(ing_model_ingress, "a", ing);
		build();
		const char *unescaped = b->part && str_has_prefix(b->part, "\"on") ? "\"on\"" : b->part;
		if (b->reason ? !found("d/a", b->reason, unescaped) : t.n_findings != 0) {
			fprintf(stderr, "%s: %s\n", b->name, b->value);
			CHECK(!"the finding");
		}
		const struct ing_policy *p = policy("x.example");
		if (!p || is_refused("x.example") != b->refused || (!b->refused && p->n_options)) {
			char got[1000];
			options_of(p, got, sizeof(got));
			fprintf(stderr, "%s: %s: %s\n", b->name, b->value, got);
			CHECK(!"the policy");
		}
		CHECK_STR(to("x.example", "/"), streq(b->name, "use-regex") || !b->refused ? "d/web:80" : "refused");
	}
}

/* A companion that is empty is none. */
static void empty_secret(void)
{
	begin();
	feed(ing_model_ingress, "a", NOTED("x.example", ANN("auth-type", "basic") "," ANN("auth-secret", "")));
	build();
	CHECK(is_refused("x.example") && found("d/a", "InvalidAnnotation", "auth-type needs auth-secret"));
}

/* The cookie is stronger, and who has written both is told. */
static void hash_and_affinity(void)
{
	char got[1000];

	begin();
	feed(ing_model_ingress, "a", NOTED("x.example", ANN("affinity", "cookie") "," ANN("upstream-hash-by", "$uri") "," ANN("upstream-hash-by-subset", "true")));
	build();
	options_of(policy("x.example"), got, sizeof(got));
	CHECK_STR(got, "130:0 INGRESSCOOKIE");
	CHECK(t.n_findings == 1 && found("d/a", "InvalidAnnotation", "upstream-hash-by has no effect beside affinity"));
}

static void aliases(void)
{
	begin();
	feed(ing_model_ingress, "a", NOTED("x.example", ANN("server-alias", "good.example, ~^www\\\\d+ ,*.wide.example,Bad_Name")));
	build();
	CHECK_STR(to("good.example", "/"), "d/web:80");
	CHECK_STR(to("q.wide.example", "/"), "d/web:80");
	CHECK(t.n_hosts == 3 && t.n_findings == 1);
	CHECK(found("d/a", "InvalidAnnotation", "left out: \"~^www\\d+\""));
}

/* Services of auth-url are known. */
static void auth_service(void)
{
	static const struct {
		const char *url, *part; /* NULL: nothing is said */
	} all[] = {
	    {"http://gone.d.svc.cluster.local/x", "Service d/gone does not exist"},
	    {"http://gone.d.svc", "Service d/gone does not exist"},
	    {"http://web.other.svc:80/", "Service other/web does not exist"},
	    {"http://web.d.svc.cluster.local", NULL},
	    {"http://fixed.d.svc:8080/auth?x", NULL},
	    {"http://fixed.d.svc/auth", "Service d/fixed has no TCP port 80"},
	    {"https://fixed.d.svc:99/auth", "Service d/fixed has no TCP port 99"},
	    {"https://gone.d.svcs/", NULL},
	    {"https://auth.example.com/", NULL},
	    {"https://svc/", NULL},
	    {"https://a.svc/", NULL},
	    {"https://$host/a.b.svc", NULL},
	    {"https://[fd00::1]:80/", NULL},
	};
	for (size_t i = 0; i < ARRAY_LEN(all); i++) {
		begin();
		feed(ing_model_service, "fixed", "{\"spec\":{\"clusterIPs\":[\"10.43.0.9\"],\"ports\":[{\"port\":8080}]}}");
		AUTO_FREE char *ing = str_fmt("{\"metadata\":{\"annotations\":{\"nginx.ingress.kubernetes.io/auth-url\":\"%s\"}},\"spec\":{\"rules\":["
					      RULE("x.example", PATH("/", "Prefix", "web", NUM(80))) "]}}", all[i].url);
		feed(ing_model_ingress, "a", ing);
		build();
		CHECK(policy("x.example") && ing_policy_find(policy("x.example"), OPT_AUTH_URL)); /* it is still asked */
		if (all[i].part ? !found("d/a", strstr(all[i].part, "port") ? "MissingPort" : "MissingService", all[i].part) : t.n_findings) {
			fprintf(stderr, "%s\n", all[i].url);
			CHECK(!"what is said of it");
		}
	}
}

static void partial_lists(void)
{
	begin();
	feed(ing_model_ingress, "a",
	     NOTED("x.example",
		   ANN("enable-cors", "true") "," ANN("cors-allow-origin", "https://a.example, javascript:x, *.b")));
	feed(ing_model_ingress, "b",
	     NOTED("y.example", ANN("enable-cors", "true") "," ANN("cors-allow-origin", "nonsense")));
	feed(ing_model_ingress, "c",
	     NOTED("z.example",
		   ANN("whitelist-source-range", "10.0.0.0/8") "," ANN("allowlist-source-range", "11.0.0.0/8")));
	build();
	CHECK_STR(option("x.example", OPT_CORS_ORIGIN, 0), "0 https://a.example");
	CHECK_STR(option("x.example", OPT_CORS_ORIGIN, 1), "");
	CHECK(found("d/a", "InvalidAnnotation", "one or more of its elements are left out: \"javascript:x\""));
	CHECK_STR(option("y.example", OPT_CORS, 0), ""); /* nobody, rather than everybody */
	CHECK(found("d/b", "InvalidAnnotation", "no origin is left"));
	CHECK_STR(option("z.example", OPT_ALLOW, 0), "0 11.0.0.0/8");
	CHECK_STR(option("z.example", OPT_ALLOW, 1), "");
	CHECK(found("d/c", "InvalidAnnotation", "whitelist-source-range has no effect beside allowlist-source-range"));
}

/* --- objects that annotations name --- */

static void users(void)
{
	begin();
	feed(ing_model_ingress, "a",
	     NOTED("x.example",
		   ANN("auth-type", "basic") "," ANN("auth-secret", "u") "," ANN("auth-realm", "Who are you?")));
	build();
	CHECK(is_refused("x.example") && found("d/a", "MissingSecret", "d/u"));
	CHECK(t.n_secrets == 1 && streq(t.secrets[0], "d/u"));
	AUTO_FREE char *file = b64("# "
				   "people\nann:$apr1$abcdefgh$0123456789012345678901\nbob:{SHA}"
				   "W6ph5Mm5Pz8GgiULbPgzG37mj9g=\n\nbad\neve:plain text\n"
				   "slow:$2y$17$0123456789012345678901234567890123456789012345678901\n");
	AUTO_FREE char *secret = str_fmt("{\"type\":\"Opaque\",\"data\":{\"auth\":\"%s\"}}", file);
	feed(ing_model_secret, "u", secret);
	build();
	CHECK_STR(option("x.example", OPT_BASIC, 0), "0 Who are you?");
	CHECK_STR(option("x.example", OPT_BASIC_USER, 0), "0 ann $apr1$abcdefgh$0123456789012345678901");
	CHECK_STR(option("x.example", OPT_BASIC_USER, 1), "0 bob {SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=");
	CHECK_STR(option("x.example", OPT_BASIC_USER, 2), "");
	CHECK(found("d/a", "InvalidSecret", "3 of its lines"));
	/* The other form: keys are names. */
	feed(ing_model_ingress, "a",
	     NOTED("x.example",
		   ANN("auth-type", "basic") "," ANN("auth-secret", "d/u") "," ANN("auth-secret-type", "auth-map")));
	AUTO_FREE char *hash = b64("$6$salt$0123456789\n");
	AUTO_FREE char *map = str_fmt("{\"type\":\"Opaque\",\"data\":{\"carl\":\"%s\"}}", hash);
	feed(ing_model_secret, "u", map);
	build();
	CHECK_STR(option("x.example", OPT_BASIC_USER, 0), "0 carl $6$salt$0123456789");
	CHECK(t.n_findings == 0);
	/* A file is asked for, and there is none. */
	feed(ing_model_ingress, "a", NOTED("x.example", ANN("auth-type", "basic") "," ANN("auth-secret", "u")));
	build();
	CHECK(is_refused("x.example") && found("d/a", "InvalidSecret", "no key"));
	/* Another namespace's: CVE-2023-5044 and its kin leaked by that. */
	feed(ing_model_ingress, "a",
	     NOTED("x.example", ANN("auth-type", "basic") "," ANN("auth-secret", "kube-system/u")));
	build();
	CHECK(is_refused("x.example") && found("d/a", "InvalidAnnotation", "another namespace") && t.n_secrets == 0);
}

static void headers(void)
{
	begin();
	feed(ing_model_configmap, "h",
	     "{\"data\":{\"X-Frame-Options\":\"DENY\",\"A-B\":\"1\\n\",\"Transfer-Encoding\":\"x\",\"X-Bad\":"
	     "\"a\\r\\nSet-Cookie: x\",\"X Y\":\"1\",\"X-Var\":\"$host\"}}");
	feed(ing_model_ingress, "a", NOTED("x.example", ANN("custom-headers", "h")));
	feed(ing_model_ingress, "b",
	     NOTED("y.example", ANN("auth-url", "http://a/") "," ANN("auth-proxy-set-headers", "d/h")));
	feed(ing_model_ingress, "c",
	     NOTED("z.example", ANN("auth-url", "http://a/") "," ANN("auth-proxy-set-headers", "none")));
	build();
	CHECK_STR(option("x.example", OPT_RESPONSE_SET, 0), "0 A-B 1");
	CHECK_STR(option("x.example", OPT_RESPONSE_SET, 1), "0 X-Frame-Options DENY");
	CHECK_STR(option("x.example", OPT_RESPONSE_SET, 2), "0 X-Var $host"); /* as it stands */
	CHECK(found("d/a", "InvalidConfigMap", "Transfer-Encoding") && found("d/a", "InvalidConfigMap", "X-Bad") &&
	      found("d/a", "InvalidConfigMap", "X Y") && !found("d/a", "InvalidConfigMap", "X-Var") && found("d/b", "InvalidConfigMap", "X-Var"));
	CHECK_STR(option("y.example", OPT_AUTH_REQUEST_HEADER, 0), "0 A-B 1");
	CHECK(is_refused("z.example") && found("d/c", "MissingConfigMap", "d/none"));
	CHECK(t.n_configmaps == 2 && streq(t.configmaps[0], "d/h") && streq(t.configmaps[1], "d/none"));
}

static void host_variable(void)
{
#define VAR ANN("auth-url", "$scheme://$host/auth")
	begin();
	feed(ing_model_ingress, "a",
	     ING_AT("00", ANNS(VAR),
		    RULE("x.example", PATH("/", "Prefix", "web", NUM(80))) "," RULE(
			"y.example",
			PATH("/", "Prefix", "web",
			     NUM(80))) "," RULE("*.z.example",
						PATH("/", "Prefix", "web",
						     NUM(80))) ",{\"http\":{\"paths\":[" PATH("/", "Prefix", "web",
											      NUM(80)) "]}}"));
	build();
	CHECK_STR(option("x.example", OPT_AUTH_URL, 0), "0 http://x.example/auth");
	CHECK_STR(option("y.example", OPT_AUTH_URL, 0), "0 http://y.example/auth");
	CHECK_STR(option("*.z.example", OPT_AUTH_URL, 0), "0 http://$host/auth"); /* a name within the wildcard */
	CHECK(is_refused("*") && found("d/a", "InvalidAnnotation", "a rule without host"));
}

int main(void)
{
	RUN(goldens);
	RUN(refusals);
	RUN(partial_lists);
	RUN(empty_secret);
	RUN(hash_and_affinity);
	RUN(aliases);
	RUN(auth_service);
	RUN(users);
	RUN(headers);
	RUN(host_variable);
	end();
	return TEST_END();
}
