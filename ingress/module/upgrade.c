/*
 * Upgrade makes a tunnel: what follows the answer 101 is no request that anybody here judges. A backend that lets HTTP itself begin anew in it
 * (h2c, which RFC 9113 has given up; TLS of RFC 2817) would be a way from any of its paths to all others, past their users, certificates and lists:
 * such a wish is not told to it, and RFC 9110 section 7.8 lets it go unheard. HTTP/2 has no Upgrade at all (RFC 9113 section 8.2.2).
 */
#include "ingress/module/policy.h"

static bool starts(ngx_str_t s, const char *with, size_t n)
{
	return s.len >= n && ngx_strncasecmp(s.data, (u_char *)(uintptr_t)with, n) == 0;
}

/* One of the protocols, parted by commas, is HTTP or may hide it. */
static bool is_http(ngx_str_t list)
{
	u_char *p = list.data, *end = list.data + list.len;

	while (p < end) {
		u_char *stop = ngx_strlchr(p, end, ',');
		stop = stop ? stop : end;
		while (p < stop && (*p == ' ' || *p == '\t'))
			p++;
		ngx_str_t one = {(size_t)(stop - p), p};
		if (starts(one, "h2", 2) || starts(one, "h3", 2) || starts(one, "http", 4) || starts(one, "tls", 3))
			return true;
		p = stop + 1;
	}
	return false;
}

/* Any of several lines, of which nginx hands on one. */
static bool is_bad(ngx_http_request_t *r)
{
	if (r->http_version >= NGX_HTTP_VERSION_20)
		return true;
	for (ngx_list_part_t *part = &r->headers_in.headers.part; part; part = part->next) {
		ngx_table_elt_t *h = part->elts;
		for (ngx_uint_t i = 0; i < part->nelts; i++)
			if (h[i].key.len == 7 && ngx_strncasecmp(h[i].key.data, (u_char *)"upgrade", 7) == 0 && is_http(h[i].value))
				return true;
	}
	return false;
}

ngx_int_t mk_upgrade_screen(ngx_http_request_t *r)
{
	static ngx_str_t names[] = {ngx_string("upgrade"), ngx_string("http2-settings")};
	struct mk_header h[2];
	ngx_array_t remove = {.elts = h, .nelts = 2, .size = sizeof(*h), .nalloc = 2};

	if (!r->headers_in.upgrade || !is_bad(r))
		return NGX_OK;
	ngx_memzero(h, sizeof(h));
	for (size_t i = 0; i < 2; i++) {
		h[i].name = h[i].lower = names[i];
		h[i].hash = ngx_hash_key(names[i].data, names[i].len);
	}
	return mk_request_headers(r, &remove, NULL, NULL);
}
