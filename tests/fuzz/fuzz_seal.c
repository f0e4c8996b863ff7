/* What lies in a datastore where a sealed value is expected, and the file of keys: a byte that says which (v value, k
 * file), then its bytes. Values are tried with the key of 32 bytes 7 in the place of /secrets/default/x. */
#include <stdint.h>
#include <stdlib.h>
#include "store/seal.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void value(const uint8_t *p, size_t n)
{
	static const struct seal_place at = {"/secrets/default/x", 18, 13}, other = {"/secrets/default/y", 18, 13};
	struct seal_key k = {.created = 1};
	struct bytes *raw = NULL, *again = NULL, *back = NULL;
	struct err e = {0};

	memset(k.key, 7, sizeof(k.key));
	if (seal_is(p, n))
		memcpy(k.id, seal_id(p), SEAL_ID_LEN);
	int rc = seal_open_value(&k, &at, p, n, &raw, &e);
	if (rc < 0) {
		if (raw || !e.msg[0])
			abort();
		return;
	}
	/* It opens in its own place alone; what comes out goes in again, as something else. */
	if (raw->len + SEAL_OVER != n || seal_open_value(&k, &other, p, n, &back, &e) != ERR_TAMPERED)
		abort();
	if (seal_close_value(&k, &at, raw->data, raw->len, &again, &e) < 0 || again->len != n ||
	    memcmp(again->data, p, n) == 0 || seal_open_value(&k, &at, again->data, again->len, &back, &e) < 0 ||
	    back->len != raw->len || memcmp(back->data, raw->data, raw->len) != 0)
		abort();
	bytes_unref(raw);
	bytes_unref(again);
	bytes_unref(back);
}

static void file(const char *p, size_t n)
{
	struct keyring k, more = {0};
	struct err e = {0};

	if (keyring_parse(&k, p, n, &e) < 0) {
		if (!e.msg[0])
			abort();
		return;
	}
	if (k.n > KEYRING_MAX || (k.enabled && k.n == 0))
		abort();
	if (keyring_merge(&more, &k, &e) < 0 || more.n != k.n)
		abort();
	while (keyring_promote(&more))
		;
	while (more.n > 0)
		keyring_drop(&more, 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size > 0 && data[0] == 'k')
		file((const char *)data + 1, size - 1);
	else if (size > 0)
		value(data + 1, size - 1);
	return 0;
}
