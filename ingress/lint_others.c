#include "ingress/lint_others.h"
#include <errno.h>
#include "base/buf.h"
#include "base/str.h"

#define REASON "OtherController"

/* --- Traefik --- */

static const struct {
	const char *key, *instead;
} middlewares[] = {
    {"addPrefix", "rewrite-target, or an HTTPRoute's filter URLRewrite"},
    {"basicAuth", "auth-type: basic and auth-secret"},
    {"buffering", "proxy-body-size and proxy-request-buffering"},
    {"chain", "all the annotations together on one Ingress"},
    {"circuitBreaker", "proxy-next-upstream, as far as another endpoint may help"},
    {"digestAuth", "auth-type: basic and auth-secret; there is no digest"},
    {"errors", "custom-http-errors and default-backend"},
    {"forwardAuth", "auth-url, auth-response-headers and auth-signin"},
    {"headers", "custom-headers (a ConfigMap), enable-cors and cors-*, or an HTTPRoute's filters RequestHeaderModifier and "
		"ResponseHeaderModifier"},
    {"inFlightReq", "limit-connections"},
    {"ipAllowList", "allowlist-source-range"},
    {"ipWhiteList", "allowlist-source-range"},
    {"passTLSClientCert", "auth-tls-secret and auth-tls-pass-certificate-to-upstream"},
    {"rateLimit", "limit-rps or limit-rpm"},
    {"redirectRegex", "permanent-redirect, temporal-redirect or from-to-www-redirect"},
    {"redirectScheme", "ssl-redirect, which is so for hosts with TLS, or force-ssl-redirect"},
    {"replacePath", "rewrite-target, or an HTTPRoute's filter URLRewrite"},
    {"replacePathRegex", "rewrite-target with groups of the path"},
    {"retry", "proxy-next-upstream and proxy-next-upstream-tries"},
    {"stripPrefix", "rewrite-target: /$2 with path /PREFIX(/|$)(.*), or an HTTPRoute's filter URLRewrite with ReplacePrefixMatch"},
    {"stripPrefixRegex", "rewrite-target with groups of the path"},
};

static int middleware(const json_t *o, struct buf *b)
{
	const json_t *v;
	const char *key;
	size_t n = 0;

	json_object_foreach (json_object_get(o, "spec"), key, v)
		for (size_t i = 0; i < ARRAY_LEN(middlewares); i++)
			if (streq(middlewares[i].key, key))
				buf_addf(b, "%s%s for %s", n++ ? "; " : ". Annotations of Ingress do the same: ", middlewares[i].instead, key);
	return buf_failed(b) ? -ENOMEM : 0;
}

static const char *traefik(const char *kind)
{
	static const struct {
		const char *kind, *instead;
	} all[] = {
	    {"IngressRoute", ": write an Ingress (host and path of each rule's match, middlewares as annotations), or an HTTPRoute, which has "
			     "headers, queries, methods and weights, too"},
	    {"IngressRouteTCP", ": write an entry of the ConfigMap kube-system/minik-ingress-tcp for a port of its own"},
	    {"IngressRouteUDP", ": write an entry of the ConfigMap kube-system/minik-ingress-udp for a port of its own"},
	    {"TraefikService", ": write canary-weight on a second Ingress, or an HTTPRoute with weights; affinity: cookie keeps clients"},
	    {"TLSStore", ": write the key default-ssl-certificate of the ConfigMap that the IngressClass names"},
	    {"TLSOption", ": versions and ciphers are the same for all hosts; client certificates are auth-tls-secret"},
	    {"ServersTransport", ": write backend-protocol: HTTPS, proxy-ssl-secret, proxy-ssl-verify and proxy-ssl-name"},
	    {"ServersTransportTCP", ": TCP services have no TLS of their own"},
	    {"MiddlewareTCP", ": TCP services have no middlewares"},
	};

	for (size_t i = 0; i < ARRAY_LEN(all); i++)
		if (streq(all[i].kind, kind))
			return all[i].instead;
	return "";
}

/* --- k3s' Helm controller --- */

static const char *chart(const json_t *o)
{
	const char *name = json_str_or(o, "metadata.name", ""), *of = json_str_or(o, "spec.chart", "");

	if (strstr(name, "ingress-nginx") || strstr(of, "ingress-nginx"))
		return ". With minik's Ingress ingress-nginx is not needed: what valuesContent has below controller.config goes to a ConfigMap that "
		       "IngressClass nginx names by spec.parameters, tcp and udp to the ConfigMaps minik-ingress-tcp and minik-ingress-udp";
	if (strstr(name, "traefik") || strstr(of, "traefik"))
		return ". With minik's Ingress Traefik is not needed: ports are the flags --ingress-http-port and --ingress-https-port, further "
		       "entry points the ConfigMap kube-system/minik-ingress-tcp or a Gateway's listeners";
	return "; helm install does the same";
}

/* --- the others --- */

static const struct {
	const char *group, *whose, *instead;
} groups[] = {
    {"gateway.envoyproxy.io", "Envoy Gateway", ": what of its policies minik has are annotations of Ingress"},
    {"gateway.nginx.org", "NGINX Gateway Fabric", ": what of its policies minik has are annotations of Ingress"},
    {"k8s.nginx.org", "NGINX Ingress Controller", ": write an Ingress with " INGRESS_ANNOTATION "*, or an HTTPRoute"},
    {"projectcontour.io", "Contour", ": write an Ingress or an HTTPRoute"},
    {"configuration.konghq.com", "Kong", ": write annotations of Ingress"},
    {"getambassador.io", "Emissary", ": write an Ingress or an HTTPRoute"},
    {"networking.istio.io", "Istio", ": for what comes from outside write an Ingress or an HTTPRoute"},
    {"gateway.kgateway.dev", "kgateway", ": what of its policies minik has are annotations of Ingress"},
    {"core.haproxy.org", "HAProxy Ingress Controller", ": write annotations of Ingress"},
    {"elbv2.k8s.aws", "AWS Load Balancer Controller", ": minik's nginx is at the nodes' own addresses"},
};

int lint_others(const char *group, const char *kind, const char *file, const char *object, const json_t *o, lint_told_fn fn, void *arg)
{
	bool is_traefik = streq(group, "traefik.io") || streq(group, "traefik.containo.us");
	bool is_helm = streq(group, "helm.cattle.io") && (streq(kind, "HelmChart") || streq(kind, "HelmChartConfig"));
	AUTO_BUF struct buf b = {0};

	if (is_traefik) {
		buf_addf(&b, "%.60s is Traefik's and has no effect%s", kind, traefik(kind));
		if (streq(kind, "Middleware") && middleware(o, &b) < 0)
			return -ENOMEM;
	} else if (is_helm) {
		buf_addf(&b, "%s is for k3s' Helm controller, which minik does not have: nothing is installed by it%s", kind, chart(o));
	}
	for (size_t i = 0; !b.len && i < ARRAY_LEN(groups); i++)
		if (streq(groups[i].group, group))
			buf_addf(&b, "%.60s is %s's and has no effect%s", kind, groups[i].whose, groups[i].instead);
	if (buf_failed(&b))
		return -ENOMEM;
	return b.len ? fn(arg, file, object, LINT_WARNING, REASON, b.data) : 0;
}
