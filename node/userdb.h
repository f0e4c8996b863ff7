/* Users and groups of an image, read from its layers without running anything. Blocking; any thread. */
#pragma once
#include <stdint.h>
#include <sys/types.h>
#include "base/err.h"

#define USER_MAX_GROUPS 64
struct user {
	uint32_t uid, gid;
	uint32_t groups[USER_MAX_GROUPS];
	size_t n_groups;
	char home[256]; /* "" when unknown */
};
/* spec: image's User: "", "0", "name", "uid:gid", "name:group". layers: lowest first. A missing /etc/passwd is fine for numbers. */
int user_lookup(char *const *layers, const char *spec, struct user *ret, struct err *e);
/* The same on texts of passwd and group (may be NULL). Pure. */
int user_parse(const char *passwd, const char *group, const char *spec, struct user *ret, struct err *e);
