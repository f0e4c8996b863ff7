#include "cmd/datastore.h"
#include <errno.h>
#include <unistd.h>
#include "base/fs.h"
#include "base/json.h"
#include "base/log.h"
#include "base/str.h"
#include "cmd/secret.h"
#include "store/keyring.h"
#include "wire/seal.h"

#define KEYS    "cluster-keys"
#define PEM_MAX 65536

static const char *const shared[] = {"ca.crt", "ca.key", "request-header-ca.crt", "request-header-ca.key",
				     "service-account.key"};
/* What was issued by a CA that is no longer ours. */
static const char *const issued[] = {"apiserver.crt", "apiserver.key", "apiserver-kubelet-client.crt",
				     "apiserver-kubelet-client.key", "kubelet.crt", "kubelet.key"};

int datastore_config(struct store_config *c, char **ret_path, const struct options *o, struct err *e)
{
	const char *url = opt_str(o, OPT_DATASTORE_ENDPOINT);
	AUTO_FREE char *path = NULL, *dir = NULL;

	*ret_path = NULL;
	*c = (struct store_config){0};
	if (str_has_prefix(url, "http://") || str_has_prefix(url, "https://")) {
		c->endpoints = url;
		c->prefix = opt_str(o, OPT_DATASTORE_PREFIX);
		c->ca_file = opt_str(o, OPT_DATASTORE_CAFILE);
		c->cert_file = opt_str(o, OPT_DATASTORE_CERTFILE);
		c->key_file = opt_str(o, OPT_DATASTORE_KEYFILE);
		return 0;
	}
	if (!str_has_prefix(url, "sqlite:"))
		return err_set(e, ERR_UNSUPPORTED,
			       "--datastore-endpoint %.200s: sqlite:, http:// and https:// (etcd) are supported", url);
	path = url[7] ? str_dup(url + 7) : fs_join(opt_str(o, OPT_DATA_DIR), "server/db/minik.db");
	if (!path || !(dir = str_dup(path)))
		return err_nomem(e);
	char *slash = strrchr(dir, '/');
	if (path[0] != '/' || !slash)
		return err_set(e, ERR_INVALID, "--datastore-endpoint %.200s: an absolute path is needed", url);
	*slash = '\0';
	int r = slash > dir ? fs_mkdir_p(dir, 0700, e) : 0;
	if (r < 0)
		return r;
	c->path = *ret_path = TAKE_PTR(path);
	return 0;
}

int datastore_keys_check(const struct options *o, struct err *e)
{
	AUTO_FREE char *path = fs_join(opt_str(o, OPT_DATA_DIR), SECRETS_KEYS);
	struct keyring k;

	int r = path ? keyring_read(&k, path, e) : err_nomem(e);
	if (r == 0)
		keyring_wipe(&k);
	return r == ERR_NOT_FOUND ? 0 : r;
}

static char *tls_path(const struct options *o, const char *name)
{
	AUTO_FREE char *dir = fs_join(opt_str(o, OPT_DATA_DIR), "server/tls");

	return dir ? fs_join(dir, name) : NULL;
}

/* A key that is here already is not given up silently: it may be the only copy of another cluster's. */
static int put_file(const struct options *o, const char *name, const char *text, bool *changed, struct err *e)
{
	AUTO_FREE char *path = tls_path(o, name), *old = path ? str_fmt("%s.before-join", path) : NULL;
	AUTO_BUF struct buf have = {0};

	if (!old)
		return err_nomem(e);
	int r = fs_read(path, PEM_MAX, &have, e);
	if (r < 0 && r != ERR_NOT_FOUND)
		return r;
	if (r == 0 && have.len == strlen(text) && memcmp(have.data ? have.data : "", text, have.len) == 0)
		return 0;
	*changed = true;
	if (r == 0 && rename(path, old) < 0)
		return err_errno(e, errno, "%s", path);
	return fs_write_atomic(path, text, strlen(text), 0600, e);
}

static int put_files(const struct options *o, const struct bytes *text, struct err *e)
{
	AUTO_FREE char *dir = fs_join(opt_str(o, OPT_DATA_DIR), "server/tls");
	AUTO_JSON json_t *files = NULL;
	bool changed = false;
	int r = dir ? fs_mkdir_p(dir, 0700, e) : err_nomem(e);

	if (r < 0)
		return r;
	if (json_parse_bytes(text, &files, e) < 0)
		return err_wrap(e, "the cluster's keys in the datastore");
	for (size_t i = 0; i < ARRAY_LEN(shared); i++) {
		const char *pem = json_string_value(json_object_get(files, shared[i]));
		if (!pem)
			return err_set(e, ERR_INVALID, "the cluster's keys in the datastore lack %s", shared[i]);
		if ((r = put_file(o, shared[i], pem, &changed, e)) < 0)
			return r;
	}
	for (size_t i = 0; changed && i < ARRAY_LEN(issued); i++) {
		AUTO_FREE char *path = tls_path(o, issued[i]);
		if (!path)
			return err_nomem(e);
		if (unlink(path) < 0 && errno != ENOENT)
			return err_errno(e, errno, "%s", path);
	}
	if (changed)
		log_info("server", NULL, "joined: certificates and keys of the cluster were taken from the datastore");
	return 0;
}

int datastore_keys_take(struct store *s, const struct options *o, bool *ret_found, struct err *e)
{
	AUTO_BYTES struct bytes *sealed = NULL, *text = NULL;
	AUTO_FREE char *token = NULL;

	*ret_found = false;
	if (!store_is_shared(s))
		return 0;
	int r = store_blob_get(s, KEYS, &sealed, e);
	if (r == ERR_NOT_FOUND)
		return 0;
	if (r < 0)
		return r;
	r = secret_known_token(&token, o, e);
	if (r == ERR_NOT_FOUND)
		return err_set(e, ERR_INVALID,
			       "this datastore holds a cluster already: --token or --token-file of its first server is "
			       "needed to join (there: minik token)");
	if (r < 0)
		return r;
	r = seal_open(secret_of_token(token), sealed, &text, e);
	if (r == ERR_UNAUTHORIZED)
		return err_set(
		    e, ERR_INVALID,
		    "the token is not that of the cluster in this datastore (on its first server: minik token)");
	if (r < 0)
		return err_wrap(e, "the cluster's keys in the datastore");
	*ret_found = true;
	return put_files(o, text, e);
}

int datastore_keys_give(struct store *s, const struct options *o, const char *token, struct err *e)
{
	AUTO_JSON json_t *files = json_object();
	AUTO_BYTES struct bytes *text = NULL, *sealed = NULL;

	if (!files)
		return err_nomem(e);
	for (size_t i = 0; i < ARRAY_LEN(shared); i++) {
		AUTO_FREE char *path = tls_path(o, shared[i]);
		AUTO_BUF struct buf pem = {0};
		int r = path ? fs_read(path, PEM_MAX, &pem, e) : err_nomem(e);
		if (r < 0)
			return r;
		if (json_object_set_new(files, shared[i], json_stringn(pem.data ? pem.data : "", pem.len)) < 0)
			return err_nomem(e);
	}
	text = json_encode(files);
	int r = text ? seal_close(secret_of_token(token), text->data, text->len, &sealed, e) : err_nomem(e);
	return r < 0 ? r : store_blob_put(s, KEYS, sealed, e);
}
