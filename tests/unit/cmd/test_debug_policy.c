/* Which NetworkPolicies stand between two pods, by objects alone; and addresses with ports. */
#include "tests/unit/json.h"
#include "tests/unit/test.h"
#include "cmd/debug.h"
#include "base/inet.h"

static json_t *web, *client, *stranger, *elsewhere;

static json_t *pod(const char *ns, const char *name, const char *app)
{
	return json_pack("{s:{s:s,s:s,s:s,s:{s:s}},s:{s:[{s:[{s:s,s:i}]}]}}", "metadata", "namespace", ns, "name", name,
			 "uid", name, "labels", "app", app, "spec", "containers", "ports", "name", "http",
			 "containerPort", 8080);
}

/* Whether `from` may reach web on a TCP port while there are these policies; what stands between goes to out. */
static bool may(const char *policies, const json_t *from, uint16_t port, char out[200])
{
	AUTO_JSON json_t *list = parse_quoted(policies),
			 *spaces = parse_quoted(
			     "[{'metadata':{'name':'a'}},{'metadata':{'name':'b','labels':{'team':'blue'}}}]");
	const struct debug d = {.policies = list, .namespaces = spaces, .policies_seen = true, .node = ""};
	const struct debug_flow f = {.from = from,
				     .to = web,
				     .protocol = IPPROTO_TCP,
				     .port = port,
				     .to_addr = "10.42.0.5",
				     .from_addr = "10.42.1.7"};
	return debug_policy_allows(&d, &f, out, 200);
}

#define WEB                                                                                                            \
	"{'metadata':{'namespace':'a','name':'p'},'spec':{'podSelector':{'matchLabels':{'app':'web'}},'policyTypes':[" \
	"'Ingress']"
#define RULE(r) "[" WEB ",'ingress':[" r "]}}]"

static void isolation(void)
{
	char out[200];
	CHECK(may("[]", client, 80, out));
	CHECK(!may("[" WEB "}}]", client, 80, out));
	CHECK_STR(out, "a/p (Ingress)");
	CHECK(may("[" WEB "}}]", web, 80, out)); /* itself */
	CHECK(may(RULE("{}"), stranger, 80, out));
	/* Of another namespace, or of other pods. */
	CHECK(may("[{'metadata':{'namespace':'b','name':'p'},'spec':{'podSelector':{}}}]", client, 80, out));
	CHECK(may("[{'metadata':{'namespace':'a','name':'p'},'spec':{'podSelector':{'matchLabels':{'app':'db'}}}}]",
		  client, 80, out));
	/* No policyTypes: Ingress; an empty selector is every pod. */
	CHECK(!may("[{'metadata':{'namespace':'a','name':'p'},'spec':{'podSelector':{}}}]", client, 80, out));
	/* Two policies add up. */
	CHECK(may("[" WEB "}}," WEB ",'ingress':[{'from':[{'podSelector':{'matchLabels':{'app':'client'}}}]}]}}]",
		  client, 80, out));
	CHECK_STR(out, "");
}

static void peers(void)
{
	char out[200];
	const char *pods = RULE("{'from':[{'podSelector':{'matchLabels':{'app':'client'}}}]}");
	CHECK(may(pods, client, 80, out));
	CHECK(!may(pods, stranger, 80, out));
	CHECK(!may(pods, elsewhere, 80, out)); /* the same labels in another namespace */
	const char *spaces = RULE("{'from':[{'namespaceSelector':{'matchLabels':{'team':'blue'}}}]}");
	CHECK(may(spaces, elsewhere, 80, out));
	CHECK(!may(spaces, client, 80, out));
	const char *both = RULE("{'from':[{'namespaceSelector':{},'podSelector':{'matchLabels':{'app':'client'}}}]}");
	CHECK(may(both, elsewhere, 80, out));
	CHECK(!may(both, stranger, 80, out));
	CHECK(may(RULE("{'from':[{'ipBlock':{'cidr':'10.42.0.0/16'}}]}"), stranger, 80, out));
	CHECK(
	    !may(RULE("{'from':[{'ipBlock':{'cidr':'10.42.0.0/16','except':['10.42.1.0/24']}}]}"), stranger, 80, out));
}

/* A node is no pod: no selector is for it, an empty one neither. */
static void node(void)
{
	char out[200];
	AUTO_JSON json_t *n =
	    json_pack("{s:s,s:{s:s,s:{s:s}}}", "kind", "Node", "metadata", "name", "n2", "labels", "app", "client");
	CHECK(!may(RULE("{'from':[{'namespaceSelector':{}}]}"), n, 80, out));
	CHECK_STR(out, "a/p (Ingress)");
	CHECK(!may(RULE("{'from':[{'namespaceSelector':{},'podSelector':{'matchLabels':{'app':'client'}}}]}"), n, 80,
		   out));
	CHECK(may(RULE("{'from':[{'ipBlock':{'cidr':'10.42.1.0/24'}}]}"), n, 80, out));
	CHECK(may(RULE("{'ports':[{'port':80}]}"), n, 80, out));
	CHECK(may("[]", n, 80, out));
}

static void ports(void)
{
	char out[200];
	CHECK(may(RULE("{'ports':[{'port':80}]}"), client, 80, out));
	CHECK(!may(RULE("{'ports':[{'port':80}]}"), client, 81, out));
	CHECK(!may(RULE("{'ports':[{'port':80,'protocol':'UDP'}]}"), client, 80, out));
	CHECK(may(RULE("{'ports':[{'port':80,'endPort':90}]}"), client, 90, out));
	CHECK(!may(RULE("{'ports':[{'port':80,'endPort':90}]}"), client, 91, out));
	CHECK(may(RULE("{'ports':[{'port':'http'}]}"), client, 8080, out)); /* the pod's that is reached */
	CHECK(!may(RULE("{'ports':[{'port':'http'}]}"), client, 80, out));
	CHECK(may(RULE("{'ports':[{'protocol':'TCP'}]}"), client, 1234, out));
}

static void egress(void)
{
	char out[200];
	const char *closed =
	    "[{'metadata':{'namespace':'a','name':'out'},'spec':{'podSelector':{'matchLabels':{'app':'client'}},"
	    "'policyTypes':['Egress']}}]";
	CHECK(!may(closed, client, 80, out));
	CHECK_STR(out, "a/out (Egress)");
	CHECK(may(closed, stranger, 80, out));
	const char *open =
	    "[{'metadata':{'namespace':'a','name':'out'},'spec':{'podSelector':{},'policyTypes':['Egress'],"
	    "'egress':[{'to':[{'podSelector':{'matchLabels':{'app':'web'}}}],'ports':[{'port':80}]}]}}]";
	CHECK(may(open, client, 80, out));
	CHECK(!may(open, client, 81, out));
}

static void addresses(void)
{
	char host[48];
	uint16_t port = 0;
	CHECK(inet_addr_port_parse("127.0.0.1:10249", host, &port));
	CHECK_STR(host, "127.0.0.1");
	CHECK_INT(port, 10249);
	CHECK(inet_addr_port_parse("[::1]:80", host, &port));
	CHECK_STR(host, "::1");
	CHECK(inet_addr_port_parse(":10256", host, &port));
	CHECK_STR(host, "::");
	static const char *const bad[] = {
	    "",        "127.0.0.1",   "127.0.0.1:", "127.0.0.1:0", "127.0.0.1:65536", "::1:80",
	    "[::1:80", "[1.2.3.4]:5", "host:80",    "[]:80",       "127.0.0.1:80x",   NULL};
	for (size_t i = 0; bad[i]; i++)
		CHECK(!inet_addr_port_parse(bad[i], host, &port));
	CHECK(!inet_addr_port_parse(NULL, host, &port));
}

int main(void)
{
	web = pod("a", "web", "web");
	client = pod("a", "client", "client");
	stranger = pod("a", "stranger", "stranger");
	elsewhere = pod("b", "elsewhere", "client");
	RUN(isolation);
	RUN(peers);
	RUN(node);
	RUN(ports);
	RUN(egress);
	RUN(addresses);
	json_decref(web);
	json_decref(client);
	json_decref(stranger);
	json_decref(elsewhere);
	return TEST_END();
}
