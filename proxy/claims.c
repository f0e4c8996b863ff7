#include "proxy/claims.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "base/cleanup.h"
#include "base/map.h"
#include "base/str.h"

struct holder {
	const char *key;
	uint8_t rank;
	uint16_t port_no;
	char created[24];
};
struct place { /* an address and port: who wants it, the first has it */
	struct holder *v;
	size_t n;
};
struct px_claims {
	struct map *places;
};
#define ID_MAX 48

static void place_free(void *p)
{
	free(((struct place *)p)->v);
	free(p);
}

struct px_claims *px_claims_new(void)
{
	struct px_claims *x = calloc(1, sizeof(*x));
	if (x)
		x->places = map_new(place_free);
	return x && x->places ? x : px_claims_free(x);
}

struct px_claims *px_claims_free(struct px_claims *x)
{
	if (x && x->places)
		map_free(x->places);
	free(x);
	return NULL;
}

static void id_of(const struct px_claim *c, char out[ID_MAX])
{
	bool any = c->front.kind == PX_NODEPORT || c->front.kind == PX_HOSTPORT;
	uint8_t b[4 + 16] = {c->family, c->protocol, (uint8_t)(c->front.port >> 8), (uint8_t)c->front.port};
	if (!any)
		memcpy(b + 4, c->front.addr.a, inet_addr_len(c->family));
	hex_encode(b, any ? 4 : 4 + inet_addr_len(c->family), out);
}

static uint8_t rank_of(const struct px_claim *c)
{
	return c->front.kind == PX_CLUSTER                                         ? 0
	       : c->front.kind == PX_HOSTPORT || c->front.kind == PX_HOSTPORT_ADDR ? 2
										   : 1;
}

static int holder_cmp(const struct holder *a, const struct holder *b)
{
	if (a->rank != b->rank)
		return a->rank < b->rank ? -1 : 1;
	int c = strcmp(a->created, b->created);
	if (c == 0)
		c = strcmp(a->key, b->key);
	return c ? c : (int)a->port_no - (int)b->port_no;
}

static struct holder holder_of(const char *key, const struct px_claim *c)
{
	struct holder h = {.key = key, .rank = rank_of(c), .port_no = c->port_no};
	memcpy(h.created, c->created, sizeof(h.created));
	return h;
}

/* Room for one more, so that putting it cannot fail. */
static struct place *place_room(struct px_claims *x, const struct px_claim *c)
{
	char id[ID_MAX];
	id_of(c, id);
	struct place *p = map_get(x->places, id);
	if (!p) {
		p = calloc(1, sizeof(*p));
		if (!p || map_put(x->places, id, p) < 0) {
			free(p);
			return NULL;
		}
	}
	struct holder *v = reallocarray(p->v, p->n + 1, sizeof(*v));
	if (!v)
		return NULL;
	p->v = v;
	return p;
}

static void put(struct place *p, const struct holder *h)
{
	size_t i = p->n++;
	for (; i && holder_cmp(h, &p->v[i - 1]) < 0; i--)
		p->v[i] = p->v[i - 1];
	p->v[i] = *h;
}

static void drop(struct px_claims *x, const char *key, const struct px_claim *c)
{
	char id[ID_MAX];
	struct holder h = holder_of(key, c);
	id_of(c, id);
	struct place *p = map_get(x->places, id);
	for (size_t i = 0; p && i < p->n; i++)
		if (holder_cmp(&p->v[i], &h) == 0) {
			memmove(&p->v[i], &p->v[i + 1], (--p->n - i) * sizeof(*p->v));
			break;
		}
	if (p && p->n == 0)
		(void)map_del(x->places, id);
}

static const char *first(const struct px_claims *x, const struct px_claim *c)
{
	uint16_t port_no;
	return px_claims_holder(x, c, &port_no);
}

/* One claim comes or goes: whoever had it, or has it now, hears of it. */
static int set_one(struct px_claims *x, const char *key, const struct px_claim *c, bool want,
		   void (*changed)(void *arg, const char *key), void *arg)
{
	const char *before = first(x, c), *after;
	if (want) {
		struct place *p = place_room(x, c);
		struct holder h = holder_of(key, c);
		if (!p)
			return -ENOMEM;
		put(p, &h);
	} else {
		drop(x, key, c);
	}
	after = first(x, c);
	if (before && before != after && before != key)
		changed(arg, before);
	if (after && before != after && after != key)
		changed(arg, after);
	return 0;
}

static int claim_cmp(const void *a, const void *b)
{
	return memcmp(a, b, sizeof(struct px_claim));
}

static struct px_claim *sorted(const struct px_claim *v, size_t n)
{
	struct px_claim *r = calloc(n + 1, sizeof(*r));
	if (r && n) {
		memcpy(r, v, n * sizeof(*r));
		qsort(r, n, sizeof(*r), claim_cmp);
	}
	return r;
}

int px_claims_set(struct px_claims *x, const char *key, const struct px_claim *old, size_t n_old,
		  const struct px_claim *now, size_t n, void (*changed)(void *arg, const char *key), void *arg)
{
	AUTO_FREE struct px_claim *a = sorted(old, n_old);
	AUTO_FREE struct px_claim *b = sorted(now, n);
	if (!a || !b)
		return -ENOMEM;
	/* The new ones first: what fails can be taken back. */
	for (size_t i = 0, j = 0; j < n; j++) {
		while (i < n_old && claim_cmp(&a[i], &b[j]) < 0)
			i++;
		if (i < n_old && claim_cmp(&a[i], &b[j]) == 0) {
			i++;
			continue;
		}
		if (set_one(x, key, &b[j], true, changed, arg) == 0)
			continue;
		for (size_t k = 0, l = 0; k < j; k++) {
			while (l < n_old && claim_cmp(&a[l], &b[k]) < 0)
				l++;
			if (l < n_old && claim_cmp(&a[l], &b[k]) == 0)
				l++;
			else
				(void)set_one(x, key, &b[k], false, changed, arg);
		}
		return -ENOMEM;
	}
	for (size_t i = 0, j = 0; i < n_old; i++) {
		while (j < n && claim_cmp(&b[j], &a[i]) < 0)
			j++;
		if (j < n && claim_cmp(&b[j], &a[i]) == 0)
			j++;
		else
			(void)set_one(x, key, &a[i], false, changed, arg);
	}
	return 0;
}

const char *px_claims_holder(const struct px_claims *x, const struct px_claim *c, uint16_t *ret_port_no)
{
	char id[ID_MAX];
	id_of(c, id);
	const struct place *p = map_get(x->places, id);
	if (!p || !p->n)
		return NULL;
	*ret_port_no = p->v[0].port_no;
	return p->v[0].key;
}
