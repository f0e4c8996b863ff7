#include "dns/stored.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct making {
	const uint8_t *msg;
	size_t len;
	const struct dns_query *q;
	struct dns_reply r;
	struct dns_name chain; /* where the CNAMEs have led to */
	uint32_t ttl;
	bool any; /* a record of the type asked for */
	bool bad; /* one was malformed */
};

static bool over(const struct making *m)
{
	return m->r.full || m->r.counts[0] + m->r.counts[1] >= STORED_RECORDS_MAX;
}

/* False: it was malformed, and is left out. */
static bool take(struct making *m, struct dns_record *rr)
{
	uint32_t ttl = rr->ttl > 0x7fffffff ? 0 : rr->ttl; /* RFC 2181 section 8 */
	if (!dns_reply_copy(&m->r, m->msg, m->len, rr, ttl))
		return !(m->bad = true);
	if (ttl < m->ttl)
		m->ttl = ttl;
	return true;
}

/* The records of one name. True: they lead on to another one. */
static bool link_take(struct making *m)
{
	struct dns_reader rd;
	struct dns_record rr;
	struct dns_name next = {0};
	if (!dns_reader_begin(&rd, m->msg, m->len))
		return false;
	while (!over(m) && dns_reader_next(&rd, &rr) && rr.section == DNS_ANSWER) {
		size_t at = rr.data_at;
		if (rr.class_ != m->q->class_)
			continue;
		if (rr.type == DNS_DNAME && m->q->do_bit && rr.owner.len < m->chain.len &&
		    dns_name_under(&m->chain, &rr.owner)) {
			(void)take(m, &rr);
			continue;
		}
		if (!dns_name_equal(&rr.owner, &m->chain))
			continue;
		if (rr.type == m->q->type || (m->q->type == DNS_ANY && rr.type != DNS_OPT)) {
			m->any |= take(m, &rr);
		} else if (rr.type == DNS_CNAME && !next.len && dns_name_read(m->msg, m->len, &at, &next)) {
			(void)take(m, &rr);
		} else if (rr.type == DNS_RRSIG && m->q->do_bit) {
			(void)take(m, &rr);
		}
	}
	if (!next.len || m->any)
		return false;
	m->chain = next;
	return true;
}

/* The SOA of an answer that has nothing (RFC 2308 sections 3 and 5), and what proves it. */
static uint32_t authority_take(struct making *m, bool nothing)
{
	struct dns_reader rd;
	struct dns_record rr;
	uint32_t ttl = 0;
	bool soa = false;
	if (!dns_reader_begin(&rd, m->msg, m->len))
		return 0;
	while (!over(m) && dns_reader_next(&rd, &rr) && rr.section != DNS_ADDITIONAL) {
		if (rr.section != DNS_AUTHORITY || rr.class_ != m->q->class_)
			continue;
		if (rr.type == DNS_SOA && nothing && !soa && rr.data_len >= 22 &&
		    dns_name_under(&m->chain, &rr.owner)) {
			uint32_t minimum = dns_get32(m->msg + rr.data_at + rr.data_len - 4);
			if (!take(m, &rr))
				continue;
			soa = true;
			ttl = minimum < rr.ttl ? minimum : rr.ttl;
		} else if (m->q->do_bit && (rr.type == DNS_NSEC || rr.type == DNS_NSEC3 || rr.type == DNS_RRSIG)) {
			(void)take(m, &rr);
		}
	}
	return ttl;
}

static struct stored *keep(const struct dns_reply *r, const struct dns_query *q)
{
	struct dns_reader rd;
	struct dns_record rr;
	unsigned n = (unsigned)r->counts[0] + r->counts[1];
	size_t at = sizeof(struct stored) + (r->len + 1) / 2 * 2;
	struct stored *s = calloc(1, at + n * sizeof(uint16_t));
	if (!s)
		return NULL;
	uint16_t *ttls = (uint16_t *)(void *)((uint8_t *)s + at);
	memcpy(s->msg, r->buf, r->len);
	s->len = r->len;
	s->question_end = (uint16_t)(DNS_HEADER + q->name.len + 4);
	s->counts[0] = r->counts[0];
	s->counts[1] = r->counts[1];
	s->ttl_at = ttls;
	if (dns_reader_begin(&rd, s->msg, s->len))
		while (s->n_ttl < n && dns_reader_next(&rd, &rr))
			ttls[s->n_ttl++] = (uint16_t)rr.ttl_at;
	memset(s->msg, 0, DNS_HEADER);
	return s;
}

static void begin(struct making *m, const struct dns_query *asked, uint8_t *scratch, size_t cap)
{
	uint8_t ask[DNS_ASK_MAX];
	struct dns_query q = *asked;
	q.edns = false;
	q.flags = q.id = 0;
	q.question_end = (uint16_t)dns_ask_write(ask, 0, 0, &asked->name, asked->type, asked->class_, false, false);
	dns_reply_begin(&m->r, scratch, cap, ask, &q);
	m->q = asked;
	m->chain = asked->name;
}

int stored_new(struct stored **ret, const uint8_t *msg, size_t len, const struct dns_query *asked, uint8_t *scratch)
{
	struct making m = {.msg = msg, .len = len, .ttl = STORED_TTL_MAX};
	struct dns_reader rd;
	struct dns_record rr;
	if (!dns_reader_begin(&rd, msg, len))
		return ERR_PROTO;
	while (dns_reader_next(&rd, &rr))
		;
	if (rd.bad)
		return ERR_PROTO;
	begin(&m, asked, scratch, DNS_MESSAGE_MAX);
	unsigned rcode = dns_get16(msg + 2) & 15;
	bool data = rcode == DNS_NOERROR || rcode == DNS_NXDOMAIN;
	for (int i = 0; data && i <= STORED_CHAIN_MAX && link_take(&m); i++)
		;
	bool nothing = data && !m.any;
	uint32_t negative = data ? authority_take(&m, nothing) : 0;
	if (m.bad && nothing) /* what there is may have been in it */
		return ERR_PROTO;
	dns_reply_end(&m.r);
	struct stored *s = keep(&m.r, asked);
	if (!s)
		return -ENOMEM;
	s->rcode = (uint16_t)rcode;
	s->ad = (dns_get16(msg + 2) & DNS_F_AD) != 0;
	s->negative = nothing || !data;
	if (nothing && negative < m.ttl)
		m.ttl = negative;
	if (nothing && m.ttl > STORED_NEGATIVE_MAX)
		m.ttl = STORED_NEGATIVE_MAX;
	s->ttl = data && !m.r.full ? m.ttl : 0;
	*ret = s;
	return 0;
}

struct stored *stored_failure(const struct dns_query *asked)
{
	uint8_t scratch[DNS_UDP_PLAIN];
	struct making m = {0};
	begin(&m, asked, scratch, sizeof(scratch));
	dns_reply_end(&m.r);
	struct stored *s = keep(&m.r, asked);
	if (s) {
		s->rcode = DNS_SERVFAIL;
		s->negative = true;
		s->ttl = STORED_FAILURE_TTL;
	}
	return s;
}

static uint32_t aged(uint32_t ttl, uint32_t age_s)
{
	return age_s == STORED_STALE ? STORED_STALE_TTL : ttl > age_s ? ttl - age_s : 0;
}

size_t stored_write(const struct stored *s, const uint8_t *msg, const struct dns_query *q, uint32_t age_s, uint8_t *out,
		    size_t cap)
{
	size_t len = s->len;
	bool truncated = len + (q->edns ? 11 : 0) > cap;
	if (truncated)
		len = s->question_end;
	memcpy(out, s->msg, len);
	memcpy(out + DNS_HEADER, msg + DNS_HEADER, (size_t)s->question_end - DNS_HEADER);
	bool ad = s->ad && (q->do_bit || (q->flags & DNS_F_AD));
	dns_put16(out, q->id);
	dns_put16(out + 2, (unsigned)(DNS_F_QR | DNS_F_RA | (q->flags & (DNS_F_RD | DNS_F_CD)) |
				      (truncated ? DNS_F_TC : 0) | (ad ? DNS_F_AD : 0) | (s->rcode & 15)));
	dns_put16(out + 4, 1);
	if (!truncated) {
		dns_put16(out + 6, s->counts[0]);
		dns_put16(out + 8, s->counts[1]);
		for (unsigned i = 0; i < s->n_ttl; i++) {
			uint8_t *p = out + s->ttl_at[i];
			dns_put32(p, aged(dns_get32(p), age_s));
		}
	}
	if (q->edns) {
		static const uint8_t opt[11] = {0, 0, DNS_OPT, DNS_UDP_EDNS >> 8, DNS_UDP_EDNS & 255};
		memcpy(out + len, opt, sizeof(opt));
		if (q->do_bit)
			out[len + 7] = 0x80;
		dns_put16(out + 10, 1);
		len += sizeof(opt);
	}
	return len;
}

void stored_append(const struct stored *s, uint32_t age_s, struct dns_reply *r)
{
	struct dns_reader rd = {
	    .msg = s->msg, .len = s->len, .pos = s->question_end, .left = {s->counts[0], s->counts[1], 0}};
	struct dns_record rr;
	r->rcode = s->rcode;
	while (dns_reader_next(&rd, &rr))
		(void)dns_reply_copy(r, s->msg, s->len, &rr, aged(rr.ttl, age_s));
}
