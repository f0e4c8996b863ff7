/*
 * WATCH. A watch is fed by the store's thread and ended on the server's loop; who ends it first (client, timeout, store, slow
 * reader, server stop) posts the one end task. Two references: the loop's (end task) and the sink's (`gone`, called exactly
 * once when the client side is finished). `lock` guards gone, sw and every write to the sink; it is recursive because a
 * sink may report `gone` from inside its own end.
 */
#include "api/object.h"
#include "apiserver/pager.h"
#include "base/log.h"

#define BOOKMARK_MS 60000
#define INITIAL_PAGE 200 /* objects at once at the beginning: even large ones fit a client's queue */

struct watch {
	struct req *r;
	struct apiserver *a;
	struct api_selector *labels, *fields;
	struct range_filter filter;
	bool filtered;
	char *prefix, *heard; /* heard: among the watches that writes are estimated by */
	pthread_mutex_t lock;
	_Atomic int refs;
	_Atomic bool ending;
	bool gone, stopped, table_started;
	_Atomic bool want_bookmark;
	struct store_watch *sw;
	struct loop_timer *timeout; /* loop thread */
	struct loop_task end_task, arm_task;
	int64_t timeout_ms;
	struct list link; /* a->watches, under a->watch_lock */
	_Atomic int64_t sent;
	struct pager *pager; /* over HTTP: what is there at the beginning */
	/* how it starts */
	bool initial, initial_end;
	int64_t from;
};

static void watch_unref(struct watch *w)
{
	if (atomic_fetch_sub(&w->refs, 1) != 1)
		return;
	atomic_fetch_sub(&w->a->m.watches, 1);
	flow_watch_end(w->a->flow, w->heard);
	(void)api_selector_free(w->labels);
	(void)api_selector_free(w->fields);
	w->pager = pager_free(w->pager);
	pthread_mutex_destroy(&w->lock);
	free(w->prefix);
	req_free(w->r);
	free(w);
}

static void watch_finish(struct watch *w)
{
	if (!atomic_exchange(&w->ending, true))
		loop_post(w->a->loop, &w->end_task);
}

static void watch_gone(void *arg)
{
	struct watch *w = arg;

	if (w->pager)
		pager_gone(w->pager);
	pthread_mutex_lock(&w->lock);
	w->gone = true;
	pthread_mutex_unlock(&w->lock);
	watch_finish(w);
	watch_unref(w);
}

static void watch_end_task(struct loop_task *t)
{
	struct watch *w = container_of(t, struct watch, end_task);
	struct store_watch *sw;

	w->timeout = loop_timer_free(w->timeout);
	pthread_mutex_lock(&w->a->watch_lock);
	list_del(&w->link);
	pthread_mutex_unlock(&w->a->watch_lock);
	pthread_mutex_lock(&w->lock);
	w->stopped = true;
	sw = TAKE_PTR(w->sw);
	pthread_mutex_unlock(&w->lock);
	(void)store_watch_free(sw);
	pthread_mutex_lock(&w->lock);
	if (!w->gone)
		w->r->sink->watch_end(w->r);
	pthread_mutex_unlock(&w->lock);
	watch_unref(w);
}

static void watch_timeout(void *arg) { watch_finish(arg); }

static void watch_arm_task(struct loop_task *t)
{
	struct watch *w = container_of(t, struct watch, arm_task);

	if (!atomic_load(&w->ending) && !loop_timer_new(&w->timeout, w->a->loop, watch_timeout, w))
		loop_timer_set(w->timeout, w->timeout_ms);
	watch_unref(w);
}

/* --- sending --- */

/* lock held. False when the watch is over. */
static bool send_raw(struct watch *w, enum watch_type type, struct bytes *obj)
{
	if (w->gone || atomic_load(&w->ending))
		return false;
	if (w->r->sink->watch_event(w->r, type, obj)) {
		watch_finish(w);
		return false;
	}
	return true;
}

static bool send_status(struct watch *w, json_t *status)
{
	AUTO_JSON json_t *s = status;
	AUTO_BYTES struct bytes *b = s ? json_encode(s) : NULL;

	if (b)
		(void)send_raw(w, WATCH_ERROR, b);
	watch_finish(w);
	return false;
}

static bool send_object(struct watch *w, enum watch_type type, struct bytes *stored)
{
	struct req *r = w->r;
	AUTO_BYTES struct bytes *out = NULL;
	struct err e = {0};

	if (r->format == FMT_TABLE || r->format == FMT_TABLE_V1BETA1) {
		AUTO_JSON json_t *o = NULL;
		AUTO_JSON json_t *t = NULL;

		/* Columns come with the first event only. */
		if (!object_load(r->reg, r->res, stored, &o, &e)) {
			t = table_new(r, r->res, !w->table_started);
			if (t && !table_add(r, r->res, t, o))
				out = json_encode(t);
			w->table_started = true;
			if (!out)
				(void)err_nomem(&e);
		}
	} else {
		(void)object_render(r, r->res, stored, &out, &e);
	}
	if (!out)
		return send_status(w, req_status_for(r, &e));
	return send_raw(w, type, out);
}

static bool send_bookmark(struct watch *w, int64_t rev, bool initial_end)
{
	struct req *r = w->r;
	AUTO_JSON json_t *o = NULL;
	AUTO_JSON json_t *t = NULL;
	AUTO_BYTES struct bytes *b = NULL;
	char gv[300], num[24];

	api_group_version(r->res, gv, sizeof(gv));
	(void)snprintf(num, sizeof(num), "%lld", (long long)rev);
	if (r->format == FMT_PARTIAL || r->format == FMT_PARTIAL_V1BETA1)
		o = json_pack("{s:s,s:s,s:{s:s,s:n}}", "kind", "PartialObjectMetadata", "apiVersion",
			      r->format == FMT_PARTIAL ? "meta.k8s.io/v1" : "meta.k8s.io/v1beta1", "metadata", "resourceVersion", num,
			      "creationTimestamp");
	else
		o = json_pack("{s:s,s:s,s:{s:s,s:n}}", "kind", r->res->kind, "apiVersion", gv, "metadata", "resourceVersion", num,
			      "creationTimestamp");
	if (initial_end && o)
		(void)json_object_set_new(json_object_get(o, "metadata"), "annotations",
					  json_pack("{s:s}", "k8s.io/initial-events-end", "true"));
	if (o && (r->format == FMT_TABLE || r->format == FMT_TABLE_V1BETA1)) {
		t = table_new(r, r->res, !w->table_started);
		if (t && !table_add(r, r->res, t, o))
			b = json_encode(t);
		w->table_started = true;
	} else if (o) {
		b = json_encode(o);
	}
	if (!b)
		return false;
	atomic_store(&w->sent, rev);
	return send_raw(w, WATCH_BOOKMARK, b);
}

/* A selector makes changes appear as ADDED and DELETED when an object comes into or leaves the selection. */
static bool send_event(struct watch *w, const struct store_event *ev)
{
	bool now = ev->kind != STORE_DELETED, was = ev->kind != STORE_CREATED;

	if (w->filtered) {
		now = now && range_match(&w->filter, ev->item.key, ev->item.index);
		was = was && range_match(&w->filter, ev->item.key, ev->prev_index ? ev->prev_index : ev->item.index);
	}
	if (now)
		return send_object(w, was ? WATCH_MODIFIED : WATCH_ADDED, ev->item.value);
	if (!was)
		return true;
	if (ev->kind != STORE_DELETED && ev->prev_value) {
		AUTO_BYTES struct bytes *b = object_with_revision(ev->prev_value, ev->item.mod_rev);

		if (b)
			return send_object(w, WATCH_DELETED, b);
	}
	return send_object(w, WATCH_DELETED, ev->item.value);
}

static json_t *expired(int64_t from, struct apiserver *a)
{
	AUTO_FREE char *m = str_fmt("too old resource version: %lld (%lld)", (long long)from, (long long)store_compacted(a->store) + 1);

	return status_new(410, "Expired", m ? m : "too old resource version");
}

static void on_store(void *arg, int code, const struct store_event *ev, size_t n, int64_t rev)
{
	struct watch *w = arg;

	pthread_mutex_lock(&w->lock);
	if (w->gone || atomic_load(&w->ending)) {
		pthread_mutex_unlock(&w->lock);
		return;
	}
	if (code) {
		if (code == ERR_GONE)
			(void)send_status(w, expired(w->from, w->a));
		if (code == ERR_SEALED || code == ERR_TAMPERED) {
			struct err e;

			(void)err_set(&e, code, "a change of %s: %s", w->r->plural, err_name(code));
			(void)send_status(w, req_status_for(w->r, &e));
		}
		watch_finish(w);
		pthread_mutex_unlock(&w->lock);
		return;
	}
	for (size_t i = 0; i < n; i++)
		if (!send_event(w, &ev[i]))
			break;
	if (n)
		atomic_store(&w->sent, ev[n - 1].item.mod_rev);
	if (n == 0 && rev > atomic_load(&w->sent) && atomic_exchange(&w->want_bookmark, false))
		(void)send_bookmark(w, rev, false);
	pthread_mutex_unlock(&w->lock);
}

/* --- starting --- */

static void watch_live(struct watch *w, int64_t from)
{
	struct err e = {0};
	int rc = 0;

	w->from = from;
	pthread_mutex_lock(&w->lock);
	if (!w->stopped && !atomic_load(&w->ending)) {
		rc = store_watch_new(&w->sw, w->a->store, w->prefix, from, on_store, w, &e);
		if (rc == ERR_GONE)
			(void)send_status(w, expired(from, w->a));
		else if (rc)
			(void)send_status(w, req_status_for(w->r, &e));
	}
	pthread_mutex_unlock(&w->lock);
	flow_end(w->r); /* it is initialized */
}

static void on_initial(void *arg, struct store_range_result *res)
{
	struct watch *w = arg;

	pthread_mutex_lock(&w->lock);
	if (res->code) {
		struct err e = res->err;

		e.code = res->code;
		(void)send_status(w, req_status_for(w->r, &e));
	} else {
		bool go = true;

		for (size_t i = 0; i < res->n && go; i++)
			go = send_object(w, WATCH_ADDED, res->items[i].value);
		if (go && w->initial_end)
			(void)send_bookmark(w, res->rev, true);
		atomic_store(&w->sent, res->rev);
	}
	pthread_mutex_unlock(&w->lock);
	if (!res->code)
		watch_live(w, res->rev);
	watch_unref(w);
}

/* The same page by page, for a client that takes it as fast as it can; the pager's lock is taken before w's. */

static int initial_begin(void *arg)
{
	(void)arg; /* the stream has begun */
	return 0;
}

static int initial_emit(void *arg, struct store_item *items, size_t n, int64_t rev)
{
	struct watch *w = arg;
	bool go = true;

	(void)rev;
	pthread_mutex_lock(&w->lock);
	for (size_t i = 0; i < n && go; i++)
		go = send_object(w, WATCH_ADDED, items[i].value);
	pthread_mutex_unlock(&w->lock);
	return go ? 0 : ERR_CANCELED;
}

static void initial_end(void *arg, int code, const struct err *err, int64_t rev)
{
	struct watch *w = arg;

	if (code == ERR_CANCELED)
		return;
	pthread_mutex_lock(&w->lock);
	if (code) {
		struct err e = err ? *err : (struct err){0};

		e.code = code;
		(void)send_status(w, code == ERR_GONE ? expired(rev, w->a) : req_status_for(w->r, &e));
	} else {
		if (w->initial_end)
			(void)send_bookmark(w, rev, true);
		atomic_store(&w->sent, rev);
	}
	pthread_mutex_unlock(&w->lock);
	if (!code)
		watch_live(w, rev);
}

static void initial_release(void *arg) { watch_unref(arg); }

static const struct pager_ops initial_ops = {
	.begin = initial_begin,
	.emit = initial_emit,
	.end = initial_end,
	.release = initial_release,
};

static bool watch_options(struct req *r, struct watch *w)
{
	struct query *q = &r->q;
	bool has_rv = q->resource_version && *q->resource_version;
	int64_t rv = 0, now = store_revision(r->a->store);

	if (list_options_refused(r, true))
		return false;
	if (has_rv && str_to_i64(q->resource_version, 0, INT64_MAX, &rv)) {
		AUTO_FREE char *m = str_fmt(
		    "resourceVersion: Invalid value: \"%.60s\": strconv.ParseUint: parsing \"%.60s\": invalid syntax",
		    q->resource_version, q->resource_version);

		/* Kubernetes' cache finds it, whose failures have no reason. */
		req_fail_status(r, status_new(500, NULL, m ? m : ""));
		return false;
	}
	w->initial = q->send_initial == TRI_TRUE || (q->send_initial == TRI_UNSET && rv == 0);
	w->initial_end = q->send_initial == TRI_TRUE && q->bookmarks;
	w->from = rv ? rv : now;
	if (q->send_initial == TRI_TRUE && rv > now) {
		struct err e = {0};

		(void)err_set(&e, ERR_TOO_NEW, "Too large resource version: %lld, current: %lld", (long long)rv, (long long)now);
		req_fail_err(r, &e);
		return false;
	}
	return true;
}

void req_watch(struct req *r)
{
	struct watch *w = calloc(1, sizeof(*w));
	struct apiserver *a = r->a;
	struct store_range q = {.filter_arg = w ? &w->filter : NULL};
	struct err e = {0};
	pthread_mutexattr_t at;
	uint32_t rnd;
	bool paged;

	if (!w) {
		req_fail(r, 500, "InternalError", "out of memory");
		return;
	}
	w->r = r;
	w->a = a;
	if (!watch_options(r, w) || !req_selectors(r, &w->labels, &w->fields)) {
		free(w);
		return;
	}
	w->filtered = req_filter(r, w->labels, w->fields, &w->filter);
	w->prefix = object_prefix(r->res, r->ns);
	if (!w->prefix) {
		(void)api_selector_free(w->labels);
		(void)api_selector_free(w->fields);
		free(w);
		req_fail(r, 500, "InternalError", "out of memory");
		return;
	}
	q.prefix = w->prefix;
	q.filter = w->filtered ? range_filter_fn : NULL;
	pthread_mutexattr_init(&at);
	pthread_mutexattr_settype(&at, PTHREAD_MUTEX_RECURSIVE);
	pthread_mutex_init(&w->lock, &at);
	pthread_mutexattr_destroy(&at);
	w->end_task.fn = watch_end_task;
	w->arm_task.fn = watch_arm_task;
	list_init(&w->link);
	atomic_init(&w->refs, 3); /* sink, end task, and this function */
	atomic_fetch_add(&a->m.watches, 1);
	w->heard = flow_watch_begin(a->flow, r);
	atomic_fetch_add_explicit(&a->m.requests[2], 1, memory_order_relaxed);
	random_bytes(&rnd, sizeof(rnd));
	/* As kube-apiserver's --min-request-timeout: 30 to 60 minutes, spread. Direct watches live as long as their component. */
	w->timeout_ms = r->q.timeout_s > 0 ? r->q.timeout_s * 1000 : r->x ? 1800000 + (int64_t)(rnd % 1800000) : 0;
	if (w->timeout_ms) {
		atomic_fetch_add(&w->refs, 1);
		loop_post(a->loop, &w->arm_task);
	}
	pthread_mutex_lock(&a->watch_lock);
	list_add_tail(&a->watches, &w->link);
	pthread_mutex_unlock(&a->watch_lock);
	r->gone_arg = w;
	r->gone = watch_gone;
	if (w->initial && r->x && !http_header(r->x, "Upgrade") && pager_new(&w->pager, r, &q, INITIAL_PAGE, &initial_ops, w, &e)) {
		watch_finish(w); /* out of memory */
		w->initial = false;
	}
	paged = w->pager != NULL;
	if (paged)
		atomic_fetch_add(&w->refs, 1); /* until initial_release */
	/* Under lock: should the client go right now, the exchange stays until `gone` has run. */
	pthread_mutex_lock(&w->lock);
	if (r->x)
		http_on_close(r->x, watch_gone, w);
	if (w->gone || r->sink->watch_begin(r) || atomic_load(&a->stopping))
		watch_finish(w);
	pthread_mutex_unlock(&w->lock);
	if (paged) {
		pager_start(w->pager);
	} else if (w->initial) {
		atomic_fetch_add(&w->refs, 1);
		store_range(a->store, &q, on_initial, w);
	} else {
		watch_live(w, w->from);
	}
	watch_unref(w);
}

/* --- bookmarks and stopping --- */

/* Only after writes: an idle server sends no bookmarks and does not wake up. */
static void bookmark_fire(void *arg)
{
	struct apiserver *a = arg;
	int64_t rev = store_revision(a->store);

	atomic_store(&a->bookmark_armed, false);
	pthread_mutex_lock(&a->watch_lock);
	LIST_FOREACH(w, &a->watches, struct watch, link) {
		if (!w->r->q.bookmarks || atomic_load(&w->ending) || rev <= atomic_load(&w->sent))
			continue;
		atomic_store(&w->want_bookmark, true);
		pthread_mutex_lock(&w->lock);
		if (w->sw)
			store_watch_progress(w->sw);
		pthread_mutex_unlock(&w->lock);
	}
	pthread_mutex_unlock(&a->watch_lock);
}

static void bookmark_arm_task(struct loop_task *t)
{
	struct apiserver *a = container_of(t, struct apiserver, bookmark_arm);

	if (!a->bookmark_timer && loop_timer_new(&a->bookmark_timer, a->loop, bookmark_fire, a))
		return;
	loop_timer_set(a->bookmark_timer, BOOKMARK_MS);
}

void watch_server_init(struct apiserver *a)
{
	list_init(&a->watches);
	a->bookmark_arm.fn = bookmark_arm_task;
}

void watch_touch(struct apiserver *a)
{
	if (!atomic_load_explicit(&a->bookmark_armed, memory_order_relaxed) && !atomic_exchange(&a->bookmark_armed, true))
		loop_post(a->loop, &a->bookmark_arm);
}

bool watch_by_user(struct apiserver *a, const char *user)
{
	bool found = false;

	pthread_mutex_lock(&a->watch_lock);
	for (struct list *l = a->watches.next; l != &a->watches && !found; l = l->next)
		found = streq(container_of(l, struct watch, link)->r->id.user, user);
	pthread_mutex_unlock(&a->watch_lock);
	return found;
}

void watch_stop_all(struct apiserver *a)
{
	pthread_mutex_lock(&a->watch_lock);
	LIST_FOREACH(w, &a->watches, struct watch, link)
		watch_finish(w);
	pthread_mutex_unlock(&a->watch_lock);
}
