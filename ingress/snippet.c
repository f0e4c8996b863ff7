#include "ingress/snippet.h"
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include "base/str.h"
#include "ingress/notes.h"

#define MAX_WORDS  2 /* of a directive that are looked at: its name and first argument */
#define MAX_WORD   41
#define MAX_ADVICE 500 /* bytes */

struct words {
	char v[MAX_WORDS][MAX_WORD];
	size_t n; /* of all */
};

/* --- nginx' grammar --- */

static void add_char(struct words *w, size_t *len, char c)
{
	if (w->n <= MAX_WORDS && *len + 1 < MAX_WORD) {
		w->v[w->n - 1][(*len)++] = c;
		w->v[w->n - 1][*len] = '\0';
	}
}

static void begin_word(struct words *w)
{
	if (w->n++ < MAX_WORDS)
		w->v[w->n - 1][0] = '\0';
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Behind the quote; NULL when there is none that ends it. */
static const char *quoted(const char *p, struct words *w)
{
	char quote = *p++;
	size_t len = 0;

	for (begin_word(w); *p && *p != quote; p++) {
		if (*p == '\\' && p[1])
			p++;
		add_char(w, &len, *p);
	}
	return *p ? p + 1 : NULL;
}

static const char *plain(const char *p, struct words *w)
{
	size_t len = 0;

	for (begin_word(w); *p && !is_blank(*p) && *p != ';' && *p != '{'; p++) {
		if (*p == '$' && p[1] == '{') /* a variable's name in braces */
			add_char(w, &len, *p++);
		else if (*p == '\\' && p[1])
			p++;
		add_char(w, &len, *p);
	}
	return p;
}

/* The end of a directive or of a block's head, *ret_end what ended it ('\0': the text's end). NULL: broken. */
static const char *directive(const char *p, struct words *w, char *ret_end)
{
	for (w->n = 0;;) {
		while (is_blank(*p))
			p++;
		if (*p == '#') {
			p += strcspn(p, "\n");
			continue;
		}
		*ret_end = *p;
		if (!*p)
			return p;
		if (*p == ';' || *p == '{' || *p == '}')
			return p + 1;
		p = *p == '"' || *p == '\'' ? quoted(p, w) : plain(p, w);
		if (!p)
			return NULL;
	}
}

/* Behind a block of Lua, whose strings and comments may have braces. p: behind its first one. */
static const char *lua_end(const char *p)
{
	for (int depth = 1; *p; p++) {
		if (p[0] == '-' && p[1] == '-' && !str_has_prefix(p + 2, "[[")) {
			p += strcspn(p, "\n");
			if (!*p)
				return NULL;
		} else if (p[0] == '[' && p[1] == '[') {
			p = strstr(p, "]]");
			if (!p)
				return NULL;
			p++;
		} else if (*p == '"' || *p == '\'') {
			char quote = *p++;
			for (; *p && *p != quote; p++)
				p += *p == '\\' && p[1];
			if (!*p)
				return NULL;
		} else if (*p == '{')
			depth++;
		else if (*p == '}' && --depth == 0)
			return p + 1;
	}
	return NULL;
}

/* --- what directives mean --- */

static bool keeps_out(const char *name, const char *arg)
{
	static const char *const names[] = {"deny",        "satisfy",         "limit_except",       "valid_referers",
					    "secure_link", "secure_link_md5", "secure_link_secret", "internal",
					    "js_access"};
	/* limit_*: who loads a service with more than it bears is kept out, too. What Lua does before the backend may be
	 * anything. */
	static const char *const prefixes[] = {"auth_",          "limit_", "access_by_",       "rewrite_by_lua",
					       "server_rewrite_", "SecRule", "modsecurity_rules"};
	static const char *const harmless[] = {"auth_request_set", "auth_delay"};
	int64_t status;

	if (streq(name, "return"))
		return str_to_i64(arg, 400, 999, &status) == 0;
	if (streq(name, "allow"))
		return !streq(arg, "all");
	if (streq(name, "ssl_verify_client"))
		return !streq(arg, "off");
	if (streq(name, "modsecurity"))
		return streq(arg, "on");
	for (size_t i = 0; i < ARRAY_LEN(harmless); i++)
		if (streq(name, harmless[i]))
			return false;
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (streq(name, names[i]))
			return true;
	for (size_t i = 0; i < ARRAY_LEN(prefixes); i++)
		if (str_has_prefix(name, prefixes[i]))
			return !streq(arg, "off");
	return false;
}

static const char *counterpart(const char *name, const char *arg)
{
	static const struct {
		const char *name, *instead;
	} all[] = {{"more_set_headers", "custom-headers (a ConfigMap)"},
		   {"more_clear_headers", "an HTTPRoute's filter ResponseHeaderModifier"},
		   {"add_header", "custom-headers (a ConfigMap)"},
		   {"more_set_input_headers", "an HTTPRoute's filter RequestHeaderModifier"},
		   {"more_clear_input_headers", "an HTTPRoute's filter RequestHeaderModifier"},
		   {"rewrite", "rewrite-target, permanent-redirect or app-root"},
		   {"client_max_body_size", "proxy-body-size"},
		   {"proxy_buffers", "proxy-buffers-number"},
		   {"proxy_pass", "a path of an Ingress"},
		   {"proxy_redirect", "proxy-redirect-from and proxy-redirect-to"},
		   {"hash", "upstream-hash-by"},
		   {"location", "a path of an Ingress of its own"},
		   {"deny", "denylist-source-range"},
		   {"allow", "allowlist-source-range"},
		   {"auth_basic", "auth-type and auth-secret"},
		   {"auth_basic_user_file", "auth-type and auth-secret"},
		   {"auth_request", "auth-url"},
		   {"auth_request_set", "auth-response-headers"},
		   {"limit_req", "limit-rps or limit-rpm"},
		   {"limit_conn", "limit-connections"},
		   {"ssl_verify_client", "auth-tls-secret"},
		   {"ssl_client_certificate", "auth-tls-secret"},
		   {"access_log", "enable-access-log"}};
	int64_t status;

	if (streq(name, "return"))
		return str_to_i64(arg, 300, 399, &status) == 0 ? "permanent-redirect or temporal-redirect" : NULL;
	if (streq(name, "proxy_set_header"))
		return strcasecmp(arg, "Host") == 0                 ? "upstream-vhost"
		       : strcasecmp(arg, "X-Forwarded-Prefix") == 0 ? "x-forwarded-prefix"
								    : "an HTTPRoute's filter RequestHeaderModifier";
	for (size_t i = 0; i < ARRAY_LEN(all); i++)
		if (streq(name, all[i].name))
			return all[i].instead;
	return NULL;
}

/* Many annotations are nginx' directives by another spelling. */
static const char *same_name(const char *name)
{
	char note[MAX_WORD];

	(void)str_copy(note, sizeof(note), name);
	for (char *p = note; *p; p++)
		*p = *p == '_' ? '-' : *p;
	enum note_id id = note_find(note);
	return id && id < NOTE_REFUSED_FIRST ? note_row(id)->name : NULL;
}

/* Inside a location the annotations of the whole Ingress would keep everybody out of all, or nobody. */
static const char *of_location(const char *name, const char *arg)
{
	int64_t status;

	if (streq(name, "deny") && streq(arg, "all"))
		return "an Ingress of its own for the location's paths, with denylist-source-range: 0.0.0.0/0,::/0 (403 for everybody),";
	if (streq(name, "deny"))
		return "an Ingress of its own for the location's paths, with denylist-source-range,";
	if (streq(name, "allow"))
		return "an Ingress of its own for the location's paths, with allowlist-source-range,";
	if (streq(name, "return") && str_to_i64(arg, 400, 499, &status) == 0 && (status == 403 || status == 404 || status == 444))
		return "an Ingress of its own for the location's paths, with denylist-source-range: 0.0.0.0/0,::/0 (403 for everybody),";
	return NULL;
}

static void advise(struct buf *to, size_t begin, const struct words *w, bool in_location)
{
	const char *instead = in_location ? of_location(w->v[0], w->v[1]) : NULL;
	bool own = instead != NULL;
	char text[200];

	instead = instead ? instead : counterpart(w->v[0], w->v[1]);
	instead = instead ? instead : same_name(w->v[0]);
	if (!instead || to->len - begin > MAX_ADVICE)
		return;
	(void)snprintf(text, sizeof(text), own ? "%s for %s in location" : "%s for %s", instead, w->v[0]);
	if (to->len == begin || !strstr(to->data + begin, text)) /* once */
		buf_addf(to, "%s%s", to->len > begin ? "; " : "", text);
}

static void judge(const struct words *w, struct snippet *ret)
{
	if (!ret->guard[0] && keeps_out(w->v[0], w->v[1]))
		(void)str_copy(ret->guard, sizeof(ret->guard), w->v[0]);
}

static void read_lines(const char *p, struct snippet *ret)
{
	for (; *p; p += strcspn(p, "\n"), p += *p == '\n') {
		struct words w = {0};
		p += strspn(p, " \t\r");
		if (*p == '#' || !*p)
			continue;
		size_t n = strcspn(p, " \t\r\n");
		(void)snprintf(w.v[0], sizeof(w.v[0]), "%.*s", (int)(n < MAX_WORD ? n : MAX_WORD - 1), p);
		judge(&w, ret);
	}
}

void snippet_read(const char *text, bool lines, struct snippet *ret, struct buf *advice)
{
	size_t begin = advice ? advice->len : 0;
	size_t depth = 0, location = 0; /* depth at which the outermost one begins */
	char end = ';';

	*ret = (struct snippet){0};
	if (lines) {
		read_lines(text, ret);
		return;
	}
	for (const char *p = text; end;) {
		struct words w = {0};
		p = directive(p, &w, &end);
		if (p && w.n) {
			judge(&w, ret);
			if (advice)
				advise(advice, begin, &w, location);
			if (end == '{' && str_has_suffix(w.v[0], "_by_lua_block"))
				p = lua_end(p);
		}
		if (p && end == '{' && !str_has_suffix(w.v[0], "_by_lua_block") && ++depth && !location && w.n && streq(w.v[0], "location"))
			location = depth;
		if (p && end == '}' && depth && depth-- == location)
			location = 0;
		if (!p) {
			ret->broken = true;
			return;
		}
	}
}
