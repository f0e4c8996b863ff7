#include "client/kubeconfig.h"
#include <errno.h>
#include <string.h>
#include "base/fs.h"
#include "base/json.h"
#include "base/str.h"

#define MAX_FILE     (8u << 20)
#define DEFAULT_PATH "/etc/minik/minik.yaml"

/* Entry `name` of the named list "clusters", "users" or "contexts"; its body under key. */
static const json_t *find_entry(const json_t *cfg, const char *list, const char *key, const char *name)
{
	json_t *item;
	size_t i;

	json_array_foreach(json_object_get(cfg, list), i, item)
	{
		const char *have = json_str(item, "name");

		if (have && name && streq(have, name))
			return json_object_get(item, key);
	}
	return NULL;
}

static const char *field(const json_t *o, const char *name)
{
	const char *s = json_string_value(json_object_get(o, name));

	return s && s[0] ? s : NULL;
}

/* "<name>-data" in base64, or the file "<name>", relative to the kubeconfig's folder. NULL when neither is given. */
static int load_pem(const json_t *o, const char *name, const char *dir, char **ret, struct err *e)
{
	AUTO_FREE char *data_key = str_fmt("%s-data", name), *path = NULL;
	AUTO_BUF struct buf b = {0};
	const char *data, *file = field(o, name);
	void *out;
	size_t n;
	int r;

	*ret = NULL;
	if (!data_key)
		return err_nomem(e);
	data = field(o, data_key);
	if (data) {
		r = b64_decode(data, strlen(data), false, &out, &n);
		if (r < 0)
			return err_set(e, ERR_INVALID, "%s is not base64", data_key);
		*ret = out; /* NUL-terminated */
		return 0;
	}
	if (!file)
		return 0;
	path = file[0] == '/' ? str_dup(file) : fs_join(dir, file);
	if (!path)
		return err_nomem(e);
	r = fs_read(path, MAX_FILE, &b, e);
	if (r < 0)
		return r;
	*ret = buf_take(&b, NULL);
	return *ret ? 0 : err_nomem(e);
}

static int refuse(const json_t *o, const char *what, const char *const *names, struct err *e)
{
	for (; *names; names++) {
		const json_t *v = json_object_get(o, *names);

		if (v && !json_is_null(v) && !json_is_false(v) && !(json_is_string(v) && !json_string_value(v)[0]))
			return err_set(e, ERR_UNSUPPORTED,
				       "%s uses \"%s\", which is not supported: use a certificate or a token", what,
				       *names);
	}
	return 0;
}

static int from_tree(struct connector **ret, const json_t *cfg, const char *dir, const char *user_agent, struct err *e)
{
	static const char *const bad_user[] = {"exec", "auth-provider", "username",  "password",
					       "as",   "as-uid",        "as-groups", NULL};
	static const char *const bad_cluster[] = {"proxy-url", "tls-server-name", NULL};
	const char *name = json_str(cfg, "current-context"), *servers[2] = {NULL, NULL}, *token_file;
	const json_t *context = find_entry(cfg, "contexts", "context", name), *cluster, *user;
	AUTO_FREE char *ca = NULL, *cert = NULL, *key = NULL, *token_path = NULL;
	struct https_config hc = {.servers = servers, .user_agent = user_agent};
	int r;

	if (!name || !name[0])
		return err_set(e, ERR_INVALID, "no current-context is set");
	if (!context)
		return err_set(e, ERR_INVALID, "the current context \"%s\" is not among its contexts", name);
	cluster = find_entry(cfg, "clusters", "cluster", field(context, "cluster"));
	if (!cluster)
		return err_set(e, ERR_INVALID, "context \"%s\" names a cluster that does not exist", name);
	user = find_entry(cfg, "users", "user", field(context, "user"));
	if (!user && field(context, "user"))
		return err_set(e, ERR_INVALID, "context \"%s\" names the user \"%s\", which does not exist", name,
			       field(context, "user"));
	if ((r = refuse(user, "the user", bad_user, e)) < 0 || (r = refuse(cluster, "the cluster", bad_cluster, e)) < 0)
		return r;
	servers[0] = field(cluster, "server");
	if (!servers[0])
		return err_set(e, ERR_INVALID, "the cluster of context \"%s\" has no server", name);
	if ((r = load_pem(cluster, "certificate-authority", dir, &ca, e)) < 0 ||
	    (r = load_pem(user, "client-certificate", dir, &cert, e)) < 0 ||
	    (r = load_pem(user, "client-key", dir, &key, e)) < 0)
		return r;
	if (!cert != !key)
		return err_set(e, ERR_INVALID, "the user of context \"%s\" has a client %s but no %s", name,
			       cert ? "certificate" : "key", cert ? "key" : "certificate");
	token_file = field(user, "tokenFile");
	if (token_file) {
		token_path = token_file[0] == '/' ? str_dup(token_file) : fs_join(dir, token_file);
		if (!token_path)
			return err_nomem(e);
	}
	hc.ca_pem = ca;
	hc.cert_pem = cert;
	hc.key_pem = key;
	hc.token = field(user, "token");
	hc.token_file = token_path;
	hc.insecure_skip_verify = json_is_true(json_object_get(cluster, "insecure-skip-tls-verify"));
	return connector_https_new(ret, &hc, e);
}

/* $KUBECONFIG is a list; its first existing file counts. */
static char *default_path(void)
{
	const char *env = getenv("KUBECONFIG"), *colon;

	for (; env && env[0]; env = colon ? colon + 1 : NULL) {
		AUTO_FREE char *p = NULL;

		colon = strchr(env, ':');
		p = colon ? str_ndup(env, (size_t)(colon - env)) : str_dup(env);
		if (!p || (p[0] && (fs_exists(p) || !colon)))
			return TAKE_PTR(p);
	}
	return str_dup(DEFAULT_PATH);
}

int kubeconfig_connector(struct connector **ret, const char *path, const char *user_agent, struct err *e)
{
	AUTO_FREE char *name = path ? str_dup(path) : default_path(), *dir = NULL;
	AUTO_JSON json_t *cfg = NULL;
	AUTO_BUF struct buf b = {0};
	const char *slash;
	int r;

	if (!name)
		return err_nomem(e);
	slash = strrchr(name, '/');
	dir = slash ? str_ndup(name, (size_t)(slash - name)) : str_dup(".");
	if (!dir)
		return err_nomem(e);
	r = fs_read(name, MAX_FILE, &b, e);
	if (r == 0)
		r = yaml_parse(b.data ? b.data : "", b.len, &cfg, e);
	if (r == 0 && !json_is_object(cfg))
		r = err_set(e, ERR_INVALID, "it is no kubeconfig");
	if (r == 0)
		r = from_tree(ret, cfg, dir, user_agent, e);
	if (b.data)
		explicit_bzero(b.data, b.len);
	return r < 0 && e ? err_wrap(e, "kubeconfig %s", name) : r;
}

static int set_data(json_t *o, const char *key, const char *pem)
{
	AUTO_FREE char *data = NULL;

	if (!pem)
		return 0;
	if (b64_encode(pem, strlen(pem), false, &data) < 0)
		return -ENOMEM;
	return json_object_set_new(o, key, json_string(data)) < 0 ? -ENOMEM : 0;
}

int kubeconfig_write(const char *path, mode_t mode, const struct kubeconfig_spec *s, struct err *e)
{
	const char *name = s->name ? s->name : "minik";
	json_t *cluster = json_pack("{s:s}", "server", s->server), *user = json_object();
	AUTO_JSON json_t *cfg = json_pack(
	    "{s:s, s:s, s:s, s:{}, s:[{s:s, s:o}], s:[{s:s, s:o}], s:[{s:s, s:{s:s, s:s}}]}", "apiVersion", "v1",
	    "kind", "Config", "current-context", name, "preferences", "clusters", "name", name, "cluster", cluster,
	    "users", "name", name, "user", user, "contexts", "name", name, "context", "cluster", name, "user", name);
	AUTO_BUF struct buf b = {0};
	int r;

	if (!cfg || set_data(cluster, "certificate-authority-data", s->ca_pem) < 0 ||
	    set_data(user, "client-certificate-data", s->cert_pem) < 0 ||
	    set_data(user, "client-key-data", s->key_pem) < 0 ||
	    (s->token && json_object_set_new(user, "token", json_string(s->token)) < 0) || yaml_encode(cfg, &b) < 0)
		return err_nomem(e);
	r = fs_write_atomic(path, b.data, b.len, mode, e);
	explicit_bzero(b.data, b.len);
	return r;
}
