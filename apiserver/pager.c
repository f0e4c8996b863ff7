/* See pager.h. */
#include "apiserver/pager.h"

struct pager {
	struct req *r;
	struct store_range q;
	char *prefix, *after;
	const struct pager_ops *ops;
	void *arg;
	struct fair_job job; /* a turn is a page, until it has been read */
	pthread_mutex_t lock;
	bool busy; /* a page is being read */
	bool want; /* the queue ran empty meanwhile */
	bool gone, ended;
};

int pager_new(struct pager **ret, struct req *r, const struct store_range *q, size_t page, const struct pager_ops *ops,
	      void *arg, struct err *e)
{
	struct pager *p = calloc(1, sizeof(*p));

	if (!p || !(p->prefix = str_dup(q->prefix)) || (q->start_after && !(p->after = str_dup(q->start_after)))) {
		free(p ? p->prefix : NULL);
		free(p);
		return err_nomem(e);
	}
	p->r = r;
	p->q = *q;
	p->q.prefix = p->prefix;
	p->q.start_after = p->after;
	p->q.limit = page;
	p->ops = ops;
	p->arg = arg;
	pthread_mutex_init(&p->lock, NULL);
	*ret = p;
	return 0;
}

struct pager *pager_free(struct pager *p)
{
	if (!p)
		return NULL;
	pthread_mutex_destroy(&p->lock);
	free(p->prefix);
	free(p->after);
	free(p);
	return NULL;
}

/* Lock held and given back: p may be gone afterwards. */
static void finish(struct pager *p, int code, const struct err *e, int64_t rev)
{
	bool mine = !p->ended;

	p->ended = true;
	p->busy = false;
	if (mine && !p->gone)
		http_stream_on_drain(p->r->x, NULL, NULL);
	if (mine)
		p->ops->end(p->arg, code, e, rev);
	pthread_mutex_unlock(&p->lock);
	if (mine)
		p->ops->release(p->arg);
}

static void page_read(struct fair_job *j);

/* Lock held. */
static void page_next(struct pager *p)
{
	p->busy = true;
	p->want = false;
	p->job = (struct fair_job){.run = page_read, .hold = true};
	fair_submit(p->r->a->fair, p->r->id.user, &p->job);
}

static void page_done(void *arg, struct store_range_result *res)
{
	struct pager *p = arg;
	struct fair *fair = p->r->a->fair;
	int code = res->code;

	fair_release(fair, p->job.user);
	pthread_mutex_lock(&p->lock);
	if (p->gone)
		code = ERR_CANCELED;
	if (!code && res->more) {
		free(p->after);
		p->after = str_dup(res->items[res->n - 1].key);
		p->q.start_after = p->after;
		code = p->after ? 0 : -ENOMEM;
	}
	p->q.rev = res->rev;
	if (!code)
		code = p->ops->emit(p->arg, res->items, res->n, res->rev);
	if (code || !res->more) {
		finish(p, code, &res->err, res->rev);
		return;
	}
	p->busy = false;
	if (p->want)
		page_next(p);
	pthread_mutex_unlock(&p->lock);
}

static void page_read(struct fair_job *j)
{
	struct pager *p = container_of(j, struct pager, job);

	store_range(p->r->a->store, &p->q, page_done, p);
}

static void on_drain(void *arg)
{
	struct pager *p = arg;

	pthread_mutex_lock(&p->lock);
	if (p->busy)
		p->want = true;
	else if (!p->ended && !p->gone)
		page_next(p);
	pthread_mutex_unlock(&p->lock);
}

void pager_start(struct pager *p)
{
	int rc = 0;

	pthread_mutex_lock(&p->lock);
	if (!p->gone) {
		p->busy = true;
		http_stream_on_drain(p->r->x, on_drain, p);
		rc = p->ops->begin(p->arg);
		if (!rc)
			page_next(p);
	}
	if (rc)
		finish(p, rc, NULL, 0);
	else
		pthread_mutex_unlock(&p->lock);
}

void pager_gone(struct pager *p)
{
	pthread_mutex_lock(&p->lock);
	p->gone = true;
	if (p->busy)
		pthread_mutex_unlock(&p->lock); /* who is busy ends it */
	else
		finish(p, ERR_CANCELED, NULL, 0);
}
