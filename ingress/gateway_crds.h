/* The CRDs of the Gateway API that minik brings. */
#pragma once
#include "base/json.h"

#define GATEWAY_BUNDLE     "v1.6.1"
#define GATEWAY_ANN_BUNDLE "gateway.networking.k8s.io/bundle-version"
#define GATEWAY_CRDS       4

extern const char *const gateway_crd_names[GATEWAY_CRDS];
/* All of them, as an array in the order of the names. New; NULL: no memory. */
json_t *gateway_crds(void);
/* Whether a bundle's version ("v1.4.0"; NULL: unknown) is at least that. */
bool gateway_bundle_since(const char *version, unsigned major, unsigned minor);
/* Whether a CRD that is there is one of ours, of an older bundle, and may be replaced; somebody else's stays as it is.
 */
bool gateway_crd_outdated(const json_t *crd);
