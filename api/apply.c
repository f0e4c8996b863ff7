/*
 * Server-side apply and the bookkeeping of managedFields.
 * Source: Kubernetes "Server-Side Apply" (reference/using-api/server-side-apply).
 */
#include <errno.h>
#include "api/field_set.h"
#include "api/object.h"
#include "api/patch.h"
#include "base/str.h"

/* Update managers an object keeps apart; the oldest beyond that become one. */
#define MAX_UPDATERS 10
#define ANCIENT	     "ancient-changes"
#define BEFORE	     "before-first-apply"
#define LAST_APPLIED "kubectl.kubernetes.io/last-applied-configuration"

static const char *str_of(const json_t *o, const char *key)
{
	const char *s = json_string_value(json_object_get(o, key));

	return s ? s : "";
}

/* Takes the field itself out of the set, not what lies below it. */
static void drop_field(json_t *set, const char *pe)
{
	json_t *node = json_object_get(set, pe);

	(void)json_object_del(node, ".");
	if (json_object_size(node) == 0)
		(void)json_object_del(set, pe);
}

/* Fields that are never owned: what says which object it is, and what the server writes. In place. */
static void drop_system(json_t *set)
{
	static const char *const meta[] = {"f:name",       "f:namespace",     "f:creationTimestamp",
					   "f:selfLink",   "f:uid",           "f:clusterName",
					   "f:generation", "f:managedFields", "f:resourceVersion"};
	json_t *m = json_object_get(set, "f:metadata");

	for (size_t i = 0; i < ARRAY_LEN(meta); i++)
		drop_field(m, meta[i]);
	drop_field(set, "f:metadata");
	drop_field(set, "f:apiVersion");
	drop_field(set, "f:kind");
}

/* A request for a certificate says once what it asks for; its conditions and its certificate have an endpoint each. */
static void without_request(json_t *set, const char *subresource)
{
	json_t *status = json_object_get(set, "f:status");

	(void)json_object_del(set, "f:spec");
	if (!*subresource)
		(void)json_object_del(set, "f:status");
	else
		(void)json_object_del(status, streq(subresource, "approval") ? "f:certificate" : "f:conditions");
	if (status && !json_object_size(status))
		(void)json_object_del(set, "f:status");
}

/* What this endpoint does not write: status on the main one, all else on /status. */
static int without_reset(const struct api_resource *res, const char *subresource, json_t *set)
{
	const char *key;
	json_t *v;
	void *tmp;

	if (streq(res->kind, "CertificateSigningRequest") && !res->crd)
		without_request(set, subresource ? subresource : "");
	if (!subresource || !*subresource) {
		if (api_subresource_find(res, "status"))
			(void)json_object_del(set, "f:status");
		return 0;
	}
	if (!streq(subresource, "status"))
		return 0;
	json_object_foreach_safe(set, tmp, key, v)
	{
		/* A custom resource's status endpoint writes nothing else; that of most others writes metadata, too. */
		if (res->crd || streq(res->kind, "ServiceCIDR") || streq(res->kind, "VolumeAttachment") ? !streq(key, "f:status") : streq(key, "f:spec"))
			(void)json_object_del(set, key);
	}
	return 0;
}

/* Steals set, a fresh one that shares nothing. */
static json_t *owned_part(const struct api_resource *res, const char *subresource, json_t *set)
{
	if (!set)
		return NULL;
	drop_system(set);
	(void)without_reset(res, subresource, set);
	return set;
}

/* --- the list of managers: an array of managedFields entries --- */

/* Entries that can be used, copied. NULL without memory. */
static json_t *managers_of(const json_t *obj)
{
	AUTO_JSON json_t *out = json_array();
	json_t *v;
	size_t i;

	json_array_foreach(json_at(obj, "metadata", "managedFields", NULL), i, v)
	{
		bool op = streq(str_of(v, "operation"), "Apply") || streq(str_of(v, "operation"), "Update");
		if (!op || !streq(str_of(v, "fieldsType"), "FieldsV1") || !json_is_object(json_object_get(v, "fieldsV1")))
			continue;
		/* A shallow copy: sets are replaced, never changed. */
		if (!out || json_array_append_new(out, json_copy(v)) < 0)
			return NULL;
	}
	return TAKE_PTR(out);
}

/* Appliers are one manager whatever version they use. */
static json_t *manager_find(const json_t *managers, const char *name, const char *op, const char *version, const char *sub)
{
	json_t *v;
	size_t i;

	json_array_foreach(managers, i, v)
	{
		if (streq(str_of(v, "manager"), name) && streq(str_of(v, "operation"), op) &&
		    streq(str_of(v, "subresource"), sub ? sub : "") &&
		    (streq(op, "Apply") || streq(str_of(v, "apiVersion"), version)))
			return v;
	}
	return NULL;
}

static json_t *manager_set(const json_t *m) { return json_object_get(m, "fieldsV1"); }

static void manager_drop(json_t *managers, const json_t *m)
{
	for (size_t i = json_array_size(managers); i-- > 0;) {
		if (json_array_get(managers, i) == m)
			(void)json_array_remove(managers, i);
	}
}

/* Gives manager m (NULL: a new one) the set, which is stolen. now NULL: the time stays. */
static int manager_put(json_t *managers, json_t *m, const char *name, const char *op, const char *version, const char *sub,
		       json_t *set, const char *now)
{
	AUTO_JSON json_t *s = set;

	if (!s)
		return -ENOMEM;
	if (field_set_empty(s)) {
		manager_drop(managers, m);
		return 0;
	}
	if (!m) {
		m = json_pack("{s:s, s:s, s:s}", "manager", name, "operation", op, "apiVersion", version);
		if (!m || json_array_append_new(managers, m) < 0)
			return -ENOMEM;
	}
	if (json_object_set_new(m, "apiVersion", json_string(version)) < 0 ||
	    (now && json_object_set_new(m, "time", json_string(now)) < 0) ||
	    json_object_set_new(m, "fieldsType", json_string("FieldsV1")) < 0 || json_object_set(m, "fieldsV1", s) < 0)
		return -ENOMEM;
	if (sub && *sub && json_object_set_new(m, "subresource", json_string(sub)) < 0)
		return -ENOMEM;
	return 0;
}

static int by_entry(const void *a, const void *b)
{
	static const char *const keys[] = {"operation", "time", "manager", "apiVersion", "subresource"};
	const json_t *x = *(json_t *const *)a, *y = *(json_t *const *)b;

	for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
		int c = strcmp(str_of(x, keys[i]), str_of(y, keys[i]));
		if (c)
			return c;
	}
	return 0;
}

/* Merges the oldest updaters of each version into one until few enough are left. managers is sorted. */
static int cap_updaters(json_t *managers)
{
	size_t n = 0, i;
	json_t *v;

	json_array_foreach(managers, i, v)
		n += streq(str_of(v, "operation"), "Update") && !*str_of(v, "subresource");
	for (i = 0; n > MAX_UPDATERS && i < json_array_size(managers);) {
		v = json_array_get(managers, i);
		if (!streq(str_of(v, "operation"), "Update") || *str_of(v, "subresource") ||
		    streq(str_of(v, "manager"), ANCIENT)) {
			i++;
			continue;
		}
		json_t *old = manager_find(managers, ANCIENT, "Update", str_of(v, "apiVersion"), NULL);
		if (!old) {
			if (json_object_set_new(v, "manager", json_string(ANCIENT)) < 0)
				return -ENOMEM;
			i++;
			continue;
		}
		json_t *both = field_set_union(manager_set(old), manager_set(v));
		if (!both || json_object_set_new(old, "fieldsV1", both) < 0 ||
		    json_object_set(old, "time", json_object_get(v, "time")) < 0)
			return -ENOMEM;
		(void)json_array_remove(managers, i);
		n--;
	}
	return 0;
}

static int sort_managers(json_t *managers)
{
	size_t n = json_array_size(managers);
	AUTO_FREE json_t **v = calloc(n + 1, sizeof(*v));

	if (!v)
		return -ENOMEM;
	for (size_t i = 0; i < n; i++)
		v[i] = json_incref(json_array_get(managers, i));
	qsort(v, n, sizeof(*v), by_entry);
	for (size_t i = 0; i < n; i++)
		(void)json_array_set_new(managers, i, v[i]);
	return 0;
}

static int order_fields(json_t *managers)
{
	json_t *m, *s;
	size_t i;

	json_array_foreach (managers, i, m) {
		s = field_set_ordered(manager_set(m));
		if (!s || json_object_set_new(m, "fieldsV1", s))
			return -ENOMEM;
	}
	return 0;
}

/* Keys in the order Kubernetes writes them; subresource comes last. shared: with the tree of another object. */
static int write_managers(json_t *obj, json_t *managers, bool shared)
{
	json_t *meta = json_object_get(obj, "metadata");

	if (!meta && json_object_set_new(obj, "metadata", meta = json_object()) < 0)
		return -ENOMEM;
	if (sort_managers(managers) < 0 || cap_updaters(managers) < 0 || order_fields(managers) < 0)
		return -ENOMEM;
	if (json_array_size(managers) == 0) {
		(void)json_object_del(meta, "managedFields");
		return 0;
	}
	return json_object_set_new(meta, "managedFields", shared ? json_deep_copy(managers) : json_incref(managers)) < 0
		   ? -ENOMEM
		   : 0;
}

/* What others own of fields that were given another value, or that are gone, is theirs no longer. */
static int take_from_others(json_t *managers, const json_t *self, const struct field_diff *d)
{
	size_t others = json_array_size(managers) - (self != NULL);

	if (!others)
		return 0;
	AUTO_JSON json_t *changed = field_set_union(d->added, d->modified);
	AUTO_JSON json_t *lost = changed ? field_set_union(changed, d->removed) : NULL;

	if (!lost)
		return -ENOMEM;
	for (size_t i = json_array_size(managers); i-- > 0;) {
		json_t *m = json_array_get(managers, i);
		if (m == self)
			continue;
		json_t *rest = field_set_difference(manager_set(m), lost);
		if (!rest || json_object_set_new(m, "fieldsV1", rest) < 0)
			return -ENOMEM;
		if (field_set_empty(rest))
			(void)json_array_remove(managers, i);
	}
	return 0;
}

/* --- ordinary writes --- */

/* An empty list, or one empty entry, asks to forget who owns what. */
static bool asks_reset(const json_t *obj)
{
	const json_t *list = json_at(obj, "metadata", "managedFields", NULL);

	return json_is_array(list) && (json_array_size(list) == 0 ||
				       (json_array_size(list) == 1 && json_object_size(json_array_get(list, 0)) == 0));
}

/* obj's tree with metadata.managedFields left out; children are shared. */
static json_t *bare(const json_t *obj)
{
	AUTO_JSON json_t *out = json_copy((json_t *)obj);
	json_t *meta = json_object_get(obj, "metadata");

	if (!out || !json_is_object(meta))
		return TAKE_PTR(out);
	json_t *m = json_copy(meta);
	if (!m || json_object_set_new(out, "metadata", m) < 0)
		return NULL;
	(void)json_object_del(m, "managedFields");
	return TAKE_PTR(out);
}

static int manage(const struct api_resource *res, const json_t *old, json_t *obj, const char *manager,
		  const char *subresource, const char *now)
{
	AUTO_JSON json_t *managers = managers_of(obj);
	AUTO_JSON json_t *before = old ? bare(old) : json_object(), *after = bare(obj);
	struct field_diff d CLEANUP(field_diff_done) = {0};
	char version[256];
	int r;

	if (managers && !json_array_size(managers)) {
		json_decref(managers);
		managers = managers_of(old);
	}
	if (!managers || !before || !after)
		return -ENOMEM;
	/* An object nobody has been recorded for stays so until it is applied. */
	bool first = !json_array_size(managers);
	if (old && first)
		return write_managers(obj, managers, true);
	if ((r = field_compare(&d, res->type, before, after)) < 0)
		return r;
	api_group_version(res, version, sizeof(version));
	if (!res->crd && (field_set_keyless(d.added) || field_set_keyless(d.modified)))
		return -EINVAL;
	json_t *m = manager_find(managers, manager, "Update", version, subresource);
	if ((r = take_from_others(managers, m, &d)) < 0)
		return r;
	AUTO_JSON json_t *kept = m ? field_set_without(manager_set(m), d.removed) : NULL;
	json_t *changed = field_set_empty(d.modified) ? TAKE_PTR(d.added) : field_set_union(d.added, d.modified);
	AUTO_JSON json_t *mine = owned_part(res, subresource, changed);
	if ((m && !kept) || !mine)
		return -ENOMEM;
	json_t *all = m ? field_set_union(kept, mine) : json_incref(mine);
	bool grown = all && m && json_equal(all, manager_set(m)) != 1;
	if ((r = manager_put(managers, m, manager, "Update", version, subresource, all, !m || grown || !field_set_empty(mine) ? now : NULL)) < 0)
		return r;
	return write_managers(obj, managers, !first);
}

int api_manage_update(const struct api_resource *res, const json_t *old, json_t *obj, const char *manager,
		      const char *subresource, const char *now, struct err *e)
{
	int r;

	if (asks_reset(obj)) {
		(void)json_object_del(json_object_get(obj, "metadata"), "managedFields");
		return 0;
	}
	r = manage(res, old, obj, manager, subresource, now);
	if (r == -EINVAL) { /* an element without its key cannot be told from others: Kubernetes then notes nobody */
		(void)json_object_del(json_object_get(obj, "metadata"), "managedFields");
		return 0;
	}
	if (r == -ENOMEM)
		return err_nomem(e);
	return r < 0 ? err_set(e, r, "managedFields of %.60s: object is nested too deeply", obj_name(obj)) : 0;
}

/* --- conflicts --- */

struct conflicts {
	json_t *list; /* of {"manager", "field", "message"} */
	const json_t *manager;
};

/* conflict with "kubectl" using apps/v1 */
static char *conflict_text(const json_t *m)
{
	AUTO_BUF struct buf b = {0};
	const char *name = str_of(m, "manager"), *sub = str_of(m, "subresource");

	buf_adds(&b, "conflict with ");
	buf_add_json_str(&b, name, strlen(name));
	if (*sub)
		buf_addf(&b, " with subresource \"%s\"", sub);
	if (streq(str_of(m, "operation"), "Update"))
		buf_addf(&b, " using %s", str_of(m, "apiVersion"));
	return buf_take(&b, NULL);
}

static int add_conflict(void *arg, const char *path)
{
	struct conflicts *c = arg;
	AUTO_FREE char *text = conflict_text(c->manager);

	if (!text)
		return -ENOMEM;
	return json_array_append_new(c->list, json_pack("{s:s, s:s, s:s}", "manager", str_of(c->manager, "manager"), "field",
							path, "message", text));
}

/* The array of conflicts of fields that d changes and others own; allowed (may be NULL) are none. */
static int find_conflicts(json_t **ret, const json_t *managers, const json_t *self, const struct field_diff *d,
			  const json_t *allowed)
{
	AUTO_JSON json_t *list = json_array(), *changed = field_set_union(d->added, d->modified);
	json_t *m;
	size_t i;

	if (!list || !changed)
		return -ENOMEM;
	json_array_foreach(managers, i, m)
	{
		struct conflicts c = {list, m};
		if (m == self)
			continue;
		AUTO_JSON json_t *both = field_set_intersection(manager_set(m), changed);
		AUTO_JSON json_t *left = both ? field_set_difference(both, allowed) : NULL;
		if (!left || field_set_each(left, add_conflict, &c) < 0)
			return -ENOMEM;
	}
	*ret = TAKE_PTR(list);
	return 0;
}

/* Kubernetes' words. What does not fit into e is in the list. */
static int conflict_error(const json_t *list, struct err *e)
{
	AUTO_BUF struct buf b = {0};
	size_t n = json_array_size(list), i;
	const char *last = "";
	json_t *c;

	if (n == 1) {
		c = json_array_get(list, 0);
		return err_set(e, ERR_CONFLICT, "Apply failed with 1 conflict: %s: %s", str_of(c, "message"), str_of(c, "field"));
	}
	json_array_foreach(list, i, c)
	{
		const char *text = str_of(c, "message");
		if (!streq(text, last))
			buf_addf(&b, "%sconflicts%s:", i ? "\n" : "", text + strlen("conflict")); /* conflicts with "kubectl" */
		buf_addf(&b, "\n- %s", str_of(c, "field"));
		last = text;
	}
	return err_set(e, ERR_CONFLICT, "Apply failed with %zu conflicts: %.180s", n, b.data ? b.data : "");
}

/* --- apply --- */

/* Fields kubectl's client-side apply wrote last: its server-side apply may take them over. NULL: none. */
static json_t *last_applied(const struct api_resource *res, const json_t *live, const char *manager)
{
	const char *text = obj_annotation(live, LAST_APPLIED);
	AUTO_JSON json_t *v = NULL;
	json_t *set = NULL;

	if (!text || !streq(manager, "kubectl") || json_parse(text, strlen(text), &v, NULL) < 0 || !json_is_object(v))
		return NULL;
	return field_set_of(&set, res->type, v, NULL) < 0 ? NULL : set;
}

/* config without what this endpoint does not write and without nulls at the top. New. */
static json_t *config_part(const struct api_resource *res, const char *subresource, const json_t *config)
{
	AUTO_JSON json_t *out = bare(config);
	const char *key;
	json_t *v;
	void *tmp;

	if (!out)
		return NULL;
	if ((!subresource || !*subresource) && api_subresource_find(res, "status"))
		(void)json_object_del(out, "status");
	if (streq(subresource, "status")) {
		json_object_foreach_safe(out, tmp, key, v)
		{
			if (!streq(key, "status") && !streq(key, "apiVersion") && !streq(key, "kind") && !streq(key, "metadata"))
				(void)json_object_del(out, key);
		}
	}
	return TAKE_PTR(out);
}

struct apply {
	const struct api_resource *res;
	const char *manager, *subresource, *now;
	char version[256];
	json_t *managers; /* as of the live object */
	json_t *set;	  /* what config says */
	json_t *merged;
	struct field_diff d;
};

static void apply_done(struct apply *a)
{
	json_decref(a->managers);
	json_decref(a->set);
	json_decref(a->merged);
	field_diff_done(&a->d);
}

/* What is in live already when the first applier comes belongs to a manager of its own. */
static int adopt_existing(struct apply *a, const json_t *live)
{
	AUTO_JSON json_t *b = bare(live), *none = json_object();
	struct field_diff d CLEANUP(field_diff_done) = {0};

	if (!b || !none)
		return -ENOMEM;
	/* An unreadable part of an old object is no reason to refuse; it is then nobody's. */
	int r = field_compare(&d, a->res->type, none, b);
	if (r == -ENOMEM)
		return r;
	if (r < 0)
		return 0;
	return manager_put(a->managers, NULL, BEFORE, "Update", a->version, NULL, owned_part(a->res, NULL, TAKE_PTR(d.added)), a->now);
}

/* Removes what this manager applied before, applies no more, and nobody else owns. */
static int prune_dropped(struct apply *a, const json_t *self)
{
	AUTO_JSON json_t *owned = json_incref(a->set);
	json_t *m;
	size_t i;

	if (!self)
		return 0;
	json_array_foreach(a->managers, i, m)
	{
		if (m == self)
			continue;
		json_t *u = field_set_union(owned, manager_set(m));
		if (!u)
			return -ENOMEM;
		json_decref(owned);
		owned = u;
	}
	return field_prune(a->res->type, a->merged, manager_set(self), owned);
}

static int apply_run(struct apply *a, const json_t *live, const json_t *config, bool force, json_t **ret_conflicts,
		     struct err *e)
{
	AUTO_JSON json_t *base = live ? bare(live) : json_object(), *part = config_part(a->res, a->subresource, config);
	AUTO_JSON json_t *fields = NULL, *shared = NULL, *conflicts = NULL;
	json_t *self;
	int r;

	if (!base || !part || !(a->managers = live ? managers_of(live) : json_array()))
		return -ENOMEM;
	if (live && !json_array_size(a->managers) && (r = adopt_existing(a, live)) < 0)
		return r;
	if ((r = field_set_of(&fields, a->res->type, part, e)) < 0)
		return r;
	if (!(a->set = owned_part(a->res, a->subresource, TAKE_PTR(fields))))
		return -ENOMEM;
	if ((r = field_merge(&shared, a->res->type, base, part)) < 0)
		return r;
	if (!(a->merged = json_deep_copy(shared)))
		return -ENOMEM;
	self = manager_find(a->managers, a->manager, "Apply", a->version, a->subresource);
	if ((r = prune_dropped(a, self)) < 0 || (r = field_compare(&a->d, a->res->type, base, a->merged)) < 0)
		return r;

	AUTO_JSON json_t *allowed = last_applied(a->res, live, a->manager);
	if ((r = find_conflicts(&conflicts, a->managers, self, &a->d, allowed)) < 0)
		return r;
	if (!force && json_array_size(conflicts)) {
		r = conflict_error(conflicts, e);
		*ret_conflicts = TAKE_PTR(conflicts);
		return r;
	}
	if ((r = take_from_others(a->managers, self, &a->d)) < 0)
		return r;
	bool changed = json_equal(base, a->merged) != 1;
	r = manager_put(a->managers, self, a->manager, "Apply", a->version, a->subresource, json_incref(a->set),
			!self || changed ? a->now : NULL);
	return r < 0 ? r : write_managers(a->merged, a->managers, true);
}

/* kubectl's annotation follows what kubectl applies, so that one may go back to client-side apply. */
static int refresh_last_applied(json_t *obj, const json_t *config, const char *manager)
{
	if (!streq(manager, "kubectl") || !obj_annotation(obj, LAST_APPLIED))
		return 0;
	AUTO_JSON json_t *c = json_deep_copy(config);
	if (!c)
		return -ENOMEM;
	(void)obj_set_annotation(c, LAST_APPLIED, NULL);
	AUTO_BUF struct buf b = {0};
	json_encode_buf(c, &b);
	buf_addc(&b, '\n');
	return buf_failed(&b) ? -ENOMEM : obj_set_annotation(obj, LAST_APPLIED, b.data);
}

int api_apply(json_t **ret, const struct api_resource *res, const json_t *live, const json_t *config, const char *manager,
	      const char *subresource, bool force, const char *now, json_t **ret_conflicts, struct err *e)
{
	struct apply a CLEANUP(apply_done) = {.res = res, .manager = manager, .subresource = subresource, .now = now};
	int r;

	if (!json_is_object(config))
		return err_set(e, ERR_BAD_REQUEST, "apply: the body must be an object");
	if (!manager || !*manager)
		return err_set(e, ERR_BAD_REQUEST, "apply: fieldManager is required");
	if (json_array_size(json_at(config, "metadata", "managedFields", NULL)))
		return err_set(e, ERR_BAD_REQUEST, "metadata.managedFields must be nil");
	api_group_version(res, a.version, sizeof(a.version));
	r = apply_run(&a, live, config, force, ret_conflicts, e);
	if (r == 0)
		r = refresh_last_applied(a.merged, config, manager);
	if (r == -ENOMEM)
		return err_nomem(e);
	if (r == ERR_TOO_LARGE)
		return err_set(e, r, "apply: the object is nested too deeply");
	if (r < 0)
		return r;
	*ret = TAKE_PTR(a.merged);
	return 0;
}
