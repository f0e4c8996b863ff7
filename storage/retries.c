#include <pthread.h>
#include <stdlib.h>
#include "storage/retries.h"
#include "base/bytes.h"
#include "base/map.h"

struct refused {
	uint64_t print;
	int64_t due_ms; /* monotonic */
	int delay_ms;
};
struct retries {
	struct clock *clock;
	pthread_mutex_t lock; /* guards what follows */
	struct map *keys;     /* struct refused */
};

int retries_new(struct retries **ret, struct clock *clock, struct err *e)
{
	struct retries *t = calloc(1, sizeof(*t));

	if (!t || !(t->keys = map_new(free))) {
		free(t);
		return err_nomem(e);
	}
	pthread_mutex_init(&t->lock, NULL);
	t->clock = clock;
	*ret = t;
	return 0;
}

struct retries *retries_free(struct retries *t)
{
	if (!t)
		return NULL;
	map_free(t->keys);
	pthread_mutex_destroy(&t->lock);
	free(t);
	return NULL;
}

/* FNV-1a. Two texts of one print only wait longer than they had to. */
uint64_t retries_print(uint64_t print, const json_t *v)
{
	AUTO_BYTES struct bytes *text = v ? json_encode(v) : NULL;

	print = print ? print : 14695981039346656037u;
	for (size_t i = 0; text && i < text->len; i++)
		print = (print ^ (unsigned char)text->data[i]) * 1099511628211u;
	return (print ^ '\n') * 1099511628211u;
}

int retries_wait(struct retries *t, const char *key, uint64_t print)
{
	int64_t left = 0;

	pthread_mutex_lock(&t->lock);
	const struct refused *f = map_get(t->keys, key);
	if (f && f->print == print)
		left = f->due_ms - clock_mono_ms(t->clock);
	pthread_mutex_unlock(&t->lock);
	return left > 0 ? (int)left : 0;
}

int retries_failed(struct retries *t, const char *key, uint64_t print, int least)
{
	int delay = least > RETRY_FIRST_MS ? least : RETRY_FIRST_MS;

	pthread_mutex_lock(&t->lock);
	struct refused *f = map_get(t->keys, key);
	if (!f && (f = calloc(1, sizeof(*f))) && map_put(t->keys, key, f) < 0) {
		free(f);
		f = NULL;
	}
	if (f) {
		if (f->print == print && f->delay_ms)
			delay = f->delay_ms < RETRY_MAX_MS / 2 ? 2 * f->delay_ms : RETRY_MAX_MS;
		delay = delay > least ? delay : least;
		*f = (struct refused){print, clock_mono_ms(t->clock) + delay, delay};
	}
	pthread_mutex_unlock(&t->lock);
	return delay;
}

void retries_done(struct retries *t, const char *key)
{
	pthread_mutex_lock(&t->lock);
	(void)map_del(t->keys, key);
	pthread_mutex_unlock(&t->lock);
}

void retries_reset(struct retries *t)
{
	struct map_iter it = MAP_ITER_INIT;

	pthread_mutex_lock(&t->lock);
	while (map_next(t->keys, &it))
		((struct refused *)it.value)->due_ms = 0;
	pthread_mutex_unlock(&t->lock);
}
