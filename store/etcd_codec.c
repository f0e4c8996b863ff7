/* What goes over the wire to etcd and back: base64, JSON as the gateway has it, and the envelope around values. */
#include <errno.h>
#include <inttypes.h>
#include "base/str.h"
#include "store/etcd.h"

#define NO_INDEX UINT32_MAX
static const char magic[4] = {'m', 'n', 'k', '1'};

static void put_u32(unsigned char *p, uint32_t v)
{
	for (unsigned i = 0; i < 4; i++)
		p[i] = (unsigned char)(v >> (8 * i));
}

static uint32_t get_u32(const unsigned char *p)
{
	return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

int envelope_write(struct buf *out, const struct envelope *v)
{
	unsigned char head[ENVELOPE_HEAD];
	if (v->splice > VALUE_MAX || v->index_len > VALUE_MAX || v->value_len > VALUE_MAX)
		return -EINVAL;
	memcpy(head, magic, sizeof(magic));
	put_u32(head + 4, (uint32_t)v->splice);
	put_u32(head + 8, v->index ? (uint32_t)v->index_len : NO_INDEX);
	buf_add(out, head, sizeof(head));
	if (v->index)
		buf_add(out, v->index, v->index_len);
	buf_add(out, v->value, v->value_len);
	return 0;
}

int envelope_read(struct envelope *ret, const void *p, size_t n)
{
	const unsigned char *u = p;
	if (n < ENVELOPE_HEAD || memcmp(u, magic, sizeof(magic)) != 0)
		return -EINVAL;
	uint32_t index_len = get_u32(u + 8);
	size_t left = n - ENVELOPE_HEAD, skip = index_len == NO_INDEX ? 0 : index_len;
	*ret = (struct envelope){.splice = get_u32(u + 4)};
	if (skip > left || ret->splice > left - skip)
		return -EINVAL;
	ret->index = index_len == NO_INDEX ? NULL : u + ENVELOPE_HEAD;
	ret->index_len = skip;
	ret->value = u + ENVELOPE_HEAD + skip;
	ret->value_len = left - skip;
	return 0;
}

void buf_add_b64(struct buf *b, const void *p, size_t n)
{
	static const char set[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const unsigned char *u = p;
	buf_reserve(b, (n + 2) / 3 * 4 + 1);
	if (buf_failed(b))
		return;
	char *o = b->data + b->len;
	for (; n >= 3; n -= 3, u += 3) {
		*o++ = set[u[0] >> 2];
		*o++ = set[(u[0] & 3) << 4 | u[1] >> 4];
		*o++ = set[(u[1] & 15) << 2 | u[2] >> 6];
		*o++ = set[u[2] & 63];
	}
	if (n > 0) {
		unsigned second = n > 1 ? u[1] : 0;
		*o++ = set[u[0] >> 2];
		*o++ = set[(u[0] & 3) << 4 | second >> 4];
		*o++ = n > 1 ? set[(second & 15) << 2] : '=';
		*o++ = '=';
	}
	*o = 0;
	b->len = (size_t)(o - b->data);
}

void buf_add_field(struct buf *b, const char *name, const void *p, size_t n)
{
	buf_addf(b, "\"%s\":\"", name);
	buf_add_b64(b, p, n);
	buf_addc(b, '"');
}

void buf_add_range(struct buf *b, const char *prefix, const char *after)
{
	size_t n = strlen(prefix);
	AUTO_FREE char *end = str_dup(prefix);
	if (!end) {
		b->failed = true;
		return;
	}
	if (after && strcmp(after, prefix) >= 0)
		buf_add_field(b, "key", after, strlen(after) + 1); /* with its NUL: the next key there can be */
	else
		buf_add_field(b, "key", prefix, n);
	while (n > 0 && (unsigned char)end[n - 1] == 0xff)
		n--;
	if (n > 0)
		end[n - 1] = (char)((unsigned char)end[n - 1] + 1);
	buf_addc(b, ',');
	buf_add_field(b, "range_end", n > 0 ? end : "", n > 0 ? n : 1); /* "\0": no end */
}

int64_t etcd_int(const json_t *o, const char *name)
{
	const json_t *v = json_object_get(o, name);
	int64_t n = 0;
	if (json_is_integer(v))
		return json_integer_value(v);
	if (json_is_string(v) && str_to_i64(json_string_value(v), INT64_MIN, INT64_MAX, &n) < 0)
		n = 0;
	return n;
}

static int bytes_field(const json_t *o, const char *name, void **ret, size_t *ret_len)
{
	const json_t *v = json_object_get(o, name);
	*ret = NULL;
	*ret_len = 0;
	if (!v)
		return 0;
	if (!json_is_string(v))
		return -EINVAL;
	return b64_decode(json_string_value(v), json_string_length(v), false, ret, ret_len);
}

int etcd_kv_read(struct etcd_kv *ret, const json_t *kv)
{
	void *key = NULL;
	*ret = (struct etcd_kv){.create = etcd_int(kv, "create_revision"), .mod = etcd_int(kv, "mod_revision")};
	int rc = bytes_field(kv, "key", &key, &ret->key_len);
	ret->key = key;
	if (rc == 0)
		rc = bytes_field(kv, "value", &ret->value, &ret->value_len);
	if (rc == 0 && (!ret->key || ret->mod <= 0))
		rc = -EINVAL;
	if (rc < 0) {
		etcd_kv_done(ret);
		return rc == -ENOMEM ? rc : ERR_PROTO;
	}
	ret->sound =
	    ret->value && strlen(ret->key) == ret->key_len && envelope_read(&ret->env, ret->value, ret->value_len) == 0;
	return 0;
}

void etcd_kv_done(struct etcd_kv *kv)
{
	free(kv->key);
	free(kv->value);
	*kv = (struct etcd_kv){0};
}
