/* What the tests of the model share: objects in, one table, and questions about it. */
#pragma once
#include "base/cleanup.h"
#include "base/json.h"
#include "base/str.h"
#include "ingress/model.h"
#include "tests/unit/test.h"
#include "wire/cert.h"

static struct ing_model *m;
static struct ing_table t;

static inline json_t *J(const char *text)
{
	json_t *o = NULL;
	struct err e = {0};
	if (json_parse(text, strlen(text), &o, &e) < 0) {
		fprintf(stderr, "bad test JSON: %s\n%s\n", e.msg, text);
		exit(1);
	}
	return o;
}
typedef int (*feed_fn)(struct ing_model *m, const char *ns, const char *name, const json_t *o);
static inline void feed(feed_fn fn, const char *name, const char *text)
{
	AUTO_JSON json_t *o = text ? J(text) : NULL;
	CHECK(fn(m, "d", name, o) == 0);
}
static inline void build(void)
{
	ing_table_done(&t);
	CHECK(ing_model_build(m, &t, NULL) == 0);
}
static inline void begin(void)
{
	ing_model_free(m);
	CHECK(ing_model_new(&m, "nginx", NULL) == 0);
	feed(ing_model_service, "web",
	     "{\"spec\":{\"ports\":[{\"name\":\"http\",\"port\":80},{\"name\":\"alt\",\"port\":81},{\"name\":\"dns\","
	     "\"port\":53,\"protocol\":\"UDP\"}]}}");
	feed(ing_model_service, "api", "{\"spec\":{\"ports\":[{\"port\":8080}]}}");
	feed(ing_model_service, "ext", "{\"spec\":{\"type\":\"ExternalName\",\"externalName\":\"example.com.\"}}");
	feed(ing_model_slice, "web-1",
	     "{\"metadata\":{\"labels\":{\"kubernetes.io/"
	     "service-name\":\"web\"}},\"addressType\":\"IPv4\",\"ports\":[{\"name\":\"http\",\"port\":9376}],"
	     "\"endpoints\":[{\"addresses\":[\"10.0.0.2\"]},{\"addresses\":[\"10.0.0.1\"],\"conditions\":{\"ready\":"
	     "true}},"
	     "{\"addresses\":[\"10.0.0.3\"],\"conditions\":{\"ready\":false,\"serving\":true,\"terminating\":true}},{"
	     "\"addresses\":[\"x;return 200\"]}]}");
}
/* Owner of what a request gets, and key of the backend, "" for 404. */
static inline const char *to(const char *host, const char *path)
{
	const struct ing_path *p = ing_table_match(&t, host, path);
	return p ? t.backends[p->rules[0].targets[0].backend].key : "";
}
static inline bool to_https(const struct ing_path *p)
{
	return ing_policy_find(&t.policies[p->rules[0].policy], OPT_HTTPS_REDIRECT) != NULL;
}
static inline bool found(const char *ingress, const char *reason, const char *part)
{
	for (size_t i = 0; i < t.n_findings; i++)
		if (streq(t.findings[i].ingress, ingress) && streq(t.findings[i].reason, reason) &&
		    strstr(t.findings[i].message, part))
			return true;
	for (size_t i = 0; i < t.n_findings; i++)
		fprintf(stderr, "  finding %s %s %s\n", t.findings[i].ingress, t.findings[i].reason,
			t.findings[i].message);
	return false;
}

#define PATH(path, type, svc, port)                                                                                    \
	"{\"path\":\"" path "\",\"pathType\":\"" type "\",\"backend\":{\"service\":{\"name\":\"" svc                   \
	"\",\"port\":{" port "}}}}"
#define RULE(host, paths) "{\"host\":\"" host "\",\"http\":{\"paths\":[" paths "]}}"
#define NUM(n)            "\"number\":" #n
#define NAMED(n)          "\"name\":\"" n "\""
#define ING_AT(time, extra, rules)                                                                                     \
	"{\"metadata\":{\"creationTimestamp\":\"2026-01-01T00:00:" time "Z\"" extra "},\"spec\":{\"rules\":[" rules    \
	"]}}"
#define ING(rules) ING_AT("00", "", rules)

#define ANN(k, v)  "\"nginx.ingress.kubernetes.io/" k "\":\"" v "\""
#define ANNS(list) ",\"annotations\":{" list "}"
/* An Ingress of one path "/" to web, with annotations. */
#define NOTED(host, list) ING_AT("00", ANNS(list), RULE(host, PATH("/", "Prefix", "web", NUM(80))))

static inline const struct ing_backend *backend(const char *key)
{
	for (size_t i = 0; i < t.n_backends; i++)
		if (streq(t.backends[i].key, key))
			return &t.backends[i];
	return NULL;
}
static inline const struct ing_host *host_of(const char *host)
{
	for (size_t i = 0; i < t.n_hosts; i++)
		if (streq(t.hosts[i].host, host))
			return &t.hosts[i];
	return NULL;
}
static inline const struct ing_server *server_of(const char *host)
{
	for (size_t i = 0; i < t.n_servers; i++)
		if (streq(t.servers[i].name, host))
			return &t.servers[i];
	return NULL;
}
/* The first path's first rule. */
static inline const struct ing_policy *policy(const char *host)
{
	const struct ing_host *h = host_of(host);
	return h && h->n_paths ? &t.policies[h->paths[0].rules[0].policy] : NULL;
}
/* "num a b" of the n-th option of that number; "" when there is none. */
static inline const char *option(const char *host, enum ing_opt opt, size_t n)
{
	static char text[8][3000];
	static unsigned at;
	const struct ing_policy *p = policy(host);
	char *out = text[at++ % 8];

	out[0] = '\0';
	for (size_t i = 0; p && i < p->n_options; i++)
		if (p->options[i].opt == opt && n-- == 0)
			(void)snprintf(out, sizeof(text[0]), "%lld%s%s%s%s", (long long)p->options[i].num,
				       p->options[i].a ? " " : "", p->options[i].a ? p->options[i].a : "",
				       p->options[i].b ? " " : "", p->options[i].b ? p->options[i].b : "");
	return out;
}
static inline bool is_refused(const char *host)
{
	const struct ing_policy *p = policy(host);
	return p && p->n_options == 1 && p->options[0].opt == OPT_REFUSED;
}
static inline char *b64(const char *s)
{
	char *out = NULL;
	CHECK(b64_encode(s, strlen(s), false, &out) == 0);
	return out;
}
static inline void end(void)
{
	ing_table_done(&t);
	m = ing_model_free(m);
}
