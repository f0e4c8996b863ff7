#include "cmd/killall.h"
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "base/fs.h"
#include "base/lock_file.h"
#include "base/str.h"
#include "cmd/adapt.h"
#include "cmd/cmd.h"
#include "cmd/host.h"
#include "cmd/instance.h"
#include "cmd/kin.h"
#include "ingress/ingress.h"
#include "net/net.h"
#include "proxy/proxy.h"

static void say(void *arg, const char *what)
{
	(void)arg;
	printf("%s\n", what);
}

/* Asks the running minik to end and waits for it; a process that does not in time is killed. */
static int stop_running(const char *run_dir, int sig, int64_t seconds, struct err *e)
{
	int pid;
	AUTO_CLOSE int fd = host_running_open(run_dir, &pid);

	if (fd < 0)
		return 0;
	struct pollfd p = {.fd = fd, .events = POLLIN};
	if (syscall(SYS_pidfd_send_signal, fd, sig, NULL, 0) < 0 && errno != ESRCH)
		return err_errno(e, errno, "cannot stop minik with pid %d", pid);
	if (poll(&p, 1, (int)seconds * 1000) == 0) {
		printf("minik (pid %d) does not end: killing it\n", pid);
		(void)syscall(SYS_pidfd_send_signal, fd, SIGKILL, NULL, 0);
		(void)poll(&p, 1, 5000);
	}
	printf("stopped minik (pid %d)\n", pid);
	return 0;
}

/* What the running minik needs beyond the pods' time: their last words to the API, its own end. */
#define SHUTDOWN_EXTRA_S 15

static int killall_shutdown(const struct options *o, struct err *e)
{
	const char *run_dir = opt_str(o, OPT_RUN_DIR);
	int64_t grace = opt_int(o, OPT_SHUTDOWN_GRACE);
	struct parts_env env = {.opt = o};
	struct host h = {.lock_fd = -1};
	AUTO_FREE char *agent_lock = fs_join(run_dir, "node.lock");
	AUTO_CLOSE int agent = -1;
	pid_t holder = 0;
	struct node_config nc;
	int r;

	if (!agent_lock)
		return err_nomem(e);
	if (!host_same_boot(run_dir)) {
		printf("no minik has run since this machine started\n");
		return 0;
	}
	if ((r = stop_running(run_dir, SIGPWR, grace + SHUTDOWN_EXTRA_S, e)) < 0)
		return r;
	/* So that none is started before the rest is ended. */
	if ((r = host_lock_dirs(&h, o, e)) < 0)
		return r;
	r = lock_file_take(agent_lock, &agent, &holder, e);
	if (holder)
		err_set(e, r, "a node agent runs by itself with --run-dir %s (minik node, pid %d): send it SIGPWR", run_dir,
			(int)holder);
	adapt_node_config(&nc, &env);
	if (r == 0)
		r = node_shutdown_rest(&nc, (unsigned)grace, say, NULL, e);
	host_unlock(&h);
	if (r == 0)
		printf("all pods have ended; they are started again with minik\n");
	return r;
}

int killall_run(const struct options *o, bool dry_run, struct err *e)
{
	const char *run_dir = opt_str(o, OPT_RUN_DIR);
	struct parts_env env = {.opt = o};
	struct node_config nc;
	struct adapt a = {0};
	AUTO_FREE char *ingress = fs_join(run_dir, "ingress");
	AUTO_JSON json_t *instance = NULL;
	int pid, r;

	if (!ingress)
		return err_nomem(e);
	if (dry_run) {
		printf("would stop minik (pid %d), all its containers, nginx; remove cni0, pod interfaces, routes, nftables tables minik-net and "
		       "minik-proxy, its IPVS servers and kube-ipvs0, mounts and cgroup %s\n",
		       host_running_pid(run_dir), opt_str(o, OPT_CGROUP_ROOT));
		return kin_list(o, e);
	}
	/* Half of it would be left: what runs here knows where its data lies. */
	if (instance_read(o, &pid, &instance, NULL) == 0 &&
	    !streq(json_str(instance, "dataDir"), opt_str(o, OPT_DATA_DIR)))
		return err_set(e, ERR_INVALID, "the minik that runs here (pid %d) has --data-dir %s: give the same",
			       pid, json_str_or(instance, "dataDir", "?"));
	if ((r = kin_alone(o, e)) < 0)
		return r;
	/* Who holds the lock first, then those that run by themselves: none may make anew what is removed. */
	if ((r = stop_running(run_dir, SIGTERM, 30, e)) < 0 || (r = kin_end(o, e)) < 0)
		return r;
	adapt_node_config(&nc, &env);
	/* Everything is tried even when one step fails; the first failure is the answer. */
	struct err first = {0}, step = {0};
	int made = adapt_init(&a, &env, NULL, NULL, &step);
	if (made == 0)
		cni_hurry(a.cni);
	if (made < 0 || node_killall(&nc, adapt_network_ops(), &a, say, NULL, &step) < 0)
		first = step;
	/* After the containers: nobody writes any more. */
	if (made == 0 && volumes_drop_all(a.volumes, say, NULL, &step) < 0 && !first.code)
		first = step;
	adapt_done(&a);
	if (ingress_cleanup(ingress, &step) < 0 && !first.code)
		first = step;
	if (proxy_cleanup(&step) < 0 && !first.code)
		first = step;
	if (net_cleanup(run_dir, &step) < 0 && !first.code)
		first = step;
	if (!first.code && fs_rm_rf(run_dir, &step) < 0)
		first = step;
	if (first.code) {
		*e = first;
		return first.code;
	}
	printf("all containers, interfaces, rules, mounts and cgroups of minik are gone; data is kept in %s\n", opt_str(o, OPT_DATA_DIR));
	return 0;
}

int cmd_killall(int argc, char **argv)
{
	struct options *o = NULL;
	struct err e = {0};
	AUTO_FREE char **rest = calloc((size_t)argc + 1, sizeof(*rest));
	bool shutdown = false;
	int n = 0;

	if (!rest) {
		err_nomem(&e);
		return cmd_fail(&e);
	}
	for (int i = 0; i < argc; i++) {
		if (streq(argv[i], "--shutdown"))
			shutdown = true;
		else
			rest[n++] = argv[i];
	}
	int status = cmd_options(&o, OPT_IN_TOOL, true,
				 "minik killall [--shutdown]\n\n"
				 "  --shutdown   as when the machine goes down: pods end within their grace periods, nothing is removed,\n"
				 "               and the next start of minik brings them back",
				 n, rest, NULL);
	if (status >= 0)
		return status;
	if (geteuid() != 0) {
		err_set(&e, ERR_FORBIDDEN, "minik killall must run as root");
		status = cmd_fail(&e);
	} else {
		status = (shutdown ? killall_shutdown(o, &e) : killall_run(o, false, &e)) < 0 ? cmd_usage_error(&e) : 0;
	}
	options_free(o);
	return status;
}
