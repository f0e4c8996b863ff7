/*
 * CronJob: a Job whenever its schedule says so, named after the time it was due, so that no restart starts one twice. The queue's timer is armed for the next time;
 * when the wall clock is set, all are looked at again.
 * Source: Kubernetes CronJob concept; pkg/controller/cronjob/cronjob_controllerv2.go.
 */
#include <errno.h>
#include <sys/timerfd.h>
#include <unistd.h>
#include "base/log.h"
#include "controllers/cron_due.h"
#include "controllers/job_account.h"
#include "controllers/shared.h"

#define COMPONENT  "cronjob-controller"
#define MAX_WAIT_S (7 * 86400)
#define SCHEDULED  "batch.kubernetes.io/cronjob-scheduled-timestamp"

struct cron_ctl {
	struct controller *c;
	struct informer *crons, *jobs;
	int clock_fd; /* tells when the wall clock is set */
	struct loop_io *clock_io;
};

struct cron_sync {
	struct controller *c;
	struct cron_ctl *x;
	json_t *cj; /* own copy */
	json_t **jobs;
	size_t n;
	time_t now;
	bool changed; /* status */
};

static void cron_free(void *p)
{
	struct cron_ctl *x = p;

	x->clock_io = loop_io_free(x->clock_io);
	if (x->clock_fd >= 0)
		close(x->clock_fd);
	free(x);
}

#define TELL(s, type, reason, ...) client_event((s)->c->s->client, (s)->cj, "batch/v1", "CronJob", type, reason, COMPONENT, "", __VA_ARGS__)

static struct client_ref job_ref(const struct cron_sync *s, const char *name)
{
	return (struct client_ref){.group = "batch", .plural = "jobs", .ns = obj_namespace(s->cj), .name = name};
}

/* --- what has become of its jobs --- */

static json_t *active_list(struct cron_sync *s)
{
	json_t *list = json_dot(s->cj, "status.active");

	if (!json_is_array(list) && json_dot_set(s->cj, "status.active", json_array()) == 0)
		list = json_dot(s->cj, "status.active");
	return list;
}

static size_t active_at(const json_t *list, const char *uid)
{
	json_t *ref;
	size_t i;

	json_array_foreach (list, i, ref)
		if (streq(json_str(ref, "uid"), uid))
			return i;
	return SIZE_MAX;
}

static int note_jobs(struct cron_sync *s, struct err *e)
{
	json_t *active = active_list(s), *ref;
	size_t i;

	if (!active)
		return err_nomem(e);
	for (i = 0; i < s->n; i++) {
		const json_t *job = s->jobs[i];
		size_t at = active_at(active, obj_uid(job));
		const char *ended = json_str_or(job, "status.completionTime", ""), *last = json_str_or(s->cj, "status.lastSuccessfulTime", "");
		if (at == SIZE_MAX && !job_finished(job)) {
			TELL(s, "Warning", "UnexpectedJob", "Saw a job that the controller did not create or forgot: %s", obj_name(job));
		} else if (at != SIZE_MAX && job_finished(job)) {
			json_array_remove(active, at);
			s->changed = true;
			TELL(s, "Normal", "SawCompletedJob", "Saw completed job: %s, condition: %s", obj_name(job), obj_condition_true(job, "Complete") ? "Complete" : "Failed");
		}
		if (obj_condition_true(job, "Complete") && *ended && strcmp(ended, last) > 0) { /* both of one form, in UTC */
			json_set_str(s->cj, "status.lastSuccessfulTime", ended);
			s->changed = true;
		}
	}
	for (i = json_array_size(active); i-- > 0;) {
		ref = json_array_get(active, i);
		const char *uid = json_str_or(ref, "uid", ""), *name = json_str_or(ref, "name", "");
		struct client_ref jr = job_ref(s, name);
		AUTO_JSON json_t *job = NULL;
		bool here = false;
		for (size_t k = 0; k < s->n && !here; k++)
			here = streq(obj_uid(s->jobs[k]), uid);
		if (here)
			continue;
		/* The cache may lag behind one that was just made: ask. */
		int r = client_get_wait(s->c->s->client, &jr, &job, e);
		if (r < 0 && r != ERR_NOT_FOUND)
			return r;
		if (r == 0 && streq(obj_uid(job), uid))
			continue;
		TELL(s, "Normal", "MissingJob", "Active job went missing: %s", name);
		json_array_remove(active, i);
		s->changed = true;
	}
	return 0;
}

static int delete_job(struct cron_sync *s, const char *name, struct err *e)
{
	struct client_ref ref = job_ref(s, name);
	AUTO_JSON json_t *opts = json_pack("{s:s,s:s,s:s}", "kind", "DeleteOptions", "apiVersion", "v1", "propagationPolicy", "Background");
	int r = opts ? client_delete_wait(s->c->s->client, &ref, opts, NULL, e) : err_nomem(e);

	if (r < 0 && r != ERR_NOT_FOUND) {
		TELL(s, "Warning", "FailedDelete", "Deleted job: %s", e ? e->msg : "");
		return r;
	}
	TELL(s, "Normal", "SuccessfulDelete", "Deleted job %s", name);
	return 0;
}

static int by_start(const void *a, const void *b)
{
	const json_t *x = *(json_t *const *)a, *y = *(json_t *const *)b;
	int r = strcmp(json_str_or(x, "status.startTime", "9"), json_str_or(y, "status.startTime", "9"));

	return r ? r : strcmp(obj_name(x), obj_name(y));
}

/* The oldest of the finished ones beyond the limits go. */
static int trim(struct cron_sync *s, bool succeeded, struct err *e)
{
	int64_t limit = json_int_or(s->cj, succeeded ? "spec.successfulJobsHistoryLimit" : "spec.failedJobsHistoryLimit", succeeded ? 3 : 1), n = 0;
	int r = 0;

	for (size_t i = 0; i < s->n; i++)
		n += obj_condition_true(s->jobs[i], succeeded ? "Complete" : "Failed") && !obj_deleting(s->jobs[i]);
	for (size_t i = 0; i < s->n && n > limit && r == 0; i++)
		if (obj_condition_true(s->jobs[i], succeeded ? "Complete" : "Failed") && !obj_deleting(s->jobs[i])) {
			r = delete_job(s, obj_name(s->jobs[i]), e);
			n--;
		}
	return r;
}

/* --- starting one --- */

static int create_job(struct cron_sync *s, time_t due, const struct timezone_rules *zone, json_t **ret, struct err *e)
{
	struct client_ref all = job_ref(s, NULL);
	AUTO_FREE char *name = str_fmt("%s-%lld", obj_name(s->cj), (long long)due / 60);
	AUTO_JSON json_t *job = json_pack("{s:s,s:s,s:{s:s,s:s},s:O}", "apiVersion", "batch/v1", "kind", "Job", "metadata", "name", name, "namespace",
					  obj_namespace(s->cj), "spec", json_dot(s->cj, "spec.jobTemplate.spec")),
				*made = NULL;
	static const char *const copied[] = {"labels", "annotations"};
	char when[TIME_STR_MAX], stamp[TIME_STR_MAX + 8];
	int32_t offset = timezone_offset(zone, due);
	struct err why = {0};

	if (!job || !name)
		return err_nomem(e);
	for (size_t i = 0; i < ARRAY_LEN(copied); i++) {
		const json_t *from = json_at(s->cj, "spec", "jobTemplate", "metadata", copied[i], NULL);
		if (from && json_object_set_new(json_object_get(job, "metadata"), copied[i], json_deep_copy(from)) < 0)
			return err_nomem(e);
	}
	time_format(due + offset, when);
	when[strlen(when) - 1] = '\0'; /* Z */
	if (offset == 0)
		snprintf(stamp, sizeof(stamp), "%sZ", when);
	else
		snprintf(stamp, sizeof(stamp), "%s%c%02d:%02d", when, offset < 0 ? '-' : '+', abs(offset) / 3600, abs(offset) / 60 % 60);
	if (obj_set_annotation(job, SCHEDULED, stamp) < 0 || obj_set_controller(job, s->cj, "batch/v1", "CronJob") < 0)
		return err_nomem(e);
	int r = client_create_wait(s->c->s->client, &all, job, &made, &why);
	if (r == ERR_EXISTS) {
		struct client_ref ref = job_ref(s, name);
		if ((r = client_get_wait(s->c->s->client, &ref, &made, e)) < 0)
			return r;
		if (!obj_controlled_by(made, obj_uid(s->cj)))
			return err_set(e, ERR_EXISTS, "Job %s exists and is not of this CronJob", name);
	} else if (r < 0) {
		if (e)
			*e = why;
		if (r == ERR_FORBIDDEN && strstr(why.msg, "because it is being terminated"))
			return ERR_NOT_FOUND;
		if (r != ERR_CANCELED)
			TELL(s, "Warning", "FailedCreate", "Error creating job: %s", why.msg);
		return r;
	} else {
		TELL(s, "Normal", "SuccessfulCreate", "Created job %s", name);
	}
	*ret = TAKE_PTR(made);
	return 0;
}

static int replace_active(struct cron_sync *s, struct err *e)
{
	json_t *active = active_list(s);

	while (json_array_size(active)) {
		int r = delete_job(s, json_str_or(json_array_get(active, 0), "name", ""), e);
		if (r < 0)
			return r;
		json_array_remove(active, 0);
		s->changed = true;
	}
	return 0;
}

static int start(struct cron_sync *s, time_t due, const struct timezone_rules *zone, struct err *e)
{
	const char *policy = json_str_or(s->cj, "spec.concurrencyPolicy", "Allow");
	int64_t deadline = json_int_or(s->cj, "spec.startingDeadlineSeconds", -1);
	json_t *active = active_list(s);
	AUTO_JSON json_t *job = NULL;
	char text[TIME_STR_MAX];
	int r;

	time_format(due, text);
	if (streq(json_str(s->cj, "status.lastScheduleTime"), text))
		return 0;
	if (deadline >= 0 && due + deadline < s->now) {
		TELL(s, "Warning", "MissSchedule", "Missed scheduled time to start a job: %s", text);
		return 0;
	}
	if (streq(policy, "Forbid") && json_array_size(active)) {
		TELL(s, "Normal", "JobAlreadyActive", "Not starting job because prior execution is running and concurrency policy is Forbid");
		return 0;
	}
	if (streq(policy, "Replace") && (r = replace_active(s, e)) < 0)
		return r;
	if ((r = create_job(s, due, zone, &job, e)) < 0)
		return r == ERR_NOT_FOUND ? 0 : r;
	if (active_at(active, obj_uid(job)) == SIZE_MAX && !job_finished(job))
		json_array_append_new(active, json_pack("{s:s,s:s,s:s,s:s,s:s,s:s}", "kind", "Job", "namespace", obj_namespace(job), "name", obj_name(job), "uid",
							obj_uid(job), "apiVersion", "batch/v1", "resourceVersion",
							json_str_or(job, "metadata.resourceVersion", "")));
	json_set_str(s->cj, "status.lastScheduleTime", text);
	s->changed = true;
	return 0;
}

/* Returns milliseconds until the next time. */
static int keep_time(struct cron_sync *s, struct err *e)
{
	const char *zone_name = json_str(s->cj, "spec.timeZone"), *schedule = json_str_or(s->cj, "spec.schedule", "");
	struct timezone_rules *zone = NULL;
	struct cron cron;
	struct cron_due due;
	struct err why = {0};

	if (json_bool_or(s->cj, "spec.suspend", false))
		return 0;
	if (zone_name && timezone_load(&zone, zone_name, &why) < 0) {
		TELL(s, "Warning", "UnknownTimeZone", "invalid timeZone: \"%s\": %s", zone_name, why.msg);
		return 0;
	}
	if (cron_parse(&cron, schedule, &why) < 0) {
		TELL(s, "Warning", "UnparseableSchedule", "unparseable schedule: \"%s\" : %s", schedule, why.msg);
		timezone_free(zone);
		return 0;
	}
	cron_due(s->cj, &cron, zone, s->now, &due);
	if (due.many)
		TELL(s, "Warning", "TooManyMissedTimes",
		     "too many missed start times. Set or decrease .spec.startingDeadlineSeconds or check clock skew");
	int r = due.last ? start(s, due.last, zone, e) : 0;
	timezone_free(zone);
	if (r < 0 || due.next == 0)
		return r;
	int64_t wait = due.next - s->now;
	return (int)((wait > MAX_WAIT_S ? MAX_WAIT_S : wait) * 1000);
}

static int write_status(struct cron_sync *s, struct err *e)
{
	struct client_ref ref = {.group = "batch", .plural = "cronjobs", .ns = obj_namespace(s->cj), .name = obj_name(s->cj), .subresource = "status"};

	if (!json_array_size(json_dot(s->cj, "status.active")))
		json_dot_del(s->cj, "status.active");
	if (!s->changed)
		return 0;
	int r = client_update_wait(s->c->s->client, &ref, s->cj, NULL, e);
	return r == ERR_NOT_FOUND ? 0 : r;
}

static int reconcile(void *arg, const char *key, struct err *e)
{
	struct controller *c = arg;
	struct cron_ctl *x = c->priv;
	AUTO_OBJECT struct informer_object *o = informer_get_key(x->crons, key);
	struct timespec wall;
	int wait = 0;

	if (!o)
		return 0;
	c->s->deps.clock->wall(c->s->deps.clock, &wall);
	struct cron_sync s = {.c = c, .x = x, .cj = informer_object_json(o), .now = wall.tv_sec};
	if (!s.cj || shared_owned(x->jobs, o->uid, &s.jobs, &s.n) < 0) {
		json_decref(s.cj);
		return err_nomem(e);
	}
	qsort(s.jobs, s.n, sizeof(*s.jobs), by_start);
	int r = note_jobs(&s, e), w;
	if (r == 0 && !obj_deleting(s.cj))
		r = wait = keep_time(&s, e);
	if ((w = write_status(&s, r < 0 ? NULL : e)) < 0 && r >= 0)
		r = w;
	if (r >= 0)
		r = trim(&s, true, e);
	if (r >= 0)
		r = trim(&s, false, e);
	trees_free(s.jobs, s.n);
	json_decref(s.cj);
	if (r < 0)
		return r;
	/* The second it is due in has begun a while ago: what is left of the wait is to the full second. */
	return wait > 0 ? wait - (int)(wall.tv_nsec / 1000000) + 2 : 0;
}

/* --- the wall clock --- */

static int watch_clock(struct cron_ctl *x)
{
	/* A timer that never ends but for the clock being set. */
	const struct itimerspec never = {.it_value = {.tv_sec = INT32_MAX}};

	return timerfd_settime(x->clock_fd, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &never, NULL) < 0 ? -errno : 0;
}

static void clock_set(void *arg, int fd, uint32_t events)
{
	struct cron_ctl *x = arg;
	struct informer_object **v = NULL;
	uint64_t n;
	size_t count = 0;

	(void)events;
	(void)!read(fd, &n, sizeof(n));
	if (watch_clock(x) < 0)
		x->clock_io = loop_io_free(x->clock_io);
	if (informer_list(x->crons, NULL, &v, &count) < 0)
		return;
	log_info("controllers", NULL, "the clock was set: %zu CronJobs are looked at again", count);
	for (size_t i = 0; i < count; i++)
		controller_queue(x->c, v[i]);
	informer_list_free(v, count);
}

int cronjob_init(struct shared *s, struct err *e)
{
	struct cron_ctl *x = calloc(1, sizeof(*x));
	struct controller *c;
	int r;

	if (!x)
		return err_nomem(e);
	x->clock_fd = timerfd_create(CLOCK_REALTIME, TFD_CLOEXEC | TFD_NONBLOCK);
	r = x->clock_fd < 0 ? err_errno(e, errno, "timerfd") : controller_new(&c, s, "cronjob", 2, reconcile, x, cron_free, e);
	if (r < 0) {
		cron_free(x);
		return r;
	}
	x->c = c;
	x->crons = shared_informer(s, "batch", "v1", "cronjobs", NULL, e);
	x->jobs = shared_informer(s, "batch", "v1", "jobs", NULL, e);
	if (!x->crons || !x->jobs)
		return ERR_INTERNAL;
	if ((r = watch_clock(x)) < 0)
		return err_errno(e, -r, "timerfd");
	if ((r = loop_io_new(&x->clock_io, s->loop, x->clock_fd, EPOLLIN, clock_set, x, e)) < 0)
		return r;
	return controller_watch_keys(c, x->crons) < 0 || controller_watch_owned(c, x->jobs, "CronJob") < 0 ? err_nomem(e) : 0;
}
