/* resource.Quantity: "250m", "1.5Gi", "1e3". Exact in nano units within 128 bits. Pure. */
#pragma once
#include <stdint.h>
#include <stddef.h>

enum quantity_format { QUANTITY_DECIMAL_SI, QUANTITY_BINARY_SI, QUANTITY_DECIMAL_EXPONENT };
struct quantity {
	__int128 nano;
	enum quantity_format format;
};
int quantity_parse(const char *s, struct quantity *ret);	/* -EINVAL, -ERANGE */
void quantity_format(const struct quantity *q, char *out, size_t cap); /* canonical form */
int64_t quantity_value(const struct quantity *q);	/* rounded up, saturating */
int64_t quantity_bytes(const char *s);	/* its value; 0: NULL, or no quantity */
int64_t quantity_milli(const struct quantity *q);	/* thousandths, rounded up, saturating */
