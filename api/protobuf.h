/*
 * Kubernetes' protobuf encoding of built-in types (application/vnd.kubernetes.protobuf), as kubectl create and client-go send it:
 * four bytes "k8s\0", then runtime.Unknown. Field numbers come from the type tables. Decoding only: answers go out as JSON, which every
 * client that asks for protobuf also accepts.
 */
#pragma once
#include "api/schema.h"

struct api_protobuf {
	char api_version[128], kind[128];
	const void *raw; /* borrowed from the input */
	size_t n;
};
/* The envelope. ERR_BAD_REQUEST. */
int api_protobuf_unwrap(struct api_protobuf *ret, const void *p, size_t n, struct err *e);
/* The object as a tree, with apiVersion and kind of the envelope. Bounded depth; ERR_BAD_REQUEST. */
int api_protobuf_decode(json_t **ret, const struct api_type *t, const struct api_protobuf *u, struct err *e);
