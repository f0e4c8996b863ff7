/*
 * bench_tls THREADS MS VERSION full|resumed NAME PORT PATH: for MS milliseconds ("20x": twenty times by each thread), asks 127.0.0.1:PORT for PATH of the host NAME, every time by a
 * new connection with TLS of that version (1.2 or 1.3): with a whole handshake each, or resuming the session of the one before. Prints how many
 * requests there were, how many a second, and how many of the sessions were resumed. Any failure ends it.
 */
#include <arpa/inet.h>
#include <gnutls/gnutls.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
#include "base/cleanup.h"
#include "base/str.h"

struct load {
	const char *priority, *name;
	char request[512];
	bool resume;
	uint64_t times; /* 0: until `stop` */
	struct sockaddr_in to;
	gnutls_certificate_credentials_t creds;
	atomic_bool stop;
};
struct asker {
	pthread_t thread;
	struct load *l;
	gnutls_datum_t session;
	uint64_t done, resumed;
};

static __attribute__((noreturn)) void die(const char *what, int r)
{
	fprintf(stderr, "bench_tls: %s%s%s\n", what, r < 0 ? ": " : "", r < 0 ? gnutls_strerror(r) : "");
	exit(1);
}

static int connected(const struct load *l)
{
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	struct linger now = {1, 0}; /* closed by a reset, so that ports do not run out */

	if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_LINGER, &now, sizeof(now)) < 0 ||
	    connect(fd, (const struct sockaddr *)&l->to, sizeof(l->to)) < 0)
		die("cannot connect", 0);
	return fd;
}

static void ask_once(struct asker *a)
{
	struct load *l = a->l;
	gnutls_session_t s;
	int fd = connected(l), r;
	char answer[4096];

	if ((r = gnutls_init(&s, GNUTLS_CLIENT)) < 0 || (r = gnutls_priority_set_direct(s, l->priority, NULL)) < 0 ||
	    (r = gnutls_credentials_set(s, GNUTLS_CRD_CERTIFICATE, l->creds)) < 0 ||
	    (r = gnutls_server_name_set(s, GNUTLS_NAME_DNS, l->name, strlen(l->name))) < 0)
		die("TLS", r);
	if (l->resume && a->session.size && (r = gnutls_session_set_data(s, a->session.data, a->session.size)) < 0)
		die("session", r);
	gnutls_transport_set_int(s, fd);
	do
		r = gnutls_handshake(s);
	while (r < 0 && !gnutls_error_is_fatal(r));
	if (r < 0)
		die("handshake", r);
	if (gnutls_record_send(s, l->request, strlen(l->request)) < 0)
		die("cannot send", 0);
	do
		r = (int)gnutls_record_recv(s, answer, sizeof(answer));
	while (r == GNUTLS_E_AGAIN || r == GNUTLS_E_INTERRUPTED);
	if (r < 12 || memcmp(answer, "HTTP/1.1 200", 12) != 0)
		die("no answer 200", r);
	a->done++;
	a->resumed += gnutls_session_is_resumed(s) != 0;
	if (l->resume) {
		gnutls_free(a->session.data);
		a->session.data = NULL;
		if ((r = gnutls_session_get_data2(s, &a->session)) < 0)
			die("session", r);
	}
	gnutls_deinit(s);
	close(fd);
}

static void *ask(void *arg)
{
	struct asker *a = arg;

	while (a->l->times ? a->done < a->l->times : !atomic_load(&a->l->stop))
		ask_once(a);
	gnutls_free(a->session.data);
	return NULL;
}

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
	struct load l = {.to = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)}};
	uint64_t threads, ms, port, done = 0, resumed = 0;
	struct asker a[16] = {0};
	double begin;

	size_t n = argc == 8 ? strlen(argv[2]) : 0;
	bool times = n && argv[2][n - 1] == 'x';
	if (times)
		argv[2][n - 1] = '\0';
	if (argc != 8 || str_to_u64(argv[1], ARRAY_LEN(a), &threads) < 0 || str_to_u64(argv[2], 3600000, &ms) < 0 ||
	    str_to_u64(argv[6], 65535, &port) < 0 || (!streq(argv[4], "full") && !streq(argv[4], "resumed"))) {
		fprintf(stderr, "usage: bench_tls THREADS MS 1.2|1.3 full|resumed NAME PORT PATH\n");
		return 2;
	}
	l.priority = streq(argv[3], "1.2") ? "NORMAL:-VERS-ALL:+VERS-TLS1.2" : "NORMAL:-VERS-ALL:+VERS-TLS1.3";
	l.resume = streq(argv[4], "resumed");
	l.name = argv[5];
	l.times = times ? ms : 0;
	l.to.sin_port = htons((uint16_t)port);
	(void)snprintf(l.request, sizeof(l.request), "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n", argv[7], l.name);
	if (gnutls_certificate_allocate_credentials(&l.creds) < 0)
		die("memory", 0);
	begin = now();
	for (size_t i = 0; i < threads; i++) {
		a[i].l = &l;
		if (pthread_create(&a[i].thread, NULL, ask, &a[i]) != 0)
			die("thread", 0);
	}
	struct timespec ts = {(time_t)(ms / 1000), (long)(ms % 1000) * 1000000};
	if (!times)
		nanosleep(&ts, NULL);
	atomic_store(&l.stop, true);
	for (size_t i = 0; i < threads; i++) {
		pthread_join(a[i].thread, NULL);
		done += a[i].done;
		resumed += a[i].resumed;
	}
	printf("%llu requests %.1f /s %llu resumed\n", (unsigned long long)done, (double)done / (now() - begin),
	       (unsigned long long)resumed);
	gnutls_certificate_free_credentials(l.creds);
	return 0;
}
