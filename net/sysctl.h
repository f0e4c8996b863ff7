/* Kernel settings of the current network namespace, with the old values remembered under RUN_DIR/net/sysctl so that
 * cleanup puts them back. */
#pragma once
#include "base/err.h"

/* key: "net/ipv4/ip_forward". A missing key is ERR_NOT_FOUND. Old values are remembered once, by the first change. */
int sysctl_change(const char *run_dir, const char *key, const char *value, struct err *e);
/* Without remembering: for interfaces and namespaces that are ours. */
int sysctl_set(const char *key, const char *value, struct err *e);
/* As sysctl_change, if it is a number below least. 0 where this namespace may not: the setting is the whole machine's. */
int sysctl_raise(const char *run_dir, const char *key, unsigned long least, struct err *e);
int sysctl_restore(const char *run_dir, struct err *e);
