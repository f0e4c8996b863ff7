# dns: sources of this room
noinst_LIBRARIES += libdns.a
libdns_a_SOURCES = \
	dns/dns.c dns/dns.h \
	dns/responder.c dns/responder.h \
	dns/publish.c dns/publish.h \
	dns/wire.c dns/wire.h \
	dns/zone.c dns/zone.h dns/zone_internal.h dns/zone_answer.c \
	dns/stored.c dns/stored.h \
	dns/cache.c dns/cache.h \
	dns/upstream.c dns/upstream.h \
	dns/forward.c dns/forward.h \
	dns/custom.c dns/custom.h \
	dns/resolver.c dns/resolver.h \
	dns/autopath.c dns/autopath.h \
	dns/metrics.c dns/metrics.h \
	dns/server.c dns/server.h dns/server_internal.h dns/server_tcp.c

check_PROGRAMS += tests/unit/dns/test_dns tests/unit/dns/test_dns_parts tests/unit/dns/test_dns_server
tests_unit_dns_test_dns_SOURCES = tests/unit/dns/test_dns.c tests/unit/test.h
tests_unit_dns_test_dns_LDADD = libdns.a libclient.a libapi.a libwire.a libbase.a $(ALL_LIBS)
tests_unit_dns_test_dns_parts_SOURCES = tests/unit/dns/test_dns_parts.c tests/unit/test.h
tests_unit_dns_test_dns_parts_LDADD = libdns.a libclient.a libapi.a libwire.a libbase.a $(ALL_LIBS)
tests_unit_dns_test_dns_server_SOURCES = tests/unit/dns/test_dns_server.c tests/unit/test.h
tests_unit_dns_test_dns_server_LDADD = libdns.a libclient.a libapi.a libwire.a libbase.a $(ALL_LIBS)

# For tests/integration/net_dns.sh
EXTRA_PROGRAMS += tests/integration/dns_tool
tests_integration_dns_tool_SOURCES = tests/integration/dns_tool.c
tests_integration_dns_tool_LDADD = libdns.a libclient.a libapi.a libwire.a libbase.a $(ALL_LIBS)

# For tests/bench/dns.sh
EXTRA_PROGRAMS += tests/bench/bench_dns_echo
tests_bench_bench_dns_echo_SOURCES = tests/bench/bench_dns_echo.c
