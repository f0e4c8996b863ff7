#include "apiserver/ingress_refs.h"
#include <errno.h>
#include <string.h>
#include "api/object.h"
#include "base/log.h"
#include "base/map.h"
#include "base/str.h"

#define NOTE_PREFIX "nginx.ingress.kubernetes.io/"
#define KEY_MAX	    700
#define CONTROLLER  "minik.io/ingress-nginx"
#define GATEWAY_CONTROLLER "minik.io/gateway"

static const struct {
	char kind;
	const char *key;
} config_keys[] = {{'c', "add-headers"}, {'c', "proxy-set-headers"}, {'s', "default-ssl-certificate"}};

/* What one object refers to: "s NS/NAME", "c NS/NAME", and of another namespace "x FROM NS/NAME" (a Secret). */
struct names {
	char **v;
	size_t n;
};

struct ingress_refs {
	pthread_mutex_t lock;
	struct map *objects; /* "KIND ns/name" -> struct names */
	struct map *counts;  /* name -> how many objects have it, as a pointer */
	struct map *grants;  /* "ns/name" of a ReferenceGrant -> its spec */
	struct map *configs; /* "ns/name" of a ConfigMap that could be an IngressClass' -> struct names, which count when it is */
	size_t foreign;	     /* names of other namespaces in counts */
};

static void names_free(void *p)
{
	struct names *s = p;

	for (size_t i = 0; s && i < s->n; i++)
		free(s->v[i]);
	if (s)
		free(s->v);
	free(s);
}

static int names_add(struct names *s, char *name)
{
	char **v = name ? reallocarray(s->v, s->n + 1, sizeof(*v)) : NULL;

	if (!v) {
		free(name);
		return -ENOMEM;
	}
	s->v = v;
	v[s->n++] = name;
	return 0;
}

/* --- of an object --- */

/* "ns/name" of another namespace opens nothing. */
static int add_note(struct names *s, const json_t *ing, char kind, const char *note)
{
	const char *ns = obj_namespace(ing), *v = obj_annotation(ing, note);
	size_t n = strlen(ns);

	if (v && str_has_prefix(v, ns) && v[n] == '/')
		v += n + 1;
	if (!v || !*v || strchr(v, '/'))
		return 0;
	return names_add(s, str_fmt("%c %s/%s", kind, ns, v));
}

static int of_ingress(struct names *s, const json_t *ing)
{
	static const struct {
		char kind;
		const char *note;
	} notes[] = {{'s', NOTE_PREFIX "auth-secret"},
		     {'s', NOTE_PREFIX "auth-tls-secret"},
		     {'s', NOTE_PREFIX "proxy-ssl-secret"},
		     {'c', NOTE_PREFIX "custom-headers"},
		     {'c', NOTE_PREFIX "auth-proxy-set-headers"}};
	const json_t *tls;
	int r = 0;
	size_t i;

	for (i = 0; !r && i < ARRAY_LEN(notes); i++)
		r = add_note(s, ing, notes[i].kind, notes[i].note);
	json_array_foreach (json_dot(ing, "spec.tls"), i, tls) {
		const char *name = json_str(tls, "secretName");
		if (!r && name && *name)
			r = names_add(s, str_fmt("s %s/%s", obj_namespace(ing), name));
	}
	return r;
}

/* Parameters of a Gateway (ns: its own) or of its class. */
static int add_parameters(struct names *s, const json_t *ref, const char *ns)
{
	const char *name = json_str(ref, "name");

	if (!ns || !name || !*ns || !*name || strchr(ns, '/') || strchr(name, '/') || *json_str_or(ref, "group", "") ||
	    !streq(json_str(ref, "kind"), "ConfigMap"))
		return 0;
	return names_add(s, str_fmt("c %s/%s", ns, name));
}

static int of_gateway(struct names *s, const json_t *gw)
{
	const json_t *l, *c;
	int r = add_parameters(s, json_dot(gw, "spec.infrastructure.parametersRef"), obj_namespace(gw));
	size_t i, k;

	json_array_foreach (json_dot(gw, "spec.listeners"), i, l)
		json_array_foreach (json_dot(l, "tls.certificateRefs"), k, c) {
			const char *own = obj_namespace(gw), *ns = json_str_or(c, "namespace", own),
				   *name = json_str(c, "name");
			if (r || !name || *json_str_or(c, "group", "") || !streq(json_str_or(c, "kind", "Secret"), "Secret"))
				continue;
			r = names_add(s, streq(ns, own) ? str_fmt("s %s/%s", ns, name) : str_fmt("x %s %s/%s", own, ns, name));
		}
	return r;
}

static int of_gateway_class(struct names *s, const json_t *class)
{
	const json_t *ref = json_dot(class, "spec.parametersRef");

	if (!streq(json_str(class, "spec.controllerName"), GATEWAY_CONTROLLER))
		return 0;
	return add_parameters(s, ref, json_str(ref, "namespace"));
}

/* Its parameters. */
static int of_class(struct names *s, const json_t *class)
{
	const json_t *p = json_dot(class, "spec.parameters");
	const char *ns = json_str(p, "namespace"), *name = json_str(p, "name");

	if (!ns || !name || !*ns || !*name || strchr(ns, '/') || strchr(name, '/') || *json_str_or(p, "apiGroup", "") ||
	    !streq(json_str(p, "kind"), "ConfigMap") || !streq(json_str(p, "scope"), "Namespace") ||
	    !streq(json_str(class, "spec.controller"), CONTROLLER))
		return 0;
	return names_add(s, str_fmt("c %s/%s", ns, name));
}

/* What such a ConfigMap names is of its own namespace: who may write it need not be one who may read other Secrets. */
static int of_config(struct names *s, const json_t *map)
{
	const json_t *data = json_object_get(map, "data");
	const char *ns = obj_namespace(map);
	size_t n = strlen(ns);
	int r = 0;

	for (size_t i = 0; !r && i < ARRAY_LEN(config_keys); i++) {
		const char *v = json_string_value(json_object_get(data, config_keys[i].key));
		if (v)
			v += strspn(v, " \t\n");
		if (v && str_has_prefix(v, ns) && v[n] == '/')
			v += n + 1;
		size_t l = v ? strcspn(v, " \t\n") : 0;
		if (l && !memchr(v, '/', l))
			r = names_add(s, str_fmt("%c %s/%.*s", config_keys[i].kind, ns, (int)(l < KEY_MAX ? l : KEY_MAX), v));
	}
	return r;
}

/* --- the whole; lock held --- */

static void count(struct ingress_refs *r, const struct names *s, bool more)
{
	for (size_t i = 0; s && i < s->n; i++) {
		uintptr_t n = (uintptr_t)map_get(r->counts, s->v[i]);
		n = more ? n + 1 : n - 1;
		if (n == 0)
			(void)map_take(r->counts, s->v[i]);
		else if (map_put(r->counts, s->v[i], (void *)n) < 0)
			log_error(APISERVER_LOG, s->v[i] + 2, "nodes cannot read what an Ingress refers to: out of memory");
		if (s->v[i][0] == 'x')
			r->foreign = more ? r->foreign + 1 : r->foreign - 1;
	}
}

static int put(struct ingress_refs *r, const char *key, struct names *s)
{
	struct names *had = map_take(r->objects, key);

	count(r, had, false);
	names_free(had);
	if (!s)
		return 0;
	if (map_put(r->objects, key, s) < 0) {
		names_free(s);
		return -ENOMEM;
	}
	count(r, s, true);
	return 0;
}

static bool mentions(const struct bytes *b, const char *word)
{
	return memmem(b->data, b->len, word, strlen(word)) != NULL;
}

/* Most refer to nothing, and are not parsed. */
static bool may_refer(const struct bytes *b, int kind)
{
	if (kind == REFS_CLASSES)
		return mentions(b, CONTROLLER) && mentions(b, "parameters");
	if (kind == REFS_GATEWAY_CLASSES)
		return mentions(b, GATEWAY_CONTROLLER) && mentions(b, "parametersRef");
	return kind == REFS_GATEWAYS ? mentions(b, "certificateRefs") || mentions(b, "parametersRef")
				     : mentions(b, "secretName") || mentions(b, "-secret\"") || mentions(b, "-headers\"");
}

static int take(struct ingress_refs *r, int kind, const char *key, const struct bytes *value)
{
	AUTO_FREE char *at = str_fmt("%d %s", kind, key);
	AUTO_JSON json_t *o = NULL;
	struct names *s = NULL;
	int code = at ? 0 : -ENOMEM;

	if (code == 0 && value && may_refer(value, kind)) {
		code = json_parse_bytes(value, &o, NULL);
		s = code < 0 ? NULL : calloc(1, sizeof(*s));
		if (code == 0)
			code = !s			 ? -ENOMEM
			       : kind == REFS_GATEWAYS ? of_gateway(s, o)
			       : kind == REFS_CLASSES  ? of_class(s, o)
			       : kind == REFS_GATEWAY_CLASSES ? of_gateway_class(s, o)
						       : of_ingress(s, o);
		if (code < 0) {
			names_free(s);
			s = NULL;
		}
	}
	pthread_mutex_lock(&r->lock);
	int done = at ? put(r, at, s) : 0;
	pthread_mutex_unlock(&r->lock);
	return code < 0 ? code : done;
}

static int take_grant(struct ingress_refs *r, const char *key, const struct bytes *value)
{
	AUTO_JSON json_t *o = NULL;
	int code = value ? json_parse_bytes(value, &o, NULL) : 0;
	json_t *spec = json_incref(json_object_get(o, "spec"));

	pthread_mutex_lock(&r->lock);
	(void)map_del(r->grants, key);
	if (spec && map_put(r->grants, key, spec) < 0) {
		json_decref(spec);
		code = -ENOMEM;
	}
	pthread_mutex_unlock(&r->lock);
	return code;
}

/* Whether a class names it may be heard later than what it says. */
static int take_config(struct ingress_refs *r, const char *key, const struct bytes *value)
{
	AUTO_JSON json_t *o = NULL;
	struct names *s = NULL;
	bool named = false;
	int code = 0;

	for (size_t i = 0; value && i < ARRAY_LEN(config_keys); i++)
		named = named || mentions(value, config_keys[i].key);
	if (named) {
		code = json_parse_bytes(value, &o, NULL);
		s = code < 0 ? NULL : calloc(1, sizeof(*s));
		if (code == 0)
			code = s ? of_config(s, o) : -ENOMEM;
		if (code < 0 || !s->n) {
			names_free(s);
			s = NULL;
		}
	}
	pthread_mutex_lock(&r->lock);
	map_del(r->configs, key);
	if (s && map_put(r->configs, key, s) < 0) {
		names_free(s);
		code = -ENOMEM;
	}
	pthread_mutex_unlock(&r->lock);
	return code;
}

void ingress_refs_event(struct feed *f, const char *key, struct bytes *value, const struct bytes *index UNUSED)
{
	struct ingress_refs *r = f->au->refs;
	int code = f->kind == REFS_GRANTS    ? take_grant(r, key, value)
		   : f->kind == REFS_CONFIGS ? take_config(r, key, value)
					     : take(r, f->kind, key, value);

	if (code < 0)
		log_error(APISERVER_LOG, key, "nodes cannot read what it refers to: %s", err_name(code));
	/* Its ConfigMap may have been there before, and left out. */
	if (f->kind == REFS_CLASSES && value && may_refer(value, REFS_CLASSES))
		feed_again_later(&f->au->feeds[FEED_CONFIGMAPS]);
}

bool ingress_refs_config(void *arg, const char *key, const struct bytes *index UNUSED)
{
	const struct feed *f = arg;
	struct ingress_refs *r = f->au->refs;
	struct map_iter it = MAP_ITER_INIT;
	bool is_named = false;

	key += strlen(f->prefix);
	pthread_mutex_lock(&r->lock);
	while (!is_named && map_next(r->objects, &it)) {
		const struct names *class = it.value;
		for (size_t i = 0; it.key[0] == '0' + REFS_CLASSES && i < class->n; i++)
			is_named = is_named || streq(class->v[i] + 2, key);
	}
	pthread_mutex_unlock(&r->lock);
	return is_named;
}

void ingress_refs_reset(struct feed *f)
{
	struct ingress_refs *r = f->au->refs;
	struct map_iter it = MAP_ITER_INIT;

	pthread_mutex_lock(&r->lock);
	if (f->kind == REFS_GRANTS) {
		map_clear(r->grants);
	} else if (f->kind == REFS_CONFIGS) {
		map_clear(r->configs);
	} else {
		while (map_next(r->objects, &it))
			if (it.key[0] == '0' + f->kind) {
				count(r, it.value, false);
				(void)map_del(r->objects, it.key);
			}
	}
	pthread_mutex_unlock(&r->lock);
}

/* --- questions --- */

/* A Gateway of another namespace, which a ReferenceGrant beside the Secret lets in. lock held. */
static bool granted(struct ingress_refs *r, const char *ns, const char *name)
{
	struct map_iter it = MAP_ITER_INIT;
	const json_t *from, *to;
	size_t n = strlen(ns), i, k;
	char key[KEY_MAX];

	while (r->foreign && map_next(r->grants, &it)) {
		if (strncmp(it.key, ns, n) != 0 || it.key[n] != '/')
			continue;
		bool all = false;
		json_array_foreach (json_object_get(it.value, "to"), k, to)
			all = all || (!*json_str_or(to, "group", "") && streq(json_str(to, "kind"), "Secret") &&
				      (!json_str(to, "name") || streq(json_str(to, "name"), name)));
		json_array_foreach (json_object_get(it.value, "from"), i, from)
			if (all && streq(json_str(from, "group"), "gateway.networking.k8s.io") &&
			    streq(json_str(from, "kind"), "Gateway") &&
			    snprintf(key, sizeof(key), "x %s %s/%s", json_str_or(from, "namespace", ""), ns, name) < (int)sizeof(key) &&
			    map_has(r->counts, key))
				return true;
	}
	return false;
}

/* By a ConfigMap that is a class' parameters; there are as many as there are classes of ours. lock held. */
static bool configured(struct ingress_refs *r, const char *key)
{
	struct map_iter it = MAP_ITER_INIT;

	while (map_len(r->configs) && map_next(r->objects, &it)) {
		const struct names *class = it.value;
		if (it.key[0] != '0' + REFS_CLASSES)
			continue;
		for (size_t i = 0; i < class->n; i++) {
			const struct names *s = map_get(r->configs, class->v[i] + 2);
			for (size_t k = 0; s && k < s->n; k++)
				if (streq(s->v[k], key))
					return true;
		}
	}
	return false;
}

bool ingress_refs_has(struct ingress_refs *r, bool secret, const char *ns, const char *name)
{
	char key[KEY_MAX];

	if (snprintf(key, sizeof(key), "%c %s/%s", secret ? 's' : 'c', ns, name) >= (int)sizeof(key))
		return false;
	pthread_mutex_lock(&r->lock);
	bool has = map_has(r->counts, key) || (secret && granted(r, ns, name)) || configured(r, key);
	pthread_mutex_unlock(&r->lock);
	return has;
}

bool ingress_refs_has_key(struct ingress_refs *r, bool secret, const char *key)
{
	const char *slash = strchr(key, '/');
	char ns[300];

	if (!slash || (size_t)(slash - key) >= sizeof(ns))
		return false;
	memcpy(ns, key, (size_t)(slash - key));
	ns[slash - key] = '\0';
	return ingress_refs_has(r, secret, ns, slash + 1);
}

/* --- life --- */

static void spec_free(void *p)
{
	json_decref(p);
}

int ingress_refs_new(struct ingress_refs **ret)
{
	struct ingress_refs *r = calloc(1, sizeof(*r));

	if (!r)
		return -ENOMEM;
	pthread_mutex_init(&r->lock, NULL);
	r->objects = map_new(names_free);
	r->counts = map_new(NULL);
	r->grants = map_new(spec_free);
	r->configs = map_new(names_free);
	if (!r->objects || !r->counts || !r->grants || !r->configs) {
		(void)ingress_refs_free(r);
		return -ENOMEM;
	}
	*ret = r;
	return 0;
}

struct ingress_refs *ingress_refs_free(struct ingress_refs *r)
{
	if (!r)
		return NULL;
	map_free(r->objects);
	map_free(r->counts);
	map_free(r->grants);
	map_free(r->configs);
	pthread_mutex_destroy(&r->lock);
	free(r);
	return NULL;
}
