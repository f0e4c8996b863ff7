/*
 * Kinds that the API server keeps but no controller here acts on yet: their objects get an event that says so, instead of silence. A cluster that runs
 * another controller manager beside minik does not need it: --disable in controllers_config, name "unsupported".
 */
#include "controllers/shared.h"

static const struct unsupported {
	const char *group, *version, *plural, *kind;
} kinds[] = {
	{"apps", "v1", "statefulsets", "StatefulSet"},
	{"apps", "v1", "daemonsets", "DaemonSet"},
	{"batch", "v1", "jobs", "Job"},
	{"batch", "v1", "cronjobs", "CronJob"},
	{"autoscaling", "v2", "horizontalpodautoscalers", "HorizontalPodAutoscaler"},
	{"policy", "v1", "poddisruptionbudgets", "PodDisruptionBudget"},
	{"networking.k8s.io", "v1", "networkpolicies", "NetworkPolicy"},
};

struct unsupported_watch {
	struct shared *s;
	const struct unsupported *kind;
};

struct unsupported_ctl {
	struct unsupported_watch w[ARRAY_LEN(kinds)];
};

static void added(void *arg, struct informer_object *o)
{
	const struct unsupported_watch *w = arg;
	AUTO_JSON json_t *obj = informer_object_json(o);
	AUTO_FREE char *gv = *w->kind->group ? str_fmt("%s/%s", w->kind->group, w->kind->version) : str_dup(w->kind->version);

	if (obj && gv)
		client_event(w->s->client, obj, gv, w->kind->kind, "Warning", "NotSupported", "minik", "",
			     "%s objects are kept but not acted on by this version of minik", w->kind->kind);
}

/* Nothing is ever queued: the controller is only the frame that the handlers' memory hangs on. */
static int reconcile(void *arg, const char *key, struct err *e)
{
	(void)arg;
	return err_set(e, ERR_INTERNAL, "unexpected key %s", key);
}

int unsupported_init(struct shared *s, struct err *e)
{
	static const struct informer_handler h = {.added = added};
	struct unsupported_ctl *x = calloc(1, sizeof(*x));
	struct controller *c;

	if (!x)
		return err_nomem(e);
	int r = controller_new(&c, s, "unsupported", 1, reconcile, x, free, e);
	if (r < 0) {
		free(x);
		return r;
	}
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		struct informer *inf = shared_informer(s, kinds[i].group, kinds[i].version, kinds[i].plural, NULL, e);
		x->w[i] = (struct unsupported_watch){s, &kinds[i]};
		if (!inf)
			return ERR_INTERNAL;
		if (informer_add_handler(inf, &h, &x->w[i]) < 0)
			return err_nomem(e);
	}
	return 0;
}
