/* Needs root: runs in network and mount namespaces of its own. */
#include "tests/unit/test.h"
#include <errno.h>
#include <sched.h>
#include <sys/mount.h>
#include "base/fs.h"
#include "base/netlink.h"
#include "base/netns.h"
#include "base/str.h"

static struct nl_ctx *nl;
static struct err e;

struct seen {
	char text[1024];
};

static int see_link(void *arg, unsigned index, const char *name, const char *kind)
{
	struct seen *s = arg;
	size_t n = strlen(s->text);

	CHECK(index > 0);
	(void)snprintf(s->text + n, sizeof s->text - n, "%s:%s ", name, kind);
	return 0;
}

static int see_addr(void *arg, const char *ifname, const char *addr)
{
	struct seen *s = arg;
	size_t n = strlen(s->text);

	(void)snprintf(s->text + n, sizeof s->text - n, "%s=%s ", ifname, addr);
	return 0;
}

static int see_route(void *arg, const struct nl_route *r)
{
	struct seen *s = arg;
	size_t n = strlen(s->text);

	(void)snprintf(s->text + n, sizeof s->text - n, "%s via %s dev %s src %s;", r->dst, r->via, r->dev, r->src);
	return 0;
}

static void links(void)
{
	struct seen s = {""};
	uint8_t mac[6], mac2[6] = {2, 1, 2, 3, 4, 5};
	unsigned i, mtu;

	CHECK(nl_link_index(nl, "cni0", &i, &e) == ERR_NOT_FOUND);
	CHECK(nl_link_ensure_bridge(nl, "cni0", 1400, &e) == 1);
	CHECK(nl_link_ensure_bridge(nl, "cni0", 1400, &e) == 0);
	CHECK(nl_link_ensure_bridge(nl, "cni0", 1450, &e) == 1);
	CHECK(nl_link_get_mtu(nl, "cni0", &mtu, &e) == 0 && mtu == 1450);
	CHECK(nl_link_ensure_bridge(nl, "lo", 0, &e) == -EEXIST);
	CHECK(nl_link_ensure_bridge(nl, "a-name-that-is-too-long", 0, &e) == -EINVAL);
	CHECK(nl_link_get_mac(nl, "cni0", mac, &e) == 0);
	CHECK(nl_link_set_mac(nl, "cni0", mac2, &e) == 1 && nl_link_set_mac(nl, "cni0", mac2, &e) == 0);
	CHECK(nl_link_get_mac(nl, "cni0", mac, &e) == 0 && memcmp(mac, mac2, 6) == 0);
	CHECK(nl_link_set_up(nl, "lo", true, &e) == 1 && nl_link_set_up(nl, "lo", true, &e) == 0);
	CHECK(nl_link_each(nl, see_link, &s, &e) == 0);
	CHECK(strstr(s.text, "cni0:bridge ") && strstr(s.text, "lo: "));
	if (nl_link_ensure_dummy(nl, "dummy7", &e) < 0) {
		CHECK(e.code == ERR_UNSUPPORTED);
		fprintf(stderr, "     (no dummy interfaces here: %s)\n", e.msg);
	} else {
		CHECK(nl_link_ensure_dummy(nl, "dummy7", &e) == 0);
	}
}

static void namespaces(void)
{
	char dir[] = "/tmp/minik-test-XXXXXX";
	struct nl_ctx *in = NULL;
	struct seen s = {""};
	AUTO_CLOSE int fd = -1;
	uint8_t mac[6], again[6];
	char *path;
	unsigned i, mtu;

	CHECK(mkdtemp(dir));
	path = fs_join(dir, "pod");
	CHECK(netns_open(path, &fd, &e) == ERR_NOT_FOUND);
	CHECK(netns_create(path, &e) == 0);
	CHECK(netns_create(path, &e) == -EEXIST);
	CHECK(netns_open(path, &fd, &e) == 0);
	CHECK(nl_open_netns(&in, fd, &e) == 0);
	CHECK(nl_link_get_mac(nl, "cni0", mac, &e) == 0);
	CHECK(nl_link_add_veth(nl, "veth1", "eth0", fd, 1450, &e) == 0);
	CHECK(nl_link_add_veth(nl, "veth1", "eth0", fd, 1450, &e) == -EEXIST);
	CHECK(nl_link_set_master(nl, "veth1", "cni0", &e) == 1 && nl_link_set_master(nl, "veth1", "cni0", &e) == 0);
	CHECK(nl_link_set_hairpin(nl, "veth1", true, &e) == 0);
	CHECK(nl_link_set_hairpin(nl, "cni0", true, &e) < 0);
	CHECK(nl_link_set_up(nl, "veth1", true, &e) == 1);
	CHECK(nl_link_index(nl, "eth0", &i, &e) == ERR_NOT_FOUND);
	CHECK(nl_link_index(in, "eth0", &i, &e) == 0 && nl_link_get_mtu(in, "eth0", &mtu, &e) == 0 && mtu == 1450);
	CHECK(nl_link_set_up(in, "lo", true, &e) == 0); /* netns_create did it */
	CHECK(nl_link_set_up(in, "eth0", true, &e) == 1);
	CHECK(nl_addr_ensure(in, "eth0", "10.42.0.2/24", &e) == 1 &&
	      nl_addr_ensure(in, "eth0", "10.42.0.2/24", &e) == 0);
	CHECK(nl_route_ensure(in, &(struct nl_route){.dst = "0.0.0.0/0", .via = "10.42.0.1"}, &e) == 1);
	CHECK(nl_route_ensure(in, &(struct nl_route){.dst = "0.0.0.0/0", .via = "10.42.0.1"}, &e) == 0);
	CHECK(nl_addr_each(in, "eth0", see_addr, &s, &e) == 0 && strstr(s.text, "eth0=10.42.0.2/24 "));
	/* The bridge keeps its address when ports come and go. */
	CHECK(nl_link_get_mac(nl, "cni0", again, &e) == 0 && memcmp(mac, again, 6) == 0);
	nl_ctx_free(in);
	CHECK(nl_link_del(nl, "veth1", &e) == 0 && nl_link_del(nl, "veth1", &e) == 0);
	CHECK(netns_delete(path, &e) == 0 && netns_delete(path, &e) == 0 && !fs_exists(path));
	CHECK(rmdir(dir) == 0);
	free(path);
}

static void addresses_and_routes(void)
{
	struct seen s = {""};
	char addr[48], dev[IFNAMSIZ];
	struct nl_route host = {.dst = "10.42.1.0/24", .via = "10.42.0.9", .dev = "cni0"};
	struct nl_route six = {.dst = "fd00:42:1::/64", .dev = "cni0"};

	CHECK(nl_addr_ensure(nl, "cni0", "10.42.0.1/24", &e) == 1);
	CHECK(nl_addr_ensure(nl, "cni0", "10.42.0.1/24", &e) == 0);
	CHECK(nl_addr_ensure(nl, "cni0", "nonsense", &e) == -EINVAL);
	CHECK(nl_addr_ensure(nl, "none0", "10.42.0.1/24", &e) == ERR_NOT_FOUND);
	CHECK(nl_addr_ensure(nl, "cni0", "fd00:42::1/64", &e) == 1 &&
	      nl_addr_ensure(nl, "cni0", "fd00:42::1/64", &e) == 0);
	CHECK(nl_addr_ensure(nl, "cni0", "fd00:42::1/96", &e) == -EEXIST);
	CHECK(nl_addr_ensure(nl, "cni0", "10.42.0.1/16", &e) == 1 && nl_addr_del(nl, "cni0", "10.42.0.1/16", &e) == 1);
	CHECK(nl_addr_each(nl, NULL, see_addr, &s, &e) == 0);
	CHECK(strstr(s.text, "cni0=10.42.0.1/24 ") && strstr(s.text, "cni0=fd00:42::1/64 "));
	CHECK(nl_route_ensure(nl, &host, &e) == 1 && nl_route_ensure(nl, &host, &e) == 0);
	(void)str_copy(host.via, sizeof host.via, "10.42.0.10");
	CHECK(nl_route_ensure(nl, &host, &e) == 1 && nl_route_ensure(nl, &host, &e) == 0);
	CHECK(nl_route_ensure(nl, &six, &e) == 1 && nl_route_ensure(nl, &six, &e) == 0);
	s.text[0] = '\0';
	CHECK(nl_route_each(nl, NL_ROUTE_PROTO_MINIK, see_route, &s, &e) == 0);
	CHECK(strstr(s.text, "10.42.1.0/24 via 10.42.0.10 dev cni0 src ;") &&
	      strstr(s.text, "fd00:42:1::/64 via  dev cni0"));
	/* The connected route is the kernel's: not ours to replace. */
	CHECK(nl_route_ensure(nl, &(struct nl_route){.dst = "10.42.0.0/24", .via = "10.42.0.9"}, &e) == -EEXIST);
	CHECK(nl_route_del(nl, &(struct nl_route){.dst = "10.42.0.0/24"}, &e) == 0);
	CHECK(nl_route_source(nl, "10.42.0.77", addr, dev, &e) == 0);
	CHECK_STR(addr, "10.42.0.1");
	CHECK_STR(dev, "cni0");
	CHECK(nl_route_source(nl, NULL, addr, dev, &e) == ERR_NOT_FOUND);
	CHECK(nl_route_ensure(nl, &(struct nl_route){.dst = "0.0.0.0/0", .via = "10.42.0.254", .src = "10.42.0.1"},
			      &e) == 1);
	CHECK(nl_route_source(nl, NULL, addr, dev, &e) == 0);
	CHECK_STR(addr, "10.42.0.1");
	CHECK(nl_route_del(nl, &host, &e) == 1 && nl_route_del(nl, &host, &e) == 0);
	CHECK(nl_route_ensure(nl, &(struct nl_route){.dst = "10.9.0.0/16"}, &e) == -EINVAL);
	CHECK(nl_route_ensure(
		  nl, &(struct nl_route){.dst = "10.9.0.0/16", .via = "172.31.0.1", .dev = "cni0", .onlink = true},
		  &e) == 1);
	CHECK(nl_addr_del(nl, "cni0", "10.42.0.1/24", &e) == 1 && nl_addr_del(nl, "cni0", "10.42.0.1/24", &e) == 0);
	/* The link's socket still works after errors. */
	CHECK(nl_link_ensure_bridge(nl, "cni0", 0, &e) == 0);
}

struct watch {
	struct loop *l;
	int changes;
};

static void changed(void *arg)
{
	struct watch *w = arg;

	w->changes++;
	loop_quit(w->l);
}

static void make_change(void *arg)
{
	(void)arg;
	CHECK(nl_addr_ensure(nl, "cni0", "10.42.7.1/24", &e) == 1);
}

static void monitor(void)
{
	struct watch w = {0};
	struct nl_monitor *m;
	struct loop_timer *t;

	CHECK(loop_new(&w.l, &e) == 0);
	CHECK(nl_monitor_new(&m, w.l, changed, &w, &e) == 0);
	CHECK(loop_timer_new(&t, w.l, make_change, NULL) == 0);
	loop_timer_set(t, 1);
	CHECK(loop_run(w.l) == 0 && w.changes == 1);
	loop_timer_free(t);
	CHECK(nl_monitor_free(m) == NULL);
	loop_free(w.l);
}

int main(void)
{
	if (geteuid() != 0) {
		fprintf(stderr, "skipped: needs root\n");
		return 77;
	}
	if (unshare(CLONE_NEWNET | CLONE_NEWNS) < 0 || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0) {
		fprintf(stderr, "skipped: cannot make namespaces\n");
		return 77;
	}
	CHECK(nl_open(&nl, &e) == 0);
	RUN(links);
	RUN(namespaces);
	RUN(addresses_and_routes);
	RUN(monitor);
	nl_ctx_free(nl);
	if (e.code)
		fprintf(stderr, "last error: %s\n", e.msg);
	return TEST_END();
}
