/*
 * Turns: writes that lost a compare-and-swap of one key go on one after another instead of all at once, of which all
 * but one would lose again, work for nothing, and the unlucky ones run out of tries. A key has a turn only while
 * somebody lost; whoever comes to it meanwhile and may wait stands behind.
 *
 * Nobody waits who has a turn, so nobody waits for ever: a turn ends with its write, whatever becomes of that.
 */
#include <errno.h>
#include "apiserver/write.h"

struct turn {
	char *key;
	struct list waiting; /* of struct write, by turn_link */
};

static void turn_run(struct write *w, struct turn *t)
{
	w->turn = t;
	req_defer(w->r, w->turn_next, w);
}

static struct turn *turn_new(struct apiserver *a, const char *key)
{
	struct turn *t = calloc(1, sizeof(*t));

	if (!t)
		return NULL;
	list_init(&t->waiting);
	t->key = str_dup(key);
	if (!t->key || map_put(a->turns, key, t)) {
		free(t->key);
		free(t);
		return NULL;
	}
	atomic_fetch_add(&a->n_turns, 1);
	return t;
}

void write_turn_retry(struct write *w, const char *key, void (*next)(void *arg))
{
	struct apiserver *a = w->a;
	struct turn *t = w->turn;

	w->turn_next = next;
	if (t) {
		turn_run(w, t);
		return;
	}
	pthread_mutex_lock(&a->turn_lock);
	t = map_get(a->turns, key);
	if (t)
		list_add_tail(&t->waiting, &w->turn_link);
	else
		turn_run(w, turn_new(a, key)); /* without memory: without a turn */
	pthread_mutex_unlock(&a->turn_lock);
}

bool write_turn_wait(struct write *w, const char *key, void (*next)(void *arg))
{
	struct apiserver *a = w->a;
	struct turn *t;

	if (w->turn || atomic_load_explicit(&a->n_turns, memory_order_relaxed) == 0)
		return false;
	pthread_mutex_lock(&a->turn_lock);
	t = map_get(a->turns, key);
	if (t) {
		w->turn_next = next;
		list_add_tail(&t->waiting, &w->turn_link);
	}
	pthread_mutex_unlock(&a->turn_lock);
	return t != NULL;
}

void write_turn_end(struct write *w)
{
	struct apiserver *a = w->a;
	struct turn *t = w->turn;
	struct write *next;

	if (!t)
		return;
	w->turn = NULL;
	pthread_mutex_lock(&a->turn_lock);
	if (!list_empty(&t->waiting)) {
		next = container_of(t->waiting.next, struct write, turn_link);
		list_del(&next->turn_link);
		turn_run(next, t);
		t = NULL;
	} else {
		(void)map_take(a->turns, t->key);
		atomic_fetch_sub(&a->n_turns, 1);
	}
	pthread_mutex_unlock(&a->turn_lock);
	if (t) {
		free(t->key);
		free(t);
	}
}
