/* The scanner is safe on anything, and on what it calls valid it agrees with the parser. */
#include "api/scan.h"
#include "base/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int any_key(void *arg, const char *key, size_t key_len, const char *val, size_t val_len)
{
	volatile size_t *sum = arg;
	*sum += key_len + val_len + (key_len ? (unsigned char)key[key_len - 1] : 0) + (unsigned char)val[val_len - 1];
	return 0;
}

static int any_elem(void *arg, const char *val, size_t val_len)
{
	volatile size_t *sum = arg;
	*sum += (unsigned char)val[val_len - 1];
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const paths[] = {"", "metadata", "metadata.name", "a.b.c", "a"};
	const char *s = (const char *)data, *p;
	char text[16];
	size_t n, off, sum = 0;

	for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
		(void)scan_find(s, size, paths[i], &p, &n);
		(void)scan_str(s, size, paths[i], text, sizeof(text));
		(void)scan_each(s, size, paths[i], any_key, &sum);
		(void)scan_each_elem(s, size, paths[i], any_elem, &sum);
	}
	bool valid = scan_valid(s, size, 64, &off);
	json_t *v = NULL;
	if (json_parse(s, size, &v, NULL) == 0 && valid && json_is_object(v)) {
		json_t *name = json_object_get(json_object_get(v, "metadata"), "name");
		char longer[256];
		if (scan_str(s, size, "metadata.name", longer, sizeof(longer)) && !json_is_string(name) && !name)
			abort();
	} else if (v && !valid && off > size) {
		abort();
	}
	json_decref(v);
	return 0;
}
