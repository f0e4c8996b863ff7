# Fuzz targets: fuzz_NAME.c has LLVMFuzzerTestOneInput. `make check` replays tests/fuzz/corpus/NAME; configured with
# --enable-fuzzers CC=clang, tests/fuzz/fuzz_NAME is a libFuzzer program: run it with the corpus folder as its argument.
if FUZZERS
fuzz_main =
fuzz_link_flags = $(AM_LDFLAGS) -fsanitize=fuzzer
else
fuzz_main = tests/fuzz/replay.c
fuzz_link_flags = $(AM_LDFLAGS)
endif
fuzz_targets =
EXTRA_DIST += tests/fuzz/corpus

fuzz_targets += tests/fuzz/fuzz_api_scan
tests_fuzz_fuzz_api_scan_SOURCES = tests/fuzz/fuzz_api_scan.c $(fuzz_main)
tests_fuzz_fuzz_api_scan_LDADD = libapi.a libbase.a $(ALL_LIBS)
tests_fuzz_fuzz_api_scan_LDFLAGS = $(fuzz_link_flags)
fuzz_targets += tests/fuzz/fuzz_api_selector
tests_fuzz_fuzz_api_selector_SOURCES = tests/fuzz/fuzz_api_selector.c $(fuzz_main)
tests_fuzz_fuzz_api_selector_LDADD = libapi.a libbase.a $(ALL_LIBS)
tests_fuzz_fuzz_api_selector_LDFLAGS = $(fuzz_link_flags)
fuzz_targets += tests/fuzz/fuzz_api_quantity
tests_fuzz_fuzz_api_quantity_SOURCES = tests/fuzz/fuzz_api_quantity.c $(fuzz_main)
tests_fuzz_fuzz_api_quantity_LDADD = libapi.a libbase.a $(ALL_LIBS)
tests_fuzz_fuzz_api_quantity_LDFLAGS = $(fuzz_link_flags)
fuzz_targets += tests/fuzz/fuzz_api_json_patch
tests_fuzz_fuzz_api_json_patch_SOURCES = tests/fuzz/fuzz_api_json_patch.c $(fuzz_main)
tests_fuzz_fuzz_api_json_patch_LDADD = libapi.a libbase.a $(ALL_LIBS)
tests_fuzz_fuzz_api_json_patch_LDFLAGS = $(fuzz_link_flags)

fuzz_targets += tests/fuzz/fuzz_api_apply
tests_fuzz_fuzz_api_apply_SOURCES = tests/fuzz/fuzz_api_apply.c $(fuzz_main)
tests_fuzz_fuzz_api_apply_LDADD = libapi.a libbase.a $(ALL_LIBS)
tests_fuzz_fuzz_api_apply_LDFLAGS = $(fuzz_link_flags)
fuzz_targets += tests/fuzz/fuzz_websocket
tests_fuzz_fuzz_websocket_SOURCES = tests/fuzz/fuzz_websocket.c $(fuzz_main)
tests_fuzz_fuzz_websocket_LDADD = libwire.a libbase.a $(ALL_LIBS)
tests_fuzz_fuzz_websocket_LDFLAGS = $(fuzz_link_flags)
fuzz_targets += tests/fuzz/fuzz_dns
tests_fuzz_fuzz_dns_SOURCES = tests/fuzz/fuzz_dns.c $(fuzz_main)
tests_fuzz_fuzz_dns_LDADD = libdns.a libclient.a libapi.a libbase.a $(ALL_LIBS)
tests_fuzz_fuzz_dns_LDFLAGS = $(fuzz_link_flags)
fuzz_targets += tests/fuzz/fuzz_spdy
tests_fuzz_fuzz_spdy_SOURCES = tests/fuzz/fuzz_spdy.c $(fuzz_main)
tests_fuzz_fuzz_spdy_LDADD = libwire.a libbase.a $(ALL_LIBS)
tests_fuzz_fuzz_spdy_LDFLAGS = $(fuzz_link_flags)

fuzz_targets += tests/fuzz/fuzz_api_regex
tests_fuzz_fuzz_api_regex_SOURCES = tests/fuzz/fuzz_api_regex.c $(fuzz_main)
tests_fuzz_fuzz_api_regex_LDADD = libapi.a libbase.a $(ALL_LIBS)
tests_fuzz_fuzz_api_regex_LDFLAGS = $(fuzz_link_flags)
fuzz_targets += tests/fuzz/fuzz_api_crd
tests_fuzz_fuzz_api_crd_SOURCES = tests/fuzz/fuzz_api_crd.c $(fuzz_main)
tests_fuzz_fuzz_api_crd_LDADD = libapi.a libbase.a $(ALL_LIBS)
tests_fuzz_fuzz_api_crd_LDFLAGS = $(fuzz_link_flags)
fuzz_targets += tests/fuzz/fuzz_api_protobuf
tests_fuzz_fuzz_api_protobuf_SOURCES = tests/fuzz/fuzz_api_protobuf.c $(fuzz_main)
tests_fuzz_fuzz_api_protobuf_LDADD = libapi.a libbase.a $(ALL_LIBS)
tests_fuzz_fuzz_api_protobuf_LDFLAGS = $(fuzz_link_flags)
fuzz_targets += tests/fuzz/fuzz_request
tests_fuzz_fuzz_request_SOURCES = tests/fuzz/fuzz_request.c $(fuzz_main)
tests_fuzz_fuzz_request_LDADD = libapiserver.a libstore.a libapi.a libwire.a libbase.a $(ALL_LIBS)
tests_fuzz_fuzz_request_LDFLAGS = $(fuzz_link_flags)

fuzz_targets += tests/fuzz/fuzz_image
tests_fuzz_fuzz_image_SOURCES = tests/fuzz/fuzz_image.c $(fuzz_main)
tests_fuzz_fuzz_image_LDADD = libnode.a libwire.a libbase.a $(ALL_LIBS)
tests_fuzz_fuzz_image_LDFLAGS = $(fuzz_link_flags)

if FUZZERS
noinst_PROGRAMS += $(fuzz_targets)
else
check_PROGRAMS += $(fuzz_targets)
endif
