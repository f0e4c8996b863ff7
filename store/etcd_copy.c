/*
 * Copies between etcd and the SQLite file that backups are. A copy holds the present state without history; whoever
 * starts from it, SQLite or etcd, starts above everything that the original can have handed out (store.c,
 * `copy_start`), so revisions never go backwards, whichever way data moves.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <unistd.h>
#include "base/fs.h"
#include "base/str.h"
#include "store/etcd.h"
#include "store/seal.h"

#define PUT_OPS   100u
#define PUT_BYTES ((size_t)512 << 10)
#define HINTS     4096u

/* --- etcd -> file --- */

struct save {
	struct etcd *x;
	struct backend *b;
	int64_t hint[HINTS]; /* the last id given out in a revision */
	bool sealed;         /* a value was */
};

/* Where a key stood in its transaction is not known: any free place will do. */
static int free_id(struct save *s, int64_t rev, int64_t *ret, struct err *e)
{
	int64_t *hint = &s->hint[(uint64_t)rev % HINTS];
	int64_t id = id_rev(*hint) == rev ? *hint + 1 : id_make(rev, 0);
	for (; id <= id_last(rev); id++) {
		struct record r;
		int rc = s->b->ops->peek(s->b, id, &r, NULL);
		if (rc == ERR_NOT_FOUND) {
			*hint = *ret = id;
			return 0;
		}
		if (rc < 0)
			return err_set(e, rc, "store: writing the backup: %s", err_name(rc));
	}
	return err_set(e, ERR_PROTO, "store: more than %zu changes in one transaction of etcd", OPS_MAX);
}

static int save_kv(void *arg, struct etcd_kv *kv, struct err *e)
{
	struct save *s = arg;
	struct etcd *x = s->x;
	struct change c = {.kind = STORE_CREATED, .create_rev = etcd_ours(x, kv->create)};
	if (!kv->sound || kv->key_len == strlen(x->registry))
		return 0;
	struct bytes *key AUTO_BYTES = bytes_new(kv->key + strlen(x->registry), kv->key_len - strlen(x->registry)),
			  *index AUTO_BYTES = kv->env.index ? bytes_new(kv->env.index, kv->env.index_len) : NULL,
			  *raw AUTO_BYTES = bytes_new(kv->env.value, kv->env.value_len);
	if (!key || !raw || (kv->env.index && !index))
		return err_nomem(e);
	c.key = key;
	c.index = index;
	c.raw = raw;
	c.splice = (uint32_t)kv->env.splice;
	s->sealed |= seal_is(raw->data, raw->len);
	int rc = free_id(s, etcd_ours(x, kv->mod), &c.id, e);
	return rc < 0 ? rc : s->b->ops->apply(s->b, &c, e);
}

static int save_all(struct etcd *x, struct backend *b, struct backend_state *st, struct err *e)
{
	struct save *s = calloc(1, sizeof(*s));
	int64_t rev, swept;
	if (!s)
		return err_nomem(e);
	s->x = x;
	s->b = b;
	int rc = etcd_put_tick(x, &rev, e);
	if (rc == 0)
		rc = b->ops->begin(b, false, e);
	if (rc == 0) {
		rc = etcd_walk(x, x->registry, NULL, rev, save_kv, s, e);
		st->reserved = etcd_ours(x, rev);
		if (rc == 0)
			rc = b->ops->state(b, st, e);
		if (rc == 0 && s->sealed)
			rc = b->ops->mark(b, SEAL_CLEAN, e);
		if (rc == 0) /* no row supersedes another: this only notes that there is no history */
			rc = b->ops->compact(b, id_last(st->reserved), st->reserved, &(struct pace){.most = 1}, &swept,
					     e);
		if (rc == 0)
			rc = b->ops->commit(b, e);
		if (rc < 0)
			b->ops->rollback(b);
	}
	free(s);
	return rc;
}

static int save_file(struct etcd *x, const char *path, const struct backend_state *st, struct err *e)
{
	struct pool *pool = NULL;
	struct backend *b = NULL;
	struct backend_state state = *st;
	int rc = pool_new(&pool, 1, "backup", e);
	if (rc == 0)
		rc = sqlite_backend_open(&b, path, pool, e);
	if (rc == 0)
		rc = save_all(x, b, &state, e);
	if (pool)
		pool_drain(pool);
	if (b)
		b->ops->close(b); /* the WAL goes into the file */
	pool_free(pool);
	if (rc < 0)
		return rc;
	AUTO_CLOSE int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || fsync(fd) < 0)
		return err_errno(e, errno, "store: backup %s", path);
	return 0;
}

int etcd_backup(struct backend *b, const char *path, const struct backend_state *st, struct err *e)
{
	int rc = save_file(container_of(b, struct etcd, base), path, st, e);
	if (rc < 0) {
		AUTO_FREE char *wal = str_fmt("%s-wal", path), *shm = str_fmt("%s-shm", path);
		(void)unlink(path);
		(void)unlink(wal ? wal : "");
		(void)unlink(shm ? shm : "");
	}
	return rc;
}

int store_export(const struct store_config *c, const char *path, struct err *e)
{
	struct etcd *x;
	struct backend_state st = {.backup_time = (int64_t)clock_wall(clock_real())};
	if (fs_exists(path))
		return err_set(e, ERR_EXISTS, "store: backup %s exists already", path);
	if (!c->endpoints)
		return sqlite_export(c->path, path, e);
	int rc = etcd_open(&x, c, NULL, ETCD_THERE, e);
	if (rc < 0)
		return rc;
	rc = etcd_backup(&x->base, path, &st, e);
	etcd_close(x);
	return rc;
}

/* --- file -> etcd --- */

struct fill {
	struct etcd *x;
	struct index index; /* the newest row of each key */
	struct buf body;
	unsigned n;
	size_t bytes;
};

static int fill_row(void *arg, const struct record *r, struct err *e)
{
	struct fill *f = arg;
	struct entry *en = index_find(&f->index, r->key, r->key_len);
	if (r->deleted) {
		if (en)
			index_remove(&f->index, en);
		return 0;
	}
	if (!en) {
		struct bytes *key AUTO_BYTES = bytes_new(r->key, r->key_len);
		en = key ? index_place(&f->index, key) : NULL;
		if (!en)
			return err_nomem(e);
		index_set_counted(en, true);
	}
	en->id = r->id;
	return 0;
}

static int fill_gap(void *arg, struct rev_gap g)
{
	(void)arg, (void)g; /* everything older than the start is gone */
	return 0;
}

static int fill_send(struct fill *f, struct err *e)
{
	AUTO_JSON json_t *o = NULL;
	if (f->n == 0)
		return 0;
	buf_adds(&f->body, "]}");
	/* Repeating a put is harmless here: nobody else writes. */
	int rc = etcd_call(f->x, "/v3/kv/txn", &f->body, false, &o, e);
	buf_done(&f->body);
	f->n = 0;
	f->bytes = 0;
	return rc;
}

static int fill_put(struct fill *f, const struct record *r, struct err *e)
{
	AUTO_BUF struct buf v = {0}, k = {0};
	struct envelope env = {.splice = r->splice,
			       .index = r->index,
			       .index_len = r->index_len,
			       .value = r->value ? r->value : "",
			       .value_len = r->value_len};
	buf_adds(&k, f->x->registry);
	buf_add(&k, r->key, r->key_len);
	if (envelope_write(&v, &env) < 0 || buf_failed(&v) || buf_failed(&k))
		return err_nomem(e);
	if (f->n > 0 && (f->n >= PUT_OPS || f->bytes + v.len > PUT_BYTES)) {
		int rc = fill_send(f, e);
		if (rc < 0)
			return rc;
	}
	buf_adds(&f->body, f->n == 0 ? "{\"success\":[{\"request_put\":{" : ",{\"request_put\":{");
	buf_add_field(&f->body, "key", k.data, k.len);
	buf_addc(&f->body, ',');
	buf_add_field(&f->body, "value", v.data, v.len);
	buf_adds(&f->body, "}}");
	f->n++;
	f->bytes += v.len + k.len;
	return 0;
}

static int fill_all(struct fill *f, struct backend *b, struct err *e)
{
	struct index_pos pos;
	struct reader *r;
	int rc = b->ops->reader_open(b, &r, e);
	if (rc < 0)
		return rc;
	for (struct entry *en = index_seek(&f->index, "", 0, false, &pos); rc == 0 && en; en = index_next(&pos)) {
		struct record rec;
		rc = b->ops->read(r, en->id, en->key, 0, &rec, e);
		if (rc == 0)
			rc = fill_put(f, &rec, e);
		if (rc == ERR_TOO_LARGE)
			err_wrap(e, "%s", en->key->data);
	}
	b->ops->reader_close(r);
	return rc < 0 ? rc : fill_send(f, e);
}

/* An empty prefix, marked as being filled. *ret_rev: etcd's revision before anything is written. */
static int fill_begin(struct etcd *x, int64_t *ret_rev, struct err *e)
{
	AUTO_FREE char *all = str_fmt("%s/", x->prefix);
	int64_t n = 0;
	int rc = all ? etcd_count(x, all, &n, e) : err_nomem(e);
	if (rc == 0 && n > 0)
		rc = err_set(e, ERR_EXISTS,
			     "store: etcd holds %" PRId64 " keys below %s/ already: a restore needs an empty prefix "
			     "(etcdctl del --prefix %s/)",
			     n, x->prefix, x->prefix);
	if (rc == 0)
		rc = etcd_sys_put(x, "restore", "1", 1, 0, e);
	return rc < 0 ? rc : etcd_put_tick(x, ret_rev, e);
}

static int fill_end(struct etcd *x, int64_t rev, int64_t start, struct err *e)
{
	AUTO_BUF struct buf b = {0};
	AUTO_JSON json_t *o = NULL;
	AUTO_FREE char *restore = str_fmt("%srestore", x->sys), *meta = str_fmt("%smeta", x->sys),
		       *text =
			   str_fmt("{\"format\":%d,\"base\":%" PRId64 "}", ETCD_FORMAT, start > rev ? start - rev : 0);
	if (!restore || !meta || !text)
		return err_nomem(e);
	buf_adds(&b, "{\"compare\":[{");
	buf_add_field(&b, "key", meta, strlen(meta));
	buf_adds(&b,
		 ",\"target\":\"MOD\",\"result\":\"EQUAL\",\"mod_revision\":\"0\"}],\"success\":[{\"request_put\":{");
	buf_add_field(&b, "key", meta, strlen(meta));
	buf_addc(&b, ',');
	buf_add_field(&b, "value", text, strlen(text));
	buf_adds(&b, "}},{\"request_delete_range\":{");
	buf_add_field(&b, "key", restore, strlen(restore));
	buf_adds(&b, "}}]}");
	int rc = etcd_call(x, "/v3/kv/txn", &b, true, &o, e);
	if (rc == 0 && !json_is_true(json_object_get(o, "succeeded")))
		rc = err_set(e, ERR_CONFLICT, "store: somebody else began to use %s in etcd meanwhile", x->prefix);
	return rc;
}

static int import_from(struct etcd *x, struct backend *b, struct err *e)
{
	struct fill f = {.x = x};
	struct backend_state st;
	int64_t rev = 0;
	if (index_init(&f.index) < 0)
		return err_nomem(e);
	int rc = b->ops->load(b, fill_row, fill_gap, &f, &st, e);
	if (rc == 0)
		rc = fill_begin(x, &rev, e);
	if (rc == 0)
		rc = fill_all(&f, b, e);
	if (rc == 0)
		rc = fill_end(x, rev, copy_start(&st), e);
	index_done(&f.index);
	buf_done(&f.body);
	return rc;
}

int store_import(const struct store_config *c, const char *path, struct err *e)
{
	struct pool *pool = NULL;
	struct backend *b = NULL;
	struct etcd *x = NULL;
	if (!fs_exists(path))
		return err_set(e, ERR_NOT_FOUND, "store: there is no %s", path);
	int rc = pool_new(&pool, 1, "restore", e);
	if (rc == 0)
		rc = sqlite_backend_open(&b, path, pool, e);
	if (rc == 0)
		rc = etcd_open(&x, c, NULL, ETCD_BARE, e);
	if (rc == 0)
		rc = import_from(x, b, e);
	etcd_close(x);
	if (b)
		b->ops->close(b);
	pool_free(pool);
	return rc;
}
