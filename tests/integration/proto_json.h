/*
 * Messages of Protocol Buffers as JSON and back, by protobuf-c's descriptors. Fields have their names in the .proto
 * file, 64-bit numbers are numbers, enums names, maps of strings objects; what has its default is left out. Wrappers
 * and timestamps are messages like any other.
 */
#pragma once
#include <protobuf-c/protobuf-c.h>
#include "base/json.h"

json_t *message_to_json(const ProtobufCMessage *m); /* NULL without memory */
/* ERR_BAD_REQUEST names the field. Free with proto_free (wire/proto.h). */
int message_from_json(const ProtobufCMessageDescriptor *d, const json_t *v, ProtobufCMessage **ret, struct err *e);
