/* Upgrades on a thread of their own: see http_client_upgrade. */
#pragma once
#include "base/list.h"
#include "wire/curl_util.h"

/* Links itself into `list` until delivered; loop's thread. */
int http_connect_start(struct list *list, struct loop *l, struct curl_config *config,
		       const struct http_client_request *r, http_connect_fn done, void *arg, struct err *e);
/* Stops those not delivered; no callback fires afterwards, and the loop may go. */
void http_connect_cancel_all(struct list *list);
