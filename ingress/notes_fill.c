/* Values of annotations to options, and to what the model itself does with them. */
#include <errno.h>
#include "base/str.h"
#include "ingress/notes.h"
#include "ingress/records.h"

#define GO(code, call) ((code) < 0 ? (code) : (call))

struct ing_option *rec_option(struct ing_option **options, size_t *n, enum ing_opt opt, int64_t num, const char *a,
			      const char *b)
{
	struct ing_option *o = rec_grow((void **)options, n, sizeof(*o));

	if (!o)
		return NULL;
	*o = (struct ing_option){.opt = opt, .num = num, .a = str_dup(a), .b = str_dup(b)};
	return (a && !o->a) || (b && !o->b) ? NULL : o;
}

struct ing_option *rec_option_pem(struct ing_option **options, size_t *n, enum ing_opt opt, const struct ing_pem *a,
				  const struct ing_pem *b)
{
	struct ing_option *o = rec_grow((void **)options, n, sizeof(*o));

	if (!o)
		return NULL;
	*o = (struct ing_option){.opt = opt, .pem_a = pem_ref(a), .pem_b = pem_ref(b)};
	o->a = a ? o->pem_a->text : NULL;
	o->b = b ? o->pem_b->text : NULL;
	return o;
}

/* Hashes of passwords are among the texts. */
static void secret_free(char *s)
{
	if (s)
		explicit_bzero(s, strlen(s));
	free(s);
}

void rec_option_done(struct ing_option *o)
{
	if (o->pem_a)
		pem_unref(o->pem_a);
	else
		secret_free(o->a);
	if (o->pem_b)
		pem_unref(o->pem_b);
	else
		secret_free(o->b);
}

static int put(struct rec_ingress *r, enum ing_opt opt, int64_t num, const char *a)
{
	return rec_option(&r->notes.options, &r->notes.n_options, opt, num, a, NULL) ? 0 : -ENOMEM;
}

static int put_row(struct rec_ingress *r, const struct note_row *row, const struct note *v)
{
	const char *p = v->text;
	int code = 0;

	switch (row->g.kind) {
	case G_HEADER_LIST:
	case G_NETWORKS:
	case G_ORIGINS:
	case G_CN:
		for (size_t i = 0; code == 0 && i < v->n; i++, p += strlen(p) + 1)
			code = put(r, row->opt, 0, p);
		return code;
	case G_CODES:
		for (size_t i = 0; code == 0 && i < v->n; i++, p += strlen(p) + 1)
			code = put(r, row->opt, strtol(p, NULL, 10), NULL);
		return code;
	case G_DOMAIN_PAIR:
	case G_PATH_PAIR:
		return !v->n || rec_option(&r->notes.options, &r->notes.n_options, row->opt, 0, p, p + strlen(p) + 1) ? 0 : -ENOMEM;
	case G_BOOL:
		return !(row->flags & NOTE_FLAG) ? put(r, row->opt, v->num, NULL)
		       : v->num                  ? put(r, row->opt, 0, NULL)
						 : 0;
	default:
		return put(r, row->opt, v->text ? 0 : v->num, v->text);
	}
}

/* Numbers that mean "none" and so need no option; without session-cookie-secure the cookie is as the client came. */
static bool is_nothing(enum note_id id, const struct note *v)
{
	return (id == NOTE_RPS || id == NOTE_RPM || id == NOTE_CONNECTIONS || id == NOTE_RATE ||
		id == NOTE_RATE_AFTER || id == NOTE_COOKIE_SECURE) &&
	       !v->num;
}

/* "ns/name". One of another namespace is refused: its owner has not given it to this Ingress. */
static int own_ref(struct rec_ingress *r, const struct note *v, enum note_id id, char **ret)
{
	const struct note_row *row = note_row(id);

	if (!v[id].set)
		return 0;
	const char *slash = strchr(v[id].text, '/');
	size_t n = strlen(r->ns);
	if (!slash) {
		*ret = str_fmt("%s/%s", r->ns, v[id].text);
		return *ret ? 0 : -ENOMEM;
	}
	if ((size_t)(slash - v[id].text) == n && strncmp(v[id].text, r->ns, n) == 0) {
		*ret = str_dup(v[id].text);
		return *ret ? 0 : -ENOMEM;
	}
	bool guard = row->flags & NOTE_GUARDS;
	r->notes.refused = r->notes.refused || guard;
	return rec_fault(r, "InvalidAnnotation", "annotation %s: %.200s is of another namespace; %s", row->name,
			 v[id].text,
			 guard ? "only this one's own can be named, and this Ingress answers 503 until it is mended"
			       : "only this one's own can be named, it is ignored");
}

static int move(char **ret, const struct note *v)
{
	*ret = v->set ? str_dup(v->text) : NULL;
	return v->set && !*ret ? -ENOMEM : 0;
}

static int fill_answers(struct rec_ingress *r, const struct note *v)
{
	const enum note_id id = v[NOTE_TEMPORAL].set ? NOTE_TEMPORAL : NOTE_PERMANENT,
			   code_id = id == NOTE_TEMPORAL ? NOTE_TEMPORAL_CODE : NOTE_PERMANENT_CODE;
	int64_t status = id == NOTE_TEMPORAL ? 302 : 301;

	if (v[NOTE_SSL_REDIRECT].set)
		r->notes.redirect = v[NOTE_SSL_REDIRECT].num;
	r->notes.force_redirect = v[NOTE_FORCE_SSL_REDIRECT].num;
	r->notes.www = v[NOTE_WWW].num;
	if (v[code_id].set && str_to_i64(v[code_id].text, 300, 399, &status) < 0)
		return -ENOMEM;
	if (!v[id].set)
		return 0;
	return put(r, strchr(v[id].text, '$') ? OPT_REDIRECT_TO : OPT_REDIRECT, status, v[id].text);
}

/* Where the URL has a host of its own: what DNS says of a name, and what variables bring, is judged when it is asked.
 */
static int judge_auth_url(struct rec_ingress *r, const struct note *v)
{
	const char *host = v->set ? strstr(v->text, "://") : NULL;
	bool literal;

	if (!host)
		return 0;
	host += 3;
	bool bracket = *host == '[';
	host += bracket;
	AUTO_FREE char *name = str_ndup(host, strcspn(host, bracket ? "]" : ":/?"));
	if (!name)
		return -ENOMEM;
	const char *refused = grammar_refused_host(name, &literal);
	if (!refused)
		return 0;
	r->notes.refused = true;
	return rec_fault(r, "InvalidAnnotation",
			 "annotation auth-url: %.200s is %s, where no Ingress may lead; name a Service of the cluster; "
			 "this Ingress answers 503 until then",
			 name, refused);
}

static int fill_auth(struct rec_ingress *r, const struct note *v)
{
	int code = own_ref(r, v, NOTE_AUTH_SECRET, &r->notes.basic_secret);

	if (code == 0 && v[NOTE_AUTH_TYPE].set) {
		const char *realm = v[NOTE_AUTH_REALM].set ? v[NOTE_AUTH_REALM].text : "Authentication Required";
		code = put(r, OPT_BASIC, 0, realm);
		if (code == 0 && !r->notes.basic_secret && !r->notes.refused) {
			r->notes.refused = true;
			code = rec_fault(r, "InvalidAnnotation",
					 "annotation auth-type needs auth-secret, which names the users; this Ingress "
					 "answers 503 until then");
		}
	}
	r->notes.basic_map = v[NOTE_AUTH_SECRET_TYPE].set && v[NOTE_AUTH_SECRET_TYPE].num == 1;
	if (v[NOTE_SATISFY].num == 1)
		code = GO(code, put(r, OPT_SATISFY_ANY, 0, NULL));
	if (v[NOTE_AUTH_CACHE_KEY].set)
		code = GO(code, put(r, OPT_AUTH_CACHE,
				    v[NOTE_AUTH_CACHE_DURATION].set ? v[NOTE_AUTH_CACHE_DURATION].num : 300000,
				    v[NOTE_AUTH_CACHE_KEY].text));
	code = GO(code, own_ref(r, v, NOTE_AUTH_SET_HEADERS, &r->notes.auth_headers));
	r->notes.global_auth = v[NOTE_GLOBAL_AUTH].num;
	code = GO(code, judge_auth_url(r, &v[NOTE_AUTH_URL]));
	r->notes.host_variable = v[NOTE_AUTH_URL].set && strchr(v[NOTE_AUTH_URL].text, '$');

	r->notes.verify = v[NOTE_TLS_VERIFY].set ? (enum ing_verify)v[NOTE_TLS_VERIFY].num : ING_VERIFY_ON;
	r->notes.depth = v[NOTE_TLS_DEPTH].set ? (unsigned)v[NOTE_TLS_DEPTH].num : 1;
	return GO(code, own_ref(r, v, NOTE_TLS_SECRET, &r->notes.client_secret));
}

static int fill_backend(struct rec_ingress *r, const struct note *v)
{
	int code = 0;

	if (v[NOTE_PROTOCOL].set && v[NOTE_PROTOCOL].num != ING_HTTP)
		code = put(r, OPT_PROTOCOL, v[NOTE_PROTOCOL].num, NULL);
	if (v[NOTE_HTTP_VERSION].set)
		code = GO(code, put(r, OPT_HTTP_VERSION, v[NOTE_HTTP_VERSION].num ? 11 : 10, NULL));
	r->notes.cluster_address = v[NOTE_SERVICE_UPSTREAM].num;
	r->notes.own_errors = v[NOTE_OWN_ERRORS].num;
	code = GO(code, move(&r->notes.default_service, &v[NOTE_DEFAULT_BACKEND]));
	code = GO(code, own_ref(r, v, NOTE_PROXY_SECRET, &r->notes.proxy_secret));
	r->notes.proxy_verify = v[NOTE_PROXY_VERIFY].num;
	if (code == 0 && r->notes.proxy_verify && !r->notes.proxy_secret) {
		r->notes.refused = true;
		code = rec_fault(r, "InvalidAnnotation",
				 "annotation proxy-ssl-verify needs proxy-ssl-secret, whose ca.crt says who is "
				 "believed; this Ingress answers "
				 "503 until then");
	}
	return code;
}

/* As ingress-nginx' defaults have it: "off" of either, and "default", which would exchange a URL that no backend knows, change nothing. */
static int fill_location(struct rec_ingress *r, const struct note *v)
{
	const char *from = v[NOTE_LOCATION_FROM].text, *to = v[NOTE_LOCATION_TO].text;

	if (!from || streq(from, "off") || streq(from, "default") || (to && streq(to, "off")))
		return 0;
	if (!to)
		return rec_fault(r, "InvalidAnnotation", "annotation proxy-redirect-from has no effect without proxy-redirect-to");
	return rec_option(&r->notes.options, &r->notes.n_options, OPT_LOCATION, 0, from, to) ? 0 : -ENOMEM;
}

static int fill_hash(struct rec_ingress *r, const struct note *v)
{
	int64_t size = v[NOTE_HASH_SIZE].set ? v[NOTE_HASH_SIZE].num : 3;

	return v[NOTE_HASH].set ? put(r, OPT_HASH, v[NOTE_HASH_SUBSET].num ? size : 1, v[NOTE_HASH].text) : 0;
}

static int fill_affinity(struct rec_ingress *r, const struct note *v)
{
	int code = 0;

	if (!v[NOTE_AFFINITY].set)
		return 0;
	code = put(r, OPT_COOKIE, 0, v[NOTE_COOKIE_NAME].set ? v[NOTE_COOKIE_NAME].text : "INGRESSCOOKIE");
	if (v[NOTE_AFFINITY_MODE].num == 1)
		code = GO(code, put(r, OPT_COOKIE_PERSISTENT, 0, NULL));
	if (v[NOTE_AFFINITY_CANARY].num == 1)
		code = GO(code, put(r, OPT_COOKIE_CANARY_LEGACY, 0, NULL));
	return code;
}

static int fill_cors(struct rec_ingress *r, const struct note *v)
{
	if (!v[NOTE_CORS].num)
		return 0;
	int code = put(r, OPT_CORS, 0, NULL);
	return v[NOTE_CORS_ORIGIN].set ? code : GO(code, put(r, OPT_CORS_ORIGIN, 0, "*"));
}

static int fill_canary(struct rec_ingress *r, const struct note *v)
{
	struct rec_notes *n = &r->notes;
	int code = move(&n->canary_header, &v[NOTE_CANARY_HEADER]);

	n->canary = v[NOTE_CANARY].num;
	n->canary_legacy = n->canary && v[NOTE_AFFINITY_CANARY].num == 1;
	code = GO(code, move(&n->canary_value, &v[NOTE_CANARY_VALUE]));
	code = GO(code, move(&n->canary_pattern, &v[NOTE_CANARY_PATTERN]));
	code = GO(code, move(&n->canary_cookie, &v[NOTE_CANARY_COOKIE]));
	n->canary_total = v[NOTE_CANARY_TOTAL].set ? (uint32_t)v[NOTE_CANARY_TOTAL].num : 100;
	n->canary_weight = (uint32_t)v[NOTE_CANARY_WEIGHT].num;
	if (n->canary_weight > n->canary_total) {
		n->canary_weight = n->canary_total;
		code = GO(code, rec_fault(r, "InvalidAnnotation",
					  "annotation canary-weight is more than %u of canary-weight-total; all "
					  "requests go to the canary",
					  n->canary_total));
	}
	return code;
}

static int fill_aliases(struct rec_ingress *r, const struct note *v)
{
	const char *p = v->text;

	for (size_t i = 0; i < v->n; i++, p += strlen(p) + 1) {
		char **slot = REC_GROW(r->notes.aliases, r->notes.n_aliases);
		if (!slot || !(*slot = str_dup(p)))
			return -ENOMEM;
	}
	return 0;
}

/* What is on by one annotation and can only be narrowed by others is off when these are wrong. */
static int check_cors(struct rec_ingress *r, struct note *v)
{
	if (v[NOTE_CORS].num && v[NOTE_CORS_ORIGIN].set && !v[NOTE_CORS_ORIGIN].n) {
		note_done(&v[NOTE_CORS]);
		return rec_fault(r, "InvalidAnnotation",
				 "annotation enable-cors: no origin is left, so no other may read answers");
	}
	return 0;
}

int rec_notes_fill(struct rec_ingress *r, struct note *v)
{
	int code = check_cors(r, v);

	for (size_t i = 0; i < N_NOTES; i++)
		if (v[i].set)
			r->notes.given[i / 64] |= UINT64_C(1) << (i % 64);
	r->notes.regex = v[NOTE_REGEX].num || v[NOTE_REWRITE].set;
	if (v[NOTE_NEXT_TRIES].set && !v[NOTE_NEXT_TRIES].num) /* no bound, which nobody has here */
		v[NOTE_NEXT_TRIES].num = 100;
	for (int i = NOTE_NONE + 1; code == 0 && i < N_NOTES; i++) {
		const struct note_row *row = note_row((enum note_id)i);
		if (!row || !row->opt || !v[i].set || is_nothing((enum note_id)i, &v[i]))
			continue;
		if (row->needs == NOTE_CORS && !v[NOTE_CORS].num)
			continue;
		code = put_row(r, row, &v[i]);
	}
	code = GO(code, fill_answers(r, v));
	code = GO(code, fill_auth(r, v));
	code = GO(code, fill_backend(r, v));
	code = GO(code, fill_location(r, v));
	code = GO(code, fill_hash(r, v));
	code = GO(code, fill_affinity(r, v));
	code = GO(code, fill_cors(r, v));
	code = GO(code, fill_canary(r, v));
	code = GO(code, own_ref(r, v, NOTE_CUSTOM_HEADERS, &r->notes.custom_headers));
	return GO(code, fill_aliases(r, &v[NOTE_ALIAS]));
}

void rec_notes_done(struct rec_notes *n)
{
	for (size_t i = 0; i < n->n_options; i++)
		rec_option_done(&n->options[i]);
	for (size_t i = 0; i < n->n_aliases; i++)
		free(n->aliases[i]);
	char *texts[] = {n->default_service, n->basic_secret,  n->auth_headers, n->custom_headers, n->proxy_secret,
			 n->client_secret,   n->canary_header, n->canary_value, n->canary_pattern, n->canary_cookie};
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		free(texts[i]);
	free(n->options);
	free(n->aliases);
	*n = (struct rec_notes){0};
}
