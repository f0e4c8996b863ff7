/* What turns tables into kernel state: nft.c or ipvs.c. One thread; calls block shortly. */
#pragma once
#include "base/err.h"
#include "base/loop.h"
#include "proxy/model.h"

/* A number of nftables mode that a front shall have (proxy/numbers.h). */
struct px_pin {
	char name[128];
	uint32_t number;
};
/* Those that the fronts of a table have in the kernel of the current network namespace; the caller frees *ret. */
int px_pins_read(const struct px_service *s, struct px_pin **ret, size_t *ret_n, struct err *e);

struct proxy_backend; /* base of the implementation's own */
struct proxy_backend_config {
	const char *cluster_cidr; /* one CIDR, or one of each family separated by a comma; NULL: nothing is masqueraded
				     for its source */
	const char *service_cidr; /* likewise; NULL: not known, nothing is dropped */
	const char *scheduler;    /* IPVS'; NULL: rr */
	/* What is not as the Services want it and is not minik's to change. May be NULL. */
	void (*warn)(void *arg, const char *object, const char *text);
	void *arg;
	/* nftables: what is written is as where these are from, so that it can be compared. Not NULL: also nothing is
	 * made ahead. */
	const struct px_pin *pins;
	size_t n_pins;
};
struct proxy_backend_ops {
	const char *name;
	/* Reads what is in the kernel and changes nothing yet. */
	int (*open)(struct proxy_backend **ret, const struct proxy_backend_config *c, struct err *e);
	/*
	 * Brings the kernel in line with the changes, as one transaction. full: everything is compared and what nobody
	 * wants is removed; the first sync is full. On failure the kernel is as before and the changes are remembered:
	 * the next sync tries again. The `now` services are borrowed until a later change replaces them.
	 */
	int (*sync)(struct proxy_backend *b, const struct px_change *v, size_t n, bool full, struct err *e);
	/*
	 * What a sync leaves for later because it takes long and nobody waits for it: connections of vanished endpoints,
	 * and what is made ahead. True: there is something, call tidy within a second or so, and as long as there is.
	 */
	bool (*untidy)(const struct proxy_backend *b);
	int (*tidy)(struct proxy_backend *b, struct err *e);
	/* Somebody else changed our kernel state: read it again. The next sync must be full. anew: of the nftables
	 * rules nothing is trusted, they are all written again. */
	int (*reload)(struct proxy_backend *b, bool anew, struct err *e);
	/* Calls changed, on the loop's thread, whenever a reload is called for that the nftables table does not tell.
	 * NULL: there is nothing else. Ends with free, which comes before the loop's. */
	int (*watch)(struct proxy_backend *b, struct loop *l, void (*changed)(void *arg), void *arg, struct err *e);
	/* What tells nobody when it changes is compared with the kernel and mended: how many mends, or negative. Called
	 * every 30 s. NULL: there is nothing. */
	int (*check)(struct proxy_backend *b, struct err *e);
	struct proxy_backend *(*free)(struct proxy_backend *b); /* kernel state stays */
	int (*cleanup)(struct err *e);                          /* kernel state goes */
};
struct proxy_backend {
	const struct proxy_backend_ops *ops;
	uint32_t nft_port; /* whose notices are our own */
};
extern const struct proxy_backend_ops proxy_nft_ops, proxy_ipvs_ops;

#define PROXY_NFT_TABLE "minik-proxy"
