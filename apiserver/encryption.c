/* /minik/secrets-encrypt: what `minik secrets-encrypt` asks for. Nobody but cluster administrators may: no role names
 * it. */
#include "apiserver/internal.h"

#define PATH "/minik/secrets-encrypt"

bool encryption_serves(const char *path)
{
	return streq(path, PATH);
}

static int verb_of(struct req *r, json_t **ret_body, const char **ret_verb, unsigned *ret_wait, struct err *e)
{
	int64_t wait;

	*ret_verb = "status";
	*ret_wait = 0;
	if (streq(r->method, "GET"))
		return 0;
	if (!streq(r->method, "POST"))
		return err_set(e, ERR_METHOD, "the server does not allow this method on the requested resource");
	if (!r->body || json_parse_bytes(r->body, ret_body, e) < 0 || !json_str(*ret_body, "action"))
		return err_set(e, ERR_BAD_REQUEST, "{\"action\":VERB} is expected");
	wait = json_int_or(*ret_body, "waitSeconds", 0);
	*ret_verb = json_str(*ret_body, "action");
	*ret_wait = (unsigned)(wait < 0 ? 0 : wait > 10 ? 10 : wait) * 1000;
	return 0;
}

static void run(void *arg)
{
	struct req *r = arg;
	AUTO_JSON json_t *body = NULL, *status = NULL;
	struct err e = {0};
	const char *verb;
	unsigned wait_ms;
	int rc = verb_of(r, &body, &verb, &wait_ms, &e);

	if (rc == 0)
		rc = store_encryption(r->a->store, verb, wait_ms, &status, &e);
	if (rc < 0)
		req_fail_err(r, &e);
	else
		req_reply_json(r, 200, TAKE_PTR(status));
}

void req_encryption(struct req *r)
{
	req_defer(r, run, r);
}
