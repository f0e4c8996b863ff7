/* What a request asks for beside its object: CreateOptions, UpdateOptions, PatchOptions, DeleteOptions and ListOptions.
 * Rules and words are those of apimachinery's pkg/apis/meta/v1/validation and pkg/apis/meta/internalversion/validation.
 */
#include "apiserver/write.h"
#include "base/json.h"

static void check_dry_run(const json_t *asked, struct api_causes *c)
{
	bool bad = false;

	for (size_t i = 0; i < json_array_size(asked); i++)
		bad |= !streq(json_string_value(json_array_get(asked, i)), "All");
	if (bad) {
		AUTO_BYTES struct bytes *text = json_encode(asked);

		api_cause_add(c, "FieldValueNotSupported", "dryRun", "Unsupported value: %s: supported values: \"All\"",
			      text ? text->data : "[]");
	}
}

static void check_manager(const char *name, struct api_causes *c)
{
	AUTO_JSON json_t *value = json_string(name);

	if (strlen(name) > MANAGER_MAX)
		api_cause_add(c, "FieldValueTooLong", "fieldManager", "Too long: may not be more than %d bytes",
			      MANAGER_MAX);
	for (size_t i = 0; name[i]; i++) {
		AUTO_FREE char *m = NULL;

		if ((unsigned char)name[i] >= ' ' && name[i] != 127)
			continue;
		m = str_fmt("invalid character U+%04X (at position %zu)", (unsigned)name[i], i);
		api_invalid(c, "fieldManager", value, m ? m : "");
	}
}

static void check_validation(const char *mode, struct api_causes *c)
{
	if (*mode && !streq(mode, "Ignore") && !streq(mode, "Warn") && !streq(mode, "Strict"))
		api_cause_add(c, "FieldValueNotSupported", "fieldValidation",
			      "Unsupported value: \"%.60s\": supported values: \"\", \"Ignore\", \"Strict\", \"Warn\"",
			      mode);
}

static bool refused(struct req *r, const char *kind, const struct api_causes *c)
{
	if (!c->n)
		return false;
	req_fail_status(r, status_invalid("meta.k8s.io", kind, "", c));
	return true;
}

bool options_refused(struct req *r)
{
	AUTO_CAUSES struct api_causes c = {0};
	const char *manager = r->q.field_manager ? r->q.field_manager : "",
		   *mode = r->q.field_validation ? r->q.field_validation : "";

	switch (r->verb) {
	case API_CREATE:
	case API_UPDATE:
		check_dry_run(r->q.dry_asked, &c);
		check_manager(manager, &c);
		check_validation(mode, &c);
		return refused(r, r->verb == API_CREATE ? "CreateOptions" : "UpdateOptions", &c);
	case API_PATCH:
		if (!media_is(r->content_type, "application/apply-patch+yaml")) {
			if (r->q.force_given)
				api_forbidden(&c, "force", "may not be specified for non-apply patch");
		} else if (!*manager) {
			api_required(&c, "fieldManager", "is required for apply patch");
		}
		check_manager(manager, &c);
		check_dry_run(r->q.dry_asked, &c);
		check_validation(mode, &c);
		return refused(r, "PatchOptions", &c);
	default:
		return false;
	}
}

bool list_options_refused(struct req *r, bool watch)
{
	static const char *const list_matches[] = {"Exact", "NotOlderThan", "", NULL}, *const watch_matches[] = {
											   "NotOlderThan", NULL};
	AUTO_CAUSES struct api_causes c = {0};
	const struct query *q = &r->q;
	const char *match = q->rv_match ? q->rv_match : "", *rv = q->resource_version ? q->resource_version : "";
	bool initial = q->send_initial != TRI_UNSET, newer = streq(match, "NotOlderThan"),
	     exact = streq(match, "Exact");

	if (watch && initial && !newer)
		api_forbidden(&c, "resourceVersionMatch",
			      "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan");
	if (*match && watch && !initial)
		api_forbidden(&c, "resourceVersionMatch",
			      "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided");
	if (*match && watch && !newer)
		api_not_supported(&c, "resourceVersionMatch", match, watch_matches);
	if (*match && !watch && !*rv)
		api_forbidden(&c, "resourceVersionMatch",
			      "resourceVersionMatch is forbidden unless resourceVersion is provided");
	if (*match && q->cont && *q->cont)
		api_forbidden(&c, "resourceVersionMatch",
			      "resourceVersionMatch is forbidden when continue is provided");
	if (*match && !watch && !newer && !exact)
		api_not_supported(&c, "resourceVersionMatch", match, list_matches);
	if (!watch && exact && streq(rv, "0"))
		api_forbidden(&c, "resourceVersionMatch",
			      "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\"");
	if (!watch && initial)
		api_forbidden(&c, "sendInitialEvents", "sendInitialEvents is forbidden for list");
	return refused(r, "ListOptions", &c);
}

int delete_options_check(struct write *w, const json_t *o, struct err *e)
{
	AUTO_CAUSES struct api_causes c = {0};
	const json_t *policy = json_object_get(o, "propagationPolicy");
	const char *p = json_string_value(policy);

	if (p && json_is_boolean(json_object_get(o, "orphanDependents")))
		api_invalid(&c, "propagationPolicy", policy,
			    "orphanDependents and deletionPropagation cannot be both set");
	if (p && !streq(p, "Foreground") && !streq(p, "Background") && !streq(p, "Orphan"))
		api_cause_add(&c, "FieldValueNotSupported", "propagationPolicy",
			      "Unsupported value: \"%.60s\": supported values: \"Foreground\", \"Background\", "
			      "\"Orphan\", \"nil\"",
			      p);
	check_dry_run(json_object_get(o, "dryRun"), &c);
	if (!c.n)
		return 0;
	w->fail_status = status_invalid("meta.k8s.io", "DeleteOptions", "", &c);
	return err_set(e, ERR_INVALID, "DeleteOptions.meta.k8s.io \"\" is invalid: %.180s",
		       c.v[0].message ? c.v[0].message : "");
}
