/*
 * What the server itself writes of API Priority and Fairness: the objects that every cluster has
 * (pkg/registry/flowcontrol/ ensurer and rest), and the condition Dangling of FlowSchemas (apf_controller.go).
 * kube-apiserver looks once a minute; here every change leads to one pass over all objects, so what was taken away is
 * back at once.
 */
#include "api/flow_defaults.h"
#include "api/object.h"
#include "apiserver/auth_internal.h"
#include "base/clock.h"
#include "base/log.h"

#define PRODUCER "fieldManager=api-priority-and-fairness-config-producer-v1"
#define CONSUMER "fieldManager=api-priority-and-fairness-config-consumer-v1&force=true"
/* Two servers that want different things must not write for ever: so many in a window, then at its end. */
#define WINDOW_MS 10000
#define WRITES    200

struct flow_keep {
	struct apiserver *a;
	pthread_mutex_t lock; /* guards the rest */
	pthread_cond_t cond;
	struct pool_job job;
	bool started, running, again;
	unsigned under_way; /* writes */
	struct err err;     /* the first that failed */
	/* of the pass, one at a time */
	int64_t window_ms;
	unsigned writes;
	bool put_off;
};

static const char *plural_of(bool level)
{
	return level ? "prioritylevelconfigurations" : "flowschemas";
}

/* --- writing --- */

static void written(void *arg, int status, struct bytes *body)
{
	struct flow_keep *k = arg;
	AUTO_JSON json_t *s = NULL;

	/* Somebody was quicker: what he did is a change, and the next pass sees it. */
	if (status >= 300 && status != 404 && status != 409)
		(void)(body && json_parse_bytes(body, &s, NULL));
	pthread_mutex_lock(&k->lock);
	if (status >= 300 && status != 404 && status != 409) {
		if (!k->err.code)
			(void)err_set(&k->err, ERR_INTERNAL, "%s", json_str_or(s, "message", "failed"));
		if (k->started)
			log_error(APISERVER_LOG, FLOW_GROUP, "an object of priority and fairness cannot be kept: %s",
				  json_str_or(s, "message", "failed"));
	}
	k->under_way--;
	pthread_cond_signal(&k->cond);
	pthread_mutex_unlock(&k->lock);
}

static int put(struct flow_keep *k, const char *method, bool level, const char *name, const char *sub,
	       const char *query, const char *type, const json_t *body)
{
	AUTO_FREE char *path =
	    str_fmt("/apis/" FLOW_GROUP "/v1/%s%s%s%s", plural_of(level), *name ? "/" : "", name, sub);
	int64_t now = clock_mono_ms(k->a->clock);
	int rc;

	if (now - k->window_ms >= WINDOW_MS) {
		k->window_ms = now;
		k->writes = 0;
	}
	if (k->writes >= WRITES) {
		k->put_off = true;
		return 0;
	}
	k->writes++;
	if (!path)
		return -ENOMEM;
	pthread_mutex_lock(&k->lock);
	k->under_way++;
	pthread_mutex_unlock(&k->lock);
	rc = auth_call(k->a->auth, method, path, query, type, body, written, k);
	if (rc) {
		pthread_mutex_lock(&k->lock);
		k->under_way--;
		pthread_mutex_unlock(&k->lock);
	}
	return rc;
}

/* --- what every cluster has --- */

/* strconv.ParseBool: 1, 0, or -1 for neither. */
static int auto_update(const json_t *o)
{
	static const char *const yes[] = {"1", "t", "T", "true", "TRUE", "True"}, *const no[] = {"0",     "f",
												 "F",     "false",
												 "FALSE", "False"};
	const char *s = obj_annotation(o, FLOW_AUTOUPDATE);

	for (size_t i = 0; s && i < ARRAY_LEN(yes); i++)
		if (streq(s, yes[i]) || streq(s, no[i]))
			return streq(s, yes[i]);
	return -1;
}

static const json_t *find(const json_t *list, const char *name)
{
	const json_t *o;
	size_t i;

	json_array_foreach ((json_t *)(uintptr_t)list, i, o)
		if (streq(obj_name(o), name))
			return o;
	return NULL;
}

static int keep_one(struct flow_keep *k, bool level, const struct flow_default *d, const json_t *have)
{
	AUTO_JSON json_t *spec = flow_default_spec(d);
	AUTO_JSON json_t *o = NULL;
	bool own, annotate, change;
	int says;

	if (!spec)
		return -ENOMEM;
	if (!have) {
		o = json_pack("{s:s,s:s,s:{s:s,s:{s:s}},s:O}", "apiVersion", FLOW_GROUP "/v1", "kind",
			      level ? "PriorityLevelConfiguration" : "FlowSchema", "metadata", "name", d->name,
			      "annotations", FLOW_AUTOUPDATE, "true", "spec", spec);
		return o ? put(k, "POST", level, "", "", PRODUCER, NULL, o) : -ENOMEM;
	}
	if (obj_deleting(have))
		return 0; /* it is made anew once it is gone */
	/* Of the level exempt, spec.exempt is the administrator's. */
	if (level && streq(d->name, "exempt") && json_is_object(json_at(have, "spec", "exempt", NULL)) &&
	    json_object_set(spec, "exempt", json_at(have, "spec", "exempt", NULL)))
		return -ENOMEM;
	says = auto_update(have);
	own = d->mandatory || says == 1 || (says < 0 && json_int_or(have, "metadata.generation", 0) == 1);
	annotate = says != own;
	change = own && !flow_spec_equal(spec, json_object_get(have, "spec"));
	if (!annotate && !change)
		return 0;
	o = json_deep_copy(have);
	if (!o || (change && json_object_set(o, "spec", spec)) ||
	    obj_set_annotation(o, FLOW_AUTOUPDATE, own ? "true" : "false"))
		return -ENOMEM;
	return put(k, "PUT", level, d->name, "", PRODUCER, NULL, o);
}

/* What an earlier version had and this one has not, as long as nobody took it over. */
static int drop_one(struct flow_keep *k, bool level, const json_t *o)
{
	AUTO_JSON json_t *options = NULL;

	if (flow_default_find(level, obj_name(o)) || auto_update(o) != 1 || obj_deleting(o))
		return 0;
	options = json_pack("{s:s,s:s,s:{s:s,s:s}}", "kind", "DeleteOptions", "apiVersion", "v1", "preconditions",
			    "uid", json_str_or(o, "metadata.uid", ""), "resourceVersion",
			    json_str_or(o, "metadata.resourceVersion", ""));
	return options ? put(k, "DELETE", level, obj_name(o), "", NULL, NULL, options) : -ENOMEM;
}

static int keep_kind(struct flow_keep *k, bool level, const json_t *list)
{
	size_t n, i;
	const struct flow_default *d = level ? flow_default_levels(&n) : flow_default_schemas(&n);
	const json_t *o;
	int rc = 0;

	for (i = 0; i < n && !rc; i++)
		rc = keep_one(k, level, &d[i], find(list, d[i].name));
	json_array_foreach ((json_t *)(uintptr_t)list, i, o)
		if (!rc)
			rc = drop_one(k, level, o);
	return rc;
}

/* --- Dangling --- */

static int tell_one(struct flow_keep *k, const json_t *o, const json_t *levels)
{
	const char *name = json_str_or(o, "spec.priorityLevelConfiguration.name", "");
	bool there = find(levels, name) != NULL;
	AUTO_FREE char *message =
	    str_fmt("This FlowSchema references the PriorityLevelConfiguration object named \"%s\" %s", name,
		    there ? "and it exists" : "but there is no such object");
	const json_t *c = obj_condition(o, "Dangling");
	const char *status = there ? "False" : "True", *reason = there ? "Found" : "NotFound";
	AUTO_JSON json_t *patch = NULL;
	char now[TIME_STR_MAX];

	if (!message)
		return -ENOMEM;
	if (obj_deleting(o) || (streq(json_str(c, "status"), status) && streq(json_str(c, "reason"), reason) &&
				streq(json_str(c, "message"), message)))
		return 0;
	time_format(clock_wall(k->a->clock), now);
	patch = json_pack("{s:s,s:s,s:{s:s},s:{s:[{s:s,s:s,s:s,s:s,s:s}]}}", "apiVersion", FLOW_GROUP "/v1", "kind",
			  "FlowSchema", "metadata", "name", obj_name(o), "status", "conditions", "type", "Dangling",
			  "status", status, "lastTransitionTime", now, "reason", reason, "message", message);
	return patch ? put(k, "PATCH", false, obj_name(o), "/status", CONSUMER, "application/apply-patch+yaml", patch)
		     : -ENOMEM;
}

/* --- a pass --- */

static int read_all(struct flow_keep *k, bool level, json_t **ret, struct err *e)
{
	AUTO_JSON json_t *out = json_array();
	struct auth_list l = {0};
	int rc = out ? auth_list(k->a->auth, true, FLOW_GROUP, plural_of(level), NULL, NULL, NULL, &l) : -ENOMEM;

	if (rc)
		return err_set(e, rc, "reading %s: %s", plural_of(level), err_name(rc));
	for (size_t i = 0; i < l.n && !rc; i++) {
		json_t *o = NULL;

		rc = json_parse_bytes(l.items[i].value, &o, e);
		if (!rc && json_array_append_new(out, o))
			rc = err_nomem(e);
	}
	auth_list_done(&l);
	*ret = rc ? NULL : TAKE_PTR(out);
	return rc;
}

static int pass(struct flow_keep *k, struct err *e)
{
	AUTO_JSON json_t *levels = NULL;
	AUTO_JSON json_t *schemas = NULL;
	const json_t *o;
	size_t i;
	int rc = read_all(k, true, &levels, e);

	if (!rc)
		rc = read_all(k, false, &schemas, e);
	if (!rc)
		rc = flow_configure(k->a->flow, levels, schemas, e);
	if (rc)
		return rc;
	k->put_off = false;
	rc = keep_kind(k, true, levels);
	if (!rc)
		rc = keep_kind(k, false, schemas);
	json_array_foreach (schemas, i, o)
		if (!rc)
			rc = tell_one(k, o, levels);
	if (k->put_off)
		loop_post(k->a->loop, &k->a->flow_keep_arm);
	return rc ? err_nomem(e) : 0;
}

static void job_run(struct pool_job *j)
{
	struct flow_keep *k = container_of(j, struct flow_keep, job);
	bool more = true;

	while (more) {
		struct err e = {0};

		if (!atomic_load(&k->a->stopping) && pass(k, &e))
			log_error(APISERVER_LOG, FLOW_GROUP, "priority and fairness stay as they were: %s", e.msg);
		pthread_mutex_lock(&k->lock);
		more = k->running = k->again;
		k->again = false;
		pthread_mutex_unlock(&k->lock);
	}
}

void flow_keep_touch(struct flow_keep *k)
{
	bool mine = false;

	pthread_mutex_lock(&k->lock);
	if (k->started && !k->running)
		mine = k->running = true;
	else
		k->again = true;
	pthread_mutex_unlock(&k->lock);
	if (mine)
		pool_submit(k->a->pool, &k->job);
}

static void put_off_over(void *arg)
{
	flow_keep_touch(((struct apiserver *)arg)->flow_keep);
}

static void arm_task(struct loop_task *t)
{
	loop_timer_set(container_of(t, struct apiserver, flow_keep_arm)->flow_keep_timer, WINDOW_MS);
}

static int wait_written(struct flow_keep *k, struct err *e)
{
	struct err first;

	pthread_mutex_lock(&k->lock);
	while (k->under_way)
		pthread_cond_wait(&k->cond, &k->lock);
	first = k->err;
	pthread_mutex_unlock(&k->lock);
	return first.code ? err_set(e, first.code, "%s", first.msg) : 0;
}

int flow_keep_start(struct flow_keep *k, struct err *e)
{
	int rc = pass(k, e);

	if (!rc)
		rc = wait_written(k, e);
	if (!rc)
		rc = pass(k, e); /* with what has been written; the conditions that it writes are not waited for */
	if (rc)
		return err_wrap(e, "priority and fairness");
	pthread_mutex_lock(&k->lock);
	k->started = true;
	k->again = false;
	pthread_mutex_unlock(&k->lock);
	flow_keep_touch(k); /* for what was told meanwhile */
	return 0;
}

int flow_keep_new(struct flow_keep **ret, struct apiserver *a, struct err *e)
{
	struct flow_keep *k = calloc(1, sizeof(*k));

	if (!k || loop_timer_new(&a->flow_keep_timer, a->loop, put_off_over, a)) {
		free(k);
		return err_nomem(e);
	}
	k->a = a;
	k->window_ms = -WINDOW_MS;
	k->job.run = job_run;
	pthread_mutex_init(&k->lock, NULL);
	pthread_cond_init(&k->cond, NULL);
	a->flow_keep_arm.fn = arm_task;
	*ret = k;
	return 0;
}

struct flow_keep *flow_keep_free(struct flow_keep *k)
{
	if (!k)
		return NULL;
	pthread_mutex_destroy(&k->lock);
	pthread_cond_destroy(&k->cond);
	free(k);
	return NULL;
}
