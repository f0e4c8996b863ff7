# wire: sources of this room
noinst_LIBRARIES += libwire.a
libwire_a_SOURCES = \
	wire/tls_util.h \
	wire/cert.c wire/cert.h \
	wire/cert_pair.c \
	wire/cert_match.c \
	wire/jwt.c \
	wire/ocsp.c wire/ocsp.h \
	wire/seal.c wire/seal.h \
	wire/sha256.c \
	wire/http_internal.h wire/http_pump.h \
	wire/http_server.c wire/http_server.h \
	wire/http_conn.c \
	wire/http_exchange.c \
	wire/http_pump.c \
	wire/http_sender.c wire/http_sender.h \
	wire/curl_util.c wire/curl_util.h \
	wire/http_client.c wire/http_client.h \
	wire/http_blocking.c \
	wire/https_probe.c wire/https_probe.h \
	wire/http_connect.c wire/http_connect.h \
	wire/websocket.c wire/websocket.h \
	wire/spdy.c wire/spdy.h wire/spdy_headers.c wire/spdy_headers.h wire/spdy_dict.c wire/spdy_dict.h

# gRPC over unix sockets
libwire_a_SOURCES += \
	wire/unix_socket.c wire/unix_socket.h \
	wire/grpc_status.c wire/grpc_status.h \
	wire/grpc_frame.c wire/grpc_frame.h \
	wire/grpc_link.c wire/grpc_link.h \
	wire/grpc.c wire/grpc.h wire/grpc_internal.h \
	wire/grpc_conn.c \
	wire/grpc_wait.c \
	wire/grpc_server.c wire/grpc_server.h \
	wire/proto.c wire/proto.h

# Interfaces, compiled at build time (wire/proto/README.md). The header comes with the source.
proto_gen = \
	wire/proto/csi.pb-c.c wire/proto/csi.pb-c.h \
	wire/proto/well_known.pb-c.c wire/proto/well_known.pb-c.h \
	wire/proto/pluginregistration.pb-c.c wire/proto/pluginregistration.pb-c.h
nodist_libwire_a_SOURCES = $(proto_gen)
BUILT_SOURCES += $(proto_gen)
CLEANFILES += $(proto_gen) wire/proto/csi.proto
EXTRA_DIST += wire/proto/README.md wire/proto/plain.sed wire/proto/csi-1.12.0.proto wire/proto/LICENSE.csi-1.12.0 \
	wire/proto/well_known.proto wire/proto/pluginregistration.proto
PROTO_GEN = $(AM_V_GEN)$(MKDIR_P) wire/proto && $(PROTOC_C) -I. -I$(srcdir) --c_out=.
wire/proto/csi.proto: $(srcdir)/wire/proto/csi-1.12.0.proto $(srcdir)/wire/proto/plain.sed
	$(AM_V_GEN)$(MKDIR_P) wire/proto && sed -f $(srcdir)/wire/proto/plain.sed $(srcdir)/wire/proto/csi-1.12.0.proto >$@.tmp && mv $@.tmp $@
wire/proto/csi.pb-c.c: wire/proto/csi.proto $(srcdir)/wire/proto/well_known.proto
	$(PROTO_GEN) wire/proto/csi.proto
wire/proto/well_known.pb-c.c: $(srcdir)/wire/proto/well_known.proto
	$(PROTO_GEN) wire/proto/well_known.proto
wire/proto/pluginregistration.pb-c.c: $(srcdir)/wire/proto/pluginregistration.proto
	$(PROTO_GEN) wire/proto/pluginregistration.proto
wire/proto/csi.pb-c.h: wire/proto/csi.pb-c.c
	@:
wire/proto/well_known.pb-c.h: wire/proto/well_known.pb-c.c
	@:
wire/proto/pluginregistration.pb-c.h: wire/proto/pluginregistration.pb-c.c
	@:

EXTRA_PROGRAMS += tests/bench/bench_http tests/bench/bench_tls
tests_bench_bench_tls_SOURCES = tests/bench/bench_tls.c
tests_bench_bench_tls_LDADD = libbase.a $(ALL_LIBS)
tests_bench_bench_http_SOURCES = tests/bench/bench_http.c
tests_bench_bench_http_LDADD = libwire.a libbase.a $(ALL_LIBS)

# Fuzz targets: see tests/fuzz/local.mk

# Unit tests, each made of the file of its name (see Makefile.am).
wire_tests = \
	tests/unit/wire/test_cert \
	tests/unit/wire/test_ocsp \
	tests/unit/wire/test_http_server \
	tests/unit/wire/test_http_sender \
	tests/unit/wire/test_websocket \
	tests/unit/wire/test_spdy \
	tests/unit/wire/test_grpc \
	tests/unit/wire/test_grpc_server \
	tests/unit/wire/test_proto \
	tests/unit/wire/test_http_client
wire_test_libs = libwire.a libbase.a
check_PROGRAMS += $(wire_tests)
tests_unit_wire_test_ocsp_SOURCES = tests/unit/wire/test_ocsp.c tests/unit/wire/ocsp_data.h tests/unit/test.h
tests_unit_wire_test_grpc_SOURCES = tests/unit/wire/test_grpc.c tests/unit/wire/grpc_frames.h tests/unit/test.h
tests_unit_wire_test_grpc_server_SOURCES = tests/unit/wire/test_grpc_server.c tests/unit/wire/grpc_frames.h tests/unit/test.h
tests_unit_wire_test_http_server_SOURCES = tests/unit/wire/test_http_server.c tests/unit/wire/http_cl.h tests/unit/wire/http_fixture.h tests/unit/test.h
tests_unit_wire_test_http_sender_SOURCES = tests/unit/wire/test_http_sender.c tests/unit/wire/http_cl.h tests/unit/wire/http_fixture.h tests/unit/test.h
$(wire_tests): LDADD = $(wire_test_libs) $(ALL_LIBS)
$(wire_tests): $(wire_test_libs)

check_PROGRAMS += tests/unit/wire/test_seal
tests_unit_wire_test_seal_SOURCES = tests/unit/wire/test_seal.c tests/unit/test.h
tests_unit_wire_test_seal_LDADD = libwire.a libbase.a $(ALL_LIBS)

# A CSI driver for tests, and what calls its methods (tests/integration/csi_driver.sh).
EXTRA_PROGRAMS += tests/integration/csi_driver tests/integration/csi_tool
tests_integration_csi_driver_SOURCES = tests/integration/csi_driver.c tests/integration/csi_driver.h \
	tests/integration/csi_driver_state.c tests/integration/csi_driver_controller.c tests/integration/csi_driver_node.c \
	tests/integration/proto_json.c tests/integration/proto_json.h
tests_integration_csi_driver_LDADD = libwire.a libbase.a $(ALL_LIBS)
tests_integration_csi_tool_SOURCES = tests/integration/csi_tool.c tests/integration/proto_json.c tests/integration/proto_json.h
tests_integration_csi_tool_LDADD = libwire.a libbase.a $(ALL_LIBS)
