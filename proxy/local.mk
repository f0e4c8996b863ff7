# proxy: sources of this room
noinst_LIBRARIES += libproxy.a
libproxy_a_SOURCES = \
	proxy/proxy.c proxy/proxy.h \
	proxy/model.c proxy/model.h \
	proxy/model_table.c proxy/model_internal.h \
	proxy/claims.c proxy/claims.h \
	proxy/nodes.c proxy/nodes.h \
	proxy/backend.h \
	proxy/nft.c \
	proxy/numbers.c proxy/numbers.h \
	proxy/nft_rules.c proxy/nft_rules.h \
	proxy/nft_match.c proxy/nft_match.h \
	proxy/ipvs.c \
	proxy/ipvs_rules.c proxy/ipvs_rules.h \
	proxy/ipvs_link.c proxy/ipvs_link.h \
	proxy/ipvs_servers.c proxy/ipvs_servers.h \
	proxy/ipvs_sets.c proxy/ipvs_sets.h \
	proxy/stale.c proxy/stale.h \
	proxy/health.c proxy/health.h \
	proxy/conntrack.c proxy/conntrack.h \
	proxy/inspect.c proxy/inspect.h \
	proxy/snapshot.c proxy/snapshot.h \
	proxy/observe.c proxy/observe.h

check_PROGRAMS += tests/unit/proxy/test_model tests/unit/proxy/test_numbers
tests_unit_proxy_test_numbers_SOURCES = tests/unit/proxy/test_numbers.c tests/unit/test.h
tests_unit_proxy_test_numbers_LDADD = libproxy.a libapi.a libwire.a libbase.a $(ALL_LIBS)
tests_unit_proxy_test_model_SOURCES = tests/unit/proxy/test_model.c tests/unit/test.h
tests_unit_proxy_test_model_LDADD = libproxy.a libapi.a libwire.a libbase.a $(ALL_LIBS)

# For tests/integration/net_*.sh and the vm lab
EXTRA_PROGRAMS += tests/integration/proxy_tool tests/integration/proxy_random tests/integration/echo_tool tests/integration/load_tool tests/bench/bench_proxy tests/bench/bench_rps
tests_bench_bench_proxy_SOURCES = tests/bench/bench_proxy.c
tests_bench_bench_proxy_LDADD = libproxy.a libapi.a libwire.a libbase.a $(ALL_LIBS)
tests_integration_proxy_tool_SOURCES = tests/integration/proxy_tool.c
tests_integration_proxy_tool_LDADD = libproxy.a libapi.a libwire.a libbase.a $(ALL_LIBS)
tests_integration_echo_tool_SOURCES = tests/integration/echo_tool.c
tests_integration_proxy_random_SOURCES = tests/integration/proxy_random.c
tests_integration_proxy_random_LDADD = libproxy.a libapi.a libwire.a libbase.a $(ALL_LIBS)
tests_bench_bench_rps_SOURCES = tests/bench/bench_rps.c
tests_bench_bench_rps_LDADD = libbase.a $(ALL_LIBS)
tests_integration_load_tool_SOURCES = tests/integration/load_tool.c
