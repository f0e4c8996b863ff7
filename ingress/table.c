/* The table's memory, and what matching means (the nginx side does the same by hash look-ups). */
#include "base/cleanup.h"
#include "base/str.h"
#include "ingress/model.h"

void ing_table_done(struct ing_table *t)
{
	for (size_t i = 0; i < t->n_hosts; i++) {
		for (size_t j = 0; j < t->hosts[i].n_paths; j++) {
			free(t->hosts[i].paths[j].path);
			free(t->hosts[i].paths[j].owner);
		}
		free(t->hosts[i].paths);
		free(t->hosts[i].host);
	}
	for (size_t i = 0; i < t->n_backends; i++) {
		free(t->backends[i].key);
		free(t->backends[i].external);
		free(t->backends[i].eps);
	}
	for (size_t i = 0; i < t->n_certs; i++) {
		free(t->certs[i].server_name);
		free(t->certs[i].secret);
		free(t->certs[i].cert_pem);
		if (t->certs[i].key_pem)
			explicit_bzero(t->certs[i].key_pem, strlen(t->certs[i].key_pem));
		free(t->certs[i].key_pem);
	}
	for (size_t i = 0; i < t->n_findings; i++) {
		free(t->findings[i].ingress);
		free(t->findings[i].message);
	}
	for (size_t i = 0; i < t->n_served; i++)
		free(t->served[i]);
	free(t->hosts);
	free(t->backends);
	free(t->certs);
	free(t->findings);
	free(t->served);
	*t = (struct ing_table){0};
}

static const struct ing_host *find_host(const struct ing_table *t, const char *host)
{
	for (size_t lo = 0, hi = t->n_hosts; lo < hi;) {
		size_t mid = lo + (hi - lo) / 2;
		int c = strcmp(host, t->hosts[mid].host);
		if (!c)
			return &t->hosts[mid];
		if (c < 0)
			hi = mid;
		else
			lo = mid + 1;
	}
	return NULL;
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
	const struct ing_host *any = find_host(t, "*"), *h = find_host(t, host);

	if (streq(host, "*")) /* what no client can say, but a test might */
		h = NULL;
	if (!h && wild)
		h = find_host(t, wild);
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
