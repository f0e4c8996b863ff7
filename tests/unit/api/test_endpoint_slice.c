/* Whose an EndpointSlice is, and what its conditions mean. */
#include "api/endpoint_slice.h"
#include "tests/unit/json.h"
#include "tests/unit/test.h"

static void check_service(const char *slice, const char *want)
{
	AUTO_JSON json_t *s = parse(slice);
	const char *service = endpoint_slice_service(s);

	CHECK_STR(service ? service : "(none)", want);
}

static void service(void)
{
	check_service("{\"metadata\":{\"labels\":{\"kubernetes.io/service-name\":\"web\"}},\"addressType\":\"IPv4\"}", "web");
	check_service("{\"metadata\":{\"labels\":{\"kubernetes.io/service-name\":\"web\"}},\"addressType\":\"FQDN\"}", "(none)");
	check_service("{\"metadata\":{\"labels\":{\"app\":\"web\"}},\"addressType\":\"IPv4\"}", "(none)");
	check_service("{}", "(none)");
	check_service("[]", "(none)");
	CHECK(!endpoint_slice_service(NULL));
}

/* "address ready serving terminating", each condition as 0 or 1 */
static void check_state(const char *endpoint, const char *want)
{
	AUTO_JSON json_t *ep = parse(endpoint);
	struct endpoint_state s = endpoint_state_of(ep);
	char text[64];

	snprintf(text, sizeof(text), "%s %d %d %d", s.address ? s.address : "-", s.ready, s.serving, s.terminating);
	CHECK_STR(text, want);
}

static void conditions(void)
{
	check_state("{\"addresses\":[\"10.0.0.1\",\"10.0.0.2\"]}", "10.0.0.1 1 1 0");
	check_state("{\"addresses\":[\"::1\"],\"conditions\":{}}", "::1 1 1 0");
	check_state("{\"addresses\":[\"::1\"],\"conditions\":{\"ready\":null,\"serving\":null,\"terminating\":null}}", "::1 1 1 0");
	check_state("{\"conditions\":{\"ready\":false}}", "- 0 0 0");
	check_state("{\"conditions\":{\"ready\":false,\"serving\":true,\"terminating\":true}}", "- 0 1 1");
	check_state("{\"conditions\":{\"ready\":true,\"serving\":false}}", "- 1 0 0");
	check_state("{\"addresses\":[7]}", "- 1 1 0");
	check_state("\"x\"", "- 1 1 0");
}

int main(void)
{
	RUN(service);
	RUN(conditions);
	return TEST_END();
}
