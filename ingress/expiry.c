#include "ingress/expiry.h"
#include <errno.h>
#include "base/map.h"
#include "base/str.h"
#include "ingress/records.h"

static int add(struct ing_table *t, struct map *told, const struct ing_server *s, bool over)
{
	char when[TIME_STR_MAX];
	AUTO_FREE char *key = str_fmt("%s %s", s->owner, s->secret);

	if (!key || (!map_has(told, key) && map_put(told, key, t) < 0))
		return -ENOMEM;
	time_format((time_t)(over ? s->not_after : s->not_before), when);
	struct ing_finding *f = REC_GROW(t->findings, t->n_findings);
	if (!f)
		return -ENOMEM;
	f->reason = over ? "CertificateExpired" : "CertificateNotYetValid";
	f->ingress = str_dup(s->owner);
	f->message = str_fmt("Secret %s: its certificate %s %s; it is shown, and clients that check refuse it", s->secret,
			     over ? "expired at" : "is not valid before", when);
	return f->ingress && f->message ? 0 : -ENOMEM;
}

static bool is_told(const struct map *told, const struct ing_server *s)
{
	AUTO_FREE char *key = str_fmt("%s %s", s->owner, s->secret);
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
		if (!s->not_after || !s->owner || !s->secret)
			continue;
		sooner(&next, s->not_before, now);
		sooner(&next, s->not_after, now);
		bool over = s->not_after <= now;
		if ((over || s->not_before > now) && !is_told(told, s))
			code = add(t, told, s, over);
	}
	map_free(told);
	if (t->n_findings != before)
		ing_table_sort_findings(t);
	if (code == 0)
		*ret_next = next;
	return code;
}
