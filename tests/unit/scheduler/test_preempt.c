/* Whom a pod puts out: the plan over a view of nodes that is written by hand. */
#include "tests/unit/json.h"
#include "tests/unit/test.h"
#include "api/host_ports.h"
#include "base/str.h"
#include "scheduler/preempt.h"

static struct sched_view view;

static void node_free(void *arg)
{
	struct node_info *n = arg;

	LIST_FOREACH_SAFE (p, tmp, &n->pods, struct pod_info, link)
		pod_info_free(p);
	node_info_free(n);
}

/* cpus and ten pods */
static struct node_info *node(const char *name, const char *cpus)
{
	struct node_info *n = calloc(1, sizeof(*n));

	n->name = str_dup(name);
	n->node = json_pack("{s:{s:{s:s}},s:{s:{s:s,s:s}}}", "metadata", "labels", "name", name, "status",
			    "allocatable", "cpu", cpus, "pods", "10");
	n->labels = json_dot(n->node, "metadata.labels");
	resources_of_node(&n->alloc, n->node);
	list_init(&n->pods);
	map_put(view.nodes, name, n);
	return n;
}

/* more: further fields of the spec, or "" */
static struct pod_info *pod(const char *name, int priority, const char *cpus, const char *more)
{
	struct pod_info *i = calloc(1, sizeof(*i));
	AUTO_FREE char *text = str_fmt(
	    "{\"metadata\":{\"name\":\"%s\",\"namespace\":\"ns\",\"creationTimestamp\":\"2026-01-01T00:00:%02dZ\","
	    "\"labels\":{\"name\":\"%s\",\"app\":\"a\"}},\"spec\":{\"containers\":[{\"name\":\"c\",\"resources\":{"
	    "\"requests\":{\"cpu\":\"%s\"}}}]%s}}",
	    name, name[strlen(name) - 1] - '0', name, cpus, more);

	i->pod = parse(text);
	i->key = str_fmt("ns/%s", name);
	i->uid = str_dup(name);
	i->priority = priority;
	resources_of_pod(&i->req, i->pod);
	i->ports = host_ports_of(json_object_get(i->pod, "spec"));
	list_init(&i->link);
	list_init(&i->shuns);
	if (pod_shuns(i->pod))
		list_add_tail(&view.shunning, &i->shuns);
	return i;
}

static struct pod_info *on(struct node_info *n, struct pod_info *p)
{
	p->node = str_dup(n->name);
	list_add_tail(&n->pods, &p->link);
	resources_add(&n->used, &p->req, 1);
	return p;
}

static void nominated(struct node_info *n, struct pod_info *p)
{
	p->node = str_dup(n->name);
	map_put(view.nominated, p->key, p);
}

static void begin(void)
{
	view.nodes = map_new(node_free);
	view.nominated = map_new(pod_info_free);
	list_init(&view.shunning);
}

static void end(void)
{
	view.nodes = map_free(view.nodes);
	view.nominated = map_free(view.nominated);
}

/* "NODE:VICTIM,VICTIM" or "-"; afterwards every pod is where it was. */
static char *plan(struct pod_info *p, const char *budgets, struct preemption *ret)
{
	struct sched_ctx c = {.view = &view, .pod = p, .spec = json_object_get(p->pod, "spec")};
	AUTO_JSON json_t *guards = parse(budgets);
	struct map_iter it = MAP_ITER_INIT;
	AUTO_BUF struct buf b = {0};
	struct preemption plan;
	int64_t before = 0, after = 0;

	while (map_next(view.nodes, &it))
		before += ((struct node_info *)it.value)->used.milli_cpu;
	CHECK(preempt_plan(&c, guards, &plan) == 0);
	it = (struct map_iter)MAP_ITER_INIT;
	while (map_next(view.nodes, &it)) {
		const struct node_info *n = it.value;
		int64_t sum = 0, count = 0;
		LIST_FOREACH (i, &n->pods, struct pod_info, link) {
			sum += i->req.milli_cpu;
			count++;
		}
		CHECK(sum == n->used.milli_cpu && count == n->used.pods);
		after += sum;
	}
	CHECK(before == after);
	buf_adds(&b, plan.node ? plan.node->name : "-");
	for (size_t i = 0; i < plan.n_victims; i++)
		buf_addf(&b, "%c%s", i ? ',' : ':', plan.victims[i]->uid);
	if (ret)
		*ret = plan;
	preempt_done(&plan);
	pod_info_free(p);
	return buf_take(&b, NULL);
}
#define CHECK_PLAN(p, budgets, want)                                                                                   \
	do {                                                                                                           \
		AUTO_FREE char *plan_ = plan(p, budgets, NULL);                                                        \
		CHECK_STR(plan_, want);                                                                                \
	} while (0)

static void who(void)
{
	struct preemption p;

	begin();
	struct node_info *a = node("a", "4");
	on(a, pod("low1", 1, "1", ""));
	on(a, pod("low2", 1, "1", ""));
	on(a, pod("mid1", 5, "2", ""));
	/* The youngest of the least important ones, and as many as it takes. */
	CHECK_PLAN(pod("p1", 10, "1", ""), "[]", "a:low2");
	CHECK_PLAN(pod("p1", 10, "2", ""), "[]", "a:low1,low2");
	CHECK_PLAN(pod("p1", 10, "3", ""), "[]", "a:mid1,low2");
	CHECK_PLAN(pod("p1", 10, "4", ""), "[]", "a:mid1,low1,low2");
	CHECK_PLAN(pod("p1", 5, "3", ""), "[]", "-"); /* its equals stay */
	CHECK_PLAN(pod("p1", 1, "1", ""), "[]", "-");
	CHECK_PLAN(pod("p1", 10, "5", ""), "[]", "-"); /* no room even then */
	/* Where the node itself is not wanted nobody's going helps. */
	AUTO_FREE char *other = plan(pod("p1", 10, "1", ",\"nodeSelector\":{\"name\":\"b\"}"), "[]", &p);
	CHECK_STR(other, "-");
	CHECK(p.helpless == 1 && p.empty == 0);
	AUTO_FREE char *big = plan(pod("p1", 10, "5", ""), "[]", &p);
	CHECK_STR(big, "-");
	CHECK(p.helpless == 0 && p.empty == 1);
	/* A node that takes it anyway is nobody's matter. */
	node("b", "8");
	CHECK_PLAN(pod("p1", 10, "1", ",\"nodeSelector\":{\"name\":\"b\"}"), "[]", "-");
	end();
}

static void ports(void)
{
	begin();
	struct node_info *a = node("a", "4");
	on(a, pod("low1", 1, "1",
		  ",\"initContainers\":[{\"name\":\"s\",\"restartPolicy\":\"Always\",\"ports\":[{\"hostPort\":80}]}]"));
	on(a, pod("low2", 1, "1", ""));
	CHECK_PLAN(pod("p1", 10, "1",
		       ",\"initContainers\":[{\"name\":\"s\",\"restartPolicy\":\"Always\",\"ports\":[{\"hostPort\":80,"
		       "\"hostIP\":"
		       "\"10.0.0.1\"}]}]"),
		   "[]", "a:low1");
	end();
}

static void where(void)
{
	begin();
	struct node_info *a = node("a", "2"), *b = node("b", "2"), *c = node("c", "2");
	on(a, pod("mid1", 5, "2", ""));
	on(b, pod("low1", 1, "1", ""));
	on(b, pod("low2", 1, "1", ""));
	on(c, pod("low3", 1, "2", ""));
	CHECK_PLAN(pod("p1", 10, "2", ""), "[]", "c:low3"); /* fewer of the least important */
	CHECK_PLAN(pod("p1", 10, "1", ""), "[]", "c:low3"); /* one each: the younger */
	CHECK_PLAN(pod("p1", 10, "2", ",\"nodeSelector\":{\"name\":\"a\"}"), "[]", "a:mid1");
	end();
}

#define BUDGET(name, allowed, more)                                                                                    \
	"[{\"metadata\":{\"namespace\":\"ns\"},\"spec\":{\"selector\":" name                                           \
	"},\"status\":{\"disruptionsAllowed\":" allowed more "}}]"

static void budgets(void)
{
	begin();
	struct node_info *a = node("a", "2"), *b = node("b", "2");
	on(a, pod("low1", 1, "1", ""));
	on(a, pod("low2", 1, "1", ""));
	on(b, pod("mid1", 5, "2", ""));
	CHECK_PLAN(pod("p1", 10, "1", ""), BUDGET("{\"matchLabels\":{\"name\":\"low2\"}}", "0", ""), "a:low1");
	CHECK_PLAN(pod("p1", 10, "1", ""), BUDGET("{\"matchLabels\":{\"name\":\"low2\"}}", "1", ""), "a:low2");
	/* Both guarded: rather a more important pod that is not. */
	CHECK_PLAN(
	    pod("p1", 10, "1", ""),
	    BUDGET("{\"matchExpressions\":[{\"key\":\"name\",\"operator\":\"In\",\"values\":[\"low1\",\"low2\"]}]}",
		   "0", ""),
	    "b:mid1");
	/* Of two one may go; whoever an eviction took already counts no more; an empty selector guards nobody. */
	CHECK_PLAN(pod("p1", 10, "2", ""), BUDGET("{\"matchLabels\":{\"app\":\"a\"}}", "3", ""), "a:low1,low2");
	CHECK_PLAN(pod("p1", 10, "1", ""),
		   BUDGET("{\"matchLabels\":{\"name\":\"low2\"}}", "0",
			  ",\"disruptedPods\":{\"low2\":\"2026-01-01T00:00:00Z\"}"),
		   "a:low2");
	CHECK_PLAN(pod("p1", 10, "1", ""), BUDGET("{}", "0", ""), "a:low2");
	/* All are guarded: it comes first all the same. */
	CHECK_PLAN(pod("p1", 10, "1", ""), BUDGET("{\"matchLabels\":{\"app\":\"a\"}}", "0", ""), "a:low2");
	end();
}

static void keeps_away(void)
{
	AUTO_JSON json_t *here = json_pack("{s:s}", "zone", "z1"), *there = json_pack("{s:s}", "zone", "z2");

	begin();
	struct node_info *a = node("a", "9"), *b = node("b", "9"), *c1 = node("c", "9");
	a->labels = b->labels = here;
	c1->labels = there;
	struct pod_info *loner = on(a, pod("loner1", 1, "1",
					    ",\"affinity\":{\"podAntiAffinity\":{\"requiredDuringSchedulingIgnoredDuringExecution\":[{\"topologyKey\":\"zone\","
					    "\"labelSelector\":{\"matchLabels\":{\"app\":\"a\"}}}]}}")),
			*p = pod("p1", 0, "1", "");
	struct sched_ctx c = {.view = &view, .pod = p, .spec = json_object_get(p->pod, "spec")};

	CHECK_STR(sched_refusal(&c, a, NULL), "node(s) didn't satisfy existing pods anti-affinity rules");
	CHECK_STR(sched_refusal(&c, b, NULL), "node(s) didn't satisfy existing pods anti-affinity rules"); /* of one zone */
	CHECK(!sched_refusal(&c, c1, NULL));
	json_dot_set(p->pod, "metadata.labels.app", json_string("b"));
	CHECK(!sched_refusal(&c, a, NULL));
	json_dot_set(p->pod, "metadata.labels.app", json_string("a"));
	list_del(&loner->link); /* off its node, as while it is found out who could go */
	CHECK(!sched_refusal(&c, b, NULL));
	pod_info_free(loner);
	CHECK(list_empty(&view.shunning));
	pod_info_free(p);
	end();
}

static void promised(void)
{
	begin();
	struct node_info *a = node("a", "2");
	struct pod_info *low = on(a, pod("low1", 1, "1", "")), *p = pod("p1", 10, "1", "");
	struct sched_ctx c = {.view = &view, .pod = p, .spec = json_object_get(p->pod, "spec")};

	CHECK(!sched_refusal(&c, a, NULL));
	nominated(a, pod("first1", 10, "1", ""));
	CHECK_STR(sched_refusal(&c, a, NULL), "Insufficient cpu"); /* promised to a pod that is no less important */
	CHECK(a->used.milli_cpu == 1000 && a->used.pods == 1);
	p->priority = 11;
	CHECK(!sched_refusal(&c, a, NULL));
	/* Its own promise does not stand in its way. */
	p->priority = 10;
	map_del(view.nominated, "ns/first1");
	nominated(a, pod("p1", 10, "1", ""));
	CHECK(!sched_refusal(&c, a, NULL));
	/* It waits for whom it put out, and for nobody else. */
	CHECK(!preempt_waits(&c, a));
	low->put_out = true;
	CHECK(preempt_waits(&c, a));
	p->priority = 1;
	CHECK(!preempt_waits(&c, a));
	CHECK(preempt_allowed(&c));
	json_object_set_new(json_object_get(p->pod, "spec"), "preemptionPolicy", json_string("Never"));
	CHECK(!preempt_allowed(&c));
	pod_info_free(p);
	end();
}

static void names_what_is_missing(void)
{
	begin();
	struct node_info *a = node("a", "2");
	struct pod_info *p = pod("p1", 10, "1", ",\"overhead\":{\"example.com/foo\":\"1\"}");
	struct sched_ctx c = {.view = &view, .pod = p, .spec = json_object_get(p->pod, "spec")};

	CHECK_STR(sched_refusal(&c, a, NULL), "Insufficient example.com/foo");
	pod_info_free(p);
	end();
}

int main(void)
{
	RUN(who);
	RUN(ports);
	RUN(where);
	RUN(budgets);
	RUN(promised);
	RUN(keeps_away);
	RUN(names_what_is_missing);
	return TEST_END();
}
