/* Sealed values: the cipher against its published vectors, what is bound to what, the file of keys, and a store that
 * seals, rotates, forgets and finds its keys. With MINIK_TEST_ETCD the store's part runs against that etcd. */
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include "base/json.h"
#include "base/proc.h"
#include "store/seal.h"
#include "tests/unit/store/file.h"

#define PREFIX "/secrets/"
#define WORD   "correct-horse-battery-staple"

static void hex(const void *p, size_t n, char *out)
{
	hex_encode(p, n, out);
}

static void cipher_vectors(void)
{
	/* C2SP, XAES-256-GCM, "Test vectors" */
	unsigned char key[32], out[64];
	char text[129];
	memset(key, 1, sizeof(key));
	const unsigned char *nonce = (const unsigned char *)"ABCDEFGHIJKLMNOPQRSTUVWX";
	CHECK(xaes_seal(key, nonce, "", 0, "XAES-256-GCM", 12, out) >= 0);
	hex(out, 28, text);
	CHECK_STR(text, "ce546ef63c9cc60765923609b33a9a1974e96e52daf2fcf7075e2271");
	memset(key, 3, sizeof(key));
	CHECK(xaes_seal(key, nonce, "c2sp.org/XAES-256-GCM", 21, "XAES-256-GCM", 12, out) >= 0);
	hex(out, 28, text);
	CHECK_STR(text, "986ec1832593df5443a179437fd083bf3fdb41abd740a21f71eb769d");
	unsigned char back[13] = {0};
	CHECK(xaes_open(key, nonce, "c2sp.org/XAES-256-GCM", 21, out, 28, back) >= 0);
	CHECK_STR((char *)back, "XAES-256-GCM");
	CHECK(xaes_open(key, nonce, "c2sp.org/XAES-256-GCm", 21, out, 28, back) < 0);
}

static struct keyring ring_of(unsigned keys)
{
	struct keyring k = {0};
	for (unsigned i = 0; i < keys; i++) {
		CHECK_INT(keyring_prepare(&k, 1000 + i, NULL), 0);
		CHECK(keyring_promote(&k));
	}
	k.enabled = keys > 0;
	return k;
}

static void value_is_bound_to_its_place(void)
{
	struct keyring k = ring_of(2);
	struct seal_place at = {"/secrets/a/x", 12, 13};
	struct bytes *v = NULL, *w = NULL, *back = NULL;
	struct err e;
	CHECK_INT(seal_close_value(&k.keys[0], &at, WORD, strlen(WORD), &v, &e), 0);
	CHECK_INT(seal_close_value(&k.keys[0], &at, WORD, strlen(WORD), &w, &e), 0);
	CHECK(v->len == strlen(WORD) + SEAL_OVER && seal_is(v->data, v->len));
	CHECK(memcmp(v->data + 12, w->data + 12, v->len - 12) != 0); /* another nonce, another text */
	CHECK(!memmem(v->data, v->len, "horse", 5));
	CHECK_INT(seal_open_value(&k.keys[0], &at, v->data, v->len, &back, &e), 0);
	CHECK_STR(back->data, WORD);
	back = bytes_unref(back);
	struct seal_place other = {"/secrets/a/y", 12, 13}, moved = {"/secrets/a/x", 12, 14};
	CHECK_INT(seal_open_value(&k.keys[0], &other, v->data, v->len, &back, &e), ERR_TAMPERED);
	CHECK_INT(seal_open_value(&k.keys[0], &moved, v->data, v->len, &back, &e), ERR_TAMPERED);
	CHECK_INT(seal_open_value(&k.keys[1], &at, v->data, v->len, &back, &e), ERR_TAMPERED);
	for (size_t i = 4; i < v->len; i++) { /* every bit behind the magic matters */
		v->data[i] ^= 1;
		CHECK_INT(seal_open_value(&k.keys[0], &at, v->data, v->len, &back, &e), ERR_TAMPERED);
		v->data[i] ^= 1;
	}
	for (size_t n = 0; n < v->len; n++)
		CHECK(seal_open_value(&k.keys[0], &at, v->data, n, &back, &e) < 0);
	bytes_unref(v);
	bytes_unref(w);
	CHECK_INT(seal_close_value(&k.keys[0], &at, "", 0, &v, &e), 0); /* nothing is a value too */
	CHECK_INT(seal_open_value(&k.keys[0], &at, v->data, v->len, &back, &e), 0);
	CHECK_INT(back->len, 0);
	bytes_unref(back);
	bytes_unref(v);
}

static void file_of_keys(void)
{
	char dir[64];
	scratch(dir);
	AUTO_FREE char *path = str_fmt("%s/cred/keys.json", dir);
	struct keyring k = ring_of(3), back;
	struct err e = {0};
	struct stat st;
	CHECK_INT(keyring_read(&back, path, &e), ERR_NOT_FOUND);
	CHECK_INT(keyring_prepare(&k, 5, &e), 0);
	CHECK_INT(keyring_write(&k, path, &e), 0);
	CHECK_INT(stat(path, &st), 0);
	CHECK_INT(st.st_mode & 07777, 0600);
	AUTO_FREE char *cred = str_fmt("%s/cred", dir);
	CHECK_INT(stat(cred, &st), 0);
	CHECK_INT(st.st_mode & 07777, 0700);
	CHECK_INT(keyring_read(&back, path, &e), 0);
	CHECK(back.n == 4 && back.enabled && back.keys[3].prepared && !back.keys[0].prepared);
	CHECK(memcmp(back.keys, k.keys, sizeof(k.keys)) == 0);
	/* One digit of a key: noticed. */
	AUTO_BUF struct buf text = {0};
	CHECK_INT(fs_read(path, 65536, &text, &e), 0);
	char *p = strstr(text.data, "\"key\":\"") + 10;
	*p = *p == 'A' ? 'B' : 'A';
	CHECK_INT(keyring_parse(&back, text.data, text.len, &e), ERR_INVALID);
	CHECK(strstr(e.msg, "was changed"));
	static const char *const wrong[] = {"",
					    "[]",
					    "{}",
					    "{\"format\":2,\"keys\":[]}",
					    "{\"format\":1}",
					    "{\"format\":1,\"enabled\":true,\"keys\":[]}",
					    "{\"format\":1,\"keys\":[{}]}",
					    "{\"format\":1,\"keys\":[{\"id\":\"x\",\"key\":\"AAAA\"}]}"};
	for (size_t i = 0; i < ARRAY_LEN(wrong); i++)
		CHECK_INT(keyring_parse(&back, wrong[i], strlen(wrong[i]), &e), ERR_INVALID);
	while (k.n < KEYRING_MAX)
		CHECK_INT(keyring_prepare(&k, 6, &e), 0);
	CHECK_INT(keyring_prepare(&k, 6, &e), ERR_TOO_MANY);
	CHECK_INT(fs_rm_rf(dir, NULL), 0);
}

/* --- a store --- */

static struct store *open_sealing(const char *dir, bool make)
{
	AUTO_FREE char *keys = str_fmt("%s/cred/keys.json", dir);
	const struct store_config c = {.seal_prefix = PREFIX, .keys_file = keys, .seal_new = make};
	return open_at(dir, &c);
}

static json_t *verb(struct store *s, const char *what, int want)
{
	struct err e = {0};
	json_t *o = NULL;
	int rc = store_encryption(s, what, 60000, &o, &e);
	if (rc != want)
		fprintf(stderr, "%s: %s\n", what, e.msg);
	CHECK_INT(rc, want);
	if (rc == 0 && streq(json_str(o, "reencryption"), "failed"))
		fprintf(stderr, "%s: %s\n", what, json_str(o, "message"));
	return o;
}

static void run_verb(struct store *s, const char *what)
{
	AUTO_JSON json_t *o = verb(s, what, 0);
	CHECK(!streq(json_str(o, "reencryption"), "failed") && !streq(json_str(o, "reencryption"), "running"));
}

/* What status says of keys in that state, and of plain values: all of now and of history. */
static int64_t count(struct store *s, const char *state)
{
	AUTO_JSON json_t *o = verb(s, "status", 0);
	const json_t *k;
	size_t i;
	int64_t n = 0;
	if (streq(state, "plain"))
		return json_int_or(o, "plain.values", -1) + json_int_or(o, "plain.history", -1);
	json_array_foreach (json_object_get(o, "keys"), i, k)
		if (streq(json_str(k, "state"), state))
			n += json_int_or(k, "values", -1) + json_int_or(k, "history", -1);
	return n;
}

static bool files_hold_bytes(const char *dir, const char *word, size_t n)
{
	DIR *d = opendir(dir);
	bool found = false;
	for (struct dirent *de; (de = readdir(d));) {
		AUTO_FREE char *path = fs_join(dir, de->d_name);
		AUTO_BUF struct buf b = {0};
		struct stat st;
		if (stat(path, &st) < 0 || !S_ISREG(st.st_mode) || fs_read(path, 1 << 30, &b, NULL) < 0)
			continue;
		if (b.len && memmem(b.data, b.len, word, n)) {
			fprintf(stderr, "%s holds %.*s\n", path, (int)n, word);
			found = true;
		}
	}
	closedir(d);
	return found;
}

static bool files_hold(const char *dir, const char *word)
{
	return files_hold_bytes(dir, word, strlen(word));
}

/* What the active key is told by in sealed values. */
static void active_id(struct store *s, char ret[SEAL_ID_LEN])
{
	AUTO_JSON json_t *o = verb(s, "status", 0);
	const json_t *k;
	size_t i;
	json_array_foreach (json_object_get(o, "keys"), i, k) {
		const char *id = json_str(k, "id");
		for (size_t j = 0; streq(json_str(k, "state"), "active") && j < SEAL_ID_LEN; j++) {
			char two[3] = {id[2 * j], id[2 * j + 1], 0};
			ret[j] = (char)strtol(two, NULL, 16);
		}
	}
}

/* As put, with labels that are not the secret: those stay readable. */
static int64_t put_secret(struct store *s, const char *key, const char *text)
{
	struct bytes *v AUTO_BYTES = object(text), *ix AUTO_BYTES = bytes_of("label");
	struct store_op op = {.kind = STORE_PUT, .key = key, .expect = -1, .value = v, .splice = SPLICE, .index = ix};
	struct wait w;
	int rc = commit(s, &op, 1, &w);
	if (rc == 0)
		store_item_done(&w.item);
	return rc < 0 ? rc : w.rev;
}

static bool reads(struct store *s, const char *key, const char *text)
{
	struct store_item i;
	int rc = get(s, key, &i);
	if (rc < 0)
		return false;
	bool ok = strstr(i.value->data, text) != NULL;
	store_item_done(&i);
	return ok;
}

static int get_code(struct store *s, const char *key)
{
	struct store_item i;
	int rc = get(s, key, &i);
	if (rc == 0)
		store_item_done(&i);
	return rc;
}

static void nothing_of_it_on_disk(void)
{
	char dir[64];
	scratch(dir);
	struct store *s = open_sealing(dir, true);
	run_verb(s, "wait");
	for (int i = 0; i < 30; i++) {
		char key[64];
		(void)snprintf(key, sizeof(key), PREFIX "ns/s%d", i % 10);
		CHECK(put_secret(s, key, WORD) > 0);
	}
	CHECK(put_secret(s, "/pods/ns/p", "plain-as-ever") > 0);
	CHECK(reads(s, PREFIX "ns/s3", WORD));
	CHECK(del(s, PREFIX "ns/s9", -1) > 0); /* its last words are taken from what is stored */
	CHECK_INT(count(s, "plain"), 0);
	CHECK(count(s, "active") >= 9);
	if (!on_etcd()) {
		CHECK(!files_hold(dir, WORD));
		CHECK(files_hold(dir, "plain-as-ever"));
		AUTO_FREE char *copy = str_fmt("%s/copy", dir);
		struct err e;
		CHECK_INT(store_backup(s, copy, &e), 0);
		CHECK(!files_hold(dir, WORD));
		AUTO_FREE char *missing = NULL, *keys = str_fmt("%s/cred/keys.json", dir),
			       *none = str_fmt("%s/none", dir);
		CHECK_INT(store_copy_missing_keys(copy, keys, &missing, &e), 0);
		CHECK_STR(missing, "");
		free(TAKE_PTR(missing));
		CHECK_INT(store_copy_missing_keys(copy, none, &missing, &e), 0);
		CHECK_INT(strlen(missing), 16);
	}
	s = store_free(s);
	s = open_sealing(dir, false); /* from disk, not from the cache; without the flag: the file says it */
	CHECK(reads(s, PREFIX "ns/s3", WORD));
	CHECK(put_secret(s, PREFIX "ns/new", WORD) > 0);
	CHECK_INT(count(s, "plain"), 0);
	s = store_free(s);
	if (!on_etcd())
		CHECK(!files_hold(dir, WORD));
	CHECK_INT(fs_rm_rf(dir, NULL), 0);
}

/* Whoever writes and reads while everything is scrubbed. */
struct beside {
	struct store *s;
	atomic_bool stop;
	int writes, failed;
};

static void *beside_main(void *arg)
{
	struct beside *b = arg;
	for (; !atomic_load(&b->stop); b->writes++) {
		char key[64];
		(void)snprintf(key, sizeof(key), PREFIX "ns/beside%d", b->writes % 50);
		b->failed += put_secret(b->s, key, WORD) <= 0;
		(void)snprintf(key, sizeof(key), "/pods/ns/p%d", b->writes % 50);
		b->failed += put(b->s, key, "plain-as-ever") <= 0;
		b->failed += !reads(b->s, PREFIX "ns/keep7", WORD);
	}
	return NULL;
}

/* Values of all sizes, deleted and rewritten: they stand in free pages, in gaps, behind the ends of others. Nothing is
 * left of them, while others write. */
static void scrubbed_beside_writers(void)
{
	char dir[64];
	if (on_etcd())
		return;
	scratch(dir);
	AUTO_FREE char *path = str_fmt("%s/db", dir);
	struct store *s = open_sealing(dir, false);
	AUTO_FREE char *text = malloc(60001);
	for (int i = 0; i < 1500; i++) {
		char key[64];
		size_t n = (size_t)(i % 5 == 0   ? 5000 + i * 31 % 55000
				    : i % 5 == 1 ? 3900 + i % 200
						 : i * 7 % 1500) +
			   40;
		for (size_t k = 0; k < n; k++)
			text[k] = WORD[k % strlen(WORD)];
		text[n] = 0;
		(void)snprintf(key, sizeof(key), PREFIX "ns/%s%d", i % 3 ? "keep" : "go", i % 300);
		CHECK(put_secret(s, key, text) > 0);
		if (i % 9 == 0)
			CHECK(del(s, key, -1) > 0);
	}
	CHECK(put_secret(s, PREFIX "ns/keep7", WORD) > 0);
	struct err e;
	CHECK_INT(store_compact(s, store_revision(s) - 100, &e), 0);
	for (int i = 0; i < 1000 && !file_swept(path, store_revision(s) - 101); i++)
		usleep(10000);
	CHECK(file_number(path, "PRAGMA freelist_count") > 0);
	CHECK(files_hold(dir, WORD));
	struct beside b = {.s = s};
	pthread_t t;
	CHECK(pthread_create(&t, NULL, beside_main, &b) == 0);
	run_verb(s, "enable");
	CHECK_INT(count(s, "plain"), 0);
	CHECK(!files_hold(dir, WORD));
	char old[SEAL_ID_LEN], new[SEAL_ID_LEN];
	active_id(s, old);
	CHECK(files_hold_bytes(dir, old, SEAL_ID_LEN));
	run_verb(s, "rotate-keys");
	active_id(s, new);
	CHECK(memcmp(old, new, SEAL_ID_LEN) != 0 && files_hold_bytes(dir, new, SEAL_ID_LEN));
	CHECK(!files_hold_bytes(dir, old, SEAL_ID_LEN));
	atomic_store(&b.stop, true);
	pthread_join(t, NULL);
	CHECK(b.writes > 10 && b.failed == 0);
	CHECK(!files_hold(dir, WORD));
	CHECK(file_intact(path));
	CHECK(reads(s, PREFIX "ns/keep7", WORD));
	/* What waited goes on: compaction, and giving space back. */
	CHECK_INT(store_compact(s, store_revision(s), &e), 0);
	for (int i = 0; i < 1000 && !file_swept(path, store_revision(s)); i++)
		usleep(10000);
	CHECK(file_swept(path, store_revision(s)));
	s = store_free(s);
	s = open_sealing(dir, true);
	CHECK(reads(s, PREFIX "ns/keep7", WORD));
	s = store_free(s);
	CHECK(!files_hold(dir, WORD));
	CHECK(file_intact(path));
	CHECK_INT(fs_rm_rf(dir, NULL), 0);
}

/* Not a file of ours, but one that is taken: it is written anew instead. */
static void pages_of_another_size(void)
{
	char dir[64];
	if (on_etcd())
		return;
	scratch(dir);
	AUTO_FREE char *path = str_fmt("%s/db", dir);
	sqlite3 *db;
	CHECK(sqlite3_open(path, &db) == SQLITE_OK);
	CHECK(sqlite3_exec(db, "PRAGMA page_size=8192; PRAGMA journal_mode=WAL; CREATE TABLE t(a); DROP TABLE t", NULL,
			   NULL, NULL) == SQLITE_OK);
	sqlite3_close(db);
	struct store *s = open_sealing(dir, false);
	for (int i = 0; i < 40; i++)
		CHECK(put_secret(s, i % 2 ? PREFIX "ns/a" : PREFIX "ns/b", WORD) > 0);
	CHECK_INT(file_number(path, "PRAGMA page_size"), 8192);
	run_verb(s, "enable");
	CHECK_INT(count(s, "plain"), 0);
	CHECK(!files_hold(dir, WORD));
	CHECK(reads(s, PREFIX "ns/a", WORD));
	s = store_free(s);
	CHECK(file_intact(path));
	CHECK_INT(fs_rm_rf(dir, NULL), 0);
}

struct seen {
	pthread_mutex_t lock;
	int events, code;
	int64_t rev;
};

static void on_watch(void *arg, int code, const struct store_event *ev, size_t n, int64_t rev)
{
	struct seen *w = arg;
	(void)ev;
	pthread_mutex_lock(&w->lock);
	w->events += (int)n;
	w->code = code;
	w->rev = rev;
	pthread_mutex_unlock(&w->lock);
}

static void enabled_later(void)
{
	char dir[64];
	scratch(dir);
	struct store *s = open_sealing(dir, false);
	for (int i = 0; i < 40; i++) {
		char key[64];
		(void)snprintf(key, sizeof(key), PREFIX "ns/s%d", i % 20);
		CHECK(put_secret(s, key, WORD) > 0);
	}
	CHECK(del(s, PREFIX "ns/s19", -1) > 0);
	int64_t rev = store_revision(s);
	CHECK_INT(count(s, "active"), 0);
	if (!on_etcd()) {
		CHECK_INT(count(s, "plain"), 40);
		CHECK(files_hold(dir, WORD));
		struct err e;
		CHECK_INT(store_compact(s, rev - 30, &e), 0); /* leaves free pages behind */
	}
	struct seen seen = {.lock = PTHREAD_MUTEX_INITIALIZER};
	struct store_watch *w;
	struct err e;
	CHECK_INT(store_watch_new(&w, s, PREFIX, rev, on_watch, &seen, &e), 0);
	run_verb(s, "enable");
	CHECK_INT(count(s, "plain"), 0);
	CHECK(count(s, "active") >= 19);
	CHECK(reads(s, PREFIX "ns/s3", WORD));
	CHECK_INT(get_code(s, PREFIX "ns/s19"), ERR_NOT_FOUND);
	if (!on_etcd()) { /* nobody saw anything, and nothing is left anywhere, while it runs */
		CHECK_INT(store_revision(s), rev);
		CHECK_INT(seen.events, 0);
		CHECK(!files_hold(dir, WORD));
	}
	w = store_watch_free(w);
	/* History is sealed and can be watched from. */
	struct seen past = {.lock = PTHREAD_MUTEX_INITIALIZER};
	s = store_free(s);
	s = open_sealing(dir, true);
	CHECK_INT(store_watch_new(&w, s, PREFIX, rev - 2, on_watch, &past, &e), 0);
	for (int i = 0; i < 500 && past.events < 2; i++)
		usleep(10000);
	CHECK(past.events >= 2);
	w = store_watch_free(w);
	CHECK(reads(s, PREFIX "ns/s3", WORD));
	run_verb(s, "disable");
	CHECK_INT(count(s, "active") + count(s, "old"), 0);
	CHECK(count(s, "plain") >= 19);
	CHECK(reads(s, PREFIX "ns/s3", WORD));
	run_verb(s, "enable");
	CHECK_INT(count(s, "plain"), 0);
	s = store_free(s);
	CHECK_INT(fs_rm_rf(dir, NULL), 0);
}

/* Sealed from the first write, then plain for a while: what was deleted and compacted meanwhile must go as well. */
static void plain_for_a_while(void)
{
	if (on_etcd())
		return;
	char dir[64];
	scratch(dir);
	struct err e;
	struct store *s = open_sealing(dir, true);
	run_verb(s, "wait");
	run_verb(s, "disable");
	for (int i = 0; i < 50; i++) {
		char key[64];
		(void)snprintf(key, sizeof(key), PREFIX "ns/s%d", i);
		CHECK(put_secret(s, key, WORD) > 0);
		CHECK(del(s, key, -1) > 0);
	}
	CHECK_INT(store_compact(s, store_revision(s), &e), 0);
	CHECK(put_secret(s, "/pods/ns/p", "pod") > 0);
	for (int i = 0; i < 500 && count(s, "plain") > 0; i++) {
		usleep(10000); /* compaction goes on with writes */
		CHECK(put_secret(s, "/pods/ns/p", "pod") > 0);
	}
	CHECK_INT(count(s, "plain"), 0);
	CHECK(files_hold(dir, WORD));
	run_verb(s, "enable");
	CHECK(!files_hold(dir, WORD));
	s = store_free(s);
	CHECK_INT(fs_rm_rf(dir, NULL), 0);
}

static void rotation(void)
{
	char dir[64];
	scratch(dir);
	struct store *s = open_sealing(dir, true);
	for (int i = 0; i < 600; i++) { /* more than one batch */
		char key[64];
		(void)snprintf(key, sizeof(key), PREFIX "ns/s%d", i % 300);
		CHECK(put_secret(s, key, WORD) > 0);
	}
	json_decref(verb(s, "rotate", ERR_INVALID)); /* nothing prepared */
	run_verb(s, "prepare");
	CHECK_INT(count(s, "prepared"), 0);
	json_decref(verb(s, "prepare", ERR_INVALID));
	run_verb(s, "rotate");
	CHECK(count(s, "old") >= 300);
	CHECK(put_secret(s, PREFIX "ns/s0", WORD) > 0);
	CHECK_INT(count(s, "active"), 1);
	json_decref(verb(s, "prune-keys", 0)); /* still needed: stays */
	CHECK(count(s, "old") >= 299);
	run_verb(s, "reencrypt");
	CHECK_INT(count(s, "old"), 0);
	CHECK_INT(count(s, "plain"), 0);
	run_verb(s, "rotate-keys");
	CHECK_INT(count(s, "old"), 0);
	CHECK(count(s, "active") >= 300);
	AUTO_JSON json_t *o = verb(s, "prune-keys", 0);
	CHECK_INT(json_array_size(json_object_get(o, "keys")), 1);
	for (int i = 0; i < 300; i++) {
		char key[64];
		(void)snprintf(key, sizeof(key), PREFIX "ns/s%d", i);
		CHECK(reads(s, key, WORD));
	}
	json_decref(verb(s, "melt", ERR_INVALID));
	s = store_free(s);
	s = open_sealing(dir, false);
	CHECK(reads(s, PREFIX "ns/s7", WORD));
	s = store_free(s);
	CHECK_INT(fs_rm_rf(dir, NULL), 0);
}

static int range_code(struct store *s, const char *prefix)
{
	struct list_wait l = {0};
	const struct store_range q = {.prefix = prefix};
	range(s, &q, &l);
	return l.w.code;
}

static void keys_away(void)
{
	char dir[64];
	scratch(dir);
	AUTO_FREE char *keys = str_fmt("%s/cred/keys.json", dir), *aside = str_fmt("%s/aside", dir);
	struct store *s = open_sealing(dir, true);
	CHECK(put_secret(s, PREFIX "ns/s", WORD) > 0);
	CHECK(put_secret(s, "/pods/ns/p", "pod") > 0);
	s = store_free(s);
	CHECK_INT(rename(keys, aside), 0);
	s = open_sealing(dir,
			 true); /* asked to make a key: not while there are values that another one is needed for */
	CHECK_INT(get_code(s, PREFIX "ns/s"), ERR_SEALED);
	CHECK_INT(range_code(s, PREFIX), ERR_SEALED);
	CHECK_INT(range_code(s, "/pods/"), 0);
	CHECK_INT(put_secret(s, PREFIX "ns/other", WORD), ERR_SEALED);
	CHECK_INT(put_secret(s, PREFIX "ns/s", WORD), ERR_SEALED);
	CHECK(put_secret(s, "/pods/ns/p", "pod") > 0);
	json_decref(verb(s, "enable", ERR_INVALID));
	CHECK_INT(count(s, "missing"), 1);
	CHECK(!fs_exists(keys));
	CHECK_INT(rename(aside, keys), 0); /* back, while it runs */
	CHECK(reads(s, PREFIX "ns/s", WORD));
	CHECK(put_secret(s, PREFIX "ns/other", WORD) > 0);
	CHECK_INT(count(s, "active"), 2);
	s = store_free(s);
	/* Another's keys: what is written goes on with those, what they do not open is told of, and left as it is. */
	CHECK_INT(rename(keys, aside), 0);
	struct keyring k = ring_of(1);
	struct err e;
	CHECK_INT(keyring_write(&k, keys, &e), 0);
	s = open_sealing(dir, false);
	run_verb(s, "reencrypt");
	CHECK_INT(get_code(s, PREFIX "ns/s"), ERR_SEALED);
	if (!on_etcd()) /* where watchers are given what is stored; etcd deletes without it */
		CHECK_INT(del(s, PREFIX "ns/s", -1), ERR_SEALED);
	CHECK_INT(count(s, "missing"), 2);
	s = store_free(s);
	CHECK_INT(rename(aside, keys), 0);
	s = open_sealing(dir, false);
	CHECK(reads(s, PREFIX "ns/s", WORD));
	s = store_free(s);
	/* A broken file is no reason to begin with other keys. */
	CHECK_INT(fs_write(keys, "{\"format\":1,", 12, &e), 0);
	const struct store_config c = {.seal_prefix = PREFIX, .keys_file = keys, .seal_new = true};
	AUTO_FREE char *path = str_fmt("%s/db", dir);
	struct store_config bad = c;
	bad.path = path;
	if (!on_etcd()) {
		CHECK_INT(store_open(&s, &bad, &e), ERR_INVALID);
		CHECK(strstr(e.msg, keys));
	}
	CHECK_INT(fs_rm_rf(dir, NULL), 0);
}

static int sql(const char *path, const char *text)
{
	sqlite3 *db = NULL;
	int rc = sqlite3_open(path, &db);
	if (rc == SQLITE_OK)
		rc = sqlite3_exec(db, text, NULL, NULL, NULL);
	sqlite3_close(db);
	return rc;
}

static void tampered(void)
{
	if (on_etcd())
		return;
	char dir[64];
	scratch(dir);
	AUTO_FREE char *path = str_fmt("%s/db", dir);
	struct store *s = open_sealing(dir, true);
	CHECK(put_secret(s, PREFIX "ns/a", "one") > 0);
	CHECK(put_secret(s, PREFIX "ns/b", "two") > 0);
	CHECK(put_secret(s, PREFIX "os/c", "three") > 0);
	s = store_free(s);
	/* b's value in a's place: it is whole, but not a's. */
	CHECK_INT(sql(path,
		      "UPDATE log SET value=(SELECT value FROM log WHERE key=CAST('/secrets/ns/b' AS BLOB)) WHERE "
		      "key=CAST('/secrets/ns/a' AS BLOB)"),
		  SQLITE_OK);
	s = open_sealing(dir, true);
	run_verb(s, "rotate-keys"); /* nor does a reencryption make it good */
	CHECK_INT(get_code(s, PREFIX "ns/a"), ERR_TAMPERED);
	CHECK_INT(range_code(s, PREFIX "ns/"), ERR_TAMPERED);
	CHECK_INT(range_code(s, PREFIX "os/"), 0);
	CHECK(reads(s, PREFIX "ns/b", "two"));
	AUTO_JSON json_t *o = verb(s, "status", 0);
	CHECK_INT(json_int_or(o, "unreadable", 0), 1);
	s = store_free(s);
	CHECK_INT(fs_rm_rf(dir, NULL), 0);
}

static void older_program(void)
{
	if (on_etcd())
		return;
	char dir[64];
	scratch(dir);
	AUTO_FREE char *path = str_fmt("%s/db", dir);
	struct store *s = open_at(dir, NULL);
	struct err e;
	sqlite3 *db;
	sqlite3_stmt *q;
	CHECK(put(s, "/a", "x") > 0);
	s = store_free(s);
	for (int sealed = 0; sealed < 3; sealed++) { /* plain: format 1, as ever; sealed: 2; plain again: 1 */
		if (sealed) {
			s = open_sealing(dir, true);
			CHECK(put_secret(s, PREFIX "x", WORD) > 0);
			run_verb(s, sealed == 1 ? "enable" : "disable");
			s = store_free(s);
		}
		CHECK_INT(sqlite3_open(path, &db), SQLITE_OK);
		CHECK_INT(sqlite3_prepare_v2(db, "PRAGMA user_version", -1, &q, NULL), SQLITE_OK);
		CHECK_INT(sqlite3_step(q), SQLITE_ROW);
		CHECK_INT(sqlite3_column_int(q, 0), sealed == 1 ? 2 : 1);
		sqlite3_finalize(q);
		sqlite3_close(db);
	}
	/* A newer one's is refused, also as a backup. */
	CHECK_INT(sql(path, "PRAGMA user_version=3"), SQLITE_OK);
	const struct store_config c = {.path = path};
	AUTO_FREE char *missing = NULL;
	CHECK_INT(store_open(&s, &c, &e), ERR_UNSUPPORTED);
	CHECK(strstr(e.msg, "newer minik"));
	CHECK_INT(store_copy_missing_keys(path, "/nonexistent", &missing, &e), ERR_UNSUPPORTED);
	CHECK_INT(fs_rm_rf(dir, NULL), 0);
}

static char *exe;

/* Rotates until it is killed. */
static int child(const char *dir)
{
	struct store *s = open_sealing(dir, true);
	for (;;) {
		struct err e;
		if (store_encryption(s, "rotate-keys", 60000, NULL, &e) < 0 &&
		    store_encryption(s, "prune-keys", 0, NULL, &e) < 0)
			return 1;
	}
}

/* Killed in rotations, again and again: all values open afterwards, and one more pass leaves one key. */
static void killed_in_rotations(void)
{
	const char *loops = getenv("STORE_KILLS");
	int64_t kills = 10;
	if (loops && str_to_i64(loops, 1, 100000, &kills) < 0)
		abort();
	char dir[64];
	scratch(dir);
	struct store *s = open_sealing(dir, true);
	for (int i = 0; i < 400; i++) {
		char key[64];
		(void)snprintf(key, sizeof(key), PREFIX "ns/s%d", i);
		CHECK(put_secret(s, key, WORD) > 0);
	}
	s = store_free(s);
	for (int64_t n = 0; n < kills; n++) {
		char *argv[] = {exe, (char *)(uintptr_t) "--child", dir, NULL};
		pid_t pid;
		if (posix_spawn(&pid, exe, NULL, NULL, argv, environ) != 0)
			abort();
		usleep(20000 + (useconds_t)(n * 7919 % 150) * 1000);
		CHECK_INT(kill(pid, SIGKILL), 0);
		int st;
		CHECK_INT(waitpid(pid, &st, 0), pid);
		CHECK(WIFSIGNALED(st));
		s = open_sealing(dir, true);
		for (int i = 0; i < 400; i += 7) {
			char key[64];
			(void)snprintf(key, sizeof(key), PREFIX "ns/s%d", i);
			CHECK(reads(s, key, WORD));
		}
		CHECK_INT(count(s, "missing"), 0);
		CHECK_INT(count(s, "plain"), 0);
		s = store_free(s);
	}
	s = open_sealing(dir, true);
	run_verb(s, "reencrypt");
	json_decref(verb(s, "prune-keys", 0));
	CHECK_INT(count(s, "old"), 0);
	CHECK(count(s, "active") >= 400);
	for (int i = 0; i < 400; i++) {
		char key[64];
		(void)snprintf(key, sizeof(key), PREFIX "ns/s%d", i);
		CHECK(reads(s, key, WORD));
	}
	s = store_free(s);
	if (!on_etcd())
		CHECK(!files_hold(dir, WORD));
	CHECK_INT(fs_rm_rf(dir, NULL), 0);
}

int main(int argc, char **argv)
{
	struct err e;
	if (argc == 3 && streq(argv[1], "--child"))
		return child(argv[2]);
	if (proc_self_exe(&exe, &e) < 0)
		return 1;
	RUN(cipher_vectors);
	RUN(value_is_bound_to_its_place);
	RUN(file_of_keys);
	RUN(nothing_of_it_on_disk);
	RUN(scrubbed_beside_writers);
	RUN(pages_of_another_size);
	RUN(enabled_later);
	RUN(plain_for_a_while);
	RUN(rotation);
	RUN(keys_away);
	RUN(tampered);
	RUN(older_program);
	RUN(killed_in_rotations);
	free(exe);
	return TEST_END();
}
