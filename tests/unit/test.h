/* A tiny harness: CHECK inside TEST functions; main runs them and counts. */
#pragma once
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int test_failures_, test_checks_;

#define CHECK(cond)                                                                                                    \
	do {                                                                                                           \
		test_checks_++;                                                                                        \
		if (!(cond)) {                                                                                         \
			test_failures_++;                                                                              \
			fprintf(stderr, "%s:%d: CHECK failed: %s\n", __FILE__, __LINE__, #cond);                       \
		}                                                                                                      \
	} while (0)
#define CHECK_STR(a, b)                                                                                                \
	do {                                                                                                           \
		const char *check_a_ = (a), *check_b_ = (b);                                                           \
		test_checks_++;                                                                                        \
		if (!check_a_ || !check_b_ || strcmp(check_a_, check_b_) != 0) {                                       \
			test_failures_++;                                                                              \
			fprintf(stderr, "%s:%d: %s is \"%s\", expected \"%s\"\n", __FILE__, __LINE__, #a,              \
				check_a_ ? check_a_ : "(null)", check_b_ ? check_b_ : "(null)");                       \
		}                                                                                                      \
	} while (0)
#define CHECK_INT(a, b)                                                                                                \
	do {                                                                                                           \
		long long check_x_ = (long long)(a), check_y_ = (long long)(b);                                        \
		test_checks_++;                                                                                        \
		if (check_x_ != check_y_) {                                                                            \
			test_failures_++;                                                                              \
			fprintf(stderr, "%s:%d: %s is %lld, expected %lld\n", __FILE__, __LINE__, #a, check_x_,        \
				check_y_);                                                                             \
		}                                                                                                      \
	} while (0)
#define RUN(fn)                                                                                                        \
	do {                                                                                                           \
		int before_ = test_failures_;                                                                          \
		fn();                                                                                                  \
		fprintf(stderr, "%s %s\n", test_failures_ == before_ ? "ok  " : "FAIL", #fn);                          \
	} while (0)
#define TEST_END()                                                                                                     \
	(test_checks_ == 0                                                                                             \
	     ? (fprintf(stderr, "no check ran\n"), 1)                                                                  \
	     : (fprintf(stderr, "%d checks, %d failed\n", test_checks_, test_failures_), test_failures_ != 0))
