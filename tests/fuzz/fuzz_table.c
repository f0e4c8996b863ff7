/* A table file of arbitrary bytes: it is refused, or every look-up and every walk through it stays inside of it. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "base/cleanup.h"
#include "ingress/live.h"
#include "ingress/options.h"
#include "ingress/table_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void str(const void *map, struct tf_str s)
{
	const char *p = tf_text(map, s);

	if (p + s.len >= (const char *)map + tf_head(map)->size || p[s.len])
		abort();
	if (memchr(p, 1, s.len) == p + s.len) /* reads all of it */
		abort();
}

static void policy(const void *map, uint32_t i)
{
	const struct tf_policy *p = (const struct tf_policy *)tf_at(map, TF_POLICIES) + i;
	const struct tf_option *o = (const struct tf_option *)tf_at(map, TF_OPTIONS) + p->options.first;
	const struct tf_backend *b = tf_at(map, TF_BACKENDS);

	str(map, p->owner);
	if (p->stat >= LIVE_SLOTS)
		abort();
	for (uint32_t k = 0; k < p->options.n; k++) {
		str(map, o[k].a);
		str(map, o[k].b);
		if (o[k].opt == OPT_MIRROR)
			str(map, b[o[k].num].key);
	}
}

static void rule(const void *map, const struct tf_rule *r)
{
	const struct tf_cond *c = (const struct tf_cond *)tf_at(map, TF_CONDS) + r->conds.first;
	const struct tf_target *t = (const struct tf_target *)tf_at(map, TF_TARGETS) + r->targets.first;
	uint32_t sum = 0;

	for (uint32_t k = 0; k < r->conds.n; k++) {
		str(map, c[k].name);
		str(map, c[k].value);
	}
	policy(map, r->policy);
	for (uint32_t k = 0; k < r->targets.n; k++) {
		if (__builtin_add_overflow(sum, t[k].weight, &sum))
			abort();
		if (t[k].policy != TABLE_NONE)
			policy(map, t[k].policy);
		if (t[k].backend == TABLE_NONE)
			continue;
		const struct tf_backend *b = (const struct tf_backend *)tf_at(map, TF_BACKENDS) + t[k].backend;
		const struct tf_endpoint *ep =
		    (const struct tf_endpoint *)tf_at(map, TF_ENDPOINTS) + b->endpoints.first;
		str(map, b->key);
		str(map, b->external);
		for (uint32_t m = 0; m < b->endpoints.n; m++)
			if (ep[m].family != 4 && ep[m].family != 6)
				abort();
	}
}

static void path(const void *map, const struct tf_path *p)
{
	const struct tf_rule *r = (const struct tf_rule *)tf_at(map, TF_RULES) + (p ? p->rules.first : 0);

	for (uint32_t i = 0; p && i < p->rules.n; i++)
		rule(map, &r[i]);
}

static void ask(const void *map, uint32_t scope, const char *name, size_t n)
{
	static const char *const uris[] = {"", "/", "/a", "/a/b", "/a/b/c/d/e/f", "//", "*", "/service/9/v1/x"};
	const struct tf_host *h = table_match_host(map, scope, name, n);
	const struct tf_server *s = table_find_server(map, scope, name, n);

	for (size_t i = 0; h && i < ARRAY_LEN(uris); i++)
		path(map, table_match_path(map, h, uris[i], strlen(uris[i])));
	if (h)
		path(map, table_default_path(map, h));
	for (size_t left = 2 * TF_NAME_MAX; h; h = table_wider_host(map, h))
		if (!left--)
			abort();
	if (s) {
		str(map, s->cert);
		str(map, s->key);
		str(map, s->ca);
		str(map, s->crl);
	}
	(void)table_find_host(map, scope, name, n);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static char name[TF_NAME_MAX + 100];
	const char *why;
	void *map = NULL;

	if (n > 1 << 20 || posix_memalign(&map, 8, n ? n : 1))
		return 0;
	if (n)
		memcpy(map, data, n);
	bool good = table_file_check(map, n, &why);
	if (good == (why != NULL))
		abort();
	if (good) {
		const struct tf_host *h = tf_at(map, TF_HOSTS);
		const struct tf_path *p = tf_at(map, TF_PATHS);
		const struct tf_server *s = tf_at(map, TF_SERVERS);
		for (uint32_t i = 0; i < tf_head(map)->sections[TF_HOSTS].n && i < 64; i++) {
			ask(map, h[i].scope, tf_text(map, h[i].name), h[i].name.len);
			for (uint32_t k = 0; k < h[i].paths.n && k < 64; k++) {
				const struct tf_path *q = &p[h[i].paths.first + k];
				path(map, table_match_path(map, &h[i], tf_text(map, q->path), q->path.len));
			}
		}
		for (uint32_t i = 0; i < tf_head(map)->sections[TF_SERVERS].n && i < 64; i++)
			ask(map, s[i].scope, tf_text(map, s[i].name), s[i].name.len);
		memset(name, '.', sizeof(name));
		for (size_t i = 0; i < sizeof(name); i += 2)
			name[i] = 'a';
		ask(map, 0, name, TF_NAME_MAX);
		ask(map, 8080, name, TF_NAME_MAX);
		ask(map, 0, name, sizeof(name));
		ask(map, 0, "", 0);
	}
	free(map);
	return 0;
}
