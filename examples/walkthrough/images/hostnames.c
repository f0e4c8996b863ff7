/*
 * hostnames: a tiny HTTP server for examples and tests. Answers its host name (the pod's name) on every path, and "ok" on /healthz.
 * Usage: hostnames [--port 9376] [--prefix TEXT] [--version TEXT]. Ends a second after SIGTERM.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

static void on_alarm(int sig)
{
	(void)sig;
	_exit(0);
}

/* Asked to end: goes on answering for a second, while everybody who sends here learns that we are going. */
static void on_term(int sig)
{
	(void)sig;
	signal(SIGALRM, on_alarm);
	alarm(1);
}

/* Reads one request head (4 KiB at most) and answers it; false when the connection is done. */
static int serve_one(int fd, const char *prefix, const char *host)
{
	char req[4096], body[512], out[1024];
	size_t n = 0;

	while (1) {
		ssize_t got = read(fd, req + n, sizeof(req) - 1 - n);
		if (got <= 0)
			return 0;
		n += (size_t)got;
		req[n] = '\0';
		if (strstr(req, "\r\n\r\n"))
			break;
		if (n == sizeof(req) - 1)
			return 0;
	}
	int health = strncmp(req, "GET /healthz", 12) == 0;
	int len = health ? snprintf(body, sizeof(body), "ok\n") : snprintf(body, sizeof(body), "%s%s\n", prefix, host);
	int keep = !strcasestr(req, "\r\nConnection: close") && strstr(req, " HTTP/1.1\r\n");
	int m = snprintf(out, sizeof(out), "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n%s\r\n%s", len,
			 keep ? "" : "Connection: close\r\n", body);
	return write(fd, out, (size_t)m) == m && keep;
}

int main(int argc, char **argv)
{
	const char *prefix = "";
	char host[256] = "?";
	int port = 9376, one = 1;
	struct pollfd p[64];
	size_t n = 1;

	for (int i = 1; i + 1 < argc; i += 2) {
		if (!strcmp(argv[i], "--port"))
			port = (int)strtol(argv[i + 1], NULL, 10);
		else if (!strcmp(argv[i], "--prefix"))
			prefix = argv[i + 1];
	}
	gethostname(host, sizeof(host) - 1);
	signal(SIGTERM, on_term);
	signal(SIGINT, on_term);
	signal(SIGPIPE, SIG_IGN);
	int s = socket(AF_INET6, SOCK_STREAM, 0);
	if (s >= 0) {
		struct sockaddr_in6 a = {.sin6_family = AF_INET6, .sin6_port = htons((unsigned short)port)};
		setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
		if (bind(s, (struct sockaddr *)&a, sizeof(a)) < 0) {
			close(s);
			s = -1;
		}
	}
	if (s < 0) {
		struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons((unsigned short)port)};
		s = socket(AF_INET, SOCK_STREAM, 0);
		setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
		if (s < 0 || bind(s, (struct sockaddr *)&a, sizeof(a)) < 0) {
			perror("hostnames: bind");
			return 1;
		}
	}
	if (listen(s, 128) < 0) {
		perror("hostnames: listen");
		return 1;
	}
	printf("hostnames: %s listens on :%d\n", host, port);
	fflush(stdout);
	p[0].fd = s;
	p[0].events = POLLIN;
	for (;;) {
		p[0].events = n < sizeof(p) / sizeof(p[0]) ? POLLIN : 0;
		if (poll(p, n, -1) < 0 && errno != EINTR)
			return 1;
		for (size_t i = n - 1; i > 0; i--) {
			if (p[i].revents && !serve_one(p[i].fd, prefix, host)) {
				close(p[i].fd);
				p[i] = p[--n];
			}
		}
		if (p[0].revents & POLLIN) {
			int fd = accept(s, NULL, NULL);
			struct timeval tv = {.tv_sec = 5};
			if (fd >= 0) {
				setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof(tv));
				p[n].fd = fd;
				p[n].events = POLLIN;
				p[n++].revents = 0;
			}
		}
	}
}
