/* Annotations of one Ingress: each by its row of the table (notes.c); what is not taken is said. */
#include <errno.h>
#include <strings.h>
#include "base/buf.h"
#include "base/str.h"
#include "ingress/notes.h"
#include "ingress/records.h"
#include "ingress/snippet.h"

static void add_name(struct buf *b, const char *name)
{
	char text[101];

	if (b->len > 700) /* an event's message has a bound */
		return;
	(void)str_copy(text, sizeof(text), name);
	str_make_utf8(text);
	buf_addf(b, "%s%s", b->len ? ", " : "", text);
}

static int snippet(struct rec_ingress *r, const char *name, const char *value, const char *instead)
{
	AUTO_BUF struct buf advice = {0};
	struct snippet what;

	/* What stands in other places of nginx' configuration has counterparts of its own. */
	bool here = streq(name, "configuration-snippet") || streq(name, "server-snippet");
	snippet_read(value, str_has_prefix(name, "modsecurity-"), &what, here ? &advice : NULL);
	if (buf_failed(&advice))
		return -ENOMEM;
	const char *use = advice.len ? advice.data : instead;
	bool guard = what.guard[0] || what.broken;
	char why[120] = "";
	if (what.guard[0])
		(void)snprintf(why, sizeof(why), "its directive %s keeps somebody out", what.guard);
	else if (what.broken)
		(void)snprintf(why, sizeof(why), "it has a quote or a block that does not end, so it may keep somebody out");
	str_make_utf8(why);
	r->notes.refused = r->notes.refused || guard;
	return rec_fault(
	    r, "SnippetRefused",
	    "annotation %.60s is not taken: a snippet of configuration would let the owner of an Ingress change the whole "
	    "server%s%.550s%s%s%s",
	    name, use ? ". Use instead: " : "", use ? use : "", guard ? ". As " : ". The rest of the Ingress is served",
	    why, guard ? ", this Ingress answers 503 until the snippet is removed" : "");
}

static int refuse(struct rec_ingress *r, const struct note_row *row, const char *text, const char *why)
{
	bool guard = row->flags & NOTE_GUARDS;
	char shown[61];

	r->notes.refused = r->notes.refused || guard;
	(void)str_copy(shown, sizeof(shown), text);
	str_make_utf8(shown);
	for (char *p = shown; *p; p++)
		if ((unsigned char)*p < 0x20 || *p == 0x7f)
			*p = ' ';
	return rec_fault(r, "InvalidAnnotation", "annotation %s: \"%s\" is not taken: %s; %s", row->name, shown, why,
			 guard ? "without it everybody could come in, so this Ingress answers 503 until it is mended"
			       : "it is ignored");
}

static int unknown_guard(struct rec_ingress *r, const char *name)
{
	AUTO_BUF struct buf shown = {0};

	add_name(&shown, name);
	if (buf_failed(&shown))
		return -ENOMEM;
	r->notes.refused = true;
	return rec_fault(
	    r, "UnsupportedAnnotation",
	    "annotation %s is not known, but seems to be one that keeps somebody out; this Ingress answers 503 until it is removed",
	    shown.data);
}

static bool is_empty(const char *text)
{
	return text[strspn(text, " \t\r\n")] == '\0';
}

/* As if it were not there, which templates mean by it; but a list of addresses might stand for "nobody", and ingress-nginx lets nobody in. */
static int empty(struct rec_ingress *r, const struct note_row *row, const char *text)
{
	if (row->opt != OPT_ALLOW && row->opt != OPT_DENY)
		return 0;
	return refuse(r, row, text, "it names addresses or networks, or is not there");
}

static int take(struct rec_ingress *r, enum note_id id, const char *text, struct note *values)
{
	const struct note_row *row = note_row(id);
	char why[200];
	int code;

	if (is_empty(text))
		return empty(r, row, text);
	if (row->g.kind == G_SNIPPET)
		return snippet(r, row->name, text, row->g.words);
	if (row->g.kind == G_NEVER)
		return rec_fault(r, row->flags & NOTE_MOOT ? "UnneededAnnotation" : "UnsupportedAnnotation",
				 "annotation %s has no effect%s: %s", row->name,
				 row->flags & NOTE_MOOT ? ", and need not be there" : "", row->g.words);
	code = grammar_parse(&row->g, text, &values[id], why);
	if (code == 1 && id == NOTE_PROTOCOL && strcasecmp(text, "FCGI") == 0)
		return refuse(r, row, text, "FastCGI is not supported; put an HTTP server in front of the program");
	if (code == 1 && id == NOTE_AUTH_TYPE && strcasecmp(text, "digest") == 0)
		return refuse(r, row, text, "digest authentication is not supported; it must be \"basic\"");
	if (code == 1 && values[id].set) /* some elements of the list are good */
		return rec_fault(r, "InvalidAnnotation", "annotation %s: one or more of its elements are left out: %s",
				 row->name, why);
	if (code == 1) {
		values[id].set = id == NOTE_CORS_ORIGIN; /* nobody, rather than everybody */
		return refuse(r, row, text, why);
	}
	if (code < 0 || !(row->flags & NOTE_OFF_ONLY))
		return code;
	return values[id].num ? refuse(r, row, text, row->g.words) : 0;
}

/* What needs another annotation that is not there, or not on. */
static int check_needs(struct rec_ingress *r, struct note *values)
{
	for (int i = NOTE_NONE + 1; i < N_NOTES; i++) {
		const struct note_row *row = note_row((enum note_id)i);
		if (!row || !row->needs || !values[i].set)
			continue;
		if (i == NOTE_AFFINITY_CANARY && values[NOTE_CANARY].num) /* its main Ingress has the affinity */
			continue;
		const struct note_row *needed = note_row(row->needs);
		const struct note *other = &values[row->needs];
		if (other->set && (needed->g.kind != G_BOOL || other->num))
			continue;
		/* A list that only makes the one narrower keeps nobody out by itself: the one that is needed does. */
		bool guard = (row->flags & NOTE_GUARDS) && (needed->flags & NOTE_GUARDS);
		r->notes.refused = r->notes.refused || guard;
		note_done(&values[i]);
		int code = rec_fault(
		    r, "InvalidAnnotation", "annotation %s has no effect without %s%s", row->name, needed->name,
		    guard ? "; without that everybody could come in, so this Ingress answers 503 until it is mended"
			  : "");
		if (code < 0)
			return code;
	}
	return 0;
}

static int check_pair(struct rec_ingress *r, struct note *values, enum note_id stays, enum note_id goes)
{
	if (!values[stays].set || !values[goes].set)
		return 0;
	note_done(&values[goes]);
	return rec_fault(r, "InvalidAnnotation", "annotation %s has no effect beside %s", note_row(goes)->name,
			 note_row(stays)->name);
}

/* A canary has its own of a few; the rest is its main Ingress' business. */
static int check_canary(struct rec_ingress *r, struct note *values)
{
	AUTO_BUF struct buf names = {0};

	if (!values[NOTE_CANARY].num)
		return 0;
	for (int i = NOTE_NONE + 1; i < N_NOTES; i++) {
		if (!values[i].set || (i >= NOTE_CANARY && i <= NOTE_CANARY_TOTAL) || i == NOTE_SERVICE_UPSTREAM ||
		    i == NOTE_AFFINITY_CANARY)
			continue;
		add_name(&names, note_row((enum note_id)i)->name);
		note_done(&values[i]);
	}
	if (buf_failed(&names))
		return -ENOMEM;
	r->notes.refused = false;
	return names.len
		   ? rec_fault(r, "InvalidAnnotation",
			       "this is a canary, for whose requests the annotations of its main Ingress hold; without effect here: %s",
			       names.data)
		   : 0;
}

int rec_annotations(struct rec_ingress *r, const json_t *o)
{
	AUTO_BUF struct buf unknown = {0};
	struct note values[N_NOTES] = {0};
	const size_t skip = strlen(INGRESS_ANNOTATION);
	const char *key;
	json_t *v;
	int code = 0;

	r->notes.redirect = true;
	json_object_foreach (json_at(o, "metadata", "annotations", NULL), key, v) {
		const char *name = key + skip, *value = json_string_value(v);
		if (code < 0 || !str_has_prefix(key, INGRESS_ANNOTATION) || !value)
			continue;
		enum note_id id = note_find(name);
		if (id)
			code = take(r, id, value, values);
		else if (is_empty(value))
			add_name(&unknown, name);
		else if (str_has_suffix(name, "-snippet") || str_has_suffix(name, "-snippets"))
			code = snippet(r, name, value, NULL);
		else if (str_has_prefix(name, "auth-") ||
			 str_has_suffix(name, "-source-range")) /* of another version */
			code = unknown_guard(r, name);
		else
			add_name(&unknown, name);
	}
	if (code == 0 && buf_failed(&unknown))
		code = -ENOMEM;
	if (code == 0 && unknown.len)
		code = rec_fault(r, "UnsupportedAnnotation", "annotations that are not known, and without effect: %s", unknown.data);
	code = code < 0 ? code : check_canary(r, values);
	code = code < 0 ? code : check_needs(r, values);
	code = code < 0 ? code : check_pair(r, values, NOTE_ALLOWLIST, NOTE_WHITELIST);
	code = code < 0 ? code : check_pair(r, values, NOTE_LIMIT_ALLOWLIST, NOTE_LIMIT_WHITELIST);
	code = code < 0 ? code : check_pair(r, values, NOTE_AFFINITY, NOTE_HASH);
	code = code < 0 ? code : check_pair(r, values, NOTE_TEMPORAL, NOTE_PERMANENT);
	code = code < 0 ? code : check_pair(r, values, NOTE_CANARY_VALUE, NOTE_CANARY_PATTERN);
	code = code < 0 ? code : rec_notes_fill(r, values);
	for (int i = 0; i < N_NOTES; i++)
		note_done(&values[i]);
	return code;
}
