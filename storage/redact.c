#include "storage/redact.h"
#include <string.h>
#include "base/str.h"

#define SECRET_MIN    4
#define TOKENS_SUFFIX "/serviceAccount.tokens"

struct cover {
	const char *text;
	size_t n;
	bool *hidden; /* n of them; a secret may be part of another */
	bool failed;
};

static void cover_bytes(struct cover *c, const char *s, size_t n)
{
	const char *p = c->text, *end = c->text + c->n;

	while (n >= SECRET_MIN && (p = memmem(p, (size_t)(end - p), s, n))) {
		memset(c->hidden + (p - c->text), true, n);
		p++; /* it may overlap itself */
	}
}

static void cover_written(struct cover *c, const char *s)
{
	AUTO_JSON json_t *v = json_string(s);
	AUTO_FREE char *json = v ? json_dumps(v, JSON_ENCODE_ANY) : NULL,
		       *ascii = v ? json_dumps(v, JSON_ENCODE_ANY | JSON_ENSURE_ASCII) : NULL, *b64 = NULL;
	size_t n = strlen(s);

	if (!json || !ascii || b64_encode(s, n, false, &b64) < 0) {
		c->failed = true;
		return;
	}
	cover_bytes(c, s, n);
	cover_bytes(c, json + 1, strlen(json) - 2);
	cover_bytes(c, ascii + 1, strlen(ascii) - 2);
	cover_bytes(c, b64, strlen(b64));
}

static void cover_secret(struct cover *c, const char *s)
{
	if (strlen(s) < SECRET_MIN)
		return;
	cover_written(c, s);
	if (!strchr(s, '\n'))
		return;
	for (const char *line = s; *line;) { /* of a key in PEM who quotes it may show one only */
		size_t n = strcspn(line, "\n");
		cover_bytes(c, line, n);
		line += n + (line[n] == '\n');
	}
}

/* {AUDIENCE: {token}} */
static void cover_tokens(struct cover *c, const json_t *tokens)
{
	const char *audience;
	json_t *t;

	json_object_foreach ((json_t *)(uintptr_t)tokens, audience, t)
		cover_secret(c, json_str_or(t, "token", ""));
}

void redact(char *text, size_t n, const json_t *req)
{
	const json_t *secrets = json_object_get(req, "secrets"), *tokens = json_dot(req, "pod.tokens");
	struct cover c = {.text = text, .n = n};
	const char *key;
	json_t *value;

	if (n == 0 || (json_object_size(secrets) == 0 && !tokens))
		return;
	AUTO_FREE bool *hidden = calloc(n, sizeof(bool));
	c.hidden = hidden;
	c.failed = !hidden;
	if (hidden) {
		json_object_foreach ((json_t *)(uintptr_t)secrets, key, value) {
			const char *s = json_string_value(value);
			AUTO_JSON json_t *inner = NULL;
			if (!s)
				continue;
			cover_secret(&c, s);
			if (str_has_suffix(key, TOKENS_SUFFIX) && json_parse(s, strlen(s), &inner, NULL) == 0)
				cover_tokens(&c, inner);
		}
		cover_tokens(&c, tokens);
	}
	for (size_t i = 0; i < n; i++)
		if (c.failed || hidden[i])
			text[i] = '*';
}

void make_printable(char *text)
{
	str_make_utf8(text);
	for (unsigned char *p = (unsigned char *)text; *p; p++)
		if (*p < ' ' || *p == 127)
			*p = ' ';
		else if (p[0] == 0xc2 && p[1] >= 0x80 && p[1] <= 0x9f) /* U+0080 to U+009F: a terminal's, too */
			p[0] = p[1] = ' ';
}
