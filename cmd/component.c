#include <stdio.h>
#include <unistd.h>
#include "base/buf.h"
#include "base/fs.h"
#include "base/log.h"
#include "base/str.h"
#include "client/kubeconfig.h"
#include "cmd/cmd.h"
#include "cmd/host.h"
#include "cmd/instance.h"
#include "cmd/parts.h"
#include "cmd/run.h"

static time_t apiserver_due(void *arg)
{
	return plane_due(arg);
}
static int apiserver_renew(void *arg, struct err *e)
{
	return plane_renew(arg, e);
}

/* `minik apiserver`: store, certificates and API server alone. */
static int run_apiserver(const struct options *o)
{
	struct host h = {.lock_fd = -1};
	struct plane plane = {0};
	struct err e = {0};
	int status = 0, sig_fd = run_signals(&e);

	if (sig_fd < 0)
		return cmd_fail(&e);
	if (host_identify(&h, o, &e) < 0 || host_lock_dirs(&h, o, &e) < 0 ||
	    plane_start(&plane, o, &h, false, &e) < 0) {
		status = cmd_usage_error(&e);
	} else {
		AUTO_FREE char *url = plane_url(&plane, &h);
		if (!url || instance_publish(o, "server", "", url, 0, &e) < 0)
			log_warning("apiserver", NULL, "minik status will know little: %s", e.msg);
		log_info("apiserver", NULL, "listening on port %d, kubeconfig %s", (int)apiserver_port(plane.apiserver),
			 opt_str(o, OPT_WRITE_KUBECONFIG));
		const struct run_due due = {.next = apiserver_due, .run = apiserver_renew, .arg = &plane};
		if (run_until_signal(sig_fd, &due, NULL, o, &e) < 0)
			status = cmd_fail(&e);
		instance_withdraw(o);
	}
	plane_stop(&plane);
	host_unlock(&h);
	close(sig_fd);
	return status;
}

struct alone {
	const struct options *opt;
	struct host host;
	struct cert_pair serving, ca;
	enum part_id id;
	struct parts_env env;
	struct parts *parts;
};

static int kubeconfig_connect(void *arg, struct connector **ret, const char *user, const char *const *groups, struct err *e)
{
	struct alone *a = arg;

	(void)groups;
	return kubeconfig_connector(ret, opt_str(a->opt, OPT_KUBECONFIG), user, e);
}

static int read_pem(const char *dir, const char *name, char **ret)
{
	AUTO_FREE char *path = fs_join(dir, name);
	AUTO_BUF struct buf text = {0};

	if (!path || fs_read(path, 1 << 20, &text, NULL) < 0)
		return ERR_NOT_FOUND;
	return (*ret = buf_take(&text, NULL)) ? 0 : -1;
}

/*
 * Certificates a lone component may need lie under data-dir: server/tls/ca.{crt,key} for CSR signing by the controllers, agent/serving.{crt,key} for
 * the node agent, which otherwise makes itself one.
 */
static int alone_certs(struct alone *a, enum part_id id, struct err *e)
{
	AUTO_FREE char *tls = fs_join(opt_str(a->opt, OPT_DATA_DIR), "server/tls"), *agent = fs_join(opt_str(a->opt, OPT_DATA_DIR), "agent");

	if (!tls || !agent)
		return err_nomem(e);
	if (read_pem(tls, "ca.crt", &a->ca.cert_pem) == 0)
		(void)read_pem(tls, "ca.key", &a->ca.key_pem);
	if (id != PART_NODE)
		return 0;
	if (read_pem(agent, "serving.crt", &a->serving.cert_pem) == 0 && read_pem(agent, "serving.key", &a->serving.key_pem) == 0)
		return 0;
	cert_pair_done(&a->serving);
	memset(&a->serving, 0, sizeof(a->serving));
	struct cert_pair self = {0};
	time_t now = time(NULL);
	const char *dns[] = {a->host.node_name, NULL};
	struct cert_request req = {.cn = a->host.node_name, .dns_names = dns, .ip_addrs = a->host.ip_list, .server = true,
				   .not_before = now - 300, .not_after = now + 365 * 86400};
	int r = 0;
	if (!a->ca.key_pem && (r = cert_ca_new(&self, "minik-node", now - 300, now + 365 * 86400, e)) < 0)
		return r;
	r = cert_issue(&a->serving, a->ca.key_pem ? &a->ca : &self, &req, e);
	cert_pair_done(&self);
	return r;
}

static int alone_start(struct alone *a, struct err *e)
{
	a->env = (struct parts_env){
	    .opt = a->opt,
	    .node_name = a->host.node_name,
	    .node_ips = a->host.ip_list,
	    .control_plane = a->id == PART_STORAGE,
	    .service_cidr = opt_is_set(a->opt, OPT_SERVICE_CIDR) ? opt_str(a->opt, OPT_SERVICE_CIDR) : NULL,
	    .elect = opt_bool(a->opt, OPT_LEADER_ELECT),
	    .ca_cert_pem = a->ca.cert_pem,
	    .ca_key_pem = a->ca.key_pem,
	    .serving_cert_pem = a->serving.cert_pem,
	    .serving_key_pem = a->serving.key_pem,
	    .connect = kubeconfig_connect,
	    .connect_arg = a,
	};
	return parts_start(&a->parts, &a->env, 1u << a->id, e);
}

/* Connections from the former address are dead, and the node's certificate may be for that. */
static int alone_moved(void *arg, struct err *e)
{
	struct alone *a = arg;
	struct host now;

	int r = host_moved(&a->host, a->opt, &now, e);
	if (r <= 0)
		return r;
	log_info(part_name(a->id), a->host.node_name, "address %s instead of %s", now.ips[0], a->host.ips[0]);
	a->parts = parts_free(a->parts);
	host_move(&a->host, &now);
	cert_pair_done(&a->ca);
	cert_pair_done(&a->serving);
	memset(&a->ca, 0, sizeof(a->ca));
	memset(&a->serving, 0, sizeof(a->serving));
	if (alone_certs(a, a->id, e) < 0 || alone_start(a, e) < 0)
		return err_set(e, ERR_CANCELED, "cannot go on with another address: %.180s", e->msg);
	return 0;
}

int cmd_component(int argc, char **argv)
{
	struct options *o = NULL;
	struct err e = {0};
	AUTO_FREE char *usage = str_fmt("minik %s %s[FLAGS]%s", argv[0], streq(argv[0], "apiserver") ? "" : "--kubeconfig FILE ",
					streq(argv[0], "ingress") ? "\n       minik ingress show | lint (--help)" : "");

	int status = cmd_options(&o, OPT_IN_COMPONENT, true, usage ? usage : argv[0], argc, argv, NULL);
	if (status >= 0)
		return status;
	if (streq(argv[0], "apiserver")) {
		status = run_apiserver(o);
		options_free(o);
		return status;
	}
	enum part_id id = (enum part_id)part_find(argv[0]);
	struct alone a = {.opt = o, .host = {.lock_fd = -1}, .id = id};
	int sig_fd = run_signals(&e);
	if (sig_fd < 0 || host_identify(&a.host, o, &e) < 0 || host_check(o, id == PART_NODE, NULL, NULL, &e) < 0 ||
	    fs_mkdir_p(opt_str(o, OPT_DATA_DIR), 0700, &e) < 0 || fs_mkdir_p(opt_str(o, OPT_RUN_DIR), 0755, &e) < 0 ||
	    host_check_boot(opt_str(o, OPT_RUN_DIR), &e) < 0 ||
	    alone_certs(&a, id, &e) < 0) {
		status = cmd_usage_error(&e);
	} else {
		const struct run_due due = {.moved = alone_moved, .arg = &a};
		if (alone_start(&a, &e) < 0) {
			status = cmd_usage_error(&e);
		} else {
			log_info(argv[0], a.host.node_name, "running");
			status = run_until_signal(sig_fd, &due, &a.parts, o, &e) < 0 ? cmd_fail(&e) : 0;
		}
	}
	parts_free(a.parts);
	cert_pair_done(&a.ca);
	cert_pair_done(&a.serving);
	if (sig_fd >= 0)
		close(sig_fd);
	options_free(o);
	return status;
}
