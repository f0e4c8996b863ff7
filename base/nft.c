/* nftables transactions: the batch, tables, chains, sets and elements. */
#include "base/nft_internal.h"
#include <arpa/inet.h>
#include <errno.h>
#include <sys/socket.h>
#include <linux/netlink.h>
#include <linux/netfilter/nfnetlink.h>
#include <libnftnl/udata.h>
#include "base/cleanup.h"
#include "base/str.h"

#define BYTEORDER_HOST 1 /* as nft writes it */

int nft_open(struct nft **ret, struct err *e)
{
	struct nft *n = calloc(1, sizeof(*n));
	if (!n)
		return err_nomem(e);
	n->sock = mnl_socket_open2(NETLINK_NETFILTER, SOCK_CLOEXEC);
	if (!n->sock || mnl_socket_bind(n->sock, 0, MNL_SOCKET_AUTOPID) < 0) {
		int code = err_errno(e, errno, "nftables: cannot open a netlink socket");
		nft_close(n);
		return code;
	}
	n->port = mnl_socket_get_portid(n->sock);
	int size = 4 << 20, fd = mnl_socket_get_fd(n->sock);
	if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof(size)) < 0)
		(void)setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size));
	uint32_t seq;
	random_bytes(&seq, sizeof(seq));
	n->seq = seq >> 1;
	random_bytes(&n->anon, sizeof(n->anon));
	*ret = n;
	return 0;
}

uint32_t nft_port(const struct nft *n)
{
	return n->port;
}

struct nft *nft_close(struct nft *n)
{
	if (!n)
		return NULL;
	nft_abort(n);
	if (n->sock)
		mnl_socket_close(n->sock);
	free(n->buf);
	free(n->notes);
	free(n);
	return NULL;
}

void nft_abort(struct nft *n)
{
	if (n->rule.rule)
		nftnl_rule_free(n->rule.rule);
	n->rule = (struct nft_rule){0};
	n->len = 0;
	n->n_notes = 0;
	n->set_id = 0;
	n->failed = 0;
	if (n->cap > (1 << 20)) { /* a first synchronisation is large, later ones are not */
		free(TAKE_PTR(n->buf));
		n->cap = 0;
	}
}

void nft_fail(struct nft *n, int code, const char *what, const char *name)
{
	if (n->failed)
		return;
	n->failed = err_set(&n->err, code, "nftables: cannot build \"%s %s\": %s", what, name, err_name(code));
}

static bool room_make(struct nft *n)
{
	if (n->cap - n->len >= NFT_MSG_ROOM)
		return true;
	size_t cap = n->cap ? n->cap * 2 : 2 * NFT_MSG_ROOM;
	char *p = realloc(n->buf, cap);
	if (!p)
		return false;
	n->buf = p;
	n->cap = cap;
	return true;
}

struct nlmsghdr *nft_msg(struct nft *n, uint16_t type, uint16_t flags, const char *what, const char *name)
{
	if (n->failed)
		return NULL;
	if (n->n_notes == n->cap_notes) {
		size_t cap = n->cap_notes ? n->cap_notes * 2 : 64;
		struct nft_note *p = realloc(n->notes, cap * sizeof(*p));
		if (!p) {
			nft_fail(n, -ENOMEM, what, name);
			return NULL;
		}
		n->notes = p;
		n->cap_notes = cap;
	}
	if (!room_make(n)) {
		nft_fail(n, -ENOMEM, what, name);
		return NULL;
	}
	if (n->len == 0) {
		struct nlmsghdr *b = nftnl_batch_begin(n->buf, ++n->seq);
		n->len = NLMSG_ALIGN(b->nlmsg_len);
	}
	struct nft_note *note = &n->notes[n->n_notes++];
	note->seq = ++n->seq;
	note->what = what;
	(void)str_copy(note->name, sizeof(note->name), name);
	return nftnl_nlmsg_build_hdr(n->buf + n->len, type, NFPROTO_INET, flags, n->seq);
}

void nft_msg_end(struct nft *n, struct nlmsghdr *h)
{
	n->len += NLMSG_ALIGN(h->nlmsg_len);
}

/* Everything the kernel has to say about the batch is queued when sendmsg returns. */
static int replies_read(struct nft *n, struct err *e)
{
	char buf[16384];
	int code = 0;
	for (;;) {
		ssize_t len = recv(mnl_socket_get_fd(n->sock), buf, sizeof(buf), MSG_DONTWAIT);
		if (len < 0) {
			if (errno == EINTR)
				continue;
			if (errno == EAGAIN || errno == EWOULDBLOCK)
				return code;
			if (errno == ENOBUFS) { /* so many errors that some were dropped */
				if (!code)
					code = err_set(e, -ENOBUFS, "nftables: the kernel refused the transaction");
				continue;
			}
			return err_errno(e, errno, "nftables: cannot read the kernel's answer");
		}
		int left = (int)len;
		for (struct nlmsghdr *h = (struct nlmsghdr *)buf; mnl_nlmsg_ok(h, left); h = mnl_nlmsg_next(h, &left)) {
			if (h->nlmsg_type != NLMSG_ERROR || mnl_nlmsg_get_payload_len(h) < sizeof(struct nlmsgerr))
				continue;
			const struct nlmsgerr *ne = mnl_nlmsg_get_payload(h);
			if (ne->error == 0 || code)
				continue;
			const char *what = "transaction", *name = "";
			for (size_t i = 0; i < n->n_notes; i++)
				if (n->notes[i].seq == h->nlmsg_seq) {
					what = n->notes[i].what;
					name = n->notes[i].name;
					break;
				}
			code = err_errno(e, -ne->error, "nftables: %s %s", what, name);
		}
	}
}

int nft_commit(struct nft *n, struct err *e)
{
	if (n->rule.open)
		nft_fail(n, ERR_INTERNAL, "rule", "not ended");
	if (n->failed) {
		int code = n->failed;
		if (e)
			*e = n->err;
		nft_abort(n);
		return code;
	}
	if (n->len == 0)
		return 0;
	struct nlmsghdr *end = nftnl_batch_end(n->buf + n->len, ++n->seq);
	n->len += NLMSG_ALIGN(end->nlmsg_len);
	int fd = mnl_socket_get_fd(n->sock), code = 0;
	int size = n->len < (1u << 29) ? (int)(n->len + n->len / 2) : (1 << 30);
	if (size < 262144)
		size = 262144;
	if (setsockopt(fd, SOL_SOCKET, SO_SNDBUFFORCE, &size, sizeof(size)) < 0)
		(void)setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &size, sizeof(size));
	struct sockaddr_nl to = {.nl_family = AF_NETLINK};
	ssize_t sent;
	do
		sent = sendto(fd, n->buf, n->len, 0, (struct sockaddr *)&to, sizeof(to));
	while (sent < 0 && errno == EINTR);
	if (sent < 0)
		code = err_errno(e, errno, "nftables: cannot send a transaction of %zu bytes", n->len);
	int answer = replies_read(n, code ? NULL : e);
	nft_abort(n);
	return code ? code : answer;
}

static void table_op(struct nft *n, const char *table, uint16_t type, uint16_t flags, const char *what)
{
	struct nlmsghdr *h = nft_msg(n, type, flags, what, table);
	if (!h)
		return;
	mnl_attr_put_strz(h, NFTA_TABLE_NAME, table);
	nft_msg_end(n, h);
}

void nft_table_add(struct nft *n, const char *table)
{
	table_op(n, table, NFT_MSG_NEWTABLE, NLM_F_CREATE, "add table");
}
void nft_table_del(struct nft *n, const char *table)
{
	table_op(n, table, NFT_MSG_DELTABLE, 0, "delete table");
}

void nft_chain_add(struct nft *n, const char *table, const char *chain, const struct nft_hook *hook)
{
	struct nlmsghdr *h = nft_msg(n, NFT_MSG_NEWCHAIN, NLM_F_CREATE, "add chain", chain);
	if (!h)
		return;
	mnl_attr_put_strz(h, NFTA_CHAIN_TABLE, table);
	mnl_attr_put_strz(h, NFTA_CHAIN_NAME, chain);
	if (hook) {
		mnl_attr_put_strz(h, NFTA_CHAIN_TYPE, hook->type);
		struct nlattr *nest = mnl_attr_nest_start(h, NFTA_CHAIN_HOOK);
		mnl_attr_put_u32(h, NFTA_HOOK_HOOKNUM, htonl(hook->hook));
		mnl_attr_put_u32(h, NFTA_HOOK_PRIORITY, htonl((uint32_t)hook->priority));
		mnl_attr_nest_end(h, nest);
	}
	nft_msg_end(n, h);
}

static void chain_op(struct nft *n, const char *table, const char *chain, uint16_t type, uint16_t attr_table,
		     uint16_t attr_chain, const char *what)
{
	struct nlmsghdr *h = nft_msg(n, type, 0, what, chain);
	if (!h)
		return;
	mnl_attr_put_strz(h, attr_table, table);
	mnl_attr_put_strz(h, attr_chain, chain);
	nft_msg_end(n, h);
}

void nft_chain_flush(struct nft *n, const char *table, const char *chain)
{
	chain_op(n, table, chain, NFT_MSG_DELRULE, NFTA_RULE_TABLE, NFTA_RULE_CHAIN, "flush chain");
}

void nft_chain_del(struct nft *n, const char *table, const char *chain)
{
	chain_op(n, table, chain, NFT_MSG_DELCHAIN, NFTA_CHAIN_TABLE, NFTA_CHAIN_NAME, "delete chain");
}

/* ---- sets ---- */

void nft_set_new(struct nft *n, const char *table, const char *name, uint32_t id, const struct nft_set_spec *s,
		 size_t desc_size)
{
	struct nftnl_set *set = nftnl_set_alloc();
	if (!set) {
		nft_fail(n, -ENOMEM, "add set", name);
		return;
	}
	uint32_t flags = s->flags;
	if (s->data_type)
		flags |= NFT_SET_MAP;
	if (s->timeout_ms)
		flags |= NFT_SET_TIMEOUT;
	if (s->fields)
		flags |= NFT_SET_INTERVAL | NFT_SET_CONCAT;
	nftnl_set_set_str(set, NFTNL_SET_TABLE, table);
	nftnl_set_set_str(set, NFTNL_SET_NAME, name);
	nftnl_set_set_u32(set, NFTNL_SET_FAMILY, NFPROTO_INET);
	nftnl_set_set_u32(set, NFTNL_SET_ID, id);
	nftnl_set_set_u32(set, NFTNL_SET_FLAGS, flags);
	nftnl_set_set_u32(set, NFTNL_SET_KEY_TYPE, s->key_type);
	nftnl_set_set_u32(set, NFTNL_SET_KEY_LEN, s->key_len);
	if (s->data_type) {
		nftnl_set_set_u32(set, NFTNL_SET_DATA_TYPE, s->data_type);
		if (s->data_type != NFT_DATA_VERDICT)
			nftnl_set_set_u32(set, NFTNL_SET_DATA_LEN, s->data_len);
	}
	if (s->timeout_ms)
		nftnl_set_set_u64(set, NFTNL_SET_TIMEOUT, s->timeout_ms);
	if (s->fields)
		nftnl_set_set_data(set, NFTNL_SET_DESC_CONCAT, s->fields, (uint32_t)strlen((const char *)s->fields));
	if (desc_size)
		nftnl_set_set_u32(set, NFTNL_SET_DESC_SIZE, (uint32_t)desc_size);
	if (s->key_type == NFT_T_MARK) { /* so that nft shows the numbers that they are */
		struct nftnl_udata_buf *u = nftnl_udata_buf_alloc(16);
		if (u && nftnl_udata_put_u32(u, NFTNL_UDATA_SET_KEYBYTEORDER, BYTEORDER_HOST))
			nftnl_set_set_data(set, NFTNL_SET_USERDATA, nftnl_udata_buf_data(u), nftnl_udata_buf_len(u));
		else
			nft_fail(n, -ENOMEM, "add set", name);
		if (u)
			nftnl_udata_buf_free(u);
	}
	struct nlmsghdr *h = nft_msg(n, NFT_MSG_NEWSET, NLM_F_CREATE, "add set", name);
	if (h) {
		nftnl_set_nlmsg_build_payload(h, set);
		nft_msg_end(n, h);
	}
	nftnl_set_free(set);
}

void nft_set_add(struct nft *n, const char *table, const struct nft_set_spec *s)
{
	nft_set_new(n, table, s->name, ++n->set_id, s, s->size);
}

void nft_set_del(struct nft *n, const char *table, const char *set)
{
	chain_op(n, table, set, NFT_MSG_DELSET, NFTA_SET_TABLE, NFTA_SET_NAME, "delete set");
}

void nft_elems_to_set(struct nft *n, struct nftnl_set *s, const struct nft_elem *v, size_t count, bool add)
{
	for (size_t i = 0; i < count; i++) {
		struct nftnl_set_elem *el = nftnl_set_elem_alloc();
		if (!el) {
			nft_fail(n, -ENOMEM, "set element of", nftnl_set_get_str(s, NFTNL_SET_NAME));
			return;
		}
		nftnl_set_elem_set(el, NFTNL_SET_ELEM_KEY, v[i].key, v[i].key_len);
		if (v[i].range)
			nftnl_set_elem_set(el, NFTNL_SET_ELEM_KEY_END, v[i].key_end, v[i].key_len);
		if (v[i].flags)
			nftnl_set_elem_set_u32(el, NFTNL_SET_ELEM_FLAGS, v[i].flags);
		if (add && v[i].chain) {
			nftnl_set_elem_set_u32(el, NFTNL_SET_ELEM_VERDICT, (uint32_t)(v[i].jump ? NFT_JUMP : NFT_GOTO));
			nftnl_set_elem_set_str(el, NFTNL_SET_ELEM_CHAIN, v[i].chain);
		} else if (add && v[i].data_len) {
			nftnl_set_elem_set(el, NFTNL_SET_ELEM_DATA, v[i].data, v[i].data_len);
		}
		nftnl_set_elem_add(s, el);
	}
}

void nft_elems_op(struct nft *n, const char *table, const char *name, uint32_t id, const struct nft_elem *v,
		  size_t count, bool add)
{
	for (size_t at = 0; at < count && !n->failed; at += NFT_ELEMS_PER_MSG) {
		size_t part = count - at < NFT_ELEMS_PER_MSG ? count - at : NFT_ELEMS_PER_MSG;
		struct nftnl_set *s = nftnl_set_alloc();
		if (!s) {
			nft_fail(n, -ENOMEM, "set elements of", name);
			return;
		}
		nftnl_set_set_str(s, NFTNL_SET_TABLE, table);
		nftnl_set_set_str(s, NFTNL_SET_NAME, name);
		if (id)
			nftnl_set_set_u32(s, NFTNL_SET_ID, id);
		nft_elems_to_set(n, s, v + at, part, add);
		struct nlmsghdr *h = nft_msg(n, add ? NFT_MSG_NEWSETELEM : NFT_MSG_DELSETELEM, add ? NLM_F_CREATE : 0,
					     add ? "add element to" : "delete element of", name);
		if (h) {
			nftnl_set_elems_nlmsg_build_payload(h, s);
			nft_msg_end(n, h);
		}
		nftnl_set_free(s);
	}
}

void nft_elems_add(struct nft *n, const char *table, const char *set, const struct nft_elem *v, size_t count)
{
	nft_elems_op(n, table, set, 0, v, count, true);
}

void nft_elems_del(struct nft *n, const char *table, const char *set, const struct nft_elem *v, size_t count)
{
	nft_elems_op(n, table, set, 0, v, count, false);
}

void nft_elems_flush(struct nft *n, const char *table, const char *set)
{
	chain_op(n, table, set, NFT_MSG_DELSETELEM, NFTA_SET_ELEM_LIST_TABLE, NFTA_SET_ELEM_LIST_SET, "flush set");
}
