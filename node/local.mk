# node: sources of this room
noinst_LIBRARIES += libnode.a
libnode_a_SOURCES = \
	node/node.h node/pods.h node/image.h node/internal.h node/helper.h node/helper.c \
	node/node.c node/node_status.c node/sysinfo.c node/find.c node/killall.c node/shutdown.c node/shutdown_rest.c \
	node/nsthread.c node/nsthread.h \
	node/cgroup.c node/cgroup.h \
	node/runtime.c node/runtime.h node/runtime_internal.h node/runtime_create.c node/runtime_exec.c node/monitors.c \
	node/exits.c node/exits.h \
	node/sandbox.c node/sandbox.h \
	node/etcfiles.c node/etcfiles.h \
	node/caps.c node/caps.h \
	node/userdb.c node/userdb.h \
	node/seccomp.c node/seccomp.h \
	node/expand.c node/expand.h \
	node/oci.c node/oci.h \
	node/pod_state.c node/pod_state.h \
	node/pod.c node/pod.h node/pod_sync.c node/pod_account.c node/admit.c node/admit.h node/pod_resize.c node/pod_setup.c node/pod_start.c node/pod_stop.c node/pod_status.c node/pod_store.c \
	node/ctr_env.c node/ctr_env.h node/services.c \
	node/pull.c node/pull.h node/pause.c node/pause.h \
	node/objects.c node/objects.h \
	node/volumes.c node/volumes.h node/volume_files.c node/volume_atomic.c node/volume_path.c node/volume_image.c node/volume_claim.c node/volume_grow.c node/overlay.c node/overlay.h \
	node/probes.c node/hooks.c \
	node/log_rotate.c node/log_rotate.h \
	node/orphans.c node/orphans.h \
	node/image.c node/image_store.c node/image_store.h \
	node/image_ref.c node/image_manifest.c node/image_unpack.c node/image_add.c \
	node/image_registries.c node/image_registry.c node/image_pull.c \
	node/image_import.c node/image_export.c node/image_prune.c \
	node/server.c node/server.h node/server_internal.h node/server_tunnel.c \
	node/server_logs.c node/server_exec.c node/server_exec.h node/server_exec_client.c node/server_exec_process.c node/server_command.c node/server_forward.c

# Drives the OCI runtime without pods (tests/integration/node_runtime.sh).
EXTRA_PROGRAMS += tests/integration/runtime_tool
tests_integration_runtime_tool_SOURCES = tests/integration/runtime_tool.c tests/unit/test.h
tests_integration_runtime_tool_LDADD = libnode.a libapi.a libbase.a $(ALL_LIBS)
# The agent alone (tests/integration/node_pods.sh).
EXTRA_PROGRAMS += tests/integration/node_tool
tests_integration_node_tool_SOURCES = tests/integration/node_tool.c
tests_integration_node_tool_LDADD = libnode.a libnet.a libclient.a libapi.a libwire.a libbase.a $(ALL_LIBS)

check_PROGRAMS += tests/unit/node/test_image
tests_unit_node_test_image_SOURCES = tests/unit/node/test_image.c tests/unit/test.h
tests_unit_node_test_image_LDADD = libnode.a libwire.a libbase.a $(ALL_LIBS)
# The image store alone (tests/integration/image.sh).
EXTRA_PROGRAMS += tests/integration/image_tool
tests_integration_image_tool_SOURCES = tests/integration/image_tool.c
tests_integration_image_tool_LDADD = libnode.a libwire.a libbase.a $(ALL_LIBS)

check_PROGRAMS += tests/unit/node/test_pure
tests_unit_node_test_pure_SOURCES = tests/unit/node/test_pure.c tests/unit/json.h tests/unit/test.h
tests_unit_node_test_pure_LDADD = libnode.a libclient.a libapi.a libwire.a libbase.a $(ALL_LIBS)

check_PROGRAMS += tests/unit/node/test_process
tests_unit_node_test_process_SOURCES = tests/unit/node/test_process.c tests/unit/test.h
tests_unit_node_test_process_LDADD = libnode.a libclient.a libapi.a libwire.a libbase.a $(ALL_LIBS)

check_PROGRAMS += tests/unit/node/test_admit
tests_unit_node_test_admit_SOURCES = tests/unit/node/test_admit.c tests/unit/json.h tests/unit/test.h
tests_unit_node_test_admit_LDADD = libnode.a libclient.a libapi.a libwire.a libbase.a $(ALL_LIBS)

# Profiles as containers get them (tests/vm/storage_quota.sh).
EXTRA_PROGRAMS += tests/integration/seccomp_tool
tests_integration_seccomp_tool_SOURCES = tests/integration/seccomp_tool.c
tests_integration_seccomp_tool_LDADD = libnode.a libapi.a libbase.a $(ALL_LIBS)
