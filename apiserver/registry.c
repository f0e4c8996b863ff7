/*
 * Custom resources: the registry follows the CustomResourceDefinitions in the store. The write that makes one puts it
 * into the registry before it is answered; the watch brings those of other servers.
 */
#include "api/object.h"
#include "apiserver/internal.h"
#include "base/log.h"

static void swap(struct apiserver *a, struct api_registry *next)
{
	struct api_registry *old = a->registry;

	a->registry = next;
	disco_drop(a);
	(void)api_registry_unref(old);
}

int registry_crd_put(struct apiserver *a, const json_t *crd, struct err *e)
{
	struct api_registry *next = NULL;
	int r = 0;

	if (!obj_condition_true(crd, "Established"))
		return 0;
	pthread_mutex_lock(&a->reg_lock);
	r = api_registry_with_crd(&next, a->registry, crd, e);
	if (!r)
		swap(a, next);
	pthread_mutex_unlock(&a->reg_lock);
	return r;
}

int registry_crd_delete(struct apiserver *a, const char *name, struct err *e)
{
	struct api_registry *next = NULL;
	int r;

	pthread_mutex_lock(&a->reg_lock);
	r = api_registry_without_crd(&next, a->registry, name, e);
	if (!r)
		swap(a, next);
	else if (r == ERR_NOT_FOUND)
		r = 0;
	pthread_mutex_unlock(&a->reg_lock);
	return r;
}

static void put_bytes(struct apiserver *a, const struct bytes *b)
{
	AUTO_JSON json_t *crd = NULL;
	struct err e = {0};

	if (json_parse_bytes(b, &crd, &e) || registry_crd_put(a, crd, &e))
		log_warning(APISERVER_LOG, obj_name(crd), "custom resource definition is not served: %s", e.msg);
	else
		crd_cleanup(a, crd);
}

static void on_crd(void *arg, int code, const struct store_event *ev, size_t n, int64_t rev)
{
	struct apiserver *a = arg;

	(void)rev;
	if (code)
		return;
	for (size_t i = 0; i < n; i++) {
		struct err e = {0};

		if (ev[i].kind != STORE_DELETED)
			put_bytes(a, ev[i].item.value);
		else if (registry_crd_delete(a, strrchr(ev[i].item.key, '/') + 1, &e))
			log_warning(APISERVER_LOG, ev[i].item.key, "removing a custom resource: %s", e.msg);
	}
}

struct load {
	struct apiserver *a;
	pthread_mutex_t lock;
	pthread_cond_t cond;
	bool done;
	int code;
	int64_t rev;
};

static void on_list(void *arg, struct store_range_result *res)
{
	struct load *l = arg;

	for (size_t i = 0; i < res->n; i++)
		put_bytes(l->a, res->items[i].value);
	pthread_mutex_lock(&l->lock);
	l->code = res->code;
	l->rev = res->rev;
	l->done = true;
	pthread_cond_signal(&l->cond);
	pthread_mutex_unlock(&l->lock);
}

int registry_start(struct apiserver *a, struct err *e)
{
	struct load l = {.a = a, .lock = PTHREAD_MUTEX_INITIALIZER, .cond = PTHREAD_COND_INITIALIZER};
	const struct api_resource *res = api_resource_find(a->registry, "apiextensions.k8s.io", "v1", "customresourcedefinitions");
	AUTO_FREE char *prefix = NULL;
	struct store_range q;

	if (!res)
		return err_set(e, ERR_INTERNAL, "the tables lack CustomResourceDefinition");
	prefix = str_dup(res->storage_prefix);
	if (!prefix)
		return err_nomem(e);
	q = (struct store_range){.prefix = prefix};
	store_range(a->store, &q, on_list, &l);
	pthread_mutex_lock(&l.lock);
	while (!l.done)
		pthread_cond_wait(&l.cond, &l.lock);
	pthread_mutex_unlock(&l.lock);
	if (l.code)
		return err_set(e, l.code, "reading custom resource definitions: %s", err_name(l.code));
	return store_watch_new(&a->crd_watch, a->store, prefix, l.rev, on_crd, a, e);
}

void registry_stop(struct apiserver *a) { a->crd_watch = store_watch_free(a->crd_watch); }
