/* The configuration in memory, and the way of a request through it. One lock guards all; it is held for a moment. */
#include "apiserver/flow.h"
#include "api/flow_defaults.h"
#include "api/object.h"
#include "apiserver/internal.h"
#include "base/clock.h"
#include "base/log.h"

#define REQUEST_MS  60000 /* kube-apiserver's --request-timeout; a request may wait for a quarter of its time */
#define WAIT_MS_MAX 60000
#define WIDTHS      4
#define TICK_MS     100 /* waits end on these: many that came one after the other are looked at together */

enum flow_by { BY_NOTHING, BY_USER, BY_NAMESPACE };

/* What is told of a FlowSchema with a level. Lives as long as one of them counts on it. */
struct flow_count {
	struct list link; /* flow.counts */
	unsigned refs;
	char *schema, *level;
	unsigned waiting, executing;
	uint64_t verdicts[FLOW_VERDICTS]; /* FLOW_RUN: dispatched */
	uint64_t widths[WIDTHS], seats;   /* of requests that came, by seats up to `widths`; of all together */
};
static const unsigned widths[WIDTHS] = {1, 2, 4, 10}; /* kube-apiserver's buckets */

struct flow_schema {
	char *name, *uid;
	int64_t precedence;
	enum flow_by by;
	struct flow_rules *rules;
	struct flow_level *level;
	struct flow_count *count;
};

struct flow {
	struct apiserver *a;

	pthread_mutex_t lock; /* guards all below; taken before a connection's */
	struct flow_seats seats;
	struct flow_schema *schemas; /* in order of precedence; the last one takes everything */
	size_t n;
	struct list counts;
	struct flow_watchers *watchers; /* has a lock of its own */
	bool stopping;
	bool armed;
	int64_t armed_ms;
};

/* --- configuration --- */

static void count_unref(struct flow_count *c)
{
	if (!c || --c->refs)
		return;
	list_del(&c->link);
	free(c->schema);
	free(c->level);
	free(c);
}

static struct flow_count *count_get(struct flow *f, const char *schema, const char *level)
{
	struct flow_count *c;

	LIST_FOREACH (x, &f->counts, struct flow_count, link)
		if (streq(x->schema, schema) && streq(x->level, level)) {
			x->refs++;
			return x;
		}
	c = calloc(1, sizeof(*c));
	if (!c || !(c->schema = str_dup(schema)) || !(c->level = str_dup(level))) {
		free(c ? c->schema : NULL);
		free(c);
		return NULL;
	}
	c->refs = 1;
	list_add_tail(&f->counts, &c->link);
	return c;
}

static void schemas_free(struct flow_schema *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		free(v[i].name);
		free(v[i].uid);
		(void)flow_rules_free(v[i].rules);
		count_unref(v[i].count);
	}
	free(v);
}

static int by_precedence(const void *a, const void *b)
{
	const struct flow_schema *x = a, *y = b;

	return x->precedence != y->precedence ? (x->precedence < y->precedence ? -1 : 1) : strcmp(x->name, y->name);
}

/* Lock held. 1: its level does not exist; it has no effect. */
static int schema_init(struct flow *f, struct flow_schema *s, const char *name, const char *uid, const json_t *spec)
{
	const char *by = json_str_or(spec, "distinguisherMethod.type", "");
	struct flow_level *l = flow_level_find(&f->seats, json_str_or(spec, "priorityLevelConfiguration.name", ""));

	if (!l)
		return 1;
	s->level = l;
	s->precedence = json_int_or(spec, "matchingPrecedence", 1000);
	s->by = streq(by, "ByUser") ? BY_USER : streq(by, "ByNamespace") ? BY_NAMESPACE : BY_NOTHING;
	s->name = str_dup(name);
	s->uid = str_dup(uid);
	s->count = count_get(f, name, l->name);
	return s->name && s->uid && s->count && !flow_rules_new(&s->rules, json_object_get(spec, "rules")) ? 0
													   : -ENOMEM;
}

static bool is_there(const json_t *list, const char *name)
{
	const json_t *o;
	size_t i;

	json_array_foreach ((json_t *)(uintptr_t)list, i, o)
		if (streq(obj_name(o), name))
			return true;
	return false;
}

/* Lock held. */
static int levels_put(struct flow *f, const json_t *levels)
{
	const struct flow_default *d;
	const json_t *o;
	size_t i, n;

	LIST_FOREACH (l, &f->seats.levels, struct flow_level, link)
		l->gone = true;
	json_array_foreach ((json_t *)(uintptr_t)levels, i, o)
		if (!flow_level_put(&f->seats, obj_name(o), json_str_or(o, "metadata.uid", ""),
				    json_object_get(o, "spec")))
			return -ENOMEM;
	d = flow_default_levels(&n);
	for (i = 0; i < n; i++) {
		AUTO_JSON json_t *spec =
		    d[i].mandatory && !is_there(levels, d[i].name) ? flow_default_spec(&d[i]) : NULL;

		if (d[i].mandatory && !is_there(levels, d[i].name) &&
		    (!spec || !flow_level_put(&f->seats, d[i].name, "", spec)))
			return -ENOMEM;
	}
	return 0;
}

/* Lock held. */
static int schemas_put(struct flow *f, const json_t *schemas)
{
	const struct flow_default *d;
	const json_t *o;
	size_t i, n, defaults;
	struct flow_schema *v;
	int rc = 0;

	d = flow_default_schemas(&defaults);
	v = calloc(json_array_size(schemas) + defaults, sizeof(*v));
	if (!v)
		return -ENOMEM;
	n = 0;
	json_array_foreach ((json_t *)(uintptr_t)schemas, i, o) {
		if (rc >= 0 && (rc = schema_init(f, &v[n], obj_name(o), json_str_or(o, "metadata.uid", ""),
						 json_object_get(o, "spec"))) != 1)
			n++;
	}
	for (i = 0; i < defaults && rc >= 0; i++) {
		AUTO_JSON json_t *spec = NULL;

		if (!d[i].mandatory || is_there(schemas, d[i].name))
			continue;
		spec = flow_default_spec(&d[i]);
		rc = spec ? schema_init(f, &v[n], d[i].name, "", spec) : -ENOMEM;
		n++;
	}
	if (rc < 0) {
		schemas_free(v, n);
		return rc;
	}
	qsort(v, n, sizeof(*v), by_precedence);
	schemas_free(f->schemas, f->n);
	f->schemas = v;
	f->n = n;
	return 0;
}

/* --- requests that go on --- */

static void ticket_end(struct flow_ticket *t)
{
	t->level = NULL;
	count_unref(TAKE_PTR(t->count));
}

static void was_overdue(struct flow_ticket *t)
{
	t->count->executing--;
	ticket_end(t);
}

/* Lock held. Levels that were deleted go with their last request. */
static void level_left(struct flow *f, const struct flow_level *l)
{
	if (l->gone && !l->executing && !l->waiting)
		flow_seats_divide(&f->seats);
}

/* Lock held. The seats whose time is over; when the next are due. */
static int64_t take_back(struct flow *f, int64_t now)
{
	int64_t next;

	if (list_empty(&f->seats.lingering))
		return INT64_MAX;
	next = flow_settle(&f->seats, now);
	LIST_FOREACH (l, &f->seats.levels, struct flow_level, link)
		if (l->gone && !l->executing && !l->waiting) {
			flow_seats_divide(&f->seats);
			break;
		}
	return next;
}

/*
 * Lock held. Out of its queue, for good or to run. False: its client has gone, and flow_gone, which is about to be
 * called or waits for the lock, frees it.
 */
static bool reclaim(struct req *r)
{
	return !r->x || http_close_forget(r->x);
}

static void run_queued(void *arg)
{
	struct req *r = arg;

	r->flow_go(r);
}

/* Lock held: those whose turn it is, into todo by ticket.all. */
static void pick(struct flow *f, int64_t now, struct list *todo)
{
	struct flow_ticket *t;

	while ((t = flow_next(&f->seats, now))) {
		struct req *r = container_of(t, struct req, flow);

		t->count->waiting--;
		if (!reclaim(r)) {
			flow_give(&f->seats, t);
			t->count->verdicts[FLOW_CANCELLED]++;
			ticket_end(t);
			continue;
		}
		t->count->executing++;
		t->count->verdicts[FLOW_RUN]++;
		list_add_tail(todo, &t->all);
	}
}

static void go_on(struct list *todo)
{
	while (!list_empty(todo)) {
		struct req *r = container_of(todo->next, struct req, flow.all);

		list_del(&r->flow.all);
		req_defer(r, run_queued, r);
	}
}

static void refuse(struct req *r)
{
	/* As kube-apiserver: plain text, which clients do not take for a Status and try again. */
	if (r->x)
		(void)http_add_header(r->x, "Retry-After", "1");
	req_reply_text(r, 429, "text/plain; charset=utf-8", "Too many requests, please try again later.\n");
}

static void refuse_queued(void *arg)
{
	refuse(arg);
}

/* The client went while it waited. On a server thread; the exchange ends with this call. */
static void flow_gone(void *arg)
{
	struct req *r = arg;
	struct flow *f = r->a->flow;
	struct flow_ticket *t = &r->flow;
	struct list todo;

	list_init(&todo);
	pthread_mutex_lock(&f->lock);
	if (t->state == FLOW_WAITING) {
		struct flow_level *l = t->level;

		flow_leave(&f->seats, t);
		t->count->waiting--;
		t->count->verdicts[FLOW_CANCELLED]++;
		ticket_end(t);
		level_left(f, l);
	}
	pthread_mutex_unlock(&f->lock);
	req_free(r);
}

/* --- waits have an end --- */

/* Lock held. */
static void arm_at(struct flow *f, int64_t until)
{
	if (f->armed && f->armed_ms <= until)
		return;
	f->armed = true;
	f->armed_ms = until;
	loop_post(f->a->loop, &f->a->flow_arm);
}

/* Lock held. */
static void arm(struct flow *f, int64_t until)
{
	arm_at(f, (until + TICK_MS - 1) / TICK_MS * TICK_MS);
}

/* Lock held. Seats that linger are waited for to the millisecond. */
static void settle(struct flow *f, int64_t now)
{
	int64_t next = take_back(f, now);

	if (f->seats.n_waiting && next != INT64_MAX)
		arm_at(f, next);
}

static void arm_task(struct loop_task *task)
{
	struct flow *f = container_of(task, struct apiserver, flow_arm)->flow;
	int64_t left;

	pthread_mutex_lock(&f->lock);
	left = f->armed_ms - clock_mono_ms(f->a->clock);
	pthread_mutex_unlock(&f->lock);
	loop_timer_set(f->a->flow_timer, left > 0 ? left : 0);
}

static void timer_fire(void *arg)
{
	struct flow *f = arg;
	int64_t now = clock_mono_ms(f->a->clock), next = INT64_MAX;
	struct list todo, late;

	list_init(&todo);
	list_init(&late);
	pthread_mutex_lock(&f->lock);
	f->armed = false;
	flow_overdue(&f->seats, now, was_overdue);
	(void)take_back(f, now);
	pick(f, now, &todo);
	LIST_FOREACH_SAFE (t, tmp, &f->seats.waiting, struct flow_ticket, all) {
		struct req *r = container_of(t, struct req, flow);
		struct flow_level *l = t->level;

		if (t->until_ms > now) {
			next = t->until_ms < next ? t->until_ms : next;
			continue;
		}
		flow_leave(&f->seats, t);
		t->count->waiting--;
		t->count->verdicts[FLOW_TIME_OUT]++;
		ticket_end(t);
		level_left(f, l);
		if (reclaim(r))
			list_add_tail(&late, &t->all);
	}
	if (next != INT64_MAX)
		arm(f, next);
	settle(f, now);
	pthread_mutex_unlock(&f->lock);
	go_on(&todo);
	while (!list_empty(&late)) {
		struct req *r = container_of(late.next, struct req, flow.all);

		list_del(&r->flow.all);
		req_defer(r, refuse_queued, r);
	}
}

/* --- a request --- */

/* kube-apiserver's notion (server/options: longRunningRequestCheck), but for watches. */
static bool long_running(const struct req *r)
{
	static const char *const subs[] = {"exec", "attach", "portforward", "proxy", "log"};

	if (!r->verb || !*r->subname)
		return false;
	for (size_t i = 0; i < ARRAY_LEN(subs); i++)
		if (streq(r->subname, subs[i]))
			return true;
	return false;
}

static uint32_t verb_bit(const struct req *r)
{
	if (r->verb)
		return r->verb;
	/* Of paths that are no resources the verb is the method. */
	return streq(r->method, "GET")      ? API_GET
	       : streq(r->method, "DELETE") ? API_DELETE
	       : streq(r->method, "PATCH")  ? API_PATCH
					    : 0;
}

static int64_t wait_of(const struct req *r)
{
	int64_t ms = req_timeout_ms(r), wait = (ms > 0 ? ms : REQUEST_MS) / 4;

	return wait < WAIT_MS_MAX ? wait : WAIT_MS_MAX;
}

/* Lock held. */
static const struct flow_schema *classify(const struct flow *f, const struct flow_attr *at)
{
	size_t i = 0;

	while (i + 1 < f->n && !flow_rules_match(f->schemas[i].rules, at))
		i++;
	return &f->schemas[i]; /* catch-all is the last one, or as good as it */
}

bool flow_begin(struct req *r, void (*go)(void *r))
{
	struct flow *f = r->a->flow;
	struct flow_ticket *t = &r->flow;
	struct flow_attr at = {&r->id, r->verb != 0, verb_bit(r), r->group, r->plural, r->subname, r->ns, r->path};
	const struct flow_schema *s;
	struct flow_level *l;
	struct flow_work work = {1, 0};
	enum flow_verdict v;
	const char *who;
	int64_t now;
	struct list todo;

	if (r->inner || long_running(r))
		return true;
	list_init(&todo);
	now = clock_mono_ms(r->a->clock);
	pthread_mutex_lock(&f->lock);
	s = classify(f, &at);
	l = s->level;
	if (r->x) {
		/* What cannot be told without memory is not told. */
		(void)http_add_header(r->x, "X-Kubernetes-PF-FlowSchema-UID", s->uid);
		(void)http_add_header(r->x, "X-Kubernetes-PF-PriorityLevel-UID", l->uid);
	}
	who = s->by == BY_USER ? r->id.user : s->by == BY_NAMESPACE ? r->ns : "";
	if (!l->exempt)
		work = flow_estimate(f->watchers, r, flow_level_widest(l));
	for (size_t i = 0; i < WIDTHS; i++)
		s->count->widths[i] += work.seats <= widths[i];
	s->count->seats += work.seats;
	(void)take_back(f, now);
	v = flow_take(&f->seats, l, t, work.seats, s->name, who ? who : "", now, 0);
	if (v != FLOW_RUN) {
		/* Seats that somebody has had for too long? */
		if (v == FLOW_WAIT)
			flow_leave(&f->seats, t);
		*t = (struct flow_ticket){0};
		flow_overdue(&f->seats, now, was_overdue);
		pick(f, now, &todo);
		v = flow_take(&f->seats, l, t, work.seats, s->name, who ? who : "", now, wait_of(r));
	}
	if (v == FLOW_WAIT && f->stopping) {
		flow_leave(&f->seats, t);
		v = FLOW_CANCELLED;
	}
	if (v == FLOW_RUN || v == FLOW_WAIT) {
		t->linger_ms = work.linger_ms;
		t->count = s->count;
		t->count->refs++;
		r->in_flow = true;
	}
	if (v == FLOW_WAIT) {
		s->count->waiting++;
		r->flow_go = go;
		if (r->x)
			http_on_close(r->x, flow_gone, r);
		arm(f, t->until_ms);
		settle(f, now);
	} else {
		s->count->verdicts[v]++;
		s->count->executing += v == FLOW_RUN;
		if (v != FLOW_RUN)
			*t = (struct flow_ticket){0};
	}
	pthread_mutex_unlock(&f->lock);
	go_on(&todo);
	if (v != FLOW_RUN && v != FLOW_WAIT)
		refuse(r);
	return v == FLOW_RUN;
}

void flow_end(struct req *r)
{
	struct flow *f = r->a->flow;
	struct flow_ticket *t = &r->flow;
	struct list todo;

	if (!r->in_flow)
		return;
	r->in_flow = false;
	list_init(&todo);
	pthread_mutex_lock(&f->lock);
	if (t->state == FLOW_RUNNING) {
		int64_t now = t->linger_ms || f->seats.n_waiting ? clock_mono_ms(r->a->clock) : 0;
		struct flow_level *l = t->level;

		if (t->linger_ms)
			flow_give_later(&f->seats, t, now + t->linger_ms);
		else
			flow_give(&f->seats, t);
		t->count->executing--;
		ticket_end(t);
		level_left(f, l);
		if (f->seats.n_waiting) {
			(void)take_back(f, now);
			pick(f, now, &todo);
			settle(f, now);
		}
	}
	pthread_mutex_unlock(&f->lock);
	go_on(&todo);
}

char *flow_watch_begin(struct flow *f, const struct req *r)
{
	return flow_watcher_add(f->watchers, r);
}

void flow_watch_end(struct flow *f, char *key)
{
	flow_watcher_remove(f->watchers, key);
}

/* --- life --- */

int flow_configure(struct flow *f, const json_t *levels, const json_t *schemas, struct err *e)
{
	struct list todo;
	int rc;

	list_init(&todo);
	pthread_mutex_lock(&f->lock);
	rc = levels_put(f, levels);
	if (!rc)
		rc = schemas_put(f, schemas);
	if (!rc) {
		flow_seats_divide(&f->seats);
		pick(f, clock_mono_ms(f->a->clock), &todo);
	} else {
		LIST_FOREACH (l, &f->seats.levels, struct flow_level, link)
			l->gone = false; /* schemas lead to them still */
	}
	pthread_mutex_unlock(&f->lock);
	go_on(&todo);
	return rc ? err_nomem(e) : 0;
}

int flow_new(struct flow **ret, struct apiserver *a, unsigned seats, struct err *e)
{
	struct flow *f = calloc(1, sizeof(*f));
	uint64_t seed;

	if (!f)
		return err_nomem(e);
	f->a = a;
	a->flow_arm.fn = arm_task;
	pthread_mutex_init(&f->lock, NULL);
	list_init(&f->counts);
	random_bytes(&seed, sizeof(seed));
	flow_seats_init(&f->seats, seats, seed);
	if (flow_watchers_new(&f->watchers) || flow_configure(f, NULL, NULL, e) ||
	    loop_timer_new(&a->flow_timer, a->loop, timer_fire, f)) {
		(void)flow_free(f);
		return err_nomem(e);
	}
	*ret = f;
	return 0;
}

void flow_stop(struct flow *f)
{
	struct list late;

	if (!f)
		return;
	list_init(&late);
	pthread_mutex_lock(&f->lock);
	f->stopping = true;
	while (!list_empty(&f->seats.waiting)) {
		struct flow_ticket *t = container_of(f->seats.waiting.next, struct flow_ticket, all);

		flow_leave(&f->seats, t);
		t->count->waiting--;
		t->count->verdicts[FLOW_CANCELLED]++;
		ticket_end(t);
		if (reclaim(container_of(t, struct req, flow)))
			list_add_tail(&late, &t->all);
	}
	pthread_mutex_unlock(&f->lock);
	while (!list_empty(&late)) {
		struct req *r = container_of(late.next, struct req, flow.all);

		list_del(&r->flow.all);
		refuse(r);
	}
}

struct flow *flow_free(struct flow *f)
{
	if (!f)
		return NULL;
	schemas_free(f->schemas, f->n);
	flow_seats_done(&f->seats);
	f->watchers = flow_watchers_free(f->watchers);
	while (!list_empty(&f->counts)) {
		struct flow_count *c = container_of(f->counts.next, struct flow_count, link);

		c->refs = 1;
		count_unref(c);
	}
	pthread_mutex_destroy(&f->lock);
	free(f);
	return NULL;
}

/* --- /metrics --- */

static void metric(struct buf *b, const char *name, const char *type, const char *help)
{
	buf_addf(b, "# HELP apiserver_flowcontrol_%s %s\n# TYPE apiserver_flowcontrol_%s %s\n", name, help, name, type);
}

static void of_count(struct buf *b, const struct flow_count *c, const char *name, const char *more, uint64_t n)
{
	buf_addf(b, "apiserver_flowcontrol_%s{flow_schema=\"%s\",priority_level=\"%s\"%s} %llu\n", name, c->schema,
		 c->level, more, (unsigned long long)n);
}

/* Names of objects are DNS names: nothing to escape. */
void flow_metrics(struct flow *f, struct buf *b)
{
	static const char *const reasons[FLOW_VERDICTS] = {[FLOW_QUEUE_FULL] = ",reason=\"queue-full\"",
							   [FLOW_NO_SEAT] = ",reason=\"concurrency-limit\"",
							   [FLOW_TIME_OUT] = ",reason=\"time-out\"",
							   [FLOW_CANCELLED] = ",reason=\"cancelled\""};

	pthread_mutex_lock(&f->lock);
	(void)take_back(f, clock_mono_ms(f->a->clock));
	metric(b, "work_estimated_seats", "histogram", "Seats that requests take.");
	LIST_FOREACH (c, &f->counts, struct flow_count, link) {
		char le[24];

		for (size_t i = 0; i < WIDTHS; i++) {
			(void)snprintf(le, sizeof(le), ",le=\"%u\"", widths[i]);
			of_count(b, c, "work_estimated_seats_bucket", le, c->widths[i]);
		}
		of_count(b, c, "work_estimated_seats_bucket", ",le=\"+Inf\"",
			 c->widths[WIDTHS - 1]); /* the most there are */
		of_count(b, c, "work_estimated_seats_sum", "", c->seats);
		of_count(b, c, "work_estimated_seats_count", "", c->widths[WIDTHS - 1]);
	}
	metric(b, "dispatched_requests_total", "counter", "Requests that got a seat.");
	LIST_FOREACH (c, &f->counts, struct flow_count, link)
		of_count(b, c, "dispatched_requests_total", "", c->verdicts[FLOW_RUN]);
	metric(b, "rejected_requests_total", "counter", "Requests that were refused, by reason.");
	LIST_FOREACH (c, &f->counts, struct flow_count, link)
		for (int v = FLOW_QUEUE_FULL; v < FLOW_VERDICTS; v++)
			if (c->verdicts[v])
				of_count(b, c, "rejected_requests_total", reasons[v], c->verdicts[v]);
	metric(b, "current_inqueue_requests", "gauge", "Requests that wait for a seat.");
	LIST_FOREACH (c, &f->counts, struct flow_count, link)
		of_count(b, c, "current_inqueue_requests", "", c->waiting);
	metric(b, "current_executing_requests", "gauge", "Requests that have a seat; of watches, those that begin.");
	LIST_FOREACH (c, &f->counts, struct flow_count, link)
		of_count(b, c, "current_executing_requests", "", c->executing);
	static const struct {
		const char *name, *help;
	} seats[] = {{"current_executing_seats", "Seats taken."},
		     {"nominal_limit_seats", "Seats as configured."},
		     {"lower_limit_seats", "Seats that are never lent."},
		     {"upper_limit_seats", "Seats with all that may be borrowed."}};
	for (size_t i = 0; i < ARRAY_LEN(seats); i++) {
		metric(b, seats[i].name, "gauge", seats[i].help);
		LIST_FOREACH (l, &f->seats.levels, struct flow_level, link) {
			const unsigned v[] = {l->executing, l->nominal, l->own, l->limit};

			buf_addf(b, "apiserver_flowcontrol_%s{priority_level=\"%s\"} %u\n", seats[i].name, l->name,
				 v[i]);
		}
	}
	pthread_mutex_unlock(&f->lock);
}
