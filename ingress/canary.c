/*
 * Canary Ingresses: the rule of their main Ingress for the same host, path and type becomes several, tried in order:
 * the canary's header, its cookie, and at last its weight.
 */
#include <errno.h>
#include "base/str.h"
#include "ingress/build.h"

struct join {
	struct ing_path *path;
	size_t policy, main, canary; /* indices */
	char *owner;
};

/* A rule for requests with this condition (name NULL: all): weights of main and canary backend. */
static int add_rule(struct join *j, uint32_t kind, const char *name, const char *value, uint32_t main, uint32_t canary)
{
	struct ing_rule *r = REC_GROW(j->path->rules, j->path->n_rules);

	if (!r)
		return -ENOMEM;
	r->policy = j->policy;
	r->owner = str_dup(j->owner);
	if (!r->owner)
		return -ENOMEM;
	if (name) {
		struct ing_cond *c = REC_GROW(r->conds, r->n_conds);
		if (!c)
			return -ENOMEM;
		*c = (struct ing_cond){.kind = kind, .name = str_dup(name), .value = str_dup(value)};
		if (!c->name || !c->value)
			return -ENOMEM;
	}
	for (int i = 0; i < 2; i++) {
		uint32_t weight = i ? canary : main;
		struct ing_target *t = weight ? REC_GROW(r->targets, r->n_targets) : NULL;
		if (weight && !t)
			return -ENOMEM;
		if (t)
			*t = (struct ing_target){
			    .backend = i ? j->canary : j->main, .weight = weight, .policy = SIZE_MAX, .canary = i};
	}
	return 0;
}

static int add_rules(struct join *j, const struct rec_notes *n)
{
	int code = 0;

	if (n->canary_header && n->canary_value)
		code = add_rule(j, TF_HEADER, n->canary_header, n->canary_value, 0, 1);
	else if (n->canary_header && n->canary_pattern)
		code = add_rule(j, TF_HEADER_REGEX, n->canary_header, n->canary_pattern, 0, 1);
	else if (n->canary_header) {
		code = add_rule(j, TF_HEADER, n->canary_header, "always", 0, 1);
		code = code ? code : add_rule(j, TF_HEADER, n->canary_header, "never", 1, 0);
	}
	if (n->canary_cookie) {
		code = code ? code : add_rule(j, TF_COOKIE, n->canary_cookie, "always", 0, 1);
		code = code ? code : add_rule(j, TF_COOKIE, n->canary_cookie, "never", 1, 0);
	}
	return code ? code : add_rule(j, 0, NULL, NULL, n->canary_total - n->canary_weight, n->canary_weight);
}

static int join(struct build *b, const struct rec_ingress *r, struct path_slot *s, const struct rec_ref *ref,
		const char *where)
{
	struct join j = {0};

	if (s->canary)
		return build_finding(b, r, "Conflict", "%s has the canary of the older Ingress %s already", where,
				     s->canary->key);
	if (build_backend(b, r, ref, &j.canary) < 0)
		return -ENOMEM;
	s->canary = r;
	j.path = &b->t.hosts[s->host].paths[s->path];
	struct ing_rule old = j.path->rules[0];
	j.policy = old.policy;
	j.main = old.targets[0].backend;
	j.owner = old.owner;
	free(j.path->rules);
	j.path->rules = NULL;
	j.path->n_rules = 0;
	int code = add_rules(&j, &r->notes);
	free(old.targets);
	free(old.owner);
	return code;
}

static int join_path(struct build *b, const struct rec_ingress *r, const char *host, enum ing_match match,
		     const char *path, const char *raw, const struct rec_ref *ref)
{
	AUTO_FREE char *key = build_path_key(host, match, path);
	AUTO_FREE char *raw_key = build_path_key(host, match, raw);
	AUTO_FREE char *where = match == ING_DEFAULT ? str_fmt("the default backend of host %s", host)
						     : str_fmt("host %s, path %s", host, raw);

	if (!key || !raw_key || !where)
		return -ENOMEM;
	struct path_slot *s = map_get(b->paths, key);
	s = s ? s : map_get(b->paths, raw_key);
	if (!s)
		return build_finding(
		    b, r, "CanaryWithoutMain",
		    "%s: no other Ingress has this host, path and type, so that this canary serves nothing there",
		    where);
	if (!streq(s->owner->ns, r->ns))
		return build_finding(b, r, "CanaryWithoutMain",
				     "%s is served for Ingress %s of another namespace: a canary joins Ingresses of its own namespace only",
				     where, s->owner->key);
	return join(b, r, s, ref, where);
}

int build_canary(struct build *b, const struct rec_ingress *r)
{
	const struct rec_notes *n = &r->notes;
	int code = 0;

	b->refused = false;
	if (!n->canary_weight && !n->canary_header && !n->canary_cookie)
		code = build_finding(b, r, "InvalidAnnotation",
				     "this canary gets no requests: it has neither canary-weight nor canary-by-header "
				     "nor canary-by-cookie");
	for (size_t i = 0; code == 0 && i < r->n_paths; i++)
		if (!r->paths[i].ref.none) /* said already; the main Ingress serves all */
			code = join_path(b, r, r->paths[i].host, r->paths[i].match, r->paths[i].path, r->paths[i].raw,
					 &r->paths[i].ref);
	for (size_t i = 0; code == 0 && r->dflt.service && i < r->n_hosts; i++)
		code = join_path(b, r, r->hosts[i], ING_DEFAULT, "", "", &r->dflt);
	return code == 0 && r->dflt.service && !r->n_hosts ? join_path(b, r, "*", ING_DEFAULT, "", "", &r->dflt) : code;
}
