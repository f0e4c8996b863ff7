/*
 * An answer of somebody else's, made our own: checked, cut down to what the question is about, names compressed anew.
 * What was in it besides is never handed on, so that a resolver (or whoever speaks in its place) can say nothing about
 * other names. Kept are, of the answer section, the records of the name asked for and of those that its CNAMEs lead to
 * (STORED_CHAIN_MAX of them); of the authority section the SOA of an answer without records, if its owner is above the
 * name; for clients that set DO also signatures and the proofs that nothing is there. At most STORED_RECORDS_MAX
 * records. Pure; any thread. The owner frees with free().
 */
#pragma once
#include "base/err.h"
#include "dns/wire.h"

#define STORED_CHAIN_MAX    12
#define STORED_RECORDS_MAX  1024
#define STORED_TTL_MAX      3600 /* seconds, whatever the answer says */
#define STORED_NEGATIVE_MAX 300
#define STORED_FAILURE_TTL  5  /* RFC 9520 section 3.2: 1 to 300 */
#define STORED_STALE_TTL    30 /* RFC 8767 section 4 */

struct stored {
	uint16_t rcode;
	bool ad, negative;
	uint16_t counts[2]; /* answer, authority */
	uint32_t ttl;       /* how long it is good, 0: for this once */
	uint16_t question_end, n_ttl;
	size_t len;
	const uint16_t *ttl_at; /* offsets of TTLs, behind msg */
	uint8_t msg[];          /* the message; its header is empty, its question in lower case */
};
/* scratch: DNS_MESSAGE_MAX bytes. asked: what was asked for; msg: an answer whose question was compared. ERR_PROTO:
 * malformed. */
int stored_new(struct stored **ret, const uint8_t *msg, size_t len, const struct dns_query *asked, uint8_t *scratch);
/* "No answer to be had": SERVFAIL. NULL without memory. */
struct stored *stored_failure(const struct dns_query *asked);
/* The answer for a client: msg and q are its query. TTLs are lowered by age_s; STORED_STALE: all are STORED_STALE_TTL.
 * Truncated to the question when it does not fit. Returns the length. */
#define STORED_STALE UINT32_MAX
size_t stored_write(const struct stored *s, const uint8_t *msg, const struct dns_query *q, uint32_t age_s, uint8_t *out,
		    size_t cap);
/* Puts its records behind what r has, and its code. */
void stored_append(const struct stored *s, uint32_t age_s, struct dns_reply *r);
static inline size_t stored_size(const struct stored *s)
{
	return sizeof(*s) + s->len + s->n_ttl * sizeof(uint16_t);
}
