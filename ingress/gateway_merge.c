/*
 * Two tables to one in canonical order. Hosts and servers of from have scopes, so that they follow those of t;
 * backends, which both may have, and policies change their places, and with them the indices that name them.
 */
#include <errno.h>
#include <string.h>
#include "base/cleanup.h"
#include "ingress/gateway_build.h"

/* Where the records of two sorted lists go: mine and theirs get the indices in the list that is both, equal keys one.
 * Its length. */
#define PLACES(a, n_a, b, n_b, key, one, mine, theirs)                                                                 \
	({                                                                                                             \
		size_t i_ = 0, k_ = 0, at_ = 0;                                                                        \
		while (i_ < (n_a) || k_ < (n_b)) {                                                                     \
			int c_ = i_ == (n_a) ? 1 : k_ == (n_b) ? -1 : strcmp((a)[i_].key, (b)[k_].key);                \
			if (c_ < 0 || (c_ == 0 && !(one)))                                                             \
				(mine)[i_++] = at_++;                                                                  \
			else if (c_ > 0)                                                                               \
				(theirs)[k_++] = at_++;                                                                \
			else                                                                                           \
				(mine)[i_++] = (theirs)[k_++] = at_++;                                                 \
		}                                                                                                      \
		at_;                                                                                                   \
	})

/* What REC_GROW makes of it later, it makes of a list whose room is the next power of two. */
static void *room(size_t n, size_t size)
{
	size_t cap = 1;

	while (cap < n)
		cap *= 2;
	return calloc(cap, size);
}

static int cmp_str(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Each once. */
static void sort_names(char **v, size_t *n)
{
	size_t k = 0;

	if (*n)
		qsort(v, *n, sizeof(*v), cmp_str);
	for (size_t i = 0; i < *n; i++)
		if (k && strcmp(v[k - 1], v[i]) == 0)
			free(v[i]);
		else
			v[k++] = v[i];
	*n = k;
}

#define JOIN(list)                                                                                                     \
	do {                                                                                                           \
		if (t->n_##list)                                                                                       \
			memcpy(list, t->list, t->n_##list * sizeof(*(list)));                                          \
		if (from->n_##list)                                                                                    \
			memcpy(list + t->n_##list, from->list, from->n_##list * sizeof(*(list)));                      \
		free(t->list);                                                                                         \
		t->list = TAKE_PTR(list);                                                                              \
		t->n_##list += from->n_##list;                                                                         \
		from->n_##list = 0;                                                                                    \
	} while (0)

int gw_merge(struct ing_table *t, struct ing_table *from)
{
	size_t n_b = t->n_backends + from->n_backends, n_p = t->n_policies + from->n_policies;
	AUTO_FREE size_t *now = calloc(n_b + n_p + 1, sizeof(*now));
	AUTO_FREE struct ing_backend *backends = room(n_b, sizeof(*backends));
	AUTO_FREE struct ing_policy *policies = room(n_p, sizeof(*policies));
	AUTO_FREE struct ing_host *hosts = room(t->n_hosts + from->n_hosts, sizeof(*hosts));
	AUTO_FREE char **secrets = room(t->n_secrets + from->n_secrets, sizeof(*secrets));
	AUTO_FREE char **configmaps = room(t->n_configmaps + from->n_configmaps, sizeof(*configmaps));
	AUTO_FREE struct ing_server *servers = room(t->n_servers + from->n_servers, sizeof(*servers));

	if (!now || !backends || !policies || !hosts || !servers || !secrets || !configmaps)
		return -ENOMEM;
	size_t *b1 = now, *b2 = b1 + t->n_backends, *p1 = now + n_b, *p2 = p1 + t->n_policies;
	n_b = PLACES(t->backends, t->n_backends, from->backends, from->n_backends, key, true, b1, b2);
	(void)PLACES(t->policies, t->n_policies, from->policies, from->n_policies, owner, false, p1, p2);
	build_move_indices(t, b1, p1);
	build_move_indices(from, b2, p2);
	for (size_t i = 0; i < t->n_backends; i++)
		backends[b1[i]] = t->backends[i];
	for (size_t i = 0; i < from->n_backends; i++) {
		struct ing_backend *f = &from->backends[i], *slot = &backends[b2[i]];
		if (!slot->key) {
			*slot = *f;
			continue;
		}
		free(f->key);
		free(f->external);
		free(f->eps);
	}
	for (size_t i = 0; i < t->n_policies; i++)
		policies[p1[i]] = t->policies[i];
	for (size_t i = 0; i < from->n_policies; i++)
		policies[p2[i]] = from->policies[i];
	free(t->backends);
	free(t->policies);
	t->backends = TAKE_PTR(backends);
	t->n_backends = n_b;
	t->policies = TAKE_PTR(policies);
	t->n_policies = n_p;
	from->n_backends = from->n_policies = 0;
	JOIN(hosts);
	JOIN(servers);
	JOIN(secrets);
	sort_names(t->secrets, &t->n_secrets);
	JOIN(configmaps);
	sort_names(t->configmaps, &t->n_configmaps);
	ing_table_done(from);
	return 0;
}
