/* What the kernel of the current network namespace has of the Service proxy's, read whole so that two can be compared.
 * One thread. */
#pragma once
#include "base/ipvs.h"
#include "base/map.h"
#include "base/nft.h"
#include "proxy/model.h"

struct snap_rule {
	char *text;
	struct px_endpoint to; /* of a translation to one fixed endpoint; family 0: none */
};
struct snap_chain {
	struct snap_rule *rules;
	size_t n;
	char comment[128]; /* of the first rule */
};
struct snap_elem {
	char set[32];
	uint8_t key[NFT_KEY_MAX], end[NFT_KEY_MAX], data[NFT_KEY_MAX];
	uint32_t key_len, data_len;
	bool range;
	char chain[64]; /* of a verdict map: it is left for that one, or (jump) comes back */
	bool jump;
};
struct snap_server {
	struct ipvs_service id;
	struct ipvs_dest *dests;
	size_t n;
};
struct snap {
	bool table;
	struct map *chains;  /* name -> struct snap_chain */
	struct map *elems;   /* set, key -> struct snap_elem */
	struct map *sets;    /* names of all that are not anonymous -> itself */
	struct map *servers; /* "TCP 10.43.0.1:443" -> struct snap_server */
	struct map *vips;    /* addresses on the dummy device -> itself */
	char device[64];     /* alias of that, "" without one */
};
/* like: of chains and sets only those that it has are read, of other chains their first comment; NULL: all. */
int snap_take(struct snap *ret, const char *table, const struct snap *like, bool ipvs, struct err *e);
void snap_done(struct snap *s);
void snap_elem_id(const char *set, const uint8_t *key, uint32_t key_len, const uint8_t *end, char out[320]);
