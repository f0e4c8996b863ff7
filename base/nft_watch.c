#include "base/nft_watch.h"
#include <errno.h>
#include <arpa/inet.h>
#include <libmnl/libmnl.h>
#include <linux/filter.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink.h>
#include <stdlib.h>
#include <sys/socket.h>
#include "base/cleanup.h"
#include "base/str.h"

struct nft_watch {
	struct mnl_socket *sock;
	struct loop_io *io;
	char *table;
	uint32_t own;
	void (*fn)(void *arg);
	void *arg;
};

#pragma GCC diagnostic ignored "-Wconversion" /* in libmnl's own loop macro */
/* All attributes of these messages that name the table have the same number. */
_Static_assert((int)NFTA_TABLE_NAME == (int)NFTA_CHAIN_TABLE && (int)NFTA_TABLE_NAME == (int)NFTA_RULE_TABLE &&
		   (int)NFTA_TABLE_NAME == (int)NFTA_SET_TABLE && (int)NFTA_TABLE_NAME == (int)NFTA_SET_ELEM_LIST_TABLE,
	       "the attribute that names the table");
static bool is_loss(const struct nft_watch *w, const struct nlmsghdr *h)
{
	const struct nlattr *a;
	switch ((int)h->nlmsg_type - (NFNL_SUBSYS_NFTABLES << 8)) {
	case NFT_MSG_DELTABLE:
	case NFT_MSG_DELCHAIN:
	case NFT_MSG_DELRULE:
	case NFT_MSG_DELSET:
	case NFT_MSG_DELSETELEM:
		break;
	default:
		return false;
	}
	if (h->nlmsg_pid == w->own || mnl_nlmsg_get_payload_len(h) < sizeof(struct nfgenmsg))
		return false;
	mnl_attr_for_each(a, h, sizeof(struct nfgenmsg)) if (mnl_attr_get_type(a) == NFTA_TABLE_NAME &&
							     mnl_attr_validate(a, MNL_TYPE_NUL_STRING) >= 0 &&
							     streq(mnl_attr_get_str(a), w->table)) return true;
	return false;
}

static void readable(void *arg, int fd, uint32_t events UNUSED)
{
	struct nft_watch *w = arg;
	char buf[65536];
	bool lost = false;
	for (;;) {
		ssize_t len = recv(fd, buf, sizeof(buf), MSG_DONTWAIT);
		if (len < 0 && errno == EINTR)
			continue;
		if (len < 0 && errno == ENOBUFS) { /* something was dropped: better look once too often */
			lost = true;
			continue;
		}
		if (len <= 0)
			break;
		int left = (int)len;
		for (struct nlmsghdr *h = (struct nlmsghdr *)buf; mnl_nlmsg_ok(h, left); h = mnl_nlmsg_next(h, &left))
			lost |= is_loss(w, h);
	}
	if (lost)
		w->fn(w->arg);
}

/* What this process changes itself never comes here: the notices of thousands of elements would not fit, and what does
 * not fit has to count as a loss. All messages that come together are of one transaction, so of one port. */
static int own_dropped(struct nft_watch *w)
{
	struct sock_filter code[] = {
	    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct nlmsghdr, nlmsg_pid)), /* as if in network order */
	    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, htonl(w->own), 0, 1),
	    BPF_STMT(BPF_RET | BPF_K, 0),
	    BPF_STMT(BPF_RET | BPF_K, UINT32_MAX),
	};
	struct sock_fprog prog = {.len = ARRAY_LEN(code), .filter = code};
	return setsockopt(mnl_socket_get_fd(w->sock), SOL_SOCKET, SO_ATTACH_FILTER, &prog, sizeof(prog));
}

int nft_watch_new(struct nft_watch **ret, struct loop *l, const char *table, uint32_t own, void (*fn)(void *arg),
		  void *arg, struct err *e)
{
	struct nft_watch *w = calloc(1, sizeof(*w));
	if (!w)
		return err_nomem(e);
	int group = NFNLGRP_NFTABLES, code = 0, size = 4 << 20; /* the notices of what somebody else changes */
	w->fn = fn;
	w->arg = arg;
	w->own = own;
	w->table = str_dup(table);
	w->sock = mnl_socket_open2(NETLINK_NETFILTER, SOCK_CLOEXEC);
	if (!w->table)
		code = err_nomem(e);
	else if (!w->sock || own_dropped(w) < 0 || mnl_socket_bind(w->sock, 0, MNL_SOCKET_AUTOPID) < 0 ||
		 mnl_socket_setsockopt(w->sock, NETLINK_ADD_MEMBERSHIP, &group, sizeof(group)) < 0)
		code = err_errno(e, errno, "nftables: cannot watch for changes");
	else if (setsockopt(mnl_socket_get_fd(w->sock), SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof(size)) < 0)
		(void)setsockopt(mnl_socket_get_fd(w->sock), SOL_SOCKET, SO_RCVBUF, &size, sizeof(size));
	if (code == 0)
		code = loop_io_new(&w->io, l, mnl_socket_get_fd(w->sock), EPOLLIN, readable, w, e);
	if (code < 0) {
		nft_watch_free(w);
		return code;
	}
	*ret = w;
	return 0;
}

struct nft_watch *nft_watch_free(struct nft_watch *w)
{
	if (!w)
		return NULL;
	loop_io_free(w->io);
	if (w->sock)
		mnl_socket_close(w->sock);
	free(w->table);
	free(w);
	return NULL;
}
