/*
 * bench_rps THREADS ROUNDS MS NETNS PORT NAME=ADDRESS:PORT/SOURCE...: serves a page on PORT in the network namespace of
 * the file NETNS, and asks for it from the current one: requests a second, over new connections and over kept ones, by
 * each target in turn, ROUNDS times MS milliseconds, so that what else the machine does meets all alike. Prints the
 * medians, and from the second target on the median of their ratios to the first one within a round; the same by a
 * second of processor time, the server's included, which is the rate that the machine has when it does nothing else.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
#include "base/cleanup.h"
#include "base/str.h"

#define ROUNDS_MAX  200
#define TARGETS_MAX 4
#define SERVERS     2

static const char request[] = "GET / HTTP/1.1\r\nHost: bench\r\n\r\n";
static const char page[] = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 12\r\n\r\nhello, pod!\n";

static void die(const char *what)
{
	fprintf(stderr, "bench_rps: %s: %s\n", what, err_name(-errno));
	exit(1);
}

/* ---- serving ---- */

static uint16_t serve_port;
static int serve_ns;
static pthread_barrier_t serving;

static void answer(int fd)
{
	char buf[4096];
	ssize_t n = recv(fd, buf, sizeof(buf), 0);
	if (n <= 0 || send(fd, page, sizeof(page) - 1, MSG_NOSIGNAL) < 0)
		close(fd);
}

static void *serve(void *arg UNUSED)
{
	if (setns(serve_ns, CLONE_NEWNET) < 0)
		die("setns");
	int one = 1, fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), ep = epoll_create1(EPOLL_CLOEXEC);
	struct sockaddr_in sa = {.sin_family = AF_INET, .sin_port = htons(serve_port)};
	struct epoll_event ev = {.events = EPOLLIN, .data.fd = fd}, got[64];
	if (fd < 0 || ep < 0 || setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &one, sizeof(one)) < 0 ||
	    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one)) < 0 ||
	    bind(fd, (struct sockaddr *)&sa, sizeof(sa)) < 0 || listen(fd, 1024) < 0 ||
	    epoll_ctl(ep, EPOLL_CTL_ADD, fd, &ev) < 0)
		die("serve");
	pthread_barrier_wait(&serving);
	for (;;) {
		int n = epoll_wait(ep, got, 64, -1);
		for (int i = 0; i < n; i++) {
			if (got[i].data.fd != fd) {
				answer(got[i].data.fd);
				continue;
			}
			int c = accept4(fd, NULL, NULL, SOCK_CLOEXEC);
			struct epoll_event e = {.events = EPOLLIN, .data.fd = c};
			if (c >= 0 && epoll_ctl(ep, EPOLL_CTL_ADD, c, &e) < 0)
				close(c);
		}
	}
	return NULL;
}

/* ---- asking ---- */

struct target {
	char name[32];
	/* Each has a source of its own: what the kernel still remembers of one target's connections would stop
	 * another's that has the same port, where both end up at the same pod. */
	struct sockaddr_in sa, from;
};
struct asker {
	pthread_t thread;
	const struct target *t;
	bool keep;
	uint64_t done;
};
static atomic_bool stop;

static int connected(const struct target *t)
{
	int one = 1, fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	struct linger l = {1, 0}; /* closed by a reset, so that ports do not run out */
	if (fd < 0 || setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one)) < 0 ||
	    setsockopt(fd, SOL_SOCKET, SO_LINGER, &l, sizeof(l)) < 0 ||
	    setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &one, sizeof(one)) < 0 ||
	    bind(fd, (const struct sockaddr *)&t->from, sizeof(t->from)) < 0 ||
	    connect(fd, (const struct sockaddr *)&t->sa, sizeof(t->sa)) < 0)
		die(t->name);
	return fd;
}

static void *ask(void *arg)
{
	struct asker *a = arg;
	int fd = -1;
	while (!atomic_load_explicit(&stop, memory_order_relaxed)) {
		char buf[4096];
		if (fd < 0)
			fd = connected(a->t);
		if (send(fd, request, sizeof(request) - 1, MSG_NOSIGNAL) < 0 || recv(fd, buf, sizeof(buf), 0) <= 0)
			die(a->t->name);
		a->done++;
		if (!a->keep) {
			close(fd);
			fd = -1;
		}
	}
	if (fd >= 0)
		close(fd);
	return NULL;
}

static double now(clockid_t clock)
{
	struct timespec t;
	clock_gettime(clock, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

struct rate {
	double wall, cpu; /* requests a second */
};
static struct rate rate(const struct target *t, bool keep, int threads, int ms)
{
	struct asker *a = calloc((size_t)threads, sizeof(*a));
	uint64_t sum = 0;
	double from = now(CLOCK_MONOTONIC), cpu = now(CLOCK_PROCESS_CPUTIME_ID);
	if (!a)
		die("memory");
	atomic_store(&stop, false);
	for (int i = 0; i < threads; i++) {
		a[i].t = t;
		a[i].keep = keep;
		if (pthread_create(&a[i].thread, NULL, ask, &a[i]) != 0)
			die("thread");
	}
	struct timespec ts = {ms / 1000, (long)(ms % 1000) * 1000000};
	nanosleep(&ts, NULL);
	atomic_store(&stop, true);
	for (int i = 0; i < threads; i++) {
		pthread_join(a[i].thread, NULL);
		sum += a[i].done;
	}
	free(a);
	return (struct rate){(double)sum / (now(CLOCK_MONOTONIC) - from),
			     (double)sum / (now(CLOCK_PROCESS_CPUTIME_ID) - cpu)};
}

static int by_size(const void *x, const void *y)
{
	double d = *(const double *)x - *(const double *)y;
	return d < 0 ? -1 : d > 0;
}
static double median(const double *v, int n)
{
	double s[ROUNDS_MAX];
	memcpy(s, v, (size_t)n * sizeof(*v));
	qsort(s, (size_t)n, sizeof(*s), by_size);
	return s[n / 2];
}

static void medians(const struct target *t, double v[][ROUNDS_MAX], int n, int rounds)
{
	double ratio[ROUNDS_MAX];
	for (int i = 0; i < n; i++) {
		for (int r = 0; r < rounds; r++)
			ratio[r] = v[i][r] / v[0][r];
		printf(" %s %.0f", t[i].name, median(v[i], rounds));
		if (i)
			printf(" (%.3f)", median(ratio, rounds));
	}
}

static void compare(const struct target *t, int n, bool keep, int threads, int rounds, int ms)
{
	static double wall[TARGETS_MAX][ROUNDS_MAX], cpu[TARGETS_MAX][ROUNDS_MAX];
	for (int r = 0; r < rounds; r++)
		for (int k = 0; k < n; k++) {
			int i = r % 2 ? n - 1 - k : k; /* there and back: a drift meets all alike */
			struct rate x = rate(&t[i], keep, threads, ms);
			wall[i][r] = x.wall;
			cpu[i][r] = x.cpu;
		}
	printf("%s, requests a second:", keep ? "kept connections" : "a connection for each request");
	medians(t, wall, n, rounds);
	printf("; a second of processor time:");
	medians(t, cpu, n, rounds);
	printf("\n");
}

static bool target_parse(const char *s, struct target *t)
{
	char addr[32], from[32];
	unsigned port;
	*t = (struct target){.sa.sin_family = AF_INET, .from.sin_family = AF_INET};
	if (sscanf(s, "%31[^=]=%31[^:]:%u/%31s", t->name, addr, &port, from) != 4 || port > 65535 ||
	    inet_pton(AF_INET, addr, &t->sa.sin_addr) != 1 || inet_pton(AF_INET, from, &t->from.sin_addr) != 1)
		return false;
	t->sa.sin_port = htons((uint16_t)port);
	return true;
}

int main(int argc, char **argv)
{
	struct target t[TARGETS_MAX];
	pthread_t thread;
	int n = argc - 6, threads = n > 0 ? (int)strtol(argv[1], NULL, 10) : 0,
	    rounds = n > 0 ? (int)strtol(argv[2], NULL, 10) : 0, ms = n > 0 ? (int)strtol(argv[3], NULL, 10) : 0;
	if (n < 1 || n > TARGETS_MAX || threads < 1 || rounds < 1 || rounds > ROUNDS_MAX || ms < 1)
		return 2;
	for (int i = 0; i < n; i++)
		if (!target_parse(argv[6 + i], &t[i]))
			return 2;
	serve_port = (uint16_t)strtoul(argv[5], NULL, 10);
	serve_ns = open(argv[4], O_RDONLY | O_CLOEXEC);
	if (serve_ns < 0)
		die(argv[4]);
	(void)pthread_barrier_init(&serving, NULL, SERVERS + 1);
	for (int i = 0; i < SERVERS; i++)
		if (pthread_create(&thread, NULL, serve, NULL) != 0)
			die("thread");
	pthread_barrier_wait(&serving);
	for (int i = 0; i < n; i++)
		(void)rate(&t[i], false, threads, ms); /* caches are warm for the first one too */
	compare(t, n, false, threads, rounds, ms);
	compare(t, n, true, threads, rounds, ms);
	return 0;
}
