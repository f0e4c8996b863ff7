#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>
#include "storage/provision.h"
#include "base/fs.h"
#include "base/str.h"

#define RECORD_MAX (1 << 20)

/* Names of ours: "pvc-" and a uid. What else lies there, files being written among it, is none. */
static bool is_volume(const char *name)
{
	return str_has_prefix(name, "pvc-") && strlen(name) < 100 && strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen(name);
}

static char *path_of(const char *dir, const char *volume)
{
	AUTO_FREE char *j = fs_join(dir, "journal");

	return j && is_volume(volume) ? fs_join(j, volume) : NULL;
}

int journal_init(const char *dir, struct err *e)
{
	AUTO_FREE char *j = fs_join(dir, "journal");

	return j ? fs_mkdir_p(j, 0700, e) : err_nomem(e);
}

int journal_write(const char *dir, const char *volume, const json_t *record, struct err *e)
{
	AUTO_FREE char *path = path_of(dir, volume);
	AUTO_BYTES struct bytes *b = json_encode(record);

	if (!path || !b)
		return err_nomem(e);
	return fs_write_atomic(path, b->data, b->len, 0600, e);
}

int journal_read(const char *dir, const char *volume, json_t **ret, struct err *e)
{
	AUTO_FREE char *path = path_of(dir, volume);
	AUTO_BUF struct buf b = {0};

	if (!path)
		return is_volume(volume) ? err_nomem(e) : err_set(e, ERR_NOT_FOUND, "%s is no volume of ours", volume);
	int r = fs_read(path, RECORD_MAX, &b, e);
	return r < 0 ? r : json_parse(b.data ? b.data : "", b.len, ret, e);
}

int journal_remove(const char *dir, const char *volume, struct err *e)
{
	AUTO_FREE char *path = path_of(dir, volume);

	if (!path)
		return is_volume(volume) ? err_nomem(e) : 0;
	return unlink(path) < 0 && errno != ENOENT ? err_errno(e, errno, "%s", path) : 0;
}

int journal_each(const char *dir, void (*fn)(void *arg, const char *volume), void *arg, struct err *e)
{
	AUTO_FREE char *j = fs_join(dir, "journal");
	const struct dirent *d;

	if (!j)
		return err_nomem(e);
	DIR *f = opendir(j);
	if (!f)
		return err_errno(e, errno, "%s", j);
	while ((d = readdir(f)))
		if (is_volume(d->d_name))
			fn(arg, d->d_name);
	closedir(f);
	return 0;
}
