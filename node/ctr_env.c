#include "node/ctr_env.h"
#include <errno.h>
#include "api/object.h"
#include "base/str.h"
#include "node/objects.h"

static bool valid_name(const char *k)
{
	for (const char *p = k; *p; p++)
		if (*p == '=' || *p < 0x20 || *p > 0x7e)
			return false;
	return k[0] != '\0';
}

static int decode(const json_t *v, bool secret, char **ret, struct err *e)
{
	void *data;
	size_t len;

	if (!secret) {
		*ret = str_ndup(json_string_value(v), json_string_length(v));
		return *ret ? 0 : err_nomem(e);
	}
	if (b64_decode(json_string_value(v), json_string_length(v), false, &data, &len) < 0)
		return err_set(e, ERR_INVALID, "a secret's value is not base64");
	*ret = data;
	return 0;
}

/* Keys of ConfigMaps and Secrets that the container's env and envFrom name. */
static int from_all(struct pod *p, const json_t *src, bool secret, const char *prefix, struct env *env, struct err *e)
{
	AUTO_JSON json_t *obj = NULL;
	const char *name = json_str_or(src, "name", ""), *k;
	json_t *v;
	int r;

	r = objects_get(p->node->objects, p, secret ? "secrets" : "configmaps", p->ns, name, &obj, e);
	if (r == ERR_NOT_FOUND && json_bool_or(src, "optional", false))
		return 0;
	if (r == ERR_NOT_FOUND)
		return err_set(e, r, "%s \"%s\" not found", secret ? "secret" : "configmap", name);
	if (r < 0)
		return r;
	json_object_foreach(json_object_get(obj, "data"), k, v)
	{
		AUTO_FREE char *value = NULL, *full = str_fmt("%s%s", prefix, k);
		if (!full)
			return err_nomem(e);
		if (!json_is_string(v) || !valid_name(full))
			continue;
		r = decode(v, secret, &value, e);
		if (r == 0 && env_set(env, full, value) < 0)
			r = err_nomem(e);
		if (r < 0)
			return r;
	}
	return 0;
}

static int from_key(struct pod *p, const json_t *src, bool secret, char **ret, struct err *e)
{
	AUTO_JSON json_t *obj = NULL;
	const char *name = json_str_or(src, "name", ""), *key = json_str_or(src, "key", "");
	bool optional = json_bool_or(src, "optional", false);
	json_t *v;
	int r;

	r = objects_get(p->node->objects, p, secret ? "secrets" : "configmaps", p->ns, name, &obj, e);
	if (r == ERR_NOT_FOUND)
		return optional ? 1 : err_set(e, r, "%s \"%s\" not found", secret ? "secret" : "configmap", name);
	if (r < 0)
		return r;
	v = json_object_get(json_object_get(obj, "data"), key);
	if (!json_is_string(v))
		return optional ? 1 : err_set(e, ERR_NOT_FOUND, "couldn't find key %s in %s %s/%s", key, secret ? "Secret" : "ConfigMap", p->ns, name);
	return decode(v, secret, ret, e);
}

static int value_of(struct pod *p, const json_t *c, const json_t *var, const struct env *env, char **ret, struct err *e)
{
	const json_t *from = json_object_get(var, "valueFrom"), *s;
	AUTO_FREE char *ips = p->ips[1][0] ? str_fmt("%s,%s", p->ips[0], p->ips[1]) : str_dup(p->ips[0]);
	AUTO_FREE char *host_ips = p->node->ips[1] ? str_fmt("%s,%s", p->node->ips[0], p->node->ips[1]) : str_dup(p->node->ips[0]);

	if (!ips || !host_ips)
		return err_nomem(e);
	const struct field_context fc = {.pod = p->spec, .pod_ip = p->ips[0], .pod_ips = ips, .host_ip = p->node->ips[0], .host_ips = host_ips,
					 .node_name = p->node->name};
	if (!from) {
		*ret = expand(json_str_or(var, "value", ""), env);
		return *ret ? 0 : err_nomem(e);
	}
	if ((s = json_object_get(from, "fieldRef")))
		return field_value(&fc, json_str_or(s, "fieldPath", ""), ret, e);
	if ((s = json_object_get(from, "resourceFieldRef"))) {
		AUTO_JSON json_t *alloc = node_allocatable(p->node);
		return resource_value(p->spec, c, s, alloc, ret, e);
	}
	if ((s = json_object_get(from, "configMapKeyRef")))
		return from_key(p, s, false, ret, e);
	if ((s = json_object_get(from, "secretKeyRef")))
		return from_key(p, s, true, ret, e);
	return err_set(e, ERR_UNSUPPORTED, "env %s: this kind of valueFrom is not supported", json_str_or(var, "name", ""));
}

int ctr_env(struct pod *p, const json_t *c, struct env *env, struct err *e)
{
	const json_t *s, *src;
	size_t i;
	int r;

	r = services_env(p->node, p->ns, json_bool_or(p->spec, "spec.enableServiceLinks", true), env, e);
	if (r < 0)
		return r;
	json_array_foreach(json_object_get(c, "envFrom"), i, src)
	{
		const char *prefix = json_str_or(src, "prefix", "");
		if ((s = json_object_get(src, "configMapRef")))
			r = from_all(p, s, false, prefix, env, e);
		else if ((s = json_object_get(src, "secretRef")))
			r = from_all(p, s, true, prefix, env, e);
		if (r < 0)
			return r;
	}
	json_array_foreach(json_object_get(c, "env"), i, src)
	{
		AUTO_FREE char *value = NULL;
		r = value_of(p, c, src, env, &value, e);
		if (r < 0)
			return r;
		if (r == 0 && env_set(env, json_str_or(src, "name", ""), value) < 0)
			return err_nomem(e);
	}
	return 0;
}
