#include "tests/integration/proto_json.h"
#include <stddef.h>
#include <string.h>
#include "base/str.h"
#include "wire/proto.h"

static size_t type_size(const ProtobufCFieldDescriptor *f)
{
	switch (f->type) {
	case PROTOBUF_C_TYPE_INT64:
	case PROTOBUF_C_TYPE_SINT64:
	case PROTOBUF_C_TYPE_SFIXED64:
	case PROTOBUF_C_TYPE_UINT64:
	case PROTOBUF_C_TYPE_FIXED64:
	case PROTOBUF_C_TYPE_DOUBLE:
		return 8;
	case PROTOBUF_C_TYPE_BOOL:
		return sizeof(protobuf_c_boolean);
	case PROTOBUF_C_TYPE_STRING:
	case PROTOBUF_C_TYPE_MESSAGE:
		return sizeof(void *);
	case PROTOBUF_C_TYPE_BYTES:
		return sizeof(ProtobufCBinaryData);
	default:
		return 4;
	}
}

static bool is_map(const ProtobufCFieldDescriptor *f)
{
	const ProtobufCMessageDescriptor *d = f->descriptor;

	return f->label == PROTOBUF_C_LABEL_REPEATED && f->type == PROTOBUF_C_TYPE_MESSAGE && d->n_fields == 2 &&
	       str_has_suffix(d->name, "Entry") && streq(d->fields[0].name, "key") &&
	       d->sizeof_message == sizeof(struct proto_entry);
}

/* NULL for a default, unless it is to be shown anyway. */
static json_t *value_to_json(const ProtobufCFieldDescriptor *f, const void *p, bool show)
{
	switch (f->type) {
	case PROTOBUF_C_TYPE_INT32:
	case PROTOBUF_C_TYPE_SINT32:
	case PROTOBUF_C_TYPE_SFIXED32:
		return show || *(const int32_t *)p ? json_integer(*(const int32_t *)p) : NULL;
	case PROTOBUF_C_TYPE_UINT32:
	case PROTOBUF_C_TYPE_FIXED32:
		return show || *(const uint32_t *)p ? json_integer(*(const uint32_t *)p) : NULL;
	case PROTOBUF_C_TYPE_INT64:
	case PROTOBUF_C_TYPE_SINT64:
	case PROTOBUF_C_TYPE_SFIXED64:
	case PROTOBUF_C_TYPE_UINT64:
	case PROTOBUF_C_TYPE_FIXED64:
		return show || *(const int64_t *)p ? json_integer(*(const int64_t *)p) : NULL;
	case PROTOBUF_C_TYPE_FLOAT:
		return show || *(const uint32_t *)p ? json_real((double)*(const float *)p) : NULL;
	case PROTOBUF_C_TYPE_DOUBLE:
		return show || *(const uint64_t *)p ? json_real(*(const double *)p) : NULL;
	case PROTOBUF_C_TYPE_BOOL:
		return show || *(const protobuf_c_boolean *)p ? json_boolean(*(const protobuf_c_boolean *)p) : NULL;
	case PROTOBUF_C_TYPE_ENUM: {
		int v = *(const int *)p;
		const ProtobufCEnumValue *name = protobuf_c_enum_descriptor_get_value(f->descriptor, v);

		return !show && v == 0 ? NULL : name ? json_string(name->name) : json_integer(v);
	}
	case PROTOBUF_C_TYPE_STRING: {
		const char *s = *(char *const *)p;

		return show || (s && *s) ? json_string(s ? s : "") : NULL;
	}
	case PROTOBUF_C_TYPE_BYTES: {
		const ProtobufCBinaryData *b = p;
		AUTO_FREE char *s = NULL;

		return (show || b->len) && b64_encode(b->data, b->len, false, &s) == 0 ? json_string(s) : NULL;
	}
	case PROTOBUF_C_TYPE_MESSAGE: {
		const ProtobufCMessage *m = *(ProtobufCMessage *const *)p;

		return m ? message_to_json(m) : NULL;
	}
	}
	return NULL;
}

json_t *message_to_json(const ProtobufCMessage *m)
{
	const ProtobufCMessageDescriptor *d = m->descriptor;
	json_t *o = json_object();

	for (unsigned i = 0; i < d->n_fields; i++) {
		const ProtobufCFieldDescriptor *f = &d->fields[i];
		const char *p = (const char *)m + f->offset, *q = (const char *)m + f->quantifier_offset;

		if (f->label == PROTOBUF_C_LABEL_REPEATED) {
			size_t n = *(const size_t *)(const void *)q;
			const char *items = *(char *const *)(const void *)p;
			json_t *v = n == 0 ? NULL : is_map(f) ? json_object() : json_array();

			for (size_t k = 0; k < n; k++) {
				const void *item = items + k * type_size(f);

				if (is_map(f)) {
					const struct proto_entry *e = *(struct proto_entry *const *)item;

					json_object_set_new(v, e->key, json_string(e->value));
				} else {
					json_array_append_new(v, value_to_json(f, item, true));
				}
			}
			if (v)
				json_object_set_new(o, f->name, v);
		} else if (!(f->flags & PROTOBUF_C_FIELD_FLAG_ONEOF)) {
			json_t *v = value_to_json(f, p, false);

			if (v)
				json_object_set_new(o, f->name, v);
		} else if (*(const uint32_t *)(const void *)q == f->id) {
			json_object_set_new(o, f->name, value_to_json(f, p, true));
		}
	}
	return o;
}

static int wrong(const ProtobufCFieldDescriptor *f, const char *want, struct err *e)
{
	return err_set(e, ERR_BAD_REQUEST, "%s must be %s", f->name, want);
}

static int value_from_json(const ProtobufCFieldDescriptor *f, const json_t *v, void *p, struct err *e)
{
	switch (f->type) {
	case PROTOBUF_C_TYPE_BOOL:
		if (!json_is_boolean(v))
			return wrong(f, "true or false", e);
		*(protobuf_c_boolean *)p = json_is_true(v);
		return 0;
	case PROTOBUF_C_TYPE_ENUM: {
		const ProtobufCEnumValue *k =
		    json_is_string(v)
			? protobuf_c_enum_descriptor_get_value_by_name(f->descriptor, json_string_value(v))
			: NULL;

		if (!k && !json_is_integer(v))
			return wrong(f, "a name of its enum", e);
		*(int *)p = k ? k->value : (int)json_integer_value(v);
		return 0;
	}
	case PROTOBUF_C_TYPE_STRING:
		if (!json_is_string(v))
			return wrong(f, "a string", e);
		*(char **)p = str_dup(json_string_value(v));
		return *(char **)p ? 0 : err_nomem(e);
	case PROTOBUF_C_TYPE_BYTES: {
		ProtobufCBinaryData *b = p;
		void *data = NULL;

		if (!json_is_string(v) ||
		    b64_decode(json_string_value(v), json_string_length(v), false, &data, &b->len) < 0)
			return wrong(f, "base64", e);
		b->data = data;
		return 0;
	}
	case PROTOBUF_C_TYPE_MESSAGE:
		return message_from_json(f->descriptor, v, p, e);
	case PROTOBUF_C_TYPE_FLOAT:
	case PROTOBUF_C_TYPE_DOUBLE:
		if (!json_is_number(v))
			return wrong(f, "a number", e);
		if (f->type == PROTOBUF_C_TYPE_FLOAT)
			*(float *)p = (float)json_number_value(v);
		else
			*(double *)p = json_number_value(v);
		return 0;
	default:
		if (!json_is_integer(v))
			return wrong(f, "a whole number", e);
		if (type_size(f) == 8)
			*(int64_t *)p = json_integer_value(v);
		else
			*(int32_t *)p = (int32_t)json_integer_value(v);
		return 0;
	}
}

static int repeated_from_json(const ProtobufCFieldDescriptor *f, const json_t *v, char *p, size_t *ret_n, struct err *e)
{
	size_t n = json_is_object(v) ? json_object_size(v) : json_array_size(v), i = 0;
	char *items;
	int r = 0;

	if (is_map(f) ? !json_is_object(v) : !json_is_array(v))
		return wrong(f, is_map(f) ? "an object" : "an array", e);
	items = calloc(n + 1, type_size(f));
	if (!items)
		return err_nomem(e);
	*(char **)(void *)p = items;
	if (is_map(f)) {
		const char *key;
		json_t *value;

		json_object_foreach ((json_t *)(uintptr_t)v, key, value) {
			AUTO_JSON json_t *entry = json_pack("{s:s, s:O}", "key", key, "value", value);

			r = value_from_json(f, entry, items + i * type_size(f), e);
			if (r < 0)
				return r;
			*ret_n = ++i;
		}
		return 0;
	}
	for (; i < n; i++) {
		r = value_from_json(f, json_array_get(v, i), items + i * type_size(f), e);
		if (r < 0)
			return r;
		*ret_n = i + 1;
	}
	return 0;
}

int message_from_json(const ProtobufCMessageDescriptor *d, const json_t *v, ProtobufCMessage **ret, struct err *e)
{
	AUTO_PROTO ProtobufCMessage *m = NULL;
	const char *key;
	json_t *value;

	if (!json_is_object(v))
		return err_set(e, ERR_BAD_REQUEST, "%s must be an object", d->short_name);
	m = malloc(d->sizeof_message);
	if (!m)
		return err_nomem(e);
	protobuf_c_message_init(d, m);
	json_object_foreach ((json_t *)(uintptr_t)v, key, value) {
		const ProtobufCFieldDescriptor *f = protobuf_c_message_descriptor_get_field_by_name(d, key);
		char *p;
		int r;

		if (!f)
			return err_set(e, ERR_BAD_REQUEST, "%s has no field %s", d->short_name, key);
		p = (char *)m + f->offset;
		if (f->label == PROTOBUF_C_LABEL_REPEATED)
			r = repeated_from_json(f, value, p, (size_t *)(void *)((char *)m + f->quantifier_offset), e);
		else
			r = value_from_json(f, value, p, e);
		if (r < 0)
			return r;
		if (f->flags & PROTOBUF_C_FIELD_FLAG_ONEOF)
			*(uint32_t *)(void *)((char *)m + f->quantifier_offset) = f->id;
	}
	*ret = TAKE_PTR(m);
	return 0;
}
