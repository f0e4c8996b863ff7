/*
 * Requests to a registry: OCI distribution specification, and the token authentication of Docker's registry
 * (https://distribution.github.io/distribution/spec/auth/token/).
 */
#include <errno.h>
#include <strings.h>
#include <sys/mman.h>
#include "base/str.h"
#include "node/image_store.h"
#include "wire/http_client.h"

#define TOKEN_MAX  (1u << 20)
#define REQUEST_MS 60000u

void registry_session_done(struct registry_session *r)
{
	if (r->authorization)
		explicit_bzero(r->authorization, strlen(r->authorization));
	free(r->authorization);
	r->authorization = NULL;
}

void auth_challenge_done(struct auth_challenge *c)
{
	free(c->realm);
	free(c->service);
	free(c->scope);
	*c = (struct auth_challenge){0};
}

static const char *skip_space(const char *p)
{
	return p + strspn(p, " \t");
}

/* key=value or key="quoted \" value"; returns behind it, NULL when malformed. */
static const char *take_param(const char *p, struct buf *key, struct buf *value)
{
	size_t n = strcspn(p, "=, \t\"");

	if (n == 0 || n > 64)
		return NULL;
	buf_add(key, p, n);
	p = skip_space(p + n);
	if (*p != '=')
		return NULL;
	p = skip_space(p + 1);
	if (*p != '"') {
		n = strcspn(p, ", \t");
		buf_add(value, p, n);
		return p + n;
	}
	for (p++; *p && *p != '"'; p++) {
		if (*p == '\\' && p[1])
			p++;
		buf_addc(value, *p);
	}
	return *p == '"' ? p + 1 : NULL;
}

int auth_challenge_parse(const char *header, struct auth_challenge *ret)
{
	CLEANUP(auth_challenge_done) struct auth_challenge c = {0};
	const char *p = skip_space(header);
	size_t n = strcspn(p, " \t");

	c.bearer = n == 6 && strncasecmp(p, "Bearer", 6) == 0;
	c.basic = n == 5 && strncasecmp(p, "Basic", 5) == 0;
	if (!c.bearer && !c.basic)
		return ERR_UNSUPPORTED;
	p = skip_space(p + n);
	while (*p) {
		AUTO_BUF struct buf key = {0}, value = {0};
		char **dst;

		p = take_param(p, &key, &value);
		if (!p)
			return ERR_PROTO;
		buf_addc(&key, '\0');
		buf_addc(&value, '\0');
		if (buf_failed(&key) || buf_failed(&value))
			return -ENOMEM;
		dst = strcasecmp(key.data, "realm") == 0     ? &c.realm
		      : strcasecmp(key.data, "service") == 0 ? &c.service
		      : strcasecmp(key.data, "scope") == 0   ? &c.scope
							     : NULL;
		if (dst && !*dst && !(*dst = str_dup(value.data)))
			return -ENOMEM;
		p = skip_space(p);
		if (*p && *p != ',')
			return ERR_PROTO;
		while (*p == ',' || *p == ' ' || *p == '\t')
			p++;
	}
	*ret = c;
	c = (struct auth_challenge){0};
	return 0;
}

/* The registry's own settings win, then the pod's pull secret. */
static void credentials(const struct registry_session *r, const char **user, const char **pass, const char **token)
{
	*user = r->ep->username;
	*pass = r->ep->password;
	*token = r->ep->identity_token;
	if (!*user && !*token && r->cred) {
		*user = r->cred->username;
		*pass = r->cred->password;
	}
	if (*user && !*pass)
		*pass = "";
	/* Docker keeps an identity token as the password of this user. */
	if (*user && streq(*user, "<token>")) {
		*token = *pass;
		*user = NULL;
	}
}

static int basic_header(const char *user, const char *pass, char **ret, struct err *e)
{
	AUTO_BUF struct buf b = {0};
	AUTO_FREE char *enc = NULL;
	char *h;

	buf_addf(&b, "%s:%s", user, pass);
	if (buf_failed(&b) || b64_encode(b.data, b.len, false, &enc) < 0)
		return err_nomem(e);
	explicit_bzero(b.data, b.len);
	h = str_fmt("Basic %s", enc);
	if (!h)
		return err_nomem(e);
	*ret = h;
	return 0;
}

static struct http_client_config client_config(const struct registry_endpoint *p)
{
	return (struct http_client_config){.ca_pem = p->ca_pem,
					   .cert_pem = p->cert_pem,
					   .key_pem = p->key_pem,
					   .insecure_skip_verify = p->insecure_skip_verify};
}

static void add_query(struct buf *b, const char *key, const char *value)
{
	AUTO_FREE char *v = value ? url_encode(value) : NULL;

	if (value && !v)
		b->failed = true;
	if (v)
		buf_addf(b, "%c%s=%s", b->data && memchr(b->data, '?', b->len) ? '&' : '?', key, v);
}

static int token_take(struct registry_session *r, const struct bytes *body, const char *realm, struct err *e)
{
	AUTO_JSON json_t *t = NULL;
	const char *token;
	int rc = body ? json_parse_bytes(body, &t, e) : ERR_PROTO;

	token = json_str_or(t, "token", json_str(t, "access_token"));
	if (rc < 0 || !token || !*token || strlen(token) > 65536 || strpbrk(token, "\r\n"))
		return err_set(e, ERR_PROTO, "%.120s gave no token", realm);
	registry_session_done(r);
	r->authorization = str_fmt("Bearer %s", token);
	return r->authorization ? 0 : err_nomem(e);
}

static int token_get(struct registry_session *r, const struct auth_challenge *c, struct err *e)
{
	struct http_client_config conf = client_config(r->ep);
	AUTO_FREE char *scope = NULL, *auth = NULL, *auth_line = NULL;
	const char *user, *pass, *token;
	AUTO_BUF struct buf url = {0};
	AUTO_BYTES struct bytes *answer = NULL, *form = NULL;
	const char *headers[3] = {NULL};
	int status, rc;

	if (!c->realm || (!str_has_prefix(c->realm, "https://") && !str_has_prefix(c->realm, "http://")))
		return err_set(e, ERR_PROTO, "%s: its challenge names no realm to get a token from", r->ep->host);
	/* Who spoke in clear may be told in clear; a registry with TLS must not make us send a password without. */
	if (str_has_prefix(c->realm, "http://") && str_has_prefix(r->ep->base, "https://"))
		return err_set(e, ERR_FORBIDDEN, "%s: its tokens come from %.100s, without TLS", r->ep->host, c->realm);
	credentials(r, &user, &pass, &token);
	scope = c->scope ? str_dup(c->scope) : str_fmt("repository:%s:pull", r->ep->repo);
	if (!scope)
		return err_nomem(e);
	if (token) {
		AUTO_BUF struct buf f = {0};

		add_query(&f, "grant_type", "refresh_token");
		add_query(&f, "service", c->service);
		add_query(&f, "client_id", "minik");
		add_query(&f, "scope", scope);
		add_query(&f, "refresh_token", token);
		form = buf_failed(&f) ? NULL : bytes_new(f.data + 1, f.len - 1);
		if (!form)
			return err_nomem(e);
		headers[0] = "Content-Type: application/x-www-form-urlencoded";
		buf_adds(&url, c->realm);
	} else {
		buf_adds(&url, c->realm);
		add_query(&url, "service", c->service);
		add_query(&url, "scope", scope);
		if (user) {
			rc = basic_header(user, pass, &auth, e);
			if (rc < 0)
				return rc;
			auth_line = str_fmt("Authorization: %s", auth);
			if (!auth_line)
				return err_nomem(e);
			headers[0] = auth_line;
		}
	}
	buf_addc(&url, '\0');
	if (buf_failed(&url))
		return err_nomem(e);
	const struct http_client_request q = {.method = form ? "POST" : "GET",
					      .url = url.data,
					      .headers = headers,
					      .body = form,
					      .timeout_ms = REQUEST_MS,
					      .max_response = TOKEN_MAX,
					      .follow_redirects = !form};
	rc = http_get_blocking(&conf, &q, &status, &answer, e);
	if (auth_line)
		explicit_bzero(auth_line, strlen(auth_line));
	if (rc < 0)
		return rc;
	if (status == 401 || status == 403)
		return err_set(e, ERR_UNAUTHORIZED, "%.100s refuses a token for %.80s (%d)", c->realm, r->ep->repo,
			       status);
	if (status != 200)
		return err_set(e, status == 429 ? ERR_TOO_MANY : ERR_UNAVAILABLE,
			       "%.100s answers %d when asked for a token", c->realm, status);
	return token_take(r, answer, c->realm, e);
}

static int authorize(struct registry_session *r, const char *challenge, struct err *e)
{
	CLEANUP(auth_challenge_done) struct auth_challenge c = {0};
	const char *user, *pass, *token;
	int rc = challenge ? auth_challenge_parse(challenge, &c) : ERR_UNSUPPORTED;

	if (rc < 0)
		return err_set(e, ERR_UNAUTHORIZED, "%s wants an authentication that is not supported: \"%.80s\"",
			       r->ep->host, challenge ? challenge : "");
	if (c.bearer)
		return token_get(r, &c, e);
	credentials(r, &user, &pass, &token);
	if (!user)
		return err_set(e, ERR_UNAUTHORIZED, "%s wants user and password for %.100s", r->ep->host, r->ep->repo);
	registry_session_done(r);
	return basic_header(user, pass, &r->authorization, e);
}

/* "DENIED: requested access to the resource is denied" out of the specification's error document. */
static void error_text(const struct bytes *body, char *out, size_t cap)
{
	AUTO_JSON json_t *t = NULL;
	const char *m;

	out[0] = '\0';
	if (!body || body->len > 65536 || json_parse_bytes(body, &t, NULL) < 0)
		return;
	m = json_str_or(t, "errors[0].message", json_str(t, "errors[0].code"));
	if (m)
		snprintf(out, cap, ": %.100s", m);
	for (char *p = out; *p; p++)
		if ((unsigned char)*p < ' ')
			*p = ' ';
}

static int status_error(const struct registry_session *r, const struct registry_get *g, int status,
			const struct bytes *body, struct err *e)
{
	const char *host = r->ep->host, *repo = r->ep->repo;
	char why[128];

	error_text(body, why, sizeof(why));
	switch (status) {
	case 401:
	case 403:
		return err_set(e, ERR_UNAUTHORIZED, "%s: access to %.80s denied (%d)%s", host, repo, status, why);
	case 404:
		return err_set(e, ERR_NOT_FOUND, "%s: %.80s/%.90s: not found", host, repo, g->what);
	case 429:
		return err_set(e, ERR_TOO_MANY, "%s: too many requests%s", host, why);
	case 416:
		return err_set(e, ERR_CONFLICT, "%s: cannot resume %.80s", host, g->what);
	default:
		return err_set(e, ERR_UNAVAILABLE, "%s: answers %d for %.60s/%.60s%s", host, status, repo, g->what,
			       why);
	}
}

/* What is longer than announced is cut off while it comes, not when the disk is full. */
struct limit {
	const struct registry_get *g;
	bool exceeded;
};
static int on_progress(void *arg, uint64_t bytes)
{
	struct limit *l = arg;

	l->exceeded = bytes > (uint64_t)l->g->max - l->g->offset;
	if (l->exceeded)
		return 1;
	return l->g->progress ? l->g->progress(l->g->progress_arg, l->g->offset + bytes) : 0;
}

/* The body comes in memory of its own (bounded by on_progress), or in g->fd. */
static int get_once(struct registry_session *r, const struct registry_get *g, int fd, int *ret_status,
		    char **ret_challenge, struct bytes **ret_error, struct err *e)
{
	struct limit limit = {.g = g};
	struct http_client_config conf = client_config(r->ep);
	AUTO_FREE char *auth = NULL, *accept = NULL, *range = NULL;
	AUTO_BUF struct buf url = {0};
	const char *headers[4];
	size_t n = 0;
	int rc;

	buf_addf(&url, "%s/%s/%s", r->ep->base, r->ep->repo, g->what);
	add_query(&url, "ns", r->ep->ns);
	buf_addc(&url, '\0');
	if (buf_failed(&url))
		return err_nomem(e);
	if (r->authorization && !(headers[n++] = auth = str_fmt("Authorization: %s", r->authorization)))
		return err_nomem(e);
	if (g->accept && !(headers[n++] = accept = str_fmt("Accept: %s", g->accept)))
		return err_nomem(e);
	if (g->offset > 0 && !(headers[n++] = range = str_fmt("Range: bytes=%llu-", (unsigned long long)g->offset)))
		return err_nomem(e);
	headers[n] = NULL;
	/* The client drops the Authorization when a redirect leads to another host. */
	const struct http_client_request q = {.method = "GET",
					      .url = url.data,
					      .headers = headers,
					      .timeout_ms = g->fd < 0 ? REQUEST_MS : 0,
					      .follow_redirects = true};
	rc = http_download_blocking(&conf, &q, fd, on_progress, &limit, ret_status, "WWW-Authenticate", ret_challenge,
				    ret_error, e);
	if (auth)
		explicit_bzero(auth, strlen(auth));
	if (limit.exceeded)
		return err_set(e, ERR_PROTO, "%s: %.80s/%.90s is longer than %lld bytes", r->ep->host, r->ep->repo,
			       g->what, (long long)g->max);
	return rc;
}

static int take_body(int fd, struct bytes **ret, struct err *e)
{
	off_t n = lseek(fd, 0, SEEK_END);
	struct bytes *b = n < 0 ? NULL : bytes_alloc((size_t)n);

	if (!b)
		return err_nomem(e);
	if (pread(fd, b->data, b->len, 0) != (ssize_t)b->len) {
		bytes_unref(b);
		return err_errno(e, errno, "cannot read back an answer");
	}
	*ret = b;
	return 0;
}

int registry_get(struct registry_session *r, const struct registry_get *g, int *ret_status, struct bytes **ret_body,
		 struct err *e)
{
	for (int attempt = 0;; attempt++) {
		AUTO_FREE char *challenge = NULL;
		AUTO_BYTES struct bytes *error = NULL;
		AUTO_CLOSE int mem = g->fd < 0 ? memfd_create("answer", MFD_CLOEXEC) : -1;
		int status, rc;

		if (g->fd < 0 && mem < 0)
			return err_errno(e, errno, "cannot make room for an answer");
		rc = get_once(r, g, g->fd < 0 ? mem : g->fd, &status, &challenge, &error, e);
		if (rc < 0)
			return rc;
		if (status == 200 || status == 206) {
			rc = g->fd < 0 ? take_body(mem, ret_body, e) : 0;
			if (rc == 0)
				*ret_status = status;
			return rc;
		}
		/* Once for the first request, once more when a token has grown too old. */
		if (status != 401 || attempt > 0)
			return status_error(r, g, status, error, e);
		rc = authorize(r, challenge, e);
		if (rc < 0)
			return rc;
	}
}
