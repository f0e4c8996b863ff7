/* Ends of containers: noticed, asked for, cleaned up. Grace periods are timers, never waits. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include "api/object.h"
#include "base/fs.h"
#include "base/log.h"
#include "base/str.h"
#include "node/pod.h"

#define TERMINATION_MESSAGE_MAX 4096
#define LOG_TAIL_LINES 80
#define LOG_TAIL_BYTES 2048
#define MIN_GRACE_MS 2000
#define MONITOR_MS 1000

/* The tail of a CRI log without its timestamps. */
static char *log_tail(const struct pod *p, const struct ctr *c)
{
	AUTO_FREE char *path = ctr_log_path(p, c->name, c->run.attempt);
	AUTO_BUF struct buf out = {0};
	FILE *f = path ? fopen(path, "re") : NULL;
	char chunk[16384];

	if (!f)
		return NULL;
	if (fseek(f, -(long)sizeof(chunk), SEEK_END) < 0)
		rewind(f);
	size_t n = fread(chunk, 1, sizeof(chunk) - 1, f);
	fclose(f);
	chunk[n] = '\0';
	for (char *line = chunk, *end; *line; line = end) {
		end = strchrnul(line, '\n');
		char *text = line;
		for (int i = 0; i < 3 && text && text < end; i++) {
			text = memchr(text, ' ', (size_t)(end - text));
			text = text ? text + 1 : NULL;
		}
		/* A part of a line (tag P) has no end of its own: the rest follows, or never came. */
		if (text && text <= end)
			buf_add(&out, text, (size_t)(end - text) + (*end == '\n' && text[-2] != 'P'));
		if (*end)
			end++;
	}
	const char *start = out.data ? out.data : "";
	size_t len = out.len, lines = 0;
	if (len > LOG_TAIL_BYTES) {
		start += len - LOG_TAIL_BYTES;
		len = LOG_TAIL_BYTES;
	}
	for (size_t i = len; i > 0; i--)
		if (start[i - 1] == '\n' && i != len && ++lines >= LOG_TAIL_LINES) {
			start += i;
			len -= i;
			break;
		}
	return str_ndup(start, len);
}

static char *termination_message(const struct pod *p, const struct ctr *c)
{
	AUTO_FREE char *path = str_fmt("%s/pods/%s/term/%s", p->node->run_dir, p->uid, c->run.id);
	AUTO_BUF struct buf b = {0};
	const json_t *s = ctr_spec(p, c);
	int r = path ? fs_read(path, TERMINATION_MESSAGE_MAX, &b, NULL) : -ENOMEM;

	if (r == ERR_TOO_LARGE) { /* its end, as kubelet reads it */
		AUTO_CLOSE int fd = open(path, O_RDONLY | O_CLOEXEC);
		char *m = fd >= 0 ? calloc(1, TERMINATION_MESSAGE_MAX + 1) : NULL;
		if (m && (lseek(fd, -TERMINATION_MESSAGE_MAX, SEEK_END) < 0 || read(fd, m, TERMINATION_MESSAGE_MAX) < 0))
			m[0] = '\0';
		return m;
	}
	if (r == 0 && b.len > 0)
		return buf_take(&b, NULL);
	if (streq(json_str(s, "terminationMessagePolicy"), "FallbackToLogsOnError") && c->run.exit_code != 0)
		return log_tail(p, c);
	return NULL;
}

static void exited(struct pod *p, struct ctr *c, int code, int64_t when, bool oom, const char *reason)
{
	c->run.exit_code = code;
	c->run.finished = when;
	c->run.pid = 0;
	c->finished_ms = node_now_ms(p->node) - (clock_wall(p->node->d.clock) - when) * 1000;
	(void)str_replace(&c->run.reason, reason ? reason : oom ? "OOMKilled" : code == 0 ? "Completed" : "Error");
	free(c->run.message);
	c->run.message = termination_message(p, c);
	if (c->run.message)
		str_make_utf8(c->run.message);
	c->ready = false;
	c->started = false;
	c->kill_at_ms = 0;
	c->term_sent = false;
	c->prestop_done = false;
	free(TAKE_PTR(c->stop_message));
	ctr_set_state(p, c, CTR_EXITED);
	log_info("node", p->key, "container %s ended with exit code %d (%s)", c->name, code, c->run.reason);
}

static bool conmon_alive(const struct pod *p, const struct ctr *c)
{
	AUTO_CLOSE int fd = runtime_open_monitor(p->node->rt, c->run.id);
	struct pollfd ended = {.fd = fd, .events = POLLIN};

	return fd >= 0 && poll(&ended, 1, 0) == 0;
}

/*
 * An agent before us died between writing down that there will be a container and writing down that it has started. What has not
 * started is made anew, as kubelet does, whatever the pod's restartPolicy: nothing of it has run.
 */
static bool ctr_recover(struct pod *p, struct ctr *c) /* false: it has run and ended */
{
	enum runtime_state state;
	struct err err = {0};
	pid_t pid;

	int r = runtime_state(p->node->rt, c->run.id, &state, &pid, &err);
	if (r == 0 && state == RT_RUNNING) {
		c->run.pid = pid;
		c->run.pid_start = process_start_time(pid);
		c->run.started = c->run.created;
		c->hook_done = true;
		c->started = !json_object_get(ctr_spec(p, c), "startupProbe");
		c->ready = c->started && !json_object_get(ctr_spec(p, c), "readinessProbe");
		ctr_set_state(p, c, CTR_RUNNING);
		return true;
	}
	if (r == 0 && state == RT_STOPPED)
		return false;
	/* Whoever was about to make it may still be at it. */
	if (r == 0)
		r = runtime_end(p->node->rt, c->run.id, &err);
	if (r == 0)
		r = runtime_end_monitors(p->node->rt, c->run.id, &err);
	if (r < 0) {
		log_warning("node", p->key, "container %s: %s", c->name, err.msg);
		pod_wake_in(p, 1000);
		return true;
	}
	log_info("node", p->key, "container %s had not started; it is made anew", c->name);
	ctr_cleanup(p, c);
	ctr_run_done(&c->run);
	c->run = (struct ctr_run){0};
	ctr_set_state(p, c, CTR_WAITING);
	return true;
}

void ctr_check(struct pod *p, struct ctr *c)
{
	struct err err = {0};
	int64_t when;
	bool oom;
	int code, r;

	if (c->state != CTR_CREATED && c->state != CTR_RUNNING && c->state != CTR_STOPPING)
		return;
	r = runtime_exit_code(p->node->rt, c->run.id, &code, &when, &oom, &err);
	if (r < 0)
		log_warning("node", p->key, "container %s: %s", c->name, err.msg);
	if (r == 0) {
		exited(p, c, code, when, oom, NULL);
		return;
	}
	if (c->state == CTR_CREATED && ctr_recover(p, c))
		return;
	if (process_alive(c->run.pid, c->run.pid_start))
		return;
	if (conmon_alive(p, c)) {
		pod_wake_in(p, MONITOR_MS); /* it is about to say so, unless it dies over it */
	} else {
		/* Its monitor writes the exit code before it ends: look once more before giving it up for lost. */
		r = runtime_exit_code(p->node->rt, c->run.id, &code, &when, &oom, &err);
		if (r == 0)
			exited(p, c, code, when, oom, NULL);
		else
			exited(p, c, 137, clock_wall(p->node->d.clock), false, "ContainerStatusUnknown");
	}
}

void ctr_cleanup(struct pod *p, struct ctr *c)
{
	AUTO_FREE char *cgroup = str_fmt("%s/pod%s/%s", p->node->cgroup_root, p->uid, c->run.id);
	AUTO_FREE char *term = str_fmt("%s/pods/%s/term/%s", p->node->run_dir, p->uid, c->run.id);
	struct err err = {0};

	if (!c->run.id[0])
		return;
	if (runtime_delete(p->node->rt, c->run.id, &err) < 0 ||
	    (cgroup && cgroup_remove(runtime_cgroups(p->node->rt), cgroup, &err) < 0))
		log_warning("node", p->key, "container %s: cannot clean up: %s", c->name, err.msg);
	if (term)
		(void)unlink(term);
}

static int signal_number(const char *name)
{
	static const struct {
		const char *name;
		int no;
	} t[] = {{"HUP", SIGHUP},   {"INT", SIGINT},	   {"QUIT", SIGQUIT}, {"KILL", SIGKILL}, {"USR1", SIGUSR1}, {"USR2", SIGUSR2},
		 {"TERM", SIGTERM}, {"WINCH", SIGWINCH}, {"PWR", SIGPWR},   {"STOP", SIGSTOP}, {"ABRT", SIGABRT}, {"ALRM", SIGALRM}};
	int64_t n;

	if (str_to_i64(name, 1, 64, &n) == 0)
		return (int)n;
	if (str_has_prefix(name, "SIG"))
		name += 3;
	if (str_has_prefix(name, "RTMIN+") && str_to_i64(name + 6, 0, 30, &n) == 0)
		return SIGRTMIN + (int)n;
	for (size_t i = 0; i < ARRAY_LEN(t); i++)
		if (streq(t[i].name, name))
			return t[i].no;
	return SIGTERM;
}

static void kill_now(struct pod *p, struct ctr *c)
{
	AUTO_FREE char *cgroup = str_fmt("%s/pod%s/%s", p->node->cgroup_root, p->uid, c->run.id);
	int r = process_signal(c->run.pid, c->run.pid_start, SIGKILL);

	/* Without a PID namespace of its own the children of init go on. */
	if (cgroup)
		(void)cgroup_signal(runtime_cgroups(p->node->rt), cgroup, SIGKILL);
	if (r < 0 && r != -ESRCH)
		log_warning("node", p->key, "container %s: cannot kill it: %s", c->name, err_name(r));
}

void ctr_stop(struct pod *p, struct ctr *c, int64_t grace_ms, const char *why)
{
	int64_t now = node_now_ms(p->node);
	const json_t *s = ctr_spec(p, c), *hook = json_dot(s, "lifecycle.preStop");

	if (c->state == CTR_CREATED) {
		ctr_set_state(p, c, CTR_STOPPING);
		kill_now(p, c);
		c->term_sent = true;
		c->kill_at_ms = now;
	}
	if (c->state == CTR_RUNNING) {
		ctr_event(p, c, "Normal", "Killing", "%s", why ? why : "Stopping container");
		ctr_set_state(p, c, CTR_STOPPING);
		if (why && !c->stop_message) {
			(void)str_replace(&c->stop_message, why);
			c->stop_probe = PROBE_KINDS;
		}
	}
	if (c->state != CTR_STOPPING)
		return;
	if (c->kill_at_ms == 0) {
		if (grace_ms == 0 && !why) /* continued after a restart of the agent: the full grace period again */
			grace_ms = json_int_or(p->spec, "spec.terminationGracePeriodSeconds", 30) * 1000;
		c->kill_at_ms = now + grace_ms;
		if (hook && grace_ms > 0 && !c->prestop_done) {
			c->prestop_running = true;
			hook_run(p, c, hook, MSG_PRE_STOP, grace_ms);
		}
	} else if (why && now + grace_ms < c->kill_at_ms) {
		c->kill_at_ms = now + grace_ms; /* a shorter grace period was asked for since */
	}
	if (c->prestop_running && now < c->kill_at_ms) {
		pod_wake_in(p, c->kill_at_ms - now);
		return;
	}
	if (!c->term_sent) {
		c->term_sent = true;
		/* However long the hook took, the process gets its chance. */
		if (hook && c->kill_at_ms < now + MIN_GRACE_MS && grace_ms != 0)
			c->kill_at_ms = now + MIN_GRACE_MS;
		if (c->kill_at_ms > now) {
			int sig = json_str(s, "lifecycle.stopSignal") ? signal_number(json_str(s, "lifecycle.stopSignal"))
				  : c->stop_signal		      ? c->stop_signal
								      : SIGTERM;
			(void)process_signal(c->run.pid, c->run.pid_start, sig);
		}
	}
	if (now >= c->kill_at_ms) {
		kill_now(p, c);
		pod_wake_in(p, 2000); /* should the exit not be told */
	} else {
		pod_wake_in(p, c->kill_at_ms - now);
	}
}

/* Main and ephemeral containers first, then sidecars one by one in reverse order of their start. */
static bool stop_all(struct pod *p, int64_t grace_ms)
{
	int64_t left = grace_ms - (node_now_ms(p->node) - p->term_start_ms);
	bool waiting = false;

	if (left < 0)
		left = 0;
	LIST_FOREACH(c, &p->ctrs, struct ctr, link)
	{
		AUTO_FREE char *why = str_fmt("Stopping container %s", c->name);
		if (c->sidecar && left > 0)
			continue;
		ctr_stop(p, c, left, why);
		ctr_check(p, c);
		waiting = waiting || c->state == CTR_CREATED || c->state == CTR_RUNNING || c->state == CTR_STOPPING;
	}
	for (struct list *l = p->ctrs.prev; !waiting && l != &p->ctrs; l = l->prev) {
		struct ctr *c = container_of(l, struct ctr, link);
		AUTO_FREE char *why = str_fmt("Stopping container %s", c->name);
		if (!c->sidecar)
			continue;
		ctr_stop(p, c, left, why);
		ctr_check(p, c);
		waiting = c->state == CTR_CREATED || c->state == CTR_RUNNING || c->state == CTR_STOPPING;
	}
	return !waiting;
}

void pod_terminate(struct pod *p)
{
	int64_t grace = p->grace_ms;
	struct err err = {0};

	if (p->term_start_ms == 0)
		p->term_start_ms = node_now_ms(p->node);
	if (obj_deleting(p->spec)) /* kubectl delete --grace-period may shorten it at any time */
		grace = json_int_or(p->spec, "metadata.deletionGracePeriodSeconds", 30) * 1000;
	else if (grace < 0)
		grace = json_int_or(p->spec, "spec.terminationGracePeriodSeconds", 30) * 1000;
	int64_t down = node_down_end(p->node, p->critical);
	if (down && grace > down - p->term_start_ms)
		grace = down - p->term_start_ms;
	if (!stop_all(p, grace))
		return;
	LIST_FOREACH(c, &p->ctrs, struct ctr, link)
	{
		if (c->pulling)
			continue; /* its answer will find nobody waiting */
		if (c->state == CTR_EXITED)
			ctr_cleanup(p, c);
	}
	if (pod_teardown(p, &err) < 0) {
		/* What is in use is soon let go of; for a plug-in that is gone it is asked ever more rarely, and at once when one comes. */
		p->setup_delay_ms = p->setup_delay_ms < 1000 ? 2000 : p->setup_delay_ms > 30000 ? 60000 : p->setup_delay_ms * 2;
		if (!streq(p->setup_error, err.msg)) {
			log_warning("node", p->key, "cannot take the pod down, again in %lld s: %s", (long long)p->setup_delay_ms / 1000, err.msg);
			pod_event(p, "Warning", "FailedKillPod", "error killing pod: %s", err.msg);
		}
		(void)str_replace(&p->setup_error, err.msg);
		pod_wake_in(p, p->setup_delay_ms);
		return;
	}
	pod_unaccount(p);
	pod_set_state(p, POD_STOPPED);
}

void pod_go_down(struct pod *p, int64_t end_ms)
{
	int64_t grace = json_int_or(p->spec, "spec.terminationGracePeriodSeconds", 30) * 1000, now = node_now_ms(p->node);

	/* What is never restarted is over; kubelet says it in these words. */
	if (streq(json_str(p->spec, "spec.restartPolicy"), "Never")) {
		(void)str_replace(&p->fail_reason, POD_DOWN_REASON);
		(void)str_replace(&p->fail_message, POD_DOWN_MESSAGE);
		pod_set_state(p, POD_TERMINATING);
		return;
	}
	if (p->term_start_ms == 0)
		p->term_start_ms = now;
	if (grace > end_ms - p->term_start_ms)
		grace = end_ms - p->term_start_ms;
	LIST_FOREACH(c, &p->ctrs, struct ctr, link)
		if (c->state == CTR_CREATED || c->state == CTR_RUNNING || c->state == CTR_STOPPING)
			c->went_down = true;
	p->is_down = stop_all(p, grace);
}
