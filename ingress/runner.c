#include "ingress/runner.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pwd.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>
#include "base/clock.h"
#include "base/fs.h"
#include "base/log.h"
#include "base/proc.h"
#include "base/str.h"
#include "ingress/control.h"
#include "ingress/master.h"
#include "ingress/nginx.h"
#include "wire/cert.h"

#define MODULES_DIR   "/usr/lib/nginx/modules"
#define LUA_PATH      "/usr/share/lua/5.1/?.lua;;"
#define MAX_RESOLVERS 3 /* as resolv.conf(5) */
/* A machine that has just booted reads nginx and its modules from a slow disk beside all pods: patience costs nothing,
 * ending it starts all over. */
#define START_MS 120000
#define LOG_MAX  (8 * 1024 * 1024)

static const char script[] =
#include "ingress/script_lua.h"
    ;

struct runner {
	struct runner_config cfg;
	char *run_dir, *log, *nginx, *conf, *conf_new, *routes, *script, *sock, *cert, *key;
	char *data_dir;
	char script_id[33];
	struct master master;
	char *applied;      /* routes that nginx has; NULL: unknown */
	size_t table_bytes; /* least size to make room for */
	int cancelled;      /* atomic */
};

int runner_new(struct runner **ret, const struct runner_config *c, struct err *e)
{
	struct runner *r = calloc(1, sizeof(*r));

	if (!r)
		return err_nomem(e);
	r->cfg = *c;
	r->master = (struct master)MASTER_NONE;
	r->run_dir = str_dup(c->run_dir);
	r->data_dir = str_dup(c->log_dir);
	r->nginx = str_dup(c->nginx);
	r->log = fs_join(c->log_dir, "nginx.log");
	r->conf = fs_join(c->run_dir, "nginx.conf");
	r->conf_new = fs_join(c->run_dir, "nginx.conf.new");
	r->routes = fs_join(c->run_dir, "routes");
	r->script = fs_join(c->run_dir, "script.lua");
	r->sock = fs_join(c->run_dir, "control/sock");
	r->cert = fs_join(c->log_dir, "default.crt");
	r->key = fs_join(c->log_dir, "default.key");
	if (!r->run_dir || !r->data_dir || (c->nginx && !r->nginx) || !r->log || !r->conf || !r->conf_new ||
	    !r->routes || !r->script || !r->sock || !r->cert || !r->key) {
		runner_free(r);
		return err_nomem(e);
	}
	int code = nginx_path_check(r->run_dir, e);
	code = code < 0 ? code : nginx_path_check(r->log, e);
	if (code == 0 && strlen(r->sock) >= sizeof(((struct sockaddr_un *)NULL)->sun_path))
		code =
		    err_set(e, ERR_INVALID, "%s is too long for a socket's name; choose a shorter --run-dir", r->sock);
	if (code == 0)
		code = nginx_text_id(script, r->script_id, e);
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
	char *all[] = {r->run_dir, r->data_dir, r->nginx, r->log,  r->conf, r->conf_new,
		       r->routes,  r->script,   r->sock,  r->cert, r->key,  r->applied};
	for (size_t i = 0; i < ARRAY_LEN(all); i++)
		free(all[i]);
	free(r);
	return NULL;
}

const char *runner_log(const struct runner *r)
{
	return r->log;
}
void runner_cancel(struct runner *r)
{
	__atomic_store_n(&r->cancelled, 1, __ATOMIC_RELAXED);
}
static bool cancelled(struct runner *r)
{
	return __atomic_load_n(&r->cancelled, __ATOMIC_RELAXED) != 0;
}

/* --- what must be there --- */

static char *find_program(const char *name)
{
	const char *env = getenv("PATH");
	AUTO_FREE char *path = str_fmt("%s:/usr/local/sbin:/usr/sbin", env ? env : "");

	for (const char *p = path; p && *p;) {
		size_t n = strcspn(p, ":");
		AUTO_FREE char *full = n ? str_fmt("%.*s/%s", (int)n, p, name) : NULL;
		if (full && access(full, X_OK) == 0)
			return TAKE_PTR(full);
		p += n + (p[n] == ':');
	}
	return NULL;
}

static bool pair_usable(const struct runner *r)
{
	AUTO_BUF struct buf cert = {0};
	AUTO_BUF struct buf key = {0};
	struct cert_info info = {0};

	if (fs_read(r->cert, 65536, &cert, NULL) < 0 || fs_read(r->key, 65536, &key, NULL) < 0 || !cert.len || !key.len)
		return false;
	bool good = cert_inspect(&info, cert.data, NULL) == 0 && info.not_after > time(NULL) + 30 * 86400 &&
		    cert_key_matches(cert.data, key.data);
	cert_info_done(&info);
	return good;
}

/* What hosts without a certificate of their own are served with: nobody's authority has signed it. */
static int default_cert(struct runner *r, struct err *e)
{
	static const char *const names[] = {"ingress.local", NULL};
	time_t now = time(NULL);
	const struct cert_request q = {.cn = "minik ingress default certificate",
				       .dns_names = names,
				       .server = true,
				       .not_before = now - 3600,
				       .not_after = now + 3650 * 86400L};
	struct cert_pair ca = {0}, pair = {0};

	if (pair_usable(r))
		return 0;
	int code = cert_ca_new(&ca, "minik ingress default authority", q.not_before, q.not_after, e);
	code = code < 0 ? code : cert_issue(&pair, &ca, &q, e);
	code = code < 0 ? code : fs_write_atomic(r->key, pair.key_pem, strlen(pair.key_pem), 0600, e);
	code = code < 0 ? code : fs_write_atomic(r->cert, pair.cert_pem, strlen(pair.cert_pem), 0644, e);
	cert_pair_done(&ca);
	cert_pair_done(&pair);
	return code;
}

static int make_dirs(struct runner *r, struct err *e)
{
	/* Workers go through run_dir to their temporary files; the control socket is the master's and ours alone. */
	static const struct {
		const char *name;
		mode_t mode;
	} subs[] = {{"tmp", 0711}, {"control", 0700}};
	int code = fs_mkdir_p(r->run_dir, 0711, e);

	code = code < 0 ? code : fs_mkdir_p(r->data_dir, 0700, e);
	for (size_t i = 0; code == 0 && i < ARRAY_LEN(subs); i++) {
		AUTO_FREE char *dir = fs_join(r->run_dir, subs[i].name);
		code = dir ? fs_mkdir_p(dir, subs[i].mode, e) : err_nomem(e);
	}
	if (code == 0 && !fs_exists(r->routes))
		code = fs_write_atomic(r->routes, "", 0, 0600, e);
	return code;
}

/* Workers write request bodies that do not fit in memory under run_dir: every directory above must let them through. */
static void check_reach(const struct runner *r)
{
	AUTO_FREE char *path = str_dup(r->run_dir);
	struct stat st;

	for (char *slash = path; geteuid() == 0 && slash && (slash = strchr(slash + 1, '/'));) {
		*slash = '\0';
		if (stat(path, &st) == 0 && !(st.st_mode & S_IXOTH))
			log_warning("ingress", NULL,
				    "nginx's workers cannot pass %s: larger uploads will fail; chmod o+x it", path);
		*slash = '/';
	}
}

int runner_prepare(struct runner *r, struct err *e)
{
	static const char *const modules[][2] = {{"ndk_http_module.so", "libnginx-mod-http-ndk"},
						 {"ngx_http_lua_module.so", "libnginx-mod-http-lua"}};

	if (!r->nginx && !(r->nginx = find_program("nginx")))
		return err_set(
		    e, ERR_UNAVAILABLE,
		    "no nginx is installed: apt-get install nginx-light libnginx-mod-http-lua, or --disable ingress");
	for (size_t i = 0; i < ARRAY_LEN(modules); i++) {
		AUTO_FREE char *so = fs_join(MODULES_DIR, modules[i][0]);
		if (!so)
			return err_nomem(e);
		if (!fs_exists(so))
			return err_set(e, ERR_UNAVAILABLE, "%s is missing: apt-get install %s, or --disable ingress",
				       so, modules[i][1]);
	}
	int code = make_dirs(r, e);
	if (code < 0)
		return code;
	check_reach(r);
	AUTO_CLOSE int log = open(r->log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	return log < 0 ? err_errno(e, errno, "cannot open %s", r->log) : default_cert(r, e);
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
		line[strcspn(line, " \t#;")] = '\0';
		/* Link-local addresses carry a zone, which nginx does not know. */
		if (*line && line[strspn(line, "0123456789abcdefABCDEF.:")] == '\0')
			out[n++] = line;
	}
	out[n] = NULL;
	return n;
}

static int make_conf(struct runner *r, struct buf *out, char id[33], struct err *e)
{
	AUTO_BUF struct buf resolv = {0};
	const char *resolvers[MAX_RESOLVERS + 1] = {NULL};
	struct stat st;

	if (fs_read("/etc/resolv.conf", 65536, &resolv, NULL) == 0 && resolv.len)
		(void)read_resolvers(resolv.data, resolvers);
	const struct nginx_settings s = {
	    .user = geteuid() != 0         ? NULL
		    : getpwnam("www-data") ? "www-data"
					   : "nobody",
	    .run_dir = r->run_dir,
	    .cert = r->cert,
	    .key = r->key,
	    .log = r->log,
	    .modules_dir = MODULES_DIR,
	    .lua_path = LUA_PATH,
	    .resolvers = resolvers,
	    .http_port = r->cfg.http_port,
	    .https_port = r->cfg.https_port,
	    .ipv6 = stat("/proc/net/if_inet6", &st) == 0,
	    .table_bytes = r->table_bytes,
	    .script_id = r->script_id,
	};
	return nginx_conf(&s, out, id, e);
}

/* Whole or not at all, but not durably: a boot makes it anew. */
static int write_quick(const char *path, const char *text, struct err *e)
{
	AUTO_FREE char *tmp = str_fmt("%s.tmp", path);

	if (!tmp)
		return err_nomem(e);
	(void)unlink(tmp);
	AUTO_CLOSE int fd = open(tmp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return err_errno(e, errno, "cannot write %s", tmp);
	for (size_t n = strlen(text); n;) {
		ssize_t w = write(fd, text, n);
		if (w < 0 && errno == EINTR)
			continue;
		if (w <= 0)
			return err_errno(e, w < 0 ? errno : EIO, "cannot write %s", tmp);
		text += w;
		n -= (size_t)w;
	}
	return rename(tmp, path) < 0 ? err_errno(e, errno, "cannot rename %s", tmp) : 0;
}

static bool same_file(const char *path, const char *text)
{
	AUTO_BUF struct buf b = {0};

	return fs_read(path, strlen(text) + 1, &b, NULL) == 0 && b.len == strlen(text) &&
	       memcmp(b.data ? b.data : "", text, b.len) == 0;
}

static int test_conf(struct runner *r, struct err *e)
{
	const char *const argv[] = {r->nginx, "-t", "-q", "-p", r->run_dir, "-c", r->conf_new, "-e", "stderr", NULL};

	int code = proc_check(argv, 60000, e);
	return code < 0 ? err_wrap(e, "nginx refuses its configuration") : 0;
}

/* --- the process --- */

/* A log that grew is cut by copying its end away: nginx appends, and goes on in the same file. */
void runner_cut_log(const struct runner *r)
{
	AUTO_FREE char *old = str_fmt("%s.1", r->log);
	AUTO_CLOSE int from = open(r->log, O_RDWR | O_CLOEXEC);
	struct stat st;

	if (from < 0 || !old || fstat(from, &st) < 0 || st.st_size <= LOG_MAX)
		return;
	AUTO_CLOSE int to = open(old, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	off_t at = st.st_size - LOG_MAX;
	while (to >= 0 && copy_file_range(from, &at, to, NULL, LOG_MAX, 0) > 0)
		;
	(void)ftruncate(from, 0);
}

static off_t log_size(const struct runner *r)
{
	struct stat st;
	return stat(r->log, &st) < 0 ? 0 : st.st_size;
}

/* The last thing nginx said since `from` that stopped it. */
static int last_words(const struct runner *r, off_t from, struct err *e)
{
	AUTO_CLOSE int fd = open(r->log, O_RDONLY | O_CLOEXEC);
	char text[4096];
	off_t size = log_size(r);
	off_t at = size - from > (off_t)sizeof(text) - 1 ? size - (off_t)sizeof(text) + 1 : from;
	ssize_t n = fd < 0 ? 0 : pread(fd, text, sizeof(text) - 1, at);
	char *found = NULL;

	text[n > 0 ? n : 0] = '\0';
	for (char *p = text; (p = strstr(p, "[emerg]")); p++)
		if (!memmem(p, strcspn(p, "\n"), "still could not bind", 20)) /* said after the reasons */
			found = p;
	if (!found)
		return err_set(e, ERR_UNAVAILABLE, "nginx ended at its start; see %s", r->log);
	found += strlen("[emerg] ");
	found[strcspn(found, "\n")] = '\0';
	char *said = strstr(found, ": ");
	return err_set(e, ERR_UNAVAILABLE, "nginx cannot start: %.200s", said && said - found < 24 ? said + 2 : found);
}

/* nginx tells nobody when it is ready: ask until the answer comes from the configuration that is wanted. */
static int wait_id(struct runner *r, const char *want, off_t log_from, struct err *e)
{
	int64_t end = clock_mono_ms(clock_real()) + START_MS;
	int pause = 5;
	char id[33];

	for (;;) {
		struct err last = {0};
		int code = control_id(r->sock, id, &last);
		if (code == 0 && streq(id, want))
			return 0;
		if (master_wait(&r->master, pause))
			return last_words(r, log_from, e);
		if (cancelled(r))
			return err_set(e, ERR_CANCELED, "canceled");
		if (clock_mono_ms(clock_real()) > end)
			return code == 0
				   ? err_set(e, ERR_TIMEOUT, "nginx goes on with its old configuration; see %s", r->log)
				   : err_set(e, ERR_TIMEOUT, "nginx does not answer: %.180s", last.msg);
		pause = pause < 100 ? pause * 2 : 100;
	}
}

static void announce(struct runner *r)
{
	int fd = fcntl(r->master.pidfd, F_DUPFD_CLOEXEC, 3);

	if (fd >= 0 && r->cfg.started)
		r->cfg.started(r->cfg.arg, (int)r->master.pid, fd);
	else if (fd >= 0)
		(void)close(fd);
}

static int start(struct runner *r, const char *id, struct err *e)
{
	AUTO_CLOSE int log = open(r->log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	off_t from = log_size(r);

	if (log < 0)
		return err_errno(e, errno, "cannot open %s", r->log);
	/* Workers whose master was killed serve on and hold the ports: they finish what they have, the new ones take
	 * over. */
	if (master_sweep(r->run_dir, SIGQUIT))
		log_info("ingress", NULL, "sending away the workers of an nginx that died");
	(void)unlink(r->sock);
	int code = master_start(&r->master, r->nginx, r->run_dir, r->conf, r->log, log, e);
	if (code < 0)
		return code;
	announce(r);
	code = wait_id(r, id, from, e);
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
	free(TAKE_PTR(r->applied));
	int code = master_find(&r->master, r->run_dir, e);
	if (code < 0 || r->master.pidfd < 0)
		return code;
	log_info("ingress", NULL, "taking over the nginx that runs (pid %d)", (int)r->master.pid);
	announce(r);
	return 0;
}

/* nginx runs with the wanted configuration. */
static int ensure(struct runner *r, const char *conf, const char *want, struct err *e)
{
	char have[33];
	bool fresh, current;

	int code = master_alive(&r->master) ? 0 : adopt(r, e);
	if (code < 0)
		return code;
	fresh = r->master.pidfd < 0;
	current = same_file(r->conf, conf) && same_file(r->script, script);
	if (!current) {
		code = write_quick(r->script, script, e);
		code = code < 0 ? code : write_quick(r->conf_new, conf, e);
		code = code < 0 ? code : test_conf(r, e);
		if (code == 0 && rename(r->conf_new, r->conf) < 0)
			code = err_errno(e, errno, "cannot rename %s", r->conf_new);
		if (code < 0)
			return code;
	}
	if (fresh)
		return start(r, want, e);
	if (current && control_id(r->sock, have, NULL) == 0 && streq(want, have))
		return 0;
	log_info("ingress", NULL, "reloading nginx: its settings have changed");
	off_t from = log_size(r);
	/* Memory of another size starts with what the file says, of the same size keeps what it has. */
	free(TAKE_PTR(r->applied));
	code = master_signal(&r->master, SIGHUP, e);
	return code < 0 ? code : wait_id(r, want, from, e);
}

static int apply(struct runner *r, const char *routes, struct err *e)
{
	AUTO_BUF struct buf diff = {0};
	bool full = !r->applied;
	char *copy = str_dup(routes);

	int code = copy ? full ? 0 : nginx_routes_diff(r->applied, routes, &diff, e) : err_nomem(e);
	if (code == 0 && (full || diff.len))
		code = control_routes(r->sock, full, full ? routes : diff.data, full ? strlen(routes) : diff.len, e);
	free(r->applied);
	r->applied = code == 0 ? TAKE_PTR(copy) : NULL;
	free(copy);
	if (code == ERR_TOO_LARGE) /* the next attempt reloads with twice the memory */
		r->table_bytes = (r->table_bytes > 4 * 1024 * 1024 ? r->table_bytes : 4 * 1024 * 1024) * 2;
	return code;
}

int runner_sync(struct runner *r, const char *routes, struct err *e)
{
	AUTO_BUF struct buf conf = {0};
	char id[33];

	int code = make_dirs(r, e); /* somebody may have tidied up */
	if (routes && strlen(routes) > r->table_bytes)
		r->table_bytes = strlen(routes);
	code = code < 0 ? code : make_conf(r, &conf, id, e);
	if (code == 0 && routes && (!r->applied || !streq(r->applied, routes)) && !same_file(r->routes, routes))
		code = write_quick(r->routes, routes,
				   e); /* what an nginx that starts, or reloads with new memory, begins with */
	code = code < 0 ? code : ensure(r, conf.data, id, e);
	return code < 0 || !routes ? code : apply(r, routes, e);
}

int runner_cleanup(const char *run_dir, struct err *e)
{
	struct master m = MASTER_NONE;

	if (!fs_exists(run_dir))
		return 0;
	int code = master_find(&m, run_dir, e);
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
