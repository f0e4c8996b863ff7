/* ResourceQuota admission: what a write uses is charged to the quotas of its namespace in the same transaction. */
#include "api/object.h"
#include "apiserver/quota.h"
#include "apiserver/write.h"

/* Names of compute resources that containers must state where a quota bounds them. */
static const char *const stated[] = {"cpu", "memory", "ephemeral-storage", "requests.cpu", "requests.memory", "requests.ephemeral-storage",
				     "limits.cpu", "limits.memory", "limits.ephemeral-storage"};

static int check_stated(struct admit *c, const json_t *quota, struct err *e)
{
	static const char *const lists[] = {"containers", "initContainers"};
	const json_t *hard = json_dot(quota, "spec.hard"), *ctr;
	AUTO_BUF struct buf all = {0};
	size_t k;

	for (size_t i = 0; i < ARRAY_LEN(stated); i++) {
		bool limit = str_has_prefix(stated[i], "limits.");
		const char *dot = strchr(stated[i], '.'), *res = dot ? dot + 1 : stated[i];
		AUTO_BUF struct buf who = {0};

		if (!json_object_get(hard, stated[i]))
			continue;
		for (size_t l = 0; l < ARRAY_LEN(lists); l++)
			json_array_foreach(json_at(c->adm->obj, "spec", lists[l], NULL), k, ctr)
				if (!json_at(ctr, "resources", limit ? "limits" : "requests", res, NULL))
					buf_addf(&who, "%s%s", who.len ? "," : "", json_str_or(ctr, "name", ""));
		if (who.len)
			buf_addf(&all, "%s%s for: %s", all.len ? "; " : "", stated[i], who.data);
	}
	if (all.len)
		return admit_deny(c, e, "failed quota: %s: must specify %s", obj_name(quota), all.data);
	return 0;
}

static void amount_text(struct buf *b, const char *name, const struct quantity *q)
{
	char text[64];

	quantity_format(q, text, sizeof(text));
	buf_addf(b, "%s%s=%s", b->len ? "," : "", name, text);
}

/* used + delta within hard? Fills used. 1: exceeded; text in the buffers. */
static int charge(const json_t *quota, const struct usage *delta, json_t *used, struct buf text[3])
{
	const json_t *hard = json_dot(quota, "spec.hard");
	int exceeded = 0;

	for (size_t i = 0; i < delta->n; i++) {
		const char *name = delta->v[i].name;
		struct quantity h, u = {.format = delta->v[i].q.format}, sum;
		char out[64];

		if (!quota_amount(hard, name, &h))
			continue;
		(void)quota_amount(used, name, &u);
		if (!u.nano) /* nothing has no unit of its own */
			u.format = delta->v[i].q.format;
		sum = u;
		sum.nano += delta->v[i].q.nano;
		if (delta->v[i].q.nano > 0 && sum.nano > h.nano) {
			exceeded = 1;
			amount_text(&text[0], name, &delta->v[i].q);
			amount_text(&text[1], name, &u);
			amount_text(&text[2], name, &h);
			continue;
		}
		quantity_format(&sum, out, sizeof(out));
		if (json_object_set_new(used, name, json_string(out)))
			return -ENOMEM;
	}
	return exceeded;
}

static int save(struct admit *c, json_t *quota, json_t *used, int64_t rev, struct err *e)
{
	const struct api_resource *res = api_resource_find(c->adm->registry, "", "v1", "resourcequotas");
	AUTO_FREE char *key = auth_key(c->au, "", "resourcequotas", c->adm->ns, obj_name(quota));
	AUTO_BYTES struct bytes *value = NULL;
	AUTO_BYTES struct bytes *index = NULL;
	size_t splice;
	int r;

	if (!res || !key || json_dot_set(quota, "status.used", json_incref(used)) ||
	    (!json_dot(quota, "status.hard") && json_dot_set(quota, "status.hard", json_deep_copy(json_dot(quota, "spec.hard")))))
		return err_nomem(e);
	r = object_store(c->adm->registry, res, quota, &value, &splice, &index, e);
	if (r)
		return r;
	return admission_add_put(c->adm, key, rev, value, splice, index) ? err_nomem(e) : 0;
}

static int one_quota(struct admit *c, json_t *quota, int64_t rev, const struct usage *delta, struct err *e)
{
	const json_t *hard = json_dot(quota, "spec.hard");
	bool pod = admit_is(c, "", "pods"), bounded = false, fresh = !quota_counted(quota);
	int r = 0;

	for (size_t i = 0; i < delta->n; i++)
		bounded |= json_object_get(hard, delta->v[i].name) != NULL;
	if (pod && c->adm->op == ADMIT_CREATE && (r = check_stated(c, quota, e)))
		return r;
	if (!bounded)
		return 0;
	/* What the quota says is counted anew before anything is refused: deletions are given back a little later. */
	for (;;) {
		AUTO_JSON json_t *used = NULL;
		struct buf text[3] = {0};

		if (fresh)
			r = c->block ? quota_compute(c->au, c->adm->ns, quota, &used, e) : ERR_AGAIN;
		else if (!(used = json_deep_copy(json_dot(quota, "status.used"))))
			r = err_nomem(e);
		if (!r)
			r = charge(quota, delta, used, text);
		if (r == 1 && !fresh) {
			r = 0;
			fresh = true;
			for (size_t i = 0; i < ARRAY_LEN(text); i++)
				buf_done(&text[i]);
			continue;
		}
		if (r == 1)
			r = admit_deny(c, e, "exceeded quota: %s, requested: %s, used: %s, limited: %s", obj_name(quota), text[0].data ? text[0].data : "",
				       text[1].data ? text[1].data : "", text[2].data ? text[2].data : "");
		else if (!r)
			r = save(c, quota, used, rev, e);
		else if (r != ERR_AGAIN && !e->code)
			(void)err_set(e, r, "%s", err_name(r));
		for (size_t i = 0; i < ARRAY_LEN(text); i++)
			buf_done(&text[i]);
		return r;
	}
}

static int delta_of(struct admit *c, struct usage *ret)
{
	const struct api_resource *res = c->adm->res;
	struct usage old = {0};
	int r = usage_of(ret, res->group, res->plural, c->adm->obj);

	if (r || c->adm->op != ADMIT_UPDATE)
		return r;
	r = usage_of(&old, res->group, res->plural, c->adm->old);
	for (size_t i = 0; !r && i < old.n; i++) {
		struct quantity q = old.v[i].q;

		q.nano = -q.nano;
		r = usage_add(ret, old.v[i].name, &q);
	}
	usage_done(&old);
	/* Nothing to charge: the object stays as large as it was. */
	for (size_t i = 0; i < ret->n;) {
		if (ret->v[i].q.nano) {
			i++;
			continue;
		}
		free(ret->v[i].name);
		ret->v[i] = ret->v[--ret->n];
	}
	return r;
}

int admit_quota(struct admit *c, struct err *e)
{
	const struct api_resource *res = c->adm->res;
	struct auth_list l = {0};
	struct usage delta = {0};
	int r;

	if (!c->main || !res->namespaced || res->virtual_ || !atomic_load_explicit(&c->au->quotas_any, memory_order_relaxed) ||
	    streq(res->plural, "events"))
		return 0;
	if (c->adm->op == ADMIT_UPDATE && !admit_is(c, "", "services") && !admit_is(c, "", "persistentvolumeclaims"))
		return 0;
	if (!auth_any(c->au, "", "resourcequotas", c->adm->ns))
		return 0;
	r = auth_list(c->au, c->block, "", "resourcequotas", c->adm->ns, NULL, NULL, &l);
	if (r)
		return r == ERR_AGAIN ? r : err_set(e, r, "reading quotas: %s", err_name(r));
	r = delta_of(c, &delta);
	if (r)
		(void)err_nomem(e);
	for (size_t i = 0; !r && delta.n && i < l.n; i++) {
		AUTO_JSON json_t *quota = NULL;

		if (json_parse_bytes(l.items[i].value, &quota, NULL) || !quota_matches(quota, res->group, res->plural, c->adm->obj))
			continue;
		r = one_quota(c, quota, l.items[i].mod_rev, &delta, e);
	}
	if (r == ERR_AGAIN) /* charged quotas so far are charged again then */
		ops_done(c->adm->ops);
	usage_done(&delta);
	auth_list_done(&l);
	return r;
}
