# wire: sources of this room
noinst_LIBRARIES += libwire.a
libwire_a_SOURCES = \
	wire/tls_util.h \
	wire/cert.c wire/cert.h \
	wire/jwt.c \
	wire/sha256.c \
	wire/http_internal.h wire/http_pump.h \
	wire/http_server.c wire/http_server.h \
	wire/http_conn.c \
	wire/http_exchange.c \
	wire/http_pump.c \
	wire/curl_util.c wire/curl_util.h \
	wire/http_client.c wire/http_client.h \
	wire/http_blocking.c \
	wire/http_connect.c wire/http_connect.h \
	wire/websocket.c wire/websocket.h \
	wire/spdy.c wire/spdy.h wire/spdy_dict.c wire/spdy_dict.h

check_PROGRAMS += tests/unit/wire/test_cert
tests_unit_wire_test_cert_SOURCES = tests/unit/wire/test_cert.c tests/unit/test.h
tests_unit_wire_test_cert_LDADD = libwire.a libbase.a $(ALL_LIBS)

EXTRA_PROGRAMS += tests/bench/bench_http
tests_bench_bench_http_SOURCES = tests/bench/bench_http.c
tests_bench_bench_http_LDADD = libwire.a libbase.a $(ALL_LIBS)

check_PROGRAMS += tests/unit/wire/test_http_server
tests_unit_wire_test_http_server_SOURCES = tests/unit/wire/test_http_server.c tests/unit/test.h
tests_unit_wire_test_http_server_LDADD = libwire.a libbase.a $(ALL_LIBS)

check_PROGRAMS += tests/unit/wire/test_websocket
tests_unit_wire_test_websocket_SOURCES = tests/unit/wire/test_websocket.c tests/unit/test.h
tests_unit_wire_test_websocket_LDADD = libwire.a libbase.a $(ALL_LIBS)

check_PROGRAMS += tests/unit/wire/test_spdy
tests_unit_wire_test_spdy_SOURCES = tests/unit/wire/test_spdy.c tests/unit/test.h
tests_unit_wire_test_spdy_LDADD = libwire.a libbase.a $(ALL_LIBS)

# Fuzz targets: see tests/fuzz/local.mk

check_PROGRAMS += tests/unit/wire/test_http_client
tests_unit_wire_test_http_client_SOURCES = tests/unit/wire/test_http_client.c tests/unit/test.h
tests_unit_wire_test_http_client_LDADD = libwire.a libbase.a $(ALL_LIBS)
