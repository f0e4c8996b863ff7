/*
 * bench_path NETNS_A NETNS_B ADDRESS_OF_B [ROUNDS [BYTES]]: what the way between two network namespaces of this machine
 * costs. One thread on one core holds both ends, so that all the kernel does for a packet happens between two looks at
 * the clock, nobody has to be woken, and most rounds are disturbed by nothing: what is printed differs by less than a
 * hundredth from run to run on a machine with other load, where a bulk transfer's throughput halves. Prints
 * microseconds at the lower tenth of the rounds: a datagram of 32 bytes there and back; BYTES (60000, one packet of
 * segmentation offload) there by TCP, with the acknowledgements.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define PORT        7777
#define MOST        (1u << 20)
#define DATAGRAM    32
#define LOST_MS     200
#define PATIENCE_MS 5000

static char data[MOST];

static void die(const char *what)
{
	fprintf(stderr, "bench_path: %s: %s\n", what, strerror(errno));
	exit(1);
}

static double now_us(void)
{
	struct timespec t;
	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static void enter(const char *netns)
{
	int fd = open(netns, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || setns(fd, CLONE_NEWNET) < 0)
		die(netns);
	(void)close(fd);
}

static int socket_or_die(int type)
{
	int fd = socket(AF_INET, type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (fd < 0)
		die("socket");
	return fd;
}

/* What is on its way by another thread (the udp backend's) is waited for, what the kernel did at once is there. */
static bool receive(int fd, char buf[DATAGRAM], struct sockaddr_in *from)
{
	socklen_t from_len = sizeof(*from);
	for (;;) {
		ssize_t n = recvfrom(fd, buf, DATAGRAM, 0, (struct sockaddr *)from, from ? &from_len : NULL);
		if (n == DATAGRAM)
			return true;
		if (n >= 0 || (errno != EAGAIN && errno != EINTR))
			die("receive");
		if (poll(&(struct pollfd){.fd = fd, .events = POLLIN}, 1, LOST_MS) == 0)
			return false;
	}
}

/* The datagram with this number; what comes late belongs to a round that was given up. */
static bool arrived(int fd, size_t number, struct sockaddr_in *from)
{
	size_t got;
	do {
		char buf[DATAGRAM];
		if (!receive(fd, buf, from))
			return false;
		memcpy(&got, buf, sizeof(got));
	} while (got != number);
	return true;
}

static bool datagram(int a, int b, size_t number)
{
	struct sockaddr_in from;
	char buf[DATAGRAM] = {0};
	memcpy(buf, &number, sizeof(number));
	if (send(a, buf, DATAGRAM, 0) != DATAGRAM)
		die("send");
	if (!arrived(b, number, &from))
		return false;
	if (sendto(b, buf, DATAGRAM, 0, (struct sockaddr *)&from, sizeof(from)) != DATAGRAM)
		die("send back");
	return arrived(a, number, NULL);
}

static void stream(int a, int b, size_t bytes)
{
	size_t sent = 0, got = 0;
	while (got < bytes) {
		ssize_t n = sent < bytes ? send(a, data, bytes - sent, MSG_NOSIGNAL) : 0;
		if (n < 0 && errno != EAGAIN)
			die("send by TCP");
		sent += n > 0 ? (size_t)n : 0;
		n = recv(b, data, sizeof(data), 0);
		if (n == 0 || (n < 0 && errno != EAGAIN))
			die("receive by TCP");
		got += n > 0 ? (size_t)n : 0;
		/* What was sent before may not be acknowledged yet, and leaves no room to send. */
		struct pollfd fds[] = {{.fd = b, .events = POLLIN}, {.fd = a, .events = sent < bytes ? POLLOUT : 0}};
		if (n < 0 && poll(fds, 2, PATIENCE_MS) == 0) {
			errno = ETIMEDOUT;
			die("receive by TCP");
		}
	}
}

static int compare(const void *x, const void *y)
{
	double a = *(const double *)x, b = *(const double *)y;
	return (a > b) - (a < b);
}

static double tenth(double *v, size_t n)
{
	qsort(v, n, sizeof(*v), compare);
	return v[n / 10];
}

int main(int argc, char **argv)
{
	size_t rounds = argc > 4 ? strtoul(argv[4], NULL, 10) : 4000,
	       bytes = argc > 5 ? strtoul(argv[5], NULL, 10) : 60000;
	struct sockaddr_in any = {.sin_family = AF_INET, .sin_port = htons(PORT)}, to = any;
	if (argc < 4 || inet_pton(AF_INET, argv[3], &to.sin_addr) != 1 || !rounds || rounds > 10000000 || !bytes ||
	    bytes > MOST) {
		fprintf(stderr, "bench_path NETNS_A NETNS_B ADDRESS_OF_B [ROUNDS [BYTES]]\n");
		return 2;
	}
	double *v = calloc(rounds, sizeof(*v));
	cpu_set_t core;
	int one = 1, cpu = sched_getcpu();
	if (!v || cpu < 0)
		die("start");
	CPU_ZERO(&core);
	CPU_SET((size_t)cpu, &core);
	if (sched_setaffinity(0, sizeof(core), &core) < 0)
		die("sched_setaffinity");
	enter(argv[2]);
	int udp_b = socket_or_die(SOCK_DGRAM), listener = socket_or_die(SOCK_STREAM);
	if (setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one)) < 0 ||
	    bind(udp_b, (struct sockaddr *)&any, sizeof(any)) < 0 ||
	    bind(listener, (struct sockaddr *)&any, sizeof(any)) < 0 || listen(listener, 1) < 0)
		die("listen");
	enter(argv[1]);
	int udp_a = socket_or_die(SOCK_DGRAM), tcp_a = socket_or_die(SOCK_STREAM);
	if (connect(udp_a, (struct sockaddr *)&to, sizeof(to)) < 0)
		die("connect");
	size_t n = 0;
	for (size_t i = 0; i < rounds; i++) {
		double start = now_us();
		if (datagram(udp_a, udp_b, i))
			v[n++] = now_us() - start;
	}
	if (n < rounds - rounds / 100) {
		fprintf(stderr, "bench_path: %zu of %zu datagrams were lost\n", rounds - n, rounds);
		return 1;
	}
	printf("%.3f ", tenth(v, n));
	if (setsockopt(tcp_a, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one)) < 0 ||
	    (connect(tcp_a, (struct sockaddr *)&to, sizeof(to)) < 0 && errno != EINPROGRESS))
		die("connect by TCP");
	if (poll(&(struct pollfd){.fd = listener, .events = POLLIN}, 1, PATIENCE_MS) != 1) {
		errno = ETIMEDOUT;
		die("connect by TCP");
	}
	int tcp_b = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
	if (tcp_b < 0)
		die("accept");
	for (size_t i = 0; i < 200; i++) /* until the windows are open */
		stream(tcp_a, tcp_b, bytes);
	n = (rounds + 3) / 4;
	for (size_t i = 0; i < n; i++) {
		double start = now_us();
		stream(tcp_a, tcp_b, bytes);
		v[i] = now_us() - start;
	}
	printf("%.3f\n", tenth(v, n));
	return 0;
}
