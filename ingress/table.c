/* The table's memory, and what matching means (the nginx side does the same by hash look-ups). */
#include "base/cleanup.h"
#include "base/str.h"
#include "ingress/records.h"

static void rule_done(struct ing_rule *r)
{
	for (size_t i = 0; i < r->n_conds; i++) {
		free(r->conds[i].name);
		free(r->conds[i].value);
	}
	free(r->conds);
	free(r->targets);
	free(r->owner);
}

static void host_done(struct ing_host *h)
{
	for (size_t i = 0; i < h->n_paths; i++) {
		for (size_t k = 0; k < h->paths[i].n_rules; k++)
			rule_done(&h->paths[i].rules[k]);
		free(h->paths[i].rules);
		free(h->paths[i].path);
		free(h->paths[i].was);
	}
	free(h->paths);
	free(h->host);
	free(h->owner);
}

static void policy_done(struct ing_policy *p)
{
	for (size_t i = 0; i < p->n_options; i++)
		rec_option_done(&p->options[i]);
	free(p->options);
	free(p->owner);
}

static void server_done(struct ing_server *s)
{
	free(s->name);
	free(s->secret);
	free(s->owner);
	free(s->teller);
	pem_unref(s->cert_pem);
	pem_unref(s->key_pem);
	pem_unref(s->ca_pem);
	pem_unref(s->crl_pem);
	free(s->ocsp);
	pem_unref(s->answer);
}

void ing_table_done(struct ing_table *t)
{
	for (size_t i = 0; i < t->n_hosts; i++)
		host_done(&t->hosts[i]);
	for (size_t i = 0; i < t->n_backends; i++) {
		free(t->backends[i].key);
		free(t->backends[i].external);
		free(t->backends[i].eps);
	}
	for (size_t i = 0; i < t->n_policies; i++)
		policy_done(&t->policies[i]);
	for (size_t i = 0; i < t->n_servers; i++)
		server_done(&t->servers[i]);
	for (size_t i = 0; i < t->n_findings; i++) {
		free(t->findings[i].ingress);
		free(t->findings[i].message);
	}
	for (size_t i = 0; i < t->n_served; i++)
		free(t->served[i]);
	for (size_t i = 0; i < t->n_secrets; i++)
		free(t->secrets[i]);
	for (size_t i = 0; i < t->n_configmaps; i++)
		free(t->configmaps[i]);
	free(t->hosts);
	free(t->backends);
	free(t->policies);
	free(t->servers);
	free(t->findings);
	free(t->served);
	free(t->secrets);
	free(t->configmaps);
	*t = (struct ing_table){0};
}

const struct ing_option *ing_policy_find(const struct ing_policy *p, enum ing_opt opt)
{
	for (size_t i = 0; i < p->n_options; i++)
		if (p->options[i].opt == opt)
			return &p->options[i];
	return NULL;
}

const struct ing_host *ing_table_host(const struct ing_table *t, const char *host)
{
	for (size_t lo = 0, hi = t->n_hosts; lo < hi;) {
		size_t mid = lo + (hi - lo) / 2;
		int c = t->hosts[mid].scope ? -1 : strcmp(host, t->hosts[mid].host);
		if (!c)
			return &t->hosts[mid];
		if (c < 0)
			hi = mid;
		else
			lo = mid + 1;
	}
	return NULL;
}

bool ing_table_serves(const struct ing_table *t, const char *ingress)
{
	for (size_t lo = 0, hi = t->n_served; lo < hi;) {
		size_t mid = lo + (hi - lo) / 2;
		int c = strcmp(ingress, t->served[mid]);
		if (!c)
			return true;
		if (c < 0)
			hi = mid;
		else
			lo = mid + 1;
	}
	return false;
}

static bool path_matches(const struct ing_path *p, const char *path)
{
	size_t n = strlen(p->path);

	if (p->match == ING_EXACT)
		return streq(p->path, path);
	return p->match == ING_PREFIX && strncmp(p->path, path, n) == 0 && (!path[n] || path[n] == '/');
}

const struct ing_path *ing_table_match(const struct ing_table *t, const char *host, const char *path)
{
	const char *dot = strchr(host, '.');
	AUTO_FREE char *wild = dot && dot > host ? str_fmt("*%s", dot) : NULL;
	const struct ing_host *any = ing_table_host(t, "*"), *h = ing_table_host(t, host);

	if (streq(host, "*")) /* what no client can say, but a test might */
		h = NULL;
	if (!h && wild)
		h = ing_table_host(t, wild);
	if (!h)
		h = any;
	for (size_t i = 0; h && i < h->n_paths; i++)
		if (h->paths[i].match == ING_DEFAULT || path_matches(&h->paths[i], path))
			return &h->paths[i];
	for (size_t i = 0; any && i < any->n_paths; i++)
		if (any->paths[i].match == ING_DEFAULT)
			return &any->paths[i];
	return NULL;
}
