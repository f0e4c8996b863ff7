#include "cmd/tool_client.h"
#include <stdlib.h>
#include <string.h>
#include "base/buf.h"
#include "base/fs.h"
#include "base/str.h"
#include "client/kubeconfig.h"

static int read_pem(const char *dir, const char *name, char **ret, struct err *e)
{
	AUTO_FREE char *path = fs_join(dir, name);
	AUTO_BUF struct buf text = {0};

	int r = path ? fs_read(path, 1 << 20, &text, e) : err_nomem(e);
	if (r < 0)
		return r;
	return (*ret = buf_take(&text, NULL)) ? 0 : err_nomem(e);
}

static int as_node(struct connector **ret, const json_t *instance, const char *user_agent, struct err *e)
{
	AUTO_FREE char *dir = fs_join(json_str_or(instance, "dataDir", ""), "agent"), *ca = NULL, *cert = NULL,
		       *key = NULL;
	const char *servers[] = {json_str_or(instance, "server", ""), NULL};
	int r;

	if (!dir)
		return err_nomem(e);
	if ((r = read_pem(dir, "ca.crt", &ca, e)) < 0 || (r = read_pem(dir, "client.crt", &cert, e)) < 0 ||
	    (r = read_pem(dir, "client.key", &key, e)) < 0)
		return r;
	struct https_config c = {
	    .servers = servers, .ca_pem = ca, .cert_pem = cert, .key_pem = key, .user_agent = user_agent};
	r = connector_https_new(ret, &c, e);
	explicit_bzero(key, strlen(key));
	return r;
}

int tool_client_open(struct tool_client *ret, const struct options *o, const json_t *instance, const char *user_agent,
		     struct err *e)
{
	struct tool_client c = {0};
	const struct client_config cc = {.field_manager = user_agent};
	const char *given = opt_str(o, OPT_KUBECONFIG), *kind = json_str_or(instance, "kind", "");
	int r;

	if (!given && !instance && opt_is_set(o, OPT_RUN_DIR) && !getenv("KUBECONFIG"))
		return err_set(e, ERR_NOT_FOUND,
			       "no minik runs on this machine with --run-dir %s; start it, or give --kubeconfig FILE",
			       opt_str(o, OPT_RUN_DIR));
	if (!given && streq(kind, "agent"))
		r = as_node(&c.conn, instance, user_agent, e);
	else
		r = kubeconfig_connector(&c.conn, given ? given : json_str(instance, "kubeconfig"), user_agent, e);
	if (r < 0 || (r = loop_new(&c.loop, e)) < 0 || (r = client_new(&c.client, c.conn, c.loop, &cc, e)) < 0 ||
	    (r = loop_thread_start(&c.thread, c.loop, "client", e)) < 0) {
		tool_client_close(&c);
		return r;
	}
	*ret = c;
	return 0;
}

void tool_client_close(struct tool_client *c)
{
	if (c->thread) {
		loop_quit(c->loop);
		loop_thread_join(c->thread);
	}
	client_free(c->client);
	if (c->conn)
		connector_free(c->conn);
	if (c->loop)
		loop_free(c->loop);
	memset(c, 0, sizeof(*c));
}
