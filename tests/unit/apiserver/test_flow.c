/* API Priority and Fairness: whose request it is, and seats and queues, without clock or threads. */
#include "apiserver/flow.h"
#include "api/flow_defaults.h"
#include "apiserver/internal.h"
#include "tests/unit/json.h"
#include "tests/unit/test.h"

/* --- rules --- */

static char *no_groups[] = {NULL};
static struct identity jane = {.user = (char *)(uintptr_t) "jane", .groups = no_groups};

static bool matches(const char *rule, struct flow_attr at)
{
	AUTO_FREE char *text = str_fmt("[%s]", rule);
	AUTO_JSON json_t *rules = parse_quoted(text);
	struct flow_rules *r = NULL;
	bool yes;

	if (flow_rules_new(&r, rules))
		abort();
	if (!at.id)
		at.id = &jane;
	yes = flow_rules_match(r, &at);
	r = flow_rules_free(r);
	return yes;
}

#define ALL_RESOURCES                                                                                                  \
	"'resourceRules':[{'verbs':['*'],'apiGroups':['*'],'resources':['*'],'namespaces':['*'],'clusterScope':true}]"
#define JANE "'subjects':[{'kind':'User','user':{'name':'jane'}}]"
#define RESOURCE(v, g, plural, sub, in)                                                                                \
	(struct flow_attr)                                                                                             \
	{                                                                                                              \
		.is_resource = true, .verb = v, .group = g, .resource = plural, .subresource = sub, .ns = in,          \
		.path = ""                                                                                             \
	}
#define URL(v, p)                                                                                                      \
	(struct flow_attr)                                                                                             \
	{                                                                                                              \
		.verb = v, .group = "", .resource = "", .subresource = "", .ns = "", .path = p                         \
	}

static bool subject(const char *s, const char *user, char **groups)
{
	AUTO_FREE char *rule = str_fmt("{'subjects':[%s]," ALL_RESOURCES "}", s);
	struct identity id = {.user = (char *)(uintptr_t)user, .groups = groups};
	struct flow_attr at = RESOURCE(API_GET, "", "pods", "", "a");

	at.id = &id;
	return matches(rule, at);
}

static void subjects(void)
{
	char *groups[] = {(char *)(uintptr_t) "g1", (char *)(uintptr_t) "g2", NULL};

	CHECK(subject("{'kind':'User','user':{'name':'jane'}}", "jane", groups));
	CHECK(!subject("{'kind':'User','user':{'name':'jane'}}", "janet", groups));
	CHECK(subject("{'kind':'User','user':{'name':'*'}}", "anybody", NULL));
	CHECK(subject("{'kind':'Group','group':{'name':'g2'}}", "jane", groups));
	CHECK(!subject("{'kind':'Group','group':{'name':'g'}}", "jane", groups));
	CHECK(!subject("{'kind':'Group','group':{'name':'jane'}}", "jane", groups));
	CHECK(subject("{'kind':'Group','group':{'name':'*'}}", "jane", NULL));
#define SA(ns, name) "{'kind':'ServiceAccount','serviceAccount':{'namespace':'" ns "','name':'" name "'}}"
	CHECK(subject(SA("a", "web"), "system:serviceaccount:a:web", NULL));
	CHECK(!subject(SA("a", "web"), "system:serviceaccount:a:web2", NULL));
	CHECK(!subject(SA("a", "web"), "system:serviceaccount:ab:web", NULL));
	CHECK(subject(SA("a", "*"), "system:serviceaccount:a:web", NULL));
	CHECK(!subject(SA("a", "*"), "system:serviceaccount:ab:web", NULL));
	CHECK(!subject(SA("a", "*"), "a:web", NULL));
	CHECK(!subject("{'kind':'User','group':{'name':'jane'}}", "jane", NULL));
	CHECK(subject(SA("x", "y") ",{'kind':'User','user':{'name':'jane'}}", "jane", NULL));
}

static void resources(void)
{
#define R(verbs, groups, names, ns)                                                                                    \
	"{" JANE ",'resourceRules':[{'verbs':[" verbs "],'apiGroups':[" groups "],'resources':[" names "]" ns "}]}"
	CHECK(matches(R("'get','list'", "''", "'pods'", ",'namespaces':['a','b']"),
		      RESOURCE(API_LIST, "", "pods", "", "b")));
	CHECK(!matches(R("'get','list'", "''", "'pods'", ",'namespaces':['a','b']"),
		       RESOURCE(API_WATCH, "", "pods", "", "b")));
	CHECK(!matches(R("'get','list'", "''", "'pods'", ",'namespaces':['a','b']"),
		       RESOURCE(API_LIST, "apps", "pods", "", "b")));
	CHECK(!matches(R("'get','list'", "''", "'pods'", ",'namespaces':['a','b']"),
		       RESOURCE(API_LIST, "", "pods", "", "c")));
	/* A subresource is named in full; whole namespaces are not the cluster. */
	CHECK(!matches(R("'*'", "''", "'pods'", ",'namespaces':['*']"), RESOURCE(API_GET, "", "pods", "status", "a")));
	CHECK(matches(R("'*'", "''", "'nodes','pods/status'", ",'namespaces':['*']"),
		      RESOURCE(API_GET, "", "pods", "status", "a")));
	CHECK(!matches(R("'*'", "''", "'pods/status'", ",'namespaces':['*']"),
		       RESOURCE(API_GET, "", "pods", "stat", "a")));
	CHECK(!matches(R("'*'", "''", "'pods/status'", ",'namespaces':['*']"), RESOURCE(API_GET, "", "pods", "", "a")));
	CHECK(!matches(R("'*'", "'*'", "'*'", ",'namespaces':['*']"), RESOURCE(API_GET, "", "nodes", "", "")));
	CHECK(matches(R("'*'", "'*'", "'*'", ",'clusterScope':true"), RESOURCE(API_GET, "", "nodes", "", "")));
	CHECK(!matches(R("'*'", "'*'", "'*'", ",'clusterScope':true"), RESOURCE(API_GET, "", "pods", "", "a")));
	/* Rules of the other sort do not count. */
	CHECK(!matches(R("'*'", "'*'", "'*'", ",'clusterScope':true"), URL(API_GET, "/version")));
}

static void urls(void)
{
#define U(verbs, list) "{" JANE ",'nonResourceRules':[{'verbs':[" verbs "],'nonResourceURLs':[" list "]}]}"
	CHECK(matches(U("'get'", "'/healthz'"), URL(API_GET, "/healthz")));
	CHECK(matches(U("'get'", "'/healthz'"), URL(API_GET, "/healthz/etcd")));
	CHECK(!matches(U("'get'", "'/healthz'"), URL(API_GET, "/healthzz")));
	CHECK(!matches(U("'get'", "'/healthz'"), URL(0, "/healthz")));
	CHECK(matches(U("'*'", "'/healthz'"), URL(0, "/healthz")));
	CHECK(matches(U("'get'", "'/a','/b/*'"), URL(API_GET, "/b/c/d")));
	CHECK(!matches(U("'get'", "'/b/*'"), URL(API_GET, "/b")));
	CHECK(matches(U("'get'", "'*'"), URL(API_GET, "/")));
	CHECK(!matches(U("'get'", "'*'"), RESOURCE(API_GET, "", "pods", "", "a")));
}

/* The objects that every cluster has, in order of precedence: who is served by which. */
static const char *served(const char *user, const char *group, struct flow_attr at)
{
	char *groups[] = {(char *)(uintptr_t)group, (char *)(uintptr_t) "system:authenticated", NULL};
	struct identity id = {.user = (char *)(uintptr_t)user, .groups = groups};
	size_t n;
	const struct flow_default *d = flow_default_schemas(&n), *best = NULL;
	int64_t least = INT64_MAX;

	at.id = &id;
	for (size_t i = 0; i < n; i++) {
		AUTO_JSON json_t *spec = flow_default_spec(&d[i]);
		struct flow_rules *r = NULL;

		if (!spec || flow_rules_new(&r, json_object_get(spec, "rules")))
			abort();
		if (flow_rules_match(r, &at) && json_int_or(spec, "matchingPrecedence", 0) < least) {
			least = json_int_or(spec, "matchingPrecedence", 0);
			best = &d[i];
		}
		r = flow_rules_free(r);
	}
	return best ? best->name : NULL;
}

static void defaults(void)
{
	struct flow_attr pods = RESOURCE(API_LIST, "", "pods", "", "default"),
			 lease = RESOURCE(API_UPDATE, "coordination.k8s.io", "leases", "", "kube-system"),
			 node = RESOURCE(API_PATCH, "", "nodes", "status", "");

	CHECK_STR(served("admin", "system:masters", pods), "exempt");
	CHECK_STR(served("x", "x", URL(API_GET, "/readyz")), "probes");
	CHECK_STR(served("x", "x", URL(API_GET, "/version")), "global-default");
	CHECK_STR(served("jane", "x", pods), "global-default");
	CHECK_STR(served("system:kube-scheduler", "x", lease), "system-leader-election");
	CHECK_STR(served("system:kube-scheduler", "x", pods), "kube-scheduler");
	CHECK_STR(served("system:node:n1", "system:nodes", node), "system-node-high");
	CHECK_STR(served("system:node:n1", "system:nodes", lease), "system-node-high");
	CHECK_STR(served("system:node:n1", "system:nodes", pods), "system-nodes");
	CHECK_STR(served("system:serviceaccount:kube-system:a", "system:serviceaccounts", pods),
		  "kube-system-service-accounts");
	CHECK_STR(served("system:serviceaccount:kube-system:a", "system:serviceaccounts", lease),
		  "system-leader-election");
	CHECK_STR(served("system:serviceaccount:a:a", "system:serviceaccounts", pods), "service-accounts");
}

/* --- seats --- */

static struct flow_seats S;
static struct flow_ticket T[4096];
static size_t n_tickets;

static void begin(unsigned total)
{
	flow_seats_init(&S, total, 42);
	memset(T, 0, sizeof(T));
	n_tickets = 0;
}

static struct flow_level *level(const char *name, const char *limited)
{
	AUTO_FREE char *text = str_fmt("{'type':'Limited','limited':{%s}}", limited);
	AUTO_JSON json_t *spec = parse_quoted(text);
	struct flow_level *l = flow_level_put(&S, name, "u", spec);

	if (!l)
		abort();
	flow_seats_divide(&S);
	return l;
}

static enum flow_verdict take(struct flow_level *l, const char *who)
{
	return flow_take(&S, l, &T[n_tickets++], 1, "schema", who, 1000, 15000);
}

static struct flow_ticket *last(void)
{
	return &T[n_tickets - 1];
}

static void end(void)
{
	for (size_t i = 0; i < n_tickets; i++) {
		flow_leave(&S, &T[i]);
		flow_give(&S, &T[i]);
	}
	CHECK(S.pooled == 0 && S.n_waiting == 0 && list_empty(&S.waiting));
	LIST_FOREACH (l, &S.levels, struct flow_level, link)
		CHECK(!l->executing && !l->waiting && list_empty(&l->busy) && list_empty(&l->running));
	flow_seats_done(&S);
}

#define REJECT ",'limitResponse':{'type':'Reject'}"
#define QUEUES(q, h, n)                                                                                                \
	",'limitResponse':{'type':'Queue','queuing':{'queues':" q ",'handSize':" h ",'queueLengthLimit':" n "}}"

static void division(void)
{
	struct flow_level *a, *b, *c;

	begin(600);
	/* Kubernetes' own: ceil(600 * shares / 245), and the lendable part rounded. */
	a = level("workload-low", "'nominalConcurrencyShares':100,'lendablePercent':90" REJECT);
	b = level("catch-all", "'nominalConcurrencyShares':5,'lendablePercent':0,'borrowingLimitPercent':150" REJECT);
	c = level("rest", "'nominalConcurrencyShares':140,'lendablePercent':0,'borrowingLimitPercent':0" REJECT);
	CHECK(a->nominal == 245 && a->own == 24 && a->limit == 845);
	CHECK(b->nominal == 13 && b->own == 13 && b->limit == 33); /* 19.5 is 20 */
	CHECK(c->nominal == 343 && c->limit == 343);
	CHECK(S.pool == 221);
	end();
}

static void reject(void)
{
	struct flow_level *a;

	begin(3);
	a = level("a", "'nominalConcurrencyShares':1,'borrowingLimitPercent':0" REJECT);
	CHECK(take(a, "x") == FLOW_RUN && take(a, "x") == FLOW_RUN && take(a, "x") == FLOW_RUN);
	CHECK(take(a, "x") == FLOW_NO_SEAT);
	flow_give(&S, &T[0]);
	CHECK(take(a, "x") == FLOW_RUN);
	CHECK(take(a, "x") == FLOW_NO_SEAT);
	end();
}

static void exempt(void)
{
	AUTO_JSON json_t *spec =
	    parse_quoted("{'type':'Exempt','exempt':{'nominalConcurrencyShares':0,'lendablePercent':0}}");
	struct flow_level *l;

	begin(2);
	(void)level("a", "'nominalConcurrencyShares':1,'lendablePercent':50" REJECT);
	l = flow_level_put(&S, "exempt", "u", spec);
	flow_seats_divide(&S);
	for (int i = 0; i < 1000; i++)
		CHECK(take(l, "x") == FLOW_RUN);
	CHECK(S.pooled == 0); /* it takes nothing from anybody */
	end();
}

/* Idle seats are used by others, at once; their owners get them back first. */
static void borrowing(void)
{
	struct flow_level *a, *b;
	struct flow_ticket *t;

	begin(20);
	a = level("a", "'nominalConcurrencyShares':1,'lendablePercent':50" QUEUES("1", "1", "50"));
	b = level("b", "'nominalConcurrencyShares':1,'lendablePercent':0" QUEUES("1", "1", "50"));
	CHECK(a->nominal == 10 && a->own == 5 && b->own == 10 && S.pool == 5);
	for (int i = 0; i < 15; i++)
		CHECK(take(b, "b") == FLOW_RUN);
	CHECK(take(b, "b") == FLOW_WAIT); /* a's own ones are never lent */
	for (int i = 0; i < 5; i++)
		CHECK(take(a, "a") == FLOW_RUN);
	CHECK(take(a, "a") == FLOW_WAIT);
	CHECK(!flow_next(&S, 0));
	flow_give(&S, &T[0]);
	t = flow_next(&S, 0);
	CHECK(t && t->level == a); /* the seat is a's, though b waited longer */
	CHECK(!flow_next(&S, 0));
	flow_give(&S, t);
	t = flow_next(&S, 0);
	CHECK(t && t->level == b);
	CHECK(!flow_next(&S, 0));
	end();
	/* With a limit. */
	begin(20);
	a = level("a", "'nominalConcurrencyShares':1,'lendablePercent':100" REJECT);
	b = level("b", "'nominalConcurrencyShares':1,'borrowingLimitPercent':20" REJECT);
	for (int i = 0; i < 12; i++)
		CHECK(take(b, "b") == FLOW_RUN);
	CHECK(take(b, "b") == FLOW_NO_SEAT);
	end();
}

static void queue_length(void)
{
	struct flow_level *a;

	begin(1);
	a = level("a", "'nominalConcurrencyShares':1" QUEUES("1", "1", "3"));
	CHECK(take(a, "x") == FLOW_RUN);
	for (int i = 0; i < 3; i++)
		CHECK(take(a, "x") == FLOW_WAIT);
	CHECK(take(a, "x") == FLOW_QUEUE_FULL);
	CHECK(a->waiting == 3 && T[1].until_ms == 16000);
	/* Who leaves makes room, in the middle of the queue as well. */
	flow_leave(&S, &T[2]);
	CHECK(take(a, "x") == FLOW_WAIT);
	CHECK(take(a, "x") == FLOW_QUEUE_FULL);
	flow_give(&S, &T[0]);
	CHECK(flow_next(&S, 0) == &T[1]);
	CHECK(!flow_next(&S, 0));
	flow_give(&S, &T[1]);
	CHECK(flow_next(&S, 0) == &T[3]);
	end();
}

/* One who asks for much fills queues of his own; one who asks for little is next. */
static void fair_queues(void)
{
	struct flow_level *a;
	int full = 0, waits = 0;
	size_t modest;
	struct flow_ticket *t;

	begin(4);
	a = level("a", "'nominalConcurrencyShares':1" QUEUES("64", "4", "10"));
	for (int i = 0; i < 4; i++)
		CHECK(take(a, "greedy") == FLOW_RUN);
	for (int i = 0; i < 1000; i++) {
		enum flow_verdict v = take(a, "greedy");

		waits += v == FLOW_WAIT;
		full += v == FLOW_QUEUE_FULL;
	}
	/* A hand of four queues of ten. */
	CHECK(waits == 40 && full == 960);
	modest = n_tickets;
	CHECK(take(a, "modest") == FLOW_WAIT);
	/* The other has four queues: when each of them has had its turn, it is his. */
	for (int i = 0; i < 5 && T[modest].state != FLOW_RUNNING; i++) {
		flow_give(&S, container_of(a->running.next, struct flow_ticket, link));
		t = flow_next(&S, 0);
		CHECK(t);
	}
	CHECK(T[modest].state == FLOW_RUNNING);
	end();
}

/* Seats that one flow has count against it. */
static void least_seats(void)
{
	struct flow_level *a;
	size_t second;
	struct flow_ticket *t;

	begin(8);
	a = level("a", "'nominalConcurrencyShares':1" QUEUES("1000", "1", "100"));
	for (int i = 0; i < 8; i++)
		CHECK(take(a, "one") == FLOW_RUN);
	for (int i = 0; i < 8; i++)
		CHECK(take(a, "one") == FLOW_WAIT);
	second = n_tickets;
	for (int i = 0; i < 8; i++)
		CHECK(take(a, "two") == FLOW_WAIT);
	/* The last four of the first flow are counted (the level was half full): the other gets four before they are
	 * even. */
	for (int i = 0; i < 4; i++) {
		flow_give(&S, &T[i]);
		t = flow_next(&S, 0);
		CHECK(t == &T[second + (size_t)i]);
	}
	end();
}

static unsigned n_over;
static void over(struct flow_ticket *t)
{
	n_over += t->state == FLOW_NONE;
}

static void overdue(void)
{
	struct flow_level *a;

	begin(2);
	a = level("a", "'nominalConcurrencyShares':1" REJECT);
	CHECK(take(a, "x") == FLOW_RUN && take(a, "x") == FLOW_RUN && take(a, "x") == FLOW_NO_SEAT);
	flow_overdue(&S, 1000 + FLOW_SEAT_MS - 1, over);
	CHECK(n_over == 0 && a->executing == 2);
	flow_overdue(&S, 1000 + FLOW_SEAT_MS, over);
	CHECK(n_over == 2 && a->executing == 0);
	flow_give(&S, &T[0]); /* twice does nothing */
	CHECK(take(a, "x") == FLOW_RUN);
	end();
}

/* A level that changes: seats come and go; one that is deleted lives until it is idle. */
static void changes(void)
{
	struct flow_level *a, *b;

	begin(10);
	a = level("a", "'nominalConcurrencyShares':1" QUEUES("4", "2", "50"));
	for (int i = 0; i < 10; i++)
		CHECK(take(a, "x") == FLOW_RUN);
	CHECK(take(a, "x") == FLOW_WAIT);
	b = level("b", "'nominalConcurrencyShares':4" REJECT);
	CHECK(a->nominal == 2 && b->nominal == 8 && a->executing == 10);
	CHECK(take(b, "y") == FLOW_RUN);
	CHECK(!flow_next(&S, 0));
	(void)level("a", "'nominalConcurrencyShares':16" QUEUES("1", "1", "1"));
	CHECK(a->nominal == 8 && !flow_next(&S, 0));
	S.total = 20;
	flow_seats_divide(&S);
	CHECK(flow_next(&S, 0) == &T[10]);
	a->gone = true;
	flow_seats_divide(&S);
	CHECK(!flow_level_find(&S, "a") && a->executing == 11);
	for (int i = 0; i < 11; i++)
		flow_give(&S, &T[i]);
	flow_seats_divide(&S);
	CHECK(b->nominal == 20 && last()->level == b);
	end();
}

static enum flow_verdict take_wide(struct flow_level *l, const char *who, unsigned seats)
{
	return flow_take(&S, l, &T[n_tickets++], seats, "schema", who, 1000, 15000);
}

/* Requests of several seats. */
static void wide(void)
{
	struct flow_level *a, *b;

	begin(20);
	a = level("a", "'nominalConcurrencyShares':1,'borrowingLimitPercent':0" QUEUES("1024", "1", "50"));
	CHECK(a->nominal == 20 && flow_level_widest(a) == 3);
	CHECK(take_wide(a, "x", 10) == FLOW_RUN && take_wide(a, "x", 7) == FLOW_RUN && a->executing == 17);
	CHECK(take_wide(a, "y", 4) == FLOW_WAIT);
	/* Nobody passes by who needs less: the seats are kept for who is next. */
	CHECK(take_wide(a, "z", 1) == FLOW_WAIT && !flow_next(&S, 0));
	flow_give(&S, &T[1]);
	CHECK(a->executing == 10 && flow_next(&S, 0) == &T[2] && flow_next(&S, 0) == &T[3] && a->executing == 15);
	/* Seats that linger are taken until their time is over, in whatever order they come. */
	flow_give_later(&S, &T[0], 2000);
	flow_give_later(&S, &T[2], 1500);
	CHECK(T[0].state == FLOW_NONE && a->executing == 15 && flow_settle(&S, 1499) == 1500);
	CHECK(take_wide(a, "x", 6) == FLOW_WAIT && !flow_next(&S, 0));
	CHECK(flow_settle(&S, 1500) == 2000 && a->executing == 11 && flow_next(&S, 0) == &T[4] && a->executing == 17);
	CHECK(flow_settle(&S, 2000) == INT64_MAX && a->executing == 7);
	flow_give(&S, &T[3]);
	flow_give(&S, &T[4]);
	CHECK(a->executing == 0);
	/* More than there can ever be is as many as there are. */
	CHECK(take_wide(a, "x", 100) == FLOW_RUN && a->executing == 20 && T[5].seats == 20);
	flow_give(&S, &T[5]);
	/* Of the pool only what is there. */
	b = level("b", "'nominalConcurrencyShares':1,'lendablePercent':50" REJECT);
	CHECK(a->own == 10 && b->own == 5 && S.pool == 5 && flow_level_widest(b) == 0);
	CHECK(take_wide(b, "x", 3) == FLOW_RUN && S.pooled == 0);
	CHECK(take_wide(b, "x", 4) == FLOW_RUN && S.pooled == 2);
	CHECK(take_wide(b, "x", 4) == FLOW_NO_SEAT && take_wide(b, "x", 3) == FLOW_RUN && S.pooled == 5);
	end();
	/* What lingers at the end is freed. */
	begin(4);
	a = level("a", "'nominalConcurrencyShares':1" REJECT);
	CHECK(take_wide(a, "x", 4) == FLOW_RUN);
	flow_give_later(&S, &T[0], 5000);
	CHECK(a->executing == 4);
	flow_seats_done(&S);
}

/* Widest of Kubernetes' default levels with its 600 seats: 10 for all but small ones (kube-apiserver's comment on it).
 */
static void widest(void)
{
	begin(600);
	CHECK(flow_level_widest(level("a", "'nominalConcurrencyShares':1" QUEUES("128", "6", "50"))) == 90);
	CHECK(flow_level_widest(level("b", "'nominalConcurrencyShares':0" QUEUES("128", "6", "50"))) == 1);
	end();
}

int main(void)
{
	RUN(subjects);
	RUN(resources);
	RUN(urls);
	RUN(defaults);
	RUN(division);
	RUN(reject);
	RUN(exempt);
	RUN(borrowing);
	RUN(queue_length);
	RUN(fair_queues);
	RUN(least_seats);
	RUN(wide);
	RUN(widest);
	RUN(overdue);
	RUN(changes);
	return TEST_END();
}
