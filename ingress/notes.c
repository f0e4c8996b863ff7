/*
 * The table of annotations of nginx.ingress.kubernetes.io: name, grammar, option. Names and meanings are those of the
 * ingress-nginx documentation (annotations.md).
 */
#include "ingress/notes.h"
#include "base/str.h"

#define YEAR  31536000
#define TERA  (INT64_C(1) << 40)
#define CODES "301|302|303|307|308"
#define NEXT                                                                                                           \
	"error|timeout|invalid_header|http_500|http_502|http_503|http_504|http_403|http_404|http_429|non_idempotent|"  \
	"off"

static const struct note_row rows[N_NOTES] = {
    [NOTE_SSL_REDIRECT] = {"ssl-redirect", {.kind = G_BOOL}},
    [NOTE_FORCE_SSL_REDIRECT] = {"force-ssl-redirect", {.kind = G_BOOL}},
    [NOTE_PERMANENT] = {"permanent-redirect", {.kind = G_URL_TO}},
    [NOTE_PERMANENT_CODE] = {"permanent-redirect-code", {.kind = G_WORD, .words = CODES}, .needs = NOTE_PERMANENT},
    [NOTE_TEMPORAL] = {"temporal-redirect", {.kind = G_URL_TO}},
    [NOTE_TEMPORAL_CODE] = {"temporal-redirect-code", {.kind = G_WORD, .words = CODES}, .needs = NOTE_TEMPORAL},
    [NOTE_APP_ROOT] = {"app-root", {.kind = G_PATH}, OPT_APP_ROOT},
    [NOTE_WWW] = {"from-to-www-redirect", {.kind = G_BOOL}},

    [NOTE_REGEX] = {"use-regex", {.kind = G_BOOL}},
    [NOTE_REWRITE] = {"rewrite-target", {.kind = G_REWRITE}, OPT_REWRITE},
    [NOTE_ALIAS] = {"server-alias", {.kind = G_HOSTS}},

    [NOTE_ALLOWLIST] = {"allowlist-source-range", {.kind = G_NETWORKS}, OPT_ALLOW, .flags = NOTE_GUARDS},
    [NOTE_WHITELIST] = {"whitelist-source-range", {.kind = G_NETWORKS}, OPT_ALLOW, .flags = NOTE_GUARDS},
    [NOTE_DENYLIST] = {"denylist-source-range", {.kind = G_NETWORKS}, OPT_DENY, .flags = NOTE_GUARDS},
    [NOTE_SATISFY] = {"satisfy", {.kind = G_WORD, .words = "all|any"}},
    [NOTE_AUTH_TYPE] = {"auth-type", {.kind = G_WORD, .words = "basic"}, .flags = NOTE_GUARDS},
    [NOTE_AUTH_SECRET] = {"auth-secret", {.kind = G_REF}, .needs = NOTE_AUTH_TYPE, .flags = NOTE_GUARDS},
    [NOTE_AUTH_SECRET_TYPE] = {"auth-secret-type",
			       {.kind = G_WORD, .words = "auth-file|auth-map"},
			       .needs = NOTE_AUTH_SECRET,
			       .flags = NOTE_GUARDS},
    [NOTE_AUTH_REALM] = {"auth-realm", {.kind = G_TEXT}, .needs = NOTE_AUTH_TYPE},
    [NOTE_AUTH_URL] = {"auth-url", {.kind = G_URL_VAR}, OPT_AUTH_URL, .flags = NOTE_GUARDS},
    [NOTE_AUTH_METHOD] = {"auth-method",
			  {.kind = G_WORD, .words = "GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS"},
			  OPT_AUTH_METHOD,
			  NOTE_AUTH_URL,
			  NOTE_GUARDS},
    [NOTE_AUTH_SIGNIN] = {"auth-signin", {.kind = G_URL_VAR}, OPT_AUTH_SIGNIN, .needs = NOTE_AUTH_URL},
    [NOTE_AUTH_SIGNIN_PARAM] = {"auth-signin-redirect-param",
				{.kind = G_ARGUMENT},
				OPT_AUTH_SIGNIN_PARAM,
				.needs = NOTE_AUTH_SIGNIN},
    [NOTE_AUTH_RESPONSE_HEADERS] =
	{"auth-response-headers", {.kind = G_HEADER_LIST}, OPT_AUTH_RESPONSE_HEADER, NOTE_AUTH_URL, NOTE_GUARDS},
    [NOTE_AUTH_REQUEST_REDIRECT] = {"auth-request-redirect",
				    {.kind = G_PAGE},
				    OPT_AUTH_REQUEST_REDIRECT,
				    .needs = NOTE_AUTH_URL},
    [NOTE_AUTH_SET_HEADERS] = {"auth-proxy-set-headers", {.kind = G_REF}, .needs = NOTE_AUTH_URL, .flags = NOTE_GUARDS},
    [NOTE_AUTH_ALWAYS_COOKIE] =
	{"auth-always-set-cookie", {.kind = G_BOOL}, OPT_AUTH_ALWAYS_COOKIE, NOTE_AUTH_URL, NOTE_FLAG},
    [NOTE_AUTH_CACHE_KEY] = {"auth-cache-key", {.kind = G_CACHE_KEY}, .needs = NOTE_AUTH_URL},
    [NOTE_AUTH_CACHE_DURATION] = {"auth-cache-duration", {.kind = G_CACHE_TIME}, .needs = NOTE_AUTH_CACHE_KEY},
    [NOTE_TLS_SECRET] = {"auth-tls-secret", {.kind = G_REF}, .flags = NOTE_GUARDS},
    [NOTE_TLS_VERIFY] = {"auth-tls-verify-client",
			 {.kind = G_WORD, .words = "off|on|optional|optional_no_ca"},
			 .needs = NOTE_TLS_SECRET,
			 .flags = NOTE_GUARDS},
    [NOTE_TLS_DEPTH] = {"auth-tls-verify-depth", {G_INT, 1, 100}, .needs = NOTE_TLS_SECRET, .flags = NOTE_GUARDS},
    [NOTE_TLS_ERROR_PAGE] = {"auth-tls-error-page", {.kind = G_PAGE}, OPT_CLIENT_CERT_ERROR, NOTE_TLS_SECRET},
    [NOTE_TLS_PASS] =
	{"auth-tls-pass-certificate-to-upstream", {.kind = G_BOOL}, OPT_CLIENT_CERT_PASS, NOTE_TLS_SECRET, NOTE_FLAG},
    [NOTE_TLS_CN] = {"auth-tls-match-cn", {.kind = G_CN}, OPT_CLIENT_CERT_CN, NOTE_TLS_SECRET, NOTE_GUARDS},

    [NOTE_RPS] = {"limit-rps", {G_INT, 0, 1000000}, OPT_LIMIT_RPS},
    [NOTE_RPM] = {"limit-rpm", {G_INT, 0, 1000000}, OPT_LIMIT_RPM},
    [NOTE_CONNECTIONS] = {"limit-connections", {G_INT, 0, 65535}, OPT_LIMIT_CONNECTIONS},
    [NOTE_BURST] = {"limit-burst-multiplier", {G_INT, 1, 1000}, OPT_LIMIT_BURST},
    [NOTE_LIMIT_ALLOWLIST] = {"limit-allowlist", {.kind = G_NETWORKS}, OPT_LIMIT_EXEMPT},
    [NOTE_LIMIT_WHITELIST] = {"limit-whitelist", {.kind = G_NETWORKS}, OPT_LIMIT_EXEMPT},
    [NOTE_RATE] = {"limit-rate", {G_KILOBYTES, 0, 2000000}, OPT_LIMIT_RATE},
    [NOTE_RATE_AFTER] = {"limit-rate-after", {G_KILOBYTES, 0, 1000000000}, OPT_LIMIT_RATE_AFTER, NOTE_RATE},
    [NOTE_BODY] = {"proxy-body-size", {G_SIZE, 0, TERA}, OPT_BODY_MAX},

    [NOTE_PROTOCOL] = {"backend-protocol", {.kind = G_WORD, .words = "HTTP|HTTPS|GRPC|GRPCS|AUTO_HTTP"}},
    [NOTE_CONNECT_TIMEOUT] = {"proxy-connect-timeout", {G_SECONDS, 1, 86400}, OPT_CONNECT_TIMEOUT},
    [NOTE_SEND_TIMEOUT] = {"proxy-send-timeout", {G_SECONDS, 1, 604800}, OPT_SEND_TIMEOUT},
    [NOTE_READ_TIMEOUT] = {"proxy-read-timeout", {G_SECONDS, 1, 604800}, OPT_READ_TIMEOUT},
    [NOTE_BUFFERING] = {"proxy-buffering", {.kind = G_ONOFF}, OPT_BUFFERING},
    [NOTE_REQUEST_BUFFERING] = {"proxy-request-buffering", {.kind = G_ONOFF}, OPT_REQUEST_BUFFERING},
    [NOTE_BUFFER_SIZE] = {"proxy-buffer-size", {G_SIZE, 1024, 1 << 20}, OPT_BUFFER_SIZE},
    [NOTE_BUFFERS] = {"proxy-buffers-number", {G_INT, 2, 64}, OPT_BUFFERS},
    [NOTE_TEMP_FILE] = {"proxy-max-temp-file-size", {G_SIZE, 0, TERA}, OPT_TEMP_FILE_MAX},
    [NOTE_HTTP_VERSION] = {"proxy-http-version", {.kind = G_WORD, .words = "1.0|1.1"}},
    [NOTE_NEXT] = {"proxy-next-upstream", {.kind = G_WORDS, .words = NEXT}, OPT_NEXT_UPSTREAM},
    [NOTE_NEXT_TRIES] = {"proxy-next-upstream-tries", {G_INT, 0, 100}, OPT_NEXT_TRIES},
    [NOTE_NEXT_TIMEOUT] = {"proxy-next-upstream-timeout", {G_SECONDS, 0, 604800}, OPT_NEXT_TIMEOUT},
    [NOTE_VHOST] = {"upstream-vhost", {.kind = G_HOST}, OPT_UPSTREAM_HOST},
    [NOTE_PREFIX] = {"x-forwarded-prefix", {.kind = G_PATH}, OPT_FORWARDED_PREFIX},
    [NOTE_CONNECTION] = {"connection-proxy-header",
			 {.kind = G_WORD, .words = "close|keep-alive"},
			 OPT_CONNECTION_HEADER},
    [NOTE_SERVICE_UPSTREAM] = {"service-upstream", {.kind = G_BOOL}},
    [NOTE_DEFAULT_BACKEND] = {"default-backend", {.kind = G_SERVICE}},
    [NOTE_ERRORS] = {"custom-http-errors", {.kind = G_CODES}, OPT_ERROR_CODE},
    [NOTE_OWN_ERRORS] = {"disable-proxy-intercept-errors", {.kind = G_BOOL}},
    [NOTE_PROXY_SECRET] = {"proxy-ssl-secret", {.kind = G_REF}, .flags = NOTE_GUARDS},
    [NOTE_PROXY_VERIFY] = {"proxy-ssl-verify", {.kind = G_ONOFF}, OPT_TLS_VERIFY, .flags = NOTE_GUARDS},
    [NOTE_PROXY_DEPTH] = {"proxy-ssl-verify-depth", {G_INT, 1, 100}, OPT_TLS_DEPTH},
    [NOTE_PROXY_NAME] = {"proxy-ssl-name", {.kind = G_HOST}, OPT_TLS_NAME, .flags = NOTE_GUARDS},
    [NOTE_PROXY_SNI] = {"proxy-ssl-server-name", {.kind = G_ONOFF}, OPT_TLS_SNI},
    [NOTE_PROXY_PROTOCOLS] = {"proxy-ssl-protocols",
			      {.kind = G_WORDS, .words = "TLSv1|TLSv1.1|TLSv1.2|TLSv1.3"},
			      OPT_TLS_PROTOCOLS},
    [NOTE_PROXY_CIPHERS] = {"proxy-ssl-ciphers", {.kind = G_CIPHERS}, OPT_TLS_CIPHERS},
    [NOTE_LOAD_BALANCE] = {"load-balance", {.kind = G_WORD, .words = "round_robin"}},
    [NOTE_HASH] = {"upstream-hash-by", {.kind = G_HASH_KEY}},
    [NOTE_HASH_SUBSET] = {"upstream-hash-by-subset", {.kind = G_BOOL}, .needs = NOTE_HASH},
    [NOTE_HASH_SIZE] = {"upstream-hash-by-subset-size", {G_INT, 1, 64}, .needs = NOTE_HASH_SUBSET},

    [NOTE_AFFINITY] = {"affinity", {.kind = G_WORD, .words = "cookie"}},
    [NOTE_AFFINITY_MODE] = {"affinity-mode", {.kind = G_WORD, .words = "balanced|persistent"}, .needs = NOTE_AFFINITY},
    [NOTE_AFFINITY_CANARY] = {"affinity-canary-behavior",
			      {.kind = G_WORD, .words = "sticky|legacy"},
			      .needs = NOTE_AFFINITY},
    [NOTE_COOKIE_NAME] = {"session-cookie-name", {.kind = G_TOKEN}, .needs = NOTE_AFFINITY},
    [NOTE_COOKIE_PATH] = {"session-cookie-path", {.kind = G_COOKIE_PATH}, OPT_COOKIE_PATH, NOTE_AFFINITY},
    [NOTE_COOKIE_DOMAIN] = {"session-cookie-domain", {.kind = G_DOMAIN}, OPT_COOKIE_DOMAIN, NOTE_AFFINITY},
    [NOTE_COOKIE_MAX_AGE] = {"session-cookie-max-age", {G_INT, 0, 10 * YEAR}, OPT_COOKIE_MAX_AGE, NOTE_AFFINITY},
    [NOTE_COOKIE_EXPIRES] = {"session-cookie-expires", {G_INT, 0, 10 * YEAR}, OPT_COOKIE_EXPIRES, NOTE_AFFINITY},
    [NOTE_COOKIE_SAMESITE] = {"session-cookie-samesite",
			      {.kind = G_WORD, .words = "None|Lax|Strict"},
			      OPT_COOKIE_SAMESITE,
			      NOTE_AFFINITY},
    [NOTE_COOKIE_CONDITIONAL] = {"session-cookie-conditional-samesite-none",
				 {.kind = G_BOOL},
				 OPT_COOKIE_SAMESITE_CONDITIONAL,
				 NOTE_AFFINITY,
				 NOTE_FLAG},
    [NOTE_COOKIE_SECURE] = {"session-cookie-secure", {.kind = G_BOOL}, OPT_COOKIE_SECURE, NOTE_AFFINITY},
    [NOTE_COOKIE_ON_FAILURE] =
	{"session-cookie-change-on-failure", {.kind = G_BOOL}, OPT_COOKIE_ON_FAILURE, NOTE_AFFINITY, NOTE_FLAG},

    [NOTE_CORS] = {"enable-cors", {.kind = G_BOOL}},
    [NOTE_CORS_ORIGIN] = {"cors-allow-origin", {.kind = G_ORIGINS}, OPT_CORS_ORIGIN, NOTE_CORS},
    [NOTE_CORS_METHODS] = {"cors-allow-methods", {.kind = G_METHODS}, OPT_CORS_METHODS, NOTE_CORS},
    [NOTE_CORS_HEADERS] = {"cors-allow-headers", {.kind = G_HEADERS}, OPT_CORS_HEADERS, NOTE_CORS},
    [NOTE_CORS_EXPOSE] = {"cors-expose-headers", {.kind = G_HEADERS}, OPT_CORS_EXPOSE, NOTE_CORS},
    [NOTE_CORS_CREDENTIALS] = {"cors-allow-credentials", {.kind = G_BOOL}, OPT_CORS_CREDENTIALS, NOTE_CORS},
    [NOTE_CORS_MAX_AGE] = {"cors-max-age", {G_INT, -1, 10 * YEAR}, OPT_CORS_MAX_AGE, NOTE_CORS},
    [NOTE_CUSTOM_HEADERS] = {"custom-headers", {.kind = G_REF}},
    [NOTE_ACCESS_LOG] = {"enable-access-log", {.kind = G_BOOL}, OPT_ACCESS_LOG},
    [NOTE_SET_COOKIE_DOMAIN] = {"proxy-cookie-domain", {.kind = G_DOMAIN_PAIR}, OPT_SET_COOKIE_DOMAIN},
    [NOTE_SET_COOKIE_PATH] = {"proxy-cookie-path", {.kind = G_PATH_PAIR}, OPT_SET_COOKIE_PATH},
    [NOTE_LOCATION_FROM] = {"proxy-redirect-from", {.kind = G_LOCATION}},
    [NOTE_LOCATION_TO] = {"proxy-redirect-to", {.kind = G_LOCATION}, .needs = NOTE_LOCATION_FROM},

    [NOTE_CANARY] = {"canary", {.kind = G_BOOL}},
    [NOTE_CANARY_HEADER] = {"canary-by-header", {.kind = G_TOKEN}, .needs = NOTE_CANARY},
    [NOTE_CANARY_VALUE] = {"canary-by-header-value", {.kind = G_VALUE}, .needs = NOTE_CANARY_HEADER},
    [NOTE_CANARY_PATTERN] = {"canary-by-header-pattern", {.kind = G_REGEX}, .needs = NOTE_CANARY_HEADER},
    [NOTE_CANARY_COOKIE] = {"canary-by-cookie", {.kind = G_TOKEN}, .needs = NOTE_CANARY},
    [NOTE_CANARY_WEIGHT] = {"canary-weight", {G_INT, 0, 1000000}, .needs = NOTE_CANARY},
    [NOTE_CANARY_TOTAL] = {"canary-weight-total", {G_INT, 1, 1000000}, .needs = NOTE_CANARY_WEIGHT},

    [NOTE_GLOBAL_AUTH] = {"enable-global-auth",
			  {.kind = G_BOOL},
			  .flags = NOTE_GUARDS},
    [NOTE_MODSECURITY] = {"enable-modsecurity",
			  {.kind = G_BOOL,
			   .words = "there is no ModSecurity; put a web application firewall in front or behind"},
			  .flags = NOTE_GUARDS | NOTE_OFF_ONLY},
    [NOTE_OWASP] = {"enable-owasp-core-rules",
		    {.kind = G_BOOL,
		     .words = "there is no ModSecurity; put a web application firewall in front or behind"},
		    .flags = NOTE_GUARDS | NOTE_OFF_ONLY},

#define NEVER(i, name, why)   [NOTE_REFUSED_FIRST + (i)] = {name, {.kind = G_NEVER, .words = why}}
#define MOOT(i, name, why)    [NOTE_REFUSED_FIRST + (i)] = {name, {.kind = G_NEVER, .words = why}, .flags = NOTE_MOOT}
#define SNIPPET(i, name, why) [NOTE_REFUSED_FIRST + (i)] = {name, {.kind = G_SNIPPET, .words = why}}
    SNIPPET(0, "configuration-snippet",
	    "custom-headers (a ConfigMap) for headers of answers, upstream-vhost and x-forwarded-prefix for those of "
	    "requests, "
	    "rewrite-target, app-root, permanent-redirect and temporal-redirect for URLs, whitelist-source-range and "
	    "auth-url for access"),
    SNIPPET(1, "server-snippet",
	    "permanent-redirect and from-to-www-redirect for redirects, auth-tls-secret for client certificates, paths "
	    "of an Ingress of "
	    "their own for locations"),
    SNIPPET(2, "auth-snippet", "auth-proxy-set-headers (a ConfigMap) for headers that the authentication service gets"),
    SNIPPET(3, "stream-snippet",
	    "the ConfigMaps minik-ingress-tcp and minik-ingress-udp of kube-system for TCP and UDP services"),
    SNIPPET(4, "modsecurity-snippet", "a web application firewall in front or behind"),
    NEVER(5, "mirror-target", "mirroring is not supported for Ingress; an HTTPRoute has the filter RequestMirror"),
    NEVER(6, "mirror-request-body",
	  "mirroring is not supported for Ingress; an HTTPRoute has the filter RequestMirror"),
    NEVER(7, "mirror-host", "mirroring is not supported for Ingress; an HTTPRoute has the filter RequestMirror"),
    NEVER(11, "ssl-passthrough",
	  "TLS ends here; backend-protocol: HTTPS has it again towards the backend, and the ConfigMap "
	  "minik-ingress-tcp hands connections on as they are"),
    NEVER(12, "ssl-ciphers", "ciphers are the same for all hosts, a modern choice"),
    NEVER(13, "ssl-prefer-server-ciphers", "ciphers are the same for all hosts, a modern choice"),
    MOOT(16, "client-body-buffer-size",
	  "it has one size for all; proxy-request-buffering: off keeps bodies out of buffers"),
    MOOT(17, "proxy-busy-buffers-size", "it follows from proxy-buffer-size"),
    MOOT(22, "http2-push-preload", "nginx and browsers no longer have HTTP/2 push"),
    MOOT(23, "enable-rewrite-log", "minik ingress show has the routes"),
    NEVER(24, "enable-opentelemetry", "there is no tracing; the request's id is handed on as X-Request-ID"),
    MOOT(25, "opentelemetry-trust-incoming-span",
	  "there is no tracing; the request's id is handed on as X-Request-ID"),
    MOOT(26, "opentelemetry-operation-name", "there is no tracing; the request's id is handed on as X-Request-ID"),
    NEVER(27, "modsecurity-transaction-id", "there is no ModSecurity"),
    NEVER(28, "fastcgi-index", "FastCGI is not supported; put an HTTP server in front of the program"),
    NEVER(29, "fastcgi-params-configmap", "FastCGI is not supported; put an HTTP server in front of the program"),
    MOOT(30, "preserve-trailing-slash", "redirects to https:// keep the URI as it is in any case"),
    MOOT(31, "use-port-in-redirects", "redirects to https:// name the port of HTTPS when it is not 443"),
    NEVER(32, "relative-redirects", "redirects name the whole URL"),
    MOOT(33, "auth-keepalive", "connections to the authentication service are kept in any case"),
    MOOT(34, "auth-keepalive-share-vars", "connections to the authentication service are kept in any case"),
    MOOT(35, "auth-keepalive-requests", "connections to the authentication service are kept in any case"),
    MOOT(36, "auth-keepalive-timeout", "connections to the authentication service are kept in any case"),
    NEVER(37, "secure-backends", "it is backend-protocol: HTTPS"),
    MOOT(38, "session-cookie-hash", "the cookie names its endpoint by a hash of minik's own, and ingress-nginx does not read it any more either: remove it"),
};

const struct note_row *note_row(enum note_id id)
{
	return rows[id].name ? &rows[id] : NULL;
}

enum note_id note_find(const char *name)
{
	for (int i = NOTE_NONE + 1; i < N_NOTES; i++)
		if (rows[i].name && streq(rows[i].name, name))
			return (enum note_id)i;
	return NOTE_NONE;
}
