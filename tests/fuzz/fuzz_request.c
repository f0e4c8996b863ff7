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
	char *s[4];

	if (!text || (!reg && api_registry_new(&reg, NULL)))
		abort();
	r.reg = reg;
	r.method = s[0] = line(&p);
	r.path = s[1] = line(&p);
	r.query_text = s[2] = line(&p);
	r.accept = s[3] = line(&p);
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
	for (size_t i = 0; i < ARRAY_LEN(s); i++)
		free(s[i]);
	req_texts_free(&r);
	free(text);
	return 0;
}
