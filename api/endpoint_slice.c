#include "api/endpoint_slice.h"
#include "api/object.h"
#include "base/str.h"

const char *endpoint_slice_service(const json_t *slice)
{
	return streq(json_str(slice, "addressType"), "FQDN") ? NULL : obj_label(slice, "kubernetes.io/service-name");
}

struct endpoint_state endpoint_state_of(const json_t *endpoint)
{
	const json_t *c = json_object_get(endpoint, "conditions");
	bool ready = json_bool_or(c, "ready", true);

	return (struct endpoint_state){
		.address = json_string_value(json_array_get(json_object_get(endpoint, "addresses"), 0)),
		.ready = ready,
		.serving = json_bool_or(c, "serving", ready),
		.terminating = json_bool_or(c, "terminating", false),
	};
}
