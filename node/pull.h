/* Image pulls for pods, one after another per image, with the pod's pull secrets. */
#pragma once
#include "node/pod.h"

/* Starts a pull; MSG_PULLED tells the end. always: ask the registry even when the image is here. */
int pull_start(struct pod *p, struct ctr *c, const char *image, bool always);
/* Imports the archives that lie in DATA_DIR/images; pods are kicked when that is done. Loop's thread or before it runs. */
int pull_import_archives(struct node *n, struct err *e);
