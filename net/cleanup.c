/* Removes what the pod network has left in this network namespace: interfaces, routes, nftables table, leases, changed
 * sysctls. */
#include <errno.h>
#include "base/cleanup.h"
#include "base/netlink.h"
#include "base/nft.h"
#include "base/str.h"
#include "net/net.h"
#include "net/net_internal.h"
#include "net/none.h"
#include "net/podnet_internal.h"
#include "net/policy.h"

struct routes {
	struct nl_route *v;
	size_t n;
};

static int route_seen(void *arg, const struct nl_route *r)
{
	struct routes *s = arg;
	struct nl_route *p = realloc(s->v, (s->n + 1) * sizeof(*p));
	if (!p)
		return -ENOMEM;
	s->v = p;
	s->v[s->n++] = *r;
	return 0;
}

struct devices {
	struct nl_ctx *nl;
	char names[8][IFNAMSIZ];
	size_t n;
};

static int device_seen(void *arg, unsigned index UNUSED, const char *name, const char *kind)
{
	struct devices *d = arg;
	char alias[64];
	if (str_has_prefix(name, "flannel") && (streq(kind, "vxlan") || streq(kind, "tun")) &&
	    d->n < ARRAY_LEN(d->names) && nl_link_get_alias(d->nl, name, alias, sizeof(alias), NULL) == 0 &&
	    streq(alias, NET_ALIAS))
		(void)str_copy(d->names[d->n++], IFNAMSIZ, name);
	return 0;
}

static int devices_remove(struct nl_ctx *nl, struct err *e)
{
	struct devices d = {.nl = nl};
	int code = nl_link_each(nl, device_seen, &d, e);
	for (size_t i = 0; i < d.n && code >= 0; i++)
		code = nl_link_del(nl, d.names[i], e);
	return code < 0 ? code : 0;
}

static void nl_close_p(struct nl_ctx **nl)
{
	if (*nl)
		nl_close(*nl);
}
static void nft_close_p(struct nft **n)
{
	if (*n)
		nft_close(*n);
}

static int table_remove(struct err *e)
{
	CLEANUP(nft_close_p) struct nft *n = NULL;
	int code = nft_open(&n, e);
	if (code == 0)
		code = nft_table_exists(n, NET_TABLE, e);
	if (code <= 0)
		return code;
	nft_table_del(n, NET_TABLE);
	return nft_commit(n, e);
}

int net_cleanup(const char *run_dir, struct err *e)
{
	CLEANUP(nl_close_p) struct nl_ctx *nl = NULL;
	struct err step = {0}, first = {0};
	struct routes routes = {0};
	/* Everything is tried; the first failure is the answer. */
	if (nl_open(&nl, &step) < 0 || nl_route_each(nl, NL_ROUTE_PROTO_MINIK, route_seen, &routes, &step) < 0)
		first = step;
	for (size_t i = 0; i < routes.n; i++)
		if (nl_route_del(nl, &routes.v[i], &step) < 0 && !first.code)
			first = step;
	free(routes.v);
	if (nl && devices_remove(nl, &step) < 0 && !first.code)
		first = step;
	if (nl && run_dir && net_none_address(nl, run_dir, NULL, &step) < 0 && !first.code)
		first = step;
	if (table_remove(&step) < 0 && !first.code)
		first = step;
	if (policy_cleanup(&step) < 0 && !first.code)
		first = step;
	if (podnet_cleanup(run_dir, PODNET_BRIDGE, &step) < 0 && !first.code)
		first = step;
	if (first.code && e)
		*e = first;
	return first.code;
}
