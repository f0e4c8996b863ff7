/*
 * Files and output of CNI plug-ins. The first byte says which: a configuration (list or single), whose copy for the
 * record must read back as the same; a result in one of the versions, whose addresses must be ones a pod can have, and
 * which must be taken again as prevResult; an answer to VERSION; an error, which must become one line of printable
 * text.
 */
#include <arpa/inet.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "base/str.h"
#include "net/cni_internal.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

/* By their text: 10.0 is written as 10. */
static bool same(const json_t *a, const json_t *b)
{
	AUTO_BUF struct buf x = {0}, y = {0};
	json_encode_buf(a, &x);
	json_encode_buf(b, &y);
	return x.len == y.len && (x.len == 0 || memcmp(x.data, y.data, x.len) == 0);
}

static void conf(const char *text, size_t n, bool is_list)
{
	CLEANUP(cni_conf_done) struct cni_conf c = {0}, again = {0};
	AUTO_JSON json_t *caps = json_pack("{s:[],s:{}}", "portMappings", "dns"), *whole = NULL;
	AUTO_BUF struct buf b = {0};
	if (cni_conf_parse(text, n, is_list, &c, NULL) < 0)
		return;
	for (size_t i = 0; i < json_array_size(c.plugins); i++) {
		AUTO_JSON json_t *one = cni_conf_derive(&c, i, caps, caps);
		if (!one || json_object_get(one, "capabilities") || !json_object_get(one, "prevResult") ||
		    strchr(json_string_value(json_object_get(one, "type")), '/'))
			abort();
	}
	if (!(whole = cni_conf_json(&c)))
		abort();
	json_encode_buf(whole, &b);
	if (cni_conf_parse(b.data, b.len, true, &again, NULL) < 0 || !same(c.plugins, again.plugins) ||
	    !streq(c.name, again.name) || c.version != again.version)
		abort();
}

static void result(const char *text, size_t n, int version)
{
	AUTO_JSON json_t *r = NULL, *again = NULL;
	AUTO_BUF struct buf b = {0};
	char ips[2][48] = {{0}};
	unsigned char a[16];
	if (cni_result_parse(text, n, version, &r, NULL) < 0)
		return;
	json_encode_buf(r, &b);
	if (cni_result_parse(b.data, b.len, version, &again, NULL) < 0 || !same(r, again))
		abort();
	if (cni_result_ips(r, ips, NULL) < 0)
		return;
	for (int i = 0; i < 2; i++)
		if ((i == 0 || ips[i][0]) && inet_pton(AF_INET, ips[i], a) != 1 && inet_pton(AF_INET6, ips[i], a) != 1)
			abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	char text[200];
	unsigned mask;
	if (n == 0)
		return 0;
	const char *p = (const char *)data + 1;
	n--;
	switch (data[0] % 4) {
	case 0:
		conf(p, n, data[0] & 4);
		break;
	case 1:
		result(p, n, data[0] / 4 % CNI_VERSIONS);
		break;
	case 2:
		(void)cni_supported_parse(p, n, &mask, NULL);
		break;
	default:
		(void)cni_error_parse(p, n / 2, p + n / 2, n - n / 2, text, sizeof(text));
		for (size_t i = 0; text[i]; i++)
			if ((unsigned char)text[i] < 0x20 || text[i] == 0x7f)
				abort();
	}
	return 0;
}
