/* Duplicate keys in JSON text. A tree cannot show them, so this walks the text; it is safe on anything. */
#include <errno.h>
#include "api/path.h"
#include "api/schema.h"
#include "base/json.h"
#include "base/str.h"

#define MAX_DEPTH 128

struct key {
	uint64_t hash;
	const char *s; /* raw text between the quotes */
	size_t n;
	char *unescaped; /* owned, when the raw text has escapes */
};

struct dups {
	const char *p, *end;
	struct buf path;
	struct key *keys; /* of all open objects, a stack */
	size_t n_keys, cap_keys;
	json_t *out;
	int rc;
};

static void skip_space(struct dups *d)
{
	while (d->p < d->end && strchr(" \t\r\n", *d->p) && *d->p)
		d->p++;
}

/* p is at the opening quote; false at the end of input */
static bool take_string(struct dups *d, const char **s, size_t *n, bool *escaped)
{
	const char *start = ++d->p;
	*escaped = false;
	for (; d->p < d->end && *d->p != '"'; d->p++)
		if (*d->p == '\\') {
			*escaped = true;
			d->p++;
		}
	if (d->p >= d->end)
		return false;
	*s = start;
	*n = (size_t)(d->p - start);
	d->p++;
	return true;
}

static void text_of(const struct key *k, const char **s, size_t *n)
{
	*s = k->unescaped ? k->unescaped : k->s;
	*n = k->unescaped ? strlen(k->unescaped) : k->n;
}

static bool push_key(struct dups *d, const char *s, size_t n, bool escaped)
{
	if (d->n_keys == d->cap_keys) {
		size_t cap = d->cap_keys ? d->cap_keys * 2 : 64;
		struct key *k = realloc(d->keys, cap * sizeof *k);
		if (!k) {
			d->rc = -ENOMEM;
			return false;
		}
		d->keys = k;
		d->cap_keys = cap;
	}
	struct key *k = &d->keys[d->n_keys];
	*k = (struct key){.s = s, .n = n};
	if (escaped) {
		json_t *v = json_loadb(s - 1, n + 2, JSON_DECODE_ANY, NULL);
		k->unescaped = v ? str_dup(json_string_value(v)) : NULL;
		json_decref(v);
	}
	text_of(k, &s, &n);
	k->hash = str_hash(s, n);
	d->n_keys++;
	return true;
}

static int cmp_key(const void *pa, const void *pb)
{
	const struct key *a = pa, *b = pb;
	if (a->hash != b->hash)
		return a->hash < b->hash ? -1 : 1;
	return a->s < b->s ? -1 : a->s > b->s;
}

/* The object whose keys start at base has ended. */
static void close_object(struct dups *d, size_t base)
{
	if (d->n_keys - base > 1)
		qsort(d->keys + base, d->n_keys - base, sizeof *d->keys, cmp_key);
	for (size_t i = base; i + 1 < d->n_keys; i++) {
		const char *a, *b;
		size_t an, bn;
		text_of(&d->keys[i], &a, &an);
		text_of(&d->keys[i + 1], &b, &bn);
		if (an != bn || memcmp(a, b, an) != 0 || (i > base && d->keys[i - 1].hash == d->keys[i].hash))
			continue; /* reported once */
		AUTO_FREE char *key = str_ndup(a, an);
		size_t was = key ? path_key(&d->path, key) : d->path.len;
		if (!key || d->path.failed ||
		    json_array_append_new(d->out, json_stringn(path_text(&d->path), d->path.len)) < 0)
			d->rc = -ENOMEM;
		path_pop(&d->path, was);
	}
	while (d->n_keys > base)
		free(d->keys[--d->n_keys].unescaped);
}

static bool walk(struct dups *d, unsigned depth);

static bool walk_object(struct dups *d, unsigned depth)
{
	const size_t base = d->n_keys;
	bool ok = false;
	for (d->p++;;) {
		const char *s;
		size_t n;
		bool escaped;
		skip_space(d);
		if (d->p < d->end && *d->p == '}') {
			d->p++;
			ok = true;
			break;
		}
		if (d->p >= d->end || *d->p != '"' || !take_string(d, &s, &n, &escaped) || !push_key(d, s, n, escaped))
			break;
		skip_space(d);
		if (d->p >= d->end || *d->p++ != ':')
			break;
		text_of(&d->keys[d->n_keys - 1], &s, &n);
		size_t was = d->path.len;
		if (was)
			buf_addc(&d->path, '.');
		buf_add(&d->path, s, n);
		bool inner = walk(d, depth + 1);
		path_pop(&d->path, was);
		if (!inner)
			break;
		skip_space(d);
		if (d->p < d->end && *d->p == ',')
			d->p++;
	}
	close_object(d, base);
	return ok;
}

static bool walk_array(struct dups *d, unsigned depth)
{
	d->p++;
	for (size_t i = 0;; i++) {
		skip_space(d);
		if (d->p >= d->end)
			return false;
		if (*d->p == ']') {
			d->p++;
			return true;
		}
		size_t was = path_index(&d->path, i);
		bool ok = walk(d, depth + 1);
		path_pop(&d->path, was);
		if (!ok)
			return false;
		skip_space(d);
		if (d->p < d->end && *d->p == ',')
			d->p++;
	}
}

static bool walk(struct dups *d, unsigned depth)
{
	const char *s;
	size_t n;
	bool escaped;
	skip_space(d);
	if (d->p >= d->end || depth > MAX_DEPTH || d->rc < 0)
		return false;
	if (*d->p == '{')
		return walk_object(d, depth);
	if (*d->p == '[')
		return walk_array(d, depth);
	if (*d->p == '"')
		return take_string(d, &s, &n, &escaped);
	const char *start = d->p;
	while (d->p < d->end && !strchr(",]} \t\r\n{[\":", *d->p))
		d->p++;
	return d->p > start;
}

int api_find_duplicates(const char *json, size_t n, json_t *dups)
{
	struct dups d = {.p = json, .end = json + n, .out = dups};
	(void)walk(&d, 0);
	for (size_t i = 0; i < d.n_keys; i++)
		free(d.keys[i].unescaped);
	free(d.keys);
	buf_done(&d.path);
	return d.rc;
}
