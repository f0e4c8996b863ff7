/* First byte: which side we are, and how the input is cut. */
#include <stdint.h>
#include "wire/spdy.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static int on_stream(void *arg, uint32_t id, const struct spdy_header *h, size_t n, bool fin)
{
	struct spdy **s = arg;

	(void)fin;
	if (n > 3)
		return 1;
	spdy_reply(*s, id, h, n, id % 5 == 0);
	return 0;
}

static void on_data(void *arg, uint32_t id, const uint8_t *p, size_t n, bool fin)
{
	struct spdy **s = arg;

	spdy_consumed(*s, id, n);
	spdy_send(*s, id, p, n, fin);
	if (n == 13)
		spdy_reset(*s, id, 5);
}

static void on_window(void *arg, uint32_t id)
{
	struct spdy **s = arg;

	spdy_send(*s, id, "more", 4, false);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const struct spdy_callbacks cb = {.on_stream = on_stream, .on_data = on_data, .on_window = on_window};
	struct spdy *s = NULL;
	struct err e;
	uint32_t id;
	size_t step;

	if (n < 1 || spdy_new(&s, data[0] & 1, &cb, &s, NULL) < 0)
		return 0;
	spdy_open(s, NULL, 0, false, &id, &e);
	step = (data[0] >> 1) + 1u;
	for (size_t off = 1; off < n; off += step)
		if (spdy_feed(s, data + off, n - off < step ? n - off : step, &e) != 0)
			break;
	spdy_free(s);
	return 0;
}
