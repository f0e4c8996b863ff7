/* Networks and addresses as options have them: "A[,B]". Pure. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include "base/err.h"

#define OPT_NET_MAX 80

struct opt_cidr {
	int family;
	unsigned bits, width;
	unsigned char base[16];
};

/* The next one of a list; false: there is none. */
bool opt_net_next(const char **at, char out[OPT_NET_MAX]);
int opt_ip_parse(const char *text, unsigned char a[16]); /* its family; 0: no address */
int opt_cidr_parse(const char *text, struct opt_cidr *c, struct err *e);
bool opt_cidr_contains(const struct opt_cidr *c, int family, const unsigned char *a);
/* The n-th address of the first network; false when it has no so many. */
bool opt_cidr_address(const char *cidr, unsigned n, char out[48]);
/* Whether one of the networks holds the address, shares addresses with that one, or is of a family. */
bool opt_nets_hold(const char *nets, const char *address);
bool opt_nets_share(const char *nets, const struct opt_cidr *s);
bool opt_nets_have(const char *nets, int family); /* also when one of them is wrong */
/* Of "A,B", B; NULL: there is none. Borrowed. */
const char *opt_second_cidr(const char *text);
