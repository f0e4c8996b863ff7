# storage: binder, provisioners, the node's side of volumes
noinst_LIBRARIES += libstorage.a
libstorage_a_SOURCES = \
	storage/storage.c storage/storage.h storage/internal.h \
	storage/attach.c storage/attach.h storage/attach_driver.c storage/lanes.c storage/lanes.h \
	storage/binder.c \
	storage/builtin.c storage/builtin.h \
	storage/builtin_nfs.c storage/builtin_nfs.h storage/builtin_nfs_work.c storage/helper.c storage/helper.h \
	storage/csi.c storage/csi.h \
	storage/exec.c storage/exec.h storage/provisioners.c \
	storage/match.c \
	storage/plugin.c storage/plugin.h storage/plugins.c \
	storage/volumes.c \
	storage/builtin_local.c storage/builtin_local.h storage/builtin_local_path.c storage/builtin_local_record.c storage/builtin_local_volume.c \
	storage/builtin_local_copy.c storage/builtin_local_snapshot.c storage/quota.c storage/quota.h storage/loopfs.c storage/loopfs.h \
	storage/local.c \
	storage/csi_internal.h storage/csi_call.c storage/csi_controller.c storage/csi_nodecalls.c \
	storage/csi_register.c storage/csinode.c
check_PROGRAMS += tests/unit/storage/test_match
tests_unit_storage_test_match_SOURCES = tests/unit/storage/test_match.c tests/unit/test.h
tests_unit_storage_test_match_LDADD = libstorage.a libclient.a libapi.a libwire.a libbase.a $(ALL_LIBS)
# Calls a built-in plug-in, or one of a folder, with a request (tests/integration/storage_*.sh).
EXTRA_PROGRAMS += tests/integration/plugin_tool
tests_integration_plugin_tool_SOURCES = tests/integration/plugin_tool.c
tests_integration_plugin_tool_LDADD = libstorage.a libclient.a libapi.a libwire.a libbase.a $(ALL_LIBS)
check_PROGRAMS += tests/unit/storage/test_nfs
tests_unit_storage_test_nfs_SOURCES = tests/unit/storage/test_nfs.c tests/unit/test.h
tests_unit_storage_test_nfs_LDADD = libstorage.a libclient.a libapi.a libwire.a libbase.a $(ALL_LIBS)
