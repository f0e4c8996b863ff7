#include "net/annotations.h"
#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include "api/object.h"
#include "api/own_ports.h"
#include "base/cleanup.h"
#include "base/str.h"
#include "net/lease.h"

#define DATA_MAX 256 /* of backend-data; what flannel writes has about 50 bytes */

static const char *const key_ip[] = {NET_ANNOTATION_PREFIX "public-ip", NET_ANNOTATION_PREFIX "public-ipv6"};
static const char *const key_overwrite[] = {NET_ANNOTATION_PREFIX "public-ip-overwrite",
					    NET_ANNOTATION_PREFIX "public-ipv6-overwrite"};
static const char *const key_data[] = {NET_ANNOTATION_PREFIX "backend-data", NET_ANNOTATION_PREFIX "backend-v6-data"};
static const char key_type[] = NET_ANNOTATION_PREFIX "backend-type",
		  key_managed[] = NET_ANNOTATION_PREFIX "kube-subnet-manager";

bool net_node_address(const char *text, int family, char out[48])
{
	unsigned char a[16];
	int af = family == NET_V4 ? AF_INET : AF_INET6;
	if (!text || inet_pton(af, text, a) != 1)
		return false;
	if (family == NET_V4) {
		if (a[0] == 0 || a[0] == 127 ||
		    a[0] >= 224) /* this network, loopback, multicast, reserved, broadcast */
			return false;
	} else {
		static const unsigned char zero[15];
		if (a[0] == 0xff || (a[0] == 0xfe && (a[1] & 0xc0) == 0x80) || (memcmp(a, zero, 15) == 0 && a[15] < 2))
			return false;
		if (memcmp(a, zero, 10) == 0 && a[10] == 0xff && a[11] == 0xff) /* IPv4 in disguise */
			return false;
	}
	return inet_ntop(af, a, out, 48) != NULL;
}

static void complain(struct net_peer *p, const char *what, const char *text)
{
	char shown[64];
	if (p->why.code)
		return;
	(void)str_copy(shown, sizeof(shown), text);
	for (char *c = shown; *c; c++)
		if (!isprint((unsigned char)*c))
			*c = '?';
	err_set(&p->why, -EINVAL, "its %s \"%s\" is malformed", what, shown);
}

static void cidrs_read(const json_t *node, struct net_peer *p)
{
	const json_t *cidrs = json_at(node, "spec", "podCIDRs", NULL);
	for (size_t i = 0; i < 2; i++) {
		const char *c = json_string_value(json_array_get(cidrs, i));
		struct lease_cidr parsed;
		char text[72];
		if (!c && i == 0)
			c = json_str(node, "spec.podCIDR");
		if (!c || !*c)
			continue;
		if (lease_cidr_parse(&parsed, c, NULL) < 0) {
			complain(p, "pod network", c);
			continue;
		}
		int f = parsed.family == AF_INET ? NET_V4 : NET_V6;
		char base[48], host[64];
		unsigned char given[16] = {0};
		(void)snprintf(host, sizeof(host), "%.*s", (int)strcspn(c, "/"), c);
		if (!inet_ntop(parsed.family, parsed.net, base, sizeof(base)) ||
		    inet_pton(parsed.family, host, given) != 1)
			continue;
		(void)snprintf(text, sizeof(text), "%s/%u", base, parsed.bits);
		/* An address within a network, or the same family twice, is nothing that IPAM writes. */
		if (memcmp(given, parsed.net, f == NET_V4 ? 4 : 16) != 0 || p->cidr[f][0])
			complain(p, "pod network", c);
		else
			(void)str_copy(p->cidr[f], sizeof(p->cidr[f]), text);
	}
}

static void addresses_read(const json_t *node, bool managed, struct net_peer *p)
{
	const json_t *v;
	size_t i;
	for (int f = 0; f < NET_FAMILIES; f++) {
		const char *said = managed ? obj_annotation(node, key_ip[f]) : NULL;
		if (said && !net_node_address(said, f, p->ip[f]))
			complain(p, f == NET_V4 ? "annotation public-ip" : "annotation public-ipv6", said);
		if (said)
			continue;
		json_array_foreach (json_at(node, "status", "addresses", NULL), i, v) {
			if (streq(json_str(v, "type"), "InternalIP") &&
			    net_node_address(json_str(v, "address"), f, p->ip[f]))
				break;
		}
	}
}

/* {"VNI":1,"VtepMAC":"0a:..."}; "null" of the other backends is nothing. */
static void vtep_read(const json_t *node, int f, struct net_peer *p)
{
	const char *text = obj_annotation(node, key_data[f]);
	AUTO_JSON json_t *data = NULL;
	unsigned m[6];
	char end;
	if (!text || streq(text, "null"))
		return;
	const char *s = strlen(text) <= DATA_MAX && json_parse(text, strlen(text), &data, NULL) == 0
			    ? json_str_or(data, "VtepMAC", "")
			    : "";
	int64_t vni = json_int_or(data, "VNI", 1);
	if (strlen(s) != 17 ||
	    sscanf(s, "%2x:%2x:%2x:%2x:%2x:%2x%c", &m[0], &m[1], &m[2], &m[3], &m[4], &m[5], &end) != 6 || m[0] & 1 ||
	    !(m[0] | m[1] | m[2] | m[3] | m[4] | m[5]) || vni < 0 || vni > 0xffffff) {
		complain(p, f == NET_V4 ? "annotation backend-data" : "annotation backend-v6-data", text);
		return;
	}
	for (int i = 0; i < 6; i++)
		p->vtep_mac[f][i] = (uint8_t)m[i];
	p->vni[f] = (uint32_t)vni;
	p->has_vtep[f] = true;
}

/* 0: nothing of that kind. */
static uint16_t port_read(const char *text)
{
	struct own_port own;
	while (own_ports_next(&text, &own))
		if (streq(own.protocol, "UDP") && streq(own.whose, OWN_PORTS_POD_NETWORK))
			return own.port;
	return 0;
}

bool net_node_read(const json_t *node, struct net_peer *ret)
{
	struct timespec created = {0};
	memset(ret, 0, sizeof(*ret)); /* padding too: digests are made of it */
	(void)str_copy(ret->name, sizeof(ret->name), json_str_or(node, "metadata.name", ""));
	if (time_parse(json_str_or(node, "metadata.creationTimestamp", ""), &created) == 0)
		ret->created = created.tv_sec;
	bool managed = streq(obj_annotation(node, key_managed), "true");
	cidrs_read(node, ret);
	addresses_read(node, managed, ret);
	if (managed) {
		const char *type = obj_annotation(node, key_type);
		/* flannel's udp backend leaves the type empty. */
		if (!str_copy(ret->backend, sizeof(ret->backend), type && *type ? type : "udp"))
			complain(ret, "annotation backend-type", type);
		for (int f = 0; f < NET_FAMILIES; f++)
			if (streq(ret->backend, "vxlan"))
				vtep_read(node, f, ret);
		ret->port = port_read(obj_annotation(node, OWN_PORTS));
		ret->udp_private = streq(obj_annotation(node, NET_ANNOTATION_UDP), "true");
	}
	return ret->cidr[NET_V4][0] || ret->cidr[NET_V6][0] || ret->why.code;
}

uint64_t net_node_digest(const json_t *node)
{
	struct {
		struct net_peer p;
		char overwrite[NET_FAMILIES][48];
	} all;
	memset(&all, 0, sizeof(all));
	(void)net_node_read(node, &all.p);
	for (int f = 0; f < NET_FAMILIES; f++)
		net_node_overwrite(node, f, all.overwrite[f]);
	return str_hash(&all, sizeof(all));
}

void net_node_overwrite(const json_t *node, int family, char out[48])
{
	out[0] = 0;
	(void)net_node_address(obj_annotation(node, key_overwrite[family]), family, out);
}

/* Sets or removes one annotation in the patch, if the Node says something else. */
static int say(json_t *patch, const json_t *node, const char *key, const char *value)
{
	const char *have = obj_annotation(node, key);
	if (streq(have, value))
		return 0;
	return json_object_set_new(patch, key, value ? json_string(value) : json_null()) < 0 ? -ENOMEM : 0;
}

int net_node_announce(const json_t *node, const char *backend, const struct net_self *self, json_t **ret, struct err *e)
{
	AUTO_JSON json_t *patch = json_object();
	bool vxlan = streq(backend, "vxlan"), udp = streq(backend, "udp");
	int bad = patch ? 0 : -ENOMEM;
	*ret = NULL;
	for (int f = 0; f < NET_FAMILIES; f++) {
		char data[96] = "null";
		bool on = self->announced[f][0] && (udp ? f == NET_V4 : self->cidr[f][0] != 0);
		if (vxlan)
			(void)snprintf(data, sizeof(data), "{\"VNI\":%u,\"VtepMAC\":\"%02x:%02x:%02x:%02x:%02x:%02x\"}",
				       self->vni, self->mac[f][0], self->mac[f][1], self->mac[f][2], self->mac[f][3],
				       self->mac[f][4], self->mac[f][5]);
		bad |= say(patch, node, key_data[f], on ? data : NULL);
		bad |= say(patch, node, key_ip[f], on ? self->announced[f] : NULL);
	}
	bad |= say(patch, node, key_type, udp ? "" : backend);
	bad |= say(patch, node, key_managed, "true");
	bad |= say(patch, node, NET_ANNOTATION_UDP, udp ? "true" : NULL);
	if (bad)
		return err_nomem(e);
	if (json_object_size(patch) == 0)
		return 0;
	*ret = json_pack("{s:{s:O}}", "metadata", "annotations", patch);
	return *ret ? 0 : err_nomem(e);
}
