/* Pods: status at birth, QoS class, what updates and subresources may touch, graceful deletion. */
#include "api/object.h"
#include "apiserver/strategy.h"

int pod_prepare_create(struct write *w, struct err *e)
{
	json_t *status = json_pack("{s:s,s:s}", "phase", "Pending", "qosClass", pod_qos(w->obj));

	if (!status || json_object_set_new(w->obj, "status", status))
		return err_nomem(e);
	if (json_array_size(json_dot(w->obj, "spec.schedulingGates")) &&
	    json_dot_append(w->obj, "status.conditions",
			    json_pack("{s:s,s:s,s:s,s:s,s:n,s:s}", "type", "PodScheduled", "status", "False", "reason", "SchedulingGated", "message",
				      "Scheduling is blocked due to non-empty scheduling gates", "lastProbeTime", "lastTransitionTime", w->now)))
		return err_nomem(e);
	return 0;
}

/* Who leaves out which generation a status is about means the one that it was about. */
static int keep_observed(struct write *w)
{
	static const char key[] = "observedGeneration";
	json_t *status = json_object_get(w->obj, "status"), *old = json_object_get(w->old, "status"), *c, *was;
	size_t i, k;

	if (!json_is_object(status))
		return 0;
	if (!json_int_or(status, key, 0) && json_object_get(old, key) && json_object_set(status, key, json_object_get(old, key)))
		return -ENOMEM;
	json_array_foreach(json_object_get(status, "conditions"), i, c)
		json_array_foreach(json_object_get(old, "conditions"), k, was)
			if (streq(json_str_or(c, "type", ""), json_str_or(was, "type", "")) && !json_int_or(c, key, 0) && json_object_get(was, key) &&
			    json_object_set(c, key, json_object_get(was, key)))
				return -ENOMEM;
	return 0;
}

int pod_prepare_update(struct write *w, struct err *e)
{
	static const char *const kept[] = {"priority", "preemptionPolicy"}; /* as the admission of priorities has it */
	const char *sub = w->r->subname;
	json_t *spec = json_object_get(w->obj, "spec");

	for (size_t i = 0; i < ARRAY_LEN(kept) && !*sub && json_is_object(spec); i++)
		if (!json_object_get(spec, kept[i]))
			copy_meta(spec, json_object_get(w->old, "spec"), kept[i]);
	if (!*sub || streq(sub, "status")) {
		/* What is left out stays; that it may not change is for validation. */
		const char *q = json_str(w->old, "status.qosClass");

		if (q && json_object_get(w->obj, "status") && !*json_str_or(w->obj, "status.qosClass", "") && json_set_str(w->obj, "status.qosClass", q))
			return err_nomem(e);
		if (keep_observed(w))
			return err_nomem(e);
	}
	return 0;
}

int64_t pod_grace(struct write *w, int64_t given)
{
	int64_t period = given;

	if (period < 0)
		period = json_int_or(w->old, "metadata.deletionGracePeriodSeconds", -1);
	if (given < 0 && period < 0)
		period = json_int_or(w->old, "spec.terminationGracePeriodSeconds", 30);
	/* Nobody runs it: nobody has to stop it. */
	if (!*json_str_or(w->old, "spec.nodeName", "") || pod_terminal(w->old))
		period = 0;
	return period < 0 ? 1 : period;
}
