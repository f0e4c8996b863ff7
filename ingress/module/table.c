#include <sys/mman.h>
#include "ingress/module/policy.h"

static void *file_map(int dir, const char *name, int flags, size_t min, size_t max, size_t *size, int *ret_fd)
{
	int fd = openat(dir, name, flags | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	struct stat st;
	void *map = MAP_FAILED;

	if (fd < 0)
		return NULL;
	if (fstat(fd, &st) == 0) {
		if (!S_ISREG(st.st_mode) || st.st_size < (off_t)min || st.st_size > (off_t)max)
			errno = EINVAL;
		else
			map = mmap(NULL, (size_t)st.st_size, flags == O_RDWR ? PROT_READ | PROT_WRITE : PROT_READ,
				   MAP_SHARED | (flags == O_RDWR ? 0 : MAP_POPULATE), fd, 0);
	}
	if (map == MAP_FAILED || !ret_fd) {
		int e = errno;
		(void)close(fd);
		errno = e;
	}
	if (map == MAP_FAILED)
		return NULL;
	if (ret_fd)
		*ret_fd = fd;
	*size = (size_t)st.st_size;
	return map;
}

static int live_dir(struct mk_main_conf *m)
{
	return open((const char *)m->live.data, O_PATH | O_DIRECTORY | O_CLOEXEC);
}

/* The page may come later than nginx: it is looked for once a second at most. */
static bool page_open(struct mk_main_conf *m, ngx_log_t *log)
{
	size_t size, used = offsetof(struct live_page, stats) + sizeof(struct live_stat);
	struct live_page *page = NULL;
	const char *what = "cannot open";
	int dir, fd = -1, e;

	if (m->tried == ngx_time() || !m->live.len)
		return false;
	m->tried = ngx_time();
	dir = live_dir(m);
	if (dir >= 0)
		page = file_map(dir, "page", O_RDWR, sizeof(*page), TABLE_FILE_MAX, &size, &fd);
	e = errno;
	if (dir >= 0)
		(void)close(dir);
	/* A hole of the file that cannot be filled would be a SIGBUS. */
	if (page && fallocate(fd, 0, 0, (off_t)used) < 0 && errno != EOPNOTSUPP) {
		e = errno;
		what = "no room for";
	} else if (page && __atomic_load_n(&page->magic, __ATOMIC_ACQUIRE) != LIVE_MAGIC) {
		e = 0;
		what = "of another version, or not minik's:";
	} else if (page) {
		m->page = page;
		m->page_fd = fd;
		m->slots[0] |= 1;
		mk_clients_begin(m);
		m->seen = __atomic_load_n(&page->generation, __ATOMIC_ACQUIRE) - 1;
		return true;
	}
	if (page) {
		(void)munmap(page, size);
		(void)close(fd);
	}
	ngx_log_error(NGX_LOG_ERR, log, e, "minik: %s %V/page", what, &m->live);
	return false;
}

static void table_free(void *data)
{
	struct mk_table *t = data;

	(void)munmap((void *)(uintptr_t)t->map, t->size);
}

static struct mk_table *table_new(const void *map, size_t size)
{
	ngx_pool_t *pool = ngx_create_pool(4096, ngx_cycle->log);
	const struct tf_header *h = tf_head(map);
	ngx_pool_cleanup_t *c;
	struct mk_table *t;

	if (!pool)
		return NULL;
	t = ngx_pcalloc(pool, sizeof(*t));
	c = t ? ngx_pool_cleanup_add(pool, 0) : NULL;
	if (c) {
		t->policies = ngx_pcalloc(pool, (h->sections[TF_POLICIES].n + 1) * sizeof(*t->policies));
		t->turns = ngx_pcalloc(pool, (h->sections[TF_BACKENDS].n + 1) * sizeof(*t->turns));
		t->addrs = ngx_pcalloc(pool, (h->sections[TF_ENDPOINTS].n + 1) * sizeof(*t->addrs));
	}
	if (!c || !t->policies || !t->turns || !t->addrs) {
		ngx_destroy_pool(pool);
		return NULL;
	}
	t->map = map;
	t->size = size;
	t->refs = 1;
	t->pool = pool;
	c->handler = table_free;
	c->data = t;
	return t;
}

void mk_table_put(struct mk_table *t)
{
	if (--t->refs)
		return;
	for (uint32_t i = 0; i < tf_head(t->map)->sections[TF_POLICIES].n; i++)
		mk_policy_put(t->policies[i]);
	ngx_destroy_pool(t->pool);
}

/* Both are sorted by key: whose turn it is goes on. */
static void turns_inherit(struct mk_table *t, const struct mk_table *old)
{
	const struct tf_backend *a = tf_at(old->map, TF_BACKENDS), *b = tf_at(t->map, TF_BACKENDS);
	uint32_t n_a = tf_head(old->map)->sections[TF_BACKENDS].n, n_b = tf_head(t->map)->sections[TF_BACKENDS].n;

	for (uint32_t i = 0, k = 0; i < n_a && k < n_b;) {
		ngx_str_t x = mk_str(old, a[i].key), y = mk_str(t, b[k].key);
		ngx_int_t c = ngx_memn2cmp(x.data, y.data, x.len, y.len);
		if (c == 0)
			t->turns[k] = old->turns[i];
		i += c <= 0;
		k += c >= 0;
	}
}

/* The newest file in the place of m->table. A bad one changes nothing, and is not looked at again before the next
 * comes. */
static void table_load(struct mk_main_conf *m, uint64_t generation, ngx_log_t *log)
{
	const char *why = "no memory";
	struct mk_table *t = NULL;
	int dir = live_dir(m), e;
	void *map = NULL;
	size_t size = 0;

	m->seen = generation;
	if (dir >= 0)
		map = file_map(dir, "table", O_RDONLY, sizeof(struct tf_header), TABLE_FILE_MAX, &size, NULL);
	e = errno;
	if (dir >= 0)
		(void)close(dir);
	if (map) {
		e = 0;
		if (table_file_check(map, size, &why))
			t = table_new(map, size);
		if (!t)
			(void)munmap(map, size);
	} else {
		why = "cannot open it";
	}
	if (t) {
		t->serial = ++m->serial;
		if (m->table) {
			mk_policies_inherit(t, m->table);
			turns_inherit(t, m->table);
			mk_table_put(m->table);
		}
		m->table = t;
		return;
	}
	if (e == ENOENT && generation == 0)
		return;
	(void)__atomic_add_fetch(&m->page->table_errors, 1, __ATOMIC_RELAXED);
	ngx_log_error(NGX_LOG_ERR, log, e, "minik: table %uL of %V is not used: %s", generation, &m->live, why);
}

struct mk_table *mk_table_get(struct mk_main_conf *m, ngx_log_t *log)
{
	uint64_t generation;

	if (!m->page && !page_open(m, log))
		return NULL;
	generation = __atomic_load_n(&m->page->generation, __ATOMIC_ACQUIRE);
	if (generation != m->seen)
		table_load(m, generation, log);
	if (m->table)
		m->table->refs++;
	return m->table;
}
