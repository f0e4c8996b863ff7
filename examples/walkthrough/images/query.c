/*
 * A small static DNS query tool for the toolbox image: as `nslookup NAME [SERVER]` or `dig NAME [TYPE] [+short]`, by the name it is called.
 * Unlike busybox' nslookup it uses the search list and ndots of /etc/resolv.conf (resolv.conf(5)). RFC 1035.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#define MAX_SEARCH 8

struct conf {
	char server[64];
	char search[MAX_SEARCH][256];
	int n_search, ndots;
};

static const struct {
	const char *name;
	int type;
} types[] = {{"A", 1}, {"NS", 2}, {"CNAME", 5}, {"SOA", 6}, {"PTR", 12}, {"TXT", 16}, {"AAAA", 28}, {"SRV", 33}};

static const char *type_name(int t)
{
	static char num[16];

	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (types[i].type == t)
			return types[i].name;
	snprintf(num, sizeof(num), "TYPE%d", t);
	return num;
}

static void read_conf(struct conf *c)
{
	char line[1024];
	FILE *f = fopen("/etc/resolv.conf", "r");

	c->ndots = 1;
	while (f && fgets(line, sizeof(line), f)) {
		char *save = NULL, *word = strtok_r(line, " \t\r\n", &save);
		if (!word)
			continue;
		if (!strcmp(word, "nameserver") && !c->server[0]) {
			word = strtok_r(NULL, " \t\r\n", &save);
			snprintf(c->server, sizeof(c->server), "%s", word ? word : "");
		} else if (!strcmp(word, "search")) {
			while (c->n_search < MAX_SEARCH && (word = strtok_r(NULL, " \t\r\n", &save)))
				snprintf(c->search[c->n_search++], 256, "%s", word);
		} else if (!strcmp(word, "options")) {
			while ((word = strtok_r(NULL, " \t\r\n", &save)))
				if (!strncmp(word, "ndots:", 6))
					c->ndots = (int)strtol(word + 6, NULL, 10);
		}
	}
	if (f)
		fclose(f);
	if (!c->server[0])
		snprintf(c->server, sizeof(c->server), "127.0.0.1");
}

static int put_name(uint8_t *out, size_t cap, const char *name)
{
	size_t o = 0;

	while (*name) {
		size_t n = strcspn(name, ".");
		if (n == 0 || n > 63 || o + n + 2 > cap)
			return -1;
		out[o++] = (uint8_t)n;
		memcpy(out + o, name, n);
		o += n;
		name += n + (name[n] == '.');
	}
	out[o++] = 0;
	return (int)o;
}

/* Expands a possibly compressed name at off; returns the offset behind it, or -1. */
static int get_name(const uint8_t *m, int len, int off, char *out, size_t cap)
{
	int end = -1, jumps = 0;
	size_t o = 0;

	for (;;) {
		if (off >= len)
			return -1;
		int c = m[off];
		if ((c & 0xc0) == 0xc0) {
			if (off + 1 >= len || ++jumps > 32)
				return -1;
			if (end < 0)
				end = off + 2;
			off = (c & 0x3f) << 8 | m[off + 1];
			continue;
		}
		if (c == 0)
			break;
		if ((c & 0xc0) || off + 1 + c > len || o + (size_t)c + 2 > cap)
			return -1;
		memcpy(out + o, m + off + 1, (size_t)c);
		o += (size_t)c;
		out[o++] = '.';
		off += 1 + c;
	}
	if (o == 0)
		out[o++] = '.';
	out[o] = '\0';
	return end < 0 ? off + 1 : end;
}

static int exchange(const char *server, const char *name, int type, uint8_t *reply, size_t cap)
{
	uint8_t q[512] = {0};
	struct sockaddr_in a4 = {.sin_family = AF_INET, .sin_port = htons(53)};
	struct sockaddr_in6 a6 = {.sin6_family = AF_INET6, .sin6_port = htons(53)};
	int v4 = inet_pton(AF_INET, server, &a4.sin_addr) == 1;
	struct timeval tv = {.tv_sec = 2};

	if (!v4 && inet_pton(AF_INET6, server, &a6.sin6_addr) != 1)
		return -1;
	if (getrandom(q, 2, 0) != 2)
		return -1;
	q[2] = 1; /* recursion desired */
	q[5] = 1;
	int n = put_name(q + 12, sizeof(q) - 16, name);
	if (n < 0)
		return -1;
	n += 12;
	q[n++] = (uint8_t)(type >> 8);
	q[n++] = (uint8_t)type;
	q[n++] = 0;
	q[n++] = 1;
	for (int attempt = 0; attempt < 3; attempt++) {
		int fd = socket(v4 ? AF_INET : AF_INET6, SOCK_DGRAM, 0);
		if (fd < 0)
			return -1;
		setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof(tv));
		ssize_t got = -1;
		if (connect(fd, v4 ? (struct sockaddr *)&a4 : (struct sockaddr *)&a6, v4 ? sizeof(a4) : sizeof(a6)) == 0 &&
		    send(fd, q, (size_t)n, 0) == n)
			do
				got = recv(fd, reply, cap, 0);
			while (got >= 12 && (reply[0] != q[0] || reply[1] != q[1]));
		close(fd);
		if (got >= 12)
			return (int)got;
	}
	return -1;
}

struct record {
	char name[512], text[1024];
	int type;
};

/* Reads answers into r; returns how many, or -1. */
static int parse(const uint8_t *m, int len, struct record *r, int cap)
{
	int qd = m[4] << 8 | m[5], an = m[6] << 8 | m[7], off = 12, n = 0;
	char skip[512];

	while (qd-- > 0)
		if ((off = get_name(m, len, off, skip, sizeof(skip))) < 0 || (off += 4) > len)
			return -1;
	while (an-- > 0 && n < cap) {
		if ((off = get_name(m, len, off, r[n].name, sizeof(r[n].name))) < 0 || off + 10 > len)
			return -1;
		int type = m[off] << 8 | m[off + 1], rd = m[off + 8] << 8 | m[off + 9];
		off += 10;
		if (off + rd > len)
			return -1;
		char tmp[512];
		r[n].type = type;
		if (type == 1 && rd == 4)
			inet_ntop(AF_INET, m + off, r[n].text, sizeof(r[n].text));
		else if (type == 28 && rd == 16)
			inet_ntop(AF_INET6, m + off, r[n].text, sizeof(r[n].text));
		else if (type == 5 || type == 12 || type == 2) {
			if (get_name(m, len, off, r[n].text, sizeof(r[n].text)) < 0)
				return -1;
		} else if (type == 33 && rd > 6) {
			if (get_name(m, len, off + 6, tmp, sizeof(tmp)) < 0)
				return -1;
			snprintf(r[n].text, sizeof(r[n].text), "%d %d %d %s", m[off] << 8 | m[off + 1], m[off + 2] << 8 | m[off + 3],
				 m[off + 4] << 8 | m[off + 5], tmp);
		} else if (type == 16 && rd > 0 && m[off] < rd)
			snprintf(r[n].text, sizeof(r[n].text), "\"%.*s\"", m[off], m + off + 1);
		else
			snprintf(r[n].text, sizeof(r[n].text), "(%d bytes)", rd);
		off += rd;
		n++;
	}
	return n;
}

static void reverse_name(const char *addr, char *out, size_t cap)
{
	struct in_addr a;
	struct in6_addr b;

	if (inet_pton(AF_INET, addr, &a) == 1) {
		uint32_t v = ntohl(a.s_addr);
		snprintf(out, cap, "%u.%u.%u.%u.in-addr.arpa", v & 255, v >> 8 & 255, v >> 16 & 255, v >> 24);
	} else if (inet_pton(AF_INET6, addr, &b) == 1) {
		size_t o = 0;
		for (int i = 15; i >= 0; i--)
			o += (size_t)snprintf(out + o, cap - o, "%x.%x.", b.s6_addr[i] & 15, b.s6_addr[i] >> 4);
		snprintf(out + o, cap - o, "ip6.arpa");
	} else {
		out[0] = '\0';
	}
}

/* Tries the name as the resolver would: with the search list where it has fewer dots than ndots, and as it is. rcode or -1. */
static int resolve(const struct conf *c, const char *server, const char *name, int type, int use_search, struct record *r, int cap, int *ret_n,
		   char *full, size_t full_cap)
{
	uint8_t reply[4096];
	int dots = 0, rcode = -1;
	size_t len = strlen(name);
	int absolute = len && name[len - 1] == '.';

	for (const char *p = name; *p; p++)
		dots += *p == '.';
	int as_is_first = absolute || !use_search || dots >= c->ndots;
	for (int i = as_is_first ? -1 : 0; i <= c->n_search; i++) {
		if (i == c->n_search && as_is_first)
			break;
		if (i >= 0 && i < c->n_search) {
			if (absolute || !use_search)
				continue;
			snprintf(full, full_cap, "%s.%s", name, c->search[i]);
		} else {
			snprintf(full, full_cap, "%s", name);
		}
		int n = exchange(server, full, type, reply, sizeof(reply));
		if (n < 0)
			return -1;
		rcode = reply[3] & 15;
		*ret_n = parse(reply, n, r, cap);
		if (*ret_n < 0)
			return -1;
		if (rcode == 0 && *ret_n > 0)
			return 0;
	}
	return rcode;
}

static int run_dig(const struct conf *c, int argc, char **argv)
{
	static struct record r[256];
	const char *name = NULL, *server = c->server;
	char full[1024], rev[256];
	int type = 1, n = 0, brief = 0, search = 1;

	for (int i = 1; i < argc; i++) {
		int known = 0;
		for (size_t k = 0; k < sizeof(types) / sizeof(types[0]); k++)
			if (!strcasecmp(argv[i], types[k].name)) {
				type = types[k].type;
				known = 1;
			}
		if (known)
			continue;
		if (!strcmp(argv[i], "+short"))
			brief = 1;
		else if (!strcmp(argv[i], "+nosearch"))
			search = 0;
		else if (argv[i][0] == '@')
			server = argv[i] + 1;
		else if (!strcmp(argv[i], "-x") && i + 1 < argc) {
			reverse_name(argv[++i], rev, sizeof(rev));
			name = rev;
			type = 12;
		} else
			name = argv[i];
	}
	if (!name) {
		fprintf(stderr, "usage: dig NAME [TYPE] [@SERVER] [-x ADDRESS] [+short] [+nosearch]\n");
		return 2;
	}
	int rcode = resolve(c, server, name, type, search, r, 256, &n, full, sizeof(full));
	if (rcode < 0) {
		fprintf(stderr, "dig: no answer from %s\n", server);
		return 9;
	}
	static const char *const codes[] = {"NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP", "REFUSED"};
	if (!brief)
		printf(";; %s, %d answers\n", rcode < 6 ? codes[rcode] : "error", n);
	for (int i = 0; i < n; i++) {
		if (brief)
			printf("%s\n", r[i].text);
		else
			printf("%s\t%s\t%s\n", r[i].name, type_name(r[i].type), r[i].text);
	}
	return rcode == 0 ? 0 : 1;
}

static int run_nslookup(const struct conf *c, int argc, char **argv)
{
	static struct record r[256];
	const char *server = argc > 2 ? argv[2] : c->server;
	char full[1024] = "", rev[256];
	int n = 0, found = 0;

	if (argc < 2) {
		fprintf(stderr, "usage: nslookup NAME [SERVER]\n");
		return 2;
	}
	reverse_name(server, rev, sizeof(rev));
	printf("Server:    %s", server);
	if (rev[0] && resolve(c, server, rev, 12, 0, r, 256, &n, full, sizeof(full)) == 0 && n > 0)
		printf(" %.*s", (int)strlen(r[0].text) - 1, r[0].text);
	printf("\n\n");
	reverse_name(argv[1], rev, sizeof(rev));
	if (rev[0]) {
		if (resolve(c, server, rev, 12, 0, r, 256, &n, full, sizeof(full)) == 0 && n > 0) {
			printf("%s\tname = %s\n", rev, r[0].text);
			return 0;
		}
		printf("** server can't find %s: NXDOMAIN\n", rev);
		return 1;
	}
	for (int k = 0; k < 2; k++) {
		/* The name that had an IPv4 address is the one: its IPv6 addresses are asked for by that name alone. */
		char v4_name[1024];
		snprintf(v4_name, sizeof(v4_name), "%s", full);
		int rcode = found ? resolve(c, server, v4_name, 28, 0, r, 256, &n, full, sizeof(full))
				  : resolve(c, server, argv[1], k ? 28 : 1, 1, r, 256, &n, full, sizeof(full));
		if (rcode < 0) {
			if (found)
				break;
			printf(";; no answer from %s\n", server);
			return 1;
		}
		for (int i = 0; rcode == 0 && i < n; i++) {
			if (r[i].type == 5)
				printf("%s\tcanonical name = %s\n", r[i].name, r[i].text);
			else
				printf("Name:      %s\nAddress:   %s\n", full, r[i].text);
			found = 1;
		}
	}
	if (!found)
		printf("** server can't find %s: NXDOMAIN\n", argv[1]);
	return !found;
}

int main(int argc, char **argv)
{
	static struct conf c;
	const char *base = strrchr(argv[0], '/');

	read_conf(&c);
	base = base ? base + 1 : argv[0];
	return strcmp(base, "dig") == 0 ? run_dig(&c, argc, argv) : run_nslookup(&c, argc, argv);
}
