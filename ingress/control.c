#include "ingress/control.h"
#include "base/bytes.h"
#include "base/str.h"
#include "wire/http_client.h"

static int call(const char *socket, const char *method, const char *url, struct bytes *body, unsigned timeout_ms,
		struct bytes **ret, struct err *e)
{
	const struct http_client_config c = {.user_agent = "minik"};
	/* No "Expect: 100-continue": it would only cost a turn. */
	static const char *const headers[] = {"Expect:", NULL};
	const struct http_client_request r = {.method = method,
					      .url = url,
					      .headers = headers,
					      .body = body,
					      .timeout_ms = timeout_ms,
					      .connect_timeout_ms = 1000,
					      .max_response = 4096,
					      .unix_socket = socket};
	AUTO_BYTES struct bytes *answer = NULL;
	int status = 0;

	int code = http_get_blocking(&c, &r, &status, &answer, e);
	if (code < 0) {
		err_wrap(e, "nginx's control socket");
		return code;
	}
	if (status != 200)
		return err_set(e, status == 507 ? ERR_TOO_LARGE : ERR_PROTO, "nginx's control socket answered %d: %.*s",
			       status, answer && answer->len < 150 ? (int)answer->len : 0, answer ? answer->data : "");
	*ret = TAKE_PTR(answer);
	return 0;
}

int control_id(const char *socket, char out[33], struct err *e)
{
	AUTO_BYTES struct bytes *answer = NULL;

	int r = call(socket, "GET", "http://localhost/id", NULL, 2000, &answer, e);
	if (r < 0)
		return r;
	if (!answer || !str_copy(out, 33, answer->data))
		return err_set(e, ERR_PROTO, "something else than our nginx answers on %s", socket);
	return 0;
}

int control_routes(const char *socket, bool full, const char *text, size_t n, struct err *e)
{
	AUTO_BYTES struct bytes *body = bytes_new(text, n);
	AUTO_BYTES struct bytes *answer = NULL;

	if (!body)
		return err_nomem(e);
	return call(socket, "POST", full ? "http://localhost/routes?full" : "http://localhost/routes", body, 30000,
		    &answer, e);
}
