#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/fs.h"
#include "base/lock_file.h"
#include "base/str.h"
#include "cmd/backup.h"
#include "cmd/cmd.h"
#include "cmd/datastore.h"
#include "cmd/host.h"

/* What a backup holds, relative to the data-dir: the store (a consistent copy), certificates and keys, the token. */
static const char *const parts[] = {BACKUP_DB, BACKUP_TLS, BACKUP_TOKEN};

/* libarchive says that it could not write, the system why. */
static int archive_failed(struct archive *a, const char *path, struct err *e)
{
	int n = archive_errno(a);

	return err_set(e, n > 0 ? -n : ERR_INTERNAL, "%s: %s%s%s", path, archive_error_string(a), n > 0 ? ": " : "", n > 0 ? strerror(n) : "");
}

static int add_entry(struct archive *a, const char *path, const char *name, struct err *e)
{
	struct stat st;
	char chunk[65536];
	ssize_t n;
	AUTO_CLOSE int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	struct archive_entry *en = archive_entry_new();

	if (fd < 0 || !en || fstat(fd, &st) < 0) {
		archive_entry_free(en);
		return err_errno(e, errno, "%s", path);
	}
	archive_entry_set_pathname(en, name);
	archive_entry_copy_stat(en, &st);
	int rc = archive_write_header(a, en);
	archive_entry_free(en);
	while (rc == ARCHIVE_OK && S_ISREG(st.st_mode) && (n = read(fd, chunk, sizeof(chunk))) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_errno(e, errno, "%s", path);
		if (archive_write_data(a, chunk, (size_t)n) != n)
			rc = ARCHIVE_FATAL;
	}
	return rc == ARCHIVE_OK ? 0 : archive_failed(a, path, e);
}

static int add_tree(struct archive *a, const char *data, const char *name, struct err *e)
{
	AUTO_FREE char *path = fs_join(data, name);
	struct archive *disk = archive_read_disk_new();
	struct archive_entry *en;
	int r = 0, rc;

	if (!path || !disk || archive_read_disk_open(disk, path) != ARCHIVE_OK) {
		archive_read_free(disk);
		return err_set(e, ERR_NOT_FOUND, "%s: cannot be read", path ? path : name);
	}
	en = archive_entry_new();
	while (r == 0 && (rc = archive_read_next_header2(disk, en)) == ARCHIVE_OK) {
		const char *full = archive_entry_pathname(en);
		if (archive_entry_filetype(en) == AE_IFDIR)
			archive_read_disk_descend(disk);
		else if (archive_entry_filetype(en) == AE_IFREG)
			r = add_entry(a, full, full + strlen(data) + 1, e);
		archive_entry_clear(en);
	}
	archive_entry_free(en);
	archive_read_free(disk);
	return r;
}

static int archive_fd(const struct options *o, const char *copy, int fd, const char *file, struct err *e)
{
	const char *data = opt_str(o, OPT_DATA_DIR);
	struct archive *a = archive_write_new();
	int r;

	if (!a)
		return err_nomem(e);
	archive_write_set_format_pax_restricted(a);
	archive_write_add_filter_gzip(a);
	if (archive_write_open_fd(a, fd) != ARCHIVE_OK)
		r = archive_failed(a, file, e);
	else if ((r = add_entry(a, copy, parts[0], e)) == 0 && (r = add_tree(a, data, parts[1], e)) == 0)
		r = add_tree(a, data, parts[2], e);
	if (r == 0 && opt_bool(o, OPT_WITH_KEYS))
		r = add_tree(a, data, SECRETS_KEYS, e);
	if (r == 0 && archive_write_close(a) != ARCHIVE_OK)
		r = archive_failed(a, file, e);
	archive_write_free(a);
	return r;
}

int backup_sync_dir(const char *file, struct err *e)
{
	AUTO_FREE char *dir = str_dup(file);
	char *slash = dir ? strrchr(dir, '/') : NULL;

	if (!dir)
		return err_nomem(e);
	if (slash)
		slash[slash == dir] = '\0';
	AUTO_CLOSE int fd = open(slash ? dir : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return fd < 0 || fsync(fd) < 0 ? err_errno(e, errno, "%s", slash ? dir : ".") : 0;
}

/* The old file or the whole new one, whatever happens in between. */
static int archive_file(const struct options *o, const char *copy, const char *file, struct err *e)
{
	AUTO_FREE char *tmp = str_fmt("%s.tmp", file);
	struct stat st;
	int r;

	if (!tmp)
		return err_nomem(e);
	if (stat(file, &st) == 0 && !S_ISREG(st.st_mode)) { /* a device, a named pipe */
		AUTO_CLOSE int fd = open(file, O_WRONLY | O_CLOEXEC);
		return fd < 0 ? err_errno(e, errno, "%s", file) : archive_fd(o, copy, fd, file, e);
	}
	AUTO_CLOSE int fd = open(tmp, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0)
		return err_errno(e, errno, "%s", tmp);
	r = archive_fd(o, copy, fd, file, e);
	if (r == 0 && fsync(fd) < 0)
		r = err_errno(e, errno, "%s", tmp);
	if (r == 0 && rename(tmp, file) < 0)
		r = err_errno(e, errno, "%s", file);
	if (r < 0)
		unlink(tmp);
	return r < 0 ? r : backup_sync_dir(file, e);
}

int backup_write(const struct options *o, struct store *s, const char *file, struct err *e)
{
	const char *data = opt_str(o, OPT_DATA_DIR);
	AUTO_FREE char *dir = fs_join(data, "server/db"), *copy = fs_join(data, "server/db/backup.tmp"),
		       *lock = fs_join(data, "server/db/backup.lock"), *keys = fs_join(data, SECRETS_KEYS), *path = NULL;
	struct store_config sc;
	AUTO_CLOSE int lock_fd = -1;
	pid_t holder = 0;
	int r;

	if (!dir || !copy || !lock || !keys)
		return err_nomem(e);
	if (opt_bool(o, OPT_WITH_KEYS) && !fs_exists(keys))
		return err_set(e, ERR_NOT_FOUND, "--with-keys: %s does not exist: Secrets are not encrypted here", keys);
	if ((r = datastore_config(&sc, &path, o, e)) < 0 || (r = fs_mkdir_p(dir, 0700, e)) < 0)
		return r;
	if ((r = lock_file_take(lock, &lock_fd, &holder, e)) < 0)
		return holder ? err_set(e, ERR_UNAVAILABLE, "another backup is being written (pid %d)", (int)holder) : r;
	unlink(copy); /* of one that was killed */
	r = s ? store_backup(s, copy, e) : store_export(&sc, copy, e);
	/* Not streq, which knows NULL: gcc with UBSan then believes that file may be that. */
	if (r == 0 && strcmp(file, "-") == 0)
		r = archive_fd(o, copy, STDOUT_FILENO, file, e);
	else if (r == 0)
		r = archive_file(o, copy, file, e);
	unlink(copy);
	return r;
}

int cmd_backup(int argc, char **argv)
{
	struct options *o = NULL;
	char **rest = NULL;
	struct err e = {0};

	int status = cmd_options(&o, OPT_IN_TOOL | OPT_IN_BACKUP, false, "minik backup [--with-keys] FILE (- for a pipe)", argc, argv, &rest);
	if (status >= 0)
		return status;
	int r = !rest[0] || rest[1] ? err_set(&e, ERR_INVALID, "minik %s: one FILE is needed", argv[0])
				    : backup_write(o, NULL, rest[0], &e);
	status = r < 0 ? cmd_usage_error(&e) : 0;
	free(rest);
	options_free(o);
	return status;
}
