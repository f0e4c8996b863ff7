/* Records to the routing table: who is served, who wins, where it leads, and what is wrong. */
#include <errno.h>
#include <stdarg.h>
#include "base/str.h"
#include "ingress/build.h"

void build_slices_free(void *p)
{
	struct slices *s = p;
	free(s->v);
	free(s);
}
static void host_info_free(void *p)
{
	struct host_info *h = p;
	free(h->alias_of);
	free(h->www_of);
	free(h->orders);
	free(h);
}

#define FINDINGS_MAX 50 /* of one object, one after the other; a record has fewer faults */

int build_finding_of(struct build *b, const char *object, const char *reason, char text[900])
{
	size_t n = 0;

	str_make_utf8(text);
	/* The same fault of several paths is said once. */
	for (; n < b->t.n_findings && streq(b->t.findings[b->t.n_findings - 1 - n].ingress, object); n++)
		if (streq(b->t.findings[b->t.n_findings - 1 - n].message, text))
			return 0;
	/* Each is an event, and is compared with all the others: ten thousand paths could have as many. */
	if (n > FINDINGS_MAX)
		return 0;
	if (n == FINDINGS_MAX) {
		reason = "TooManyFaults";
		(void)snprintf(text, 900, "there is more wrong than these %d faults: mend them first", FINDINGS_MAX);
	}
	struct ing_finding *f = REC_GROW(b->t.findings, b->t.n_findings);
	if (!f)
		return -ENOMEM;
	f->reason = reason;
	f->ingress = str_dup(object);
	f->message = str_dup(text);
	return f->ingress && f->message ? 0 : -ENOMEM;
}

int build_finding(struct build *b, const struct rec_ingress *r, const char *reason, const char *fmt, ...)
{
	char text[900];
	va_list ap;
	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	return build_finding_of(b, r->key, reason, text);
}

int build_slot(struct map *map, const char *key, size_t n, size_t *ret, bool *fresh)
{
	struct slot *s = map_get(map, key);

	*fresh = !s;
	if (!s) {
		s = calloc(1, sizeof(*s));
		if (!s || map_put(map, key, s) < 0) {
			free(s);
			return -ENOMEM;
		}
		s->at = n;
	}
	*ret = s->at;
	return 0;
}

/* --- who is ours --- */

static bool is_ours(const struct ing_model *m, const struct rec_ingress *r)
{
	struct map_iter it = MAP_ITER_INIT;
	bool others = false;

	if (r->class) {
		const struct rec_class *c = map_get(m->classes, r->class);
		return c && c->ours;
	}
	if (r->old_class)
		return streq(r->old_class, m->class);
	/* No class: ours, unless an administrator made another controller's class the default and none of ours. */
	while (map_next(m->classes, &it)) {
		const struct rec_class *c = it.value;
		if (c->dflt && c->ours)
			return true;
		others = others || c->dflt;
	}
	return !others;
}

static int by_age(const void *pa, const void *pb)
{
	const struct rec_ingress *a = *(const struct rec_ingress *const *)pa,
				 *b = *(const struct rec_ingress *const *)pb;

	if (a->created != b->created)
		return a->created < b->created ? -1 : 1;
	int c = strcmp(a->ns, b->ns);
	return c ? c : strcmp(a->name, b->name);
}

int build_slices(const struct ing_model *m, struct map *ret)
{
	struct map_iter it = MAP_ITER_INIT;

	while (map_next(m->slices, &it)) {
		const struct rec_slice *s = it.value;
		struct slices *v = map_get(ret, s->service);
		if (!v) {
			v = calloc(1, sizeof(*v));
			if (!v || map_put(ret, s->service, v) < 0) {
				free(v);
				return -ENOMEM;
			}
		}
		const struct rec_slice **slot = REC_GROW(v->v, v->n);
		if (!slot)
			return -ENOMEM;
		*slot = s;
	}
	return 0;
}

static int collect(struct build *b)
{
	struct map_iter it = MAP_ITER_INIT;

	while (map_next(b->m->ingresses, &it)) {
		if (!is_ours(b->m, it.value))
			continue;
		const struct rec_ingress **slot = REC_GROW(b->ours, b->n_ours);
		if (!slot)
			return -ENOMEM;
		*slot = it.value;
	}
	if (b->n_ours)
		qsort(b->ours, b->n_ours, sizeof(*b->ours), by_age);
	return build_slices(b->m, b->by_service);
}

/* --- what they refer to --- */

int build_want(struct build *b, bool secret, const char *key)
{
	struct map *had = b->wanted[secret];

	if (!key || map_has(had, key))
		return 0;
	char **slot = secret ? REC_GROW(b->t.secrets, b->t.n_secrets) : REC_GROW(b->t.configmaps, b->t.n_configmaps);
	return slot && (*slot = str_dup(key)) ? map_put(had, key, b) : -ENOMEM;
}

static int want_all(struct build *b, const struct rec_ingress *r)
{
	const struct rec_notes *n = &r->notes;

	for (size_t i = 0; i < r->n_tls; i++) {
		AUTO_FREE char *key = r->tls[i].secret ? str_fmt("%s/%s", r->ns, r->tls[i].secret) : NULL;
		if (r->tls[i].secret && (!key || build_want(b, true, key) < 0))
			return -ENOMEM;
	}
	return build_want(b, true, n->basic_secret) < 0 || build_want(b, true, n->proxy_secret) < 0 ||
		       build_want(b, true, n->client_secret) < 0 || build_want(b, false, n->auth_headers) < 0 ||
		       build_want(b, false, n->custom_headers) < 0
		   ? -ENOMEM
		   : 0;
}

/* --- hosts and paths --- */

struct host_info *build_host_info(struct build *b, const char *host)
{
	struct host_info *h = map_get(b->hosts, host);

	if (h)
		return h;
	h = calloc(1, sizeof(*h));
	if (!h || map_put(b->hosts, host, h) < 0) {
		free(h);
		return NULL;
	}
	h->at = SIZE_MAX;
	return h;
}

int build_host(struct build *b, const char *host, size_t *ret)
{
	struct host_info *info = build_host_info(b, host);

	if (!info)
		return -ENOMEM;
	if (info->at == SIZE_MAX) {
		struct ing_host *h = REC_GROW(b->t.hosts, b->t.n_hosts);
		if (!h || !(h->host = str_dup(host)))
			return -ENOMEM;
		info->at = b->t.n_hosts - 1;
	}
	*ret = info->at;
	return 0;
}

char *build_path_key(const char *host, enum ing_match match, const char *path)
{
	return str_fmt("%s %d %s", host, (int)match, path);
}

static const char *path_text(enum ing_match match, const char *path)
{
	return match == ING_PREFIX && !*path ? "/" : path;
}

static int conflict(struct build *b, const struct rec_ingress *r, const struct rec_ingress *owner, const char *host,
		    enum ing_match match, const char *path)
{
	if (match == ING_DEFAULT)
		return owner == r
			   ? 0
			   : build_finding(b, r, "Conflict", "the default backend of %s%s is that of the older Ingress %s",
					   streq(host, "*") ? "all hosts" : "host ", streq(host, "*") ? "" : host,
					   owner->key);
	return build_finding(b, r, "Conflict", "host %s, path %s (%s) belongs to %s%s", host, path_text(match, path),
			     match == ING_EXACT ? "Exact" : "Prefix",
			     owner == r ? "an earlier rule of this Ingress" : "the older Ingress ",
			     owner == r ? "" : owner->key);
}

/* from NULL: the default backend. */
static int add_path(struct build *b, const struct rec_ingress *r, const char *host, const struct rec_path *from)
{
	enum ing_match match = from ? from->match : ING_DEFAULT;
	const char *path = from ? from->path : "";
	AUTO_FREE char *key = build_path_key(host, match, path);
	struct host_info *info = build_host_info(b, host);
	struct ing_target to = {.weight = 1};
	size_t h, policy;

	if (!key || !info)
		return -ENOMEM;
	if (info->alias_of) /* an older Ingress' */
		return 0;
	struct path_slot *had = map_get(b->paths, key);
	if (had)
		return conflict(b, r, had->owner, host, match, path);
	if (build_host(b, host, &h) < 0 || build_backend(b, r, from ? &from->ref : &r->dflt, &to) < 0 ||
	    build_policy(b, r, host, &policy) < 0)
		return -ENOMEM;
	struct path_slot *slot = calloc(1, sizeof(*slot));
	if (!slot || map_put(b->paths, key, slot) < 0) {
		free(slot);
		return -ENOMEM;
	}
	*slot = (struct path_slot){.owner = r,
				   .host = h,
				   .path = b->t.hosts[h].n_paths,
				   .match = match,
				   .expr = from && from->expr,
				   .impl = from && from->impl};
	struct ing_path *p = REC_GROW(b->t.hosts[h].paths, b->t.hosts[h].n_paths);
	struct ing_rule *rule = p ? REC_GROW(p->rules, p->n_rules) : NULL;
	struct ing_target *target = rule ? REC_GROW(rule->targets, rule->n_targets) : NULL;
	if (!target)
		return -ENOMEM;
	p->match = match;
	p->path = str_dup(path);
	rule->policy = policy;
	rule->owner = str_dup(r->key);
	*target = to;
	return p->path && rule->owner ? 0 : -ENOMEM;
}

static int begin_ingress(struct build *b, const struct rec_ingress *r)
{
	char **slot = REC_GROW(b->t.served, b->t.n_served);
	int code = slot && (*slot = str_dup(r->key)) ? 0 : -ENOMEM;

	for (size_t i = 0; code == 0 && i < r->n_faults; i++)
		code = build_finding(b, r, r->faults[i].reason, "%s", r->faults[i].message);
	return code || r->notes.canary ? code : want_all(b, r);
}

static int add_ingress(struct build *b, const struct rec_ingress *r)
{
	int code = build_refusal(b, r);

	/* A host of a rule is known even if the rule leads nowhere: it does not fall to a wildcard. */
	for (size_t i = 0; code == 0 && i < r->n_hosts; i++) {
		const struct host_info *info = build_host_info(b, r->hosts[i]);
		size_t at;
		code = !info ? -ENOMEM : info->alias_of ? 0 : build_host(b, r->hosts[i], &at);
	}
	code = code ? code : build_certificates(b, r);
	for (size_t i = 0; code == 0 && i < r->n_paths; i++)
		code = add_path(b, r, r->paths[i].host, &r->paths[i]);
	for (size_t i = 0; code == 0 && build_named(&r->dflt) && i < r->n_hosts; i++)
		code = add_path(b, r, r->hosts[i], NULL);
	return code == 0 && build_named(&r->dflt) && !r->n_hosts ? add_path(b, r, "*", NULL) : code;
}

/* Gateways' routes may want the same hosts (gateway_share.c). */
static int tell_owners(struct build *b)
{
	struct map_iter it = MAP_ITER_INIT;

	while (map_next(b->hosts, &it)) {
		const struct host_info *h = it.value;
		struct ing_host *to = h->at == SIZE_MAX ? NULL : &b->t.hosts[h->at];
		const char *owner = h->owner ? h->owner->key : to && to->n_paths ? to->paths[0].rules[0].owner : NULL;
		if (to && owner && !(to->owner = str_dup(owner)))
			return -ENOMEM;
	}
	return 0;
}

static int add_all(struct build *b)
{
	int code = build_classes(b);

	code = code ? code : build_claim_hosts(b);

	for (size_t i = 0; code == 0 && i < b->n_ours; i++) {
		code = begin_ingress(b, b->ours[i]);
		if (code == 0 && !b->ours[i]->notes.canary)
			code = add_ingress(b, b->ours[i]);
	}
	/* What joins others, when all of them are there. */
	for (size_t i = 0; code == 0 && i < b->n_ours; i++)
		if (b->ours[i]->notes.canary)
			code = build_canary(b, b->ours[i]);
	code = code ? code : build_client_certificates(b);
	code = code ? code : build_expressions(b);
	code = code ? code : build_aliases(b);
	code = code ? code : build_www(b);
	code = code ? code : tell_owners(b);
	return code ? code : build_default_certificate(b);
}

int ing_model_build(const struct ing_model *m, struct ing_table *ret, struct err *e)
{
	struct build b = {.m = m,
			  .hosts = map_new(host_info_free),
			  .paths = map_new(free),
			  .backends = map_new(free),
			  .servers = map_new(free),
			  .policies = map_new(free),
			  .by_service = map_new(build_slices_free),
			  .certs = map_new(NULL),
			  .wanted = {map_new(NULL), map_new(NULL)}};
	struct map *maps[] = {b.hosts,    b.paths,      b.backends,  b.servers,
			      b.policies, b.by_service, b.certs, b.wanted[0], b.wanted[1]};
	int code = 0;

	for (size_t i = 0; i < ARRAY_LEN(maps); i++)
		code = maps[i] ? code : -ENOMEM;
	code = code ? code : collect(&b);
	code = code ? code : add_all(&b);
	code = code ? code : build_canonical(&b.t);
	for (size_t i = 0; i < ARRAY_LEN(maps); i++)
		if (maps[i])
			map_free(maps[i]);
	free(b.ours);
	if (code) {
		ing_table_done(&b.t);
		return err_nomem(e);
	}
	*ret = b.t;
	return 0;
}
