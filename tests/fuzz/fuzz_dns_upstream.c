/*
 * What a resolver (or who speaks in its place) answers: two bytes choose the question, the rest is the answer. Whatever
 * we make of it must be readable, about nothing but the question, no larger than a message, and come out of the cache
 * as it went in.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "base/clock.h"
#include "dns/cache.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static const uint16_t types[] = {DNS_A, DNS_AAAA, DNS_CNAME, DNS_SOA, DNS_PTR, DNS_TXT,  DNS_SRV,
				 15,    35,       24,        46,      DNS_ANY, DNS_DNAME};
static struct cache *cache;
static int64_t now;

static void check(const uint8_t *msg, size_t len, const struct dns_query *q)
{
	struct dns_reader r;
	struct dns_record rr;
	if (!dns_reader_begin(&r, msg, len))
		abort();
	while (dns_reader_next(&r, &rr)) {
		if (rr.type == DNS_OPT ? rr.section != DNS_ADDITIONAL : rr.section == DNS_ADDITIONAL)
			abort();
		/* Without a CNAME everything is about the name itself, or above it. */
		if (rr.section == DNS_ANSWER && !q->do_bit && rr.type != q->type && rr.type != DNS_CNAME &&
		    q->type != DNS_ANY)
			abort();
	}
	if (r.bad || r.pos != len)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static uint8_t scratch[DNS_MESSAGE_MAX], out[DNS_MESSAGE_MAX], again[DNS_MESSAGE_MAX], ask[DNS_ASK_MAX];
	struct dns_query q;
	struct dns_name name;
	struct stored *s = NULL;
	if (!cache && cache_new(&cache, &(struct cache_config){8, 65536, 4}, NULL) < 0)
		abort();
	if (n < 2 || n > DNS_MESSAGE_MAX + 2)
		return 0;
	if (!dns_name_parse(data[1] & 1 ? "www.example.com" : "example.com", &name))
		abort();
	bool edns = data[1] & 2, dnssec = edns && data[1] & 4;
	size_t len =
	    dns_ask_write(ask, 7, 0, &name, types[data[0] % (sizeof(types) / sizeof(types[0]))], DNS_IN, edns, dnssec);
	if (dns_query_parse(ask, len, &q) != DNS_NOERROR || q.do_bit != dnssec)
		abort();
	if (stored_new(&s, data + 2, n - 2, &q, scratch) < 0)
		return 0;
	size_t got = stored_write(s, ask, &q, 0, out, sizeof(out));
	check(out, got, &q);
	size_t small = stored_write(s, ask, &q, 1, again, DNS_UDP_PLAIN);
	if (small > DNS_UDP_PLAIN)
		abort();
	check(again, small, &q);
	now += 1000;
	bool keep = s->ttl && s->len <= CACHE_ENTRY_MAX;
	cache_put(cache, &q, now, s);
	struct cache_found f = cache_find(cache, &q, now);
	if (keep != (f.stored != NULL) && keep)
		abort();
	if (keep &&
	    (stored_write(f.stored, ask, &q, f.age_s, again, sizeof(again)) != got || memcmp(out, again, got) != 0))
		abort();
	/* Again, as an answer to the answer: what we wrote is what we would take. */
	if (stored_new(&s, out, got, &q, scratch) < 0)
		abort();
	free(s);
	return 0;
}
