#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/fs.h"
#include "base/str.h"
#include "cmd/cmd.h"
#include "cmd/host.h"

/* What a backup holds, relative to the data-dir: the store (a consistent copy), certificates and keys, the token. */
static const char *const parts[] = {"server/db/minik.db", "server/tls", "server/token"};

/* A consistent copy while the server runs: SQLite's own VACUUM INTO on a second, read-only connection. */
static int copy_database(const char *from, const char *to, struct err *e)
{
	sqlite3 *db = NULL;
	char *sql = sqlite3_mprintf("VACUUM INTO %Q", to);

	int rc = sql ? sqlite3_open_v2(from, &db, SQLITE_OPEN_READWRITE, NULL) : SQLITE_NOMEM;
	if (rc == SQLITE_OK) {
		sqlite3_busy_timeout(db, 10000);
		rc = sqlite3_exec(db, sql, NULL, NULL, NULL);
	}
	int r = rc == SQLITE_OK ? 0 : err_set(e, ERR_INTERNAL, "%s: %s", from, db ? sqlite3_errmsg(db) : "out of memory");
	sqlite3_free(sql);
	sqlite3_close(db);
	return r;
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

static int backup(const char *data, const char *file, struct err *e)
{
	AUTO_FREE char *db = fs_join(data, parts[0]), *copy = fs_join(data, "server/db/backup.tmp");
	struct archive *a = archive_write_new();
	bool out = streq(file, "-");
	int r;

	if (!db || !copy || !a)
		return err_nomem(e);
	unlink(copy);
	archive_write_set_format_pax_restricted(a);
	archive_write_add_filter_gzip(a);
	AUTO_CLOSE int fd = out ? dup(STDOUT_FILENO) : open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0)
		r = err_errno(e, errno, "%s", file);
	else if (archive_write_open_fd(a, fd) != ARCHIVE_OK)
		r = err_set(e, ERR_INTERNAL, "%s: %s", file, archive_error_string(a));
	else if ((r = copy_database(db, copy, e)) == 0 && (r = add_entry(a, copy, parts[0], e)) == 0 &&
		 (r = add_tree(a, data, parts[1], e)) == 0)
		r = add_tree(a, data, parts[2], e);
	if (r == 0 && archive_write_close(a) != ARCHIVE_OK)
		r = err_set(e, ERR_INTERNAL, "%s: %s", file, archive_error_string(a));
	if (r == 0 && !out && fsync(fd) < 0)
		r = err_errno(e, errno, "%s", file);
	archive_write_free(a);
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

/* Unpacked beside, then swapped in by renames: the old state stays as server.before-restore. */
static int restore(const char *data, const char *file, struct err *e)
{
	AUTO_FREE char *tmp = fs_join(data, "restore.tmp"), *fresh = fs_join(data, "restore.tmp/server"), *live = fs_join(data, "server"),
		       *old = fs_join(data, "server.before-restore");
	struct archive *a = archive_read_new();
	int r;

	if (!tmp || !fresh || !live || !old || !a)
		return err_nomem(e);
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
	if (r == 0 && fs_exists(live) && ((r = fs_rm_rf(old, e)) == 0) && rename(live, old) < 0)
		r = err_errno(e, errno, "%s", live);
	if (r == 0 && rename(fresh, live) < 0)
		r = err_errno(e, errno, "%s", live);
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
		r = back ? backup(opt_str(o, OPT_DATA_DIR), rest[0], &e) : restore(opt_str(o, OPT_DATA_DIR), rest[0], &e);
	status = r < 0 ? cmd_usage_error(&e) : 0;
	free(rest);
	options_free(o);
	return status;
}

int cmd_backup(int argc, char **argv) { return backup_or_restore(argc, argv, true); }
int cmd_restore(int argc, char **argv) { return backup_or_restore(argc, argv, false); }
