/*
 * echo_tool server NAME PORT           answers "NAME PEER-ADDRESS" to every TCP connection and UDP packet, until killed
 * echo_tool tcp|udp ADDRESS PORT [N [SOURCE-PORT]]   asks N times and prints the answers, or "refused" (exit 3),
 * "timeout" (4)
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

static int peer_text(const struct sockaddr_storage *ss, socklen_t len, char *out, size_t cap, const char *name)
{
	char host[64];
	if (getnameinfo((const struct sockaddr *)ss, len, host, sizeof(host), NULL, 0, NI_NUMERICHOST) != 0)
		return -1;
	return snprintf(out, cap, "%s %s\n", name, strncmp(host, "::ffff:", 7) ? host : host + 7);
}

static int server(const char *name, int port)
{
	int tcp = socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0), udp = socket(AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0),
	    one = 1, zero = 0;
	struct sockaddr_in6 sa = {.sin6_family = AF_INET6, .sin6_port = htons((uint16_t)port)};
	setsockopt(tcp, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	setsockopt(tcp, IPPROTO_IPV6, IPV6_V6ONLY, &zero, sizeof(zero));
	setsockopt(udp, IPPROTO_IPV6, IPV6_V6ONLY, &zero, sizeof(zero));
	if (bind(tcp, (struct sockaddr *)&sa, sizeof(sa)) || listen(tcp, 128) ||
	    bind(udp, (struct sockaddr *)&sa, sizeof(sa))) {
		perror("bind");
		return 1;
	}
	for (;;) {
		struct pollfd p[2] = {{.fd = tcp, .events = POLLIN}, {.fd = udp, .events = POLLIN}};
		struct sockaddr_storage ss;
		socklen_t len = sizeof(ss);
		char buf[512], text[256];
		if (poll(p, 2, -1) < 0)
			return 1;
		if (p[0].revents) {
			int c = accept4(tcp, (struct sockaddr *)&ss, &len, SOCK_CLOEXEC);
			if (c >= 0) {
				int n = peer_text(&ss, len, text, sizeof(text), name);
				if (n > 0 && write(c, text, (size_t)n) < 0)
					perror("write");
				close(c);
			}
		}
		len = sizeof(ss);
		if (p[1].revents && recvfrom(udp, buf, sizeof(buf), 0, (struct sockaddr *)&ss, &len) >= 0) {
			int n = peer_text(&ss, len, text, sizeof(text), name);
			if (n > 0 && sendto(udp, text, (size_t)n, 0, (struct sockaddr *)&ss, len) < 0)
				perror("sendto");
		}
	}
}

static int fail(void)
{
	if (errno == ECONNREFUSED || errno == ECONNRESET) {
		puts("refused");
		return 3;
	}
	if (errno == EAGAIN || errno == EINPROGRESS || errno == ETIMEDOUT) {
		puts("timeout");
		return 4;
	}
	printf("error: %s\n", strerror(errno));
	return 5;
}

static int client(int type, const char *host, const char *port, int times, int source)
{
	struct addrinfo hints = {.ai_socktype = type, .ai_flags = AI_NUMERICHOST}, *ai;
	if (getaddrinfo(host, port, &hints, &ai) != 0)
		return 2;
	struct sockaddr_storage to;
	socklen_t to_len = ai->ai_addrlen;
	int family = ai->ai_family;
	memcpy(&to, ai->ai_addr, to_len);
	freeaddrinfo(ai);
	for (int i = 0; i < times; i++) {
		int fd = socket(family, type | SOCK_CLOEXEC, 0), one = 1;
		struct timeval tv = {.tv_sec = 1};
		char buf[512];
		setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof(tv));
		setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &tv, sizeof(tv));
		setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
		if (source) {
			struct sockaddr_in sa = {.sin_family = AF_INET, .sin_port = htons((uint16_t)source)};
			if (bind(fd, (struct sockaddr *)&sa, sizeof(sa)))
				return fail();
		}
		if (connect(fd, (struct sockaddr *)&to, to_len) || (type == SOCK_DGRAM && send(fd, "x", 1, 0) < 0))
			return fail();
		ssize_t n = recv(fd, buf, sizeof(buf), 0);
		if (n < 0)
			return fail();
		fwrite(buf, 1, (size_t)n, stdout);
		close(fd);
	}
	return 0;
}

int main(int argc, char **argv)
{
	if (argc == 4 && !strcmp(argv[1], "server"))
		return server(argv[2], (int)strtol(argv[3], NULL, 10));
	if (argc >= 4)
		return client(!strcmp(argv[1], "udp") ? SOCK_DGRAM : SOCK_STREAM, argv[2], argv[3],
			      argc > 4 ? (int)strtol(argv[4], NULL, 10) : 1,
			      argc > 5 ? (int)strtol(argv[5], NULL, 10) : 0);
	return 2;
}
