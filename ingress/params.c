/* A ConfigMap of an IngressClass to options; what is not taken is said, by the name of its key. */
#include "ingress/params.h"
#include <errno.h>
#include <stdarg.h>
#include "base/buf.h"
#include "base/str.h"

#define MAX_KEYS   300

struct taking {
	struct rec_params *p;
	const char *ns;
	struct rec_ingress r;        /* its notes and faults are where annotations' options come to */
	struct note auth[N_NOTES];   /* of global-auth-*, which make sense together */
	struct buf taken;
	size_t n;
	bool hsts, hsts_sub, hsts_preload;
	int64_t hsts_age;
};

static int fault(struct rec_params *p, const char *reason, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
static int fault(struct rec_params *p, const char *reason, const char *fmt, ...)
{
	char text[900];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	for (char *c = text; *c; c++)
		if ((unsigned char)*c < 0x20 || *c == 0x7f)
			*c = ' ';
	return rec_faults_add(&p->faults, &p->n_faults, reason, text, sizeof(text));
}

static int wrong(struct taking *t, const char *key, const char *text, const char *why, bool guard)
{
	t->p->refused = t->p->refused || guard;
	return fault(t->p, "InvalidParameter", "key %s: \"%.60s\" is not taken: %s; %s", key, text, why,
		     guard ? "without it everybody could come in, so the Ingresses of this class answer 503 until it is mended"
			   : "it is ignored");
}

/* Options that have come to the notes since there were `from` are those of annotation id. */
static int move_options(struct taking *t, size_t from, enum note_id id)
{
	struct rec_notes *n = &t->r.notes;

	for (size_t i = from; i < n->n_options; i++) {
		struct rec_default *d = REC_GROW(t->p->defaults, t->p->n_defaults);
		if (!d)
			return -ENOMEM;
		*d = (struct rec_default){id, n->options[i]};
		n->options[i] = (struct ing_option){0};
	}
	return 0;
}

static int take_note(struct taking *t, const char *key, const char *text, enum note_id id)
{
	const struct note_row *row = note_row(id);
	struct note values[N_NOTES] = {0};
	size_t from = t->r.notes.n_options;
	char why[200];
	int code = grammar_parse(&row->g, text, &values[id], why);

	if (code == 1)
		code = wrong(t, key, text, why, row->flags & NOTE_GUARDS);
	else if (code == 0)
		code = rec_notes_fill(&t->r, values);
	for (size_t i = 0; i < N_NOTES; i++)
		note_done(&values[i]);
	return code < 0 ? code : move_options(t, from, id);
}

static int always(struct taking *t, enum ing_opt opt, int64_t num, const struct note *v)
{
	const char *p = v ? v->text : NULL;

	if (!v)
		return rec_option(&t->p->always, &t->p->n_always, opt, num, NULL, NULL) ? 0 : -ENOMEM;
	for (size_t i = 0; i < v->n; i++, p += strlen(p) + 1)
		if (!rec_option(&t->p->always, &t->p->n_always, opt, 0, p, NULL))
			return -ENOMEM;
	return 0;
}

/* "name" or "namespace/name"; of another namespace it is refused: who may write this ConfigMap need not be trusted with that. */
static int take_ref(struct taking *t, const char *key, const struct note *v, char **ret)
{
	const char *slash = strchr(v->text, '/');
	size_t n = strlen(t->ns);

	if (slash && ((size_t)(slash - v->text) != n || strncmp(v->text, t->ns, n) != 0))
		return fault(t->p, "InvalidParameter",
			     "key %s: %.200s is of another namespace than this ConfigMap; only its own (%s) can be named, it is ignored",
			     key, v->text, t->ns);
	*ret = str_fmt("%s/%s", t->ns, slash ? slash + 1 : v->text);
	return *ret ? 0 : -ENOMEM;
}

static int set_own(struct taking *t, const struct param_row *row, const struct note *v)
{
	struct rec_params *p = t->p;

	switch ((enum param_own)row->arg) {
	case PARAM_SSL_REDIRECT:
		p->redirect = v->num != 0;
		return 0;
	case PARAM_FORCE_REDIRECT:
		p->force_redirect = v->num != 0;
		return 0;
	case PARAM_REDIRECT_CODE:
		return str_to_i64(v->text, 300, 399, &p->redirect_code) < 0 ? -ENOMEM : 0;
	case PARAM_RETRY:
		p->retry = v->num;
		return 0;
	case PARAM_OWN_ERRORS:
		p->own_errors = v->num;
		return 0;
	case PARAM_NO_ACCESS_LOG:
		return v->num ? take_note(t, row->name, "false", NOTE_ACCESS_LOG) : 0;
	case PARAM_HSTS:
		t->hsts = v->num;
		return 0;
	case PARAM_HSTS_AGE:
		t->hsts_age = v->num;
		return 0;
	case PARAM_HSTS_SUB:
		t->hsts_sub = v->num;
		return 0;
	case PARAM_HSTS_PRELOAD:
		t->hsts_preload = v->num;
		return 0;
	case PARAM_ADD_HEADERS:
		return take_ref(t, row->name, v, &p->add_headers);
	case PARAM_SET_HEADERS:
		return take_ref(t, row->name, v, &p->set_headers);
	case PARAM_CERTIFICATE:
		return take_ref(t, row->name, v, &p->certificate);
	case PARAM_OCSP:
		p->ocsp = v->num;
		return 0;
	case PARAM_BACKEND:
		return take_ref(t, row->name, v, &p->backend);
	case PARAM_HIDE_HEADERS:
		return always(t, OPT_RESPONSE_REMOVE, 0, v);
	case PARAM_BLOCK:
		return always(t, OPT_DENY, 0, v);
	case PARAM_REQ_STATUS:
		return always(t, OPT_LIMIT_REQ_STATUS, v->num, NULL);
	case PARAM_CONN_STATUS:
		return always(t, OPT_LIMIT_CONN_STATUS, v->num, NULL);
	}
	return 0;
}

static int take_own(struct taking *t, const struct param_row *row, const char *text)
{
	struct note v = {0};
	char why[200];
	int code = grammar_parse(&row->g, text, &v, why);

	code = code < 0 ? code : code ? wrong(t, row->name, text, why, row->arg == PARAM_BLOCK) : set_own(t, row, &v);
	note_done(&v);
	return code;
}

/* Whom it asks is one URL for all: what a request's Host says must not choose it. */
static int take_auth(struct taking *t, const struct param_row *row, const char *text)
{
	const struct grammar plain = {.kind = G_URL};
	const struct note_row *note = note_row((enum note_id)row->arg);
	char why[200];
	int code = grammar_parse(row->arg == NOTE_AUTH_URL ? &plain : &note->g, text, &t->auth[row->arg], why);

	return code == 1 ? wrong(t, row->name, text, why, note->flags & NOTE_GUARDS) : code;
}

static int fill_auth(struct taking *t)
{
	size_t from = t->r.notes.n_options;
	int code = 0;

	if (!t->auth[NOTE_AUTH_URL].set) {
		for (size_t i = 0; code == 0 && i < N_NOTES; i++)
			if (t->auth[i].set)
				code = fault(t->p, "InvalidParameter", "keys global-auth-* have no effect without global-auth-url");
		return code;
	}
	t->p->auth = true;
	if (t->auth[NOTE_AUTH_CACHE_DURATION].set && !t->auth[NOTE_AUTH_CACHE_KEY].set)
		note_done(&t->auth[NOTE_AUTH_CACHE_DURATION]);
	code = rec_notes_fill(&t->r, t->auth);
	return code < 0 ? code : move_options(t, from, NOTE_AUTH_URL);
}

/* As an Ingress' own snippet is judged. */
static int snippet(struct taking *t, const struct param_row *row, const char *text)
{
	AUTO_JSON json_t *o =
	    json_pack("{s:{s:{s:s}}}", "metadata", "annotations", INGRESS_ANNOTATION "server-snippet", text);
	struct rec_ingress *r = o ? rec_ingress_new(t->ns, "", o) : NULL;

	if (!r)
		return -ENOMEM;
	bool guard = r->notes.refused;
	rec_ingress_free(r);
	t->p->refused = t->p->refused || guard;
	return fault(t->p, "SnippetRefused", "key %s: snippets are never taken over; instead there are: %s%s", row->name, row->text,
		     guard ? ". It seems to keep somebody out, so the Ingresses of this class answer 503 until it is removed" : "");
}

/* "TLSv1.3 TLSv1.2" is "TLSv1.2 TLSv1.3": words by blanks or commas, in any order. */
static bool has_word(const char *text, const char *word, size_t n)
{
	while (*(text += strspn(text, " ,\t\n"))) {
		size_t l = strcspn(text, " ,\t\n");
		if (l == n && strncmp(text, word, n) == 0)
			return true;
		text += l;
	}
	return false;
}
static bool has_words(const char *text, const char *words)
{
	while (*(words += strspn(words, " ,\t\n"))) {
		size_t l = strcspn(words, " ,\t\n");
		if (!has_word(text, words, l))
			return false;
		words += l;
	}
	return true;
}
static bool same_words(const char *a, const char *b)
{
	return has_words(a, b) && has_words(b, a);
}

static int same(struct taking *t, const struct param_row *row, const char *text)
{
	bool guard = row->kind == PARAM_GUARD;

	if (row->same && same_words(text, row->same))
		return 0;
	t->p->refused = t->p->refused || guard;
	return fault(t->p, "UnsupportedParameter", "key %s has no effect%s%s%s: %s%s", row->name, row->same ? ", it is " : "",
		     row->same ? (*row->same ? row->same : "empty") : "", row->same ? " in any case" : "", row->text,
		     guard ? ". Without it everybody could come in, so the Ingresses of this class answer 503 until it is removed" : "");
}

static int take(struct taking *t, const char *key, const char *text)
{
	const struct param_row *row = param_find(key);
	size_t faults = t->p->n_faults;
	int code = 0;

	/* As ingress-nginx has it: an empty value is none. */
	if (row && !text[strspn(text, " \t\n")])
		return 0;
	if (!row && (str_has_suffix(key, "-snippet") || str_has_prefix(key, "global-auth-"))) {
		t->p->refused = true;
		return fault(t->p, "UnsupportedParameter",
			     "key %.100s is not known; without it everybody could come in, so the Ingresses of this class answer 503 "
			     "until it is removed", key);
	}
	if (!row)
		return fault(t->p, "UnsupportedParameter", "key %.100s is not known and has no effect", key);
	switch (row->kind) {
	case PARAM_NOTE:
		code = take_note(t, key, text, (enum note_id)row->arg);
		break;
	case PARAM_AUTH:
		code = take_auth(t, row, text);
		break;
	case PARAM_OWN:
		code = take_own(t, row, text);
		break;
	case PARAM_SNIPPET:
		code = snippet(t, row, text);
		break;
	case PARAM_FLAG:
		return fault(t->p, "UnsupportedParameter", "key %s has no effect, for it is a setting of nginx as a whole: %s", key, row->text);
	case PARAM_SAME:
	case PARAM_GUARD:
	case PARAM_NEVER:
		code = same(t, row, text);
		break;
	}
	if (code == 0 && t->p->n_faults == faults && t->taken.len < 700)
		buf_addf(&t->taken, "%s%s", t->taken.len ? ", " : "", row->name);
	return code;
}

static int take_one(struct taking *t, const char *key, const char *text)
{
	int code = take(t, key, text);

	if (code < 0 || !t->p->refused || t->p->refused_by)
		return code;
	t->p->refused_by = str_fmt("%.100s", key);
	return t->p->refused_by ? 0 : -ENOMEM;
}

static int finish(struct taking *t)
{
	struct rec_params *p = t->p;
	int code = fill_auth(t);

	if (code == 0 && t->hsts) {
		p->hsts = str_fmt("max-age=%lld%s%s", (long long)t->hsts_age, t->hsts_sub ? "; includeSubDomains" : "",
				  t->hsts_preload ? "; preload" : "");
		code = p->hsts ? 0 : -ENOMEM;
	}
	if (code == 0) {
		p->taken = t->taken.len ? buf_take(&t->taken, NULL) : str_dup("");
		code = p->taken ? 0 : -ENOMEM;
	}
	return code;
}

struct rec_params *rec_params_new(const char *ns, const json_t *o)
{
	struct taking *t = calloc(1, sizeof(*t));
	struct rec_params *p = calloc(1, sizeof(*p));
	const char *key;
	json_t *v;
	int code = t && p ? 0 : -ENOMEM;

	if (code == 0) {
		*p = (struct rec_params){.redirect = -1, .force_redirect = -1, .redirect_code = PARAMS_REDIRECT_CODE};
		t->p = p;
		t->ns = ns;
		t->r.ns = str_dup(ns);
		t->hsts = t->hsts_sub = true;
		t->hsts_age = 31536000;
		code = t->r.ns ? 0 : -ENOMEM;
	}
	json_object_foreach (json_object_get(o, "data"), key, v)
		if (code == 0 && json_is_string(v) && t->n++ < MAX_KEYS)
			code = take_one(t, key, json_string_value(v));
	code = code < 0 ? code : finish(t);
	if (t) {
		for (size_t i = 0; i < N_NOTES; i++)
			note_done(&t->auth[i]);
		for (size_t i = 0; i < t->r.n_faults; i++)
			free(t->r.faults[i].message);
		free(t->r.faults);
		free(t->r.ns);
		rec_notes_done(&t->r.notes);
		buf_done(&t->taken);
	}
	free(t);
	if (code == 0)
		return p;
	rec_params_free(p);
	return NULL;
}

void rec_params_free(struct rec_params *p)
{
	if (!p)
		return;
	for (size_t i = 0; i < p->n_defaults; i++)
		rec_option_done(&p->defaults[i].o);
	for (size_t i = 0; i < p->n_always; i++)
		rec_option_done(&p->always[i]);
	for (size_t i = 0; i < p->n_faults; i++)
		free(p->faults[i].message);
	free(p->defaults);
	free(p->always);
	free(p->faults);
	free(p->refused_by);
	free(p->hsts);
	free(p->add_headers);
	free(p->set_headers);
	free(p->certificate);
	free(p->backend);
	free(p->taken);
	free(p);
}
