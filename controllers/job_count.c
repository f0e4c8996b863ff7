#include "controllers/job_count.h"
#include "controllers/owned.h"

#define MAX_UNCOUNTED 500

json_t *job_status(json_t *job)
{
	json_t *st = json_object_get(job, "status");

	if (!json_is_object(st) && json_object_set_new(job, "status", json_object()) == 0)
		st = json_object_get(job, "status");
	return st;
}

static json_t *uncounted_list(json_t *job, const char *which)
{
	AUTO_FREE char *path = str_fmt("status.uncountedTerminatedPods.%s", which);
	json_t *list = path ? json_dot(job, path) : NULL;

	if (!json_is_array(list) && path && json_dot_set(job, path, json_array()) == 0)
		list = json_dot(job, path);
	return list;
}

static bool has_text(const json_t *list, const char *text)
{
	json_t *v;
	size_t i;

	json_array_foreach (list, i, v)
		if (streq(json_string_value(v), text))
			return true;
	return false;
}

bool job_set_number(json_t *job, const char *field, int64_t v, bool keep_zero)
{
	json_t *st = job_status(job);
	const json_t *old = json_object_get(st, field);

	if (v == 0 && !keep_zero)
		return json_object_del(st, field) == 0;
	if (json_is_integer(old) && json_integer_value(old) == v)
		return false;
	json_object_set_new(st, field, json_integer(v));
	return true;
}

static bool add_number(json_t *job, const char *field, int64_t more)
{
	return more != 0 && job_set_number(job, field, json_int_or(job_status(job), field, 0) + more, false);
}

bool job_count_untracked(json_t *job, const struct job_view *view)
{
	static const char *const lists[] = {"succeeded", "failed"};
	bool changed = false;

	for (size_t l = 0; l < ARRAY_LEN(lists); l++) {
		json_t *list = uncounted_list(job, lists[l]);
		int64_t moved = 0;
		for (size_t i = json_array_size(list); i-- > 0;) {
			const char *uid = json_string_value(json_array_get(list, i));
			bool tracked = false;
			for (size_t k = 0; k < view->n && !tracked; k++)
				tracked = view->v[k].tracked && streq(obj_uid(view->v[k].pod), uid);
			if (!tracked && json_array_remove(list, i) == 0)
				moved++;
		}
		changed = add_number(job, lists[l], moved) || changed;
		if (json_array_size(list) == 0)
			json_object_del(json_dot(job, "status.uncountedTerminatedPods"), lists[l]);
	}
	return changed;
}

static bool set_text_field(json_t *job, const char *field, const struct index_set *set, bool keep_empty)
{
	AUTO_FREE char *text = index_set_text(set);
	json_t *st = job_status(job);
	const char *old = json_str(st, field);

	if (!text || streq(old, text) || (!old && !*text && !keep_empty))
		return false;
	if (!*text && !keep_empty)
		return json_object_del(st, field) == 0;
	json_object_set_new(st, field, json_string(text));
	return true;
}

static bool finalizer_may_go(const struct job_view *v, const struct job_pod *p)
{
	if (obj_deleting(v->job) || v->type || p->succeeded)
		return true;
	return p->failed && !p->delayed;
}

bool job_note_pods(json_t *job, const struct job_view *v, bool *untrack, bool *ret_more)
{
	bool changed = false, all_failed = v->type && streq(v->type, "FailureTarget");
	struct index_set done = {0};
	json_t *ok = uncounted_list(job, "succeeded"), *bad = uncounted_list(job, "failed");
	size_t fresh = 0;

	*ret_more = false;
	for (size_t i = 0; i < v->done_before.n; i++)
		index_set_add(&done, v->done_before.v[i].first, v->done_before.v[i].last);
	for (size_t i = 0; i < v->n; i++) {
		const struct job_pod *p = &v->v[i];
		const char *uid = obj_uid(p->pod);
		if (!p->tracked || !finalizer_may_go(v, p))
			continue;
		if (fresh + json_array_size(ok) + json_array_size(bad) >= MAX_UNCOUNTED) {
			*ret_more = true;
			break;
		}
		untrack[i] = true;
		if (p->succeeded && !has_text(bad, uid)) {
			if (v->indexed && p->index >= 0 && !index_set_has(&done, p->index)) {
				index_set_add(&done, p->index, p->index);
				fresh++;
				changed = true;
			} else if (!v->indexed && !has_text(ok, uid)) {
				json_array_append_new(ok, json_string(uid));
				changed = true;
			}
		} else if (p->failed || all_failed) {
			/* With the Job at its end, whatever has not ended is taken for failed. */
			bool counts = p->failed ? p->counts : true;
			if (counts && !has_text(bad, uid) && (!v->indexed || p->index >= 0)) {
				json_array_append_new(bad, json_string(uid));
				changed = true;
			}
		}
	}
	if (v->indexed) {
		changed = job_set_number(job, "succeeded", index_set_total(&done), false) || changed;
		changed = set_text_field(job, "completedIndexes", &done, false) || changed;
		if (v->per_index)
			changed = set_text_field(job, "failedIndexes", &v->failed_indexes, true) || changed;
	}
	index_set_done(&done);
	return changed;
}
