/*
 * Putting a backup back. All is unpacked and looked at beside the live state; then one rename exchanges the two, so
 * that a kill at any moment leaves the old state or the new one. Where that cannot be (a database elsewhere, etcd, a
 * file system that cannot exchange), a mark stands in the data-dir until all is done, and no server starts beside it.
 */
#include <archive.h>
#include <archive_entry.h>
#include <dirent.h>
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
#include "store/keyring.h"

#define MARK "restore.pending" /* in the data-dir */

struct restore {
	const struct options *o;
	const char *data;
	char *tmp, *fresh, *live, *old, *db, *mark;
	bool changed; /* something of the old state is gone from its place */
};

static bool name_allowed(const char *name)
{
	if (strstr(name, ".."))
		return false;
	return streq(name, BACKUP_DB) || streq(name, BACKUP_TOKEN) || streq(name, SECRETS_KEYS) ||
	       (str_has_prefix(name, BACKUP_TLS "/") && !strchr(name + sizeof(BACKUP_TLS), '/'));
}

static int extract(struct archive *a, const char *dir, struct err *e)
{
	struct archive_entry *en;
	int rc, n = 0;

	while ((rc = archive_read_next_header(a, &en)) == ARCHIVE_OK) {
		const char *name = archive_entry_pathname(en);
		if (!name || archive_entry_filetype(en) != AE_IFREG || !name_allowed(name))
			return err_set(e, ERR_BAD_REQUEST, "\"%.100s\" does not belong into a backup",
				       name ? name : "?");
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

static int unpack(const struct restore *x, const char *file, struct err *e)
{
	AUTO_CLOSE int fd = streq(file, "-") ? dup(STDIN_FILENO) : open(file, O_RDONLY | O_CLOEXEC);
	struct archive *a = archive_read_new();
	int r;

	if (fd < 0 || !a) {
		r = a ? err_errno(e, errno, "%s", file) : err_nomem(e);
		archive_read_free(a);
		return r;
	}
	archive_read_support_format_tar(a);
	archive_read_support_filter_all(a);
	if ((r = fs_rm_rf(x->tmp, e)) == 0 && (r = fs_mkdir_p(x->tmp, 0700, e)) == 0)
		r = archive_read_open_fd(a, fd, 65536) == ARCHIVE_OK
			? extract(a, x->tmp, e)
			: err_set(e, ERR_BAD_REQUEST, "%s: %s", file, archive_error_string(a));
	archive_read_free(a);
	if (r == 0 && !fs_exists(x->db))
		r = err_set(e, ERR_BAD_REQUEST, "%s: there is no database in it", file);
	return r;
}

/* --- the keys that Secrets are sealed with: those of here stay, those of the backup come to them --- */

static int take_keys(const struct restore *x, struct err *e)
{
	AUTO_FREE char *here = fs_join(x->data, SECRETS_KEYS), *there = fs_join(x->tmp, SECRETS_KEYS), *missing = NULL;
	struct keyring k = {0}, more = {0};
	int r = here && there ? keyring_read(&k, here, e) : err_nomem(e);

	bool have = r == 0;
	if (r == 0 || r == ERR_NOT_FOUND)
		r = keyring_read(&more, there, e);
	if (r == 0 && have)
		r = keyring_merge(&k, &more, e);
	if ((r == 0 || r == ERR_NOT_FOUND) && have)
		r = keyring_write(&k, there, e);
	else if (r == ERR_NOT_FOUND)
		r = 0;
	keyring_wipe(&k);
	keyring_wipe(&more);
	/* Looks into the database too: one of a newer minik, or one that is broken, is refused here. */
	if (r == 0)
		r = store_copy_missing_keys(x->db, there, &missing, e);
	if (r == 0 && *missing)
		fprintf(stderr,
			"minik: the backup holds Secrets that are sealed with key %s, which is neither in the backup "
			"(--with-keys) nor in "
			"%s: they cannot be read until that file is put back\n",
			missing, here);
	return r;
}

/* --- moving --- */

/* Scheduled backups are of before and after alike: both states have them. */
static int link_backups(const struct restore *x, struct err *e)
{
	AUTO_FREE char *from = fs_join(x->live, "backups"), *to = fs_join(x->fresh, "backups");
	DIR *d = from ? opendir(from) : NULL;
	int r = from && to ? 0 : err_nomem(e);

	if (!d)
		return r;
	if (r == 0)
		r = fs_mkdir_p(to, 0700, e);
	for (struct dirent *de; r == 0 && (de = readdir(d));) {
		AUTO_FREE char *a = fs_join(from, de->d_name), *b = fs_join(to, de->d_name);
		struct stat st;
		if (!a || !b)
			r = err_nomem(e);
		else if (lstat(a, &st) == 0 && S_ISREG(st.st_mode) && link(a, b) < 0)
			r = err_errno(e, errno, "%s", b);
	}
	closedir(d);
	return r;
}

static int set_mark(const struct restore *x, struct err *e)
{
	static const char text[] = "a restore is under way, or was broken off\n";

	return fs_write_atomic(x->mark, text, sizeof(text) - 1, 0600, e);
}

static int place_file(struct restore *x, const char *path, struct err *e)
{
	static const char *const beside[] = {"", "-wal", "-shm"}; /* belong to the old one */
	AUTO_FREE char *old = str_fmt("%s.before-restore", path), *dir = str_dup(path);
	struct stat a, b;

	if (!old || !dir)
		return err_nomem(e);
	*strrchr(dir, '/') = '\0';
	if (stat(x->db, &a) < 0 || stat(*dir ? dir : "/", &b) < 0)
		return err_errno(e, errno, "%s", dir);
	if (a.st_dev != b.st_dev)
		return err_set(
		    e, ERR_UNSUPPORTED,
		    "%s is on another file system than --data-dir: restore without --datastore-endpoint, then move it",
		    path);
	int r = set_mark(x, e);
	for (size_t i = 0; r == 0 && i < ARRAY_LEN(beside); i++) {
		AUTO_FREE char *from = str_fmt("%s%s", path, beside[i]), *to = str_fmt("%s%s", old, beside[i]);
		if (!from || !to)
			return err_nomem(e);
		if (rename(from, to) == 0)
			x->changed = true;
		else if (errno != ENOENT)
			r = err_errno(e, errno, "%s", from);
		else if (i > 0)
			(void)unlink(to); /* of a restore before this one: it does not belong to what lies there now */
	}
	if (r == 0 && rename(x->db, path) < 0)
		r = err_errno(e, errno, "%s", path);
	return r < 0 ? r : backup_sync_dir(path, e);
}

/* Where the database goes when it does not stay in DATA_DIR: into etcd, or to the file that the options name. */
static int place_database(struct restore *x, struct err *e)
{
	struct store_config sc;
	AUTO_FREE char *path = NULL, *usual = fs_join(x->data, BACKUP_DB);

	int r = usual ? datastore_config(&sc, &path, x->o, e) : err_nomem(e);
	if (r < 0)
		return r;
	if (!sc.endpoints)
		return streq(path, usual) ? 0 : place_file(x, path, e);
	if ((r = set_mark(x, e)) < 0 || (r = store_import(&sc, x->db, e)) < 0)
		return r; /* etcd has a mark of its own */
	x->changed = true;
	return unlink(x->db) < 0 ? err_errno(e, errno, "%s", x->db) : 0;
}

/* The old state stays as server.before-restore. */
static int swap(struct restore *x, struct err *e)
{
	AUTO_CLOSE int dir = open(x->data, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int r;

	if (dir < 0 || syncfs(dir) < 0)
		return err_errno(e, errno, "%s", x->data);
	if (!fs_exists(x->live))
		return rename(x->fresh, x->live) < 0 ? err_errno(e, errno, "%s", x->live) : 0;
	if ((r = fs_rm_rf(x->old, e)) < 0)
		return r;
	if (renameat2(AT_FDCWD, x->fresh, AT_FDCWD, x->live, RENAME_EXCHANGE) == 0) {
		x->changed = true;
		return rename(x->fresh, x->old) < 0 ? err_errno(e, errno, "%s", x->old) : 0;
	}
	if (errno != EINVAL && errno != ENOSYS)
		return err_errno(e, errno, "%s", x->live);
	if ((r = set_mark(x, e)) < 0)
		return r;
	if (rename(x->live, x->old) < 0)
		return err_errno(e, errno, "%s", x->live);
	x->changed = true;
	return rename(x->fresh, x->live) < 0 ? err_errno(e, errno, "%s", x->live) : 0;
}

static int move_in(struct restore *x, struct err *e)
{
	int r = place_database(x, e);

	if (r == 0)
		r = swap(x, e);
	if (r == 0)
		r = backup_sync_dir(x->live, e);
	/* Not while things are neither here nor there: the next restore ends that. */
	if ((r == 0 || !x->changed) && unlink(x->mark) < 0 && errno != ENOENT && r == 0)
		r = err_errno(e, errno, "%s", x->mark);
	return r == 0 ? backup_sync_dir(x->live, e) : r;
}

int restore_check(const struct options *o, struct err *e)
{
	AUTO_FREE char *mark = fs_join(opt_str(o, OPT_DATA_DIR), MARK);

	if (!mark)
		return err_nomem(e);
	return fs_exists(mark)
		   ? err_set(e, ERR_CONFLICT, "a restore was broken off (%s): run minik restore again", mark)
		   : 0;
}

static int restore(const struct options *o, const char *file, struct err *e)
{
	const char *data = opt_str(o, OPT_DATA_DIR);
	AUTO_FREE char *tmp = fs_join(data, "restore.tmp"), *fresh = fs_join(data, "restore.tmp/server"),
		       *live = fs_join(data, "server"), *old = fs_join(data, "server.before-restore"),
		       *db = fs_join(data, "restore.tmp/" BACKUP_DB), *mark = fs_join(data, MARK);
	struct restore x = {
	    .o = o, .data = data, .tmp = tmp, .fresh = fresh, .live = live, .old = old, .db = db, .mark = mark};

	if (!tmp || !fresh || !live || !old || !db || !mark)
		return err_nomem(e);
	int r = unpack(&x, file, e);
	if (r == 0)
		r = take_keys(&x, e);
	if (r == 0)
		r = link_backups(&x, e);
	if (r == 0)
		r = move_in(&x, e);
	if (r == 0 || !x.changed)
		(void)fs_rm_rf(tmp, NULL);
	return r;
}

int cmd_restore(int argc, char **argv)
{
	struct options *o = NULL;
	char **rest = NULL;
	struct err e = {0};

	int status = cmd_options(&o, OPT_IN_TOOL, false, "minik restore FILE (- for a pipe)", argc, argv, &rest);
	if (status >= 0)
		return status;
	int pid = host_running_pid(opt_str(o, OPT_RUN_DIR)), r;
	if (!rest[0] || rest[1])
		r = err_set(&e, ERR_INVALID, "minik %s: one FILE is needed", argv[0]);
	else if (pid > 0)
		r = err_set(&e, ERR_UNAVAILABLE, "minik is running (pid %d): stop it before a restore", pid);
	else
		r = restore(o, rest[0], &e);
	status = r < 0 ? cmd_usage_error(&e) : 0;
	free(rest);
	options_free(o);
	return status;
}
