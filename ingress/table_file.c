/* A table file is checked once as a whole, then looked things up in without another check. */
#include <string.h>
#include "ingress/live.h"
#include "ingress/options.h"
#include "ingress/table_file.h"

/* --- the check --- */

static const uint32_t sizes[TF_N_SECTIONS] = {
    [TF_BYTES] = 1,
    [TF_HOSTS] = sizeof(struct tf_host),
    [TF_HOST_HEADS] = sizeof(uint32_t),
    [TF_PATHS] = sizeof(struct tf_path),
    [TF_PATH_HEADS] = sizeof(uint32_t),
    [TF_RULES] = sizeof(struct tf_rule),
    [TF_CONDS] = sizeof(struct tf_cond),
    [TF_TARGETS] = sizeof(struct tf_target),
    [TF_POLICIES] = sizeof(struct tf_policy),
    [TF_OPTIONS] = sizeof(struct tf_option),
    [TF_BACKENDS] = sizeof(struct tf_backend),
    [TF_ENDPOINTS] = sizeof(struct tf_endpoint),
    [TF_SERVERS] = sizeof(struct tf_server),
    [TF_SERVER_HEADS] = sizeof(uint32_t),
};

static uint32_t count(const void *map, enum tf_section s)
{
	return tf_head(map)->sections[s].n;
}

static bool good_str(const void *map, struct tf_str s)
{
	uint32_t n = count(map, TF_BYTES);

	return s.off < n && s.len < n - s.off && !tf_text(map, s)[s.len];
}

/* The next of the spans that fill a section in their order; *end: where the one before ended. */
static bool good_span(const void *map, enum tf_section s, struct tf_span span, uint32_t *end)
{
	if (span.first != *end || span.n > count(map, s) - span.first)
		return false;
	*end += span.n;
	return true;
}

static bool good_next(uint32_t i, uint32_t next, uint32_t n)
{
	return next == TABLE_NONE || (next > i && next < n);
}

static bool good_index(uint32_t i, uint32_t n)
{
	return i == TABLE_NONE || i < n;
}

static bool good_header(const void *map, size_t size)
{
	const struct tf_header *h = tf_head(map);

	if ((uintptr_t)map % 8 || size < sizeof(*h) || size > TABLE_FILE_MAX || h->magic != TABLE_FILE_MAGIC ||
	    h->version != TABLE_FILE_VERSION || h->size != size ||
	    h->flags & ~(uint32_t)(TF_SCOPED | TF_HAS_REGEX | TF_HAS_DEEP))
		return false;
	for (int s = 0; s < TF_N_SECTIONS; s++)
		if (h->sections[s].off % 8 || h->sections[s].off < sizeof(*h) || h->sections[s].off > size ||
		    h->sections[s].n > (size - h->sections[s].off) / sizes[s])
			return false;
	return true;
}

static bool good_heads(const void *map, enum tf_section s, enum tf_section of)
{
	const uint32_t *heads = tf_at(map, s);
	uint32_t n = count(map, s);

	if (!n || n & (n - 1))
		return false;
	for (uint32_t i = 0; i < n; i++)
		if (!good_index(heads[i], count(map, of)))
			return false;
	return true;
}

static bool good_hosts(const void *map)
{
	const struct tf_host *h = tf_at(map, TF_HOSTS);
	const struct tf_path *p = tf_at(map, TF_PATHS);
	uint32_t end = 0, at = 0;

	for (uint32_t i = 0; i < count(map, TF_HOSTS); i++) {
		if (!good_str(map, h[i].name) || h[i].scope > UINT16_MAX || h[i].deep > 1 || h[i].falls > 1 || h[i].regex > 1 ||
		    !good_next(i, h[i].next, count(map, TF_HOSTS)) || !good_span(map, TF_PATHS, h[i].paths, &end))
			return false;
		for (; at < end; at++)
			if (p[at].host != i)
				return false;
	}
	return end == count(map, TF_PATHS);
}

static bool good_paths(const void *map)
{
	const struct tf_path *p = tf_at(map, TF_PATHS);
	uint32_t end = 0;

	for (uint32_t i = 0; i < count(map, TF_PATHS); i++)
		if (!good_str(map, p[i].path) || p[i].match > TF_DEFAULT || !p[i].rules.n ||
		    !good_span(map, TF_RULES, p[i].rules, &end) || !good_next(i, p[i].next, count(map, TF_PATHS)))
			return false;
	return end == count(map, TF_RULES);
}

static bool good_rules(const void *map)
{
	const struct tf_rule *r = tf_at(map, TF_RULES);
	const struct tf_target *t = tf_at(map, TF_TARGETS);
	uint32_t conds = 0, targets = 0, at = 0;

	for (uint32_t i = 0; i < count(map, TF_RULES); i++) {
		uint64_t weights = 0;
		if (!good_span(map, TF_CONDS, r[i].conds, &conds) ||
		    !good_span(map, TF_TARGETS, r[i].targets, &targets) || r[i].policy >= count(map, TF_POLICIES) || r[i].guest > 1)
			return false;
		for (; at < targets; at++) {
			weights += t[at].weight;
			if (!good_index(t[at].backend, count(map, TF_BACKENDS)) ||
			    !good_index(t[at].policy, count(map, TF_POLICIES)) || t[at].canary > 1)
				return false;
		}
		if (weights > UINT32_MAX) /* who chooses by weight adds them up */
			return false;
	}
	return conds == count(map, TF_CONDS) && targets == count(map, TF_TARGETS);
}

static bool good_conds(const void *map)
{
	const struct tf_cond *c = tf_at(map, TF_CONDS);

	for (uint32_t i = 0; i < count(map, TF_CONDS); i++)
		if (c[i].kind > TF_COOKIE || !good_str(map, c[i].name) || !good_str(map, c[i].value))
			return false;
	return true;
}

static bool good_policies(const void *map)
{
	const struct tf_policy *p = tf_at(map, TF_POLICIES);
	const struct tf_option *o = tf_at(map, TF_OPTIONS);
	uint32_t end = 0, at = 0;

	for (uint32_t i = 0; i < count(map, TF_POLICIES); i++) {
		if (!good_str(map, p[i].owner) || p[i].stat >= LIVE_SLOTS ||
		    !good_span(map, TF_OPTIONS, p[i].options, &end))
			return false;
		for (uint32_t last = 0; at < end; last = o[at++].opt)
			if (o[at].opt < last || !good_str(map, o[at].a) || !good_str(map, o[at].b) ||
			    (o[at].opt == OPT_MIRROR && (o[at].num < 0 || o[at].num >= count(map, TF_BACKENDS))))
				return false;
	}
	return end == count(map, TF_OPTIONS);
}

static bool good_backends(const void *map)
{
	const struct tf_backend *b = tf_at(map, TF_BACKENDS);
	const struct tf_endpoint *ep = tf_at(map, TF_ENDPOINTS);
	uint32_t end = 0;

	for (uint32_t i = 0; i < count(map, TF_BACKENDS); i++)
		if (!good_str(map, b[i].key) || !good_str(map, b[i].external) || b[i].external_port > UINT16_MAX ||
		    !good_span(map, TF_ENDPOINTS, b[i].endpoints, &end))
			return false;
	for (uint32_t i = 0; i < count(map, TF_ENDPOINTS); i++)
		if (ep[i].family != 4 && ep[i].family != 6)
			return false;
	return end == count(map, TF_ENDPOINTS);
}

static bool good_servers(const void *map)
{
	const struct tf_server *s = tf_at(map, TF_SERVERS);

	for (uint32_t i = 0; i < count(map, TF_SERVERS); i++)
		if (!good_str(map, s[i].name) || !good_str(map, s[i].cert) || !good_str(map, s[i].key) ||
		    !good_str(map, s[i].ca) || !good_str(map, s[i].crl) || !good_str(map, s[i].answer) || s[i].verify > ING_VERIFY_ANY_CA ||
		    s[i].scope > UINT16_MAX || !good_next(i, s[i].next, count(map, TF_SERVERS)))
			return false;
	return true;
}

bool table_file_check(const void *map, size_t size, const char **why)
{
	*why = NULL;
	if (!good_header(map, size))
		*why = "the header is of another program or version, or the file was cut short";
	else if (!good_heads(map, TF_HOST_HEADS, TF_HOSTS) || !good_heads(map, TF_PATH_HEADS, TF_PATHS) ||
		 !good_heads(map, TF_SERVER_HEADS, TF_SERVERS))
		*why = "buckets are malformed";
	else if (!good_hosts(map))
		*why = "a host is malformed";
	else if (!good_paths(map))
		*why = "a path is malformed";
	else if (!good_rules(map) || !good_conds(map))
		*why = "a rule is malformed";
	else if (!good_policies(map))
		*why = "a policy is malformed";
	else if (!good_backends(map))
		*why = "a backend is malformed";
	else if (!good_servers(map))
		*why = "a TLS server is malformed";
	return !*why;
}

/* --- look-ups --- */

enum { HASH_HOST = 0, HASH_SERVER = 1 };

static uint32_t hash_add(uint32_t h, const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		h = (h ^ (unsigned char)s[i]) * 16777619u;
	return h;
}

static uint32_t hash_begin(uint32_t number, uint32_t kind)
{
	uint32_t h = 2166136261u;

	for (int i = 0; i < 4; i++)
		h = (h ^ (number >> 8 * i & 0xff)) * 16777619u;
	return (h ^ (kind & 0xff)) * 16777619u;
}

uint32_t table_hash(uint32_t number, uint32_t kind, const char *s, size_t n)
{
	return hash_add(hash_begin(number, kind), s, n);
}

static bool same(const void *map, struct tf_str a, const char *s, size_t n)
{
	return a.len == n && memcmp(tf_text(map, a), s, n) == 0;
}

static uint32_t head_of(const void *map, enum tf_section heads, uint32_t hash)
{
	return ((const uint32_t *)tf_at(map, heads))[table_bucket(hash, count(map, heads))];
}

const struct tf_host *table_find_host(const void *map, uint32_t scope, const char *name, size_t n)
{
	const struct tf_host *h = tf_at(map, TF_HOSTS);
	uint32_t i;

	if (scope && !(tf_head(map)->flags & TF_SCOPED))
		return NULL;
	for (i = head_of(map, TF_HOST_HEADS, table_hash(scope ^ tf_head(map)->seed, HASH_HOST, name, n));
	     i != TABLE_NONE; i = h[i].next)
		if (h[i].scope == scope && same(map, h[i].name, name, n))
			return &h[i];
	return NULL;
}

static const struct tf_server *server_named(const void *map, uint32_t scope, const char *name, size_t n)
{
	const struct tf_server *s = tf_at(map, TF_SERVERS);
	uint32_t i;

	if (scope && !(tf_head(map)->flags & TF_SCOPED))
		return NULL;
	for (i = head_of(map, TF_SERVER_HEADS, table_hash(scope ^ tf_head(map)->seed, HASH_SERVER, name, n));
	     i != TABLE_NONE; i = s[i].next)
		if (s[i].scope == scope && same(map, s[i].name, name, n))
			return &s[i];
	return NULL;
}

/* "a.b.example.com" -> "*.b.example.com" in wild (TF_NAME_MAX + 1 bytes), then "*.example.com" ...; *pos: 0 at first.
 * Its length, or 0: no more. */
static size_t next_wildcard(const char *name, size_t n, size_t *pos, char *wild)
{
	const char *dot = *pos + 1 < n && name[0] != '.' ? memchr(name + *pos + 1, '.', n - *pos - 1) : NULL;

	if (!dot)
		return 0;
	*pos = (size_t)(dot - name);
	wild[0] = '*';
	memcpy(wild + 1, dot, n - *pos);
	return n - *pos + 1;
}

/* true: what has no scope answers, too. */
static bool split_scope(uint32_t *scope)
{
	bool alone = *scope & TABLE_ALONE;

	*scope &= ~TABLE_ALONE;
	return *scope && !alone;
}

const struct tf_host *table_match_host(const void *map, uint32_t scope, const char *name, size_t n)
{
	char wild[TF_NAME_MAX + 1];
	bool shared = split_scope(&scope);
	const struct tf_host *h;
	size_t pos = 0, len;

	if (n <= TF_NAME_MAX) {
		if ((h = table_find_host(map, scope, name, n)) || (shared && (h = table_find_host(map, 0, name, n))))
			return h;
		for (bool first = true; (len = next_wildcard(name, n, &pos, wild)); first = false) {
			if ((h = table_find_host(map, scope, wild, len)) && (first || h->deep))
				return h;
			if (shared && (h = table_find_host(map, 0, wild, len)) && (first || h->deep))
				return h;
			if (!(tf_head(map)->flags & TF_HAS_DEEP))
				break;
		}
	}
	if (scope && (h = table_find_host(map, scope, "*", 1)))
		return h;
	return !scope || shared ? table_find_host(map, 0, "*", 1) : NULL;
}

const struct tf_host *table_wider_host(const void *map, const struct tf_host *h)
{
	const char *name = tf_text(map, h->name);
	char wild[TF_NAME_MAX + 1];
	const struct tf_host *w;
	size_t pos = 0, len;

	if (same(map, h->name, "*", 1))
		return NULL;
	while (h->name.len <= TF_NAME_MAX && (len = next_wildcard(name, h->name.len, &pos, wild)))
		if ((w = table_find_host(map, h->scope, wild, len)) && w != h)
			return w;
	w = table_find_host(map, h->scope, "*", 1);
	return w != h ? w : NULL;
}

const struct tf_server *table_find_server(const void *map, uint32_t scope, const char *name, size_t n)
{
	char wild[TF_NAME_MAX + 1];
	bool shared = split_scope(&scope);
	const struct tf_server *s;
	size_t pos = 0, len;

	if (n > TF_NAME_MAX)
		return NULL;
	if ((s = server_named(map, scope, name, n)) || (shared && (s = server_named(map, 0, name, n))))
		return s;
	for (bool first = true; (len = next_wildcard(name, n, &pos, wild)); first = false) {
		if ((first || scope) && (s = server_named(map, scope, wild, len)))
			return s;
		if (first && shared && (s = server_named(map, 0, wild, len)))
			return s;
		if (!scope || !(tf_head(map)->flags & TF_SCOPED))
			break;
	}
	if (scope && (s = server_named(map, scope, "*", 1)))
		return s;
	return shared || !scope ? server_named(map, 0, "*", 1) : NULL;
}

static const struct tf_path *path_in(const void *map, uint32_t host, enum tf_match match, uint32_t hash, const char *s,
				     size_t n)
{
	const struct tf_path *p = tf_at(map, TF_PATHS);

	for (uint32_t i = head_of(map, TF_PATH_HEADS, hash); i != TABLE_NONE; i = p[i].next)
		if (p[i].host == host && p[i].match == match && same(map, p[i].path, s, n))
			return &p[i];
	return NULL;
}

const struct tf_path *table_default_path(const void *map, const struct tf_host *h)
{
	const struct tf_path *p = (const struct tf_path *)tf_at(map, TF_PATHS) + h->paths.first;

	return h->paths.n && p[h->paths.n - 1].match == TF_DEFAULT ? &p[h->paths.n - 1] : NULL;
}

/* One pass over the URI: no more is looked at than the host's longest path has bytes and elements. */
const struct tf_path *table_match_path(const void *map, const struct tf_host *h, const char *uri, size_t n)
{
	uint32_t host = (uint32_t)(h - (const struct tf_host *)tf_at(map, TF_HOSTS)),
		 number = host ^ tf_head(map)->seed;
	uint32_t hash = hash_begin(number, TF_PREFIX), slashes = 0;
	const struct tf_path *best = NULL, *p;

	if (n <= h->longest && (p = path_in(map, host, TF_EXACT, table_hash(number, TF_EXACT, uri, n), uri, n)))
		return p;
	for (size_t i = 0; i <= n && i <= h->longest; i++) {
		if (i == n || uri[i] == '/') {
			if ((p = path_in(map, host, TF_PREFIX, hash, uri, i)))
				best = p;
			if (i == n || slashes++ == h->elements)
				break;
		}
		hash = hash_add(hash, uri + i, 1);
	}
	return best ? best : table_default_path(map, h);
}
