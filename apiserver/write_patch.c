/* The four kinds of PATCH. */
#include "apiserver/write.h"
#include "api/apply_check.h"
#include "api/object.h"
#include "api/patch.h"
#include "apiserver/scale.h"

/* What is doubtful about a JSON patch itself: its findings so far are of its text, and operations may have members
 * nobody reads. */
static int json_patch_findings(const json_t *patch, json_t *findings, struct err *e)
{
	static const char *const known[] = {"op", "path", "from", "value"};
	const char *key;
	json_t *op, *v;
	size_t i;

	json_array_foreach(patch, i, op)
	{
		json_object_foreach(op, key, v)
		{
			AUTO_FREE char *m = NULL;
			bool found = false;

			for (size_t k = 0; k < ARRAY_LEN(known); k++)
				found |= streq(key, known[k]);
			if (found || json_array_size(findings) > 100)
				continue;
			m = str_fmt("unknown field \"[%zu].%s\"", i, key);
			if (!m || json_array_append_new(findings, json_string(m)))
				return err_nomem(e);
		}
	}
	for (i = 0; i < json_array_size(findings); i++) {
		AUTO_FREE char *m = str_fmt("json patch %s", json_string_value(json_array_get(findings, i)));

		if (!m || json_array_set_new(findings, i, json_string(m)))
			return err_nomem(e);
	}
	return 0;
}

/* A media type that no PATCH has is refused by what routes requests, in words of its own; one that others have, by the kind. */
static int patch_type_unknown(struct write *w, struct err *e)
{
	struct req *r = w->r;

	if (media_is(r->content_type, "application/strategic-merge-patch+json"))
		return err_set(e, ERR_MEDIA_TYPE,
			       "the body of the request was in an unknown format - accepted media types include: application/json-patch+json, "
			       "application/merge-patch+json, application/apply-patch+yaml");
	json_decref(TAKE_PTR(r->warnings)); /* what routes requests knows of no kind that is deprecated */
	w->fail_status = status_generic(415, "UnsupportedMediaType", "415: Unsupported Media Type");
	return err_set(e, ERR_MEDIA_TYPE, "415: Unsupported Media Type");
}

int write_decode_patch(struct write *w, struct err *e)
{
	struct req *r = w->r;
	const char *ct = r->content_type;

	if (media_is(ct, "application/json-patch+json"))
		w->patch = PATCH_JSON;
	else if (media_is(ct, "application/merge-patch+json"))
		w->patch = PATCH_MERGE;
	else if (media_is(ct, "application/strategic-merge-patch+json") && !r->res->crd)
		w->patch = PATCH_STRATEGIC;
	else if (media_is(ct, "application/apply-patch+yaml"))
		w->patch = PATCH_APPLY;
	else
		return patch_type_unknown(w, e);
	w->findings = json_array();
	if (!w->findings)
		return err_nomem(e);
	if (decode_body(r, &w->body, w->findings, e) ||
	    (w->patch == PATCH_JSON && json_patch_findings(w->body, w->findings, e)))
		return e->code;
	if (w->patch != PATCH_JSON && !json_is_object(w->body))
		return err_set(e, ERR_BAD_REQUEST,
			       "json: cannot unmarshal array into Go value of type map[string]interface {}");
	return 0;
}

/* --- applying --- */

static void write_conflicts_apply(struct write *w, json_t *conflicts, const struct err *e)
{
	size_t n = json_array_size(conflicts);
	AUTO_BUF struct buf b = {0};
	const char *last = "";
	json_t *s;

	buf_addf(&b, "Apply failed with %zu conflict%s: ", n, n == 1 ? "" : "s");
	for (size_t i = 0; i < n; i++) {
		const json_t *c = json_array_get(conflicts, i);

		if (n == 1)
			buf_addf(&b, "%s: %s", json_str_or(c, "message", ""), json_str_or(c, "field", ""));
		else if (!streq(last, json_str_or(c, "message", "")))
			buf_addf(&b, "%sconflicts%s:\n- %s", i ? "\n" : "", json_str_or(c, "message", "conflict") + strlen("conflict"), json_str_or(c, "field", ""));
		else
			buf_addf(&b, "\n- %s", json_str_or(c, "field", ""));
		last = json_str_or(c, "message", "");
	}
	s = status_new(409, "Conflict", n && b.data ? b.data : e->msg);
	for (size_t i = 0; s && i < n; i++) {
		const json_t *c = json_array_get(conflicts, i);
		(void)status_add_cause(s, "FieldManagerConflict", json_str_or(c, "message", "conflict"), json_str_or(c, "field", ""));
	}
	write_fail_status(w, s);
}

static int patch_identity(struct write *w, struct err *e)
{
	struct req *r = w->r;
	const char *name = json_str_or(json_object_get(w->obj, "metadata"), "name", "");

	if (!*name)
		(void)json_dot_set(w->obj, "metadata.name", json_string(r->name));
	else if (!streq(name, r->name))
		return err_set(e, ERR_BAD_REQUEST,
			       "the name of the object (%s) does not match the name on the URL (%s)", name, r->name);
	return write_set_namespace(w, write_meta(w->obj), e);
}

/* A patched object that does not decode, as Kubernetes has it: Invalid, of nothing in particular. */
static void patch_invalid(struct write *w, const json_t *out, const char *why)
{
	AUTO_BUF struct buf m = {0}, cause = {0}, text = {0}, words = {0};
	const struct api_type *type = w->scale ? w->r->sub->type : w->r->res->type;
	json_t *s;

	/* Of a strategic one the patch itself is shown, and its values are not decoded but converted. */
	if (w->patch == PATCH_STRATEGIC) {
		api_show_go(w->body, &text);
		if (!w->r->long_message && !api_check_converted(type, out, &words) && words.data)
			why = words.data;
	} else {
		json_encode_buf(out, &text);
	}
	buf_adds(&cause, "Invalid value: ");
	buf_add_json_str(&cause, text.data ? text.data : "", text.len);
	buf_addf(&cause, ": %s", why);
	buf_addf(&m, " \"\" is invalid: patch: %s", cause.data ? cause.data : why);
	s = status_new(422, "Invalid", m.data ? m.data : why);
	if (s)
		(void)status_add_cause(s, "FieldValueInvalid", cause.data ? cause.data : why, "patch");
	write_fail_status(w, s);
}

/* A patch that does not apply (a path that is not there, a test that fails): Kubernetes' words for all of them. */
static void patch_refused(struct write *w)
{
	write_fail_status(w, status_generic(422, "Invalid", "the server rejected our request due to an error in our request"));
}

/* Server-side apply: the configuration has to fit its type, and to be strict YAML where that is asked for. False:
 * answered. */
static bool apply_fits(struct write *w, struct err *e)
{
	struct req *r = w->r;
	AUTO_BUF struct buf why = {0};
	char gv[256];
	int rc;

	if (w->scale)
		(void)snprintf(gv, sizeof(gv), "%s/%s", r->sub->group, r->sub->version);
	else
		api_group_version(r->res, gv, sizeof(gv));
	rc = api_apply_check(gv, w->scale ? r->sub->kind : r->res->kind, w->scale ? r->sub->type : r->res->type,
			     w->body, &why);
	if (rc > 0) {
		json_t *s = status_new(500, "", why.data);

		write_free(w);
		req_fail_status(r, s);
		return false;
	}
	if (rc < 0)
		(void)err_nomem(e);
	else if (decode_findings(r, NULL, NULL, w->findings, e)) {
		free(r->long_message);
		r->long_message =
		    str_fmt("error strict decoding YAML: %s", json_string_value(json_array_get(w->findings, 0)));
	}
	if (!e->code)
		return true;
	write_fail(w, e);
	return false;
}

void write_build_patch(struct write *w)
{
	struct req *r = w->r;
	struct err e = {0};
	AUTO_JSON json_t *base = NULL;
	AUTO_JSON json_t *out = NULL;
	AUTO_JSON json_t *conflicts = NULL;
	AUTO_JSON json_t *findings = json_copy(w->findings);
	const struct api_type *type = r->res->type;
	char mgr[256];
	int rc;

	if (w->scale) {
		if (scale_from(r->res, w->old, &base, &e)) {
			write_fail(w, &e);
			return;
		}
		type = r->sub->type;
	} else {
		base = json_incref(w->old);
	}
	if (w->patch == PATCH_APPLY && !apply_fits(w, &e))
		return;
	switch (w->patch) {
	case PATCH_JSON:
		rc = api_json_patch(&out, base, w->body, &e);
		break;
	case PATCH_MERGE:
		rc = api_merge_patch(&out, base, w->body, &e);
		break;
	case PATCH_STRATEGIC:
		rc = api_strategic_merge_patch(&out, type, base, w->body, &e);
		break;
	default:
		rc = api_apply(&out, r->res, w->creating ? NULL : base, w->body, field_manager(r, mgr, sizeof(mgr)),
			       *r->subname ? r->subname : NULL, r->q.force, w->now, &conflicts, &e);
		if (rc == ERR_CONFLICT) {
			write_conflicts_apply(w, conflicts, &e);
			return;
		}
		break;
	}
	if (rc == ERR_INVALID && w->patch == PATCH_JSON) {
		patch_refused(w);
		return;
	}
	if (rc) {
		write_fail(w, &e);
		return;
	}
	/* What an apply is made of has been checked; what it left empty is as good as absent. */
	if (w->patch == PATCH_APPLY && !r->res->crd && api_prune(type, out, NULL)) {
		(void)err_nomem(&e);
		write_fail(w, &e);
		return;
	}
	if (w->patch != PATCH_APPLY) {
		/* Strict: only what the patch brought can be unknown, the rest has been pruned when it was written. */
		AUTO_JSON json_t *unknown = json_array();
		struct err te = {0};
		AUTO_BUF struct buf words = {0};

		if (!unknown || !findings || api_prune(type, out, unknown)) {
			(void)err_nomem(&e);
			write_fail(w, &e);
			return;
		}
		for (size_t i = 0; i < json_array_size(unknown); i++) {
			AUTO_FREE char *m =
			    str_fmt("unknown field \"%s\"", json_string_value(json_array_get(unknown, i)));

			if (m)
				(void)json_array_append_new(findings, json_string(m));
		}
		if (decode_findings(r, NULL, NULL, findings, &e) || api_check_types_told(type, out, &words, &te)) {
			patch_invalid(w, out,
				      r->long_message ? r->long_message
				      : e.code        ? e.msg
				      : words.len     ? words.data
						      : te.msg);
			return;
		}
	}
	if (w->scale) {
		w->obj = json_deep_copy(w->old);
		if (!w->obj || write_scale(w, out, &e)) {
			if (!e.code)
				(void)err_nomem(&e);
			write_fail(w, &e);
			return;
		}
		json_t *rv = json_at(out, "metadata", "resourceVersion", NULL);
		if (rv)
			(void)json_object_set(json_object_get(w->obj, "metadata"), "resourceVersion", rv);
	} else {
		w->obj = TAKE_PTR(out);
	}
	if (w->creating) {
		if (patch_identity(w, &e)) {
			write_fail(w, &e);
			return;
		}
		write_build_create(w);
		return;
	}
	if (patch_identity(w, &e)) {
		write_fail(w, &e);
		return;
	}
	write_build_update(w);
}
