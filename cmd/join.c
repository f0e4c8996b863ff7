#include "cmd/join.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include "api/object.h"
#include "base/clock.h"
#include "base/fs.h"
#include "base/json.h"
#include "base/log.h"
#include "base/str.h"
#include "cmd/secret.h"
#include "cmd/join_ask.h"

#define CSR_PATH     "/apis/certificates.k8s.io/v1/certificatesigningrequests"
#define JOIN_WAIT_MS 20000 /* for a server that is not there yet */
#define SIGN_WAIT_MS 60000

void join_result_done(struct join_result *r)
{
	free(r->ca_pem);
	cert_pair_done(&r->client);
	cert_pair_done(&r->serving);
	memset(r, 0, sizeof(*r));
}

struct joining {
	const struct options *o;
	const char *dir, *csr_name;
	const struct cert_request *req;
	struct join_api api; /* as what it is known by now */
	char *ca_pem;        /* of the server, not kept yet: it has not taken the token; or NULL */
};

/* --- the CA --- */

static int cluster_info(const struct join_api *a, json_t **ret, char **ret_server, struct err *e)
{
	return join_call(a, "GET", "/api/v1/namespaces/kube-public/configmaps/cluster-info", NULL, ret, ret_server, e);
}

/* The CA out of the kubeconfig that kube-public/cluster-info carries (the way of kubeadm). */
static int ca_of_one(const struct joining *j, const char *token, char **ret_ca, char **ret_server, struct err *e)
{
	AUTO_JSON json_t *cm = NULL, *kc = NULL;
	AUTO_FREE void *pem = NULL;
	struct cert_info info = {0};
	size_t n = 0;
	char want[65];

	int r = cluster_info(&j->api, &cm, ret_server, e);
	const char *server = *ret_server;
	if (r == ERR_NOT_FOUND || r == ERR_FORBIDDEN)
		return err_set(e, r, "this API server does not say what its CA is (kube-public/cluster-info): %.150s",
			       e ? e->msg : "");
	if (r < 0)
		return r;
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
		return err_wrap(e, "%s: its CA", server);
	if (!secret_ca_hash(token, want))
		log_warning(
		    "agent", server,
		    "the token carries no CA hash: this server is believed unseen; compare %s with what stands behind "
		    "K10 in minik token on the server",
		    info.sha256_hex);
	else if (!streq(want, info.sha256_hex))
		r = err_set(
		    e, ERR_FORBIDDEN,
		    "%.80s is not the server the token is for: the hash of its CA is %.12s..., the token's %.12s...",
		    server, info.sha256_hex, want);
	cert_info_done(&info);
	if (r == 0)
		*ret_ca = TAKE_PTR(ca);
	return r;
}

static int fetch_ca(const struct joining *j, const char *token, char **ret_ca, struct err *e)
{
	size_t n = server_list_count(j->api.servers);
	char clocks[320];

	for (size_t i = 0;; i++) {
		AUTO_FREE char *server = NULL, *asked = NULL;
		unsigned turn;
		int r = ca_of_one(j, token, ret_ca, &server, e);

		if (r == 0) {
			if (join_clocks_differ(server, clocks, sizeof(clocks)))
				log_warning("agent", NULL, "%s", clocks);
			return 0;
		}
		/* One that answers and is not the one that is meant: the others may be. */
		if (!server || i + 1 >= n)
			return r;
		asked = server_list_current(j->api.servers, &turn);
		log_warning("agent", server, "%s", e ? e->msg : err_name(r));
		(void)server_list_failed(j->api.servers, turn, "it is of another cluster");
	}
}

/* --- why a token is not good --- */

/* When a token of that id expired, as the server notes it: "abcdef=2026-01-02T03:04:05Z,...". */
static bool expired_at(const json_t *cm, const char *id, char out[TIME_STR_MAX])
{
	const char *all = obj_annotation(cm, "minik.io/expired-tokens");

	for (const char *p = all; p && *p;) {
		size_t n = strcspn(p, ",");

		if (n > 7 && n - 7 < TIME_STR_MAX && !strncmp(p, id, 6) && p[6] == '=') {
			memcpy(out, p + 7, n - 7);
			out[n - 7] = '\0';
			return true;
		}
		p += n + (p[n] == ',');
	}
	return false;
}

static int token_refused(const struct joining *j, const char *secret, struct err *e)
{
	const struct join_api a = {.servers = j->api.servers, .ca_pem = j->api.ca_pem, .sig_fd = j->api.sig_fd};
	AUTO_FREE char *server = NULL, *key = NULL;
	AUTO_JSON json_t *cm = NULL;
	char id[7] = "", when[TIME_STR_MAX];

	if (strlen(secret) == 23 && secret[6] == '.')
		memcpy(id, secret, 6);
	if (cluster_info(&a, &cm, &server, NULL) < 0)
		server = server_list_current(j->api.servers, NULL);
	key = str_fmt("jws-kubeconfig-%s", id);
	if (!server || !key)
		return err_nomem(e);
	if (!id[0])
		return err_set(
		    e, ERR_UNAUTHORIZED,
		    "%.80s does not accept this token: its secret is wrong; minik token on the server prints it",
		    server);
	if (expired_at(cm, id, when))
		return err_set(e, ERR_UNAUTHORIZED,
			       "%.80s does not accept this token: %s expired at %s; on the server: minik token create",
			       server, id, when);
	if (json_object_get(json_object_get(cm, "data"), key))
		return err_set(
		    e, ERR_UNAUTHORIZED,
		    "%.80s does not accept this token: there is one of the id %s, and its secret is another; copy it "
		    "anew",
		    server, id);
	return err_set(
	    e, ERR_UNAUTHORIZED,
	    "%.80s does not accept this token: there is none of the id %s, it was deleted or expired long ago; on the "
	    "server: minik token create",
	    server, id);
}

/* --- certificates --- */

struct csr_ask {
	const char *signer;
	const char *const *usages;
	const struct cert_request *req;
	const char *key_pem;
	const char *former_pem; /* a certificate for this key that has expired; NULL: none */
};

static json_t *csr_object(const char *name, const char *pem, const struct csr_ask *a)
{
	AUTO_FREE char *b64 = NULL, *former = NULL;
	json_t *usages = json_array(), *o;

	for (const char *const *u = a->usages; *u; u++)
		json_array_append_new(usages, json_string(*u));
	if (b64_encode(pem, strlen(pem), false, &b64) < 0 ||
	    (a->former_pem && b64_encode(a->former_pem, strlen(a->former_pem), false, &former) < 0)) {
		json_decref(usages);
		return NULL;
	}
	o = json_pack("{s:s,s:s,s:{s:s},s:{s:s,s:s,s:o}}", "apiVersion", "certificates.k8s.io/v1", "kind",
		      "CertificateSigningRequest", "metadata", "name", name, "spec", "request", b64, "signerName",
		      a->signer, "usages", usages);
	if (o && former &&
	    json_object_set_new(json_object_get(o, "metadata"), "annotations",
				json_pack("{s:s}", "minik.io/former-certificate", former)) < 0) {
		json_decref(o);
		return NULL;
	}
	return o;
}

/* 0: not decided yet, 1: signed, into *ret. */
static int csr_state(const json_t *csr, char **ret, struct err *e)
{
	const char *signed_b64 = json_str(csr, "status.certificate");
	AUTO_FREE void *cert = NULL;
	const json_t *c;
	size_t n, i;

	if (signed_b64 && b64_decode(signed_b64, strlen(signed_b64), false, &cert, &n) == 0)
		return (*ret = str_ndup(cert, n)) ? 1 : err_nomem(e);
	json_array_foreach (json_dot(csr, "status.conditions"), i, c)
		if (streq(json_str(c, "type"), "Denied") || streq(json_str(c, "type"), "Failed"))
			return err_set(e, ERR_FORBIDDEN, "joining as this node was refused: %.200s",
				       json_str_or(c, "message", ""));
	return 0;
}

/* Creates the request and waits until the control plane has signed it. */
static int ask_certificate(const struct joining *j, const struct csr_ask *a, char **ret_pem, struct err *e)
{
	int64_t begun = clock_mono_ms(clock_real()), waited = 0;
	AUTO_FREE char *pem = NULL, *path = NULL, *name = NULL;
	AUTO_JSON json_t *csr = NULL;
	char suffix[6];
	bool told = false;
	int r = cert_csr_new(&pem, a->key_pem, a->req, e);

	if (r < 0)
		return r;
	random_suffix(suffix, 5);
	name = str_fmt("%s-%s", j->csr_name, suffix);
	path = name ? str_fmt(CSR_PATH "/%s", name) : NULL;
	csr = name ? csr_object(name, pem, a) : NULL;
	if (!csr || !path)
		return err_nomem(e);
	AUTO_JSON json_t *created = NULL;
	r = join_call(&j->api, "POST", CSR_PATH, csr, &created, NULL, e);
	/* It is there: a server died after it had taken it. */
	if (r < 0 && r != ERR_EXISTS)
		return r;
	while (waited < SIGN_WAIT_MS) {
		AUTO_JSON json_t *answer = NULL;
		AUTO_FREE char *watch = NULL;

		if ((r = join_call(&j->api, "GET", path, NULL, &answer, NULL, e)) < 0)
			return r;
		if ((r = csr_state(answer, ret_pem, e)) != 0)
			return r < 0 ? r : 0;
		if (waited > 3000 && !told) {
			log_info("agent", name, "waits to be approved and signed: kubectl certificate approve %s",
				 name);
			told = true;
		}
		watch = str_fmt("%s?watch=true&timeoutSeconds=2&resourceVersion=%s&fieldSelector=metadata.name%%3D%s",
				CSR_PATH, json_str_or(answer, "metadata.resourceVersion", "0"), name);
		if (!watch)
			return err_nomem(e);
		if ((r = join_watch(&j->api, watch, 4000, e)) < 0)
			return r;
		waited = clock_mono_ms(clock_real()) - begun;
	}
	return err_set(
	    e, ERR_FORBIDDEN,
	    "the certificate request %s was not signed within %d seconds: is the controller manager running? By hand: "
	    "kubectl certificate approve %s",
	    name, SIGN_WAIT_MS / 1000, name);
}

/* --- what is kept in DATA_DIR/agent --- */

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
	int r = path ? fs_write_atomic(path, text, strlen(text), 0600, e) : err_nomem(e);

	return r < 0 ? err_wrap(e, "this node's identity cannot be kept") : 0;
}

/* The last step of a renewal. */
static int key_settle(const char *dir, const char *name, struct err *e)
{
	AUTO_FREE char *from = str_fmt("%s/%s.key.new", dir, name), *to = str_fmt("%s/%s.key", dir, name);

	if (!from || !to)
		return err_nomem(e);
	return rename(from, to) < 0 ? err_errno(e, errno, "%s", to) : 0;
}

enum state { STATE_NONE, STATE_EXPIRED, STATE_DUE, STATE_GOOD };

/* The key that belongs to NAME.crt: NAME.key, or NAME.key.new when a renewal was cut off before its last step. */
static int key_read(const char *dir, const char *name, const char *cert_pem, char **ret)
{
	AUTO_FREE char *key = str_fmt("%s.key", name), *fresh = str_fmt("%s.key.new", name);

	if (!key || !fresh)
		return -ENOMEM;
	if (read_text(dir, key, ret) == 0 && cert_key_matches(cert_pem, *ret))
		return 0;
	free(TAKE_PTR(*ret));
	if (read_text(dir, fresh, ret) < 0 || !cert_key_matches(cert_pem, *ret))
		return ERR_NOT_FOUND;
	return key_settle(dir, name, NULL);
}

/* Reads NAME.crt and NAME.key and says how good they are. */
static enum state pair_read(const char *dir, const char *name, struct cert_pair *ret, time_t *ret_due)
{
	AUTO_FREE char *crt = str_fmt("%s.crt", name);
	struct cert_info info = {0};
	time_t now = clock_wall(clock_real());
	enum state s;

	if (!crt || read_text(dir, crt, &ret->cert_pem) < 0 || cert_inspect(&info, ret->cert_pem, NULL) < 0 ||
	    key_read(dir, name, ret->cert_pem, &ret->key_pem) < 0) {
		cert_info_done(&info);
		cert_pair_done(ret);
		return STATE_NONE;
	}
	*ret_due = cert_renewal_time(&info);
	s = info.not_after <= now ? STATE_EXPIRED : *ret_due <= now ? STATE_DUE : STATE_GOOD;
	cert_info_done(&info);
	return s;
}

/* A key is on the disk before a certificate is asked for: what is signed can be used then, whatever happens, and who
 * tries again does so with the same one. */
static int key_new(const char *dir, const char *name, char **ret, struct err *e)
{
	AUTO_FREE char *file = str_fmt("%s.key.new", name);
	int r;

	if (!file)
		return err_nomem(e);
	if (read_text(dir, file, ret) == 0 && cert_key_usable(*ret))
		return 0;
	free(TAKE_PTR(*ret));
	if ((r = cert_key_new(ret, e)) < 0)
		return r;
	return write_text(dir, file, *ret, e);
}

static void key_forget(const char *dir, const char *name)
{
	AUTO_FREE char *file = str_fmt("%s/%s.key.new", dir, name);

	if (file)
		(void)unlink(file);
}

/* The key lies in NAME.key.new, or in NAME.key if it is the former one. */
static int pair_write(const char *dir, const char *name, const struct cert_pair *p, bool same_key, time_t *ret_due,
		      struct err *e)
{
	AUTO_FREE char *crt = str_fmt("%s.crt", name);
	struct cert_info info = {0};
	int r = crt ? cert_inspect(&info, p->cert_pem, e) : err_nomem(e);

	if (r < 0)
		return r;
	*ret_due = cert_renewal_time(&info);
	cert_info_done(&info);
	if (!cert_key_matches(p->cert_pem, p->key_pem))
		return err_set(e, ERR_PROTO, "the certificate that was signed is for another key");
	if ((r = write_text(dir, crt, p->cert_pem, e)) < 0)
		return r;
	return same_key ? 0 : key_settle(dir, name, e);
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

/* A machine that is given another name is another node: who it was stays in the cluster until its Node is deleted. */
static bool is_for(const char *cert_pem, const char *cn, bool say)
{
	struct cert_info info = {0};
	bool same = cert_inspect(&info, cert_pem, NULL) == 0 && streq(info.cn, cn);

	if (!same && say)
		log_warning("agent", cn + strlen("system:node:"),
			    "this machine was %.100s before; it joins by the token under its new name", info.cn);
	cert_info_done(&info);
	return same;
}

/* The node's client certificate: by the one it has, or by the token. */
static int client_cert(struct joining *j, struct cert_pair *ret, time_t *due, struct err *e)
{
	static const char *const usages[] = {"digital signature", "client auth", NULL};
	const struct cert_request req = {.cn = j->req->cn, .orgs = j->req->orgs};
	struct csr_ask ask = {"kubernetes.io/kube-apiserver-client-kubelet", usages, &req, NULL, NULL};
	struct cert_pair have = {0}, fresh = {0};
	struct join_api known = j->api;
	AUTO_FREE char *token = NULL;
	enum state s = pair_read(j->dir, "client", &have, due);
	int r = 0;

	if (s != STATE_NONE && !is_for(have.cert_pem, j->req->cn, true)) {
		cert_pair_done(&have);
		s = STATE_NONE;
	}
	if (s == STATE_GOOD) {
		*ret = have;
		return 0;
	}
	if (s == STATE_EXPIRED) { /* its key shows that we are who we were */
		fresh.key_pem = TAKE_PTR(have.key_pem);
		ask.former_pem = have.cert_pem;
	} else {
		r = key_new(j->dir, "client", &fresh.key_pem, e);
	}
	ask.key_pem = fresh.key_pem;
	if (r == 0 && s == STATE_DUE) {
		j->api.cert_pem = have.cert_pem;
		j->api.key_pem = have.key_pem;
	} else if (r == 0) {
		r = secret_agent_token(&token, j->o, e);
		if (r < 0 && s == STATE_EXPIRED) {
			(void)err_wrap(e, "the certificate of this node has expired");
			r = ERR_NOT_FOUND; /* that is no wrong usage */
			if (e)
				e->code = r;
		}
		j->api.token = token ? secret_of_token(token) : NULL;
	}
	if (r == 0)
		r = ask_certificate(j, &ask, &fresh.cert_pem, e);
	if (r == ERR_UNAUTHORIZED && s != STATE_DUE)
		r = token_refused(j, j->api.token, e);
	/* Now this machine belongs to the cluster of that CA. */
	if (r == 0 && j->ca_pem && (r = write_text(j->dir, "ca.crt", j->ca_pem, e)) == 0)
		free(TAKE_PTR(j->ca_pem));
	if (r == 0)
		r = pair_write(j->dir, "client", &fresh, s == STATE_EXPIRED, due, e);
	else if (r == ERR_FORBIDDEN || r == ERR_UNAUTHORIZED)
		key_forget(j->dir, "client");
	j->api = known;
	if (r < 0 && s == STATE_DUE) {
		log_warning("agent", NULL, "cannot renew this node's certificate yet: %s", e ? e->msg : err_name(r));
		cert_pair_done(&fresh);
		*ret = have;
		return 0;
	}
	cert_pair_done(&have);
	if (r < 0) {
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

static int serving_cert(struct joining *j, const struct cert_pair *client, struct cert_pair *ret, time_t *due,
			bool *ret_other, struct err *e)
{
	static const char *const usages[] = {"digital signature", "server auth", NULL};
	struct csr_ask ask = {"kubernetes.io/kubelet-serving", usages, j->req, NULL, NULL};
	struct cert_pair have = {0}, fresh = {0};
	enum state s = pair_read(j->dir, "serving", &have, due);
	char clocks[320];
	int r;

	*ret_other = false;
	if ((s == STATE_GOOD || s == STATE_DUE) && !is_for(have.cert_pem, j->req->cn, false)) {
		cert_pair_done(&have);
		s = STATE_NONE;
	} else if (s == STATE_GOOD && !covers(have.cert_pem, j->req)) {
		s = STATE_DUE;
		*ret_other = true;
	}
	if (s == STATE_GOOD) {
		*ret = have;
		return 0;
	}
	j->api.cert_pem = client->cert_pem;
	j->api.key_pem = client->key_pem;
	r = key_new(j->dir, "serving", &fresh.key_pem, e);
	ask.key_pem = fresh.key_pem;
	if (r == 0)
		r = ask_certificate(j, &ask, &fresh.cert_pem, e);
	if (r == ERR_UNAUTHORIZED || r == ERR_FORBIDDEN) {
		AUTO_FREE char *server = server_list_current(j->api.servers, NULL);

		if (server && join_clocks_differ(server, clocks, sizeof(clocks)))
			(void)err_set(e, r, "the server does not believe this node's certificate: %s", clocks);
	}
	if (r == 0)
		r = pair_write(j->dir, "serving", &fresh, false, due, e);
	*ret_other = *ret_other && r < 0;
	if (r < 0 && s == STATE_DUE) {
		log_warning("agent", NULL, "cannot renew this node's serving certificate yet: %s",
			    e ? e->msg : err_name(r));
		cert_pair_done(&fresh);
		*ret = have;
		return 0;
	}
	cert_pair_done(&have);
	if (r < 0) {
		cert_pair_done(&fresh);
		return r;
	}
	*ret = fresh;
	return 0;
}

static int join_once(struct join_result *ret, struct joining *j, struct err *e)
{
	AUTO_FREE char *token = NULL;
	struct join_result fresh = {0};
	time_t client_due = 0, serving_due = 0;
	int r;

	if (read_text(j->dir, "ca.crt", &fresh.ca_pem) == 0) {
		r = same_cluster(fresh.ca_pem, j->dir, j->o, e);
	} else if (j->ca_pem ||
		   ((r = secret_agent_token(&token, j->o, e)) == 0 && (r = fetch_ca(j, token, &j->ca_pem, e)) == 0)) {
		r = (fresh.ca_pem = str_dup(j->ca_pem)) ? 0 : err_nomem(e);
	}
	j->api.ca_pem = fresh.ca_pem;
	if (r < 0 || (r = client_cert(j, &fresh.client, &client_due, e)) < 0 ||
	    (r = serving_cert(j, &fresh.client, &fresh.serving, &serving_due, &fresh.other_address, e)) < 0) {
		join_result_done(&fresh);
	} else {
		fresh.due = client_due < serving_due ? client_due : serving_due;
		*ret = fresh;
	}
	j->api = (struct join_api){.servers = j->api.servers, .sig_fd = j->api.sig_fd};
	return r;
}

/* What may be otherwise in a while is waited for, and said once. */
static int join_patiently(struct join_result *ret, struct joining *j, struct err *e)
{
	int64_t begun = clock_mono_ms(clock_real()), waited;
	unsigned pause = 250;
	int64_t told = -1;

	for (;;) {
		int r = join_once(ret, j, e), r2;

		waited = clock_mono_ms(clock_real()) - begun;
		if (r == 0 && told >= 0)
			log_info("agent", NULL, "joined after %d seconds", (int)(waited / 1000));
		if (!join_is_temporary(r) || j->api.sig_fd < 0 || waited >= JOIN_WAIT_MS)
			return r;
		if (told < 0)
			log_warning("agent", NULL, "%s; trying for %d seconds", e->msg, JOIN_WAIT_MS / 1000);
		else if (waited - told >= 5000)
			log_info("agent", NULL, "still no answer after %d seconds", (int)(waited / 1000));
		if (told < 0 || waited - told >= 5000)
			told = waited;
		if ((r2 = join_pause(&j->api, pause, e)) < 0)
			return r2;
		pause = pause < 2000 ? pause * 2 : 2000;
	}
}

int join_cluster(struct join_result *ret, struct server_list *servers, const struct options *o, const struct host *h,
		 int sig_fd, struct err *e)
{
	AUTO_FREE char *dir = fs_join(opt_str(o, OPT_DATA_DIR), "agent");
	AUTO_FREE char *user = str_fmt("system:node:%s", h->node_name),
		       *csr_name = str_fmt("node-csr-%s", h->node_name);
	const char *orgs[] = {"system:nodes", NULL}, *dns[] = {h->node_name, NULL};
	const struct cert_request req = {.cn = user, .orgs = orgs, .dns_names = dns, .ip_addrs = h->ip_list};
	struct joining j = {
	    .o = o, .dir = dir, .csr_name = csr_name, .req = &req, .api = {.servers = servers, .sig_fd = sig_fd}};
	struct err own = {0};
	int r;

	if (!dir || !user || !csr_name)
		return err_nomem(e);
	if ((r = secret_check(o, false, e)) < 0 || (r = fs_mkdir_p(dir, 0700, e)) < 0)
		return r;
	r = join_patiently(ret, &j, e ? e : &own);
	free(j.ca_pem);
	return r;
}
