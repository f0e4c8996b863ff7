/* /openapi/v2 and /openapi/v3: made from the registry on a worker, kept until a CRD changes them. */
#include "api/openapi.h"
#include "apiserver/internal.h"

#define V2_PROTO "application/com.github.proto-openapi.spec.v2@v1.0+protobuf"
/* '@' may stand in Accept but is no character of a media type: Go's clients reject it in Content-Type. */
#define V2_PROTO_ANSWER "application/com.github.proto-openapi.spec.v2.v1.0+protobuf"

struct accept_v2 {
	bool json, proto;
};

static bool pick_v2(void *arg, const char *type, const char *params)
{
	struct accept_v2 *a = arg;

	(void)params;
	if (streq(type, V2_PROTO) || streq(type, V2_PROTO_ANSWER))
		return a->proto = true;
	if (streq(type, "application/json") || streq(type, "*/*") || streq(type, "application/*"))
		return a->json = true;
	return false;
}

/* what: "v2", "v2pb", "" for the v3 index, else a v3 path. Kept beside the discovery documents. */
static int document(struct req *r, const char *what, struct bytes **ret, struct err *e)
{
	AUTO_FREE char *key = str_fmt("openapi %s", what);
	int rc;

	if (!key)
		return err_nomem(e);
	*ret = disco_cached(r->a, r->reg, key);
	if (*ret)
		return 0;
	if (streq(what, "v2"))
		rc = openapi_v2_json(ret, r->reg, e);
	else if (streq(what, "v2pb"))
		rc = openapi_v2_protobuf(ret, r->reg, e);
	else if (!*what)
		rc = openapi_v3_index(ret, r->reg, e);
	else
		rc = openapi_v3_doc(ret, r->reg, what, e);
	if (!rc && (*ret)->len < (1u << 20)) /* the big ones are asked for rarely; memory is dearer */
		disco_keep(r->a, r->reg, key, *ret);
	return rc;
}

static void build(void *arg)
{
	struct req *r = arg;
	struct err e = {0};
	AUTO_BYTES struct bytes *b = NULL;
	int rc;
	const char *type = "application/json";

	if (str_has_prefix(r->path, "/openapi/v2")) {
		struct accept_v2 a = {0};

		if (!r->accept || !*r->accept)
			a.json = true;
		else
			(void)accept_each(r->accept, pick_v2, &a);
		if (!a.json && !a.proto) {
			req_fail(r, 406, "NotAcceptable", "only the following media types are accepted: application/json, " V2_PROTO);
			return;
		}
		rc = document(r, a.proto ? "v2pb" : "v2", &b, &e);
		if (a.proto)
			type = V2_PROTO_ANSWER;
	} else {
		const char *p = r->path + strlen("/openapi/v3");

		while (*p == '/')
			p++;
		rc = document(r, p, &b, &e);
		if (!rc && *p && r->x) {
			AUTO_FREE char *hash = query_get(r->query_text, "hash");
			char now[65], text[400];

			rc = openapi_v3_hash(r->reg, p, now, &e);
			if (!rc && hash && *hash && !streq(hash, now)) {
				(void)snprintf(text, sizeof(text), "/openapi/v3/%s?hash=%s", p, now);
				(void)http_add_header(r->x, "Location", text);
				req_reply(r, 301, "text/plain", NULL);
				return;
			}
			r->immutable = !rc && hash && *hash; /* addressed by its hash: never changes */
			(void)snprintf(text, sizeof(text), "\"%s\"", now);
			if (!rc)
				(void)http_add_header(r->x, "ETag", text);
			if (!rc && streq(http_header(r->x, "If-None-Match"), text)) {
				req_reply(r, 304, "application/json", NULL);
				return;
			}
		}
	}
	if (rc == ERR_NOT_FOUND)
		req_fail(r, 404, "NotFound", "the server could not find the requested resource");
	else if (rc)
		req_fail_err(r, &e);
	else
		req_reply(r, 200, type, b);
}

void req_openapi(struct req *r)
{
	if (!streq(r->method, "GET") && !streq(r->method, "HEAD")) {
		req_fail(r, 405, "MethodNotAllowed", "the server does not allow this method on the requested resource");
		return;
	}
	req_defer(r, build, r);
}
