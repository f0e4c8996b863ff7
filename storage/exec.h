/* Programs as plug-ins, and the folder in which they and links to CSI drivers are found. */
#pragma once
#include <sys/stat.h>
#include "storage/plugin.h"

#define EXEC_ASK_MS 10000 /* how long a program may take to say what it can */

/*
 * Asks the program what it can ("capabilities"). Blocks. Every call looks again whether others than root could have changed it, and does not run it then.
 */
int exec_plugin_new(struct plugin **ret, const char *name, const char *path, int stop_fd, struct err *e);
/* Is this a program that root alone can change? ERR_FORBIDDEN says what is wrong. st (may be NULL) gets the file's. */
int exec_check(const char *path, struct stat *st, struct err *e);
/* What a program's end and its words mean; pure. status as proc_call gives it. req: what is secret in it is not said again. *ret (new) only on success. */
int exec_answer(const json_t *req /* NULL: nothing */, const char *out, size_t n, const char *errout, size_t errn, int status, json_t **ret, struct err *e);
/* The code of plugin.h for a gRPC code by its name ("RESOURCE_EXHAUSTED"); ERR_PROTO when it is none. */
int exec_code(const char *grpc);

/* DATA_DIR/provisioners, followed by inotify on the plug-ins' loop; adds to and removes from p. stop_fd can be read when minik ends. */
struct provisioners;
int provisioners_new(struct provisioners **ret, struct plugins *p, int stop_fd, struct err *e); /* before the loop runs */
struct provisioners *provisioners_free(struct provisioners *v);				      /* the loop has ended */
/* As classes may name it: a DNS name, or two parts of such with a slash. */
bool provisioner_name_ok(const char *name);
