/* status of a pod as kubelet reports it. Source: pkg/kubelet/kubelet_pods.go (getPhase), status/generate.go. */
#include "api/object.h"
#include "base/str.h"
#include "node/oci.h"
#include "node/pod.h"

static void set_time(json_t *o, const char *k, int64_t t)
{
	char text[TIME_STR_MAX];

	if (t <= 0) {
		json_object_set_new(o, k, json_null());
		return;
	}
	time_format((time_t)t, text);
	json_object_set_new(o, k, json_string(text));
}

static json_t *terminated(const struct pod *p, const struct ctr_run *r)
{
	json_t *t = json_object();
	AUTO_FREE char *id = r->id[0] ? str_fmt("%s://%s", runtime_name(p->node->rt), r->id) : NULL;

	json_object_set_new(t, "exitCode", json_integer(r->exit_code));
	json_object_set_new(t, "reason", json_string(r->reason ? r->reason : "Error"));
	if (r->message && r->message[0])
		json_object_set_new(t, "message", json_string(r->message));
	set_time(t, "startedAt", r->started);
	set_time(t, "finishedAt", r->finished);
	if (id)
		json_object_set_new(t, "containerID", json_string(id));
	return json_pack("{s:o}", "terminated", t);
}

static bool runs(const struct ctr *c) { return c->state == CTR_RUNNING || c->state == CTR_STOPPING; }

/* A process of it lives, or may. */
static bool alive(const struct pod *p)
{
	LIST_FOREACH(c, &p->ctrs, struct ctr, link)
		if (c->state == CTR_CREATED || runs(c))
			return true;
	return false;
}

static bool held_back(const struct ctr *c) { return c->state == CTR_EXITED && streq(c->wait_reason, "CrashLoopBackOff"); }

static json_t *waiting(const char *reason, const char *message)
{
	json_t *w = json_pack("{s:s}", "reason", reason);

	if (message && message[0])
		json_object_set_new(w, "message", json_string(message));
	return json_pack("{s:o}", "waiting", w);
}

static json_t *ctr_status(const struct pod *p, const struct ctr *c)
{
	const json_t *s = ctr_spec(p, c);
	const struct ctr_run *run = c->run.id[0] ? &c->run : NULL;
	json_t *o = json_pack("{s:s}", "name", c->name), *state, *last = json_object();

	if (c->state == CTR_WAITING || c->state == CTR_CREATED) {
		state = waiting(c->wait_reason ? c->wait_reason : "ContainerCreating", c->wait_message);
		if (c->last.id[0]) {
			json_decref(last);
			last = terminated(p, &c->last);
		}
	} else if (c->state == CTR_EXITED && held_back(c) && p->state < POD_TERMINATING) {
		state = waiting(c->wait_reason, c->wait_message);
		json_decref(last);
		last = terminated(p, &c->run);
	} else if (c->state == CTR_EXITED) {
		state = terminated(p, &c->run);
		if (c->last.id[0]) {
			json_decref(last);
			last = terminated(p, &c->last);
		}
	} else {
		json_t *r = json_object();
		set_time(r, "startedAt", c->run.started);
		state = json_pack("{s:o}", "running", r);
		if (c->last.id[0]) {
			json_decref(last);
			last = terminated(p, &c->last);
		}
	}
	json_object_set_new(o, "state", state);
	json_object_set_new(o, "lastState", last);
	bool init_done = c->kind == CTR_KIND_INIT && !c->sidecar && c->state == CTR_EXITED && c->run.exit_code == 0;
	json_object_set_new(o, "ready", json_boolean(init_done || (runs(c) && c->ready)));
	json_object_set_new(o, "restartCount", json_integer(c->restarts));
	json_object_set_new(o, "image", json_string(run && run->image ? run->image : json_str_or(s, "image", "")));
	json_object_set_new(o, "imageID", json_string(run && run->image_ref ? run->image_ref : ""));
	json_object_set_new(o, "started", json_boolean(runs(c) && c->started));
	if (run || c->last.id[0]) {
		AUTO_FREE char *id = str_fmt("%s://%s", runtime_name(p->node->rt), run ? run->id : c->last.id);
		json_object_set_new(o, "containerID", json_string(id ? id : ""));
	}
	/* Of a run what it has, which may not yet be what it should have. */
	AUTO_JSON json_t *res = NULL;
	if (!(run && runs(c) && run->resources && json_parse(run->resources, strlen(run->resources), &res, NULL) == 0))
		res = json_incref(json_object_get(s, "resources"));
	if (json_is_object(res) && json_object_size(res) > 0 && c->kind != CTR_KIND_EPHEMERAL) {
		json_object_set(o, "resources", res);
		if (json_object_get(res, "requests"))
			json_object_set(o, "allocatedResources", json_object_get(res, "requests"));
	}
	return o;
}

static bool will_restart(const struct pod *p, const struct ctr *c) { return p->state < POD_TERMINATING && ctr_wants_restart(p, c); }

const char *pod_phase(const struct pod *p)
{
	unsigned waiting_n = 0, running = 0, stopped = 0, succeeded = 0, restart = 0;
	const char *known = json_str_or(p->spec, "status.phase", "Pending");

	if (streq(known, "Succeeded") || streq(known, "Failed"))
		return known; /* for ever */
	/* A phase that is for ever waits for the last process: who replaces a failed pod may count on it (kubelet's status manager). */
	if (p->fail_reason)
		return alive(p) ? known : "Failed";
	bool done = p->state >= POD_STOPPED;
	LIST_FOREACH(c, &p->ctrs, struct ctr, link)
	{
		if (c->kind == CTR_KIND_INIT && !c->sidecar && c->state == CTR_EXITED && c->run.exit_code != 0 && !p->initialized) {
			if (!ctr_wants_restart(p, c))
				return done ? "Failed" : "Pending";
		}
		if (c->kind != CTR_KIND_MAIN)
			continue;
		switch (c->state) {
		case CTR_RUNNING:
		case CTR_STOPPING:
			running++;
			break;
		case CTR_EXITED:
			if (held_back(c)) {
				restart++;
			}
			stopped++;
			succeeded += c->run.exit_code == 0;
			if (will_restart(p, c))
				restart++;
			break;
		default:
			if (c->last.id[0])
				stopped++, restart++;
			else
				waiting_n++;
		}
	}
	if (!p->initialized && !done)
		return "Pending";
	if (waiting_n > 0)
		return done ? "Failed" : "Pending";
	if (running > 0 || (restart > 0 && !done))
		return "Running";
	if (!done && p->state == POD_TERMINATING)
		return streq(known, "Pending") && stopped == 0 ? "Pending" : "Running";
	if (stopped > 0 && stopped == succeeded)
		return "Succeeded";
	if (stopped > 0)
		return "Failed";
	return "Pending";
}

/* Sets one condition; the time moves with the status. */
static void condition(struct pod *p, json_t *list, const char *type, bool ok, const char *reason, const char *message, int64_t now)
{
	const char *status = ok ? "True" : "False";
	json_t *old = json_object_get(p->conditions, type);
	int64_t when = streq(json_str(old, "status"), status) ? json_int_or(old, "time", now) : now;
	json_t *c = json_pack("{s:s,s:s}", "type", type, "status", status), *keep;

	if (!c)
		return;
	if (!old || !streq(json_str(old, "status"), status)) {
		keep = json_pack("{s:s,s:I}", "status", status, "time", (json_int_t)when);
		json_object_set_new(p->conditions, type, keep);
		p->save = true;
	}
	set_time(c, "lastTransitionTime", when);
	json_object_set_new(c, "lastProbeTime", json_null());
	json_object_set_new(c, "reason", reason ? json_string(reason) : json_null());
	json_object_set_new(c, "message", message ? json_string(message) : json_null());
	json_array_append_new(list, c);
}

static void names(struct buf *b, const char *name)
{
	buf_addf(b, "%s%s", b->len ? " " : "", name);
}

static void conditions(struct pod *p, json_t *list, const char *phase, int64_t now)
{
	AUTO_BUF struct buf incomplete = {0}, unready = {0};
	bool initialized = true, ready = true, terminal = streq(phase, "Succeeded") || streq(phase, "Failed");
	json_t *g;
	size_t i;

	LIST_FOREACH(c, &p->ctrs, struct ctr, link)
	{
		if (c->kind == CTR_KIND_INIT && !p->initialized) {
			bool ok = c->sidecar ? runs(c) && c->started : c->state == CTR_EXITED && c->run.exit_code == 0;
			if (!ok) {
				initialized = false;
				names(&incomplete, c->name);
			}
		}
		if ((c->kind == CTR_KIND_MAIN || (c->kind == CTR_KIND_INIT && c->sidecar)) && !(runs(c) && c->ready)) {
			ready = false;
			names(&unready, c->name);
		}
	}
	AUTO_FREE char *not_initialized = str_fmt("containers with incomplete status: [%s]", incomplete.data ? incomplete.data : "");
	AUTO_FREE char *not_ready = str_fmt("containers with unready status: [%s]", unready.data ? unready.data : "");
	bool succeeded = streq(phase, "Succeeded");

	/* What the network's plug-in said, for example. */
	bool failing = !p->sandbox_ready && p->state == POD_SETUP && p->setup_error;
	condition(p, list, "PodReadyToStartContainers", p->sandbox_ready && p->state < POD_STOPPED, failing ? "FailedCreatePodSandBox" : NULL,
		  failing ? p->setup_error : NULL, now);
	condition(p, list, "Initialized", initialized || succeeded, initialized ? (succeeded ? "PodCompleted" : NULL) : "ContainersNotInitialized",
		  initialized ? NULL : not_initialized, now);
	const char *why = terminal ? (succeeded ? "PodCompleted" : "PodFailed") : ready ? NULL : "ContainersNotReady";
	bool containers_ready = ready && !terminal;
	condition(p, list, "ContainersReady", containers_ready, why, why && !terminal ? not_ready : NULL, now);
	bool gates = true;
	AUTO_BUF struct buf missing = {0};
	json_array_foreach(json_at(p->spec, "spec", "readinessGates", NULL), i, g)
	{
		const char *type = json_str_or(g, "conditionType", "");
		if (!obj_condition_true(p->spec, type)) {
			const json_t *have = obj_condition(p->spec, type);
			gates = false;
			if (have)
				buf_addf(&missing, "%sthe status of pod readiness gate \"%s\" is not \"True\", but %s", missing.len ? ", " : "", type,
					 json_str_or(have, "status", "Unknown"));
			else
				buf_addf(&missing, "%scorresponding condition of pod readiness gate \"%s\" does not exist.", missing.len ? ", " : "", type);
		}
	}
	condition(p, list, "Ready", containers_ready && gates, containers_ready && !gates ? "ReadinessGatesNotReady" : why,
		  containers_ready && !gates ? missing.data : why && !terminal ? not_ready : NULL, now);
	/* The scheduler sets it; for pods bound by hand kubelet does. */
	condition(p, list, "PodScheduled", true, NULL, NULL, now);
	if (streq(p->fail_reason, POD_PREEMPTED_REASON))
		condition(p, list, "DisruptionTarget", true, "TerminationByKubelet",
			  "Pod was preempted by Kubelet to accommodate a critical pod.", now);
}

static json_t *ip_list(char *const *ips)
{
	json_t *a = json_array();

	for (; ips && *ips; ips++)
		json_array_append_new(a, json_pack("{s:s}", "ip", *ips));
	return a;
}

json_t *pod_status_compute(struct pod *p, int64_t now)
{
	static const char *const keys[] = {[CTR_KIND_INIT] = "initContainerStatuses", [CTR_KIND_MAIN] = "containerStatuses", [CTR_KIND_EPHEMERAL] = "ephemeralContainerStatuses"};
	const char *phase = pod_phase(p);
	json_t *s = json_pack("{s:s,s:s}", "phase", phase, "qosClass", pod_qos(p->spec)), *list = json_array(), *ctrs;

	if (!s || !list)
		return NULL;
	const json_t *old = json_object_get(p->spec, "status");
	/* A pod that had ended before this agent knew it keeps the status it has. */
	if (p->adopted == false && pod_terminal(p->spec) && p->state >= POD_TERMINATING && !json_object_size(p->conditions)) {
		json_decref(s);
		json_decref(list);
		return json_deep_copy(old);
	}
	if (p->fail_reason && !alive(p)) {
		json_object_set_new(s, "reason", json_string(p->fail_reason));
		json_object_set_new(s, "message", json_string(p->fail_message ? p->fail_message : ""));
	}
	int64_t generation = obj_generation(p->spec);
	if (generation > 0)
		json_object_set_new(s, "observedGeneration", json_integer(generation));
	conditions(p, list, phase, now);
	json_object_set_new(s, "conditions", list);
	json_object_set_new(s, "hostIP", json_string(p->node->ips[0]));
	json_object_set_new(s, "hostIPs", ip_list(p->node->ips));
	if (p->ips[0][0]) {
		char *ips[] = {p->ips[0], p->ips[1][0] ? p->ips[1] : NULL, NULL};
		json_object_set_new(s, "podIP", json_string(p->ips[0]));
		json_object_set_new(s, "podIPs", ip_list(ips));
	}
	if (p->start_time > 0)
		set_time(s, "startTime", p->start_time);
	if (p->fail_reason && !p->admitted) /* never taken on: no containers to speak of */
		return s;
	for (unsigned k = 0; k < ARRAY_LEN(keys); k++) {
		ctrs = json_array();
		LIST_FOREACH(c, &p->ctrs, struct ctr, link)
			if (c->kind == (enum ctr_kind)k)
				json_array_append_new(ctrs, ctr_status(p, c));
		if (json_array_size(ctrs) > 0)
			json_object_set_new(s, keys[k], ctrs);
		else
			json_decref(ctrs);
	}
	return s;
}
