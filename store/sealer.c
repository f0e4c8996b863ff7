/* Which keys there are, who uses them, and what is asked and told about them. See seal.h and keyring.h. */
#include <errno.h>
#include <inttypes.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/fs.h"
#include "base/log.h"
#include "base/str.h"
#include "store/etcd.h"
#include "store/seal.h"

/* In etcd: the first key's id, so that no second server makes a first key; or OFF. */
#define BLOB "secrets-encryption"
#define OFF  "off"

/* --- the file and its copy in memory --- */

static void ring_set(struct sealer *x, const struct keyring *k)
{
	struct stat st;
	bool there = stat(x->path, &st) == 0;
	pthread_rwlock_wrlock(&x->lock);
	x->ring = *k;
	x->mtime = there ? st.st_mtim : (struct timespec){0};
	x->inode = there ? st.st_ino : 0;
	if (k->n > 0)
		x->lost = false;
	pthread_rwlock_unlock(&x->lock);
}

static void ring_get(struct sealer *x, struct keyring *ret)
{
	pthread_rwlock_rdlock(&x->lock);
	*ret = x->ring;
	pthread_rwlock_unlock(&x->lock);
}

/* Somebody put another file there: its keys are ours at once. */
static int ring_reload(struct sealer *x, struct err *e)
{
	struct keyring k;
	int rc = keyring_read(&k, x->path, e);
	if (rc == 0) {
		ring_set(x, &k);
		keyring_wipe(&k);
	}
	return rc;
}

/* When it changed. Who writes it holds no lock that is needed here. */
static bool ring_reload_changed(struct sealer *x)
{
	struct stat st;
	struct err e = {0};
	if (stat(x->path, &st) < 0)
		return false;
	pthread_rwlock_rdlock(&x->lock);
	bool same =
	    st.st_ino == x->inode && st.st_mtim.tv_sec == x->mtime.tv_sec && st.st_mtim.tv_nsec == x->mtime.tv_nsec;
	pthread_rwlock_unlock(&x->lock);
	if (same)
		return false;
	int rc = ring_reload(x, &e);
	if (rc < 0)
		log_error("store", x->path, "the keys for Secrets cannot be read: %s", e.msg);
	else
		log_info("store", x->path, "the keys for Secrets were read anew");
	return rc == 0;
}

/* --- values --- */

void sealer_enter(struct sealer *x)
{
	pthread_rwlock_rdlock(&x->lock);
	if (!x->lost)
		return;
	pthread_rwlock_unlock(&x->lock);
	(void)ring_reload_changed(x);
	pthread_rwlock_rdlock(&x->lock);
}

int sealer_close(struct sealer *x, struct change *c, struct err *e)
{
	if (x->lost)
		return err_set(e, ERR_SEALED,
			       "store: %.60s: values of its kind are sealed, and the keys are missing: put %.100s back",
			       c->key->data, x->path);
	if (!x->ring.enabled)
		return 0;
	const struct seal_place at = {c->key->data, c->key->len, c->splice};
	return seal_close_value(&x->ring.keys[0], &at, c->raw->data, c->raw->len, &c->sealed, e);
}

static bool key_copy(struct sealer *x, const unsigned char *id, struct seal_key *ret)
{
	pthread_rwlock_rdlock(&x->lock);
	const struct seal_key *k = keyring_find(&x->ring, id);
	if (k)
		*ret = *k;
	pthread_rwlock_unlock(&x->lock);
	return k != NULL;
}

static int value_open(struct store *s, const struct record *r, struct bytes **ret, struct err *e)
{
	struct sealer *x = s->sealer;
	const unsigned char *id = seal_id(r->value);
	const struct seal_place at = {r->key, r->key_len, r->splice};
	char text[SEAL_ID_TEXT];
	struct seal_key k;
	if (x && (key_copy(x, id, &k) || (ring_reload_changed(x) && key_copy(x, id, &k)))) {
		int rc = seal_open_value(&k, &at, r->value, r->value_len, ret, e);
		explicit_bzero(&k, sizeof(k));
		return rc;
	}
	seal_id_text(id, text);
	return err_set(e, ERR_SEALED,
		       "store: %.70s is sealed with key %s, which is not in %.70s: put it back (from another server, "
		       "or from a backup made with --with-keys)",
		       r->key, text, x ? x->path : "any file");
}

int value_raw(struct store *s, const struct record *r, struct bytes **ret, struct err *e)
{
	if (r->value && seal_is(r->value, r->value_len))
		return value_open(s, r, ret, e);
	*ret = bytes_new(r->value ? r->value : "", r->value_len);
	return *ret ? 0 : err_nomem(e);
}

int value_take(struct store *s, const struct record *r, int64_t rev, struct bytes **ret, struct err *e)
{
	struct bytes *raw AUTO_BYTES = NULL;
	if (!r->value || !seal_is(r->value, r->value_len)) {
		*ret = value_splice_mem(r->value ? r->value : "", r->value_len, r->splice, rev);
		return *ret ? 0 : err_nomem(e);
	}
	int rc = value_open(s, r, &raw, e);
	if (rc < 0)
		return rc;
	*ret = value_splice(raw, r->splice, rev);
	return *ret ? 0 : err_nomem(e);
}

int sealer_each(struct sealer *x, int64_t after, record_fn fn, void *arg, struct err *e)
{
	struct store *s = x->s;
	struct reader *r;
	int rc = s->backend->ops->reader_open(s->backend, &r, e);
	if (rc < 0)
		return rc;
	rc = s->backend->ops->rows ? s->backend->ops->rows(r, after, x->prefix, fn, arg, e)
				   : s->backend->ops->range(r, x->prefix, NULL, store_revision(s), fn, arg, e);
	s->backend->ops->reader_close(r);
	return rc > 0 ? 0 : rc;
}

/* --- opening --- */

int sealer_new(struct sealer **ret, struct store *s, const struct store_config *c, struct err *e)
{
	struct sealer *x = calloc(1, sizeof(*x));
	if (!x)
		return err_nomem(e);
	x->s = s;
	pthread_mutex_init(&x->verb_lock, NULL);
	pthread_mutex_init(&x->pass_lock, NULL);
	pthread_cond_init(&x->pass_wake, NULL);
	pthread_rwlock_init(&x->lock, NULL);
	x->prefix = str_dup(c->seal_prefix);
	x->path = str_dup(c->keys_file);
	int rc = x->prefix && x->path ? 0 : err_nomem(e);
	x->prefix_len = x->prefix ? strlen(x->prefix) : 0;
	if (rc == 0 && (rc = ring_reload(x, e)) == ERR_NOT_FOUND)
		rc = 0;
	if (rc < 0) {
		sealer_free(x);
		return rc;
	}
	*ret = x;
	return 0;
}

struct sealer *sealer_free(struct sealer *x)
{
	if (!x)
		return NULL;
	keyring_wipe(&x->ring);
	pthread_mutex_destroy(&x->verb_lock);
	pthread_mutex_destroy(&x->pass_lock);
	pthread_cond_destroy(&x->pass_wake);
	pthread_rwlock_destroy(&x->lock);
	free(x->prefix);
	free(x->path);
	free(x);
	return NULL;
}

/* What servers on one etcd know of each other: whether there are keys. */
static int shared_has(struct sealer *x, bool *ret, struct err *e)
{
	struct bytes *v AUTO_BYTES = NULL;
	*ret = false;
	if (!x->s->etcd)
		return 0;
	int rc = store_blob_get(x->s, BLOB, &v, e);
	if (rc == 0)
		*ret = !streq(v->data, OFF);
	return rc == ERR_NOT_FOUND ? 0 : rc;
}

static int shared_tell(struct sealer *x, bool on, struct err *e)
{
	char id[SEAL_ID_TEXT] = OFF;
	if (!x->s->etcd)
		return 0;
	if (on)
		seal_id_text(x->ring.keys[0].id, id);
	return etcd_sys_put(x->s->etcd, "data/" BLOB, id, strlen(id), -1, e);
}

static int first_key(struct sealer *x, struct err *e)
{
	struct keyring k = {.enabled = true};
	int rc = keyring_prepare(&k, (int64_t)clock_wall(clock_real()), e);
	if (rc == 0) {
		(void)keyring_promote(&k);
		rc = keyring_write(&k, x->path, e);
	}
	if (rc == 0)
		ring_set(x, &k);
	keyring_wipe(&k);
	return rc;
}

/* Two servers may begin at the same moment: the one that is heard first has made the keys. */
static int first_shared(struct sealer *x, struct err *e)
{
	struct bytes *id AUTO_BYTES = NULL;
	char text[SEAL_ID_TEXT];
	bool taken = false;
	if (!x->s->etcd)
		return 0;
	seal_id_text(x->ring.keys[0].id, text);
	if (!(id = bytes_new(text, strlen(text))))
		return err_nomem(e);
	int rc = store_blob_put(x->s, BLOB, id, e);
	if (rc != ERR_EXISTS)
		return rc;
	if ((rc = shared_has(x, &taken, e)) < 0)
		return rc;
	if (!taken)
		return shared_tell(x, true, e);
	if (unlink(x->path) < 0)
		return err_errno(e, errno, "store: %s", x->path);
	return err_set(e, ERR_CONFLICT,
		       "store: another server has just made the keys for Secrets: copy its %.120s to this one",
		       x->path);
}

int sealer_ready(struct sealer *x, bool make, struct err *e)
{
	bool has = x->mark != SEAL_NONE || x->seen, elsewhere = false;
	int rc = 0;
	if (x->ring.n == 0 && !has && (rc = shared_has(x, &elsewhere, e)) < 0)
		return rc;
	if (x->ring.n == 0 && (has || elsewhere)) {
		x->lost = true;
		log_error(
		    "store", x->path,
		    "Secrets in this datastore are sealed, and this file with their keys is missing: put it back (from "
		    "another server of the cluster, or from a backup made with --with-keys). Until then sealed "
		    "Secrets cannot be read, and none can be written");
	} else if (x->ring.n == 0 && make) {
		if ((rc = first_key(x, e)) == 0)
			rc = first_shared(x, e);
	} else if (make && !x->ring.enabled) {
		log_warning("store", x->path,
			    "encryption of Secrets was disabled by minik secrets-encrypt disable, and stays so until "
			    "minik secrets-encrypt enable");
	}
	x->fresh = x->fresh && x->ring.enabled;
	return rc;
}

/* --- status --- */

struct count {
	struct sealer *x;
	struct keyring ring;
	size_t now[KEYRING_MAX], past[KEYRING_MAX], plain_now, plain_past;
	struct {
		unsigned char id[SEAL_ID_LEN];
		size_t now, past;
	} other[KEYRING_MAX]; /* sealed with keys that we do not have */
	size_t n_other;
};

static bool is_now(struct store *s, const struct record *r)
{
	if (!s->backend->ops->rows)
		return true;
	pthread_rwlock_rdlock(&s->index_lock);
	const struct entry *e = index_find(&s->index, r->key, r->key_len);
	bool now = e && e->id == r->id;
	pthread_rwlock_unlock(&s->index_lock);
	return now;
}

static int count_row(void *arg, const struct record *r, struct err *e)
{
	struct count *c = arg;
	bool now = is_now(c->x->s, r);
	size_t *at = now ? &c->plain_now : &c->plain_past;
	(void)e;
	if (r->value && seal_is(r->value, r->value_len)) {
		const struct seal_key *k = keyring_find(&c->ring, seal_id(r->value));
		size_t i = 0;
		while (!k && i < c->n_other && memcmp(c->other[i].id, seal_id(r->value), SEAL_ID_LEN) != 0)
			i++;
		if (!k && i == KEYRING_MAX) /* more strangers than can be told apart: with the last */
			i--;
		if (!k && i == c->n_other)
			memcpy(c->other[c->n_other++].id, seal_id(r->value), SEAL_ID_LEN);
		if (k)
			at = now ? &c->now[k - c->ring.keys] : &c->past[k - c->ring.keys];
		else
			at = now ? &c->other[i].now : &c->other[i].past;
	}
	++*at;
	return 0;
}

static int count_all(struct sealer *x, struct count *c, struct err *e)
{
	int rc = ERR_GONE;
	for (int i = 0; rc == ERR_GONE && i < 5; i++) { /* etcd: compacted while we walk */
		*c = (struct count){.x = x};
		ring_get(x, &c->ring);
		rc = sealer_each(x, 0, count_row, c, e);
	}
	return rc;
}

static int add_key(json_t *keys, const unsigned char *id, int64_t created, const char *state, size_t now, size_t past)
{
	char text[SEAL_ID_TEXT];
	seal_id_text(id, text);
	return json_array_append_new(keys,
				     json_pack("{s:s,s:I,s:s,s:I,s:I}", "id", text, "created", (json_int_t)created,
					       "state", state, "values", (json_int_t)now, "history", (json_int_t)past));
}

static int status_tree(struct sealer *x, const struct count *c, json_t **ret, struct err *e)
{
	AUTO_JSON json_t *keys = json_array(), *o = NULL;
	int rc = keys ? 0 : -1;
	for (size_t i = 0; rc == 0 && i < c->ring.n; i++) {
		const struct seal_key *k = &c->ring.keys[i];
		const char *state = k->prepared ? "prepared" : i == 0 && c->ring.enabled ? "active" : "old";
		rc = add_key(keys, k->id, k->created, state, c->now[i], c->past[i]);
	}
	for (size_t i = 0; rc == 0 && i < c->n_other; i++)
		rc = add_key(keys, c->other[i].id, 0, "missing", c->other[i].now, c->other[i].past);
	if (rc == 0) {
		pthread_mutex_lock(&x->pass_lock);
		const char *state = x->running || x->wanted ? "running"
				    : x->passes == 0        ? "none"
				    : x->pass_code < 0      ? "failed"
							    : "done";
		o = json_pack("{s:b,s:b,s:b,s:s,s:s,s:s,s:I,s:O,s:{s:I,s:I}}", "enabled", c->ring.enabled, "lost",
			      x->lost, "shared", x->s->etcd != NULL, "file", x->path, "reencryption", state, "message",
			      x->pass_code < 0 ? x->pass_err.msg : "", "unreadable", (json_int_t)x->unreadable, "keys",
			      keys, "plain", "values", (json_int_t)c->plain_now, "history", (json_int_t)c->plain_past);
		pthread_mutex_unlock(&x->pass_lock);
	}
	if (!o)
		return err_nomem(e);
	*ret = TAKE_PTR(o);
	return 0;
}

/* --- verbs --- */

static int change(struct sealer *x, struct keyring *k, struct err *e)
{
	/* On disk and durable before anything is sealed with it. */
	int rc = keyring_write(k, x->path, e);
	if (rc == 0)
		ring_set(x, k);
	return rc;
}

static int do_enable(struct sealer *x, bool on, struct err *e)
{
	struct keyring k;
	ring_get(x, &k);
	int rc = 0;
	if (k.n == 0 && !on)
		rc = err_set(e, ERR_INVALID, "encryption of Secrets was never enabled");
	if (rc == 0 && on && (k.n == 0 || (k.n == 1 && k.keys[0].prepared))) {
		if (k.n == 0)
			rc = keyring_prepare(&k, (int64_t)clock_wall(clock_real()), e);
		(void)keyring_promote(&k);
	}
	k.enabled = on;
	/* From here on something may be stored plain. */
	if (!on)
		__atomic_store_n(&x->fresh, false, __ATOMIC_RELEASE);
	if (rc == 0)
		rc = change(x, &k, e);
	keyring_wipe(&k);
	if (rc == 0 && on)
		rc = shared_tell(x, true, e);
	return rc;
}

static int do_rotate(struct sealer *x, bool prepare, bool promote, struct err *e)
{
	struct keyring k;
	ring_get(x, &k);
	bool ready = k.n > 1 && k.keys[k.n - 1].prepared;
	int rc = 0;
	if (!k.enabled)
		rc = err_set(e, ERR_INVALID, "encryption of Secrets is not enabled: minik secrets-encrypt enable");
	else if (prepare && ready && !promote)
		rc = err_set(e, ERR_INVALID, "a key is prepared already: minik secrets-encrypt rotate");
	else if (!prepare && !ready)
		rc = err_set(e, ERR_INVALID,
			     "no key is prepared: minik secrets-encrypt prepare, or rotate-keys for all at once");
	if (rc == 0 && prepare && !ready)
		rc = keyring_prepare(&k, (int64_t)clock_wall(clock_real()), e);
	if (rc == 0 && promote)
		(void)keyring_promote(&k);
	if (rc == 0)
		rc = change(x, &k, e);
	keyring_wipe(&k);
	return rc;
}

/* Only what nothing at all is sealed with. Whoever was queued has been written: the count sees it. */
static int do_prune(struct sealer *x, struct err *e)
{
	struct keyring k;
	struct count *c = calloc(1, sizeof(*c));
	static const struct reseal_batch nothing = {.mark = -1};
	if (!c)
		return err_nomem(e);
	int rc = reseal_commit(x->s, &nothing, e);
	/* etcd's history may need them, and cannot be looked through: it goes. */
	if (rc == 0 && x->s->etcd)
		rc = store_compact(x->s, store_revision(x->s), e);
	if (rc == 0)
		rc = count_all(x, c, e);
	if (rc == 0) {
		k = c->ring;
		size_t before = k.n;
		for (size_t i = k.n; i-- > 0;)
			if (!k.keys[i].prepared && (i > 0 || !k.enabled) && c->now[i] == 0 && c->past[i] == 0)
				keyring_drop(&k, i);
		if (k.n < before)
			rc = change(x, &k, e);
		keyring_wipe(&k);
	}
	explicit_bzero(c, sizeof(*c));
	free(c);
	return rc;
}

static void pass_wait(struct sealer *x, unsigned ms)
{
	struct timespec until;
	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += ms / 1000;
	pthread_mutex_lock(&x->pass_lock);
	while ((x->running || x->wanted) && !x->stopping &&
	       pthread_cond_timedwait(&x->pass_wake, &x->pass_lock, &until) == 0)
		;
	pthread_mutex_unlock(&x->pass_lock);
}

static int verb_run(struct sealer *x, const char *verb, struct err *e)
{
	static const char *const all[] = {"enable", "disable", "rotate-keys", "reencrypt"};
	int rc = 0;
	if (streq(verb, "reload"))
		return ring_reload(x, e);
	if (x->lost && !ring_reload_changed(x))
		return err_set(e, ERR_INVALID,
			       "the keys that Secrets are sealed with are missing: put %.120s back first", x->path);
	if (streq(verb, "enable") || streq(verb, "disable"))
		rc = do_enable(x, streq(verb, "enable"), e);
	else if (streq(verb, "prepare"))
		rc = do_rotate(x, true, false, e);
	else if (streq(verb, "rotate"))
		rc = do_rotate(x, false, true, e);
	else if (streq(verb, "rotate-keys"))
		rc = do_rotate(x, true, true, e);
	else if (streq(verb, "prune-keys"))
		rc = do_prune(x, e);
	else if (!streq(verb, "reencrypt"))
		rc = err_set(e, ERR_INVALID,
			     "\"%.40s\" is none of status, enable, disable, prepare, rotate, rotate-keys, reencrypt, "
			     "prune-keys, reload",
			     verb);
	for (size_t i = 0; rc == 0 && i < ARRAY_LEN(all); i++)
		if (streq(verb, all[i]))
			rc = reseal_want(x, e);
	return rc;
}

int sealer_off(struct sealer *x, struct err *e)
{
	return shared_tell(x, false, e);
}

int store_encryption(struct store *s, const char *verb, unsigned wait_ms, json_t **ret, struct err *e)
{
	struct sealer *x = s->sealer;
	int rc = 0;
	if (!x)
		return err_set(e, ERR_UNSUPPORTED, "this store was opened without a file for keys");
	if (!streq(verb, "status") && !streq(verb, "wait")) {
		pthread_mutex_lock(&x->verb_lock);
		rc = verb_run(x, verb, e);
		pthread_mutex_unlock(&x->verb_lock);
	}
	if (rc == 0 && wait_ms > 0)
		pass_wait(x, wait_ms);
	if (rc < 0 || !ret)
		return rc;
	struct count *c = calloc(1, sizeof(*c));
	if (!c)
		return err_nomem(e);
	rc = count_all(x, c, e);
	if (rc == 0)
		rc = status_tree(x, c, ret, e);
	explicit_bzero(c, sizeof(*c));
	free(c);
	return rc;
}

/* --- copies --- */

struct copy_look {
	struct keyring ring;
	struct buf text;
};

static int copy_row(void *arg, const struct record *r, struct err *e)
{
	struct copy_look *l = arg;
	char id[SEAL_ID_TEXT];
	(void)e;
	if (!seal_is(r->value, r->value_len) || keyring_find(&l->ring, seal_id(r->value)))
		return 0;
	seal_id_text(seal_id(r->value), id);
	if (!l->text.data || !strstr(l->text.data, id))
		buf_addf(&l->text, "%s%s", l->text.len ? ", " : "", id);
	return l->text.len > 256; /* enough for a message */
}

int store_copy_missing_keys(const char *path, const char *keys_file, char **ret, struct err *e)
{
	struct pool *pool = NULL;
	struct backend *b = NULL;
	struct reader *r = NULL;
	struct copy_look l = {0};
	int rc = keyring_read(&l.ring, keys_file, e);
	if (rc == ERR_NOT_FOUND)
		rc = 0;
	if (rc == 0)
		rc = pool_new(&pool, 1, "restore", e);
	if (rc == 0)
		rc = sqlite_backend_open(&b, path, pool, e);
	if (rc == 0)
		rc = b->ops->reader_open(b, &r, e);
	if (rc == 0) {
		rc = b->ops->rows(r, 0, "/", copy_row, &l, e);
		b->ops->reader_close(r);
	}
	if (b)
		b->ops->close(b);
	pool_free(pool);
	keyring_wipe(&l.ring);
	if (rc >= 0)
		rc = (*ret = buf_take(&l.text, NULL)) ? 0 : err_nomem(e);
	buf_done(&l.text);
	return rc;
}
