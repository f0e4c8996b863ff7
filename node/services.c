/* Environment variables of Services, in the form Docker links had. Source: pkg/kubelet/envvars. */
#include <errno.h>
#include "api/object.h"
#include "base/str.h"
#include "node/expand.h"
#include "node/internal.h"

static void upper(char *s)
{
	for (; *s; s++)
		*s = (char)(*s == '-' ? '_' : *s >= 'a' && *s <= 'z' ? *s - 32 : *s);
}

static int set(struct env *env, const char *value, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
static int set(struct env *env, const char *value, const char *fmt, ...)
{
	char name[512];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(name, sizeof(name), fmt, ap);
	va_end(ap);
	return env_set(env, name, value);
}

static int one(struct env *env, const json_t *svc)
{
	const char *ip = json_str_or(svc, "spec.clusterIP", "");
	AUTO_FREE char *prefix = str_dup(obj_name(svc));
	json_t *port;
	size_t i;
	int r = 0;

	if (ip[0] == '\0' || streq(ip, "None") || json_array_size(json_dot(svc, "spec.ports")) == 0)
		return 0;
	if (!prefix)
		return -ENOMEM;
	upper(prefix);
	bool v6 = strchr(ip, ':') != NULL;
	r = set(env, ip, "%s_SERVICE_HOST", prefix);
	json_array_foreach(json_dot(svc, "spec.ports"), i, port)
	{
		char no[16], url[160], proto[8], lower[8];
		AUTO_FREE char *name = str_dup(json_str_or(port, "name", ""));
		snprintf(no, sizeof(no), "%d", (int)json_int_or(port, "port", 0));
		snprintf(proto, sizeof(proto), "%.7s", json_str_or(port, "protocol", "TCP"));
		for (size_t k = 0; k < sizeof(lower); k++)
			lower[k] = (char)(proto[k] >= 'A' && proto[k] <= 'Z' ? proto[k] + 32 : proto[k]);
		snprintf(url, sizeof(url), v6 ? "%s://[%s]:%s" : "%s://%s:%s", lower, ip, no);
		if (!name)
			return -ENOMEM;
		upper(name);
		if (r == 0 && i == 0)
			r = set(env, no, "%s_SERVICE_PORT", prefix);
		if (r == 0 && name[0])
			r = set(env, no, "%s_SERVICE_PORT_%s", prefix, name);
		if (r == 0 && i == 0)
			r = set(env, url, "%s_PORT", prefix);
		if (r == 0)
			r = set(env, url, "%s_PORT_%s_%s", prefix, no, proto);
		if (r == 0)
			r = set(env, lower, "%s_PORT_%s_%s_PROTO", prefix, no, proto);
		if (r == 0)
			r = set(env, no, "%s_PORT_%s_%s_PORT", prefix, no, proto);
		if (r == 0)
			r = set(env, ip, "%s_PORT_%s_%s_ADDR", prefix, no, proto);
	}
	return r;
}

static int from_object(struct env *env, const struct informer_object *o, struct err *e)
{
	AUTO_JSON json_t *svc = informer_object_json(o);

	if (!svc || one(env, svc) < 0)
		return err_nomem(e);
	return 0;
}

int services_env(struct node *n, const char *ns, bool links, struct env *env, struct err *e)
{
	AUTO_OBJECT struct informer_object *k = NULL;
	struct informer_object **v;
	size_t count;
	int r = 0;

	if (!informer_synced(n->service_informer))
		return err_set(e, ERR_UNAVAILABLE, "services have not yet been read at least once, cannot construct envvars");
	k = informer_get(n->service_informer, "default", "kubernetes");
	if (k)
		r = from_object(env, k, e);
	if (r < 0 || !links)
		return r;
	if (informer_list(n->service_informer, ns, &v, &count) < 0)
		return err_nomem(e);
	for (size_t i = 0; r == 0 && i < count; i++)
		r = from_object(env, v[i], e);
	informer_list_free(v, count);
	return r;
}
