/* What is written is what look-ups find, whatever the table; what is damaged is refused or harmless. */
#include <arpa/inet.h>
#include "base/clock.h"
#include "base/json.h"
#include "base/str.h"
#include "ingress/live.h"
#include "ingress/table_write.h"
#include "tests/unit/test.h"

static uint64_t state;
static unsigned rnd(unsigned n) /* below n */
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (unsigned)((state >> 11) % n);
}
#define PICK(list) list[rnd(ARRAY_LEN(list))]

/* --- tables --- */

static void *grown(void *v, size_t n, size_t size)
{
	char *p = realloc(v, (n + 1) * size);
	if (!p)
		abort();
	memset(p + n * size, 0, size);
	return p;
}
#define GROW(v, n) ((v) = grown(v, n, sizeof(*(v))), &(v)[(n)++])

static void add_option(struct ing_policy *p, enum ing_opt opt, int64_t num, const char *a, const char *b)
{
	*GROW(p->options, p->n_options) = (struct ing_option){.opt = opt, .num = num, .a = str_dup(a), .b = str_dup(b)};
}

static struct ing_host *add_host(struct ing_table *t, const char *name, uint16_t scope)
{
	struct ing_host *h = GROW(t->hosts, t->n_hosts);
	h->host = str_dup(name);
	h->scope = scope;
	return h;
}

static struct ing_rule *add_path(struct ing_host *h, enum ing_match match, const char *path)
{
	struct ing_path *p = GROW(h->paths, h->n_paths);
	p->match = match;
	p->path = str_dup(path);
	struct ing_rule *r = GROW(p->rules, p->n_rules);
	r->owner = str_dup("d/a");
	*GROW(r->targets, r->n_targets) = (struct ing_target){.backend = 0, .weight = 1, .policy = SIZE_MAX};
	return r;
}

static void add_backend(struct ing_table *t, const char *key, unsigned n_eps)
{
	struct ing_backend *b = GROW(t->backends, t->n_backends);
	b->key = str_dup(key);
	for (unsigned i = 0; i < n_eps; i++) {
		struct ing_endpoint *ep = GROW(b->eps, b->n_eps);
		snprintf(ep->addr, sizeof(ep->addr), i & 1 ? "fd00::%x" : "10.0.0.%u", i + 1);
		ep->port = (uint16_t)(8000 + i);
	}
}

static void add_policy(struct ing_table *t, const char *owner)
{
	GROW(t->policies, t->n_policies)->owner = str_dup(owner);
}

static int cmp_host(const void *pa, const void *pb)
{
	const struct ing_host *a = pa, *b = pb;
	return a->scope != b->scope ? (int)a->scope - b->scope : strcmp(a->host, b->host);
}
static int cmp_server(const void *pa, const void *pb)
{
	const struct ing_server *a = pa, *b = pb;
	return a->scope != b->scope ? (int)a->scope - b->scope : strcmp(a->name, b->name);
}
static int cmp_path(const void *pa, const void *pb)
{
	const struct ing_path *a = pa, *b = pb;
	size_t la = strlen(a->path), lb = strlen(b->path);
	if ((a->match == ING_DEFAULT) != (b->match == ING_DEFAULT))
		return a->match == ING_DEFAULT ? 1 : -1;
	if (la != lb)
		return la > lb ? -1 : 1;
	int c = strcmp(a->path, b->path);
	return c ? c : (int)a->match - (int)b->match;
}

/* A file of it, aligned as a mapping is. NULL: not written. */
static void *written(const struct ing_table *t, uint64_t generation, size_t *ret_size, struct err *e)
{
	AUTO_BUF struct buf out = {0};
	void *map = NULL;

	if (table_write(t, NULL, generation, &out, e) < 0)
		return NULL;
	if (posix_memalign(&map, 64, out.len))
		abort();
	memcpy(map, out.data, out.len);
	*ret_size = out.len;
	return map;
}

/* --- look-ups against a naive reference --- */

static const char *const names[] = {"*",
				    "a.example",
				    "b.a.example",
				    "c.b.a.example",
				    "*.example",
				    "*.a.example",
				    "*.b.a.example",
				    "example",
				    "x.example",
				    "*.x.example",
				    ".example",
				    "a..example",
				    "x.y.z.example",
				    "",
				    "a.*.example",
				    "d.c.b.a.example",
				    "..",
				    "*.",
				    "example."};
static const uint16_t scopes[] = {0, 0, 0, 8080, 8443};
static const char *const paths[] = {"",   "/",     "/a",    "/a/b", "/a/b/c",     "/ab", "/a/",
				    "/b", "/a/bc", "/a//b", "*",    "/a/b/c/d/e", "a",   "//"};

static bool wildcard_for(const char *wild, bool deep, const char *name)
{
	size_t n = strlen(name), w = strlen(wild);
	if (w < 2 || name[0] == '.' || wild[0] != '*' || wild[1] != '.' || n < w ||
	    strcmp(name + n - (w - 1), wild + 1) != 0)
		return false;
	return deep || !memchr(name + 1, '.', n - w); /* the dot of the wildcard is name's first after its first byte */
}

static const struct ing_host *naive_host(const struct ing_table *t, uint16_t scope, const char *name)
{
	const struct ing_host *best = NULL;
	size_t best_rank = 0;

	for (size_t i = 0; i < t->n_hosts; i++) {
		const struct ing_host *h = &t->hosts[i];
		size_t rank = 0; /* exact, longest wildcard, "*"; of equals the scope's */
		if (h->scope && h->scope != scope)
			continue;
		if (streq(h->host, name))
			rank = 1 << 20;
		else if (wildcard_for(h->host, h->deep, name))
			rank = strlen(h->host) * 2;
		else if (streq(h->host, "*"))
			rank = 2;
		else
			continue;
		rank += h->scope == scope && scope;
		if (rank > best_rank) {
			best = h;
			best_rank = rank;
		}
	}
	return best;
}

static const struct ing_path *naive_path(const struct ing_host *h, const char *uri)
{
	for (size_t i = 0; i < h->n_paths; i++) {
		const struct ing_path *p = &h->paths[i];
		size_t n = strlen(p->path);
		if (p->match == ING_DEFAULT || (p->match == ING_EXACT && streq(p->path, uri)) ||
		    (p->match == ING_PREFIX && strncmp(uri, p->path, n) == 0 && (!uri[n] || uri[n] == '/')))
			return p;
	}
	return NULL;
}

static void random_table(struct ing_table *t)
{
	add_backend(t, "d/a:80", 3);
	add_policy(t, "d/a");
	for (unsigned i = 0, n = rnd(14); i < n; i++) {
		const char *name = PICK(names);
		uint16_t scope = PICK(scopes);
		bool dup = false;
		for (size_t j = 0; j < t->n_hosts; j++)
			dup = dup || (streq(t->hosts[j].host, name) && t->hosts[j].scope == scope);
		if (dup)
			continue;
		struct ing_host *h = add_host(t, name, scope);
		h->deep = scope && name[0] == '*' && name[1];
		for (unsigned k = 0, m = rnd(9); k < m; k++) {
			const char *path = PICK(paths);
			enum ing_match match = rnd(2) ? ING_EXACT : ING_PREFIX;
			for (size_t j = 0; j < h->n_paths; j++)
				dup = dup || (streq(h->paths[j].path, path) && h->paths[j].match == match);
			/* as the model has it: Prefix begins with a slash and does not end with one */
			if (!dup && (match == ING_EXACT || !*path || (path[0] == '/' && !str_has_suffix(path, "/"))))
				(void)add_path(h, match, path);
		}
		if (rnd(2))
			(void)add_path(h, ING_DEFAULT, "");
		if (h->n_paths)
			qsort(h->paths, h->n_paths, sizeof(*h->paths), cmp_path);
	}
	if (t->n_hosts)
		qsort(t->hosts, t->n_hosts, sizeof(*t->hosts), cmp_host);
	for (unsigned i = 0, n = rnd(8); i < n; i++) {
		const char *name = PICK(names);
		uint16_t scope = PICK(scopes);
		bool dup = streq(name, "*");
		for (size_t j = 0; j < t->n_servers; j++)
			dup = dup || (streq(t->servers[j].name, name) && t->servers[j].scope == scope);
		if (dup)
			continue;
		struct ing_server *s = GROW(t->servers, t->n_servers);
		s->name = str_dup(name);
		s->scope = scope;
		s->cert_pem = pem_new("cert");
		s->key_pem = pem_new(rnd(2) ? "key" : "other");
	}
	if (t->n_servers)
		qsort(t->servers, t->n_servers, sizeof(*t->servers), cmp_server);
}

static const struct ing_server *naive_server(const struct ing_table *t, uint16_t scope, const char *name)
{
	const struct ing_server *best = NULL;
	size_t best_rank = 0;

	for (size_t i = 0; i < t->n_servers; i++) {
		const struct ing_server *s = &t->servers[i];
		size_t rank;
		if (s->scope && s->scope != scope)
			continue;
		if (streq(s->name, name))
			rank = 1 << 20;
		else if (wildcard_for(s->name, s->scope, name))
			rank = strlen(s->name) * 2;
		else
			continue;
		rank += s->scope == scope && scope;
		if (rank > best_rank) {
			best = s;
			best_rank = rank;
		}
	}
	return best;
}

static bool same(const void *map, struct tf_str a, const char *s)
{
	return a.len == (s ? strlen(s) : 0) && memcmp(tf_text(map, a), s ? s : "", a.len) == 0;
}

static bool same_path(const void *map, const struct tf_path *a, const struct ing_path *b)
{
	return a && b ? a->match == (uint32_t)b->match && same(map, a->path, b->path) : !a && !b;
}

static void lookups_of(const struct ing_table *t, const void *map)
{
	static const uint16_t asked[] = {0, 8080, 8443, 9999};
	size_t bad = 0, n = 0;

	for (size_t s = 0; s < ARRAY_LEN(asked); s++)
		for (size_t i = 0; i < ARRAY_LEN(names); i++) {
			const struct tf_host *h = table_match_host(map, asked[s], names[i], strlen(names[i]));
			const struct ing_host *want = naive_host(t, asked[s], names[i]);
			bad += h && want ? !same(map, h->name, want->host) || h->scope != want->scope : h || want;
			const struct tf_server *v = table_find_server(map, asked[s], names[i], strlen(names[i]));
			const struct ing_server *server = naive_server(t, asked[s], names[i]);
			bad +=
			    v && server ? !same(map, v->name, server->name) || v->scope != server->scope : v || server;
			for (size_t k = 0; h && k < ARRAY_LEN(paths); k++, n++) {
				const struct tf_path *p = table_match_path(map, h, paths[k], strlen(paths[k]));
				bad += !same_path(map, p, naive_path(want, paths[k]));
				if (asked[s] || streq(names[i], "*"))
					continue;
				/* and as the model says it, for Ingress, where the default of all comes last */
				const struct tf_host *any = table_find_host(map, 0, "*", 1);
				if (!p && any)
					p = table_default_path(map, any);
				bad += !same_path(map, p, ing_table_match(t, names[i], paths[k]));
				if (bad) {
					fprintf(stderr, "host %s, path %s\n", names[i], paths[k]);
					CHECK(!bad);
					return;
				}
			}
		}
	CHECK_INT(bad, 0);
}

static void lookups(void)
{
	for (unsigned round = 0; round < 3000; round++) {
		struct ing_table t = {0};
		struct err e = {0};
		const char *why = NULL;
		size_t size = 0;
		state = round + 1;
		(void)rnd(2);
		(void)rnd(2);
		(void)rnd(2);
		random_table(&t);
		AUTO_FREE void *map = written(&t, 7, &size, &e);
		CHECK_STR(e.msg, "");
		CHECK(map && table_file_check(map, size, &why) && !why);
		if (map && !why)
			lookups_of(&t, map);
		ing_table_done(&t);
	}
}

/* --- everything of a table is in its file --- */

static void full_table(struct ing_table *t)
{
	add_backend(t, "d/a:80", 2);
	add_backend(t, "d/b:80", 1);
	add_backend(t, "d/c:80", 0);
	t->backends[2].external = str_dup("backend.example");
	t->backends[2].external_port = 443;
	add_policy(t, "d/a");
	add_option(&t->policies[0], OPT_HTTPS_REDIRECT, 308, NULL, NULL);
	add_option(&t->policies[0], OPT_ALLOW, 0, "10.0.0.0/8", NULL);
	add_option(&t->policies[0], OPT_ALLOW, 0, "192.168.0.0/16", NULL);
	add_option(&t->policies[0], OPT_REQUEST_SET, -5, "name", "value");
	add_policy(t, "d/b");
	add_option(&t->policies[1], OPT_MIRROR, 1, NULL, NULL);
	struct ing_host *h = add_host(t, "*", 0);
	(void)add_path(h, ING_PREFIX, "");
	(void)add_path(h, ING_DEFAULT, "");
	h = add_host(t, "re.example", 0);
	h->regex = true;
	(void)add_path(h, ING_REGEX, "/a/(.*)");
	(void)add_path(h, ING_DEFAULT, "");
	h = add_host(t, "*.gw.example", 8080);
	h->deep = true;
	struct ing_rule *r = add_path(h, ING_EXACT, "/x");
	*GROW(r->conds, r->n_conds) = (struct ing_cond){TF_HEADER, str_dup("x-a"), str_dup("1")};
	*GROW(r->conds, r->n_conds) = (struct ing_cond){TF_COOKIE, str_dup("c"), str_dup("2")};
	*GROW(r->targets, r->n_targets) =
	    (struct ing_target){.backend = SIZE_MAX, .weight = 3, .policy = 1, .canary = true};
	r->policy = 1;
	r->guest = true;
	struct ing_server *s = GROW(t->servers, t->n_servers);
	*s = (struct ing_server){.name = str_dup("a.example"),
				 .cert_pem = pem_new("C"),
				 .key_pem = pem_new("K"),
				 .ca_pem = pem_new("CA"),
				 .crl_pem = pem_new("CRL"),
				 .verify = ING_VERIFY_OPTIONAL,
				 .depth = 3};
	s = GROW(t->servers, t->n_servers);
	*s = (struct ing_server){.name = str_dup("b.example"),
				 .cert_pem = pem_new("C"),
				 .key_pem = pem_new("K"),
				 .answer = pem_new_bytes("\0D\0ER", 5),
				 .answer_until = 4000000000};
}

static void wider(void)
{
	static const char *const hosts[] = {"*", "*.b.c.example", "*.example", "a.b.c.example", "other.org", "x"};
	struct ing_table t = {0};
	struct err e = {0};
	size_t size = 0;

	for (size_t i = 0; i < ARRAY_LEN(hosts); i++) {
		struct ing_host *h = add_host(&t, hosts[i], 8080);
		h->deep = hosts[i][0] == '*' && hosts[i][1];
		h->falls = i != 0;
	}
	AUTO_FREE void *map = written(&t, 1, &size, &e);
	CHECK(map);
	if (!map)
		return;
	static const char *const chain[] = {"a.b.c.example", "*.b.c.example", "*.example", "*"};
	const struct tf_host *h = table_match_host(map, 8080, "a.b.c.example", 13);
	for (size_t i = 0; i < ARRAY_LEN(chain); i++, h = h ? table_wider_host(map, h) : NULL)
		CHECK(h && same(map, h->name, chain[i]) && h->falls == (i < 3));
	CHECK(!h);
	for (size_t i = 4; i < 6; i++) {
		h = table_find_host(map, 8080, hosts[i], strlen(hosts[i]));
		h = h ? table_wider_host(map, h) : NULL;
		CHECK(h && same(map, h->name, "*"));
	}
	ing_table_done(&t);
}

static void contents(void)
{
	struct ing_table t = {0};
	struct err e = {0};
	const char *why;
	size_t size = 0;

	full_table(&t);
	AUTO_FREE void *map = written(&t, 42, &size, &e);
	CHECK(map && table_file_check(map, size, &why));
	if (!map)
		return;
	CHECK(tf_head(map)->generation == 42 && tf_head(map)->size == size);
	CHECK_INT(tf_head(map)->flags, TF_SCOPED | TF_HAS_REGEX | TF_HAS_DEEP);
	const struct tf_host *h = table_find_host(map, 0, "re.example", 10);
	const struct tf_path *p = tf_at(map, TF_PATHS);
	CHECK(h && h->regex && h->paths.n == 2 && same(map, p[h->paths.first].path, "/a/(.*)"));
	CHECK(h && table_default_path(map, h) == &p[h->paths.first + 1]);
	h = table_match_host(map, 8080, "a.b.gw.example", 14);
	CHECK(h && h->deep && h->scope == 8080);
	CHECK(table_match_host(map, 0, "a.b.gw.example", 14) == table_find_host(map, 0, "*", 1));
	CHECK(table_match_host(map, 8080, "re.example", 10) == table_find_host(map, 0, "re.example", 10));
	CHECK(!table_match_host(map, 8080 | TABLE_ALONE, "re.example", 10));
	CHECK(table_match_host(map, 8080 | TABLE_ALONE, "a.b.gw.example", 14) == h);
	p = h ? table_match_path(map, h, "/x", 2) : NULL;
	CHECK(p && p->rules.n == 1);
	if (!p)
		return;
	const struct tf_rule *r = (const struct tf_rule *)tf_at(map, TF_RULES) + p->rules.first;
	const struct tf_cond *c = (const struct tf_cond *)tf_at(map, TF_CONDS) + r->conds.first;
	CHECK(r->guest == 1 && !((const struct tf_rule *)tf_at(map, TF_RULES))[0].guest);
	CHECK(r->conds.n == 2 && c[0].kind == TF_HEADER && same(map, c[0].name, "x-a") && same(map, c[0].value, "1"));
	CHECK(c[1].kind == TF_COOKIE && same(map, c[1].name, "c"));
	const struct tf_target *g = (const struct tf_target *)tf_at(map, TF_TARGETS) + r->targets.first;
	CHECK(r->targets.n == 2 && g[0].backend == 0 && g[0].policy == TABLE_NONE && !g[0].canary);
	CHECK(g[1].backend == TABLE_NONE && g[1].weight == 3 && g[1].policy == 1 && g[1].canary == 1);
	const struct tf_policy *pol = tf_at(map, TF_POLICIES);
	const struct tf_option *o = tf_at(map, TF_OPTIONS);
	CHECK(same(map, pol[0].owner, "d/a") && pol[0].options.n == 4 && r->policy == 1 &&
	      pol[0].digest != pol[1].digest);
	CHECK(o[0].opt == OPT_HTTPS_REDIRECT && o[0].num == 308 && same(map, o[0].a, NULL));
	CHECK(same(map, o[1].a, "10.0.0.0/8") && same(map, o[2].a, "192.168.0.0/16"));
	CHECK(o[3].num == -5 && same(map, o[3].a, "name") && same(map, o[3].b, "value"));
	const struct tf_backend *b = tf_at(map, TF_BACKENDS);
	const struct tf_endpoint *ep = tf_at(map, TF_ENDPOINTS);
	CHECK(same(map, b[0].key, "d/a:80") && b[0].endpoints.n == 2 && b[0].endpoints.first == 0);
	CHECK(same(map, b[2].external, "backend.example") && b[2].external_port == 443 && b[2].endpoints.n == 0);
	CHECK(ep[0].family == 4 && memcmp(ep[0].addr, "\x0a\0\0\1", 4) == 0 && ep[0].port == 8000);
	CHECK(ep[1].family == 6 && ep[1].addr[0] == 0xfd && ep[1].addr[15] == 2 && ep[1].hash != ep[0].hash);
	CHECK(ep[2].hash == ep[0].hash); /* the same address and port */
	const struct tf_server *s = table_find_server(map, 0, "a.example", 9);
	CHECK(s && same(map, s->cert, "C") && same(map, s->key, "K") && same(map, s->ca, "CA") &&
	      same(map, s->crl, "CRL"));
	CHECK(s && s->verify == ING_VERIFY_OPTIONAL && s->depth == 3);
	const struct tf_server *other = table_find_server(map, 0, "b.example", 9);
	CHECK(s && other && s->cert.off == other->cert.off && s->digest != other->digest); /* a text is there once */
	CHECK(!table_find_server(map, 0, "c.example", 9));
	/* bytes, not text */
	CHECK(other && other->answer.len == 5 && memcmp(tf_text(map, other->answer), "\0D\0ER", 6) == 0 && other->answer_until == 4000000000);
	CHECK(s && s->answer.len == 0 && s->answer_until == 0);
	/* What is kept of a server stays good with another answer. */
	uint64_t digest = other ? other->digest : 0;
	pem_unref(t.servers[1].answer);
	t.servers[1].answer = pem_new("other");
	AUTO_FREE void *later = written(&t, 8, &size, &e);
	other = later ? table_find_server(later, 0, "b.example", 9) : NULL;
	CHECK(other && other->answer.len == 5 && memcmp(tf_text(later, other->answer), "other", 6) == 0 && other->digest == digest);
	ing_table_done(&t);
}

/* --- canonical --- */

static void canonical(void)
{
	struct ing_table t = {0}, u = {0};
	size_t n = 0, m = 0;
	uint64_t before = 0, after = 0;

	full_table(&t);
	full_table(&u);
	AUTO_FREE char *a = written(&t, 1, &n, NULL);
	AUTO_FREE char *b = written(&u, 2, &m, NULL);
	CHECK(a && b && n == m);
	if (a && b && n == m) {
		memset(b + offsetof(struct tf_header, generation), 0, sizeof(uint64_t));
		memset(a + offsetof(struct tf_header, generation), 0, sizeof(uint64_t));
		CHECK(memcmp(a, b, n) == 0);
	}
	/* A mirror is known by its backend's key: another index for the same backend is the same policy. */
	CHECK(table_policy_digest(&t, 1, &before, NULL) == 0);
	add_backend(&u, "d/d:80", 0);
	char *key = u.backends[3].key;
	u.backends[3].key = u.backends[1].key;
	u.backends[1].key = key;
	u.policies[1].options[0].num = 3;
	CHECK(table_policy_digest(&u, 1, &after, NULL) == 0 && before == after);
	u.policies[1].options[0].num = 1;
	CHECK(table_policy_digest(&u, 1, &after, NULL) == 0 && before != after);
	/* Parts cannot be moved into one another. */
	add_option(&t.policies[1], OPT_REQUEST_SET, 0, "ab", "c");
	CHECK(table_policy_digest(&t, 1, &before, NULL) == 0);
	t.policies[1].options[1].a[1] = '\0';
	(void)str_replace(&t.policies[1].options[1].b, "bc");
	CHECK(table_policy_digest(&t, 1, &after, NULL) == 0 && before != after);
	ing_table_done(&t);
	ing_table_done(&u);
}

/* --- errors --- */

static void refused(struct ing_table *t, const char *what)
{
	struct err e = {0};
	size_t size;
	AUTO_FREE void *map = written(t, 1, &size, &e);
	CHECK(!map && e.code == ERR_INTERNAL && strstr(e.msg, what));
	if (map || !strstr(e.msg, what))
		fprintf(stderr, "%s: %s\n", what, e.msg);
	ing_table_done(t);
	full_table(t);
}

static void errors(void)
{
	struct ing_table t = {0};
	uint32_t slots[2] = {1, LIVE_SLOTS};
	struct err e = {0};
	AUTO_BUF struct buf out = {0};

	full_table(&t);
	CHECK(table_write(&t, slots, 1, &out, &e) == ERR_INTERNAL && strstr(e.msg, "slot") && out.len == 0);
	slots[1] = LIVE_SLOTS - 1;
	CHECK(table_write(&t, slots, 1, &out, &e) == 0 && out.len > 0);
	(void)str_replace(&t.hosts[1].host, "*");
	refused(&t, "hosts are out of order (*)");
	t.hosts[1].scope = 8081;
	refused(&t, "hosts are out of order (*.gw.example)");
	t.hosts[0].paths[0].match = ING_DEFAULT;
	refused(&t, "paths of a host are mixed up");
	t.hosts[1].regex = false;
	refused(&t, "paths of a host are mixed up (re.example)");
	t.hosts[0].paths[0].rules[0].policy = 2;
	refused(&t, "a rule names no policy (d/a)");
	t.hosts[0].paths[0].rules[0].targets[0].policy = 2;
	refused(&t, "a target names no policy");
	t.hosts[0].paths[0].rules[0].targets[0].backend = 3;
	refused(&t, "a target names no backend");
	t.hosts[2].paths[0].rules[0].conds[0].kind = TF_COOKIE + 1;
	refused(&t, "a condition of no known kind");
	free(t.hosts[0].paths[0].rules[0].targets);
	free(t.hosts[0].paths[0].rules[0].owner);
	t.hosts[0].paths[0].n_rules = 0;
	refused(&t, "a path without rules");
	t.policies[0].options[0].opt = OPT_DENY;
	refused(&t, "options are out of order (d/a)");
	t.policies[1].options[0].num = 3;
	refused(&t, "a mirror names no backend (d/b)");
	t.policies[1].options[0].num = -1;
	refused(&t, "a mirror names no backend (d/b)");
	(void)str_replace(&t.backends[1].key, "d/a:80");
	refused(&t, "backends are out of order");
	(void)str_copy(t.backends[0].eps[0].addr, sizeof(t.backends[0].eps[0].addr), "10.0.0");
	refused(&t, "an endpoint has no IP address (d/a:80)");
	(void)str_replace(&t.servers[1].name, "a.example");
	refused(&t, "TLS servers are out of order");
	t.servers[1].verify = ING_VERIFY_ANY_CA + 1;
	refused(&t, "verifies in no known way");
	ing_table_done(&t);
	/* Weights that no reader can add up are scaled; none vanishes. */
	full_table(&t);
	struct ing_rule *r = &t.hosts[2].paths[0].rules[0];
	r->targets[0].weight = UINT32_MAX;
	r->targets[1].weight = UINT32_MAX / 2;
	*GROW(r->targets, r->n_targets) = (struct ing_target){.backend = 0, .weight = 1, .policy = SIZE_MAX};
	const char *why = "";
	size_t size = 0;
	AUTO_FREE void *map = written(&t, 1, &size, &e);
	CHECK(map && table_file_check(map, size, &why));
	const struct tf_target *g =
	    map ? (const struct tf_target *)tf_at(map, TF_TARGETS) + tf_head(map)->sections[TF_TARGETS].n - 3 : NULL;
	CHECK(g && g[0].weight / 2 == g[1].weight && g[0].weight > UINT32_MAX / 3 && g[2].weight == 1);
	ing_table_done(&t);
}

/* --- damage --- */

static size_t use(const void *map)
{
	size_t n = 0;
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		for (size_t s = 0; s < ARRAY_LEN(scopes); s++) {
			const struct tf_host *h = table_match_host(map, scopes[s], names[i], strlen(names[i]));
			const struct tf_server *v = table_find_server(map, scopes[s], names[i], strlen(names[i]));
			n += v ? strlen(tf_text(map, v->cert)) : 0;
			for (size_t k = 0; h && k < ARRAY_LEN(paths); k++) {
				const struct tf_path *p = table_match_path(map, h, paths[k], strlen(paths[k]));
				n += p ? strlen(tf_text(map, p->path)) : 0;
			}
		}
	return n;
}

static void damage(void)
{
	struct ing_table t = {0};
	const char *why = NULL;
	size_t size = 0, refusals = 0;

	full_table(&t);
	AUTO_FREE unsigned char *map = written(&t, 1, &size, NULL);
	CHECK(map != NULL);
	for (size_t n = 0; map && n < size; n++)
		if (table_file_check(map, n, &why) || !why)
			refusals++;
	CHECK_INT(refusals, 0); /* none that is cut short is taken */
	for (size_t i = 0; map && i < size; i++)
		for (unsigned bit = 0; bit < 8; bit++) {
			map[i] ^= (unsigned char)(1u << bit);
			if (table_file_check(map, size, &why))
				(void)use(map);
			else
				refusals++;
			map[i] ^= (unsigned char)(1u << bit);
		}
	CHECK(refusals > size);
	CHECK(map && table_file_check(map, size, &why) && !table_file_check(map + 1, size - 1, &why));
	struct tf_rule *r = map ? (struct tf_rule *)(uintptr_t)tf_at(map, TF_RULES) : NULL;
	if (r) {
		r->guest = 2;
		CHECK(!table_file_check(map, size, &why));
		r->guest = 0;
	}
	/* Two records that lead to one another. */
	struct tf_host *h = map ? (struct tf_host *)(uintptr_t)tf_at(map, TF_HOSTS) : NULL;
	if (h) {
		h[0].next = 1;
		h[1].next = 0;
		CHECK(!table_file_check(map, size, &why) && strstr(why, "host"));
	}
	ing_table_done(&t);
}

/* --- size and speed --- */

static void large_table(struct ing_table *t, unsigned n_hosts)
{
	char name[100];

	for (unsigned i = 0; i < n_hosts; i++) {
		snprintf(name, sizeof(name), "d/s%05u:80", i);
		add_backend(t, name, 3);
		snprintf(name, sizeof(name), "d/i%05u", i);
		add_policy(t, name);
		add_option(&t->policies[i], OPT_HTTPS_REDIRECT, 308, NULL, NULL);
		add_option(&t->policies[i], OPT_BODY_MAX, 8 << 20, NULL, NULL);
		snprintf(name, sizeof(name), "h%05u.apps.example.com", i);
		struct ing_host *h = add_host(t, name, 0);
		for (unsigned k = 0; k < 5; k++) {
			snprintf(name, sizeof(name), "/service/%u/v1", 9 - k);
			struct ing_rule *r = add_path(h, k & 1 ? ING_EXACT : ING_PREFIX, name);
			r->targets[0].backend = i;
			r->policy = i;
		}
		struct ing_server *s = GROW(t->servers, t->n_servers);
		s->name = str_dup(h->host);
		char cert[3001], key[1701];
		memset(cert, 'c', sizeof(cert) - 1);
		memset(key, 'k', sizeof(key) - 1);
		cert[3000] = key[1700] = '\0';
		if (i & 1) { /* half of them have one of their own */
			snprintf(name, sizeof(name), "%u", i);
			memcpy(cert, name, strlen(name));
			memcpy(key, name, strlen(name));
		}
		s->cert_pem = pem_new(cert);
		s->key_pem = pem_new(key);
	}
}

static void speed(void)
{
	struct ing_table t = {0};
	double best_write = 1e9, best_check = 1e9;
	size_t size = 0;
	const char *why;

	large_table(&t, 5000);
	for (int i = 0; i < 5; i++) {
		AUTO_BUF struct buf out = {0};
		struct timespec a, b, c;
		clock_gettime(CLOCK_MONOTONIC, &a);
		CHECK(table_write(&t, NULL, 1, &out, NULL) == 0);
		clock_gettime(CLOCK_MONOTONIC, &b);
		CHECK(out.data && (uintptr_t)out.data % 8 == 0 && table_file_check(out.data, out.len, &why));
		clock_gettime(CLOCK_MONOTONIC, &c);
		double write_ms = (double)(b.tv_sec - a.tv_sec) * 1e3 + (double)(b.tv_nsec - a.tv_nsec) / 1e6;
		double check_ms = (double)(c.tv_sec - b.tv_sec) * 1e3 + (double)(c.tv_nsec - b.tv_nsec) / 1e6;
		best_write = write_ms < best_write ? write_ms : best_write;
		best_check = check_ms < best_check ? check_ms : best_check;
		size = out.len;
	}
	fprintf(
	    stderr,
	    "# 5,000 hosts with 5 paths and 2,501 certificates: %zu bytes, written in %.1f ms, checked in %.1f ms\n",
	    size, best_write, best_check);
	CHECK(best_write < 1000); /* the figure itself is tests/bench's */
	ing_table_done(&t);
}

/* Names chosen to fall into one bucket: a file of them has no long chain all the same. */
static void crafted(void)
{
	struct ing_table t = {0};
	const char *why;
	size_t size = 0;
	char name[64];
	unsigned n = 0;

	add_backend(&t, "d/a:80", 1);
	add_policy(&t, "d/a");
	for (uint32_t i = 0; n < 500; i++) {
		int len = snprintf(name, sizeof(name), "%08x.example", i);
		if (table_bucket(table_hash(0, 0, name, (size_t)len), 1024) != 7)
			continue;
		(void)add_path(add_host(&t, name, 0), ING_PREFIX, "");
		n++;
	}
	AUTO_FREE void *map = written(&t, 1, &size, NULL);
	CHECK(map && table_file_check(map, size, &why));
	if (map) {
		const uint32_t *heads = tf_at(map, TF_HOST_HEADS);
		const struct tf_host *h = tf_at(map, TF_HOSTS);
		unsigned longest = 0;
		for (uint32_t i = 0; i < tf_head(map)->sections[TF_HOST_HEADS].n; i++) {
			unsigned len = 0;
			for (uint32_t k = heads[i]; k != TABLE_NONE; k = h[k].next)
				len++;
			longest = len > longest ? len : longest;
		}
		CHECK(tf_head(map)->seed != 0 && longest > 0 && longest <= 12);
		CHECK(table_find_host(map, 0, t.hosts[499].host, strlen(t.hosts[499].host)) == &h[499]);
	}
	ing_table_done(&t);
}

int main(void)
{
	RUN(lookups);
	RUN(wider);
	RUN(contents);
	RUN(canonical);
	RUN(errors);
	RUN(damage);
	RUN(speed);
	RUN(crafted);
	return TEST_END();
}
