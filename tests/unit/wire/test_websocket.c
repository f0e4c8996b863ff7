#include "tests/unit/test.h"
#include "wire/websocket.h"

struct got {
	struct buf log;
	int count, stop_at;
	size_t last_len;
};

static int on_message(void *arg, int opcode, const uint8_t *data, size_t len)
{
	struct got *g = arg;

	buf_addf(&g->log, "%d:", opcode);
	if (len < 200)
		buf_add(&g->log, data, len);
	else
		buf_addf(&g->log, "<%zu>", len);
	buf_addc(&g->log, '|');
	g->last_len = len;
	return ++g->count == g->stop_at ? 42 : 0;
}

/* Decodes in pieces of 1, 2 and all bytes; the results must agree with `want`, or with code. */
static void decode(const void *p, size_t n, bool masked, const char *want, int code)
{
	for (size_t step = 1; step <= n; step = step == 1 ? 2 : step == 2 && n > 2 ? n : n + 1) {
		struct ws_decoder *d = NULL;
		struct got g = {0};
		struct err e = {0};
		int rc = 0;

		CHECK(ws_decoder_new(&d, masked, 100000) == 0);
		for (size_t off = 0; off < n && rc == 0; off += step)
			rc = ws_decoder_feed(d, (const char *)p + off, n - off < step ? n - off : step, on_message, &g,
					     &e);
		CHECK(rc == code);
		if (want)
			CHECK_STR(g.log.data ? g.log.data : "", want);
		buf_done(&g.log);
		ws_decoder_free(d);
	}
}
#define DECODE(bytes, masked, want, code) decode(bytes, sizeof(bytes) - 1, masked, want, code)

static void test_handshake(void)
{
	char out[29], key[25];
	struct err e = {0};

	CHECK(ws_accept_key("dGhlIHNhbXBsZSBub25jZQ==", out, &e) == 0);
	CHECK_STR(out, "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
	CHECK(ws_accept_key("short", out, &e) == ERR_BAD_REQUEST);
	CHECK(ws_accept_key(NULL, out, &e) == ERR_BAD_REQUEST);
	CHECK(ws_accept_key("!!!!!!!!!!!!!!!!!!!!!!==", out, &e) == ERR_BAD_REQUEST);
	for (int i = 0; i < 100; i++) {
		ws_random_key(key);
		CHECK(strlen(key) == 24 && ws_accept_key(key, out, &e) == 0);
	}
}

/* RFC 6455 section 5.7 */
static void test_examples(void)
{
	struct buf b = {0};

	DECODE("\x81\x05\x48\x65\x6c\x6c\x6f", false, "1:Hello|", 0);
	DECODE("\x81\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58", true, "1:Hello|", 0);
	DECODE("\x01\x03\x48\x65\x6c\x80\x02\x6c\x6f", false, "1:Hello|", 0);
	DECODE("\x89\x05\x48\x65\x6c\x6c\x6f", false, "9:Hello|", 0);
	DECODE("\x8a\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58", true, "10:Hello|", 0);
	buf_add(&b, "\x82\x7e\x01\x00", 4);
	for (int i = 0; i < 256; i++)
		buf_addc(&b, (char)i);
	decode(b.data, b.len, false, "2:<256>|", 0);
	buf_done(&b);
	buf_add(&b, "\x82\x7f\x00\x00\x00\x00\x00\x01\x00\x00", 10);
	for (int i = 0; i < 65536; i++)
		buf_addc(&b, (char)i);
	decode(b.data, b.len, false, "2:<65536>|", 0);
	buf_done(&b);
}

static void test_fragments(void)
{
	/* A ping in the middle; empty fragments; several messages. */
	DECODE("\x01\x02\x61\x62\x89\x01\x70\x00\x00\x80\x01\x63", false, "9:p|1:abc|", 0);
	DECODE("\x82\x00\x81\x00\x82\x01\x78", false, "2:|1:|2:x|", 0);
	/* UTF-8 split over fragments. */
	DECODE("\x01\x02\xe2\x82\x80\x01\xac", false, "1:\xe2\x82\xac|", 0);
	DECODE("\x88\x00", false, "8:|", 0);
	DECODE("\x88\x04\x03\xe8\x6f\x6b", false, "8:\x03\xe8ok|", 0);
}

static void test_bad(void)
{
	DECODE("\xc1\x00", false, "", ERR_PROTO);                    /* reserved bit */
	DECODE("\x83\x00", false, "", ERR_PROTO);                    /* reserved opcode */
	DECODE("\x81\x05\x48\x65\x6c\x6c\x6f", true, "", ERR_PROTO); /* a client must mask */
	DECODE("\x81\x80\x01\x02\x03\x04", false, "", ERR_PROTO);    /* a server must not */
	DECODE("\x80\x00", false, "", ERR_PROTO);                    /* continues nothing */
	DECODE("\x01\x00\x81\x00", false, "", ERR_PROTO);            /* a message inside another */
	DECODE("\x09\x00", false, "", ERR_PROTO);                    /* fragmented control frame */
	DECODE("\x89\x7e\x00\x7e", false, "", ERR_PROTO);            /* long control frame */
	DECODE("\x82\x7e\x00\x7d", false, "", ERR_PROTO);            /* not the shortest length */
	DECODE("\x82\x7f\x00\x00\x00\x00\x00\x00\xff\xff", false, "", ERR_PROTO);
	DECODE("\x82\x7f\xff\xff\xff\xff\xff\xff\xff\xff", false, "", ERR_PROTO);
	DECODE("\x82\x7f\x00\x00\x00\x00\x00\x01\x86\xa1", false, "", ERR_PROTO); /* 100001 > max_message */
	DECODE("\x81\x02\xc3\x28", false, "", ERR_PROTO);                         /* not UTF-8 */
	DECODE("\x81\x03\xed\xa0\x80", false, "", ERR_PROTO);                     /* surrogate */
	DECODE("\x81\x02\xc0\x80", false, "", ERR_PROTO);                         /* overlong */
	DECODE("\x81\x01\xe2", false, "", ERR_PROTO);                             /* cut */
	DECODE("\x88\x01\x03", false, "", ERR_PROTO);                             /* half a code */
	DECODE("\x88\x02\x03\xed", false, "", ERR_PROTO);                         /* 1005 is never sent */
	DECODE("\x88\x03\x03\xe8\xff", false, "", ERR_PROTO);
}

static void test_encode(void)
{
	static const size_t sizes[] = {0, 1, 125, 126, 127, 65535, 65536, 99999};
	struct err e = {0};

	for (size_t i = 0; i < ARRAY_LEN(sizes); i++)
		for (int mask = 0; mask < 2; mask++) {
			struct ws_decoder *d = NULL;
			struct got g = {0};
			struct buf b = {0};
			char *data = calloc(1, sizes[i] + 1);

			memset(data, 'z', sizes[i]);
			ws_encode(&b, WS_BINARY, data, sizes[i], mask);
			ws_encode_close(&b, 1011, "gone", mask);
			CHECK(ws_decoder_new(&d, mask, 99999) == 0);
			CHECK(ws_decoder_feed(d, b.data, b.len, on_message, &g, &e) == 0);
			CHECK(g.count == 2 && g.last_len == 6);
			/* fn stops it. */
			g.count = 0;
			g.stop_at = 1;
			CHECK(ws_decoder_feed(d, b.data, b.len, on_message, &g, &e) == 42);
			CHECK(ws_decoder_feed(d, b.data, b.len, on_message, &g, &e) == ERR_PROTO);
			buf_done(&b);
			buf_done(&g.log);
			free(data);
			ws_decoder_free(d);
		}
}

static void test_protocols(void)
{
	static const char *const ours[] = {"v5.x", "v4.x", "x", NULL};
	static const struct {
		const char *offered, *by_server, *by_client;
	} cases[] = {{"v5.x", "v5.x", "v5.x"},
		     {"x,v4.x", "v4.x", "x"},
		     {" v4.x ,\t v5.x ", "v5.x", "v4.x"},
		     {"v6.x, v4.x", "v4.x", "v4.x"},
		     {"v4.xx, v", "", ""},
		     {",, ,", "", ""},
		     {"", "", ""},
		     {NULL, "", ""}};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const char *server = protocol_choose(cases[i].offered, ours, PROTOCOL_BY_SERVER),
			   *client = protocol_choose(cases[i].offered, ours, PROTOCOL_BY_CLIENT);

		CHECK_STR(server ? server : "", cases[i].by_server);
		CHECK_STR(client ? client : "", cases[i].by_client);
	}
	CHECK(!protocol_choose("x", (const char *const[]){NULL}, PROTOCOL_BY_SERVER));
}

int main(void)
{
	RUN(test_protocols);
	RUN(test_handshake);
	RUN(test_examples);
	RUN(test_fragments);
	RUN(test_bad);
	RUN(test_encode);
	return TEST_END();
}
