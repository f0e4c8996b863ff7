/* Lifecycle handlers: exec and httpGet on the work pool, sleep as a timer. */
#include <errno.h>
#include "api/object.h"
#include "base/log.h"
#include "base/str.h"
#include "node/pod.h"

#define HOOK_OUTPUT_MAX 10240
#define HEADERS_MAX	64

struct hook {
	struct pool_job job;
	struct pod *pod;
	char container[254], cid[65];
	enum pod_msg_type answer;
	json_t *handler;
	int64_t timeout_ms;
	char *host;
	uint16_t port;
	struct loop_timer *timer;
	struct list link; /* node.sleeping_hooks */
};

static void answer(struct hook *h, bool ok, const char *text)
{
	struct pod_msg *m = pod_msg_new(h->answer, h->container, h->cid);

	if (!m)
		return;
	m->ok = ok;
	m->text = str_dup(text);
	pod_post(h->pod, m);
}

static void hook_free(struct hook *h)
{
	loop_timer_free(h->timer);
	list_del(&h->link);
	pod_unref(h->pod);
	json_decref(h->handler);
	free(h->host);
	free(h);
}

static int named_port(const json_t *ctr, const char *name, int64_t *ret)
{
	json_t *p;
	size_t i;

	json_array_foreach(json_object_get(ctr, "ports"), i, p) if (streq(json_str(p, "name"), name))
	{
		*ret = json_int_or(p, "containerPort", 0);
		return 0;
	}
	return -ENOENT;
}

int handler_target(struct pod *p, const json_t *spec UNUSED, const json_t *ctr, const json_t *handler, const char *default_host, char **ret_host,
		   uint16_t *ret_port, struct err *e)
{
	const json_t *port = json_object_get(handler, "port");
	const char *host = json_str_or(handler, "host", "");
	int64_t no = 0;

	(void)p;
	if (json_is_integer(port))
		no = json_integer_value(port);
	else if (json_is_string(port) && named_port(ctr, json_string_value(port), &no) < 0 && str_to_i64(json_string_value(port), 1, 65535, &no) < 0)
		return err_set(e, ERR_INVALID, "couldn't find port: %s in container", json_string_value(port));
	if (no < 1 || no > 65535)
		return err_set(e, ERR_INVALID, "invalid port number: %lld", (long long)no);
	*ret_host = str_dup(host[0] ? host : default_host);
	*ret_port = (uint16_t)no;
	return *ret_host ? 0 : err_nomem(e);
}

static int run_exec(struct hook *h, struct err *e)
{
	const json_t *command = json_dot(h->handler, "exec.command"), *v;
	const char **argv = calloc(json_array_size(command) + 1, sizeof(*argv));
	AUTO_BUF struct buf out = {0};
	size_t i;
	int code, r;

	if (!argv)
		return err_nomem(e);
	json_array_foreach((json_t *)command, i, v) argv[i] = json_string_value(v) ? json_string_value(v) : "";
	r = runtime_exec(h->pod->node->rt, h->cid, argv, (int)(h->timeout_ms > 86400000 ? 86400000 : h->timeout_ms), &out, HOOK_OUTPUT_MAX, &code, e);
	free(argv);
	if (r == 0 && code != 0)
		r = err_set(e, ERR_INTERNAL, "command exited with %d: %.160s", code, out.data ? out.data : "");
	return r;
}

char *handler_url(const json_t *get, const char *host, uint16_t port)
{
	bool https = streq(json_str(get, "scheme"), "HTTPS"), v6 = strchr(host, ':') != NULL;
	const char *path = json_str_or(get, "path", "/");

	return str_fmt(v6 ? "%s://[%s]:%u%s%s" : "%s://%s:%u%s%s", https ? "https" : "http", host, (unsigned)port, path[0] == '/' ? "" : "/", path);
}

char **handler_headers(const json_t *get)
{
	const json_t *list = json_object_get(get, "httpHeaders"), *h;
	size_t max = json_array_size(list) < HEADERS_MAX ? json_array_size(list) : HEADERS_MAX, i, n = 0;
	char **v = calloc(max + 2, sizeof(*v));
	bool accept = false;

	json_array_foreach((json_t *)list, i, h) if (v && n < max)
	{
		accept = accept || strcasecmp(json_str_or(h, "name", ""), "Accept") == 0;
		v[n] = str_fmt("%s: %s", json_str_or(h, "name", ""), json_str_or(h, "value", ""));
		n += v[n] != NULL;
	}
	if (v && !accept)
		v[n] = str_dup("Accept: */*");
	return v;
}

/* What the server answers is its own affair, as for kubelet: a hook fails when there is no answer. */
static int run_http(struct hook *h, struct err *e)
{
	const json_t *g = json_object_get(h->handler, "httpGet");
	AUTO_FREE char *url = handler_url(g, h->host, h->port);
	AUTO_STRV char **headers = handler_headers(g);
	const struct http_client_config c = {.insecure_skip_verify = true, .user_agent = "kube-lifecycle/1.36"};
	const struct http_client_request rq = {.method = "GET", .url = url, .headers = (const char *const *)headers, .direct = true,
					       .timeout_ms = (unsigned)(h->timeout_ms > 600000 ? 600000 : h->timeout_ms), .max_response = HOOK_OUTPUT_MAX};
	AUTO_BYTES struct bytes *body = NULL;
	int status, r;

	if (!url || !headers)
		return err_nomem(e);
	r = http_get_blocking(&c, &rq, &status, &body, e);
	return r == ERR_TOO_LARGE ? 0 : r;
}

static void hook_job(struct pool_job *j)
{
	struct hook *h = container_of(j, struct hook, job);
	struct err err = {0};
	const char *name = h->answer == MSG_POST_START ? "PostStart" : "PreStop";
	int r = json_object_get(h->handler, "exec") ? run_exec(h, &err) : run_http(h, &err);
	AUTO_FREE char *text = r < 0 ? str_fmt("%sHook failed: %s", name, err.msg) : NULL;

	answer(h, r == 0, text);
}

static void hook_job_done(struct pool_job *j) { hook_free(container_of(j, struct hook, job)); }

static void sleep_over(void *arg)
{
	struct hook *h = arg;

	answer(h, true, NULL);
	hook_free(h);
}

static void sleep_begin(void *arg)
{
	struct hook *h = arg;
	int64_t ms = json_int_or(h->handler, "sleep.seconds", 0) * 1000;

	if (h->pod->node->stopping) {
		hook_free(h);
		return;
	}
	if (loop_timer_new(&h->timer, h->pod->node->loop, sleep_over, h) < 0) {
		sleep_over(h);
		return;
	}
	list_add_tail(&h->pod->node->sleeping_hooks, &h->link);
	loop_timer_set(h->timer, ms < h->timeout_ms ? ms : h->timeout_ms);
}

void hooks_drop(struct node *n)
{
	LIST_FOREACH_SAFE(h, tmp, &n->sleeping_hooks, struct hook, link)
		hook_free(h);
}

void hook_run(struct pod *p, struct ctr *c, const json_t *handler, enum pod_msg_type reply, int64_t timeout_ms)
{
	struct hook *h = calloc(1, sizeof(*h));
	struct err err = {0};
	int r = 0;

	if (!h)
		return;
	list_init(&h->link);
	h->pod = pod_ref(p);
	h->answer = reply;
	h->timeout_ms = timeout_ms;
	h->handler = json_deep_copy(handler);
	str_copy(h->container, sizeof(h->container), c->name);
	str_copy(h->cid, sizeof(h->cid), c->run.id);
	if (json_object_get(handler, "sleep")) {
		if (loop_call(p->node->loop, sleep_begin, h) < 0)
			r = err_nomem(&err);
		else
			return;
	} else if (json_object_get(handler, "httpGet")) {
		r = handler_target(p, p->spec, ctr_spec(p, c), json_object_get(handler, "httpGet"), p->ips[0], &h->host, &h->port, &err);
	} else if (!json_object_get(handler, "exec")) {
		r = err_set(&err, ERR_UNSUPPORTED, "invalid handler: neither exec, httpGet nor sleep");
	}
	if (r < 0) {
		answer(h, false, err.msg);
		hook_free(h);
		return;
	}
	h->job.run = hook_job;
	h->job.done = hook_job_done;
	pool_submit(p->node->exec_pool, &h->job);
}
