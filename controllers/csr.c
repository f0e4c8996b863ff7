/*
 * CertificateSigningRequests of nodes: approves what a joining or running node may ask for, and signs what is approved for the
 * signers kubernetes.io/kube-apiserver-client-kubelet, kubelet-serving and kube-apiserver-client.
 * Source: Kubernetes "Certificates and Certificate Signing Requests", built-in signers.
 */
#include <arpa/inet.h>
#include <errno.h>
#include "controllers/shared.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/map.h"
#include "wire/cert.h"

#define SIGNER_CLIENT_KUBELET "kubernetes.io/kube-apiserver-client-kubelet"
#define SIGNER_SERVING "kubernetes.io/kubelet-serving"
#define SIGNER_CLIENT "kubernetes.io/kube-apiserver-client"

#define CLAIM_MS  300000 /* for which a name belongs to who was given it, until there is a Node */
#define CLAIM_MAX 4096
#define PROOF_MAX (16u << 10)

/* A name that was given to a machine that had but a token, and the key it was given to. */
struct claim {
	char key_id[65];
	int64_t ms;
};

struct csr_ctl {
	struct informer *csrs, *nodes, *services, *slices;
	pthread_mutex_t lock; /* guards claims */
	struct map *claims;   /* node -> struct claim */
};

static bool in_group(const json_t *csr, const char *group)
{
	json_t *g;
	size_t i;

	json_array_foreach (json_dot(csr, "spec.groups"), i, g)
		if (streq(json_string_value(g), group))
			return true;
	return false;
}

static bool usages_are(const json_t *csr, const char *needed)
{
	bool found = false;
	json_t *u;
	size_t i;

	json_array_foreach (json_dot(csr, "spec.usages"), i, u) {
		const char *s = json_string_value(u);
		if (streq(s, needed))
			found = true;
		else if (!streq(s, "digital signature") && !streq(s, "key encipherment"))
			return false;
	}
	return found;
}

/* Does only the node's name, and addresses that may be its own, stand in the request? Who shows such a certificate is believed to be that host. */
static bool names_are_its_own(const char *sans, const char *node)
{
	for (const char *p = sans; *p;) {
		size_t n = strcspn(p, "\n");

		if (!(n > 3 && !strncmp(p, "IP:", 3)) && !(n == 4 + strlen(node) && !strncmp(p, "DNS:", 4) && !strncmp(p + 4, node, n - 4)))
			return false;
		p += n + (p[n] == '\n');
	}
	return true;
}

/* NULL when the request may be approved without a person; else why it is left alone. */
static const char *may_approve(const json_t *csr, const struct cert_info *req)
{
	const char *signer = json_str_or(csr, "spec.signerName", ""), *user = json_str_or(csr, "spec.username", "");

	if (!str_has_prefix(req->cn, "system:node:") || !streq(req->orgs, "system:nodes"))
		return "subject is not that of a node";
	if (streq(signer, SIGNER_CLIENT_KUBELET)) {
		if (!usages_are(csr, "client auth") || (req->sans && *req->sans))
			return "not a node's client certificate";
		/* A joining machine with the token, or a node that renews its own. */
		return in_group(csr, "system:bootstrappers") || (in_group(csr, "system:nodes") && streq(user, req->cn)) ? NULL : "requester may not";
	}
	if (streq(signer, SIGNER_SERVING)) {
		if (!usages_are(csr, "server auth") || !req->sans || !*req->sans)
			return "not a node's serving certificate";
		if (!names_are_its_own(req->sans, req->cn + strlen("system:node:")))
			return "names that are not the node's";
		return in_group(csr, "system:nodes") && streq(user, req->cn) ? NULL : "requester is not that node";
	}
	return "another signer";
}

/* --- whose a name is --- */

/* Does the request come from the machine that had the name, by the certificate that it had? That may have expired: its key
 * signed the request. */
static bool proves_itself(struct controller *c, const json_t *csr, const char *pem, const struct cert_info *req)
{
	const char *b64 = obj_annotation(csr, "minik.io/former-certificate");
	AUTO_FREE void *raw = NULL;
	struct cert_info former = {0};
	char a[65], b[65];
	size_t n = 0;
	bool proven;

	if (!b64 || !c->s->cfg.ca_cert_pem || strlen(b64) > PROOF_MAX || b64_decode(b64, strlen(b64), false, &raw, &n) < 0)
		return false;
	AUTO_FREE char *text = str_ndup(raw, n);
	proven = text && cert_signed_by(text, c->s->cfg.ca_cert_pem) && cert_inspect(&former, text, NULL) == 0 &&
		 streq(former.cn, req->cn) && streq(former.orgs, "system:nodes") && cert_csr_proves_key(pem) &&
		 cert_key_id(text, a, NULL) == 0 && cert_key_id(pem, b, NULL) == 0 && streq(a, b);
	cert_info_done(&former);
	return proven;
}

/* Since whoever has but a token may not become a node that there is: the name belongs to who can show the certificate that
 * it had, and is free when somebody deletes the Node. One that nobody ever ran, made by hand, is free too. NULL: free;
 * else why it is not, malloc'ed. */
static char *name_taken(struct controller *c, const json_t *csr, const char *pem, const struct cert_info *req)
{
	struct csr_ctl *x = c->priv;
	const char *name = req->cn + strlen("system:node:");
	AUTO_OBJECT struct informer_object *o = informer_get(x->nodes, NULL, name);
	AUTO_JSON json_t *node = informer_object_json(o);
	const struct claim *had;
	char id[65];
	char *why = NULL;

	if (!in_group(csr, "system:bootstrappers") || in_group(csr, "system:nodes"))
		return NULL;
	if (node && *json_str_or(node, "status.nodeInfo.kubeletVersion", ""))
		return proves_itself(c, csr, pem, req)
			   ? NULL
			   : str_fmt("a node %s is in the cluster%s; choose another --node-name, or if it was this machine: kubectl "
				     "delete node %s",
				     name, streq(json_str(obj_condition(node, "Ready"), "status"), "True") ? " and Ready" : ", not Ready",
				     name);
	if (cert_key_id(pem, id, NULL) < 0)
		return str_fmt("the key of the request for %s cannot be read", name);
	pthread_mutex_lock(&x->lock);
	had = map_get(x->claims, name);
	if (had && !streq(had->key_id, id) && clock_mono_ms(c->s->deps.clock) - had->ms < CLAIM_MS)
		why = str_fmt("another machine joins as %s just now; choose another --node-name, or try again in %d minutes",
			      name, CLAIM_MS / 60000);
	pthread_mutex_unlock(&x->lock);
	return why;
}

/* Of two machines that come at the same time one gets the name, before there is a Node that shows it. */
static int claim_name(struct controller *c, const json_t *csr, const char *pem, const struct cert_info *req, struct err *e)
{
	struct csr_ctl *x = c->priv;
	int64_t now = clock_mono_ms(c->s->deps.clock);
	struct claim *one = calloc(1, sizeof(*one));
	struct map_iter it = MAP_ITER_INIT;
	int r = one ? 0 : -ENOMEM;

	if (!in_group(csr, "system:bootstrappers")) {
		free(one);
		return 0;
	}
	if (r == 0)
		r = cert_key_id(pem, one->key_id, NULL);
	pthread_mutex_lock(&x->lock);
	while (map_next(x->claims, &it))
		if (now - ((const struct claim *)it.value)->ms >= CLAIM_MS)
			(void)map_del(x->claims, it.key);
	if (r == 0 && map_len(x->claims) < CLAIM_MAX) {
		one->ms = now;
		r = map_put(x->claims, req->cn + strlen("system:node:"), one);
		if (r == 0)
			one = NULL;
	}
	pthread_mutex_unlock(&x->lock);
	free(one);
	return r < 0 ? err_set(e, r, "the name of %s cannot be noted", req->cn) : 0;
}

static void node_deleted(void *arg, struct informer_object *o)
{
	struct csr_ctl *x = arg;

	pthread_mutex_lock(&x->lock);
	(void)map_del(x->claims, o->name);
	pthread_mutex_unlock(&x->lock);
}

static void ctl_free(void *priv)
{
	struct csr_ctl *x = priv;

	x->claims = map_free(x->claims);
	pthread_mutex_destroy(&x->lock);
	free(x);
}

/* Whose an address in the request is, by what that other node says: *ret is a line about it, malloc'ed, or NULL. */
static int address_taken(struct csr_ctl *x, const struct cert_info *req, char **ret, struct err *e)
{
	const char *name = req->cn + strlen("system:node:");
	struct informer_object **v = NULL;
	char *taken = NULL;
	size_t n = 0;

	if (informer_list(x->nodes, NULL, &v, &n) < 0)
		return err_nomem(e);
	for (size_t i = 0; i < n && !taken; i++) {
		AUTO_JSON json_t *node = informer_object_json(v[i]);
		const json_t *a;
		size_t k;

		if (streq(obj_name(node), name))
			continue;
		json_array_foreach (json_dot(node, "status.addresses"), k, a) {
			AUTO_FREE char *line = str_fmt("IP:%s", json_str_or(a, "address", ""));
			size_t len = line ? strlen(line) : 0;

			for (const char *p = req->sans; line && !taken && (p = strstr(p, line)); p += len)
				if ((p == req->sans || p[-1] == '\n') && (!p[len] || p[len] == '\n'))
					taken = str_fmt("address %s is that of node %s; if that one is gone: kubectl delete node %s",
							line + 3, obj_name(node), obj_name(node));
		}
	}
	informer_list_free(v, n);
	*ret = taken;
	return 0;
}

/* Is a line of the request, "IP:10.0.0.1" or "DNS:name", of this kind and value? */
static bool line_is(const char *p, size_t n, const char *kind, const char *value)
{
	size_t k = strlen(kind);

	return value && n == k + strlen(value) && !strncmp(p, kind, k) && !strncasecmp(p + k, value, n - k);
}

static bool line_names(const char *p, size_t n, const char *value)
{
	return line_is(p, n, "IP:", value) || line_is(p, n, "DNS:", value);
}

/*
 * Does the request name what the API server is called? Who shows such a certificate is believed to be it, whether or not a Node has
 * that address: what its Service and endpoints say, what its certificate was made for, and what every machine calls itself.
 */
static bool names_the_server(struct controller *c, const struct cert_info *req)
{
	static const char *const fixed[] = {"kubernetes", "kubernetes.default", "kubernetes.default.svc", "localhost", "::1"};
	struct csr_ctl *x = c->priv;
	AUTO_OBJECT struct informer_object *so = informer_get(x->services, "default", "kubernetes");
	AUTO_OBJECT struct informer_object *eo = informer_get(x->slices, "default", "kubernetes");
	AUTO_JSON json_t *service = informer_object_json(so);
	AUTO_JSON json_t *slice = informer_object_json(eo);
	const json_t *ip, *endpoint, *a;
	size_t i, k;

	for (const char *p = req->sans; *p;) {
		size_t n = strcspn(p, "\n");

		if (!strncasecmp(p, "DNS:kubernetes.default.svc.", 27) || !strncmp(p, "IP:127.", 7))
			return true;
		for (i = 0; i < ARRAY_LEN(fixed); i++)
			if (line_names(p, n, fixed[i]))
				return true;
		json_array_foreach (json_dot(service, "spec.clusterIPs"), i, ip)
			if (line_is(p, n, "IP:", json_string_value(ip)))
				return true;
		json_array_foreach (json_object_get(slice, "endpoints"), i, endpoint)
			json_array_foreach (json_object_get(endpoint, "addresses"), k, a)
				if (line_is(p, n, "IP:", json_string_value(a)))
					return true;
		for (const char *name = c->s->cfg.server_names; name && *name;) {
			size_t len = strcspn(name, "\n");
			AUTO_FREE char *one = str_ndup(name, len);

			if (!one || line_names(p, n, one))
				return true;
			name += len + (name[len] == '\n');
		}
		p += n + (p[n] == '\n');
	}
	return false;
}

static bool condition_is(const json_t *csr, const char *type)
{
	return obj_condition(csr, type) != NULL;
}

static int decide(struct controller *c, const json_t *csr, const char *type, const char *reason, const char *message,
		  struct err *e)
{
	struct client_ref ref = {.group = "certificates.k8s.io", .plural = "certificatesigningrequests", .name = obj_name(csr), .subresource = "approval"};
	AUTO_JSON json_t *obj = json_deep_copy(csr);
	char now[TIME_STR_MAX];

	now_string(c->s, now);
	if (!obj ||
	    json_dot_append(obj, "status.conditions",
			    json_pack("{s:s,s:s,s:s,s:s,s:s,s:s}", "type", type, "status", "True", "reason", reason,
				      "message", message, "lastUpdateTime", now, "lastTransitionTime", now)) < 0)
		return err_nomem(e);
	return client_update_wait(c->s->client, &ref, obj, NULL, e);
}

static int sign(struct controller *c, const json_t *csr, const char *pem, const struct cert_info *info, struct err *e)
{
	struct client_ref ref = {.group = "certificates.k8s.io", .plural = "certificatesigningrequests", .name = obj_name(csr), .subresource = "status"};
	const char *signer = json_str_or(csr, "spec.signerName", "");
	struct cert_pair ca = {(char *)c->s->cfg.ca_cert_pem, (char *)c->s->cfg.ca_key_pem};
	AUTO_FREE char *cert = NULL, *b64 = NULL, *sans = str_dup(info->sans ? info->sans : ""), *orgs = str_dup(info->orgs ? info->orgs : "");
	time_t now = clock_wall(c->s->deps.clock);
	int64_t seconds = json_int_or(csr, "spec.expirationSeconds", 365 * 86400);
	const char *dns[32] = {NULL}, *ips[32] = {NULL}, *org[32] = {NULL};
	size_t n_dns = 0, n_ip = 0, n_org = 0;

	if (!sans || !orgs)
		return err_nomem(e);
	char *save = NULL;
	for (char *s = strtok_r(sans, "\n", &save); s; s = strtok_r(NULL, "\n", &save)) {
		if (str_has_prefix(s, "DNS:") && n_dns + 1 < ARRAY_LEN(dns))
			dns[n_dns++] = s + 4;
		else if (str_has_prefix(s, "IP:") && n_ip + 1 < ARRAY_LEN(ips))
			ips[n_ip++] = s + 3;
	}
	for (char *s = strtok_r(orgs, "\n", &save); s; s = strtok_r(NULL, "\n", &save))
		if (n_org + 1 < ARRAY_LEN(org))
			org[n_org++] = s;
	if (seconds < 600)
		seconds = 600;
	if (seconds > 365 * 86400)
		seconds = 365 * 86400;
	struct cert_request req = {.cn = info->cn, .orgs = org, .dns_names = dns, .ip_addrs = ips, .server = streq(signer, SIGNER_SERVING),
				   .client = !streq(signer, SIGNER_SERVING), .not_before = now - 300, .not_after = now + seconds};
	int r = cert_sign_csr(&cert, &ca, pem, &req, e);
	if (r < 0)
		return r;
	if ((r = b64_encode(cert, strlen(cert), false, &b64)) < 0)
		return err_nomem(e);
	AUTO_JSON json_t *obj = json_deep_copy(csr);
	if (!obj || json_set_str(obj, "status.certificate", b64) < 0)
		return err_nomem(e);
	return client_update_wait(c->s->client, &ref, obj, NULL, e);
}

static int reconcile(void *arg, const char *key, struct err *e)
{
	struct controller *c = arg;
	struct csr_ctl *x = c->priv;
	AUTO_OBJECT struct informer_object *o = informer_get_key(x->csrs, key);
	AUTO_JSON json_t *csr = informer_object_json(o);
	AUTO_FREE void *raw = NULL;
	struct cert_info info = {0};
	size_t n = 0;

	if (!csr || condition_is(csr, "Denied") || condition_is(csr, "Failed") || *json_str_or(csr, "status.certificate", ""))
		return 0;
	const char *signer = json_str_or(csr, "spec.signerName", ""), *text = json_str_or(csr, "spec.request", "");
	if (!streq(signer, SIGNER_CLIENT_KUBELET) && !streq(signer, SIGNER_SERVING) && !streq(signer, SIGNER_CLIENT))
		return 0;
	if (b64_decode(text, strlen(text), false, &raw, &n) < 0)
		return 0;
	AUTO_FREE char *pem = str_ndup(raw, n);
	if (!pem)
		return err_nomem(e);
	struct err why = {0};
	if (cert_csr_inspect(&info, pem, &why) < 0) {
		log_warning("csr", key, "%s", why.msg);
		return 0;
	}
	int r = 0;
	if (condition_is(csr, "Approved")) {
		r = c->s->cfg.ca_key_pem ? sign(c, csr, pem, &info, e) : 0;
	} else {
		const char *no = may_approve(csr, &info);
		AUTO_FREE char *whose = NULL;
		if (!no && streq(signer, SIGNER_SERVING) && (r = address_taken(x, &info, &whose, e)) < 0) {
			cert_info_done(&info);
			return r;
		}
		if (!no && !whose && streq(signer, SIGNER_SERVING) && names_the_server(c, &info)) {
			no = "names or addresses of the API server";
			log_warning("csr", key, "%s asks for a serving certificate with a name or an address of the API server: not approved by itself "
				    "(kubectl certificate approve, if it is to have it)", info.cn);
		}
		AUTO_FREE char *taken = no ? NULL : name_taken(c, csr, pem, &info);
		if (whose) {
			r = decide(c, csr, "Denied", "NodeAddressTaken", whose, e);
		} else if (taken) {
			r = decide(c, csr, "Denied", "NodeNameTaken", taken, e);
		} else if (!no && (r = claim_name(c, csr, pem, &info, e)) < 0) {
			log_warning("csr", key, "%s", e->msg);
		} else if (!no)
			r = decide(c, csr, "Approved", "AutoApproved",
				   "Auto approving a node's certificate after its request was checked.", e);
		else
			log_debug("csr", key, "not approved by itself: %s", no);
	}
	cert_info_done(&info);
	return r == ERR_NOT_FOUND ? 0 : r;
}

int csr_init(struct shared *s, struct err *e)
{
	static const struct informer_handler gone = {.deleted = node_deleted};
	struct csr_ctl *x = calloc(1, sizeof(*x));
	struct controller *c;
	int r;

	if (!x)
		return err_nomem(e);
	pthread_mutex_init(&x->lock, NULL);
	x->claims = map_new(free);
	r = x->claims ? controller_new(&c, s, "csr", 1, reconcile, x, ctl_free, e) : err_nomem(e);
	if (r < 0) {
		ctl_free(x);
		return r;
	}
	if (!(x->csrs = shared_informer(s, "certificates.k8s.io", "v1", "certificatesigningrequests", NULL, e)) ||
	    !(x->nodes = shared_informer(s, "", "v1", "nodes", NULL, e)) ||
	    !(x->services = shared_informer(s, "", "v1", "services", NULL, e)) ||
	    !(x->slices = shared_informer(s, "discovery.k8s.io", "v1", "endpointslices", NULL, e)))
		return ERR_INTERNAL;
	if (informer_add_handler(x->nodes, &gone, x) < 0)
		return err_nomem(e);
	return controller_watch_keys(c, x->csrs) < 0 ? err_nomem(e) : 0;
}
