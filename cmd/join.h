/*
 * Joining a cluster: learn the CA (kube-public/cluster-info, checked against the token's hash), then get a client and a
 * serving certificate by CertificateSigningRequests. Kept in DATA_DIR/agent; a second start needs no token. Called
 * again, it renews what is due: with the certificate that the node still has, or by the token when that has expired.
 * Blocking.
 */
#pragma once
#include <time.h>
#include "cmd/host.h"
#include "cmd/options.h"
#include "wire/cert.h"

struct join_result {
	char *server, *ca_pem;
	struct cert_pair client, serving;
	time_t due; /* when the first of both is to be renewed */
};
int join_cluster(struct join_result *ret, const struct options *o, const struct host *h, struct err *e);
void join_result_done(struct join_result *r);
