/*
 * minik.io/ceph-rbd: images of a pool, by Ceph's own tool `rbd`. Class parameters as ceph-csi and Rook have them: pool,
 * monitors (or the machine's own ceph.conf), dataPool, imageFeatures, radosNamespace; secrets userID and userKey (or
 * key; without them the machine's own keyring). A volume's handle is MONITORS#POOL/IMAGE, a snapshot's
 * MONITORS#POOL/IMAGE@SNAPSHOT.
 */
#pragma once
#include "storage/plugin.h"

#define CEPH_RBD_PROVISIONER "minik.io/ceph-rbd"

int builtin_ceph_rbd_new(struct plugin **ret, struct plugins *p, struct err *e);

/* --- pure --- */

struct rbd_name {
	char *monitors; /* "" : the machine's ceph.conf says */
	char *image;    /* POOL/IMAGE or POOL/NAMESPACE/IMAGE */
	char *snap;     /* NULL */
};
void rbd_name_done(struct rbd_name *n);
/* Hostile: what is none gives ERR_INVALID. */
int rbd_name_parse(const char *handle, bool want_snap, struct rbd_name *ret, struct err *e);
