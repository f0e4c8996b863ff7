/* The four kinds of PATCH. */
#include "apiserver/write.h"
#include "api/object.h"
#include "api/patch.h"
#include "apiserver/scale.h"

int write_decode_patch(struct write *w, struct err *e)
{
	struct req *r = w->r;
	const char *ct = r->content_type;
	char mgr[256];

	if (media_is(ct, "application/json-patch+json"))
		w->patch = PATCH_JSON;
	else if (media_is(ct, "application/merge-patch+json"))
		w->patch = PATCH_MERGE;
	else if (media_is(ct, "application/strategic-merge-patch+json") && !r->res->crd)
		w->patch = PATCH_STRATEGIC;
	else if (media_is(ct, "application/apply-patch+yaml"))
		w->patch = PATCH_APPLY;
	else
		return err_set(e, ERR_MEDIA_TYPE,
			       "the body of the request was in an unknown format - accepted media types include: application/json-patch+json, "
			       "application/merge-patch+json, %sapplication/apply-patch+yaml",
			       r->res->crd ? "" : "application/strategic-merge-patch+json, ");
	if (w->patch == PATCH_APPLY && !(r->q.field_manager && *r->q.field_manager)) {
		AUTO_CAUSES struct api_causes c = {0};
		AUTO_FREE char *m = str_dup("PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required for apply patch");

		(void)field_manager(r, mgr, sizeof(mgr));
		w->fail_status = status_new(422, "Invalid", m ? m : "");
		if (w->fail_status) {
			(void)status_set_details(w->fail_status, "meta.k8s.io", "PatchOptions", "", NULL);
			(void)status_add_cause(w->fail_status, "FieldValueRequired", "Required value: is required for apply patch", "fieldManager");
		}
		return err_set(e, ERR_INVALID, "fieldManager is required for apply patch");
	}
	if (w->patch != PATCH_APPLY && r->q.force) {
		w->fail_status = status_new(422, "Invalid", "PatchOptions.meta.k8s.io \"\" is invalid: force: Forbidden: may not be specified for non-apply patch");
		return err_set(e, ERR_INVALID, "force: Forbidden: may not be specified for non-apply patch");
	}
	w->findings = json_array();
	if (!w->findings)
		return err_nomem(e);
	if (decode_body(r, &w->body, w->findings, e))
		return e->code;
	if (w->patch != PATCH_JSON && !json_is_object(w->body))
		return err_set(e, ERR_BAD_REQUEST, "json: cannot unmarshal array into Go value of type map[string]interface {}");
	return 0;
}

/* --- applying --- */

static void write_conflicts_apply(struct write *w, json_t *conflicts, const struct err *e)
{
	struct req *r = w->r;
	size_t n = json_array_size(conflicts);
	AUTO_BUF struct buf b = {0};
	json_t *s;

	buf_addf(&b, "Apply failed with %zu conflict%s: ", n, n == 1 ? "" : "s");
	for (size_t i = 0; i < n; i++) {
		const json_t *c = json_array_get(conflicts, i);

		buf_addf(&b, "%sconflict with \"%s\": %s", i ? ", " : "", json_str_or(c, "manager", ""), json_str_or(c, "field", ""));
	}
	s = status_new(409, "Conflict", n && b.data ? b.data : e->msg);
	for (size_t i = 0; s && i < n; i++) {
		const json_t *c = json_array_get(conflicts, i);
		AUTO_FREE char *m = str_fmt("conflict with \"%s\"", json_str_or(c, "manager", ""));

		(void)status_add_cause(s, "FieldManagerConflict", m ? m : "conflict", json_str_or(c, "field", ""));
	}
	write_free(w);
	(void)r;
	req_fail_status(r, s);
}

static int patch_identity(struct write *w, struct err *e)
{
	struct req *r = w->r;
	const char *name = json_str_or(json_object_get(w->obj, "metadata"), "name", "");

	if (!*name)
		(void)json_dot_set(w->obj, "metadata.name", json_string(r->name));
	else if (!streq(name, r->name))
		return err_set(e, ERR_BAD_REQUEST, "the name of the object (%s) does not match the name on the URL (%s)", name, r->name);
	return write_set_namespace(w, write_meta(w->obj), e);
}

/* What is applied must be known to the last field, whatever fieldValidation says: managers own fields of the schema. */
static int apply_check(struct write *w, struct err *e)
{
	struct req *r = w->r;
	AUTO_JSON json_t *copy = json_deep_copy(w->body);
	AUTO_JSON json_t *unknown = json_array();
	AUTO_BUF struct buf b = {0};
	char gv[300];

	if (!copy || !unknown || api_prune(r->res->type, copy, unknown))
		return err_nomem(e);
	if (!json_array_size(unknown)) {
		if (!json_array_size(w->findings) || streq(r->q.field_validation, "Ignore"))
			return 0;
		return decode_findings(r, NULL, NULL, w->findings, e);
	}
	api_group_version(r->res, gv, sizeof(gv));
	buf_addf(&b, "failed to create typed patch object (%s/%s; %s, Kind=%s): ", r->ns ? r->ns : "", r->name, gv, r->res->kind);
	if (json_array_size(unknown) > 1)
		buf_adds(&b, "errors:");
	for (size_t i = 0; i < json_array_size(unknown); i++)
		buf_addf(&b, "%s.%s: field not declared in schema", json_array_size(unknown) > 1 ? "\n  " : "", json_string_value(json_array_get(unknown, i)));
	w->fail_status = status_new(500, "", buf_failed(&b) ? "field not declared in schema" : b.data);
	return err_set(e, ERR_INVALID, "field not declared in schema");
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
	if (w->patch == PATCH_APPLY && apply_check(w, &e)) {
		write_fail(w, &e);
		return;
	}
	switch (w->patch) {
	case PATCH_JSON: rc = api_json_patch(&out, base, w->body, &e); break;
	case PATCH_MERGE: rc = api_merge_patch(&out, base, w->body, &e); break;
	case PATCH_STRATEGIC: rc = api_strategic_merge_patch(&out, type, base, w->body, &e); break;
	default:
		rc = api_apply(&out, r->res, w->creating ? NULL : base, w->body, field_manager(r, mgr, sizeof(mgr)), *r->subname ? r->subname : NULL,
			       r->q.force, w->now, &conflicts, &e);
		if (rc == ERR_CONFLICT) {
			write_conflicts_apply(w, conflicts, &e);
			return;
		}
		break;
	}
	if (rc) {
		write_fail(w, &e);
		return;
	}
	if (w->patch != PATCH_APPLY) {
		/* Strict: only what the patch brought can be unknown, the rest has been pruned when it was written. */
		AUTO_JSON json_t *unknown = json_array();
		struct err te = {0};

		if (!unknown || !findings || api_prune(type, out, unknown)) {
			(void)err_nomem(&e);
			write_fail(w, &e);
			return;
		}
		for (size_t i = 0; i < json_array_size(unknown); i++) {
			AUTO_FREE char *m = str_fmt("unknown field \"%s\"", json_string_value(json_array_get(unknown, i)));

			if (m)
				(void)json_array_append_new(findings, json_string(m));
		}
		if (decode_findings(r, NULL, NULL, findings, &e) || api_check_types(type, out, &te)) {
			AUTO_CAUSES struct api_causes c = {0};
			AUTO_BYTES struct bytes *text = json_encode(w->body);

			api_cause_add(&c, "FieldValueInvalid", "patch", "Invalid value: \"%s\": %s", text ? text->data : "",
				      r->long_message ? r->long_message : e.code ? e.msg : te.msg);
			write_free(w);
			req_invalid(r, r->res, r->name, &c);
			return;
		}
	}
	if (w->scale) {
		w->obj = json_deep_copy(w->old);
		if (!w->obj || scale_apply(r->res, out, w->obj, &e)) {
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
