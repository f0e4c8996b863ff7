/* What Nodes say, what this node says, and who is believed. */
#include "base/cleanup.h"
#include "base/json.h"
#include "base/str.h"
#include "net/annotations.h"
#include "net/peers.h"
#include "tests/unit/test.h"

static json_t *node(const char *name, const char *created, const char *cidrs, const char *annotations)
{
	json_t *o = NULL;
	AUTO_FREE char *text = str_fmt("{\"metadata\":{\"name\":\"%s\",\"creationTimestamp\":\"%s\",\"annotations\":{%"
				       "s}},\"spec\":{\"podCIDRs\":[%s]},"
				       "\"status\":{\"addresses\":[{\"type\":\"InternalIP\",\"address\":\"192.0.2.77\"}"
				       ",{\"type\":\"InternalIP\",\"address\":\"2001:DB8:0::77\"}]}}",
				       name, created, annotations, cidrs);
	CHECK(text && json_parse(text, strlen(text), &o, NULL) == 0);
	return o;
}

#define P NET_ANNOTATION_PREFIX
static bool reads(const char *cidrs, const char *annotations, struct net_peer *p)
{
	AUTO_JSON json_t *o = node("n", "2026-01-01T00:00:00Z", cidrs, annotations);
	return net_node_read(o, p);
}

static void reading(void)
{
	struct net_peer p;
	CHECK(!reads("", "", &p));
	CHECK(reads("\"10.42.1.0/24\",\"FD42:0:0:1::/64\"", "", &p) && !p.why.code);
	CHECK_STR(p.cidr[NET_V4], "10.42.1.0/24");
	CHECK_STR(p.cidr[NET_V6], "fd42:0:0:1::/64");
	CHECK_STR(p.ip[NET_V4], "192.0.2.77");
	CHECK_STR(p.ip[NET_V6], "2001:db8::77");
	CHECK_STR(p.backend, "");
	/* IPv6 first, and alone. */
	CHECK(reads("\"fd42:0:0:1::/64\"", "", &p) && !p.cidr[NET_V4][0] && p.cidr[NET_V6][0]);
	/* As flannel v0.28 writes them. */
	CHECK(reads("\"10.42.1.0/24\"",
		    "\"" P "kube-subnet-manager\":\"true\",\"" P "backend-type\":\"vxlan\",\"" P
		    "public-ip\":\"198.51.100.1\",\"" P
		    "backend-data\":\"{\\\"VNI\\\":5,\\\"VtepMAC\\\":\\\"8e:01:02:03:04:ff\\\"}\"",
		    &p) &&
	      !p.why.code);
	CHECK_STR(p.ip[NET_V4], "198.51.100.1");
	CHECK_STR(p.backend, "vxlan");
	CHECK(p.has_vtep[NET_V4] && p.vni[NET_V4] == 5 && p.vtep_mac[NET_V4][0] == 0x8e &&
	      p.vtep_mac[NET_V4][5] == 0xff);
	CHECK(reads("\"10.42.1.0/24\"",
		    "\"" P "kube-subnet-manager\":\"true\",\"" P "backend-type\":\"\",\"" P "backend-data\":\"null\"",
		    &p));
	CHECK_STR(p.backend, "udp");
	/* Annotations without the one that says who writes them count for nothing. */
	CHECK(reads("\"10.42.1.0/24\"", "\"" P "public-ip\":\"198.51.100.1\",\"" P "backend-type\":\"vxlan\"", &p));
	CHECK_STR(p.ip[NET_V4], "192.0.2.77");
	CHECK_STR(p.backend, "");
}

static void malformed(void)
{
	static const char *const cidrs[] = {"\"10.42.1.5/24\"", "\"10.42.1.0\"", "\"x\"",
					    "\"10.42.1.0/24\",\"10.42.2.0/24\"", "\"10.42.1.0/33\""};
	static const char *const ips[] = {"",        "10.0.0",     "127.0.0.1", "224.0.0.1",   "255.255.255.255",
					  "0.0.0.0", "192.0.2.1 ", "::1",       "192.0.2.1/24"};
	static const char *const data[] = {"",
					   "{",
					   "[]",
					   "{}",
					   "{\\\"VtepMAC\\\":\\\"\\\"}",
					   "{\\\"VtepMAC\\\":5}",
					   "{\\\"VtepMAC\\\":\\\"01:02:03:04:05:06\\\"}",
					   "{\\\"VtepMAC\\\":\\\"00:00:00:00:00:00\\\"}",
					   "{\\\"VtepMAC\\\":\\\"0e:02:03:04:05\\\"}",
					   "{\\\"VtepMAC\\\":\\\"0e:02:03:04:05:06:07\\\"}",
					   "{\\\"VtepMAC\\\":\\\"0e:02:03:04:05: 6\\\"}x",
					   "{\\\"VNI\\\":-1,\\\"VtepMAC\\\":\\\"0e:02:03:04:05:06\\\"}",
					   "{\\\"VNI\\\":16777216,\\\"VtepMAC\\\":\\\"0e:02:03:04:05:06\\\"}"};
	static const char *const ip6[] = {"fe80::1",          "ff02::1",   "::",          "::1",
					  "::ffff:192.0.2.1", "192.0.2.1", "fd00::1%eth0"};
	struct net_peer p;
	for (size_t i = 0; i < ARRAY_LEN(cidrs); i++)
		CHECK(reads(cidrs[i], "", &p) && p.why.code);
	for (size_t i = 0; i < ARRAY_LEN(ips); i++) {
		AUTO_FREE char *a = str_fmt("\"" P "kube-subnet-manager\":\"true\",\"" P
					    "backend-type\":\"host-gw\",\"" P "public-ip\":\"%s\"",
					    ips[i]);
		CHECK(reads("\"10.42.1.0/24\"", a, &p) && p.why.code && !p.ip[NET_V4][0]);
	}
	for (size_t i = 0; i < ARRAY_LEN(ip6); i++) {
		char out[48];
		CHECK(!net_node_address(ip6[i], NET_V6, out));
	}
	for (size_t i = 0; i < ARRAY_LEN(data); i++) {
		AUTO_FREE char *a = str_fmt("\"" P "kube-subnet-manager\":\"true\",\"" P "backend-type\":\"vxlan\",\"" P
					    "backend-data\":\"%s\"",
					    data[i]);
		CHECK(reads("\"10.42.1.0/24\"", a, &p) && p.why.code && !p.has_vtep[NET_V4]);
	}
}

/* What is announced is read back as the same. */
static void announcing(void)
{
	static const char *const backends[] = {"vxlan", "host-gw", "udp"};
	struct net_self self = {.announced = {"192.0.2.1", "2001:db8::1"},
				.cidr = {"10.42.1.0/24", "fd42:0:0:1::/64"},
				.vni = 7,
				.mac = {{2, 1, 2, 3, 4, 5}, {2, 9, 9, 9, 9, 9}}};
	for (size_t i = 0; i < ARRAY_LEN(backends); i++) {
		AUTO_JSON json_t *o =
		    node("n", "2026-01-01T00:00:00Z", "\"10.42.1.0/24\"", "\"" P "backend-v6-data\":\"old\"");
		AUTO_JSON json_t *patch = NULL, *again = NULL;
		struct net_peer p;
		CHECK(net_node_announce(o, backends[i], &self, &patch, NULL) == 0 && patch);
		json_t *have = json_dot(o, "metadata.annotations"), *value;
		const char *key;
		json_object_foreach (json_dot(patch, "metadata.annotations"), key, value) {
			if (json_is_null(value))
				json_object_del(have, key);
			else
				json_object_set(have, key, value);
		}
		CHECK(net_node_announce(o, backends[i], &self, &again, NULL) == 0 && !again);
		CHECK(net_node_read(o, &p) && !p.why.code);
		CHECK_STR(p.backend, backends[i]);
		CHECK_STR(p.ip[NET_V4], "192.0.2.1");
		CHECK(p.has_vtep[NET_V4] == (i == 0) && p.has_vtep[NET_V6] == (i == 0) &&
		      (i || (p.vni[NET_V4] == 7 && p.vtep_mac[NET_V6][1] == 9)));
		CHECK(p.udp_private == (i == 2));
	}
}

static struct net_peer peer(const char *name, int64_t created, const char *ip, const char *cidr, uint8_t mac)
{
	struct net_peer p = {
	    .created = created, .vni = {1, 1}, .has_vtep = {true, true}, .vtep_mac = {{2, 0, 0, 0, 0, mac}}};
	str_copy(p.name, sizeof(p.name), name);
	str_copy(p.backend, sizeof(p.backend), "vxlan");
	str_copy(p.ip[NET_V4], 48, ip);
	str_copy(p.cidr[NET_V4], 72, cidr);
	return p;
}

static void judging(void)
{
	struct net_self self = {.ip = {"192.0.2.1"},
				.announced = {"192.0.2.1"},
				.cidr = {"10.42.1.0/24"},
				.vni = 1,
				.has_mac = {true},
				.mac = {{2, 0, 0, 0, 0, 1}}};
	const struct {
		struct net_peer p;
		const char *why; /* NULL: believed */
	} t[] = {
	    {peer("old", 1, "192.0.2.2", "10.42.2.0/24", 2), NULL},
	    {peer("net", 2, "192.0.2.3", "10.42.2.0/24", 3), "overlaps with that of node old"},
	    {peer("half", 2, "192.0.2.3", "10.42.2.128/25", 3), "overlaps with that of node old"},
	    {peer("all", 2, "192.0.2.3", "10.42.0.0/16", 3), "overlaps with this node's"},
	    {peer("mine", 2, "192.0.2.3", "10.42.1.0/25", 3), "overlaps with this node's"},
	    {peer("out", 2, "192.0.2.3", "10.43.2.0/24", 3), "outside of --cluster-cidr"},
	    {peer("wide", 2, "192.0.2.3", "0.0.0.0/1", 3), "outside of --cluster-cidr"},
	    {peer("ip", 2, "192.0.2.2", "10.42.3.0/24", 3), "that of node old"},
	    {peer("self", 2, "192.0.2.1", "10.42.4.0/24", 3), "is this node's"},
	    {peer("pod", 2, "10.42.2.9", "10.42.5.0/24", 3), "one of the pods' networks"},
	    {peer("mac", 2, "192.0.2.4", "10.42.6.0/24", 2), "hardware address is that of node old"},
	    {peer("ours", 2, "192.0.2.4", "10.42.7.0/24", 1), "hardware address is this node's"},
	    {peer("good", 9, "192.0.2.9", "10.42.9.0/24", 9), NULL},
	};
	struct net_peer v[ARRAY_LEN(t)];
	for (size_t i = 0; i < ARRAY_LEN(t); i++)
		v[ARRAY_LEN(t) - 1 - i] = t[i].p; /* the order in which they come is nothing */
	CHECK(net_peers_judge(v, ARRAY_LEN(v), &self, "10.42.0.0/16,fd42::/56", &net_vxlan_ops) == 0);
	for (size_t i = 0; i < ARRAY_LEN(t); i++)
		for (size_t j = 0; j < ARRAY_LEN(v); j++)
			if (streq(v[j].name, t[i].p.name)) {
				CHECK(v[j].use[NET_V4] == !t[i].why);
				if (t[i].why && !strstr(v[j].why.msg, t[i].why))
					CHECK_STR(v[j].why.msg, t[i].why);
			}
	/* Another backend, another VNI, none yet. */
	struct net_peer w[3] = {peer("b", 1, "192.0.2.2", "10.42.2.0/24", 2),
				peer("v", 1, "192.0.2.3", "10.42.3.0/24", 3),
				peer("n", 1, "192.0.2.4", "10.42.4.0/24", 4)};
	str_copy(w[0].backend, sizeof(w[0].backend), "host-gw");
	w[1].vni[NET_V4] = 2;
	w[2].backend[0] = 0;
	CHECK(net_peers_judge(w, 3, &self, "", &net_vxlan_ops) == 0);
	for (int i = 0; i < 3; i++)
		CHECK(!w[i].use[NET_V4] && strstr(w[i].why.msg, w[i].name[0] == 'b'   ? "--flannel-backend"
								: w[i].name[0] == 'v' ? "VNI 2"
										      : "no network backend yet"));
	/* Another UDP port; one that says none is flannel's, and believed. */
	w[0] = peer("a", 1, "192.0.2.2", "10.42.2.0/24", 2);
	w[1] = peer("o", 1, "192.0.2.3", "10.42.3.0/24", 3);
	w[2] = peer("s", 1, "192.0.2.4", "10.42.4.0/24", 4);
	w[0].port = 4789;
	w[2].port = self.port = 8472;
	CHECK(net_peers_judge(w, 3, &self, "", &net_vxlan_ops) == 0);
	CHECK(!w[0].use[NET_V4] && w[1].use[NET_V4] && w[2].use[NET_V4]);
	CHECK_STR(w[0].why.msg, "it uses UDP port 4789, this node 8472; give every node the same --flannel-port");
	/* host-gw reaches nodes that announce nothing. */
	w[2] = peer("n", 1, "192.0.2.4", "10.42.4.0/24", 4);
	w[2].backend[0] = 0;
	CHECK(net_peers_judge(&w[2], 1, &self, "", &net_hostgw_ops) == 0 && w[2].use[NET_V4]);
}

int main(void)
{
	RUN(reading);
	RUN(malformed);
	RUN(announcing);
	RUN(judging);
	return TEST_END();
}
