/* Parts of show for people. */
#include <errno.h>
#include <inttypes.h>
#include "ingress/grid.h"
#include "ingress/show_internal.h"

static void add_number(struct grid *g, int64_t n)
{
	AUTO_BUF struct buf b = {0};

	buf_addf(&b, "%" PRId64, n);
	grid_add(g, &b);
}

static void add_list(struct grid *g, const json_t *list)
{
	AUTO_BUF struct buf b = {0};
	const json_t *x;
	size_t i;

	json_array_foreach ((json_t *)(uintptr_t)list, i, x) {
		buf_adds(&b, i ? ", " : "");
		if (json_is_string(x))
			ing_show_safe(&b, json_string_value(x));
		else
			buf_addf(&b, "%" PRId64, (int64_t)json_integer_value(x));
	}
	grid_add(g, &b);
}

static void service_row(struct grid *g, const json_t *x)
{
	const json_t *port = json_object_get(x, "port");
	bool from = json_is_true(json_object_get(x, "proxyFromClient")),
	     to = json_is_true(json_object_get(x, "proxyToService"));
	const char *problem = json_str(x, "problem");
	AUTO_BUF struct buf notes = {0};

	if (json_is_integer(port))
		add_number(g, json_integer_value(port));
	else
		grid_add_text(g, json_string_value(port));
	grid_add_text(g, json_str(x, "protocol"));
	grid_add_text(g, json_str(x, "service"));
	add_number(g, json_int_or(x, "ready", 0));
	if (from || to)
		buf_addf(&notes, "PROXY protocol %s",
			 from && to ? "from the client and to the Service"
			 : from     ? "from the client"
				    : "to the Service");
	if (problem) {
		buf_adds(&notes, notes.len ? ", " : "");
		ing_show_safe(&notes, problem);
	}
	grid_add(g, &notes);
}

static void listener_row(struct grid *g, const json_t *x)
{
	grid_add_text(g, json_str(x, "gateway"));
	grid_add_text(g, json_str(x, "listener"));
	add_number(g, json_int_or(x, "port", 0));
	grid_add_text(g, json_str(x, "protocol"));
	grid_add_text(g, json_str(x, "host"));
	add_number(g, json_int_or(x, "routes", 0));
	AUTO_BUF struct buf notes = {0};
	const json_t *a;
	size_t i;
	json_array_foreach (json_object_get(x, "addresses"), i, a) {
		buf_adds(&notes, i ? ", " : "at ");
		ing_show_safe(&notes, json_string_value(a));
	}
	if (json_str(x, "problem")) {
		buf_adds(&notes, notes.len ? ": " : "");
		ing_show_safe(&notes, json_str(x, "problem"));
	}
	grid_add(g, &notes);
}

static void route_row(struct grid *g, const json_t *x)
{
	grid_add_text(g, json_str(x, "route"));
	grid_add_text(g, json_str(x, "gateway"));
	grid_add_text(g, json_str_or(x, "listener", "*"));
	add_list(g, json_object_get(x, "hosts"));
	grid_add_text(g, json_str(x, "problem"));
}

static void certificate_row(struct grid *g, const json_t *x)
{
	const char *when = json_str(x, "expires");
	int64_t days = json_int_or(x, "daysLeft", 0);
	json_t *not = json_object_get(x, "notFor");
	AUTO_BUF struct buf b = {0};

	grid_add_text(g, json_str(x, "secret"));
	add_list(g, json_object_get(x, "names"));
	if (!when)
		buf_adds(&b, "unreadable");
	else if (days < 0)
		buf_addf(&b, "EXPIRED %.10s", when);
	else
		buf_addf(&b, "%.10s, %" PRId64 " d", when, days);
	grid_add(g, &b);
	add_list(g, json_object_get(x, "hosts"));
	if (json_array_size(not )) {
		AUTO_JSON json_t *words =
		    json_pack("[o]", json_sprintf("clients refuse it: it does not name %s%s",
						  json_string_value(json_array_get(not, 0)),
						  json_array_size(not ) > 1 ? " and others of these hosts" : ""));
		add_list(g, words);
	} else {
		grid_add_text(g, NULL);
	}
}

static void node_row(struct grid *g, const json_t *x)
{
	AUTO_BUF struct buf b = {0};

	ing_show_safe(&b, json_str(x, "node"));
	buf_adds(&b, json_is_true(json_object_get(x, "here")) ? " (here)" : "");
	grid_add(g, &b);
	grid_add_text(g, json_is_true(json_object_get(x, "serves")) ? "serves" : "NOT SERVING");
	add_list(g, json_object_get(x, "ports"));
	add_list(g, json_object_get(x, "addresses"));
	grid_add_text(g, json_str(x, "why"));
}

static const struct {
	json_t *(*list)(const struct ing_show *w);
	void (*row)(struct grid *g, const json_t *x);
	const char *titles[GRID_COLUMNS_MAX];
} parts[] = {
    {show_services, service_row, {"PORT", "PROTOCOL", "SERVICE", "READY", "NOTES"}},
    {show_listeners, listener_row, {"GATEWAY", "LISTENER", "PORT", "PROTOCOL", "HOST", "ROUTES", "NOTES"}},
    {show_httproutes, route_row, {"HTTPROUTE", "GATEWAY", "LISTENER", "HOSTS", "NOTES"}},
    {show_certificates, certificate_row, {"CERTIFICATE", "NAMES", "EXPIRES", "HOSTS", "NOTES"}},
    {show_nodes, node_row, {"NODE", "INGRESS", "PORTS", "ADDRESSES", "NOTES"}},
};

int show_around_text(const struct ing_show *w, struct buf *out)
{
	for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
		AUTO_JSON json_t *list = parts[i].list(w);
		struct grid g = {.titles = parts[i].titles};
		json_t *x;
		size_t k;
		if (!list)
			return -ENOMEM;
		while (g.columns < GRID_COLUMNS_MAX && g.titles[g.columns])
			g.columns++;
		json_array_foreach (list, k, x)
			parts[i].row(&g, x);
		buf_adds(out, g.n ? "\n" : "");
		grid_print(&g, out);
	}
	return buf_failed(out) ? -ENOMEM : 0;
}
