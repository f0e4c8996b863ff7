/*
 * How CSI drivers are found on a node: by their registration (sockets in KUBELET_DIR/plugins_registry, where a
 * registrar, or the driver itself, tells its name and the driver's socket), or without one by a socket
 * KUBELET_DIR/plugins/NAME/csi.sock. Folders are followed by inotify, and read again as a whole on any event.
 *
 * A driver whose socket stays is kept, also while it does not answer; it is asked anew when another socket takes the
 * place of its own. With its socket gone it is no longer registered. Source: kubelet's plugin manager; the v1 plug-in
 * registration.
 */
#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include "base/fs.h"
#include "base/fs_watch.h"
#include "base/list.h"
#include "base/log.h"
#include "base/pool.h"
#include "base/str.h"
#include "storage/csi_internal.h"
#include "wire/proto/pluginregistration.pb-c.h"
#include "wire/unix_socket.h"

#define COMPONENT    "csi"
#define WORKERS      8
#define SOCKETS_MAX  128 /* in either place */
#define ASK_MS       5000
#define RETRY_MS     100
#define RETRY_MAX_MS 60000
#define REFUSED_MAX  9 /* a minute or so: whoever is going to listen at a socket that is there does so by then */
#define EVENTS       (IN_CREATE | IN_DELETE | IN_DELETE_SELF | IN_MOVED_FROM | IN_MOVED_TO | IN_ONLYDIR)

enum way { BY_REGISTRATION, BY_SOCKET };

struct socket_id {
	dev_t dev;
	ino_t ino;
	struct timespec ctime;
};

/* A socket that was found. The loop's thread, but for what its job has between submit and done. */
struct found {
	struct list link;
	struct csi_register *r;
	enum way way;
	char *path;
	struct socket_id id;
	bool seen;        /* by the scan under way */
	bool gone;        /* freed as soon as its job is done */
	bool claimed;     /* BY_SOCKET: a registration speaks for this very socket, or did */
	bool busy, again; /* asked just now; and once more afterwards */
	unsigned failures;
	struct loop_timer *retry;
	struct plugin *plugin; /* reference; registered. NULL: not */
	char *endpoint;        /* BY_REGISTRATION: of the plug-in */
	char said[sizeof(((struct err *)0)->msg)];

	/* the job's */
	struct pool_job job;
	int result;
	bool refused; /* nobody listens */
	struct err why;
	struct plugin *made;
	char *made_endpoint;
};

struct csi_register {
	struct plugins *plugins;
	struct loop *loop;
	struct pool *pool;
	struct csi_abort abort;
	char *top, *registry, *sockets; /* folders */
	struct fs_watch *files;
	struct list all; /* struct found */
	bool stopping;   /* loop's thread */
	bool full_said;
};

static void ask(struct found *f);

static bool same_id(const struct socket_id *a, const struct socket_id *b)
{
	return a->dev == b->dev && a->ino == b->ino && a->ctime.tv_sec == b->ctime.tv_sec &&
	       a->ctime.tv_nsec == b->ctime.tv_nsec;
}

/* --- asking; worker threads --- */

/* Source: kubelet, pkg/volume/csi: RegistrationHandler.ValidatePlugin: the interface's first number must be ours. */
static bool version_ok(const Pluginregistration__PluginInfo *i)
{
	for (size_t k = 0; k < i->n_supported_versions; k++) {
		const char *v = i->supported_versions[k];
		v += *v == 'v';
		if (v[0] == '1' && (v[1] == '.' || v[1] == '\0'))
			return true;
	}
	return false;
}

static int check_info(const Pluginregistration__PluginInfo *i, struct err *e)
{
	if (!streq(i->type, "CSIPlugin"))
		return err_set(e, ERR_UNSUPPORTED, "plug-ins of type \"%.64s\" are not supported, only CSIPlugin",
			       i->type);
	if (!version_ok(i))
		return err_set(e, ERR_UNSUPPORTED, "driver %.64s speaks no version 1 of CSI", i->name);
	if (*i->endpoint && i->endpoint[0] != '/')
		return err_set(e, ERR_INVALID, "driver %.64s: endpoint %.128s is no absolute path", i->name,
			       i->endpoint);
	return 0;
}

/* The driver behind a registration's answer. */
static int register_driver(struct found *f, const Pluginregistration__PluginInfo *i, struct err *e)
{
	AUTO_FREE char *endpoint = str_dup(*i->endpoint ? i->endpoint : f->path);
	AUTO_PLUGIN struct plugin *p = NULL;

	if (!endpoint)
		return err_nomem(e);
	int r = check_info(i, e);
	if (r < 0 || (r = csi_plugin_ask(&p, NULL, endpoint, &f->r->abort, e)) < 0)
		return r;
	if (!streq(p->driver, i->name))
		return err_set(e, ERR_INVALID, "registered as %.64s, but the driver at %.128s is called %s", i->name,
			       endpoint, p->driver);
	if (!p->node_id)
		return err_set(e, ERR_INVALID, "driver %s has no node service", p->driver);
	f->made = TAKE_PTR(p);
	f->made_endpoint = TAKE_PTR(endpoint);
	return 0;
}

static int by_registration(struct found *f, struct err *e)
{
	Pluginregistration__InfoRequest q = PLUGINREGISTRATION__INFO_REQUEST__INIT;
	Pluginregistration__RegistrationStatus status = PLUGINREGISTRATION__REGISTRATION_STATUS__INIT;
	AUTO_PROTO Pluginregistration__PluginInfo *info = NULL;
	AUTO_PROTO Pluginregistration__RegistrationStatusResponse *noted = NULL;
	CLEANUP(csi_link_close) struct csi_link link = {0};
	struct err why = {0};
	int r = csi_link_open(&link, f->path, &f->r->abort, e);

	if (r < 0 || (r = csi_ask(&link, &pluginregistration__registration__descriptor, "GetInfo", &q.base, NULL,
				  ASK_MS, (ProtobufCMessage **)&info, e)) < 0)
		return r;
	r = register_driver(f, info, &why);
	/* Who may still come is not told anything: registrars end when they hear of an error. */
	if (r < 0 && plugin_unsure(r))
		return err_set(e, r, "%s", why.msg);
	status.plugin_registered = r == 0;
	status.error = why.msg;
	int told = csi_ask(&link, &pluginregistration__registration__descriptor, "NotifyRegistrationStatus",
			   &status.base, NULL, ASK_MS, (ProtobufCMessage **)&noted, &(struct err){0});
	if (r < 0)
		return err_set(e, r, "%s", why.msg);
	if (told < 0)
		log_warning(COMPONENT, f->path,
			    "driver %s was registered, but its registrar does not want to hear of it", f->made->driver);
	return 0;
}

static void run(struct pool_job *j)
{
	struct found *f = container_of(j, struct found, job);
	AUTO_CLOSE int fd = -1;

	f->why = (struct err){0};
	f->refused = unix_connect(f->path, &fd, &f->why) < 0;
	if (f->refused)
		f->result = f->why.code;
	else
		f->result = f->way == BY_REGISTRATION ? by_registration(f, &f->why)
						      : csi_plugin_ask(&f->made, NULL, f->path, &f->r->abort, &f->why);
}

/* --- what came of it; the loop's thread --- */

static void drop_plugin(struct found *f)
{
	if (!f->plugin)
		return;
	if (!f->claimed)
		log_info(COMPONENT, f->path, "driver %s is no longer registered", f->plugin->driver);
	plugins_remove(f->r->plugins, f->plugin);
	f->plugin = plugin_unref(f->plugin);
}

static void found_free(struct found *f)
{
	list_del(&f->link);
	loop_timer_free(f->retry);
	plugin_unref(f->plugin);
	plugin_unref(f->made);
	free(f->made_endpoint);
	free(f->endpoint);
	free(f->path);
	free(f);
}

/* Said once, until something else goes wrong. */
static void say(struct found *f, const char *msg)
{
	if (streq(f->said, msg))
		return;
	(void)str_copy(f->said, sizeof(f->said), msg);
	log_warning(COMPONENT, f->path, "%s", msg);
}

static bool registered_at(const struct csi_register *r, const char *socket)
{
	LIST_FOREACH (f, &r->all, struct found, link)
		if (f->way == BY_REGISTRATION && f->plugin && streq(f->endpoint, socket))
			return true;
	return false;
}

static void take(struct found *f)
{
	AUTO_PLUGIN struct plugin *old = TAKE_PTR(f->plugin);
	struct err e = {0};

	f->failures = 0;
	f->said[0] = '\0';
	/* Another driver there: the one before is gone. The same one: volumes find it all the time. */
	f->plugin = plugin_ref(f->made);
	if (plugins_add(f->r->plugins, TAKE_PTR(f->made), &e) < 0) {
		f->plugin = NULL;
		say(f, e.msg);
	}
	if (old)
		plugins_remove(f->r->plugins, old);
	free(f->endpoint);
	f->endpoint = TAKE_PTR(f->made_endpoint);
	if (!f->plugin)
		return;
	log_info(COMPONENT, f->path, "driver %s is %s%s%s", f->plugin->driver, old ? "here again" : "registered",
		 f->plugin->node_id ? ", this node is " : "", f->plugin->node_id ? f->plugin->node_id : "");
	if (f->way != BY_REGISTRATION)
		return;
	LIST_FOREACH (o, &f->r->all, struct found, link)
		if (o->way == BY_SOCKET && streq(o->path, f->endpoint)) {
			o->claimed = true;
			loop_timer_stop(o->retry);
			drop_plugin(o);
		}
}

static void retry_later(struct found *f)
{
	int64_t ms = f->failures < 16 ? (int64_t)RETRY_MS << f->failures : RETRY_MAX_MS;

	f->failures++;
	say(f, f->why.msg);
	if (f->result == ERR_UNSUPPORTED || f->result == ERR_INVALID)
		return;
	/* A socket at which nobody listens any more comes to nothing: whoever listens again makes another one. */
	if (f->refused && f->failures > REFUSED_MAX)
		return;
	loop_timer_set(f->retry, ms < RETRY_MAX_MS ? ms : RETRY_MAX_MS);
}

static void done(struct pool_job *j)
{
	struct found *f = container_of(j, struct found, job);

	f->busy = false;
	if (f->gone || f->r->stopping) {
		if (f->gone)
			found_free(f);
		return;
	}
	if (f->way == BY_SOCKET && registered_at(f->r, f->path))
		f->claimed = true;
	if (f->claimed || (f->again && f->result < 0)) {
		f->made = plugin_unref(f->made);
	} else if (f->result == 0) {
		take(f);
	} else {
		f->made = plugin_unref(f->made);
		retry_later(f);
	}
	if (f->again) {
		f->again = false;
		ask(f);
	}
}

static void ask(struct found *f)
{
	if (f->claimed || f->r->stopping)
		return;
	if (f->busy) {
		f->again = true;
		return;
	}
	f->busy = true;
	loop_timer_stop(f->retry);
	free(TAKE_PTR(f->made_endpoint));
	f->job = (struct pool_job){.run = run, .done = done, .done_loop = f->r->loop};
	pool_submit(f->r->pool, &f->job);
}

static void on_retry(void *arg)
{
	ask(arg);
}

/* --- folders --- */

static struct found *found_find(struct csi_register *r, const char *path)
{
	LIST_FOREACH (f, &r->all, struct found, link)
		if (!f->gone && streq(f->path, path))
			return f;
	return NULL;
}

/* Another socket at a path that a registration named: the driver behind it is another process. */
static void ask_registered(struct csi_register *r, const char *socket)
{
	LIST_FOREACH (f, &r->all, struct found, link)
		if (f->way == BY_REGISTRATION && !f->gone && f->plugin && streq(f->endpoint, socket))
			ask(f);
}

static void see(struct csi_register *r, enum way way, const char *path, unsigned *n)
{
	struct stat st;

	if (lstat(path, &st) < 0 || !S_ISSOCK(st.st_mode))
		return;
	struct socket_id id = {st.st_dev, st.st_ino, st.st_ctim};
	struct found *f = found_find(r, path);
	if (f) {
		f->seen = true;
		if (same_id(&f->id, &id))
			return;
		f->id = id;
		f->failures = 0;
		f->claimed = registered_at(r, path);
		if (f->claimed)
			ask_registered(r, path);
		else
			ask(f);
		return;
	}
	if (++*n > SOCKETS_MAX) {
		if (!r->full_said)
			log_warning(COMPONENT, path, "more than %d sockets: this one and others are not looked at",
				    SOCKETS_MAX);
		r->full_said = true;
		return;
	}
	f = calloc(1, sizeof(*f));
	if (!f || !(f->path = str_dup(path)) || loop_timer_new(&f->retry, r->loop, on_retry, f) < 0) {
		if (f)
			free(f->path);
		free(f);
		log_warning(COMPONENT, path, "out of memory");
		return;
	}
	f->r = r;
	f->way = way;
	f->id = id;
	f->seen = true;
	f->claimed = way == BY_SOCKET && registered_at(r, path);
	list_add_tail(&r->all, &f->link);
	ask(f);
}

static void scan_folder(struct csi_register *r, enum way way, const char *dir)
{
	unsigned n = 0, entries = 0;
	struct dirent *d;

	(void)fs_watch_add(r->files, dir, EVENTS);
	LIST_FOREACH (f, &r->all, struct found, link)
		n += f->way == way;
	DIR *all = opendir(dir);
	while (all && (d = readdir(all)) && entries++ < 8 * SOCKETS_MAX) {
		AUTO_FREE char *path = fs_join(dir, d->d_name);
		/* kubernetes.io is where volumes are staged. */
		if (!path || d->d_name[0] == '.' || (way == BY_SOCKET && streq(d->d_name, "kubernetes.io")))
			continue;
		if (way == BY_REGISTRATION) {
			see(r, way, path, &n);
			continue;
		}
		AUTO_FREE char *socket = fs_join(path, "csi.sock");
		struct stat st;
		if (!socket || lstat(path, &st) < 0 || !S_ISDIR(st.st_mode))
			continue;
		(void)fs_watch_add(r->files, path, EVENTS | IN_DONT_FOLLOW);
		see(r, way, socket, &n);
	}
	if (all)
		closedir(all);
}

static int make_folders(struct csi_register *r, struct err *e)
{
	int k = fs_mkdir_p(r->registry, 0750, e);

	return k < 0 ? k : fs_mkdir_p(r->sockets, 0750, e);
}

static void scan(void *arg)
{
	struct csi_register *r = arg;
	struct err e = {0};

	if (r->stopping)
		return;
	if (make_folders(r, &e) < 0)
		log_warning(COMPONENT, r->top, "drivers cannot register: %s", e.msg);
	LIST_FOREACH (f, &r->all, struct found, link)
		f->seen = false;
	(void)fs_watch_add(r->files, r->top, EVENTS);
	scan_folder(r, BY_REGISTRATION, r->registry);
	scan_folder(r, BY_SOCKET, r->sockets);
	LIST_FOREACH_SAFE (f, next, &r->all, struct found, link) {
		if (f->seen || f->gone)
			continue;
		drop_plugin(f);
		loop_timer_stop(f->retry);
		f->gone = true;
		if (!f->busy)
			found_free(f);
	}
}

static const struct fs_watch_ops files_ops = {NULL, scan};

/* --- life --- */

int csi_register_new(struct csi_register **ret, struct plugins *p, struct err *e)
{
	const struct plugins_config *c = plugins_conf(p);

	if (!c->node_name) {
		*ret = NULL;
		return 0;
	}
	struct csi_register *r = calloc(1, sizeof(*r));
	if (!r)
		return err_nomem(e);
	r->plugins = p;
	r->loop = plugins_loop(p);
	list_init(&r->all);
	csi_abort_init(&r->abort);
	r->top = str_dup(c->kubelet_dir);
	r->registry = fs_join(c->kubelet_dir, "plugins_registry");
	r->sockets = fs_join(c->kubelet_dir, "plugins");
	int k = !r->top || !r->registry || !r->sockets ? err_nomem(e) : make_folders(r, e);
	if (k < 0 || (k = pool_new(&r->pool, WORKERS, "csi", e)) < 0 ||
	    (k = fs_watch_new(&r->files, r->loop, 0, &files_ops, r, e)) < 0) {
		csi_register_free(r);
		return k;
	}
	fs_watch_soon(r->files);
	*ret = r;
	return 0;
}

void csi_register_stop(struct csi_register *r)
{
	if (r)
		csi_abort_now(&r->abort);
}

struct csi_register *csi_register_free(struct csi_register *r)
{
	if (!r)
		return NULL;
	csi_register_stop(r);
	r->stopping = true;
	r->files = fs_watch_free(r->files);
	r->pool = pool_free(r->pool);
	loop_flush(r->loop);
	LIST_FOREACH_SAFE (f, next, &r->all, struct found, link)
		found_free(f);
	csi_abort_done(&r->abort);
	free(r->top);
	free(r->registry);
	free(r->sockets);
	free(r);
	return NULL;
}
