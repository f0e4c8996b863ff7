/* The HTTPS transport against wire's own server: TLS both ways, tokens, streams that break, several servers. */
#include "tests/unit/test.h"
#include <errno.h>
#include <pthread.h>
#include "base/fs.h"
#include "base/str.h"
#include "client/client.h"
#include "client/informer.h"
#include "client/kubeconfig.h"
#include "client/server_list.h"
#include "wire/cert.h"
#include "wire/http_server.h"

#define EVENTUALLY(cond)                                                                                               \
	do {                                                                                                           \
		for (int t_ = 0; t_ < 5000 && !(cond); t_++)                                                           \
			usleep(1000);                                                                                  \
		CHECK(cond);                                                                                           \
	} while (0)

static struct {
	pthread_mutex_t lock;
	struct http_exchange *stream; /* the watch under way */
	unsigned watches, closed, requests;
	bool no_streaming, gone;
	char auth[128], cn[64], query[256], type[64], body[256];
} srv = {.lock = PTHREAD_MUTEX_INITIALIZER};

static void reply(struct http_exchange *x, int status, const char *json)
{
	AUTO_BYTES struct bytes *b = bytes_new(json, strlen(json));

	http_reply(x, status, "application/json", b);
}

static void stream_closed(void *arg)
{
	pthread_mutex_lock(&srv.lock);
	if (srv.stream == arg)
		srv.stream = NULL;
	srv.closed++;
	pthread_mutex_unlock(&srv.lock);
}

/* Lock held. */
static void push(const char *line)
{
	AUTO_BYTES struct bytes *b = bytes_new(line, strlen(line));

	if (srv.stream)
		CHECK(http_stream_write(srv.stream, b) == 0);
}

static void serve(void *arg, struct http_exchange *x)
{
	const char *path = http_path(x), *query = http_query(x), *h;
	char *cn = NULL, *orgs = NULL;

	(void)arg;
	pthread_mutex_lock(&srv.lock);
	srv.requests++;
	h = http_header(x, "Authorization");
	(void)str_copy(srv.auth, sizeof srv.auth, h ? h : "");
	h = http_header(x, "Content-Type");
	(void)str_copy(srv.type, sizeof srv.type, h ? h : "");
	(void)str_copy(srv.query, sizeof srv.query, query);
	(void)str_copy(srv.body, sizeof srv.body, http_body(x) ? http_body(x)->data : "");
	if (http_peer_cert(x, &cn, &orgs))
		(void)str_copy(srv.cn, sizeof srv.cn, cn);
	free(cn);
	free(orgs);
	if (strstr(query, "watch=1")) {
		srv.watches++;
		if (strstr(query, "sendInitialEvents") && srv.no_streaming) {
			reply(x, 422, "{\"kind\":\"Status\",\"code\":422,\"reason\":\"Invalid\"}");
		} else if (srv.gone && !strstr(query, "sendInitialEvents")) {
			srv.gone = false;
			reply(x, 410, "{\"kind\":\"Status\",\"code\":410,\"reason\":\"Expired\"}");
		} else {
			http_on_close(x, stream_closed, x);
			CHECK(http_stream_begin(x, 200, "application/json", 1 << 20) == 0);
			srv.stream = x;
			if (strstr(query, "sendInitialEvents")) {
				push("{\"type\":\"ADDED\",\"object\":{\"metadata\":{\"name\":\"a\",\"resourceVersion\":"
				     "\"5\"}}}\n{\"type\":\"BOO");
				push("KMARK\",\"object\":{\"metadata\":{\"resourceVersion\":\"7\",\"annotations\":{"
				     "\"k8s.io/"
				     "initial-events-end\":\"true\"}}}}\n");
			}
		}
	} else if (streq(path, "/api/v1/nodes")) {
		reply(x, 200,
		      "{\"kind\":\"NodeList\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\"7\"},\"items\":"
		      "[{\"metadata\":"
		      "{\"name\":\"a\",\"resourceVersion\":\"5\"}}]}");
	} else if (streq(path, "/api/v1/nodes/a")) {
		reply(x, 200, "{\"metadata\":{\"name\":\"a\"}}");
	} else {
		reply(x, 404,
		      "{\"kind\":\"Status\",\"code\":404,\"reason\":\"NotFound\",\"message\":\"nodes \\\"b\\\" not "
		      "found\"}");
	}
	pthread_mutex_unlock(&srv.lock);
}

static struct http_server *server;
static struct cert_pair ca, server_cert, user_cert;
static char url[64];

static void begin(void)
{
	static const char *const ips[] = {"127.0.0.1", NULL}, *const orgs[] = {"system:masters", NULL};
	struct cert_request for_server = {.cn = "api", .ip_addrs = ips, .server = true};
	struct cert_request for_user = {.cn = "admin", .orgs = orgs, .client = true};
	struct http_server_config cfg = {.bind_address = "127.0.0.1", .threads = 2};
	struct err e = {0};
	time_t now = time(NULL);

	for_server.not_before = for_user.not_before = now - 60;
	for_server.not_after = for_user.not_after = now + 3600;
	CHECK(cert_ca_new(&ca, "ca", now - 60, now + 3600, &e) == 0);
	CHECK(cert_issue(&server_cert, &ca, &for_server, &e) == 0 && cert_issue(&user_cert, &ca, &for_user, &e) == 0);
	cfg.tls_cert_pem = server_cert.cert_pem;
	cfg.tls_key_pem = server_cert.key_pem;
	cfg.client_ca_pem = ca.cert_pem;
	CHECK(http_server_new(&server, &cfg, serve, NULL, &e) == 0 && http_server_start(server, &e) == 0);
	if (e.code)
		fprintf(stderr, "%s\n", e.msg);
	(void)snprintf(url, sizeof url, "https://127.0.0.1:%u", http_server_port(server));
}

static void end(void)
{
	http_server_stop(server);
	http_server_join(server);
	server = http_server_free(server);
	cert_pair_done(&ca);
	cert_pair_done(&server_cert);
	cert_pair_done(&user_cert);
}

struct world {
	struct connector *connector;
	struct loop *loop;
	struct loop_thread *thread;
	struct client *client;
	struct informer *informer;
};

static void open_world(struct world *w, const struct https_config *cfg)
{
	struct client_config cc = {.field_manager = "test"};
	struct err e = {0};

	memset(w, 0, sizeof *w);
	if (cfg)
		CHECK(connector_https_new(&w->connector, cfg, &e) == 0);
	else
		CHECK(kubeconfig_connector(&w->connector, NULL, "test", &e) == 0);
	CHECK(loop_new(&w->loop, &e) == 0 && client_new(&w->client, w->connector, w->loop, &cc, &e) == 0);
}

static void run_world(struct world *w)
{
	CHECK(loop_thread_start(&w->thread, w->loop, "test", NULL) == 0);
}

static void close_world(struct world *w)
{
	loop_quit(w->loop);
	loop_thread_join(w->thread);
	informer_free(w->informer);
	client_free(w->client);
	loop_free(w->loop);
	connector_free(w->connector);
}

static const struct client_ref node_a = {.plural = "nodes", .name = "a"}, node_b = {.plural = "nodes", .name = "b"};

static void certificate_and_errors(void)
{
	char path[] = "/tmp/minik-test-XXXXXX";
	struct kubeconfig_spec spec = {
	    .server = url, .ca_pem = ca.cert_pem, .cert_pem = user_cert.cert_pem, .key_pem = user_cert.key_pem};
	AUTO_JSON json_t *v = NULL, *patch = json_object();
	struct err e = {0};
	struct world w;
	int fd = mkstemp(path);

	CHECK(fd >= 0);
	close(fd);
	CHECK(kubeconfig_write(path, 0600, &spec, &e) == 0 && setenv("KUBECONFIG", path, 1) == 0);
	open_world(&w, NULL);
	run_world(&w);
	CHECK(client_get_wait(w.client, &node_a, &v, &e) == 0);
	CHECK_STR(json_str(v, "metadata.name"), "a");
	CHECK_STR(srv.cn, "admin");
	CHECK_STR(srv.auth, "");
	CHECK(client_get_wait(w.client, &node_b, NULL, &e) == ERR_NOT_FOUND);
	CHECK_STR(e.msg, "GET /api/v1/nodes/b: nodes \"b\" not found");
	CHECK(client_patch_wait(w.client, &node_a, CLIENT_MERGE_PATCH, patch, NULL, &e) == 0);
	CHECK_STR(srv.type, "application/merge-patch+json");
	CHECK_STR(srv.query, "fieldManager=test");
	CHECK_STR(srv.body, "{}");
	close_world(&w);
	unlink(path);
}

static void token_file_and_servers(void)
{
	char path[] = "/tmp/minik-test-XXXXXX";
	/* Nobody listens on port 1: the next server is asked. */
	const char *const servers[] = {"https://127.0.0.1:1", url, NULL};
	struct https_config cfg = {.servers = servers, .ca_pem = ca.cert_pem, .token_file = path};
	struct err e = {0};
	struct world w;
	int fd = mkstemp(path);

	CHECK(fd >= 0 && write(fd, "one\n", 4) == 4);
	close(fd);
	open_world(&w, &cfg);
	run_world(&w);
	CHECK(client_get_wait(w.client, &node_a, NULL, &e) == 0);
	CHECK_STR(srv.auth, "Bearer one");
	CHECK(fs_write_atomic(path, "two", 3, 0600, &e) == 0);
	CHECK(client_get_wait(w.client, &node_a, NULL, &e) == 0);
	CHECK_STR(srv.auth, "Bearer two");
	close_world(&w);
	unlink(path);
}

static unsigned told;

static void on_told(struct server_list_listener *l)
{
	(void)l;
	told++;
}

static void server_lists(void)
{
	const char *const none[] = {NULL}, *const wrong[] = {"ftp://a", NULL},
			  *const two[] = {"https://a:1/", "https://b:2", "https://a:1", NULL},
			  *const other[] = {"https://b:2", "https://c:3", NULL}, *const last[] = {"https://d:4", NULL};
	struct server_list_listener l = {.fn = on_told};
	struct server_list *s = NULL;
	struct err e = {0};
	bool changed;
	unsigned turn, next;
	char *at, why[32];

	CHECK(server_list_new(&s, none, &e) == -EINVAL && server_list_new(&s, wrong, &e) == -EINVAL);
	CHECK(server_list_new(&s, two, &e) == 0 && server_list_count(s) == 2);
	server_list_unlisten(s, &l); /* it does not */
	server_list_listen(s, &l);
	at = server_list_current(s, &turn);
	CHECK_STR(at, "https://a:1");
	free(at);
	CHECK(server_list_failed(s, turn, "gone") && told == 1);
	CHECK(!server_list_failed(s, turn, "once more") && told == 1); /* that turn is over */
	server_list_why(s, why, sizeof(why));
	CHECK_STR(why, "gone");
	at = server_list_current(s, &turn);
	CHECK_STR(at, "https://b:2");
	free(at);
	/* The one that is asked stays. */
	CHECK(server_list_set(s, other, &changed, &e) == 0 && changed && told == 2);
	at = server_list_current(s, &next);
	CHECK(streq(at, "https://b:2") && next == turn);
	free(at);
	CHECK(server_list_set(s, other, &changed, &e) == 0 && !changed && told == 2);
	CHECK(server_list_set(s, none, &changed, &e) == -EINVAL && server_list_count(s) == 2);
	CHECK(server_list_set(s, last, &changed, &e) == 0 && changed);
	at = server_list_current(s, &next);
	CHECK(streq(at, "https://d:4") && next != turn);
	free(at);
	CHECK(!server_list_failed(s, next, "the only one"));
	told = 0;
	server_list_again(s, next, "anew");
	CHECK(told == 1);
	server_list_unlisten(s, &l);
	server_list_again(s, next + 1, "nobody hears it");
	CHECK(told == 1);
	server_list_unref(s);
}

static void lock_push(const char *line)
{
	EVENTUALLY(srv.stream);
	pthread_mutex_lock(&srv.lock);
	push(line);
	pthread_mutex_unlock(&srv.lock);
}

static bool has(struct world *w, const char *name)
{
	AUTO_OBJECT struct informer_object *o = informer_get(w->informer, NULL, name);

	return o;
}

/* Who shares a list moves when another one notices that the server is gone; its watch goes on where it was. */
static void moved_together(void)
{
	struct http_server_config cfg = {.bind_address = "127.0.0.1",
					 .threads = 2,
					 .tls_cert_pem = server_cert.cert_pem,
					 .tls_key_pem = server_cert.key_pem};
	const struct informer_config nodes = {.plural = "nodes"};
	struct https_config hc = {.ca_pem = ca.cert_pem};
	struct http_server *second = NULL;
	struct server_list *list = NULL;
	struct err e = {0};
	struct world w;
	char url2[64];
	unsigned turn, watches;

	CHECK(http_server_new(&second, &cfg, serve, NULL, &e) == 0 && http_server_start(second, &e) == 0);
	(void)snprintf(url2, sizeof url2, "https://127.0.0.1:%u", http_server_port(second));
	const char *const both[] = {url2, url, NULL};
	CHECK(server_list_new(&list, both, &e) == 0);
	hc.shared = list;
	open_world(&w, &hc);
	CHECK(informer_new(&w.informer, w.client, &nodes, &e) == 0 && informer_start(w.informer, &e) == 0);
	run_world(&w);
	EVENTUALLY(informer_synced(w.informer) && has(&w, "a"));
	pthread_mutex_lock(&srv.lock);
	watches = srv.watches;
	pthread_mutex_unlock(&srv.lock);
	free(server_list_current(list, &turn));
	CHECK(server_list_failed(list, turn, "said by somebody else"));
	EVENTUALLY(srv.watches > watches && srv.stream);
	CHECK(strstr(srv.query, "resourceVersion=7")); /* not from a list: no event is passed over */
	lock_push("{\"type\":\"ADDED\",\"object\":{\"metadata\":{\"name\":\"z\",\"resourceVersion\":\"9\"}}}\n");
	EVENTUALLY(has(&w, "z"));
	close_world(&w);
	server_list_unref(list);
	http_server_stop(second);
	http_server_join(second);
	http_server_free(second);
}

static void refused(void)
{
	const char *const here[] = {url, NULL}, *const none[] = {"https://127.0.0.1:1", NULL};
	struct https_config cfg = {.servers = here}, away = {.servers = none, .ca_pem = ca.cert_pem};
	struct err e = {0};
	struct world w;

	/* A CA that is not the system's. */
	open_world(&w, &cfg);
	run_world(&w);
	CHECK(client_get_wait(w.client, &node_a, NULL, &e) < 0);
	fprintf(stderr, "     %s\n", e.msg);
	close_world(&w);
	open_world(&w, &away);
	run_world(&w);
	CHECK(client_get_wait(w.client, &node_a, NULL, &e) == ERR_UNAVAILABLE);
	close_world(&w);
	cfg.insecure_skip_verify = true;
	open_world(&w, &cfg);
	run_world(&w);
	CHECK(client_get_wait(w.client, &node_a, NULL, &e) == 0);
	close_world(&w);
}

static void lock_end(void)
{
	pthread_mutex_lock(&srv.lock);
	if (srv.stream)
		http_stream_end(TAKE_PTR(srv.stream));
	pthread_mutex_unlock(&srv.lock);
}

static void watching(bool streaming)
{
	const char *const servers[] = {url, NULL};
	struct https_config cfg = {.servers = servers, .ca_pem = ca.cert_pem};
	struct informer_config ic = {.plural = "nodes"};
	struct err e = {0};
	struct world w;
	unsigned n;

	srv.watches = srv.closed = 0;
	srv.no_streaming = !streaming;
	open_world(&w, &cfg);
	CHECK(informer_new(&w.informer, w.client, &ic, &e) == 0 && informer_start(w.informer, &e) == 0);
	run_world(&w);
	EVENTUALLY(informer_synced(w.informer) && has(&w, "a"));
	lock_push("{\"type\":\"ADDED\",\"object\":{\"metadata\":{\"name\":\"b\",\"resourceVersion\":\"8\"}}}\n");
	EVENTUALLY(has(&w, "b"));
	n = srv.watches;
	lock_end();
	EVENTUALLY(srv.watches == n + 1 && srv.stream);
	CHECK(strstr(srv.query, "resourceVersion=8"));
	lock_push("{\"type\":\"DELETED\",\"object\":{\"metadata\":{\"name\":\"a\",\"resourceVersion\":\"9\"}}}\n");
	EVENTUALLY(!has(&w, "a"));
	/* Broken with 410 at the next try: everything is listed again. */
	srv.gone = true;
	lock_end();
	EVENTUALLY(has(&w, "a") && !has(&w, "b"));
	/* Half an event, then the end. */
	lock_push("{\"type\":\"ADDED\",\"object\":{\"metadata\":{\"name\":\"c\",\"res");
	lock_end();
	EVENTUALLY(srv.stream);
	lock_push("{\"type\":\"ADDED\",\"object\":{\"metadata\":{\"name\":\"c\",\"resourceVersion\":\"10\"}}}\n");
	EVENTUALLY(has(&w, "c"));
	/* Nonsense: the connection is given up, the watch resumed. */
	n = srv.watches;
	lock_push("nonsense\n");
	EVENTUALLY(srv.watches == n + 1 && has(&w, "c"));
	close_world(&w);
	EVENTUALLY(!srv.stream);
}

static void watch_streaming(void)
{
	watching(true);
}

static void watch_after_list(void)
{
	watching(false);
}

int main(void)
{
	RUN(begin);
	RUN(certificate_and_errors);
	RUN(token_file_and_servers);
	RUN(server_lists);
	RUN(moved_together);
	RUN(refused);
	RUN(watch_streaming);
	RUN(watch_after_list);
	RUN(end);
	return TEST_END();
}
