/* /etc/hosts and /etc/resolv.conf of pods, as kubelet writes them. Pure, any thread. */
#pragma once
#include "base/json.h"

struct etc_input {
	const json_t *pod;
	const char *ns;
	const char *hostname, *domain; /* pod's host name; domain "" or "sub.ns.svc.cluster.local" */
	const char *const *pod_ips;    /* NULL-terminated */
	const char *cluster_dns;       /* comma-separated, "" for none */
	const char *cluster_domain;
	const char *host_resolv;       /* text of the host's /etc/resolv.conf */
	const char *host_hosts;	       /* text of the host's /etc/hosts (hostNetwork) */
};
int etc_hosts(const struct etc_input *in, struct buf *out, struct err *e);
/* ERR_INVALID when limits (3 servers, 32 search names, 2048 characters) are broken: cut down as kubelet does; *ret_cut tells. */
int etc_resolv(const struct etc_input *in, struct buf *out, bool *ret_cut, struct err *e);
/* Whether all name servers of a resolv.conf are this machine's own (systemd-resolved's stub): of no use to a pod. */
bool etc_resolv_is_local(const char *text);
/* The pod's host name and domain (spec.hostname, subdomain, setHostnameAsFQDN). out >= 64 / 256 bytes. */
void etc_hostname(const json_t *pod, const char *cluster_domain, char hostname[64], char domain[256]);
