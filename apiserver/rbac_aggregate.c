/*
 * ClusterRoles with an aggregationRule hold the rules of all ClusterRoles its selectors choose; they are written anew
 * whenever one of those changes (Kubernetes' clusterrole-aggregation controller).
 */
#include "api/object.h"
#include "api/scan.h"
#include "api/selector.h"
#include "apiserver/auth_internal.h"
#include "base/log.h"

#define ROUNDS 10 /* admin takes from edit, edit from view: as deep as anybody nests */

struct await {
	pthread_mutex_t lock;
	pthread_cond_t cond;
	bool done;
};

static void on_patched(void *arg, int status, struct bytes *body)
{
	struct await *w = arg;
	char m[200] = "";

	if (status >= 300 && status != 409 && status != 404) {
		if (body)
			(void)scan_str(body->data, body->len, "message", m, sizeof(m));
		log_warning(APISERVER_LOG, NULL, "an aggregated ClusterRole was not updated: %s", m);
	}
	if (!w)
		return;
	pthread_mutex_lock(&w->lock);
	w->done = true;
	pthread_cond_signal(&w->cond);
	pthread_mutex_unlock(&w->lock);
}

static bool contains(const json_t *rules, const json_t *rule)
{
	const json_t *r;
	size_t i;

	json_array_foreach((json_t *)(uintptr_t)rules, i, r)
		if (json_equal(r, rule))
			return true;
	return false;
}

/* The list is in order of names, so is the outcome. */
static json_t *collect(const json_t *role, json_t *const *all, size_t n)
{
	const json_t *selectors = json_dot(role, "aggregationRule.clusterRoleSelectors"), *s, *rule;
	AUTO_JSON json_t *out = json_array();
	size_t i, k;

	json_array_foreach((json_t *)(uintptr_t)selectors, i, s) {
		AUTO_SELECTOR struct api_selector *sel = NULL;

		if (!out || api_label_selector_from(&sel, s, NULL))
			return NULL;
		for (size_t r = 0; r < n; r++) {
			if (all[r] == role || !all[r] || !api_selector_match_labels(sel, json_at(all[r], "metadata", "labels", NULL)))
				continue;
			json_array_foreach(json_object_get(all[r], "rules"), k, rule)
				if (!contains(out, rule) && json_array_append(out, (json_t *)(uintptr_t)rule))
					return NULL;
		}
	}
	return TAKE_PTR(out);
}

static int update(struct auth *au, const json_t *role, const json_t *rules, bool wait, struct err *e)
{
	struct await w = {.lock = PTHREAD_MUTEX_INITIALIZER, .cond = PTHREAD_COND_INITIALIZER};
	AUTO_FREE char *path = str_fmt("/apis/rbac.authorization.k8s.io/v1/clusterroles/%s", obj_name(role));
	AUTO_JSON json_t *patch = json_pack("{s:{s:s},s:O}", "metadata", "resourceVersion",
					    json_str_or(json_object_get(role, "metadata"), "resourceVersion", ""), "rules", rules);

	if (!path || !patch ||
	    auth_call(au, "PATCH", path, "fieldManager=clusterrole-aggregation-controller", "application/merge-patch+json", patch, on_patched, wait ? &w : NULL))
		return err_nomem(e);
	if (!wait)
		return 0;
	pthread_mutex_lock(&w.lock);
	while (!w.done)
		pthread_cond_wait(&w.cond, &w.lock);
	pthread_mutex_unlock(&w.lock);
	return 0;
}

/* 1: something was written. */
static int round_once(struct auth *au, bool wait, struct err *e)
{
	struct auth_list l = {0};
	AUTO_FREE json_t **all = NULL;
	int r = auth_list(au, true, "rbac.authorization.k8s.io", "clusterroles", NULL, NULL, NULL, &l), changed = 0;

	if (r)
		return err_set(e, r, "reading ClusterRoles: %s", err_name(r));
	all = calloc(l.n + 1, sizeof(json_t *));
	if (!all)
		r = err_nomem(e);
	for (size_t i = 0; !r && i < l.n; i++)
		(void)json_parse_bytes(l.items[i].value, &all[i], NULL);
	for (size_t i = 0; !r && i < l.n; i++) {
		AUTO_JSON json_t *rules = NULL;
		const json_t *have;

		if (!json_is_object(json_object_get(all[i], "aggregationRule")) || obj_deleting(all[i]))
			continue;
		rules = collect(all[i], all, l.n);
		have = json_object_get(all[i], "rules");
		if (!rules || json_equal(rules, have) || (!json_array_size(rules) && !json_array_size(have)))
			continue;
		r = update(au, all[i], rules, wait, e);
		changed = 1;
	}
	for (size_t i = 0; all && i < l.n; i++)
		json_decref(all[i]);
	auth_list_done(&l);
	return r ? r : changed;
}

int rbac_aggregate(struct auth *au, bool wait, struct err *e)
{
	for (int i = 0; i < ROUNDS; i++) {
		int r = round_once(au, wait, e);

		if (r <= 0)
			return r;
		if (!wait)
			return 0; /* the change tells itself */
	}
	return 0;
}

static void run(struct auth *au, void *arg)
{
	struct err e = {0};

	(void)arg;
	atomic_store(&au->aggregate_queued, false);
	if (rbac_aggregate(au, false, &e))
		log_warning(APISERVER_LOG, NULL, "aggregating ClusterRoles: %s", e.msg);
}

void rbac_aggregate_later(struct auth *au)
{
	if (!atomic_load(&au->bootstrapped) || atomic_exchange(&au->aggregate_queued, true))
		return;
	auth_job(au, run, NULL, NULL);
}
