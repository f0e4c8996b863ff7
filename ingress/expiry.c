#include "ingress/expiry.h"
#include <errno.h>
#include <stdlib.h>
#include "base/map.h"
#include "base/str.h"
#include "ingress/records.h"

#define SOON_S (14 * 86400)

static const char *teller_of(const struct ing_server *s)
{
	return s->teller ? s->teller : s->owner;
}

static int add(struct ing_table *t, struct map *told, const struct ing_server *s, int64_t now)
{
	bool over = s->not_after <= now, early = !over && s->not_before > now;
	char when[TIME_STR_MAX];
	AUTO_FREE char *key = str_fmt("%s %s", teller_of(s), s->secret);

	if (!key || (!map_has(told, key) && map_put(told, key, t) < 0))
		return -ENOMEM;
	time_format((time_t)(early ? s->not_before : s->not_after), when);
	struct ing_finding *f = REC_GROW(t->findings, t->n_findings);
	if (!f)
		return -ENOMEM;
	f->reason = over ? "CertificateExpired" : early ? "CertificateNotYetValid" : "CertificateExpires";
	f->ingress = str_dup(teller_of(s));
	f->message = over || early
			 ? str_fmt("Secret %s: its certificate %s %s; it is shown, and clients that check refuse it", s->secret,
				   over ? "expired at" : "is not valid before", when)
			 : str_fmt("Secret %s: its certificate expires at %s; nobody has renewed it yet", s->secret, when);
	return f->ingress && f->message ? 0 : -ENOMEM;
}

static bool is_told(const struct map *told, const struct ing_server *s)
{
	AUTO_FREE char *key = str_fmt("%s %s", teller_of(s), s->secret);
	return key && map_has(told, key);
}

static void sooner(int64_t *next, int64_t at, int64_t now)
{
	if (at > now && (!*next || at < *next))
		*next = at;
}

int expiry_findings(struct ing_table *t, int64_t now, int64_t *ret_next)
{
	struct map *told = map_new(NULL);
	size_t before = t->n_findings;
	int64_t next = 0;
	int code = told ? 0 : -ENOMEM;

	for (size_t i = 0; code == 0 && i < t->n_servers; i++) {
		const struct ing_server *s = &t->servers[i];
		if (!s->not_after || !teller_of(s) || !s->secret)
			continue;
		sooner(&next, s->not_before, now);
		bool brief = s->not_after - s->not_before <= 2 * SOON_S; /* such a one is renewed later */
		if (!brief)
			sooner(&next, s->not_after - SOON_S, now);
		sooner(&next, s->not_after, now);
		bool soon = !brief && s->not_after - now <= SOON_S;
		if ((soon || s->not_after <= now || s->not_before > now) && !is_told(told, s))
			code = add(t, told, s, now);
	}
	map_free(told);
	if (t->n_findings != before)
		ing_table_sort_findings(t);
	if (code == 0)
		*ret_next = next;
	return code;
}

/* --- metrics --- */

static int by_end(const void *pa, const void *pb)
{
	const struct ing_server *a = *(const struct ing_server *const *)pa, *b = *(const struct ing_server *const *)pb;
	int c;

	if (a->not_after != b->not_after)
		return a->not_after < b->not_after ? -1 : 1;
	c = strcmp(a->secret, b->secret);
	c = c ? c : strcmp(a->name, b->name);
	return c ? c : (int)a->scope - (int)b->scope;
}

int expiry_metrics(const struct ing_table *t, struct buf *b)
{
	const struct ing_server **v = calloc(t->n_servers + 1, sizeof(*v)), *last = NULL;
	size_t n = 0, said = 0;

	if (!v)
		return -ENOMEM;
	for (size_t i = 0; i < t->n_servers; i++)
		if (t->servers[i].not_after && t->servers[i].secret)
			v[n++] = &t->servers[i];
	qsort(v, n, sizeof(*v), by_end);
	buf_adds(b, "# HELP minik_ingress_certificate_expire_seconds When the certificate that is shown for a host ends, in seconds of "
		    "UNIX.\n# TYPE minik_ingress_certificate_expire_seconds gauge\n");
	for (size_t i = 0; i < n && said < EXPIRY_METRICS_MAX; last = v[i++]) {
		/* of several ports */
		if (last && streq(last->secret, v[i]->secret) && streq(last->name, v[i]->name))
			continue;
		buf_addf(b, "minik_ingress_certificate_expire_seconds{secret=\"%s\",host=\"%s\"} %lld\n", v[i]->secret, v[i]->name,
			 (long long)v[i]->not_after);
		said++;
	}
	free(v);
	return buf_failed(b) ? -ENOMEM : 0;
}
