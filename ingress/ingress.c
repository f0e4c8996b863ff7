/* The component: informers feed the model; a worker builds the table and has nginx follow it. */
#include "ingress/ingress.h"
#include <errno.h>
#include <signal.h>
#include <sys/inotify.h>
#include <sys/wait.h>
#include "base/fs.h"
#include "base/log.h"
#include "base/str.h"
#include "ingress/expiry.h"
#include "ingress/gateway.h"
#include "ingress/nodes.h"
#include "ingress/staples.h"

#ifndef P_PIDFD
#define P_PIDFD 3
#endif
#define YOUNG_MS     10000 /* nginx that dies younger than this is started again with a delay that doubles */
#define DELAY_MIN_MS 100
#define DELAY_MAX_MS 30000
#define LACKING_MS   10000 /* nobody tells when an nginx is installed */

static bool all_synced(const struct ingress *x)
{
	return __atomic_load_n(&x->all_synced, __ATOMIC_ACQUIRE);
}

/* --- reconcile, on a worker --- */

/* Said at once, and once: the queue's own retries are quiet at first. */
static int sync_nginx(struct ingress *x, const struct ing_table *t, const struct gateway_outcome *o, struct err *e)
{
	struct streams streams = {0};
	struct err why = {0};

	int code = t ? services_read(x, &streams, &why) : 0;
	const struct runner_wish wish = {.table = t, .listeners = o->listeners, .n_listeners = o->n_listeners, .streams = streams.v, .n_streams = streams.n};
	code = code < 0 ? code : runner_sync(x->runner, &wish, &why);
	services_tell(x, &streams);
	streams_done(&streams);
	if (code == ERR_TOO_MANY) {
		if (!x->throttled)
			log_warning(COMPONENT, NULL, "%s", why.msg);
		x->throttled = true;
		workqueue_add_after(x->rebuild, "routes", runner_reload_wait(x->runner) + 1);
		return 0;
	}
	x->throttled = x->throttled && code != 0;
	if (code == 0 || code == ERR_CANCELED) {
		x->failed[0] = '\0';
	} else if (!streq(x->failed, why.msg)) {
		log_error(COMPONENT, NULL, "%s; trying again", why.msg);
		(void)str_copy(x->failed, sizeof(x->failed), why.msg);
	}
	return code == 0 ? 0 : err_set(e, code, "%s", why.msg);
}

static void tell_serves(struct ingress *x)
{
	bool now = runner_runs(x->runner);
	const char *why = now			    ? NULL
			  : ingress_chosen(x)	    ? (x->failed[0] ? x->failed : "nginx does not run there yet")
			  : x->unchosen		    ? x->unchosen
						    : "it is no node";

	if (!x->serves || (x->told == (now ? SERVES : SERVES_NOT) && (now || streq(x->told_why, why))))
		return;
	x->told = now ? SERVES : SERVES_NOT;
	(void)str_copy(x->told_why, sizeof(x->told_why), why ? why : "");
	x->serves(x->arg, now, why);
}

static bool has_nginx(const struct ingress *x)
{
	return !x->optional || runner_runs(x->runner) || ingress_can_run();
}

/* An agent's machine without a fitting nginx: that was said, and is no failure to be told with every attempt. */
static int lacking(struct ingress *x, int code)
{
	if (code != ERR_UNAVAILABLE || has_nginx(x))
		return code;
	workqueue_add_after(x->rebuild, "routes", LACKING_MS);
	return 0;
}

/* Whoever does not serve has nobody to show an answer to. */
static int staple(struct ingress *x, struct ing_table *t, struct err *e)
{
	bool serves = ingress_chosen(x) && has_nginx(x);
	return staples_follow(x->staples, serves ? t : NULL, e);
}
/* What comes with time is told at its time. Each day, too: a clock may have been set meanwhile. */
#define EXPIRY_MAX_S 86400
static int expire(struct ingress *x, struct ing_table *t, struct err *e)
{
	int64_t now = clock_wall(x->deps.clock), next = 0;
	AUTO_BUF struct buf lines = {0};

	if (expiry_findings(t, now, &next) < 0 || expiry_metrics(t, &lines) < 0)
		return err_nomem(e);
	ing_metrics_more(x->metrics, &lines);
	if (next)
		workqueue_add_after(x->rebuild, "routes", (next - now < EXPIRY_MAX_S ? next - now : EXPIRY_MAX_S) * 1000);
	return 0;
}
static void answers_changed(void *arg)
{
	struct ingress *x = arg;
	workqueue_add(x->rebuild, "routes");
}

static int reconcile_routes(struct ingress *x, struct err *e)
{
	struct ing_table t = {0};
	struct gateway_outcome o = {0};

	/* nginx serves what it last knew while the API server cannot be reached; whether it should, a selector's labels say. */
	if (!all_synced(x)) {
		bool wait = x->selector || x->absent;
		int code = wait ? 0 : sync_nginx(x, NULL, &o, e);
		if (!wait && code != ERR_CANCELED)
			tell_serves(x);
		return lacking(x, code);
	}
	status_retell(x);
	ing_metrics_built(x->metrics);
	pthread_mutex_lock(&x->lock);
	int code = ing_model_build(x->model, &t, e);
	pthread_mutex_unlock(&x->lock);
	code = code < 0 ? code : gateway_add(x->gateway, &t, &o, e);
	if (code < 0) {
		gateway_outcome_done(&o);
		ing_table_done(&t);
		return code;
	}
	bool complete = true;
	code = refs_follow(x, &t, &complete, e);
	if (code == 0 && complete)
		gateway_want(x->gateway, &o);
	if (code == 0 && complete)
		code = staple(x, &t, e);
	if (code == 0 && complete)
		code = expire(x, &t, e);
	/* A table without a certificate that is just being read would serve a wrong one. */
	if (code == 0 && complete) {
		code = ingress_chosen(x) ? sync_nginx(x, &t, &o, e) : x->absent ? 0 : runner_dismiss(x->runner, e);
		if (code != ERR_CANCELED)
			tell_serves(x);
		ing_metrics_set(x->metrics, runner_live(x->runner));
		status_table(x, &t, code == 0);
		if (code == 0)
			gateway_tell(x->gateway, &o);
	}
	gateway_outcome_done(&o);
	ing_table_done(&t);
	return lacking(x, code);
}

/* Said once; the queue tries again. */
static int serve_metrics(struct ingress *x, struct err *e)
{
	int code = ing_metrics_start(x->metrics, e);

	if (code < 0 && !x->metrics_told)
		log_warning(COMPONENT, NULL, "%s; trying again", e->msg);
	x->metrics_told = code < 0;
	return code;
}

static int rebuild(void *arg, const char *key UNUSED, struct err *e)
{
	return reconcile_routes(arg, e);
}

static int reconcile(void *arg, const char *key, struct err *e)
{
	struct ingress *x = arg;

	if (str_has_prefix(key, "gateway "))
		return gateway_reconcile(x->gateway, key + strlen("gateway "), e);
	if (streq(key, "metrics"))
		return serve_metrics(x, e);
	if (str_has_prefix(key, "left "))
		return status_left(x, key + strlen("left "), e);
	return streq(key, "class") ? status_class(x, e) : status_reconcile(x, key + strlen("status "), e);
}

/* --- informers, on the loop's thread --- */

typedef int (*feed_fn)(struct ing_model *m, const char *ns, const char *name, const json_t *o);
static const feed_fn feeds[N_INFORMERS] = {[INGRESSES] = ing_model_ingress,
					   [CLASSES] = ing_model_class,
					   [SERVICES] = ing_model_service,
					   [SLICES] = ing_model_slice};

bool ingress_same(const json_t *a, const json_t *b, const char *const *parts, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		json_t *x = json_dot(a, parts[i]), *y = json_dot(b, parts[i]);
		if (x != y && !json_equal(x, y))
			return false;
	}
	return true;
}

/* Status, managed fields and versions are not the model's: most updates are of these, and each would cost a table. */
static bool same_to_model(int kind, const json_t *a, const json_t *b)
{
	static const char *const parts[] = {"spec", "addressType", "ports", "endpoints", "metadata.annotations", "metadata.labels",
					    "metadata.creationTimestamp", /* of Services: */ "metadata.ownerReferences", "status.loadBalancer"};

	return ingress_same(a, b, parts, ARRAY_LEN(parts) - (kind == SERVICES ? 0 : 2));
}

/* old: or NULL */
static void feed(struct ingress *x, int kind, struct informer_object *old, struct informer_object *o, bool gone)
{
	AUTO_JSON json_t *tree = gone ? NULL : informer_object_json(o);
	AUTO_JSON json_t *had = informer_object_json(old);

	if (tree && had && same_to_model(kind, had, tree))
		return;
	if (kind == SERVICES || kind == SLICES)
		gateway_seen(x->gateway, kind == SLICES, o, tree);
	pthread_mutex_lock(&x->lock);
	int code = !gone && !tree ? -ENOMEM : feeds[kind](x->model, o->ns, o->name, tree);
	pthread_mutex_unlock(&x->lock);
	if (code < 0)
		log_error(COMPONENT, o->name, "cannot take over the object: %s", err_name(code));
	if (all_synced(x))
		workqueue_add(x->rebuild, "routes");
}

FEED_HANDLERS(class, CLASSES)
FEED_HANDLERS(service, SERVICES)
FEED_HANDLERS(slice, SLICES)

static void ingress_seen(struct ingress *x, struct informer_object *old, struct informer_object *o, bool gone)
{
	AUTO_FREE char *job = str_fmt("status %s/%s", o->ns, o->name);

	feed(x, INGRESSES, old, o, gone);
	if (job && !gone)
		workqueue_add(x->queue, job);
}
static void ingress_added(void *arg, struct informer_object *o)
{
	ingress_seen(arg, NULL, o, false);
}
static void ingress_updated(void *arg, struct informer_object *old, struct informer_object *o)
{
	ingress_seen(arg, old, o, false);
}
static void ingress_deleted(void *arg, struct informer_object *o)
{
	ingress_seen(arg, NULL, o, true);
}

/* Whether nginx is to run here. */
static void choose(struct ingress *x)
{
	AUTO_OBJECT struct informer_object *o = x->node_name ? informer_get(x->informers[NODES], NULL, x->node_name) : NULL;
	AUTO_JSON json_t *node = x->selector ? informer_object_json(o) : NULL;
	bool now = x->absent ? false : !x->selector || (node && api_selector_match_labels(x->selector, json_dot(node, "metadata.labels")));

	if (now == ingress_chosen(x))
		return;
	__atomic_store_n(&x->chosen, now, __ATOMIC_RELEASE);
	if (!all_synced(x))
		return;
	log_info(COMPONENT, x->node_name, "the node's labels %s --ingress-nodes", now ? "match" : "do not match");
	workqueue_add(x->rebuild, "routes");
	status_all(x);
}

/* Of other nodes only coming and going matters: an address that went with its node is taken out of the Ingresses. */
static void node_changed(void *arg, struct informer_object *o UNUSED)
{
	struct ingress *x = arg;

	choose(x);
	nodes_look(x);
	if (all_synced(x) && !x->cluster)
		status_all(x);
}
static void node_updated(void *arg, struct informer_object *old UNUSED, struct informer_object *o)
{
	struct ingress *x = arg;

	if (x->selector && streq(o->name, x->node_name))
		choose(x);
	nodes_look(x);
}

static void map_changed(void *arg, struct informer_object *o UNUSED)
{
	struct ingress *x = arg;

	if (all_synced(x))
		workqueue_add(x->rebuild, "routes");
}
static void map_updated(void *arg, struct informer_object *old UNUSED, struct informer_object *o)
{
	map_changed(arg, o);
}

void ingress_one_synced(void *arg)
{
	struct ingress *x = arg;

	if (++x->synced < N_INFORMERS + 1)
		return;
	choose(x);
	nodes_look(x);
	__atomic_store_n(&x->all_synced, true, __ATOMIC_RELEASE);
	if (x->makes)
		workqueue_add(x->queue, "class");
	workqueue_add(x->rebuild, "routes");
}

static int watch(struct ingress *x, int kind, const struct informer_config *c, const struct informer_handler *h,
		 struct err *e)
{
	int code = informer_new(&x->informers[kind], x->client, c, e);

	if (code < 0)
		return code;
	return informer_add_handler(x->informers[kind], h, x) < 0 ? err_nomem(e) : 0;
}

static int watch_all(struct ingress *x, struct err *e)
{
	static const struct {
		struct informer_config c;
		struct informer_handler h;
	} all[N_INFORMERS] = {
	    [INGRESSES] = {{.group = "networking.k8s.io", .plural = "ingresses"},
			   {ingress_added, ingress_updated, ingress_deleted, ingress_one_synced}},
	    [CLASSES] = {{.group = "networking.k8s.io", .plural = "ingressclasses"},
			 {class_added, class_updated, class_deleted, ingress_one_synced}},
	    [SERVICES] = {{.plural = "services"}, {service_added, service_updated, service_deleted, ingress_one_synced}},
	    [SLICES] = {{.group = "discovery.k8s.io", .plural = "endpointslices"},
			{slice_added, slice_updated, slice_deleted, ingress_one_synced}},
	    [NODES] = {{.plural = "nodes"}, {node_changed, node_updated, node_changed, ingress_one_synced}},
	    [TCP_MAP] = {{.plural = "configmaps", .ns = STREAMS_NS, .field_selector = "metadata.name=" STREAMS_TCP},
			 {map_changed, map_updated, map_changed, ingress_one_synced}},
	    [UDP_MAP] = {{.plural = "configmaps", .ns = STREAMS_NS, .field_selector = "metadata.name=" STREAMS_UDP},
			 {map_changed, map_updated, map_changed, ingress_one_synced}},
	};
	int code = 0;

	for (int i = 0; code == 0 && i < N_INFORMERS; i++)
		code = watch(x, i, &all[i].c, &all[i].h, e);
	for (int i = 0; code == 0 && i < N_INFORMERS; i++)
		code = informer_start(x->informers[i], e);
	return code;
}

/* --- nginx is watched, on the loop's thread --- */

static void unwatch(struct ingress *x)
{
	x->watch = loop_io_free(x->watch);
	if (x->pidfd >= 0)
		(void)close(TAKE_FD(x->pidfd));
}

static void nginx_ended(void *arg, int fd, uint32_t events UNUSED)
{
	struct ingress *x = arg;
	siginfo_t si = {0};
	int64_t lived = clock_mono_ms(x->deps.clock) - x->started_ms, delay = 0;

	/* Ours to reap when we started it; a stranger's child when it was taken over. */
	bool child = waitid((idtype_t)P_PIDFD, (id_t)fd, &si, WEXITED | WNOHANG) == 0 && si.si_pid;
	x->deaths = lived < YOUNG_MS ? x->deaths + 1 : 0;
	if (x->deaths > 1)
		delay = (int64_t)DELAY_MIN_MS << (x->deaths < 10 ? x->deaths - 2 : 8);
	delay = delay < DELAY_MAX_MS ? delay : DELAY_MAX_MS;
	if (child)
		log_warning(COMPONENT, NULL, "nginx (pid %d) ended by %s %d; starting it again in %lld ms", x->pid,
			    si.si_code == CLD_EXITED ? "exit code" : "signal", si.si_status, (long long)delay);
	else
		log_warning(COMPONENT, NULL, "nginx (pid %d) ended; starting it again in %lld ms", x->pid,
			    (long long)delay);
	unwatch(x);
	workqueue_add_after(x->rebuild, "routes", delay);
}

/* Clients and broken backends make nginx write as much as they like: the logs are bounded as they grow. */
static void log_grew(void *arg, int fd, uint32_t events UNUSED)
{
	struct ingress *x = arg;
	char buf[4096];

	while (read(fd, buf, sizeof(buf)) > 0)
		;
	runner_cut_logs(x->runner);
}

static int watch_logs(struct ingress *x, struct err *e)
{
	const char *access = runner_access_log(x->runner);

	if (x->log_fd >= 0)
		return 0;
	x->log_fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
	if (x->log_fd < 0 || inotify_add_watch(x->log_fd, runner_log(x->runner), IN_MODIFY) < 0 ||
	    (access && inotify_add_watch(x->log_fd, access, IN_MODIFY) < 0))
		return err_errno(e, errno, "cannot watch %s", runner_log(x->runner));
	runner_cut_logs(x->runner);
	return loop_io_new(&x->log_watch, x->loop, x->log_fd, EPOLLIN, log_grew, x, e);
}

struct started {
	struct ingress *x;
	int pid, pidfd;
};

static void watch_nginx(void *arg)
{
	struct started *s = arg;
	struct ingress *x = s->x;
	struct err e = {0};

	unwatch(x);
	x->pid = s->pid;
	x->pidfd = s->pidfd;
	x->started_ms = clock_mono_ms(x->deps.clock);
	free(s);
	if (loop_io_new(&x->watch, x->loop, x->pidfd, EPOLLIN, nginx_ended, x, &e) < 0 || watch_logs(x, &e) < 0)
		log_error(COMPONENT, NULL, "cannot watch nginx: %s", e.msg);
}

/* On a worker. */
static void nginx_started(void *arg, int pid, int pidfd)
{
	struct ingress *x = arg;
	struct started *s = calloc(1, sizeof(*s));

	if (s) {
		*s = (struct started){x, pid, pidfd};
		if (loop_call(x->loop, watch_nginx, s) == 0)
			return;
	}
	free(s);
	(void)close(pidfd);
	log_error(COMPONENT, NULL, "cannot watch nginx: out of memory");
}

/* --- life --- */

static int copy_addresses(struct ingress *x, const char *const *v)
{
	size_t n = 0;

	while (v && v[n])
		n++;
	x->addresses = calloc(n + 1, sizeof(*x->addresses));
	for (size_t i = 0; x->addresses && i < n; i++)
		if (!(x->addresses[i] = str_dup(v[i])))
			return -ENOMEM;
	return x->addresses ? 0 : -ENOMEM;
}

int ingress_new(struct ingress **ret, const struct ingress_config *c, const struct ingress_deps *d, struct err *e)
{
	AUTO_FREE char *logs = fs_join(c->data_dir, "ingress");
	struct ingress *x = calloc(1, sizeof(*x));

	if (!x)
		return err_nomem(e);
	pthread_mutex_init(&x->lock, NULL);
	x->deps = *d;
	x->pidfd = x->log_fd = -1;
	x->class = str_dup(c->ingress_class ? c->ingress_class : "nginx");
	x->node_name = str_dup(c->node_name);
	x->own_ports = str_dup(c->own_ports);
	x->http_port = c->http_port;
	x->https_port = c->https_port;
	x->cluster = c->cluster;
	x->makes = c->makes || !c->cluster;
	x->several = c->several;
	x->absent = c->absent;
	x->optional = c->optional;
	x->serves = c->serves;
	x->arg = c->arg;
	x->served = map_new(NULL);
	x->said = map_new(free);
	const struct runner_config rc = {.run_dir = c->run_dir,
					 .data_dir = logs,
					 .nginx = c->nginx,
					 .access_log = c->access_log,
					 .proxy_protocol = c->proxy_protocol,
					 .trusted = c->trusted,
					 .dns = c->dns,
					 .hidden = c->hidden,
					 .http_port = c->http_port,
					 .https_port = c->https_port,
					 .started = nginx_started,
					 .arg = x};
	int code =
	    !logs || !x->class || !x->served || !x->said || (c->node_name && !x->node_name) ||
		    (c->own_ports && !x->own_ports) || copy_addresses(x, c->addresses) < 0
		? err_nomem(e)
		: 0;
	if (code == 0 && refs_init(x) < 0)
		code = err_nomem(e);
	if (code == 0 && c->node_selector && *c->node_selector)
		code = api_label_selector_parse(&x->selector, c->node_selector, e);
	if (code == 0 && x->selector && !(x->unchosen = str_fmt("its labels do not match --ingress-nodes %.200s", c->node_selector)))
		code = err_nomem(e);
	x->chosen = !x->selector && !x->absent;
	code = code < 0 ? code : ing_model_new(&x->model, x->class, e);
	code = code < 0 ? code : ing_metrics_new(&x->metrics, c->metrics_address, e);
	code = code < 0 ? code : runner_new(&x->runner, &rc, e);
	if (code < 0) {
		ingress_free(x);
		return code;
	}
	*ret = x;
	return 0;
}

int ingress_start(struct ingress *x, struct err *e)
{
	const struct client_config cc = {.field_manager = "minik-ingress"};

	/* A node that is never chosen needs no nginx. What fails where that is no failure, the first sync says. */
	int code = x->selector || x->absent ? 0 : runner_prepare(x->runner, e);
	bool later = x->selector || x->absent || (x->optional && code < 0);
	code = code < 0 && !later ? code : loop_new(&x->loop, e);
	code = code < 0 || later ? code : watch_logs(x, e);
	code = code < 0 ? code : client_new(&x->client, x->deps.api, x->loop, &cc, e);
	code = code < 0 ? code : workqueue_new(&x->rebuild, x->loop, COMPONENT, 1, rebuild, x, e);
	code = code < 0 ? code : workqueue_new(&x->queue, x->loop, COMPONENT, 2, reconcile, x, e);
	const struct staples_deps sd = {.loop = x->loop, .clock = x->deps.clock, .changed = answers_changed, .arg = x, .live_dir = runner_live_dir(x->runner)};
	code = code < 0 ? code : staples_new(&x->staples, &sd, e);
	code = code < 0 ? code : gateway_new(&x->gateway, x, e);
	code = code < 0 ? code : watch_all(x, e);
	code = code < 0 ? code : refs_start(x, e);
	code = code < 0 ? code : gateway_start(x->gateway, e);
	code = code < 0 ? code : nodes_start(x, e);
	if (code < 0)
		return code;
	ing_metrics_set(x->metrics, runner_live(x->runner)); /* numbers of before a restart */
	workqueue_add(x->queue, "metrics");
	workqueue_add(x->rebuild, "routes");
	workqueue_pause(x->rebuild, false);
	workqueue_pause(x->queue, false);
	return loop_thread_start(&x->thread, x->loop, COMPONENT, e);
}

void ingress_stop(struct ingress *x)
{
	if (x->rebuild)
		workqueue_stop(x->rebuild);
	if (x->queue)
		workqueue_stop(x->queue);
	staples_stop(x->staples);
	if (x->client)
		client_stop(x->client);
	runner_cancel(x->runner);
}

void ingress_join(struct ingress *x)
{
	if (!x->thread)
		return;
	loop_quit(x->loop);
	x->thread = loop_thread_join(x->thread);
	workqueue_join(x->rebuild);
	workqueue_join(x->queue);
	x->staples = staples_free(x->staples);
	x->rebuild = workqueue_free(x->rebuild);
	x->queue = workqueue_free(x->queue);
	nodes_end(x); /* nothing is written any more: another one may begin */
}

struct ingress *ingress_free(struct ingress *x)
{
	if (!x)
		return NULL;
	if (x->thread)
		ingress_stop(x);
	ingress_join(x);
	x->staples = staples_free(x->staples);
	if (x->rebuild)
		workqueue_free(x->rebuild);
	if (x->queue)
		workqueue_free(x->queue);
	nodes_end(x);
	gateway_free(x->gateway);
	for (int i = 0; i < N_INFORMERS; i++)
		informer_free(x->informers[i]);
	refs_done(x);
	unwatch(x);
	loop_io_free(x->log_watch);
	if (x->log_fd >= 0)
		(void)close(x->log_fd);
	client_free(x->client);
	loop_free(x->loop);
	ing_metrics_free(x->metrics);
	runner_free(x->runner);
	ing_model_free(x->model);
	map_free(x->served);
	map_free(x->said);
	for (size_t i = 0; x->addresses && x->addresses[i]; i++)
		free(x->addresses[i]);
	free(x->addresses);
	free(x->class);
	free(x->node_name);
	free(x->own_ports);
	free(x->unchosen);
	free(x->serving);
	free(x->streams_said[0]);
	free(x->streams_said[1]);
	api_selector_free(x->selector);
	pthread_mutex_destroy(&x->lock);
	free(x);
	return NULL;
}

bool ingress_can_run(void)
{
	return runner_check(NULL, NULL) == 0;
}

bool ingress_runs(const char *run_dir)
{
	return runner_found(run_dir);
}

int ingress_cleanup(const char *run_dir, struct err *e)
{
	return runner_cleanup(run_dir, e);
}
