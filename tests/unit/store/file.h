/* The store's SQLite file, looked at from outside, also while a store has it open. For tests. */
#pragma once
#include <sqlite3.h>
#include "tests/unit/store/util.h"

/* Every change that is not compacted finds what was there before it: 0. */
#define FILE_ORPHANS                                                                                                   \
	"SELECT count(*) FROM log a WHERE prev<>0 AND id>coalesce((SELECT v FROM meta WHERE k='swept'),0) "            \
	"AND NOT EXISTS(SELECT 1 FROM log b WHERE b.id=a.prev)"

/* The first column of the only row, as text; freed by the caller. NULL, and said why, where there is none. */
static inline char *file_text(const char *path, const char *sql)
{
	sqlite3 *db;
	sqlite3_stmt *q = NULL;
	char *text = NULL;
	CHECK(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK);
	(void)sqlite3_busy_timeout(db, 5000);
	if (sqlite3_prepare_v2(db, sql, -1, &q, NULL) == SQLITE_OK && sqlite3_step(q) == SQLITE_ROW)
		text =
		    str_dup(sqlite3_column_type(q, 0) == SQLITE_NULL ? "0" : (const char *)sqlite3_column_text(q, 0));
	else
		fprintf(stderr, "%s: %s: %s\n", path, sql, sqlite3_errmsg(db));
	sqlite3_finalize(q);
	sqlite3_close(db);
	return text;
}

/* -1 where there is none */
static inline int64_t file_number(const char *path, const char *sql)
{
	AUTO_FREE char *text = file_text(path, sql);
	int64_t n;
	return text && str_to_i64(text, INT64_MIN, INT64_MAX, &n) == 0 ? n : -1;
}

static inline bool file_intact(const char *path)
{
	AUTO_FREE char *text = file_text(path, "PRAGMA integrity_check");
	if (text && !streq(text, "ok"))
		fprintf(stderr, "%s: %s\n", path, text);
	return text && streq(text, "ok");
}

/* Whether everything up to the revision is compacted and gone. Before the writer has begun the file tells of the last
 * time. */
static inline bool file_swept(const char *path, int64_t upto)
{
	return file_number(path, "SELECT v FROM meta WHERE k='compacted'") >= upto &&
	       file_number(path, "SELECT (SELECT v FROM meta WHERE k='swept')="
				 "((SELECT v FROM meta WHERE k='compacted')<<12|4095)") == 1;
}
