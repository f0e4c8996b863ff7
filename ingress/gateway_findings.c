#include "ingress/gateway_findings.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "base/cleanup.h"
#include "base/str.h"
#include "ingress/records.h"

int gateway_feed(struct gateway_model *g, const char *kind, const char *ns, const char *name, const json_t *o)
{
	static const struct {
		const char *kind;
		int (*feed)(struct gateway_model *g, const char *ns, const char *name, const json_t *o);
	} all[] = {{"GatewayClass", gateway_model_class},
		   {"Gateway", gateway_model_gateway},
		   {"HTTPRoute", gateway_model_route},
		   {"ReferenceGrant", gateway_model_grant},
		   {"Namespace", gateway_model_namespace},
		   {"Service", gateway_model_service}};

	for (size_t i = 0; i < ARRAY_LEN(all); i++)
		if (streq(all[i].kind, kind))
			return all[i].feed(g, ns, name, o);
	return 1;
}

/* Each once: a route has the same conditions at all its parents. */
static int add(struct ing_table *t, size_t first, const char *owner, const char *part, const json_t *c)
{
	const char *said = json_str_or(c, "message", "");
	AUTO_FREE char *message = part ? str_fmt("listener %.100s: %s", part, said) : str_dup(said);

	if (!message)
		return -ENOMEM;
	for (size_t i = first; i < t->n_findings; i++)
		if (streq(t->findings[i].message, message))
			return 0;
	struct ing_finding *f = REC_GROW(t->findings, t->n_findings);
	if (!f || !(f->ingress = str_dup(owner)))
		return -ENOMEM;
	f->reason = json_str_or(c, "reason", "");
	f->message = TAKE_PTR(message);
	return 0;
}

/* Programmed and the Gateway's own conditions only repeat what its listeners have. */
static bool complains(const json_t *c, bool of_listeners)
{
	const char *type = json_str_or(c, "type", "");
	bool holds = streq(json_str(c, "status"), "True");

	if (streq(type, "Conflicted") || streq(type, "PartiallyInvalid"))
		return holds;
	return (streq(type, "Accepted") || streq(type, "ResolvedRefs") || streq(type, "SupportedVersion")) && !holds &&
	       !(of_listeners && streq(json_str(c, "reason"), "ListenersNotValid"));
}

static int add_all(struct ing_table *t, size_t first, const char *owner, const char *part, const json_t *conditions,
		   bool of_listeners)
{
	const json_t *c;
	size_t i;
	int code = 0;

	json_array_foreach ((json_t *)(uintptr_t)conditions, i, c)
		if (!code && complains(c, of_listeners))
			code = add(t, first, owner, part, c);
	return code;
}

static int add_more(struct ing_table *t, size_t first, const struct ing_finding *more)
{
	for (size_t i = first; i < t->n_findings; i++)
		if (streq(t->findings[i].ingress, more->ingress) && streq(t->findings[i].message, more->message))
			return 0;
	struct ing_finding *f = REC_GROW(t->findings, t->n_findings);
	if (!f)
		return -ENOMEM;
	f->reason = more->reason;
	f->ingress = str_dup(more->ingress);
	f->message = str_dup(more->message);
	return f->ingress && f->message ? 0 : -ENOMEM;
}

static int cmp_finding(const void *pa, const void *pb)
{
	const struct ing_finding *a = pa, *b = pb;
	int c = strcmp(a->ingress, b->ingress);

	c = c ? c : strcmp(a->reason, b->reason);
	return c ? c : strcmp(a->message, b->message);
}

int gateway_findings(const struct gateway_outcome *o, struct ing_table *t)
{
	static const char *const kinds[GATEWAY_KINDS] = {"gatewayclass", "gateway", "httproute"};
	size_t before = t->n_findings;
	int code = 0;

	for (size_t i = 0; !code && i < o->n_statuses; i++) {
		const struct gateway_status *s = &o->statuses[i];
		AUTO_FREE char *owner =
		    str_fmt("%s/%s%s%s", kinds[s->kind], s->ns ? s->ns : "", s->ns ? "/" : "", s->name);
		size_t first = t->n_findings, k;
		const json_t *x;
		if (!owner)
			return -ENOMEM;
		code = add_all(t, first, owner, NULL, json_object_get(s->status, "conditions"), s->kind == GATEWAY);
		json_array_foreach (json_object_get(s->status, "listeners"), k, x)
			code = code ? code
				    : add_all(t, first, owner, json_str_or(x, "name", ""),
					      json_object_get(x, "conditions"), false);
		json_array_foreach (json_object_get(s->status, "parents"), k, x)
			code = code ? code : add_all(t, first, owner, NULL, json_object_get(x, "conditions"), false);
	}
	for (size_t i = 0; !code && i < o->n_more; i++)
		code = add_more(t, before, &o->more[i]);
	if (!code && t->n_findings > before + 1)
		qsort(t->findings + before, t->n_findings - before, sizeof(*t->findings), cmp_finding);
	return code;
}
