#include "dns/resolver.h"
#include <errno.h>
#include <stdlib.h>
#include "base/cleanup.h"
#include "base/list.h"
#include "base/map.h"
#include "base/str.h"

struct asker { /* a client that waits for something */
	char *key;
	unsigned n;
};
struct resolver_wait {
	struct list link; /* of the lookup */
	struct resolver *r;
	struct lookup *lookup;
	struct asker *asker; /* NULL: nobody's */
	resolver_fn fn;
	void *arg;
};
struct lookup {
	struct list link;
	struct resolver *r;
	char *key;
	struct dns_query q;
	struct list waits;
	unsigned n_waits;
	struct forward_call *call;
	struct loop_timer *stale; /* NULL: nothing to fall back on */
};
struct resolver {
	struct resolver_deps d;
	struct upstreams *upstreams;
	struct custom *custom;
	struct map *lookups; /* cache_key -> struct lookup */
	struct map *askers;
	struct list all;
	uint8_t scratch[DNS_MESSAGE_MAX];
};

int resolver_new(struct resolver **ret, const struct resolver_deps *d, struct err *e)
{
	struct resolver *r = calloc(1, sizeof(*r));
	if (!r)
		return err_nomem(e);
	r->d = *d;
	list_init(&r->all);
	r->lookups = map_new(NULL);
	r->askers = map_new(NULL);
	r->upstreams = upstreams_new();
	if (!r->lookups || !r->askers || !r->upstreams) {
		resolver_free(r);
		return err_nomem(e);
	}
	*ret = r;
	return 0;
}

static void wait_free(struct resolver_wait *w)
{
	struct asker *a = w->asker;
	if (a && --a->n == 0) {
		(void)map_take(w->r->askers, a->key);
		free(a->key);
		free(a);
	}
	list_del(&w->link);
	w->lookup->n_waits--;
	free(w);
}

static void lookup_free(struct lookup *l)
{
	LIST_FOREACH_SAFE (w, next, &l->waits, struct resolver_wait, link)
		wait_free(w);
	l->stale = loop_timer_free(l->stale);
	list_del(&l->link);
	if (l->key && map_get(l->r->lookups, l->key) == l)
		(void)map_take(l->r->lookups, l->key);
	free(l->key);
	free(l);
}

struct resolver *resolver_free(struct resolver *r)
{
	if (!r)
		return NULL;
	LIST_FOREACH_SAFE (l, next, &r->all, struct lookup, link) {
		if (l->call)
			forward_cancel(l->call);
		lookup_free(l);
	}
	map_free(r->lookups);
	map_free(r->askers);
	upstreams_unref(r->upstreams);
	custom_free(r->custom);
	free(r);
	return NULL;
}

void resolver_set_upstreams(struct resolver *r, struct upstreams *g)
{
	upstreams_ref(g);
	upstreams_unref(r->upstreams);
	r->upstreams = g;
}

void resolver_set_custom(struct resolver *r, struct custom *c)
{
	custom_free(r->custom);
	r->custom = c;
	cache_clear(r->d.cache);
}

bool resolver_hosts(const struct resolver *r, const struct dns_query *q, struct dns_reply *reply)
{
	return r->custom && custom_hosts_answer(r->custom, q, reply);
}

/* All who wait now get it; fn may ask again, cancel others of this lookup, and even end its own connection. Who comes
 * in meanwhile is not of these, or a client that asks on and on would never let go. */
static void deliver(struct lookup *l, const struct stored *s, uint32_t age_s)
{
	struct list now = LIST_INIT(now);
	while (!list_empty(&l->waits)) {
		struct list *first = l->waits.next;
		list_del(first);
		list_add_tail(&now, first);
	}
	while (!list_empty(&now)) {
		struct resolver_wait *w = container_of(now.next, struct resolver_wait, link);
		resolver_fn fn = w->fn;
		void *arg = w->arg;
		wait_free(w);
		fn(arg, s, age_s);
	}
}

static void gauges(struct resolver *r)
{
	for (int i = 0; i < 2; i++) {
		metrics_set(&r->d.metrics->cache_entries[i], cache_count(r->d.cache, i));
		metrics_set(&r->d.metrics->cache_evictions[i], cache_evictions(r->d.cache, i));
	}
}

static bool deliver_stale(struct lookup *l)
{
	struct cache_found f = cache_find(l->r->d.cache, &l->q, clock_mono_ms(l->r->d.clock));
	if (!f.stored || f.stored->rcode == DNS_SERVFAIL)
		return false;
	/* A callback may change the cache. */
	struct stored *copy = malloc(stored_size(f.stored) + sizeof(uint16_t));
	if (!copy)
		return false;
	size_t n = (size_t)((const uint8_t *)f.stored->ttl_at - (const uint8_t *)f.stored);
	memcpy(copy, f.stored, n + f.stored->n_ttl * sizeof(uint16_t));
	copy->ttl_at = (const uint16_t *)(const void *)((const uint8_t *)copy + n);
	if (f.age_s == STORED_STALE)
		metrics_add(&l->r->d.metrics->cache_stale, l->n_waits);
	deliver(l, copy, f.age_s);
	free(copy);
	return true;
}

static void stale_fire(void *arg)
{
	(void)deliver_stale(arg);
}

static void answered(void *arg, const uint8_t *msg, size_t len)
{
	struct lookup *l = arg;
	struct resolver *r = l->r;
	struct stored *s = NULL;
	l->call = NULL;
	if (l->key) /* whoever asks the same from now on asks anew */
		(void)map_take(r->lookups, l->key);
	if (msg && stored_new(&s, msg, len, &l->q, r->scratch) < 0)
		s = NULL;
	bool good = s && (s->rcode == DNS_NOERROR || s->rcode == DNS_NXDOMAIN);
	if (!good && deliver_stale(l)) {
		free(s);
		lookup_free(l);
		return;
	}
	if (!s)
		s = stored_failure(&l->q);
	deliver(l, s, 0);
	if (s)
		cache_put(r->d.cache, &l->q, clock_mono_ms(r->d.clock), s);
	gauges(r);
	lookup_free(l);
}

static struct upstreams *route(const struct resolver *r, const struct dns_name *name)
{
	struct upstreams *g = r->custom ? custom_route(r->custom, name) : NULL;
	return g ? g : r->upstreams;
}

/* NULL: *code says why. */
static struct lookup *lookup_start(struct resolver *r, struct upstreams *g, const struct dns_query *q, const char *key,
				   bool stale, int *code)
{
	struct lookup *l = calloc(1, sizeof(*l));
	*code = -ENOMEM;
	if (!l)
		return NULL;
	l->r = r;
	l->q = *q;
	list_init(&l->waits);
	list_init(&l->link);
	list_add_tail(&r->all, &l->link);
	l->key = str_dup(key);
	if (!l->key || map_put(r->lookups, key, l) < 0 ||
	    (stale && loop_timer_new(&l->stale, r->d.loop, stale_fire, l) < 0) ||
	    (*code = forward_ask(r->d.forward, g, q, answered, l, &l->call)) < 0) {
		lookup_free(l);
		return NULL;
	}
	if (l->stale)
		loop_timer_set(l->stale, RESOLVER_STALE_MS);
	return l;
}

static struct asker *asker_get(struct resolver *r, const char *client)
{
	struct asker *a = map_get(r->askers, client);
	if (a)
		return a;
	a = calloc(1, sizeof(*a));
	if (a && (!(a->key = str_dup(client)) || map_put(r->askers, client, a) < 0)) {
		free(a->key);
		free(TAKE_PTR(a));
	}
	return a;
}

bool resolver_came_back(const struct resolver *r, const struct dns_query *q, const uint8_t *raw)
{
	char key[CACHE_KEY_MAX];
	if (map_len(r->lookups) == 0)
		return false;
	cache_key(q, key);
	const struct lookup *l = map_get(r->lookups, key);
	return l && l->call && forward_came_back(l->call, raw, q->name.len);
}

int resolver_ask(struct resolver *r, const struct dns_query *q, const char *client, resolver_fn fn, void *arg,
		 struct cache_found *now, struct resolver_wait **wait)
{
	char key[CACHE_KEY_MAX];
	int64_t ms = clock_mono_ms(r->d.clock);
	int code;
	struct cache_found f = cache_find(r->d.cache, q, ms);
	struct upstreams *g = route(r, &q->name);
	cache_key(q, key);
	struct lookup *l = map_get(r->lookups, key);
	if (f.stored && f.age_s != STORED_STALE) {
		metrics_add(&r->d.metrics->cache_hits[f.stored->negative], 1);
		if (f.popular && !l && lookup_start(r, g, q, key, false, &code))
			metrics_add(&r->d.metrics->cache_prefetch, 1);
		*now = f;
		return 1;
	}
	if (f.stored && upstreams_down(g, ms)) {
		metrics_add(&r->d.metrics->cache_stale, 1);
		*now = f;
		return 1;
	}
	metrics_add(&r->d.metrics->cache_misses, 1);
	struct asker *a = *client ? asker_get(r, client) : NULL;
	if (*client && !a)
		return -ENOMEM;
	if ((a && a->n >= RESOLVER_CLIENT_MAX) || (l && l->n_waits >= RESOLVER_WAITERS_MAX))
		return ERR_TOO_MANY;
	struct resolver_wait *w = calloc(1, sizeof(*w));
	if (w && !l)
		l = lookup_start(r, g, q, key, f.stored != NULL, &code);
	if (!w || !l) {
		code = w ? code : -ENOMEM;
		free(w);
		if (a && a->n == 0) {
			(void)map_take(r->askers, a->key);
			free(a->key);
			free(a);
		}
		return code;
	}
	*w = (struct resolver_wait){.r = r, .lookup = l, .asker = a, .fn = fn, .arg = arg};
	if (a)
		a->n++;
	l->n_waits++;
	list_init(&w->link);
	list_add_tail(&l->waits, &w->link);
	*wait = w;
	return 0;
}

void resolver_cancel(struct resolver_wait *w)
{
	wait_free(w); /* the question goes on: the answer is worth keeping */
}
