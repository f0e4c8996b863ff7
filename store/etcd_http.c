/* Requests to whichever endpoint answers, and what its errors mean. */
#include <errno.h>
#include "base/str.h"
#include "store/etcd.h"

#define READ_TIMEOUT_MS    5000u
#define CONNECT_TIMEOUT_MS 3000u
/* Where there are others to ask, a member that is silent is given up sooner. */
#define READ_SHORT_MS    1500u
#define CONNECT_SHORT_MS 1000u
#define WRITE_SHORT_MS   6000u
/* While members elect a leader they refuse everything: for a second or two, on a busy machine for several. No longer than a sync waits. */
#define ELECTION_MS 10000
#define PAUSE_MS    150

struct post {
	struct list link;
	struct etcd *x;
	const char *path, *endpoint; /* path is a literal */
	struct bytes *body;
	bool write;
	size_t tried; /* endpoints, in this round */
	bool leaderless; /* one of them said so */
	int64_t until_ms; /* to the last round */
	struct loop_timer *pause;
	etcd_reply_fn fn;
	void *arg;
	struct http_call *call;
};

const char *etcd_endpoint(const struct etcd *x)
{
	return x->endpoints[__atomic_load_n(&x->at, __ATOMIC_RELAXED)];
}

void etcd_next_endpoint(struct etcd *x, const char *failed)
{
	size_t at = x->at;
	if (x->endpoints[at] == failed)
		__atomic_store_n(&x->at, (at + 1) % x->n_endpoints, __ATOMIC_RELAXED);
}

/* What etcd and its gateway say, by the words that clientv3 and kube-apiserver look at too (etcd: rpctypes/error.go).
 */
static const struct meaning {
	const char *words;
	int code;
	bool maybe;
} meanings[] = {
    {"required revision has been compacted", ERR_GONE, false},
    {"required revision is a future revision", ERR_TOO_NEW, false},
    {"no leader", ERR_UNAVAILABLE, false},
    {"too many requests", ERR_TOO_MANY, false},
    {"request is too large", ERR_TOO_LARGE, false},
    {"message larger than max", ERR_TOO_LARGE, false},
    {"too many operations", ERR_TOO_LARGE, false},
    {"database space exceeded", -ENOSPC, false},
    {"corrupt", -EUCLEAN, false},
    {"permission denied", -EACCES, false},
    {"user name", -EACCES, false},
    {"invalid auth", -EACCES, false},
    {"CommonName of client", -EACCES, false},
    {"request timed out", ERR_UNAVAILABLE, true},
    {"leader changed", ERR_UNAVAILABLE, true},
    {"server stopped", ERR_UNAVAILABLE, true},
};
#define GRPC_INVALID 3 /* and so on: google.golang.org/grpc/codes */

int etcd_error(const char *endpoint, int status, const struct bytes *body, bool *ret_maybe, struct err *e)
{
	AUTO_JSON json_t *o = NULL;
	const char *msg = NULL;
	if (body && json_parse_bytes(body, &o, NULL) == 0) {
		msg = json_str(o, "message");
		if (!msg)
			msg = json_str(o, "error.message"); /* within a stream */
		if (!msg)
			msg = json_str(o, "error");
	}
	/* With users and a certificate that has a name the gateway refuses everything, in plain text (etcd:
	 * embed/serve.go). */
	if (!msg && body && memmem(body->data, body->len, "CommonName of client", 20))
		msg = "CommonName of client is ignored by the gateway";
	*ret_maybe = status >= 500;
	if (!msg)
		return err_set(e, status >= 500 ? ERR_UNAVAILABLE : ERR_PROTO,
			       "store: %s answers HTTP %d and not as etcd's JSON gateway does%s", endpoint, status,
			       status == 404 ? ": is it etcd 3.4 or later?" : "");
	for (size_t i = 0; i < ARRAY_LEN(meanings); i++) {
		const struct meaning *m = &meanings[i];
		if (!strstr(msg, m->words))
			continue;
		*ret_maybe = m->maybe;
		const char *mend =
		    m->code == ERR_TOO_LARGE ? " (etcd's --max-txn-ops and --max-request-bytes say how "
					       "much a transaction may hold)"
		    : m->code == -ENOSPC     ? " (compact and defragment etcd, then disarm its alarm)"
		    : m->code == -EACCES
			? " (authentication by etcd's users is not supported, its JSON gateway takes none from a "
			  "certificate: etcdctl auth disable; certificates say who may connect)"
			: "";
		return err_set(e, m->code, "store: etcd %s: %.100s%s", endpoint, msg, mend);
	}
	if (json_int_or(o, "code", 0) == GRPC_INVALID)
		*ret_maybe = false;
	return err_set(e, *ret_maybe ? ERR_UNAVAILABLE : ERR_PROTO, "store: etcd %s: %.150s", endpoint, msg);
}

static void post_free(struct post *p)
{
	list_del(&p->link);
	http_call_cancel(p->call);
	loop_timer_free(p->pause);
	bytes_unref(p->body);
	free(p);
}

static int post_send(struct post *p, struct err *e);

static void post_finish(struct post *p, int code, bool maybe, struct bytes *body, const struct err *e)
{
	etcd_reply_fn fn = p->fn;
	void *arg = p->arg;
	post_free(p);
	fn(arg, code, maybe, body, e);
}

static void on_pause(void *arg)
{
	struct post *p = arg;
	struct err e = {0};
	p->tried = 0;
	p->leaderless = false;
	int rc = post_send(p, &e);
	if (rc < 0)
		post_finish(p, rc, false, NULL, &e);
}

/* Another round over all endpoints, a moment later. */
static bool post_later(struct post *p)
{
	struct etcd *x = p->x;
	if (!p->leaderless || x->stopping || clock_mono_ms(clock_real()) >= p->until_ms)
		return false;
	if (!p->pause && loop_timer_new(&p->pause, x->loop, on_pause, p) < 0)
		return false;
	loop_timer_set(p->pause, PAUSE_MS);
	return true;
}

static void on_done(void *arg, const struct http_client_response *r)
{
	struct post *p = arg;
	struct etcd *x = p->x;
	struct err e = {0};
	bool maybe = false;
	int code = r->code;
	p->call = NULL;
	if (code == 0 && r->status == 200) {
		post_finish(p, 0, false, r->body, NULL);
		return;
	}
	if (code < 0) {
		e = r->err;
		maybe = r->sent;
		err_wrap(&e, "store: etcd");
		if (code == ERR_TIMEOUT && !maybe)
			code = ERR_UNAVAILABLE;
		if (code == ERR_UNAUTHORIZED) /* of us by etcd, or of etcd by us; not of an API client */
			code = -EACCES;
	} else {
		code = etcd_error(p->endpoint, r->status, r->body, &maybe, &e);
	}
	maybe = maybe && p->write;
	bool elsewhere = r->code < 0 || code == ERR_UNAVAILABLE;
	if (elsewhere)
		etcd_next_endpoint(x, p->endpoint);
	if (r->code < 0 && x->n_endpoints > 1 && x->started && x->feed.endpoint == p->endpoint &&
	    x->feed.last_ms < clock_mono_ms(clock_real()) - READ_SHORT_MS)
		etcd_feed_kick(x, "it does not answer");
	p->leaderless |= r->code == 0 && code == ERR_UNAVAILABLE;
	if (elsewhere && !maybe && ((p->tried < x->n_endpoints && post_send(p, &e) == 0) || post_later(p)))
		return;
	if (maybe)
		code = ERR_TIMEOUT;
	post_finish(p, code, maybe, NULL, &e);
}

static int post_send(struct post *p, struct err *e)
{
	static const char *const headers[] = {"Content-Type: application/json", "Grpc-Metadata-hasleader: true", NULL};
	static const struct http_client_cb cb = {.on_done = on_done};
	struct etcd *x = p->x;
	bool others = p->tried + 1 < x->n_endpoints;
	p->endpoint = etcd_endpoint(x);
	p->tried++;
	AUTO_FREE char *url = str_fmt("%s%s", p->endpoint, p->path);
	if (!url)
		return err_nomem(e);
	struct http_client_request r = {.method = "POST",
					.url = url,
					.headers = headers,
					.body = p->body,
					.timeout_ms = p->write ? (x->n_endpoints > 1 ? WRITE_SHORT_MS : ETCD_TIMEOUT_MS)
						      : others ? READ_SHORT_MS
							       : READ_TIMEOUT_MS,
					.connect_timeout_ms = x->n_endpoints > 1 ? CONNECT_SHORT_MS : CONNECT_TIMEOUT_MS,
					.max_response = ETCD_BODY_MAX,
					.once = p->write};
	return http_client_start(x->http, &r, &cb, p, &p->call, e);
}

int etcd_post(struct etcd *x, const char *path, struct buf *body, bool write, etcd_reply_fn fn, void *arg,
	      struct err *e)
{
	struct bytes *b AUTO_BYTES = buf_take_bytes(body);
	struct post *p = b ? calloc(1, sizeof(*p)) : NULL;
	if (!p)
		return err_nomem(e);
	*p = (struct post){.x = x, .path = path, .body = TAKE_PTR(b), .write = write, .fn = fn, .arg = arg,
			   .until_ms = clock_mono_ms(clock_real()) + ELECTION_MS};
	list_init(&p->link);
	int rc = post_send(p, e);
	if (rc < 0) {
		post_free(p);
		return rc;
	}
	list_add_tail(&x->posts, &p->link);
	return 0;
}

void etcd_posts_free(struct etcd *x)
{
	LIST_FOREACH_SAFE (p, tmp, &x->posts, struct post, link)
		post_free(p);
}

int etcd_answer(struct bytes *body, json_t **ret, struct err *e)
{
	int rc = json_parse_bytes(body, ret, e);
	if (rc == 0 && json_is_object(*ret))
		return 0;
	if (rc == 0) {
		json_decref(*ret);
		*ret = NULL;
	}
	return rc == -ENOMEM ? rc : err_set(e, ERR_PROTO, "store: etcd's answer is no JSON object");
}

int etcd_header_rev(struct etcd *x, const json_t *answer, int64_t *ret, struct err *e)
{
	int64_t rev = etcd_int(json_object_get(answer, "header"), "revision");
	if (rev <= 0 || rev > REV_MAX - x->base_rev)
		return err_set(e, ERR_PROTO, "store: etcd's answer has no sound revision");
	*ret = rev;
	return 0;
}

/* --- waiting for an answer on another thread --- */

struct call {
	struct etcd *x;
	const char *path;
	struct buf *body;
	bool write;
	pthread_mutex_t lock;
	pthread_cond_t cond;
	bool done;
	int code;
	struct bytes *reply;
	struct err err;
};

static void call_reply(void *arg, int code, bool maybe, struct bytes *body, const struct err *e)
{
	struct call *c = arg;
	(void)maybe;
	pthread_mutex_lock(&c->lock);
	c->code = code;
	c->reply = bytes_ref(body);
	if (e)
		c->err = *e;
	c->done = true;
	pthread_cond_signal(&c->cond);
	pthread_mutex_unlock(&c->lock);
}

static void call_begin(void *arg)
{
	struct call *c = arg;
	struct err e = {0};
	int rc = etcd_post(c->x, c->path, c->body, c->write, call_reply, c, &e);
	if (rc < 0)
		call_reply(c, rc, false, NULL, &e);
}

int etcd_call(struct etcd *x, const char *path, struct buf *body, bool write, json_t **ret, struct err *e)
{
	struct call c = {.x = x, .path = path, .body = body, .write = write};
	pthread_mutex_init(&c.lock, NULL);
	pthread_cond_init(&c.cond, NULL);
	int rc = buf_failed(body) ? err_nomem(e) : loop_call(x->loop, call_begin, &c);
	if (rc == 0) {
		pthread_mutex_lock(&c.lock);
		while (!c.done)
			pthread_cond_wait(&c.cond, &c.lock);
		pthread_mutex_unlock(&c.lock);
		rc = c.code;
		if (rc == 0)
			rc = etcd_answer(c.reply, ret, e);
		else if (e)
			*e = c.err;
		bytes_unref(c.reply);
	}
	pthread_mutex_destroy(&c.lock);
	pthread_cond_destroy(&c.cond);
	return rc;
}
