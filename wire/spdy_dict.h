/* The zlib dictionary of SPDY/3 header blocks (SPDY Protocol Draft 3, section 2.6.10.1). */
#pragma once
#include <stddef.h>
#include <stdint.h>

#define SPDY_DICT_MAX 1536u

/* Writes it to out; returns its length (1423; its Adler-32 is 0xe3c6a7c2). */
size_t spdy_dictionary(uint8_t out[SPDY_DICT_MAX]);
