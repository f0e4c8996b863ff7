/*
 * registries.yaml as k3s has it (https://docs.k3s.io/installation/private-registry): mirrors with their endpoints and
 * rewrites, and for each host credentials and certificates.
 */
#include <errno.h>
#include <regex.h>
#include "base/fs.h"
#include "base/str.h"
#include "node/image_store.h"

#define FILE_MAX_BYTES (1u << 20)
#define ENDPOINTS_MAX  32u

static void endpoint_done(struct registry_endpoint *p)
{
	if (p->password)
		explicit_bzero(p->password, strlen(p->password));
	if (p->identity_token)
		explicit_bzero(p->identity_token, strlen(p->identity_token));
	free(p->base);
	free(p->host);
	free(p->repo);
	free(p->ns);
	free(p->username);
	free(p->password);
	free(p->identity_token);
	free(p->ca_pem);
	free(p->cert_pem);
	free(p->key_pem);
	*p = (struct registry_endpoint){0};
}

void registry_endpoints_done(struct registry_endpoints *r)
{
	for (size_t i = 0; i < r->n; i++)
		endpoint_done(&r->v[i]);
	free(r->v);
	*r = (struct registry_endpoints){0};
}

static int read_pem(const json_t *tls, const char *key, const char *host, char **ret, struct err *e)
{
	const char *path = json_str(tls, key);
	AUTO_BUF struct buf b = {0};
	int r;

	if (!path || !*path)
		return 0;
	r = fs_read(path, FILE_MAX_BYTES, &b, e);
	if (r < 0)
		return err_wrap(e, "registries.yaml: configs \"%.80s\": %s", host, key);
	free(*ret);
	*ret = buf_take(&b, NULL);
	return *ret ? 0 : err_nomem(e);
}

static int set_str(char **dst, const char *s, struct err *e)
{
	return !s || !*s || str_replace(dst, s) == 0 ? 0 : err_nomem(e);
}

static int take_auth(struct registry_endpoint *p, const json_t *auth, struct err *e)
{
	const char *b64 = json_str(auth, "auth"), *colon;
	const char *token = json_str_or(auth, "identity_token", json_str(auth, "identitytoken"));
	AUTO_FREE void *data = NULL;
	size_t n;
	int r = set_str(&p->username, json_str(auth, "username"), e);

	if (r == 0)
		r = set_str(&p->password, json_str(auth, "password"), e);
	if (r == 0)
		r = set_str(&p->identity_token, token, e);
	if (r < 0 || !b64 || p->username)
		return r;
	if (b64_decode(b64, strlen(b64), false, &data, &n) < 0 || !(colon = memchr(data, ':', n)))
		return err_set(e, ERR_INVALID,
			       "registries.yaml: configs \"%.80s\": auth is not the base64 of user:password", p->host);
	p->username = str_ndup(data, (size_t)(colon - (char *)data));
	p->password = str_ndup(colon + 1, n - (size_t)(colon + 1 - (char *)data));
	explicit_bzero(data, n);
	return p->username && p->password ? 0 : err_nomem(e);
}

static int take_config(struct registry_endpoint *p, const json_t *configs, const char *alias, struct err *e)
{
	const json_t *c = json_object_get(configs, p->host), *tls;
	int r;

	if (!c && alias)
		c = json_object_get(configs, alias);
	if (!c)
		c = json_object_get(configs, "*");
	if (!c)
		return 0;
	r = take_auth(p, json_object_get(c, "auth"), e);
	tls = json_object_get(c, "tls");
	if (r == 0)
		r = read_pem(tls, "ca_file", p->host, &p->ca_pem, e);
	if (r == 0)
		r = read_pem(tls, "cert_file", p->host, &p->cert_pem, e);
	if (r == 0)
		r = read_pem(tls, "key_file", p->host, &p->key_pem, e);
	if (r == 0)
		p->insecure_skip_verify = json_bool_or(tls, "insecure_skip_verify", false);
	return r;
}

static bool is_loopback(const char *host)
{
	size_t n = strcspn(host, ":");

	return (n == 9 && strncmp(host, "localhost", 9) == 0) || str_has_prefix(host, "127.") ||
	       str_has_prefix(host, "[::1]");
}

/* Go's "$1" in a replacement. */
static int expand(struct buf *out, const char *to, const char *repo, const regmatch_t *m, size_t n)
{
	for (const char *p = to; *p; p++) {
		bool brace = p[0] == '$' && p[1] == '{';
		const char *d = p + 1 + brace;

		if (p[0] == '$' && *d >= '0' && *d <= '9' && (!brace || d[1] == '}')) {
			size_t k = (size_t)(*d - '0');

			if (k < n && m[k].rm_so >= 0)
				buf_add(out, repo + m[k].rm_so, (size_t)(m[k].rm_eo - m[k].rm_so));
			p = d + brace;
		} else {
			buf_addc(out, *p);
		}
	}
	return buf_failed(out) || out->len > 255 ? -ENOMEM : 0;
}

/* The first rule that matches changes the repository. */
static int rewrite(const json_t *rules, const char *repo, char **ret, struct err *e)
{
	const char *pattern;
	json_t *to;

	json_object_foreach((json_t *)rules, pattern, to)
	{
		regmatch_t m[10];
		regex_t re;
		int rc = regcomp(&re, pattern, REG_EXTENDED);
		AUTO_BUF struct buf out = {0};

		if (rc != 0)
			return err_set(e, ERR_INVALID, "registries.yaml: rewrite \"%.80s\" is not a regular expression",
				       pattern);
		rc = regexec(&re, repo, ARRAY_LEN(m), m, 0);
		regfree(&re);
		if (rc != 0)
			continue;
		buf_add(&out, repo, (size_t)m[0].rm_so);
		if (!json_is_string(to) || expand(&out, json_string_value(to), repo, m, ARRAY_LEN(m)) < 0)
			return err_set(e, ERR_INVALID,
				       "registries.yaml: rewrite \"%.80s\" gives no usable name for \"%.80s\"", pattern,
				       repo);
		buf_adds(&out, repo + m[0].rm_eo);
		*ret = buf_take(&out, NULL);
		return *ret ? 0 : err_nomem(e);
	}
	*ret = str_dup(repo);
	return *ret ? 0 : err_nomem(e);
}

static int set_url(struct registry_endpoint *p, const char *url, struct err *e)
{
	AUTO_FREE char *copy = NULL;
	const char *rest = strstr(url, "://"), *path;
	size_t n;

	copy = rest ? str_dup(url) : str_fmt("%s://%s", is_loopback(url) ? "http" : "https", url);
	if (!copy)
		return err_nomem(e);
	if (!str_has_prefix(copy, "http://") && !str_has_prefix(copy, "https://"))
		return err_set(e, ERR_INVALID, "registries.yaml: endpoint \"%.100s\" is neither http nor https", url);
	for (n = strlen(copy); n > 0 && copy[n - 1] == '/'; n--)
		copy[n - 1] = '\0';
	rest = strstr(copy, "://");
	if (!rest || !rest[3] || strpbrk(rest + 3, "@?# "))
		return err_set(e, ERR_INVALID, "registries.yaml: endpoint \"%.100s\" is not a URL of host and path",
			       url);
	rest += 3;
	path = rest + strcspn(rest, "/");
	p->host = str_ndup(rest, (size_t)(path - rest));
	/* Without a path the API is where the specification has it; a path is taken as it is. */
	p->base = str_fmt("%s%s", copy, *path ? "" : "/v2");
	return p->host && p->base ? 0 : err_nomem(e);
}

static int add_endpoint(struct registry_endpoints *all, const char *url, const char *host, const char *repo,
			const json_t *rules, const json_t *configs, bool origin, struct err *e)
{
	struct registry_endpoint *v = realloc(all->v, (all->n + 1) * sizeof(*v)), *p;
	int r;

	if (!v)
		return err_nomem(e);
	all->v = v;
	p = &v[all->n++];
	*p = (struct registry_endpoint){.origin = origin};
	r = set_url(p, url, e);
	if (r == 0)
		r = rewrite(rules, repo, &p->repo, e);
	if (r == 0 && !origin && !streq(p->host, host) && !(p->ns = str_dup(host)))
		r = err_nomem(e);
	/* One may name docker.io's own settings by its short name. */
	return r < 0 ? r : take_config(p, configs, origin ? host : NULL, e);
}

static int find(const json_t *conf, const char *host, const char *repo, struct registry_endpoints *all, struct err *e)
{
	const json_t *mirrors = json_object_get(conf, "mirrors"), *configs = json_object_get(conf, "configs"), *m,
		     *list, *own;
	const char *origin = streq(host, "docker.io") ? "registry-1.docker.io" : host;
	AUTO_FREE char *url = NULL;
	json_t *v;
	size_t i;
	int r = 0;

	m = json_object_get(mirrors, host);
	if (!m)
		m = json_object_get(mirrors, "*");
	list = json_object_get(m, "endpoint");
	if (json_array_size(list) > ENDPOINTS_MAX)
		return err_set(e, ERR_INVALID, "registries.yaml: more than %u endpoints for \"%.80s\"", ENDPOINTS_MAX,
			       host);
	json_array_foreach((json_t *)list, i, v)
	{
		if (!json_is_string(v))
			return err_set(e, ERR_INVALID, "registries.yaml: an endpoint of \"%.80s\" is not a string",
				       host);
		r = add_endpoint(all, json_string_value(v), host, repo, json_object_get(m, "rewrite"), configs, false,
				 e);
		if (r < 0)
			return r;
	}
	/* Unless the mirrors name it themselves, the registry comes last. Plain HTTP only to this machine, and not
	   where a certificate was set up. */
	own = json_object_get(json_object_get(configs, origin), "tls");
	url = str_fmt("%s://%s", is_loopback(origin) && !own ? "http" : "https", origin);
	if (!url)
		return err_nomem(e);
	for (i = 0; i < all->n; i++)
		if (streq(all->v[i].host, origin) && str_has_prefix(all->v[i].base, url) &&
		    streq(all->v[i].repo, repo)) {
			all->v[i].origin = true;
			return 0;
		}
	return add_endpoint(all, url, host, repo, NULL, configs, true, e);
}

int registry_endpoints_parse(const char *yaml, size_t n, const char *host, const char *repo,
			     struct registry_endpoints *ret, struct err *e)
{
	static const char *const known[] = {"mirrors", "configs", "auths"};
	CLEANUP(registry_endpoints_done) struct registry_endpoints all = {0};
	AUTO_JSON json_t *conf = NULL;
	const char *key;
	json_t *v;
	int r = n > 0 ? yaml_parse(yaml, n, &conf, e) : 0;

	if (r < 0)
		return err_wrap(e, "registries.yaml");
	if (conf && !json_is_object(conf) && !json_is_null(conf))
		return err_set(e, ERR_INVALID, "registries.yaml: not a mapping");
	json_object_foreach(conf, key, v)
	{
		bool ok = false;

		for (size_t i = 0; i < ARRAY_LEN(known); i++)
			ok |= streq(key, known[i]);
		if (!ok || (!json_is_object(v) && !json_is_null(v)))
			return err_set(e, ERR_INVALID,
				       "registries.yaml: \"%.60s\" is not known; there are mirrors and configs", key);
	}
	r = find(conf, host, repo, &all, e);
	if (r < 0)
		return r;
	*ret = all;
	all = (struct registry_endpoints){0};
	return 0;
}

int registry_endpoints_find(const char *file, const char *host, const char *repo, struct registry_endpoints *ret,
			    struct err *e)
{
	AUTO_BUF struct buf b = {0};
	int r = file ? fs_read(file, FILE_MAX_BYTES, &b, e) : 0;

	if (r < 0 && r != ERR_NOT_FOUND)
		return r;
	r = registry_endpoints_parse(b.data, b.len, host, repo, ret, e);
	if (b.data)
		explicit_bzero(b.data, b.cap);
	return r;
}
