#include "controllers/history.h"

void template_hash(const json_t *template, int64_t collisions, char out[16])
{
	static const char alphabet[] = "bcdfghjklmnpqrstvwxz2456789";
	AUTO_FREE char *text = json_dumps(template, JSON_COMPACT | JSON_SORT_KEYS);
	AUTO_FREE char *salted = str_fmt("%s#%lld", text ? text : "", (long long)collisions);
	uint64_t h = salted ? str_hash(salted, strlen(salted)) : 0;

	for (size_t i = 0; i < 10; i++, h /= 27)
		out[i] = alphabet[h % 27];
	out[10] = '\0';
}

static int64_t number_of(const json_t *revision) { return json_int_or(revision, "revision", 0); }

static int by_number(const void *a, const void *b)
{
	const json_t *x = *(json_t *const *)a, *y = *(json_t *const *)b;

	if (number_of(x) != number_of(y))
		return number_of(x) < number_of(y) ? -1 : 1;
	int r = strcmp(json_str_or(x, "metadata.creationTimestamp", ""), json_str_or(y, "metadata.creationTimestamp", ""));
	return r ? r : strcmp(obj_name(x), obj_name(y));
}

const char *history_hash(const struct history *h, const json_t *revision)
{
	const char *s = obj_label(revision, h->hash_label);

	return s ? s : "";
}

const json_t *history_find(const struct history *h, const char *name)
{
	for (size_t i = 0; i < h->n; i++)
		if (streq(obj_name(h->v[i]), name))
			return h->v[i];
	return NULL;
}

/* Keys in order: Kubernetes compares revisions byte by byte (pkg/controller/daemon/update.go Match). */
static json_t *patch_of(const json_t *owner)
{
	AUTO_JSON json_t *template = json_deep_copy(json_dot(owner, "spec.template")), *patch = NULL;

	if (!template || json_object_set_new(template, "$patch", json_string("replace")) < 0 || !(patch = json_pack("{s:{s:O}}", "spec", "template", template)))
		return NULL;
	AUTO_FREE char *text = json_dumps(patch, JSON_COMPACT | JSON_SORT_KEYS);
	return text ? json_loads(text, 0, NULL) : NULL;
}

json_t *history_apply(const json_t *owner, const json_t *revision)
{
	AUTO_JSON json_t *o = json_deep_copy(owner), *template = json_deep_copy(json_dot(revision, "data.spec.template"));

	json_object_del(template, "$patch");
	return o && template && json_dot_set(o, "spec.template", TAKE_PTR(template)) == 0 ? TAKE_PTR(o) : NULL;
}

static struct client_ref revision_ref(const struct history *h, const char *name)
{
	return (struct client_ref){.group = "apps", .plural = "controllerrevisions", .ns = obj_namespace(h->owner), .name = name};
}

static int append(struct history *h, json_t *revision, struct err *e)
{
	json_t **v = reallocarray(h->v, h->n + 1, sizeof(*v));

	if (!v) {
		json_decref(revision);
		return err_nomem(e);
	}
	h->v = v;
	h->current = h->v[h->n++] = revision;
	return 0;
}

static int create(struct history *h, json_t *data, int64_t number, struct err *e)
{
	struct client_ref all = revision_ref(h, NULL);
	AUTO_JSON json_t *labels = json_deep_copy(json_dot(h->owner, "spec.template.metadata.labels")), *made = NULL;
	json_t *annotations = json_dot(h->owner, "metadata.annotations");
	char hash[16];

	template_hash(json_dot(h->owner, "spec.template"), json_int_or(h->owner, "status.collisionCount", 0), hash);
	AUTO_FREE char *name = str_fmt("%s-%s", obj_name(h->owner), hash);
	if (!labels)
		labels = json_object();
	if (!name || !labels || json_object_set_new(labels, h->hash_label, json_string(hash)) < 0)
		return err_nomem(e);
	AUTO_JSON json_t *o = json_pack("{s:s,s:s,s:{s:s,s:s,s:O},s:O,s:I}", "apiVersion", "apps/v1", "kind", "ControllerRevision", "metadata", "name", name,
					"namespace", obj_namespace(h->owner), "labels", labels, "data", data, "revision", (json_int_t)number);
	if (!o || obj_set_controller(o, h->owner, h->k->gv, h->k->kind) < 0 ||
	    (annotations && json_dot_set(o, "metadata.annotations", json_deep_copy(annotations)) < 0))
		return err_nomem(e);
	int r = client_create_wait(h->c->s->client, &all, o, &made, e);
	if (r == ERR_EXISTS) {
		/* Ours already (the cache lags), or another template with the same hash. */
		struct client_ref ref = revision_ref(h, name);
		if ((r = client_get_wait(h->c->s->client, &ref, &made, e)) < 0)
			return r;
		if (!obj_controlled_by(made, obj_uid(h->owner)) || !json_equal(json_object_get(made, "data"), data))
			return err_set(e, ERR_EXISTS, "the hash of the template is taken: %s", name);
	}
	return r < 0 ? r : append(h, TAKE_PTR(made), e);
}

static int renumber(struct history *h, size_t at, int64_t number, struct err *e)
{
	struct client_ref ref = revision_ref(h, obj_name(h->v[at]));
	AUTO_JSON json_t *o = json_deep_copy(h->v[at]), *answer = NULL;

	if (!o || json_set_int(o, "revision", number) < 0)
		return err_nomem(e);
	int r = client_update_wait(h->c->s->client, &ref, o, &answer, e);
	if (r < 0)
		return r;
	json_decref(h->v[at]);
	h->current = h->v[at] = TAKE_PTR(answer);
	return 0;
}

int history_sync(struct history *h, struct err *e)
{
	const struct owned_claim claim = {.k = h->k, .owner = h->owner, .objects = h->revisions, .group = "apps", .plural = "controllerrevisions"};
	AUTO_JSON json_t *data = patch_of(h->owner);
	size_t same;

	if (!data)
		return err_nomem(e);
	int r = owned_claim(h->c, &claim, &h->v, &h->n, e);
	if (r < 0)
		return r;
	qsort(h->v, h->n, sizeof(*h->v), by_number);
	int64_t newest = h->n ? number_of(h->v[h->n - 1]) : 0;
	for (same = h->n; same-- > 0;)
		if (json_equal(json_object_get(h->v[same], "data"), data))
			break;
	if (same == (size_t)-1)
		r = create(h, data, newest + 1, e);
	else if (number_of(h->v[same]) < newest)
		r = renumber(h, same, newest + 1, e);
	else
		h->current = h->v[same];
	return r;
}

void history_done(struct history *h)
{
	trees_free(h->v, h->n);
	h->v = NULL;
	h->n = 0;
	h->current = NULL;
}

int history_trim(struct history *h, bool (*live)(void *arg, const json_t *revision), void *arg, struct err *e)
{
	int64_t limit = json_int_or(h->owner, "spec.revisionHistoryLimit", 10), idle = 0;

	for (size_t i = 0; i < h->n; i++)
		idle += h->v[i] != h->current && !live(arg, h->v[i]) && !obj_deleting(h->v[i]);
	for (size_t i = 0; i < h->n && idle > limit; i++) {
		if (h->v[i] == h->current || live(arg, h->v[i]) || obj_deleting(h->v[i]))
			continue;
		struct client_ref ref = revision_ref(h, obj_name(h->v[i]));
		int r = client_delete_wait(h->c->s->client, &ref, NULL, NULL, e);
		if (r < 0 && r != ERR_NOT_FOUND)
			return r;
		idle--;
	}
	return 0;
}
