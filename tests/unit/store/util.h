/* Blocking wrappers and a scratch directory for the store's tests. */
#pragma once
#include <errno.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdarg.h>
#include <unistd.h>
#include "base/cleanup.h"
#include "base/fs.h"
#include "base/str.h"
#include "store/store.h"
#include "tests/unit/test.h"

struct wait {
	pthread_mutex_t lock;
	pthread_cond_t cond;
	bool done;
	int code;
	size_t failed_op, n;
	int64_t rev;
	struct store_item item; /* of the first operation */
	struct err err;
};
#define WAIT_INIT                                                                                                      \
	{                                                                                                              \
		.lock = PTHREAD_MUTEX_INITIALIZER, .cond = PTHREAD_COND_INITIALIZER                                    \
	}

static inline void wait_signal(struct wait *w)
{
	pthread_mutex_lock(&w->lock);
	w->done = true;
	pthread_cond_signal(&w->cond);
	pthread_mutex_unlock(&w->lock);
}

static inline void wait_for(struct wait *w)
{
	pthread_mutex_lock(&w->lock);
	while (!w->done)
		pthread_cond_wait(&w->cond, &w->lock);
	pthread_mutex_unlock(&w->lock);
}

static inline void on_commit(void *arg, const struct store_done *d)
{
	struct wait *w = arg;
	w->code = d->code;
	w->failed_op = d->failed_op;
	w->rev = d->rev;
	w->n = d->n;
	w->err = d->err;
	if (d->n > 0)
		store_item_copy(&w->item, &d->items[0]);
	wait_signal(w);
}

/* Commits and waits. The result is w's; the item is released unless the caller wants it. */
static inline int commit(struct store *s, const struct store_op *ops, size_t n, struct wait *w)
{
	*w = (struct wait)WAIT_INIT;
	int rc = store_commit(s, ops, n, on_commit, w, &w->err);
	if (rc < 0)
		return w->code = rc;
	wait_for(w);
	return w->code;
}

static inline struct bytes *bytes_of(const char *s)
{
	return bytes_new(s, strlen(s));
}

/* {"metadata":{NAME...}}: the revision goes to offset 13. */
#define SPLICE 13
static inline struct bytes *object(const char *text)
{
	AUTO_FREE char *s = str_fmt("{\"metadata\":{\"name\":\"%s\"}}", text);
	return bytes_of(s);
}

/* Returns the revision, or the error. */
static inline int64_t put_as(struct store *s, const char *key, const char *text, int64_t expect, bool late)
{
	struct bytes *v AUTO_BYTES = object(text), *ix AUTO_BYTES = bytes_of(text);
	struct store_op op = {
	    .kind = STORE_PUT, .key = key, .expect = expect, .value = v, .splice = SPLICE, .index = ix, .late = late};
	struct wait w;
	int rc = commit(s, &op, 1, &w);
	if (rc == 0)
		store_item_done(&w.item);
	return rc < 0 ? rc : w.rev;
}

static inline int64_t put(struct store *s, const char *key, const char *text)
{
	return put_as(s, key, text, -1, false);
}

static inline int64_t del(struct store *s, const char *key, int64_t expect)
{
	struct store_op op = {.kind = STORE_DELETE, .key = key, .expect = expect};
	struct wait w;
	int rc = commit(s, &op, 1, &w);
	if (rc == 0)
		store_item_done(&w.item);
	return rc < 0 ? rc : w.rev;
}

static inline void on_get(void *arg, int code, struct store_item *item)
{
	struct wait *w = arg;
	w->code = code;
	if (code == 0)
		store_item_copy(&w->item, item);
	wait_signal(w);
}

static inline int get(struct store *s, const char *key, struct store_item *ret)
{
	struct wait w = WAIT_INIT;
	store_get_async(s, key, on_get, &w);
	wait_for(&w);
	if (w.code == 0)
		*ret = w.item;
	return w.code;
}

/* Whether key has the object made of text, with its revision inside. */
static inline bool has(struct store *s, const char *key, const char *text)
{
	struct store_item i;
	if (get(s, key, &i) < 0)
		return false;
	AUTO_FREE char *want =
	    str_fmt("{\"metadata\":{\"resourceVersion\":\"%" PRId64 "\",\"name\":\"%s\"}}", i.mod_rev, text);
	bool ok = streq(i.value->data, want) && strlen(want) == i.value->len && streq(i.key, key) && i.index &&
		  streq(i.index->data, text);
	if (!ok)
		fprintf(stderr, "%s is %s, expected %s\n", key, i.value->data, want);
	store_item_done(&i);
	return ok;
}

struct list_wait {
	struct wait w;
	char text[4096]; /* key=index@mod_rev ... */
	int64_t rev, remaining;
	bool more;
	char last[256];
	bool values_ok;
	size_t n;
};

static inline void on_range(void *arg, struct store_range_result *r)
{
	struct list_wait *l = arg;
	l->w.code = r->code;
	l->rev = r->rev;
	l->more = r->more;
	l->remaining = r->remaining;
	l->n = r->n;
	l->values_ok = true;
	size_t at = 0;
	for (size_t i = 0; i < r->n; i++) {
		struct store_item *it = &r->items[i];
		const char *ix = it->index ? it->index->data : "-";
		if (at < sizeof(l->text) - 1)
			at +=
			    (size_t)snprintf(l->text + at, sizeof(l->text) - at, "%s%s=%s", i ? " " : "", it->key, ix);
		AUTO_FREE char *want =
		    str_fmt("{\"metadata\":{\"resourceVersion\":\"%" PRId64 "\",\"name\":\"%s\"}}", it->mod_rev, ix);
		if (!it->value || !streq(it->value->data, want))
			l->values_ok = false;
		if (i + 1 == r->n)
			(void)str_copy(l->last, sizeof(l->last), it->key);
	}
	wait_signal(&l->w);
}

static inline void range(struct store *s, const struct store_range *q, struct list_wait *l)
{
	struct list_wait *got = calloc(1, sizeof(*got)); /* q may point into l */
	if (!got)
		abort();
	got->w = (struct wait)WAIT_INIT;
	store_range(s, q, on_range, got);
	wait_for(&got->w);
	*l = *got;
	free(got);
}

static inline void scratch(char dir[64])
{
	(void)snprintf(dir, 64, "/tmp/minik-store-XXXXXX");
	if (!mkdtemp(dir))
		abort();
}

/* MINIK_TEST_ETCD: the same against an etcd there; a directory's name is the prefix. */
static inline const char *on_etcd(void)
{
	return getenv("MINIK_TEST_ETCD");
}

static inline struct store *open_at(const char *dir, const struct store_config *c)
{
	AUTO_FREE char *path = str_fmt("%s/db", dir);
	struct store_config cfg = c ? *c : (struct store_config){0};
	cfg.path = path;
	if (on_etcd()) {
		cfg.endpoints = on_etcd();
		cfg.prefix = strrchr(dir, '/');
		cfg.ca_file = getenv("MINIK_TEST_ETCD_CA");
		cfg.cert_file = getenv("MINIK_TEST_ETCD_CERT");
		cfg.key_file = getenv("MINIK_TEST_ETCD_KEY");
	}
	struct store *s = NULL;
	struct err e = {0};
	if (store_open(&s, &cfg, &e) < 0) {
		fprintf(stderr, "store_open: %s\n", e.msg);
		abort();
	}
	return s;
}
