/*
 * Regular expressions of paths and conditions. They come from objects: what one may cost is bounded, and one that does
 * not compile or comes to its bound is an error of the request (500), so that what it guards is not served by another
 * rule. Compiled at their first use and kept, over tables, too.
 */
#pragma once
#include "ingress/module/module.h"

/* 1: it matches (path: the request's URI from its begin, without case, groups in x->captures), 0: it does not,
 * NGX_ERROR. */
ngx_int_t mk_match_path(ngx_http_request_t *r, struct mk_main_conf *m, struct mk_ctx *x, uint32_t path);
ngx_int_t mk_match_cond(struct mk_main_conf *m, struct mk_table *t, uint32_t cond, ngx_str_t s, ngx_log_t *log);
