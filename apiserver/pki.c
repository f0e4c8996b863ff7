/* See pki.h. A certificate and its key live in NAME.crt and NAME.key. */
#include "apiserver/pki.h"
#include <arpa/inet.h>
#include <errno.h>
#include "base/clock.h"
#include "base/fs.h"
#include "base/str.h"

#define DAY     86400
#define MAX_PEM 65536
#define NEVER   ((time_t)INT64_MAX)

/* A certificate that the CA signs and that is renewed: what it is for, and the pair of files NAME.crt and NAME.key. */
struct leaf {
	const char *name;
	char *cn;
	const char *org;
	char **sans; /* NULL-terminated */
	bool server;
	struct cert_pair pair;
	time_t due; /* NEVER: not used */
};
enum leaf_id { LEAF_SERVING, LEAF_KUBELET_CLIENT, LEAF_KUBELET_SERVING, LEAF_COUNT };

struct pki {
	char *dir;
	struct clock *clock;
	struct cert_pair ca, rh_ca;
	struct leaf leaves[LEAF_COUNT];
	char *sa_key;
};

static int pem_read(const char *dir, const char *name, char **ret, struct err *e)
{
	AUTO_FREE char *path = fs_join(dir, name);
	AUTO_BUF struct buf b = {0};
	int r;

	if (!path)
		return err_nomem(e);
	r = fs_read(path, MAX_PEM, &b, e);
	if (r)
		return r;
	*ret = buf_take(&b, NULL);
	return *ret ? 0 : err_nomem(e);
}

static int pem_write(const char *dir, const char *name, const char *text, struct err *e)
{
	AUTO_FREE char *path = fs_join(dir, name);

	if (!path)
		return err_nomem(e);
	return fs_write_atomic(path, text, strlen(text), 0600, e);
}

/* 0 when both files are there, ERR_NOT_FOUND when neither. */
static int pair_load(const char *dir, const char *name, struct cert_pair *ret, struct err *e)
{
	AUTO_FREE char *crt = str_fmt("%s.crt", name);
	AUTO_FREE char *key = str_fmt("%s.key", name);
	int r;

	if (!crt || !key)
		return err_nomem(e);
	r = pem_read(dir, crt, &ret->cert_pem, e);
	if (!r)
		r = pem_read(dir, key, &ret->key_pem, e);
	if (r)
		cert_pair_done(ret);
	return r;
}

static int pair_save(const char *dir, const char *name, const struct cert_pair *p, struct err *e)
{
	AUTO_FREE char *crt = str_fmt("%s.crt", name);
	AUTO_FREE char *key = str_fmt("%s.key", name);
	int r;

	if (!crt || !key)
		return err_nomem(e);
	/* The key first: a certificate without its key is noticed and made anew. */
	r = pem_write(dir, key, p->key_pem, e);
	return r ? r : pem_write(dir, crt, p->cert_pem, e);
}

static int ca_ensure(struct pki *p, const char *name, const char *cn, struct cert_pair *ret, struct err *e)
{
	int r = pair_load(p->dir, name, ret, e);
	time_t now = clock_wall(p->clock);

	if (!r) {
		if (!cert_key_matches(ret->cert_pem, ret->key_pem))
			return err_set(e, ERR_INVALID, "%s/%s.key does not belong to %s.crt; restore both from a backup", p->dir, name, name);
		return 0;
	}
	if (r != ERR_NOT_FOUND)
		return r;
	r = cert_ca_new(ret, cn, now - 3600, now + (time_t)3650 * DAY, e);
	return r ? r : pair_save(p->dir, name, ret, e);
}

static int split_sans(const char *const *sans, const char ***ret_dns, const char ***ret_ips)
{
	size_t n = 0, d = 0, i = 0;

	while (sans && sans[n])
		n++;
	*ret_dns = calloc(n + 1, sizeof(char *));
	*ret_ips = calloc(n + 1, sizeof(char *));
	if (!*ret_dns || !*ret_ips) {
		free(TAKE_PTR(*ret_dns));
		free(TAKE_PTR(*ret_ips));
		return -ENOMEM;
	}
	for (size_t k = 0; k < n; k++) {
		unsigned char a[16];
		bool ip = inet_pton(AF_INET, sans[k], a) == 1 || inet_pton(AF_INET6, sans[k], a) == 1;

		if (ip)
			(*ret_ips)[i++] = sans[k];
		else
			(*ret_dns)[d++] = sans[k];
	}
	return 0;
}

static int issue(struct cert_pair *ret, const struct pki *p, const char *cn, const char *const *orgs, const char *const *sans, bool server,
		 time_t seconds, struct err *e)
{
	AUTO_FREE const char **dns = NULL;
	AUTO_FREE const char **ips = NULL;
	time_t now = clock_wall(p->clock);
	struct cert_request req;

	if (split_sans(sans, &dns, &ips))
		return err_nomem(e);
	req = (struct cert_request){
		.cn = cn,
		.orgs = orgs,
		.dns_names = dns,
		.ip_addrs = ips,
		.server = server,
		.client = !server,
		.not_before = now - 3600,
		.not_after = now + seconds,
	};
	return cert_issue(ret, &p->ca, &req, e);
}

static bool sans_cover(const char *have, const char *const *want)
{
	for (size_t i = 0; want && want[i]; i++) {
		size_t n = strlen(want[i]);
		bool found = false;

		for (const char *line = have ? have : ""; *line && !found;) {
			const char *end = line + strcspn(line, "\n");
			const char *colon = memchr(line, ':', (size_t)(end - line));

			if (colon && (size_t)(end - colon - 1) == n && !strncasecmp(colon + 1, want[i], n))
				found = true;
			line = *end ? end + 1 : end;
		}
		if (!found)
			return false;
	}
	return true;
}

static int leaf_issue(struct pki *p, struct leaf *l, struct err *e)
{
	const char *orgs[] = {l->org, NULL};
	struct cert_pair fresh = {0};
	struct cert_info info = {0};
	int r = issue(&fresh, p, l->cn, l->org ? orgs : NULL, (const char *const *)l->sans, l->server, 365 * DAY, e);

	if (!r)
		r = cert_inspect(&info, fresh.cert_pem, e);
	if (!r)
		r = pair_save(p->dir, l->name, &fresh, e);
	if (r) {
		cert_pair_done(&fresh);
		cert_info_done(&info);
		return r;
	}
	cert_pair_done(&l->pair);
	l->pair = fresh;
	l->due = cert_renewal_time(&info);
	cert_info_done(&info);
	return 0;
}

static int leaf_open(struct pki *p, struct leaf *l, struct err *e)
{
	struct cert_info info = {0};
	int r = pair_load(p->dir, l->name, &l->pair, e);

	if (r && r != ERR_NOT_FOUND)
		return r;
	if (!r) {
		bool good = !cert_inspect(&info, l->pair.cert_pem, NULL) &&
			    cert_key_matches(l->pair.cert_pem, l->pair.key_pem) && streq(info.cn, l->cn) &&
			    sans_cover(info.sans, (const char *const *)l->sans);

		l->due = cert_renewal_time(&info);
		cert_info_done(&info);
		if (good && l->due > clock_wall(p->clock))
			return 0;
	}
	return leaf_issue(p, l, e);
}

static int leaf_set(struct leaf *l, const char *name, const char *cn, const char *org, const char *const *sans,
		    bool server)
{
	size_t n = 0;

	while (sans && sans[n])
		n++;
	l->name = name;
	l->org = org;
	l->server = server;
	l->cn = str_dup(cn);
	l->sans = calloc(n + 1, sizeof(*l->sans));
	for (size_t i = 0; l->sans && i < n; i++)
		if (!(l->sans[i] = str_dup(sans[i])))
			return -ENOMEM;
	l->due = l->cn && l->sans ? 0 : NEVER;
	return l->cn && l->sans ? 0 : -ENOMEM;
}

int pki_open(struct pki **ret, const struct pki_config *c, struct err *e)
{
	struct pki *p = calloc(1, sizeof(*p));
	int r;

	if (!p)
		return err_nomem(e);
	p->clock = c->clock ? c->clock : clock_real();
	p->dir = str_dup(c->dir);
	for (int i = 0; i < LEAF_COUNT; i++)
		p->leaves[i].due = NEVER;
	if (!p->dir || leaf_set(&p->leaves[LEAF_SERVING], "apiserver", "kube-apiserver", NULL, c->sans, true) ||
	    leaf_set(&p->leaves[LEAF_KUBELET_CLIENT], "apiserver-kubelet-client", "kube-apiserver", "system:masters",
		     NULL, false) ||
	    (c->node_user &&
	     leaf_set(&p->leaves[LEAF_KUBELET_SERVING], "kubelet", c->node_user, "system:nodes", c->node_sans, true)))
		r = err_nomem(e);
	else
		r = fs_mkdir_p(c->dir, 0700, e);
	if (!r)
		r = ca_ensure(p, "ca", "minik-ca", &p->ca, e);
	if (!r)
		r = ca_ensure(p, "request-header-ca", "minik-request-header-ca", &p->rh_ca, e);
	if (!r) {
		r = pem_read(p->dir, "service-account.key", &p->sa_key, e);
		if (r == ERR_NOT_FOUND) {
			r = cert_key_new(&p->sa_key, e);
			if (!r)
				r = pem_write(p->dir, "service-account.key", p->sa_key, e);
		}
	}
	for (int i = 0; !r && i < LEAF_COUNT; i++)
		if (p->leaves[i].due != NEVER)
			r = leaf_open(p, &p->leaves[i], e);
	if (r) {
		(void)pki_free(p);
		return r;
	}
	*ret = p;
	return 0;
}

time_t pki_due(const struct pki *p)
{
	time_t first = NEVER;

	for (int i = 0; i < LEAF_COUNT; i++)
		if (p->leaves[i].due < first)
			first = p->leaves[i].due;
	return first;
}

int pki_renew(struct pki *p, struct err *e)
{
	struct err one = {0};
	int result = 0;

	for (int i = 0; i < LEAF_COUNT; i++) {
		struct leaf *l = &p->leaves[i];
		int r = l->due == NEVER || l->due > clock_wall(p->clock) ? 0 : leaf_issue(p, l, &one);

		if (r && !result)
			result = err_set(e, r, "certificate %s: %s", l->name, one.msg);
	}
	return result;
}

struct pki *pki_free(struct pki *p)
{
	if (!p)
		return NULL;
	cert_pair_done(&p->ca);
	cert_pair_done(&p->rh_ca);
	for (int i = 0; i < LEAF_COUNT; i++) {
		struct leaf *l = &p->leaves[i];

		for (size_t k = 0; l->sans && l->sans[k]; k++)
			free(l->sans[k]);
		free(l->sans);
		free(l->cn);
		cert_pair_done(&l->pair);
	}
	free(p->sa_key);
	free(p->dir);
	free(p);
	return NULL;
}

const char *pki_ca_cert(const struct pki *p) { return p->ca.cert_pem; }
const char *pki_request_header_ca_cert(const struct pki *p) { return p->rh_ca.cert_pem; }
const struct cert_pair *pki_ca(const struct pki *p) { return &p->ca; }
const struct cert_pair *pki_serving(const struct pki *p)
{
	return &p->leaves[LEAF_SERVING].pair;
}
const char *pki_sa_key(const struct pki *p) { return p->sa_key; }
const struct cert_pair *pki_kubelet_client(const struct pki *p)
{
	return &p->leaves[LEAF_KUBELET_CLIENT].pair;
}
const struct cert_pair *pki_kubelet_serving(const struct pki *p)
{
	return &p->leaves[LEAF_KUBELET_SERVING].pair;
}

int pki_issue_client(struct cert_pair *ret, const struct pki *p, const char *cn, const char *const *orgs, struct err *e)
{
	return issue(ret, p, cn, orgs, NULL, false, 365 * DAY, e);
}

int pki_issue_server(struct cert_pair *ret, const struct pki *p, const char *cn, const char *const *orgs, const char *const *sans, struct err *e)
{
	return issue(ret, p, cn, orgs, sans, true, 365 * DAY, e);
}
