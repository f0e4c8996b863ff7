/* Seats and queues: see flow.h. No clock, no lock, no thread: the caller has them. */
#include <stdlib.h>
#include <string.h>
#include "apiserver/flow.h"
#include "base/json.h"
#include "base/str.h"

#define HAND_MAX 60 /* what validation lets through: a hand is dealt from 60 bits */

/* Exists while somebody of it waits or has a seat: there are never more than requests. */
struct flow_queue {
	struct list link; /* level.hash */
	struct list turn; /* level.busy, while somebody waits */
	struct list waiting;
	unsigned index, n, executing; /* requests that wait, seats that are taken */
	unsigned wanted;              /* seats, by those that wait */
};

/* Seats of a request that has ended. */
struct flow_linger {
	struct list link; /* flow_seats.lingering */
	struct flow_level *level;
	struct flow_queue *queue;
	unsigned seats;
	int64_t until_ms;
};

void flow_seats_init(struct flow_seats *s, unsigned total, uint64_t seed)
{
	*s = (struct flow_seats){.total = total, .seed = seed};
	list_init(&s->levels);
	list_init(&s->waiting);
	list_init(&s->lingering);
}

static void level_free(struct flow_level *l)
{
	list_del(&l->link);
	free(l->name);
	free(l->uid);
	free(l);
}

void flow_seats_done(struct flow_seats *s)
{
	(void)flow_settle(s, INT64_MAX);
	while (!list_empty(&s->levels))
		level_free(container_of(s->levels.next, struct flow_level, link));
}

static struct flow_level *find(const struct flow_seats *s, const char *name)
{
	LIST_FOREACH (l, &s->levels, struct flow_level, link)
		if (streq(l->name, name))
			return l;
	return NULL;
}

struct flow_level *flow_level_find(const struct flow_seats *s, const char *name)
{
	struct flow_level *l = find(s, name);

	return l && !l->gone ? l : NULL;
}

static struct flow_level *level_new(struct flow_seats *s, const char *name)
{
	struct flow_level *l = calloc(1, sizeof(*l));

	if (!l || !(l->name = str_dup(name))) {
		free(l);
		return NULL;
	}
	list_init(&l->running);
	list_init(&l->busy);
	for (size_t i = 0; i < ARRAY_LEN(l->hash); i++)
		list_init(&l->hash[i]);
	list_add_tail(&s->levels, &l->link);
	return l;
}

static unsigned bounded(const json_t *o, const char *path, int64_t dflt, int64_t max)
{
	int64_t v = json_int_or(o, path, dflt);

	return (unsigned)(v < 0 ? 0 : v > max ? max : v);
}

struct flow_level *flow_level_put(struct flow_seats *s, const char *name, const char *uid, const json_t *spec)
{
	struct flow_level *l = find(s, name);
	char *id = str_dup(uid);
	const json_t *o = json_object_get(spec, "limited"), *q = json_dot(o, "limitResponse.queuing");

	if (!id || (!l && !(l = level_new(s, name)))) {
		free(id);
		return NULL;
	}
	free(l->uid);
	l->uid = id;
	l->gone = false;
	l->exempt = streq(json_str(spec, "type"), "Exempt");
	if (l->exempt)
		o = json_object_get(spec, "exempt");
	l->shares = bounded(o, "nominalConcurrencyShares", l->exempt ? 0 : 30, INT32_MAX);
	l->lendable_percent = bounded(o, "lendablePercent", 0, 100);
	l->borrowing_percent = (int)(json_is_integer(json_object_get(o, "borrowingLimitPercent"))
					 ? (int64_t)bounded(o, "borrowingLimitPercent", 0, INT32_MAX)
					 : -1);
	l->queues = l->exempt || !q ? 0 : bounded(q, "queues", 64, 10000000);
	l->hand = bounded(q, "handSize", 8, HAND_MAX);
	l->length = bounded(q, "queueLengthLimit", 50, INT32_MAX);
	return l;
}

/* Seats of the pool that a level has: what is beyond its own. An exempt one takes none from others. */
static unsigned drawn(const struct flow_level *l)
{
	unsigned n = l->executing > l->own ? l->executing - l->own : 0;

	return l->exempt && n > l->nominal - l->own ? l->nominal - l->own : n;
}

static void add_executing(struct flow_seats *s, struct flow_level *l, int by)
{
	s->pooled -= drawn(l);
	l->executing = (unsigned)((int)l->executing + by);
	s->pooled += drawn(l);
}

static unsigned percent(unsigned n, unsigned p)
{
	uint64_t v = ((uint64_t)n * p + 50) / 100;

	return v > INT32_MAX ? INT32_MAX : (unsigned)v;
}

void flow_seats_divide(struct flow_seats *s)
{
	uint64_t shares = 0;

	LIST_FOREACH_SAFE (l, tmp, &s->levels, struct flow_level, link) {
		if (l->gone && !l->executing && !l->waiting)
			level_free(l);
		else
			shares += l->shares;
	}
	s->pool = s->pooled = 0;
	LIST_FOREACH (l, &s->levels, struct flow_level, link) {
		unsigned lent;

		l->nominal = shares ? (unsigned)(((uint64_t)s->total * l->shares + shares - 1) / shares) : 0;
		lent = percent(l->nominal, l->lendable_percent);
		l->own = l->nominal - lent;
		l->limit = l->nominal +
			   (l->borrowing_percent < 0 ? s->total : percent(l->nominal, (unsigned)l->borrowing_percent));
		s->pool += lent;
		s->pooled += drawn(l);
	}
}

/* Of what is wanted, what the level can have at all. */
static unsigned width(const struct flow_seats *s, const struct flow_level *l, unsigned seats)
{
	unsigned most = l->own + s->pool < l->limit ? l->own + s->pool : l->limit;

	return l->exempt || seats <= most ? seats : most ? most : 1;
}

static bool has_seats(const struct flow_seats *s, const struct flow_level *l, unsigned seats)
{
	unsigned then = l->executing + width(s, l, seats), more;

	if (l->exempt)
		return true;
	more = then > l->own ? then - (l->executing > l->own ? l->executing : l->own) : 0;
	return then <= l->limit && (!more || s->pooled + more <= s->pool);
}

unsigned flow_level_widest(const struct flow_level *l)
{
	unsigned part = (l->nominal * 15 + 99) / 100, of_hand = l->hand ? l->nominal / l->hand : 0,
		 n = part < of_hand ? part : of_hand;

	return !l->queues ? 0 : n ? n : 1;
}

/* --- queues --- */

static struct flow_queue *queue_find(const struct flow_level *l, unsigned index)
{
	LIST_FOREACH (q, &l->hash[index % ARRAY_LEN(l->hash)], struct flow_queue, link)
		if (q->index == index)
			return q;
	return NULL;
}

static uint64_t hash_more(uint64_t h, const char *s)
{
	for (; *s; s++)
		h = (h ^ (unsigned char)*s) * 0x100000001b3u;
	return (h ^ 0xff) * 0x100000001b3u; /* no text has this byte: where one ends is part of the whole */
}

static uint64_t hash_flow(const struct flow_seats *s, const char *schema, const char *who)
{
	uint64_t h = hash_more(hash_more(0xcbf29ce484222325u ^ s->seed, schema), who);

	h = (h ^ (h >> 30)) * 0xbf58476d1ce4e5b9u;
	h = (h ^ (h >> 27)) * 0x94d049bb133111ebu;
	return h ^ (h >> 31);
}

/* Shuffle sharding: a flow has a hand of queues; of these the one with the least to do. */
static unsigned choose(const struct flow_level *l, uint64_t hash)
{
	unsigned hand[HAND_MAX], n = 0, best = 0, least = UINT32_MAX;

	while (n < l->hand && n < l->queues) {
		unsigned card = (unsigned)(hash % (l->queues - n)), at = 0;
		struct flow_queue *q;

		hash /= l->queues - n;
		/* Among those that are not in the hand yet; the hand is in order. */
		while (at < n && card >= hand[at]) {
			card++;
			at++;
		}
		memmove(hand + at + 1, hand + at, (n - at) * sizeof(hand[0]));
		hand[at] = card;
		n++;
		q = queue_find(l, card);
		if ((q ? q->wanted + q->executing : 0) < least) {
			least = q ? q->wanted + q->executing : 0;
			best = card;
		}
	}
	return best;
}

static struct flow_queue *queue_get(struct flow_level *l, unsigned index)
{
	struct flow_queue *q = queue_find(l, index);

	if (q || !(q = calloc(1, sizeof(*q))))
		return q;
	q->index = index;
	list_init(&q->turn);
	list_init(&q->waiting);
	list_add_head(&l->hash[index % ARRAY_LEN(l->hash)], &q->link);
	return q;
}

static void queue_drop(struct flow_queue *q)
{
	if (!q || q->n || q->executing)
		return;
	list_del(&q->link);
	list_del(&q->turn);
	free(q);
}

/* --- requests --- */

static void seat(struct flow_seats *s, struct flow_ticket *t, int64_t now_ms)
{
	t->seats = width(s, t->level, t->seats);
	add_executing(s, t->level, (int)t->seats);
	if (t->queue)
		t->queue->executing += t->seats;
	t->state = FLOW_RUNNING;
	t->since_ms = now_ms;
	list_add_tail(&t->level->running, &t->link);
}

enum flow_verdict flow_take(struct flow_seats *s, struct flow_level *l, struct flow_ticket *t, unsigned seats,
			    const char *schema, const char *who, int64_t now_ms, int64_t wait_ms)
{
	bool free_seat = (l->exempt || !l->waiting) && has_seats(s, l, seats);

	t->seats = seats;
	list_init(&t->link);
	list_init(&t->all);
	t->level = l;
	/* Where there is room enough nobody counts whose seats they are. */
	if (!l->queues || (free_seat && l->executing + seats <= l->nominal / 2)) {
		if (!free_seat)
			return FLOW_NO_SEAT;
		seat(s, t, now_ms);
		return FLOW_RUN;
	}
	t->queue = queue_get(l, choose(l, hash_flow(s, schema, who)));
	if (!t->queue)
		return free_seat ? (seat(s, t, now_ms), FLOW_RUN) : FLOW_QUEUE_FULL;
	if (free_seat) {
		seat(s, t, now_ms);
		return FLOW_RUN;
	}
	if (t->queue->n >= l->length) {
		queue_drop(TAKE_PTR(t->queue));
		return FLOW_QUEUE_FULL;
	}
	t->state = FLOW_WAITING;
	t->until_ms = now_ms + wait_ms;
	if (!t->queue->n++)
		list_add_tail(&l->busy, &t->queue->turn);
	t->queue->wanted += seats;
	list_add_tail(&t->queue->waiting, &t->link);
	list_add_tail(&s->waiting, &t->all);
	l->waiting++;
	s->n_waiting++;
	return FLOW_WAIT;
}

static void give_back(struct flow_seats *s, struct flow_level *l, struct flow_queue *q, unsigned seats)
{
	add_executing(s, l, -(int)seats);
	if (q)
		q->executing -= seats;
	queue_drop(q);
}

void flow_give(struct flow_seats *s, struct flow_ticket *t)
{
	if (t->state != FLOW_RUNNING)
		return;
	t->state = FLOW_NONE;
	list_del(&t->link);
	give_back(s, t->level, TAKE_PTR(t->queue), t->seats);
}

void flow_give_later(struct flow_seats *s, struct flow_ticket *t, int64_t until_ms)
{
	struct flow_linger *g = t->state == FLOW_RUNNING && !t->level->exempt ? calloc(1, sizeof(*g)) : NULL;
	struct list *at = s->lingering.prev;

	if (!g) {
		flow_give(s, t);
		return;
	}
	t->state = FLOW_NONE;
	list_del(&t->link);
	*g = (struct flow_linger){
	    .level = t->level, .queue = TAKE_PTR(t->queue), .seats = t->seats, .until_ms = until_ms};
	while (at != &s->lingering && container_of(at, struct flow_linger, link)->until_ms > until_ms)
		at = at->prev;
	list_add_head(at, &g->link); /* behind it */
}

int64_t flow_settle(struct flow_seats *s, int64_t now_ms)
{
	while (!list_empty(&s->lingering)) {
		struct flow_linger *g = container_of(s->lingering.next, struct flow_linger, link);

		if (g->until_ms > now_ms)
			return g->until_ms;
		list_del(&g->link);
		give_back(s, g->level, g->queue, g->seats);
		free(g);
	}
	return INT64_MAX;
}

static void unqueue(struct flow_seats *s, struct flow_ticket *t)
{
	list_del(&t->link);
	list_del(&t->all);
	t->queue->wanted -= t->seats;
	if (!--t->queue->n)
		list_del(&t->queue->turn);
	t->level->waiting--;
	s->n_waiting--;
	t->state = FLOW_NONE;
}

void flow_leave(struct flow_seats *s, struct flow_ticket *t)
{
	if (t->state != FLOW_WAITING)
		return;
	unqueue(s, t);
	queue_drop(TAKE_PTR(t->queue));
}

/* Below their nominal number first, then those that have the smallest part of theirs. */
static bool before(const struct flow_level *a, const struct flow_level *b)
{
	bool owner_a = a->executing < a->nominal, owner_b = b->executing < b->nominal;

	if (owner_a != owner_b)
		return owner_a;
	return (uint64_t)a->executing * b->nominal < (uint64_t)b->executing * a->nominal;
}

/* Whose turn it is in a level where somebody waits. Who wants many seats is waited for: else small ones would always
 * pass by. */
static struct flow_queue *next_of(const struct flow_level *l, struct flow_ticket **ret)
{
	struct flow_queue *queue = NULL;

	LIST_FOREACH (q, &l->busy, struct flow_queue, turn)
		if (!queue || q->executing < queue->executing)
			queue = q;
	*ret = container_of(queue->waiting.next, struct flow_ticket, link);
	return queue;
}

struct flow_ticket *flow_next(struct flow_seats *s, int64_t now_ms)
{
	struct flow_level *level = NULL;
	struct flow_queue *queue = NULL;
	struct flow_ticket *t = NULL;

	if (!s->n_waiting)
		return NULL;
	LIST_FOREACH (l, &s->levels, struct flow_level, link) {
		struct flow_ticket *first;
		struct flow_queue *q;

		if (!l->waiting || (level && !before(l, level)))
			continue;
		q = next_of(l, &first);
		if (has_seats(s, l, first->seats)) {
			level = l;
			queue = q;
			t = first;
		}
	}
	if (!level)
		return NULL;
	unqueue(s, t);
	seat(s, t, now_ms);
	if (queue->n) {
		list_del(&queue->turn);
		list_add_tail(&level->busy, &queue->turn);
	}
	return t;
}

void flow_overdue(struct flow_seats *s, int64_t now_ms, void (*over)(struct flow_ticket *t))
{
	LIST_FOREACH (l, &s->levels, struct flow_level, link)
		while (!l->exempt && !list_empty(&l->running)) {
			struct flow_ticket *t = container_of(l->running.next, struct flow_ticket, link);

			if (now_ms - t->since_ms < FLOW_SEAT_MS)
				break;
			flow_give(s, t);
			over(t);
		}
}
