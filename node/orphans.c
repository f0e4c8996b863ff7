#include "node/orphans.h"
#include <dirent.h>
#include <errno.h>
#include <sys/mount.h>
#include "base/fs.h"
#include "base/log.h"
#include "base/str.h"
#include "node/pod.h"
#include "node/sandbox.h"

struct find {
	struct map *known;
	struct map *found;
};

static int unknown_container(void *arg, const char *cid)
{
	struct find *f = arg;

	if (!map_has(f->known, cid))
		(void)map_put(f->found, cid, f);
	return 0;
}

int orphans_find(struct node *n, struct err *e)
{
	struct find f = {.known = map_new(NULL), .found = map_new(NULL)};
	struct map_iter it = MAP_ITER_INIT;
	int r = 0;

	if (!f.known || !f.found) {
		map_free(f.known);
		map_free(f.found);
		return err_nomem(e);
	}
	while (r == 0 && map_next(n->pods, &it)) {
		struct pod *p = it.value;
		LIST_FOREACH(c, &p->ctrs, struct ctr, link)
			if (c->run.id[0] && map_put(f.known, c->run.id, c) < 0)
				r = err_nomem(e);
	}
	if (r == 0)
		runtime_each(n->rt, unknown_container, &f);
	map_free(f.known);
	map_free(n->orphans);
	n->orphans = f.found;
	return r;
}

static void keep_first(int r, const struct err *one, int *result, struct err *e)
{
	if (r < 0 && *result == 0) {
		*result = r;
		if (e)
			*e = *one;
	}
}

/*
 * First everything that may write ends: the container, what else is in its cgroup, its monitor and calls of the runtime
 * that a killed agent left under way. What one of those calls made meanwhile goes in a second pass. Only then are files
 * removed.
 */
int orphan_container_remove(struct runtime *rt, const char *cid, struct err *e)
{
	AUTO_FREE char *bundle = runtime_bundle(rt, cid), *config_path = str_fmt("%s/config.json", bundle);
	AUTO_BUF struct buf config = {0};
	AUTO_JSON json_t *c = NULL;
	const char *cgroup = NULL;
	struct err one = {0};
	int result = 0;

	if (!bundle || !config_path)
		return err_nomem(e);
	if (fs_read(config_path, 8u << 20, &config, NULL) == 0 && json_parse(config.data, config.len, &c, NULL) == 0)
		cgroup = json_str(c, "linux.cgroupsPath");
	for (int pass = 0; pass < 2; pass++) {
		keep_first(runtime_end(rt, cid, &one), &one, &result, e);
		if (cgroup && cgroup[0] == '/' && strlen(cgroup) > 1)
			keep_first(cgroup_remove(runtime_cgroups(rt), cgroup + 1, &one), &one, &result, e);
		if (pass == 0)
			keep_first(runtime_end_monitors(rt, cid, &one), &one, &result, e);
	}
	keep_first(runtime_delete(rt, cid, &one), &one, &result, e);
	return result;
}

static void unmount_tree(const char *dir, unsigned depth)
{
	DIR *d = opendir(dir);

	if (!d)
		return;
	for (struct dirent *de; (de = readdir(d));) {
		if (streq(de->d_name, ".") || streq(de->d_name, ".."))
			continue;
		AUTO_FREE char *path = fs_join(dir, de->d_name);
		while (path && umount2(path, MNT_DETACH | UMOUNT_NOFOLLOW) == 0)
			;
		if (path && depth > 0 && de->d_type == DT_DIR)
			unmount_tree(path, depth - 1);
	}
	closedir(d);
}

int orphan_pod_remove(const char *data_dir, const char *run_dir, const char *uid, struct err *e)
{
	AUTO_FREE char *run = str_fmt("%s/pods/%s", run_dir, uid), *data = str_fmt("%s/pods/%s", data_dir, uid), *subpaths = str_fmt("%s/subpaths", run),
		       *images = str_fmt("%s/images", run), *volumes = str_fmt("%s/volumes", data);
	struct err one = {0};
	int result = 0;

	if (!run || !data || !subpaths || !images || !volumes)
		return err_nomem(e);
	unmount_tree(subpaths, 1);
	unmount_tree(images, 0);
	unmount_tree(run, 0);
	unmount_tree(volumes, 0);
	keep_first(sandbox_remove(run_dir, uid, &one), &one, &result, e);
	keep_first(fs_rm_rf(run, &one), &one, &result, e);
	keep_first(fs_rm_rf(data, &one), &one, &result, e);
	return result;
}

#define GC_RETRY_MIN_MS 2000
#define GC_RETRY_MAX_MS 300000

struct clean {
	struct pool_job job;
	struct node *n;
	bool again;
	struct map *containers;
};

static bool known_uid(struct node *n, const char *uid)
{
	struct pod *p = node_pod_by_uid(n, uid);
	bool known = p != NULL;

	pod_unref(p);
	return known;
}

/* Entries of a directory whose uid (after the last '_' for logs, after "pod" for cgroups) no pod has. */
static void each_unknown(struct node *n, const char *dir, const char *kind, void (*fn)(struct node *n, const char *dir, const char *name, const char *uid))
{
	DIR *d = opendir(dir);

	if (!d)
		return;
	for (struct dirent *de; (de = readdir(d));) {
		const char *uid = de->d_name;
		if (de->d_name[0] == '.')
			continue;
		if (streq(kind, "logs")) {
			uid = strrchr(de->d_name, '_');
			uid = uid ? uid + 1 : "";
		} else if (streq(kind, "cgroup")) {
			if (!str_has_prefix(de->d_name, "pod"))
				continue;
			uid = de->d_name + 3;
		}
		if (!known_uid(n, uid))
			fn(n, dir, de->d_name, uid);
	}
	closedir(d);
}

static void drop_pod(struct node *n, const char *dir UNUSED, const char *name UNUSED, const char *uid)
{
	AUTO_FREE char *netns = str_fmt("%s/netns/%s", n->run_dir, uid);
	struct err err = {0};

	if (n->d.network && netns && fs_exists(netns))
		(void)n->d.network->detach(n->d.network_impl, uid, netns, NULL); /* gc comes back to what fails */
	if (orphan_pod_remove(n->data_dir, n->run_dir, uid, &err) < 0)
		log_warning("node", uid, "cannot remove what is left of an unknown pod: %s", err.msg);
}

static void drop_dir(struct node *n UNUSED, const char *dir, const char *name, const char *uid UNUSED)
{
	AUTO_FREE char *path = fs_join(dir, name);

	if (path)
		(void)fs_rm_rf(path, NULL);
}

static void drop_cgroup(struct node *n, const char *dir UNUSED, const char *name, const char *uid UNUSED)
{
	AUTO_FREE char *rel = str_fmt("%s/%s", n->cgroup_root, name);
	struct err err = {0};

	if (rel && cgroup_remove(runtime_cgroups(n->rt), rel, &err) < 0)
		log_warning("node", name, "%s", err.msg);
}

/* What pods that are gone have left mounted, by the records of who mounts: of the time before this machine or this agent went down. */
static void drop_volumes(struct clean *c)
{
	struct node *n = c->n;
	struct err err = {0};
	char **uids = NULL;

	if (!n->d.volumes || !n->d.volumes->pods)
		return;
	if (n->d.volumes->pods(n->d.volumes_impl, &uids, &err) < 0) {
		log_warning("node", n->name, "cannot tell what volumes are published: %s", err.msg);
		c->again = true;
		return;
	}
	for (size_t i = 0; uids[i]; i++) {
		if (known_uid(n, uids[i]))
			continue;
		if (n->d.volumes->unpublish(n->d.volumes_impl, uids[i], NULL, &err) < 0) {
			log_warning("node", uids[i], "a volume of a pod that is gone stays for now: %s", err.msg);
			c->again = true;
		} else {
			log_info("node", uids[i], "let go of the volumes of a pod that is gone");
		}
	}
	strv_free(uids);
}

static void run(struct pool_job *j)
{
	struct clean *c = container_of(j, struct clean, job);
	struct node *n = c->n;
	struct map_iter it = MAP_ITER_INIT;
	const struct cgroup_host *h = runtime_cgroups(n->rt);
	AUTO_FREE char *run_pods = fs_join(n->run_dir, "pods"), *data_pods = fs_join(n->data_dir, "pods"), *logs = fs_join(n->data_dir, "logs/pods"),
		       *netns = fs_join(n->run_dir, "netns");

	while (c->containers && map_next(c->containers, &it)) {
		struct err err = {0};
		if (orphan_container_remove(n->rt, it.key, &err) < 0)
			log_warning("node", it.key, "cannot remove a container that belongs to no pod: %s", err.msg);
		else
			log_info("node", it.key, "removed a container that belongs to no pod");
	}
	if (run_pods)
		each_unknown(n, run_pods, "pods", drop_pod);
	if (netns)
		each_unknown(n, netns, "pods", drop_pod);
	if (data_pods)
		each_unknown(n, data_pods, "pods", drop_pod);
	if (logs)
		each_unknown(n, logs, "logs", drop_dir);
	for (unsigned i = 0; i < h->n_mounts; i++) {
		AUTO_FREE char *dir = fs_join(h->mounts[i].path, n->cgroup_root);
		if (dir)
			each_unknown(n, dir, "cgroup", drop_cgroup);
	}
	drop_volumes(c);
	if (n->d.network && n->d.network->gc) {
		struct err err = {0};
		pthread_rwlock_rdlock(&n->pods_lock);
		char **uids = calloc(map_len(n->pods) + 1, sizeof(*uids));
		struct map_iter pit = MAP_ITER_INIT;
		size_t k = 0;
		while (uids && map_next(n->pods, &pit))
			k += (uids[k] = str_dup(pit.key)) != NULL;
		pthread_rwlock_unlock(&n->pods_lock);
		bool again = !uids || n->d.network->gc(n->d.network_impl, (const char *const *)uids, &err) < 0;
		c->again = c->again || again;
		if (again)
			log_warning("node", NULL, "cannot clean up the pod network: %s", uids ? err.msg : "out of memory");
		strv_free(uids);
	}
}

static void done(struct pool_job *j)
{
	struct clean *c = container_of(j, struct clean, job);
	struct node *n = c->n;

	if (c->again && !n->stopping) {
		n->gc_ms = n->gc_ms ? n->gc_ms * 2 : GC_RETRY_MIN_MS;
		if (n->gc_ms > GC_RETRY_MAX_MS)
			n->gc_ms = GC_RETRY_MAX_MS;
		loop_timer_set(n->gc_timer, n->gc_ms);
	}
	map_free(c->containers);
	free(c);
}

void orphans_retry(void *arg)
{
	struct node *n = arg;

	if (!n->stopping)
		orphans_clean(n);
}

void orphans_clean(struct node *n)
{
	struct clean *c = calloc(1, sizeof(*c));

	if (!c)
		return;
	c->n = n;
	c->containers = TAKE_PTR(n->orphans);
	c->job.run = run;
	c->job.done = done;
	c->job.done_loop = n->loop;
	str_copy(c->job.key, sizeof(c->job.key), "orphans");
	pool_submit(n->work_pool, &c->job);
}
