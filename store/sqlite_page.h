/*
 * One page of an SQLite database, as its file format says (https://www.sqlite.org/fileformat.html, sections 1.5
 * to 1.8): what of it is in use, so that the rest can be blanked. Nothing here touches a byte that is in use, and
 * nothing is blanked where a page is not exactly as the format has it. Pure; any thread.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DBPAGE_BYTES 4096

/* What the pointer map of a database with auto_vacuum says of a page (section 1.8). */
enum dbpage_kind { DBPAGE_ROOT = 1, DBPAGE_FREE, DBPAGE_OVERFLOW, DBPAGE_OVERFLOW_NEXT, DBPAGE_BTREE };

struct dbpage_info { /* from page 1 */
	uint32_t pages, trunk, n_free;
};
/* -EINVAL: not such a database with pages of DBPAGE_BYTES, all of them usable, with a pointer map, and a WAL. */
int dbpage_info(const uint8_t first[DBPAGE_BYTES], struct dbpage_info *ret);

/* The page of the pointer map that tells of `page`, and where in it; 0: nothing does (page 1, a map itself, the one
 * that locks are taken on). */
uint32_t dbpage_map(uint32_t page, size_t *ret_at);

/* A chain of overflow pages that a cell's payload goes on in: its first page, how many bytes lie there. */
typedef int (*dbpage_chain_fn)(void *arg, uint32_t page, uint64_t bytes);

/*
 * Blanks what is not in use of a page of a b-tree, and calls fn (may be NULL) for every chain that hangs on it; a
 * non-zero result of fn ends it and is returned. *ret_changed: something was not blank. -EUCLEAN: it is not such a
 * page, and nothing was changed.
 */
int dbpage_blank_btree(uint8_t page[DBPAGE_BYTES], bool first, dbpage_chain_fn fn, void *arg, bool *ret_changed);
/* The same of a free page that lists others (a trunk), of one that is listed, of one of a chain with that many bytes
 * left. */
int dbpage_blank_trunk(uint8_t page[DBPAGE_BYTES], bool *ret_changed);
void dbpage_blank_free(uint8_t page[DBPAGE_BYTES], bool *ret_changed);
void dbpage_blank_overflow(uint8_t page[DBPAGE_BYTES], uint64_t bytes, bool *ret_changed);

#define DBPAGE_OVERFLOW_BYTES (DBPAGE_BYTES - 4)
static inline uint32_t dbpage_u32(const uint8_t *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}
