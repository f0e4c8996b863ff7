/*
 * What a webhook may answer. First byte: bit 0 version v1, bit 1 mutating, bit 2 the rest is the text of an HTTP error.
 * The uid asked with is "u".
 */
#include "api/patch.h"
#include "apiserver/webhook.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct review_answer a = {0};
	struct err e = {0};
	const char *text = (const char *)data + 1;
	int rc;

	if (size < 1)
		return 0;
	if (data[0] & 4) {
		char *m = review_http_error(100 + (data[0] >> 3) * 20, text, size - 1);

		if (!m || strlen(m) > 20000)
			abort();
		free(m);
		return 0;
	}
	rc = review_parse(&a, data[0] & 1 ? "v1" : "v1beta1", data[0] & 2, "u", text, size - 1, &e);
	if (rc && (a.patch || a.status || a.warnings || !e.msg[0]))
		abort();
	if (!rc && !(data[0] & 2) && a.patch)
		abort();
	if (!rc) {
		json_t *denied = review_denied("h.example.com", a.status);
		size_t total = 0;

		/* A refusal is one whatever it calls itself. */
		if (!denied || json_int_or(denied, "code", 0) < 400 || !streq(json_str(denied, "status"), "Failure"))
			abort();
		json_decref(denied);
		for (size_t i = 0; i < json_array_size(a.warnings); i++)
			total += json_string_length(json_array_get(a.warnings, i));
		if (total > 4096)
			abort();
		if (a.patch) {
			AUTO_JSON json_t *obj = json_pack("{s:{s:s},s:[i,i]}", "metadata", "name", "x", "list", 1, 2);
			AUTO_JSON json_t *out = NULL;

			(void)api_json_patch(&out, obj, a.patch, &e);
		}
	}
	review_answer_done(&a);
	return 0;
}
