/* What the node refuses of what is bound to it, and how it says so. */
#include "tests/unit/test.h"
#include "api/host_ports.h"
#include "base/str.h"
#include "node/admit.h"

static json_t *parse(const char *text)
{
	json_t *v = NULL;
	struct err e = {0};

	if (json_parse(text, strlen(text), &v, &e) < 0)
		fprintf(stderr, "%s\n%s\n", text, e.msg);
	return v;
}

#define NODE                                                                                                           \
	"{\"metadata\":{\"labels\":{\"disk\":\"ssd\"}},\"spec\":{\"taints\":[{\"key\":\"k\",\"effect\":"               \
	"\"NoSchedule\"},{\"key\":\"gone\","                                                                           \
	"\"value\":\"v\",\"effect\":\"NoExecute\"}]},\"status\":{\"allocatable\":{\"cpu\":\"2\",\"memory\":\"1Gi\","   \
	"\"ephemeral-storage\":"                                                                                       \
	"\"10Gi\",\"pods\":\"3\",\"example.com/gpu\":\"1\"}}}"
#define TOLERANT        "\"tolerations\":[{\"key\":\"gone\",\"operator\":\"Exists\"}],"
#define CONTAINER(more) "\"containers\":[{\"name\":\"c\"" more "}]"
#define REQUESTS(list)  CONTAINER(",\"resources\":{\"requests\":{" list "}}")
#define PORT(more)      CONTAINER(",\"ports\":[{\"containerPort\":1,\"hostPort\":80" more "}]")

/* "" or "REASON: MESSAGE", with a pod of 500m and the port 127.0.0.1:80 there already. */
static char *admit(const char *spec, bool critical)
{
	AUTO_FREE char *text = str_fmt("{\"spec\":{%s}}", spec);
	AUTO_JSON json_t *node = parse(NODE), *pod = parse(text),
			 *there = parse("{\"spec\":{" CONTAINER(
			     ",\"resources\":{\"requests\":{\"cpu\":\"500m\",\"example.com/gpu\":\"1\"}},"
			     "\"ports\":[{\"hostPort\":80,\"hostIP\":\"127.0.0.1\"}]") "}}"),
			 *ports = host_ports_of(json_object_get(there, "spec"));
	struct admit_node n = {
	    .name = "n1", .labels = json_dot(node, "metadata.labels"), .taints = json_dot(node, "spec.taints")};
	AUTO_FREE char *reason = NULL;
	struct resources req;
	struct err e = {0};

	resources_of_node(&n.alloc, node);
	resources_of_pod(&req, there);
	CHECK(admit_node_add(&n, &req, ports) == 0);
	int r = admit_check(pod, &n, critical, &reason, &e);
	CHECK(r == 0 || (r == ERR_FORBIDDEN && reason));
	resources_done(&req);
	admit_node_done(&n);
	return r == 0 ? str_dup("") : str_fmt("%s: %s", reason, e.msg);
}
#define CHECK_ADMIT(spec, critical, want)                                                                              \
	do {                                                                                                           \
		AUTO_FREE char *admit_ = admit(spec, critical);                                                        \
		CHECK_STR(admit_, want);                                                                               \
	} while (0)

static void room(void)
{
	CHECK_ADMIT(TOLERANT REQUESTS("\"cpu\":\"1500m\""), false, "");
	CHECK_ADMIT(TOLERANT REQUESTS("\"cpu\":\"1501m\""), false,
		    "OutOfcpu: Node didn't have enough resource: cpu, requested: 1501, used: 500, capacity: 2000");
	CHECK_ADMIT(TOLERANT REQUESTS("\"cpu\":\"1501m\""), true, "");
	CHECK_ADMIT(TOLERANT REQUESTS("\"memory\":\"2Gi\""), false,
		    "OutOfmemory: Node didn't have enough resource: memory, requested: 2147483648, used: 0, capacity: "
		    "1073741824");
	CHECK_ADMIT(TOLERANT REQUESTS("\"ephemeral-storage\":\"11Gi\""), false,
		    "OutOfephemeral-storage: Node didn't have enough resource: ephemeral-storage, requested: "
		    "11811160064, used: 0, capacity: "
		    "10737418240");
	CHECK_ADMIT(TOLERANT REQUESTS("\"example.com/gpu\":\"1\""), false,
		    "OutOfexample.com/gpu: Node didn't have enough resource: example.com/gpu, requested: 1, used: 1, "
		    "capacity: 1");
	CHECK_ADMIT(TOLERANT REQUESTS("\"example.com/gpu\":\"1\""), true,
		    "OutOfexample.com/gpu: Node didn't have enough resource: example.com/gpu, requested: 1, used: 1, "
		    "capacity: 1");
	CHECK_ADMIT(TOLERANT REQUESTS("\"example.com/cluster-wide\":\"7\""), false, ""); /* nothing that a node has */
}

static void count(void)
{
	AUTO_JSON json_t *node = parse(NODE), *pod = parse("{\"spec\":{" TOLERANT CONTAINER("") "}}");
	struct admit_node n = {.name = "n1"};
	AUTO_FREE char *reason = NULL;
	struct resources req;
	struct err e = {0};

	resources_of_node(&n.alloc, node);
	resources_of_pod(&req, pod);
	for (int i = 0; i < 2; i++)
		CHECK(admit_node_add(&n, &req, NULL) == 0);
	CHECK(admit_check(pod, &n, false, &reason, &e) == 0 && !reason);
	CHECK(admit_node_add(&n, &req, NULL) == 0);
	CHECK(admit_check(pod, &n, true, &reason, &e) == ERR_FORBIDDEN);
	CHECK_STR(reason, "OutOfpods");
	CHECK_STR(e.msg, "Node didn't have enough resource: pods, requested: 1, used: 3, capacity: 3");
	resources_done(&req);
	admit_node_done(&n);
}

static void ports(void)
{
	static const char clash[] =
	    "NodePorts: Predicate NodePorts failed: node(s) didn't have free ports for the requested pod ports";

	CHECK_ADMIT(TOLERANT PORT(""), false, clash);
	CHECK_ADMIT(TOLERANT PORT(",\"hostIP\":\"0.0.0.0\""), false, clash);
	CHECK_ADMIT(TOLERANT PORT(",\"hostIP\":\"127.0.0.1\",\"protocol\":\"TCP\""), true, clash);
	CHECK_ADMIT(TOLERANT PORT(",\"hostIP\":\"10.0.0.1\""), false, "");
	CHECK_ADMIT(TOLERANT PORT(",\"protocol\":\"UDP\""), false, "");
	/* An init container has ended before others begin, unless it goes on beside them. */
	CHECK_ADMIT(TOLERANT CONTAINER("") ",\"initContainers\":[{\"name\":\"i\",\"ports\":[{\"hostPort\":80}]}]",
		    false, "");
	CHECK_ADMIT(
	    TOLERANT CONTAINER(
		"") ",\"initContainers\":[{\"name\":\"i\",\"restartPolicy\":\"Always\",\"ports\":[{\"hostPort\":80}]}]",
	    false, clash);
}

static void selectors(void)
{
	static const char wrong[] =
	    "NodeAffinity: Predicate NodeAffinity failed: node(s) didn't match Pod's node affinity/selector";

	CHECK_ADMIT(TOLERANT CONTAINER("") ",\"nodeSelector\":{\"disk\":\"ssd\"}", false, "");
	CHECK_ADMIT(TOLERANT CONTAINER("") ",\"nodeSelector\":{\"disk\":\"hdd\"}", false, wrong);
	CHECK_ADMIT(TOLERANT CONTAINER("") ",\"nodeSelector\":{\"disk\":\"ssd\",\"arch\":\"x\"}", false, wrong);
	CHECK_ADMIT(TOLERANT CONTAINER(
			"") ",\"affinity\":{\"nodeAffinity\":{\"requiredDuringSchedulingIgnoredDuringExecution\":{"
			    "\"nodeSelectorTerms\":[{\"matchFields\":[{\"key\":\"metadata.name\",\"operator\":\"In\","
			    "\"values\":["
			    "\"n1\"]}]}]}}}",
		    false, "");
	CHECK_ADMIT(TOLERANT CONTAINER(
			"") ",\"affinity\":{\"nodeAffinity\":{\"requiredDuringSchedulingIgnoredDuringExecution\":{"
			    "\"nodeSelectorTerms\":[{\"matchExpressions\":[{\"key\":\"disk\",\"operator\":"
			    "\"DoesNotExist\"}]}]}}}",
		    false, wrong);
}

static void taints(void)
{
	static const char why[] =
	    "TaintToleration: Predicate TaintToleration failed: node(s) had taints that the pod didn't tolerate";

	CHECK_ADMIT(CONTAINER(""), false, why);
	CHECK_ADMIT(CONTAINER("") ",\"tolerations\":[{\"key\":\"k\",\"operator\":\"Exists\"}]", true, why);
	CHECK_ADMIT(CONTAINER("") ",\"tolerations\":[{\"key\":\"gone\",\"value\":\"v\",\"effect\":\"NoExecute\","
				  "\"tolerationSeconds\":5}]",
		    false, "");
}

int main(void)
{
	RUN(room);
	RUN(count);
	RUN(ports);
	RUN(selectors);
	RUN(taints);
	return TEST_END();
}
