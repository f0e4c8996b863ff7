# wire: sources of this room
noinst_LIBRARIES += libwire.a
libwire_a_SOURCES = \
	wire/tls_util.h \
	wire/cert.c wire/cert.h \
	wire/jwt.c \
	wire/sha256.c

check_PROGRAMS += tests/unit/wire/test_cert
tests_unit_wire_test_cert_SOURCES = tests/unit/wire/test_cert.c tests/unit/test.h
tests_unit_wire_test_cert_LDADD = libwire.a libbase.a $(ALL_LIBS)
