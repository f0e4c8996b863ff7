#include "base/inet.h"
#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include "base/cleanup.h"
#include "base/str.h"

bool inet_addr_parse(const char *s, struct inet_addr *ret)
{
	struct inet_addr a = {0};
	if (!s)
		return false;
	if (inet_pton(AF_INET, s, a.a) == 1)
		a.family = 4;
	else if (inet_pton(AF_INET6, s, a.a) == 1)
		a.family = 6;
	else
		return false;
	*ret = a;
	return true;
}

bool inet_cidr_parse(const char *s, struct inet_cidr *ret)
{
	char host[64];
	int64_t bits;
	const char *slash = s ? strchr(s, '/') : NULL;
	struct inet_cidr c = {0};
	if (!slash || (size_t)(slash - s) >= sizeof(host) || slash[1] < '0' || slash[1] > '9' || strlen(slash) > 4)
		return false; /* no sign, and no more digits than 128 has */
	memcpy(host, s, (size_t)(slash - s));
	host[slash - s] = 0;
	if (!inet_addr_parse(host, &c.net) || str_to_i64(slash + 1, 0, c.net.family == 4 ? 32 : 128, &bits) < 0)
		return false;
	c.bits = (uint8_t)bits;
	for (unsigned i = c.bits; i < 128; i++)
		c.net.a[i / 8] = (uint8_t)(c.net.a[i / 8] & ~(0x80u >> (i % 8)));
	*ret = c;
	return true;
}

bool inet_bits_equal(const uint8_t *a, const uint8_t *b, unsigned bits)
{
	unsigned whole = bits / 8, rest = bits % 8;

	return !memcmp(a, b, whole) && (!rest || !((a[whole] ^ b[whole]) >> (8 - rest)));
}

void inet_mask(unsigned bits, uint8_t out[16])
{
	memset(out, 0, 16);
	for (unsigned i = 0; i < bits; i++)
		out[i / 8] = (uint8_t)(out[i / 8] | (0x80u >> (i % 8)));
}

bool inet_cidr_has(const struct inet_cidr *c, const struct inet_addr *a)
{
	return c->net.family == a->family && inet_bits_equal(c->net.a, a->a, c->bits);
}

void inet_addr_text(const struct inet_addr *a, char out[48])
{
	out[0] = 0;
	(void)inet_ntop(a->family == 4 ? AF_INET : AF_INET6, a->a, out, 48);
}

struct inet_addr inet_cidr_last(const struct inet_cidr *c)
{
	struct inet_addr a = c->net;
	for (unsigned i = c->bits; i < inet_addr_len(a.family) * 8; i++)
		a.a[i / 8] = (uint8_t)(a.a[i / 8] | (0x80u >> (i % 8)));
	return a;
}

bool inet_addr_next(struct inet_addr *a)
{
	struct inet_addr x = *a;
	for (uint32_t i = inet_addr_len(x.family); i-- > 0;)
		if (++x.a[i]) {
			*a = x;
			return true;
		}
	return false;
}

int inet_addr_compare(const struct inet_addr *a, const struct inet_addr *b)
{
	return memcmp(a->a, b->a, inet_addr_len(a->family));
}

bool inet_addr_equal(const struct inet_addr *a, const struct inet_addr *b)
{
	return a->family == b->family && memcmp(a->a, b->a, sizeof(a->a)) == 0;
}

static const struct {
	const char *name;
	uint8_t number;
} protocols[] = {{"TCP", IPPROTO_TCP}, {"UDP", IPPROTO_UDP}, {"SCTP", IPPROTO_SCTP}};

uint8_t inet_protocol(const char *name)
{
	for (size_t i = 0; i < ARRAY_LEN(protocols); i++)
		if (!name || streq(name, protocols[i].name))
			return protocols[i].number;
	return 0;
}

const char *inet_protocol_name(uint8_t protocol)
{
	for (size_t i = 0; i < ARRAY_LEN(protocols); i++)
		if (protocols[i].number == protocol)
			return protocols[i].name;
	return "?";
}

bool inet_addr_port_parse(const char *text, char host[48], uint16_t *ret_port)
{
	const char *colon = text ? strrchr(text, ':') : NULL;
	int64_t port;
	struct inet_addr a;
	if (!colon || str_to_i64(colon + 1, 1, 65535, &port) < 0)
		return false;
	size_t n = (size_t)(colon - text);
	if (n == 0) {
		(void)str_copy(host, 48, "::");
	} else {
		bool v6 = text[0] == '[';
		if (v6 && (n < 3 || text[n - 1] != ']'))
			return false;
		if (n - 2u * v6 >= 48)
			return false;
		memcpy(host, text + v6, n - 2u * v6);
		host[n - 2u * v6] = 0;
		if (!inet_addr_parse(host, &a) || (a.family == 6) != v6)
			return false;
	}
	*ret_port = (uint16_t)port;
	return true;
}
