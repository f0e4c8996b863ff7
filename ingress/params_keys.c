/*
 * The keys of ingress-nginx' ConfigMap: names and meanings are those of its documentation (configmap.md). Whoever writes such a
 * ConfigMap has copied it from there, so each has a row, and what it says is of use to who reads it here.
 */
#include "base/str.h"
#include "ingress/params.h"

#define NOTE(name, id)             {name, PARAM_NOTE, id, NULL, NULL, {0}}
#define AUTH(name, id)             {name, PARAM_AUTH, id, NULL, NULL, {0}}
#define OWN(name, id, ...)         {name, PARAM_OWN, id, NULL, NULL, {__VA_ARGS__}}
#define FLAG(name, text)           {name, PARAM_FLAG, 0, NULL, text, {0}}
#define SAME(name, same, text)     {name, PARAM_SAME, 0, same, text, {0}}
#define NEVER(name, text)          {name, PARAM_NEVER, 0, NULL, text, {0}}
#define GUARD(name, same, text)    {name, PARAM_GUARD, 0, same, text, {0}}
#define SNIPPET(name, text)        {name, PARAM_SNIPPET, 0, NULL, text, {0}}

#define BOOL    .kind = G_BOOL
#define REF     .kind = G_REF
#define STATUS  G_INT, 400, 599, NULL
#define YEARS   G_INT, 0, 10 * 31536000, NULL
#define CIPHERS                                                                                                        \
	"ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:"                     \
	"ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305"

#define TRUSTED   "--ingress-trusted-proxies CIDR,... names the proxies that tell for whom they speak, in X-Forwarded-* or, with --ingress-proxy-protocol, by the PROXY protocol"
#define LOGS	  "the access log is JSON with fields of its own in DATA_DIR/ingress/access.log (--ingress-access-log)"
#define ERROR_LOG "nginx's own log is DATA_DIR/ingress/nginx.log; minik's is --log-level"
#define OTEL	  "there is no tracing; the request's id is handed on as X-Request-ID"
#define WAF	  "there is no ModSecurity; put a web application firewall in front or behind"
#define GEO	  "there are no databases of places; a proxy in front has them"
#define GZIP	  "answers are not compressed here; backends do that, or a proxy in front"
#define TLS	  "TLS is the same for all hosts, a modern choice that nginx is started with"
#define STREAMS	  "TCP and UDP services have one timeout of 600 s and no retries"
#define HASHES	  "minik's module has no such tables, routes are looked up in one file"
#define WORKERS	  "nginx has one worker for each processor, and is not reloaded when objects change"
#define KEPT	  "connections to endpoints are kept: 256 for each worker, 60 s, 10000 requests"
#define BUFFERS	  "the buffers for what clients send have one size: 1k and 4 of 16k for headers, 16k for bodies"
#define TIMES	  "clients have 30 s for a request's headers, 60 s between two parts of its body, 75 s between two requests of a connection, which may be 10000"
#define STATUSES  "what nginx counts is at --ingress-metrics-address"
#define SYSLOG	  "logs are files of DATA_DIR/ingress; a collector of logs can read them"
#define REDIRECTS "redirects of the backend are handed on as they are; annotations proxy-redirect-from and proxy-redirect-to change those of one Ingress"
#define TURNS	  "endpoints are taken in turn; annotations affinity and upstream-hash-by lead what belongs together to one"

static const struct param_row rows[] = {
    /* what an Ingress may say for itself */
    NOTE("proxy-body-size", NOTE_BODY),
    NOTE("proxy-connect-timeout", NOTE_CONNECT_TIMEOUT),
    NOTE("proxy-send-timeout", NOTE_SEND_TIMEOUT),
    NOTE("proxy-read-timeout", NOTE_READ_TIMEOUT),
    NOTE("proxy-buffering", NOTE_BUFFERING),
    NOTE("proxy-request-buffering", NOTE_REQUEST_BUFFERING),
    NOTE("proxy-buffer-size", NOTE_BUFFER_SIZE),
    NOTE("proxy-buffers-number", NOTE_BUFFERS),
    NOTE("proxy-max-temp-file-size", NOTE_TEMP_FILE),
    NOTE("proxy-http-version", NOTE_HTTP_VERSION),
    NOTE("proxy-next-upstream", NOTE_NEXT),
    NOTE("proxy-next-upstream-tries", NOTE_NEXT_TRIES),
    NOTE("proxy-next-upstream-timeout", NOTE_NEXT_TIMEOUT),
    NOTE("allowlist-source-range", NOTE_ALLOWLIST),
    NOTE("whitelist-source-range", NOTE_WHITELIST),
    NOTE("denylist-source-range", NOTE_DENYLIST),
    NOTE("limit-rps", NOTE_RPS),
    NOTE("limit-rpm", NOTE_RPM),
    NOTE("limit-connections", NOTE_CONNECTIONS),
    NOTE("limit-burst-multiplier", NOTE_BURST),
    NOTE("limit-allowlist", NOTE_LIMIT_ALLOWLIST),
    NOTE("limit-whitelist", NOTE_LIMIT_WHITELIST),
    NOTE("limit-rate", NOTE_RATE),
    NOTE("limit-rate-after", NOTE_RATE_AFTER),
    NOTE("app-root", NOTE_APP_ROOT),
    NOTE("proxy-cookie-domain", NOTE_SET_COOKIE_DOMAIN),
    NOTE("proxy-cookie-path", NOTE_SET_COOKIE_PATH),
    NOTE("custom-http-errors", NOTE_ERRORS),
    AUTH("global-auth-url", NOTE_AUTH_URL),
    AUTH("global-auth-method", NOTE_AUTH_METHOD),
    AUTH("global-auth-signin", NOTE_AUTH_SIGNIN),
    AUTH("global-auth-signin-redirect-param", NOTE_AUTH_SIGNIN_PARAM),
    AUTH("global-auth-response-headers", NOTE_AUTH_RESPONSE_HEADERS),
    AUTH("global-auth-request-redirect", NOTE_AUTH_REQUEST_REDIRECT),
    AUTH("global-auth-cache-key", NOTE_AUTH_CACHE_KEY),
    AUTH("global-auth-cache-duration", NOTE_AUTH_CACHE_DURATION),
    AUTH("global-auth-always-set-cookie", NOTE_AUTH_ALWAYS_COOKIE),

    /* what holds for all Ingresses of the class */
    OWN("ssl-redirect", PARAM_SSL_REDIRECT, BOOL),
    OWN("force-ssl-redirect", PARAM_FORCE_REDIRECT, BOOL),
    OWN("http-redirect-code", PARAM_REDIRECT_CODE, .kind = G_WORD, .words = "301|302|307|308"),
    OWN("retry-non-idempotent", PARAM_RETRY, BOOL),
    OWN("disable-proxy-intercept-errors", PARAM_OWN_ERRORS, BOOL),
    OWN("disable-access-log", PARAM_NO_ACCESS_LOG, BOOL),
    OWN("disable-http-access-log", PARAM_NO_ACCESS_LOG, BOOL),
    OWN("hsts", PARAM_HSTS, BOOL),
    OWN("hsts-max-age", PARAM_HSTS_AGE, YEARS),
    OWN("hsts-include-subdomains", PARAM_HSTS_SUB, BOOL),
    OWN("hsts-preload", PARAM_HSTS_PRELOAD, BOOL),
    OWN("add-headers", PARAM_ADD_HEADERS, REF),
    OWN("proxy-set-headers", PARAM_SET_HEADERS, REF),
    OWN("hide-headers", PARAM_HIDE_HEADERS, .kind = G_HEADER_LIST),
    OWN("block-cidrs", PARAM_BLOCK, .kind = G_NETWORKS),
    OWN("limit-req-status-code", PARAM_REQ_STATUS, STATUS),
    OWN("limit-conn-status-code", PARAM_CONN_STATUS, STATUS),
    OWN("default-ssl-certificate", PARAM_CERTIFICATE, REF), /* flags of ingress-nginx */
    OWN("default-backend-service", PARAM_BACKEND, REF),

    /* who the client is */
    FLAG("use-forwarded-headers", TRUSTED),
    FLAG("enable-real-ip", TRUSTED),
    FLAG("proxy-real-ip-cidr", TRUSTED),
    FLAG("use-proxy-protocol", TRUSTED),
    SAME("forwarded-for-header", "X-Forwarded-For", TRUSTED),
    SAME("forwarded-host-header", "X-Forwarded-Host", TRUSTED),
    SAME("forwarded-for-proxy-protocol-header", "X-Forwarded-For-Proxy-Protocol", TRUSTED),
    SAME("compute-full-forwarded-for", "false", "backends hear the client's address alone in X-Forwarded-For, and what was said in X-Original-Forwarded-For"),
    NEVER("proxy-protocol-header-timeout", "the PROXY protocol's header has the time of a request's headers, 30 s"),
    SAME("proxy-add-original-uri-header", "false", "backends hear no X-Original-URI"),
    SAME("generate-request-id", "true", "requests have X-Request-ID, the client's or a new one"),

    /* TLS */
    SAME("ssl-protocols", "TLSv1.2 TLSv1.3", TLS),
    SAME("ssl-ciphers", CIPHERS, TLS),
    SAME("ssl-ecdh-curve", "auto", TLS),
    NEVER("ssl-dh-param", TLS),
    SAME("ssl-early-data", "false", TLS),
    SAME("ssl-reject-handshake", "false", "a name without a certificate is shown the default one (default-ssl-certificate)"),
    SAME("ssl-session-cache", "true", TLS),
    SAME("ssl-session-cache-size", "4m", TLS),
    SAME("ssl-session-tickets", "false", TLS),
    NEVER("ssl-session-ticket-key", TLS),
    SAME("ssl-session-timeout", "10m", TLS),
    SAME("ssl-buffer-size", "16k", TLS),
    OWN("enable-ocsp", PARAM_OCSP, BOOL),
    SAME("proxy-ssl-location-only", "false", "annotations proxy-ssl-* are of an Ingress' paths in any case"),

    /* nginx as a whole */
    SAME("server-tokens", "false", "no version is told"),
    SAME("use-http2", "true", "HTTP/2 is spoken with TLS"),
    SAME("http2-max-field-size", "", BUFFERS),
    SAME("http2-max-header-size", "", BUFFERS),
    SAME("http2-max-requests", "0", TIMES),
    SAME("http2-max-concurrent-streams", "128", "a connection has 128 streams"),
    SAME("keep-alive", "75", TIMES),
    SAME("keep-alive-requests", "10000", TIMES),
    SAME("client-header-buffer-size", "1k", BUFFERS),
    SAME("client-header-timeout", "30", TIMES),
    SAME("client-body-buffer-size", "16k", BUFFERS),
    SAME("client-body-timeout", "60", TIMES),
    SAME("large-client-header-buffers", "4 16k", BUFFERS),
    SAME("upstream-keepalive-connections", "256", KEPT),
    SAME("upstream-keepalive-requests", "10000", KEPT),
    SAME("upstream-keepalive-time", "1h", KEPT),
    SAME("upstream-keepalive-timeout", "60", KEPT),
    SAME("worker-processes", "auto", WORKERS),
    NEVER("worker-cpu-affinity", WORKERS),
    NEVER("worker-shutdown-timeout", WORKERS),
    NEVER("enable-serial-reloads", WORKERS),
    NEVER("enable-multi-accept", WORKERS),
    NEVER("max-worker-connections", WORKERS),
    NEVER("max-worker-open-files", WORKERS),
    NEVER("reuse-port", WORKERS),
    NEVER("enable-aio-write", WORKERS),
    NEVER("map-hash-bucket-size", HASHES),
    NEVER("server-name-hash-max-size", HASHES),
    NEVER("server-name-hash-bucket-size", HASHES),
    NEVER("proxy-headers-hash-max-size", HASHES),
    NEVER("proxy-headers-hash-bucket-size", HASHES),
    NEVER("variables-hash-bucket-size", HASHES),
    NEVER("variables-hash-max-size", HASHES),
    NEVER("limit-conn-zone-variable", "limits are by the client's address"),
    NEVER("lua-shared-dicts", "there is no Lua"),
    FLAG("bind-address", "nginx listens at all addresses; --ingress-http-port and --ingress-https-port choose the ports"),
    FLAG("bind-address-ipv4", "nginx listens at all addresses; --ingress-http-port and --ingress-https-port choose the ports"),
    FLAG("bind-address-ipv6", "nginx listens at all addresses; --ingress-http-port and --ingress-https-port choose the ports"),
    SAME("disable-ipv6", "false", "nginx listens to IPv6 where the node has it"),
    SAME("disable-ipv6-dns", "false", "names are asked for IPv6 where the node has it"),
    SAME("enable-underscores-in-headers", "false", "headers with underscores in their names are dropped"),
    SAME("ignore-invalid-headers", "true", "headers with other signs than letters, digits and - in their names are dropped"),
    SAME("default-type", "text/plain", "an answer without a type is the backend's business"),
    SAME("relative-redirects", "false", "redirects name the whole URL"),
    SAME("grpc-buffer-size-kb", "8", "the annotation proxy-buffer-size is gRPC's, too"),
    SAME("load-balance", "round_robin", TURNS),
    NEVER("upstream-hash-by", TURNS),
    NEVER("upstream-hash-by-subset", TURNS),
    NEVER("upstream-hash-by-subset-size", TURNS),
    SAME("service-upstream", "false", "annotation service-upstream has it for one Ingress"),
    NEVER("proxy-busy-buffers-size", "it follows from proxy-buffer-size"),
    SAME("proxy-redirect-from", "off", REDIRECTS),
    SAME("proxy-redirect-to", "off", REDIRECTS),
    SAME("preserve-trailing-slash", "true", "redirects to https:// keep the URI as it is in any case"),
    SAME("use-port-in-redirects", "false", "redirects to https:// name the port of HTTPS when it is not 443"),
    SAME("allow-backend-server-header", "false", "the header Server is nginx's"),
    NEVER("no-tls-redirect-locations", "annotation ssl-redirect: \"false\" on an Ingress of these paths"),
    NEVER("no-auth-locations", "annotation enable-global-auth: \"false\" on an Ingress of these paths; Ingresses whose paths all begin with /.well-known/acme-challenge are not asked in any case"),
    NEVER("block-user-agents", "what a client says of itself keeps nobody out; denylist-source-range and block-cidrs do"),
    NEVER("block-referers", "what a client says of itself keeps nobody out; denylist-source-range and block-cidrs do"),
    NEVER("global-allowed-response-headers", "annotation custom-headers names a ConfigMap of headers, any but those of the connection"),
    SAME("allow-cross-namespace-resources", "false", "an Ingress names objects of its own namespace"),
    SAME("allow-snippet-annotations", "false", "snippets are never taken over"),
    SAME("strict-validate-path-type", "true", "paths of Exact and Prefix are taken literally unless use-regex or rewrite-target says otherwise"),
    NEVER("annotations-risk-level", "annotations are typed, each by its grammar"),
    NEVER("annotation-value-word-blocklist", "annotations are typed, each by its grammar"),

    /* logs */
    NEVER("access-log-params", LOGS),
    NEVER("access-log-path", LOGS),
    NEVER("http-access-log-path", LOGS),
    NEVER("stream-access-log-path", LOGS),
    SAME("disable-stream-access-log", "true", "TCP and UDP services have no log"),
    SAME("enable-access-log-for-default-backend", "false", LOGS),
    SAME("enable-auth-access-log", "false", LOGS),
    NEVER("skip-access-log-urls", "annotation enable-access-log: \"false\" on an Ingress of these paths"),
    NEVER("log-format-escape-none", LOGS),
    SAME("log-format-escape-json", "true", LOGS),
    NEVER("log-format-upstream", LOGS),
    NEVER("log-format-stream", LOGS),
    NEVER("error-log-path", ERROR_LOG),
    NEVER("error-log-level", ERROR_LOG),
    NEVER("debug-connections", ERROR_LOG),
    SAME("enable-syslog", "false", SYSLOG),
    NEVER("syslog-host", SYSLOG),
    NEVER("syslog-port", SYSLOG),
    NEVER("nginx-status-ipv4-whitelist", STATUSES),
    NEVER("nginx-status-ipv6-whitelist", STATUSES),

    /* what there is not */
    SAME("use-gzip", "false", GZIP),
    NEVER("gzip-disable", GZIP),
    NEVER("gzip-level", GZIP),
    NEVER("gzip-min-length", GZIP),
    NEVER("gzip-types", GZIP),
    SAME("enable-brotli", "false", GZIP),
    NEVER("brotli-level", GZIP),
    NEVER("brotli-min-length", GZIP),
    NEVER("brotli-types", GZIP),
    SAME("use-geoip", "false", GEO),
    SAME("use-geoip2", "false", GEO),
    NEVER("geoip2-autoreload-in-minutes", GEO),
    SAME("proxy-stream-timeout", "600s", STREAMS),
    SAME("proxy-stream-next-upstream", "false", STREAMS),
    NEVER("proxy-stream-next-upstream-timeout", STREAMS),
    NEVER("proxy-stream-next-upstream-tries", STREAMS),
    SAME("proxy-stream-responses", "1", STREAMS),
    SAME("enable-opentelemetry", "false", OTEL),
    NEVER("opentelemetry-config", OTEL),
    NEVER("opentelemetry-operation-name", OTEL),
    NEVER("opentelemetry-trust-incoming-span", OTEL),
    NEVER("otlp-collector-host", OTEL),
    NEVER("otlp-collector-port", OTEL),
    NEVER("otel-service-name", OTEL),
    NEVER("otel-sampler", OTEL),
    NEVER("otel-sampler-ratio", OTEL),
    NEVER("otel-sampler-parent-based", OTEL),
    NEVER("otel-max-queuesize", OTEL),
    NEVER("otel-schedule-delay-millis", OTEL),
    NEVER("otel-max-export-batch-size", OTEL),
    GUARD("enable-modsecurity", "false", WAF),
    GUARD("enable-owasp-modsecurity-crs", "false", WAF),

    SNIPPET("main-snippet", "flags --ingress-* of minik"),
    SNIPPET("http-snippet", "the other keys of this ConfigMap; add-headers and proxy-set-headers for headers"),
    SNIPPET("server-snippet", "add-headers for headers of answers; annotations of Ingresses for redirects and access"),
    SNIPPET("location-snippet", "add-headers and proxy-set-headers for headers; annotations of Ingresses for the rest"),
    SNIPPET("stream-snippet", "the ConfigMaps minik-ingress-tcp and minik-ingress-udp of kube-system for TCP and UDP services"),
    SNIPPET("modsecurity-snippet", "a web application firewall in front or behind"),
    SNIPPET("global-auth-snippet", "global-auth-response-headers for what the backend is to hear"),
};

const struct param_row *param_find(const char *name)
{
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (streq(rows[i].name, name))
			return &rows[i];
	return NULL;
}
