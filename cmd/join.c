#include "cmd/join.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <poll.h>
#include "base/fs.h"
#include "base/json.h"
#include "base/log.h"
#include "base/str.h"
#include "cmd/secret.h"
#include "wire/http_client.h"

#define CSR_PATH "/apis/certificates.k8s.io/v1/certificatesigningrequests"
#define RENEW_S (30 * 86400)

void join_result_done(struct join_result *r)
{
	free(r->server);
	free(r->ca_pem);
	cert_pair_done(&r->client);
	cert_pair_done(&r->serving);
	memset(r, 0, sizeof(*r));
}

/* One request with the body collected; a status other than `want` (0: any 2xx) is an error that quotes the Status message. */
static int call(const struct http_client_config *cfg, const char *token, const char *method, const char *server, const char *path,
		const json_t *body, json_t **ret, struct err *e)
{
	AUTO_FREE char *url = str_fmt("%s%s", server, path);
	AUTO_FREE char *auth = token ? str_fmt("Authorization: Bearer %s", token) : NULL;
	AUTO_BYTES struct bytes *out = body ? json_encode(body) : NULL, *in = NULL;
	AUTO_JSON json_t *tree = NULL;
	const char *headers[] = {"Accept: application/json", "Content-Type: application/json", auth, NULL};
	struct http_client_request r = {.method = method, .url = url, .headers = headers, .body = out, .timeout_ms = 30000};
	int status = 0;

	if (!url || (token && !auth) || (body && !out))
		return err_nomem(e);
	int rc = http_get_blocking(cfg, &r, &status, &in, e);
	if (rc < 0)
		return rc;
	if (in && in->len && json_parse_bytes(in, &tree, NULL) < 0)
		tree = NULL;
	if (status / 100 != 2) {
		int code = status == 404 ? ERR_NOT_FOUND : status == 409 ? ERR_EXISTS : status == 401 ? ERR_UNAUTHORIZED : ERR_FORBIDDEN;
		return err_set(e, code, "%s %s%s: %d %.120s", method, server, path, status, json_str_or(tree, "message", ""));
	}
	if (!tree)
		return err_set(e, ERR_PROTO, "%s %s%s: the answer is not JSON", method, server, path);
	*ret = TAKE_PTR(tree);
	return 0;
}

/* The CA out of the kubeconfig that kube-public/cluster-info carries (the way of kubeadm). */
static int fetch_ca(const char *server, const char *token, char **ret_ca, struct err *e)
{
	struct http_client_config insecure = {.insecure_skip_verify = true, .user_agent = "minik-agent"};
	AUTO_JSON json_t *cm = NULL, *kc = NULL;
	AUTO_FREE void *pem = NULL;
	struct cert_info info = {0};
	size_t n = 0;
	char want[65];

	int r = call(&insecure, NULL, "GET", server, "/api/v1/namespaces/kube-public/configmaps/cluster-info", NULL, &cm, e);
	if (r < 0)
		return err_wrap(e, "cannot learn the cluster's CA");
	const json_t *data = json_object_get(cm, "data");
	const char *text = json_string_value(json_object_get(data, "kubeconfig"));
	if (!text || yaml_parse(text, strlen(text), &kc, NULL) < 0)
		return err_set(e, ERR_PROTO, "%s: kube-public/cluster-info has no kubeconfig", server);
	const char *b64 = json_str(kc, "clusters[0].cluster.certificate-authority-data");
	if (!b64 || b64_decode(b64, strlen(b64), false, &pem, &n) < 0)
		return err_set(e, ERR_PROTO, "%s: kube-public/cluster-info has no certificate-authority-data", server);
	AUTO_FREE char *ca = str_ndup(pem, n);
	if (!ca)
		return err_nomem(e);
	if ((r = cert_inspect(&info, ca, e)) < 0)
		return r;
	if (secret_ca_hash(token, want)) {
		if (!streq(want, info.sha256_hex)) {
			cert_info_done(&info);
			return err_set(e, ERR_FORBIDDEN, "%s is not the server the token is for: its CA differs from the token's hash", server);
		}
	} else {
		log_warning("agent", server, "the token carries no CA hash: trusting the CA %.16s... of this server unseen", info.sha256_hex);
	}
	cert_info_done(&info);
	*ret_ca = TAKE_PTR(ca);
	return 0;
}

struct csr_ask {
	const char *name, *signer;
	const char *const *usages;
	const struct cert_request *req;
};

/* Creates the request and waits until the control plane has signed it: by a watch, as everything else waits. */
static int ask_certificate(const struct http_client_config *cfg, const char *token, const char *server, const struct csr_ask *a,
			   struct cert_pair *ret, struct err *e)
{
	AUTO_FREE char *key = NULL, *pem = NULL, *b64 = NULL, *path = NULL, *watch = NULL;
	AUTO_JSON json_t *csr = NULL, *answer = NULL;
	json_t *usages = json_array();
	int r;

	for (const char *const *u = a->usages; *u; u++)
		json_array_append_new(usages, json_string(*u));
	if ((r = cert_key_new(&key, e)) < 0 || (r = cert_csr_new(&pem, key, a->req, e)) < 0 ||
	    (r = b64_encode(pem, strlen(pem), false, &b64)) < 0) {
		json_decref(usages);
		return r;
	}
	char suffix[6];
	random_suffix(suffix, 5);
	AUTO_FREE char *name = str_fmt("%s-%s", a->name, suffix);
	csr = json_pack("{s:s,s:s,s:{s:s},s:{s:s,s:s,s:o}}", "apiVersion", "certificates.k8s.io/v1", "kind", "CertificateSigningRequest",
			"metadata", "name", name, "spec", "request", b64, "signerName", a->signer, "usages", usages);
	path = str_fmt(CSR_PATH "/%s", name);
	if (!csr || !path)
		return err_nomem(e);
	if ((r = call(cfg, token, "POST", server, CSR_PATH, csr, &answer, e)) < 0)
		return r;
	for (int turn = 0; turn < 120; turn++) {
		json_decref(answer);
		answer = NULL;
		if ((r = call(cfg, token, "GET", server, path, NULL, &answer, e)) < 0)
			return r;
		const char *signed_b64 = json_str(answer, "status.certificate");
		AUTO_FREE void *cert = NULL;
		size_t n;
		if (signed_b64 && b64_decode(signed_b64, strlen(signed_b64), false, &cert, &n) == 0) {
			if (!(ret->cert_pem = str_ndup(cert, n)))
				return err_nomem(e);
			ret->key_pem = TAKE_PTR(key);
			return 0;
		}
		const json_t *conds = json_dot(answer, "status.conditions");
		size_t i;
		json_t *c;
		json_array_foreach ((json_t *)conds, i, c)
			if (streq(json_str(c, "type"), "Denied") || streq(json_str(c, "type"), "Failed"))
				return err_set(e, ERR_FORBIDDEN, "certificate request %s was refused: %.150s", name,
					       json_str_or(c, "message", ""));
		/* One short watch of this request instead of a pause: it ends as soon as something happens to it, or after 1 s. */
		free(watch);
		watch = str_fmt("%s%s?watch=true&timeoutSeconds=1&resourceVersion=%s&fieldSelector=metadata.name%%3D%s", server, CSR_PATH,
				json_str_or(answer, "metadata.resourceVersion", "0"), name);
		AUTO_FREE char *auth = token ? str_fmt("Authorization: Bearer %s", token) : NULL;
		const char *headers[] = {"Accept: application/json", auth, NULL};
		struct http_client_request w = {.method = "GET", .url = watch, .headers = headers, .timeout_ms = 5000};
		AUTO_BYTES struct bytes *in = NULL;
		int status;
		if (!watch || http_get_blocking(cfg, &w, &status, &in, e) < 0)
			return e ? e->code : ERR_UNAVAILABLE;
	}
	return err_set(e, ERR_TIMEOUT, "certificate request %s was not signed within 2 minutes; see kubectl get csr", name);
}

static int read_text(const char *dir, const char *name, char **ret)
{
	AUTO_FREE char *path = fs_join(dir, name);
	AUTO_BUF struct buf text = {0};

	if (!path || fs_read(path, 1 << 20, &text, NULL) < 0)
		return ERR_NOT_FOUND;
	return (*ret = buf_take(&text, NULL)) ? 0 : -ENOMEM;
}

static int write_text(const char *dir, const char *name, const char *text, struct err *e)
{
	AUTO_FREE char *path = fs_join(dir, name);

	return path ? fs_write_atomic(path, text, strlen(text), 0600, e) : err_nomem(e);
}

static bool still_good(const struct cert_pair *p)
{
	struct cert_info info = {0};

	if (!p->cert_pem || !p->key_pem || cert_inspect(&info, p->cert_pem, NULL) < 0)
		return false;
	bool good = info.not_after > time(NULL) + RENEW_S && cert_key_matches(p->cert_pem, p->key_pem);
	cert_info_done(&info);
	return good;
}

int join_cluster(struct join_result *ret, const struct options *o, const struct host *h, struct err *e)
{
	AUTO_FREE char *dir = fs_join(opt_str(o, OPT_DATA_DIR), "agent"), *token = NULL;
	AUTO_FREE char *user = str_fmt("system:node:%s", h->node_name), *csr_name = str_fmt("node-csr-%s", h->node_name);
	const char *server = opt_str(o, OPT_SERVER);
	static const char *const client_usages[] = {"digital signature", "client auth", NULL};
	static const char *const server_usages[] = {"digital signature", "server auth", NULL};
	const char *orgs[] = {"system:nodes", NULL}, *dns[] = {h->node_name, NULL};
	struct join_result j = {0};
	int r;

	if (!dir || !user || !csr_name)
		return err_nomem(e);
	if (!server || !str_has_prefix(server, "https://"))
		return err_set(e, ERR_INVALID, "--server https://HOST:6443 is needed");
	if ((r = fs_mkdir_p(dir, 0700, e)) < 0)
		return r;
	if (!(j.server = str_dup(server)))
		return err_nomem(e);
	size_t n = strlen(j.server);
	while (n && j.server[n - 1] == '/')
		j.server[--n] = '\0';
	if (read_text(dir, "ca.crt", &j.ca_pem) < 0) {
		if ((r = secret_agent_token(&token, o, e)) < 0 || (r = fetch_ca(j.server, token, &j.ca_pem, e)) < 0 ||
		    (r = write_text(dir, "ca.crt", j.ca_pem, e)) < 0)
			goto fail;
	}
	struct http_client_config boot = {.ca_pem = j.ca_pem, .user_agent = "minik-agent"};
	if (read_text(dir, "client.crt", &j.client.cert_pem) < 0 || read_text(dir, "client.key", &j.client.key_pem) < 0 ||
	    !still_good(&j.client)) {
		struct cert_request req = {.cn = user, .orgs = orgs};
		struct csr_ask ask = {csr_name, "kubernetes.io/kube-apiserver-client-kubelet", client_usages, &req};
		cert_pair_done(&j.client);
		memset(&j.client, 0, sizeof(j.client));
		if (!token && (r = secret_agent_token(&token, o, e)) < 0)
			goto fail;
		if ((r = ask_certificate(&boot, secret_of_token(token), j.server, &ask, &j.client, e)) < 0) {
			if (r == ERR_UNAUTHORIZED)
				err_set(e, r, "%s does not accept this token", j.server);
			goto fail;
		}
		if ((r = write_text(dir, "client.key", j.client.key_pem, e)) < 0 || (r = write_text(dir, "client.crt", j.client.cert_pem, e)) < 0)
			goto fail;
	}
	if (read_text(dir, "serving.crt", &j.serving.cert_pem) < 0 || read_text(dir, "serving.key", &j.serving.key_pem) < 0 ||
	    !still_good(&j.serving)) {
		struct http_client_config self = {.ca_pem = j.ca_pem, .cert_pem = j.client.cert_pem, .key_pem = j.client.key_pem,
						  .user_agent = "minik-agent"};
		struct cert_request req = {.cn = user, .orgs = orgs, .dns_names = dns, .ip_addrs = h->ip_list};
		struct csr_ask ask = {csr_name, "kubernetes.io/kubelet-serving", server_usages, &req};
		cert_pair_done(&j.serving);
		memset(&j.serving, 0, sizeof(j.serving));
		if ((r = ask_certificate(&self, NULL, j.server, &ask, &j.serving, e)) < 0 ||
		    (r = write_text(dir, "serving.key", j.serving.key_pem, e)) < 0 ||
		    (r = write_text(dir, "serving.crt", j.serving.cert_pem, e)) < 0)
			goto fail;
	}
	*ret = j;
	return 0;
fail:
	join_result_done(&j);
	return r;
}
