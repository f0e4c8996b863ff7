/* Request lines as clients may send them: method, path, query and Accept, one a line. Names never leave their place in store keys. */
#include "api/selector.h"
#include "apiserver/internal.h"
#include "apiserver/list.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char *line(const char **p)
{
	size_t n = strcspn(*p, "\n");
	char *s = str_ndup(*p, n);

	*p += n + ((*p)[n] == '\n');
	if (!s)
		abort();
	return s;
}

/* What a list makes of its query: selectors, and a token that leads nowhere but into the prefix it is for. */
static void list_options(const struct req *r)
{
	AUTO_SELECTOR struct api_selector *labels = NULL, *fields = NULL;
	AUTO_FREE char *start = NULL;
	struct err e = {0};
	int64_t rev, since;

	if (r->q.label_selector && api_label_selector_parse(&labels, r->q.label_selector, &e) && !e.msg[0])
		abort();
	if (r->q.field_selector && api_field_selector_parse(&fields, r->res, r->q.field_selector, &e) && !e.msg[0])
		abort();
	if (r->q.cont && list_token_read(r->q.cont, r->res->storage_prefix, &rev, &since, &start, &e) == 0 &&
	    (rev < -1 || !rev || strncmp(start, r->res->storage_prefix, strlen(r->res->storage_prefix)) != 0))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct api_registry *reg;
	char *text = str_ndup((const char *)data, size);
	const char *p = text;
	struct req r = {0};
	struct err e = {0};
	char *s[13];

	if (!text || (!reg && api_registry_new(&reg, NULL)))
		abort();
	r.reg = reg;
	r.method = line(&p);
	r.path = line(&p);
	r.query_text = line(&p);
	r.accept = line(&p);
	if (!query_parse(&r.q, r.query_text, &e) && !request_route(&r, &e)) {
		if (r.verb && (!r.res || !r.verb_name || !r.ns || !r.name))
			abort();
		if (r.res) {
			char *key = object_key(r.res, r.ns, r.name);

			if (!key || strncmp(key, r.res->storage_prefix, strlen(r.res->storage_prefix)) != 0)
				abort();
			free(key);
			list_options(&r);
		}
		(void)request_accept(&r, &e);
	}
	free(query_get(r.query_text, "container"));
	query_done(&r.q);
	s[0] = r.method, s[1] = r.path, s[2] = r.query_text, s[3] = r.accept, s[4] = r.ns, s[5] = r.name, s[6] = r.subname, s[7] = r.rest;
	s[8] = r.group, s[9] = r.version, s[10] = r.plural;
	for (size_t i = 0; i < 11; i++)
		free(s[i]);
	free(text);
	return 0;
}
