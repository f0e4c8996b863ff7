#include "cmd/options_net.h"
#include <arpa/inet.h>
#include <stdio.h>
#include "base/inet.h"
#include "base/str.h"

bool opt_net_next(const char **at, char out[OPT_NET_MAX])
{
	size_t n = strcspn(*at, ",");

	if (!**at)
		return false;
	snprintf(out, OPT_NET_MAX, "%.*s", (int)(n < OPT_NET_MAX ? n : OPT_NET_MAX - 1), *at);
	*at += n;
	*at += **at == ',';
	return true;
}

int opt_ip_parse(const char *text, unsigned char a[16])
{
	return inet_pton(AF_INET, text, a) == 1 ? AF_INET : inet_pton(AF_INET6, text, a) == 1 ? AF_INET6 : 0;
}

static bool masked(const struct opt_cidr *c)
{
	for (unsigned i = c->bits; i < c->width; i++)
		if (c->base[i / 8] & (0x80u >> (i % 8)))
			return false;
	return true;
}

int opt_cidr_parse(const char *text, struct opt_cidr *c, struct err *e)
{
	size_t n = strcspn(text, "/");
	char ip[64];
	int64_t bits;

	memset(c, 0, sizeof(*c));
	if (!text[n] || n >= sizeof(ip))
		return err_set(e, ERR_INVALID, "\"%.80s\" is not a network in CIDR notation; write one such as 10.42.0.0/16", text);
	memcpy(ip, text, n);
	ip[n] = '\0';
	c->family = opt_ip_parse(ip, c->base);
	c->width = c->family == AF_INET ? 32 : 128;
	if (!c->family || str_to_i64(text + n + 1, 0, c->width, &bits) < 0)
		return err_set(e, ERR_INVALID, "\"%.80s\" is not a network in CIDR notation; write one such as 10.42.0.0/16", text);
	c->bits = (unsigned)bits;
	if (!masked(c)) {
		for (unsigned i = c->bits; i < c->width; i++)
			c->base[i / 8] &= (unsigned char)~(0x80u >> (i % 8));
		inet_ntop(c->family, c->base, ip, sizeof(ip));
		return err_set(e, ERR_INVALID, "\"%.80s\" is an address within a network; write %s/%u", text, ip,
			       c->bits);
	}
	return 0;
}

bool opt_cidr_address(const char *text, unsigned n, char out[48])
{
	struct opt_cidr c;
	uint64_t carry = n;
	char one[OPT_NET_MAX] = "";

	(void)opt_net_next(&text, one);
	if (opt_cidr_parse(one, &c, NULL) < 0 || (c.width - c.bits < 32 && n >= 1u << (c.width - c.bits)))
		return false;
	for (int i = (int)c.width / 8 - 1; i >= 0 && carry; i--) {
		carry += c.base[i];
		c.base[i] = (unsigned char)carry;
		carry >>= 8;
	}
	return inet_ntop(c.family, c.base, out, 48) != NULL;
}

const char *opt_second_cidr(const char *text)
{
	const char *comma = strchr(text, ',');

	return comma && comma[1] ? comma + 1 : NULL;
}

bool opt_cidr_contains(const struct opt_cidr *c, int family, const unsigned char *a)
{
	return family == c->family && inet_bits_equal(c->base, a, c->bits);
}

bool opt_nets_hold(const char *nets, const char *address)
{
	char net[OPT_NET_MAX];
	struct opt_cidr c;
	unsigned char a[16] = {0};
	int family = opt_ip_parse(address, a);

	while (opt_net_next(&nets, net))
		if (opt_cidr_parse(net, &c, NULL) == 0 && opt_cidr_contains(&c, family, a))
			return true;
	return false;
}

bool opt_nets_share(const char *nets, const struct opt_cidr *s)
{
	char net[OPT_NET_MAX];
	struct opt_cidr p;

	while (opt_net_next(&nets, net))
		if (opt_cidr_parse(net, &p, NULL) == 0 &&
		    (opt_cidr_contains(&p, s->family, s->base) || opt_cidr_contains(s, p.family, p.base)))
			return true;
	return false;
}

bool opt_nets_have(const char *nets, int family)
{
	char net[OPT_NET_MAX];
	struct opt_cidr c;

	while (opt_net_next(&nets, net))
		if (opt_cidr_parse(net, &c, NULL) < 0 || c.family == family)
			return true; /* one that is wrong was told of */
	return false;
}
