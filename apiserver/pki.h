/*
 * The cluster's certificates and keys under DATA_DIR/server/tls: cluster CA, request-header CA, service-account signing
 * key, serving certificates, and issuing of client certificates. Made at first start; the CA lives ten years, what it
 * signs one. Certificates of which less than a third of life is left are renewed by pki_open and by pki_renew. Files
 * 0600, directory 0700, each written atomically. Immutable after opening but for pki_renew, which only one thread
 * calls: what it replaces is borrowed by that thread alone.
 */
#pragma once
#include "base/clock.h"
#include "base/err.h"
#include "wire/cert.h"

struct pki;
struct pki_config {
	const char *dir;
	const char *const *sans; /* IPs and DNS names of the serving certificate, NULL-terminated; a change re-issues it */
	/* This machine's node agent, when it is the server's own: "system:node:NAME" and what it is reached by. NULL:
	 * none. */
	const char *node_user;
	const char *const *node_sans;
	struct clock *clock; /* NULL: the real one */
};
int pki_open(struct pki **ret, const struct pki_config *c, struct err *e);
struct pki *pki_free(struct pki *p);
const char *pki_ca_cert(const struct pki *p);		    /* PEM, borrowed */
/* PEM, borrowed: signs the client certificates of front proxies, which name the user in headers. */
const char *pki_request_header_ca_cert(const struct pki *p);
const struct cert_pair *pki_ca(const struct pki *p);	    /* for CSR signing */
const struct cert_pair *pki_serving(const struct pki *p);   /* API server's */
const char *pki_sa_key(const struct pki *p);		    /* PEM private key */
const struct cert_pair *pki_kubelet_client(const struct pki *p); /* API server -> kubelet: CN kube-apiserver, O system:masters */
const struct cert_pair *pki_kubelet_serving(const struct pki *p); /* of the node agent; empty without node_user */
/* The wall time at which the next of these certificates is due. */
time_t pki_due(const struct pki *p);
/* Re-issues and stores what is due. Those that could be renewed are, whatever becomes of others; the first failure is
 * the answer. */
int pki_renew(struct pki *p, struct err *e);
/* A client certificate (1 year); and a serving certificate (sans split into DNS and IP). */
int pki_issue_client(struct cert_pair *ret, const struct pki *p, const char *cn, const char *const *orgs, struct err *e);
int pki_issue_server(struct cert_pair *ret, const struct pki *p, const char *cn, const char *const *orgs, const char *const *sans, struct err *e);
