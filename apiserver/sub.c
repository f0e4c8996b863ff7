/* Creates that are no objects of their own: binding, eviction, tokens and reviews. */
#include "api/object.h"
#include "apiserver/auth_internal.h"
#include "apiserver/webhook.h"
#include "apiserver/write.h"
#include "base/clock.h"

/* --- reviews and tokens: answered by the authentication part --- */

struct review {
	struct req *r;
	struct admission adm;
	struct admission_ops ops;
};

static void review_done(void *arg, int code, json_t *ret, const struct err *e)
{
	struct review *v = arg;
	struct req *r = v->r;
	json_t *status = TAKE_PTR(v->adm.status);

	json_decref(v->adm.obj);
	json_decref(v->adm.warnings);
	ops_done(&v->ops);
	free(v);
	if (code && (status || ret)) {
		req_fail_status(r, status ? status : json_incref(ret));
		json_decref(ret);
	} else if (code) {
		struct err copy = e ? *e : (struct err){0};

		copy.code = code;
		req_fail_err(r, &copy);
	} else {
		json_decref(status);
		req_reply_json(r, 201, ret);
	}
}

static void review(struct req *r)
{
	struct review *v = calloc(1, sizeof(*v));
	AUTO_JSON json_t *obj = NULL;
	AUTO_JSON json_t *findings = json_array();
	struct err e = {0};
	const struct api_type *t = r->sub ? r->sub->type : r->res->type;
	const char *group = r->sub ? r->sub->group : r->group, *version = r->sub ? r->sub->version : r->version,
		   *kind = r->sub ? r->sub->kind : r->res->kind;

	if (!v || !findings) {
		free(v);
		req_fail(r, 500, "InternalError", "out of memory");
		return;
	}
	if (decode_body(r, &obj, findings, &e) || decode_object(r, t, group, version, kind, obj, findings, &e) ||
	    decode_findings(r, kind, version, findings, &e)) {
		free(v);
		req_fail_err(r, &e);
		return;
	}
	if (api_default(t, obj)) {
		free(v);
		req_fail(r, 500, "InternalError", "out of memory");
		return;
	}
	v->r = r;
	v->adm = (struct admission){
		.op = ADMIT_CREATE,
		.server = r->a,
		.registry = r->reg,
		.res = r->res,
		.subresource = r->subname,
		.ns = r->ns,
		.name = r->name,
		.id = &r->id,
		.obj = TAKE_PTR(obj),
		.dry_run = r->q.dry_run,
		.ops = &v->ops,
	};
	auth_review(r->a->auth, &v->adm, review_done, v);
}

/* --- binding --- */

static int mutate_binding(struct write *w, struct err *e)
{
	struct req *r = w->r;
	AUTO_JSON json_t *b = NULL;
	const char *node, *kind, *uid, *k;
	json_t *v;

	if (decode_body(r, &b, NULL, e) || decode_object(r, r->sub->type, "", "v1", "Binding", b, NULL, e))
		return e->code;
	node = json_str_or(json_object_get(b, "target"), "name", "");
	kind = json_str_or(json_object_get(b, "target"), "kind", "Node");
	uid = json_str(json_object_get(b, "metadata"), "uid");
	if (*kind && !streq(kind, "Node"))
		return err_set(e, ERR_INVALID, "Binding \"%s\" is invalid: target.kind: Unsupported value: \"%.60s\": supported values: \"Node\"", r->name, kind);
	if (!*node)
		return err_set(e, ERR_INVALID, "Binding \"%s\" is invalid: target.name: Required value", r->name);
	if (uid && *uid && !streq(uid, obj_uid(w->obj)))
		return err_set(e, ERR_CONFLICT, "Operation cannot be fulfilled on pods/binding \"%s\": Precondition failed: UID in precondition: %s, UID in object meta: %s",
			       r->name, uid, obj_uid(w->obj));
	if (obj_deleting(w->obj))
		return err_set(e, ERR_CONFLICT, "Operation cannot be fulfilled on pods/binding \"%s\": pod %s is being deleted, cannot be assigned to a host",
			       r->name, r->name);
	if (*json_str_or(w->obj, "spec.nodeName", ""))
		return err_set(e, ERR_CONFLICT, "Operation cannot be fulfilled on pods/binding \"%s\": pod %s is already assigned to node \"%s\"", r->name,
			       r->name, json_str(w->obj, "spec.nodeName"));
	if (json_array_size(json_dot(w->obj, "spec.schedulingGates")))
		return err_set(e, ERR_CONFLICT, "Operation cannot be fulfilled on pods/binding \"%s\": pod %s has non-empty .spec.schedulingGates", r->name, r->name);
	if (json_set_str(w->obj, "spec.nodeName", node))
		return err_nomem(e);
	json_object_foreach(json_at(b, "metadata", "annotations", NULL), k, v)
		if (obj_set_annotation(w->obj, k, json_string_value(v)) < 0)
			return err_nomem(e);
	json_object_foreach(json_at(b, "metadata", "labels", NULL), k, v)
		if (obj_set_label(w->obj, k, json_string_value(v)) < 0)
			return err_nomem(e);
	if (obj_set_condition(w->obj, "PodScheduled", "True", NULL, NULL, w->now) < 0)
		return err_nomem(e);
	json_object_del(json_object_get(w->obj, "status"), "nominatedNodeName");
	return 0;
}

static void binding(struct req *r)
{
	struct write *w = write_new(r, WRITE_UPDATE);

	if (!w) {
		req_fail(r, 500, "InternalError", "out of memory");
		return;
	}
	w->mutate = mutate_binding;
	w->reply_status = true;
	write_run(w);
}

#define MAX_DISRUPTED 2000

/* --- eviction: a deletion that disruption budgets may refuse --- */

struct evict {
	struct req *r;
	json_t *body;
	char *pod_path, *pdb_path;
	struct bytes *pod, *pdb_body;
	bool budget;
	unsigned tries;
};

static void evict_free(struct evict *v)
{
	json_decref(v->body);
	free(v->pod_path);
	free(v->pdb_path);
	(void)bytes_unref(v->pod);
	(void)bytes_unref(v->pdb_body);
	free(v);
}

static void evict_answer(struct evict *v, int status, struct bytes *body)
{
	struct req *r = v->r;

	evict_free(v);
	if (status < 400)
		req_reply_json(r, 201, json_pack("{s:s,s:s,s:{},s:s,s:i}", "kind", "Status", "apiVersion", "v1", "metadata", "status", "Success", "code", 201));
	else
		req_reply(r, status, "application/json", body);
}

static void evict_deleted(void *arg, int status, struct bytes *body) { evict_answer(arg, status, body); }

static void evict_delete(void *arg)
{
	struct evict *v = arg;
	AUTO_JSON json_t *o = json_deep_copy(json_object_get(v->body, "deleteOptions"));
	AUTO_BYTES struct bytes *b = NULL;
	bool failed = true;

	if (!o)
		o = json_object();
	if (o) {
		char uid[64];

		(void)json_object_set_new(o, "kind", json_string("DeleteOptions"));
		(void)json_object_set_new(o, "apiVersion", json_string("v1"));
		if (v->pod) {
			AUTO_JSON json_t *pod = NULL;

			if (!json_parse_bytes(v->pod, &pod, NULL) && str_copy(uid, sizeof(uid), obj_uid(pod)) && !json_dot(o, "preconditions.uid"))
				(void)json_dot_set(o, "preconditions.uid", json_string(uid));
		}
		b = json_encode(o);
	}
	if (b)
		failed = inner_call_quiet(v->r->a, &v->r->id, "DELETE", v->pod_path, v->r->q.dry_run ? "dryRun=All" : "", "application/json", b, evict_deleted, v) != 0;
	if (failed) {
		struct req *r = v->r;

		evict_free(v);
		req_fail(r, 500, "InternalError", "out of memory");
	}
}

static void evict_marked(void *arg, int status, struct bytes *body)
{
	struct evict *v = arg;

	/* A pod that goes meanwhile is what was asked for; the deletion says so. */
	if (status >= 400 && status != 404) {
		evict_answer(v, status, body);
		return;
	}
	req_defer(v->r, evict_delete, v);
}

/* Why the pod goes is written down at it first: a Job's podFailurePolicy looks for that. */
static void evict_mark(void *arg)
{
	struct evict *v = arg;
	struct req *r = v->r;
	AUTO_JSON json_t *pod = NULL;
	AUTO_BYTES struct bytes *b = NULL;
	AUTO_FREE char *path = str_fmt("%s/status", v->pod_path);
	struct identity id = {.user = (char *)(uintptr_t) "system:apiserver", .groups = (char *[]){(char *)(uintptr_t) "system:masters", NULL}};
	char now[TIME_STR_MAX];

	if (r->q.dry_run || !v->pod || json_parse_bytes(v->pod, &pod, NULL) || pod_terminal(pod) || obj_deleting(pod)) {
		evict_delete(v);
		return;
	}
	(void)req_now(r, now);
	AUTO_JSON json_t *patch = json_pack("{s:{s:s},s:{s:[{s:s,s:s,s:s,s:s,s:s}]}}", "metadata", "uid", obj_uid(pod), "status", "conditions", "type",
					    "DisruptionTarget", "status", "True", "reason", "EvictionByEvictionAPI", "message", "Eviction API: evicting",
					    "lastTransitionTime", now);
	b = patch ? json_encode(patch) : NULL;
	if (!b || !path || inner_call(r->a, &id, "PATCH", path, NULL, "application/strategic-merge-patch+json", b, evict_marked, v)) {
		evict_free(v);
		req_fail(r, 500, "InternalError", "out of memory");
	}
}

static void evict_pdbs(void *arg, int status, struct bytes *body);
static void evict_list_pdbs(void *arg)
{
	struct evict *v = arg;
	AUTO_FREE char *path = str_fmt("/apis/policy/v1/namespaces/%s/poddisruptionbudgets", v->r->ns);
	struct identity id = {.user = (char *)(uintptr_t) "system:apiserver", .groups = (char *[]){(char *)(uintptr_t) "system:masters", NULL}};

	if (!path || inner_call(v->r->a, &id, "GET", path, NULL, NULL, NULL, evict_pdbs, v)) {
		struct req *r = v->r;

		evict_free(v);
		req_fail(r, 500, "InternalError", "out of memory");
	}
}

static void evict_charged(void *arg, int status, struct bytes *body)
{
	struct evict *v = arg;

	if (status == 409 && ++v->tries < 10) {
		req_defer(v->r, evict_list_pdbs, v);
		return;
	}
	if (status >= 400) {
		evict_answer(v, status, body);
		return;
	}
	req_defer(v->r, evict_mark, v);
}

static void evict_refuse(struct evict *v, const char *pdb, const json_t *obj)
{
	struct req *r = v->r;
	const json_t *c = obj_condition(obj, "DisruptionAllowed");
	AUTO_FREE char *m =
		json_int_or(obj, "status.observedGeneration", 0) < obj_generation(obj)
			? str_fmt("The disruption budget %s is still being processed by the server.", pdb)
		: streq(json_str(c, "reason"), "SyncFailed")
			? str_fmt("The disruption budget %s does not allow evicting pods currently because it failed sync: %s", pdb, json_str_or(c, "message", ""))
			: str_fmt("The disruption budget %s needs %lld healthy pods and has %lld currently", pdb,
				  (long long)json_int_or(obj, "status.desiredHealthy", 0), (long long)json_int_or(obj, "status.currentHealthy", 0));
	json_t *s = status_new(429, "TooManyRequests", "Cannot evict pod as it would violate the pod's disruption budget.");

	if (s)
		(void)status_add_cause(s, "DisruptionBudget", m ? m : "", NULL);
	evict_free(v);
	req_fail_status(r, s);
}

static void evict_pdbs(void *arg, int status, struct bytes *body)
{
	struct evict *v = arg;
	struct req *r = v->r;
	AUTO_JSON json_t *list = NULL;
	AUTO_JSON json_t *pod = NULL;
	AUTO_JSON json_t *mine = NULL;
	const json_t *pdb;
	size_t i;
	unsigned matches = 0;

	if (status >= 400 || !body || json_parse_bytes(body, &list, NULL) || json_parse_bytes(v->pod, &pod, NULL)) {
		evict_answer(v, status >= 400 ? status : 500, body);
		return;
	}
	json_array_foreach(json_object_get(list, "items"), i, pdb) {
		AUTO_SELECTOR struct api_selector *s = NULL;

		if (api_label_selector_from(&s, json_dot(pdb, "spec.selector"), NULL))
			continue;
		if (api_selector_match_labels(s, json_at(pod, "metadata", "labels", NULL))) {
			matches++;
			json_decref(mine);
			mine = json_deep_copy(pdb);
		}
	}
	if (matches > 1) {
		evict_free(v);
		req_fail(r, 500, "InternalError", "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.");
		return;
	}
	if (!matches) {
		req_defer(r, evict_mark, v);
		return;
	}
	{
		int64_t allowed = json_int_or(mine, "status.disruptionsAllowed", 0);
		AUTO_FREE char *path = str_fmt("/apis/policy/v1/namespaces/%s/poddisruptionbudgets/%s/status", r->ns, obj_name(mine));
		AUTO_BYTES struct bytes *b = NULL;
		struct identity id = {.user = (char *)(uintptr_t) "system:apiserver", .groups = (char *[]){(char *)(uintptr_t) "system:masters", NULL}};
		json_t *disrupted;
		char now[TIME_STR_MAX];

		/* An unready pod does not count against a budget that is met (or always, when the policy says so). */
		if (!pod_ready(pod) && (streq(json_str(mine, "spec.unhealthyPodEvictionPolicy"), "AlwaysAllow") ||
					(json_int_or(mine, "status.currentHealthy", 0) >= json_int_or(mine, "status.desiredHealthy", 0) &&
					 json_int_or(mine, "status.desiredHealthy", 0) > 0))) {
			req_defer(r, evict_mark, v);
			return;
		}
		if (allowed <= 0 || json_int_or(mine, "status.observedGeneration", 0) < obj_generation(mine)) {
			evict_refuse(v, obj_name(mine), mine);
			return;
		}
		(void)req_now(r, now);
		if (json_object_size(json_dot(mine, "status.disruptedPods")) > MAX_DISRUPTED) {
			evict_free(v);
			req_fail(r, 403, "Forbidden", "DisruptedPods map too big - too many evictions not confirmed by PDB controller");
			return;
		}
		(void)json_dot_set(mine, "status.disruptionsAllowed", json_integer(allowed - 1));
		if (allowed == 1)
			(void)obj_set_condition(mine, "DisruptionAllowed", "False", "InsufficientPods", "", now);
		disrupted = json_dot(mine, "status.disruptedPods");
		if (!disrupted) {
			(void)json_dot_set(mine, "status.disruptedPods", json_object());
			disrupted = json_dot(mine, "status.disruptedPods");
		}
		(void)json_object_set_new(disrupted, r->name, json_string(now));
		b = json_encode(mine);
		if (!path || !b || inner_call(r->a, &id, "PUT", path, r->q.dry_run ? "dryRun=All" : NULL, NULL, b, evict_charged, v)) {
			evict_free(v);
			req_fail(r, 500, "InternalError", "out of memory");
		}
	}
}

static void evict_pod(void *arg, int status, struct bytes *body)
{
	struct evict *v = arg;
	AUTO_JSON json_t *pod = NULL;
	const char *node;

	if (status >= 400 || !body || json_parse_bytes(body, &pod, NULL)) {
		evict_answer(v, status >= 400 ? status : 500, body);
		return;
	}
	/* An agent evicts what runs on its node. */
	node = node_of(&v->r->id);
	if (node && !streq(json_str_or(pod, "spec.nodeName", ""), node)) {
		struct req *r = v->r;
		AUTO_FREE char *why = str_fmt("pods \"%s\" is forbidden: node \"%s\" can only evict pods with spec.nodeName set to itself", r->name, node);

		evict_free(v);
		req_fail(r, 403, "Forbidden", "%s", why ? why : "forbidden");
		return;
	}
	v->pod = bytes_ref(body);
	/* Pods that do not run, or are going already, are not protected. */
	if (pod_terminal(pod) || streq(json_str(pod, "status.phase"), "Pending") || obj_deleting(pod))
		req_defer(v->r, evict_mark, v);
	else
		req_defer(v->r, evict_list_pdbs, v);
}

static void eviction(struct req *r)
{
	struct evict *v = calloc(1, sizeof(*v));
	struct err e = {0};
	struct identity id = {.user = (char *)(uintptr_t) "system:apiserver", .groups = (char *[]){(char *)(uintptr_t) "system:masters", NULL}};
	const char *name, *version;

	if (!v) {
		req_fail(r, 500, "InternalError", "out of memory");
		return;
	}
	v->r = r;
	if (decode_body(r, &v->body, NULL, &e)) {
		evict_free(v);
		req_fail_err(r, &e);
		return;
	}
	version = json_str_or(v->body, "apiVersion", "policy/v1");
	if (!streq(json_str_or(v->body, "kind", "Eviction"), "Eviction") || (!streq(version, "policy/v1") && !streq(version, "policy/v1beta1"))) {
		evict_free(v);
		req_fail(r, 400, "BadRequest", "the API version in the data does not match the expected API version (policy/v1)");
		return;
	}
	name = json_str_or(json_object_get(v->body, "metadata"), "name", r->name);
	if (!streq(name, r->name)) {
		evict_free(v);
		req_fail(r, 400, "BadRequest", "name in URL does not match name in Eviction object: %s, %s", r->name, name);
		return;
	}
	if (json_array_size(json_dot(v->body, "deleteOptions.dryRun")))
		r->q.dry_run = true;
	v->pod_path = str_fmt("/api/v1/namespaces/%s/pods/%s", r->ns, r->name);
	/* The right to evict includes the deletion. */
	if (!v->pod_path || identity_add_group(&r->id, "system:masters") ||
	    inner_call(r->a, &id, "GET", v->pod_path, NULL, NULL, NULL, evict_pod, v)) {
		evict_free(v);
		req_fail(r, 500, "InternalError", "out of memory");
	}
}

bool sub_create(struct req *r)
{
	void (*fn)(struct req *) = NULL;

	if (r->res->virtual_ || (r->sub && streq(r->sub->name, "token")))
		fn = review;
	else if (streq(r->subname, "binding"))
		fn = binding;
	else if (streq(r->subname, "eviction"))
		fn = eviction;
	else
		return false;
	if (!webhooks_any(r->a) || !hook_body(r, fn))
		fn(r);
	return true;
}
