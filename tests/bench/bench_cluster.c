/*
 * Times what users wait for, on a running cluster: bench_cluster KUBECONFIG pods N IMAGE | service IMAGE.
 * pods: N pods created at once until all are Ready. service: three Ready pods, then a Service is created and asked until it answers.
 * Prints milliseconds. Removes what it made.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/socket.h>
#include "api/object.h"
#include "base/clock.h"
#include "base/str.h"
#include "client/informer.h"
#include "client/kubeconfig.h"

struct bench {
	struct client *client;
	struct loop *loop;
	struct informer *pods;
	pthread_mutex_t lock; /* guards ready, known */
	pthread_cond_t changed;
	json_t *ready; /* name -> true */
	size_t known;
};

static void pod_seen(void *arg, struct informer_object *o)
{
	struct bench *b = arg;
	AUTO_JSON json_t *pod = informer_object_json(o);

	pthread_mutex_lock(&b->lock);
	if (pod_ready(pod))
		json_object_set_new(b->ready, o->name, json_true());
	b->known = informer_count(b->pods);
	pthread_cond_signal(&b->changed);
	pthread_mutex_unlock(&b->lock);
}
static void pod_updated(void *arg, struct informer_object *old, struct informer_object *o)
{
	(void)old;
	pod_seen(arg, o);
}
static void pod_gone(void *arg, struct informer_object *o)
{
	struct bench *b = arg;

	pthread_mutex_lock(&b->lock);
	json_object_del(b->ready, o->name);
	b->known = informer_count(b->pods);
	pthread_cond_signal(&b->changed);
	pthread_mutex_unlock(&b->lock);
}

static int wait_for(struct bench *b, size_t ready, size_t known)
{
	struct timespec until;
	int r = 0;

	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += 120;
	pthread_mutex_lock(&b->lock);
	while (r == 0 && (ready ? json_object_size(b->ready) < ready : b->known > known))
		r = pthread_cond_timedwait(&b->changed, &b->lock, &until);
	pthread_mutex_unlock(&b->lock);
	return r;
}

static int make_pod(struct bench *b, int i, const char *image, struct err *e)
{
	static const struct client_ref ref = {.plural = "pods", .ns = "default"};
	AUTO_FREE char *name = str_fmt("bench-%d", i);
	AUTO_JSON json_t *pod = json_pack("{s:s,s:s,s:{s:s,s:{s:s}},s:{s:i,s:[{s:s,s:s}]}}", "apiVersion", "v1", "kind", "Pod", "metadata", "name", name,
					  "labels", "app", "bench", "spec", "terminationGracePeriodSeconds", 0, "containers", "name", "c", "image", image);

	return client_create_wait(b->client, &ref, pod, NULL, e);
}

static int remove_all(struct bench *b, struct err *e)
{
	static const struct client_ref ref = {.plural = "pods", .ns = "default"};
	struct client_result r = {0};

	client_do_wait(b->client, "DELETE", &ref, "labelSelector=app%3Dbench", NULL, NULL, &r);
	if (e && r.code < 0)
		*e = r.err;
	int code = r.code;
	client_result_done(&r);
	return code < 0 ? code : wait_for(b, 0, 0);
}

static double ms_since(int64_t start) { return (double)(clock_mono_ns(clock_real()) - start) / 1e6; }

static int bench_pods(struct bench *b, int n, const char *image, struct err *e)
{
	int64_t start = clock_mono_ns(clock_real());

	for (int i = 0; i < n; i++) {
		int r = make_pod(b, i, image, e);
		if (r < 0)
			return r;
	}
	if (wait_for(b, (size_t)n, 0) != 0)
		return err_set(e, ERR_TIMEOUT, "%zu of %d pods are Ready", json_object_size(b->ready), n);
	printf("%.1f\n", ms_since(start));
	return 0;
}

/* One request; 0 when an answer came. */
static int ask(const char *ip, int port)
{
	struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
	struct timeval tv = {.tv_sec = 1};
	static const char req[] = "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
	char buf[256];
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0), r = -1;
	struct pollfd p = {.fd = fd, .events = POLLOUT};

	inet_pton(AF_INET, ip, &a.sin_addr);
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof(tv));
	/* A SYN that went out before the Service was there is lost; its second try must not be what is measured. */
	if (connect(fd, (struct sockaddr *)&a, sizeof(a)) == 0 || (errno == EINPROGRESS && poll(&p, 1, 1) > 0 && !(p.revents & POLLERR))) {
		fcntl(fd, F_SETFL, 0);
		if (send(fd, req, sizeof(req) - 1, MSG_NOSIGNAL) > 0 && recv(fd, buf, sizeof(buf), 0) > 0)
			r = 0;
	}
	close(fd);
	return r;
}

static int bench_service(struct bench *b, const char *image, struct err *e)
{
	static const struct client_ref all = {.plural = "services", .ns = "default"}, one = {.plural = "services", .ns = "default", .name = "bench"};
	AUTO_JSON json_t *svc = json_pack("{s:s,s:s,s:{s:s},s:{s:{s:s},s:[{s:i,s:i}]}}", "apiVersion", "v1", "kind", "Service", "metadata", "name",
					  "bench", "spec", "selector", "app", "bench", "ports", "port", 80, "targetPort", 9376);
	AUTO_JSON json_t *made = NULL;

	for (int i = 0; i < 3; i++) {
		int r = make_pod(b, i, image, e);
		if (r < 0)
			return r;
	}
	if (wait_for(b, 3, 0) != 0)
		return err_set(e, ERR_TIMEOUT, "pods are not Ready");
	int64_t start = clock_mono_ns(clock_real());
	int r = client_create_wait(b->client, &all, svc, &made, e);
	if (r < 0)
		return r;
	const char *ip = json_str_or(made, "spec.clusterIP", "");
	while (ask(ip, 80) < 0)
		if (ms_since(start) > 30000)
			return err_set(e, ERR_TIMEOUT, "the Service does not answer");
	printf("%.1f\n", ms_since(start));
	return client_delete_wait(b->client, &one, NULL, NULL, e);
}

int main(int argc, char **argv)
{
	static const struct informer_handler h = {pod_seen, pod_updated, pod_gone, NULL};
	static const struct client_config cc = {.field_manager = "bench"};
	struct informer_config ic = {.version = "v1", .plural = "pods", .ns = "default", .label_selector = "app=bench"};
	struct bench b = {.lock = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER};
	struct connector *conn = NULL;
	struct loop_thread *t = NULL;
	struct err e = {0};
	int64_t n = 1;
	int r;

	if (argc < 4 || (streq(argv[2], "pods") && (argc < 5 || str_to_i64(argv[3], 1, 10000, &n) < 0))) {
		fprintf(stderr, "usage: bench_cluster KUBECONFIG pods N IMAGE | service IMAGE\n");
		return 2;
	}
	b.ready = json_object();
	if (kubeconfig_connector(&conn, argv[1], "bench", &e) < 0 || loop_new(&b.loop, &e) < 0 || client_new(&b.client, conn, b.loop, &cc, &e) < 0 ||
	    informer_new(&b.pods, b.client, &ic, &e) < 0 || informer_add_handler(b.pods, &h, &b) < 0 || informer_start(b.pods, &e) < 0 ||
	    loop_thread_start(&t, b.loop, "bench", &e) < 0) {
		fprintf(stderr, "bench_cluster: %s\n", e.msg);
		return 1;
	}
	r = streq(argv[2], "pods") ? bench_pods(&b, (int)n, argv[4], &e) : bench_service(&b, argv[3], &e);
	if (r < 0)
		fprintf(stderr, "bench_cluster: %s\n", e.msg);
	if (remove_all(&b, &e) != 0)
		fprintf(stderr, "bench_cluster: pods are left behind: %s\n", e.msg);
	loop_quit(b.loop);
	loop_thread_join(t);
	informer_free(b.pods);
	client_free(b.client);
	connector_free(conn);
	loop_free(b.loop);
	json_decref(b.ready);
	return r < 0;
}
