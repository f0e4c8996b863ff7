#include "wire/proto.h"
#include <errno.h>
#include "base/str.h"

#define DEPTH_MAX 32

int proto_pack(const ProtobufCMessage *m, struct bytes **ret, struct err *e)
{
	struct bytes *b;

	if (!protobuf_c_message_check(m))
		return err_set(e, ERR_INTERNAL, "%s: a message that is not whole", m->descriptor->name);
	b = bytes_alloc(protobuf_c_message_get_packed_size(m));
	if (!b)
		return err_nomem(e);
	(void)protobuf_c_message_pack(m, (uint8_t *)b->data);
	*ret = b;
	return 0;
}

/* --- what protobuf-c does not look at --- */

static int varint(const uint8_t **p, const uint8_t *end, uint64_t *ret)
{
	uint64_t v = 0;

	for (unsigned i = 0; i < 10 && *p < end; i++) {
		uint8_t c = *(*p)++;

		v |= (uint64_t)(c & 0x7f) << (7 * i);
		if (!(c & 0x80)) {
			*ret = v;
			return 0;
		}
	}
	return -1;
}

static bool text_ok(const uint8_t *p, size_t n)
{
	while (n > 0) {
		size_t k = *p ? utf8_sequence(p, n) : 0;

		if (k == 0)
			return false;
		p += k;
		n -= k;
	}
	return true;
}

static int check(const ProtobufCMessageDescriptor *d, const uint8_t *p, size_t n, unsigned depth, struct err *e)
{
	const uint8_t *end = p + n;

	if (depth > DEPTH_MAX)
		return err_set(e, ERR_PROTO, "%s: messages in messages, too deep", d->name);
	while (p < end) {
		const ProtobufCFieldDescriptor *f;
		uint64_t key, len = 0;
		unsigned type;

		if (varint(&p, end, &key) < 0 || key >> 3 == 0 || key >> 3 > 0x1fffffff)
			return err_set(e, ERR_PROTO, "%s: a field without a number", d->name);
		type = key & 7;
		f = protobuf_c_message_descriptor_get_field(d, (unsigned)(key >> 3));
		switch (type) {
		case PROTOBUF_C_WIRE_TYPE_VARINT:
			if (varint(&p, end, &len) < 0)
				return err_set(e, ERR_PROTO, "%s: a number that does not end", d->name);
			len = 0;
			break;
		case PROTOBUF_C_WIRE_TYPE_64BIT:
			len = 8;
			break;
		case PROTOBUF_C_WIRE_TYPE_32BIT:
			len = 4;
			break;
		case PROTOBUF_C_WIRE_TYPE_LENGTH_PREFIXED:
			if (varint(&p, end, &len) < 0)
				return err_set(e, ERR_PROTO, "%s: a length that does not end", d->name);
			break;
		default: /* groups are of proto2 */
			return err_set(e, ERR_PROTO, "%s: field %u has an unknown wire type", d->name,
				       (unsigned)(key >> 3));
		}
		if (len > (uint64_t)(end - p))
			return err_set(e, ERR_PROTO, "%s: field %u is longer than what is there", d->name,
				       (unsigned)(key >> 3));
		if (f && type == PROTOBUF_C_WIRE_TYPE_LENGTH_PREFIXED) {
			int r = 0;

			if (f->type == PROTOBUF_C_TYPE_STRING && !text_ok(p, (size_t)len))
				return err_set(e, ERR_PROTO, "%s.%s is no text", d->name, f->name);
			if (f->type == PROTOBUF_C_TYPE_MESSAGE)
				r = check(f->descriptor, p, (size_t)len, depth + 1, e);
			if (r < 0)
				return r;
		}
		p += len;
	}
	return 0;
}

/* Counts what unpacking takes; what it returned meanwhile is not given back to the count. */
struct budget {
	size_t left;
	bool spent;
};

static void *budget_alloc(void *arg, size_t n)
{
	struct budget *b = arg;

	if (n > b->left) {
		b->spent = true;
		return NULL;
	}
	b->left -= n;
	return malloc(n ? n : 1);
}

static void budget_free(void *arg, void *p)
{
	(void)arg;
	free(p);
}

int proto_unpack(const ProtobufCMessageDescriptor *d, const void *p, size_t n, ProtobufCMessage **ret, struct err *e)
{
	struct budget b = {.left = PROTO_MEMORY_MAX};
	ProtobufCAllocator a = {.alloc = budget_alloc, .free = budget_free, .allocator_data = &b};
	ProtobufCMessage *m;
	int r = check(d, p, n, 0, e);

	if (r < 0)
		return r;
	m = protobuf_c_message_unpack(d, &a, n, p);
	if (!m && b.spent)
		return err_set(e, ERR_TOO_LARGE, "%s: becomes more than %u MiB", d->name, PROTO_MEMORY_MAX >> 20);
	if (!m)
		return err_set(e, ERR_PROTO, "%s: malformed", d->name);
	*ret = m;
	return 0;
}

void proto_free(ProtobufCMessage *m)
{
	if (m)
		protobuf_c_message_free_unpacked(m, NULL);
}

/* --- maps --- */

const char *proto_map_get_(size_t n, const struct proto_entry *const *entries, const char *key)
{
	while (n-- > 0)
		if (streq(entries[n]->key, key))
			return entries[n]->value;
	return NULL;
}

struct proto_entry **proto_map_new(const ProtobufCMessageDescriptor *entry, size_t n)
{
	struct proto_entry **list, *e;

	if (n > SIZE_MAX / 2 / (sizeof *list + sizeof *e) || entry->sizeof_message != sizeof *e)
		return NULL;
	list = calloc(n + 1, sizeof *list + sizeof *e);
	if (!list)
		return NULL;
	e = (struct proto_entry *)(void *)(list + n); /* pointers and entries are aligned alike */
	for (size_t i = 0; i < n; i++) {
		list[i] = e + i;
		protobuf_c_message_init(entry, e + i);
	}
	return list;
}

/* --- calls --- */

const ProtobufCMethodDescriptor *proto_method(const ProtobufCServiceDescriptor *svc, const char *name)
{
	return protobuf_c_service_descriptor_get_method_by_name(svc, name);
}

void proto_method_path(char out[PROTO_METHOD_MAX], const ProtobufCServiceDescriptor *svc,
		       const ProtobufCMethodDescriptor *m)
{
	(void)snprintf(out, PROTO_METHOD_MAX, "/%s/%s", svc->name, m->name);
}

int proto_request(const ProtobufCServiceDescriptor *svc, const char *method, const ProtobufCMessage *in,
		  char ret_path[PROTO_METHOD_MAX], struct bytes **ret_body, struct err *e)
{
	const ProtobufCMethodDescriptor *m = proto_method(svc, method);

	if (!m || in->descriptor != m->input)
		return err_set(e, -EINVAL, "%s has no method %s that takes a %s", svc->name, method,
			       in->descriptor->name);
	proto_method_path(ret_path, svc, m);
	return proto_pack(in, ret_body, e);
}

static int answer_read(const ProtobufCServiceDescriptor *svc, const char *method, const struct grpc_result *r,
		       ProtobufCMessage **ret, struct err *e)
{
	int k = proto_unpack(proto_method(svc, method)->output, r->reply->data, r->reply->len, ret, e);

	return k < 0 ? err_wrap(e, "the answer cannot be read") : 0;
}

int proto_answer(const ProtobufCServiceDescriptor *svc, const char *method, const struct grpc_result *r,
		 ProtobufCMessage **ret, struct err *e)
{
	char path[PROTO_METHOD_MAX];
	int k;

	(void)snprintf(path, sizeof path, "%s/%s", svc->name, method);
	k = grpc_result_err(r, path, e);
	if (k < 0)
		return k;
	k = answer_read(svc, method, r, ret, e);
	return k < 0 ? err_wrap(e, "%s", path) : 0;
}

int proto_call_wait(struct grpc_client *c, const ProtobufCServiceDescriptor *svc, const char *method,
		    const ProtobufCMessage *in, const struct grpc_options *o, ProtobufCMessage **ret,
		    struct grpc_result *r, struct err *e)
{
	AUTO_BYTES struct bytes *body = NULL;
	char path[PROTO_METHOD_MAX];
	struct grpc_result here;
	struct err why = {0};
	int k;

	if (!r)
		r = &here;
	memset(r, 0, sizeof *r);
	k = proto_request(svc, method, in, path, &body, e);
	if (k < 0) {
		r->status = GRPC_INTERNAL;
		r->local = true;
		return k;
	}
	(void)grpc_call_wait(c, path, body, o, r);
	k = r->status == GRPC_OK ? answer_read(svc, method, r, ret, &why) : 0;
	if (k < 0) {
		r->status = k == ERR_PROTO ? GRPC_INTERNAL : GRPC_RESOURCE_EXHAUSTED;
		r->local = r->sent = true;
		(void)str_copy(r->message, sizeof r->message, why.msg);
	}
	k = grpc_result_err(r, path, e);
	r->reply = bytes_unref(r->reply);
	return k;
}
