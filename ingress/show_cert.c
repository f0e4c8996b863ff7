/* Certificates of the routing table: what they are for and for how long. */
#include <string.h>
#include <strings.h>
#include "api/object.h"
#include "ingress/show_internal.h"
#include "wire/cert.h"

static const struct ing_server *server_in(const struct ing_table *t, const struct ing_host *h, uint16_t scope)
{
	const struct ing_server *best = NULL;

	for (size_t i = 0; i < t->n_servers; i++) {
		const struct ing_server *s = &t->servers[i];
		const char *dot = strchr(h->host, '.');
		if (s->scope != scope)
			continue;
		if (streq(s->name, "*") && !best)
			best = s;
		if (streq(s->name, h->host))
			return s;
		if (str_has_prefix(s->name, "*.") && dot &&
		    (scope ? str_has_suffix(h->host, s->name + 1) : streq(dot, s->name + 1)) &&
		    (!best || strlen(s->name) > strlen(best->name)))
			best = s;
	}
	return best;
}

/* Of a host that a Gateway shares with Ingress the exact name's goes first, whoever's it is. */
const struct ing_server *show_server(const struct ing_table *t, const struct ing_host *h)
{
	const struct ing_server *s = server_in(t, h, h->scope);
	bool guests = false;

	for (size_t i = 0; h->scope && i < h->n_paths; i++)
		guests = guests || h->paths[i].rules[0].guest;
	const struct ing_server *other = guests ? server_in(t, h, 0) : NULL;
	return other && (!s || (!streq(s->name, h->host) && streq(other->name, h->host))) ? other : s;
}

static bool has_several_keys(const struct ing_server *s)
{
	const char *first = s->key_pem ? strstr(s->key_pem->text, "-----BEGIN") : NULL;

	return first && strstr(first + 1, "-----BEGIN");
}

void show_cert_read(struct show_cert *ret, const struct ing_server *s, time_t now)
{
	struct cert_info info = {0};

	*ret = (struct show_cert){.names = json_array(), .several = has_several_keys(s)};
	if (cert_inspect(&info, s->cert_pem->text, NULL) < 0)
		return;
	ret->readable = true;
	time_format(info.not_after, ret->when);
	ret->days = info.not_after <= now ? -1 : ((int64_t)info.not_after - (int64_t)now) / 86400;
	for (const char *p = info.sans; p && *p;) { /* the common name is nobody's any more */
		size_t n = strcspn(p, "\n"), skip = str_has_prefix(p, "DNS:") ? 4 : str_has_prefix(p, "IP:") ? 3 : 0;
		if (skip)
			json_array_append_new(ret->names, json_stringn(p + skip, n - skip));
		p += n + (p[n] == '\n');
	}
	cert_info_done(&info);
}

void show_cert_done(struct show_cert *c)
{
	json_decref(c->names);
	*c = (struct show_cert){0};
}

bool show_cert_covers(const struct show_cert *c, const char *host)
{
	const char *dot = strchr(host, '.');
	const json_t *name;
	size_t i;

	if (!c->readable || c->several || streq(host, "*"))
		return true;
	json_array_foreach (c->names, i, name) {
		const char *s = json_string_value(name);
		if (s && (!strcasecmp(s, host) || (str_has_prefix(s, "*.") && dot && !strcasecmp(s + 1, dot))))
			return true;
	}
	return false;
}

static bool has_tls(const struct ing_show *w, const struct ing_rule *r)
{
	const struct ing_policy *p = r->policy < w->table->n_policies ? &w->table->policies[r->policy] : NULL;
	const char *slash = strchr(r->owner, '/');
	AUTO_FREE char *ns = slash ? str_ndup(r->owner, (size_t)(slash - r->owner)) : NULL;
	const json_t *o = ns && w->seen ? seen_get(w->seen, "Ingress", ns, slash + 1) : NULL;

	return (p && (ing_policy_find(p, OPT_HTTPS_REDIRECT) || ing_policy_find(p, OPT_HSTS))) || json_array_size(json_dot(o, "spec.tls"));
}

bool show_cert_fits(const struct ing_show *w, const struct ing_host *h, const struct ing_server *s, const struct show_cert *c)
{
	if (s->scope || !streq(s->name, "*") || show_cert_covers(c, h->host))
		return show_cert_covers(c, h->host);
	for (size_t i = 0; i < h->n_paths; i++)
		for (size_t k = 0; k < h->paths[i].n_rules; k++)
			if (has_tls(w, &h->paths[i].rules[k]))
				return false;
	return true;
}

/* That of a Secret among those that are told of already. */
static json_t *entry_of(json_t *all, const char *secret, const struct show_cert *c)
{
	json_t *x;
	size_t i;

	json_array_foreach (all, i, x)
		if (streq(json_str(x, "secret"), secret))
			return x;
	x = json_pack("{s:s,s:O,s:o,s:o,s:[],s:[]}", "secret", secret, "names", c->names, "expires",
		      c->readable ? json_string(c->when) : json_null(), "daysLeft",
		      c->readable ? json_integer(c->days) : json_null(), "hosts", "notFor");
	return json_array_append_new(all, x) < 0 ? NULL : x;
}

static bool has_text(const json_t *list, const char *text)
{
	const json_t *x;
	size_t i;

	json_array_foreach ((json_t *)(uintptr_t)list, i, x)
		if (streq(json_string_value(x), text))
			return true;
	return false;
}

static int add_text(json_t *list, const char *text)
{
	return has_text(list, text) ? 0 : json_array_append_new(list, json_string(text));
}

json_t *show_certificates(const struct ing_show *w)
{
	json_t *all = json_array();
	bool good = all != NULL;

	for (size_t i = 0; good && i < w->table->n_hosts; i++) {
		const struct ing_host *h = &w->table->hosts[i];
		const struct ing_server *s = show_has_host(w, h) ? show_server(w->table, h) : NULL;
		struct show_cert c;
		if (!s || !s->cert_pem || !s->secret || !show_has_owner(w, s->secret))
			continue;
		show_cert_read(&c, s, w->now);
		json_t *x = entry_of(all, s->secret, &c);
		good = x && add_text(json_object_get(x, "hosts"), h->host) == 0 &&
		       (show_cert_fits(w, h, s, &c) || add_text(json_object_get(x, "notFor"), h->host) == 0);
		show_cert_done(&c);
	}
	if (good)
		return all;
	json_decref(all);
	return NULL;
}
