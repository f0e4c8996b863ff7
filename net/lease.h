/*
 * Which pod has which address: empty files RUN_DIR/net/leases/ADDRESS@UID, so that creating one is the allocation and
 * removing it the release, and nothing can be half-written. Callers hold the lock (lease_lock). Addresses are never
 * handed out again while others are free that were used longer ago in this process.
 */
#pragma once
#include "base/err.h"

struct lease_cidr { /* parsed "10.42.0.0/24" or "fd00::/64" */
	int family;
	unsigned bits; /* prefix length */
	unsigned char net[16];
	char gateway[48];        /* "10.42.0.1" */
	char gateway_prefix[72]; /* "10.42.0.1/24" */
};
int lease_cidr_parse(struct lease_cidr *ret, const char *cidr, struct err *e);

struct lease_dir;
int lease_dir_new(struct lease_dir **ret, const char *run_dir, struct err *e);
struct lease_dir *lease_dir_free(struct lease_dir *d);
int lease_lock(struct lease_dir *d, int *ret_fd, struct err *e); /* until the fd is closed; other processes too */
/* The address uid has in cidr, or a new one. ERR_TOO_MANY when all are taken. */
int lease_get(struct lease_dir *d, const struct lease_cidr *c, const char *uid, char ret_ip[48], struct err *e);
int lease_release(struct lease_dir *d, const char *uid, struct err *e); /* absent is fine */
/* Calls fn for every lease; it may release that one. Non-zero stops. */
int lease_each(struct lease_dir *d, int (*fn)(void *arg, const char *ip, const char *uid), void *arg, struct err *e);
