/* Parents of routes that do not exist. By the Gateway API they are nobody's, so that no status tells of them. */
#include <errno.h>
#include "base/cleanup.h"
#include "base/str.h"
#include "ingress/gateway_build.h"

/* The first by its namespace of the Gateways of that name, or NULL. */
static const struct gw_gateway *namesake(const struct gateway_model *g, const char *name)
{
	struct map_iter it = MAP_ITER_INIT;
	const struct gw_gateway *best = NULL;

	while (map_next(g->gateways, &it)) {
		const struct gw_gateway *x = it.value;
		if (streq(x->name, name) && (!best || strcmp(x->ns, best->ns) < 0))
			best = x;
	}
	return best;
}

static bool is_ours(const struct gw_build *b, const char *gateway)
{
	for (size_t i = 0; i < b->n_served; i++)
		if (streq(b->served[i].g->key, gateway))
			return true;
	return false;
}

static bool names_gateway(const struct gw_ref *p)
{
	return streq(p->group, GATEWAY_GROUP) && streq(p->kind, "Gateway");
}

static char *key_of(const struct gw_route *r, const struct gw_ref *p)
{
	return str_fmt("%s/%s", p->ns ? p->ns : r->ns, p->name);
}

static int tell(struct gw_build *b, struct ing_table *t, const struct gw_route *r, const char *gateway, const char *name, bool ours)
{
	const struct gw_gateway *other = namesake(b->g, name);
	struct gw_fault why = {0};
	int code = other ? gw_fault_set(&why, "MissingGateway", "parentRef: Gateway %s does not exist (there is %s: name its namespace)", gateway, other->key)
			 : gw_fault_set(&why, "MissingGateway", "parentRef: Gateway %s does not exist", gateway);

	/* A route that is nobody's may be meant for another controller's Gateway: those who look are told, it has no event. */
	if (!code && ours) {
		AUTO_FREE char *owner = str_fmt("httproute/%s", r->key);
		code = owner ? gw_say(t, owner, why.reason, "%s", why.message) : -ENOMEM;
	} else if (!code) {
		code = gw_more(b, "httproute", r->key, NULL, &why);
	}
	free(why.message);
	return code;
}

static int look_at(struct gw_build *b, struct ing_table *t, const struct gw_route *r)
{
	bool ours = false;
	int code = 0;

	for (size_t i = 0; i < r->n_parents && !ours; i++) {
		AUTO_FREE char *key = key_of(r, &r->parents[i].ref);
		if (!key)
			return -ENOMEM;
		ours = names_gateway(&r->parents[i].ref) && is_ours(b, key);
	}
	for (size_t i = 0; !code && i < r->n_parents; i++) {
		const struct gw_ref *p = &r->parents[i].ref;
		AUTO_FREE char *key = key_of(r, p);
		if (!key)
			return -ENOMEM;
		if (names_gateway(p) && !map_has(b->g->gateways, key))
			code = tell(b, t, r, key, p->name, ours);
	}
	return code;
}

int gw_missing(struct gw_build *b, struct ing_table *t)
{
	struct map_iter it = MAP_ITER_INIT;
	int code = 0;

	/* Nothing is known of Gateways: then nothing can be said of them. */
	if (b->f->unattached && !map_len(b->g->gateways))
		return 0;
	while (!code && map_next(b->g->routes, &it))
		code = look_at(b, t, it.value);
	return code;
}
