/*
 * The inside of the image store; only node/image*.c include it.
 *
 * On disk, under DATA_DIR/images:
 *   index.json        which images there are and what they are made of; replaced whole, under the exclusive flock on
 * `lock` blobs/sha256/HEX  manifests, configs and compressed layers, named by their digest; complete once they have the
 * name layers/HEX        unpacked layers, named by the digest of the uncompressed tar (diff id); complete once they
 * have the name leases/NAME       what an operation under way needs, one digest a line; counts as long as somebody
 * holds a flock on it tmp/              unfinished things, each guarded by a flock; rubbish when nobody holds it
 *
 * A kill at any point leaves at worst files in tmp and stale leases, and blobs and layers nothing refers to:
 * image_prune removes them. An operation leases a digest before it looks whether it is there, and prune reads the
 * leases under the same lock it deletes under, so that neither can pull the rug from under the other.
 */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include "base/buf.h"
#include "node/image.h"

#define IMAGE_MANIFEST_MAX (4u << 20) /* the distribution specification's limit */
#define IMAGE_CONFIG_MAX   (8u << 20)
#define IMAGE_BLOB_MAX     (64ll << 30)
#define IMAGE_LAYERS_MAX   256
#define IMAGE_UNPACKED_MAX (128ll << 30) /* one layer */

struct registries;
struct image_store { /* immutable after image_store_open */
	char *dir;   /* DATA_DIR/images */
	char *blobs, *layers, *leases, *tmp;
	char *arch, *variant;  /* of the platform: "amd64", ""; "arm", "v7" */
	char *registries_file; /* read at every pull, so that changes count */
};

/* "sha256:" and 64 lower-case hex digits. */
bool digest_valid(const char *digest);
static inline const char *digest_hex(const char *digest)
{
	return digest + 7;
}
char *store_blob_path(const struct image_store *s, const char *digest);
char *store_layer_path(const struct image_store *s, const char *diff_id);
bool store_has_blob(const struct image_store *s, const char *digest, int64_t size /* -1: any */);
bool store_has_layer(const struct image_store *s, const char *diff_id);

/* Waits for the exclusive flock on path, which the holder may have renamed or removed meanwhile (then the new file is
 * taken). */
int store_lock_file(const char *path, int *ret_fd, struct err *e);
int store_lock(const struct image_store *s, int *ret_fd, struct err *e);
int store_sync_dir(const char *dir, struct err *e);

/* Reads a small blob and checks its digest. */
int store_read_blob(const struct image_store *s, const char *digest, size_t max, struct buf *out, struct err *e);
/* Writes a small blob; out_digest has room for 72 bytes. */
int store_write_blob(const struct image_store *s, const void *p, size_t n, char out_digest[72], struct err *e);
/* Checks size (-1: any) and digest of an open file, then makes it durable and moves it from path to its place. */
int store_commit_blob(const struct image_store *s, int fd, const char *path, const char *digest, int64_t size,
		      struct err *e);

struct lease {
	char *path;
	int fd;
};
int lease_new(const struct image_store *s, struct lease *ret, struct err *e);
int lease_add(const struct image_store *s, struct lease *l, const char *digest, struct err *e);
void lease_done(struct lease *l);
#define AUTO_LEASE CLEANUP(lease_done)

/*
 * The index: {"version": 1, "images": {ID: {"manifest", "size", "created", "layers": [diff ids], "blobs": [digests],
 * "names": [...], "repo_digests": [...]}}, "archives": {FILE: {"stamp", "ids"}}}.
 */
int image_index_read(const struct image_store *s, json_t **ret,
		     struct err *e); /* a new tree; without the lock: a snapshot */
int image_index_write(const struct image_store *s, const json_t *index, struct err *e); /* under store_lock */
/* What the image that ref (a name, name@digest, or id) means is in a new copy of the index. */
struct image_found {
	json_t *index;
	const char *id; /* borrowed from index, like entry */
	json_t *entry;
	char *canonical; /* of a name; NULL when ref is an id */
};
/* ERR_NOT_FOUND "image X is not here". To change the index: under store_lock. */
int image_find(const struct image_store *s, const char *ref, struct image_found *ret, struct err *e);
void image_found_done(struct image_found *f);
int image_not_here(const char *name, struct err *e); /* ERR_NOT_FOUND */
#define AUTO_FOUND CLEANUP(image_found_done)

/* --- image_ref.c --- */
struct image_ref {
	char *host;   /* "docker.io" */
	char *repo;   /* "library/nginx" */
	char *tag;    /* NULL with a digest */
	char *digest; /* NULL with a tag */
};
int image_ref_parse(const char *ref, struct image_ref *ret, struct err *e);
void image_ref_done(struct image_ref *r);
#define AUTO_REF CLEANUP(image_ref_done)

/* --- image_manifest.c: OCI image specification, and Docker's schema 2 --- */
struct image_layer {
	char digest[72];  /* of the blob */
	char diff_id[72]; /* of the uncompressed tar */
	int64_t size;     /* of the blob */
};
struct image_manifest {
	char config_digest[72];
	int64_t config_size;
	struct image_layer *layers;
	size_t n_layers;
	int64_t size; /* config and layers */
};
void image_manifest_done(struct image_manifest *m);
#define AUTO_MANIFEST CLEANUP(image_manifest_done)
/* *ret_is_index tells an index from a manifest. ERR_UNSUPPORTED for schema 1 and artifacts that are no images. */
int manifest_parse(const char *text, size_t n, bool *ret_is_index, struct image_manifest *ret, json_t **ret_index,
		   struct err *e);
/* Fills in the diff ids. The tree of the config comes back in *ret_config (may be NULL). */
int manifest_take_config(struct image_manifest *m, const char *text, size_t n, json_t **ret_config, struct err *e);
/* The best entry of an index's manifests for the platform; ERR_NOT_FOUND says which there are. */
int manifest_pick(const json_t *index, const char *arch, const char *variant, char ret_digest[72], int64_t *ret_size,
		  struct err *e);
/* 0: does not fit; the higher the better. No platform: 1. */
int platform_score(const json_t *platform, const char *arch, const char *variant);

/* --- image_unpack.c --- */
/* Unpacks blob (tar; none, gzip, zstd...) into layers/ unless it is there; the uncompressed tar must have the digest
 * diff_id. */
int layer_unpack(const struct image_store *s, const char *blob_path, const char *diff_id, struct err *e);
/* The same into a directory that exists and is empty. out_diff_id gets what was computed. For layer_unpack, tests and
 * fuzzing. */
int layer_unpack_into(int blob_fd, int dir_fd, int64_t max_bytes, char out_diff_id[72], struct err *e);

/* --- image_add.c --- */
/* The last step of pull and import: unpacks the layers (blobs are all there) and enters the image into the index under
   the names (canonical, NULL-terminated) and repo digest (NULL: none). */
int image_add(const struct image_store *s, const struct image_manifest *m, const char *manifest_digest,
	      const char *const *names, const char *repo_digest,
	      void (*progress)(void *arg, const char *what, int64_t done, int64_t total), void *arg, struct err *e);

/* --- image_registries.c: k3s's registries.yaml --- */
struct registry_endpoint {
	char *base;                                 /* "https://host:port/v2", without a slash at the end */
	char *host;                                 /* host:port: the key of configs */
	char *repo;                                 /* rewritten */
	char *ns;                                   /* NULL, or the registry this one stands in for */
	char *username, *password, *identity_token; /* NULL: none */
	char *ca_pem, *cert_pem, *key_pem;
	bool insecure_skip_verify;
	bool origin; /* the registry that the image's name means */
};
struct registry_endpoints {
	struct registry_endpoint *v;
	size_t n;
};
void registry_endpoints_done(struct registry_endpoints *r);
/* The endpoints to ask for host/repo in turn: mirrors, then the registry itself. file NULL or absent: no configuration.
 */
int registry_endpoints_find(const char *file, const char *host, const char *repo, struct registry_endpoints *ret,
			    struct err *e);
int registry_endpoints_parse(const char *yaml, size_t n, const char *host, const char *repo,
			     struct registry_endpoints *ret, struct err *e);

/* --- image_registry.c: requests to one endpoint, with its tokens --- */
struct registry_session {
	struct registry_endpoint *ep; /* borrowed */
	const struct image_credentials *cred;
	char *authorization; /* "Bearer ..." or "Basic ..."; NULL as long as none was asked for */
};
void registry_session_done(struct registry_session *r);
/*
 * GET base/repo/what. Into fd (appended where its offset is, resumed by Range when offset > 0), or collected in
 * *ret_body up to max when fd is -1. *ret_status is 200 or 206. Else an error: ERR_NOT_FOUND, ERR_UNAUTHORIZED,
 * ERR_TOO_MANY, ERR_UNAVAILABLE (worth another try).
 */
struct registry_get {
	const char *what, *accept;
	int fd;
	uint64_t offset;
	int64_t max;
	int (*progress)(void *arg, uint64_t bytes);
	void *progress_arg;
};
int registry_get(struct registry_session *r, const struct registry_get *g, int *ret_status, struct bytes **ret_body,
		 struct err *e);
/* The parameters of a WWW-Authenticate challenge (RFC 9110 section 11.6.1). Values malloc'ed, NULL when absent. */
struct auth_challenge {
	bool bearer, basic;
	char *realm, *service, *scope;
};
int auth_challenge_parse(const char *header, struct auth_challenge *ret);
void auth_challenge_done(struct auth_challenge *c);
