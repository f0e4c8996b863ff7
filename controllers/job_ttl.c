/* Jobs that have ended go when spec.ttlSecondsAfterFinished is over. Source: Kubernetes "Automatic Cleanup for Finished Jobs". */
#include "controllers/job_account.h"
#include "controllers/shared.h"

struct ttl_ctl {
	struct informer *jobs;
};

static int reconcile(void *arg, const char *key, struct err *e)
{
	struct controller *c = arg;
	struct ttl_ctl *x = c->priv;
	AUTO_OBJECT struct informer_object *o = informer_get_key(x->jobs, key);
	AUTO_JSON json_t *job = informer_object_json(o);
	int64_t ttl = json_int_or(job, "spec.ttlSecondsAfterFinished", -1);
	struct timespec ended;

	if (!job || ttl < 0 || obj_deleting(job) || !job_finished(job))
		return 0;
	const json_t *how = obj_condition_true(job, "Complete") ? obj_condition(job, "Complete") : obj_condition(job, "Failed");
	if (time_parse(json_str_or(how, "lastTransitionTime", ""), &ended) < 0)
		return err_set(e, ERR_INVALID, "Job %s has ended, but its condition does not say when", key);
	int64_t left = ended.tv_sec + ttl - clock_wall(c->s->deps.clock);
	if (left > 0)
		return left > INT32_MAX / 1000 ? INT32_MAX : (int)(left * 1000);
	struct client_ref ref = {.group = "batch", .plural = "jobs", .ns = o->ns, .name = o->name};
	/* The revision too: a ttl that has just been changed is another. */
	AUTO_JSON json_t *opts = json_pack("{s:s,s:s,s:s,s:{s:s,s:s}}", "kind", "DeleteOptions", "apiVersion", "v1", "propagationPolicy", "Foreground",
					   "preconditions", "uid", o->uid, "resourceVersion", json_str_or(job, "metadata.resourceVersion", ""));
	int r = opts ? client_delete_wait(c->s->client, &ref, opts, NULL, e) : err_nomem(e);
	return r == ERR_NOT_FOUND ? 0 : r;
}

static void changed(void *arg, struct informer_object *old, struct informer_object *o)
{
	struct controller *c = arg;

	(void)old;
	if (!strstr(o->json->data, "\"ttlSecondsAfterFinished\""))
		return;
	controller_queue(c, o);
}
static void added(void *arg, struct informer_object *o) { changed(arg, o, o); }

int job_ttl_init(struct shared *s, struct err *e)
{
	static const struct informer_handler h = {.added = added, .updated = changed};
	struct ttl_ctl *x = calloc(1, sizeof(*x));
	struct controller *c;
	int r;

	if (!x)
		return err_nomem(e);
	if ((r = controller_new(&c, s, "ttl-after-finished", 1, reconcile, x, free, e)) < 0) {
		free(x);
		return r;
	}
	if (!(x->jobs = shared_informer(s, "batch", "v1", "jobs", NULL, e)))
		return ERR_INTERNAL;
	return informer_add_handler(x->jobs, &h, c) < 0 ? err_nomem(e) : 0;
}
