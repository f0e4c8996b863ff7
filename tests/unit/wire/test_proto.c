/* Protocol Buffers of the CSI interface: there and back, and what peers may send in their place. */
#include <errno.h>
#include "base/fs.h"
#include "base/str.h"
#include "tests/unit/test.h"
#include "wire/proto.h"
#include "wire/proto/csi.pb-c.h"
#include "wire/proto/pluginregistration.pb-c.h"

static void there_and_back(void)
{
	Csi__V1__CreateVolumeRequest in = CSI__V1__CREATE_VOLUME_REQUEST__INIT;
	Csi__V1__CapacityRange range = CSI__V1__CAPACITY_RANGE__INIT;
	Csi__V1__VolumeCapability cap = CSI__V1__VOLUME_CAPABILITY__INIT, *caps[] = {&cap};
	Csi__V1__VolumeCapability__MountVolume mount = CSI__V1__VOLUME_CAPABILITY__MOUNT_VOLUME__INIT;
	Csi__V1__VolumeCapability__AccessMode mode = CSI__V1__VOLUME_CAPABILITY__ACCESS_MODE__INIT;
	AUTO_FREE struct proto_entry **params =
	    proto_map_new(&csi__v1__create_volume_request__parameters_entry__descriptor, 3);
	AUTO_PROTO Csi__V1__CreateVolumeRequest *out = NULL;
	AUTO_BYTES struct bytes *b = NULL;
	char *flags[] = {"noatime", "ro"};

	in.name = "pvc-1";
	in.capacity_range = &range;
	range.required_bytes = 5LL << 30;
	range.limit_bytes = INT64_MAX;
	cap.access_type_case = CSI__V1__VOLUME_CAPABILITY__ACCESS_TYPE_MOUNT;
	cap.mount = &mount;
	cap.access_mode = &mode;
	mode.mode = CSI__V1__VOLUME_CAPABILITY__ACCESS_MODE__MODE__SINGLE_NODE_WRITER;
	mount.fs_type = "ext4";
	mount.mount_flags = flags;
	mount.n_mount_flags = 2;
	in.volume_capabilities = caps;
	in.n_volume_capabilities = 1;
	params[0]->key = "type";
	params[0]->value = "slow";
	params[1]->key = "empty";
	params[2]->key = "type";
	params[2]->value = "f\xc3\xa4st";
	in.n_parameters = 3;
	in.parameters = (void *)params;
	CHECK(proto_pack(&in.base, &b, NULL) == 0);
	CHECK(proto_unpack(in.base.descriptor, b->data, b->len, (ProtobufCMessage **)&out, NULL) == 0);
	CHECK_STR(out->name, "pvc-1");
	CHECK(out->capacity_range->required_bytes == 5LL << 30 && out->capacity_range->limit_bytes == INT64_MAX);
	CHECK_INT(out->volume_capabilities[0]->access_type_case, CSI__V1__VOLUME_CAPABILITY__ACCESS_TYPE_MOUNT);
	CHECK_STR(out->volume_capabilities[0]->mount->mount_flags[1], "ro");
	CHECK_STR(proto_map_get(out->n_parameters, out->parameters, "type"), "f\xc3\xa4st"); /* the last one counts */
	CHECK_STR(proto_map_get(out->n_parameters, out->parameters, "empty"), "");
	CHECK(!proto_map_get(out->n_parameters, out->parameters, "absent"));
	CHECK(!out->accessibility_requirements && out->n_secrets == 0);
}

static void wrappers_are_there_or_not(void)
{
	Csi__V1__ProbeResponse p = CSI__V1__PROBE_RESPONSE__INIT;
	Google__Protobuf__BoolValue ready = GOOGLE__PROTOBUF__BOOL_VALUE__INIT;

	for (int i = 0; i < 3; i++) {
		AUTO_PROTO Csi__V1__ProbeResponse *out = NULL;
		AUTO_BYTES struct bytes *b = NULL;

		p.ready = i ? &ready : NULL;
		ready.value = i == 2;
		CHECK(proto_pack(&p.base, &b, NULL) == 0);
		CHECK(proto_unpack(p.base.descriptor, b->data, b->len, (ProtobufCMessage **)&out, NULL) == 0);
		CHECK((out->ready != NULL) == (i > 0));
		CHECK(i == 0 || (out->ready->value != 0) == (i == 2));
	}
}

static int unpack(const ProtobufCMessageDescriptor *d, const char *p, size_t n, struct err *e)
{
	AUTO_PROTO ProtobufCMessage *m = NULL;

	return proto_unpack(d, p, n, &m, e);
}

static void hostile(void)
{
	const ProtobufCMessageDescriptor *info = &pluginregistration__plugin_info__descriptor;
	AUTO_BUF struct buf b = {0};
	struct err e = {0};
	static const struct {
		const char *p;
		size_t n;
		int code;
	} list[] = {
	    {"\x0a\x03"
	     "CSI\x12\x01x",
	     8, 0},
	    {"\x0a\x03"
	     "C\0I",
	     5, ERR_PROTO},                         /* a NUL in a string */
	    {"\x0a\x02\xc3\x28", 4, ERR_PROTO},     /* no UTF-8 */
	    {"\x0a\x03\xed\xa0\x80", 5, ERR_PROTO}, /* a surrogate */
	    {"\x0a\x7f"
	     "CSI",
	     5, ERR_PROTO}, /* longer than it is */
	    {"\x0a", 1, ERR_PROTO},
	    {"\x0b\x0c", 2, ERR_PROTO}, /* a group */
	    {"\x00\x01", 2, ERR_PROTO}, /* field 0 */
	    {"\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", 11, ERR_PROTO},
	    {"\x08\x05", 2, ERR_PROTO}, /* a number where a string is due */
	    {"\xf8\x07\x05", 3, 0},     /* a field of tomorrow */
	    {"", 0, 0},
	};

	for (size_t i = 0; i < ARRAY_LEN(list); i++) {
		int r = unpack(info, list[i].p, list[i].n, &e);

		if (r != list[i].code)
			fprintf(stderr, "input %zu\n", i);
		CHECK_INT(r, list[i].code);
	}
	CHECK(unpack(info, "\x0a\x02\xc3\x28", 4, &e) == ERR_PROTO && strstr(e.msg, "PluginInfo.type"));

	/* 4 MiB that would become hundreds */
	for (int i = 0; i < 1 << 21; i++)
		buf_add(&b, "\x0a\0", 2);
	CHECK_INT(unpack(&csi__v1__list_volumes_response__descriptor, b.data, b.len, &e), ERR_TOO_LARGE);
}

/* The methods that calls are made by. */
static void methods(void)
{
	char path[PROTO_METHOD_MAX];
	const ProtobufCMethodDescriptor *m = proto_method(&csi__v1__node__descriptor, "NodeStageVolume");

	CHECK(m && m->input == &csi__v1__node_stage_volume_request__descriptor);
	proto_method_path(path, &csi__v1__node__descriptor, m);
	CHECK_STR(path, "/csi.v1.Node/NodeStageVolume");
	CHECK(!proto_method(&csi__v1__node__descriptor, "NodeDance"));
	m = proto_method(&pluginregistration__registration__descriptor, "GetInfo");
	proto_method_path(path, &pluginregistration__registration__descriptor, m);
	CHECK_STR(path, "/pluginregistration.Registration/GetInfo");
}

/* What is secret is known by its name, since options are lost: the interface must keep to that. */
static void secrets_are_called_so(void)
{
	const char *srcdir = getenv("srcdir");
	AUTO_FREE char *path = fs_join(srcdir ? srcdir : "..", "wire/proto/csi-1.12.0.proto");
	AUTO_BUF struct buf b = {0};
	int n = 0;

	CHECK(fs_read(path, 1 << 20, &b, NULL) == 0);
	for (const char *p = b.data; p && (p = strstr(p, "[(csi_secret) = true")) != NULL; p++, n++) {
		const char *line = p;

		/* From the end of the statement before. */
		while (line > b.data && line[-1] != ';' && line[-1] != '{' && line[-1] != '}')
			line--;
		CHECK(memmem(line, (size_t)(p - line), "map<string, string> secrets = ", 30) != NULL);
	}
	CHECK(n > 10);
}

int main(void)
{
	RUN(there_and_back);
	RUN(wrappers_are_there_or_not);
	RUN(hostile);
	RUN(methods);
	RUN(secrets_are_called_so);
	return TEST_END();
}
