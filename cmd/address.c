#include "cmd/address.h"
#include <arpa/inet.h>
#include <net/if.h>
#include <stdio.h>
#include "base/buf.h"
#include "base/fs.h"
#include "base/netlink.h"
#include "base/str.h"
#include "cmd/options_check.h"

#define IF_INET6_MAX (1 << 20)

/* IFA_F_ flags of linux/if_addr.h, which does not go along with net/if.h everywhere. */
#define F_TEMPORARY  0x01u
#define F_DADFAILED  0x08u
#define F_DEPRECATED 0x20u

/* Any public address of the family: nothing is sent. */
#define FAR4 "192.88.99.1"
#define FAR6 "2001:4860::1"

static bool minik_has(const char *ifname)
{
	return streq(ifname, "lo") || streq(ifname, "cni0") || streq(ifname, "kube-ipvs0") ||
	       str_has_prefix(ifname, "flannel");
}

static int family_of(const char *addr)
{
	return strchr(addr, ':') ? AF_INET6 : AF_INET;
}
static const char *family_name(int family)
{
	return family == AF_INET6 ? "IPv6" : "IPv4";
}

int address_family(const struct options *o)
{
	const char *nets = opt_str(o, OPT_SERVICE_CIDR);

	return nets && memchr(nets, ':', strcspn(nets, ",")) ? AF_INET6 : AF_INET;
}

/* --- an address of its own accord --- */

struct pick {
	char addr[48];
};

static int pick_ipv4(void *arg, const char *ifname, const char *addr)
{
	struct pick *p = arg;
	size_t n = strcspn(addr, "/");

	if (minik_has(ifname) || family_of(addr) != AF_INET || n >= sizeof(p->addr))
		return 0;
	memcpy(p->addr, addr, n);
	p->addr[n] = '\0';
	return 1;
}

/* One line of /proc/net/if_inet6: 32 hexadecimal digits, then index, prefix length, scope, flags and name. */
static bool lasting_ipv6(const char *line, char out[48], char ifname[IFNAMSIZ])
{
	unsigned scope, flags, byte;
	unsigned char a[16];

	if (sscanf(line, "%*32s %*x %*x %x %x %15s", &scope, &flags, ifname) != 3)
		return false;
	for (size_t i = 0; i < sizeof(a); i++) {
		if (sscanf(line + 2 * i, "%2x", &byte) != 1)
			return false;
		a[i] = (unsigned char)byte;
	}
	return scope == 0 && !(flags & (F_TEMPORARY | F_DADFAILED | F_DEPRECATED)) && !minik_has(ifname) &&
	       inet_ntop(AF_INET6, a, out, 48);
}

/* The source of the default route where that lasts, else one of its interface, else of any. */
static void pick_ipv6(const char *source, const char *dev, struct pick *p)
{
	AUTO_BUF struct buf text = {0};
	char addr[48], ifname[IFNAMSIZ];
	int best = 0;

	if (fs_read("/proc/net/if_inet6", IF_INET6_MAX, &text, NULL) < 0 || !text.data)
		return; /* a kernel without IPv6 */
	for (const char *line = text.data; *line; line += strcspn(line, "\n"), line += *line == '\n') {
		if (!lasting_ipv6(line, addr, ifname))
			continue;
		int good = streq(addr, source) ? 3 : streq(ifname, dev) ? 2 : 1;
		if (good > best)
			(void)str_copy(p->addr, sizeof(p->addr), addr);
		best = good > best ? good : best;
	}
}

static int pick(struct nl_ctx *nl, int family, struct pick *p, struct err *e)
{
	char source[48] = "", dev[IFNAMSIZ] = "";
	bool routed = nl_route_source(nl, family == AF_INET6 ? FAR6 : FAR4, source, dev, NULL) == 0;

	if (family == AF_INET6)
		pick_ipv6(routed ? source : "", routed ? dev : "", p);
	else if (routed)
		(void)str_copy(p->addr, sizeof(p->addr), source);
	else /* no default route (an island): any address of a real interface */
		return nl_addr_each(nl, NULL, pick_ipv4, p, e);
	return 0;
}

int address_own(const struct options *o, char out[48], struct err *e)
{
	int family = address_family(o), r;
	struct pick p = {""};
	struct nl_ctx *nl = NULL;

	if ((r = nl_open(&nl, e)) < 0)
		return r;
	r = pick(nl, family, &p, e);
	if (r >= 0 && !p.addr[0])
		r = pick(nl, family == AF_INET ? AF_INET6 : AF_INET, &p, e);
	nl_close(nl);
	if (r < 0)
		return r;
	if (!p.addr[0])
		return err_set(e, ERR_NOT_FOUND, "this machine has no network address; give one with --node-ip");
	(void)str_copy(out, 48, p.addr);
	return 0;
}

bool address_routed(const struct options *o)
{
	char source[48], dev[IFNAMSIZ];
	struct nl_ctx *nl = NULL;

	if (nl_open(&nl, NULL) < 0)
		return false;
	bool routed = nl_route_source(nl, address_family(o) == AF_INET6 ? FAR6 : FAR4, source, dev, NULL) == 0;
	nl_close(nl);
	return routed;
}

const char *address_advertised(const struct options *o, const struct host *h)
{
	const char *adv = opt_str(o, OPT_ADVERTISE_ADDRESS);

	if (adv)
		return adv;
	return h->ips[1][0] && family_of(h->ips[0]) != address_family(o) ? h->ips[1] : h->ips[0];
}

/* --- whether they fit --- */

struct fit {
	const struct host *h;
	const struct options *o;
	bool has[2]; /* which of h->ips an interface has */
	struct held {
		enum opt_id id;
		char addr[48], ifname[IFNAMSIZ];
	} held[2]; /* by the pods' and by the Services' network; "": none */
};

static int look_at(void *arg, const char *ifname, const char *with_length)
{
	struct fit *f = arg;
	bool cni = streq(opt_str(f->o, OPT_FLANNEL_BACKEND), "none"), ours = false;
	char addr[48];

	(void)snprintf(addr, sizeof(addr), "%.*s",
		       (int)(strcspn(with_length, "/") < 47 ? strcspn(with_length, "/") : 47), with_length);
	for (size_t i = 0; i < ARRAY_LEN(f->has); i++)
		if (f->h->ips[i][0] && streq(f->h->ips[i], addr))
			f->has[i] = ours = true;
	if (minik_has(ifname))
		return 0;
	for (size_t i = 0; i < ARRAY_LEN(f->held); i++) {
		struct held *x = &f->held[i];
		/* Bridges of CNI plug-ins have addresses of pods' networks, and any name. */
		if (x->addr[0] || (x->id == OPT_CLUSTER_CIDR && cni && !ours) ||
		    !opt_nets_hold(opt_str(f->o, x->id), addr))
			continue;
		(void)str_copy(x->addr, sizeof(x->addr), addr);
		(void)str_copy(x->ifname, sizeof(x->ifname), ifname);
	}
	return 0;
}

struct checker {
	void (*report)(void *arg, bool ok, const char *line);
	void *arg;
	struct err *e;
	int r;
};

static void told(struct checker *c, const struct err *one)
{
	if (c->report)
		c->report(c->arg, false, one->msg);
	if (c->r == 0)
		c->r = err_set(c->e, one->code, "%s", one->msg);
}

static void check_held(struct checker *c, const struct fit *f, const struct held *x, enum address_nets whose)
{
	char where[OPT_WHERE_MAX];
	struct err one = {0};

	if (!x->addr[0])
		return;
	opt_where(f->o, x->id, where);
	if (whose == ADDRESS_NETS_CLUSTER)
		(void)snprintf(where, sizeof(where), "the cluster's %s", opt_name(x->id));
	(void)err_set(&one, ERR_INVALID, "%s: %.50s holds %s, an address of this machine (%s); %s", where,
		      opt_str(f->o, x->id), x->addr, x->ifname,
		      whose == ADDRESS_NETS_CLUSTER ? "this machine needs another"
						    : "write a network that nothing else uses");
	told(c, &one);
}

/* Service default/kubernetes has one family, and its endpoint is the advertised address. */
static void check_family(struct checker *c, const struct host *h, const struct options *o)
{
	const char *addr = address_advertised(o, h), *want = family_name(address_family(o));
	enum opt_id id = opt_str(o, OPT_ADVERTISE_ADDRESS) ? OPT_ADVERTISE_ADDRESS : OPT_NODE_IP;
	char where[OPT_WHERE_MAX];
	struct err one = {0};

	if (family_of(addr) == address_family(o))
		return;
	opt_where(o, id, where);
	if (opt_is_set(o, id))
		(void)err_set(
		    &one, ERR_INVALID,
		    "%s: %.48s is not %s, as the first network of Services (%.50s) is; write an address that is", where,
		    addr, want, opt_str(o, OPT_SERVICE_CIDR));
	else
		(void)err_set(&one, ERR_NOT_FOUND,
			      "this machine has no lasting %s address, and the first network of Services (%.50s) is "
			      "%s; give it one",
			      want, opt_str(o, OPT_SERVICE_CIDR), want);
	told(c, &one);
}

int address_check(const struct host *h, const struct options *o, enum address_nets whose,
		  void (*report)(void *arg, bool ok, const char *line), void *arg, struct err *e)
{
	struct fit f = {.h = h, .o = o, .held = {{.id = OPT_CLUSTER_CIDR}, {.id = OPT_SERVICE_CIDR}}};
	struct checker c = {report, arg, e, 0};
	char where[OPT_WHERE_MAX];
	struct nl_ctx *nl = NULL;
	struct err one = {0};
	int r = nl_open(&nl, e);

	if (r < 0)
		return r;
	r = nl_addr_each(nl, NULL, look_at, &f, e);
	nl_close(nl);
	if (r < 0)
		return r;
	opt_where(o, OPT_NODE_IP, where);
	for (size_t i = 0; i < ARRAY_LEN(f.has); i++)
		if (h->ips[i][0] && !f.has[i]) {
			(void)err_set(&one, ERR_NOT_FOUND, "%s: no interface of this machine has %s; see ip address",
				      where, h->ips[i]);
			told(&c, &one);
		}
	if (whose == ADDRESS_NETS_UNKNOWN)
		return c.r;
	check_family(&c, h, o);
	for (size_t i = 0; i < ARRAY_LEN(f.held); i++)
		check_held(&c, &f, &f.held[i], whose);
	return c.r;
}
