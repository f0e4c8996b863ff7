#include "node/pod_state.h"
#include <errno.h>
#include "base/str.h"

static const char *const pod_names[POD_STATES] = {"New", "Setup", "Running", "Terminating", "Stopped", "Finished"};
static const char *const ctr_names[CTR_STATES] = {"Waiting", "Created", "Running", "Stopping", "Exited"};

#define TO(s) (1u << (s))
static const unsigned pod_next[POD_STATES] = {
	[POD_NEW] = TO(POD_SETUP) | TO(POD_TERMINATING),
	[POD_SETUP] = TO(POD_RUNNING) | TO(POD_TERMINATING),
	[POD_RUNNING] = TO(POD_SETUP) /* the sandbox was lost */ | TO(POD_TERMINATING),
	[POD_TERMINATING] = TO(POD_STOPPED),
	[POD_STOPPED] = TO(POD_FINISHED),
	[POD_FINISHED] = 0,
};
static const unsigned ctr_next[CTR_STATES] = {
	[CTR_WAITING] = TO(CTR_CREATED) | TO(CTR_EXITED) /* could not be made */,
	[CTR_CREATED] = TO(CTR_RUNNING) | TO(CTR_STOPPING) | TO(CTR_EXITED) | TO(CTR_WAITING) /* the agent died over it: made anew */,
	[CTR_RUNNING] = TO(CTR_STOPPING) | TO(CTR_EXITED),
	[CTR_STOPPING] = TO(CTR_EXITED),
	[CTR_EXITED] = TO(CTR_WAITING) /* will be started again */,
};

bool pod_state_allowed(enum pod_state from, enum pod_state to) { return (pod_next[from] & TO(to)) != 0; }
bool ctr_state_allowed(enum ctr_state from, enum ctr_state to) { return (ctr_next[from] & TO(to)) != 0; }
const char *pod_state_name(enum pod_state s) { return pod_names[s]; }
const char *ctr_state_name(enum ctr_state s) { return ctr_names[s]; }

int pod_state_parse(const char *name, enum pod_state *ret)
{
	for (unsigned i = 0; i < POD_STATES; i++)
		if (streq(name, pod_names[i])) {
			*ret = (enum pod_state)i;
			return 0;
		}
	return -EINVAL;
}

int ctr_state_parse(const char *name, enum ctr_state *ret)
{
	for (unsigned i = 0; i < CTR_STATES; i++)
		if (streq(name, ctr_names[i])) {
			*ret = (enum ctr_state)i;
			return 0;
		}
	return -EINVAL;
}

static bool expired(const struct backoff *b, int64_t event_ms) { return event_ms - b->last_update_ms > 2 * BACKOFF_MAX_MS; }

int64_t backoff_remaining(const struct backoff *b, int64_t event_ms, int64_t now_ms)
{
	if (b->delay_ms == 0 || expired(b, event_ms))
		return 0;
	int64_t left = event_ms + b->delay_ms - now_ms;
	return left > 0 ? left : 0;
}

void backoff_next(struct backoff *b, int64_t event_ms, int64_t now_ms)
{
	if (b->delay_ms == 0 || expired(b, event_ms))
		b->delay_ms = BACKOFF_FIRST_MS;
	else
		b->delay_ms = b->delay_ms * 2 < BACKOFF_MAX_MS ? b->delay_ms * 2 : BACKOFF_MAX_MS;
	b->last_update_ms = now_ms;
}
