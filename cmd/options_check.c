#include "cmd/options_check.h"
#include <arpa/inet.h>
#include <ctype.h>
#include <net/if.h>
#include <stdio.h>
#include "api/schema.h"
#include "api/selector.h"
#include "base/fs.h"
#include "base/inet.h"
#include "base/ipvs.h"
#include "base/str.h"
#include "ingress/nginx.h"
#include "cmd/secret.h"
#include "wire/cert.h"

static int no(struct err *e, const char *text, const char *why)
{
	return err_set(e, ERR_INVALID, "\"%.80s\" %s", text, why);
}

/* words: what is taken, as a person would write it: "a, b or c". */
static int one_of(const char *text, const char *const *names, const char *words, struct err *e)
{
	for (; *names; names++)
		if (streq(text, *names))
			return 0;
	return err_set(e, ERR_INVALID, "\"%.80s\" is unknown; write %s", text, words);
}

int opt_check_filled(const char *text, unsigned scope, struct err *e)
{
	(void)scope;
	return text[0] ? 0 : err_set(e, ERR_INVALID, "is empty; write a value or leave it out");
}

int opt_check_absolute(const char *text, unsigned scope, struct err *e)
{
	(void)scope;
	return text[0] == '/' && text[1] ? 0 : no(e, text, "is not an absolute path; write one that begins with /");
}

int opt_check_path_list(const char *text, unsigned scope, struct err *e)
{
	(void)scope;
	for (const char *p = text;; p++) {
		if (p[0] != '/' || strchr(":", p[1]))
			return no(e, text, "is not a list of absolute paths; write them with colons between");
		p += strcspn(p, ":");
		if (!*p)
			return 0;
	}
}

int opt_check_log_level(const char *text, unsigned scope, struct err *e)
{
	static const char *const names[] = {"error", "warning", "info", "debug", NULL};

	(void)scope;
	return one_of(text, names, "error, warning, info or debug", e);
}

int opt_check_log_format(const char *text, unsigned scope, struct err *e)
{
	static const char *const names[] = {"text", "json", NULL};

	(void)scope;
	return one_of(text, names, "text or json", e);
}

int opt_check_output(const char *text, unsigned scope, struct err *e)
{
	(void)scope;
	return opt_check_log_format(text, 0, e);
}

int opt_check_server_url(const char *text, unsigned scope, struct err *e)
{
	const char *host = str_has_prefix(text, "https://") ? text + 8 : "";
	size_t n = strcspn(host, "/");

	(void)scope;
	if (n == 0 || host[n + (host[n] == '/')] || memchr(host, ' ', n))
		return no(e, text, "is not the URL of an API server; write https://HOST:6443");
	return 0;
}

int opt_check_token(const char *text, unsigned scope, struct err *e)
{
	(void)scope;
	return secret_check_token(text, e);
}

int opt_check_address(const char *text, unsigned scope, struct err *e)
{
	unsigned char a[16];

	(void)scope;
	return opt_ip_parse(text, a) ? 0 : no(e, text, "is not an IP address; write one such as 192.168.1.10");
}

int opt_check_address_port(const char *text, unsigned scope, struct err *e)
{
	char host[48];
	uint16_t port;

	(void)scope;
	return !text[0] || inet_addr_port_parse(text, host, &port)
		   ? 0
		   : no(e, text, "is not an address with a port; write one such as 127.0.0.1:10249 or [::1]:10249");
}

int opt_check_ca_file(const char *text, unsigned scope, struct err *e)
{
	AUTO_BUF struct buf pem = {0};
	struct cert_info info = {0};
	struct err why = {0};

	(void)scope;
	if (fs_read(text, OPT_CA_FILE_MAX, &pem, &why) < 0)
		return err_set(e, ERR_INVALID, "\"%.80s\" cannot be read: %.100s", text, why.msg);
	if (cert_inspect(&info, pem.data ? pem.data : "", &why) < 0)
		return no(e, text, "holds no certificate in PEM");
	cert_info_done(&info);
	return 0;
}

int opt_check_own_address(const char *text, unsigned scope, struct err *e)
{
	static const unsigned char zero[16];
	unsigned char a[16] = {0};
	int r = opt_check_address(text, scope, e);

	if (r < 0)
		return r;
	(void)opt_ip_parse(text, a);
	return memcmp(a, zero, sizeof(a)) != 0
		   ? 0
		   : no(e, text, "is not an address that others can reach; write one of this machine's");
}

int opt_check_san(const char *text, unsigned scope, struct err *e)
{
	unsigned char a[16];
	const char *name = str_has_prefix(text, "*.") ? text + 2 : text;

	(void)scope;
	if (opt_ip_parse(text, a))
		return 0;
	for (const char *p = name; *p; p++)
		if (isupper(
			(unsigned char)*p)) /* DNS names may be written so; the certificate takes them as they are */
			return strlen(name) < 254 &&
				       strspn(name,
					      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-") ==
					   strlen(name)
				   ? 0
				   : no(e, text, "is neither a DNS name nor an IP address");
	return api_check_dns1123_subdomain(name)
		   ? no(e, text, "is neither a DNS name nor an IP address; write one such as k8s.example.org")
		   : 0;
}

int opt_check_mode(const char *text, unsigned scope, struct err *e)
{
	size_t n = strspn(text, "01234567");

	(void)scope;
	return n >= 3 && n <= 4 && !text[n] && (n == 3 || text[0] == '0')
		   ? 0
		   : no(e, text, "is not a file mode; write three octal digits such as 600 or 640");
}

int opt_check_cluster_cidr(const char *text, unsigned scope, struct err *e)
{
	const char *at = text;
	char one[OPT_NET_MAX];
	struct opt_cidr c;
	int families = 0;

	/* Beside another control plane networks may have any size. */
	bool any = scope & OPT_IN_COMPONENT;
	while (opt_net_next(&at, one)) {
		int r = opt_cidr_parse(one, &c, e);
		if (r < 0)
			return r;
		bool v4 = c.family == AF_INET;
		if (!any && (v4 ? c.bits < 8 || c.bits > 24 : c.bits < 48 || c.bits > 64))
			return no(e, one,
				  "does not do for pods: each node gets a /24 of an IPv4 network and a /64 of an IPv6 "
				  "one; write one from /8 to /24 such as 10.42.0.0/16, or from /48 to /64 such as "
				  "fd42::/56");
		if (families & (v4 ? 1 : 2))
			return no(e, text, "names two networks of one family; write one IPv4, one IPv6, or one of each");
		families |= v4 ? 1 : 2;
	}
	return opt_check_filled(text, scope, e);
}

int opt_check_service_cidr(const char *text, unsigned scope, struct err *e)
{
	const char *at = text;
	char one[OPT_NET_MAX];
	struct opt_cidr c;
	int families = 0;

	while (opt_net_next(&at, one)) {
		int r = opt_cidr_parse(one, &c, e), bit = c.family == AF_INET ? 1 : 2;
		if (r < 0)
			return r;
		if (c.width - c.bits < 4 || c.bits < 8)
			return no(e, one,
				  "does not do for Services; write a network from /8 to /28 (IPv6: /124) such as "
				  "10.43.0.0/16");
		if (families & bit)
			return no(e, text, "names two networks of one family; write one IPv4, one IPv6, or one of each");
		families |= bit;
	}
	return opt_check_filled(text, scope, e);
}

int opt_check_domain(const char *text, unsigned scope, struct err *e)
{
	(void)scope;
	return strlen(text) > 200 || api_check_dns1123_subdomain(text)
		   ? no(e, text, "is not a DNS domain; write one such as cluster.local")
		   : 0;
}

int opt_port_range(const char *text, uint16_t *min, uint16_t *max, struct err *e)
{
	const char *dash = strchr(text, '-');
	char first[8];
	int64_t a, b;

	if (dash && dash - text < (ptrdiff_t)sizeof(first)) {
		snprintf(first, sizeof(first), "%.*s", (int)(dash - text), text);
		if (str_to_i64(first, 1, 65535, &a) == 0 && str_to_i64(dash + 1, 1, 65535, &b) == 0 && a <= b) {
			*min = (uint16_t)a;
			*max = (uint16_t)b;
			return 0;
		}
	}
	return no(e, text,
		  "is not a range of ports; write two from 1 to 65535, the lower one first, such as 30000-32767");
}

int opt_check_port_range(const char *text, unsigned scope, struct err *e)
{
	uint16_t a, b;

	(void)scope;
	return opt_port_range(text, &a, &b, e);
}

int opt_check_backend(const char *text, unsigned scope, struct err *e)
{
	static const char *const names[] = {"vxlan", "host-gw", "udp", "none", NULL};

	(void)scope;
	return one_of(text, names, "vxlan, host-gw, udp or none", e);
}

int opt_check_hairpin(const char *text, unsigned scope, struct err *e)
{
	static const char *const names[] = {"hairpin-veth", "promiscuous-bridge", "none", NULL};

	(void)scope;
	return one_of(text, names, "hairpin-veth, promiscuous-bridge or none", e);
}

int opt_check_iface(const char *text, unsigned scope, struct err *e)
{
	(void)scope;
	return text[0] && strlen(text) < IFNAMSIZ && !strpbrk(text, "/ ")
		   ? 0
		   : no(e, text, "is not the name of an interface; see ip link");
}

int opt_check_proxy_mode(const char *text, unsigned scope, struct err *e)
{
	static const char *const names[] = {"auto", "nftables", "ipvs", NULL};

	(void)scope;
	return one_of(text, names, "auto, nftables or ipvs", e);
}

int opt_check_ipvs_scheduler(const char *text, unsigned scope, struct err *e)
{
	(void)scope;
	return one_of(text, ipvs_schedulers, "rr, wrr, lc, wlc, lblc, lblcr, dh, sh, sed, nq, fo, ovf, mh or twos", e);
}

int opt_check_node_name(const char *text, unsigned scope, struct err *e)
{
	(void)scope;
	return api_check_dns1123_subdomain(text) ? no(e, text,
						      "is not a node's name; write lower-case letters, digits, - and "
						      "., with a letter or digit at both ends")
						 : 0;
}

int opt_check_label(const char *text, unsigned scope, struct err *e)
{
	const char *eq = strchr(text, '=');
	char key[330];

	(void)scope;
	snprintf(key, sizeof(key), "%.*s", (int)(eq ? eq - text : (ptrdiff_t)strlen(text)), text);
	return api_check_label_key(key) || (eq && api_check_label_value(eq + 1))
		   ? no(e, text, "is not a label; write KEY=VALUE such as disk=ssd")
		   : 0;
}

int opt_check_node_label(const char *text, unsigned scope, struct err *e)
{
	const char *eq = strchr(text, '=');
	AUTO_FREE char *key = str_ndup(text, eq ? (size_t)(eq - text) : strlen(text));
	int r = opt_check_label(text, scope, e);

	if (r < 0)
		return r;
	if (!key)
		return err_nomem(e);
	return api_node_may_label(key) ? 0
				       : no(e, text,
					    "is a label of Kubernetes' own, which nodes may not give themselves; set it "
					    "by kubectl label node");
}

int opt_check_selector(const char *text, unsigned scope, struct err *e)
{
	AUTO_SELECTOR struct api_selector *s = NULL;

	(void)scope;
	if (!*text || api_label_selector_parse(&s, text, e) < 0)
		return err_set(e, ERR_INVALID, "\"%.100s\" is no label selector; write one such as edge=true or 'zone in (a,b)'", text);
	return 0;
}

int opt_check_network(const char *text, unsigned scope, struct err *e)
{
	(void)scope;
	return nginx_network_check(text, e);
}

int opt_check_taint(const char *text, unsigned scope, struct err *e)
{
	static const char *const effects[] = {"NoSchedule", "PreferNoSchedule", "NoExecute", NULL};
	const char *colon = strrchr(text, ':');
	char label[400];

	(void)scope;
	snprintf(label, sizeof(label), "%.*s", (int)(colon ? colon - text : 0), text);
	if (!colon || opt_check_label(label, 0, NULL) < 0 || one_of(colon + 1, effects, "", NULL) < 0)
		return no(
		    e, text,
		    "is not a taint; write KEY=VALUE:EFFECT, EFFECT being NoSchedule, PreferNoSchedule or NoExecute");
	return 0;
}

int opt_check_runtime(const char *text, unsigned scope, struct err *e)
{
	static const char *const names[] = {"auto", "crun", "runc", NULL};

	(void)scope;
	return text[0] == '/' ? 0 : one_of(text, names, "auto, crun, runc or the absolute path of an OCI runtime", e);
}

int opt_check_cgroup(const char *text, unsigned scope, struct err *e)
{
	(void)scope;
	if (!text[0] || strlen(text) > 200 || text[0] == '/' || text[0] == '.' || strstr(text, "/.") ||
	    strstr(text, "//") ||
	    strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-/") != strlen(text))
		return no(e, text, "is not a cgroup's name; write letters, digits, . _ - such as minik");
	return 0;
}

int opt_check_component(const char *text, unsigned scope, struct err *e)
{
	static const char *const names[] = {"scheduler", "controllers", "proxy",     "dns",
					    "ingress",   "local-path",  "servicelb", NULL};

	(void)scope;
	return one_of(text, names, "scheduler, controllers, proxy, dns, ingress, local-path or servicelb", e);
}

int opt_check_cloud_provider(const char *text, unsigned scope, struct err *e)
{
	static const char *const names[] = {"external", NULL};

	(void)scope;
	return one_of(text, names, "external, or leave it out", e);
}

int opt_check_provider_id(const char *text, unsigned scope, struct err *e)
{
	(void)scope;
	for (const char *p = text; *p; p++)
		if (*p <= ' ' || *p > '~')
			return no(e, text, "is not a provider id; write one such as aws:///eu-central-1a/i-0123456789");
	return *text && strlen(text) <= 512 ? 0 : no(e, text, "is not a provider id; write 1 to 512 characters");
}

int opt_check_datastore(const char *text, unsigned scope, struct err *e)
{
	(void)scope;
	if (str_has_prefix(text, "http://") || str_has_prefix(text, "https://"))
		return 0;
	if (!str_has_prefix(text, "sqlite:"))
		return err_set(e, ERR_UNSUPPORTED,
			       "\"%.80s\" is not supported; write sqlite:, sqlite:/absolute/path or etcd's http(s)://HOST:2379",
			       text);
	return text[7] && text[7] != '/' ? no(e, text, "names a relative path; write sqlite: or sqlite:/absolute/path")
					 : 0;
}

int opt_check_prefix(const char *text, unsigned scope, struct err *e)
{
	size_t n = strlen(text);

	(void)scope;
	return n < 2 || n > 200 || text[0] != '/' || text[n - 1] == '/' ? no(e, text, "is no prefix of keys; write /NAME") : 0;
}

int opt_duration(const char *text, int64_t *ret_s, struct err *e)
{
	static const struct {
		char unit;
		int64_t s;
	} units[] = {{'d', 86400}, {'h', 3600}, {'m', 60}, {'s', 1}};
	int64_t sum = 0;
	bool any = false;

	if (streq(text, "0")) {
		*ret_s = 0;
		return 0;
	}
	for (const char *p = text; *p;) {
		size_t n = strspn(p, "0123456789"), u = 0;
		char digits[10];
		int64_t v;
		while (u < ARRAY_LEN(units) && units[u].unit != p[n])
			u++;
		if (n == 0 || n >= sizeof(digits) || u == ARRAY_LEN(units))
			goto bad;
		memcpy(digits, p, n);
		digits[n] = '\0';
		if (str_to_i64(digits, 0, 100000000, &v) < 0)
			goto bad;
		sum += v * units[u].s;
		any = true;
		p += n + 1;
	}
	if (any && sum <= (int64_t)100 * 366 * 86400) {
		*ret_s = sum;
		return 0;
	}
bad:
	return no(e, text, "is not a duration; write one such as 24h, 1h30m or 7d, or 0 for a token without an end");
}

int opt_check_ttl(const char *text, unsigned scope, struct err *e)
{
	int64_t s;

	(void)scope;
	return opt_duration(text, &s, e);
}

int opt_check_interval(const char *text, unsigned scope, struct err *e)
{
	int64_t s;

	(void)scope;
	return opt_duration(text, &s, NULL) < 0 ? no(e, text, "is not a time; write one such as 30m, 12h or 1d, or 0 for never")
						: 0;
}
