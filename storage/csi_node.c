/* What a driver is asked for a pod's volume, made of objects: PersistentVolume or inline volume, CSIDriver,
 * Secrets, tokens. Source: kubelet, pkg/volume/csi. */
#include <errno.h>
#include <string.h>
#include "api/object.h"
#include "base/str.h"
#include "storage/csi.h"
#include "storage/secrets.h"
#include "wire/cert.h"

#define TOKENS_KEY        "csi.storage.k8s.io/serviceAccount.tokens"
#define RESOURCE(plural_) .group = "storage.k8s.io", .plural = (plural_)

/* --- names --- */

static void csi_name(char out[CSI_NAME_MAX], const char *a, const char *b, const char *c)
{
	AUTO_BUF struct buf text = {0};
	char hex[65];

	buf_addf(&text, "%s%s%s", a, b, c);
	if (buf_failed(&text) || sha256_hex(text.data ? text.data : "", text.len, hex) < 0)
		hex[0] = '\0'; /* no object has that name */
	(void)snprintf(out, CSI_NAME_MAX, "csi-%s", hex);
}

void csi_attachment_name(char out[CSI_NAME_MAX], const char *handle, const char *driver, const char *node)
{
	csi_name(out, handle, driver, node);
}

void csi_inline_handle(char out[CSI_NAME_MAX], const char *pod_uid, const char *volume_name)
{
	csi_name(out, pod_uid, volume_name, "");
}

/* --- what the objects say --- */

/* Everything that is read for one volume. */
struct reading {
	const struct csi_node_deps *d;
	const struct volumes_request *r;
	const json_t *csi; /* the source: of the PersistentVolume's spec or the pod's volume */
	const char *driver, *handle;
	bool ephemeral, block;
	json_t *object; /* the CSIDriver; NULL: there is none */
	struct plugin *plugin;
	char inline_handle[CSI_NAME_MAX];
};

static void reading_done(struct reading *x)
{
	json_decref(x->object);
	plugin_unref(x->plugin);
}

/* Of those with this name the newest that serves this node: a controller alone may have the same name. */
static struct plugin *node_plugin(struct plugins *all, const char *driver)
{
	struct plugin **v = NULL, *found = NULL;
	size_t n = 0;

	if (plugins_list(all, &v, &n) < 0)
		return NULL;
	for (size_t i = n; i-- > 0;) {
		if (!found && streq(v[i]->driver, driver) && csi_plugin_info(v[i]) && v[i]->node_id)
			found = plugin_ref(v[i]);
		plugin_unref(v[i]);
	}
	free(v);
	return found;
}

static int read_lifecycle(const struct reading *x, struct err *e)
{
	const json_t *modes = json_dot(x->object, "spec.volumeLifecycleModes"), *m;
	const char *want = x->ephemeral ? "Ephemeral" : "Persistent";
	size_t i;

	if (json_array_size(modes) == 0 && !x->ephemeral)
		return 0;
	json_array_foreach (modes, i, m)
		if (streq(json_string_value(m), want))
			return 0;
	return err_set(e, ERR_INVALID,
		       "driver %s does not serve volumes of mode %s (CSIDriver %s: spec.volumeLifecycleModes)",
		       x->driver, want, x->driver);
}

static int read_volume(struct reading *x, const struct csi_node_deps *d, const struct volumes_request *r, struct err *e)
{
	struct client_ref ref = {RESOURCE("csidrivers")};

	x->d = d;
	x->r = r;
	x->ephemeral = !r->pv;
	x->csi = r->pv ? json_dot(r->pv, "spec.csi") : json_object_get(r->volume, "csi");
	x->driver = json_str(x->csi, "driver");
	if (x->ephemeral)
		csi_inline_handle(x->inline_handle, r->pod_uid, r->volume_name);
	x->handle = x->ephemeral ? x->inline_handle : json_str(x->csi, "volumeHandle");
	x->block = streq(json_str(r->pv, "spec.volumeMode"), "Block");
	if (!x->driver || !x->handle)
		return err_set(e, ERR_INVALID, "volume %s is no CSI volume", r->volume_name);
	ref.name = x->driver;
	int k = client_get_wait(d->client, &ref, &x->object, e);
	if (k < 0 && k != ERR_NOT_FOUND)
		return k;
	if ((k = read_lifecycle(x, e)) < 0)
		return k;
	if (!(x->plugin = node_plugin(d->plugins, x->driver)))
		return err_set(e, ERR_UNAVAILABLE, "CSI driver %s is not registered on this node", x->driver);
	return 0;
}

/* *ret NULL without a reference. ns: of a reference that has none. */
static int read_secret(const struct reading *x, const char *member, const char *ns, json_t **ret, struct err *e)
{
	int r = secret_read_ns(x->d->client, json_object_get(x->csi, member), ns, ret, e);

	if (r < 0)
		(void)err_wrap(e, "%s", member);
	return r;
}

/* --- tokens --- */

static int read_token(const struct reading *x, const json_t *asked, json_t *tokens, struct err *e)
{
	const json_t *pod = x->r->pod;
	const char *audience = json_str_or(asked, "audience", "");
	struct client_ref ref = {.plural = "serviceaccounts",
				 .ns = obj_namespace(pod),
				 .name = json_str_or(pod, "spec.serviceAccountName", "default"),
				 .subresource = "token"};
	AUTO_JSON json_t *audiences = json_array(), *got = NULL;

	if (!audiences || (*audience && json_array_append_new(audiences, json_string(audience)) < 0))
		return err_nomem(e);
	AUTO_JSON json_t *q =
	    json_pack("{s:s, s:s, s:{s:O, s:{s:s, s:s, s:s, s:s}}}", "apiVersion", "authentication.k8s.io/v1", "kind",
		      "TokenRequest", "spec", "audiences", audiences, "boundObjectRef", "apiVersion", "v1", "kind",
		      "Pod", "name", obj_name(pod), "uid", obj_uid(pod));
	json_t *seconds = json_object_get(asked, "expirationSeconds");
	if (!q || (seconds && json_object_set(json_object_get(q, "spec"), "expirationSeconds", seconds) < 0))
		return err_nomem(e);
	int r = client_create_wait(x->d->client, &ref, q, &got, e);
	if (r < 0)
		return err_wrap(e, "token for audience \"%s\"", audience);
	const char *token = json_str(got, "status.token"), *until = json_str(got, "status.expirationTimestamp");
	if (!token || !until)
		return err_set(e, ERR_PROTO, "token for audience \"%s\": the answer has none", audience);
	return json_object_set_new(tokens, audience,
				   json_pack("{s:s, s:s}", "token", token, "expirationTimestamp", until)) < 0
		   ? err_nomem(e)
		   : 0;
}

/* *ret NULL: the driver wants none. */
static int read_tokens(const struct reading *x, json_t **ret, struct err *e)
{
	const json_t *list = json_dot(x->object, "spec.tokenRequests"), *t;
	AUTO_JSON json_t *tokens = NULL;
	size_t i;
	int r;

	if (json_array_size(list) == 0)
		return 0;
	if (!(tokens = json_object()))
		return err_nomem(e);
	json_array_foreach (list, i, t)
		if ((r = read_token(x, t, tokens, e)) < 0)
			return r;
	*ret = TAKE_PTR(tokens);
	return 0;
}

/* --- requests --- */

static const json_t *access_modes(const struct reading *x)
{
	return json_dot(x->r->pv, "spec.accessModes");
}

static bool for_one_node(const json_t *modes)
{
	const json_t *m;
	size_t i;

	json_array_foreach (modes, i, m)
		if (streq(json_string_value(m), "ReadWriteOnce") || streq(json_string_value(m), "ReadWriteOncePod"))
			return true;
	return false;
}

/* Source: kubelet, csi_mounter.go, supportsFSGroup. */
static bool wants_fs_group(const struct reading *x)
{
	const char *policy = json_str_or(x->object, "spec.fsGroupPolicy", "ReadWriteOnceWithFSType");

	if (streq(policy, "File"))
		return true;
	if (streq(policy, "None") || !*json_str_or(x->csi, "fsType", ""))
		return false;
	return x->ephemeral || for_one_node(access_modes(x));
}

/* VOLUME and MOUNT. */
static json_t *request(const struct reading *x, const json_t *secrets, bool fs_group)
{
	const char *fs = json_str(x->csi, "fsType");
	json_t *req = json_pack("{s:s, s:s, s:O*, s:{s:O}, s:s, s:s*, s:O*, s:O*, s:O*}", "name",
				x->r->pv ? obj_name(x->r->pv) : x->r->volume_name, "handle", x->handle, "context",
				json_object_get(x->csi, "volumeAttributes"), "source", "csi", x->csi, "volumeMode",
				x->block ? "Block" : "Filesystem", "fsType", fs && *fs ? fs : NULL, "mountOptions",
				json_dot(x->r->pv, "spec.mountOptions"), "accessModes", access_modes(x),
				"secrets", secrets);

	if (req && fs_group && json_object_set_new(req, "fsGroup", json_integer(x->r->fs_group)) < 0) {
		json_decref(req);
		return NULL;
	}
	return req;
}

static int set(json_t *o, const char *key, json_t *v, struct err *e)
{
	return json_object_set_new(o, key, v) < 0 ? err_nomem(e) : 0;
}

static int add_pod(const struct reading *x, json_t *publish, const json_t *tokens, struct err *e)
{
	const json_t *pod = x->r->pod;
	AUTO_JSON json_t *about = json_object();
	bool in_secrets = json_bool_or(x->object, "spec.serviceAccountTokenInSecrets", false);

	if (json_bool_or(x->object, "spec.podInfoOnMount", false)) {
		json_decref(about);
		about = json_pack("{s:s, s:s, s:s, s:s}", "name", obj_name(pod), "namespace", obj_namespace(pod), "uid",
				  obj_uid(pod), "serviceAccount", json_str_or(pod, "spec.serviceAccountName", ""));
	}
	if (tokens && in_secrets) {
		AUTO_BYTES struct bytes *b = json_encode(tokens);
		json_t *had = json_object_get(publish, "secrets");
		AUTO_JSON json_t *secrets = had ? json_copy(had) : json_object();
		if (!b || json_object_set_new(secrets, TOKENS_KEY, json_string(b->data)) < 0 ||
		    json_object_set(publish, "secrets", secrets) < 0)
			return err_nomem(e);
	} else if (tokens && json_object_set(about, "tokens", (json_t *)(uintptr_t)tokens) < 0) {
		return err_nomem(e);
	}
	if (!about)
		return err_nomem(e);
	return json_object_size(about) > 0 ? set(publish, "pod", json_incref(about), e) : 0;
}

void csi_mount_done(struct csi_mount *m)
{
	free(m->driver);
	free(m->handle);
	plugin_unref(m->plugin);
	json_decref(m->stage);
	json_decref(m->publish);
	*m = (struct csi_mount){0};
}

static int fill(struct csi_mount *m, struct reading *x, struct err *e)
{
	AUTO_JSON json_t *stage_secrets = NULL, *publish_secrets = NULL, *tokens = NULL;
	const struct csi_info *info = csi_plugin_info(x->plugin);
	bool group = x->r->fs_group >= 0 && !x->block, by_driver = group && info->mount_group;
	int r;

	m->read_only = x->r->read_only || json_bool_or(x->csi, "readOnly", false);
	m->ephemeral = x->ephemeral;
	m->block = x->block;
	m->requires_republish = json_bool_or(x->object, "spec.requiresRepublish", false);
	m->fs_group =
	    group && !by_driver && !m->read_only && wants_fs_group(x) ? CSI_FS_GROUP_CHANGE : CSI_FS_GROUP_NONE;
	m->attached = !x->ephemeral && json_bool_or(x->object, "spec.attachRequired", true);
	if ((r = read_secret(x, "nodePublishSecretRef", obj_namespace(x->r->pod), &publish_secrets, e)) < 0 ||
	    (r = read_secret(x, "nodeStageSecretRef", NULL, &stage_secrets, e)) < 0 ||
	    (r = read_tokens(x, &tokens, e)) < 0)
		return r;
	m->driver = str_dup(x->driver);
	m->handle = str_dup(x->handle);
	m->publish = request(x, publish_secrets, by_driver);
	if (!m->driver || !m->handle || !m->publish)
		return err_nomem(e);
	if (!x->ephemeral && x->plugin->can & PLUGIN_CAN(PLUGIN_STAGE) &&
	    !(m->stage = request(x, stage_secrets, by_driver)))
		return err_nomem(e);
	if ((r = set(m->publish, "readOnly", json_boolean(m->read_only), e)) < 0 ||
	    (r = set(m->publish, "ephemeral", json_boolean(m->ephemeral), e)) < 0 ||
	    (r = add_pod(x, m->publish, tokens, e)) < 0)
		return r;
	m->plugin = TAKE_PTR(x->plugin);
	return 0;
}

int csi_node_request(struct csi_mount *ret, const struct csi_node_deps *d, const struct volumes_request *req,
		     struct err *e)
{
	CLEANUP(reading_done) struct reading x = {0};
	struct csi_mount m = {0};
	int r = read_volume(&x, d, req, e);

	if (r < 0 || (r = fill(&m, &x, e)) < 0) {
		csi_mount_done(&m);
		return r;
	}
	*ret = m;
	return 0;
}

int csi_node_expand_request(json_t **ret, const struct csi_node_deps *d, const struct volumes_request *req,
			    struct err *e)
{
	CLEANUP(reading_done) struct reading x = {0};
	AUTO_JSON json_t *secrets = NULL;
	int r = read_volume(&x, d, req, e);

	if (r < 0 || (r = read_secret(&x, "nodeExpandSecretRef", NULL, &secrets, e)) < 0)
		return r;
	json_t *o = request(&x, secrets, false);
	if (!o)
		return err_nomem(e);
	*ret = o;
	return 0;
}
