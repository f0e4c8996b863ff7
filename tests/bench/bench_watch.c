/*
 * Many watchers on one API server, over TLS:  bench_watch KUBECONFIG SERVER_PID [WATCHERS]
 * Tells how long one event takes to the last watcher, what an idle watch costs the server in memory, what a write
 * beside them costs, and how soon the server has forgotten them when they vanish. Nothing is asserted.
 *
 * An event counts as arrived when its watcher's socket becomes readable; all of them read and decrypt after the last
 * has it. Ten thousand clients on the server's own cores would otherwise be measured as much as the server.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>
#include "base/cleanup.h"
#include "base/fs.h"
#include "base/json.h"
#include "base/str.h"
#include "tests/fault/https.h"

#define OPENERS 4

static struct https_creds creds;
static struct https **conns;
static size_t n_conns;
static pid_t server;
static atomic_size_t next_conn;
static char watch_path[160];

static double now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec * 1e3 + (double)ts.tv_nsec / 1e6;
}

/* CPU time that the server used, ms: what a busy machine does not spoil. */
static double server_cpu(void)
{
	AUTO_FREE char *path = str_fmt("/proc/%d/stat", server);
	AUTO_BUF struct buf b = {0};
	unsigned long user = 0, sys = 0;
	const char *p = fs_read(path, 65536, &b, NULL) == 0 ? strrchr(b.data, ')') : NULL;

	for (int i = 0; p && i < 12; i++)
		p = strchr(p + 1, ' ');
	if (p) {
		user = strtoul(p, NULL, 10);
		p = strchr(p + 1, ' ');
		sys = p ? strtoul(p, NULL, 10) : 0;
	}
	return (double)(user + sys) * 1000 / (double)sysconf(_SC_CLK_TCK);
}

static void die(const char *what, int rc)
{
	fprintf(stderr, "bench_watch: %s: %s\n", what, strerror(rc < 0 ? -rc : rc));
	exit(1);
}

static double memory_mb(void)
{
	AUTO_FREE char *path = str_fmt("/proc/%d/smaps_rollup", server);
	AUTO_BUF struct buf b = {0};
	const char *p = fs_read(path, 65536, &b, NULL) == 0 ? strstr(b.data, "\nPss:") : NULL;

	return p ? strtod(p + 5, NULL) / 1024 : 0;
}

/* Informers list before they watch, and do both on one connection: it has answered before. */
static void asked_before(struct https *h)
{
	AUTO_FREE char *text = NULL;
	int status, rc;

	if ((rc = https_send(h, "GET", "/version", NULL, NULL)) < 0 || (rc = https_head(h, &status)) < 0 ||
	    (rc = https_body(h, &text, NULL)) < 0)
		die("first request", rc);
}

static void *open_some(void *arg)
{
	size_t i;
	int rc, status;

	(void)arg;
	while ((i = atomic_fetch_add(&next_conn, 1)) < n_conns) {
		struct https *h = conns[i] = malloc(sizeof(*h));

		if (!h)
			abort();
		https_init(h);
		if ((rc = https_connect(h, &creds)) < 0)
			die("connect", rc);
		asked_before(h);
		if ((rc = https_send(h, "GET", watch_path, NULL, NULL)) < 0 || (rc = https_head(h, &status)) < 0)
			die("watch", rc);
		if (status != 200)
			die("watch: refused", EPROTO);
	}
	return NULL;
}

/* Sends and reads the answer to its end; the status. */
static int call(struct https *c, const char *method, const char *path, const char *body, char **ret)
{
	AUTO_FREE char *text = NULL;
	int status = 0, rc;

	if (c->fd < 0 && (rc = https_connect(c, &creds)) < 0)
		die("connect", rc);
	if ((rc = https_send(c, method, path, "Content-Type: application/json\r\n", body)) < 0 ||
	    (rc = https_head(c, &status)) < 0 || (rc = https_body(c, &text, NULL)) < 0)
		die(path, rc);
	if (ret)
		*ret = TAKE_PTR(text);
	return status;
}

static void create(struct https *c, const char *ns, int n)
{
	AUTO_FREE char *path = str_fmt("/api/v1/namespaces/%s/configmaps", ns);
	AUTO_FREE char *body = str_fmt("{\"metadata\":{\"generateName\":\"w-%d-\"},\"data\":{\"v\":\"%0900d\"}}", n, 0);

	if (call(c, "POST", path, body, NULL) != 201)
		die("create", EPROTO);
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

/* Median and worst of n writes, one at a time. */
static void writes(struct https *c, const char *what)
{
	double t[300], cpu = server_cpu();

	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		double start = now_ms();

		create(c, "kube-public", (int)i);
		t[i] = now_ms() - start;
	}
	cpu = (server_cpu() - cpu) / ARRAY_LEN(t);
	qsort(t, ARRAY_LEN(t), sizeof(t[0]), by_size);
	printf("%-52s median %.2f ms, 99 of 100 within %.2f ms; %.2f ms of CPU\n", what, t[ARRAY_LEN(t) / 2],
	       t[ARRAY_LEN(t) * 99 / 100], cpu);
}

/* CPU time of our own, ms. */
static double own_cpu(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);
	return (double)ts.tv_sec * 1e3 + (double)ts.tv_nsec / 1e6;
}

/* How many of the watchers have something to read now, of whom n had before. */
static size_t arrived(int ep, char *seen, size_t n)
{
	struct epoll_event ev[256];
	int k = epoll_wait(ep, ev, ARRAY_LEN(ev), 5000);

	if (k <= 0)
		die("events do not come", ETIMEDOUT);
	for (int i = 0; i < k; i++) {
		n += !seen[ev[i].data.u64];
		seen[ev[i].data.u64] = 1;
	}
	return n;
}

/* Each must hold a whole event: it ends its line. */
static void read_all(void)
{
	for (size_t i = 0; i < n_conns; i++) {
		struct https *h = conns[i];
		char last = 0;
		ssize_t r;

		while ((r = gnutls_record_recv(h->tls, h->buf, sizeof(h->buf))) > 0)
			last = h->buf[r - 1];
		if (r != GNUTLS_E_AGAIN && r != GNUTLS_E_INTERRUPTED)
			die("a watch ended", EPIPE);
		if (last != '\n')
			die("an event is not whole", EPROTO);
	}
}

static void events(struct https *c, int ep)
{
	double best = 1e9, all = 0, worst = 0, cpu = 0, own = 0;
	char *seen = malloc(n_conns);

	for (int round = 0; round < 8; round++) {
		double start = now_ms(), start_cpu = own_cpu(), t;
		size_t n = 0;

		memset(seen, 0, n_conns);
		create(c, "default", round);
		while (n < n_conns)
			n = arrived(ep, seen, n);
		t = now_ms() - start;
		start_cpu = own_cpu() - start_cpu;
		read_all();
		if (round == 0) { /* sockets' buffers are made */
			cpu = server_cpu();
			continue;
		}
		all += t;
		own += start_cpu;
		best = t < best ? t : best;
		worst = t > worst ? t : worst;
	}
	printf("%-52s %.0f ms on average, %.0f at best, %.0f at worst\n",
	       "an event, from the request to the last watcher", all / 7, best, worst);
	printf("%-52s %.1f us for each watcher, and %.1f us of ours\n", "an event: CPU time of the server",
	       (server_cpu() - cpu) / 7 * 1e3 / (double)n_conns, own / 7 * 1e3 / (double)n_conns);
	free(seen);
}

static size_t open_watches(struct https *c)
{
	AUTO_FREE char *text = NULL;
	const char *p;

	(void)call(c, "GET", "/metrics", NULL, &text);
	p = strstr(text, "apiserver_longrunning_requests{verb=\"WATCH\"} ");
	return p ? (size_t)strtoull(strchr(p, ' ') + 1, NULL, 10) : 0;
}

int main(int argc, char **argv)
{
	struct err e = {0};
	struct https c;
	pthread_t t[OPENERS];
	uint64_t v;
	double m0, start;
	size_t before, left;
	int ep = epoll_create1(EPOLL_CLOEXEC);
	struct rlimit lim;

	n_conns = 10000;
	if (argc < 3 || str_to_u64(argv[2], INT32_MAX, &v) || https_creds_load(&creds, argv[1], &e)) {
		fprintf(stderr, "usage: bench_watch KUBECONFIG SERVER_PID [WATCHERS] %s\n", e.msg);
		return 2;
	}
	server = (pid_t)v;
	if (argc > 3 && str_to_u64(argv[3], 1000000, &v) == 0)
		n_conns = (size_t)v;
	signal(SIGPIPE, SIG_IGN);
	setvbuf(stdout, NULL, _IOLBF, 0);
	if (getrlimit(RLIMIT_NOFILE, &lim) == 0 && lim.rlim_cur < n_conns + 64) {
		n_conns = lim.rlim_cur - 64;
		printf("no more than %zu descriptors here\n", n_conns);
	}
	https_init(&c);
	conns = calloc(n_conns, sizeof(struct https *));
	before = open_watches(&c);
	writes(&c, "a write without watchers");
	m0 = memory_mb();
	{
		AUTO_FREE char *text = NULL;
		AUTO_JSON json_t *o = NULL;

		(void)call(&c, "GET", "/api/v1/namespaces/default/configmaps?limit=1", NULL, &text);
		if (json_parse(text, strlen(text), &o, &e))
			die(e.msg, EPROTO);
		(void)snprintf(watch_path, sizeof(watch_path),
			       "/api/v1/namespaces/default/configmaps?watch=1&timeoutSeconds=600&resourceVersion=%s",
			       json_str_or(o, "metadata.resourceVersion", ""));
	}
	start = now_ms();
	for (size_t i = 0; i < OPENERS; i++)
		if (pthread_create(&t[i], NULL, open_some, NULL))
			return 1;
	for (size_t i = 0; i < OPENERS; i++)
		pthread_join(t[i], NULL);
	printf("%zu watchers opened in %.1f s\n", n_conns, (now_ms() - start) / 1e3);
	for (size_t i = 0; i < n_conns; i++) {
		struct epoll_event ev = {.events = EPOLLIN | EPOLLET, .data.u64 = i};

		if (fcntl(conns[i]->fd, F_SETFL, O_NONBLOCK) < 0 || epoll_ctl(ep, EPOLL_CTL_ADD, conns[i]->fd, &ev) < 0)
			die("epoll", errno);
	}
	printf("%-52s %.1f KB\n", "memory of an idle watch", (memory_mb() - m0) * 1024 / (double)n_conns);
	writes(&c, "a write beside them");
	events(&c, ep);
	printf("%-52s %.1f KB\n", "memory of a watch that had events", (memory_mb() - m0) * 1024 / (double)n_conns);
	start = now_ms();
	for (size_t i = 0; i < n_conns; i++)
		close(conns[i]->fd);
	while ((left = open_watches(&c)) > before && now_ms() - start < 60000)
		usleep(10000);
	printf("%-52s %.2f s (%zu are left)\n", "all vanish at once: forgotten after", (now_ms() - start) / 1e3,
	       left - before);
	printf("%-52s %.1f MB, %.1f before\n", "memory after that", memory_mb(), m0);
	return 0;
}
