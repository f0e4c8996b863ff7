/*
 * A server that answers every GET with 1.5 KB from memory, to be measured with wrk or ab:
 *   bench_http [--tls] [--later|--list|--stream] [port]
 * --later answers from another thread, as a write that waits for its commit does; --list sends 500 such bodies as one
 * answer; --stream keeps every request as an open, silent stream (to see what a watch costs).
 */
#include <pthread.h>
#include <signal.h>
#include "base/list.h"
#include "base/str.h"
#include "wire/cert.h"
#include "wire/http_server.h"

struct bench {
	struct bytes *body;
	bool later, list, stream;
	pthread_mutex_t lock;
	pthread_cond_t more;
	struct http_exchange *waiting[4096];
	size_t n;
};

static void ignore(void *arg)
{
	(void)arg;
}

static void handle(void *arg, struct http_exchange *x)
{
	struct bench *b = arg;

	if (b->list) {
		struct bytes *parts[500];

		for (size_t i = 0; i < ARRAY_LEN(parts); i++)
			parts[i] = b->body;
		http_reply_parts(x, 200, "application/json", parts, ARRAY_LEN(parts));
		return;
	}
	if (b->stream) {
		http_on_close(x, ignore, b);
		http_stream_begin(x, 200, "application/json", 1 << 20);
		return;
	}
	if (!b->later) {
		http_reply(x, 200, "application/json", b->body);
		return;
	}
	pthread_mutex_lock(&b->lock);
	if (b->n < ARRAY_LEN(b->waiting)) {
		b->waiting[b->n++] = x;
		x = NULL;
	}
	pthread_cond_signal(&b->more);
	pthread_mutex_unlock(&b->lock);
	if (x)
		http_reply(x, 503, NULL, NULL);
}

static void *answer_later(void *arg)
{
	static struct http_exchange *batch[4096];
	struct bench *b = arg;
	size_t n;

	for (;;) {
		pthread_mutex_lock(&b->lock);
		while (b->n == 0)
			pthread_cond_wait(&b->more, &b->lock);
		n = b->n;
		memcpy(batch, b->waiting, n * sizeof(batch[0]));
		b->n = 0;
		pthread_mutex_unlock(&b->lock);
		for (size_t i = 0; i < n; i++)
			http_reply(batch[i], 200, "application/json", b->body);
	}
	return NULL;
}

int main(int argc, char **argv)
{
	struct bench b = {.lock = PTHREAD_MUTEX_INITIALIZER, .more = PTHREAD_COND_INITIALIZER};
	struct http_server_config c = {.bind_address = "127.0.0.1"};
	struct cert_pair ca = {0}, p = {0};
	struct http_server *s = NULL;
	struct err e = {0};
	pthread_t thread;
	char text[1500];
	uint64_t port;
	sigset_t set;
	int sig;

	for (int i = 1; i < argc; i++) {
		time_t now = time(NULL);
		struct cert_request r = {.cn = "bench",
					 .ip_addrs = (const char *const[]){"127.0.0.1", NULL},
					 .server = true,
					 .not_before = now - 60,
					 .not_after = now + 86400};

		if (streq(argv[i], "--later")) {
			b.later = true;
		} else if (streq(argv[i], "--list")) {
			b.list = true;
		} else if (streq(argv[i], "--stream")) {
			b.stream = true;
		} else if (streq(argv[i], "--tls")) {
			if (cert_ca_new(&ca, "bench-ca", now - 60, now + 86400, &e) < 0 ||
			    cert_issue(&p, &ca, &r, &e) < 0) {
				fprintf(stderr, "%s\n", e.msg);
				return 1;
			}
			c.tls_cert_pem = p.cert_pem;
			c.tls_key_pem = p.key_pem;
			c.client_ca_pem = ca.cert_pem;
		} else if (str_to_u64(argv[i], 65535, &port) == 0) {
			c.port = (uint16_t)port;
		} else {
			fprintf(stderr, "usage: bench_http [--tls] [--later|--list|--stream] [port]\n");
			return 2;
		}
	}
	memset(text, 'x', sizeof(text));
	b.body = bytes_new(text, sizeof(text));
	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	pthread_sigmask(SIG_BLOCK, &set, NULL);
	if (!b.body || http_server_new(&s, &c, handle, &b, &e) < 0 || http_server_start(s, &e) < 0) {
		fprintf(stderr, "%s\n", e.msg);
		return 1;
	}
	if (b.later && pthread_create(&thread, NULL, answer_later, &b) == 0)
		pthread_detach(thread);
	printf("%u\n", http_server_port(s));
	fflush(stdout);
	sigwait(&set, &sig);
	http_server_free(s);
	bytes_unref(b.body);
	cert_pair_done(&ca);
	cert_pair_done(&p);
	return 0;
}
