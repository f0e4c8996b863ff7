#include "cmd/cluster.h"
#include <stdio.h>
#include "base/fs.h"
#include "base/json.h"
#include "base/log.h"
#include "base/str.h"
#include "wire/http_client.h"

#define PATH       "/api/v1/namespaces/kube-public/configmaps/cluster-info"
#define FIRST_MS   30000
#define REFRESH_MS 3000 /* what is known is good enough: a start does not wait for a server that is away */
#define TEXT_MAX   400

static const enum opt_id ids[] = {OPT_CLUSTER_CIDR, OPT_SERVICE_CIDR, OPT_CLUSTER_DNS, OPT_CLUSTER_DOMAIN};

static int fetch(const struct join_result *j, int timeout_ms, json_t **ret, struct err *e)
{
	/* Without a certificate of ours: everybody may read it, and nodes as such may not. */
	const struct http_client_config c = {.ca_pem = j->ca_pem, .user_agent = "minik-agent"};
	AUTO_FREE char *url = str_fmt("%s" PATH, j->server);
	const char *headers[] = {"Accept: application/json", NULL};
	const struct http_client_request r = {
	    .method = "GET", .url = url, .headers = headers, .timeout_ms = timeout_ms};
	AUTO_BYTES struct bytes *body = NULL;
	AUTO_JSON json_t *o = NULL;
	json_t *found = NULL;
	int status = 0, code = url ? http_get_blocking(&c, &r, &status, &body, e) : err_nomem(e);

	if (code == 0 && status != 200)
		code = err_set(e, ERR_UNAVAILABLE, "GET %s: %d", url, status);
	if (code == 0 && (!body || json_parse_bytes(body, &o, NULL) < 0))
		code = err_set(e, ERR_PROTO, "GET %s: the answer is not JSON", url);
	if (code == 0 && !(found = json_object()))
		code = err_nomem(e);
	for (size_t i = 0; code == 0 && i < ARRAY_LEN(ids); i++) {
		json_t *v = json_at(o, "data", opt_name(ids[i]), NULL);
		if (json_is_string(v) && json_string_length(v) < TEXT_MAX)
			json_object_set(found, opt_name(ids[i]), v);
	}
	if (code < 0)
		json_decref(found);
	else
		*ret = found;
	return code;
}

int cluster_adopt(struct options *o, const struct join_result *joined, struct err *e)
{
	AUTO_FREE char *path = str_fmt("%s/agent/cluster.json", opt_str(o, OPT_DATA_DIR));
	AUTO_BUF struct buf text = {0}, fresh = {0};
	AUTO_JSON json_t *known = NULL, *now = NULL;
	struct err why = {0};
	int r;

	if (!path)
		return err_nomem(e);
	if (fs_read(path, 65536, &text, NULL) < 0 || json_parse(text.data ? text.data : "", text.len, &known, NULL) < 0)
		known = NULL;
	r = fetch(joined, known ? REFRESH_MS : FIRST_MS, &now, &why);
	if (r < 0 && !known)
		return err_set(e, r, "cannot learn the cluster's networks: %.200s", why.msg);
	if (r < 0)
		log_warning("agent", joined->server, "the cluster's networks are those of the last start: %s", why.msg);
	if (r == 0 && !json_equal(now, known)) {
		json_encode_buf(now, &fresh);
		if ((r = fs_write_atomic(path, fresh.data, fresh.len, 0600, e)) < 0)
			return r;
	}
	for (size_t i = 0; i < ARRAY_LEN(ids); i++) {
		const char *value = json_string_value(json_object_get(now ? now : known, opt_name(ids[i])));
		/* A server of before does not tell: then it is as it was, each node's own business. */
		if (value && (r = opt_adopt(o, ids[i], value, e)) < 0)
			return r;
	}
	return 0;
}
