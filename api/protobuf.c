/* See protobuf.h. Source: protobuf encoding guide (wire format), apimachinery generated.proto files by the facts table. */
#include "api/protobuf.h"
#include <errno.h>
#include "api/tables.h"
#include "base/str.h"

#define MAX_DEPTH 40

struct cursor {
	const uint8_t *p, *end;
};

static int malformed(struct err *e)
{
	return err_set(e, ERR_BAD_REQUEST, "proto: the body is malformed");
}

static bool varint(struct cursor *c, uint64_t *ret)
{
	uint64_t v = 0;

	for (unsigned shift = 0; shift < 64 && c->p < c->end; shift += 7) {
		uint8_t b = *c->p++;

		v |= (uint64_t)(b & 0x7f) << shift;
		if (!(b & 0x80)) {
			*ret = v;
			return true;
		}
	}
	return false;
}

struct field {
	uint64_t num;
	unsigned wire;
	uint64_t value;	  /* varint, fixed */
	struct cursor sub; /* length-delimited */
};

/* 1: a field; 0: end; -1: malformed. */
static int next_field(struct cursor *c, struct field *f)
{
	uint64_t tag, n;

	if (c->p == c->end)
		return 0;
	if (!varint(c, &tag))
		return -1;
	f->num = tag >> 3;
	f->wire = (unsigned)(tag & 7);
	switch (f->wire) {
	case 0:
		return varint(c, &f->value) ? 1 : -1;
	case 1:
	case 5: {
		size_t w = f->wire == 1 ? 8 : 4;

		if ((size_t)(c->end - c->p) < w)
			return -1;
		f->value = 0;
		for (size_t i = 0; i < w; i++)
			f->value |= (uint64_t)c->p[i] << (8 * i);
		c->p += w;
		return 1;
	}
	case 2:
		if (!varint(c, &n) || n > (uint64_t)(c->end - c->p))
			return -1;
		f->sub = (struct cursor){c->p, c->p + n};
		c->p += n;
		return 1;
	default:
		return -1;
	}
}

int api_protobuf_unwrap(struct api_protobuf *ret, const void *p, size_t n, struct err *e)
{
	struct cursor c = {p, (const uint8_t *)p + n};
	struct field f;
	int r;

	*ret = (struct api_protobuf){.raw = ""};
	if (n < 4 || memcmp(p, "k8s", 4) != 0)
		return err_set(e, ERR_BAD_REQUEST, "provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]");
	c.p += 4;
	while ((r = next_field(&c, &f)) > 0) {
		if (f.wire != 2)
			continue;
		if (f.num == 1) {
			struct field t;
			int k;

			while ((k = next_field(&f.sub, &t)) > 0) {
				char *out = t.num == 1 ? ret->api_version : ret->kind;
				size_t len = (size_t)(t.sub.end - t.sub.p);

				if (t.wire != 2 || t.num > 2 || len >= sizeof(ret->kind))
					continue;
				memcpy(out, t.sub.p, len);
				out[len] = 0;
			}
			if (k < 0)
				return malformed(e);
		} else if (f.num == 2) {
			ret->raw = f.sub.p;
			ret->n = (size_t)(f.sub.end - f.sub.p);
		}
	}
	return r < 0 ? malformed(e) : 0;
}

/*
 * Scalars that are no pointers in Go are always on the wire, zero or not, and mean "absent" when zero; pointers are there only when
 * set, and then zero counts. The tables do not tell them apart, so these are the pointers whose zero has a meaning of its own.
 */
static bool zero_counts(const char *name)
{
	static const char *const names[] = {
		/* numbers */
		"activeDeadlineSeconds", "backoffLimit", "backoffLimitPerIndex", "completions", "defaultMode", "deletionGracePeriodSeconds",
		"expirationSeconds", "failedJobsHistoryLimit", "fsGroup", "gracePeriodSeconds", "leaseDurationSeconds", "leaseTransitions",
		"maxFailedIndexes", "maxItems", "maxLength", "maxProperties", "minItems", "minLength", "minProperties", "minReplicas", "mode", "parallelism", "partition", "priority", "progressDeadlineSeconds", "replicas",
		"revisionHistoryLimit", "runAsGroup", "runAsUser", "startingDeadlineSeconds", "successfulJobsHistoryLimit",
		"terminationGracePeriodSeconds", "timeoutSeconds", "tolerationSeconds", "ttlSecondsAfterFinished", "stabilizationWindowSeconds",
		/* booleans */
		"allocateLoadBalancerNodePorts", "allowPrivilegeEscalation", "allowVolumeExpansion", "attachRequired",
		"automountServiceAccountToken", "blockOwnerDeletion", "controller", "enableServiceLinks", "hostUsers", "immutable", "manualSelector",
		"optional", "podInfoOnMount", "privileged", "readOnlyRootFilesystem", "ready", "requiresRepublish", "runAsNonRoot", "seLinuxMount",
		"serving", "setHostnameAsFQDN", "shareProcessNamespace", "started", "storageCapacity", "suspend", "terminating", "orphanDependents",
		/* strings */
		"storageClassName",
	};

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (streq(names[i], name))
			return true;
	return false;
}

static int decode_object(json_t *obj, const struct api_type *t, struct cursor c, const uint8_t *prefix, unsigned plen, unsigned depth,
			 struct err *e);

static json_t *text(struct cursor c)
{
	/* NULL for invalid UTF-8, and for NUL, which JSON bodies may not have either. */
	if (memchr(c.p, 0, (size_t)(c.end - c.p)))
		return NULL;
	return json_stringn((const char *)c.p, (size_t)(c.end - c.p));
}

static json_t *decode_time(struct cursor c, bool micro)
{
	struct field f;
	struct timespec ts = {0};
	char out[TIME_STR_MAX];
	bool any = false;

	while (next_field(&c, &f) > 0) {
		if (f.num == 1)
			ts.tv_sec = (time_t)f.value, any = true;
		else if (f.num == 2)
			ts.tv_nsec = (long)(int32_t)f.value;
	}
	/* Go's zero time lies in year 1. */
	if (!any || ts.tv_sec <= -62135596800)
		return json_null();
	if (micro)
		time_format_micro(&ts, out);
	else
		time_format(ts.tv_sec, out);
	return json_string(out);
}

static json_t *decode_int_or_string(struct cursor c)
{
	struct field f;
	bool is_string = false;
	int64_t n = 0;
	struct cursor s = {c.p, c.p};

	while (next_field(&c, &f) > 0) {
		if (f.num == 1)
			is_string = f.value == 1;
		else if (f.num == 2)
			n = (int32_t)f.value;
		else if (f.num == 3 && f.wire == 2)
			s = f.sub;
	}
	return is_string ? text(s) : json_integer(n);
}

/* A message whose field 1 is all there is: Quantity, RawExtension, FieldsV1, JSON. */
static struct cursor only_field(struct cursor c)
{
	struct field f;
	struct cursor out = {c.p, c.p};

	while (next_field(&c, &f) > 0)
		if (f.num == 1 && f.wire == 2)
			out = f.sub;
	return out;
}

static int decode_value(json_t **ret, const struct api_type *t, const struct field *f, unsigned depth, struct err *e);

/* Types in the schemas of definitions that are one thing or the other in JSON, and a message with a field for each here: a schema or
 * a list of them, a schema or a bool, a schema or a list of strings. NULL: none of them. */
#define PROPS "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps"
static const char *either_of(const struct api_type *t)
{
	const char *name = api_type_name(t);

	return str_has_prefix(name, PROPS "Or") ? name + strlen(PROPS "Or") : NULL;
}

static int decode_either(json_t **ret, const char *other, struct cursor c, unsigned depth, struct err *e)
{
	bool boolean = streq(other, "Bool"), allows = false;
	AUTO_JSON json_t *list = NULL;
	AUTO_JSON json_t *one = NULL;
	struct field f;
	int r;

	while ((r = next_field(&c, &f)) > 0) {
		json_t *v = NULL;

		if (f.num == (boolean ? 2 : 1)) {
			if (decode_value(&v, api_type_find(PROPS), &f, depth + 1, e))
				return e->code;
			json_decref(one);
			one = v;
		} else if (boolean && f.num == 1) {
			if (f.wire != 0)
				return malformed(e);
			allows = f.value != 0;
		} else if (f.num == 2) {
			if (!list && !(list = json_array()))
				return err_nomem(e);
			if (streq(other, "Array")) {
				if (decode_value(&v, api_type_find(PROPS), &f, depth + 1, e))
					return e->code;
			} else if (f.wire != 2 || !(v = text(f.sub))) {
				return malformed(e);
			}
			if (json_array_append_new(list, v))
				return err_nomem(e);
		}
	}
	if (r < 0)
		return malformed(e);
	*ret = one ? TAKE_PTR(one) : list ? TAKE_PTR(list) : boolean ? json_boolean(allows) : json_null();
	return 0;
}

static int decode_value(json_t **ret, const struct api_type *t, const struct field *f, unsigned depth, struct err *e)
{
	json_t *v = NULL;
	enum api_type_kind k = api_type_kind(t);
	bool scalar = k == API_BOOL || k == API_INT32 || k == API_INT64 || k == API_NUMBER;

	if (depth > MAX_DEPTH)
		return err_set(e, ERR_BAD_REQUEST, "proto: nesting is too deep");
	if (scalar ? f->wire == 2 : f->wire != 2)
		return malformed(e);
	switch (k) {
	case API_BOOL: v = json_boolean(f->value != 0); break;
	case API_INT32: v = json_integer((int32_t)f->value); break;
	case API_INT64: v = json_integer((int64_t)f->value); break;
	case API_NUMBER: {
		double d;

		if (f->wire == 1)
			memcpy(&d, &f->value, sizeof(d));
		else
			d = (double)(int64_t)f->value;
		v = json_real(d);
		break;
	}
	case API_STRING: v = text(f->sub); break;
	case API_TIME: v = decode_time(f->sub, false); break;
	case API_MICROTIME: v = decode_time(f->sub, true); break;
	case API_QUANTITY: v = text(only_field(f->sub)); break;
	case API_INT_OR_STRING: v = decode_int_or_string(f->sub); break;
	case API_BYTES: {
		AUTO_FREE char *b64 = NULL;

		if (!b64_encode(f->sub.p, (size_t)(f->sub.end - f->sub.p), false, &b64))
			v = json_string(b64);
		break;
	}
	case API_ANY: {
		const char *other = either_of(t);
		struct cursor raw = only_field(f->sub);

		if (other)
			return decode_either(ret, other, f->sub, depth, e);
		if (raw.p == raw.end)
			v = json_null();
		else if (json_parse((const char *)raw.p, (size_t)(raw.end - raw.p), &v, e))
			return e ? e->code : ERR_BAD_REQUEST;
		break;
	}
	case API_OBJECT: {
		static const uint8_t none[3] = {0};

		v = json_object();
		if (v && decode_object(v, t, f->sub, none, 0, depth + 1, e)) {
			json_decref(v);
			return e ? e->code : ERR_BAD_REQUEST;
		}
		break;
	}
	case API_ARRAY: {
		/* A list where a message is expected (map values, as ExtraValue): its items are field 1. */
		struct cursor c = f->sub;
		struct field g;
		int r;

		v = json_array();
		while (v && (r = next_field(&c, &g)) != 0) {
			json_t *el = NULL;

			if (r < 0 || decode_value(&el, api_type_elem(t), &g, depth + 1, e)) {
				json_decref(v);
				return malformed(e);
			}
			(void)json_array_append_new(v, el);
		}
		break;
	}
	default:
		return malformed(e);
	}
	if (!v)
		return k == API_STRING || k == API_QUANTITY ? malformed(e) : err_nomem(e);
	*ret = v;
	return 0;
}

static int decode_entry(json_t *map, const struct api_type *elem, struct cursor c, unsigned depth, struct err *e)
{
	struct field f;
	AUTO_FREE char *key = NULL;
	AUTO_JSON json_t *v = NULL;
	int r;

	while ((r = next_field(&c, &f)) > 0) {
		if (f.num == 1 && f.wire == 2) {
			free(key);
			if (memchr(f.sub.p, 0, (size_t)(f.sub.end - f.sub.p))) {
				key = NULL;
				return malformed(e);
			}
			key = str_ndup((const char *)f.sub.p, (size_t)(f.sub.end - f.sub.p));
		} else if (f.num == 2) {
			json_decref(TAKE_PTR(v));
			if (decode_value(&v, elem, &f, depth + 1, e))
				return e ? e->code : ERR_BAD_REQUEST;
		}
	}
	if (r < 0)
		return malformed(e);
	if (!v)
		v = api_type_kind(elem) == API_OBJECT ? json_object() : api_type_kind(elem) == API_ARRAY ? json_array() : json_string("");
	return json_object_set(map, key ? key : "", v) ? malformed(e) : 0;
}

static bool is_zero(const json_t *v)
{
	return json_is_null(v) || json_is_false(v) || (json_is_integer(v) && json_integer_value(v) == 0) ||
	       (json_is_string(v) && json_string_length(v) == 0);
}

static int decode_field(json_t *obj, const struct api_type *t, const struct api_field *fd, const struct field *f, unsigned depth, struct err *e)
{
	const struct api_type *ft = api_type_ref(t, fd->type);
	const char *name = api_type_text(t, fd->name);
	json_t *v = NULL, *have = json_object_get(obj, name);

	if (api_type_kind(ft) == API_MAP) {
		if (!have && json_object_set_new(obj, name, json_object()))
			return err_nomem(e);
		if (f->wire != 2)
			return malformed(e);
		return decode_entry(json_object_get(obj, name), api_type_elem(ft), f->sub, depth, e);
	}
	if (api_type_kind(ft) == API_ARRAY) {
		const struct api_type *el = api_type_elem(ft);
		enum api_type_kind ek = api_type_kind(el);

		if (!have) {
			if (json_object_set_new(obj, name, json_array()))
				return err_nomem(e);
			have = json_object_get(obj, name);
		}
		if (f->wire == 2 && (ek == API_INT32 || ek == API_INT64)) { /* packed */
			struct cursor c = f->sub;
			uint64_t n;

			while (c.p < c.end) {
				if (!varint(&c, &n) || json_array_append_new(have, json_integer(ek == API_INT32 ? (int32_t)n : (int64_t)n)))
					return malformed(e);
			}
			return 0;
		}
		if (decode_value(&v, el, f, depth, e))
			return e ? e->code : ERR_BAD_REQUEST;
		return json_array_append_new(have, v) ? err_nomem(e) : 0;
	}
	if (decode_value(&v, ft, f, depth, e))
		return e ? e->code : ERR_BAD_REQUEST;
	if (is_zero(v) && (json_is_null(v) || !(zero_counts(name) || either_of(ft) || (fd->required && !json_is_string(v))))) {
		json_decref(v);
		return 0;
	}
	return json_object_set_new(obj, name, v) ? err_nomem(e) : 0;
}

static int decode_object(json_t *obj, const struct api_type *t, struct cursor c, const uint8_t *prefix, unsigned plen, unsigned depth,
			 struct err *e)
{
	const struct api_field *fields = api_type_fields(t);
	struct field f;
	int r;

	if (depth > MAX_DEPTH)
		return err_set(e, ERR_BAD_REQUEST, "proto: nesting is too deep");
	while ((r = next_field(&c, &f)) > 0) {
		for (size_t i = 0; i < t->n; i++) {
			const struct api_field *fd = &fields[i];

			if (memcmp(fd->num, prefix, plen) != 0 || fd->num[plen] != f.num)
				continue;
			if (plen < 2 && fd->num[plen + 1]) {
				/* A struct embedded in Go is a message of its own here and not seen in JSON. */
				uint8_t path[3] = {0};

				if (f.wire != 2)
					return malformed(e);
				memcpy(path, prefix, plen);
				path[plen] = (uint8_t)f.num;
				if (decode_object(obj, t, f.sub, path, plen + 1, depth + 1, e))
					return e ? e->code : ERR_BAD_REQUEST;
			} else if (decode_field(obj, t, fd, &f, depth, e)) {
				return e ? e->code : ERR_BAD_REQUEST;
			}
			break;
		}
	}
	return r < 0 ? malformed(e) : 0;
}

int api_protobuf_decode(json_t **ret, const struct api_type *t, const struct api_protobuf *u, struct err *e)
{
	static const uint8_t none[3] = {0};
	struct cursor c = {u->raw, (const uint8_t *)u->raw + u->n};
	AUTO_JSON json_t *o = json_object();
	struct err local = {0};

	if (!e)
		e = &local;
	if (!o || (*u->api_version && json_object_set_new(o, "apiVersion", json_string(u->api_version))) ||
	    (*u->kind && json_object_set_new(o, "kind", json_string(u->kind))))
		return err_nomem(e);
	if (api_type_kind(t) != API_OBJECT || api_type_custom(t))
		return err_set(e, ERR_MEDIA_TYPE, "custom resources are not encoded in protobuf");
	if (decode_object(o, t, c, none, 0, 0, e))
		return e->code;
	*ret = TAKE_PTR(o);
	return 0;
}
