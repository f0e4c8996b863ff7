# net: sources of this room
noinst_LIBRARIES += libnet.a
libnet_a_SOURCES = \
	net/net.c net/net.h \
	net/backend.h net/hostgw.c net/vxlan.c \
	net/masquerade.c net/masquerade.h \
	net/sysctl.c net/sysctl.h \
	net/lease.c net/lease.h \
	net/podnet.c net/podnet_internal.h \
	net/cleanup.c net/net_internal.h \
	net/policy.c net/policy.h \
	net/policy_model.c net/policy_model.h net/policy_internal.h \
	net/policy_parse.c net/policy_sets.c \
	net/policy_rules.c net/policy_rules.h

check_PROGRAMS += tests/unit/net/test_lease
tests_unit_net_test_lease_SOURCES = tests/unit/net/test_lease.c tests/unit/test.h
tests_unit_net_test_lease_LDADD = libnet.a libclient.a libapi.a libwire.a libbase.a $(ALL_LIBS)

# Drives podnet from a shell script (tests/integration/net_podnet.sh).
EXTRA_PROGRAMS += tests/integration/podnet_tool
tests_integration_podnet_tool_SOURCES = tests/integration/podnet_tool.c
tests_integration_podnet_tool_LDADD = libnet.a libclient.a libapi.a libwire.a libbase.a $(ALL_LIBS)

check_PROGRAMS += tests/unit/net/test_policy
tests_unit_net_test_policy_SOURCES = tests/unit/net/test_policy.c tests/unit/test.h
tests_unit_net_test_policy_LDADD = libnet.a libclient.a libapi.a libwire.a libbase.a $(ALL_LIBS)
