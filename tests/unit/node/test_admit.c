/* What the node refuses of what is bound to it, and how it says so. */
#include "tests/unit/json.h"
#include "tests/unit/test.h"
#include "api/host_ports.h"
#include "base/str.h"
#include "node/admit.h"

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

/* "" or "REASON: MESSAGE", but for resources when it is critical, with a pod of 500m and the port 127.0.0.1:80 there
 * already. */
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
	int r = critical ? admit_check_others(pod, &n, &reason, &e) : admit_check(pod, &n, &reason, &e);
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
	CHECK(admit_check(pod, &n, &reason, &e) == 0 && !reason);
	CHECK(admit_node_add(&n, &req, NULL) == 0);
	CHECK(admit_check(pod, &n, &reason, &e) == ERR_FORBIDDEN);
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

/* What is missing: "cpu 500 memory 1073741824". */
static char *missing(const char *spec, int64_t cpu, int64_t memory, int64_t pods)
{
	AUTO_FREE char *text = str_fmt("{\"spec\":{%s}}", spec);
	AUTO_JSON json_t *node = parse(NODE), *pod = parse(text);
	struct admit_node n = {.name = "n1", .used = {.milli_cpu = cpu, .memory = memory, .pods = pods}};
	struct admit_needs needs = {0};
	AUTO_BUF struct buf b = {0};

	resources_of_node(&n.alloc, node);
	CHECK(admit_missing(pod, &n, &needs) == 0);
	for (size_t i = 0; i < needs.n; i++)
		buf_addf(&b, "%s%s %lld", i ? " " : "", needs.v[i].what, (long long)needs.v[i].quantity);
	admit_needs_done(&needs);
	admit_node_done(&n);
	return buf_take(&b, NULL);
}
#define CHECK_MISSING(spec, cpu, memory, pods, want)                                                                   \
	do {                                                                                                           \
		AUTO_FREE char *missing_ = missing(spec, cpu, memory, pods);                                           \
		CHECK_STR(missing_, want);                                                                             \
	} while (0)

static void needs(void)
{
	CHECK_MISSING(REQUESTS("\"cpu\":\"1\""), 1000, 0, 0, "");
	CHECK_MISSING(REQUESTS("\"cpu\":\"1\""), 1500, 0, 0, "cpu 500");
	CHECK_MISSING(REQUESTS("\"cpu\":\"1\",\"memory\":\"1Gi\""), 1500, 1024, 3, "pods 1 cpu 500 memory 1024");
	CHECK_MISSING(REQUESTS("\"example.com/gpu\":\"3\",\"example.com/cluster-wide\":\"7\""), 0, 0, 0,
		      "example.com/gpu 2");
	CHECK_MISSING(CONTAINER(""), 5000, 1ll << 40, 0, ""); /* who asks for nothing lacks nothing */
}

/* Who goes, by letters: for what is missing of cpu and memory, of pods told by "QcpuMmem..." with Q one of e, b, g. */
static char *chosen(int64_t cpu, int64_t memory, const char *const *pods, size_t n, struct err *e)
{
	static char cpu_name[] = "cpu", memory_name[] = "memory";
	struct admit_need v[2];
	struct admit_needs missing = {.v = v};
	struct resources req[8] = {{0}};
	struct admit_victim who[8];
	AUTO_BUF struct buf b = {0};

	if (cpu)
		v[missing.n++] = (struct admit_need){cpu_name, cpu};
	if (memory)
		v[missing.n++] = (struct admit_need){memory_name, memory};
	for (size_t i = 0; i < n; i++) {
		char class;
		long long c, m;

		if (sscanf(pods[i], "%c %lld %lld", &class, &c, &m) != 3)
			abort();
		req[i] = (struct resources){.milli_cpu = c, .memory = m, .pods = 1};
		who[i] = (struct admit_victim){.req = &req[i],
					       .qos = class == 'g'   ? ADMIT_GUARANTEED
						      : class == 'b' ? ADMIT_BURSTABLE
								     : ADMIT_BEST_EFFORT};
	}
	if (admit_choose(&missing, who, n, e) < 0)
		return str_dup("none");
	for (size_t i = 0; i < n; i++)
		if (who[i].chosen)
			buf_addc(&b, (char)('A' + i));
	return buf_take(&b, NULL);
}
#define CHECK_CHOSEN(cpu, memory, want, ...)                                                                           \
	do {                                                                                                           \
		static const char *const pods_[] = {__VA_ARGS__};                                                      \
		struct err e_ = {0};                                                                                   \
		AUTO_FREE char *chosen_ = chosen(cpu, memory, pods_, ARRAY_LEN(pods_), &e_);                           \
		CHECK_STR(chosen_, want);                                                                              \
	} while (0)

/* The least harm, as kubelet has it. */
static void preempt(void)
{
	struct err e = {0};
	static const char *const few[] = {"b 100 10", "g 200 10"};
	AUTO_FREE char *none = NULL;

	/* As few as will do, and of those the smallest. */
	CHECK_CHOSEN(500, 0, "B", "b 300 1", "b 600 5", "b 700 9", "b 250 1");
	CHECK_CHOSEN(500, 0, "C", "b 300 1", "b 600 9", "b 700 5", "b 250 1");
	CHECK_CHOSEN(1200, 0, "BC", "b 300 1", "b 600 9", "b 700 5", "b 250 1");
	/* Guaranteed ones stay while others are enough (else the others may), burstable ones while best-effort ones
	 * are. */
	CHECK_CHOSEN(500, 0, "BC", "g 900 1", "b 300 1", "b 200 1");
	CHECK_CHOSEN(600, 0, "A", "g 900 1", "b 300 1", "b 200 1");
	CHECK_CHOSEN(0, 50, "C", "g 1 900", "b 1 900", "e 0 50");
	/* Beside a guaranteed one that has to go others may stay. */
	CHECK_CHOSEN(900, 0, "A", "g 900 1", "b 300 1", "b 200 1", "e 0 0");
	/* Several resources, each as a part of what is missing. */
	CHECK_CHOSEN(100, 1000000, "C", "b 100 1", "b 1 999999", "b 100 1000000");
	CHECK_CHOSEN(100, 1000000, "AB", "b 100 1", "b 1 999999", "b 50 1");
	none = chosen(1000, 5, few, 2, &e);
	CHECK_STR(none, "none");
	CHECK_STR(e.msg, "no set of running pods found to reclaim resources: [(res: cpu, q: 700), ]");
	CHECK_CHOSEN(1, 0, "none", "e 0 0");
}

int main(void)
{
	RUN(room);
	RUN(count);
	RUN(ports);
	RUN(selectors);
	RUN(taints);
	RUN(needs);
	RUN(preempt);
	return TEST_END();
}
