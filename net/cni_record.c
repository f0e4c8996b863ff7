/* DATA_DIR/cni/UID.json: what an attachment was made with, so that it can be undone whatever happens in between. */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>
#include "base/fs.h"
#include "base/str.h"
#include "net/cni_internal.h"

#define RECORD_MAX (8 << 20)

void cni_record_done(struct cni_record *r)
{
	free(r->uid);
	free(r->netns);
	free(r->netns_id);
	free(r->path);
	free(r->args);
	cni_conf_done(&r->conf);
	json_decref(r->caps);
	json_decref(r->result);
	*r = (struct cni_record){0};
}

bool cni_uid_good(const char *uid)
{
	size_t n = uid ? strlen(uid) : 0;
	if (n == 0 || n > 63 || strchr("_.-", uid[0]))
		return false;
	for (; *uid; uid++)
		if (!(*uid >= '0' && *uid <= '9') && !(*uid >= 'a' && *uid <= 'z') && !(*uid >= 'A' && *uid <= 'Z') &&
		    !strchr("_.-", *uid))
			return false;
	return true;
}

static char *path_of(const char *data_dir, const char *uid)
{
	return str_fmt("%s/cni/%s.json", data_dir, uid);
}

static int take(const json_t *o, const char *key, char **ret)
{
	const char *s = json_string_value(json_object_get(o, key));
	return s && (*ret = str_dup(s)) ? 0 : ERR_INVALID;
}

int cni_record_load(const char *data_dir, const char *uid, struct cni_record *ret, struct err *e)
{
	CLEANUP(cni_record_done) struct cni_record r = {0};
	AUTO_FREE char *path = cni_uid_good(uid) ? path_of(data_dir, uid) : NULL;
	AUTO_BUF struct buf text = {0}, conf = {0};
	AUTO_JSON json_t *o = NULL;
	if (!cni_uid_good(uid))
		return err_set(e, ERR_NOT_FOUND, "no attachment of \"%.63s\"", uid ? uid : "");
	if (!path)
		return err_nomem(e);
	int code = fs_read(path, RECORD_MAX, &text, e);
	if (code < 0)
		return code;
	code = json_parse(text.data ? text.data : "", text.len, &o, e);
	if (code == 0) {
		json_encode_buf(json_object_get(o, "network"), &conf);
		code = cni_conf_parse(conf.data ? conf.data : "", conf.len, true, &r.conf, e);
	}
	if (code < 0)
		return err_wrap(e, "%s", path);
	r.caps = json_incref(json_object_get(o, "capabilities"));
	r.result = json_incref(json_object_get(o, "result"));
	r.uid = str_dup(uid);
	if (!r.uid || take(o, "netns", &r.netns) < 0 || take(o, "netnsID", &r.netns_id) < 0 ||
	    take(o, "path", &r.path) < 0 || take(o, "args", &r.args) < 0)
		return err_set(e, ERR_INVALID, "%s is not a record of an attachment", path);
	*ret = r;
	r = (struct cni_record){0};
	return 0;
}

int cni_record_save(const char *data_dir, const struct cni_record *r, struct err *e)
{
	AUTO_FREE char *dir = fs_join(data_dir, "cni"), *path = path_of(data_dir, r->uid);
	AUTO_JSON json_t *o = json_pack("{s:s,s:s,s:s,s:s,s:o,s:O*,s:O*}", "netns", r->netns, "netnsID", r->netns_id,
					"path", r->path, "args", r->args, "network", cni_conf_json(&r->conf),
					"capabilities", r->caps, "result", r->result);
	AUTO_BUF struct buf text = {0};
	if (!dir || !path || !o)
		return err_nomem(e);
	json_encode_buf(o, &text);
	if (buf_failed(&text))
		return err_nomem(e);
	int code = fs_mkdir_p(dir, 0700, e);
	return code < 0 ? code : fs_write_atomic(path, text.data, text.len, 0600, e);
}

int cni_record_remove(const char *data_dir, const char *uid, struct err *e)
{
	AUTO_FREE char *path = path_of(data_dir, uid);
	if (!path)
		return err_nomem(e);
	return unlink(path) < 0 && errno != ENOENT ? err_errno(e, errno, "cannot remove %s", path) : 0;
}

void cni_uids_free(char **v)
{
	for (char **p = v; p && *p; p++)
		free(*p);
	free(v);
}

int cni_record_list(const char *data_dir, char ***ret, struct err *e)
{
	AUTO_FREE char *dir = fs_join(data_dir, "cni");
	char **v = calloc(1, sizeof(*v));
	size_t n = 0;
	DIR *d = dir ? opendir(dir) : NULL;
	int code = dir && v ? 0 : err_nomem(e);
	if (code == 0 && !d && errno != ENOENT)
		code = err_errno(e, errno, "cannot read %s", dir);
	for (struct dirent *de; code == 0 && d && (de = readdir(d));) {
		AUTO_FREE char *uid = str_has_suffix(de->d_name, ".json")
					  ? str_ndup(de->d_name, strlen(de->d_name) - strlen(".json"))
					  : NULL;
		if (!uid || !cni_uid_good(uid))
			continue;
		char **more = realloc(v, (n + 2) * sizeof(*v));
		if (!more) {
			code = err_nomem(e);
			break;
		}
		v = more;
		v[n++] = TAKE_PTR(uid);
		v[n] = NULL;
	}
	if (d)
		closedir(d);
	if (code < 0) {
		cni_uids_free(v);
		return code;
	}
	*ret = v;
	return 0;
}

/* Numbers of namespaces begin anew with each boot. */
char *cni_netns_id(const char *path)
{
	AUTO_BUF struct buf boot = {0};
	struct stat st;
	if (stat(path, &st) < 0)
		return str_dup("");
	if (fs_read("/proc/sys/kernel/random/boot_id", 64, &boot, NULL) < 0 || !boot.data)
		return NULL;
	return str_fmt("%.36s/%llx:%llx", boot.data, (unsigned long long)st.st_dev, (unsigned long long)st.st_ino);
}

bool cni_maps_ports(const char *data_dir, const char *uid)
{
	CLEANUP(cni_record_done) struct cni_record r = {0};
	return cni_record_load(data_dir, uid, &r, NULL) == 0 && json_object_get(r.caps, "portMappings") &&
	       cni_conf_has(&r.conf, "portMappings");
}
