/* HTTP for worker threads: one request, one connection. */
#include <arpa/inet.h>
#include <errno.h>
#include <limits.h>
#include <netinet/in.h>
#include "base/str.h"
#include "wire/curl_util.h"

#define ERROR_BODY_MAX (64u << 10)

struct transfer {
	CURL *easy;
	const struct http_client_request *r;
	struct curl_body body;
	struct buf headers;
	size_t max;
	int error;
	/* downloads */
	int fd; /* -1: collect */
	uint64_t written;
	int (*progress)(void *arg, uint64_t bytes);
	void *progress_arg;
	const char *refused; /* what the last address was that is not connected to */
	char address[INET6_ADDRSTRLEN];
};

static size_t on_header(char *p, size_t size, size_t n, void *arg)
{
	struct transfer *t = arg;

	n *= size;
	if (n >= 5 && !strncmp(p, "HTTP/", 5))
		buf_trim(&t->headers, 0);
	else
		curl_headers_add(&t->headers, p, n);
	return n;
}

static int write_all(int fd, const char *p, size_t n)
{
	while (n > 0) {
		ssize_t r = write(fd, p, n);

		if (r < 0 && errno == EINTR)
			continue;
		if (r < 0)
			return -errno;
		p += r;
		n -= (size_t)r;
	}
	return 0;
}

static size_t on_body(char *p, size_t size, size_t n, void *arg)
{
	struct transfer *t = arg;
	curl_off_t expect = -1;
	long status = 0;
	size_t keep;

	n *= size;
	curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &status);
	if (t->r->follow_redirects && status >= 300 && status < 400)
		return n;
	if (t->fd >= 0 && status >= 200 && status < 300) {
		t->error = write_all(t->fd, p, n);
		t->written += t->error < 0 ? 0 : n;
		if (t->error == 0 && t->progress && t->progress(t->progress_arg, t->written) != 0)
			t->error = ERR_CANCELED;
		return t->error < 0 ? 0 : n;
	}
	if (t->fd >= 0) { /* of an error's text the beginning will do */
		keep = n < ERROR_BODY_MAX - t->body.len ? n : ERROR_BODY_MAX - t->body.len;
		t->error = keep > 0 ? curl_body_add(&t->body, p, keep, 0, ERROR_BODY_MAX) : 0;
	} else {
		curl_easy_getinfo(t->easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &expect);
		t->error = curl_body_add(&t->body, p, n, expect > 0 ? (size_t)expect : 0, t->max);
	}
	return t->error < 0 ? 0 : n;
}

/* Also called about once a second while nothing comes. */
static int on_tick(void *arg, curl_off_t dltotal, curl_off_t dlnow, curl_off_t ultotal, curl_off_t ulnow)
{
	struct transfer *t = arg;

	(void)dltotal;
	(void)dlnow;
	(void)ultotal;
	(void)ulnow;
	if ((t->r->cancel && __atomic_load_n(t->r->cancel, __ATOMIC_ACQUIRE)) ||
	    (t->progress && t->progress(t->progress_arg, t->written) != 0)) {
		t->error = ERR_CANCELED;
		return 1;
	}
	return 0;
}

static curl_socket_t on_socket(void *arg, curlsocktype purpose, struct curl_sockaddr *a)
{
	struct transfer *t = arg;
	const void *bin = NULL;

	if (purpose != CURLSOCKTYPE_IPCXN)
		return CURL_SOCKET_BAD;
	if (a->family == AF_INET)
		bin = &((const struct sockaddr_in *)(const void *)&a->addr)->sin_addr;
	else if (a->family == AF_INET6)
		bin = &((const struct sockaddr_in6 *)(const void *)&a->addr)->sin6_addr;
	t->refused = bin ? t->r->refuse(bin, a->family == AF_INET ? 4 : 16) : "no IP address";
	if (!t->refused)
		return socket(a->family, a->socktype | SOCK_CLOEXEC, a->protocol);
	if (!bin || !inet_ntop(a->family, bin, t->address, sizeof(t->address)))
		t->address[0] = '\0';
	return CURL_SOCKET_BAD;
}

static int transfer_run(struct transfer *t, const struct http_client_config *conf, int *ret_status, struct err *e)
{
	CLEANUP(curl_config_unref_p) struct curl_config *c = NULL;
	AUTO_CURL CURL *h = NULL;
	AUTO_SLIST struct curl_slist *headers = NULL;
	char errbuf[CURL_ERROR_SIZE] = "";
	long status = 0;
	CURLcode rc;
	int r = curl_config_new(&c, conf, e);

	if (r < 0)
		return r;
	h = t->easy = curl_easy_init();
	if (!h)
		return err_nomem(e);
	if ((r = curl_setup(h, c, t->r, &headers, errbuf, e)) < 0)
		return r;
	curl_easy_setopt(h, CURLOPT_HEADERFUNCTION, on_header);
	curl_easy_setopt(h, CURLOPT_HEADERDATA, t);
	curl_easy_setopt(h, CURLOPT_WRITEFUNCTION, on_body);
	curl_easy_setopt(h, CURLOPT_WRITEDATA, t);
	if (t->fd >= 0) {
		/* However long it takes, but not without any progress. */
		curl_easy_setopt(h, CURLOPT_LOW_SPEED_LIMIT, 1L);
		curl_easy_setopt(h, CURLOPT_LOW_SPEED_TIME, 60L);
		curl_easy_setopt(h, CURLOPT_BUFFERSIZE, 131072L);
	}
	if (t->r->refuse) {
		curl_easy_setopt(h, CURLOPT_OPENSOCKETFUNCTION, on_socket);
		curl_easy_setopt(h, CURLOPT_OPENSOCKETDATA, t);
	}
	if (t->progress || t->r->cancel) {
		curl_easy_setopt(h, CURLOPT_NOPROGRESS, 0L);
		curl_easy_setopt(h, CURLOPT_XFERINFOFUNCTION, on_tick);
		curl_easy_setopt(h, CURLOPT_XFERINFODATA, t);
#if LIBCURL_VERSION_NUM >= 0x075700
		/* libcurl would wait for a resolver that hangs. */
		curl_easy_setopt(h, CURLOPT_QUICK_EXIT, t->r->cancel ? 1L : 0L);
#endif
	}
	rc = curl_easy_perform(h);
	t->easy = NULL;
	if (t->error == ERR_TOO_LARGE)
		return err_set(e, ERR_TOO_LARGE, "%s %.120s: the answer is longer than %zu bytes", t->r->method,
			       t->r->url, t->max);
	if (t->error == ERR_CANCELED)
		return err_set(e, ERR_CANCELED, "%s %.120s: canceled", t->r->method, t->r->url);
	if (t->error < 0)
		return err_errno(e, -t->error, "%s %.120s: keep the answer", t->r->method, t->r->url);
	if (rc == CURLE_COULDNT_CONNECT && t->refused)
		return err_set(e, ERR_FORBIDDEN, "%s %.120s: %s is %s, where nobody is asked", t->r->method, t->r->url, t->address, t->refused);
	if (rc != CURLE_OK)
		return curl_failed(e, rc, t->r, errbuf);
	curl_easy_getinfo(h, CURLINFO_RESPONSE_CODE, &status);
	*ret_status = (int)status;
	return 0;
}

static void transfer_done(struct transfer *t)
{
	curl_body_done(&t->body);
	buf_done(&t->headers);
}

int http_get_blocking(const struct http_client_config *c, const struct http_client_request *r, int *ret_status,
		      struct bytes **ret_body, struct err *e)
{
	CLEANUP(transfer_done)
	struct transfer t = {.r = r, .fd = -1, .max = r->max_response ? r->max_response : 64u << 20};
	int status, rc = transfer_run(&t, c, &status, e);

	if (rc < 0)
		return rc;
	*ret_body = curl_body_take(&t.body);
	if (!*ret_body)
		return err_nomem(e);
	*ret_status = status;
	return 0;
}

int http_download_blocking(const struct http_client_config *c, const struct http_client_request *r, int fd,
			   int (*progress)(void *arg, uint64_t bytes), void *arg, int *ret_status,
			   const char *want_header, char **ret_header, struct bytes **ret_error_body, struct err *e)
{
	CLEANUP(transfer_done)
	struct transfer t = {.r = r, .fd = fd, .progress = progress, .progress_arg = arg, .max = SIZE_MAX};
	AUTO_FREE char *header = NULL;
	struct bytes *body = NULL;
	int status, rc = transfer_run(&t, c, &status, e);

	if (rc < 0)
		return rc;
	if (want_header && ret_header) {
		const char *v = curl_headers_get(&t.headers, want_header);

		header = str_dup(v);
		if (v && !header)
			return err_nomem(e);
	}
	if (ret_error_body) {
		if (t.body.len > 0 && !(body = curl_body_take(&t.body)))
			return err_nomem(e);
		*ret_error_body = body;
	}
	if (ret_header)
		*ret_header = TAKE_PTR(header);
	*ret_status = status;
	return 0;
}
