/*
 * Do the values of a tree fit its type? Words of encoding/json and of Kubernetes' own UnmarshalJSON methods.
 * Custom resources: only what decoding looks at (metadata); the rest is api_validate_schema's, with causes.
 */
#include <errno.h>
#include "api/path.h"
#include "api/quantity.h"
#include "api/tables.h"
#include "base/json.h"
#include "base/str.h"

struct check {
	struct buf path;   /* dotted, without indexes, as Go reports it */
	const char *owner; /* Go name of the innermost struct */
	const char *named; /* Go name of what is looked at, where that has one and is no struct; else "" */
	struct buf *words; /* all of the message, which may be longer than e has room; or NULL */
	struct err *e;
};

static const char *value_name(const json_t *v)
{
	switch (json_typeof(v)) {
	case JSON_OBJECT:
		return "object";
	case JSON_ARRAY:
		return "array";
	case JSON_STRING:
		return "string";
	case JSON_INTEGER:
	case JSON_REAL:
		return "number";
	case JSON_TRUE:
	case JSON_FALSE:
		return "bool";
	default:
		return "null";
	}
}

/* "io.k8s.api.core.v1.PodSpec" -> "v1.PodSpec" (with_package) or "PodSpec" */
static const char *go_name(const char *name, bool with_package)
{
	const char *dot = strrchr(name, '.');
	if (!dot)
		return name;
	if (!with_package)
		return dot + 1;
	while (dot > name && dot[-1] != '.')
		dot--;
	return dot;
}

static void go_type(const struct api_type *t, struct buf *b)
{
	switch ((enum api_type_kind)t->kind) {
	case API_OBJECT:
		buf_adds(b, go_name(api_type_name(t), true));
		break;
	case API_MAP:
		buf_adds(b, "map[string]");
		go_type(api_type_elem(t), b);
		break;
	case API_ARRAY:
		buf_adds(b, "[]");
		go_type(api_type_elem(t), b);
		break;
	case API_BOOL:
		buf_adds(b, "bool");
		break;
	case API_INT32:
		buf_adds(b, "int32");
		break;
	case API_INT64:
		buf_adds(b, "int64");
		break;
	case API_NUMBER:
		buf_adds(b, "float64");
		break;
	case API_INT_OR_STRING:
		buf_adds(b, "intstr.IntOrString");
		break;
	case API_ANY:
		buf_adds(b, "v1.JSON");
		break;
	case API_QUANTITY:
		buf_adds(b, "resource.Quantity");
		break;
	case API_BYTES:
		buf_adds(b, "[]uint8");
		break;
	default:
		buf_adds(b, "string");
		break;
	}
}

static int mismatch(struct check *c, const struct api_type *t, const json_t *v)
{
	struct buf type AUTO_BUF = {0};
	char number[40] = "";
	if (*c->named)
		buf_adds(&type, c->named);
	else
		go_type(t, &type);
	if (json_is_integer(v) && (t->kind == API_INT32 || t->kind == API_INT64))
		(void)snprintf(number, sizeof number, " %lld", (long long)json_integer_value(v));
	else if (json_is_real(v) && (t->kind == API_INT32 || t->kind == API_INT64))
		(void)snprintf(number, sizeof number, " %.15g", json_real_value(v));
	struct buf told AUTO_BUF = {0};
	buf_addf(&told, "json: cannot unmarshal %s%s into Go ", value_name(v), number);
	if (c->path.len)
		buf_addf(&told, "struct field %s.%s", c->owner, path_text(&c->path));
	else
		buf_adds(&told, "value");
	buf_addf(&told, " of type %s", type.len ? type.data : "");
	if (c->words)
		buf_add(c->words, told.data, told.len);
	return err_set(c->e, ERR_BAD_REQUEST, "%s", told.data);
}

static int check_time(struct check *c, const struct api_type *t, const json_t *v)
{
	struct timespec ts;
	const char *s = json_string_value(v);
	if (!s)
		return c->named = "string", mismatch(c, t, v);
	if (time_parse(s, &ts) == 0)
		return 0;
	return err_set(c->e, ERR_BAD_REQUEST, "parsing time \"%.64s\" as \"%s\": cannot parse \"%.64s\" as \"2006\"", s,
		       t->kind == API_TIME ? "2006-01-02T15:04:05Z07:00" : "2006-01-02T15:04:05.000000Z07:00", s);
}

static int check_quantity(struct check *c, const json_t *v)
{
	struct quantity q;
	if (json_is_number(v))
		return 0;
	int rc = json_is_string(v) ? quantity_parse(json_string_value(v), &q) : -EINVAL;
	if (rc == -ERANGE)
		return err_set(c->e, ERR_BAD_REQUEST, "quantity \"%.64s\" is out of range", json_string_value(v));
	if (rc < 0)
		return err_set(c->e, ERR_BAD_REQUEST,
			       "quantities must match the regular expression "
			       "'^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'");
	return 0;
}

static int check_bytes(struct check *c, const struct api_type *t, const json_t *v)
{
	AUTO_FREE void *raw = NULL;
	size_t n;
	for (size_t i = 0; i < json_array_size(v); i++) /* a list of bytes, for Go */
		if (!json_is_integer(json_array_get(v, i)))
			return c->named = "uint8", mismatch(c, t, json_array_get(v, i));
	if (!json_is_string(v))
		return mismatch(c, t, v);
	const char *s = json_string_value(v);
	if (b64_decode(s, json_string_length(v), false, &raw, &n) == 0)
		return 0;
	size_t good = strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=\r\n");
	return err_set(c->e, ERR_BAD_REQUEST, "illegal base64 data at input byte %zu",
		       good < json_string_length(v) ? good : good / 4 * 4);
}

static int check(struct check *c, const struct api_type *t, const json_t *v);

/* The usual case, without building a path. */
static bool plainly_right(const struct api_type *t, const json_t *v)
{
	switch ((enum api_type_kind)t->kind) {
	case API_STRING:
		return json_is_string(v);
	case API_BOOL:
		return json_is_boolean(v);
	case API_INT64:
		return json_is_integer(v);
	case API_ANY:
		return true;
	case API_MAP:
		return json_is_object(v) && json_object_size(v) == 0;
	default:
		return false;
	}
}

/* The Go struct within t that a field is of, which is named in paths; NULL for t itself. */
static const char *embedded(const struct api_type *t, const char *key)
{
	static const struct {
		const char *type, *part;
	} parts[] = {{"Volume", "VolumeSource"},
		     {"PersistentVolumeSpec", "PersistentVolumeSource"},
		     {"Probe", "ProbeHandler"},
		     {"EphemeralContainer", "EphemeralContainerCommon"},
		     {"RuleWithOperations", "Rule"},
		     {"NamedRuleWithOperations", "RuleWithOperations"},
		     {"IngressRule", "IngressRuleValue"},
		     {"ConfigMapEnvSource", "LocalObjectReference"},
		     {"ConfigMapKeySelector", "LocalObjectReference"},
		     {"ConfigMapProjection", "LocalObjectReference"},
		     {"ConfigMapVolumeSource", "LocalObjectReference"},
		     {"SecretEnvSource", "LocalObjectReference"},
		     {"SecretKeySelector", "LocalObjectReference"},
		     {"SecretProjection", "LocalObjectReference"}};
	long i = api_type_field_index(t, key);
	if (i < 0 || !api_type_fields(t)[i].num[1]) /* the path of its protobuf number has two steps */
		return NULL;
	for (size_t k = 0; k < ARRAY_LEN(parts); k++)
		if (streq(go_name(api_type_name(t), false), parts[k].type))
			return parts[k].part;
	return NULL;
}

/* Schemas are decoded by a method of theirs, which knows nothing of where it is. */
static bool reads_itself(const struct api_type *t)
{
	return streq(go_name(api_type_name(t), false), "JSONSchemaProps");
}

static int check_object(struct check *c, const struct api_type *t, const json_t *v)
{
	const char *key, *owner = c->owner;
	json_t *val;
	int rc = 0;
	if (t->flags & TYPE_DYNAMIC)
		c->owner = "Unstructured";
	else
		c->owner = go_name(api_type_name(t), false);
	json_object_foreach((json_t *)v, key, val)
	{
		const struct api_type *ft = api_type_field(t, key);
		if (!ft || ((t->flags & TYPE_DYNAMIC) && (ft->flags & TYPE_DYNAMIC)) || plainly_right(ft, val))
			continue;
		const char *part = t->flags & TYPE_DYNAMIC ? NULL : embedded(t, key);
		size_t was = c->path.len;
		if (part)
			(void)path_key(&c->path, part);
		(void)path_key(&c->path, key);
		long at = t->flags & TYPE_DYNAMIC ? -1 : api_type_field_index(t, key);
		c->named = at < 0 ? "" : api_type_text(t, api_type_fields(t)[at].go_type);
		rc = check(c, ft, val);
		c->named = "";
		path_pop(&c->path, was);
		if (rc < 0)
			break;
	}
	c->owner = owner;
	return rc;
}

static int check(struct check *c, const struct api_type *t, const json_t *v)
{
	const json_t *val;
	const char *key;
	size_t i;
	int rc = 0;
	const char *of = str_has_prefix(c->named, "map[") ? strchr(c->named, ']') + 1 : NULL,
		   *inner = str_has_prefix(c->named, "[]") ? c->named + 2
			    : of && strchr(of, '.')	   ? of
							   : "";
	if (json_is_null(v))
		return 0;
	switch ((enum api_type_kind)t->kind) {
	case API_OBJECT:
		return json_is_object(v) ? check_object(c, t, v) : mismatch(c, t, v);
	case API_MAP:
		if (!json_is_object(v))
			return mismatch(c, t, v);
		for (void *it = json_object_iter((json_t *)v); it && rc == 0;
		     it = json_object_iter_next((json_t *)v, it)) {
			c->named = inner;
			key = json_object_iter_key(it);
			val = json_object_iter_value(it);
			size_t was =
			    t->first && api_type_elem(t)->kind == API_OBJECT && !reads_itself(api_type_elem(t))
				? path_key(&c->path, key)
				: c->path.len;
			rc = check(c, api_type_elem(t), val);
			path_pop(&c->path, was);
		}
		return rc;
	case API_ARRAY:
		if (!json_is_array(v))
			return mismatch(c, t, v);
		for (i = 0; i < json_array_size(v) && rc == 0; i++) {
			c->named = inner;
			rc = check(c, api_type_elem(t), json_array_get(v, i));
		}
		return rc;
	case API_STRING:
		return json_is_string(v) ? 0 : mismatch(c, t, v);
	case API_BOOL:
		return json_is_boolean(v) ? 0 : mismatch(c, t, v);
	case API_INT64:
		return json_is_integer(v) ? 0 : mismatch(c, t, v);
	case API_INT32:
		if (!json_is_integer(v) || json_integer_value(v) < INT32_MIN || json_integer_value(v) > INT32_MAX)
			return mismatch(c, t, v);
		return 0;
	case API_NUMBER:
		return json_is_number(v) ? 0 : mismatch(c, t, v);
	case API_INT_OR_STRING:
		if (json_is_string(v) ||
		    (json_is_integer(v) && json_integer_value(v) >= INT32_MIN && json_integer_value(v) <= INT32_MAX))
			return 0;
		c->named = "int32";
		return mismatch(c, t, v);
	case API_QUANTITY:
		return check_quantity(c, v);
	case API_TIME:
	case API_MICROTIME:
		return check_time(c, t, v);
	case API_BYTES:
		return check_bytes(c, t, v);
	case API_ANY:
		return 0;
	}
	return 0;
}

int api_check_types(const struct api_type *t, const json_t *obj, struct err *e)
{
	return api_check_types_told(t, obj, NULL, e);
}

int api_check_types_told(const struct api_type *t, const json_t *obj, struct buf *words, struct err *e)
{
	struct check c = {.owner = "", .named = "", .words = words, .e = e};
	int rc = check(&c, t, obj);
	if (rc == 0 && c.path.failed)
		rc = err_nomem(e);
	buf_done(&c.path);
	if (rc < 0 && words && !words->len && e)
		buf_adds(words, e->msg);
	return rc;
}
