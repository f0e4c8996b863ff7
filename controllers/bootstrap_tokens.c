/*
 * Bootstrap tokens: those whose time is over are deleted (token cleaner), and kube-public/cluster-info is signed with
 * each that may (bootstrap signer), so that a machine that has but a token, kubeadm's too, can tell whether what it
 * says of the cluster is true. When a token ended is noted there as well, in an annotation of minik's: it is told why
 * it is not accepted any more. Source: Kubernetes "Authenticating with Bootstrap Tokens", "Token-based discovery with
 * CA pinning".
 */
#include <errno.h>
#include "base/buf.h"
#include "base/clock.h"
#include "base/log.h"
#include "controllers/shared.h"
#include "wire/cert.h"

#define TYPE       "bootstrap.kubernetes.io/token"
#define NAME       "bootstrap-token-"
#define SIGNATURE  "jws-kubeconfig-"
#define ENDED      "minik.io/expired-tokens"
#define ENDED_MAX  32   /* tokens that are remembered */
#define TOKENS_MAX 1000 /* a ConfigMap ends at 1 MB */
#define ALL        "tokens"

struct tokens {
	struct informer *secrets, *configs;
};

static char *value(const json_t *secret, const char *key)
{
	const char *b64 = json_string_value(json_object_get(json_object_get(secret, "data"), key));
	void *p = NULL;
	size_t n;

	return b64 && b64_decode(b64, strlen(b64), false, &p, &n) == 0 ? p : NULL;
}

static bool is_token(const json_t *secret)
{
	return streq(json_str(secret, "type"), TYPE) && streq(obj_namespace(secret), "kube-system") &&
	       str_has_prefix(obj_name(secret), NAME) && !obj_deleting(secret);
}

/* Seconds that are left, INT64_MAX: for ever. A time that cannot be read is over, as Kubernetes has it. */
static int64_t seconds_left(const json_t *secret, time_t now, char **ret_until)
{
	AUTO_FREE char *until = value(secret, "expiration");
	struct timespec ts;
	int64_t left = !until || !*until ? INT64_MAX : time_parse(until, &ts) < 0 ? 0 : ts.tv_sec - now;

	if (ret_until)
		*ret_until = TAKE_PTR(until);
	return left;
}

/* The id if the token may sign, else NULL; malloc'ed. */
static char *signing_id(const json_t *secret, char **ret_key)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789";
	AUTO_FREE char *id = value(secret, "token-id"), *key = value(secret, "token-secret"),
		       *use = value(secret, "usage-bootstrap-signing");

	if (!id || strlen(id) != 6 || strspn(id, letters) != 6 || !key || !*key || !streq(use, "true") ||
	    !streq(obj_name(secret) + strlen(NAME), id))
		return NULL;
	*ret_key = TAKE_PTR(key);
	return TAKE_PTR(id);
}

/* --- what is written to cluster-info --- */

/* The newest first, each once: "abcdef=2026-01-02T03:04:05Z,...". */
static char *ended_with(const char *had, const json_t *fresh)
{
	AUTO_BUF struct buf b = {0};
	size_t n = 0;
	const char *id;
	json_t *when;

	json_object_foreach ((json_t *)(uintptr_t)fresh, id, when)
		if (n < ENDED_MAX)
			buf_addf(&b, "%s%s=%s", n++ ? "," : "", id, json_string_value(when));
	for (const char *p = had; p && *p && n < ENDED_MAX;) {
		size_t k = strcspn(p, ",");
		char one[7] = "";

		if (k > 7 && k < 48 && p[6] == '=') {
			memcpy(one, p, 6);
			if (!json_object_get(fresh, one))
				buf_addf(&b, "%s%.*s", n++ ? "," : "", (int)k, p);
		}
		p += k + (p[k] == ',');
	}
	return buf_take(&b, NULL);
}

/* Signatures as they should be: {"jws-kubeconfig-abcdef": "eyJ..."}. */
static int sign_all(json_t *out, json_t *const *secrets, size_t n, const char *kubeconfig, time_t now, struct err *e)
{
	for (size_t i = 0; i < n && json_object_size(out) < TOKENS_MAX; i++) {
		AUTO_FREE char *key = NULL, *id = NULL, *name = NULL, *jws = NULL;

		if (!is_token(secrets[i]) || seconds_left(secrets[i], now, NULL) <= 0 ||
		    !(id = signing_id(secrets[i], &key)))
			continue;
		name = str_fmt(SIGNATURE "%s", id);
		int r = name ? jws_detached(&jws, key, id, kubeconfig, e) : err_nomem(e);
		if (r < 0)
			return r;
		if (json_object_set_new(out, name, json_string(jws)) < 0)
			return err_nomem(e);
	}
	return 0;
}

static bool same_signatures(const json_t *data, const json_t *want)
{
	size_t n = 0;
	const char *k;
	json_t *v;

	json_object_foreach ((json_t *)(uintptr_t)data, k, v) {
		if (!str_has_prefix(k, SIGNATURE))
			continue;
		n++;
		if (!json_equal(v, json_object_get(want, k)))
			return false;
	}
	return n == json_object_size(want);
}

static int put_signatures(json_t *cm, json_t *want)
{
	json_t *data = json_object_get(cm, "data"), *v;
	const char *k;
	void *next;

	json_object_foreach_safe (data, next, k, v)
		if (str_has_prefix(k, SIGNATURE))
			(void)json_object_del(data, k);
	return json_object_update(data, want);
}

static int publish(struct controller *c, json_t *const *secrets, size_t n, const json_t *fresh, struct err *e)
{
	struct tokens *x = c->priv;
	const struct client_ref ref = {.plural = "configmaps", .ns = "kube-public", .name = "cluster-info"};
	AUTO_OBJECT struct informer_object *o = informer_get(x->configs, "kube-public", "cluster-info");
	AUTO_JSON json_t *cm = informer_object_json(o), *want = json_object();
	const char *kubeconfig = json_string_value(json_object_get(json_object_get(cm, "data"), "kubeconfig")),
		   *had = cm ? obj_annotation(cm, ENDED) : NULL;
	AUTO_FREE char *ended = NULL;

	if (!want)
		return err_nomem(e);
	if (!kubeconfig) /* nobody published it yet; it comes, and so do we */
		return 0;
	int r = sign_all(want, secrets, n, kubeconfig, clock_wall(c->s->deps.clock), e);
	if (r < 0)
		return r;
	if (json_object_size(fresh) && !(ended = ended_with(had, fresh)))
		return err_nomem(e);
	if (same_signatures(json_object_get(cm, "data"), want) && (!ended || streq(ended, had)))
		return 0;
	if (put_signatures(cm, want) < 0 ||
	    (ended &&
	     (json_dot(cm, "metadata.annotations") ||
	      json_object_set_new(json_object_get(cm, "metadata"), "annotations", json_object()) == 0) &&
	     json_object_set_new(json_at(cm, "metadata", "annotations", NULL), ENDED, json_string(ended)) < 0))
		return err_nomem(e);
	return client_update_wait(c->s->client, &ref, cm, NULL, e);
}

/* --- --- */

static int delete_token(struct controller *c, const json_t *secret, struct err *e)
{
	const struct client_ref ref = {.plural = "secrets", .ns = "kube-system", .name = obj_name(secret)};
	AUTO_JSON json_t *opts =
	    json_pack("{s:s,s:s,s:{s:s,s:s}}", "kind", "DeleteOptions", "apiVersion", "v1", "preconditions", "uid",
		      obj_uid(secret), "resourceVersion", json_str_or(secret, "metadata.resourceVersion", ""));
	int r = opts ? client_delete_wait(c->s->client, &ref, opts, NULL, e) : err_nomem(e);

	if (r == 0)
		log_info("bootstrap-tokens", obj_name(secret), "deleted: its time is over");
	return r == ERR_NOT_FOUND || r == ERR_CONFLICT ? 0 : r; /* changed meanwhile: we are told */
}

static int reconcile(void *arg, const char *key, struct err *e)
{
	struct controller *c = arg;
	struct tokens *x = c->priv;
	time_t now = clock_wall(c->s->deps.clock);
	struct informer_object **v = NULL;
	AUTO_JSON json_t *fresh = json_object();
	int64_t next = INT64_MAX;
	size_t n = 0;
	int r = fresh ? informer_list(x->secrets, "kube-system", &v, &n) : -ENOMEM;

	(void)key;
	if (r < 0)
		return err_nomem(e);
	AUTO_FREE json_t **secrets = calloc(n + 1, sizeof(*secrets));
	for (size_t i = 0; secrets && i < n; i++) {
		AUTO_FREE char *until = NULL, *id = NULL;
		int64_t left;

		secrets[i] = informer_object_json(v[i]);
		if (!secrets[i] || !is_token(secrets[i]))
			continue;
		left = seconds_left(secrets[i], now, &until);
		if (left > 0 && left < next)
			next = left;
		id = value(secrets[i], "token-id");
		if (left <= 0 && id && strlen(id) == 6 && until && strlen(until) < TIME_STR_MAX &&
		    !strpbrk(until, ",="))
			(void)json_object_set_new(fresh, id, json_string(until));
	}
	r = secrets ? publish(c, secrets, n, fresh, e) : err_nomem(e);
	for (size_t i = 0; r == 0 && i < n; i++)
		if (secrets[i] && is_token(secrets[i]) && seconds_left(secrets[i], now, NULL) <= 0)
			r = delete_token(c, secrets[i], e);
	for (size_t i = 0; secrets && i < n; i++)
		json_decref(secrets[i]);
	informer_list_free(v, n);
	if (r < 0 || next == INT64_MAX)
		return r;
	return next > INT32_MAX / 1000 - 1 ? INT32_MAX : (int)(next * 1000);
}

/* Every change is one of the whole: what is signed depends on all. */
static void wake(struct controller *c, const struct informer_object *o)
{
	if (streq(o->ns, "kube-system") ? str_has_prefix(o->name, NAME) : streq(o->ns, "kube-public"))
		workqueue_add(c->q, ALL);
}
static void added(void *arg, struct informer_object *o)
{
	wake(arg, o);
}
static void updated(void *arg, struct informer_object *old, struct informer_object *o)
{
	(void)old;
	wake(arg, o);
}

int bootstrap_tokens_init(struct shared *s, struct err *e)
{
	static const struct informer_handler h = {.added = added, .updated = updated, .deleted = added};
	struct tokens *x = calloc(1, sizeof(*x));
	struct controller *c;
	int r;

	if (!x)
		return err_nomem(e);
	if ((r = controller_new(&c, s, "bootstrap-tokens", 1, reconcile, x, free, e)) < 0) {
		free(x);
		return r;
	}
	if (!(x->secrets = shared_informer(s, "", "v1", "secrets", "type=" TYPE, e)) ||
	    !(x->configs = shared_informer(s, "", "v1", "configmaps", "metadata.name=cluster-info", e)))
		return ERR_INTERNAL;
	return informer_add_handler(x->secrets, &h, c) < 0 || informer_add_handler(x->configs, &h, c) < 0 ? err_nomem(e)
													  : 0;
}
