#include "controllers/stateful_plan.h"

int64_t stateful_ordinal(const char *set, const char *pod)
{
	size_t n = strlen(set);
	int64_t v;

	if (strncmp(pod, set, n) != 0 || pod[n] != '-' || (pod[n + 1] == '0' && pod[n + 2]) || str_to_i64(pod + n + 1, 0, INT32_MAX, &v) < 0)
		return -1;
	return v;
}

void stateful_read(struct stateful_pod *p, const json_t *pod, int64_t min_ready, time_t now)
{
	const char *revision = obj_label(pod, "controller-revision-hash");

	p->pod = pod;
	p->revision = revision ? revision : "";
	p->ended = pod_terminal(pod);
	p->terminating = obj_deleting(pod);
	p->ready = streq(json_str(pod, "status.phase"), "Running") && pod_ready(pod);
	p->available = p->ready && pod_available(pod, min_ready, now);
}

static bool healthy(const struct stateful_pod *p) { return p->pod && p->ready && p->available && !p->terminating; }

struct plan {
	const struct stateful_view *v;
	struct stateful_step *steps;
	size_t n;
};

static void step(struct plan *p, enum stateful_act act, const struct stateful_pod *pod) { p->steps[p->n++] = (struct stateful_step){act, pod}; }

/* Every replica there and well; false when what follows has to wait. */
static bool establish(struct plan *p)
{
	bool blocked = false;

	for (size_t i = 0; i < p->v->n; i++) {
		const struct stateful_pod *r = &p->v->replicas[i];
		bool well = false;
		if (!r->pod) {
			step(p, STATEFUL_CREATE, r);
		} else if (r->ended) {
			if (!r->terminating)
				step(p, STATEFUL_RECREATE, r);
			blocked = true;
		} else if (!r->terminating) {
			step(p, STATEFUL_FIX, r);
			well = r->available;
		}
		if (!well && p->v->ordered)
			return false;
	}
	return !blocked;
}

static const struct stateful_pod *first_unhealthy(const struct stateful_view *v)
{
	for (size_t i = 0; i < v->n; i++)
		if (!healthy(&v->replicas[i]))
			return &v->replicas[i];
	for (size_t i = v->n_condemned; i-- > 0;)
		if (!healthy(&v->condemned[i]))
			return &v->condemned[i];
	return NULL;
}

/* From the highest ordinal down; in order, one after the other, and not past one that is not well unless it is the only trouble. */
static bool condemn(struct plan *p)
{
	const struct stateful_pod *sick = first_unhealthy(p->v);

	for (size_t i = 0; i < p->v->n_condemned; i++) {
		const struct stateful_pod *c = &p->v->condemned[i];
		if (c->terminating && p->v->ordered)
			return false;
		if (c->terminating)
			continue;
		if (p->v->ordered && !c->available && c != sick)
			return false;
		step(p, STATEFUL_RETAIN, c);
		step(p, STATEFUL_DELETE, c);
		if (p->v->ordered)
			return false;
	}
	return true;
}

static void update(struct plan *p)
{
	int64_t left = p->v->max_unavailable;

	for (size_t i = p->v->n; i-- > 0 && left > 0 && (int64_t)i >= p->v->partition;) {
		const struct stateful_pod *r = &p->v->replicas[i];
		if (r->pod && !streq(r->revision, p->v->update) && !r->terminating) {
			step(p, STATEFUL_UPDATE, r);
			left--;
		} else if (!healthy(r)) {
			left--;
		}
	}
}

size_t stateful_plan(const struct stateful_view *v, struct stateful_step *steps)
{
	struct plan p = {v, steps, 0};

	if (establish(&p) && condemn(&p) && !v->on_delete)
		update(&p);
	return p.n;
}
