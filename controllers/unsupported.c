/*
 * Kinds that the API server keeps but no controller here acts on yet: their objects get an event that says so, once, instead of silence. A cluster that runs
 * another controller manager beside minik does not need it: --disable in controllers_config, name "unsupported".
 */
#include "controllers/shared.h"

#define REASON "NotSupported"

static const struct unsupported {
	const char *group, *version, *plural, *kind;
} kinds[] = {
	{"autoscaling", "v2", "horizontalpodautoscalers", "HorizontalPodAutoscaler"},
};

struct unsupported_watch {
	struct controller *c;
	const struct unsupported *kind;
	struct informer *i;
};

struct unsupported_ctl {
	struct unsupported_watch w[ARRAY_LEN(kinds)];
};

static void added(void *arg, struct informer_object *o)
{
	const struct unsupported_watch *w = arg;
	AUTO_FREE char *key = str_fmt("%s|%s/%s", w->kind->plural, o->ns, o->name);

	if (key)
		workqueue_add(w->c->q, key);
}

/* Has it been said about this very object, by us or before we were started, and is the event still kept? */
static int said_already(struct controller *c, const struct informer_object *o, bool *ret, struct err *e)
{
	struct client_ref ref = {.plural = "events", .ns = o->ns};
	AUTO_FREE char *query = str_fmt("limit=1&fieldSelector=reason%%3D" REASON "%%2CinvolvedObject.uid%%3D%s", o->uid);
	AUTO_JSON json_t *list = NULL;

	int r = query ? client_list_wait(c->s->client, &ref, query, &list, e) : err_nomem(e);
	if (r == 0)
		*ret = json_array_size(json_object_get(list, "items")) > 0;
	return r;
}

static int reconcile(void *arg, const char *key, struct err *e)
{
	struct controller *c = arg;
	struct unsupported_ctl *x = c->priv;
	const char *bar = strchr(key, '|');
	const struct unsupported_watch *w = NULL;
	bool said = false;

	for (size_t i = 0; bar && i < ARRAY_LEN(x->w); i++)
		if (strlen(kinds[i].plural) == (size_t)(bar - key) && strncmp(kinds[i].plural, key, (size_t)(bar - key)) == 0)
			w = &x->w[i];
	if (!w)
		return err_set(e, ERR_INTERNAL, "unexpected key %s", key);
	AUTO_OBJECT struct informer_object *o = informer_get_key(w->i, bar + 1);
	AUTO_JSON json_t *obj = informer_object_json(o);
	if (!obj)
		return 0;
	int r = said_already(c, o, &said, e);
	if (r < 0 || said)
		return r;
	AUTO_FREE char *gv = *w->kind->group ? str_fmt("%s/%s", w->kind->group, w->kind->version) : str_dup(w->kind->version);
	if (!gv)
		return err_nomem(e);
	client_event(c->s->client, obj, gv, w->kind->kind, "Warning", REASON, "minik", "", "%s objects are kept but not acted on by this version of minik",
		     w->kind->kind);
	return 0;
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
		x->w[i] = (struct unsupported_watch){c, &kinds[i], inf};
		if (!inf)
			return ERR_INTERNAL;
		if (informer_add_handler(inf, &h, &x->w[i]) < 0)
			return err_nomem(e);
	}
	return 0;
}
