/*
 * Reencryption: every value under the prefix as the keys now say it should lie there, on a thread of its own that
 * exists only where there are keys.
 *
 * SQLite: rows are rewritten in place, a batch at a time, by the writer; a row never changes otherwise, so nothing has
 * to be compared, no revision moves, and rows of history are done like the others. What the file held before goes by
 * scrub(). That it is still to be done is marked in the same transaction that rewrites the first row.
 * etcd: an ordinary write of the same value with the revision it was read at. Who else wrote meanwhile has sealed it.
 *
 * Killed at any moment, the next start goes on: what is done is done, and all keys are in the file.
 */
#include <errno.h>
#include "base/log.h"
#include "base/str.h"
#include "store/etcd.h"
#include "store/seal.h"

#define BATCH_ROWS     256u
#define BATCH_BYTES    ((size_t)1 << 20)
#define ETCD_BATCH     32u
#define ETCD_ROUNDS    20
#define SCRUB_TRIES    15000
#define SCRUB_PAUSE_MS 20 /* somebody reads the old state, a backup perhaps */

struct found { /* etcd: one to be written anew */
	struct bytes *key, *value, *index;
	size_t splice;
	int64_t rev;
};
struct pass {
	struct sealer *x;
	struct keyring ring;
	bool full, complained;
	int64_t last; /* id */
	size_t bytes, unreadable, changed, refused;
	struct reseal_batch batch;
	int64_t ids[BATCH_ROWS];
	struct bytes *values[BATCH_ROWS];
	struct found found[ETCD_BATCH];
	size_t n_found;
};

/* --- committing from here --- */

struct answer {
	pthread_mutex_t lock;
	pthread_cond_t cond;
	size_t left;
	int code;
	struct err err;
	size_t refused; /* by compare-and-swap */
};

static void on_done(void *arg, const struct store_done *d)
{
	struct answer *a = arg;
	pthread_mutex_lock(&a->lock);
	if (d->code == ERR_CONFLICT || d->code == ERR_NOT_FOUND || d->code == ERR_EXISTS) {
		a->refused++;
	} else if (d->code < 0 && a->code == 0) {
		a->code = d->code;
		a->err = d->err;
	}
	a->left--;
	pthread_cond_signal(&a->cond);
	pthread_mutex_unlock(&a->lock);
}

static int answer_wait(struct answer *a, struct err *e)
{
	pthread_mutex_lock(&a->lock);
	while (a->left > 0)
		pthread_cond_wait(&a->cond, &a->lock);
	pthread_mutex_unlock(&a->lock);
	if (a->code < 0 && e)
		*e = a->err;
	pthread_mutex_destroy(&a->lock);
	pthread_cond_destroy(&a->cond);
	return a->code;
}

/* Behind everything that is queued. etcd knows no barriers, but it keeps the order. */
int reseal_commit(struct store *s, const struct reseal_batch *b, struct err *e)
{
	struct answer a = {.lock = PTHREAD_MUTEX_INITIALIZER, .cond = PTHREAD_COND_INITIALIZER, .left = 1};
	const struct store_op nothing = {.kind = STORE_CHECK, .key = "/", .expect = -1};
	int rc = s->etcd ? store_commit(s, &nothing, 1, on_done, &a, e) : store_barrier(s, b, on_done, &a, e);
	if (rc < 0)
		a.left = 0;
	int code = answer_wait(&a, e);
	return rc < 0 ? rc : code;
}

/* --- what is to be done --- */

static bool stopping(struct sealer *x)
{
	pthread_mutex_lock(&x->pass_lock);
	bool stop = x->stopping;
	pthread_mutex_unlock(&x->pass_lock);
	return stop;
}

static bool as_it_should_be(const struct pass *p, const struct record *r)
{
	bool sealed = seal_is(r->value, r->value_len);
	if (!p->ring.enabled)
		return !sealed;
	return sealed && memcmp(seal_id(r->value), p->ring.keys[0].id, SEAL_ID_LEN) == 0;
}

static int opened(struct pass *p, const struct record *r, struct bytes **ret, struct err *e)
{
	int rc = value_raw(p->x->s, r, ret, e);
	if (rc != ERR_SEALED && rc != ERR_TAMPERED)
		return rc;
	p->unreadable++;
	if (!p->complained)
		log_error("store", r->key, "cannot be reencrypted and stays as it is: %s", e->msg);
	p->complained = true;
	return 1;
}

/* SQLite */
static int take_row(void *arg, const struct record *r, struct err *e)
{
	struct pass *p = arg;
	struct bytes *raw AUTO_BYTES = NULL;
	if (stopping(p->x))
		return err_set(e, ERR_CANCELED, "store: it is stopping");
	p->last = r->id;
	if (as_it_should_be(p, r))
		return 0;
	int rc = opened(p, r, &raw, e);
	if (rc != 0)
		return rc < 0 ? rc : 0;
	const struct seal_place at = {r->key, r->key_len, r->splice};
	struct bytes **to = &p->values[p->batch.n];
	if (p->ring.enabled)
		rc = seal_close_value(&p->ring.keys[0], &at, raw->data, raw->len, to, e);
	else
		*to = TAKE_PTR(raw);
	if (rc < 0)
		return rc;
	p->ids[p->batch.n++] = r->id;
	p->bytes += (*to)->len;
	p->full = p->batch.n == BATCH_ROWS || p->bytes >= BATCH_BYTES;
	return p->full;
}

static int batch_write(struct pass *p, struct err *e)
{
	int rc = p->batch.n > 0 ? reseal_commit(p->x->s, &p->batch, e) : 0;
	for (size_t i = 0; i < p->batch.n; i++)
		p->values[i] = bytes_unref(p->values[i]);
	p->changed += p->batch.n;
	p->batch.n = 0;
	p->bytes = 0;
	return rc;
}

/* etcd */
static int take_kv(void *arg, const struct record *r, struct err *e)
{
	struct pass *p = arg;
	struct found *f = &p->found[p->n_found];
	if (stopping(p->x))
		return err_set(e, ERR_CANCELED, "store: it is stopping");
	if (as_it_should_be(p, r))
		return 0;
	*f = (struct found){.splice = r->splice, .rev = id_rev(r->id)};
	int rc = opened(p, r, &f->value, e);
	if (rc != 0)
		return rc < 0 ? rc : 0;
	p->n_found++;
	f->key = bytes_new(r->key, r->key_len);
	f->index = r->index ? bytes_new(r->index, r->index_len) : NULL;
	if (!f->key || (r->index && !f->index))
		return err_nomem(e);
	p->full = p->n_found == ETCD_BATCH;
	return p->full;
}

static int found_write(struct pass *p, struct err *e)
{
	struct answer a = {.lock = PTHREAD_MUTEX_INITIALIZER, .cond = PTHREAD_COND_INITIALIZER};
	int rc = 0;
	for (size_t i = 0; i < p->n_found; i++) {
		struct found *f = &p->found[i];
		if (rc == 0 && f->key) {
			const struct store_op op = {.kind = STORE_PUT,
						    .key = f->key->data,
						    .expect = f->rev,
						    .value = f->value,
						    .splice = f->splice,
						    .index = f->index};
			pthread_mutex_lock(&a.lock);
			a.left++;
			pthread_mutex_unlock(&a.lock);
			rc = store_commit(p->x->s, &op, 1, on_done, &a, e);
			if (rc < 0) {
				pthread_mutex_lock(&a.lock);
				a.left--;
				pthread_mutex_unlock(&a.lock);
			}
		}
		bytes_unref(f->key);
		bytes_unref(f->value);
		bytes_unref(f->index);
	}
	p->changed += p->n_found;
	p->n_found = 0;
	int code = answer_wait(&a, e);
	p->refused += a.refused;
	return rc < 0 ? rc : code;
}

/* --- a pass --- */

static int pass_etcd(struct pass *p, struct err *e)
{
	/* From the beginning each time: what is done is passed over, and what others wrote meanwhile is seen. */
	int rc = ERR_AGAIN;
	for (size_t idle = 0; rc == ERR_AGAIN && idle < ETCD_ROUNDS;) {
		size_t refused = p->refused;
		p->full = false;
		p->unreadable = 0;
		rc = sealer_each(p->x, 0, take_kv, p, e);
		bool done = rc == 0 && p->n_found == 0;
		int written = found_write(p, e);
		idle = p->refused > refused ? idle + 1 : 0;
		if (rc == ERR_GONE) /* compacted while we walked */
			rc = 0, idle++;
		if (rc == 0 && written < 0)
			rc = written;
		else if (rc == 0 && !done)
			rc = ERR_AGAIN;
	}
	if (rc == ERR_AGAIN)
		rc = err_set(e, rc, "store: values change faster than they can be sealed");
	if (rc == 0 && !p->ring.enabled && p->unreadable == 0)
		rc = sealer_off(p->x, e);
	return rc;
}

/* Waits a little before the next try. False: it is stopping. */
static bool pause_ms(struct sealer *x, int64_t ms)
{
	struct timespec until;
	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_nsec += ms * 1000000;
	until.tv_sec += until.tv_nsec / 1000000000;
	until.tv_nsec %= 1000000000;
	pthread_mutex_lock(&x->pass_lock);
	while (!x->stopping && pthread_cond_timedwait(&x->pass_wake, &x->pass_lock, &until) == 0)
		;
	bool stop = x->stopping;
	pthread_mutex_unlock(&x->pass_lock);
	return !stop;
}

static int pass_scrub(struct pass *p, struct err *e)
{
	struct sealer *x = p->x;
	struct backend *b = x->s->backend;
	struct scrub c = {.step = SCRUB_BEGIN};
	const struct reseal_batch slice = {.mark = -1, .scrub = &c}, clean = {.mark = SEAL_CLEAN};
	int rc = 0;
	while (rc == 0 && c.step != SCRUB_DONE) {
		rc = c.step == SCRUB_SYNC ? b->ops->scrub_sync(b, &c, e) : reseal_commit(x->s, &slice, e);
		if (rc == -EBUSY && c.refused < SCRUB_TRIES)
			rc = pause_ms(x, SCRUB_PAUSE_MS) ? 0 : err_set(e, ERR_CANCELED, "store: it is stopping");
		else if (rc == 0 && stopping(x))
			rc = err_set(e, ERR_CANCELED, "store: it is stopping");
	}
	b->ops->scrub_end(b, &c);
	return rc < 0 ? rc : reseal_commit(x->s, &clean, e);
}

static int pass_sqlite(struct pass *p, bool asked, struct err *e)
{
	struct sealer *x = p->x;
	int mark = __atomic_load_n(&x->mark, __ATOMIC_ACQUIRE), rc = 0;
	p->batch = (struct reseal_batch){.ids = p->ids, .values = p->values, .mark = p->ring.enabled ? SEAL_DIRTY : -1};
	if (p->ring.enabled && mark == SEAL_NONE && __atomic_load_n(&x->fresh, __ATOMIC_ACQUIRE))
		rc = reseal_commit(x->s, &(struct reseal_batch){.mark = SEAL_CLEAN}, e);
	else if (p->ring.enabled && mark != SEAL_DIRTY && (asked || mark == SEAL_NONE))
		rc = reseal_commit(x->s, &(struct reseal_batch){.mark = SEAL_DIRTY}, e);
	else /* what is queued was sealed as the keys were: it must be there to be seen */
		rc = reseal_commit(x->s, &(struct reseal_batch){.mark = -1}, e);
	do {
		p->full = false;
		if (rc == 0)
			rc = sealer_each(x, p->last, take_row, p, e);
		if (rc == 0)
			rc = batch_write(p, e);
	} while (rc == 0 && p->full);
	for (size_t i = 0; i < p->batch.n; i++)
		bytes_unref(p->values[i]);
	if (rc < 0)
		return rc;
	mark = __atomic_load_n(&x->mark, __ATOMIC_ACQUIRE);
	if (!p->ring.enabled)
		return mark == SEAL_NONE || p->unreadable > 0
			   ? 0
			   : reseal_commit(x->s, &(struct reseal_batch){.mark = SEAL_NONE}, e);
	return mark == SEAL_DIRTY ? pass_scrub(p, e) : 0;
}

static int pass_run(struct sealer *x, bool asked, size_t *ret_unreadable, struct err *e)
{
	struct pass *p = calloc(1, sizeof(*p));
	if (!p)
		return err_nomem(e);
	p->x = x;
	pthread_rwlock_rdlock(&x->lock);
	p->ring = x->ring;
	pthread_rwlock_unlock(&x->lock);
	int rc = x->s->etcd ? pass_etcd(p, e) : pass_sqlite(p, asked, e);
	if (rc == 0 && p->changed > 0)
		log_info("store", NULL, "%zu values of Secrets were %s", p->changed,
			 p->ring.enabled ? "sealed with the active key" : "stored plain");
	*ret_unreadable = p->unreadable;
	explicit_bzero(p, sizeof(*p));
	free(p);
	return rc;
}

static void *reseal_main(void *sealer)
{
	struct sealer *x = sealer;
	bool asked = false; /* the first pass is the start's */
	pthread_mutex_lock(&x->pass_lock);
	while (!x->stopping) {
		if (!x->wanted) {
			pthread_cond_wait(&x->pass_wake, &x->pass_lock);
			continue;
		}
		struct err e = {0};
		size_t unreadable = 0;
		asked = x->asked;
		x->wanted = x->asked = false;
		x->running = true;
		pthread_mutex_unlock(&x->pass_lock);
		int rc = pass_run(x, asked, &unreadable, &e);
		if (rc < 0 && rc != ERR_CANCELED)
			log_error("store", NULL,
				  "reencryption of Secrets: %s (minik secrets-encrypt reencrypt tries again)", e.msg);
		pthread_mutex_lock(&x->pass_lock);
		x->running = false;
		x->passes++;
		x->pass_code = rc;
		x->pass_err = e;
		x->unreadable = unreadable;
		pthread_cond_broadcast(&x->pass_wake);
	}
	pthread_mutex_unlock(&x->pass_lock);
	return NULL;
}

static int pass_begin(struct sealer *x, bool asked, struct err *e)
{
	int rc = 0;
	pthread_mutex_lock(&x->pass_lock);
	if (!x->started && !x->stopping) {
		rc = pthread_create(&x->thread, NULL, reseal_main, x);
		if (rc == 0) {
			x->started = true;
			(void)pthread_setname_np(x->thread, "store-seal");
		}
	}
	x->wanted = true;
	x->asked |= asked;
	pthread_cond_broadcast(&x->pass_wake);
	pthread_mutex_unlock(&x->pass_lock);
	return rc ? err_errno(e, rc, "store: starting a thread") : 0;
}

int reseal_want(struct sealer *x, struct err *e)
{
	return pass_begin(x, true, e);
}

/* Where there are no keys there is no thread and nothing to look for. */
int sealer_start(struct sealer *x, struct err *e)
{
	return x->ring.n > 0 ? pass_begin(x, false, e) : 0;
}

void sealer_stop(struct sealer *x)
{
	if (!x)
		return;
	pthread_mutex_lock(&x->pass_lock);
	x->stopping = true;
	bool started = x->started;
	x->started = false;
	pthread_cond_broadcast(&x->pass_wake);
	pthread_mutex_unlock(&x->pass_lock);
	if (started)
		pthread_join(x->thread, NULL);
}
