/*
 * The page that minik and the workers of its nginx share: RUN_DIR/ingress/live/page, a sparse file that both map. nginx runs as a
 * user of its own and may write here: minik believes nothing of it but numbers, and bounds them. Shared with the module.
 *
 * Every field is used with atomic operations (relaxed unless said).
 */
#pragma once
#include <stdint.h>

#define LIVE_MAGIC   UINT64_C(0x316576694c696e6d) /* "mniLive1" */
#define LIVE_SLOTS   16384 /* of statistics. Slot 0: requests that no route was found for */
#define LIVE_BUCKETS 14
/* Upper bounds of the latency histogram in ms; the last bucket has none. */
#define LIVE_BOUNDS_MS {1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10000}

struct live_stat {
	uint64_t status[6]; /* requests by the first digit of their status; [0]: none was sent (client gone) */
	uint64_t bytes_in, bytes_out;
	uint64_t time_us;               /* sum of request times */
	uint64_t buckets[LIVE_BUCKETS]; /* not cumulative */
	uint64_t retries;               /* tries of a backend after the first */
	uint64_t unused[8];
};
struct live_page {
	uint64_t magic;
	uint64_t generation;  /* of the newest table; minik adds with release, workers read with acquire */
	uint64_t connections; /* clients' connections at the moment; workers add and subtract */
	uint64_t reload_id;   /* of the configuration whose worker has last begun: first 8 bytes of its identity */
	uint64_t table_errors; /* tables that a worker could not use; its log says why */
	uint64_t workers[48]; /* pid << 32 | its part of `connections`: what one that was killed leaves is taken off by the next that begins */
	uint64_t unused[11];
	struct live_stat stats[LIVE_SLOTS];
};
