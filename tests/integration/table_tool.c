/*
 * Routing tables for nginx's module, for tests and benchmarks, without a model:
 *
 *    table_tool DIR < JSON    publishes the table in DIR (page and table as ingress/live.h and ingress/table_file.h
 * say) table_tool DIR raw FILE  publishes the file's bytes, whatever they are table_tool DIR stats     prints a line
 * for each slot that is not 0, and one of the page
 *    table_tool DIR conf MODULE HTTP_PORT HTTPS_PORT WORKERS  prints the nginx.conf that minik writes (ingress/nginx.h), without access log:
 * for DIR/live, DIR/own, DIR/data/tmp, DIR/cert.pem, DIR/key.pem and DIR/log
 *
 * {"hosts": [{"name": "a.example", "scope": 0, "deep": false, "regex": false, "paths": [
 *     {"match": "prefix|exact|regex|default", "path": "/a", "rules": [
 *        {"owner": "default/a", "options": [OPTION...], "conds": [["header", "name", "value"]...],
 *         "targets": [{"backend": "default/web:80", "weight": 1, "canary": false, "options": [OPTION...]}]}]}]}],
 *  "backends": {"default/web:80": ["192.0.2.1:80", "[2001:db8::1]:80"], "default/ext:80": "name:80"},
 *  "servers": [{"name": "a.example", "scope": 0, "cert": PEM, "key": PEM, "ca": PEM, "crl": PEM, "verify": 1, "depth":
 * 1}]}
 *
 * A path without "rules" is itself the one rule, and "backend" the one target. match: prefix when not said; path
 * without a trailing slash. An option is [NAME, ...] with NAME of enum ing_opt without OPT_ (or any number), the first
 * number as num, the first and second text as a and b. Conditions: method, header, header_regex, header_any, query,
 * query_regex, cookie. Order is the tool's business but for rules, conditions, targets and lists of options. Owners
 * have slots 1, 2 ... in the order of their names.
 */
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <jansson.h>
#include "base/fs.h"
#include "base/str.h"
#include "ingress/live.h"
#include "ingress/nginx.h"
#include "ingress/table_write.h"

static const struct {
	const char *name;
	enum ing_opt opt;
} names[] = {
    {"REFUSED", OPT_REFUSED},
    {"HTTPS_REDIRECT", OPT_HTTPS_REDIRECT},
    {"REDIRECT", OPT_REDIRECT},
    {"APP_ROOT", OPT_APP_ROOT},
    {"REDIRECT_PARTS", OPT_REDIRECT_PARTS},
    {"REDIRECT_SCHEME", OPT_REDIRECT_SCHEME},
    {"REDIRECT_HOST", OPT_REDIRECT_HOST},
    {"REDIRECT_PORT", OPT_REDIRECT_PORT},
    {"REDIRECT_PATH", OPT_REDIRECT_PATH},
    {"REDIRECT_PREFIX", OPT_REDIRECT_PREFIX},
    {"ALLOW", OPT_ALLOW},
    {"DENY", OPT_DENY},
    {"SATISFY_ANY", OPT_SATISFY_ANY},
    {"BASIC", OPT_BASIC},
    {"BASIC_USER", OPT_BASIC_USER},
    {"AUTH_URL", OPT_AUTH_URL},
    {"AUTH_METHOD", OPT_AUTH_METHOD},
    {"AUTH_SIGNIN", OPT_AUTH_SIGNIN},
    {"AUTH_SIGNIN_PARAM", OPT_AUTH_SIGNIN_PARAM},
    {"AUTH_RESPONSE_HEADER", OPT_AUTH_RESPONSE_HEADER},
    {"AUTH_REQUEST_HEADER", OPT_AUTH_REQUEST_HEADER},
    {"AUTH_REQUEST_REDIRECT", OPT_AUTH_REQUEST_REDIRECT},
    {"AUTH_ALWAYS_COOKIE", OPT_AUTH_ALWAYS_COOKIE},
    {"AUTH_CACHE", OPT_AUTH_CACHE},
    {"CLIENT_CERT_ERROR", OPT_CLIENT_CERT_ERROR},
    {"CLIENT_CERT_PASS", OPT_CLIENT_CERT_PASS},
    {"CLIENT_CERT_CN", OPT_CLIENT_CERT_CN},
    {"CLIENT_CERT", OPT_CLIENT_CERT},
    {"LIMIT_RPS", OPT_LIMIT_RPS},
    {"LIMIT_RPM", OPT_LIMIT_RPM},
    {"LIMIT_BURST", OPT_LIMIT_BURST},
    {"LIMIT_CONNECTIONS", OPT_LIMIT_CONNECTIONS},
    {"LIMIT_EXEMPT", OPT_LIMIT_EXEMPT},
    {"LIMIT_RATE", OPT_LIMIT_RATE},
    {"LIMIT_RATE_AFTER", OPT_LIMIT_RATE_AFTER},
    {"BODY_MAX", OPT_BODY_MAX},
    {"PROTOCOL", OPT_PROTOCOL},
    {"REWRITE", OPT_REWRITE},
    {"REWRITE_PATH", OPT_REWRITE_PATH},
    {"REWRITE_PREFIX", OPT_REWRITE_PREFIX},
    {"UPSTREAM_HOST", OPT_UPSTREAM_HOST},
    {"FORWARDED_PREFIX", OPT_FORWARDED_PREFIX},
    {"REQUEST_SET", OPT_REQUEST_SET},
    {"REQUEST_ADD", OPT_REQUEST_ADD},
    {"REQUEST_REMOVE", OPT_REQUEST_REMOVE},
    {"CONNECTION_HEADER", OPT_CONNECTION_HEADER},
    {"MIRROR", OPT_MIRROR},
    {"CONNECT_TIMEOUT", OPT_CONNECT_TIMEOUT},
    {"SEND_TIMEOUT", OPT_SEND_TIMEOUT},
    {"READ_TIMEOUT", OPT_READ_TIMEOUT},
    {"REQUEST_TIMEOUT", OPT_REQUEST_TIMEOUT},
    {"BUFFERING", OPT_BUFFERING},
    {"REQUEST_BUFFERING", OPT_REQUEST_BUFFERING},
    {"BUFFER_SIZE", OPT_BUFFER_SIZE},
    {"BUFFERS", OPT_BUFFERS},
    {"TEMP_FILE_MAX", OPT_TEMP_FILE_MAX},
    {"HTTP_VERSION", OPT_HTTP_VERSION},
    {"NEXT_UPSTREAM", OPT_NEXT_UPSTREAM},
    {"NEXT_TRIES", OPT_NEXT_TRIES},
    {"NEXT_TIMEOUT", OPT_NEXT_TIMEOUT},
    {"TLS_CERT", OPT_TLS_CERT},
    {"TLS_CA", OPT_TLS_CA},
    {"TLS_VERIFY", OPT_TLS_VERIFY},
    {"TLS_DEPTH", OPT_TLS_DEPTH},
    {"TLS_NAME", OPT_TLS_NAME},
    {"TLS_SNI", OPT_TLS_SNI},
    {"TLS_PROTOCOLS", OPT_TLS_PROTOCOLS},
    {"TLS_CIPHERS", OPT_TLS_CIPHERS},
    {"COOKIE", OPT_COOKIE},
    {"COOKIE_PATH", OPT_COOKIE_PATH},
    {"COOKIE_DOMAIN", OPT_COOKIE_DOMAIN},
    {"COOKIE_MAX_AGE", OPT_COOKIE_MAX_AGE},
    {"COOKIE_EXPIRES", OPT_COOKIE_EXPIRES},
    {"COOKIE_SAMESITE", OPT_COOKIE_SAMESITE},
    {"COOKIE_SAMESITE_CONDITIONAL", OPT_COOKIE_SAMESITE_CONDITIONAL},
    {"COOKIE_SECURE", OPT_COOKIE_SECURE},
    {"COOKIE_ON_FAILURE", OPT_COOKIE_ON_FAILURE},
    {"COOKIE_PERSISTENT", OPT_COOKIE_PERSISTENT},
    {"COOKIE_CANARY_LEGACY", OPT_COOKIE_CANARY_LEGACY},
    {"HASH", OPT_HASH},
    {"CORS", OPT_CORS},
    {"CORS_ORIGIN", OPT_CORS_ORIGIN},
    {"CORS_METHODS", OPT_CORS_METHODS},
    {"CORS_HEADERS", OPT_CORS_HEADERS},
    {"CORS_EXPOSE", OPT_CORS_EXPOSE},
    {"CORS_CREDENTIALS", OPT_CORS_CREDENTIALS},
    {"CORS_MAX_AGE", OPT_CORS_MAX_AGE},
    {"RESPONSE_SET", OPT_RESPONSE_SET},
    {"RESPONSE_ADD", OPT_RESPONSE_ADD},
    {"RESPONSE_REMOVE", OPT_RESPONSE_REMOVE},
    {"ACCESS_LOG", OPT_ACCESS_LOG},
    {"SET_COOKIE_DOMAIN", OPT_SET_COOKIE_DOMAIN},
    {"SET_COOKIE_PATH", OPT_SET_COOKIE_PATH},
    {"LOCATION", OPT_LOCATION},
};

static _Noreturn void die(const char *what, const char *which)
{
	fprintf(stderr, "table_tool: %s %s\n", what, which ? which : "");
	exit(1);
}

static void *must(void *p)
{
	if (!p)
		die("no memory", NULL);
	return p;
}

static void *more(void *list, size_t n, size_t size)
{
	return must(realloc(list, (n + 1) * size));
}

static char *text(const json_t *o, const char *key)
{
	const json_t *v = json_object_get(o, key);

	return json_is_string(v) ? must(str_dup(json_string_value(v))) : NULL;
}

static int64_t number(const json_t *o, const char *key, int64_t otherwise)
{
	const json_t *v = json_object_get(o, key);

	return json_is_integer(v) ? json_integer_value(v) : otherwise;
}

static struct ing_option option_of(const json_t *o)
{
	const char *name = json_string_value(json_array_get(o, 0));
	struct ing_option ret = {0};
	size_t i;
	json_t *v;

	for (i = 0; i < sizeof(names) / sizeof(*names) && (!name || !streq(names[i].name, name)); i++)
		;
	if (i == sizeof(names) / sizeof(*names) && !json_is_integer(json_array_get(o, 0)))
		die("no option", name);
	ret.opt =
	    i == sizeof(names) / sizeof(*names) ? (enum ing_opt)json_integer_value(json_array_get(o, 0)) : names[i].opt;
	json_array_foreach (o, i, v) {
		if (i == 0)
			continue;
		if (json_is_integer(v))
			ret.num = json_integer_value(v);
		else if (!json_is_string(v))
			die("a value is neither text nor number:", name);
		else if (!ret.a)
			ret.a = must(str_dup(json_string_value(v)));
		else
			ret.b = must(str_dup(json_string_value(v)));
	}
	return ret;
}

/* Index of a new policy, in the order they are met. */
static size_t policy_add(struct ing_table *t, const char *owner, const json_t *options)
{
	struct ing_policy *p;
	size_t i, at;
	json_t *v;

	t->policies = more(t->policies, t->n_policies, sizeof(*p));
	p = &t->policies[t->n_policies];
	*p = (struct ing_policy){.owner = must(str_dup(owner))};
	json_array_foreach (options, i, v) {
		struct ing_option o = option_of(v);
		p->options = more(p->options, p->n_options, sizeof(o));
		for (at = p->n_options++; at && p->options[at - 1].opt > o.opt; at--)
			p->options[at] = p->options[at - 1];
		p->options[at] = o;
	}
	return t->n_policies++;
}

static size_t backend_index(const struct ing_table *t, const char *key)
{
	for (size_t i = 0; key && i < t->n_backends; i++)
		if (streq(t->backends[i].key, key))
			return i;
	if (key && *key)
		die("no backend", key);
	return SIZE_MAX;
}

static void target_add(struct ing_table *t, struct ing_rule *r, const char *backend, const json_t *o)
{
	struct ing_target *to;
	const json_t *options = json_object_get(o, "options");

	r->targets = more(r->targets, r->n_targets, sizeof(*to));
	to = &r->targets[r->n_targets++];
	*to = (struct ing_target){
	    .backend = backend_index(t, backend),
	    .weight = (uint32_t)number(o, "weight", 1),
	    .policy = options ? policy_add(t, r->owner, options) : SIZE_MAX,
	    .canary = json_is_true(json_object_get(o, "canary")),
	};
}

static void cond_add(struct ing_rule *r, const json_t *o)
{
	static const char *const kinds[] = {"method", "header",      "header_regex", "header_any",
					    "query",  "query_regex", "cookie"};
	const char *kind = json_string_value(json_array_get(o, 0));
	struct ing_cond *c;
	uint32_t i;

	for (i = 0; i < 7 && (!kind || !streq(kinds[i], kind)); i++)
		;
	if (i == 7)
		die("no condition", kind);
	r->conds = more(r->conds, r->n_conds, sizeof(*c));
	c = &r->conds[r->n_conds++];
	*c = (struct ing_cond){.kind = i};
	if (i == TF_METHOD) {
		c->name = must(str_dup(""));
		c->value = must(str_dup(json_string_value(json_array_get(o, 1))));
		return;
	}
	const char *value = json_string_value(json_array_get(o, 2));
	c->name = must(str_dup(json_string_value(json_array_get(o, 1))));
	c->value = must(str_dup(value ? value : ""));
}

static void rule_add(struct ing_table *t, struct ing_path *p, const json_t *o)
{
	const char *owner = json_string_value(json_object_get(o, "owner"));
	const json_t *backend = json_object_get(o, "backend");
	struct ing_rule *r;
	size_t i;
	json_t *v;

	p->rules = more(p->rules, p->n_rules, sizeof(*r));
	r = &p->rules[p->n_rules++];
	*r = (struct ing_rule){.owner = must(str_dup(owner ? owner : "default/test"))};
	r->policy = policy_add(t, r->owner, json_object_get(o, "options"));
	json_array_foreach (json_object_get(o, "conds"), i, v)
		cond_add(r, v);
	json_array_foreach (json_object_get(o, "targets"), i, v)
		target_add(t, r, json_string_value(json_object_get(v, "backend")), v);
	if (backend)
		target_add(t, r, json_string_value(backend), NULL);
}

static void path_add(struct ing_table *t, struct ing_host *h, const json_t *o)
{
	const char *match = json_string_value(json_object_get(o, "match"));
	struct ing_path *p;
	size_t i;
	json_t *v;

	h->paths = more(h->paths, h->n_paths, sizeof(*p));
	p = &h->paths[h->n_paths++];
	*p = (struct ing_path){.path = text(o, "path")};
	p->path = p->path ? p->path : must(str_dup(""));
	p->match = !match || streq(match, "prefix") ? ING_PREFIX
		   : streq(match, "exact")          ? ING_EXACT
		   : streq(match, "regex")          ? ING_REGEX
						    : ING_DEFAULT;
	if (!json_object_get(o, "rules"))
		rule_add(t, p, o);
	json_array_foreach (json_object_get(o, "rules"), i, v)
		rule_add(t, p, v);
}

static void host_add(struct ing_table *t, const json_t *o)
{
	struct ing_host *h;
	size_t i;
	json_t *v;

	t->hosts = more(t->hosts, t->n_hosts, sizeof(*h));
	h = &t->hosts[t->n_hosts++];
	*h = (struct ing_host){
	    .host = must(text(o, "name")),
	    .scope = (uint16_t)number(o, "scope", 0),
	    .deep = json_is_true(json_object_get(o, "deep")),
	    .falls = json_is_true(json_object_get(o, "falls")),
	    .regex = json_is_true(json_object_get(o, "regex")),
	};
	json_array_foreach (json_object_get(o, "paths"), i, v)
		path_add(t, h, v);
}

static void host_port(const char *s, char *host, size_t size, uint16_t *port)
{
	const char *colon = strrchr(s, ':');
	int64_t n;

	if (!colon || str_to_i64(colon + 1, 1, 65535, &n) < 0)
		die("not ADDRESS:PORT:", s);
	if (*s == '[' && colon[-1] == ']') {
		s++;
		colon--;
	}
	if ((size_t)(colon - s) >= size)
		die("not ADDRESS:PORT:", s);
	(void)snprintf(host, size, "%.*s", (int)(colon - s), s);
	*port = (uint16_t)n;
}

static int by_endpoint(const void *a, const void *b)
{
	const struct ing_endpoint *x = a, *y = b;
	int c = strcmp(x->addr, y->addr);

	return c ? c : x->port - y->port;
}

static void backend_add(struct ing_table *t, const char *key, const json_t *o)
{
	struct ing_backend *b;
	char name[256];
	size_t i;
	json_t *v;

	t->backends = more(t->backends, t->n_backends, sizeof(*b));
	b = &t->backends[t->n_backends++];
	*b = (struct ing_backend){.key = must(str_dup(key))};
	if (json_is_string(o)) {
		host_port(json_string_value(o), name, sizeof(name), &b->external_port);
		b->external = must(str_dup(name));
	}
	json_array_foreach (o, i, v) {
		b->eps = more(b->eps, b->n_eps, sizeof(*b->eps));
		host_port(json_string_value(v), b->eps[b->n_eps].addr, sizeof(b->eps->addr), &b->eps[b->n_eps].port);
		b->n_eps++;
	}
	if (b->n_eps)
		qsort(b->eps, b->n_eps, sizeof(*b->eps), by_endpoint);
}

static struct ing_pem *pem(const json_t *o, const char *key)
{
	AUTO_FREE char *s = text(o, key);

	return s ? must(pem_new(s)) : NULL;
}

static void server_add(struct ing_table *t, const json_t *o)
{
	struct ing_server *s;

	t->servers = more(t->servers, t->n_servers, sizeof(*s));
	s = &t->servers[t->n_servers++];
	*s = (struct ing_server){
	    .name = must(text(o, "name")),
	    .scope = (uint16_t)number(o, "scope", 0),
	    .cert_pem = pem(o, "cert"),
	    .key_pem = pem(o, "key"),
	    .ca_pem = pem(o, "ca"),
	    .crl_pem = pem(o, "crl"),
	    .verify = (enum ing_verify)number(o, "verify", 0),
	    .depth = (unsigned)number(o, "depth", 1),
	};
	if (s->cert_pem)
		s->secret = must(str_dup(s->name));
}

static int by_host(const void *a, const void *b)
{
	const struct ing_host *x = a, *y = b;

	return x->scope != y->scope ? x->scope - y->scope : strcmp(x->host, y->host);
}
static int by_server(const void *a, const void *b)
{
	const struct ing_server *x = a, *y = b;

	return x->scope != y->scope ? x->scope - y->scope : strcmp(x->name, y->name);
}
static int by_key(const void *a, const void *b)
{
	return strcmp(((const struct ing_backend *)a)->key, ((const struct ing_backend *)b)->key);
}
/* Regular expressions are tried in the order given: ordered by length, too, as the model has it. */
static int by_path(const void *a, const void *b)
{
	const struct ing_path *x = a, *y = b;
	size_t n = strlen(x->path), m = strlen(y->path);

	if ((x->match == ING_DEFAULT) != (y->match == ING_DEFAULT))
		return x->match == ING_DEFAULT ? 1 : -1;
	if (n != m)
		return n > m ? -1 : 1;
	return strcmp(x->path, y->path) ? strcmp(x->path, y->path) : (int)x->match - (int)y->match;
}

struct place {
	struct ing_policy p;
	size_t at;
};
static int by_owner(const void *a, const void *b)
{
	const struct place *x = a, *y = b;
	int c = strcmp(x->p.owner, y->p.owner);

	return c ? c : (x->at > y->at) - (x->at < y->at);
}

static void sort(void *list, size_t n, size_t size, int (*by)(const void *, const void *))
{
	if (n)
		qsort(list, n, size, by);
}

/* Policies by owner; whoever has an index of one gets the new. */
static uint32_t *policies_sort(struct ing_table *t)
{
	struct place *places = must(calloc(t->n_policies + 1, sizeof(*places)));
	size_t *now = must(calloc(t->n_policies + 1, sizeof(*now)));
	uint32_t *slots = must(calloc(t->n_policies + 1, sizeof(*slots)));

	for (size_t i = 0; i < t->n_policies; i++)
		places[i] = (struct place){t->policies[i], i};
	sort(places, t->n_policies, sizeof(*places), by_owner);
	for (size_t i = 0; i < t->n_policies; i++) {
		t->policies[i] = places[i].p;
		now[places[i].at] = i;
		slots[i] = i == 0 ? 1 : slots[i - 1] + !streq(t->policies[i].owner, t->policies[i - 1].owner);
	}
	for (size_t h = 0; h < t->n_hosts; h++)
		for (size_t p = 0; p < t->hosts[h].n_paths; p++)
			for (size_t i = 0; i < t->hosts[h].paths[p].n_rules; i++) {
				struct ing_rule *r = &t->hosts[h].paths[p].rules[i];
				r->policy = now[r->policy];
				for (size_t k = 0; k < r->n_targets; k++)
					if (r->targets[k].policy != SIZE_MAX)
						r->targets[k].policy = now[r->targets[k].policy];
			}
	free(places);
	free(now);
	return slots;
}

static struct live_page *page_open(const char *dir)
{
	char *path = must(fs_join(dir, "page"));
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
	struct live_page *page;

	if (fd < 0 || fchmod(fd, 0666) < 0 || ftruncate(fd, sizeof(*page)) < 0)
		die("cannot make", path);
	page = mmap(NULL, sizeof(*page), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (page == MAP_FAILED)
		die("cannot map", path);
	(void)close(fd);
	__atomic_store_n(&page->magic, LIVE_MAGIC, __ATOMIC_RELEASE);
	free(path);
	return page;
}

static void publish(const char *dir, const void *data, size_t n)
{
	struct live_page *page = page_open(dir);
	char *path = must(fs_join(dir, "table"));
	struct err e = {0};

	if (fs_write_atomic(path, data, n, 0644, &e) < 0)
		die(e.msg, NULL);
	(void)__atomic_add_fetch(&page->generation, 1, __ATOMIC_RELEASE);
	free(path);
}

static int stats(const char *dir)
{
	struct live_page *p = page_open(dir);

	printf("page generation=%ju connections=%ju table_errors=%ju\n", (uintmax_t)p->generation,
	       (uintmax_t)p->connections, (uintmax_t)p->table_errors);
	for (size_t i = 0; i < LIVE_SLOTS; i++) {
		const struct live_stat *s = &p->stats[i];
		uint64_t n = 0;
		for (size_t k = 0; k < LIVE_BUCKETS; k++)
			n += s->buckets[k];
		if (!n)
			continue;
		printf("slot=%zu requests=%ju", i, (uintmax_t)n);
		for (size_t k = 0; k < 6; k++)
			printf(" %zuxx=%ju", k, (uintmax_t)s->status[k]);
		printf(" in=%ju out=%ju us=%ju retries=%ju buckets=", (uintmax_t)s->bytes_in, (uintmax_t)s->bytes_out,
		       (uintmax_t)s->time_us, (uintmax_t)s->retries);
		for (size_t k = 0; k < LIVE_BUCKETS; k++)
			printf("%s%ju", k ? "," : "", (uintmax_t)s->buckets[k]);
		printf("\n");
	}
	return 0;
}

static char *in_dir(const char *dir, const char *file)
{
	char *path = str_fmt("%s/%s", dir, file);

	if (!path)
		die("no memory", NULL);
	return path;
}

static int conf(char **argv)
{
	AUTO_BUF struct buf out = {0};
	struct nginx_settings s = {.run_dir = argv[1],
				   .data_dir = in_dir(argv[1], "data"),
				   .cert = in_dir(argv[1], "cert.pem"),
				   .key = in_dir(argv[1], "key.pem"),
				   .log = in_dir(argv[1], "log"),
				   .module = argv[3]};
	int64_t http, https, workers;
	struct err e = {0};
	uint64_t id;

	if (str_to_i64(argv[4], 1, 65535, &http) < 0 || str_to_i64(argv[5], 1, 65535, &https) < 0 || str_to_i64(argv[6], 0, 1024, &workers) < 0)
		die("no port, or no number of workers", NULL);
	s.http_port = (uint16_t)http;
	s.https_port = (uint16_t)https;
	s.workers = (unsigned)workers;
	if (nginx_conf(&s, &out, &id, &e) < 0)
		die(e.msg, NULL);
	if (fwrite(out.data, 1, out.len, stdout) != out.len || fflush(stdout) != 0)
		die("cannot write", NULL);
	return 0;
}

int main(int argc, char **argv)
{
	AUTO_BUF struct buf out = {0};
	struct ing_table t = {0};
	struct err e = {0};
	json_error_t je;
	const char *key;
	uint32_t *slots;
	json_t *o, *v;
	size_t i;

	if (argc == 3 && streq(argv[2], "stats"))
		return stats(argv[1]);
	if (argc == 4 && streq(argv[2], "raw")) {
		if (fs_read(argv[3], TABLE_FILE_MAX, &out, &e) < 0)
			die(e.msg, NULL);
		publish(argv[1], out.data, out.len);
		return 0;
	}
	if (argc == 7 && streq(argv[2], "conf"))
		return conf(argv);
	if (argc != 2) {
		fprintf(stderr, "usage: table_tool DIR < JSON | table_tool DIR raw FILE | table_tool DIR stats | table_tool DIR conf MODULE HTTP_PORT HTTPS_PORT WORKERS\n");
		return 2;
	}
	o = json_loadf(stdin, 0, &je);
	if (!o)
		die(je.text, NULL);
	json_object_foreach (json_object_get(o, "backends"), key, v)
		backend_add(&t, key, v);
	sort(t.backends, t.n_backends, sizeof(*t.backends), by_key);
	json_array_foreach (json_object_get(o, "hosts"), i, v)
		host_add(&t, v);
	json_array_foreach (json_object_get(o, "servers"), i, v)
		server_add(&t, v);
	json_decref(o);
	sort(t.hosts, t.n_hosts, sizeof(*t.hosts), by_host);
	sort(t.servers, t.n_servers, sizeof(*t.servers), by_server);
	for (i = 0; i < t.n_hosts; i++)
		sort(t.hosts[i].paths, t.hosts[i].n_paths, sizeof(*t.hosts[i].paths), by_path);
	slots = policies_sort(&t);
	struct live_page *page = page_open(argv[1]);
	if (table_write(&t, slots, __atomic_load_n(&page->generation, __ATOMIC_ACQUIRE) + 1, &out, &e) < 0)
		die(e.msg, NULL);
	publish(argv[1], out.data, out.len);
	ing_table_done(&t);
	free(slots);
	return 0;
}
