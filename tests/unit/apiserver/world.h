/* A whole API server in a temporary directory, and calls to it that are waited for. */
#pragma once
#include <errno.h>
#include <signal.h>
#include "api/object.h"
#include "apiserver/apiserver.h"
#include "base/fs.h"
#include "base/json.h"
#include "base/str.h"
#include "tests/unit/test.h"

struct world {
	char dir[64];
	struct clock *clock; /* of the certificates; NULL: the real one */
	struct store *store;
	struct pki *pki;
	struct apiserver *a;
	struct loop *loop;
	struct connector *con;
	struct transport *t;
};

static inline void world_open(struct world *w, const char *user, const char *const *groups)
{
	struct err e = {0};
	AUTO_FREE char *db = NULL;
	AUTO_FREE char *tls = NULL;
	struct store_config sc = {0};
	static const char *const sans[] = {"127.0.0.1", "localhost", NULL};
	struct pki_config pc = {.sans = sans, .clock = w->clock};
	struct apiserver_config ac = {.bind_address = "127.0.0.1", .advertise_address = "127.0.0.1", .service_cidr = "10.43.0.0/24", .token = "tok"};
	struct apiserver_deps ad = {0};

	signal(SIGPIPE, SIG_IGN);
	if (!w->dir[0]) {
		(void)snprintf(w->dir, sizeof(w->dir), "/tmp/minik-test-apiserver-XXXXXX");
		if (!mkdtemp(w->dir))
			abort();
	}
	db = str_fmt("%s/state.db", w->dir);
	tls = str_fmt("%s/tls", w->dir);
	sc.path = db;
	pc.dir = tls;
	if (store_open(&w->store, &sc, &e) || pki_open(&w->pki, &pc, &e)) {
		fprintf(stderr, "%s\n", e.msg);
		exit(1);
	}
	ad = (struct apiserver_deps){.store = w->store, .pki = w->pki};
	if (apiserver_new(&w->a, &ac, &ad, &e) || apiserver_start(w->a, &e) || loop_new(&w->loop, &e) ||
	    apiserver_connector(&w->con, w->a, user, groups, &e) || connector_open(w->con, w->loop, &w->t, &e)) {
		fprintf(stderr, "%s\n", e.msg);
		exit(1);
	}
}

static inline void world_close(struct world *w, bool keep)
{
	w->t = transport_free(w->t);
	w->con = connector_free(w->con);
	apiserver_stop(w->a);
	apiserver_join(w->a);
	w->a = apiserver_free(w->a);
	w->loop = loop_free(w->loop);
	w->pki = pki_free(w->pki);
	store_stop(w->store);
	w->store = store_free(w->store);
	if (!keep)
		(void)fs_rm_rf(w->dir, NULL);
}

struct reply {
	struct world *w;
	int status;
	json_t *body;
	bool done;
};

static inline void on_reply(void *arg, const struct transport_response *r)
{
	struct reply *p = arg;

	p->status = r->status;
	p->done = true;
	if (r->body)
		(void)json_parse_bytes(r->body, &p->body, NULL);
	loop_quit(p->w->loop);
}

/* One loop per wait: quitting is sticky. */
static inline void world_turn(struct world *w)
{
	struct err e = {0};

	(void)loop_run(w->loop);
	w->t = transport_free(w->t);
	w->loop = loop_free(w->loop);
	if (loop_new(&w->loop, &e) || connector_open(w->con, w->loop, &w->t, &e))
		abort();
}

/* Status; *ret (may be NULL) is the answered object, owned by the caller. body: JSON text or NULL. */
static inline int call_type(struct world *w, const char *method, const char *path, const char *query, const char *type, const char *body, json_t **ret)
{
	struct reply p = {.w = w};
	AUTO_BYTES struct bytes *b = body ? bytes_new(body, strlen(body)) : NULL;
	struct transport_request q = {.method = method, .path = path, .query = query, .content_type = type, .body = b};
	struct transport_cb cb = {.on_done = on_reply};
	struct transport_call *c = NULL;
	struct err e = {0};

	if (w->t->ops->start(w->t, &q, &cb, &p, &c, &e)) {
		fprintf(stderr, "%s\n", e.msg);
		return -1;
	}
	CHECK(!p.done); /* never from inside start */
	world_turn(w);
	if (ret)
		*ret = p.body;
	else
		json_decref(p.body);
	return p.status;
}

static inline int call(struct world *w, const char *method, const char *path, const char *body, json_t **ret)
{
	return call_type(w, method, path, NULL, NULL, body, ret);
}

/* What the controllers would make: pods need an account to run as. */
static inline void world_account(struct world *w)
{
	CHECK(call(w, "POST", "/api/v1/namespaces/default/serviceaccounts", "{\"metadata\":{\"name\":\"default\"}}", NULL) == 201);
}
