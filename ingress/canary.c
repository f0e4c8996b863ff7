/*
 * Canary Ingresses: the rule of their main Ingress for the same host, path and type becomes several, tried in order:
 * the canary's header, its cookie, and at last its weight.
 */
#include <errno.h>
#include "base/str.h"
#include "ingress/build.h"

struct join {
	struct ing_path *path;
	size_t policy; /* index */
	struct ing_target main, canary;
	bool sticky; /* who has been served by one of the two stays there, whatever the rule says */
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
		bool there = weight || j->sticky;
		struct ing_target *t = there ? REC_GROW(r->targets, r->n_targets) : NULL;
		if (there && !t)
			return -ENOMEM;
		if (t)
			*t = i ? j->canary : j->main;
		if (t)
			t->weight = weight;
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

static int copy_option(struct ing_policy *to, const struct ing_option *o)
{
	const struct ing_option *n =
	    o->pem_a || o->pem_b ? rec_option_pem(&to->options, &to->n_options, o->opt, o->pem_a, o->pem_b)
				 : rec_option(&to->options, &to->n_options, o->opt, o->num, o->a, o->b);

	return n ? 0 : -ENOMEM;
}

/* The main Ingress' policy, for rules whose canary takes no part in its affinity. */
static int legacy_policy(struct build *b, size_t *policy)
{
	AUTO_FREE char *key = str_fmt("%zu legacy", *policy);
	size_t from = *policy;
	bool fresh;
	int code = 0;

	if (!key || build_slot(b->policies, key, b->t.n_policies, policy, &fresh) < 0)
		return -ENOMEM;
	if (!fresh)
		return 0;
	struct ing_policy *to = REC_GROW(b->t.policies, b->t.n_policies);
	if (!to || !(to->owner = str_dup(b->t.policies[from].owner)))
		return -ENOMEM;
	for (size_t i = 0; code == 0 && i < b->t.policies[from].n_options; i++)
		code = copy_option(to, &b->t.policies[from].options[i]);
	if (code < 0 || !rec_option(&to->options, &to->n_options, OPT_COOKIE_CANARY_LEGACY, 0, NULL, NULL))
		return -ENOMEM;
	build_options_sort(to->options, to->n_options);
	return 0;
}

static int set_affinity(struct build *b, const struct rec_ingress *r, struct join *j)
{
	if (!ing_policy_find(&b->t.policies[j->policy], OPT_COOKIE) ||
	    ing_policy_find(&b->t.policies[j->policy], OPT_COOKIE_CANARY_LEGACY))
		return 0;
	j->sticky = !r->notes.canary_legacy;
	return j->sticky ? 0 : legacy_policy(b, &j->policy);
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
	j.canary.canary = true;
	s->canary = r;
	j.path = &b->t.hosts[s->host].paths[s->path];
	struct ing_rule old = j.path->rules[0];
	j.policy = old.policy;
	j.main = old.targets[0];
	j.owner = old.owner;
	free(j.path->rules);
	j.path->rules = NULL;
	j.path->n_rules = 0;
	int code = set_affinity(b, r, &j);
	code = code ? code : add_rules(&j, &r->notes);
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
