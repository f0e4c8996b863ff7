#include "proxy/elems.h"
#include <errno.h>
#include "base/cleanup.h"
#include "base/list.h"
#include "base/map.h"
#include "base/str.h"

#define BATCH 250 /* elements to a message */

struct elem {
	struct px_elem e;    /* as wanted last */
	uint32_t refs;       /* how many want it */
	uint64_t have, want; /* of what it maps to; 0: it is not there */
	struct list touched;
};
struct elems {
	struct map *all; /* id -> struct elem */
	struct list touched;
};

#define EP(a, b)                                                                                                       \
	{                                                                                                              \
		"ep4-" #a #b, "ep6-" #a #b                                                                             \
	}
#define EP8(a) EP(a, 0), EP(a, 1), EP(a, 2), EP(a, 3), EP(a, 4), EP(a, 5), EP(a, 6), EP(a, 7)
static const char *const ep_names[PX_EP_MAPS][2] = {EP8(0), EP8(1), EP8(2), EP8(3), EP8(4), EP8(5), EP8(6), EP8(7)};

const char *px_set_name(enum px_set set, unsigned family)
{
	static const char *const names[PX_IPVS_SETS][2] = {
	    [PX_SET_CLUSTER] = {"cluster4", "cluster6"},
	    [PX_SET_EXTERNAL] = {"external4", "external6"},
	    [PX_SET_LOCAL] = {"local4", "local6"},
	    [PX_SET_NOLOCAL] = {"nolocal4", "nolocal6"},
	    [PX_SET_REFUSE] = {"refuse4", "refuse6"},
	    [PX_SET_DROP] = {"drop4", "drop6"},
	    [PX_SET_FIREWALL] = {"firewall4", "firewall6"},
	    [PX_SET_SOURCES] = {"sources4", "sources6"},
	    [PX_SET_SHORT] = {"short4", "short6"},
	    [PX_SET_VIP] = {"vip4", "vip6"},
	    [PX_SET_HAIRPIN] = {"hp4", "hp6"},
	    [PX_SET_HOSTPORT] = {"hostport4", "hostport6"},
	    [PX_SET_HOSTADDR] = {"hostaddr4", "hostaddr6"},
	};
	return set < PX_SET_EP ? names[set][family == 6] : ep_names[set - PX_SET_EP][family == 6];
}

struct elems *elems_new(void)
{
	struct elems *x = calloc(1, sizeof(*x));
	if (!x)
		return NULL;
	list_init(&x->touched);
	x->all = map_new(free);
	return x->all ? x : elems_free(x);
}

struct elems *elems_free(struct elems *x)
{
	if (!x)
		return NULL;
	if (x->all)
		map_free(x->all);
	free(x);
	return NULL;
}

/* Two hexadecimal digits a byte: both ends of the longest key. */
#define ID_MAX 200
static void id_of(const struct px_elem *e, char out[ID_MAX])
{
	out[0] = (char)('0' + (int)e->set);
	out[1] = e->family == 4 ? '4' : '6';
	hex_encode(e->key, e->key_len, out + 2);
	if (e->end_len)
		hex_encode(e->end, e->end_len, out + 2 + 2 * (size_t)e->key_len);
}

static uint64_t value_of(const void *data, size_t data_len)
{
	uint64_t h = data_len ? str_hash(data, data_len) : 1;
	return h ? h : 1;
}

static struct elem *elem_get(struct elems *x, const struct px_elem *e)
{
	char id[ID_MAX];
	id_of(e, id);
	struct elem *it = map_get(x->all, id);
	if (it)
		return it;
	it = calloc(1, sizeof(*it));
	if (!it)
		return NULL;
	it->e = *e;
	list_init(&it->touched);
	if (map_put(x->all, id, it) < 0) {
		free(it);
		return NULL;
	}
	return it;
}

static void touch(struct elems *x, struct elem *it)
{
	if (list_empty(&it->touched))
		list_add_tail(&x->touched, &it->touched);
}

int elems_want(struct elems *x, const struct px_elem *e, bool want)
{
	struct elem *it = elem_get(x, e);
	if (!it)
		return -ENOMEM;
	if (want) {
		it->refs++;
		it->e = *e;
		it->want = value_of(e->data, e->data_len);
	} else if (it->refs && --it->refs == 0) {
		it->want = 0;
	}
	touch(x, it);
	return 0;
}

void elems_forget(struct elems *x)
{
	struct map_iter mi = MAP_ITER_INIT;
	while (map_next(x->all, &mi))
		((struct elem *)mi.value)->have = 0;
}

int elems_seen(struct elems *x, enum px_set set, unsigned family, const struct nft_elem *n)
{
	struct px_elem e = {.set = set, .family = (uint8_t)family};
	if (n->key_len > sizeof(e.key))
		return 0;
	e.key_len = (uint8_t)n->key_len;
	memcpy(e.key, n->key, n->key_len);
	if (n->range) {
		e.end_len = e.key_len;
		memcpy(e.end, n->key_end, n->key_len);
	}
	struct elem *it = elem_get(x, &e);
	if (!it)
		return -ENOMEM;
	it->have = value_of(n->data, n->data_len);
	return 0;
}

bool elems_there(const struct elems *x, enum px_set set, unsigned family, const void *key, size_t len)
{
	struct px_elem e = {.set = set, .family = (uint8_t)family, .key_len = (uint8_t)len};
	char id[ID_MAX];
	memcpy(e.key, key, len);
	id_of(&e, id);
	const struct elem *it = map_get(x->all, id);
	return it && it->have;
}

void elems_touch_all(struct elems *x)
{
	struct map_iter mi = MAP_ITER_INIT;
	while (map_next(x->all, &mi))
		touch(x, mi.value);
}

static void batch_send(struct nft *n, const char *table, const char *set, struct nft_elem *v, size_t *count, bool add)
{
	if (*count && add)
		nft_elems_add(n, table, set, v, *count);
	else if (*count)
		nft_elems_del(n, table, set, v, *count);
	*count = 0;
}

static void set_write(struct elems *x, struct nft *n, const char *table, const char *set, struct nft_elem *v, bool add,
		      bool gone)
{
	size_t count = 0;
	LIST_FOREACH (it, &x->touched, struct elem, touched) {
		bool pick = gone ? it->have && !it->want : it->want && it->have != it->want && (add || it->have);
		if (!pick || px_set_name(it->e.set, it->e.family) != set)
			continue;
		v[count] = (struct nft_elem){.key_len = it->e.key_len, .range = it->e.end_len != 0};
		memcpy(v[count].key, it->e.key, it->e.key_len);
		memcpy(v[count].key_end, it->e.end, it->e.end_len);
		if (add) {
			v[count].data_len = it->e.data_len;
			memcpy(v[count].data, it->e.data, it->e.data_len);
		}
		if (++count == BATCH)
			batch_send(n, table, set, v, &count, add);
	}
	batch_send(n, table, set, v, &count, add);
}

void elems_write(struct elems *x, struct nft *n, const char *table, bool gone)
{
	bool sets[PX_SETS][2] = {0}, any = false;
	LIST_FOREACH (it, &x->touched, struct elem, touched)
		if (gone ? it->have && !it->want : it->want && it->have != it->want)
			any = sets[it->e.set][it->e.family == 6] = true;
	if (!any)
		return;
	AUTO_FREE struct nft_elem *v = calloc(BATCH, sizeof(*v));
	if (!v) {
		nft_fail(n, -ENOMEM, "elements of", table);
		return;
	}
	for (enum px_set s = 0; s < PX_SETS; s++)
		for (unsigned f = 4; f <= 6; f += 2) {
			if (!sets[s][f == 6])
				continue;
			/* What maps to something else goes first. */
			set_write(x, n, table, px_set_name(s, f), v, false, gone);
			if (!gone)
				set_write(x, n, table, px_set_name(s, f), v, true, false);
		}
}

void elems_written(struct elems *x, bool gone)
{
	LIST_FOREACH_SAFE (it, next, &x->touched, struct elem, touched) {
		if (!it->want != gone)
			continue;
		list_del(&it->touched);
		it->have = it->want;
		if (!it->want) {
			char id[ID_MAX];
			id_of(&it->e, id);
			(void)map_del(x->all, id);
		}
	}
}
