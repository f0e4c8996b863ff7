/*
 * For ingress_policy.sh: a routing table as JSON on standard input, sorted as ingress/model.h says, is published in a directory as
 * minik does it: policy_tool DIRECTORY < JSON
 *   {"hosts": [{"host", "regex", "scope", "paths": [{"match", "path", "policy", "targets": [{"backend", "weight", "policy", "canary"}]}]}],
 *    "backends": [{"key", "endpoints": [["ADDRESS", PORT]]}], "policies": [{"owner", "options": [[OPT, NUM, "A", "B"]]}]}
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <jansson.h>
#include "ingress/live.h"
#include "ingress/table_write.h"

_Noreturn static void fail(const char *what)
{
	perror(what);
	exit(1);
}

static void *need(void *p)
{
	if (!p)
		fail("memory");
	return p;
}

static void *array(const json_t *o, const char *key, size_t size, size_t *ret_n)
{
	*ret_n = json_array_size(json_object_get(o, key));
	return need(calloc(*ret_n + 1, size));
}

static char *text(const json_t *v) { return json_is_string(v) ? need(strdup(json_string_value(v))) : NULL; }

static int64_t number(const json_t *o, const char *key, int64_t otherwise)
{
	const json_t *v = json_object_get(o, key);
	return json_is_integer(v) ? json_integer_value(v) : otherwise;
}

static struct ing_rule rule_of(const json_t *o, const struct ing_table *t)
{
	struct ing_rule r = {.policy = (size_t)number(o, "policy", 0)};

	r.owner = need(strdup(t->policies[r.policy].owner));
	r.targets = array(o, "targets", sizeof(*r.targets), &r.n_targets);
	for (size_t i = 0; i < r.n_targets; i++) {
		const json_t *v = json_array_get(json_object_get(o, "targets"), i);
		r.targets[i] = (struct ing_target){.backend = (size_t)number(v, "backend", -1),
						   .weight = (uint32_t)number(v, "weight", 1),
						   .policy = (size_t)number(v, "policy", -1),
						   .canary = json_is_true(json_object_get(v, "canary"))};
	}
	return r;
}

static void take_hosts(const json_t *o, struct ing_table *t)
{
	t->hosts = array(o, "hosts", sizeof(*t->hosts), &t->n_hosts);
	for (size_t i = 0; i < t->n_hosts; i++) {
		const json_t *v = json_array_get(json_object_get(o, "hosts"), i);
		struct ing_host *h = &t->hosts[i];
		h->host = text(json_object_get(v, "host"));
		h->scope = (uint16_t)number(v, "scope", 0);
		h->regex = json_is_true(json_object_get(v, "regex"));
		h->paths = array(v, "paths", sizeof(*h->paths), &h->n_paths);
		for (size_t k = 0; k < h->n_paths; k++) {
			const json_t *w = json_array_get(json_object_get(v, "paths"), k);
			struct ing_path *p = &h->paths[k];
			p->match = (enum ing_match)number(w, "match", ING_PREFIX);
			p->path = text(json_object_get(w, "path"));
			p->rules = need(calloc(1, sizeof(*p->rules)));
			p->rules[0] = rule_of(w, t);
			p->n_rules = 1;
		}
	}
}

static void take_backends(const json_t *o, struct ing_table *t)
{
	t->backends = array(o, "backends", sizeof(*t->backends), &t->n_backends);
	for (size_t i = 0; i < t->n_backends; i++) {
		const json_t *v = json_array_get(json_object_get(o, "backends"), i);
		struct ing_backend *b = &t->backends[i];
		b->key = text(json_object_get(v, "key"));
		b->eps = array(v, "endpoints", sizeof(*b->eps), &b->n_eps);
		for (size_t k = 0; k < b->n_eps; k++) {
			const json_t *w = json_array_get(json_object_get(v, "endpoints"), k);
			snprintf(b->eps[k].addr, sizeof(b->eps[k].addr), "%s", json_string_value(json_array_get(w, 0)));
			b->eps[k].port = (uint16_t)json_integer_value(json_array_get(w, 1));
		}
	}
}

static void take_policies(const json_t *o, struct ing_table *t)
{
	t->policies = array(o, "policies", sizeof(*t->policies), &t->n_policies);
	for (size_t i = 0; i < t->n_policies; i++) {
		const json_t *v = json_array_get(json_object_get(o, "policies"), i);
		struct ing_policy *p = &t->policies[i];
		p->owner = text(json_object_get(v, "owner"));
		p->options = array(v, "options", sizeof(*p->options), &p->n_options);
		for (size_t k = 0; k < p->n_options; k++) {
			const json_t *w = json_array_get(json_object_get(v, "options"), k);
			p->options[k] = (struct ing_option){.opt = (enum ing_opt)json_integer_value(json_array_get(w, 0)),
							    .num = json_integer_value(json_array_get(w, 1)),
							    .a = text(json_array_get(w, 2)),
							    .b = text(json_array_get(w, 3))};
		}
	}
}

static struct live_page *page_open(int dir)
{
	int fd = openat(dir, "page", O_RDWR | O_CREAT | O_CLOEXEC, 0666);
	if (fd < 0 || fchmod(fd, 0666) < 0 || ftruncate(fd, sizeof(struct live_page)) < 0)
		fail("page");
	struct live_page *p = mmap(NULL, sizeof(*p), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (p == MAP_FAILED)
		fail("page");
	close(fd);
	p->magic = LIVE_MAGIC;
	return p;
}

int main(int argc, char **argv)
{
	struct ing_table t = {0};
	AUTO_BUF struct buf out = {0};
	struct err e = {0};
	json_error_t je;

	if (argc != 2)
		return 2;
	json_t *o = json_loadf(stdin, 0, &je);
	if (!o) {
		fprintf(stderr, "%s at line %d\n", je.text, je.line);
		return 1;
	}
	take_policies(o, &t);
	take_backends(o, &t);
	take_hosts(o, &t);
	json_decref(o);

	int dir = open(argv[1], O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (dir < 0)
		fail(argv[1]);
	struct live_page *page = page_open(dir);
	uint64_t generation = __atomic_load_n(&page->generation, __ATOMIC_RELAXED) + 1;
	if (table_write(&t, NULL, generation, &out, &e) < 0) {
		fprintf(stderr, "%s\n", e.msg);
		return 1;
	}
	ing_table_done(&t);
	int fd = openat(dir, "table.new", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	if (fd < 0 || write(fd, out.data, out.len) != (ssize_t)out.len || fchmod(fd, 0644) < 0 || close(fd) < 0 ||
	    renameat(dir, "table.new", dir, "table") < 0)
		fail("table");
	__atomic_store_n(&page->generation, generation, __ATOMIC_RELEASE);
	return 0;
}
