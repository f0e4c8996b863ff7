/*
 * Addresses that an object or an answer of DNS may not lead a request to: of the node itself (where the kubelet and the
 * API server trust whoever comes by loopback), of its link (the metadata of clouds, which some have at other addresses, too), and what is no
 * host's. Alibaba's 100.100.100.200 is left out: clusters have pods there. Pure; the
 * model and nginx' module judge by the same.
 */
#pragma once
#include <stddef.h>
#include <string.h>

static inline const char *address_refused4(const unsigned char a[4])
{
	static const unsigned char all[4] = {255, 255, 255, 255}, azure[4] = {168, 63, 129, 16}, oracle[4] = {192, 0, 0, 192};

	if (a[0] == 0)
		return "an unspecified address";
	if (a[0] == 127)
		return "a loopback address";
	if (a[0] == 169 && a[1] == 254)
		return "a link-local address";
	if ((a[0] & 0xf0) == 0xe0)
		return "a multicast address";
	if (memcmp(a, azure, 4) == 0 || memcmp(a, oracle, 4) == 0)
		return "a cloud's address for its machines alone";
	return memcmp(a, all, 4) == 0 ? "the broadcast address" : NULL;
}

/* What a (4 or 16 bytes in network order) is; NULL: a request may go there. */
static inline const char *address_refused(const unsigned char *a, size_t n)
{
	static const unsigned char zero[12] = {0}, mapped[12] = {[10] = 0xff, [11] = 0xff},
				   nat64[12] = {0, 0x64, 0xff, 0x9b}, amazon[16] = {0xfd, 0, 0x0e, 0xc2, [14] = 0x02, 0x54},
				   google[16] = {0xfd, 0x20, 0, 0xce, [14] = 0x02, 0x54};

	if (n == 4)
		return address_refused4(a);
	if (memcmp(a, zero, 12) == 0 && memcmp(a + 12, "\0\0\0\1", 4) == 0)
		return "a loopback address";
	/* IPv4 within: mapped, compatible (::/96, of which :: is one), RFC 6052 and 6to4 */
	if (memcmp(a, mapped, 12) == 0 || memcmp(a, zero, 12) == 0 || memcmp(a, nat64, 12) == 0)
		return address_refused4(a + 12);
	if (a[0] == 0x20 && a[1] == 0x02)
		return address_refused4(a + 2);
	if (memcmp(a, amazon, 16) == 0 || memcmp(a, google, 16) == 0)
		return "a cloud's address for its machines alone";
	if (a[0] == 0xfe && (a[1] & 0xc0) == 0x80)
		return "a link-local address";
	return a[0] == 0xff ? "a multicast address" : NULL;
}
