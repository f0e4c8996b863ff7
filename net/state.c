#include "net/state.h"
#include "base/buf.h"
#include "base/cleanup.h"
#include "base/fs.h"
#include "base/json.h"
#include "base/str.h"
#include "net/lease.h"

#define STATE_MAX (8 << 20)

static json_t *strings(const char *a, const char *b)
{
	json_t *v = json_array();
	if (v && *a)
		json_array_append_new(v, json_string(a));
	if (v && *b)
		json_array_append_new(v, json_string(b));
	return v;
}

/* The peer's bridge: an address that answers if the overlay and the peer do. */
static void probe_address(const char *cidr, char out[48])
{
	struct lease_cidr c;
	out[0] = 0;
	if (cidr[0] && lease_cidr_parse(&c, cidr, NULL) == 0)
		(void)str_copy(out, 48, c.gateway);
}

int net_state_write(const char *run_dir, const struct net_state *s, const struct net_self *self,
		    const struct net_peer *v, size_t n, struct err *e)
{
	AUTO_FREE char *dir = str_fmt("%s/net", run_dir), *path = str_fmt("%s/net/state.json", run_dir);
	AUTO_BUF struct buf old = {0}, text = {0};
	json_t *peers = json_array();
	if (!dir || !path || !peers) {
		json_decref(peers);
		return err_nomem(e);
	}
	for (size_t i = 0; i < n; i++) {
		char probe[NET_FAMILIES][48];
		for (int f = 0; f < NET_FAMILIES; f++)
			probe_address(v[i].use[f] ? v[i].cidr[f] : "", probe[f]);
		json_array_append_new(peers, json_pack("{s:s,s:o,s:o,s:o,s:s*}", "name", v[i].name, "addresses",
						       strings(v[i].ip[NET_V4], v[i].ip[NET_V6]), "networks",
						       strings(v[i].cidr[NET_V4], v[i].cidr[NET_V6]), "probe",
						       strings(probe[NET_V4], probe[NET_V6]), "problem",
						       v[i].why.code ? v[i].why.msg : NULL));
	}
	AUTO_JSON json_t *all =
	    json_pack("{s:s,s:i,s:o,s:s*,s:o}", "backend", s->backend, "mtu", (int)s->mtu, "addresses",
		      strings(self->ip[NET_V4], self->ip[NET_V6]), "offload", s->offload, "peers", peers);
	if (!all)
		return err_nomem(e);
	json_encode_buf(all, &text);
	if (fs_read(path, STATE_MAX, &old, NULL) == 0 && old.len == text.len && old.len &&
	    memcmp(old.data, text.data, text.len) == 0)
		return 0;
	int code = fs_mkdir_p(dir, 0755, e);
	return code < 0 ? code : fs_write_atomic(path, text.data, text.len, 0644, e);
}
