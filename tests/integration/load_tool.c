/*
 * Clients that must not notice what happens to a cluster. What they talk to is echo_tool's server.
 *
 * load_tool hold N ADDRESS PORT...      N connections for each target to the port that answers lines; a line each 0.2 s
 * load_tool fresh N ADDRESS PORT...     N threads that open one connection after the other, to each target in turn
 * load_tool fresh-udp N ADDRESS PORT... the same with packets from new ports; sent again after a second without answer
 *
 * Prints 'ready' when every connection is open (hold) or every target has answered (fresh), 'failed TIME TARGET NAME
 * WHY' for each failure, and at the end, which is SIGTERM, 'N requests, N sent again, N failed'. TIME is
 * when the request began (fresh) or failed (hold), in seconds since the epoch, NAME that of the server which was
 * connected, or '-'. Exit status 1 if anything failed.
 * LOAD_PAUSE: microseconds between two requests of a thread (2000). LOAD_PATIENCE: seconds until a request has failed
 * (5).
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

struct target {
	struct sockaddr_storage addr;
	socklen_t len;
	char text[80];
};
static struct target *targets;
static size_t n_targets;
static atomic_ulong requests, failures, again;
static atomic_int ended;
static useconds_t pause_us = 2000;
static int patience = 5;

static struct timespec now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_REALTIME, &t);
	return t;
}

static void failed(const struct target *t, struct timespec at, const char *name, const char *why)
{
	atomic_fetch_add(&failures, 1);
	printf("failed %lld.%03ld %s %s %s\n", (long long)at.tv_sec, at.tv_nsec / 1000000, t->text, name, why);
}

static const char *reason(void)
{
	return errno == EAGAIN || errno == EINPROGRESS || errno == ETIMEDOUT ? "timeout" : strerror(errno);
}

static int open_to(const struct target *t, int type)
{
	int fd = socket(t->addr.ss_family, type | SOCK_CLOEXEC, 0);
	struct timeval tv = {.tv_sec = patience};
	if (fd < 0)
		return -1;
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof(tv));
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &tv, sizeof(tv));
	if (connect(fd, (const struct sockaddr *)&t->addr, t->len) == 0)
		return fd;
	int e = errno;
	close(fd);
	errno = e;
	return -1;
}

static void ask(const struct target *t, int type)
{
	char buf[256];
	struct timespec began = now();
	int fd = open_to(t, type);
	atomic_fetch_add(&requests, 1);
	if (fd < 0) {
		failed(t, began, "-", reason());
		return;
	}
	ssize_t n = -1;
	if (type == SOCK_DGRAM) {
		/* As whoever sends packets has to: a second one, from the same port, when there is no answer. */
		struct timeval second = {.tv_sec = 1};
		setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &second, sizeof(second));
		for (int i = 0; i < patience && n < 0; i++) {
			if (send(fd, "x", 1, 0) < 0)
				break;
			if ((n = recv(fd, buf, sizeof(buf), 0)) < 0 && errno != EAGAIN)
				break;
			if (n < 0)
				atomic_fetch_add(&again, 1);
		}
	} else {
		n = recv(fd, buf, sizeof(buf), 0);
	}
	if (n <= 0)
		failed(t, began, "-", n < 0 ? reason() : "closed");
	/* A reset, so that thousands of connections a second do not use up the ports; the answer is there. */
	struct linger at_once = {1, 0};
	if (type == SOCK_STREAM)
		setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once));
	close(fd);
}

static int fresh_type;
static void *fresh(void *arg)
{
	for (size_t i = (size_t)(uintptr_t)arg; !ended; i++) {
		ask(&targets[i % n_targets], fresh_type);
		if (i - (size_t)(uintptr_t)arg == n_targets)
			puts("ready");
		usleep(pause_us);
	}
	return NULL;
}

struct held {
	const struct target *t;
	int fd;
	unsigned long sent, got; /* lines */
	size_t have;
	char name[32], buf[256];
};

/* What has come is lines 'NAME NUMBER' in the order they were sent. */
static const char *held_read(struct held *h)
{
	ssize_t n = recv(h->fd, h->buf + h->have, sizeof(h->buf) - 1 - h->have, MSG_DONTWAIT);
	if (n <= 0)
		return n == 0 ? "closed" : errno == EAGAIN ? NULL : strerror(errno);
	h->have += (size_t)n;
	h->buf[h->have] = '\0';
	for (char *nl; (nl = strchr(h->buf, '\n'));) {
		unsigned long number;
		char name[32];
		if (sscanf(h->buf, "%31s %lu", name, &number) != 2 || number != h->got + 1 ||
		    (h->name[0] && strcmp(h->name, name) != 0))
			return "another answer";
		memcpy(h->name, name, sizeof(name));
		h->got++;
		h->have -= (size_t)(nl + 1 - h->buf);
		memmove(h->buf, nl + 1, h->have + 1);
	}
	return NULL;
}

static void hold(size_t each)
{
	size_t n = n_targets * each, live = 0;
	struct held *h = calloc(n, sizeof(*h));
	struct pollfd *p = calloc(n, sizeof(*p));
	if (!h || !p)
		exit(2);
	for (size_t i = 0; i < n; i++) {
		h[i].t = &targets[i % n_targets];
		h[i].fd = p[i].fd = open_to(h[i].t, SOCK_STREAM);
		p[i].events = POLLIN;
		if (h[i].fd < 0)
			failed(h[i].t, now(), "-", reason());
		else
			live++;
	}
	int said = 0;
	unsigned long most = (unsigned long)patience * 5; /* lines without an answer */
	while (!ended && live > 0) {
		size_t answering = 0;
		for (size_t i = 0; i < n; i++) {
			char line[32];
			const char *why = NULL;
			if (h[i].fd < 0)
				continue;
			int len = snprintf(line, sizeof(line), "%lu\n", h[i].sent + 1);
			if (h[i].sent - h[i].got > most)
				why = "timeout";
			else if (send(h[i].fd, line, (size_t)len, MSG_NOSIGNAL | MSG_DONTWAIT) != len)
				why = reason();
			else {
				h[i].sent++;
				atomic_fetch_add(&requests, 1);
				answering += h[i].got > 0;
			}
			if (why) {
				failed(h[i].t, now(), h[i].name[0] ? h[i].name : "-", why);
				close(h[i].fd);
				h[i].fd = p[i].fd = -1;
				live--;
			}
		}
		if (!said && answering == n) {
			said = 1;
			puts("ready");
		}
		struct timespec t0, t;
		clock_gettime(CLOCK_MONOTONIC, &t0);
		for (int left = 200; left > 0 && !ended;) {
			if (poll(p, n, left) > 0)
				for (size_t i = 0; i < n; i++) {
					const char *why = p[i].fd >= 0 && p[i].revents ? held_read(&h[i]) : NULL;
					if (!why)
						continue;
					failed(h[i].t, now(), h[i].name[0] ? h[i].name : "-", why);
					close(h[i].fd);
					h[i].fd = p[i].fd = -1;
					live--;
				}
			clock_gettime(CLOCK_MONOTONIC, &t);
			left = 200 - (int)((t.tv_sec - t0.tv_sec) * 1000 + (t.tv_nsec - t0.tv_nsec) / 1000000);
		}
	}
	/* Who holds what, so that a test can ask for a connection to a certain server. */
	for (size_t i = 0; i < n; i++)
		if (h[i].fd >= 0)
			printf("held %s %s %lu\n", h[i].t->text, h[i].name, h[i].got);
	free(h);
	free(p);
}

static void *watch_end(void *arg)
{
	sigset_t *set = arg;
	int sig;
	sigwait(set, &sig);
	ended = 1;
	return NULL;
}

int main(int argc, char **argv)
{
	static sigset_t set;
	pthread_t t, threads[64];
	if (argc < 5 || argc % 2 == 0)
		return 2;
	size_t n = (size_t)strtoul(argv[2], NULL, 10);
	if (getenv("LOAD_PAUSE"))
		pause_us = (useconds_t)strtoul(getenv("LOAD_PAUSE"), NULL, 10);
	if (getenv("LOAD_PATIENCE"))
		patience = (int)strtol(getenv("LOAD_PATIENCE"), NULL, 10);
	targets = calloc((size_t)(argc - 3) / 2, sizeof(*targets));
	for (int i = 3; i + 1 < argc; i += 2) {
		struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICHOST}, *ai;
		struct target *to = &targets[n_targets++];
		if (getaddrinfo(argv[i], argv[i + 1], &hints, &ai) != 0)
			return 2;
		memcpy(&to->addr, ai->ai_addr, ai->ai_addrlen);
		to->len = ai->ai_addrlen;
		freeaddrinfo(ai);
		(void)snprintf(to->text, sizeof(to->text), "%s:%s", argv[i], argv[i + 1]);
	}
	setlinebuf(stdout);
	signal(SIGPIPE, SIG_IGN);
	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	pthread_sigmask(SIG_BLOCK, &set, NULL);
	if (pthread_create(&t, NULL, watch_end, &set) != 0)
		return 2;
	if (!strcmp(argv[1], "hold")) {
		hold(n);
	} else {
		fresh_type = !strcmp(argv[1], "fresh-udp") ? SOCK_DGRAM : SOCK_STREAM;
		n = n > 64 ? 64 : n;
		for (size_t i = 0; i < n; i++)
			if (pthread_create(&threads[i], NULL, fresh, (void *)(uintptr_t)i) != 0)
				return 2;
		for (size_t i = 0; i < n; i++)
			pthread_join(threads[i], NULL);
	}
	printf("%lu requests, %lu sent again, %lu failed\n", (unsigned long)requests, (unsigned long)again,
	       (unsigned long)failures);
	return failures > 0;
}
