#include "wire/http_connect.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <strings.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include "base/clock.h"
#include "base/str.h"

#define HEAD_MAX (32u << 10)
#define BODY_MAX (64u << 10)
#define PIECE    16384u

struct connect {
	atomic_uint refs; /* of the list, the thread, and the task it posts */
	struct list link;
	struct loop *loop;
	struct curl_config *config;
	http_connect_fn done;
	void *arg;
	pthread_mutex_t lock;  /* held while the thread posts to the loop: after cancelling the loop may be gone */
	atomic_bool cancelled; /* set under lock */
	int cancel_fd;         /* eventfd: interrupts the thread's poll */

	/* copy of the request */
	struct http_client_request r;
	char **headers;
	int64_t deadline;

	CURL *easy;
	curl_socket_t sock;
	bool tls;
	char errbuf[CURL_ERROR_SIZE];

	/* result, handed over by loop_call */
	struct err err;
	int code, status, fd;
	char *protocol;
	struct bytes *body;
	struct buf in; /* received and not used yet */
};

static void connect_unref(struct connect *u)
{
	if (atomic_fetch_sub(&u->refs, 1) != 1)
		return;
	curl_easy_cleanup(u->easy);
	if (u->fd >= 0)
		close(u->fd);
	if (u->cancel_fd >= 0)
		close(u->cancel_fd);
	for (size_t i = 0; u->headers && u->headers[i]; i++)
		free(u->headers[i]);
	free(u->headers);
	free((char *)(uintptr_t)u->r.method);
	free((char *)(uintptr_t)u->r.url);
	free((char *)(uintptr_t)u->r.unix_socket);
	bytes_unref(u->r.body);
	bytes_unref(u->body);
	free(u->protocol);
	buf_done(&u->in);
	curl_config_unref(u->config);
	pthread_mutex_destroy(&u->lock);
	free(u);
}

/* Loop's thread. */
static void deliver(void *arg)
{
	struct connect *u = arg;

	if (!atomic_load(&u->cancelled)) {
		list_del(&u->link);
		u->done(u->arg, u->code, u->status, TAKE_FD(u->fd), u->protocol, u->body, &u->err);
		connect_unref(u); /* the list's */
	}
	connect_unref(u);
}

/* --- the thread --- */

static int on_tick(void *arg, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
	struct connect *u = arg;

	(void)a;
	(void)b;
	(void)c;
	(void)d;
	return atomic_load(&u->cancelled) ? 1 : 0;
}

/* Waits for the socket, cancellation or the deadline. */
static int wait_socket(struct connect *u, short events)
{
	int64_t left = u->deadline - clock_mono_ms(clock_real());
	struct pollfd p[] = {{.fd = u->sock, .events = events}, {.fd = u->cancel_fd, .events = POLLIN}};

	if (left <= 0)
		return err_set(&u->err, ERR_TIMEOUT, "%s %.120s: no answer in time", u->r.method, u->r.url);
	if (poll(p, 2, (int)left) < 0 && errno != EINTR)
		return err_errno(&u->err, errno, "poll");
	if (atomic_load(&u->cancelled))
		return err_set(&u->err, ERR_CANCELED, "%s %.120s: canceled", u->r.method, u->r.url);
	return 0;
}

static int send_all(struct connect *u, const char *p, size_t n)
{
	while (n > 0) {
		size_t did = 0;
		CURLcode rc = curl_easy_send(u->easy, p, n, &did);
		int r;

		if (rc == CURLE_AGAIN) {
			if ((r = wait_socket(u, POLLOUT)) < 0)
				return r;
			continue;
		}
		if (rc != CURLE_OK)
			return curl_failed(&u->err, rc, &u->r, u->errbuf);
		p += did;
		n -= did;
	}
	return 0;
}

/* More bytes into u->in. 0 at the end of the stream, 1 otherwise. */
static int recv_more(struct connect *u)
{
	char buf[4096];

	for (;;) {
		size_t n = 0;
		CURLcode rc = curl_easy_recv(u->easy, buf, sizeof(buf), &n);
		int r;

		if (rc == CURLE_AGAIN) {
			if ((r = wait_socket(u, POLLIN)) < 0)
				return r;
			continue;
		}
		if (rc != CURLE_OK)
			return curl_failed(&u->err, rc, &u->r, u->errbuf);
		if (n == 0)
			return 0;
		buf_add(&u->in, buf, n);
		return buf_failed(&u->in) ? err_nomem(&u->err) : 1;
	}
}

static int send_request(struct connect *u)
{
	AUTO_BUF struct buf b = {0};
	CURLU *url = curl_url();
	char *path = NULL, *query = NULL, *host = NULL, *port = NULL;
	bool has_host = false;
	int rc = 0;

	if (!url)
		return err_nomem(&u->err);
	if (curl_url_set(url, CURLUPART_URL, u->r.url, 0) != CURLUE_OK ||
	    curl_url_get(url, CURLUPART_HOST, &host, 0) != CURLUE_OK ||
	    curl_url_get(url, CURLUPART_PATH, &path, 0) != CURLUE_OK)
		rc = err_set(&u->err, ERR_BAD_REQUEST, "\"%.120s\" is not a URL", u->r.url);
	if (rc == 0) {
		curl_url_get(url, CURLUPART_QUERY, &query, 0);
		curl_url_get(url, CURLUPART_PORT, &port, 0);
		buf_addf(&b, "%s %s%s%s HTTP/1.1\r\n", u->r.method, path, query ? "?" : "", query ? query : "");
		for (size_t i = 0; u->headers[i]; i++)
			has_host = has_host || !strncasecmp(u->headers[i], "Host:", 5);
		if (!has_host)
			buf_addf(&b, "Host: %s%s%s\r\n", host, port ? ":" : "", port ? port : "");
		buf_addf(&b, "User-Agent: %s\r\n", u->config->user_agent);
		for (size_t i = 0; u->headers[i]; i++)
			buf_addf(&b, "%s\r\n", u->headers[i]);
		if (u->r.body)
			buf_addf(&b, "Content-Length: %zu\r\n", u->r.body->len);
		buf_adds(&b, "\r\n");
		if (u->r.body)
			buf_add(&b, u->r.body->data, u->r.body->len);
		rc = buf_failed(&b) ? err_nomem(&u->err) : send_all(u, b.data, b.len);
	}
	curl_free(path);
	curl_free(query);
	curl_free(host);
	curl_free(port);
	curl_url_cleanup(url);
	return rc;
}

/* Reads up to and including the empty line; fills status and headers. 1xx other than 101 are skipped. */
static int recv_head(struct connect *u, struct buf *headers)
{
	for (;;) {
		char *end = u->in.len ? memmem(u->in.data, u->in.len, "\r\n\r\n", 4) : NULL, *line, *next;
		uint64_t status;
		char num[4];
		int rc;

		if (!end) {
			if (u->in.len > HEAD_MAX)
				return err_set(&u->err, ERR_PROTO, "%s %.120s: the answer's header is too long",
					       u->r.method, u->r.url);
			rc = recv_more(u);
			if (rc == 0)
				return err_set(&u->err, ERR_UNAVAILABLE, "%s %.120s: the connection was closed",
					       u->r.method, u->r.url);
			if (rc < 0)
				return rc;
			continue;
		}
		if (u->in.len < 12 || memcmp(u->in.data, "HTTP/1.", 7) || u->in.data[8] != ' ')
			return err_set(&u->err, ERR_PROTO, "%s %.120s: the answer is not HTTP/1.1", u->r.method,
				       u->r.url);
		memcpy(num, u->in.data + 9, 3);
		num[3] = 0;
		if (str_to_u64(num, 999, &status) < 0)
			return err_set(&u->err, ERR_PROTO, "%s %.120s: the answer has no status", u->r.method,
				       u->r.url);
		buf_trim(headers, 0);
		for (line = u->in.data; line <= end; line = next + 2) {
			next = memmem(line, (size_t)(end + 2 - line), "\r\n", 2);
			if (line != u->in.data)
				curl_headers_add(headers, line, (size_t)(next - line));
		}
		buf_consume(&u->in, (size_t)(end + 4 - u->in.data));
		if (status < 200 && status != 101)
			continue;
		u->status = (int)status;
		return 0;
	}
}

/* The text of a refusal: enough of it to be shown. */
static int recv_body(struct connect *u, const struct buf *headers)
{
	const char *cl = curl_headers_get(headers, "Content-Length"),
		   *te = curl_headers_get(headers, "Transfer-Encoding");
	AUTO_BUF struct buf body = {0};
	uint64_t want = BODY_MAX;
	int rc = 1;

	if (te && !strcasecmp(te, "chunked")) {
		size_t at = 0;

		while (body.len < BODY_MAX) {
			char *nl = at < u->in.len ? memmem(u->in.data + at, u->in.len - at, "\r\n", 2) : NULL;
			unsigned long n;

			if (nl) {
				n = strtoul(u->in.data + at, NULL, 16);
				if (n == 0 || n > BODY_MAX)
					break;
				if (u->in.len - (size_t)(nl + 2 - u->in.data) >= n + 2) {
					buf_add(&body, nl + 2, n);
					at = (size_t)(nl + 2 - u->in.data) + n + 2;
					continue;
				}
			}
			if (u->in.len > 4 * BODY_MAX || (rc = recv_more(u)) <= 0)
				break;
		}
	} else {
		if (cl && str_to_u64(cl, BODY_MAX, &want) < 0)
			want = BODY_MAX;
		while (u->in.len < want && (rc = recv_more(u)) > 0)
			;
		buf_add(&body, u->in.data ? u->in.data : "", u->in.len < want ? u->in.len : (size_t)want);
	}
	if (rc < 0)
		return rc;
	u->body = buf_take_bytes(&body);
	return u->body ? 0 : err_nomem(&u->err);
}

static int exchange(struct connect *u)
{
	AUTO_SLIST struct curl_slist *headers = NULL;
	AUTO_BUF struct buf answer = {0};
	const char *proto;
	CURLcode rc;
	int r;

	u->easy = curl_easy_init();
	if (!u->easy)
		return err_nomem(&u->err);
	if ((r = curl_setup(u->easy, u->config, &u->r, &headers, u->errbuf, &u->err)) < 0)
		return r;
	curl_easy_setopt(u->easy, CURLOPT_CONNECT_ONLY, 1L);
	curl_easy_setopt(u->easy, CURLOPT_NOPROGRESS, 0L);
	curl_easy_setopt(u->easy, CURLOPT_XFERINFOFUNCTION, on_tick);
	curl_easy_setopt(u->easy, CURLOPT_XFERINFODATA, u);
	rc = curl_easy_perform(u->easy);
	/* The handle outlives what it was set up with. */
	curl_easy_setopt(u->easy, CURLOPT_NOPROGRESS, 1L);
	curl_easy_setopt(u->easy, CURLOPT_HTTPHEADER, NULL);
	if (rc != CURLE_OK)
		return curl_failed(&u->err, rc, &u->r, u->errbuf);
	if (curl_easy_getinfo(u->easy, CURLINFO_ACTIVESOCKET, &u->sock) != CURLE_OK || u->sock == CURL_SOCKET_BAD)
		return err_set(&u->err, ERR_INTERNAL, "%s %.120s: no socket", u->r.method, u->r.url);
	if ((r = send_request(u)) < 0 || (r = recv_head(u, &answer)) < 0)
		return r;
	if (u->status != 101)
		return recv_body(u, &answer);
	proto = curl_headers_get(&answer, "Sec-WebSocket-Protocol");
	if (!proto)
		proto = curl_headers_get(&answer, "X-Stream-Protocol-Version");
	u->protocol = str_dup(proto);
	return proto && !u->protocol ? err_nomem(&u->err) : 0;
}

/* Bytes between libcurl's TLS connection and our end of the socketpair, until one side has had enough. */
static void pump(CURL *easy, curl_socket_t sock, int fd, struct buf *first)
{
	AUTO_FREE char *bufs = malloc(2 * PIECE);
	char *in = bufs, *out = bufs + PIECE;
	size_t in_len = 0, in_off = 0, out_len = 0, out_off = 0;
	bool in_eof = false, out_eof = false, in_shut = false, out_dead = false;

	if (!bufs)
		return;
	for (;;) {
		struct pollfd p[2] = {{.fd = sock}, {.fd = fd}};
		bool moved = false;
		ssize_t r;

		if (in_len == 0 && first->len > 0) {
			in_len = first->len < PIECE ? first->len : PIECE;
			in_off = 0;
			memcpy(in, first->data, in_len);
			buf_consume(first, in_len);
		}
		if (in_len == 0 && !in_eof) {
			CURLcode rc = curl_easy_recv(easy, in, PIECE, &in_len);

			in_off = 0;
			if (rc == CURLE_AGAIN)
				in_len = 0;
			else if (rc != CURLE_OK || in_len == 0)
				in_eof = true;
			else
				moved = true;
		}
		if (in_len > 0) {
			r = send(fd, in + in_off, in_len, MSG_NOSIGNAL);
			if (r > 0) {
				in_off += (size_t)r;
				in_len -= (size_t)r;
				moved = true;
			} else if (r < 0 && errno != EAGAIN && errno != EINTR) {
				return; /* the application has closed */
			}
		}
		if (in_eof && in_len == 0 && !in_shut) {
			shutdown(fd, SHUT_WR);
			in_shut = true;
		}
		if (out_len == 0 && !out_eof && !out_dead) {
			r = recv(fd, out, PIECE, 0);
			if (r > 0) {
				out_len = (size_t)r;
				out_off = 0;
				moved = true;
			} else if (r == 0 || (errno != EAGAIN && errno != EINTR)) {
				out_eof = true;
			}
		}
		if (out_len > 0) {
			size_t did = 0;
			CURLcode rc = curl_easy_send(easy, out + out_off, out_len, &did);

			if (rc == CURLE_OK) {
				out_off += did;
				out_len -= did;
				moved = moved || did > 0;
			} else if (rc != CURLE_AGAIN) {
				/* The peer hears no more; what it said before is still handed on. */
				out_dead = true;
				out_len = 0;
			}
		}
		if (out_dead && in_shut)
			return;
		/* libcurl cannot close TLS in one direction, so the application's end is the end. */
		if (out_eof && out_len == 0)
			return;
		if (moved)
			continue;
		p[0].events = (short)((!in_eof && in_len == 0 ? POLLIN : 0) | (out_len > 0 ? POLLOUT : 0));
		p[1].events =
		    (short)((!out_eof && !out_dead && out_len == 0 ? POLLIN : 0) | (in_len > 0 ? POLLOUT : 0));
		if (!p[0].events)
			p[0].fd = -1; /* POLLHUP would spin */
		if (poll(p, 2, -1) < 0 && errno != EINTR)
			return;
		if (out_dead && (p[1].revents & (POLLHUP | POLLERR)))
			return;
	}
}

static void *connect_main(void *arg)
{
	struct connect *u = arg;
	AUTO_BUF struct buf first = {0};
	AUTO_CURL CURL *easy = NULL;
	AUTO_CLOSE int ours = -1;
	curl_socket_t sock;
	bool posted;
	int pair[2];

	pthread_setname_np(pthread_self(), "http-upgrade");
	u->code = exchange(u);
	sock = u->sock;
	if (u->code == 0 && u->status == 101) {
		if (!u->tls && u->in.len == 0) {
			u->fd = fcntl(sock, F_DUPFD_CLOEXEC, 3);
			if (u->fd < 0)
				u->code = err_errno(&u->err, errno, "upgraded connection");
			else
				(void)fcntl(u->fd, F_SETFL, fcntl(u->fd, F_GETFL) | O_NONBLOCK);
		} else if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, pair) < 0) {
			u->code = err_errno(&u->err, errno, "upgraded connection");
		} else {
			ours = pair[0];
			u->fd = pair[1];
			easy = TAKE_PTR(u->easy);
			curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, NULL); /* u goes before it */
			first = u->in;
			u->in = (struct buf){0};
		}
	}
	pthread_mutex_lock(&u->lock);
	posted = !atomic_load(&u->cancelled) && loop_call(u->loop, deliver, u) == 0;
	pthread_mutex_unlock(&u->lock);
	connect_unref(u);
	if (!posted)
		connect_unref(u); /* the task's */
	if (ours >= 0)
		pump(easy, sock, ours, &first);
	return NULL;
}

/* --- the loop's side --- */

static int copy_request(struct connect *u, const struct http_client_request *r)
{
	size_t n = 0;

	u->r = *r;
	u->r.headers = NULL;
	u->r.method = str_dup(r->method);
	u->r.url = str_dup(r->url);
	u->r.unix_socket = str_dup(r->unix_socket);
	u->r.body = bytes_ref(r->body);
	while (r->headers && r->headers[n])
		n++;
	u->headers = calloc(n + 1, sizeof(char *));
	if (!u->r.method || !u->r.url || (r->unix_socket && !u->r.unix_socket) || !u->headers)
		return -ENOMEM;
	for (size_t i = 0; i < n; i++)
		if (!(u->headers[i] = str_dup(r->headers[i])))
			return -ENOMEM;
	u->r.headers = (const char *const *)u->headers;
	return 0;
}

int http_connect_start(struct list *list, struct loop *l, struct curl_config *config,
		       const struct http_client_request *r, http_connect_fn done, void *arg, struct err *e)
{
	struct connect *u = calloc(1, sizeof(*u));
	pthread_attr_t attr;
	pthread_t thread;
	int rc;

	if (!u)
		return err_nomem(e);
	u->refs = 1;
	pthread_mutex_init(&u->lock, NULL);
	u->fd = u->cancel_fd = -1;
	u->loop = l;
	u->config = curl_config_ref(config);
	u->done = done;
	u->arg = arg;
	u->tls = !strncasecmp(r->url, "https:", 6);
	u->deadline = clock_mono_ms(clock_real()) + (r->timeout_ms ? r->timeout_ms : 30000);
	u->cancel_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (copy_request(u, r) < 0 || u->cancel_fd < 0) {
		connect_unref(u);
		return err_nomem(e);
	}
	u->refs = 3;
	list_add_tail(list, &u->link);
	pthread_attr_init(&attr);
	pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
	pthread_attr_setstacksize(&attr, 512u << 10);
	rc = pthread_create(&thread, &attr, connect_main, u);
	pthread_attr_destroy(&attr);
	if (rc != 0) {
		list_del(&u->link);
		u->refs = 1;
		connect_unref(u);
		return err_errno(e, rc, "start a thread");
	}
	return 0;
}

void http_connect_cancel_all(struct list *list)
{
	uint64_t one = 1;

	while (!list_empty(list)) {
		struct connect *u = container_of(list->next, struct connect, link);

		list_del(&u->link);
		pthread_mutex_lock(&u->lock);
		atomic_store(&u->cancelled, true);
		pthread_mutex_unlock(&u->lock);
		if (write(u->cancel_fd, &one, sizeof(one)) < 0 && errno != EAGAIN)
			abort(); /* an eventfd of our own */
		connect_unref(u);
	}
}
