#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <time.h>
#include <dirent.h>
#include "base/fs.h"
#include "base/log.h"
#include "base/proc.h"
#include "base/str.h"
#include "ingress/module_image.h"
#include "ingress/runner_internal.h"
#include "wire/cert.h"

#define STREAM_MODULE MODULES_DIR "/ngx_stream_module.so"
#define GET_NGINX     "apt-get install nginx-light, or --disable ingress"

/* --- nginx and the module --- */

static char *find_program(const char *name)
{
	const char *env = getenv("PATH");
	AUTO_FREE char *path = str_fmt("%s:/usr/local/sbin:/usr/sbin", env ? env : "");

	for (const char *p = path; p && *p;) {
		size_t n = strcspn(p, ":");
		AUTO_FREE char *full = n ? str_fmt("%.*s/%s", (int)n, p, name) : NULL;
		if (full && *full == '/' && access(full, X_OK) == 0)
			return TAKE_PTR(full);
		p += n + (p[n] == ':');
	}
	return NULL;
}

/* "nginx version: nginx/1.22.1 (Debian)" -> 1.22.1 */
static int read_version(const char *nginx, char out[32], struct err *e)
{
	const char *const argv[] = {nginx, "-v", NULL};
	AUTO_BUF struct buf said = {0};
	int status = 0;

	int r = proc_run(argv, NULL, 0, NULL, &said, 4096, 20000, &status, e);
	if (r < 0)
		return r;
	const char *v = said.len ? strstr(said.data, "nginx/") : NULL;
	if (status || !v)
		return err_set(e, ERR_UNAVAILABLE, "%s -v does not tell its version: %.100s", nginx,
			       said.len ? said.data : "");
	v += strlen("nginx/");
	size_t n = strspn(v, "0123456789.");
	if (!n || n >= 32)
		return err_set(e, ERR_UNAVAILABLE, "%s -v does not tell its version: %.100s", nginx, said.data);
	memcpy(out, v, n);
	out[n] = '\0';
	return 0;
}

int ground_nginx(char **nginx, bool *http2_directive, struct err *e)
{
	AUTO_FREE char *found = *nginx ? str_dup(*nginx) : find_program("nginx");
	unsigned major = 0, minor = 0, patch = 0;
	char version[32];

	if (!found)
		return *nginx ? err_nomem(e) : err_set(e, ERR_UNAVAILABLE, "no nginx is installed: " GET_NGINX);
	if (!module_image_size)
		return err_set(
		    e, ERR_UNAVAILABLE,
		    "this minik was built without its nginx module: apt-get install nginx-dev and build it again "
		    "(./install.sh does both), or --disable ingress");
	int r = read_version(found, version, e);
	if (r < 0)
		return r;
	if (!streq(version, module_nginx_version))
		return err_set(
		    e, ERR_UNAVAILABLE,
		    "nginx is %s, but minik's module is for %s: build minik again with this nginx' nginx-dev "
		    "(./install.sh), or install nginx %s, or --disable ingress",
		    version, module_nginx_version, module_nginx_version);
	(void)sscanf(version, "%u.%u.%u", &major, &minor, &patch);
	*http2_directive = major > 1 || (major == 1 && (minor > 25 || (minor == 25 && patch >= 1)));
	if (!*nginx)
		*nginx = TAKE_PTR(found);
	return 0;
}

int runner_check(const char *nginx, struct err *e)
{
	AUTO_FREE char *path = str_dup(nginx);
	bool http2;

	return ground_nginx(&path, &http2, e);
}

bool runner_has_stream(void)
{
	return fs_exists(STREAM_MODULE);
}

/* --- files --- */

bool ground_same(const char *path, const void *data, size_t n)
{
	AUTO_BUF struct buf b = {0};

	return fs_read(path, n + 1, &b, NULL) == 0 && b.len == n && memcmp(b.data ? b.data : "", data, n) == 0;
}

int ground_write(const char *path, const char *text, mode_t mode, struct err *e)
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
	if (fchmod(fd, mode) < 0 || rename(tmp, path) < 0)
		return err_errno(e, errno, "cannot put %s in its place", tmp);
	return 0;
}

/* Owner and mode of what is there; links are not followed: nginx's user can write in some of the directories. */
static int give(const char *path, uid_t uid, gid_t gid, mode_t mode, const struct helper *h, struct err *e)
{
	AUTO_CLOSE int fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);

	if (fd < 0 || (h->drop && fchown(fd, uid, gid) < 0) || fchmod(fd, mode) < 0)
		return err_errno(e, errno, "cannot set owner and mode of %s", path);
	return 0;
}

/* Made by us, so that nginx needs no right to make files beside it. */
static int make_log(const struct runner *r, const char *path, struct err *e)
{
	AUTO_CLOSE int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0600);

	if (fd < 0)
		return err_errno(e, errno, "cannot open %s", path);
	return give(path, r->user.uid, r->user.gid, 0640, &r->user, e);
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
	int code = 0;

	if (!pair_usable(r)) {
		code = cert_ca_new(&ca, "minik ingress default authority", q.not_before, q.not_after, e);
		code = code < 0 ? code : cert_issue(&pair, &ca, &q, e);
		code = code < 0 ? code : fs_write_atomic(r->key, pair.key_pem, strlen(pair.key_pem), 0600, e);
		code = code < 0 ? code : fs_write_atomic(r->cert, pair.cert_pem, strlen(pair.cert_pem), 0644, e);
		cert_pair_done(&ca);
		cert_pair_done(&pair);
	}
	return code < 0 ? code : give(r->key, 0, r->user.gid, 0640, &r->user, e);
}

static int make_dir(const struct runner *r, const char *dir, const char *name, uid_t uid, mode_t mode, struct err *e)
{
	AUTO_FREE char *path = name ? fs_join(dir, name) : str_dup(dir);

	if (!path)
		return err_nomem(e);
	int code = fs_mkdir_p(path, mode, e);
	return code < 0 ? code : give(path, uid, r->user.gid, mode, &r->user, e);
}

/* The directories above are not ours to change: nginx's user must come through. */
static void check_reach(const struct runner *r)
{
	AUTO_FREE char *path = str_dup(r->run_dir);
	struct stat st;

	for (char *slash = path; r->user.drop && slash && (slash = strchr(slash + 1, '/'));) {
		*slash = '\0';
		if (stat(path, &st) == 0 && !(st.st_mode & S_IXOTH))
			log_warning("ingress", NULL, "nginx's user cannot pass %s: chmod o+x it", path);
		*slash = '/';
	}
}

int ground_make(struct runner *r, struct err *e)
{
	AUTO_FREE char *above = str_dup(r->run_dir);

	if (!above)
		return err_nomem(e);
	*strrchr(above, '/') = '\0';
	int code = *above ? fs_mkdir_p(above, 0755, e) : 0;
	/* nginx may read all of it, and write to own/, tmp/ and its logs. */
	code = code < 0 ? code : make_dir(r, r->run_dir, NULL, 0, 0750, e);
	code = code < 0 ? code : make_dir(r, r->run_dir, "own", r->user.uid, 0750, e);
	code = code < 0 ? code : make_dir(r, r->data_dir, NULL, 0, 0750, e);
	code = code < 0 ? code : make_dir(r, r->data_dir, "tmp", r->user.uid, 0700, e);
	code = code < 0 ? code : make_log(r, r->log, e);
	code = code < 0 || !r->access_log ? code : make_log(r, r->access_log, e);
	code = code < 0 ? code : default_cert(r, e);
	if (code == 0)
		check_reach(r);
	return code;
}

int ground_module(struct runner *r, struct err *e)
{
	char hex[65];

	if (sha256_hex(module_image, module_image_size, hex) < 0)
		return err_set(e, ERR_INTERNAL, "cannot hash the module");
	free(r->module);
	r->module = str_fmt("%s/minik-%.16s.so", r->data_dir, hex);
	if (!r->module)
		return err_nomem(e);
	/* A file in use is never written to: it is a new one that takes its name. */
	int code = ground_same(r->module, module_image, module_image_size)
		       ? 0
		       : fs_write_atomic(r->module, module_image, module_image_size, 0644, e);
	return code < 0 ? err_wrap(e, "nginx's module") : 0;
}

void ground_sweep(const struct runner *r)
{
	DIR *d = opendir(r->data_dir);
	const struct dirent *ent;

	while (d && (ent = readdir(d))) {
		AUTO_FREE char *path = fs_join(r->data_dir, ent->d_name);
		if (path && str_has_prefix(ent->d_name, "minik-") && str_has_suffix(ent->d_name, ".so") &&
		    !streq(path, r->module))
			(void)unlink(path);
	}
	if (d)
		(void)closedir(d);
}

/* --- running it --- */

int ground_argv(const struct runner *r, const char ***ret, const char *const *args, struct err *e)
{
	const char *argv[16] = {r->nginx, "-p", r->run_dir};
	const char *const keep[] = {r->run_dir, r->data_dir, NULL};
	size_t n = 3;

	for (; *args && n < ARRAY_LEN(argv) - 1; args++)
		argv[n++] = *args;
	return helper_argv(ret, &r->user, r->run_dir, (const char *const *)r->hidden, keep, argv, e);
}

int ground_run(const struct runner *r, const char *const *args, struct buf *errout, int *ret_exit, struct err *e)
{
	AUTO_FREE const char **argv = NULL;

	int code = ground_argv(r, &argv, args, e);
	if (code < 0)
		return code;
	const struct proc_call c = {.argv = argv,
				    .envp = master_env,
				    .errout = errout,
				    .max_output = 65536,
				    .timeout_ms = 60000,
				    .stop_fd = r->cancel_fd};
	return proc_call(&c, ret_exit, e);
}
