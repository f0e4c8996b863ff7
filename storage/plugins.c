#include <errno.h>
#include <pthread.h>
#include <sys/eventfd.h>
#include <unistd.h>
#include "storage/builtin.h"
#include "storage/csi.h"
#include "storage/exec.h"
#include "storage/plugin.h"
#include "base/log.h"
#include "base/map.h"
#include "base/str.h"

#define WATCHERS_MAX 16

struct plugins {
	struct plugins_config c; /* strings owned */
	char *data_dir, *kubelet_dir, *node_name;
	struct loop *loop;
	struct loop_thread *thread;
	struct provisioners *provisioners;
	int stop_fd; /* can be read from plugins_stop on: programs that run are ended by it */
	struct csi_register *drivers;
	pthread_mutex_t lock; /* guards what follows */
	struct plugin **v;    /* of one name the last one counts */
	size_t n;
	struct map *refused; /* by name: why */
	struct {
		void (*fn)(void *arg, const char *provisioner);
		void *arg;
	} watchers[WATCHERS_MAX];
};

int plugins_new(struct plugins **ret, const struct plugins_config *c, struct err *e)
{
	struct plugins *p = calloc(1, sizeof(*p));

	if (!p)
		return err_nomem(e);
	pthread_mutex_init(&p->lock, NULL);
	p->stop_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	p->data_dir = str_dup(c->data_dir);
	p->kubelet_dir = str_dup(c->kubelet_dir);
	p->node_name = str_dup(c->node_name);
	p->c = (struct plugins_config){.data_dir = p->data_dir, .kubelet_dir = p->kubelet_dir, .node_name = p->node_name, .local_path = c->local_path};
	int r = p->stop_fd < 0 ? err_errno(e, errno, "cannot make an eventfd") : loop_new(&p->loop, e);
	p->refused = map_new(free);
	if (r < 0 || !p->refused || !p->data_dir || !p->kubelet_dir || (c->node_name && !p->node_name)) {
		plugins_free(p);
		return r < 0 ? r : err_nomem(e);
	}
	*ret = p;
	return 0;
}

int plugins_start(struct plugins *p, struct err *e)
{
	for (const struct builtin *b = builtins; b->name; b++) {
		struct plugin *plugin = NULL;
		int k = b->new(&plugin, p, e);
		if (k < 0)
			return err_wrap(e, "%s", b->name);
		if (plugin && (k = plugins_add(p, plugin, e)) < 0)
			return k;
	}
	int r = csi_register_new(&p->drivers, p, e);
	if (r == 0)
		r = provisioners_new(&p->provisioners, p, p->stop_fd, e);
	return r < 0 ? r : loop_thread_start(&p->thread, p->loop, "plugins", e);
}

void plugins_stop(struct plugins *p)
{
	const uint64_t one = 1;

	/* It fails only when it has been said very often already. */
	if (write(p->stop_fd, &one, sizeof(one)) < 0 && errno != EAGAIN)
		log_error("storage", "plug-ins", "cannot be stopped: %s", strerror(errno));
	csi_register_stop(p->drivers);
}

struct plugins *plugins_free(struct plugins *p)
{
	if (!p)
		return NULL;
	if (p->stop_fd >= 0)
		plugins_stop(p);
	if (p->thread) {
		loop_quit(p->loop);
		p->thread = loop_thread_join(p->thread);
	}
	p->provisioners = provisioners_free(p->provisioners);
	p->drivers = csi_register_free(p->drivers);
	for (size_t i = 0; i < p->n; i++)
		plugin_unref(p->v[i]);
	free(p->v);
	map_free(p->refused);
	loop_free(p->loop);
	if (p->stop_fd >= 0)
		close(p->stop_fd);
	pthread_mutex_destroy(&p->lock);
	free(p->data_dir);
	free(p->kubelet_dir);
	free(p->node_name);
	free(p);
	return NULL;
}

struct loop *plugins_loop(struct plugins *p) { return p->loop; }
const struct plugins_config *plugins_conf(const struct plugins *p) { return &p->c; }
int plugins_stop_fd(const struct plugins *p) { return p->stop_fd; }

static struct plugin *find(struct plugins *p, const char *name, bool driver)
{
	struct plugin *found = NULL;

	pthread_mutex_lock(&p->lock);
	for (size_t i = p->n; name && i-- > 0 && !found;)
		if (streq(driver ? p->v[i]->driver : p->v[i]->name, name))
			found = plugin_ref(p->v[i]);
	pthread_mutex_unlock(&p->lock);
	return found;
}

struct plugin *plugins_get(struct plugins *p, const char *provisioner) { return find(p, provisioner, false); }
struct plugin *plugins_get_driver(struct plugins *p, const char *driver) { return find(p, driver, true); }

int plugins_list(struct plugins *p, struct plugin ***ret, size_t *ret_n)
{
	pthread_mutex_lock(&p->lock);
	struct plugin **v = calloc(p->n + 1, sizeof(struct plugin *));
	for (size_t i = 0; v && i < p->n; i++)
		v[i] = plugin_ref(p->v[i]);
	if (v)
		*ret_n = p->n;
	pthread_mutex_unlock(&p->lock);
	if (!v)
		return -ENOMEM;
	*ret = v;
	return 0;
}

int plugins_watch(struct plugins *p, void (*fn)(void *arg, const char *provisioner), void *arg)
{
	int r = -ENOSPC;

	pthread_mutex_lock(&p->lock);
	for (size_t i = 0; r < 0 && i < WATCHERS_MAX; i++)
		if (!p->watchers[i].fn) {
			p->watchers[i].fn = fn;
			p->watchers[i].arg = arg;
			r = 0;
		}
	pthread_mutex_unlock(&p->lock);
	return r;
}

void plugins_unwatch(struct plugins *p, void *arg)
{
	pthread_mutex_lock(&p->lock);
	for (size_t i = 0; i < WATCHERS_MAX; i++)
		if (p->watchers[i].arg == arg)
			p->watchers[i].fn = NULL;
	pthread_mutex_unlock(&p->lock);
}

/* With the lock held, so that who unwatches is not called afterwards. */
static void tell(struct plugins *p, const char *name)
{
	for (size_t i = 0; i < WATCHERS_MAX; i++)
		if (p->watchers[i].fn)
			p->watchers[i].fn(p->watchers[i].arg, name);
}

void plugins_changed(struct plugins *p, const char *name)
{
	pthread_mutex_lock(&p->lock);
	tell(p, name);
	pthread_mutex_unlock(&p->lock);
}

int plugins_add(struct plugins *p, struct plugin *plugin, struct err *e)
{
	pthread_mutex_lock(&p->lock);
	struct plugin **v = reallocarray(p->v, p->n + 1, sizeof(struct plugin *));
	if (v) {
		p->v = v;
		v[p->n++] = plugin;
		tell(p, plugin->name);
	}
	pthread_mutex_unlock(&p->lock);
	if (!v)
		plugin_unref(plugin);
	return v ? 0 : err_nomem(e);
}

void plugins_remove(struct plugins *p, struct plugin *plugin)
{
	struct plugin *gone = NULL;

	pthread_mutex_lock(&p->lock);
	for (size_t i = 0; i < p->n && !gone; i++)
		if (p->v[i] == plugin) {
			gone = plugin;
			for (size_t k = i + 1; k < p->n; k++)
				p->v[k - 1] = p->v[k];
			p->n--;
		}
	if (gone)
		tell(p, gone->name);
	pthread_mutex_unlock(&p->lock);
	plugin_unref(gone);
}

void plugins_refuse(struct plugins *p, const char *name, const char *why)
{
	char *copy = why ? str_dup(why) : NULL;

	pthread_mutex_lock(&p->lock);
	const char *old = map_get(p->refused, name);
	bool other = !streq(old, why);
	if (!why)
		(void)map_del(p->refused, name);
	else if (!copy || map_put(p->refused, name, copy) < 0)
		free(copy);
	if (other)
		tell(p, name);
	pthread_mutex_unlock(&p->lock);
}

char *plugins_refused(struct plugins *p, const char *provisioner)
{
	char *copy = NULL;

	pthread_mutex_lock(&p->lock);
	const char *why = provisioner ? map_get(p->refused, provisioner) : NULL;
	if (why)
		copy = str_dup(why);
	pthread_mutex_unlock(&p->lock);
	return copy;
}
