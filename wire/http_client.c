#include "wire/http_client.h"
#include <errno.h>
#include <limits.h>
#include <sys/epoll.h>
#include "base/list.h"
#include "base/str.h"
#include "wire/curl_util.h"
#include "wire/http_connect.h"

#define BODY_MAX (64u << 20)
#define IDLE_MAX 64 /* connections that are kept to be used again */

struct http_client {
	struct loop *loop;
	struct curl_config *config;
	CURLM *multi;
	struct loop_timer *timer;
	struct list calls;    /* all */
	struct list waiting;  /* started inside a libcurl callback; not yet added */
	struct list doomed;   /* cancelled inside a libcurl callback; not yet removed */
	struct list connects; /* upgrades under way */
	struct list sockets;
	unsigned busy; /* libcurl or a callback of ours is on the stack */
	bool in_curl;  /* libcurl is: it may not be entered again */
	bool closing;  /* freed while busy */
};

struct client_socket {
	struct list link;
	struct loop_io *io;
};

struct http_call {
	struct list link; /* calls */
	struct list todo; /* waiting or doomed */
	struct http_client *client;
	CURL *easy;
	struct curl_config *config; /* its files are opened by name when the connection is made */
	struct curl_slist *headers, *connect_to;
	struct bytes *request_body;
	size_t request_at; /* of a body that goes out once */
	char *method, *url;
	bool added, cancelled, head_told, follow, paused;
	int error; /* ours, beside libcurl's "write error" */
	struct http_client_cb cb;
	void *arg;
	size_t max_response;
	struct curl_body body;
	struct buf response_headers;
	struct http_client_response response;
	char errbuf[CURL_ERROR_SIZE];
};

static const char *response_header(const struct http_client_response *r, const char *name)
{
	const struct http_call *call = r->priv;

	return curl_headers_get(&call->response_headers, name);
}

static void response_each_header(const struct http_client_response *r,
				 void (*fn)(void *arg, const char *name, const char *value), void *arg)
{
	const struct http_call *call = r->priv;

	curl_headers_each(&call->response_headers, fn, arg);
}

static void call_free(struct http_call *call)
{
	if (call->added)
		curl_multi_remove_handle(call->client->multi, call->easy);
	list_del(&call->link);
	list_del(&call->todo);
	curl_easy_cleanup(call->easy);
	curl_slist_free_all(call->headers);
	curl_config_unref(call->config);
	curl_slist_free_all(call->connect_to);
	bytes_unref(call->request_body);
	curl_body_done(&call->body);
	buf_done(&call->response_headers);
	free(call->method);
	free(call->url);
	free(call);
}

static bool call_silent(const struct http_call *call)
{
	return call->cancelled || call->client->closing;
}

/* --- libcurl's callbacks --- */

static size_t on_header(char *p, size_t size, size_t n, void *arg)
{
	struct http_call *call = arg;
	long status = 0;

	n *= size;
	if (call_silent(call))
		return 0;
	if (n >= 5 && !strncmp(p, "HTTP/", 5)) { /* a further response: after 1xx or a redirect */
		buf_trim(&call->response_headers, 0);
		return n;
	}
	if (n > 2 || (n > 0 && p[0] != '\r' && p[0] != '\n')) {
		curl_headers_add(&call->response_headers, p, n);
		return n;
	}
	curl_easy_getinfo(call->easy, CURLINFO_RESPONSE_CODE, &status);
	if (status < 200 || call->head_told)
		return n;
	if (call->follow && status >= 300 && status < 400 && curl_headers_get(&call->response_headers, "Location"))
		return n;
	call->head_told = true;
	call->response.status = (int)status;
	if (call->cb.on_headers)
		call->cb.on_headers(call->arg, &call->response);
	return call_silent(call) ? 0 : n;
}

static size_t on_body(char *p, size_t size, size_t n, void *arg)
{
	struct http_call *call = arg;
	curl_off_t expect = -1;
	int rc;

	n *= size;
	if (call_silent(call))
		return 0;
	if (!call->head_told) /* the body of a redirect */
		return n;
	if (call->cb.on_data) {
		rc = call->cb.on_data(call->arg, p, n);
		if (rc != 0) {
			call->error = ERR_CANCELED;
			return 0;
		}
		if (call_silent(call))
			return 0;
		/* libcurl keeps what it has read behind this, and reads no more. */
		if (call->paused)
			curl_easy_pause(call->easy, CURLPAUSE_RECV);
		return n;
	}
	curl_easy_getinfo(call->easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &expect);
	rc = curl_body_add(&call->body, p, n, expect > 0 ? (size_t)expect : 0, call->max_response);
	if (rc < 0) {
		call->error = rc;
		return 0;
	}
	return n;
}

/* Without a way back (CURLOPT_SEEKFUNCTION) libcurl fails rather than send it again. */
static size_t on_send(char *p, size_t size, size_t n, void *arg)
{
	struct http_call *call = arg;
	size_t left = call->request_body->len - call->request_at;

	n *= size;
	n = n < left ? n : left;
	memcpy(p, call->request_body->data + call->request_at, n);
	call->request_at += n;
	return n;
}

/* --- the loop's side --- */

static void client_destroy(struct http_client *c)
{
	LIST_FOREACH_SAFE (call, tmp, &c->calls, struct http_call, link)
		call_free(call);
	http_connect_cancel_all(&c->connects);
	if (c->multi)
		curl_multi_cleanup(c->multi);
	LIST_FOREACH_SAFE (s, tmp2, &c->sockets, struct client_socket, link) {
		loop_io_free(s->io);
		free(s);
	}
	loop_timer_free(c->timer);
	curl_config_unref(c->config);
	free(c);
}

static void call_done(struct http_call *call, CURLcode rc);

/* What could not be done inside libcurl. False: the client is gone. */
static bool client_settle(struct http_client *c)
{
	if (c->busy > 0)
		return true;
	if (c->closing) {
		client_destroy(c);
		return false;
	}
	LIST_FOREACH_SAFE (call, tmp, &c->doomed, struct http_call, todo)
		call_free(call);
	while (!list_empty(&c->waiting)) {
		struct http_call *call = container_of(c->waiting.next, struct http_call, todo);

		list_del(&call->todo);
		call->added = curl_multi_add_handle(c->multi, call->easy) == CURLM_OK;
		if (!call->added) {
			c->busy++;
			call_done(call, CURLE_OUT_OF_MEMORY);
			c->busy--;
			return client_settle(c);
		}
	}
	return true;
}

static long request_size(const struct http_call *call)
{
	long n = 0;

	curl_easy_getinfo(call->easy, CURLINFO_REQUEST_SIZE, &n);
	return n;
}

static void call_done(struct http_call *call, CURLcode rc)
{
	struct http_client_request r = {.method = call->method, .url = call->url};
	struct http_client *c = call->client;
	long status = 0;

	if (call->added)
		curl_multi_remove_handle(c->multi, call->easy);
	call->added = false;
	curl_easy_getinfo(call->easy, CURLINFO_RESPONSE_CODE, &status);
	call->response.status = (int)status;
	if (call->error == ERR_TOO_LARGE)
		call->response.code =
		    err_set(&call->response.err, ERR_TOO_LARGE, "%s %.120s: the answer is longer than %zu bytes",
			    call->method, call->url, call->max_response);
	else if (call->error == -ENOMEM)
		call->response.code = err_nomem(&call->response.err);
	else if (rc != CURLE_OK)
		call->response.code = curl_failed(&call->response.err, rc, &r, call->errbuf);
	if (rc != CURLE_OK) {
		long os = 0;

		curl_easy_getinfo(call->easy, CURLINFO_OS_ERRNO, &os);
		call->response.os_errno = (int)os;
		call->response.reason = call->error == ERR_TOO_LARGE ? "the answer is too long"
					: call->errbuf[0]	     ? call->errbuf
								     : curl_easy_strerror(rc);
	}
	/* By what went out, not by rc: libcurl may have failed at last to connect for a second try. */
	call->response.sent = call->request_at > 0 || request_size(call) > 0;
	if (!call->cb.on_data && call->response.code == 0) {
		call->response.body = curl_body_take(&call->body);
		if (!call->response.body)
			call->response.code = err_nomem(&call->response.err);
	}
	if (call->cb.on_done && !call_silent(call))
		call->cb.on_done(call->arg, &call->response);
	call->response.body = bytes_unref(call->response.body);
	call_free(call);
}

static void client_turn(struct http_client *c, curl_socket_t fd, int events)
{
	int running, left;
	CURLMsg *m;

	c->busy++;
	c->in_curl = true;
	curl_multi_socket_action(c->multi, fd, events, &running);
	c->in_curl = false;
	while (!c->closing && (m = curl_multi_info_read(c->multi, &left))) {
		struct http_call *call = NULL;

		if (m->msg != CURLMSG_DONE)
			continue;
		curl_easy_getinfo(m->easy_handle, CURLINFO_PRIVATE, (char **)&call);
		call_done(call, m->data.result);
	}
	c->busy--;
	client_settle(c);
}

static void on_timer(void *arg)
{
	client_turn(arg, CURL_SOCKET_TIMEOUT, 0);
}

static int set_timer(CURLM *m, long ms, void *arg)
{
	struct http_client *c = arg;

	(void)m;
	if (ms < 0)
		loop_timer_stop(c->timer);
	else
		loop_timer_set(c->timer, ms);
	return 0;
}

static void on_io(void *arg, int fd, uint32_t events)
{
	int what = 0;

	if (events & (EPOLLIN | EPOLLRDHUP | EPOLLHUP))
		what |= CURL_CSELECT_IN;
	if (events & EPOLLOUT)
		what |= CURL_CSELECT_OUT;
	if (events & EPOLLERR)
		what |= CURL_CSELECT_ERR;
	client_turn(arg, fd, what);
}

static int set_socket(CURL *easy, curl_socket_t fd, int what, void *arg, void *socket_arg)
{
	struct http_client *c = arg;
	struct client_socket *s = socket_arg;
	uint32_t events = ((what & CURL_POLL_IN) ? EPOLLIN : 0u) | ((what & CURL_POLL_OUT) ? EPOLLOUT : 0u);

	(void)easy;
	if (what == CURL_POLL_REMOVE) {
		if (s) {
			list_del(&s->link);
			loop_io_free(s->io);
			free(s);
		}
		return 0;
	}
	if (s)
		return loop_io_set(s->io, events) < 0 ? -1 : 0;
	s = calloc(1, sizeof(*s));
	if (!s)
		return -1;
	if (loop_io_new(&s->io, c->loop, fd, events, on_io, c, NULL) < 0) {
		free(s);
		return -1;
	}
	list_add_tail(&c->sockets, &s->link);
	curl_multi_assign(c->multi, fd, s);
	return 0;
}

int http_client_new(struct http_client **ret, struct loop *l, const struct http_client_config *conf, struct err *e)
{
	long max = conf && conf->max_connections ? (long)conf->max_connections : 64;
	struct http_client *c = calloc(1, sizeof(*c));
	int rc;

	if (!c)
		return err_nomem(e);
	c->loop = l;
	list_init(&c->calls);
	list_init(&c->waiting);
	list_init(&c->doomed);
	list_init(&c->connects);
	list_init(&c->sockets);
	rc = curl_config_new(&c->config, conf, e);
	if (rc == 0 && loop_timer_new(&c->timer, l, on_timer, c) < 0)
		rc = err_nomem(e);
	if (rc == 0 && !(c->multi = curl_multi_init()))
		rc = err_nomem(e);
	if (rc < 0) {
		client_destroy(c);
		return rc;
	}
	curl_multi_setopt(c->multi, CURLMOPT_SOCKETFUNCTION, set_socket);
	curl_multi_setopt(c->multi, CURLMOPT_SOCKETDATA, c);
	curl_multi_setopt(c->multi, CURLMOPT_TIMERFUNCTION, set_timer);
	curl_multi_setopt(c->multi, CURLMOPT_TIMERDATA, c);
	curl_multi_setopt(c->multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, max);
	curl_multi_setopt(c->multi, CURLMOPT_MAXCONNECTS, max < IDLE_MAX ? max : IDLE_MAX);
	*ret = c;
	return 0;
}

int http_client_set_cert(struct http_client *c, const struct http_client_config *conf, struct err *e)
{
	struct curl_config *fresh = NULL;
	int rc = curl_config_new(&fresh, conf, e);

	if (rc < 0)
		return rc;
	curl_config_unref(c->config);
	c->config = fresh;
	return 0;
}

struct http_client *http_client_free(struct http_client *c)
{
	if (!c)
		return NULL;
	c->closing = true;
	client_settle(c);
	return NULL;
}

int http_client_start(struct http_client *c, const struct http_client_request *r, const struct http_client_cb *cb,
		      void *arg, struct http_call **ret, struct err *e)
{
	struct http_call *call;
	int rc = 0;

	if (c->closing)
		return err_set(e, ERR_CANCELED, "the HTTP client is being closed");
	call = calloc(1, sizeof(*call));
	if (!call)
		return err_nomem(e);
	call->client = c;
	call->cb = *cb;
	call->arg = arg;
	call->max_response = r->max_response ? r->max_response : BODY_MAX;
	call->follow = r->follow_redirects;
	call->response.header = response_header;
	call->response.each_header = response_each_header;
	call->response.priv = call;
	list_init(&call->todo);
	list_add_tail(&c->calls, &call->link);
	call->request_body = bytes_ref(r->body);
	call->config = curl_config_ref(c->config);
	call->method = str_dup(r->method);
	call->url = str_dup(r->url);
	call->easy = curl_easy_init();
	if (!call->method || !call->url || !call->easy)
		rc = err_nomem(e);
	if (rc == 0)
		rc = curl_setup(call->easy, c->config, r, &call->headers, call->errbuf, e);
	if (rc == 0 && r->connect_to) {
		call->connect_to = curl_slist_append(NULL, r->connect_to);
		if (!call->connect_to || curl_easy_setopt(call->easy, CURLOPT_CONNECT_TO, call->connect_to) != CURLE_OK)
			rc = err_nomem(e);
	}
	if (rc < 0) {
		call_free(call);
		return rc;
	}
	curl_easy_setopt(call->easy, CURLOPT_PRIVATE, call);
	curl_easy_setopt(call->easy, CURLOPT_HEADERFUNCTION, on_header);
	curl_easy_setopt(call->easy, CURLOPT_HEADERDATA, call);
	curl_easy_setopt(call->easy, CURLOPT_WRITEFUNCTION, on_body);
	curl_easy_setopt(call->easy, CURLOPT_WRITEDATA, call);
	if (r->once && call->request_body) {
		curl_easy_setopt(call->easy, CURLOPT_POSTFIELDS, NULL);
		curl_easy_setopt(call->easy, CURLOPT_READFUNCTION, on_send);
		curl_easy_setopt(call->easy, CURLOPT_READDATA, call);
	}
	if (c->in_curl) {
		list_add_tail(&c->waiting, &call->todo);
	} else {
		if (curl_multi_add_handle(c->multi, call->easy) != CURLM_OK) {
			call_free(call);
			return err_nomem(e);
		}
		call->added = true;
	}
	if (ret)
		*ret = call;
	return 0;
}

void http_call_cancel(struct http_call *call)
{
	struct http_client *c;

	if (!call || call->cancelled)
		return;
	c = call->client;
	call->cancelled = true;
	list_del(&call->todo);
	if (c->busy > 0)
		list_add_tail(&c->doomed, &call->todo);
	else
		call_free(call);
}

void http_call_pause(struct http_call *call)
{
	call->paused = true;
}

void http_call_resume(struct http_call *call)
{
	struct http_client *c = call->client;
	CURLcode rc;

	if (!call->paused || call->cancelled)
		return;
	call->paused = false;
	c->busy++;
	c->in_curl = true;
	rc = curl_easy_pause(call->easy, CURLPAUSE_CONT); /* tells what it kept */
	c->in_curl = false;
	if (rc != CURLE_OK && !call->cancelled)
		call_done(call, rc);
	c->busy--;
	client_settle(c);
}

int http_client_upgrade(struct http_client *c, const struct http_client_request *r, http_connect_fn done, void *arg,
			struct err *e)
{
	return http_connect_start(&c->connects, c->loop, c->config, r, done, arg, e);
}
