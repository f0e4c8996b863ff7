/* Tokens that are right, and all the ways to be wrong; what quotas count. */
#include <time.h>
#include "apiserver/quota.h"
#include "tests/unit/apiserver/world.h"
#include "wire/cert.h"

static const char *const masters[] = {"system:masters", NULL};
static struct world W;
static char account_uid[64];

#define ISSUER "https://kubernetes.default.svc.cluster.local"
#define SAS "/api/v1/namespaces/default/serviceaccounts"

/* "user" when the token is good, NULL else; *ret_error gets why. */
static char *review(const char *token, json_t **ret_error)
{
	AUTO_JSON json_t *o = json_pack("{s:s,s:s,s:{s:s}}", "apiVersion", "authentication.k8s.io/v1", "kind", "TokenReview", "spec", "token", token);
	AUTO_BYTES struct bytes *b = json_encode(o);
	AUTO_JSON json_t *ans = NULL;

	CHECK(call(&W, "POST", "/apis/authentication.k8s.io/v1/tokenreviews", b->data, &ans) == 201);
	if (ret_error)
		*ret_error = json_incref(json_dot(ans, "status.error"));
	if (!json_bool_or(ans, "status.authenticated", false))
		return NULL;
	return str_dup(json_str_or(ans, "status.user.username", ""));
}

/* Signs claims that are right but for one path. */
static char *forge(const char *key_pem, const char *path, json_t *value)
{
	long long now = (long long)time(NULL);
	AUTO_JSON json_t *c = json_pack("{s:[s],s:I,s:I,s:I,s:s,s:s,s:{s:s,s:{s:s,s:s}},s:s}", "aud", ISSUER, "exp", (json_int_t)now + 600, "iat",
					(json_int_t)now, "nbf", (json_int_t)now, "iss", ISSUER, "jti", "j", "kubernetes.io", "namespace", "default",
					"serviceaccount", "name", "default", "uid", account_uid, "sub", "system:serviceaccount:default:default");
	AUTO_BYTES struct bytes *text = NULL;
	char *token = NULL;

	/* "kubernetes.io" is one key: paths are within it, or a key at the top */
	if (path && str_has_prefix(path, "k."))
		CHECK(json_dot_set(json_object_get(c, "kubernetes.io"), path + 2, value) == 0);
	else if (path && value)
		CHECK(json_object_set_new(c, path, value) == 0);
	else if (path)
		CHECK(json_object_del(c, path) == 0);
	text = json_encode(c);
	CHECK(jwt_sign(&token, key_pem, text->data, NULL) == 0);
	return token;
}

static bool good(const char *key, const char *path, json_t *value)
{
	AUTO_FREE char *t = forge(key, path, value);
	AUTO_FREE char *user = review(t, NULL);

	return user != NULL;
}

static void test_tokens(void)
{
	const char *key = pki_sa_key(W.pki);
	AUTO_FREE char *other = NULL;
	AUTO_JSON json_t *sa = NULL;
	AUTO_JSON json_t *why = NULL;
	AUTO_FREE char *t = NULL;
	AUTO_FREE char *user = NULL;
	long long now = (long long)time(NULL);

	CHECK(call(&W, "GET", SAS "/default", NULL, &sa) == 200);
	(void)str_copy(account_uid, sizeof(account_uid), obj_uid(sa));
	CHECK(cert_key_new(&other, NULL) == 0);
	t = forge(key, NULL, NULL);
	user = review(t, NULL);
	CHECK_STR(user, "system:serviceaccount:default:default");
	CHECK(!good(other, NULL, NULL));
	CHECK(!good(key, "iss", json_string("https://elsewhere")));
	CHECK(!good(key, "iss", NULL));
	CHECK(!good(key, "exp", json_integer(now - 1)));
	CHECK(!good(key, "exp", NULL));
	CHECK(!good(key, "exp", json_string("never")));
	CHECK(!good(key, "nbf", json_integer(now + 3600)));
	CHECK(!good(key, "aud", json_string("vault")));
	CHECK(good(key, "aud", json_string(ISSUER)));
	CHECK(!good(key, "aud", json_integer(1)));
	CHECK(!good(key, "aud", NULL));
	CHECK(!good(key, "sub", json_string("system:serviceaccount:default:other")));
	CHECK(!good(key, "sub", NULL));
	CHECK(!good(key, "kubernetes.io", json_array()));
	CHECK(!good(key, "k.namespace", json_string("kube-system")));
	CHECK(!good(key, "k.serviceaccount.uid", json_string("00000000-0000-0000-0000-000000000000")));
	CHECK(!good(key, "k.serviceaccount.name", json_string("../../x")));
	CHECK(!good(key, "k.pod", json_pack("{s:s,s:s}", "name", "none", "uid", "x")));
	CHECK(!good(key, "k.secret", json_pack("{s:s,s:s}", "name", "none", "uid", "x")));
	CHECK(!good(key, "k.node", json_pack("{s:s,s:s}", "name", "none", "uid", "x")));
	CHECK(review("a.b.c", NULL) == NULL);
	CHECK(review("..", NULL) == NULL);
	CHECK(review("x", &why) == NULL);
	CHECK(json_string_length(why) > 0);
	/* The last character but one of the signature changed */
	t[strlen(t) - 2] = t[strlen(t) - 2] == 'A' ? 'B' : 'A';
	CHECK(review(t, NULL) == NULL);
}

/* A copy lies in one piece of memory, until it grows. */
static void test_identity(void)
{
	char *groups[] = {(char *)(uintptr_t) "a", (char *)(uintptr_t) "bb", NULL};
	const struct identity from = {.user = (char *)(uintptr_t) "jane", .groups = groups};
	const struct identity none = {0};
	struct identity id;

	CHECK(identity_copy(&id, &from) == 0);
	CHECK_STR(id.user, "jane");
	CHECK(!id.uid && identity_in_group(&id, "a") && identity_in_group(&id, "bb") && !id.groups[2]);
	CHECK(identity_add_group(&id, "bb") == 0 && id.whole);
	CHECK(identity_add_group(&id, "c") == 0 && !id.whole);
	CHECK_STR(id.user, "jane");
	CHECK(identity_in_group(&id, "a") && identity_in_group(&id, "bb") && identity_in_group(&id, "c") && !id.groups[3]);
	identity_done(&id);
	CHECK(identity_copy(&id, &none) == 0);
	CHECK(!id.user && !identity_in_group(&id, "a"));
	CHECK(identity_add_group(&id, "a") == 0 && identity_in_group(&id, "a"));
	identity_done(&id);
}

static void test_long_token(void)
{
	char *t = malloc(20001);

	memset(t, 'a', 20000);
	t[20000] = 0;
	t[100] = t[200] = '.';
	CHECK(review(t, NULL) == NULL);
	free(t);
}

/* An account that is made again is another one. */
static void test_account_again(void)
{
	AUTO_FREE char *t = forge(pki_sa_key(W.pki), NULL, NULL);
	AUTO_FREE char *before = review(t, NULL);

	CHECK(before != NULL);
	CHECK(call(&W, "DELETE", SAS "/default", NULL, NULL) == 200);
	CHECK(review(t, NULL) == NULL);
	world_account(&W);
	CHECK(review(t, NULL) == NULL);
}

static void test_bootstrap_token(void)
{
	static const char path[] = "/api/v1/namespaces/kube-system/secrets";
	AUTO_FREE char *user = NULL;

	CHECK(call(&W, "POST", path,
		   "{\"metadata\":{\"name\":\"bootstrap-token-abcdef\"},\"type\":\"bootstrap.kubernetes.io/token\",\"stringData\":{\"token-id\":\"abcdef\","
		   "\"token-secret\":\"0123456789abcdef\",\"usage-bootstrap-authentication\":\"true\",\"auth-extra-groups\":\"system:bootstrappers:x,system:masters\"}}",
		   NULL) == 201);
	/* A group that is not of bootstrappers makes the whole token invalid. */
	CHECK(review("abcdef.0123456789abcdef", NULL) == NULL);
	CHECK(call_type(&W, "PATCH", "/api/v1/namespaces/kube-system/secrets/bootstrap-token-abcdef", NULL, "application/merge-patch+json",
			"{\"stringData\":{\"auth-extra-groups\":\"system:bootstrappers:x,system:bootstrappers:y:z\"}}", NULL) == 200);
	user = review("abcdef.0123456789abcdef", NULL);
	CHECK_STR(user, "system:bootstrap:abcdef");
	CHECK(review("abcdef.0123456789abcdee", NULL) == NULL);
	CHECK(review("abcdeg.0123456789abcdef", NULL) == NULL);
	CHECK(call_type(&W, "PATCH", "/api/v1/namespaces/kube-system/secrets/bootstrap-token-abcdef", NULL, "application/merge-patch+json",
			"{\"stringData\":{\"expiration\":\"2020-01-01T00:00:00Z\"}}", NULL) == 200);
	CHECK(review("abcdef.0123456789abcdef", NULL) == NULL);
}

static void test_usage(void)
{
	static const char text[] =
		"{\"spec\":{\"containers\":[{\"resources\":{\"requests\":{\"cpu\":\"100m\",\"memory\":\"1Gi\"},\"limits\":{\"cpu\":\"1\"}}},"
		"{\"resources\":{\"requests\":{\"cpu\":\"200m\",\"example.com/gpu\":\"1\"}}}],"
		"\"initContainers\":[{\"resources\":{\"requests\":{\"cpu\":\"250m\"}}},{\"restartPolicy\":\"Always\",\"resources\":{\"requests\":{\"cpu\":\"50m\"}}},"
		"{\"resources\":{\"requests\":{\"cpu\":\"1\"}}}],\"overhead\":{\"memory\":\"1Mi\"}}}";
	AUTO_JSON json_t *pod = NULL;
	AUTO_JSON json_t *quota = NULL;
	struct usage u = {0};

	CHECK(json_parse(text, strlen(text), &pod, NULL) == 0);
	CHECK(usage_of(&u, "", "pods", pod) == 0);
	/* the last init container beside the sidecar: 1050m > 350m */
	CHECK(quantity_milli(usage_find(&u, "requests.cpu")) == 1050);
	CHECK(quantity_milli(usage_find(&u, "cpu")) == 1050);
	CHECK(quantity_value(usage_find(&u, "limits.cpu")) == 1);
	CHECK(quantity_value(usage_find(&u, "requests.memory")) == (1 << 30) + (1 << 20));
	CHECK(quantity_value(usage_find(&u, "requests.example.com/gpu")) == 1);
	CHECK(usage_find(&u, "example.com/gpu") == NULL);
	CHECK(quantity_value(usage_find(&u, "pods")) == 1);
	CHECK(quantity_value(usage_find(&u, "count/pods")) == 1);
	usage_done(&u);
	CHECK(json_set_str(pod, "status.phase", "Succeeded") == 0);
	CHECK(usage_of(&u, "", "pods", pod) == 0);
	CHECK(usage_find(&u, "pods") == NULL && usage_find(&u, "requests.cpu") == NULL);
	CHECK(quantity_value(usage_find(&u, "count/pods")) == 1);
	usage_done(&u);
	quota = json_pack("{s:{s:[s]}}", "spec", "scopes", "BestEffort");
	CHECK(!quota_matches(quota, "", "pods", pod));
	CHECK(!quota_matches(quota, "", "services", pod));
	CHECK(json_dot_set(quota, "spec.scopes", json_pack("[s,s]", "NotBestEffort", "NotTerminating")) == 0);
	CHECK(quota_matches(quota, "", "pods", pod));
}

/* Users of direct calls are nobody special. */
static void test_forbidden(void)
{
	static const char *const none[] = {NULL};
	struct world b = W;
	struct err e = {0};
	AUTO_JSON json_t *o = NULL;

	CHECK(apiserver_connector(&b.con, b.a, "bob", none, &e) == 0);
	CHECK(loop_new(&b.loop, &e) == 0);
	CHECK(connector_open(b.con, b.loop, &b.t, &e) == 0);
	CHECK(call(&b, "GET", "/api/v1/namespaces/default/secrets/x", NULL, &o) == 403);
	CHECK_STR(json_str(o, "message"),
		  "secrets \"x\" is forbidden: User \"bob\" cannot get resource \"secrets\" in API group \"\" in the namespace \"default\"");
	CHECK(call(&b, "POST", "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
		   "{\"spec\":{\"nonResourceAttributes\":{\"verb\":\"get\",\"path\":\"/version\"}}}", NULL) == 201);
	b.t = transport_free(b.t);
	b.con = connector_free(b.con);
	b.loop = loop_free(b.loop);
}

/* A default role that lost a right has it again after a restart, and keeps what it was given beside. */
static void test_reconcile(void)
{
	static const char path[] = "/apis/rbac.authorization.k8s.io/v1/clusterroles/system:basic-user";
	AUTO_JSON json_t *o = NULL;

	CHECK(call_type(&W, "PATCH", path, NULL, "application/merge-patch+json",
			"{\"rules\":[{\"apiGroups\":[\"x.example.com\"],\"resources\":[\"own\"],\"verbs\":[\"get\"]}]}", NULL) == 200);
	CHECK(call(&W, "DELETE", "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings/system:discovery", NULL, NULL) == 200);
	world_close(&W, true);
	world_open(&W, "admin", masters);
	CHECK(call(&W, "GET", path, NULL, &o) == 200);
	CHECK(json_array_size(json_object_get(o, "rules")) == 3);
	CHECK_STR(json_str(o, "rules[0].apiGroups[0]"), "x.example.com");
	CHECK_STR(json_str(o, "rules[1].apiGroups[0]"), "authorization.k8s.io");
	CHECK(call(&W, "GET", "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings/system:discovery", NULL, NULL) == 200);
}

int main(void)
{
	world_open(&W, "admin", masters);
	world_account(&W);
	RUN(test_tokens);
	RUN(test_identity);
	RUN(test_long_token);
	RUN(test_account_again);
	RUN(test_bootstrap_token);
	RUN(test_usage);
	RUN(test_forbidden);
	RUN(test_reconcile);
	world_close(&W, false);
	return TEST_END();
}
