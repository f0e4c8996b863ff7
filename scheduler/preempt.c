#include "scheduler/preempt.h"
#include <errno.h>
#include <stdlib.h>
#include "api/object.h"
#include "api/selector.h"
#include "base/str.h"

/* Of one node: who could go, most important first, and then who has to. */
struct candidate {
	struct node_info *node;
	struct pod_info **pods;
	size_t n, violations;
};

bool preempt_allowed(const struct sched_ctx *c)
{
	return !streq(json_str(c->spec, "preemptionPolicy"), "Never");
}

bool preempt_waits(const struct sched_ctx *c, const struct node_info *nominated)
{
	LIST_FOREACH (p, &nominated->pods, struct pod_info, link)
		if (p->priority < c->pod->priority && p->put_out)
			return true;
	return false;
}

static const char *born(const struct pod_info *p)
{
	return json_str_or(p->pod, "metadata.creationTimestamp", "");
}

/* The higher priority, and among equals who has been there longer, goes last. */
static int by_importance(const void *a, const void *b)
{
	const struct pod_info *x = *(struct pod_info *const *)a, *y = *(struct pod_info *const *)b;
	int by_age = strcmp(born(x), born(y));

	if (x->priority != y->priority)
		return x->priority > y->priority ? -1 : 1;
	return by_age ? by_age : strcmp(x->key, y->key);
}

static void take_off(struct node_info *n, struct pod_info *p)
{
	list_del(&p->link);
	resources_add(&n->used, &p->req, -1);
}

static void put_back(struct node_info *n, struct pod_info *p)
{
	list_add_tail(&n->pods, &p->link);
	resources_add(&n->used, &p->req, 1);
}

static bool guards(const json_t *budget, const struct pod_info *p)
{
	const json_t *selector = json_dot(budget, "spec.selector");
	struct api_selector *sel = NULL;

	if (!streq(json_str_or(budget, "metadata.namespace", ""), json_str_or(p->pod, "metadata.namespace", "")) ||
	    json_object_size(json_dot(p->pod, "metadata.labels")) == 0 ||
	    (json_object_size(json_object_get(selector, "matchLabels")) == 0 &&
	     json_array_size(json_object_get(selector, "matchExpressions")) == 0) ||
	    json_object_get(json_dot(budget, "status.disruptedPods"), json_str_or(p->pod, "metadata.name", "")) ||
	    api_label_selector_from(&sel, selector, NULL) < 0)
		return false;
	bool yes = api_selector_match_labels(sel, json_dot(p->pod, "metadata.labels"));
	api_selector_free(sel);
	return yes;
}

/* Which of the pods, were all to go in this order, would go against a budget. */
static int find_guarded(const struct candidate *c, const json_t *budgets, bool *guarded)
{
	size_t n = json_array_size(budgets), i, k;
	int64_t *left = calloc(n + 1, sizeof(*left));

	if (!left)
		return -ENOMEM;
	for (k = 0; k < n; k++)
		left[k] = json_int_or(json_array_get(budgets, k), "status.disruptionsAllowed", 0);
	for (i = 0; i < c->n; i++)
		for (k = 0; k < n; k++)
			if (guards(json_array_get(budgets, k), c->pods[i]) && --left[k] < 0)
				guarded[i] = true;
	free(left);
	return 0;
}

/*
 * All that could go are off the node, and the pod fits: whoever can stay beside it is put back, guarded ones first.
 * Those that have to go are left in c->pods, still off.
 */
static int spare(struct sched_ctx *ctx, struct candidate *c, const json_t *budgets)
{
	bool *guarded = calloc(c->n, sizeof(*guarded)), *stays = calloc(c->n, sizeof(*stays));
	size_t i, kept = 0;
	int r = guarded && stays ? find_guarded(c, budgets, guarded) : -ENOMEM;

	for (int pass = 0; r == 0 && pass < 2; pass++)
		for (i = 0; i < c->n; i++) {
			if (guarded[i] != (pass == 0))
				continue;
			put_back(c->node, c->pods[i]);
			stays[i] = sched_refusal(ctx, c->node, NULL) == NULL;
			if (stays[i])
				continue;
			take_off(c->node, c->pods[i]);
			c->violations += guarded[i];
		}
	for (i = 0; r == 0 && i < c->n; i++)
		if (!stays[i])
			c->pods[kept++] = c->pods[i];
	if (r == 0)
		c->n = kept;
	free(guarded);
	free(stays);
	return r;
}

/* Who would have to go from one node; c->n is 0 when that would not help. */
static int victims_on(struct sched_ctx *ctx, struct node_info *n, const json_t *budgets, struct candidate *c)
{
	size_t count = 0;
	int r = 0;

	*c = (struct candidate){.node = n};
	LIST_FOREACH (p, &n->pods, struct pod_info, link)
		count += p->priority < ctx->pod->priority;
	if (count == 0)
		return 0;
	if (!(c->pods = calloc(count, sizeof(struct pod_info *))))
		return -ENOMEM;
	LIST_FOREACH_SAFE (p, tmp, &n->pods, struct pod_info, link)
		if (p->priority < ctx->pod->priority) {
			c->pods[c->n++] = p;
			take_off(n, p);
		}
	qsort(c->pods, c->n, sizeof(struct pod_info *), by_importance);
	bool helps = sched_refusal(ctx, n, NULL) == NULL;
	if (helps)
		r = spare(ctx, c, budgets);
	/* An error leaves those on the node that were put back before it: whoever is on no list comes back. */
	for (size_t i = 0; i < c->n; i++)
		if (list_empty(&c->pods[i]->link))
			put_back(n, c->pods[i]);
	if (!helps)
		c->n = 0;
	return r;
}

/* Less harm: fewer broken budgets, less important pods, fewer of them, and of the most important ones the youngest. */
static bool better(const struct candidate *a, const struct candidate *b)
{
	int64_t sum_a = 0, sum_b = 0;
	int by_age;

	if (a->violations != b->violations)
		return a->violations < b->violations;
	if (a->pods[0]->priority != b->pods[0]->priority)
		return a->pods[0]->priority < b->pods[0]->priority;
	/* Every pod counts for something, also those whose priority is below 0. */
	for (size_t i = 0; i < a->n; i++)
		sum_a += (int64_t)a->pods[i]->priority + INT32_MAX + 1;
	for (size_t i = 0; i < b->n; i++)
		sum_b += (int64_t)b->pods[i]->priority + INT32_MAX + 1;
	if (sum_a != sum_b)
		return sum_a < sum_b;
	if (a->n != b->n)
		return a->n < b->n;
	by_age = strcmp(born(a->pods[0]), born(b->pods[0])); /* the first is the eldest of its priority */
	return by_age ? by_age > 0 : strcmp(a->node->name, b->node->name) < 0;
}

int preempt_plan(struct sched_ctx *c, const json_t *budgets, struct preemption *ret)
{
	struct candidate best = {0}, one;
	struct map_iter it = MAP_ITER_INIT;
	int r = 0;

	*ret = (struct preemption){0};
	while (r == 0 && map_next(c->view->nodes, &it)) {
		bool helpless;
		if (!sched_refusal(c, it.value, &helpless))
			continue;
		if (helpless) {
			ret->helpless++;
			continue;
		}
		r = victims_on(c, it.value, budgets, &one);
		if (r == 0 && one.n == 0)
			ret->empty++;
		if (r == 0 && one.n > 0 && (!best.node || better(&one, &best))) {
			free(best.pods);
			best = one;
			continue;
		}
		free(one.pods);
	}
	if (r < 0) {
		free(best.pods);
		return r;
	}
	ret->node = best.node;
	ret->victims = best.pods;
	ret->n_victims = best.n;
	ret->violations = best.violations;
	return 0;
}

void preempt_done(struct preemption *p)
{
	free(p->victims);
	*p = (struct preemption){0};
}
