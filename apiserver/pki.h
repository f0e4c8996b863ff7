/*
 * The cluster's certificates and keys under DATA_DIR/server/tls: cluster CA, request-header CA, service-account signing key, serving
 * certificate, and issuing of client certificates. Made at first start; certificates that expire within 90 days are renewed
 * at start (and by `minik certificate rotate`). Files 0600, directory 0700, each written atomically. Immutable after opening but for renewal.
 */
#pragma once
#include "base/err.h"
#include "wire/cert.h"

struct pki;
struct pki_config {
	const char *dir;
	const char *const *sans; /* IPs and DNS names of the serving certificate, NULL-terminated; a change re-issues it */
};
int pki_open(struct pki **ret, const struct pki_config *c, struct err *e);
struct pki *pki_free(struct pki *p);
const char *pki_ca_cert(const struct pki *p);		    /* PEM, borrowed */
const struct cert_pair *pki_ca(const struct pki *p);	    /* for CSR signing */
const struct cert_pair *pki_serving(const struct pki *p);   /* API server's */
const char *pki_sa_key(const struct pki *p);		    /* PEM private key */
const struct cert_pair *pki_kubelet_client(const struct pki *p); /* API server -> kubelet: CN kube-apiserver, O system:masters */
/* A client certificate (1 year); and a serving certificate (sans split into DNS and IP). */
int pki_issue_client(struct cert_pair *ret, const struct pki *p, const char *cn, const char *const *orgs, struct err *e);
int pki_issue_server(struct cert_pair *ret, const struct pki *p, const char *cn, const char *const *orgs, const char *const *sans, struct err *e);
