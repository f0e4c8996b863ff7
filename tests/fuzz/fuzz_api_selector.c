/* Label and field selectors from queries, and the LabelSelectors of objects; the first byte chooses. */
#include "api/selector.h"
#include "base/str.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct api_resource pods = {.group = "", .version = "v1", .plural = "pods", .namespaced = true};
	struct api_selector *s = NULL;
	struct bytes *index = NULL;
	struct err e;

	if (!size)
		return 0;
	char *text = str_ndup((const char *)data + 1, size - 1);
	json_t *obj = json_pack("{s:{s:s,s:{s:s,s:s}},s:{s:s}}", "metadata", "name", "a", "labels", "app", "web", "n", "1", "spec",
				"nodeName", "n1");
	if (!text || !obj || api_index_build(&index, &pods, obj) < 0)
		abort();
	if (*data == '{') {
		/* A LabelSelector as objects have it, brace and all. */
		json_t *tree = NULL;
		if (json_parse((const char *)data, size, &tree, NULL) == 0) {
			if (api_label_selector_from(&s, tree, &e) == 0 &&
			    api_selector_match_labels(s, json_at(obj, "metadata", "labels", NULL)) != api_selector_match_index_labels(s, index))
				abort();
			(void)api_selector_free(s);
			s = NULL;
			(void)api_label_selector_from_map(&s, json_object_get(tree, "matchLabels"), &e);
		}
		json_decref(tree);
	} else if (*data % 3 == 0) {
		if (api_label_selector_parse(&s, text, &e) == 0) {
			bool a = api_selector_match_labels(s, json_at(obj, "metadata", "labels", NULL));
			if (a != api_selector_match_index_labels(s, index))
				abort();
		}
	} else if (*data % 3 == 1) {
		if (api_field_selector_parse(&s, &pods, text, &e) == 0)
			(void)api_selector_match_index_fields(s, index);
	} else {
		/* A blob from anywhere. */
		struct bytes *any = bytes_new(data + 1, size - 1);
		(void)api_index_field(any, "metadata.name");
		(void)api_index_label(any, "app");
		(void)bytes_unref(any);
	}
	(void)api_selector_free(s);
	(void)bytes_unref(index);
	json_decref(obj);
	free(text);
	return 0;
}
