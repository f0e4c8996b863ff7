/*
 * Who asks: verified client certificates, the join token, bootstrap tokens (Secrets of type bootstrap.kubernetes.io/token),
 * service-account tokens, anonymous; then impersonation.
 */
#include <errno.h>
#include "api/object.h"
#include "apiserver/auth_internal.h"
#include "base/clock.h"

/* Compares without telling by its time how much was right. How long the secret is is no secret. */
static bool secret_equal(const char *a, size_t na, const char *b, size_t nb)
{
	unsigned char d = 0;

	if (na != nb)
		return false;
	for (size_t i = 0; i < na; i++)
		d |= (unsigned char)(a[i] ^ b[i]);
	return d == 0;
}

/* "abcdef.0123456789abcdef" */
static bool is_bootstrap_token(const char *t)
{
	if (strlen(t) != 23 || t[6] != '.')
		return false;
	for (size_t i = 0; i < 23; i++)
		if (i != 6 && !((t[i] >= 'a' && t[i] <= 'z') || (t[i] >= '0' && t[i] <= '9')))
			return false;
	return true;
}

/* system:bootstrappers:[a-z0-9:-]{0,255}[a-z0-9] */
static bool is_bootstrap_group(const char *g)
{
	static const char prefix[] = "system:bootstrappers:", letters[] = "abcdefghijklmnopqrstuvwxyz0123456789:-";
	const char *rest = g + strlen(prefix);
	size_t n;

	if (!str_has_prefix(g, prefix))
		return false;
	n = strlen(rest);
	return n > 0 && n <= 256 && strspn(rest, letters) == n && rest[n - 1] != ':' && rest[n - 1] != '-';
}

/* A value of the Secret's data, decoded; malloc'ed, NULL when absent. */
static char *secret_value(const json_t *secret, const char *key, size_t *ret_len)
{
	const char *b64 = json_string_value(json_at(secret, "data", key, NULL));
	void *p = NULL;

	*ret_len = 0;
	if (!b64 || b64_decode(b64, strlen(b64), false, &p, ret_len))
		return NULL;
	return p;
}

static int bootstrap_token(struct auth *au, const char *token, struct identity *ret, struct err *e)
{
	AUTO_JSON json_t *s = NULL;
	char name[32];
	AUTO_FREE char *key = NULL;
	AUTO_FREE char *use = NULL;
	AUTO_FREE char *until = NULL;
	AUTO_FREE char *groups = NULL;
	AUTO_FREE char *own_id = NULL;
	size_t n;
	struct timespec ts;
	struct identity id = {0};

	(void)snprintf(name, sizeof(name), "bootstrap-token-%.6s", token);
	if (auth_get_json(au, true, "", "secrets", "kube-system", name, &s, NULL) ||
	    !streq(json_str(s, "type"), "bootstrap.kubernetes.io/token") || obj_deleting(s))
		return err_set(e, ERR_UNAUTHORIZED, "Unauthorized");
	own_id = secret_value(s, "token-id", &n);
	key = secret_value(s, "token-secret", &n);
	if (!own_id || strncmp(own_id, token, 6) || own_id[6] || !key || !secret_equal(token + 7, 16, key, n))
		return err_set(e, ERR_UNAUTHORIZED, "Unauthorized");
	until = secret_value(s, "expiration", &n);
	if (until && (time_parse(until, &ts) || ts.tv_sec <= clock_wall(au->clock)))
		return err_set(e, ERR_UNAUTHORIZED, "the bootstrap token has expired");
	use = secret_value(s, "usage-bootstrap-authentication", &n);
	if (!streq(use, "true"))
		return err_set(e, ERR_UNAUTHORIZED, "the bootstrap token is not for authentication");
	id.user = str_fmt("system:bootstrap:%.6s", token);
	if (!id.user || identity_add_group(&id, "system:bootstrappers"))
		goto nomem;
	groups = secret_value(s, "auth-extra-groups", &n);
	for (char *p = groups, *end; p && *p; p = end) {
		end = p + strcspn(p, ",");
		if (*end)
			*end++ = 0;
		/* One that is not of them makes the token invalid, as Kubernetes has it. */
		if (!is_bootstrap_group(p)) {
			identity_done(&id);
			return err_set(e, ERR_UNAUTHORIZED, "the bootstrap token names the group \"%.100s\"", p);
		}
		if (identity_add_group(&id, p))
			goto nomem;
	}
	*ret = id;
	return 0;
nomem:
	identity_done(&id);
	return err_nomem(e);
}

int authn_token(struct auth *au, const char *token, const json_t *audiences, struct identity *ret, json_t **ret_aud, struct err *e)
{
	const char *joining = apiserver_static_token(au->a);
	struct identity id = {0};
	int r;

	if (joining && *joining && secret_equal(token, strlen(token), joining, strlen(joining))) {
		id.user = str_dup("system:bootstrap:minik");
		r = id.user ? identity_add_group(&id, "system:bootstrappers") : -ENOMEM;
		if (!r)
			r = identity_add_group(&id, "system:bootstrappers:minik");
		if (r)
			(void)err_nomem(e);
	} else if (is_bootstrap_token(token)) {
		r = bootstrap_token(au, token, &id, e);
	} else {
		return sa_token_verify(au, token, audiences, ret, ret_aud, e);
	}
	if (r) {
		identity_done(&id);
		return r;
	}
	/* Tokens without an audience are the API server's. */
	if (ret_aud)
		*ret_aud = audiences ? json_array() : NULL;
	if (audiences) {
		const json_t *a;
		size_t i;

		json_array_foreach((json_t *)(uintptr_t)audiences, i, a)
			if (ret_aud && *ret_aud && streq(json_string_value(a), apiserver_issuer(au->a)))
				(void)json_array_append(*ret_aud, (json_t *)(uintptr_t)a);
		if (ret_aud && !json_array_size(*ret_aud)) {
			json_decref(TAKE_PTR(*ret_aud));
			identity_done(&id);
			return err_set(e, ERR_UNAUTHORIZED, "the token is not for the audiences asked for");
		}
	}
	*ret = id;
	return 0;
}

/* --- impersonation --- */

struct impersonate {
	char *user, *uid;
	struct identity to; /* groups and extra */
	bool any, failed;
};

static void impersonate_header(void *arg, const char *name, const char *value)
{
	static const char extra[] = "Impersonate-Extra-";
	struct impersonate *m = arg;

	if (strncasecmp(name, "Impersonate-", 12))
		return;
	m->any = true;
	if (!strcasecmp(name, "Impersonate-User")) {
		m->failed |= str_replace(&m->user, value) != 0;
	} else if (!strcasecmp(name, "Impersonate-Uid")) {
		m->failed |= str_replace(&m->uid, value) != 0;
	} else if (!strcasecmp(name, "Impersonate-Group")) {
		m->failed |= identity_add_group(&m->to, value) != 0;
	} else if (!strncasecmp(name, extra, sizeof(extra) - 1)) {
		AUTO_FREE char *raw = url_decode(name + sizeof(extra) - 1, strlen(name) - sizeof(extra) + 1, false);
		json_t *list;

		for (char *p = raw; p && *p; p++)
			if (*p >= 'A' && *p <= 'Z')
				*p = (char)(*p + 32);
		if (!m->to.extra)
			m->to.extra = json_object();
		if (!raw || !m->to.extra) {
			m->failed = true;
			return;
		}
		list = json_object_get(m->to.extra, raw);
		if (!list) {
			list = json_array();
			m->failed |= json_object_set_new(m->to.extra, raw, list) != 0;
		}
		m->failed |= json_array_append_new(list, json_string(value)) != 0;
	}
}

static int may_impersonate(struct auth *au, const struct identity *id, const char *group, const char *resource, const char *sub, const char *ns,
			   const char *name, struct err *e)
{
	struct authz_attr at = {.is_resource = true, .verb = "impersonate", .group = group, .version = "v1", .resource = resource,
				.subresource = sub, .ns = ns, .name = name, .path = ""};
	char scope[300];

	if (authz_check(au, id, &at, NULL, 0) == AUTHZ_ALLOW)
		return 0;
	if (*ns)
		(void)snprintf(scope, sizeof(scope), "in the namespace \"%s\"", ns);
	else
		(void)snprintf(scope, sizeof(scope), "at the cluster scope");
	return err_set(e, ERR_FORBIDDEN, "%s%s%s \"%s\" is forbidden: User \"%s\" cannot impersonate resource \"%s%s%s\" in API group \"%s\" %s",
		       resource, *group ? "." : "", group, name, id->user, resource, *sub ? "/" : "", sub, group, scope);
}

static int impersonate_allowed(struct auth *au, const struct identity *id, const struct impersonate *m, struct err *e)
{
	const char *key;
	json_t *list, *v;
	size_t i;
	int r;

	if (str_has_prefix(m->user, SA_USER_PREFIX)) {
		const char *ns = m->user + strlen(SA_USER_PREFIX), *colon = strchr(ns, ':');
		AUTO_FREE char *n = colon ? str_ndup(ns, (size_t)(colon - ns)) : NULL;

		if (!n)
			return err_set(e, ERR_BAD_REQUEST, "invalid service account to impersonate: %.150s", m->user);
		r = may_impersonate(au, id, "", "serviceaccounts", "", n, colon + 1, e);
	} else {
		r = may_impersonate(au, id, "", "users", "", "", m->user, e);
	}
	for (char **g = m->to.groups; !r && g && *g; g++)
		r = may_impersonate(au, id, "", "groups", "", "", *g, e);
	if (!r && m->uid)
		r = may_impersonate(au, id, "authentication.k8s.io", "uids", "", "", m->uid, e);
	if (r)
		return r;
	json_object_foreach(m->to.extra, key, list)
		json_array_foreach(list, i, v)
			if ((r = may_impersonate(au, id, "authentication.k8s.io", "userextras", key, "", json_string_value(v), e)))
				return r;
	return 0;
}

static int impersonate(struct auth *au, const struct http_exchange *x, struct identity *id, struct err *e)
{
	struct impersonate m = {0};
	int r = 0;

	http_header_each(x, impersonate_header, &m);
	if (!m.any)
		return 0;
	if (m.failed)
		r = err_nomem(e);
	else if (!m.user)
		r = err_set(e, ERR_BAD_REQUEST, "requested [%s] without impersonating a user name", m.uid ? "uid" : m.to.groups ? "groups" : "extra");
	else
		r = impersonate_allowed(au, id, &m, e);
	if (!r) {
		m.to.user = TAKE_PTR(m.user);
		m.to.uid = TAKE_PTR(m.uid);
		/* A service account comes with its groups unless others were named. */
		if (str_has_prefix(m.to.user, SA_USER_PREFIX) && !m.to.groups) {
			const char *ns = m.to.user + strlen(SA_USER_PREFIX);
			AUTO_FREE char *g = str_fmt("system:serviceaccounts:%.*s", (int)strcspn(ns, ":"), ns);

			if (!g || identity_add_group(&m.to, "system:serviceaccounts") || identity_add_group(&m.to, g))
				r = err_nomem(e);
		}
		if (!r && !identity_in_group(&m.to, "system:unauthenticated") &&
		    identity_add_group(&m.to, streq(m.to.user, "system:anonymous") ? "system:unauthenticated" : "system:authenticated"))
			r = err_nomem(e);
	}
	if (!r) {
		identity_done(id);
		*id = m.to;
		m.to = (struct identity){0};
	}
	free(m.user);
	free(m.uid);
	identity_done(&m.to);
	return r;
}

int authn_http(struct auth *au, const struct http_exchange *x, struct identity *ret, struct err *e)
{
	struct identity id = {0};
	AUTO_FREE char *cn = NULL;
	AUTO_FREE char *orgs = NULL;
	const char *h = http_header(x, "Authorization");
	const char *group = "system:authenticated";
	int r = 0;

	if (http_peer_cert(x, &cn, &orgs) && cn && *cn) {
		id.user = TAKE_PTR(cn);
		for (char *p = orgs, *end; p && *p && !r; p = end) {
			end = p + strcspn(p, "\n");
			if (*end)
				*end++ = 0;
			if (*p)
				r = identity_add_group(&id, p);
		}
	} else if (h && !strncasecmp(h, "Bearer ", 7) && h[7 + strspn(h + 7, " ")]) {
		r = authn_token(au, h + 7 + strspn(h + 7, " "), NULL, &id, NULL, e);
		if (r) {
			identity_done(&id);
			return r == -ENOMEM ? r : ERR_UNAUTHORIZED;
		}
	} else {
		id.user = str_dup("system:anonymous");
		group = "system:unauthenticated";
	}
	if (r || !id.user || identity_add_group(&id, group)) {
		identity_done(&id);
		return err_nomem(e);
	}
	r = impersonate(au, x, &id, e);
	if (r) {
		identity_done(&id);
		return r;
	}
	*ret = id;
	return 0;
}
