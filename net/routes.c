/* Routes of ours become what the backends want. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include "base/map.h"
#include "base/str.h"
#include "net/backend.h"

void net_network_of(const char *cidr, char out[48])
{
	(void)snprintf(out, 48, "%.*s", (int)strcspn(cidr, "/"), cidr);
}

struct have {
	struct nl_route *v;
	size_t n;
};

static int have_add(void *arg, const struct nl_route *r)
{
	struct have *h = arg;
	struct nl_route *p = realloc(h->v, (h->n + 1) * sizeof(*p));
	if (!p)
		return -ENOMEM;
	h->v = p;
	h->v[h->n++] = *r;
	return 0;
}

static bool same(const struct nl_route *have, const struct nl_route *want)
{
	return have && streq(have->via, want->via) && (!want->dev[0] || streq(have->dev, want->dev)) &&
	       (!want->src[0] || streq(have->src, want->src)) && have->onlink == want->onlink;
}

/* By destination: 1,000 nodes must not cost a million comparisons. */
static int index_make(struct map **ret, struct nl_route *v, size_t n)
{
	struct map *m = map_new(NULL);
	int code = m ? 0 : -ENOMEM;
	for (size_t i = 0; i < n && code == 0; i++)
		code = map_put(m, v[i].dst, &v[i]);
	if (code < 0)
		m = map_free(m);
	*ret = m;
	return code;
}

int net_routes_sync(struct nl_ctx *nl, const struct net_self *self, const struct nl_route *want, size_t n,
		    void (*fn)(void *arg, size_t i, const struct err *why), void *arg, struct err *e)
{
	struct have have = {0}, all = {0};
	struct map *present = NULL, *wanted = NULL;
	int code = nl_route_each(nl, NL_ROUTE_PROTO_MINIK, have_add, &have, e);
	for (size_t i = 0; i < n + self->n_extra && code >= 0; i++)
		code = have_add(&all, i < n ? &want[i] : &self->extra[i - n]);
	if (code >= 0 && (index_make(&present, have.v, have.n) < 0 || index_make(&wanted, all.v, all.n) < 0))
		code = -ENOMEM;
	if (code == -ENOMEM)
		err_nomem(e);
	/* New routes first: a CIDR that moved from one node to another is replaced, not missing for a moment. */
	for (size_t i = 0; i < all.n && code >= 0; i++) {
		struct err why = {0};
		int r = same(map_get(present, all.v[i].dst), &all.v[i]) ? 0 : nl_route_ensure(nl, &all.v[i], &why);
		if (r < 0 && i < n)
			fn(arg, i, &why);
		else if (r < 0)
			code = err_set(e, r, "%s", why.msg);
	}
	for (size_t i = 0; i < have.n && code >= 0; i++)
		if (!map_has(wanted, have.v[i].dst))
			code = nl_route_del(nl, &have.v[i], e);
	map_free(present);
	map_free(wanted);
	free(have.v);
	free(all.v);
	return code < 0 ? code : 0;
}

void net_routed_failed(void *arg, size_t i, const struct err *why)
{
	const struct net_routed *f = arg;
	f->fn(f->arg, &f->peers[f->peer_of[i]], why);
}

/* ---- addresses of a backend's device ---- */

#define STALE_MAX 16

struct stale {
	const char (*want)[64];
	size_t n_want, n;
	char v[STALE_MAX][64];
};

static int device_addr_seen(void *arg, const char *ifname UNUSED, const char *addr)
{
	struct stale *s = arg;
	bool host = strchr(addr, ':') ? str_has_suffix(addr, "/128") : str_has_suffix(addr, "/32");
	for (size_t i = 0; i < s->n_want; i++)
		host &= !streq(addr, s->want[i]);
	if (host && s->n < STALE_MAX)
		(void)str_copy(s->v[s->n++], sizeof(s->v[0]), addr);
	return 0;
}

int net_device_addresses(struct nl_ctx *nl, const char *dev, const char (*want)[64], size_t n, struct err *e)
{
	struct stale s = {.want = want, .n_want = n};
	int code = 0;
	for (size_t i = 0; i < n && code >= 0; i++)
		if (want[i][0])
			code = nl_addr_ensure(nl, dev, want[i], e);
	if (code >= 0)
		code = nl_addr_each(nl, dev, device_addr_seen, &s, e);
	for (size_t i = 0; i < s.n && code >= 0; i++)
		if ((code = nl_addr_del(nl, dev, s.v[i], e)) == ERR_NOT_FOUND)
			code = 0;
	return code < 0 ? code : 0;
}
