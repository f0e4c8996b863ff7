/* Bodies: JSON and YAML into trees, with the three levels of field validation. */
#include "api/object.h"
#include "api/protobuf.h"
#include "apiserver/write.h"

static const char *body_types = "the body of the request was in an unknown format - accepted media types include: application/json, "
				"application/yaml, application/vnd.kubernetes.protobuf";

/* What a protobuf body is: the subresource's own type, DeleteOptions, or the resource. */
static int decode_protobuf(struct req *r, json_t **ret, struct err *e)
{
	const struct api_type *t = r->sub && r->sub->type ? r->sub->type : r->res->type;
	struct api_protobuf u;
	int rc = api_protobuf_unwrap(&u, r->body->data, r->body->len, e);

	if (rc)
		return rc;
	if (streq(u.kind, "DeleteOptions"))
		t = api_type_find("io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptions");
	if (!t)
		return err_set(e, ERR_MEDIA_TYPE, "%s", body_types);
	return api_protobuf_decode(ret, t, &u, e);
}

int decode_body(struct req *r, json_t **ret, json_t *findings, struct err *e)
{
	const char *ct = r->content_type;
	bool yaml = media_is(ct, "application/yaml") || media_is(ct, "application/apply-patch+yaml");
	bool proto = media_is(ct, "application/vnd.kubernetes.protobuf") && !r->res->crd;
	AUTO_JSON json_t *v = NULL;
	int rc;

	/* A patch's type was looked at before it comes here. */
	if (ct && *ct && r->verb != API_PATCH && !yaml && !proto && !media_is(ct, "application/json"))
		return err_set(e, ERR_MEDIA_TYPE, "%s", body_types);
	if (!r->body || !r->body->len)
		return err_set(e, ERR_BAD_REQUEST, "the request body is empty");
	if (proto)
		return decode_protobuf(r, ret, e);
	rc = yaml ? yaml_parse_dups(r->body->data, r->body->len, &v, findings, e) : json_parse_bytes(r->body, &v, e);
	if (rc)
		return rc;
	if (yaml && json_array_size(findings)) {
		AUTO_BUF struct buf b = {0};
		json_t *one;

		buf_adds(&b, "yaml: unmarshal errors:");
		for (size_t i = 0; i < json_array_size(findings); i++)
			buf_addf(&b, "\n  %s", json_string_value(json_array_get(findings, i)));
		one = buf_failed(&b) ? NULL : json_string(b.data);
		if (!one || json_array_clear(findings) || json_array_append_new(findings, one))
			return err_nomem(e);
	}
	if (findings && (!yaml || r->body->data[strspn(r->body->data, " \t\r\n")] == '{')) {
		rc = api_find_duplicates(r->body->data, r->body->len, findings);
		for (size_t i = 0; i < json_array_size(findings); i++) {
			AUTO_FREE char *m = str_fmt("duplicate field \"%s\"", json_string_value(json_array_get(findings, i)));

			if (m)
				(void)json_array_set_new(findings, i, json_string(m));
		}
		if (rc)
			return err_set(e, rc, "looking for duplicate fields");
	}
	*ret = TAKE_PTR(v);
	return 0;
}

static bool kind_known(struct req *r, const char *group_version, const char *kind)
{
	const char *slash = strchr(group_version, '/');
	AUTO_FREE char *group = slash ? str_ndup(group_version, (size_t)(slash - group_version)) : str_dup("");

	return group && api_resource_for_kind(r->reg, group, slash ? slash + 1 : group_version, kind);
}

/* A body that is no object at all: what it was to be, why not, and how it begins. */
int decode_unrecognized(struct req *r, const char *kind, struct err *e)
{
	static const char hex[] = "0123456789abcdef";
	const char *data = r->body ? r->body->data : "";
	size_t n = r->body ? r->body->len : 0, shown = n < 30 ? n : 30;
	bool yaml = media_is(r->content_type, "application/yaml"), empty = strstr(e->msg, "near end of file") || !n;
	AUTO_BUF struct buf b = {0};

	if (e->code != ERR_BAD_REQUEST && e->code != ERR_INVALID)
		return e->code;
	buf_addf(&b, "the object provided is unrecognized (must be of type %s): ", kind);
	if (yaml && n)
		buf_adds(&b, e->msg);
	else
		buf_addf(&b, "couldn't get version/kind; json parse error: %s", empty ? "unexpected end of JSON input" : e->msg);
	buf_adds(&b, " (");
	if (!n)
		buf_adds(&b, "<empty>");
	else if (*data == '{')
		buf_addf(&b, "%.*s", (int)shown, data);
	else
		for (size_t i = 0; i < shown; i++)
			buf_addf(&b, "%c%c", hex[((unsigned char)data[i]) >> 4], hex[data[i] & 15]);
	buf_adds(&b, n > 30 ? " ...)" : ")");
	free(r->long_message);
	r->long_message = buf_take(&b, NULL);
	return err_set(e, ERR_BAD_REQUEST, "%.200s", r->long_message ? r->long_message : "the object provided is unrecognized");
}

/* runtime.NewNotRegistered..., with the place of the scheme in Kubernetes' source as its messages have it */
static int other_kind(struct req *r, const char *want, const char *kind, const char *group_version, struct err *e)
{
	const char *slash = strchr(group_version, '/'), *version = slash ? slash + 1 : group_version;

	free(r->long_message);
	if (kind_known(r, group_version, kind)) {
		const char *group = r->sub ? r->sub->group : r->group;
		size_t n = *group ? strcspn(group, ".") : 4;

		r->long_message = str_fmt("%s in version \"%s\" cannot be handled as a %s: converting (%s.%s) to (%.*s.%s): unknown conversion", kind, version, want,
					  version, kind, (int)n, *group ? group : "core", want);
	} else {
		r->long_message = str_fmt("%s in version \"%s\" cannot be handled as a %s: no kind \"%s\" is registered for version \"%s\" in scheme "
					  "\"pkg/runtime/scheme.go:111\"",
					  kind, version, want, kind, group_version);
	}
	return err_set(e, ERR_BAD_REQUEST, "%.200s", r->long_message ? r->long_message : "unknown kind");
}

static int not_an_object(struct req *r, const char *kind, const json_t *v, struct err *e)
{
	(void)err_set(e, ERR_BAD_REQUEST,
		      "json: cannot unmarshal %s into Go value of type struct { APIVersion string \"json:\\\"apiVersion,omitempty\\\"\"; Kind string "
		      "\"json:\\\"kind,omitempty\\\"\" }",
		      json_is_array(v) ? "array" : json_is_string(v) ? "string" : json_is_number(v) ? "number" : "bool");
	return decode_unrecognized(r, kind, e);
}

int decode_object(struct req *r, const struct api_type *t, const char *group, const char *version, const char *kind, json_t *obj,
		  json_t *findings, struct err *e)
{
	AUTO_JSON json_t *unknown = json_array();
	const char *k, *v;
	char want[300];
	struct err te = {0};
	AUTO_BUF struct buf words = {0};

	if (!unknown)
		return err_nomem(e);
	if (!json_is_object(obj))
		return not_an_object(r, kind, obj, e);
	(void)snprintf(want, sizeof(want), "%s%s%s", group, *group ? "/" : "", version);
	k = json_str(obj, "kind");
	v = json_str(obj, "apiVersion");
	/* Absent ones are filled in, as the decoder's defaults do. */
	if (!k || !*k) {
		if (json_object_set_new(obj, "kind", json_string(kind)))
			return err_nomem(e);
	} else if (!streq(k, kind)) {
		return other_kind(r, kind, k, v && *v ? v : want, e);
	}
	if (!v || !*v) {
		if (json_object_set_new(obj, "apiVersion", json_string(want)))
			return err_nomem(e);
	} else if (!streq(v, want)) {
		return kind_known(r, v, kind)
			   ? err_set(e, ERR_BAD_REQUEST, "the API version in the data (%s) does not match the expected API version (%s)", v, want)
			   : other_kind(r, kind, kind, v, e);
	}
	if (api_prune(t, obj, findings ? unknown : NULL))
		return err_nomem(e);
	for (size_t i = 0; findings && i < json_array_size(unknown); i++) {
		AUTO_FREE char *m = str_fmt("unknown field \"%s\"", json_string_value(json_array_get(unknown, i)));

		/* Duplicates of custom resources are found before what is pruned; of other types unknown fields are told first. */
		if (!m || json_array_insert_new(findings, r->res->crd ? json_array_size(findings) : i, json_string(m)))
			return err_nomem(e);
	}
	if (api_check_types_told(t, obj, &words, &te)) {
		free(r->long_message);
		r->long_message = str_fmt("%s in version \"%s\" cannot be handled as a %s: %s", kind, version, kind, words.len ? words.data : te.msg);
		return err_set(e, te.code, "%.200s", r->long_message ? r->long_message : te.msg);
	}
	return 0;
}

int decode_findings(struct req *r, const char *kind, const char *version, json_t *findings, struct err *e)
{
	const char *mode = r->q.field_validation && *r->q.field_validation ? r->q.field_validation : "Warn";
	size_t n = json_array_size(findings);
	AUTO_BUF struct buf b = {0};

	if (!n || streq(mode, "Ignore"))
		return 0;
	for (size_t i = 0; i < n; i++) {
		const char *m = json_string_value(json_array_get(findings, i));

		if (streq(mode, "Warn"))
			req_warn(r, "%s", m);
		else
			buf_addf(&b, "%s%s", i ? ", " : "", m);
	}
	if (streq(mode, "Warn"))
		return 0;
	free(r->long_message);
	r->long_message = kind ? str_fmt("%s in version \"%s\" cannot be handled as a %s: strict decoding error: %s", kind, version, kind, b.data)
			       : str_fmt("strict decoding error: %s", b.data);
	return err_set(e, ERR_BAD_REQUEST, "%.200s", r->long_message ? r->long_message : "strict decoding error");
}

/* The program's name in what it says it is, printable, as much of it as a manager's name may have: nobody can be
 * refused for it. */
static void manager_of_agent(const char *agent, char *out, size_t cap)
{
	const unsigned char *p = (const unsigned char *)agent;
	size_t left = strcspn(agent, "/"), n = 0, len;

	for (; left; p += len, left -= len) {
		len = utf8_sequence(p, left);
		bool control = !len || (len == 1 && (*p < ' ' || *p == 127)) || (*p == 0xc2 && p[1] < 0xa0);

		len = len ? len : 1;
		if (control)
			continue;
		if (n + len > MANAGER_MAX || n + len >= cap)
			break;
		memcpy(out + n, p, len);
		n += len;
	}
	out[n] = 0;
}

const char *field_manager(struct req *r, char *out, size_t cap)
{
	if (r->q.field_manager && *r->q.field_manager) {
		(void)str_copy(out, cap, r->q.field_manager);
		return out;
	}
	manager_of_agent(r->user_agent && *r->user_agent ? r->user_agent : "unknown", out, cap);
	return out;
}
