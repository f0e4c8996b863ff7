/* The gRPC client against scripted peers: what they say, right, wrong, in pieces or not to the end, and what becomes of
 * calls. */
#include <errno.h>
#include <sys/socket.h>
#include "tests/unit/test.h"
#include "tests/unit/wire/grpc_frames.h"
#include "wire/grpc.h"

/* A peer says its script once it has heard the first of the client. The n-th connection has the n-th peer. */
struct peer {
	struct world *w;
	int fd;
	struct loop_io *io;
	struct loop_timer *next;
	struct buf script;
	size_t at, step;  /* bytes at a time, one turn of the loop each; 0: all at once */
	bool close_after; /* and gone */
	bool spoken;
	size_t heard;
};

#define PEERS 4
struct world {
	struct loop *l;
	struct grpc_client *c;
	struct loop_timer *dog;
	struct peer peers[PEERS];
	unsigned n_peers, dials, refuse, refused;
	int want, done; /* answers */
	bool bitten;
	struct grpc_result last;
};

static void peer_close(struct peer *p)
{
	p->io = loop_io_free(p->io);
	if (p->fd >= 0)
		close(p->fd);
	p->fd = -1;
}

static void peer_speak(void *arg)
{
	struct peer *p = arg;

	if (p->fd < 0)
		return;
	while (p->at < p->script.len) {
		size_t n = p->step && p->step < p->script.len - p->at ? p->step : p->script.len - p->at;
		ssize_t k = send(p->fd, p->script.data + p->at, n, MSG_NOSIGNAL);

		if (k < 0 && errno == EAGAIN) {
			loop_io_set(p->io, EPOLLIN | EPOLLOUT);
			return;
		}
		if (k < 0)
			return;
		p->at += (size_t)k;
		if (p->step && p->at < p->script.len) {
			loop_timer_set(p->next, 0);
			return;
		}
	}
	loop_io_set(p->io, EPOLLIN);
	if (p->close_after)
		peer_close(p);
}

static void on_peer(void *arg, int fd, uint32_t events)
{
	struct peer *p = arg;
	char b[65536];
	ssize_t n = 0;

	while (events & (EPOLLIN | EPOLLHUP) && (n = recv(fd, b, sizeof b, 0)) > 0)
		p->heard += (size_t)n;
	if (events & (EPOLLIN | EPOLLHUP) && (n == 0 || errno != EAGAIN)) {
		peer_close(p);
		return;
	}
	if (!p->spoken || events & EPOLLOUT) {
		p->spoken = true;
		peer_speak(p);
	}
}

static int dial(void *arg, int *ret, struct err *e)
{
	struct world *w = arg;
	struct peer *p = &w->peers[w->dials % PEERS];
	int fds[2];

	if (w->refused < w->refuse || w->dials >= w->n_peers) {
		w->refused++;
		return err_set(e, ERR_UNAVAILABLE, "nobody listens");
	}
	w->dials++;
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, fds) < 0)
		return err_errno(e, errno, "socketpair");
	p->w = w;
	p->fd = fds[0];
	CHECK(loop_io_new(&p->io, w->l, fds[0], EPOLLIN, on_peer, p, e) == 0);
	*ret = fds[1];
	return 0;
}

static void on_dog(void *arg)
{
	struct world *w = arg;

	w->bitten = true;
	loop_quit(w->l);
}

static void on_done(void *arg, const struct grpc_result *r)
{
	struct world *w = arg;

	grpc_result_done(&w->last);
	w->last = *r;
	w->last.reply = bytes_ref(r->reply);
	if (++w->done == w->want)
		loop_quit(w->l);
}

static void world_up(struct world *w, const struct grpc_client_config *conf)
{
	struct grpc_client_config c = conf ? *conf : (struct grpc_client_config){0};

	memset(w, 0, sizeof *w);
	w->want = 1;
	c.dial = dial;
	c.dial_arg = w;
	CHECK(loop_new(&w->l, NULL) == 0);
	CHECK(loop_timer_new(&w->dog, w->l, on_dog, w) == 0);
	for (int i = 0; i < PEERS; i++) {
		w->peers[i].fd = -1;
		CHECK(loop_timer_new(&w->peers[i].next, w->l, peer_speak, &w->peers[i]) == 0);
	}
	CHECK(grpc_client_new(&w->c, w->l, &c, NULL) == 0);
}

/* A peer that begins as each has to. */
static struct buf *peer_add(struct world *w)
{
	struct buf *b = &w->peers[w->n_peers++].script;

	add_frame(b, F_SETTINGS, 0, 0, NULL, 0);
	return b;
}

static struct grpc_call *call(struct world *w, const char *text, unsigned timeout_ms)
{
	AUTO_BYTES struct bytes *body = bytes_new(text, strlen(text));
	struct grpc_options o = {.timeout_ms = timeout_ms};
	struct grpc_call *c = NULL;

	CHECK(grpc_call_start(w->c, "/t.T/Echo", body, &o, on_done, w, &c, NULL) == 0);
	return c;
}

static void run(struct world *w)
{
	loop_timer_set(w->dog, 20000);
	loop_run(w->l);
	CHECK(!w->bitten);
}

static void world_down(struct world *w)
{
	w->c = grpc_client_free(w->c);
	for (int i = 0; i < PEERS; i++) {
		peer_close(&w->peers[i]);
		loop_timer_free(w->peers[i].next);
		buf_done(&w->peers[i].script);
	}
	loop_timer_free(w->dog);
	grpc_result_done(&w->last);
	w->l = loop_free(w->l);
}

static bool replied(const struct world *w, const char *text)
{
	return w->last.status == GRPC_OK && w->last.reply && w->last.reply->len == strlen(text) &&
	       !memcmp(w->last.reply->data, text, strlen(text));
}

static void good_answers(void)
{
	static const size_t steps[] = {0, 1, 7};

	for (size_t i = 0; i < ARRAY_LEN(steps); i++) {
		struct world w;

		world_up(&w, NULL);
		add_good(peer_add(&w), 1, "hello");
		w.peers[0].step = steps[i];
		call(&w, "hi", 5000);
		run(&w);
		CHECK(replied(&w, "hello"));
		CHECK(!w.last.local && w.dials == 1);
		world_down(&w);
	}
}

/* Scripts of one answer, and what becomes of each. */
struct answer {
	const char *name;
	void (*script)(struct buf *b);
	int status;
	bool local;
	const char *message; /* part of it */
};

static void s_trailers_only(struct buf *b)
{
	add_headers(b, END_HEADERS | END_STREAM, 1,
		    LINES(":status: 200", "content-type: application/grpc", "grpc-status: 5",
			  "grpc-message: no%20volume%C3%A9 100%25 %zz%"));
}
static void s_trailers(struct buf *b)
{
	add_headers(b, END_HEADERS, 1, LINES(":status: 200", "content-type: application/grpc+proto"));
	add_headers(b, END_HEADERS | END_STREAM, 1, LINES("grpc-status: 9", "grpc-message: in use%0A%00%1b[31m%FF"));
}
static void s_error_after_message(struct buf *b)
{
	add_headers(b, END_HEADERS, 1, LINES(":status: 200", "content-type: application/grpc"));
	add_message(b, 0, 1, 0, "ignored");
	add_headers(b, END_HEADERS | END_STREAM, 1, LINES("grpc-status: 10"));
}
static void s_unknown_status(struct buf *b)
{
	add_headers(b, END_HEADERS | END_STREAM, 1,
		    LINES(":status: 200", "content-type: application/grpc", "grpc-status: 77", "grpc-message: x"));
}
static void s_malformed_status(struct buf *b)
{
	add_headers(b, END_HEADERS | END_STREAM, 1,
		    LINES(":status: 200", "content-type: application/grpc", "grpc-status: -1"));
}
static void s_no_status(struct buf *b)
{
	add_headers(b, END_HEADERS, 1, LINES(":status: 200", "content-type: application/grpc"));
	add_message(b, 0, 1, 0, "x");
	add_headers(b, END_HEADERS | END_STREAM, 1, LINES("x: y"));
}
static void s_no_trailers(struct buf *b)
{
	add_headers(b, END_HEADERS, 1, LINES(":status: 200", "content-type: application/grpc"));
	add_message(b, END_STREAM, 1, 0, "x");
}
static void s_ok_without_message(struct buf *b)
{
	add_headers(b, END_HEADERS | END_STREAM, 1,
		    LINES(":status: 200", "content-type: application/grpc", "grpc-status: 0"));
}
static void s_half_message(struct buf *b)
{
	add_headers(b, END_HEADERS, 1, LINES(":status: 200", "content-type: application/grpc"));
	add_frame(b, F_DATA, 0, 1, "\0\0\0\0\11half", 9);
	add_headers(b, END_HEADERS | END_STREAM, 1, LINES("grpc-status: 0"));
}
static void s_two_messages(struct buf *b)
{
	add_headers(b, END_HEADERS, 1, LINES(":status: 200", "content-type: application/grpc"));
	add_message(b, 0, 1, 0, "one");
	add_message(b, 0, 1, 0, "two");
	add_headers(b, END_HEADERS | END_STREAM, 1, LINES("grpc-status: 0"));
}
static void s_compressed(struct buf *b)
{
	add_headers(b, END_HEADERS, 1, LINES(":status: 200", "content-type: application/grpc"));
	add_message(b, 0, 1, 1, "x");
}
static void s_encoding(struct buf *b)
{
	add_headers(b, END_HEADERS, 1, LINES(":status: 200", "content-type: application/grpc", "grpc-encoding: gzip"));
}
static void s_bad_flag(struct buf *b)
{
	add_headers(b, END_HEADERS, 1, LINES(":status: 200", "content-type: application/grpc"));
	add_message(b, 0, 1, 7, "x");
}
static void s_huge(struct buf *b)
{
	add_headers(b, END_HEADERS, 1, LINES(":status: 200", "content-type: application/grpc"));
	add_frame(b, F_DATA, 0, 1, "\0\xff\xff\xff\xff", 5);
}
static void s_http(struct buf *b)
{
	add_headers(b, END_HEADERS, 1, LINES(":status: 503", "content-type: text/html"));
	add_frame(b, F_DATA, END_STREAM, 1, "<html>", 6);
}
static void s_http_404(struct buf *b)
{
	add_headers(b, END_HEADERS | END_STREAM, 1, LINES(":status: 404"));
}
static void s_content_type(struct buf *b)
{
	add_headers(b, END_HEADERS, 1, LINES(":status: 200", "content-type: application/grpcish"));
	add_message(b, 0, 1, 0, "x");
}
static void s_informational(struct buf *b)
{
	add_headers(b, END_HEADERS, 1, LINES(":status: 103", "link: x"));
	add_good(b, 1, "hello");
}
static void s_reset(struct buf *b)
{
	add_frame(b, F_RST, 0, 1, "\0\0\0\10", 4);
}
static void s_reset_calm(struct buf *b)
{
	add_headers(b, END_HEADERS, 1, LINES(":status: 200", "content-type: application/grpc"));
	add_frame(b, F_RST, 0, 1, "\0\0\0\13", 4);
}
static void s_endless_headers(struct buf *b)
{
	struct buf h = {0};

	for (int i = 0; i < 300; i++)
		add_header(&h, "x-more", "0123456789012345678901234567890123456789012345678901234567890123456789");
	add_frame(b, F_HEADERS, 0, 1, "\x88", 1);
	for (size_t at = 0; at < h.len; at += 8000)
		add_frame(b, F_CONTINUATION, 0, 1, h.data + at, h.len - at < 8000 ? h.len - at : 8000);
	add_frame(b, F_CONTINUATION, END_HEADERS, 1, NULL, 0);
	buf_done(&h);
}
static void s_continuations(struct buf *b)
{
	add_frame(b, F_HEADERS, 0, 1, "\x88", 1);
	for (int i = 0; i < 10000; i++)
		add_frame(b, F_CONTINUATION, 0, 1, NULL, 0);
}
static void s_http1(struct buf *b)
{
	buf_trim(b, 0);
	buf_adds(b, "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
}
static void s_idle_stream(struct buf *b)
{
	add_good(b, 3, "whose?");
}
static void s_pushed(struct buf *b)
{
	add_frame(b, F_SETTINGS, 1, 0, NULL, 0); /* it knows that pushes are not wanted */
	add_frame(b, 5, END_HEADERS, 1, "\0\0\0\2\x88", 5);
}
static void s_settings_flood(struct buf *b)
{
	for (int i = 0; i < 100000; i++)
		add_frame(b, F_SETTINGS, 0, 0, NULL, 0);
}
static void s_goaway_after(struct buf *b)
{
	add_frame(b, F_GOAWAY, 0, 0, "\0\0\0\1\0\0\0\0", 8);
	add_good(b, 1, "hello");
}

static void answers(void)
{
	static const struct answer list[] = {
	    {"trailers only", s_trailers_only, GRPC_NOT_FOUND, false, "no volume\xc3\xa9 100% %zz%"},
	    {"trailers", s_trailers, GRPC_FAILED_PRECONDITION, false, "in use\n??[31m?"},
	    {"error after a message", s_error_after_message, GRPC_ABORTED, false, ""},
	    {"unknown status", s_unknown_status, GRPC_UNKNOWN, false, "x"},
	    {"malformed status", s_malformed_status, GRPC_UNKNOWN, true, "malformed grpc-status"},
	    {"no status", s_no_status, GRPC_INTERNAL, true, "without grpc-status"},
	    {"no trailers", s_no_trailers, GRPC_INTERNAL, true, "without trailers"},
	    {"OK without a message", s_ok_without_message, GRPC_INTERNAL, true, "has no message"},
	    {"half a message", s_half_message, GRPC_INTERNAL, true, "middle of a message"},
	    {"two messages", s_two_messages, GRPC_INTERNAL, true, "more than one message"},
	    {"compressed", s_compressed, GRPC_INTERNAL, true, "compressed"},
	    {"grpc-encoding", s_encoding, GRPC_INTERNAL, true, "compressed"},
	    {"bad flag", s_bad_flag, GRPC_INTERNAL, true, "flag 7"},
	    {"huge", s_huge, GRPC_RESOURCE_EXHAUSTED, true, "4294967295 bytes"},
	    {"HTTP 503", s_http, GRPC_UNAVAILABLE, true, "HTTP 503"},
	    {"HTTP 404", s_http_404, GRPC_UNIMPLEMENTED, true, "HTTP 404"},
	    {"content-type", s_content_type, GRPC_UNKNOWN, true, "application/grpc"},
	    {"informational", s_informational, GRPC_OK, false, ""},
	    {"reset", s_reset, GRPC_CANCELLED, true, "CANCEL"},
	    {"reset: calm", s_reset_calm, GRPC_RESOURCE_EXHAUSTED, true, "ENHANCE_YOUR_CALM"},
	    {"endless headers", s_endless_headers, GRPC_RESOURCE_EXHAUSTED, true, "headers"},
	    {"endless continuations", s_continuations, GRPC_INTERNAL, true, "HTTP/2"},
	    {"HTTP/1.1", s_http1, GRPC_INTERNAL, true, "HTTP/2"},
	    {"a stream that nobody began", s_idle_stream, -1, true, ""},
	    {"a push", s_pushed, -1, true, ""},
	    {"a flood of settings", s_settings_flood, -1, true, ""},
	    {"GOAWAY, and then the answer", s_goaway_after, GRPC_OK, false, ""},
	};

	for (size_t i = 0; i < ARRAY_LEN(list); i++) {
		const struct answer *a = &list[i];
		int before = test_failures_;
		struct world w;

		world_up(&w, NULL);
		a->script(peer_add(&w));
		/* A connection that is closed for a fault says GOAWAY: the peer goes, too. */
		call(&w, "hi", 5000);
		run(&w);
		if (a->status >= 0)
			CHECK_INT(w.last.status, a->status);
		CHECK(w.last.status != GRPC_DEADLINE_EXCEEDED);
		CHECK(w.last.local == a->local);
		CHECK(strstr(w.last.message, a->message));
		CHECK((w.last.status == GRPC_OK) == (w.last.reply != NULL));
		if (test_failures_ != before)
			fprintf(stderr, "in '%s': %s: %s\n", a->name, grpc_code_name(w.last.status), w.last.message);
		world_down(&w);
	}
}

/* The peer dies behind every byte that it could have said. */
static void death_in_any_frame(void)
{
	struct buf whole = {0};

	add_frame(&whole, F_SETTINGS, 0, 0, NULL, 0);
	add_good(&whole, 1, "hello");
	for (size_t n = 0; n <= whole.len; n++) {
		struct world w;

		world_up(&w, NULL);
		buf_add(&w.peers[w.n_peers++].script, whole.data, n);
		w.peers[0].close_after = true;
		call(&w, "hi", 5000);
		run(&w);
		CHECK_INT(w.last.status, n == whole.len ? GRPC_OK : GRPC_UNAVAILABLE);
		CHECK(n == whole.len || (w.last.local && w.last.sent));
		world_down(&w);
	}
	buf_done(&whole);
}

/* Of streams that were not looked at, calls go over to another connection by themselves. */
static void once_more(void)
{
	struct world w;
	struct buf *b;

	world_up(&w, NULL);
	b = peer_add(&w); /* refuses the first, says GOAWAY to what comes */
	add_frame(b, F_RST, 0, 1, "\0\0\0\7", 4);
	add_frame(b, F_GOAWAY, 0, 0, "\0\0\0\0\0\0\0\0", 8);
	add_good(peer_add(&w), 1, "second");
	call(&w, "hi", 5000);
	run(&w);
	CHECK(replied(&w, "second"));
	CHECK_INT(w.dials, 2);
	world_down(&w);

	/* but not for ever */
	world_up(&w, NULL);
	for (int i = 0; i < PEERS; i++) {
		b = peer_add(&w);
		add_frame(b, F_GOAWAY, 0, 0, "\0\0\0\0\0\0\0\0", 8);
	}
	call(&w, "hi", 5000);
	run(&w);
	CHECK_INT(w.last.status, GRPC_UNAVAILABLE);
	CHECK(w.last.local && !w.last.sent);
	CHECK_INT(w.dials, 3);
	world_down(&w);
}

static void deadline(void)
{
	struct world w;

	world_up(&w, NULL);
	peer_add(&w); /* and says nothing more */
	call(&w, "hi", 300);
	run(&w);
	CHECK_INT(w.last.status, GRPC_DEADLINE_EXCEEDED);
	CHECK(w.last.local && w.last.sent);
	world_down(&w);

	/* a peer that says nothing at all is given up sooner than the call */
	world_up(&w, &(struct grpc_client_config){.handshake_timeout_ms = 30});
	w.n_peers = 1;
	call(&w, "hi", 10000);
	run(&w);
	CHECK_INT(w.last.status, GRPC_UNAVAILABLE);
	CHECK(strstr(w.last.message, "HTTP/2"));
	world_down(&w);
}

/* Nobody listens: each call fails at once, but not each tries. */
static void backoff(void)
{
	AUTO_BYTES struct bytes *body = bytes_new("x", 1);
	struct world w;

	world_up(&w, &(struct grpc_client_config){.backoff_ms = 60000, .backoff_max_ms = 60000});
	w.want = 10;
	for (int i = 0; i < 10; i++)
		call(&w, "x", 5000);
	run(&w);
	CHECK_INT(w.last.status, GRPC_UNAVAILABLE);
	CHECK_STR(w.last.message, "nobody listens");
	CHECK(!w.last.sent);
	CHECK_INT(w.refused, 1);
	world_down(&w);

	/* One that waits has its answer once somebody is there: two are gone before they have said anything, the third
	 * speaks. */
	world_up(&w, &(struct grpc_client_config){.backoff_ms = 5});
	w.refuse = 2;
	add_good(peer_add(&w), 1, "third");
	CHECK(grpc_call_start(w.c, "/t.T/Echo", body, &(struct grpc_options){.timeout_ms = 5000, .wait_ready = true},
			      on_done, &w, NULL, NULL) == 0);
	run(&w);
	CHECK(replied(&w, "third"));
	CHECK_INT(w.dials, 1);
	CHECK_INT(w.refused, 2);
	world_down(&w);

	/* and its deadline when nobody is; the message says why */
	world_up(&w, &(struct grpc_client_config){.backoff_ms = 5});
	CHECK(grpc_call_start(w.c, "/t.T/Echo", body, &(struct grpc_options){.timeout_ms = 400, .wait_ready = true},
			      on_done, &w, NULL, NULL) == 0);
	run(&w);
	CHECK_INT(w.last.status, GRPC_DEADLINE_EXCEEDED);
	CHECK(strstr(w.last.message, "nobody listens") && w.refused > 1);
	world_down(&w);
}

struct many {
	struct world w;
	struct grpc_call *calls[3];
	int seen;
};

static void on_first(void *arg, const struct grpc_result *r)
{
	struct many *m = arg;

	(void)r;
	m->seen++;
	/* The second is cancelled, and the client goes while the third is waiting for its word. */
	grpc_call_cancel(m->calls[1]);
	m->w.c = grpc_client_free(m->w.c);
	loop_quit(m->w.l);
}

static void on_never(void *arg, const struct grpc_result *r)
{
	struct many *m = arg;

	(void)r;
	m->seen += 100;
}

static void cancel_and_free_inside(void)
{
	AUTO_BYTES struct bytes *body = bytes_new("x", 1);
	struct grpc_options o = {.timeout_ms = 5000};
	struct many m = {0};
	struct buf *b;

	world_up(&m.w, NULL);
	b = peer_add(&m.w);
	for (uint32_t i = 1; i <= 5; i += 2)
		add_good(b, i, "x");
	for (int i = 0; i < 3; i++)
		CHECK(grpc_call_start(m.w.c, "/t.T/Echo", body, &o, i ? on_never : on_first, &m, &m.calls[i], NULL) ==
		      0);
	run(&m.w);
	CHECK_INT(m.seen, 1);
	world_down(&m.w);
}

static void wrong_usage(void)
{
	AUTO_BYTES struct bytes *body = bytes_new("x", 1);
	struct grpc_options o = {0};
	struct world w;

	world_up(&w, NULL);
	CHECK(grpc_call_start(w.c, "t.T/Echo", body, &o, on_done, &w, NULL, NULL) == -EINVAL);
	CHECK(grpc_call_start(w.c, "/Echo", body, &o, on_done, &w, NULL, NULL) == -EINVAL);
	CHECK(grpc_call_start(w.c, "/t.T/Ec\nho", body, &o, on_done, &w, NULL, NULL) == -EINVAL);
	world_down(&w);
}

static void texts(void)
{
	static const struct {
		const char *in;
		int64_t ms;
	} times[] = {{"1S", 1000}, {"20m", 20},     {"1H", 3600000}, {"3M", 180000},
		     {"1u", 1},    {"1000001n", 2}, {"0m", 0},       {"99999999H", 366LL * 86400000}};
	static const char *const bad[] = {"", "S", "1", "123456789S", "1x", "-1S", " 1S", "1.5S"};
	char out[GRPC_STATUS_TEXT];
	AUTO_BUF struct buf b = {0};
	int64_t ms;

	for (size_t i = 0; i < ARRAY_LEN(times); i++) {
		CHECK(grpc_timeout_parse(times[i].in, strlen(times[i].in), &ms, NULL) == 0);
		CHECK_INT(ms, times[i].ms);
	}
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		CHECK(grpc_timeout_parse(bad[i], strlen(bad[i]), &ms, NULL) == ERR_BAD_REQUEST);
	grpc_timeout_format(out, 1500);
	CHECK_STR(out, "1500m");
	grpc_timeout_format(out, -3);
	CHECK_STR(out, "0m");
	grpc_timeout_format(out, 100000000LL * 1000);
	CHECK_STR(out, "99999999S");
	grpc_percent_encode(&b, "a b%\n\xc3\xa9~");
	CHECK_STR(b.data, "a b%25%0A%C3%A9~");
	grpc_percent_decode(out, sizeof out, b.data, b.len);
	CHECK_STR(out, "a b%\n\xc3\xa9~");
	grpc_percent_decode(out, 4, "abcdef", 6);
	CHECK_STR(out, "abc");
	CHECK(grpc_content_type("application/grpc", 16) && grpc_content_type("application/grpc; charset=x", 27));
	CHECK(grpc_content_type("Application/GRPC+proto", 22) && !grpc_content_type("application/grpc+json", 21));
	CHECK(!grpc_content_type("application/grpc-web", 20) && !grpc_content_type("application/grp", 15));
	CHECK_INT(grpc_code_from_name("DATA_LOSS"), GRPC_DATA_LOSS);
	CHECK_INT(grpc_code_from_name("data"), -EINVAL);
	CHECK_STR(grpc_code_name(99), "UNKNOWN");
	for (int i = 0; i < GRPC_N_CODES; i++)
		CHECK(grpc_code_from_name(grpc_code_name(i)) == i && (grpc_code_to_err(i) == 0) == (i == 0));
}

int main(void)
{
	RUN(texts);
	RUN(good_answers);
	RUN(answers);
	RUN(death_in_any_frame);
	RUN(once_more);
	RUN(deadline);
	RUN(backoff);
	RUN(cancel_and_free_inside);
	RUN(wrong_usage);
	return TEST_END();
}
