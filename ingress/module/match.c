#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include "ingress/module/cache.h"
#include "ingress/module/match.h"

#define MATCH_LIMIT 50000 /* steps: some milliseconds */
#define HEAP_KIB    256
#define N_GROUPS    10
#define KEPT_MAX    4096 /* expressions, whatever tables have them */

struct mk_match { /* a worker's */
	pcre2_match_context *limits;
	pcre2_match_data *data;
	pcre2_compile_context *compile;
};
struct mk_regex {
	struct mk_item item;
	unsigned refs;    /* tables, and one while it is kept */
	pcre2_code *code; /* NULL: it does not compile */
};

static struct mk_match *match_get(struct mk_main_conf *m)
{
	struct mk_match *w = m->match;

	if (w)
		return w;
	w = ngx_calloc(sizeof(*w), ngx_cycle->log);
	if (!w)
		return NULL;
	w->limits = pcre2_match_context_create(NULL);
	w->data = pcre2_match_data_create(N_GROUPS, NULL);
	w->compile = pcre2_compile_context_create(NULL);
	if (!w->limits || !w->data || !w->compile) {
		pcre2_match_context_free(w->limits);
		pcre2_match_data_free(w->data);
		pcre2_compile_context_free(w->compile);
		ngx_free(w);
		return NULL;
	}
	(void)pcre2_set_match_limit(w->limits, MATCH_LIMIT);
	(void)pcre2_set_heap_limit(w->limits, HEAP_KIB);
	(void)pcre2_set_max_pattern_length(w->compile, 4096);
	(void)pcre2_set_parens_nest_limit(w->compile, 50);
	m->match = w;
	return w;
}

static void regex_put(struct mk_regex *x)
{
	if (--x->refs)
		return;
	pcre2_code_free(x->code);
	ngx_free(x);
}

static void regex_drop(struct mk_item *item)
{
	regex_put((struct mk_regex *)item);
}

static struct mk_regex *regex_new(struct mk_match *w, ngx_str_t text, uint32_t options, ngx_log_t *log)
{
	struct mk_regex *x = ngx_calloc(sizeof(*x), log);
	PCRE2_SIZE at = 0;
	int error = 0;
	u_char why[128];

	if (!x)
		return NULL;
	x->refs = 1;
	x->code = pcre2_compile(text.data, text.len, options | PCRE2_NEVER_UTF | PCRE2_NEVER_BACKSLASH_C, &error, &at,
				w->compile);
	if (!x->code) {
		if (pcre2_get_error_message(error, why, sizeof(why)) < 0)
			why[0] = 0;
		ngx_log_error(NGX_LOG_ERR, log, 0, "minik: the expression \"%V\" does not compile at %uz: %s", &text,
			      (size_t)at, why);
		return x;
	}
	/* Without it the interpreter does. */
	(void)pcre2_jit_compile(x->code, PCRE2_JIT_COMPLETE);
	return x;
}

/* One reference more; NULL: no memory. */
static struct mk_regex *regex_find(struct mk_main_conf *m, struct mk_match *w, ngx_str_t text, uint32_t options, ngx_log_t *log)
{
	ngx_str_t parts[] = {{sizeof(options), (u_char *)&options}, text};
	u_char key[MK_DIGEST];
	struct mk_regex *x;

	if (!m->regexes)
		m->regexes = mk_cache_new(KEPT_MAX, SIZE_MAX, regex_drop);
	if (!m->regexes || mk_digest(parts, 2, key) != NGX_OK)
		return NULL;
	x = (struct mk_regex *)mk_cache_get(m->regexes, key);
	if (!x) {
		x = regex_new(w, text, options, log);
		if (!x)
			return NULL;
		ngx_memcpy(x->item.key, key, MK_DIGEST);
		mk_cache_put(m->regexes, &x->item);
	}
	x->refs++;
	return x;
}

static void on_table_end(void *data)
{
	struct mk_table *t = data;
	const struct tf_header *h = tf_head(t->map);

	for (uint32_t i = 0; i < h->sections[TF_PATHS].n + h->sections[TF_CONDS].n; i++)
		if (t->regexes[i])
			regex_put(t->regexes[i]);
}

/* A compiled expression for the number; made when there is none yet. */
static struct mk_regex *regex_get(struct mk_main_conf *m, struct mk_match *w, struct mk_table *t, uint32_t number,
				  ngx_str_t text, uint32_t options, ngx_log_t *log)
{
	const struct tf_header *h = tf_head(t->map);

	if (!t->regexes) {
		ngx_pool_cleanup_t *c = ngx_pool_cleanup_add(t->pool, 0);
		if (!c)
			return NULL;
		t->regexes =
		    ngx_pcalloc(t->pool, (h->sections[TF_PATHS].n + h->sections[TF_CONDS].n) * sizeof(*t->regexes));
		if (!t->regexes)
			return NULL;
		c->data = t;
		c->handler = on_table_end;
	}
	if (!t->regexes[number])
		t->regexes[number] = regex_find(m, w, text, options, log);
	return t->regexes[number];
}

/* Count of groups, 0: no match, NGX_ERROR. */
static ngx_int_t regex_run(struct mk_match *w, struct mk_regex *x, ngx_str_t text, ngx_str_t s, ngx_log_t *log)
{
	int rc;

	if (!x || !x->code)
		return NGX_ERROR;
	rc = pcre2_match(x->code, s.data, s.len, 0, 0, w->data, w->limits);
	if (rc == PCRE2_ERROR_NOMATCH)
		return 0;
	if (rc < 0) {
		ngx_log_error(NGX_LOG_ERR, log, 0, "minik: the expression \"%V\" comes to its limits (%d)", &text, rc);
		return NGX_ERROR;
	}
	return rc ? rc : N_GROUPS;
}

ngx_int_t mk_match_path(ngx_http_request_t *r, struct mk_main_conf *m, struct mk_ctx *x, uint32_t path)
{
	const struct tf_path *p = (const struct tf_path *)tf_at(x->table->map, TF_PATHS) + path;
	ngx_str_t text = mk_str(x->table, p->path), uri = r->uri;
	ngx_log_t *log = r->connection->log;
	struct mk_match *w = match_get(m);
	PCRE2_SIZE *at;
	ngx_int_t n;

	if (!w)
		return NGX_ERROR;
	/* "." is any byte: by a line's end (%0a) nobody gets past an expression that guards all below a path */
	n = regex_run(w, regex_get(m, w, x->table, path, text, PCRE2_CASELESS | PCRE2_ANCHORED | PCRE2_DOTALL, log), text, uri, log);
	if (n <= 0)
		return n;
	if (!x->captures)
		x->captures = ngx_palloc(r->pool, N_GROUPS * sizeof(*x->captures));
	if (!x->captures)
		return NGX_ERROR;
	at = pcre2_get_ovector_pointer(w->data);
	for (ngx_int_t i = 0; i < n; i++) {
		x->captures[i].data = uri.data;
		x->captures[i].len = 0;
		if (at[2 * i] == PCRE2_UNSET || at[2 * i + 1] < at[2 * i])
			continue;
		x->captures[i].data += at[2 * i];
		x->captures[i].len = at[2 * i + 1] - at[2 * i];
	}
	x->n_captures = (ngx_uint_t)n;
	return 1;
}

ngx_int_t mk_match_cond(struct mk_main_conf *m, struct mk_table *t, uint32_t cond, ngx_str_t s, ngx_log_t *log)
{
	const struct tf_cond *c = (const struct tf_cond *)tf_at(t->map, TF_CONDS) + cond;
	ngx_str_t text = mk_str(t, c->value);
	struct mk_match *w = match_get(m);
	ngx_int_t n;

	if (!w)
		return NGX_ERROR;
	n = regex_run(w, regex_get(m, w, t, tf_head(t->map)->sections[TF_PATHS].n + cond, text, 0, log), text, s, log);
	return n > 0 ? 1 : n;
}
