/* A message of a peer's. First byte: of which type. */
#include <stdint.h>
#include "wire/proto.h"
#include "wire/proto/csi.pb-c.h"
#include "wire/proto/pluginregistration.pb-c.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const ProtobufCServiceDescriptor *const services[] = {
	    &csi__v1__identity__descriptor, &csi__v1__controller__descriptor, &csi__v1__node__descriptor,
	    &pluginregistration__registration__descriptor};
	ProtobufCMessage *m = NULL, *again = NULL;
	struct bytes *b = NULL;
	unsigned which;

	if (n < 1)
		return 0;
	which = data[0] >> 1;
	for (size_t i = 0; i < ARRAY_LEN(services); i++) {
		const ProtobufCServiceDescriptor *s = services[i];
		const ProtobufCMethodDescriptor *method;

		if (which >= s->n_methods) {
			which -= s->n_methods;
			continue;
		}
		method = &s->methods[which];
		if (proto_unpack(data[0] & 1 ? method->input : method->output, data + 1, n - 1, &m, NULL) < 0)
			return 0;
		/* What was read can be written, and what was written be read. */
		if (proto_pack(m, &b, NULL) < 0 || proto_unpack(m->descriptor, b->data, b->len, &again, NULL) < 0)
			abort();
		proto_free(again);
		bytes_unref(b);
		proto_free(m);
		return 0;
	}
	return 0;
}
