/*
 * Whether the kernel of this network namespace has for one Service what it should have, one for one, and nothing else
 * at its addresses and ports. What it should have is what the backend itself makes of the Service: it writes that into
 * a network namespace of its own, which is gone afterwards, and the two are compared. So this cannot fall behind the
 * backend. Nothing is changed here. Blocking: a thread of its own, some milliseconds; needs CAP_SYS_ADMIN.
 */
#pragma once
#include "base/err.h"
#include "proxy/model.h"

#define PX_FINDINGS_MAX 16

struct px_inspect_config {
	const char *mode;         /* "nftables", "ipvs", "auto" */
	const char *cluster_cidr; /* as struct proxy_config has them */
	const char *service_cidr;
	const char *scheduler;
};
enum px_fault { PX_MISSING, PX_OTHER, PX_EXTRA };
struct px_finding {
	enum px_fault fault;
	bool shared; /* not of this Service alone: what all rest on */
	bool masquerade;
	char text[320]; /* "map svc4: 10.43.0.7 TCP 80 is missing" */
};
struct px_findings {
	struct px_finding v[PX_FINDINGS_MAX + 1];
	size_t n, left_off; /* at most PX_FINDINGS_MAX; those that did not fit */
	size_t right;       /* entries that are as they should be */
	bool no_table;      /* there is nothing of minik's at all */
};
/* s NULL: only what all Services share. ret is filled when 0 is returned. */
int px_inspect(const struct px_inspect_config *c, const struct px_service *s, struct px_findings *ret, struct err *e);
/* "nftables", "ipvs", or "" when minik's table is not there or of neither. */
int px_mode_there(char out[16], struct err *e);

/* What lies in the kernel for all Services together. Blocking, any thread. */
struct px_counts {
	uint64_t chains, rules, elements;          /* of the nftables table */
	uint64_t servers, destinations, addresses; /* of IPVS, and on its device */
	bool ipvs;
};
int px_count(struct px_counts *ret, struct err *e);
