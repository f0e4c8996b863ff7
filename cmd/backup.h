/* Backups: one file with the store (a consistent copy), certificates and keys, and the token. */
#pragma once
#include "cmd/options.h"
#include "store/store.h"

/* Names in the archive, and relative to the data-dir. With --with-keys also SECRETS_KEYS (datastore.h). */
#define BACKUP_DB    "server/db/minik.db"
#define BACKUP_TLS   "server/tls"
#define BACKUP_TOKEN "server/token"

int backup_sync_dir(const char *file, struct err *e); /* the directory that the file is in */
/* ERR_CONFLICT: a restore was broken off where the old state is not whole any more. */
int restore_check(const struct options *o, struct err *e);

/*
 * Writes one while the server runs. s: the store that is open in this process, or NULL: reads what the options name. file:
 * replaced as a whole and durable; "-": standard output. ERR_UNAVAILABLE: another backup is being written.
 */
int backup_write(const struct options *o, struct store *s, const char *file, struct err *e);

/* Backups by themselves, as --backup-schedule-interval and --backup-retention say; NULL when they are off. */
struct schedule;
int schedule_start(struct schedule **ret, const struct options *o, struct store *s, struct err *e);
struct schedule *schedule_stop(struct schedule *x); /* waits for one that is being written */
