/*
 * Exec and attach, the process: what it writes goes to the client as far as there is room, what the client writes to it
 * as far as it reads; its terminal, its size, its end.
 */
#include <errno.h>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include "base/fs.h"
#include "base/str.h"
#include "node/server_exec.h"

#define READ_MAX      16384u
#define ATTACH_PACKET 8192u /* conmon's buffer; its packets have one byte more in front */
#define RESIZE_MS     50    /* conmon takes two sizes that it reads at once for twice the first */

/* --- from the process --- */

void exec_source_close(struct source *s)
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
			exec_finish(x, NULL, NULL, 0);
		return;
	}
	if (!x->exited)
		return;
	int code = WIFEXITED(x->wait_status) ? WEXITSTATUS(x->wait_status) : 128 + WTERMSIG(x->wait_status);
	snprintf(message, sizeof(message), "command terminated with non-zero exit code: exit code %d", code);
	exec_finish(x, "NonZeroExitCode", code ? message : NULL, code);
}

/* Moves what is held; true when all of it went. */
static bool release(struct source *s)
{
	size_t n;

	if (s->hold.len == 0)
		return true;
	n = exec_send(s->x, s->channel, s->hold.data, s->hold.len);
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
	size_t k = exec_send(x, s->channel, b + 1, n - 1);
	if (k < n - 1)
		buf_add(&s->hold, b + 1 + k, n - 1 - k);
}

static void source_pump(struct source *s)
{
	char b[READ_MAX + 1];

	while (s->fd >= 0 && release(s)) {
		size_t room = exec_room(s->x, s->channel), want = s->x->attach ? ATTACH_PACKET + 1 : READ_MAX;
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
			exec_source_close(s);
			return;
		}
		s->dry = false;
		if (s->x->attach) {
			attach_packet(s, b, (size_t)n);
		} else {
			size_t k = exec_send(s->x, s->channel, b, (size_t)n);
			if (k < (size_t)n)
				buf_add(&s->hold, b + k, (size_t)n - k);
		}
	}
	if (s->fd >= 0)
		(void)loop_io_set(s->io, 0); /* until on_room */
}

void exec_pump(struct exec *x)
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

void exec_exited(void *arg, pid_t pid, int status)
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
		exec_take_console(x);
	if (x->tty && x->listen_fd >= 0) {
		/* It failed before it had a terminal. */
		x->listen_io = loop_io_free(x->listen_io);
		(void)close(TAKE_FD(x->listen_fd));
	}
	if (x->finishing || x->session.ended)
		return;
	exec_pump(x);
	if (!x->session.ended)
		tunnel_flush(x->t);
}

int exec_source_open(struct exec *x, int i, int fd, int channel)
{
	struct source *s = &x->out[i];

	s->fd = fd;
	s->channel = channel;
	return loop_io_new(&s->io, x->session.server->loop, fd, EPOLLIN, on_source, s, NULL);
}

/* The runtime hands over the terminal; nothing happens when it has not yet. */
void exec_take_console(struct exec *x)
{
	int master = exec_take_terminal(x->listen_fd);

	if (master == -EAGAIN)
		return;
	x->listen_io = loop_io_free(x->listen_io);
	(void)close(TAKE_FD(x->listen_fd));
	if (master < 0 || exec_source_open(x, 0, master, CH_STDOUT) < 0) {
		err_set(&x->err, ERR_INTERNAL, "the runtime gave no terminal");
		exec_fail(x, NULL);
		return;
	}
	if (x->size.ws_col) /* which came before the terminal was there */
		exec_set_size(x);
	/* A second description of interests needs a second descriptor. */
	x->in_fd = fcntl(master, F_DUPFD_CLOEXEC, 3);
	x->started = true;
	exec_write_in(x);
}

void exec_console_ready(void *arg, int fd, uint32_t events)
{
	struct exec *x = arg;

	(void)fd;
	(void)events;
	exec_take_console(x);
	if (!x->session.ended)
		tunnel_flush(x->t);
}

/* --- towards the process --- */

void exec_close_in(struct exec *x)
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
	exec_write_in(x);
	if (!x->session.ended)
		tunnel_flush(x->t);
}

/* With a terminal or attached, reading and writing share a descriptor: a duplicate has interests of its own. */
static void want_out(struct exec *x, bool want)
{
	if (!x->in_io && want &&
	    loop_io_new(&x->in_io, x->session.server->loop, x->in_fd, EPOLLOUT, on_in, x, NULL) < 0)
		exec_close_in(x);
	else if (x->in_io)
		(void)loop_io_set(x->in_io, want ? EPOLLOUT : 0);
}

/*
 * Also with SPDY: a peer that keeps to its windows never gets here, and Kubernetes' own knows none. Also before the
 * command runs, which may take its time.
 */
void exec_hold_client(struct exec *x)
{
	bool full = x->in.len > SERVER_IN_HIGH;

	if (full != x->paused) {
		x->paused = full;
		tunnel_pause(x->t, full);
	}
}

void exec_write_in(struct exec *x)
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
			exec_close_in(x);
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
			exec_close_in(x);
		else
			want_out(x, x->in.len > 0);
	}
	exec_hold_client(x);
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

void exec_resize_later(void *arg)
{
	struct exec *x = arg;

	if (x->size_waits)
		resize_attached(x);
}

void exec_set_size(struct exec *x)
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
	/* Go reads names whatever their case is, and clients count on it: kubectl says Width, the JavaScript client
	 * width. */
	json_object_foreach (v, key, m) {
		if (strcasecmp(key, "width") == 0)
			cols = json_integer_value(m);
		else if (strcasecmp(key, "height") == 0)
			rows = json_integer_value(m);
	}
	if (cols <= 0 || rows <= 0 || cols > UINT16_MAX || rows > UINT16_MAX)
		return;
	x->size.ws_col = (unsigned short)cols;
	x->size.ws_row = (unsigned short)rows;
	exec_set_size(x);
}

void exec_input(struct exec *x, int ch, const uint8_t *p, size_t n, bool fin)
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
		exec_write_in(x);
	else
		exec_hold_client(x);
}
