/*
 * Joining a cluster: learn the CA (kube-public/cluster-info, checked against the token's hash), then get a client and a
 * serving certificate by CertificateSigningRequests. Kept in DATA_DIR/agent; a second start needs no token. Called
 * again, it renews what is due: with the certificate that the node still has, or by the token when that has expired; the
 * expired one then goes with the request and its key signs it, so that the name stays this machine's. Blocking.
 */
#pragma once
#include <time.h>
#include "client/server_list.h"
#include "cmd/host.h"
#include "cmd/options.h"
#include "wire/cert.h"

struct join_result {
	char *ca_pem;
	struct cert_pair client, serving;
	time_t due; /* when the first of both is to be renewed */
	bool other_address; /* the serving certificate is for addresses that this machine had, and no other is to be had yet */
};
/*
 * sig_fd: servers that cannot be reached are waited for, 20 s, or until it is readable (ERR_CANCELED); -1: they are not.
 * The message is one line that says what is wrong and what mends it.
 */
int join_cluster(struct join_result *ret, struct server_list *servers, const struct options *o, const struct host *h,
		 int sig_fd, struct err *e);
void join_result_done(struct join_result *r);
