/* LIST of everything, however much: the stored bytes leave page by page (pager.h), all of one revision. */
#include "apiserver/list.h"
#include "base/log.h"

#define QUEUE_MAX SIZE_MAX /* the pager bounds it */

static void list_unref(void *arg)
{
	struct list_call *l = arg;
	struct req *r = l->r;

	if (atomic_fetch_sub(&l->refs, 1) != 1)
		return;
	l->pager = pager_free(l->pager);
	l->comma = bytes_unref(l->comma);
	(void)list_free(l);
	req_free(r);
}

static void list_gone(void *arg)
{
	struct list_call *l = arg;

	pager_gone(l->pager);
	list_unref(l);
}

static int list_emit(void *arg, struct store_item *items, size_t n, int64_t rev)
{
	struct list_call *l = arg;
	int rc = 0;

	(void)rev;
	for (size_t i = 0; i < n && !rc; i++) {
		rc = http_stream_write(l->r->x, l->comma);
		if (!rc)
			rc = http_stream_write(l->r->x, items[i].value);
	}
	return rc;
}

static void list_end(void *arg, int code, const struct err *e, int64_t rev)
{
	struct list_call *l = arg;
	AUTO_BYTES struct bytes *end = NULL;

	(void)rev;
	if (code == ERR_CANCELED)
		return;
	end = code ? NULL : bytes_new("]}", 2);
	if (end && !http_stream_write(l->r->x, end)) {
		http_stream_end(l->r->x);
		return;
	}
	if (code && code != -EPIPE)
		log_error(APISERVER_LOG, l->r->path, "a list is cut off: %s", e && e->msg[0] ? e->msg : err_name(code));
	http_stream_abort(l->r->x);
}

/* The first page is there already. */
static int list_begin(void *arg)
{
	struct list_call *l = arg;
	struct req *r = l->r;
	AUTO_BUF struct buf b = {0};
	AUTO_BYTES struct bytes *head = NULL;
	int rc;

	list_header(&b, r, l);
	buf_add(&b, l->items[0].value->data, l->items[0].value->len);
	head = buf_take_bytes(&b);
	rc = head ? http_sink_stream_begin(r, QUEUE_MAX) : -ENOMEM;
	if (!rc)
		rc = http_stream_write(r->x, head);
	if (!rc)
		rc = list_emit(l, l->items + 1, l->n - 1, l->at);
	for (size_t i = 0; i < l->n; i++)
		l->items[i].value = bytes_unref(l->items[i].value);
	return rc;
}

static const struct pager_ops ops = {.begin = list_begin, .emit = list_emit, .end = list_end, .release = list_unref};

void list_stream(struct list_call *l, const char *last)
{
	struct req *r = l->r;
	struct err e = {0};
	struct store_range q = {
	    .prefix = l->prefix,
	    .start_after = last,
	    .rev = l->at,
	    .filter = l->filtered ? range_filter_fn : NULL,
	    .filter_arg = &l->filter,
	};

	l->comma = bytes_new(",", 1);
	if (!l->comma || pager_new(&l->pager, r, &q, PAGER_PAGE, &ops, l, &e)) {
		l->comma = bytes_unref(l->comma);
		(void)list_free(l);
		req_fail(r, 500, "InternalError", "out of memory");
		return;
	}
	atomic_fetch_add_explicit(&r->a->m.requests[2], 1, memory_order_relaxed);
	atomic_init(&l->refs, 3); /* the client's side, the pager, and this function */
	http_on_close(r->x, list_gone, l);
	pager_start(l->pager);
	list_unref(l);
}
