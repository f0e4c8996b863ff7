#include "base/cleanup.h"
#include "base/json.h"
#include "base/str.h"
#include "proxy/model.h"
#include "tests/unit/test.h"

static struct px_model *m;

static json_t *J(const char *text)
{
	json_t *o = NULL;
	struct err e = {0};
	if (json_parse(text, strlen(text), &o, &e) < 0) {
		fprintf(stderr, "bad test JSON: %s\n", e.msg);
		exit(1);
	}
	return o;
}
static void svc(const char *name, const char *text)
{
	json_t *o = text ? J(text) : NULL;
	CHECK(px_model_service(m, "d", name, o) == 0);
	json_decref(o);
}
static void slice(const char *name, const char *text)
{
	json_t *o = text ? J(text) : NULL;
	CHECK(px_model_slice(m, "d", name, o) == 0);
	json_decref(o);
}
/* The only change, or NULL. Valid until the next flush. */
static struct px_change *held;
static size_t held_n;
static const struct px_service *flush(size_t want)
{
	px_changes_free(held, held_n);
	held = NULL;
	held_n = 0;
	CHECK(px_model_flush(m, &held, &held_n) == 0);
	CHECK(held_n == want);
	return held_n ? held[0].now : NULL;
}

#define SVC(extra)                                                                                                     \
	"{\"spec\":{\"type\":\"ClusterIP\",\"clusterIP\":\"10.43.0.7\",\"ports\":[{\"name\":\"http\",\"port\":80}"     \
	"]" extra "}}"
#define SLICE(eps)                                                                                                     \
	"{\"metadata\":{\"labels\":{\"kubernetes.io/"                                                                  \
	"service-name\":\"web\"}},\"addressType\":\"IPv4\",\"ports\":[{\"name\":\"http\",\"port\":9376,"               \
	"\"protocol\":\"TCP\"}],\"endpoints\":[" eps "]}"
#define EP(ip, rest) "{\"addresses\":[\"" ip "\"]" rest "}"

static void basics(void)
{
	svc("web", SVC(""));
	const struct px_service *s = flush(1);
	CHECK(s && s->n_ports == 1 && s->ports[0].n_eps == 0 && s->ports[0].n_fronts == 1);
	if (s)
		CHECK_STR(s->ports[0].name, "d/web:http");
	svc("web", SVC(""));
	(void)flush(0); /* nothing that matters changed */
	slice("web-1", SLICE(EP("10.42.0.3", ",\"nodeName\":\"n1\"") "," EP("10.42.0.2", "") "," EP("10.42.0.3", "")));
	s = flush(1);
	CHECK(s && s->ports[0].n_eps == 2 && s->ports[0].eps[0].addr.a[3] == 2 && s->ports[0].eps[0].port == 9376);
	CHECK(s && !s->ports[0].eps[0].local && s->ports[0].eps[1].local);
	/* A second slice with a double and one more. */
	slice("web-2", SLICE(EP("10.42.0.2", "") "," EP("10.42.1.1", "")));
	s = flush(1);
	CHECK(s && s->ports[0].n_eps == 3);
	slice("web-2", NULL);
	s = flush(1);
	CHECK(s && s->ports[0].n_eps == 2);
	slice("other", "{\"metadata\":{\"labels\":{}},\"addressType\":\"IPv4\",\"endpoints\":[]}");
	(void)flush(0);
	svc("web", NULL);
	CHECK(flush(1) == NULL);
	/* The Service comes back and finds its slices. */
	svc("web", SVC(""));
	s = flush(1);
	CHECK(s && s->ports[0].n_eps == 2);
}

static void conditions(void)
{
	slice("web-1", SLICE(EP("10.42.0.2", ",\"conditions\":{\"ready\":false}") "," EP(
			   "10.42.0.3", ",\"conditions\":{\"ready\":true}")));
	const struct px_service *s = flush(1);
	CHECK(s && s->ports[0].n_eps == 1 && s->ports[0].eps[0].addr.a[3] == 3);
	/* None ready: those that still serve while they end. */
	slice("web-1",
	      SLICE(EP("10.42.0.2", ",\"conditions\":{\"ready\":false,\"serving\":true,\"terminating\":true}") "," EP(
		  "10.42.0.3",
		  ",\"conditions\":{\"ready\":false,\"serving\":false,\"terminating\":true}") "," EP("10.42.0.4",
												     ",\"conditions\":{"
												     "\"ready\":"
												     "false}")));
	s = flush(1);
	CHECK(s && s->ports[0].n_eps == 1 && s->ports[0].eps[0].addr.a[3] == 2);
	slice("web-1", SLICE(EP("10.42.0.4", ",\"conditions\":{\"ready\":false}")));
	s = flush(1);
	CHECK(s && s->ports[0].n_eps == 0);
}

static void policies(void)
{
	slice("web-1", SLICE(EP("10.42.0.2", ",\"nodeName\":\"n1\"") "," EP("10.42.1.3", ",\"nodeName\":\"n2\"")));
	svc("web", SVC(",\"internalTrafficPolicy\":\"Local\",\"sessionAffinity\":\"ClientIP\""));
	const struct px_service *s = flush(1);
	CHECK(s && s->ports[0].internal_local && !s->ports[0].external_local && s->ports[0].n_eps == 2 &&
	      s->ports[0].n_local_eps == 1);
	CHECK(s && s->ports[0].affinity_s == 10800);
	svc("web", "{\"spec\":{\"type\":\"LoadBalancer\",\"clusterIP\":\"10.43.0.7\",\"externalTrafficPolicy\":"
		   "\"Local\",\"externalIPs\":[\"192.0.2.1\","
		   "\"bad\"],\"loadBalancerSourceRanges\":[\"10.0.0.9/"
		   "8\"],\"ports\":[{\"name\":\"http\",\"port\":80,\"nodePort\":30080}]},"
		   "\"status\":{\"loadBalancer\":{\"ingress\":[{\"ip\":\"192.0.2.2\"},{\"hostname\":\"x\"},{\"ip\":"
		   "\"192.0.2.3\",\"ipMode\":\"Proxy\"}]}}}");
	s = flush(1);
	CHECK(s && s->ports[0].n_fronts == 4 && s->ports[0].has_ranges && s->ports[0].n_ranges == 1 &&
	      s->ports[0].ranges[0].net.a[3] == 0);
	if (s) {
		CHECK(s->ports[0].fronts[0].kind == PX_CLUSTER && s->ports[0].fronts[1].kind == PX_EXTERNAL);
		CHECK(s->ports[0].fronts[2].kind == PX_LB && s->ports[0].fronts[3].kind == PX_NODEPORT &&
		      s->ports[0].fronts[3].port == 30080);
	}
}

static void node(const char *name, const char *text)
{
	json_t *o = NULL;
	CHECK(!text || json_parse(text, strlen(text), &o, NULL) == 0);
	CHECK(px_model_node(m, "", name, o) == 0);
	json_decref(o);
}

#define NODE(addrs)         "{\"status\":{\"addresses\":[" addrs "]}}"
#define ADDR(type, address) "{\"type\":\"" type "\",\"address\":\"" address "\"}"
#define BALANCED(addr)                                                                                                 \
	"{\"spec\":{\"type\":\"LoadBalancer\",\"clusterIP\":\"10.43.0.7\",\"externalIPs\":[\"192.0.2.2\"],\"ports\":[" \
	"{\"name\":\"http\","                                                                                          \
	"\"port\":80}]},\"status\":{\"loadBalancer\":{\"ingress\":[{\"ip\":\"" addr "\",\"ipMode\":\"VIP\"}]}}}"

/* Addresses that are nodes': this one's, with what is behind it, and others'. */
static void places(void)
{
	node("n1", NODE(ADDR("InternalIP", "192.0.2.1") "," ADDR("ExternalIP", "198.51.100.1") "," ADDR(
		       "InternalIP", "fd00::1") "," ADDR("Hostname", "n1")));
	node("n2", NODE(ADDR("InternalIP", "192.0.2.2") "," ADDR("InternalIP", "bad")));
	svc("web", BALANCED("192.0.2.1"));
	const struct px_service *s = flush(1);
	CHECK(s && s->ports[0].n_fronts == 3 && s->ports[0].fronts[0].place == PX_ELSEWHERE);
	CHECK(s && s->ports[0].fronts[1].kind == PX_EXTERNAL && s->ports[0].fronts[1].place == PX_OTHER_NODE);
	CHECK(s && s->ports[0].fronts[2].kind == PX_LB && s->ports[0].fronts[2].place == PX_THIS_NODE);
	svc("web", BALANCED("198.51.100.1"));
	s = flush(1);
	CHECK(s && s->ports[0].n_fronts == 4 && s->ports[0].fronts[2].addr.a[0] == 192 &&
	      s->ports[0].fronts[2].place == PX_THIS_NODE);
	CHECK(s && s->ports[0].fronts[3].addr.a[0] == 198 && s->ports[0].fronts[3].place == PX_THIS_NODE);
	node("n2", NODE(ADDR("InternalIP", "192.0.2.3")));
	s = flush(1);
	CHECK(s && s->ports[0].fronts[1].place == PX_ELSEWHERE);
	node("n2", NODE(ADDR("InternalIP", "192.0.2.3"))); /* nothing new */
	CHECK(!px_model_dirty(m));
	/* What a node listens on is no Service's, whoever says so. */
	node("n2",
	     "{\"metadata\":{\"annotations\":{\"minik.io/own-ports\":\"6443/TCP=API server,80/UDP=x,y\"}},\"status\":"
	     "{\"addresses\":[" ADDR("InternalIP", "192.0.2.2") "]}}");
	s = flush(1);
	CHECK(s && s->ports[0].n_fronts == 4); /* 80 is UDP's there */
	node("n2", "{\"metadata\":{\"annotations\":{\"minik.io/own-ports\":\"80/TCP=API server,/\"}},\"status\":"
		   "{\"addresses\":[" ADDR("InternalIP", "192.0.2.2") "]}}");
	s = flush(1);
	CHECK(s && s->ports[0].n_fronts == 3 && s->ports[0].fronts[1].kind == PX_LB);
	node("n2", "{\"status\":{\"daemonEndpoints\":{\"kubeletEndpoint\":{\"Port\":80}},\"addresses\":[" ADDR(
		       "InternalIP", "192.0.2.2") "]}}");
	CHECK(!px_model_dirty(m));
	node("n2", NODE(ADDR("InternalIP", "192.0.2.3")));
	(void)flush(1);
	node("n1", NULL);
	s = flush(1);
	CHECK(s && s->ports[0].n_fronts == 3 && s->ports[0].fronts[2].place == PX_ELSEWHERE);
	node("n2", NULL);
	node("n9", NULL);
	(void)flush(0);
}

static void ranges(void)
{
	svc("web", "{\"spec\":{\"type\":\"LoadBalancer\",\"clusterIP\":\"10.43.0.7\",\"loadBalancerSourceRanges\":["
		   "\"10.1.0.0/16\","
		   "\"10.0.0.0/8\",\"10.1.0.0/16\",\"192.0.2.7/32\",\"192.0.2.0/24\",\"198.51.100.0/"
		   "25\",\"198.51.100.128/25\",\"fd00::/8\"],"
		   "\"ports\":[{\"name\":\"http\",\"port\":80}]}}");
	const struct px_service *s = flush(1);
	/* What lies in another is left out; neighbours stay two. */
	CHECK(s && s->ports[0].n_ranges == 4);
	if (s && s->ports[0].n_ranges == 4) {
		CHECK(s->ports[0].ranges[0].bits == 8 && s->ports[0].ranges[1].bits == 24);
		CHECK(s->ports[0].ranges[2].bits == 25 && s->ports[0].ranges[3].net.a[3] == 128);
	}
}

#define HINT(ip, hints) EP(ip, ",\"hints\":{" hints "}")
#define FOR_NODE(n)     "\"forNodes\":[{\"name\":\"" n "\"}]"
#define FOR_ZONE(z)     "\"forZones\":[{\"name\":\"" z "\"}]"
static uint8_t only(const struct px_service *s) /* last byte of the only endpoint's address; 0: it is not one */
{
	return s && s->ports[0].n_eps == 1 ? s->ports[0].eps[0].addr.a[3] : 0;
}

static void hints(void)
{
	svc("web", SVC(""));
	slice("web-1", SLICE(HINT("10.42.0.2", FOR_NODE("n1")) "," HINT("10.42.0.3", FOR_NODE("n2"))));
	CHECK(only(flush(1)) == 2);
	slice("web-1", SLICE(HINT("10.42.0.2", FOR_NODE("n3")) "," HINT("10.42.0.3", FOR_NODE("n2"))));
	const struct px_service *s = flush(1);
	CHECK(s && s->ports[0].n_eps == 2); /* none for this node */
	slice("web-1", SLICE(HINT("10.42.0.2", FOR_ZONE("z1")) "," HINT("10.42.0.3", FOR_ZONE("z2"))));
	(void)flush(0); /* without a zone these say nothing */
	px_model_zone(m, "z2");
	CHECK(only(flush(1)) == 3);
	px_model_zone(m, "z2");
	CHECK(!px_model_dirty(m));
	px_model_zone(m, "z1");
	CHECK(only(flush(1)) == 2);
	/* One without hints, and hints are not followed. */
	slice("web-2", SLICE(EP("10.42.0.4", "")));
	s = flush(1);
	CHECK(s && s->ports[0].n_eps == 3);
	/* One that is not ready does not count. */
	slice("web-2", SLICE(EP("10.42.0.4", ",\"conditions\":{\"ready\":false}")));
	CHECK(only(flush(1)) == 2);
	/* Malformed ones, and more zones than the API allows. */
	slice(
	    "web-2",
	    SLICE(HINT("10.42.0.4",
		       "\"forZones\":[1,{},{\"name\":7},\"x\",{},{},{},{},{},{\"name\":\"z1\"}],\"forNodes\":\"n1\"")));
	s = flush(0);
	CHECK(!s);
	slice("web-2", NULL);
	px_model_zone(m, NULL);
	s = flush(1);
	CHECK(s && s->ports[0].n_eps == 2);
}

#define BALANCER(policy)                                                                                               \
	"{\"spec\":{\"type\":\"LoadBalancer\",\"clusterIP\":\"10.43.0.7\",\"externalTrafficPolicy\":\"" policy         \
	"\",\"healthCheckNodePort\":31000,\"ports\":[{\"name\":\"http\",\"port\":80},{\"name\":\"other\",\"port\":81}" \
	"]}}"
static void health(void)
{
	slice("web-1", SLICE(EP("10.42.0.2", ",\"nodeName\":\"n1\"") "," EP("10.42.0.3", ",\"nodeName\":\"n2\"")));
	svc("web", BALANCER("Local"));
	const struct px_service *s = flush(1);
	CHECK(s && s->health_port == 31000 && s->health_local == 1);
	/* The same address in two slices is one, and one that is not ready is none. */
	slice("web-2", SLICE(EP("10.42.0.2", ",\"nodeName\":\"n1\"") "," EP(
			   "10.42.0.5",
			   ",\"nodeName\":\"n1\",\"conditions\":{\"ready\":false}") "," EP("10.42.0.6",
											   ",\"nodeName\":\"n1\"")));
	s = flush(1);
	CHECK(s && s->health_local == 2);
	slice("web-2", NULL);
	(void)flush(1);
	svc("web", BALANCER("Cluster"));
	s = flush(1);
	CHECK(s && s->health_port == 0);
}

static void not_ours(void)
{
	const char *texts[] = {
	    "{\"spec\":{\"clusterIP\":\"None\",\"ports\":[{\"port\":80}]}}",
	    "{\"spec\":{\"type\":\"ExternalName\",\"externalName\":\"x.example\",\"ports\":[{\"port\":80}]}}",
	    "{\"spec\":{\"ports\":[{\"port\":80}]}}",
	    "{\"metadata\":{\"labels\":{\"service.kubernetes.io/"
	    "service-proxy-name\":\"other\"}},\"spec\":{\"clusterIP\":\"10.43.0.9\",\"ports\":[{\"port\":80}]}}",
	    "{\"spec\":{\"clusterIP\":\"not-an-address\",\"ports\":[{\"port\":80}]}}",
	    "{\"spec\":{\"clusterIP\":\"10.43.0.9\",\"ports\":[{\"port\":0},{\"port\":99999},{\"port\":80,\"protocol\":"
	    "\"QUIC\"},\"x\"]}}",
	    "{\"spec\":{\"clusterIP\":\"10.43.0.9\",\"ports\":\"x\"}}",
	    "{\"spec\":[]}",
	    "{}",
	};
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		svc("odd", texts[i]);
		(void)flush(0);
	}
	slice("odd",
	      "{\"metadata\":{\"labels\":{\"kubernetes.io/"
	      "service-name\":\"odd\"}},\"ports\":[1,{}],\"endpoints\":[1,{},{\"addresses\":[]},{\"addresses\":[7]}]}");
	(void)flush(0);
}

static void dual_stack(void)
{
	svc("dual", "{\"spec\":{\"clusterIP\":\"10.43.0.8\",\"clusterIPs\":[\"10.43.0.8\",\"fd43::8\"],\"ports\":[{"
		    "\"port\":53,\"protocol\":\"UDP\"},{\"port\":53}]}}");
	const struct px_service *s = flush(1);
	CHECK(s && s->n_ports == 4 && s->ports[0].family == 4 && s->ports[3].family == 6);
	slice("dual-6",
	      "{\"metadata\":{\"labels\":{\"kubernetes.io/"
	      "service-name\":\"dual\"}},\"addressType\":\"IPv6\",\"ports\":[{\"port\":5353,\"protocol\":\"UDP\"}],"
	      "\"endpoints\":[{\"addresses\":[\"fd42::2\"]}]}");
	s = flush(1);
	CHECK(s && s->ports[0].n_eps == 0 && s->ports[2].n_eps == 1 && s->ports[3].n_eps == 0);
	slice("dual-6", NULL);
	svc("dual", NULL);
	CHECK(flush(1) == NULL);
}

static void hostports(void)
{
	json_t *o = J(
	    "{\"spec\":{\"containers\":[{\"ports\":[{\"containerPort\":80,\"hostPort\":8080},{\"containerPort\":81}]},"
	    "{\"ports\":[{\"containerPort\":53,\"hostPort\":53,\"protocol\":\"UDP\",\"hostIP\":\"192.0.2.9\"}]}]},"
	    "\"status\":{\"phase\":\"Running\","
	    "\"podIPs\":[{\"ip\":\"10.42.0.9\"}]}}");
	CHECK(px_model_pod(m, "d", "p", o) == 0);
	const struct px_service *s = flush(1);
	CHECK(s && s->n_ports == 2 && s->ports[0].fronts[0].kind == PX_HOSTPORT && s->ports[0].fronts[0].port == 8080);
	CHECK(s && s->ports[1].fronts[0].kind == PX_HOSTPORT_ADDR && s->ports[1].eps[0].port == 53);
	(void)json_set_str(o, "status.phase", "Succeeded");
	CHECK(px_model_pod(m, "d", "p", o) == 0);
	CHECK(flush(1) == NULL);
	json_decref(o);
}

static size_t fronts_at(const struct px_service *s, const char *addr, uint16_t port)
{
	struct inet_addr a = {0};
	size_t n = 0;
	CHECK(!addr || inet_addr_parse(addr, &a));
	for (size_t i = 0; s && i < s->n_ports; i++)
		for (size_t k = 0; k < s->ports[i].n_fronts; k++) {
			const struct px_front *f = &s->ports[i].fronts[k];
			n += f->port == port &&
			     (addr ? inet_addr_equal(&f->addr, &a) : f->kind == PX_NODEPORT || f->kind == PX_HOSTPORT);
		}
	return n;
}
static const struct px_service *changed(const char *key)
{
	for (size_t i = 0; i < held_n; i++)
		if (held[i].now && streq(held[i].now->key, key))
			return held[i].now;
	return NULL;
}
#define CLAIM(created, ip, external, node)                                                                             \
	"{\"metadata\":{\"creationTimestamp\":\"" created "\"},\"spec\":{\"type\":\"NodePort\",\"clusterIP\":\"" ip    \
	"\",\"externalIPs\":[" external "],\"ports\":[{\"port\":80,\"nodePort\":" node "}]}}"

/* Who has what several want does not depend on the order in which they come. */
static void claims(void)
{
	for (int order = 0; order < 2; order++) {
		const char *old = CLAIM("2026-01-01T00:00:00Z", "10.43.1.1", "\"203.0.113.1\",\"10.43.1.2\"", "30001"),
			   *young =
			       CLAIM("2026-01-02T00:00:00Z", "10.43.1.2", "\"203.0.113.1\",\"10.43.1.1\"", "30001");
		svc(order ? "old" : "a-young", order ? old : young);
		(void)flush(1);
		svc(order ? "a-young" : "old", order ? young : old);
		(void)flush(order ? 2 : 2);
		const struct px_service *o = changed("d/old"), *y = changed("d/a-young");
		CHECK(fronts_at(o, "203.0.113.1", 80) == 1 && fronts_at(y, "203.0.113.1", 80) == 0);
		CHECK(fronts_at(o, "10.43.1.1", 80) == 1 && fronts_at(y, "10.43.1.1", 80) == 0);
		CHECK(fronts_at(y, "10.43.1.2", 80) == 1 && fronts_at(o, "10.43.1.2", 80) == 0);
		CHECK(fronts_at(o, NULL, 30001) == 1 && fronts_at(y, NULL, 30001) == 0);
		CHECK(y && y->n_lost == 3 && y->lost);
		svc("old", NULL);
		(void)flush(2);
		y = changed("d/a-young");
		CHECK(fronts_at(y, "203.0.113.1", 80) == 1 && fronts_at(y, "10.43.1.1", 80) == 1 && y->n_lost == 0);
		svc("a-young", NULL);
		(void)flush(1);
	}
	/* A node port before a pod's hostPort, whoever was first. */
	json_t *pod =
	    J("{\"metadata\":{\"creationTimestamp\":\"2025-01-01T00:00:00Z\"},\"spec\":{\"containers\":[{\"ports\":[{"
	      "\"containerPort\":80,\"hostPort\":30001}]}]},\"status\":{\"phase\":\"Running\",\"podIPs\":[{\"ip\":"
	      "\"10.42.0.9\"}]}}");
	CHECK(px_model_pod(m, "d", "p", pod) == 0);
	CHECK(fronts_at(flush(1), NULL, 30001) == 1);
	svc("old", CLAIM("2026-01-01T00:00:00Z", "10.43.1.1", "", "30001"));
	(void)flush(2);
	CHECK(fronts_at(changed("d/old"), NULL, 30001) == 1);
	CHECK(changed("pod:d/p") && changed("pod:d/p")->n_ports == 0);
	svc("old", NULL);
	CHECK(px_model_pod(m, "d", "p", NULL) == 0);
	(void)flush(2);
	json_decref(pod);
}

static void api_server(void)
{
	json_t *api =
	    J("{\"metadata\":{\"labels\":{\"kubernetes.io/service-name\":\"kubernetes\"}},\"addressType\":\"IPv4\","
	      "\"ports\":[{\"port\":6443}],\"endpoints\":[{\"addresses\":[\"192.0.2.1\"]}]}");
	const char *evil =
	    "{\"spec\":{\"type\":\"NodePort\",\"clusterIP\":\"10.43.1.3\",\"externalIPs\":[\"192.0.2.1\",\"192.0.2.2\","
	    "\"0.0.0.0\",\"127.0.0.1\",\"224.0.0.1\",\"::ffff:1.2.3.4\"],\"ports\":[{\"port\":6443,\"nodePort\":6443}]}"
	    "}";
	svc("evil", evil);
	const struct px_service *s = flush(1);
	CHECK(fronts_at(s, "192.0.2.1", 6443) == 1 &&
	      fronts_at(s, NULL, 6443) == 1);  /* nobody knows of the server yet */
	CHECK(s && s->ports[0].n_fronts == 4); /* cluster, two external ones, node port */
	CHECK(px_model_slice(m, "default", "kubernetes", api) == 0);
	(void)flush(1);
	s = changed("d/evil");
	CHECK(fronts_at(s, "192.0.2.1", 6443) == 0 && fronts_at(s, NULL, 6443) == 0);
	CHECK(fronts_at(s, "192.0.2.2", 6443) == 1 && fronts_at(s, "10.43.1.3", 6443) == 1);
	CHECK(s && s->n_lost == 2 && strstr(s->lost, "belongs to the API server"));
	CHECK(px_model_slice(m, "default", "kubernetes", NULL) == 0);
	(void)flush(1);
	CHECK(fronts_at(changed("d/evil"), NULL, 6443) == 1);
	svc("evil", NULL);
	(void)flush(1);
	json_decref(api);
}

int main(void)
{
	struct err e = {0};
	if (px_model_new(&m, "n1", &e) < 0)
		return 1;
	RUN(basics);
	RUN(conditions);
	RUN(policies);
	RUN(places);
	RUN(ranges);
	RUN(hints);
	RUN(health);
	RUN(not_ours);
	RUN(dual_stack);
	RUN(hostports);
	RUN(claims);
	RUN(api_server);
	px_changes_free(held, held_n);
	px_model_free(m);
	return TEST_END();
}
