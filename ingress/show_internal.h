/* Parts of show. Arrays are what JSON has of them, and the text is made of them; NULL: no memory. */
#pragma once
#include "base/json.h"
#include "base/str.h"
#include "ingress/show.h"

/* show_cert.c */
struct show_cert { /* the first of a server's chain */
	bool readable;
	char when[TIME_STR_MAX];
	int64_t days;  /* that it is good for still; -1: it is over */
	bool several;  /* keys: each client gets the one that fits */
	json_t *names; /* those it is for */
};
void show_cert_read(struct show_cert *ret, const struct ing_server *s, time_t now); /* of one with cert_pem */
void show_cert_done(struct show_cert *c);
bool show_cert_covers(const struct show_cert *c, const char *host); /* nothing is said against a host that is no name */
/* The same of the host's certificate s; nothing is said against the default one of a host that has no TLS. */
bool show_cert_fits(const struct ing_show *w, const struct ing_host *h, const struct ing_server *s, const struct show_cert *c);
/* What TLS shows for a host: its own server, else the wildcard that stands for it. NULL: the default certificate. */
const struct ing_server *show_server(const struct ing_table *t, const struct ing_host *h);
json_t *show_certificates(const struct ing_show *w);

/* show_filter.c */
bool show_has_host(const struct ing_show *w, const struct ing_host *h);
bool show_has_owner(const struct ing_show *w, const char *owner); /* "ns/name", "httproute/ns/name" ... */
/* owners: of the routes that are shown, as keys. */
bool show_has_finding(const struct ing_show *w, const struct ing_finding *f, const json_t *owners);

/* show_filter.c: the canary Ingress (of seen) that the target is of, or NULL; borrowed from seen. */
const json_t *show_canary(const struct ing_show *w, const struct ing_host *h, const struct ing_rule *r, const struct ing_target *g);

/* show_policy.c */
/* What a policy does that a reader of routes wants to see. No secrets. */
void show_policy_text(struct buf *b, const struct ing_policy *p);
/* What is answered where g (NULL: none) has the request and there is nobody to ask; NULL: there is. */
const char *show_failure(const struct ing_table *t, const struct ing_host *h, const struct ing_rule *r, const struct ing_target *g);

/* show_around.c */
json_t *show_services(const struct ing_show *w);
json_t *show_listeners(const struct ing_show *w);
json_t *show_httproutes(const struct ing_show *w);
json_t *show_nodes(const struct ing_show *w);
json_t *show_unserved(const struct ing_show *w);

/* show_text.c: the same for people, each part behind an empty line. */
int show_around_text(const struct ing_show *w, struct buf *out);
