/* Between what the store keeps (bytes of the storage version) and what a request sees (its version, Table, metadata only). */
#include "api/convert.h"
#include "api/object.h"
#include "api/scan.h"
#include "api/table.h"
#include "apiserver/internal.h"
#include "base/clock.h"

const struct api_resource *storage_resource(const struct api_registry *reg, const struct api_resource *res)
{
	if (res->storage_version)
		return res;
	for (size_t i = 0; i < api_resource_count(reg); i++) {
		const struct api_resource *o = api_resource_at(reg, i);

		if (o->storage_version && o->storage_prefix && res->storage_prefix && streq(o->storage_prefix, res->storage_prefix))
			return o;
	}
	return res;
}

/* Whether stored bytes already are what res's clients expect. */
bool object_is_shape(const struct api_resource *res, const struct bytes *stored)
{
	char gv[300], have[300];

	if (!res->crd)
		return res->storage_version;
	if (res->defaults_rev) {
		const char *meta;
		size_t n;
		int64_t rev;

		if (!scan_find(stored->data, stored->len, "metadata", &meta, &n) || !scan_str(meta, n, "resourceVersion", have, sizeof(have)) ||
		    str_to_i64(have, 1, INT64_MAX, &rev) || rev <= res->defaults_rev)
			return false;
	}
	api_group_version(res, gv, sizeof(gv));
	return scan_str(stored->data, stored->len, "apiVersion", have, sizeof(have)) && streq(gv, have);
}

int object_load(const struct api_registry *reg, const struct api_resource *res, const struct bytes *stored, json_t **ret, struct err *e)
{
	AUTO_JSON json_t *o = NULL;
	int r = json_parse_bytes(stored, &o, e);

	if (r)
		return err_set(e, ERR_INTERNAL, "stored object cannot be read: %.150s", e ? e->msg : "");
	if (!object_is_shape(res, stored)) {
		const struct api_resource *from = storage_resource(reg, res);

		if (res->crd) {
			const char *gv = json_str_or(o, "apiVersion", "");
			const char *slash = strchr(gv, '/');
			const struct api_resource *f = slash ? api_resource_find(reg, res->group, slash + 1, res->plural) : NULL;

			if (f)
				from = f;
		}
		r = api_convert(from, res, o, e);
		if (r)
			return r;
		if (res->defaults_rev && api_default(res->type, o))
			return err_nomem(e);
	}
	*ret = TAKE_PTR(o);
	return 0;
}

/* Shallow copy with apiVersion, kind, metadata in front and metadata without what only the revision decides. */
static json_t *storage_order(const json_t *obj)
{
	AUTO_JSON json_t *o = json_object();
	AUTO_JSON json_t *meta = json_copy(json_object_get(obj, "metadata"));
	const char *key;
	json_t *v;

	if (!o || !meta || !json_is_object(meta))
		return NULL;
	(void)json_object_del(meta, "resourceVersion");
	(void)json_object_del(meta, "selfLink");
	if (json_object_set(o, "apiVersion", json_object_get(obj, "apiVersion")) || json_object_set(o, "kind", json_object_get(obj, "kind")) ||
	    json_object_set(o, "metadata", meta))
		return NULL;
	json_object_foreach((json_t *)(uintptr_t)obj, key, v) {
		if (streq(key, "metadata") || streq(key, "apiVersion") || streq(key, "kind"))
			continue;
		if (json_object_set(o, key, v))
			return NULL;
	}
	return TAKE_PTR(o);
}

int object_store(const struct api_registry *reg, const struct api_resource *res, const json_t *obj, struct bytes **ret_value,
		 size_t *ret_splice, struct bytes **ret_index, struct err *e)
{
	const struct api_resource *st = storage_resource(reg, res);
	AUTO_JSON json_t *conv = NULL;
	AUTO_JSON json_t *o = NULL;
	AUTO_BYTES struct bytes *value = NULL;
	AUTO_BYTES struct bytes *index = NULL;
	const char *p;
	size_t n;
	int r;

	if (st != res) {
		conv = json_deep_copy(obj);
		if (!conv)
			return err_nomem(e);
		r = api_convert(res, st, conv, e);
		if (r)
			return r;
		obj = conv;
	}
	o = storage_order(obj);
	value = o ? json_encode(o) : NULL;
	if (!value)
		return err_nomem(e);
	if (!scan_find(value->data, value->len, "metadata", &p, &n) || n < 3)
		return err_set(e, ERR_BAD_REQUEST, "metadata: Required value");
	r = api_index_build(&index, st, obj);
	if (r)
		return err_set(e, r, "building the index of an object");
	*ret_splice = (size_t)(p - value->data) + 1;
	*ret_value = TAKE_PTR(value);
	*ret_index = TAKE_PTR(index);
	return 0;
}

static const char *table_version(const struct req *r)
{
	return r->format == FMT_TABLE_V1BETA1 || r->format == FMT_PARTIAL_V1BETA1 || r->format == FMT_PARTIAL_LIST_V1BETA1
		       ? "meta.k8s.io/v1beta1"
		       : "meta.k8s.io/v1";
}

json_t *partial_metadata(struct req *r, const json_t *obj)
{
	return json_pack("{s:s,s:s,s:O}", "kind", "PartialObjectMetadata", "apiVersion", table_version(r), "metadata",
			 json_object_get(obj, "metadata"));
}

json_t *table_new(struct req *r, const struct api_resource *res, bool with_columns)
{
	AUTO_JSON json_t *t = json_pack("{s:s,s:s,s:{}}", "kind", "Table", "apiVersion", table_version(r), "metadata");

	if (!t)
		return NULL;
	if (json_object_set_new(t, "columnDefinitions", with_columns ? table_columns(res) : json_array()) ||
	    json_object_set_new(t, "rows", json_array()))
		return NULL;
	return TAKE_PTR(t);
}

int table_add(struct req *r, const struct api_resource *res, json_t *table, json_t *obj)
{
	AUTO_JSON json_t *row = json_object();
	json_t *o;

	if (!row)
		return -ENOMEM;
	if (json_object_set_new(row, "cells", table_cells(res, obj, clock_wall(r->a->clock))))
		return -ENOMEM;
	if (streq(r->q.include_object, "None"))
		o = json_null();
	else if (streq(r->q.include_object, "Object"))
		o = json_incref(obj);
	else
		o = partial_metadata(r, obj);
	if (json_object_set_new(row, "object", o))
		return -ENOMEM;
	if (!json_at(table, "metadata", "resourceVersion", NULL)) {
		json_t *rv = json_at(obj, "metadata", "resourceVersion", NULL);

		if (rv)
			(void)json_object_set(json_object_get(table, "metadata"), "resourceVersion", rv);
	}
	return json_array_append(json_object_get(table, "rows"), row) ? -ENOMEM : 0;
}

int object_render(struct req *r, const struct api_resource *res, struct bytes *stored, struct bytes **ret, struct err *e)
{
	AUTO_JSON json_t *o = NULL;
	AUTO_JSON json_t *out = NULL;
	int rc;

	if (r->format == FMT_OBJECT && object_is_shape(res, stored)) {
		*ret = bytes_ref(stored);
		return 0;
	}
	rc = object_load(r->reg, res, stored, &o, e);
	if (rc)
		return rc;
	switch (r->format) {
	case FMT_OBJECT:
		out = json_incref(o);
		break;
	case FMT_TABLE:
	case FMT_TABLE_V1BETA1:
		out = table_new(r, res, true);
		if (out && table_add(r, res, out, o))
			return err_nomem(e);
		break;
	default:
		out = partial_metadata(r, o);
		break;
	}
	*ret = out ? json_encode(out) : NULL;
	return *ret ? 0 : err_nomem(e);
}

struct bytes *object_with_revision(const struct bytes *obj, int64_t rev)
{
	static const char key[] = "\"resourceVersion\":\"";
	const char *meta, *p, *end;
	size_t n;
	AUTO_BUF struct buf b = {0};

	if (!scan_find(obj->data, obj->len, "metadata", &meta, &n))
		return bytes_new(obj->data, obj->len);
	/* The store splices it first inside metadata. */
	if (n > sizeof(key) && !strncmp(meta + 1, key, sizeof(key) - 1)) {
		p = meta + sizeof(key);
		end = memchr(p, '"', (size_t)(obj->data + obj->len - p));
		if (!end)
			return NULL;
		buf_add(&b, obj->data, (size_t)(p - obj->data));
		buf_addf(&b, "%lld", (long long)rev);
		buf_add(&b, end, (size_t)(obj->data + obj->len - end));
	} else {
		buf_add(&b, obj->data, (size_t)(meta + 1 - obj->data));
		buf_addf(&b, "%s%lld\",", key, (long long)rev);
		buf_add(&b, meta + 1, (size_t)(obj->data + obj->len - meta - 1));
	}
	return buf_take_bytes(&b);
}

char *object_prefix(const struct api_resource *res, const char *ns)
{
	if (res->namespaced && ns && *ns)
		return str_fmt("%s%s/", res->storage_prefix, ns);
	return str_dup(res->storage_prefix);
}

char *object_key(const struct api_resource *res, const char *ns, const char *name)
{
	size_t n_prefix = strlen(res->storage_prefix), n_ns = res->namespaced ? strlen(ns) : 0, n_name = strlen(name);
	char *key = malloc(n_prefix + n_ns + n_name + 2), *p;

	if (!key)
		return NULL;
	p = mempcpy(key, res->storage_prefix, n_prefix);
	if (res->namespaced) {
		p = mempcpy(p, ns, n_ns);
		*p++ = '/';
	}
	memcpy(p, name, n_name + 1);
	return key;
}
