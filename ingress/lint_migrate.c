/* Objects of ingress-nginx itself, of Ingress before networking.k8s.io/v1, and of other controllers. */
#include "ingress/lint_migrate.h"
#include <errno.h>
#include "api/object.h"
#include "base/str.h"
#include "ingress/lint_nginx.h"
#include "ingress/lint_streams.h"
#include "ingress/model.h"

#define NGINX_CONTROLLER "k8s.io/ingress-nginx"

struct teller {
	const char *file, *object;
	lint_told_fn fn;
	void *arg;
};

static int tell(const struct teller *t, enum lint_level level, const char *reason, const char *message)
{
	return t->fn(t->arg, t->file, t->object, level, reason, message);
}

/* Annotations that only other controllers read. */
static int other_annotations(const struct teller *t, const json_t *o)
{
	static const char *const prefixes[] = {"nginx.org/",
					       "nginx.com/",
					       "appprotect.f5.com/",
					       "traefik.ingress.kubernetes.io/",
					       "haproxy.org/",
					       "haproxy-ingress.github.io/",
					       "ingress.kubernetes.io/",
					       "alb.ingress.kubernetes.io/",
					       "konghq.com/",
					       "projectcontour.io/"};
	json_t *v;
	const char *key;

	json_object_foreach (json_at(o, "metadata", "annotations", NULL), key, v) {
		for (size_t i = 0; i < ARRAY_LEN(prefixes); i++) {
			if (!str_has_prefix(key, prefixes[i]))
				continue;
			AUTO_FREE char *text = str_fmt("annotation %.200s is another controller's and has no effect; "
						       "minik reads those of " INGRESS_ANNOTATION,
						       key);
			int r = text ? tell(t, LINT_WARNING, "OtherController", text) : -ENOMEM;
			if (r < 0)
				return r;
		}
	}
	return 0;
}

static int ingress(const struct teller *t, const char *group, const char *version, const json_t *o)
{
	bool ours = streq(group, "networking.k8s.io");

	if (streq(group, "extensions") || (ours && !streq(version, "v1"))) {
		AUTO_FREE char *text = str_fmt(
		    "apiVersion %.100s%s%.40s does not exist since Kubernetes 1.22: write networking.k8s.io/v1, "
		    "pathType for every path, and backend.service.name and .port",
		    group, *group ? "/" : "", version);
		return text ? tell(t, LINT_ERROR, "OldVersion", text) : -ENOMEM;
	}
	if (!ours)
		return 0;
	int r = other_annotations(t, o);
	if (r == 0 && obj_annotation(o, "kubernetes.io/ingress.class") && json_str(o, "spec.ingressClassName"))
		r = tell(t, LINT_ERROR, "TwoClasses",
			 "annotation kubernetes.io/ingress.class and spec.ingressClassName cannot both be set when it "
			 "is created: "
			 "leave the annotation out");
	return r;
}

static int class(const struct teller *t, const char *version, const json_t *o)
{
	if (!streq(version, "v1"))
		return tell(t, LINT_ERROR, "OldVersion",
			    "this version of IngressClass does not exist any more: write networking.k8s.io/v1");
	if (!streq(json_str(o, "spec.controller"), NGINX_CONTROLLER))
		return 0;
	return tell(t, LINT_ERROR, "OtherController",
		    "spec.controller is that of ingress-nginx: write " INGRESS_CONTROLLER
		    ", or leave this class out, for minik makes "
		    "the class nginx itself. The Ingresses of this class are looked at as if that were done");
}

static const json_t *controller_container(const json_t *o)
{
	json_t *c;
	size_t i;

	json_array_foreach (json_at(o, "spec", "template", "spec", "containers", NULL), i, c) {
		const char *image = json_str_or(c, "image", "");
		if (strstr(image, "ingress-nginx/controller") || strstr(image, "nginx-ingress-controller"))
			return c;
	}
	return NULL;
}

static bool has_nginx_webhook(const json_t *o)
{
	json_t *w;
	size_t i;

	json_array_foreach (json_object_get(o, "webhooks"), i, w)
		if (str_has_suffix(json_str_or(w, "name", ""), "nginx.ingress.kubernetes.io"))
			return true;
	return false;
}

int lint_migrate(const char *group, const char *version, const char *kind, const char *file, const char *object,
		 const json_t *o, lint_told_fn fn, void *arg)
{
	const struct teller t = {file, object, fn, arg};

	if (streq(kind, "ConfigMap") && lint_streams_is(o)) /* is judged with the Services and Gateways that there are */
		return 0;
	if (streq(kind, "Ingress"))
		return ingress(&t, group, version, o);
	if (streq(kind, "IngressClass") && streq(group, "networking.k8s.io"))
		return class(&t, version, o);
	if (streq(kind, "ConfigMap") && !*group)
		return lint_nginx_is_config(o) ? lint_nginx_config(file, object, o, fn, arg) : 0;
	const json_t *c = streq(kind, "Deployment") || streq(kind, "DaemonSet") ? controller_container(o) : NULL;
	int r = c ? lint_nginx_arguments(file, object, c, fn, arg) : 0;
	if (c)
		return r < 0 ? r : tell(&t, LINT_WARNING, "ControllerItself",
			    "this is ingress-nginx itself: with minik's Ingress it is not needed, and both want the "
			    "same ports and classes");
	if (streq(kind, "ValidatingWebhookConfiguration") && has_nginx_webhook(o))
		return tell(&t, LINT_ERROR, "ControllerItself",
			    "this webhook is answered by ingress-nginx: without it every Ingress would be refused. "
			    "Delete it; minik ingress "
			    "lint and events of Ingresses take its place");
	return 0;
}

int lint_migrate_change(const char *group, const char *kind, json_t *o)
{
	if (!streq(group, "networking.k8s.io") || !streq(kind, "IngressClass") ||
	    !streq(json_str(o, "spec.controller"), NGINX_CONTROLLER))
		return 0;
	return json_object_set_new(json_object_get(o, "spec"), "controller", json_string(INGRESS_CONTROLLER)) < 0
		   ? -ENOMEM
		   : 0;
}

/* {serviceName, servicePort} -> {service: {name, port: {number or name}}} */
static int new_backend(json_t *b)
{
	json_t *port = json_object_get(b, "servicePort");
	const char *name = json_str(b, "serviceName");

	if (!name || !port)
		return 0;
	if (json_object_set_new(
		b, "service",
		json_pack("{s:s,s:{s:O}}", "name", name, "port", json_is_string(port) ? "name" : "number", port)) < 0)
		return -ENOMEM;
	(void)json_object_del(b, "serviceName");
	(void)json_object_del(b, "servicePort");
	return 0;
}

int lint_migrate_ingress(json_t *o)
{
	json_t *spec = json_object_get(o, "spec"), *dflt = json_object_get(spec, "backend"), *rule, *p;
	size_t i, k;

	if (json_object_set_new(o, "apiVersion", json_string("networking.k8s.io/v1")) < 0 ||
	    (json_is_object(dflt) &&
	     (json_object_set(spec, "defaultBackend", dflt) < 0 || json_object_del(spec, "backend") < 0 ||
	      new_backend(json_object_get(spec, "defaultBackend")) < 0)))
		return -ENOMEM;
	json_array_foreach (json_object_get(spec, "rules"), i, rule) {
		json_array_foreach (json_at(rule, "http", "paths", NULL), k, p) {
			if (json_is_object(p) && !json_object_get(p, "pathType") &&
			    json_object_set_new(p, "pathType", json_string("ImplementationSpecific")) < 0)
				return -ENOMEM;
			if (new_backend(json_object_get(p, "backend")) < 0)
				return -ENOMEM;
		}
	}
	return 0;
}
