/* What tests of validation share: objects from texts, in which ' stands for ", and what is found wrong with them. */
#pragma once
#include "api/resource.h"
#include "api/schema.h"
#include "base/json.h"
#include "base/str.h"
#include "tests/unit/json.h"
#include "tests/unit/test.h"

static struct api_registry *reg;

static inline const struct api_resource *res(const char *plural)
{
	for (size_t i = 0; i < api_resource_count(reg); i++)
		if (streq(api_resource_at(reg, i)->plural, plural))
			return api_resource_at(reg, i);
	fprintf(stderr, "no resource %s\n", plural);
	abort();
}

/* What the API server makes of a Job before it is validated: it selects its pods by its uid. */
static inline void select_pods(json_t *job)
{
	json_t *spec = json_object_get(job, "spec");
	AUTO_JSON json_t *labels =
	    json_pack("{ssssssss}", "batch.kubernetes.io/controller-uid", "u", "batch.kubernetes.io/job-name", "x",
		      "controller-uid", "u", "job-name", "x");
	if (json_object_get(spec, "selector"))
		return;
	CHECK(json_dot_set(job, "metadata.uid", json_string("u")) == 0);
	CHECK(json_dot_set(spec, "template.metadata.labels", json_incref(labels)) == 0);
	CHECK(json_object_set_new(spec, "selector",
				  json_pack("{s{ss}}", "matchLabels", "batch.kubernetes.io/controller-uid", "u")) == 0);
}

/* Name and namespace are filled in when the text has no metadata. */
static inline json_t *object(const struct api_resource *r, const char *text)
{
	json_t *o = parse_quoted(text);
	if (!json_object_get(o, "metadata"))
		(void)json_object_set_new(o, "metadata",
					  r->namespaced ? json_pack("{ssss}", "name", "x", "namespace", "default")
							: json_pack("{ss}", "name", "x"));
	if (streq(r->plural, "jobs"))
		select_pods(o);
	CHECK(api_prune(r->type, o, NULL) == 0);
	CHECK(api_default(r->type, o) == 0);
	return o;
}

/* want: findings as "field: message", one a line; "" for none. Types are checked as well. */
static inline void expect(const char *plural, const char *text, const char *old_text, const char *sub, const char *want)
{
	const struct api_resource *r = res(plural);
	AUTO_JSON json_t *o = object(r, text), *old = old_text ? object(r, old_text) : NULL;
	struct api_causes c AUTO_CAUSES = {0};
	struct buf got AUTO_BUF = {0};
	struct err e = {0};
	CHECK(api_check_types(r->type, o, &e) == 0);
	if (!api_validate_kind(r, o, old, sub, &c))
		api_validate_schema(r->type, o, &c);
	for (size_t i = 0; i < c.n; i++)
		buf_addf(&got, "%s%s: %s", got.len ? "\n" : "", c.v[i].field, c.v[i].message);
	CHECK(!c.oom);
	CHECK_STR(got.len ? got.data : "", want);
}

static inline void good(const char *plural, const char *text)
{
	expect(plural, text, NULL, NULL, "");
}

static inline void bad(const char *plural, const char *text, const char *want)
{
	expect(plural, text, NULL, NULL, want);
}
