#include <arpa/inet.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>
#include "base/clock.h"
#include "base/fs.h"
#include "base/log.h"
#include "base/str.h"
#include "client/kubeconfig.h"
#include "cmd/cmd.h"
#include "cmd/host.h"
#include "cmd/parts.h"
#include "cmd/run.h"
#include "cmd/secret.h"

struct server {
	const struct options *opt;
	struct host host;
	struct plane plane;
	struct cert_pair kubelet_cert;
	struct parts *parts;
};

static int direct_connect(void *arg, struct connector **ret, const char *user, const char *const *groups, struct err *e)
{
	struct server *s = arg;

	return apiserver_connector(ret, s->plane.apiserver, user, groups, e);
}

static unsigned parts_wanted(const struct options *o)
{
	static const struct {
		const char *word;
		enum part_id id;
	} off[] = {{"scheduler", PART_SCHEDULER}, {"controllers", PART_CONTROLLERS}, {"proxy", PART_PROXY},
		   {"dns", PART_DNS},		  {"ingress", PART_INGRESS}};
	unsigned mask = (1u << PART_COUNT) - 1;

	for (size_t i = 0; i < ARRAY_LEN(off); i++)
		if (opt_list_has(o, OPT_DISABLE, off[i].word))
			mask &= ~(1u << off[i].id);
	if (opt_bool(o, OPT_DISABLE_AGENT))
		mask &= ~((1u << PART_NET) | (1u << PART_PROXY) | (1u << PART_DNS) | (1u << PART_NODE) | (1u << PART_INGRESS));
	return mask;
}

static int server_start(struct server *s, struct parts_env *env, struct err *e)
{
	const struct options *o = s->opt;
	AUTO_FREE char *user = NULL;
	int r;

	if ((r = host_identify(&s->host, o, e)) < 0 || (r = host_check(o, !opt_bool(o, OPT_DISABLE_AGENT), NULL, NULL, e)) < 0 ||
	    (r = host_lock_dirs(&s->host, o, e)) < 0 || (r = plane_start(&s->plane, o, &s->host, e)) < 0)
		return r;
	if (!(user = str_fmt("system:node:%s", s->host.node_name)))
		return err_nomem(e);
	const char *groups[] = {"system:nodes", NULL};
	const char *sans[5] = {s->host.node_name, "127.0.0.1", s->host.ips[0], s->host.ips[1][0] ? s->host.ips[1] : NULL, NULL};
	if ((r = pki_issue_server(&s->kubelet_cert, s->plane.pki, user, groups, sans, e)) < 0)
		return r;
	*env = (struct parts_env){
		.opt = o,
		.node_name = s->host.node_name,
		.node_ips = s->host.ip_list,
		.control_plane = true,
		.elect = store_is_shared(s->plane.store),
		.ca_cert_pem = pki_ca(s->plane.pki)->cert_pem,
		.ca_key_pem = pki_ca(s->plane.pki)->key_pem,
		.serving_cert_pem = s->kubelet_cert.cert_pem,
		.serving_key_pem = s->kubelet_cert.key_pem,
		.connect = direct_connect,
		.connect_arg = s,
	};
	return parts_start(&s->parts, env, parts_wanted(o), e);
}

int cmd_server(int argc, char **argv)
{
	struct options *o = NULL;
	struct err e = {0};
	struct parts_env env;

	int status = cmd_options(&o, OPT_IN_SERVER, true, "minik server [FLAGS]", argc, argv, NULL);
	if (status >= 0)
		return status;
	struct server s = {.opt = o, .host = {.lock_fd = -1}};
	int sig_fd = run_signals(&e);
	if (sig_fd < 0)
		status = cmd_fail(&e);
	else if (server_start(&s, &env, &e) < 0)
		status = cmd_usage_error(&e);
	else {
		log_info("server", s.host.node_name, "minik %s serves https://%s:%d, kubeconfig %s", MINIK_VERSION,
			 s.host.ips[0], (int)apiserver_port(s.plane.apiserver), opt_str(o, OPT_WRITE_KUBECONFIG));
		run_until_signal(sig_fd, s.parts, o);
		status = 0;
	}
	s.parts = parts_free(s.parts);
	plane_stop(&s.plane);
	cert_pair_done(&s.kubelet_cert);
	host_unlock(&s.host);
	if (sig_fd >= 0)
		close(sig_fd);
	options_free(o);
	return status;
}
