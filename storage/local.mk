# storage: binder, provisioners, the node's side of volumes
noinst_LIBRARIES += libstorage.a
libstorage_a_SOURCES = \
	storage/storage.c storage/storage.h storage/internal.h \
	storage/attach.c storage/attach.h storage/attach_driver.c storage/lanes.c storage/lanes.h \
	storage/binder.c \
	storage/builtin.c storage/builtin.h \
	storage/exec.c storage/exec.h storage/provisioners.c \
	storage/match.c \
	storage/provision.c storage/provision.h storage/provision_delete.c storage/provision_journal.c storage/provision_request.c \
	storage/provision_slots.c storage/provision_topology.c storage/resize.c storage/secrets.c \
	storage/plugin.c storage/plugin.h storage/plugins.c \
	storage/volumes.c \
	storage/builtin_local.c storage/builtin_local.h storage/builtin_local_path.c storage/builtin_local_record.c storage/builtin_local_volume.c \
	storage/builtin_local_copy.c storage/builtin_local_snapshot.c storage/quota.c storage/quota.h storage/loopfs.c storage/loopfs.h \
	storage/local.c \
	storage/csi.c storage/csi.h storage/csi_internal.h storage/csi_call.c storage/csi_controller.c storage/csi_nodecalls.c \
	storage/csi_register.c storage/csinode.c
check_PROGRAMS += tests/unit/storage/test_match
tests_unit_storage_test_match_SOURCES = tests/unit/storage/test_match.c tests/unit/test.h
tests_unit_storage_test_match_LDADD = libstorage.a libclient.a libapi.a libwire.a libbase.a $(ALL_LIBS)
