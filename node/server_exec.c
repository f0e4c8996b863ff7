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

#define STREAMS_MS 30000 /* for the client to open its streams */
#define ARGS_MAX   4096u

/* --- starting --- */

static void start_run(struct session_job *j)
{
	struct exec *x = container_of(j, struct exec, job);

	x->code = x->attach ? exec_attach(x, &x->err) : exec_spawn(x, &x->err);
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
		exec_fail(x, NULL);
		tunnel_flush(x->t);
		return;
	}
	if (!x->attach && (r = loop_child_new(&x->child, loop, x->pid, exec_exited, x, &x->err)) < 0) {
		start_dropped(j);
		exec_fail(x, NULL);
		return;
	}
	if (x->listen_fd >= 0)
		r = loop_io_new(&x->listen_io, loop, x->listen_fd, EPOLLIN, exec_console_ready, x, &x->err);
	for (int i = 0; r == 0 && i < 2; i++)
		if (x->out_fd[i] >= 0)
			r = exec_source_open(x, i, TAKE_FD(x->out_fd[i]), i && !x->tty ? CH_STDERR : CH_STDOUT);
	if (r < 0) {
		err_nomem(&x->err);
		exec_fail(x, NULL);
		return;
	}
	if (x->attach && x->want[CH_STDIN])
		x->in_fd = fcntl(x->out[0].fd, F_DUPFD_CLOEXEC, 3);
	if (!x->tty || x->attach) {
		x->started = true;
		exec_write_in(x);
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
			exec_input(x, CH_STDIN, NULL, 0, true);
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
			exec_input(x, ch, raw, len, false);
	} else {
		exec_input(x, ch, p + 1, n - 1, false);
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
			exec_input(x, ch, p, n, fin);
}

static void on_reset(void *arg, uint32_t id)
{
	struct exec *x = arg;

	for (int ch = 0; ch < CH_N; ch++)
		if (x->open[ch] && x->id[ch] == id) {
			x->fin[ch] = true;
			if (ch == CH_STDIN)
				exec_input(x, ch, NULL, 0, true);
		}
}

static void on_room(void *arg)
{
	struct exec *x = arg;

	if (x->last.len > 0)
		exec_send_last(x);
	else if (x->started)
		exec_pump(x);
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
		exec_source_close(&x->out[i]);
	if (!x->attach)
		exec_close_in(x);
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
	    loop_timer_new(&x->resize_timer, u->server->loop, exec_resize_later, x) < 0 ||
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
