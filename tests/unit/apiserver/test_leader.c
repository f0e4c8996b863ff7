/* Leader election over a real API server: one leads, gives up what it cannot renew before another begins, and hands
 * over when it ends. */
#include <pthread.h>
#include <unistd.h>
#include "base/clock.h"
#include "client/leaderelection.h"
#include "tests/unit/apiserver/world.h"

static struct world W;

/* A way to the API server that can be cut. */
struct cut_connector {
	struct connector base;
	struct connector *inner;
	int cut; /* atomic */
};
struct cut_transport {
	struct transport base;
	struct transport *inner;
	struct cut_connector *c;
};

static int cut_start(struct transport *t, const struct transport_request *r, const struct transport_cb *cb, void *arg,
		     struct transport_call **ret, struct err *e)
{
	struct cut_transport *x = (struct cut_transport *)t;

	if (__atomic_load_n(&x->c->cut, __ATOMIC_SEQ_CST))
		return err_set(e, ERR_UNAVAILABLE, "cut");
	return x->inner->ops->start(x->inner, r, cb, arg, ret, e);
}

static struct transport *cut_free(struct transport *t)
{
	struct cut_transport *x = (struct cut_transport *)t;

	(void)transport_free(x->inner);
	free(x);
	return NULL;
}

static int cut_open(struct connector *c, struct loop *l, struct transport **ret, struct err *e)
{
	/* Calls carry the inner transport, so cancelling finds its way. */
	static const struct transport_ops ops = {.start = cut_start, .free = cut_free};
	struct cut_transport *x = calloc(1, sizeof(*x));

	if (!x)
		abort();
	x->base = (struct transport){.ops = &ops, .loop = l};
	x->c = (struct cut_connector *)c;
	*ret = &x->base;
	return connector_open(x->c->inner, l, &x->inner, e);
}

struct candidate {
	struct cut_connector way;
	struct leaderelection *l;
	pthread_mutex_t lock;
	pthread_cond_t cond;
	bool leads;
	int64_t since_ms, until_ms;
};

static void on_leading(void *arg, bool leads)
{
	struct candidate *c = arg;

	pthread_mutex_lock(&c->lock);
	CHECK(c->leads != leads);
	c->leads = leads;
	*(leads ? &c->since_ms : &c->until_ms) = clock_mono_ms(clock_real());
	pthread_cond_broadcast(&c->cond);
	pthread_mutex_unlock(&c->lock);
}

static void until(struct candidate *c, bool leads)
{
	pthread_mutex_lock(&c->lock);
	while (c->leads != leads)
		pthread_cond_wait(&c->cond, &c->lock);
	pthread_mutex_unlock(&c->lock);
}

static bool leads(struct candidate *c)
{
	pthread_mutex_lock(&c->lock);
	bool r = c->leads;
	pthread_mutex_unlock(&c->lock);
	return r;
}

static void candidate_by(struct candidate *c, const char *name, struct clock *clock)
{
	static const struct connector_ops ops = {.open = cut_open};
	static const char *const groups[] = {"system:masters", NULL};
	struct err e = {0};

	*c = (struct candidate){
	    .lock = PTHREAD_MUTEX_INITIALIZER, .cond = PTHREAD_COND_INITIALIZER, .way = {.base = {&ops}}};
	struct leaderelection_config cfg = {.ns = "kube-system",
					    .name = "test",
					    .identity = name,
					    .lease_s = 3,
					    .renew_s = 2,
					    .retry_ms = 200,
					    .leading = on_leading,
					    .arg = c};
	struct leaderelection_deps d = {.api = &c->way.base, .clock = clock};
	if (apiserver_connector(&c->way.inner, W.a, name, groups, &e) || leaderelection_new(&c->l, &cfg, &d, &e) ||
	    leaderelection_start(c->l, &e)) {
		fprintf(stderr, "%s\n", e.msg);
		exit(1);
	}
}

static void candidate(struct candidate *c, const char *name)
{
	candidate_by(c, name, clock_real());
}

static void done(struct candidate *c)
{
	c->l = leaderelection_free(c->l);
	c->way.inner = connector_free(c->way.inner);
}

static void one_leads(void)
{
	struct candidate a, b;

	candidate(&a, "a");
	until(&a, true);
	candidate(&b, "b");
	usleep(4500000); /* longer than the lease: it is renewed */
	CHECK(leads(&a) && !leads(&b));
	CHECK(leaderelection_leads(a.l) && !leaderelection_leads(b.l));
	/* Given up, it is free at once. */
	int64_t t = clock_mono_ms(clock_real());
	done(&a);
	CHECK(!a.leads);
	until(&b, true);
	CHECK(clock_mono_ms(clock_real()) - t < 2500);
	done(&b);
	CHECK(!b.leads);
}

static void cut_off(void)
{
	struct candidate a, b;

	candidate(&a, "a");
	until(&a, true);
	candidate(&b, "b");
	usleep(1000000);
	__atomic_store_n(&a.way.cut, 1, __ATOMIC_SEQ_CST);
	until(&b, true);
	/* Never two at a time: it gave up by itself before the other could begin. */
	CHECK(!leads(&a) && a.until_ms > 0 && a.until_ms <= b.since_ms);
	__atomic_store_n(&a.way.cut, 0, __ATOMIC_SEQ_CST);
	usleep(1000000);
	CHECK(leads(&b) && !leads(&a));
	done(&b);
	until(&a, true);
	done(&a);
}

/* A clock that is ahead by what a process may have been stopped for. */
static int64_t ahead;
static int64_t ahead_mono(struct clock *c)
{
	(void)c;
	return clock_mono_ns(clock_real()) + __atomic_load_n(&ahead, __ATOMIC_SEQ_CST);
}
static void ahead_wall(struct clock *c, struct timespec *ret)
{
	(void)c;
	clock_real()->wall(clock_real(), ret);
}

static void stopped(void)
{
	static struct clock clock = {ahead_mono, ahead_wall};
	struct candidate a;

	candidate_by(&a, "a", &clock);
	until(&a, true);
	CHECK(leaderelection_leads(a.l));
	/* Nothing can be renewed, and nobody has told it yet. */
	__atomic_store_n(&a.way.cut, 1, __ATOMIC_SEQ_CST);
	__atomic_store_n(&ahead, 3 * (int64_t)1000000000, __ATOMIC_SEQ_CST);
	CHECK(!leaderelection_leads(a.l));
	__atomic_store_n(&a.way.cut, 0, __ATOMIC_SEQ_CST);
	done(&a);
}

int main(void)
{
	static const char *const groups[] = {"system:masters", NULL};

	world_open(&W, "admin", groups);
	RUN(one_leads);
	RUN(cut_off);
	RUN(stopped);
	world_close(&W, false);
	return TEST_END();
}
