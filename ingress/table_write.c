/* struct ing_table to the bytes of a table file: sizes first, then every record at its place, strings behind them. */
#include <string.h>
#include "base/inet.h"
#include "base/str.h"
#include "ingress/live.h"
#include "ingress/table_write.h"
#include "wire/cert.h"

struct interned {
	uint64_t hash;
	uint32_t off, len;
	bool used;
};
struct pem_place { /* of a text that many have: it is looked at once */
	const struct ing_pem *pem;
	struct tf_str at;
};
struct writer {
	const struct ing_table *t;
	const uint32_t *slots;
	uint32_t n[TF_N_SECTIONS]; /* how many there will be, then how many there are */
	uint32_t off[TF_N_SECTIONS];
	char *records; /* header and all sections but the bytes */
	size_t size;
	struct buf file; /* room for the records, then the bytes */
	uint64_t seed;   /* of interned.hash: nobody may know which names fall together */
	struct interned *strings;
	struct pem_place *pems;
	size_t strings_mask, pems_mask;
	uint32_t flags;
	bool too_large;
	struct err *e;
};

static void writer_done(struct writer *w)
{
	if (w->file.data)
		explicit_bzero(w->file.data, w->file.len);
	buf_done(&w->file);
	free(w->records);
	free(w->strings);
	free(w->pems);
}

static int wrong(struct writer *w, const char *what, const char *name)
{
	return err_set(w->e, ERR_INTERNAL, "the routing table is malformed: %s (%s)", what, name ? name : "no name");
}

/* --- sizes --- */

struct counts {
	uint64_t n[TF_N_SECTIONS]; /* TF_BYTES: at most */
	uint64_t strings, pems;
};

static void count_str(struct counts *c, const char *s)
{
	c->n[TF_BYTES] += s ? strlen(s) + 1 : 0;
	c->strings++;
}

static void count_pem(struct counts *c, const struct ing_pem *p)
{
	c->n[TF_BYTES] += p ? p->len + 1 : 0;
	c->strings++;
	c->pems++;
}

static void count_all(const struct ing_table *t, struct counts *c)
{
	count_str(c, "");
	c->n[TF_HOSTS] = t->n_hosts;
	for (size_t i = 0; i < t->n_hosts; i++) {
		const struct ing_host *h = &t->hosts[i];
		count_str(c, h->host);
		c->n[TF_PATHS] += h->n_paths;
		for (size_t j = 0; j < h->n_paths; j++) {
			count_str(c, h->paths[j].path);
			c->n[TF_RULES] += h->paths[j].n_rules;
			for (size_t k = 0; k < h->paths[j].n_rules; k++) {
				const struct ing_rule *r = &h->paths[j].rules[k];
				c->n[TF_CONDS] += r->n_conds;
				c->n[TF_TARGETS] += r->n_targets;
				for (size_t l = 0; l < r->n_conds; l++) {
					count_str(c, r->conds[l].name);
					count_str(c, r->conds[l].value);
				}
			}
		}
	}
	c->n[TF_POLICIES] = t->n_policies;
	for (size_t i = 0; i < t->n_policies; i++) {
		count_str(c, t->policies[i].owner);
		c->n[TF_OPTIONS] += t->policies[i].n_options;
		for (size_t j = 0; j < t->policies[i].n_options; j++) {
			const struct ing_option *o = &t->policies[i].options[j];
			if (o->pem_a || o->pem_b) {
				count_pem(c, o->pem_a);
				count_pem(c, o->pem_b);
				continue;
			}
			count_str(c, o->a);
			count_str(c, o->b);
		}
	}
	c->n[TF_BACKENDS] = t->n_backends;
	for (size_t i = 0; i < t->n_backends; i++) {
		count_str(c, t->backends[i].key);
		count_str(c, t->backends[i].external);
		c->n[TF_ENDPOINTS] += t->backends[i].n_eps;
	}
	c->n[TF_SERVERS] = t->n_servers;
	for (size_t i = 0; i < t->n_servers; i++) {
		const struct ing_server *s = &t->servers[i];
		count_str(c, s->name);
		count_pem(c, s->cert_pem);
		count_pem(c, s->key_pem);
		count_pem(c, s->ca_pem);
		count_pem(c, s->crl_pem);
		count_pem(c, s->answer);
	}
}

static uint64_t power_of_two(uint64_t at_least)
{
	uint64_t n = 1;

	while (n < at_least)
		n *= 2;
	return n;
}

static const uint32_t sizes[TF_N_SECTIONS] = {
    [TF_HOSTS] = sizeof(struct tf_host),         [TF_HOST_HEADS] = sizeof(uint32_t),
    [TF_PATHS] = sizeof(struct tf_path),         [TF_PATH_HEADS] = sizeof(uint32_t),
    [TF_RULES] = sizeof(struct tf_rule),         [TF_CONDS] = sizeof(struct tf_cond),
    [TF_TARGETS] = sizeof(struct tf_target),     [TF_POLICIES] = sizeof(struct tf_policy),
    [TF_OPTIONS] = sizeof(struct tf_option),     [TF_BACKENDS] = sizeof(struct tf_backend),
    [TF_ENDPOINTS] = sizeof(struct tf_endpoint), [TF_SERVERS] = sizeof(struct tf_server),
    [TF_SERVER_HEADS] = sizeof(uint32_t),
};

enum { RESERVED_MAX = 64 << 20 };

static int lay_out(struct writer *w)
{
	struct counts c = {0};
	uint64_t size = sizeof(struct tf_header);

	count_all(w->t, &c);
	c.n[TF_HOST_HEADS] = power_of_two(c.n[TF_HOSTS] * 2);
	c.n[TF_PATH_HEADS] = power_of_two(c.n[TF_PATHS] * 2);
	c.n[TF_SERVER_HEADS] = power_of_two(c.n[TF_SERVERS] * 2);
	for (int s = TF_BYTES + 1; s < TF_N_SECTIONS; s++) {
		w->off[s] = (uint32_t)size;
		if (c.n[s] > TABLE_FILE_MAX || (size += (c.n[s] * sizes[s] + 7) & ~UINT64_C(7)) > TABLE_FILE_MAX)
			return err_set(w->e, ERR_TOO_LARGE, "the routing table would be larger than %u bytes",
				       TABLE_FILE_MAX);
		w->n[s] = (uint32_t)c.n[s];
	}
	w->off[TF_BYTES] = (uint32_t)size;
	w->size = (size_t)size;
	w->strings_mask = (size_t)power_of_two(c.strings * 2) - 1;
	w->pems_mask = (size_t)power_of_two(c.pems * 2) - 1;
	w->records = calloc(1, w->size);
	w->strings = calloc(w->strings_mask + 1, sizeof(*w->strings));
	w->pems = calloc(w->pems_mask + 1, sizeof(*w->pems));
	/* Mostly at once, so that keys are not left behind by a move; the same text is counted many times here. */
	buf_reserve(&w->file, w->size + (c.n[TF_BYTES] < RESERVED_MAX ? (size_t)c.n[TF_BYTES] : RESERVED_MAX));
	if (!w->records || !w->strings || !w->pems || buf_failed(&w->file))
		return err_nomem(w->e);
	w->file.len = w->size;
	random_bytes(&w->seed, sizeof(w->seed));
	return 0;
}

static const char *text(const struct writer *w, uint32_t off)
{
	return w->file.data + w->size + off;
}

static void *at(struct writer *w, enum tf_section s)
{
	return w->records + w->off[s];
}

/* --- strings --- */

/* Not for the eyes of others: keyed by h, which changes with every table. */
static uint64_t string_hash(uint64_t h, const char *s, size_t n)
{
	uint64_t word, w[4], lanes[4] = {h, ~h, h << 1, h >> 1};

	for (; n >= sizeof(w);
	     s += sizeof(w), n -= sizeof(w)) { /* certificates: four at a time do not wait for one another */
		memcpy(w, s, sizeof(w));
		for (int i = 0; i < 4; i++) {
			lanes[i] = (lanes[i] ^ w[i]) * UINT64_C(0x9e3779b97f4a7c15);
			lanes[i] ^= lanes[i] >> 29;
		}
	}
	for (int i = 1; i < 4; i++)
		lanes[0] = (lanes[0] ^ lanes[i]) * UINT64_C(0x94d049bb133111eb);
	for (h = lanes[0]; n >= sizeof(word); s += sizeof(word), n -= sizeof(word)) {
		memcpy(&word, s, sizeof(word));
		h = (h ^ word) * UINT64_C(0x9e3779b97f4a7c15);
		h ^= h >> 29;
	}
	word = 0;
	memcpy(&word, s, n);
	h = (h ^ word ^ (uint64_t)n << 56) * UINT64_C(0xbf58476d1ce4e5b9);
	return h ^ h >> 32;
}

/* Each text is in the file once, in the order of first use. */
static struct tf_str intern_bytes(struct writer *w, const char *s, size_t n)
{
	uint64_t h = string_hash(w->seed, s, n);
	struct interned *p;

	for (size_t i = h & w->strings_mask;; i = (i + 1) & w->strings_mask) {
		p = &w->strings[i];
		if (!p->used)
			break;
		if (p->hash == h && p->len == n && !buf_failed(&w->file) && memcmp(text(w, p->off), s, n) == 0)
			return (struct tf_str){p->off, p->len};
	}
	if (n >= TABLE_FILE_MAX || w->file.len + n >= TABLE_FILE_MAX || buf_failed(&w->file)) {
		w->too_large = !buf_failed(&w->file);
		return (struct tf_str){0};
	}
	*p = (struct interned){h, (uint32_t)(w->file.len - w->size), (uint32_t)n, true};
	buf_add(&w->file, s, n + 1);
	return (struct tf_str){p->off, p->len};
}

static struct tf_str intern(struct writer *w, const char *s)
{
	return intern_bytes(w, s ? s : "", s ? strlen(s) : 0);
}

static struct tf_str intern_pem(struct writer *w, const struct ing_pem *pem)
{
	uint64_t h = (uint64_t)(uintptr_t)pem * UINT64_C(0x9e3779b97f4a7c15);

	if (!pem)
		return intern(w, NULL);
	for (size_t i = (size_t)(h >> 20) & w->pems_mask;; i = (i + 1) & w->pems_mask) {
		struct pem_place *p = &w->pems[i];
		if (!p->pem)
			*p = (struct pem_place){pem, intern_bytes(w, pem->text, pem->len)};
		if (p->pem == pem)
			return p->at;
	}
}

static struct tf_str intern_half(struct writer *w, const struct ing_pem *pem, const char *s)
{
	return pem ? intern_pem(w, pem) : intern(w, s);
}

/* --- digests: what is digested is length and bytes of each part, so that no two lists of parts are alike --- */

static void part_num(struct buf *b, uint64_t v)
{
	buf_add(b, &v, sizeof(v));
}
static void part_str(struct buf *b, const char *s)
{
	size_t n = s ? strlen(s) : 0;

	part_num(b, n);
	buf_add(b, s ? s : "", n);
}

static int digest_of(const struct buf *b, uint64_t *ret, struct err *e)
{
	char hex[65];

	if (buf_failed(b))
		return err_nomem(e);
	if (sha256_hex(b->data, b->len, hex) < 0)
		return err_set(e, ERR_INTERNAL, "SHA-256 cannot be computed");
	hex[16] = '\0';
	*ret = strtoull(hex, NULL, 16);
	return 0;
}

static int policy_digest(const struct ing_table *t, size_t i, struct buf *b, uint64_t *ret, struct err *e)
{
	const struct ing_policy *p = &t->policies[i];

	buf_trim(b, 0);
	part_str(b, p->owner);
	for (size_t j = 0; j < p->n_options; j++) {
		const struct ing_option *o = &p->options[j];
		part_num(b, o->opt);
		/* An index means another backend in the next table. */
		if (o->opt == OPT_MIRROR && o->num >= 0 && (uint64_t)o->num < t->n_backends)
			part_str(b, t->backends[o->num].key);
		else
			part_num(b, (uint64_t)o->num);
		part_str(b, o->pem_a ? o->pem_a->sha256 : o->a);
		part_str(b, o->pem_b ? o->pem_b->sha256 : o->b);
	}
	return digest_of(b, ret, e);
}

int table_policy_digest(const struct ing_table *t, size_t i, uint64_t *ret, struct err *e)
{
	AUTO_BUF struct buf b = {0};

	return policy_digest(t, i, &b, ret, e);
}

/* --- records --- */

static int write_conds(struct writer *w, const struct ing_rule *r)
{
	struct tf_cond *c = at(w, TF_CONDS);

	for (size_t i = 0; i < r->n_conds; i++) {
		if (r->conds[i].kind > TF_COOKIE)
			return wrong(w, "a condition of no known kind", r->owner);
		c[w->n[TF_CONDS]++] =
		    (struct tf_cond){r->conds[i].kind, 0, intern(w, r->conds[i].name), intern(w, r->conds[i].value)};
	}
	return 0;
}

static int write_targets(struct writer *w, const struct ing_rule *r)
{
	struct tf_target *t = at(w, TF_TARGETS);
	uint64_t sum = 0;
	unsigned shift = 0;

	for (size_t i = 0; i < r->n_targets; i++)
		sum += r->targets[i].weight;
	/* Readers add weights up in 32 bits. They are shares: halving them all changes nothing that can be seen. */
	while ((sum >> shift) + r->n_targets > UINT32_MAX)
		shift++;
	for (size_t i = 0; i < r->n_targets; i++) {
		const struct ing_target *from = &r->targets[i];
		if (from->backend != SIZE_MAX && from->backend >= w->t->n_backends)
			return wrong(w, "a target names no backend", r->owner);
		if (from->policy != SIZE_MAX && from->policy >= w->t->n_policies)
			return wrong(w, "a target names no policy", r->owner);
		uint32_t weight = from->weight >> shift;
		t[w->n[TF_TARGETS]++] = (struct tf_target){
		    .backend = from->backend == SIZE_MAX ? TABLE_NONE : (uint32_t)from->backend,
		    .weight = from->weight && !weight ? 1 : weight,
		    .policy = from->policy == SIZE_MAX ? TABLE_NONE : (uint32_t)from->policy,
		    .canary = from->canary,
		};
	}
	return 0;
}

static int write_rules(struct writer *w, const struct ing_path *p, struct tf_path *to)
{
	struct tf_rule *r = at(w, TF_RULES);

	to->rules = (struct tf_span){w->n[TF_RULES], (uint32_t)p->n_rules};
	if (!p->n_rules)
		return wrong(w, "a path without rules", p->path);
	for (size_t i = 0; i < p->n_rules; i++) {
		struct tf_rule *rule = &r[w->n[TF_RULES]++];
		if (p->rules[i].policy >= w->t->n_policies)
			return wrong(w, "a rule names no policy", p->rules[i].owner);
		rule->policy = (uint32_t)p->rules[i].policy;
		rule->guest = p->rules[i].guest;
		rule->conds = (struct tf_span){w->n[TF_CONDS], (uint32_t)p->rules[i].n_conds};
		rule->targets = (struct tf_span){w->n[TF_TARGETS], (uint32_t)p->rules[i].n_targets};
		if (write_conds(w, &p->rules[i]) < 0 || write_targets(w, &p->rules[i]) < 0)
			return ERR_INTERNAL;
	}
	return 0;
}

static int write_path(struct writer *w, const struct ing_host *h, size_t i, struct tf_host *to)
{
	const struct ing_path *p = &h->paths[i];
	struct tf_path *path = (struct tf_path *)at(w, TF_PATHS) + w->n[TF_PATHS]++;

	if (p->match == ING_DEFAULT ? i + 1 != h->n_paths : p->match == ING_REGEX ? !h->regex : h->regex && !h->scope)
		return wrong(w, "paths of a host are mixed up", h->host);
	path->path = intern(w, p->path);
	path->match = (uint32_t)p->match;
	path->host = w->n[TF_HOSTS];
	path->next = TABLE_NONE;
	if (p->match == ING_EXACT || p->match == ING_PREFIX) {
		uint32_t slashes = 0;
		for (uint32_t k = 0; k < path->path.len && p->match == ING_PREFIX; k++)
			slashes += p->path[k] == '/';
		to->longest = path->path.len > to->longest ? path->path.len : to->longest;
		to->elements = slashes > to->elements ? slashes : to->elements;
	}
	return write_rules(w, p, path);
}

static int write_hosts(struct writer *w)
{
	struct tf_host *hosts = at(w, TF_HOSTS);

	for (size_t i = 0; i < w->t->n_hosts; i++) {
		const struct ing_host *h = &w->t->hosts[i];
		struct tf_host *to = &hosts[i];
		if (i && (h[-1].scope > h->scope || (h[-1].scope == h->scope && strcmp(h[-1].host, h->host) >= 0)))
			return wrong(w, "hosts are out of order", h->host);
		to->name = intern(w, h->host);
		to->scope = h->scope;
		to->deep = h->deep;
		to->falls = h->falls;
		to->regex = h->regex;
		to->next = TABLE_NONE;
		to->paths = (struct tf_span){w->n[TF_PATHS], (uint32_t)h->n_paths};
		w->flags |= (h->scope ? TF_SCOPED : 0u) | (h->regex ? TF_HAS_REGEX : 0u) | (h->deep ? TF_HAS_DEEP : 0u);
		for (size_t j = 0; j < h->n_paths; j++)
			if (write_path(w, h, j, to) < 0)
				return ERR_INTERNAL;
		w->n[TF_HOSTS]++;
	}
	return 0;
}

static int write_policies(struct writer *w)
{
	struct tf_policy *policies = at(w, TF_POLICIES);
	struct tf_option *options = at(w, TF_OPTIONS);
	AUTO_BUF struct buf b = {0};
	int r;

	for (size_t i = 0; i < w->t->n_policies; i++) {
		const struct ing_policy *p = &w->t->policies[i];
		struct tf_policy *to = &policies[i];
		to->owner = intern(w, p->owner);
		to->options = (struct tf_span){w->n[TF_OPTIONS], (uint32_t)p->n_options};
		to->stat = w->slots ? w->slots[i] : 0;
		if (to->stat >= LIVE_SLOTS)
			return wrong(w, "a slot of statistics that does not exist", p->owner);
		for (size_t j = 0; j < p->n_options; j++) {
			const struct ing_option *o = &p->options[j];
			if (j && o[-1].opt > o->opt)
				return wrong(w, "options are out of order", p->owner);
			if (o->opt == OPT_MIRROR && (o->num < 0 || (uint64_t)o->num >= w->t->n_backends))
				return wrong(w, "a mirror names no backend", p->owner);
			options[w->n[TF_OPTIONS]++] =
			    (struct tf_option){o->opt, 0, o->num, intern_half(w, o->pem_a, o->a), intern_half(w, o->pem_b, o->b)};
		}
		if ((r = policy_digest(w->t, i, &b, &to->digest, w->e)) < 0)
			return r;
	}
	return 0;
}

static int write_backends(struct writer *w)
{
	struct tf_backend *backends = at(w, TF_BACKENDS);
	struct tf_endpoint *eps = at(w, TF_ENDPOINTS);

	for (size_t i = 0; i < w->t->n_backends; i++) {
		const struct ing_backend *b = &w->t->backends[i];
		if (i && strcmp(b[-1].key, b->key) >= 0)
			return wrong(w, "backends are out of order", b->key);
		backends[i] = (struct tf_backend){
		    .key = intern(w, b->key),
		    .external = intern(w, b->external),
		    .external_port = b->external_port,
		    .endpoints = {w->n[TF_ENDPOINTS], (uint32_t)b->n_eps},
		};
		for (size_t j = 0; j < b->n_eps; j++) {
			struct tf_endpoint *to = &eps[w->n[TF_ENDPOINTS]++];
			struct inet_addr a;
			if (!inet_addr_parse(b->eps[j].addr, &a))
				return wrong(w, "an endpoint has no IP address", b->key);
			memcpy(to->addr, a.a, sizeof(to->addr));
			to->family = a.family;
			to->port = b->eps[j].port;
			to->hash = table_hash(to->port, a.family, (const char *)a.a, inet_addr_len(a.family));
		}
	}
	return 0;
}

static int write_servers(struct writer *w)
{
	struct tf_server *servers = at(w, TF_SERVERS);
	AUTO_BUF struct buf b = {0};
	int r;

	for (size_t i = 0; i < w->t->n_servers; i++) {
		const struct ing_server *s = &w->t->servers[i];
		struct tf_server *to = &servers[i];
		if (i && (s[-1].scope > s->scope || (s[-1].scope == s->scope && strcmp(s[-1].name, s->name) >= 0)))
			return wrong(w, "TLS servers are out of order", s->name);
		if (s->verify > ING_VERIFY_ANY_CA)
			return wrong(w, "a TLS server verifies in no known way", s->name);
		to->name = intern(w, s->name);
		to->cert = intern_pem(w, s->cert_pem);
		to->key = intern_pem(w, s->key_pem);
		to->ca = intern_pem(w, s->ca_pem);
		to->crl = intern_pem(w, s->crl_pem);
		to->answer = intern_pem(w, s->answer);
		to->answer_until = s->answer ? s->answer_until : 0;
		to->verify = (uint32_t)s->verify;
		to->depth = s->depth;
		to->scope = s->scope;
		to->next = TABLE_NONE;
		w->flags |= s->scope ? TF_SCOPED : 0u;
		buf_trim(&b, 0);
		part_str(&b, s->cert_pem ? s->cert_pem->sha256 : NULL);
		part_str(&b, s->key_pem ? s->key_pem->sha256 : NULL);
		if ((r = digest_of(&b, &to->pair, w->e)) < 0)
			return r;
		buf_trim(&b, 0);
		part_str(&b, s->name);
		part_num(&b, s->scope);
		part_num(&b, to->verify);
		part_num(&b, to->depth);
		const struct ing_pem *pems[] = {s->cert_pem, s->key_pem, s->ca_pem, s->crl_pem};
		for (size_t j = 0; j < ARRAY_LEN(pems); j++)
			part_str(&b, pems[j] ? pems[j]->sha256 : NULL);
		if ((r = digest_of(&b, &to->digest, w->e)) < 0)
			return r;
	}
	return 0;
}

/* --- buckets --- */

/* Whoever writes Ingresses chooses names and may know the hash; no names are bad for many seeds at once. */
enum { LONG_CHAIN = 12, SEEDS = 16 };

static uint32_t seed_at(uint32_t i)
{
	return i * 0x9e3779b9u;
}

static uint32_t bucket_of(struct writer *w, enum tf_section s, uint32_t i, uint32_t seed, uint32_t n_heads)
{
	const struct tf_host *h = at(w, TF_HOSTS);
	const struct tf_path *p = at(w, TF_PATHS);
	const struct tf_server *v = at(w, TF_SERVERS);
	struct tf_str str = s == TF_HOSTS ? h[i].name : s == TF_PATHS ? p[i].path : v[i].name;
	uint32_t number = s == TF_HOSTS ? h[i].scope : s == TF_PATHS ? p[i].host : v[i].scope;
	uint32_t kind = s == TF_HOSTS ? 0 : s == TF_PATHS ? p[i].match : 1;

	return table_bucket(table_hash(number ^ seed, kind, text(w, str.off), str.len), n_heads);
}

static uint32_t *next_of(struct writer *w, enum tf_section s, uint32_t i)
{
	if (s == TF_HOSTS)
		return &((struct tf_host *)at(w, TF_HOSTS))[i].next;
	if (s == TF_PATHS)
		return &((struct tf_path *)at(w, TF_PATHS))[i].next;
	return &((struct tf_server *)at(w, TF_SERVERS))[i].next;
}

/* Chains every record into its bucket; how long the longest chain is. lengths: zeroed, one for each bucket. */
static uint32_t chain(struct writer *w, enum tf_section s, enum tf_section heads, uint32_t seed, uint16_t *lengths)
{
	uint32_t *head = at(w, heads), longest = 0;

	memset(head, 0xff, w->n[heads] * sizeof(*head)); /* TABLE_NONE */
	for (uint32_t i = w->n[s]; i-- > 0;) {
		if (s == TF_PATHS && ((struct tf_path *)at(w, TF_PATHS))[i].match > TF_PREFIX)
			continue;
		uint32_t b = bucket_of(w, s, i, seed, w->n[heads]);
		*next_of(w, s, i) = head[b];
		head[b] = i;
		if (lengths[b] < UINT16_MAX)
			lengths[b]++;
		longest = lengths[b] > longest ? lengths[b] : longest;
	}
	return longest;
}

static int chain_all(struct writer *w, uint32_t seed, uint32_t *ret_longest)
{
	static const struct {
		enum tf_section s, heads;
	} all[] = {{TF_HOSTS, TF_HOST_HEADS}, {TF_PATHS, TF_PATH_HEADS}, {TF_SERVERS, TF_SERVER_HEADS}};

	*ret_longest = 0;
	for (size_t i = 0; i < ARRAY_LEN(all); i++) {
		AUTO_FREE uint16_t *lengths = calloc(w->n[all[i].heads], sizeof(*lengths));
		if (!lengths)
			return err_nomem(w->e);
		uint32_t longest = chain(w, all[i].s, all[i].heads, seed, lengths);
		*ret_longest = longest > *ret_longest ? longest : *ret_longest;
	}
	return 0;
}

static int write_buckets(struct writer *w, uint32_t *ret_seed)
{
	uint32_t best = 0, best_longest = UINT32_MAX, longest = 0;
	int r;

	for (uint32_t i = 0; i < SEEDS && best_longest > LONG_CHAIN; i++) {
		if ((r = chain_all(w, seed_at(i), &longest)) < 0)
			return r;
		if (longest < best_longest) {
			best = i;
			best_longest = longest;
		}
	}
	*ret_seed = seed_at(best);
	/* What stands there is of the last one tried. */
	return longest == best_longest ? 0 : chain_all(w, *ret_seed, &longest);
}

int table_write(const struct ing_table *t, const uint32_t *slots, uint64_t generation, struct buf *out, struct err *e)
{
	CLEANUP(writer_done) struct writer w = {.t = t, .slots = slots, .e = e};
	uint32_t heads[TF_N_SECTIONS], seed;
	int r;

	if ((r = lay_out(&w)) < 0)
		return r;
	memcpy(heads, w.n, sizeof(heads));
	memset(w.n, 0, sizeof(w.n));
	(void)intern(&w, "");
	if ((r = write_hosts(&w)) < 0 || (r = write_policies(&w)) < 0 || (r = write_backends(&w)) < 0 ||
	    (r = write_servers(&w)) < 0)
		return r;
	if (buf_failed(&w.file))
		return err_nomem(e);
	memcpy(w.n, heads, sizeof(w.n));
	w.n[TF_BYTES] = (uint32_t)(w.file.len - w.size);
	if ((r = write_buckets(&w, &seed)) < 0)
		return r;
	if (w.too_large || w.file.len > TABLE_FILE_MAX)
		return err_set(e, ERR_TOO_LARGE, "the routing table would be larger than %u bytes", TABLE_FILE_MAX);
	struct tf_header *h = (struct tf_header *)w.records;
	*h = (struct tf_header){
	    .magic = TABLE_FILE_MAGIC,
	    .version = TABLE_FILE_VERSION,
	    .size = (uint32_t)(w.file.len),
	    .generation = generation,
	    .flags = w.flags,
	    .seed = seed,
	};
	for (int s = 0; s < TF_N_SECTIONS; s++) {
		h->sections[s].off = w.off[s];
		h->sections[s].n = w.n[s];
	}
	memcpy(w.file.data, w.records, w.size);
	buf_done(out);
	*out = w.file;
	w.file = (struct buf){0};
	return 0;
}
