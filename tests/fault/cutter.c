/*
 * Writes to an API server until the power goes, and tells on standard output:
 *   have NAME REVISION VALUE   an object that was there at the beginning (then "began REVISION", the list's)
 *   ack NAME REVISION VALUE    a write that was acknowledged
 * cutter KUBECONFIG [--list]; --list ends after the first part. Judged by tests/vm/powercut.sh.
 */
#include <inttypes.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>
#include "base/cleanup.h"
#include "base/json.h"
#include "base/str.h"
#include "tests/fault/https.h"

#define THREADS 4
#define PATH    "/api/v1/namespaces/default/configmaps"

static struct https_creds creds;
static uint64_t run; /* tells this run's objects from those before */

static void tell(const char *what, const char *name, const char *rev, const char *value)
{
	char line[256];
	int n = snprintf(line, sizeof(line), "%s %s %s %s\n", what, name, rev, value);

	if (n < 0 || n >= (int)sizeof(line) || write(STDOUT_FILENO, line, (size_t)n) != n)
		abort();
}

static json_t *ask(struct https *c, const char *method, const char *path, const char *body, int *status)
{
	AUTO_FREE char *text = NULL;
	json_t *o = NULL;
	size_t n;

	if ((c->fd < 0 && https_connect(c, &creds) < 0) ||
	    https_send(c, method, path, "Content-Type: application/json\r\n", body) < 0 || https_head(c, status) < 0 ||
	    https_body(c, &text, &n) < 0 || json_parse(text, n, &o, NULL))
		return NULL;
	return o;
}

static int list(void)
{
	struct https c;
	int status = 0;
	size_t i;
	json_t *item;
	AUTO_JSON json_t *l = NULL;

	https_init(&c);
	l = ask(&c, "GET", PATH, NULL, &status);
	if (status != 200)
		return 1;
	json_array_foreach(json_object_get(l, "items"), i, item)
	{
		const char *v = json_str_or(item, "data.v", "?");

		tell("have", json_str_or(item, "metadata.name", "?"),
		     json_str_or(item, "metadata.resourceVersion", "?"),
		     streq(v, json_str_or(item, "data.w", "")) ? v : "half");
	}
	tell("began", "-", json_str_or(l, "metadata.resourceVersion", "?"), "-");
	https_close(&c);
	return 0;
}

/* Something large that comes and goes, so that there is space to be given back. Nobody is told of it. */
static void junk(struct https *c, int id)
{
	AUTO_FREE char *body = str_fmt(
	    "{\"metadata\":{\"name\":\"junk-%d\"},\"data\":{\"v\":\"0\",\"pad\":\"%0*d\",\"w\":\"0\"}}", id, 50000, 0);
	AUTO_FREE char *path = str_fmt(PATH "/junk-%d", id);
	int status;

	json_decref(ask(c, "POST", PATH, body, &status));
	json_decref(ask(c, "DELETE", path, "", &status));
}

/* One object of its own, and one that is changed again and again. */
static void *writer(void *arg)
{
	int id = (int)(intptr_t)arg;
	struct https c;

	https_init(&c);
	for (uint64_t n = 1;; n++) {
		bool again = n % 2 == 0;
		AUTO_FREE char *name =
		    again ? str_fmt("again-%d", id) : str_fmt("c-%" PRIu64 "-%d-%" PRIu64, run, id, n);
		AUTO_FREE char *body = str_fmt("{\"metadata\":{\"name\":\"%s\"},\"data\":{\"v\":\"%" PRIu64
					       "\",\"pad\":\"%0*d\",\"w\":\"%" PRIu64 "\"}}",
					       name, run + n, (int)(n * 37 % 3000) + 1, 0, run + n);
		AUTO_FREE char *path = str_fmt(PATH "%s%s", again ? "/" : "", again ? name : "");
		int status = 0;
		AUTO_JSON json_t *o = ask(&c, again ? "PUT" : "POST", path, body, &status);

		if (again && status == 404) { /* the first time */
			json_decref(o);
			o = ask(&c, "POST", PATH, body, &status);
		}
		if (!o || status / 100 != 2) {
			fprintf(stderr, "%s: %d %s\n", path, status, json_str_or(o, "message", "no answer"));
			exit(1);
		}
		tell("ack", name, json_str_or(o, "metadata.resourceVersion", "?"), json_str_or(o, "data.v", "?"));
		if (n % 16 == 0)
			junk(&c, id);
	}
}

int main(int argc, char **argv)
{
	struct timespec now;
	pthread_t t[THREADS];
	struct err e = {0};

	if (argc < 2)
		return 2;
	signal(SIGPIPE, SIG_IGN);
	clock_gettime(CLOCK_REALTIME, &now);
	run = (uint64_t)now.tv_sec * 1000000;
	if (https_creds_load(&creds, argv[1], &e)) {
		fprintf(stderr, "%s\n", e.msg);
		return 1;
	}
	if (list())
		return 1;
	if (argc > 2)
		return 0;
	for (int i = 0; i < THREADS; i++)
		if (pthread_create(&t[i], NULL, writer, (void *)(intptr_t)i))
			return 1;
	pthread_join(t[0], NULL);
	return 1;
}
