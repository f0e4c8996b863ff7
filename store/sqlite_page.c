/* See sqlite_page.h. */
#include "store/sqlite_page.h"
#include <errno.h>
#include <string.h>

#define USABLE    DBPAGE_BYTES
#define HEAD      100                             /* of page 1 */
#define PER_MAP   (USABLE / 5)                    /* entries of a page of the pointer map */
#define LOCK_PAGE (0x40000000 / DBPAGE_BYTES + 1) /* section 1.6 */
enum { INDEX_INNER = 2, TABLE_INNER = 5, INDEX_LEAF = 10, TABLE_LEAF = 13 };

static size_t u16(const uint8_t *p)
{
	return (size_t)p[0] << 8 | p[1];
}

int dbpage_info(const uint8_t p[DBPAGE_BYTES], struct dbpage_info *ret)
{
	static const char magic[16] = "SQLite format 3";
	/* page size, WAL for writing and reading, no reserved bytes; the largest root is 0 without auto_vacuum */
	if (memcmp(p, magic, sizeof(magic)) != 0 || u16(p + 16) != DBPAGE_BYTES || p[18] != 2 || p[19] != 2 ||
	    p[20] != 0 || dbpage_u32(p + 52) == 0 || dbpage_u32(p + 28) == 0 ||
	    dbpage_u32(p + 24) != dbpage_u32(p + 92))
		return -EINVAL;
	*ret = (struct dbpage_info){dbpage_u32(p + 28), dbpage_u32(p + 32), dbpage_u32(p + 36)};
	return 0;
}

uint32_t dbpage_map(uint32_t page, size_t *ret_at)
{
	if (page < 3 || page == LOCK_PAGE)
		return 0;
	uint32_t map = (page - 2) / (PER_MAP + 1) * (PER_MAP + 1) + 2;
	if (map == LOCK_PAGE)
		map++;
	if (page <= map)
		return 0;
	*ret_at = 5 * (size_t)(page - map - 1);
	return map;
}

/* Zeroes what `used` does not mark. */
static void blank(uint8_t *page, const bool *used, bool *ret_changed)
{
	for (size_t i = 0; i < DBPAGE_BYTES; i++) {
		if (used[i] || !page[i])
			continue;
		page[i] = 0;
		*ret_changed = true;
	}
}

static void blank_from(uint8_t *page, size_t from, bool *ret_changed)
{
	for (size_t i = from; i < DBPAGE_BYTES; i++)
		*ret_changed |= page[i] != 0;
	memset(page + from, 0, DBPAGE_BYTES - from);
}

/* --- cells (section 1.6) --- */

/* How long it is; 0: not before `end`. */
static size_t varint(const uint8_t *p, const uint8_t *end, uint64_t *ret)
{
	uint64_t v = 0;
	for (size_t i = 0; i < 9 && p + i < end; i++) {
		if (i == 8) {
			*ret = v << 8 | p[i];
			return 9;
		}
		v = v << 7 | (p[i] & 0x7f);
		if (!(p[i] & 0x80)) {
			*ret = v;
			return i + 1;
		}
	}
	return 0;
}

struct cell {
	size_t len;
	uint32_t chain; /* 0: none */
	uint64_t beyond;
};

/* How much of a payload lies in the page itself. */
static uint64_t local(uint64_t payload, bool index)
{
	uint64_t most = index ? (USABLE - 12) * 64 / 255 - 23 : USABLE - 35, least = (USABLE - 12) * 32 / 255 - 23;
	if (payload <= most)
		return payload;
	uint64_t k = least + (payload - least) % (USABLE - 4);
	return k <= most ? k : least;
}

static int cell_read(int type, const uint8_t *p, const uint8_t *end, struct cell *ret)
{
	const uint8_t *at = p;
	uint64_t payload, rowid, here;
	size_t n;
	*ret = (struct cell){0};
	if (type == TABLE_INNER || type == INDEX_INNER) {
		if (end - at < 4)
			return -EUCLEAN;
		at += 4;
	}
	n = varint(at, end, &payload); /* of an inner one of a table it is the key, and all */
	if (n == 0)
		return -EUCLEAN;
	at += n;
	if (type != TABLE_INNER) {
		if (type == TABLE_LEAF) {
			n = varint(at, end, &rowid);
			if (n == 0)
				return -EUCLEAN;
			at += n;
		}
		here = local(payload, type != TABLE_LEAF);
		if (payload > INT32_MAX || here + (here < payload ? 4 : 0) > (uint64_t)(end - at))
			return -EUCLEAN;
		at += here;
		if (here < payload) {
			ret->chain = dbpage_u32(at);
			ret->beyond = payload - here;
			at += 4;
		}
	}
	ret->len = (size_t)(at - p);
	if (ret->len < 4) /* none takes less */
		ret->len = 4;
	return ret->len <= (size_t)(end - p) ? 0 : -EUCLEAN;
}

/* --- pages --- */

static int take(bool *used, size_t from, size_t n)
{
	if (from > USABLE || n > USABLE - from)
		return -EUCLEAN;
	for (size_t i = from; i < from + n; i++) {
		if (used[i])
			return -EUCLEAN;
		used[i] = true;
	}
	return 0;
}

/* What the page says of itself must add up: then every byte that is not in use is one that it counts as free. */
static int layout(const uint8_t *page, bool first, bool *used, size_t *ret_cells, size_t *ret_pointers)
{
	const uint8_t *h = page + (first ? HEAD : 0);
	int type = h[0];
	if (type != TABLE_LEAF && type != TABLE_INNER && type != INDEX_LEAF && type != INDEX_INNER)
		return -EUCLEAN;
	size_t pointers = (size_t)(h - page) + (type == TABLE_LEAF || type == INDEX_LEAF ? 8 : 12);
	size_t n = u16(h + 3), content = u16(h + 5), taken = 0, unused = h[7];
	if (content == 0)
		content = 65536;
	if (n > USABLE / 6 || content > USABLE || pointers + 2 * n > content || take(used, 0, pointers + 2 * n) < 0)
		return -EUCLEAN;
	for (size_t i = 0; i < n; i++) {
		size_t at = u16(page + pointers + 2 * i);
		struct cell c;
		if (at < content || at >= USABLE || cell_read(type, page + at, page + USABLE, &c) < 0 ||
		    take(used, at, c.len) < 0)
			return -EUCLEAN;
		taken += c.len;
	}
	for (size_t at = u16(h + 1), before = 0; at != 0; before = at, at = u16(page + at)) {
		if (at <= before || at < content || at + 4 > USABLE)
			return -EUCLEAN;
		size_t size = u16(page + at + 2);
		if (size < 4 || size > USABLE - at || take(used, at, size) < 0)
			return -EUCLEAN;
		memset(used + at + 4, 0, size - 4); /* only its head is */
		unused += size;
	}
	if (content - pointers - 2 * n + taken + unused != USABLE - pointers - 2 * n)
		return -EUCLEAN;
	*ret_cells = n;
	*ret_pointers = pointers;
	return 0;
}

int dbpage_blank_btree(uint8_t page[DBPAGE_BYTES], bool first, dbpage_chain_fn fn, void *arg, bool *ret_changed)
{
	bool used[DBPAGE_BYTES] = {false};
	size_t n, pointers;
	int rc = layout(page, first, used, &n, &pointers);
	if (rc < 0)
		return rc;
	*ret_changed = false;
	for (size_t i = 0; fn && i < n; i++) {
		struct cell c;
		(void)cell_read(page[first ? HEAD : 0], page + u16(page + pointers + 2 * i), page + USABLE, &c);
		rc = c.chain ? fn(arg, c.chain, c.beyond) : 0;
		if (rc != 0)
			return rc;
	}
	blank(page, used, ret_changed);
	return 0;
}

int dbpage_blank_trunk(uint8_t page[DBPAGE_BYTES], bool *ret_changed)
{
	uint32_t n = dbpage_u32(page + 4);
	*ret_changed = false;
	if (n > USABLE / 4 - 2)
		return -EUCLEAN;
	blank_from(page, 8 + 4 * (size_t)n, ret_changed);
	return 0;
}

void dbpage_blank_free(uint8_t page[DBPAGE_BYTES], bool *ret_changed)
{
	*ret_changed = false;
	blank_from(page, 0, ret_changed);
}

void dbpage_blank_overflow(uint8_t page[DBPAGE_BYTES], uint64_t bytes, bool *ret_changed)
{
	*ret_changed = false;
	if (bytes < DBPAGE_OVERFLOW_BYTES)
		blank_from(page, 4 + (size_t)bytes, ret_changed);
}
