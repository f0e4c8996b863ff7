/* Warnings about pods and templates of pods. */
#include <arpa/inet.h>
#include "api/quantity.h"
#include "api/validate.h"
#include "api/warnings.h"

const char *warn_node_label(const char *key)
{
	static const struct {
		const char *key, *text;
	} old[] = {
	    {"beta.kubernetes.io/arch", "deprecated since v1.14; use \"kubernetes.io/arch\" instead"},
	    {"beta.kubernetes.io/os", "deprecated since v1.14; use \"kubernetes.io/os\" instead"},
	    {"failure-domain.beta.kubernetes.io/region",
	     "deprecated since v1.17; use \"topology.kubernetes.io/region\" instead"},
	    {"failure-domain.beta.kubernetes.io/zone",
	     "deprecated since v1.17; use \"topology.kubernetes.io/zone\" instead"},
	    {"beta.kubernetes.io/instance-type",
	     "deprecated since v1.17; use \"node.kubernetes.io/instance-type\" instead"},
	    {"app.kubernetes.io/created-by", "deprecated since v1.9"},
	    {"scheduler.alpha.kubernetes.io/preferAvoidPods",
	     "deprecated since v1.22; use Taints and Tolerations instead"},
	    {"node-role.kubernetes.io/master", "use \"node-role.kubernetes.io/control-plane\" instead"},
	};

	for (size_t i = 0; i < ARRAY_LEN(old); i++)
		if (streq(key, old[i].key))
			return old[i].text;
	return NULL;
}

void warn_node_term(struct warner *w, const json_t *term, bool values, const char *path)
{
	const json_t *e, *value;
	size_t i, j;

	json_array_foreach (json_object_get(term, "matchExpressions"), i, e) {
		const char *key = v_text(e, "key"), *text = warn_node_label(key);

		if (text)
			warn_add(w, "%s.matchExpressions[%zu].key: %s is %s", path, i, key, text);
		json_array_foreach (json_object_get(e, "values"), j, value) {
			const char *s = json_string_value(value), *msg = s && values ? api_check_label_value(s) : NULL;

			if (msg)
				warn_add(w, "%s.matchExpressions[%zu].values[%zu]: %s is invalid, %s", path, i, j, s,
					 msg);
		}
	}
}

/* A quantity of bytes at o's key that is no whole number. */
static void warn_fraction(struct warner *w, const json_t *o, const char *key, const char *path)
{
	const char *s = json_string_value(json_object_get(o, key));
	char text[64];
	struct quantity q;

	if (!s || quantity_parse(s, &q) || q.nano % 1000000000 == 0)
		return;
	quantity_format(&q, text, sizeof(text));
	warn_add(w, "%s[%s]: fractional byte value \"%s\" is invalid, must be an integer", path, key, text);
}

void warn_claim(struct warner *w, const json_t *spec, const char *path)
{
	static const char *const kinds[] = {"requests", "limits"};

	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		AUTO_FREE char *at = str_fmt("%s.resources.%s", path, kinds[i]);

		if (at)
			warn_fraction(w, json_at(spec, "resources", kinds[i], NULL), "storage", at);
		w->oom |= !at;
	}
}

void warn_ip(struct warner *w, const json_t *value, const char *path)
{
	const char *s = json_string_value(value);
	AUTO_FREE char *plain = s ? v_plain_ip(s) : NULL;
	char text[INET6_ADDRSTRLEN] = "";
	struct in6_addr a;

	if (plain && !streq(plain, s) && v_is_ip(plain, NULL))
		warn_add(w, "%s: non-standard IP address \"%s\" is invalid: use \"%s\"", path, s, plain);
	if (!s || inet_pton(AF_INET6, s, &a) != 1)
		return;
	if (IN6_IS_ADDR_V4MAPPED(&a))
		warn_add(w, "%s: non-standard IP address \"%s\" is invalid: use \"%s\"", path, s,
			 inet_ntop(AF_INET, a.s6_addr + 12, text, sizeof(text)) ? text : "");
	else if (inet_ntop(AF_INET6, &a, text, sizeof(text)) && !streq(text, s))
		warn_add(w, "%s: IPv6 address \"%s\" should be in RFC 5952 canonical format (\"%s\")", path, s, text);
}

void warn_cidr(struct warner *w, const json_t *value, const char *path)
{
	const char *s = json_string_value(value), *slash = s ? strchr(s, '/') : NULL;
	AUTO_FREE char *addr = slash ? str_ndup(s, (size_t)(slash - s)) : NULL;
	bool v6 = addr && strchr(addr, ':');
	unsigned char a[16] = {0}, net[16];
	char whole[INET6_ADDRSTRLEN] = "", masked[INET6_ADDRSTRLEN] = "";
	int64_t bits = 0, size = v6 ? 128 : 32;

	if (!addr || str_to_i64(slash + 1, 0, size, &bits) || inet_pton(v6 ? AF_INET6 : AF_INET, addr, a) != 1)
		return;
	memcpy(net, a, sizeof(net));
	for (int64_t i = bits; i < size; i++)
		net[i / 8] &= (unsigned char)~(0x80u >> (i % 8));
	if (!inet_ntop(v6 ? AF_INET6 : AF_INET, a, whole, sizeof(whole)) ||
	    !inet_ntop(v6 ? AF_INET6 : AF_INET, net, masked, sizeof(masked)))
		return;
	if (memcmp(a, net, sizeof(a)) != 0)
		warn_add(w, "%s: CIDR value \"%s\" is ambiguous in this context (should be \"%s/%d\" or \"%s/%d\"?)",
			 path, s, masked, (int)bits, whole, (int)size);
	else if (v6 && !streq(whole, addr))
		warn_add(w, "%s: IPv6 CIDR value \"%s\" should be in RFC 5952 canonical format (\"%s/%d\")", path, s,
			 whole, (int)bits);
}

/* --- volumes --- */

#define ITEMS_MAX 256 /* more of a volume's files are not compared */

/* Of two paths one is in the other. */
static bool overlap(const char *a, const char *b)
{
	size_t n = strlen(a), m = strlen(b), least = n < m ? n : m;

	return memcmp(a, b, least) == 0 && (n == m || (n < m ? b : a)[least] == '/');
}

/* Where a volume's files are, to be told of those that one another hides. */
struct files {
	struct warner *w;
	char *what;                   /* the volume */
	json_t *paths, *shown, *told; /* lists of as many; what was told once */
};

static void files_add(struct files *f, const char *path, const char *source /* or "" */)
{
	size_t n = strlen(path);
	const json_t *other;
	size_t i;

	while (n && path[n - 1] == '/')
		n--;
	AUTO_FREE char *plain = str_ndup(path, n);
	AUTO_FREE char *shown = str_fmt("\"%s\"%s", plain, source);

	json_array_foreach (f->paths, i, other) {
		AUTO_FREE char *text = plain && overlap(plain, json_string_value(other))
					   ? str_fmt("%s: overlapping paths: %s with %s", f->what, shown,
						     json_string_value(json_array_get(f->shown, i)))
					   : NULL;

		if (text && !json_object_get(f->told, text)) {
			warn_add(f->w, "%s", text);
			f->w->oom |= json_object_set_new(f->told, text, json_true()) < 0;
		}
	}
	if (i < ITEMS_MAX)
		f->w->oom |= !plain || !shown || json_array_append_new(f->paths, json_string(plain)) < 0 ||
			     json_array_append_new(f->shown, json_string(shown)) < 0;
}

static void files_of(struct files *f, const json_t *items, const char *source)
{
	const json_t *item;
	size_t i;

	json_array_foreach (items, i, item)
		files_add(f, v_text(item, "path"), source);
}

static void files_start(struct files *f, struct warner *w, char *what)
{
	*f = (struct files){w, what, json_array(), json_array(), json_object()};
	w->oom |= !what || !f->paths || !f->shown || !f->told;
}

static void files_done(struct files *f)
{
	free(f->what);
	json_decref(f->paths);
	json_decref(f->shown);
	json_decref(f->told);
}

static void warn_items(struct warner *w, const json_t *volume)
{
	static const struct {
		const char *key, *kind, *name;
	} sources[] = {{"configMap", "ConfigMap", "name"},
		       {"secret", "Secret", "secretName"},
		       {"downwardAPI", "DownwardAPI", NULL}};
	const char *name = v_text(volume, "name");
	struct files all CLEANUP(files_done);
	const json_t *s, *part;
	size_t i;

	for (size_t k = 0; k < ARRAY_LEN(sources); k++) {
		const json_t *source = json_object_get(volume, sources[k].key);
		struct files f CLEANUP(files_done);

		files_start(&f, w,
			    sources[k].name ? str_fmt("volume \"%s\" (%s \"%s\")", name, sources[k].kind,
						      v_text(source, sources[k].name))
					    : str_fmt("volume \"%s\" (%s)", name, sources[k].kind));
		files_of(&f, json_object_get(source, "items"), "");
	}
	files_start(&all, w, str_fmt("volume \"%s\" (Projected)", name));
	json_array_foreach (json_dot(volume, "projected.sources"), i, s) {
		if (json_object_size(s) == 0)
			warn_add(w, "%s has no sources provided", all.what ? all.what : "");
		for (size_t k = 0; k < ARRAY_LEN(sources); k++) {
			AUTO_FREE char *source = sources[k].name
						     ? str_fmt(" (%s \"%s\")", sources[k].kind,
							       v_text(json_object_get(s, sources[k].key), "name"))
						     : str_fmt(" (%s)", sources[k].kind);

			files_of(&all, json_at(s, sources[k].key, "items", NULL), source ? source : "");
		}
		if ((part = json_object_get(s, "serviceAccountToken")))
			files_add(&all, v_text(part, "path"), " (ServiceAccountToken)");
	}
}

static void warn_volumes(struct warner *w, const json_t *spec)
{
	static const struct {
		const char *key, *text;
	} old[] = {
	    {"photonPersistentDisk", "deprecated in v1.11, non-functional in v1.16+"},
	    {"gitRepo", "deprecated in v1.11, and disabled by default in v1.33+"},
	    {"scaleIO", "deprecated in v1.16, non-functional in v1.22+"},
	    {"flocker", "deprecated in v1.22, non-functional in v1.25+"},
	    {"storageos", "deprecated in v1.22, non-functional in v1.25+"},
	    {"quobyte", "deprecated in v1.22, non-functional in v1.25+"},
	    {"glusterfs", "deprecated in v1.25, non-functional in v1.26+"},
	    {"cephfs", "deprecated in v1.28, non-functional in v1.31+"},
	    {"rbd", "deprecated in v1.28, non-functional in v1.31+"},
	};
	const json_t *v;
	size_t i;

	json_array_foreach (json_object_get(spec, "volumes"), i, v) {
		const json_t *claim = json_dot(v, "ephemeral.volumeClaimTemplate.spec");
		AUTO_FREE char *at = str_fmt("%sspec.volumes[%zu].ephemeral.volumeClaimTemplate.spec", w->prefix, i);

		for (size_t k = 0; k < ARRAY_LEN(old); k++)
			if (v_has(v, old[k].key)) /* Kubernetes' path has its Go-like name here */
				warn_add(w, "%sspec.volumes[%zu].%s: %s", w->prefix, i,
					 streq(old[k].key, "storageos") ? "storageOS" : old[k].key, old[k].text);
		if (claim && at)
			warn_claim(w, claim, at);
		warn_items(w, v);
	}
}

/* --- containers --- */

static const char *const lists[] = {"initContainers", "containers", "ephemeralContainers"};

static void warn_env(struct warner *w, const json_t *env, const char *path)
{
	for (size_t i = 0; i < json_array_size(env); i++) {
		const json_t *e = json_array_get(env, i);
		const char *name = v_text(e, "name"), *value = v_text(e, "value");
		AUTO_FREE char *ref = str_fmt("$(%s)", name);
		bool before = false;

		for (size_t j = 0; j < i && !before; j++)
			before = streq(v_text(json_array_get(env, j), "name"), name);
		if (before && ref && (v_has(e, "valueFrom") || streq(value, ref) || !strstr(value, ref)))
			warn_add(
			    w,
			    "%s.env[%zu]: hides previous definition of \"%s\", which may be dropped when using apply",
			    path, i, name);
	}
}

static void warn_container(struct warner *w, const json_t *c, const json_t *annotations, const char *path)
{
	static const char *const amounts[] = {"limits", "requests"}, *const bytes[] = {"memory", "ephemeral-storage"};
	AUTO_FREE char *seccomp = str_fmt("container.seccomp.security.alpha.kubernetes.io/%s", v_text(c, "name"));
	AUTO_FREE char *armor = str_fmt("container.apparmor.security.beta.kubernetes.io/%s", v_text(c, "name"));

	if (!seccomp || !armor) {
		w->oom = true;
		return;
	}
	if (!json_dot(c, "securityContext.seccompProfile") && json_object_get(annotations, seccomp))
		warn_add(
		    w, "%smetadata.annotations[%s]: non-functional in v1.27+; use the \"seccompProfile\" field instead",
		    w->prefix, seccomp);
	if (!json_dot(c, "securityContext.appArmorProfile") && json_object_get(annotations, armor))
		warn_add(
		    w, "%smetadata.annotations[%s]: deprecated since v1.30; use the \"appArmorProfile\" field instead",
		    w->prefix, armor);
	for (size_t b = 0; b < ARRAY_LEN(bytes); b++)
		for (size_t a = 0; a < ARRAY_LEN(amounts); a++) {
			AUTO_FREE char *at = str_fmt("%s.resources.%s", path, amounts[a]);

			if (at)
				warn_fraction(w, json_at(c, "resources", amounts[a], NULL), bytes[b], at);
		}
	warn_env(w, json_object_get(c, "env"), path);
}

struct port {
	const json_t *port;
	char path[160];
};

static void warn_two_ports(struct warner *w, const struct port *a, const struct port *b)
{
	const char *ip_a = v_text(a->port, "hostIP"), *ip_b = v_text(b->port, "hostIP");
	int64_t host_a = v_int(a->port, "hostPort", 0), host_b = v_int(b->port, "hostPort", 0);

	if (v_int(a->port, "containerPort", 0) != v_int(b->port, "containerPort", 0) ||
	    !streq(v_text(a->port, "protocol"), v_text(b->port, "protocol")))
		return;
	if (streq(ip_a, ip_b) && host_a == host_b)
		warn_add(w, "%s: duplicate port definition with %s", b->path, a->path);
	else if (!host_a || !host_b)
		warn_add(w, "%s: overlapping port definition with %s", b->path, a->path);
	else if (host_a == host_b && !*ip_a != !*ip_b)
		warn_add(w, "%s: dangerously ambiguous port definition with %s", b->path, a->path);
}

#define PORTS_MAX 256 /* more of them are not compared */

static void warn_ports(struct warner *w, const json_t *spec)
{
	AUTO_FREE struct port *ports = calloc(PORTS_MAX, sizeof(*ports));
	const json_t *c, *p;
	size_t n = 0, i, k;

	if (!ports) {
		w->oom = true;
		return;
	}
	for (size_t l = 0; l < ARRAY_LEN(lists); l++)
		json_array_foreach (json_object_get(spec, lists[l]), i, c)
			json_array_foreach (json_object_get(c, "ports"), k, p) {
				if (n == PORTS_MAX)
					return;
				ports[n].port = p;
				(void)snprintf(ports[n].path, sizeof(ports[n].path), "%sspec.%s[%zu].ports[%zu]",
					       w->prefix, lists[l], i, k);
				if (*v_text(p, "hostIP") && !v_int(p, "hostPort", 0))
					warn_add(w,
						 "%s: hostIP set without hostPort: {Name:%s HostPort:0 "
						 "ContainerPort:%lld Protocol:%s "
						 "HostIP:%s}",
						 ports[n].path, v_text(p, "name"),
						 (long long)v_int(p, "containerPort", 0), v_text(p, "protocol"),
						 v_text(p, "hostIP"));
				n++;
			}
	for (i = 0; i < n; i++)
		for (k = 0; k < i; k++)
			warn_two_ports(w, &ports[k], &ports[i]);
	for (i = 0; i < n; i++)
		for (k = 0; k < i; k++)
			if (*v_text(ports[i].port, "name") &&
			    streq(v_text(ports[i].port, "name"), v_text(ports[k].port, "name"))) {
				warn_add(w,
					 "%s: duplicate port name \"%s\" with %s, services and probes that select "
					 "ports by name will use %s",
					 ports[i].path, v_text(ports[i].port, "name"), ports[k].path, ports[k].path);
				break;
			}
}

/* --- where it may run --- */

static void warn_affinity(struct warner *w, const json_t *spec)
{
	static const char *const kinds[] = {"podAffinity", "podAntiAffinity"};
	const json_t *t;
	size_t i;

	for (size_t k = 0; k < ARRAY_LEN(kinds); k++) {
		const json_t *a = json_at(spec, "affinity", kinds[k], NULL);

		json_array_foreach (json_object_get(a, "requiredDuringSchedulingIgnoredDuringExecution"), i, t)
			if (!v_has(t, "labelSelector"))
				warn_add(w,
					 "%sspec.affinity.%s.requiredDuringSchedulingIgnoredDuringExecution[%zu]."
					 "labelSelector: a "
					 "null labelSelector results in matching no pod",
					 w->prefix, kinds[k], i);
		json_array_foreach (json_object_get(a, "preferredDuringSchedulingIgnoredDuringExecution"), i, t)
			if (!v_has(json_object_get(t, "podAffinityTerm"), "labelSelector"))
				warn_add(w,
					 "%sspec.affinity.%s.preferredDuringSchedulingIgnoredDuringExecution[%zu]."
					 "podAffinityTerm."
					 "labelSelector: a null labelSelector results in "
					 "matching no pod",
					 w->prefix, kinds[k], i);
	}
}

static void warn_placement(struct warner *w, const json_t *spec)
{
	const json_t *affinity = json_dot(spec, "affinity.nodeAffinity"), *t;
	const char *key, *text;
	json_t *value;
	size_t i;

	json_object_foreach (json_object_get(spec, "nodeSelector"), key, value)
		if ((text = warn_node_label(key)))
			warn_add(w, "%sspec.nodeSelector[%s]: %s", w->prefix, key, text);
	json_array_foreach (json_dot(affinity, "requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms"), i,
			    t) {
		AUTO_FREE char *at = str_fmt("%sspec.affinity.nodeAffinity."
					     "requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[%zu]",
					     w->prefix, i);

		if (at)
			warn_node_term(w, t, false, at);
	}
	json_array_foreach (json_object_get(affinity, "preferredDuringSchedulingIgnoredDuringExecution"), i, t) {
		AUTO_FREE char *at = str_fmt(
		    "%sspec.affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[%zu].preference",
		    w->prefix, i);

		if (at)
			warn_node_term(w, json_object_get(t, "preference"), true, at);
	}
	json_array_foreach (json_object_get(spec, "topologySpreadConstraints"), i, t) {
		if ((text = warn_node_label(v_text(t, "topologyKey"))))
			warn_add(w, "%sspec.topologySpreadConstraints[%zu].topologyKey: %s is %s", w->prefix, i,
				 v_text(t, "topologyKey"), text);
		if (!v_has(t, "labelSelector"))
			warn_add(w,
				 "%sspec.topologySpreadConstraints[%zu].labelSelector: a null labelSelector results in "
				 "matching no pod",
				 w->prefix, i);
	}
}

/* --- the whole --- */

static void warn_annotations(struct warner *w, const json_t *annotations)
{
	static const struct {
		const char *key, *text;
	} old[] = {
	    {"scheduler.alpha.kubernetes.io/critical-pod",
	     "non-functional in v1.16+; use the \"priorityClassName\" field instead"},
	    {"security.alpha.kubernetes.io/sysctls", "non-functional in v1.11+; use the \"sysctls\" field instead"},
	    {"security.alpha.kubernetes.io/unsafe-sysctls",
	     "non-functional in v1.11+; use the \"sysctls\" field instead"},
	};

	for (size_t i = 0; i < ARRAY_LEN(old); i++)
		if (json_object_get(annotations, old[i].key))
			warn_add(w, "%smetadata.annotations[%s]: %s", w->prefix, old[i].key, old[i].text);
}

/* Elements of a list whose member has been there before. */
static void warn_twice(struct warner *w, const json_t *spec, const char *list, const char *member)
{
	const json_t *items = json_object_get(spec, list);

	for (size_t i = 1; i < json_array_size(items); i++)
		for (size_t j = 0; j < i; j++)
			if (streq(v_text(json_array_get(items, i), member), v_text(json_array_get(items, j), member))) {
				warn_add(w, "%sspec.%s[%zu].%s: duplicate %s \"%s\"", w->prefix, list, i, member,
					 member, v_text(json_array_get(items, i), member));
				break;
			}
}

void warn_pod(struct warner *w, const json_t *meta, const json_t *spec)
{
	static const char *const seccomp = "seccomp.security.alpha.kubernetes.io/pod";
	const json_t *annotations = json_object_get(meta, "annotations"), *x;
	AUTO_FREE char *overhead = str_fmt("%sspec.overhead", w->prefix);
	size_t i;

	warn_placement(w, spec);
	warn_annotations(w, annotations);
	warn_volumes(w, spec);
	warn_twice(w, spec, "hostAliases", "ip");
	warn_twice(w, spec, "imagePullSecrets", "name");
	json_array_foreach (json_object_get(spec, "imagePullSecrets"), i, x)
		if (!*v_text(x, "name"))
			warn_add(w, "%sspec.imagePullSecrets[%zu].name: invalid empty name \"\"", w->prefix, i);
	warn_fraction(w, json_object_get(spec, "overhead"), "memory", overhead ? overhead : "");
	warn_fraction(w, json_object_get(spec, "overhead"), "ephemeral-storage", overhead ? overhead : "");
	if (!json_dot(spec, "securityContext.seccompProfile") && json_object_get(annotations, seccomp))
		warn_add(
		    w, "%smetadata.annotations[%s]: non-functional in v1.27+; use the \"seccompProfile\" field instead",
		    w->prefix, seccomp);
	for (size_t l = 0; l < ARRAY_LEN(lists); l++)
		json_array_foreach (json_object_get(spec, lists[l]), i, x) {
			AUTO_FREE char *at = str_fmt("%sspec.%s[%zu]", w->prefix, lists[l], i);

			if (at)
				warn_container(w, x, annotations, at);
			w->oom |= !at;
		}
	warn_ports(w, spec);
	if (v_int(spec, "terminationGracePeriodSeconds", 0) < 0)
		warn_add(w,
			 "%sspec.terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be "
			 "treated as 1",
			 w->prefix);
	warn_affinity(w, spec);
	json_array_foreach (json_dot(spec, "dnsConfig.nameservers"), i, x) {
		AUTO_FREE char *at = str_fmt("%sspec.dnsConfig.nameservers[%zu]", w->prefix, i);

		if (at)
			warn_ip(w, x, at);
	}
	json_array_foreach (json_object_get(spec, "hostAliases"), i, x) {
		AUTO_FREE char *at = str_fmt("%sspec.hostAliases[%zu].ip", w->prefix, i);

		if (at)
			warn_ip(w, json_object_get(x, "ip"), at);
	}
}
