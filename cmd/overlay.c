#include "cmd/overlay.h"
#include <stdlib.h>
#include "base/buf.h"
#include "base/cleanup.h"
#include "base/fs.h"
#include "base/str.h"
#include "cmd/ping.h"

#define STATE_MAX (8 << 20)
#define PING_MS   1000
#define PLAIN_MS  500 /* past the overlay, to those alone that are silent within it */
#define ADDRESSES 2   /* of a peer: one a family */

/* All addresses under `key` of the peers (of those with `only`, if it is given), asked at once. */
static size_t ping_peers(json_t *peers, const char *key, const char *only, struct ping *v, int ms)
{
	json_t *p, *a;
	size_t i, k, n = 0;
	json_array_foreach (peers, i, p)
		if (!only || json_object_get(p, only))
			json_array_foreach (json_object_get(p, key), k, a)
				if (k < ADDRESSES && json_is_string(a))
					(void)str_copy(v[n++].addr, sizeof(v->addr), json_string_value(a));
	return ping_all(v, n, ms, NULL) < 0 ? 0 : n;
}

static const struct ping *answer_of(const struct ping *v, size_t n, const json_t *address)
{
	for (size_t i = 0; i < n && json_is_string(address); i++)
		if (streq(v[i].addr, json_string_value(address)))
			return &v[i];
	return NULL;
}

static void reachable_add(json_t *peer, const struct ping *v, size_t n)
{
	const json_t *probe = json_object_get(peer, "probe");
	json_t *a, *silent = json_array();
	double ms = -1;
	size_t k;
	json_array_foreach (probe, k, a) {
		const struct ping *p = answer_of(v, n, a);
		if (p && p->ms < 0)
			json_array_append(silent, a);
		if (p && p->ms > ms) /* the slower of both families */
			ms = p->ms;
	}
	json_object_set_new(peer, "reachable", json_boolean(n && json_array_size(probe) && !json_array_size(silent)));
	if (ms >= 0)
		json_object_set_new(peer, "roundTripMs", json_real((double)(int64_t)(ms * 1000) / 1000));
	if (json_array_size(silent))
		json_object_set(peer, "silent", silent);
	json_decref(silent);
	json_object_del(peer, "probe");
}

static void deaf_add(json_t *peers, struct ping *v)
{
	json_t *p, *a;
	size_t i, k, n = ping_peers(peers, "addresses", "silent", v, PLAIN_MS);
	json_array_foreach (peers, i, p) {
		bool answers = n == 0;
		json_array_foreach (json_object_get(p, "addresses"), k, a) {
			const struct ping *q = answer_of(v, n, a);
			answers |= q && q->ms >= 0;
		}
		if (json_object_get(p, "silent") && !answers)
			json_object_set_new(p, "deaf", json_true());
	}
}

json_t *overlay_look(const char *run_dir, bool (*wanted)(void *arg, const char *peer), void *arg)
{
	AUTO_FREE char *path = fs_join(run_dir, "net/state.json");
	AUTO_BUF struct buf text = {0};
	AUTO_JSON json_t *state = NULL;
	json_t *p;
	size_t i;
	if (!path || fs_read(path, STATE_MAX, &text, NULL) < 0 || !text.data ||
	    json_parse(text.data, text.len, &state, NULL) < 0)
		return NULL;
	json_t *peers = json_object_get(state, "peers");
	for (i = json_array_size(peers); i-- > 0 && wanted;)
		if (!wanted(arg, json_str_or(json_array_get(peers, i), "name", "")))
			json_array_remove(peers, i);
	AUTO_FREE struct ping *pings = calloc(ADDRESSES * json_array_size(peers) + 1, sizeof(*pings));
	if (!pings)
		return NULL;
	size_t n = ping_peers(peers, "probe", NULL, pings, PING_MS);
	json_array_foreach (peers, i, p)
		reachable_add(p, pings, n);
	deaf_add(peers, pings);
	return TAKE_PTR(state);
}
