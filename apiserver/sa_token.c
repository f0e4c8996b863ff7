/*
 * Service-account tokens: JSON Web Tokens signed with the cluster's key, bound to an account and, when asked, to a Pod, Secret or
 * Node that must go on living (Kubernetes documentation "Managing Service Accounts"; KEP-1205). A token whose signature was right
 * once is remembered; what can change is looked up each time.
 */
#include <errno.h>
#include "api/object.h"
#include "api/scan.h"
#include "apiserver/auth_internal.h"
#include "apiserver/pki.h"
#include "base/clock.h"
#include "wire/cert.h"

#define TOKEN_MAX 8192
#define REMEMBERED 1024
#define RECENT 64
#define WARN_AFTER 3607 /* what kubelets ask for: old clients that never read the file again get a year */
#define EXTENDED (365 * 86400)
#define LEGACY_ISSUER "kubernetes/serviceaccount"
#define DELETED_GRACE 60 /* a deleted object's tokens work for that long after its end was due */

struct bound {
	char *name, *uid; /* NULL: not bound to one */
	_Atomic int64_t seen; /* revision of the object at which it was found alive, so that it is not read again */
};
struct claims {
	uint32_t refs; /* atomic */
	char *ns, *jti;
	struct bound account, pod, secret, node;
	json_t *aud; /* array */
	int64_t exp, nbf;
	bool legacy;
	_Atomic int64_t checked; /* revision of the store at which all of these lived, none of them being deleted */
	struct identity id; /* who the token stands for */
	char token[];
};
struct sa_tokens {
	pthread_mutex_t lock;
	struct map *known; /* token -> claims */
	/* Some of them again, by the end of their signatures: a token is long to be hashed. References. */
	struct claims *recent[RECENT];
};

static struct claims *claims_unref(struct claims *c)
{
	char **s[] = {&c->ns, &c->account.name, &c->account.uid, &c->jti, &c->pod.name, &c->pod.uid, &c->secret.name, &c->secret.uid, &c->node.name, &c->node.uid};

	if (__atomic_sub_fetch(&c->refs, 1, __ATOMIC_ACQ_REL))
		return NULL;
	for (size_t i = 0; i < ARRAY_LEN(s); i++)
		free(*s[i]);
	json_decref(c->aud);
	identity_done(&c->id);
	free(c);
	return NULL;
}
DEFINE_CLEANUP(struct claims *, claims_unref, claims_unref_p)
static void claims_unref_v(void *p) { (void)claims_unref(p); }

/* Lock held. Where a token's claims are in t->recent, if they are there. */
static struct claims **recent_of(struct sa_tokens *t, const char *token, size_t n)
{
	uint64_t end = 0;

	memcpy(&end, token + (n < sizeof(end) ? 0 : n - sizeof(end)), n < sizeof(end) ? n : sizeof(end));
	return &t->recent[end * 0x9e3779b97f4a7c15u >> 58];
}
_Static_assert(RECENT == 1 << (64 - 58), "as many bits as are left by the shift");

static void recent_clear(struct sa_tokens *t)
{
	for (size_t i = 0; i < RECENT; i++)
		if (t->recent[i])
			t->recent[i] = claims_unref(t->recent[i]);
}

/* Lock held. What is known of a token, as a reference, or NULL. */
static struct claims *known(struct sa_tokens *t, const char *token, size_t n)
{
	struct claims **r = recent_of(t, token, n), *c = *r;

	if (!c || !streq(c->token, token)) {
		c = map_get(t->known, token);
		if (!c)
			return NULL;
		if (*r)
			(void)claims_unref(*r);
		*r = c;
		__atomic_add_fetch(&c->refs, 1, __ATOMIC_RELAXED);
	}
	__atomic_add_fetch(&c->refs, 1, __ATOMIC_RELAXED);
	return c;
}

int sa_tokens_new(struct sa_tokens **ret)
{
	struct sa_tokens *t = calloc(1, sizeof(*t));

	if (!t)
		return -ENOMEM;
	pthread_mutex_init(&t->lock, NULL);
	t->known = map_new(claims_unref_v);
	if (!t->known)
		return sa_tokens_free(t), -ENOMEM;
	*ret = t;
	return 0;
}

struct sa_tokens *sa_tokens_free(struct sa_tokens *t)
{
	if (!t)
		return NULL;
	recent_clear(t);
	if (t->known)
		(void)map_free(t->known);
	pthread_mutex_destroy(&t->lock);
	free(t);
	return NULL;
}

static int dup_of(char **ret, const json_t *o, const char *key)
{
	const char *s = json_string_value(json_object_get(o, key));

	if (!s)
		return 0;
	*ret = str_dup(s);
	return *ret ? 0 : -ENOMEM;
}

static int bound_of(struct bound *b, const json_t *o)
{
	if (!json_is_object(o))
		return 0;
	return dup_of(&b->name, o, "name") || dup_of(&b->uid, o, "uid") ? -ENOMEM : 0;
}

static int claims_parse(struct auth *au, struct claims *c, const json_t *o, struct err *e)
{
	const char *iss = json_string_value(json_object_get(o, "iss")), *sub = json_string_value(json_object_get(o, "sub"));
	const json_t *k = json_object_get(o, "kubernetes.io"), *aud = json_object_get(o, "aud");
	AUTO_FREE char *want = NULL;
	int r;

	c->legacy = streq(iss, LEGACY_ISSUER);
	if (!c->legacy && !streq(iss, apiserver_issuer(au->a)))
		return err_set(e, ERR_UNAUTHORIZED, "the token's issuer is not this cluster");
	if (c->legacy) {
		r = dup_of(&c->ns, o, "kubernetes.io/serviceaccount/namespace") || dup_of(&c->account.name, o, "kubernetes.io/serviceaccount/service-account.name") ||
		    dup_of(&c->account.uid, o, "kubernetes.io/serviceaccount/service-account.uid") || dup_of(&c->secret.name, o, "kubernetes.io/serviceaccount/secret.name");
	} else {
		const json_t *exp = json_object_get(o, "exp");

		if (!json_is_integer(exp))
			return err_set(e, ERR_UNAUTHORIZED, "the token has no expiry");
		c->exp = json_integer_value(exp);
		c->nbf = json_integer_value(json_object_get(o, "nbf"));
		r = dup_of(&c->ns, k, "namespace") || bound_of(&c->account, json_object_get(k, "serviceaccount")) || bound_of(&c->pod, json_object_get(k, "pod")) ||
		    bound_of(&c->secret, json_object_get(k, "secret")) || bound_of(&c->node, json_object_get(k, "node")) || dup_of(&c->jti, o, "jti");
		c->aud = json_is_string(aud) ? json_pack("[O]", aud) : json_deep_copy(aud);
	}
	if (r)
		return err_nomem(e);
	if (!c->ns || !c->account.name || !c->account.uid || (c->legacy ? !c->secret.name : !json_is_array(c->aud)))
		return err_set(e, ERR_UNAUTHORIZED, "the token lacks claims");
	want = str_fmt(SA_USER_PREFIX "%s:%s", c->ns, c->account.name);
	if (!want)
		return err_nomem(e);
	if (!streq(want, sub))
		return err_set(e, ERR_UNAUTHORIZED, "the token's subject is not its service account");
	return 0;
}

static int extra_add(json_t *extra, const char *key, const char *fmt, const char *value)
{
	char text[512];

	if (!value)
		return 0;
	(void)snprintf(text, sizeof(text), "%s%s", fmt, value);
	return json_object_set_new(extra, key, json_pack("[s]", text)) ? -ENOMEM : 0;
}

static int claims_identity(struct identity *ret, const struct claims *c)
{
	struct identity id = {.user = str_fmt(SA_USER_PREFIX "%s:%s", c->ns, c->account.name),
			      .uid = str_dup(c->account.uid)};
	AUTO_FREE char *g = str_fmt("system:serviceaccounts:%s", c->ns);
	int r = 0;

	if (!id.user || !id.uid || !g || identity_add_group(&id, "system:serviceaccounts") ||
	    identity_add_group(&id, g) || identity_add_group(&id, "system:authenticated"))
		r = -ENOMEM;
	if (!r && (c->jti || c->pod.name || c->node.name)) {
		id.extra = json_object();
		if (!id.extra || extra_add(id.extra, "authentication.kubernetes.io/credential-id", "JTI=", c->jti) ||
		    extra_add(id.extra, "authentication.kubernetes.io/node-name", "", c->node.name) ||
		    extra_add(id.extra, "authentication.kubernetes.io/node-uid", "", c->node.uid) ||
		    extra_add(id.extra, "authentication.kubernetes.io/pod-name", "", c->pod.name) ||
		    extra_add(id.extra, "authentication.kubernetes.io/pod-uid", "", c->pod.uid))
			r = -ENOMEM;
	}
	if (r) {
		identity_done(&id);
		return r;
	}
	*ret = id;
	return 0;
}

static int claims_get(struct auth *au, const char *token, struct claims **ret, struct err *e)
{
	struct sa_tokens *t = au->tokens;
	const char *const keys[] = {pki_sa_key(apiserver_pki(au->a)), NULL};
	AUTO_FREE char *text = NULL;
	AUTO_JSON json_t *o = NULL;
	CLEANUP(claims_unref_p) struct claims *c = NULL;
	size_t n = strlen(token);
	int r;

	if (n > TOKEN_MAX)
		return err_set(e, ERR_UNAUTHORIZED, "the token is too long");
	pthread_mutex_lock(&t->lock);
	c = known(t, token, n);
	pthread_mutex_unlock(&t->lock);
	if (c) {
		*ret = TAKE_PTR(c);
		return 0;
	}
	if (jwt_verify(&text, token, keys, e) || json_parse(text, strlen(text), &o, e))
		return e->code = ERR_UNAUTHORIZED;
	c = calloc(1, sizeof(*c) + n + 1);
	if (!c)
		return err_nomem(e);
	c->refs = 1;
	atomic_init(&c->checked, -1);
	memcpy(c->token, token, n);
	r = claims_parse(au, c, o, e);
	if (!r && claims_identity(&c->id, c))
		r = err_nomem(e);
	if (r)
		return r;
	pthread_mutex_lock(&t->lock);
	if (map_len(t->known) >= REMEMBERED) {
		map_clear(t->known);
		recent_clear(t);
	}
	c->refs++;
	if (map_put(t->known, token, c))
		c->refs--;
	pthread_mutex_unlock(&t->lock);
	*ret = TAKE_PTR(c);
	return 0;
}

/* The object lives and is the one that was meant. */
static bool alive(struct auth *au, const char *plural, const char *ns, struct bound *b, bool *going)
{
	struct store_item it;
	char text[64];
	struct timespec due;
	bool ok;

	if (auth_get(au, true, "", plural, ns, b->name, &it))
		return false;
	ok = atomic_load_explicit(&b->seen, memory_order_relaxed) == it.mod_rev;
	if (!ok) {
		ok = !b->uid || (scan_str(it.value->data, it.value->len, "metadata.uid", text, sizeof(text)) && streq(text, b->uid));
		if (ok && scan_str(it.value->data, it.value->len, "metadata.deletionTimestamp", text, sizeof(text))) {
			ok = !time_parse(text, &due) && due.tv_sec + DELETED_GRACE > clock_wall(au->clock);
			*going = true;
		} else if (ok)
			atomic_store_explicit(&b->seen, it.mod_rev, memory_order_relaxed);
	}
	store_item_done(&it);
	return ok;
}

static int claims_check(struct auth *au, struct claims *c, struct err *e)
{
	time_t now = clock_wall(au->clock);
	int64_t rev = store_revision(au->store);
	bool going = false;

	if (!c->legacy && c->exp <= now)
		return err_set(e, ERR_UNAUTHORIZED, "service account token has expired");
	if (!c->legacy && c->nbf > now + 60)
		return err_set(e, ERR_UNAUTHORIZED, "service account token is not valid yet");
	if (atomic_load_explicit(&c->checked, memory_order_acquire) == rev)
		return 0; /* nothing has changed since, whatever it might be */
	if (!alive(au, "serviceaccounts", c->ns, &c->account, &going))
		return err_set(e, ERR_UNAUTHORIZED, "service account %.60s/%.60s has been deleted", c->ns, c->account.name);
	if (c->pod.name && !alive(au, "pods", c->ns, &c->pod, &going))
		return err_set(e, ERR_UNAUTHORIZED, "pod %.60s/%.60s of the token has been deleted", c->ns, c->pod.name);
	if (c->secret.name && !alive(au, "secrets", c->ns, &c->secret, &going))
		return err_set(e, ERR_UNAUTHORIZED, "secret %.60s/%.60s of the token has been deleted", c->ns, c->secret.name);
	/* A node named beside the pod is information only. */
	if (c->node.name && !c->pod.name && !alive(au, "nodes", NULL, &c->node, &going))
		return err_set(e, ERR_UNAUTHORIZED, "node %.100s of the token has been deleted", c->node.name);
	if (!going)
		atomic_store_explicit(&c->checked, rev, memory_order_release);
	return 0;
}

/* A legacy token must be the one its Secret holds: taking it out of there revokes it. */
static bool legacy_holds(struct auth *au, const struct claims *c, const char *token)
{
	AUTO_JSON json_t *s = NULL;
	AUTO_FREE void *held = NULL;
	const char *b64;
	size_t n = 0;

	if (auth_get_json(au, true, "", "secrets", c->ns, c->secret.name, &s, NULL))
		return false;
	b64 = json_str(json_object_get(s, "data"), "token");
	return b64 && !b64_decode(b64, strlen(b64), false, &held, &n) && n == strlen(token) && !memcmp(held, token, n);
}

static bool in_list(const json_t *list, const char *s)
{
	const json_t *v;
	size_t i;

	json_array_foreach((json_t *)(uintptr_t)list, i, v)
		if (streq(json_string_value(v), s))
			return true;
	return false;
}

int sa_token_verify(struct auth *au, const char *token, const json_t *audiences, struct identity *ret, json_t **ret_aud, struct err *e)
{
	CLEANUP(claims_unref_p) struct claims *c = NULL;
	AUTO_JSON json_t *match = ret_aud ? json_array() : NULL;
	struct err local = {0};
	const char *issuer = apiserver_issuer(au->a);
	const json_t *v;
	bool ours = false;
	size_t i;
	int r;

	if (!e)
		e = &local;
	if (ret_aud && !match)
		return err_nomem(e);
	r = claims_get(au, token, &c, e);
	if (!r)
		r = claims_check(au, c, e);
	if (r)
		return r;
	if (c->legacy && !legacy_holds(au, c, token))
		return err_set(e, ERR_UNAUTHORIZED, "the token is no longer that of its secret");
	if (!audiences)
		ours = c->legacy || in_list(c->aud, issuer);
	json_array_foreach((json_t *)(uintptr_t)audiences, i, v) {
		const char *a = json_string_value(v);

		if (!a || !(c->legacy ? streq(a, issuer) : in_list(c->aud, a)))
			continue;
		ours = true;
		if (match && json_array_append(match, (json_t *)(uintptr_t)v))
			return err_nomem(e);
	}
	if (!ours)
		return err_set(e, ERR_UNAUTHORIZED, "token audiences are not valid for this server");
	if (identity_copy(ret, &c->id))
		return err_nomem(e);
	if (ret_aud)
		*ret_aud = TAKE_PTR(match);
	return 0;
}

/* --- TokenRequest --- */

struct asked {
	struct auth *au;
	const struct admission *adm;
	bool block;
	json_t *claims; /* kubernetes.io */
};

static int bind_fail(const struct admission *adm, struct err *e, const char *want, const char *have)
{
	(void)adm;
	return err_set(e, ERR_CONFLICT,
		       "the UID in the bound object reference (%s) does not match the UID in record. The object might have been deleted and then recreated",
		       want ? want : have);
}

static int bind_to(struct asked *q, const json_t *ref, const char *account, struct err *e)
{
	const char *kind = json_str_or(ref, "kind", ""), *name = json_str_or(ref, "name", ""), *uid = json_str_or(ref, "uid", "");
	const char *plural, *key, *node;
	AUTO_JSON json_t *o = NULL;
	AUTO_JSON json_t *n = NULL;
	bool is_node = streq(kind, "Node");
	int r;

	if (streq(kind, "Pod"))
		plural = "pods", key = "pod";
	else if (streq(kind, "Secret"))
		plural = "secrets", key = "secret";
	else if (is_node)
		plural = "nodes", key = "node";
	else
		return err_set(e, ERR_BAD_REQUEST, "cannot bind token for serviceaccount \"%.60s\" to %.60s", account, kind);
	r = auth_get_json(q->au, q->block, "", plural, is_node ? NULL : q->adm->ns, name, &o, NULL);
	if (r == ERR_NOT_FOUND)
		return err_set(e, ERR_NOT_FOUND, "%s \"%.100s\" not found", plural, name);
	if (r)
		return r == ERR_AGAIN ? r : err_set(e, r, "reading %s %s: %s", plural, name, err_name(r));
	if (*uid && !streq(uid, obj_uid(o)))
		return bind_fail(q->adm, e, uid, obj_uid(o));
	if (streq(kind, "Pod") && !streq(json_str_or(o, "spec.serviceAccountName", ""), account))
		return err_set(e, ERR_BAD_REQUEST, "cannot bind token for serviceaccount \"%.60s\" to pod running with different serviceaccount name.", account);
	if (json_object_set_new(q->claims, key, json_pack("{s:s,s:s}", "name", name, "uid", obj_uid(o))))
		return err_nomem(e);
	node = streq(kind, "Pod") ? json_str_or(o, "spec.nodeName", "") : "";
	if (!*node)
		return 0;
	r = auth_get_json(q->au, q->block, "", "nodes", NULL, node, &n, NULL);
	if (r == ERR_AGAIN)
		return r;
	if (json_object_set_new(q->claims, "node", r ? json_pack("{s:s}", "name", node) : json_pack("{s:s,s:s}", "name", node, "uid", obj_uid(n))))
		return err_nomem(e);
	return 0;
}

/* In Kubernetes' words; name: "" where it names none. */
static int token_invalid(const char *name, const char *field, const json_t *bad, const char *msg, json_t **ret_status,
			 struct err *e)
{
	AUTO_CAUSES struct api_causes c = {0};

	api_invalid(&c, field, bad, msg);
	*ret_status = status_invalid("authentication.k8s.io", "TokenRequest", name, &c);
	return err_set(e, ERR_INVALID, "%s: %s", field, msg);
}

int sa_token_request(struct auth *au, const struct admission *adm, bool block, json_t **ret, struct err *e)
{
	AUTO_JSON json_t *sa = NULL;
	AUTO_JSON json_t *out = json_deep_copy(adm->obj);
	AUTO_JSON json_t *k = json_object();
	AUTO_JSON json_t *claims = NULL;
	AUTO_BYTES struct bytes *text = NULL;
	AUTO_FREE char *sub = str_fmt(SA_USER_PREFIX "%s:%s", adm->ns, adm->name);
	AUTO_FREE char *token = NULL;
	const char *name = json_str_or(json_object_get(adm->obj, "metadata"), "name", ""), *issuer = apiserver_issuer(au->a);
	const char *ns = json_str_or(json_object_get(adm->obj, "metadata"), "namespace", "");
	const json_t *ref = json_dot(adm->obj, "spec.boundObjectRef");
	json_t *aud = json_dot(out, "spec.audiences");
	int64_t secs = json_int_or(adm->obj, "spec.expirationSeconds", 3600), life, now = clock_wall(au->clock);
	char jti[37], when[TIME_STR_MAX];
	struct asked q = {.au = au, .adm = adm, .block = block, .claims = k};
	int r;

	if (!out || !k || !sub)
		return err_nomem(e);
	if (*name && !streq(name, adm->name))
		return token_invalid(adm->name, "metadata.name", json_dot(adm->obj, "metadata.name"),
				     "must match the service account name if specified", ret, e);
	if (*ns && !streq(ns, adm->ns))
		return token_invalid(adm->name, "metadata.namespace", json_dot(adm->obj, "metadata.namespace"),
				     "must match the service account namespace if specified", ret, e);
	r = node_token_allowed(au, adm, block, e);
	if (r)
		return r;
	r = auth_get_json(au, block, "", "serviceaccounts", adm->ns, adm->name, &sa, NULL);
	if (r == ERR_NOT_FOUND)
		return err_set(e, r, "serviceaccounts \"%s\" not found", adm->name);
	if (r)
		return r == ERR_AGAIN ? r : err_set(e, r, "reading serviceaccounts %s: %s", adm->name, err_name(r));
	if (secs < 600 || secs > (INT64_C(1) << 32))
		return token_invalid("", "spec.expirationSeconds", json_dot(adm->obj, "spec.expirationSeconds"),
				     secs < 600 ? "may not specify a duration less than 10 minutes"
						: "may not specify a duration larger than 2^32 seconds",
				     ret, e);
	if (json_is_object(ref) && (r = bind_to(&q, ref, adm->name, e)))
		return r;
	if (!json_array_size(aud)) {
		if (json_dot_set(out, "spec.audiences", json_pack("[s]", issuer)))
			return err_nomem(e);
		aud = json_dot(out, "spec.audiences");
	}
	life = secs;
	if (secs == WARN_AFTER && json_object_get(k, "pod") && json_array_size(aud) == 1 && in_list(aud, issuer)) {
		life = EXTENDED;
		(void)json_object_set_new(k, "warnafter", json_integer(now + secs));
	}
	uuid_new(jti);
	if (json_object_set_new(k, "namespace", json_string(adm->ns)) ||
	    json_object_set_new(k, "serviceaccount", json_pack("{s:s,s:s}", "name", adm->name, "uid", obj_uid(sa))))
		return err_nomem(e);
	claims = json_pack("{s:O,s:I,s:I,s:s,s:s,s:O,s:I,s:s}", "aud", aud, "exp", (json_int_t)(now + life), "iat", (json_int_t)now, "iss", issuer, "jti",
			   jti, "kubernetes.io", k, "nbf", (json_int_t)now, "sub", sub);
	text = claims ? json_encode(claims) : NULL;
	if (!text)
		return err_nomem(e);
	r = jwt_sign(&token, pki_sa_key(apiserver_pki(au->a)), text->data, e);
	if (r)
		return err_wrap(e, "signing a token");
	time_format((time_t)(now + secs), when);
	if (json_object_set_new(out, "status", json_pack("{s:s,s:s}", "token", token, "expirationTimestamp", when)) ||
	    json_dot_set(out, "metadata.name", json_string(adm->name)) || json_dot_set(out, "metadata.namespace", json_string(adm->ns)))
		return err_nomem(e);
	time_format((time_t)now, when);
	(void)json_dot_set(out, "metadata.creationTimestamp", json_string(when));
	*ret = TAKE_PTR(out);
	return 0;
}

int sa_legacy_token(struct auth *au, char **ret, const char *ns, const char *account, const char *uid, const char *secret, struct err *e)
{
	AUTO_FREE char *sub = str_fmt(SA_USER_PREFIX "%s:%s", ns, account);
	AUTO_JSON json_t *claims =
		json_pack("{s:s,s:s,s:s,s:s,s:s,s:s}", "iss", LEGACY_ISSUER, "kubernetes.io/serviceaccount/namespace", ns,
			  "kubernetes.io/serviceaccount/secret.name", secret, "kubernetes.io/serviceaccount/service-account.name", account,
			  "kubernetes.io/serviceaccount/service-account.uid", uid, "sub", sub ? sub : "");
	AUTO_BYTES struct bytes *text = claims ? json_encode(claims) : NULL;

	if (!text || !sub)
		return err_nomem(e);
	return jwt_sign(ret, pki_sa_key(apiserver_pki(au->a)), text->data, e);
}

int auth_openid(struct auth *au, const char *path, struct bytes **ret, struct err *e)
{
	const char *issuer = apiserver_issuer(au->a);

	if (str_has_prefix(path, "/openid/v1/jwks")) {
		const char *const keys[] = {pki_sa_key(apiserver_pki(au->a)), NULL};
		AUTO_FREE char *set = NULL;
		int r = jwk_set(&set, keys, e);

		if (r)
			return r;
		*ret = bytes_new(set, strlen(set));
	} else if (str_has_prefix(path, "/.well-known/openid-configuration")) {
		AUTO_FREE char *jwks = str_fmt("%s/openid/v1/jwks", issuer);
		AUTO_JSON json_t *o = jwks ? json_pack("{s:s,s:s,s:[s],s:[s],s:[s]}", "issuer", issuer, "jwks_uri", jwks, "response_types_supported", "id_token",
						       "subject_types_supported", "public", "id_token_signing_alg_values_supported", "ES256")
					   : NULL;

		*ret = o ? json_encode(o) : NULL;
	} else {
		return err_set(e, ERR_NOT_FOUND, "%s is not served", path);
	}
	return *ret ? 0 : err_nomem(e);
}
