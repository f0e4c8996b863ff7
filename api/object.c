#include <errno.h>
#include <stdarg.h>
#include "api/object.h"
#include "base/str.h"

const char *obj_name(const json_t *o)
{
	const char *s = json_string_value(json_at(o, "metadata", "name", NULL));
	return s ? s : "";
}

const char *obj_namespace(const json_t *o)
{
	const char *s = json_string_value(json_at(o, "metadata", "namespace", NULL));
	return s ? s : "";
}

const char *obj_uid(const json_t *o)
{
	const char *s = json_string_value(json_at(o, "metadata", "uid", NULL));
	return s ? s : "";
}

int64_t obj_revision(const json_t *o)
{
	const char *s = json_string_value(json_at(o, "metadata", "resourceVersion", NULL));
	int64_t v;

	return s && str_to_i64(s, 0, INT64_MAX, &v) == 0 ? v : 0;
}

int64_t obj_generation(const json_t *o) { return json_integer_value(json_at(o, "metadata", "generation", NULL)); }

bool obj_deleting(const json_t *o) { return json_is_string(json_at(o, "metadata", "deletionTimestamp", NULL)); }

const char *obj_label(const json_t *o, const char *key)
{
	return json_string_value(json_at(o, "metadata", "labels", key, NULL));
}

const char *obj_annotation(const json_t *o, const char *key)
{
	return json_string_value(json_at(o, "metadata", "annotations", key, NULL));
}

/* The container under parent, created when absent. */
static json_t *child(json_t *parent, const char *key, bool array)
{
	json_t *c = json_object_get(parent, key);

	if (array ? json_is_array(c) : json_is_object(c))
		return c;
	c = array ? json_array() : json_object();
	return json_object_set_new(parent, key, c) < 0 ? NULL : c;
}

static int set_in_map(json_t *o, const char *map, const char *key, const char *value)
{
	if (!value) {
		json_t *m = json_at(o, "metadata", map, NULL);
		(void)json_object_del(m, key);
		if (json_is_object(m) && json_object_size(m) == 0)
			(void)json_object_del(json_object_get(o, "metadata"), map);
		return 0;
	}
	json_t *meta = child(o, "metadata", false);
	json_t *m = meta ? child(meta, map, false) : NULL;
	if (!m || json_object_set_new(m, key, json_string(value)) < 0)
		return -ENOMEM;
	return 0;
}

int obj_set_label(json_t *o, const char *key, const char *value) { return set_in_map(o, "labels", key, value); }
int obj_set_annotation(json_t *o, const char *key, const char *value)
{
	return set_in_map(o, "annotations", key, value);
}

bool obj_has_finalizer(const json_t *o, const char *f)
{
	json_t *list = json_at(o, "metadata", "finalizers", NULL), *v;
	size_t i;

	json_array_foreach(list, i, v)
	{
		if (streq(json_string_value(v), f))
			return true;
	}
	return false;
}

int obj_add_finalizer(json_t *o, const char *f)
{
	if (obj_has_finalizer(o, f))
		return 0;
	json_t *meta = child(o, "metadata", false);
	json_t *list = meta ? child(meta, "finalizers", true) : NULL;
	return list && json_array_append_new(list, json_string(f)) == 0 ? 0 : -ENOMEM;
}

int obj_remove_finalizer(json_t *o, const char *f)
{
	json_t *list = json_at(o, "metadata", "finalizers", NULL);

	for (size_t i = json_array_size(list); i-- > 0;) {
		if (streq(json_string_value(json_array_get(list, i)), f))
			(void)json_array_remove(list, i);
	}
	if (json_is_array(list) && json_array_size(list) == 0)
		(void)json_object_del(json_object_get(o, "metadata"), "finalizers");
	return 0;
}

const json_t *obj_controller_of(const json_t *o)
{
	json_t *list = json_at(o, "metadata", "ownerReferences", NULL), *ref;
	size_t i;

	json_array_foreach(list, i, ref)
	{
		if (json_is_true(json_object_get(ref, "controller")))
			return ref;
	}
	return NULL;
}

bool obj_controlled_by(const json_t *o, const char *uid)
{
	return streq(json_string_value(json_object_get(obj_controller_of(o), "uid")), uid) && *uid;
}

int obj_set_controller(json_t *o, const json_t *owner, const char *api_version, const char *kind)
{
	json_t *meta = child(o, "metadata", false);
	json_t *list = meta ? child(meta, "ownerReferences", true) : NULL;
	if (!list)
		return -ENOMEM;
	json_t *ref = json_pack("{s:s, s:s, s:s, s:s, s:b, s:b}", "apiVersion", api_version, "kind", kind, "name",
				obj_name(owner), "uid", obj_uid(owner), "controller", 1, "blockOwnerDeletion", 1);
	if (!ref)
		return -ENOMEM;
	json_t *v;
	size_t i;
	json_array_foreach(list, i, v)
	{
		if (streq(json_string_value(json_object_get(v, "uid")), obj_uid(owner)))
			return json_array_set_new(list, i, ref) < 0 ? -ENOMEM : 0;
	}
	return json_array_append_new(list, ref) < 0 ? -ENOMEM : 0;
}

char *obj_key(const json_t *o)
{
	const char *ns = obj_namespace(o);

	return *ns ? str_fmt("%s/%s", ns, obj_name(o)) : str_dup(obj_name(o));
}

const json_t *obj_condition(const json_t *o, const char *type)
{
	json_t *list = json_at(o, "status", "conditions", NULL), *c;
	size_t i;

	json_array_foreach(list, i, c)
	{
		if (streq(json_string_value(json_object_get(c, "type")), type))
			return c;
	}
	return NULL;
}

bool obj_condition_true(const json_t *o, const char *type)
{
	return streq(json_string_value(json_object_get(obj_condition(o, type), "status")), "True");
}

/* 1 changed, 0 the same already. NULL and "" remove. */
static int set_text(json_t *o, const char *key, const char *value)
{
	const char *old = json_string_value(json_object_get(o, key));

	if (!value || !*value) {
		if (!json_object_get(o, key))
			return 0;
		(void)json_object_del(o, key);
		return 1;
	}
	if (streq(old, value))
		return 0;
	return json_object_set_new(o, key, json_string(value)) < 0 ? -ENOMEM : 1;
}

int obj_set_condition(json_t *o, const char *type, const char *status, const char *reason, const char *message,
		      const char *now)
{
	json_t *st = child(o, "status", false);
	json_t *list = st ? child(st, "conditions", true) : NULL;
	if (!list)
		return -ENOMEM;
	json_t *c = NULL, *v;
	size_t i;
	json_array_foreach(list, i, v)
	{
		if (streq(json_string_value(json_object_get(v, "type")), type))
			c = v;
	}
	if (!c) {
		c = json_pack("{s:s, s:s, s:s}", "type", type, "status", status, "lastTransitionTime", now);
		if (!c || json_array_append_new(list, c) < 0 || set_text(c, "reason", reason) < 0 ||
		    set_text(c, "message", message) < 0)
			return -ENOMEM;
		return 1;
	}
	int a = set_text(c, "status", status);
	int t = a == 1 ? set_text(c, "lastTransitionTime", now) : 0;
	int r = set_text(c, "reason", reason);
	int m = set_text(c, "message", message);
	if (a < 0 || t < 0 || r < 0 || m < 0)
		return -ENOMEM;
	return a || r || m;
}

bool pod_ready(const json_t *pod) { return obj_condition_true(pod, "Ready"); }

bool pod_available(const json_t *pod, int64_t min_ready_s, time_t now)
{
	struct timespec since;

	if (!pod_ready(pod))
		return false;
	if (min_ready_s <= 0)
		return true;
	const char *t = json_string_value(json_object_get(obj_condition(pod, "Ready"), "lastTransitionTime"));
	return t && time_parse(t, &since) == 0 && since.tv_sec <= now && now - since.tv_sec >= min_ready_s;
}

bool pod_terminal(const json_t *pod)
{
	const char *phase = json_string_value(json_at(pod, "status", "phase", NULL));

	return streq(phase, "Succeeded") || streq(phase, "Failed");
}

bool pod_active(const json_t *pod) { return !pod_terminal(pod) && !obj_deleting(pod); }

int pod_volume_claim(const json_t *pod, const json_t *volume, char **ret)
{
	const char *claim = json_str(volume, "persistentVolumeClaim.claimName");

	if (!claim && !json_is_object(json_object_get(volume, "ephemeral")))
		return 0;
	char *name = claim ? str_dup(claim) : str_fmt("%s-%s", obj_name(pod), json_str_or(volume, "name", ""));
	if (!name)
		return -ENOMEM;
	*ret = name;
	return 1;
}

/* --- Status --- */

json_t *status_new(int http_code, const char *reason, const char *message)
{
	json_t *s = json_pack("{s:s, s:s, s:{}, s:s}", "kind", "Status", "apiVersion", "v1", "metadata", "status",
			      http_code < 400 ? "Success" : "Failure");
	if (!s)
		return NULL;
	if ((message && *message && json_object_set_new(s, "message", json_string(message)) < 0) ||
	    (reason && *reason && json_object_set_new(s, "reason", json_string(reason)) < 0) ||
	    json_object_set_new(s, "code", json_integer(http_code)) < 0) {
		json_decref(s);
		return NULL;
	}
	return s;
}

/* status.details in its place before code, as Kubernetes writes it. */
static json_t *details_of(json_t *status)
{
	json_t *d = json_object_get(status, "details");

	if (d)
		return d;
	json_t *code = json_incref(json_object_get(status, "code"));
	(void)json_object_del(status, "code");
	d = child(status, "details", false);
	if (code && json_object_set_new(status, "code", code) < 0)
		return NULL;
	return d;
}

int status_set_details(json_t *status, const char *group, const char *kind_or_resource, const char *name,
		       const char *uid)
{
	json_t *d = details_of(status);

	if (!d || set_text(d, "name", name) < 0 || set_text(d, "group", group) < 0 ||
	    set_text(d, "kind", kind_or_resource) < 0 || set_text(d, "uid", uid) < 0)
		return -ENOMEM;
	return 0;
}

int status_add_cause(json_t *status, const char *reason, const char *message, const char *field)
{
	json_t *d = details_of(status);
	json_t *list = d ? child(d, "causes", true) : NULL;
	json_t *c = list ? json_object() : NULL;

	if (!c || json_array_append_new(list, c) < 0 || set_text(c, "reason", reason) < 0 ||
	    set_text(c, "message", message) < 0 || set_text(c, "field", field) < 0)
		return -ENOMEM;
	return 0;
}

int status_http_code(int err_code)
{
	switch (err_code) {
	case 0:
		return 200;
	case ERR_NOT_FOUND:
		return 404;
	case ERR_EXISTS:
	case ERR_CONFLICT:
		return 409;
	case ERR_INVALID:
		return 422;
	case ERR_BAD_REQUEST:
	case -EINVAL:
		return 400;
	case ERR_GONE:
		return 410;
	case ERR_FORBIDDEN:
		return 403;
	case ERR_UNAUTHORIZED:
		return 401;
	case ERR_TOO_LARGE:
		return 413;
	case ERR_TOO_MANY:
		return 429;
	case ERR_TIMEOUT:
	case ERR_TOO_NEW:
		return 504;
	case ERR_UNSUPPORTED:
		return 501;
	case ERR_CANCELED:
	case ERR_UNAVAILABLE:
	case ERR_AGAIN:
		return 503;
	case -ENOSPC:
	case -EDQUOT:
		return 507;
	case ERR_METHOD:
		return 405;
	case ERR_NOT_ACCEPTABLE:
		return 406;
	case ERR_MEDIA_TYPE:
		return 415;
	default:
		return 500;
	}
}

const char *status_reason(int http_code)
{
	switch (http_code) {
	case 400:
		return "BadRequest";
	case 401:
		return "Unauthorized";
	case 403:
		return "Forbidden";
	case 404:
		return "NotFound";
	case 405:
		return "MethodNotAllowed";
	case 406:
		return "NotAcceptable";
	case 409:
		return "Conflict";
	case 410:
		return "Expired";
	case 413:
		return "RequestEntityTooLarge";
	case 415:
		return "UnsupportedMediaType";
	case 422:
		return "Invalid";
	case 429:
		return "TooManyRequests";
	case 500:
		return "InternalError";
	case 501:
		return "NotImplemented";
	case 503:
		return "ServiceUnavailable";
	case 504:
		return "Timeout";
	case 507: /* not one of Kubernetes' own, which has no word for it */
		return "InsufficientStorage";
	default:
		return http_code < 400 ? "" : http_code < 500 ? "BadRequest" : "InternalError";
	}
}

int status_to_code(int http_code, const char *reason)
{
	static const struct {
		const char *reason;
		int code;
	} by_reason[] = {
		{"NotFound", ERR_NOT_FOUND},
		{"AlreadyExists", ERR_EXISTS},
		{"Conflict", ERR_CONFLICT},
		{"Invalid", ERR_INVALID},
		{"BadRequest", ERR_BAD_REQUEST},
		{"Gone", ERR_GONE},
		{"Expired", ERR_GONE},
		{"Forbidden", ERR_FORBIDDEN},
		{"Unauthorized", ERR_UNAUTHORIZED},
		{"RequestEntityTooLarge", ERR_TOO_LARGE},
		{"TooManyRequests", ERR_TOO_MANY},
		{"Timeout", ERR_TIMEOUT},
		{"ServerTimeout", ERR_TIMEOUT},
		{"ServiceUnavailable", ERR_UNAVAILABLE},
		{"InternalError", ERR_INTERNAL},
		{"MethodNotAllowed", ERR_METHOD},
		{"NotAcceptable", ERR_NOT_ACCEPTABLE},
		{"UnsupportedMediaType", ERR_MEDIA_TYPE},
		{"NotImplemented", ERR_UNSUPPORTED},
	};
	if (http_code >= 200 && http_code < 400)
		return 0;
	for (size_t i = 0; reason && i < ARRAY_LEN(by_reason); i++) {
		if (streq(reason, by_reason[i].reason))
			return by_reason[i].code;
	}
	switch (http_code) {
	case 400:
		return ERR_BAD_REQUEST;
	case 401:
		return ERR_UNAUTHORIZED;
	case 403:
		return ERR_FORBIDDEN;
	case 404:
		return ERR_NOT_FOUND;
	case 405:
		return ERR_METHOD;
	case 406:
		return ERR_NOT_ACCEPTABLE;
	case 409:
		return ERR_CONFLICT;
	case 410:
		return ERR_GONE;
	case 413:
		return ERR_TOO_LARGE;
	case 415:
		return ERR_MEDIA_TYPE;
	case 422:
		return ERR_INVALID;
	case 429:
		return ERR_TOO_MANY;
	case 501:
		return ERR_UNSUPPORTED;
	case 502:
	case 503:
		return ERR_UNAVAILABLE;
	case 504:
		return ERR_TIMEOUT;
	default:
		return http_code >= 500 ? ERR_INTERNAL : http_code >= 400 ? ERR_BAD_REQUEST : ERR_PROTO;
	}
}

/* --- events --- */

json_t *event_new(const json_t *obj, const char *api_version, const char *kind, const char *type, const char *reason,
		  const char *component, const char *host, const char *now, const char *fmt, ...)
{
	AUTO_BUF struct buf msg = {0};
	unsigned char rnd[8];
	char suffix[17];
	va_list ap;

	va_start(ap, fmt);
	buf_addv(&msg, fmt, ap);
	va_end(ap);
	if (buf_failed(&msg))
		return NULL;
	if (msg.len > 1024) { /* what the events API takes; cut between characters */
		size_t n = 1024;
		while (n && ((unsigned char)msg.data[n] & 0xc0) == 0x80)
			n--;
		buf_trim(&msg, n);
	}
	random_bytes(rnd, sizeof(rnd));
	hex_encode(rnd, sizeof(rnd), suffix);
	/* An object name may be as long as an event name, so the suffix needs room. */
	AUTO_FREE char *name = str_fmt("%.236s.%s", obj_name(obj), suffix);
	const char *ns = obj_namespace(obj);
	if (!name)
		return NULL;
	json_t *ev = json_pack("{s:s, s:s, s:{s:s, s:s}, s:{s:s, s:s}, s:s, s:s, s:{s:s}, s:s, s:s, s:i, s:s, s:n, s:s, s:s}",
			       "apiVersion", "v1", "kind", "Event", "metadata", "name", name, "namespace",
			       *ns ? ns : "default", "involvedObject", "kind", kind, "name", obj_name(obj), "reason", reason,
			       "message", msg.data ? msg.data : "", "source", "component", component, "firstTimestamp", now,
			       "lastTimestamp", now, "count", 1, "type", type, "eventTime", "reportingComponent", component,
			       "reportingInstance", host ? host : "");
	if (!ev)
		return NULL;
	json_t *ref = json_object_get(ev, "involvedObject");
	const char *rv = json_string_value(json_at(obj, "metadata", "resourceVersion", NULL));
	if (set_text(ref, "namespace", ns) < 0 || set_text(ref, "uid", obj_uid(obj)) < 0 ||
	    set_text(ref, "apiVersion", api_version) < 0 || set_text(ref, "resourceVersion", rv) < 0 ||
	    set_text(json_object_get(ev, "source"), "host", host) < 0) {
		json_decref(ev);
		return NULL;
	}
	return ev;
}
