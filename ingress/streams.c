#include "ingress/streams.h"
#include <arpa/inet.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/str.h"

#define MAX_STREAMS  256 /* of one ConfigMap: each is sockets of every worker */
#define MAX_FINDINGS 64

void streams_done(struct streams *s)
{
	for (size_t i = 0; i < s->n_findings; i++) {
		free(s->findings[i].key);
		free(s->findings[i].message);
	}
	free(s->findings);
	free(s->v);
	*s = (struct streams){0};
}

/* key: of the entry, or NULL */
__attribute__((format(printf, 5, 6))) static int refuse(struct streams *s, bool udp, const char *key,
							const char *reason, const char *fmt, ...)
{
	char text[512];
	va_list ap;

	if (s->n_findings >= 2 * MAX_FINDINGS)
		return 0;
	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	struct streams_finding *v = realloc(s->findings, (s->n_findings + 1) * sizeof(*v));
	if (!v)
		return -ENOMEM;
	s->findings = v;
	char *copy = str_dup(text), *of = str_dup(key);
	if (!copy || (key && !of)) {
		free(copy);
		free(of);
		return -ENOMEM;
	}
	v[s->n_findings++] = (struct streams_finding){udp, of, reason, copy};
	return 0;
}

void streams_target_done(struct streams_target *t)
{
	free(t->text);
	*t = (struct streams_target){0};
}

/* "ns/service:port[:PROXY][:PROXY]" */
static bool split(struct streams_target *t)
{
	char *slash = strchr(t->text, '/');

	if (!slash || slash == t->text)
		return false;
	*slash = '\0';
	t->ns = t->text;
	/* Empty words count: "::PROXY" is only towards the Service. */
	char *word[4] = {slash + 1};
	size_t n = 1;
	for (char *p = slash + 1; (p = strchr(p, ':'));) {
		*p++ = '\0';
		if (n == 4)
			return false;
		word[n++] = p;
	}
	if (n < 2 || !*word[0] || !*word[1] || strchr(word[0], '/'))
		return false;
	t->service = word[0];
	t->port = word[1];
	for (size_t i = 2; i < n; i++)
		if (*word[i] && !streq(word[i], "PROXY"))
			return false;
	t->accept_proxy = n > 2 && *word[2];
	t->send_proxy = n > 3 && *word[3];
	return true;
}

int streams_target_read(struct streams_target *ret, const char *value)
{
	struct streams_target t = {.text = str_dup(value)};

	if (!t.text)
		return -ENOMEM;
	if (!split(&t)) {
		free(t.text);
		return 1;
	}
	*ret = t;
	return 0;
}

uint16_t streams_port(const json_t *service, const char *want, bool udp)
{
	const json_t *p;
	size_t i;
	int64_t number;

	if (str_to_i64(want, 1, 65535, &number) < 0)
		number = 0;
	json_array_foreach (json_dot(service, "spec.ports"), i, p) {
		int64_t port = json_int_or(p, "port", 0);
		if (!streq(json_str_or(p, "protocol", "TCP"), udp ? "UDP" : "TCP") || port < 1 || port > 65535)
			continue;
		if (number ? port == number : streq(json_str(p, "name"), want))
			return (uint16_t)port;
	}
	return 0;
}

static int serve(struct streams *s, const char *key, bool udp, uint16_t port, const struct streams_target *x,
		 const struct streams_ask *ask)
{
	struct nginx_stream t = {
	    .port = port, .udp = udp, .accept_proxy = x->accept_proxy, .send_proxy = x->send_proxy};
	const char *proto = udp ? "UDP" : "TCP", *taken;
	unsigned char bin[16];

	if (udp && (t.accept_proxy || t.send_proxy))
		return refuse(s, true, key, "InvalidService", "port %s: the PROXY protocol is for TCP alone", key);
	if ((taken = ask->taken(ask->arg, port, udp)))
		return refuse(s, udp, key, "PortTaken", "%s port %u of %s%.63s is taken: %s", proto, port,
			      ask->node ? "node " : "this node", ask->node ? ask->node : "", taken);
	AUTO_JSON json_t *service = ask->service(ask->arg, x->ns, x->service);
	if (!service)
		return refuse(s, udp, key, "MissingService", "port %s: Service %.63s/%.63s does not exist", key, x->ns,
			      x->service);
	const char *ip = json_str_or(service, "spec.clusterIP", "");
	if (streq(json_str(service, "spec.type"), "ExternalName"))
		return refuse(s, udp, key, "NoClusterAddress",
			      "port %s: Service %.63s/%.63s is an ExternalName, and %s ports lead to cluster addresses "
			      "alone; make a Service without selector, and an EndpointSlice with the address",
			      key, x->ns, x->service, proto);
	if (!*ip || streq(ip, "None") || strlen(ip) >= sizeof(t.addr) ||
	    (inet_pton(AF_INET, ip, bin) != 1 && inet_pton(AF_INET6, ip, bin) != 1))
		return refuse(s, udp, key, "NoClusterAddress",
			      "port %s: Service %.63s/%.63s has no cluster address (it is headless); give it one", key,
			      x->ns, x->service);
	t.to = streams_port(service, x->port, udp);
	if (!t.to)
		return refuse(s, udp, key, "MissingPort", "port %s: Service %.63s/%.63s has no %s port %.63s", key,
			      x->ns, x->service, proto, x->port);
	(void)str_copy(t.addr, sizeof(t.addr), ip);
	struct nginx_stream *v = realloc(s->v, (s->n + 1) * sizeof(*v));
	if (!v)
		return -ENOMEM;
	s->v = v;
	v[s->n++] = t;
	return 0;
}

/* had: a bit for each port that an entry before has named. */
static int add(struct streams *s, uint8_t had[8192], const char *key, const char *value, bool udp,
	       const struct streams_ask *ask)
{
	struct streams_target t = {0};
	int64_t port;

	if (str_to_i64(key, 1, 65535, &port) < 0)
		return refuse(s, udp, key, "InvalidPort", "\"%.60s\" is not a port number from 1 to 65535", key);
	if (had[port / 8] >> port % 8 & 1) /* "80" and "080" are one port */
		return refuse(s, udp, key, "PortTaken", "port %s is named twice", key);
	had[port / 8] |= (uint8_t)(1u << port % 8);
	int r = streams_target_read(&t, value);
	if (r > 0)
		return refuse(s, udp, key, "InvalidService",
			      "port %s: \"%.100s\" is not NAMESPACE/SERVICE:PORT[:PROXY][:PROXY]", key, value);
	r = r < 0 ? r : serve(s, key, udp, (uint16_t)port, &t, ask);
	streams_target_done(&t);
	return r;
}

static int cmp(const void *a, const void *b)
{
	const struct nginx_stream *x = a, *y = b;
	return x->udp != y->udp ? x->udp - y->udp : x->port - y->port;
}

int streams_read(struct streams *s, const json_t *config_map, bool udp, const struct streams_ask *ask, struct err *e)
{
	json_t *data = json_object_get(config_map, "data"), *value;
	const char *key;
	uint8_t had[8192] = {0};
	size_t seen = 0;
	int r = 0;

	json_object_foreach (data, key, value) {
		if (++seen > MAX_STREAMS) {
			r = refuse(s, udp, NULL, "TooMany", "more than %d ports: the rest is not served", MAX_STREAMS);
			break;
		}
		if (json_is_string(value))
			r = add(s, had, key, json_string_value(value), udp, ask);
		if (r < 0)
			break;
	}
	if (s->n)
		qsort(s->v, s->n, sizeof(*s->v), cmp);
	return r < 0 ? err_nomem(e) : 0;
}
