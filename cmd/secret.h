/*
 * The join token: K10<sha256 of the CA certificate>::<secret>. The hash lets an agent know the server before it trusts it;
 * a bare secret is taken too (then the agent trusts the first CA it sees, and says so).
 */
#pragma once
#include <stdbool.h>
#include "cmd/options.h"

/* Server: from --token, --token-file or DATA_DIR/server/token, made on first start and kept there (0600). Full form, malloc'ed. */
int secret_server_token(char **ret, const struct options *o, const char *ca_pem, struct err *e);
/* As a server would find it, without making one: ERR_NOT_FOUND. */
int secret_known_token(char **ret, const struct options *o, struct err *e);
/* Agent: from --token or --token-file; ERR_INVALID when neither. malloc'ed. */
int secret_agent_token(char **ret, const struct options *o, struct err *e);
/* The form alone: K10<64 hex digits>::<secret>, or a secret of printable characters. ERR_INVALID says what the form is.
 */
int secret_check_token(const char *token, struct err *e);
/* What a start would find wrong with --token-file, without making anything. */
int secret_check(const struct options *o, bool needed, struct err *e);
const char *secret_of_token(const char *token); /* the part behind "::"; borrowed */
/* 64 hex digits behind K10, or false when the token has none. */
bool secret_ca_hash(const char *token, char out[65]);
