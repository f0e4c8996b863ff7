#include <zlib.h>
#include "tests/unit/test.h"
#include "wire/spdy.h"
#include "wire/spdy_dict.h"

static void test_dictionary(void)
{
	uint8_t d[SPDY_DICT_MAX];
	size_t n = spdy_dictionary(d);

	CHECK(n == 1423);
	CHECK(adler32(adler32(0, NULL, 0), d, (unsigned)n) == 0xe3c6a7c2);
}

struct side {
	struct spdy *s;
	bool refuse, hold;
	struct buf log, data;
	uint32_t last_id;
	int windows;
};

static int on_stream(void *arg, uint32_t id, const struct spdy_header *h, size_t n, bool fin)
{
	struct side *x = arg;

	buf_addf(&x->log, "stream %u%s", id, fin ? " fin" : "");
	for (size_t i = 0; i < n; i++)
		buf_addf(&x->log, " %s=%s", h[i].name, h[i].value);
	buf_addc(&x->log, '\n');
	x->last_id = id;
	if (!x->refuse)
		spdy_reply(x->s, id, NULL, 0, false);
	return x->refuse;
}

static void on_reply(void *arg, uint32_t id, const struct spdy_header *h, size_t n)
{
	struct side *x = arg;

	(void)h;
	buf_addf(&x->log, "reply %u %zu\n", id, n);
}

static void on_data(void *arg, uint32_t id, const uint8_t *p, size_t n, bool fin)
{
	struct side *x = arg;

	buf_add(&x->data, p, n);
	if (!x->hold)
		spdy_consumed(x->s, id, n);
	if (fin)
		buf_addf(&x->log, "fin %u\n", id);
}

static void on_reset(void *arg, uint32_t id, uint32_t status)
{
	struct side *x = arg;

	buf_addf(&x->log, "reset %u %u\n", id, status);
}

static void on_window(void *arg, uint32_t id)
{
	struct side *x = arg;

	(void)id;
	x->windows++;
}

static void on_goaway(void *arg)
{
	struct side *x = arg;

	buf_adds(&x->log, "goaway\n");
}

static const struct spdy_callbacks cb = {.on_stream = on_stream,
					 .on_reply = on_reply,
					 .on_data = on_data,
					 .on_reset = on_reset,
					 .on_window = on_window,
					 .on_goaway = on_goaway};

/* Moves everything both have to say, in pieces of `step` bytes. */
static void shuttle(struct side *a, struct side *b, size_t step)
{
	struct err e = {0};

	while (spdy_out(a->s)->len || spdy_out(b->s)->len)
		for (int i = 0; i < 2; i++) {
			struct side *from = i ? b : a, *to = i ? a : b;
			struct buf *o = spdy_out(from->s);
			size_t n = o->len < step ? o->len : step;

			if (n > 0) {
				CHECK(spdy_feed(to->s, o->data, n, &e) == 0);
				buf_consume(o, n);
			}
		}
}

static void start(struct side *client, struct side *server)
{
	*client = *server = (struct side){0};
	CHECK(spdy_new(&client->s, false, &cb, client, NULL) == 0);
	CHECK(spdy_new(&server->s, true, &cb, server, NULL) == 0);
}

static void finish(struct side *a)
{
	a->s = spdy_free(a->s);
	buf_done(&a->log);
	buf_done(&a->data);
}

static void round_trip(size_t step)
{
	struct side c, s;
	struct err e = {0};
	uint32_t err_id = 0, out_id = 0;
	struct buf big = {0};
	const struct spdy_header h1[] = {{"StreamType", "error"}}, h2[] = {{"streamtype", "stdout"}, {"port", "80"}};

	start(&c, &s);
	CHECK(spdy_open(c.s, h1, 1, true, &err_id, &e) == 0 && err_id == 1);
	CHECK(spdy_open(c.s, h2, 2, false, &out_id, &e) == 0 && out_id == 3);
	shuttle(&c, &s, step);
	CHECK_STR(s.log.data, "stream 1 fin streamtype=error\nstream 3 streamtype=stdout port=80\n");
	CHECK_STR(c.log.data, "reply 1 0\nreply 3 0\n");
	CHECK(spdy_send(c.s, out_id, "hello", 5, false) == 5);
	shuttle(&c, &s, step);
	CHECK_STR(s.data.data, "hello");
	/* Much more than a window, with the peer granting as it reads. */
	for (int i = 0; i < 1000000; i++)
		buf_addc(&big, (char)('a' + i % 26));
	for (size_t off = 0; off < big.len;) {
		size_t n = spdy_send(s.s, 3, big.data + off, big.len - off, true);

		CHECK(n > 0);
		if (n == 0)
			break;
		off += n;
		shuttle(&c, &s, step < 100 ? 4096 : step);
	}
	CHECK(c.data.len == big.len && !memcmp(c.data.data, big.data, big.len));
	CHECK(strstr(c.log.data, "fin 3"));
	CHECK(spdy_send(c.s, out_id, NULL, 0, true) == 0);
	shuttle(&c, &s, step);
	CHECK(strstr(s.log.data, "fin 3"));
	/* Both sides done: the stream is forgotten. */
	CHECK(spdy_window(c.s, 3) == 0 && spdy_reply(s.s, 3, NULL, 0, false) == ERR_NOT_FOUND);
	/* The server's own streams, refusal, reset, ping by GOAWAY. */
	c.refuse = true;
	CHECK(spdy_open(s.s, h1, 1, false, &err_id, &e) == 0 && err_id == 2);
	shuttle(&c, &s, step);
	CHECK(strstr(s.log.data, "reset 2 3\n"));
	CHECK(spdy_open(c.s, h2, 2, false, &out_id, &e) == 0 && out_id == 5);
	shuttle(&c, &s, step);
	spdy_reset(s.s, 5, 5);
	shuttle(&c, &s, step);
	CHECK(strstr(c.log.data, "reset 5 5\n"));
	spdy_goaway(s.s, 0);
	shuttle(&c, &s, step);
	CHECK(strstr(c.log.data, "goaway\n"));
	CHECK(spdy_open(c.s, h2, 2, false, &out_id, &e) == ERR_UNAVAILABLE);
	buf_done(&big);
	finish(&c);
	finish(&s);
}

static void test_round_trip(void)
{
	round_trip(1);
	round_trip(7);
	round_trip(65536);
}

static void test_windows(void)
{
	static const uint8_t update[] = {0x80, 3, 0, 9, 0, 0, 0, 8, 0, 0, 0, 1, 0, 0, 0, 100};
	static const uint8_t session[] = {0x80, 3, 0, 9, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 50};
	static const uint8_t overflow[] = {0x80, 3, 0, 9, 0, 0, 0, 8, 0, 0, 0, 1, 0x7f, 0xff, 0xff, 0xff};
	static const uint8_t settings[] = {0x80, 3, 0, 4, 0, 0, 0, 12, 0, 0, 0, 1, 0, 0, 0, 7, 0, 0, 0, 10};
	static const uint8_t ping[] = {0x80, 3, 0, 6, 0, 0, 0, 4, 0, 0, 0, 2};
	char *data = calloc(1, 100000);
	struct side c, s;
	struct err e = {0};
	uint32_t id = 0;

	start(&c, &s);
	CHECK(spdy_open(c.s, NULL, 0, false, &id, &e) == 0);
	/* A peer that never spoke of windows is not bound by them. */
	CHECK(spdy_window(c.s, id) > 65536);
	CHECK(spdy_send(c.s, id, data, 65536, false) == 65536);
	CHECK(spdy_feed(c.s, update, sizeof(update), &e) == 0);
	CHECK(spdy_window(c.s, id) == 0 && c.windows == 0); /* the session's is shut */
	CHECK(spdy_send(c.s, id, data, 1000, true) == 0);
	CHECK(spdy_feed(c.s, session, sizeof(session), &e) == 0);
	CHECK(spdy_window(c.s, id) == 50 && c.windows == 1);
	CHECK(spdy_send(c.s, id, data, 1000, true) == 50);
	CHECK(spdy_feed(c.s, settings, sizeof(settings), &e) == 0);
	CHECK(spdy_feed(c.s, overflow, sizeof(overflow), &e) == 0);
	buf_consume(spdy_out(c.s), spdy_out(c.s)->len);
	CHECK(spdy_feed(c.s, ping, sizeof(ping), &e) == 0);
	CHECK(spdy_out(c.s)->len == sizeof(ping) && !memcmp(spdy_out(c.s)->data, ping, sizeof(ping)));
	finish(&c);
	finish(&s);
	free(data);
}

static void expect_proto(const void *p, size_t n)
{
	struct side s = {0};
	struct err e = {0};

	CHECK(spdy_new(&s.s, true, &cb, &s, NULL) == 0);
	CHECK(spdy_feed(s.s, p, n, &e) == ERR_PROTO);
	CHECK(e.msg[0]);
	CHECK(spdy_feed(s.s, p, n, &e) == ERR_PROTO);
	finish(&s);
}

static void test_hostile(void)
{
	static const uint8_t version[] = {0x80, 2, 0, 1, 0, 0, 0, 0};
	static const uint8_t huge[] = {0x80, 3, 0, 1, 0, 0xff, 0xff, 0xff};
	static const uint8_t stream0[] = {0, 0, 0, 0, 0, 0, 0, 1, 'x'};
	static const uint8_t garbage[] = {0x80, 3, 0, 1, 0, 0, 0, 14, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4};
	static const uint8_t ping[] = {0x80, 3, 0, 6, 0, 0, 0, 4, 0, 0, 0, 1};
	struct buf bomb = {0}, frame = {0}, flood = {0};
	uint8_t dict[SPDY_DICT_MAX];
	struct side s = {0};
	struct err e = {0};
	z_stream z = {0};
	unsigned char out[20000];
	int rc = 0;

	expect_proto(version, sizeof(version));
	expect_proto(huge, sizeof(huge));
	expect_proto(stream0, sizeof(stream0));
	expect_proto(garbage, sizeof(garbage));
	/* A header block that inflates to megabytes. */
	for (int i = 0; i < 4000000; i++)
		buf_addc(&bomb, 0);
	deflateInit(&z, 9);
	deflateSetDictionary(&z, dict, (unsigned)spdy_dictionary(dict));
	z.next_in = (unsigned char *)bomb.data;
	z.avail_in = (unsigned)bomb.len;
	z.next_out = out;
	z.avail_out = sizeof(out);
	CHECK(deflate(&z, Z_SYNC_FLUSH) == Z_OK && z.avail_in == 0);
	buf_add(&frame, "\x80\x03\x00\x01\x00\x00", 6);
	buf_addc(&frame, (char)((z.total_out + 10) >> 8));
	buf_addc(&frame, (char)(z.total_out + 10));
	buf_add(&frame, "\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00", 10);
	buf_add(&frame, out, z.total_out);
	deflateEnd(&z);
	expect_proto(frame.data, frame.len);
	/* Pings without end, and nobody reads the answers. */
	CHECK(spdy_new(&s.s, true, &cb, &s, NULL) == 0);
	for (int i = 0; i < 10000; i++)
		buf_add(&flood, ping, sizeof(ping));
	for (int i = 0; i < 100 && rc == 0; i++)
		rc = spdy_feed(s.s, flood.data, flood.len, &e);
	CHECK(rc == ERR_PROTO);
	finish(&s);
	buf_done(&bomb);
	buf_done(&frame);
	buf_done(&flood);
}

int main(void)
{
	RUN(test_dictionary);
	RUN(test_round_trip);
	RUN(test_windows);
	RUN(test_hostile);
	return TEST_END();
}
