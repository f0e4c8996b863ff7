#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>
#include "base/fs.h"
#include "base/str.h"
#include "storage/volume_kind.h"

#define RECORD_MAX (1u << 20)

bool volume_name_ok(const char *s) { return s && *s && *s != '.' && !strchr(s, '/') && strlen(s) <= 253; }

static char *folder(const struct volumes *v, const char *sub) { return str_fmt("%s/volumes/%s", volumes_conf(v)->data_dir, sub); }

int volume_records_init(const struct volumes *v, struct err *e)
{
	AUTO_FREE char *pods = folder(v, "pods"), *staged = folder(v, "staged");

	if (!pods || !staged)
		return err_nomem(e);
	int r = fs_mkdir_p(pods, 0700, e);
	return r < 0 ? r : fs_mkdir_p(staged, 0700, e);
}

char *volume_record_file(const struct volumes *v, const char *uid, const char *name)
{
	return str_fmt("%s/volumes/pods/%s/%s.json", volumes_conf(v)->data_dir, uid, name);
}

char *volume_staged_file(const struct volumes *v, const char *hash) { return str_fmt("%s/volumes/staged/%s.json", volumes_conf(v)->data_dir, hash); }

int volume_record_read(const char *file, json_t **ret, struct err *e)
{
	AUTO_BUF struct buf b = {0};
	int r = fs_read(file, RECORD_MAX, &b, e);

	if (r == 0)
		r = json_parse(b.data ? b.data : "", b.len, ret, e);
	return r < 0 && r != ERR_NOT_FOUND ? err_wrap(e, "the record %s", file) : r;
}

int volume_record_write(const char *file, const json_t *record, struct err *e)
{
	AUTO_FREE char *dir = str_ndup(file, (size_t)(strrchr(file, '/') - file));
	AUTO_BYTES struct bytes *text = json_encode(record);

	if (!dir || !text)
		return err_nomem(e);
	int r = fs_mkdir_p(dir, 0700, e);
	return r < 0 ? r : fs_write_atomic(file, text->data, text->len, 0600, e);
}

int volume_record_remove(const char *file, struct err *e)
{
	AUTO_FREE char *dir = str_ndup(file, (size_t)(strrchr(file, '/') - file));

	if (unlink(file) < 0 && errno != ENOENT)
		return err_errno(e, errno, "cannot remove %s", file);
	if (dir && str_has_suffix(dir, "/staged"))
		return 0;
	if (dir)
		(void)rmdir(dir); /* of the pod: with its last one */
	return 0;
}

typedef int (*file_fn)(void *arg, const char *path, const char *name, struct err *e);

/* Records only: what a killed writer left half-written has another name. */
static int each_file(const char *dir, const char *suffix, file_fn fn, void *arg, struct err *e)
{
	DIR *d = opendir(dir);
	int r = 0;

	if (!d)
		return errno == ENOENT ? 0 : err_errno(e, errno, "cannot read %s", dir);
	for (struct dirent *de; r == 0 && (de = readdir(d));) {
		if (de->d_name[0] == '.' || !str_has_suffix(de->d_name, suffix))
			continue;
		AUTO_FREE char *path = fs_join(dir, de->d_name), *name = str_ndup(de->d_name, strlen(de->d_name) - strlen(suffix));
		r = path && name ? fn(arg, path, name, e) : err_nomem(e);
	}
	closedir(d);
	return r;
}

struct pods_each {
	int (*fn)(void *arg, const char *pod_uid, const char *volume_name, const json_t *record, struct err *e);
	void *arg;
	const char *uid;
};

static int one_record(void *arg, const char *path, const char *name, struct err *e)
{
	struct pods_each *x = arg;
	AUTO_JSON json_t *record = NULL;
	int r = volume_record_read(path, &record, e);

	if (r == ERR_NOT_FOUND) /* removed meanwhile */
		return 0;
	return r < 0 ? r : x->fn(x->arg, x->uid, name, record, e);
}

static int one_pod(void *arg, const char *path, const char *name, struct err *e)
{
	struct pods_each *x = arg;

	x->uid = name;
	return each_file(path, ".json", one_record, x, e);
}

int volume_records_each(const struct volumes *v, const char *uid,
			int (*fn)(void *arg, const char *pod_uid, const char *volume_name, const json_t *record, struct err *e), void *arg, struct err *e)
{
	struct pods_each x = {fn, arg, uid};
	AUTO_FREE char *dir = folder(v, "pods"), *pod = uid ? fs_join(dir, uid) : NULL;

	if (!dir || (uid && !pod))
		return err_nomem(e);
	return uid ? one_pod(&x, pod, uid, e) : each_file(dir, "", one_pod, &x, e);
}

struct staged_each {
	int (*fn)(void *arg, const char *file, const json_t *staged, struct err *e);
	void *arg;
};

static int one_staged(void *arg, const char *path, const char *name, struct err *e)
{
	struct staged_each *x = arg;
	AUTO_JSON json_t *record = NULL;
	int r = volume_record_read(path, &record, e);

	(void)name;
	if (r == ERR_NOT_FOUND)
		return 0;
	return r < 0 ? r : x->fn(x->arg, path, record, e);
}

int volume_staged_each(const struct volumes *v, int (*fn)(void *arg, const char *file, const json_t *staged, struct err *e), void *arg, struct err *e)
{
	struct staged_each x = {fn, arg};
	AUTO_FREE char *dir = folder(v, "staged");

	return dir ? each_file(dir, ".json", one_staged, &x, e) : err_nomem(e);
}
