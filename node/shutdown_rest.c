/* Pods that no agent looks after end in order when the machine goes down: stop signals at once, and SIGKILL after each
 * pod's grace period. */
#include <dirent.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/syscall.h>
#include "base/clock.h"
#include "base/fs.h"
#include "base/log.h"
#include "base/str.h"
#include "node/node.h"
#include "node/pod_state.h"
#include "node/runtime.h"

#define FILE_MAX_BYTES (8u << 20)

struct process {
	int fd; /* pidfd */
	int64_t end_ms;
};
struct rest {
	const char *run_dir;
	int64_t now_ms, grace_ms;
	struct process *v;
	size_t n;
};

static json_t *read_json(const char *run_dir, const char *uid, const char *name)
{
	AUTO_FREE char *path = str_fmt("%s/pods/%s/%s", run_dir, uid, name);
	AUTO_BUF struct buf text = {0};
	json_t *o = NULL;

	if (!path || fs_read(path, FILE_MAX_BYTES, &text, NULL) < 0 || !text.data ||
	    json_parse(text.data, text.len, &o, NULL) < 0)
		return NULL;
	return o;
}

/* Sends sig to a process and remembers it; 1: it is there, 0: it is not. */
static int add(struct rest *x, pid_t pid, uint64_t start, int sig, int64_t grace_ms)
{
	AUTO_CLOSE int fd = pid > 1 ? (int)syscall(SYS_pidfd_open, pid, 0) : -1;

	if (fd < 0 || !process_alive(pid, start)) /* after pidfd_open: what is looked at is what is signalled */
		return 0;
	struct process *bigger = realloc(x->v, (x->n + 1) * sizeof(*bigger));
	if (!bigger)
		return -ENOMEM;
	x->v = bigger;
	if (syscall(SYS_pidfd_send_signal, fd, sig, NULL, 0) < 0)
		return 0;
	x->v[x->n++] = (struct process){TAKE_FD(fd), x->now_ms + grace_ms};
	return 1;
}

/* What the next agent must know when it finds the pod on disk, should the machine not go down after all. */
static int note_end(const char *run_dir, const char *uid, const json_t *manifest, json_t *state)
{
	AUTO_FREE char *path = str_fmt("%s/pods/%s/state.json", run_dir, uid), *tmp = str_fmt("%s.new", path);
	AUTO_BYTES struct bytes *text = NULL;
	struct err err = {0};

	if (streq(json_str(manifest, "spec.restartPolicy"), "Never")) {
		json_object_set_new(state, "failReason", json_string(POD_DOWN_REASON));
		json_object_set_new(state, "failMessage", json_string(POD_DOWN_MESSAGE));
	}
	if (!path || !tmp || !(text = json_encode(state)))
		return -ENOMEM;
	if (fs_write(tmp, text->data, text->len, &err) < 0 || rename(tmp, path) < 0)
		log_warning("node", uid, "cannot note that the pod went down: %s",
			    err.code ? err.msg : strerror(errno));
	return 0;
}

static int stop_pod(struct rest *x, const char *uid)
{
	AUTO_JSON json_t *manifest = read_json(x->run_dir, uid, "manifest.json"),
			 *state = read_json(x->run_dir, uid, "state.json");
	int64_t grace = json_int_or(manifest, "spec.terminationGracePeriodSeconds", 30);
	bool ended = false;
	json_t *c;
	size_t i;

	grace = grace < 0 ? 0 : grace > x->grace_ms / 1000 ? x->grace_ms : grace * 1000;
	json_array_foreach(json_object_get(state, "containers"), i, c)
	{
		int64_t sig = json_int_or(c, "stopSignal", 0);
		int r = add(x, (pid_t)json_int_or(c, "run.pid", 0), (uint64_t)json_int_or(c, "run.pidStart", 0),
			    sig > 0 && sig <= SIGRTMAX ? (int)sig : SIGTERM, grace);
		if (r < 0)
			return r;
		if (r > 0)
			json_object_set_new(c, "wentDown", json_true());
		ended = ended || r > 0;
	}
	return ended ? note_end(x->run_dir, uid, manifest, state) : 0;
}

static int stop_pods(struct rest *x, struct err *e)
{
	AUTO_FREE char *dir = fs_join(x->run_dir, "pods");
	DIR *d = dir ? opendir(dir) : NULL;
	int r = 0;

	if (!d)
		return dir && errno == ENOENT ? 0 : dir ? err_errno(e, errno, "cannot read %s", dir) : err_nomem(e);
	for (struct dirent *de; r == 0 && (de = readdir(d));)
		if (de->d_name[0] != '.')
			r = stop_pod(x, de->d_name);
	closedir(d);
	return r < 0 ? err_nomem(e) : 0;
}

/* Until all have ended or were killed. */
static int wait_all(struct rest *x, struct err *e)
{
	struct pollfd *p = calloc(x->n ? x->n : 1, sizeof(*p));
	int r = p ? 0 : err_nomem(e);

	while (r == 0 && x->n > 0) {
		int64_t now = clock_mono_ms(clock_real()), first = INT64_MAX;
		for (size_t i = 0; i < x->n; i++) {
			p[i] = (struct pollfd){.fd = x->v[i].fd, .events = POLLIN};
			first = x->v[i].end_ms < first ? x->v[i].end_ms : first;
		}
		if (poll(p, (nfds_t)x->n, first > now ? (int)(first - now) : 0) < 0 && errno != EINTR) {
			r = err_errno(e, errno, "poll");
			break;
		}
		now = clock_mono_ms(clock_real());
		for (size_t i = x->n; i-- > 0;) {
			bool late = x->v[i].end_ms <= now;
			if (!p[i].revents && !late)
				continue;
			if (late)
				(void)syscall(SYS_pidfd_send_signal, x->v[i].fd, SIGKILL, NULL, 0);
			close(x->v[i].fd);
			x->v[i] = x->v[--x->n];
			p[i] = p[x->n];
		}
	}
	free(p);
	return r;
}

int node_shutdown_rest(const struct node_config *c, unsigned grace_s, void (*fn)(void *arg, const char *what),
		       void *arg, struct err *e)
{
	struct rest x = {
	    .run_dir = c->run_dir, .now_ms = clock_mono_ms(clock_real()), .grace_ms = (int64_t)grace_s * 1000};
	struct cgroup_host cgroups;
	char text[80];
	int r = cgroup_host_probe(&cgroups, NULL, e);

	if (r == 0)
		r = stop_pods(&x, e);
	if (r == 0 && x.n > 0 && fn) {
		snprintf(text, sizeof(text), "ending %zu containers that no agent looks after", x.n);
		fn(arg, text);
	}
	if (r == 0)
		r = wait_all(&x, e);
	for (size_t i = 0; i < x.n; i++)
		close(x.v[i].fd);
	free(x.v);
	/* What is left: children that containers without a PID namespace leave behind, first processes of shared ones.
	 */
	if (r == 0)
		cgroup_kill(&cgroups, c->cgroup_root && c->cgroup_root[0] ? c->cgroup_root : "minik");
	return r;
}
