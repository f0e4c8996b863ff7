/* node/pods.h: lookups for the kubelet server. */
#include <sys/statvfs.h>
#include "api/object.h"
#include "base/str.h"
#include "node/pod.h"
#include "node/volumes.h"

static struct pod *lookup(struct node *n, const char *ns, const char *name, const char *uid)
{
	struct map_iter it = MAP_ITER_INIT;
	struct pod *best = NULL;

	pthread_rwlock_rdlock(&n->pods_lock);
	while (map_next(n->pods, &it)) {
		struct pod *p = it.value;
		if (!streq(p->ns, ns) || !streq(p->name, name) || (uid && uid[0] && !streq(p->uid, uid)))
			continue;
		/* Two of one name: the older one is on its way out. */
		pthread_mutex_lock(&p->lock);
		bool gone = p->gone;
		pthread_mutex_unlock(&p->lock);
		if (!best || !gone)
			best = p;
	}
	if (best)
		pod_ref(best);
	pthread_rwlock_unlock(&n->pods_lock);
	return best;
}

static int fill_pod(struct pod *p, struct node_container_info *ret)
{
	*ret = (struct node_container_info){0};
	str_copy(ret->uid, sizeof(ret->uid), p->uid);
	pthread_mutex_lock(&p->lock);
	str_copy(ret->pod_ip, sizeof(ret->pod_ip), p->ip);
	if (!p->host_network)
		snprintf(ret->netns_path, sizeof(ret->netns_path), "%s/netns/%s", p->node->run_dir, p->uid);
	pthread_mutex_unlock(&p->lock);
	return 0;
}

int node_find_pod(struct node *n, const char *ns, const char *pod, const char *uid, struct node_container_info *ret, struct err *e)
{
	struct pod *p = lookup(n, ns, pod, uid);

	if (!p)
		return err_set(e, ERR_NOT_FOUND, "pod \"%s_%s\" does not exist", pod, ns);
	fill_pod(p, ret);
	pod_unref(p);
	return 0;
}

static int find_in(struct pod *p, const char *container, bool previous, struct node_container_info *ret, struct err *e)
{
	AUTO_BYTES struct bytes *manifest = NULL;
	AUTO_JSON json_t *spec = NULL, *snap = NULL;
	const char *name = container;
	const json_t *c;

	pthread_mutex_lock(&p->lock);
	manifest = bytes_ref(p->manifest);
	snap = json_incref(p->snapshot);
	pthread_mutex_unlock(&p->lock);
	if (!manifest || json_parse_bytes(manifest, &spec, e) < 0)
		return err_set(e, ERR_INTERNAL, "pod %s cannot be read", p->key);
	if (!name || !name[0]) {
		const json_t *list = json_dot(spec, "spec.containers");
		name = obj_annotation(spec, "kubectl.kubernetes.io/default-container");
		if (!name && json_array_size(list) != 1)
			return err_set(e, ERR_BAD_REQUEST, "a container name must be specified for pod %s", p->name);
		if (!name)
			name = json_str_or(json_array_get(list, 0), "name", "");
	}
	c = json_object_get(snap, name);
	if (!c)
		return err_set(e, ERR_BAD_REQUEST, "container %s is not valid for pod %s", name, p->name);
	str_copy(ret->container, sizeof(ret->container), name);
	ret->tty = json_bool_or(c, "tty", false);
	ret->stdin_open = json_bool_or(c, "stdin", false);
	ret->restarts = (unsigned)json_int_or(c, "restarts", 0);
	const char *id = json_str_or(c, "id", ""), *last = json_str_or(c, "lastID", "");
	unsigned attempt = (unsigned)json_int_or(c, "attempt", 0);
	if (previous) {
		if (!last[0])
			return err_set(e, ERR_BAD_REQUEST, "previous terminated container \"%s\" in pod \"%s\" not found", name, p->name);
		id = last;
		attempt = (unsigned)json_int_or(c, "lastAttempt", 0);
	} else if (!id[0] && last[0]) {
		id = last; /* between two runs: the logs of the one before */
		attempt = (unsigned)json_int_or(c, "lastAttempt", 0);
	} else if (!id[0]) {
		return err_set(e, ERR_BAD_REQUEST, "container \"%s\" in pod \"%s\" is waiting to start: %s", name, p->name, json_str_or(c, "reason", "ContainerCreating"));
	}
	str_copy(ret->cid, sizeof(ret->cid), id);
	if (!previous) {
		ret->running = json_bool_or(c, "running", false);
		ret->pid = ret->running ? (pid_t)json_int_or(c, "pid", 0) : 0;
	}
	AUTO_FREE char *log = ctr_log_path(p, name, attempt);
	if (!log || !str_copy(ret->log_path, sizeof(ret->log_path), log))
		return err_nomem(e);
	return 0;
}

int node_find_container(struct node *n, const char *ns, const char *pod, const char *uid, const char *container, bool previous,
			struct node_container_info *ret, struct err *e)
{
	struct pod *p = lookup(n, ns, pod, uid);
	int r;

	if (!p)
		return err_set(e, ERR_NOT_FOUND, "pod \"%s_%s\" does not exist", pod, ns);
	fill_pod(p, ret);
	r = find_in(p, container, previous, ret, e);
	pod_unref(p);
	return r;
}

int node_pods_json(struct node *n, json_t **ret, struct err *e)
{
	struct map_iter it = MAP_ITER_INIT;
	AUTO_JSON json_t *list = json_pack("{s:s,s:s,s:{},s:[]}", "kind", "PodList", "apiVersion", "v1", "metadata", "items");

	if (!list)
		return err_nomem(e);
	pthread_rwlock_rdlock(&n->pods_lock);
	while (map_next(n->pods, &it)) {
		struct pod *p = it.value;
		json_t *o;
		pthread_mutex_lock(&p->lock);
		AUTO_BYTES struct bytes *m = bytes_ref(p->manifest);
		pthread_mutex_unlock(&p->lock);
		if (m && json_parse_bytes(m, &o, NULL) == 0)
			json_array_append_new(json_object_get(list, "items"), o);
	}
	pthread_rwlock_unlock(&n->pods_lock);
	*ret = TAKE_PTR(list);
	return 0;
}

static json_t *usage_json(struct node *n, const char *cgroup, const char *now)
{
	struct cgroup_usage u;
	json_t *o = json_object();

	if (!o || cgroup_usage(runtime_cgroups(n->rt), cgroup, &u, NULL) < 0)
		return o;
	json_object_set_new(o, "cpu", json_pack("{s:s,s:I}", "time", now, "usageCoreNanoSeconds", (json_int_t)u.cpu_ns));
	json_object_set_new(o, "memory", json_pack("{s:s,s:I,s:I,s:I}", "time", now, "usageBytes", (json_int_t)u.memory_bytes, "workingSetBytes",
						   (json_int_t)u.working_set_bytes, "rssBytes", (json_int_t)u.rss_bytes));
	return o;
}

static json_t *pod_stats(struct pod *p, const char *now)
{
	json_t *volumes = NULL, *spec = NULL;
	AUTO_FREE char *cgroup = str_fmt("%s/pod%s", p->node->cgroup_root, p->uid);
	json_t *o = cgroup ? usage_json(p->node, cgroup, now) : NULL, *list = json_array(), *c;
	const char *name;

	if (!o || !list)
		return NULL;
	pthread_mutex_lock(&p->lock);
	AUTO_JSON json_t *snap = json_incref(p->snapshot);
	AUTO_BYTES struct bytes *m = bytes_ref(p->manifest);
	pthread_mutex_unlock(&p->lock);
	if (m && json_parse_bytes(m, &spec, NULL) == 0)
		volumes = volume_claims_stats(p->node, spec, now);
	json_decref(spec);
	json_object_foreach(snap, name, c)
	{
		AUTO_FREE char *cg = str_fmt("%s/%s", cgroup, json_str_or(c, "id", "-"));
		json_t *s = json_bool_or(c, "running", false) && cg ? usage_json(p->node, cg, now) : NULL;
		if (!s)
			continue;
		json_object_set_new(s, "name", json_string(name));
		json_array_append_new(list, s);
	}
	json_object_set_new(o, "podRef", json_pack("{s:s,s:s,s:s}", "name", p->name, "namespace", p->ns, "uid", p->uid));
	json_object_set_new(o, "containers", list);
	if (json_array_size(volumes) > 0)
		json_object_set(o, "volume", volumes);
	json_decref(volumes);
	return o;
}

int node_stats_json(struct node *n, json_t **ret, struct err *e)
{
	struct map_iter it = MAP_ITER_INIT;
	char now[TIME_STR_MAX];
	struct statvfs vfs;
	AUTO_JSON json_t *o = NULL;
	json_t *node, *pods = json_array();

	time_format(clock_wall(n->d.clock), now);
	node = usage_json(n, n->cgroup_root, now);
	if (!node || !pods) {
		json_decref(node);
		json_decref(pods);
		return err_nomem(e);
	}
	json_object_set_new(node, "nodeName", json_string(n->name));
	if (statvfs(n->data_dir, &vfs) == 0)
		json_object_set_new(node, "fs", json_pack("{s:s,s:I,s:I,s:I}", "time", now, "availableBytes", (json_int_t)(vfs.f_bavail * vfs.f_frsize), "capacityBytes",
							  (json_int_t)(vfs.f_blocks * vfs.f_frsize), "usedBytes", (json_int_t)((vfs.f_blocks - vfs.f_bfree) * vfs.f_frsize)));
	/* Plug-ins may take their time: without the lock. */
	pthread_rwlock_rdlock(&n->pods_lock);
	struct pod **all = calloc(map_len(n->pods) + 1, sizeof(struct pod *));
	size_t k = 0;
	while (all && map_next(n->pods, &it))
		all[k++] = pod_ref(it.value);
	pthread_rwlock_unlock(&n->pods_lock);
	for (size_t i = 0; i < k; i++) {
		json_t *s = pod_stats(all[i], now);
		if (s)
			json_array_append_new(pods, s);
		pod_unref(all[i]);
	}
	bool nomem = !all;
	free(all);
	o = json_pack("{s:o,s:o}", "node", node, "pods", pods);
	if (nomem)
		return err_nomem(e);
	if (!o)
		return err_nomem(e);
	*ret = TAKE_PTR(o);
	return 0;
}
