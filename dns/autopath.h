/*
 * The search list of pods, walked here (--dns-autopath): a pod's resolver that comes with the first entry of its list,
 * NAME.NS.svc.DOMAIN, gets at once what the whole walk would have found, as a CNAME to the name it was found under.
 * Only for pods that have the list kubelet gives by default. Pure; one thread.
 */
#pragma once
#include <jansson.h>
#include "base/err.h"
#include "dns/wire.h"

#define AUTOPATH_SEARCH_MAX 6 /* domains of the host's that are walked */

struct autopath;
int autopath_new(struct autopath **ret, const struct dns_name *domain, struct err *e);
struct autopath *autopath_free(struct autopath *a);
/* NULL object: gone. -ENOMEM. */
int autopath_pod(struct autopath *a, const char *ns, const char *name, const json_t *pod);
/* The host's search domains, which pods' lists end with. */
void autopath_search(struct autopath *a, char *const *domains, unsigned n);

/* Length of NAME in front of the first entry of this client's list; 0: it has none, or did not ask so. addr: 4 or 16
 * bytes. */
unsigned autopath_match(const struct autopath *a, const uint8_t *addr, int family, const struct dns_name *q);
/* The step-th name after the first, from 0; false: there are no more. base: as above. */
bool autopath_step(const struct autopath *a, const struct dns_name *q, unsigned base, unsigned step,
		   struct dns_name *ret);
