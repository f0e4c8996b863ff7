#include "proxy/stale.h"
#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include "base/cleanup.h"
#include "base/clock.h"
#include "base/str.h"

static int stale_add(struct stale *s, uint8_t protocol, const struct px_front *f, const struct px_endpoint *ep)
{
	struct px_stale *v = realloc(s->v, (s->n + 1) * sizeof(*v));
	if (!v)
		return -ENOMEM;
	s->v = v;
	v += s->n++;
	*v = (struct px_stale){.front = f->addr,
			       .protocol = protocol,
			       .front_port = f->port,
			       .any_front = f->kind == PX_NODEPORT || f->kind == PX_HOSTPORT,
			       .untranslated = !ep};
	if (ep)
		v->ep = *ep;
	return 0;
}

int stale_find(struct stale *s, const struct px_change *c)
{
	int r = 0;
	for (size_t i = 0; c->old && i < c->old->n_ports && r == 0; i++) {
		const struct px_port *o = &c->old->ports[i], *n = NULL;
		for (size_t j = 0; c->now && j < c->now->n_ports; j++)
			if (streq(c->now->ports[j].name, o->name) && c->now->ports[j].family == o->family &&
			    c->now->ports[j].protocol == o->protocol)
				n = &c->now->ports[j];
		for (size_t k = 0; k < o->n_eps; k++)
			for (size_t f = 0; f < o->n_fronts && r == 0 && !px_port_has(n, &o->eps[k]); f++)
				r = stale_add(s, o->protocol, &o->fronts[f], &o->eps[k]);
	}
	/* A client that kept sending before the Service was there has a connection that goes nowhere. */
	for (size_t i = 0; c->now && i < c->now->n_ports && r == 0; i++) {
		const struct px_port *n = &c->now->ports[i], *o = NULL;
		if (n->protocol != IPPROTO_UDP || n->n_eps == 0)
			continue;
		for (size_t j = 0; c->old && j < c->old->n_ports; j++)
			if (streq(c->old->ports[j].name, n->name) && c->old->ports[j].family == n->family &&
			    c->old->ports[j].protocol == IPPROTO_UDP)
				o = &c->old->ports[j];
		for (size_t f = 0; f < n->n_fronts && r == 0 && !o; f++)
			if (n->fronts[f].kind != PX_NODEPORT && n->fronts[f].kind != PX_HOSTPORT)
				r = stale_add(s, IPPROTO_UDP, &n->fronts[f], NULL);
	}
	return r;
}

bool stale_left(const struct stale *s)
{
	return s->n > 0 || s->waiting.n > 0;
}

int stale_forget(struct stale *s, struct err *e)
{
	int n = conntrack_forget(&s->waiting, s->v, s->n, clock_mono_ms(clock_real()), e);
	free(TAKE_PTR(s->v));
	s->n = 0;
	return n < 0 ? n : 0;
}

void stale_done(struct stale *s)
{
	conntrack_done(&s->waiting);
	free(TAKE_PTR(s->v));
	s->n = 0;
}
