/*
 * The networks that addresses of Services are taken of: one, or one of each family. Pure.
 */
#pragma once
#include <arpa/inet.h>
#include <stdbool.h>
#include <stdint.h>

struct range {
	int family;
	unsigned char base[16];
	uint64_t size; /* usable offsets are 1..size-2 (v4) */
	char text[64];
};
struct ranges {
	struct range v[2]; /* the first is the usual one */
	size_t n;
};
/* "10.43.0.0/16" or "10.43.0.0/16,fd43::/108". -EINVAL */
int ranges_parse(const char *cidrs, struct ranges *ret);
/* "IPv4" or "IPv6". */
const char *range_family(const struct range *r);
/* That of the family; NULL: this cluster has none. */
const struct range *ranges_of(const struct ranges *x, const char *family);
void range_at(const struct range *r, uint64_t off, char out[INET6_ADDRSTRLEN]);
/* Offset of ip in the range; false outside. */
bool range_offset(const struct range *r, const char *ip, uint64_t *ret);
