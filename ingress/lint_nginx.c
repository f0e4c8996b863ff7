#include "ingress/lint_nginx.h"
#include <errno.h>
#include "api/object.h"
#include "base/str.h"
#include "ingress/params.h"

#define MAX_ARGS 100

bool lint_nginx_is_config(const json_t *o)
{
	return streq(obj_label(o, "app.kubernetes.io/name"), "ingress-nginx") || streq(obj_name(o), "ingress-nginx-controller") ||
	       streq(obj_name(o), "nginx-configuration");
}

/* What it says of itself; a class that names it says the same of its Ingresses. */
int lint_nginx_config(const char *file, const char *object, const json_t *o, lint_told_fn fn, void *arg)
{
	struct rec_params *p = rec_params_new(obj_namespace(o), o);
	int r = p ? 0 : -ENOMEM;

	if (r == 0 && *p->taken) {
		AUTO_FREE char *text =
		    str_fmt("these keys have effect when an IngressClass names this ConfigMap by spec.parameters (kind: ConfigMap, scope: "
			    "Namespace, namespace: %.63s, name: %.253s), or are so in any case: %s",
			    obj_namespace(o), obj_name(o), p->taken);
		r = text ? fn(arg, file, object, LINT_NOTE, "ControllerSettings", text) : -ENOMEM;
	}
	for (size_t i = 0; r == 0 && i < p->n_faults; i++)
		r = fn(arg, file, object, streq(p->faults[i].reason, "UnsupportedParameter") ? LINT_WARNING : LINT_ERROR, p->faults[i].reason,
		       p->faults[i].message);
	rec_params_free(p);
	return r;
}

/* --- arguments --- */

static const struct argument {
	const char *name;
	const char *text; /* NULL: nothing is to be done */
} arguments[] = {
    {"configmap", "an IngressClass names it: spec.parameters with kind: ConfigMap, scope: Namespace, namespace and name"},
    {"tcp-services-configmap", "TCP services are in ConfigMap minik-ingress-tcp of kube-system, with the same entries"},
    {"udp-services-configmap", "UDP services are in ConfigMap minik-ingress-udp of kube-system, with the same entries"},
    {"default-ssl-certificate", "key default-ssl-certificate of the ConfigMap that the IngressClass names, a Secret of that ConfigMap's namespace"},
    {"default-backend-service", "key default-backend-service of the ConfigMap that the IngressClass names, for custom-http-errors; an Ingress with spec.defaultBackend and without rules is for what no host has"},
    {"default-server-port", "what no host has is answered at the same ports"},
    {"disable-catch-all", "Ingresses without a host are served; admission can keep them out"},
    {"watch-namespace", "Ingresses of all namespaces are served; those of other classes are not"},
    {"watch-namespace-selector", "Ingresses of all namespaces are served; those of other classes are not"},
    {"ingress-class", "the class is nginx, by spec.ingressClassName or the annotation kubernetes.io/ingress.class; IngressClasses with "
		      "controller " INGRESS_CONTROLLER " are served whatever their names are"},
    {"controller-class", "IngressClasses must have controller " INGRESS_CONTROLLER},
    {"ingress-class-by-name", "a class is minik's by its controller, " INGRESS_CONTROLLER},
    {"watch-ingress-without-class", "Ingresses without a class are served, unless the default class is another controller's"},
    {"annotations-prefix", "annotations are those of " INGRESS_ANNOTATION},
    {"publish-service", "status has the addresses of the nodes where nginx runs"},
    {"publish-status-address", "status has the addresses of the nodes where nginx runs"},
    {"report-node-internal-ip-address", NULL},
    {"http-port", "flag --ingress-http-port"},
    {"https-port", "flag --ingress-https-port"},
    {"healthz-port", "/healthz is at --ingress-metrics-address (127.0.0.1:10254) and, for hosts that nobody has, at nginx' own ports"},
    {"healthz-host", "/healthz is at --ingress-metrics-address (127.0.0.1:10254) and, for hosts that nobody has, at nginx' own ports"},
    {"health-check-path", "it is /healthz"},
    {"health-check-timeout", NULL},
    {"enable-metrics", "metrics are at --ingress-metrics-address, with names of their own"},
    {"metrics-per-host", "metrics are by Ingress"},
    {"metrics-per-undefined-host", "metrics are by Ingress"},
    {"enable-ssl-passthrough", "TLS ends here; ConfigMap minik-ingress-tcp of kube-system hands connections of a port on as they are"},
    {"ssl-passthrough-proxy-port", "TLS ends here; ConfigMap minik-ingress-tcp of kube-system hands connections of a port on as they are"},
    {"enable-ssl-chain-completion", "a Secret's tls.crt must have the certificates of the chain"},
    {"disable-svc-external-name", "Services of type ExternalName are served"},
    {"enable-topology-aware-routing", "all ready endpoints are taken in turn"},
    {"validating-webhook", "there is no webhook; minik ingress lint and events tell what is wrong"},
    {"validating-webhook-certificate", NULL},
    {"validating-webhook-key", NULL},
    {"update-status", "status is written in any case"},
    {"update-status-on-shutdown", "an address leaves the status with its node"},
    {"kubeconfig", "minik ingress --kubeconfig FILE runs the controller alone"},
    {"apiserver-host", "minik ingress --kubeconfig FILE runs the controller alone"},
    {"certificate-authority", "minik ingress --kubeconfig FILE runs the controller alone"},
    {"enable-annotation-validation", NULL},
    {"deep-inspect", NULL},
    {"election-id", NULL},
    {"election-ttl", NULL},
    {"disable-leader-election", NULL},
    {"v", NULL},
    {"logtostderr", NULL},
    {"alsologtostderr", NULL},
    {"shutdown-grace-period", NULL},
    {"post-shutdown-grace-period", NULL},
    {"sync-period", NULL},
    {"sync-rate-limit", NULL},
    {"status-port", NULL},
    {"stream-port", NULL},
    {"profiling", NULL},
    {"profiler-port", NULL},
    {"status-update-interval", NULL},
    {"dynamic-configuration-retries", NULL},
    {"disable-full-test", NULL},
    {"disable-sync-events", NULL},
};

static const struct argument *argument_find(const char *name, size_t n)
{
	for (size_t i = 0; i < ARRAY_LEN(arguments); i++)
		if (strlen(arguments[i].name) == n && strncmp(arguments[i].name, name, n) == 0)
			return &arguments[i];
	return NULL;
}

/* "--name=value" or "--name", whose value is the next word. */
static int argument(const char *file, const char *object, const char *word, const char *next, lint_told_fn fn, void *arg)
{
	const char *name = word + strspn(word, "-");
	size_t n = strcspn(name, "=");
	const struct argument *a = argument_find(name, n);
	const char *value = name[n] ? name + n + 1 : next && *next != '-' ? next : NULL;

	if (name == word || !n || (a && !a->text))
		return 0;
	AUTO_FREE char *text = str_fmt("argument --%.*s%s%.200s of ingress-nginx: %s", (int)(n < 100 ? n : 100), name, value ? "=" : "",
				       value ? value : "", a ? a->text : "there is no such flag here");
	return text ? fn(arg, file, object, LINT_NOTE, "ControllerArgument", text) : -ENOMEM;
}

int lint_nginx_arguments(const char *file, const char *object, const json_t *container, lint_told_fn fn, void *arg)
{
	static const char *const lists[] = {"command", "args"};
	int r = 0;
	size_t n = 0;

	for (size_t k = 0; k < ARRAY_LEN(lists); k++) {
		const json_t *words = json_object_get(container, lists[k]);
		for (size_t i = 0; r == 0 && i < json_array_size(words) && n++ < MAX_ARGS; i++) {
			const char *word = json_string_value(json_array_get(words, i));
			if (word && *word == '-')
				r = argument(file, object, word, json_string_value(json_array_get(words, i + 1)), fn, arg);
		}
	}
	return r;
}
