/*
 * First byte: how the input is cut. Up to a newline it is a URL, from there a page. However a page is cut, the same
 * comes out; what comes out has been through once, so going through again changes nothing more.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "apiserver/proxy_links.h"
#include "base/str.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static const struct proxy_links at = {
    .prefix = "/api/v1/namespaces/n/services/s/proxy", .backend = "10.0.0.1:80", .frontend = "h"};

static void page(const char *p, size_t n, size_t step, struct buf *out)
{
	struct html_links *h = NULL;

	if (html_links_new(&h, &at))
		return;
	for (size_t i = 0; i < n; i += step)
		html_links_feed(h, p + i, n - i < step ? n - i : step, out);
	html_links_end(h, out);
	html_links_free(h);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	AUTO_BUF struct buf whole = {0};
	AUTO_BUF struct buf cut = {0};
	AUTO_BUF struct buf again = {0};
	const uint8_t *line = n > 1 ? memchr(data + 1, '\n', n - 1) : NULL;

	if (line) {
		AUTO_FREE char *url = str_ndup((const char *)data + 1, (size_t)(line - data - 1)),
			       *to = url ? proxy_link(&at, url) : NULL, *twice = to ? proxy_link(&at, to) : NULL;
		if (twice)
			abort();
		n -= (size_t)(line - data);
		data = line;
	}
	if (!n)
		return 0;
	page((const char *)data + 1, n - 1, n, &whole);
	page((const char *)data + 1, n - 1, data[0] % 17u + 1, &cut);
	if (whole.len != cut.len || (whole.len && memcmp(whole.data, cut.data, whole.len) != 0))
		abort();
	page(whole.data, whole.len, whole.len + 1, &again);
	if (again.len != whole.len || (again.len && memcmp(again.data, whole.data, again.len) != 0))
		abort();
	return 0;
}
