/* See proxy_links.h. */
#include "apiserver/proxy_links.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include "base/cleanup.h"
#include "base/str.h"

/* --- one URL --- */

static bool is_alpha(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_hex(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* What Go's url.Parse would refuse is left alone. */
static bool is_url(const char *s)
{
	size_t query = strcspn(s, "?");

	for (size_t i = 0; s[i]; i++) {
		if ((unsigned char)s[i] < 0x20 || s[i] == 0x7f)
			return false;
		if (s[i] == '%' && i < query && (!is_hex(s[i + 1]) || !is_hex(s[i + 2])))
			return false;
	}
	return true;
}

/* Length of "scheme:", 0 for none. */
static size_t scheme_len(const char *s)
{
	size_t n = 0;

	while (is_alpha(s[n]) || (n && (is_digit(s[n]) || s[n] == '+' || s[n] == '-' || s[n] == '.')))
		n++;
	return n && s[n] == ':' ? n + 1 : 0;
}

static bool same(const char *s, size_t n, const char *host)
{
	return strlen(host) == n && memcmp(s, host, n) == 0;
}

/* The path without empty and dotted segments; none leads above its root. n excludes query and fragment. */
static void add_clean(struct buf *b, const char *path, size_t n)
{
	size_t root = b->len;

	for (size_t i = 0; i < n;) {
		size_t k = 0;

		while (i < n && path[i] == '/')
			i++;
		while (i + k < n && path[i + k] != '/')
			k++;
		if (k == 2 && path[i] == '.' && path[i + 1] == '.') {
			while (b->len > root && b->data[b->len - 1] != '/')
				buf_trim(b, b->len - 1);
			if (b->len > root)
				buf_trim(b, b->len - 1);
		} else if (k && !(k == 1 && path[i] == '.')) {
			buf_addc(b, '/');
			buf_add(b, path + i, k);
		}
		i += k;
	}
	if (n && path[n - 1] == '/')
		buf_addc(b, '/');
}

char *proxy_link(const struct proxy_links *l, const char *url)
{
	AUTO_BUF struct buf b = {0};
	size_t scheme = scheme_len(url), host = 0, n, kept = 0, plen = strlen(l->prefix);
	const char *path = url + scheme;

	if (!is_url(url))
		return NULL;
	if (path[0] == '/' && path[1] == '/' && (scheme || path[2] != '/')) {
		const char *name = path + 2, *at;

		host = strcspn(name, "/?#");
		path = name + host;
		at = memrchr(name, '@', host);
		n = host - (at ? (size_t)(at + 1 - name) : 0);
		name = at ? at + 1 : name;
		if (host && !same(name, n, l->backend) && !same(name, n, l->frontend))
			return NULL;
		if (host && *l->frontend && same(name, n, l->frontend))
			kept = (size_t)(path - url); /* the client's own name for where it is */
	}
	if (*path != '/')
		return NULL;
	n = strcspn(path, "?#");
	buf_add(&b, url, kept);
	if (n >= plen && !strncmp(path, l->prefix, plen)) {
		buf_adds(&b, path);
	} else {
		buf_adds(&b, l->prefix);
		add_clean(&b, path, n);
		buf_adds(&b, path + n);
	}
	if (buf_failed(&b) || !strcmp(b.data, url))
		return NULL;
	return buf_take(&b, NULL);
}

/* --- character references in attributes --- */

static const struct {
	const char *name;
	char c;
} entities[] = {{"amp;", '&'}, {"lt;", '<'}, {"gt;", '>'}, {"quot;", '"'}, {"apos;", '\''}};

static void add_utf8(struct buf *b, uint32_t c)
{
	if (c < 0x80) {
		buf_addc(b, (char)c);
	} else if (c < 0x800) {
		buf_addc(b, (char)(0xc0 | c >> 6));
		buf_addc(b, (char)(0x80 | (c & 63)));
	} else if (c < 0x10000) {
		buf_addc(b, (char)(0xe0 | c >> 12));
		buf_addc(b, (char)(0x80 | (c >> 6 & 63)));
		buf_addc(b, (char)(0x80 | (c & 63)));
	} else {
		buf_addc(b, (char)(0xf0 | c >> 18));
		buf_addc(b, (char)(0x80 | (c >> 12 & 63)));
		buf_addc(b, (char)(0x80 | (c >> 6 & 63)));
		buf_addc(b, (char)(0x80 | (c & 63)));
	}
}

/* "#47;" or "#x2f;": how long it is, 0 for what is none. */
static size_t number(const char *s, uint32_t *ret)
{
	bool hex = s[1] == 'x' || s[1] == 'X';
	size_t i = hex ? 2 : 1, from = i;
	uint32_t c = 0;

	for (; (hex ? is_hex(s[i]) : is_digit(s[i])) && c <= 0x10ffff; i++)
		c = c * (hex ? 16 : 10) + (uint32_t)(is_digit(s[i]) ? s[i] - '0' : (s[i] | 32) - 'a' + 10);
	if (i == from || s[i] != ';' || !c || c > 0x10ffff || (c >= 0xd800 && c < 0xe000))
		return 0;
	*ret = c;
	return i + 1;
}

/* False: there is a reference whose meaning only a whole table of names tells. */
static bool unescape(struct buf *out, const char *s)
{
	for (; *s; s++) {
		size_t used = 0;
		uint32_t c = 0;

		if (*s != '&') {
			buf_addc(out, *s);
			continue;
		}
		for (size_t i = 0; i < ARRAY_LEN(entities) && !used; i++)
			if (!strncmp(s + 1, entities[i].name, strlen(entities[i].name))) {
				used = strlen(entities[i].name);
				c = (unsigned char)entities[i].c;
			}
		if (!used && s[1] == '#')
			used = number(s + 1, &c);
		if (used) {
			add_utf8(out, c);
			s += used;
			continue;
		}
		while (is_alpha(s[used + 1]) || is_digit(s[used + 1]))
			used++;
		if (used && s[used + 1] == ';')
			return false;
		buf_addc(out, '&');
	}
	return true;
}

static void add_escaped(struct buf *out, const char *s, bool ampersand)
{
	for (; *s; s++) {
		if (*s == '&' && ampersand)
			buf_adds(out, "&amp;");
		else if (*s == '"')
			buf_adds(out, "&#34;");
		else if (*s == '<')
			buf_adds(out, "&lt;");
		else if (*s == '>')
			buf_adds(out, "&gt;");
		else
			buf_addc(out, *s);
	}
}

/* --- HTML --- */

static const struct {
	const char *tag, *attributes[5];
} with_urls[] = {
    {"a", {"href"}},
    {"applet", {"codebase"}},
    {"area", {"href"}},
    {"audio", {"src"}},
    {"base", {"href"}},
    {"blockquote", {"cite"}},
    {"body", {"background"}},
    {"button", {"formaction"}},
    {"command", {"icon"}},
    {"del", {"cite"}},
    {"embed", {"src"}},
    {"form", {"action"}},
    {"frame", {"longdesc", "src"}},
    {"head", {"profile"}},
    {"html", {"manifest"}},
    {"iframe", {"longdesc", "src"}},
    {"img", {"longdesc", "src", "usemap"}},
    {"input", {"src", "usemap", "formaction"}},
    {"ins", {"cite"}},
    {"link", {"href"}},
    {"object", {"classid", "codebase", "data", "usemap"}},
    {"q", {"cite"}},
    {"script", {"src"}},
    {"source", {"src"}},
    {"video", {"poster", "src"}},
};

/* Tags in whose content nothing is a tag but their own end. */
static const char *const raw_tags[] = {"iframe", "noembed",  "noframes", "plaintext", "script",
				       "style",  "textarea", "title",    "xmp"};

enum state {
	TEXT,
	LESS,       /* behind '<' */
	LESS_SLASH, /* behind "</" */
	MARKUP,     /* behind "<!" and perhaps a dash */
	COMMENT,
	BOGUS, /* <!DOCTYPE>, <?xml> and the like: until '>' */
	TAG,   /* its name */
	BEFORE_NAME,
	NAME,
	AFTER_NAME,
	BEFORE_VALUE,
	VALUE,
	RAW, /* the content of one of raw_tags */
};

struct html_links {
	const struct proxy_links *links;
	enum state state;
	bool closing, holding; /* an end tag; the value is held back */
	char quote;            /* around the value; 0 for none */
	unsigned dashes, matched;
	char tag[16], name[16], raw[16]; /* lower case; longer ones are none that matter, and are cut */
	struct buf held;                 /* the value, without its quotes */
};

int html_links_new(struct html_links **ret, const struct proxy_links *l)
{
	struct html_links *h = calloc(1, sizeof(*h));

	if (!h)
		return -ENOMEM;
	h->links = l;
	*ret = h;
	return 0;
}

struct html_links *html_links_free(struct html_links *h)
{
	if (h)
		buf_done(&h->held);
	free(h);
	return NULL;
}

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static void add_lower(char to[16], char c)
{
	size_t n = strlen(to);

	if (n < 15) {
		to[n] = (char)(c >= 'A' && c <= 'Z' ? c | 32 : c);
		to[n + 1] = 0;
	}
}

static bool holds_url(const struct html_links *h)
{
	for (size_t i = 0; i < ARRAY_LEN(with_urls) && !h->closing; i++) {
		if (strcmp(with_urls[i].tag, h->tag) != 0)
			continue;
		for (size_t k = 0; k < ARRAY_LEN(with_urls[i].attributes) && with_urls[i].attributes[k]; k++)
			if (!strcmp(with_urls[i].attributes[k], h->name))
				return true;
	}
	return false;
}

/* What is held back leaves as it came. */
static void let_go(struct html_links *h, struct buf *out)
{
	if (!h->holding)
		return;
	if (h->quote)
		buf_addc(out, h->quote);
	buf_add(out, h->held.data, h->held.len);
	out->failed |= buf_failed(&h->held);
	buf_trim(&h->held, 0);
	h->holding = false;
}

/* The value is whole, but for its closing quote, which has not been written either. */
static void end_value(struct html_links *h, struct buf *out)
{
	AUTO_BUF struct buf text = {0};
	AUTO_FREE char *to = NULL;
	bool known;

	if (h->holding && h->held.len && !memchr(h->held.data, 0, h->held.len)) {
		known = unescape(&text, h->held.data);
		if (!buf_failed(&text))
			to = proxy_link(h->links, known ? text.data : h->held.data);
		if (to) {
			buf_addc(out, '"');
			add_escaped(out, to, known);
			buf_addc(out, '"');
			buf_trim(&h->held, 0);
			h->holding = false;
			return;
		}
	}
	let_go(h, out);
	if (h->quote)
		buf_addc(out, h->quote);
}

static void begin_value(struct html_links *h, char quote)
{
	h->state = VALUE;
	h->quote = quote;
	h->holding = holds_url(h);
	buf_trim(&h->held, 0);
}

static void begin_name(struct html_links *h, char c)
{
	h->state = NAME;
	h->name[0] = 0;
	add_lower(h->name, c);
}

static void begin_tag(struct html_links *h, char c, bool closing)
{
	h->state = TAG;
	h->closing = closing;
	h->tag[0] = 0;
	add_lower(h->tag, c);
}

static void end_tag(struct html_links *h)
{
	h->state = TEXT;
	for (size_t i = 0; i < ARRAY_LEN(raw_tags) && !h->closing; i++)
		if (!strcmp(raw_tags[i], h->tag)) {
			h->state = RAW;
			h->matched = 0;
			memcpy(h->raw, h->tag, sizeof(h->raw));
		}
}

/* In raw content: how much of "</tag" has come. */
static void raw_byte(struct html_links *h, char c)
{
	size_t n = strlen(h->raw);

	if (!strcmp(h->raw, "plaintext"))
		return;
	if (h->matched == n + 2 && (is_space(c) || c == '/' || c == '>')) {
		h->closing = true;
		h->state = c == '>' ? TEXT : BEFORE_NAME;
	} else if (c == '<') {
		h->matched = 1;
	} else if (h->matched == 1) {
		h->matched = c == '/' ? 2 : 0;
	} else if (h->matched >= 2 && h->matched < n + 2) {
		h->matched = (c >= 'A' && c <= 'Z' ? c | 32 : c) == h->raw[h->matched - 2] ? h->matched + 1 : 0;
	} else {
		h->matched = 0;
	}
}

static void markup_byte(struct html_links *h, char c)
{
	if (c == '-' && ++h->dashes == 2)
		h->state = COMMENT; /* whose end may share these dashes: <!--> */
	else if (c == '>')
		h->state = TEXT;
	else if (c != '-')
		h->state = BOGUS;
}

static void comment_byte(struct html_links *h, char c)
{
	if (c == '-')
		h->dashes++;
	else if (c == '>' && h->dashes >= 2)
		h->state = TEXT;
	else if (c != '!' || h->dashes < 2) /* --!> ends one, too */
		h->dashes = 0;
}

/* Between and in the names of attributes. */
static void name_byte(struct html_links *h, char c)
{
	if (c == '>')
		end_tag(h);
	else if (c == '/')
		h->state = BEFORE_NAME;
	else if (is_space(c))
		h->state = h->state == BEFORE_NAME ? BEFORE_NAME : AFTER_NAME;
	else if (c == '=' && h->state != BEFORE_NAME)
		h->state = BEFORE_VALUE;
	else if (h->state == NAME)
		add_lower(h->name, c);
	else
		begin_name(h, c);
}

/* True: c is taken care of. */
static bool value_byte(struct html_links *h, char c, struct buf *out)
{
	bool end = h->quote ? c == h->quote : is_space(c) || c == '>';

	if (!end) {
		if (h->holding && h->held.len == HTML_LINK_MAX)
			let_go(h, out);
		if (h->holding)
			buf_addc(&h->held, c);
		return h->holding;
	}
	end_value(h, out);
	h->state = BEFORE_NAME;
	if (h->quote)
		return true;
	if (c == '>')
		end_tag(h);
	return false;
}

static void byte(struct html_links *h, char c, struct buf *out)
{
	switch (h->state) {
	case TEXT:
		if (c == '<')
			h->state = LESS;
		break;
	case LESS:
		if (is_alpha(c))
			begin_tag(h, c, false);
		else if (c != '<')
			h->state = c == '/' ? LESS_SLASH : c == '!' ? MARKUP : c == '?' ? BOGUS : TEXT;
		h->dashes = 0;
		break;
	case LESS_SLASH:
		if (is_alpha(c))
			begin_tag(h, c, true);
		else
			h->state = c == '>' ? TEXT : BOGUS;
		break;
	case MARKUP:
		markup_byte(h, c);
		break;
	case COMMENT:
		comment_byte(h, c);
		break;
	case BOGUS:
		if (c == '>')
			h->state = TEXT;
		break;
	case TAG:
		if (c == '>')
			end_tag(h);
		else if (is_space(c) || c == '/')
			h->state = BEFORE_NAME;
		else
			add_lower(h->tag, c);
		break;
	case BEFORE_NAME:
	case NAME:
	case AFTER_NAME:
		name_byte(h, c);
		break;
	case BEFORE_VALUE:
		if (is_space(c))
			break;
		if (c == '>') {
			end_tag(h);
		} else {
			begin_value(h, (char)(c == '"' || c == '\'' ? c : 0));
			if (h->holding && !h->quote)
				buf_addc(&h->held, c);
			if (h->holding)
				return;
		}
		break;
	case VALUE:
		if (value_byte(h, c, out))
			return;
		break;
	case RAW:
		raw_byte(h, c);
		break;
	}
	buf_addc(out, c);
}

void html_links_feed(struct html_links *h, const char *p, size_t n, struct buf *out)
{
	for (size_t i = 0; i < n; i++) {
		/* Between tags there is nothing to look at. */
		if (h->state == TEXT) {
			const char *next = memchr(p + i, '<', n - i);
			size_t k = next ? (size_t)(next - (p + i)) : n - i;

			buf_add(out, p + i, k);
			i += k;
			if (i == n)
				return;
		}
		byte(h, p[i], out);
	}
}

void html_links_end(struct html_links *h, struct buf *out)
{
	let_go(h, out);
}
