/* Rules of RBAC as arrays of strings in one allocation: matching and covering. */
#include <errno.h>
#include "apiserver/rbac.h"
#include "base/cleanup.h"
#include "base/str.h"

static const char *const common[] = {"get", "list", "watch", "create", "update", "patch", "delete", "deletecollection"};

uint32_t rbac_verb_bit(const char *verb)
{
	if (streq(verb, "*"))
		return RBAC_VERB_ALL;
	for (size_t i = 0; i < ARRAY_LEN(common); i++)
		if (streq(verb, common[i]))
			return 1u << i;
	return 0;
}

static const char *const fields[] = {"verbs", "apiGroups", "resources", "resourceNames", "nonResourceURLs"};

int rbac_rules_new(struct rbac_rules **ret, const json_t *rules)
{
	size_t n = json_array_size(rules), pointers = 0, text = 0, i, k;
	struct rbac_rules *r;
	const json_t *rule, *s;
	const char **pp;
	char *tp;

	json_array_foreach((json_t *)(uintptr_t)rules, i, rule) {
		for (size_t f = 0; f < ARRAY_LEN(fields); f++) {
			pointers += 1 + json_array_size(json_object_get(rule, fields[f]));
			json_array_foreach(json_object_get(rule, fields[f]), k, s)
				text += json_string_length(s) + 1;
		}
	}
	r = calloc(1, sizeof(*r) + n * sizeof(r->v[0]) + pointers * sizeof(char *) + text + 1);
	if (!r)
		return -ENOMEM;
	r->refs = 1;
	r->n = n;
	pp = (const char **)(void *)&r->v[n];
	tp = (char *)(pp + pointers);
	json_array_foreach((json_t *)(uintptr_t)rules, i, rule) {
		struct rbac_rule *o = &r->v[i];
		const char ***lists[] = {&o->verb_names, &o->groups, &o->resources, &o->names, &o->urls};

		for (size_t f = 0; f < ARRAY_LEN(fields); f++) {
			const json_t *list = json_object_get(rule, fields[f]);

			if (!json_array_size(list))
				continue;
			*lists[f] = pp;
			json_array_foreach((json_t *)(uintptr_t)list, k, s) {
				size_t len = json_string_length(s);

				if (!json_is_string(s))
					continue;
				*pp++ = tp;
				memcpy(tp, json_string_value(s), len);
				tp += len;
				*tp++ = 0;
			}
			*pp++ = NULL;
		}
		for (const char **v = o->verb_names; v && *v; v++)
			o->verbs |= rbac_verb_bit(*v);
	}
	*ret = r;
	return 0;
}

struct rbac_rules *rbac_rules_ref(struct rbac_rules *r)
{
	if (r)
		__atomic_add_fetch(&r->refs, 1, __ATOMIC_RELAXED);
	return r;
}

struct rbac_rules *rbac_rules_unref(struct rbac_rules *r)
{
	if (r && __atomic_sub_fetch(&r->refs, 1, __ATOMIC_ACQ_REL) == 0)
		free(r);
	return NULL;
}

static bool has(const char *const *list, const char *s)
{
	for (; list && *list; list++)
		if (!strcmp(*list, s))
			return true;
	return false;
}

static bool has_or_all(const char *const *list, const char *s)
{
	for (; list && *list; list++)
		if (((*list)[0] == '*' && !(*list)[1]) || !strcmp(*list, s))
			return true;
	return false;
}

/* "*", "pods", "pods/log", or "* /log" without the space */
static bool resource_matches(const char *rule, const char *resource, const char *sub)
{
	size_t n;

	if (rule[0] == '*' && !rule[1])
		return true;
	if (!*sub)
		return !strcmp(rule, resource);
	if (rule[0] == '*' && rule[1] == '/')
		return !strcmp(rule + 2, sub);
	n = strlen(resource);
	return !strncmp(rule, resource, n) && rule[n] == '/' && !strcmp(rule + n + 1, sub);
}

static bool url_matches(const char *rule, const char *path)
{
	size_t n = strlen(rule);

	if (!strcmp(rule, "*") || !strcmp(rule, path))
		return true;
	return n && rule[n - 1] == '*' && !strncmp(rule, path, n - 1);
}

static bool verb_allowed(const struct rbac_rule *r, uint32_t bit, const char *verb)
{
	return r->verbs & (bit | RBAC_VERB_ALL) || (!bit && has((const char *const *)r->verb_names, verb));
}

bool rbac_rule_allows(const struct rbac_rule *r, uint32_t bit, const struct authz_attr *at)
{
	if (!verb_allowed(r, bit, at->verb))
		return false;
	if (!at->is_resource) {
		for (const char **u = r->urls; u && *u; u++)
			if (url_matches(*u, at->path))
				return true;
		return false;
	}
	if (!r->resources || !has_or_all((const char *const *)r->groups, at->group))
		return false;
	for (const char **p = r->resources;; p++) {
		if (!*p)
			return false;
		if (resource_matches(*p, at->resource, at->subresource))
			break;
	}
	return !r->names || has((const char *const *)r->names, at->name);
}

/* --- covering (Kubernetes pkg/registry/rbac/validation: each verb x group x resource x name by one rule of the owner) --- */

struct part {
	const char *verb, *group, *resource, *name, *url;
};

static bool resource_covered(const char *const *owner, const char *want)
{
	const char *slash = strchr(want, '/');

	for (; owner && *owner; owner++) {
		if (!strcmp(*owner, "*") || !strcmp(*owner, want))
			return true;
		if (slash && (*owner)[0] == '*' && (*owner)[1] == '/' && !strcmp(*owner + 2, slash + 1))
			return true;
	}
	return false;
}

static bool part_covered(const struct rbac_rule *o, const struct part *p)
{
	if (!has_or_all((const char *const *)o->verb_names, p->verb))
		return false;
	if (p->url) {
		size_t len = strlen(p->url);

		for (const char **u = o->urls; u && *u; u++) {
			size_t n = strlen(*u);

			if (!strcmp(*u, p->url) || (n && (*u)[n - 1] == '*' && len >= n - 1 && !strncmp(*u, p->url, n - 1)))
				return true;
		}
		return false;
	}
	if (!has_or_all((const char *const *)o->groups, p->group) || !resource_covered((const char *const *)o->resources, p->resource))
		return false;
	return !o->names || (p->name && has((const char *const *)o->names, p->name));
}

static bool covered(const struct rbac_rule *const *have, size_t n, const struct part *p, json_t **missing)
{
	for (size_t i = 0; i < n; i++)
		if (part_covered(have[i], p))
			return true;
	if (missing) {
		if (p->url)
			*missing = json_pack("{s:[s],s:[s]}", "nonResourceURLs", p->url, "verbs", p->verb);
		else
			*missing = json_pack("{s:[s],s:[s],s:[s]}", "apiGroups", p->group, "resources", p->resource, "verbs", p->verb);
		if (*missing && p->name)
			(void)json_object_set_new(*missing, "resourceNames", json_pack("[s]", p->name));
	}
	return false;
}

bool rbac_covers(const struct rbac_rule *const *have, size_t n, const struct rbac_rules *want, json_t **missing)
{
	static const char *none[] = {NULL};

	for (size_t i = 0; i < want->n; i++) {
		const struct rbac_rule *w = &want->v[i];

		for (const char **v = w->verb_names ? w->verb_names : none; *v; v++) {
			for (const char **u = w->urls ? w->urls : none; *u; u++)
				if (!covered(have, n, &(struct part){.verb = *v, .url = *u}, missing))
					return false;
			for (const char **g = w->groups ? w->groups : none; *g; g++) {
				for (const char **s = w->resources ? w->resources : none; *s; s++) {
					struct part p = {.verb = *v, .group = *g, .resource = *s};

					if (!w->names) {
						if (!covered(have, n, &p, missing))
							return false;
						continue;
					}
					for (const char **m = w->names; *m; m++) {
						p.name = *m;
						if (!covered(have, n, &p, missing))
							return false;
					}
				}
			}
		}
	}
	return true;
}

/* --- the table's lines --- */

static json_t *comma_list(const char *s, size_t n, bool verbs)
{
	static const char *const read[] = {"get", "list", "watch"};
	static const char *const write[] = {"create", "delete", "deletecollection", "patch", "update"};
	AUTO_JSON json_t *out = json_array();

	while (out && n) {
		const char *end = memchr(s, ',', n);
		size_t len = end ? (size_t)(end - s) : n;

		if (verbs && len == 1 && *s == 'r') {
			for (size_t i = 0; i < ARRAY_LEN(read); i++)
				(void)json_array_append_new(out, json_string(read[i]));
		} else if (verbs && len == 1 && *s == 'w') {
			for (size_t i = 0; i < ARRAY_LEN(write); i++)
				(void)json_array_append_new(out, json_string(write[i]));
		} else if (len == 4 && !strncmp(s, "core", 4)) {
			(void)json_array_append_new(out, json_string(""));
		} else {
			(void)json_array_append_new(out, json_stringn(s, len));
		}
		s += len + (end != NULL);
		n -= len + (end != NULL);
	}
	return TAKE_PTR(out);
}

json_t *rbac_default_rules(const char *text)
{
	AUTO_JSON json_t *out = json_array();

	for (const char *line = text ? text : ""; out && *line;) {
		const char *end = strchr(line, '\n');
		const char *p = line;
		json_t *rule = json_object(), *col[4] = {0};
		bool url;

		for (size_t c = 0; c < 4 && p < end; c++) {
			size_t n = strcspn(p, " \n");

			col[c] = comma_list(p, n, c == 0);
			p += n + (p[n] == ' ');
		}
		url = streq(json_string_value(json_array_get(col[1], 0)), "url");
		if (!rule || !col[0] || !col[1] || !col[2])
			return NULL;
		(void)json_object_set_new(rule, "verbs", col[0]);
		if (url) {
			(void)json_object_set_new(rule, "nonResourceURLs", col[2]);
			json_decref(col[1]);
		} else {
			(void)json_object_set_new(rule, "apiGroups", col[1]);
			(void)json_object_set_new(rule, "resources", col[2]);
			if (col[3])
				(void)json_object_set_new(rule, "resourceNames", col[3]);
		}
		if (json_array_append_new(out, rule))
			return NULL;
		line = end + 1;
	}
	return TAKE_PTR(out);
}
