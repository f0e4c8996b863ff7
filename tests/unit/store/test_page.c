/* Unused bytes of SQLite's pages: a file is filled and emptied, its unused bytes are blanked, and SQLite finds it whole
 * and with the same contents. */
#include <errno.h>
#include <fcntl.h>
#include "store/sqlite_page.h"
#include "tests/unit/store/file.h"

#define WORD   "something-that-nobody-is-to-find"
#define ROUNDS 12

static uint8_t *file; /* all of its pages */
static uint32_t n_pages;

static uint8_t *page_at(uint32_t page)
{
	return file + ((size_t)page - 1) * DBPAGE_BYTES;
}

static int on_chain(void *arg, uint32_t page, uint64_t bytes)
{
	bool changed;
	(void)arg;
	for (; bytes > DBPAGE_OVERFLOW_BYTES; bytes -= DBPAGE_OVERFLOW_BYTES) {
		CHECK(page > 2 && page <= n_pages);
		page = dbpage_u32(page_at(page));
	}
	CHECK(dbpage_u32(page_at(page)) == 0);
	dbpage_blank_overflow(page_at(page), bytes, &changed);
	return 0;
}

static int kind_of(uint32_t page)
{
	size_t at;
	uint32_t map = dbpage_map(page, &at);
	return page == 1 ? DBPAGE_ROOT : map ? page_at(map)[at] : 0;
}

/* How many pages of trees were not as the format has it. */
static int blank_all(void)
{
	struct dbpage_info info;
	bool changed;
	int wrong = 0;
	CHECK_INT(dbpage_info(file, &info), 0);
	CHECK_INT(info.pages, n_pages);
	bool *trunk = calloc(n_pages + 1, sizeof(*trunk));
	for (uint32_t t = info.trunk; t != 0; t = dbpage_u32(page_at(t)))
		trunk[t] = true;
	for (uint32_t i = 1; i <= n_pages; i++) {
		int kind = kind_of(i);
		if (kind == DBPAGE_FREE && trunk[i])
			CHECK_INT(dbpage_blank_trunk(page_at(i), &changed), 0);
		else if (kind == DBPAGE_FREE)
			dbpage_blank_free(page_at(i), &changed);
		else if (kind == DBPAGE_ROOT || kind == DBPAGE_BTREE)
			wrong += dbpage_blank_btree(page_at(i), i == 1, on_chain, NULL, &changed) != 0;
	}
	free(trunk);
	return wrong;
}

static void load(const char *path)
{
	AUTO_BUF struct buf b = {0};
	CHECK_INT(fs_read(path, (size_t)1 << 30, &b, NULL), 0);
	free(file);
	file = malloc(b.len);
	memcpy(file, b.data, b.len);
	n_pages = (uint32_t)(b.len / DBPAGE_BYTES);
}

static char *sum(const char *path)
{
	return file_text(path, "SELECT (SELECT count(*)||' '||sum(length(value))||' '||sum(id*length(value))||' '||"
			       "group_concat(hex(substr(value,1,9))||hex(substr(value,-9)),'') FROM log)||"
			       "(SELECT count(*)||' '||sum(length(v)) FROM side)");
}

static void a_file(void)
{
	char dir[64];
	scratch(dir);
	AUTO_FREE char *path = str_fmt("%s/db", dir);
	size_t found = 0;
	for (int round = 0; round < ROUNDS; round++) {
		sqlite3 *db;
		(void)unlink(path);
		CHECK(sqlite3_open(path, &db) == SQLITE_OK);
		CHECK(sqlite3_exec(db,
				   "PRAGMA auto_vacuum=INCREMENTAL; PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
				   "PRAGMA secure_delete=OFF; CREATE TABLE log(id INTEGER PRIMARY KEY, value BLOB);"
				   /* its leaves and inner pages are of the other two types, and have chains as well */
				   "CREATE TABLE side(k TEXT PRIMARY KEY, v BLOB) WITHOUT ROWID",
				   NULL, NULL, NULL) == SQLITE_OK);
		/* Sizes around what fits a page, and many pages; then most is deleted, rewritten or made longer. */
		AUTO_FREE char *sql = str_fmt(
		    "WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM c WHERE i<%d) INSERT INTO log SELECT i,"
		    "substr(replace(hex(zeroblob(6000)),'00','" WORD
		    "'),1,CASE i%%7 WHEN 0 THEN 4040+i%%30 WHEN 1 THEN i%%3 WHEN 2 THEN 9000+i*13%%40000 ELSE "
		    "i*37%%900 END) FROM c;"
		    "INSERT INTO side SELECT 'k'||id||substr(value,1,id%%1500),substr(value,1,id%%5000) FROM log WHERE "
		    "id%%3=0;"
		    "DELETE FROM log WHERE id%%11 IN (1,4,5) OR id BETWEEN %d AND %d; DELETE FROM side WHERE "
		    "length(v)%%5<3;"
		    "UPDATE log SET value=replace(zeroblob(length(value)-id%%5),x'00','z') WHERE id%%2=0;"
		    "UPDATE log SET value='' WHERE id%%2=1; UPDATE side SET v=zeroblob(length(v)/2), "
		    "k='q'||length(v)||k;"
		    "DELETE FROM side WHERE instr(k,'" WORD "'); PRAGMA incremental_vacuum(%d);"
		    "INSERT INTO log SELECT id+100000,zeroblob(id%%6000) FROM log WHERE id%%9=0",
		    300 + 150 * round, 20 * round, 90 * round, round * 3);
		CHECK(sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK);
		sqlite3_close(db);
		AUTO_FREE char *before = sum(path);
		load(path);
		found += memmem(file, (size_t)n_pages * DBPAGE_BYTES, WORD, strlen(WORD)) != NULL;
		CHECK_INT(blank_all(), 0);
		CHECK(!memmem(file, (size_t)n_pages * DBPAGE_BYTES, WORD, strlen(WORD)));
		int fd = open(path, O_WRONLY | O_CLOEXEC);
		CHECK(write(fd, file, (size_t)n_pages * DBPAGE_BYTES) == (ssize_t)n_pages * DBPAGE_BYTES);
		close(fd);
		CHECK(file_intact(path));
		AUTO_FREE char *after = sum(path);
		CHECK(before && after && streq(before, after));
		CHECK_INT(file_number(path, "SELECT 1 FROM sqlite_schema LIMIT 1"), 1);
	}
	CHECK_INT((int)found, ROUNDS); /* else nothing was shown */
	CHECK_INT(fs_rm_rf(dir, NULL), 0);
}

/* Whatever a page says: nothing outside of it is touched, and a page that does not add up stays as it is. */
static void not_a_page(void)
{
	unsigned seed = 1;
	int refused = 0;
	for (int i = 0; i < 200000; i++) {
		uint8_t was[DBPAGE_BYTES];
		bool changed = false;
		uint32_t page = 1 + (uint32_t)rand_r(&seed) % n_pages;
		uint8_t *p = malloc(DBPAGE_BYTES); /* for the sanitizer's sake */
		memcpy(p, page_at(page), DBPAGE_BYTES);
		for (int k = rand_r(&seed) % 4; k >= 0; k--)
			p[(size_t)rand_r(&seed) % (k == 0 ? DBPAGE_BYTES : 120)] = (uint8_t)rand_r(&seed);
		memcpy(was, p, DBPAGE_BYTES);
		if (dbpage_blank_btree(p, page == 1, NULL, NULL, &changed) < 0) {
			refused++;
			CHECK(memcmp(was, p, DBPAGE_BYTES) == 0);
		} else if (changed) { /* what was blanked is blank, and the rest says the same again */
			memcpy(was, p, DBPAGE_BYTES);
			CHECK_INT(dbpage_blank_btree(p, page == 1, NULL, NULL, &changed), 0);
			CHECK(!changed && memcmp(was, p, DBPAGE_BYTES) == 0);
		}
		free(p);
	}
	CHECK(refused > 1000);
	struct dbpage_info info;
	uint8_t none[DBPAGE_BYTES] = {0};
	CHECK_INT(dbpage_info(none, &info), -EINVAL);
	memset(none, 0xff, sizeof(none));
	CHECK_INT(dbpage_blank_trunk(none, &(bool){false}), -EUCLEAN);
}

/* Section 1.8: a map of 819 pages behind each of them; the page of the lock, at 1 GiB, is passed over. */
static void maps(void)
{
	size_t at = 99;
	CHECK_INT(dbpage_map(1, &at), 0);
	CHECK_INT(dbpage_map(2, &at), 0);
	CHECK(dbpage_map(3, &at) == 2 && at == 0);
	CHECK(dbpage_map(821, &at) == 2 && at == 818 * 5);
	CHECK_INT(dbpage_map(822, &at), 0);
	CHECK(dbpage_map(823, &at) == 822 && at == 0);
	CHECK_INT(dbpage_map(262145, &at), 0);
}

int main(void)
{
	RUN(a_file);
	RUN(not_a_page);
	RUN(maps);
	free(file);
	return TEST_END();
}
