/* What is sealed with a password opens with it, and with nothing else. */
#include "wire/seal.h"
#include "base/str.h"
#include "tests/unit/test.h"

static void there_and_back(void)
{
	static const char text[] = "keys\0and more";
	struct bytes *a = NULL, *b = NULL, *out = NULL;
	struct err e = {0};

	CHECK(seal_close("token", text, sizeof(text), &a, &e) == 0);
	CHECK(seal_close("token", text, sizeof(text), &b, &e) == 0);
	/* Another salt and nonce each time. */
	CHECK(a->len == b->len && memcmp(a->data, b->data, a->len) != 0);
	CHECK(seal_open("token", a, &out, &e) == 0);
	CHECK(out && out->len == sizeof(text) && memcmp(out->data, text, sizeof(text)) == 0);
	(void)bytes_unref(out);
	CHECK(seal_close("", "", 0, &out, &e) == 0);
	struct bytes *empty = NULL;
	CHECK(seal_open("", out, &empty, &e) == 0 && empty && empty->len == 0);
	(void)bytes_unref(empty);
	(void)bytes_unref(out);
	(void)bytes_unref(a);
	(void)bytes_unref(b);
}

static void nothing_else(void)
{
	struct bytes *a = NULL, *out = NULL;
	struct err e = {0};

	CHECK(seal_close("token", "secret", 6, &a, &e) == 0);
	CHECK(seal_open("tokem", a, &out, &e) == ERR_UNAUTHORIZED);
	/* Any bit: of the head, the salt, the nonce, the text, the tag. */
	const size_t at[] = {8, 23, 24, 35, 36, a->len - 1};
	for (size_t i = 0; i < sizeof(at) / sizeof(at[0]); i++) {
		a->data[at[i]] = (char)(a->data[at[i]] ^ 1);
		CHECK(seal_open("token", a, &out, &e) == ERR_UNAUTHORIZED);
		a->data[at[i]] = (char)(a->data[at[i]] ^ 1);
	}
	a->data[4] = (char)(a->data[4] ^ 1); /* iterations */
	CHECK(seal_open("token", a, &out, &e) == ERR_UNAUTHORIZED);
	memset(a->data + 4, 0xff, 4); /* would take minutes */
	CHECK(seal_open("token", a, &out, &e) == ERR_BAD_REQUEST);
	a->data[0] = 'x';
	CHECK(seal_open("token", a, &out, &e) == ERR_BAD_REQUEST);
	a->len = 10;
	CHECK(seal_open("token", a, &out, &e) == ERR_BAD_REQUEST);
	CHECK(!out);
	(void)bytes_unref(a);
}

int main(void)
{
	RUN(there_and_back);
	RUN(nothing_else);
	return TEST_END();
}
