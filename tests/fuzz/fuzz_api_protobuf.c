/* Request bodies in Kubernetes' protobuf; the envelope's kind chooses the type. What comes out can be encoded as JSON. */
#include "api/protobuf.h"
#include "base/json.h"
#include "base/str.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct api_registry *reg;
	struct api_protobuf u;
	struct err e = {0};
	json_t *o = NULL;
	const struct api_type *t = NULL;

	if (!reg && api_registry_new(&reg, NULL))
		abort();
	if (api_protobuf_unwrap(&u, data, size, &e))
		return 0;
	for (size_t i = 0; i < api_resource_count(reg) && !t; i++)
		if (streq(api_resource_at(reg, i)->kind, u.kind))
			t = api_resource_at(reg, i)->type;
	if (!t)
		t = api_type_find("io.k8s.api.core.v1.Pod");
	if (!t)
		abort();
	if (!api_protobuf_decode(&o, t, &u, &e)) {
		struct bytes *b = json_encode(o);

		if (!b)
			abort();
		(void)api_check_types(t, o, &e);
		(void)bytes_unref(b);
	} else if (!e.code || !e.msg[0]) {
		abort();
	}
	json_decref(o);
	return 0;
}
