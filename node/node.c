#include <dirent.h>
#include <errno.h>
#include "api/object.h"
#include "base/fs.h"
#include "base/lock_file.h"
#include "base/log.h"
#include "base/netlink.h"
#include "base/str.h"
#include "node/caps.h"
#include "node/log_rotate.h"
#include "node/objects.h"
#include "node/orphans.h"
#include "node/pod.h"
#include "node/pull.h"
#include "node/server.h"

#define SYNC_THREADS 8
#define WORK_THREADS 4
#define EXEC_THREADS 64
#define PULL_THREADS 4
#define HOUSEKEEPING_MS 10000

void strv_free(char **v)
{
	for (char **p = v; p && *p; p++)
		free(*p);
	free(v);
}

char **strv_dup(const char *const *v)
{
	size_t n = 0;

	while (v && v[n])
		n++;
	char **c = calloc(n + 1, sizeof(*c));
	for (size_t i = 0; c && i < n; i++)
		if (!(c[i] = str_dup(v[i]))) {
			strv_free(c);
			return NULL;
		}
	return c;
}

struct runtime *node_runtime(struct node *n) { return n->rt; }

char **node_pod_cidrs(struct node *n)
{
	pthread_mutex_lock(&n->info_lock);
	char **v = n->pod_cidrs ? strv_dup((const char *const *)n->pod_cidrs) : NULL;
	pthread_mutex_unlock(&n->info_lock);
	return v;
}

json_t *node_allocatable(struct node *n)
{
	pthread_mutex_lock(&n->info_lock);
	json_t *v = json_incref(n->allocatable);
	pthread_mutex_unlock(&n->info_lock);
	return v;
}

json_t *node_object_known(struct node *n)
{
	pthread_mutex_lock(&n->info_lock);
	json_t *v = json_incref(n->self);
	pthread_mutex_unlock(&n->info_lock);
	return v;
}

static int read_self(struct node *n)
{
	AUTO_BUF struct buf status = {0}, oom = {0};
	const char *p;

	n->allowed_caps = caps_bounding();
	if (fs_read("/proc/self/status", 65536, &status, NULL) == 0 && status.data && (p = strstr(status.data, "CapEff:")))
		n->may_lower_oom = strtoull(p + 7, NULL, 16) >> 24 & 1;
	if (fs_read("/proc/self/oom_score_adj", 32, &oom, NULL) == 0 && oom.data)
		n->own_oom_score_adj = (int)strtol(oom.data, NULL, 10);
	n->memory_bytes = sysinfo_memory_total();
	return 0;
}

static int own_ips(struct node *n, const struct node_config *c, struct err *e)
{
	if (c->node_ips && c->node_ips[0]) {
		n->ips = strv_dup(c->node_ips);
		return n->ips ? 0 : err_nomem(e);
	}
	char addr[48], dev[IFNAMSIZ];
	struct nl_ctx *nl;
	int r = nl_open(&nl, e);
	if (r < 0)
		return r;
	r = nl_route_source(nl, NULL, addr, dev, e);
	nl_close(nl);
	if (r < 0)
		return err_wrap(e, "cannot tell this node's address (no default route?); give it by --node-ip");
	const char *v[] = {addr, NULL};
	n->ips = strv_dup(v);
	return n->ips ? 0 : err_nomem(e);
}

int node_new(struct node **ret, const struct node_config *c, const struct node_deps *d, struct err *e)
{
	struct node *n = calloc(1, sizeof(*n));
	int r;

	if (!n)
		return err_nomem(e);
	n->lock_fd = -1;
	list_init(&n->sleeping_hooks);
	pthread_rwlock_init(&n->pods_lock, NULL);
	pthread_mutex_init(&n->info_lock, NULL);
	pthread_mutex_init(&n->account_lock, NULL);
	n->d = *d;
	if (!n->d.clock)
		n->d.clock = clock_real();
	n->name = str_dup(c->node_name);
	n->data_dir = str_dup(c->data_dir);
	n->run_dir = str_dup(c->run_dir);
	n->runtime_name = str_dup(c->runtime ? c->runtime : "auto");
	n->cgroup_root = str_dup(c->cgroup_root && c->cgroup_root[0] ? c->cgroup_root : "minik");
	n->resolv_conf = str_dup(c->resolv_conf ? c->resolv_conf : "/etc/resolv.conf");
	n->cluster_dns = str_dup(c->cluster_dns ? c->cluster_dns : "");
	n->cluster_domain = str_dup(c->cluster_domain && c->cluster_domain[0] ? c->cluster_domain : "cluster.local");
	n->bind_address = str_dup(c->bind_address ? c->bind_address : "::");
	n->serving_cert_pem = str_dup(c->serving_cert_pem);
	n->serving_key_pem = str_dup(c->serving_key_pem);
	n->client_ca_pem = str_dup(c->client_ca_pem);
	n->registries_file = str_dup(c->registries_file);
	n->provider_id = str_dup(c->provider_id);
	n->own_ports = str_dup(c->own_ports);
	n->no_ingress = str_dup(c->no_ingress);
	n->cloud_external = c->cloud_external;
	n->ips_given = c->ips_given;
	n->labels = strv_dup(c->labels);
	n->taints = strv_dup(c->taints);
	n->port = c->kubelet_port ? c->kubelet_port : 10250;
	n->max_pods = c->max_pods ? c->max_pods : 110;
	n->pods = map_new(NULL);
	r = !n->name || !n->data_dir || !n->run_dir || !n->runtime_name || !n->cgroup_root || !n->resolv_conf || !n->cluster_dns || !n->cluster_domain || !n->labels ||
			    !n->taints || !n->pods || (c->provider_id && !n->provider_id) || (c->own_ports && !n->own_ports) || (c->no_ingress && !n->no_ingress)
		    ? err_nomem(e)
		    : 0;
	if (r == 0)
		r = own_ips(n, c, e);
	if (r == 0)
		r = read_self(n);
	if (r == 0)
		r = loop_new(&n->loop, e);
	if (r < 0) {
		node_free(n);
		return r;
	}
	*ret = n;
	return 0;
}

/* --- events from the outside; loop's thread --- */

static void insert_pod(struct node *n, struct pod *p)
{
	pthread_rwlock_wrlock(&n->pods_lock);
	int r = map_put(n->pods, p->uid, p);
	pthread_rwlock_unlock(&n->pods_lock);
	if (r < 0)
		log_error("node", p->key, "out of memory, pod ignored");
}

static void pod_seen(void *arg, struct informer_object *o)
{
	struct node *n = arg;
	struct pod *p = map_get(n->pods, o->uid);
	struct err err = {0};

	if (n->stopping || o->uid[0] == '\0' || strlen(o->uid) > 63 || strchr(o->uid, '/'))
		return;
	if (!p) {
		if (pod_new(&p, n, o->uid, o->ns, o->name, &err) < 0) {
			log_error("node", o->name, "cannot take the pod on: %s", err.msg);
			return;
		}
		insert_pod(n, p);
	}
	pod_set_object(p, o);
}

static void pod_updated(void *arg, struct informer_object *old UNUSED, struct informer_object *o)
{
	/* Deleted and made anew between two lists: one name, two pods. */
	if (!streq(old->uid, o->uid)) {
		struct pod *p = map_get(((struct node *)arg)->pods, old->uid);
		if (p)
			pod_set_gone(p);
	}
	pod_seen(arg, o);
	AUTO_JSON json_t *obj = informer_object_json(o);
	struct pod *p = map_get(((struct node *)arg)->pods, o->uid);
	if (p && obj)
		pod_status_seen(p, obj);
}

static void pod_deleted(void *arg, struct informer_object *o)
{
	struct node *n = arg;
	struct pod *p = map_get(n->pods, o->uid);

	if (!p || n->stopping)
		return;
	pod_set_object(p, o);
	pod_set_gone(p);
}

static void kick_all(struct node *n)
{
	struct map_iter it = MAP_ITER_INIT;

	while (map_next(n->pods, &it))
		pod_kick(it.value);
}

static void pods_synced(void *arg)
{
	struct node *n = arg;
	struct map_iter it = MAP_ITER_INIT;

	n->pods_synced = true;
	while (map_next(n->pods, &it)) {
		struct pod *p = it.value;
		pthread_mutex_lock(&p->lock);
		bool unknown = !p->obj;
		pthread_mutex_unlock(&p->lock);
		if (unknown)
			pod_set_gone(p); /* deleted while no agent ran */
	}
	orphans_clean(n);
}

static void services_synced(void *arg) { kick_all(arg); }

/* An exit file appeared: find whose. The name of a pod's container is in no map: exits are rare and pods few. */
static void container_exited(void *arg, const char *cid)
{
	struct node *n = arg;
	struct map_iter it = MAP_ITER_INIT;

	if (n->stopping)
		return;
	while (map_next(n->pods, &it)) {
		struct pod *p = it.value;
		bool mine = cid[0] == '\0' || p->running; /* a running sync may be starting it */
		if (!mine)
			LIST_FOREACH(c, &p->ctrs, struct ctr, link)
				mine = mine || streq(c->run.id, cid);
		if (mine)
			pod_kick(p);
	}
}

static void retry_all(struct node *n)
{
	struct map_iter it = MAP_ITER_INIT;

	while (map_next(n->pods, &it)) {
		struct pod *p = it.value;
		pthread_mutex_lock(&p->lock);
		p->objects_changed = true;
		pthread_mutex_unlock(&p->lock);
		pod_kick(p);
	}
}

static void node_object(void *arg, struct informer_object *o)
{
	struct node *n = arg;
	AUTO_JSON json_t *obj = informer_object_json(o);
	const json_t *cidrs = json_dot(obj, "spec.podCIDRs"), *v;
	char **list;
	bool had;
	size_t i, k = 0;

	if (!obj)
		return;
	list = calloc(json_array_size(cidrs) + 2, sizeof(*list));
	if (!list)
		return;
	json_array_foreach((json_t *)cidrs, i, v) if (json_is_string(v) && (list[k] = str_dup(json_string_value(v)))) k++;
	if (k == 0 && json_str(obj, "spec.podCIDR"))
		list[k++] = str_dup(json_str(obj, "spec.podCIDR"));
	pthread_mutex_lock(&n->info_lock);
	had = n->pod_cidrs && n->pod_cidrs[0];
	bool attached = !json_equal(json_dot(n->self, "status.volumesAttached"), json_dot(obj, "status.volumesAttached")) && json_dot(obj, "status.volumesAttached");
	strv_free(n->pod_cidrs);
	n->pod_cidrs = list;
	json_decref(n->self);
	n->self = json_pack("{s:{s:O*},s:{s:O*},s:{s:O*,s:O*}}", "metadata", "labels", json_dot(obj, "metadata.labels"), "spec", "taints", json_dot(obj, "spec.taints"),
			    "status", "allocatable", json_dot(obj, "status.allocatable"), "volumesAttached", json_dot(obj, "status.volumesAttached"));
	pthread_mutex_unlock(&n->info_lock);
	if ((!had && k > 0) || attached)
		retry_all(n); /* pods held back for want of an address range, or of a volume */
	node_status_seen(n->status, obj);
	node_status_poke(n->status);
}

/* A plug-in came or went: volumes that wait for one, on either way, need not wait for their timers. */
static void volumes_changed(void *arg)
{
	struct node *n = arg;

	if (n->stopping)
		return;
	retry_all(n);
	if (n->gc_ms)
		loop_timer_set(n->gc_timer, 0);
}

static void volumes_tell(void *arg)
{
	struct node *n = arg;

	if (loop_call(n->loop, volumes_changed, n) < 0)
		log_warning("node", n->name, "out of memory: pods wait for their plug-ins a while longer");
}

/* Pods that wait for the network need not wait for their timers. */
static void network_changed(void *arg)
{
	struct node *n = arg;

	if (n->stopping)
		return;
	retry_all(n);
	node_status_poke(n->status);
}

static void node_updated(void *arg, struct informer_object *old UNUSED, struct informer_object *o) { node_object(arg, o); }
static void node_deleted(void *arg, struct informer_object *o UNUSED) { node_status_poke(((struct node *)arg)->status); }

static void log_jobs(void *arg)
{
	struct node *n = arg;

	if (n->stopping)
		return;
	log_rotate_start(n);
	loop_timer_set(n->housekeeping, HOUSEKEEPING_MS);
}

/* --- lifecycle --- */

static int make_dirs(struct node *n, struct err *e)
{
	static const char *const data[] = {"pods", "containers", "logs/pods", "images"}, *const run[] = {"pods", "netns"};
	int r = 0;

	for (size_t i = 0; r == 0 && i < ARRAY_LEN(data); i++) {
		AUTO_FREE char *d = fs_join(n->data_dir, data[i]);
		r = d ? fs_mkdir_p(d, i == 0 ? 0700 : 0755, e) : err_nomem(e);
	}
	for (size_t i = 0; r == 0 && i < ARRAY_LEN(run); i++) {
		AUTO_FREE char *d = fs_join(n->run_dir, run[i]);
		/* What lies in a pod's volumes is for its containers, not for users of this machine. */
		r = d ? fs_mkdir_p(d, i == 0 ? 0700 : 0755, e) : err_nomem(e);
	}
	return r;
}

/* Pods that an agent before us left running. */
static int adopt(struct node *n, struct err *e)
{
	AUTO_FREE char *dir = fs_join(n->run_dir, "pods");
	DIR *d = dir ? opendir(dir) : NULL;

	if (!d)
		return dir ? err_errno(e, errno, "cannot read %s", dir) : err_nomem(e);
	for (struct dirent *de; (de = readdir(d));) {
		struct err err = {0};
		struct pod *p;
		if (de->d_name[0] == '.')
			continue;
		if (pod_load(n, de->d_name, &p, &err) < 0) {
			log_warning("node", de->d_name, "cannot take the pod over; it will be cleaned up: %s", err.msg);
			continue;
		}
		insert_pod(n, p);
		log_info("node", p->key, "taken over");
	}
	closedir(d);
	return 0;
}

static int start_informers(struct node *n, struct err *e)
{
	AUTO_FREE char *mine = str_fmt("spec.nodeName=%s", n->name), *self = str_fmt("metadata.name=%s", n->name);
	const struct informer_config pods = {.plural = "pods", .field_selector = mine}, services = {.plural = "services"},
				     nodes = {.plural = "nodes", .field_selector = self};
	static const struct informer_handler pod_h = {pod_seen, pod_updated, pod_deleted, pods_synced}, svc_h = {.synced = services_synced},
					     node_h = {.added = node_object, .updated = node_updated, .deleted = node_deleted};
	int r;

	if (!mine || !self)
		return err_nomem(e);
	r = informer_new(&n->node_informer, n->client, &nodes, e);
	if (r == 0)
		r = informer_new(&n->service_informer, n->client, &services, e);
	if (r == 0)
		r = informer_new(&n->pod_informer, n->client, &pods, e);
	if (r == 0)
		r = informer_add_handler(n->node_informer, &node_h, n);
	if (r == 0)
		r = informer_add_handler(n->service_informer, &svc_h, n);
	if (r == 0)
		r = informer_add_handler(n->pod_informer, &pod_h, n);
	if (r == 0)
		r = informer_start(n->node_informer, e);
	if (r == 0)
		r = informer_start(n->service_informer, e);
	if (r == 0)
		r = informer_start(n->pod_informer, e);
	return r;
}

static void release(struct node *n)
{
	struct map_iter it = MAP_ITER_INIT;

	n->server = node_server_free(n->server);
	/* Workers first: they use everything else. Blocking API calls of theirs ended with the loop. */
	n->sync_pool = pool_free(n->sync_pool);
	n->exec_pool = pool_free(n->exec_pool);
	n->work_pool = pool_free(n->work_pool);
	n->pull_pool = pool_free(n->pull_pool);
	/* What they had to say when the loop had ended already: nothing is started any more, memory is given back. */
	n->stopping = true;
	loop_flush(n->loop);
	if (n->d.volumes && n->d.volumes->unwatch)
		n->d.volumes->unwatch(n->d.volumes_impl);
	if (n->d.network && n->d.network->unwatch)
		n->d.network->unwatch(n->d.network_impl);
	hooks_drop(n);
	n->pod_informer = informer_free(n->pod_informer);
	n->service_informer = informer_free(n->service_informer);
	n->node_informer = informer_free(n->node_informer);
	n->status = node_status_free(n->status);
	n->exits = exits_free(n->exits);
	n->housekeeping = loop_timer_free(n->housekeeping);
	n->gc_timer = loop_timer_free(n->gc_timer);
	while (map_next(n->pods, &it)) {
		struct pod *p = it.value;
		p->probes = probes_free(p->probes);
		p->timer = loop_timer_free(p->timer);
		LIST_FOREACH(c, &p->ctrs, struct ctr, link)
			ctr_unwatch(c);
	}
	n->objects = objects_free(n->objects);
	n->http = http_client_free(n->http);
	n->client = client_free(n->client);
	n->down = node_down_free(n->down);
	it = (struct map_iter)MAP_ITER_INIT;
	while (map_next(n->pods, &it)) {
		struct pod *p = it.value;
		for (; p->calls > 0; p->calls--) /* calls that the client dropped */
			pod_unref(p);
	}
	n->images = image_store_close(n->images);
	n->rt = runtime_free(n->rt);
	if (n->lock_fd >= 0)
		close(TAKE_FD(n->lock_fd));
}

static int lock_run_dir(struct node *n, struct err *e)
{
	AUTO_FREE char *path = fs_join(n->run_dir, "node.lock");
	pid_t holder = 0;
	int r = path ? lock_file_take(path, &n->lock_fd, &holder, e) : err_nomem(e);

	if (holder)
		return err_set(e, r, "another node agent is already running on %s (pid %d); stop it or use another --run-dir",
			       n->run_dir, (int)holder);
	return r;
}

static int start_parts(struct node *n, struct err *e)
{
	const struct runtime_config rc = {.program = n->runtime_name, .data_dir = n->data_dir, .run_dir = n->run_dir};
	const struct image_store_config ic = {.data_dir = n->data_dir, .registries_file = n->registries_file};
	const struct client_config cc = {.field_manager = NODE_COMPONENT};
	const struct http_client_config hc = {.insecure_skip_verify = true, .user_agent = "kube-probe/1.36"};
	AUTO_FREE char *exit_dir = NULL;
	int r;

	r = make_dirs(n, e);
	if (r == 0)
		r = lock_run_dir(n, e);
	if (r == 0)
		r = runtime_new(&n->rt, &rc, e);
	if (r == 0)
		r = image_store_open(&n->images, &ic, e);
	if (r == 0)
		r = pool_new(&n->sync_pool, SYNC_THREADS, "node-sync", e);
	if (r == 0)
		r = pool_new(&n->work_pool, WORK_THREADS, "node-work", e);
	if (r == 0)
		r = pool_new(&n->exec_pool, EXEC_THREADS, "node-exec", e);
	if (r == 0)
		r = pool_new(&n->pull_pool, PULL_THREADS, "node-pull", e);
	if (r == 0)
		r = client_new(&n->client, n->d.api, n->loop, &cc, e);
	if (r == 0)
		r = http_client_new(&n->http, n->loop, &hc, e);
	if (r == 0)
		r = objects_new(&n->objects, n, e);
	if (r == 0)
		r = (exit_dir = runtime_exit_dir(n->rt)) ? exits_new(&n->exits, n->loop, exit_dir, container_exited, n, e) : err_nomem(e);
	if (r == 0 && (loop_timer_new(&n->housekeeping, n->loop, log_jobs, n) < 0 ||
		       loop_timer_new(&n->gc_timer, n->loop, orphans_retry, n) < 0))
		r = err_nomem(e);
	if (r == 0 && n->d.network && n->d.network->watch)
		r = n->d.network->watch(n->d.network_impl, n->loop, network_changed, n, e);
	if (r == 0 && n->d.volumes && n->d.volumes->watch)
		r = n->d.volumes->watch(n->d.volumes_impl, volumes_tell, n, e);
	if (r == 0)
		r = adopt(n, e);
	if (r == 0)
		r = orphans_find(n, e);
	if (r == 0)
		r = node_status_new(&n->status, n, e);
	if (r == 0 && n->serving_cert_pem)
		r = node_server_start(&n->server, n, e);
	if (r == 0)
		r = start_informers(n, e);
	if (r == 0)
		r = pull_import_archives(n, e);
	return r;
}

int node_start(struct node *n, struct err *e)
{
	int r = start_parts(n, e);

	if (r == 0) {
		loop_timer_set(n->housekeeping, HOUSEKEEPING_MS);
		kick_all(n);
		r = loop_thread_start(&n->thread, n->loop, "node", e);
	}
	if (r < 0)
		release(n);
	return r < 0 ? err_wrap(e, "node agent") : 0;
}

int node_use_certificate(struct node *n, const char *cert_pem, const char *key_pem, struct err *e)
{
	return n->server ? node_server_use_certificate(n->server, cert_pem, key_pem, e) : 0;
}

struct own_ports_change {
	struct node *n;
	char *text, *no_ingress; /* NULL: none */
};

static void own_ports_change_free(struct own_ports_change *c)
{
	free(c->text);
	free(c->no_ingress);
	free(c);
}

static void change_own_ports(void *arg)
{
	struct own_ports_change *c = arg;
	struct node *n = c->n;

	if (!streq(n->own_ports ? n->own_ports : "", c->text ? c->text : "") ||
	    !streq(n->no_ingress ? n->no_ingress : "", c->no_ingress ? c->no_ingress : "")) {
		free(n->own_ports);
		free(n->no_ingress);
		n->own_ports = TAKE_PTR(c->text);
		n->no_ingress = TAKE_PTR(c->no_ingress);
		node_status_annotate(n->status);
	}
	own_ports_change_free(c);
}

int node_use_own_ports(struct node *n, const char *own_ports, const char *no_ingress)
{
	struct own_ports_change *c = calloc(1, sizeof(*c));

	if (!c)
		return -ENOMEM;
	*c = (struct own_ports_change){n, *own_ports ? str_dup(own_ports) : NULL, str_dup(no_ingress)};
	if ((c->text || !*own_ports) && (c->no_ingress || !no_ingress) && loop_call(n->loop, change_own_ports, c) == 0)
		return 0;
	own_ports_change_free(c);
	return -ENOMEM;
}

static void stop_on_loop(void *arg)
{
	struct node *n = arg;

	n->stopping = true;
	loop_quit(n->loop);
}

void node_stop(struct node *n)
{
	if (n->thread && loop_call(n->loop, stop_on_loop, n) < 0)
		loop_quit(n->loop);
}

void node_join(struct node *n)
{
	if (!n->thread)
		return;
	n->thread = loop_thread_join(n->thread);
	n->stopping = true;
	/* Syncs under way end by themselves: every step of theirs is bounded. Their results are on disk. */
	release(n);
}

struct node *node_free(struct node *n)
{
	struct map_iter it = MAP_ITER_INIT;

	if (!n)
		return NULL;
	if (n->thread) {
		node_stop(n);
		node_join(n);
	}
	while (n->pods && map_next(n->pods, &it))
		pod_unref(it.value);
	map_free(n->pods);
	map_free(n->orphans);
	loop_free(n->loop);
	strv_free(n->ips);
	strv_free(n->labels);
	strv_free(n->taints);
	strv_free(n->pod_cidrs);
	json_decref(n->allocatable);
	json_decref(n->self);
	free(n->name);
	free(n->data_dir);
	free(n->run_dir);
	free(n->runtime_name);
	free(n->cgroup_root);
	free(n->resolv_conf);
	free(n->cluster_dns);
	free(n->cluster_domain);
	free(n->bind_address);
	free(n->serving_cert_pem);
	free(n->serving_key_pem);
	free(n->client_ca_pem);
	free(n->registries_file);
	free(n->provider_id);
	free(n->own_ports);
	free(n->no_ingress);
	pthread_rwlock_destroy(&n->pods_lock);
	pthread_mutex_destroy(&n->info_lock);
	pthread_mutex_destroy(&n->account_lock);
	free(n);
	return NULL;
}
