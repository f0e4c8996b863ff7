/* What happens to an object between decoding and validation: types, unknown fields, duplicates, defaults; and names. */
#include "api/resource.h"
#include "api/schema.h"
#include "base/json.h"
#include "base/str.h"
#include "tests/unit/json.h"
#include "tests/unit/test.h"

#define CORE "io.k8s.api.core.v1."

static void expect_error(const char *type, const char *text, const char *want)
{
	AUTO_JSON json_t *t = parse_quoted(text);
	struct err e = {0};
	CHECK(api_check_types(api_type_find(type), t, &e) == ERR_BAD_REQUEST);
	CHECK_STR(e.msg, want);
}

static void expect_ok(const char *type, const char *text)
{
	AUTO_JSON json_t *t = parse_quoted(text);
	struct err e = {0};
	CHECK(api_check_types(api_type_find(type), t, &e) == 0);
	CHECK_STR(e.msg, "");
}

static void test_check_types(void)
{
	expect_error(
	    CORE "Pod", "{'spec':{'containers':'x'}}",
	    "json: cannot unmarshal string into Go struct field PodSpec.spec.containers of type []v1.Container");
	expect_error("io.k8s.api.apps.v1.Deployment", "{'spec':{'replicas':'3'}}",
		     "json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32");
	expect_error(CORE "Pod", "{'metadata':{'labels':{'a':1}}}",
		     "json: cannot unmarshal number into Go struct field ObjectMeta.metadata.labels of type string");
	expect_error(CORE "Pod", "{'spec':{'containers':[{'ports':[{'containerPort':99999999999}]}]}}",
		     "json: cannot unmarshal number 99999999999 into Go struct field "
		     "ContainerPort.spec.containers.ports.containerPort of type int32");
	expect_error(
	    CORE "Pod", "{'metadata':{'creationTimestamp':'yesterday'}}",
	    "parsing time \"yesterday\" as \"2006-01-02T15:04:05Z07:00\": cannot parse \"yesterday\" as \"2006\"");
	expect_error(CORE "Secret", "{'data':{'a':'!'}}", "illegal base64 data at input byte 0");
	expect_error(CORE "Pod", "[]", "json: cannot unmarshal array into Go value of type v1.Pod");
	expect_error(CORE "Pod", "{'spec':{'containers':[{'resources':{'limits':{'cpu':'fast'}}}]}}",
		     "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'");
	expect_error(CORE "Service", "{'spec':{'ports':[{'port':80,'targetPort':{}}]}}",
		     "json: cannot unmarshal object into Go struct field ServicePort.spec.ports.targetPort of type int32");
	expect_ok(CORE "Pod", "{'metadata':{'creationTimestamp':null,'labels':null},'spec':{'containers':[{'name':'a','"
			      "resources':{'limits':"
			      "{'cpu':0.5,'memory':'1Gi'}}}]}}");
	expect_ok(CORE "Service", "{'spec':{'ports':[{'port':80,'targetPort':'http'},{'targetPort':1}]}}");
	expect_ok("io.k8s.api.apps.v1.ControllerRevision", "{'data':{'any':[1,'x']},'revision':1}");
}

static void test_prune(void)
{
	AUTO_JSON json_t *t =
	    parse_quoted("{'apiVersion':'v1','kind':'Pod','metadata':{'name':'a','creationTimestamp':null,'bad':1,'labels':{'x'"
		 ":null}},"
		 "'spec':{'foo':{'x':1},'nodeSelector':{'a':'b'},'containers':[{'name':'c'},{'name':'d','imagee':'x',"
		 "'ports':[{'port':1}]}]},'top':[]}");
	AUTO_JSON json_t *unknown = json_array();
	CHECK(api_prune(api_type_find(CORE "Pod"), t, unknown) == 0);
	static const char *const want[] = {"metadata.bad", "spec.foo", "spec.containers[1].imagee",
					   "spec.containers[1].ports[0].port", "top"};
	CHECK(json_array_size(unknown) == ARRAY_LEN(want));
	for (size_t i = 0; i < ARRAY_LEN(want) && i < json_array_size(unknown); i++)
		CHECK_STR(json_string_value(json_array_get(unknown, i)), want[i]);
	CHECK(json_dot(t, "spec.foo") == NULL && json_dot(t, "metadata.creationTimestamp") == NULL);
	CHECK_STR(json_str(t, "metadata.labels.x"), "");
	CHECK_STR(json_str(t, "spec.nodeSelector.a"), "b");
	CHECK(api_prune(api_type_find(CORE "Pod"), t, NULL) == 0);
}

/* What is empty goes where Go leaves it out; pointers, structs, what is always there and wrong types stay. */
static void test_prune_empty(void)
{
	AUTO_JSON json_t *t =
	    parse_quoted("{'metadata':{'labels':{},'annotations':{'a':''},'finalizers':[],'managedFields':[]},'spec':{'hostNetwork':false,'nodeName':'',"
		 "'tolerations':[],'priority':0,'enableServiceLinks':false,'securityContext':{},'hostPID':0,'hostname':false,'containers':[{'name':"
		 "'','image':'','args':[''],'tty':false,'ports':[{'containerPort':0,'hostPort':0}],'env':[{'name':'A','value':''}]}]}}");
	AUTO_JSON json_t *want =
	    parse_quoted("{'metadata':{'annotations':{'a':''},'managedFields':[]},'spec':{'priority':0,'enableServiceLinks':false,'securityContext':{},"
		 "'hostPID':0,'hostname':false,'containers':[{'name':'','args':[''],'ports':[{'containerPort':0}],'env':[{'name':'A'}]}]}}");
	CHECK(api_prune(api_type_find(CORE "Pod"), t, NULL) == 0);
	CHECK(json_equal(t, want));
	AUTO_JSON json_t *rc = parse_quoted("{'spec':{'replicas':0,'minReadySeconds':0},'status':{'replicas':0,'readyReplicas':0,'conditions':[]}}");
	AUTO_JSON json_t *want_rc = parse_quoted("{'spec':{'replicas':0},'status':{'replicas':0}}");
	CHECK(api_prune(api_type_find(CORE "ReplicationController"), rc, NULL) == 0);
	CHECK(json_equal(rc, want_rc));
}

static void test_duplicates(void)
{
	const char *text = "{\"spec\":{\"a\":1,\"b\":{\"x\":1},\"a\":2,\"a\":3,\"l\":[{\"n\":1},{\"n\":1,\"\\u006e\":"
			   "\"}\\\"{\"}]},\"kind\":\"x\",\"k\":[]}";
	AUTO_JSON json_t *d = json_array();
	CHECK(api_find_duplicates(text, strlen(text), d) == 0);
	CHECK(json_array_size(d) == 2);
	CHECK_STR(json_string_value(json_array_get(d, 0)), "spec.l[1].n");
	CHECK_STR(json_string_value(json_array_get(d, 1)), "spec.a");
	/* hostile texts end, whatever they are */
	static const char *const bad[] = {"",     "{",        "{\"a",      "{\"a\\", "{\"a\":", "[",   "[1",
					  "[[[[", "{\"a\":}", "{\"a\" 1}", "]",      "\"\\",    "{,,", "nul"};
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		CHECK(api_find_duplicates(bad[i], strlen(bad[i]), d) == 0);
	char deep[1000];
	memset(deep, '[', sizeof deep);
	CHECK(api_find_duplicates(deep, sizeof deep, d) == 0);
	CHECK(json_array_size(d) == 2);
}

static void expect_default(const char *type, const char *in, const char *want)
{
	AUTO_JSON json_t *t = parse_quoted(in), *w = parse_quoted(want);
	CHECK(api_default(api_type_find(type), t) == 0);
	if (!json_equal(t, w)) {
		char *got = json_dumps(t, JSON_SORT_KEYS), *exp = json_dumps(w, JSON_SORT_KEYS);
		fprintf(stderr, "got  %s\nwant %s\n", got, exp);
		free(got);
		free(exp);
	}
	CHECK(json_equal(t, w));
	AUTO_JSON json_t *again = json_deep_copy(t);
	CHECK(api_default(api_type_find(type), again) == 0);
	CHECK(json_equal(t, again)); /* a second time changes nothing */
}

#define CONTAINER_DEFAULTS "'terminationMessagePath':'/dev/termination-log','terminationMessagePolicy':'File'"
#define POD_SPEC_DEFAULTS                                                                                              \
	"'restartPolicy':'Always','dnsPolicy':'ClusterFirst','securityContext':{},'terminationGracePeriodSeconds':30," \
	"'schedulerName':'default-scheduler'"

static void test_defaults(void)
{
	expect_default(
	    CORE "Pod",
	    "{'spec':{'serviceAccountName':'sa','volumes':[{'name':'v'},{'name':'c','configMap':{'name':'x'}}],'"
	    "containers':[{'image':'nginx',"
	    "'ports':[{'containerPort':80}],'livenessProbe':{'httpGet':{'port':80},'timeoutSeconds':0},"
	    "'env':[{'name':'A','valueFrom':{'fieldRef':{'fieldPath':'x'}}}],"
	    "'resources':{'limits':{'cpu':0.5,'memory':'1024Mi'},'requests':{'cpu':'100m'}}}]}}",
	    "{'status':{},'spec':{" POD_SPEC_DEFAULTS
	    ",'enableServiceLinks':true,'serviceAccountName':'sa','serviceAccount':'sa',"
	    "'volumes':[{'name':'v','emptyDir':{}},{'name':'c','configMap':{'name':'x','defaultMode':420}}],"
	    "'containers':[{'image':'nginx','imagePullPolicy':'Always'," CONTAINER_DEFAULTS
	    ",'ports':[{'containerPort':80,'protocol':'TCP'}],"
	    "'livenessProbe':{'httpGet':{'port':80,'path':'/"
	    "','scheme':'HTTP'},'timeoutSeconds':1,'periodSeconds':10,'successThreshold':1,"
	    "'failureThreshold':3},'env':[{'name':'A','valueFrom':{'fieldRef':{'fieldPath':'x','apiVersion':'v1'}}}],"
	    "'resources':{'limits':{'cpu':'500m','memory':'1Gi'},'requests':{'cpu':'100m','memory':'1Gi'}}}]}}");
	expect_default(
	    CORE "Pod",
	    "{'spec':{'hostNetwork':true,'containers':[{'image':'reg:5000/a/b:1.2','ports':[{'containerPort':80}]}]}}",
	    "{'status':{},'spec':{" POD_SPEC_DEFAULTS ",'enableServiceLinks':true,'hostNetwork':true,"
	    "'containers':[{'image':'reg:5000/a/b:1.2','imagePullPolicy':'IfNotPresent'," CONTAINER_DEFAULTS
	    ",'resources':{},"
	    "'ports':[{'containerPort':80,'hostPort':80,'protocol':'TCP'}]}]}}");
	expect_default("io.k8s.api.apps.v1.Deployment",
		       "{'spec':{'replicas':0,'template':{'spec':{'containers':[{'image':'a@sha256:b'}]}}}}",
		       "{'status':{},'spec':{'replicas':0,'revisionHistoryLimit':10,'progressDeadlineSeconds':600,'"
		       "strategy':{'type':'RollingUpdate',"
		       "'rollingUpdate':{'maxSurge':'25%','maxUnavailable':'25%'}},'template':{'metadata':{},'spec':"
		       "{" POD_SPEC_DEFAULTS
		       ",'containers':[{'image':'a@sha256:b','imagePullPolicy':'IfNotPresent'," CONTAINER_DEFAULTS
		       ",'resources':{}}]}}}}");
	expect_default("io.k8s.api.apps.v1.Deployment", "{'spec':{'strategy':{'type':'Recreate'}}}",
		       "{'status':{},'spec':{'replicas':1,'revisionHistoryLimit':10,'progressDeadlineSeconds':600,'"
		       "strategy':{'type':'Recreate'}}}");
	expect_default(CORE "Service", "{'spec':{'ports':[{'port':80},{'port':81,'targetPort':'x','protocol':'UDP'}]}}",
		       "{'status':{'loadBalancer':{}},'spec':{'type':'ClusterIP','sessionAffinity':'None','"
		       "internalTrafficPolicy':'Cluster','ports':["
		       "{'port':80,'targetPort':80,'protocol':'TCP'},{'port':81,'targetPort':'x','protocol':'UDP'}]}}");
	expect_default(CORE "Service", "{'spec':{'type':'LoadBalancer','sessionAffinity':'ClientIP'}}",
		       "{'status':{'loadBalancer':{}},'spec':{'type':'LoadBalancer','sessionAffinity':'ClientIP','"
		       "sessionAffinityConfig':{'clientIP':"
		       "{'timeoutSeconds':10800}},'externalTrafficPolicy':'Cluster','internalTrafficPolicy':'Cluster','"
		       "allocateLoadBalancerNodePorts':true}}");
	expect_default(CORE "Namespace", "{'metadata':{'name':'x'}}",
		       "{'metadata':{'name':'x','labels':{'kubernetes.io/"
		       "metadata.name':'x'}},'spec':{},'status':{'phase':'Active'}}");
	expect_default(CORE "Namespace",
		       "{'metadata':{'name':'x','deletionTimestamp':'2026-01-01T00:00:00Z'},'spec':{},'status':{'phase'"
		       ":'Terminating'}}",
		       "{'metadata':{'name':'x','deletionTimestamp':'2026-01-01T00:00:00Z','labels':{'kubernetes.io/"
		       "metadata.name':'x'}},'spec':{},"
		       "'status':{'phase':'Terminating'}}");
	expect_default(
	    "io.k8s.api.batch.v1.Job",
	    "{'metadata':{},'spec':{'template':{'metadata':{'labels':{'a':'b'}},'spec':{}}}}",
	    "{'metadata':{'labels':{'a':'b'}},'status':{},'spec':{'completions':1,'parallelism':1,'backoffLimit':6,'"
	    "suspend':false,"
	    "'manualSelector':false,'completionMode':'NonIndexed','podReplacementPolicy':'TerminatingOrFailed',"
	    "'template':{'metadata':{'labels':{'a':'b'}},'spec':{" POD_SPEC_DEFAULTS "}}}}");
	expect_default("io.k8s.api.rbac.v1.RoleBinding",
		       "{'roleRef':{'kind':'Role','name':'x'},'subjects':[{'kind':'User','name':'u'},{'kind':'"
		       "ServiceAccount','name':'s'}]}",
		       "{'roleRef':{'kind':'Role','name':'x','apiGroup':'rbac.authorization.k8s.io'},'subjects':[{'"
		       "kind':'User','name':'u',"
		       "'apiGroup':'rbac.authorization.k8s.io'},{'kind':'ServiceAccount','name':'s'}]}");
	expect_default("io.k8s.api.networking.v1.NetworkPolicy", "{'spec':{'egress':[{'ports':[{'port':53}]}]}}",
		       "{'spec':{'podSelector':{},'policyTypes':['Ingress','Egress'],'egress':[{'ports':[{'port':53,'"
		       "protocol':'TCP'}]}]}}");
	expect_default(CORE "Secret", "{}", "{'type':'Opaque'}");
	/* What is empty and no pointer is as good as absent; a pointer to what is empty is something. */
	expect_default("io.k8s.api.rbac.v1.RoleBinding", "{'roleRef':{'apiGroup':'','kind':'Role','name':'r'}}",
		       "{'roleRef':{'apiGroup':'rbac.authorization.k8s.io','kind':'Role','name':'r'}}");
	expect_default(CORE "PersistentVolumeClaimSpec", "{'volumeMode':'','resources':{}}",
		       "{'volumeMode':'','resources':{}}");
	expect_default(CORE "LimitRange", "{'spec':{'limits':[{'type':'Container','max':{'cpu':'2000m'}}]}}",
		       "{'spec':{'limits':[{'type':'Container','max':{'cpu':'2'},'default':{'cpu':'2'},'defaultRequest'"
		       ":{'cpu':'2'}}]}}");
	expect_default("io.k8s.api.discovery.v1.EndpointSlice",
		       "{'ports':[{'port':1}],'endpoints':[{'addresses':['1.2.3.4']}]}",
		       "{'ports':[{'port':1,'name':'','protocol':'TCP'}],'endpoints':[{'addresses':['1.2.3.4'],'"
		       "conditions':{}}]}");
	expect_default(CORE "Pod",
		       "{'metadata':{'deletionTimestamp':'2026-01-01T02:00:00+02:00'},'status':{'startTime':null}}",
		       "{'metadata':{'deletionTimestamp':'2026-01-01T00:00:00Z'},'status':{'startTime':null}}");
}

static void test_custom(void)
{
	struct api_registry *reg = NULL, *with = NULL;
	AUTO_JSON json_t *crd =
	    parse_quoted("{'metadata':{'name':'ws.x.io'},'spec':{'group':'x.io','scope':'Cluster','names':{'plural':'ws','kind'"
		 ":'W'},'versions':[{'name':'v1',"
		 "'served':true,'storage':true,'schema':{'openAPIV3Schema':{'type':'object','properties':{'spec':{'"
		 "type':'object','default':{},"
		 "'properties':{'n':{'type':'integer','default':3},'s':{'type':'string','nullable':true,'default':'x'},"
		 "'w':{'type':'string'},'l':{'type':'array','items':{'type':'string'}},'o':{'type':'string','nullable':true},"
		 "'m':{'type':'object','additionalProperties':{'type':'string'}},"
		 "'free':{'type':'object',"
		 "'x-kubernetes-preserve-unknown-fields':true,'properties':{'k':{'type':'object'}}},"
		 "'list':{'type':'array','items':{'type':'object','properties':{'a':{'type':'boolean','default':true}}}"
		 "}}}}}}}]}}");
	CHECK(api_registry_new(&reg, NULL) == 0);
	CHECK(api_registry_with_crd(&with, reg, crd, NULL) == 0);
	const struct api_type *t = api_resource_find(with, "x.io", "v1", "ws")->type;
	AUTO_JSON json_t *o = parse_quoted("{'apiVersion':'x.io/v1','metadata':{'name':'a','bad':1},'junk':1}");
	AUTO_JSON json_t *unknown = json_array();
	CHECK(api_prune(t, o, unknown) == 0 && json_array_size(unknown) == 2);
	CHECK(api_default(t, o) == 0);
	AUTO_JSON json_t *want = parse_quoted("{'apiVersion':'x.io/v1','metadata':{'name':'a'},'spec':{'n':3,'s':'x'}}");
	CHECK(json_equal(o, want));
	AUTO_JSON json_t *o2 = parse_quoted("{'metadata':{},'spec':{'n':null,'s':null,'list':[{},{'a':false,'b':1}],'free':{'q'"
				    ":{'r':null},'k':{'z':1}}}}");
	CHECK(api_prune(t, o2, NULL) == 0 && api_default(t, o2) == 0);
	AUTO_JSON json_t *want2 = parse_quoted(
	    "{'metadata':{},'spec':{'n':3,'s':null,'list':[{'a':true},{'a':false}],'free':{'q':{'r':null},'k':{}}}}");
	CHECK(json_equal(o2, want2));
	AUTO_JSON json_t *o4 = parse_quoted("{'metadata':{},'spec':{'n':1,'s':'','w':null,'l':null,'o':null,'m':{'a':null,'b':'c'},"
					    "'free':{'k':null,'q':null},'list':[null]}}");
	AUTO_JSON json_t *want4 = parse_quoted("{'metadata':{},'spec':{'n':1,'s':'','o':null,'m':{'b':'c'},'free':{'q':null},'list':[null]}}");
	CHECK(api_prune(t, o4, NULL) == 0 && api_default(t, o4) == 0 && json_equal(o4, want4));
	struct err e = {0};
	AUTO_JSON json_t *o3 = parse_quoted("{'metadata':{'labels':[]},'spec':{'n':'x'}}");
	CHECK(api_check_types(t, o3, &e) == ERR_BAD_REQUEST);
	(void)api_registry_unref(with);
	(void)api_registry_unref(reg);
}

static void test_names(void)
{
	CHECK(!api_check_dns1123_label("a-b1") && api_check_dns1123_label("-a") && api_check_dns1123_label("A") &&
	      api_check_dns1123_label(""));
	CHECK(!api_check_dns1123_subdomain("a.b-c.9") && api_check_dns1123_subdomain("a..b") &&
	      api_check_dns1123_subdomain(".a"));
	CHECK(!api_check_dns1035_label("a1") && api_check_dns1035_label("1a"));
	CHECK(api_node_may_label("disk") && api_node_may_label("example.com/disk") && api_node_may_label("kubernetes.io/hostname") &&
	      api_node_may_label("node.kubernetes.io/instance-type") && api_node_may_label("a.kubelet.kubernetes.io/b") &&
	      api_node_may_label("notkubernetes.io/x"));
	CHECK(!api_node_may_label("node-restriction.kubernetes.io/x") && !api_node_may_label("a.node-restriction.kubernetes.io/x") &&
	      !api_node_may_label("node-role.kubernetes.io/worker") && !api_node_may_label("kubernetes.io/x") && !api_node_may_label("a.k8s.io/x"));
	CHECK(!api_check_label_key("app") && !api_check_label_key("app.kubernetes.io/Name_x") &&
	      api_check_label_key("a/b/c") && api_check_label_key("/x") && api_check_label_key("x/") &&
	      api_check_label_key("UP/x") && api_check_label_key("") && api_check_label_key("-x"));
	CHECK(!api_check_label_value("") && !api_check_label_value("A.b_c-1") && api_check_label_value("a b") &&
	      api_check_label_value("-a"));
	char longname[300];
	memset(longname, 'a', sizeof longname);
	longname[64] = 0;
	CHECK_STR(api_check_dns1123_label(longname), "must be no more than 63 characters");
	CHECK(api_check_label_value(longname) && api_check_label_key(longname));
	longname[63] = 0;
	CHECK(!api_check_dns1123_label(longname) && !api_check_label_value(longname));
}

static void test_causes(void)
{
	struct api_causes c AUTO_CAUSES = {0};
	static const char *const modes[] = {"A", "B", NULL};
	AUTO_JSON json_t *bad = json_string("x\"y"), *num = json_integer(7);
	api_invalid(&c, "a.b", bad, "must be good");
	api_invalid(&c, "a", num, "");
	api_required(&c, "r", "");
	api_required(&c, "r", "the reason"); /* who knows more is heard, once */
	api_required(&c, "r", "again");
	api_required(&c, "r", "");
	api_required(&c, "r2", "why");
	api_not_supported(&c, "m", "Z", modes);
	api_forbidden(&c, "f", "no");
	api_duplicate(&c, "d", bad);
	static const char *const want[] = {"Invalid value: \"x\\\"y\": must be good",
					   "Invalid value: 7",
					   "Required value: the reason",
					   "Required value: why",
					   "Unsupported value: \"Z\": supported values: \"A\", \"B\"",
					   "Forbidden: no",
					   "Duplicate value: \"x\\\"y\""};
	CHECK(c.n == ARRAY_LEN(want));
	for (size_t i = 0; i < c.n && i < ARRAY_LEN(want); i++)
		CHECK_STR(c.v[i].message, want[i]);
	for (int i = 0; i < 1000; i++) {
		char field[16];
		(void)snprintf(field, sizeof field, "f%d", i);
		api_required(&c, field, "");
	}
	CHECK(c.n == 200 && !c.oom);
}

int main(void)
{
	RUN(test_check_types);
	RUN(test_prune);
	RUN(test_prune_empty);
	RUN(test_duplicates);
	RUN(test_defaults);
	RUN(test_custom);
	RUN(test_names);
	RUN(test_causes);
	return TEST_END();
}
