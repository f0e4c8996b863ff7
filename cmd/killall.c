#include "cmd/killall.h"
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "base/fs.h"
#include "base/str.h"
#include "cmd/adapt.h"
#include "cmd/cmd.h"
#include "cmd/host.h"
#include "cmd/instance.h"
#include "ingress/ingress.h"
#include "net/net.h"
#include "proxy/proxy.h"

static void say(void *arg, const char *what)
{
	(void)arg;
	printf("%s\n", what);
}

/* Asks the running minik to end and waits for it; a process that does not within 30 s is killed. */
static int stop_running(const char *run_dir, struct err *e)
{
	int pid = host_running_pid(run_dir);

	if (pid <= 0)
		return 0;
	AUTO_CLOSE int fd = (int)syscall(SYS_pidfd_open, pid, 0);
	if (fd < 0)
		return errno == ESRCH ? 0 : err_errno(e, errno, "minik with pid %d", pid);
	struct pollfd p = {.fd = fd, .events = POLLIN};
	if (kill(pid, SIGTERM) < 0 && errno != ESRCH)
		return err_errno(e, errno, "cannot stop minik with pid %d", pid);
	if (poll(&p, 1, 30000) == 0) {
		printf("minik (pid %d) does not end: killing it\n", pid);
		kill(pid, SIGKILL);
		(void)poll(&p, 1, 5000);
	}
	printf("stopped minik (pid %d)\n", pid);
	return 0;
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
		       "minik-proxy, mounts and cgroup %s\n",
		       host_running_pid(run_dir), opt_str(o, OPT_CGROUP_ROOT));
		return 0;
	}
	/* Half of it would be left: what runs here knows where its data lies. */
	if (instance_read(o, &pid, &instance, NULL) == 0 &&
	    !streq(json_str(instance, "dataDir"), opt_str(o, OPT_DATA_DIR)))
		return err_set(e, ERR_INVALID, "the minik that runs here (pid %d) has --data-dir %s: give the same",
			       pid, json_str_or(instance, "dataDir", "?"));
	if ((r = stop_running(run_dir, e)) < 0)
		return r;
	adapt_node_config(&nc, &env);
	/* Everything is tried even when one step fails; the first failure is the answer. */
	struct err first = {0}, step = {0};
	if (adapt_init(&a, &env, &step) < 0 || node_killall(&nc, adapt_network_ops(), &a, say, NULL, &step) < 0)
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

	int status = cmd_options(&o, OPT_IN_TOOL, true, "minik killall", argc, argv, NULL);
	if (status >= 0)
		return status;
	if (geteuid() != 0) {
		err_set(&e, ERR_FORBIDDEN, "minik killall must run as root");
		status = cmd_fail(&e);
	} else {
		status = killall_run(o, false, &e) < 0 ? cmd_usage_error(&e) : 0;
	}
	options_free(o);
	return status;
}
