/* Validation of updates, of statuses, and of what Kubernetes looks at in an order of its own. */
#include "api/convert.h"
#include "api/cron.h"
#include "api/patch.h"
#include "tests/unit/api/validating.h"

#define LABEL                                                                                                          \
	"a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and "    \
	"end "                                                                                                         \
	"with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is "                 \
	"'[a-z0-9]([-a-z0-9]*[a-z0-9])?')"
#define SUBDOMAIN                                                                                                      \
	"a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must "     \
	"start "                                                                                                       \
	"and end with an alphanumeric character (e.g. 'example.com', regex used for validation is "                    \
	"'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"
#define IP          "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"
#define CONTAINERS  "'containers':[{'name':'a','image':'b','resources':{'requests':{'cpu':'500m'}}}]"
#define POD(status) "{'spec':{" CONTAINERS "},'status':{" status "}}"

static void status_of_pod(const char *status, const char *want)
{
	AUTO_FREE char *o = str_fmt(POD("%s"), status);
	expect("pods", o, POD("'qosClass':'Burstable'"), "status", want);
}

#define BURST "'qosClass':'Burstable'"

static void test_pod_status(void)
{
	status_of_pod(BURST ",'podIP':'10.0.0.1','podIPs':[{'ip':'10.0.0.1'},{'ip':'fd00::1'}],'nominatedNodeName':'n'",
		      "");
	status_of_pod("'qosClass':'Guaranteed'", "status.qosClass: Invalid value: \"Guaranteed\": field is immutable");
	status_of_pod(BURST ",'nominatedNodeName':'N'", "status.nominatedNodeName: Invalid value: \"N\": " SUBDOMAIN);
	status_of_pod(
	    BURST ",'observedGeneration':-1,'conditions':[{'type':'a b','status':'True','observedGeneration':-2}]",
	    "status.conditions[0].observedGeneration: Invalid value: -2: must be a non-negative integer\n"
	    "status.conditions[0].Type: Invalid value: \"a b\": name part must consist of alphanumeric characters, "
	    "'-', "
	    "'_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or "
	    "'123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')\n"
	    "status.observedGeneration: Invalid value: -1: must be a non-negative integer");
	status_of_pod(
	    BURST ",'podIPs':[{'ip':'10.0.0.1'},{'ip':'10.0.0.2'}]",
	    "status.podIPs: Invalid value: [{\"ip\":\"10.0.0.1\"},{\"ip\":\"10.0.0.2\"}]: may specify no more than one "
	    "IP for each IP family");
	status_of_pod(BURST ",'hostIP':'10.0.0.1','hostIPs':[{'ip':'10.0.0.2'},{'ip':'x'}]",
		      "status.hostIPs[0].ip: Invalid value: \"10.0.0.2\": must be equal to `hostIP`\n"
		      "status.hostIPs[1]: Invalid value: \"x\": " IP "\n"
		      "status.hostIPs: Internal error: failed to check for dual stack with error:invalid IP[1]: x\n"
		      "status.hostIPs: Invalid value: [{\"ip\":\"10.0.0.2\"},{\"ip\":\"x\"}]: may specify no more than "
		      "one IP for "
		      "each IP family");
	status_of_pod(BURST ",'containerStatuses':[{'name':'a','image':'b','imageID':'c','ready':true,'restartCount':0,"
			    "'user':{'linux':{'uid':-1,'gid':0,'supplementalGroups':[4294967296]}},"
			    "'allocatedResourcesStatus':[{'name':'cpu'},{'name':'memory'}]}]",
		      "status.containerStatuses[0].user.linux.uid: Invalid value: -1: must be between 0 and "
		      "2147483647, inclusive\n"
		      "status.containerStatuses[0].user.linux.supplementalGroups[0]: Invalid value: 4294967296: must "
		      "be between 0 "
		      "and 2147483647, inclusive\n"
		      "status.containerStatuses[0].allocatedResourcesStatus[1].name: Invalid value: \"memory\": must "
		      "match one of "
		      "the container's resource requests");
	status_of_pod(BURST ",'resourceClaimStatuses':[{'name':'r'}],'extendedResourceClaimStatus':{}",
		      "status.resourceClaimStatuses[0].name: Invalid value: \"r\": must match the name of an entry in "
		      "`spec.resourceClaims`\n"
		      "status.extendedResourceClaimStatus.requestMappings: Required value: at least one request "
		      "mapping is required\n"
		      "status.extendedResourceClaimStatus.resourceClaimName: Required value");
}

static void test_pod_update(void)
{
	static const char old[] =
	    "{'spec':{" CONTAINERS ",'activeDeadlineSeconds':5,'schedulingGates':[{'name':'g'}]}}";
	expect("pods", "{'spec':{" CONTAINERS ",'activeDeadlineSeconds':5}}", old, NULL, "");
	expect("pods", "{'spec':{" CONTAINERS ",'activeDeadlineSeconds':5,'schedulingGates':[{'name':'h'}]}}", old,
	       NULL,
	       "spec.schedulingGates[0].name: Forbidden: only deletion is allowed, but found new scheduling gate 'h'");
	expect("pods", "{'spec':{" CONTAINERS ",'activeDeadlineSeconds':-1}}", old, NULL,
	       "spec.activeDeadlineSeconds: Invalid value: -1: must be between 1 and 2147483647, inclusive\n"
	       "spec.activeDeadlineSeconds: Invalid value: -1: must be between 0 and 2147483647, inclusive");
	expect("pods", "{'spec':{" CONTAINERS "}}", old, NULL,
	       "spec.activeDeadlineSeconds: Invalid value: null: must not update from a positive integer to nil value");
	bad("pods", "{'spec':{" CONTAINERS ",'resources':{'requests':{'cpu':'10m'}}}}",
	    "spec.resources.requests[cpu]: Invalid value: \"10m\": must be greater than or equal to aggregate "
	    "container requests "
	    "of 500m");
	bad("pods", "{'spec':{" CONTAINERS ",'os':{'name':'windows'},'resources':{'requests':{'cpu':'1'}}}}",
	    "spec.resources: Forbidden: may not be set for a windows pod");
	good("pods", "{'spec':{" CONTAINERS ",'dnsConfig':{'searches':['_a.b.']}}}");
	bad("pods", "{'spec':{" CONTAINERS ",'securityContext':{'seLinuxChangePolicy':'MountOption'}}}",
	    "spec.securityContext.seLinuxChangePolicy: Unsupported value: \"MountOption\": supported values: "
	    "\"Recursive\"");
}

static void test_network(void)
{
	static const char svc[] =
	    "{'spec':{'type':'ClusterIP','clusterIP':'10.0.0.1','clusterIPs':['10.0.0.1'],'ipFamilies':['IPv4'],"
	    "'ports':[{'port':80}]}}";
	/* Addresses come first, and alone. */
	expect("services",
	       "{'spec':{'type':'ClusterIP','clusterIPs':['x'],'ipFamilies':['IPv4'],'ports':[{'port':0}]}}", NULL,
	       NULL,
	       "spec.clusterIPs: Invalid value: [\"x\"]: must be empty when `clusterIP` is not specified\n"
	       "spec.clusterIPs[0]: Invalid value: \"x\": " IP);
	expect("services",
	       "{'spec':{'type':'ClusterIP','clusterIP':'10.0.0.1','clusterIPs':['10.0.0.1'],'ipFamilies':['Odd'],"
	       "'ports':[{'port':80}]}}",
	       svc, NULL, "spec.ipFamilies[0]: Unsupported value: \"Odd\": supported values: \"IPv4\", \"IPv6\"");
	bad("services", "{'spec':{'type':'ExternalName','externalName':'a.b','ipFamilies':['IPv4']}}",
	    "spec.ipFamilies: Forbidden: may not be set for ExternalName services");
	bad("services", "{'spec':{'clusterIP':'None','clusterIPs':['None'],'internalTrafficPolicy':''}}",
	    "spec.internalTrafficPolicy: Unsupported value: \"\": supported values: \"Cluster\", \"Local\"");
	bad("ingresses", "{'spec':{'defaultBackend':{'service':{'name':'A','port':{'number':1}}}}}",
	    "spec.defaultBackend.service.name: Invalid value: \"A\": " LABEL);
	bad("endpoints", "{'subsets':[{'addresses':[{'ip':'010.1.2.3'}]}]}",
	    "subsets[0].addresses[0].ip: Invalid value: \"010.1.2.3\": must not have leading 0s");
	bad("servicecidrs", "{'spec':{'cidrs':['10.0.0.0/8','x']}}",
	    "spec.cidrs[1]: Invalid value: \"x\": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)");
	expect("ipaddresses", "{'metadata':{'name':'10.0.0.1'},'spec':{'parentRef':{'resource':'a/b','name':'x'}}}",
	       "{'metadata':{'name':'10.0.0.1'},'spec':{'parentRef':{'resource':'a','name':'x'}}}", NULL,
	       "spec.parentRef.resource: Invalid value: \"a/b\": may not contain '/'\n"
	       "spec.parentRef: Invalid value: {\"resource\":\"a/b\",\"name\":\"x\"}: field is immutable");
	expect("ingressclasses", "{'spec':{}}", "{'spec':{'controller':'a.b/c'}}", NULL,
	       "spec.controller: Invalid value: \"\": field is immutable\nspec.controller: Required value");
	bad("nodes", "{'status':{'declaredFeatures':['Good/part','bad']}}",
	    "status.declaredFeatures[1]: Invalid value: \"bad\": invalid feature name \"bad\": must start with an "
	    "UpperCamelCase "
	    "segment, with subsequent segments separated by '/' (e.g., MyFeature or MyFeature/mySubFeature), and "
	    "contain only "
	    "alphanumeric characters and slashes");
	bad("nodes", "{'spec':{'podCIDRs':['10.0.0.0/8','x']}}",
	    "spec.podCIDRs[1]: Invalid value: \"x\": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)\n"
	    "spec.podCIDRs: Internal error: invalid PodCIDRs. failed to check with dual stack with error:invalid "
	    "CIDR[1]: <nil> "
	    "(invalid CIDR address: x)\n"
	    "spec.podCIDRs: Invalid value: [\"10.0.0.0/8\",\"x\"]: may specify no more than one CIDR for each IP "
	    "family");
}

static void test_generate_name(void)
{
	static const char wrong[] = "{'metadata':{'name':'x','namespace':'default','generateName':'Bad-'}";
	AUTO_FREE char *lease = str_fmt("%s,'spec':{}}", wrong), *map = str_fmt("%s}", wrong);
	expect("leases", lease, "{'spec':{}}", NULL, "");
	expect("configmaps", map, "{}", NULL, "metadata.generateName: Invalid value: \"Bad-\": " SUBDOMAIN);
}

static void test_autoscaler(void)
{
	const struct api_resource *v1 = api_resource_find(reg, "autoscaling", "v1", "horizontalpodautoscalers"),
				  *v2 = api_resource_find(reg, "autoscaling", "v2", "horizontalpodautoscalers");
	AUTO_JSON json_t *o = parse_quoted(
	    "{'metadata':{'name':'x'},'spec':{'maxReplicas':3},'status':{'currentCPUUtilizationPercentage':40}}");
	static const char note[] =
	    "[{\"type\":\"Resource\",\"resource\":{\"name\":\"cpu\",\"currentAverageUtilization\":40,"
	    "\"currentAverageValue\":\"0\"}}]";
	CHECK(api_convert(v1, v2, o, NULL) == 0);
	CHECK(json_integer_value(json_dot(json_array_get(json_dot(o, "status.currentMetrics"), 0),
					  "resource.current.averageUtilization")) == 40);
	CHECK(api_convert(v2, v1, o, NULL) == 0);
	CHECK_STR(json_string_value(
		      json_at(o, "metadata", "annotations", "autoscaling.alpha.kubernetes.io/current-metrics", NULL)),
		  note);
	CHECK(json_integer_value(json_dot(o, "status.currentCPUUtilizationPercentage")) == 40);
	/* and back, by what the annotation says */
	CHECK(api_convert(v1, v2, o, NULL) == 0);
	CHECK_STR(json_str(json_array_get(json_dot(o, "status.currentMetrics"), 0), "resource.current.averageValue"),
		  "0");
	CHECK(!json_dot(o, "metadata.annotations"));
}

/* Whoever writes an object owns what is always there, as its blank or as null; nobody keeps a null. */
static void test_owned(void)
{
	const struct api_resource *slices = res("endpointslices"), *services = res("services");
	AUTO_JSON json_t *o = parse_quoted("{'addressType':'IPv4'}"),
			 *s = parse_quoted("{'status':{'conditions':[{'type':'A'}]}}");
	CHECK(api_fill_owned(slices->type, o) == 0 && json_is_null(json_object_get(o, "endpoints")) &&
	      json_is_null(json_object_get(o, "ports")));
	api_drop_unstored(slices->type, o);
	CHECK(!json_object_get(o, "endpoints"));
	CHECK(api_fill_owned(services->type, s) == 0);
	const json_t *c = json_array_get(json_dot(s, "status.conditions"), 0);
	CHECK_STR(json_str(c, "message"), "");
	CHECK(json_is_null(json_object_get(c, "lastTransitionTime")));
}

/* An element that stands twice is owned as a whole by who wrote it so, and no longer by its parts. */
static void test_twice(void)
{
	const struct api_resource *r = res("services");
	AUTO_JSON json_t *one = parse_quoted(
			     "{'metadata':{'name':'x'},'status':{'conditions':[{'type':'A','status':'True'}]}}"),
			 *two = parse_quoted(
			     "{'metadata':{'name':'x'},'status':{'conditions':[{'type':'A','status':'True'},{'"
			     "type':'A','status':'True'}]}}");
	struct err e = {0};
	CHECK(api_manage_update(r, NULL, one, "m", "status", "2026-01-01T00:00:00Z", &e) == 0);
	CHECK(json_object_set(json_object_get(two, "metadata"), "managedFields",
			      json_at(one, "metadata", "managedFields", NULL)) == 0);
	CHECK(api_manage_update(r, one, two, "m", "status", "2026-01-01T00:00:00Z", &e) == 0);
	const json_t *set = json_at(json_array_get(json_at(two, "metadata", "managedFields", NULL), 0), "fieldsV1",
				    "f:status", "f:conditions", "k:{\"type\":\"A\"}", NULL);
	CHECK(json_is_object(set) && json_object_size(set) == 0);
}

static void test_long_words(void)
{
	AUTO_JSON json_t *o =
	    parse_quoted("{'spec':{'affinity':{'podAntiAffinity':{'preferredDuringSchedulingIgnoredDuringExecution':[{"
			 "'podAffinityTerm':{'namespaceSelector':{'matchExpressions':[{'operator':['x']}]}}}]}}}}");
	struct buf words AUTO_BUF = {0};
	struct err e = {0};
	CHECK(api_check_types_told(res("pods")->type, o, &words, &e) == ERR_BAD_REQUEST);
	CHECK_STR(
	    words.data,
	    "json: cannot unmarshal array into Go struct field "
	    "LabelSelectorRequirement.spec.affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution."
	    "podAffinityTerm.namespaceSelector.matchExpressions.operator of type v1.LabelSelectorOperator");
	CHECK(cron_count(" a\tb  c ") == 3 && cron_count("") == 0);
}

int main(void)
{
	CHECK(api_registry_new(&reg, NULL) == 0);
	RUN(test_pod_status);
	RUN(test_pod_update);
	RUN(test_network);
	RUN(test_generate_name);
	RUN(test_autoscaler);
	RUN(test_owned);
	RUN(test_twice);
	RUN(test_long_words);
	(void)api_registry_unref(reg);
	return TEST_END();
}
