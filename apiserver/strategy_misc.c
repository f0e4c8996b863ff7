/* Namespaces, Secrets, certificate requests, volumes, Jobs: small behaviour each. */
#include "api/convert.h"
#include "api/object.h"
#include "apiserver/strategy.h"
#include "wire/cert.h"

/* --- Namespace --- */

static bool namespace_has_own(const json_t *spec)
{
	const json_t *list = json_object_get(spec, "finalizers"), *f;
	size_t i;

	json_array_foreach((json_t *)(uintptr_t)list, i, f)
		if (streq(json_string_value(f), "kubernetes"))
			return true;
	return false;
}

int namespace_prepare_create(struct write *w, struct err *e)
{
	json_t *spec = json_object_get(w->obj, "spec");

	if (!json_is_object(spec)) {
		spec = json_object();
		if (json_object_set_new(w->obj, "spec", spec))
			return err_nomem(e);
	}
	if (!namespace_has_own(spec)) {
		json_t *list = json_object_get(spec, "finalizers");

		if (!json_is_array(list) && json_object_set_new(spec, "finalizers", list = json_array()))
			return err_nomem(e);
		if (json_array_append_new(list, json_string("kubernetes")))
			return err_nomem(e);
	}
	if (json_object_set_new(w->obj, "status", json_pack("{s:s}", "phase", "Active")) ||
	    obj_set_label(w->obj, "kubernetes.io/metadata.name", w->r->name) < 0)
		return err_nomem(e);
	return 0;
}

int namespace_prepare_update(struct write *w, struct err *e)
{
	json_t *old_spec = json_object_get(w->old, "spec");

	if (streq(w->r->subname, "finalize")) {
		/* sub_merge has taken old; the finalizers come from the body. */
		return 0;
	}
	if (w->kind == WRITE_DELETE) {
		AUTO_JSON json_t *st = json_copy(json_object_get(w->old, "status"));

		if (!st)
			st = json_object();
		if (!st || json_object_set_new(st, "phase", json_string("Terminating")) || json_object_set(w->obj, "status", st))
			return err_nomem(e);
		return 0;
	}
	if (!*w->r->subname && old_spec && json_object_set(w->obj, "spec", old_spec))
		return err_nomem(e);
	if (obj_set_label(w->obj, "kubernetes.io/metadata.name", w->r->name) < 0)
		return err_nomem(e);
	return 0;
}

bool namespace_held(const json_t *obj) { return json_array_size(json_dot(obj, "spec.finalizers")) > 0; }

/* --- Secret: stringData is write-only --- */

int secret_convert(struct write *w, struct err *e)
{
	json_t *sd = json_object_get(w->obj, "stringData"), *v;
	json_t *data;
	const char *k;

	if (!sd)
		return 0;
	data = json_object_get(w->obj, "data");
	if (!json_is_object(data) && json_object_size(sd)) {
		data = json_object();
		if (json_object_set_new(w->obj, "data", data))
			return err_nomem(e);
	}
	json_object_foreach(sd, k, v) {
		AUTO_FREE char *b64 = NULL;

		if (!json_is_string(v) || b64_encode(json_string_value(v), json_string_length(v), false, &b64) ||
		    json_object_set_new(data, k, json_string(b64)))
			return err_nomem(e);
	}
	(void)json_object_del(w->obj, "stringData");
	return 0;
}

/* A certificate and a key that do not belong together. */
void secret_warn(struct write *w)
{
	const json_t *data = json_object_get(w->obj, "data");
	/* Not json_str: dots in these names are no paths. */
	const char *crt = json_string_value(json_object_get(data, "tls.crt")), *key = json_string_value(json_object_get(data, "tls.key"));
	AUTO_FREE void *c = NULL, *k = NULL;
	AUTO_FREE char *wrong = NULL;
	size_t nc = 0, nk = 0;

	crt = crt ? crt : "";
	key = key ? key : "";
	if (!streq(json_str_or(w->obj, "type", ""), "kubernetes.io/tls") || b64_decode(crt, strlen(crt), false, &c, &nc) || b64_decode(key, strlen(key), false, &k, &nk))
		return;
	wrong = cert_pair_wrong(c, nc, k, nk);
	if (wrong)
		req_warn(w->r, "%s", wrong);
}

int secret_prepare_create(struct write *w, struct err *e)
{
	const char *type = json_str_or(w->obj, "type", "");

	if (!*type && json_set_str(w->obj, "type", "Opaque"))
		return err_nomem(e);
	return 0;
}

/* --- fields that Kubernetes has twice: the first of a list, and the list, whose first the single one is --- */

static int pair_first(json_t *o, const char *one, const char *many, const char *key)
{
	const char *s = json_str_or(o, one, "");
	json_t *list = json_object_get(o, many), *first = json_array_get(list, 0);
	const char *head = key ? json_str_or(first, key, "") : first && json_is_string(first) ? json_string_value(first) : "";

	if (*s && !streq(s, head))
		return json_object_set_new(o, many, key ? json_pack("[{s:s}]", key, s) : json_pack("[s]", s));
	if (*head)
		return json_object_set_new(o, one, json_string(head));
	return 0;
}

int node_convert(struct write *w, struct err *e)
{
	json_t *spec = json_object_get(w->obj, "spec");

	return json_is_object(spec) && pair_first(spec, "podCIDR", "podCIDRs", NULL) ? err_nomem(e) : 0;
}

int pod_convert(struct write *w, struct err *e)
{
	json_t *status = json_object_get(w->obj, "status");

	/* Pods', not templates', conversion. */
	if (json_int_or(w->obj, "spec.terminationGracePeriodSeconds", 0) < 0 && json_dot_set(w->obj, "spec.terminationGracePeriodSeconds", json_integer(1)))
		return err_nomem(e);
	return json_is_object(status) && pair_first(status, "podIP", "podIPs", "ip") ? err_nomem(e) : 0;
}

/* What v1 cannot say is in annotations, which are whoever's wrote the object. */
int hpa_convert(struct write *w, struct err *e)
{
	const struct api_registry *reg = w->r->reg;
	const struct api_resource *res = w->r->res, *v2 = api_resource_find(reg, res->group, "v2", res->plural);

	if (!streq(res->version, "v1") || !v2)
		return 0;
	return api_convert(res, v2, w->obj, e) || api_convert(v2, res, w->obj, e) ? e->code : 0;
}

/* --- CertificateSigningRequest: the requester's identity is the server's word --- */

int csr_prepare_create(struct write *w, struct err *e)
{
	const struct identity *id = &w->r->id;
	json_t *spec = json_object_get(w->obj, "spec"), *groups = json_array();

	if (!json_is_object(spec)) {
		json_decref(groups);
		return err_set(e, ERR_INVALID, "spec: Required value");
	}
	for (char **g = id->groups; g && *g; g++)
		(void)json_array_append_new(groups, json_string(*g));
	(void)json_object_del(spec, "uid");
	(void)json_object_del(spec, "extra");
	if (json_object_set_new(spec, "username", json_string(id->user)) ||
	    json_object_set_new(spec, "groups", groups) ||
	    (id->uid && *id->uid && json_object_set_new(spec, "uid", json_string(id->uid))) ||
	    (id->extra && json_object_set_new(spec, "extra", json_deep_copy(id->extra))))
		return err_nomem(e);
	return json_object_set_new(w->obj, "status", json_object()) ? err_nomem(e) : 0;
}

/* When a condition came and when it last changed are the server's word where the client has none (populateConditionTimestamps). */
static int csr_stamp(struct write *w)
{
	json_t *c, *was;
	size_t i, k;

	json_array_foreach(json_dot(w->obj, "status.conditions"), i, c) {
		const char *since = w->now;

		json_array_foreach(json_dot(w->old, "status.conditions"), k, was)
			if (streq(json_str(was, "type"), json_str(c, "type")) && streq(json_str(was, "status"), json_str(c, "status")))
				since = json_str_or(was, "lastTransitionTime", w->now);
		if ((!json_object_get(c, "lastUpdateTime") && json_object_set_new(c, "lastUpdateTime", json_string(w->now))) ||
		    (!json_object_get(c, "lastTransitionTime") && json_object_set_new(c, "lastTransitionTime", json_string(since))))
			return -ENOMEM;
	}
	return 0;
}

int csr_prepare_update(struct write *w, struct err *e)
{
	/* Neither spec nor, on the main resource, status may change. */
	json_t *spec = json_object_get(w->old, "spec");

	if (spec && json_object_set(w->obj, "spec", spec))
		return err_nomem(e);
	if (streq(w->r->subname, "status")) {
		/* Approved and Denied are decided by /approval only. */
		const json_t *old = json_dot(w->old, "status.conditions"), *c;
		AUTO_JSON json_t *keep = json_array();
		size_t i;

		if (!keep)
			return err_nomem(e);
		json_array_foreach((json_t *)(uintptr_t)old, i, c) {
			const char *t = json_str_or(c, "type", "");

			if (streq(t, "Approved") || streq(t, "Denied"))
				(void)json_array_append(keep, (json_t *)(uintptr_t)c);
		}
		json_array_foreach(json_dot(w->obj, "status.conditions"), i, c) {
			const char *t = json_str_or(c, "type", "");

			if (!streq(t, "Approved") && !streq(t, "Denied"))
				(void)json_array_append(keep, (json_t *)(uintptr_t)c);
		}
		if (json_array_size(keep) && json_dot_set(w->obj, "status.conditions", TAKE_PTR(keep)))
			return err_nomem(e);
	}
	return *w->r->subname && csr_stamp(w) ? err_nomem(e) : 0;
}

/* --- accounts --- */

/* Of the secrets of an account only their names are kept. */
int account_prepare(struct write *w, struct err *e)
{
	json_t *s;
	size_t i;

	json_array_foreach(json_object_get(w->obj, "secrets"), i, s)
	{
		AUTO_JSON json_t *plain = json_object();
		json_t *name = json_object_get(s, "name");

		if (!plain || (name && json_object_set(plain, "name", name)) || json_array_set(json_object_get(w->obj, "secrets"), i, plain))
			return err_nomem(e);
	}
	return 0;
}

/* --- volumes and jobs --- */

int pv_prepare_create(struct write *w, struct err *e)
{
	return json_object_set_new(w->obj, "status", json_pack("{s:s,s:s}", "phase", "Pending", "lastPhaseTransitionTime", w->now)) ? err_nomem(e) : 0;
}

/* The phase's time is the server's word where the client has none of its own. */
int pv_prepare_update(struct write *w, struct err *e)
{
	static const char at[] = "lastPhaseTransitionTime";
	json_t *status = json_object_get(w->obj, "status"), *old = json_object_get(w->old, "status"), *since = json_object_get(old, at);

	if (!streq(w->r->subname, "status"))
		return 0;
	if (!status && json_object_set_new(w->obj, "status", status = json_object()))
		return err_nomem(e);
	if (!streq(json_str_or(status, "phase", ""), json_str_or(old, "phase", "")) && (!json_object_get(status, at) || json_equal(json_object_get(status, at), since) == 1))
		return json_set_str(status, at, w->now) ? err_nomem(e) : 0;
	return since && !json_object_get(status, at) && json_object_set(status, at, since) ? err_nomem(e) : 0;
}

static bool is_old_source(const json_t *s)
{
	const char *group = json_str_or(s, "apiGroup", ""), *kind = json_str_or(s, "kind", "");

	return (!*group && streq(kind, "PersistentVolumeClaim")) || (streq(group, "snapshot.storage.k8s.io") && streq(kind, "VolumeSnapshot"));
}

/*
 * A source of data is told in the old field and in the new one, whichever a client wrote. The old one alone takes claims and snapshots; what else is there is
 * taken away, without a word.
 */
static int pair_sources(struct write *w, struct err *e)
{
	json_t *spec = json_object_get(w->obj, "spec"), *ref = json_object_get(spec, "dataSourceRef"), *source = json_object_get(spec, "dataSource");

	if (json_is_object(source) && !ref && !is_old_source(source) && !json_is_object(json_dot(w->old, "spec.dataSource"))) {
		(void)json_object_del(spec, "dataSource");
		source = NULL;
	}
	if (json_is_object(source) && !ref && json_object_set_new(spec, "dataSourceRef", json_copy(source)))
		return err_nomem(e);
	if (json_is_object(ref) && !source && !*json_str_or(ref, "namespace", "")) {
		AUTO_JSON json_t *copy = json_copy(ref);

		(void)json_object_del(copy, "namespace");
		if (!copy || json_object_set(spec, "dataSource", copy))
			return err_nomem(e);
	}
	return 0;
}

int pvc_prepare_update(struct write *w, struct err *e) { return *w->r->subname ? 0 : pair_sources(w, e); }

int pvc_prepare_create(struct write *w, struct err *e)
{
	if (pair_sources(w, e))
		return e->code;
	return json_object_set_new(w->obj, "status", json_pack("{s:s}", "phase", "Pending")) ? err_nomem(e) : 0;
}

#define JOB_UID "batch.kubernetes.io/controller-uid"

/* A Job selects its pods by its own uid unless it says otherwise (batch/job/strategy.go generateSelector). */
int job_prepare_create(struct write *w, struct err *e)
{
	static const char *const made[] = {"job-name", "batch.kubernetes.io/job-name", "controller-uid", JOB_UID};
	const char *uid = obj_uid(w->obj);
	json_t *spec = json_object_get(w->obj, "spec"), *labels, *selected;
	bool defaulted;

	if (!json_is_object(spec) || json_is_true(json_object_get(spec, "manualSelector")))
		return 0;
	labels = json_dot(spec, "template.metadata.labels");
	/* Labels that were defaulted from the template's are the template's, for Kubernetes, and get what it gets. */
	defaulted = json_is_object(labels) && json_equal(labels, json_dot(w->obj, "metadata.labels"));
	if (!json_is_object(labels)) {
		if (json_dot_set(spec, "template.metadata.labels", json_object()))
			return err_nomem(e);
		labels = json_dot(spec, "template.metadata.labels");
	}
	/* What the user wrote there stays, for validation to judge. */
	for (size_t i = 0; i < ARRAY_LEN(made); i++)
		if (!json_object_get(labels, made[i]) &&
		    json_object_set_new(labels, made[i], json_string(i < 2 ? w->r->name : uid)))
			return err_nomem(e);
	if (!json_is_object(json_dot(spec, "selector.matchLabels")) &&
	    json_dot_set(spec, "selector.matchLabels", json_object()))
		return err_nomem(e);
	selected = json_dot(spec, "selector.matchLabels");
	if (!json_object_get(selected, JOB_UID) && json_object_set_new(selected, JOB_UID, json_string(uid)))
		return err_nomem(e);
	if (defaulted && json_dot_set(w->obj, "metadata.labels", json_deep_copy(labels)))
		return err_nomem(e);
	return 0;
}

/* Labels are defaulted from the template's, when the object is read back. */
int job_transact(struct write *w, struct err *e)
{
	const json_t *labels = json_dot(w->obj, "spec.template.metadata.labels");

	if (w->deleting || !w->creating || !labels || json_object_size(json_dot(w->obj, "metadata.labels")))
		return 0;
	return json_dot_set(w->obj, "metadata.labels", json_deep_copy(labels)) ? err_nomem(e) : 0;
}

/* --- DaemonSet: the generation of its template, which the annotation keeps that apps/v1 has no field for --- */

#define TEMPLATE_GENERATION "deprecated.daemonset.template.generation"

/* It is there before managers are noted: who leaves it out writes 0. */
int daemonset_convert(struct write *w, struct err *e)
{
	const char *text = obj_annotation(w->obj, TEMPLATE_GENERATION);
	int64_t n;

	return (!text || str_to_i64(text, 0, INT64_MAX - 1, &n)) && obj_set_annotation(w->obj, TEMPLATE_GENERATION, "0") < 0 ? err_nomem(e) : 0;
}

int daemonset_prepare_create(struct write *w, struct err *e)
{
	return obj_set_annotation(w->obj, TEMPLATE_GENERATION, "1") < 0 ? err_nomem(e) : 0;
}

int daemonset_prepare_update(struct write *w, struct err *e)
{
	const char *text = obj_annotation(w->old, TEMPLATE_GENERATION);
	char now[24];
	int64_t n = 0;

	if (!text || str_to_i64(text, 0, INT64_MAX - 1, &n))
		n = 0;
	if (json_equal(json_dot(w->obj, "spec.template"), json_dot(w->old, "spec.template")) != 1)
		n++;
	(void)snprintf(now, sizeof(now), "%lld", (long long)n);
	return obj_set_annotation(w->obj, TEMPLATE_GENERATION, now) < 0 ? err_nomem(e) : 0;
}
