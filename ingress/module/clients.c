/*
 * How many connections clients have. A worker that is killed cannot take its own off, so each has a number of its own beside the sum,
 * with its pid; whoever begins takes off what the dead have left.
 */
#include <signal.h>
#include "ingress/module/module.h"

#define COUNT UINT32_MAX /* the lower half */
#define N     (sizeof(((struct live_page *)NULL)->workers) / sizeof(uint64_t))

static void take_off(struct live_page *page, uint64_t *worker, uint64_t seen, uint64_t next)
{
	if (__atomic_compare_exchange_n(worker, &seen, next, false, __ATOMIC_RELAXED, __ATOMIC_RELAXED))
		(void)__atomic_sub_fetch(&page->connections, seen & COUNT, __ATOMIC_RELAXED);
}

void mk_clients_begin(struct mk_main_conf *m)
{
	struct live_page *page = m->page;
	uint64_t own = (uint64_t)ngx_pid << 32;

	for (size_t i = 0; i < N; i++) {
		uint64_t seen = __atomic_load_n(&page->workers[i], __ATOMIC_RELAXED);
		pid_t pid = (pid_t)(seen >> 32);
		if (seen && (pid <= 0 || pid == ngx_pid || (kill(pid, 0) < 0 && errno == ESRCH)))
			take_off(page, &page->workers[i], seen, 0);
	}
	for (size_t i = 0; i < N && !m->clients; i++) {
		uint64_t none = 0;
		if (__atomic_compare_exchange_n(&page->workers[i], &none, own, false, __ATOMIC_RELAXED, __ATOMIC_RELAXED))
			m->clients = &page->workers[i];
	}
}

static void client_gone(void *data)
{
	struct mk_main_conf *m = data;

	if (!m->clients)
		return;
	(void)__atomic_sub_fetch(m->clients, 1, __ATOMIC_RELAXED);
	(void)__atomic_sub_fetch(&m->page->connections, 1, __ATOMIC_RELAXED);
}

void mk_clients_add(ngx_http_request_t *r, struct mk_main_conf *m)
{
	ngx_pool_t *pool = r->connection->pool;
	ngx_pool_cleanup_t *c;

	if (!m->clients || (r->connection->requests > 1 && !r->stream))
		return;
	for (c = pool->cleanup; c; c = c->next)
		if (c->handler == client_gone)
			return;
	c = ngx_pool_cleanup_add(pool, 0);
	if (!c)
		return;
	c->handler = client_gone;
	c->data = m;
	(void)__atomic_add_fetch(m->clients, 1, __ATOMIC_RELAXED);
	(void)__atomic_add_fetch(&m->page->connections, 1, __ATOMIC_RELAXED);
}

void mk_clients_end(struct mk_main_conf *m)
{
	if (m->clients)
		take_off(m->page, m->clients, __atomic_load_n(m->clients, __ATOMIC_RELAXED), 0);
	m->clients = NULL;
}
