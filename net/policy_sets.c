/* Sets of pods that policies name as peers, and their members. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include "api/digest.h"
#include "api/object.h"
#include "base/cleanup.h"
#include "base/str.h"
#include "net/policy_internal.h"

static char *dumped(const json_t *v)
{
	return v ? json_dumps(v, JSON_COMPACT | JSON_SORT_KEYS) : str_dup("-");
}

static void set_free(struct np_set *s)
{
	if (!s)
		return;
	if (s->ns_sel)
		api_selector_free(s->ns_sel);
	if (s->pod_sel)
		api_selector_free(s->pod_sel);
	free(s->ns);
	free(s->key);
	free(s);
}

/* 0, -ENOMEM, or another code: a selector of no form. */
static int set_new(struct np_set **ret, const char *key, const char *ns, const json_t *ns_sel, const json_t *pod_sel,
		   const char *port, uint8_t protocol)
{
	struct np_set *s = calloc(1, sizeof(*s));
	AUTO_JSON json_t *all = json_object();
	int code = s && all ? 0 : -ENOMEM;
	if (code == 0) {
		s->key = str_dup(key);
		s->ns = ns ? str_dup(ns) : NULL;
		s->protocol = protocol;
		(void)str_copy(s->port, sizeof(s->port), port);
		for (unsigned i = 0; i < 2; i++)
			digest_name(s->names[i], sizeof(s->names[i]), *port ? "s-n" : "s-p", key, i ? "6" : "4");
		if (!s->key || (ns && !s->ns))
			code = -ENOMEM;
	}
	if (code == 0 && !ns)
		code = api_label_selector_from(&s->ns_sel, ns_sel ? ns_sel : all, NULL);
	if (code == 0)
		code = api_label_selector_from(&s->pod_sel, pod_sel ? pod_sel : all, NULL);
	if (code < 0)
		set_free(s);
	else
		*ret = s;
	return code;
}

int np_set_hold(struct np_set **ret, struct np_model *m, const char *ns, const json_t *ns_sel, const json_t *pod_sel,
		const char *port, uint8_t protocol)
{
	AUTO_FREE char *by_ns = ns ? str_dup(ns) : dumped(ns_sel);
	AUTO_FREE char *by_pod = dumped(pod_sel);
	AUTO_FREE char *key =
	    by_ns && by_pod ? str_fmt("%s %s %s %s %u", ns ? "in" : "by", by_ns, by_pod, port, protocol) : NULL;
	if (!key)
		return -ENOMEM;
	struct np_set *s = map_get(m->sets, key);
	if (!s) {
		int code = set_new(&s, key, ns, ns_sel, pod_sel, port, protocol);
		if (code < 0)
			return code;
		if (map_put(m->sets, key, s) < 0) {
			set_free(s);
			return -ENOMEM;
		}
	}
	s->holders++;
	*ret = s;
	return 0;
}

void np_set_release(struct np_model *m, struct np_set *s)
{
	if (--s->holders)
		return;
	(void)map_take(m->sets, s->key);
	set_free(s);
}

static bool selects(const struct np_model *m, const struct np_set *s, const struct np_pod *p)
{
	if (s->ns ? !streq(s->ns, p->ns) : !api_selector_match_labels(s->ns_sel, map_get(m->namespaces, p->ns)))
		return false;
	return api_selector_match_labels(s->pod_sel, p->labels);
}

size_t np_pod_ips(const struct np_model *m, const struct np_pod *p, struct inet_addr ret[2 * NP_IPS_MAX])
{
	const struct np_lease *l = p->local ? map_get(m->leases, p->uid) : NULL;
	size_t n = 0;
	for (size_t i = 0; i < p->n_ips; i++)
		ret[n++] = p->ips[i];
	for (size_t i = 0; l && i < l->n; i++) {
		size_t k = 0;
		while (k < n && (ret[k].family != l->ips[i].family || inet_addr_compare(&ret[k], &l->ips[i])))
			k++;
		if (k == n)
			ret[n++] = l->ips[i];
	}
	return n;
}

static void member(struct np_model *m, const struct np_set *s, const struct np_pod *p, bool add)
{
	struct inet_addr ips[2 * NP_IPS_MAX];
	size_t n = np_pod_ips(m, p, ips);
	if (!n || !selects(m, s, p))
		return;
	for (size_t i = 0; i < n; i++) {
		uint8_t key[NFT_ITEM_KEY] = {0};
		uint32_t len = inet_addr_len(ips[i].family);
		const char *name = s->names[ips[i].family == 6];
		memcpy(key, ips[i].a, len);
		if (!*s->port) {
			m->sink.elem(m->sink.arg, name, key, len, NULL, add);
			continue;
		}
		for (size_t k = 0; k < p->n_ports; k++) {
			const struct np_pod_port *port = &p->ports[k];
			if (port->protocol != s->protocol || !streq(port->name, s->port))
				continue;
			key[len] = port->protocol;
			key[len + 4] = (uint8_t)(port->port >> 8);
			key[len + 5] = (uint8_t)port->port;
			m->sink.elem(m->sink.arg, name, key, len + 8, NULL, add);
		}
	}
}

void np_set_use(struct np_model *m, struct np_set *s, bool use)
{
	struct map_iter it = MAP_ITER_INIT;
	if (use ? s->uses++ : --s->uses)
		return;
	for (unsigned i = 0; i < 2; i++) {
		uint32_t len = i ? 16 : 4, type = i ? NFT_T_IPV6 : NFT_T_IPV4;
		struct nft_set_spec spec = {.name = s->names[i], .key_type = type, .key_len = len};
		if (*s->port) {
			spec.key_type = NFT_CONCAT3(type, NFT_T_PROTO, NFT_T_PORT);
			spec.key_len = len + 8;
		}
		m->sink.set(m->sink.arg, &spec, use);
	}
	while (map_next(m->pods, &it))
		member(m, s, it.value, use);
}

void np_sets_pod(struct np_model *m, const struct np_pod *p, bool only_by_namespace, bool add)
{
	struct map_iter it = MAP_ITER_INIT;
	while (map_next(m->sets, &it)) {
		const struct np_set *s = it.value;
		if (s->uses && (!only_by_namespace || s->ns_sel))
			member(m, s, p, add);
	}
}
