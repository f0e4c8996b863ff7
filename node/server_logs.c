/*
 * GET /containerLogs: lines in the CRI format ("TIME stdout F text", P: the line goes on) become plain text again. The
 * files are read in the pool, a piece at a time; between pieces the stream waits on the loop for its client to take
 * what it has, or, following, for inotify to tell of more. A log that is rotated is read to its end and then the new
 * file; it ends when the container's monitor, which writes it, is gone.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include "base/fs.h"
#include "base/str.h"
#include "node/server_internal.h"

#define PIECE        (128u << 10) /* text a job makes */
#define LINE_MAX_LEN (1u << 20)
#define QUEUE_MAX    (4u << 20)
#define FILES_MAX    32

struct log_options {
	bool follow, timestamps, want_out, want_err;
	int64_t tail;  /* -1: all */
	int64_t limit; /* bytes still to be sent; -1: no limit */
	struct timespec since;
	bool has_since;
};
struct log_stream {
	struct session session;
	struct session_job job;
	struct list link; /* node_server.logs while following */
	struct log_options o;
	char path[1024], cid[65];

	/* The exchange: lock guards it against its end. */
	pthread_mutex_t lock;
	struct http_exchange *x; /* NULL: over */
	unsigned refs;           /* lock; the session's and the exchange's */
	struct node_server *server;
	struct loop_task drain_task, gone_task;

	/* Worker during a job, else loop. */
	int files[FILES_MAX]; /* to be read, oldest first; the last one is the current file */
	size_t n_files, at;
	ino_t ino; /* of the current file */
	dev_t dev;
	struct buf line; /* begun and not yet ended */
	bool started, in_line, eof, oversized;
	struct bytes *piece;
	struct err err;
	int code;

	/* loop */
	int wd;
	struct loop_io *monitor_io;
	int monitor_fd;
	bool monitor_gone, running, dirty, waiting_drain, begun;
};

/* --- reading; worker --- */

static int cmp_names(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static int open_current(struct log_stream *l)
{
	int fd = open(l->path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	struct stat st;

	if (fd >= 0 && fstat(fd, &st) == 0) {
		l->ino = st.st_ino;
		l->dev = st.st_dev;
	}
	return fd;
}

/* The rotated files, oldest first, then the current one. One that is rotated meanwhile is found twice or not at all:
 * looked at again. */
static int open_files(struct log_stream *l, struct err *e)
{
	AUTO_FREE char *dir = str_dup(l->path);
	char *slash = dir ? strrchr(dir, '/') : NULL, *names[FILES_MAX];
	size_t n = 0;
	struct dirent *ent;
	int fd;
	DIR *d;

	if (!slash)
		return err_nomem(e);
	*slash = '\0';
	d = opendir(dir);
	if (!d)
		return errno == ENOENT ? 0 : err_errno(e, errno, "cannot list %s", dir);
	while (n < FILES_MAX - 1 && (ent = readdir(d)))
		if (str_has_prefix(ent->d_name, slash + 1) && ent->d_name[strlen(slash + 1)] == '.' &&
		    (names[n] = str_dup(ent->d_name)))
			n++;
	qsort(names, n, sizeof(names[0]), cmp_names);
	for (size_t i = 0; i < n; i++) {
		fd = openat(dirfd(d), names[i], O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
		if (fd >= 0)
			l->files[l->n_files++] = fd;
		free(names[i]);
	}
	closedir(d);
	fd = open_current(l);
	if (fd >= 0)
		l->files[l->n_files++] = fd;
	return 0;
}

/* Sets the files' offsets so that n lines follow. */
static int seek_tail(struct log_stream *l, int64_t n, struct err *e)
{
	AUTO_FREE char *b = malloc(65536);

	if (!b)
		return err_nomem(e);
	if (n == 0 && l->n_files > 0) {
		l->at = l->n_files - 1;
		(void)lseek(l->files[l->at], 0, SEEK_END);
		return 0;
	}
	for (size_t i = l->n_files; i-- > 0;) {
		off_t end = lseek(l->files[i], 0, SEEK_END), at = end;

		while (at > 0) {
			size_t k = at < 65536 ? (size_t)at : 65536;
			ssize_t got = pread(l->files[i], b, k, at - (off_t)k);

			if (got != (ssize_t)k)
				return err_errno(e, got < 0 ? errno : EIO, "cannot read %s", l->path);
			while (k-- > 0) {
				if (b[k] != '\n')
					continue;
				if (at == end && k + 1 == (size_t)got)
					continue; /* ends the last line, begins none */
				if (--n == 0) {
					(void)lseek(l->files[i], at - got + (off_t)k + 1, SEEK_SET);
					l->at = i;
					return 0;
				}
			}
			at -= got;
		}
		(void)lseek(l->files[i], 0, SEEK_SET);
		if (end > 0 && --n == 0) { /* its first line */
			l->at = i;
			return 0;
		}
	}
	l->at = 0;
	return 0;
}

static bool before(const struct timespec *a, const struct timespec *b)
{
	return a->tv_sec < b->tv_sec || (a->tv_sec == b->tv_sec && a->tv_nsec < b->tv_nsec);
}

/* One line of the file; false when the limit is reached. */
static bool put_line(struct log_stream *l, const char *p, size_t n, struct buf *out)
{
	char stamp[64];
	const char *sp = memchr(p, ' ', n), *text, *tag;
	struct timespec ts;
	size_t k, len;
	bool whole, is_err;

	k = sp ? (size_t)(sp - p) : 0;
	if (k == 0 || k >= sizeof(stamp) || n < k + 10 ||
	    (memcmp(sp, " stdout ", 8) != 0 && memcmp(sp, " stderr ", 8) != 0))
		return true; /* not of our making */
	is_err = sp[4] == 'e';
	tag = sp + 8;
	whole = tag[0] == 'F';
	text = memchr(tag, ' ', (size_t)(p + n - tag));
	if (!text)
		return true;
	text++;
	len = (size_t)(p + n - text);
	if (is_err ? !l->o.want_err : !l->o.want_out)
		return true;
	memcpy(stamp, p, k);
	stamp[k] = '\0';
	if (l->o.has_since) {
		if (time_parse(stamp, &ts) < 0 || before(&ts, &l->o.since))
			return true;
		l->o.has_since = false; /* time goes on from here */
	}
	size_t from = out->len;
	if (l->o.timestamps && !l->in_line) {
		if (str_has_suffix(stamp, "+00:00")) /* conmon's way to say Z */
			memcpy(stamp + k - 6, "Z", 2);
		buf_addf(out, "%s ", stamp);
	}
	buf_add(out, text, len);
	if (whole)
		buf_addc(out, '\n');
	l->in_line = !whole;
	if (l->o.limit >= 0) {
		int64_t added = (int64_t)(out->len - from);
		if (added >= l->o.limit) {
			buf_trim(out, from + (size_t)l->o.limit);
			l->o.limit = 0;
			return false;
		}
		l->o.limit -= added;
	}
	return true;
}

/* False when the limit is reached. */
static bool put_bytes(struct log_stream *l, const char *p, size_t n, struct buf *out)
{
	while (n > 0) {
		const char *nl = memchr(p, '\n', n);
		size_t k = nl ? (size_t)(nl - p) : n;
		bool more = true;

		if (l->oversized) {
			l->oversized = !nl; /* the rest of a line that nobody could have written as one */
		} else if (!nl) {
			if (l->line.len + k > LINE_MAX_LEN) {
				l->oversized = true;
				buf_trim(&l->line, 0);
			} else {
				buf_add(&l->line, p, k);
			}
		} else if (l->line.len > 0) {
			buf_add(&l->line, p, k);
			if (!buf_failed(&l->line))
				more = put_line(l, l->line.data, l->line.len, out);
			buf_trim(&l->line, 0);
		} else {
			more = put_line(l, p, k, out);
		}
		if (!more)
			return false;
		k += nl != NULL;
		p += k;
		n -= k;
	}
	return true;
}

/* At the end of the current file: has another one taken its place? */
static bool next_current(struct log_stream *l)
{
	ino_t ino = l->ino;
	dev_t dev = l->dev;
	struct stat st;
	int fd;

	if (stat(l->path, &st) < 0 || (st.st_ino == ino && st.st_dev == dev && l->n_files > 0))
		return false;
	fd = open_current(l);
	if (fd < 0)
		return false;
	if (l->n_files > 0) {
		/* Between our last read and the rename there may have come more: the old file is read once again to its
		 * end. */
		if (l->n_files == FILES_MAX) {
			(void)close(l->files[0]);
			memmove(l->files, l->files + 1, sizeof(l->files[0]) * (FILES_MAX - 1));
			l->n_files--;
			l->at--;
		}
	}
	l->files[l->n_files++] = fd;
	return true;
}

static int read_some(struct log_stream *l, struct buf *out, struct err *e)
{
	AUTO_FREE char *b = malloc(65536);
	ssize_t n;

	if (!b)
		return err_nomem(e);
	if (!l->started) {
		int r = open_files(l, e);

		if (r == 0 && l->o.tail >= 0)
			r = seek_tail(l, l->o.tail, e);
		if (r < 0)
			return r;
		l->started = true;
	}
	l->eof = false;
	while (out->len < PIECE) {
		if (l->at >= l->n_files && !next_current(l)) {
			l->eof = true;
			return 0;
		}
		n = read(l->files[l->at], b, 65536);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_errno(e, errno, "cannot read %s", l->path);
		if (n > 0) {
			if (!put_bytes(l, b, (size_t)n, out)) {
				l->o.follow = false;
				l->eof = true;
				return 0;
			}
			continue;
		}
		if (l->at + 1 < l->n_files) {
			l->at++;
		} else if (!next_current(l)) {
			l->eof = true;
			return 0;
		}
	}
	return 0;
}

static void job_run(struct session_job *j)
{
	struct log_stream *l = container_of(j, struct log_stream, job);
	AUTO_BUF struct buf out = {0};

	l->code = read_some(l, &out, &l->err);
	l->piece = out.len > 0 ? buf_take_bytes(&out) : NULL;
	if (l->code == 0 && buf_failed(&out))
		l->code = err_nomem(&l->err);
}

/* --- the stream; loop --- */

static void unref(struct log_stream *l)
{
	unsigned left;

	pthread_mutex_lock(&l->lock);
	left = --l->refs;
	pthread_mutex_unlock(&l->lock);
	if (left)
		return;
	pthread_mutex_destroy(&l->lock);
	free(l);
}

static void go_on(struct log_stream *l)
{
	if (l->session.ended || l->session.busy) {
		l->dirty = true;
		return;
	}
	l->dirty = false;
	session_submit(&l->session, &l->job);
}

/* A watch belongs to a directory, which several streams may share. */
static void unwatch(struct log_stream *l)
{
	struct node_server *s = l->server;

	if (l->wd < 0)
		return;
	list_del(&l->link);
	LIST_FOREACH (other, &s->logs, struct log_stream, link)
		if (other->wd == l->wd) {
			l->wd = -1;
			return;
		}
	(void)inotify_rm_watch(s->inotify, l->wd);
	l->wd = -1;
}

static void log_close(struct session *session)
{
	struct log_stream *l = container_of(session, struct log_stream, session);

	pthread_mutex_lock(&l->lock);
	if (l->x) {
		if (l->begun)
			http_stream_end(l->x);
		else
			reply_error(l->x, error_status(l->code), &l->err);
		/* `closed` comes yet, and drops its reference. */
		l->x = NULL;
	}
	pthread_mutex_unlock(&l->lock);
	unwatch(l);
	l->monitor_io = loop_io_free(l->monitor_io);
	if (l->monitor_fd >= 0)
		(void)close(l->monitor_fd);
	l->monitor_fd = -1;
}

static void log_destroy(struct session *session)
{
	struct log_stream *l = container_of(session, struct log_stream, session);

	(void)loop_cancel(l->server->loop, &l->drain_task);
	for (size_t i = 0; i < l->n_files; i++)
		(void)close(l->files[i]);
	buf_done(&l->line);
	l->piece = bytes_unref(l->piece);
	unref(l);
}

/* A job is over: hand on what it brought, then see what to wait for. */
static void log_step(struct log_stream *l)
{
	int r = 0;

	if (l->code < 0) {
		session_end(&l->session);
		return;
	}
	pthread_mutex_lock(&l->lock);
	if (!l->x)
		r = -EPIPE;
	if (r == 0 && !l->begun) {
		r = http_stream_begin(l->x, 200, "text/plain", QUEUE_MAX);
		l->begun = r == 0;
	}
	if (r == 0 && l->piece) {
		l->waiting_drain = true;
		r = http_stream_write(l->x, l->piece);
	}
	pthread_mutex_unlock(&l->lock);
	l->piece = bytes_unref(l->piece);
	if (r < 0) {
		session_end(&l->session);
		return;
	}
	if (l->eof && !l->dirty) {
		/* What the monitor wrote before it went has been read: monitor_gone was known before the last job
		 * began. */
		if (!l->o.follow || l->running == false) {
			session_end(&l->session);
			return;
		}
		if (l->monitor_gone) {
			l->running = false;
			go_on(l);
		}
		return; /* inotify or the monitor's end goes on */
	}
	if (!l->waiting_drain)
		go_on(l);
}

static void job_done(struct session_job *j)
{
	log_step(container_of(j, struct log_stream, job));
}

static void on_drain_task(struct loop_task *t)
{
	struct log_stream *l = container_of(t, struct log_stream, drain_task);

	l->waiting_drain = false;
	if (!l->session.ended && !l->session.busy && (!l->eof || l->dirty))
		go_on(l);
}
static void on_drain(void *arg)
{
	struct log_stream *l = arg;

	loop_post(l->server->loop, &l->drain_task);
}

static void on_gone_task(struct loop_task *t)
{
	struct log_stream *l = container_of(t, struct log_stream, gone_task);

	session_end(&l->session);
	unref(l);
}
static void on_closed(void *arg)
{
	struct log_stream *l = arg;

	pthread_mutex_lock(&l->lock);
	l->x = NULL;
	pthread_mutex_unlock(&l->lock);
	loop_post(l->server->loop, &l->gone_task);
}

static void wake(struct log_stream *l)
{
	if (l->session.ended)
		return;
	if (l->session.busy || l->waiting_drain)
		l->dirty = true;
	else
		go_on(l);
}

void server_logs_event(struct node_server *s)
{
	char b[16384] __attribute__((aligned(__alignof__(struct inotify_event))));
	ssize_t n;

	while ((n = read(s->inotify, b, sizeof(b))) > 0)
		for (char *p = b; p < b + n;) {
			const struct inotify_event *ev = (const void *)p;
			bool all = ev->mask & IN_Q_OVERFLOW;

			p += sizeof(*ev) + ev->len;
			LIST_FOREACH (l, &s->logs, struct log_stream, link) {
				const char *base = strrchr(l->path, '/') + 1;
				if (all || (ev->wd == l->wd && (!ev->len || streq(ev->name, base))))
					wake(l);
			}
		}
}

static void on_monitor_gone(void *arg, int fd, uint32_t events)
{
	struct log_stream *l = arg;

	(void)fd;
	(void)events;
	l->monitor_io = loop_io_free(l->monitor_io);
	l->monitor_gone = true;
	wake(l);
}

/* The monitor writes the log and goes when it has written all. False when it is gone already. */
static bool watch_monitor(struct log_stream *l)
{
	l->monitor_fd = runtime_open_monitor(node_runtime(l->server->n), l->cid);
	if (l->monitor_fd < 0)
		return false;
	return loop_io_new(&l->monitor_io, l->server->loop, l->monitor_fd, EPOLLIN, on_monitor_gone, l, NULL) == 0;
}

static void start_on_loop(void *arg)
{
	struct log_stream *l = arg;
	struct node_server *s = l->server;

	session_init(&l->session, s, log_close, log_destroy);
	if (s->stopping) {
		session_end(&l->session);
		return;
	}
	if (l->o.follow && l->running) {
		AUTO_FREE char *dir = str_dup(l->path);

		if (dir)
			*strrchr(dir, '/') = '\0';
		l->wd = dir ? inotify_add_watch(s->inotify, dir, IN_MODIFY | IN_CREATE | IN_MOVED_TO) : -1;
		if (l->wd < 0) {
			l->code = err_errno(&l->err, errno, "cannot watch %s", dir ? dir : l->path);
			session_end(&l->session);
			return;
		}
		list_add_tail(&s->logs, &l->link);
		l->running = watch_monitor(l);
	}
	go_on(l);
}

static int parse_number(const char *q, const char *key, int64_t min, int64_t *ret, struct err *e)
{
	AUTO_FREE char *v = query_value(q, key, NULL);

	if (!v)
		return 0;
	if (str_to_i64(v, min, INT64_MAX / 2, ret) < 0)
		return err_set(e, ERR_BAD_REQUEST, "invalid query parameter %s: \"%.40s\"", key, v);
	return 1;
}

static int parse_options(const char *q, struct log_options *o, struct err *e)
{
	AUTO_FREE char *since = query_value(q, "sinceTime", NULL), *stream = query_value(q, "stream", NULL);
	int64_t seconds = 0;
	int r;

	*o = (struct log_options){.tail = -1,
				  .limit = -1,
				  .follow = query_flag(q, "follow"),
				  .timestamps = query_flag(q, "timestamps"),
				  .want_out = !stream || streq(stream, "All") || streq(stream, "Stdout"),
				  .want_err = !stream || streq(stream, "All") || streq(stream, "Stderr")};
	if (!o->want_out && !o->want_err)
		return err_set(e, ERR_BAD_REQUEST, "invalid query parameter stream: \"%.40s\"", stream);
	r = parse_number(q, "tailLines", 0, &o->tail, e);
	if (r >= 0)
		r = parse_number(q, "limitBytes", 1, &o->limit, e);
	if (r >= 0)
		r = parse_number(q, "sinceSeconds", 1, &seconds, e);
	if (r < 0)
		return r;
	if (r > 0) {
		clock_gettime(CLOCK_REALTIME, &o->since);
		o->since.tv_sec -= seconds;
		o->has_since = true;
	} else if (since) {
		if (time_parse(since, &o->since) < 0)
			return err_set(e, ERR_BAD_REQUEST, "invalid query parameter sinceTime: \"%.60s\"", since);
		o->has_since = true;
	}
	return 0;
}

void server_logs(struct node_server *s, struct http_exchange *x, struct request *rq)
{
	struct log_stream *l = calloc(1, sizeof(*l));
	struct node_container_info info;
	struct err e = {0};
	int r = l ? parse_options(rq->query, &l->o, &e) : err_nomem(&e);

	if (r == 0)
		r = node_find_container(s->n, rq->ns, rq->pod, rq->uid, rq->container,
					query_flag(rq->query, "previous"), &info, &e);
	if (r == 0 && atomic_load(&s->n_live) >= SERVER_STREAMS_MAX)
		r = err_set(&e, ERR_TOO_MANY, "too many streams at once on this node");
	if (r < 0) {
		free(l);
		reply_error(x, error_status(r), &e);
		return;
	}
	str_copy(l->path, sizeof(l->path), info.log_path);
	str_copy(l->cid, sizeof(l->cid), info.cid);
	pthread_mutex_init(&l->lock, NULL);
	l->server = s;
	l->running = info.running;
	l->wd = l->monitor_fd = -1;
	list_init(&l->link);
	l->refs = 2;
	l->x = x;
	l->job.run = job_run;
	l->job.done = job_done;
	l->drain_task.fn = on_drain_task;
	l->gone_task.fn = on_gone_task;
	http_on_close(x, on_closed, l);
	http_stream_on_drain(x, on_drain, l);
	if (loop_call(s->loop, start_on_loop, l) < 0) {
		err_nomem(&e);
		l->session.ended = true;
		reply_error(x, 500, &e);
		unref(l); /* the other reference goes with `closed`, whose task finds no session */
	}
}
