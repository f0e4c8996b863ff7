# dns: sources of this room
noinst_LIBRARIES += libdns.a
libdns_a_SOURCES = \
	dns/dns.c dns/dns.h \
	dns/publish.c dns/publish.h \
	dns/wire.c dns/wire.h \
	dns/zone.c dns/zone.h dns/zone_internal.h dns/zone_answer.c \
	dns/cache.c dns/cache.h \
	dns/forward.c dns/forward.h \
	dns/server.c dns/server.h

check_PROGRAMS += tests/unit/dns/test_dns
tests_unit_dns_test_dns_SOURCES = tests/unit/dns/test_dns.c tests/unit/test.h
tests_unit_dns_test_dns_LDADD = libdns.a libclient.a libapi.a libbase.a $(ALL_LIBS)

# For tests/integration/net_dns.sh
EXTRA_PROGRAMS += tests/integration/dns_tool
tests_integration_dns_tool_SOURCES = tests/integration/dns_tool.c
tests_integration_dns_tool_LDADD = libdns.a libclient.a libapi.a libbase.a $(ALL_LIBS)
