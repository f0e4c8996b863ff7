/* Internet addresses and prefixes of both families as bytes, for those who put them into packets and kernel tables.
 * Pure. */
#pragma once
#include <stdbool.h>
#include <stdint.h>

struct inet_addr {
	uint8_t family; /* 4 or 6 */
	uint8_t a[16];  /* network order; the rest of a v4 address is 0 */
};
struct inet_cidr {
	struct inet_addr net; /* bits behind the prefix are 0 */
	uint8_t bits;
};
/* "10.0.0.1", "fd00::1". NULL is none. ret is written only on success. */
bool inet_addr_parse(const char *s, struct inet_addr *ret);
/* "127.0.0.1:10249", "[::1]:80", ":80" (host "::", all addresses). False: none of these, or port 0. */
bool inet_addr_port_parse(const char *text, char host[48], uint16_t *ret_port);
/* "10.0.0.0/8", "::/0"; bits behind the prefix are dropped. */
bool inet_cidr_parse(const char *s, struct inet_cidr *ret);
void inet_addr_text(const struct inet_addr *a, char out[48]);
static inline uint32_t inet_addr_len(unsigned family)
{
	return family == 4 ? 4 : 16;
}
/* Are the first bits alike? 128 at most. */
bool inet_bits_equal(const uint8_t *a, const uint8_t *b, unsigned bits);
/* 16 bytes, the first bits of which are 1. */
void inet_mask(unsigned bits, uint8_t out[16]);
/* Is the address inside? An address of the other family never is. */
bool inet_cidr_has(const struct inet_cidr *c, const struct inet_addr *a);
/* Its last address. */
struct inet_addr inet_cidr_last(const struct inet_cidr *c);
/* The address behind a; false where there is none. */
bool inet_addr_next(struct inet_addr *a);
bool inet_addr_equal(const struct inet_addr *a, const struct inet_addr *b);
/* -, 0, + as memcmp; both of one family. */
int inet_addr_compare(const struct inet_addr *a, const struct inet_addr *b);

/* IPPROTO_ of "TCP", "UDP", "SCTP"; NULL is TCP, as Kubernetes has it; 0: none of them. */
uint8_t inet_protocol(const char *name);
const char *inet_protocol_name(uint8_t protocol); /* "?" for others */
