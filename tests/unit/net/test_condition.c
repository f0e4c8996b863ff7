/* The condition NetworkUnavailable: who is out of place when nodes do not reach each other. */
#include "net/condition.h"
#include <errno.h>
#include "tests/unit/json.h"
#include "tests/unit/test.h"

#define NOW "2026-01-02T00:00:00Z"

static struct net_peer peer(const char *name, int64_t created, bool works)
{
	struct net_peer p = {.created = created, .use = {works, false}};
	(void)str_copy(p.name, sizeof(p.name), name);
	if (!works)
		err_set(&p.why, -EHOSTUNREACH, "not on the same link");
	return p;
}

/* "STATUS REASON MESSAGE" that a node "m" of second 100 gets. */
static char *says(struct net_peer *v, size_t n, const struct err *failed)
{
	static char text[1000];
	AUTO_JSON json_t *node = parse_quoted("{'metadata':{'name':'m','creationTimestamp':'1970-01-01T00:01:40Z'}}"),
			 *p = NULL;
	CHECK(net_condition_patch(node, v, n, failed, NOW, &p, NULL) == 0 && p);
	snprintf(text, sizeof(text), "%s %s %s", json_str(p, "status.conditions[0].status"),
		 json_str(p, "status.conditions[0].reason"), json_str(p, "status.conditions[0].message"));
	return text;
}

static void judging(void)
{
	CHECK_STR(says(NULL, 0, NULL), "False FlannelIsUp Flannel is running on this node");
	struct net_peer old_bad = peer("a", 1, false), old_good = peer("b", 2, true), new_bad = peer("z", 200, false),
			same = peer("n", 100, false);
	CHECK_STR(says(&old_bad, 1, NULL),
		  "True NoRouteCreated pods of node a cannot be reached: not on the same link");
	struct net_peer two[] = {old_bad, old_good};
	CHECK_STR(says(two, 2, NULL), "False FlannelIsUp Flannel is running on this node; pods of node a cannot be "
				      "reached: not on the same link");
	/* Who comes later takes nobody out of service, and of one second the name decides. */
	CHECK(str_has_prefix(says(&new_bad, 1, NULL),
			     "False FlannelIsUp Flannel is running on this node; pods of node z"));
	CHECK(str_has_prefix(says(&same, 1, NULL), "False"));
	/* One family is enough; one that has not announced itself is no reason. */
	struct net_peer half = peer("a", 1, false), quiet = peer("a", 1, false);
	half.use[NET_V4] = true;
	err_set(&quiet.why, ERR_UNAVAILABLE, "it has announced no network backend yet");
	CHECK(str_has_prefix(says(&half, 1, NULL), "False"));
	half.failed = true;
	CHECK(str_has_prefix(says(&half, 1, NULL), "True"));
	CHECK_STR(says(&quiet, 1, NULL), "False FlannelIsUp Flannel is running on this node");
	struct net_peer many[10];
	for (int i = 0; i < 10; i++)
		many[i] = new_bad;
	CHECK(strstr(says(many, 10, NULL), "; and of 7 more nodes"));
	struct err why = {-1, "no address"};
	CHECK_STR(says(NULL, 0, &why), "True FlannelIsDown no address");
}

static void changes(void)
{
	json_t *p = NULL;
	AUTO_JSON json_t *up =
	    parse_quoted("{'metadata':{'name':'m'},'status':{'conditions':[{'type':'NetworkUnavailable','status':'"
			 "False','reason':'FlannelIsUp',"
			 "'message':'Flannel is running on this node','lastTransitionTime':'2026-01-01T00:00:00Z'}]}}");
	CHECK(net_condition_patch(up, NULL, 0, NULL, NOW, &p, NULL) == 0 && !p);
	struct net_peer later = peer("z", 1, false);
	later.created = 1LL << 40;
	CHECK(net_condition_patch(up, &later, 1, NULL, NOW, &p, NULL) == 0 && p);
	CHECK_STR(json_str(p, "status.conditions[0].lastTransitionTime"), "2026-01-01T00:00:00Z");
	json_decref(p);
	struct err why = {-1, "no address"};
	CHECK(net_condition_patch(up, NULL, 0, &why, NOW, &p, NULL) == 0 && p);
	CHECK_STR(json_str(p, "status.conditions[0].lastTransitionTime"), NOW);
	json_decref(p);
	/* With backend none ours goes, others' stays. */
	CHECK(net_condition_forget(up, &p, NULL) == 0 && p);
	CHECK_STR(json_str(p, "status.conditions[0].$patch"), "delete");
	json_decref(p);
	AUTO_JSON json_t
	    *calico = parse_quoted(
		"{'status':{'conditions':[{'type':'NetworkUnavailable','status':'False','reason':'CalicoIsUp'}]}}"),
	    *none = parse("{}");
	CHECK(net_condition_forget(calico, &p, NULL) == 0 && !p);
	CHECK(net_condition_forget(none, &p, NULL) == 0 && !p);
}

int main(void)
{
	RUN(judging);
	RUN(changes);
	return TEST_END();
}
