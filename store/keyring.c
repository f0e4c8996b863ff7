#include "store/keyring.h"
#include <errno.h>
#include <gnutls/crypto.h>
#include <stdlib.h>
#include <string.h>
#include "base/fs.h"
#include "base/json.h"
#include "base/str.h"

#define FORMAT   1
#define FILE_MAX 65536

static int key_id(const unsigned char key[SEAL_KEY_LEN], unsigned char id[SEAL_ID_LEN], struct err *e)
{
	static const char label[] = "minik: id of a key that seals values";
	unsigned char mac[32];
	int rc = gnutls_hmac_fast(GNUTLS_MAC_SHA256, key, SEAL_KEY_LEN, label, sizeof(label) - 1, mac);
	if (rc < 0)
		return err_set(e, ERR_INTERNAL, "naming a key: %s", gnutls_strerror(rc));
	memcpy(id, mac, SEAL_ID_LEN);
	return 0;
}

void seal_id_text(const unsigned char *id, char out[SEAL_ID_TEXT])
{
	hex_encode(id, SEAL_ID_LEN, out);
}

const struct seal_key *keyring_find(const struct keyring *k, const unsigned char *id)
{
	for (size_t i = 0; i < k->n; i++)
		if (memcmp(k->keys[i].id, id, SEAL_ID_LEN) == 0)
			return &k->keys[i];
	return NULL;
}

void keyring_wipe(struct keyring *k)
{
	explicit_bzero(k, sizeof(*k));
}

/* --- the file --- */

static int read_key(struct seal_key *ret, const json_t *o, struct err *e)
{
	const char *b64 = json_string_value(json_object_get(o, "key")), *name = json_str_or(o, "id", "");
	char id[SEAL_ID_TEXT];
	void *p = NULL;
	size_t n = 0;
	if (!b64 || b64_decode(b64, strlen(b64), false, &p, &n) < 0)
		return err_set(e, ERR_INVALID, "key %.20s is not base64", name);
	if (n == SEAL_KEY_LEN)
		memcpy(ret->key, p, n);
	explicit_bzero(p, n);
	free(p);
	if (n != SEAL_KEY_LEN)
		return err_set(e, ERR_INVALID, "key %.20s has %zu bytes, not %u", name, n, SEAL_KEY_LEN);
	int rc = key_id(ret->key, ret->id, e);
	if (rc < 0)
		return rc;
	seal_id_text(ret->id, id);
	if (!streq(id, name))
		return err_set(e, ERR_INVALID, "key %.20s was changed: what stands there is key %s", name, id);
	ret->created = json_int_or(o, "created", 0);
	ret->prepared = json_is_true(json_object_get(o, "prepared"));
	return 0;
}

int keyring_parse(struct keyring *ret, const char *text, size_t n, struct err *e)
{
	AUTO_JSON json_t *o = NULL;
	struct keyring k = {0};
	if (json_parse(text, n, &o, e) < 0)
		return err_set(e, ERR_INVALID, "it is not JSON");
	int64_t format = json_int_or(o, "format", 0);
	if (format > FORMAT)
		return err_set(e, ERR_INVALID, "it was written by a newer minik (format %lld)", (long long)format);
	const json_t *keys = json_object_get(o, "keys");
	if (format != FORMAT || !json_is_array(keys))
		return err_set(e, ERR_INVALID, "it is not a file of minik's keys");
	if (json_array_size(keys) > KEYRING_MAX)
		return err_set(e, ERR_INVALID, "more than %u keys", KEYRING_MAX);
	for (size_t i = 0; i < json_array_size(keys); i++) {
		int rc = read_key(&k.keys[k.n], json_array_get(keys, i), e);
		if (rc == 0 && keyring_find(&k, k.keys[k.n].id))
			rc = err_set(e, ERR_INVALID, "it holds a key twice");
		if (rc < 0) {
			keyring_wipe(&k);
			return rc;
		}
		k.n++;
	}
	k.enabled = json_is_true(json_object_get(o, "enabled"));
	if (k.enabled && (k.n == 0 || k.keys[0].prepared)) {
		keyring_wipe(&k);
		return err_set(e, ERR_INVALID, "it is enabled, but its first key is not one to seal with");
	}
	*ret = k;
	keyring_wipe(&k);
	return 0;
}

int keyring_read(struct keyring *ret, const char *path, struct err *e)
{
	AUTO_BUF struct buf text = {0};
	int rc = fs_read(path, FILE_MAX, &text, e);
	if (rc < 0)
		return rc;
	rc = keyring_parse(ret, text.data ? text.data : "", text.len, e);
	if (text.data)
		explicit_bzero(text.data, text.len);
	return rc < 0 ? err_wrap(e, "%.120s", path) : 0;
}

static int write_text(const struct keyring *k, struct buf *out)
{
	buf_addf(out, "{\"format\":%d,\"enabled\":%s,\"keys\":[", FORMAT, k->enabled ? "true" : "false");
	for (size_t i = 0; i < k->n; i++) {
		const struct seal_key *one = &k->keys[i];
		char id[SEAL_ID_TEXT];
		AUTO_FREE char *b64 = NULL;
		seal_id_text(one->id, id);
		if (b64_encode(one->key, SEAL_KEY_LEN, false, &b64) < 0)
			return -ENOMEM;
		buf_addf(out, "%s\n{\"id\":\"%s\",\"key\":\"%s\",\"created\":%lld%s}", i ? "," : "", id, b64,
			 (long long)one->created, one->prepared ? ",\"prepared\":true" : "");
		explicit_bzero(b64, strlen(b64));
	}
	buf_adds(out, "\n]}\n");
	return buf_failed(out) ? -ENOMEM : 0;
}

int keyring_write(const struct keyring *k, const char *path, struct err *e)
{
	AUTO_BUF struct buf text = {0};
	AUTO_FREE char *dir = str_dup(path);
	char *slash = dir ? strrchr(dir, '/') : NULL;
	if (!dir || write_text(k, &text) < 0)
		return err_nomem(e);
	int rc = 0;
	if (slash && slash > dir) {
		*slash = '\0';
		rc = fs_mkdir_p(dir, 0700, e);
	}
	if (rc == 0)
		rc = fs_write_atomic(path, text.data, text.len, 0600, e);
	explicit_bzero(text.data, text.len);
	return rc;
}

/* --- changes --- */

int keyring_prepare(struct keyring *k, int64_t now, struct err *e)
{
	if (k->n >= KEYRING_MAX)
		return err_set(
		    e, ERR_TOO_MANY,
		    "there are %u keys already: minik secrets-encrypt prune-keys removes those that nothing needs",
		    KEYRING_MAX);
	struct seal_key *one = &k->keys[k->n];
	*one = (struct seal_key){.created = now, .prepared = true};
	random_bytes(one->key, SEAL_KEY_LEN);
	int rc = key_id(one->key, one->id, e);
	if (rc == 0)
		k->n++;
	return rc;
}

bool keyring_promote(struct keyring *k)
{
	size_t i = 0;
	while (i < k->n && !k->keys[i].prepared)
		i++;
	if (i == k->n)
		return false;
	struct seal_key one = k->keys[i];
	memmove(&k->keys[1], &k->keys[0], i * sizeof(one));
	one.prepared = false;
	k->keys[0] = one;
	explicit_bzero(&one, sizeof(one));
	return true;
}

void keyring_drop(struct keyring *k, size_t i)
{
	memmove(&k->keys[i], &k->keys[i + 1], (k->n - i - 1) * sizeof(k->keys[0]));
	k->n--;
	explicit_bzero(&k->keys[k->n], sizeof(k->keys[0]));
}

int keyring_merge(struct keyring *k, const struct keyring *src, struct err *e)
{
	for (size_t i = 0; i < src->n; i++) {
		if (keyring_find(k, src->keys[i].id))
			continue;
		if (k->n >= KEYRING_MAX)
			return err_set(e, ERR_TOO_MANY, "more than %u keys", KEYRING_MAX);
		k->keys[k->n++] = src->keys[i];
	}
	return 0;
}
