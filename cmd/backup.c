#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/fs.h"
#include "base/str.h"
#include "cmd/backup.h"
#include "cmd/cmd.h"
#include "cmd/datastore.h"
#include "cmd/host.h"

/* What a backup holds, relative to the data-dir: the store (a consistent copy), certificates and keys, the token. */
static const char *const parts[] = {"server/db/minik.db", "server/tls", "server/token"};

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
	while (rc == ARCHIVE_OK && S_ISREG(st.st_mode) && (n = read(fd, chunk, sizeof(chunk))) > 0)
		if (archive_write_data(a, chunk, (size_t)n) != n)
			rc = ARCHIVE_FATAL;
	return rc == ARCHIVE_OK ? 0 : err_set(e, ERR_INTERNAL, "%s: %s", path, archive_error_string(a));
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

static int archive_fd(const char *data, const char *copy, int fd, const char *file, struct err *e)
{
	struct archive *a = archive_write_new();
	int r;

	if (!a)
		return err_nomem(e);
	archive_write_set_format_pax_restricted(a);
	archive_write_add_filter_gzip(a);
	if (archive_write_open_fd(a, fd) != ARCHIVE_OK)
		r = err_set(e, ERR_INTERNAL, "%s: %s", file, archive_error_string(a));
	else if ((r = add_entry(a, copy, parts[0], e)) == 0 && (r = add_tree(a, data, parts[1], e)) == 0)
		r = add_tree(a, data, parts[2], e);
	if (r == 0 && archive_write_close(a) != ARCHIVE_OK)
		r = err_set(e, ERR_INTERNAL, "%s: %s", file, archive_error_string(a));
	archive_write_free(a);
	return r;
}

static int sync_dir(const char *file, struct err *e)
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
static int archive_file(const char *data, const char *copy, const char *file, struct err *e)
{
	AUTO_FREE char *tmp = str_fmt("%s.tmp", file);
	struct stat st;
	int r;

	if (!tmp)
		return err_nomem(e);
	if (stat(file, &st) == 0 && !S_ISREG(st.st_mode)) { /* a device, a named pipe */
		AUTO_CLOSE int fd = open(file, O_WRONLY | O_CLOEXEC);
		return fd < 0 ? err_errno(e, errno, "%s", file) : archive_fd(data, copy, fd, file, e);
	}
	AUTO_CLOSE int fd = open(tmp, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0)
		return err_errno(e, errno, "%s", tmp);
	r = archive_fd(data, copy, fd, file, e);
	if (r == 0 && fsync(fd) < 0)
		r = err_errno(e, errno, "%s", tmp);
	if (r == 0 && rename(tmp, file) < 0)
		r = err_errno(e, errno, "%s", file);
	if (r < 0)
		unlink(tmp);
	return r < 0 ? r : sync_dir(file, e);
}

int backup_write(const struct options *o, struct store *s, const char *file, struct err *e)
{
	const char *data = opt_str(o, OPT_DATA_DIR);
	AUTO_FREE char *dir = fs_join(data, "server/db"), *copy = fs_join(data, "server/db/backup.tmp"),
		       *lock = fs_join(data, "server/db/backup.lock"), *path = NULL;
	struct store_config sc;
	AUTO_CLOSE int lock_fd = -1;
	int r;

	if (!dir || !copy || !lock)
		return err_nomem(e);
	if ((r = datastore_config(&sc, &path, o, e)) < 0 || (r = fs_mkdir_p(dir, 0700, e)) < 0)
		return r;
	if ((r = fs_lock(lock, &lock_fd, e)) < 0)
		return r == -EWOULDBLOCK ? err_set(e, ERR_UNAVAILABLE, "another backup is being written") : r;
	unlink(copy); /* of one that was killed */
	r = s ? store_backup(s, copy, e) : store_export(&sc, copy, e);
	if (r == 0 && streq(file, "-"))
		r = archive_fd(data, copy, STDOUT_FILENO, file, e);
	else if (r == 0)
		r = archive_file(data, copy, file, e);
	unlink(copy);
	return r;
}

static bool name_allowed(const char *name)
{
	if (strstr(name, ".."))
		return false;
	return streq(name, parts[0]) || streq(name, parts[2]) || (str_has_prefix(name, "server/tls/") && !strchr(name + 11, '/'));
}

static int extract(struct archive *a, const char *dir, struct err *e)
{
	struct archive_entry *en;
	int rc, n = 0;

	while ((rc = archive_read_next_header(a, &en)) == ARCHIVE_OK) {
		const char *name = archive_entry_pathname(en);
		if (!name || archive_entry_filetype(en) != AE_IFREG || !name_allowed(name))
			return err_set(e, ERR_BAD_REQUEST, "\"%.100s\" does not belong into a backup", name ? name : "?");
		AUTO_FREE char *path = fs_join(dir, name), *parent = path ? str_dup(path) : NULL;
		if (!parent)
			return err_nomem(e);
		*strrchr(parent, '/') = '\0';
		int r = fs_mkdir_p(parent, 0700, e);
		if (r < 0)
			return r;
		AUTO_CLOSE int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
		if (fd < 0)
			return err_errno(e, errno, "%s", path);
		if (archive_read_data_into_fd(a, fd) != ARCHIVE_OK)
			return err_set(e, ERR_BAD_REQUEST, "%s: %s", name, archive_error_string(a));
		if (fsync(fd) < 0)
			return err_errno(e, errno, "%s", path);
		n++;
	}
	if (rc != ARCHIVE_EOF)
		return err_set(e, ERR_BAD_REQUEST, "not a backup of minik: %s", archive_error_string(a));
	return n ? 0 : err_set(e, ERR_BAD_REQUEST, "an empty archive is no backup of minik");
}

/* Where the database goes when it does not stay in DATA_DIR: into etcd, or to the file that the options name. */
static int place_database(const struct options *o, const char *db, const char *usual, struct err *e)
{
	struct store_config sc;
	AUTO_FREE char *path = NULL, *old = NULL;

	int r = datastore_config(&sc, &path, o, e);
	if (r < 0)
		return r;
	if (sc.endpoints) {
		r = store_import(&sc, db, e);
		if (r == 0 && unlink(db) < 0)
			r = err_errno(e, errno, "%s", db);
		return r;
	}
	if (streq(path, usual))
		return 0;
	if (!(old = str_fmt("%s.before-restore", path)))
		return err_nomem(e);
	if (rename(path, old) < 0 && errno != ENOENT)
		return err_errno(e, errno, "%s", path);
	static const char *const beside[] = {"-wal", "-shm"};
	for (size_t i = 0; i < ARRAY_LEN(beside); i++) { /* belong to the old one */
		AUTO_FREE char *from = str_fmt("%s%s", path, beside[i]), *to = str_fmt("%s%s", old, beside[i]);
		if (!from || !to)
			return err_nomem(e);
		if (rename(from, to) < 0 && errno != ENOENT)
			return err_errno(e, errno, "%s", from);
	}
	if (rename(db, path) < 0)
		return errno == EXDEV ? err_set(e, ERR_UNSUPPORTED, "%s is on another file system than --data-dir: restore without --datastore-endpoint, then move it", path)
				      : err_errno(e, errno, "%s", path);
	return sync_dir(path, e);
}

/* Unpacked beside, then swapped in by renames: the old state stays as server.before-restore. */
static int restore(const struct options *o, const char *file, struct err *e)
{
	const char *data = opt_str(o, OPT_DATA_DIR);
	AUTO_FREE char *tmp = fs_join(data, "restore.tmp"), *fresh = fs_join(data, "restore.tmp/server"), *live = fs_join(data, "server"),
		       *old = fs_join(data, "server.before-restore"), *db = tmp ? fs_join(tmp, parts[0]) : NULL, *usual = fs_join(data, parts[0]);
	AUTO_FREE char *kept = fs_join(data, "server.before-restore/backups"), *backups = fs_join(data, "server/backups");
	struct archive *a = archive_read_new();
	int r;

	if (!tmp || !fresh || !live || !old || !db || !usual || !kept || !backups || !a) {
		archive_read_free(a);
		return err_nomem(e);
	}
	archive_read_support_format_tar(a);
	archive_read_support_filter_all(a);
	AUTO_CLOSE int fd = streq(file, "-") ? dup(STDIN_FILENO) : open(file, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		r = err_errno(e, errno, "%s", file);
	else if ((r = fs_rm_rf(tmp, e)) == 0 && (r = fs_mkdir_p(tmp, 0700, e)) == 0)
		r = archive_read_open_fd(a, fd, 65536) == ARCHIVE_OK
			    ? extract(a, tmp, e)
			    : err_set(e, ERR_BAD_REQUEST, "%s: %s", file, archive_error_string(a));
	archive_read_free(a);
	if (r == 0 && !fs_exists(db))
		r = err_set(e, ERR_BAD_REQUEST, "%s: there is no database in it", file);
	if (r == 0)
		r = place_database(o, db, usual, e);
	if (r == 0 && fs_exists(live) && ((r = fs_rm_rf(old, e)) == 0) && rename(live, old) < 0)
		r = err_errno(e, errno, "%s", live);
	if (r == 0 && rename(fresh, live) < 0)
		r = err_errno(e, errno, "%s", live);
	/* Scheduled backups are of before and after alike. */
	if (r == 0 && rename(kept, backups) < 0 && errno != ENOENT)
		r = err_errno(e, errno, "%s", kept);
	if (r == 0)
		r = sync_dir(live, e);
	(void)fs_rm_rf(tmp, NULL);
	return r;
}

static int backup_or_restore(int argc, char **argv, bool back)
{
	struct options *o = NULL;
	char **rest = NULL;
	struct err e = {0};

	int status = cmd_options(&o, OPT_IN_TOOL, false, back ? "minik backup FILE (- for a pipe)" : "minik restore FILE (- for a pipe)", argc,
				 argv, &rest);
	if (status >= 0)
		return status;
	int pid = host_running_pid(opt_str(o, OPT_RUN_DIR)), r;
	if (!rest[0] || rest[1])
		r = err_set(&e, ERR_INVALID, "minik %s: one FILE is needed", argv[0]);
	else if (!back && pid > 0)
		r = err_set(&e, ERR_UNAVAILABLE, "minik is running (pid %d): stop it before a restore", pid);
	else
		r = back ? backup_write(o, NULL, rest[0], &e) : restore(o, rest[0], &e);
	status = r < 0 ? cmd_usage_error(&e) : 0;
	free(rest);
	options_free(o);
	return status;
}

int cmd_backup(int argc, char **argv) { return backup_or_restore(argc, argv, true); }
int cmd_restore(int argc, char **argv) { return backup_or_restore(argc, argv, false); }
