/* One pass over a pod: what is, what should be, one step nearer. */
#include <assert.h>
#include <errno.h>
#include <stdarg.h>
#include "api/object.h"
#include "base/fs.h"
#include "base/log.h"
#include "base/str.h"
#include "node/log_rotate.h"
#include "node/pod.h"
#include "node/sandbox.h"
#include "node/volumes.h"


void pod_set_state(struct pod *p, enum pod_state s)
{
	if (p->state == s)
		return;
	assert(pod_state_allowed(p->state, s));
	log_debug("node", p->key, "%s -> %s", pod_state_name(p->state), pod_state_name(s));
	p->state = s;
	p->save = true;
}

void ctr_set_state(struct pod *p, struct ctr *c, enum ctr_state s)
{
	if (c->state == s)
		return;
	assert(ctr_state_allowed(c->state, s));
	log_debug("node", p->key, "container %s: %s -> %s", c->name, ctr_state_name(c->state), ctr_state_name(s));
	c->state = s;
	p->save = true;
}

void pod_wake_in(struct pod *p, int64_t ms)
{
	if (ms < 0)
		ms = 0;
	if (p->next_ms < 0 || ms < p->next_ms)
		p->next_ms = ms;
}

void ctr_run_done(struct ctr_run *r)
{
	free(r->image);
	free(r->image_id);
	free(r->image_ref);
	free(r->reason);
	free(r->message);
	free(r->resources);
	*r = (struct ctr_run){0};
}

void ctr_free(struct ctr *c)
{
	list_del(&c->link);
	ctr_run_done(&c->run);
	ctr_run_done(&c->last);
	free(c->name);
	free(c->wait_reason);
	free(c->wait_message);
	free(c->pull_error);
	free(c->stop_message);
	free(c->image_user);
	free(c->resize_error);
	free(c);
}

void ctr_wait(struct pod *p, struct ctr *c, const char *reason, const char *fmt, ...)
{
	char message[1024];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(message, sizeof(message), fmt, ap);
	va_end(ap);
	str_make_utf8(message);
	if (streq(c->wait_reason, reason) && streq(c->wait_message ? c->wait_message : "", message))
		return;
	(void)str_replace(&c->wait_reason, reason);
	(void)str_replace(&c->wait_message, message);
	p->save = true;
}

struct ctr *pod_ctr(struct pod *p, const char *name)
{
	LIST_FOREACH(c, &p->ctrs, struct ctr, link)
		if (streq(c->name, name))
			return c;
	return NULL;
}

const json_t *ctr_spec(const struct pod *p, const struct ctr *c)
{
	static const char *const lists[] = {[CTR_KIND_INIT] = "initContainers", [CTR_KIND_MAIN] = "containers", [CTR_KIND_EPHEMERAL] = "ephemeralContainers"};
	json_t *s;
	size_t i;

	json_array_foreach(json_at(p->spec, "spec", lists[c->kind], NULL), i, s) if (streq(json_str(s, "name"), c->name)) return s;
	return NULL;
}

/* After a reboot nothing is left on disk: the API remembers how often a container was started. */
static void recall(struct pod *p, struct ctr *c)
{
	static const char *const lists[] = {[CTR_KIND_INIT] = "initContainerStatuses", [CTR_KIND_MAIN] = "containerStatuses", [CTR_KIND_EPHEMERAL] = "ephemeralContainerStatuses"};
	json_t *s;
	size_t i;

	json_array_foreach(json_at(p->spec, "status", lists[c->kind], NULL), i, s)
	{
		const char *id = json_str_or(s, "containerID", "");
		const char *slash = strstr(id, "://");
		struct timespec ts;
		if (!streq(json_str(s, "name"), c->name) || !slash || strlen(slash + 3) != 64)
			continue;
		c->restarts = (unsigned)json_int_or(s, "restartCount", 0) + 1;
		str_copy(c->last.id, sizeof(c->last.id), slash + 3);
		c->last.attempt = c->restarts - 1;
		c->last.exit_code = 255;
		c->last.reason = str_dup("Unknown");
		if (time_parse(json_str_or(s, "state.running.startedAt", ""), &ts) == 0)
			c->last.started = ts.tv_sec;
		c->last.finished = clock_wall(p->node->d.clock);
		if (json_at(s, "state", "terminated", NULL)) { /* it was ended before the machine went down */
			const json_t *t = json_at(s, "state", "terminated", NULL);
			c->last.exit_code = (int)json_int_or(t, "exitCode", 255);
			(void)str_replace(&c->last.reason, json_str_or(t, "reason", "Unknown"));
			if (time_parse(json_str_or(t, "startedAt", ""), &ts) == 0)
				c->last.started = ts.tv_sec;
			if (time_parse(json_str_or(t, "finishedAt", ""), &ts) == 0)
				c->last.finished = ts.tv_sec;
		}
		if (c->kind == CTR_KIND_EPHEMERAL) { /* never started again */
			c->run = c->last;
			c->last = (struct ctr_run){0};
			c->restarts = 0;
			c->state = CTR_EXITED;
			continue;
		}
		/* An init container that was through stays through. */
		if (c->kind == CTR_KIND_INIT && !c->sidecar && json_at(s, "state", "terminated", NULL) &&
		    json_int_or(s, "state.terminated.exitCode", 1) == 0 && json_bool_or(s, "ready", false))
			c->restarts--;
	}
}

static int add_ctrs(struct pod *p, const char *list, enum ctr_kind kind)
{
	json_t *s;
	size_t i;

	json_array_foreach(json_at(p->spec, "spec", list, NULL), i, s)
	{
		const char *name = json_str(s, "name");
		if (!name || pod_ctr(p, name))
			continue;
		struct ctr *c = calloc(1, sizeof(*c));
		if (!c)
			return -ENOMEM;
		list_init(&c->link);
		c->name = str_dup(name);
		c->kind = kind;
		c->sidecar = kind == CTR_KIND_INIT && streq(json_str(s, "restartPolicy"), "Always");
		list_add_tail(&p->ctrs, &c->link);
		recall(p, c);
		ctr_wait(p, c, json_array_size(json_at(p->spec, "spec", "initContainers", NULL)) > 0 ? "PodInitializing" : "ContainerCreating", "%s", "");
		p->save = true;
	}
	return 0;
}

static void take_messages(struct pod *p)
{
	struct list inbox;
	int64_t now = node_now_ms(p->node);

	list_init(&inbox);
	pthread_mutex_lock(&p->lock);
	LIST_FOREACH_SAFE(m, tmp, &p->inbox, struct pod_msg, link)
	{
		list_del(&m->link);
		list_add_tail(&inbox, &m->link);
	}
	pthread_mutex_unlock(&p->lock);
	LIST_FOREACH_SAFE(m, tmp, &inbox, struct pod_msg, link)
	{
		struct ctr *c = pod_ctr(p, m->container);
		bool current = c && streq(c->run.id, m->cid);
		if (m->type == MSG_VOLUME_PULLED) {
			volume_image_pulled(p, m->container, m->code, m->text);
			c = NULL;
		}
		switch (c ? m->type : (enum pod_msg_type) - 1) {
		case MSG_PULLED:
			c->pulling = false;
			c->pulled = m->code == 0;
			c->pull_checked = m->code == 0;
			c->pull_code = m->code;
			(void)str_replace(&c->pull_error, m->text);
			if (m->code < 0) {
				c->pull_failed_ms = now;
				backoff_next(&c->pull_backoff, now, now);
			} else {
				c->pull_backoff = (struct backoff){0};
			}
			break;
		case MSG_PROBE:
			if (!current || (c->state != CTR_RUNNING && !(c->state == CTR_STOPPING && m->probe == PROBE_READINESS)))
				break;
			p->save = true;
			if (m->probe == PROBE_READINESS) {
				c->ready = m->ok;
			} else if (m->probe == PROBE_STARTUP && m->ok) {
				c->started = true;
				c->ready = !json_object_get(ctr_spec(p, c), "readinessProbe");
			} else if (!m->ok) {
				(void)str_replace(&c->stop_message, m->text);
				c->stop_probe = m->probe;
			}
			break;
		case MSG_POST_START:
			if (!current)
				break;
			c->hook_done = true;
			p->save = true;
			if (!m->ok) {
				ctr_event(p, c, "Warning", "FailedPostStartHook", "%s", m->text);
				(void)str_replace(&c->stop_message, "FailedPostStartHook");
				c->stop_probe = PROBE_KINDS;
			}
			break;
		case MSG_PRE_STOP:
			if (!current)
				break;
			c->prestop_running = false;
			c->prestop_done = true;
			if (!m->ok)
				ctr_event(p, c, "Warning", "FailedPreStopHook", "%s", m->text);
			break;
		default:
			break;
		}
		list_del(&m->link);
		free(m->text);
		free(m);
	}
}

static const char *restart_policy(const struct pod *p, const struct ctr *c)
{
	const json_t *s = ctr_spec(p, c);

	if (c->sidecar)
		return "Always";
	if (c->kind == CTR_KIND_EPHEMERAL)
		return "Never";
	if (json_str(s, "restartPolicy"))
		return json_str(s, "restartPolicy");
	const char *policy = json_str_or(p->spec, "spec.restartPolicy", "Always");
	/* Init containers of an Always pod are repeated only until they succeed. */
	return c->kind == CTR_KIND_INIT && streq(policy, "Always") ? "OnFailure" : policy;
}

/* restartPolicyRules: the first that fits the exit code decides, else the policy does. */
static bool rule_restarts(const json_t *rules, int code)
{
	json_t *rule, *v;
	size_t i, k;

	json_array_foreach((json_t *)rules, i, rule)
	{
		bool in = false;
		json_array_foreach(json_dot(rule, "exitCodes.values"), k, v) in = in || json_integer_value(v) == code;
		if (json_object_get(rule, "exitCodes") && in == streq(json_str(rule, "exitCodes.operator"), "In"))
			return streq(json_str(rule, "action"), "Restart");
	}
	return false;
}

bool ctr_wants_restart(const struct pod *p, const struct ctr *c)
{
	const char *policy = restart_policy(p, c);

	if (c->went_down || rule_restarts(json_object_get(ctr_spec(p, c), "restartPolicyRules"), c->run.exit_code))
		return true;
	return streq(policy, "Always") || (streq(policy, "OnFailure") && c->run.exit_code != 0);
}

/* Starts a container unless it is held back. */
static void start_or_wait(struct pod *p, struct ctr *c)
{
	int64_t now = node_now_ms(p->node), left;

	if (c->state == CTR_EXITED) {
		left = c->went_down ? 0 : backoff_remaining(&c->crash, c->finished_ms, now);
		if (left > 0) {
			ctr_wait(p, c, "CrashLoopBackOff", "back-off %llds restarting failed container=%s pod=%s_%s(%s)",
				 (long long)(c->crash.delay_ms / 1000) >= 300 ? 300LL : (long long)(c->crash.delay_ms / 1000), c->name, p->name, p->ns, p->uid);
			pod_wake_in(p, left);
			return;
		}
		if (!c->went_down)
			backoff_next(&c->crash, c->finished_ms, now);
		c->went_down = false;
		ctr_cleanup(p, c);
		if (c->last.id[0])
			log_remove(p, c->name, c->last.attempt); /* kubelet keeps one dead container of each, and its logs */
		ctr_run_done(&c->last);
		c->last = c->run;
		c->run = (struct ctr_run){0};
		c->restarts++;
		c->pull_checked = false;
		ctr_set_state(p, c, CTR_WAITING);
	}
	ctr_start(p, c);
	if (c->state == CTR_EXITED) /* failed at once */
		pod_wake_in(p, 0);
}

/* Keeps one container that should run. true: it runs and has started. */
static bool keep(struct pod *p, struct ctr *c)
{
	switch (c->state) {
	case CTR_WAITING:
		start_or_wait(p, c);
		break;
	case CTR_EXITED:
		if (ctr_wants_restart(p, c)) {
			bool held = streq(c->wait_reason, "CrashLoopBackOff");
			start_or_wait(p, c);
			if (!held && c->state == CTR_EXITED && streq(c->wait_reason, "CrashLoopBackOff"))
				ctr_event(p, c, "Warning", "BackOff", "Back-off restarting failed container %s in pod %s_%s(%s)", c->name, p->name, p->ns, p->uid);
		}
		break;
	case CTR_CREATED: /* the agent died over it, and the runtime cannot tell yet what became of it: ctr_check asks again */
		break;
	case CTR_RUNNING:
		if (c->kind != CTR_KIND_EPHEMERAL && !c->stop_message)
			ctr_resize(p, c);
		if (c->stop_message && c->stop_message[0]) {
			int64_t grace = json_int_or(p->spec, "spec.terminationGracePeriodSeconds", 30);
			const json_t *probe = c->stop_probe == PROBE_STARTUP    ? json_object_get(ctr_spec(p, c), "startupProbe")
					      : c->stop_probe == PROBE_LIVENESS ? json_object_get(ctr_spec(p, c), "livenessProbe")
										: NULL;
			grace = json_int_or(probe, "terminationGracePeriodSeconds", grace);
			AUTO_FREE char *why = str_dup(c->stop_message);
			ctr_stop(p, c, grace * 1000, why);
		}
		break;
	case CTR_STOPPING:
		ctr_stop(p, c, 0, NULL);
		break;
	default:
		break;
	}
	return c->state == CTR_RUNNING && c->started && c->hook_done;
}

/* Init containers in order. true: through. *ret_failed: one failed for good. */
static bool run_init(struct pod *p, bool *ret_failed)
{
	LIST_FOREACH(c, &p->ctrs, struct ctr, link)
	{
		if (c->kind != CTR_KIND_INIT)
			continue;
		if (c->sidecar) {
			if (!keep(p, c) && !p->initialized)
				return false;
			continue;
		}
		if (p->initialized)
			continue;
		if (c->state == CTR_EXITED && c->run.exit_code == 0 && !c->went_down)
			continue;
		if (c->state == CTR_EXITED && !ctr_wants_restart(p, c)) {
			*ret_failed = true;
			return false;
		}
		keep(p, c);
		return false;
	}
	if (!p->initialized) {
		p->initialized = true;
		p->save = true;
		LIST_FOREACH(c, &p->ctrs, struct ctr, link)
			if (c->kind == CTR_KIND_MAIN && c->state == CTR_WAITING)
				ctr_wait(p, c, "ContainerCreating", "%s", "");
	}
	return true;
}

/* All main containers have ended and none comes back. */
static bool completed(struct pod *p)
{
	LIST_FOREACH(c, &p->ctrs, struct ctr, link)
		if (c->kind == CTR_KIND_MAIN && (c->state != CTR_EXITED || ctr_wants_restart(p, c)))
			return false;
	return true;
}

static void run_containers(struct pod *p)
{
	bool failed = false, through = run_init(p, &failed);

	if (failed) {
		pod_set_state(p, POD_TERMINATING);
		return;
	}
	LIST_FOREACH(c, &p->ctrs, struct ctr, link)
	{
		if (c->kind == CTR_KIND_EPHEMERAL && (p->initialized || c->state != CTR_WAITING))
			keep(p, c);
		if (c->kind == CTR_KIND_MAIN && through)
			keep(p, c);
	}
	if (through && completed(p)) {
		p->grace_ms = json_int_or(p->spec, "spec.terminationGracePeriodSeconds", 30) * 1000;
		pod_set_state(p, POD_TERMINATING);
	}
}

static void fail_pod(struct pod *p, const char *reason, const char *message)
{
	(void)str_replace(&p->fail_reason, reason);
	(void)str_replace(&p->fail_message, message);
	p->save = true;
	pod_set_state(p, POD_TERMINATING);
}

static void check_deadline(struct pod *p)
{
	int64_t deadline = json_int_or(p->spec, "spec.activeDeadlineSeconds", 0);
	int64_t left = p->start_time + deadline - clock_wall(p->node->d.clock);

	if (deadline <= 0 || p->start_time == 0)
		return;
	if (left > 0) {
		pod_wake_in(p, left * 1000);
		return;
	}
	pod_event(p, "Normal", "DeadlineExceeded", "Pod was active on the node longer than the specified deadline");
	fail_pod(p, "DeadlineExceeded", "Pod was active on the node longer than the specified deadline");
}

static void setup(struct pod *p)
{
	struct err err = {0};
	int64_t now = node_now_ms(p->node);
	int r;

	if (!p->admitted) {
		AUTO_FREE char *reason = NULL;
		r = pod_admit(p, &reason, &err);
		if (r == ERR_FORBIDDEN) {
			pod_event(p, "Warning", reason ? reason : "AdmissionFailed", "%s", err.msg);
			AUTO_FREE char *message = str_fmt("Pod was rejected: %s", err.msg);
			fail_pod(p, reason ? reason : "AdmissionFailed", message ? message : err.msg);
			return;
		}
		if (r == ERR_AGAIN)
			return;
		if (r < 0)
			goto failed;
		p->admitted = true;
		p->save = true;
	}
	if (p->setup_retry_ms > now && !p->objects_changed) {
		pod_wake_in(p, p->setup_retry_ms - now);
		return;
	}
	r = pod_setup(p, &err);
	if (r == ERR_AGAIN)
		return;
	if (r == 0) {
		p->setup_delay_ms = 0;
		p->setup_retry_ms = 0;
		free(TAKE_PTR(p->setup_error));
		pod_set_state(p, POD_RUNNING);
		return;
	}
failed:
	/* Said again only when it changed; tried again ever more rarely, or at once when an object it refers to changes. */
	if (!streq(p->setup_error, err.msg))
		log_warning("node", p->key, "%s", err.msg);
	(void)str_replace(&p->setup_error, err.msg);
	p->setup_delay_ms = p->setup_delay_ms ? p->setup_delay_ms * 2 : 500;
	if (p->setup_delay_ms > 120000)
		p->setup_delay_ms = 120000;
	p->setup_retry_ms = now + p->setup_delay_ms;
	pod_wake_in(p, p->setup_delay_ms);
}

static void want_termination(struct pod *p, bool gone)
{
	if (p->state >= POD_TERMINATING)
		return;
	if (gone || obj_deleting(p->spec)) {
		p->grace_ms = gone ? 0 : -1;
		pod_set_state(p, POD_TERMINATING);
	} else if (p->state == POD_NEW && pod_terminal(p->spec)) {
		/* Ended before this agent knew it (a reboot): nothing to do but to wait for its deletion. */
		pod_set_state(p, POD_TERMINATING);
	}
}

static void publish(struct pod *p)
{
	json_t *status = pod_status_compute(p, clock_wall(p->node->d.clock));
	struct bytes *text = status ? json_encode(status) : NULL;

	if (text) {
		bytes_unref(p->status_want);
		p->status_want = text;
	}
	json_t *snapshot = json_object();
	LIST_FOREACH(c, &p->ctrs, struct ctr, link)
	{
		const json_t *s = ctr_spec(p, c);
		if (snapshot)
			json_object_set_new(snapshot, c->name,
					    json_pack("{s:s,s:s,s:i,s:b,s:i,s:i,s:b,s:b,s:b,s:s,s:i}", "id", c->run.id, "lastID", c->last.id, "pid",
						      (int)c->run.pid, "running", c->state == CTR_RUNNING || c->state == CTR_STOPPING, "attempt",
						      (int)c->run.attempt, "lastAttempt", (int)c->last.attempt, "tty", json_bool_or(s, "tty", false),
						      "stdin", json_bool_or(s, "stdin", false), "started", c->run.started > 0, "reason",
						      c->wait_reason ? c->wait_reason : "", "restarts", (int)c->restarts));
	}
	pthread_mutex_lock(&p->lock);
	json_decref(p->snapshot);
	p->snapshot = snapshot;
	str_copy(p->ip, sizeof(p->ip), p->ips[0]);
	p->host_network = json_bool_or(p->spec, "spec.hostNetwork", false);
	pthread_mutex_unlock(&p->lock);
	json_decref(status);
}

static void remove_files(struct pod *p)
{
	AUTO_FREE char *run = pod_run_dir(p), *data = pod_data_dir(p), *logs = pod_log_dir(p);
	struct err err = {0};

	if (!run || !data || !logs || fs_rm_rf(data, &err) < 0 || fs_rm_rf(logs, &err) < 0 || fs_rm_rf(run, &err) < 0) {
		log_warning("node", p->key, "cannot remove the pod's files, again later: %s", err.msg);
		pod_wake_in(p, 5000);
		return;
	}
	p->removed = true;
}

void pod_sync(struct pod *p)
{
	AUTO_BYTES struct bytes *manifest = NULL;
	struct err err = {0};
	bool gone;

	p->next_ms = -1;
	pthread_mutex_lock(&p->lock);
	manifest = bytes_ref(p->manifest);
	gone = p->gone;
	pthread_mutex_unlock(&p->lock);
	json_decref(p->spec);
	p->spec = NULL;
	if (!manifest || json_parse_bytes(manifest, &p->spec, &err) < 0) {
		log_error("node", p->key, "cannot read the pod: %s", err.msg);
		return;
	}
	if (add_ctrs(p, "initContainers", CTR_KIND_INIT) < 0 || add_ctrs(p, "containers", CTR_KIND_MAIN) < 0 ||
	    add_ctrs(p, "ephemeralContainers", CTR_KIND_EPHEMERAL) < 0) {
		pod_wake_in(p, 1000);
		return;
	}
	take_messages(p);
	LIST_FOREACH(c, &p->ctrs, struct ctr, link)
		ctr_check(p, c);
	want_termination(p, gone);
	p->critical = json_int_or(p->spec, "spec.priority", 0) >= PRIORITY_CRITICAL;
	int64_t down = node_down_end(p->node, p->critical);
	if (down) {
		if (p->state < POD_TERMINATING)
			pod_go_down(p, down);
		goto ending;
	}
	if (p->state == POD_NEW) {
		if (p->start_time == 0) {
			struct timespec ts;
			p->start_time = time_parse(json_str_or(p->spec, "status.startTime", ""), &ts) == 0 ? ts.tv_sec : clock_wall(p->node->d.clock);
		}
		pod_set_state(p, POD_SETUP);
	}
	if (p->state == POD_SETUP || p->state == POD_RUNNING)
		check_deadline(p);
	if ((p->state == POD_SETUP || p->state == POD_RUNNING) && pod_preempted(p)) {
		pod_event(p, "Warning", POD_PREEMPTED_REASON, POD_PREEMPTED_MESSAGE);
		fail_pod(p, POD_PREEMPTED_REASON, POD_PREEMPTED_MESSAGE);
	}
	if (p->state == POD_RUNNING && p->adopted) {
		const struct sandbox_spec sb = {.run_dir = p->node->run_dir, .uid = p->uid, .host_net = json_bool_or(p->spec, "spec.hostNetwork", false),
						.host_ipc = json_bool_or(p->spec, "spec.hostIPC", false)};
		/* The pod goes on even when no API server answers: what its volumes hold is renewed beside that. */
		if (p->sandbox_ready && sandbox_intact(&sb))
			volumes_renew(p);
		else
			pod_set_state(p, POD_SETUP);
	}
	if (p->adopted && p->admitted && p->state < POD_STOPPED)
		pod_account(p);
	p->adopted = false;
	if (p->state == POD_SETUP)
		setup(p);
	if (p->state == POD_RUNNING) {
		volumes_refresh(p);
		run_containers(p);
	}
ending:
	if (p->state == POD_TERMINATING)
		pod_terminate(p);
	if (p->state == POD_STOPPED) {
		if (gone)
			pod_set_state(p, POD_FINISHED);
		else if (obj_deleting(p->spec))
			p->delete_wanted = true;
	}
	if (p->state == POD_FINISHED) {
		remove_files(p);
		if (p->removed)
			return;
	}
	publish(p);
	if (pod_save(p, &err) < 0)
		log_warning("node", p->key, "cannot keep the pod's state: %s", err.msg);
}
