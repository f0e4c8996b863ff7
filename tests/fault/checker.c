/*
 * Kills an API server with -9 in mid-write, again and again, while clients create, update by compare-and-swap, delete,
 * get, list and watch; afterwards everything they saw must be explained (history.h).
 *
 *   checker DIR ROUNDS WRITES SERVER       SERVER DIR/data PORT is started (as apiserver_main); it says "ready PORT"
 *
 * A round ends after a random number of writes up to WRITES. Prints what was checked; exit status 1: a violation, said
 * on stderr.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "base/cleanup.h"
#include "base/fs.h"
#include "base/json.h"
#include "base/proc.h"
#include "base/str.h"
#include "tests/fault/history.h"
#include "tests/fault/https.h"

#define WRITERS    8
#define MAPS       32 /* ConfigMaps, then Leases, then heartbeats of Nodes */
#define LEASES     4
#define NODES      2
#define KEYS       (MAPS + LEASES + NODES)
#define WATCHERS   4
#define CONFIGMAPS "/api/v1/namespaces/default/configmaps"
#define LEASE_PATH "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases"

static struct {
	struct https_creds creds;
	pthread_mutex_t lock;
	pthread_cond_t cond;
	bool up, over;         /* under lock */
	bool writing;          /* under lock */
	atomic_bool late_only; /* what is not flushed along with durable writes can be lost */
	unsigned life;         /* under lock; grows with every start */
	unsigned parked;       /* under lock: writers that wait for the next start */
	struct history h;      /* under lock */
	atomic_uint written;   /* acknowledged in this life */
	atomic_ullong next_value;
	atomic_bool failed;
} g = {.lock = PTHREAD_MUTEX_INITIALIZER, .cond = PTHREAD_COND_INITIALIZER};

static int64_t now_ns(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000000000 + ts.tv_nsec;
}

__attribute__((format(printf, 1, 2))) static void violation(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	fputs("violation: ", stderr);
	vfprintf(stderr, fmt, ap);
	fputc('\n', stderr);
	va_end(ap);
	atomic_store(&g.failed, true);
}

static bool is_late(uint32_t key)
{
	return key >= MAPS;
}

/* --- keys and values as the API has them --- */

static void key_path(uint32_t key, char out[160])
{
	if (key < MAPS)
		(void)snprintf(out, 160, CONFIGMAPS "/k%u", key);
	else if (key < MAPS + LEASES)
		(void)snprintf(out, 160, LEASE_PATH "/k%u", key);
	else
		(void)snprintf(out, 160, "/api/v1/nodes/k%u/status", key);
}

/* Each object has a value of its own; the pad makes half of one visible. */
static char *object_text(uint32_t key, uint64_t value, int64_t rev)
{
	char rv[48] = "";

	if (rev)
		(void)snprintf(rv, sizeof(rv), ",\"resourceVersion\":\"%" PRId64 "\"", rev);
	if (key < MAPS)
		return str_fmt("{\"metadata\":{\"name\":\"k%u\"%s},\"data\":{\"v\":\"%" PRIu64
			       "\",\"pad\":\"%0*d\",\"w\":\"%" PRIu64 "\"}}",
			       key, rv, value, (int)(value % 900) + 1, 0, value);
	if (key < MAPS + LEASES)
		return str_fmt(
		    "{\"apiVersion\":\"coordination.k8s.io/"
		    "v1\",\"kind\":\"Lease\",\"metadata\":{\"name\":\"k%u\"%s},\"spec\":{\"holderIdentity\":\"%" PRIu64
		    "\"}}",
		    key, rv, value);
	return str_fmt("{\"apiVersion\":\"v1\",\"kind\":\"Node\",\"metadata\":{\"name\":\"k%u\"%s},\"status\":{"
		       "\"nodeInfo\":{\"machineID\":\"%" PRIu64
		       "\",\"systemUUID\":\"u\",\"bootID\":\"b\",\"kernelVersion\":\"k\",\"osImage\":\"o\","
		       "\"containerRuntimeVersion\":\"c\",\"kubeletVersion\":\"v1\","
		       "\"kubeProxyVersion\":\"v1\",\"operatingSystem\":\"linux\",\"architecture\":\"amd64\"}}}",
		       key, rv, value);
}

/* What an object says; false: it is not one of ours (bootstrap objects) or is broken. */
static bool object_read(const json_t *o, uint32_t *key, uint64_t *value, int64_t *rev)
{
	const char *name = json_str_or(o, "metadata.name", ""), *v = json_str(o, "data.v"), *w = json_str(o, "data.w");
	uint64_t n;

	if (name[0] != 'k' || str_to_u64(name + 1, KEYS - 1, &n))
		return false;
	*key = (uint32_t)n;
	if (n >= MAPS + LEASES)
		v = w = json_str_or(o, "status.nodeInfo.machineID", "0");
	else if (n >= MAPS)
		v = w = json_str(o, "spec.holderIdentity");
	if (!v || !w || !streq(v, w) || str_to_u64(v, UINT64_MAX, value) ||
	    str_to_i64(json_str_or(o, "metadata.resourceVersion", ""), 1, INT64_MAX, rev)) {
		violation("half an object: %s", name);
		return false;
	}
	if (n < MAPS && strlen(json_str_or(o, "data.pad", "")) != *value % 900 + 1)
		violation("%s: its parts are of different writes", name);
	return true;
}

/* --- one request --- */

struct answer {
	int rc, status;
	bool sent;
	json_t *o;
	int64_t start, end;
};

static void ask(struct https *c, struct answer *a, const char *method, const char *path, const char *body)
{
	char *text = NULL;
	size_t n = 0;

	*a = (struct answer){0};
	if (c->fd < 0 && (a->rc = https_connect(c, &g.creds)) < 0)
		return;
	a->start = now_ns();
	a->sent = true;
	a->rc = https_send(c, method, path, "Content-Type: application/json\r\n", body);
	if (!a->rc)
		a->rc = https_head(c, &a->status);
	if (!a->rc)
		a->rc = https_body(c, &text, &n);
	a->end = now_ns();
	if (!a->rc && json_parse(text, n, &a->o, NULL))
		a->rc = -EBADMSG;
	free(text);
}

static void record(struct op o)
{
	pthread_mutex_lock(&g.lock);
	if (history_add(&g.h, o) < 0)
		abort();
	pthread_mutex_unlock(&g.lock);
}

/* --- writers --- */

struct writer {
	pthread_t thread;
	struct https c;
	uint64_t rnd;
	int64_t known[KEYS]; /* revision last seen of each key */
	struct op open;      /* not answered; its end is not known yet */
	bool has_open;
};
static struct writer writers[WRITERS];

static uint32_t rnd(uint64_t *s, uint32_t n)
{
	*s ^= *s << 13;
	*s ^= *s >> 7;
	*s ^= *s << 17;
	return (uint32_t)((*s >> 16) % n);
}

static bool list_maps(struct writer *w)
{
	struct answer a;
	int64_t at;
	bool there[MAPS] = {false};
	size_t i;
	json_t *o;

	ask(&w->c, &a, "GET", CONFIGMAPS, NULL);
	if (a.rc || a.status != 200) {
		json_decref(a.o);
		return false;
	}
	at = strtoll(json_str_or(a.o, "metadata.resourceVersion", "0"), NULL, 10);
	json_array_foreach(json_object_get(a.o, "items"), i, o)
	{
		struct op op = {.kind = OP_READ, .at = at, .start = a.start, .end = a.end};

		if (!object_read(o, &op.key, &op.value, &op.rev))
			continue;
		there[op.key] = true;
		w->known[op.key] = op.rev;
		record(op);
	}
	for (uint32_t k = 0; k < MAPS; k++)
		if (!there[k])
			record((struct op){
			    .kind = OP_READ, .outcome = OP_ABSENT, .key = k, .at = at, .start = a.start, .end = a.end});
	json_decref(a.o);
	return true;
}

static bool get_one(struct writer *w, uint32_t key)
{
	struct op op = {.kind = OP_READ, .key = key, .late = is_late(key)};
	struct answer a;
	char path[160];
	uint32_t k;

	key_path(key, path);
	ask(&w->c, &a, "GET", path, NULL);
	op.start = a.start;
	op.end = a.end;
	if (!a.rc && a.status == 404) {
		op.outcome = OP_ABSENT;
		record(op);
		w->known[key] = 0;
	} else if (!a.rc && a.status == 200 && object_read(a.o, &k, &op.value, &op.rev)) {
		record(op);
		w->known[key] = op.rev;
	} else {
		json_decref(a.o);
		return false;
	}
	json_decref(a.o);
	return true;
}

static void write_one(struct writer *w, enum op_kind kind, uint32_t key)
{
	static const char *const methods[] = {"POST", "PUT", "DELETE"};
	struct op op = {.kind = kind, .key = key, .late = is_late(key), .value = atomic_fetch_add(&g.next_value, 1)};
	AUTO_FREE char *body = NULL;
	struct answer a;
	char path[160];
	uint32_t k;
	uint64_t v;

	key_path(key, path);
	if (kind == OP_CREATE)
		*strrchr(path, '/') = 0;
	else if (is_late(key) || rnd(&w->rnd, 8) != 0)
		op.expect = w->known[key];
	if (kind != OP_DELETE)
		body = object_text(key, op.value, op.expect);
	else if (op.expect)
		body = str_fmt("{\"preconditions\":{\"resourceVersion\":\"%" PRId64 "\"}}", op.expect);
	ask(&w->c, &a, methods[kind], path, body);
	if (!a.sent)
		return;
	op.start = a.start;
	op.end = a.end;
	if (a.rc) {
		op.outcome = OP_UNKNOWN;
		w->open = op;
		w->has_open = true;
		return;
	}
	if (a.status == 409) {
		op.outcome = kind == OP_CREATE ? OP_EXISTS : OP_CONFLICT;
		w->known[key] = 0;
	} else if (a.status == 404) {
		op.outcome = OP_ABSENT;
		w->known[key] = 0;
	} else if (a.status / 100 != 2) {
		violation("%s %s answered %d: %s", methods[kind], path, a.status, json_str_or(a.o, "message", ""));
	} else if (kind != OP_DELETE && (!object_read(a.o, &k, &v, &op.rev) || k != key || v != op.value)) {
		violation("%s %s answered with another object", methods[kind], path);
	} else {
		w->known[key] = op.rev;
		atomic_fetch_add(&g.written, 1);
	}
	/* A conflict without an expected revision is a fight that the server settled: nothing to check. */
	if (op.outcome != OP_CONFLICT || op.expect)
		record(op);
	json_decref(a.o);
}

static void *writer_main(void *arg)
{
	struct writer *w = arg;

	for (;;) {
		pthread_mutex_lock(&g.lock);
		unsigned life = g.life;

		if (w->c.fd < 0) { /* wait for a server that is up, and new if there was one before */
			g.parked++;
			pthread_cond_broadcast(&g.cond);
			while (!g.over && (!g.up || !g.writing || (w->has_open && life == g.life)))
				pthread_cond_wait(&g.cond, &g.lock);
			g.parked--;
		}
		bool over = g.over;

		pthread_mutex_unlock(&g.lock);
		if (over)
			return NULL;
		uint32_t dice = atomic_load(&g.late_only) ? 0 : rnd(&w->rnd, 100), key = rnd(&w->rnd, MAPS);

		uint32_t late = MAPS + rnd(&w->rnd, LEASES + NODES);

		if (dice < 12 && !w->known[late])
			(void)get_one(w, late);
		else if (dice < 12)
			write_one(w, OP_UPDATE, late);
		else if (dice < 14)
			(void)list_maps(w);
		else if (dice < 24 || (dice < 70 && !w->known[key] && dice < 50))
			(void)get_one(w, key);
		else if (dice < 70)
			write_one(w, OP_UPDATE, key);
		else if (dice < 86)
			write_one(w, OP_CREATE, key);
		else
			write_one(w, OP_DELETE, key);
	}
}

/* --- watchers --- */

struct watching {
	pthread_t thread;
	struct watcher w;
	struct https c;
	struct https_lines lines;
	const char *path, *options;
	bool bookmarks;
	int64_t at; /* goes on from there; 0: list first */
	_Atomic int64_t told;
	size_t events, resumes, gone;
};
static struct watching watching[WATCHERS] = {
    {.w = {.name = "watch", .keys = MAPS}, .path = CONFIGMAPS, .options = ""},
    {.w = {.name = "watch that times out", .keys = MAPS}, .path = CONFIGMAPS, .options = "&timeoutSeconds=1"},
    {.w = {.name = "watch with bookmarks", .keys = MAPS, .may_be_gone = true},
     .path = CONFIGMAPS,
     .options = "&allowWatchBookmarks=true&timeoutSeconds=3",
     .bookmarks = true},
    {.w = {.name = "watch of leases", .late = true, .may_be_gone = true}, .path = LEASE_PATH, .options = ""},
};

static void note(struct watching *w, struct seen s)
{
	if (watcher_add(&w->w, s) < 0)
		abort();
}

static void watch_list(struct watching *w)
{
	struct answer a;
	size_t i;
	json_t *o;

	ask(&w->c, &a, "GET", w->path, NULL);
	if (!a.rc && a.status == 200) {
		w->at = strtoll(json_str_or(a.o, "metadata.resourceVersion", "0"), NULL, 10);
		note(w, (struct seen){.kind = SEEN_LIST, .rev = w->at});
		json_array_foreach(json_object_get(a.o, "items"), i, o)
		{
			struct seen s = {.kind = SEEN_ADDED, .listed = true};

			if (object_read(o, &s.key, &s.value, &s.rev))
				note(w, s);
		}
		atomic_store(&w->told, w->at);
	}
	json_decref(a.o);
}

/* False: the watch is over. */
static bool watch_event(struct watching *w, const char *text)
{
	AUTO_JSON json_t *e = NULL;
	const char *type;
	struct seen s = {0};
	const json_t *o;

	if (json_parse(text, strlen(text), &e, NULL)) {
		violation("%s: half an event: %.80s", w->w.name, text);
		return false;
	}
	type = json_str_or(e, "type", "");
	o = json_object_get(e, "object");
	if (streq(type, "ERROR")) {
		if (json_int_or(o, "code", 0) != 410)
			violation("%s: %s", w->w.name, json_str_or(o, "message", "an error without a message"));
		note(w, (struct seen){.kind = SEEN_GONE, .rev = w->at});
		w->gone++;
		w->at = 0;
		return false;
	}
	if (streq(type, "BOOKMARK")) {
		s.kind = SEEN_BOOKMARK;
		s.rev = strtoll(json_str_or(o, "metadata.resourceVersion", "0"), NULL, 10);
	} else {
		s.kind = streq(type, "ADDED") ? SEEN_ADDED : streq(type, "MODIFIED") ? SEEN_MODIFIED : SEEN_DELETED;
		if (!object_read(o, &s.key, &s.value, &s.rev))
			return true;
		w->events++;
	}
	note(w, s);
	w->at = s.rev;
	atomic_store(&w->told, s.rev);
	return true;
}

static void *watch_main(void *arg)
{
	struct watching *w = arg;

	for (;;) {
		char path[300];
		char *text;
		int status = 0;

		pthread_mutex_lock(&g.lock);
		while (!g.over && !g.up)
			pthread_cond_wait(&g.cond, &g.lock);
		bool over = g.over;

		pthread_mutex_unlock(&g.lock);
		if (over)
			return NULL;
		if (!w->at)
			watch_list(w);
		if (!w->at || (w->c.fd < 0 && https_connect(&w->c, &g.creds) < 0))
			continue;
		(void)snprintf(path, sizeof(path), "%s?watch=1&resourceVersion=%" PRId64 "%s", w->path, w->at,
			       w->options);
		w->resumes++;
		if (https_send(&w->c, "GET", path, NULL, NULL) < 0 || https_head(&w->c, &status) < 0)
			continue;
		if (status != 200)
			violation("%s: answered %d", w->w.name, status);
		w->lines.len = w->lines.at = 0;
		while (https_line(&w->c, &w->lines, &text) == 0 && text) {
			bool more = watch_event(w, text);

			free(text);
			if (!more) {
				https_close(&w->c);
				break;
			}
		}
	}
}

/* --- the server and the rounds --- */

struct server {
	const char *program, *data;
	pid_t pid;
	uint16_t port;
};

static void server_start(struct server *s)
{
	char port[8], line[64] = "";
	const char *argv[] = {s->program, s->data, port, NULL};
	AUTO_FREE char *kc = str_fmt("%s/admin.kubeconfig", s->data);
	struct err e = {0};
	int p[2];
	size_t n = 0;

	(void)snprintf(port, sizeof(port), "%u", s->port);
	if (pipe2(p, O_CLOEXEC) < 0 ||
	    proc_spawn(&(struct proc_spec){.argv = argv, .stdin_fd = -1, .stdout_fd = p[1], .stderr_fd = 2}, &s->pid,
		       &e) < 0) {
		fprintf(stderr, "starting %s: %s\n", s->program, e.msg);
		exit(2);
	}
	close(p[1]);
	while (n < sizeof(line) - 1 && read(p[0], line + n, 1) == 1 && line[n++] != '\n')
		;
	close(p[0]);
	if (strncmp(line, "ready ", 6)) {
		fprintf(stderr, "%s did not start\n", s->program);
		exit(2);
	}
	if (!s->port && https_creds_load(&g.creds, kc, &e)) {
		fprintf(stderr, "%s\n", e.msg);
		exit(2);
	}
	s->port = g.creds.port;
}

static void server_kill(struct server *s)
{
	int status;

	if (kill(s->pid, SIGKILL) < 0 || waitpid(s->pid, &status, 0) != s->pid || !WIFSIGNALED(status))
		violation("the server had ended by itself");
	s->pid = 0;
}

static void must(struct https *c, const char *method, const char *path, const char *body)
{
	struct answer a;

	ask(c, &a, method, path, body);
	if (a.rc || a.status / 100 != 2) {
		fprintf(stderr, "%s %s: %d %s\n", method, path, a.rc ? a.rc : a.status,
			json_str_or(a.o, "message", ""));
		exit(2);
	}
	json_decref(a.o);
}

/* Leases and Nodes are there for good, written durably at first. */
static void make_late_keys(struct https *c)
{
	for (uint32_t k = MAPS; k < KEYS; k++) {
		AUTO_FREE char *body = object_text(k, atomic_fetch_add(&g.next_value, 1), 0);
		char path[160];

		key_path(k, path);
		if (k >= MAPS + LEASES) /* .../nodes/NAME/status */
			*strrchr(path, '/') = 0;
		*strrchr(path, '/') = 0;
		must(c, "POST", path, body);
	}
}

/* Reads every key: with it a life ends and the next begins. */
static void read_all(struct writer *me)
{
	bool ok = list_maps(me);

	for (uint32_t k = MAPS; k < KEYS; k++)
		ok = get_one(me, k) && ok;
	if (!ok)
		violation("the server that was started again does not answer");
}

/* Whoever saw a late write that is lost must be told: 410 for its revision. Returns whether it was lost. */
static bool check_gap(struct writer *me, const struct op *last)
{
	char path[200];
	struct answer a;
	char *text = NULL;
	int status = 0;
	int64_t have;
	bool gone = false;

	if (!last->rev)
		return false;
	key_path(last->key, path);
	ask(&me->c, &a, "GET", path, NULL); /* read_all tells of it */
	have = strtoll(json_str_or(a.o, "metadata.resourceVersion", "0"), NULL, 10);
	json_decref(a.o);
	if (have >= last->rev)
		return false;
	(void)snprintf(path, sizeof(path), CONFIGMAPS "?watch=1&timeoutSeconds=1&resourceVersion=%" PRId64, last->rev);
	if (https_send(&me->c, "GET", path, NULL, NULL) == 0 && https_head(&me->c, &status) == 0) {
		struct https_lines l = {0};

		if (https_line(&me->c, &l, &text) == 0 && text)
			gone = strstr(text, "\"ERROR\"") && strstr(text, "410");
		free(l.text);
	}
	https_close(&me->c);
	if (!gone)
		violation("a watch from revision %" PRId64 ", of a late write that was lost, was answered %d and %s",
			  last->rev, status, text ? text : "nothing");
	free(text);
	return true;
}

static size_t lost_late;

static void one_round(struct server *s, unsigned writes, struct writer *me, uint64_t *seed)
{
	unsigned target = 1 + rnd(seed, writes);
	struct op last = {0};
	int64_t dead;

	atomic_store(&g.written, 0);
	pthread_mutex_lock(&g.lock);
	g.up = g.writing = true;
	g.life++;
	pthread_cond_broadcast(&g.cond);
	pthread_mutex_unlock(&g.lock);
	for (;;) {
		unsigned n = atomic_load(&g.written);

		/* Every third time the last writes are heartbeats alone. */
		if (n + 40 >= target && target % 3 == 0)
			atomic_store(&g.late_only, true);
		if (n >= target || atomic_load(&g.failed) || kill(s->pid, 0) < 0)
			break;
		usleep(200);
	}
	pthread_mutex_lock(&g.lock);
	g.up = g.writing = false;
	atomic_store(&g.late_only, false);
	pthread_mutex_unlock(&g.lock);
	server_kill(s);
	dead = now_ns();
	pthread_mutex_lock(&g.lock);
	while (g.parked < WRITERS)
		pthread_cond_wait(&g.cond, &g.lock);
	for (size_t i = 0; i < WRITERS; i++) {
		if (!writers[i].has_open)
			continue;
		writers[i].has_open = false;
		writers[i].open.end = dead;
		if (history_add(&g.h, writers[i].open) < 0)
			abort();
	}
	for (size_t i = 0; i < g.h.n; i++)
		if (g.h.ops[i].late && g.h.ops[i].kind == OP_UPDATE && g.h.ops[i].outcome == OP_OK &&
		    g.h.ops[i].rev > last.rev)
			last = g.h.ops[i];
	pthread_mutex_unlock(&g.lock);
	server_start(s);
	https_close(&me->c);
	lost_late += check_gap(me, &last);
	read_all(me);
	pthread_mutex_lock(&g.lock);
	if (!history_check(&g.h))
		violation("%s", g.h.why);
	pthread_mutex_unlock(&g.lock);
}

static int64_t finish(struct server *s, struct writer *me)
{
	/* The last write: when it has come to every watcher, all others must have. */
	int64_t upto;

	write_one(me, OP_UPDATE, 0);
	if (!me->known[0])
		write_one(me, OP_CREATE, 0);
	upto = me->known[0];
	pthread_mutex_lock(&g.lock);
	g.up = true;
	pthread_cond_broadcast(&g.cond);
	pthread_mutex_unlock(&g.lock);
	for (size_t i = 0; i < WATCHERS; i++)
		for (int64_t end = now_ns() + 20000000000; !watching[i].w.late && atomic_load(&watching[i].told) < upto;
		     usleep(1000))
			if (now_ns() > end) {
				violation("%s: was told up to %" PRId64 " of %" PRId64 " within 20 s",
					  watching[i].w.name, atomic_load(&watching[i].told), upto);
				break;
			}
	pthread_mutex_lock(&g.lock);
	g.over = true;
	pthread_cond_broadcast(&g.cond);
	pthread_mutex_unlock(&g.lock);
	read_all(me);
	if (!history_check(&g.h))
		violation("%s", g.h.why);
	server_kill(s);
	for (size_t i = 0; i < WATCHERS; i++) {
		struct watching *w = &watching[i];

		pthread_join(w->thread, NULL);
		if (!atomic_load(&g.failed) && !history_check_watcher(&g.h, &w->w, upto))
			violation("%s", g.h.why);
		printf("%s: %zu events, begun %zu times, %zu times 410\n", w->w.name, w->events, w->resumes, w->gone);
	}
	return upto;
}

/* The recorded history itself, spoilt: whoever cannot see that has not checked anything. */
static void spoil(int64_t upto)
{
	struct watcher *w = &watching[0].w;
	size_t missed = 0, tried = 0;

	for (size_t i = w->n / 4; i + 2 < w->n && tried < 40; i += w->n / 40 + 1) {
		struct seen a = w->v[i], b = w->v[i + 1];

		if (a.kind > SEEN_DELETED || a.listed || a.kind == SEEN_LIST || b.kind == SEEN_LIST ||
		    b.kind > SEEN_DELETED || b.listed)
			continue;
		w->v[i] = b;
		w->v[i + 1] = a;
		g.h.why[0] = 0;
		tried++;
		missed += history_check_watcher(&g.h, w, upto);
		w->v[i] = a;
		w->v[i + 1] = a;
		g.h.why[0] = 0;
		tried++;
		missed += history_check_watcher(&g.h, w, upto);
		w->v[i + 1] = b;
	}
	if (missed || !tried)
		violation("%zu of %zu spoilt histories were not noticed", missed, tried);
	else
		printf("%zu spoilt copies of a watch were noticed\n", tried);
}

int main(int argc, char **argv)
{
	static struct writer me = {.rnd = 88172645463325252ull};
	struct server s = {0};
	AUTO_FREE char *data = NULL;
	int64_t rounds, writes, upto;
	uint64_t seed = (uint64_t)now_ns() | 1;

	if (argc != 5 || str_to_i64(argv[2], 1, 100000, &rounds) || str_to_i64(argv[3], 1, 1000000, &writes)) {
		fprintf(stderr, "usage: checker DIR ROUNDS WRITES SERVER\n");
		return 2;
	}
	signal(SIGPIPE, SIG_IGN);
	data = str_fmt("%s/data", argv[1]);
	s.program = argv[4];
	s.data = data;
	atomic_store(&g.next_value, 1);
	if (!data || history_init(&g.h, KEYS) < 0)
		return 2;
	https_init(&me.c);
	server_start(&s);
	make_late_keys(&me.c);
	read_all(&me);
	if (!history_check(&g.h))
		violation("%s", g.h.why);
	for (size_t i = 0; i < WRITERS; i++) {
		https_init(&writers[i].c);
		writers[i].rnd = seed * (i + 1) | 1;
		if (pthread_create(&writers[i].thread, NULL, writer_main, &writers[i]))
			return 2;
	}
	for (size_t i = 0; i < WATCHERS; i++) {
		https_init(&watching[i].c);
		if (pthread_create(&watching[i].thread, NULL, watch_main, &watching[i]))
			return 2;
	}
	int64_t done = 0;

	for (; done < rounds && !atomic_load(&g.failed); done++)
		one_round(&s, (unsigned)writes, &me, &seed);
	if (atomic_load(&g.failed)) {
		server_kill(&s);
		return 1;
	}
	upto = finish(&s, &me);
	if (!atomic_load(&g.failed))
		spoil(upto);
	printf("%" PRId64 " kills, %zu operations, %zu writes acknowledged, late ones lost %zu times\n", done,
	       g.h.checked, g.h.n_acked, lost_late);
	https_creds_done(&g.creds);
	return atomic_load(&g.failed);
}
