/*
 * Clients of several API servers on one datastore, while somebody else kills servers and members of the datastore; what
 * they saw must be explained by one order of all operations (history.h), whichever server each was asked at.
 *
 *   checker_shared STOP KUBECONFIG...      until the file STOP is there; then every server must answer
 *
 * An answer 503 or 429 promises that nothing was written. 504, 500 and no answer at all leave it open, for ever: what
 * was on its way in etcd may come at any time. Exit status 1: a violation, said on stderr.
 */
#include <inttypes.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <time.h>
#include <unistd.h>
#include "base/cleanup.h"
#include "base/json.h"
#include "base/str.h"
#include "tests/fault/history.h"
#include "tests/fault/https.h"

#define WRITERS    6
#define SERVERS    4
#define KEYS       12
#define PATH       "/api/v1/namespaces/default/configmaps"
#define ROUNDS_MAX 100 /* of reading everything at the end */

static struct {
	struct https_creds creds[SERVERS];
	unsigned n_servers;
	const char *stop;
	pthread_mutex_t lock;
	struct history h; /* under lock */
	atomic_ullong next_value;
	atomic_size_t acked, open, refused;
} g = {.lock = PTHREAD_MUTEX_INITIALIZER};

struct client {
	pthread_t thread;
	struct https c[SERVERS];
	uint64_t rnd;
	int64_t known[KEYS];
};

static int64_t now_ns(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000000000 + ts.tv_nsec;
}

static uint32_t rnd(uint64_t *s, uint32_t n)
{
	*s ^= *s << 13;
	*s ^= *s >> 7;
	*s ^= *s << 17;
	return (uint32_t)((*s >> 16) % n);
}

static void record(struct op o)
{
	pthread_mutex_lock(&g.lock);
	if (history_add(&g.h, o) < 0)
		abort();
	pthread_mutex_unlock(&g.lock);
}

struct answer {
	int status; /* 0: none */
	bool sent;
	json_t *o;
	int64_t start, end;
};

static void ask(struct client *me, unsigned at, struct answer *a, const char *method, const char *path,
		const char *body)
{
	struct https *c = &me->c[at];
	char *text = NULL;
	size_t n = 0;

	*a = (struct answer){0};
	if (c->fd < 0 && https_connect(c, &g.creds[at]) < 0)
		return;
	a->start = now_ns();
	a->sent = true;
	if (https_send(c, method, path, "Content-Type: application/json\r\n", body) < 0 ||
	    https_head(c, &a->status) < 0 || https_body(c, &text, &n) < 0 || json_parse(text, n, &a->o, NULL) < 0)
		a->status = 0;
	a->end = now_ns();
	free(text);
}

static bool object_read(const json_t *o, uint32_t *key, struct op *op)
{
	uint64_t n;

	if (str_to_u64(json_str_or(o, "metadata.name", "k") + 1, KEYS - 1, &n) || !json_str(o, "data.v"))
		return false;
	*key = (uint32_t)n;
	return !str_to_u64(json_str(o, "data.v"), UINT64_MAX, &op->value) &&
	       !str_to_i64(json_str_or(o, "metadata.resourceVersion", ""), 1, INT64_MAX, &op->rev);
}

static bool get_one(struct client *me, unsigned at, uint32_t key)
{
	struct op op = {.kind = OP_READ, .key = key};
	struct answer a;
	char path[100];
	uint32_t k;
	bool ok = true;

	(void)snprintf(path, sizeof(path), PATH "/k%u", key);
	ask(me, at, &a, "GET", path, NULL);
	op.start = a.start;
	op.end = a.end;
	if (a.status == 404)
		op.outcome = OP_ABSENT;
	else
		ok = a.status == 200 && object_read(a.o, &k, &op) && k == key;
	if (ok) {
		record(op);
		me->known[key] = op.rev;
	}
	json_decref(a.o);
	return ok;
}

static bool list(struct client *me, unsigned at)
{
	bool there[KEYS] = {false};
	struct answer a;
	int64_t rev;
	size_t i;
	json_t *o;

	ask(me, at, &a, "GET", PATH, NULL);
	if (a.status != 200) {
		json_decref(a.o);
		return false;
	}
	rev = strtoll(json_str_or(a.o, "metadata.resourceVersion", "0"), NULL, 10);
	json_array_foreach(json_object_get(a.o, "items"), i, o)
	{
		struct op op = {.kind = OP_READ, .at = rev, .start = a.start, .end = a.end};

		if (!object_read(o, &op.key, &op))
			continue;
		there[op.key] = true;
		me->known[op.key] = op.rev;
		record(op);
	}
	for (uint32_t k = 0; k < KEYS; k++)
		if (!there[k])
			record((struct op){.kind = OP_READ,
					   .outcome = OP_ABSENT,
					   .key = k,
					   .at = rev,
					   .start = a.start,
					   .end = a.end});
	json_decref(a.o);
	return true;
}

static bool write_one(struct client *me, unsigned at, enum op_kind kind, uint32_t key)
{
	static const char *const methods[] = {"POST", "PUT", "DELETE"};
	struct op op = {.kind = kind, .key = key, .value = atomic_fetch_add(&g.next_value, 1)};
	AUTO_FREE char *body = NULL;
	char path[100], rv[48] = "";
	struct answer a;
	struct op seen = {0};
	uint32_t k;

	if (kind != OP_CREATE)
		op.expect = me->known[key];
	if (op.expect)
		(void)snprintf(rv, sizeof(rv), ",\"resourceVersion\":\"%" PRId64 "\"", op.expect);
	if (kind != OP_DELETE)
		body =
		    str_fmt("{\"metadata\":{\"name\":\"k%u\"%s},\"data\":{\"v\":\"%" PRIu64 "\"}}", key, rv, op.value);
	else if (op.expect)
		body = str_fmt("{\"preconditions\":{\"resourceVersion\":\"%" PRId64 "\"}}", op.expect);
	(void)snprintf(path, sizeof(path), kind == OP_CREATE ? PATH : PATH "/k%u", key);
	ask(me, at, &a, methods[kind], path, body);
	op.start = a.start;
	op.end = a.end;
	bool answered = true;
	if (!a.sent || a.status == 503 || a.status == 429) {
		atomic_fetch_add(&g.refused, 1);
		json_decref(a.o);
		return false;
	}
	if (a.status == 0 || a.status >= 500) {
		op.outcome = OP_UNKNOWN;
		op.end = INT64_MAX;
		atomic_fetch_add(&g.open, 1);
		answered = false;
	} else if (a.status == 409) {
		op.outcome = kind == OP_CREATE ? OP_EXISTS : OP_CONFLICT;
	} else if (a.status == 404) {
		op.outcome = OP_ABSENT;
	} else if (kind != OP_DELETE && (!object_read(a.o, &k, &seen) || k != key || seen.value != op.value)) {
		fprintf(stderr, "violation: %s %s answered %d with another object\n", methods[kind], path, a.status);
		_exit(1);
	} else {
		op.rev = seen.rev;
		atomic_fetch_add(&g.acked, 1);
	}
	me->known[key] = op.outcome == OP_OK ? op.rev : 0;
	/* A conflict without an expected revision is a fight that the server settled: nothing to check. */
	if (op.outcome != OP_CONFLICT || op.expect)
		record(op);
	json_decref(a.o);
	return answered;
}

static void *client_main(void *arg)
{
	struct client *me = arg;

	while (access(g.stop, F_OK) < 0) {
		unsigned at = rnd(&me->rnd, g.n_servers);
		uint32_t dice = rnd(&me->rnd, 100), key = rnd(&me->rnd, KEYS);
		bool ok;

		if (dice < 5)
			ok = list(me, at);
		else if (dice < 40)
			ok = get_one(me, at, key);
		else if (dice < 65)
			ok = write_one(me, at, OP_UPDATE, key);
		else if (dice < 85)
			ok = write_one(me, at, OP_CREATE, key);
		else
			ok = write_one(me, at, OP_DELETE, key);
		if (!ok) /* each may stay open: not too many of them */
			usleep(200000);
	}
	return NULL;
}

int main(int argc, char **argv)
{
	static struct client clients[WRITERS + 1];
	struct client *me = &clients[WRITERS];
	struct err e = {0};

	if (argc < 3 || argc > 2 + SERVERS) {
		fprintf(stderr, "usage: checker_shared STOP KUBECONFIG...\n");
		return 2;
	}
	signal(SIGPIPE, SIG_IGN);
	g.stop = argv[1];
	g.n_servers = (unsigned)argc - 2;
	atomic_store(&g.next_value, 1);
	for (unsigned i = 0; i < g.n_servers; i++)
		if (https_creds_load(&g.creds[i], argv[2 + i], &e)) {
			fprintf(stderr, "%s\n", e.msg);
			return 2;
		}
	if (history_init(&g.h, KEYS) < 0)
		return 2;
	g.h.shared_revs = true;
	for (size_t i = 0; i < ARRAY_LEN(clients); i++) {
		clients[i].rnd = (uint64_t)now_ns() * (i + 1) | 1;
		for (unsigned k = 0; k < SERVERS; k++)
			https_init(&clients[i].c[k]);
	}
	for (size_t i = 0; i < WRITERS; i++)
		if (pthread_create(&clients[i].thread, NULL, client_main, &clients[i]))
			return 2;
	for (size_t i = 0; i < WRITERS; i++)
		pthread_join(clients[i].thread, NULL);
	for (unsigned at = 0; at < g.n_servers; at++)
		for (uint32_t k = 0, tries = 0; k < KEYS; tries++) {
			if (get_one(me, at, k))
				k++;
			else if (tries < ROUNDS_MAX)
				usleep(200000);
			else {
				fprintf(stderr, "violation: server %u does not answer any more\n", at);
				return 1;
			}
		}
	if (!history_check(&g.h)) {
		fprintf(stderr, "violation: %s\n", g.h.why);
		return 1;
	}
	printf("%zu operations at %u servers, %zu writes acknowledged, %zu left open, %zu refused\n", g.h.checked,
	       g.n_servers, atomic_load(&g.acked), atomic_load(&g.open), atomic_load(&g.refused));
	return 0;
}
