#include "wire/grpc_status.h"
#include <errno.h>
#include <nghttp2/nghttp2.h>
#include "base/cleanup.h"
#include "base/str.h"

static const struct {
	const char *name;
	int err;
} codes[GRPC_N_CODES] = {
    [GRPC_OK] = {"OK", 0},
    [GRPC_CANCELLED] = {"CANCELLED", ERR_CANCELED},
    [GRPC_UNKNOWN] = {"UNKNOWN", ERR_INTERNAL},
    [GRPC_INVALID_ARGUMENT] = {"INVALID_ARGUMENT", ERR_INVALID},
    [GRPC_DEADLINE_EXCEEDED] = {"DEADLINE_EXCEEDED", ERR_TIMEOUT},
    [GRPC_NOT_FOUND] = {"NOT_FOUND", ERR_NOT_FOUND},
    [GRPC_ALREADY_EXISTS] = {"ALREADY_EXISTS", ERR_EXISTS},
    [GRPC_PERMISSION_DENIED] = {"PERMISSION_DENIED", ERR_FORBIDDEN},
    [GRPC_RESOURCE_EXHAUSTED] = {"RESOURCE_EXHAUSTED", ERR_TOO_MANY},
    [GRPC_FAILED_PRECONDITION] = {"FAILED_PRECONDITION", ERR_CONFLICT},
    [GRPC_ABORTED] = {"ABORTED", ERR_CONFLICT},
    [GRPC_OUT_OF_RANGE] = {"OUT_OF_RANGE", ERR_INVALID},
    [GRPC_UNIMPLEMENTED] = {"UNIMPLEMENTED", ERR_UNSUPPORTED},
    [GRPC_INTERNAL] = {"INTERNAL", ERR_INTERNAL},
    [GRPC_UNAVAILABLE] = {"UNAVAILABLE", ERR_UNAVAILABLE},
    [GRPC_DATA_LOSS] = {"DATA_LOSS", ERR_INTERNAL},
    [GRPC_UNAUTHENTICATED] = {"UNAUTHENTICATED", ERR_UNAUTHORIZED},
};

const char *grpc_code_name(int code)
{
	return codes[code >= 0 && code < GRPC_N_CODES ? code : GRPC_UNKNOWN].name;
}

int grpc_code_from_name(const char *name)
{
	for (int i = 0; i < GRPC_N_CODES; i++)
		if (streq(codes[i].name, name))
			return i;
	return -EINVAL;
}

int grpc_code_to_err(int code)
{
	return codes[code >= 0 && code < GRPC_N_CODES ? code : GRPC_UNKNOWN].err;
}

int grpc_code_from_http(int status)
{
	switch (status) {
	case 400:
		return GRPC_INTERNAL;
	case 401:
		return GRPC_UNAUTHENTICATED;
	case 403:
		return GRPC_PERMISSION_DENIED;
	case 404:
		return GRPC_UNIMPLEMENTED;
	case 429:
	case 502:
	case 503:
	case 504:
		return GRPC_UNAVAILABLE;
	default:
		return GRPC_UNKNOWN;
	}
}

int grpc_code_from_h2(uint32_t error_code)
{
	switch (error_code) {
	case NGHTTP2_REFUSED_STREAM:
		return GRPC_UNAVAILABLE;
	case NGHTTP2_CANCEL:
		return GRPC_CANCELLED;
	case NGHTTP2_ENHANCE_YOUR_CALM:
		return GRPC_RESOURCE_EXHAUSTED;
	case NGHTTP2_INADEQUATE_SECURITY:
		return GRPC_PERMISSION_DENIED;
	default:
		return GRPC_INTERNAL;
	}
}
