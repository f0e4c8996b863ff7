/*
 * The index blob. Empty field values are left out: an absent field reads as "", so both mean the same to a selector.
 */
#include <errno.h>
#include "api/selector.h"
#include "api/selector_fields.h"
#include "base/str.h"

/* A label can be long, but what the store keeps of one object in memory stays small. */
#define MAX_INDEX (1024 * 1024)

enum how { STR, BOOL, INT };

struct field {
	const char *name; /* as it is selected by */
	const char *path; /* in the object, or NULL: an alias */
	const char *alias;
	enum how how;
};

static const struct field pod_fields[] = {
	{"spec.nodeName", "spec.nodeName", NULL, STR},
	{"spec.host", NULL, "spec.nodeName", STR},
	{"spec.restartPolicy", "spec.restartPolicy", NULL, STR},
	{"spec.schedulerName", "spec.schedulerName", NULL, STR},
	{"spec.serviceAccountName", "spec.serviceAccountName", NULL, STR},
	{"spec.hostNetwork", "spec.hostNetwork", NULL, BOOL},
	{"status.phase", "status.phase", NULL, STR},
	{"status.podIP", "status.podIP", NULL, STR},
	{"status.podIPs", NULL, "status.podIP", STR},
	{"status.nominatedNodeName", "status.nominatedNodeName", NULL, STR},
	{0},
};
static const struct field event_fields[] = {
	{"involvedObject.kind", "involvedObject.kind", NULL, STR},
	{"involvedObject.namespace", "involvedObject.namespace", NULL, STR},
	{"involvedObject.name", "involvedObject.name", NULL, STR},
	{"involvedObject.uid", "involvedObject.uid", NULL, STR},
	{"involvedObject.apiVersion", "involvedObject.apiVersion", NULL, STR},
	{"involvedObject.resourceVersion", "involvedObject.resourceVersion", NULL, STR},
	{"involvedObject.fieldPath", "involvedObject.fieldPath", NULL, STR},
	{"reason", "reason", NULL, STR},
	{"reportingComponent", "reportingComponent", NULL, STR},
	{"source", "source.component", NULL, STR},
	{"type", "type", NULL, STR},
	{0},
};
/* Shares storage with core events, so the index speaks of core names. */
static const struct field new_event_fields[] = {
	{"regarding.kind", NULL, "involvedObject.kind", STR},
	{"regarding.namespace", NULL, "involvedObject.namespace", STR},
	{"regarding.name", NULL, "involvedObject.name", STR},
	{"regarding.uid", NULL, "involvedObject.uid", STR},
	{"regarding.apiVersion", NULL, "involvedObject.apiVersion", STR},
	{"regarding.resourceVersion", NULL, "involvedObject.resourceVersion", STR},
	{"regarding.fieldPath", NULL, "involvedObject.fieldPath", STR},
	{"reportingController", NULL, "reportingComponent", STR},
	{"involvedObject.kind", "regarding.kind", NULL, STR},
	{"involvedObject.namespace", "regarding.namespace", NULL, STR},
	{"involvedObject.name", "regarding.name", NULL, STR},
	{"involvedObject.uid", "regarding.uid", NULL, STR},
	{"involvedObject.apiVersion", "regarding.apiVersion", NULL, STR},
	{"involvedObject.resourceVersion", "regarding.resourceVersion", NULL, STR},
	{"involvedObject.fieldPath", "regarding.fieldPath", NULL, STR},
	{"reason", "reason", NULL, STR},
	{"reportingComponent", "reportingController", NULL, STR},
	{"source", "deprecatedSource.component", NULL, STR},
	{"type", "type", NULL, STR},
	{0},
};
static const struct field secret_fields[] = {{"type", "type", NULL, STR}, {0}};
static const struct field node_fields[] = {{"spec.unschedulable", "spec.unschedulable", NULL, BOOL}, {0}};
static const struct field namespace_fields[] = {
	{"status.phase", "status.phase", NULL, STR}, {0}};
static const struct field replicas_fields[] = {{"status.replicas", "status.replicas", NULL, INT}, {0}};
static const struct field job_fields[] = {{"status.successful", "status.succeeded", NULL, INT}, {0}};
static const struct field csr_fields[] = {{"spec.signerName", "spec.signerName", NULL, STR}, {0}};
static const struct field service_fields[] = {
	{"spec.clusterIP", "spec.clusterIP", NULL, STR}, {"spec.type", "spec.type", NULL, STR}, {0}};
static const struct field slice_fields[] = {
	{"spec.nodeName", "spec.nodeName", NULL, STR}, {"spec.driver", "spec.driver", NULL, STR}, {0}};
static const struct field pcr_fields[] = {{"spec.signerName", "spec.signerName", NULL, STR},
					  {"spec.podName", "spec.podName", NULL, STR},
					  {"spec.nodeName", "spec.nodeName", NULL, STR},
					  {0}};

static const struct {
	const char *group, *plural;
	const struct field *fields;
} kinds[] = {
    {"", "pods", pod_fields},
    {"", "events", event_fields},
    {"events.k8s.io", "events", new_event_fields},
    {"", "secrets", secret_fields},
    {"", "nodes", node_fields},
    {"", "namespaces", namespace_fields},
    {"", "replicationcontrollers", replicas_fields},
    {"batch", "jobs", job_fields},
    {"certificates.k8s.io", "certificatesigningrequests", csr_fields},
    {"certificates.k8s.io", "clustertrustbundles", csr_fields},
    {"certificates.k8s.io", "podcertificaterequests", pcr_fields},
    {"", "services", service_fields},
    {"resource.k8s.io", "resourceslices", slice_fields},
};

static const struct field *fields_of(const struct api_resource *res)
{
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		if (streq(kinds[i].group, res->group) && streq(kinds[i].plural, res->plural))
			return kinds[i].fields;
	}
	return NULL;
}

/* selectableFields of a CRD's version: an array of {"jsonPath": ".spec.color"}. */
static json_t *crd_fields(const struct api_resource *res)
{
	json_t *v;
	size_t i;

	json_array_foreach(json_at(res->crd, "spec", "versions", NULL), i, v)
	{
		if (streq(json_string_value(json_object_get(v, "name")), res->version))
			return json_object_get(v, "selectableFields");
	}
	return NULL;
}

static const char *crd_field_path(const json_t *field)
{
	const char *p = json_string_value(json_object_get(field, "jsonPath"));

	return p && *p == '.' && p[1] ? p + 1 : NULL;
}

const char *api_field_resolve(const struct api_resource *res, const char *field)
{
	if (streq(field, "metadata.name"))
		return "metadata.name";
	if (streq(field, "metadata.namespace") && res->namespaced)
		return "metadata.namespace";
	for (const struct field *f = fields_of(res); f && f->name; f++) {
		if (streq(f->name, field))
			return f->alias ? f->alias : f->name;
	}
	json_t *v;
	size_t i;
	json_array_foreach(crd_fields(res), i, v)
	{
		const char *path = crd_field_path(v);
		if (streq(path, field))
			return path;
	}
	return NULL;
}

int api_field_unsupported(const struct api_resource *res, const char *field, struct err *e)
{
	if (!fields_of(res) && !res->crd)
		return err_set(e, ERR_BAD_REQUEST,
			       "\"%.100s\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"", field);
	if (streq(res->plural, "jobs") && !res->crd)
		return err_set(e, ERR_BAD_REQUEST, "field label \"%.100s\" not supported for Job", field);
	if (streq(res->plural, "resourceslices") && !res->crd)
		return err_set(e, ERR_BAD_REQUEST, "field label not supported for %s/%s, Kind=%s: %.100s", res->group,
			       res->version, res->kind, field);
	return err_set(e, ERR_BAD_REQUEST, "field label not supported: %.100s", field);
}

/* --- building --- */

struct pair {
	const char *key, *value;
	char number[24];
};

static int by_key(const void *a, const void *b)
{
	return strcmp(((const struct pair *)a)->key, ((const struct pair *)b)->key);
}

/* Plain keys only: a CRD's selectable path has no indexes. */
static const json_t *at_path(const json_t *o, const char *path)
{
	char key[256];

	while (o && *path) {
		size_t n = strcspn(path, ".");
		if (n >= sizeof(key))
			return NULL;
		memcpy(key, path, n);
		key[n] = 0;
		o = json_object_get(o, key);
		path += n + (path[n] == '.');
	}
	return o;
}

static void set_value(struct pair *p, const char *name, const json_t *v, enum how how)
{
	p->key = name;
	p->value = NULL;
	if (how == BOOL)
		p->value = json_is_true(v) ? "true" : "false";
	else if (json_is_string(v))
		p->value = json_string_value(v);
	else if (json_is_boolean(v))
		p->value = json_is_true(v) ? "true" : "false";
	else if (json_is_integer(v) || how == INT)
		snprintf(p->number, sizeof(p->number), "%lld", (long long)json_integer_value(v));
}

static const char *pair_value(const struct pair *p) { return p->value ? p->value : p->number; }

/* core Event fields fall back as upstream does; pods' address comes from the list when the single one is unset. */
static const json_t *field_value(const struct api_resource *res, const struct field *f, const json_t *obj)
{
	const json_t *v = at_path(obj, f->path);
	const char *s = json_string_value(v);

	if (streq(f->name, "status.podIP") && (!s || !*s))
		return json_object_get(json_array_get(at_path(obj, "status.podIPs"), 0), "ip");
	if (streq(f->name, "source") && (!s || !*s))
		return json_object_get(obj, streq(res->group, "") ? "reportingComponent" : "reportingController");
	return v;
}

static void add_pairs(struct buf *b, struct pair *v, size_t n)
{
	qsort(v, n, sizeof(*v), by_key);
	for (size_t i = 0; i < n; i++) {
		buf_add(b, v[i].key, strlen(v[i].key) + 1);
		buf_add(b, pair_value(&v[i]), strlen(pair_value(&v[i])) + 1);
	}
}

int api_index_build(struct bytes **ret, const struct api_resource *res, const json_t *obj)
{
	json_t *labels = json_at(obj, "metadata", "labels", NULL), *v;
	const struct field *fields = fields_of(res);
	size_t n_labels = json_object_size(labels), n_crd = json_array_size(crd_fields(res)), n_fields = 2, n, i;
	const char *key;

	for (const struct field *f = fields; f && f->name; f++)
		n_fields++;
	if (n_labels > UINT16_MAX || n_crd > 64)
		return ERR_TOO_LARGE;
	size_t room = n_labels > n_fields + n_crd ? n_labels : n_fields + n_crd;
	AUTO_FREE struct pair *pairs = calloc(room, sizeof(*pairs));
	AUTO_BUF struct buf b = {0};
	if (!pairs)
		return -ENOMEM;

	uint16_t counts[2] = {0, 0};
	buf_add(&b, counts, sizeof(counts));
	n = 0;
	json_object_foreach(labels, key, v)
	{
		if (json_is_string(v))
			pairs[n++] = (struct pair){.key = key, .value = json_string_value(v)};
	}
	counts[0] = (uint16_t)n;
	add_pairs(&b, pairs, n);

	n = 0;
	set_value(&pairs[n++], "metadata.name", json_at(obj, "metadata", "name", NULL), STR);
	if (res->namespaced)
		set_value(&pairs[n++], "metadata.namespace", json_at(obj, "metadata", "namespace", NULL), STR);
	for (const struct field *f = fields; f && f->name; f++) {
		if (!f->path)
			continue;
		pairs[n] = (struct pair){0};
		set_value(&pairs[n], f->name, field_value(res, f, obj), f->how);
		if (*pair_value(&pairs[n]))
			n++;
	}
	json_array_foreach(crd_fields(res), i, v)
	{
		const char *path = crd_field_path(v);
		pairs[n] = (struct pair){0};
		if (!path)
			continue;
		set_value(&pairs[n], path, at_path(obj, path), STR);
		if (*pair_value(&pairs[n]))
			n++;
	}
	counts[1] = (uint16_t)n;
	add_pairs(&b, pairs, n);
	if (buf_failed(&b))
		return -ENOMEM;
	if (b.len > MAX_INDEX)
		return ERR_TOO_LARGE;
	memcpy(b.data, counts, sizeof(counts));
	*ret = buf_take_bytes(&b);
	return *ret ? 0 : -ENOMEM;
}

/* --- reading; a blob may come from disk, so every step is bounded --- */

static const char *lookup(const struct bytes *index, bool field, const char *name)
{
	uint16_t counts[2];

	if (!index || index->len < sizeof(counts))
		return NULL;
	memcpy(counts, index->data, sizeof(counts));
	const char *p = index->data + sizeof(counts), *end = index->data + index->len;
	size_t skip = field ? counts[0] : 0, n = skip + counts[field ? 1 : 0];
	for (size_t i = 0; i < n; i++) {
		const char *key = p;
		const char *key_end = memchr(key, 0, (size_t)(end - key));
		if (!key_end)
			return NULL;
		const char *value = key_end + 1, *value_end = memchr(value, 0, (size_t)(end - value));
		if (!value_end)
			return NULL;
		p = value_end + 1;
		if (i < skip)
			continue;
		int c = strcmp(key, name);
		if (c == 0)
			return value;
		if (c > 0) /* sorted */
			return NULL;
	}
	return NULL;
}

const char *api_index_field(const struct bytes *index, const char *name) { return lookup(index, true, name); }
const char *api_index_label(const struct bytes *index, const char *name) { return lookup(index, false, name); }
