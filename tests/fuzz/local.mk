# Fuzz targets: fuzz_NAME.c has LLVMFuzzerTestOneInput. `make check` replays tests/fuzz/corpus/NAME; configured with
# --enable-fuzzers CC=clang, tests/fuzz/fuzz_NAME is a libFuzzer program: run it with the corpus folder as its argument.
# A new one is a word in the list of its room; what it is linked with stands below the list.
if FUZZERS
fuzz_main =
fuzz_driver = -fsanitize=fuzzer
else
check_LIBRARIES += libreplay.a
libreplay_a_SOURCES = tests/fuzz/replay.c
fuzz_main = libreplay.a
fuzz_driver = libreplay.a
endif
EXTRA_DIST += tests/fuzz/corpus tests/fuzz/run

fuzz_base = tests/fuzz/fuzz_json tests/fuzz/fuzz_yaml
$(fuzz_base): LDADD = $(fuzz_driver) libbase.a $(ALL_LIBS)
$(fuzz_base): $(fuzz_main) libbase.a

fuzz_api = tests/fuzz/fuzz_api_scan \
	tests/fuzz/fuzz_api_selector \
	tests/fuzz/fuzz_api_quantity \
	tests/fuzz/fuzz_api_json_patch \
	tests/fuzz/fuzz_api_merge_patch \
	tests/fuzz/fuzz_api_object \
	tests/fuzz/fuzz_api_apply \
	tests/fuzz/fuzz_api_regex \
	tests/fuzz/fuzz_api_crd \
	tests/fuzz/fuzz_api_protobuf
$(fuzz_api): LDADD = $(fuzz_driver) libapi.a libbase.a $(ALL_LIBS)
$(fuzz_api): $(fuzz_main) libapi.a libbase.a

fuzz_wire = tests/fuzz/fuzz_websocket tests/fuzz/fuzz_spdy tests/fuzz/fuzz_credentials \
	tests/fuzz/fuzz_grpc_client tests/fuzz/fuzz_grpc_server tests/fuzz/fuzz_proto tests/fuzz/fuzz_ocsp
$(fuzz_wire): LDADD = $(fuzz_driver) libwire.a libbase.a $(ALL_LIBS)
$(fuzz_wire): $(fuzz_main) libwire.a libbase.a

fuzz_client = tests/fuzz/fuzz_kubeconfig
$(fuzz_client): LDADD = $(fuzz_driver) libclient.a libapi.a libwire.a libbase.a $(ALL_LIBS)
$(fuzz_client): $(fuzz_main) libclient.a libapi.a libwire.a libbase.a

fuzz_dns = tests/fuzz/fuzz_dns tests/fuzz/fuzz_dns_upstream
$(fuzz_dns): LDADD = $(fuzz_driver) libdns.a libclient.a libapi.a libwire.a libbase.a $(ALL_LIBS)
$(fuzz_dns): $(fuzz_main) libdns.a libclient.a libapi.a libwire.a libbase.a

fuzz_store = tests/fuzz/fuzz_seal
$(fuzz_store): LDADD = $(fuzz_driver) libstore.a libwire.a libbase.a $(ALL_LIBS)
$(fuzz_store): $(fuzz_main) libstore.a libwire.a libbase.a

fuzz_apiserver = tests/fuzz/fuzz_request tests/fuzz/fuzz_admission_review tests/fuzz/fuzz_html_links
$(fuzz_apiserver): LDADD = $(fuzz_driver) libapiserver.a libstore.a libapi.a libwire.a libbase.a $(ALL_LIBS)
$(fuzz_apiserver): $(fuzz_main) libapiserver.a libstore.a libapi.a libwire.a libbase.a

fuzz_node = tests/fuzz/fuzz_image
$(fuzz_node): LDADD = $(fuzz_driver) libnode.a libwire.a libbase.a $(ALL_LIBS)
$(fuzz_node): $(fuzz_main) libnode.a libwire.a libbase.a

fuzz_net = tests/fuzz/fuzz_overlay tests/fuzz/fuzz_cni
$(fuzz_net): LDADD = $(fuzz_driver) libnet.a libclient.a libapi.a libbase.a $(ALL_LIBS)
$(fuzz_net): $(fuzz_main) libnet.a libclient.a libapi.a libbase.a

fuzz_ingress = tests/fuzz/fuzz_table tests/fuzz/fuzz_ingress_lint tests/fuzz/fuzz_notes \
	tests/fuzz/fuzz_ingress_objects tests/fuzz/fuzz_ingress_values
$(fuzz_ingress): LDADD = $(fuzz_driver) libingress.a libclient.a libapi.a libwire.a libbase.a $(ALL_LIBS)
$(fuzz_ingress): $(fuzz_main) libingress.a libclient.a libapi.a libwire.a libbase.a

fuzz_targets = $(fuzz_base) $(fuzz_api) $(fuzz_wire) $(fuzz_client) $(fuzz_dns) $(fuzz_store) $(fuzz_apiserver) $(fuzz_node) $(fuzz_net) $(fuzz_ingress)
if FUZZERS
noinst_PROGRAMS += $(fuzz_targets)
else
check_PROGRAMS += $(fuzz_targets)
endif
