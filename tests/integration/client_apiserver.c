/*
 * The client room against the real API server, by HTTPS and by direct calls: writes, errors, informers, work queues,
 * events, and an API server that goes away and comes back with changes made meanwhile.
 */
#include "tests/unit/test.h"
#include <pthread.h>
#include <signal.h>
#include "api/object.h"
#include "apiserver/apiserver.h"
#include "base/fs.h"
#include "base/log.h"
#include "base/str.h"
#include "client/informer.h"
#include "client/kubeconfig.h"
#include "client/workqueue.h"

#define EVENTUALLY(cond)                                                                                               \
	do {                                                                                                           \
		for (int t_ = 0; t_ < 10000 && !(cond); t_++)                                                          \
			usleep(1000);                                                                                  \
		CHECK(cond);                                                                                           \
	} while (0)

static char dir[] = "/tmp/minik-test-XXXXXX";
static struct store *store;
static struct pki *pki;
static struct apiserver *api;
static uint16_t port;

static bool api_up(void)
{
	struct apiserver_config ac = {.bind_address = "127.0.0.1",
				      .port = port,
				      .advertise_address = "127.0.0.1",
				      .service_cidr = "10.43.0.0/16",
				      .cluster_dns = "10.43.0.10"};
	struct apiserver_deps ad = {.store = store, .pki = pki};
	struct err e = {0};

	if (apiserver_new(&api, &ac, &ad, &e) < 0 || apiserver_start(api, &e) < 0) {
		fprintf(stderr, "API server: %s\n", e.msg);
		return false;
	}
	port = apiserver_port(api);
	return true;
}

static void api_down(void)
{
	apiserver_stop(api);
	apiserver_join(api);
	api = apiserver_free(api);
}

static bool setup(char **ret_kubeconfig)
{
	static const char *const sans[] = {"127.0.0.1", "localhost", NULL}, *const masters[] = {"system:masters", NULL};
	AUTO_FREE char *db = str_fmt("%s/state.db", dir), *tls = str_fmt("%s/tls", dir), *url = NULL;
	struct store_config sc = {.path = db};
	struct pki_config pc = {.dir = tls, .sans = sans};
	struct kubeconfig_spec spec = {0};
	struct cert_pair admin = {0};
	struct err e = {0};

	*ret_kubeconfig = str_fmt("%s/kubeconfig", dir);
	if (store_open(&store, &sc, &e) < 0 || pki_open(&pki, &pc, &e) < 0 || !api_up() ||
	    pki_issue_client(&admin, pki, "admin", masters, &e) < 0) {
		fprintf(stderr, "setup: %s\n", e.msg);
		return false;
	}
	url = str_fmt("https://127.0.0.1:%u", port);
	spec = (struct kubeconfig_spec){
	    .server = url, .ca_pem = pki_ca_cert(pki), .cert_pem = admin.cert_pem, .key_pem = admin.key_pem};
	CHECK(kubeconfig_write(*ret_kubeconfig, 0600, &spec, &e) == 0);
	cert_pair_done(&admin);
	return true;
}

struct world {
	struct connector *connector;
	struct loop *loop;
	struct loop_thread *thread;
	struct client *client;
	struct informer *informer;
	struct workqueue *queue;
	int added, updated, deleted, synced, reconciled; /* atomic */
};

static void enqueue(struct world *w, struct informer_object *o)
{
	AUTO_FREE char *key = str_fmt("%s/%s", o->ns, o->name);

	workqueue_add(w->queue, key);
}

static void added(void *arg, struct informer_object *o)
{
	struct world *w = arg;

	__atomic_add_fetch(&w->added, 1, __ATOMIC_SEQ_CST);
	enqueue(w, o);
}

static void updated(void *arg, struct informer_object *old, struct informer_object *o)
{
	struct world *w = arg;

	CHECK(old->rev < o->rev);
	__atomic_add_fetch(&w->updated, 1, __ATOMIC_SEQ_CST);
	enqueue(w, o);
}

static void deleted(void *arg, struct informer_object *o)
{
	struct world *w = arg;

	(void)o;
	__atomic_add_fetch(&w->deleted, 1, __ATOMIC_SEQ_CST);
}

static void synced(void *arg)
{
	struct world *w = arg;

	__atomic_add_fetch(&w->synced, 1, __ATOMIC_SEQ_CST);
	workqueue_pause(w->queue, false);
}

static int mark(void *arg, json_t *obj, struct err *e)
{
	(void)arg;
	(void)e;
	if (json_str(obj, "data.seen"))
		return 1;
	return json_set_str(obj, "data.seen", "yes");
}

/* A little controller: marks every config map that carries the label. */
static int reconcile(void *arg, const char *key, struct err *e)
{
	struct world *w = arg;
	AUTO_OBJECT struct informer_object *o = informer_get_key(w->informer, key);
	struct client_ref ref;
	int r;

	if (!o)
		return 0;
	ref = (struct client_ref){.plural = "configmaps", .ns = o->ns, .name = o->name};
	r = client_modify_wait(w->client, &ref, mark, NULL, e);
	if (r == 0)
		__atomic_add_fetch(&w->reconciled, 1, __ATOMIC_SEQ_CST);
	return r == ERR_NOT_FOUND ? 0 : r;
}

static void world_open(struct world *w, const char *kubeconfig)
{
	static const struct informer_handler handler = {added, updated, deleted, synced};
	static const char *const masters[] = {"system:masters", NULL};
	struct informer_config ic = {.plural = "configmaps", .label_selector = "test=yes"};
	struct client_config cc = {.field_manager = "tester"};
	struct err e = {0};

	memset(w, 0, sizeof *w);
	if (kubeconfig)
		CHECK(kubeconfig_connector(&w->connector, kubeconfig, "tester", &e) == 0);
	else
		CHECK(apiserver_connector(&w->connector, api, "tester", masters, &e) == 0);
	CHECK(loop_new(&w->loop, &e) == 0 && client_new(&w->client, w->connector, w->loop, &cc, &e) == 0);
	CHECK(workqueue_new(&w->queue, w->loop, "tester", 4, reconcile, w, &e) == 0);
	CHECK(informer_new(&w->informer, w->client, &ic, &e) == 0 &&
	      informer_add_handler(w->informer, &handler, w) == 0);
	CHECK(informer_start(w->informer, &e) == 0);
	CHECK(loop_thread_start(&w->thread, w->loop, "tester", &e) == 0);
	EVENTUALLY(informer_synced(w->informer));
}

static void world_close(struct world *w)
{
	workqueue_stop(w->queue);
	loop_quit(w->loop);
	loop_thread_join(w->thread);
	workqueue_free(w->queue);
	informer_free(w->informer);
	client_free(w->client);
	loop_free(w->loop);
	connector_free(w->connector);
}

static struct client_ref cm(const char *name)
{
	return (struct client_ref){.plural = "configmaps", .ns = "default", .name = name};
}

static int create(struct world *w, const char *name, struct err *e)
{
	AUTO_JSON json_t *o = json_pack("{s:s,s:s,s:{s:s,s:{s:s}},s:{s:s}}", "apiVersion", "v1", "kind", "ConfigMap",
					"metadata", "name", name, "labels", "test", "yes", "data", "k", "v");
	struct client_ref ref = cm(name);

	return client_create_wait(w->client, &ref, o, NULL, e);
}

static bool seen(struct world *w, const char *name)
{
	AUTO_OBJECT struct informer_object *o = informer_get(w->informer, "default", name);
	AUTO_JSON json_t *v = informer_object_json(o);

	return json_str(v, "data.seen") && streq(json_str_or(v, "kind", ""), "ConfigMap");
}

static void events_of(struct world *w, const char *name)
{
	struct client_ref ref = cm(name), list = {.plural = "events", .ns = "default"};
	AUTO_JSON json_t *o = NULL;
	bool found = false;
	struct err e = {0};

	CHECK(client_get_wait(w->client, &ref, &o, &e) == 0);
	for (int i = 0; i < 3; i++)
		client_event(w->client, o, "v1", "ConfigMap", "Normal", "Tested", "tester", "host", "seen by %s", name);
	for (int i = 0; i < 5000 && !found; i++) {
		AUTO_JSON json_t *all = NULL;
		json_t *ev;
		size_t k;

		CHECK(client_list_wait(w->client, &list, NULL, &all, &e) == 0);
		json_array_foreach(json_object_get(all, "items"), k,
				   ev) if (streq(json_str_or(ev, "involvedObject.name", ""), name) &&
					   json_int_or(ev, "count", 0) == 3) found = true;
		usleep(1000);
	}
	CHECK(found);
}

static void scenario(const char *kubeconfig, const char *prefix)
{
	struct client_ref one;
	char name[64], first[64];
	struct err e = {0};
	struct world w;

	world_open(&w, kubeconfig);
	for (int i = 0; i < 20; i++) {
		(void)snprintf(name, sizeof name, "%s-%d", prefix, i);
		CHECK(create(&w, name, &e) == 0);
	}
	(void)snprintf(first, sizeof first, "%s-0", prefix);
	CHECK(create(&w, first, &e) == ERR_EXISTS);
	EVENTUALLY(w.added == 20);
	for (int i = 0; i < 20; i++) {
		(void)snprintf(name, sizeof name, "%s-%d", prefix, i);
		EVENTUALLY(seen(&w, name));
	}
	CHECK(w.updated >= 20 && informer_count(w.informer) == 20);
	events_of(&w, first);
	/* An update that leaves the selector is a deletion to this watch. */
	one = cm(first);
	{
		AUTO_JSON json_t *patch = json_pack("{s:{s:{s:n}}}", "metadata", "labels", "test");

		CHECK(client_patch_wait(w.client, &one, CLIENT_MERGE_PATCH, patch, NULL, &e) == 0);
	}
	EVENTUALLY(w.deleted == 1);
	for (int i = 0; i < 20; i++) {
		struct client_ref ref;

		(void)snprintf(name, sizeof name, "%s-%d", prefix, i);
		ref = cm(name);
		CHECK(client_delete_wait(w.client, &ref, NULL, NULL, &e) == 0);
	}
	EVENTUALLY(w.deleted == 20 && informer_count(w.informer) == 0);
	one = cm("none");
	CHECK(client_get_wait(w.client, &one, NULL, &e) == ERR_NOT_FOUND);
	fprintf(stderr, "     %s\n", e.msg);
	CHECK(w.added == 20 && w.synced == 1);
	world_close(&w);
}

static char *kubeconfig;

static void by_https(void)
{
	scenario(kubeconfig, "https");
}

static void by_direct_calls(void)
{
	scenario(NULL, "direct");
}

/* The server restarts; meanwhile another one over the same store made changes. */
static void restart(void)
{
	struct client_ref a = cm("a");
	struct world w, other;
	struct err e = {0};
	uint16_t keep = port;

	world_open(&w, kubeconfig);
	CHECK(create(&w, "a", &e) == 0 && create(&w, "b", &e) == 0);
	EVENTUALLY(seen(&w, "a") && seen(&w, "b"));
	api_down();
	CHECK(client_get_wait(w.client, &a, NULL, &e) == ERR_UNAVAILABLE);
	port = 0;
	CHECK(api_up());
	world_open(&other, NULL);
	CHECK(create(&other, "c", &e) == 0 && client_delete_wait(other.client, &a, NULL, NULL, &e) == 0);
	EVENTUALLY(seen(&other, "c"));
	world_close(&other);
	api_down();
	port = keep;
	CHECK(api_up());
	EVENTUALLY(seen(&w, "c"));
	EVENTUALLY(w.deleted == 1);
	CHECK(w.added == 3 && informer_count(w.informer) == 2 && w.synced == 1);
	world_close(&w);
}

int main(void)
{
	struct err e = {0};

	(void)signal(SIGPIPE, SIG_IGN);
	log_setup(LOG_LEVEL_WARNING, false);
	if (!mkdtemp(dir) || !setup(&kubeconfig))
		return 1;
	RUN(by_https);
	RUN(by_direct_calls);
	RUN(restart);
	api_down();
	(void)pki_free(pki);
	store_stop(store);
	(void)store_free(store);
	CHECK(fs_rm_rf(dir, &e) == 0);
	free(kubeconfig);
	return TEST_END();
}
