/* TCP and UDP services, the component's side: ConfigMaps and Services out of the informers, events on the ConfigMaps.
 */
#include <errno.h>
#include "api/own_ports.h"
#include "base/log.h"
#include "base/str.h"
#include "ingress/gateway.h"
#include "ingress/nodes.h"

#define TAKEN_AGAIN_MS 30000 /* nobody tells when a port becomes free */

static json_t *find_service(void *arg, const char *ns, const char *name)
{
	struct ingress *x = arg;
	AUTO_OBJECT struct informer_object *o = informer_get(x->informers[SERVICES], ns, name);

	return informer_object_json(o);
}

struct asking {
	struct ingress *x;
	char whose[PORT_WHOSE_MAX];
	struct runner_ports others[2]; /* UDP's second */
	bool read[2];
};

static json_t *ask_service(void *arg, const char *ns, const char *name)
{
	return find_service(((struct asking *)arg)->x, ns, name);
}

const char *ingress_port_taken(struct ingress *x, const struct runner_ports *others, uint16_t port, bool udp, char whose[PORT_WHOSE_MAX])
{
	const char *ports = x->own_ports;
	struct own_port own;

	while (own_ports_next(&ports, &own))
		if (own.port == port && streq(own.protocol, udp ? "UDP" : "TCP")) {
			(void)snprintf(whose, PORT_WHOSE_MAX, "minik's %s listens on it", own.whose);
			return whose;
		}
	return runner_ports_has(others, port) ? "another program listens on it" : NULL;
}

static const char *ask_taken(void *arg, uint16_t port, bool udp)
{
	struct asking *a = arg;

	if (!udp && (port == a->x->http_port || port == a->x->https_port))
		return "it is Ingress' own";
	if (!udp && gateway_listens(a->x->gateway, port))
		return "a Gateway listens on it";
	if (!a->read[udp])
		runner_ports_read(a->x->runner, udp, &a->others[udp]);
	a->read[udp] = true;
	return ingress_port_taken(a->x, &a->others[udp], port, udp, a->whose);
}

static int missing_module(struct streams *s, bool udp, const char *node)
{
	struct streams_finding *v = realloc(s->findings, (s->n_findings + 1) * sizeof(*v));
	char *text = str_fmt("nginx's stream module is not installed on %s%.63s: apt-get install libnginx-mod-stream",
			     node ? "node " : "this node", node ? node : "");

	if (v)
		s->findings = v;
	if (!v || !text) {
		free(text);
		return -ENOMEM;
	}
	v[s->n_findings++] = (struct streams_finding){udp, NULL, "MissingModule", text};
	return 0;
}

int services_read(struct ingress *x, struct streams *ret, struct err *e)
{
	static const struct {
		int kind;
		const char *name;
	} maps[] = {{TCP_MAP, STREAMS_TCP}, {UDP_MAP, STREAMS_UDP}};
	struct asking a = {.x = x};
	const struct streams_ask ask = {ask_service, ask_taken, &a, x->node_name};
	int code = 0;

	for (size_t i = 0; code == 0 && i < ARRAY_LEN(maps); i++) {
		AUTO_OBJECT struct informer_object *o =
		    informer_get(x->informers[maps[i].kind], STREAMS_NS, maps[i].name);
		AUTO_JSON json_t *map = informer_object_json(o);
		size_t before = ret->n;
		code = streams_read(ret, map, i == 1, &ask, e);
		if (code == 0 && ret->n > before && !runner_has_stream()) {
			ret->n = before;
			code = missing_module(ret, i == 1, x->node_name) < 0 ? err_nomem(e) : 0;
		}
	}
	return code;
}

void services_tell(struct ingress *x, const struct streams *s)
{
	struct buf all[2] = {{0}, {0}};
	bool taken = false;

	for (size_t i = 0; i < s->n_findings; i++) {
		const struct streams_finding *f = &s->findings[i];
		AUTO_FREE char *line = str_fmt("%s\t%s\n", f->reason, f->message);
		const char *name = f->udp ? STREAMS_UDP : STREAMS_TCP, *said = x->streams_said[f->udp];
		taken = taken || streq(f->reason, "PortTaken");
		buf_adds(&all[f->udp], line ? line : "");
		if (!line || (said && strstr(said, line)))
			continue;
		AUTO_OBJECT struct informer_object *o =
		    informer_get(x->informers[f->udp ? UDP_MAP : TCP_MAP], STREAMS_NS, name);
		AUTO_JSON json_t *tree = informer_object_json(o);
		AUTO_FREE char *full = str_fmt(STREAMS_NS "/%s", name);
		log_warning(COMPONENT, full ? full : name, "%s", f->message);
		/* Which ports are free each node knows for itself alone. */
		if (tree && (nodes_first(x) || streq(f->reason, "PortTaken") || streq(f->reason, "MissingModule")))
			client_event(x->client, tree, "v1", "ConfigMap", "Warning", f->reason, "minik-ingress",
				     x->node_name ? x->node_name : "", "%s", f->message);
	}
	for (size_t i = 0; i < 2; i++) {
		free(x->streams_said[i]);
		x->streams_said[i] = all[i].len ? str_dup(all[i].data) : NULL;
		buf_done(&all[i]);
	}
	if (taken)
		workqueue_add_after(x->rebuild, "routes", TAKEN_AGAIN_MS);
}
