/* Parameters of classes: what they say of themselves, and what comes of them for an Ingress. */
#include <errno.h>
#include <stdarg.h>
#include "base/str.h"
#include "ingress/build.h"
#include "ingress/params.h"

static int say(struct build *b, const char *class, const char *reason, const char *fmt, ...) __attribute__((format(printf, 4, 5)));
static int say(struct build *b, const char *class, const char *reason, const char *fmt, ...)
{
	char text[900];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	return build_finding_of(b, class, reason, text);
}

/* --- which --- */

/* Of an Ingress without one: the default class, of several the first by name, else the class that minik makes. */
static const struct rec_class *class_of(const struct build *b, const struct rec_ingress *r)
{
	const char *best = NULL, *said = r->class ? r->class : r->old_class;
	struct map_iter it = MAP_ITER_INIT;

	while (!said && map_next(b->m->classes, &it)) {
		const struct rec_class *c = it.value;
		if (c->ours && c->dflt && (!best || strcmp(it.key, best) < 0))
			best = it.key;
	}
	const struct rec_class *c = map_get(b->m->classes, said ? said : best ? best : b->m->class);
	return c && c->ours ? c : NULL;
}

static const struct rec_params *params_of(const struct build *b, const struct rec_class *c)
{
	const struct rec_configmap *m = c && c->config ? map_get(b->m->configmaps, c->config) : NULL;
	return m ? m->params : NULL;
}

const struct rec_params *build_params(const struct build *b, const struct rec_ingress *r, bool *refused)
{
	const struct rec_class *c = class_of(b, r);
	const struct rec_params *p = params_of(b, c);

	*refused = p ? p->refused : c && c->config;
	return p;
}

static const struct rec_params *params(const struct build *b, const struct rec_ingress *r)
{
	bool refused;
	return build_params(b, r, &refused);
}

/* --- what is wrong --- */

static int check_map(struct build *b, const char *class, const char *key, const char *map)
{
	const struct rec_configmap *c = map ? map_get(b->m->configmaps, map) : NULL;

	if (!map)
		return 0;
	if (!c)
		return say(b, class, "MissingConfigMap", "key %s: ConfigMap %s does not exist; its headers are not set", key, map);
	int code = c->bad ? say(b, class, "InvalidConfigMap",
				"key %s: ConfigMap %s: these are no headers that can be set, or their values have control characters: %s",
				key, map, c->bad)
			  : 0;
	return code || !c->dollars ? code
				   : say(b, class, "InvalidConfigMap", "key %s: ConfigMap %s: these have variables in their values: %s",
					 key, map, c->dollars);
}

static int check_certificate(struct build *b, const char *class, const char *secret)
{
	const struct rec_secret *s = secret ? map_get(b->m->secrets, secret) : NULL;

	if (!secret || (s && !s->fault))
		return 0;
	return say(b, class, s ? "InvalidSecret" : "MissingSecret", "key default-ssl-certificate: Secret %s%s %s; minik's own certificate is shown",
		   secret, s ? ":" : "", s ? s->fault : "does not exist");
}

static int check(struct build *b, const char *class, const struct rec_class *c)
{
	const struct rec_params *p = params_of(b, c);
	int code;

	if (c->unfit)
		return say(b, class, "UnsupportedParameters", "spec.parameters names %s, which has no effect: %s", c->parameters, c->unfit);
	if (build_want(b, false, c->config) < 0)
		return -ENOMEM;
	if (!p)
		return say(b, class, "MissingConfigMap",
			   "spec.parameters: %s does not exist; it may say who may come in, so the Ingresses of this class answer 503 "
			   "until it is there", c->parameters);
	if (build_want(b, false, p->add_headers) < 0 || build_want(b, false, p->set_headers) < 0 || build_want(b, true, p->certificate) < 0)
		return -ENOMEM;
	for (size_t i = 0; i < p->n_faults; i++)
		if ((code = say(b, class, p->faults[i].reason, "%s: %s", c->parameters, p->faults[i].message)) < 0)
			return code;
	code = check_map(b, class, "add-headers", p->add_headers);
	code = code ? code : check_map(b, class, "proxy-set-headers", p->set_headers);
	return code ? code : check_certificate(b, class, p->certificate);
}

int build_classes(struct build *b)
{
	struct map_iter it = MAP_ITER_INIT;
	int code = 0;

	while (code == 0 && map_next(b->m->classes, &it)) {
		const struct rec_class *c = it.value;
		if (c->ours && c->parameters)
			code = check(b, it.key, c);
	}
	return code;
}

int build_class_refusal(struct build *b, const struct rec_ingress *r)
{
	const struct rec_params *p;
	bool refused;

	p = build_params(b, r, &refused);
	if (refused && !p) {
		b->refused = true;
		return build_finding(b, r, "ClassRefused",
				     "ConfigMap %s, the parameters of its IngressClass, does not exist and may say who may come in; this "
				     "Ingress answers 503 until it is there", class_of(b, r)->config);
	}
	if (refused) {
		b->refused = true;
		return build_finding(b, r, "ClassRefused",
				     "the parameters of its IngressClass, ConfigMap %s, say by key %s who may come in, and that key cannot be had "
				     "as it is (an event of the class says why); this Ingress answers 503 until it is mended",
				     class_of(b, r)->config, p->refused_by ? p->refused_by : "global-auth-url");
	}
	if (r->notes.global_auth && !(p && p->auth)) {
		b->refused = true;
		return build_finding(b, r, "InvalidAnnotation",
				     "annotation enable-global-auth: there is no authentication for all, which is global-auth-url of the "
				     "class' parameters; name auth-url. Without it everybody could come in, so this Ingress answers 503 "
				     "until it is mended");
	}
	return 0;
}

/* --- what comes of them --- */

bool build_redirects(const struct build *b, const struct rec_ingress *r, bool force)
{
	const struct rec_params *p = params(b, r);
	signed char said = !p ? -1 : force ? p->force_redirect : p->redirect;

	if (said < 0 || rec_note_given(&r->notes, force ? NOTE_FORCE_SSL_REDIRECT : NOTE_SSL_REDIRECT))
		return force ? r->notes.force_redirect : r->notes.redirect;
	return said;
}

int64_t build_redirect_code(const struct build *b, const struct rec_ingress *r)
{
	const struct rec_params *p = params(b, r);
	return p ? p->redirect_code : PARAMS_REDIRECT_CODE;
}

/* Who answers a certificate authority's challenge is asked by nobody who could log in. */
static bool is_challenge(const struct rec_ingress *r)
{
	static const char prefix[] = "/.well-known/acme-challenge";

	for (size_t i = 0; i < r->n_paths; i++) {
		const char *rest = r->paths[i].path + strlen(prefix);
		if (r->paths[i].expr || !str_has_prefix(r->paths[i].path, prefix) || (*rest && *rest != '/'))
			return false;
	}
	return r->n_paths && !r->dflt.service;
}

static bool has_own(const struct rec_ingress *r, unsigned note)
{
	const struct rec_notes *n = &r->notes;

	switch (note) {
	case NOTE_ALLOWLIST:
	case NOTE_WHITELIST:
		return rec_note_given(n, NOTE_ALLOWLIST) || rec_note_given(n, NOTE_WHITELIST);
	case NOTE_LIMIT_ALLOWLIST:
	case NOTE_LIMIT_WHITELIST:
		return rec_note_given(n, NOTE_LIMIT_ALLOWLIST) || rec_note_given(n, NOTE_LIMIT_WHITELIST);
	case NOTE_AUTH_URL:
		return rec_note_given(n, NOTE_AUTH_URL) || (rec_note_given(n, NOTE_GLOBAL_AUTH) && !n->global_auth) || is_challenge(r);
	default:
		return rec_note_given(n, note);
	}
}

static int put(struct options *o, const struct ing_option *from)
{
	return rec_option(&o->v, &o->n, from->opt, from->num, from->a, from->b) ? 0 : -ENOMEM;
}

static int put_headers(struct build *b, struct options *o, const char *map, enum ing_opt opt)
{
	const struct rec_configmap *c = map ? map_get(b->m->configmaps, map) : NULL;

	for (size_t i = 0; c && i < c->n; i++)
		if (!strchr(c->v[i].value, '$') && !rec_option(&o->v, &o->n, opt, 0, c->v[i].name, c->v[i].value))
			return -ENOMEM;
	return 0;
}

int build_class_options(struct build *b, const struct rec_ingress *r, bool tls, struct options *o)
{
	const struct rec_params *p = params(b, r);
	const char *hsts = p ? p->hsts : PARAMS_HSTS;
	int code = 0;

	if (tls && hsts && !rec_option(&o->v, &o->n, OPT_HSTS, 0, hsts, NULL))
		return -ENOMEM;
	if (!p)
		return 0;
	for (size_t i = 0; code == 0 && i < p->n_defaults; i++)
		if (!has_own(r, p->defaults[i].note))
			code = put(o, &p->defaults[i].o);
	for (size_t i = 0; code == 0 && i < p->n_always; i++)
		code = put(o, &p->always[i]);
	code = code ? code : put_headers(b, o, p->add_headers, OPT_RESPONSE_SET);
	return code ? code : put_headers(b, o, p->set_headers, OPT_REQUEST_SET);
}

int build_class_retry(struct build *b, const struct rec_ingress *r, struct options *o)
{
	const struct rec_params *p = params(b, r);
	const int64_t mask = ING_NEXT_ERROR | ING_NEXT_TIMEOUT | ING_NEXT_NON_IDEMPOTENT;
	size_t n = 0;

	if (!p || !p->retry)
		return 0;
	for (size_t i = 0; i < o->n; i++)
		if (o->v[i].opt == OPT_NEXT_UPSTREAM) {
			n++;
			if (!(o->v[i].num & ING_NEXT_OFF))
				o->v[i].num |= ING_NEXT_NON_IDEMPOTENT;
		}
	return n || rec_option(&o->v, &o->n, OPT_NEXT_UPSTREAM, mask, NULL, NULL) ? 0 : -ENOMEM;
}

int build_class_errors(struct build *b, const struct rec_ingress *r, struct options *o)
{
	const struct rec_params *p = params(b, r);
	const char *key = NULL;
	bool any = false;

	for (size_t i = 0; !any && i < o->n; i++)
		any = o->v[i].opt == OPT_ERROR_CODE;
	if (!any)
		return 0;
	AUTO_FREE char *own = r->notes.default_service ? str_fmt("%s/%s", r->ns, r->notes.default_service) : NULL;
	const char *service = own ? own : p ? p->backend : NULL;
	if (r->notes.default_service && !own)
		return -ENOMEM;
	if (!service)
		return rec_note_given(&r->notes, NOTE_ERRORS)
			   ? build_finding(b, r, "InvalidAnnotation",
					   "annotation custom-http-errors has no effect without default-backend, or default-backend-service in "
					   "the parameters of the class")
			   : 0;
	if (build_error_backend(b, r, service, &key) < 0)
		return -ENOMEM;
	if (!key)
		return 0;
	/* of the class for its own list, of an Ingress for either */
	bool keep = rec_note_given(&r->notes, NOTE_OWN_ERRORS) ? r->notes.own_errors
							       : p && p->own_errors && !rec_note_given(&r->notes, NOTE_ERRORS);
	bool ok = rec_option(&o->v, &o->n, OPT_ERROR_BACKEND, 0, key, NULL) &&
		  (!keep || rec_option(&o->v, &o->n, OPT_ERROR_KEEP, 0, NULL, NULL));
	return ok ? 0 : -ENOMEM;
}

/* --- the default certificate --- */

/* One for all: that of the default class before others', then by name. */
static const char *certificate_class(const struct build *b)
{
	struct map_iter it = MAP_ITER_INIT;
	const struct rec_class *best = NULL;
	const char *name = NULL;

	while (map_next(b->m->classes, &it)) {
		const struct rec_class *c = it.value;
		const struct rec_params *p = c->ours ? params_of(b, c) : NULL;
		const struct rec_secret *s = p && p->certificate ? map_get(b->m->secrets, p->certificate) : NULL;
		if (!s || s->fault)
			continue;
		if (!best || c->dflt > best->dflt || (c->dflt == best->dflt && strcmp(it.key, name) < 0)) {
			best = c;
			name = it.key;
		}
	}
	return name;
}

static int show(struct ing_server *to, const char *class, const char *key, const struct rec_secret *s, const char *ocsp)
{
	to->secret = str_dup(key);
	to->teller = str_dup(class);
	to->not_before = s->not_before;
	to->not_after = s->not_after;
	to->cert_pem = pem_ref(s->cert_pem);
	to->key_pem = pem_ref(s->key_pem);
	to->ocsp = str_dup(ocsp);
	return to->secret && to->teller && !ocsp == !to->ocsp ? 0 : -ENOMEM;
}

int build_default_certificate(struct build *b)
{
	const char *name = certificate_class(b);
	struct map_iter it = MAP_ITER_INIT;
	int code = 0;

	if (!name)
		return 0;
	const struct rec_params *its = params_of(b, map_get(b->m->classes, name));
	const char *key = its->certificate, *ocsp = its->ocsp ? name : NULL;
	const struct rec_secret *s = map_get(b->m->secrets, key);
	while (code == 0 && map_next(b->m->classes, &it)) {
		const struct rec_class *c = it.value;
		const struct rec_params *p = c->ours ? params_of(b, c) : NULL;
		if (p && p->certificate && !streq(p->certificate, key))
			code = say(b, it.key, "Conflict", "key default-ssl-certificate: there is one for all, and IngressClass %s has it", name);
	}
	/* Those that are there for clients' certificates alone. */
	for (size_t i = 0; code == 0 && i < b->t.n_servers; i++)
		if (!b->t.servers[i].cert_pem)
			code = show(&b->t.servers[i], name, key, s, ocsp);
	struct ing_server *to = code == 0 ? REC_GROW(b->t.servers, b->t.n_servers) : NULL;
	return to && (to->name = str_dup("*")) ? show(to, name, key, s, ocsp) : -ENOMEM;
}
