/* Whose a host is, what other names it has, and how its paths are read. */
#include <errno.h>
#include "base/str.h"
#include "ingress/build.h"

#define ALIAS_PATHS_MAX 5000 /* of one Ingress: an object of a hundred kilobytes must not make millions of them */

/* --- claims, oldest first --- */

static int claim(struct build *b, const struct rec_ingress *r, const char *host)
{
	struct host_info *h = build_host_info(b, host);

	if (!h)
		return -ENOMEM;
	h->owner = h->owner ? h->owner : r;
	if (h->alias_of)
		return build_finding(
		    b, r, "Conflict",
		    "host %s is a server-alias of the older Ingress %s; the rules for it are not served", host,
		    h->owner->key);
	h->regex = h->regex || r->notes.regex;
	h->tls = h->tls || (r->n_tls && !streq(host, "*"));
	if (!h->client && r->notes.client_secret && r->notes.verify != ING_VERIFY_OFF)
		h->client = r;
	return 0;
}

static int claim_alias(struct build *b, const struct rec_ingress *r, const char *alias)
{
	struct host_info *h = build_host_info(b, alias);

	if (!h)
		return -ENOMEM;
	if (h->alias_of && streq(h->alias_of, r->hosts[0]))
		return 0;
	if (h->owner)
		return build_finding(b, r, "Conflict", "annotation server-alias: %s is served for %s%s already", alias,
				     h->owner == r ? "another host of this Ingress" : "the older Ingress ",
				     h->owner == r ? "" : h->owner->key);
	h->owner = r;
	h->alias_of = str_dup(r->hosts[0]);
	return h->alias_of ? 0 : -ENOMEM;
}

static int claim_aliases(struct build *b, const struct rec_ingress *r)
{
	int code = 0;

	if (!r->notes.n_aliases)
		return 0;
	if (!r->n_hosts || streq(r->hosts[0], "*"))
		return build_finding(b, r, "InvalidAnnotation",
				     "annotation server-alias has no effect without a host in the first rule");
	for (size_t i = 0; code == 0 && i < r->notes.n_aliases; i++)
		code = claim_alias(b, r, r->notes.aliases[i]);
	return code;
}

int build_claim_hosts(struct build *b)
{
	int code = 0;

	for (size_t i = 0; code == 0 && i < b->n_ours; i++) {
		const struct rec_ingress *r = b->ours[i];
		if (r->notes.canary)
			continue;
		for (size_t j = 0; code == 0 && j < r->n_hosts; j++)
			code = claim(b, r, r->hosts[j]);
		code = code ? code : claim_aliases(b, r);
	}
	return code;
}

/* --- regular expressions --- */

static char *expression(const struct path_slot *s, const char *path)
{
	AUTO_FREE char *quoted = NULL;
	size_t n = strlen(path);

	if (!n)
		return str_dup("^/");
	/* Another's ImplementationSpecific path is an expression on such a host, as with ingress-nginx; if it can be
	 * one. */
	bool verbatim = s->expr || (s->impl && !regex_fault(path));
	if (s->match == ING_EXACT || !verbatim) {
		quoted = s->expr ? str_dup(path) : regex_quote(path);
		if (!quoted)
			return NULL;
		return s->match == ING_EXACT ? str_fmt("^%s$", quoted)
					     : str_fmt("^%s%s", quoted, s->impl ? "" : "(?:/|$)");
	}
	if (s->impl || path[strcspn(path, "\\^$.|?*+()[]{}")])
		return str_fmt("^%s", path);
	/* A Prefix path without anything of an expression: whole elements. */
	n -= n && path[n - 1] == '/';
	return n ? str_fmt("^%.*s(?:/|$)", (int)n, path) : str_dup("^/");
}

struct ordered {
	unsigned order;
	struct ing_path path;
};
static int cmp_ordered(const void *pa, const void *pb)
{
	const struct ordered *a = pa, *b = pb;

	if (a->order != b->order)
		return a->order > b->order ? -1 : 1;
	return strcmp(a->path.path, b->path.path);
}

static int sort_paths(struct ing_host *h, const unsigned *orders)
{
	AUTO_FREE struct ordered *v = calloc(h->n_paths + 1, sizeof(*v));

	if (!v)
		return -ENOMEM;
	for (size_t i = 0; i < h->n_paths; i++)
		v[i] = (struct ordered){orders[i], h->paths[i]};
	qsort(v, h->n_paths, sizeof(*v), cmp_ordered);
	for (size_t i = 0; i < h->n_paths; i++)
		h->paths[i] = v[i].path;
	return 0;
}

static int convert(struct build *b, const struct path_slot *s)
{
	struct ing_host *h = &b->t.hosts[s->host];
	struct host_info *info = map_get(b->hosts, h->host);
	struct ing_path *p = &h->paths[s->path];

	if (!info->regex || s->match == ING_DEFAULT) /* which stays at order 0: the last */
		return 0;
	if (!info->orders && !(info->orders = calloc(h->n_paths, sizeof(*info->orders))))
		return -ENOMEM;
	char *e = expression(s, p->path);
	if (!e)
		return -ENOMEM;
	info->orders[s->path] = (unsigned)strlen(p->path) * 2 + (s->match == ING_EXACT) + 1;
	p->match = ING_REGEX;
	p->was = p->path;
	p->was_match = s->match;
	p->path = e;
	return 0;
}

int build_expressions(struct build *b)
{
	struct map_iter it = MAP_ITER_INIT;

	while (map_next(b->paths, &it))
		if (convert(b, it.value) < 0)
			return -ENOMEM;
	it = (struct map_iter)MAP_ITER_INIT;
	while (map_next(b->hosts, &it)) {
		const struct host_info *h = it.value;
		if (!h->orders)
			continue;
		b->t.hosts[h->at].regex = true;
		if (sort_paths(&b->t.hosts[h->at], h->orders) < 0)
			return -ENOMEM;
	}
	return 0;
}

/* --- aliases --- */

static int copy_cond(struct ing_cond *to, const struct ing_cond *from)
{
	*to = (struct ing_cond){.kind = from->kind, .name = str_dup(from->name), .value = str_dup(from->value)};
	return (from->name && !to->name) || (from->value && !to->value) ? -ENOMEM : 0;
}

static int copy_rule(struct ing_rule *to, const struct ing_rule *from)
{
	to->policy = from->policy;
	to->guest = from->guest;
	to->owner = str_dup(from->owner);
	if (!to->owner)
		return -ENOMEM;
	for (size_t i = 0; i < from->n_conds; i++) {
		struct ing_cond *c = REC_GROW(to->conds, to->n_conds);
		if (!c || copy_cond(c, &from->conds[i]) < 0)
			return -ENOMEM;
	}
	for (size_t i = 0; i < from->n_targets; i++) {
		struct ing_target *t = REC_GROW(to->targets, to->n_targets);
		if (!t)
			return -ENOMEM;
		*t = from->targets[i];
	}
	return 0;
}

int build_path_copy(struct ing_path *to, const struct ing_path *from)
{
	to->match = from->match;
	to->was_match = from->was_match;
	to->path = str_dup(from->path);
	to->was = str_dup(from->was);
	if (!to->path || (from->was && !to->was))
		return -ENOMEM;
	for (size_t k = 0; k < from->n_rules; k++) {
		struct ing_rule *r = REC_GROW(to->rules, to->n_rules);
		if (!r || copy_rule(r, &from->rules[k]) < 0)
			return -ENOMEM;
	}
	return 0;
}

static int copy_paths(struct ing_host *to, const struct ing_host *from)
{
	to->regex = from->regex;
	for (size_t i = 0; i < from->n_paths; i++) {
		struct ing_path *p = REC_GROW(to->paths, to->n_paths);
		if (!p || build_path_copy(p, &from->paths[i]) < 0)
			return -ENOMEM;
	}
	return 0;
}

/* A host of a rule is known even if the rule leads nowhere. */
static int add_alias(struct build *b, const struct rec_ingress *r, const char *alias, size_t *left, size_t *ret_without)
{
	const struct host_info *h = map_get(b->hosts, alias), *from = h && h->owner == r && h->alias_of ? map_get(b->hosts, h->alias_of) : NULL;
	size_t to;

	if (!from || from->at == SIZE_MAX || h->at != SIZE_MAX)
		return 0;
	size_t n = b->t.hosts[from->at].n_paths;
	if (build_host(b, alias, &to) < 0 || build_server_copy(b, h->alias_of, alias) < 0)
		return -ENOMEM;
	if (n > *left) {
		(*ret_without)++;
		return 0;
	}
	*left -= n;
	return copy_paths(&b->t.hosts[to], &b->t.hosts[from->at]);
}

int build_aliases(struct build *b)
{
	int code = 0;

	for (size_t i = 0; code == 0 && i < b->n_ours; i++) {
		const struct rec_ingress *r = b->ours[i];
		size_t left = ALIAS_PATHS_MAX, without = 0;
		for (size_t j = 0; code == 0 && j < r->notes.n_aliases; j++)
			code = add_alias(b, r, r->notes.aliases[j], &left, &without);
		if (code == 0 && without)
			code = build_finding(b, r, "TooManyPaths",
					     "annotation server-alias: paths are repeated for each name, %d of them at most; %zu names "
					     "have none: use a wildcard, or another Ingress",
					     ALIAS_PATHS_MAX, without);
	}
	return code;
}

/* --- from-to-www-redirect --- */

static int www_policy(struct build *b, const struct rec_ingress *r, const char *to, size_t *ret)
{
	AUTO_FREE char *key = str_fmt("%s www %s", r->key, to);
	bool fresh;

	if (!key || build_slot(b->policies, key, b->t.n_policies, ret, &fresh) < 0)
		return -ENOMEM;
	if (!fresh)
		return 0;
	struct ing_policy *p = REC_GROW(b->t.policies, b->t.n_policies);
	return p && (p->owner = str_dup(r->key)) &&
		       rec_option(&p->options, &p->n_options, OPT_REDIRECT_PARTS, build_redirect_code(b, r), NULL, NULL) &&
		       rec_option(&p->options, &p->n_options, OPT_REDIRECT_HOST, 0, to, NULL)
		   ? 0
		   : -ENOMEM;
}

static int add_www(struct build *b, const struct rec_ingress *r, const char *host)
{
	AUTO_FREE char *other = str_has_prefix(host, "www.") ? str_dup(host + 4) : str_fmt("www.%s", host);
	size_t at, policy;

	if (!other)
		return -ENOMEM;
	if (!grammar_hostname(other, false) || host[0] == '*')
		return 0;
	struct host_info *h = build_host_info(b, other);
	if (!h)
		return -ENOMEM;
	if (h->www_of)
		return 0;
	if (h->owner)
		return h->alias_of && streq(h->alias_of, host)
			   ? 0
			   : build_finding(b, r, "Conflict",
					   "annotation from-to-www-redirect: host %s is served for Ingress %s itself",
					   other, h->owner->key);
	h->owner = r;
	if (!(h->www_of = str_dup(host)) || build_host(b, other, &at) < 0 || www_policy(b, r, host, &policy) < 0 ||
	    build_server_copy(b, host, other) < 0)
		return -ENOMEM;
	struct ing_path *p = REC_GROW(b->t.hosts[at].paths, b->t.hosts[at].n_paths);
	struct ing_rule *rule = p ? REC_GROW(p->rules, p->n_rules) : NULL;
	if (!rule)
		return -ENOMEM;
	p->match = ING_DEFAULT;
	p->path = str_dup("");
	rule->policy = policy;
	rule->owner = str_dup(r->key);
	return p->path && rule->owner ? 0 : -ENOMEM;
}

int build_www(struct build *b)
{
	int code = 0;

	for (size_t i = 0; code == 0 && i < b->n_ours; i++) {
		const struct rec_ingress *r = b->ours[i];
		for (size_t j = 0; code == 0 && r->notes.www && j < r->n_hosts; j++)
			code = add_www(b, r, r->hosts[j]);
	}
	return code;
}
