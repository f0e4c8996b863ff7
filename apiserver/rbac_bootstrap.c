/*
 * Writes the roles and bindings of rbac_defaults.c that are missing, adds rights that newer versions gave to existing ones
 * (unless their annotation rbac.authorization.kubernetes.io/autoupdate is "false"), and publishes the cluster's CA. All writes
 * are under way at once, so that they share commits.
 */
#include "api/object.h"
#include "api/scan.h"
#include "apiserver/auth_internal.h"
#include "apiserver/pki.h"
#include "base/log.h"

#define RB "rbac.authorization.k8s.io"
#define AUTOUPDATE "rbac.authorization.kubernetes.io/autoupdate"

struct batch {
	pthread_mutex_t lock;
	pthread_cond_t cond;
	size_t under_way;
	struct err err;
};

static void batch_done(void *arg, int status, struct bytes *body)
{
	struct batch *b = arg;
	char m[200] = "failed";

	pthread_mutex_lock(&b->lock);
	if (status >= 300 && status != 409 && !b->err.code) {
		if (body)
			(void)scan_str(body->data, body->len, "message", m, sizeof(m));
		(void)err_set(&b->err, ERR_INTERNAL, "%s", m);
	}
	b->under_way--;
	pthread_cond_signal(&b->cond);
	pthread_mutex_unlock(&b->lock);
}

static int batch_add(struct batch *b, struct auth *au, const char *method, const char *path, const json_t *body, struct err *e)
{
	pthread_mutex_lock(&b->lock);
	b->under_way++;
	pthread_mutex_unlock(&b->lock);
	if (auth_call(au, method, path, "fieldManager=kube-apiserver", streq(method, "PATCH") ? "application/merge-patch+json" : "application/json", body,
		      batch_done, b)) {
		pthread_mutex_lock(&b->lock);
		b->under_way--;
		pthread_mutex_unlock(&b->lock);
		return err_nomem(e);
	}
	return 0;
}

static int batch_wait(struct batch *b, struct err *e)
{
	pthread_mutex_lock(&b->lock);
	while (b->under_way)
		pthread_cond_wait(&b->cond, &b->lock);
	pthread_mutex_unlock(&b->lock);
	if (b->err.code && e)
		*e = b->err;
	return b->err.code;
}

static json_t *object_of(const char *kind, const char *ns, const char *name)
{
	json_t *o = json_pack("{s:s,s:s,s:{s:s,s:{s:s},s:{s:s}}}", "apiVersion", RB "/v1", "kind", kind, "metadata", "name", name, "labels",
			      "kubernetes.io/bootstrapping", "rbac-defaults", "annotations", AUTOUPDATE, "true");

	if (o && *ns)
		(void)json_set_str(o, "metadata.namespace", ns);
	return o;
}

static json_t *role_object(const struct rbac_default_role *d)
{
	AUTO_JSON json_t *o = object_of(*d->ns ? "Role" : "ClusterRole", d->ns, d->name);
	char label[120];

	if (!o)
		return NULL;
	if (d->aggregate_to) {
		(void)snprintf(label, sizeof(label), RB "/aggregate-to-%s", d->aggregate_to);
		if (obj_set_label(o, label, "true") < 0)
			return NULL;
	}
	if (d->aggregates) {
		(void)snprintf(label, sizeof(label), RB "/aggregate-to-%s", d->aggregates);
		if (json_object_set_new(o, "aggregationRule", json_pack("{s:[{s:{s:s}}]}", "clusterRoleSelectors", "matchLabels", label, "true")))
			return NULL;
	}
	if (json_object_set_new(o, "rules", rbac_default_rules(d->rules)))
		return NULL;
	return TAKE_PTR(o);
}

static json_t *binding_object(const struct rbac_default_binding *d)
{
	AUTO_JSON json_t *o = object_of(*d->ns ? "RoleBinding" : "ClusterRoleBinding", d->ns, d->name);
	AUTO_JSON json_t *subjects = json_array();

	if (!o || !subjects || json_object_set_new(o, "roleRef", json_pack("{s:s,s:s,s:s}", "apiGroup", RB, "kind", d->role_kind, "name", d->role)))
		return NULL;
	for (const char *p = d->subjects; *p;) {
		size_t n = strcspn(p, " ");
		AUTO_FREE char *name = str_ndup(p + 2, n - 2);
		char *slash = name ? strchr(name, '/') : NULL;
		json_t *s;

		if (*p == 'S' && slash) {
			*slash = 0;
			s = json_pack("{s:s,s:s,s:s}", "kind", "ServiceAccount", "name", slash + 1, "namespace", name);
		} else {
			s = json_pack("{s:s,s:s,s:s}", "apiGroup", RB, "kind", *p == 'U' ? "User" : "Group", "name", name ? name : "");
		}
		if (json_array_append_new(subjects, s))
			return NULL;
		p += n + (p[n] == ' ');
	}
	return json_object_set(o, "subjects", subjects) ? NULL : TAKE_PTR(o);
}

static char *path_of(const char *plural, const char *ns, const char *name)
{
	return str_fmt("/apis/" RB "/v1%s%s/%s%s%s", *ns ? "/namespaces/" : "", ns, plural, name ? "/" : "", name ? name : "");
}

/* Rights of the table that an existing role lacks are added. */
static int reconcile(struct auth *au, struct batch *b, const char *plural, const char *ns, const char *name, const json_t *want, struct err *e)
{
	AUTO_JSON json_t *have = NULL;
	AUTO_JSON json_t *patch = NULL;
	AUTO_JSON json_t *rules = NULL;
	AUTO_FREE char *path = NULL;
	struct rbac_rules *old = NULL;
	const json_t *rule;
	size_t i, added = 0;
	int r = auth_get_json(au, true, RB, plural, ns, name, &have, NULL);

	if (r == ERR_NOT_FOUND) {
		path = path_of(plural, ns, NULL);
		return path ? batch_add(b, au, "POST", path, want, e) : err_nomem(e);
	}
	if (r)
		return err_set(e, r, "reading %s %s: %s", plural, name, err_name(r));
	if (!json_object_get(want, "rules") || json_object_get(want, "aggregationRule") || streq(obj_annotation(have, AUTOUPDATE), "false"))
		return 0;
	rules = json_deep_copy(json_object_get(have, "rules"));
	if (!json_is_array(rules)) {
		json_decref(rules);
		rules = json_array();
	}
	if (rbac_rules_new(&old, rules))
		return err_nomem(e);
	json_array_foreach(json_object_get(want, "rules"), i, rule) {
		AUTO_JSON json_t *one = json_pack("[O]", rule);
		struct rbac_rules *w = NULL;
		struct rbac_held held = {.sets = &old, .n = 1};

		if (!one || rbac_rules_new(&w, one)) {
			(void)rbac_rules_unref(old);
			return err_nomem(e);
		}
		if (!rbac_held_covers(&held, w, NULL)) {
			(void)json_array_append(rules, (json_t *)(uintptr_t)rule);
			added++;
		}
		(void)rbac_rules_unref(w);
	}
	(void)rbac_rules_unref(old);
	if (!added)
		return 0;
	path = path_of(plural, ns, name);
	patch = json_pack("{s:O}", "rules", rules);
	return path && patch ? batch_add(b, au, "PATCH", path, patch, e) : err_nomem(e);
}

int rbac_bootstrap(struct auth *au, struct err *e)
{
	struct batch b = {.lock = PTHREAD_MUTEX_INITIALIZER, .cond = PTHREAD_COND_INITIALIZER};
	size_t n;
	const struct rbac_default_role *roles = rbac_default_roles(&n);
	const struct rbac_default_binding *bindings;
	int r = 0, r2;

	for (size_t i = 0; !r && i < n; i++) {
		AUTO_JSON json_t *o = role_object(&roles[i]);

		r = o ? reconcile(au, &b, *roles[i].ns ? "roles" : "clusterroles", roles[i].ns, roles[i].name, o, e) : err_nomem(e);
	}
	bindings = rbac_default_bindings(&n);
	for (size_t i = 0; !r && i < n; i++) {
		AUTO_JSON json_t *o = binding_object(&bindings[i]);

		r = o ? reconcile(au, &b, *bindings[i].ns ? "rolebindings" : "clusterrolebindings", bindings[i].ns, bindings[i].name, o, e) : err_nomem(e);
	}
	r2 = batch_wait(&b, r ? NULL : e);
	return r ? r : r2 ? r2 : rbac_aggregate(au, true, e);
}

/* --- what those who join need to know --- */

/* Keeps the keys of `data` (strings) in a ConfigMap; others that somebody put there stay. */
static int publish(struct auth *au, struct batch *b, const char *ns, const char *name, json_t *data, struct err *e)
{
	AUTO_JSON json_t *have = NULL;
	AUTO_JSON json_t *o = NULL;
	AUTO_FREE char *path = NULL;
	const char *key;
	json_t *text;
	bool same = true;
	int r = auth_get_json(au, true, "", "configmaps", ns, name, &have, NULL);

	if (r && r != ERR_NOT_FOUND)
		return err_set(e, r, "reading ConfigMap %s/%s: %s", ns, name, err_name(r));
	json_object_foreach(data, key, text)
		same = same && json_equal(json_at(have, "data", key, NULL), text);
	if (!r && same)
		return 0;
	if (r)
		o = json_pack("{s:s,s:s,s:{s:s,s:s},s:O}", "apiVersion", "v1", "kind", "ConfigMap", "metadata", "name", name, "namespace", ns, "data", data);
	else
		o = json_pack("{s:O}", "data", data);
	path = str_fmt("/api/v1/namespaces/%s/configmaps%s%s", ns, r ? "" : "/", r ? "" : name);
	return o && path ? batch_add(b, au, r ? "POST" : "PATCH", path, o, e) : err_nomem(e);
}

/* What is the cluster's and not a node's to choose, under the names of the flags. */
static int networks_tell(struct auth *au, json_t *info)
{
	const struct apiserver_config *c = &au->a->cfg;
	const struct {
		const char *key, *text;
	} all[] = {{"cluster-cidr", c->cluster_cidr}, {"service-cidr", c->service_cidr}, {"cluster-dns", c->cluster_dns}, {"cluster-domain", c->cluster_domain}};

	for (size_t i = 0; i < ARRAY_LEN(all); i++)
		if (all[i].text && *all[i].text && json_object_set_new(info, all[i].key, json_string(all[i].text)) < 0)
			return -ENOMEM;
	return 0;
}

int auth_publish(struct auth *au, struct err *e)
{
	struct batch b = {.lock = PTHREAD_MUTEX_INITIALIZER, .cond = PTHREAD_COND_INITIALIZER};
	const char *ca = pki_ca_cert(apiserver_pki(au->a)), *rh_ca = pki_request_header_ca_cert(apiserver_pki(au->a)), *host = au->a->cfg.advertise_address;
	AUTO_FREE char *b64 = NULL;
	AUTO_BUF struct buf kc = {0};
	bool v6 = host && strchr(host, ':');
	int r, r2;

	if (b64_encode(ca, strlen(ca), false, &b64))
		return err_nomem(e);
	buf_addf(&kc, "apiVersion: v1\nclusters:\n- cluster:\n    certificate-authority-data: %s\n    server: https://%s%s%s:%u\n  name: \"\"\n", b64,
		 v6 ? "[" : "", host && *host ? host : "127.0.0.1", v6 ? "]" : "", apiserver_port(au->a));
	buf_adds(&kc, "contexts: null\ncurrent-context: \"\"\nkind: Config\nusers: null\n");
	if (buf_failed(&kc))
		return err_nomem(e);
	AUTO_JSON json_t *info = json_pack("{s:s}", "kubeconfig", kc.data);
	/* What servers that authenticate as this one does read: kube-controller-manager, kube-scheduler, extension API servers. */
	AUTO_JSON json_t *authn = json_pack("{s:s,s:s,s:s,s:s,s:s,s:s}", "client-ca-file", ca, "requestheader-client-ca-file", rh_ca,
					    "requestheader-allowed-names", "[\"front-proxy-client\"]", "requestheader-username-headers", "[\"X-Remote-User\"]",
					    "requestheader-group-headers", "[\"X-Remote-Group\"]", "requestheader-extra-headers-prefix",
					    "[\"X-Remote-Extra-\"]");
	if (!info || !authn || networks_tell(au, info) < 0)
		return err_nomem(e);
	r = publish(au, &b, "kube-public", "cluster-info", info, e);
	if (!r)
		r = publish(au, &b, "kube-system", "extension-apiserver-authentication", authn, e);
	r2 = batch_wait(&b, r ? NULL : e);
	return r ? r : r2;
}
