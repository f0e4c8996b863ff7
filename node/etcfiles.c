#include "node/etcfiles.h"
#include "api/object.h"
#include "base/str.h"

#define MAX_SERVERS 3
#define MAX_SEARCH 32
#define MAX_SEARCH_CHARS 2048
#define MAX_OPTIONS 32

void etc_hostname(const json_t *pod, const char *cluster_domain, char hostname[64], char domain[256])
{
	const char *name = json_str_or(pod, "spec.hostname", "");
	const char *sub = json_str_or(pod, "spec.subdomain", "");

	if (json_str_or(pod, "spec.hostnameOverride", "")[0]) {
		(void)str_copy(hostname, 64, json_str(pod, "spec.hostnameOverride"));
		domain[0] = '\0';
		return;
	}
	if (name[0] == '\0')
		name = obj_name(pod);
	/* RFC 1123 labels end at 63 characters, without a trailing dash or dot. */
	(void)str_copy(hostname, 64, name);
	for (size_t n = strlen(hostname); n > 0 && (hostname[n - 1] == '-' || hostname[n - 1] == '.'); n--)
		hostname[n - 1] = '\0';
	domain[0] = '\0';
	if (sub[0])
		snprintf(domain, 256, "%s.%s.svc.%s", sub, obj_namespace(pod), cluster_domain);
}

int etc_hosts(const struct etc_input *in, struct buf *out, struct err *e)
{
	const json_t *aliases = json_dot(in->pod, "spec.hostAliases"), *a, *h;
	size_t i, j;

	if (json_bool_or(in->pod, "spec.hostNetwork", false)) {
		buf_adds(out, "# Kubernetes-managed hosts file (host network).\n");
		buf_adds(out, in->host_hosts ? in->host_hosts : "127.0.0.1\tlocalhost\n::1\tlocalhost\n");
	} else {
		buf_adds(out, "# Kubernetes-managed hosts file.\n127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n"
			      "fe00::0\tip6-localnet\nfe00::0\tip6-mcastprefix\nfe00::1\tip6-allnodes\nfe00::2\tip6-allrouters\n");
		for (const char *const *ip = in->pod_ips; ip && *ip; ip++) {
			if (in->domain[0])
				buf_addf(out, "%s\t%s.%s\t%s\n", *ip, in->hostname, in->domain, in->hostname);
			else
				buf_addf(out, "%s\t%s\n", *ip, in->hostname);
		}
	}
	if (json_array_size(aliases) > 0)
		buf_adds(out, "\n# Entries added by HostAliases.\n");
	json_array_foreach((json_t *)aliases, i, a)
	{
		buf_adds(out, json_str_or(a, "ip", ""));
		json_array_foreach(json_object_get(a, "hostnames"), j, h) buf_addf(out, "\t%s", json_string_value(h));
		buf_addc(out, '\n');
	}
	return buf_failed(out) ? err_nomem(e) : 0;
}

struct strings {
	char *v[MAX_SEARCH + 8];
	size_t n, max;
	bool cut;
};

static void strings_done(struct strings *s)
{
	for (size_t i = 0; i < s->n; i++)
		free(s->v[i]);
}

static void strings_add(struct strings *s, const char *p, size_t n)
{
	for (size_t i = 0; i < s->n; i++)
		if (strlen(s->v[i]) == n && memcmp(s->v[i], p, n) == 0)
			return;
	if (n == 0)
		return;
	if (s->n >= s->max) {
		s->cut = true;
		return;
	}
	char *c = str_ndup(p, n);
	if (c)
		s->v[s->n++] = c;
}

struct resolv {
	struct strings servers, search, options;
};

static void resolv_done(struct resolv *r)
{
	strings_done(&r->servers);
	strings_done(&r->search);
	strings_done(&r->options);
}

static void add_words(struct strings *s, const char *p, const char *end)
{
	while (p < end) {
		while (p < end && (*p == ' ' || *p == '\t'))
			p++;
		const char *q = p;
		while (q < end && *q != ' ' && *q != '\t')
			q++;
		strings_add(s, p, (size_t)(q - p));
		p = q;
	}
}

/* resolv.conf(5); the last search line counts. */
static void parse_host(struct resolv *r, const char *text)
{
	for (const char *p = text; p && *p;) {
		const char *end = strchrnul(p, '\n');
		const char *q = p + strcspn(p, " \t\n");
		size_t n = (size_t)(q - p);
		if (n == 10 && memcmp(p, "nameserver", 10) == 0) {
			add_words(&r->servers, q, end);
		} else if (n == 6 && memcmp(p, "search", 6) == 0) {
			strings_done(&r->search);
			r->search.n = 0;
			add_words(&r->search, q, end);
		} else if (n == 7 && memcmp(p, "options", 7) == 0) {
			add_words(&r->options, q, end);
		}
		p = *end ? end + 1 : end;
	}
}

bool etc_resolv_is_local(const char *text)
{
	struct resolv r = {.servers.max = MAX_SERVERS, .search.max = MAX_SEARCH, .options.max = MAX_OPTIONS};
	bool local;

	parse_host(&r, text);
	local = r.servers.n > 0;
	for (size_t i = 0; i < r.servers.n; i++)
		local = local && (str_has_prefix(r.servers.v[i], "127.") || streq(r.servers.v[i], "::1"));
	resolv_done(&r);
	return local;
}

static void add_option(struct strings *o, const char *name, const char *value)
{
	size_t n = strlen(name);

	for (size_t i = 0; i < o->n; i++) {
		if (strncmp(o->v[i], name, n) == 0 && (o->v[i][n] == ':' || o->v[i][n] == '\0')) {
			free(o->v[i]);
			memmove(o->v + i, o->v + i + 1, (o->n - i - 1) * sizeof(o->v[0]));
			o->n--;
			break;
		}
	}
	AUTO_FREE char *text = value && value[0] ? str_fmt("%s:%s", name, value) : str_dup(name);
	if (text)
		strings_add(o, text, strlen(text));
}

int etc_resolv(const struct etc_input *in, struct buf *out, bool *ret_cut, struct err *e)
{
	struct resolv r = {.servers.max = MAX_SERVERS, .search.max = MAX_SEARCH, .options.max = MAX_OPTIONS}, host = r;
	const char *policy = json_str_or(in->pod, "spec.dnsPolicy", "ClusterFirst");
	const json_t *dns = json_dot(in->pod, "spec.dnsConfig"), *v;
	bool host_net = json_bool_or(in->pod, "spec.hostNetwork", false), cluster;
	size_t i, chars = 0, kept = 0;

	cluster = (streq(policy, "ClusterFirst") && !host_net) || streq(policy, "ClusterFirstWithHostNet");
	if (cluster && in->cluster_dns[0] == '\0')
		cluster = false;
	parse_host(&host, in->host_resolv);
	if (streq(policy, "None")) {
		; /* only dnsConfig */
	} else if (cluster) {
		for (const char *p = in->cluster_dns; *p;) {
			size_t n = strcspn(p, ",");
			strings_add(&r.servers, p, n);
			p += n + (p[n] == ',');
		}
		char name[300];
		snprintf(name, sizeof(name), "%s.svc.%s", in->ns, in->cluster_domain);
		strings_add(&r.search, name, strlen(name));
		snprintf(name, sizeof(name), "svc.%s", in->cluster_domain);
		strings_add(&r.search, name, strlen(name));
		strings_add(&r.search, in->cluster_domain, strlen(in->cluster_domain));
		for (i = 0; i < host.search.n; i++)
			strings_add(&r.search, host.search.v[i], strlen(host.search.v[i]));
		strings_add(&r.options, "ndots:5", 7);
	} else {
		for (i = 0; i < host.servers.n; i++)
			strings_add(&r.servers, host.servers.v[i], strlen(host.servers.v[i]));
		for (i = 0; i < host.search.n; i++)
			strings_add(&r.search, host.search.v[i], strlen(host.search.v[i]));
		for (i = 0; i < host.options.n; i++)
			strings_add(&r.options, host.options.v[i], strlen(host.options.v[i]));
	}
	json_array_foreach(json_object_get(dns, "nameservers"), i, v)
		strings_add(&r.servers, json_string_value(v), json_string_length(v));
	json_array_foreach(json_object_get(dns, "searches"), i, v)
		strings_add(&r.search, json_string_value(v), json_string_length(v));
	json_array_foreach(json_object_get(dns, "options"), i, v)
		add_option(&r.options, json_str_or(v, "name", ""), json_str(v, "value"));

	if (r.search.n > 0) {
		AUTO_BUF struct buf line = {0};
		for (i = 0; i < r.search.n; i++) {
			chars += strlen(r.search.v[i]) + (i > 0);
			if (chars > MAX_SEARCH_CHARS) {
				r.search.cut = true;
				break;
			}
			buf_addf(&line, " %s", r.search.v[i]);
			kept++;
		}
		if (kept > 0)
			buf_addf(out, "search%s\n", line.data);
	}
	for (i = 0; i < r.servers.n; i++)
		buf_addf(out, "nameserver %s\n", r.servers.v[i]);
	if (r.options.n > 0) {
		buf_adds(out, "options");
		for (i = 0; i < r.options.n; i++)
			buf_addf(out, " %s", r.options.v[i]);
		buf_addc(out, '\n');
	}
	*ret_cut = r.servers.cut || r.search.cut;
	resolv_done(&r);
	resolv_done(&host);
	return buf_failed(out) ? err_nomem(e) : 0;
}
