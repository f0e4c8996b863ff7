/*
 * DNS messages (RFC 1035 section 4, EDNS0 RFC 6891): everything from the network is read here, with every bound stated.
 * Pure; any thread.
 *
 * Names are kept in uncompressed wire form: at most 255 bytes with the root label, labels of at most 63. Reading
 * follows compression pointers only backwards, below everything read so far, so it ends after at most 255 steps.
 * Comparison ignores ASCII case. A query has one question, no answer and no authority, at most DNS_QUERY_ADDITIONAL
 * additional records, among them at most one OPT, whose options fill its data exactly; nothing stands behind the last
 * record. Whatever breaks that is FORMERR.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/inet.h"

enum {
	DNS_NAME_MAX = 255,
	DNS_HEADER = 12,
	DNS_UDP_PLAIN = 512, /* without EDNS */
	DNS_UDP_EDNS = 1232, /* what we say and send at most: fits any path without fragments */
	DNS_MESSAGE_MAX = 65535,
	DNS_QUERY_ADDITIONAL = 8, /* OPT, TSIG or SIG(0), and room for what is still to be invented */
};
enum {
	DNS_A = 1,
	DNS_NS = 2,
	DNS_CNAME = 5,
	DNS_SOA = 6,
	DNS_PTR = 12,
	DNS_HINFO = 13,
	DNS_TXT = 16,
	DNS_AAAA = 28,
	DNS_SRV = 33,
	DNS_DNAME = 39,
	DNS_OPT = 41,
	DNS_RRSIG = 46,
	DNS_NSEC = 47,
	DNS_NSEC3 = 50,
	DNS_IXFR = 251,
	DNS_AXFR = 252,
	DNS_ANY = 255
};
enum { DNS_IN = 1 };
enum {
	DNS_NOERROR = 0,
	DNS_FORMERR = 1,
	DNS_SERVFAIL = 2,
	DNS_NXDOMAIN = 3,
	DNS_NOTIMP = 4,
	DNS_REFUSED = 5,
	DNS_BADVERS = 16
};
enum {
	DNS_F_QR = 0x8000,
	DNS_F_AA = 0x0400,
	DNS_F_TC = 0x0200,
	DNS_F_RD = 0x0100,
	DNS_F_RA = 0x0080,
	DNS_F_AD = 0x0020,
	DNS_F_CD = 0x0010
};

struct dns_name {
	uint8_t len;                 /* with the root label; 0: unset */
	uint8_t w[DNS_NAME_MAX + 1]; /* one more, for who goes through it by words */
};
/* Reads a name at *pos and moves *pos behind it. False: malformed. */
bool dns_name_read(const uint8_t *msg, size_t len, size_t *pos, struct dns_name *ret);
/* "a.b.c" or "a.b.c."; \-escapes are not taken. False: not a name. */
bool dns_name_parse(const char *text, struct dns_name *ret);
void dns_name_text(const struct dns_name *n, char out[1024]); /* with a dot at the end; odd bytes as \ddd */
void dns_name_lower(struct dns_name *n);
bool dns_name_equal(const struct dns_name *a, const struct dns_name *b);    /* ignoring case */
bool dns_name_under(const struct dns_name *n, const struct dns_name *zone); /* in it, or the same */
/* Starts of the labels, leftmost first; returns how many without the root. */
unsigned dns_name_labels(const struct dns_name *n, uint8_t at[128]);
/* The reverse name of an address' first labels: bytes (in-addr.arpa) or half bytes (ip6.arpa). */
void dns_name_reverse(const struct inet_addr *a, unsigned labels, struct dns_name *ret);
bool dns_name_join(struct dns_name *ret, const char *left /* labels in text */, const struct dns_name *right);

struct dns_query {
	uint16_t id, flags;
	uint16_t type, class_;
	struct dns_name name;  /* in lower case */
	uint16_t question_end; /* offset behind the question */
	uint16_t size;         /* of the message */
	bool edns, do_bit;
	uint8_t edns_version;
	uint16_t udp_size; /* what the client can take: 512 to 65535 */
};
/* DNS_NOERROR; the code to answer with (question_end is DNS_HEADER when there is no question to repeat); or -1: no
 * answer. */
int dns_query_parse(const uint8_t *msg, size_t len, struct dns_query *ret);

enum dns_section { DNS_ANSWER, DNS_AUTHORITY, DNS_ADDITIONAL };
struct dns_reply {
	uint8_t *buf;
	size_t cap; /* room; EDNS is taken off */
	size_t len;
	uint16_t counts[3];
	bool truncated, full; /* full: no more fits; then nothing of the rest is written */
	bool edns, do_bit;
	uint16_t rcode, flags;
	uint16_t seen[48]; /* offsets of labels that may be pointed at */
	unsigned n_seen;
};
/* Header and the question as the client wrote it. cap at least 512. msg is the query. */
void dns_reply_begin(struct dns_reply *r, uint8_t *buf, size_t cap, const uint8_t *msg, const struct dns_query *q);
/* A record; data is put by one of the following. owner NULL: the name asked for, where the reply has a question. A
 * record that does not fit sets TC if it belongs to the answer, and is left out. */
void dns_reply_addr(struct dns_reply *r, enum dns_section s, const struct dns_name *owner, uint32_t ttl,
		    int family /* 4, 6 */, const uint8_t *addr);
void dns_reply_name(struct dns_reply *r, enum dns_section s, const struct dns_name *owner, uint16_t type, uint32_t ttl,
		    const struct dns_name *target);
void dns_reply_srv(struct dns_reply *r, const struct dns_name *owner, uint32_t ttl, uint16_t prio, uint16_t weight,
		   uint16_t port, const struct dns_name *target);
void dns_reply_txt(struct dns_reply *r, const struct dns_name *owner, uint32_t ttl, const char *text);
void dns_reply_soa(struct dns_reply *r, enum dns_section s, const struct dns_name *zone, uint32_t ttl,
		   const struct dns_name *mname, const struct dns_name *rname, uint32_t serial, uint32_t minimum);
void dns_reply_hinfo(struct dns_reply *r, const struct dns_name *owner, uint32_t ttl, const char *cpu, const char *os);
/* Finishes the header; returns the length. */
size_t dns_reply_end(struct dns_reply *r);
/*
 * A question of ours: recursion desired, the name with the case it has. Returns its length; cap must be
 * DNS_ASK_MAX. edns: an OPT that offers DNS_UDP_EDNS.
 */
#define DNS_ASK_MAX (DNS_HEADER + DNS_NAME_MAX + 4 + 11)
size_t dns_ask_write(uint8_t out[DNS_ASK_MAX], uint16_t id, uint16_t flags, const struct dns_name *name, uint16_t type,
		     uint16_t class_, bool edns, bool do_bit);

/* One record of a message somebody else wrote. */
struct dns_record {
	struct dns_name owner;
	uint16_t type, class_;
	uint32_t ttl;
	size_t ttl_at; /* offset of the TTL field */
	size_t data_at;
	uint16_t data_len;
	enum dns_section section;
};
struct dns_reader {
	const uint8_t *msg;
	size_t len, pos;
	unsigned left[3];
	bool bad;
};
/* False: not a message with exactly one question. */
bool dns_reader_begin(struct dns_reader *r, const uint8_t *msg, size_t len);
bool dns_reader_next(struct dns_reader *r, struct dns_record *ret); /* false at the end or when malformed (bad) */
/*
 * Copies a record of msg, owner and TTL as given: names within its data are taken out of their compression (RFC 3597
 * section 4 says where there may be some). False: its data is malformed, nothing was written. What does not fit is as
 * with dns_reply_addr.
 */
bool dns_reply_copy(struct dns_reply *r, const uint8_t *msg, size_t len, const struct dns_record *rr, uint32_t ttl);

static inline uint16_t dns_get16(const uint8_t *p)
{
	return (uint16_t)(p[0] << 8 | p[1]);
}
static inline uint32_t dns_get32(const uint8_t *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}
static inline void dns_put16(uint8_t *p, unsigned v)
{
	p[0] = (uint8_t)(v >> 8);
	p[1] = (uint8_t)v;
}
static inline void dns_put32(uint8_t *p, uint32_t v)
{
	dns_put16(p, v >> 16);
	dns_put16(p + 2, v & 0xffff);
}
