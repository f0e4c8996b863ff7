/* AdmissionReview: admission.k8s.io/v1 and v1beta1. Answers come from anybody: every field is looked at before it
 * counts. */
#include "api/object.h"
#include "apiserver/webhook.h"

#define WARNINGS_MAX  64
#define WARNING_RUNES 256 /* of one, once they are too many (apiserver's warning filter) */
#define WARNING_TOTAL 4096
#define ERROR_TEXT    2048 /* of an answer that is not JSON */

static const char *const op_names[] = {
    [ADMIT_CREATE] = "CREATE", [ADMIT_UPDATE] = "UPDATE", [ADMIT_DELETE] = "DELETE", [ADMIT_CONNECT] = "CONNECT"};

struct hook_gvk hook_kind(const struct api_resource *res, const struct api_subresource *sub)
{
	if (sub && sub->kind && *sub->kind)
		return (struct hook_gvk){sub->group ? sub->group : "", sub->version, sub->kind};
	return (struct hook_gvk){res->group, res->version, res->kind};
}

static void add_str(struct buf *b, const char *key, const char *s)
{
	buf_addf(b, "\"%s\":", key);
	buf_add_json_str(b, s, strlen(s));
}

static void add_kind(struct buf *b, const char *key, struct hook_gvk k)
{
	buf_addf(b, "\"%s\":{", key);
	add_str(b, "group", k.group);
	buf_addc(b, ',');
	add_str(b, "version", k.version);
	buf_addc(b, ',');
	add_str(b, "kind", k.kind);
	buf_adds(b, "},");
}

static void add_resource(struct buf *b, const char *key, const struct api_resource *res)
{
	buf_addf(b, "\"%s\":{", key);
	add_str(b, "group", res->group);
	buf_addc(b, ',');
	add_str(b, "version", res->version);
	buf_addc(b, ',');
	add_str(b, "resource", res->plural);
	buf_adds(b, "},");
}

static void add_user(struct buf *b, const struct identity *id)
{
	buf_adds(b, "\"userInfo\":{");
	add_str(b, "username", id->user ? id->user : "");
	if (id->uid && *id->uid) {
		buf_addc(b, ',');
		add_str(b, "uid", id->uid);
	}
	if (id->groups && *id->groups) {
		buf_adds(b, ",\"groups\":[");
		for (char **g = id->groups; *g; g++) {
			if (g != id->groups)
				buf_addc(b, ',');
			buf_add_json_str(b, *g, strlen(*g));
		}
		buf_addc(b, ']');
	}
	if (json_object_size(id->extra)) {
		buf_adds(b, ",\"extra\":");
		json_encode_buf(id->extra, b);
	}
	buf_adds(b, "},");
}

static void add_tree(struct buf *b, const char *key, const json_t *v)
{
	buf_addf(b, ",\"%s\":", key);
	if (v)
		json_encode_buf(v, b);
	else
		buf_adds(b, "null");
}

struct bytes *review_request(const struct hook *h, const struct hook_attr *at, const struct api_resource *as,
			     const char *uid, const json_t *obj, const json_t *old)
{
	const struct api_subresource *sub = at->sub && as != at->res ? api_subresource_find(as, at->subname) : at->sub;
	AUTO_BUF struct buf b = {0};

	buf_addf(&b, "{\"kind\":\"AdmissionReview\",\"apiVersion\":\"admission.k8s.io/%s\",\"request\":{", h->review);
	add_str(&b, "uid", uid);
	buf_addc(&b, ',');
	add_kind(&b, "kind", hook_kind(as, sub));
	add_resource(&b, "resource", as);
	if (*at->subname) {
		add_str(&b, "subResource", at->subname);
		buf_addc(&b, ',');
	}
	add_kind(&b, "requestKind", hook_kind(at->res, at->sub));
	add_resource(&b, "requestResource", at->res);
	if (*at->subname) {
		add_str(&b, "requestSubResource", at->subname);
		buf_addc(&b, ',');
	}
	if (*at->name) {
		add_str(&b, "name", at->name);
		buf_addc(&b, ',');
	}
	if (*at->ns) {
		add_str(&b, "namespace", at->ns);
		buf_addc(&b, ',');
	}
	add_str(&b, "operation", op_names[at->op]);
	buf_addc(&b, ',');
	add_user(&b, at->id);
	buf_trim(&b, b.len - 1);
	add_tree(&b, "object", obj);
	add_tree(&b, "oldObject", old);
	buf_addf(&b, ",\"dryRun\":%s", at->dry_run ? "true" : "false");
	add_tree(&b, "options", at->options);
	buf_adds(&b, "}}\n");
	return buf_take_bytes(&b);
}

/* --- the answer --- */

void review_answer_done(struct review_answer *a)
{
	json_decref(a->status);
	json_decref(a->patch);
	json_decref(a->warnings);
	free(a->patch_type);
	*a = (struct review_answer){0};
}

static int wrong_type(struct err *e, const char *field, const json_t *v, const char *type)
{
	static const char *const names[] = {
	    [JSON_OBJECT] = "object", [JSON_ARRAY] = "array", [JSON_STRING] = "string", [JSON_INTEGER] = "number",
	    [JSON_REAL] = "number",   [JSON_TRUE] = "bool",   [JSON_FALSE] = "bool",    [JSON_NULL] = "null"};

	return err_set(e, ERR_BAD_REQUEST,
		       "json: cannot unmarshal %s into Go struct field AdmissionResponse.response.%s of type %s",
		       names[json_typeof(v)], field, type);
}

static bool there(const json_t *v)
{
	return v && !json_is_null(v);
}

/* metav1.Status as far as it goes to clients: known fields of the right type. */
static json_t *take_status(const json_t *s)
{
	static const char *const texts[] = {"status", "message", "reason"};
	AUTO_JSON json_t *o = json_pack("{s:s,s:s,s:{}}", "kind", "Status", "apiVersion", "v1", "metadata");
	const json_t *code = json_object_get(s, "code"), *details = json_object_get(s, "details");

	for (size_t i = 0; o && i < ARRAY_LEN(texts); i++) {
		json_t *v = json_object_get(s, texts[i]);

		if (json_is_string(v) && json_string_length(v) && json_object_set(o, texts[i], v))
			return NULL;
	}
	if (o && json_is_object(details) && json_object_set(o, "details", (json_t *)(uintptr_t)details))
		return NULL;
	if (o && json_is_integer(code) && json_object_set(o, "code", (json_t *)(uintptr_t)code))
		return NULL;
	return TAKE_PTR(o);
}

static int take_warnings(struct review_answer *a, const json_t *list, struct err *e)
{
	size_t total = 0;

	if (!there(list))
		return 0;
	if (!json_is_array(list))
		return wrong_type(e, "warnings", list, "[]string");
	a->warnings = json_array();
	if (!a->warnings)
		return err_nomem(e);
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *v = json_array_get(list, i);

		if (!json_is_string(v))
			return wrong_type(e, "warnings", v, "string");
		total += json_string_length(v);
	}
	for (size_t i = 0, used = 0; i < json_array_size(list) && i < WARNINGS_MAX; i++) {
		const json_t *v = json_array_get(list, i);
		const char *s = json_string_value(v);
		size_t n = json_string_length(v), keep = n;
		bool bad = !n;

		/* What cannot stand in a header is left out whole. */
		for (size_t k = 0; k < n; k++)
			bad |= (unsigned char)s[k] < 0x20 || s[k] == 0x7f;
		if (bad)
			continue;
		if (total > WARNING_TOTAL && keep > WARNING_RUNES)
			for (keep = WARNING_RUNES; keep && ((unsigned char)s[keep] & 0xc0) == 0x80; keep--)
				;
		if (used + keep > WARNING_TOTAL)
			break;
		used += keep;
		if (json_array_append_new(a->warnings, json_stringn(s, keep)))
			return err_nomem(e);
	}
	return 0;
}

static int take_patch(struct review_answer *a, const json_t *r, bool v1, bool mutating, struct err *e)
{
	const json_t *p = json_object_get(r, "patch"), *t = json_object_get(r, "patchType");
	AUTO_FREE void *raw = NULL;
	size_t n = 0;
	struct err pe = {0};

	if (there(p) && !json_is_string(p))
		return wrong_type(e, "patch", p, "[]uint8");
	if (there(t) && !json_is_string(t))
		return wrong_type(e, "patchType", t, "v1.PatchType");
	if (there(p) && b64_decode(json_string_value(p), json_string_length(p), false, &raw, &n))
		return err_set(e, ERR_BAD_REQUEST, "illegal base64 data in response.patch");
	if (!mutating) {
		if (v1 && n)
			return err_set(
			    e, ERR_PROTO,
			    "received invalid webhook response: validating webhook may not return response.patch");
		if (v1 && there(t))
			return err_set(
			    e, ERR_PROTO,
			    "received invalid webhook response: validating webhook may not return response.patchType");
		return 0;
	}
	if (v1 && n && !there(t))
		return err_set(
		    e, ERR_PROTO,
		    "received invalid webhook response: webhook returned response.patch but not response.patchType");
	if (v1 && !n && there(t))
		return err_set(
		    e, ERR_PROTO,
		    "received invalid webhook response: webhook returned response.patchType but not response.patch");
	if (v1 && there(t) && !json_string_length(t))
		return err_set(
		    e, ERR_PROTO,
		    "received invalid webhook response: webhook returned invalid response.patchType of \"\"");
	if (!n || !a->allowed)
		return 0;
	a->patch_type = str_dup(v1 ? json_string_value(t) : "JSONPatch");
	if (!a->patch_type)
		return err_nomem(e);
	if (!streq(a->patch_type, "JSONPatch"))
		return err_set(e, ERR_PROTO, "unsupported patch type \"%.60s\"", a->patch_type);
	if (json_parse(raw, n, &a->patch, &pe))
		return err_set(e, ERR_INTERNAL, "%s", pe.msg);
	if (!json_is_array(a->patch))
		return err_set(e, ERR_INTERNAL, "json: cannot unmarshal object into Go value of type jsonpatch.Patch");
	return 0;
}

int review_parse(struct review_answer *ret, const char *version, bool mutating, const char *uid, const char *body,
		 size_t n, struct err *e)
{
	AUTO_JSON json_t *o = NULL;
	CLEANUP(review_answer_done) struct review_answer a = {0};
	const json_t *r, *v;
	const char *gv, *kind, *slash;
	bool v1 = streq(version, "v1");
	struct err pe = {0};
	int rc;

	if (json_parse(body, n, &o, &pe))
		return err_set(e, ERR_BAD_REQUEST, "couldn't get version/kind; json parse error: %.180s", pe.msg);
	if (!json_is_object(o))
		return err_set(e, ERR_BAD_REQUEST,
			       "couldn't get version/kind; json parse error: json: cannot unmarshal %s into Go value "
			       "of type struct",
			       json_is_array(o) ? "array" : "value");
	gv = json_str_or(o, "apiVersion", "");
	kind = json_str_or(o, "kind", "");
	if ((*gv && !str_has_prefix(gv, "admission.k8s.io/")) || (*kind && !streq(kind, "AdmissionReview")))
		return err_set(e, ERR_BAD_REQUEST,
			       "no kind \"%.60s\" is registered for version \"%.60s\" in scheme \"admission webhooks\"",
			       kind, gv);
	r = json_object_get(o, "response");
	if (there(r) && !json_is_object(r))
		return err_set(e, ERR_BAD_REQUEST,
			       "json: cannot unmarshal value into Go struct field AdmissionReview.response of type "
			       "AdmissionResponse");
	if (!there(r))
		return err_set(e, ERR_PROTO, "received invalid webhook response: webhook response was absent");
	v = json_object_get(r, "uid");
	if (there(v) && !json_is_string(v))
		return wrong_type(e, "uid", v, "types.UID");
	if (v1 && !streq(there(v) ? json_string_value(v) : "", uid))
		return err_set(e, ERR_PROTO,
			       "received invalid webhook response: expected response.uid=\"%s\", got \"%.60s\"", uid,
			       there(v) ? json_string_value(v) : "");
	slash = strchr(gv, '/');
	if ((v1 || *gv || *kind) && (!slash || !streq(slash + 1, version) || !streq(kind, "AdmissionReview")))
		return err_set(e, ERR_PROTO,
			       "received invalid webhook response: expected webhook response of admission.k8s.io/%s, "
			       "Kind=AdmissionReview, got %.60s%s, Kind=%.60s",
			       version, gv, *gv ? "" : "/", kind);
	v = json_object_get(r, "allowed");
	if (there(v) && !json_is_boolean(v))
		return wrong_type(e, "allowed", v, "bool");
	a.allowed = json_is_true(v);
	v = json_object_get(r, "status");
	if (there(v) && !json_is_object(v))
		return wrong_type(e, "status", v, "v1.Status");
	if (there(v) && !(a.status = take_status(v)))
		return err_nomem(e);
	v = json_object_get(r, "auditAnnotations");
	if (there(v) && !json_is_object(v))
		return wrong_type(e, "auditAnnotations", v, "map[string]string");
	rc = take_patch(&a, r, v1, mutating, e);
	if (!rc)
		rc = take_warnings(&a, json_object_get(r, "warnings"), e);
	if (rc)
		return rc;
	*ret = a;
	a = (struct review_answer){0};
	return 0;
}

/* --- errors for clients --- */

json_t *review_denied(const char *hook, const json_t *status)
{
	AUTO_JSON json_t *s = status ? json_copy((json_t *)(uintptr_t)status)
				     : json_pack("{s:s,s:s,s:{}}", "kind", "Status", "apiVersion", "v1", "metadata");
	const char *message = json_str_or(s, "message", ""), *reason = json_str_or(s, "reason", "");
	int64_t code = json_int_or(s, "code", 0);
	AUTO_FREE char *m = NULL;

	if (*message || *reason)
		m = str_fmt("admission webhook \"%s\" denied the request: %s", hook, *message ? message : reason);
	else
		m = str_fmt("admission webhook \"%s\" denied the request without explanation", hook);
	/* A refusal is a failure, whatever its status says. */
	if (!s || !m || json_object_set_new(s, "status", json_string("Failure")) ||
	    json_object_set_new(s, "message", json_string(m)) ||
	    ((code < 400 || code > 599) && json_object_set_new(s, "code", json_integer(400))))
		return NULL;
	return TAKE_PTR(s);
}

json_t *status_internal(const char *message)
{
	AUTO_FREE char *m = str_fmt("Internal error occurred: %s", message);
	AUTO_JSON json_t *s = m ? status_new(500, "InternalError", m) : NULL;

	if (s && json_dot_set(s, "details.causes", json_pack("[{s:s}]", "message", message)))
		return NULL;
	return TAKE_PTR(s);
}

char *review_http_error(int status, const char *body, size_t n)
{
	AUTO_JSON json_t *v = NULL;
	AUTO_BUF struct buf b = {0};
	size_t keep = n < ERROR_TEXT ? n : ERROR_TEXT;

	if (n && !json_parse(body, n, &v, NULL) && streq(json_str(v, "kind"), "Status") && json_str(v, "message"))
		return str_fmt("%.2048s", json_str(v, "message"));
	switch (status) {
	case 400:
		return str_dup("the server rejected our request for an unknown reason");
	case 401:
		return str_dup("the server has asked for the client to provide credentials");
	case 404:
		return str_dup("the server could not find the requested resource");
	case 405:
		return str_dup("the server does not allow this method on the requested resource");
	case 409:
		return str_dup("the server reported a conflict");
	case 422:
		return str_dup("the server rejected our request due to an error in our request");
	case 429:
		return str_dup("the server has received too many requests and has asked us to try again later");
	case 503:
		return str_dup("the server is currently unable to handle the request");
	case 504:
		return str_dup("the server was unable to return a response in the time allotted, but may still be "
			       "processing the request");
	default:
		break;
	}
	while (keep && (body[keep - 1] == '\n' || body[keep - 1] == '\r' || body[keep - 1] == ' '))
		keep--;
	if (status == 403 || status >= 500) {
		if (status >= 500)
			buf_adds(&b, "an error on the server (");
		if (keep)
			buf_add_json_str(&b, body, keep);
		else
			buf_adds(&b, "\"unknown\"");
		if (status >= 500)
			buf_adds(&b, ") has prevented the request from succeeding");
		return buf_failed(&b) ? NULL : buf_take(&b, NULL);
	}
	return str_fmt("the server responded with the status code %d but did not return more information", status);
}
