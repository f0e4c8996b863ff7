#include "ingress/runner.h"
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include "base/clock.h"
#include "base/fs.h"
#include "base/log.h"
#include "base/str.h"
#include "ingress/live.h"
#include "ingress/live_page.h"
#include "ingress/runner_internal.h"

#define MAX_RESOLVERS 3 /* as resolv.conf(5) */
/* A machine that has just booted reads nginx and its modules from a slow disk beside all pods: patience costs nothing,
 * ending it starts all over. */
#define START_MS 120000
#define LOG_MAX  (8 * 1024 * 1024)

static char **list_copy(const char *const *v)
{
	size_t n = 0;

	while (v && v[n])
		n++;
	char **ret = calloc(n + 1, sizeof(*ret));
	for (size_t i = 0; ret && i < n; i++)
		if (!(ret[i] = str_dup(v[i]))) {
			while (i-- > 0)
				free(ret[i]);
			free(ret);
			return NULL;
		}
	return ret;
}

static void list_free(char **v)
{
	for (size_t i = 0; v && v[i]; i++)
		free(v[i]);
	free(v);
}

int runner_new(struct runner **ret, const struct runner_config *c, struct err *e)
{
	struct runner *r = calloc(1, sizeof(*r));

	if (!r)
		return err_nomem(e);
	r->cfg = *c;
	r->user = helper_user();
	r->master = (struct master)MASTER_NONE;
	r->cancel_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	r->run_dir = str_dup(c->run_dir);
	r->data_dir = str_dup(c->data_dir);
	r->nginx = str_dup(c->nginx);
	r->log = fs_join(c->data_dir, "nginx.log");
	r->access_log = c->access_log ? fs_join(c->data_dir, "access.log") : NULL;
	r->conf = fs_join(c->run_dir, "nginx.conf");
	r->conf_new = fs_join(c->run_dir, "nginx.conf.new");
	r->live_dir = fs_join(c->run_dir, "live");
	r->page = fs_join(c->run_dir, "live/page");
	r->cert = fs_join(c->data_dir, "default.crt");
	r->key = fs_join(c->data_dir, "default.key");
	r->trusted = list_copy(c->trusted);
	r->dns = list_copy(c->dns);
	r->hidden = list_copy(c->hidden);
	int code = 0;
	if (!r->run_dir || !r->data_dir || (c->nginx && !r->nginx) || !r->log || (c->access_log && !r->access_log) ||
	    !r->conf || !r->conf_new || !r->live_dir || !r->page || !r->cert || !r->key || !r->trusted || !r->dns ||
	    !r->hidden)
		code = err_nomem(e);
	else if (r->cancel_fd < 0)
		code = err_errno(e, errno, "cannot make an event descriptor");
	code = code < 0 ? code : nginx_path_check(r->run_dir, e);
	code = code < 0 ? code : nginx_path_check(r->log, e);
	for (size_t i = 0; code == 0 && r->trusted[i]; i++)
		code = nginx_network_check(r->trusted[i], e);
	if (code < 0) {
		runner_free(r);
		return code;
	}
	*ret = r;
	return 0;
}

struct runner *runner_free(struct runner *r)
{
	if (!r)
		return NULL;
	master_done(&r->master);
	live_free(r->live);
	if (r->cancel_fd >= 0)
		(void)close(r->cancel_fd);
	char *all[] = {r->run_dir,  r->data_dir, r->nginx,    r->log,  r->access_log, r->conf,
		       r->conf_new, r->page,     r->live_dir, r->cert, r->key,        r->module};
	for (size_t i = 0; i < ARRAY_LEN(all); i++)
		free(all[i]);
	list_free(r->trusted);
	list_free(r->dns);
	list_free(r->hidden);
	free(r);
	return NULL;
}

const char *runner_log(const struct runner *r)
{
	return r->log;
}
const char *runner_access_log(const struct runner *r)
{
	return r->access_log;
}
const char *runner_live_dir(const struct runner *r)
{
	return r->live_dir;
}
struct live *runner_live(struct runner *r)
{
	return r->live;
}
void runner_cancel(struct runner *r)
{
	(void)eventfd_write(r->cancel_fd, 1);
}

int runner_prepare(struct runner *r, struct err *e)
{
	int code = ground_nginx(&r->nginx, &r->http2_directive, e);

	code = code < 0 ? code : ground_make(r, e);
	code = code < 0 ? code : ground_module(r, e);
	return code < 0 || r->live ? code : live_new(&r->live, r->live_dir, r->user.drop ? r->user.gid : (gid_t)-1, e);
}

/* --- configuration --- */

static size_t read_resolvers(char *text, const char *out[MAX_RESOLVERS + 1])
{
	size_t n = 0;
	char *save = NULL;

	for (char *line = strtok_r(text, "\n", &save); line && n < MAX_RESOLVERS; line = strtok_r(NULL, "\n", &save)) {
		if (!str_has_prefix(line, "nameserver"))
			continue;
		line += strlen("nameserver");
		line += strspn(line, " \t");
		line[strcspn(line, " \t#;\r")] = '\0';
		/* Link-local addresses carry a zone, which nginx does not know. */
		if (nginx_network_check(line, NULL) == 0 && !strchr(line, '/'))
			out[n++] = line;
	}
	out[n] = NULL;
	return n;
}

static int make_conf(struct runner *r, const struct runner_wish *w, struct buf *out, uint64_t *ret_id, struct err *e)
{
	AUTO_BUF struct buf resolv = {0};
	const char *resolvers[MAX_RESOLVERS + 1] = {NULL};

	if (!r->dns[0] && fs_read("/etc/resolv.conf", 65536, &resolv, NULL) == 0 && resolv.len)
		(void)read_resolvers(resolv.data, resolvers);
	const struct nginx_settings s = {
	    .run_dir = r->run_dir,
	    .data_dir = r->data_dir,
	    .cert = r->cert,
	    .key = r->key,
	    .log = r->log,
	    .access_log = r->access_log,
	    .module = r->module,
	    .stream_module = MODULES_DIR "/ngx_stream_module.so",
	    .resolvers = r->dns[0] ? (const char *const *)r->dns : resolvers,
	    .trusted = (const char *const *)r->trusted,
	    .proxy_protocol = r->cfg.proxy_protocol,
	    .http2_directive = r->http2_directive,
	    .http_port = r->cfg.http_port,
	    .https_port = r->cfg.https_port,
	    .ipv6 = fs_exists("/proc/net/if_inet6"),
	    .listeners = w->listeners,
	    .n_listeners = w->n_listeners,
	    .streams = w->streams,
	    .n_streams = w->n_streams,
	};
	return nginx_conf(&s, out, ret_id, e);
}

/* What stopped nginx, out of what it said. */
static int last_words(char *text, const char *otherwise, struct err *e)
{
	char *found = NULL;

	for (char *p = text; (p = strstr(p, "[emerg]")); p++)
		if (!memmem(p, strcspn(p, "\n"), "still could not bind", 20)) /* said after the reasons */
			found = p;
	if (!found)
		return err_set(e, ERR_UNAVAILABLE, "%s", otherwise);
	found += strlen("[emerg] ");
	found[strcspn(found, "\n")] = '\0';
	/* "PID#0: " */
	char *said = found + strspn(found, "0123456789#");
	return err_set(e, ERR_UNAVAILABLE, "nginx cannot start: %.200s",
		       said != found && str_has_prefix(said, ": ") ? said + 2 : found);
}

static int test_conf(struct runner *r, struct err *e)
{
	const char *const args[] = {"-t", "-q", "-c", r->conf_new, "-e", "stderr", NULL};
	AUTO_BUF struct buf said = {0};
	int status = 0;

	int code = ground_run(r, args, &said, &status, e);
	if (code < 0 || status == 0)
		return code;
	char none[] = "";
	return last_words(said.len ? said.data : none, "nginx refuses its configuration and does not say why", e);
}

/* --- logs --- */

/* A log that grew is cut by copying its end away: nginx appends, and goes on in the same file. */
static void cut_log(const char *path)
{
	AUTO_FREE char *old = str_fmt("%s.1", path);
	AUTO_CLOSE int from = open(path, O_RDWR | O_NOFOLLOW | O_CLOEXEC);
	struct stat st;

	if (from < 0 || !old || fstat(from, &st) < 0 || st.st_size <= LOG_MAX)
		return;
	AUTO_CLOSE int to = open(old, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);
	off_t at = st.st_size - LOG_MAX;
	while (to >= 0 && copy_file_range(from, &at, to, NULL, LOG_MAX, 0) > 0)
		;
	(void)ftruncate(from, 0);
}

void runner_cut_logs(const struct runner *r)
{
	cut_log(r->log);
	if (r->access_log)
		cut_log(r->access_log);
}

static off_t log_size(const struct runner *r)
{
	struct stat st;
	return stat(r->log, &st) < 0 ? 0 : st.st_size;
}

/* What nginx has said since from; NULL: no memory. */
static char *log_since(const struct runner *r, off_t from)
{
	AUTO_CLOSE int fd = open(r->log, O_RDONLY | O_CLOEXEC);
	const off_t max = 8192;
	off_t size = log_size(r);
	char *text = calloc(1, (size_t)max + 1);

	if (text && fd >= 0)
		(void)!pread(fd, text, (size_t)max, size - from > max ? size - max : from);
	return text;
}

static int log_words(const struct runner *r, off_t from, struct err *e)
{
	AUTO_FREE char *otherwise = str_fmt("nginx ended at its start; see %s", r->log);
	AUTO_FREE char *text = log_since(r, from);

	return text && otherwise ? last_words(text, otherwise, e) : err_nomem(e);
}

/* A master that cannot take a new configuration goes on with the old one; it has tried for a while when a port is
 * taken. */
static bool log_refuses(const struct runner *r, off_t from)
{
	AUTO_FREE char *text = log_since(r, from);

	for (char *p = text; p && (p = strstr(p, "[emerg]")); p++) {
		size_t n = strcspn(p, "\n");
		if (memmem(p, n, "still could not bind", 20) || !memmem(p, n, " bind() to ", 11))
			return true;
	}
	return false;
}

/* --- which configuration nginx has --- */

/* By system calls, not by a map: nginx's user could cut the file short under it. 0: not known. */
static uint64_t page_id(const struct runner *r)
{
	AUTO_CLOSE int fd = open(r->page, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	uint64_t id = 0;

	return fd >= 0 && pread(fd, &id, sizeof(id), offsetof(struct live_page, reload_id)) == sizeof(id) ? id : 0;
}

static int page_forget(const struct runner *r, struct err *e)
{
	AUTO_CLOSE int fd = open(r->page, O_WRONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	const uint64_t none = 0;

	if (fd < 0 || pwrite(fd, &none, sizeof(none), offsetof(struct live_page, reload_id)) != sizeof(none))
		return err_errno(e, errno, "cannot write %s", r->page);
	return 0;
}

/* From now on the descriptor can be read when a worker touches the page (ingress/module/begin.c) or the log grows. */
static int watch_page(const struct runner *r, int *ret, struct err *e)
{
	AUTO_CLOSE int fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);

	if (fd < 0 || inotify_add_watch(fd, r->page, IN_ATTRIB) < 0 || inotify_add_watch(fd, r->log, IN_MODIFY) < 0)
		return err_errno(e, errno, "cannot watch %s", r->page);
	*ret = TAKE_FD(fd);
	return 0;
}

static int wait_begun(struct runner *r, uint64_t want, int watch_fd, off_t log_from, bool reload, struct err *e)
{
	int64_t end = clock_mono_ms(clock_real()) + START_MS;
	struct pollfd p[] = {{watch_fd, POLLIN, 0}, {r->master.pidfd, POLLIN, 0}, {r->cancel_fd, POLLIN, 0}};
	char buf[4096];

	for (;;) {
		int64_t left = end - clock_mono_ms(clock_real());
		if (page_id(r) == want)
			return 0;
		if (left <= 0)
			return err_set(e, ERR_TIMEOUT, "nginx does not begin with its new configuration; see %s",
				       r->log);
		if (poll(p, ARRAY_LEN(p), (int)left) < 0 && errno != EINTR)
			return err_errno(e, errno, "cannot wait for nginx");
		if (p[1].revents)
			return log_words(r, log_from, e);
		if (p[2].revents)
			return err_set(e, ERR_CANCELED, "canceled");
		while (read(watch_fd, buf, sizeof(buf)) > 0)
			;
		if (reload && log_refuses(r, log_from))
			return log_words(r, log_from, e);
	}
}

/* --- the process --- */

static void announce(struct runner *r)
{
	int fd = fcntl(r->master.pidfd, F_DUPFD_CLOEXEC, 3);

	if (fd >= 0 && r->cfg.started)
		r->cfg.started(r->cfg.arg, (int)r->master.pid, fd);
	else if (fd >= 0)
		(void)close(fd);
}

/* Nobody has what an nginx before has left there. */
static void clear_tmp(struct runner *r)
{
	AUTO_FREE char *tmp = fs_join(r->data_dir, "tmp");

	if (tmp && fs_rm_rf(tmp, NULL) == 0)
		(void)ground_make(r, NULL);
}

/* Notes the ports on which somebody listens, by /proc/net/{tcp,udp}{,6}: of that user (own), or of all others. */
static void listening(const char *file, bool udp, bool own, uid_t user, struct runner_ports *ret)
{
	AUTO_BUF struct buf b = {0};
	char *save = NULL;

	if (fs_read(file, 64 << 20, &b, NULL) < 0 || !b.len)
		return;
	for (char *line = strtok_r(b.data, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
		unsigned local, state, uid;
		if (sscanf(line, " %*u: %*[0-9A-Fa-f]:%x %*s %x %*s %*s %*s %u", &local, &state, &uid) == 3 && local <= UINT16_MAX &&
		    state == (udp ? 0x07u : 0x0au) && (uid == user) == own)
			ret->bits[local / 8] |= (uint8_t)(1u << local % 8);
	}
}

/* The kernel lets processes of one user share ports (reuseport): some connections would be another's, and nobody would be told. */
static int ports_unshared(const struct runner *r, struct err *e)
{
	const uint16_t ports[] = {r->cfg.http_port, r->cfg.https_port};
	struct runner_ports own = {0};

	listening("/proc/net/tcp", false, true, r->user.uid, &own);
	listening("/proc/net/tcp6", false, true, r->user.uid, &own);
	for (size_t i = 0; i < ARRAY_LEN(ports); i++)
		if (runner_ports_has(&own, ports[i]))
			return err_set(e, ERR_UNAVAILABLE,
				       "nginx cannot start: port %u is in use by another process of its user (uid %u)",
				       ports[i], (unsigned)r->user.uid);
	return 0;
}

static int start(struct runner *r, uint64_t id, struct err *e)
{
	const char *const args[] = {"-c", r->conf, "-e", r->log, NULL};
	AUTO_FREE const char **argv = NULL;
	AUTO_CLOSE int log = open(r->log, O_WRONLY | O_APPEND | O_CLOEXEC);
	AUTO_CLOSE int watch_fd = -1;
	off_t from = log_size(r);

	if (log < 0)
		return err_errno(e, errno, "cannot open %s", r->log);
	/* Workers whose master was killed serve on and hold the ports, as an nginx of another user does: they finish
	 * what they have, the new ones take over. */
	if (master_sweep(r->run_dir, SIGQUIT))
		log_info("ingress", NULL, "sending away an nginx that was left");
	else if (ports_unshared(r, e) < 0)
		return ERR_UNAVAILABLE;
	else
		clear_tmp(r);
	int code = page_forget(r, e);
	code = code < 0 ? code : ground_argv(r, &argv, args, e);
	code = code < 0 ? code : watch_page(r, &watch_fd, e);
	code = code < 0 ? code : master_start(&r->master, argv, r->run_dir, log, e);
	if (code < 0)
		return code;
	announce(r);
	code = wait_begun(r, id, watch_fd, from, false, e);
	if (code < 0) {
		if (code != ERR_CANCELED) /* canceled: the next minik takes it over */
			(void)master_signal(&r->master, SIGTERM, NULL);
		return code;
	}
	log_info("ingress", NULL, "nginx started (pid %d)", (int)r->master.pid);
	return 0;
}

static int adopt(struct runner *r, struct err *e)
{
	master_done(&r->master);
	int code = master_find(&r->master, r->run_dir, r->user.uid, e);
	if (code < 0 || r->master.pidfd < 0)
		return code;
	log_info("ingress", NULL, "taking over the nginx that runs (pid %d)", (int)r->master.pid);
	announce(r);
	return 0;
}

/* One that was told to go serves no new connections: it cannot be taken back. */
static void end_leaving(struct runner *r)
{
	if (!r->leaving)
		return;
	if (master_alive(&r->master)) {
		(void)master_signal(&r->master, SIGTERM, NULL);
		if (!master_wait(&r->master, 5000))
			(void)master_signal(&r->master, SIGKILL, NULL);
	}
	master_done(&r->master);
	r->leaving = false;
}

static int64_t now_ms(void)
{
	struct timespec ts;

	(void)clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

/*
 * Workers of before stay until their connections end: objects that change a Gateway's ports to and fro must not be able to fill
 * the memory with them. So many reloads are for free, and then there is one in that time.
 */
#define RELOADS_FREE 20
#define RELOAD_MS    10000

int64_t runner_reload_wait(const struct runner *r)
{
	int64_t over = r->reloads_ms - now_ms() - RELOADS_FREE * RELOAD_MS;

	return over > -RELOAD_MS ? over + RELOAD_MS : 0;
}

static void count_reload(struct runner *r)
{
	int64_t now = now_ms();

	r->reloads_ms = (r->reloads_ms > now ? r->reloads_ms : now) + RELOAD_MS;
}

static int swap_conf(struct runner *r, const char *conf, struct err *e)
{
	int code = ground_write(r->conf_new, conf, 0644, e);

	code = code < 0 ? code : test_conf(r, e);
	if (code == 0 && rename(r->conf_new, r->conf) < 0)
		code = err_errno(e, errno, "cannot rename %s", r->conf_new);
	return code;
}

/* nginx runs with the wanted configuration. */
static int ensure(struct runner *r, const char *conf, uint64_t want, struct err *e)
{
	end_leaving(r);
	int code = master_alive(&r->master) ? 0 : adopt(r, e);
	if (code < 0)
		return code;
	bool fresh = r->master.pidfd < 0, current = ground_same(r->conf, conf, strlen(conf));
	if (!fresh && (!current || page_id(r) != want) && runner_reload_wait(r) > 0)
		return err_set(e, ERR_TOO_MANY,
			       "nginx was reloaded %d times in short: the ports of Gateways and of TCP and UDP services "
			       "change in %lld s",
			       RELOADS_FREE, (long long)(runner_reload_wait(r) + 999) / 1000);
	if (!current)
		code = swap_conf(r, conf, e);
	if (code < 0)
		return code;
	if (fresh) {
		code = start(r, want, e);
	} else if (!current || page_id(r) != want) {
		AUTO_CLOSE int watch_fd = -1;
		log_info("ingress", NULL, "reloading nginx: its settings have changed");
		off_t from = log_size(r);
		code = page_forget(r, e);
		code = code < 0 ? code : watch_page(r, &watch_fd, e);
		code = code < 0 ? code : master_signal(&r->master, SIGHUP, e);
		count_reload(r);
		code = code < 0 ? code : wait_begun(r, want, watch_fd, from, true, e);
	} else {
		return 0;
	}
	if (code == 0)
		ground_sweep(r);
	return code;
}

/*
 * Before anything is known of the cluster: what runs goes on, and what ran last begins again, with its ports of TCP and
 * UDP services. A configuration of another build of the module is of no use.
 */
static int recall_conf(struct runner *r, struct buf *out, uint64_t *ret_id)
{
	if (fs_read(r->conf, 1 << 20, out, NULL) < 0 || !out->len || !strstr(out->data, r->module))
		return -ENOENT;
	const char *line = strstr(out->data, "minik_id ");
	*ret_id = line ? strtoull(line + strlen("minik_id "), NULL, 16) : 0;
	return *ret_id ? 0 : -ENOENT;
}

int runner_sync(struct runner *r, const struct runner_wish *w, struct err *e)
{
	AUTO_BUF struct buf conf = {0};
	uint64_t id = 0;

	int code =
	    fs_exists(r->run_dir) && r->module && fs_exists(r->module) ? 0 : runner_prepare(r, e); /* somebody may have tidied up */
	/* Before nginx starts, so that it begins with it. */
	code = code < 0 || !w->table ? code : live_publish(r->live, w->table, e);
	if (code == 0 && !w->table && !r->leaving && recall_conf(r, &conf, &id) == 0)
		return ensure(r, conf.data, id, e);
	buf_done(&conf);
	code = code < 0 ? code : make_conf(r, w, &conf, &id, e);
	return code < 0 ? code : ensure(r, conf.data, id, e);
}

int runner_dismiss(struct runner *r, struct err *e)
{
	if (r->leaving)
		return 0;
	int code = master_alive(&r->master) ? 0 : adopt(r, e);
	if (code < 0 || r->master.pidfd < 0)
		return code;
	log_info("ingress", NULL, "nginx (pid %d) is not wanted on this node: it ends when it has served what it has",
		 (int)r->master.pid);
	code = master_signal(&r->master, SIGQUIT, e);
	r->leaving = code == 0;
	return code;
}

bool runner_runs(const struct runner *r)
{
	return !r->leaving && master_alive(&r->master);
}

void runner_ports_read(const struct runner *r, bool udp, struct runner_ports *ret)
{
	static const char *const files[2][2] = {{"/proc/net/tcp", "/proc/net/tcp6"},
						{"/proc/net/udp", "/proc/net/udp6"}};

	memset(ret, 0, sizeof(*ret));
	for (size_t i = 0; i < 2; i++)
		listening(files[udp][i], udp, false, r->user.uid, ret);
}

bool runner_found(const char *run_dir)
{
	struct master m = MASTER_NONE;

	bool found = master_find(&m, run_dir, MASTER_ANYBODY, NULL) == 0 && m.pidfd >= 0;
	master_done(&m);
	return found;
}

int runner_cleanup(const char *run_dir, struct err *e)
{
	struct master m = MASTER_NONE;

	if (!fs_exists(run_dir))
		return 0;
	int code = master_find(&m, run_dir, MASTER_ANYBODY, e);
	if (code < 0)
		return code;
	if (m.pidfd >= 0) {
		code = master_signal(&m, SIGTERM, e);
		if (code == 0 && !master_wait(&m, 5000))
			code = master_signal(&m, SIGKILL, e);
	}
	master_done(&m);
	for (int i = 0; code == 0 && i < 50 && master_sweep(run_dir, SIGKILL); i++)
		(void)poll(NULL, 0, 20); /* orphans have no parent who would be told */
	return code < 0 ? code : fs_rm_rf(run_dir, e);
}
