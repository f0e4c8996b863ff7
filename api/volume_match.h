/*
 * Which PersistentVolume a PersistentVolumeClaim can have: the rules that the binder and the scheduler share (client/offers.h chooses by them). Pure over
 * trees; any thread. Source: Kubernetes "Persistent Volumes", "Binding".
 */
#pragma once
#include <stdbool.h>
#include "base/json.h"

#define ANN_CLASS_BETA "volume.beta.kubernetes.io/storage-class"

/* The class a claim asks for: "" for none; NULL when it leaves the choice to the default class. Borrowed. */
const char *claim_class(const json_t *pvc);
const char *volume_class(const json_t *pv); /* "" for none */
/* Is the volume's claimRef this claim (by name, and by uid when it carries one)? */
bool volume_claimed_by(const json_t *pv, const json_t *pvc);
bool volume_mode_differs(const json_t *pv, const json_t *pvc);
/* Why a claim that names this volume cannot have it, in Kubernetes' words; NULL when it can. */
const char *volume_mismatch(const json_t *pv, const json_t *pvc);
/* < 0: a asks for less (or, of as much, has the smaller name). */
int claim_by_size(const json_t *a, const json_t *b);
/* allowedTopologies of a StorageClass: one of the terms, with all of its expressions, has to be what the labels of the node are. None: everywhere. */
bool class_allows(const json_t *class, const json_t *labels);
