/*
 * The values that options may have, each kind once: what a text may be, and takers, which put an option's number or texts where the
 * policy keeps them; false: it cannot be used.
 */
#pragma once
#include "ingress/module/policy.h"

struct mk_taker {
	struct mk_policy *p;
	const struct mk_table *t;
	int64_t num;
	ngx_str_t a, b;
};

bool mk_is_plain(ngx_str_t s);
bool mk_is_word(ngx_str_t s);
bool mk_is_token(ngx_str_t s);
bool mk_is_host(ngx_str_t s);
bool mk_is_one_of(ngx_str_t s, const char *const *words);
bool mk_is_http_url(ngx_str_t s);
bool mk_is_cookie_value(ngx_str_t s);
bool mk_in_range(const struct mk_taker *k, int64_t low, int64_t high);
bool mk_take_uint(const struct mk_taker *k, int64_t low, int64_t high, ngx_uint_t *ret);
bool mk_take_int(const struct mk_taker *k, int64_t low, int64_t high, ngx_int_t *ret);
bool mk_take_msec(const struct mk_taker *k, int64_t low, ngx_msec_t *ret);
bool mk_take_status(const struct mk_taker *k, ngx_uint_t *ret);
bool mk_take_if(bool good, ngx_str_t s, ngx_str_t *ret);
bool mk_take_path(const struct mk_taker *k, ngx_str_t *ret);
bool mk_take_url_path(const struct mk_taker *k, ngx_str_t *ret);
void *mk_push(const struct mk_taker *k, ngx_array_t *list, size_t size);
bool mk_take_cidr(const struct mk_taker *k, ngx_array_t *list);
ngx_str_t mk_copy(ngx_pool_t *pool, ngx_str_t s);
bool mk_take_mirror(const struct mk_taker *k);
bool mk_take_header(const struct mk_taker *k, ngx_array_t *list, bool any_name);
bool mk_take_request_header(const struct mk_taker *k, ngx_array_t *list);
bool mk_take_user(const struct mk_taker *k);
bool mk_take_rewrite(const struct mk_taker *k);
bool mk_take_next(const struct mk_taker *k);
bool mk_take_size(const struct mk_taker *k, int64_t low, int64_t high, size_t *ret);
bool mk_take_pem(ngx_str_t s, struct mk_pem **slot, ngx_str_t *ret);
bool mk_take_error(const struct mk_taker *k);
