/* Secrets and ConfigMaps that Ingresses refer to, to records. */
#include <errno.h>
#include <string.h>
#include "base/buf.h"
#include "base/str.h"
#include "ingress/params.h"
#include "ingress/records.h"
#include "wire/cert.h"

/* Every worker of nginx parses it for the first client, and the table has the text of all. */
#define MAX_CERT  (64 * 1024) /* a chain of sixteen certificates has half as much */
#define MAX_KEY   (16 * 1024)
#define MAX_CA    (256 * 1024) /* all that browsers trust */
#define MAX_USERS 10000
#define MAX_NAME  256
#define MAX_HASH  256

/* A Secret's key as text; NULL when absent or not text. */
static char *value_text(const json_t *v, size_t max)
{
	const char *b64 = json_string_value(v);
	AUTO_FREE void *raw = NULL;
	size_t n = 0;

	if (!b64 || strlen(b64) > max * 4 / 3 + 4 || b64_decode(b64, strlen(b64), false, &raw, &n) < 0 ||
	    memchr(raw, '\0', n))
		return NULL;
	char *text = str_ndup(raw, n);
	explicit_bzero(raw, n);
	return text;
}
static char *secret_text(const json_t *o, const char *key, size_t max)
{
	return value_text(json_object_get(json_object_get(o, "data"), key), max);
}

static void wipe(char *s)
{
	if (s)
		explicit_bzero(s, strlen(s));
	free(s);
}

/* --- users --- */

/*
 * nginx' worker computes it and waits for nothing meanwhile: of those whose costs are in the hash, what people make by
 * default and no more. The module has the same bounds.
 */
static bool hash_bearable(const char *h)
{
	static const char digits[] = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
	size_t n = strlen(h);

	if (n > MAX_HASH)
		return false;
	for (const char *p = h; *p; p++)
		if (*p <= ' ' || *p > '~')
			return false;
	if (str_has_prefix(h, "{SHA}") || str_has_prefix(h, "{SSHA}") || str_has_prefix(h, "$apr1$") ||
	    str_has_prefix(h, "$1$"))
		return true;
	if (h[0] == '$' && h[1] == '2' && h[2] && strchr("aby", h[2]) && h[3] == '$')
		return n == 60 && (h[4] == '0' || h[4] == '1') && h[5] >= '0' && h[5] <= '9' &&
		       (h[4] == '0' || h[5] <= '2');
	if (str_has_prefix(h, "$5$") || str_has_prefix(h, "$6$")) {
		char text[12] = "";
		int64_t rounds;
		if (!str_has_prefix(h + 3, "rounds="))
			return true;
		size_t d = strspn(h + 10, "0123456789");
		if (!d || d >= sizeof(text) || h[10 + d] != '$')
			return false;
		memcpy(text, h + 10, d);
		return str_to_i64(text, 1000, 200000, &rounds) == 0;
	}
	if (str_has_prefix(h, "$y$j")) {
		const char *cost = h[4] ? strchr(digits, h[4]) : NULL,
			   *size = cost && h[5] ? strchr(digits, h[5]) : NULL;
		return size && cost - digits <= 12 && size - digits <= 31 && h[6] == '$';
	}
	return n == 13 && strspn(h, digits) == 13;
}

static bool name_usable(const char *s, size_t n)
{
	if (!n || n > MAX_NAME || memchr(s, ':', n))
		return false;
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)s[i] < 0x20 || s[i] == 0x7f)
			return false;
	return true;
}

static int add_user(struct rec_users *u, const char *name, size_t name_n, const char *hash)
{
	if (!name_usable(name, name_n) || !hash_bearable(hash) || u->n >= MAX_USERS) {
		u->bad++;
		return 0;
	}
	struct rec_user *slot = REC_GROW(u->v, u->n);
	if (!slot)
		return -ENOMEM;
	slot->name = str_ndup(name, name_n);
	slot->hash = str_dup(hash);
	return slot->name && slot->hash ? 0 : -ENOMEM;
}

/* "name:hash" by lines, as htpasswd writes them; a third field is a comment. */
static int read_file(struct rec_users *u, char *text)
{
	for (char *line = text, *next; line; line = next) {
		size_t n = strcspn(line, "\n");
		next = line[n] ? line + n + 1 : NULL;
		line[n] = '\0';
		line[strcspn(line, "\r")] = '\0';
		if (!*line || *line == '#')
			continue;
		char *colon = strchr(line, ':');
		if (!colon) {
			u->bad++;
			continue;
		}
		colon[1 + strcspn(colon + 1, ":")] = '\0';
		if (add_user(u, line, (size_t)(colon - line), colon + 1) < 0)
			return -ENOMEM;
	}
	return 0;
}

static int read_map(struct rec_users *u, const json_t *data)
{
	const char *key;
	json_t *v;

	json_object_foreach ((json_t *)(uintptr_t)data, key, v) {
		AUTO_FREE char *hash = value_text(v, MAX_HASH + 2);
		if (!hash) {
			u->bad++;
			continue;
		}
		hash[strcspn(hash, "\r\n")] = '\0';
		if (add_user(u, key, strlen(key), hash) < 0)
			return -ENOMEM;
	}
	return 0;
}

static void users_done(struct rec_users *u)
{
	for (size_t i = 0; i < u->n; i++) {
		free(u->v[i].name);
		wipe(u->v[i].hash);
	}
	free(u->v);
}

/* --- certificates --- */

static bool too_large(const json_t *o, const char *key, size_t max)
{
	const char *b64 = json_string_value(json_object_get(json_object_get(o, "data"), key));
	return b64 && strlen(b64) > max * 4 / 3 + 4;
}

/* As browsers and ingress-nginx have it: the subject's name counts where no DNS name is among the alternative ones. */
static char *names_of(const struct cert_info *info)
{
	AUTO_BUF struct buf out = {0};

	for (const char *p = info->sans ? info->sans : ""; *p; p += *p == '\n') {
		size_t n = strcspn(p, "\n");
		if (str_has_prefix(p, "DNS:"))
			buf_addf(&out, "%.*s\n", (int)(n - 4), p + 4);
		p += n;
	}
	if (!out.len)
		buf_addf(&out, "%s\n", info->cn);
	for (size_t i = 0; i < out.len; i++)
		if (out.data[i] >= 'A' && out.data[i] <= 'Z')
			out.data[i] = (char)(out.data[i] | 0x20);
	return buf_take(&out, NULL);
}

bool rec_secret_covers(const struct rec_secret *s, const char *host)
{
	const char *rest = strchr(host, '.');
	size_t n;

	for (const char *p = s->names; p && *p; p += n + 1) {
		n = strcspn(p, "\n");
		if (n == strlen(host) && strncmp(p, host, n) == 0)
			return true;
		if (str_has_prefix(p, "*.") && rest && rest > host && n - 1 == strlen(rest) &&
		    strncmp(p + 1, rest, n - 1) == 0)
			return true;
	}
	return false;
}

static int read_pair(struct rec_secret *s, const json_t *o)
{
	AUTO_FREE char *cert = secret_text(o, "tls.crt", MAX_CERT);
	char *key = secret_text(o, "tls.key", MAX_KEY);
	struct cert_info info = {0};
	struct err e = {0};

	if (too_large(o, "tls.crt", MAX_CERT) || too_large(o, "tls.key", MAX_KEY))
		s->fault = str_dup("tls.crt is larger than 64 KiB, or tls.key than 16 KiB");
	else if (!cert || !key)
		s->fault = str_dup("it has no tls.crt and tls.key in PEM");
	else if (!strstr(cert, "-----BEGIN"))
		s->fault = str_dup("tls.crt is not PEM: it has no line \"-----BEGIN CERTIFICATE-----\"");
	else if (!strstr(key, "-----BEGIN"))
		s->fault = str_dup("tls.key is not PEM: it has no line \"-----BEGIN ... PRIVATE KEY-----\"");
	else if (cert_inspect(&info, cert, &e) < 0)
		s->fault = str_fmt("tls.crt: %.200s", e.msg);
	else if (!cert_key_matches(cert, key))
		s->fault = str_dup("tls.key is not the key of tls.crt");
	else {
		s->cert_pem = pem_new(cert);
		s->key_pem = pem_new(key);
		s->names = names_of(&info);
		s->not_before = info.not_before;
		s->not_after = info.not_after;
	}
	cert_info_done(&info);
	wipe(key);
	return s->fault || (s->cert_pem && s->key_pem && s->names) ? 0 : -ENOMEM;
}

static int read_ca(struct rec_secret *s, const json_t *o)
{
	AUTO_FREE char *ca = secret_text(o, "ca.crt", MAX_CA);
	AUTO_FREE char *crl = secret_text(o, "ca.crl", MAX_CA);
	const json_t *data = json_object_get(o, "data");
	struct cert_info info = {0};
	struct err e = {0};

	if (too_large(o, "ca.crt", MAX_CA) || too_large(o, "ca.crl", MAX_CA))
		s->ca_fault = str_dup("ca.crt or ca.crl is larger than 256 KiB");
	else if (!ca)
		s->ca_fault = str_dup("it has no ca.crt in PEM");
	else if (!strstr(ca, "-----BEGIN"))
		s->ca_fault = str_dup("ca.crt is not PEM: it has no line \"-----BEGIN CERTIFICATE-----\"");
	else if (cert_inspect(&info, ca, &e) < 0)
		s->ca_fault = str_fmt("ca.crt: %.200s", e.msg);
	else if (json_object_get(data, "ca.crl") && (!crl || !strstr(crl, "-----BEGIN X509 CRL-----")))
		s->ca_fault = str_dup(
		    "ca.crl is not a list of revoked certificates in PEM"); /* without it revoked ones would be good */
	else {
		s->ca_pem = pem_new(ca);
		s->crl_pem = crl ? pem_new(crl) : NULL;
	}
	cert_info_done(&info);
	return s->ca_fault || (s->ca_pem && !crl == !s->crl_pem) ? 0 : -ENOMEM;
}

struct rec_secret *rec_secret_new(const json_t *o)
{
	struct rec_secret *s = calloc(1, sizeof(*s));
	int code = s ? 0 : -ENOMEM;

	code = code ? code : read_pair(s, o);
	code = code ? code : read_ca(s, o);
	/* A certificate's keys are no users, and a list of users is no certificate. */
	if (!code && !streq(json_str_or(o, "type", ""), "kubernetes.io/tls")) {
		char *file = secret_text(o, "auth", 1 << 20);
		s->has_file = file != NULL;
		code = file ? read_file(&s->file, file) : 0;
		wipe(file);
		code = code ? code : read_map(&s->map, json_object_get(o, "data"));
	}
	if (code && s) {
		rec_secret_free(s);
		s = NULL;
	}
	return s;
}

void rec_secret_free(void *p)
{
	struct rec_secret *s = p;

	pem_unref(s->cert_pem);
	pem_unref(s->key_pem);
	free(s->fault);
	free(s->names);
	pem_unref(s->ca_pem);
	pem_unref(s->crl_pem);
	free(s->ca_fault);
	users_done(&s->file);
	users_done(&s->map);
	free(s);
}

/* --- headers --- */

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct rec_header *)a)->name, ((const struct rec_header *)b)->name);
}

static void add_name(struct buf *b, const char *name)
{
	if (b->len < 300)
		buf_addf(b, "%s%.60s", b->len ? ", " : "", name);
}

struct rec_configmap *rec_configmap_new(const char *ns, const json_t *o)
{
	struct rec_configmap *c = calloc(1, sizeof(*c));
	AUTO_BUF struct buf bad = {0};
	AUTO_BUF struct buf dollars = {0};
	const char *key;
	json_t *v;

	if (!c)
		return NULL;
	json_object_foreach (json_object_get(o, "data"), key, v) {
		const char *value = json_string_value(v);
		size_t n = value ? strlen(value) : 0;
		n -= n && value[n - 1] == '\n'; /* YAML's blocks end so */
		AUTO_FREE char *text = value ? str_ndup(value, n) : NULL;
		if (!text || !grammar_header_settable(key) || !grammar_header_value(text) || c->n >= 100) {
			add_name(&bad, key);
			continue;
		}
		if (strchr(text, '$'))
			add_name(&dollars, key);
		struct rec_header *h = REC_GROW(c->v, c->n);
		if (!h || !(h->name = str_dup(key)) || !(h->value = TAKE_PTR(text))) {
			rec_configmap_free(c);
			return NULL;
		}
	}
	if (c->n)
		qsort(c->v, c->n, sizeof(*c->v), by_name);
	c->bad = bad.len ? buf_take(&bad, NULL) : NULL;
	c->dollars = dollars.len ? buf_take(&dollars, NULL) : NULL;
	c->params = rec_params_new(ns, o);
	if (buf_failed(&bad) || buf_failed(&dollars) || !c->params || rec_gateway_params(&c->gateway, o) < 0) {
		rec_configmap_free(c);
		return NULL;
	}
	return c;
}

void rec_configmap_free(void *p)
{
	struct rec_configmap *c = p;

	for (size_t i = 0; i < c->n; i++) {
		free(c->v[i].name);
		free(c->v[i].value);
	}
	free(c->v);
	free(c->bad);
	free(c->dollars);
	rec_params_free(c->params);
	free(c->gateway.fault);
	free(c);
}
