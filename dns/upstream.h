/*
 * Resolvers to ask: groups of them (the host's, those of a domain), and resolv.conf, which is followed by inotify. One
 * thread: the loop's.
 */
#pragma once
#include <stdbool.h>
#include <sys/socket.h>
#include "base/err.h"
#include "base/loop.h"

#define UPSTREAMS_MAX 8
#define SEARCH_MAX    32 /* as libc and Kubernetes have it */

/* What a resolver cannot do is believed of it after UPSTREAM_QUIRK_SURE questions in a row that went so, and for a
 * while: one answer says so easily, and may be somebody's who would like us to ask with less. */
#define UPSTREAM_QUIRK_SURE 4
#define UPSTREAM_QUIRK_MS   600000
struct upstream_quirk {
	unsigned seen;
	int64_t until_ms;
};
struct upstream {
	struct sockaddr_storage addr;
	socklen_t len;
	char text[64];                  /* "192.0.2.1:53", for metrics */
	unsigned fails;                 /* without an answer, one after the other */
	int64_t down_until_ms;          /* is asked last until then */
	struct upstream_quirk plain;    /* does not understand EDNS */
	struct upstream_quirk caseless; /* gives the question back in another case, also over TCP */
};
struct upstreams {
	unsigned refs;
	unsigned n, good; /* where to begin: the one that answered last */
	unsigned calls;   /* under way, of all that forward.h allows */
	bool told_down;   /* the log has it that none of them answers */
	int64_t told_ms;  /* and since when; 0: never */
	struct upstream v[UPSTREAMS_MAX];
};
/* Empty, with one reference; -ENOMEM is NULL. */
struct upstreams *upstreams_new(void);
struct upstreams *upstreams_ref(struct upstreams *g);
struct upstreams *upstreams_unref(struct upstreams *g); /* NULL is fine; returns NULL */
/* "192.0.2.1", "192.0.2.1:5353", "[fe80::1%eth0]:53", "192.0.2.1#5353". -EINVAL: not an address; ERR_TOO_MANY. */
int upstreams_add(struct upstreams *g, const char *text, uint16_t port, struct err *e);
/* Takes out what is an address of our own (NULL-terminated list) at our own port. Returns how many. */
unsigned upstreams_leave_out(struct upstreams *g, const char *const *own, uint16_t own_port);
void upstream_quirk_seen(struct upstream_quirk *q, bool so, int64_t now_ms);
/* Whether all are down. */
bool upstreams_down(const struct upstreams *g, int64_t now_ms);

/* resolv.conf(5): name servers, and search domains, of which the last line counts. */
struct resolv_conf {
	struct upstreams *servers;
	char *search[SEARCH_MAX];
	unsigned n_search;
};
int resolv_conf_parse(struct resolv_conf *ret, const char *text, uint16_t port);
void resolv_conf_done(struct resolv_conf *c);

/*
 * Follows a file: changed is called from the loop soon (RESOLV_SETTLE_MS) after it, or what it is a link to, was
 * written, replaced, made or removed.
 */
#define RESOLV_SETTLE_MS 50
struct resolv_watch;
int resolv_watch_new(struct resolv_watch **ret, struct loop *l, const char *path, void (*changed)(void *arg), void *arg,
		     struct err *e);
struct resolv_watch *resolv_watch_free(struct resolv_watch *w);
/*
 * Reads it. A file whose name servers are all systemd-resolved's stub (127.0.0.53, 127.0.0.54) is not used:
 * RESOLVED_CONF, which has those that it asks itself, is read in its place, where it is there. A missing file has no
 * servers.
 */
#define RESOLVED_CONF "/run/systemd/resolve/resolv.conf"
int resolv_conf_read(struct resolv_conf *ret, const char *path, struct err *e);
