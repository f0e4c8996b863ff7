/*
 * Events live for an hour (kube-apiserver --event-ttl). One timer is armed while there are any, for when the oldest may be due;
 * a server without events does not wake up.
 */
#include "api/object.h"
#include "api/scan.h"
#include "apiserver/internal.h"
#include "base/clock.h"

#define TTL_S 3600
#define MIN_WAIT_MS 60000

static const char *prefix_of(struct api_registry *reg)
{
	const struct api_resource *res = api_resource_find(reg, "", "v1", "events");

	return res ? res->storage_prefix : NULL;
}

/* The last time anything happened to the event. */
static time_t event_time(const struct bytes *b)
{
	static const char *const fields[] = {"lastTimestamp", "series.lastObservedTime", "eventTime", "metadata.creationTimestamp"};
	time_t newest = 0;

	for (size_t i = 0; i < ARRAY_LEN(fields); i++) {
		char text[64];
		struct timespec ts;

		if (scan_str(b->data, b->len, fields[i], text, sizeof(text)) && !time_parse(text, &ts) && ts.tv_sec > newest)
			newest = ts.tv_sec;
	}
	return newest;
}

static void on_gone(void *arg, const struct store_done *d)
{
	(void)arg;
	(void)d; /* one that lost against an update is seen again at the next turn */
}

static void on_list(void *arg, struct store_range_result *res)
{
	struct apiserver *a = arg;
	time_t now = clock_wall(a->clock), oldest = 0;

	for (size_t i = 0; i < res->n && !atomic_load(&a->stopping); i++) {
		time_t t = event_time(res->items[i].value);

		if (now - t >= TTL_S) {
			struct store_op op = {.kind = STORE_DELETE, .key = res->items[i].key, .expect = res->items[i].mod_rev};

			(void)store_commit(a->store, &op, 1, on_gone, a, NULL);
		} else if (!oldest || t < oldest) {
			oldest = t;
		}
	}
	atomic_store(&a->event_due_ms, oldest ? ((int64_t)oldest + TTL_S - now) * 1000 : 0);
	loop_post(a->loop, &a->event_arm);
}

static void sweep(struct pool_job *j)
{
	struct apiserver *a = container_of(j, struct apiserver, event_job);
	struct api_registry *reg = apiserver_registry(a);
	struct store_range q = {.prefix = prefix_of(reg)};

	if (q.prefix)
		store_range(a->store, &q, on_list, a);
	(void)api_registry_unref(reg);
}

static void fire(void *arg)
{
	struct apiserver *a = arg;

	if (atomic_load(&a->stopping))
		return;
	a->event_job = (struct pool_job){.run = sweep};
	pool_submit(a->pool, &a->event_job);
}

static void arm(struct loop_task *t)
{
	struct apiserver *a = container_of(t, struct apiserver, event_arm);
	int64_t due = atomic_load(&a->event_due_ms);

	if (due <= 0) { /* none left: the next event arms again */
		atomic_store(&a->event_armed, false);
		return;
	}
	if (!a->event_timer && loop_timer_new(&a->event_timer, a->loop, fire, a))
		return;
	loop_timer_set(a->event_timer, due < MIN_WAIT_MS ? MIN_WAIT_MS : due);
}

void event_ttl_touch(struct apiserver *a)
{
	if (atomic_load_explicit(&a->event_armed, memory_order_relaxed) || atomic_exchange(&a->event_armed, true))
		return;
	atomic_store(&a->event_due_ms, (int64_t)TTL_S * 1000);
	loop_post(a->loop, &a->event_arm);
}

void event_ttl_start(struct apiserver *a)
{
	struct api_registry *reg = apiserver_registry(a);
	const char *prefix = prefix_of(reg);

	a->event_arm.fn = arm;
	if (prefix && store_count(a->store, prefix)) {
		atomic_store(&a->event_armed, true);
		atomic_store(&a->event_due_ms, 1); /* left over from before: look soon */
		loop_post(a->loop, &a->event_arm);
	}
	(void)api_registry_unref(reg);
}
