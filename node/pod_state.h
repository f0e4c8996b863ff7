/* The lifecycles of a pod and of a container as declared tables. Pure. */
#pragma once
#include <stdbool.h>
#include <stdint.h>

enum pod_state {
	POD_NEW,	 /* known, nothing made yet */
	POD_SETUP,	 /* volumes and sandbox are being made */
	POD_RUNNING,	 /* containers are kept as the pod wants them */
	POD_TERMINATING, /* containers are being stopped; nothing is started any more */
	POD_STOPPED,	 /* no process, mount, namespace or cgroup is left; waits to be deleted */
	POD_FINISHED,	 /* the object is gone from the API; files are removed */
	POD_STATES
};
enum ctr_state {
	CTR_WAITING,  /* not there: to be started, pulled for, or held back */
	CTR_CREATED,  /* made by the runtime, not started: only while starting, or after a crash in between */
	CTR_RUNNING,
	CTR_STOPPING, /* told to end: hook, SIGTERM or SIGKILL under way */
	CTR_EXITED,
	CTR_STATES
};
bool pod_state_allowed(enum pod_state from, enum pod_state to);
bool ctr_state_allowed(enum ctr_state from, enum ctr_state to);
const char *pod_state_name(enum pod_state s);
const char *ctr_state_name(enum ctr_state s);
/* Why a pod that is never restarted failed when the machine went down, in kubelet's words. */
#define POD_DOWN_REASON "Terminated"
#define POD_DOWN_MESSAGE "Pod was terminated in response to imminent node shutdown."
int pod_state_parse(const char *name, enum pod_state *ret); /* -EINVAL */
int ctr_state_parse(const char *name, enum ctr_state *ret);

/* Exponential back-off as client-go's flowcontrol.Backoff counts it. Times in ms of one monotonic clock. */
struct backoff {
	int64_t delay_ms, last_update_ms; /* delay 0: no entry */
};
#define BACKOFF_FIRST_MS 10000
#define BACKOFF_MAX_MS 300000
/* How long an attempt must wait when the failure happened at event_ms; 0: go. */
int64_t backoff_remaining(const struct backoff *b, int64_t event_ms, int64_t now_ms);
void backoff_next(struct backoff *b, int64_t event_ms, int64_t now_ms);
