#include "cmd/join.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <poll.h>
#include "base/clock.h"
#include "base/fs.h"
#include "base/json.h"
#include "base/log.h"
#include "base/str.h"
#include "cmd/secret.h"
#include "wire/http_client.h"

#define CSR_PATH "/apis/certificates.k8s.io/v1/certificatesigningrequests"

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
	if (r == ERR_UNAVAILABLE || r == ERR_TIMEOUT) {
		struct err why = *e;
		return err_set(
		    e, r, "%.80s cannot be reached: is minik server running there, and its port open? (%.120s)", server,
		    strstr(why.msg, "cluster-info: ") ? strstr(why.msg, "cluster-info: ") + 14 : why.msg);
	}
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
		json_array_foreach((json_t *)conds, i,
				   c) if (streq(json_str(c, "type"), "Denied") ||
					  streq(json_str(c, "type"),
						"Failed")) return err_set(e, ERR_FORBIDDEN,
									  "joining as this node was refused: %.200s",
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

enum state { STATE_NONE, STATE_EXPIRED, STATE_DUE, STATE_GOOD };

/* Reads NAME.crt and NAME.key and says how good they are. */
static enum state pair_read(const char *dir, const char *name, struct cert_pair *ret, time_t *ret_due)
{
	AUTO_FREE char *crt = str_fmt("%s.crt", name), *key = str_fmt("%s.key", name);
	struct cert_info info = {0};
	time_t now = clock_wall(clock_real());
	enum state s;

	if (!crt || !key || read_text(dir, crt, &ret->cert_pem) < 0 || read_text(dir, key, &ret->key_pem) < 0 ||
	    cert_inspect(&info, ret->cert_pem, NULL) < 0 || !cert_key_matches(ret->cert_pem, ret->key_pem)) {
		cert_info_done(&info);
		cert_pair_done(ret);
		return STATE_NONE;
	}
	*ret_due = cert_renewal_time(&info);
	s = info.not_after <= now ? STATE_EXPIRED : *ret_due <= now ? STATE_DUE : STATE_GOOD;
	cert_info_done(&info);
	return s;
}

static int pair_write(const char *dir, const char *name, const struct cert_pair *p, time_t *ret_due, struct err *e)
{
	AUTO_FREE char *crt = str_fmt("%s.crt", name), *key = str_fmt("%s.key", name);
	struct cert_info info = {0};
	int r;

	if (!crt || !key)
		return err_nomem(e);
	if ((r = cert_inspect(&info, p->cert_pem, e)) < 0 || (r = write_text(dir, key, p->key_pem, e)) < 0 ||
	    (r = write_text(dir, crt, p->cert_pem, e)) < 0) {
		cert_info_done(&info);
		return r;
	}
	*ret_due = cert_renewal_time(&info);
	cert_info_done(&info);
	return 0;
}

/* What an earlier start learned must be what the token speaks of now. */
static int same_cluster(const char *ca_pem, const char *dir, const struct options *o, struct err *e)
{
	AUTO_FREE char *token = NULL;
	struct cert_info info = {0};
	char want[65];
	int r = 0;

	if (secret_agent_token(&token, o, NULL) < 0 || !secret_ca_hash(token, want))
		return 0;
	if ((r = cert_inspect(&info, ca_pem, e)) < 0)
		return err_wrap(e, "%s/ca.crt", dir);
	if (!streq(want, info.sha256_hex))
		r = err_set(e, ERR_FORBIDDEN,
			    "this machine joined another cluster before than the token is for; to leave it: minik "
			    "killall, then remove %s",
			    dir);
	cert_info_done(&info);
	return r;
}

struct joining {
	const char *dir, *server, *csr_name, *ca_pem;
	const struct cert_request *req;
};

/* The node's client certificate: by the one it has, or by the token. */
static int client_cert(const struct joining *j, const struct options *o, struct cert_pair *ret, time_t *due,
		       struct err *e)
{
	static const char *const usages[] = {"digital signature", "client auth", NULL};
	struct cert_request req = {.cn = j->req->cn, .orgs = j->req->orgs};
	struct csr_ask ask = {j->csr_name, "kubernetes.io/kube-apiserver-client-kubelet", usages, &req};
	struct http_client_config boot = {.ca_pem = j->ca_pem, .user_agent = "minik-agent"};
	struct cert_pair have = {0}, fresh = {0};
	AUTO_FREE char *token = NULL;
	enum state s = pair_read(j->dir, "client", &have, due);
	int r;

	if (s == STATE_GOOD) {
		*ret = have;
		return 0;
	}
	if (s == STATE_DUE) {
		struct err why = {0};
		boot.cert_pem = have.cert_pem;
		boot.key_pem = have.key_pem;
		if (ask_certificate(&boot, NULL, j->server, &ask, &fresh, &why) < 0) {
			log_warning("agent", j->server, "cannot renew this node's certificate yet: %s", why.msg);
			cert_pair_done(&fresh);
			*ret = have;
			return 0;
		}
	} else {
		cert_pair_done(&have);
		if ((r = secret_agent_token(&token, o, e)) < 0)
			return s == STATE_EXPIRED ? err_wrap(e, "the certificate of this node has expired") : r;
		if ((r = ask_certificate(&boot, secret_of_token(token), j->server, &ask, &fresh, e)) < 0) {
			cert_pair_done(&fresh);
			return r == ERR_UNAUTHORIZED ? err_set(e, r,
							       "%s does not accept this token: it is wrong or has "
							       "expired; minik token on the server "
							       "prints one that is good",
							       j->server)
						     : r;
		}
	}
	cert_pair_done(&have);
	if ((r = pair_write(j->dir, "client", &fresh, due, e)) < 0) {
		cert_pair_done(&fresh);
		return r;
	}
	*ret = fresh;
	return 0;
}

/* Whether a certificate speaks of every name and address that is asked for. */
static bool covers(const char *cert_pem, const struct cert_request *req)
{
	struct cert_info info = {0};
	bool good = cert_inspect(&info, cert_pem, NULL) == 0;

	for (const char *const *ip = req->ip_addrs; good && *ip; ip++) {
		AUTO_FREE char *line = str_fmt("\nIP:%s\n", *ip), *all = str_fmt("\n%s\n", info.sans ? info.sans : "");
		good = line && all && strstr(all, line);
	}
	cert_info_done(&info);
	return good;
}

static int serving_cert(const struct joining *j, const struct cert_pair *client, struct cert_pair *ret, time_t *due,
			struct err *e)
{
	static const char *const usages[] = {"digital signature", "server auth", NULL};
	struct csr_ask ask = {j->csr_name, "kubernetes.io/kubelet-serving", usages, j->req};
	struct http_client_config self = {
	    .ca_pem = j->ca_pem, .cert_pem = client->cert_pem, .key_pem = client->key_pem, .user_agent = "minik-agent"};
	struct cert_pair have = {0}, fresh = {0};
	struct err why = {0};
	enum state s = pair_read(j->dir, "serving", &have, due);
	int r;

	if (s == STATE_GOOD && !covers(have.cert_pem, j->req)) /* this machine's address has changed */
		s = STATE_DUE;
	if (s == STATE_GOOD) {
		*ret = have;
		return 0;
	}
	r = ask_certificate(&self, NULL, j->server, &ask, &fresh, &why);
	if (r < 0 && s == STATE_DUE) {
		log_warning("agent", j->server, "cannot renew this node's serving certificate yet: %s", why.msg);
		cert_pair_done(&fresh);
		*ret = have;
		return 0;
	}
	cert_pair_done(&have);
	if (r < 0)
		(void)err_set(e, r, "%s", why.msg);
	else
		r = pair_write(j->dir, "serving", &fresh, due, e);
	if (r < 0) {
		cert_pair_done(&fresh);
		return r;
	}
	*ret = fresh;
	return 0;
}

int join_cluster(struct join_result *ret, const struct options *o, const struct host *h, struct err *e)
{
	AUTO_FREE char *dir = fs_join(opt_str(o, OPT_DATA_DIR), "agent"), *token = NULL;
	AUTO_FREE char *user = str_fmt("system:node:%s", h->node_name), *csr_name = str_fmt("node-csr-%s", h->node_name);
	const char *server = opt_str(o, OPT_SERVER), *orgs[] = {"system:nodes", NULL}, *dns[] = {h->node_name, NULL};
	const struct cert_request req = {.cn = user, .orgs = orgs, .dns_names = dns, .ip_addrs = h->ip_list};
	struct join_result j = {0};
	time_t client_due = 0, serving_due = 0;
	int r;

	if (!dir || !user || !csr_name)
		return err_nomem(e);
	if (!server)
		return err_set(e, ERR_INVALID, "--server https://HOST:6443 is needed");
	if ((r = secret_check(o, false, e)) < 0 || (r = fs_mkdir_p(dir, 0700, e)) < 0)
		return r;
	if (!(j.server = str_dup(server)))
		return err_nomem(e);
	size_t n = strlen(j.server);
	while (n && j.server[n - 1] == '/')
		j.server[--n] = '\0';
	if (read_text(dir, "ca.crt", &j.ca_pem) == 0) {
		r = same_cluster(j.ca_pem, dir, o, e);
	} else if ((r = secret_agent_token(&token, o, e)) == 0 && (r = fetch_ca(j.server, token, &j.ca_pem, e)) == 0) {
		r = write_text(dir, "ca.crt", j.ca_pem, e);
	}
	const struct joining ask = {dir, j.server, csr_name, j.ca_pem, &req};
	if (r < 0 || (r = client_cert(&ask, o, &j.client, &client_due, e)) < 0 ||
	    (r = serving_cert(&ask, &j.client, &j.serving, &serving_due, e)) < 0) {
		join_result_done(&j);
		return r;
	}
	j.due = client_due < serving_due ? client_due : serving_due;
	*ret = j;
	return 0;
}
