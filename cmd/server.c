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
#include "cmd/address.h"
#include "cmd/cmd.h"
#include "cmd/host.h"
#include "cmd/instance.h"
#include "cmd/parts.h"
#include "cmd/run.h"
#include "cmd/secret.h"

struct server {
	const struct options *opt;
	struct host host;
	struct plane plane;
	struct parts_env env;
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
	unsigned mask = ((1u << PART_COUNT) - 1) & ~(1u << PART_BINDER); /* a half of storage's */

	for (size_t i = 0; i < ARRAY_LEN(off); i++)
		if (opt_list_has(o, OPT_DISABLE, off[i].word))
			mask &= ~(1u << off[i].id);
	if (opt_bool(o, OPT_DISABLE_AGENT))
		mask &= ~((1u << PART_NET) | (1u << PART_PROXY) | (1u << PART_NODE) | (1u << PART_INGRESS));
	return mask;
}

/* Ingress runs on agents then, for whom somebody must make the classes. */
static unsigned parts_beside(const struct options *o)
{
	return opt_bool(o, OPT_DISABLE_AGENT) && !opt_list_has(o, OPT_DISABLE, "ingress") ? 1u << PART_INGRESS : 0;
}

static int server_start(struct server *s, struct parts_env *env, struct err *e)
{
	const struct options *o = s->opt;
	bool node = !opt_bool(o, OPT_DISABLE_AGENT);
	int r;

	if ((r = host_identify(&s->host, o, e)) < 0 || (r = host_check(o, node, NULL, NULL, e)) < 0 ||
	    (r = address_check(&s->host, o, ADDRESS_NETS_OWN, NULL, NULL, e)) < 0 ||
	    (r = host_lock_dirs(&s->host, o, e)) < 0 || (r = plane_start(&s->plane, o, &s->host, node, e)) < 0)
		return r;
	*env = (struct parts_env){
	    .opt = o,
	    .node_name = s->host.node_name,
	    .node_ips = s->host.ip_list,
	    .control_plane = true,
	    .service_cidr = opt_str(o, OPT_SERVICE_CIDR),
	    .elect = store_is_shared(s->plane.store),
	    .ca_cert_pem = pki_ca(s->plane.pki)->cert_pem,
	    .ca_key_pem = pki_ca(s->plane.pki)->key_pem,
	    .serving_cert_pem = pki_kubelet_serving(s->plane.pki)->cert_pem,
	    .serving_key_pem = pki_kubelet_serving(s->plane.pki)->key_pem,
	    .connect = direct_connect,
	    .connect_arg = s,
	};
	if ((r = parts_start(&s->parts, env, parts_wanted(o) | parts_beside(o), e)) < 0)
		return r;
	AUTO_FREE char *url = plane_url(&s->plane, &s->host);
	return url ? instance_publish(o, "server", node ? s->host.node_name : "", url, parts_wanted(o), e)
		   : err_nomem(e);
}

static time_t server_due(void *arg)
{
	return plane_due(&((struct server *)arg)->plane);
}

static int server_renew(void *arg, struct err *e)
{
	struct server *s = arg;
	int r = plane_renew(&s->plane, e), r2;
	const struct cert_pair *node = pki_kubelet_serving(s->plane.pki);

	if (node->cert_pem &&
	    (r2 = parts_use_certificate(s->parts, node->cert_pem, node->key_pem, r < 0 ? NULL : e)) < 0 && r == 0)
		r = r2;
	if (r == 0)
		log_info("certificates", NULL, "renewed; the next are due in %lld days",
			 (long long)(plane_due(&s->plane) - clock_wall(clock_real())) / 86400);
	return r;
}

/*
 * The whole server begins anew: its own certificates, Service kubernetes and everybody's connections speak of the former
 * address. It takes as long as a start does; containers, networks and Services stay as they are.
 */
static int server_moved(void *arg, struct err *e)
{
	struct server *s = arg;
	struct host now;

	int r = host_moved(&s->host, s->opt, &now, e);
	if (r <= 0)
		return r;
	log_info("server", s->host.node_name, "address %s instead of %s", now.ips[0], s->host.ips[0]);
	s->parts = parts_free(s->parts);
	plane_stop(&s->plane);
	host_unlock(&s->host);
	s->plane = (struct plane){0};
	if (server_start(s, &s->env, e) < 0)
		return err_set(e, ERR_CANCELED, "cannot go on with another address: %.180s", e->msg);
	return 0;
}

int cmd_server(int argc, char **argv)
{
	struct options *o = NULL;
	struct err e = {0};

	int status = cmd_options(&o, OPT_IN_SERVER, true, "minik server [FLAGS]", argc, argv, NULL);
	if (status >= 0)
		return status;
	struct server s = {.opt = o, .host = {.lock_fd = -1}};
	int sig_fd = run_signals(&e);
	if (sig_fd < 0)
		status = cmd_fail(&e);
	else if (server_start(&s, &s.env, &e) < 0)
		status = cmd_usage_error(&e);
	else {
		log_info("server", s.host.node_name, "minik %s serves https://%s:%d, kubeconfig %s", MINIK_VERSION,
			 s.host.ips[0], (int)apiserver_port(s.plane.apiserver), opt_str(o, OPT_WRITE_KUBECONFIG));
		const struct run_due due = {.next = server_due, .run = server_renew, .moved = server_moved, .arg = &s};
		status = run_until_signal(sig_fd, &due, &s.parts, o, &e) < 0 ? cmd_fail(&e) : 0;
		instance_withdraw(o);
	}
	s.parts = parts_free(s.parts);
	plane_stop(&s.plane);
	host_unlock(&s.host);
	if (sig_fd >= 0)
		close(sig_fd);
	options_free(o);
	return status;
}
