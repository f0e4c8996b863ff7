#include "ingress/lint_streams.h"
#include <errno.h>
#include "api/object.h"
#include "base/str.h"

enum which { NEITHER, TCP, UDP };

/* By ingress-nginx' documentation tcp-services and udp-services, by its chart NAME-tcp and NAME-udp. */
static enum which which(const json_t *o)
{
	const char *name = obj_name(o);
	bool chart = streq(obj_label(o, "app.kubernetes.io/name"), "ingress-nginx");

	if (streq(name, STREAMS_TCP) || streq(name, "tcp-services") || (chart && str_has_suffix(name, "-tcp")))
		return TCP;
	if (streq(name, STREAMS_UDP) || streq(name, "udp-services") || (chart && str_has_suffix(name, "-udp")))
		return UDP;
	return NEITHER;
}

bool lint_streams_is(const json_t *config_map)
{
	return which(config_map) != NEITHER;
}

static int tell_fault(const struct streams_finding *f, bool cluster, const char *file, const char *object,
		      lint_told_fn fn, void *arg)
{
	if (cluster || !streq(f->reason, "MissingService"))
		return fn(arg, file, object, LINT_ERROR, f->reason, f->message);
	AUTO_FREE char *text = str_fmt("it must be in the cluster, for it is not in these files: %s", f->message);
	return text ? fn(arg, file, object, LINT_NOTE, f->reason, text) : -ENOMEM;
}

int lint_streams(const struct seen *s, const struct gateway_outcome *gateways, bool cluster, const char *file,
		 const char *object, const json_t *config_map, lint_told_fn fn, void *arg)
{
	bool udp = which(config_map) == UDP;
	const char *name = udp ? STREAMS_UDP : STREAMS_TCP;
	struct streams all = {0};
	int r = seen_streams(s, gateways, config_map, udp, &all, NULL) < 0 ? -ENOMEM : 0;

	for (size_t i = 0; r == 0 && i < all.n_findings; i++)
		r = tell_fault(&all.findings[i], cluster, file, object, fn, arg);
	streams_done(&all);
	if (r < 0 || (streq(obj_name(config_map), name) && streq(obj_namespace(config_map), STREAMS_NS)))
		return r;
	AUTO_FREE char *text =
	    str_fmt("%s services are read from ConfigMap " STREAMS_NS "/%s: under this name it has no effect",
		    udp ? "UDP" : "TCP", name);
	return text ? fn(arg, file, object, LINT_WARNING, "OtherName", text) : -ENOMEM;
}
