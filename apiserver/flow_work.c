/*
 * How many seats a request takes: kube-apiserver's work estimators (KEP-1040; k8s.io/apiserver
 * pkg/util/flowcontrol/request of v1.36).
 *
 * - A list, and a watch that begins with what there is, takes one for each 100,000 bytes that it may have in memory. It
 *   never has more than a megabyte, as with kube-apiserver's cache, which streams: at most ten.
 * - A write that ten or more watches hear of takes one for each ten, ten at most, and keeps them afterwards for
 *   the time that these events take: 5 ms for each ten, side by side.
 * - Everything else takes one.
 */
#include "api/selector.h"
#include "apiserver/internal.h"
#include "base/map.h"

#define BYTES_PER_SEAT   100000u
#define LIST_BYTES_MAX   1000000u
#define OBJECT_BYTES     1000u /* of which nothing is in memory: 100 a seat, kube-apiserver's estimate by number */
#define WATCHES_PER_SEAT 10u
#define EVENT_MS         5u
#define SEATS_MAX        10u

struct flow_watchers {
	pthread_mutex_t lock; /* guards all; a leaf */
	struct map *counts;   /* "group/plural\nnamespace\nname" -> size_t, none 0 */
};

int flow_watchers_new(struct flow_watchers **ret)
{
	struct flow_watchers *w = calloc(1, sizeof(*w));

	if (!w || !(w->counts = map_new(free))) {
		free(w);
		return -ENOMEM;
	}
	pthread_mutex_init(&w->lock, NULL);
	*ret = w;
	return 0;
}

struct flow_watchers *flow_watchers_free(struct flow_watchers *w)
{
	if (!w)
		return NULL;
	(void)map_free(w->counts);
	pthread_mutex_destroy(&w->lock);
	free(w);
	return NULL;
}

/* The value that a selector wants this field to have: a part of it, with its length. */
static const char *wanted(const char *selector, const char *field, size_t *ret_n)
{
	size_t k = strlen(field);

	for (const char *p = selector; p && *p; p += *p == ',') {
		size_t n = strcspn(p, ",");

		if (n > k && !strncmp(p, field, k) && p[k] == '=') {
			const char *v = p + k + 1 + (p[k + 1] == '=');

			*ret_n = (size_t)(p + n - v);
			return v;
		}
		p += n;
	}
	return NULL;
}

static char *key_of(const char *group, const char *plural, const char *ns, const char *name, size_t n_name)
{
	return str_fmt("%s/%s\n%s\n%.*s", group, plural, ns, (int)n_name, name);
}

/* Of the one object that is asked for, "" for all. */
static const char *name_of(const struct req *r, size_t *ret_n)
{
	const char *v = wanted(r->q.field_selector, "metadata.name", ret_n);

	if (v && *ret_n)
		return v;
	*ret_n = strlen(r->name);
	return r->name;
}

char *flow_watcher_add(struct flow_watchers *w, const struct req *r)
{
	size_t n = 0, *count;
	const char *name = name_of(r, &n);
	AUTO_FREE char *key = NULL;

	/* Pods are indexed by their node: an event concerns one such watch, whose it is. */
	if (!*r->group && streq(r->plural, "pods")) {
		size_t n_node = 0;

		if (wanted(r->q.field_selector, "spec.nodeName", &n_node) && n_node)
			return NULL;
	}
	key = key_of(r->group, r->plural, r->ns, name, n);
	if (!key)
		return NULL;
	pthread_mutex_lock(&w->lock);
	count = map_get(w->counts, key);
	if (!count && (count = calloc(1, sizeof(*count))) && map_put(w->counts, key, count)) {
		free(count);
		count = NULL;
	}
	if (count)
		++*count;
	pthread_mutex_unlock(&w->lock);
	return count ? TAKE_PTR(key) : NULL;
}

void flow_watcher_remove(struct flow_watchers *w, char *key)
{
	size_t *count;

	if (!key)
		return;
	pthread_mutex_lock(&w->lock);
	count = map_get(w->counts, key);
	if (count && !--*count)
		(void)map_del(w->counts, key);
	pthread_mutex_unlock(&w->lock);
	free(key);
}

/* How many watches may hear of what the request does. */
static size_t watchers(struct flow_watchers *w, const struct req *r)
{
	const char *const keys[][2] = {{"", ""}, {r->ns, ""}, {r->ns, r->name}};
	size_t all = 0;

	pthread_mutex_lock(&w->lock);
	for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
		AUTO_FREE char *key = NULL;
		const size_t *n;

		if ((i == 1 && !*r->ns) || (i == 2 && !*r->name) || !map_len(w->counts))
			continue;
		key = key_of(r->group, r->plural, keys[i][0], keys[i][1], strlen(keys[i][1]));
		n = key ? map_get(w->counts, key) : NULL;
		all += n ? *n : 0;
	}
	pthread_mutex_unlock(&w->lock);
	return all;
}

/* Does a watch begin with what there is? */
static bool begins_with_all(const struct req *r)
{
	const char *rv = r->q.resource_version;

	return r->q.send_initial == TRI_TRUE || !rv || !*rv || streq(rv, "0");
}

static unsigned list_seats(const struct req *r)
{
	AUTO_FREE char *prefix = NULL;
	size_t count = 0, average = 0, n = 0;

	(void)name_of(r, &n);
	if (n || !r->res || !(prefix = object_prefix(r->res, *r->ns ? r->ns : NULL)))
		return 1;
	store_weigh(r->a->store, prefix, &count, &average);
	if (r->q.limit > 0 && (uint64_t)r->q.limit < count)
		count = (size_t)r->q.limit;
	average = average ? average : OBJECT_BYTES;
	if (count > LIST_BYTES_MAX / average)
		return LIST_BYTES_MAX / BYTES_PER_SEAT;
	return (unsigned)((count * average + BYTES_PER_SEAT - 1) / BYTES_PER_SEAT);
}

struct flow_work flow_estimate(struct flow_watchers *w, const struct req *r, unsigned max)
{
	struct flow_work k = {1, 0};
	bool list = r->verb == API_LIST, writes = r->verb & (API_CREATE | API_UPDATE | API_PATCH | API_DELETE);
	unsigned n = 1;

	max = max && max < SEATS_MAX ? max : SEATS_MAX;
	if (list || (r->verb == API_WATCH && begins_with_all(r))) {
		n = list_seats(r);
	} else if (writes && !(streq(r->plural, "serviceaccounts") && streq(r->subname, "token"))) {
		size_t heard = watchers(w, r), parts = (heard + WATCHES_PER_SEAT - 1) / WATCHES_PER_SEAT;

		if (heard >= WATCHES_PER_SEAT) {
			n = parts < max ? (unsigned)parts : max;
			k.linger_ms = (int64_t)((parts * EVENT_MS + n - 1) / n);
		}
	}
	k.seats = n < 1 ? 1 : n > max ? max : n;
	return k;
}
