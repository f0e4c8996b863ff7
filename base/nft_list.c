/* nftables: what is there. */
#include "base/nft_internal.h"
#include <errno.h>
#include <sys/socket.h>
#include <linux/netfilter/nfnetlink.h>
#include "base/buf.h"
#include "base/cleanup.h"
#include "base/str.h"

#define DUMP_TRIES 16

struct dump {
	int (*one)(struct dump *d, const struct nlmsghdr *h);
	void (*begin)(void *arg);
	void *arg;
	const char *table;
	union {
		int (*chain)(void *arg, const char *chain, bool base);
		int (*rule)(void *arg, const char *chain, uint64_t handle, const char *comment);
		int (*rule_text)(void *arg, const struct nft_rule_text *r);
		int (*set)(void *arg, const char *set);
		int (*elem)(void *arg, const struct nft_elem *el);
	} fn;
	int stopped; /* what fn returned */
	int error;
};

static int dump_cb(const struct nlmsghdr *h, void *arg)
{
	struct dump *d = arg;
	if (h->nlmsg_flags & NLM_F_DUMP_INTR) {
		errno = EINTR;
		return MNL_CB_ERROR;
	}
	if (d->stopped || d->error) /* read the rest, so that the socket is clean */
		return MNL_CB_OK;
	int r = d->one(d, h);
	if (r < 0)
		d->error = r;
	return MNL_CB_OK;
}

static void rest_drop(struct nft *n)
{
	char buf[8192];
	while (recv(mnl_socket_get_fd(n->sock), buf, sizeof(buf), MSG_DONTWAIT) >= 0 || errno == EINTR ||
	       errno == ENOBUFS)
		;
}

/* req is complete but for its sequence number. */
static int dump_run(struct nft *n, struct nlmsghdr *req, struct dump *d, const char *what, struct err *e)
{
	AUTO_FREE char *buf = malloc(65536);
	if (!buf)
		return err_nomem(e);
	for (int try = 0; try < DUMP_TRIES; try++) {
		if (d->begin)
			d->begin(d->arg);
		d->stopped = d->error = 0;
		req->nlmsg_seq = ++n->seq;
		if (mnl_socket_sendto(n->sock, req, req->nlmsg_len) < 0)
			return err_errno(e, errno, "nftables: cannot ask for the %s of %s", what, d->table);
		int r;
		do {
			ssize_t len = mnl_socket_recvfrom(n->sock, buf, 65536);
			if (len < 0 && errno == EINTR) {
				r = MNL_CB_OK;
				continue;
			}
			r = len < 0 ? MNL_CB_ERROR : mnl_cb_run(buf, (size_t)len, req->nlmsg_seq, n->port, dump_cb, d);
		} while (r > MNL_CB_STOP);
		if (r == MNL_CB_ERROR) {
			if (errno == EINTR || errno == ENOBUFS) { /* changed under way */
				rest_drop(n);
				continue;
			}
			return err_errno(e, errno, "nftables: cannot list the %s of %s", what, d->table);
		}
		if (d->error)
			return err_set(e, d->error, "nftables: cannot read the %s of %s: %s", what, d->table,
				       err_name(d->error));
		return d->stopped;
	}
	return err_set(e, ERR_UNAVAILABLE, "nftables: the %s of %s change faster than they can be read; try again",
		       what, d->table);
}

static int missing_ok(int code)
{
	return code == -ENOENT ? 0 : code;
}

static int chain_one(struct dump *d, const struct nlmsghdr *h)
{
	struct nftnl_chain *c = nftnl_chain_alloc();
	if (!c)
		return -ENOMEM;
	if (nftnl_chain_nlmsg_parse(h, c) == 0 && streq(nftnl_chain_get_str(c, NFTNL_CHAIN_TABLE), d->table))
		d->stopped = d->fn.chain(d->arg, nftnl_chain_get_str(c, NFTNL_CHAIN_NAME),
					 nftnl_chain_is_set(c, NFTNL_CHAIN_HOOKNUM));
	nftnl_chain_free(c);
	return 0;
}

int nft_list_chains(struct nft *n, const char *table, void (*begin)(void *arg),
		    int (*fn)(void *arg, const char *chain, bool base), void *arg, struct err *e)
{
	char req[MNL_NLMSG_HDRLEN + 512];
	struct nlmsghdr *h = nftnl_nlmsg_build_hdr(req, NFT_MSG_GETCHAIN, NFPROTO_INET, NLM_F_DUMP, 0);
	struct dump d = {.one = chain_one, .begin = begin, .arg = arg, .table = table, .fn.chain = fn};
	return missing_ok(dump_run(n, h, &d, "chains", e));
}

static void comment_get(const struct nftnl_rule *r, char comment[128])
{
	uint32_t len = 0;
	const uint8_t *u = nftnl_rule_get_data(r, NFTNL_RULE_USERDATA, &len);
	comment[0] = 0;
	if (u && len >= 3 && u[0] == 0 && u[1] >= 1 && u[1] <= len - 2 && u[1] <= 128 && len >= 5u + u[1] &&
	    u[2 + u[1]] == NFT_UDATA_OURS) {
		memcpy(comment, u + 2, u[1]);
		comment[u[1] - 1] = 0;
	}
}

static int rule_one(struct dump *d, const struct nlmsghdr *h)
{
	struct nftnl_rule *r = nftnl_rule_alloc();
	if (!r)
		return -ENOMEM;
	if (nftnl_rule_nlmsg_parse(h, r) == 0 && streq(nftnl_rule_get_str(r, NFTNL_RULE_TABLE), d->table)) {
		char comment[128];
		comment_get(r, comment);
		d->stopped = d->fn.rule(d->arg, nftnl_rule_get_str(r, NFTNL_RULE_CHAIN),
					nftnl_rule_get_u64(r, NFTNL_RULE_HANDLE), comment);
	}
	nftnl_rule_free(r);
	return 0;
}

int nft_list_rules(struct nft *n, const char *table, void (*begin)(void *arg),
		   int (*fn)(void *arg, const char *chain, uint64_t handle, const char *comment), void *arg,
		   struct err *e)
{
	char req[MNL_NLMSG_HDRLEN + 512];
	struct nlmsghdr *h = nftnl_nlmsg_build_hdr(req, NFT_MSG_GETRULE, NFPROTO_INET, NLM_F_DUMP, 0);
	mnl_attr_put_strz(h, NFTA_RULE_TABLE, table);
	struct dump d = {.one = rule_one, .begin = begin, .arg = arg, .table = table, .fn.rule = fn};
	return missing_ok(dump_run(n, h, &d, "rules", e));
}

struct rule_words {
	struct nft_rule_text t;
	struct buf text;
	size_t n_anon;
	uint8_t value[20][16]; /* immediates by 32-bit register */
	uint32_t value_len[20];
};

/* Registers of 16 bytes are 1 to 4, those of 4 bytes count from NFT_REG32_00; both are the same storage. */
static unsigned register_word(uint32_t reg)
{
	return reg >= NFT_REG32_00 ? reg - NFT_REG32_00 : reg * 4 - 4;
}

static int expr_one(struct nftnl_expr *x, void *arg)
{
	struct rule_words *w = arg;
	const char *name = nftnl_expr_get_str(x, NFTNL_EXPR_NAME);
	char text[4096];
	if (!name)
		return 0;
	if (streq(name, "lookup") && str_has_prefix(nftnl_expr_get_str(x, NFTNL_EXPR_LOOKUP_SET), "__")) {
		if (w->n_anon < ARRAY_LEN(w->t.anon))
			w->t.anon[w->n_anon++] = nftnl_expr_get_str(x, NFTNL_EXPR_LOOKUP_SET);
		buf_addf(&w->text, "[ lookup anonymous %u %u ] ", nftnl_expr_get_u32(x, NFTNL_EXPR_LOOKUP_SREG),
			 nftnl_expr_is_set(x, NFTNL_EXPR_LOOKUP_DREG)
			     ? nftnl_expr_get_u32(x, NFTNL_EXPR_LOOKUP_DREG)
			     : 0xffffffffu);
		return 0;
	}
	(void)nftnl_expr_snprintf(text, sizeof(text), x, NFTNL_OUTPUT_DEFAULT, 0);
	buf_addf(&w->text, "[ %s %s] ", name, text);
	if (streq(name, "immediate") && nftnl_expr_is_set(x, NFTNL_EXPR_IMM_DATA)) {
		uint32_t len = 0;
		const void *v = nftnl_expr_get(x, NFTNL_EXPR_IMM_DATA, &len);
		unsigned at = register_word(nftnl_expr_get_u32(x, NFTNL_EXPR_IMM_DREG));
		if (v && len <= 16 && at < ARRAY_LEN(w->value)) {
			memcpy(w->value[at], v, len);
			w->value_len[at] = len;
		}
	} else if (streq(name, "nat") && nftnl_expr_get_u32(x, NFTNL_EXPR_NAT_TYPE) == NFT_NAT_DNAT) {
		unsigned a = register_word(nftnl_expr_get_u32(x, NFTNL_EXPR_NAT_REG_ADDR_MIN)),
			 p = register_word(nftnl_expr_get_u32(x, NFTNL_EXPR_NAT_REG_PROTO_MIN));
		if (a < ARRAY_LEN(w->value) && p < ARRAY_LEN(w->value) && w->value_len[a] && w->value_len[p] >= 2) {
			memcpy(w->t.to, w->value[a], 16);
			w->t.to_len = w->value_len[a];
			w->t.to_port = (uint16_t)(w->value[p][0] << 8 | w->value[p][1]);
		}
	}
	return 0;
}

static int rule_text_one(struct dump *d, const struct nlmsghdr *h)
{
	struct nftnl_rule *r = nftnl_rule_alloc();
	int code = 0;
	if (!r)
		return -ENOMEM;
	if (nftnl_rule_nlmsg_parse(h, r) == 0 && streq(nftnl_rule_get_str(r, NFTNL_RULE_TABLE), d->table)) {
		struct rule_words w = {0};
		char comment[128];
		comment_get(r, comment);
		(void)nftnl_expr_foreach(r, expr_one, &w);
		w.t.chain = nftnl_rule_get_str(r, NFTNL_RULE_CHAIN);
		w.t.comment = comment;
		w.t.text = w.text.data ? w.text.data : "";
		if (buf_failed(&w.text))
			code = -ENOMEM;
		else
			d->stopped = d->fn.rule_text(d->arg, &w.t);
		buf_done(&w.text);
	}
	nftnl_rule_free(r);
	return code;
}

int nft_list_rule_texts(struct nft *n, const char *table, void (*begin)(void *arg),
			int (*fn)(void *arg, const struct nft_rule_text *r), void *arg, struct err *e)
{
	char req[MNL_NLMSG_HDRLEN + 512];
	struct nlmsghdr *h = nftnl_nlmsg_build_hdr(req, NFT_MSG_GETRULE, NFPROTO_INET, NLM_F_DUMP, 0);
	mnl_attr_put_strz(h, NFTA_RULE_TABLE, table);
	struct dump d = {.one = rule_text_one, .begin = begin, .arg = arg, .table = table, .fn.rule_text = fn};
	return missing_ok(dump_run(n, h, &d, "rules", e));
}

static int set_one(struct dump *d, const struct nlmsghdr *h)
{
	struct nftnl_set *s = nftnl_set_alloc();
	if (!s)
		return -ENOMEM;
	if (nftnl_set_nlmsg_parse(h, s) == 0 && streq(nftnl_set_get_str(s, NFTNL_SET_TABLE), d->table) &&
	    !(nftnl_set_get_u32(s, NFTNL_SET_FLAGS) & NFT_SET_ANONYMOUS))
		d->stopped = d->fn.set(d->arg, nftnl_set_get_str(s, NFTNL_SET_NAME));
	nftnl_set_free(s);
	return 0;
}

int nft_list_sets(struct nft *n, const char *table, void (*begin)(void *arg), int (*fn)(void *arg, const char *set),
		  void *arg, struct err *e)
{
	char req[MNL_NLMSG_HDRLEN + 512];
	struct nlmsghdr *h = nftnl_nlmsg_build_hdr(req, NFT_MSG_GETSET, NFPROTO_INET, NLM_F_DUMP, 0);
	mnl_attr_put_strz(h, NFTA_SET_TABLE, table);
	struct dump d = {.one = set_one, .begin = begin, .arg = arg, .table = table, .fn.set = fn};
	return missing_ok(dump_run(n, h, &d, "sets", e));
}

static int elem_visit(struct nftnl_set_elem *el, void *arg)
{
	struct dump *d = arg;
	if (d->stopped)
		return 0;
	struct nft_elem x = {0};
	uint32_t len = 0;
	const void *p = nftnl_set_elem_get(el, NFTNL_SET_ELEM_KEY, &len);
	if (!p || len > NFT_KEY_MAX)
		return 0;
	memcpy(x.key, p, len);
	x.key_len = len;
	p = nftnl_set_elem_get(el, NFTNL_SET_ELEM_KEY_END, &len);
	if (p && len == x.key_len) {
		memcpy(x.key_end, p, len);
		x.range = true;
	}
	if (nftnl_set_elem_is_set(el, NFTNL_SET_ELEM_CHAIN)) {
		x.chain = nftnl_set_elem_get_str(el, NFTNL_SET_ELEM_CHAIN);
		x.jump = (int)nftnl_set_elem_get_u32(el, NFTNL_SET_ELEM_VERDICT) == NFT_JUMP;
	} else if (nftnl_set_elem_is_set(el, NFTNL_SET_ELEM_DATA)) {
		p = nftnl_set_elem_get(el, NFTNL_SET_ELEM_DATA, &len);
		if (p && len <= NFT_KEY_MAX) {
			memcpy(x.data, p, len);
			x.data_len = len;
		}
	}
	if (nftnl_set_elem_is_set(el, NFTNL_SET_ELEM_FLAGS))
		x.flags = nftnl_set_elem_get_u32(el, NFTNL_SET_ELEM_FLAGS);
	d->stopped = d->fn.elem(d->arg, &x);
	return 0;
}

static int elems_one(struct dump *d, const struct nlmsghdr *h)
{
	struct nftnl_set *s = nftnl_set_alloc();
	if (!s)
		return -ENOMEM;
	if (nftnl_set_elems_nlmsg_parse(h, s) == 0)
		(void)nftnl_set_elem_foreach(s, elem_visit, d);
	nftnl_set_free(s);
	return 0;
}

int nft_list_elems(struct nft *n, const char *table, const char *set, void (*begin)(void *arg),
		   int (*fn)(void *arg, const struct nft_elem *el), void *arg, struct err *e)
{
	char req[MNL_NLMSG_HDRLEN + 512];
	struct nlmsghdr *h = nftnl_nlmsg_build_hdr(req, NFT_MSG_GETSETELEM, NFPROTO_INET, NLM_F_DUMP, 0);
	mnl_attr_put_strz(h, NFTA_SET_ELEM_LIST_TABLE, table);
	mnl_attr_put_strz(h, NFTA_SET_ELEM_LIST_SET, set);
	struct dump d = {.one = elems_one, .begin = begin, .arg = arg, .table = table, .fn.elem = fn};
	int code = dump_run(n, h, &d, set, e);
	return code == -ENOENT ? err_set(e, ERR_NOT_FOUND, "nftables: no set %s in table %s", set, table) : code;
}

static int one_seen(void *arg, const char *chain UNUSED, bool base UNUSED)
{
	(void)arg;
	return 0;
}

static int table_one(struct dump *d, const struct nlmsghdr *h)
{
	struct nftnl_table *t = nftnl_table_alloc();
	if (!t)
		return -ENOMEM;
	if (nftnl_table_nlmsg_parse(h, t) == 0 && streq(nftnl_table_get_str(t, NFTNL_TABLE_NAME), d->table))
		d->stopped = 1;
	nftnl_table_free(t);
	return 0;
}

int nft_table_exists(struct nft *n, const char *table, struct err *e)
{
	char req[MNL_NLMSG_HDRLEN + 512];
	struct nlmsghdr *h = nftnl_nlmsg_build_hdr(req, NFT_MSG_GETTABLE, NFPROTO_INET, NLM_F_DUMP, 0);
	struct dump d = {.one = table_one, .arg = NULL, .table = table, .fn.chain = one_seen};
	return dump_run(n, h, &d, "tables", e);
}
