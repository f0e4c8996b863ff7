#include "wire/websocket.h"
#include <errno.h>
#include <gnutls/crypto.h>
#include "base/str.h"

#define CONTROL_MAX 125u /* RFC 6455 section 5.5 */

static int sha1_b64(const char *key, char out[29])
{
	static const char guid[] = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
	AUTO_FREE char *b64 = NULL;
	char text[24 + sizeof(guid)];
	unsigned char digest[20];

	memcpy(text, key, 24);
	memcpy(text + 24, guid, sizeof(guid));
	if (gnutls_hash_fast(GNUTLS_DIG_SHA1, text, 24 + sizeof(guid) - 1, digest) < 0 ||
	    b64_encode(digest, sizeof(digest), false, &b64) < 0)
		return ERR_INTERNAL;
	return str_copy(out, 29, b64) ? 0 : ERR_INTERNAL;
}

int ws_accept_key(const char *key, char out[29], struct err *e)
{
	AUTO_FREE void *raw = NULL;
	size_t n = 0;

	if (!key || strlen(key) != 24 || b64_decode(key, 24, false, &raw, &n) < 0 || n != 16)
		return err_set(e, ERR_BAD_REQUEST, "Sec-WebSocket-Key is not 16 bytes in base64");
	if (sha1_b64(key, out) < 0)
		return err_set(e, ERR_INTERNAL, "cannot compute Sec-WebSocket-Accept");
	return 0;
}

void ws_random_key(char out[25])
{
	static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	uint8_t r[18] = {0};

	/* 16 bytes in base64: 21 whole letters, one that carries two bits, and padding. */
	random_bytes(r, 16);
	for (size_t i = 0, o = 0; i < 18; i += 3) {
		uint32_t v = (uint32_t)r[i] << 16 | (uint32_t)r[i + 1] << 8 | r[i + 2];

		for (int shift = 18; shift >= 0; shift -= 6)
			out[o++] = alphabet[v >> shift & 63];
	}
	out[22] = out[23] = '=';
	out[24] = 0;
}

const char *protocol_choose(const char *offered, const char *const *ours, enum protocol_order order)
{
	size_t best = SIZE_MAX;

	for (const char *p = offered; p && *p;) {
		size_t n;

		p += strspn(p, ", \t");
		n = strcspn(p, ", \t");
		for (size_t i = 0; n && ours[i] && i < best; i++)
			if (strlen(ours[i]) == n && !memcmp(ours[i], p, n))
				best = i;
		if (best != SIZE_MAX && order == PROTOCOL_BY_CLIENT)
			break;
		p += n;
	}
	return best == SIZE_MAX ? NULL : ours[best];
}

enum state { S_HEAD, S_PAYLOAD, S_BROKEN };

struct ws_decoder {
	enum state state;
	bool expect_masked;
	size_t max_message;

	/* the frame */
	bool fin, masked;
	int opcode;
	uint8_t head[14];
	size_t head_len, head_want;
	uint64_t left; /* payload bytes still to come */
	uint8_t mask[4];
	size_t mask_at;

	int message; /* opcode of the message under way; 0: none */
	struct buf data;
	uint8_t control[CONTROL_MAX];
	size_t control_len;
};

int ws_decoder_new(struct ws_decoder **ret, bool expect_masked, size_t max_message)
{
	struct ws_decoder *d = calloc(1, sizeof(*d));

	if (!d)
		return -ENOMEM;
	d->expect_masked = expect_masked;
	d->max_message = max_message;
	d->head_want = 2;
	*ret = d;
	return 0;
}

struct ws_decoder *ws_decoder_free(struct ws_decoder *d)
{
	if (d) {
		buf_done(&d->data);
		free(d);
	}
	return NULL;
}

/* RFC 3629: no overlong forms, no surrogates, nothing beyond U+10FFFF. */
static bool utf8_ok(const uint8_t *p, size_t n)
{
	size_t i = 0;

	while (i < n) {
		uint32_t c = p[i], min;
		size_t more;

		if (c < 0x80) {
			i++;
			continue;
		}
		if (c >= 0xc2 && c <= 0xdf) {
			more = 1;
			min = 0x80;
			c &= 0x1f;
		} else if (c >= 0xe0 && c <= 0xef) {
			more = 2;
			min = 0x800;
			c &= 0x0f;
		} else if (c >= 0xf0 && c <= 0xf4) {
			more = 3;
			min = 0x10000;
			c &= 0x07;
		} else {
			return false;
		}
		if (n - i <= more)
			return false;
		for (size_t k = 1; k <= more; k++) {
			if ((p[i + k] & 0xc0) != 0x80)
				return false;
			c = c << 6 | (p[i + k] & 0x3f);
		}
		if (c < min || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
			return false;
		i += more + 1;
	}
	return true;
}

/* Section 7.4: what may come over the wire. */
static bool close_ok(const uint8_t *p, size_t n)
{
	unsigned code;

	if (n == 0)
		return true;
	if (n == 1)
		return false;
	code = (unsigned)p[0] << 8 | p[1];
	if (!((code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999)))
		return false;
	return utf8_ok(p + 2, n - 2);
}

static int head_first(struct ws_decoder *d, struct err *e)
{
	uint8_t a = d->head[0], b = d->head[1];
	bool control;

	d->fin = a & 0x80;
	d->opcode = a & 0x0f;
	d->masked = b & 0x80;
	d->left = b & 0x7f;
	control = d->opcode & 0x08;
	if (a & 0x70)
		return err_set(e, ERR_PROTO, "WebSocket frame uses reserved bits");
	if (d->masked != d->expect_masked)
		return err_set(e, ERR_PROTO, "WebSocket frame is %smasked", d->masked ? "" : "not ");
	if (control && (!d->fin || d->left > CONTROL_MAX))
		return err_set(e, ERR_PROTO, "WebSocket control frame is fragmented or too long");
	switch (d->opcode) {
	case 0:
		if (!d->message)
			return err_set(e, ERR_PROTO, "WebSocket continuation without a message");
		break;
	case WS_TEXT:
	case WS_BINARY:
		if (d->message)
			return err_set(e, ERR_PROTO, "WebSocket message begins inside another");
		break;
	case WS_CLOSE:
	case WS_PING:
	case WS_PONG:
		break;
	default:
		return err_set(e, ERR_PROTO, "WebSocket opcode %d is unknown", d->opcode);
	}
	d->head_want = 2 + (d->left == 126 ? 2u : d->left == 127 ? 8u : 0u) + (d->masked ? 4u : 0u);
	return 0;
}

/* The whole header is there. */
static int head_rest(struct ws_decoder *d, struct err *e)
{
	const uint8_t *p = d->head + 2;

	if (d->left == 126) {
		d->left = (uint64_t)p[0] << 8 | p[1];
		p += 2;
		if (d->left < 126)
			return err_set(e, ERR_PROTO, "WebSocket length is not in its shortest form");
	} else if (d->left == 127) {
		d->left = 0;
		for (int i = 0; i < 8; i++)
			d->left = d->left << 8 | *p++;
		if (d->left < 65536 || d->left >> 63)
			return err_set(e, ERR_PROTO, "WebSocket length is not in its shortest form");
	}
	if (d->masked)
		memcpy(d->mask, p, 4);
	d->mask_at = 0;
	d->control_len = 0;
	if (!(d->opcode & 0x08)) {
		if (d->opcode)
			d->message = d->opcode;
		if (d->left > d->max_message - d->data.len)
			return err_set(e, ERR_PROTO, "WebSocket message is longer than %zu bytes", d->max_message);
	}
	return 0;
}

static int frame_end(struct ws_decoder *d, int (*fn)(void *arg, int opcode, const uint8_t *data, size_t len), void *arg,
		     struct err *e)
{
	static const uint8_t nothing[1];
	int rc, message = d->message;

	d->state = S_HEAD;
	d->head_len = 0;
	d->head_want = 2;
	if (d->opcode & 0x08) {
		if (d->opcode == WS_CLOSE && !close_ok(d->control, d->control_len))
			return err_set(e, ERR_PROTO, "WebSocket close frame is malformed");
		return fn(arg, d->opcode, d->control, d->control_len);
	}
	if (!d->fin)
		return 0;
	d->message = 0;
	if (buf_failed(&d->data))
		return err_nomem(e);
	if (message == WS_TEXT && !utf8_ok((const uint8_t *)d->data.data, d->data.len))
		return err_set(e, ERR_PROTO, "WebSocket text is not UTF-8");
	rc = fn(arg, message, d->data.len ? (const uint8_t *)d->data.data : nothing, d->data.len);
	if (d->data.cap > 65536)
		buf_done(&d->data); /* one big message does not hold its memory for ever */
	else
		buf_trim(&d->data, 0);
	return rc;
}

static int payload_add(struct ws_decoder *d, const uint8_t *p, size_t n, struct err *e)
{
	uint8_t *to;

	if (d->opcode & 0x08) {
		to = d->control + d->control_len;
		memcpy(to, p, n);
		d->control_len += n;
	} else {
		size_t at = d->data.len;

		buf_add(&d->data, p, n);
		if (buf_failed(&d->data))
			return err_nomem(e);
		to = (uint8_t *)d->data.data + at;
	}
	if (d->masked)
		for (size_t i = 0; i < n; i++)
			to[i] ^= d->mask[(d->mask_at + i) & 3];
	d->mask_at = (d->mask_at + n) & 3;
	d->left -= n;
	return 0;
}

int ws_decoder_feed(struct ws_decoder *d, const void *data, size_t n,
		    int (*fn)(void *arg, int opcode, const uint8_t *data, size_t len), void *arg, struct err *e)
{
	const uint8_t *p = data, *end = p + n;
	int rc = 0;

	if (d->state == S_BROKEN)
		return err_set(e, ERR_PROTO, "WebSocket connection is broken already");
	while (rc == 0 && p < end) {
		if (d->state == S_HEAD) {
			d->head[d->head_len++] = *p++;
			if (d->head_len == 2)
				rc = head_first(d, e);
			if (rc == 0 && d->head_len >= 2 && d->head_len == d->head_want) {
				rc = head_rest(d, e);
				d->state = S_PAYLOAD;
				if (rc == 0 && d->left == 0)
					rc = frame_end(d, fn, arg, e);
			}
			continue;
		}
		size_t part = (size_t)(end - p);

		if (part > d->left)
			part = (size_t)d->left;
		rc = payload_add(d, p, part, e);
		p += part;
		if (rc == 0 && d->left == 0)
			rc = frame_end(d, fn, arg, e);
	}
	if (rc != 0)
		d->state = S_BROKEN;
	return rc;
}

void ws_encode(struct buf *out, int opcode, const void *p, size_t n, bool mask)
{
	uint8_t head[14], key[4];
	size_t h = 2, at;

	head[0] = (uint8_t)(0x80 | opcode);
	if (n < 126) {
		head[1] = (uint8_t)n;
	} else if (n < 65536) {
		head[1] = 126;
		head[2] = (uint8_t)(n >> 8);
		head[3] = (uint8_t)n;
		h = 4;
	} else {
		head[1] = 127;
		for (size_t i = 0; i < 8; i++)
			head[2 + i] = (uint8_t)((uint64_t)n >> (56 - 8 * i));
		h = 10;
	}
	if (mask) {
		random_bytes(key, 4);
		head[1] |= 0x80;
		memcpy(head + h, key, 4);
		h += 4;
	}
	buf_reserve(out, h + n);
	buf_add(out, head, h);
	at = out->len;
	if (n > 0)
		buf_add(out, p, n);
	if (mask && !buf_failed(out))
		for (size_t i = 0; i < n; i++)
			out->data[at + i] = (char)((uint8_t)out->data[at + i] ^ key[i & 3]);
}

void ws_encode_close(struct buf *out, uint16_t code, const char *reason, bool mask)
{
	uint8_t p[CONTROL_MAX] = {(uint8_t)(code >> 8), (uint8_t)code};
	size_t n = reason ? strlen(reason) : 0;

	if (n > CONTROL_MAX - 2) {
		n = CONTROL_MAX - 2;
		while (n > 0 && ((uint8_t)reason[n] & 0xc0) == 0x80)
			n--; /* not in the middle of a character */
	}
	if (n > 0)
		memcpy(p + 2, reason, n);
	ws_encode(out, WS_CLOSE, p, code ? n + 2 : 0, mask);
}
