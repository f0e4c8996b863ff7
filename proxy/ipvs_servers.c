#include "proxy/ipvs_servers.h"
#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include "base/cleanup.h"
#include "base/list.h"
#include "base/map.h"
#include "base/str.h"
#include "proxy/ipvs_rules.h"

struct claim {
	const struct px_port *port;
	enum px_front_kind kind;
};
struct server {
	struct ipvs_service id; /* scheduler and persistence as in the kernel */
	struct claim *claims;   /* the first one has it */
	size_t n_claims;
	struct px_elem *asked; /* elements it wants */
	size_t n_asked;
	struct ipvs_dest *dests; /* as in the kernel */
	size_t n_dests;
	bool there;    /* in the kernel, and ours */
	bool stranger; /* in the kernel, and not ours */
	bool seen;
	struct list touched, leaving;
};
struct servers {
	struct servers_deps d;
	struct map *all;       /* key -> struct server */
	struct map *strangers; /* key -> struct ipvs_service *, as of the last reading */
	bool fresh;            /* nothing was written since that */
	bool lost;             /* the table that notes servers was not there then */
	struct list touched, leaving;
	bool more_leaving;
};

#define KEY_MAX 48
static void key_of(const struct ipvs_service *s, char out[KEY_MAX])
{
	uint8_t b[20] = {s->family, s->protocol, (uint8_t)(s->port >> 8), (uint8_t)s->port};
	memcpy(b + 4, s->addr, 16);
	hex_encode(b, sizeof(b), out);
}

static void server_free(void *p)
{
	struct server *s = p;
	list_del(&s->touched);
	list_del(&s->leaving);
	free(s->claims);
	free(s->asked);
	free(s->dests);
	free(s);
}

struct servers *servers_new(const struct servers_deps *d)
{
	struct servers *x = calloc(1, sizeof(*x));
	if (!x)
		return NULL;
	x->d = *d;
	list_init(&x->touched);
	list_init(&x->leaving);
	x->all = map_new(server_free);
	x->strangers = map_new(free);
	return x->all && x->strangers ? x : servers_free(x);
}

struct servers *servers_free(struct servers *x)
{
	if (!x)
		return NULL;
	if (x->all)
		map_free(x->all);
	if (x->strangers)
		map_free(x->strangers);
	free(x);
	return NULL;
}

static void touch(struct servers *x, struct server *s)
{
	if (list_empty(&s->touched))
		list_add_tail(&x->touched, &s->touched);
}

void servers_touch_all(struct servers *x)
{
	struct map_iter mi = MAP_ITER_INIT;
	while (map_next(x->all, &mi))
		touch(x, mi.value);
}

static struct server *server_get(struct servers *x, const struct ipvs_service *id)
{
	char key[KEY_MAX];
	key_of(id, key);
	struct server *s = map_get(x->all, key);
	if (s)
		return s;
	s = calloc(1, sizeof(*s));
	if (!s)
		return NULL;
	s->id = *id;
	list_init(&s->touched);
	list_init(&s->leaving);
	if (map_put(x->all, key, s) < 0) {
		free(s);
		return NULL;
	}
	return s;
}

/* ---- who wants one ---- */

int servers_claim(struct servers *x, const struct px_port *p, const struct px_front *f, const struct inet_addr *addr,
		  bool want)
{
	struct ipvs_service id = {.family = p->family, .protocol = p->protocol, .port = f->port};
	memcpy(id.addr, addr->a, 16);
	struct server *s = server_get(x, &id);
	if (!s)
		return -ENOMEM;
	touch(x, s);
	for (size_t i = 0; i < s->n_claims; i++) {
		struct claim *c = &s->claims[i];
		if (want && streq(c->port->name, p->name)) { /* it keeps its place */
			/* A balancer's address that is the node's, with a node port of the same number: source ranges
			 * hold. */
			enum px_front_kind kind = c->port == p && c->kind < f->kind ? c->kind : f->kind;
			*c = (struct claim){p, kind};
			return 0;
		}
		if (!want && c->port == p) {
			memmove(c, c + 1, (--s->n_claims - i) * sizeof(*c));
			return 0;
		}
	}
	if (!want)
		return 0;
	struct claim *v = realloc(s->claims, (s->n_claims + 1) * sizeof(*v));
	if (!v)
		return -ENOMEM;
	s->claims = v;
	size_t at = s->n_claims++;
	/* The model lets one have an address, one a node port. The address it is, as in nftables mode. */
	for (; at && v[at - 1].kind > f->kind; at--)
		v[at] = v[at - 1];
	v[at] = (struct claim){p, f->kind};
	return 0;
}

/* ---- what is wanted ---- */

static const struct px_endpoint *wanted_eps(const struct server *s, size_t *ret_n)
{
	*ret_n = 0;
	if (s->n_claims == 0 || s->stranger)
		return NULL;
	const struct px_port *p = s->claims[0].port;
	bool local = s->claims[0].kind == PX_CLUSTER ? p->internal_local : p->external_local;
	*ret_n = local ? p->n_local_eps : p->n_eps;
	return local ? p->local_eps : p->eps;
}

static void elem_server(struct px_elem *e, enum px_set set, const struct ipvs_service *id)
{
	uint8_t len = id->family == 4 ? 4 : 16;
	uint16_t port = htons(id->port);
	*e = (struct px_elem){.set = set, .family = id->family, .key_len = (uint8_t)(len + 8)};
	memcpy(e->key, id->addr, len);
	e->key[len] = id->protocol;
	memcpy(e->key + len + 4, &port, 2);
}

static void elem_source(struct px_elem *e, const struct ipvs_service *id, const struct inet_cidr *c)
{
	elem_server(e, PX_SET_SOURCES, id);
	uint8_t len = id->family == 4 ? 4 : 16, at = e->key_len;
	memcpy(e->key + at, c->net.a, len);
	e->key_len = e->end_len = (uint8_t)(at + len);
	memcpy(e->end, e->key, e->key_len);
	const struct inet_addr last = inet_cidr_last(c);
	memcpy(e->end + at, last.a, len);
}

static const struct px_front *cluster_front(const struct px_port *p)
{
	for (size_t i = 0; i < p->n_fronts; i++)
		if (p->fronts[i].kind == PX_CLUSTER)
			return &p->fronts[i];
	return NULL;
}

static enum px_set class_of(const struct px_port *p, enum px_front_kind kind)
{
	if (p->n_eps == 0)
		return PX_SET_REFUSE; /* at once, so that clients need not wait for a timeout */
	if (kind == PX_CLUSTER)
		return p->internal_local && !p->n_local_eps ? PX_SET_DROP : PX_SET_CLUSTER;
	if (p->external_local)
		return p->n_local_eps ? PX_SET_LOCAL : PX_SET_NOLOCAL;
	return PX_SET_EXTERNAL;
}

static int server_elems(struct servers *x, struct server *s)
{
	const struct px_port *p = s->n_claims && !s->stranger ? s->claims[0].port : NULL;
	enum px_front_kind kind = p ? s->claims[0].kind : PX_CLUSTER;
	bool firewall = kind == PX_LB && p->has_ranges;
	struct px_elem *v = p ? calloc(3 + p->n_ranges, sizeof(*v)) : NULL;
	size_t n = 0;
	int r = 0;
	if (p && !v)
		return -ENOMEM;
	if (p) {
		const struct px_front *cluster = cluster_front(p);
		elem_server(&v[n++], class_of(p, kind), &s->id);
		if (firewall) {
			elem_server(&v[n++], PX_SET_FIREWALL, &s->id);
			for (size_t i = 0; i < p->n_ranges; i++)
				elem_source(&v[n++], &s->id, &p->ranges[i]);
		}
		if (kind != PX_CLUSTER && p->external_local && cluster) {
			uint8_t len = p->family == 4 ? 4 : 16;
			uint16_t port = htons(cluster->port);
			elem_server(&v[n], PX_SET_SHORT, &s->id);
			memcpy(v[n].data, cluster->addr.a, len);
			memcpy(v[n].data + len, &port, 2);
			v[n++].data_len = (uint8_t)(len + 4);
		}
	}
	if (n == s->n_asked && (n == 0 || memcmp(v, s->asked, n * sizeof(*v)) == 0)) {
		free(v);
		return 0;
	}
	for (size_t i = 0; i < n && r == 0; i++)
		r = px_elem_want(x->d.elems, &v[i], true);
	for (size_t i = 0; i < s->n_asked && r == 0; i++)
		r = px_elem_want(x->d.elems, &s->asked[i], false);
	free(s->asked);
	s->asked = v;
	s->n_asked = n;
	return r;
}

static void warn(struct servers *x, const struct server *s)
{
	char text[96], msg[256];
	ipvs_service_text(&s->id, text);
	(void)snprintf(msg, sizeof(msg),
		       "somebody else has the virtual server %s: it is left alone (ipvsadm -D removes it)", text);
	if (x->d.warn)
		x->d.warn(x->d.arg, s->claims[0].port->name, msg);
}

/* Is a server that is not there yet free to be made? */
static int place_check(struct servers *x, struct server *s, struct err *e)
{
	char key[KEY_MAX];
	key_of(&s->id, key);
	bool was = s->stranger;
	const struct ipvs_service *there = x->fresh ? map_get(x->strangers, key) : NULL;
	int r = x->fresh ? there != NULL : ipvs_service_there(x->d.vs, &s->id, e);
	if (r < 0)
		return r;
	bool alike = there && there->persist_s == s->claims[0].port->affinity_s && streq(there->sched, x->d.sched);
	s->stranger = r && s->claims[0].kind != PX_CLUSTER && !(x->lost && alike);
	if (r && !s->stranger) { /* read again, to know what it is like */
		s->there = true;
		return 1;
	}
	if (s->stranger && !was)
		warn(x, s);
	return 0;
}

static int dest_seen(void *arg, const struct ipvs_dest *d)
{
	struct server *s = arg;
	struct ipvs_dest *v = realloc(s->dests, (s->n_dests + 1) * sizeof(*v));
	if (!v)
		return -ENOMEM;
	s->dests = v;
	v[s->n_dests++] = *d;
	return 0;
}

static int dests_read(struct servers *x, struct server *s, struct err *e)
{
	s->n_dests = 0;
	int r = ipvs_dests(x->d.vs, &s->id, dest_seen, s, e);
	if (r == ERR_NOT_FOUND) { /* gone meanwhile */
		s->there = false;
		return 0;
	}
	return r == -ENOMEM ? err_nomem(e) : r;
}

int servers_elems(struct servers *x, struct err *e)
{
	LIST_FOREACH (s, &x->touched, struct server, touched) {
		int r = 0;
		if (s->n_claims == 0)
			s->stranger = false;
		else if (!s->there)
			r = place_check(x, s, e);
		if (r == 1) {
			s->id.sched[0] = 0; /* whatever it is: it is set */
			r = dests_read(x, s, e);
		}
		if (r < 0)
			return r;
		if (server_elems(x, s) < 0)
			return err_nomem(e);
	}
	return 0;
}

/* ---- the difference ---- */

static bool dest_is(const struct ipvs_dest *d, const struct px_endpoint *ep)
{
	return d->port == ep->port && d->family == ep->addr.family && memcmp(d->addr, ep->addr.a, 16) == 0;
}

static struct ipvs_dest *dest_find(const struct server *s, const struct px_endpoint *ep)
{
	for (size_t i = 0; i < s->n_dests; i++)
		if (dest_is(&s->dests[i], ep))
			return &s->dests[i];
	return NULL;
}

static bool ep_wanted(const struct ipvs_dest *d, const struct px_endpoint *eps, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (dest_is(d, &eps[i]))
			return true;
	return false;
}

static int dests_write(struct servers *x, struct server *s, const struct px_endpoint *eps, size_t n)
{
	struct ipvs_dest *v = calloc(s->n_dests + n + 1, sizeof(*v));
	size_t count = 0;
	int changes = 0;
	if (!v)
		return -ENOMEM;
	for (size_t i = 0; i < n; i++) {
		const struct ipvs_dest *old = dest_find(s, &eps[i]);
		v[count] = (struct ipvs_dest){.family = eps[i].addr.family, .port = eps[i].port, .weight = 1};
		memcpy(v[count].addr, eps[i].addr.a, 16);
		if (!old)
			ipvs_dest_add(x->d.vs, &s->id, &v[count]);
		else if (old->weight != 1)
			ipvs_dest_set(x->d.vs, &s->id, &v[count]);
		changes += !old || old->weight != 1;
		count++;
	}
	for (size_t i = 0; i < s->n_dests; i++) {
		struct ipvs_dest d = s->dests[i];
		if (ep_wanted(&d, eps, n))
			continue;
		/* dh would send clients to it and refuse them. */
		if (s->id.protocol == IPPROTO_UDP || streq(s->id.sched, "dh")) {
			ipvs_dest_del(x->d.vs, &s->id, &d);
			changes++;
			continue;
		}
		if (d.weight != 0) {
			d.weight = 0;
			ipvs_dest_set(x->d.vs, &s->id, &d);
			changes++;
		}
		if (list_empty(&s->leaving))
			list_add_tail(&x->leaving, &s->leaving);
		x->more_leaving = true;
		v[count++] = d;
	}
	free(s->dests);
	s->dests = v;
	s->n_dests = count;
	return changes;
}

static int server_write(struct servers *x, struct server *s)
{
	size_t n;
	const struct px_endpoint *eps = wanted_eps(s, &n);
	if (s->n_claims == 0 || s->stranger) {
		int was = s->there;
		if (was)
			ipvs_service_del(x->d.vs, &s->id);
		s->there = false;
		s->n_dests = 0;
		list_del(&s->leaving);
		return was;
	}
	uint32_t persist = s->claims[0].port->affinity_s;
	bool fallback = streq(x->d.sched, "sh") || streq(x->d.sched, "mh");
	bool other = s->id.persist_s != persist || s->id.fallback != fallback || !streq(s->id.sched, x->d.sched);
	s->id.persist_s = persist;
	s->id.fallback = fallback;
	(void)str_copy(s->id.sched, sizeof(s->id.sched), x->d.sched);
	if (!s->there)
		ipvs_service_add(x->d.vs, &s->id);
	else if (other)
		ipvs_service_set(x->d.vs, &s->id);
	if (!s->there)
		s->n_dests = 0;
	int changes = !s->there || other, r = dests_write(x, s, eps, n);
	s->there = true;
	return r < 0 ? r : changes + r;
}

/* What is in the kernel is noted as if all went well: after an error everything is read again anyway. */
int servers_write(struct servers *x, struct err *e)
{
	int changes = 0;
	LIST_FOREACH_SAFE (s, next, &x->touched, struct server, touched) {
		int r = server_write(x, s);
		if (r < 0)
			return err_nomem(e);
		changes += r;
		list_del(&s->touched);
		if (s->n_claims == 0 && !s->there) {
			char key[KEY_MAX];
			key_of(&s->id, key);
			(void)map_del(x->all, key);
		}
	}
	x->fresh = false;
	int code = ipvs_commit(x->d.vs, e);
	return code < 0 ? code : changes;
}

/* ---- what is there ---- */

struct reading {
	struct servers *x;
	bool lost;
	bool (*held)(void *arg, const struct inet_addr *a);
	void *arg;
};

static int service_seen(void *arg, const struct ipvs_service *id)
{
	struct reading *rd = arg;
	struct servers *x = rd->x;
	char key[KEY_MAX];
	if (id->fwmark || (id->protocol != IPPROTO_TCP && id->protocol != IPPROTO_UDP && id->protocol != IPPROTO_SCTP))
		return 0;
	key_of(id, key);
	struct server *s = map_get(x->all, key);
	struct px_elem note;
	struct inet_addr addr = {.family = id->family};
	memcpy(addr.a, id->addr, 16);
	bool ours = (s && s->there) || (rd->lost && rd->held(rd->arg, &addr));
	for (enum px_set c = 0; c < PX_CLASSES && !ours; c++) {
		elem_server(&note, c, id);
		ours = nft_elem_there(x->d.elems, px_set_name(c, id->family), note.key, note.key_len);
	}
	if (!ours) {
		struct ipvs_service *copy = malloc(sizeof(*copy));
		if (!copy)
			return -ENOMEM;
		*copy = *id;
		if (map_put(x->strangers, key, copy) < 0) {
			free(copy);
			return -ENOMEM;
		}
		return 0;
	}
	s = server_get(x, id);
	if (!s)
		return -ENOMEM;
	s->id = *id;
	s->there = s->seen = true;
	s->stranger = false;
	return 0;
}

int servers_read(struct servers *x, bool lost, bool (*held)(void *arg, const struct inet_addr *a), void *arg,
		 struct err *e)
{
	struct reading rd = {x, lost, held, arg};
	struct map_iter mi = MAP_ITER_INIT;
	map_clear(x->strangers);
	x->lost = lost;
	while (map_next(x->all, &mi))
		((struct server *)mi.value)->seen = false;
	int r = ipvs_services(x->d.vs, service_seen, &rd, e);
	if (r < 0)
		return r == -ENOMEM ? err_nomem(e) : r;
	mi = (struct map_iter)MAP_ITER_INIT;
	while (map_next(x->all, &mi)) {
		struct server *s = mi.value;
		s->there = s->seen;
		if (!s->there)
			s->n_dests = 0;
		else if ((r = dests_read(x, s, e)) < 0)
			return r;
	}
	x->fresh = true;
	return 0;
}

/* ---- leaving ---- */

bool servers_leaving(const struct servers *x)
{
	return x->more_leaving;
}

int servers_tidy(struct servers *x, struct err *e)
{
	x->more_leaving = false;
	LIST_FOREACH_SAFE (s, next, &x->leaving, struct server, leaving) {
		size_t n, kept = 0;
		bool stays = false;
		const struct px_endpoint *eps = wanted_eps(s, &n);
		int r = s->there ? dests_read(x, s, e) : 0;
		if (r < 0)
			return r;
		for (size_t i = 0; i < s->n_dests; i++) {
			const struct ipvs_dest *d = &s->dests[i];
			bool leaves = d->weight == 0 && !ep_wanted(d, eps, n);
			if (leaves && d->active == 0 && d->inactive == 0) {
				ipvs_dest_del(x->d.vs, &s->id, d);
				continue;
			}
			stays |= leaves;
			s->dests[kept++] = *d;
		}
		s->n_dests = kept;
		if (!stays)
			list_del(&s->leaving);
	}
	return ipvs_commit(x->d.vs, e);
}
