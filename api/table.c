#include <errno.h>
#include <stdarg.h>
#include "api/quantity.h"
#include "api/object.h"
#include "api/table.h"
#include "api/table_row.h"
#include "api/table_text.h"
#include "base/str.h"

void table_age(int64_t s, char *out, size_t cap)
{
	int64_t m = s / 60, h = s / 3600, d = h / 24;

	if (s < -1)
		snprintf(out, cap, "<invalid>");
	else if (s < 0)
		snprintf(out, cap, "0s");
	else if (s < 120)
		snprintf(out, cap, "%llds", (long long)s);
	else if (m < 10 && s % 60)
		snprintf(out, cap, "%lldm%llds", (long long)m, (long long)(s % 60));
	else if (m < 180)
		snprintf(out, cap, "%lldm", (long long)m);
	else if (h < 8 && m % 60)
		snprintf(out, cap, "%lldh%lldm", (long long)h, (long long)(m % 60));
	else if (h < 48)
		snprintf(out, cap, "%lldh", (long long)h);
	else if (h < 192 && h % 24)
		snprintf(out, cap, "%lldd%lldh", (long long)d, (long long)(h % 24));
	else if (d < 730)
		snprintf(out, cap, "%lldd", (long long)d);
	else if (d < 2920 && d % 365)
		snprintf(out, cap, "%lldy%lldd", (long long)(d / 365), (long long)(d % 365));
	else
		snprintf(out, cap, "%lldy", (long long)(d / 365));
}

/* --- cells --- */

void cell_add(struct row *r, json_t *v)
{
	if (json_array_append_new(r->cells, v) < 0)
		r->failed = true;
}

void cell_str(struct row *r, const char *s) { cell_add(r, json_string(s ? s : "")); }
void cell_int(struct row *r, int64_t v) { cell_add(r, json_integer(v)); }

void cell_fmt(struct row *r, const char *fmt, ...)
{
	AUTO_BUF struct buf b = {0};
	va_list ap;

	va_start(ap, fmt);
	buf_addv(&b, fmt, ap);
	va_end(ap);
	if (buf_failed(&b))
		r->failed = true;
	cell_str(r, b.data);
}

void age_of(const struct row *r, const char *timestamp, char out[32])
{
	struct timespec t;

	if (!timestamp || time_parse(timestamp, &t) < 0)
		(void)str_copy(out, 32, "<unknown>");
	else
		table_age(r->now - t.tv_sec, out, 32);
}

void cell_age(struct row *r, const char *timestamp)
{
	char age[32];

	age_of(r, timestamp, age);
	cell_str(r, age);
}

const char *text_at(const json_t *o, const char *path, const char *dflt)
{
	const char *s = json_str(o, path);

	return s ? s : dflt;
}

static void cell_quantity(struct row *r, const char *path, const char *dflt)
{
	const json_t *v = json_dot(r->obj, path);

	if (!v && dflt)
		cell_str(r, dflt);
	else
		cell_add(r, text_quantity(v));
}

static void cell_joined(struct row *r, const json_t *list, const char *key)
{
	cell_add(r, text_join(list, key, ","));
}

/* One entry of table_kind.cells other than '*'. */
static void simple_cell(struct row *r, const char *spec)
{
	char path[128];
	const char *dflt = NULL;

	if (streq(spec, "name")) {
		cell_str(r, obj_name(r->obj));
		return;
	}
	if (streq(spec, "age")) {
		cell_age(r, text_at(r->obj, "metadata.creationTimestamp", NULL));
		return;
	}
	(void)str_copy(path, sizeof(path), spec + 2);
	char *q = strchr(path, '?');
	if (q) {
		*q = 0;
		dflt = q + 1;
	}
	const json_t *v = json_dot(r->obj, path);
	switch (spec[0]) {
	case 's':
		cell_str(r, text_at(r->obj, path, dflt));
		break;
	case 'i':
		cell_int(r, json_integer_value(v));
		break;
	case 'n':
		cell_int(r, (int64_t)(json_is_array(v) ? json_array_size(v) : json_object_size(v)));
		break;
	case 'b':
		cell_add(r, json_boolean(v ? json_is_true(v) : dflt != NULL));
		break;
	case 'q':
		cell_quantity(r, path, dflt);
		break;
	case 'j':
		cell_joined(r, v, NULL);
		break;
	case 'c':
		cell_joined(r, v, "name");
		break;
	case 'g':
		cell_joined(r, v, "image");
		break;
	case 'l':
		cell_add(r, text_selector(v, "<none>"));
		break;
	case 'm':
		cell_add(r, text_labels(v));
		break;
	case 't':
		cell_str(r, text_at(r->obj, path, ""));
		break;
	default:
		r->failed = true;
	}
}

/* --- columns --- */

static int add_column(json_t *cols, const char *name, const char *type, const char *format, const char *description,
		      int priority)
{
	return json_array_append_new(cols, json_pack("{s:s, s:s, s:s, s:s, s:i}", "name", name, "type", type, "format",
						     format, "description", description, "priority", priority));
}

static int columns_from(json_t *cols, const char *spec)
{
	while (*spec) {
		char name[64];
		const char *type = "string", *format = "";
		int priority = 0;
		size_t n = strcspn(spec, ";"), k = n;

		for (; k && strchr("+#?@=", spec[k - 1]); k--) {
			switch (spec[k - 1]) {
			case '+':
				priority = 1;
				break;
			case '#':
				type = "integer";
				break;
			case '?':
				type = "boolean";
				break;
			case '@':
				type = "date";
				break;
			case '=':
				format = "name";
				break;
			}
		}
		if (k >= sizeof(name))
			return -EINVAL;
		memcpy(name, spec, k);
		name[k] = 0;
		if (add_column(cols, name, type, format, "", priority) < 0)
			return -ENOMEM;
		spec += n + (spec[n] == ';');
	}
	return 0;
}

static const struct table_kind *kind_of(const struct api_resource *res)
{
	for (size_t i = 0; i < table_n_kinds && !res->crd; i++) {
		if (streq(table_kinds[i].group, res->group) && streq(table_kinds[i].plural, res->plural))
			return &table_kinds[i];
	}
	return NULL;
}

/* additionalPrinterColumns of a custom resource's version; NULL: it names none. */
static json_t *crd_columns(const struct api_resource *res)
{
	json_t *v;
	size_t i;

	json_array_foreach(json_at(res->crd, "spec", "versions", NULL), i, v)
	{
		json_t *cols = json_object_get(v, "additionalPrinterColumns");
		if (streq(json_string_value(json_object_get(v, "name")), res->version))
			return json_array_size(cols) ? cols : NULL;
	}
	return NULL;
}

static int columns_of_crd(json_t *cols, const struct api_resource *res)
{
	json_t *v, *own = crd_columns(res);
	size_t i;
	int r = columns_from(cols, own ? "Name=" : "Name=;Age@");

	json_array_foreach(own, i, v)
	{
		if (r < 0)
			return r;
		r = add_column(cols, text_at(v, "name", ""), text_at(v, "type", "string"), text_at(v, "format", ""),
			       text_at(v, "description", ""), (int)json_int_or(v, "priority", 0));
	}
	return r;
}

json_t *table_columns(const struct api_resource *res)
{
	const struct table_kind *k = kind_of(res);
	json_t *cols = json_array();

	if (!cols)
		return NULL;
	int r = res->crd ? columns_of_crd(cols, res) : columns_from(cols, k ? k->columns : "Name=;Created At@");
	if (r < 0) {
		json_decref(cols);
		return NULL;
	}
	return cols;
}

/* --- rows --- */

static void cells_from(struct row *r, const struct table_kind *k, const char *spec)
{
	while (*spec) {
		char one[160];
		size_t n = strcspn(spec, ";");
		if (n >= sizeof(one)) {
			r->failed = true;
			return;
		}
		memcpy(one, spec, n);
		one[n] = 0;
		if (streq(one, "*"))
			k->fn(r);
		else
			simple_cell(r, one);
		spec += n + (spec[n] == ';');
	}
}

/* The whole part of any number, a huge one too. */
static int64_t whole(double d)
{
	if (d >= 9.2e18)
		return INT64_MAX;
	return d <= -9.2e18 ? INT64_MIN : (int64_t)d;
}

/* What a column of the declared type shows of a value. */
static void crd_cell(struct row *r, const char *type, const json_t *v)
{
	if (v && streq(type, "string"))
		cell_add(r, text_any(v));
	else if (json_is_number(v) && streq(type, "integer"))
		cell_int(r, json_is_integer(v) ? json_integer_value(v) : whole(json_real_value(v)));
	else if (json_is_number(v) && streq(type, "number"))
		cell_add(r, json_copy((json_t *)v));
	else if (json_is_boolean(v) && streq(type, "boolean"))
		cell_add(r, json_boolean(json_is_true(v)));
	else if (json_is_string(v) && streq(type, "date")) {
		struct timespec t;
		if (time_parse(json_string_value(v), &t) < 0)
			cell_str(r, "<invalid>");
		else
			cell_age(r, json_string_value(v));
	} else
		cell_add(r, json_null());
}

json_t *table_cells(const struct api_resource *res, const json_t *obj, time_t now)
{
	const struct table_kind *k = kind_of(res);
	struct row r = {.res = res, .obj = obj, .now = now, .cells = json_array()};
	json_t *v;
	size_t i;

	if (!r.cells)
		return NULL;
	if (k) {
		cells_from(&r, k, k->cells);
	} else if (res->crd) {
		json_t *own = crd_columns(res);
		cells_from(&r, NULL, own ? "name" : "name;age");
		json_array_foreach(own, i, v)
			crd_cell(&r, text_at(v, "type", ""), text_json_path(obj, text_at(v, "jsonPath", "")));
	} else {
		cells_from(&r, NULL, "name;t:metadata.creationTimestamp");
	}
	if (r.failed) {
		json_decref(r.cells);
		return NULL;
	}
	return r.cells;
}
