/*
 * The machine goes down: all pods end within their grace periods, ordinary ones first, then critical ones. Nothing
 * waits for the other: a pod's syncs stop its containers (pod_go_down), and after each of them is looked whether all
 * pods of the stage have ended.
 */
#include <errno.h>
#include "base/log.h"
#include "base/str.h"
#include "node/pod.h"

#define LATE_MS 2000 /* a process that was killed may take that long to be seen ended */

struct down {
	struct node *n;
	int64_t critical_ms; /* what critical pods have */
	enum { DOWN_PODS, DOWN_CRITICAL, DOWN_DONE } stage;
	struct loop_timer *timer;
	void (*done)(void *arg);
	void *arg;
};

int64_t node_down_end(const struct node *n, bool critical)
{
	return __atomic_load_n(&n->down_end_ms[critical], __ATOMIC_ACQUIRE);
}

struct down *node_down_free(struct down *d)
{
	if (d)
		loop_timer_free(d->timer);
	free(d);
	return NULL;
}

/* That a pod failed is told before the API may be out of reach: nobody would know afterwards. */
static bool told(const struct pod *p)
{
	return !p->fail_reason || (p->calls == 0 && p->status_retry_ms == 0);
}

static bool all_ended(const struct node *n, bool critical)
{
	struct map_iter it = MAP_ITER_INIT;

	while (map_next(n->pods, &it)) {
		const struct pod *p = it.value;
		if (p->critical && !critical)
			continue;
		if (p->running || p->dirty || (!p->is_down && p->state < POD_STOPPED) || !told(p))
			return false;
	}
	return true;
}

static void begin(struct down *d, bool critical, int64_t end_ms)
{
	struct map_iter it = MAP_ITER_INIT;
	int64_t left = end_ms - node_now_ms(d->n);

	__atomic_store_n(&d->n->down_end_ms[critical], end_ms, __ATOMIC_RELEASE);
	loop_timer_set(d->timer, (left > 0 ? left : 0) + LATE_MS);
	while (map_next(d->n->pods, &it))
		pod_kick(it.value);
}

static void next(struct down *d)
{
	if (d->stage == DOWN_PODS) {
		d->stage = DOWN_CRITICAL;
		begin(d, true, node_now_ms(d->n) + d->critical_ms);
		return;
	}
	d->stage = DOWN_DONE;
	loop_timer_stop(d->timer);
	d->done(d->arg);
}

void node_down_check(struct node *n)
{
	struct down *d = n->down;

	while (d && d->stage != DOWN_DONE && all_ended(n, d->stage == DOWN_CRITICAL))
		next(d);
}

static void too_late(void *arg)
{
	struct down *d = arg;
	struct map_iter it = MAP_ITER_INIT;

	while (map_next(d->n->pods, &it)) {
		const struct pod *p = it.value;
		if (!p->running && !p->is_down && p->state < POD_STOPPED && (d->stage == DOWN_CRITICAL || !p->critical))
			log_warning("node", p->key, "the pod has not ended in time for the machine to go down");
	}
	next(d);
	node_down_check(d->n);
}

struct order {
	struct node *n;
	int64_t grace_ms, critical_ms;
	void (*done)(void *arg);
	void *arg;
};

static void go_down(void *arg)
{
	AUTO_FREE struct order *o = arg;
	struct node *n = o->n;
	struct down *d = n->down || n->stopping ? NULL : calloc(1, sizeof(*d));

	if (!d || loop_timer_new(&d->timer, n->loop, too_late, d) < 0) {
		free(d);
		if (!n->down)
			o->done(o->arg); /* it could not even begin: nobody shall wait for it */
		return;
	}
	*d = (struct down){.n = n, .timer = d->timer, .critical_ms = o->critical_ms, .done = o->done, .arg = o->arg};
	n->down = d;
	log_info("node", n->name, "the machine goes down: ending %zu pods within %lld s", map_len(n->pods),
		 (long long)(o->grace_ms / 1000));
	node_status_poke(n->status);
	begin(d, false, node_now_ms(n) + o->grace_ms - o->critical_ms);
	node_down_check(n); /* there may be none */
}

int node_shutdown(struct node *n, unsigned grace_s, unsigned critical_s, void (*done)(void *arg), void *arg)
{
	struct order *o = calloc(1, sizeof(*o));

	if (!o)
		return -ENOMEM;
	if (critical_s > grace_s)
		critical_s = grace_s;
	*o = (struct order){.n = n,
			    .grace_ms = (int64_t)grace_s * 1000,
			    .critical_ms = (int64_t)critical_s * 1000,
			    .done = done,
			    .arg = arg};
	int r = loop_call(n->loop, go_down, o);
	if (r < 0)
		free(o);
	return r;
}
