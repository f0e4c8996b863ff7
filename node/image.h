/*
 * The image store under DATA_DIR/images: content-addressed blobs, unpacked layers (one directory each, for overlayfs), and a name
 * index. Used by the node and by `minik image`. Several processes may use it at once (flock). Blocking; worker threads.
 * Sources: OCI image and distribution specifications; docker-archive format.
 */
#pragma once
#include "base/json.h"

struct image_store;
struct image_store_config {
	const char *data_dir;
	const char *registries_file; /* k3s's registries.yaml format: mirrors, configs (auth, tls); NULL or absent: none */
	const char *platform_arch;   /* NULL: this machine's */
};
int image_store_open(struct image_store **ret, const struct image_store_config *c, struct err *e);
struct image_store *image_store_close(struct image_store *s);

struct image_credentials { /* from imagePullSecrets; may be NULL */
	const char *username, *password;
};
/* "nginx", "docker.io/library/nginx:latest", "host:5000/a@sha256:..." -> canonical name. malloc'ed. ERR_INVALID in kubelet's words. */
int image_ref_canonical(const char *ref, char **ret, struct err *e);
/* ERR_NOT_FOUND when not present. Config: the OCI image config (Env, Entrypoint, Cmd, User, WorkingDir...). */
struct image {
	char *name, *id; /* canonical name; "sha256:..." of the config */
	char *repo_digest; /* "host/name@sha256:..." or NULL */
	json_t *config;
	char **layer_dirs; /* lowest first, absolute, NULL-terminated */
	int64_t size;
};
void image_done(struct image *i);
int image_lookup(struct image_store *s, const char *ref, struct image *ret, struct err *e);
/* progress may be called on threads of the pull's own, one at a time. */
int image_pull(struct image_store *s, const char *ref, const struct image_credentials *cred,
	       void (*progress)(void *arg, const char *what, int64_t done, int64_t total), void *arg, struct err *e);
/* docker-archive or OCI-archive (tar, gz, zstd). Names found in it are printed through fn. */
int image_import(struct image_store *s, const char *file, void (*fn)(void *arg, const char *name), void *arg, struct err *e);
/* Imports the archives lying in DATA_DIR/images (*.tar, *.tar.gz, *.tgz, *.tar.zst, *.tar.bz2, *.tar.xz) that are new or changed since they
   were imported. fn (may be NULL) is told of each one that was tried; one that fails does not stop the others. */
int image_import_dir(struct image_store *s, void (*fn)(void *arg, const char *file, const struct err *failure /* NULL: imported */), void *arg,
		     struct err *e);
int image_export(struct image_store *s, const char *ref, const char *file, struct err *e); /* OCI archive */
int image_list(struct image_store *s, json_t **ret, struct err *e); /* [{"names","id","size","created","repo_digests"}] */
/* Is told of a name that is gone, or of the id of an image that had none. */
typedef void (*image_gone_fn)(void *arg, const char *name_or_id);
/* Takes the name away, or, for an id, all of them; fn (may be NULL) is told. Blobs and layers stay until image_prune:
   containers may stand on them. */
int image_remove(struct image_store *s, const char *ref, image_gone_fn fn, void *arg, struct err *e);
/* Removes images not named in keep (ids, NULL-terminated) and blobs and layers without references. NULL: no image that has a name. */
int image_prune(struct image_store *s, const char *const *keep_ids, int64_t *ret_freed, struct err *e);
/* image_prune with the images that containers of the agent with this run-dir are made of kept, running or not, and with
   keep_named those that have a name. fn (may be NULL) is told what goes. */
int image_prune_unused(struct image_store *s, const char *run_dir, bool keep_named, image_gone_fn fn, void *arg,
		       int64_t *ret_freed, struct err *e);
