#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>
#include "api/object.h"
#include "base/fs.h"
#include "base/str.h"
#include "storage/plugin.h"
#include "storage/storage.h"

struct volumes {
	char *dir;
};

int volumes_new(struct volumes **ret, const struct volumes_config *c, const struct volumes_deps *d, struct err *e)
{
	struct volumes *v = calloc(1, sizeof(*v));

	(void)d;
	if (!v || !(v->dir = fs_join(c->data_dir, "storage"))) {
		free(v);
		return err_nomem(e);
	}
	*ret = v;
	return 0;
}

struct volumes *volumes_free(struct volumes *v)
{
	if (v)
		free(v->dir);
	free(v);
	return NULL;
}

int volumes_publish(struct volumes *v, const struct volumes_request *req, struct volumes_result *ret, struct err *e)
{
	const json_t *pv = req->pv;
	const char *local = json_str(pv, "spec.local.path"), *host = json_str(pv, "spec.hostPath.path");
	const char *path = local ? local : host, *type = json_str_or(pv, "spec.hostPath.type", "");
	struct stat st;

	(void)v;
	if (!path) {
		/* Name the plug-in: the one key of the spec that is a volume source. */
		static const char *const known[] = {"csi", "nfs", "iscsi", "rbd", "cephfs", "fc", "glusterfs", "azureDisk", "azureFile", "awsElasticBlockStore",
						    "gcePersistentDisk", "cinder", "flexVolume", "vsphereVolume", "portworxVolume", "quobyte", "scaleIO",
						    "storageos", "photonPersistentDisk", "flocker"};
		for (size_t i = 0; i < ARRAY_LEN(known); i++)
			if (json_object_get(json_object_get(pv, "spec"), known[i]))
				return err_set(e, ERR_UNSUPPORTED, "volume %s: volume plug-in %s is not supported", obj_name(pv), known[i]);
		return err_set(e, ERR_UNSUPPORTED, "volume %s has no supported source (local, hostPath)", obj_name(pv));
	}
	if (streq(json_str_or(pv, "spec.volumeMode", "Filesystem"), "Block"))
		return err_set(e, ERR_UNSUPPORTED, "volume %s (%s): volumeMode Block is not supported", obj_name(pv), req->volume_name);
	if (host && streq(type, "DirectoryOrCreate") && !fs_exists(path)) {
		int r = fs_mkdir_p(path, 0755, e);
		if (r < 0)
			return r;
	}
	if (stat(path, &st) < 0)
		return err_errno(e, errno, "volume %s: path %s", obj_name(pv), path);
	if (local && !S_ISDIR(st.st_mode))
		return err_set(e, -ENOTDIR, "volume %s: path %s is not a directory", obj_name(pv), path);
	AUTO_FREE char *copy = str_dup(path);
	if (!copy)
		return err_nomem(e);
	*ret = (struct volumes_result){.path = TAKE_PTR(copy), .read_only = req->read_only};
	return 0;
}

int volumes_unpublish(struct volumes *v, const char *pod_uid, const char *volume_name, struct err *e)
{
	(void)v;
	(void)pod_uid;
	(void)volume_name;
	(void)e;
	return 0; /* a directory is not mounted anywhere but in the containers, whose mounts die with them */
}

int volumes_stats(struct volumes *v, const char *pod_uid, const char *volume_name, struct volumes_stats *ret, struct err *e)
{
	(void)v;
	(void)pod_uid;
	(void)ret;
	return err_set(e, ERR_UNSUPPORTED, "volume %s has no statistics", volume_name);
}

int volumes_grow(struct volumes *v, const struct volumes_request *r, int64_t *ret_bytes, struct err *e)
{
	(void)v;
	(void)ret_bytes;
	return err_set(e, ERR_UNSUPPORTED, "volume %s cannot grow", r->volume_name);
}

int volumes_pods(struct volumes *v, char ***ret_uids, struct err *e)
{
	(void)v;
	char **uids = calloc(1, sizeof(char *));
	if (!uids)
		return err_nomem(e);
	*ret_uids = uids;
	return 0;
}

json_t *volumes_in_use(struct volumes *v)
{
	(void)v;
	return json_array();
}
