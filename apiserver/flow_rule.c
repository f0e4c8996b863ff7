/* FlowSchemas' rules as they are matched: no parsing, no allocation. pkg/util/flowcontrol/rule.go has what is meant. */
#include <errno.h>
#include "apiserver/flow.h"
#include "apiserver/internal.h"

#define ANY     UINT32_MAX
#define ACCOUNT "system:serviceaccount:"
enum subject_kind { SUBJECT_NONE, SUBJECT_USER, SUBJECT_GROUP, SUBJECT_ACCOUNT };

/* n strings behind one another in the text; ANY: '*'. */
struct strings {
	uint32_t off, n;
};
struct subject {
	enum subject_kind kind;
	bool any;
	uint32_t name, ns;
};
struct resource_rule {
	uint32_t verbs;
	bool cluster;
	struct strings groups, resources, namespaces;
};
struct url_rule {
	uint32_t verbs;
	struct strings urls;
};
struct rule {
	struct subject *subjects;
	struct resource_rule *resources;
	struct url_rule *urls;
	size_t n_subjects, n_resources, n_urls;
};
struct flow_rules {
	char *text;
	size_t n;
	struct rule v[];
};

/* --- compiling --- */

static uint32_t add_text(struct buf *b, const char *s)
{
	uint32_t off = (uint32_t)b->len;

	buf_add(b, s, strlen(s) + 1);
	return off;
}

static struct strings add_list(struct buf *b, const json_t *list)
{
	struct strings r = {(uint32_t)b->len, 0};

	if (json_array_size(list) == 1 && streq(json_string_value(json_array_get(list, 0)), "*"))
		return (struct strings){0, ANY};
	for (size_t i = 0; i < json_array_size(list); i++) {
		const char *s = json_string_value(json_array_get(list, i));

		if (s) {
			(void)add_text(b, s);
			r.n++;
		}
	}
	return r;
}

static uint32_t verbs_of(const json_t *list)
{
	static const struct {
		const char *name;
		uint32_t bit;
	} names[] = {{"get", API_GET},       {"list", API_LIST},
		     {"watch", API_WATCH},   {"create", API_CREATE},
		     {"update", API_UPDATE}, {"patch", API_PATCH},
		     {"delete", API_DELETE}, {"deletecollection", API_DELETECOLLECTION}};
	uint32_t bits = 0;

	for (size_t i = 0; i < json_array_size(list); i++) {
		const char *s = json_string_value(json_array_get(list, i));

		if (streq(s, "*"))
			return ANY;
		for (size_t k = 0; k < ARRAY_LEN(names); k++)
			if (streq(s, names[k].name))
				bits |= names[k].bit;
	}
	return bits;
}

static struct subject subject_of(struct buf *b, const json_t *s)
{
	const char *kind = json_str_or(s, "kind", "");
	struct subject r = {0};
	const json_t *x = NULL;

	if (streq(kind, "User")) {
		r.kind = SUBJECT_USER;
		x = json_object_get(s, "user");
	} else if (streq(kind, "Group")) {
		r.kind = SUBJECT_GROUP;
		x = json_object_get(s, "group");
	} else if (streq(kind, "ServiceAccount")) {
		r.kind = SUBJECT_ACCOUNT;
		x = json_object_get(s, "serviceAccount");
	}
	if (!x)
		r.kind = SUBJECT_NONE;
	r.any = streq(json_str_or(x, "name", ""), "*");
	r.name = add_text(b, json_str_or(x, "name", ""));
	r.ns = add_text(b, json_str_or(x, "namespace", ""));
	return r;
}

static int rule_init(struct rule *r, struct buf *b, const json_t *from)
{
	const json_t *subjects = json_object_get(from, "subjects"), *resources = json_object_get(from, "resourceRules"),
		     *urls = json_object_get(from, "nonResourceRules");

	r->n_subjects = json_array_size(subjects);
	r->n_resources = json_array_size(resources);
	r->n_urls = json_array_size(urls);
	r->subjects = calloc(r->n_subjects + 1, sizeof(*r->subjects));
	r->resources = calloc(r->n_resources + 1, sizeof(*r->resources));
	r->urls = calloc(r->n_urls + 1, sizeof(*r->urls));
	if (!r->subjects || !r->resources || !r->urls)
		return -ENOMEM;
	for (size_t i = 0; i < r->n_subjects; i++)
		r->subjects[i] = subject_of(b, json_array_get(subjects, i));
	for (size_t i = 0; i < r->n_resources; i++) {
		const json_t *x = json_array_get(resources, i);

		r->resources[i] = (struct resource_rule){.verbs = verbs_of(json_object_get(x, "verbs")),
							 .cluster = json_is_true(json_object_get(x, "clusterScope")),
							 .groups = add_list(b, json_object_get(x, "apiGroups")),
							 .resources = add_list(b, json_object_get(x, "resources")),
							 .namespaces = add_list(b, json_object_get(x, "namespaces"))};
	}
	for (size_t i = 0; i < r->n_urls; i++) {
		const json_t *x = json_array_get(urls, i);

		r->urls[i] = (struct url_rule){verbs_of(json_object_get(x, "verbs")),
					       add_list(b, json_object_get(x, "nonResourceURLs"))};
	}
	return 0;
}

struct flow_rules *flow_rules_free(struct flow_rules *r)
{
	for (size_t i = 0; r && i < r->n; i++) {
		free(r->v[i].subjects);
		free(r->v[i].resources);
		free(r->v[i].urls);
	}
	if (r)
		free(r->text);
	free(r);
	return NULL;
}

int flow_rules_new(struct flow_rules **ret, const json_t *rules)
{
	size_t n = json_array_size(rules);
	struct flow_rules *r = calloc(1, sizeof(*r) + n * sizeof(r->v[0]));
	AUTO_BUF struct buf b = {0};

	if (!r)
		return -ENOMEM;
	r->n = n;
	for (size_t i = 0; i < n; i++)
		if (rule_init(&r->v[i], &b, json_array_get(rules, i))) {
			(void)flow_rules_free(r);
			return -ENOMEM;
		}
	buf_addc(&b, 0);
	r->text = buf_failed(&b) ? NULL : buf_take(&b, NULL);
	if (!r->text) {
		(void)flow_rules_free(r);
		return -ENOMEM;
	}
	*ret = r;
	return 0;
}

/* --- matching --- */

static bool has(const char *text, struct strings l, const char *s)
{
	const char *p = text + l.off;

	if (l.n == ANY)
		return true;
	for (uint32_t i = 0; i < l.n; i++, p += strlen(p) + 1)
		if (!strcmp(p, s))
			return true;
	return false;
}

static bool has_resource(const char *text, struct strings l, const char *resource, const char *sub)
{
	const char *p = text + l.off;
	size_t n;

	if (l.n == ANY || !*sub)
		return has(text, l, resource);
	n = strlen(resource);
	for (uint32_t i = 0; i < l.n; i++, p += strlen(p) + 1)
		if (!strncmp(p, resource, n) && p[n] == '/' && !strcmp(p + n + 1, sub))
			return true;
	return false;
}

/* With and without a star at the end: what lies below; without, the path itself as well. */
static bool has_url(const char *text, struct strings l, const char *path)
{
	const char *p = text + l.off;

	if (l.n == ANY)
		return true;
	for (uint32_t i = 0; i < l.n; i++, p += strlen(p) + 1) {
		size_t n = strlen(p);

		if (!strcmp(p, path))
			return true;
		n -= n && p[n - 1] == '*';
		if (!strncmp(p, path, n) && (path[n] == '/' || (n && p[n - 1] == '/')))
			return true;
	}
	return false;
}

static bool is_subject(const char *text, const struct subject *s, const struct identity *id)
{
	const char *user = id->user ? id->user : "", *name = text + s->name, *ns = text + s->ns;
	size_t n;

	switch (s->kind) {
	case SUBJECT_NONE:
		return false;
	case SUBJECT_USER:
		return s->any || !strcmp(name, user);
	case SUBJECT_GROUP:
		if (s->any)
			return true;
		for (char **g = id->groups; g && *g; g++)
			if (!strcmp(*g, name))
				return true;
		return false;
	case SUBJECT_ACCOUNT:
		if (strncmp(user, ACCOUNT, sizeof(ACCOUNT) - 1))
			return false;
		user += sizeof(ACCOUNT) - 1;
		n = strlen(ns);
		return !strncmp(user, ns, n) && user[n] == ':' && (s->any || !strcmp(user + n + 1, name));
	}
	return false;
}

static bool rule_matches(const char *text, const struct rule *r, const struct flow_attr *at)
{
	size_t i;

	/* What is asked for first: that says no soonest. */
	if (at->is_resource) {
		for (i = 0; i < r->n_resources; i++) {
			const struct resource_rule *x = &r->resources[i];

			if ((x->verbs == ANY || (x->verbs & at->verb)) &&
			    has_resource(text, x->resources, at->resource, at->subresource) &&
			    has(text, x->groups, at->group) &&
			    (*at->ns ? has(text, x->namespaces, at->ns) : x->cluster))
				break;
		}
		if (i == r->n_resources)
			return false;
	} else {
		for (i = 0; i < r->n_urls; i++) {
			const struct url_rule *x = &r->urls[i];

			if ((x->verbs == ANY || (x->verbs & at->verb)) && has_url(text, x->urls, at->path))
				break;
		}
		if (i == r->n_urls)
			return false;
	}
	for (i = 0; i < r->n_subjects; i++)
		if (is_subject(text, &r->subjects[i], at->id))
			return true;
	return false;
}

bool flow_rules_match(const struct flow_rules *r, const struct flow_attr *at)
{
	for (size_t i = 0; i < r->n; i++)
		if (rule_matches(r->text, &r->v[i], at))
			return true;
	return false;
}
