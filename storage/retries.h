/*
 * What a plug-in has refused for good is asked again ever more rarely: after a second, doubling to five minutes, as Kubernetes' side-cars do it; at once when
 * something else is to be done (another print), or when what plug-ins can has changed. Any thread.
 */
#pragma once
#include "base/clock.h"
#include "base/json.h"

#define RETRY_FIRST_MS 1000
#define RETRY_MAX_MS   300000

struct retries;
int retries_new(struct retries **ret, struct clock *clock, struct err *e);
struct retries *retries_free(struct retries *t);
/* Of what is asked for; goes on from `print`, which is 0 at first. NULL is fine. */
uint64_t retries_print(uint64_t print, const json_t *v);
/* Milliseconds that the key has to wait yet; 0: it may go. */
int retries_wait(struct retries *t, const char *key, uint64_t print);
/* Refused: milliseconds until it is asked again, `least` or more of them. Without memory it is `least`, or a second. */
int retries_failed(struct retries *t, const char *key, uint64_t print, int least);
void retries_done(struct retries *t, const char *key);
void retries_reset(struct retries *t); /* all may go */
