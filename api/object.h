/*
 * What every object has, and small builders that components share: metadata, owner references, conditions, Status,
 * Events. Trees unless said otherwise.
 */
#pragma once
#include <stdbool.h>
#include <time.h>
#include "api/resource.h"

/* Borrowed; "" when absent. */
const char *obj_name(const json_t *o);
const char *obj_namespace(const json_t *o);
const char *obj_uid(const json_t *o);
int64_t obj_revision(const json_t *o); /* metadata.resourceVersion as a number, 0 when absent */
int64_t obj_generation(const json_t *o);
bool obj_deleting(const json_t *o); /* has deletionTimestamp */
const char *obj_label(const json_t *o, const char *key);	/* NULL when absent */
const char *obj_annotation(const json_t *o, const char *key);
int obj_set_label(json_t *o, const char *key, const char *value);      /* NULL value: remove */
int obj_set_annotation(json_t *o, const char *key, const char *value);
bool obj_has_finalizer(const json_t *o, const char *f);
int obj_add_finalizer(json_t *o, const char *f);    /* present is fine */
int obj_remove_finalizer(json_t *o, const char *f); /* absent is fine */
/* The owner reference with controller: true, or NULL. Borrowed. */
const json_t *obj_controller_of(const json_t *o);
bool obj_controlled_by(const json_t *o, const char *uid);
/* Appends an owner reference to owner (controller: true, blockOwnerDeletion: true). */
int obj_set_controller(json_t *o, const json_t *owner, const char *api_version, const char *kind);
/* "ns/name" or "name"; malloc'ed */
char *obj_key(const json_t *o);

/* status.conditions. lastTransitionTime moves only when status changes. Returns 1 when something changed. */
const json_t *obj_condition(const json_t *o, const char *type);
bool obj_condition_true(const json_t *o, const char *type);
int obj_set_condition(json_t *o, const char *type, const char *status, const char *reason, const char *message, const char *now);

/* Pod helpers (Kubernetes pkg/api/v1/pod). */
bool pod_ready(const json_t *pod);
bool pod_available(const json_t *pod, int64_t min_ready_s, time_t now);
bool pod_terminal(const json_t *pod); /* Succeeded or Failed */
bool pod_active(const json_t *pod);   /* neither terminal nor being deleted */
/*
 * The claim behind an entry of the pod's spec.volumes: the one it names, or POD-VOLUME for an ephemeral volume. Returns 1 with
 * its name in *ret (malloc'ed), 0 when the volume is of another kind, -ENOMEM. Source: "Ephemeral Volumes".
 */
int pod_volume_claim(const json_t *pod, const json_t *volume, char **ret);
/* "Guaranteed", "Burstable" or "BestEffort", over cpu and memory of all containers. */
const char *pod_qos(const json_t *pod);

/* metav1.Status. causes may be NULL. reason e.g. "NotFound". The tree is new. */
json_t *status_new(int http_code, const char *reason, const char *message);
int status_set_details(json_t *status, const char *group, const char *kind_or_resource, const char *name, const char *uid);
int status_add_cause(json_t *status, const char *reason, const char *message, const char *field);
/* The one place where codes become HTTP statuses and reasons. */
int status_http_code(int err_code);
const char *status_reason(int http_code);
/* And back: code of an answer (by status and Status.reason) for components. */
int status_to_code(int http_code, const char *reason);

/* A core/v1 Event about obj. type "Normal" or "Warning". Name is generated. New tree. */
json_t *event_new(const json_t *obj, const char *api_version, const char *kind, const char *type, const char *reason,
		  const char *component, const char *host, const char *now, const char *fmt, ...)
	__attribute__((format(printf, 9, 10)));
