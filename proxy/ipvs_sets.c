#include "proxy/ipvs_sets.h"
#include <string.h>

const char *px_set_name(enum px_set set, unsigned family)
{
	static const char *const names[PX_SETS][2] = {
	    [PX_SET_CLUSTER] = {"cluster4", "cluster6"},
	    [PX_SET_EXTERNAL] = {"external4", "external6"},
	    [PX_SET_LOCAL] = {"local4", "local6"},
	    [PX_SET_NOLOCAL] = {"nolocal4", "nolocal6"},
	    [PX_SET_REFUSE] = {"refuse4", "refuse6"},
	    [PX_SET_DROP] = {"drop4", "drop6"},
	    [PX_SET_FIREWALL] = {"firewall4", "firewall6"},
	    [PX_SET_SOURCES] = {"sources4", "sources6"},
	    [PX_SET_SHORT] = {"short4", "short6"},
	    [PX_SET_VIP] = {"vip4", "vip6"},
	    [PX_SET_HAIRPIN] = {"hp4", "hp6"},
	    [PX_SET_HOSTPORT] = {"hostport4", "hostport6"},
	    [PX_SET_HOSTADDR] = {"hostaddr4", "hostaddr6"},
	};
	return names[set][family == 6];
}

int px_elem_want(struct nft_elem_table *x, const struct px_elem *e, bool want)
{
	struct nft_elem n = {.key_len = e->key_len, .range = e->end_len != 0, .data_len = e->data_len};
	memcpy(n.key, e->key, e->key_len);
	memcpy(n.key_end, e->end, e->end_len);
	memcpy(n.data, e->data, e->data_len);
	return nft_elem_want(x, px_set_name(e->set, e->family), &n, want);
}
