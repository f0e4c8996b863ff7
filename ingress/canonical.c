/* One order for equal tables, whatever the order of objects was. */
#include <errno.h>
#include "base/str.h"
#include "ingress/build.h"

static int cmp_host(const void *a, const void *b)
{
	return strcmp(((const struct ing_host *)a)->host, ((const struct ing_host *)b)->host);
}
static int cmp_server(const void *a, const void *b)
{
	return strcmp(((const struct ing_server *)a)->name, ((const struct ing_server *)b)->name);
}
static int cmp_finding(const void *pa, const void *pb)
{
	const struct ing_finding *a = pa, *b = pb;
	int c = strcmp(a->ingress, b->ingress);
	c = c ? c : strcmp(a->reason, b->reason);
	return c ? c : strcmp(a->message, b->message);
}
static int cmp_str(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}
static int cmp_path(const void *pa, const void *pb)
{
	const struct ing_path *a = pa, *b = pb;
	size_t la = strlen(a->path), lb = strlen(b->path);

	if ((a->match == ING_DEFAULT) != (b->match == ING_DEFAULT))
		return a->match == ING_DEFAULT ? 1 : -1;
	if (la != lb)
		return la > lb ? -1 : 1;
	int c = strcmp(a->path, b->path);
	return c ? c : (int)a->match - (int)b->match;
}
struct order {
	const char *key;
	size_t was;
};
static int cmp_order(const void *a, const void *b)
{
	const struct order *x = a, *y = b;
	int c = strcmp(x->key, y->key);
	return c ? c : x->was < y->was ? -1 : x->was > y->was;
}

/* now[i]: where the i-th of n keys goes. */
static int order_of(struct order *o, size_t n, size_t *now)
{
	if (n)
		qsort(o, n, sizeof(*o), cmp_order);
	for (size_t i = 0; i < n; i++)
		now[o[i].was] = i;
	return 0;
}

/* Sorts an array of things that others have indices of. */
#define SORT_INDEXED(v, n, keyed, now)                                                                                 \
	({                                                                                                             \
		AUTO_FREE struct order *o_ = calloc((n) + 1, sizeof(*o_));                                             \
		__typeof__(v) sorted_ = calloc((n) + 1, sizeof(*sorted_));                                             \
		int code_ = o_ && sorted_ ? 0 : -ENOMEM;                                                               \
		for (size_t i_ = 0; !code_ && i_ < (n); i_++)                                                          \
			o_[i_] = (struct order){(v)[i_].keyed, i_};                                                    \
		code_ = code_ ? code_ : order_of(o_, n, now);                                                          \
		for (size_t i_ = 0; !code_ && i_ < (n); i_++)                                                          \
			sorted_[now[i_]] = (v)[i_];                                                                    \
		free(code_ ? sorted_ : (v));                                                                           \
		if (!code_)                                                                                            \
			(v) = sorted_;                                                                                 \
		code_;                                                                                                 \
	})

static size_t moved(const size_t *now, size_t i)
{
	return i == SIZE_MAX ? i : now[i];
}

void build_move_indices(struct ing_table *t, const size_t *backend, const size_t *policy)
{
	for (size_t i = 0; i < t->n_hosts; i++)
		for (size_t j = 0; j < t->hosts[i].n_paths; j++)
			for (size_t k = 0; k < t->hosts[i].paths[j].n_rules; k++) {
				struct ing_rule *r = &t->hosts[i].paths[j].rules[k];
				r->policy = policy[r->policy];
				for (size_t l = 0; l < r->n_targets; l++) {
					r->targets[l].backend = moved(backend, r->targets[l].backend);
					r->targets[l].policy = moved(policy, r->targets[l].policy);
				}
			}
	for (size_t i = 0; i < t->n_policies; i++)
		for (size_t k = 0; k < t->policies[i].n_options; k++) {
			struct ing_option *o = &t->policies[i].options[k];
			if (o->opt == OPT_MIRROR)
				o->num = (int64_t)backend[o->num];
		}
}

static int sort_indexed(struct ing_table *t)
{
	AUTO_FREE size_t *backend = calloc(t->n_backends + 1, sizeof(*backend));
	AUTO_FREE size_t *policy = calloc(t->n_policies + 1, sizeof(*policy));

	if (!backend || !policy || SORT_INDEXED(t->backends, t->n_backends, key, backend) < 0 ||
	    SORT_INDEXED(t->policies, t->n_policies, owner, policy) < 0)
		return -ENOMEM;
	build_move_indices(t, backend, policy);
	return 0;
}

#define SORT(v, n, cmp)                                                                                                \
	do {                                                                                                           \
		if (n)                                                                                                 \
			qsort(v, n, sizeof(*(v)), cmp);                                                                \
	} while (0)

void ing_table_sort_findings(struct ing_table *t)
{
	SORT(t->findings, t->n_findings, cmp_finding);
}

int build_canonical(struct ing_table *t)
{
	SORT(t->hosts, t->n_hosts, cmp_host);
	for (size_t i = 0; i < t->n_hosts; i++)
		if (!t->hosts[i].regex) /* their order is by what is no longer there */
			SORT(t->hosts[i].paths, t->hosts[i].n_paths, cmp_path);
	SORT(t->servers, t->n_servers, cmp_server);
	ing_table_sort_findings(t);
	SORT(t->served, t->n_served, cmp_str);
	SORT(t->secrets, t->n_secrets, cmp_str);
	SORT(t->configmaps, t->n_configmaps, cmp_str);
	return sort_indexed(t);
}
