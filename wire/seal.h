/*
 * A text sealed with a password: AES-256-GCM, its key by PBKDF2-HMAC-SHA256 (RFC 8018) from the password and a random
 * salt. Any thread; a quarter of a second at most.
 *
 * "mnks", iterations (u32, little-endian), 16 bytes of salt, 12 of nonce, the ciphertext with a tag of 16.
 */
#pragma once
#include "base/bytes.h"
#include "base/err.h"

int seal_close(const char *password, const void *p, size_t n, struct bytes **ret, struct err *e);
/* ERR_UNAUTHORIZED: another password, or it was tampered with. */
int seal_open(const char *password, const struct bytes *sealed, struct bytes **ret, struct err *e);
