#include "ingress/staples.h"
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/fs.h"
#include "base/map.h"
#include "base/str.h"
#include "client/workqueue.h"
#include "ingress/address.h"
#include "ingress/records.h"
#include "wire/cert.h"
#include "wire/http_client.h"
#include "wire/ocsp.h"

#define COMPONENT    "ingress"
#define WORKERS      4 /* as many responders are asked at once */
#define TIME_MS      10000
#define MAX_CERTS    4096
#define MAX_BYTES    (64u << 20)
#define AGAIN_MIN_S  60
#define AGAIN_MAX_S  (20 * 24 * 3600)
#define RETRY_MIN_MS 2000
#define RETRY_MAX_MS 600000
#define REVOKED_S    3600 /* on hold, it may be good again */

struct staple { /* of one text of certificates, whoever has it */
	struct ing_pem *chain;
	struct ing_pem *answer; /* or NULL */
	time_t until;
	char *fault; /* why there is no newer answer; or NULL */
	int code;    /* the fault's */
	unsigned failures;
	bool wanted;
};
struct staples {
	struct staples_deps deps;
	struct workqueue *queue; /* keys of `all` */
	bool stopped;            /* atomic */
	pthread_mutex_t lock;    /* all below */
	struct map *all;         /* the text's SHA-256 -> struct staple */
	struct map *had;         /* the same, of before a restart, until they are taken over; or NULL */
	size_t bytes;            /* of answers */
};

static void staple_free(void *p)
{
	struct staple *s = p;

	pem_unref(s->chain);
	pem_unref(s->answer);
	free(s->fault);
	free(s);
}

/* --- asking, on a worker --- */

static int post(const struct staples *st, const struct ocsp_ask *ask, struct bytes **ret, struct err *e)
{
	static const char *const headers[] = {"Content-Type: application/ocsp-request",
					      "Accept: application/ocsp-response", NULL};
	const struct http_client_request r = {.method = "POST",
					      .url = ask->url,
					      .headers = headers,
					      .body = ask->request,
					      .timeout_ms = TIME_MS,
					      .connect_timeout_ms = TIME_MS,
					      .max_response = OCSP_ANSWER_MAX,
					      .direct = true,
					      .refuse = address_refused,
					      .cancel = &st->stopped};
	const struct http_client_config conf = {.user_agent = "minik"};
	AUTO_BYTES struct bytes *body = NULL;
	int status = 0, code = http_get_blocking(&conf, &r, &status, &body, e);

	if (code < 0)
		return code;
	if (status != 200)
		return err_set(e, ERR_PROTO, "POST %.120s: status %d instead of an OCSP answer", ask->url, status);
	*ret = TAKE_PTR(body);
	return 0;
}

struct outcome {
	struct ing_pem *answer;
	time_t until;
	bool final; /* asking again would change nothing */
	bool said;  /* the responder has answered */
};

static int ask(struct staples *st, const char *chain, struct outcome *ret, struct err *e)
{
	CLEANUP(ocsp_ask_done) struct ocsp_ask a = {0};
	AUTO_BYTES struct bytes *body = NULL;
	time_t since;
	int code = ocsp_ask_new(&a, chain, e);

	ret->final = code < 0 && code != -ENOMEM;
	code = code < 0 ? code : post(st, &a, &body, e);
	if (code < 0)
		return code;
	ret->said = true;
	code = ocsp_answer_check(chain, body->data, body->len, clock_wall(st->deps.clock), &since, &ret->until, e);
	if (code < 0) {
		(void)err_wrap(e, "%.120s", a.url);
		return code;
	}
	ret->answer = pem_new_bytes(body->data, body->len);
	return ret->answer ? 0 : err_nomem(e);
}

static bool answer_set(struct staples *st, struct staple *s, struct ing_pem *answer, time_t until)
{
	bool same = answer && s->answer && streq(answer->sha256, s->answer->sha256) && s->until == until;

	st->bytes -= s->answer ? s->answer->len : 0;
	st->bytes += answer ? answer->len : 0;
	pem_unref(s->answer);
	s->answer = answer;
	s->until = until;
	return !same;
}

/* Texts of the same fault differ in times and the like: the first one stays, as one event. */
static bool fault_set(struct staple *s, int code, const char *text)
{
	if (s->fault && s->code == code)
		return false;
	free(s->fault);
	s->fault = str_dup(text);
	s->code = code;
	return true;
}

static int retry_ms(unsigned failures)
{
	return failures < 9 ? RETRY_MIN_MS << failures : RETRY_MAX_MS;
}

/* In how many ms it is to be asked again; 0: never. Lock held. */
static int settle(struct staples *st, struct staple *s, int code, struct outcome *o, const struct err *why,
		  bool *changed)
{
	time_t now = clock_wall(st->deps.clock);

	if (code == 0 && st->bytes - (s->answer ? s->answer->len : 0) + o->answer->len > MAX_BYTES) {
		*changed = fault_set(s, ERR_TOO_MANY,
				     "the OCSP answers of other certificates have the 64 MiB that there are for all");
		return RETRY_MAX_MS;
	}
	if (code == 0) {
		time_t half = (o->until - now) / 2;
		*changed = answer_set(st, s, TAKE_PTR(o->answer), o->until) || s->fault;
		free(TAKE_PTR(s->fault));
		s->failures = 0;
		half = half < AGAIN_MIN_S ? AGAIN_MIN_S : half > AGAIN_MAX_S ? AGAIN_MAX_S : half;
		return (int)(half * 1000);
	}
	if (code == ERR_NOT_FOUND && o->final)
		return 0;
	*changed = fault_set(s, code, why->msg);
	/* What its issuer said before has ended, or is known to be no longer true. */
	if (s->answer && ((code == ERR_FORBIDDEN && o->said) || s->until <= now))
		*changed |= answer_set(st, s, NULL, 0);
	if (code == ERR_FORBIDDEN && o->said)
		return REVOKED_S * 1000;
	return o->final ? 0 : retry_ms(s->failures++);
}

static int reconcile(void *arg, const char *key, struct err *e UNUSED)
{
	struct staples *st = arg;
	struct outcome o = {0};
	struct err why = {0};
	bool changed = false;

	pthread_mutex_lock(&st->lock);
	struct staple *s = map_get(st->all, key);
	struct ing_pem *chain = s ? pem_ref(s->chain) : NULL;
	pthread_mutex_unlock(&st->lock);
	if (!chain)
		return 0;
	int code = ask(st, chain->text, &o, &why), again = 0;
	pem_unref(chain);
	pthread_mutex_lock(&st->lock);
	s = map_get(st->all, key);
	if (s && code != ERR_CANCELED)
		again = settle(st, s, code, &o, &why, &changed);
	pthread_mutex_unlock(&st->lock);
	pem_unref(o.answer);
	if (changed)
		st->deps.changed(st->deps.arg);
	return again;
}

/* --- a restart: whose responder is dead meanwhile keeps its answer --- */

static int recall_server(struct staples *st, const void *table, const struct tf_server *v)
{
	char sha256[65];

	if (sha256_hex(tf_text(table, v->cert), v->cert.len, sha256) < 0 || map_has(st->had, sha256))
		return 0;
	struct staple *s = calloc(1, sizeof(*s));
	if (!s)
		return -ENOMEM;
	s->answer = pem_new_bytes(tf_text(table, v->answer), v->answer.len);
	s->until = (time_t)v->answer_until;
	if (s->answer && map_put(st->had, sha256, s) == 0)
		return 0;
	staple_free(s);
	return -ENOMEM;
}

static int recall_all(struct staples *st, const void *table)
{
	const struct tf_server *v = tf_at(table, TF_SERVERS);
	int code = 0;

	for (uint32_t i = 0; code == 0 && i < tf_head(table)->sections[TF_SERVERS].n; i++)
		if (v[i].cert.len && v[i].answer.len && v[i].answer.len <= OCSP_ANSWER_MAX)
			code = recall_server(st, table, &v[i]);
	return code;
}

/* The file is never written again under its name, so it cannot be cut short. None, or one that is not as it should be,
 * is no fault. */
static int recall(struct staples *st, const char *dir)
{
	AUTO_FREE char *path = dir ? fs_join(dir, "table") : NULL;
	AUTO_CLOSE int fd = path ? open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK) : -1;
	const char *why;
	struct stat file;
	int code = 0;

	if (fd < 0 || fstat(fd, &file) < 0 || !S_ISREG(file.st_mode) || file.st_uid != geteuid() ||
	    file.st_size < (off_t)sizeof(struct tf_header) || file.st_size > (off_t)TABLE_FILE_MAX)
		return dir && !path ? -ENOMEM : 0;
	void *map = mmap(NULL, (size_t)file.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (map == MAP_FAILED)
		return 0;
	if (table_file_check(map, (size_t)file.st_size, &why))
		code = recall_all(st, map);
	(void)munmap(map, (size_t)file.st_size);
	return code;
}

static void take_recalled(struct staples *st, struct staple *s)
{
	struct staple *had = st->had ? map_get(st->had, s->chain->sha256) : NULL;

	if (!had)
		return;
	(void)answer_set(st, s, TAKE_PTR(had->answer), had->until);
	map_del(st->had, s->chain->sha256);
}

/* A first table may be without what a class or a Secret has to say: what was recalled waits until its end. */
static void forget_recalled(struct staples *st)
{
	time_t now = clock_wall(st->deps.clock);
	struct map_iter it = MAP_ITER_INIT;

	while (st->had && map_next(st->had, &it))
		if (((struct staple *)it.value)->until <= now)
			map_del(st->had, it.key);
	if (st->had && !map_len(st->had))
		st->had = map_free(st->had);
}

/* --- the table --- */

static int find(struct ing_table *t, size_t first, const struct ing_server *v, const char *fault,
		const struct staple *s)
{
	char at[TIME_STR_MAX] = "";
	AUTO_FREE char *message = NULL;

	if (v->answer)
		time_format(s->until, at);
	message = v->answer
		      ? str_fmt("Secret %s: %s; the OCSP answer of before is shown until %s", v->secret, fault, at)
		      : str_fmt("Secret %s: %s; its certificate is shown without an OCSP answer", v->secret, fault);
	if (!message)
		return -ENOMEM;
	str_make_utf8(message);
	for (size_t i = first; i < t->n_findings; i++)
		if (streq(t->findings[i].ingress, v->ocsp) && streq(t->findings[i].message, message))
			return 0;
	struct ing_finding *f = REC_GROW(t->findings, t->n_findings);
	if (!f)
		return -ENOMEM;
	f->reason = "OCSPFailed";
	f->ingress = str_dup(v->ocsp);
	f->message = TAKE_PTR(message);
	return f->ingress ? 0 : -ENOMEM;
}

/* NULL: no memory, or *full. */
static struct staple *staple_of(struct staples *st, const struct ing_pem *chain, bool *full)
{
	struct staple *s = map_get(st->all, chain->sha256);

	*full = !s && map_len(st->all) >= MAX_CERTS;
	if (s || *full)
		return s;
	s = calloc(1, sizeof(*s));
	if (!s)
		return NULL;
	s->chain = pem_ref(chain);
	if (map_put(st->all, chain->sha256, s) < 0) {
		staple_free(s);
		return NULL;
	}
	take_recalled(st, s);
	workqueue_add(st->queue, chain->sha256);
	return s;
}

static int fill(struct staples *st, struct ing_table *t)
{
	time_t now = clock_wall(st->deps.clock);
	size_t first = t->n_findings;
	int code = 0;

	for (size_t i = 0; code == 0 && i < t->n_servers; i++) {
		struct ing_server *v = &t->servers[i];
		bool full;
		if (!v->ocsp || !v->cert_pem)
			continue;
		struct staple *s = staple_of(st, v->cert_pem, &full);
		if (!s) {
			code = full ? find(t, first, v, "older certificates are as many as are asked about", NULL)
				    : -ENOMEM;
			continue;
		}
		s->wanted = true;
		if (s->answer && s->until > now) {
			v->answer = pem_ref(s->answer);
			v->answer_until = s->until;
		}
		if (s->fault)
			code = find(t, first, v, s->fault, s);
	}
	if (t->n_findings > first)
		ing_table_sort_findings(t);
	return code;
}

int staples_follow(struct staples *st, struct ing_table *t, struct err *e)
{
	struct map_iter it = MAP_ITER_INIT;
	int code = 0;

	pthread_mutex_lock(&st->lock);
	while (map_next(st->all, &it))
		((struct staple *)it.value)->wanted = false;
	if (t)
		code = fill(st, t);
	forget_recalled(st);
	it = (struct map_iter)MAP_ITER_INIT;
	while (code == 0 && map_next(st->all, &it)) {
		struct staple *s = it.value;
		if (s->wanted)
			continue;
		st->bytes -= s->answer ? s->answer->len : 0;
		map_del(st->all, it.key);
	}
	pthread_mutex_unlock(&st->lock);
	return code < 0 ? err_nomem(e) : 0;
}

/* --- life --- */

int staples_new(struct staples **ret, const struct staples_deps *d, struct err *e)
{
	struct staples *st = calloc(1, sizeof(*st));

	if (!st)
		return err_nomem(e);
	pthread_mutex_init(&st->lock, NULL);
	st->deps = *d;
	st->all = map_new(staple_free);
	st->had = map_new(staple_free);
	int code = st->all && st->had && recall(st, d->live_dir) == 0
		       ? workqueue_new(&st->queue, d->loop, COMPONENT, WORKERS, reconcile, st, e)
		       : err_nomem(e);
	if (code < 0) {
		staples_free(st);
		return code;
	}
	workqueue_pause(st->queue, false);
	*ret = st;
	return 0;
}

void staples_stop(struct staples *st)
{
	if (!st)
		return;
	__atomic_store_n(&st->stopped, true, __ATOMIC_RELEASE);
	workqueue_stop(st->queue);
}

struct staples *staples_free(struct staples *st)
{
	if (!st)
		return NULL;
	if (st->queue) {
		staples_stop(st);
		workqueue_free(st->queue);
	}
	map_free(st->all);
	map_free(st->had);
	pthread_mutex_destroy(&st->lock);
	free(st);
	return NULL;
}
