/* What claims say of their growth (KEP 1790). Pure. Source: external-resizer's expand_and_recover.go and resize_status.go; kubelet's node_expander.go. */
#pragma once
#include "base/json.h"

/*
 * The size that is to be asked for now, borrowed from the claim; NULL: nothing is. An attempt that may still succeed is asked for to its end, whatever the claim
 * wants by now; one that failed for good (its condition says so) makes room for what the claim wants. by_controller: the plug-in grows volumes before nodes do.
 */
const json_t *resize_target(const json_t *pvc, const json_t *pv, bool by_controller);
bool resize_failed(const json_t *pvc); /* the plug-in's last answer was final */

struct resize_change {
	const char *uid, *now;
	const char *version;		     /* of the claim that this was decided from; NULL: any */
	const char *state;		     /* status.allocatedResourceStatuses.storage; "": none; NULL: as it is */
	const json_t *allocated;	     /* NULL: as it is */
	const char *capacity;		     /* NULL: as it is */
	bool anew;			     /* what conditions say of growing is of before */
	const char *condition, *message;     /* one that is true; as it is when it is so already */
	const char *off[2];		     /* those that end */
	int node_needed;		     /* 0: nodes are told that there is nothing for them to do; -1: as it is */
	const char *current, *modify_state, *modify_target; /* VolumeAttributesClass; state "": none */
};
/* 0, 1: it is so already; ERR_NOT_FOUND: another claim; ERR_CONFLICT: another version. */
int resize_change_apply(const struct resize_change *c, json_t *pvc, struct err *e);
