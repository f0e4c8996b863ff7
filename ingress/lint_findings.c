/* After all manifests: what the model finds of them, and what nothing is found of because nobody serves it. */
#include <errno.h>
#include "api/object.h"
#include "base/map.h"
#include "base/str.h"
#include "ingress/expiry.h"
#include "ingress/gateway_crds.h"
#include "ingress/gateway_findings.h"
#include "ingress/lint_habits.h"
#include "ingress/lint_internal.h"
#include "ingress/lint_streams.h"

static int add_class(struct lint *l)
{
	AUTO_JSON json_t *o =
	    json_pack("{s:{s:s},s:{s:s}}", "metadata", "name", l->class, "spec", "controller", INGRESS_CONTROLLER);

	if (!o)
		return -ENOMEM;
	return l->has_class ? 0 : ing_model_class(l->model, "", l->class, o);
}

static int add_gateway_class(struct lint *l)
{
	AUTO_JSON json_t *o = json_pack("{s:{s:s},s:{s:s}}", "metadata", "name", GATEWAY_CLASS_NAME, "spec",
					"controllerName", GATEWAY_CONTROLLER);

	if (!o)
		return -ENOMEM;
	return l->has_gateway_class ? 0 : gateway_model_class(l->gateways, "", GATEWAY_CLASS_NAME, o);
}

/* The object of a finding, as files has it. */
static char *title_of(const char *owner)
{
	static const struct {
		const char *prefix, *kind;
	} all[] = {{"gatewayclass/", "GatewayClass"}, {"gateway/", "Gateway"}, {"httproute/", "HTTPRoute"}};

	/* A namespace may have any of these names, and its Ingresses one slash. */
	for (size_t i = 0; i < ARRAY_LEN(all); i++) {
		const char *rest = owner + strlen(all[i].prefix);
		if (str_has_prefix(owner, all[i].prefix) && (i == 0 || strchr(rest, '/')))
			return str_fmt("%s %s", all[i].kind, rest);
	}
	return str_fmt(strchr(owner, '/') ? "Ingress %s" : "IngressClass %s", owner);
}

/* What is missing may be in the cluster; a Service that is known and has no such port is a fault. */
static bool may_be_there(const struct ing_finding *f)
{
	if (streq(f->reason, "RefNotPermitted") ||
	    (streq(f->reason, "NotAllowedByListeners") && str_has_suffix(f->message, "by its labels")))
		return true;
	if (str_has_prefix(f->reason, "Missing"))
		return !streq(f->reason, "MissingPort");
	return (streq(f->reason, "BackendNotFound") || streq(f->reason, "InvalidCertificateRef") || streq(f->reason, "InvalidParameters")) &&
	       str_has_suffix(f->message, "does not exist");
}

static int add_finding(struct lint *l, const struct ing_finding *f)
{
	AUTO_FREE char *title = title_of(f->ingress);
	const char *file = title ? map_get(l->files, title) : NULL;

	if (!title)
		return -ENOMEM;
	if (!file) /* the cluster's own */
		return 0;
	/* The class' own finding says why. */
	if (!l->cluster && streq(f->reason, "ClassRefused"))
		return 0;
	if (!l->cluster && may_be_there(f))
		return lint_found(l, file, title, LINT_NOTE, f->reason,
			     "it must be in the cluster, for it is not in these files: %s", f->message);
	static const char *const harmless[] = {"UnusedHost", "MissingGateway", "UnneededAnnotation", "CertificateExpired", "CertificateExpires",
					       "CertificateNotYetValid"};
	bool minor = false;
	for (size_t i = 0; i < ARRAY_LEN(harmless); i++)
		minor = minor || streq(f->reason, harmless[i]);
	return lint_found(l, file, title, minor ? LINT_WARNING : LINT_ERROR, f->reason, "%s", f->message);
}

static bool is_told(const struct gateway_outcome *o, const char *key)
{
	for (size_t i = 0; i < o->n_statuses; i++) {
		const struct gateway_status *s = &o->statuses[i];
		size_t n = s->ns ? strlen(s->ns) : 0;
		if (s->kind != GATEWAY_CLASS && strncmp(key, s->ns, n) == 0 && key[n] == '/' &&
		    streq(key + n + 1, s->name))
			return true;
	}
	return false;
}

/* Gateways of other classes, and routes that have no Gateway of ours. */
static int add_foreign(struct lint *l)
{
	static const char *const prefixes[] = {"Gateway ", "HTTPRoute "};
	struct map_iter it = MAP_ITER_INIT;
	int r = 0;

	while (r == 0 && map_next(l->files, &it))
		for (size_t i = 0; r == 0 && i < ARRAY_LEN(prefixes); i++)
			if (str_has_prefix(it.key, prefixes[i]) && !is_told(&l->outcome, it.key + strlen(prefixes[i])))
				r = lint_found(l, it.value, it.key, LINT_NOTE, "OtherGateway",
					  "%s (" GATEWAY_CONTROLLER "), as far as these files%s tell: %s",
					  i ? "none of its parents is a Gateway of minik's"
					    : "its class is not served by minik",
					  l->cluster ? " and the cluster" : "",
					  i && !l->cluster ? "at most its rules were looked at" : "not looked at");
	return r;
}

/* A name that nobody has is most often one that was typed wrong. */
static int add_nameless(struct lint *l, const char *file, const char *title, const char *class)
{
	bool near = lint_resembles(class, l->class) || streq(class, GATEWAY_CLASS_NAME);

	return lint_found(l, file, title, near || l->cluster ? LINT_WARNING : LINT_NOTE, "NoClass",
		     "there is no IngressClass %s in these files%s, and minik's is %s%s: not looked at", class,
		     l->cluster ? " or the cluster, so that nobody serves it" : "", l->class,
		     near ? ", which may be meant" : "");
}

static int add_strangers(struct lint *l, const struct ing_table *t)
{
	struct map_iter it = MAP_ITER_INIT;
	int r = 0;

	while (r == 0 && map_next(l->classes, &it)) {
		AUTO_FREE char *title = str_fmt("Ingress %s", it.key);
		const char *class = it.value, *file = title ? map_get(l->files, title) : NULL;
		if (!title)
			return -ENOMEM;
		if (!file || ing_table_serves(t, it.key))
			continue;
		if (*class && !map_has(l->class_names, class))
			r = add_nameless(l, file, title, class);
		else if (*class)
			r = lint_found(
			    l, file, title, LINT_NOTE, "OtherClass",
			    "its class %s is not served by minik (%s), as far as these files%s tell: not looked at",
			    class, INGRESS_CONTROLLER, l->cluster ? " and the cluster" : "");
		else
			r = lint_found(l, file, title, LINT_NOTE, "OtherClass",
				  "it has no class, and the default class is not served by minik: not looked at");
	}
	return r;
}

/* Paths that stand for themselves, though they look as if more was meant. */
static int add_patterns(struct lint *l, const struct ing_table *t)
{
	int r = 0;

	for (size_t i = 0; i < t->n_hosts; i++) {
		const struct ing_host *h = &t->hosts[i];
		for (size_t k = 0; !h->scope && !h->regex && r == 0 && k < h->n_paths; k++) {
			const struct ing_path *p = &h->paths[k];
			AUTO_FREE char *title = title_of(p->rules[0].owner);
			const char *file = title ? map_get(l->files, title) : NULL;
			if (!title)
				return -ENOMEM;
			if (p->match != ING_DEFAULT && file && lint_looks_regex(p->path))
				r = lint_found(l, file, title, LINT_WARNING, "LiteralPath",
					  "host %s, path %.200s: its signs stand for themselves. " INGRESS_ANNOTATION
					  "use-regex: \"true\" makes paths regular expressions; Prefix without a pattern has all "
					  "that is below a path",
					  h->host, p->path);
		}
	}
	return r;
}

static int build_all(struct lint *l, struct ing_table *t, struct err *e)
{
	const struct gateway_facts facts = {
	    .http_port = 80, .https_port = 443, .any_address = true, .bundle = GATEWAY_BUNDLE, .unattached = !l->cluster, .imagine = true};

	if (add_class(l) < 0 || add_gateway_class(l) < 0)
		return err_nomem(e);
	int r = ing_model_build(l->model, t, e);
	gateway_outcome_done(&l->outcome);
	r = r < 0 ? r : gateway_model_build(l->gateways, l->model, &facts, t, &l->outcome, e);
	return r < 0 ? r : gateway_findings(&l->outcome, t) < 0 ? err_nomem(e) : 0;
}

int lint_referred(struct lint *l, int (*fn)(void *arg, const struct ing_table *t, struct err *e), void *arg,
		  struct err *e)
{
	struct ing_table t = {0};
	int r = build_all(l, &t, e);

	r = r < 0 ? r : fn(arg, &t, e);
	ing_table_done(&t);
	return r;
}

static int add_streams(struct lint *l)
{
	const json_t **v = NULL;
	size_t n = 0;
	int r = seen_all(l->seen, "ConfigMap", &v, &n);

	for (size_t i = 0; r == 0 && i < n; i++) {
		AUTO_FREE char *title = str_fmt("ConfigMap %s/%s", obj_namespace(v[i]), obj_name(v[i]));
		const char *file = title ? map_get(l->files, title) : NULL;
		if (file && lint_streams_is(v[i]))
			r = lint_streams(l->seen, &l->outcome, l->cluster, file, title, v[i], lint_told, l);
	}
	free(v);
	return r;
}

int lint_finish(struct lint *l, struct err *e)
{
	struct ing_table t = {0};
	int64_t next;
	int r = build_all(l, &t, e);

	if (r == 0 && l->now && expiry_findings(&t, l->now, &next) < 0)
		r = err_nomem(e);
	if (r < 0) {
		ing_table_done(&t);
		return r;
	}
	for (size_t i = 0; r == 0 && i < t.n_findings; i++)
		r = add_finding(l, &t.findings[i]);
	if (r == 0)
		r = add_patterns(l, &t);
	if (r == 0)
		r = add_strangers(l, &t);
	if (r == 0)
		r = add_foreign(l);
	if (r == 0)
		r = add_streams(l);
	ing_table_done(&t);
	lint_sort(l);
	return r < 0 ? err_nomem(e) : 0;
}
