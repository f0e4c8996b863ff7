#include "proxy/snapshot.h"
#include <errno.h>
#include <stdio.h>
#include "base/buf.h"
#include "base/cleanup.h"
#include "base/str.h"
#include "proxy/ipvs_link.h"

/* The sets of clients that belong to an endpoint fill by themselves: that they are there is all that can be compared.
 */
static bool fills_itself(const char *set)
{
	return str_has_prefix(set, "a-");
}

static void chain_free(void *arg)
{
	struct snap_chain *c = arg;
	for (size_t i = 0; i < c->n; i++)
		free(c->rules[i].text);
	free(c->rules);
	free(c);
}

static void server_free(void *arg)
{
	struct snap_server *s = arg;
	free(s->dests);
	free(s);
}

void snap_done(struct snap *s)
{
	struct map **const all[] = {&s->chains, &s->elems, &s->sets, &s->servers, &s->vips};
	for (size_t i = 0; i < ARRAY_LEN(all); i++)
		if (*all[i])
			*all[i] = map_free(*all[i]);
}

void snap_elem_id(const char *set, const uint8_t *key, uint32_t key_len, const uint8_t *end, char out[320])
{
	int n = snprintf(out, 320, "%.31s ", set);
	hex_encode(key, key_len, out + n);
	if (end)
		hex_encode(end, key_len, out + n + 2 * key_len);
}

struct reading {
	struct nft *nft;
	struct ipvs *vs;
	struct snap *s;
	const struct snap *like;
	const char *set;
	struct buf *text; /* of an anonymous set */
	const char *table;
	int error;
};

static int chain_seen(void *arg, const char *chain, bool base)
{
	struct reading *r = arg;
	(void)base;
	if (map_has(r->s->chains, chain))
		return 0;
	struct snap_chain *c = calloc(1, sizeof(*c));
	if (!c || map_put(r->s->chains, chain, c) < 0) {
		free(c);
		return r->error = -ENOMEM;
	}
	return 0;
}

static void rules_begin(void *arg)
{
	struct reading *r = arg;
	struct map_iter mi = MAP_ITER_INIT;
	while (map_next(r->s->chains, &mi)) {
		struct snap_chain *c = mi.value;
		for (size_t i = 0; i < c->n; i++)
			free(c->rules[i].text);
		free(TAKE_PTR(c->rules));
		c->n = 0;
		c->comment[0] = 0;
	}
}

static int rule_seen(void *arg, const struct nft_rule_text *t)
{
	struct reading *r = arg;
	struct snap_chain *c = map_get(r->s->chains, t->chain);
	if (!c)
		return 0;
	if (c->n == 0 && !c->comment[0])
		(void)str_copy(c->comment, sizeof(c->comment), t->comment);
	if (r->like && !map_has(r->like->chains, t->chain))
		return 0;
	struct snap_rule *v = reallocarray(c->rules, c->n + 1, sizeof(*v));
	if (!v)
		return r->error = -ENOMEM;
	c->rules = v;
	v[c->n] = (struct snap_rule){0};
	AUTO_BUF struct buf text = {0};
	buf_adds(&text, t->text);
	for (size_t i = 0; i < ARRAY_LEN(t->anon) && t->anon[i]; i++)
		buf_addf(&text, "\n%s", t->anon[i]);
	if (t->to_len == 4 || t->to_len == 16) {
		v[c->n].to.addr.family = t->to_len == 4 ? 4 : 6;
		memcpy(v[c->n].to.addr.a, t->to, t->to_len);
		v[c->n].to.port = t->to_port;
	}
	if (!(v[c->n].text = buf_take(&text, NULL)))
		return r->error = -ENOMEM;
	c->n++;
	return 0;
}

static int anon_seen(void *arg, const struct nft_elem *e)
{
	struct reading *r = arg;
	char key[2 * NFT_KEY_MAX + 1], data[2 * NFT_KEY_MAX + 1];
	hex_encode(e->key, e->key_len, key);
	hex_encode(e->data, e->data_len, data);
	buf_addf(r->text, "%s:%s%s ", key, data, e->chain ? e->chain : "");
	return 0;
}

static int word_cmp(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Elements come in no order that would mean anything. */
static void words_sort(char *text, struct buf *out)
{
	size_t n = 0, cap = strlen(text) / 2 + 1;
	char **v = calloc(cap, sizeof(*v)), *save = NULL;
	for (char *w = v ? strtok_r(text, " ", &save) : NULL; w && n < cap; w = strtok_r(NULL, " ", &save))
		v[n++] = w;
	if (!v)
		out->failed = true;
	qsort(v, n, sizeof(*v), word_cmp);
	for (size_t i = 0; i < n; i++)
		buf_addf(out, "%s ", v[i]);
	free(v);
}

/* The names of anonymous sets behind a rule's text become what is in them. */
static int anon_fill(struct reading *r, struct snap_rule *rule, struct err *e)
{
	char *names = strchr(rule->text, '\n');
	if (!names)
		return 0;
	AUTO_BUF struct buf whole = {0};
	buf_add(&whole, rule->text, (size_t)(names - rule->text));
	for (char *p = names + 1, *next; p; p = next) {
		AUTO_BUF struct buf content = {0};
		if ((next = strchr(p, '\n')))
			*next++ = 0;
		r->text = &content;
		int code = nft_list_elems(r->nft, r->table, p, NULL, anon_seen, r, e);
		if (code < 0)
			return code;
		AUTO_FREE char *words = buf_take(&content, NULL);
		if (!words)
			return err_nomem(e);
		buf_adds(&whole, "{ ");
		words_sort(words, &whole);
		buf_adds(&whole, "} ");
	}
	free(rule->text);
	return (rule->text = buf_take(&whole, NULL)) ? 0 : err_nomem(e);
}

static int set_seen(void *arg, const char *set)
{
	struct reading *r = arg;
	return map_put(r->s->sets, set, r->s) < 0 ? (r->error = -ENOMEM) : 0;
}

static int elem_seen(void *arg, const struct nft_elem *e)
{
	struct reading *r = arg;
	char id[320];
	struct snap_elem *x = calloc(1, sizeof(*x));
	if (!x)
		return r->error = -ENOMEM;
	(void)str_copy(x->set, sizeof(x->set), r->set);
	memcpy(x->key, e->key, sizeof(x->key));
	memcpy(x->end, e->key_end, sizeof(x->end));
	memcpy(x->data, e->data, sizeof(x->data));
	x->key_len = e->key_len;
	x->data_len = e->data_len;
	x->range = e->range;
	x->jump = e->jump;
	(void)str_copy(x->chain, sizeof(x->chain), e->chain ? e->chain : "");
	snap_elem_id(r->set, x->key, x->key_len, x->range ? x->end : NULL, id);
	if (map_put(r->s->elems, id, x) < 0) {
		free(x);
		return r->error = -ENOMEM;
	}
	return 0;
}

/* Of the many maps of endpoints a Service uses one or two. */
static bool wants_set(const struct snap *like, const char *set)
{
	if (!like || (!str_has_prefix(set, "ep") && !str_has_prefix(set, "to")))
		return true;
	struct map_iter mi = MAP_ITER_INIT;
	while (map_next(like->elems, &mi))
		if (streq(((const struct snap_elem *)mi.value)->set, set))
			return true;
	return false;
}

static int table_take(struct reading *r, struct err *e)
{
	struct map_iter mi = MAP_ITER_INIT;
	int code = nft_table_exists(r->nft, r->table, e);
	if (code <= 0)
		return code;
	r->s->table = true;
	if ((code = nft_list_chains(r->nft, r->table, NULL, chain_seen, r, e)) < 0 ||
	    (code = nft_list_rule_texts(r->nft, r->table, rules_begin, rule_seen, r, e)) < 0 ||
	    (code = nft_list_sets(r->nft, r->table, NULL, set_seen, r, e)) < 0)
		return code;
	while (map_next(r->s->chains, &mi)) {
		struct snap_chain *c = mi.value;
		for (size_t i = 0; i < c->n; i++)
			if ((code = anon_fill(r, &c->rules[i], e)) < 0)
				return code;
	}
	const struct map *sets = r->like ? r->like->sets : r->s->sets;
	mi = (struct map_iter)MAP_ITER_INIT;
	while (map_next(sets, &mi)) {
		if (fills_itself(mi.key) || !map_has(r->s->sets, mi.key) || !wants_set(r->like, mi.key))
			continue;
		r->set = mi.key;
		code = nft_list_elems(r->nft, r->table, mi.key, NULL, elem_seen, r, e);
		if (code < 0 && code != ERR_NOT_FOUND)
			return code;
	}
	return r->error ? err_nomem(e) : 0;
}

static int service_seen(void *arg, const struct ipvs_service *id)
{
	struct reading *r = arg;
	char key[96];
	struct snap_server *s = calloc(1, sizeof(*s));
	if (!s)
		return -ENOMEM;
	s->id = *id;
	ipvs_service_text(id, key);
	if (map_put(r->s->servers, key, s) < 0) {
		free(s);
		return -ENOMEM;
	}
	return 0;
}

static int dest_seen(void *arg, const struct ipvs_dest *d)
{
	struct snap_server *s = arg;
	struct ipvs_dest *v = reallocarray(s->dests, s->n + 1, sizeof(*v));
	if (!v)
		return -ENOMEM;
	s->dests = v;
	v[s->n++] = *d;
	return 0;
}

static int addr_seen(void *arg, const struct inet_addr *a, bool dummy, bool ours)
{
	struct reading *r = arg;
	char text[48];
	(void)ours;
	inet_addr_text(a, text);
	return dummy && map_put(r->s->vips, text, r->s) < 0 ? -ENOMEM : 0;
}

static int servers_take(struct reading *r, struct err *e)
{
	struct ipvs_link *l = NULL;
	struct map_iter mi = MAP_ITER_INIT;
	int code = ipvs_services(r->vs, service_seen, r, e);
	while (code >= 0 && map_next(r->s->servers, &mi)) {
		struct snap_server *s = mi.value;
		code = ipvs_dests(r->vs, &s->id, dest_seen, s, e);
		if (code == ERR_NOT_FOUND) /* gone meanwhile */
			code = 0;
	}
	if (code >= 0 && (code = ipvs_link_open(&l, e)) == 0)
		code = ipvs_link_addrs(l, addr_seen, r, e);
	ipvs_link_close(l);
	return code == -ENOMEM ? err_nomem(e) : code;
}

int snap_take(struct snap *ret, const char *table, const struct snap *like, bool ipvs, struct err *e)
{
	struct snap s = {0};
	struct reading r = {.s = &s, .like = like, .table = table};
	s.chains = map_new(chain_free);
	s.elems = map_new(free);
	s.sets = map_new(NULL);
	s.servers = map_new(server_free);
	s.vips = map_new(NULL);
	int code = s.chains && s.elems && s.sets && s.servers && s.vips ? nft_open(&r.nft, e) : err_nomem(e);
	if (code == 0)
		code = table_take(&r, e);
	if (code >= 0 && ipvs)
		code = ipvs_open(&r.vs, e);
	if (code >= 0 && ipvs)
		code = servers_take(&r, e);
	nft_close(r.nft);
	ipvs_close(r.vs);
	if (code < 0) {
		snap_done(&s);
		return code;
	}
	*ret = s;
	return 0;
}
