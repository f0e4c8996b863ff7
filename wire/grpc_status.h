/*
 * What a call over gRPC can end with (gRPC's "Status codes and their use"). Pure; any thread.
 */
#pragma once
#include <stdint.h>
#include "base/err.h"

enum grpc_code {
	GRPC_OK = 0,
	GRPC_CANCELLED,
	GRPC_UNKNOWN,
	GRPC_INVALID_ARGUMENT,
	GRPC_DEADLINE_EXCEEDED,
	GRPC_NOT_FOUND,
	GRPC_ALREADY_EXISTS,
	GRPC_PERMISSION_DENIED,
	GRPC_RESOURCE_EXHAUSTED,
	GRPC_FAILED_PRECONDITION,
	GRPC_ABORTED,
	GRPC_OUT_OF_RANGE,
	GRPC_UNIMPLEMENTED,
	GRPC_INTERNAL,
	GRPC_UNAVAILABLE,
	GRPC_DATA_LOSS,
	GRPC_UNAUTHENTICATED,
	GRPC_N_CODES
};

const char *grpc_code_name(int code);       /* "NOT_FOUND"; "UNKNOWN" of what is none. Static. */
int grpc_code_from_name(const char *name);  /* or -EINVAL */
int grpc_code_to_err(int code);             /* 0, or the negative code of base/err.h that comes nearest */
int grpc_code_from_http(int status);        /* of an answer that is not gRPC's (gRPC's http-grpc-status-mapping) */
int grpc_code_from_h2(uint32_t error_code); /* of a stream that the peer reset (gRPC over HTTP/2, "Errors") */
