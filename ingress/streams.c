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
	for (size_t i = 0; i < s->n_findings; i++)
		free(s->findings[i].message);
	free(s->findings);
	free(s->v);
	*s = (struct streams){0};
}

__attribute__((format(printf, 4, 5))) static int refuse(struct streams *s, bool udp, const char *reason,
							const char *fmt, ...)
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
	char *copy = str_dup(text);
	if (!copy)
		return -ENOMEM;
	v[s->n_findings++] = (struct streams_finding){udp, reason, copy};
	return 0;
}

struct entry {
	const char *key, *value;
	struct nginx_stream t;
	char *ns, *service, *port; /* in text */
	char *text;
};

/* "ns/service:port[:PROXY][:PROXY]" */
static bool parse(struct entry *x)
{
	x->text = str_dup(x->value);
	char *slash = x->text ? strchr(x->text, '/') : NULL;
	if (!slash || slash == x->text)
		return false;
	*slash = '\0';
	x->ns = x->text;
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
	x->service = word[0];
	x->port = word[1];
	for (size_t i = 2; i < n; i++)
		if (*word[i] && !streq(word[i], "PROXY"))
			return false;
	x->t.accept_proxy = n > 2 && *word[2];
	x->t.send_proxy = n > 3 && *word[3];
	return true;
}

/* The Service's port of that number or name; 0: none. */
static uint16_t find_port(const json_t *service, const char *want, bool udp)
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

static int add(struct streams *s, struct entry *x, const struct streams_ask *ask)
{
	const char *proto = x->t.udp ? "UDP" : "TCP", *taken;
	unsigned char bin[16];
	int64_t port;

	if (str_to_i64(x->key, 1, 65535, &port) < 0)
		return refuse(s, x->t.udp, "InvalidPort", "\"%.60s\" is not a port number from 1 to 65535", x->key);
	if (!parse(x))
		return x->text ? refuse(s, x->t.udp, "InvalidService",
					"port %s: \"%.100s\" is not NAMESPACE/SERVICE:PORT[:PROXY][:PROXY]", x->key,
					x->value)
			       : -ENOMEM;
	if (x->t.udp && (x->t.accept_proxy || x->t.send_proxy))
		return refuse(s, true, "InvalidService", "port %s: the PROXY protocol is for TCP alone", x->key);
	AUTO_JSON json_t *service = ask->service(ask->arg, x->ns, x->service);
	if (!service)
		return refuse(s, x->t.udp, "MissingService", "port %s: Service %.63s/%.63s does not exist", x->key,
			      x->ns, x->service);
	const char *ip = json_str_or(service, "spec.clusterIP", "");
	if (streq(json_str(service, "spec.type"), "ExternalName"))
		return refuse(s, x->t.udp, "NoClusterAddress",
			      "port %s: Service %.63s/%.63s is an ExternalName, and %s ports lead to cluster addresses "
			      "alone; make a Service without selector, and an EndpointSlice with the address",
			      x->key, x->ns, x->service, proto);
	if (!*ip || streq(ip, "None") || strlen(ip) >= sizeof(x->t.addr) ||
	    (inet_pton(AF_INET, ip, bin) != 1 && inet_pton(AF_INET6, ip, bin) != 1))
		return refuse(s, x->t.udp, "NoClusterAddress",
			      "port %s: Service %.63s/%.63s has no cluster address (it is headless); give it one",
			      x->key, x->ns, x->service);
	x->t.to = find_port(service, x->port, x->t.udp);
	if (!x->t.to)
		return refuse(s, x->t.udp, "MissingPort", "port %s: Service %.63s/%.63s has no %s port %.63s", x->key,
			      x->ns, x->service, proto, x->port);
	x->t.port = (uint16_t)port;
	(void)str_copy(x->t.addr, sizeof(x->t.addr), ip);
	if ((taken = ask->taken(ask->arg, x->t.port, x->t.udp)))
		return refuse(s, x->t.udp, "PortTaken", "%s port %u of this node is taken: %s", proto, x->t.port,
			      taken);
	struct nginx_stream *v = realloc(s->v, (s->n + 1) * sizeof(*v));
	if (!v)
		return -ENOMEM;
	s->v = v;
	v[s->n++] = x->t;
	return 0;
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
	size_t seen = 0;
	int r = 0;

	json_object_foreach (data, key, value) {
		struct entry x = {.key = key, .value = json_string_value(value), .t = {.udp = udp}};
		if (++seen > MAX_STREAMS) {
			r = refuse(s, udp, "TooMany", "more than %d ports: the rest is not served", MAX_STREAMS);
			break;
		}
		if (x.value)
			r = add(s, &x, ask);
		free(x.text);
		if (r < 0)
			break;
	}
	if (s->n)
		qsort(s->v, s->n, sizeof(*s->v), cmp);
	/* "80" and "080" are one port. */
	for (size_t i = 1; r == 0 && i < s->n;) {
		if (cmp(&s->v[i - 1], &s->v[i]) != 0) {
			i++;
			continue;
		}
		r = refuse(s, udp, "PortTaken", "port %u is named twice", s->v[i].port);
		memmove(&s->v[i], &s->v[i + 1], (s->n - i - 1) * sizeof(*s->v));
		s->n--;
	}
	return r < 0 ? err_nomem(e) : 0;
}
