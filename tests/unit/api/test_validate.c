/* Validation: good objects pass, and each bad one is told what is wrong with it in Kubernetes' words. */
#include "api/regex.h"
#include "tests/unit/api/validating.h"

#define NAME_WORDS                                                                                                     \
	"name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an "          \
	"alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is "           \
	"'([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')"
#define POD(extra)  "{'spec':{'containers':[{'name':'a','image':'b'" extra "}]}}"
#define SPEC(extra) "{'spec':{'containers':[{'name':'a','image':'b'}]" extra "}}"

static void test_metadata(void)
{
	good("configmaps", "{'metadata':{'name':'a.b','namespace':'n','labels':{'a/b':'c'},'annotations':{'X/"
			   "y':'z'},'finalizers':['a.io/x']}}");
	bad("configmaps", "{'metadata':{'namespace':'n'}}",
	    "metadata.name: Required value: name or generateName is required");
	good("configmaps", "{'metadata':{'generateName':'a-','namespace':'n'}}");
	bad("configmaps", "{'metadata':{'name':'A','namespace':'n'}}",
	    "metadata.name: Invalid value: \"A\": a lowercase RFC 1123 subdomain must consist of lower case "
	    "alphanumeric characters, '-' or '.', "
	    "and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is "
	    "'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')");
	bad("configmaps", "{'metadata':{'name':'a'}}", "metadata.namespace: Required value");
	bad("persistentvolumes",
	    "{'metadata':{'name':'a','namespace':'n'},'spec':{'capacity':{'storage':'1Gi'},'accessModes':['"
	    "ReadWriteOnce'],'hostPath':{'path':'/x'}}}",
	    "metadata.namespace: Forbidden: not allowed on this type");
	bad("configmaps",
	    "{'metadata':{'name':'a','namespace':'n','finalizers':['x'],'ownerReferences':[{'kind':'A','name':'b','uid'"
	    ":'u'}]}}",
	    "metadata.ownerReferences.apiVersion: Invalid value: \"\": version must not be empty\n"
	    "metadata.finalizers[0]: Invalid value: \"x\": name is neither a standard finalizer name nor is it fully "
	    "qualified");
	expect("configmaps", "{'metadata':{'name':'a','namespace':'n','uid':'2'}}",
	       "{'metadata':{'name':'a','namespace':'n','uid':'1'}}", NULL,
	       "metadata.uid: Invalid value: \"2\": field is immutable");
	expect(
	    "configmaps",
	    "{'metadata':{'name':'a','namespace':'n','deletionTimestamp':'2026-01-01T00:00:00Z','finalizers':['a/b','c/"
	    "d']}}",
	    "{'metadata':{'name':'a','namespace':'n','deletionTimestamp':'2026-01-01T00:00:00Z','finalizers':['a/b']}}",
	    NULL,
	    "metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted, found new "
	    "finalizers []string{\"c/d\"}");
	good("clusterroles", "{'metadata':{'name':'system:node'},'rules':[]}");
}

static void test_pod(void)
{
	good("pods", POD(""));
	bad("pods", "{'spec':{'containers':[]}}", "spec.containers: Required value");
	bad("pods", "{'spec':{'containers':[{'name':'a'},{'name':'a','image':'b'}]}}",
	    "spec.containers[0].image: Required value\nspec.containers[1].name: Duplicate value: \"a\"");
	bad("pods", POD(",'imagePullPolicy':'x'"),
	    "spec.containers[0].imagePullPolicy: Unsupported value: \"x\": supported values: \"Always\", "
	    "\"IfNotPresent\", \"Never\"");
	bad("pods",
	    POD(",'ports':[{'containerPort':0},{'containerPort':70000,'name':'UP'},{'containerPort':1,'protocol':'X'}"
		"]"),
	    "spec.containers[0].ports[0].containerPort: Required value\n"
	    "spec.containers[0].ports[1].name: Invalid value: \"UP\": must contain only alpha-numeric characters (a-z, "
	    "0-9), and hyphens (-)\n"
	    "spec.containers[0].ports[1].name: Invalid value: \"UP\": must contain at least one letter (a-z)\n"
	    "spec.containers[0].ports[1].containerPort: Invalid value: 70000: must be between 1 and 65535, inclusive\n"
	    "spec.containers[0].ports[2].protocol: Unsupported value: \"X\": supported values: \"SCTP\", \"TCP\", "
	    "\"UDP\"");
	bad("pods", POD(",'volumeMounts':[{'name':'v','mountPath':'/a'}]"),
	    "spec.containers[0].volumeMounts[0].name: Not found: \"v\"");
	good("pods",
	     "{'spec':{'volumes':[{'name':'v'},{'name':'w','configMap':{'name':'c','items':[{'key':'k','path':'p'}]}}],"
	     "'containers':[{'name':'a','image':'b','volumeMounts':[{'name':'v','mountPath':'/"
	     "a'},{'name':'w','mountPath':'/b','subPath':'x'}]}]}}");
	bad("pods",
	    "{'spec':{'volumes':[{'name':'v','emptyDir':{},'hostPath':{'path':'/"
	    "x'}},{'name':'v','secret':{}},{'name':'p','hostPath':{'path':'/a/../b','type':'Z'}}],"
	    "'containers':[{'name':'a','image':'b','volumeMounts':[{'name':'v','mountPath':'/"
	    "a'},{'name':'v','mountPath':'/a','subPath':'../x'}]}]}}",
	    "spec.volumes[0].hostPath: Forbidden: may not specify more than 1 volume type\n"
	    "spec.volumes[1].secret.secretName: Required value\n"
	    "spec.volumes[2].hostPath.path: Invalid value: \"/a/../b\": must not contain '..'\n"
	    "spec.volumes[2].hostPath.type: Unsupported value: \"Z\": supported values: \"\", \"BlockDevice\", "
	    "\"CharDevice\", \"Directory\", "
	    "\"DirectoryOrCreate\", \"File\", \"FileOrCreate\", \"Socket\"\n"
	    "spec.containers[0].volumeMounts[0].name: Not found: \"v\"\n"
	    "spec.containers[0].volumeMounts[1].name: Not found: \"v\"\n"
	    "spec.containers[0].volumeMounts[1].mountPath: Invalid value: \"/a\": must be unique\n"
	    "spec.containers[0].volumeMounts.subPath: Invalid value: \"../x\": must not contain '..'");
	bad("pods", POD(",'resources':{'limits':{'cpu':'1','foo':'1'},'requests':{'cpu':'2','memory':'-1'}}"),
	    "spec.containers[0].resources.limits[foo]: Invalid value: \"foo\": must be a standard resource type or "
	    "fully "
	    "qualified\n"
	    "spec.containers[0].resources.limits[foo]: Invalid value: \"foo\": must be a standard resource for "
	    "containers\n"
	    "spec.containers[0].resources.requests: Invalid value: \"2\": must be less than or equal to cpu limit of "
	    "1\n"
	    "spec.containers[0].resources.requests[memory]: Invalid value: \"-1\": must be greater than or equal to 0\n"
	    "spec.containers[0].resources.requests[foo]: Invalid value: \"foo\": must be a standard resource type or "
	    "fully "
	    "qualified\n"
	    "spec.containers[0].resources.requests[foo]: Invalid value: \"foo\": must be a standard resource for "
	    "containers");
	bad("pods", POD(",'livenessProbe':{'successThreshold':2,'httpGet':{'port':0}},'readinessProbe':{}"),
	    "spec.containers[0].livenessProbe.httpGet.port: Invalid value: 0: must be between 1 and 65535, inclusive\n"
	    "spec.containers[0].livenessProbe.successThreshold: Invalid value: 2: must be 1\n"
	    "spec.containers[0].readinessProbe: Required value: must specify a handler type");
	bad("pods",
	    POD(",'env':[{'name':'A=B'},{'name':'C','valueFrom':{}},{'name':'D','value':'x','valueFrom':{'fieldRef':{'"
		"fieldPath':'metadata.name'}}}]"),
	    "spec.containers[0].env[0].name: Invalid value: \"A=B\": a valid environment variable name must consist "
	    "only of printable ASCII characters other than '='\n"
	    "spec.containers[0].env[1].valueFrom: Invalid value: \"\": must specify one of: `fieldRef`, "
	    "`resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`\n"
	    "spec.containers[0].env[2].valueFrom: Invalid value: \"\": may not be specified when `value` is not empty");
	bad("pods", SPEC(",'restartPolicy':'x','terminationGracePeriodSeconds':-1,'activeDeadlineSeconds':0"),
	    "spec.restartPolicy: Unsupported value: \"x\": supported values: \"Always\", \"OnFailure\", \"Never\"\n"
	    "spec.activeDeadlineSeconds: Invalid value: 0: must be between 1 and 2147483647, inclusive");
	bad("pods",
	    SPEC(",'tolerations':[{'operator':'Exists','value':'x'},{'key':'k','effect':'E'}],'nodeSelector':{'a "
		 "b':'c'}"),
	    "spec.nodeSelector: Invalid value: \"a b\": " NAME_WORDS "\n"
	    "spec.tolerations[0].operator: Invalid value: \"x\": value must be empty when `operator` is 'Exists'\n"
	    "spec.tolerations[1].effect: Unsupported value: \"E\": supported values: \"NoSchedule\", "
	    "\"PreferNoSchedule\", \"NoExecute\"");
	bad("pods",
	    "{'spec':{'initContainers':[{'name':'a','image':'b','readinessProbe':{'exec':{'command':['x']}}}],'"
	    "containers':[{'name':'a','image':'b'}]}}",
	    "spec.initContainers[0].name: Duplicate value: \"a\"\n"
	    "spec.initContainers[0].readinessProbe: Forbidden: may not be set for init containers without "
	    "restartPolicy=Always");
	bad("pods",
	    "{'spec':{'hostNetwork':true,'containers':[{'name':'a','image':'b','ports':[{'containerPort':80,'hostPort':"
	    "81}]},"
	    "{'name':'b','image':'b','ports':[{'containerPort':81}]}]}}",
	    "spec.containers[1].ports[0].hostPort: Duplicate value: \"TCP//81\"\n"
	    "spec.containers[0].ports[0].hostPort: Invalid value: 81: must match `containerPort` when `hostNetwork` is "
	    "true");
	good("pods", SPEC(",'affinity':{'nodeAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':{'"
			  "nodeSelectorTerms':[{'matchExpressions':"
			  "[{'key':'a','operator':'In','values':['b']}]}]}},'podAntiAffinity':{'"
			  "preferredDuringSchedulingIgnoredDuringExecution':"
			  "[{'weight':1,'podAffinityTerm':{'topologyKey':'kubernetes.io/"
			  "hostname','labelSelector':{'matchLabels':{'a':'b'}}}}]}}"));
	bad("pods",
	    SPEC(",'affinity':{'podAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':[{'topologyKey':'','"
		 "labelSelector':"
		 "{'matchExpressions':[{'key':'a','operator':'In'}]}}]}}"),
	    "spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].labelSelector."
	    "matchExpressions[0].values: Required value: must be "
	    "specified when `operator` is 'In' or 'NotIn'\n"
	    "spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].topologyKey: Required value: "
	    "can not be empty\n"
	    "spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].topologyKey: Invalid value: "
	    "\"\": name part must be non-empty\n"
	    "spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].topologyKey: Invalid value: "
	    "\"\": " NAME_WORDS);
}

#define FIXED                                                                                                          \
	"spec: Forbidden: pod updates may not change fields other than "                                               \
	"`spec.containers[*].image`,`spec.initContainers[*].image`,"                                                   \
	"`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),"                    \
	"`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)"

static void test_sysctls(void)
{
	good("pods", SPEC(",'securityContext':{'sysctls':[{'name':'net.ipv4.ip_forward','value':'1'},{'name':'a/"
			  "b-c.d_e','value':'x'}]}"));
#define SYSCTL_WORDS                                                                                                   \
	": must have at most 253 characters and match regex "                                                          \
	"^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$"
	bad("pods", SPEC(",'securityContext':{'sysctls':[{'name':'foo-','value':''},{'name':'bar..','value':''}]}"),
	    "spec.securityContext.sysctls[0].name: Invalid value: \"foo-\"" SYSCTL_WORDS "\n"
	    "spec.securityContext.sysctls[1].name: Invalid value: \"bar..\"" SYSCTL_WORDS);
}

static void test_pod_update(void)
{
	expect("pods",
	       "{'spec':{'containers':[{'name':'a','image':'c','imagePullPolicy':'Always'}],'tolerations':[{'operator':"
	       "'Exists'}]}}",
	       "{'spec':{'containers':[{'name':'a','image':'b','imagePullPolicy':'Always'}]}}", NULL, "");
	expect("pods", POD(",'command':['x']"), POD(""), NULL, FIXED);
	expect("pods", SPEC(",'nodeName':'n'"), POD(""), NULL, FIXED);
	expect("pods", SPEC(",'nodeName':'n'"), POD(""), "binding", "");
	expect("pods", SPEC(",'nodeName':'n'"), POD(""), "status", "");
	expect("pods", "{'spec':{'containers':[{'name':'a','image':'b'},{'name':'c','image':'b'}]}}", POD(""), NULL,
	       "spec.containers: Forbidden: pod updates may not add or remove containers");
	expect("pods", POD(",'resources':{'limits':{'cpu':'1'}}"), POD(",'resources':{'limits':{'cpu':'2'}}"), "resize",
	       "");
	expect("pods", POD(",'resources':{'limits':{'cpu':'1'}}"), POD(",'resources':{'limits':{'cpu':'2'}}"), NULL,
	       FIXED);
	expect("pods", SPEC(",'ephemeralContainers':[{'name':'e','image':'i'}]"), POD(""), "ephemeralcontainers", "");
	bad("pods", SPEC(",'ephemeralContainers':[{'name':'e','image':'i'}]"),
	    "spec.ephemeralContainers: Forbidden: cannot be set on create");
	expect("pods", SPEC(",'activeDeadlineSeconds':20"), SPEC(",'activeDeadlineSeconds':10"), NULL,
	       "spec.activeDeadlineSeconds: Invalid value: 20: must be less than or equal to previous value");
}

#define TEMPLATE "'template':{'metadata':{'labels':{'app':'x'}},'spec':{'containers':[{'name':'a','image':'b'}]}}"

static void test_workloads(void)
{
	good("deployments", "{'spec':{'selector':{'matchLabels':{'app':'x'}}," TEMPLATE "}}");
	bad("deployments", "{'spec':{'selector':{'matchLabels':{'app':'y'}}," TEMPLATE "}}",
	    "spec.template.metadata.labels: Invalid value: {\"app\":\"x\"}: `selector` does not match template "
	    "`labels`");
	bad("deployments", "{'spec':{" TEMPLATE "}}",
	    "spec.selector: Required value\n"
	    "spec.template.metadata.labels: Invalid value: {\"app\":\"x\"}: `selector` does not match template "
	    "`labels`");
	bad("deployments",
	    "{'spec':{'replicas':-1,'selector':{'matchLabels':{'app':'x'}},'strategy':{'rollingUpdate':{'maxSurge':0,'"
	    "maxUnavailable':'0%'}}," TEMPLATE "}}",
	    "spec.replicas: Invalid value: -1: must be greater than or equal to 0\n"
	    "spec.strategy.rollingUpdate.maxUnavailable: Invalid value: \"0%\": may not be 0 when `maxSurge` is 0");
	bad("deployments",
	    "{'spec':{'selector':{'matchLabels':{'app':'x'}},'template':{'metadata':{'labels':{'app':'x'}},'spec':{'"
	    "restartPolicy':'Never','containers':[{'name':'a'}]}}}}",
	    "spec.template.spec.containers[0].image: Required value\n"
	    "spec.template.spec.restartPolicy: Unsupported value: \"Never\": supported values: \"Always\"");
	expect("deployments", "{'spec':{'selector':{'matchLabels':{'app':'x'}}," TEMPLATE "}}",
	       "{'spec':{'selector':{'matchLabels':{'app':'z'}}," TEMPLATE "}}", NULL,
	       "spec.selector: Invalid value: {\"matchLabels\":{\"app\":\"x\"}}: field is immutable");
	good("statefulsets", "{'spec':{'serviceName':'s','selector':{'matchLabels':{'app':'x'}},'volumeClaimTemplates':"
			     "[{'metadata':{'name':'data'},'spec':{'accessModes':"
			     "['ReadWriteOnce'],'resources':{'requests':{'storage':'1Gi'}}}}],'template':{'metadata':{'"
			     "labels':{'app':'x'}},'spec':{'containers':"
			     "[{'name':'a','image':'b','volumeMounts':[{'name':'data','mountPath':'/d'}]}]}}}}");
	expect("deployments", "{'spec':{'replicas':-1}}", "{'spec':{'replicas':1}}", "scale",
	       "spec.replicas: Invalid value: -1: must be greater than or equal to 0");
	expect("statefulsets", "{'spec':{'serviceName':'t','selector':{'matchLabels':{'app':'x'}}," TEMPLATE "}}",
	       "{'spec':{'serviceName':'s','selector':{'matchLabels':{'app':'x'}}," TEMPLATE "}}", NULL,
	       "spec: Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', "
	       "'updateStrategy', "
	       "'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden");
	good("daemonsets", "{'spec':{'selector':{'matchLabels':{'app':'x'}}," TEMPLATE "}}");
	good("replicasets", "{'spec':{'selector':{'matchLabels':{'app':'x'}}," TEMPLATE "}}");
	good("jobs",
	     "{'spec':{'template':{'spec':{'restartPolicy':'Never','containers':[{'name':'a','image':'b'}]}}}}");
	bad("jobs", "{'spec':{'template':{'spec':{'containers':[{'name':'a','image':'b'}]}}}}",
	    "spec.template.spec.restartPolicy: Required value: valid values: \"OnFailure\", \"Never\"");
	expect("jobs",
	       "{'spec':{'completions':2,'template':{'spec':{'restartPolicy':'Never','containers':[{'name':'a','image':"
	       "'b'}]}}}}",
	       "{'spec':{'completions':1,'template':{'spec':{'restartPolicy':'Never','containers':[{'name':'a','image':"
	       "'b'}]}}}}",
	       NULL, "spec.completions: Invalid value: 2: field is immutable");
#define CRON(s)                                                                                                        \
	"{'spec':{'schedule':'" s "','jobTemplate':{'spec':{'template':{'spec':{'restartPolicy':'Never','containers':" \
	"[{'name':'a','image':'b'}]}}}}}}"
	good("cronjobs", CRON("*/5 0-6,8 * JAN-mar ?"));
	good("cronjobs", CRON("@hourly"));
	bad("cronjobs", CRON("* * *"),
	    "spec.schedule: Invalid value: \"* * *\": expected exactly 5 fields, found 3: [* * *]");
	bad("cronjobs", CRON("61 * * * *"),
	    "spec.schedule: Invalid value: \"61 * * * *\": end of range (61) above maximum (59): 61");
	bad("cronjobs", CRON("TZ=UTC * * * * *"),
	    "spec.schedule: Invalid value: \"TZ=UTC * * * * *\": cannot use TZ or CRON_TZ in schedule, use timeZone "
	    "field "
	    "instead");
	bad("cronjobs",
	    "{'spec':{'schedule':'@daily','timeZone':'local','jobTemplate':{'spec':{'template':{'spec':{'restartPolicy'"
	    ":"
	    "'Never','containers':[{'name':'a','image':'b'}]}}}}}}",
	    "spec.timeZone: Invalid value: \"local\": timeZone must be an explicit time zone as defined in "
	    "https://www.iana.org/time-zones");
#define JOB(s)  "{'spec':{" s ",'template':{'spec':{'restartPolicy':'Never','containers':[{'name':'a','image':'b'}]}}}}"
#define INDEXED "'completionMode':'Indexed','completions':5,"
	good("jobs", JOB(INDEXED "'backoffLimitPerIndex':1,'maxFailedIndexes':2"));
	good("jobs", JOB(INDEXED "'successPolicy':{'rules':[{'succeededIndexes':'0,2-4','succeededCount':1}]}"));
	good("jobs",
	     JOB("'podFailurePolicy':{'rules':[{'action':'FailJob','onExitCodes':{'containerName':'a','operator':"
		 "'In','values':[1,42]}}]}"));
	bad("jobs", JOB(INDEXED "'maxFailedIndexes':2"),
	    "spec.backoffLimitPerIndex: Required value: when maxFailedIndexes is specified");
	bad("jobs", JOB(INDEXED "'backoffLimitPerIndex':1,'maxFailedIndexes':6"),
	    "spec.maxFailedIndexes: Invalid value: 6: must be less than or equal to completions");
	bad("jobs", JOB(INDEXED "'successPolicy':{'rules':[{'succeededIndexes':'2,1'}]}"),
	    "spec.successPolicy.rules[0].succeededIndexes: Invalid value: \"2,1\": error parsing succeededIndexes: "
	    "non-increasing order, previous: 2, current: 1");
	bad("jobs", JOB(INDEXED "'successPolicy':{'rules':[{'succeededIndexes':'0-9'}]}"),
	    "spec.successPolicy.rules[0].succeededIndexes: Invalid value: \"0-9\": error parsing succeededIndexes: too "
	    "large index: \"9\"");
	bad("jobs", JOB(INDEXED "'successPolicy':{'rules':[{}]}"),
	    "spec.successPolicy.rules[0]: Required value: at least one of succeededCount or succeededIndexes must be "
	    "specified");
	bad("jobs",
	    JOB("'podFailurePolicy':{'rules':[{'action':'FailIndex','onExitCodes':{'operator':'In','values':[1]}"
		"}]}"),
	    "spec.podFailurePolicy.rules[0].action: Invalid value: \"FailIndex\": requires the backoffLimitPerIndex to "
	    "be "
	    "set");
	bad("jobs",
	    JOB("'podFailurePolicy':{'rules':[{'action':'Count','onExitCodes':{'operator':'In','values':[0]}}]}"),
	    "spec.podFailurePolicy.rules[0].onExitCodes.values[0]: Invalid value: 0: must not be 0 for the In "
	    "operator");
	bad("jobs",
	    JOB("'podFailurePolicy':{'rules':[{'action':'Count','onExitCodes':{'containerName':'z','operator':'In'"
		",'values':[1]}}]}"),
	    "spec.podFailurePolicy.rules[0].onExitCodes.containerName: Invalid value: \"z\": must be one of the "
	    "container "
	    "or initContainer names in the pod template");
	bad("jobs",
	    JOB("'podReplacementPolicy':'TerminatingOrFailed','podFailurePolicy':{'rules':[{'action':'Count','"
		"onExitCodes':"
		"{'operator':'In','values':[1]}}]}"),
	    "spec.podReplacementPolicy: Unsupported value: \"TerminatingOrFailed\": supported values: \"Failed\"");
	good("poddisruptionbudgets", "{'spec':{'minAvailable':'50%','selector':{}}}");
	bad("poddisruptionbudgets", "{'spec':{'minAvailable':'x%'}}",
	    "spec.minAvailable: Invalid value: \"x%\": a valid percent string must be a numeric string followed by an "
	    "ending '%' (e.g. '1%',  or "
	    "'93%', regex used for validation is '[0-9]+%')");
	bad("horizontalpodautoscalers",
	    "{'spec':{'maxReplicas':1,'minReplicas':2,'scaleTargetRef':{'kind':'D','name':'n','apiVersion':'apps/"
	    "v1'}}}",
	    "spec.maxReplicas: Invalid value: 1: must be greater than or equal to `minReplicas`");
}

static void test_services(void)
{
	good("services", "{'spec':{'ports':[{'port':80}],'selector':{'a':'b'}}}");
	good("services", "{'spec':{'clusterIP':'None','clusterIPs':['None']}}");
	good("services", "{'spec':{'type':'ExternalName','externalName':'example.com.'}}");
	bad("services", "{'spec':{}}", "spec.ports: Required value");
	bad("services",
	    "{'spec':{'ports':[{'port':80},{'port':80,'name':'a','nodePort':30000},{'port':0,'name':'a','targetPort':'"
	    "BAD'}]}}",
	    "spec.ports[0].name: Required value\n"
	    "spec.ports[2].name: Duplicate value: \"a\"\n"
	    "spec.ports[2].port: Invalid value: 0: must be between 1 and 65535, inclusive\n"
	    "spec.ports[2].targetPort: Invalid value: \"BAD\": must contain only alpha-numeric characters (a-z, 0-9), "
	    "and hyphens (-)\n"
	    "spec.ports[2].targetPort: Invalid value: \"BAD\": must contain at least one letter (a-z)\n"
	    "spec.ports[1].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'\n"
	    "spec.ports[1]: Duplicate value: {\"port\":80,\"protocol\":\"TCP\"}");
	bad("services", "{'spec':{'type':'X','ports':[{'port':1}]}}",
	    "spec.type: Unsupported value: \"X\": supported values: \"ClusterIP\", \"ExternalName\", \"LoadBalancer\", "
	    "\"NodePort\"");
	expect("services", "{'spec':{'clusterIP':'10.0.0.2','clusterIPs':['10.0.0.2'],'ports':[{'port':1}]}}",
	       "{'spec':{'clusterIP':'10.0.0.1','clusterIPs':['10.0.0.1'],'ports':[{'port':1}]}}", NULL,
	       "spec.clusterIPs[0]: Invalid value: [\"10.0.0.2\"]: may not change once set");
	bad("services", "{'metadata':{'name':'a.b','namespace':'n'},'spec':{'ports':[{'port':1}]}}",
	    "metadata.name: Invalid value: \"a.b\": must not contain dots");
	good("endpoints", "{'subsets':[{'addresses':[{'ip':'1.2.3.4'}],'ports':[{'port':80}]}]}");
	bad("endpoints", "{'subsets':[{'addresses':[{'ip':'x'}]}]}",
	    "subsets[0].addresses[0].ip: Invalid value: \"x\": must be a valid IP address, (e.g. 10.9.8.7 or "
	    "2001:db8::ffff)\n"
	    "subsets[0].addresses[0].ip: Invalid value: \"x\": must be a valid IP address");
	good("endpointslices",
	     "{'addressType':'IPv4','endpoints':[{'addresses':['1.2.3.4']}],'ports':[{'port':1,'name':''}]}");
	bad("endpointslices", "{'addressType':'IPv4','endpoints':[{'addresses':['::1']},{'addresses':[]}]}",
	    "endpoints[0].addresses: Invalid value: \"::1\": must be an IPv4 address\n"
	    "endpoints[0].addresses[0]: Invalid value: \"::1\": may not be in the loopback range (127.0.0.0/8, "
	    "::1/128)\n"
	    "endpoints[1].addresses: Required value: must contain at least 1 address");
	expect("endpointslices", "{'addressType':'IPv6'}", "{'addressType':'IPv4'}", NULL,
	       "addressType: Invalid value: \"IPv6\": field is immutable");
}

static void test_net(void)
{
	good("ingresses", "{'spec':{'rules':[{'host':'*.x.io','http':{'paths':[{'path':'/"
			  "','pathType':'Prefix','backend':{'service':{'name':'s','port':{'number':80}}}}]}}]}}");
	bad("ingresses",
	    "{'spec':{'rules':[{'host':'1.2.3.4','http':{'paths':[{'path':'x','pathType':'Exact','backend':{'service':{"
	    "'name':'s'}}},{'backend':{}}]}}]}}",
	    "spec.rules[0].host: Invalid value: \"1.2.3.4\": must be a DNS name, not an IP address\n"
	    "spec.rules[0].http.paths[0].path: Invalid value: \"x\": must be an absolute path\n"
	    "spec.rules[0].http.paths[0].backend: Required value: port name or number is required\n"
	    "spec.rules[0].http.paths[1].pathType: Required value: pathType must be specified");
	bad("ingresses", "{'spec':{}}",
	    "spec: Invalid value: null: either `defaultBackend` or `rules` must be specified");
	good("networkpolicies", "{'spec':{'podSelector':{},'ingress':[{'from':[{'ipBlock':{'cidr':'10.0.0.0/"
				"8'}}],'ports':[{'port':80,'endPort':90}]}]}}");
	bad("networkpolicies",
	    "{'spec':{'podSelector':{},'policyTypes':['X'],'egress':[{'to':[{'ipBlock':{'cidr':'10.0.0.0/"
	    "99'},'podSelector':{}},{}]}]}}",
	    "spec.egress[0].to[0].ipBlock.cidr: Invalid value: \"10.0.0.0/99\": must be a valid CIDR value, (e.g. "
	    "10.9.8.0/24 or 2001:db8::/64)\n"
	    "spec.egress[0].to[0]: Forbidden: may not specify both ipBlock and another peer\n"
	    "spec.egress[0].to[1]: Required value: must specify a peer\n"
	    "spec.policyTypes[0]: Unsupported value: \"X\": supported values: \"Ingress\", \"Egress\"");
	good("ingressclasses", "{'spec':{'controller':'a.io/b'}}");
}

static void test_config(void)
{
	good("configmaps", "{'data':{'a.b_c-D':'x'},'binaryData':{'z':'AAAA'}}");
	bad("configmaps", "{'data':{'a b':'x','d':''},'binaryData':{'d':'AAAA'}}",
	    "data[a b]: Invalid value: \"a b\": a valid config key must consist of alphanumeric characters, '-', '_' "
	    "or '.' (e.g. 'key.name',  or "
	    "'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')\n"
	    "data[d]: Invalid value: \"d\": duplicate of key present in binaryData");
	expect("configmaps", "{'immutable':true,'data':{'a':'2'}}", "{'immutable':true,'data':{'a':'1'}}", NULL,
	       "data: Forbidden: field is immutable when `immutable` is set");
	expect("configmaps", "{'data':{'a':'1'}}", "{'immutable':true,'data':{'a':'1'}}", NULL,
	       "immutable: Forbidden: field is immutable when `immutable` is set");
	bad("secrets", "{'type':'kubernetes.io/tls','data':{'tls.crt':''}}", "data[tls.key]: Required value");
	expect("secrets", "{'type':'a'}", "{'type':'b'}", NULL, "type: Invalid value: \"a\": field is immutable");
	bad("nodes", "{'spec':{'taints':[{'key':'a','effect':'Bad'}],'podCIDRs':['x']}}",
	    "metadata.taints[0].effect: Unsupported value: \"Bad\": supported values: \"NoSchedule\", "
	    "\"PreferNoSchedule\", \"NoExecute\"\n"
	    "spec.podCIDRs[0]: Invalid value: \"x\": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)");
	good("namespaces", "{}");
	good("events", "{'involvedObject':{'kind':'Pod','namespace':'default'}}");
	bad("events", "{'involvedObject':{'kind':'Pod','namespace':'other'}}",
	    "involvedObject.namespace: Invalid value: \"other\": does not match event.namespace");
	good("leases", "{'spec':{'leaseDurationSeconds':40,'holderIdentity':'x'}}");
	bad("leases", "{'spec':{'leaseDurationSeconds':0}}",
	    "spec.leaseDurationSeconds: Invalid value: 0: must be greater than 0");
	bad("priorityclasses", "{'value':2000000000}",
	    "value: Forbidden: maximum allowed value of a user defined priority is 1000000000");
}

static void test_storage(void)
{
#define CLAIM(extra) "{'spec':{'accessModes':['ReadWriteOnce'],'resources':{'requests':{'storage':'1Gi'}}" extra "}}"
	good("persistentvolumeclaims", CLAIM(""));
	bad("persistentvolumeclaims", "{'spec':{'accessModes':['X']}}",
	    "spec.accessModes: Unsupported value: \"X\": supported values: \"ReadOnlyMany\", \"ReadWriteMany\", "
	    "\"ReadWriteOnce\", \"ReadWriteOncePod\"\n"
	    "spec.resources[storage]: Required value");
	bad("persistentvolumeclaims", "{'spec':{'resources':{'requests':{'storage':'0'}}}}",
	    "spec.accessModes: Required value: at least 1 access mode is required\n"
	    "spec.resources[storage]: Invalid value: \"0\": must be greater than zero");
	expect("persistentvolumeclaims", CLAIM(",'volumeName':'v','storageClassName':'s'"), CLAIM(""), NULL, "");
	expect("persistentvolumeclaims", CLAIM(",'volumeName':'w'"), CLAIM(",'volumeName':'v'"), NULL,
	       "spec: Forbidden: spec is immutable after creation except resources.requests and "
	       "volumeAttributesClassName for bound claims");
	good("persistentvolumes",
	     "{'spec':{'capacity':{'storage':'1Gi'},'accessModes':['ReadWriteOnce'],'hostPath':{'path':'/x'}}}");
	bad("persistentvolumes", "{'spec':{'accessModes':['ReadWriteOnce'],'local':{'path':'/x'}}}",
	    "spec.capacity: Required value\nspec.capacity: Unsupported value: null: supported values: \"storage\"\n"
	    "spec.nodeAffinity: Required value: Local volume requires node affinity");
	good("storageclasses", "{'provisioner':'a.io/b'}");
	expect("storageclasses", "{'provisioner':'a.io/b','parameters':{'x':'y'}}", "{'provisioner':'a.io/b'}", NULL,
	       "parameters: Invalid value: {\"x\":\"y\"}: field is immutable");
}

static void test_rbac(void)
{
	good("roles", "{'rules':[{'verbs':['get'],'apiGroups':[''],'resources':['pods']}]}");
	bad("roles", "{'rules':[{'apiGroups':['']},{'verbs':['get'],'nonResourceURLs':['/x']}]}",
	    "rules[0].verbs: Required value: verbs must contain at least one value\n"
	    "rules[0].resources: Required value: resource rules must supply at least one resource\n"
	    "rules[1].nonResourceURLs: Invalid value: [\"/x\"]: namespaced rules cannot apply to non-resource URLs");
	good("clusterroles", "{'rules':[{'verbs':['get'],'nonResourceURLs':['/x']}]}");
	good("rolebindings", "{'roleRef':{'kind':'ClusterRole','name':'x'},'subjects':[{'kind':'User','name':'u'},{'"
			     "kind':'ServiceAccount','name':'s','namespace':'n'}]}");
	bad("clusterrolebindings",
	    "{'roleRef':{'kind':'Role','name':'x'},'subjects':[{'kind':'ServiceAccount','name':'s'},{'kind':'Z','name':"
	    "'z'}]}",
	    "roleRef.kind: Unsupported value: \"Role\": supported values: \"ClusterRole\"\n"
	    "subjects[0].namespace: Required value\n"
	    "subjects[1].kind: Unsupported value: \"Z\": supported values: \"ServiceAccount\", \"User\", \"Group\"");
	expect("rolebindings", "{'roleRef':{'kind':'Role','name':'y'}}", "{'roleRef':{'kind':'Role','name':'x'}}", NULL,
	       "roleRef: Invalid value: {\"kind\":\"Role\",\"name\":\"y\",\"apiGroup\":\"rbac.authorization.k8s.io\"}: "
	       "cannot change roleRef");
}

#define CRD(version)                                                                                                   \
	"{'metadata':{'name':'ws.x.io'},'spec':{'group':'x.io','scope':'Cluster','names':{'plural':'ws','kind':'W'},'" \
	"versions':[" version "]},'status':{'storedVersions':['v1']}}"

static void test_more(void)
{
	good("validatingadmissionpolicies", "{'spec':{'matchConstraints':{'resourceRules':[{'apiGroups':[''],'"
					    "apiVersions':['v1'],'operations':['CREATE'],"
					    "'resources':['pods']}]},'validations':[{'expression':'true'}]}}");
	bad("validatingadmissionpolicies", "{'spec':{'validations':[{'expression':'true'}]}}",
	    "spec.matchConstraints: Required value");
	bad("validatingadmissionpolicybindings", "{'spec':{'policyName':'p','validationActions':['X']}}",
	    "spec.validationActions: Unsupported value: \"X\": supported values: \"Audit\", \"Deny\", \"Warn\"");
	good("flowschemas", "{'spec':{'priorityLevelConfiguration':{'name':'p'}}}");
	bad("flowschemas", "{'spec':{'matchingPrecedence':20000,'priorityLevelConfiguration':{'name':''}}}",
	    "spec.matchingPrecedence: Invalid value: 20000: must not be greater than "
	    "10000\nspec.priorityLevelConfiguration.name: Required value: must reference a priority level");
	bad("prioritylevelconfigurations", "{'spec':{'type':'Limited'}}",
	    "spec.limited: Required value: must not be empty when type is Limited");
	good("csidrivers", "{'spec':{}}");
	expect("csidrivers", "{'spec':{'attachRequired':false}}", "{'spec':{}}", NULL,
	       "spec.attachedRequired: Invalid value: false: field is immutable");
	bad("volumeattributesclasses", "{'driverName':'d'}",
	    "parameters: Required value: must contain at least one key/value pair");
	expect("resourceclaims", "{'spec':{'devices':{}}}", "{'spec':{}}", NULL,
	       "spec: Invalid value: {\"devices\":{}}: field is immutable");
	bad("leases", "{'spec':{'leaseDurationSeconds':-1}}",
	    "spec.leaseDurationSeconds: Invalid value: -1: must be greater than 0");
}

static void test_csr(void)
{
#define REQ "'request':'LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0='"
	good("certificatesigningrequests", "{'spec':{" REQ ",'signerName':'a.b/c','usages':['client auth']}}");
	bad("certificatesigningrequests", "{'spec':{'request':'YQ==','signerName':'a/b','usages':['x','any','any']}}",
	    "spec.request: Invalid value: \"YQ==\": PEM block type must be CERTIFICATE REQUEST\n"
	    "spec.usages[0]: Unsupported value: \"x\": supported values: \"any\", \"cert sign\", \"client auth\", \"code signing\", \"content commitment\", "
	    "\"crl sign\", \"data encipherment\", \"decipher only\", \"digital signature\", \"email protection\", \"encipher only\", \"ipsec end system\", "
	    "\"ipsec tunnel\", \"ipsec user\", \"key agreement\", \"key encipherment\", \"microsoft sgc\", \"netscape sgc\", \"ocsp signing\", \"s/mime\", "
	    "\"server auth\", \"signing\", \"timestamping\"\n"
	    "spec.usages[2]: Duplicate value: \"any\"\n"
	    "spec.signerName: Invalid value: \"a\": should be a domain with at least two segments separated by dots");
	expect("certificatesigningrequests",
	       "{'spec':{" REQ ",'signerName':'a.b/c','usages':['any']},'status':{'certificate':'YQ==','conditions':[{'type':'Approved','status':'False'},"
	       "{'type':'X','status':'True'},{'type':'X','status':'True'},{}]}}",
	       "{'spec':{" REQ ",'signerName':'a.b/c','usages':['any']},'status':{'conditions':[{'type':'Failed','status':'True'}]}}", "status",
	       "status.conditions[0].status: Unsupported value: \"False\": supported values: \"True\"\n"
	       "status.conditions[2].type: Duplicate value: \"X\"\n"
	       "status.conditions[3].type: Required value\n"
	       "status.conditions[3].status: Required value\n"
	       "status.certificate: Invalid value: \"<certificate data>\": must contain at least one CERTIFICATE PEM block\n"
	       "status.conditions: Forbidden: updates may not remove a condition of type \"Failed\"");
}

static void test_api_service(void)
{
	bad("apiservices", "{'metadata':{'name':'x','generateName':'y-'},'spec':{'group':'g.io','version':'v1','groupPriorityMinimum':1,'versionPriority':0,"
			   "'insecureSkipTLSVerify':true,'caBundle':'YQ==','service':{'name':'s','port':0}}}",
	    "metadata.generateName: Invalid value: \"y-\": must be `spec.version+\".\"+spec.group`: \"v1.g.io\"\n"
	    "metadata.name: Invalid value: \"x\": must be `spec.version+\".\"+spec.group`: \"v1.g.io\"\n"
	    "spec.versionPriority: Invalid value: 0: must be positive and less than 1000\n"
	    "spec.service.namespace: Required value\n"
	    "spec.service.port: Invalid value: 0: port is not valid: must be between 1 and 65535, inclusive\n"
	    "spec.insecureSkipTLSVerify: Invalid value: true: may not be true if caBundle is present");
	bad("apiservices", "{'metadata':{'name':'v1.g.io'},'spec':{'group':'g.io','version':'v1','groupPriorityMinimum':1,'versionPriority':1,'insecureSkipTLSVerify':true}}",
	    "spec.insecureSkipTLSVerify: Invalid value: true: local APIServices may not have insecureSkipTLSVerify");
}

static void test_classes(void)
{
	bad("storageclasses", "{'provisioner':'a/b','allowedTopologies':[{}]}", "allowedTopologies[0].matchLabelExpressions: Duplicate value: \"\"");
	bad("clusterroles", "{'aggregationRule':{'clusterRoleSelectors':[{'matchExpressions':[{'key':'a','operator':'X'}]}]}}",
	    "aggregationRule.clusterRoleSelectors[0].matchExpressions[0].operator: Invalid value: \"X\": not a valid selector operator\n"
	    "aggregationRule.clusterRoleSelectors[0]: Invalid value: null: invalid label selector.");
	expect("priorityclasses", "{'value':2,'preemptionPolicy':'X'}", "{'value':1}", NULL,
	       "value: Forbidden: may not be changed in an update.\n"
	       "preemptionPolicy: Invalid value: \"X\": field is immutable");
	expect("runtimeclasses", "{'handler':'B'}", "{'handler':'a'}", NULL,
	       "handler: Invalid value: \"B\": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end "
	       "with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')\n"
	       "handler: Invalid value: \"B\": field is immutable");
}

/* What is wrong with the schema of the one version; status: of its status subresource. */
#define SCHEMA_AT "spec.validation.openAPIV3Schema"
static void schema(const char *text, const char *status, const char *want)
{
	AUTO_FREE char *crd = str_fmt(CRD("{'name':'v1','served':true,'storage':true,'schema':{'openAPIV3Schema':%s}%s}"), text, status);
	CHECK(crd != NULL);
	bad("customresourcedefinitions", crd, want);
}

static void test_crd_schema(void)
{
	schema("{'type':'object','properties':{'a':{'x-kubernetes-int-or-string':true,'anyOf':[{'type':'integer'},{'type':'string'}]}}}", "", "");
	schema("{'type':'object','additionalProperties':{'type':'string'}}", "", SCHEMA_AT ".additionalProperties: Forbidden: must not be used at the root");
	schema("{'type':'object','allOf':[{'type':'object','properties':{'b':{}}}]}", "",
	       SCHEMA_AT ".allOf[0].type: Forbidden: must be empty to be structural\n" SCHEMA_AT
			 ".properties[b]: Required value: because it is defined in " SCHEMA_AT ".allOf[0].properties[b]");
	schema("{'type':'object','properties':{'a':{'type':'integer','format':'int32','maximum':1.5,'default':2},'b':{'type':'object','default':{'x':1}}}}", "",
	       SCHEMA_AT ".properties[a].default: Invalid value: \"\": Maximum boundary value must be of type integer with format int32 in \n" SCHEMA_AT
			 ".properties[a].default: Invalid value: 2:  in body should be less than or equal to 1.5\n" SCHEMA_AT
			 ".properties[b].default: Invalid value: {\"x\":1}: must not have unknown fields");
	schema("{'type':'object','nullable':true}", ",'subresources':{'status':{}}",
	       SCHEMA_AT ": Invalid value: {\"type\":\"object\",\"nullable\":true}: only [Description Type Format Title Maximum ExclusiveMaximum Minimum "
			 "ExclusiveMinimum MaxLength MinLength Pattern MaxItems MinItems UniqueItems MultipleOf Required Items Properties ExternalDocs Example "
			 "XPreserveUnknownFields XValidations] fields are allowed at the root of the schema if the status subresource is enabled\n" SCHEMA_AT
			 ".nullable: Forbidden: nullable cannot be true at the root");
	schema("{'type':'object','properties':{'l':{'type':'array','x-kubernetes-list-type':'map','x-kubernetes-list-map-keys':['k','z'],'items':{"
	       "'type':'object','nullable':true,'properties':{'k':{'type':'string'}}}}}}",
	       "",
	       SCHEMA_AT ".properties[l].x-kubernetes-list-map-keys: Invalid value: [\"k\",\"z\"]: entries must all be names of item properties\n" SCHEMA_AT
			 ".properties[l].items.nullable: Forbidden: cannot be nullable when x-kubernetes-list-type is map\n" SCHEMA_AT
			 ".properties[l].items.properties[k].default: Required value: this property is in x-kubernetes-list-map-keys, so it must have a default "
			 "or be a required property");
	schema("{'type':'object','x-kubernetes-validations':[{'rule':' '},{'rule':'x','fieldPath':'.a','reason':'Odd'}]}", "",
	       SCHEMA_AT ".x-kubernetes-validations[0].rule: Required value: rule is not specified\n" SCHEMA_AT
			 ".x-kubernetes-validations[1].reason: Unsupported value: \"Odd\": supported values: \"FieldValueDuplicate\", "
			 "\"FieldValueForbidden\", \"FieldValueInvalid\", \"FieldValueRequired\"\n" SCHEMA_AT
			 ".x-kubernetes-validations[1].fieldPath: Invalid value: \".a\": must be a valid path");
}

static void test_crd_version(void)
{
#define OK_SCHEMA "'schema':{'openAPIV3Schema':{'type':'object','properties':{'s':{'type':'string'}}}}"
	bad("customresourcedefinitions",
	    CRD("{'name':'v1','served':true,'storage':true," OK_SCHEMA ",'deprecationWarning':'x','additionalPrinterColumns':[{'type':'x','jsonPath':'a'}],"
		"'selectableFields':[{'jsonPath':'.s'},{'jsonPath':'.s'},{'jsonPath':'.x'},{'jsonPath':'s'}],'subresources':{'scale':{"
		"'specReplicasPath':'.x','statusReplicasPath':'.status.r','labelSelectorPath':'.x'}}}"),
	    "spec.versions[0].deprecationWarning: Invalid value: \"x\": can only be set for deprecated versions\n"
	    "spec.subresources.scale.specReplicasPath: Invalid value: \".x\": should be a json path under .spec\n"
	    "spec.subresources.scale.labelSelectorPath: Invalid value: \".x\": should be a json path under either .spec or .status\n"
	    "spec.additionalPrinterColumns[0].name: Required value\n"
	    "spec.additionalPrinterColumns[0].type: Invalid value: \"x\": must be one of boolean,date,integer,number,string\n"
	    "spec.additionalPrinterColumns[0].JSONPath: Invalid value: \"a\": must be a simple json path starting with .\n"
	    "spec.selectableFields[1].jsonPath: Duplicate value: \".s\"\n"
	    "spec.selectableFields[2].jsonPath: Invalid value: \".x\": is an invalid path: does not refer to a valid field\n"
	    "spec.selectableFields[3].jsonPath: Invalid value: \"s\": is an invalid path: expected [ or . but got: s");
	/* What only one version has is told of it; two of one name, and none that is stored. */
	bad("customresourcedefinitions",
	    CRD("{'name':'v1','served':true,'storage':false," OK_SCHEMA "},{'name':'v1','served':true,'storage':false}"),
	    "spec.versions[1].schema.openAPIV3Schema: Required value\n"
	    "spec.versions: Invalid value: [{\"name\":\"v1\",\"served\":true,\"storage\":false,\"schema\":{\"openAPIV3Schema\":{\"type\":\"object\","
	    "\"properties\":{\"s\":{\"type\":\"string\"}}}}},{\"name\":\"v1\",\"served\":true,\"storage\":false}]: must contain unique version names\n"
	    "spec.versions: Invalid value: [{\"name\":\"v1\",\"served\":true,\"storage\":false,\"schema\":{\"openAPIV3Schema\":{\"type\":\"object\","
	    "\"properties\":{\"s\":{\"type\":\"string\"}}}}},{\"name\":\"v1\",\"served\":true,\"storage\":false}]: must have exactly one version marked as "
	    "storage version");
}

static void test_crd(void)
{
	good("customresourcedefinitions",
	     CRD("{'name':'v1','served':true,'storage':true,'schema':{'openAPIV3Schema':{'type':'object','properties':{"
		 "'a':{'type':'array','items':{'type':'string'}}}}}}"));
	bad("customresourcedefinitions",
	    "{'metadata':{'name':'x'},'spec':{'group':'io','scope':'Z','names':{'plural':'ws','kind':'W'},'versions':[{"
	    "'name':'v1','served':true,'storage':false}]}}",
	    "metadata.name: Invalid value: \"x\": must be spec.names.plural+\".\"+spec.group\n"
	    "spec.group: Invalid value: \"io\": should be a domain with at least one dot\n"
	    "spec.scope: Unsupported value: \"Z\": supported values: \"Cluster\", \"Namespaced\"\n"
	    "spec.versions[0].schema.openAPIV3Schema: Required value\n"
	    "spec.versions: Invalid value: [{\"name\":\"v1\",\"served\":true,\"storage\":false}]: must have exactly "
	    "one version marked as storage version\n"
	    "status.storedVersions: Invalid value: null: must have at least one stored version");
	bad("customresourcedefinitions",
	    CRD("{'name':'v1','served':true,'storage':true,'schema':{'openAPIV3Schema':{'properties':{'a':{},'b':{'"
		"type':'string','pattern':'('},'c':{'type':'array'}}}}}"),
	    SCHEMA_AT ".properties[a].type: Required value: must not be empty for specified object fields\n" SCHEMA_AT
		      ".properties[b].pattern: Invalid value: \"(\": must be a valid regular expression, but isn't: missing closing ) near \"\"\n" SCHEMA_AT
		      ".properties[c].items: Required value: must be specified\n" SCHEMA_AT ".type: Required value: must not be empty at the root");
	bad("customresourcedefinitions",
	    "{'metadata':{'name':'ws.x.io'},'spec':{'group':'x.io','scope':'Cluster','names':{'plural':'ws','kind':'W','shortNames':['A']},"
	    "'conversion':{'strategy':'Webhook','webhook':{'conversionReviewVersions':['v2']}},'versions':[{'name':'v1','served':true,'storage':true," OK_SCHEMA
	    "}]},'status':{'storedVersions':['v0','v1']}}",
	    "spec.names.shortNames[0]: Invalid value: \"A\": a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an "
	    "alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is "
	    "'[a-z]([-a-z0-9]*[a-z0-9])?')\n"
	    "spec.conversion.webhookClientConfig: Required value: required when strategy is set to Webhook\n"
	    "spec.conversion.conversionReviewVersions: Invalid value: [\"v2\"]: must include at least one of v1, v1beta1\n"
	    "status.storedVersions[0]: Invalid value: \"v0\": missing from spec.versions; v0 was previously a storage version, and must remain in "
	    "spec.versions until a storage migration ensures no data remains persisted in v0 and removes v0 from status.storedVersions");
}

static void expect_custom(const struct api_resource *r, const char *text, const char *want)
{
	AUTO_JSON json_t *o = parse_quoted(text);
	struct api_causes c AUTO_CAUSES = {0};
	struct buf got AUTO_BUF = {0};
	api_validate_schema(r->type, o, &c);
	for (size_t i = 0; i < c.n; i++)
		buf_addf(&got, "%s%s: %s", got.len ? "\n" : "", c.v[i].field, c.v[i].message);
	CHECK_STR(got.len ? got.data : "", want);
}

static void test_custom(void)
{
	AUTO_JSON json_t *crd = parse_quoted(CRD("{'name':'v1','served':true,'storage':true,'schema':{'openAPIV3Schema':{'type'"
					 ":'object','required':['spec'],'properties':{'spec':{'type':'object',"
					 "'required':['r'],'properties':{'n':{'type':'integer','minimum':1,'maximum':"
					 "10},'s':{'type':'string','pattern':'^a+$','maxLength':3},"
					 "'e':{'type':'string','enum':['x','y']},'l':{'type':'array','maxItems':2,'x-"
					 "kubernetes-list-type':'map','x-kubernetes-list-map-keys':['k'],"
					 "'items':{'type':'object','properties':{'k':{'type':'string'}}}},'r':{'type':'"
					 "boolean'},'p':{'x-kubernetes-int-or-string':true},"
					 "'q':{'type':'string','nullable':true},'o':{'type':'object','oneOf':[{'"
					 "required':['a']},{'required':['b']}],'properties':{'a':{'type':'string'},"
					 "'b':{'type':'string'}}},'d':{'type':'string','format':'date-time'}}}}}}}"));
	struct api_registry *with = NULL;
	CHECK(api_registry_with_crd(&with, reg, crd, NULL) == 0);
	const struct api_resource *r = api_resource_find(with, "x.io", "v1", "ws");
	expect_custom(r,
		      "{'spec':{'n':3,'s':'aa','e':'x','l':[{'k':'1'},{'k':'2'}],'r':true,'p':'80%','q':null,'o':{'a':'"
		      "'},'d':'2026-01-01T00:00:00Z'}}",
		      "");
	expect_custom(r, "{}", "spec: Required value");
	expect_custom(r, "{'spec':{'r':1,'n':'x','p':true,'o':[]}}",
		      "spec.r: Invalid value: \"integer\": spec.r in body must be of type boolean: \"integer\"\n"
		      "spec.n: Invalid value: \"string\": spec.n in body must be of type integer: \"string\"\n"
		      "spec.p: Invalid value: \"boolean\": spec.p in body must be of type integer,string: \"boolean\"\n"
		      "spec.o: Invalid value: \"array\": spec.o in body must be of type object: \"array\"");
	expect_custom(r,
		      "{'spec':{'n':11,'s':'bbbb','e':'z','l':[{'k':'1'},{'k':'1'},{}],'o':{'a':'','b':''},'d':'x'}}",
		      "spec.r: Required value\n"
		      "spec.n: Invalid value: 11: spec.n in body should be less than or equal to 10\n"
		      "spec.s: Too long: may not be more than 3 bytes\n"
		      "spec.s: Invalid value: \"bbbb\": spec.s in body should match '^a+$'\n"
		      "spec.e: Unsupported value: \"z\": supported values: \"x\", \"y\"\n"
		      "spec.l: Too many: 3: must have at most 2 items\n"
		      "spec.l[1]: Duplicate value: {\"k\":\"1\"}\n"
		      "spec.o: Invalid value: \"\": \"spec.o\" must validate one and only one schema (oneOf)\n"
		      "spec.d: Invalid value: \"x\": spec.d in body must be of type date-time: \"x\"");
	(void)api_registry_unref(with);
}

static void test_regex(void)
{
	static const struct {
		const char *pattern, *text;
		bool match;
	} cases[] = {{"^[a-z0-9]([-a-z0-9]*[a-z0-9])?$", "a-b", true},
		     {"^[a-z0-9]([-a-z0-9]*[a-z0-9])?$", "a-", false},
		     {"a|b|cd|", "", true},
		     {"^(a|b)*c+$", "abacc", true},
		     {"^(a|b)*c+$", "abad", false},
		     {"\\d{2,3}x", "1234x", true},
		     {"^\\d{2,3}x", "1234x", false},
		     {"(?i)HeLLo", "hello", true},
		     {"^(a{2}){2,}$", "aaaaa", false},
		     {"^(a{2}){2,}$", "aaaaaa", true},
		     {"\\bfoo\\b", "xfoox", false},
		     {"^[^a-c]$", "d", true},
		     {"(a*)*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac", false},
		     {"^[]a]+$", "]a", true},
		     {"^\\S+@\\w+$", "a.b@c", true},
		     {"^.$", "\xc3\xa9", true},
		     {"^(x{0}|y)$", "y", true}};
	static const char *const wrong[] = {
	    "(", "[a", "*", "(?=a)", "\\pL", "a{5,2}", "a{1001}", "((((a{100}){100}){100}))", "a\\", ")"};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct regex *re = NULL;
		CHECK(regex_new(&re, cases[i].pattern, NULL) == 0);
		CHECK(re && regex_match(re, cases[i].text, strlen(cases[i].text)) == cases[i].match);
		(void)regex_free(re);
	}
	for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
		struct regex *re = NULL;
		CHECK(regex_new(&re, wrong[i], NULL) < 0);
	}
}

/* One kind, two groups, two validations. */
static void test_events(void)
{
	good("events", "{'involvedObject':{'kind':'Pod','namespace':'default'}}");
	bad("events", "{'metadata':{'namespace':'n'},'involvedObject':{}}",
	    "involvedObject.namespace: Invalid value: \"\": does not match event.namespace");
	bad("events", "{'metadata':{'namespace':'default'},'involvedObject':{}}",
	    "metadata.name: Required value: name or generateName is required");
	bad("events",
	    "{'metadata':{'name':'a','namespace':'n'},'involvedObject':{'namespace':'n'},'eventTime':'2026-01-01T00:00:"
	    "00.000000Z'}",
	    "reportingComponent: Required value\nreportingComponent: Invalid value: \"\": name part must be non-empty\n"
	    "reportingComponent: Invalid value: \"\": " NAME_WORDS "\n"
	    "reportingInstance: Required value\naction: Required value\nreason: Required value");
	const struct api_resource *r = api_resource_find(reg, "events.k8s.io", "v1", "events");
	AUTO_JSON json_t *o = parse_quoted("{'metadata':{'name':'a','namespace':'n'},'regarding':{},'type':'Odd','"
				   "deprecatedCount':2,'series':{'count':1}}"),
			 *old = json_deep_copy(o);
	struct api_causes c AUTO_CAUSES = {0}, u AUTO_CAUSES = {0};
	static const char *const want[] = {
	    "involvedObject.namespace", "series.count", "series.lastObservedTime", "eventTime", "type", "count"};
	api_validate_kind(r, o, NULL, NULL, &c);
	for (size_t i = 0; i < ARRAY_LEN(want) && i < c.n; i++)
		CHECK_STR(c.v[i].field, want[i]);
	CHECK(c.n == ARRAY_LEN(want));
	CHECK(json_object_set_new(o, "note", json_string("changed")) == 0);
	api_validate_kind(r, o, old, NULL, &u);
	CHECK(u.n == 2);
	CHECK_STR(u.n == 2 ? u.v[1].field : "", "message");
	CHECK_STR(u.n == 2 ? u.v[1].message : "", "Invalid value: \"changed\": field is immutable");
}

static void test_reviews(void)
{
	bad("subjectaccessreviews", "{'metadata':{},'spec':{}}",
	    "spec.resourceAttributes: Invalid value: null: exactly one of nonResourceAttributes or resourceAttributes "
	    "must be specified\n"
	    "spec.user: Invalid value: \"\": at least one of user or group must be specified");
	bad("subjectaccessreviews",
	    "{'metadata':{'name':'x'},'spec':{'user':'u','resourceAttributes':{'labelSelector':{}}}}",
	    "spec.resourceAttributes.labelSelector.requirements: Required value: when "
	    "spec.resourceAttributes.labelSelector is specified, "
	    "requirements or rawSelector is required\nmetadata: Invalid value: {\"name\":\"x\"}: must be empty");
	bad("localsubjectaccessreviews",
	    "{'metadata':{'namespace':'a'},'spec':{'user':'u','resourceAttributes':{'namespace':'b'}}}",
	    "spec.resourceAttributes.namespace: Invalid value: \"b\": must match metadata.namespace");
	good("localsubjectaccessreviews",
	     "{'metadata':{'namespace':'a'},'spec':{'user':'u','resourceAttributes':{'namespace':'a'}}}");
	good("selfsubjectaccessreviews", "{'metadata':{},'spec':{'nonResourceAttributes':{'path':'/x','verb':'get'}}}");
}

static void test_generated_selector(void)
{
#define POD_TEMPLATE(labels)                                                                                           \
	"'template':{'metadata':{'labels':{" labels                                                                    \
	"}},'spec':{'restartPolicy':'Never','containers':[{'name':'a','image':'b'}]}}"
	static const char meta[] = "'metadata':{'name':'x','namespace':'n','uid':'u'}";
	AUTO_FREE char *theirs = str_fmt(
	    "{%s,'spec':{'selector':{'matchLabels':{'a':'b'}}," POD_TEMPLATE("'a':'b','controller-uid':'v'") "}}",
	    meta);
	AUTO_FREE char *manual = str_fmt(
	    "{%s,'spec':{'manualSelector':true,'selector':{'matchLabels':{'a':'b'}}," POD_TEMPLATE("'a':'b'") "}}",
	    meta);
	good("jobs", manual);
	bad("jobs", theirs,
	    "spec.template.metadata.labels[controller-uid]: Invalid value: {\"a\":\"b\",\"controller-uid\":\"v\"}: "
	    "must be 'u'\n"
	    "spec.template.metadata.labels[job-name]: Required value: must be 'x'\n"
	    "spec.template.metadata.labels[batch.kubernetes.io/controller-uid]: Required value: must be 'u'\n"
	    "spec.template.metadata.labels[batch.kubernetes.io/job-name]: Required value: must be 'x'\n"
	    "spec.selector: Invalid value: {\"matchLabels\":{\"a\":\"b\"}}: `selector` not auto-generated");
#undef POD_TEMPLATE
}

int main(void)
{
	CHECK(api_registry_new(&reg, NULL) == 0);
	RUN(test_regex);
	RUN(test_metadata);
	RUN(test_pod);
	RUN(test_sysctls);
	RUN(test_pod_update);
	RUN(test_workloads);
	RUN(test_generated_selector);
	RUN(test_events);
	RUN(test_reviews);
	RUN(test_services);
	RUN(test_net);
	RUN(test_config);
	RUN(test_storage);
	RUN(test_rbac);
	RUN(test_more);
	RUN(test_csr);
	RUN(test_api_service);
	RUN(test_classes);
	RUN(test_crd_schema);
	RUN(test_crd_version);
	RUN(test_crd);
	RUN(test_custom);
	(void)api_registry_unref(reg);
	return TEST_END();
}
