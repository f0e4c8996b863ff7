/* A Job's counters, as they stand in its status. Pure. */
#pragma once
#include "controllers/job_account.h"

json_t *job_status(json_t *job); /* made when there is none; NULL: no memory */
bool job_set_number(json_t *job, const char *field, int64_t v, bool keep_zero); /* whether it changed */
/* Uids whose pods carry the finalizer no more move into the counters. Returns whether any did. */
bool job_count_untracked(json_t *job, const struct job_view *view);
/* Notes what is to be counted, and in untrack, per pod, whose finalizer goes. Returns whether the status changed; *ret_more: not
 * everything had room. */
bool job_note_pods(json_t *job, const struct job_view *v, bool *untrack, bool *ret_more);
