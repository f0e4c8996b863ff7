#include "cmd/failover.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "base/buf.h"
#include "base/fs.h"
#include "base/inet.h"
#include "base/log.h"
#include "base/str.h"
#include "client/client.h"
#include "client/informer.h"

#define FILE_NAME "agent/servers"
#define FILE_MAX  (16u << 10)

struct failover {
	struct failover_config cfg;
	struct loop *loop;
	struct loop_thread *thread;
	struct client *client;
	struct informer *slices;
	struct server_list_listener listener;
	struct loop_task moved_task;
	char *asked;
	bool unwritten; /* and it was said */
};

/* --- lists of servers --- */

struct urls {
	char *v[SERVER_LIST_MAX + 1]; /* NULL-terminated */
	size_t n;
};

static void urls_done(struct urls *u)
{
	for (size_t i = 0; i < u->n; i++)
		free(u->v[i]);
	u->n = 0;
}

static int urls_add(struct urls *u, const char *p, size_t n)
{
	if (u->n == SERVER_LIST_MAX)
		return 0;
	if (!(u->v[u->n] = str_ndup(p, n)))
		return -ENOMEM;
	u->v[++u->n] = NULL;
	return 0;
}

static int urls_given(struct urls *u, const struct options *o)
{
	for (char *const *s = opt_list(o, OPT_SERVER); *s; s++)
		if (urls_add(u, *s, strlen(*s)) < 0)
			return -ENOMEM;
	return 0;
}

static char *kept_path(const struct options *o)
{
	return fs_join(opt_str(o, OPT_DATA_DIR), FILE_NAME);
}

/* One a line. What is not a URL is passed over: the file is for us alone, and may be of a minik to come. */
static int urls_kept(struct urls *u, const struct options *o)
{
	AUTO_FREE char *path = kept_path(o);
	AUTO_BUF struct buf text = {0};

	if (!path)
		return -ENOMEM;
	if (fs_read(path, FILE_MAX, &text, NULL) < 0 || !text.data)
		return 0;
	for (const char *p = text.data; *p;) {
		size_t n = strcspn(p, "\n");

		if (str_has_prefix(p, "https://") && n > 8 && urls_add(u, p, n) < 0)
			return -ENOMEM;
		p += n + (p[n] == '\n');
	}
	return 0;
}

int failover_servers(struct server_list **ret, const struct options *o, struct err *e)
{
	struct urls u = {0};
	int r = 0;

	if (!*opt_list(o, OPT_SERVER))
		return err_set(e, ERR_INVALID, "--server https://HOST:6443 is needed");
	if (urls_given(&u, o) < 0 || urls_kept(&u, o) < 0)
		r = err_nomem(e);
	if (r == 0)
		r = server_list_new(ret, (const char *const *)u.v, e);
	urls_done(&u);
	return r;
}

/* --- what the cluster says --- */

static void keep(struct failover *f, const struct urls *learned)
{
	AUTO_FREE char *path = kept_path(f->cfg.opt);
	AUTO_BUF struct buf text = {0}, had = {0};
	struct err e = {0};

	for (size_t i = 0; i < learned->n; i++)
		buf_addf(&text, "%s\n", learned->v[i]);
	if (!path || buf_failed(&text) || !text.data)
		return;
	if (fs_read(path, FILE_MAX, &had, NULL) == 0 && had.data && streq(had.data, text.data))
		return;
	if (fs_write_atomic(path, text.data, text.len, 0600, &e) < 0) {
		if (!f->unwritten)
			log_warning("agent", NULL, "the cluster's servers are not kept for the next start: %s", e.msg);
		f->unwritten = true;
	} else {
		f->unwritten = false;
	}
}

static int learn(struct urls *u, const json_t *slice)
{
	const json_t *endpoint, *a;
	const int64_t port = json_int_or(json_array_get(json_object_get(slice, "ports"), 0), "port", 0);
	size_t i, k;

	if (port < 1 || port > 65535)
		return 0;
	json_array_foreach (json_object_get(slice, "endpoints"), i, endpoint) {
		if (json_is_false(json_dot(endpoint, "conditions.ready")))
			continue;
		json_array_foreach (json_object_get(endpoint, "addresses"), k, a) {
			const char *ip = json_string_value(a);
			struct inet_addr parsed;
			AUTO_FREE char *url = NULL;

			if (!ip || !inet_addr_parse(ip, &parsed))
				continue;
			url = str_fmt(strchr(ip, ':') ? "https://[%s]:%d" : "https://%s:%d", ip, (int)port);
			if (!url || urls_add(u, url, strlen(url)) < 0)
				return -ENOMEM;
		}
	}
	return 0;
}

/* An empty slice says nothing: who wrote it is there. */
static void on_slice(void *arg, struct informer_object *o)
{
	struct failover *f = arg;
	AUTO_JSON json_t *slice = informer_object_json(o);
	struct urls learned = {0}, all = {0};
	struct err e = {0};
	bool changed = false;

	if (!slice || !streq(json_str(slice, "metadata.name"), "kubernetes"))
		return;
	if (learn(&learned, slice) < 0 || urls_given(&all, f->cfg.opt) < 0) {
		log_warning("agent", NULL, "out of memory");
	} else if (learned.n) {
		for (size_t i = 0; i < learned.n; i++)
			(void)urls_add(&all, learned.v[i], strlen(learned.v[i]));
		if (server_list_set(f->cfg.servers, (const char *const *)all.v, &changed, &e) < 0)
			log_warning("agent", NULL, "the cluster's servers: %s", e.msg);
		else if (changed)
			log_info("agent", NULL, "%zu servers are known now", server_list_count(f->cfg.servers));
		keep(f, &learned);
	}
	urls_done(&learned);
	urls_done(&all);
}

static void on_slice_updated(void *arg, struct informer_object *old, struct informer_object *o)
{
	(void)old;
	on_slice(arg, o);
}

/* --- another one --- */

static void moved_posted(struct loop_task *t)
{
	struct failover *f = container_of(t, struct failover, moved_task);
	AUTO_FREE char *url = server_list_current(f->cfg.servers, NULL);
	char why[160];

	if (!url || streq(url, f->asked))
		return;
	server_list_why(f->cfg.servers, why, sizeof(why));
	log_warning("agent", NULL, "server %s is asked now instead of %s: %s", url, f->asked ? f->asked : "", why);
	free(f->asked);
	f->asked = TAKE_PTR(url);
	if (f->cfg.moved && f->asked)
		f->cfg.moved(f->cfg.arg, f->asked);
}

static void on_list(struct server_list_listener *l)
{
	struct failover *f = container_of(l, struct failover, listener);

	loop_post(f->loop, &f->moved_task);
}

int failover_start(struct failover **ret, const struct failover_config *c, struct err *e)
{
	static const struct informer_handler handler = {.added = on_slice, .updated = on_slice_updated};
	const struct informer_config slices = {.group = "discovery.k8s.io",
					       .version = "v1",
					       .plural = "endpointslices",
					       .ns = "default",
					       .field_selector = "metadata.name=kubernetes"};
	const struct client_config cc = {.field_manager = "minik-agent"};
	struct failover *f = calloc(1, sizeof(*f));
	int r;

	if (!f)
		return err_nomem(e);
	f->cfg = *c;
	f->listener.fn = on_list;
	f->moved_task.fn = moved_posted;
	f->asked = server_list_current(c->servers, NULL);
	r = f->asked ? loop_new(&f->loop, e) : err_nomem(e);
	if (r == 0)
		r = client_new(&f->client, c->api, f->loop, &cc, e);
	if (r == 0)
		r = informer_new(&f->slices, f->client, &slices, e);
	if (r == 0 && informer_add_handler(f->slices, &handler, f) < 0)
		r = err_nomem(e);
	if (r == 0)
		r = informer_start(f->slices, e);
	if (r == 0) {
		server_list_listen(c->servers, &f->listener);
		r = loop_thread_start(&f->thread, f->loop, "failover", e);
	}
	if (r < 0) {
		(void)failover_stop(f);
		return r;
	}
	*ret = f;
	return 0;
}

struct failover *failover_stop(struct failover *f)
{
	if (!f)
		return NULL;
	server_list_unlisten(f->cfg.servers, &f->listener);
	if (f->thread) {
		loop_quit(f->loop);
		f->thread = loop_thread_join(f->thread);
	}
	if (f->slices)
		f->slices = informer_free(f->slices);
	if (f->client)
		f->client = client_free(f->client);
	if (f->loop)
		f->loop = loop_free(f->loop);
	free(f->asked);
	free(f);
	return NULL;
}
