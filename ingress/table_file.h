/*
 * The routing table as nginx has it: a file RUN_DIR/ingress/live/table that minik's nginx module maps and looks things up in, in
 * place. minik writes a whole new file beside it and renames it over the old one; then it counts up `generation` of the page
 * RUN_DIR/ingress/live/page (ingress/live.h), which every worker compares at the start of a request. So there is no lock, no
 * message, nothing that can be half done, and a restart of either side changes nothing.
 *
 * All numbers are of the machine's own byte order. Sections are arrays of the records below, at offsets that are multiples of 8.
 * Indices and spans count records of the section named; the spans of a section's records follow one another in the section that
 * they are of, without a gap, and fill it. The order within a section is canonical: equal tables are equal bytes but
 * for `generation`. A reader checks a file once, as a whole (table_file_check), and trusts it from then on.
 *
 * Shared with the module: needs nothing but libc. Functions are pure and thread-safe.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TABLE_FILE_MAGIC   UINT64_C(0x31626154696e696d) /* "miniTab1" */
#define TABLE_FILE_VERSION 4
#define TABLE_FILE_MAX     (1u << 30) /* bytes */
#define TABLE_NONE         UINT32_MAX

struct tf_str { /* in the section of bytes; a NUL follows it */
	uint32_t off, len;
};
struct tf_span {
	uint32_t first, n;
};
enum tf_section { /* element types in brackets */
	TF_BYTES,       /* [char] */
	TF_HOSTS,       /* [tf_host] by scope and name */
	TF_HOST_HEADS,  /* [uint32_t] a power of two of them: first host of the bucket or TABLE_NONE */
	TF_PATHS,       /* [tf_path] a host's are neighbours, in the order in which they are tried */
	TF_PATH_HEADS,  /* as TF_HOST_HEADS, of exact and prefix paths */
	TF_RULES,       /* [tf_rule] */
	TF_CONDS,       /* [tf_cond] */
	TF_TARGETS,     /* [tf_target] */
	TF_POLICIES,    /* [tf_policy] */
	TF_OPTIONS,     /* [tf_option] */
	TF_BACKENDS,    /* [tf_backend] */
	TF_ENDPOINTS,   /* [tf_endpoint] */
	TF_SERVERS,     /* [tf_server] by name */
	TF_SERVER_HEADS, /* as TF_HOST_HEADS */
	TF_N_SECTIONS
};
struct tf_header {
	uint64_t magic;
	uint32_t version, size; /* of the whole file */
	uint64_t generation;
	uint32_t flags; /* TF_* below */
	uint32_t seed;  /* of table_hash: the first of a fixed row for which no bucket is long, whatever names the objects have */
	struct {
		uint32_t off, n;
	} sections[TF_N_SECTIONS];
};
enum { TF_SCOPED = 1 /* some host or server has a scope */, TF_HAS_REGEX = 2, TF_HAS_DEEP = 4 };
#define TF_NAME_MAX 255 /* bytes; longer names are those of "*" */

/* A host as the Host header says it: lower case, no port. "*.example.com" stands for one label or, with `deep`, for any number
 * (Gateway API); "*" is every host. */
struct tf_host {
	struct tf_str name;
	uint32_t scope;       /* port of a Gateway's listener; 0: Ingress, whichever of its two ports */
	uint16_t deep;        /* 0 or 1 */
	uint16_t falls;       /* 1: where none of its rules holds the next wider host of the scope has its turn (table_wider_host) */
	struct tf_span paths; /* longest first; Exact before Prefix of the same text; TF_DEFAULT last */
	uint32_t longest;     /* bytes of the longest exact or prefix path */
	uint32_t elements;    /* most "/" in one prefix path */
	uint32_t regex;       /* 1: its paths are tried one by one, as regular expressions without case (use-regex) */
	uint32_t next;        /* in the bucket; always a later one, or TABLE_NONE */
};
enum tf_match { TF_EXACT, TF_PREFIX, TF_REGEX, TF_DEFAULT };
struct tf_path {
	struct tf_str path;   /* decoded; Prefix has no trailing slash ("" is "/"); TF_REGEX: the expression */
	uint32_t match;       /* enum tf_match */
	uint32_t host;        /* index */
	struct tf_span rules; /* the first whose conditions hold is taken; at least one */
	uint32_t next;        /* in the bucket */
	uint32_t unused;
};
struct tf_rule {
	struct tf_span conds;   /* all must hold; none: always */
	struct tf_span targets; /* none, or weights that are all 0: the policy's answer, else 503 (Ingress), 500 (with scope) */
	uint32_t policy;        /* index */
	uint32_t guest;         /* 1: an Ingress' in a host with a scope: 503 as above; not for names with more labels, nor for who fell */
};
enum tf_cond_kind {
	TF_METHOD,       /* value */
	TF_HEADER,       /* name has exactly value */
	TF_HEADER_REGEX, /* value: expression, anchored by neither end */
	TF_HEADER_ANY,   /* name is there */
	TF_QUERY,        /* as header, of arguments; the first of a name counts */
	TF_QUERY_REGEX,
	TF_COOKIE, /* cookie name has exactly value */
};
struct tf_cond {
	uint32_t kind, unused;
	struct tf_str name, value;
};
struct tf_target {
	uint32_t backend; /* index; TABLE_NONE: there is none: 503, with scope 500 */
	uint32_t weight;
	uint32_t policy; /* options of this target alone (Gateway), on top of the rule's; TABLE_NONE */
	uint32_t canary; /* 1: a canary Ingress' */
};
struct tf_policy {
	struct tf_str owner;    /* "ns/name" of the Ingress, "httproute/ns/name" */
	struct tf_span options; /* sorted by number, lists in their order */
	uint32_t stat;          /* slot in the statistics (ingress/live.h); 0: none */
	uint32_t unused;
	uint64_t digest; /* of owner and options: equal ones are the same policy, also in another table */
};
struct tf_option {
	uint32_t opt, unused; /* enum ing_opt */
	int64_t num;
	struct tf_str a, b;
};
struct tf_backend {
	struct tf_str key;      /* "ns/service:port" */
	struct tf_str external; /* DNS name; then without endpoints */
	uint32_t external_port, unused;
	struct tf_span endpoints; /* sorted; none: 503 */
};
struct tf_endpoint {
	uint8_t addr[16];      /* network order; IPv4 in the first four */
	uint16_t port, family; /* the machine's order; 4 or 6 */
	uint32_t hash;         /* of address and port: the same in every table, what cookies name */
};
/* What TLS shows and asks for by SNI. */
struct tf_server {
	struct tf_str name; /* as a host; "*" without a scope: in the place of the default certificate */
	struct tf_str cert, key; /* PEM, maybe of several keys; empty: the default certificate */
	struct tf_str ca, crl;   /* PEM; of client certificates */
	uint32_t verify, depth;  /* enum ing_verify */
	uint32_t scope, next;
	uint64_t digest; /* of all the above: what a worker has parsed stays good as long as it is the same */
	uint64_t pair;   /* of cert and key alone, which many names may have */
	struct tf_str answer; /* OCSP, DER, about the first of cert; empty: none. Not of the digest */
	int64_t answer_until; /* seconds of the wall clock: it is not shown from then on */
};

/* true when every offset, span, index and string of the file is inside of it and chains end. why: static text when not. */
bool table_file_check(const void *map, size_t size, const char **why);

static inline const struct tf_header *tf_head(const void *map)
{
	return (const struct tf_header *)map;
}
static inline const void *tf_at(const void *map, enum tf_section s)
{
	return (const char *)map + tf_head(map)->sections[s].off;
}
static inline const char *tf_text(const void *map, struct tf_str s)
{
	return (const char *)tf_at(map, TF_BYTES) + s.off;
}

/*
 * FNV-1a, what buckets are chosen by: the number (index or scope, XOR the table's seed) first, then the kind (0: a host, 1: a server,
 * else enum tf_match), then the bytes. The bucket is table_bucket of it.
 */
uint32_t table_hash(uint32_t number, uint32_t kind, const char *s, size_t n);
static inline uint32_t table_bucket(uint32_t hash, uint32_t n_heads)
{
	return (hash ^ hash >> 15) & (n_heads - 1);
}
/* Exactly this name. NULL: none. */
const struct tf_host *table_find_host(const void *map, uint32_t scope, const char *name, size_t n);
/* Or'ed to a scope below: a port of a Gateway alone, at which Ingress' hosts do not answer. */
#define TABLE_ALONE (UINT32_C(1) << 31)
/*
 * The host for a request: exact name, else the longest wildcard that stands for it, else "*"; scope's before those of 0 at each
 * step. Its paths are all there is for the request but for the default path of "*", which is the caller's to try at last.
 */
const struct tf_host *table_match_host(const void *map, uint32_t scope, const char *name, size_t n);
/* The next wider one of the same scope: the longest wildcard that stands for all that h stands for, at last "*". NULL: none. */
const struct tf_host *table_wider_host(const void *map, const struct tf_host *h);
/* Exact, else the longest prefix in whole elements, else the default path; NULL: none. Not for hosts with regex. uri: decoded. */
const struct tf_path *table_match_path(const void *map, const struct tf_host *h, const char *uri, size_t n);
const struct tf_path *table_default_path(const void *map, const struct tf_host *h);
/* By SNI: exact, else the longest wildcard (one label; with a scope, any number), scope's before those of 0 at each step. NULL: the
 * default certificate. At last that of "*", also for who says no name (n 0). */
const struct tf_server *table_find_server(const void *map, uint32_t scope, const char *name, size_t n);
