/*
 * What `kubectl explain` says of the metadata that every object has. Other types' fields are published without words: they would be
 * larger than all the rest of the program.
 */
#include "api/openapi_parts.h"
#include "base/str.h"

static const struct {
	const char *field, *words;
} meta[] = {
	{"annotations", "Annotations are free text that tools keep with the object, by name. Nothing can be selected by them."},
	{"creationTimestamp", "CreationTimestamp is a timestamp: when the server made the object. Clients cannot set it."},
	{"deletionGracePeriodSeconds", "Seconds that the object has to end by itself once it is being deleted. Set by the server."},
	{"deletionTimestamp",
	 "DeletionTimestamp is when the object is to be gone, at the latest and once nobody holds it by a finalizer. Set by the server upon a "
	 "deletion."},
	{"finalizers", "Who has to clean something up before the object may go: each takes its own name off the list when it has."},
	{"generateName", "GenerateName is what the name begins with when none is given; the server adds five random characters."},
	{"generation", "A number that grows with every change of what is wanted (the spec). Set by the server."},
	{"labels", "Labels are pairs of names and values that objects are selected by."},
	{"managedFields", "Which manager has set which fields, as server-side apply wants to know it. Kept by the server."},
	{"name", "Name of the object, of which there is one of its kind in a namespace. It cannot be changed."},
	{"namespace", "Namespace that the object is in; none for kinds that belong to the whole cluster. It cannot be changed."},
	{"ownerReferences", "The objects that this one belongs to: when all of them are gone it is deleted, too."},
	{"resourceVersion",
	 "The state of the object as an opaque text that changes with every write. An update that carries it fails when somebody else was faster."},
	{"selfLink", "Not filled in any more."},
	{"uid", "UID tells the object from all others, also from those that had or will have its name. Set by the server."},
};

const char *openapi_meta_words(const char *field)
{
	for (size_t i = 0; i < ARRAY_LEN(meta); i++)
		if (streq(meta[i].field, field))
			return meta[i].words;
	return NULL;
}

json_t *openapi_worded(json_t *schema, const char *words, enum openapi_version v)
{
	AUTO_JSON json_t *o = schema;

	if (o && v == OPENAPI_V3 && json_object_get(o, "$ref")) { /* has no siblings in OpenAPI 3.0 */
		json_t *all = json_pack("{s[O]}", "allOf", o);
		json_decref(o);
		o = all;
	}
	return o && json_object_set_new(o, "description", json_string(words)) == 0 ? TAKE_PTR(o) : NULL;
}
