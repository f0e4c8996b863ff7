/*
 * Watches. One thread, the dispatcher, carries live watches: they are grouped by prefix, all stand at the same
 * revision, and a group's events are put together once. A watch that starts further back joins from the ring of recent
 * changes or, before that, reads history on a pool thread until the ring reaches back to it. At any time one thread at
 * most works for a watch.
 */
#include <errno.h>
#include "base/str.h"
#include "store/internal.h"

#define TURN 2048 /* changes taken from the ring at once, a little more when a transaction is larger */

enum place { JOINING, READING, LIVE, ENDED };

struct group {
	struct list link; /* dispatcher only, as everything here */
	struct list members;
	struct list touched; /* by the turn that is being delivered */
	bool odd;	     /* its prefix does not end with a '/': compared with every key */
	size_t len;
	char prefix[];
};

struct store_watch {
	struct store *s;
	char *prefix;
	size_t prefix_len;
	store_watch_fn fn;
	void *arg;
	struct pool_job job;
	struct list group_link;
	struct group *group;
	int64_t pos; /* until it is live: delivered up to here; belongs to the thread that works for the watch */

	/* Under watch_lock. */
	unsigned refs; /* the owner's and the engine's */
	enum place place;
	struct list link;      /* joining */
	struct list attention; /* closed or wants to know the progress */
	bool closed, progress, running;
	pthread_t runner;
};

static void watch_unref(struct store_watch *w) /* under watch_lock */
{
	if (--w->refs > 0)
		return;
	free(w->prefix);
	free(w);
}

/* The engine lets go of it; under watch_lock. */
static void watch_leave(struct store_watch *w)
{
	list_del(&w->link);
	list_del(&w->attention);
	w->place = ENDED;
	w->s->watches.n--;
	watch_unref(w);
}

static void deliver(struct store_watch *w, int code, const struct store_event *ev, size_t n, int64_t rev)
{
	struct store *s = w->s;
	pthread_mutex_lock(&s->watch_lock);
	bool call = !w->closed;
	if (call) {
		w->running = true;
		w->runner = pthread_self();
	}
	pthread_mutex_unlock(&s->watch_lock);
	if (!call)
		return;
	w->fn(w->arg, code, ev, n, rev);
	pthread_mutex_lock(&s->watch_lock);
	w->running = false;
	if (w->closed)
		pthread_cond_broadcast(&s->watches.quiet);
	pthread_mutex_unlock(&s->watch_lock);
}

static void event_of(struct store_event *ev, struct change *c, bool with_prev)
{
	*ev = (struct store_event){
	    .kind = c->kind,
	    .item = {.key = c->key->data,
		     .value = c->value,
		     .index = c->index,
		     .create_rev = c->create_rev,
		     .mod_rev = id_rev(c->id),
		     .hold = c->key},
	    .prev_index = c->prev_index,
	    .prev_value = with_prev ? c->prev_value : NULL,
	};
}

/* --- watches that start in the past, on a pool thread --- */

static void read_history(struct pool_job *j)
{
	struct store_watch *w = container_of(j, struct store_watch, job);
	struct store *s = w->s;
	for (;;) {
		pthread_mutex_lock(&s->watch_lock);
		if (w->closed || s->watches.exited) {
			bool tell = !w->closed;
			pthread_mutex_unlock(&s->watch_lock);
			if (tell)
				deliver(w, ERR_CANCELED, NULL, 0, w->pos);
			break;
		}
		/* What is in the ring is delivered from there; what left it is on disk. */
		int64_t upto = s->ring.floor;
		if (w->pos >= upto || s->watches.stopping) {
			w->place = JOINING;
			list_add_tail(&s->watches.joining, &w->link);
			pthread_cond_signal(&s->watches.wake);
			pthread_mutex_unlock(&s->watch_lock);
			return;
		}
		pthread_mutex_unlock(&s->watch_lock);

		struct event_list l = {0};
		int64_t rev = w->pos;
		struct err e = {0};
		int rc = history_read(s, w->prefix, w->pos, upto, &l, &rev, &e);
		if (rc < 0) {
			event_list_done(&l);
			deliver(w, rc, NULL, 0, w->pos);
			break;
		}
		w->pos = rev;
		if (l.n > 0)
			deliver(w, 0, l.v, l.n, rev);
		event_list_done(&l);
	}
	pthread_mutex_lock(&s->watch_lock);
	watch_leave(w);
	pthread_mutex_unlock(&s->watch_lock);
}

/* --- the dispatcher --- */

/* Groups are found by prefix, so that a change costs nothing to those who watch something else. */
static struct group *group_get(struct watches *ws, const char *prefix)
{
	if (!ws->by_prefix && !(ws->by_prefix = map_new(NULL)))
		return NULL;
	struct group *g = map_get(ws->by_prefix, prefix);
	if (g)
		return g;
	size_t n = strlen(prefix);
	g = malloc(sizeof(*g) + n + 1);
	if (!g)
		return NULL;
	g->len = n;
	g->odd = n == 0 || prefix[n - 1] != '/';
	memcpy(g->prefix, prefix, n + 1);
	list_init(&g->members);
	list_init(&g->touched);
	if (map_put(ws->by_prefix, prefix, g) < 0) {
		free(g);
		return NULL;
	}
	list_add_tail(&ws->groups, &g->link);
	ws->odd += g->odd;
	return g;
}

static void group_leave(struct store_watch *w)
{
	struct group *g = w->group;
	if (!g)
		return;
	list_del(&w->group_link);
	w->group = NULL;
	if (list_empty(&g->members)) {
		w->s->watches.odd -= g->odd;
		(void)map_take(w->s->watches.by_prefix, g->prefix);
		list_del(&g->link);
		list_del(&g->touched);
		free(g);
	}
}

struct turn {
	struct change **v;
	struct store_event *ev;
	size_t n, cap;
	int64_t rev; /* complete up to here */
};

/* Takes references to the next changes above `from`, whole revisions, none above upto. Under watch_lock. */
static int turn_take(struct turn *t, const struct ring *r, int64_t from, int64_t upto)
{
	size_t first = ring_after(r, from), stop = ring_after(r, upto), end = first;
	while (end < stop && (end - first < TURN || id_rev(ring_at(r, end)->id) == id_rev(ring_at(r, end - 1)->id)))
		end++;
	t->n = 0;
	if (end - first > t->cap) {
		size_t cap = end - first;
		struct change **v = realloc(t->v, cap * sizeof(*v));
		if (v)
			t->v = v;
		struct store_event *ev = v ? realloc(t->ev, cap * sizeof(*ev)) : NULL;
		if (!ev)
			return -ENOMEM;
		t->ev = ev;
		t->cap = cap;
	}
	for (size_t i = first; i < end; i++)
		t->v[t->n++] = change_ref(ring_at(r, i));
	t->rev = end < stop ? id_rev(ring_at(r, end - 1)->id) : upto;
	return 0;
}

static void turn_drop(struct turn *t, bool delivered)
{
	for (size_t i = 0; i < t->n; i++) {
		if (delivered)
			t->v[i]->prev_value = bytes_unref(t->v[i]->prev_value);
		change_unref(t->v[i]);
	}
	t->n = 0;
}

static size_t turn_events(struct turn *t, const char *prefix, size_t len, int64_t above, bool with_prev)
{
	size_t n = 0;
	for (size_t i = 0; i < t->n; i++)
		if (id_rev(t->v[i]->id) > above && key_under(t->v[i]->key, prefix, len))
			event_of(&t->ev[n++], t->v[i], with_prev);
	return n;
}

static void touch(struct list *touched, struct group *g)
{
	if (g && list_empty(&g->touched))
		list_add_tail(touched, &g->touched);
}

/* The groups that have a part in the turn. A key's prefixes are what ends with one of its slashes. */
static void turn_touch(struct watches *ws, const struct turn *t, struct list *touched)
{
	char prefix[KEY_MAX + 1];
	for (size_t i = 0; i < t->n; i++) {
		const struct bytes *key = t->v[i]->key;
		for (const char *p = key->data; (p = memchr(p, '/', key->len - (size_t)(p - key->data))); p++) {
			size_t n = (size_t)(p - key->data) + 1;
			memcpy(prefix, key->data, n);
			prefix[n] = 0;
			touch(touched, map_get(ws->by_prefix, prefix));
		}
		if (ws->odd == 0)
			continue;
		LIST_FOREACH (g, &ws->groups, struct group, link)
			if (g->odd && key_under(key, g->prefix, g->len))
				touch(touched, g);
	}
}

/* Whether one of the events has a value that cannot be opened. */
static bool turn_blind(const struct turn *t, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!t->ev[i].item.value)
			return true;
	return false;
}

/* What its watches come to is not to be had: they end there, as a read does. */
static void group_end(struct store *s, struct group *g, int code)
{
	for (bool more = true; more;) {
		struct store_watch *w = container_of(g->members.next, struct store_watch, group_link);
		deliver(w, code, NULL, 0, s->watches.dispatched);
		pthread_mutex_lock(&s->watch_lock);
		more = g->members.next->next != &g->members; /* the last one takes g along */
		group_leave(w);
		watch_leave(w);
		pthread_mutex_unlock(&s->watch_lock);
	}
}

/* Callbacks do not change groups: who leaves meanwhile is only marked. */
static void turn_deliver(struct store *s, struct turn *t)
{
	struct watches *ws = &s->watches;
	struct list touched;
	list_init(&touched);
	if (!list_empty(&ws->groups))
		turn_touch(ws, t, &touched);
	while (!list_empty(&touched)) {
		struct group *g = container_of(touched.next, struct group, touched);
		size_t n = turn_events(t, g->prefix, g->len, 0, true);
		list_del(&g->touched);
		if (turn_blind(t, n)) {
			group_end(s, g, ERR_SEALED);
			continue;
		}
		LIST_FOREACH (w, &g->members, struct store_watch, group_link)
			deliver(w, 0, t->ev, n, t->rev);
	}
}

/* Every live watch's last call. Called and left with watch_lock held. */
static void end_live(struct store *s, int code)
{
	struct watches *ws = &s->watches;
	while (!list_empty(&ws->groups)) {
		struct group *g = container_of(ws->groups.next, struct group, link);
		struct store_watch *w = container_of(g->members.next, struct store_watch, group_link);
		pthread_mutex_unlock(&s->watch_lock);
		deliver(w, code, NULL, 0, ws->dispatched);
		pthread_mutex_lock(&s->watch_lock);
		group_leave(w);
		watch_leave(w);
	}
}

/* Everything published goes to the live watches. Called and left with watch_lock held. -ENOMEM: try again. */
static int pump(struct store *s, struct turn *t)
{
	struct watches *ws = &s->watches;
	for (;;) {
		while (ws->reset) {
			ws->reset = false;
			int64_t floor = s->ring.floor; /* what was published since comes after it */
			end_live(s, ERR_GONE);
			if (ws->dispatched < floor)
				ws->dispatched = floor;
		}
		int64_t visible = load_i64(&s->visible);
		if (ws->dispatched >= visible)
			return 0;
		int rc = turn_take(t, &s->ring, ws->dispatched, visible);
		if (rc < 0)
			return rc;
		pthread_mutex_unlock(&s->watch_lock);
		turn_deliver(s, t);
		int64_t rev = t->rev;
		turn_drop(t, true);
		pthread_mutex_lock(&s->watch_lock);
		ws->dispatched = rev;
	}
}

/* A watch comes up to where the live ones are and becomes one. Called and left with watch_lock held. */
static void join(struct store *s, struct store_watch *w, struct turn *t)
{
	struct watches *ws = &s->watches;
	list_del(&w->link);
	if (w->closed) {
		watch_leave(w);
		return;
	}
	if (w->pos < s->ring.floor && !ws->stopping) {
		w->place = READING;
		w->job = (struct pool_job){.run = read_history};
		pthread_mutex_unlock(&s->watch_lock);
		pool_submit(s->pool, &w->job);
		pthread_mutex_lock(&s->watch_lock);
		return;
	}
	int code = rev_check(s, w->pos, INT64_MAX, NULL);
	while (code == 0 && w->pos < ws->dispatched && w->pos >= s->ring.floor) {
		code = turn_take(t, &s->ring, w->pos, ws->dispatched);
		if (code < 0)
			break;
		pthread_mutex_unlock(&s->watch_lock);
		size_t n = turn_events(t, w->prefix, w->prefix_len, w->pos, false);
		w->pos = t->rev;
		if (turn_blind(t, n))
			code = ERR_SEALED;
		else if (n > 0)
			deliver(w, 0, t->ev, n, t->rev);
		turn_drop(t, false);
		pthread_mutex_lock(&s->watch_lock);
	}
	if (code == 0 && w->pos < ws->dispatched) { /* the ring went on without us (or we stop) */
		if (!ws->stopping) {
			list_add_tail(&ws->joining, &w->link);
			return;
		}
		code = ERR_CANCELED;
	}
	struct group *g = code == 0 ? group_get(ws, w->prefix) : NULL;
	if (code == 0 && !g)
		code = -ENOMEM;
	if (code < 0) {
		pthread_mutex_unlock(&s->watch_lock);
		deliver(w, code, NULL, 0, ws->dispatched);
		pthread_mutex_lock(&s->watch_lock);
		watch_leave(w);
		return;
	}
	w->place = LIVE;
	w->group = g;
	list_add_tail(&g->members, &w->group_link);
	if (w->progress && list_empty(&w->attention))
		list_add_tail(&ws->attention, &w->attention);
}

/* Called and left with watch_lock held. */
static void attend(struct store *s)
{
	struct watches *ws = &s->watches;
	while (!list_empty(&ws->attention)) {
		struct store_watch *w = container_of(ws->attention.next, struct store_watch, attention);
		list_del(&w->attention);
		if (w->place != LIVE) /* joining or reading: it is looked at when it arrives */
			continue;
		if (w->closed) {
			group_leave(w);
			watch_leave(w);
			continue;
		}
		if (!w->progress)
			continue;
		w->progress = false;
		int64_t rev = ws->dispatched;
		pthread_mutex_unlock(&s->watch_lock);
		deliver(w, 0, NULL, 0, rev);
		pthread_mutex_lock(&s->watch_lock);
	}
}

/* The last calls. Called and left with watch_lock held. */
static void end_all(struct store *s, struct turn *t)
{
	struct watches *ws = &s->watches;
	do {
		while (!list_empty(&ws->joining))
			join(s, container_of(ws->joining.next, struct store_watch, link), t);
		attend(s);
	} while (!list_empty(&ws->joining));
	ws->exited = true;
	end_live(s, ERR_CANCELED);
}

static void *dispatcher_main(void *arg)
{
	struct store *s = arg;
	struct watches *ws = &s->watches;
	struct turn t = {0};
	pthread_mutex_lock(&s->watch_lock);
	for (;;) {
		while (!ws->stopping && !ws->reset && list_empty(&ws->joining) && list_empty(&ws->attention) &&
		       ws->dispatched >= load_i64(&s->visible))
			pthread_cond_wait(&ws->wake, &s->watch_lock);
		if (pump(s, &t) < 0 && !ws->stopping) {
			/* Without memory events wait in the ring; the next wake-up tries again. */
			pthread_cond_wait(&ws->wake, &s->watch_lock);
			continue;
		}
		if (ws->stopping)
			break;
		/* Only those that wait now: one that has to go round again must not keep us here. */
		struct list *last = ws->joining.prev;
		while (!list_empty(&ws->joining)) {
			struct list *first = ws->joining.next;
			bool end = first == last;
			join(s, container_of(first, struct store_watch, link), &t);
			if (end)
				break;
		}
		attend(s);
	}
	end_all(s, &t);
	pthread_mutex_unlock(&s->watch_lock);
	free(t.v);
	free(t.ev);
	return NULL;
}

/* --- the outside --- */

int store_watch_new(struct store_watch **ret, struct store *s, const char *prefix, int64_t from_rev, store_watch_fn fn,
		    void *arg, struct err *e)
{
	int rc = rev_check(s, from_rev, store_revision(s), e);
	if (rc < 0)
		return rc;
	struct store_watch *w = calloc(1, sizeof(*w));
	if (!w || !(w->prefix = str_dup(prefix))) {
		free(w);
		return err_nomem(e);
	}
	w->s = s;
	w->prefix_len = strlen(prefix);
	w->fn = fn;
	w->arg = arg;
	w->pos = from_rev;
	w->refs = 2;
	list_init(&w->link);
	list_init(&w->attention);
	list_init(&w->group_link);
	struct watches *ws = &s->watches;
	pthread_mutex_lock(&s->watch_lock);
	bool stopping = ws->stopping;
	if (!stopping) {
		list_add_tail(&ws->joining, &w->link);
		ws->n++;
		pthread_cond_signal(&ws->wake);
		*ret = w;
	}
	pthread_mutex_unlock(&s->watch_lock);
	if (stopping) {
		free(w->prefix);
		free(w);
		return err_set(e, ERR_CANCELED, "store: it is stopping");
	}
	return 0;
}

static void notice(struct store_watch *w) /* under watch_lock */
{
	struct watches *ws = &w->s->watches;
	if (w->place == ENDED)
		return;
	if (list_empty(&w->attention))
		list_add_tail(&ws->attention, &w->attention);
	pthread_cond_signal(&ws->wake);
}

void store_watch_progress(struct store_watch *w)
{
	pthread_mutex_lock(&w->s->watch_lock);
	w->progress = true;
	notice(w);
	pthread_mutex_unlock(&w->s->watch_lock);
}

struct store_watch *store_watch_free(struct store_watch *w)
{
	if (!w)
		return NULL;
	struct store *s = w->s;
	pthread_mutex_lock(&s->watch_lock);
	w->closed = true;
	while (w->running && !pthread_equal(w->runner, pthread_self()))
		pthread_cond_wait(&s->watches.quiet, &s->watch_lock);
	notice(w);
	watch_unref(w);
	pthread_mutex_unlock(&s->watch_lock);
	return NULL;
}

void watches_reset(struct store *s)
{
	s->watches.reset = true;
	pthread_cond_signal(&s->watches.wake);
}

int watches_init(struct store *s, struct err *e)
{
	struct watches *ws = &s->watches;
	list_init(&ws->joining);
	list_init(&ws->attention);
	list_init(&ws->groups);
	pthread_cond_init(&ws->wake, NULL);
	pthread_cond_init(&ws->quiet, NULL);
	ws->dispatched = s->visible;
	int rc = pthread_create(&ws->thread, NULL, dispatcher_main, s);
	if (rc)
		return err_errno(e, rc, "store: starting a thread");
	(void)pthread_setname_np(ws->thread, "store-watch");
	ws->started = true;
	return 0;
}

void watches_stop(struct store *s)
{
	struct watches *ws = &s->watches;
	if (!ws->started)
		return;
	pthread_mutex_lock(&s->watch_lock);
	ws->stopping = true;
	pthread_cond_signal(&ws->wake);
	pthread_mutex_unlock(&s->watch_lock);
	pthread_join(ws->thread, NULL);
	ws->started = false;
	pool_drain(s->pool); /* watches that were reading history get their last call there */
}

void watches_done(struct store *s)
{
	(void)map_free(s->watches.by_prefix);
	pthread_cond_destroy(&s->watches.wake);
	pthread_cond_destroy(&s->watches.quiet);
}
