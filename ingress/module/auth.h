/* External authentication: what its files share. */
#pragma once
#include "ingress/module/policy.h"

enum { MK_CHALLENGE = -1, MK_COOKIE = -2 };
/* A header of the answer that something is done with. */
struct mk_auth_line {
	ngx_int_t which; /* index in the policy's auth_response_headers, or one of the above */
	ngx_str_t value;
};
struct mk_auth_answer {
	ngx_uint_t status;
	ngx_array_t lines; /* struct mk_auth_line */
};

/* NGX_OK: found, copied into pool; NGX_DECLINED: not there or too old; NGX_ERROR: no memory. */
ngx_int_t mk_auth_cache_get(struct mk_main_conf *m, const u_char key[MK_DIGEST], ngx_pool_t *pool,
			    struct mk_auth_answer *ret);
/* What does not fit, or finds no memory, is not kept. */
void mk_auth_cache_put(struct mk_main_conf *m, const u_char key[MK_DIGEST], ngx_msec_t life,
		       const struct mk_auth_answer *a, ngx_log_t *log);
