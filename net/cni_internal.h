/* What the files of CNI share. */
#pragma once
#include <pthread.h>
#include <stddef.h>
#include "base/buf.h"
#include "base/cleanup.h"
#include "base/json.h"
#include "base/map.h"
#include "net/cni.h"

#define CNI_IFNAME     "eth0"
#define CNI_TEXT_MAX   (1 << 20) /* bytes of a configuration file, and of what a plug-in prints */
#define CNI_PLUGIN_MAX 32        /* of a chain */

/* Versions of the protocol that we speak, in order. */
enum { CNI_0_1_0, CNI_0_2_0, CNI_0_3_0, CNI_0_3_1, CNI_0_4_0, CNI_1_0_0, CNI_1_1_0, CNI_VERSIONS };
const char *cni_version_text(int v);
int cni_version_find(const char *text); /* -1: not one of ours */

/* --- cni_conf.c: a network's configuration; pure but for cni_conf_pick --- */
struct cni_conf {
	char *name, *file; /* file: NULL unless it was read from one */
	unsigned versions; /* bits: those it is written for */
	int version;       /* the one in use: the highest, until plug-ins have been asked */
	bool disable_check, disable_gc, inline_only;
	json_t *plugins; /* array of objects with a type */
};
void cni_conf_done(struct cni_conf *c);
/* is_list: a file of one plug-in otherwise. ERR_INVALID or ERR_BAD_REQUEST says what is wrong with it. */
int cni_conf_parse(const char *text, size_t n, bool is_list, struct cni_conf *ret, struct err *e);
/* The same as one list, with the version in use alone. New tree. */
json_t *cni_conf_json(const struct cni_conf *c);
/* The first valid file of dir by name. Each that is passed over before it: fn (may be NULL). ERR_NOT_FOUND: none. */
int cni_conf_pick(const char *dir, struct cni_conf *ret, void (*fn)(void *arg, const char *fault), void *arg,
		  struct err *e);
bool cni_conf_has(const struct cni_conf *c, const char *capability);
/* What plug-in i is given: its object, name, version, what it takes of caps. prev may be NULL. New tree. */
json_t *cni_conf_derive(const struct cni_conf *c, size_t i, const json_t *caps, const json_t *prev);

/* --- cni_result.c: what plug-ins print; pure --- */
/* A success of ADD in the version's shape. New tree. ERR_PROTO. */
int cni_result_parse(const char *text, size_t n, int version, json_t **ret, struct err *e);
/* The pod's addresses: the first, and the first of the other family. ERR_PROTO: none, or one that no pod can have. */
int cni_result_ips(const json_t *result, char ret[2][48], struct err *e);
/* An answer to VERSION: bits. Versions that we do not know are left out. ERR_PROTO. */
int cni_supported_parse(const char *text, size_t n, unsigned *ret, struct err *e);
/* An error object, or whatever else there is: one line of printable text; returns its code or 0. */
long cni_error_parse(const char *out, size_t n_out, const char *errout, size_t n_errout, char *ret, size_t cap);

/* --- cni_exec.c: one call of one plug-in --- */
struct cni_call {
	const char *command, *type, *path; /* path: CNI_PATH */
	const char *id, *netns, *args;     /* NULL: no attachment is meant */
	const json_t *input;
	int keep_fd, timeout_ms;
};
/* The program's file, malloc'ed. ERR_NOT_FOUND names type and folders. */
int cni_find(const char *path, const char *type, char **ret, struct err *e);
/* 0 and what it printed, or an error with its words. *ret_code: the plug-in's own number of it, 0: none. */
int cni_exec(const struct cni_call *c, struct buf *out, long *ret_code, struct err *e);

/* --- cni_lock.c: one at a time works on an attachment, other processes included --- */
/* *ret_fd: for as long as it is open, in plug-ins too. ERR_UNAVAILABLE: one of an earlier start is at work. */
int cni_lock(const struct cni *c, const char *uid, int *ret_fd, struct err *e);
void cni_lock_remove(const struct cni *c, const char *uid); /* held, and for the last time */

/* --- cni_record.c: what is kept of an attachment --- */
struct cni_record {
	char *uid, *netns, *netns_id, *path, *args;
	struct cni_conf conf;
	json_t *caps, *result; /* result NULL: ADD has not come to its end */
};
void cni_record_done(struct cni_record *r);
bool cni_uid_good(const char *uid); /* fit for a container ID and a file's name */
int cni_record_load(const char *data_dir, const char *uid, struct cni_record *ret, struct err *e); /* ERR_NOT_FOUND */
int cni_record_save(const char *data_dir, const struct cni_record *r, struct err *e); /* synced to the disk */
int cni_record_remove(const char *data_dir, const char *uid, struct err *e);
/* uids of all records, NULL-terminated; freed with cni_uids_free. */
int cni_record_list(const char *data_dir, char ***ret, struct err *e);
void cni_uids_free(char **v);
/* Tells a namespace from all others that were or will be at its path; malloc'ed, "" when there is none. */
char *cni_netns_id(const char *path);

/* --- cni_run.c: chains --- */
struct cni {
	char *data_dir, *run_dir, *conf_dir, *bin_dirs, *dns, *domain;
	int timeout_ms;
	bool hurry;
	pthread_rwlock_t gc_lock; /* shared: ADD and DEL; exclusive: GC */
	pthread_mutex_t lock;
	/* lock: */
	struct map *asked;    /* path of a program -> struct asked */
	struct map *attached; /* uids that this process has attached */
	int64_t status_ms;    /* when plug-ins last said that they can, monotonic */
	char *status_of;      /* by which configuration */
	char *told;           /* what the log was told of the configuration files; guarded by lock */
};
/* Finds the version that all plug-ins speak. */
int cni_chain_settle(struct cni *c, struct cni_conf *conf, struct err *e);
/* keep_fd: stays open in the plug-ins. */
int cni_chain_add(struct cni *c, const struct cni_record *r, int keep_fd, json_t **ret_result, struct err *e);
int cni_chain_del(struct cni *c, const struct cni_record *r, int keep_fd, struct err *e);
int cni_chain_check(struct cni *c, const struct cni_record *r, int keep_fd, struct err *e);
int cni_chain_status(struct cni *c, const struct cni_conf *conf, struct err *e);
/* uids: those that are attached. */
int cni_chain_gc(struct cni *c, const struct cni_conf *conf, char *const *uids, struct err *e);

/* --- cni_caps.c: capability arguments of a pod; pure --- */
json_t *cni_caps(const struct cni *c, const struct cni_pod *pod);
