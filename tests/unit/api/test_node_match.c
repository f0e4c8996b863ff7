/* Node selectors and tolerations, by the rules that Kubernetes documents. */
#include "api/node_match.h"
#include "base/str.h"
#include "tests/unit/json.h"
#include "tests/unit/test.h"

/* The node is "n1" and has these labels. */
#define LABELS "{\"disk\":\"ssd\",\"cores\":\"8\",\"empty\":\"\",\"minus\":\"-3\",\"zone\":\"a\"}"

static bool term(const char *text)
{
	AUTO_JSON json_t *t = parse(text), *labels = parse(LABELS);

	return node_term_matches(t, "n1", labels);
}

/* One expression: key, operator, values as JSON (NULL: left out). */
static bool expr(const char *key, const char *op, const char *values)
{
	AUTO_FREE char *text =
	    values ? str_fmt("{\"matchExpressions\":[{\"key\":\"%s\",\"operator\":\"%s\",\"values\":%s}]}", key, op,
			     values)
		   : str_fmt("{\"matchExpressions\":[{\"key\":\"%s\",\"operator\":\"%s\"}]}", key, op);

	return term(text);
}

static bool field(const char *key, const char *op, const char *values)
{
	AUTO_FREE char *text =
	    str_fmt("{\"matchFields\":[{\"key\":\"%s\",\"operator\":\"%s\",\"values\":%s}]}", key, op, values);

	return term(text);
}

static void sets(void)
{
	CHECK(expr("disk", "In", "[\"hdd\",\"ssd\"]"));
	CHECK(!expr("disk", "In", "[\"hdd\"]"));
	CHECK(!expr("gone", "In", "[\"ssd\"]"));
	CHECK(!expr("disk", "In", "[]") && !expr("disk", "In", NULL));
	CHECK(expr("empty", "In", "[\"\"]"));
	CHECK(!expr("gone", "In", "[\"\"]")); /* no label is not an empty one */
	CHECK(!expr("disk", "NotIn", "[\"hdd\",\"ssd\"]"));
	CHECK(expr("disk", "NotIn", "[\"hdd\"]"));
	CHECK(expr("gone", "NotIn", "[\"ssd\"]"));
	CHECK(!expr("disk", "NotIn", "[]") && !expr("gone", "NotIn", NULL)); /* not a valid requirement */
	CHECK(!expr("disk", "In", "[1,null,{}]"));
}

static void existence(void)
{
	CHECK(expr("disk", "Exists", NULL) && expr("empty", "Exists", "[]"));
	CHECK(!expr("gone", "Exists", NULL));
	CHECK(!expr("disk", "DoesNotExist", NULL));
	CHECK(expr("gone", "DoesNotExist", NULL));
	CHECK(!expr("disk", "Exists", "[\"ssd\"]") && !expr("gone", "DoesNotExist", "[\"x\"]")); /* not valid */
}

static void numbers(void)
{
	CHECK(expr("cores", "Gt", "[\"7\"]") && !expr("cores", "Gt", "[\"8\"]") && !expr("cores", "Gt", "[\"9\"]"));
	CHECK(expr("cores", "Lt", "[\"9\"]") && !expr("cores", "Lt", "[\"8\"]") && !expr("cores", "Lt", "[\"7\"]"));
	CHECK(expr("cores", "Gt", "[\"-1\"]") && expr("cores", "Lt", "[\"+9\"]") && !expr("cores", "Gt", "[\"+-1\"]"));
	CHECK(expr("minus", "Lt", "[\"0\"]") && expr("minus", "Gt", "[\"-4\"]"));
	CHECK(expr("cores", "Lt", "[\"9223372036854775807\"]"));
	CHECK(!expr("cores", "Lt", "[\"9223372036854775808\"]")); /* beyond 64 bits */
	CHECK(!expr("gone", "Gt", "[\"1\"]") && !expr("gone", "Lt", "[\"1\"]"));
	CHECK(!expr("disk", "Gt", "[\"1\"]") && !expr("empty", "Lt", "[\"1\"]"));
	CHECK(!expr("cores", "Gt", "[\"1\",\"2\"]") && !expr("cores", "Lt", "[]") && !expr("cores", "Gt", NULL));
	CHECK(!expr("cores", "Gt", "[\"7.5\"]") && !expr("cores", "Gt", "[\" 7\"]") && !expr("cores", "Gt", "[7]"));
}

static void unknown(void)
{
	CHECK(!expr("disk", "", "[\"ssd\"]") && !expr("disk", "Equals", "[\"ssd\"]") &&
	      !expr("disk", "in", "[\"ssd\"]"));
	CHECK(!term("{\"matchExpressions\":[{}]}") && !term("{\"matchExpressions\":[null]}") &&
	      !term("{\"matchExpressions\":[\"disk\"]}"));
}

static void fields(void)
{
	CHECK(field("metadata.name", "In", "[\"n1\"]") && !field("metadata.name", "In", "[\"n2\"]"));
	CHECK(!field("metadata.name", "NotIn", "[\"n1\"]") && field("metadata.name", "NotIn", "[\"n2\"]"));
	CHECK(!field("metadata.name", "In", "[\"n1\",\"n2\"]") &&
	      !field("metadata.name", "NotIn", "[]")); /* exactly one */
	CHECK(!field("metadata.name", "Exists", "[]") && !field("metadata.name", "Gt", "[\"0\"]"));
	CHECK(!field("metadata.uid", "In", "[\"n1\"]") && !field("metadata.uid", "NotIn", "[\"n1\"]"));
	CHECK(!field("disk", "In", "[\"ssd\"]")); /* a label is not a field */
}

static void terms(void)
{
	/* all of one term */
	CHECK(term("{\"matchExpressions\":[{\"key\":\"disk\",\"operator\":\"Exists\"},{\"key\":\"zone\",\"operator\":"
		   "\"In\",\"values\":[\"a\"]}]}"));
	CHECK(!term("{\"matchExpressions\":[{\"key\":\"disk\",\"operator\":\"Exists\"},{\"key\":\"zone\",\"operator\":"
		    "\"In\",\"values\":[\"b\"]}]}"));
	CHECK(!term("{\"matchExpressions\":[{\"key\":\"disk\",\"operator\":\"Exists\"}],"
		    "\"matchFields\":[{\"key\":\"metadata.name\",\"operator\":\"In\",\"values\":[\"n2\"]}]}"));
	CHECK(term("{\"matchExpressions\":[{\"key\":\"disk\",\"operator\":\"Exists\"}],"
		   "\"matchFields\":[{\"key\":\"metadata.name\",\"operator\":\"In\",\"values\":[\"n1\"]}]}"));
	/* an empty one matches nothing */
	CHECK(!term("{}") && !term("{\"matchExpressions\":[]}") &&
	      !term("{\"matchExpressions\":[],\"matchFields\":[]}") && !term("null"));
	CHECK(!node_term_matches(NULL, "n1", NULL));
}

static bool selector(const char *text)
{
	AUTO_JSON json_t *s = parse(text), *labels = parse(LABELS);

	return node_selector_matches(s, "n1", labels);
}

#define SSD "{\"matchExpressions\":[{\"key\":\"disk\",\"operator\":\"In\",\"values\":[\"ssd\"]}]}"
#define HDD "{\"matchExpressions\":[{\"key\":\"disk\",\"operator\":\"In\",\"values\":[\"hdd\"]}]}"

static void selectors(void)
{
	/* one of the terms */
	CHECK(selector("{\"nodeSelectorTerms\":[" HDD "," SSD "]}") &&
	      selector("{\"nodeSelectorTerms\":[" SSD "," HDD "]}"));
	CHECK(!selector("{\"nodeSelectorTerms\":[" HDD "]}"));
	CHECK(selector("{\"nodeSelectorTerms\":[{}," SSD "]}") && !selector("{\"nodeSelectorTerms\":[{}]}"));
	/* a term that is not valid takes nothing from the others */
	CHECK(selector("{\"nodeSelectorTerms\":[{\"matchExpressions\":[{\"key\":\"disk\",\"operator\":\"?\"}]}," SSD
		       "]}"));
	CHECK(!selector("{\"nodeSelectorTerms\":[]}") && !selector("{}") && !node_selector_matches(NULL, "n1", NULL));
	/* a node without a name */
	AUTO_JSON json_t *named = parse("{\"matchFields\":[{\"key\":\"metadata.name\",\"operator\":\"NotIn\",\"values\":[\"n1\"]}]}");
	CHECK(node_term_matches(named, "n2", NULL) && !node_term_matches(named, NULL, NULL));
	/* a node without labels */
	AUTO_JSON json_t *none = parse(
	    "{\"nodeSelectorTerms\":[{\"matchExpressions\":[{\"key\":\"disk\",\"operator\":\"DoesNotExist\"}]}]}");
	CHECK(node_selector_matches(none, "n1", NULL));
}

/* Index of the toleration that tolerates the taint, -1 for none. */
static int tolerated(const char *tolerations, const char *taint)
{
	AUTO_JSON json_t *list = parse(tolerations), *t = parse(taint);
	const json_t *found = toleration_of(list, t);

	for (size_t i = 0; i < json_array_size(list); i++)
		if (found && json_array_get(list, i) == found)
			return (int)i;
	return -1;
}

#define TAINT "{\"key\":\"k\",\"value\":\"v\",\"effect\":\"NoSchedule\"}"

static void operators(void)
{
	CHECK(tolerated("[{\"key\":\"k\",\"operator\":\"Equal\",\"value\":\"v\",\"effect\":\"NoSchedule\"}]", TAINT) ==
	      0);
	CHECK(tolerated("[{\"key\":\"k\",\"value\":\"v\",\"effect\":\"NoSchedule\"}]", TAINT) ==
	      0); /* Equal is the default */
	CHECK(tolerated("[{\"key\":\"k\",\"operator\":\"\",\"value\":\"v\"}]", TAINT) == 0);
	CHECK(tolerated("[{\"key\":\"k\",\"operator\":\"Equal\",\"value\":\"w\",\"effect\":\"NoSchedule\"}]", TAINT) ==
	      -1);
	CHECK(tolerated("[{\"key\":\"k\",\"effect\":\"NoSchedule\"}]", TAINT) == -1); /* no value is an empty one */
	CHECK(tolerated("[{\"key\":\"k\"}]", "{\"key\":\"k\",\"effect\":\"NoSchedule\"}") == 0);
	CHECK(tolerated("[{\"key\":\"k\",\"operator\":\"Exists\",\"effect\":\"NoSchedule\"}]", TAINT) == 0);
	CHECK(tolerated("[{\"key\":\"l\",\"operator\":\"Exists\",\"effect\":\"NoSchedule\"}]", TAINT) == -1);
	CHECK(tolerated("[{\"key\":\"k\",\"operator\":\"Lt\",\"value\":\"v\"},{\"key\":\"k\",\"operator\":\"Gt\","
			"\"value\":\"v\"}]",
			TAINT) == -1);
	CHECK(tolerated("[{\"key\":\"k\",\"operator\":\"exists\"}]", TAINT) == -1);
}

static void keys_and_effects(void)
{
	CHECK(tolerated("[{\"operator\":\"Exists\"}]", TAINT) == 0); /* everything */
	CHECK(tolerated("[{\"key\":\"\",\"operator\":\"Exists\",\"effect\":\"NoSchedule\"}]", TAINT) == 0);
	CHECK(tolerated("[{\"operator\":\"Exists\",\"effect\":\"NoExecute\"}]", TAINT) == -1);
	CHECK(tolerated("[{\"value\":\"v\"}]", TAINT) == -1 &&
	      tolerated("[{}]", TAINT) == -1);                             /* every key wants Exists */
	CHECK(tolerated("[{\"key\":\"k\",\"value\":\"v\"}]", TAINT) == 0); /* every effect */
	CHECK(tolerated("[{\"key\":\"k\",\"value\":\"v\",\"effect\":\"PreferNoSchedule\"}]", TAINT) == -1);
}

static void several(void)
{
	CHECK(tolerated("[{\"key\":\"x\",\"operator\":\"Exists\"},{\"key\":\"k\",\"operator\":\"Exists\"},{"
			"\"operator\":\"Exists\"}]",
			TAINT) == 1);
	CHECK(tolerated("[]", TAINT) == -1 && tolerated("null", TAINT) == -1 &&
	      tolerated("[null,1,\"k\"]", TAINT) == -1);
	CHECK(!toleration_of(NULL, NULL));
}

static int64_t seconds(const char *text)
{
	AUTO_JSON json_t *t = parse(text);

	return toleration_seconds(t);
}

static void time_limits(void)
{
	CHECK(seconds("{\"operator\":\"Exists\"}") == -1);
	CHECK(seconds("{\"tolerationSeconds\":null}") == -1);
	CHECK(seconds("{\"tolerationSeconds\":300}") == 300);
	CHECK(seconds("{\"tolerationSeconds\":0}") == 0 && seconds("{\"tolerationSeconds\":-5}") == 0);
	CHECK(toleration_seconds(NULL) == 0);
}

int main(void)
{
	RUN(sets);
	RUN(existence);
	RUN(numbers);
	RUN(unknown);
	RUN(fields);
	RUN(terms);
	RUN(selectors);
	RUN(operators);
	RUN(keys_and_effects);
	RUN(several);
	RUN(time_limits);
	return TEST_END();
}
