/* Ports of bridges, in one dump: what libnl's link objects do not tell. */
#pragma GCC diagnostic ignored "-Wconversion" /* in libmnl's own loop macros */
#include <errno.h>
#include <libmnl/libmnl.h>
#include <linux/if_bridge.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>
#include "base/netlink.h"
#include "base/str.h"

struct ports {
	int (*fn)(void *arg, const struct nl_bridge_port *p);
	void *arg;
	int stopped;
};

static int port_seen(const struct nlmsghdr *h, void *arg)
{
	struct ports *x = arg;
	struct nl_bridge_port p = {0};
	const struct nlattr *a, *b;
	bool port = false;
	if (h->nlmsg_type != RTM_NEWLINK || x->stopped)
		return MNL_CB_OK;
	mnl_attr_for_each(a, h, sizeof(struct ifinfomsg))
	{
		switch (mnl_attr_get_type(a)) {
		case IFLA_IFNAME:
			if (mnl_attr_validate(a, MNL_TYPE_NUL_STRING) >= 0)
				(void)str_copy(p.name, sizeof(p.name), mnl_attr_get_str(a));
			break;
		case IFLA_MASTER:
			if (mnl_attr_validate(a, MNL_TYPE_U32) >= 0)
				p.bridge = mnl_attr_get_u32(a);
			break;
		case IFLA_PROTINFO:
			port = true;
			mnl_attr_for_each_nested(b, a)
			{
				if (mnl_attr_get_type(b) == IFLA_BRPORT_MODE && mnl_attr_validate(b, MNL_TYPE_U8) >= 0)
					p.hairpin = mnl_attr_get_u8(b) != 0;
			}
			break;
		default:
			break;
		}
	}
	if (port && p.bridge)
		x->stopped = x->fn(x->arg, &p);
	return MNL_CB_OK;
}

int nl_bridge_ports(int (*fn)(void *arg, const struct nl_bridge_port *p), void *arg, struct err *e)
{
	char buf[32768];
	struct ports x = {fn, arg, 0};
	struct nlmsghdr *h = mnl_nlmsg_put_header(buf);
	h->nlmsg_type = RTM_GETLINK;
	h->nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
	h->nlmsg_seq = 1;
	struct ifinfomsg *m = mnl_nlmsg_put_extra_header(h, sizeof(*m));
	m->ifi_family = AF_BRIDGE;
	struct mnl_socket *sock = mnl_socket_open2(NETLINK_ROUTE, SOCK_CLOEXEC);
	int code = 0, r = MNL_CB_OK + 1;
	if (!sock || mnl_socket_bind(sock, 0, MNL_SOCKET_AUTOPID) < 0 || mnl_socket_sendto(sock, h, h->nlmsg_len) < 0)
		code = err_errno(e, errno, "cannot list the ports of bridges");
	while (code == 0 && r > MNL_CB_STOP) {
		ssize_t n = mnl_socket_recvfrom(sock, buf, sizeof(buf));
		if (n < 0 && errno == EINTR)
			continue;
		r = n < 0 ? MNL_CB_ERROR : mnl_cb_run(buf, (size_t)n, 1, mnl_socket_get_portid(sock), port_seen, &x);
		if (r == MNL_CB_ERROR)
			code = err_errno(e, errno, "cannot list the ports of bridges");
	}
	if (sock)
		mnl_socket_close(sock);
	return code < 0 ? code : x.stopped;
}
