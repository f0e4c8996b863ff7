/* Webhook configurations, compiled: what a request asks them is answered without parsing. */
#include "apiserver/webhook.h"
#include "api/object.h"

static const char **strings_of(const json_t *list)
{
	const char **v = calloc(json_array_size(list) + 1, sizeof(*v));
	size_t n = 0;

	for (size_t i = 0; v && i < json_array_size(list); i++)
		if (json_is_string(json_array_get(list, i)))
			v[n++] = json_string_value(json_array_get(list, i));
	return v;
}

static unsigned ops_of(const json_t *list)
{
	static const char *const names[] = {[ADMIT_CREATE] = "CREATE",
					    [ADMIT_UPDATE] = "UPDATE",
					    [ADMIT_DELETE] = "DELETE",
					    [ADMIT_CONNECT] = "CONNECT"};
	unsigned bits = 0;

	for (size_t i = 0; i < json_array_size(list); i++) {
		const char *s = json_string_value(json_array_get(list, i));

		for (size_t k = 0; k < ARRAY_LEN(names); k++)
			if (streq(s, "*") || streq(s, names[k]))
				bits |= 1u << k;
	}
	return bits;
}

static int selector_of(const json_t *tree, struct api_selector **ret, bool *any, struct err *e)
{
	*any = !tree || json_is_null(tree) ||
	       (!json_object_size(json_object_get(tree, "matchLabels")) &&
		!json_array_size(json_object_get(tree, "matchExpressions")));
	return *any ? 0 : api_label_selector_from(ret, tree, e);
}

static int client_of(struct hook *h, const json_t *cc)
{
	const json_t *svc = json_object_get(cc, "service");
	const char *ca = json_str_or(cc, "caBundle", "");

	if (*ca) {
		void *pem = NULL;
		size_t n;

		if (b64_decode(ca, strlen(ca), false, &pem, &n) == 0 &&
		    memmem(pem, n, "-----BEGIN CERTIFICATE-----", 27) && !memchr(pem, 0, n))
			h->ca_pem = pem;
		else
			free(pem);
		if (!h->ca_pem)
			h->broken = "could not get REST client: unable to load root certificates: unable to parse "
				    "bytes as PEM block";
	}
	h->url = json_str(cc, "url");
	if (h->url)
		return 0;
	h->svc_ns = json_str_or(svc, "namespace", "");
	h->svc_name = json_str_or(svc, "name", "");
	h->svc_path = json_str_or(svc, "path", "");
	h->svc_port = (uint16_t)json_int_or(svc, "port", 443);
	if (!*h->svc_name)
		h->broken = "could not get REST client: webhook configuration must have either service or URL";
	return 0;
}

static int hook_init(struct hook *h, const json_t *w, struct err *e)
{
	const json_t *rules = json_object_get(w, "rules"), *versions = json_object_get(w, "admissionReviewVersions");
	const char *effects = json_str_or(w, "sideEffects", "");
	int rc;

	h->name = json_str_or(w, "name", "");
	h->equivalent = !streq(json_str(w, "matchPolicy"), "Exact");
	h->ignore = streq(json_str(w, "failurePolicy"), "Ignore");
	h->if_needed = streq(json_str(w, "reinvocationPolicy"), "IfNeeded");
	h->dry_run_ok = streq(effects, "None") || streq(effects, "NoneOnDryRun");
	h->timeout_s = (unsigned)json_int_or(w, "timeoutSeconds", 10);
	if (h->timeout_s < 1 || h->timeout_s > 30)
		h->timeout_s = 10;
	for (size_t i = 0; i < json_array_size(versions) && !h->review; i++) {
		const char *v = json_string_value(json_array_get(versions, i));

		if (streq(v, "v1") || streq(v, "v1beta1"))
			h->review = v;
	}
	if (!h->review)
		h->broken = "could not create admission objects: webhook does not accept known AdmissionReview "
			    "versions (v1, v1beta1)";
	if (json_array_size(json_object_get(w, "matchConditions")))
		h->broken = "its matchConditions are CEL expressions, which this server does not evaluate";
	h->n_rules = json_array_size(rules);
	h->rules = calloc(h->n_rules + 1, sizeof(*h->rules));
	if (!h->rules)
		return err_nomem(e);
	for (size_t i = 0; i < h->n_rules; i++) {
		const json_t *r = json_array_get(rules, i);
		const char *scope = json_str_or(r, "scope", "*");
		struct hook_rule *o = &h->rules[i];

		o->ops = ops_of(json_object_get(r, "operations"));
		o->scope = streq(scope, "Cluster")      ? HOOK_SCOPE_CLUSTER
			   : streq(scope, "Namespaced") ? HOOK_SCOPE_NAMESPACED
							: HOOK_SCOPE_ANY;
		o->groups = strings_of(json_object_get(r, "apiGroups"));
		o->versions = strings_of(json_object_get(r, "apiVersions"));
		o->resources = strings_of(json_object_get(r, "resources"));
		if (!o->groups || !o->versions || !o->resources)
			return err_nomem(e);
	}
	rc = selector_of(json_object_get(w, "namespaceSelector"), &h->ns_selector, &h->ns_any, e);
	if (!rc)
		rc = selector_of(json_object_get(w, "objectSelector"), &h->obj_selector, &h->obj_any, e);
	return rc ? rc : client_of(h, json_object_get(w, "clientConfig"));
}

struct hook_config *hook_config_unref(struct hook_config *c)
{
	if (!c || atomic_fetch_sub(&c->refs, 1) != 1)
		return NULL;
	for (size_t i = 0; c->hooks && i < c->n; i++) {
		struct hook *h = &c->hooks[i];

		for (size_t k = 0; h->rules && k < h->n_rules; k++) {
			free(h->rules[k].groups);
			free(h->rules[k].versions);
			free(h->rules[k].resources);
		}
		free(h->rules);
		(void)api_selector_free(h->ns_selector);
		(void)api_selector_free(h->obj_selector);
		free(h->ca_pem);
	}
	free(c->hooks);
	free(c->name);
	json_decref(c->obj);
	free(c);
	return NULL;
}

int hook_config_new(struct hook_config **ret, const json_t *obj, bool mutating, struct err *e)
{
	const json_t *hooks = json_object_get(obj, "webhooks");
	struct hook_config *c = calloc(1, sizeof(*c));
	int rc = 0;

	if (!c)
		return err_nomem(e);
	atomic_init(&c->refs, 1);
	c->n = json_array_size(hooks);
	c->name = str_dup(obj_name(obj));
	c->obj = json_incref((json_t *)(uintptr_t)obj);
	c->hooks = calloc(c->n + 1, sizeof(*c->hooks));
	if (!c->name || !c->hooks)
		rc = err_nomem(e);
	for (size_t i = 0; !rc && i < c->n; i++) {
		c->hooks[i].config = c->name;
		c->hooks[i].index = i;
		c->hooks[i].mutating = mutating;
		rc = hook_init(&c->hooks[i], json_array_get(hooks, i), e);
	}
	if (rc)
		(void)hook_config_unref(c);
	else
		*ret = c;
	return rc;
}

/* --- the set --- */

struct hook_set *hook_set_unref(struct hook_set *s)
{
	if (!s || atomic_fetch_sub(&s->refs, 1) != 1)
		return NULL;
	for (size_t i = 0; i < s->n_configs; i++)
		(void)hook_config_unref(s->configs[i]);
	free(s->configs);
	free(s->mutating);
	free(s->validating);
	free(s);
	return NULL;
}

static int by_name(const void *a, const void *b)
{
	const struct hook_config *const *x = a, *const *y = b;

	return strcmp((*x)->name, (*y)->name);
}

static const struct hook **add_part(struct hook_set *s, const struct map *m, size_t *ret_n)
{
	struct map_iter it = MAP_ITER_INIT;
	size_t first = s->n_configs, n = 0, k = 0;
	const struct hook **v;

	while (map_next(m, &it)) {
		struct hook_config *c = it.value;

		atomic_fetch_add(&c->refs, 1);
		s->configs[s->n_configs++] = c;
		n += c->n;
	}
	if (s->n_configs > first)
		qsort(s->configs + first, s->n_configs - first, sizeof(struct hook_config *), by_name);
	v = calloc(n + 1, sizeof(*v));
	for (size_t i = first; v && i < s->n_configs; i++)
		for (size_t j = 0; j < s->configs[i]->n; j++)
			v[k++] = &s->configs[i]->hooks[j];
	*ret_n = v ? k : 0;
	return v;
}

struct hook_set *webhooks_set(struct webhooks *w)
{
	struct hook_set *s;

	pthread_mutex_lock(&w->lock);
	if (!w->set && (s = calloc(1, sizeof(*s)))) {
		atomic_init(&s->refs, 1);
		s->configs = calloc(map_len(w->mutating) + map_len(w->validating) + 1, sizeof(struct hook_config *));
		if (s->configs) {
			s->mutating = add_part(s, w->mutating, &s->n_mutating);
			s->validating = add_part(s, w->validating, &s->n_validating);
		}
		if (s->mutating && s->validating)
			w->set = s;
		else
			(void)hook_set_unref(s);
	}
	s = w->set;
	if (s)
		atomic_fetch_add(&s->refs, 1);
	pthread_mutex_unlock(&w->lock);
	return s;
}

/* lock held */
static void changed(struct webhooks *w)
{
	struct map_iter it = MAP_ITER_INIT;
	bool any = false;

	w->set = hook_set_unref(w->set);
	while (map_next(w->mutating, &it))
		any |= ((struct hook_config *)it.value)->n > 0;
	it = (struct map_iter)MAP_ITER_INIT;
	while (map_next(w->validating, &it))
		any |= ((struct hook_config *)it.value)->n > 0;
	atomic_store(&w->any, any);
}

int webhooks_put(struct webhooks *w, bool mutating, const char *name, const json_t *obj, struct err *e)
{
	struct map *m = mutating ? w->mutating : w->validating;
	struct hook_config *c = NULL;
	int rc = obj ? hook_config_new(&c, obj, mutating, e) : 0;

	if (rc)
		return rc;
	pthread_mutex_lock(&w->lock);
	if (c) {
		rc = map_put(m, name, c);
		if (rc)
			(void)hook_config_unref(c);
	} else {
		(void)map_del(m, name);
	}
	changed(w);
	pthread_mutex_unlock(&w->lock);
	hook_calls_forget(w->calls);
	return rc ? err_nomem(e) : 0;
}

void webhooks_clear(struct webhooks *w, bool mutating)
{
	pthread_mutex_lock(&w->lock);
	map_clear(mutating ? w->mutating : w->validating);
	changed(w);
	pthread_mutex_unlock(&w->lock);
}

static void unref_config(void *p)
{
	(void)hook_config_unref(p);
}

int webhooks_new(struct webhooks **ret, struct apiserver *a, struct err *e)
{
	struct webhooks *w = calloc(1, sizeof(*w));

	if (!w)
		return err_nomem(e);
	w->a = a;
	pthread_mutex_init(&w->lock, NULL);
	w->mutating = map_new(unref_config);
	w->validating = map_new(unref_config);
	if (!w->mutating || !w->validating || hook_calls_new(w, e)) {
		(void)webhooks_free(w);
		return err_nomem(e);
	}
	*ret = w;
	return 0;
}

void webhooks_stop(struct webhooks *w)
{
	if (w && w->calls)
		hook_calls_stop(w->calls);
}

struct webhooks *webhooks_free(struct webhooks *w)
{
	if (!w)
		return NULL;
	w->calls = hook_calls_free(w->calls);
	(void)hook_set_unref(w->set);
	(void)map_free(w->mutating);
	(void)map_free(w->validating);
	pthread_mutex_destroy(&w->lock);
	free(w);
	return NULL;
}
