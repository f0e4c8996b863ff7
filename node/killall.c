/* `minik killall`: everything of this data-dir and run-dir ends, without API server and without an agent. */
#include <dirent.h>
#include <errno.h>
#include <sys/mount.h>
#include "base/fs.h"
#include "base/map.h"
#include "base/str.h"
#include "node/node.h"
#include "node/orphans.h"
#include "node/runtime.h"

struct kill {
	const struct node_config *c;
	void (*fn)(void *arg, const char *what);
	void *arg;
	int result;
	struct err *e;
};

static void say(struct kill *k, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static void say(struct kill *k, const char *fmt, ...)
{
	char text[400];
	va_list ap;

	if (!k->fn)
		return;
	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	k->fn(k->arg, text);
}

static void note(struct kill *k, int r, const struct err *one)
{
	if (r < 0 && k->result == 0) {
		k->result = r;
		if (k->e)
			*k->e = *one;
	}
}

static int collect(void *arg, const char *cid) { return map_put(arg, cid, arg) < 0; }

static void each_dir(struct kill *k, const char *base, const char *sub, void (*fn)(struct kill *k, const char *name))
{
	AUTO_FREE char *dir = fs_join(base, sub);
	DIR *d = dir ? opendir(dir) : NULL;

	if (!d)
		return;
	for (struct dirent *de; (de = readdir(d));)
		if (de->d_name[0] != '.')
			fn(k, de->d_name);
	closedir(d);
}

static void end_pod(struct kill *k, const char *uid)
{
	struct err one = {0};

	say(k, "removing pod %s", uid);
	note(k, orphan_pod_remove(k->c->data_dir, k->c->run_dir, uid, &one), &one);
}

/* Mounts below our directories that no record tells of; deepest (last) first. */
static void unmount_rest(struct kill *k)
{
	for (int round = 0; round < 64; round++) {
		AUTO_BUF struct buf b = {0};
		char last[1024] = "";
		if (fs_read("/proc/self/mountinfo", 16u << 20, &b, NULL) < 0 || !b.data)
			return;
		for (char *p = b.data, *end; *p; p = *end ? end + 1 : end) {
			char path[1024];
			end = strchrnul(p, '\n');
			if (sscanf(p, "%*s %*s %*s %*s %1023s", path) != 1)
				continue;
			const char *const bases[] = {k->c->run_dir, k->c->data_dir};
			for (size_t i = 0; i < ARRAY_LEN(bases); i++) {
				size_t n = strlen(bases[i]);
				if (strncmp(path, bases[i], n) == 0 && path[n] == '/')
					str_copy(last, sizeof(last), path);
			}
		}
		if (!last[0])
			return;
		say(k, "unmounting %s", last);
		if (umount2(last, MNT_DETACH | UMOUNT_NOFOLLOW) < 0) {
			struct err one = {0};
			note(k, err_errno(&one, errno, "cannot unmount %s", last), &one);
			return;
		}
	}
}

int node_killall(const struct node_config *c, const struct node_network_ops *net, void *net_impl, void (*fn)(void *arg, const char *what), void *arg,
		 struct err *e)
{
	struct kill k = {.c = c, .fn = fn, .arg = arg, .e = e};
	const struct runtime_config rc = {.program = c->runtime, .data_dir = c->data_dir, .run_dir = c->run_dir};
	const char *root = c->cgroup_root && c->cgroup_root[0] ? c->cgroup_root : "minik";
	struct map *cids = map_new(NULL);
	struct map_iter it = MAP_ITER_INIT;
	struct err one = {0};
	struct runtime *rt = NULL;
	int r;

	if (!cids)
		return err_nomem(e);
	r = runtime_new(&rt, &rc, &one);
	note(&k, r, &one);
	if (r == 0)
		runtime_each(rt, collect, cids);
	while (map_next(cids, &it)) {
		say(&k, "stopping container %.12s", it.key);
		note(&k, orphan_container_remove(rt, it.key, &one), &one);
	}
	map_free(cids);
	if (net && net->gc) {
		static const char *const none[] = {NULL};
		say(&k, "detaching all pods from the network");
		note(&k, net->gc(net_impl, none, &one), &one);
	}
	each_dir(&k, c->run_dir, "pods", end_pod);
	each_dir(&k, c->run_dir, "netns", end_pod);
	each_dir(&k, c->data_dir, "pods", end_pod);
	unmount_rest(&k);
	if (rt) {
		say(&k, "removing cgroup %s", root);
		note(&k, cgroup_remove(runtime_cgroups(rt), root, &one), &one);
		/* Of containers whose records somebody has removed; without their containers they end by themselves. */
		note(&k, runtime_end_strays(rt, &one), &one);
	}
	static const char *const run_dirs[] = {"containers", "exits", "attach", "runtime", "pods", "netns"};
	for (size_t i = 0; i < ARRAY_LEN(run_dirs); i++) {
		AUTO_FREE char *d = fs_join(c->run_dir, run_dirs[i]);
		if (d)
			note(&k, fs_rm_rf(d, &one), &one);
	}
	runtime_free(rt);
	return k.result;
}
