#include "apiserver/service_ranges.h"
#include <errno.h>
#include <string.h>
#include "base/str.h"

static int range_parse(const char *cidr, size_t n, struct range *r)
{
	char text[64];
	const char *slash = memchr(cidr, '/', n);
	int64_t bits;
	unsigned width;

	if (!slash || n >= sizeof(r->text))
		return -EINVAL;
	memcpy(r->text, cidr, n);
	r->text[n] = 0;
	if (str_to_i64(r->text + (slash - cidr) + 1, 0, 128, &bits))
		return -EINVAL;
	memcpy(text, cidr, (size_t)(slash - cidr));
	text[slash - cidr] = 0;
	r->family = strchr(text, ':') ? AF_INET6 : AF_INET;
	width = r->family == AF_INET ? 32 : 128;
	if (inet_pton(r->family, text, r->base) != 1 || bits > width)
		return -EINVAL;
	r->size = width - (unsigned)bits >= 32 ? 1ull << 32 : 1ull << (width - (unsigned)bits);
	return r->size < 4 ? -EINVAL : 0;
}

void range_at(const struct range *r, uint64_t off, char out[INET6_ADDRSTRLEN])
{
	unsigned char a[16];
	int last = r->family == AF_INET ? 3 : 15;
	uint64_t carry = off;

	memcpy(a, r->base, sizeof(a));
	for (int i = last; i >= 0 && carry; i--) {
		carry += a[i];
		a[i] = (unsigned char)carry;
		carry >>= 8;
	}
	(void)inet_ntop(r->family, a, out, INET6_ADDRSTRLEN);
}

bool range_offset(const struct range *r, const char *ip, uint64_t *ret)
{
	unsigned char a[16];
	int n = r->family == AF_INET ? 4 : 16;
	uint64_t x = 0;

	if (inet_pton(r->family, ip, a) != 1)
		return false;
	for (int i = 0; i < n; i++) {
		int d = (int)a[i] - r->base[i];

		if (i < n - 4 && d)
			return false;
		x = x * 256 + (uint64_t)(int64_t)d;
	}
	if (x >= r->size)
		return false;
	*ret = x;
	return true;
}

int ranges_parse(const char *cidrs, struct ranges *ret)
{
	struct ranges x = {.n = 0};

	for (const char *p = cidrs; *p; p += strcspn(p, ","), p += *p == ',')
		if (x.n == 2 || range_parse(p, strcspn(p, ","), &x.v[x.n++]) < 0 ||
		    (x.n == 2 && x.v[0].family == x.v[1].family))
			return -EINVAL;
	if (x.n == 0)
		return -EINVAL;
	*ret = x;
	return 0;
}

const char *range_family(const struct range *r)
{
	return r->family == AF_INET ? "IPv4" : "IPv6";
}

const struct range *ranges_of(const struct ranges *x, const char *family)
{
	for (size_t i = 0; i < x->n; i++)
		if (streq(range_family(&x->v[i]), family))
			return &x->v[i];
	return NULL;
}
