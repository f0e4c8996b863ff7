/* Names outside the cluster (ExternalName, auth-url): looked up by nginx' resolver, judged, and kept by the worker. */
#pragma once
#include "ingress/module/module.h"

struct mk_named { /* endpoints as a table has them */
	unsigned refs;
	uint32_t turn; /* whose; 0: not begun */
	uint32_t n;    /* at least one */
	struct tf_endpoint eps[];
};
struct mk_wait;

/*
 * What the name (or address; IPv6 in brackets or not) stands for. *wait is the caller's, NULL at first. NGX_OK: *ret,
 * lent until the request's end. NGX_AGAIN: the request's phases run again when there is an answer; ask again then. Else
 * the status that is to be answered: the log says why there is none, and that `who` asked.
 */
ngx_int_t mk_name_get(ngx_http_request_t *r, struct mk_wait **wait, ngx_str_t who, ngx_str_t name, uint32_t port,
		      struct mk_named **ret);
