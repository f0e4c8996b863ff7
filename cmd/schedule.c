/* Backups at intervals, into DATA_DIR/server/backups; the oldest go. */
#include <dirent.h>
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>
#include "base/clock.h"
#include "base/fs.h"
#include "base/log.h"
#include "base/str.h"
#include "cmd/backup.h"
#include "cmd/options_check.h"

#define PREFIX   "minik-"
#define SUFFIX   ".tar.gz"
#define NAME_LEN (sizeof("minik-20260102T030405Z.tar.gz") - 1)
#define RETRY_S  60 /* after one that failed */

struct schedule {
	const struct options *o;
	struct store *store;
	char *dir;
	int64_t interval_s;
	size_t keep;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	bool stopping; /* under lock */
};

/* Names sort by time. */
static int ours(const struct dirent *d)
{
	return strlen(d->d_name) == NAME_LEN && str_has_prefix(d->d_name, PREFIX) && str_has_suffix(d->d_name, SUFFIX);
}

static int64_t time_of(const char *name)
{
	struct tm tm = {0};
	const char *end = strptime(name, PREFIX "%Y%m%dT%H%M%SZ" SUFFIX, &tm);

	return end && !*end ? (int64_t)timegm(&tm) : 0;
}

/* Removes what is too much; the time of the newest, 0: none. */
static int64_t prune(struct schedule *x)
{
	struct dirent **v = NULL;
	int64_t newest = 0;
	int n = scandir(x->dir, &v, ours, alphasort);

	for (int i = 0; i < n; i++) {
		if ((size_t)(n - i) > x->keep) {
			AUTO_FREE char *path = fs_join(x->dir, v[i]->d_name);
			if (path && unlink(path) < 0)
				log_warning("backup", v[i]->d_name, "cannot be removed: %s", strerror(errno));
		}
		newest = time_of(v[i]->d_name);
		free(v[i]);
	}
	free(v);
	return newest;
}

/* Of one that was killed while it was written. */
static int halves(const struct dirent *d)
{
	return str_has_prefix(d->d_name, PREFIX) && str_has_suffix(d->d_name, SUFFIX ".tmp");
}

static void sweep(struct schedule *x)
{
	struct dirent **v = NULL;
	int n = scandir(x->dir, &v, halves, NULL);

	for (int i = 0; i < n; i++) {
		AUTO_FREE char *path = fs_join(x->dir, v[i]->d_name);
		if (path)
			(void)unlink(path);
		free(v[i]);
	}
	free(v);
}

static int write_one(struct schedule *x, time_t now)
{
	struct tm tm;
	char name[64];
	struct err e = {0};

	gmtime_r(&now, &tm);
	strftime(name, sizeof(name), PREFIX "%Y%m%dT%H%M%SZ" SUFFIX, &tm);
	AUTO_FREE char *path = fs_join(x->dir, name);
	int r = path ? backup_write(x->o, x->store, path, &e) : err_nomem(&e);
	if (r < 0)
		log_error("backup", name, "the scheduled backup failed: %s", e.msg);
	else
		log_info("backup", name, "written to %s", x->dir);
	return r;
}

static void *schedule_main(void *arg)
{
	struct schedule *x = arg;
	int64_t newest = prune(x), last_try = 0;
	bool failed = false;

	sweep(x);
	pthread_mutex_lock(&x->lock);
	while (!x->stopping) {
		time_t now = clock_wall(clock_real());
		/* A clock that was put back must not stop them. */
		int64_t due = failed ? last_try + RETRY_S : newest > now ? now : newest + x->interval_s;

		if (now < due) {
			struct timespec until;

			clock_gettime(CLOCK_MONOTONIC, &until);
			until.tv_sec += (time_t)(due - now);
			(void)pthread_cond_timedwait(&x->wake, &x->lock, &until);
			continue;
		}
		pthread_mutex_unlock(&x->lock);
		failed = write_one(x, now) < 0;
		last_try = now;
		newest = prune(x);
		pthread_mutex_lock(&x->lock);
	}
	pthread_mutex_unlock(&x->lock);
	return NULL;
}

int schedule_start(struct schedule **ret, const struct options *o, struct store *s, struct err *e)
{
	int64_t interval;
	pthread_condattr_t ca;
	int r = opt_duration(opt_str(o, OPT_BACKUP_INTERVAL), &interval, e);

	*ret = NULL;
	if (r < 0 || interval == 0)
		return r;
	struct schedule *x = calloc(1, sizeof(*x));
	if (!x)
		return err_nomem(e);
	x->o = o;
	x->store = s;
	x->interval_s = interval;
	x->keep = (size_t)opt_int(o, OPT_BACKUP_RETENTION);
	x->dir = fs_join(opt_str(o, OPT_DATA_DIR), "server/backups");
	r = x->dir ? fs_mkdir_p(x->dir, 0700, e) : err_nomem(e);
	if (r < 0) {
		free(x->dir);
		free(x);
		return r;
	}
	pthread_mutex_init(&x->lock, NULL);
	pthread_condattr_init(&ca);
	pthread_condattr_setclock(&ca, CLOCK_MONOTONIC);
	pthread_cond_init(&x->wake, &ca);
	pthread_condattr_destroy(&ca);
	if ((r = pthread_create(&x->thread, NULL, schedule_main, x)) != 0) {
		pthread_mutex_destroy(&x->lock);
		pthread_cond_destroy(&x->wake);
		free(x->dir);
		free(x);
		return err_errno(e, r, "starting a thread");
	}
	(void)pthread_setname_np(x->thread, "backup");
	*ret = x;
	return 0;
}

struct schedule *schedule_stop(struct schedule *x)
{
	if (!x)
		return NULL;
	pthread_mutex_lock(&x->lock);
	x->stopping = true;
	pthread_cond_signal(&x->wake);
	pthread_mutex_unlock(&x->lock);
	pthread_join(x->thread, NULL);
	pthread_mutex_destroy(&x->lock);
	pthread_cond_destroy(&x->wake);
	free(x->dir);
	free(x);
	return NULL;
}
