#include "api/flow_defaults.h"
#include "base/str.h"

#define QUEUE(shares, lendable, queues, hand)                                                                          \
	"{'type':'Limited','limited':{'nominalConcurrencyShares':" shares ",'lendablePercent':" lendable               \
	",'limitResponse':{'type':'Queue','queuing':{'queues':" queues ",'handSize':" hand                             \
	",'queueLengthLimit':50}}}}"
static const struct flow_default levels[] = {
    {"exempt", true, "{'type':'Exempt','exempt':{'nominalConcurrencyShares':0,'lendablePercent':0}}"},
    {"catch-all", true,
     "{'type':'Limited','limited':{'nominalConcurrencyShares':5,'lendablePercent':0,'limitResponse':{'type':'Reject'}}"
     "}"},
    {"system", false, QUEUE("30", "33", "64", "6")},
    {"node-high", false, QUEUE("40", "25", "64", "6")},
    {"leader-election", false, QUEUE("10", "0", "16", "4")},
    {"workload-high", false, QUEUE("40", "50", "128", "6")},
    {"workload-low", false, QUEUE("100", "90", "128", "6")},
    {"global-default", false, QUEUE("20", "50", "128", "6")},
};

#define GROUP(name)     "{'kind':'Group','group':{'name':'" name "'}}"
#define USER(name)      "{'kind':'User','user':{'name':'" name "'}}"
#define SYSTEM_ACCOUNTS "{'kind':'ServiceAccount','serviceAccount':{'namespace':'kube-system','name':'*'}}"
#define EVERYBODY       GROUP("system:unauthenticated") "," GROUP("system:authenticated")
#define RESOURCES(verbs, group, names, cluster)                                                                        \
	"{'verbs':[" verbs "],'apiGroups':['" group "'],'resources':[" names "],'clusterScope':" cluster               \
	",'namespaces':['*']}"
#define EVERYTHING                                                                                                     \
	"'resourceRules':[" RESOURCES("'*'", "*", "'*'",                                                               \
				      "true") "],'nonResourceRules':[{'verbs':['*'],'nonResourceURLs':['*']}]"
#define SCHEMA(level, precedence, method, subjects, rules)                                                             \
	"{'priorityLevelConfiguration':{'name':'" level "'},'matchingPrecedence':" precedence method                   \
	",'rules':[{'subjects':[" subjects "]," rules "}]}"
#define BY(how) ",'distinguisherMethod':{'type':'By" how "'}"
static const struct flow_default schemas[] = {
    {"exempt", true, SCHEMA("exempt", "1", "", GROUP("system:masters"), EVERYTHING)},
    {"catch-all", true, SCHEMA("catch-all", "10000", BY("User"), EVERYBODY, EVERYTHING)},
    {"probes", false,
     SCHEMA("exempt", "2", "", EVERYBODY,
	    "'nonResourceRules':[{'verbs':['get'],'nonResourceURLs':['/healthz','/readyz','/livez']}]")},
    {"system-leader-election", false,
     SCHEMA("leader-election", "100", BY("User"),
	    USER("system:kube-controller-manager") "," USER("system:kube-scheduler") "," SYSTEM_ACCOUNTS,
	    "'resourceRules':[" RESOURCES("'get','create','update'", "coordination.k8s.io", "'leases'", "false") "]")},
    {"system-node-high", false,
     SCHEMA("node-high", "400", BY("User"), GROUP("system:nodes"),
	    "'resourceRules':[" RESOURCES("'*'", "", "'nodes','nodes/status'", "true") "," RESOURCES(
		"'*'", "coordination.k8s.io", "'leases'", "false") "]")},
    {"system-nodes", false, SCHEMA("system", "500", BY("User"), GROUP("system:nodes"), EVERYTHING)},
    {"kube-controller-manager", false,
     SCHEMA("workload-high", "800", BY("Namespace"), USER("system:kube-controller-manager"), EVERYTHING)},
    {"kube-scheduler", false,
     SCHEMA("workload-high", "800", BY("Namespace"), USER("system:kube-scheduler"), EVERYTHING)},
    {"kube-system-service-accounts", false,
     SCHEMA("workload-high", "900", BY("Namespace"), SYSTEM_ACCOUNTS, EVERYTHING)},
    {"service-accounts", false,
     SCHEMA("workload-low", "9000", BY("User"), GROUP("system:serviceaccounts"), EVERYTHING)},
    {"global-default", false, SCHEMA("global-default", "9900", BY("User"), EVERYBODY, EVERYTHING)},
};

const struct flow_default *flow_default_levels(size_t *n)
{
	*n = ARRAY_LEN(levels);
	return levels;
}

const struct flow_default *flow_default_schemas(size_t *n)
{
	*n = ARRAY_LEN(schemas);
	return schemas;
}

const struct flow_default *flow_default_find(bool level, const char *name)
{
	const struct flow_default *d = level ? levels : schemas;
	size_t n = level ? ARRAY_LEN(levels) : ARRAY_LEN(schemas);

	for (size_t i = 0; i < n; i++)
		if (streq(d[i].name, name))
			return &d[i];
	return NULL;
}

json_t *flow_default_spec(const struct flow_default *d)
{
	AUTO_FREE char *text = str_dup(d->spec);
	json_t *spec = NULL;

	for (char *p = text; p && *p; p++)
		if (*p == '\'')
			*p = '"';
	return text && !json_parse(text, strlen(text), &spec, NULL) ? spec : NULL;
}

static bool nothing(const json_t *v)
{
	return !v || json_is_null(v) || json_is_false(v) || (json_is_string(v) && !json_string_length(v)) ||
	       (json_is_array(v) && !json_array_size(v)) || (json_is_object(v) && !json_object_size(v));
}

bool flow_spec_equal(const json_t *a, const json_t *b)
{
	const char *key;
	json_t *v;

	if (nothing(a) || nothing(b))
		return nothing(a) && nothing(b);
	if (json_is_array(a) && json_is_array(b)) {
		bool same = json_array_size(a) == json_array_size(b);

		for (size_t i = 0; same && i < json_array_size(a); i++)
			same = flow_spec_equal(json_array_get(a, i), json_array_get(b, i)) &&
			       nothing(json_array_get(a, i)) == nothing(json_array_get(b, i));
		return same;
	}
	if (!json_is_object(a) || !json_is_object(b))
		return json_equal(a, b);
	json_object_foreach((json_t *)(uintptr_t)a, key,
			    v) if (!flow_spec_equal(v, json_object_get(b, key))) return false;
	json_object_foreach((json_t *)(uintptr_t)b, key, v) if (!json_object_get(a, key) && !nothing(v)) return false;
	return true;
}
