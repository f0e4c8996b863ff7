#include "ingress/module/policy.h"

static void count(uint64_t *n, uint64_t by)
{
	if (by)
		(void)__atomic_add_fetch(n, by, __ATOMIC_RELAXED);
}

/* The page is a sparse file: a slot's memory is asked for before it is first written to, because a store cannot fail politely. */
static struct live_stat *slot_of(struct mk_main_conf *m, uint32_t slot)
{
	off_t at;

	if (slot >= LIVE_SLOTS)
		slot = 0;
	if (!(m->slots[slot / 64] >> slot % 64 & 1)) {
		at = (off_t)(offsetof(struct live_page, stats) + slot * sizeof(struct live_stat));
		if (fallocate(m->page_fd, 0, at, sizeof(struct live_stat)) < 0 && errno != EOPNOTSUPP)
			slot = 0;
		else
			m->slots[slot / 64] |= UINT64_C(1) << slot % 64;
	}
	return &m->page->stats[slot];
}

static unsigned status_class(ngx_http_request_t *r)
{
	ngx_uint_t status = r->err_status ? r->err_status : r->headers_out.status;

	if (status == NGX_HTTP_CLIENT_CLOSED_REQUEST || status < 100 || status > 599)
		return 0;
	return (unsigned)(status / 100);
}

void mk_stats(ngx_http_request_t *r, struct mk_main_conf *m, struct mk_ctx *x)
{
	static const uint32_t bounds[LIVE_BUCKETS - 1] = LIVE_BOUNDS_MS;
	ngx_time_t *now = ngx_timeofday();
	int64_t ms = ((int64_t)now->sec - r->start_sec) * 1000 + (int64_t)now->msec - (int64_t)r->start_msec;
	struct live_stat *s;
	unsigned bucket = 0;

	if (!m->page)
		return;
	if (ms < 0)
		ms = 0;
	s = slot_of(m, x && x->policy ? x->policy->stat : 0);
	while (bucket < LIVE_BUCKETS - 1 && ms > bounds[bucket])
		bucket++;
	count(&s->status[status_class(r)], 1);
	count(&s->bytes_in, (uint64_t)r->request_length);
	count(&s->bytes_out, (uint64_t)r->connection->sent);
	count(&s->time_us, (uint64_t)ms * 1000);
	count(&s->buckets[bucket], 1);
	if (x && x->tries > 1)
		count(&s->retries, x->tries - 1);
}
