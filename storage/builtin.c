#include "storage/builtin.h"
#include "storage/builtin_ceph.h"
#include "storage/builtin_cephfs.h"
#include "storage/builtin_local.h"
#include "storage/builtin_nfs.h"
#include "storage/internal.h"
#include "storage/mounts.h"

const struct builtin builtins[] = {
	{LOCAL_PATH_PROVISIONER, builtin_local_new},
	{NFS_PROVISIONER, builtin_nfs_new},
	{CEPH_RBD_PROVISIONER, builtin_ceph_rbd_new},
	{CEPHFS_PROVISIONER, builtin_cephfs_new},
	{NULL, NULL},
};

int builtin_call(const builtin_op table[PLUGIN_OP_COUNT], struct plugin *p, enum plugin_op op, const json_t *req, int timeout_ms, json_t **ret, struct err *e)
{
	AUTO_JSON json_t *answer = NULL;

	if (!table[op])
		return err_set(e, ERR_UNSUPPORTED, "no such operation");
	int r = table[op](p, req, timeout_ms, &answer, e);
	if (r < 0)
		return r;
	if (!answer && !(answer = json_object()))
		return err_nomem(e);
	*ret = TAKE_PTR(answer);
	return 0;
}

unsigned builtin_can(const builtin_op table[PLUGIN_OP_COUNT])
{
	unsigned can = 0;

	for (unsigned op = 0; op < PLUGIN_OP_COUNT; op++)
		can |= table[op] ? PLUGIN_CAN(op) : 0;
	return can;
}

int builtin_unstage(void *self UNUSED, const json_t *req, int timeout_ms UNUSED, json_t **ret UNUSED, struct err *e)
{
	return mounts_unmount(json_str_or(req, "stagingPath", ""), true, e);
}

int builtin_unpublish(void *self UNUSED, const json_t *req, int timeout_ms UNUSED, json_t **ret UNUSED, struct err *e)
{
	return mounts_unmount(json_str_or(req, "targetPath", ""), true, e);
}
