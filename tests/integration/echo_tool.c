/*
 * echo_tool server NAME PORT           answers "NAME PEER-ADDRESS" to every TCP and SCTP connection and UDP packet, and
 * "NAME LINE" to every line of a TCP connection to PORT + 1, until killed; an SCTP connection to PORT + 1 says how many
 * bytes come and is answered "NAME N" when N have
 * echo_tool tcp|udp|sctp ADDRESS PORT [N [SOURCE-PORT]]   asks N times and prints the answers, or "refused" (exit 3),
 * "timeout" (4)
 * echo_tool hold ADDRESS PORT          one connection for all lines of standard input: prints the answer to each
 * echo_tool bulk ADDRESS PORT N        one SCTP connection that carries N bytes: prints the answer and "in M ms"
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <poll.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static int peer_text(const struct sockaddr_storage *ss, socklen_t len, char *out, size_t cap, const char *name)
{
	char host[64];
	if (getnameinfo((const struct sockaddr *)ss, len, host, sizeof(host), NULL, 0, NI_NUMERICHOST) != 0)
		return -1;
	return snprintf(out, cap, "%s %s\n", name, strncmp(host, "::ffff:", 7) ? host : host + 7);
}

static int listener(int type, int protocol, int port)
{
	int fd = socket(AF_INET6, type | SOCK_CLOEXEC, protocol), one = 1, zero = 0;
	struct sockaddr_in6 sa = {.sin6_family = AF_INET6, .sin6_port = htons((uint16_t)port)};
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &zero, sizeof(zero));
	if (fd >= 0 && bind(fd, (struct sockaddr *)&sa, sizeof(sa)) == 0 &&
	    (type != SOCK_STREAM || listen(fd, 128) == 0))
		return fd;
	if (protocol != IPPROTO_SCTP) {
		perror("listen");
		exit(1);
	}
	return -1; /* this kernel has no SCTP: poll leaves it out */
}

static const char *my_name;
static void *lines(void *arg)
{
	/* Two streams: one that has read two lines cannot write before it has gone back, which a socket does not. */
	int fd = (int)(intptr_t)arg;
	FILE *in = fdopen(fd, "r"), *out = fdopen(dup(fd), "w");
	char line[256];
	while (in && out && fgets(line, sizeof(line), in)) {
		fprintf(out, "%s %s", my_name, line);
		fflush(out);
	}
	if (out)
		fclose(out);
	if (in)
		fclose(in);
	return NULL;
}

/* As many as the first four bytes say, or as come. */
static void *count(void *arg)
{
	int fd = (int)(intptr_t)arg;
	char buf[65536], text[128];
	uint32_t want = 0, got = 0;
	ssize_t n = recv(fd, &want, sizeof(want), MSG_WAITALL);
	while (n > 0 && got < ntohl(want) && (n = recv(fd, buf, sizeof(buf), 0)) > 0)
		got += (uint32_t)n;
	int len = snprintf(text, sizeof(text), "%s %u\n", my_name, got);
	if (send(fd, text, (size_t)len, MSG_NOSIGNAL) < 0)
		perror("send");
	close(fd);
	return NULL;
}

static int server(const char *name, int port)
{
	int udp = listener(SOCK_DGRAM, 0, port);
	struct pollfd p[5] = {{.fd = listener(SOCK_STREAM, 0, port), .events = POLLIN},
			      {.fd = listener(SOCK_STREAM, IPPROTO_SCTP, port), .events = POLLIN},
			      {.fd = listener(SOCK_STREAM, 0, port + 1), .events = POLLIN},
			      {.fd = listener(SOCK_STREAM, IPPROTO_SCTP, port + 1), .events = POLLIN},
			      {.fd = udp, .events = POLLIN}};
	my_name = name;
	for (;;) {
		struct sockaddr_storage ss;
		char buf[512], text[256];
		if (poll(p, 5, -1) < 0)
			return 1;
		for (int i = 0; i < 4; i++) {
			socklen_t len = sizeof(ss);
			int c = p[i].revents ? accept4(p[i].fd, (struct sockaddr *)&ss, &len, SOCK_CLOEXEC) : -1;
			if (c < 0)
				continue;
			pthread_t t;
			if (i >= 2) {
				if (pthread_create(&t, NULL, i == 2 ? lines : count, (void *)(intptr_t)c) == 0)
					pthread_detach(t);
				continue;
			}
			int n = peer_text(&ss, len, text, sizeof(text), name);
			if (n > 0 && write(c, text, (size_t)n) < 0)
				perror("write");
			close(c);
		}
		socklen_t len = sizeof(ss);
		if (p[4].revents && recvfrom(udp, buf, sizeof(buf), 0, (struct sockaddr *)&ss, &len) >= 0) {
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

static int client(int type, int protocol, const char *host, const char *port, int times, int source)
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
		int fd = socket(family, type | SOCK_CLOEXEC, protocol), one = 1;
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

static int bulk(const char *host, const char *port, uint32_t bytes)
{
	struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICHOST}, *ai;
	struct timeval tv = {.tv_sec = 20};
	struct timespec t0, t1;
	static char buf[8192];
	uint32_t head = htonl(bytes);
	if (getaddrinfo(host, port, &hints, &ai) != 0)
		return 2;
	int fd = socket(ai->ai_family, SOCK_STREAM | SOCK_CLOEXEC, IPPROTO_SCTP);
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof(tv));
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &tv, sizeof(tv));
	clock_gettime(CLOCK_MONOTONIC, &t0);
	int failed = connect(fd, ai->ai_addr, ai->ai_addrlen) || send(fd, &head, sizeof(head), 0) < 0 ? fail() : 0;
	freeaddrinfo(ai);
	while (!failed && bytes > 0) {
		ssize_t n = send(fd, buf, bytes < sizeof(buf) ? bytes : sizeof(buf), MSG_NOSIGNAL);
		if (n < 0)
			failed = fail();
		else
			bytes -= (uint32_t)n;
	}
	ssize_t n = failed ? 0 : recv(fd, buf, sizeof(buf) - 1, 0);
	if (failed || n <= 0)
		return failed ? failed : fail();
	clock_gettime(CLOCK_MONOTONIC, &t1);
	printf("%.*s in %lld ms\n", (int)strcspn(buf, "\n"), buf,
	       (long long)(t1.tv_sec - t0.tv_sec) * 1000 + (t1.tv_nsec - t0.tv_nsec) / 1000000);
	return 0;
}

static int hold(const char *host, const char *port)
{
	struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICHOST}, *ai;
	struct timeval tv = {.tv_sec = 10};
	char line[256];
	if (getaddrinfo(host, port, &hints, &ai) != 0)
		return 2;
	int fd = socket(ai->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof(tv));
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &tv, sizeof(tv));
	int failed = connect(fd, ai->ai_addr, ai->ai_addrlen) ? fail() : 0;
	freeaddrinfo(ai);
	if (failed)
		return failed;
	setlinebuf(stdout);
	while (fgets(line, sizeof(line), stdin)) {
		char buf[512];
		if (send(fd, line, strlen(line), MSG_NOSIGNAL) < 0)
			return fail();
		ssize_t n = recv(fd, buf, sizeof(buf), 0);
		if (n < 0)
			return fail();
		fwrite(buf, 1, (size_t)n, stdout);
		if (n == 0)
			puts("closed");
	}
	struct linger now = {1, 0}; /* a reset: nothing of the connection lingers on the way */
	setsockopt(fd, SOL_SOCKET, SO_LINGER, &now, sizeof(now));
	return 0;
}

int main(int argc, char **argv)
{
	if (argc == 4 && !strcmp(argv[1], "server"))
		return server(argv[2], (int)strtol(argv[3], NULL, 10));
	if (argc == 4 && !strcmp(argv[1], "hold"))
		return hold(argv[2], argv[3]);
	if (argc == 5 && !strcmp(argv[1], "bulk"))
		return bulk(argv[2], argv[3], (uint32_t)strtoul(argv[4], NULL, 10));
	if (argc >= 4)
		return client(!strcmp(argv[1], "udp") ? SOCK_DGRAM : SOCK_STREAM,
			      !strcmp(argv[1], "sctp") ? IPPROTO_SCTP : 0, argv[2], argv[3],
			      argc > 4 ? (int)strtol(argv[4], NULL, 10) : 1,
			      argc > 5 ? (int)strtol(argv[5], NULL, 10) : 0);
	return 2;
}
