/* What the attach/detach controller (attach.c), the attacher (attach_driver.c) and nodes share: names (attach_name.c). Source: Kubernetes
 * pkg/volume/csi. */
#pragma once
#include "storage/internal.h"

#define ATTACH_NAME_MAX (4 + 64 + 1)
#define INDEX_OF_VOLUME "volume" /* attachments by spec.source.persistentVolumeName */
#define INDEX_OF_NODE   "node"   /* attachments by spec.nodeName */

/*
 * What may be attached: volumes of CSI drivers, and those of programs. An attacher has to have the name of a CSI driver,
 * so that a program's is its own with a dot for the slash.
 */
#define ATTACHER_MAX 64
struct attach_target {
	const char *driver, *handle; /* the volume's */
	bool program;
	char attacher[ATTACHER_MAX];
};
bool attach_target_of(const json_t *pv, struct attach_target *ret); /* false: another kind, or a name that is too long */

/* The name of the VolumeAttachment: csi-SHA256(handle attacher node). */
int attach_name(const struct attach_target *t, const char *node, char out[ATTACH_NAME_MAX], struct err *e);
/* As in a Node's volumesInUse and volumesAttached: "kubernetes.io/csi/DRIVER^HANDLE", of a program "DRIVER/HANDLE";
 * malloc'ed. */
char *attach_unique(const struct attach_target *t);
