/*
 * ServiceAccount admission: every pod runs as an account of its namespace, gets its image pull secrets, and a token by a projected
 * volume unless it or the account does not want one.
 */
#include "api/object.h"
#include "apiserver/auth_internal.h"
#include "base/clock.h"

#define MOUNT_PATH "/var/run/secrets/kubernetes.io/serviceaccount"
#define VOLUME "kube-api-access-"
#define TOKEN_SECONDS 3607 /* sa_token.c knows kubelets' requests by it */

static bool wants_token(const json_t *pod, const json_t *sa)
{
	const json_t *v = json_dot(pod, "spec.automountServiceAccountToken");

	if (!json_is_boolean(v))
		v = json_object_get(sa, "automountServiceAccountToken");
	return !json_is_boolean(v) || json_is_true(v);
}

static json_t *token_volume(const char *name)
{
	return json_pack("{s:s,s:{s:i,s:[{s:{s:i,s:s}},{s:{s:s,s:[{s:s,s:s}]}},{s:{s:[{s:s,s:{s:s,s:s}}]}}]}}", "name", name, "projected", "defaultMode",
			 0644, "sources", "serviceAccountToken", "expirationSeconds", TOKEN_SECONDS, "path", "token", "configMap", "name",
			 "kube-root-ca.crt", "items", "key", "ca.crt", "path", "ca.crt", "downwardAPI", "items", "path", "namespace", "fieldRef",
			 "apiVersion", "v1", "fieldPath", "metadata.namespace");
}

/* 1: a mount was added; 0: the container has its own. */
static int mount_token(json_t *container, const char *volume)
{
	json_t *mounts = json_object_get(container, "volumeMounts"), *m;
	size_t i;

	json_array_foreach(mounts, i, m)
		if (streq(json_str(m, "mountPath"), MOUNT_PATH))
			return 0;
	if (json_dot_append(container, "volumeMounts",
			    json_pack("{s:s,s:b,s:s}", "name", volume, "readOnly", 1, "mountPath", MOUNT_PATH)))
		return -ENOMEM;
	return 1;
}

static int add_token(json_t *pod, struct err *e)
{
	static const char *const lists[] = {"initContainers", "containers"};
	json_t *volumes = json_dot(pod, "spec.volumes"), *v, *ctr;
	char name[sizeof(VOLUME) + 8] = VOLUME;
	bool have = false, used = false;
	size_t i;

	json_array_foreach(volumes, i, v) {
		const char *n = json_str_or(v, "name", "");

		if (str_has_prefix(n, VOLUME) && str_copy(name, sizeof(name), n)) {
			have = true;
			break;
		}
	}
	if (!have) {
		random_suffix(name + sizeof(VOLUME) - 1, 5);
		name[sizeof(VOLUME) - 1 + 5] = 0;
	}
	for (size_t l = 0; l < ARRAY_LEN(lists); l++) {
		json_array_foreach(json_at(pod, "spec", lists[l], NULL), i, ctr) {
			int r = mount_token(ctr, name);

			if (r < 0)
				return err_nomem(e);
			used |= r > 0;
		}
	}
	if (used && !have && json_dot_append(pod, "spec.volumes", token_volume(name)))
		return err_nomem(e);
	return 0;
}

static int admit_mirror(struct admit *c, const json_t *pod, struct err *e)
{
	const json_t *v;
	size_t i;

	if (*json_str_or(pod, "spec.serviceAccountName", ""))
		return admit_deny(c, e, "a mirror pod may not reference service accounts");
	json_array_foreach(json_dot(pod, "spec.volumes"), i, v) {
		if (json_object_get(v, "secret"))
			return admit_deny(c, e, "a mirror pod may not reference secrets");
		if (json_object_get(v, "persistentVolumeClaim"))
			return admit_deny(c, e, "a mirror pod may not reference persistentvolumeclaims");
	}
	return 0;
}

/* --- a new namespace's account --- */

#define AWAIT_S 1
#define NEW_S 10
#define AWAITING_MAX 2 /* of the pool's threads */

struct arrival {
	pthread_mutex_t lock;
	pthread_cond_t cond;
	bool there;
};

static void on_arrival(void *arg, int code, const struct store_event *ev, size_t n, int64_t rev)
{
	struct arrival *a = arg;
	bool there = code != 0;

	(void)rev;
	for (size_t i = 0; i < n; i++)
		there |= ev[i].kind == STORE_CREATED;
	if (!there)
		return;
	pthread_mutex_lock(&a->lock);
	a->there = true;
	pthread_cond_signal(&a->cond);
	pthread_mutex_unlock(&a->lock);
}

static bool namespace_is_new(struct admit *c)
{
	AUTO_JSON json_t *ns = NULL;
	struct timespec made;

	return !auth_get_json(c->au, true, "", "namespaces", NULL, c->adm->ns, &ns, NULL) &&
	       !time_parse(json_str_or(ns, "metadata.creationTimestamp", ""), &made) && made.tv_sec + NEW_S > clock_wall(c->au->clock);
}

/* A pod that comes right after its namespace meets no account yet: it is given a moment, as in Kubernetes. */
static int await_account(struct admit *c, json_t **ret)
{
	struct arrival a = {.lock = PTHREAD_MUTEX_INITIALIZER};
	AUTO_FREE char *key = auth_key(c->au, "", "serviceaccounts", c->adm->ns, "default");
	int64_t since = store_revision(c->au->store);
	struct store_watch *w = NULL;
	pthread_condattr_t attr;
	struct timespec until;
	int r = auth_get_json(c->au, true, "", "serviceaccounts", c->adm->ns, "default", ret, NULL);

	if (r != ERR_NOT_FOUND || !key || !namespace_is_new(c))
		return r;
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&a.cond, &attr);
	pthread_condattr_destroy(&attr);
	if (atomic_fetch_add(&c->au->awaiting, 1) >= AWAITING_MAX || store_watch_new(&w, c->au->store, key, since, on_arrival, &a, NULL)) {
		atomic_fetch_sub(&c->au->awaiting, 1);
		pthread_cond_destroy(&a.cond);
		return r;
	}
	pthread_mutex_lock(&a.lock);
	(void)clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += AWAIT_S;
	while (!a.there && !pthread_cond_timedwait(&a.cond, &a.lock, &until))
		;
	pthread_mutex_unlock(&a.lock);
	(void)store_watch_free(w);
	pthread_cond_destroy(&a.cond);
	atomic_fetch_sub(&c->au->awaiting, 1);
	return auth_get_json(c->au, true, "", "serviceaccounts", c->adm->ns, "default", ret, NULL);
}

int admit_service_account(struct admit *c, struct err *e)
{
	json_t *pod = c->adm->obj, *secrets;
	AUTO_JSON json_t *sa = NULL;
	const char *name;
	int r;

	if (!c->main || !json_is_object(json_object_get(pod, "spec")))
		return 0;
	if (obj_annotation(pod, "kubernetes.io/config.mirror"))
		return admit_mirror(c, pod, e);
	name = json_str_or(pod, "spec.serviceAccountName", "");
	if (!*name)
		name = "default";
	r = auth_get_json(c->au, c->block, "", "serviceaccounts", c->adm->ns, name, &sa, NULL);
	if (r == ERR_NOT_FOUND && streq(name, "default")) {
		if (!c->block)
			return ERR_AGAIN;
		r = await_account(c, &sa);
	}
	if (r == ERR_AGAIN)
		return r;
	if (r == ERR_NOT_FOUND && (strchr(name, '/') || strchr(name, '%')))
		return admit_deny(c, e, "error looking up service account %s/%s: invalid resource name \"%s\": [may not contain '%s']", c->adm->ns, name, name,
				  strchr(name, '/') ? "/" : "%");
	if (r == ERR_NOT_FOUND)
		return admit_deny(c, e, "error looking up service account %s/%s: serviceaccount \"%s\" not found", c->adm->ns, name, name);
	if (r)
		return err_set(e, ERR_INTERNAL, "error looking up service account %.60s/%.100s: %s", c->adm->ns, name, err_name(r));
	if (streq(name, "default") && json_set_str(pod, "spec.serviceAccountName", name))
		return err_nomem(e);
	if (json_object_set(json_object_get(pod, "spec"), "serviceAccount", json_dot(pod, "spec.serviceAccountName")))
		return err_nomem(e);
	if (wants_token(pod, sa) && (r = add_token(pod, e)))
		return r;
	secrets = json_object_get(sa, "imagePullSecrets");
	if (!json_array_size(json_dot(pod, "spec.imagePullSecrets")) && json_array_size(secrets)) {
		json_t *copy = json_deep_copy(secrets);

		if (!copy || json_dot_set(pod, "spec.imagePullSecrets", copy))
			return err_nomem(e);
	}
	return 0;
}
