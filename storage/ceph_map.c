/*
 * Images of a pool as block devices: by the kernel (krbd), else by rbd-nbd. A record is on disk before anything is mapped, so that a
 * process that was killed at any moment finds the way back; what is mapped is read from the kernel, never believed. Images are told
 * apart by their cluster's fsid, too: two clusters may have the same names.
 */
#include "storage/ceph.h"
#include <dirent.h>
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/fs.h"
#include "base/map.h"
#include "base/proc.h"
#include "base/str.h"
#include "wire/cert.h"

#define SYS_RBD	   "/sys/bus/rbd/devices"
#define RECORD_MAX 65536
#define LIST_MAX   (1 << 20)
#define UNMAP_MS   60000

struct ceph_maps {
	char *dir;
	pthread_mutex_t lock;
	pthread_cond_t freed;
	struct map *busy; /* records that somebody works on */
};

int ceph_maps_new(struct ceph_maps **ret, const char *data_dir, struct err *e)
{
	struct ceph_maps *m = calloc(1, sizeof(*m));

	if (!m)
		return err_nomem(e);
	pthread_mutex_init(&m->lock, NULL);
	pthread_cond_init(&m->freed, NULL);
	m->dir = str_fmt("%s/storage/ceph", data_dir);
	m->busy = map_new(NULL);
	if (!m->dir || !m->busy) {
		ceph_maps_free(m);
		return err_nomem(e);
	}
	*ret = m;
	return 0;
}

struct ceph_maps *ceph_maps_free(struct ceph_maps *m)
{
	if (!m)
		return NULL;
	map_free(m->busy);
	pthread_cond_destroy(&m->freed);
	pthread_mutex_destroy(&m->lock);
	free(m->dir);
	free(m);
	return NULL;
}

/* --- records: {monitors, image, fsid, paths: {PATH: true}} --- */

static int take(struct ceph_maps *m, const char *file, struct err *e)
{
	pthread_mutex_lock(&m->lock);
	while (map_has(m->busy, file))
		pthread_cond_wait(&m->freed, &m->lock);
	int r = map_put(m->busy, file, m);
	pthread_mutex_unlock(&m->lock);
	return r < 0 ? err_nomem(e) : 0;
}

static void give(struct ceph_maps *m, const char *file)
{
	pthread_mutex_lock(&m->lock);
	(void)map_take(m->busy, file);
	pthread_cond_broadcast(&m->freed);
	pthread_mutex_unlock(&m->lock);
}

static int record_file(const struct ceph_maps *m, const char *monitors, const char *image, char **ret, struct err *e)
{
	AUTO_FREE char *key = str_fmt("%s#%s", monitors, image);
	char hash[65];

	if (!key || sha256_hex(key, strlen(key), hash) < 0 || !(*ret = str_fmt("%s/%s.json", m->dir, hash)))
		return err_nomem(e);
	return 0;
}

/* ERR_NOT_FOUND */
static int record_read(const char *file, json_t **ret, struct err *e)
{
	AUTO_BUF struct buf b = {0};
	AUTO_JSON json_t *o = NULL;
	int r;

	if (!fs_exists(file))
		return err_set(e, ERR_NOT_FOUND, "the image is not mapped on this node");
	if ((r = fs_read(file, RECORD_MAX, &b, e)) < 0)
		return r;
	if (json_parse(b.data ? b.data : "", b.len, &o, NULL) < 0 || !json_str(o, "image") || !json_str(o, "fsid") ||
	    !json_str(o, "monitors") || !json_is_object(json_object_get(o, "paths")))
		return err_set(e, ERR_INVALID, "%s is no record of a mapped image", file);
	*ret = TAKE_PTR(o);
	return 0;
}

static int record_write(const struct ceph_maps *m, const char *file, const json_t *o, struct err *e)
{
	AUTO_FREE char *text = json_dumps(o, JSON_COMPACT);
	int r;

	if (!text)
		return err_nomem(e);
	if ((r = fs_mkdir_p(m->dir, 0700, e)) < 0)
		return r;
	return fs_write_atomic(file, text, strlen(text), 0600, e);
}

/* --- what is mapped --- */

static bool attribute_is(const char *root, const char *id, const char *name, const char *want)
{
	AUTO_FREE char *path = str_fmt("%s/%s/%s", root, id, name);
	AUTO_BUF struct buf b = {0};

	if (!path || fs_read(path, 4096, &b, NULL) < 0)
		return !*want; /* a kernel before it knew of namespaces */
	while (b.len > 0 && b.data[b.len - 1] == '\n')
		buf_trim(&b, b.len - 1);
	return b.len == strlen(want) && memcmp(b.data ? b.data : "", want, b.len) == 0;
}

struct parts {
	char *pool, *ns, *image;
};
static void parts_done(struct parts *p)
{
	free(p->pool);
	free(p->ns);
	free(p->image);
}

static int parts_of(const char *image, struct parts *ret, struct err *e)
{
	const char *first = strchr(image, '/'), *last = strrchr(image, '/');

	if (!first)
		return err_set(e, ERR_INVALID, "\"%.100s\" is no image of a pool", image);
	ret->pool = str_ndup(image, (size_t)(first - image));
	ret->ns = last > first ? str_ndup(first + 1, (size_t)(last - first - 1)) : str_dup("");
	ret->image = str_dup(last + 1);
	return ret->pool && ret->ns && ret->image ? 0 : err_nomem(e);
}

int ceph_krbd_find(const char *root, const char *fsid, const char *image, char dev[CEPH_DEVICE_MAX], struct err *e)
{
	CLEANUP(parts_done) struct parts p = {0};
	int r = parts_of(image, &p, e);
	bool found = false;

	if (r < 0)
		return r;
	DIR *d = opendir(root);
	for (struct dirent *de; d && !found && (de = readdir(d));) {
		const char *id = de->d_name;
		found = id[0] != '.' && strlen(id) < 20 && attribute_is(root, id, "name", p.image) &&
			attribute_is(root, id, "pool", p.pool) && attribute_is(root, id, "pool_ns", p.ns) &&
			attribute_is(root, id, "current_snap", "-") && attribute_is(root, id, "cluster_fsid", fsid);
		if (found)
			(void)snprintf(dev, CEPH_DEVICE_MAX, "/dev/rbd%.20s", id);
	}
	if (d)
		closedir(d);
	return found ? 0 : err_set(e, ERR_NOT_FOUND, "image %s is not mapped", image);
}

/* The list of rbd-nbd does not say of which cluster an image is; the arguments of the process that serves it do. */
static bool nbd_of(json_int_t pid, const char *monitors)
{
	AUTO_BUF struct buf b = {0};
	char path[64];
	const char *said = "";

	(void)snprintf(path, sizeof(path), "/proc/%lld/cmdline", (long long)pid);
	if (pid <= 0 || fs_read(path, LIST_MAX, &b, NULL) < 0 || !b.len || b.data[b.len - 1])
		return false;
	for (const char *s = b.data; s < b.data + b.len; s += strlen(s) + 1)
		if (streq(s, "-m") && s + 3 < b.data + b.len)
			said = s + 3;
	return streq(said, monitors);
}

static int nbd_find(const char *monitors, const char *image, char dev[CEPH_DEVICE_MAX], struct err *e)
{
	const char *argv[] = {"rbd-nbd", "list-mapped", "--format", "json", NULL};
	CLEANUP(parts_done) struct parts p = {0};
	AUTO_BUF struct buf out = {0};
	AUTO_JSON json_t *list = NULL;
	const json_t *v;
	int code = 0, r = parts_of(image, &p, e);
	size_t i;

	if (r < 0)
		return r;
	if (!ceph_has("rbd-nbd"))
		return err_set(e, ERR_NOT_FOUND, "image %s is not mapped", image);
	if ((r = proc_run(argv, NULL, 0, &out, NULL, LIST_MAX, CEPH_WORK_MS, &code, e)) < 0)
		return r;
	if (code != 0)
		return err_set(e, ERR_UNAVAILABLE, "rbd-nbd cannot list what is mapped (exit status %d)", code);
	if (out.len && json_parse(out.data, out.len, &list, NULL) < 0)
		return err_set(e, ERR_PROTO, "rbd-nbd gives no list of what is mapped");
	json_array_foreach (list, i, v) {
		const char *device = json_str_or(v, "device", "");
		if (streq(json_str(v, "image"), p.image) && streq(json_str(v, "pool"), p.pool) &&
		    streq(json_str_or(v, "namespace", ""), p.ns) && streq(json_str_or(v, "snap", "-"), "-") &&
		    str_has_prefix(device, "/dev/nbd") && nbd_of(json_int_or(v, "pid", 0), monitors))
			return str_copy(dev, CEPH_DEVICE_MAX, device) ? 0 : err_nomem(e);
	}
	return err_set(e, ERR_NOT_FOUND, "image %s is not mapped", image);
}

static int find(const json_t *record, char dev[CEPH_DEVICE_MAX], struct err *e)
{
	const char *image = json_str_or(record, "image", "");
	int r = ceph_krbd_find(SYS_RBD, json_str_or(record, "fsid", ""), image, dev, e);

	return r == ERR_NOT_FOUND ? nbd_find(json_str_or(record, "monitors", ""), image, dev, e) : r;
}

/* --- mapping --- */

/*
 * Whoever has it open to write to it. One file system on two machines is the end of both, and what tells us that its
 * pod has gone may be somebody who cannot know (a pod that was deleted by force).
 */
static int used_elsewhere(const struct ceph_call *c, const char *image, struct err *e)
{
	AUTO_BUF struct buf out = {0};
	AUTO_JSON json_t *o = NULL;
	int r = CEPH_RUN(c, &out, e, "rbd", "status", image, "--format", "json");

	if (r < 0)
		return r;
	if (json_parse(out.data ? out.data : "", out.len, &o, NULL) < 0 ||
	    !json_is_array(json_object_get(o, "watchers")))
		return err_set(e, ERR_PROTO, "rbd status %s does not say who uses it", image);
	const json_t *first = json_array_get(json_object_get(o, "watchers"), 0);
	return first ? err_set(e, -EBUSY, "image %s is in use by %.60s, and only one node may have it", image,
			       json_str_or(first, "address", "another"))
		     : 0;
}

static int map_new_device(const struct ceph_call *c, const char *image, enum ceph_use use, struct err *e)
{
	bool krbd = ceph_kernel_has("rbd"), nbd = !krbd && ceph_kernel_has("nbd"), read_only = use == CEPH_READS;
	int r;

	if (!krbd && !nbd)
		return err_set(e, ERR_UNSUPPORTED,
			       "image %s cannot be a device of this machine: its kernel has neither rbd nor nbd "
			       "(modprobe rbd; modprobe nbd, with Ceph's rbd-nbd)",
			       image);
	if (use == CEPH_ALONE && (r = used_elsewhere(c, image, e)) < 0)
		return r;
	if (krbd) {
		struct err first = {0};
		/* The kernel makes the device's file by itself; where no udev runs, rbd would wait for its word for
		 * ever. */
		r = CEPH_RUN(c, NULL, &first, "rbd", "device", "map", "-o", "noudev", image,
			     read_only ? "--read-only" : NULL);
		/* ENXIO: features that this kernel does not know. */
		if (r == 0 || !strstr(first.msg, "(6)") || !ceph_has("rbd-nbd") || !ceph_kernel_has("nbd"))
			return r < 0 ? err_set(e, r, "%s", first.msg) : 0;
	}
	return read_only ? CEPH_RUN(c, NULL, e, "rbd-nbd", "map", image, "--read-only")
			 : CEPH_RUN(c, NULL, e, "rbd-nbd", "map", image);
}

static int cluster_of(const struct ceph_call *c, char **ret, struct err *e)
{
	AUTO_BUF struct buf out = {0};
	int r = CEPH_RUN(c, &out, e, "ceph", "fsid");

	if (r < 0)
		return r;
	while (out.len > 0 && out.data[out.len - 1] == '\n')
		buf_trim(&out, out.len - 1);
	if (!out.len || !ceph_word_ok(out.data, out.len))
		return err_set(e, ERR_PROTO, "ceph fsid does not say which cluster it is");
	*ret = str_ndup(out.data, out.len);
	return *ret ? 0 : err_nomem(e);
}

static int map_it(struct ceph_maps *m, const struct ceph_call *c, const char *file, const char *image,
		  enum ceph_use use, const char *path, char dev[CEPH_DEVICE_MAX], struct err *e)
{
	AUTO_JSON json_t *record = NULL;
	AUTO_FREE char *fsid = NULL;
	int r = record_read(file, &record, e);

	if (r < 0 && r != ERR_NOT_FOUND)
		return r;
	if (!record) {
		if ((r = cluster_of(c, &fsid, e)) < 0)
			return r;
		record = json_pack("{s:s,s:s,s:s,s:{}}", "monitors", c->monitors, "image", image, "fsid", fsid, "paths");
		if (!record)
			return err_nomem(e);
	}
	if (json_object_set_new(json_object_get(record, "paths"), path, json_true()) < 0)
		return err_nomem(e);
	if ((r = record_write(m, file, record, e)) < 0 || (r = find(record, dev, e)) != ERR_NOT_FOUND)
		return r;
	r = map_new_device(c, image, use, e);
	return r < 0 ? r : find(record, dev, e);
}

int ceph_map(struct ceph_maps *m, const struct ceph_call *c, const char *image, enum ceph_use use, const char *path,
	     char dev[CEPH_DEVICE_MAX], struct err *e)
{
	AUTO_FREE char *file = NULL;
	int r = record_file(m, c->monitors, image, &file, e);

	if (r < 0 || (r = take(m, file, e)) < 0)
		return r;
	r = map_it(m, c, file, image, use, path, dev, e);
	give(m, file);
	return r;
}

int ceph_mapped(struct ceph_maps *m, const char *monitors, const char *image, char dev[CEPH_DEVICE_MAX], struct err *e)
{
	AUTO_FREE char *file = NULL;
	AUTO_JSON json_t *record = NULL;
	int r = record_file(m, monitors, image, &file, e);

	return r < 0 || (r = record_read(file, &record, e)) < 0 ? r : find(record, dev, e);
}

void ceph_map_refresh(const char *dev)
{
	AUTO_FREE char *path = str_has_prefix(dev, "/dev/rbd") ? str_fmt(SYS_RBD "/%s/refresh", dev + 8) : NULL;

	/* A kernel that cannot has the size that it heard of: who grows the file system looks at it. */
	if (path)
		(void)fs_write(path, "1", 1, NULL);
}

/* --- letting go --- */

static int let_go(const json_t *record, bool force, struct err *e)
{
	static const struct ceph_call nobody = {.monitors = "", .timeout_ms = UNMAP_MS};
	char dev[CEPH_DEVICE_MAX];
	int r;

	/* As often as it is mapped. */
	for (unsigned i = 0; i < 16 && (r = find(record, dev, e)) == 0; i++) {
		if (str_has_prefix(dev, "/dev/nbd"))
			r = CEPH_RUN(&nobody, NULL, e, "rbd-nbd", "unmap", dev);
		else
			r = CEPH_RUN(&nobody, NULL, e, "rbd", "device", "unmap", "-o",
				     force ? "noudev,force" : "noudev", dev);
		if (r < 0 && r != ERR_NOT_FOUND)
			return err_wrap(e, "cannot let go of %s", dev);
	}
	return r == ERR_NOT_FOUND ? 0 : r;
}

static int remove_record(const char *file, struct err *e)
{
	return unlink(file) < 0 && errno != ENOENT ? err_errno(e, errno, "cannot remove %s", file) : 0;
}

static int unmap_it(struct ceph_maps *m, const char *file, const char *path, struct err *e)
{
	AUTO_JSON json_t *record = NULL;
	int r = record_read(file, &record, e);

	if (r < 0)
		return r == ERR_NOT_FOUND ? 0 : r;
	(void)json_object_del(json_object_get(record, "paths"), path);
	if (json_object_size(json_object_get(record, "paths")) > 0)
		return record_write(m, file, record, e);
	r = let_go(record, false, e);
	return r < 0 ? r : remove_record(file, e);
}

int ceph_unmap(struct ceph_maps *m, const char *monitors, const char *image, const char *path, struct err *e)
{
	AUTO_FREE char *file = NULL;
	int r = record_file(m, monitors, image, &file, e);

	if (r < 0 || (r = take(m, file, e)) < 0)
		return r;
	r = unmap_it(m, file, path, e);
	give(m, file);
	return r;
}

int ceph_unmap_all(const char *data_dir, struct err *e)
{
	AUTO_FREE char *dir = str_fmt("%s/storage/ceph", data_dir);
	int r = 0;

	if (!dir)
		return err_nomem(e);
	DIR *d = opendir(dir);
	if (!d)
		return errno == ENOENT ? 0 : err_errno(e, errno, "cannot read %s", dir);
	for (struct dirent *de; (de = readdir(d));) {
		AUTO_FREE char *file = fs_join(dir, de->d_name);
		AUTO_JSON json_t *record = NULL;
		struct err one = {0};
		if (!str_has_suffix(de->d_name, ".json"))
			continue;
		int k = file ? record_read(file, &record, &one) : err_nomem(&one);
		if (k == 0 && (k = let_go(record, true, &one)) == 0)
			k = remove_record(file, &one);
		if (k < 0 && r == 0)
			r = err_set(e, k, "%s", one.msg);
	}
	closedir(d);
	return r;
}
