#include "ingress/nodes.h"
#include "api/object.h"
#include "api/own_ports.h"
#include "base/log.h"
#include "base/str.h"
#include "client/leaderelection.h"
#include "ingress/gateway.h"

#define LEASE_NS "kube-system"
#define LEASE	 "minik-ingress"
#define PLANE	 "API server" /* whose the port is in the annotation. Labels are anybody's to set */

/* *plane: an API server runs there, too. */
static bool node_serves(const json_t *node, bool *plane)
{
	const char *ports = obj_annotation(node, OWN_PORTS);
	struct own_port own;
	bool serves = false;
	const json_t *c;
	size_t i;

	*plane = false;

	json_array_foreach (json_dot(node, "status.conditions"), i, c)
		if (streq(json_str(c, "type"), "Ready") && streq(json_str(c, "status"), "Unknown"))
			return false;
	while (own_ports_next(&ports, &own)) {
		serves = serves || streq(own.whose, NODES_INGRESS);
		*plane = *plane || streq(own.whose, PLANE);
	}
	return serves;
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* "RANK NAME ADDRESS ADDRESS\n" for each node that serves, in the order of ranks and names. NULL: no memory. */
static char *serving_text(struct ingress *x)
{
	struct informer_object **v = NULL;
	size_t n = 0, m = 0, i;

	if (informer_list(x->informers[NODES], NULL, &v, &n) < 0)
		return NULL;
	char **lines = calloc(n + 1, sizeof(*lines));
	struct buf all = {0};
	for (size_t k = 0; lines && k < n; k++) {
		AUTO_JSON json_t *node = informer_object_json(v[k]);
		AUTO_BUF struct buf b = {0};
		const json_t *a;
		bool plane;
		if (!node || !node_serves(node, &plane))
			continue;
		buf_addf(&b, "%d %s", plane ? 0 : 1, v[k]->name);
		json_array_foreach (json_dot(node, "status.addresses"), i, a)
			if (streq(json_str(a, "type"), "InternalIP"))
				buf_addf(&b, " %s", json_str_or(a, "address", ""));
		buf_addc(&b, '\n');
		if (!(lines[m] = buf_failed(&b) ? NULL : str_dup(b.data)))
			all.failed = true;
		else
			m++;
	}
	informer_list_free(v, n);
	if (lines)
		qsort(lines, m, sizeof(*lines), by_text);
	buf_adds(&all, "");
	for (size_t k = 0; lines && k < m; k++) {
		buf_adds(&all, lines[k]);
		free(lines[k]);
	}
	bool bad = !lines || buf_failed(&all);
	char *ret = bad ? NULL : str_dup(all.len ? all.data : "");
	free(lines);
	buf_done(&all);
	return ret;
}

static bool leads(const struct ingress *x)
{
	return x->election && leaderelection_leads(x->election);
}

/* Whether this node is that of the first line; where nobody serves, who makes the classes says so. Where servers have a Lease, that
 * stands for the first of them. lock held. */
static bool is_first(const struct ingress *x, const char *text)
{
	if (!x->cluster)
		return true;
	if (!text)
		return false;
	if (x->several && *text != '1')
		return leads(x);
	if (!*text)
		return x->makes;
	const char *name = text + 2;
	size_t n = strcspn(name, " \n");
	return x->node_name && strlen(x->node_name) == n && !strncmp(x->node_name, name, n);
}

/* The loop's thread. What its predecessor may have left undone, and what it had to say. */
static void taken_over(void *arg)
{
	struct ingress *x = arg;

	__atomic_store_n(&x->retell, true, __ATOMIC_RELEASE);
	if (!__atomic_load_n(&x->all_synced, __ATOMIC_ACQUIRE))
		return;
	workqueue_add(x->rebuild, "routes");
	status_all(x);
	gateway_tell_all(x->gateway, true);
}

static void on_leading(void *arg, bool now)
{
	struct ingress *x = arg;

	if (now && loop_call(x->loop, taken_over, x) < 0)
		log_error(COMPONENT, LEASE, "cannot take over: out of memory");
}

int nodes_start(struct ingress *x, struct err *e)
{
	const struct leaderelection_deps d = {.api = x->deps.api, .clock = x->deps.clock};
	char uuid[37];

	if (!x->several)
		return 0;
	uuid_new(uuid);
	AUTO_FREE char *identity = str_fmt("%s_%s", x->node_name ? x->node_name : "server", uuid);
	const struct leaderelection_config c = {.ns = LEASE_NS, .name = LEASE, .identity = identity, .leading = on_leading, .arg = x};
	int code = identity ? leaderelection_new(&x->election, &c, &d, e) : err_nomem(e);
	return code < 0 ? code : leaderelection_start(x->election, e);
}

void nodes_end(struct ingress *x)
{
	x->election = leaderelection_free(x->election);
}

void nodes_look(struct ingress *x)
{
	char *now = x->cluster ? serving_text(x) : NULL;

	if (!now)
		return;
	pthread_mutex_lock(&x->lock);
	bool same = streq(x->serving, now), before = is_first(x, x->serving), first = is_first(x, now);
	if (!same) {
		free(x->serving);
		x->serving = now;
	}
	pthread_mutex_unlock(&x->lock);
	if (same) {
		free(now);
		return;
	}
	if (first && !before)
		__atomic_store_n(&x->retell, true, __ATOMIC_RELEASE);
	if (!__atomic_load_n(&x->all_synced, __ATOMIC_ACQUIRE))
		return;
	workqueue_add(x->rebuild, "routes"); /* Gateways' statuses are made with the table */
	status_all(x);
	if (first && !before)
		gateway_tell_all(x->gateway, true);
}

bool nodes_first(struct ingress *x)
{
	pthread_mutex_lock(&x->lock);
	bool first = is_first(x, x->serving);
	pthread_mutex_unlock(&x->lock);
	return first;
}

bool nodes_makes(struct ingress *x)
{
	pthread_mutex_lock(&x->lock);
	bool plane = x->serving && *x->serving == '0', first = is_first(x, x->serving);
	pthread_mutex_unlock(&x->lock);
	return x->several ? leads(x) : x->makes && (first || !plane);
}

char *nodes_text(struct ingress *x)
{
	pthread_mutex_lock(&x->lock);
	char *text = str_dup(x->serving ? x->serving : "");
	pthread_mutex_unlock(&x->lock);
	return text;
}

char **nodes_addresses(struct ingress *x)
{
	AUTO_FREE char *text = nodes_text(x);
	size_t n = 1, k = 0;

	if (!text)
		return NULL;
	for (const char *p = text; *p; p++)
		n += *p == ' ';
	char **v = malloc(n * sizeof(*v) + strlen(text) + 1);
	if (!v)
		return NULL;
	char *save_line = NULL, *save = NULL, *to = (char *)(v + n);
	for (char *line = strtok_r(text, "\n", &save_line); line; line = strtok_r(NULL, "\n", &save_line)) {
		(void)strtok_r(line, " ", &save);
		(void)strtok_r(NULL, " ", &save);
		for (char *a = strtok_r(NULL, " ", &save); a; a = strtok_r(NULL, " ", &save)) {
			v[k++] = to;
			to = stpcpy(to, a) + 1;
		}
	}
	v[k] = NULL;
	return v;
}
