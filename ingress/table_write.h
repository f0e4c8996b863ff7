/* The routing table's bytes as ingress/table_file.h says. Pure but for a seed that nothing in the result depends on; any thread. */
#pragma once
#include <stdint.h>
#include "base/buf.h"
#include "base/err.h"
#include "ingress/model.h"

/*
 * Appends the file's bytes to out, which is empty: equal tables, slots and generations make equal bytes. slots: of statistics, by
 * index of policy, or NULL: 0 for all. out has private keys in it: the caller wipes it.
 * ERR_INTERNAL: the table is not as ingress/model.h says it is (order, indices); ERR_TOO_LARGE; -ENOMEM.
 */
int table_write(const struct ing_table *t, const uint32_t *slots, uint64_t generation, struct buf *out, struct err *e);
/* What tf_policy.digest is for policy i: first 8 bytes of the SHA-256 of owner and options. 0 or a code. */
int table_policy_digest(const struct ing_table *t, size_t i, uint64_t *ret, struct err *e);
