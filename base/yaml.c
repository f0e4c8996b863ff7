/*
 * YAML to JSON trees as sigs.k8s.io/yaml does it: libyaml's events, the YAML 1.1 core schema, merge
 * keys, and aliases expanded within a bound (an alias copies its anchor's tree).
 */
#include "base/json.h"
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <yaml.h>
#include "base/map.h"
#include "base/str.h"

#define YAML_MAX_DEPTH  128
#define ALIAS_MAX_NODES 100000
#define ALIAS_MAX_BYTES (16u << 20)
#define DUPS_MAX        100 /* more are not told */

struct reader {
	yaml_parser_t parser;
	struct map *anchors; /* name -> json_t; per document */
	size_t alias_nodes, alias_bytes;
	json_t *dups; /* borrowed; may be NULL */
	struct err *e;
};

static void free_json(void *v)
{
	json_decref(v);
}

static int reader_next(struct reader *rd, yaml_event_t *ev)
{
	const yaml_parser_t *p = &rd->parser;

	if (yaml_parser_parse(&rd->parser, ev))
		return 0;
	if (p->error == YAML_MEMORY_ERROR)
		return err_nomem(rd->e);
	return err_set(rd->e, ERR_BAD_REQUEST, "invalid YAML at line %zu, column %zu: %s",
		       (size_t)p->problem_mark.line + 1, (size_t)p->problem_mark.column + 1,
		       p->problem ? p->problem : "cannot be read");
}

static int bad_at(struct reader *rd, const yaml_event_t *ev, const char *what)
{
	return err_set(rd->e, ERR_BAD_REQUEST, "invalid YAML at line %zu, column %zu: %s",
		       (size_t)ev->start_mark.line + 1, (size_t)ev->start_mark.column + 1, what);
}

static bool one_of(const char *s, const char *const *list)
{
	for (; *list; list++)
		if (streq(s, *list))
			return true;
	return false;
}

/* Integers: decimal, 0x, 0o, 0b and a leading 0 for octal, signs, underscores. */
static bool scalar_int(const char *s, json_t **ret)
{
	char digits[80];
	uint64_t v = 0;
	unsigned base = 10;
	bool neg = *s == '-';
	size_t n = 0;

	if (*s == '-' || *s == '+')
		s++;
	if (*s < '0' || *s > '9')
		return false;
	if (s[0] == '0' && s[1]) {
		base = s[1] == 'x' || s[1] == 'X' ? 16 : s[1] == 'b' || s[1] == 'B' ? 2 : 8;
		s += base != 8 || s[1] == 'o' || s[1] == 'O' ? 2 : 1;
	}
	for (; *s; s++) {
		if (*s == '_')
			continue;
		if (n + 1 >= sizeof digits)
			return false;
		digits[n++] = *s;
	}
	if (n == 0)
		return false;
	for (size_t i = 0; i < n; i++) {
		char c = digits[i];
		unsigned d = c >= '0' && c <= '9'   ? (unsigned)(c - '0')
			     : c >= 'a' && c <= 'f' ? (unsigned)(c - 'a' + 10)
			     : c >= 'A' && c <= 'F' ? (unsigned)(c - 'A' + 10)
						    : 99;

		if (d >= base || v > (UINT64_MAX - d) / base)
			return false;
		v = v * base + d;
	}
	if (neg ? v > (uint64_t)INT64_MAX + 1 : v > INT64_MAX) {
		*ret = json_real(neg ? -(double)v : (double)v);
		return true;
	}
	*ret = json_integer(neg ? (json_int_t)(0 - v) : (json_int_t)v);
	return true;
}

/* [-+]? (digits [. digits?] | . digits) ([eE] [-+]? digits)? */
static bool scalar_float(const char *s, double *ret)
{
	const char *p = s;
	size_t before, after = 0;

	if (*p == '-' || *p == '+')
		p++;
	before = strspn(p, "0123456789");
	p += before;
	if (*p == '.') {
		p++;
		after = strspn(p, "0123456789");
		p += after;
	}
	if (before + after == 0)
		return false;
	if (*p == 'e' || *p == 'E') {
		p++;
		if (*p == '-' || *p == '+')
			p++;
		if (*p < '0' || *p > '9')
			return false;
		p += strspn(p, "0123456789");
	}
	if (*p)
		return false;
	*ret = strtod(s, NULL);
	return true;
}

static const char *const words_null[] = {"", "~", "null", "Null", "NULL", NULL};
static const char *const words_true[] = {"y", "Y", "true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON", NULL};
static const char *const words_false[] = {"n", "N", "false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF", NULL};
static const char *const words_nonfinite[] = {".inf",  ".Inf",  ".INF", "+.inf", "+.Inf", "+.INF", "-.inf",
					      "-.Inf", "-.INF", ".nan", ".NaN",  ".NAN",  NULL};

/* The value of a plain scalar, or NULL when it is a string. *ret_nonfinite: a number JSON does not have. */
static json_t *resolve_plain(const char *s, bool *ret_nonfinite)
{
	json_t *v;
	double d;

	*ret_nonfinite = false;
	if (one_of(s, words_null))
		return json_null();
	if (one_of(s, words_true))
		return json_true();
	if (one_of(s, words_false))
		return json_false();
	if (one_of(s, words_nonfinite)) {
		*ret_nonfinite = true;
		return NULL;
	}
	if (scalar_int(s, &v))
		return v;
	if (scalar_float(s, &d)) {
		if (!isfinite(d)) {
			*ret_nonfinite = true;
			return NULL;
		}
		return json_real(d);
	}
	return NULL;
}

static int make_string(struct reader *rd, const yaml_event_t *ev, const char *s, size_t n, json_t **ret)
{
	if (memchr(s, '\0', n))
		return bad_at(rd, ev, "a string holds a NUL character");
	*ret = json_stringn(s, n);
	return *ret ? 0 : bad_at(rd, ev, "a string is not UTF-8");
}

static int read_scalar(struct reader *rd, const yaml_event_t *ev, json_t **ret)
{
	const char *s = (const char *)ev->data.scalar.value, *tag = (const char *)ev->data.scalar.tag;
	size_t n = ev->data.scalar.length;
	bool plain = ev->data.scalar.style == YAML_PLAIN_SCALAR_STYLE, nonfinite = false;
	json_t *v = NULL;

	if (tag && streq(tag, "tag:yaml.org,2002:binary")) {
		AUTO_FREE void *data = NULL;
		size_t len;

		if (b64_decode(s, n, false, &data, &len) < 0)
			return bad_at(rd, ev, "!!binary is not base64");
		return make_string(rd, ev, data, len, ret);
	}
	if (tag && streq(tag, YAML_STR_TAG))
		return make_string(rd, ev, s, n, ret);
	if (strlen(s) == n && (plain || (tag && str_has_prefix(tag, "tag:yaml.org,2002:"))))
		v = resolve_plain(s, &nonfinite);
	if (nonfinite)
		return bad_at(rd, ev, "infinite and not-a-number values have no JSON form");
	if (tag &&
	    ((streq(tag, YAML_INT_TAG) && !json_is_integer(v)) || (streq(tag, YAML_FLOAT_TAG) && !json_is_number(v)) ||
	     (streq(tag, YAML_BOOL_TAG) && !json_is_boolean(v)) || (streq(tag, YAML_NULL_TAG) && !json_is_null(v)))) {
		json_decref(v);
		return bad_at(rd, ev, "a value does not fit its tag");
	}
	if (!v)
		return make_string(rd, ev, s, n, ret);
	*ret = v;
	return 0;
}

/* JSON keys are strings: numbers and booleans as keys are written out. */
static int read_key(struct reader *rd, const yaml_event_t *ev, char **ret)
{
	AUTO_JSON json_t *v = NULL;
	AUTO_BUF struct buf b = {0};
	int r;

	if (ev->type != YAML_SCALAR_EVENT)
		return bad_at(rd, ev, "only scalars may be keys");
	r = read_scalar(rd, ev, &v);
	if (r < 0)
		return r;
	if (json_is_null(v))
		return bad_at(rd, ev, "null cannot be a key");
	if (json_is_string(v))
		buf_adds(&b, json_string_value(v));
	else
		json_encode_buf(v, &b);
	*ret = buf_take(&b, NULL);
	return *ret ? 0 : err_nomem(rd->e);
}

static void tree_cost(const json_t *v, size_t *nodes, size_t *size)
{
	const char *key;
	json_t *item;
	size_t i;

	(*nodes)++;
	if (json_is_string(v))
		*size += json_string_length(v);
	json_array_foreach(v, i, item) tree_cost(item, nodes, size);
	json_object_foreach((json_t *)v, key, item)
	{
		*size += strlen(key);
		tree_cost(item, nodes, size);
	}
}

static int read_alias(struct reader *rd, const yaml_event_t *ev, json_t **ret)
{
	const json_t *v = map_get(rd->anchors, (const char *)ev->data.alias.anchor);

	if (!v)
		return bad_at(rd, ev, "an alias names no anchor before it");
	tree_cost(v, &rd->alias_nodes, &rd->alias_bytes);
	if (rd->alias_nodes > ALIAS_MAX_NODES || rd->alias_bytes > ALIAS_MAX_BYTES)
		return bad_at(rd, ev, "aliases expand to too much");
	*ret = json_deep_copy(v);
	return *ret ? 0 : err_nomem(rd->e);
}

static int keep_anchor(struct reader *rd, const yaml_char_t *anchor, json_t *v)
{
	if (!anchor)
		return 0;
	if (map_put(rd->anchors, (const char *)anchor, json_incref(v)) < 0) {
		json_decref(v);
		return err_nomem(rd->e);
	}
	return 0;
}

/* Adds what the mappings have and into has not; earlier ones win. */
static int merge_missing(struct reader *rd, const yaml_event_t *ev, json_t *into, const json_t *merges)
{
	const char *key;
	json_t *from, *item;
	size_t i;

	json_array_foreach(merges, i, from)
	{
		if (!json_is_object(from))
			return bad_at(rd, ev, "a merge key needs a mapping or a list of mappings");
		json_object_foreach(from, key, item) if (!json_object_get(into, key) &&
							 json_object_set(into, key, item) < 0) return err_nomem(rd->e);
	}
	return 0;
}

static int read_node(struct reader *rd, const yaml_event_t *ev, unsigned depth, json_t **ret);

static int read_next_node(struct reader *rd, unsigned depth, json_t **ret)
{
	yaml_event_t ev;
	int r = reader_next(rd, &ev);

	if (r < 0)
		return r;
	r = read_node(rd, &ev, depth, ret);
	yaml_event_delete(&ev);
	return r;
}

static int read_sequence(struct reader *rd, unsigned depth, json_t **ret)
{
	AUTO_JSON json_t *a = json_array();

	if (!a)
		return err_nomem(rd->e);
	for (;;) {
		yaml_event_t ev;
		json_t *item = NULL;
		bool end;
		int r = reader_next(rd, &ev);

		if (r < 0)
			return r;
		end = ev.type == YAML_SEQUENCE_END_EVENT;
		if (!end)
			r = read_node(rd, &ev, depth, &item);
		yaml_event_delete(&ev);
		if (end)
			break;
		if (r < 0)
			return r;
		if (json_array_append_new(a, item) < 0)
			return err_nomem(rd->e);
	}
	*ret = TAKE_PTR(a);
	return 0;
}

/* One key and its value; *ret_end when the mapping is over. */
static int read_pair(struct reader *rd, unsigned depth, json_t *into, json_t *merges, bool *ret_end)
{
	AUTO_FREE char *key = NULL;
	json_t *value = NULL;
	yaml_event_t ev;
	bool merge = false;
	size_t line;
	int r = reader_next(rd, &ev);

	if (r < 0)
		return r;
	line = ev.start_mark.line + 1;
	*ret_end = ev.type == YAML_MAPPING_END_EVENT;
	if (!*ret_end) {
		merge = ev.type == YAML_SCALAR_EVENT && ev.data.scalar.style == YAML_PLAIN_SCALAR_STYLE &&
			streq((const char *)ev.data.scalar.value, "<<");
		r = read_key(rd, &ev, &key);
	}
	if (r == 0 && !*ret_end) {
		r = read_next_node(rd, depth, &value);
		if (r == 0 && merge && !json_is_object(value) && !json_is_array(value)) {
			json_decref(value);
			r = bad_at(rd, &ev, "a merge key needs a mapping or a list of mappings");
		}
	}
	yaml_event_delete(&ev);
	if (r < 0 || *ret_end)
		return r;
	if (!merge) {
		if (rd->dups && json_object_get(into, key) && json_array_size(rd->dups) < DUPS_MAX) {
			AUTO_FREE char *m = str_fmt("line %zu: key \"%s\" already set in map", line, key);

			if (!m || json_array_append_new(rd->dups, json_string(m)) < 0) {
				json_decref(value);
				return err_nomem(rd->e);
			}
		}
		r = json_object_set_new(into, key, value);
	} else if (json_is_array(value)) {
		r = json_array_extend(merges, value);
		json_decref(value);
	} else {
		r = json_array_append_new(merges, value);
	}
	return r < 0 ? err_nomem(rd->e) : 0;
}

static int read_mapping(struct reader *rd, const yaml_event_t *start, unsigned depth, json_t **ret)
{
	AUTO_JSON json_t *o = json_object(), *merges = json_array();
	bool end = false;
	int r;

	if (!o || !merges)
		return err_nomem(rd->e);
	while (!end) {
		r = read_pair(rd, depth, o, merges, &end);
		if (r < 0)
			return r;
	}
	if (json_array_size(merges)) {
		r = merge_missing(rd, start, o, merges);
		if (r < 0)
			return r;
	}
	*ret = TAKE_PTR(o);
	return 0;
}

static int read_node(struct reader *rd, const yaml_event_t *ev, unsigned depth, json_t **ret)
{
	AUTO_JSON json_t *v = NULL;
	const yaml_char_t *anchor = NULL;
	int r;

	if (depth >= YAML_MAX_DEPTH)
		return bad_at(rd, ev, "nested too deeply");
	switch (ev->type) {
	case YAML_ALIAS_EVENT:
		return read_alias(rd, ev, ret);
	case YAML_SCALAR_EVENT:
		anchor = ev->data.scalar.anchor;
		r = read_scalar(rd, ev, &v);
		break;
	case YAML_SEQUENCE_START_EVENT:
		anchor = ev->data.sequence_start.anchor;
		r = read_sequence(rd, depth + 1, &v);
		break;
	case YAML_MAPPING_START_EVENT:
		anchor = ev->data.mapping_start.anchor;
		r = read_mapping(rd, ev, depth + 1, &v);
		break;
	default:
		r = bad_at(rd, ev, "a value is missing");
	}
	if (r < 0)
		return r;
	r = keep_anchor(rd, anchor, v);
	if (r < 0)
		return r;
	*ret = TAKE_PTR(v);
	return 0;
}

static int read_documents(struct reader *rd, int (*fn)(void *arg, json_t *doc), void *arg)
{
	for (;;) {
		AUTO_JSON json_t *doc = NULL;
		yaml_event_t ev;
		yaml_event_type_t type;
		int r = reader_next(rd, &ev);

		if (r < 0)
			return r;
		type = ev.type;
		yaml_event_delete(&ev);
		if (type == YAML_STREAM_END_EVENT || type == YAML_NO_EVENT)
			return 0;
		if (type != YAML_DOCUMENT_START_EVENT)
			continue;
		map_clear(rd->anchors);
		r = read_next_node(rd, 0, &doc);
		if (r < 0)
			return r;
		/* An empty document (a stray "---") is no object. */
		if (json_is_null(doc))
			continue;
		r = fn(arg, doc);
		if (r)
			return r;
	}
}

static int parse_all(const char *s, size_t n, int (*fn)(void *arg, json_t *doc), void *arg, json_t *dups, struct err *e)
{
	struct reader rd = {.dups = dups, .e = e};
	int r;

	rd.anchors = map_new(free_json);
	if (!rd.anchors)
		return err_nomem(e);
	if (!yaml_parser_initialize(&rd.parser)) {
		map_free(rd.anchors);
		return err_nomem(e);
	}
	yaml_parser_set_input_string(&rd.parser, (const unsigned char *)s, n);
	r = read_documents(&rd, fn, arg);
	yaml_parser_delete(&rd.parser);
	map_free(rd.anchors);
	return r;
}

int yaml_parse_all(const char *s, size_t n, int (*fn)(void *arg, json_t *doc), void *arg, struct err *e)
{
	return parse_all(s, n, fn, arg, NULL, e);
}

struct one_doc {
	json_t *doc;
	struct err *e;
};

static int take_one(void *arg, json_t *doc)
{
	struct one_doc *one = arg;

	if (one->doc)
		return err_set(one->e, ERR_BAD_REQUEST, "the YAML holds several documents where one is expected");
	one->doc = json_incref(doc);
	return 0;
}

int yaml_parse(const char *s, size_t n, json_t **ret, struct err *e)
{
	return yaml_parse_dups(s, n, ret, NULL, e);
}

int yaml_parse_dups(const char *s, size_t n, json_t **ret, json_t *dups, struct err *e)
{
	struct one_doc one = {.e = e};
	size_t i = 0;
	int r;

	/* JSON is read as such: faster, and tabs are fine there. */
	while (i < n && (s[i] == ' ' || s[i] == '\t' || s[i] == '\n' || s[i] == '\r'))
		i++;
	if (i < n && s[i] == '{' && json_parse(s, n, ret, NULL) == 0)
		return 0;
	r = parse_all(s, n, take_one, &one, dups, e);
	if (r < 0) {
		json_decref(one.doc);
		return r;
	}
	*ret = one.doc ? one.doc : json_null();
	return 0;
}

struct writer {
	yaml_emitter_t emitter;
	struct buf *out;
};

static int write_bytes(void *arg, unsigned char *data, size_t n)
{
	struct writer *w = arg;

	buf_add(w->out, data, n);
	return !buf_failed(w->out);
}

static bool emit(struct writer *w, yaml_event_t *ev)
{
	return yaml_emitter_emit(&w->emitter, ev);
}

/* The single letters are booleans to YAML 1.1 readers, not to ours: quoted for their sake. */
static bool needs_quotes(const char *s)
{
	static const char *const letters[] = {"y", "Y", "n", "N", "<<", "=", NULL};
	bool nonfinite, r;
	json_t *v = resolve_plain(s, &nonfinite);
	struct timespec ts;

	r = v || nonfinite || one_of(s, letters) || time_parse(s, &ts) == 0;
	json_decref(v);
	/* Dates alone are timestamps too. */
	if (!r && strlen(s) >= 8 && strspn(s, "0123456789-:") == strlen(s))
		r = true;
	return r;
}

static bool emit_scalar(struct writer *w, const char *s, size_t n, bool is_string)
{
	yaml_scalar_style_t style = YAML_PLAIN_SCALAR_STYLE;
	yaml_event_t ev;

	if (is_string) {
		if (needs_quotes(s))
			style = YAML_DOUBLE_QUOTED_SCALAR_STYLE;
		else if (memchr(s, '\n', n))
			style = YAML_LITERAL_SCALAR_STYLE;
	}
	if (n > INT32_MAX)
		return false;
	return yaml_scalar_event_initialize(&ev, NULL, NULL, (const unsigned char *)s, (int)n, 1, is_string, style) &&
	       emit(w, &ev);
}

static int cmp_keys(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool emit_value(struct writer *w, const json_t *v, unsigned depth);

static bool emit_object(struct writer *w, const json_t *o, unsigned depth)
{
	size_t n = json_object_size(o), i = 0;
	AUTO_FREE const char **keys = calloc(n + 1, sizeof *keys);
	yaml_event_t ev;
	const char *key;
	json_t *item;

	if (!keys)
		return false;
	json_object_foreach((json_t *)o, key, item) keys[i++] = key;
	qsort(keys, n, sizeof *keys, cmp_keys);
	if (!yaml_mapping_start_event_initialize(&ev, NULL, NULL, 1,
						 n ? YAML_BLOCK_MAPPING_STYLE : YAML_FLOW_MAPPING_STYLE) ||
	    !emit(w, &ev))
		return false;
	for (i = 0; i < n; i++)
		if (!emit_scalar(w, keys[i], strlen(keys[i]), true) ||
		    !emit_value(w, json_object_get(o, keys[i]), depth + 1))
			return false;
	return yaml_mapping_end_event_initialize(&ev) && emit(w, &ev);
}

static bool emit_array(struct writer *w, const json_t *a, unsigned depth)
{
	yaml_event_t ev;
	json_t *item;
	size_t i;

	if (!yaml_sequence_start_event_initialize(
		&ev, NULL, NULL, 1, json_array_size(a) ? YAML_BLOCK_SEQUENCE_STYLE : YAML_FLOW_SEQUENCE_STYLE) ||
	    !emit(w, &ev))
		return false;
	json_array_foreach(a, i, item) if (!emit_value(w, item, depth + 1)) return false;
	return yaml_sequence_end_event_initialize(&ev) && emit(w, &ev);
}

static bool emit_value(struct writer *w, const json_t *v, unsigned depth)
{
	AUTO_BUF struct buf b = {0};

	if (depth > 512)
		return false;
	if (json_is_object(v))
		return emit_object(w, v, depth);
	if (json_is_array(v))
		return emit_array(w, v, depth);
	if (json_is_string(v))
		return emit_scalar(w, json_string_value(v), json_string_length(v), true);
	json_encode_buf(v, &b);
	return !buf_failed(&b) && emit_scalar(w, b.data, b.len, false);
}

int yaml_encode(const json_t *v, struct buf *out)
{
	struct writer w = {.out = out};
	yaml_event_t ev;
	bool ok;

	if (!yaml_emitter_initialize(&w.emitter))
		return -ENOMEM;
	yaml_emitter_set_output(&w.emitter, write_bytes, &w);
	yaml_emitter_set_unicode(&w.emitter, 1);
	yaml_emitter_set_width(&w.emitter, -1);
	ok = yaml_stream_start_event_initialize(&ev, YAML_UTF8_ENCODING) && emit(&w, &ev) &&
	     yaml_document_start_event_initialize(&ev, NULL, NULL, NULL, 1) && emit(&w, &ev) && emit_value(&w, v, 0) &&
	     yaml_document_end_event_initialize(&ev, 1) && emit(&w, &ev) && yaml_stream_end_event_initialize(&ev) &&
	     emit(&w, &ev);
	yaml_emitter_delete(&w.emitter);
	return ok && !buf_failed(out) ? 0 : -ENOMEM;
}
