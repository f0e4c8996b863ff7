/*
 * Pods attached by CNI plug-ins (--flannel-backend none): programs of others that are started by the protocol of
 * https://www.cni.dev/docs/spec/ (versions 0.1.0 to 1.1.0). Node-local, needs no API server. What plug-ins print and
 * configuration files say is parsed within bounds; a plug-in that hangs or does not stop talking is killed.
 *
 * What DEL needs (configuration, arguments, result of ADD) lies in DATA_DIR/cni/UID.json from before ADD until DEL went
 * through: not in RUN_DIR, since the leases of IPAM plug-ins (host-local: /var/lib/cni) outlive a reboot, too.
 */
#pragma once
#include <stdbool.h>
#include "base/json.h"
#include "base/loop.h"

struct cni;
struct cni_config { /* copied */
	const char *data_dir, *run_dir;
	const char *conf_dir; /* /etc/cni/net.d: the first valid .conf, .conflist or .json by name is used */
	const char *bin_dirs; /* with colons between: what plug-ins get as CNI_PATH */
	unsigned timeout_s;   /* of one call of a plug-in; 0: 60 */
	const char *cluster_dns, *cluster_domain; /* for the capability dns; NULL: none */
};
/* Any thread; attach, detach, gc and ready may run in parallel, of one pod one after another. Blocking. */
int cni_new(struct cni **ret, const struct cni_config *c, struct err *e);
struct cni *cni_free(struct cni *c);
/* For who ends everything: plug-ins that a killed minik has left at work are killed instead of waited for. */
void cni_hurry(struct cni *c);

struct cni_pod {
	const char *uid, *ns, *name;
	const char *netns_path;
	const char *const *cidrs;           /* the node's; may be empty */
	const json_t *pod;                  /* for ports, annotations, DNS */
	uint64_t ingress_bits, egress_bits; /* bits a second; 0: none */
};
/*
 * Idempotent: who is attached to this namespace already gets the same addresses, after a CHECK; remains of an
 * attachment that did not come to its end, or of a former namespace, are DELeted first. ERR_UNAVAILABLE: no usable
 * configuration, or a plug-in of an earlier start is still at work; other errors are the plug-in's, in its own words.
 * *ret_unshaped: a bandwidth is wanted and no plug-in of the chain takes it.
 */
int cni_attach(struct cni *c, const struct cni_pod *pod, char ret_ips[2][48], bool *ret_unshaped, struct err *e);
/* DEL with what ADD had. Not attached: nothing to do. What failed stays recorded, so that it can be tried again. */
int cni_detach(struct cni *c, const char *uid, struct err *e);
/* Whether something is recorded of the pod. */
bool cni_owns(const struct cni *c, const char *uid);
/*
 * DELetes what is recorded for pods that are neither in live nor were attached by this process, then plug-ins that can
 * are told by GC what is left (1.1.0). The first error; the rest is done all the same.
 */
int cni_gc(struct cni *c, const char *const *live, struct err *e);
/*
 * Whether pods can be attached: there is a valid configuration, its plug-ins are there and say so themselves (STATUS,
 * 1.1.0). why: what is missing. ret_network (may be NULL): "NAME (FILE)", malloc'ed.
 */
bool cni_ready(struct cni *c, char **ret_network, struct err *why);
/* Whether the chain that the pod was attached by maps its hostPorts. Reads one file of data_dir. */
bool cni_maps_ports(const char *data_dir, const char *uid);

/* fn is called on loop's thread when a file of conf_dir or bin_dirs has changed, folders that come later included. */
struct cni_watch;
int cni_watch_new(struct cni_watch **ret, struct loop *l, const struct cni_config *c, void (*fn)(void *arg), void *arg,
		  struct err *e);
struct cni_watch *cni_watch_free(struct cni_watch *w);
/* Told of the plug-ins of the configuration in use, and, as warnings, of files that are passed over and of there being
 * no configuration yet. For people (check-config). */
enum cni_says { CNI_SAYS_OK, CNI_SAYS_WARNING, CNI_SAYS_FAULT };
void cni_inspect(const struct cni_config *c, void (*fn)(void *arg, enum cni_says says, const char *line), void *arg);
