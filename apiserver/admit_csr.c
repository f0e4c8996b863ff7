/*
 * Certificate requests: nobody gets the group system:masters by one (CertificateSubjectRestriction); who approves must have the verb
 * "approve" on the signer, who issues the certificate "sign" (CertificateApproval, CertificateSigning).
 */
#include "api/object.h"
#include "apiserver/auth_internal.h"
#include "wire/cert.h"

static bool may_on_signer(struct admit *c, const char *verb, const char *signer)
{
	const char *slash = strchr(signer, '/');
	AUTO_FREE char *domain = slash ? str_fmt("%.*s/*", (int)(slash - signer), signer) : NULL;
	struct authz_attr at = {.is_resource = true, .verb = verb, .group = "certificates.k8s.io", .version = "*", .resource = "signers",
				.subresource = "", .ns = "", .name = signer, .path = ""};

	if (authz_check(c->au, c->adm->id, &at, NULL, 0) == AUTHZ_ALLOW)
		return true;
	at.name = domain;
	return domain && authz_check(c->au, c->adm->id, &at, NULL, 0) == AUTHZ_ALLOW;
}

int csr_inspect(const json_t *csr, struct cert_info *ret, struct err *e)
{
	const char *b64 = json_str_or(csr, "spec.request", "");
	AUTO_FREE void *pem = NULL;
	AUTO_FREE char *text = NULL;
	size_t n = 0;

	if (b64_decode(b64, strlen(b64), false, &pem, &n))
		return err_set(e, ERR_INVALID, "not base64");
	text = str_ndup(pem, n);
	return text ? cert_csr_inspect(ret, text, e) : err_nomem(e);
}

static int subject(struct admit *c, struct err *e)
{
	struct cert_info info = {0};
	bool masters = false;

	if (!streq(json_str(c->adm->obj, "spec.signerName"), "kubernetes.io/kube-apiserver-client"))
		return 0;
	/* What cannot be read is refused by validation, or by the signer. */
	if (csr_inspect(c->adm->obj, &info, NULL))
		return 0;
	for (const char *p = info.orgs ? info.orgs : ""; *p; p += strcspn(p, "\n"), p += *p == '\n')
		masters |= strcspn(p, "\n") == strlen("system:masters") && !strncmp(p, "system:masters", strlen("system:masters"));
	cert_info_done(&info);
	return masters ? admit_deny(c, e, "use of kubernetes.io/kube-apiserver-client signer with system:masters group is not allowed") : 0;
}

int admit_csr(struct admit *c, struct err *e)
{
	const char *signer = json_str_or(c->adm->op == ADMIT_CREATE ? c->adm->obj : c->adm->old, "spec.signerName", "");

	if (c->adm->op == ADMIT_CREATE)
		return c->main ? subject(c, e) : 0;
	if (streq(c->adm->subresource, "approval") && !may_on_signer(c, "approve", signer))
		return admit_deny(c, e, "user not permitted to approve requests with signerName \"%s\"", signer);
	if (streq(c->adm->subresource, "status") && !admit_same(json_dot(c->adm->old, "status.certificate"), json_dot(c->adm->obj, "status.certificate")) &&
	    !may_on_signer(c, "sign", signer))
		return admit_deny(c, e, "user not permitted to sign requests with signerName \"%s\"", signer);
	return 0;
}
