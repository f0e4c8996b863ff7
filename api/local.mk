# api: sources of this room
noinst_LIBRARIES += libapi.a
libapi_a_SOURCES =

# types as data, registry, OpenAPI
libapi_a_SOURCES += \
	api/convert.h \
	api/openapi.h \
	api/resource.h \
	api/schema.h \
	api/tables.h \
	api/tables_gen.h \
	api/path.h \
	api/causes.c \
	api/check.c \
	api/check_patch.c \
	api/convert.c \
	api/cron.c api/cron.h \
	api/digest.c api/digest.h \
	api/defaults.c \
	api/defaults_code.c \
	api/duplicates.c \
	api/names.c \
	api/openapi.c \
	api/own_ports.c api/own_ports.h \
	api/openapi_parts.h \
	api/openapi_paths.c \
	api/openapi_pb.c \
	api/protobuf.c \
	api/protobuf.h \
	api/openapi_schema.c \
	api/openapi_words.c \
	api/prune.c \
	api/regex.c \
	api/regex.h \
	api/registry.c \
	api/schema.c \
	api/schema_crd.c \
	api/tables_resources_gen.c \
	api/tables_types_gen.c \
	api/validate.c \
	api/volume_match.c api/volume_match.h \
	api/validate.h \
	api/validate_apps.c \
	api/validate_batch.c \
	api/validate_container.c \
	api/validate_core.c \
	api/validate_crd.c \
	api/validate_crd_schema.c \
	api/validate_webhook.c \
	api/validate_meta.c \
	api/validate_csi.c \
	api/validate_csr.c \
	api/validate_event.c \
	api/validate_flow.c \
	api/validate_handler.c \
	api/validate_job_status.c \
	api/validate_misc.c \
	api/validate_more.c \
	api/validate_net.c \
	api/validate_pod.c \
	api/validate_pod_status.c \
	api/validate_quota.c \
	api/validate_rbac.c \
	api/validate_resources.c \
	api/validate_scaling.c \
	api/validate_schedule.c \
	api/validate_schema.c \
	api/validate_security.c \
	api/validate_service.c \
	api/validate_source.c \
	api/validate_storage.c \
	api/validate_volume.c
EXTRA_DIST += \
	api/facts/always.txt \
	api/facts/defaults.txt \
	api/facts/disabled.txt \
	api/facts/gotypes.txt \
	api/facts/marks.txt \
	api/facts/nulls.txt \
	api/facts/omitted.txt \
	api/facts/resources.txt \
	api/facts/types.txt \
	api/gen/README.md \
	api/gen/facts.py \
	api/gen/gen.py \
	api/gen/import.py \
	api/gen/import_always.py \
	api/gen/import_gotypes.py \
	api/gen/import_marks.py \
	api/gen/import_nulls.py \
	api/gen/import_omitted.py

# objects, patches, selectors, tables
libapi_a_SOURCES += \
	api/endpoint_slice.h \
	api/flow_defaults.c \
	api/flow_defaults.h \
	api/host_ports.c api/host_ports.h \
	api/node_match.h \
	api/pod_resources.h \
	api/object.h \
	api/patch.h \
	api/patch_tree.h \
	api/quantity.h \
	api/scan.h \
	api/selector.h \
	api/selector_fields.h \
	api/table.h \
	api/endpoint_slice.c \
	api/index.c \
	api/node_match.c \
	api/pod_resources.c \
	api/object.c \
	api/pod_qos.c \
	api/patch.c \
	api/patch_strategic.c \
	api/quantity.c \
	api/scan.c \
	api/selector.c
libapi_a_SOURCES += \
	api/table_row.h \
	api/table_text.h \
	api/table.c \
	api/table_kinds.c \
	api/table_other.c \
	api/table_text.c \
	api/table_workload.c
libapi_a_SOURCES += \
	api/field_set.h \
	api/apply.c \
	api/apply_check.c \
	api/apply_check.h \
	api/field_set.c \
	api/field_walk.c \
	api/fill.c \
	api/warnings.c api/warnings.h \
	api/warnings_pod.c

# Unit tests, each made of the file of its name (see Makefile.am).
api_tests = \
	tests/unit/api/test_apply \
	tests/unit/api/test_convert \
	tests/unit/api/test_cron \
	tests/unit/api/test_decode \
	tests/unit/api/test_endpoint_slice \
	tests/unit/api/test_hostile \
	tests/unit/api/test_node_match \
	tests/unit/api/test_object \
	tests/unit/api/test_openapi \
	tests/unit/api/test_patch \
	tests/unit/api/test_quantity \
	tests/unit/api/test_scan \
	tests/unit/api/test_schema \
	tests/unit/api/test_selector \
	tests/unit/api/test_table \
	tests/unit/api/test_validate \
	tests/unit/api/test_validate_update
api_test_libs = libapi.a libbase.a
check_PROGRAMS += $(api_tests)
$(api_tests): LDADD = $(api_test_libs) $(ALL_LIBS)
$(api_tests): $(api_test_libs)
tests_unit_api_test_validate_SOURCES = tests/unit/api/test_validate.c tests/unit/api/validating.h tests/unit/json.h tests/unit/test.h
tests_unit_api_test_validate_update_SOURCES = tests/unit/api/test_validate_update.c tests/unit/api/validating.h tests/unit/json.h tests/unit/test.h
