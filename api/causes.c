/* Findings of validation, worded as Kubernetes' apimachinery field.Error. */
#include "api/schema.h"
#include "base/buf.h"
#include "base/str.h"

#define CAUSES_MAX 200  /* a request needs no more to be told what is wrong with it */
#define QUOTED_MAX 4096 /* of the bad value in a message */

void api_causes_done(struct api_causes *c)
{
	for (size_t i = 0; i < c->n; i++) {
		free(c->v[i].field);
		free(c->v[i].message);
	}
	free(c->v);
	*c = (struct api_causes){0};
}

/* Asked before a message is made: a bad value may be megabytes, and there may be ten thousand of them. */
static bool enough(const struct api_causes *c)
{
	return c->n >= CAUSES_MAX;
}

static void add(struct api_causes *c, const char *reason, const char *field, char *message)
{
	AUTO_FREE char *msg = message, *path = str_dup(field);
	if (!msg || !path) {
		c->oom = true;
		return;
	}
	/* Several steps may find the same field missing or wrong: say it once, with what the one says that knows most. */
	for (size_t i = 0; i < c->n; i++) {
		bool same = streq(c->v[i].message, msg);
		if (!streq(c->v[i].reason, reason) || !streq(c->v[i].field, path) ||
		    (!same && !streq(reason, "FieldValueRequired")))
			continue;
		if (!same && streq(c->v[i].message, "Required value")) {
			free(c->v[i].message);
			c->v[i].message = TAKE_PTR(msg);
		}
		return;
	}
	if (c->n == c->cap) {
		size_t cap = c->cap ? c->cap * 2 : 4;
		struct api_cause *v = realloc(c->v, cap * sizeof *v);
		if (!v) {
			c->oom = true;
			return;
		}
		c->v = v;
		c->cap = cap;
	}
	c->v[c->n++] = (struct api_cause){.reason = reason, .field = TAKE_PTR(path), .message = TAKE_PTR(msg)};
}

void api_cause_add(struct api_causes *c, const char *reason, const char *field, const char *fmt, ...)
{
	struct buf b = {0};
	va_list ap;
	if (enough(c))
		return;
	va_start(ap, fmt);
	buf_addv(&b, fmt, ap);
	va_end(ap);
	add(c, reason, field, buf_take(&b, NULL));
}

static void add_value(struct buf *b, const json_t *v)
{
	struct buf q AUTO_BUF = {0};
	if (!v) {
		buf_adds(b, "null");
		return;
	}
	json_encode_buf(v, &q);
	if (q.len > QUOTED_MAX) {
		size_t cut = QUOTED_MAX;
		/* Not inside a UTF-8 sequence, nor behind a dot that would look like one of the three. */
		while (cut && (((unsigned char)q.data[cut] & 0xc0) == 0x80 || q.data[cut - 1] == '.'))
			cut--;
		buf_add(b, q.data, cut);
		buf_adds(b, "...");
	} else {
		buf_adds(b, q.len ? q.data : "null");
	}
}

void api_invalid(struct api_causes *c, const char *field, const json_t *bad, const char *detail)
{
	struct buf b = {0};
	if (enough(c))
		return;
	buf_adds(&b, "Invalid value: ");
	add_value(&b, bad);
	if (detail && *detail)
		buf_addf(&b, ": %s", detail);
	add(c, "FieldValueInvalid", field, buf_take(&b, NULL));
}

void api_required(struct api_causes *c, const char *field, const char *detail)
{
	api_cause_add(c, "FieldValueRequired", field, "Required value%s%s", detail && *detail ? ": " : "",
		      detail ? detail : "");
}

void api_not_supported(struct api_causes *c, const char *field, const char *bad, const char *const *allowed)
{
	struct buf b = {0};
	if (enough(c))
		return;
	buf_adds(&b, "Unsupported value: ");
	buf_add_json_str(&b, bad, strnlen(bad, QUOTED_MAX));
	buf_adds(&b, ": supported values: ");
	for (size_t i = 0; allowed[i]; i++)
		buf_addf(&b, "%s\"%s\"", i ? ", " : "", allowed[i]);
	add(c, "FieldValueNotSupported", field, buf_take(&b, NULL));
}

void api_forbidden(struct api_causes *c, const char *field, const char *detail)
{
	api_cause_add(c, "FieldValueForbidden", field, "Forbidden%s%s", detail && *detail ? ": " : "",
		      detail ? detail : "");
}

void api_duplicate(struct api_causes *c, const char *field, const json_t *bad)
{
	struct buf b = {0};
	if (enough(c))
		return;
	buf_adds(&b, "Duplicate value: ");
	add_value(&b, bad);
	add(c, "FieldValueDuplicate", field, buf_take(&b, NULL));
}
