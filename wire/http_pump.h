/* An upgraded TLS connection: moves bytes between the TLS session and a socketpair. Watch thread only. */
#pragma once
#include "wire/http_internal.h"

struct http_pump {
	struct list link;        /* http_server.pumps */
	struct http_exchange *x; /* holds the connection suspended in libmicrohttpd */
	struct http_conn *c;
	int fd;                 /* our end; the application has the other */
	bool in_eof, in_shut;   /* TLS to application */
	bool out_eof, out_shut; /* application to TLS */
	bool app_gone, dead, busy;
	size_t in_off, in_len, out_off, out_len;
	char in[16384], out[16384]; /* the most a TLS record holds */
};
