/* Image pulls for pods, one after another per image, with the pod's pull secrets. */
#pragma once
#include "node/pod.h"

/* Starts a pull; MSG_PULLED tells the end. always: ask the registry even when the image is here. */
int pull_start(struct pod *p, struct ctr *c, const char *image, bool always);
/* The same for a volume of type image: MSG_VOLUME_PULLED, with the volume's name. */
int pull_volume_start(struct pod *p, const char *volume, const char *image, bool always);
bool image_is_latest(const char *image); /* no tag, or :latest, and no digest */
/* Imports the archives that lie in DATA_DIR/images; pods are kicked when that is done. Loop's thread or before it runs. */
int pull_import_archives(struct node *n, struct err *e);
