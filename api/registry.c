/* The registry of resources: rows of the built-in tables, and custom resources with their compiled schemas. */
#include <gnutls/crypto.h>
#include <stdatomic.h>
#include "api/tables_gen.h"
#include "base/json.h"
#include "base/str.h"

/* The expanded built-in rows: made once, shared by all snapshots. */
struct base {
	atomic_uint refs;
	struct api_resource res[API_N_RESOURCES];
	struct api_subresource subs[API_N_SUBS];
	const char *lists[API_N_RESOURCES * 6]; /* short names and categories, each NULL-terminated */
};

/* One CRD, shared by the snapshots that have it. */
struct crd {
	atomic_uint refs;
	json_t *obj; /* own deep copy, never changed */
	size_t n;    /* served versions */
	struct api_resource *res;
	struct api_schema **schemas;
	struct api_subresource (*subs)[2];
	char **strings; /* owned texts res points to */
	size_t n_strings;
	const char **lists;
};

struct entry {
	struct api_resource res;
	uint32_t rank; /* of the group: built-in order, then custom groups by name */
};

struct api_registry {
	atomic_uint refs;
	struct base *base;
	struct crd **crds;
	size_t n_crds, n;
	struct entry *v;             /* discovery order */
	const struct entry **plural; /* sorted by plural, group, version */
	const struct entry **kind;   /* sorted by kind, group, version */
};

static struct base *base_unref(struct base *b)
{
	if (b && atomic_fetch_sub(&b->refs, 1) == 1)
		free(b);
	return NULL;
}

static struct crd *crd_unref(struct crd *c)
{
	if (!c || atomic_fetch_sub(&c->refs, 1) != 1)
		return NULL;
	for (size_t i = 0; i < c->n && c->schemas; i++)
		(void)api_schema_free(c->schemas[i]);
	for (size_t i = 0; i < c->n_strings; i++)
		free(c->strings[i]);
	free(c->schemas);
	free(c->strings);
	free(c->subs);
	free(c->lists);
	free(c->res);
	json_decref(c->obj);
	free(c);
	return NULL;
}
DEFINE_CLEANUP(struct crd *, crd_unref, crd_unref_p)

struct api_registry *api_registry_ref(struct api_registry *r)
{
	if (r)
		atomic_fetch_add(&r->refs, 1);
	return r;
}

struct api_registry *api_registry_unref(struct api_registry *r)
{
	if (!r || atomic_fetch_sub(&r->refs, 1) != 1)
		return NULL;
	for (size_t i = 0; i < r->n_crds; i++)
		(void)crd_unref(r->crds[i]);
	free(r->crds);
	free(r->v);
	free(r->plural);
	free(r->kind);
	(void)base_unref(r->base);
	free(r);
	return NULL;
}

/* Strings one after another, ended by an empty one -> NULL-terminated pointers at *next. */
static const char *const *expand_list(const char ***next, uint32_t off)
{
	if (!off)
		return NULL;
	const char **first = *next;
	for (const char *s = api_resource_strings + off; *s; s += strlen(s) + 1)
		*(*next)++ = s;
	*(*next)++ = NULL;
	return first;
}

static struct base *base_new(void)
{
	struct base *b = calloc(1, sizeof *b);
	if (!b)
		return NULL;
	atomic_init(&b->refs, 1);
	const char *s = api_resource_strings, **next = b->lists;
	for (size_t i = 0; i < API_N_SUBS; i++) {
		const struct api_sub_row *w = &api_sub_rows[i];
		b->subs[i] = (struct api_subresource){.name = s + w->name,
						      .group = s + w->group,
						      .version = s + w->version,
						      .kind = s + w->kind,
						      .type = w->type ? &api_types[w->type] : NULL,
						      .verbs = w->verbs};
	}
	for (size_t i = 0; i < API_N_RESOURCES; i++) {
		const struct api_resource_row *w = &api_resource_rows[i];
		b->res[i] = (struct api_resource){.group = s + w->group,
						  .version = s + w->version,
						  .kind = s + w->kind,
						  .list_kind = s + w->list_kind,
						  .plural = s + w->plural,
						  .singular = s + w->singular,
						  .namespaced = w->namespaced != 0,
						  .virtual_ = w->virtual_ != 0,
						  .verbs = w->verbs,
						  .subs = &b->subs[w->subs],
						  .n_subs = w->n_subs,
						  .type = &api_types[w->type],
						  .storage_prefix = s + w->prefix,
						  .storage_version = w->storage_version != 0,
						  .storage_hash = s + w->hash};
		b->res[i].short_names = expand_list(&next, w->short_names);
		b->res[i].categories = expand_list(&next, w->categories);
	}
	return b;
}

static bool version_parts(const char *v, int64_t *major, int *stage, int64_t *minor)
{
	char *end;
	if (v[0] != 'v' || v[1] < '1' || v[1] > '9')
		return false;
	*major = strtoll(v + 1, &end, 10);
	*stage = 3;
	*minor = 0;
	if (!*end)
		return true;
	*stage = str_has_prefix(end, "beta") ? 2 : str_has_prefix(end, "alpha") ? 1 : 0;
	if (!*stage)
		return false;
	return str_to_i64(end + (*stage == 2 ? 4 : 5), 1, INT64_MAX, minor) == 0;
}

int api_version_cmp(const char *a, const char *b)
{
	int64_t amaj = 0, amin = 0, bmaj = 0, bmin = 0;
	int ast = 0, bst = 0;
	bool ak = version_parts(a, &amaj, &ast, &amin), bk = version_parts(b, &bmaj, &bst, &bmin);
	if (ak != bk)
		return ak ? -1 : 1;
	if (!ak)
		return strcmp(a, b);
	if (ast != bst)
		return ast > bst ? -1 : 1;
	if (amaj != bmaj)
		return amaj > bmaj ? -1 : 1;
	return amin > bmin ? -1 : amin < bmin;
}

static int cmp_discovery(const void *pa, const void *pb)
{
	const struct entry *a = pa, *b = pb;
	if (a->rank != b->rank)
		return a->rank < b->rank ? -1 : 1;
	int c = strcmp(a->res.group, b->res.group);
	if (c == 0)
		c = api_version_cmp(a->res.version, b->res.version);
	return c ? c : strcmp(a->res.plural, b->res.plural);
}

static int cmp_names(const char *n1, const struct api_resource *a, const char *n2, const struct api_resource *b)
{
	int c = strcmp(n1, n2);
	if (c == 0)
		c = strcmp(a->group, b->group);
	return c ? c : strcmp(a->version, b->version);
}

static int cmp_plural(const void *pa, const void *pb)
{
	const struct api_resource *a = &(*(const struct entry *const *)pa)->res,
				  *b = &(*(const struct entry *const *)pb)->res;
	return cmp_names(a->plural, a, b->plural, b);
}

static int cmp_kind(const void *pa, const void *pb)
{
	const struct api_resource *a = &(*(const struct entry *const *)pa)->res,
				  *b = &(*(const struct entry *const *)pb)->res;
	return cmp_names(a->kind, a, b->kind, b);
}

/* base and crds gain references. */
static int registry_build(struct api_registry **ret, struct base *base, struct crd *const *crds, size_t n_crds,
			  struct err *e)
{
	AUTO_REGISTRY struct api_registry *r = calloc(1, sizeof *r);
	if (!r)
		return err_nomem(e);
	atomic_init(&r->refs, 1);
	r->base = base;
	atomic_fetch_add(&base->refs, 1);
	r->crds = calloc(n_crds + 1, sizeof *r->crds);
	size_t n = API_N_RESOURCES;
	for (size_t i = 0; i < n_crds && r->crds; i++) {
		r->crds[r->n_crds++] = crds[i];
		atomic_fetch_add(&crds[i]->refs, 1);
		n += crds[i]->n;
	}
	r->v = calloc(n, sizeof *r->v);
	r->plural = calloc(n, sizeof *r->plural);
	r->kind = calloc(n, sizeof *r->kind);
	if (!r->crds || !r->v || !r->plural || !r->kind)
		return err_nomem(e);
	uint32_t rank = 0;
	for (size_t i = 0; i < API_N_RESOURCES; i++) {
		if (i && !streq(base->res[i].group, base->res[i - 1].group))
			rank++;
		r->v[r->n++] = (struct entry){.res = base->res[i], .rank = rank};
	}
	for (size_t i = 0; i < n_crds; i++)
		for (size_t j = 0; j < crds[i]->n; j++) {
			struct entry *x = &r->v[r->n++];
			*x = (struct entry){.res = crds[i]->res[j], .rank = UINT32_MAX};
			for (size_t k = 0; k < API_N_RESOURCES; k++)
				if (streq(r->v[k].res.group, x->res.group))
					x->rank = r->v[k].rank;
		}
	if (n_crds)
		qsort(r->v, r->n, sizeof *r->v, cmp_discovery);
	for (size_t i = 0; i < r->n; i++)
		r->plural[i] = r->kind[i] = &r->v[i];
	qsort(r->plural, r->n, sizeof *r->plural, cmp_plural);
	qsort(r->kind, r->n, sizeof *r->kind, cmp_kind);
	*ret = TAKE_PTR(r);
	return 0;
}

int api_registry_new(struct api_registry **ret, struct err *e)
{
	struct base *b = base_new();
	if (!b)
		return err_nomem(e);
	int rc = registry_build(ret, b, NULL, 0, e);
	(void)base_unref(b);
	return rc;
}

static char *keep(struct crd *c, char *s)
{
	if (s)
		c->strings[c->n_strings++] = s;
	return s;
}

static char *lower(const char *s)
{
	char *r = str_dup(s);
	for (char *p = r; p && *p; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p = (char)(*p + ('a' - 'A'));
	return r;
}

/* Kubernetes' discovery.StorageVersionHash: base64 of the first 8 bytes of sha256("group/version/Kind"). */
static char *storage_hash(const char *group, const char *version, const char *kind)
{
	AUTO_FREE char *text = str_fmt("%s/%s/%s", group, version, kind);
	unsigned char digest[32];
	char *ret;
	if (!text || gnutls_hash_fast(GNUTLS_DIG_SHA256, text, strlen(text), digest) < 0)
		return NULL;
	return b64_encode(digest, 8, false, &ret) < 0 ? NULL : ret;
}

static const char *const *name_list(const char ***next, const json_t *names)
{
	if (json_array_size(names) == 0)
		return NULL;
	const char **first = *next;
	size_t i;
	json_t *v;
	json_array_foreach((json_t *)names, i, v) if (json_is_string(v)) * (*next)++ = json_string_value(v);
	*(*next)++ = NULL;
	return first;
}

static int crd_version(struct crd *c, const json_t *v, struct api_resource *proto, struct err *e)
{
	struct api_resource *r = &c->res[c->n];
	struct api_subresource *subs = c->subs[c->n];
	*r = *proto;
	r->version = json_str_or(v, "name", "");
	r->storage_version = json_is_true(json_object_get(v, "storage"));
	r->subs = subs;
	const json_t *sr = json_object_get(v, "subresources");
	const uint32_t verbs = API_GET | API_UPDATE | API_PATCH;
	int rc = api_schema_new(&c->schemas[c->n], json_at(v, "schema", "openAPIV3Schema", NULL), e);
	if (rc < 0)
		return err_wrap(e, "version %s", r->version);
	r->type = c->schemas[c->n]->types;
	/* A property of that name costs some parsing, no more. */
	if (json_has_key(json_at(v, "schema", "openAPIV3Schema", NULL), "default") &&
	    str_to_i64(json_str_or(c->obj, "metadata.resourceVersion", ""), 1, INT64_MAX, &r->defaults_rev) < 0)
		r->defaults_rev = INT64_MAX; /* not known: look every time */
	if (json_is_object(json_object_get(sr, "scale")))
		subs[r->n_subs++] =
		    (struct api_subresource){"scale", "autoscaling", "v1", "Scale", &api_types[API_T_SCALE], verbs};
	if (json_is_object(json_object_get(sr, "status")))
		subs[r->n_subs++] = (struct api_subresource){"status", r->group, r->version, r->kind, r->type, verbs};
	c->n++;
	return 0;
}

static int crd_new(struct crd **ret, const json_t *obj, struct err *e)
{
	CLEANUP(crd_unref_p) struct crd *c = calloc(1, sizeof *c);
	if (!c)
		return err_nomem(e);
	atomic_init(&c->refs, 1);
	c->obj = json_deep_copy(obj);
	const json_t *names = json_at(c->obj, "spec", "names", NULL),
		     *versions = json_at(c->obj, "spec", "versions", NULL);
	size_t n = json_array_size(versions), n_lists;
	n_lists = json_array_size(json_object_get(names, "shortNames")) +
		  json_array_size(json_object_get(names, "categories")) + 2;
	c->res = calloc(n + 1, sizeof *c->res);
	c->schemas = calloc(n + 1, sizeof(struct api_schema *));
	c->subs = calloc(n + 1, sizeof *c->subs);
	c->strings = calloc(8, sizeof *c->strings);
	c->lists = calloc(n_lists, sizeof *c->lists);
	if (!c->obj || !c->res || !c->schemas || !c->subs || !c->strings || !c->lists)
		return err_nomem(e);
	struct api_resource proto = {.group = json_str(c->obj, "spec.group"),
				     .kind = json_str(names, "kind"),
				     .plural = json_str(names, "plural"),
				     .singular = json_str(names, "singular"),
				     .list_kind = json_str(names, "listKind"),
				     .namespaced = streq(json_str(c->obj, "spec.scope"), "Namespaced"),
				     .verbs = API_GET | API_LIST | API_WATCH | API_CREATE | API_UPDATE | API_PATCH |
					      API_DELETE | API_DELETECOLLECTION,
				     .crd = c->obj};
	if (!proto.group || !*proto.group || !proto.kind || !proto.plural)
		return err_set(e, ERR_INVALID, "a CRD needs spec.group, spec.names.kind and spec.names.plural");
	const char **next = c->lists;
	proto.short_names = name_list(&next, json_object_get(names, "shortNames"));
	proto.categories = name_list(&next, json_object_get(names, "categories"));
	if (!proto.singular || !*proto.singular)
		proto.singular = keep(c, lower(proto.kind));
	if (!proto.list_kind || !*proto.list_kind)
		proto.list_kind = keep(c, str_fmt("%sList", proto.kind));
	proto.storage_prefix = keep(c, str_fmt("/%s/%s/", proto.group, proto.plural));
	const char *stored = "";
	size_t i;
	json_t *v;
	json_array_foreach((json_t *)versions, i, v) if (json_is_true(json_object_get(v, "storage"))) stored =
	    json_str_or(v, "name", "");
	proto.storage_hash = keep(c, storage_hash(proto.group, stored, proto.kind));
	if (!proto.singular || !proto.list_kind || !proto.storage_prefix || !proto.storage_hash)
		return err_nomem(e);
	json_array_foreach((json_t *)versions, i, v)
	{
		if (!json_is_true(json_object_get(v, "served")))
			continue;
		int rc = crd_version(c, v, &proto, e);
		if (rc < 0)
			return rc;
	}
	*ret = TAKE_PTR(c);
	return 0;
}

static int registry_change(struct api_registry **ret, struct api_registry *r, const char *drop, struct crd *add,
			   struct err *e)
{
	AUTO_FREE struct crd **crds = calloc(r->n_crds + 1, sizeof(struct crd *));
	if (!crds)
		return err_nomem(e);
	size_t n = 0;
	for (size_t i = 0; i < r->n_crds; i++)
		if (!streq(json_str(r->crds[i]->obj, "metadata.name"), drop))
			crds[n++] = r->crds[i];
	if (add)
		crds[n++] = add;
	return registry_build(ret, r->base, crds, n, e);
}

int api_registry_with_crd(struct api_registry **ret, struct api_registry *r, const json_t *crd, struct err *e)
{
	CLEANUP(crd_unref_p) struct crd *c = NULL;
	const char *name = json_str_or(crd, "metadata.name", "");
	int rc = crd_new(&c, crd, e);
	if (rc < 0)
		return err_wrap(e, "CustomResourceDefinition %s", name);
	return registry_change(ret, r, name, c, e);
}

int api_registry_without_crd(struct api_registry **ret, struct api_registry *r, const char *crd_name, struct err *e)
{
	return registry_change(ret, r, crd_name, NULL, e);
}

static const struct api_resource *find(const struct api_registry *r, const struct entry **index,
				       int (*cmp)(const void *, const void *), const struct api_resource *want)
{
	const struct entry key = {.res = *want}, *kp = &key;
	const struct entry **hit = bsearch(&kp, index, r->n, sizeof *index, cmp);
	return hit ? &(*hit)->res : NULL;
}

const struct api_resource *api_resource_find(const struct api_registry *r, const char *group, const char *version,
					     const char *plural)
{
	return find(r, r->plural, cmp_plural,
		    &(struct api_resource){.group = group, .version = version, .plural = plural});
}

const struct api_resource *api_resource_for_kind(const struct api_registry *r, const char *group, const char *version,
						 const char *kind)
{
	return find(r, r->kind, cmp_kind, &(struct api_resource){.group = group, .version = version, .kind = kind});
}

const struct api_subresource *api_subresource_find(const struct api_resource *res, const char *name)
{
	for (size_t i = 0; i < res->n_subs; i++)
		if (streq(res->subs[i].name, name))
			return &res->subs[i];
	return NULL;
}

size_t api_resource_count(const struct api_registry *r)
{
	return r->n;
}

const struct api_resource *api_resource_at(const struct api_registry *r, size_t i)
{
	return i < r->n ? &r->v[i].res : NULL;
}

void api_group_version(const struct api_resource *res, char *out, size_t cap)
{
	(void)snprintf(out, cap, "%s%s%s", res->group, *res->group ? "/" : "", res->version);
}

bool api_returns_deleted(const struct api_resource *res)
{
	static const struct {
		const char *group, *plural;
	} kinds[] = {
	    {"", "pods"},
	    {"", "services"},
	    {"", "serviceaccounts"},
	    {"", "podtemplates"},
	    {"", "resourcequotas"},
	    {"", "persistentvolumes"},
	    {"", "persistentvolumeclaims"},
	    {"storage.k8s.io", "storageclasses"},
	    {"storage.k8s.io", "csidrivers"},
	    {"storage.k8s.io", "csinodes"},
	    {"storage.k8s.io", "volumeattachments"},
	    {"resource.k8s.io", "resourceclaims"},
	    {"resource.k8s.io", "deviceclasses"},
	    {"resource.k8s.io", "resourceclaimtemplates"},
	    {"resource.k8s.io", "resourceslices"},
	    {"storage.k8s.io", "volumeattributesclasses"},
	};
	for (size_t i = 0; i < ARRAY_LEN(kinds) && !res->crd; i++)
		if (streq(kinds[i].group, res->group) && streq(kinds[i].plural, res->plural))
			return true;
	return false;
}
