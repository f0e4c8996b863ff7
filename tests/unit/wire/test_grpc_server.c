/* The gRPC server: with the client, and against peers that send what they like. */
#include <errno.h>
#include <pthread.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include "tests/unit/test.h"
#include "tests/unit/wire/grpc_frames.h"
#include "wire/grpc.h"
#include "wire/grpc_server.h"
#include "wire/unix_socket.h"

#define BIG (3u << 20)

struct world {
	struct loop *l;
	struct grpc_server *s;
	struct grpc_client *c;
	struct loop_timer *dog, *later;
	char dir[64], path[512];
	int want, done, good;
	int asked, cancelled;
	struct grpc_request *kept[300];
	int n_kept;
	bool bitten;
	struct grpc_result last;
};

static void on_cancel(void *arg)
{
	struct world *w = arg;

	w->cancelled++;
}

/* Echo answers what it is sent; Fail by a code in it; Keep not before the test says so. */
static void handle(void *arg, struct grpc_request *r)
{
	struct world *w = arg;
	const char *m = grpc_request_method(r);

	w->asked++;
	if (!strcmp(m, "/t.T/Echo")) {
		grpc_reply(r, grpc_request_body(r));
	} else if (!strcmp(m, "/t.T/Fail")) {
		grpc_fail(r, GRPC_FAILED_PRECONDITION, "100%% na\xc3\xafve\nlines \xff");
	} else if (!strcmp(m, "/t.T/Keep")) {
		grpc_request_on_cancel(r, on_cancel, w);
		w->kept[w->n_kept++] = r;
	} else {
		grpc_fail(r, GRPC_UNIMPLEMENTED, "%s is not known", m);
	}
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
	w->good += r->status == GRPC_OK;
	if (++w->done == w->want)
		loop_quit(w->l);
}

/* A loop runs once: a test that needs several steps goes on with another, over the same files. */
static void loop_up(struct world *w)
{
	CHECK(loop_new(&w->l, NULL) == 0);
	CHECK(loop_timer_new(&w->dog, w->l, on_dog, w) == 0);
	w->want = 1;
	w->done = w->good = 0;
}

static void server_up(struct world *w, const struct grpc_server_config *conf)
{
	struct grpc_server_config c = conf ? *conf : (struct grpc_server_config){0};

	c.path = w->path;
	CHECK(grpc_server_new(&w->s, w->l, &c, handle, w, NULL) == 0);
}

static void client_up(struct world *w)
{
	CHECK(grpc_client_new(&w->c, w->l, &(struct grpc_client_config){.path = w->path, .backoff_ms = 5}, NULL) == 0);
}

static void world_up(struct world *w, const struct grpc_server_config *conf)
{
	memset(w, 0, sizeof *w);
	snprintf(w->dir, sizeof w->dir, "/tmp/test_grpc.XXXXXX");
	CHECK(mkdtemp(w->dir) != NULL);
	snprintf(w->path, sizeof w->path, "%s/s.sock", w->dir);
	loop_up(w);
	server_up(w, conf);
	client_up(w);
}

static void loop_down(struct world *w)
{
	w->c = grpc_client_free(w->c);
	w->s = grpc_server_free(w->s);
	while (w->n_kept > 0)
		grpc_fail(w->kept[--w->n_kept], GRPC_CANCELLED, "too late");
	w->dog = loop_timer_free(w->dog);
	w->l = loop_free(w->l);
}

static void world_down(struct world *w)
{
	loop_down(w);
	grpc_result_done(&w->last);
	CHECK(access(w->path, F_OK) < 0);
	rmdir(w->dir);
}

static struct grpc_call *call(struct world *w, const char *method, const void *p, size_t n, unsigned timeout_ms)
{
	AUTO_BYTES struct bytes *body = bytes_new(p, n);
	struct grpc_options o = {.timeout_ms = timeout_ms};
	struct grpc_call *c = NULL;

	CHECK(grpc_call_start(w->c, method, body, &o, on_done, w, &c, NULL) == 0);
	return c;
}

static void run(struct world *w)
{
	loop_timer_set(w->dog, 20000);
	loop_run(w->l);
	CHECK(!w->bitten);
}

static void echo_and_fail(void)
{
	struct world w;
	struct stat st;
	struct err e = {0};

	world_up(&w, NULL);
	CHECK(stat(w.path, &st) == 0 && (st.st_mode & 07777) == 0600);
	w.want = 3;
	call(&w, "/t.T/Echo", "hello", 5, 5000);
	call(&w, "/t.T/Echo", "", 0, 0);
	call(&w, "/t.T/Nothing", "", 0, 5000);
	run(&w);
	CHECK_INT(w.good, 2);
	world_down(&w);

	world_up(&w, NULL);
	call(&w, "/t.T/Fail", "", 0, 5000);
	run(&w);
	CHECK_INT(w.last.status, GRPC_FAILED_PRECONDITION);
	CHECK_STR(w.last.message, "100% na\xc3\xafve\nlines ?");
	CHECK(!w.last.local);
	CHECK(grpc_result_err(&w.last, "/t.T/Fail", &e) == ERR_CONFLICT);
	CHECK(!strncmp(e.msg, "t.T/Fail: FAILED_PRECONDITION: 100%", 35));
	world_down(&w);
}

/* More than windows, sockets and streams at a time hold. */
static void much(void)
{
	char *big = malloc(BIG);
	struct world w;

	for (size_t i = 0; i < BIG; i++)
		big[i] = (char)(i * 2654435761u >> 24);
	world_up(&w, NULL);
	w.want = 302;
	for (int i = 0; i < 300; i++)
		call(&w, "/t.T/Echo", big, 1000, 20000);
	call(&w, "/t.T/Echo", big, BIG, 20000);
	call(&w, "/t.T/Echo", big, BIG, 20000);
	run(&w);
	CHECK_INT(w.good, 302);
	CHECK(w.last.reply && w.last.reply->len > 0 && !memcmp(w.last.reply->data, big, w.last.reply->len));
	world_down(&w);

	/* too large for the server, and then for the client */
	world_up(&w, &(struct grpc_server_config){.max_message = 1000});
	call(&w, "/t.T/Echo", big, BIG, 20000);
	run(&w);
	CHECK_INT(w.last.status, GRPC_RESOURCE_EXHAUSTED);
	CHECK(!w.last.local);
	world_down(&w);
	world_up(&w, &(struct grpc_server_config){.max_message = BIG * 2});
	grpc_client_free(w.c);
	CHECK(grpc_client_new(&w.c, w.l, &(struct grpc_client_config){.path = w.path, .max_message = 1000}, NULL) == 0);
	w.want = 2;
	call(&w, "/t.T/Echo", big, BIG, 20000);
	call(&w, "/t.T/Echo", big, 1000, 20000);
	run(&w);
	CHECK_INT(w.good, 1);
	world_down(&w);
	free(big);
}

static void deadlines(void)
{
	struct world w;

	world_up(&w, NULL);
	call(&w, "/t.T/Keep", "", 0, 500);
	run(&w);
	CHECK_INT(w.last.status, GRPC_DEADLINE_EXCEEDED);
	CHECK_INT(w.n_kept, 1);
	world_down(&w);
}

static void answer_kept(void *arg)
{
	struct world *w = arg;

	/* The first is not waited for any more, the second still is. */
	if (w->n_kept < 2 || w->cancelled < 1) {
		loop_timer_set(w->later, 1);
		return;
	}
	CHECK_INT(grpc_request_fd(w->kept[0]), -1);
	CHECK(grpc_request_fd(w->kept[1]) >= 0);
	CHECK(grpc_request_left_ms(w->kept[1]) > 1000 && grpc_request_left_ms(w->kept[1]) <= 10000);
	grpc_reply(w->kept[0], grpc_request_body(w->kept[0]));
	grpc_reply(w->kept[1], grpc_request_body(w->kept[1]));
	w->n_kept = 0;
}

struct cancelling {
	struct world *w;
	struct grpc_call *call;
};

static void cancel_later(void *arg)
{
	struct cancelling *c = arg;

	/* Not before the server has it. */
	if (c->w->n_kept < 2) {
		loop_timer_set(c->w->later, 1);
		return;
	}
	grpc_call_cancel(c->call);
	loop_timer_free(c->w->later);
	CHECK(loop_timer_new(&c->w->later, c->w->l, answer_kept, c->w) == 0);
	loop_timer_set(c->w->later, 1);
}

static void cancelled_call(void)
{
	struct cancelling c;
	struct world w;

	world_up(&w, NULL);
	c.w = &w;
	c.call = call(&w, "/t.T/Keep", "1", 1, 10000);
	call(&w, "/t.T/Keep", "2", 1, 10000);
	CHECK(loop_timer_new(&w.later, w.l, cancel_later, &c) == 0);
	loop_timer_set(w.later, 1);
	run(&w);
	CHECK_INT(w.cancelled, 1);
	CHECK(w.last.status == GRPC_OK && w.last.reply->len == 1 && w.last.reply->data[0] == '2');
	loop_timer_free(w.later);
	world_down(&w);
}

/* Requests that are worked on count as long as nobody has answered them, cancelled or not. */
static void too_many(void)
{
	struct world w;

	world_up(&w, &(struct grpc_server_config){.max_streams = 3});
	w.want = 3;
	for (int i = 0; i < 3; i++)
		call(&w, "/t.T/Keep", "", 0, 500);
	run(&w);
	CHECK_INT(w.last.status, GRPC_DEADLINE_EXCEEDED);
	CHECK_INT(w.n_kept, 3);
	loop_down(&w);
	loop_up(&w);
	server_up(&w, &(struct grpc_server_config){.max_streams = 3});
	client_up(&w);
	w.want = 5;
	for (int i = 0; i < 5; i++)
		call(&w, "/t.T/Keep", "", 0, 500);
	run(&w);
	CHECK(w.n_kept <= 3);
	CHECK_INT(w.good, 0);
	world_down(&w);
}

static void restart(void *arg, const struct grpc_result *r)
{
	struct world *w = arg;

	CHECK_INT(r->status, w->done == 0 ? GRPC_OK : GRPC_UNAVAILABLE);
	if (w->done++ == 0) { /* the server goes while a call is under way */
		AUTO_BYTES struct bytes *body = bytes_new("x", 1);

		w->s = grpc_server_free(w->s);
		CHECK(grpc_call_start(w->c, "/t.T/Echo", body, &(struct grpc_options){.timeout_ms = 5000}, restart, w,
				      NULL, NULL) == 0);
		return;
	}
	server_up(w, NULL);
	w->done = 0;
	{
		AUTO_BYTES struct bytes *body = bytes_new("y", 1);

		CHECK(grpc_call_start(w->c, "/t.T/Echo", body,
				      &(struct grpc_options){.timeout_ms = 5000, .wait_ready = true}, on_done, w, NULL,
				      NULL) == 0);
	}
}

static void server_comes_back(void)
{
	AUTO_BYTES struct bytes *body = bytes_new("x", 1);
	struct world w;

	world_up(&w, NULL);
	CHECK(grpc_call_start(w.c, "/t.T/Echo", body, &(struct grpc_options){.timeout_ms = 5000}, restart, &w, NULL,
			      NULL) == 0);
	run(&w);
	CHECK_INT(w.last.status, GRPC_OK);
	CHECK(w.last.reply && w.last.reply->data[0] == 'y');
	world_down(&w);
}

/* --- the place in the file system --- */

static void paths(void)
{
	struct world w;
	struct grpc_server *other = NULL;
	struct err e = {0};
	char deep[512];
	int fd = -1;

	world_up(&w, NULL);
	CHECK(grpc_server_new(&other, w.l, &(struct grpc_server_config){.path = w.path}, handle, &w, &e) ==
	      -EADDRINUSE);
	CHECK(strstr(e.msg, "somebody else"));
	CHECK(grpc_server_new(&other, w.l, &(struct grpc_server_config){.path = w.dir}, handle, &w, &e) == -EADDRINUSE);
	CHECK(unix_connect("/nowhere/at/all", &fd, &e) == ERR_UNAVAILABLE);
	world_down(&w);

	/* One that was left behind is replaced; one whose path is longer than the kernel's structure works the same. */
	memset(&w, 0, sizeof w);
	snprintf(w.dir, sizeof w.dir, "/tmp/test_grpc.XXXXXX");
	CHECK(mkdtemp(w.dir) != NULL);
	snprintf(deep, sizeof deep, "%s/%0150d", w.dir, 0);
	CHECK(mkdir(deep, 0700) == 0);
	snprintf(w.path, sizeof w.path, "%s/s.sock", deep);
	CHECK(unix_listen(w.path, 0600, 1, &fd, &e) == 0);
	close(fd);
	loop_up(&w);
	server_up(&w, NULL);
	client_up(&w);
	call(&w, "/t.T/Echo", "x", 1, 5000);
	run(&w);
	CHECK_INT(w.last.status, GRPC_OK);
	loop_down(&w);
	grpc_result_done(&w.last);
	CHECK(rmdir(deep) == 0 && rmdir(w.dir) == 0);
}

/* --- calls of other threads --- */

struct thread {
	struct world *w;
	struct grpc_result r;
	pthread_t id;
	const char *method;
};

static void *thread_main(void *arg)
{
	struct thread *t = arg;
	AUTO_BYTES struct bytes *body = bytes_new("from a thread", 13);

	grpc_call_wait(t->w->c, t->method, body, &(struct grpc_options){.timeout_ms = 20000}, &t->r);
	return NULL;
}

static void threads(void)
{
	struct thread t[8] = {0};
	struct loop_thread *lt = NULL;
	struct world w;

	world_up(&w, NULL);
	CHECK(loop_thread_start(&lt, w.l, "test", NULL) == 0);
	for (int i = 0; i < 8; i++) {
		t[i].w = &w;
		t[i].method = i % 2 ? "/t.T/Echo" : "/t.T/Keep";
		CHECK(pthread_create(&t[i].id, NULL, thread_main, &t[i]) == 0);
	}
	for (int i = 1; i < 8; i += 2) {
		pthread_join(t[i].id, NULL);
		CHECK(t[i].r.status == GRPC_OK && t[i].r.reply && !memcmp(t[i].r.reply->data, "from a thread", 13));
		grpc_result_done(&t[i].r);
	}
	grpc_client_stop(w.c);
	for (int i = 0; i < 8; i += 2) {
		pthread_join(t[i].id, NULL);
		CHECK_INT(t[i].r.status, GRPC_CANCELLED);
		CHECK(t[i].r.local && !t[i].r.reply);
	}
	loop_quit(w.l);
	loop_thread_join(lt);
	world_down(&w);

	/* the end of the loop wakes them, too */
	world_up(&w, NULL);
	CHECK(loop_thread_start(&lt, w.l, "test", NULL) == 0);
	t[0].w = &w;
	CHECK(pthread_create(&t[0].id, NULL, thread_main, &t[0]) == 0);
	loop_quit(w.l);
	pthread_join(t[0].id, NULL);
	CHECK_INT(t[0].r.status, GRPC_CANCELLED);
	loop_thread_join(lt);
	world_down(&w);
}

/* --- peers without manners --- */

struct raw {
	struct world *w;
	int fd;
	struct loop_io *io;
	struct buf heard;
	const struct buf *say;
	size_t said, cut;
	bool shut;
	const char *until; /* a header of stream 1: with it all has been heard */
	bool gone;
};

static void on_raw(void *arg, int fd, uint32_t events)
{
	struct raw *r = arg;
	char b[65536];
	ssize_t n;

	while (events & EPOLLOUT && r->said < r->cut) {
		n = send(fd, r->say->data + r->said, r->cut - r->said, MSG_NOSIGNAL);
		if (n < 0)
			break;
		r->said += (size_t)n;
	}
	if (events & EPOLLOUT && (r->said == r->cut || errno != EAGAIN)) {
		if (r->shut)
			shutdown(fd, SHUT_WR);
		loop_io_set(r->io, EPOLLIN);
	}
	while ((n = recv(fd, b, sizeof b, 0)) > 0)
		buf_add(&r->heard, b, (size_t)n);
	if (n < 0 && errno == EAGAIN && r->until) {
		char got[128];

		find_header(&r->heard, 1, r->until, got);
		if (got[0])
			shutdown(fd, SHUT_WR);
		errno = EAGAIN;
	}
	if (n == 0 || errno != EAGAIN) {
		r->gone = true;
		r->io = loop_io_free(r->io);
		loop_quit(r->w->l);
	}
}

/* Says something to a server and hears its answers until it closes the connection, which it does when its peer is done.
 */
static void talk(const struct grpc_server_config *conf, const struct buf *say, size_t cut, bool shut, const char *until,
		 struct raw *r)
{
	struct world w;
	int fds[2];

	memset(r, 0, sizeof *r);
	world_up(&w, conf);
	r->w = &w;
	CHECK(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, fds) == 0);
	CHECK(grpc_server_adopt(w.s, fds[0], NULL) == 0);
	r->say = say;
	r->cut = cut;
	r->shut = shut;
	r->until = until;
	CHECK(loop_io_new(&r->io, w.l, fds[1], EPOLLIN | EPOLLOUT, on_raw, r, NULL) == 0);
	run(&w);
	CHECK(r->gone);
	close(fds[1]);
	loop_down(&w);

	/* and others have not noticed */
	grpc_result_done(&w.last);
	memset(&w.last, 0, sizeof w.last);
	loop_up(&w);
	server_up(&w, NULL);
	client_up(&w);
	call(&w, "/t.T/Echo", "x", 1, 5000);
	run(&w);
	CHECK_INT(w.last.status, GRPC_OK);
	world_down(&w);
}

/* What a request is answered. */
static void expect(const char *name, const struct buf *say, const char *header, const char *value)
{
	struct raw r;
	char got[128];

	talk(&(struct grpc_server_config){.max_message = 100000}, say, say->len, false, header, &r);
	find_header(&r.heard, 1, header, got);
	if (strcmp(got, value) != 0)
		fprintf(stderr, "%s: %s is '%s'\n", name, header, got);
	CHECK_STR(got, value);
	buf_done(&r.heard);
}

static void requests(void)
{
	static const struct {
		const char *name;
		const char *lines[8];
		int flag;
		const char *header, *value;
	} list[] = {
	    {"good", {REQUEST_LINES("POST", "application/grpc")}, 0, "grpc-status", "0"},
	    {"GET", {REQUEST_LINES("GET", "application/grpc")}, 0, ":status", "405"},
	    {"content-type", {REQUEST_LINES("POST", "application/json")}, 0, ":status", "415"},
	    {"compressed", {REQUEST_LINES("POST", "application/grpc")}, 1, "grpc-status", "12"},
	    {"bad flag", {REQUEST_LINES("POST", "application/grpc")}, 9, "grpc-status", "13"},
	    {"grpc-encoding",
	     {REQUEST_LINES("POST", "application/grpc"), "grpc-encoding: gzip"},
	     0,
	     "grpc-status",
	     "12"},
	    {"grpc-timeout", {REQUEST_LINES("POST", "application/grpc"), "grpc-timeout: soon"}, 0, "grpc-status", "13"},
	};

	for (size_t i = 0; i < ARRAY_LEN(list); i++) {
		AUTO_BUF struct buf b = {0};

		add_preface(&b);
		add_headers(&b, END_HEADERS, 1, list[i].lines);
		add_message(&b, END_STREAM, 1, list[i].flag, "hello");
		expect(list[i].name, &b, list[i].header, list[i].value);
	}
	{
		AUTO_BUF struct buf b = {0};

		add_preface(&b);
		add_headers(&b, END_HEADERS | END_STREAM, 1, LINES(REQUEST_LINES("POST", "application/grpc")));
		expect("no message", &b, "grpc-status", "13");
		buf_trim(&b, 0);
		add_preface(&b);
		add_headers(&b, END_HEADERS, 1, LINES(REQUEST_LINES("POST", "application/grpc")));
		add_frame(&b, F_DATA, 0, 1, "\0\xff\xff\xff\xff", 5);
		expect("too large", &b, "grpc-status", "8");
	}
}

static void hostile(void)
{
	struct grpc_server_config soon = {.io_timeout_ms = 50};
	AUTO_BUF struct buf whole = {0};
	struct raw r;

	add_preface(&whole);
	add_headers(&whole, END_HEADERS, 1, LINES(REQUEST_LINES("POST", "application/grpc")));
	add_message(&whole, END_STREAM, 1, 0, "hello");
	/* gone behind any byte */
	for (size_t n = 0; n < whole.len; n++) {
		talk(NULL, &whole, n, true, NULL, &r);
		buf_done(&r.heard);
	}
	/* silent behind the preface's middle, and in the middle of headers: thrown out */
	talk(&soon, &whole, 10, false, NULL, &r);
	buf_done(&r.heard);
	buf_trim(&whole, 0);
	add_preface(&whole);
	add_frame(&whole, F_HEADERS, 0, 1, "\x83", 1);
	talk(&soon, &whole, whole.len, false, NULL, &r);
	buf_done(&r.heard);
	/* no HTTP/2 */
	buf_trim(&whole, 0);
	buf_adds(&whole, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
	talk(NULL, &whole, whole.len, false, NULL, &r);
	buf_done(&r.heard);
	/* resets as fast as requests */
	buf_trim(&whole, 0);
	add_preface(&whole);
	for (uint32_t i = 1; i < 4001; i += 2) {
		add_headers(&whole, END_HEADERS, i, LINES(REQUEST_LINES("POST", "application/grpc")));
		add_frame(&whole, F_RST, 0, i, "\0\0\0\10", 4);
	}
	talk(NULL, &whole, whole.len, true, NULL, &r);
	buf_done(&r.heard);
}

/* The oldest that is idle makes room. */
static void connections(void)
{
	struct world w;
	int fds[8][2];
	char b[1024];
	ssize_t n;

	world_up(&w, &(struct grpc_server_config){.max_connections = 3});
	for (int i = 0; i < 8; i++) {
		CHECK(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, fds[i]) == 0);
		CHECK(grpc_server_adopt(w.s, fds[i][0], NULL) == 0);
	}
	for (int i = 0; i < 8; i++) {
		while ((n = recv(fds[i][1], b, sizeof b, 0)) > 0)
			;
		CHECK_INT(n == 0, i < 5);
	}
	call(&w, "/t.T/Echo", "x", 1, 5000);
	run(&w);
	CHECK_INT(w.last.status, GRPC_OK);
	for (int i = 0; i < 8; i++)
		close(fds[i][1]);
	world_down(&w);
}

int main(void)
{
	RUN(echo_and_fail);
	RUN(much);
	RUN(deadlines);
	RUN(cancelled_call);
	RUN(too_many);
	RUN(server_comes_back);
	RUN(paths);
	RUN(threads);
	RUN(requests);
	RUN(hostile);
	RUN(connections);
	return TEST_END();
}
