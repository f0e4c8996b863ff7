#include "proxy/inspect.h"
#include <arpa/inet.h>
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include "base/cleanup.h"
#include "base/netlink.h"
#include "base/str.h"
#include "proxy/backend.h"
#include "proxy/ipvs_link.h"
#include "proxy/nft_rules.h"
#include "proxy/snapshot.h"

#define TABLE        PROXY_NFT_TABLE
#define MODEL_DEVICE "model0" /* holds the node's addresses where the backend writes what should be */

struct model { /* of the thread that does that */
	const struct proxy_backend_ops *ops;
	struct proxy_backend_config config;
	struct px_service *service;
	struct px_pin *pins; /* of nftables mode: the numbers that are in the kernel */
	char (*addrs)[64];   /* of the node */
	size_t n_addrs;
	struct snap snap;
	int code;
	struct err err;
};

static bool is_ipvs(const struct model *m)
{
	return m->ops == &proxy_ipvs_ops;
}

static int model_addrs(const struct model *m, struct err *e)
{
	struct nl_ctx *nl = NULL;
	int r = nl_open(&nl, e);
	if (r == 0)
		r = nl_link_ensure_dummy(nl, MODEL_DEVICE, e);
	for (size_t i = 0; i < m->n_addrs && r >= 0; i++)
		r = nl_addr_ensure(nl, MODEL_DEVICE, m->addrs[i], e);
	nl_close(nl);
	return r < 0 ? r : 0;
}

static int model_write(struct model *m, struct err *e)
{
	struct proxy_backend *b = NULL;
	struct px_change change = {NULL, m->service};
	int r = 0;
	if (unshare(CLONE_NEWNET) < 0)
		return err_errno(e, errno, "cannot make a network namespace to compare with");
	if (is_ipvs(m))
		r = model_addrs(m, e);
	if (r == 0)
		r = m->ops->open(&b, &m->config, e);
	if (r == 0)
		r = m->ops->sync(b, &change, m->service ? 1 : 0, true, e);
	if (b)
		m->ops->free(b);
	return r < 0 ? r : snap_take(&m->snap, TABLE, NULL, is_ipvs(m), e);
}

static void *model_main(void *arg)
{
	struct model *m = arg;
	m->code = model_write(m, &m->err);
	return NULL;
}

/* A thread of its own, since it is its namespace that ends with it. */
static int model_make(struct model *m, struct err *e)
{
	pthread_t t;
	int r = pthread_create(&t, NULL, model_main, m);
	if (r)
		return err_errno(e, r, "cannot start a thread");
	(void)pthread_join(t, NULL);
	if (m->code < 0 && e)
		*e = m->err;
	return m->code;
}

static int node_addr_seen(void *arg, const struct inet_addr *a, bool dummy, bool ours)
{
	struct model *m = arg;
	char text[48];
	(void)ours;
	if (dummy)
		return 0;
	char(*v)[64] = reallocarray(m->addrs, m->n_addrs + 1, sizeof(*v));
	if (!v)
		return -ENOMEM;
	m->addrs = v;
	inet_addr_text(a, text);
	(void)snprintf(v[m->n_addrs++], sizeof(*v), "%s/%d", text, a->family == 4 ? 32 : 128);
	return 0;
}

static int node_addrs(struct model *m, struct err *e)
{
	struct ipvs_link *l = NULL;
	int r = ipvs_link_open(&l, e);
	if (r == 0)
		r = ipvs_link_addrs(l, node_addr_seen, m, e);
	ipvs_link_close(l);
	return r == -ENOMEM ? err_nomem(e) : r;
}

/* ---- findings ---- */

static struct px_finding *found(struct px_findings *f, enum px_fault fault, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
static struct px_finding *found(struct px_findings *f, enum px_fault fault, const char *fmt, ...)
{
	struct px_finding *x = &f->v[f->n];
	if (f->n == PX_FINDINGS_MAX)
		f->left_off++; /* over the last place, which is nobody's */
	else
		f->n++;
	va_list ap;
	*x = (struct px_finding){.fault = fault};
	va_start(ap, fmt);
	(void)vsnprintf(x->text, sizeof(x->text), fmt, ap);
	va_end(ap);
	return x;
}

static void endpoint_text(const struct px_endpoint *ep, char out[64])
{
	char a[48];
	inet_addr_text(&ep->addr, a);
	(void)snprintf(out, 64, ep->addr.family == 6 ? "[%s]:%u" : "%s:%u", a, ep->port);
}

static void bytes_text(const uint8_t *key, uint32_t len, char out[48])
{
	struct inet_addr a = {.family = len == 4 ? 4 : 6};
	memcpy(a.a, key, len);
	inet_addr_text(&a, out);
}

/* "svc4", "ep6-17": the first digit. */
static unsigned family_of(const char *set)
{
	return set[strcspn(set, "0123456789")] == '6' ? 6 : 4;
}

static bool of_endpoints(const char *set)
{
	return str_has_prefix(set, "ep") || str_has_prefix(set, "to");
}

/* Maps from a front to a list of endpoints. */
static bool of_fronts(const char *set)
{
	return str_has_prefix(set, "svc") || str_has_prefix(set, "ext4") || str_has_prefix(set, "ext6") ||
	       str_has_prefix(set, "here");
}

static void front_text(const uint8_t *key, unsigned family, char out[80])
{
	static const uint8_t zero[16];
	uint32_t addr = inet_addr_len(family);
	uint16_t port;
	char a[48];
	memcpy(&port, key + addr + 4, 2);
	bytes_text(key, addr, a);
	if (memcmp(key, zero, addr) == 0)
		(void)snprintf(out, 80, "%s port %u of the node", inet_protocol_name(key[addr]), ntohs(port));
	else
		(void)snprintf(out, 80, "%s %s %u", a, inet_protocol_name(key[addr]), ntohs(port));
}

/* What a key means is told by its map, and of the others by its length. */
static void key_text(const char *set, const uint8_t *key, uint32_t len, char out[160])
{
	unsigned family = family_of(set);
	uint32_t addr = inet_addr_len(family), number = 0, place = 0;
	uint16_t port;
	char a[80], b[48];
	if (of_endpoints(set) && len == 8) {
		memcpy(&number, key, 4);
		memcpy(&place, key + 4, 4);
		(void)snprintf(out, 160, "endpoint %u of list %u", place + 1, number);
	} else if (str_has_prefix(set, "pool") && len == 4) {
		memcpy(&number, key, 4);
		(void)snprintf(out, 160, "list %u", number);
	} else if (len == 8 && !str_has_prefix(set, "hp")) {
		memcpy(&port, key + 4, 2);
		(void)snprintf(out, 160, "%s port %u of the node", inet_protocol_name(key[0]), ntohs(port));
	} else if (len == addr) {
		bytes_text(key, addr, a);
		(void)snprintf(out, 160, "%s", a);
	} else if (len == 2 * addr) {
		bytes_text(key, addr, a);
		(void)snprintf(out, 160, "%s to itself", a);
	} else if (len == addr + 8) {
		front_text(key, family, a);
		(void)snprintf(out, 160, "%s", a);
	} else if (len == 2 * addr + 8) {
		front_text(key, family, a);
		bytes_text(key + addr + 8, addr, b);
		(void)snprintf(out, 160, "%s from %s", a, b);
	} else {
		hex_encode(key, len < 40 ? len : 40, out);
	}
}

/* Numbers without a list of their own. */
static const char *fixed_text(uint32_t number)
{
	switch ((enum px_fixed)number) {
	case PX_FIXED_REFUSE:
		return "a refusal";
	case PX_FIXED_DROP:
		return "nowhere (dropped)";
	case PX_FIXED_MASQ:
		return "its endpoints, masqueraded";
	case PX_FIXED_LOCAL:
		return "its endpoints under policy Local";
	case PX_FIXED_PLAIN:
		return "its endpoints";
	case PX_FIXED_END:
		break;
	}
	return NULL;
}

/* What an element leads to: a chain and whose that is, or an endpoint. */
static void target_text(const struct snap *s, const struct snap_elem *x, char out[160])
{
	out[0] = 0;
	if (x->chain[0]) {
		const struct snap_chain *c = map_get(s->chains, x->chain);
		const char *whose = c ? strchr(c->comment, ' ') : NULL;
		(void)snprintf(out, 160, "chain %s%s%.90s", x->chain, whose ? " of " : "", whose ? whose + 1 : "");
	} else if (of_fronts(x->set) && x->data_len == 8) {
		uint32_t v[2];
		memcpy(v, x->data, sizeof(v));
		const char *fixed = fixed_text(v[1]);
		if (fixed)
			(void)snprintf(out, 160, "%s", fixed);
		else
			(void)snprintf(out, 160, "list %u of %u endpoints", v[1], v[0]);
	} else if (x->data_len == 8 || x->data_len == 20) {
		struct px_endpoint ep = {.addr = {.family = x->data_len == 8 ? 4 : 6}};
		char text[64];
		memcpy(ep.addr.a, x->data, x->data_len - 4);
		ep.port = (uint16_t)(x->data[x->data_len - 4] << 8 | x->data[x->data_len - 3]);
		endpoint_text(&ep, text);
		(void)snprintf(out, 160, "%s", text);
	}
}

static const char *rule_words(const char *text)
{
	static const struct {
		const char *in, *words;
	} known[] = {{"[ masq", "that masquerades"},
		     {"[ reject", "that refuses"},
		     {"[ nat", "that translates"},
		     {"[ dynset", "that remembers clients"},
		     {"drop", "that drops"},
		     {"goto refuse", "that refuses"},
		     {"jump services", "that leads to the Services"},
		     {"[ lookup", "that looks a Service up"},
		     {"[ numgen", "that chooses an endpoint"}};
	for (size_t i = 0; i < ARRAY_LEN(known); i++)
		if (strstr(text, known[i].in))
			return known[i].words;
	return "of minik's";
}

/* ---- chains ---- */

struct compare {
	const struct snap *want, *have;
	const struct model *model;
	const struct px_service *service;
	struct px_findings *f;
};

/* Those that all Services rest on have names without a dash. */
static bool shared_chain(const char *name)
{
	return strlen(name) < 2 || name[1] != '-';
}

static void chain_compare(struct compare *c, const char *name, const struct snap_chain *want,
			  const struct snap_chain *have)
{
	AUTO_FREE bool *used = calloc(have->n + 1, sizeof(*used));
	AUTO_FREE bool *there = calloc(want->n + 1, sizeof(*there));
	const char *whose = strchr(want->comment, ' ');
	bool shared = shared_chain(name);
	if (!used || !there)
		return;
	for (size_t i = 0; i < want->n; i++)
		for (size_t k = 0; k < have->n && !there[i]; k++)
			if (!used[k] && streq(want->rules[i].text, have->rules[k].text))
				used[k] = there[i] = true;
	for (size_t i = 0; i < want->n; i++) {
		const struct snap_rule *w = &want->rules[i];
		struct px_finding *x = NULL;
		c->f->right += there[i];
		for (size_t k = 0; k < have->n && !there[i] && w->to.addr.family; k++)
			if (!used[k] && have->rules[k].to.addr.family) {
				char a[64], b[64];
				endpoint_text(&have->rules[k].to, a);
				endpoint_text(&w->to, b);
				x = found(c->f, PX_OTHER, "chain %s%s%.100s leads to %s instead of %s", name,
					  whose ? " of " : "", whose ? whose + 1 : "", a, b);
				used[k] = there[i] = true;
			}
		if (!there[i])
			x = found(c->f, PX_MISSING, "chain %s: the rule %s (number %zu of %zu) is missing", name,
				  rule_words(w->text), i + 1, want->n);
		if (x) {
			x->shared = shared;
			x->masquerade = strstr(w->text, "[ masq") != NULL;
		}
	}
	for (size_t k = 0; k < have->n; k++)
		if (!used[k])
			found(c->f, PX_EXTRA, "chain %s has a rule %s that should not be there (number %zu of %zu)",
			      name, rule_words(have->rules[k].text), k + 1, have->n)
			    ->shared = shared;
}

/* A number that the kernel's fronts do not lead to: the front is missing, which is told, and its list cannot be found.
 */
static bool unknown_list(const struct compare *c, uint32_t number)
{
	for (size_t i = 0; i < c->model->config.n_pins; i++)
		if (c->model->pins[i].number == number)
			return false;
	return number >= PX_NUMBER_FIRST;
}

static bool elem_of_unknown_list(const struct compare *c, const struct snap_elem *x)
{
	uint32_t number;
	if (is_ipvs(c->model) || x->key_len < 4 || (!of_endpoints(x->set) && !str_has_prefix(x->set, "pool")))
		return false;
	memcpy(&number, x->key, 4);
	return unknown_list(c, number);
}

static void chains_compare(struct compare *c)
{
	struct map_iter mi = MAP_ITER_INIT;
	while (map_next(c->want->chains, &mi)) {
		const struct snap_chain *want = mi.value, *have = map_get(c->have->chains, mi.key);
		const char *whose = strchr(want->comment, ' ');
		struct px_number number;
		if (px_number_parse(mi.key, &number) && unknown_list(c, number.number))
			continue;
		if (have)
			chain_compare(c, mi.key, want, have);
		else
			found(c->f, PX_MISSING, "chain %s%s%.100s is missing", mi.key, whose ? " of " : "",
			      whose ? whose + 1 : "")
			    ->shared = shared_chain(mi.key);
	}
	/* What an earlier state of the Service has left. */
	static const enum px_chain kinds[] = {PX_CHAIN_FIREWALL, PX_CHAIN_STICKY_CLUSTER, PX_CHAIN_STICKY_EXTERNAL,
					      PX_CHAIN_STICKY_HERE};
	for (size_t i = 0; c->service && i < c->service->n_ports; i++)
		for (size_t k = 0; k < ARRAY_LEN(kinds); k++) {
			char name[PX_NAME_MAX];
			px_chain_name(&c->service->ports[i], kinds[k], NULL, name);
			if (map_has(c->have->chains, name) && !map_has(c->want->chains, name))
				found(c->f, PX_EXTRA, "chain %s of %.150s should not be there", name,
				      c->service->ports[i].name);
		}
	mi = (struct map_iter)MAP_ITER_INIT;
	while (map_next(c->want->sets, &mi))
		if (!map_has(c->have->sets, mi.key))
			found(c->f, PX_MISSING, "set %s is missing", mi.key)->shared = !str_has_prefix(mi.key, "a-");
}

/* ---- elements ---- */

/* Is it at a cluster address of the Service, which is nobody else's? */
static bool at_cluster_address(const struct px_service *s, const uint8_t *addr, unsigned family)
{
	for (size_t i = 0; s && i < s->n_ports; i++)
		for (size_t k = 0; k < s->ports[i].n_fronts; k++) {
			const struct px_front *f = &s->ports[i].fronts[k];
			if (f->kind == PX_CLUSTER && f->addr.family == family &&
			    memcmp(f->addr.a, addr, family == 4 ? 4 : 16) == 0)
				return true;
		}
	return false;
}

/* In a map of endpoints: is it of a list of this Service's? */
static bool of_our_list(const struct compare *c, const struct snap_elem *x)
{
	struct map_iter mi = MAP_ITER_INIT;
	while (map_next(c->want->elems, &mi)) {
		const struct snap_elem *w = mi.value;
		if (streq(w->set, x->set) && w->key_len == x->key_len && x->key_len > 4 &&
		    memcmp(w->key, x->key, x->key_len - 4) == 0)
			return true;
	}
	return false;
}

static bool extra(const struct compare *c, const struct snap_elem *x)
{
	unsigned family = family_of(x->set);
	uint32_t len = inet_addr_len(family);
	if (of_endpoints(x->set))
		return of_our_list(c, x);
	if (x->chain[0] && !shared_chain(x->chain) && map_has(c->want->chains, x->chain))
		return true;
	return x->key_len >= len + 8 && at_cluster_address(c->service, x->key, family);
}

static void elems_compare(struct compare *c)
{
	struct map_iter mi = MAP_ITER_INIT;
	char key[160], a[160], b[160];
	while (map_next(c->want->elems, &mi)) {
		const struct snap_elem *want = mi.value, *have = map_get(c->have->elems, mi.key);
		key_text(want->set, want->key, want->key_len, key);
		target_text(c->want, want, a);
		if (elem_of_unknown_list(c, want))
			continue;
		if (!have) {
			found(c->f, PX_MISSING, "%s %s: %s is missing%s%.120s", a[0] ? "map" : "set", want->set, key,
			      a[0] ? ": it should lead to " : "", a);
			continue;
		}
		bool same = streq(want->chain, have->chain) && want->jump == have->jump &&
			    want->data_len == have->data_len && memcmp(want->data, have->data, want->data_len) == 0;
		c->f->right += same;
		target_text(c->have, have, b);
		if (!same)
			found(c->f, PX_OTHER, "map %s: %s leads to %.110s instead of %.110s", want->set, key, b, a);
	}
	mi = (struct map_iter)MAP_ITER_INIT;
	while (map_next(c->have->elems, &mi)) {
		const struct snap_elem *x = mi.value;
		if (map_has(c->want->elems, mi.key) || elem_of_unknown_list(c, x) || !extra(c, x))
			continue;
		key_text(x->set, x->key, x->key_len, key);
		target_text(c->have, x, a);
		found(c->f, PX_EXTRA, "%s %s: %s should not be there%s%.120s", a[0] ? "map" : "set", x->set, key,
		      a[0] ? "; it leads to " : "", a);
	}
}

/* ---- IPVS ---- */

static const struct ipvs_dest *dest_find(const struct snap_server *s, const struct ipvs_dest *d)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->dests[i].family == d->family && s->dests[i].port == d->port &&
		    memcmp(s->dests[i].addr, d->addr, 16) == 0)
			return &s->dests[i];
	return NULL;
}

static void dest_text(const struct ipvs_dest *d, char out[64])
{
	struct px_endpoint ep = {.addr = {.family = d->family}, .port = d->port};
	memcpy(ep.addr.a, d->addr, 16);
	endpoint_text(&ep, out);
}

static void server_compare(struct compare *c, const char *name, const struct snap_server *want,
			   const struct snap_server *have)
{
	char text[64];
	if (!streq(want->id.sched, have->id.sched))
		found(c->f, PX_OTHER, "virtual server %s has the scheduler %s instead of %s", name, have->id.sched,
		      want->id.sched);
	else if (want->id.persist_s != have->id.persist_s)
		found(c->f, PX_OTHER, "virtual server %s keeps clients for %u s instead of %u s", name,
		      have->id.persist_s, want->id.persist_s);
	else
		c->f->right++;
	for (size_t i = 0; i < want->n; i++) {
		const struct ipvs_dest *d = dest_find(have, &want->dests[i]);
		dest_text(&want->dests[i], text);
		if (!d)
			found(c->f, PX_MISSING, "virtual server %s: the real server %s is missing", name, text);
		else if (d->weight != want->dests[i].weight)
			found(c->f, PX_OTHER, "virtual server %s: the real server %s has weight %d instead of %d", name,
			      text, d->weight, want->dests[i].weight);
		else
			c->f->right++;
	}
	for (size_t i = 0; i < have->n; i++) {
		/* One that goes stays with weight 0 until it has no connections. */
		if (have->dests[i].weight == 0 || dest_find(want, &have->dests[i]))
			continue;
		dest_text(&have->dests[i], text);
		found(c->f, PX_EXTRA, "virtual server %s: the real server %s (weight %d) should not be there", name,
		      text, have->dests[i].weight);
	}
}

static void servers_compare(struct compare *c)
{
	struct map_iter mi = MAP_ITER_INIT;
	while (map_next(c->want->servers, &mi)) {
		const struct snap_server *have = map_get(c->have->servers, mi.key);
		if (have)
			server_compare(c, mi.key, mi.value, have);
		else
			found(c->f, PX_MISSING, "virtual server %s is missing", mi.key);
	}
	mi = (struct map_iter)MAP_ITER_INIT;
	while (map_next(c->have->servers, &mi)) {
		const struct snap_server *x = mi.value;
		if (!map_has(c->want->servers, mi.key) && !x->id.fwmark &&
		    at_cluster_address(c->service, x->id.addr, x->id.family))
			found(c->f, PX_EXTRA, "virtual server %s should not be there", mi.key);
	}
	mi = (struct map_iter)MAP_ITER_INIT;
	while (map_next(c->want->vips, &mi))
		if (map_has(c->have->vips, mi.key))
			c->f->right++;
		else
			found(c->f, PX_MISSING, "address %s is missing on " PX_IPVS_DEVICE, mi.key);
}

/* ---- all ---- */

static const struct proxy_backend_ops *ops_of(const char *mode)
{
	return streq(mode, "ipvs") ? &proxy_ipvs_ops : &proxy_nft_ops;
}

int px_inspect(const struct px_inspect_config *c, const struct px_service *s, struct px_findings *ret, struct err *e)
{
	struct model m = {
	    .ops = ops_of(c->mode),
	    .config = {.cluster_cidr = c->cluster_cidr, .service_cidr = c->service_cidr, .scheduler = c->scheduler},
	    .service = (struct px_service *)s};
	struct snap have = {0};
	struct px_findings f = {0};
	int r = is_ipvs(&m) ? node_addrs(&m, e) : 0;
	if (!is_ipvs(&m) && s)
		r = px_pins_read(s, &m.pins, &m.config.n_pins, e);
	else if (!is_ipvs(&m) && !(m.pins = calloc(1, sizeof(*m.pins)))) /* none, but nothing is made ahead */
		r = err_nomem(e);
	m.config.pins = m.pins;
	if (r == 0)
		r = model_make(&m, e);
	if (r == 0)
		r = snap_take(&have, TABLE, &m.snap, is_ipvs(&m), e);
	if (r == 0) {
		struct compare x = {&m.snap, &have, &m, s, &f};
		f.no_table = !have.table;
		if (have.table) {
			chains_compare(&x);
			elems_compare(&x);
		}
		if (is_ipvs(&m))
			servers_compare(&x);
		*ret = f;
	}
	snap_done(&have);
	snap_done(&m.snap);
	free(m.addrs);
	free(m.pins);
	return r;
}

static int mode_seen(void *arg, const char *chain, uint64_t handle, const char *comment)
{
	char *out = arg;
	(void)handle;
	if (streq(chain, "prerouting") && str_has_prefix(comment, "minik-proxy "))
		(void)str_copy(out, 16, str_has_prefix(comment, "minik-proxy ipvs ") ? "ipvs" : "nftables");
	return 0;
}

int px_mode_there(char out[16], struct err *e)
{
	struct nft *n = NULL;
	out[0] = 0;
	int r = nft_open(&n, e);
	if (r == 0)
		r = nft_list_rules(n, TABLE, NULL, mode_seen, out, e);
	nft_close(n);
	return r < 0 ? r : 0;
}

static int chain_counted(void *arg, const char *chain, bool base)
{
	(void)chain;
	(void)base;
	((struct px_counts *)arg)->chains++;
	return 0;
}
static int rule_counted(void *arg, const char *chain, uint64_t handle, const char *comment)
{
	(void)chain;
	(void)handle;
	(void)comment;
	((struct px_counts *)arg)->rules++;
	return 0;
}
static int elem_counted(void *arg, const struct nft_elem *x)
{
	(void)x;
	((struct px_counts *)arg)->elements++;
	return 0;
}
static void chains_begin(void *arg)
{
	((struct px_counts *)arg)->chains = 0;
}
static void rules_begin(void *arg)
{
	((struct px_counts *)arg)->rules = 0;
}

struct set_names {
	struct map *names;
};
static int set_named(void *arg, const char *set)
{
	struct set_names *x = arg;
	return map_put(x->names, set, x) < 0 ? -ENOMEM : 0;
}

static int servers_count(struct px_counts *c, struct err *e)
{
	struct snap s = {0};
	struct map_iter mi = MAP_ITER_INIT;
	int r = snap_take(&s, "minik-proxy-none", NULL, true, e); /* of the servers alone */
	if (r < 0)
		return r;
	c->ipvs = true;
	c->servers = map_len(s.servers);
	c->addresses = map_len(s.vips);
	while (map_next(s.servers, &mi))
		c->destinations += ((const struct snap_server *)mi.value)->n;
	snap_done(&s);
	return 0;
}

int px_count(struct px_counts *ret, struct err *e)
{
	struct px_counts c = {0};
	struct set_names sets = {map_new(NULL)};
	struct nft *n = NULL;
	char mode[16];
	int r = sets.names ? px_mode_there(mode, e) : err_nomem(e);
	if (r == 0)
		r = nft_open(&n, e);
	if (r == 0 && (r = nft_list_chains(n, TABLE, chains_begin, chain_counted, &c, e)) >= 0 &&
	    (r = nft_list_rules(n, TABLE, rules_begin, rule_counted, &c, e)) >= 0)
		r = nft_list_sets(n, TABLE, NULL, set_named, &sets, e);
	for (struct map_iter mi = MAP_ITER_INIT; r >= 0 && map_next(sets.names, &mi);) {
		uint64_t before = c.elements;
		r = nft_list_elems(n, TABLE, mi.key, NULL, elem_counted, &c, e);
		if (r == ERR_NOT_FOUND) { /* gone meanwhile */
			c.elements = before;
			r = 0;
		}
	}
	if (r >= 0 && streq(mode, "ipvs"))
		r = servers_count(&c, e);
	nft_close(n);
	if (sets.names)
		map_free(sets.names);
	if (r < 0)
		return r;
	*ret = c;
	return 0;
}
