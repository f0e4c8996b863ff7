/*
 * Protocol Buffers by protobuf-c's descriptors, for messages of peers that are not trusted: what protobuf-c leaves out
 * is done here (see wire/proto/README.md). And calls of a service's methods over gRPC. Any thread.
 */
#pragma once
#include <protobuf-c/protobuf-c.h>
#include "wire/grpc.h"

#define PROTO_MEMORY_MAX (64u << 20) /* bytes that one message may become */

int proto_pack(const ProtobufCMessage *m, struct bytes **ret, struct err *e);
/*
 * ERR_PROTO where the bytes are no message of this type, or have strings with a NUL or that are not UTF-8;
 * ERR_TOO_LARGE beyond PROTO_MEMORY_MAX; -ENOMEM. Free with proto_free.
 */
int proto_unpack(const ProtobufCMessageDescriptor *d, const void *p, size_t n, ProtobufCMessage **ret, struct err *e);
void proto_free(ProtobufCMessage *m); /* of proto_unpack; NULL is fine */
static inline void proto_free_p(void *p)
{
	proto_free(*(ProtobufCMessage **)p);
}
#define AUTO_PROTO CLEANUP(proto_free_p) /* of a pointer to any message */

/* An entry of a map<string, string>: all of protobuf-c's types for one have this shape. */
struct proto_entry {
	ProtobufCMessage base;
	char *key, *value;
};
/* The value, or NULL; the last one counts. entries: protobuf-c's array, cast. */
#define proto_map_get(n, entries, key) proto_map_get_((n), (const struct proto_entry *const *)(entries), (key))
const char *proto_map_get_(size_t n, const struct proto_entry *const *entries, const char *key);
/* n entries of a type, in one piece of memory that free() takes: to be filled in with borrowed strings. NULL without
 * memory. */
struct proto_entry **proto_map_new(const ProtobufCMessageDescriptor *entry, size_t n);

#define PROTO_METHOD_MAX 256
const ProtobufCMethodDescriptor *proto_method(const ProtobufCServiceDescriptor *svc, const char *name); /* or NULL */
void proto_method_path(char out[PROTO_METHOD_MAX], const ProtobufCServiceDescriptor *svc,
		       const ProtobufCMethodDescriptor *m);

/*
 * One call; *ret (proto_free) is of the method's output type. 0, or the error that its status stands for; *r has the
 * status itself. An answer that cannot be read is GRPC_INTERNAL, local. Never on the loop's thread. r may be NULL.
 */
int proto_call_wait(struct grpc_client *c, const ProtobufCServiceDescriptor *svc, const char *method,
		    const ProtobufCMessage *in, const struct grpc_options *o, ProtobufCMessage **ret,
		    struct grpc_result *r, struct err *e);
/*
 * The same in two halves, for grpc_call_start: path and body of a request, and in the callback its message. The latter
 * makes 0 of GRPC_OK alone; what cannot be read is an error like any other.
 */
int proto_request(const ProtobufCServiceDescriptor *svc, const char *method, const ProtobufCMessage *in,
		  char ret_path[PROTO_METHOD_MAX], struct bytes **ret_body, struct err *e);
int proto_answer(const ProtobufCServiceDescriptor *svc, const char *method, const struct grpc_result *r,
		 ProtobufCMessage **ret, struct err *e);
