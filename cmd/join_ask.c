#include "cmd/join_ask.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/timex.h>
#include <time.h>
#include <unistd.h>
#include "base/clock.h"
#include "base/log.h"
#include "base/str.h"
#include "wire/http_client.h"
#include "wire/https_probe.h"

#define PROBE_MS      3000
#define CONNECT_MS    5000
#define SKEW_MAX_S    60
#define MACHINE_CLOCK "set this machine's clock (timedatectl set-ntp true, or date -s)"
#define SERVER_CLOCK  "set the server's clock (timedatectl set-ntp true there)"

/* --- clocks --- */

/* Which of two clocks that differ is wrong, as far as this machine can tell. */
static const char *clock_mend(time_t ours, time_t theirs)
{
	struct timex t = {0};
	struct stat st;
	int state = adjtimex(&t);

	/* Before it was put on this machine the program did not run. */
	if (stat("/proc/self/exe", &st) == 0 && ours < st.st_mtime && theirs >= st.st_mtime)
		return MACHINE_CLOCK ": it is before the day minik was installed";
	if (state >= 0 && state != TIME_ERROR && !(t.status & STA_UNSYNC))
		return SERVER_CLOCK ": this machine's is synchronised";
	return MACHINE_CLOCK ": it is not synchronised; or the server's, should that be the wrong one";
}

static void clock_text(time_t t, char out[TIME_STR_MAX])
{
	time_format(t, out);
}

static long long apart(time_t a, time_t b)
{
	return (long long)(a > b ? a - b : b - a);
}

/* The certificate is not valid at our time. */
static int wrong_time(const char *server, const struct https_probe *p, time_t now, struct err *e)
{
	bool early = p->not_before > now;
	char edge[TIME_STR_MAX];

	clock_text(early ? p->not_before : p->not_after, edge);
	if (p->date && p->not_before <= p->date && p->date <= p->not_after)
		return err_set(
		    e, ERR_PROTO, "%.80s: its certificate %s %s: this machine's clock is %lld seconds %s; %s", server,
		    early ? "is valid from" : "was valid until", edge, apart(now, p->date),
		    now < p->date ? "behind the server's" : "ahead of the server's", clock_mend(now, p->date));
	if (early)
		return err_set(
		    e, ERR_PROTO,
		    "%.80s: its certificate is valid only from %s, by its own clock too: it was made while that was "
		    "ahead; on the server: minik certificate rotate",
		    server, edge);
	return err_set(
	    e, ERR_PROTO,
	    "%.80s: its certificate has expired, %s, by its own clock too; restart minik there, which renews it",
	    server, edge);
}

bool join_clocks_differ(const char *server, char *out, size_t n)
{
	struct https_probe p;
	time_t now;

	if (https_probe(&p, server, "/version", NULL, PROBE_MS, NULL) < 0 || p.stage != PROBE_ANSWERS || !p.date)
		return false;
	now = clock_wall(clock_real());
	/* A certificate that is not valid for us is told of where it is in the way. */
	if (apart(now, p.date) <= SKEW_MAX_S || p.not_before > now || p.not_after < now)
		return false;
	(void)snprintf(out, n, "this machine's clock is %lld seconds %s that of %.80s; %s", apart(now, p.date),
		       now < p.date ? "behind" : "ahead of", server, clock_mend(now, p.date));
	return true;
}

/* --- why there is no connection --- */

static bool by_proxy(void)
{
	static const char *const names[] = {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"};

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		const char *v = getenv(names[i]);
		if (v && *v)
			return true;
	}
	return false;
}

static int no_connection(const char *server, const struct https_probe *p, struct err *e)
{
	switch (p->os_error) {
	case ECONNREFUSED:
		return err_set(e, ERR_UNAVAILABLE,
			       "%.80s cannot be reached: is minik server running there, and is this its port? (%s)",
			       server, p->why);
	case ETIMEDOUT:
		return err_set(
		    e, ERR_UNAVAILABLE,
		    "%.80s cannot be reached: no answer; is that machine up, and does a firewall drop what goes to "
		    "this port? (%s)",
		    server, p->why);
	case EHOSTUNREACH:
	case ENETUNREACH:
		return err_set(
		    e, ERR_UNAVAILABLE,
		    "%.80s cannot be reached: this machine finds no way to it; see ip route get, and the cable (%s)",
		    server, p->why);
	default:
		return err_set(e, ERR_UNAVAILABLE, "%.80s cannot be reached: %s", server, p->why);
	}
}

/* Looks again, and more closely, at a server that a request failed at: code and words are what was known until now. */
static int explain(const char *server, const char *ca_pem, int code, const char *words, struct err *e)
{
	time_t now = clock_wall(clock_real());
	/* Not to be taken for a token that the server refuses. */
	int other = code == ERR_UNAUTHORIZED ? ERR_PROTO : code;
	struct https_probe p;

	if (code != ERR_UNAVAILABLE && code != ERR_TIMEOUT && code != ERR_UNAUTHORIZED && code != ERR_PROTO)
		return err_set(e, code, "%s", words);
	if (by_proxy() || https_probe(&p, server, "/version", ca_pem, PROBE_MS, NULL) < 0)
		return err_set(e, other, "%.80s: %.160s", server, words);
	switch (p.stage) {
	case PROBE_RESOLVE:
		return err_set(e, ERR_UNAVAILABLE,
			       "%.80s: its name has no address here; see --server, /etc/hosts and the name servers in "
			       "/etc/resolv.conf (%s)",
			       server, p.why);
	case PROBE_CONNECT:
		return no_connection(server, &p, e);
	case PROBE_CLOSED:
		return err_set(e, ERR_UNAVAILABLE,
			       "%.80s hangs up at once: a load balancer without a server behind it, or no API server",
			       server);
	case PROBE_TLS:
		return err_set(e, ERR_PROTO,
			       "%.80s: %s%s; --server takes the port of minik server, 6443 if not changed there",
			       server,
			       p.plain_http ? "what listens there speaks plain HTTP, not HTTPS"
					    : "what listens there does "
					      "not speak TLS: ",
			       p.plain_http ? "" : p.why);
	case PROBE_SILENT:
		return err_set(e, ERR_TIMEOUT,
			       "%.80s takes the connection and does not answer: it is stuck, or no API server", server);
	case PROBE_HTTP:
		return err_set(e, ERR_PROTO, "%.80s: what listens there speaks TLS, and not HTTP: it is no API server",
			       server);
	case PROBE_ANSWERS:
		break;
	}
	if (ca_pem && !p.of_ca)
		return err_set(
		    e, ERR_FORBIDDEN,
		    "%.80s shows a certificate of another CA: it is no server of the cluster that this machine "
		    "joined or has a token for",
		    server);
	if (p.not_before && (p.not_before > now || p.not_after < now))
		return wrong_time(server, &p, now, e);
	if (ca_pem && !p.for_host)
		return err_set(
		    e, ERR_UNAUTHORIZED,
		    "%.80s: its certificate is not for this name or address; give the server --tls-san, or use a name "
		    "that it has",
		    server);
	return err_set(e, other, "%.80s: %.160s", server, words);
}

/* --- requests --- */

int join_pause(const struct join_api *a, unsigned ms, struct err *e)
{
	struct pollfd p = {.fd = a->sig_fd, .events = POLLIN};
	int r;

	while ((r = poll(&p, 1, (int)ms)) < 0 && errno == EINTR)
		;
	return r > 0 ? err_set(e, ERR_CANCELED, "told to end before this machine had joined") : 0;
}

static struct http_client_config config_of(const struct join_api *a)
{
	return (struct http_client_config){.ca_pem = a->ca_pem,
					   .cert_pem = a->cert_pem,
					   .key_pem = a->key_pem,
					   .insecure_skip_verify = !a->ca_pem,
					   .user_agent = "minik-agent"};
}

static int one_call(const struct join_api *a, const char *server, const char *method, const char *path,
		    struct bytes *body, int *ret_status, struct bytes **ret, struct err *e)
{
	const struct http_client_config cfg = config_of(a);
	AUTO_FREE char *url = str_fmt("%s%s", server, path);
	AUTO_FREE char *auth = a->token ? str_fmt("Authorization: Bearer %s", a->token) : NULL;
	const char *headers[] = {"Accept: application/json", "Content-Type: application/json", auth, NULL};
	const struct http_client_request r = {
	    .method = method,
	    .url = url,
	    .headers = headers,
	    .body = body,
	    .timeout_ms = a->timeout_ms ? a->timeout_ms : 30000,
	    .connect_timeout_ms = a->timeout_ms && a->timeout_ms < CONNECT_MS ? a->timeout_ms : CONNECT_MS,
	    .max_response = 4u << 20};

	if (!url || (a->token && !auth))
		return err_nomem(e);
	return http_get_blocking(&cfg, &r, ret_status, ret, e);
}

static int answer_of(const char *server, const char *method, const char *path, int status, const struct bytes *in,
		     json_t **ret, struct err *e)
{
	AUTO_JSON json_t *tree = NULL;

	if (in && in->len && json_parse_bytes(in, &tree, NULL) < 0)
		tree = NULL;
	if (!json_is_object(tree))
		return err_set(e, ERR_PROTO,
			       "%.80s: what listens there is a web server, and no API server of Kubernetes'", server);
	if (status / 100 != 2) {
		int code = status == 404                    ? ERR_NOT_FOUND
			   : status == 409                  ? ERR_EXISTS
			   : status == 401                  ? ERR_UNAUTHORIZED
			   : status == 429 || status >= 500 ? ERR_UNAVAILABLE
							    : ERR_FORBIDDEN;
		return err_set(e, code, "%s %.80s%.100s: %d %.120s", method, server, path, status,
			       json_str_or(tree, "message", ""));
	}
	*ret = TAKE_PTR(tree);
	return 0;
}

int join_call(const struct join_api *a, const char *method, const char *path, const json_t *body, json_t **ret,
	      char **ret_server, struct err *e)
{
	AUTO_BYTES struct bytes *out = body ? json_encode(body) : NULL;
	size_t n = server_list_count(a->servers);
	struct err worst = {0};
	int r = ERR_UNAVAILABLE;

	if (body && !out)
		return err_nomem(e);
	for (size_t i = 0; i < n; i++) {
		unsigned turn;
		AUTO_FREE char *server = server_list_current(a->servers, &turn);
		AUTO_BYTES struct bytes *in = NULL;
		struct err one = {0}, why = {0};
		int status = 0;

		if (!server)
			return err_nomem(e);
		r = one_call(a, server, method, path, out, &status, &in, &one);
		if (r < 0)
			r = explain(server, a->ca_pem, r, one.msg, &why);
		else
			r = answer_of(server, method, path, status, in, ret, &why);
		if (r == 0) {
			if (ret_server)
				*ret_server = TAKE_PTR(server);
			return 0;
		}
		/* What the server itself decided another one would decide too. */
		if (r != ERR_PROTO && !join_is_temporary(r) && status)
			return err_set(e, r, "%s", why.msg);
		if (i == 0 || (join_is_temporary(r) && !join_is_temporary(worst.code)))
			worst = why;
		if (n > 1)
			log_warning("agent", server, "%s", why.msg);
		(void)server_list_failed(a->servers, turn, why.msg);
	}
	return err_set(e, worst.code, "%s", worst.msg);
}

static int on_progress(void *arg, uint64_t bytes)
{
	const struct join_api *a = arg;
	struct pollfd p = {.fd = a->sig_fd, .events = POLLIN};

	return bytes > 0 || poll(&p, 1, 0) > 0;
}

int join_watch(const struct join_api *a, const char *path, unsigned ms, struct err *e)
{
	const struct http_client_config cfg = config_of(a);
	AUTO_FREE char *server = server_list_current(a->servers, NULL), *url = NULL, *auth = NULL;
	AUTO_CLOSE int null = open("/dev/null", O_WRONLY | O_CLOEXEC);
	struct err why = {0};
	int status = 0, r;

	if (null < 0)
		return err_errno(e, errno, "/dev/null");
	url = server ? str_fmt("%s%s", server, path) : NULL;
	auth = a->token ? str_fmt("Authorization: Bearer %s", a->token) : NULL;
	if (!url || (a->token && !auth))
		return err_nomem(e);
	const char *headers[] = {"Accept: application/json", auth, NULL};
	const struct http_client_request req = {
	    .method = "GET", .url = url, .headers = headers, .timeout_ms = ms, .connect_timeout_ms = CONNECT_MS};
	r = http_download_blocking(&cfg, &req, null, on_progress, (void *)(uintptr_t)a, &status, NULL, NULL, NULL,
				   &why);
	/* Told something, ended, or broken off: whoever asks looks again. What fails at once must not be asked at once.
	 */
	if (r < 0 && r != ERR_CANCELED && r != ERR_TIMEOUT)
		return join_pause(a, 500, e);
	return r == 0 && status != 200 ? join_pause(a, 500, e) : join_pause(a, 0, e);
}
