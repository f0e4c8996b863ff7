/*
 * Numbers of the lists of endpoints that nftables balances over. The kernel's counter that takes endpoints in turn
 * (numgen) belongs to a rule and has its modulus in it, and for each new rule, and each new element that leads to a
 * chain, the kernel walks through all chains again: milliseconds at ten thousand. So chains for lists of so many
 * endpoints are made ahead, many at once, each with a number, and a list takes one: that is elements of maps only.
 *
 * Numbers stay the same over a restart: what the kernel has is noted first (seen, hint), and a list whose front led to
 * a number has it again. Pure but for `make`. One thread.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Which fronts lead to a list. For each the kernel comes by another way, and each way costs it a walk. */
enum px_role {
	PX_ROLE_CLUSTER = 'c',  /* cluster addresses: all endpoints, or this node's under internal policy Local */
	PX_ROLE_EXTERNAL = 'e', /* the others: all */
	PX_ROLE_HERE = 'h',     /* the others under external policy Local: this node's */
};
#define PX_NUMBER_FIRST 16u /* those below mean what is done without a list (enum px_fixed) */
#define PX_NUMBER_LAST  (1u << 30)

struct px_number {
	uint32_t number;
	uint8_t family;
	char role;  /* enum px_role */
	uint32_t n; /* of how many endpoints; 0: of a chain of its own, nothing is made ahead for it */
};
struct px_numbers_config {
	/* The chain of a number with n > 0 comes into being, or goes. */
	void (*make)(void *arg, const struct px_number *x, bool add);
	void *arg;
	bool none_ahead; /* no more than is taken */
};
struct px_numbers;
struct px_numbers *px_numbers_new(const struct px_numbers_config *c); /* NULL: no memory */
struct px_numbers *px_numbers_free(struct px_numbers *x);
/* It is in the kernel: made, as by take. -ENOMEM, -EEXIST */
int px_numbers_seen(struct px_numbers *x, const struct px_number *n);
/* What is named so, of a front's, led to this number. -ENOMEM */
int px_numbers_hint(struct px_numbers *x, const char *name, uint32_t number);
uint32_t px_numbers_hinted(const struct px_numbers *x, const char *name); /* 0: none */
/* hint: as px_numbers_hinted says; if it can be had it is. -ENOMEM, -ENOSPC */
int px_numbers_take(struct px_numbers *x, uint8_t family, char role, uint32_t n, uint32_t hint, uint32_t *ret);
void px_numbers_give(struct px_numbers *x, uint32_t number); /* nobody has it any more */
/* All that there is has been asked for: hints are forgotten, and numbers that nobody took can be had by all. */
void px_numbers_settle(struct px_numbers *x);
/* Are too few made ahead, or far too many? level makes it so. -ENOMEM */
bool px_numbers_uneven(const struct px_numbers *x);
int px_numbers_level(struct px_numbers *x);
