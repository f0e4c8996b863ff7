/* First byte: whether frames must be masked, and how the input is cut. */
#include <stdint.h>
#include "wire/websocket.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static int on_message(void *arg, int opcode, const uint8_t *data, size_t len)
{
	struct buf *again = arg;

	ws_encode(again, opcode, data, len, false);
	if (again->len > 1 << 20)
		buf_trim(again, 0);
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	AUTO_BUF struct buf again = {0};
	struct ws_decoder *d = NULL;
	struct err e;
	size_t step;

	if (n < 1 || ws_decoder_new(&d, data[0] & 1, 70000) < 0)
		return 0;
	step = (data[0] >> 1) + 1u;
	for (size_t off = 1; off < n; off += step)
		if (ws_decoder_feed(d, data + off, n - off < step ? n - off : step, on_message, &again, &e) != 0)
			break;
	ws_decoder_free(d);
	return 0;
}
