#include "wire/https_probe.h"
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>
#include "base/clock.h"
#include "base/fs.h"
#include "base/str.h"
#include "wire/tls_util.h"

#define ANSWER_MAX 4096 /* of the head, where Date stands */
#define HOST_MAX   256

TLS_CLEANUP(gnutls_session_t, gnutls_deinit, session_p)
TLS_CLEANUP(gnutls_certificate_credentials_t, gnutls_certificate_free_credentials, credentials_p)

struct target {
	char host[HOST_MAX], port[6];
};

static int parse_url(struct target *t, const char *url, struct err *e)
{
	const char *p = str_has_prefix(url, "https://") ? url + 8 : NULL, *end = p;
	uint64_t port = 443;
	bool fine = p;

	if (fine && *p == '[') {
		end = strchr(++p, ']');
		fine = end && (size_t)(end - p) < sizeof(t->host);
	} else if (fine) {
		end = p + strcspn(p, ":/");
		fine = end > p && (size_t)(end - p) < sizeof(t->host);
	}
	if (fine) {
		memcpy(t->host, p, (size_t)(end - p));
		t->host[end - p] = '\0';
		end += *end == ']';
		if (*end == ':') {
			char text[8];
			size_t n = strcspn(end + 1, "/");

			fine = n > 0 && n < sizeof(text);
			if (fine) {
				memcpy(text, end + 1, n);
				text[n] = '\0';
				fine = str_to_u64(text, 65535, &port) == 0 && port > 0;
			}
		}
	}
	if (!fine)
		return err_set(e, ERR_BAD_REQUEST, "\"%.120s\" is not an https URL", url);
	(void)snprintf(t->port, sizeof(t->port), "%u", (unsigned)port);
	return 0;
}

static int connect_one(const struct addrinfo *a, unsigned ms, int *ret_fd)
{
	AUTO_CLOSE int fd = socket(a->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	const struct timeval tv = {.tv_sec = ms / 1000, .tv_usec = (suseconds_t)(ms % 1000) * 1000};
	struct pollfd p = {.fd = fd, .events = POLLOUT};
	int error = 0, r, flags;
	socklen_t n = sizeof(error);

	if (fd < 0)
		return errno;
	if (connect(fd, a->ai_addr, a->ai_addrlen) < 0) {
		if (errno != EINPROGRESS)
			return errno;
		while ((r = poll(&p, 1, (int)ms)) < 0 && errno == EINTR)
			;
		if (r == 0)
			return ETIMEDOUT;
		if (r < 0 || getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &n) < 0)
			return errno;
		if (error)
			return error;
	}
	flags = fcntl(fd, F_GETFL);
	if (flags < 0 || fcntl(fd, F_SETFL, flags & ~O_NONBLOCK) < 0 ||
	    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof(tv)) < 0 ||
	    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &tv, sizeof(tv)) < 0)
		return errno;
	*ret_fd = TAKE_FD(fd);
	return 0;
}

static int dial(struct https_probe *p, const struct target *t, unsigned ms)
{
	const struct addrinfo hints = {.ai_socktype = SOCK_STREAM};
	struct addrinfo *all = NULL;
	int r = getaddrinfo(t->host, t->port, &hints, &all), fd = -1, tried = 0;

	if (r != 0) {
		(void)snprintf(p->why, sizeof(p->why), "%s", r == EAI_SYSTEM ? strerror(errno) : gai_strerror(r));
		return -1;
	}
	p->stage = PROBE_CONNECT;
	for (const struct addrinfo *a = all; a && fd < 0 && tried < 4; a = a->ai_next, tried++)
		p->os_error = connect_one(a, ms, &fd);
	freeaddrinfo(all);
	if (fd < 0)
		(void)snprintf(p->why, sizeof(p->why), "%s", strerror(p->os_error));
	return fd;
}

/* Does it answer a request that is not encrypted? On a connection of its own. */
static bool speaks_plain(const struct target *t, unsigned ms)
{
	struct https_probe nobody = {0};
	AUTO_CLOSE int fd = dial(&nobody, t, ms);
	static const char ask[] = "GET / HTTP/1.0\r\n\r\n";
	char head[8] = "";

	return fd >= 0 && send(fd, ask, sizeof(ask) - 1, MSG_NOSIGNAL) == (ssize_t)sizeof(ask) - 1 &&
	       recv(fd, head, 5, MSG_WAITALL) == 5 && !memcmp(head, "HTTP/", 5);
}

static void look_at_certificate(struct https_probe *p, gnutls_session_t s, const struct target *t, const char *ca_pem)
{
	AUTO_CRT gnutls_x509_crt_t crt = NULL;
	AUTO_CRT gnutls_x509_crt_t ca = NULL;
	unsigned n = 0, verdict = 0;
	const gnutls_datum_t *chain = gnutls_certificate_get_peers(s, &n);
	gnutls_datum_t pem;

	if (!chain || n == 0 || gnutls_x509_crt_init(&crt) < 0 ||
	    gnutls_x509_crt_import(crt, &chain[0], GNUTLS_X509_FMT_DER) < 0)
		return;
	p->not_before = gnutls_x509_crt_get_activation_time(crt);
	p->not_after = gnutls_x509_crt_get_expiration_time(crt);
	p->for_host = gnutls_x509_crt_check_hostname(crt, t->host) != 0;
	if (!ca_pem || tls_text(&pem, ca_pem, NULL) < 0 || gnutls_x509_crt_init(&ca) < 0 ||
	    gnutls_x509_crt_import(ca, &pem, GNUTLS_X509_FMT_PEM) < 0)
		return;
	p->of_ca =
	    gnutls_x509_crt_verify(crt, &ca, 1, GNUTLS_VERIFY_DISABLE_TIME_CHECKS, &verdict) == 0 && verdict == 0;
}

time_t http_date_parse(const char *text)
{
	struct tm tm = {0};
	const char *end = strptime(text, "%a, %d %b %Y %H:%M:%S GMT", &tm);
	time_t t = end && !*end ? timegm(&tm) : 0;

	return t > 0 ? t : 0;
}

/* The head of the answer: status and Date. */
static void read_head(struct https_probe *p, char *head)
{
	char *save = NULL, *line = strtok_r(head, "\r\n", &save), num[4] = "";
	uint64_t status;

	if (!line || strncmp(line, "HTTP/1.", 7) || strlen(line) < 12)
		return;
	memcpy(num, line + 9, 3);
	if (str_to_u64(num, 999, &status) < 0)
		return;
	p->stage = PROBE_ANSWERS;
	p->status = (int)status;
	while ((line = strtok_r(NULL, "\r\n", &save)))
		if (!strncasecmp(line, "Date:", 5))
			p->date = http_date_parse(line + 5 + strspn(line + 5, " \t"));
}

static void ask(struct https_probe *p, gnutls_session_t s, const struct target *t, const char *path, unsigned ms)
{
	AUTO_FREE char *request =
	    str_fmt("GET %s HTTP/1.1\r\nHost: %s\r\nUser-Agent: minik/" MINIK_VERSION "\r\nConnection: close\r\n\r\n",
		    path, t->host);
	char head[ANSWER_MAX + 1];
	size_t n = 0;
	int64_t until = clock_mono_ms(clock_real()) + ms;
	ssize_t r = request ? gnutls_record_send(s, request, strlen(request)) : -1;

	while (r > 0 && n < ANSWER_MAX && clock_mono_ms(clock_real()) < until) {
		r = gnutls_record_recv(s, head + n, ANSWER_MAX - n);
		if (r == GNUTLS_E_INTERRUPTED || r == GNUTLS_E_REHANDSHAKE) {
			r = 1;
			continue;
		}
		n += r > 0 ? (size_t)r : 0;
		head[n] = '\0';
		if (strstr(head, "\r\n\r\n"))
			break;
	}
	if (n == 0 && (r == GNUTLS_E_AGAIN || r == GNUTLS_E_TIMEDOUT)) {
		p->stage = PROBE_SILENT;
		return;
	}
	head[n] = '\0';
	read_head(p, head);
}

static int speak(struct https_probe *p, int fd, const struct target *t, const char *path, const char *ca_pem,
		 unsigned ms, struct err *e)
{
	CLEANUP(credentials_p) gnutls_certificate_credentials_t cred = NULL;
	CLEANUP(session_p) gnutls_session_t s = NULL;
	int r;

	if ((r = gnutls_certificate_allocate_credentials(&cred)) < 0 ||
	    (r = gnutls_init(&s, GNUTLS_CLIENT | GNUTLS_NO_SIGNAL)) < 0 || (r = gnutls_set_default_priority(s)) < 0 ||
	    (r = gnutls_credentials_set(s, GNUTLS_CRD_CERTIFICATE, cred)) < 0)
		return tls_err(e, r, "TLS");
	gnutls_transport_set_int(s, fd);
	gnutls_handshake_set_timeout(s, ms);
	do
		r = gnutls_handshake(s);
	while (r < 0 && !gnutls_error_is_fatal(r) && r != GNUTLS_E_AGAIN);
	if (r == GNUTLS_E_TIMEDOUT || r == GNUTLS_E_AGAIN) {
		p->stage = PROBE_SILENT;
	} else if (r == GNUTLS_E_PREMATURE_TERMINATION || r == GNUTLS_E_PULL_ERROR || r == GNUTLS_E_PUSH_ERROR) {
		p->stage = PROBE_CLOSED;
	} else if (r < 0) {
		p->stage = PROBE_TLS;
		(void)snprintf(p->why, sizeof(p->why), "%s", gnutls_strerror(r));
	} else {
		p->stage = PROBE_HTTP;
		look_at_certificate(p, s, t, ca_pem);
		ask(p, s, t, path, ms);
		(void)gnutls_bye(s, GNUTLS_SHUT_WR);
	}
	/* Some hang up when they are spoken to in TLS, some say what they miss, some wait for more. */
	if (p->stage != PROBE_HTTP && p->stage != PROBE_ANSWERS && !(p->stage == PROBE_SILENT && r == 0))
		p->plain_http = speaks_plain(t, ms < 1000 ? ms : 1000);
	if (p->plain_http)
		p->stage = PROBE_TLS;
	return 0;
}

int https_probe(struct https_probe *ret, const char *url, const char *path, const char *ca_pem, unsigned timeout_ms,
		struct err *e)
{
	struct https_probe p = {.stage = PROBE_RESOLVE};
	struct target t;
	int r = parse_url(&t, url, e);

	if (r < 0)
		return r;
	AUTO_CLOSE int fd = dial(&p, &t, timeout_ms);
	if (fd >= 0 && (r = speak(&p, fd, &t, path, ca_pem, timeout_ms, e)) < 0)
		return r;
	*ret = p;
	return 0;
}
