/*
 * Startup, liveness and readiness probes. A timer per probe on the node's loop; HTTP and TCP run on the loop, commands on the work
 * pool. Source: pkg/kubelet/prober. One liberty is taken: until a readiness or startup probe has succeeded once, it is also tried in
 * the first period after 20, 40, 80... ms; such tries never count as failures.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include "api/object.h"
#include "base/log.h"
#include "base/str.h"
#include "node/pod.h"

#define PROBE_OUTPUT_MAX 10240
#define FIRST_EARLY_MS 20

struct probe {
	struct list link;
	struct probes *owner;
	struct pod *pod; /* borrowed: the owner lives no longer than it */
	char container[254], cid[65];
	bool init; /* of a sidecar */
	enum probe_kind kind;
	json_t *spec; /* of the probe */
	char *host;
	uint16_t port;
	struct loop_timer *timer, *deadline;
	struct http_call *call;
	struct loop_io *io;
	int fd;
	struct exec_probe *exec; /* under way */
	int64_t begin_ms, period_ms, timeout_ms, next_counted_ms, early_ms;
	int successes, failures, success_threshold, failure_threshold;
	bool known, result; /* last told; known false: nothing yet */
	bool on_hold;	    /* failed for good: the container is being restarted */
	bool seen;	    /* by the running reconcile */
};
struct exec_probe {
	struct pool_job job;
	struct pod *pod; /* reference */
	struct probe *probe; /* loop: NULL when nobody waits any more */
	char cid[65];
	json_t *command;
	int timeout_ms;
	int r, code;
	struct buf out;
	struct err err;
};
struct probes {
	struct list all;
};

static const char *const kind_names[] = {"Startup", "Liveness", "Readiness"};
static const char *const kind_fields[] = {"startupProbe", "livenessProbe", "readinessProbe"};

static void stop_try(struct probe *b)
{
	if (b->call)
		http_call_cancel(TAKE_PTR(b->call));
	b->io = loop_io_free(b->io);
	if (b->fd >= 0)
		close(TAKE_FD(b->fd));
	if (b->exec)
		TAKE_PTR(b->exec)->probe = NULL;
	if (b->deadline)
		loop_timer_stop(b->deadline);
}

static void probe_free(struct probe *b)
{
	stop_try(b);
	list_del(&b->link);
	loop_timer_free(b->timer);
	loop_timer_free(b->deadline);
	json_decref(b->spec);
	free(b->host);
	free(b);
}

struct probes *probes_free(struct probes *x)
{
	if (!x)
		return NULL;
	LIST_FOREACH_SAFE(b, tmp, &x->all, struct probe, link)
		probe_free(b);
	free(x);
	return NULL;
}

static void tell(struct probe *b, bool ok, const char *text)
{
	struct pod_msg *m = pod_msg_new(MSG_PROBE, b->container, b->cid);

	if (!m)
		return;
	m->probe = b->kind;
	m->ok = ok;
	m->text = str_dup(text);
	pod_post(b->pod, m);
}

static void event(struct probe *b, const char *message)
{
	struct pod *p = b->pod;
	AUTO_JSON json_t *obj = json_pack("{s:s,s:s,s:{s:s,s:s,s:s}}", "kind", "Pod", "apiVersion", "v1", "metadata", "name", p->name, "namespace",
					  p->ns, "uid", p->uid);
	AUTO_FREE char *path = str_fmt("spec.%s{%s}", b->init ? "initContainers" : "containers", b->container), *text = str_dup(message);

	if (!obj || !path || !text)
		return;
	str_make_utf8(text);
	json_object_set_new(obj, "fieldPath", json_string(path));
	client_event(p->node->client, obj, "v1", "Pod", "Warning", "Unhealthy", NODE_COMPONENT, p->node->name, "%s probe %s", kind_names[b->kind], text);
}

static void arm(struct probe *b)
{
	int64_t now = node_now_ms(b->pod->node), next = b->next_counted_ms - now;

	if (b->early_ms > 0 && b->early_ms < next) {
		next = b->early_ms;
		b->early_ms *= 2;
	}
	loop_timer_set(b->timer, next > 0 ? next : 0);
}

/* One try ended. */
static void finish(struct probe *b, bool ok, const char *message)
{
	int64_t now = node_now_ms(b->pod->node);
	bool counted = now >= b->next_counted_ms || b->early_ms == 0;

	stop_try(b);
	if (now >= b->next_counted_ms)
		b->next_counted_ms = now + b->period_ms;
	if (ok) {
		b->early_ms = 0;
		b->failures = 0;
		b->successes++;
		if (b->successes >= b->success_threshold && !(b->known && b->result)) {
			b->known = b->result = true;
			if (b->kind != PROBE_LIVENESS)
				tell(b, true, NULL);
		}
	} else if (counted) {
		b->successes = 0;
		b->failures++;
		event(b, message);
		if (b->failures >= b->failure_threshold) {
			AUTO_FREE char *why = str_fmt("Container %s failed %s probe, will be restarted", b->container, b->kind == PROBE_STARTUP ? "startup" : "liveness");
			if (b->kind != PROBE_READINESS) {
				b->on_hold = true;
				tell(b, false, why);
				return;
			}
			if (!b->known || b->result) {
				b->known = true;
				b->result = false;
				tell(b, false, NULL);
			}
		}
	}
	if (b->kind == PROBE_STARTUP && b->known && b->result)
		return; /* done for this run */
	arm(b);
}

static void timed_out(void *arg)
{
	struct probe *b = arg;
	char message[160];

	if (b->call)
		snprintf(message, sizeof(message), "failed: Get \"http://%s:%u\": context deadline exceeded (Client.Timeout exceeded while awaiting headers)", b->host,
			 (unsigned)b->port);
	else
		snprintf(message, sizeof(message), "failed: dial tcp %s:%u: i/o timeout", b->host ? b->host : "", (unsigned)b->port);
	finish(b, false, message);
}

static void http_done(void *arg, const struct http_client_response *r)
{
	struct probe *b = arg;
	char message[300];

	b->call = NULL;
	if (r->code < 0) {
		snprintf(message, sizeof(message), "failed: %s", r->err.msg);
		finish(b, false, message);
	} else if (r->status >= 200 && r->status < 400) {
		finish(b, true, NULL);
	} else {
		snprintf(message, sizeof(message), "failed: HTTP probe failed with statuscode: %d", r->status);
		finish(b, false, message);
	}
}

static void try_http(struct probe *b)
{
	const json_t *g = json_object_get(b->spec, "httpGet");
	AUTO_FREE char *url = handler_url(g, b->host, b->port);
	AUTO_STRV char **headers = handler_headers(g);
	struct err err = {0};
	const struct http_client_request rq = {.method = "GET", .url = url, .headers = (const char *const *)headers, .timeout_ms = (unsigned)b->timeout_ms,
					       .connect_timeout_ms = (unsigned)b->timeout_ms, .max_response = PROBE_OUTPUT_MAX, .direct = true};
	static const struct http_client_cb cb = {.on_done = http_done};
	int r = url && headers ? http_client_start(b->pod->node->http, &rq, &cb, b, &b->call, &err) : err_nomem(&err);

	if (r < 0)
		finish(b, false, err.msg);
}

/* grpc.health.v1.Health/Check: a message is a byte for compression, its length as four bytes, and protobuf. */
static struct bytes *grpc_request(const char *service)
{
	size_t n = strlen(service), varint = n < 128 ? 1 : 2, len = n ? 1 + varint + n : 0;
	struct bytes *b = n < 16384 ? bytes_alloc(5 + len) : NULL;

	if (!b)
		return NULL;
	memset(b->data, 0, 5);
	b->data[3] = (char)(len >> 8);
	b->data[4] = (char)len;
	if (n > 0) {
		b->data[5] = 0x0a; /* field 1, a string */
		b->data[6] = (char)(n < 128 ? n : (n & 127) | 128);
		if (varint == 2)
			b->data[7] = (char)(n >> 7);
		memcpy(b->data + 6 + varint, service, n);
	}
	return b;
}

/* HealthCheckResponse: field 1 is the status. -1: none to be seen. */
static int grpc_status(const struct bytes *b)
{
	if (!b || b->len < 5 || b->data[0] != 0)
		return -1;
	if (b->len == 5)
		return 0; /* the default goes without saying: UNKNOWN */
	return b->len >= 7 && b->data[5] == 0x08 && !(b->data[6] & 0x80) ? b->data[6] : -1;
}

static void grpc_done(void *arg, const struct http_client_response *r)
{
	static const char *const names[] = {"UNKNOWN", "SERVING", "NOT_SERVING", "SERVICE_UNKNOWN"};
	struct probe *b = arg;
	const char *code = r->code == 0 ? r->header(r, "grpc-status") : NULL;
	int status = r->code == 0 && r->status == 200 ? grpc_status(r->body) : -1;
	char message[300];

	b->call = NULL;
	if (r->code < 0)
		snprintf(message, sizeof(message), "failed: %s", r->err.msg);
	else if (code && !streq(code, "0"))
		snprintf(message, sizeof(message), "failed: %s (code %.8s)",
			 streq(code, "12") ? "this server does not implement the grpc health protocol (grpc.health.v1.Health)" : "health rpc failed", code);
	else if (status < 0)
		snprintf(message, sizeof(message), "failed: health rpc failed: HTTP status %d without a health status", r->status);
	else
		snprintf(message, sizeof(message), "failed: service unhealthy (responded with \"%s\")", status < (int)ARRAY_LEN(names) ? names[status] : "?");
	finish(b, status == 1, message);
}

static void try_grpc(struct probe *b)
{
	static const char *const headers[] = {"Content-Type: application/grpc", "TE: trailers", NULL};
	static const struct http_client_cb cb = {.on_done = grpc_done};
	AUTO_FREE char *base = handler_url(NULL, b->host, b->port), *url = str_fmt("%sgrpc.health.v1.Health/Check", base);
	AUTO_BYTES struct bytes *body = grpc_request(json_str_or(b->spec, "grpc.service", ""));
	struct err err = {0};
	const struct http_client_request rq = {.method = "POST", .url = url, .headers = headers, .body = body, .timeout_ms = (unsigned)b->timeout_ms,
					       .connect_timeout_ms = (unsigned)b->timeout_ms, .max_response = PROBE_OUTPUT_MAX, .direct = true, .http2 = true};
	int r = base && url && body ? http_client_start(b->pod->node->http, &rq, &cb, b, &b->call, &err) : err_nomem(&err);

	if (r < 0)
		finish(b, false, err.msg);
}

static void tcp_ready(void *arg, int fd, uint32_t events UNUSED)
{
	struct probe *b = arg;
	int so = 0;
	socklen_t len = sizeof(so);
	char message[160];

	if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &so, &len) == 0 && so == 0) {
		finish(b, true, NULL);
		return;
	}
	snprintf(message, sizeof(message), "failed: dial tcp %s:%u: connect: %s", b->host, (unsigned)b->port, strerror(so));
	finish(b, false, message);
}

static void try_tcp(struct probe *b)
{
	struct sockaddr_in a4 = {.sin_family = AF_INET, .sin_port = htons(b->port)};
	struct sockaddr_in6 a6 = {.sin6_family = AF_INET6, .sin6_port = htons(b->port)};
	bool v6 = inet_pton(AF_INET6, b->host, &a6.sin6_addr) == 1;
	char message[160];
	struct err err = {0};

	if (!v6 && inet_pton(AF_INET, b->host, &a4.sin_addr) != 1) {
		snprintf(message, sizeof(message), "failed: host %.80s is not an IP address", b->host);
		finish(b, false, message);
		return;
	}
	b->fd = socket(v6 ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	int r = b->fd < 0 ? -1 : connect(b->fd, v6 ? (struct sockaddr *)&a6 : (struct sockaddr *)&a4, v6 ? sizeof(a6) : sizeof(a4));
	if (r < 0 && errno != EINPROGRESS) {
		snprintf(message, sizeof(message), "failed: dial tcp %s:%u: %s", b->host, (unsigned)b->port, strerror(errno));
		finish(b, false, message);
		return;
	}
	if (loop_io_new(&b->io, b->pod->node->loop, b->fd, EPOLLOUT, tcp_ready, b, &err) < 0)
		finish(b, false, err.msg);
	else
		loop_timer_set(b->deadline, b->timeout_ms);
}

static void exec_run(struct pool_job *j)
{
	struct exec_probe *x = container_of(j, struct exec_probe, job);
	const char **argv = calloc(json_array_size(x->command) + 1, sizeof(*argv));
	json_t *v;
	size_t i;

	if (!argv) {
		x->r = err_nomem(&x->err);
		return;
	}
	json_array_foreach(x->command, i, v) argv[i] = json_string_value(v) ? json_string_value(v) : "";
	x->r = runtime_exec(x->pod->node->rt, x->cid, argv, x->timeout_ms, &x->out, PROBE_OUTPUT_MAX, &x->code, &x->err);
	free(argv);
}

static void exec_done(struct pool_job *j)
{
	struct exec_probe *x = container_of(j, struct exec_probe, job);
	char message[500];

	if (x->probe) {
		struct probe *b = x->probe;
		b->exec = NULL;
		if (x->r == ERR_TIMEOUT)
			snprintf(message, sizeof(message), "failed: command timed out after %dms", x->timeout_ms);
		else if (x->r < 0)
			snprintf(message, sizeof(message), "errored: %s", x->err.msg);
		else
			snprintf(message, sizeof(message), "failed: %.400s", x->out.data ? x->out.data : "");
		finish(b, x->r == 0 && x->code == 0, message);
	}
	buf_done(&x->out);
	json_decref(x->command);
	pod_unref(x->pod);
	free(x);
}

static void try_exec(struct probe *b)
{
	struct exec_probe *x = calloc(1, sizeof(*x));

	if (!x || !(x->command = json_deep_copy(json_dot(b->spec, "exec.command")))) {
		free(x);
		finish(b, false, "errored: no command");
		return;
	}
	x->pod = pod_ref(b->pod);
	x->probe = b;
	x->timeout_ms = (int)b->timeout_ms;
	str_copy(x->cid, sizeof(x->cid), b->cid);
	x->job.run = exec_run;
	x->job.done = exec_done;
	x->job.done_loop = b->pod->node->loop;
	b->exec = x;
	pool_submit(b->pod->node->exec_pool, &x->job);
}

static void probe_due(void *arg)
{
	struct probe *b = arg;

	if (b->on_hold || b->call || b->io || b->exec || b->pod->node->stopping)
		return;
	if (json_object_get(b->spec, "httpGet"))
		try_http(b);
	else if (json_object_get(b->spec, "exec"))
		try_exec(b);
	else if (json_object_get(b->spec, "grpc"))
		try_grpc(b);
	else
		try_tcp(b);
}

static struct probe *probe_new(struct pod *p, struct ctr *c, enum probe_kind kind, const json_t *spec, const json_t *ctr, const json_t *probe)
{
	struct probe *b = calloc(1, sizeof(*b));
	const json_t *handler = json_object_get(probe, "httpGet");
	struct err err = {0};
	int r = 0;

	if (!b)
		return NULL;
	list_init(&b->link);
	b->fd = -1;
	b->pod = p;
	b->kind = kind;
	b->init = c->kind == CTR_KIND_INIT;
	str_copy(b->container, sizeof(b->container), c->name);
	str_copy(b->cid, sizeof(b->cid), c->run.id);
	b->spec = json_deep_copy(probe);
	b->period_ms = json_int_or(probe, "periodSeconds", 10) * 1000;
	b->timeout_ms = json_int_or(probe, "timeoutSeconds", 1) * 1000;
	b->success_threshold = (int)json_int_or(probe, "successThreshold", 1);
	b->failure_threshold = (int)json_int_or(probe, "failureThreshold", 3);
	if (b->period_ms <= 0)
		b->period_ms = 10000;
	if (b->timeout_ms <= 0)
		b->timeout_ms = 1000;
	if (!handler)
		handler = json_object_get(probe, "tcpSocket");
	if (!handler)
		handler = json_object_get(probe, "grpc");
	if (handler)
		r = handler_target(p, spec, ctr, handler, p->ips[0], &b->host, &b->port, &err);
	if (r < 0 || !b->spec || loop_timer_new(&b->timer, p->node->loop, probe_due, b) < 0 || loop_timer_new(&b->deadline, p->node->loop, timed_out, b) < 0) {
		log_warning("node", p->key, "container %s: %s probe: %s", c->name, kind_names[kind], err.msg);
		probe_free(b);
		return NULL;
	}
	int64_t now = node_now_ms(p->node), ran = (clock_wall(p->node->d.clock) - c->run.started) * 1000;
	int64_t delay = json_int_or(probe, "initialDelaySeconds", 0) * 1000 - (ran > 0 ? ran : 0);
	if (delay < 0)
		delay = 0;
	/* An adopted container keeps what was known of it. */
	if (kind == PROBE_READINESS && c->ready)
		b->known = b->result = true;
	if (kind != PROBE_LIVENESS && !b->known)
		b->early_ms = FIRST_EARLY_MS;
	b->begin_ms = now + delay;
	b->next_counted_ms = now + delay + (b->early_ms ? b->period_ms : 0);
	loop_timer_set(b->timer, delay);
	return b;
}

static void want(struct pod *p, struct ctr *c, enum probe_kind kind, const json_t *spec, const json_t *ctr)
{
	const json_t *probe = json_object_get(ctr, kind_fields[kind]);

	if (!probe)
		return;
	LIST_FOREACH(b, &p->probes->all, struct probe, link)
		if (b->kind == kind && streq(b->cid, c->run.id)) {
			b->seen = true;
			return;
		}
	struct probe *b = probe_new(p, c, kind, spec, ctr, probe);
	if (!b)
		return;
	b->owner = p->probes;
	b->seen = true;
	list_add_tail(&p->probes->all, &b->link);
}

void probes_reconcile(struct pod *p, const json_t *spec)
{
	if (!p->probes) {
		p->probes = calloc(1, sizeof(*p->probes));
		if (!p->probes)
			return;
		list_init(&p->probes->all);
	}
	LIST_FOREACH(b, &p->probes->all, struct probe, link)
		b->seen = false;
	LIST_FOREACH(c, &p->ctrs, struct ctr, link)
	{
		static const char *const lists[] = {[CTR_KIND_INIT] = "initContainers", [CTR_KIND_MAIN] = "containers"};
		const json_t *ctr = NULL, *v;
		size_t i;
		bool runs = c->state == CTR_RUNNING && p->state == POD_RUNNING;
		/* Who is being stopped may still serve: of probes only the readiness one goes on (kubelet, KEP-1669). */
		bool ends = c->started && !runs && (c->state == CTR_RUNNING || c->state == CTR_STOPPING) &&
			    (p->state == POD_RUNNING || p->state == POD_TERMINATING);
		if ((!runs && !ends) || c->kind == CTR_KIND_EPHEMERAL || (c->kind == CTR_KIND_INIT && !c->sidecar))
			continue;
		json_array_foreach(json_at(spec, "spec", lists[c->kind], NULL), i, v) if (streq(json_str(v, "name"), c->name)) ctr = v;
		if (!c->started)
			want(p, c, PROBE_STARTUP, spec, ctr);
		else
			want(p, c, PROBE_READINESS, spec, ctr);
		if (c->started && runs)
			want(p, c, PROBE_LIVENESS, spec, ctr);
	}
	LIST_FOREACH_SAFE(b, tmp, &p->probes->all, struct probe, link)
		if (!b->seen)
			probe_free(b);
}
