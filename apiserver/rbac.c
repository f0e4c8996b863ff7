/*
 * Who has which rules: subject -> bindings -> role -> rules. Changed one object at a time; read under a lock for reading. A role
 * that is named by a binding has a place here even before it exists.
 */
#include "apiserver/rbac.h"
#include <errno.h>
#include <pthread.h>
#include "api/object.h"
#include "base/cleanup.h"
#include "base/map.h"
#include "base/str.h"

struct role {
	char *key; /* "ns/name", of ClusterRoles "/name" */
	size_t bound;
	bool exists;
	struct rbac_rules *rules;
};
struct binding {
	char *key; /* as role.key */
	char *ns;  /* "": everywhere */
	char *role_name;
	bool cluster_role;
	struct role *role;
	char **subjects; /* keys of grants, NULL-terminated */
	size_t n;
};
struct grants {
	struct binding **v;
	size_t n, cap;
};
struct rbac {
	pthread_rwlock_t lock;
	struct map *roles;    /* key -> struct role */
	struct map *bindings; /* key -> struct binding */
	struct map *subjects; /* "U:name", "G:name" -> struct grants */
};

static void role_free(void *p)
{
	struct role *r = p;

	(void)rbac_rules_unref(r->rules);
	free(r->key);
	free(r);
}

static void binding_free(void *p)
{
	struct binding *b = p;

	for (size_t i = 0; i < b->n; i++)
		free(b->subjects[i]);
	free(b->subjects);
	free(b->key);
	free(b->ns);
	free(b->role_name);
	free(b);
}

static void grants_free(void *p)
{
	struct grants *g = p;

	free(g->v);
	free(g);
}

int rbac_new(struct rbac **ret)
{
	struct rbac *r = calloc(1, sizeof(*r));

	if (!r)
		return -ENOMEM;
	pthread_rwlock_init(&r->lock, NULL);
	r->roles = map_new(role_free);
	r->bindings = map_new(binding_free);
	r->subjects = map_new(grants_free);
	if (!r->roles || !r->bindings || !r->subjects) {
		(void)rbac_free(r);
		return -ENOMEM;
	}
	*ret = r;
	return 0;
}

struct rbac *rbac_free(struct rbac *r)
{
	if (!r)
		return NULL;
	if (r->subjects)
		(void)map_free(r->subjects);
	if (r->bindings)
		(void)map_free(r->bindings);
	if (r->roles)
		(void)map_free(r->roles);
	pthread_rwlock_destroy(&r->lock);
	free(r);
	return NULL;
}

/* --- changes; lock held for writing --- */

static struct role *role_at(struct rbac *r, const char *key)
{
	struct role *o = map_get(r->roles, key);

	if (o)
		return o;
	o = calloc(1, sizeof(*o));
	if (o)
		o->key = str_dup(key);
	if (!o || !o->key || map_put(r->roles, key, o)) {
		if (o)
			role_free(o);
		return NULL;
	}
	return o;
}

static void role_unbind(struct rbac *r, struct role *o)
{
	if (o && --o->bound == 0 && !o->exists)
		(void)map_del(r->roles, o->key);
}

static int role_put(struct rbac *r, const char *key, const json_t *obj)
{
	struct rbac_rules *rules = NULL;
	struct role *o;

	if (!obj) {
		o = map_get(r->roles, key);
		if (!o)
			return 0;
		o->exists = false;
		o->rules = rbac_rules_unref(o->rules);
		if (!o->bound)
			(void)map_del(r->roles, key);
		return 0;
	}
	if (rbac_rules_new(&rules, json_object_get(obj, "rules")))
		return -ENOMEM;
	o = role_at(r, key);
	if (!o) {
		(void)rbac_rules_unref(rules);
		return -ENOMEM;
	}
	(void)rbac_rules_unref(o->rules);
	o->rules = rules;
	o->exists = true;
	return 0;
}

static void binding_remove(struct rbac *r, const char *key)
{
	struct binding *b = map_get(r->bindings, key);

	if (!b)
		return;
	for (size_t i = 0; i < b->n; i++) {
		struct grants *g = map_get(r->subjects, b->subjects[i]);

		for (size_t k = 0; g && k < g->n; k++) {
			if (g->v[k] == b) {
				g->v[k] = g->v[--g->n];
				break;
			}
		}
		if (g && !g->n)
			(void)map_del(r->subjects, b->subjects[i]);
	}
	role_unbind(r, b->role);
	(void)map_del(r->bindings, key);
}

static int grant(struct rbac *r, const char *subject, struct binding *b)
{
	struct grants *g = map_get(r->subjects, subject);

	if (!g) {
		g = calloc(1, sizeof(*g));
		if (!g || map_put(r->subjects, subject, g)) {
			free(g);
			return -ENOMEM;
		}
	}
	if (g->n == g->cap) {
		size_t cap = g->cap ? g->cap * 2 : 2;
		struct binding **v = reallocarray(g->v, cap, sizeof(*v));

		if (!v)
			return -ENOMEM;
		g->v = v;
		g->cap = cap;
	}
	g->v[g->n++] = b;
	return 0;
}

static char *subject_key(const json_t *s, const char *ns)
{
	const char *kind = json_str_or(s, "kind", ""), *name = json_str_or(s, "name", "");

	if (streq(kind, "User"))
		return str_fmt("U:%s", name);
	if (streq(kind, "Group"))
		return str_fmt("G:%s", name);
	if (streq(kind, "ServiceAccount"))
		return str_fmt("U:system:serviceaccount:%s:%s", json_str_or(s, "namespace", ns), name);
	return NULL;
}

static int binding_put(struct rbac *r, const char *key, const char *ns, const json_t *obj)
{
	const json_t *subjects = json_object_get(obj, "subjects"), *s;
	const char *kind = json_str_or(obj, "roleRef.kind", ""), *name = json_str_or(obj, "roleRef.name", "");
	AUTO_FREE char *role_key = str_fmt("%s/%s", streq(kind, "Role") ? ns : "", name);
	struct binding *b;
	size_t i;

	binding_remove(r, key);
	if (!obj)
		return 0;
	b = calloc(1, sizeof(*b));
	if (!b || !role_key) {
		free(b);
		return -ENOMEM;
	}
	b->key = str_dup(key);
	b->ns = str_dup(ns);
	b->role_name = str_dup(name);
	b->cluster_role = !streq(kind, "Role");
	b->subjects = calloc(json_array_size(subjects) + 1, sizeof(char *));
	b->role = role_at(r, role_key);
	if (!b->key || !b->ns || !b->role_name || !b->subjects || !b->role || map_put(r->bindings, key, b)) {
		binding_free(b);
		return -ENOMEM;
	}
	b->role->bound++;
	json_array_foreach((json_t *)(uintptr_t)subjects, i, s) {
		AUTO_FREE char *sk = subject_key(s, ns);
		bool dup = false;

		for (size_t k = 0; sk && k < b->n; k++)
			dup |= streq(b->subjects[k], sk);
		if (!sk || dup)
			continue;
		if (grant(r, sk, b))
			return -ENOMEM;
		b->subjects[b->n++] = TAKE_PTR(sk);
	}
	return 0;
}

int rbac_put(struct rbac *r, enum rbac_kind kind, const char *key, const json_t *obj)
{
	bool cluster = kind == RBAC_CLUSTER_ROLE || kind == RBAC_CLUSTER_ROLE_BINDING;
	AUTO_FREE char *full = cluster ? str_fmt("/%s", key) : str_dup(key);
	AUTO_FREE char *ns = cluster ? str_dup("") : str_ndup(key, strcspn(key, "/"));
	int rc;

	if (!full || !ns)
		return -ENOMEM;
	pthread_rwlock_wrlock(&r->lock);
	if (kind == RBAC_ROLE || kind == RBAC_CLUSTER_ROLE)
		rc = role_put(r, full, obj);
	else
		rc = binding_put(r, full, ns, obj);
	pthread_rwlock_unlock(&r->lock);
	return rc;
}

void rbac_clear(struct rbac *r, enum rbac_kind kind)
{
	bool cluster = kind == RBAC_CLUSTER_ROLE || kind == RBAC_CLUSTER_ROLE_BINDING;
	bool roles = kind == RBAC_ROLE || kind == RBAC_CLUSTER_ROLE;

	pthread_rwlock_wrlock(&r->lock);
	for (bool again = true; again;) {
		struct map_iter it = MAP_ITER_INIT;

		again = false;
		while (map_next(roles ? r->roles : r->bindings, &it)) {
			AUTO_FREE char *key = NULL;

			if ((it.key[0] == '/') != cluster || (roles && !((struct role *)it.value)->exists))
				continue;
			key = str_dup(it.key);
			if (!key)
				break;
			if (roles)
				(void)role_put(r, key, NULL);
			else
				binding_remove(r, key);
			again = true;
			break;
		}
	}
	pthread_rwlock_unlock(&r->lock);
}

/* --- questions --- */

static const struct grants *grants_of(struct rbac *r, char kind, const char *name)
{
	char small[256];
	size_t n = strlen(name);
	AUTO_FREE char *big = NULL;
	char *key = small;

	if (n + 3 > sizeof(small)) {
		big = malloc(n + 3);
		if (!big)
			return NULL;
		key = big;
	}
	key[0] = kind;
	key[1] = ':';
	memcpy(key + 2, name, n + 1);
	return map_get(r->subjects, key);
}

static void explain(const struct binding *b, char kind, const char *subject, char *reason, size_t cap)
{
	if (kind == 'U' && str_has_prefix(subject, "system:serviceaccount:")) {
		const char *ns = subject + strlen("system:serviceaccount:"), *colon = strchr(ns, ':');

		(void)snprintf(reason, cap, "RBAC: allowed by %sBinding \"%s\" of %s \"%s\" to ServiceAccount \"%s/%.*s\"", *b->ns ? "Role" : "ClusterRole",
			       *b->ns ? b->key : b->key + 1, b->cluster_role ? "ClusterRole" : "Role", b->role_name, colon ? colon + 1 : "",
			       (int)(colon ? colon - ns : 0), ns);
		return;
	}
	(void)snprintf(reason, cap, "RBAC: allowed by %sBinding \"%s\" of %s \"%s\" to %s \"%s\"", *b->ns ? "Role" : "ClusterRole",
		       *b->ns ? b->key : b->key + 1, b->cluster_role ? "ClusterRole" : "Role", b->role_name, kind == 'U' ? "User" : "Group", subject);
}

struct question {
	const struct authz_attr *at;
	uint32_t bit;
	char *reason;
	size_t cap;
	const struct binding *dangling;
};

static bool ask(struct rbac *r, struct question *q, char kind, const char *subject)
{
	const struct grants *g = grants_of(r, kind, subject);

	for (size_t i = 0; g && i < g->n; i++) {
		const struct binding *b = g->v[i];
		const struct rbac_rules *rules = b->role->rules;

		if (*b->ns && (!q->at->is_resource || strcmp(b->ns, q->at->ns)))
			continue;
		if (!b->role->exists)
			q->dangling = b;
		for (size_t k = 0; rules && k < rules->n; k++) {
			if (rbac_rule_allows(&rules->v[k], q->bit, q->at)) {
				if (q->at->explain && q->reason && q->cap)
					explain(b, kind, subject, q->reason, q->cap);
				return true;
			}
		}
	}
	return false;
}

enum authz_decision rbac_check(struct rbac *r, const struct identity *id, const struct authz_attr *at, char *reason, size_t cap)
{
	struct question q = {.at = at, .bit = rbac_verb_bit(at->verb), .reason = reason, .cap = cap};
	bool ok;

	if (reason && cap)
		*reason = 0;
	if (q.bit == RBAC_VERB_ALL)
		q.bit = 0; /* "*" as a question is a word like another, which only "*" answers */
	pthread_rwlock_rdlock(&r->lock);
	ok = ask(r, &q, 'U', id->user ? id->user : "");
	for (char **g = id->groups; !ok && g && *g; g++)
		ok = ask(r, &q, 'G', *g);
	if (!ok && q.dangling && reason && cap)
		(void)snprintf(reason, cap, "RBAC: %s.rbac.authorization.k8s.io \"%s\" not found", q.dangling->cluster_role ? "clusterrole" : "role",
			       q.dangling->role_name);
	pthread_rwlock_unlock(&r->lock);
	return ok ? AUTHZ_ALLOW : AUTHZ_NO_OPINION;
}

struct rbac_rules *rbac_role_rules(struct rbac *r, const char *ns, const char *name)
{
	AUTO_FREE char *key = str_fmt("%s/%s", ns, name);
	struct rbac_rules *ret = NULL;
	const struct role *o;

	if (!key)
		return NULL;
	pthread_rwlock_rdlock(&r->lock);
	o = map_get(r->roles, key);
	if (o && o->exists)
		ret = rbac_rules_ref(o->rules);
	pthread_rwlock_unlock(&r->lock);
	return ret;
}

static int held_add(struct rbac *r, struct rbac_held *h, char kind, const char *subject, const char *ns)
{
	const struct grants *g = grants_of(r, kind, subject);

	for (size_t i = 0; g && i < g->n; i++) {
		const struct binding *b = g->v[i];
		struct rbac_rules **v;

		if ((*b->ns && strcmp(b->ns, ns)) || !b->role->rules)
			continue;
		v = reallocarray(h->sets, h->n + 1, sizeof(struct rbac_rules *));
		if (!v)
			return -ENOMEM;
		h->sets = v;
		h->sets[h->n++] = rbac_rules_ref(b->role->rules);
	}
	return 0;
}

int rbac_held(struct rbac *r, const struct identity *id, const char *ns, struct rbac_held *ret)
{
	int rc;

	*ret = (struct rbac_held){0};
	pthread_rwlock_rdlock(&r->lock);
	rc = held_add(r, ret, 'U', id->user ? id->user : "", ns);
	for (char **g = id->groups; !rc && g && *g; g++)
		rc = held_add(r, ret, 'G', *g, ns);
	pthread_rwlock_unlock(&r->lock);
	if (rc)
		rbac_held_done(ret);
	return rc;
}

void rbac_held_done(struct rbac_held *h)
{
	for (size_t i = 0; i < h->n; i++)
		(void)rbac_rules_unref(h->sets[i]);
	free(h->sets);
	*h = (struct rbac_held){0};
}

bool rbac_held_covers(const struct rbac_held *h, const struct rbac_rules *want, json_t **missing)
{
	AUTO_FREE const struct rbac_rule **flat = NULL;
	size_t n = 0;

	for (size_t i = 0; i < h->n; i++)
		n += h->sets[i]->n;
	flat = calloc(n + 1, sizeof(*flat));
	if (!flat)
		return false;
	n = 0;
	for (size_t i = 0; i < h->n; i++)
		for (size_t k = 0; k < h->sets[i]->n; k++)
			flat[n++] = &h->sets[i]->v[k];
	return rbac_covers(flat, n, want, missing);
}
