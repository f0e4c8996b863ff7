/* What the attach/detach controller (attach.c) and the attacher (attach_driver.c) share: names. Source: Kubernetes pkg/volume/csi. */
#pragma once
#include "storage/internal.h"

#define ATTACH_NAME_MAX (4 + 64 + 1)
#define INDEX_OF_VOLUME "volume" /* attachments by spec.source.persistentVolumeName */
#define INDEX_OF_NODE "node"	 /* attachments by spec.nodeName */

/* The name of the VolumeAttachment: csi-SHA256(handle driver node). */
int attach_name(const char *handle, const char *driver, const char *node, char out[ATTACH_NAME_MAX], struct err *e);
/* As in a Node's volumesInUse and volumesAttached: "kubernetes.io/csi/DRIVER^HANDLE"; malloc'ed. */
char *attach_unique(const char *driver, const char *handle);
