/*
 * The finalizer customresourcecleanup.apiextensions.k8s.io: a definition that is deleted goes only after its objects. They are deleted
 * as a collection; those with finalizers of their own are waited for by a watch of their keys.
 */
#include "api/object.h"
#include "apiserver/internal.h"
#include "base/log.h"

#define MAX_TRIES 20

struct cleanup {
	struct apiserver *a;
	struct list link; /* a->cleanups, under reg_lock */
	char *name, *path, *prefix;
	struct store_watch *watch;
	_Atomic int refs;
	_Atomic bool ended;
	unsigned tries;
};

static const struct identity *self(void)
{
	static char *groups[] = {(char *)(uintptr_t) "system:masters", NULL};
	static const struct identity id = {.user = (char *)(uintptr_t) "system:apiserver", .groups = groups};

	return &id;
}

static void cleanup_unref(struct cleanup *c)
{
	if (atomic_fetch_sub(&c->refs, 1) != 1)
		return;
	pthread_mutex_lock(&c->a->reg_lock);
	list_del(&c->link);
	pthread_mutex_unlock(&c->a->reg_lock);
	(void)store_watch_free(c->watch);
	free(c->name);
	free(c->path);
	free(c->prefix);
	free(c);
}

struct step {
	struct pool_job job;
	struct cleanup *c;
	void (*fn)(struct cleanup *c);
};

static void step_run(struct pool_job *j)
{
	struct step *s = container_of(j, struct step, job);

	s->fn(s->c);
}

static void step_done(struct pool_job *j) { free(container_of(j, struct step, job)); }

/* On a worker: neither on the store's threads nor inside another call. */
static void later(struct cleanup *c, void (*fn)(struct cleanup *c))
{
	struct step *s = calloc(1, sizeof(*s));

	if (!s) {
		cleanup_unref(c);
		return;
	}
	*s = (struct step){.job = {.run = step_run, .done = step_done}, .c = c, .fn = fn};
	pool_submit(c->a->pool, &s->job);
}

static void release(struct cleanup *c);

static void released(void *arg, int status, struct bytes *body)
{
	struct cleanup *c = arg;

	(void)body;
	if (status == 409 && ++c->tries < MAX_TRIES && !atomic_load(&c->a->stopping)) {
		later(c, release);
		return;
	}
	if (status >= 400 && status != 404)
		log_warning(APISERVER_LOG, c->name, "the finalizer of custom resource definition %s cannot be removed: status %d", c->name, status);
	cleanup_unref(c);
}

static void release_read(void *arg, int status, struct bytes *body)
{
	struct cleanup *c = arg;
	AUTO_JSON json_t *crd = NULL;
	AUTO_BYTES struct bytes *b = NULL;
	AUTO_FREE char *path = str_fmt("/apis/apiextensions.k8s.io/v1/customresourcedefinitions/%s", c->name);

	if (status == 200 && path && body && !json_parse_bytes(body, &crd, NULL) &&
	    obj_remove_finalizer(crd, "customresourcecleanup.apiextensions.k8s.io") >= 0 && (b = json_encode(crd)) &&
	    !inner_call(c->a, self(), "PUT", path, NULL, NULL, b, released, c))
		return;
	cleanup_unref(c);
}

static void release(struct cleanup *c)
{
	AUTO_FREE char *path = str_fmt("/apis/apiextensions.k8s.io/v1/customresourcedefinitions/%s", c->name);

	if (!path || inner_call(c->a, self(), "GET", path, NULL, NULL, NULL, release_read, c))
		cleanup_unref(c);
}

/* The watch's own reference goes with the end; whoever sees the last object go ends it once. */
static void maybe_end(struct cleanup *c)
{
	if (store_count(c->a->store, c->prefix) || atomic_exchange(&c->ended, true))
		return;
	later(c, release);
}

static void on_object(void *arg, int code, const struct store_event *ev, size_t n, int64_t rev)
{
	struct cleanup *c = arg;

	(void)ev;
	(void)rev;
	if (!code && n)
		maybe_end(c);
}

static void deleted(void *arg, int status, struct bytes *body)
{
	struct cleanup *c = arg;

	(void)body;
	if (status >= 400)
		log_warning(APISERVER_LOG, c->name, "deleting the objects of custom resource definition %s: status %d", c->name, status);
	maybe_end(c);
	cleanup_unref(c);
}

static void begin(struct cleanup *c)
{
	struct err e = {0};

	atomic_fetch_add(&c->refs, 1);
	if (store_watch_new(&c->watch, c->a->store, c->prefix, store_revision(c->a->store), on_object, c, &e) ||
	    inner_call(c->a, self(), "DELETE", c->path, NULL, NULL, NULL, deleted, c)) {
		log_warning(APISERVER_LOG, c->name, "deleting the objects of custom resource definition %s: %s", c->name, e.msg);
		if (!atomic_exchange(&c->ended, true))
			cleanup_unref(c);
		cleanup_unref(c);
	}
}

void crd_cleanup(struct apiserver *a, const json_t *crd)
{
	struct api_registry *reg;
	const struct api_resource *res = NULL;
	const char *group = json_str_or(crd, "spec.group", ""), *plural = json_str_or(crd, "spec.names.plural", "");
	struct cleanup *c;
	bool known = false;

	if (!obj_deleting(crd) || !obj_has_finalizer(crd, "customresourcecleanup.apiextensions.k8s.io") || atomic_load(&a->stopping))
		return;
	c = calloc(1, sizeof(*c));
	if (!c)
		return;
	reg = apiserver_registry(a);
	for (size_t i = 0; i < api_resource_count(reg) && !res; i++) {
		const struct api_resource *o = api_resource_at(reg, i);

		if (o->crd && streq(o->group, group) && streq(o->plural, plural))
			res = o;
	}
	c->a = a;
	c->name = str_dup(obj_name(crd));
	/* Never established: it has no objects either. */
	c->path = res ? str_fmt("/apis/%s/%s/%s", group, res->version, plural) : str_dup("");
	c->prefix = res ? str_dup(res->storage_prefix) : str_dup("");
	list_init(&c->link);
	atomic_init(&c->refs, 1);
	pthread_mutex_lock(&a->reg_lock);
	LIST_FOREACH(o, &a->cleanups, struct cleanup, link)
		known |= streq(o->name, c->name);
	if (!known)
		list_add_tail(&a->cleanups, &c->link);
	pthread_mutex_unlock(&a->reg_lock);
	(void)api_registry_unref(reg);
	if (known || !c->name || !c->path || !c->prefix)
		cleanup_unref(c);
	else
		later(c, *c->prefix ? begin : release);
}

/* Those that wait for somebody else's finalizers: the next start takes them up again. */
void crd_cleanup_stop(struct apiserver *a)
{
	for (;;) {
		struct cleanup *c = NULL;

		pthread_mutex_lock(&a->reg_lock);
		LIST_FOREACH(o, &a->cleanups, struct cleanup, link) {
			if (!atomic_exchange(&o->ended, true)) {
				c = o;
				break;
			}
		}
		pthread_mutex_unlock(&a->reg_lock);
		if (!c)
			return;
		cleanup_unref(c);
	}
}
