#include "cmd/cluster.h"
#include <errno.h>
#include <stdio.h>
#include "base/fs.h"
#include "base/json.h"
#include "base/log.h"
#include "base/str.h"
#include "cmd/join_ask.h"

#define PATH       "/api/v1/namespaces/kube-public/configmaps/cluster-info"
#define REFRESH_MS 3000 /* what is known is good enough: a start does not wait for a server that is away */
#define TEXT_MAX   400

static const enum opt_id ids[] = {OPT_CLUSTER_CIDR, OPT_SERVICE_CIDR, OPT_CLUSTER_DNS, OPT_CLUSTER_DOMAIN};

static int fetch(const struct join_api *a, json_t **ret, struct err *e)
{
	AUTO_JSON json_t *o = NULL;
	json_t *found;
	int r = join_call(a, "GET", PATH, NULL, &o, NULL, e);

	if (r < 0)
		return r;
	if (!(found = json_object()))
		return err_nomem(e);
	for (size_t i = 0; i < ARRAY_LEN(ids); i++) {
		json_t *v = json_at(o, "data", opt_name(ids[i]), NULL);
		if (json_is_string(v) && json_string_length(v) < TEXT_MAX)
			json_object_set(found, opt_name(ids[i]), v);
	}
	*ret = found;
	return 0;
}

static int adopt(struct options *o, const json_t *known, struct err *e)
{
	for (size_t i = 0; i < ARRAY_LEN(ids); i++) {
		const char *value = json_string_value(json_object_get(known, opt_name(ids[i])));
		/* A server of before does not tell: then it is as it was, each node's own business. */
		int r = value ? opt_adopt(o, ids[i], value, e) : 0;
		if (r < 0)
			return r;
	}
	return 0;
}

static int recall(const struct options *o, char **ret_path, json_t **ret)
{
	AUTO_BUF struct buf text = {0};

	*ret = NULL;
	if (!(*ret_path = str_fmt("%s/agent/cluster.json", opt_str(o, OPT_DATA_DIR))))
		return -ENOMEM;
	if (fs_read(*ret_path, 65536, &text, NULL) < 0 ||
	    json_parse(text.data ? text.data : "", text.len, ret, NULL) < 0)
		*ret = NULL;
	return 0;
}

int cluster_recall(struct options *o, struct err *e)
{
	AUTO_FREE char *path = NULL;
	AUTO_JSON json_t *known = NULL;

	if (recall(o, &path, &known) < 0)
		return err_nomem(e);
	int r = known ? adopt(o, known, e) : 0;

	return r == 0 && known ? 1 : r;
}

int cluster_adopt(struct options *o, struct server_list *servers, const char *ca_pem, struct err *e)
{
	AUTO_FREE char *path = NULL;
	AUTO_BUF struct buf fresh = {0};
	AUTO_JSON json_t *known = NULL, *now = NULL;
	struct err why = {0};
	int r;

	if (recall(o, &path, &known) < 0)
		return err_nomem(e);
	/* Without a certificate of ours: everybody may read it, and nodes as such may not. */
	const struct join_api api = {
	    .servers = servers, .ca_pem = ca_pem, .sig_fd = -1, .timeout_ms = known ? REFRESH_MS : 0};
	r = fetch(&api, &now, &why);
	if (r < 0 && !known)
		return err_set(e, r, "cannot learn the cluster's networks: %.200s", why.msg);
	if (r < 0)
		log_warning("agent", NULL, "the cluster's networks are those of the last start: %s", why.msg);
	if (r == 0 && !json_equal(now, known)) {
		json_encode_buf(now, &fresh);
		if ((r = fs_write_atomic(path, fresh.data, fresh.len, 0600, e)) < 0)
			return r;
	}
	return adopt(o, now ? now : known, e);
}
