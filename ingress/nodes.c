#include "ingress/nodes.h"
#include "api/object.h"
#include "api/own_ports.h"
#include "base/str.h"

#define PLANE_LABEL "node-role.kubernetes.io/control-plane"

static bool node_serves(const json_t *node)
{
	const char *ports = obj_annotation(node, OWN_PORTS);
	struct own_port own;
	const json_t *c;
	size_t i;

	json_array_foreach (json_dot(node, "status.conditions"), i, c)
		if (streq(json_str(c, "type"), "Ready") && streq(json_str(c, "status"), "Unknown"))
			return false;
	while (own_ports_next(&ports, &own))
		if (streq(own.whose, NODES_INGRESS))
			return true;
	return false;
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
		if (!node || !node_serves(node))
			continue;
		buf_addf(&b, "%d %s", obj_label(node, PLANE_LABEL) ? 0 : 1, v[k]->name);
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

/* Whether this node is that of the first line; where nobody serves, who makes the classes says so. lock held. */
static bool is_first(const struct ingress *x, const char *text)
{
	if (!x->cluster)
		return true;
	if (!text)
		return false;
	if (!*text)
		return x->makes;
	const char *name = text + 2;
	size_t n = strcspn(name, " \n");
	return x->node_name && strlen(x->node_name) == n && !strncmp(x->node_name, name, n);
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
	return x->makes && (first || !plane);
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
