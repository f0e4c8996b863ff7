/* What the driver knows, in files: it may be killed at any moment, and several may share one state (a driver on each
 * node). */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include "base/fs.h"
#include "base/proc.h"
#include "base/str.h"
#include "tests/integration/csi_driver.h"

#define OBJECT_MAX (1u << 20)
#define ID_MAX     200 /* more is no file's name */

static void give_up(const char *what, const struct err *e)
{
	fprintf(stderr, "csi_driver: %s: %s\n", what, e->msg);
	abort();
}

char *state_path(const struct driver *d, const char *kind, const char *id, const char *suffix)
{
	char *p = str_fmt("%s/%s/%s%s", d->state, kind, id, suffix);

	if (!p)
		abort();
	return p;
}

int state_lock(const struct driver *d)
{
	AUTO_FREE char *path = str_fmt("%s/lock", d->state);
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

	while (fd >= 0 && flock(fd, LOCK_EX) < 0)
		if (errno != EINTR)
			abort();
	if (fd < 0)
		abort();
	return fd;
}

void state_unlock(int *fd)
{
	if (*fd >= 0)
		close(*fd);
}

static json_t *read_object(const char *path)
{
	AUTO_BUF struct buf b = {0};
	struct err e = {0};
	json_t *o = NULL;
	int r = fs_read(path, OBJECT_MAX, &b, &e);

	if (r == ERR_NOT_FOUND)
		return NULL;
	if (r < 0 || json_parse(b.data, b.len, &o, &e) < 0)
		give_up(path, &e);
	return o;
}

json_t *state_get(const struct driver *d, const char *kind, const char *id)
{
	AUTO_FREE char *path = NULL;

	if (strlen(id) > ID_MAX || strchr(id, '/') || id[0] == '.' || !id[0])
		return NULL;
	path = state_path(d, kind, id, ".json");
	return read_object(path);
}

void state_put(const struct driver *d, const char *kind, const char *id, const json_t *o)
{
	AUTO_FREE char *path = state_path(d, kind, id, ".json"), *dir = str_fmt("%s/%s", d->state, kind);
	AUTO_BYTES struct bytes *b = json_encode(o);
	struct err e = {0};

	if (fs_mkdir_p(dir, 0700, &e) < 0 || fs_write_atomic(path, b->data, b->len, 0600, &e) < 0)
		give_up(path, &e);
}

void state_del(const struct driver *d, const char *kind, const char *id)
{
	AUTO_FREE char *path = state_path(d, kind, id, ".json");

	if (unlink(path) < 0 && errno != ENOENT)
		abort();
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

json_t *state_list(const struct driver *d, const char *kind)
{
	AUTO_FREE char *dir = str_fmt("%s/%s", d->state, kind);
	DIR *f = opendir(dir);
	json_t *list = json_array();
	char *names[4096];
	size_t n = 0;

	for (struct dirent *e; f && n < ARRAY_LEN(names) && (e = readdir(f));)
		if (str_has_suffix(e->d_name, ".json"))
			names[n++] = str_fmt("%s/%s", dir, e->d_name);
	if (f)
		closedir(f);
	qsort(names, n, sizeof names[0], by_name);
	for (size_t i = 0; i < n; i++) {
		json_t *o = read_object(names[i]);

		if (o)
			json_array_append_new(list, o);
		free(names[i]);
	}
	return list;
}

void work_fail(struct work *w, int code, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(w->message, sizeof w->message, fmt, ap);
	va_end(ap);
	w->code = code;
}

const char *work_need(struct work *w, const char *field)
{
	const char *s = json_str(w->in, field);

	if (!s)
		work_fail(w, GRPC_INVALID_ARGUMENT, "%s is missing", field);
	return s;
}

int work_run(struct work *w, const char *const *argv)
{
	struct err e = {0};
	int r = proc_check(argv, 60000, &e);

	if (r < 0)
		work_fail(w, GRPC_INTERNAL, "%s", e.msg);
	return r;
}

bool driver_can(const struct driver *d, const char *capability)
{
	size_t i;
	json_t *v;

	json_array_foreach (d->without, i, v)
		if (streq(json_string_value(v), capability))
			return false;
	return true;
}

json_t *capabilities(const struct driver *d, const char *const *names)
{
	json_t *list = json_array();

	for (; *names; names++)
		if (driver_can(d, *names))
			json_array_append_new(list, json_pack("{s:{s:s}}", "rpc", "type", *names));
	return list;
}

json_t *work_volume(struct work *w)
{
	const char *id = work_need(w, "volume_id");
	json_t *v = id ? state_get(w->d, "volumes", id) : NULL;

	if (id && !v)
		work_fail(w, GRPC_NOT_FOUND, "there is no volume %s", id);
	return v;
}

work_fn method_find(const struct driver *d, const struct work_method *list, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (streq(list[i].name, name) && (!list[i].needs || driver_can(d, list[i].needs)))
			return list[i].fn;
	return NULL;
}
