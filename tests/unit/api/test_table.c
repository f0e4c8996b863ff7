#include "base/json.h"
#include "base/str.h"
#include "api/resource.h"
#include "api/table.h"
#include "tests/unit/json.h"
#include "tests/unit/test.h"

static void ages(void)
{
	static const struct {
		int64_t s;
		const char *text;
	} cases[] = {{-5, "<invalid>"}, {-1, "0s"},	{0, "0s"},	  {119, "119s"},	{120, "2m"},	  {125, "2m5s"},	{599, "9m59s"},
		     {600, "10m"},	{10799, "179m"},	{10800, "3h"},	  {10860, "3h1m"},	{28800, "8h"},	  {172799, "47h"},	{172800, "2d"},
		     {176400, "2d1h"},	{691200, "8d"},	{63072000, "2y"}, {63158400, "2y1d"},	{63071999, "729d"}, {252288000, "8y"}, {315360000, "10y"}};
	char out[32];

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		table_age(cases[i].s, out, sizeof(out));
		CHECK_STR(out, cases[i].text);
	}
}

#define NOW "2026-01-01T01:00:00Z"

/* Cells of obj joined by '|', strings bare; there are as many as columns. */
static void row(const char *group, const char *plural, const char *obj, const char *want)
{
	struct api_resource res = {.group = group, .version = "v1", .plural = plural, .namespaced = true};
	AUTO_JSON json_t *o = parse(obj), *cols = table_columns(&res), *cells = NULL;
	AUTO_BUF struct buf b = {0};
	struct timespec now;
	json_t *v;
	size_t i;

	CHECK(time_parse(NOW, &now) == 0);
	cells = table_cells(&res, o, now.tv_sec);
	CHECK(json_array_size(cells) == json_array_size(cols) && json_array_size(cols) > 0);
	json_array_foreach(cells, i, v)
	{
		if (i)
			buf_addc(&b, '|');
		if (json_is_string(v))
			buf_adds(&b, json_string_value(v));
		else
			json_encode_buf(v, &b);
	}
	CHECK_STR(b.data, want);
}

#define META "\"metadata\":{\"name\":\"x\",\"creationTimestamp\":\"2026-01-01T00:55:00Z\"}"
#define TMPL "\"template\":{\"spec\":{\"containers\":[{\"name\":\"a\",\"image\":\"i1\"},{\"name\":\"b\",\"image\":\"i2\"}]}}"

static void pods(void)
{
	row("", "pods", "{" META ",\"spec\":{\"containers\":[{\"name\":\"a\"}],\"nodeName\":\"n1\"},\"status\":{\"phase\":\"Running\",\"podIP\":\"10.0.0.1\","
	    "\"podIPs\":[{\"ip\":\"10.0.0.1\"}],\"containerStatuses\":[{\"name\":\"a\",\"ready\":true,\"restartCount\":0,\"state\":{\"running\":{}}}]}}",
	    "x|1/1|Running|0|5m|10.0.0.1|n1|<none>|<none>");
	row("", "pods", "{" META ",\"spec\":{\"containers\":[{\"name\":\"a\"}]},\"status\":{\"phase\":\"Pending\"}}",
	    "x|0/1|Pending|0|5m|<none>|<none>|<none>|<none>");
	row("", "pods", "{" META ",\"spec\":{\"containers\":[{\"name\":\"a\"}]},\"status\":{\"phase\":\"Running\",\"containerStatuses\":[{\"ready\":false,"
	    "\"restartCount\":3,\"state\":{\"waiting\":{\"reason\":\"CrashLoopBackOff\"}},\"lastState\":{\"terminated\":{\"finishedAt\":\"2026-01-01T00:58:30Z\"}}}]}}",
	    "x|0/1|CrashLoopBackOff|3 (90s ago)|5m|<none>|<none>|<none>|<none>");
	row("", "pods", "{" META ",\"spec\":{\"containers\":[{\"name\":\"a\"}]},\"status\":{\"phase\":\"Succeeded\",\"containerStatuses\":[{\"ready\":false,"
	    "\"restartCount\":0,\"state\":{\"terminated\":{\"reason\":\"Completed\",\"exitCode\":0}}}]}}",
	    "x|0/1|Completed|0|5m|<none>|<none>|<none>|<none>");
	row("", "pods", "{" META ",\"spec\":{\"containers\":[{\"name\":\"a\"}]},\"status\":{\"phase\":\"Failed\",\"containerStatuses\":[{\"ready\":false,"
	    "\"restartCount\":0,\"state\":{\"terminated\":{\"exitCode\":3}}}]}}",
	    "x|0/1|ExitCode:3|0|5m|<none>|<none>|<none>|<none>");
	row("", "pods", "{\"metadata\":{\"name\":\"x\",\"creationTimestamp\":\"2026-01-01T00:55:00Z\",\"deletionTimestamp\":\"2026-01-01T00:59:00Z\"},"
	    "\"spec\":{\"containers\":[{\"name\":\"a\"}]},\"status\":{\"phase\":\"Running\",\"containerStatuses\":[{\"ready\":true,\"state\":{\"running\":{}}}]}}",
	    "x|1/1|Terminating|0|5m|<none>|<none>|<none>|<none>");
	/* Init containers: the second of three runs, the first was restarted twice. */
	row("", "pods", "{" META ",\"spec\":{\"initContainers\":[{\"name\":\"i\"},{\"name\":\"j\"},{\"name\":\"k\"}],\"containers\":[{\"name\":\"a\"}]},"
	    "\"status\":{\"phase\":\"Pending\",\"initContainerStatuses\":[{\"name\":\"i\",\"restartCount\":2,\"state\":{\"terminated\":{\"exitCode\":0}}},"
	    "{\"name\":\"j\",\"restartCount\":0,\"state\":{\"running\":{}}}],\"containerStatuses\":[{\"name\":\"a\",\"restartCount\":0,\"state\":{\"waiting\":"
	    "{\"reason\":\"PodInitializing\"}}}]}}",
	    "x|0/1|Init:1/3|2|5m|<none>|<none>|<none>|<none>");
	row("", "pods", "{" META ",\"spec\":{\"initContainers\":[{\"name\":\"i\"}],\"containers\":[{\"name\":\"a\"}]},\"status\":{\"phase\":\"Pending\","
	    "\"initContainerStatuses\":[{\"name\":\"i\",\"restartCount\":1,\"state\":{\"terminated\":{\"exitCode\":1,\"reason\":\"Error\"}}}]}}",
	    "x|0/1|Init:Error|1|5m|<none>|<none>|<none>|<none>");
	/* A sidecar counts as a container; gates. */
	row("", "pods", "{" META ",\"spec\":{\"initContainers\":[{\"name\":\"i\",\"restartPolicy\":\"Always\"}],\"containers\":[{\"name\":\"a\"}],"
	    "\"readinessGates\":[{\"conditionType\":\"G\"},{\"conditionType\":\"H\"}]},\"status\":{\"phase\":\"Running\",\"conditions\":[{\"type\":\"G\","
	    "\"status\":\"True\"}],\"initContainerStatuses\":[{\"name\":\"i\",\"restartCount\":1,\"started\":true,\"ready\":true,\"state\":{\"running\":{}}}],"
	    "\"containerStatuses\":[{\"ready\":true,\"restartCount\":1,\"state\":{\"running\":{}}}]}}",
	    "x|2/2|Running|2|5m|<none>|<none>|<none>|1/2");
}

static void workloads(void)
{
	row("apps", "deployments", "{" META ",\"spec\":{\"replicas\":3,\"selector\":{\"matchLabels\":{\"b\":\"2\",\"a\":\"1\"}}," TMPL "},"
	    "\"status\":{\"readyReplicas\":2,\"updatedReplicas\":3,\"availableReplicas\":1}}",
	    "x|2/3|3|1|5m|a,b|i1,i2|a=1,b=2");
	row("apps", "replicasets", "{" META ",\"spec\":{\"replicas\":3,\"selector\":{\"matchExpressions\":[{\"key\":\"a\",\"operator\":\"In\",\"values\":[\"z\",\"y\"]},"
	    "{\"key\":\"c\",\"operator\":\"DoesNotExist\"}]}," TMPL "},\"status\":{\"replicas\":2}}",
	    "x|3|2|0|5m|a,b|i1,i2|a in (y,z),!c");
	row("apps", "statefulsets", "{" META ",\"spec\":{\"replicas\":3," TMPL "},\"status\":{}}", "x|0/3|5m|a,b|i1,i2");
	row("apps", "daemonsets", "{" META ",\"spec\":{" TMPL "},\"status\":{\"desiredNumberScheduled\":1,\"numberReady\":1}}",
	    "x|1|0|1|0|0|<none>|5m|a,b|i1,i2|<none>");
	row("batch", "jobs", "{" META ",\"spec\":{\"completions\":2," TMPL "},\"status\":{\"succeeded\":1,\"startTime\":\"2026-01-01T00:59:00Z\"}}",
	    "x|Running|1/2|60s|5m|a,b|i1,i2|<none>");
	row("batch", "cronjobs", "{" META ",\"spec\":{\"schedule\":\"* * * * *\",\"suspend\":false,\"jobTemplate\":{\"spec\":{" TMPL "}}},\"status\":{}}",
	    "x|* * * * *|<none>|False|0|<none>|5m|a,b|i1,i2|<none>");
	row("autoscaling", "horizontalpodautoscalers", "{" META ",\"spec\":{\"scaleTargetRef\":{\"kind\":\"Deployment\",\"name\":\"d\"},\"minReplicas\":1,\"maxReplicas\":5,"
	    "\"metrics\":[{\"type\":\"Resource\",\"resource\":{\"name\":\"cpu\",\"target\":{\"averageUtilization\":80}}}]},\"status\":{\"currentReplicas\":2}}",
	    "x|Deployment/d|cpu: <unknown>/80%|1|5|2|5m");
	row("policy", "poddisruptionbudgets", "{" META ",\"spec\":{\"minAvailable\":\"50%\"},\"status\":{\"disruptionsAllowed\":1}}", "x|50%|N/A|1|5m");
	row("apps", "controllerrevisions", "{\"metadata\":{\"name\":\"x\",\"ownerReferences\":[{\"apiVersion\":\"apps/v1\",\"kind\":\"DaemonSet\",\"name\":\"d\",\"controller\":true}]},"
	    "\"revision\":4}", "x|daemonset.apps/d|4|<unknown>");
}

static void others(void)
{
	row("", "services", "{" META ",\"spec\":{\"type\":\"NodePort\",\"clusterIP\":\"10.43.0.5\",\"clusterIPs\":[\"10.43.0.5\"],\"selector\":{\"a\":\"b\"},\"ports\":[{\"port\":80,"
	    "\"nodePort\":30080,\"protocol\":\"TCP\"},{\"port\":53,\"protocol\":\"UDP\"}]}}",
	    "x|NodePort|10.43.0.5|<none>|80:30080/TCP,53/UDP|5m|a=b");
	row("", "services", "{" META ",\"spec\":{\"type\":\"ExternalName\",\"externalName\":\"e.org\"}}", "x|ExternalName|<none>|e.org|<none>|5m|<none>");
	row("", "services", "{" META ",\"spec\":{\"type\":\"LoadBalancer\",\"clusterIP\":\"None\"}}", "x|LoadBalancer|None|<pending>|<none>|5m|<none>");
	row("", "endpoints", "{" META ",\"subsets\":[{\"addresses\":[{\"ip\":\"1.1.1.1\"},{\"ip\":\"1.1.1.2\"},{\"ip\":\"fd::1\"},{\"ip\":\"1.1.1.4\"}],\"ports\":[{\"port\":80}]}]}",
	    "x|1.1.1.1:80,1.1.1.2:80,[fd::1]:80 + 1 more...|5m");
	row("", "endpoints", "{" META "}", "x|<none>|5m");
	row("discovery.k8s.io", "endpointslices", "{" META ",\"addressType\":\"IPv4\",\"ports\":[{\"port\":80}],\"endpoints\":[{\"addresses\":[\"1.1.1.1\"]}]}",
	    "x|IPv4|80|1.1.1.1|5m");
	row("", "nodes", "{\"metadata\":{\"name\":\"n\",\"labels\":{\"node-role.kubernetes.io/control-plane\":\"\",\"kubernetes.io/role\":\"edge\"}},\"spec\":{\"unschedulable\":true},"
	    "\"status\":{\"conditions\":[{\"type\":\"Ready\",\"status\":\"True\"}],\"addresses\":[{\"type\":\"InternalIP\",\"address\":\"10.1.1.1\"}],\"nodeInfo\":{\"kubeletVersion\":\"v1\"}}}",
	    "n|Ready,SchedulingDisabled|control-plane,edge|<unknown>|v1|10.1.1.1|<none>|<unknown>|<unknown>|<unknown>");
	row("", "namespaces", "{" META ",\"status\":{\"phase\":\"Active\"}}", "x|Active|5m");
	row("", "configmaps", "{" META ",\"data\":{\"a\":\"1\"},\"binaryData\":{\"b\":\"\"}}", "x|2|5m");
	row("", "secrets", "{" META ",\"type\":\"Opaque\",\"data\":{\"a\":\"1\"}}", "x|Opaque|1|5m");
	row("", "persistentvolumes", "{" META ",\"spec\":{\"capacity\":{\"storage\":\"30720Mi\"},\"accessModes\":[\"ReadWriteMany\",\"ReadWriteOnce\"],\"persistentVolumeReclaimPolicy\":\"Delete\","
	    "\"claimRef\":{\"namespace\":\"n\",\"name\":\"c\"},\"storageClassName\":\"s\",\"volumeMode\":\"Filesystem\"},\"status\":{\"phase\":\"Bound\"}}",
	    "x|30Gi|RWO,RWX|Delete|Bound|n/c|s|<unset>||5m|Filesystem");
	row("", "persistentvolumeclaims", "{" META ",\"spec\":{},\"status\":{\"phase\":\"Pending\"}}", "x|Pending|||||<unset>|5m|<unset>");
	row("storage.k8s.io", "storageclasses", "{\"metadata\":{\"name\":\"x\",\"annotations\":{\"storageclass.kubernetes.io/is-default-class\":\"true\"}},\"provisioner\":\"p\"}",
	    "x (default)|p|Delete|Immediate|false|<unknown>");
	row("networking.k8s.io", "ingresses", "{" META ",\"spec\":{\"ingressClassName\":\"nginx\",\"rules\":[{\"host\":\"a.b\"},{\"host\":\"c.d\"}],\"tls\":[{}]},\"status\":{\"loadBalancer\":"
	    "{\"ingress\":[{\"ip\":\"1.2.3.4\"}]}}}",
	    "x|nginx|a.b,c.d|1.2.3.4|80, 443|5m");
	row("", "events", "{\"metadata\":{\"name\":\"e\"},\"involvedObject\":{\"kind\":\"Pod\",\"name\":\"p\"},\"type\":\"Normal\",\"reason\":\"Pulled\",\"message\":\" hi \\n\",\"count\":2,"
	    "\"firstTimestamp\":\"2026-01-01T00:50:00Z\",\"lastTimestamp\":\"2026-01-01T00:59:50Z\",\"source\":{\"component\":\"kubelet\",\"host\":\"n1\"}}",
	    "10s|Normal|Pulled|pod/p||kubelet, n1|hi|10m|2|e");
	row("events.k8s.io", "events", "{\"metadata\":{\"name\":\"e\"},\"regarding\":{\"kind\":\"Pod\",\"name\":\"p\"},\"type\":\"Normal\",\"reason\":\"Pulled\",\"note\":\"hi\","
	    "\"eventTime\":\"2026-01-01T00:50:00.000000Z\",\"reportingController\":\"kubelet\",\"reportingInstance\":\"n1\"}",
	    "10m|Normal|Pulled|pod/p||kubelet, n1|hi|10m|1|e");
	row("rbac.authorization.k8s.io", "clusterroles", "{" META "}", "x|2026-01-01T00:55:00Z");
	row("rbac.authorization.k8s.io", "rolebindings", "{" META ",\"roleRef\":{\"kind\":\"Role\",\"name\":\"r\"},\"subjects\":[{\"kind\":\"User\",\"name\":\"u\"},"
	    "{\"kind\":\"ServiceAccount\",\"namespace\":\"n\",\"name\":\"s\"},{\"kind\":\"User\",\"name\":\"v\"}]}",
	    "x|Role/r|5m|u, v||n/s");
	row("certificates.k8s.io", "certificatesigningrequests", "{" META ",\"spec\":{\"signerName\":\"s\",\"username\":\"u\"},\"status\":{\"certificate\":\"eA==\",\"conditions\":[{\"type\":\"Approved\"}]}}",
	    "x|5m|s|u|<none>|Approved,Issued");
	row("", "resourcequotas", "{" META ",\"status\":{\"hard\":{\"pods\":\"10\",\"limits.cpu\":\"2\",\"cpu\":\"1\"},\"used\":{\"pods\":\"3\"}}}",
	    "x|cpu: 0/1, pods: 3/10|limits.cpu: 0/2|5m");
	row("storage.k8s.io", "csidrivers", "{" META ",\"spec\":{}}", "x|true|false|false|<unset>|false|<none>|5m");
	row("apiregistration.k8s.io", "apiservices", "{" META ",\"spec\":{}}", "x|Local|Unknown|5m");
}

/* Every kind prints as many cells as it has columns, even of an empty object. */
static void every_kind(void)
{
	struct api_registry *reg = NULL;
	AUTO_JSON json_t *empty = parse("{}");

	CHECK(api_registry_new(&reg, NULL) == 0);
	for (size_t i = 0; i < api_resource_count(reg); i++) {
		const struct api_resource *res = api_resource_at(reg, i);
		AUTO_JSON json_t *cols = table_columns(res), *cells = table_cells(res, empty, 0);
		CHECK(json_array_size(cols) >= 2 && json_array_size(cols) == json_array_size(cells));
		if (json_array_size(cols) != json_array_size(cells))
			fprintf(stderr, "  %s/%s\n", res->group, res->plural);
	}
	(void)api_registry_unref(reg);
}

static void columns(void)
{
	struct api_resource pods = {.group = "", .version = "v1", .plural = "pods"};
	AUTO_JSON json_t *cols = table_columns(&pods);

	CHECK_STR(json_str(cols, "[0].format"), "name");
	CHECK_STR(json_str(json_array_get(cols, 3), "name"), "Restarts");
	CHECK_STR(json_str(json_array_get(cols, 7), "name"), "Nominated Node");
	CHECK(json_int_or(json_array_get(cols, 7), "priority", 0) == 1);
}

static void custom(void)
{
	AUTO_JSON json_t *crd = parse("{\"spec\":{\"versions\":[{\"name\":\"v1\",\"additionalPrinterColumns\":["
				      "{\"name\":\"Replicas\",\"type\":\"integer\",\"jsonPath\":\".spec.replicas\"},"
				      "{\"name\":\"Ready\",\"type\":\"string\",\"jsonPath\":\".status.conditions[?(@.type==\\\"Ready\\\")].status\",\"priority\":1},"
				      "{\"name\":\"First\",\"type\":\"string\",\"jsonPath\":\".spec.list[0]['a.b']\"},"
				      "{\"name\":\"Note\",\"type\":\"string\",\"jsonPath\":\".metadata.annotations.x\\\\.io/n\"},"
				      "{\"name\":\"Any\",\"type\":\"string\",\"jsonPath\":\".spec.list[*].q\"},"
				      "{\"name\":\"Obj\",\"type\":\"string\",\"jsonPath\":\".spec.obj\"},"
				      "{\"name\":\"Last\",\"type\":\"boolean\",\"jsonPath\":\".spec.flags[-1]\"},"
				      "{\"name\":\"Bad\",\"type\":\"string\",\"jsonPath\":\".spec[\"},"
				      "{\"name\":\"Age\",\"type\":\"date\",\"jsonPath\":\".metadata.creationTimestamp\"}]}]}}");
	AUTO_JSON json_t *obj = parse("{\"metadata\":{\"name\":\"x\",\"creationTimestamp\":\"2026-01-01T00:55:00Z\",\"annotations\":{\"x.io/n\":\"v\"}},\"spec\":{\"replicas\":3,"
				      "\"list\":[{\"a.b\":\"f\"},{\"q\":7}],\"obj\":{\"k\":1},\"flags\":[false,true]},\"status\":{\"conditions\":[{\"type\":\"X\",\"status\":\"1\"},"
				      "{\"type\":\"Ready\",\"status\":\"True\"}]}}");
	struct api_resource res = {.group = "g.io", .version = "v1", .plural = "things", .crd = crd};
	struct timespec now;

	CHECK(time_parse(NOW, &now) == 0);
	AUTO_JSON json_t *cols = table_columns(&res), *cells = table_cells(&res, obj, now.tv_sec);
	AUTO_BYTES struct bytes *b = json_encode(cells);
	CHECK(json_array_size(cols) == 10);
	CHECK_STR(b->data, "[\"x\",3,\"True\",\"f\",\"v\",\"7\",\"{\\\"k\\\":1}\",true,null,\"5m\"]");
	AUTO_JSON json_t *plain = parse("{\"spec\":{\"versions\":[{\"name\":\"v1\"}]}}");
	res.crd = plain;
	AUTO_JSON json_t *cols2 = table_columns(&res), *cells2 = table_cells(&res, obj, now.tv_sec);
	AUTO_BYTES struct bytes *b2 = json_encode(cells2);
	CHECK(json_array_size(cols2) == 2);
	CHECK_STR(b2->data, "[\"x\",\"5m\"]");
}

int main(void)
{
	RUN(ages);
	RUN(pods);
	RUN(workloads);
	RUN(others);
	RUN(every_kind);
	RUN(columns);
	RUN(custom);
	return TEST_END();
}
