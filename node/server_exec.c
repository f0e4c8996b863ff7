/*
 * Exec and attach: a command's, or the container's own, standard streams over WebSocket channels or SPDY streams.
 *
 * Protocols (k8s.io/apimachinery/pkg/util/remotecommand): channels 0 stdin, 1 stdout, 2 stderr, 3 error, 4 resize. From
 * v4 on the error channel carries a Status as JSON, before that a plain message, in v5 the client can close a channel:
 * message 255, channel. With SPDY each is a stream whose header streamType says which.
 */
#include <errno.h>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include "base/fs.h"
#include "base/str.h"
#include "node/server_exec.h"

#define STREAMS_MS    30000 /* for the client to open its streams */
#define ARGS_MAX      4096u
#define READ_MAX      16384u
#define ATTACH_PACKET 8192u /* conmon's buffer; its packets have one byte more in front */
#define STATUS_MAX    1024u
#define RESIZE_MS     50 /* conmon takes two sizes that it reads at once for twice the first */

static void write_in(struct exec *x);
static void take_console(struct exec *x);

/* --- towards the client --- */

static size_t chan_room(const struct exec *x, int ch)
{
	size_t waiting = tunnel_waiting(x->t), room = waiting < SERVER_OUT_HIGH ? SERVER_OUT_HIGH - waiting : 0, window;

	if (x->kind == TUNNEL_WS)
		return room;
	window = spdy_window(tunnel_spdy(x->t), x->id[ch]);
	return window < room ? window : room;
}

/* Returns the bytes taken. */
static size_t chan_send(struct exec *x, int ch, const void *p, size_t n)
{
	size_t room = chan_room(x, ch);
	AUTO_BUF struct buf b = {0};

	if (!x->open[ch] || x->fin[ch])
		return n;
	if (ch == CH_ERROR && x->kind == TUNNEL_WS)
		room = n; /* small, once, and in one message */
	if (n > room)
		n = room;
	if (n == 0)
		return 0;
	if (x->kind != TUNNEL_WS)
		return spdy_send(tunnel_spdy(x->t), x->id[ch], p, n, false);
	if (x->base64) {
		AUTO_FREE char *text = NULL;

		buf_addc(&b, (char)('0' + ch));
		if (b64_encode(p, n, false, &text) == 0)
			buf_adds(&b, text);
	} else {
		buf_addc(&b, (char)ch);
		buf_add(&b, p, n);
	}
	if (!buf_failed(&b))
		tunnel_message(x->t, x->base64, b.data, b.len);
	return n;
}

static void chan_fin(struct exec *x, int ch)
{
	if (!x->open[ch] || x->fin[ch])
		return;
	x->fin[ch] = true;
	/* In WebSockets only the client closes single channels; ours end with the connection. */
	if (x->kind != TUNNEL_WS)
		(void)spdy_send(tunnel_spdy(x->t), x->id[ch], "", 0, true);
}

/* Status of the apimachinery's remotecommand, or what older protocols had. */
static void make_status(struct exec *x, const char *reason, const char *message, int exit_code)
{
	AUTO_JSON json_t *st = NULL;
	AUTO_BUF struct buf b = {0};

	if (!x->status_json) {
		if (message)
			buf_adds(&b, message);
	} else {
		st = json_pack("{s:{},s:s}", "metadata", "status", message ? "Failure" : "Success");
		if (message) {
			json_object_set_new(st, "message", json_string(message));
			json_object_set_new(st, "reason", json_string(reason));
			if (exit_code > 0) {
				char code[16];

				snprintf(code, sizeof(code), "%d", exit_code);
				json_object_set_new(
				    st, "details",
				    json_pack("{s:[{s:s,s:s}]}", "causes", "reason", "ExitCode", "message", code));
			} else {
				json_object_set_new(st, "code", json_integer(500));
			}
		}
		json_encode_buf(st, &b);
	}
	if (buf_failed(&b))
		return;
	buf_add(&x->last, b.data, b.len < STATUS_MAX ? b.len : STATUS_MAX);
}

/* The status goes out whole, however little room there is, and before the goodbye. */
static void send_last(struct exec *x)
{
	size_t n = chan_send(x, CH_ERROR, x->last.data, x->last.len);

	buf_consume(&x->last, n);
	if (x->last.len > 0)
		return; /* on_room goes on */
	chan_fin(x, CH_ERROR);
	tunnel_finish(x->t);
}

/* message NULL: success. */
static void finish(struct exec *x, const char *reason, const char *message, int exit_code)
{
	if (x->finishing || x->session.ended)
		return;
	x->finishing = true;
	chan_fin(x, CH_STDOUT);
	chan_fin(x, CH_STDERR);
	make_status(x, reason, message, exit_code);
	send_last(x);
}

static void fail(struct exec *x, const char *what)
{
	AUTO_FREE char *m = what ? str_fmt("%s: %s", what, x->err.msg) : str_dup(x->err.msg);

	finish(x, "InternalError", m ? m : "out of memory", 0);
}

/* --- from the process --- */

static void source_close(struct source *s)
{
	s->io = loop_io_free(s->io);
	if (s->fd >= 0)
		(void)close(s->fd);
	s->fd = -1;
}

static void complete_if_done(struct exec *x)
{
	char message[80];

	for (int i = 0; i < 2; i++)
		if (x->out[i].hold.len > 0 || (x->out[i].fd >= 0 && !(x->exited && x->out[i].dry)))
			return;
	if (x->attach) {
		if (x->started && x->out[0].fd < 0)
			finish(x, NULL, NULL, 0);
		return;
	}
	if (!x->exited)
		return;
	int code = WIFEXITED(x->wait_status) ? WEXITSTATUS(x->wait_status) : 128 + WTERMSIG(x->wait_status);
	snprintf(message, sizeof(message), "command terminated with non-zero exit code: exit code %d", code);
	finish(x, "NonZeroExitCode", code ? message : NULL, code);
}

/* Moves what is held; true when all of it went. */
static bool release(struct source *s)
{
	size_t n;

	if (s->hold.len == 0)
		return true;
	n = chan_send(s->x, s->channel, s->hold.data, s->hold.len);
	buf_consume(&s->hold, n);
	return s->hold.len == 0;
}

static void attach_packet(struct source *s, char *b, size_t n)
{
	struct exec *x = s->x;

	/* First byte: 2 stdout, 3 stderr. */
	s->channel = b[0] == 3 && x->open[CH_STDERR] ? CH_STDERR : CH_STDOUT;
	if ((b[0] == 3) != (s->channel == CH_STDERR) && !x->tty)
		return; /* stderr that nobody wants */
	size_t k = chan_send(x, s->channel, b + 1, n - 1);
	if (k < n - 1)
		buf_add(&s->hold, b + 1 + k, n - 1 - k);
}

static void source_pump(struct source *s)
{
	char b[READ_MAX + 1];

	while (s->fd >= 0 && release(s)) {
		size_t room = chan_room(s->x, s->channel), want = s->x->attach ? ATTACH_PACKET + 1 : READ_MAX;
		ssize_t n;

		if (s->x->open[s->channel] && room == 0)
			break;
		if (!s->x->attach && s->x->open[s->channel] && room < want)
			want = room;
		n = read(s->fd, b, want);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno == EAGAIN) {
			s->dry = true;
			(void)loop_io_set(s->io, EPOLLIN);
			return;
		}
		if (n <= 0) { /* a terminal says EIO when its last user has gone */
			source_close(s);
			return;
		}
		s->dry = false;
		if (s->x->attach) {
			attach_packet(s, b, (size_t)n);
		} else {
			size_t k = chan_send(s->x, s->channel, b, (size_t)n);
			if (k < (size_t)n)
				buf_add(&s->hold, b + k, (size_t)n - k);
		}
	}
	if (s->fd >= 0)
		(void)loop_io_set(s->io, 0); /* until on_room */
}

static void pump_all(struct exec *x)
{
	for (int i = 0; i < 2; i++) {
		(void)release(&x->out[i]);
		source_pump(&x->out[i]);
	}
	complete_if_done(x);
}

static void on_source(void *arg, int fd, uint32_t events)
{
	struct source *s = arg;
	struct exec *x = s->x;

	(void)fd;
	(void)events;
	source_pump(s);
	complete_if_done(x);
	if (!x->session.ended)
		tunnel_flush(x->t);
}

static void on_exit_status(void *arg, pid_t pid, int status)
{
	struct exec *x = arg;

	(void)pid;
	x->exited = true;
	x->wait_status = status < 0 ? 255 << 8 : status;
	x->child = loop_child_free(x->child);
	/* All that was written before the end is in the pipes now; who still holds them open is not waited for. */
	for (int i = 0; i < 2; i++)
		x->out[i].dry = false;
	/* A short command may have had its terminal and ended before we looked: what it said is in the terminal. */
	if (x->tty && x->listen_fd >= 0)
		take_console(x);
	if (x->tty && x->listen_fd >= 0) {
		/* It failed before it had a terminal. */
		x->listen_io = loop_io_free(x->listen_io);
		(void)close(TAKE_FD(x->listen_fd));
	}
	if (x->finishing || x->session.ended)
		return;
	pump_all(x);
	if (!x->session.ended)
		tunnel_flush(x->t);
}

/* --- towards the process --- */

static void close_in(struct exec *x)
{
	x->in_io = loop_io_free(x->in_io);
	if (x->attach && x->in_fd >= 0)
		(void)shutdown(x->in_fd, SHUT_WR); /* the duplicate alone would tell the monitor nothing */
	if (x->in_fd >= 0)
		(void)close(TAKE_FD(x->in_fd));
	buf_trim(&x->in, 0);
}

static void on_in(void *arg, int fd, uint32_t events)
{
	struct exec *x = arg;

	(void)fd;
	(void)events;
	write_in(x);
	if (!x->session.ended)
		tunnel_flush(x->t);
}

/* With a terminal or attached, reading and writing share a descriptor: a duplicate has interests of its own. */
static void want_out(struct exec *x, bool want)
{
	if (!x->in_io && want &&
	    loop_io_new(&x->in_io, x->session.server->loop, x->in_fd, EPOLLOUT, on_in, x, NULL) < 0)
		close_in(x);
	else if (x->in_io)
		(void)loop_io_set(x->in_io, want ? EPOLLOUT : 0);
}

/*
 * Also with SPDY: a peer that keeps to its windows never gets here, and Kubernetes' own knows none. Also before the
 * command runs, which may take its time.
 */
static void hold_client(struct exec *x)
{
	bool full = x->in.len > SERVER_IN_HIGH;

	if (full != x->paused) {
		x->paused = full;
		tunnel_pause(x->t, full);
	}
}

static void write_in(struct exec *x)
{
	size_t done = 0;

	while (x->in_fd >= 0 && done < x->in.len) {
		size_t part = x->in.len - done;
		ssize_t n;

		if (x->attach && part > ATTACH_PACKET)
			part = ATTACH_PACKET;
		n = x->attach ? send(x->in_fd, x->in.data + done, part, MSG_NOSIGNAL | MSG_DONTWAIT)
			      : write(x->in_fd, x->in.data + done, part);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno == EAGAIN)
			break;
		if (n < 0) {
			done = x->in.len; /* it reads no more; what comes is dropped */
			close_in(x);
			break;
		}
		done += (size_t)n;
	}
	if (x->in_fd < 0)
		done = x->in.len;
	buf_consume(&x->in, done);
	if (x->kind != TUNNEL_WS && x->in.len == 0 && x->in_taken > 0) {
		spdy_consumed(tunnel_spdy(x->t), x->id[CH_STDIN], x->in_taken);
		x->in_taken = 0;
	}
	if (x->in_fd >= 0) {
		if (x->in.len == 0 && x->in_eof)
			close_in(x);
		else
			want_out(x, x->in.len > 0);
	}
	hold_client(x);
}

static void resize_attached(struct exec *x)
{
	AUTO_FREE char *bundle = runtime_bundle(node_runtime(x->session.server->n), x->info.cid),
		       *path = bundle ? fs_join(bundle, "ctl") : NULL;
	AUTO_CLOSE int fd = path ? open(path, O_WRONLY | O_NONBLOCK | O_CLOEXEC) : -1;
	char line[64];
	int k = snprintf(line, sizeof(line), "1 %d %d\n", x->size.ws_row, x->size.ws_col);

	x->size_waits = false;
	loop_timer_set(x->resize_timer, RESIZE_MS);
	if (fd >= 0 && write(fd, line, (size_t)k) < 0)
		loop_timer_stop(x->resize_timer); /* the monitor is gone, and so are we soon */
}

static void on_resize_timer(void *arg)
{
	struct exec *x = arg;

	if (x->size_waits)
		resize_attached(x);
}

static void set_size(struct exec *x)
{
	if (!x->attach) {
		if (x->out[0].fd >= 0)
			(void)ioctl(x->out[0].fd, TIOCSWINSZ, &x->size);
	} else if (loop_timer_armed(x->resize_timer)) {
		x->size_waits = true;
	} else {
		resize_attached(x);
	}
}

static void resize(struct exec *x, const uint8_t *p, size_t n)
{
	AUTO_JSON json_t *v = NULL;
	int64_t cols = 0, rows = 0;
	const char *key;
	json_t *m;

	if (n > 256 || json_parse((const char *)p, n, &v, NULL) < 0)
		return;
	/* Go reads names whatever their case is, and clients count on it: kubectl says Width, the JavaScript client width. */
	json_object_foreach(v, key, m)
	{
		if (strcasecmp(key, "width") == 0)
			cols = json_integer_value(m);
		else if (strcasecmp(key, "height") == 0)
			rows = json_integer_value(m);
	}
	if (cols <= 0 || rows <= 0 || cols > UINT16_MAX || rows > UINT16_MAX)
		return;
	x->size.ws_col = (unsigned short)cols;
	x->size.ws_row = (unsigned short)rows;
	set_size(x);
}

static void chan_data(struct exec *x, int ch, const uint8_t *p, size_t n, bool fin)
{
	if (ch == CH_RESIZE)
		for (size_t at = 0; at < n;) { /* one JSON document a line */
			const uint8_t *nl = memchr(p + at, '\n', n - at);
			size_t len = nl ? (size_t)(nl - (p + at)) : n - at;

			if (len > 0)
				resize(x, p + at, len);
			at += len + 1;
		}
	if (ch != CH_STDIN) {
		if (x->kind != TUNNEL_WS && n > 0)
			spdy_consumed(tunnel_spdy(x->t), x->id[ch], n);
		return;
	}
	if (x->kind != TUNNEL_WS)
		x->in_taken += n;
	buf_add(&x->in, p, n);
	x->in_eof |= fin;
	if (x->started)
		write_in(x);
	else
		hold_client(x);
}

/* --- starting --- */

static void start_run(struct session_job *j)
{
	struct exec *x = container_of(j, struct exec, job);

	x->code = x->attach ? exec_attach(x, &x->err) : exec_spawn(x, &x->err);
}

static int source_open(struct exec *x, int i, int fd, int channel)
{
	struct source *s = &x->out[i];

	s->fd = fd;
	s->channel = channel;
	return loop_io_new(&s->io, x->session.server->loop, fd, EPOLLIN, on_source, s, NULL);
}

/* The runtime hands over the terminal; nothing happens when it has not yet. */
static void take_console(struct exec *x)
{
	int master = exec_take_terminal(x->listen_fd);

	if (master == -EAGAIN)
		return;
	x->listen_io = loop_io_free(x->listen_io);
	(void)close(TAKE_FD(x->listen_fd));
	if (master < 0 || source_open(x, 0, master, CH_STDOUT) < 0) {
		err_set(&x->err, ERR_INTERNAL, "the runtime gave no terminal");
		fail(x, NULL);
		return;
	}
	if (x->size.ws_col) /* which came before the terminal was there */
		set_size(x);
	/* A second description of interests needs a second descriptor. */
	x->in_fd = fcntl(master, F_DUPFD_CLOEXEC, 3);
	x->started = true;
	write_in(x);
}

static void on_console(void *arg, int fd, uint32_t events)
{
	struct exec *x = arg;

	(void)fd;
	(void)events;
	take_console(x);
	if (!x->session.ended)
		tunnel_flush(x->t);
}

/* The client left while the job ran. */
static void start_dropped(struct session_job *j)
{
	struct exec *x = container_of(j, struct exec, job);

	if (x->code < 0 || x->attach)
		return;
	exec_kill(x);
	(void)kill(x->pid, SIGKILL);
	(void)waitpid(x->pid, NULL, 0);
}

static void start_done(struct session_job *j)
{
	struct exec *x = container_of(j, struct exec, job);
	struct loop *loop = x->session.server->loop;
	int r = x->code;

	if (r < 0) {
		fail(x, NULL);
		tunnel_flush(x->t);
		return;
	}
	if (!x->attach && (r = loop_child_new(&x->child, loop, x->pid, on_exit_status, x, &x->err)) < 0) {
		start_dropped(j);
		fail(x, NULL);
		return;
	}
	if (x->listen_fd >= 0)
		r = loop_io_new(&x->listen_io, loop, x->listen_fd, EPOLLIN, on_console, x, &x->err);
	for (int i = 0; r == 0 && i < 2; i++)
		if (x->out_fd[i] >= 0)
			r = source_open(x, i, TAKE_FD(x->out_fd[i]), i && !x->tty ? CH_STDERR : CH_STDOUT);
	if (r < 0) {
		err_nomem(&x->err);
		fail(x, NULL);
		return;
	}
	if (x->attach && x->want[CH_STDIN])
		x->in_fd = fcntl(x->out[0].fd, F_DUPFD_CLOEXEC, 3);
	if (!x->tty || x->attach) {
		x->started = true;
		write_in(x);
	}
	tunnel_flush(x->t);
}

static void start(struct exec *x)
{
	loop_timer_stop(x->timer);
	x->job.run = start_run;
	x->job.done = start_done;
	x->job.dropped = start_dropped;
	session_submit(&x->session, &x->job);
}

/* --- the tunnel's callbacks --- */

/* Text or binary is all the same, as it is to Kubernetes: the Python client sends what it has as a string as text. */
static void on_message(void *arg, bool text, const uint8_t *p, size_t n)
{
	struct exec *x = arg;

	(void)text;
	if (n == 0)
		return;
	if (x->v5 && p[0] == 255) {
		if (n == 2 && p[1] == CH_STDIN)
			chan_data(x, CH_STDIN, NULL, 0, true);
		return;
	}
	int ch = x->base64 ? p[0] - '0' : p[0];
	if (ch != CH_STDIN && ch != CH_RESIZE)
		return;
	if (ch == CH_STDIN && !x->want[CH_STDIN])
		return;
	if (x->base64) {
		AUTO_FREE void *raw = NULL;
		size_t len;

		if (b64_decode((const char *)p + 1, n - 1, false, &raw, &len) == 0)
			chan_data(x, ch, raw, len, false);
	} else {
		chan_data(x, ch, p + 1, n - 1, false);
	}
}

static int on_stream(void *arg, uint32_t id, const struct spdy_header *h, size_t n, bool fin)
{
	static const char *const types[CH_N] = {"stdin", "stdout", "stderr", "error", "resize"};
	struct exec *x = arg;
	const char *type = NULL;
	bool all = true;

	for (size_t i = 0; i < n; i++)
		if (strcasecmp(h[i].name, "streamtype") == 0)
			type = h[i].value;
	for (int ch = 0; ch < CH_N; ch++) {
		if (streq(type, types[ch])) {
			if (x->open[ch] || !x->want[ch])
				return 1;
			x->open[ch] = true;
			x->id[ch] = id;
			type = NULL;
			(void)spdy_reply(tunnel_spdy(x->t), id, NULL, 0, false);
			if (fin && ch == CH_STDIN)
				x->in_eof = true;
		}
		all &= x->open[ch] || !x->want[ch];
	}
	if (type)
		return 1;
	if (all)
		start(x);
	return 0;
}

static void on_data(void *arg, uint32_t id, const uint8_t *p, size_t n, bool fin)
{
	struct exec *x = arg;

	for (int ch = 0; ch < CH_N; ch++)
		if (x->open[ch] && x->id[ch] == id)
			chan_data(x, ch, p, n, fin);
}

static void on_reset(void *arg, uint32_t id)
{
	struct exec *x = arg;

	for (int ch = 0; ch < CH_N; ch++)
		if (x->open[ch] && x->id[ch] == id) {
			x->fin[ch] = true;
			if (ch == CH_STDIN)
				chan_data(x, ch, NULL, 0, true);
		}
}

static void on_room(void *arg)
{
	struct exec *x = arg;

	if (x->last.len > 0)
		send_last(x);
	else if (x->started)
		pump_all(x);
}

static void on_closed(void *arg)
{
	struct exec *x = arg;

	session_end(&x->session);
}

/* --- life --- */

static void exec_close(struct session *s)
{
	struct exec *x = container_of(s, struct exec, session);

	if (x->timer)
		loop_timer_stop(x->timer);
	if (x->resize_timer)
		loop_timer_stop(x->resize_timer);
	for (int i = 0; i < 2; i++)
		source_close(&x->out[i]);
	if (!x->attach)
		close_in(x);
	x->in_io = loop_io_free(x->in_io);
	x->listen_io = loop_io_free(x->listen_io);
	if (x->child) {
		/* Nobody hears it any more. The runtime ends with the command. */
		exec_kill(x);
	}
}

static void exec_destroy(struct session *s)
{
	struct exec *x = container_of(s, struct exec, session);

	if (x->child) {
		(void)loop_child_free(x->child);
		(void)kill(x->pid, SIGKILL);
		(void)waitpid(x->pid, NULL, 0);
	}
	if (x->in_fd >= 0)
		(void)close(x->in_fd);
	for (int i = 0; i < 2; i++) {
		if (x->out_fd[i] >= 0)
			(void)close(x->out_fd[i]);
		buf_done(&x->out[i].hold);
	}
	if (x->listen_fd >= 0)
		(void)close(x->listen_fd);
	if (x->console_path)
		(void)unlink(x->console_path);
	if (x->pid_path) {
		AUTO_FREE char *process = str_fmt("%s.json", x->pid_path);

		(void)unlink(x->pid_path);
		if (process)
			(void)unlink(process);
	}
	free(x->console_path);
	free(x->pid_path);
	(void)tunnel_free(x->t);
	(void)loop_timer_free(x->timer);
	(void)loop_timer_free(x->resize_timer);
	buf_done(&x->in);
	buf_done(&x->last);
	strv_free(x->argv);
	free(x);
}

static void on_timer(void *arg)
{
	struct exec *x = arg;

	err_set(&x->err, ERR_TIMEOUT, "timed out waiting for client to create streams");
	session_end(&x->session);
}

static char **command(const char *query)
{
	char **v = NULL, *one;
	const char *at = NULL;
	size_t n = 0;

	while (n < ARGS_MAX && (one = query_value(query, "command", &at))) {
		char **p = reallocarray(v, n + 2, sizeof(*p));

		if (!p) {
			free(one);
			strv_free(v);
			return NULL;
		}
		v = p;
		v[n++] = one;
		v[n] = NULL;
		if (!*at)
			break;
	}
	return v;
}

static void exec_begin(struct upgrade *u, int fd)
{
	static const struct tunnel_ops ops = {on_message, on_stream, on_data, on_reset, on_room, on_closed};
	struct exec *x = calloc(1, sizeof(*x));
	const char *q = u->rq.query;

	if (!x) {
		(void)close(fd);
		return;
	}
	x->kind = u->kind;
	x->attach = u->attach;
	x->info = u->info;
	x->in_fd = x->out_fd[0] = x->out_fd[1] = x->listen_fd = x->out[0].fd = x->out[1].fd = -1;
	x->out[0].x = x->out[1].x = x;
	x->out[0].channel = CH_STDOUT;
	x->out[1].channel = CH_STDERR;
	x->tty = u->attach ? u->info.tty : query_flag(q, "tty");
	x->want[CH_STDIN] = query_flag(q, "input") || query_flag(q, "stdin");
	x->want[CH_STDOUT] = query_flag(q, "output") || query_flag(q, "stdout");
	x->want[CH_STDERR] = (query_flag(q, "error") || query_flag(q, "stderr")) && !x->tty;
	x->want[CH_ERROR] = true;
	x->v5 = streq(u->protocol, "v5.channel.k8s.io");
	x->base64 = strstr(u->protocol, "base64.") != NULL;
	x->status_json = x->v5 || str_has_prefix(u->protocol, "v4.");
	x->want[CH_RESIZE] = x->tty && (x->status_json || str_has_prefix(u->protocol, "v3."));
	session_init(&x->session, u->server, exec_close, exec_destroy);
	if (tunnel_new(&x->t, u->server, u->kind, fd, &ops, x) < 0 ||
	    loop_timer_new(&x->timer, u->server->loop, on_timer, x) < 0 ||
	    loop_timer_new(&x->resize_timer, u->server->loop, on_resize_timer, x) < 0 ||
	    (!x->attach && !(x->argv = command(q)))) {
		session_end(&x->session);
		return;
	}
	if (x->kind == TUNNEL_WS) {
		memcpy(x->open, x->want, sizeof(x->open));
		start(x);
	} else {
		loop_timer_set(x->timer, STREAMS_MS);
	}
}

void server_exec(struct node_server *s, struct http_exchange *x, struct request *rq, bool attach)
{
	static const char *const ws[] = {"v5.channel.k8s.io",     "v4.channel.k8s.io", "v4.base64.channel.k8s.io",
					 "base64.channel.k8s.io", "channel.k8s.io",    NULL};
	static const char *const spdy[] = {"v4.channel.k8s.io", "v3.channel.k8s.io", "v2.channel.k8s.io",
					   "channel.k8s.io", NULL};
	AUTO_FREE char *first = query_value(rq->query, "command", NULL);
	struct upgrade *u = calloc(1, sizeof(*u));
	struct err e = {0};
	int r =
	    u ? node_find_container(s->n, rq->ns, rq->pod, rq->uid, rq->container, false, &u->info, &e) : err_nomem(&e);

	if (r == 0 && !u->info.running)
		r = err_set(&e, ERR_NOT_FOUND, "container %.100s is not running in pod %.100s", u->info.container,
			    rq->pod);
	if (r == 0 && !attach && (!first || !*first))
		r = err_set(&e, ERR_BAD_REQUEST, "you must specify a command");
	if (r == 0 && !query_flag(rq->query, "input") && !query_flag(rq->query, "output") &&
	    !query_flag(rq->query, "error") && !query_flag(rq->query, "stdin") && !query_flag(rq->query, "stdout") &&
	    !query_flag(rq->query, "stderr"))
		r = err_set(&e, ERR_BAD_REQUEST, "you must specify at least 1 of stdin, stdout, stderr");
	if (r < 0) {
		free(u);
		reply_error(x, error_status(r), &e);
		return;
	}
	if (upgrade_negotiate(x, ws, spdy, &u->kind, u->protocol) < 0) {
		free(u);
		return;
	}
	u->server = s;
	u->attach = attach;
	u->rq = *rq;
	*rq = (struct request){0};
	u->start = exec_begin;
	upgrade_begin(u, x);
}
