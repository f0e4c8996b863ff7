/* Which nodes' addresses Services of type LoadBalancer get. */
#include "../test.h"
#include "base/buf.h"
#include "base/cleanup.h"
#include "controllers/servicelb_plan.h"
#include "tests/unit/json.h"

struct world {
	struct lb_plan *p;
	json_t *trees;
	const struct lb_result *r;
	size_t n;
};

static const json_t *keep(struct world *w, json_t *tree)
{
	json_array_append_new(w->trees, tree);
	return tree;
}

static void begin(struct world *w)
{
	*w = (struct world){.trees = json_array()};
	CHECK_INT(lb_plan_new(&w->p, NULL), 0);
}

static void end(struct world *w)
{
	lb_plan_free(w->p);
	json_decref(w->trees);
}

/* more: members of the Node beside name, addresses and readiness; "'labels':{...}" of the metadata. */
static void node_with(struct world *w, const char *name, const char *meta, const char *addresses, const char *ready)
{
	AUTO_FREE char *text = str_fmt("{'metadata':{'name':'%s'%s%s},'status':{'addresses':[%s],'daemonEndpoints':{'"
				       "kubeletEndpoint':{'Port':10250}},"
				       "'conditions':[{'type':'Ready','status':'%s'}]}}",
				       name, *meta ? "," : "", meta, addresses, ready);

	CHECK_INT(lb_plan_node(w->p, keep(w, parse_quoted(text))), 0);
}

static void node(struct world *w, const char *name, const char *meta, const char *ip)
{
	AUTO_FREE char *a =
	    str_fmt("{'type':'InternalIP','address':'%s'},{'type':'Hostname','address':'%s'}", ip, name);

	node_with(w, name, meta, a, "True");
}

/* Created in the minute that its age says. spec: members beside type and families. */
static void service_full(struct world *w, const char *name, int minute, const char *meta, const char *spec,
			 const char *nodes, const char *status)
{
	AUTO_FREE char *text = str_fmt(
	    "{'metadata':{'namespace':'a','name':'%s','uid':'%s','creationTimestamp':'2026-01-01T00:%02d:00Z'%s%s},"
	    "'spec':{%s},'status':{'loadBalancer':{%s}}}",
	    name, name, minute, *meta ? "," : "", meta, spec, status);

	CHECK_INT(
	    lb_plan_service(w->p, keep(w, parse_quoted(text)), nodes ? keep(w, parse_quoted(nodes)) : NULL, false), 0);
}

#define LB4     "'type':'LoadBalancer','ipFamilies':['IPv4'],"
#define PORT(n) "'ports':[{'port':" #n ",'protocol':'TCP'}]"

static void service(struct world *w, const char *name, int minute, const char *spec)
{
	service_full(w, name, minute, "", spec, NULL, "");
}

static void make(struct world *w)
{
	CHECK_INT(lb_plan_make(w->p, &w->r, &w->n), 0);
}

/* "1.1.1.1 2.2.2.2 | why" of a Service; "-" when there is no result. */
static const char *got(struct world *w, const char *name)
{
	static char out[1500];
	json_t *v;
	size_t i, len = 0;

	for (size_t k = 0; k < w->n; k++) {
		if (!streq(json_str(w->r[k].svc, "metadata.name"), name))
			continue;
		out[0] = '\0';
		json_array_foreach (w->r[k].ingress, i, v) {
			CHECK_STR(json_str(v, "ipMode"), "VIP");
			len += (size_t)snprintf(out + len, sizeof(out) - len, "%s%s", i ? " " : "",
						json_str_or(v, "ip", "?"));
		}
		if (*w->r[k].why)
			(void)snprintf(out + len, sizeof(out) - len, " | %s", w->r[k].why);
		return out;
	}
	return "-";
}

static void whose(void)
{
	AUTO_JSON json_t
	    *plain = parse_quoted("{'spec':{'type':'LoadBalancer'}}"),
	    *mine = parse_quoted("{'spec':{'type':'LoadBalancer','loadBalancerClass':'minik.io/servicelb'}}"),
	    *other = parse_quoted(
		"{'metadata':{'finalizers':['" LB_FINALIZER
		"'],'deletionTimestamp':'x'},'spec':{'type':'LoadBalancer','loadBalancerClass':'io.cilium/l2'}}"),
	    *former = parse_quoted("{'metadata':{'finalizers':['" LB_FINALIZER "']},'spec':{'type':'ClusterIP'}}"),
	    *going = parse_quoted("{'metadata':{'finalizers':['" LB_FINALIZER
				  "'],'deletionTimestamp':'x'},'spec':{'type':'LoadBalancer'}}"),
	    *cluster = parse_quoted("{'spec':{'type':'ClusterIP'}}");

	CHECK(lb_is_ours(plain) && lb_is_ours(mine) && !lb_is_ours(other) && !lb_is_ours(former) &&
	      !lb_is_ours(going) && !lb_is_ours(cluster));
	CHECK(!lb_is_over(plain) && !lb_is_over(mine) && !lb_is_over(other) && lb_is_over(former) &&
	      lb_is_over(going) && !lb_is_over(cluster));
}

static void nodes(void)
{
	struct world w;

	begin(&w);
	node(&w, "n3", "", "10.0.0.3");
	node(&w, "n1", "", "10.0.0.1");
	node(&w, "excluded", "'labels':{'node.kubernetes.io/exclude-from-external-load-balancers':''}", "10.0.0.4");
	node(&w, "going", "'deletionTimestamp':'2026-01-01T00:00:00Z'", "10.0.0.5");
	node_with(&w, "late", "", "{'type':'InternalIP','address':'10.0.0.6'}", "Unknown");
	node_with(&w, "cloud", "",
		  "{'type':'InternalIP','address':'10.0.0.7'},{'type':'ExternalIP','address':'198.51.100.7'}", "True");
	node_with(&w, "bad", "", "{'type':'InternalIP','address':'no address'},{'type':'InternalIP'}", "True");
	service(&w, "web", 1, LB4 PORT(80));
	service(&w, "cluster", 1, "'type':'ClusterIP','ipFamilies':['IPv4']," PORT(80));
	service_full(&w, "local", 2, "", LB4 "'externalTrafficPolicy':'Local'," PORT(81), "{'n3':true,'late':true}",
		     "");
	service_full(&w, "nowhere", 2, "", LB4 "'externalTrafficPolicy':'Local'," PORT(82), "{}", "");
	service(&w, "chosen", 3, LB4 "'loadBalancerIP':'10.0.0.7'," PORT(83));
	service(&w, "foreign", 3, LB4 "'loadBalancerIP':'203.0.113.1'," PORT(84));
	service(&w, "absurd", 3, LB4 "'loadBalancerIP':'x'," PORT(85));
	make(&w);
	CHECK_STR(got(&w, "web"), "198.51.100.7 10.0.0.1 10.0.0.3");
	CHECK_STR(got(&w, "cluster"), "-");
	CHECK_STR(got(&w, "local"), "10.0.0.3");
	CHECK_STR(got(&w, "nowhere"),
		  " | externalTrafficPolicy is Local, and no node that may be used has a ready endpoint");
	CHECK_STR(got(&w, "chosen"), "10.0.0.7");
	CHECK_STR(got(&w, "foreign"), " | loadBalancerIP \"203.0.113.1\" is the address of no node that may be used");
	CHECK_STR(got(&w, "absurd"), " | loadBalancerIP \"x\" is the address of no node that may be used");
	end(&w);
}

static void pools(void)
{
	struct world w;

	begin(&w);
	node(&w, "n1",
	     "'labels':{'svccontroller.k3s.cattle.io/enablelb':'true','svccontroller.k3s.cattle.io/lbpool':'a'}",
	     "10.0.0.1");
	node(&w, "n2", "'labels':{'minik.io/enablelb':'true','minik.io/lbpool':'b'}", "10.0.0.2");
	node(&w, "n3", "", "10.0.0.3");
	node(&w, "n4", "'labels':{'minik.io/enablelb':'false','minik.io/lbpool':'b'}", "10.0.0.4");
	service(&w, "any", 1, LB4 PORT(80));
	service_full(&w, "b", 1, "'labels':{'svccontroller.k3s.cattle.io/lbpool':'b'}", LB4 PORT(81), NULL, "");
	service_full(&w, "c", 1, "'labels':{'minik.io/lbpool':'c'}", LB4 PORT(82), NULL, "");
	make(&w);
	CHECK_STR(got(&w, "any"), "10.0.0.1 10.0.0.2");
	CHECK_STR(got(&w, "b"), "10.0.0.2");
	CHECK(strstr(got(&w, "c"), "no node may be used"));
	end(&w);
}

static void families(void)
{
	struct world w;

	begin(&w);
	node_with(&w, "n1", "",
		  "{'type':'InternalIP','address':'10.0.0.1'},{'type':'InternalIP','address':'FD00:0::1'}", "True");
	node_with(&w, "n2", "",
		  "{'type':'InternalIP','address':'10.0.0.2'},{'type':'InternalIP','address':'fd00::2'},{'type':'"
		  "ExternalIP','address':'198.51.100.2'}",
		  "True");
	service(&w, "both", 1, "'type':'LoadBalancer','ipFamilies':['IPv6','IPv4']," PORT(80));
	service(&w, "six", 2, "'type':'LoadBalancer','ipFamilies':['IPv6']," PORT(81));
	service(&w, "four", 2, LB4 PORT(81));
	service(&w, "again", 3, LB4 PORT(80));
	make(&w);
	CHECK_STR(got(&w, "both"), "fd00::1 fd00::2 10.0.0.1 198.51.100.2");
	CHECK_STR(got(&w, "six"), "fd00::1 fd00::2");
	CHECK_STR(got(&w, "four"), "10.0.0.1 198.51.100.2");
	CHECK_STR(
	    got(&w, "again"),
	    " | port 80/TCP of node n1 is taken by Service a/both; port 80/TCP of node n2 is taken by Service a/both");
	end(&w);
}

static void conflicts(void)
{
	struct world w;

	begin(&w);
	node(&w, "n1",
	     "'annotations':{'minik.io/own-ports':'6443/TCP=API server,8472/UDP=pod network,x,/,99999/TCP,80'}",
	     "10.0.0.1");
	node(&w, "n2", "", "10.0.0.2");
	CHECK_INT(
	    lb_plan_pod(
		w.p,
		keep(&w,
		     parse_quoted(
			 "{'metadata':{'namespace':'p','name':'pod'},'spec':{'nodeName':'n2','containers':[{'ports':["
			 "{'hostPort':8080,'containerPort':1,'protocol':'TCP'},{'hostPort':8081,'hostIP':'127.0.0.1','"
			 "protocol':'TCP'}]}]}}"))),
	    0);
	CHECK_INT(
	    lb_plan_pod(
		w.p,
		keep(&w,
		     parse_quoted(
			 "{'metadata':{'namespace':'p','name':'over'},'spec':{'nodeName':'n2','containers':[{'ports':["
			 "{'hostPort':8082,'protocol':'TCP'}]}]},'status':{'phase':'Succeeded'}}"))),
	    0);
	service(&w, "young", 9, LB4 PORT(80));
	service(&w, "old", 1, LB4 PORT(80));
	service(&w, "udp", 9, LB4 "'ports':[{'port':80,'protocol':'UDP'}]");
	service(&w, "api", 1, LB4 PORT(6443));
	service(&w, "kubelet", 1, LB4 PORT(10250));
	service(&w, "overlay", 1, LB4 "'ports':[{'port':8472,'protocol':'UDP'}]");
	service(&w, "host", 1, LB4 PORT(8080));
	service(&w, "loopback", 1, LB4 PORT(8081));
	service(&w, "over", 1, LB4 PORT(8082));
	service(&w, "np", 2,
		"'type':'NodePort','ipFamilies':['IPv4'],'ports':[{'port':1,'nodePort':443,'protocol':'TCP'}]");
	service(&w, "before", 1, LB4 PORT(443));
	service(&w, "after", 3, LB4 PORT(443));
	service(&w, "np2", 2,
		"'type':'NodePort','ipFamilies':['IPv4'],'ports':[{'port':1,'nodePort':444,'protocol':'TCP'}]");
	service(&w, "after2", 3, LB4 PORT(444));
	service(&w, "own", 3,
		LB4
		"'ports':[{'port':445,'nodePort':445,'protocol':'TCP'},{'port':446,'nodePort':447,'protocol':'TCP'}]");
	service(&w, "health", 4, LB4 "'healthCheckNodePort':449," PORT(448));
	service(&w, "asked", 5, LB4 PORT(449));
	service(&w, "two", 6, LB4 "'ports':[{'port':450,'protocol':'TCP'},{'port':80,'protocol':'TCP'}]");
	service(&w, "free", 7, LB4 PORT(450));
	make(&w);
	CHECK_STR(got(&w, "old"), "10.0.0.1 10.0.0.2");
	CHECK_STR(
	    got(&w, "young"),
	    " | port 80/TCP of node n1 is taken by Service a/old; port 80/TCP of node n2 is taken by Service a/old");
	CHECK_STR(got(&w, "udp"), "10.0.0.1 10.0.0.2");
	CHECK_STR(got(&w, "api"), "10.0.0.2 | port 6443/TCP of node n1 is taken by the node itself (API server)");
	CHECK(strstr(got(&w, "kubelet"), "port 10250/TCP of node n2 is taken by the node itself (node agent)"));
	CHECK_STR(got(&w, "overlay"), "10.0.0.2 | port 8472/UDP of node n1 is taken by the node itself (pod network)");
	CHECK_STR(got(&w, "host"), "10.0.0.1 | port 8080/TCP of node n2 is taken by pod p/pod");
	CHECK_STR(got(&w, "loopback"), "10.0.0.1 10.0.0.2");
	CHECK_STR(got(&w, "over"), "10.0.0.1 10.0.0.2");
	CHECK_STR(got(&w, "before"), "10.0.0.1 10.0.0.2");
	CHECK(strstr(got(&w, "after"), "is taken by Service a/before"));
	CHECK(strstr(got(&w, "after2"), "is taken by Service a/np2"));
	CHECK_STR(got(&w, "own"), "10.0.0.1 10.0.0.2");
	CHECK_STR(got(&w, "health"), "10.0.0.1 10.0.0.2");
	CHECK(strstr(got(&w, "asked"), "is taken by Service a/health"));
	CHECK(strstr(got(&w, "two"), "port 80/TCP of node n1 is taken by Service a/old"));
	CHECK_STR(got(&w, "free"), "10.0.0.1 10.0.0.2"); /* who gets no node takes no port */
	end(&w);
}

/* Created in the same second: who has addresses already keeps them. */
static void same_second(void)
{
	struct world w;

	begin(&w);
	node(&w, "n1", "", "10.0.0.1");
	service(&w, "a", 1, LB4 PORT(80));
	service_full(&w, "b", 1, "", LB4 PORT(80), NULL, "'ingress':[{'ip':'10.0.0.1','ipMode':'VIP'}]");
	make(&w);
	CHECK_STR(got(&w, "b"), "10.0.0.1");
	CHECK(strstr(got(&w, "a"), "is taken by Service a/b"));
	end(&w);
	/* The Service does not show yet that it was given them; an older one goes before all the same. */
	for (int minute = 1; minute <= 2; minute++) {
		begin(&w);
		node(&w, "n1", "", "10.0.0.1");
		service(&w, "a", minute == 1 ? 2 : 1, LB4 PORT(80));
		AUTO_FREE char *b = str_fmt("{'metadata':{'namespace':'a','name':'b','uid':'b','creationTimestamp':"
					    "'2026-01-01T00:02:00Z'},'spec':{%s}}",
					    LB4 PORT(80));
		CHECK_INT(lb_plan_service(w.p, keep(&w, parse_quoted(b)), NULL, true), 0);
		make(&w);
		CHECK_STR(got(&w, minute == 1 ? "b" : "a"), "10.0.0.1");
		CHECK(strstr(got(&w, minute == 1 ? "a" : "b"), "is taken by Service a/"));
		end(&w);
	}
}

/* Two pods ask for one port of a node: it is the one that runs that has it, and neither when both have ended. */
static void pods(void)
{
	static const char *const phases[][3] = {{"Pending", "Running", "p/second"},
						{"Running", "Pending", "p/first"},
						{"Pending", "Pending", "p/first"},
						{"Failed", "Pending", "p/second"},
						{"Failed", "Succeeded", NULL}};
	for (size_t i = 0; i < ARRAY_LEN(phases); i++) {
		struct world w;
		begin(&w);
		node(&w, "n1", "", "10.0.0.1");
		for (int k = 0; k < 2; k++) {
			AUTO_FREE char *t = str_fmt("{'metadata':{'namespace':'p','name':'%s','uid':'%d','"
						    "creationTimestamp':'2026-01-01T00:0%d:"
						    "00Z'},'spec':{'nodeName':'n1','containers':[{'ports':[{'hostPort':"
						    "80,'protocol':'TCP'}]}]},"
						    "'status':{'phase':'%s'}}",
						    k ? "second" : "first", k, k, phases[i][k]);
			CHECK_INT(lb_plan_pod(w.p, keep(&w, parse_quoted(t))), 0);
		}
		service(&w, "web", 1, LB4 PORT(80));
		make(&w);
		if (phases[i][2])
			CHECK(strstr(got(&w, "web"), phases[i][2]));
		else
			CHECK_STR(got(&w, "web"), "10.0.0.1");
		end(&w);
	}
}

/* A long list of refusals is cut off. */
static void many(void)
{
	struct world w;

	begin(&w);
	for (int i = 0; i < 200; i++) {
		char name[16], ip[24];
		(void)snprintf(name, sizeof(name), "node-%03d", i);
		(void)snprintf(ip, sizeof(ip), "10.0.1.%d", i);
		node(&w, name, "", ip);
	}
	service(&w, "kubelet", 1, LB4 PORT(10250));
	make(&w);
	CHECK_INT(w.n, 1);
	CHECK(w.n == 1 && strlen(w.r[0].why) <= 900 && json_array_size(w.r[0].ingress) == 0);
	end(&w);
}

int main(void)
{
	RUN(whose);
	RUN(nodes);
	RUN(pools);
	RUN(families);
	RUN(conflicts);
	RUN(same_second);
	RUN(pods);
	RUN(many);
	return TEST_END();
}
