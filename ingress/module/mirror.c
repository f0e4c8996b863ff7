/*
 * Copies of requests (Gateway's RequestMirror): the bytes that the backend gets go to another one, too, whose answer is
 * thrown away. A copy has a connection and memory of its own, so that the client's request neither waits for it nor
 * ends it; a subrequest would hold the client's connection until its end. A copy that fails is not tried again.
 */
#include "ingress/module/policy.h"

#define MAX_COPIES   256 /* of one worker, */
#define MAX_OF_OWNER 64  /* and of one route */
#define IDLE_MS      10000
#define WHOLE_MS     60000
#define MAX_ANSWER   (1 << 20) /* bytes that are read */
#define SAID_S       60

struct copy {
	ngx_queue_t queue;
	struct mk_mirrors *all;
	uint64_t owner;
	ngx_pool_t *pool;
	ngx_peer_connection_t peer;
	struct sockaddr_storage addr;
	ngx_str_t name, route; /* of whom it goes to, of whose it is */
	ngx_chain_t *out;      /* what is still to be sent */
	size_t got;
};
struct mk_mirrors {
	ngx_queue_t copies;
	unsigned n;
	time_t said, said_failed;
	ngx_uint_t failed; /* since then */
};

static void copy_end(struct copy *y)
{
	ngx_queue_remove(&y->queue);
	y->all->n--;
	if (y->peer.connection)
		ngx_close_connection(y->peer.connection);
	ngx_destroy_pool(y->pool);
}

static bool time_to_say(time_t *last)
{
	if (*last && *last <= ngx_time() && ngx_time() - *last < SAID_S)
		return false;
	*last = ngx_time();
	return true;
}

/* A mirror that is down fails as often as there are requests. */
static void copy_fail(struct copy *y)
{
	y->all->failed++;
	if (time_to_say(&y->all->said_failed)) {
		ngx_log_error(
		    NGX_LOG_WARN, ngx_cycle->log, 0,
		    "minik: mirror %V of %V does not take requests; with this one %ui failed since the last such line",
		    &y->name, &y->route, y->all->failed);
		y->all->failed = 0;
	}
	copy_end(y);
}

static void on_nothing(ngx_event_t *ev) {}

static void on_write(ngx_event_t *ev)
{
	ngx_connection_t *c = ev->data;
	struct copy *y = c->data;

	if (ev->timedout) {
		copy_fail(y);
		return;
	}
	y->out = c->send_chain(c, y->out, 0);
	if (y->out == NGX_CHAIN_ERROR || ngx_handle_write_event(ev, 0) != NGX_OK) {
		copy_fail(y);
		return;
	}
	if (y->out) {
		ngx_add_timer(ev, IDLE_MS);
		return;
	}
	ev->handler = on_nothing;
	if (ev->timer_set)
		ngx_del_timer(ev);
}

/* Its timer is that of the whole copy. */
static void on_read(ngx_event_t *ev)
{
	ngx_connection_t *c = ev->data;
	struct copy *y = c->data;
	u_char nowhere[4096];
	ssize_t n = NGX_AGAIN;

	while (!ev->timedout && y->got < MAX_ANSWER && (n = c->recv(c, nowhere, sizeof(nowhere))) > 0)
		y->got += (size_t)n;
	if (!y->got && (ev->timedout || (n != NGX_AGAIN && n <= 0)))
		copy_fail(y);
	else if (ev->timedout || n != NGX_AGAIN || ngx_handle_read_event(ev, 0) != NGX_OK)
		copy_end(y);
}

/* --- bytes --- */

static ngx_buf_t *append(struct copy *y, ngx_chain_t ***end)
{
	ngx_chain_t *l = ngx_alloc_chain_link(y->pool);
	ngx_buf_t *b = l ? ngx_calloc_buf(y->pool) : NULL;

	if (!b)
		return NULL;
	l->buf = b;
	l->next = NULL;
	**end = l;
	*end = &l->next;
	return b;
}

static bool add_text(struct copy *y, ngx_chain_t ***end, const void *s, size_t n)
{
	ngx_buf_t *b = n ? append(y, end) : NULL;

	if (!n)
		return true;
	b = b && (b->start = ngx_pnalloc(y->pool, n)) ? b : NULL;
	if (!b)
		return false;
	b->pos = b->start;
	b->last = b->end = ngx_cpymem(b->start, s, n);
	b->temporary = 1;
	return true;
}

/* The file is the request's: a descriptor of our own keeps it. */
static bool add_file(struct copy *y, ngx_chain_t ***end, const ngx_buf_t *from)
{
	ngx_pool_cleanup_t *cleanup = ngx_pool_cleanup_add(y->pool, sizeof(ngx_pool_cleanup_file_t));
	ngx_pool_cleanup_file_t *file;
	ngx_buf_t *b = cleanup ? append(y, end) : NULL;

	if (!b || !(b->file = ngx_pcalloc(y->pool, sizeof(*b->file))))
		return false;
	b->file->fd = fcntl(from->file->fd, F_DUPFD_CLOEXEC, 0);
	if (b->file->fd < 0)
		return false;
	file = cleanup->data;
	file->fd = b->file->fd;
	file->name = (u_char *)"";
	file->log = y->pool->log;
	cleanup->handler = ngx_pool_cleanup_file;
	b->file->log = y->pool->log;
	b->file_last = from->file_last;
	b->in_file = 1;
	return true;
}

/* The request as nginx made it, from its beginning, whatever of it has been sent; the answer's end is the connection's.
 */
static bool copy_bytes(struct copy *y, const ngx_chain_t *from)
{
	static const char line[] = "Connection: close\r\n";
	ngx_chain_t **end = &y->out;
	ngx_buf_t *head = from->buf;
	u_char *first = ngx_strlchr(head->start, head->last, '\n');

	if (!first)
		return false;
	first++;
	if (!add_text(y, &end, head->start, (size_t)(first - head->start)) ||
	    !add_text(y, &end, line, sizeof(line) - 1) || !add_text(y, &end, first, (size_t)(head->last - first)))
		return false;
	for (from = from->next; from; from = from->next) {
		const ngx_buf_t *b = from->buf;
		if (b->in_file ? !add_file(y, &end, b)
			       : b->start && !add_text(y, &end, b->start, (size_t)(b->last - b->start)))
			return false;
	}
	return true;
}

/* --- */

static struct mk_mirrors *mirrors_get(struct mk_main_conf *m)
{
	if (!m->mirrors && (m->mirrors = ngx_calloc(sizeof(*m->mirrors), ngx_cycle->log))) {
		ngx_queue_init(&m->mirrors->copies); /* two statements */
	}
	return m->mirrors;
}

static bool too_many(struct mk_mirrors *w, const struct mk_policy *p, ngx_log_t *log)
{
	unsigned own = 0;

	for (ngx_queue_t *q = ngx_queue_head(&w->copies); q != ngx_queue_sentinel(&w->copies); q = ngx_queue_next(q)) {
		const struct copy *y = ngx_queue_data(q, struct copy, queue);
		own += y->owner == p->limits_key;
	}
	if (w->n < MAX_COPIES && own < MAX_OF_OWNER)
		return false;
	if (time_to_say(&w->said)) {
		ngx_log_error(
		    NGX_LOG_WARN, log, 0,
		    "minik: the mirror of %V is too slow: %ui of its requests are under way, no more are copied",
		    &p->owner, (ngx_uint_t)own);
	}
	return true;
}

static void connect_to(struct copy *y)
{
	ngx_int_t rc;
	ngx_connection_t *c;

	y->peer.sockaddr = (struct sockaddr *)&y->addr;
	y->peer.name = &y->name;
	y->peer.get = ngx_event_get_peer;
	y->peer.log = ngx_cycle->log;
	y->peer.log_error = NGX_ERROR_INFO; /* copy_fail says it */
	rc = ngx_event_connect_peer(&y->peer);
	c = y->peer.connection;
	if (rc == NGX_ERROR || rc == NGX_BUSY || rc == NGX_DECLINED || !c) {
		copy_fail(y);
		return;
	}
	c->data = y;
	c->pool = y->pool;
	c->sendfile = 1;
	c->read->handler = on_read;
	c->write->handler = on_write;
	ngx_add_timer(c->read, WHOLE_MS);
	ngx_add_timer(c->write, IDLE_MS);
	if (rc == NGX_OK) {
		ngx_post_event(c->write, &ngx_posted_events);
	}
}

static void copy_send(ngx_http_request_t *r, struct mk_mirrors *w, const struct mk_policy *p, const struct mk_addr *to)
{
	ngx_pool_t *pool = ngx_create_pool(1024, ngx_cycle->log);
	struct copy *y = pool ? ngx_pcalloc(pool, sizeof(*y)) : NULL;

	if (!pool)
		return;
	if (!y) {
		ngx_destroy_pool(pool);
		return;
	}
	y->pool = pool;
	y->all = w;
	y->owner = p->limits_key;
	ngx_queue_insert_tail(&w->copies, &y->queue);
	w->n++;
	/* the table, whose the address is, may go first */
	ngx_memcpy(&y->addr, &to->addr, to->len);
	y->peer.socklen = to->len;
	y->name.data = ngx_pnalloc(pool, to->name.len + p->owner.len);
	if (!y->name.data || !copy_bytes(y, r->upstream->request_bufs)) {
		ngx_log_error(NGX_LOG_ERR, r->connection->log, 0, "minik: a request of %V cannot be copied", &p->owner);
		copy_end(y);
		return;
	}
	y->name.len = to->name.len;
	y->route.len = p->owner.len;
	y->route.data = ngx_cpymem(y->name.data, to->name.data, to->name.len);
	ngx_memcpy(y->route.data, p->owner.data, p->owner.len);
	connect_to(y);
}

/* What becomes another protocol cannot be copied, and gRPC's bytes are not here. */
static bool can_copy(ngx_http_request_t *r)
{
	const ngx_http_upstream_t *u = r->upstream;

	return u && u->request_bufs && u->request_bufs->buf->start && !r->headers_in.upgrade &&
	       !r->request_body_no_buffering && u->schema.len && ngx_strncmp(u->schema.data, "http", 4) == 0;
}

void mk_mirror(ngx_http_request_t *r, struct mk_ctx *x)
{
	struct mk_main_conf *m = ngx_http_get_module_main_conf(r, ngx_http_minik_module);
	const struct mk_mirror *to = x->policy->mirrors.elts;
	struct mk_mirrors *w;
	struct mk_table *t;

	if (!x->policy->mirrors.nelts || x->mirrored || !can_copy(r))
		return;
	x->mirrored = 1;
	w = mirrors_get(m);
	t = w ? mk_table_get(m, r->connection->log) : NULL;
	if (!t)
		return;
	for (ngx_uint_t i = 0; i < x->policy->mirrors.nelts; i++) {
		const struct mk_addr *a;
		if (to[i].share < MK_SHARE_ALL && (uint32_t)ngx_random() % MK_SHARE_ALL >= to[i].share)
			continue;
		if (too_many(w, x->policy, r->connection->log))
			break;
		a = mk_balance_once(m, t, to[i].key);
		if (a)
			copy_send(r, w, x->policy, a);
	}
	mk_table_put(t);
}
