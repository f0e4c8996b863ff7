/*
 * The binder at a whole API server, over a connector that is cut at its n-th write: before the server has got it, or before its answer is back, as by kill -9. Whatever n is, a new binder
 * finishes the work, and no claim or volume is bound twice.
 */
#include "tests/unit/apiserver/world.h"
#include <pthread.h>
#include <unistd.h>
#include "base/clock.h"
#include "storage/plugin.h"
#include "storage/storage.h"

#define CLAIMS 3
#define WRITES (5 * CLAIMS) /* at least: Available, and the four of binding */

/* --- a connector that goes dead --- */

struct cut {
	struct connector base; /* first */
	struct connector *real;
	pthread_mutex_t lock; /* guards what follows: transports of several loops */
	int left;	      /* writes until the cut; negative: none */
	bool after, dead;     /* after: the server gets that last one */
	int writes;
};
struct cut_transport {
	struct transport base; /* first */
	struct cut *cut;
	struct transport *real;
};
struct cut_call { /* one that is never answered, or whose answer is lost */
	struct transport_call base; /* first */
	struct transport_call *real;
	struct transport_cb cb;
	void *arg;
	struct cut *cut;
	bool lost;
};

static void on_event(void *arg, enum watch_type type, struct bytes *object)
{
	struct cut_call *c = arg;

	if (!c->cut->dead)
		c->cb.on_event(c->arg, type, object);
}
static void on_done(void *arg, const struct transport_response *r)
{
	struct cut_call *c = arg;

	c->real = NULL;
	if (c->lost || c->cut->dead)
		return; /* who waits is told when the client is stopped */
	c->cb.on_done(c->arg, r);
	free(c);
}

static int cut_start(struct transport *t, const struct transport_request *r, const struct transport_cb *cb, void *arg, struct transport_call **ret, struct err *e)
{
	struct cut_transport *x = (struct cut_transport *)t;
	struct cut_call *c = calloc(1, sizeof(*c));
	static const struct transport_cb ours = {on_event, on_done};
	bool write = !r->watch && !streq(r->method, "GET") && strstr(r->path, "/persistentvolume"); /* the binder's; other parts write once */

	c->base.transport = t;
	c->cb = *cb;
	c->arg = arg;
	c->cut = x->cut;
	pthread_mutex_lock(&x->cut->lock);
	bool send = !x->cut->dead;
	if (write && send) {
		x->cut->writes++;
		if (x->cut->left >= 0 && x->cut->left-- == 0) {
			x->cut->dead = c->lost = true;
			send = x->cut->after;
		}
	}
	pthread_mutex_unlock(&x->cut->lock);
	int k = send ? x->real->ops->start(x->real, r, &ours, c, &c->real, e) : 0;
	if (k < 0)
		free(c);
	else
		*ret = &c->base;
	return k;
}
static void cut_cancel(struct transport_call *base)
{
	struct cut_call *c = (struct cut_call *)base;
	struct cut_transport *x = (struct cut_transport *)base->transport;

	if (c->real)
		x->real->ops->cancel(c->real);
	free(c);
}
static struct transport *cut_transport_free(struct transport *t)
{
	struct cut_transport *x = (struct cut_transport *)t;

	transport_free(x->real);
	free(x);
	return NULL;
}
static int cut_open(struct connector *base, struct loop *l, struct transport **ret, struct err *e)
{
	static const struct transport_ops ops = {cut_start, cut_cancel, cut_transport_free};
	struct cut_transport *x = calloc(1, sizeof(*x));

	x->base = (struct transport){&ops, l};
	x->cut = (struct cut *)base;
	int r = connector_open(x->cut->real, l, &x->real, e);
	if (r == 0)
		*ret = &x->base;
	return r;
}

/* --- the world --- */

static struct storage *binder_start(struct cut *c, const char *dir, struct plugins *plugins)
{
	struct storage_config cfg = {.data_dir = dir, .controller = true};
	struct storage_deps deps = {.api = &c->base, .clock = clock_real(), .plugins = plugins};
	struct storage *s = NULL;
	struct err e = {0};

	if (storage_new(&s, &cfg, &deps, &e) < 0 || storage_start(s, &e) < 0) {
		fprintf(stderr, "%s\n", e.msg);
		exit(1);
	}
	return s;
}

static void make(struct world *w, int round)
{
	for (int i = 0; i < CLAIMS; i++) {
		AUTO_FREE char *pv = str_fmt("{\"metadata\":{\"name\":\"v%d-%d\"},\"spec\":{\"capacity\":{\"storage\":\"1Gi\"},\"accessModes\":[\"ReadWriteOnce\"],"
					     "\"storageClassName\":\"r%d\",\"hostPath\":{\"path\":\"/tmp/minik-none\"}}}",
					     round, i, round),
			       *pvc = str_fmt("{\"metadata\":{\"name\":\"c%d-%d\"},\"spec\":{\"resources\":{\"requests\":{\"storage\":\"1Gi\"}},"
					      "\"accessModes\":[\"ReadWriteOnce\"],\"storageClassName\":\"r%d\"}}",
					      round, i, round);
		CHECK(call(w, "POST", "/api/v1/persistentvolumes", pv, NULL) == 201);
		CHECK(call(w, "POST", "/api/v1/namespaces/default/persistentvolumeclaims", pvc, NULL) == 201);
	}
}

/* All of a round are bound, one to one. */
static bool whole(struct world *w, int round)
{
	AUTO_JSON json_t *pvs = NULL, *pvcs = NULL;
	AUTO_FREE char *class = str_fmt("r%d", round);
	json_t *pv, *pvc;
	size_t i, k;
	int claims = 0, volumes = 0;

	CHECK(call(w, "GET", "/api/v1/persistentvolumes", NULL, &pvs) == 200);
	CHECK(call(w, "GET", "/api/v1/namespaces/default/persistentvolumeclaims", NULL, &pvcs) == 200);
	json_array_foreach (json_object_get(pvcs, "items"), i, pvc) {
		int owned = 0;
		if (!streq(json_str(pvc, "spec.storageClassName"), class))
			continue;
		if (!streq(json_str(pvc, "status.phase"), "Bound"))
			return false;
		claims++;
		json_array_foreach (json_object_get(pvs, "items"), k, pv)
			owned += streq(json_str(pv, "spec.claimRef.uid"), obj_uid(pvc)) && streq(json_str(pv, "status.phase"), "Bound") &&
				 streq(json_str(pvc, "spec.volumeName"), obj_name(pv));
		if (owned != 1)
			return false;
	}
	json_array_foreach (json_object_get(pvs, "items"), k, pv)
		volumes += streq(json_str(pv, "spec.storageClassName"), class) && streq(json_str(pv, "status.phase"), "Bound");
	return claims == CLAIMS && volumes == CLAIMS;
}

static void wait_dead(struct cut *c)
{
	for (int i = 0; i < 20000; i++) {
		pthread_mutex_lock(&c->lock);
		bool dead = c->dead;
		pthread_mutex_unlock(&c->lock);
		if (dead)
			return;
		usleep(1000);
	}
	CHECK(!"the cut never came");
}

static int run(struct world *w, struct cut *c, int round, int left, bool after)
{
	pthread_mutex_lock(&c->lock);
	c->left = left;
	c->after = after;
	c->dead = false;
	c->writes = 0;
	pthread_mutex_unlock(&c->lock);
	struct plugins_config pc = {.data_dir = w->dir, .kubelet_dir = w->dir};
	struct plugins *plugins = NULL;
	CHECK(plugins_new(&plugins, &pc, NULL) == 0);
	struct storage *s = binder_start(c, w->dir, plugins);
	bool ok = true;
	if (left >= 0) {
		wait_dead(c);
	} else {
		ok = false;
		for (int i = 0; i < 2000 && !ok; i++) {
			ok = whole(w, round);
			if (!ok)
				usleep(5000);
		}
	}
	storage_stop(s);
	storage_join(s);
	storage_free(s);
	plugins_free(plugins);
	CHECK(ok);
	return c->writes;
}

static void test_cuts(void)
{
	static const struct connector_ops ops = {cut_open, NULL};
	static const char *const groups[] = {NULL};
	struct cut c = {.base = {&ops}};
	struct world w = {0};
	int n;

	pthread_mutex_init(&c.lock, NULL);
	world_open(&w, "admin", (const char *const[]){"system:masters", NULL});
	struct err e = {0};
	CHECK(apiserver_connector(&c.real, w.a, "system:minik:storage", groups, &e) == 0);
	make(&w, 0);
	n = run(&w, &c, 0, -1, false);
	CHECK(n >= WRITES);
	for (int cut = 0; cut < WRITES; cut++)
		for (int after = 0; after < 2; after++) {
			int round = 1 + 2 * cut + after;
			make(&w, round);
			run(&w, &c, round, cut, after);
			run(&w, &c, round, -1, false);
		}
	connector_free(c.real);
	world_close(&w, false);
}

int main(void)
{
	RUN(test_cuts);
	return TEST_END();
}
