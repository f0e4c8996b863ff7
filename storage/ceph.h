/*
 * Ceph's own programs (rbd, ceph, ceph-fuse, rbd-nbd), and images of a pool as block devices of this machine: what minik.io/ceph-rbd
 * and minik.io/cephfs share. Worker threads; may block for as long as they are told.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include "base/buf.h"
#include "base/json.h"

/* --- ceph.c --- */

#define CEPH_WORK_MS 60000 /* when the caller sets no limit */

struct ceph_call {
	const char *monitors;  /* "": the machine's ceph.conf says */
	const json_t *secrets; /* userID and userKey (id, key), adminID and adminKey; NULL: the machine's own keyring */
	bool admin;	       /* who makes and deletes: adminID before userID */
	int timeout_ms;	       /* 0: CEPH_WORK_MS */
	int stop_fd;
};
/* One part of a name: no option, no path, nothing that a program or a mount reads as more than a word. */
bool ceph_word_ok(const char *s, size_t n);
int ceph_check_monitors(const char *monitors, struct err *e);
/* What an exit status of Ceph's tools means: they end with the errno. */
int ceph_code(int status);
/* The key, where nobody sees it: not among the arguments, not in a folder. *ret is -1 without one. */
int ceph_key(const struct ceph_call *c, int *ret, struct err *e);
/* Who it is, NULL: Ceph's default (admin). */
int ceph_user(const struct ceph_call *c, const char **ret, struct err *e);
/* Of what such a program said: the line that explains it. */
void ceph_last_line(const struct buf *b, char *out, size_t cap);
bool ceph_has(const char *program);
/* In the kernel already, or as a module that can be had. */
bool ceph_kernel_has(const char *module);
/*
 * args (ended by NULL; the program first), as the secrets' user and with the monitors. out may be NULL. The error's code is that of the
 * exit status. A program that goes on in the background has its key for as long as it lives.
 */
int ceph_run(const struct ceph_call *c, struct buf *out, struct err *e, const char *const *args);
#define CEPH_RUN(c, out, e, ...) ceph_run(c, out, e, (const char *const[]){__VA_ARGS__, NULL})

/* --- ceph_map.c: DATA_DIR/storage/ceph/SHA256.json of each image that is, or may be, mapped here --- */

#define CEPH_DEVICE_MAX 64
struct ceph_maps;
int ceph_maps_new(struct ceph_maps **ret, const char *data_dir, struct err *e);
struct ceph_maps *ceph_maps_free(struct ceph_maps *m);
/*
 * The device of the image POOL[/NAMESPACE]/IMAGE for the user `path`; the same one when it is mapped already, by
 * whomever died meanwhile. By krbd, else rbd-nbd. ERR_UNSUPPORTED: this kernel has neither. -EBUSY: another node has
 * it, and its use is not one to share. A node that died is forgotten by Ceph half a minute later.
 */
enum ceph_use { CEPH_ALONE, CEPH_SHARED, CEPH_READS };
int ceph_map(struct ceph_maps *m, const struct ceph_call *c, const char *image, enum ceph_use use, const char *path,
	     char dev[CEPH_DEVICE_MAX], struct err *e);
/* Where it is mapped; ERR_NOT_FOUND. */
int ceph_mapped(struct ceph_maps *m, const char *monitors, const char *image, char dev[CEPH_DEVICE_MAX], struct err *e);
/* The last path lets go of the device. Not mapped is success; -EBUSY. */
int ceph_unmap(struct ceph_maps *m, const char *monitors, const char *image, const char *path, struct err *e);
/* krbd hears of a new size from the cluster; this asks anew. */
void ceph_map_refresh(const char *dev);
/* All of them, whoever uses them: what is being torn down as a whole. */
int ceph_unmap_all(const char *data_dir, struct err *e);
/* The device of an image of that cluster below root ("/sys/bus/rbd/devices"). ERR_NOT_FOUND */
int ceph_krbd_find(const char *root, const char *fsid, const char *image, char dev[CEPH_DEVICE_MAX], struct err *e);
