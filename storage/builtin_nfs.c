#include "storage/builtin.h"
#include "storage/builtin_nfs.h"
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "base/fs.h"
#include "base/proc.h"
#include "base/str.h"
#include "storage/exec.h"

#define OUTPUT_MAX  (64 << 10)
#define OPTIONS_MAX 64
#define WORK_MS     60000 /* when the caller sets no limit */

struct nfs {
	struct plugin p; /* first */
	char
	    *dir; /* DATA_DIR/storage/nfs: where each working process mounts; for all others it is an empty directory */
	int stop_fd;
};

/* --- what classes and objects say --- */

int nfs_check_server(const char *server, struct err *e)
{
	static const char names[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-";
	size_t n = server ? strlen(server) : 0, k = n && server[0] == '[' && server[n - 1] == ']';
	bool six = n && strchr(server, ':');

	if (n == 0 || n > 255)
		return err_set(e, ERR_INVALID, "parameter server is needed: a name or an address");
	if (six || k) {
		size_t len = n - 2 * k;
		if (len > 2 && strspn(server + k, "0123456789abcdefABCDEF:.") == len)
			return 0;
	} else if (strspn(server, names) == n && isalnum((unsigned char)server[0])) {
		return 0;
	}
	return err_set(e, ERR_INVALID, "server \"%.100s\" is neither a name nor an address", server);
}

/* Of a path: what would end a line of the mount table, or separate the parts of a handle, is in none. */
static int check_component(const char *s, size_t n, const char *path, struct err *e)
{
	if (n == 0)
		return err_set(e, ERR_INVALID, "path \"%.150s\" has an empty component", path);
	if (n > 255)
		return err_set(e, ERR_INVALID, "path \"%.150s\" has a component of more than 255 bytes", path);
	if ((n == 1 && s[0] == '.') || (n == 2 && s[0] == '.' && s[1] == '.'))
		return err_set(e, ERR_INVALID, "path \"%.150s\" has a component \".\" or \"..\"", path);
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)s[i] <= ' ' || s[i] == 127 || s[i] == '#' || s[i] == '\\')
			return err_set(e, ERR_INVALID, "path \"%.150s\" has a blank, a control character, '#' or '\\'",
				       path);
	return 0;
}

static int check_components(const char *s, const char *path, bool ours, struct err *e)
{
	for (;;) {
		size_t n = strcspn(s, "/");
		int r = check_component(s, n, path, e);
		if (r < 0)
			return r;
		if (ours && !strncmp(s, NFS_PRIVATE, strlen(NFS_PRIVATE)))
			return err_set(e, ERR_INVALID, "path \"%.150s\": names that begin with %s are minik's own",
				       path, NFS_PRIVATE);
		if (!s[n])
			return 0;
		s += n + 1;
	}
}

int nfs_check_share(const char *share, struct err *e)
{
	if (!share || share[0] != '/' || strlen(share) > 1024)
		return err_set(e, ERR_INVALID, "parameter share is needed: the absolute path of an export");
	return share[1] ? check_components(share + 1, share, false, e) : 0;
}

int nfs_check_sub(const char *sub, struct err *e)
{
	if (strlen(sub) > 1024)
		return err_set(e, ERR_INVALID, "subDir \"%.100s...\" is longer than 1024 bytes", sub);
	return check_components(sub, sub, true, e);
}

int nfs_sub(const char *pattern, const char *name, const json_t *claim, char **ret, struct err *e)
{
	const struct {
		const char *key, *value;
	} vars[] = {{"${pvc.metadata.name}", json_str(claim, "name")},
		    {"${pvc.metadata.namespace}", json_str(claim, "namespace")},
		    {"${pv.metadata.name}", name}};
	AUTO_BUF struct buf b = {0};

	for (const char *s = pattern && *pattern ? pattern : "${pv.metadata.name}"; *s;) {
		size_t i = 0;
		while (i < ARRAY_LEN(vars) && !str_has_prefix(s, vars[i].key))
			i++;
		if (i < ARRAY_LEN(vars)) {
			/* A value with a slash would be more than one component: not a name that the API server lets
			 * pass. */
			if (!vars[i].value || !*vars[i].value || strchr(vars[i].value, '/'))
				return err_set(e, ERR_INVALID, "subDir \"%.100s\": nothing is known for %s",
					       pattern ? pattern : "", vars[i].key);
			buf_adds(&b, vars[i].value);
			s += strlen(vars[i].key);
		} else if (s[0] == '$' && s[1] == '{') {
			return err_set(e, ERR_INVALID,
				       "subDir \"%.150s\": only ${pvc.metadata.name}, ${pvc.metadata.namespace} and "
				       "${pv.metadata.name} are known",
				       pattern);
		} else {
			buf_addc(&b, *s++);
		}
	}
	AUTO_FREE char *sub = buf_take(&b, NULL);
	if (!sub)
		return err_nomem(e);
	int r = nfs_check_sub(sub, e);
	if (r == 0)
		*ret = TAKE_PTR(sub);
	return r;
}

int nfs_options(const json_t *list, char **ret, struct err *e)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.:=/@+-";
	AUTO_BUF struct buf b = {0};
	const json_t *v;
	size_t i;

	if (json_array_size(list) > OPTIONS_MAX)
		return err_set(e, ERR_INVALID, "more than %d mountOptions", OPTIONS_MAX);
	json_array_foreach (list, i, v) {
		const char *s = json_string_value(v);
		if (!s || !*s || strlen(s) > 200 || s[strspn(s, allowed)])
			return err_set(e, ERR_INVALID, "mountOptions: \"%.100s\" is not one option", s ? s : "?");
		buf_addf(&b, "%s,", s);
	}
	/* What is on the share is nobody's to run here. No lock is taken, so no daemon for locks is wanted. Who waits
	 * is the caller, not the tool. */
	buf_adds(&b, "nolock,nosuid,nodev,noexec,retry=0");
	char *text = buf_take(&b, NULL);
	if (!text)
		return err_nomem(e);
	*ret = text;
	return 0;
}

static int check_parameters(const json_t *parameters, struct err *e)
{
	static const char *const known[] = {"server", "share", "path", "subDir", "mountPermissions", "onDelete"};
	const char *unknown = plugin_unknown_parameter(parameters, known, ARRAY_LEN(known));

	if (unknown)
		return err_set(e, ERR_INVALID,
			       "parameter \"%.100s\" is not known: server, share (or path), subDir, "
			       "mountPermissions, onDelete are",
			       unknown);
	return 0;
}

static bool on_delete_ok(const char *s)
{
	return streq(s, "delete") || streq(s, "retain") || streq(s, "archive");
}

static bool name_ok(const char *name)
{
	size_t n = strlen(name);

	return n > 0 && n <= 230 && strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-.") == n && name[0] != '.' &&
	       name[0] != '-';
}

/* SERVER#SHARE#SUBDIR */
static int handle_parts(const char *handle, char **server, char **share, char **sub, struct err *e)
{
	const char *a = strchr(handle, '#'), *b = a ? strchr(a + 1, '#') : NULL;
	int r;

	if (!b)
		return err_set(e, ERR_INVALID, "\"%.150s\" is not the handle of a volume on NFS", handle);
	*server = str_ndup(handle, (size_t)(a - handle));
	*share = str_ndup(a + 1, (size_t)(b - a - 1));
	*sub = str_dup(b + 1);
	if (!*server || !*share || !*sub)
		return err_nomem(e);
	if ((r = nfs_check_server(*server, e)) < 0 || (r = nfs_check_share(*share, e)) < 0 ||
	    (r = nfs_check_sub(*sub, e)) < 0)
		return r;
	return 0;
}

/* The copied volume's directory, which must be on the same share. */
static int clone_of(const char *handle, const char *server, const char *share, json_t *work, struct err *e)
{
	AUTO_FREE char *s = NULL, *dir = NULL, *sub = NULL;
	int r = handle_parts(handle, &s, &dir, &sub, e);

	if (r < 0)
		return r;
	if (!streq(s, server) || !streq(dir, share))
		return err_set(e, ERR_INVALID, "%.100s:%.100s cannot be cloned to another share", s, dir);
	return json_object_set_new(work, "from", json_string(sub)) < 0 ? err_nomem(e) : 0;
}

int nfs_work_create(const json_t *req, json_t **ret, struct err *e)
{
	const json_t *parameters = json_object_get(req, "parameters");
	const char *name = json_str_or(req, "name", ""), *server = json_str(parameters, "server");
	const char *share = json_str(parameters, "share"), *path = json_str(parameters, "path");
	const char *rights = json_str_or(parameters, "mountPermissions", "0777"),
		   *on_delete = json_str_or(parameters, "onDelete", "delete");
	AUTO_FREE char *sub = NULL, *options = NULL;
	int r;

	if (!name_ok(name))
		return err_set(e, ERR_INVALID, "\"%.100s\" is not a name of a volume", name);
	if ((r = check_parameters(parameters, e)) < 0)
		return r;
	if (share && path && !streq(share, path))
		return err_set(e, ERR_INVALID, "parameters share and path are the same thing, and say two");
	share = share ? share : path;
	if ((r = nfs_check_server(server, e)) < 0 || (r = nfs_check_share(share, e)) < 0)
		return r;
	if (!on_delete_ok(on_delete))
		return err_set(e, ERR_INVALID, "parameter onDelete is \"%.40s\": delete, retain or archive", on_delete);
	/* "0" leaves to the server what a directory gets, as other NFS provisioners have it. */
	if (!*rights || strlen(rights) > 5 || rights[strspn(rights, "01234567")])
		return err_set(e, ERR_INVALID, "parameter mountPermissions is \"%.40s\": an octal number", rights);
	if (streq(json_str_or(req, "volumeMode", "Filesystem"), "Block"))
		return err_set(e, ERR_INVALID, "volumeMode Block is not possible on NFS");
	if (json_str(req, "from.snapshot"))
		return err_set(e, ERR_UNSUPPORTED, "snapshots are not supported on NFS");
	if ((r = nfs_sub(json_str(parameters, "subDir"), name, json_object_get(req, "claim"), &sub, e)) < 0 ||
	    (r = nfs_options(json_object_get(req, "mountOptions"), &options, e)) < 0)
		return r;
	AUTO_JSON json_t *work = json_pack("{s:s,s:s,s:s,s:s,s:s,s:s,s:I,s:s}", "op", "create", "name", name, "server",
					   server, "share", share, "subDir", sub, "options", options, "mode",
					   (json_int_t)(strtol(rights, NULL, 8) & 07777), "onDelete", on_delete);
	if (!work)
		return err_nomem(e);
	const char *from = json_str(req, "from.volume");
	if (from && (r = clone_of(from, server, share, work, e)) < 0)
		return r;
	*ret = TAKE_PTR(work);
	return 0;
}

int nfs_work_delete(const json_t *req, json_t **ret, struct err *e)
{
	const char *name = json_str_or(req, "name", ""), *handle = json_str_or(req, "handle", "");
	const char *on_delete = json_str_or(req, "context.onDelete", ""),
		   *kept = json_str_or(req, "context.mountOptions", "");
	AUTO_FREE char *server = NULL, *share = NULL, *sub = NULL, *options = NULL;
	AUTO_JSON json_t *list = json_array();

	if (!name_ok(name))
		return err_set(e, ERR_INVALID, "\"%.100s\" is not a name of a volume", name);
	int r = handle_parts(handle, &server, &share, &sub, e);
	if (r < 0)
		return r;
	if (!on_delete_ok(on_delete))
		return err_set(e, ERR_INVALID,
			       "its context says onDelete \"%.40s\": delete, retain or archive; nothing is removed",
			       on_delete);
	for (const char *s = kept; *s; s += strcspn(s, ","), s += *s == ',')
		if (!list || json_array_append_new(list, json_stringn(s, strcspn(s, ","))) < 0)
			return err_nomem(e);
	if ((r = nfs_options(list, &options, e)) < 0)
		return r;
	json_t *work = json_pack("{s:s,s:s,s:s,s:s,s:s,s:s,s:s}", "op", "delete", "name", name, "server", server,
				 "share", share, "subDir", sub, "options", options, "onDelete", on_delete);
	if (!work)
		return err_nomem(e);
	*ret = work;
	return 0;
}

/* --- the plug-in --- */

static int work(struct nfs *n, json_t *w, int timeout_ms, struct err *e)
{
	static const char *const env[] = {"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
					  "LC_ALL=C.UTF-8", "HOME=/", NULL};
	AUTO_BUF struct buf out = {0}, errout = {0};
	AUTO_FREE char *self = NULL;
	AUTO_JSON json_t *answer = NULL;
	int status = 0;

	if (!fs_exists("/sbin/mount.nfs") && !fs_exists("/usr/sbin/mount.nfs"))
		return err_set(e, ERR_INTERNAL,
			       "mount.nfs is not installed on this machine: install nfs-common (nfs-utils)");
	int r = proc_self_exe(&self, e);
	if (r < 0)
		return r;
	if (json_object_set_new(w, "dir", json_string(n->dir)) < 0 ||
	    json_object_set_new(w, "parent", json_integer(getpid())) < 0)
		return err_nomem(e);
	AUTO_BYTES struct bytes *in = json_encode(w);
	if (!in)
		return err_nomem(e);
	const char *argv[] = {self, "storage-helper", "nfs", NULL};
	const struct proc_call c = {.argv = argv,
				    .envp = env,
				    .input = in->data,
				    .input_len = in->len,
				    .out = &out,
				    .errout = &errout,
				    .max_output = OUTPUT_MAX,
				    .timeout_ms = timeout_ms > 0 ? timeout_ms : WORK_MS,
				    .stop_fd = n->stop_fd,
				    .cwd = "/"};
	r = proc_call(&c, &status, e);
	if (r == ERR_TIMEOUT)
		return err_set(e, r, "%s:%s did not answer within %d ms", json_str_or(w, "server", ""),
			       json_str_or(w, "share", ""), c.timeout_ms);
	if (r < 0)
		return r;
	return exec_answer(NULL, out.data, out.len, errout.data, errout.len, status, &answer, e);
}

static int create(void *self, const json_t *req, int timeout_ms, json_t **ret, struct err *e)
{
	struct nfs *n = self;
	AUTO_JSON json_t *w = NULL;
	AUTO_BUF struct buf options = {0};
	const json_t *v;
	size_t i;
	int r = nfs_work_create(req, &w, e);

	if (r < 0 || (r = work(n, w, timeout_ms, e)) < 0)
		return r;
	json_array_foreach (json_object_get(req, "mountOptions"), i, v)
		buf_addf(&options, "%s%s", options.len ? "," : "", json_string_value(v));
	AUTO_FREE char *kept = buf_take(&options, NULL);
	const char *server = json_str_or(w, "server", ""), *share = json_str_or(w, "share", ""),
		   *sub = json_str_or(w, "subDir", "");
	size_t len = strlen(server), k = server[0] == '[';
	AUTO_FREE char *handle = str_fmt("%s#%s#%s", server, share, sub),
		       *path = str_fmt("%s/%s", streq(share, "/") ? "" : share, sub);
	AUTO_FREE char *bare = str_ndup(server + k, len - 2 * k);
	/* It is not enforced: what the claim asked for is what it is told. */
	json_int_t bytes = (json_int_t)json_int_or(req, "capacityBytes", 0);
	if (!kept || !handle || !path || !bare)
		return err_nomem(e);
	json_t *a = json_pack("{s:s,s:I,s:{s:s,s:s},s:{s:{s:s,s:s}}}", "handle", handle, "capacityBytes", bytes,
			      "context", "onDelete", json_str_or(w, "onDelete", ""), "mountOptions", kept, "source",
			      "nfs", "server", bare, "path", path);
	if (!a)
		return err_nomem(e);
	*ret = a;
	return 0;
}

static int delete (void *self, const json_t *req, int timeout_ms, json_t **ret UNUSED, struct err *e)
{
	AUTO_JSON json_t *w = NULL;
	int r = nfs_work_delete(req, &w, e);

	return r < 0 ? r : work(self, w, timeout_ms, e);
}

static int expand(void *self UNUSED, const json_t *req, int timeout_ms UNUSED, json_t **ret, struct err *e)
{
	*ret = json_pack("{s:I,s:b}", "capacityBytes", (json_int_t)json_int_or(req, "capacityBytes", 0),
			 "nodeExpansion", 0);
	return *ret ? 0 : err_nomem(e);
}

static const builtin_op table[PLUGIN_OP_COUNT] = {
	[PLUGIN_CREATE] = create,
	[PLUGIN_DELETE] = delete,
	[PLUGIN_EXPAND] = expand,
};

static int call(struct plugin *p, enum plugin_op op, const json_t *req, int timeout_ms, json_t **ret, struct err *e)
{
	return builtin_call(table, p, op, req, timeout_ms, ret, e);
}

static void nfs_free(struct plugin *p)
{
	free(((struct nfs *)p)->dir);
	free(p);
}

int builtin_nfs_new(struct plugin **ret, struct plugins *p, struct err *e)
{
	static const struct plugin_ops ops = {call, nfs_free};
	CLEANUP(plugin_unref_p) struct plugin *plugin = NULL;
	struct nfs *n = calloc(1, sizeof(*n));

	if (!n)
		return err_nomem(e);
	plugin = &n->p;
	int r = plugin_init(plugin, &ops, "built in", NFS_PROVISIONER, e);
	if (r < 0)
		return r;
	n->p.can = builtin_can(table);
	n->stop_fd = plugins_stop_fd(p);
	n->dir = str_fmt("%s/storage/nfs", plugins_conf(p)->data_dir);
	if (!n->dir)
		return err_nomem(e);
	*ret = TAKE_PTR(plugin);
	return 0;
}
