#include <errno.h>
#include "api/selector.h"
#include "api/schema.h"
#include "api/selector_fields.h"
#include "base/str.h"

/* Bounds on what a client may send. */
#define MAX_TEXT   (64 * 1024)
#define MAX_REQS   1000
#define MAX_VALUES 10000

enum op { OP_IN, OP_NOT_IN, OP_EXISTS, OP_NOT_EXISTS, OP_GT, OP_LT };

struct req {
	enum op op;
	char *key;
	char **values;
	size_t n_values;
};

struct api_selector {
	struct req *reqs;
	size_t n;
	bool nothing;
};

struct api_selector *api_selector_free(struct api_selector *s)
{
	if (!s)
		return NULL;
	for (size_t i = 0; i < s->n; i++) {
		for (size_t j = 0; j < s->reqs[i].n_values; j++)
			free(s->reqs[i].values[j]);
		free(s->reqs[i].values);
		free(s->reqs[i].key);
	}
	free(s->reqs);
	free(s);
	return NULL;
}

static int add_req(struct api_selector *s, enum op op, const char *key, struct err *e)
{
	if (s->n == MAX_REQS)
		return err_set(e, ERR_BAD_REQUEST, "selector has more than %d requirements", MAX_REQS);
	struct req *v = reallocarray(s->reqs, s->n + 1, sizeof(*v));
	if (!v)
		return err_nomem(e);
	s->reqs = v;
	v[s->n] = (struct req){.op = op, .key = str_dup(key)};
	if (!v[s->n].key)
		return err_nomem(e);
	s->n++;
	return 0;
}

/* To the requirement added last. */
static int add_value(struct api_selector *s, const char *value, struct err *e)
{
	struct req *r = &s->reqs[s->n - 1];

	if (r->n_values == MAX_VALUES)
		return err_set(e, ERR_BAD_REQUEST, "selector has more than %d values", MAX_VALUES);
	char **v = reallocarray(r->values, r->n_values + 1, sizeof(*v));
	if (!v)
		return err_nomem(e);
	r->values = v;
	v[r->n_values] = str_dup(value);
	if (!v[r->n_values])
		return err_nomem(e);
	r->n_values++;
	return 0;
}

static int check_key(const char *key, struct err *e)
{
	const char *bad = api_check_label_key(key);

	return bad ? err_set(e, ERR_BAD_REQUEST, "key: Invalid value: \"%.100s\": %s", key, bad) : 0;
}

/* The requirement added last is a sensible one. */
static int check_req(const struct api_selector *s, struct err *e)
{
	const struct req *r = &s->reqs[s->n - 1];
	int64_t num;

	if ((r->op == OP_GT || r->op == OP_LT) &&
	    (r->n_values != 1 || str_to_i64(r->values[0], INT64_MIN, INT64_MAX, &num) < 0))
		return err_set(e, ERR_BAD_REQUEST,
			       "values[0]: Invalid value: \"%.60s\": for 'Gt', 'Lt' operators, the value must be an integer",
			       r->n_values ? r->values[0] : "");
	for (size_t i = 0; i < r->n_values; i++) {
		const char *bad = api_check_label_value(r->values[i]);
		if (bad)
			return err_set(e, ERR_BAD_REQUEST, "values[%zu][%.60s]: Invalid value: \"%.60s\": %s", i, r->key,
				       r->values[i], bad);
	}
	return 0;
}

/* --- the label selector grammar --- */

enum token { T_END, T_WORD, T_IN, T_NOT_IN, T_EQ, T_NEQ, T_NOT, T_OPEN, T_CLOSE, T_COMMA, T_GT, T_LT };

struct lexer {
	const char *p;
	enum token tok;
	char *lit; /* of the current token */
};

static bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
static bool is_special(char c) { return c && strchr("=!(),><", c); }

/* values: "in" and "notin" are ordinary words there. */
static int advance(struct lexer *lx, bool values, struct err *e)
{
	while (is_space(*lx->p))
		lx->p++;
	const char *from = lx->p;
	lx->tok = T_WORD;
	switch (*lx->p) {
	case 0:
		lx->tok = T_END;
		break;
	case '=':
		lx->tok = T_EQ;
		lx->p += lx->p[1] == '=' ? 2 : 1;
		break;
	case '!':
		lx->tok = lx->p[1] == '=' ? T_NEQ : T_NOT;
		lx->p += lx->p[1] == '=' ? 2 : 1;
		break;
	case '(':
	case ')':
	case ',':
	case '>':
	case '<':
		lx->tok = *lx->p == '(' ? T_OPEN : *lx->p == ')' ? T_CLOSE : *lx->p == ',' ? T_COMMA : *lx->p == '>' ? T_GT : T_LT;
		lx->p++;
		break;
	default:
		while (*lx->p && !is_space(*lx->p) && !is_special(*lx->p))
			lx->p++;
	}
	free(lx->lit);
	lx->lit = str_ndup(from, (size_t)(lx->p - from));
	if (!lx->lit)
		return err_nomem(e);
	if (lx->tok == T_WORD && !values) {
		if (streq(lx->lit, "in"))
			lx->tok = T_IN;
		else if (streq(lx->lit, "notin"))
			lx->tok = T_NOT_IN;
	}
	return 0;
}

static int found(const struct lexer *lx, const char *expected, struct err *e)
{
	return err_set(e, ERR_BAD_REQUEST, "found '%.100s', expected: %s", lx->lit, expected);
}

/* "(a,b,)" : an empty place between commas is an empty value. */
static int parse_values(struct lexer *lx, struct api_selector *s, struct err *e)
{
	int r;

	if (lx->tok != T_OPEN)
		return err_set(e, ERR_BAD_REQUEST, "found '%.100s' expected: '('", lx->lit);
	if ((r = advance(lx, true, e)) < 0)
		return r;
	if (lx->tok != T_WORD && lx->tok != T_COMMA && lx->tok != T_CLOSE)
		return found(lx, "',', ')' or identifier", e);
	for (bool last = false; !last;) {
		if (lx->tok == T_WORD) {
			if ((r = add_value(s, lx->lit, e)) < 0 || (r = advance(lx, true, e)) < 0)
				return r;
			if (lx->tok != T_COMMA && lx->tok != T_CLOSE)
				return found(lx, "',' or ')'", e);
		} else if (lx->tok == T_COMMA || lx->tok == T_CLOSE) {
			if ((r = add_value(s, "", e)) < 0)
				return r;
		} else {
			return found(lx, "',', or identifier", e);
		}
		last = lx->tok == T_CLOSE;
		if ((r = advance(lx, true, e)) < 0)
			return r;
	}
	return 0;
}

static int parse_req(struct lexer *lx, struct api_selector *s, struct err *e)
{
	bool not = lx->tok == T_NOT;
	int r;

	if (not && (r = advance(lx, true, e)) < 0)
		return r;
	if (lx->tok != T_WORD)
		return found(lx, "identifier", e);
	if ((r = check_key(lx->lit, e)) < 0 || (r = add_req(s, not ? OP_NOT_EXISTS : OP_EXISTS, lx->lit, e)) < 0 ||
	    (r = advance(lx, false, e)) < 0)
		return r;
	if (not || lx->tok == T_END || lx->tok == T_COMMA)
		return 0;

	enum token op = lx->tok;
	static const enum op ops[] = {[T_IN] = OP_IN,	   [T_NOT_IN] = OP_NOT_IN, [T_EQ] = OP_IN,
				      [T_NEQ] = OP_NOT_IN, [T_GT] = OP_GT,	   [T_LT] = OP_LT};
	if (op != T_IN && op != T_NOT_IN && op != T_EQ && op != T_NEQ && op != T_GT && op != T_LT)
		return found(lx, "in, notin, =, ==, !=, gt, lt", e);
	s->reqs[s->n - 1].op = ops[op];
	if ((r = advance(lx, true, e)) < 0)
		return r;
	if (op == T_IN || op == T_NOT_IN) {
		if ((r = parse_values(lx, s, e)) < 0)
			return r;
	} else if (lx->tok == T_WORD) {
		if ((r = add_value(s, lx->lit, e)) < 0 || (r = advance(lx, true, e)) < 0)
			return r;
	} else if (lx->tok == T_END || lx->tok == T_COMMA) {
		if ((r = add_value(s, "", e)) < 0)
			return r;
	} else {
		return found(lx, "identifier", e);
	}
	return check_req(s, e);
}

static int parse_label_text(struct lexer *lx, struct api_selector *s, struct err *e)
{
	int r = advance(lx, true, e);

	if (r < 0 || lx->tok == T_END)
		return r;
	if (lx->tok != T_WORD && lx->tok != T_NOT)
		return found(lx, "!, identifier, or 'end of string'", e);
	for (;;) {
		r = parse_req(lx, s, e);
		if (r == ERR_BAD_REQUEST)
			return e ? err_wrap(e, "unable to parse requirement") : r;
		if (r < 0 || lx->tok == T_END)
			return r;
		if (lx->tok != T_COMMA)
			return found(lx, "',' or 'end of string'", e);
		if ((r = advance(lx, true, e)) < 0)
			return r;
		if (lx->tok != T_WORD && lx->tok != T_NOT)
			return found(lx, "identifier after ','", e);
	}
}

int api_label_selector_parse(struct api_selector **ret, const char *text, struct err *e)
{
	AUTO_SELECTOR struct api_selector *s = calloc(1, sizeof(*s));

	if (!s)
		return err_nomem(e);
	if (text && *text) {
		if (strlen(text) > MAX_TEXT)
			return err_set(e, ERR_BAD_REQUEST, "label selector is longer than %d bytes", MAX_TEXT);
		struct lexer lx = {.p = text};
		int r = parse_label_text(&lx, s, e);
		free(lx.lit);
		if (r < 0)
			return r;
	}
	*ret = TAKE_PTR(s);
	return 0;
}

static int add_map(struct api_selector *s, const json_t *labels, struct err *e)
{
	const char *key;
	json_t *v;
	int r;

	json_object_foreach((json_t *)labels, key, v)
	{
		if (!json_is_string(v))
			return err_set(e, ERR_BAD_REQUEST, "selector: the value of \"%.100s\" is not a string", key);
		if ((r = check_key(key, e)) < 0 || (r = add_req(s, OP_IN, key, e)) < 0 ||
		    (r = add_value(s, json_string_value(v), e)) < 0 || (r = check_req(s, e)) < 0)
			return r;
	}
	return 0;
}

static int add_expression(struct api_selector *s, const json_t *expr, struct err *e)
{
	static const char *const names[] = {[OP_IN] = "In", [OP_NOT_IN] = "NotIn", [OP_EXISTS] = "Exists", [OP_NOT_EXISTS] = "DoesNotExist"};
	const char *key = json_string_value(json_object_get(expr, "key"));
	const char *op = json_string_value(json_object_get(expr, "operator"));
	const json_t *values = json_object_get(expr, "values");
	size_t i;
	json_t *v;
	int r;

	for (i = 0; op && i < ARRAY_LEN(names) && !streq(op, names[i]); i++)
		;
	if (!key || !op || i == ARRAY_LEN(names))
		return err_set(e, ERR_BAD_REQUEST, "\"%.60s\" is not a valid label selector operator", op ? op : "");
	if ((r = check_key(key, e)) < 0 || (r = add_req(s, (enum op)i, key, e)) < 0)
		return r;
	bool takes = s->reqs[s->n - 1].op == OP_IN || s->reqs[s->n - 1].op == OP_NOT_IN;
	if (takes && !json_array_size(values))
		return err_set(e, ERR_BAD_REQUEST, "values: Invalid value: []: for 'in', 'notin' operators, values set can't be empty");
	if (!takes && json_array_size(values))
		return err_set(e, ERR_BAD_REQUEST, "values: Invalid value: values set must be empty for exists and does not exist");
	json_array_foreach(values, i, v)
	{
		if (!json_is_string(v))
			return err_set(e, ERR_BAD_REQUEST, "values[%zu]: not a string", i);
		if ((r = add_value(s, json_string_value(v), e)) < 0)
			return r;
	}
	return check_req(s, e);
}

int api_label_selector_from(struct api_selector **ret, const json_t *label_selector, struct err *e)
{
	AUTO_SELECTOR struct api_selector *s = calloc(1, sizeof(*s));
	json_t *v;
	size_t i;
	int r;

	if (!s)
		return err_nomem(e);
	s->nothing = !json_is_object(label_selector);
	if ((r = add_map(s, json_object_get(label_selector, "matchLabels"), e)) < 0)
		return r;
	json_array_foreach(json_object_get(label_selector, "matchExpressions"), i, v)
	{
		if ((r = add_expression(s, v, e)) < 0)
			return r;
	}
	*ret = TAKE_PTR(s);
	return 0;
}

int api_label_selector_from_map(struct api_selector **ret, const json_t *labels, struct err *e)
{
	AUTO_SELECTOR struct api_selector *s = calloc(1, sizeof(*s));
	int r;

	if (!s)
		return err_nomem(e);
	s->nothing = json_object_size(labels) == 0;
	if ((r = add_map(s, labels, e)) < 0)
		return r;
	*ret = TAKE_PTR(s);
	return 0;
}

/* --- field selectors --- */

/* Undoes "\\", "\=" and "\,"; anything else behind a backslash is an error. */
static char *unescape(const char *p, size_t n)
{
	char *out = malloc(n + 1), *w = out;

	if (!out)
		return NULL;
	for (size_t i = 0; i < n; i++) {
		if (p[i] == '\\' && i + 1 < n)
			i++;
		*w++ = p[i];
	}
	*w = 0;
	return out;
}

static bool escapes_valid(const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (p[i] != '\\')
			continue;
		if (++i == n || !strchr("\\=,", p[i]) || !p[i])
			return false;
	}
	return true;
}

static int parse_term(struct api_selector *s, const struct api_resource *res, const char *text, const char *term,
		      size_t n, struct err *e)
{
	size_t at = 0;

	for (; at < n; at++) {
		if (term[at] == '\\' && at + 1 < n)
			at++;
		else if (term[at] == '=' || (term[at] == '!' && at + 1 < n && term[at + 1] == '='))
			break;
	}
	if (at == n)
		return err_set(e, ERR_BAD_REQUEST, "invalid selector: '%.100s'; can't understand '%.*s'", text,
			       (int)(n < 80 ? n : 80), term);
	size_t v = at + (term[at] == '!' || (at + 1 < n && term[at + 1] == '=') ? 2 : 1);
	enum op op = term[at] == '!' ? OP_NOT_IN : OP_IN;
	if (!escapes_valid(term + v, n - v))
		return err_set(e, ERR_BAD_REQUEST, "invalid field selector: invalid escape sequence in '%.*s'",
			       (int)(n < 80 ? n : 80), term);

	AUTO_FREE char *field = str_ndup(term, at);
	AUTO_FREE char *value = unescape(term + v, n - v);
	if (!field || !value)
		return err_nomem(e);
	/* A field without a name and without a value selects nothing in particular, as upstream. */
	if (!*field && !*value)
		return 0;
	const char *name = api_field_resolve(res, field);
	if (!name)
		return api_field_unsupported(res, field, e);
	int r = add_req(s, op, name, e);
	return r < 0 ? r : add_value(s, value, e);
}

int api_field_selector_parse(struct api_selector **ret, const struct api_resource *res, const char *text, struct err *e)
{
	AUTO_SELECTOR struct api_selector *s = calloc(1, sizeof(*s));
	int r;

	if (!s)
		return err_nomem(e);
	if (text && strlen(text) > MAX_TEXT)
		return err_set(e, ERR_BAD_REQUEST, "field selector is longer than %d bytes", MAX_TEXT);
	for (const char *p = text; p && *p;) {
		size_t n = 0;
		while (p[n] && p[n] != ',')
			n += p[n] == '\\' && p[n + 1] ? 2 : 1;
		if (n && (r = parse_term(s, res, text, p, n, e)) < 0)
			return r;
		p += n;
		if (*p)
			p++;
	}
	*ret = TAKE_PTR(s);
	return 0;
}

/* --- matching --- */

bool api_selector_empty(const struct api_selector *s) { return !s || (!s->nothing && s->n == 0); }

const char *api_selector_pinned(const struct api_selector *s, const char *field)
{
	for (size_t i = 0; s && i < s->n; i++) {
		if (s->reqs[i].op == OP_IN && s->reqs[i].n_values == 1 && streq(s->reqs[i].key, field))
			return s->reqs[i].values[0];
	}
	return NULL;
}

/* value NULL: the key is absent. */
static bool req_match(const struct req *r, const char *value)
{
	int64_t a, b;

	switch (r->op) {
	case OP_EXISTS:
		return value != NULL;
	case OP_NOT_EXISTS:
		return value == NULL;
	case OP_GT:
	case OP_LT:
		if (!value || str_to_i64(value, INT64_MIN, INT64_MAX, &a) < 0 ||
		    str_to_i64(r->values[0], INT64_MIN, INT64_MAX, &b) < 0)
			return false;
		return r->op == OP_GT ? a > b : a < b;
	case OP_IN:
	case OP_NOT_IN:
		break;
	}
	bool in = false;
	for (size_t i = 0; value && i < r->n_values && !in; i++)
		in = strcmp(value, r->values[i]) == 0;
	return in == (r->op == OP_IN);
}

bool api_selector_match_labels(const struct api_selector *s, const json_t *labels)
{
	if (!s)
		return true;
	if (s->nothing)
		return false;
	for (size_t i = 0; i < s->n; i++) {
		if (!req_match(&s->reqs[i], json_string_value(json_object_get(labels, s->reqs[i].key))))
			return false;
	}
	return true;
}

bool api_selector_match_index_labels(const struct api_selector *s, const struct bytes *index)
{
	if (!s)
		return true;
	if (s->nothing)
		return false;
	for (size_t i = 0; i < s->n; i++) {
		if (!req_match(&s->reqs[i], api_index_label(index, s->reqs[i].key)))
			return false;
	}
	return true;
}

bool api_selector_match_index_fields(const struct api_selector *s, const struct bytes *index)
{
	for (size_t i = 0; s && i < s->n; i++) {
		const char *v = api_index_field(index, s->reqs[i].key);
		if (!req_match(&s->reqs[i], v ? v : ""))
			return false;
	}
	return true;
}
