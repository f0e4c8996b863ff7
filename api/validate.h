/*
 * Semantic validation of built-in kinds, private to the room. A validator walks one object and adds findings; v->path
 * is the path of the object it was handed, keys are relative to it ("" names the object itself, "[0]" an element).
 * Rules and words: Kubernetes v1.36 pkg/apis/.../validation.
 */
#pragma once
#include <limits.h>
#include "api/path.h"
#include "api/resource.h"
#include "api/schema.h"
#include "base/json.h"
#include "base/str.h"

struct validation {
	const struct api_resource *res;
	const json_t *obj, *old; /* old NULL: create */
	const char *sub;         /* or NULL */
	struct api_causes *c;
	struct buf path;
};

#define V_CAT_(a, b) a##b
#define V_CAT(a, b)  V_CAT_(a, b)
/* Runs the statement with key appended to the path. No return or break inside. */
#define V_IN(v, key) V_IN_(v, key, V_CAT(v_was_, __LINE__), V_CAT(v_once_, __LINE__))
#define V_IN_(v, key, was, once)                                                                                       \
	for (size_t was = v_push((v), (key)), once = 1; once; once = 0, path_pop(&(v)->path, was))
/* For each element x of a list, its index on the path. `continue` only by way of the end of the body. */
#define V_EACH(v, list, i, x)                                                                                          \
	for (size_t i = 0; i < json_array_size(list); i++)                                                             \
		for (size_t V_CAT(v_was_, __LINE__) = path_index(&(v)->path, i), V_CAT(v_once_, __LINE__) = 1;         \
		     V_CAT(v_once_, __LINE__);                                                                         \
		     V_CAT(v_once_, __LINE__) = 0, path_pop(&(v)->path, V_CAT(v_was_, __LINE__)))                      \
			for (const json_t *x = json_array_get(list, i); x; x = NULL)

size_t v_push(struct validation *v, const char *key);
void v_invalid(struct validation *v, const char *key, const json_t *bad, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));
void v_required(struct validation *v, const char *key, const char *detail);
void v_forbidden(struct validation *v, const char *key, const char *detail);
void v_duplicate(struct validation *v, const char *key, const json_t *bad);
/* A copy with its keys in order, as Go shows a map; null for none. New. */
json_t *v_sorted(const json_t *map);
void v_not_found(struct validation *v, const char *key, const char *bad);
void v_too_long(struct validation *v, const char *key, long long max);

/* o's field: a string out of allowed (NULL-terminated). Required when must. */
void v_enum(struct validation *v, const json_t *o, const char *key, const char *const *allowed, bool must);
/* o's field: an integer within [min, max]; max INT64_MAX: no upper bound. Absent is fine. */
void v_range(struct validation *v, const json_t *o, const char *key, int64_t min, int64_t max);
/* o's field: a string that check accepts. */
void v_name(struct validation *v, const json_t *o, const char *key, api_name_check check, bool must);
/* Everything that check finds wrong with s, at key. true: nothing. */
bool v_words(struct validation *v, const char *key, const char *s, api_name_check check);
/* v_words for each string of a list at key. */
void v_each_name(struct validation *v, const json_t *list, const char *key, api_name_check check);
/* o's field, a number that decoding leaves out when it is 0, as a finding shows it. */
void v_invalid_int(struct validation *v, const json_t *o, const char *key, const char *detail);
/* o's field, when it is there, is a port; prefix comes before the words. */
void v_port(struct validation *v, const json_t *o, const char *key, const char *prefix);
/* The object's name, and what it is generated from, is want; %s in words is it. */
void v_name_is(struct validation *v, const char *want, const char *words);
/* o's field is a non-empty string or a non-empty list or object. false and a finding when not. */
bool v_present(struct validation *v, const json_t *o, const char *key);
/* o's field equals the old one's; else "field is immutable". A string that is gone is shown as "", one behind a pointer as null. */
void v_immutable_pointer(struct validation *v, const json_t *o, const json_t *old, const char *key);
void v_immutable(struct validation *v, const json_t *o, const json_t *old, const char *key);
/* As that, of a string that is "" where there is none. */
void v_immutable_text(struct validation *v, const json_t *o, const json_t *old, const char *key);
/* Labels in a map: keys and values. */
void v_labels(struct validation *v, const json_t *o, const char *key);
/* metav1.LabelSelector at o's field. */
void v_label_selector(struct validation *v, const json_t *o, const char *key);
/* int or percentage (maxUnavailable...) at o's field, not negative. */
void v_int_or_percent(struct validation *v, const json_t *o, const char *key);
/* "80%" or 80 as a number; -1 when absent. Percentages only tell zero from not zero. */
int64_t v_int_or_percent_value(const json_t *o, const char *key);
/* A percentage at o's field is 100 at most. */
void v_percent_limit(struct validation *v, const json_t *o, const char *key);
/* Nothing, 0, "0%", or no percentage at all. */
bool v_int_or_percent_is_zero(const json_t *o, const char *key);
/* o's field is an address as new objects may have it; nothing at all is none. */
void v_ip(struct validation *v, const json_t *o, const char *key);
/* o's field is one of allowed, and nothing at all is none of them. */
void v_supported(struct validation *v, const json_t *o, const char *key, const char *const *allowed);
/* v_supported where the field is there at all. */
static inline void v_supported_if(struct validation *v, const json_t *o, const char *key, const char *const *allowed)
{
	const json_t *x = json_object_get(o, key);
	if (x && !json_is_null(x))
		v_supported(v, o, key, allowed);
}
/* s, at key, is one of allowed. false and a finding when not. */
bool v_one_of(struct validation *v, const char *key, const char *s, const char *const *allowed);
/* A quantity at o's field: more than, or not less than, nothing. */
void v_quantity_words(struct validation *v, const json_t *o, const char *key, bool positive, const char *words);
/* metav1.Conditions of a status. */
void v_conditions(struct validation *v, const json_t *status);
void v_quantity(struct validation *v, const json_t *o, const char *key, bool positive);
/* Changed objects, spelled out as Kubernetes does not: fields of o that differ. */
bool v_same(const json_t *o, const json_t *old, const char *key);
/* v_present for each. */
void v_must(struct validation *v, const json_t *o, const char *const *keys);
void v_too_many(struct validation *v, const char *key, size_t n, long long max);
/* What is wrong with an address, or NULL. */
const char *v_check_ip(const char *s);
bool v_is_ip(const char *s, bool *ret_v6 /* or NULL */);
/* A copy whose octets have no zeros before them, for which Kubernetes takes them. New; NULL without memory. */
char *v_plain_ip(const char *s);
/* What is wrong with a network, or NULL: also bits behind the prefix. */
const char *v_check_cidr(const char *s);
static inline const char *v_text(const json_t *o, const char *key)
{
	const char *s = json_string_value(json_object_get(o, key));
	return s ? s : "";
}
static inline int64_t v_int(const json_t *o, const char *key, int64_t dflt)
{
	const json_t *x = json_object_get(o, key);
	return json_is_integer(x) ? json_integer_value(x) : dflt;
}
static inline bool v_true(const json_t *o, const char *key)
{
	return json_is_true(json_object_get(o, key));
}
static inline bool v_has(const json_t *o, const char *key)
{
	const json_t *x = json_object_get(o, key);
	return x && !json_is_null(x);
}

/* Further checks of names, static messages. */
const char *v_check_port_name(const char *s);    /* IANA_SVC_NAME */
const char *v_check_path_segment(const char *s); /* names of RBAC objects */
const char *v_check_config_key(const char *s);   /* keys of ConfigMaps and Secrets */
const char *v_check_env_name(const char *s);
const char *v_check_wildcard_subdomain(const char *s);

void validate_metadata(struct validation *v);
void validate_annotations(struct validation *v, const json_t *meta);
/* Whether pods in this object are templates. */
static inline bool v_in_template(const struct validation *v)
{
	return strcmp(v->res->kind, "Pod") != 0;
}

/* Pods and their parts, used by everything with a template. template_: no defaults of the Pod kind itself apply. */
void validate_pod(struct validation *v);
void validate_pod_status(struct validation *v);
void validate_pod_spec(struct validation *v, const json_t *spec, const json_t *meta /* NULL: a template */);
void validate_pod_template(struct validation *v, const json_t *owner); /* owner has "template" */
void validate_containers(struct validation *v, const json_t *spec, const json_t *volumes /* name -> source */);
/* For each container of any sort: fn with its path on v->path. */
void validate_each_container(struct validation *v, const json_t *spec,
			     void (*fn)(struct validation *v, const json_t *c, void *arg), void *arg);
/* Adds the volumes without findings to good: name -> source. pod: its metadata, or NULL in a template. */
void validate_volumes(struct validation *v, const json_t *spec, const json_t *pod, json_t *good);
/* The source at key of a volume (persistent: of a PersistentVolume), when it is one of those that only some clouds
 * know. */
bool validate_rare_source(struct validation *v, const char *key, const json_t *src, bool persistent);
/* "" or relative, without "..", for the path at key. reserved: nor beginning with "..". */
void validate_local_path(struct validation *v, const json_t *o, const char *key, bool reserved);
bool validate_no_backsteps(struct validation *v, const char *key, const char *path);
void validate_field_ref(struct validation *v, const json_t *ref, bool volume);
void validate_resource_field_ref(struct validation *v, const json_t *ref, bool volume);
void validate_csi_driver_name(struct validation *v, const json_t *o, const char *key);
/* The parts of a pod's spec, each in a file of its own. */
void validate_resources(struct validation *v, const json_t *res, const json_t *claims /* of the pod */, bool of_pod);
/* What a pod asks for as a whole is not less than what its containers do. */
void validate_pod_requests(struct validation *v, const json_t *spec);
void validate_resource_name(struct validation *v, const char *name, bool container);
void validate_container_security(struct validation *v, const json_t *sc, bool host_users);
void validate_pod_security(struct validation *v, const json_t *spec);
void validate_pod_os(struct validation *v, const json_t *spec);
void validate_host_process(struct validation *v, const json_t *spec);
void validate_affinity(struct validation *v, const json_t *spec);
void validate_node_selector(struct validation *v, const json_t *sel);
void validate_spread(struct validation *v, const json_t *spec);
void validate_tolerations(struct validation *v, const json_t *list);
void validate_taint_effect(struct validation *v, const json_t *o, const char *key);
void validate_handlers(struct validation *v, const json_t *c, const json_t *spec);
bool validate_resource_of_quota(const char *name);
bool validate_resource_is_whole(const char *name);
/* A quantity of that resource, on v->path. */
void validate_resource_value(struct validation *v, const char *name, const json_t *x);
void validate_claim_spec(struct validation *v, const json_t *spec);
void validate_volume_spec(struct validation *v, const json_t *spec, bool inline_);
/* status.loadBalancer of a Service or an Ingress. */
void validate_balancer_status(struct validation *v, bool service);
void validate_job_status(struct validation *v);
/* Ranges of indexes ("0,3-5") at o's field, and how many they are. */
bool validate_indexes(struct validation *v, const json_t *o, const char *key, int64_t completions, int64_t *ret_total);
/* "example.com/path" at o's field, which must be there. */
void validate_domain_path(struct validation *v, const json_t *o, const char *key);
void validate_job_spec(struct validation *v, const json_t *spec, bool from_cron);

/* A version's schema, on v->path. with_status: it has a status subresource. */
void validate_crd_schema(struct validation *v, const json_t *schema, bool with_status);
/* The default of a schema is a value of it. */
void validate_default(struct validation *v, const json_t *schema, const json_t *x);
/* Whether a path (".spec.name") leads to a schema within one; what is there, or why not. brackets: ['name'] is allowed, too. */
bool validate_schema_path(const json_t *schema, const char *path, bool brackets, struct buf *why, const json_t **ret_schema /* or NULL */);
/* Where a webhook is called, on v->path. */
void validate_webhook_client(struct validation *v, const json_t *client);

struct kind_validator {
	const char *group, *kind;
	void (*fn)(struct validation *v);
};
extern const struct kind_validator core_validators[], apps_validators[], net_validators[], storage_validators[],
    rbac_validators[], misc_validators[], more_validators[], crd_validators[], webhook_validators[], flow_validators[],
    csi_validators[], batch_validators[], scaling_validators[], service_validators[], quota_validators[],
    event_validators[], csr_validators[];
