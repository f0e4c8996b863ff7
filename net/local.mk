# net: sources of this room
noinst_LIBRARIES += libnet.a
libnet_a_SOURCES = \
	net/net.c net/net.h \
	net/backend.h net/routes.c net/hostgw.c net/vxlan.c \
	net/udp.c net/udp_path.c net/udp_path.h net/udp_packet.c net/udp_packet.h \
	net/annotations.c net/annotations.h \
	net/peers.c net/peers.h \
	net/self.c net/self.h \
	net/state.c net/state.h \
	net/condition.c net/condition.h \
	net/none.c net/none.h \
	net/offload.c net/offload.h \
	net/sctp_crc.c net/sctp_crc.h net/tc_cleanup.h \
	net/masquerade.c net/masquerade.h \
	net/sysctl.c net/sysctl.h \
	net/lease.c net/lease.h \
	net/bandwidth.c net/bandwidth.h \
	net/podnet.c net/podnet_internal.h \
	net/cni.c net/cni.h net/cni_internal.h net/cni_conf.c net/cni_result.c net/cni_exec.c \
	net/cni_lock.c net/cni_record.c net/cni_run.c net/cni_caps.c net/cni_watch.c \
	net/cleanup.c net/net_internal.h \
	net/policy.c net/policy.h \
	net/policy_model.c net/policy_model.h net/policy_internal.h \
	net/policy_parse.c net/policy_sets.c \
	net/policy_rules.c net/policy_rules.h

net_tests = tests/unit/net/test_lease tests/unit/net/test_peers tests/unit/net/test_udp_packet tests/unit/net/test_policy \
	tests/unit/net/test_cni tests/unit/net/test_condition
check_PROGRAMS += $(net_tests)
$(net_tests): LDADD = libnet.a libclient.a libapi.a libwire.a libbase.a $(ALL_LIBS)
$(net_tests): libnet.a libclient.a libapi.a libwire.a libbase.a

# Drives podnet from a shell script (tests/integration/net_podnet.sh).
EXTRA_PROGRAMS += tests/integration/podnet_tool
tests_integration_podnet_tool_SOURCES = tests/integration/podnet_tool.c
tests_integration_podnet_tool_LDADD = libnet.a libclient.a libapi.a libwire.a libbase.a $(ALL_LIBS)

# A network card with a fault (tests/integration/net_overlay.sh).
EXTRA_PROGRAMS += tests/integration/badnic_tool
tests_integration_badnic_tool_SOURCES = tests/integration/badnic_tool.c
