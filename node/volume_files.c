/* What the files of configMap, secret, downwardAPI and projected volumes hold. */
#include <errno.h>
#include "api/object.h"
#include "base/log.h"
#include "base/str.h"
#include "node/expand.h"
#include "node/objects.h"
#include "node/volumes.h"

#define PAYLOAD_MAX_FILES 4096

void payload_done(struct payload *pl)
{
	for (size_t i = 0; i < pl->n; i++) {
		free(pl->v[i].path);
		if (pl->v[i].data)
			explicit_bzero(pl->v[i].data, pl->v[i].len);
		free(pl->v[i].data);
	}
	free(pl->v);
	*pl = (struct payload){0};
}

bool path_is_local(const char *path)
{
	if (path[0] == '\0' || path[0] == '/')
		return false;
	for (const char *p = path; *p;) {
		size_t n = strcspn(p, "/");
		if (n == 2 && p[0] == '.' && p[1] == '.')
			return false;
		p += n;
		while (*p == '/')
			p++;
	}
	return true;
}

int payload_add(struct payload *pl, const char *path, const void *data, size_t len, mode_t mode, struct err *e)
{
	if (!path_is_local(path) || (path[0] == '.' && path[1] == '.'))
		return err_set(e, ERR_INVALID, "path \"%s\" must be relative and may not begin with or hold \"..\"", path);
	/* A later source wins, as in a projected volume. */
	for (size_t i = 0; i < pl->n; i++)
		if (streq(pl->v[i].path, path)) {
			free(TAKE_PTR(pl->v[i].path));
			free(TAKE_PTR(pl->v[i].data));
			pl->v[i] = pl->v[--pl->n];
			break;
		}
	if (pl->n >= PAYLOAD_MAX_FILES)
		return err_set(e, ERR_TOO_LARGE, "a volume of more than %d files", PAYLOAD_MAX_FILES);
	if (pl->n == pl->cap) {
		size_t cap = pl->cap ? pl->cap * 2 : 8;
		struct payload_file *v = reallocarray(pl->v, cap, sizeof(*v));
		if (!v)
			return err_nomem(e);
		pl->v = v;
		pl->cap = cap;
	}
	struct payload_file f = {.path = str_dup(path), .data = malloc(len + 1), .len = len, .mode = mode, .uid = -1};
	if (!f.path || !f.data) {
		free(f.path);
		free(f.data);
		return err_nomem(e);
	}
	memcpy(f.data, data, len);
	pl->v[pl->n++] = f;
	return 0;
}

/* One key of a ConfigMap or Secret. 1: absent. */
static int add_key(struct payload *pl, const json_t *obj, bool secret, const char *key, const char *path, mode_t mode, struct err *e)
{
	json_t *v = json_object_get(json_object_get(obj, "data"), key);
	bool b64 = secret;

	if (!v && !secret) {
		v = json_object_get(json_object_get(obj, "binaryData"), key);
		b64 = true;
	}
	if (!json_is_string(v))
		return 1;
	if (!b64)
		return payload_add(pl, path, json_string_value(v), json_string_length(v), mode, e);
	void *data;
	size_t len;
	int r = b64_decode(json_string_value(v), json_string_length(v), false, &data, &len);
	if (r < 0)
		return err_set(e, ERR_INVALID, "value of key %s is not base64", key);
	r = payload_add(pl, path, data, len, mode, e);
	explicit_bzero(data, len);
	free(data);
	return r;
}

static int add_object(struct pod *p, struct payload *pl, const json_t *src, const char *name, bool secret, mode_t dflt, struct err *e)
{
	AUTO_JSON json_t *obj = NULL;
	const json_t *items = json_object_get(src, "items"), *it;
	bool optional = json_bool_or(src, "optional", false);
	const char *k;
	json_t *v;
	size_t i;
	int r;

	if (!name)
		return err_set(e, ERR_INVALID, "%s volume without a name", secret ? "secret" : "configMap");
	r = objects_get(p->node->objects, p, secret ? "secrets" : "configmaps", p->ns, name, &obj, e);
	if (r == ERR_NOT_FOUND && optional)
		return 0;
	if (r == ERR_NOT_FOUND)
		return err_set(e, r, "%s \"%s\" not found", secret ? "secret" : "configmap", name);
	if (r < 0)
		return r;
	if (json_array_size(items) > 0) {
		json_array_foreach((json_t *)items, i, it)
		{
			const char *key = json_str_or(it, "key", "");
			r = add_key(pl, obj, secret, key, json_str_or(it, "path", ""), (mode_t)json_int_or(it, "mode", dflt), e);
			if (r == 1 && !optional)
				return err_set(e, ERR_NOT_FOUND, "references non-existent %s key: %s", secret ? "secret" : "config", key);
			if (r < 0)
				return r;
		}
		return 0;
	}
	static const char *const parts[] = {"data", "binaryData"};
	for (size_t n = 0; n < (secret ? 1u : 2u); n++)
		json_object_foreach(json_object_get(obj, parts[n]), k, v)
		{
			r = add_key(pl, obj, secret, k, k, dflt, e);
			if (r < 0)
				return r;
		}
	return 0;
}

static int add_downward(struct pod *p, struct payload *pl, const json_t *items, mode_t dflt, struct err *e)
{
	const struct field_context fc = {.pod = p->spec, .pod_ip = p->ips[0], .pod_ips = p->ips[0], .host_ip = p->node->ips[0],
					 .host_ips = p->node->ips[0], .node_name = p->node->name};
	json_t *it;
	size_t i;
	int r = 0;

	json_array_foreach((json_t *)items, i, it)
	{
		const json_t *field = json_object_get(it, "fieldRef"), *res = json_object_get(it, "resourceFieldRef");
		AUTO_FREE char *v = NULL;
		if (field) {
			r = field_value(&fc, json_str_or(field, "fieldPath", ""), &v, e);
		} else if (res) {
			AUTO_JSON json_t *alloc = node_allocatable(p->node);
			r = resource_value(p->spec, NULL, res, alloc, &v, e);
		} else {
			continue;
		}
		if (r == 0)
			r = payload_add(pl, json_str_or(it, "path", ""), v, strlen(v), (mode_t)json_int_or(it, "mode", dflt), e);
		if (r < 0)
			return r;
	}
	return 0;
}

/* TokenRequest; the volume is written again at 80 % of the token's life (kubelet's token manager). */
static int add_token(struct pod *p, struct payload *pl, const json_t *src, mode_t mode, struct err *e)
{
	const char *sa = json_str_or(p->spec, "spec.serviceAccountName", "default");
	int64_t seconds = json_int_or(src, "expirationSeconds", 3600);
	const struct client_ref ref = {.plural = "serviceaccounts", .ns = p->ns, .name = sa, .subresource = "token"};
	AUTO_JSON json_t *req = json_pack("{s:s,s:s,s:{s:I,s:{s:s,s:s,s:s,s:s}}}", "kind", "TokenRequest", "apiVersion",
					  "authentication.k8s.io/v1", "spec", "expirationSeconds", (json_int_t)seconds, "boundObjectRef", "kind",
					  "Pod", "apiVersion", "v1", "name", p->name, "uid", p->uid);
	AUTO_JSON json_t *ans = NULL;
	struct timespec exp;
	const char *token;
	int r;

	if (!req)
		return err_nomem(e);
	if (json_str_or(src, "audience", "")[0])
		json_dot_set(req, "spec.audiences", json_pack("[s]", json_str(src, "audience")));
	r = client_create_wait(p->node->client, &ref, req, &ans, e);
	if (r < 0)
		return err_wrap(e, "failed to fetch token");
	token = json_str(ans, "status.token");
	if (!token)
		return err_set(e, ERR_PROTO, "the API server answered a TokenRequest without a token");
	if (time_parse(json_str_or(ans, "status.expirationTimestamp", ""), &exp) == 0) {
		int64_t life = exp.tv_sec - clock_wall(p->node->d.clock);
		int64_t at = node_now_ms(p->node) + life * 800;
		if (p->token_refresh_ms == 0 || at < p->token_refresh_ms)
			p->token_refresh_ms = at;
	}
	/* Readable by the one user all containers run as, or by the pod's group; else by all (kubelet's rule). */
	return payload_add(pl, json_str_or(src, "path", "token"), token, strlen(token), mode, e);
}

static int add_projected(struct pod *p, struct payload *pl, const json_t *projected, struct err *e)
{
	mode_t dflt = (mode_t)json_int_or(projected, "defaultMode", 0644);
	const json_t *src;
	size_t i;
	int r;

	json_array_foreach(json_object_get(projected, "sources"), i, src)
	{
		const json_t *s;
		if ((s = json_object_get(src, "secret")))
			r = add_object(p, pl, s, json_str(s, "name"), true, dflt, e);
		else if ((s = json_object_get(src, "configMap")))
			r = add_object(p, pl, s, json_str(s, "name"), false, dflt, e);
		else if ((s = json_object_get(src, "downwardAPI")))
			r = add_downward(p, pl, json_object_get(s, "items"), dflt, e);
		else if ((s = json_object_get(src, "serviceAccountToken")))
			r = add_token(p, pl, s, dflt, e);
		else
			r = err_set(e, ERR_UNSUPPORTED, "projected volume source %s is not supported",
				    json_object_iter_key(json_object_iter((json_t *)src)) ? json_object_iter_key(json_object_iter((json_t *)src)) : "(none)");
		if (r < 0)
			return r;
	}
	return 0;
}

int payload_build(struct pod *p, const json_t *volume, struct payload *pl, struct err *e)
{
	const json_t *s;

	if ((s = json_object_get(volume, "configMap")))
		return add_object(p, pl, s, json_str(s, "name"), false, (mode_t)json_int_or(s, "defaultMode", 0644), e);
	if ((s = json_object_get(volume, "secret")))
		return add_object(p, pl, s, json_str(s, "secretName"), true, (mode_t)json_int_or(s, "defaultMode", 0644), e);
	if ((s = json_object_get(volume, "downwardAPI")))
		return add_downward(p, pl, json_object_get(s, "items"), (mode_t)json_int_or(s, "defaultMode", 0644), e);
	if ((s = json_object_get(volume, "projected")))
		return add_projected(p, pl, s, e);
	return 1;
}
