/* Which policies select which pods of this node. */
#include "net/policy_model.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include "api/digest.h"
#include "api/object.h"
#include "base/buf.h"
#include "base/cleanup.h"
#include "base/str.h"
#include "net/policy_internal.h"

static void labels_free(void *v)
{
	json_decref(v);
}

int np_model_new(struct np_model **ret, const char *node_name, const struct np_sink *sink, struct err *e)
{
	struct np_model *m = calloc(1, sizeof(*m));
	if (!m)
		return err_nomem(e);
	m->sink = *sink;
	m->node = str_dup(node_name);
	m->policies = map_new(NULL);
	m->pods = map_new(NULL);
	m->namespaces = map_new(labels_free);
	m->sets = map_new(NULL);
	m->profiles = map_new(NULL);
	m->leases = map_new(free);
	if (!m->node || !m->policies || !m->pods || !m->namespaces || !m->sets || !m->profiles || !m->leases) {
		np_model_free(m);
		return err_nomem(e);
	}
	*ret = m;
	return 0;
}

static void profile_free(struct np_profile *f)
{
	free(f->text);
	free(f->policies);
	free(f);
}

struct np_model *np_model_free(struct np_model *m)
{
	struct map_iter it = MAP_ITER_INIT;
	if (!m)
		return NULL;
	while (m->profiles && map_next(m->profiles, &it))
		profile_free(it.value);
	it = (struct map_iter)MAP_ITER_INIT;
	while (m->pods && map_next(m->pods, &it))
		np_pod_free(it.value);
	it = (struct map_iter)MAP_ITER_INIT;
	while (m->policies && map_next(m->policies, &it))
		np_policy_free(m, it.value);
	struct map *maps[] = {m->profiles, m->pods, m->policies, m->sets, m->namespaces, m->leases};
	for (size_t i = 0; i < ARRAY_LEN(maps); i++)
		if (maps[i])
			map_free(maps[i]);
	free(m->node);
	free(m);
	return NULL;
}

/* ---- chains ---- */

static void side_use(struct np_model *m, struct np_policy *p, enum np_dir dir, bool use)
{
	struct np_side *s = &p->sides[dir];
	if (use ? s->uses++ : --s->uses)
		return;
	for (size_t i = 0; i < s->n_rules; i++) {
		struct np_rule *r = &s->rules[i];
		for (size_t k = 0; k < r->n_peers; k++)
			np_set_use(m, r->peers[k], use);
		for (size_t k = 0; k < r->n_named; k++)
			np_set_use(m, r->named[k], use);
	}
	struct nft_chain_want w = {
	    .name = s->chain, .hash = s->hash, .comment = p->text, .emit = np_emit_side, .owner = s};
	m->sink.chain(m->sink.arg, &w, use);
}

static void profile_use(struct np_model *m, struct np_profile *f, bool use)
{
	struct nft_chain_want w = {.name = f->chain,
				   .hash = digest_number(f->text, strlen(f->text)),
				   .comment = f->policies[0]->ns,
				   .emit = np_emit_profile,
				   .owner = f};
	for (size_t i = 0; use && i < f->n; i++)
		side_use(m, f->policies[i], f->dir, true);
	m->sink.chain(m->sink.arg, &w, use);
	for (size_t i = 0; !use && i < f->n; i++)
		side_use(m, f->policies[i], f->dir, false);
}

static int by_text(const void *a, const void *b)
{
	return strcmp((*(struct np_policy *const *)a)->text, (*(struct np_policy *const *)b)->text);
}

/* The profile of a pod in one direction, held; NULL in *ret: nothing isolates it. */
static int profile_of(struct np_model *m, const struct np_pod *p, enum np_dir dir, struct np_profile **ret)
{
	AUTO_FREE struct np_policy **v = calloc(map_len(m->policies) + 1, sizeof(*v));
	AUTO_BUF struct buf text = {0};
	char chain[NFT_ITEM_NAME];
	size_t n = 0;
	struct map_iter it = MAP_ITER_INIT;
	*ret = NULL;
	if (!v)
		return -ENOMEM;
	while (map_next(m->policies, &it)) {
		struct np_policy *x = it.value;
		if (x->sides[dir].on && streq(x->ns, p->ns) && x->pod_sel &&
		    api_selector_match_labels(x->pod_sel, p->labels))
			v[n++] = x;
	}
	if (!n)
		return 0;
	qsort(v, n, sizeof(*v), by_text);
	for (size_t i = 0; i < n; i++)
		buf_addf(&text, "%s ", v[i]->text);
	if (buf_failed(&text))
		return -ENOMEM;
	digest_name(chain, sizeof(chain), dir == NP_INGRESS ? "I" : "E", text.data, "");
	struct np_profile *f = map_get(m->profiles, chain);
	if (!f) {
		f = calloc(1, sizeof(*f));
		if (!f || !(f->text = str_dup(text.data)) || map_put(m->profiles, chain, f) < 0) {
			if (f)
				profile_free(f);
			return -ENOMEM;
		}
		memcpy(f->chain, chain, sizeof(chain));
		f->dir = dir;
		f->n = n;
		f->policies = TAKE_PTR(v);
		profile_use(m, f, true);
	}
	f->refs++;
	*ret = f;
	return 0;
}

static void profile_unref(struct np_model *m, struct np_profile *f)
{
	if (!f || --f->refs)
		return;
	profile_use(m, f, false);
	(void)map_take(m->profiles, f->chain);
	profile_free(f);
}

/* ---- pods of this node ---- */

static void pod_elems(struct np_model *m, const struct np_pod *p, bool add)
{
	struct inet_addr ips[2 * NP_IPS_MAX];
	size_t n = np_pod_ips(m, p, ips);
	for (size_t i = 0; i < n; i++) {
		uint8_t both[32];
		uint32_t len = inet_addr_len(ips[i].family);
		memcpy(both, ips[i].a, len);
		memcpy(both + len, ips[i].a, len);
		m->sink.elem(m->sink.arg, NP_KNOWN(ips[i].family), both, len, NULL, add);
		m->sink.elem(m->sink.arg, NP_SELF(ips[i].family), both, 2 * len, NULL, add);
		for (unsigned d = 0; d < 2; d++)
			if (p->profiles[d])
				m->sink.elem(m->sink.arg, NP_MAP(d, ips[i].family), both, len, p->profiles[d]->chain,
					     add);
	}
}

/* Takes back what was said of a pod of this node. */
static void local_leave(struct np_model *m, struct np_pod *p)
{
	if (!p->told)
		return;
	pod_elems(m, p, false);
	for (unsigned d = 0; d < 2; d++)
		profile_unref(m, TAKE_PTR(p->profiles[d]));
	p->told = false;
}

static int local_enter(struct np_model *m, struct np_pod *p)
{
	if (!p->local || p->told)
		return 0;
	for (unsigned d = 0; d < 2; d++)
		if (profile_of(m, p, (enum np_dir)d, &p->profiles[d]) < 0) {
			profile_unref(m, TAKE_PTR(p->profiles[0]));
			return -ENOMEM;
		}
	pod_elems(m, p, true);
	p->told = true;
	return 0;
}

static int key_make(const char *ns, const char *name, char **ret)
{
	*ret = str_fmt("%s/%s", ns, name);
	return *ret ? 0 : -ENOMEM;
}

int np_model_pod(struct np_model *m, const char *ns, const char *name, const json_t *pod)
{
	AUTO_FREE char *key = NULL;
	struct np_pod *now = NULL;
	if (key_make(ns, name, &key) < 0 || (pod && np_pod_new(&now, ns, name, pod, m->node) < 0))
		return -ENOMEM;
	struct np_pod *old = map_get(m->pods, key);
	if (old) { /* sets that nobody uses any more lose it with the rest, the others now */
		local_leave(m, old);
		np_sets_pod(m, old, false, false);
		(void)map_take(m->pods, key);
		np_pod_free(old);
	}
	if (!now)
		return 0;
	if (map_put(m->pods, key, now) < 0) {
		np_pod_free(now);
		return -ENOMEM;
	}
	np_sets_pod(m, now, false, true);
	return local_enter(m, now);
}

int np_model_namespace(struct np_model *m, const char *name, const json_t *ns)
{
	struct map_iter it = MAP_ITER_INIT;
	json_t *labels = ns ? json_deep_copy(json_at(ns, "metadata", "labels", NULL)) : NULL;
	int code = 0;
	if (json_equal(labels, map_get(m->namespaces, name)) && labels) {
		json_decref(labels);
		return 0;
	}
	while (map_next(m->pods, &it))
		if (streq(((struct np_pod *)it.value)->ns, name))
			np_sets_pod(m, it.value, true, false);
	(void)map_del(m->namespaces, name);
	if (labels && map_put(m->namespaces, name, labels) < 0) {
		json_decref(labels);
		code = -ENOMEM;
	}
	it = (struct map_iter)MAP_ITER_INIT;
	while (map_next(m->pods, &it))
		if (streq(((struct np_pod *)it.value)->ns, name))
			np_sets_pod(m, it.value, true, true);
	return code;
}

/* All pods of this node that a policy of ns may be about. */
static void locals_leave(struct np_model *m, const char *ns)
{
	struct map_iter it = MAP_ITER_INIT;
	while (map_next(m->pods, &it))
		if (streq(((struct np_pod *)it.value)->ns, ns))
			local_leave(m, it.value);
}

static int locals_enter(struct np_model *m, const char *ns)
{
	struct map_iter it = MAP_ITER_INIT;
	int code = 0;
	while (map_next(m->pods, &it))
		if (streq(((struct np_pod *)it.value)->ns, ns) && local_enter(m, it.value) < 0)
			code = -ENOMEM;
	return code;
}

int np_model_policy(struct np_model *m, const char *ns, const char *name, const json_t *policy)
{
	AUTO_FREE char *key = NULL;
	struct np_policy *now = NULL;
	if (key_make(ns, name, &key) < 0 || (policy && np_policy_new(&now, m, ns, name, policy) < 0))
		return -ENOMEM;
	struct np_policy *old = map_get(m->policies, key);
	if (!old && !now)
		return 0;
	locals_leave(m, ns);
	(void)map_take(m->policies, key);
	np_policy_free(m, old);
	int code = 0;
	if (now && map_put(m->policies, key, now) < 0) {
		np_policy_free(m, now);
		code = -ENOMEM;
	}
	return locals_enter(m, ns) < 0 ? -ENOMEM : code;
}

static struct np_pod *pod_by_uid(struct np_model *m, const char *uid)
{
	struct map_iter it = MAP_ITER_INIT;
	while (map_next(m->pods, &it)) {
		struct np_pod *p = it.value;
		if (p->local && streq(p->uid, uid))
			return p;
	}
	return NULL;
}

int np_model_lease(struct np_model *m, const char *uid, const struct inet_addr *ips, size_t n)
{
	struct np_pod *p = pod_by_uid(m, uid);
	struct np_lease *l = n ? calloc(1, sizeof(*l)) : NULL;
	int code = 0;
	if (n && !l)
		return -ENOMEM;
	if (p) {
		local_leave(m, p);
		np_sets_pod(m, p, false, false);
	}
	(void)map_del(m->leases, uid);
	for (size_t i = 0; l && i < n && l->n < NP_IPS_MAX; i++)
		l->ips[l->n++] = ips[i];
	if (l && map_put(m->leases, uid, l) < 0) {
		free(l);
		code = -ENOMEM;
	}
	if (p) {
		np_sets_pod(m, p, false, true);
		if (local_enter(m, p) < 0)
			code = -ENOMEM;
	}
	return code;
}

size_t np_model_policies(const struct np_model *m)
{
	return map_len(m->policies);
}

bool np_model_policy_cut(const struct np_model *m, const char *ns, const char *name)
{
	AUTO_FREE char *key = NULL;
	const struct np_policy *p = key_make(ns, name, &key) == 0 ? map_get(m->policies, key) : NULL;
	return p && p->cut;
}
