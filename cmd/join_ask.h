/*
 * Requests of a machine that joins: to whichever server answers, and when none does, one line that says why and what
 * mends it. ERR_UNAVAILABLE and ERR_TIMEOUT: it may be otherwise in a while; ERR_CANCELED: a signal came; all other
 * codes: it stays so until a person does something. Blocking.
 */
#pragma once
#include "base/json.h"
#include "client/server_list.h"

struct join_api {
	struct server_list *servers;    /* borrowed, like all that follows */
	const char *ca_pem;             /* NULL: not known yet, whoever answers is heard */
	const char *cert_pem, *key_pem; /* NULL: none */
	const char *token;              /* NULL: none */
	int sig_fd;                     /* becomes readable when this process is to end; -1: none */
	int timeout_ms;                 /* of one request; 0: 30 s */
};

static inline bool join_is_temporary(int code)
{
	return code == ERR_UNAVAILABLE || code == ERR_TIMEOUT;
}
/* The answer of any 2xx as a tree. Status codes of the server: ERR_UNAUTHORIZED, ERR_FORBIDDEN, ERR_NOT_FOUND,
 * ERR_EXISTS; the message quotes its words. ret_server: who answered, malloc'ed; may be NULL. */
int join_call(const struct join_api *a, const char *method, const char *path, const json_t *body, json_t **ret,
	      char **ret_server, struct err *e);
/* Waits until a watch (path with query) tells something or ends, ms at most. */
int join_watch(const struct join_api *a, const char *path, unsigned ms, struct err *e);
/* ERR_CANCELED when a signal came meanwhile. */
int join_pause(const struct join_api *a, unsigned ms, struct err *e);
/* Does this machine's clock differ from the server's by more than a minute? Then a line about it. */
bool join_clocks_differ(const char *server, char *out, size_t n);
