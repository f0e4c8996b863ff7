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
	wire/http_pump.c

check_PROGRAMS += tests/unit/wire/test_cert
tests_unit_wire_test_cert_SOURCES = tests/unit/wire/test_cert.c tests/unit/test.h
tests_unit_wire_test_cert_LDADD = libwire.a libbase.a $(ALL_LIBS)

EXTRA_PROGRAMS += tests/bench/bench_http
tests_bench_bench_http_SOURCES = tests/bench/bench_http.c
tests_bench_bench_http_LDADD = libwire.a libbase.a $(ALL_LIBS)

check_PROGRAMS += tests/unit/wire/test_http_server
tests_unit_wire_test_http_server_SOURCES = tests/unit/wire/test_http_server.c tests/unit/test.h
tests_unit_wire_test_http_server_LDADD = libwire.a libbase.a $(ALL_LIBS)
