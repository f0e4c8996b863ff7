#include "cmd/run.h"
#include <arpa/inet.h>
#include <errno.h>
#include <linux/rtnetlink.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include "base/clock.h"
#include "base/fs.h"
#include "base/log.h"
#include "base/str.h"
#include "client/kubeconfig.h"
#include "cmd/address.h"
#include "cmd/backup.h"
#include "cmd/datastore.h"
#include "cmd/options_check.h"
#include "cmd/presence.h"
#include "cmd/secret.h"

/* systemd's socket under a name that no child looks for: crun and conmon would report to it on their own. */
#define NOTIFY_OURS "MINIK_NOTIFY_SOCKET"

#define MOVED_SETTLE_MS 100
#define MOVED_RETRY_MS  3000

int run_signals(struct err *e)
{
	const char *socket_path = getenv("NOTIFY_SOCKET");
	sigset_t set;
	struct rlimit lim;

	if (socket_path && (setenv(NOTIFY_OURS, socket_path, 1) < 0 || unsetenv("NOTIFY_SOCKET") < 0))
		return err_nomem(e);

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGPWR);
	if (pthread_sigmask(SIG_BLOCK, &set, NULL) != 0)
		return err_errno(e, errno, "signal mask");
	/* As many descriptors as the hard limit gives; more is not ours to demand. */
	if (getrlimit(RLIMIT_NOFILE, &lim) == 0 && lim.rlim_cur < lim.rlim_max) {
		lim.rlim_cur = lim.rlim_max > 1048576 ? 1048576 : lim.rlim_max;
		if (setrlimit(RLIMIT_NOFILE, &lim) < 0)
			log_debug("server", NULL, "open files stay limited to %llu", (unsigned long long)lim.rlim_cur);
	}
	int fd = signalfd(-1, &set, SFD_CLOEXEC);
	return fd < 0 ? err_errno(e, errno, "signalfd") : fd;
}

static int next_signal(int sig_fd)
{
	struct signalfd_siginfo si;

	while (read(sig_fd, &si, sizeof(si)) < 0)
		if (errno != EINTR)
			return SIGTERM;
	return (int)si.ssi_signo;
}

static void pods_down(void *arg)
{
	const uint64_t one = 1;

	while (write(*(int *)arg, &one, sizeof(one)) < 0 && errno == EINTR)
		;
}

static void notify(const char *state)
{
	const char *path = getenv(NOTIFY_OURS);
	struct sockaddr_un sa = {.sun_family = AF_UNIX};

	if (!path || !path[0] || strlen(path) >= sizeof(sa.sun_path))
		return;
	memcpy(sa.sun_path, path, strlen(path));
	if (sa.sun_path[0] == '@')
		sa.sun_path[0] = '\0';
	AUTO_CLOSE int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (fd < 0 || sendto(fd, state, strlen(state), MSG_NOSIGNAL, (struct sockaddr *)&sa,
			     (socklen_t)(offsetof(struct sockaddr_un, sun_path) + strlen(path))) < 0)
		log_warning("server", NULL, "cannot notify systemd: %s", strerror(errno));
}

/* The machine goes down: until the pods have ended, or somebody is in a hurry. */
static void wait_pods_down(int sig_fd, struct parts *parts, const struct options *o)
{
	AUTO_CLOSE int done = eventfd(0, EFD_CLOEXEC);
	struct pollfd p[2] = {{.fd = sig_fd, .events = POLLIN}, {.fd = done, .events = POLLIN}};

	if (done < 0 || !parts_shutdown(parts, o, pods_down, &done))
		return;
	do {
		while (poll(p, 2, -1) < 0 && errno == EINTR)
			;
	} while (!p[1].revents && next_signal(sig_fd) == SIGPWR);
	/* pods_down must find its descriptor until nobody can call it any more. */
	parts_stop(parts);
}

/* A timer on the wall clock that also wakes when that is set: a machine without a clock of its own learns the time
 * late. */
static int arm(int timer_fd, time_t at, time_t not_before)
{
	struct itimerspec t = {.it_value = {.tv_sec = at > not_before ? at : not_before}};

	if (t.it_value.tv_sec < 1)
		t.it_value.tv_sec = 1;
	int r;
	do /* the timer is set, but the clock was too in between: once more, for its new time */
		r = timerfd_settime(timer_fd, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &t, NULL);
	while (r < 0 && errno == ECANCELED);
	return r;
}

/* Told of addresses and routes, not of links: pods come and go by those. */
static int address_events(struct err *e)
{
	const struct sockaddr_nl sa = {.nl_family = AF_NETLINK,
				       .nl_groups = RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR | RTMGRP_IPV4_ROUTE | RTMGRP_IPV6_ROUTE};
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_ROUTE);

	if (fd >= 0 && bind(fd, (const struct sockaddr *)&sa, sizeof(sa)) == 0)
		return fd;
	int r = err_errno(e, errno, "cannot watch this machine's addresses");
	if (fd >= 0)
		close(fd);
	return r;
}

static void drain(int fd)
{
	char buf[8192];

	while (recv(fd, buf, sizeof(buf), MSG_DONTWAIT) > 0 || errno == EINTR || errno == ENOBUFS)
		errno = 0;
}

struct waiting {
	const struct run_due *due;
	int timer_fd;
	time_t retry;
	int64_t look_ms; /* monotonic: when to look at the addresses; 0: nothing has changed */
};

static int certificates_due(struct waiting *w, struct err *e)
{
	struct err one = {0};
	uint64_t n;

	if (read(w->timer_fd, &n, sizeof(n)) < 0) {
		w->retry = 0; /* the clock was set, or another has been quicker */
		return 0;
	}
	int r = w->due->run(w->due->arg, &one);
	w->retry = r < 0 ? clock_wall(clock_real()) + 3600 : 0;
	if (r == ERR_CANCELED)
		return err_set(e, r, "%s", one.msg);
	if (r < 0)
		log_error("certificates", NULL, "%s; trying again in an hour", one.msg);
	return 0;
}

static int addresses_changed(struct waiting *w, struct err *e)
{
	struct err one = {0};

	w->look_ms = 0;
	int r = w->due->moved(w->due->arg, &one);
	if (r == ERR_CANCELED)
		return err_set(e, r, "%s", one.msg);
	if (r < 0) {
		w->look_ms = clock_mono_ms(clock_real()) + MOVED_RETRY_MS;
		log_error("addresses", NULL, "%s; trying again in %d seconds", one.msg, MOVED_RETRY_MS / 1000);
	}
	return 0;
}

/* The signal that ends it, or a negative code. */
static int wait_for_end(int sig_fd, const struct run_due *due, struct err *e)
{
	AUTO_CLOSE int timer_fd = due && due->next ? timerfd_create(CLOCK_REALTIME, TFD_CLOEXEC | TFD_NONBLOCK) : -1;
	AUTO_CLOSE int addr_fd = due && due->moved ? address_events(e) : -1;
	struct pollfd p[] = {{.fd = sig_fd, .events = POLLIN}, {.fd = timer_fd, .events = POLLIN}, {.fd = addr_fd, .events = POLLIN}};
	struct waiting w = {.due = due, .timer_fd = timer_fd};

	if (due && due->next && timer_fd < 0)
		return err_errno(e, errno, "cannot make a timer");
	if (due && due->moved && addr_fd < 0)
		return addr_fd;
	for (;;) {
		int64_t left = -1;
		int r = 0;
		if (timer_fd >= 0 && arm(timer_fd, due->next(due->arg), w.retry) < 0)
			return err_errno(e, errno, "cannot set a timer");
		if (w.look_ms && (left = w.look_ms - clock_mono_ms(clock_real())) < 0)
			left = 0;
		if (poll(p, 3, (int)left) < 0) {
			if (errno == EINTR)
				continue;
			return err_errno(e, errno, "poll");
		}
		if (p[0].revents)
			return next_signal(sig_fd);
		if (p[1].revents)
			r = certificates_due(&w, e);
		if (p[2].revents) {
			drain(addr_fd);
			/* The first change of several sets the time, so that they cannot put it off for ever. */
			if (!w.look_ms)
				w.look_ms = clock_mono_ms(clock_real()) + MOVED_SETTLE_MS;
		}
		if (r == 0 && w.look_ms && w.look_ms <= clock_mono_ms(clock_real()))
			r = addresses_changed(&w, e);
		if (r < 0)
			return r;
	}
}

int run_until_signal(int sig_fd, const struct run_due *due, struct parts *const *parts, const struct options *o,
		     struct err *e)
{
	notify("READY=1");
	int r = wait_for_end(sig_fd, due, e);
	if (r == SIGPWR && parts && *parts)
		wait_pods_down(sig_fd, *parts, o);
	notify("STOPPING=1");
	return r < 0 ? r : 0;
}

static int plane_pki(struct plane *p, const struct options *o, const struct host *h, bool with_node, struct err *e)
{
	const char *domain = opt_str(o, OPT_CLUSTER_DOMAIN), *adv = opt_str(o, OPT_ADVERTISE_ADDRESS);
	AUTO_FREE char *dir = fs_join(opt_str(o, OPT_DATA_DIR), "server/tls");
	AUTO_FREE char *fqdn = str_fmt("kubernetes.default.svc.%s", domain);
	AUTO_FREE char *user = str_fmt("system:node:%s", h->node_name);
	AUTO_FREE const char **sans = NULL;
	char svc[48], svc2[48] = "", hostname[256] = "";
	size_t n = 0, extra = 0;

	/* The first address of the Services' network is Service default/kubernetes. */
	if (!opt_cidr_address(opt_str(o, OPT_SERVICE_CIDR), 1, svc))
		return err_set(e, ERR_INVALID, "--service-cidr: \"%s\" is no network", opt_str(o, OPT_SERVICE_CIDR));
	const char *second = opt_second_cidr(opt_str(o, OPT_SERVICE_CIDR));
	if (second && !opt_cidr_address(second, 1, svc2))
		return err_set(e, ERR_INVALID, "--service-cidr: \"%s\" is no network", second);
	for (char *const *s = opt_list(o, OPT_TLS_SAN); *s; s++)
		extra++;
	gethostname(hostname, sizeof(hostname) - 1);
	const char *fixed[] = {"127.0.0.1", "::1", "localhost", "kubernetes", "kubernetes.default", "kubernetes.default.svc", fqdn, svc, svc2,
			       h->node_name, h->ips[0], h->ips[1], hostname, adv ? adv : ""};
	const char *node_sans[] = {h->node_name, "127.0.0.1", h->ips[0], h->ips[1][0] ? h->ips[1] : NULL, NULL};
	sans = calloc(ARRAY_LEN(fixed) + extra + 1, sizeof(*sans));
	if (!dir || !fqdn || !user || !sans)
		return err_nomem(e);
	for (size_t i = 0; i < ARRAY_LEN(fixed); i++)
		if (fixed[i][0])
			sans[n++] = fixed[i];
	for (char *const *s = opt_list(o, OPT_TLS_SAN); *s; s++)
		sans[n++] = *s;
	struct pki_config pc = {.dir = dir, .sans = sans};
	if (with_node) {
		pc.node_user = user;
		pc.node_sans = node_sans;
	}
	return pki_open(&p->pki, &pc, e);
}

static int plane_store(struct plane *p, const struct options *o, struct err *e)
{
	AUTO_FREE char *path = NULL, *keys = fs_join(opt_str(o, OPT_DATA_DIR), SECRETS_KEYS);
	struct store_config sc;

	int r = keys ? restore_check(o, e) : err_nomem(e);
	if (r < 0 || (r = datastore_config(&sc, &path, o, e)) < 0)
		return r;
	sc.seal_prefix = "/secrets/"; /* the API server's prefix of core/v1 Secrets */
	sc.keys_file = keys;
	sc.seal_new = opt_bool(o, OPT_SECRETS_ENCRYPTION);
	sc.cache_bytes = (size_t)opt_int(o, OPT_STORE_CACHE) << 20;
	return store_open(&p->store, &sc, e);
}

/* Certificates, keys and token: the cluster's, when the datastore is one that servers share. */
static int plane_identity(struct plane *p, const struct options *o, const struct host *h, bool with_node, struct err *e)
{
	for (int i = 0; i < 2; i++) {
		bool found;
		int r = datastore_keys_take(p->store, o, &found, e);

		p->pki = pki_free(p->pki);
		free(TAKE_PTR(p->token));
		if (r < 0 || (r = plane_pki(p, o, h, with_node, e)) < 0 || (r = secret_server_token(&p->token, o, pki_ca_cert(p->pki), e)) < 0)
			return r;
		if (found || !store_is_shared(p->store))
			return 0;
		r = datastore_keys_give(p->store, o, p->token, e);
		if (r != ERR_EXISTS)
			return r;
	}
	return ERR_EXISTS;
}

static int plane_kubeconfig(struct plane *p, const struct options *o, struct err *e)
{
	const char *path = opt_str(o, OPT_WRITE_KUBECONFIG);
	unsigned long mode =
	    strtoul(opt_str(o, OPT_WRITE_KUBECONFIG_MODE), NULL, 8); /* checked when options were read */
	const char *groups[] = {"system:masters", NULL};
	struct cert_pair admin = {0};
	AUTO_FREE char *dir = str_dup(path), *url = NULL;

	const char *bind = opt_str(o, OPT_BIND_ADDRESS);
	const char *host = bind && !streq(bind, "0.0.0.0") && !streq(bind, "::") ? bind : "127.0.0.1";
	url = str_fmt(strchr(host, ':') ? "https://[%s]:%d" : "https://%s:%d", host, (int)apiserver_port(p->apiserver));
	if (!dir || !url)
		return err_nomem(e);
	char *slash = strrchr(dir, '/');
	if (slash && slash > dir) {
		*slash = '\0';
		int r = fs_mkdir_p(dir, 0755, e);
		if (r < 0)
			return r;
	}
	struct cert_info info = {0};
	int r = pki_issue_client(&admin, p->pki, "system:admin", groups, e);
	if (r < 0 || (r = cert_inspect(&info, admin.cert_pem, e)) < 0) {
		cert_pair_done(&admin);
		return r;
	}
	time_t due = cert_renewal_time(&info);
	cert_info_done(&info);
	struct kubeconfig_spec spec = {.server = url,
				       .ca_pem = pki_ca_cert(p->pki),
				       .cert_pem = admin.cert_pem,
				       .key_pem = admin.key_pem,
				       .name = "minik"};
	r = kubeconfig_write(path, (mode_t)mode, &spec, e);
	cert_pair_done(&admin);
	if (r == 0)
		p->admin_due = due;
	return r;
}

static int plane_presence(struct plane *p, const char *name, const char *node, const char *address, struct err *e)
{
	static const char *const masters[] = {"system:masters", NULL};

	int r = apiserver_connector(&p->presence_api, p->apiserver, "system:apiserver", masters, e);
	if (r < 0)
		return r;
	struct presence_config c = {.name = name,
				    .node = node,
				    .address = address,
				    .port = apiserver_port(p->apiserver),
				    .api = p->presence_api};
	return presence_start(&p->presence, &c, e);
}

/* What agents listen on is told by the server's own flags: they are the same everywhere, or should be. */
static void keep_ports(const struct options *o, struct apiserver_config *c)
{
	static const enum opt_id ports[] = {OPT_HTTPS_LISTEN_PORT, OPT_KUBELET_PORT, OPT_INGRESS_HTTP_PORT,
					    OPT_INGRESS_HTTPS_PORT};
	size_t n = opt_list_has(o, OPT_DISABLE, "ingress") ? 2 : 4;

	for (size_t i = 0, k = 0; i < n; i++)
		if (opt_int(o, ports[i])) {
			c->kept_ports[k].port = (uint16_t)opt_int(o, ports[i]);
			/* Who gives 443 to a Service by name wants it before Ingress. */
			c->kept_ports[k].on_demand = i >= 2;
			c->kept_ports[k++].whose = opt_name(ports[i]);
		}
}

int plane_start(struct plane *p, const struct options *o, const struct host *h, bool with_node, struct err *e)
{
	struct apiserver_config c = {
		.bind_address = opt_str(o, OPT_BIND_ADDRESS),
		.port = (uint16_t)opt_int(o, OPT_HTTPS_LISTEN_PORT),
		.advertise_address = address_advertised(o, h),
		.cluster_domain = opt_str(o, OPT_CLUSTER_DOMAIN),
		.service_cidr = opt_str(o, OPT_SERVICE_CIDR),
		.cluster_cidr = opt_str(o, OPT_CLUSTER_CIDR),
		.cluster_dns = opt_str(o, OPT_CLUSTER_DNS),
		.max_requests = (unsigned)opt_int(o, OPT_MAX_REQUESTS),
		.max_mutating_requests = (unsigned)opt_int(o, OPT_MAX_MUTATING_REQUESTS),
	};
	int r;

	AUTO_BUF struct buf ca = {0};

	keep_ports(o, &c);
	if (opt_str(o, OPT_KUBELET_CA) && (r = fs_read(opt_str(o, OPT_KUBELET_CA), OPT_CA_FILE_MAX, &ca, e)) < 0)
		return r;
	c.kubelet_ca_pem = ca.data;
	if ((r = opt_port_range(opt_str(o, OPT_NODE_PORT_RANGE), &c.node_port_min, &c.node_port_max, e)) < 0 ||
	    (r = plane_store(p, o, e)) < 0 || (r = plane_identity(p, o, h, with_node, e)) < 0)
		return r;
	c.token = secret_of_token(p->token);
	struct apiserver_deps d = {.store = p->store, .pki = p->pki, .clock = clock_real()};
	if ((r = apiserver_new(&p->apiserver, &c, &d, e)) < 0 || (r = apiserver_start(p->apiserver, e)) < 0)
		return r;
	p->opt = o;
	if ((r = plane_kubeconfig(p, o, e)) < 0)
		return r;
	if ((r = schedule_start(&p->schedule, o, p->store, e)) < 0 || !store_is_shared(p->store))
		return r;
	return plane_presence(p, h->node_name, opt_bool(o, OPT_DISABLE_AGENT) ? NULL : h->node_name, c.advertise_address, e);
}

char *plane_url(const struct plane *p, const struct host *h)
{
	const char *ip = address_advertised(p->opt, h);

	return str_fmt(strchr(ip, ':') ? "https://[%s]:%d" : "https://%s:%d", ip, (int)apiserver_port(p->apiserver));
}

time_t plane_due(const struct plane *p)
{
	time_t t = pki_due(p->pki);

	return t < p->admin_due ? t : p->admin_due;
}

int plane_renew(struct plane *p, struct err *e)
{
	int r = pki_renew(p->pki, e), r2;

	/* What could be renewed is put to use even if something else failed. */
	if ((r2 = apiserver_use_certificates(p->apiserver, r < 0 ? NULL : e)) < 0 && r == 0)
		r = r2;
	if (p->admin_due <= clock_wall(clock_real()) && (r2 = plane_kubeconfig(p, p->opt, r < 0 ? NULL : e)) < 0 &&
	    r == 0)
		r = r2;
	return r;
}

void plane_stop(struct plane *p)
{
	p->schedule = schedule_stop(p->schedule);
	p->presence = presence_stop(p->presence);
	p->presence_api = connector_free(p->presence_api);
	if (p->apiserver) {
		apiserver_stop(p->apiserver);
		apiserver_join(p->apiserver);
	}
	p->apiserver = apiserver_free(p->apiserver);
	if (p->store)
		store_stop(p->store);
	p->store = store_free(p->store);
	p->pki = pki_free(p->pki);
	free(p->token);
	p->token = NULL;
}
