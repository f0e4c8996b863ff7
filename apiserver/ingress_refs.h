/*
 * Which Secrets and ConfigMaps Ingresses, Gateways, and IngressClasses and GatewayClasses by their parameters refer to, followed as these change: nodes, which all serve them, may
 * read those and no other. A list or watch of Secrets or ConfigMaps with the field selector INGRESS_REFS_SELECTOR is of those
 * alone: what an object is at the moment of its change decides, so that one watch does for all there are. Who begins to refer
 * to an object reads it once by its name. Any thread; nothing here blocks on the store.
 */
#pragma once
#include "apiserver/auth_internal.h"

struct ingress_refs *auth_ingress_refs(struct auth *au);
int ingress_refs_new(struct ingress_refs **ret);
struct ingress_refs *ingress_refs_free(struct ingress_refs *r);
/* For feeds, whose kind is one of these. */
enum { REFS_INGRESSES, REFS_GATEWAYS, REFS_GRANTS, REFS_CLASSES, REFS_CONFIGS, REFS_GATEWAY_CLASSES };
void ingress_refs_event(struct feed *f, const char *key, struct bytes *value, const struct bytes *index);
void ingress_refs_reset(struct feed *f);
bool ingress_refs_config(void *arg, const char *key, const struct bytes *index); /* its filter: ConfigMaps that an IngressClass names */

bool ingress_refs_has(struct ingress_refs *r, bool secret, const char *ns, const char *name);
bool ingress_refs_has_key(struct ingress_refs *r, bool secret, const char *key /* "ns/name" */);
