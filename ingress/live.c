/* The directory that nginx looks into while it runs: the page, and the table that is written beside and renamed over
 * the old one. */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stddef.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/fs.h"
#include "base/log.h"
#include "base/str.h"
#include "ingress/live_page.h"
#include "ingress/slots.h"
#include "ingress/table_write.h"

#define COMPONENT "ingress"

struct live {
	char *dir, *names;
	gid_t gid;
	pthread_mutex_t lock; /* all below */
	int dir_fd, page_fd;
	struct slots slots;
	bool told_sharing;
};

/* --- system calls on whole things --- */

static int write_all(int fd, const void *data, size_t n, off_t at)
{
	for (const char *p = data; n;) {
		ssize_t k = pwrite(fd, p, n, at);
		if (k < 0 && errno == EINTR)
			continue;
		if (k <= 0)
			return k < 0 ? -errno : -EIO;
		p += k;
		at += k;
		n -= (size_t)k;
	}
	return 0;
}

/* -ENODATA: the file ends before. */
static int read_all(int fd, void *data, size_t n, off_t at)
{
	for (char *p = data; n;) {
		ssize_t k = pread(fd, p, n, at);
		if (k < 0 && errno == EINTR)
			continue;
		if (k <= 0)
			return k < 0 ? -errno : -ENODATA;
		p += k;
		at += k;
		n -= (size_t)k;
	}
	return 0;
}

/* A new file in the directory that is not seen by its name until it is whole. *ret_fd is open also when it has failed
 * later. */
static int new_file(const struct live *l, const char *name, mode_t mode, int *ret_fd, struct err *e)
{
	(void)unlinkat(l->dir_fd, name, 0); /* what a start that was killed has left */
	*ret_fd = openat(l->dir_fd, name, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (*ret_fd < 0)
		return err_errno(e, errno, "cannot make %s/%s", l->dir, name);
	if ((l->gid != (gid_t)-1 && fchown(*ret_fd, (uid_t)-1, l->gid) < 0) || fchmod(*ret_fd, mode) < 0)
		return err_errno(e, errno, "cannot give %s/%s to the group of nginx", l->dir, name);
	return 0;
}

static int rename_file(const struct live *l, const char *from, const char *to, struct err *e)
{
	if (renameat(l->dir_fd, from, l->dir_fd, to) < 0)
		return err_errno(e, errno, "cannot rename %s/%s to %s", l->dir, from, to);
	return 0;
}

/* --- the page --- */

#define PAGE_AT(field) ((off_t)offsetof(struct live_page, field))

static int page_number(const struct live *l, off_t at, uint64_t *ret, struct err *e)
{
	uint64_t v = 0;
	int r = read_all(l->page_fd, &v, sizeof(v), at);

	if (r == -ENODATA) /* nginx' user may cut it; the next table mends it */
		v = 0;
	else if (r < 0)
		return err_errno(e, -r, "cannot read %s/page", l->dir);
	*ret = v;
	return 0;
}

static int page_set(const struct live *l, off_t at, uint64_t v, struct err *e)
{
	int r = write_all(l->page_fd, &v, sizeof(v), at);

	return r < 0 ? err_errno(e, -r, "cannot write %s/page", l->dir) : 0;
}

static int page_make(struct live *l, struct err *e)
{
	AUTO_CLOSE int fd = -1;
	const uint64_t magic = LIVE_MAGIC;
	int r = new_file(l, "page.new", 0660, &fd, e);

	if (r == 0 && ftruncate(fd, sizeof(struct live_page)) < 0)
		r = err_errno(e, errno, "cannot make %s/page", l->dir);
	if (r == 0 && (r = write_all(fd, &magic, sizeof(magic), PAGE_AT(magic))) < 0)
		r = err_errno(e, -r, "cannot make %s/page", l->dir);
	if (r == 0)
		r = rename_file(l, "page.new", "page", e);
	if (r < 0) {
		(void)unlinkat(l->dir_fd, "page.new", 0);
		return r;
	}
	l->page_fd = TAKE_FD(fd);
	return 0;
}

/* The page of an earlier start, which nginx has mapped, or a new one. */
static int page_open(struct live *l, struct err *e)
{
	AUTO_CLOSE int fd = openat(l->dir_fd, "page", O_RDWR | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
	struct stat st;
	uint64_t magic = 0;

	if (fd < 0 && errno != ENOENT && errno != ELOOP)
		return err_errno(e, errno, "cannot open %s/page", l->dir);
	if (fd < 0 || fstat(fd, &st) < 0 || !S_ISREG(st.st_mode) || st.st_uid != geteuid() ||
	    st.st_size != sizeof(struct live_page) || read_all(fd, &magic, sizeof(magic), PAGE_AT(magic)) < 0 ||
	    magic != LIVE_MAGIC)
		return page_make(l, e);
	if ((l->gid != (gid_t)-1 && fchown(fd, (uid_t)-1, l->gid) < 0) || fchmod(fd, 0660) < 0)
		return err_errno(e, errno, "cannot give %s/page to the group of nginx", l->dir);
	l->page_fd = TAKE_FD(fd);
	return 0;
}

/* Whoever may write the page may cut it short, and workers that read beyond its end would die. */
static int page_mend(struct live *l, struct err *e)
{
	struct stat st;

	if (fstat(l->page_fd, &st) < 0)
		return err_errno(e, errno, "cannot look at %s/page", l->dir);
	if (st.st_size == sizeof(struct live_page))
		return 0;
	log_warning(COMPONENT, NULL, "%s/page had %lld bytes, which is not minik's doing: it has %zu again", l->dir,
		    (long long)st.st_size, sizeof(struct live_page));
	if (ftruncate(l->page_fd, sizeof(struct live_page)) < 0)
		return err_errno(e, errno, "cannot mend %s/page", l->dir);
	return page_set(l, PAGE_AT(magic), LIVE_MAGIC, e);
}

static int clear_slot(void *arg, uint32_t slot, struct err *e)
{
	static const struct live_stat none;
	struct live *l = arg;
	int r = write_all(l->page_fd, &none, sizeof(none), PAGE_AT(stats) + (off_t)(slot * sizeof(none)));

	return r < 0 ? err_errno(e, -r, "cannot write %s/page", l->dir) : 0;
}

/* --- life --- */

static int dir_open(struct live *l, struct err *e)
{
	int r = fs_mkdir_p(l->dir, 0750, e);

	if (r < 0)
		return r;
	l->dir_fd = open(l->dir, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (l->dir_fd < 0)
		return err_errno(e, errno, "cannot open %s", l->dir);
	if ((l->gid != (gid_t)-1 && fchown(l->dir_fd, (uid_t)-1, l->gid) < 0) || fchmod(l->dir_fd, 0750) < 0)
		return err_errno(e, errno, "cannot give %s to the group of nginx", l->dir);
	(void)unlinkat(l->dir_fd, "table.new", 0);
	return 0;
}

int live_new(struct live **ret, const char *dir, gid_t gid, struct err *e)
{
	struct live *l = calloc(1, sizeof(*l));
	struct err fault;

	if (!l)
		return err_nomem(e);
	pthread_mutex_init(&l->lock, NULL);
	l->dir_fd = l->page_fd = -1;
	l->gid = gid;
	l->dir = str_dup(dir);
	l->names = str_fmt("%s.slots", dir);
	int r = l->dir && l->names ? dir_open(l, e) : err_nomem(e);
	r = r < 0 ? r : page_open(l, e);
	r = r < 0 ? r : slots_load(&l->slots, l->names, &fault, e);
	if (r < 0) {
		live_free(l);
		return r;
	}
	if (fault.code)
		log_warning(COMPONENT, NULL, "%s cannot be used, statistics begin anew: %s", l->names, fault.msg);
	*ret = l;
	return 0;
}

struct live *live_free(struct live *l)
{
	if (!l)
		return NULL;
	slots_done(&l->slots);
	if (l->page_fd >= 0)
		(void)close(l->page_fd);
	if (l->dir_fd >= 0)
		(void)close(l->dir_fd);
	pthread_mutex_destroy(&l->lock);
	free(l->dir);
	free(l->names);
	free(l);
	return NULL;
}

/* --- tables --- */

/* Is the table that is there this one, whatever its generation, and do workers know of it? */
static bool is_there(const struct live *l, const struct buf *b, uint64_t generation)
{
	AUTO_CLOSE int fd = openat(l->dir_fd, "table", O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
	AUTO_FREE char *chunk = malloc(1 << 18);
	struct tf_header h, want;
	struct stat st;
	bool same;

	memcpy(&want, b->data, sizeof(want));
	if (fd < 0 || !chunk || fstat(fd, &st) < 0 || (size_t)st.st_size != b->len ||
	    read_all(fd, &h, sizeof(h), 0) < 0)
		return false;
	same = h.generation == generation;
	want.generation = h.generation;
	same = same && memcmp(&h, &want, sizeof(h)) == 0;
	for (size_t at = sizeof(h), n; same && at < b->len; at += n) {
		n = b->len - at < 1 << 18 ? b->len - at : 1 << 18;
		same = read_all(fd, chunk, n, (off_t)at) == 0 && memcmp(chunk, b->data + at, n) == 0;
	}
	if (chunk)
		explicit_bzero(chunk, 1 << 18); /* keys */
	return same;
}

static int write_table(struct live *l, const struct buf *b, struct err *e)
{
	AUTO_CLOSE int fd = -1;
	int r = new_file(l, "table.new", 0640, &fd, e);

	if (r == 0 && (r = write_all(fd, b->data, b->len, 0)) < 0)
		r = err_errno(e, -r, "cannot write %s/table.new (%zu bytes)", l->dir, b->len);
	if (r == 0)
		r = rename_file(l, "table.new", "table", e);
	if (r < 0)
		(void)unlinkat(l->dir_fd, "table.new", 0);
	return r;
}

static void tell_sharing(struct live *l)
{
	if (l->slots.sharing && !l->told_sharing)
		log_warning(COMPONENT, NULL,
			    "%zu Ingresses and routes are beyond the %d that are counted one by one: their requests "
			    "are counted together",
			    l->slots.sharing, LIVE_SLOTS - 1);
	l->told_sharing = l->slots.sharing > 0;
}

static int publish(struct live *l, const struct ing_table *t, struct buf *b, struct err *e)
{
	AUTO_FREE uint32_t *slots = calloc(t->n_policies + 1, sizeof(*slots));
	uint64_t generation = 0;
	int r;

	if (!slots)
		return err_nomem(e);
	/* Zeroed, then named, then in a table: whatever is killed in between, no owner has another's numbers. */
	if ((r = page_mend(l, e)) < 0 || (r = slots_assign(&l->slots, t, slots, clear_slot, l, e)) < 0 ||
	    (r = slots_save(&l->slots, l->names, e)) < 0)
		return r;
	tell_sharing(l);
	if ((r = page_number(l, PAGE_AT(generation), &generation, e)) < 0 ||
	    (r = table_write(t, slots, generation + 1, b, e)) < 0)
		return r;
	if (generation && is_there(l, b, generation))
		return 0;
	if ((r = write_table(l, b, e)) < 0)
		return r;
	/* The system call is the barrier: who reads the new number finds the new table. */
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
	return page_set(l, PAGE_AT(generation), generation + 1, e);
}

int live_publish(struct live *l, const struct ing_table *t, struct err *e)
{
	struct buf b = {0};

	pthread_mutex_lock(&l->lock);
	int r = publish(l, t, &b, e);
	pthread_mutex_unlock(&l->lock);
	if (b.data)
		explicit_bzero(b.data, b.len); /* keys */
	buf_done(&b);
	return r;
}

/* --- statistics --- */

static int read_page(struct live *l, struct live_totals *ret, struct live_stat *stats, uint32_t n, struct err *e)
{
	struct live_totals t = {.sharing = l->slots.sharing};
	uint64_t connections = 0;
	int r = 0;

	if ((r = page_number(l, PAGE_AT(generation), &t.generation, e)) < 0 ||
	    (r = page_number(l, PAGE_AT(connections), &connections, e)) < 0 ||
	    (r = page_number(l, PAGE_AT(reload_id), &t.reload_id, e)) < 0 ||
	    (r = page_number(l, PAGE_AT(table_errors), &t.table_errors, e)) < 0)
		return r;
	/* A worker that was killed has taken nothing away; whoever writes here may write anything. */
	t.connections = connections <= INT64_MAX ? (int64_t)connections : 0;
	r = read_all(l->page_fd, stats, n * sizeof(*stats), PAGE_AT(stats));
	if (r < 0)
		return r == -ENODATA ? err_set(e, ERR_UNAVAILABLE, "%s/page was cut short", l->dir)
				     : err_errno(e, -r, "cannot read %s/page", l->dir);
	*ret = t;
	return 0;
}

int live_read(struct live *l, struct live_totals *ret, live_stat_fn fn, void *arg, struct err *e)
{
	pthread_mutex_lock(&l->lock);
	uint32_t n = !fn ? 0 : l->slots.n ? l->slots.n : 1;
	AUTO_FREE struct live_stat *stats = calloc(n + 1, sizeof(*stats));
	int r = stats ? read_page(l, ret, stats, n, e) : err_nomem(e);
	if (r == 0 && fn)
		fn(arg, "", &stats[0]);
	for (uint32_t i = 1; r == 0 && i < n; i++)
		if (l->slots.v[i].owner && !l->slots.v[i].gone)
			fn(arg, l->slots.v[i].owner, &stats[i]);
	pthread_mutex_unlock(&l->lock);
	return r;
}
