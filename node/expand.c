#include "node/expand.h"
#include <errno.h>
#include "api/object.h"
#include "api/quantity.h"
#include "base/str.h"

void env_done(struct env *env)
{
	for (size_t i = 0; i < env->n; i++) {
		free(env->v[i].name);
		free(env->v[i].value);
	}
	free(env->v);
	*env = (struct env){0};
}

int env_set(struct env *env, const char *name, const char *value)
{
	for (size_t i = 0; i < env->n; i++)
		if (streq(env->v[i].name, name))
			return str_replace(&env->v[i].value, value);
	if (env->n == env->cap) {
		size_t cap = env->cap ? env->cap * 2 : 32;
		struct env_var *v = reallocarray(env->v, cap, sizeof(*v));
		if (!v)
			return -ENOMEM;
		env->v = v;
		env->cap = cap;
	}
	AUTO_FREE char *n = str_dup(name), *val = str_dup(value);
	if (!n || !val)
		return -ENOMEM;
	env->v[env->n++] = (struct env_var){TAKE_PTR(n), TAKE_PTR(val)};
	return 0;
}

const char *env_get(const struct env *env, const char *name)
{
	for (size_t i = 0; i < env->n; i++)
		if (streq(env->v[i].name, name))
			return env->v[i].value;
	return NULL;
}

char *expand(const char *text, const struct env *env)
{
	AUTO_BUF struct buf b = {0};

	for (const char *p = text; *p;) {
		if (*p != '$' || p[1] == '\0') {
			buf_addc(&b, *p++);
		} else if (p[1] == '$') {
			buf_addc(&b, '$');
			p += 2;
		} else if (p[1] == '(') {
			const char *end = strchr(p + 2, ')');
			if (!end) { /* incomplete: as it is */
				buf_adds(&b, "$(");
				p += 2;
				continue;
			}
			AUTO_FREE char *name = str_ndup(p + 2, (size_t)(end - p - 2));
			const char *value = name ? env_get(env, name) : NULL;
			if (value)
				buf_adds(&b, value);
			else
				buf_add(&b, p, (size_t)(end + 1 - p));
			p = end + 1;
		} else { /* $x is no reference: both stay */
			buf_add(&b, p, 2);
			p += 2;
		}
	}
	return buf_take(&b, NULL);
}

static int cmp_key(const void *a, const void *b) { return strcmp(*(const char *const *)a, *(const char *const *)b); }

/* key="value" lines, sorted, the value quoted as Go's %q does for plain text. */
static int format_map(const json_t *map, char **ret, struct err *e)
{
	size_t n = json_object_size(map), i = 0;
	AUTO_FREE const char **keys = calloc(n + 1, sizeof(*keys));
	AUTO_BUF struct buf b = {0};
	const char *k;
	json_t *v;

	if (!keys)
		return err_nomem(e);
	json_object_foreach((json_t *)map, k, v) keys[i++] = k;
	qsort(keys, n, sizeof(*keys), cmp_key);
	for (i = 0; i < n; i++) {
		const char *s = json_string_value(json_object_get(map, keys[i]));
		buf_adds(&b, keys[i]);
		buf_addc(&b, '=');
		buf_add_json_str(&b, s ? s : "", s ? strlen(s) : 0);
		if (i + 1 < n)
			buf_addc(&b, '\n');
	}
	*ret = buf_take(&b, NULL);
	return *ret ? 0 : err_nomem(e);
}

/* metadata.labels['key'] */
static bool subscript(const char *path, const char *prefix, char *key, size_t cap)
{
	size_t n = strlen(prefix), len = strlen(path);

	if (!str_has_prefix(path, prefix) || strncmp(path + n, "['", 2) != 0 || len < n + 4 || strcmp(path + len - 2, "']") != 0)
		return false;
	AUTO_FREE char *k = str_ndup(path + n + 2, len - n - 4);
	return k && str_copy(key, cap, k);
}

int field_value(const struct field_context *c, const char *path, char **ret, struct err *e)
{
	const char *v = NULL;
	char key[320];

	if (streq(path, "metadata.name"))
		v = obj_name(c->pod);
	else if (streq(path, "metadata.namespace"))
		v = obj_namespace(c->pod);
	else if (streq(path, "metadata.uid"))
		v = obj_uid(c->pod);
	else if (streq(path, "spec.nodeName"))
		v = c->node_name;
	else if (streq(path, "spec.serviceAccountName"))
		v = json_str_or(c->pod, "spec.serviceAccountName", "");
	else if (streq(path, "status.hostIP"))
		v = c->host_ip;
	else if (streq(path, "status.hostIPs"))
		v = c->host_ips;
	else if (streq(path, "status.podIP"))
		v = c->pod_ip;
	else if (streq(path, "status.podIPs"))
		v = c->pod_ips;
	else if (streq(path, "metadata.labels"))
		return format_map(json_at(c->pod, "metadata", "labels", NULL), ret, e);
	else if (streq(path, "metadata.annotations"))
		return format_map(json_at(c->pod, "metadata", "annotations", NULL), ret, e);
	else if (subscript(path, "metadata.labels", key, sizeof(key)))
		v = obj_label(c->pod, key) ? obj_label(c->pod, key) : "";
	else if (subscript(path, "metadata.annotations", key, sizeof(key)))
		v = obj_annotation(c->pod, key) ? obj_annotation(c->pod, key) : "";
	if (!v)
		return err_set(e, ERR_INVALID, "unsupported fieldPath: %s", path);
	*ret = str_dup(v);
	return *ret ? 0 : err_nomem(e);
}

const json_t *pod_container_spec(const json_t *pod, const char *name)
{
	static const char *const lists[] = {"spec.containers", "spec.initContainers", "spec.ephemeralContainers"};

	for (size_t i = 0; name && i < ARRAY_LEN(lists); i++) {
		json_t *c;
		size_t k;
		json_array_foreach(json_dot(pod, lists[i]), k, c) if (streq(json_str(c, "name"), name)) return c;
	}
	return NULL;
}

int resource_value(const json_t *pod, const json_t *container, const json_t *ref, const json_t *allocatable, char **ret, struct err *e)
{
	const char *resource = json_str_or(ref, "resource", ""), *divisor = json_str_or(ref, "divisor", "1"), *name, *text = NULL;
	struct quantity q = {0}, d;
	bool limits = str_has_prefix(resource, "limits.");
	__int128 v;

	if (json_str(ref, "containerName") && json_str(ref, "containerName")[0]) {
		container = pod_container_spec(pod, json_str(ref, "containerName"));
		if (!container)
			return err_set(e, ERR_INVALID, "container %s not found", json_str(ref, "containerName"));
	}
	if (!limits && !str_has_prefix(resource, "requests."))
		return err_set(e, ERR_INVALID, "unsupported container resource : %s", resource);
	name = strchr(resource, '.') + 1;
	const json_t *r = json_object_get(json_object_get(container, "resources"), limits ? "limits" : "requests");
	text = json_string_value(json_object_get(r, name));
	if (!text && limits)
		text = json_string_value(json_object_get(allocatable, name));
	if (text && quantity_parse(text, &q) < 0)
		return err_set(e, ERR_INVALID, "bad quantity %s", text);
	if (streq(divisor, "0"))
		divisor = "1";
	if (quantity_parse(divisor, &d) < 0 || d.nano <= 0)
		return err_set(e, ERR_INVALID, "bad divisor %s", divisor);
	v = (q.nano + d.nano - 1) / d.nano; /* rounded up */
	*ret = str_fmt("%lld", (long long)v);
	return *ret ? 0 : err_nomem(e);
}
