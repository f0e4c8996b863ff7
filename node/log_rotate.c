#include "node/log_rotate.h"
#include <dirent.h>
#include <errno.h>
#include <sys/stat.h>
#include <time.h>
#include "base/log.h"
#include "base/str.h"
#include "node/pod.h"

#define LOG_MAX_BYTES (10ll << 20)
#define LOG_MAX_FILES 5

struct rotation {
	struct pool_job job;
	struct node *n;
	struct pod **pods;
	size_t n_pods;
};

static int by_name(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

/* Files of one run: "0.log" and what was rotated of it, "0.log.20260102-030405". */
static bool of_run(const char *name, const char *base)
{
	size_t n = strlen(base);

	return strncmp(name, base, n) == 0 && (name[n] == '\0' || name[n] == '.');
}

/* Rotated files sort by time by their names; the current one counts among the five. */
static void remove_old(const char *path)
{
	AUTO_FREE char *dir = str_dup(path);
	char *slash = dir ? strrchr(dir, '/') : NULL, *names[64];
	size_t n = 0;

	if (!slash)
		return;
	*slash = '\0';
	DIR *d = opendir(dir);
	if (!d)
		return;
	for (struct dirent *de; n < ARRAY_LEN(names) && (de = readdir(d));)
		if (of_run(de->d_name, slash + 1) && !streq(de->d_name, slash + 1))
			n += (names[n] = str_dup(de->d_name)) != NULL;
	qsort(names, n, sizeof(names[0]), by_name);
	for (size_t i = 0; i < n; i++) {
		if (i + LOG_MAX_FILES - 1 < n)
			(void)unlinkat(dirfd(d), names[i], 0);
		free(names[i]);
	}
	closedir(d);
}

void log_remove(struct pod *p, const char *container, unsigned attempt)
{
	AUTO_FREE char *path = ctr_log_path(p, container, attempt);
	char *slash = path ? strrchr(path, '/') : NULL;

	if (!slash)
		return;
	*slash = '\0';
	DIR *d = opendir(path);
	for (struct dirent *de; d && (de = readdir(d));)
		if (of_run(de->d_name, slash + 1) && unlinkat(dirfd(d), de->d_name, 0) < 0 && errno != ENOENT)
			log_warning("node", p->key, "container %s: cannot remove the old log %s: %s", container, de->d_name, strerror(errno));
	if (d)
		closedir(d);
}

static void rotate(struct pod *p, const char *container, const char *cid, unsigned attempt)
{
	AUTO_FREE char *path = ctr_log_path(p, container, attempt);
	char stamp[32];
	struct err err = {0};
	struct stat st;
	struct tm tm;
	time_t now = clock_wall(p->node->d.clock);

	if (!path || stat(path, &st) < 0 || st.st_size < LOG_MAX_BYTES)
		return;
	gmtime_r(&now, &tm);
	strftime(stamp, sizeof(stamp), "%Y%m%d-%H%M%S", &tm);
	AUTO_FREE char *to = str_fmt("%s.%s", path, stamp);
	if (!to || rename(path, to) < 0)
		return;
	if (runtime_reopen_log(p->node->rt, cid, &err) < 0) {
		log_warning("node", p->key, "container %s: cannot rotate its log: %s", container, err.msg);
		(void)rename(to, path);
		return;
	}
	remove_old(path);
}

static void run(struct pool_job *j)
{
	struct rotation *r = container_of(j, struct rotation, job);

	for (size_t i = 0; i < r->n_pods; i++) {
		struct pod *p = r->pods[i];
		const char *name;
		json_t *c;
		pthread_mutex_lock(&p->lock);
		AUTO_JSON json_t *snap = json_incref(p->snapshot);
		pthread_mutex_unlock(&p->lock);
		json_object_foreach(snap, name, c) if (json_bool_or(c, "running", false))
			rotate(p, name, json_str_or(c, "id", ""), (unsigned)json_int_or(c, "attempt", 0));
	}
}

static void done(struct pool_job *j)
{
	struct rotation *r = container_of(j, struct rotation, job);

	for (size_t i = 0; i < r->n_pods; i++)
		pod_unref(r->pods[i]);
	free(r->pods);
	free(r);
}

void log_rotate_start(struct node *n)
{
	struct rotation *r = calloc(1, sizeof(*r));
	struct map_iter it = MAP_ITER_INIT;

	if (!r || map_len(n->pods) == 0 || !(r->pods = calloc(map_len(n->pods), sizeof(*r->pods)))) {
		free(r);
		return;
	}
	r->n = n;
	while (map_next(n->pods, &it))
		r->pods[r->n_pods++] = pod_ref(it.value);
	r->job.run = run;
	r->job.done = done;
	str_copy(r->job.key, sizeof(r->job.key), "log-rotate");
	pool_submit(n->work_pool, &r->job);
}
