/* What an Ingress asks of requests, with the objects that it names: options of its policies. */
#include <errno.h>
#include "base/buf.h"
#include "base/str.h"
#include "ingress/build.h"

static int put(struct options *o, enum ing_opt opt, int64_t num, const char *a, const char *b)
{
	return rec_option(&o->v, &o->n, opt, num, a, b) ? 0 : -ENOMEM;
}

/* --- what cannot be granted --- */

static int refuse(struct build *b, const struct rec_ingress *r, const char *reason, const char *what, const char *why)
{
	b->refused = true;
	return build_finding(b, r, reason, "%s %s; this Ingress answers 503 until it is mended", what, why);
}

static int check_users(struct build *b, const struct rec_ingress *r, const char *key)
{
	const struct rec_secret *s = map_get(b->m->secrets, key);
	AUTO_FREE char *what = str_fmt("annotation auth-secret: Secret %s", key);

	if (!what)
		return -ENOMEM;
	if (!s)
		return refuse(b, r, "MissingSecret", what, "does not exist");
	if (!r->notes.basic_map && !s->has_file)
		return refuse(b, r, "InvalidSecret", what, "has no key \"auth\"");
	const struct rec_users *u = r->notes.basic_map ? &s->map : &s->file;
	if (u->bad)
		return build_finding(b, r, "InvalidSecret",
				     "%s: %zu of its %s are left out: a user is a name without colon and a hash as "
				     "htpasswd -B (cost up to 12), "
				     "htpasswd -m, openssl passwd or crypt make it",
				     what, u->bad, r->notes.basic_map ? "keys" : "lines");
	return u->n ? 0 : build_finding(b, r, "InvalidSecret", "%s has no users: nobody comes in", what);
}

static int check_ca(struct build *b, const struct rec_ingress *r, const char *key, const char *note)
{
	const struct rec_secret *s = map_get(b->m->secrets, key);
	AUTO_FREE char *what = str_fmt("annotation %s: Secret %s", note, key);

	if (!what)
		return -ENOMEM;
	if (!s)
		return refuse(b, r, "MissingSecret", what, "does not exist");
	return s->ca_fault ? refuse(b, r, "InvalidSecret", what, s->ca_fault) : 0;
}

static int check_proxy(struct build *b, const struct rec_ingress *r, const char *key)
{
	const struct rec_secret *s = map_get(b->m->secrets, key);
	AUTO_FREE char *what = str_fmt("annotation proxy-ssl-secret: Secret %s", key);

	if (!what)
		return -ENOMEM;
	if (!s)
		return refuse(b, r, "MissingSecret", what, "does not exist");
	if (r->notes.proxy_verify && s->ca_fault)
		return refuse(b, r, "InvalidSecret", what, s->ca_fault);
	return s->fault && s->ca_fault ? refuse(b, r, "InvalidSecret", what, s->fault) : 0;
}

static int check_headers(struct build *b, const struct rec_ingress *r, const char *key, bool auth)
{
	const struct rec_configmap *c = map_get(b->m->configmaps, key);
	const char *note = auth ? "auth-proxy-set-headers" : "custom-headers";
	AUTO_FREE char *what = str_fmt("annotation %s: ConfigMap %s", note, key);

	if (!what)
		return -ENOMEM;
	if (!c)
		return auth ? refuse(b, r, "MissingConfigMap", what, "does not exist")
			    : build_finding(b, r, "MissingConfigMap", "%s does not exist; its headers are not set",
					    what);
	int code = c->bad ? build_finding(b, r, "InvalidConfigMap",
					  "%s: left out are, as headers that cannot be set or have control characters in their values: %s",
					  what, c->bad)
			  : 0;
	return code || !auth || !c->dollars
		   ? code
		   : build_finding(b, r, "InvalidConfigMap", "%s: left out are, as their values have variables: %s", what, c->dollars);
}

/* "http://NAME.NAMESPACE.svc...": a Service of the cluster, which is known. Requests are not let in without it, by what nginx does. */
static int check_auth_url(struct build *b, const struct rec_ingress *r, const char *url)
{
	const char *p = strstr(url, "://"), *host = p ? p + 3 : url;
	size_t n = strcspn(host, "/?#:"), name = strcspn(host, "."), ns = 0;
	int64_t port = str_has_prefix(url, "https:") ? 443 : 80;

	if (name < n)
		ns = strcspn(host + name + 1, ".:/?#");
	const char *svc = host + name + 1 + ns;
	if (!ns || svc + 4 > host + n || strncmp(svc, ".svc", 4) != 0 || (svc + 4 < host + n && svc[4] != '.'))
		return 0;
	AUTO_FREE char *key = str_fmt("%.*s/%.*s", (int)ns, host + name + 1, (int)name, host);
	AUTO_FREE char *rest = host[n] == ':' ? str_ndup(host + n + 1, strspn(host + n + 1, "0123456789")) : NULL;
	if (!key || (host[n] == ':' && !rest))
		return -ENOMEM;
	const struct rec_service *s = map_get(b->m->services, key);
	if (!s)
		return build_finding(b, r, "MissingService",
				     "annotation auth-url: Service %s does not exist; nobody comes in until it does", key);
	if (rest && str_to_i64(rest, 1, 65535, &port) < 0)
		return 0;
	const struct rec_ref ref = {.port = (uint16_t)port};
	/* A headless Service's endpoints have whatever ports they listen on. */
	return !s->n_addresses || build_port(s, &ref)
		   ? 0
		   : build_finding(b, r, "MissingPort",
				   "annotation auth-url: Service %s has no TCP port %u; nobody comes in until it has", key,
				   ref.port);
}

static int check_auth(struct build *b, const struct rec_ingress *r)
{
	for (size_t i = 0; i < r->notes.n_options; i++)
		if (r->notes.options[i].opt == OPT_AUTH_URL)
			return check_auth_url(b, r, r->notes.options[i].a);
	return 0;
}

int build_refusal(struct build *b, const struct rec_ingress *r)
{
	const struct rec_notes *n = &r->notes;
	int code = 0;

	b->refused = n->refused;
	code = build_class_refusal(b, r);
	if (code == 0 && n->basic_secret)
		code = check_users(b, r, n->basic_secret);
	if (code == 0 && n->auth_headers)
		code = check_headers(b, r, n->auth_headers, true);
	if (code == 0)
		code = check_auth(b, r);
	if (code == 0 && n->custom_headers)
		code = check_headers(b, r, n->custom_headers, false);
	if (code == 0 && n->proxy_secret)
		code = check_proxy(b, r, n->proxy_secret);
	if (code == 0 && n->client_secret && n->verify != ING_VERIFY_OFF)
		code = check_ca(b, r, n->client_secret, "auth-tls-secret");
	return code;
}

/* --- options --- */

/*
 * $host is the rule's and not what the client says, who must not choose whom to ask about him. For a wildcard it stays
 * what the client says without a port: a name within it.
 */
static int put_url(struct options *to, const struct ing_option *o, const char *host, bool https)
{
	static const char *const hosts[] = {"$best_http_host", "$http_host", "$host"}, *const schemes[] = {
											   "$pass_access_scheme",
											   "$scheme"};
	AUTO_BUF struct buf out = {0};

	for (const char *p = o->a, *from = p; *p; from = p) {
		for (size_t i = 0; p == from && i < ARRAY_LEN(hosts); i++)
			if (str_has_prefix(p, hosts[i])) {
				buf_adds(&out, *host == '*' ? "$host" : host);
				p += strlen(hosts[i]);
			}
		for (size_t i = 0; p == from && i < ARRAY_LEN(schemes); i++)
			if (str_has_prefix(p, schemes[i])) {
				buf_adds(&out, https ? "https" : "http");
				p += strlen(schemes[i]);
			}
		if (p == from)
			buf_addc(&out, *p++);
	}
	AUTO_FREE char *text = buf_take(&out, NULL);
	return text ? put(to, o->opt, o->num, text, NULL) : -ENOMEM;
}

static int put_notes(struct options *to, const struct rec_notes *n, const char *host, bool https)
{
	int code = 0;

	for (size_t i = 0; code == 0 && i < n->n_options; i++) {
		const struct ing_option *o = &n->options[i];
		if (o->opt == OPT_CLIENT_CERT_ERROR || o->opt == OPT_CLIENT_CERT_PASS || o->opt == OPT_CLIENT_CERT_CN)
			continue; /* put_client's */
		if (o->opt == OPT_AUTH_URL && n->host_variable)
			code = put_url(to, o, host, https);
		else
			code = put(to, o->opt, o->num, o->a, o->b);
	}
	return code;
}

static int put_users(struct options *to, const struct build *b, const struct rec_notes *n)
{
	const struct rec_secret *s = n->basic_secret ? map_get(b->m->secrets, n->basic_secret) : NULL;
	const struct rec_users *u = !s ? NULL : n->basic_map ? &s->map : &s->file;
	int code = 0;

	for (size_t i = 0; u && code == 0 && i < u->n; i++)
		code = put(to, OPT_BASIC_USER, 0, u->v[i].name, u->v[i].hash);
	return code;
}

static int put_headers(struct options *to, const struct build *b, const char *key, enum ing_opt opt)
{
	const struct rec_configmap *c = key ? map_get(b->m->configmaps, key) : NULL;
	int code = 0;

	for (size_t i = 0; c && code == 0 && i < c->n; i++)
		if (opt == OPT_RESPONSE_SET || !strchr(c->v[i].value, '$'))
			code = put(to, opt, 0, c->v[i].name, c->v[i].value);
	return code;
}

static int put_proxy(struct options *to, const struct build *b, const struct rec_notes *n)
{
	const struct rec_secret *s = n->proxy_secret ? map_get(b->m->secrets, n->proxy_secret) : NULL;

	if (s && s->cert_pem && !rec_option_pem(&to->v, &to->n, OPT_TLS_CERT, s->cert_pem, s->key_pem))
		return -ENOMEM;
	return s && s->ca_pem && !rec_option_pem(&to->v, &to->n, OPT_TLS_CA, s->ca_pem, NULL) ? -ENOMEM : 0;
}

/* All of a namespace's Ingresses for the host are behind its client certificates, as they are with ingress-nginx. */
static int put_client(struct options *to, const struct rec_ingress *client)
{
	const struct rec_notes *n = &client->notes;
	int code = put(to, OPT_CLIENT_CERT, n->verify, NULL, NULL);

	for (size_t i = 0; code == 0 && i < n->n_options; i++) {
		const struct ing_option *o = &n->options[i];
		if (o->opt == OPT_CLIENT_CERT_ERROR || o->opt == OPT_CLIENT_CERT_PASS || o->opt == OPT_CLIENT_CERT_CN)
			code = put(to, o->opt, o->num, o->a, o->b);
	}
	return code;
}

void build_options_sort(struct ing_option *o, size_t n)
{
	/* Mostly in order already, and lists must stay in theirs. */
	for (size_t i = 1; i < n; i++) {
		struct ing_option x = o[i];
		size_t j = i;
		for (; j > 0 && o[j - 1].opt > x.opt; j--)
			o[j] = o[j - 1];
		o[j] = x;
	}
}

struct variant { /* what makes the policies of one Ingress differ */
	bool refused, https, has_certificate;
	const struct rec_ingress *client;
	const char *host; /* NULL: it does not matter */
};

static bool ca_usable(const struct build *b, const struct rec_ingress *client)
{
	const struct rec_secret *s = map_get(b->m->secrets, client->notes.client_secret);
	return s && s->ca_pem;
}

static int choose(struct build *b, const struct rec_ingress *r, const char *host, struct variant *v)
{
	const struct host_info *info = map_get(b->hosts, host);
	const struct rec_notes *n = &r->notes;
	bool own = n->client_secret && n->verify != ING_VERIFY_OFF, named = !streq(host, "*");
	const struct rec_ingress *client = info ? info->client : NULL;
	int code = 0;

	*v = (struct variant){.refused = b->refused, .has_certificate = build_has_certificate(b, r, host)};
	v->https = build_redirects(b, r, true) || (build_redirects(b, r, false) && v->has_certificate);
	if (n->host_variable && !named) {
		v->refused = true;
		code = build_finding(b, r, "InvalidAnnotation",
				     "annotation auth-url: its variables stand for the host of the rule, and there is a rule "
				     "without host, whose paths answer 503; name the host there");
	} else if (n->host_variable)
		v->host = host;
	if (own && streq(host, "*")) {
		v->refused = true;
		code = code ? code
			    : build_finding(b, r, "InvalidAnnotation",
					    "annotation auth-tls-secret: rules without host cannot ask for "
					    "certificates, which TLS does by "
					    "name; their paths answer 503");
	} else if (own && client != r && !streq(client->notes.client_secret, n->client_secret)) {
		v->refused = true;
		code = code ? code
			    : build_finding(b, r, "Conflict",
					    "host %s asks for client certificates of the older Ingress %s; this one's "
					    "paths there answer 503",
					    host, client->key);
	} else if (client && streq(client->ns, r->ns) && (client == r || ca_usable(b, client)))
		v->client = client;
	return code;
}

static int fill(struct build *b, const struct rec_ingress *r, const struct variant *v, struct options *o)
{
	if (v->refused)
		return put(o, OPT_REFUSED, 0, NULL, NULL);
	int code = v->https ? put(o, OPT_HTTPS_REDIRECT, build_redirect_code(b, r), NULL, NULL) : 0;
	code = code ? code : build_class_options(b, r, v->has_certificate, o);
	code = code ? code : put_notes(o, &r->notes, v->host, v->https || v->has_certificate);
	code = code ? code : put_users(o, b, &r->notes);
	code = code ? code : put_headers(o, b, r->notes.auth_headers, OPT_AUTH_REQUEST_HEADER);
	code = code ? code : put_headers(o, b, r->notes.custom_headers, OPT_RESPONSE_SET);
	code = code ? code : put_proxy(o, b, &r->notes);
	code = code ? code : build_class_retry(b, r, o);
	code = code ? code : build_class_errors(b, r, o);
	return code || !v->client ? code : put_client(o, v->client);
}

int build_policy(struct build *b, const struct rec_ingress *r, const char *host, size_t *ret)
{
	struct variant v;
	bool fresh;

	if (choose(b, r, host, &v) < 0)
		return -ENOMEM;
	AUTO_FREE char *key = str_fmt("%s %d%d%d %s %s", r->key, v.refused, v.https, v.has_certificate, v.client ? v.client->key : "",
				      v.host ? v.host : "");
	if (!key || build_slot(b->policies, key, b->t.n_policies, ret, &fresh) < 0)
		return -ENOMEM;
	if (!fresh)
		return 0;
	struct ing_policy *p = REC_GROW(b->t.policies, b->t.n_policies);
	if (!p || !(p->owner = str_dup(r->key)))
		return -ENOMEM;
	struct options o = {0};
	int code = fill(b, r, &v, &o);
	p->options = o.v;
	p->n_options = o.n;
	build_options_sort(p->options, p->n_options);
	return code;
}
