#include "client/leaderelection.h"
#include <errno.h>
#include "base/log.h"
#include "base/str.h"

#define COMPONENT      "leaderelection"
#define JITTER_PERCENT 120 /* of the retry period while another leads: client-go's JitterFactor */
#define RELEASE_MS     3000

struct leaderelection {
	struct loop *loop;
	struct loop_thread *thread;
	struct client *client;
	struct clock *clock;
	char *ns, *name, *identity;
	int64_t lease_ms, renew_ms, retry_ms;
	void (*leading)(void *arg, bool leads);
	void *arg;

	/* The loop's. */
	struct loop_timer *retry, *deadline;
	struct loop_task begin_task, stop_task;
	json_t *lease;    /* as last seen or written */
	char *seen;       /* its spec, to notice that it changed */
	int64_t seen_ms;  /* when it did */
	int64_t asked_ms; /* when the write under way began */
	bool leads, busy, stopping, releasing;
	int64_t until_ms; /* we lead; atomic */
	struct err last; /* why it could not be renewed */
};

static int64_t now_ms(const struct leaderelection *l)
{
	return clock_mono_ms(l->clock);
}

static void try_once(struct leaderelection *l);

static const char *holder(const struct leaderelection *l)
{
	return json_str_or(l->lease, "spec.holderIdentity", "");
}

static struct client_ref ref(const struct leaderelection *l, bool one)
{
	return (struct client_ref){
	    .group = "coordination.k8s.io", .plural = "leases", .ns = l->ns, .name = one ? l->name : NULL};
}

/* The candidates' clocks need not agree: what counts is when each saw the Lease change. */
static void observe(struct leaderelection *l, json_t *lease)
{
	json_t *spec = json_object_get(lease, "spec");
	AUTO_FREE char *text = spec ? json_dumps(spec, JSON_COMPACT | JSON_SORT_KEYS) : str_dup("");

	json_decref(l->lease);
	l->lease = json_incref(lease);
	if (!text || !streq(text, l->seen)) {
		free(l->seen);
		l->seen = TAKE_PTR(text);
		l->seen_ms = now_ms(l);
	}
}

static void lead(struct leaderelection *l, bool leads)
{
	if (leads == l->leads)
		return;
	l->leads = leads;
	if (!leads)
		__atomic_store_n(&l->until_ms, 0, __ATOMIC_RELEASE);
	if (leads)
		log_info(COMPONENT, l->name, "%s leads", l->identity);
	else if (!l->stopping)
		log_warning(COMPONENT, l->name, "%s leads no longer: %s", l->identity,
			    l->last.code ? l->last.msg : "another one does");
	l->leading(l->arg, leads);
}

static void again(struct leaderelection *l)
{
	int64_t wait = l->retry_ms;

	l->busy = false;
	if (l->stopping)
		return;
	if (!l->leads) {
		uint32_t r;

		random_bytes(&r, sizeof(r));
		wait += wait * JITTER_PERCENT / 100 * (int64_t)(r % 1000) / 1000;
	}
	loop_timer_set(l->retry, wait);
}

static void renewed(struct leaderelection *l)
{
	/* From when we asked: the server may have answered long before the answer came. */
	int64_t left = l->asked_ms + l->renew_ms - now_ms(l);

	if (left <= 0) {
		again(l);
		return;
	}
	loop_timer_set(l->deadline, left);
	l->last = (struct err){0};
	__atomic_store_n(&l->until_ms, l->asked_ms + l->renew_ms, __ATOMIC_RELEASE);
	lead(l, true);
	again(l);
}

static void failed(struct leaderelection *l, const struct client_result *r)
{
	l->last = r->err;
	l->last.code = r->code;
	log_debug(COMPONENT, l->name, "%s", r->err.msg);
	again(l);
}

static void on_written(void *arg, const struct client_result *r)
{
	struct leaderelection *l = arg;
	AUTO_JSON json_t *o = NULL;

	l->busy = false;
	if (l->stopping) {
		if (l->releasing)
			loop_quit(l->loop);
		else
			loop_post(l->loop, &l->stop_task); /* was under way when the end was asked for */
		if (!r->code && !client_result_json(r, &o, NULL))
			observe(l, o);
		return;
	}
	if (r->code || client_result_json(r, &o, NULL)) {
		/* Lost to another, or not known: look. */
		json_decref(l->lease);
		l->lease = NULL;
		failed(l, r);
		return;
	}
	observe(l, o);
	renewed(l);
}

/* The record that makes or keeps us the leader; release: that makes nobody it. */
static json_t *record(const struct leaderelection *l, bool release)
{
	json_t *o = l->lease ? json_deep_copy(l->lease)
			     : json_pack("{s:s,s:s,s:{s:s,s:s},s:{}}", "apiVersion", "coordination.k8s.io/v1", "kind",
					 "Lease", "metadata", "name", l->name, "namespace", l->ns, "spec");
	bool keeps = l->lease && streq(holder(l), l->identity);
	int64_t moves = json_int_or(l->lease, "spec.leaseTransitions", 0);
	struct timespec ts;
	char now[TIME_STR_MAX];
	int bad = 0;

	l->clock->wall(l->clock, &ts);
	time_format_micro(&ts, now);
	if (!o)
		return NULL;
	bad |= json_set_str(o, "spec.holderIdentity", release ? "" : l->identity);
	bad |= json_set_int(o, "spec.leaseDurationSeconds", release ? 1 : l->lease_ms / 1000);
	bad |= json_set_str(o, "spec.renewTime", now);
	if (!keeps || release)
		bad |= json_set_str(o, "spec.acquireTime", now);
	bad |= json_set_int(o, "spec.leaseTransitions", keeps || !l->lease ? moves : moves + 1);
	if (!bad)
		return o;
	json_decref(o);
	return NULL;
}

static void write_lease(struct leaderelection *l, bool release)
{
	AUTO_JSON json_t *o = record(l, release);
	struct client_ref rf = ref(l, l->lease != NULL);
	int r;

	l->busy = true;
	l->asked_ms = now_ms(l);
	if (!o)
		r = -ENOMEM;
	else if (l->lease)
		r = client_update(l->client, &rf, o, on_written, l);
	else
		r = client_create(l->client, &rf, o, on_written, l);
	if (r < 0 && l->stopping)
		loop_quit(l->loop);
	else if (r < 0)
		again(l);
}

static void on_read(void *arg, const struct client_result *r)
{
	struct leaderelection *l = arg;
	AUTO_JSON json_t *o = NULL;

	l->busy = false;
	if (l->stopping) {
		loop_post(l->loop, &l->stop_task);
		return;
	}
	if (r->code == ERR_NOT_FOUND) {
		json_decref(l->lease);
		l->lease = NULL;
		write_lease(l, false);
		return;
	}
	if (r->code || client_result_json(r, &o, NULL)) {
		failed(l, r);
		return;
	}
	observe(l, o);
	const char *who = holder(l);
	int64_t lasts = json_int_or(l->lease, "spec.leaseDurationSeconds", 0) * 1000;
	if (*who && !streq(who, l->identity) && now_ms(l) < l->seen_ms + lasts) {
		loop_timer_stop(l->deadline);
		l->last = (struct err){0};
		lead(l, false);
		again(l);
		return;
	}
	write_lease(l, false);
}

static void try_once(struct leaderelection *l)
{
	struct client_ref rf = ref(l, true);

	if (l->busy || l->stopping)
		return;
	if (l->leads && l->lease) { /* nobody else may write it: no need to look */
		write_lease(l, false);
		return;
	}
	l->busy = true;
	if (client_get(l->client, &rf, on_read, l) < 0)
		again(l);
}

static void on_retry(void *arg)
{
	try_once(arg);
}

bool leaderelection_leads(const struct leaderelection *l)
{
	return now_ms(l) < __atomic_load_n(&l->until_ms, __ATOMIC_ACQUIRE);
}

/* Not renewed for so long that another may soon take over. */
static void on_deadline(void *arg)
{
	struct leaderelection *l = arg;

	if (l->stopping) {
		loop_quit(l->loop);
		return;
	}
	if (!l->last.code)
		(void)err_set(&l->last, ERR_TIMEOUT, "the lease could not be renewed in time");
	lead(l, false);
}

static void on_begin(struct loop_task *t)
{
	try_once(container_of(t, struct leaderelection, begin_task));
}

static void on_stop(struct loop_task *t)
{
	struct leaderelection *l = container_of(t, struct leaderelection, stop_task);

	if (l->releasing)
		return;
	if (!l->stopping) {
		l->stopping = true;
		loop_timer_stop(l->retry);
		loop_timer_set(l->deadline, RELEASE_MS);
		lead(l, false);
	}
	if (l->busy)
		return;
	if (!l->lease || !streq(holder(l), l->identity)) {
		loop_quit(l->loop);
		return;
	}
	l->releasing = true;
	write_lease(l, true);
}

int leaderelection_new(struct leaderelection **ret, const struct leaderelection_config *c,
		       const struct leaderelection_deps *d, struct err *e)
{
	struct leaderelection *l = calloc(1, sizeof(*l));
	struct client_config cc = {.field_manager = COMPONENT};
	int r;

	if (!l)
		return err_nomem(e);
	l->clock = d->clock;
	l->lease_ms = (c->lease_s ? c->lease_s : 15) * (int64_t)1000;
	l->renew_ms = (c->renew_s ? c->renew_s : 10) * (int64_t)1000;
	l->retry_ms = c->retry_ms ? c->retry_ms : 2000;
	l->leading = c->leading;
	l->arg = c->arg;
	l->begin_task.fn = on_begin;
	l->stop_task.fn = on_stop;
	l->ns = str_dup(c->ns);
	l->name = str_dup(c->name);
	l->identity = str_dup(c->identity);
	r = l->ns && l->name && l->identity ? loop_new(&l->loop, e) : err_nomem(e);
	if (!r && (loop_timer_new(&l->retry, l->loop, on_retry, l) < 0 ||
		   loop_timer_new(&l->deadline, l->loop, on_deadline, l) < 0))
		r = err_nomem(e);
	if (!r)
		r = client_new(&l->client, d->api, l->loop, &cc, e);
	if (r < 0) {
		(void)leaderelection_free(l);
		return r;
	}
	*ret = l;
	return 0;
}

int leaderelection_start(struct leaderelection *l, struct err *e)
{
	loop_post(l->loop, &l->begin_task);
	return loop_thread_start(&l->thread, l->loop, COMPONENT, e);
}

void leaderelection_stop(struct leaderelection *l)
{
	if (l->thread)
		loop_post(l->loop, &l->stop_task);
}

void leaderelection_join(struct leaderelection *l)
{
	if (l->thread)
		l->thread = loop_thread_join(l->thread);
}

struct leaderelection *leaderelection_free(struct leaderelection *l)
{
	if (!l)
		return NULL;
	if (l->thread) {
		leaderelection_stop(l);
		leaderelection_join(l);
	}
	if (l->client)
		l->client = client_free(l->client);
	l->retry = loop_timer_free(l->retry);
	l->deadline = loop_timer_free(l->deadline);
	if (l->loop)
		l->loop = loop_free(l->loop);
	json_decref(l->lease);
	free(l->seen);
	free(l->ns);
	free(l->name);
	free(l->identity);
	free(l);
	return NULL;
}
