# storage: binder, provisioners, the node's side of volumes
noinst_LIBRARIES += libstorage.a
libstorage_a_SOURCES = \
	storage/alias.c storage/attach.c storage/attach_internal.h storage/attach_watch.c storage/attach.h storage/attach_driver.c storage/attach_name.c \
	storage/binder.c storage/binder.h storage/binder_steps.c storage/binder_volume.c storage/builtin.c \
	storage/builtin.h storage/builtin_ceph.c storage/builtin_ceph.h storage/builtin_cephfs.c \
	storage/builtin_cephfs.h storage/builtin_local.c storage/builtin_local.h storage/builtin_local_copy.c \
	storage/builtin_local_path.c storage/builtin_local_record.c storage/builtin_local_snapshot.c \
	storage/builtin_local_volume.c storage/builtin_nfs.c storage/builtin_nfs.h storage/builtin_nfs_work.c \
	storage/ceph.c storage/ceph.h storage/ceph_map.c storage/cephfs_node.c storage/csi.c storage/csi.h \
	storage/csi_call.c storage/csi_capacity.c storage/csi_controller.c storage/csi_internal.h storage/csi_node.c \
	storage/csi_nodecalls.c storage/csi_register.c storage/csinode.c storage/exec.c storage/exec.h \
	storage/helper.c storage/helper.h storage/internal.h storage/lanes.c storage/lanes.h storage/local.c \
	storage/loopfs.c storage/loopfs.h storage/match.c storage/mount_options.c storage/mounts.c storage/mounts.h storage/mounts_disk.c \
	storage/plugin.c storage/plugin.h storage/plugins.c storage/protect.c storage/protect_vac.c \
	storage/provision.c storage/provision.h storage/provision_delete.c storage/provision_journal.c \
	storage/provision_request.c storage/provision_topology.c storage/provisioners.c storage/quota.c \
	storage/quota.h storage/recycle.c storage/redact.c storage/redact.h storage/resize.c storage/resize.h \
	storage/resize_status.c storage/retries.c storage/retries.h storage/secrets.c storage/secrets.h \
	storage/snapshot.c storage/snapshot.h storage/snapshot_claim.c storage/snapshot_content.c \
	storage/snapshot_crds.c storage/snapshot_watch.c storage/storage.c storage/storage.h storage/volume_attach.c storage/volume_iscsi.c \
	storage/volume_kind.h storage/volume_kinds.c storage/volume_plugin.c storage/volume_record.c storage/volumes.c \
	storage/volumes_internal.h storage/volumes_look.c storage/waiting.c storage/waiting.h
check_PROGRAMS += tests/unit/storage/test_match
tests_unit_storage_test_match_SOURCES = tests/unit/storage/test_match.c tests/unit/test.h
tests_unit_storage_test_match_LDADD = libstorage.a libclient.a libapi.a libwire.a libbase.a $(ALL_LIBS)
# A CSI driver as a plug-in, without a node (tests/integration/csi_ops.sh).
EXTRA_PROGRAMS += tests/integration/csi_ops_tool
tests_integration_csi_ops_tool_SOURCES = tests/integration/csi_ops_tool.c
tests_integration_csi_ops_tool_LDADD = libstorage.a libclient.a libapi.a libwire.a libbase.a $(ALL_LIBS)
CLEANFILES += tests/integration/csi_ops_tool
check_PROGRAMS += tests/unit/storage/test_binder
tests_unit_storage_test_binder_SOURCES = tests/unit/storage/test_binder.c tests/unit/apiserver/world.h tests/unit/test.h
tests_unit_storage_test_binder_LDADD = libstorage.a libclient.a $(APISERVER_LIBS) $(ALL_LIBS)
check_PROGRAMS += tests/unit/storage/test_csi
tests_unit_storage_test_csi_SOURCES = tests/unit/storage/test_csi.c tests/unit/test.h
tests_unit_storage_test_csi_LDADD = libstorage.a libclient.a libapi.a libwire.a libbase.a $(ALL_LIBS)
check_PROGRAMS += tests/unit/storage/test_local_path
tests_unit_storage_test_local_path_SOURCES = tests/unit/storage/test_local_path.c tests/unit/test.h
tests_unit_storage_test_local_path_LDADD = libstorage.a libclient.a libapi.a libwire.a libbase.a $(ALL_LIBS)
# Calls a plug-in without a cluster (tests/integration/storage_local.sh).
EXTRA_PROGRAMS += tests/integration/plugin_tool
tests_integration_plugin_tool_SOURCES = tests/integration/plugin_tool.c
tests_integration_plugin_tool_LDADD = libstorage.a libclient.a libapi.a libwire.a libbase.a $(ALL_LIBS)
# What a container's root tries against the limits of volumes.
EXTRA_PROGRAMS += tests/integration/project_tool
tests_integration_project_tool_SOURCES = tests/integration/project_tool.c
tests_integration_project_tool_CFLAGS = $(AM_CFLAGS) -fno-sanitize=all # which cannot be linked statically
tests_integration_project_tool_LDFLAGS = -static
tests_integration_project_tool_LDADD =
check_PROGRAMS += tests/unit/storage/test_provision
tests_unit_storage_test_provision_SOURCES = tests/unit/storage/test_provision.c tests/unit/test.h tests/unit/json.h
tests_unit_storage_test_provision_LDADD = libstorage.a libclient.a libapi.a libwire.a libbase.a $(ALL_LIBS)
check_PROGRAMS += tests/unit/storage/test_resize
tests_unit_storage_test_resize_SOURCES = tests/unit/storage/test_resize.c tests/unit/test.h tests/unit/json.h
tests_unit_storage_test_resize_LDADD = libstorage.a libclient.a libapi.a libwire.a libbase.a $(ALL_LIBS)
check_PROGRAMS += tests/unit/storage/test_said
tests_unit_storage_test_said_SOURCES = tests/unit/storage/test_said.c tests/unit/test.h tests/unit/json.h
tests_unit_storage_test_said_LDADD = libstorage.a libclient.a libapi.a libwire.a libbase.a $(ALL_LIBS)
check_PROGRAMS += tests/unit/storage/test_attach
tests_unit_storage_test_attach_SOURCES = tests/unit/storage/test_attach.c tests/unit/test.h
tests_unit_storage_test_attach_LDADD = libstorage.a libclient.a libapi.a libwire.a libbase.a $(ALL_LIBS)
check_PROGRAMS += tests/unit/storage/test_nfs
tests_unit_storage_test_nfs_SOURCES = tests/unit/storage/test_nfs.c tests/unit/test.h
tests_unit_storage_test_nfs_LDADD = libstorage.a libclient.a libapi.a libwire.a libbase.a $(ALL_LIBS)
check_PROGRAMS += tests/unit/storage/test_ceph
tests_unit_storage_test_ceph_SOURCES = tests/unit/storage/test_ceph.c tests/unit/test.h
tests_unit_storage_test_ceph_LDADD = libstorage.a libclient.a libapi.a libwire.a libbase.a $(ALL_LIBS)
check_PROGRAMS += tests/unit/storage/test_lanes
tests_unit_storage_test_lanes_SOURCES = tests/unit/storage/test_lanes.c tests/unit/test.h
tests_unit_storage_test_lanes_LDADD = libstorage.a libclient.a libapi.a libwire.a libbase.a $(ALL_LIBS)
# `make minik` alone looks at no BUILT_SOURCES.
$(libstorage_a_OBJECTS): | wire/proto/csi.pb-c.h wire/proto/pluginregistration.pb-c.h
