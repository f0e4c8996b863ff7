/*
 * The keys that values are sealed with, and the file that they are kept in:
 *
 *   {"format":1,"enabled":true,"keys":[{"id":"<16 hex digits>","key":"<base64 of 32 bytes>","created":<unix time>},
 * ...]}
 *
 * The first key seals what is written while `enabled`; the others open what was sealed before. One with "prepared":true
 * was made ahead and has sealed nothing yet. An id is taken from its key (the first 8 bytes of HMAC-SHA256), so one id
 * means one key everywhere, and a key that was changed in the file is noticed.
 *
 * The file has mode 600 and is written beside, fsynced and renamed: whatever happens meanwhile, it is the old one or
 * the new one. Any thread; a struct keyring is its owner's.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/err.h"

#define KEYRING_MAX  16u
#define SEAL_KEY_LEN 32u
#define SEAL_ID_LEN  8u
#define SEAL_ID_TEXT (2 * SEAL_ID_LEN + 1)

struct seal_key {
	unsigned char id[SEAL_ID_LEN], key[SEAL_KEY_LEN];
	int64_t created;
	bool prepared;
};
struct keyring {
	bool enabled;
	size_t n;
	struct seal_key keys[KEYRING_MAX];
};

/* ERR_NOT_FOUND; ERR_INVALID names what is wrong with it. */
int keyring_read(struct keyring *ret, const char *path, struct err *e);
int keyring_parse(struct keyring *ret, const char *text, size_t n, struct err *e);
int keyring_write(const struct keyring *k, const char *path, struct err *e); /* makes the directory, mode 700 */
/* A new random key, at the end, prepared. ERR_TOO_MANY. */
int keyring_prepare(struct keyring *k, int64_t now, struct err *e);
bool keyring_promote(struct keyring *k); /* the prepared key becomes the first; false: there is none */
void keyring_drop(struct keyring *k, size_t i);
/* Adds those of src that are missing, behind what there is. ERR_TOO_MANY. */
int keyring_merge(struct keyring *k, const struct keyring *src, struct err *e);
const struct seal_key *keyring_find(const struct keyring *k, const unsigned char *id); /* NULL */
void keyring_wipe(struct keyring *k);
void seal_id_text(const unsigned char *id, char out[SEAL_ID_TEXT]);
