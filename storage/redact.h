/* What plug-ins say, made fit for logs, events and statuses. Pure. */
#pragma once
#include <stddef.h>
#include "base/json.h"

/*
 * Stars for what is secret in the request wherever it stands in text: the values of `secrets`, each of their lines, and
 * the pod's tokens; also as JSON and base64 write them. Those of less than four bytes are words of any message and
 * stay. Without memory everything is stars.
 */
void redact(char *text, size_t n, const json_t *req);
/* Valid UTF-8 without control characters, so that a terminal shows it and does nothing else; spaces stand for them. */
void make_printable(char *text);
