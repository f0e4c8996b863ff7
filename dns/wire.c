#include "dns/wire.h"
#include <assert.h>
#include <stdio.h>
#include <string.h>

static uint8_t lower(uint8_t c)
{
	return c >= 'A' && c <= 'Z' ? (uint8_t)(c | 0x20) : c;
}

#define EACH(c) (0x0101010101010101u * (c))
/* Eight at once: the eighth bit of each byte's sum tells whether it has reached a bound. */
static uint64_t lower8(uint64_t x)
{
	uint64_t low = x & EACH(0x7f);
	uint64_t from_a = low + EACH(0x80 - 'A'), behind_z = low + EACH(0x7f - 'Z');
	return x | ((from_a ^ behind_z) & ~x & EACH(0x80)) >> 2;
}

/* ---- names ---- */

bool dns_name_read(const uint8_t *msg, size_t len, size_t *pos, struct dns_name *ret)
{
	size_t at = *pos, end = 0, limit = at; /* pointers must go below everything read so far */
	unsigned n = 0;
	for (;;) {
		if (at >= len)
			return false;
		uint8_t c = msg[at];
		if ((c & 0xc0) == 0xc0) {
			if (at + 1 >= len)
				return false;
			size_t to = (size_t)(c & 0x3f) << 8 | msg[at + 1];
			if (!end)
				end = at + 2;
			if (to >= limit || to < DNS_HEADER)
				return false;
			limit = at = to;
			continue;
		}
		if (c & 0xc0) /* RFC 6891 section 5: other label types do not exist */
			return false;
		if (n + 1u + c > DNS_NAME_MAX || at + 1 + c > len)
			return false;
		memcpy(ret->w + n, msg + at, c + 1u);
		n += c + 1u;
		at += c + 1u;
		if (c == 0)
			break;
	}
	ret->len = (uint8_t)n;
	*pos = end ? end : at;
	return true;
}

bool dns_name_parse(const char *text, struct dns_name *ret)
{
	unsigned n = 0;
	if (text[0] == '.' && !text[1])
		text++;
	while (*text) {
		size_t label = strcspn(text, ".");
		if (label == 0 || label > 63 || n + 1 + label + 1 > DNS_NAME_MAX || memchr(text, '\\', label))
			return false;
		ret->w[n++] = (uint8_t)label;
		memcpy(ret->w + n, text, label);
		n += (unsigned)label;
		text += label;
		if (*text == '.')
			text++;
	}
	ret->w[n++] = 0;
	ret->len = (uint8_t)n;
	return true;
}

void dns_name_text(const struct dns_name *n, char out[1024])
{
	size_t o = 0;
	for (unsigned i = 0; i < n->len && n->w[i]; i += n->w[i] + 1u) {
		for (unsigned k = 1; k <= n->w[i]; k++) {
			uint8_t c = n->w[i + k];
			if (c > 32 && c < 127 && c != '.' && c != '\\' && c != '"') {
				out[o++] = (char)c;
			} else {
				(void)snprintf(out + o, 5, "\\%03u", c);
				o += 4;
			}
		}
		out[o++] = '.';
	}
	if (o == 0)
		out[o++] = '.';
	out[o] = 0;
}

void dns_name_lower(struct dns_name *n)
{
	/* Length bytes are below 64 and so below 'A'. What is behind the name does not matter. */
	static_assert(sizeof(n->w) % 8 == 0 && sizeof(n->w) >= DNS_NAME_MAX, "whole words");
	for (unsigned i = 0; i < n->len; i += 8) {
		uint64_t x;
		memcpy(&x, n->w + i, 8);
		x = lower8(x);
		memcpy(n->w + i, &x, 8);
	}
}

bool dns_name_equal(const struct dns_name *a, const struct dns_name *b)
{
	if (a->len != b->len)
		return false;
	for (unsigned i = 0; i < a->len; i++)
		if (lower(a->w[i]) != lower(b->w[i]))
			return false;
	return true;
}

unsigned dns_name_labels(const struct dns_name *n, uint8_t at[128])
{
	unsigned count = 0;
	for (unsigned i = 0; i < n->len && n->w[i] && count < 128; i += n->w[i] + 1u)
		at[count++] = (uint8_t)i;
	return count;
}

bool dns_name_under(const struct dns_name *n, const struct dns_name *zone)
{
	if (n->len < zone->len)
		return false;
	unsigned i = 0;
	while (i < n->len && (unsigned)(n->len - i) > zone->len)
		i += n->w[i] + 1u;
	if ((unsigned)(n->len - i) != zone->len)
		return false;
	if (memcmp(n->w + i, zone->w, zone->len) == 0)
		return true; /* mostly both are in lower case already */
	for (unsigned k = 0; k < zone->len; k++)
		if (lower(n->w[i + k]) != lower(zone->w[k]))
			return false;
	return true;
}

void dns_name_reverse(const struct inet_addr *a, unsigned labels, struct dns_name *ret)
{
	static const uint8_t in_addr[] = "\7in-addr\4arpa", ip6[] = "\3ip6\4arpa"; /* with the root's zero */
	bool v4 = a->family == 4;
	unsigned n = 0;
	for (unsigned i = labels; i-- > 0;) {
		int len = v4 ? snprintf((char *)ret->w + n + 1, 4, "%u", a->a[i])
			     : snprintf((char *)ret->w + n + 1, 2, "%x", a->a[i / 2] >> (i % 2 ? 0 : 4) & 15);
		ret->w[n] = (uint8_t)len;
		n += 1 + (unsigned)len;
	}
	size_t tail = v4 ? sizeof(in_addr) : sizeof(ip6);
	memcpy(ret->w + n, v4 ? in_addr : ip6, tail);
	ret->len = (uint8_t)(n + tail);
}

bool dns_name_join(struct dns_name *ret, const char *left, const struct dns_name *right)
{
	struct dns_name l;
	if (!dns_name_parse(left, &l) || l.len - 1u + right->len > DNS_NAME_MAX)
		return false;
	memcpy(l.w + l.len - 1, right->w, right->len);
	l.len = (uint8_t)(l.len - 1u + right->len);
	*ret = l;
	return true;
}

/* ---- queries ---- */

/* RFC 6891 section 6.1.2: code, length, data; nothing may be left over. */
static bool options_ok(const uint8_t *p, size_t n)
{
	while (n >= 4) {
		size_t len = dns_get16(p + 2);
		if (len > n - 4)
			return false;
		p += 4 + len;
		n -= 4 + len;
	}
	return n == 0;
}

/* The additional section of a query: at most one OPT, and perhaps a TSIG or SIG(0) that we do not understand and
 * ignore. */
static int opt_find(const uint8_t *msg, size_t len, size_t pos, unsigned count, struct dns_query *q)
{
	struct dns_name owner;
	if (count > DNS_QUERY_ADDITIONAL)
		return DNS_FORMERR;
	for (unsigned i = 0; i < count; i++) {
		if (!dns_name_read(msg, len, &pos, &owner) || pos + 10 > len)
			return DNS_FORMERR;
		uint16_t type = dns_get16(msg + pos), size = dns_get16(msg + pos + 2), rdlen = dns_get16(msg + pos + 8);
		uint32_t ttl = dns_get32(msg + pos + 4);
		pos += 10;
		if (pos + rdlen > len)
			return DNS_FORMERR;
		pos += rdlen;
		if (type != DNS_OPT)
			continue;
		if (q->edns || owner.len != 1)
			return DNS_FORMERR;
		q->edns = true;
		q->udp_size = size < DNS_UDP_PLAIN ? DNS_UDP_PLAIN : size;
		q->edns_version = (uint8_t)(ttl >> 16);
		q->do_bit = (ttl & 0x8000) != 0;
		/* What options of another version look like is not known. */
		if (q->edns_version == 0 && !options_ok(msg + pos - rdlen, rdlen))
			return DNS_FORMERR;
	}
	if (pos != len)
		return DNS_FORMERR;
	if (q->edns && q->edns_version != 0)
		return DNS_BADVERS;
	return DNS_NOERROR;
}

int dns_query_parse(const uint8_t *msg, size_t len, struct dns_query *ret)
{
	struct dns_query *q = ret;
	q->question_end = DNS_HEADER;
	q->edns = q->do_bit = false;
	q->edns_version = 0;
	q->udp_size = DNS_UDP_PLAIN;
	q->type = q->class_ = 0;
	q->size = (uint16_t)(len > DNS_MESSAGE_MAX ? DNS_MESSAGE_MAX : len);
	q->name.len = 0;
	if (len < DNS_HEADER)
		return -1;
	q->id = dns_get16(msg);
	q->flags = dns_get16(msg + 2);
	if (q->flags & DNS_F_QR) /* answering answers would never end */
		return -1;
	unsigned qd = dns_get16(msg + 4), an = dns_get16(msg + 6), ns = dns_get16(msg + 8), ar = dns_get16(msg + 10);
	if ((q->flags >> 11 & 15) != 0)
		return DNS_NOTIMP;
	size_t pos = DNS_HEADER;
	if (qd != 1 || an != 0 || ns != 0 || !dns_name_read(msg, len, &pos, &q->name) || pos + 4 > len) {
		q->name.len = 0;
		return DNS_FORMERR;
	}
	/* A compressed question could only point at itself. */
	q->type = dns_get16(msg + pos);
	q->class_ = dns_get16(msg + pos + 2);
	pos += 4;
	q->question_end = (uint16_t)pos;
	dns_name_lower(&q->name);
	return opt_find(msg, len, pos, ar, q);
}

/* ---- replies ---- */

void dns_reply_begin(struct dns_reply *r, uint8_t *buf, size_t cap, const uint8_t *msg, const struct dns_query *q)
{
	r->buf = buf;
	r->cap = cap - (q->edns ? 11 : 0);
	r->counts[0] = r->counts[1] = r->counts[2] = 0;
	r->truncated = r->full = false;
	r->edns = q->edns;
	r->do_bit = q->do_bit;
	r->rcode = 0;
	r->flags = (uint16_t)(DNS_F_QR | DNS_F_RA | (q->flags & (DNS_F_RD | DNS_F_CD | 0x7800)));
	r->n_seen = 0;
	memset(buf, 0, DNS_HEADER);
	dns_put16(buf, q->id);
	r->len = DNS_HEADER;
	if (q->question_end > DNS_HEADER) {
		size_t n = (size_t)q->question_end - DNS_HEADER;
		memcpy(buf + DNS_HEADER, msg + DNS_HEADER, n);
		dns_put16(buf + 4, 1);
		r->len += n;
		for (unsigned i = 0; i < q->name.len && q->name.w[i] && r->n_seen < 20; i += q->name.w[i] + 1u)
			r->seen[r->n_seen++] = (uint16_t)(DNS_HEADER + i);
	}
}

/* Whether the name at offset at of our own message is the rest of n from i on. */
static bool same_tail(const struct dns_reply *r, size_t at, const struct dns_name *n, unsigned i)
{
	for (;;) {
		while ((r->buf[at] & 0xc0) == 0xc0)
			at = (size_t)(r->buf[at] & 0x3f) << 8 | r->buf[at + 1];
		if (r->buf[at] != n->w[i])
			return false;
		unsigned c = n->w[i];
		if (c == 0)
			return true;
		for (unsigned k = 1; k <= c; k++)
			if (lower(r->buf[at + k]) != lower(n->w[i + k]))
				return false;
		at += c + 1;
		i += c + 1;
	}
}

static bool put_name(struct dns_reply *r, const struct dns_name *n)
{
	unsigned i = 0, seen = r->n_seen;
	if (!n) {
		if (r->len + 2 > r->cap)
			return false;
		dns_put16(r->buf + r->len, 0xc000u | DNS_HEADER);
		r->len += 2;
		return true;
	}
	while (n->w[i]) {
		/* Only names that are whole: this one's own labels would be compared with what is not written yet. */
		for (unsigned s = 0; s < seen; s++)
			if (same_tail(r, r->seen[s], n, i)) {
				if (r->len + 2 > r->cap)
					return false;
				dns_put16(r->buf + r->len, 0xc000u | r->seen[s]);
				r->len += 2;
				return true;
			}
		unsigned c = n->w[i];
		if (r->len + c + 2 > r->cap)
			return false;
		if (r->len < 0x4000 && r->n_seen < sizeof(r->seen) / sizeof(r->seen[0]))
			r->seen[r->n_seen++] = (uint16_t)r->len;
		memcpy(r->buf + r->len, n->w + i, c + 1);
		r->len += c + 1;
		i += c + 1;
	}
	if (r->len + 1 > r->cap)
		return false;
	r->buf[r->len++] = 0;
	return true;
}

struct mark {
	size_t len, rdlen_at;
	unsigned n_seen;
	bool ok;
};

static struct mark rr_begin(struct dns_reply *r, const struct dns_name *owner, uint16_t type, uint32_t ttl)
{
	struct mark m = {.len = r->len, .n_seen = r->n_seen};
	m.ok = !r->full && put_name(r, owner) && r->len + 10 <= r->cap;
	if (m.ok) {
		dns_put16(r->buf + r->len, type);
		dns_put16(r->buf + r->len + 2, DNS_IN);
		dns_put32(r->buf + r->len + 4, ttl);
		m.rdlen_at = r->len + 8;
		r->len += 10;
	}
	return m;
}

static void rr_end(struct dns_reply *r, const struct mark *m, enum dns_section s, bool ok)
{
	if (!m->ok || !ok) {
		r->len = m->len;
		r->n_seen = m->n_seen;
		r->full = true;
		if (s == DNS_ANSWER)
			r->truncated = true;
		return;
	}
	dns_put16(r->buf + m->rdlen_at, (unsigned)(r->len - m->rdlen_at - 2));
	r->counts[s]++;
}

static bool put_bytes(struct dns_reply *r, const void *p, size_t n)
{
	if (r->len + n > r->cap)
		return false;
	memcpy(r->buf + r->len, p, n);
	r->len += n;
	return true;
}

void dns_reply_addr(struct dns_reply *r, enum dns_section s, const struct dns_name *owner, uint32_t ttl, int family,
		    const uint8_t *addr)
{
	struct mark m = rr_begin(r, owner, family == 4 ? DNS_A : DNS_AAAA, ttl);
	rr_end(r, &m, s, m.ok && put_bytes(r, addr, family == 4 ? 4 : 16));
}

void dns_reply_name(struct dns_reply *r, enum dns_section s, const struct dns_name *owner, uint16_t type, uint32_t ttl,
		    const struct dns_name *target)
{
	struct mark m = rr_begin(r, owner, type, ttl);
	rr_end(r, &m, s, m.ok && put_name(r, target));
}

void dns_reply_srv(struct dns_reply *r, const struct dns_name *owner, uint32_t ttl, uint16_t prio, uint16_t weight,
		   uint16_t port, const struct dns_name *target)
{
	struct mark m = rr_begin(r, owner, DNS_SRV, ttl);
	uint8_t head[6];
	dns_put16(head, prio);
	dns_put16(head + 2, weight);
	dns_put16(head + 4, port);
	/* RFC 2782: the target is not compressed. */
	rr_end(r, &m, DNS_ANSWER, m.ok && put_bytes(r, head, 6) && put_bytes(r, target->w, target->len));
}

static bool put_string(struct dns_reply *r, const char *text)
{
	size_t n = strlen(text);
	uint8_t c = (uint8_t)(n > 255 ? 255 : n);
	return put_bytes(r, &c, 1) && put_bytes(r, text, c);
}

void dns_reply_txt(struct dns_reply *r, const struct dns_name *owner, uint32_t ttl, const char *text)
{
	struct mark m = rr_begin(r, owner, DNS_TXT, ttl);
	rr_end(r, &m, DNS_ANSWER, m.ok && put_string(r, text));
}

void dns_reply_hinfo(struct dns_reply *r, const struct dns_name *owner, uint32_t ttl, const char *cpu, const char *os)
{
	struct mark m = rr_begin(r, owner, DNS_HINFO, ttl);
	rr_end(r, &m, DNS_ANSWER, m.ok && put_string(r, cpu) && put_string(r, os));
}

void dns_reply_soa(struct dns_reply *r, enum dns_section s, const struct dns_name *zone, uint32_t ttl,
		   const struct dns_name *mname, const struct dns_name *rname, uint32_t serial, uint32_t minimum)
{
	struct mark m = rr_begin(r, zone, DNS_SOA, ttl);
	uint8_t tail[20];
	dns_put32(tail, serial);
	dns_put32(tail + 4, 7200);
	dns_put32(tail + 8, 1800);
	dns_put32(tail + 12, 86400);
	dns_put32(tail + 16, minimum);
	rr_end(r, &m, s, m.ok && put_name(r, mname) && put_name(r, rname) && put_bytes(r, tail, 20));
}

size_t dns_reply_end(struct dns_reply *r)
{
	if (r->edns) { /* room was kept */
		uint8_t *p = r->buf + r->len;
		p[0] = 0;
		dns_put16(p + 1, DNS_OPT);
		dns_put16(p + 3, DNS_UDP_EDNS);
		p[5] = (uint8_t)(r->rcode >> 4);
		p[6] = 0;
		dns_put16(p + 7, r->do_bit ? 0x8000 : 0);
		dns_put16(p + 9, 0);
		r->len += 11;
		r->counts[DNS_ADDITIONAL]++;
	}
	dns_put16(r->buf + 2, (unsigned)(r->flags | (r->truncated ? DNS_F_TC : 0) | (r->rcode & 15)));
	for (int i = 0; i < 3; i++)
		dns_put16(r->buf + 6 + 2 * i, r->counts[i]);
	return r->len;
}

size_t dns_ask_write(uint8_t out[DNS_ASK_MAX], uint16_t id, uint16_t flags, const struct dns_name *name, uint16_t type,
		     uint16_t class_, bool edns, bool do_bit)
{
	size_t n = DNS_HEADER;
	memset(out, 0, DNS_HEADER);
	dns_put16(out, id);
	dns_put16(out + 2, flags | DNS_F_RD);
	dns_put16(out + 4, 1);
	memcpy(out + n, name->w, name->len);
	n += name->len;
	dns_put16(out + n, type);
	dns_put16(out + n + 2, class_);
	n += 4;
	if (edns) {
		dns_put16(out + 10, 1);
		memset(out + n, 0, 11);
		dns_put16(out + n + 1, DNS_OPT);
		dns_put16(out + n + 3, DNS_UDP_EDNS);
		dns_put16(out + n + 7, do_bit ? 0x8000 : 0);
		n += 11;
	}
	return n;
}

/* ---- others' messages ---- */

bool dns_reader_begin(struct dns_reader *r, const uint8_t *msg, size_t len)
{
	struct dns_name name;
	*r = (struct dns_reader){.msg = msg, .len = len, .pos = DNS_HEADER};
	if (len < DNS_HEADER || dns_get16(msg + 4) != 1 || !dns_name_read(msg, len, &r->pos, &name) || r->pos + 4 > len)
		return false;
	r->pos += 4;
	for (int i = 0; i < 3; i++)
		r->left[i] = dns_get16(msg + 6 + 2 * i);
	return true;
}

bool dns_reader_next(struct dns_reader *r, struct dns_record *ret)
{
	unsigned s = 0;
	while (s < 3 && r->left[s] == 0)
		s++;
	if (s == 3 || r->bad)
		return false;
	r->left[s]--;
	r->bad = true;
	if (!dns_name_read(r->msg, r->len, &r->pos, &ret->owner) || r->pos + 10 > r->len)
		return false;
	const uint8_t *p = r->msg + r->pos;
	ret->type = dns_get16(p);
	ret->class_ = dns_get16(p + 2);
	ret->ttl = dns_get32(p + 4);
	ret->ttl_at = r->pos + 4;
	ret->data_len = dns_get16(p + 8);
	ret->data_at = r->pos + 10;
	ret->section = (enum dns_section)s;
	if (ret->data_at + ret->data_len > r->len)
		return false;
	r->pos = ret->data_at + ret->data_len;
	r->bad = false;
	return true;
}

/* Types whose data is of one length, or holds names that may be compressed: N a name, a digit so many bytes, S a string
 * of a length byte,
 * '*' the rest. */
static const struct layout {
	uint16_t type;
	const char *fields;
} layouts[] = {
    {DNS_A, "4"},         {DNS_AAAA, "88"},  {DNS_NS, "N"},  {3, "N"},   {4, "N"},         {DNS_CNAME, "N"},
    {DNS_SOA, "NN44444"}, {7, "N"},          {8, "N"},       {9, "N"},   {DNS_PTR, "N"},   {14, "NN"},
    {15, "2N"},           {17, "NN"},        {18, "2N"},     {21, "2N"}, {24, "288N*"},    {26, "2NN"},
    {30, "N*"},           {DNS_SRV, "222N"}, {35, "22SSSN"}, {36, "2N"}, {DNS_DNAME, "N"},
};

static const char *layout_of(uint16_t type)
{
	for (size_t i = 0; i < sizeof(layouts) / sizeof(layouts[0]); i++)
		if (layouts[i].type == type)
			return layouts[i].fields;
	return "*";
}

bool dns_reply_copy(struct dns_reply *r, const uint8_t *msg, size_t len, const struct dns_record *rr, uint32_t ttl)
{
	size_t pos = rr->data_at, end = rr->data_at + rr->data_len;
	if (end > len)
		return false;
	struct mark m = rr_begin(r, &rr->owner, rr->type, ttl);
	bool ok = m.ok, good = true;
	for (const char *f = layout_of(rr->type); good && *f; f++) {
		struct dns_name name;
		size_t n = *f == '*' ? end - pos : (size_t)(*f - '0');
		if (*f == 'N') {
			good = dns_name_read(msg, end, &pos, &name);
			ok = ok && good && put_bytes(r, name.w, name.len);
			continue;
		}
		if (*f == 'S')
			n = pos < end ? msg[pos] + 1u : 1u;
		good = n <= end - pos;
		ok = ok && good && put_bytes(r, msg + pos, n);
		pos += good ? n : 0;
	}
	if (good && pos != end)
		good = false;
	if (!good) { /* as if it had not been tried */
		r->len = m.len;
		r->n_seen = m.n_seen;
		return false;
	}
	rr_end(r, &m, rr->section, ok);
	return true;
}
