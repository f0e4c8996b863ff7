/*
 * minik.io/nfs: a directory for each volume on a share that the class names. Whatever touches the server is done by a
 *process of its own (builtin_nfs_work.c) with a mount namespace of its own: it can be killed when the server hangs, and
 *its mount goes with it, however it ends. On the share:
 *
 *	SUBDIR			     the volume
 *	.minik/marks/SHA256(SUBDIR)  whose that directory is: the volume's name; empty for one that only has volumes
 *below it .minik/new/NAME		     a copy being made .minik/trash/NAME	     a volume on its way out
 */
#pragma once
#include "storage/plugin.h"

#define NFS_PROVISIONER "minik.io/nfs"
#define NFS_PRIVATE     ".minik" /* no volume's path has a component that begins so */

int builtin_nfs_new(struct plugin **ret, struct plugins *p, struct err *e);
/* `minik storage-helper nfs`: one request (below) on standard input, an answer or an error as programs give it on
 * standard output. */
int nfs_work_main(void);

/* --- pure --- */

/* Grammar of what classes say; ERR_INVALID tells what is wrong. server: a name or an address, IPv6 with or without
 * brackets. */
int nfs_check_server(const char *server, struct err *e);
int nfs_check_share(const char *share, struct err *e);
/* One or more components below the share: not empty, no "." and "..", none of our own. */
int nfs_check_sub(const char *sub, struct err *e);
/* ${pvc.metadata.name}, ${pvc.metadata.namespace}, ${pv.metadata.name}. The result is checked. NULL: the volume's name.
 */
int nfs_sub(const char *pattern, const char *name, const json_t *claim, char **ret, struct err *e);
/* A class's list as the text behind `-o`, ours last. Each is one word: no comma, no blank. */
int nfs_options(const json_t *list, char **ret, struct err *e);
/*
 * What the working process is told for a create or a delete: {op, server, share, subDir, name, options, mode, onDelete,
 * from: SUBDIR}. Nothing in it is unchecked.
 */
int nfs_work_create(const json_t *req, json_t **ret, struct err *e);
int nfs_work_delete(const json_t *req, json_t **ret, struct err *e);
