/* CustomResourceDefinitions: the names they take, what is doubtful about their schemas, and their end. */
#include "api/object.h"
#include "apiserver/strategy.h"
#include "base/log.h"

#define FORMAT_DEPTH 160 /* deeper than what is parsed */

/* A webhook of which nothing is known is none: Kubernetes' own form of it has no place for that. */
int crd_convert(struct write *w, struct err *e)
{
	json_t *conversion = json_dot(w->obj, "spec.conversion"), *hook = json_object_get(conversion, "webhook");

	(void)e;
	if (json_is_object(hook) && !json_object_get(hook, "clientConfig") &&
	    !json_object_get(hook, "conversionReviewVersions"))
		(void)json_object_del(conversion, "webhook");
	return 0;
}

static int crd_fill(struct write *w, struct err *e)
{
	json_t *names = json_dot(w->obj, "spec.names"), *versions = json_dot(w->obj, "spec.versions"), *v;
	AUTO_JSON json_t *stored = NULL;
	size_t i;

	if (!json_is_object(names))
		return 0; /* validation says so */
	stored = json_copy(json_dot(w->old, "status.storedVersions"));
	if (!stored)
		stored = json_array();
	json_array_foreach (versions, i, v) {
		const char *name = json_str_or(v, "name", "");
		bool have = false;
		const json_t *s;
		size_t k;

		if (!json_is_true(json_object_get(v, "storage")))
			continue;
		json_array_foreach (stored, k, s)
			have |= streq(json_string_value(s), name);
		if (!have && json_array_append_new(stored, json_string(name)))
			return err_nomem(e);
		break; /* there is one; more are a fault */
	}
	if (streq(w->r->subname, "status"))
		return 0;
	if (json_dot_set(w->obj, "status.storedVersions", TAKE_PTR(stored)))
		return err_nomem(e);
	if (req_is_dry(w->r)) /* nothing is accepted */
		return 0;
	if (json_dot_set(w->obj, "status.acceptedNames", json_deep_copy(names)))
		return err_nomem(e);
	if (!json_dot(w->obj, "status.conditions") && json_dot_set(w->obj, "status.conditions", json_array()))
		return err_nomem(e);
	return 0;
}

static bool one_of(const char *name, const char *const *list)
{
	for (; list && *list; list++)
		if (streq(*list, name))
			return true;
	return false;
}

/* A name that another resource of the group has already, and the reason that says which it is; the last of several, as
 * in Kubernetes. NULL: none. */
static const char *name_taken(struct write *w, const char **ret)
{
	static const struct {
		const char *field, *reason;
		bool kind;
	} rules[] = {{"plural", "PluralConflict", false},
		     {"singular", "SingularConflict", false},
		     {"shortNames", "ShortNamesConflict", false},
		     {"kind", "KindConflict", true},
		     {"listKind", "ListKindConflict", true}};
	const char *group = json_str_or(w->obj, "spec.group", ""), *reason = NULL;
	const json_t *names = json_dot(w->obj, "spec.names");

	for (size_t k = 0; k < ARRAY_LEN(rules); k++) {
		const json_t *v = json_object_get(names, rules[k].field);

		for (size_t i = 0; v && i < api_resource_count(w->r->reg); i++) {
			const struct api_resource *o = api_resource_at(w->r->reg, i);

			if (!streq(o->group, group) || streq(o->plural, json_str_or(names, "plural", "")))
				continue;
			for (size_t m = 0; m < (json_is_array(v) ? json_array_size(v) : 1); m++) {
				const char *name = json_string_value(json_is_array(v) ? json_array_get(v, m) : v);

				if (name && (rules[k].kind ? streq(o->kind, name) || streq(o->list_kind, name)
							   : streq(o->plural, name) || streq(o->singular, name) ||
								 one_of(name, o->short_names))) {
					reason = rules[k].reason;
					*ret = name;
				}
			}
		}
	}
	return reason;
}

/* What a schema asks for and is not done here is said. */
/* A format that nobody checks, for its type. */
static bool format_known(const char *type, const char *format)
{
	static const char *const strings[] = {
	    "bsonobjectid", "uri",        "email",    "hostname",     "ipv4",       "ipv6", "cidr",
	    "mac",          "uuid",       "uuid3",    "uuid4",        "uuid5",      "isbn", "isbn10",
	    "isbn13",       "creditcard", "ssn",      "hexcolor",     "rgbcolor",   "byte", "password",
	    "date",         "duration",   "datetime", "k8sshortname", "k8slongname"};
	AUTO_FREE char *plain = str_dup(format);
	char *to = plain;

	if (streq(type, "integer"))
		return streq(format, "int32") || streq(format, "int64");
	if (streq(type, "number"))
		return streq(format, "float") || streq(format, "double");
	if (*type && !streq(type, "string"))
		return false;
	for (const char *p = format; to && *p; p++)
		if (*p != '-')
			*to++ = *p;
	if (to)
		*to = 0;
	for (size_t i = 0; i < ARRAY_LEN(strings); i++)
		if (streq(strings[i], plain))
			return true;
	return false;
}

/* Formats in a schema and those within it. -ENOMEM. */
static int unknown_formats(const json_t *schema, json_t *found, unsigned depth)
{
	const char *format = json_str(schema, "format"), *key;
	json_t *x;
	size_t i;

	if (depth > FORMAT_DEPTH)
		return 0;
	if (format && *format && !format_known(json_str_or(schema, "type", ""), format) &&
	    json_object_set_new(found, format, json_true()))
		return -ENOMEM;
	/* Wherever there are schemas: below properties, items, allOf... */
	json_object_foreach ((json_t *)(uintptr_t)schema, key, x)
		if ((json_is_object(x) || json_is_array(x)) && !streq(key, "default") && !streq(key, "enum") &&
		    !streq(key, "example") && unknown_formats(x, found, depth + 1))
			return -ENOMEM;
	json_array_foreach ((json_t *)(uintptr_t)schema, i, x)
		if (unknown_formats(x, found, depth + 1))
			return -ENOMEM;
	return 0;
}

static json_t *formats_of(const json_t *crd)
{
	AUTO_JSON json_t *found = json_object();
	const json_t *v;
	size_t i;

	json_array_foreach ((json_t *)(uintptr_t)json_dot(crd, "spec.versions"), i, v)
		if (!found || unknown_formats(json_dot(v, "schema.openAPIV3Schema"), found, 0))
			return NULL;
	return TAKE_PTR(found);
}

void crd_warn(struct write *w)
{
	AUTO_JSON json_t *formats = formats_of(w->obj), *before = w->creating ? NULL : formats_of(w->old);
	const json_t *v;
	const char *format;
	json_t *x;
	size_t i;

	json_object_foreach (formats, format, x)
		if (!json_object_get(before, format))
			req_warn(w->r, "unrecognized format \"%s\"", format);
	json_array_foreach ((json_t *)(uintptr_t)json_dot(w->obj, "spec.versions"), i, v)
		if (json_has_key(json_dot(v, "schema.openAPIV3Schema"), "x-kubernetes-validations"))
			req_warn(w->r,
				 "spec.versions[%zu].schema.openAPIV3Schema: x-kubernetes-validations is kept, but its "
				 "rules are not evaluated",
				 i);
}

int crd_prepare_create(struct write *w, struct err *e)
{
	const char *taken = NULL, *reason;
	int r;

	(void)json_object_del(w->obj, "status");
	r = crd_fill(w, e);
	if (r)
		return r;
	if (req_is_dry(w->r)) /* what comes of it in Kubernetes' controllers does not */
		return 0;
	reason = name_taken(w, &taken);
	if (reason) {
		AUTO_FREE char *m = str_fmt("\"%s\" is already in use", taken);

		if (obj_set_condition(w->obj, "NamesAccepted", "False", reason, m ? m : "", w->now) < 0 ||
		    obj_set_condition(w->obj, "Established", "False", "NotAccepted", "not all names are accepted",
				      w->now) < 0)
			return err_nomem(e);
		return 0;
	}
	if (obj_set_condition(w->obj, "NamesAccepted", "True", "NoConflicts", "no conflicts found", w->now) < 0 ||
	    obj_set_condition(w->obj, "Established", "True", "InitialNamesAccepted",
			      "the initial names have been accepted", w->now) < 0)
		return err_nomem(e);
	return 0;
}

int crd_prepare_update(struct write *w, struct err *e)
{
	if (w->kind == WRITE_DELETE)
		return 0;
	return crd_fill(w, e);
}

/* It goes when its objects are gone, which the finalizer waits for. */
int crd_prepare_delete(struct write *w)
{
	json_t *status = json_deep_copy(json_object_get(w->old, "status"));

	if (!status)
		status = json_object();
	if (!status || json_object_set_new(w->obj, "status", status) ||
	    obj_add_finalizer(w->obj, "customresourcecleanup.apiextensions.k8s.io") < 0)
		return -ENOMEM;
	return obj_set_condition(
		   w->obj, "Terminating", "True", "InstanceDeletionPending",
		   "CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon", w->now) < 0
		   ? -ENOMEM
		   : 0;
}

void crd_committed(struct write *w, const json_t *obj, bool deleted)
{
	struct err e = {0};

	/* Served before the answer says so. */
	if (deleted ? registry_crd_delete(w->a, obj_name(obj), &e) : registry_crd_put(w->a, obj, &e))
		log_warning(APISERVER_LOG, obj_name(obj), "custom resource definition %s is not served: %s",
			    obj_name(obj), e.msg);
}
