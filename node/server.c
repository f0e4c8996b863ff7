#include "node/server_internal.h"
#include <errno.h>
#include <sys/inotify.h>
#include "base/fs.h"
#include "base/str.h"
#include "wire/websocket.h"

#define POOL_THREADS 16

void request_done(struct request *rq)
{
	free(rq->ns);
	free(rq->pod);
	free(rq->uid);
	free(rq->container);
	free(rq->query);
	*rq = (struct request){0};
}

/* --- sessions --- */

static void session_try_free(struct loop_task *t)
{
	struct session *s = container_of(t, struct session, free_task);
	struct node_server *server = s->server;

	if (s->busy)
		return; /* the job's end comes here again */
	list_del(&s->link);
	atomic_fetch_sub(&server->n_live, 1);
	s->destroy(s);
	if (server->stopping && list_empty(&server->sessions))
		loop_quit(server->loop);
}

void session_init(struct session *s, struct node_server *server, void (*close)(struct session *),
		  void (*destroy)(struct session *))
{
	*s = (struct session){.server = server, .close = close, .destroy = destroy, .free_task.fn = session_try_free};
	atomic_fetch_add(&server->n_live, 1);
	list_add_tail(&server->sessions, &s->link);
}

void session_end(struct session *s)
{
	if (s->ended)
		return;
	s->ended = true;
	s->close(s);
	loop_post(s->server->loop, &s->free_task);
}

static void job_run(struct pool_job *j)
{
	struct session_job *sj = container_of(j, struct session_job, job);

	sj->run(sj);
}

static void job_done(struct pool_job *j)
{
	struct session_job *sj = container_of(j, struct session_job, job);
	struct session *s = sj->session;

	s->busy--;
	if (!s->ended) {
		sj->done(sj);
		return;
	}
	if (sj->dropped)
		sj->dropped(sj);
	loop_post(s->server->loop, &s->free_task);
}

void session_submit(struct session *s, struct session_job *j)
{
	j->session = s;
	j->job = (struct pool_job){.run = job_run, .done = job_done, .done_loop = s->server->loop};
	s->busy++;
	pool_submit(s->server->pool, &j->job);
}

/* --- requests --- */

char *query_value(const char *query, const char *key, const char **at)
{
	size_t klen = strlen(key);

	for (const char *p = at && *at ? *at : query; p && *p;) {
		size_t n = strcspn(p, "&");
		bool found = n >= klen && strncmp(p, key, klen) == 0 && (p[klen] == '=' || n == klen);
		const char *v = p + klen + (n > klen), *next = p + n + (p[n] == '&');

		if (found) {
			if (at)
				*at = next;
			return url_decode(v, (size_t)(p + n - v), true);
		}
		p = next;
	}
	return NULL;
}

/* As Kubernetes reads them: whatever is neither "0" nor "false" is true. The Python client says True. */
bool query_flag(const char *query, const char *key)
{
	AUTO_FREE char *v = query_value(query, key, NULL);

	return v && !streq(v, "0") && strcasecmp(v, "false") != 0;
}

int error_status(int code)
{
	switch (code) {
	case ERR_NOT_FOUND:
		return 404;
	case ERR_BAD_REQUEST:
	case ERR_INVALID:
	case ERR_UNSUPPORTED:
		return 400;
	case ERR_FORBIDDEN:
		return 403;
	case ERR_UNAUTHORIZED:
		return 401;
	case ERR_METHOD:
		return 405;
	case ERR_TOO_MANY:
		return 429;
	default:
		return 500;
	}
}

static void reply_text(struct http_exchange *x, int status, const char *type, const char *text, size_t n)
{
	AUTO_BYTES struct bytes *b = bytes_new(text, n);

	http_reply(x, b ? status : 500, type, b);
}

void reply_error(struct http_exchange *x, int status, const struct err *e)
{
	char line[sizeof(e->msg) + 2];
	int n = snprintf(line, sizeof(line), "%s\n", e->msg);

	reply_text(x, status, "text/plain; charset=utf-8", line, (size_t)n);
}

/* --- who may call --- */

static bool has_line(const char *lines, const char *line)
{
	size_t n = strlen(line);

	for (const char *p = lines; p && *p; p += strcspn(p, "\n"), p += *p == '\n')
		if (strncmp(p, line, n) == 0 && (p[n] == '\n' || !p[n]))
			return true;
	return false;
}

static int authorize(const struct http_exchange *x, struct err *e)
{
	AUTO_FREE char *cn = NULL, *orgs = NULL;

	if (!http_peer_cert(x, &cn, &orgs))
		return err_set(e, ERR_UNAUTHORIZED, "Unauthorized");
	if (streq(cn, "kube-apiserver") || streq(cn, "kube-apiserver-kubelet-client") ||
	    has_line(orgs, "system:masters"))
		return 0;
	return err_set(e, ERR_FORBIDDEN, "Forbidden (user=%.80s)", cn);
}

/* --- plain answers --- */

struct plain { /* a document that takes a moment to gather */
	struct session_job job;
	struct session session;
	struct http_exchange *x;
	int (*fn)(struct node *n, json_t **ret, struct err *e);
	bool metrics;
};

static void metrics_text(const json_t *stats, struct buf *b)
{
	const json_t *node = json_object_get(stats, "node");
	json_t *pod, *c;
	size_t i, k;

	buf_adds(b, "# TYPE node_cpu_usage_seconds_total counter\n");
	buf_addf(b, "node_cpu_usage_seconds_total %.9f\n",
		 (double)json_int_or(node, "cpu.usageCoreNanoSeconds", 0) / 1e9);
	buf_adds(b, "# TYPE node_memory_working_set_bytes gauge\n");
	buf_addf(b, "node_memory_working_set_bytes %lld\n", (long long)json_int_or(node, "memory.workingSetBytes", 0));
	buf_adds(b, "# TYPE container_cpu_usage_seconds_total counter\n");
	for (int round = 0; round < 2; round++) {
		if (round)
			buf_adds(b, "# TYPE container_memory_working_set_bytes gauge\n");
		json_array_foreach(json_object_get(stats, "pods"), i, pod)
		    json_array_foreach(json_object_get(pod, "containers"), k, c)
		{
			buf_addf(b, "%s{container=\"%s\",pod=\"%s\",namespace=\"%s\"} ",
				 round ? "container_memory_working_set_bytes" : "container_cpu_usage_seconds_total",
				 json_str_or(c, "name", ""), json_str_or(pod, "podRef.name", ""),
				 json_str_or(pod, "podRef.namespace", ""));
			if (round)
				buf_addf(b, "%lld\n", (long long)json_int_or(c, "memory.workingSetBytes", 0));
			else
				buf_addf(b, "%.9f\n", (double)json_int_or(c, "cpu.usageCoreNanoSeconds", 0) / 1e9);
		}
	}
}

static void volume_metrics(const json_t *stats, struct buf *b)
{
	static const struct {
		const char *name, *key;
	} all[] = {{"available_bytes", "availableBytes"}, {"capacity_bytes", "capacityBytes"}, {"used_bytes", "usedBytes"}, {"inodes_free", "inodesFree"}, {"inodes", "inodes"}, {"inodes_used", "inodesUsed"}};
	json_t *pod, *v;
	size_t i, k;

	for (size_t m = 0; m < ARRAY_LEN(all); m++) {
		buf_addf(b, "# TYPE kubelet_volume_stats_%s gauge\n", all[m].name);
		json_array_foreach (json_object_get(stats, "pods"), i, pod)
			json_array_foreach (json_object_get(pod, "volume"), k, v)
				if (json_object_get(v, "pvcRef") && json_object_get(v, all[m].key))
					buf_addf(b, "kubelet_volume_stats_%s{namespace=\"%s\",persistentvolumeclaim=\"%s\"} %lld\n", all[m].name,
						 json_str_or(v, "pvcRef.namespace", ""), json_str_or(v, "pvcRef.name", ""), (long long)json_int_or(v, all[m].key, 0));
	}
}

/* In the worker: the exchange was kept without http_on_close, so that it is valid until this answers. */
static void plain_run(struct session_job *j)
{
	struct plain *p = container_of(j, struct plain, job);
	AUTO_JSON json_t *v = NULL;
	AUTO_BUF struct buf b = {0};
	struct err e = {0};
	int r = p->fn(p->session.server->n, &v, &e);

	if (r == 0) {
		if (p->metrics) {
			metrics_text(v, &b);
			volume_metrics(v, &b);
		} else {
			json_encode_buf(v, &b);
		}
		if (buf_failed(&b))
			r = err_nomem(&e);
	}
	if (r < 0)
		reply_error(p->x, error_status(r), &e);
	else
		reply_text(p->x, 200, p->metrics ? "text/plain; version=0.0.4" : "application/json",
			   b.data ? b.data : "", b.len);
}

static void plain_done(struct session_job *j)
{
	session_end(j->session);
}
static void plain_close(struct session *s)
{
	(void)s;
}
static void plain_destroy(struct session *s)
{
	free(container_of(s, struct plain, session));
}

static void plain_start(void *arg)
{
	struct plain *p = arg;
	struct node_server *server = p->session.server;

	session_init(&p->session, server, plain_close, plain_destroy);
	p->job.run = plain_run;
	p->job.done = plain_done;
	session_submit(&p->session, &p->job);
}

static void reply_later(struct node_server *s, struct http_exchange *x,
			int (*fn)(struct node *n, json_t **ret, struct err *e), bool metrics)
{
	struct plain *p = calloc(1, sizeof(*p));
	struct err e = {0};

	if (p) {
		p->x = x;
		p->fn = fn;
		p->metrics = metrics;
		p->session.server = s;
		if (loop_call(s->loop, plain_start, p) == 0)
			return;
		free(p);
	}
	err_nomem(&e);
	reply_error(x, 500, &e);
}

/* --- routes --- */

/* Splits "/verb/NS/POD[/UID]/CONTAINER"; want: number of names behind the verb, uid: one more is a uid in the middle.
 */
static int parse_path(const char *path, size_t want, struct request *rq, struct err *e)
{
	char *part[4] = {NULL};
	size_t n = 0;
	bool bad = false;

	for (const char *p = strchr(path + 1, '/'); p && *p; p += strcspn(p, "/")) {
		p++;
		if (n == ARRAY_LEN(part)) {
			bad = true;
			break;
		}
		part[n] = url_decode(p, strcspn(p, "/"), false);
		bad |= !part[n] || !*part[n] || strchr(part[n], '/');
		n++;
	}
	if (bad || (n != want && n != want + 1)) {
		for (size_t i = 0; i < ARRAY_LEN(part); i++)
			free(part[i]);
		return err_set(e, ERR_NOT_FOUND, "404 page not found");
	}
	rq->ns = part[0];
	rq->pod = part[1];
	if (n == want + 1) {
		rq->uid = part[2];
		part[2] = part[3];
	}
	if (want == 3)
		rq->container = part[2];
	return 0;
}

static void route_pod(struct node_server *s, struct http_exchange *x, const char *verb)
{
	struct request rq = {0};
	struct err e = {0};
	bool forward = streq(verb, "portForward"), logs = streq(verb, "containerLogs");
	int r = parse_path(http_path(x), forward ? 2 : 3, &rq, &e);

	if (r == 0 && !streq(http_method(x), "GET") && (logs || !streq(http_method(x), "POST")))
		r = err_set(&e, ERR_METHOD, "Method Not Allowed");
	if (r == 0 && !(rq.query = str_dup(http_query(x))))
		r = err_nomem(&e);
	if (r < 0)
		reply_error(x, error_status(r), &e);
	else if (logs)
		server_logs(s, x, &rq);
	else if (forward)
		server_port_forward(s, x, &rq);
	else
		server_exec(s, x, &rq, streq(verb, "attach"));
	request_done(&rq);
}

static void on_request(void *arg, struct http_exchange *x)
{
	struct node_server *s = arg;
	const char *path = http_path(x);
	char verb[16];
	struct err e = {0};
	int r = authorize(x, &e);
	size_t n = strcspn(path + (*path == '/'), "/");

	if (r < 0) {
		reply_error(x, error_status(r), &e);
		return;
	}
	str_copy(verb, sizeof(verb), "");
	if (*path == '/' && n < sizeof(verb))
		snprintf(verb, sizeof(verb), "%.*s", (int)n, path + 1);
	if (streq(verb, "containerLogs") || streq(verb, "exec") || streq(verb, "attach") ||
	    streq(verb, "portForward")) {
		route_pod(s, x, verb);
		return;
	}
	if (!streq(http_method(x), "GET") && !streq(http_method(x), "HEAD")) {
		err_set(&e, ERR_METHOD, "Method Not Allowed");
		reply_error(x, 405, &e);
	} else if (streq(path, "/healthz") || streq(path, "/healthz/ping")) {
		reply_text(x, 200, "text/plain; charset=utf-8", "ok", 2);
	} else if (streq(path, "/pods") || streq(path, "/pods/")) {
		reply_later(s, x, node_pods_json, false);
	} else if (streq(path, "/stats/summary")) {
		reply_later(s, x, node_stats_json, false);
	} else if (streq(path, "/metrics") || streq(path, "/metrics/resource")) {
		reply_later(s, x, node_stats_json, true);
	} else {
		err_set(&e, ERR_NOT_FOUND, "404 page not found");
		reply_error(x, 404, &e);
	}
}

/* --- upgrades --- */

struct offer {
	const char *name;
	struct buf *list;
};
static void collect_offer(void *arg, const char *name, const char *value)
{
	struct offer *o = arg;

	/* One a header, or several joined: clients do both. */
	if (strcasecmp(name, o->name) == 0 && o->list->len < 4096)
		buf_addf(o->list, "%s%.1000s", o->list->len ? "," : "", value);
}

int upgrade_negotiate(struct http_exchange *x, const char *const *ws, const char *const *spdy,
		      enum tunnel_kind *ret_kind, char ret[64])
{
	const char *upgrade = http_header(x, "Upgrade"), *connection = http_header(x, "Connection");
	bool is_ws = upgrade && strcasecmp(upgrade, "websocket") == 0,
	     is_spdy = upgrade && strcasecmp(upgrade, "SPDY/3.1") == 0;
	AUTO_BUF struct buf list = {0};
	struct err e = {0};
	char accept[29];

	if (!connection || !strcasestr(connection, "upgrade") || (!is_ws && !is_spdy)) {
		err_set(&e, ERR_BAD_REQUEST,
			"you must specify at least 1 of the following: Upgrade to websocket or SPDY/3.1");
		reply_error(x, 400, &e);
		return ERR_BAD_REQUEST;
	}
	struct offer o = {.name = is_ws ? "Sec-WebSocket-Protocol" : "X-Stream-Protocol-Version", .list = &list};
	http_header_each(x, collect_offer, &o);
	buf_addc(&list, '\0');
	if (buf_failed(&list)) {
		err_nomem(&e);
		reply_error(x, 500, &e);
		return -ENOMEM;
	}
	const char *const *ours = is_ws ? ws : spdy, *chosen;
	if (list.len > 1) {
		chosen = protocol_choose(list.data, ours, PROTOCOL_BY_SERVER);
	} else { /* Who names none speaks the oldest, the last of ours. */
		while (ours[1])
			ours++;
		chosen = *ours;
	}
	if (!chosen) {
		err_set(&e, ERR_FORBIDDEN, "unable to negotiate a protocol: client supports [%.150s]", list.data);
		reply_error(x, 403, &e);
		return ERR_FORBIDDEN;
	}
	if (is_ws) {
		if (ws_accept_key(http_header(x, "Sec-WebSocket-Key"), accept, &e) < 0 ||
		    !streq(http_header(x, "Sec-WebSocket-Version"), "13")) {
			if (!e.code)
				err_set(&e, ERR_BAD_REQUEST, "Sec-WebSocket-Version must be 13");
			reply_error(x, 400, &e);
			return ERR_BAD_REQUEST;
		}
		if (http_add_header(x, "Sec-WebSocket-Accept", accept) < 0 ||
		    (*chosen && list.len > 1 && http_add_header(x, "Sec-WebSocket-Protocol", chosen) < 0))
			goto nomem;
	} else if (*chosen && list.len > 1 && http_add_header(x, "X-Stream-Protocol-Version", chosen) < 0) {
		goto nomem;
	}
	str_copy(ret, 64, chosen);
	*ret_kind = !is_ws ? TUNNEL_SPDY : str_has_prefix(chosen, "SPDY/3.1+") ? TUNNEL_SPDY_IN_WS : TUNNEL_WS;
	return 0;
nomem:
	err_nomem(&e);
	reply_error(x, 500, &e);
	return -ENOMEM;
}

static void upgrade_free(struct upgrade *u)
{
	atomic_fetch_sub(&u->server->n_live, 1);
	request_done(&u->rq);
	free(u);
}

static void upgrade_on_loop(void *arg)
{
	struct upgrade *u = arg;

	if (u->server->stopping)
		(void)close(u->fd);
	else
		u->start(u, u->fd);
	upgrade_free(u);
}

static void on_upgraded(void *arg, int fd, const void *extra, size_t n_extra)
{
	struct upgrade *u = arg;

	(void)extra;
	(void)n_extra;
	u->fd = fd;
	if (loop_call(u->server->loop, upgrade_on_loop, u) < 0) {
		(void)close(fd);
		upgrade_free(u);
	}
}

/* Frees the request of an upgrade that did not come about. */
struct pending {
	struct upgrade *u;
};
static void on_pending_closed(void *arg)
{
	struct pending *p = arg;

	if (p->u)
		upgrade_free(p->u);
	free(p);
}
static void on_pending_upgraded(void *arg, int fd, const void *extra, size_t n_extra)
{
	struct pending *p = arg;

	on_upgraded(TAKE_PTR(p->u), fd, extra, n_extra);
}

void upgrade_begin(struct upgrade *u, struct http_exchange *x)
{
	struct pending *p = calloc(1, sizeof(*p));
	struct err e = {0};

	if (atomic_fetch_add(&u->server->n_live, 1) >= SERVER_STREAMS_MAX) {
		err_set(&e, ERR_TOO_MANY, "too many streams at once on this node");
		reply_error(x, 429, &e);
	} else if (!p) {
		err_nomem(&e);
		reply_error(x, 500, &e);
	} else {
		p->u = u;
		http_on_close(x, on_pending_closed, p);
		http_upgrade(x, u->kind == TUNNEL_SPDY ? "SPDY/3.1" : "websocket", on_pending_upgraded, p);
		return;
	}
	free(p);
	upgrade_free(u);
}

/* --- life --- */

static void on_inotify(void *arg, int fd, uint32_t events)
{
	(void)fd;
	(void)events;
	server_logs_event(arg);
}

static void stop_on_loop(void *arg)
{
	struct node_server *s = arg;

	s->stopping = true;
	LIST_FOREACH_SAFE (pos, tmp, &s->sessions, struct session, link)
		session_end(pos);
	if (list_empty(&s->sessions))
		loop_quit(s->loop);
}

struct node_server *node_server_free(struct node_server *s)
{
	if (!s)
		return NULL;
	if (s->http) {
		http_server_stop(s->http);
		http_server_join(s->http); /* no new sessions from here on */
	}
	if (s->thread) {
		if (loop_call(s->loop, stop_on_loop, s) < 0)
			loop_quit(s->loop);
		s->thread = loop_thread_join(s->thread);
	}
	s->http = http_server_free(s->http);
	s->pool = pool_free(s->pool);
	s->inotify_io = loop_io_free(s->inotify_io);
	if (s->inotify >= 0)
		(void)close(s->inotify);
	s->loop = loop_free(s->loop);
	free(s);
	return NULL;
}
DEFINE_CLEANUP(struct node_server *, node_server_free, server_free_p)

int node_server_start(struct node_server **ret, struct node *n, struct err *e)
{
	CLEANUP(server_free_p) struct node_server *s = calloc(1, sizeof(*s));
	const struct http_server_config c = {.bind_address = n->bind_address,
					     .port = n->port,
					     .tls_cert_pem = n->serving_cert_pem,
					     .tls_key_pem = n->serving_key_pem,
					     .client_ca_pem = n->client_ca_pem,
					     .threads = 1,
					     .max_connections = 2048,
					     .max_body = 65536};
	int r;

	AUTO_FREE char *execs = str_fmt("%s/exec", n->run_dir);

	if (!s || !execs)
		return err_nomem(e);
	(void)fs_rm_rf(execs, NULL); /* of commands whose clients went with the process before */
	s->n = n;
	list_init(&s->sessions);
	list_init(&s->logs);
	s->inotify = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
	if (s->inotify < 0)
		return err_errno(e, errno, "cannot watch log files (fs.inotify.max_user_instances)");
	r = loop_new(&s->loop, e);
	if (r == 0)
		r = loop_io_new(&s->inotify_io, s->loop, s->inotify, EPOLLIN, on_inotify, s, e);
	if (r == 0)
		r = pool_new(&s->pool, POOL_THREADS, "node-server", e);
	if (r == 0)
		r = http_server_new(&s->http, &c, on_request, s, e);
	if (r == 0)
		r = loop_thread_start(&s->thread, s->loop, "node-server", e);
	if (r == 0)
		r = http_server_start(s->http, e);
	if (r < 0)
		return err_wrap(e, "kubelet server on port %u", n->port);
	*ret = TAKE_PTR(s);
	return 0;
}

int node_server_use_certificate(struct node_server *s, const char *cert_pem, const char *key_pem, struct err *e)
{
	return http_server_set_cert(s->http, cert_pem, key_pem, e);
}
