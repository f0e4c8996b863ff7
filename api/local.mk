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
	api/convert.c \
	api/defaults.c \
	api/defaults_code.c \
	api/duplicates.c \
	api/names.c \
	api/openapi.c \
	api/openapi_parts.h \
	api/openapi_paths.c \
	api/openapi_pb.c \
	api/protobuf.c \
	api/protobuf.h \
	api/openapi_schema.c \
	api/prune.c \
	api/regex.c \
	api/regex.h \
	api/registry.c \
	api/schema.c \
	api/schema_crd.c \
	api/tables_resources_gen.c \
	api/tables_types_gen.c \
	api/validate.c \
	api/validate.h \
	api/validate_apps.c \
	api/validate_container.c \
	api/validate_core.c \
	api/validate_crd.c \
	api/validate_meta.c \
	api/validate_misc.c \
	api/validate_more.c \
	api/validate_net.c \
	api/validate_pod.c \
	api/validate_rbac.c \
	api/validate_schema.c \
	api/validate_storage.c \
	api/validate_volume.c
EXTRA_DIST += \
	api/facts/defaults.txt \
	api/facts/resources.txt \
	api/facts/types.txt \
	api/gen/README.md \
	api/gen/gen.py \
	api/gen/import.py
check_PROGRAMS += tests/unit/api/test_schema
tests_unit_api_test_schema_SOURCES = tests/unit/api/test_schema.c tests/unit/test.h
tests_unit_api_test_schema_LDADD = libapi.a libbase.a $(ALL_LIBS)
check_PROGRAMS += tests/unit/api/test_decode
tests_unit_api_test_decode_SOURCES = tests/unit/api/test_decode.c tests/unit/test.h
tests_unit_api_test_decode_LDADD = libapi.a libbase.a $(ALL_LIBS)
check_PROGRAMS += tests/unit/api/test_convert
tests_unit_api_test_convert_SOURCES = tests/unit/api/test_convert.c tests/unit/test.h
tests_unit_api_test_convert_LDADD = libapi.a libbase.a $(ALL_LIBS)
check_PROGRAMS += tests/unit/api/test_openapi
tests_unit_api_test_openapi_SOURCES = tests/unit/api/test_openapi.c tests/unit/test.h
tests_unit_api_test_openapi_LDADD = libapi.a libbase.a $(ALL_LIBS)
check_PROGRAMS += tests/unit/api/test_validate
tests_unit_api_test_validate_SOURCES = tests/unit/api/test_validate.c tests/unit/test.h
tests_unit_api_test_validate_LDADD = libapi.a libbase.a $(ALL_LIBS)
check_PROGRAMS += tests/unit/api/test_hostile
tests_unit_api_test_hostile_SOURCES = tests/unit/api/test_hostile.c tests/unit/test.h
tests_unit_api_test_hostile_LDADD = libapi.a libbase.a $(ALL_LIBS)

# objects, patches, selectors, tables
libapi_a_SOURCES += \
	api/node_match.h \
	api/object.h \
	api/patch.h \
	api/patch_tree.h \
	api/quantity.h \
	api/scan.h \
	api/selector.h \
	api/selector_fields.h \
	api/table.h \
	api/index.c \
	api/node_match.c \
	api/object.c \
	api/pod_qos.c \
	api/patch.c \
	api/patch_strategic.c \
	api/quantity.c \
	api/scan.c \
	api/selector.c
check_PROGRAMS += tests/unit/api/test_node_match
tests_unit_api_test_node_match_SOURCES = tests/unit/api/test_node_match.c tests/unit/test.h
tests_unit_api_test_node_match_LDADD = libapi.a libbase.a $(ALL_LIBS)
check_PROGRAMS += tests/unit/api/test_object
tests_unit_api_test_object_SOURCES = tests/unit/api/test_object.c tests/unit/test.h
tests_unit_api_test_object_LDADD = libapi.a libbase.a $(ALL_LIBS)
check_PROGRAMS += tests/unit/api/test_patch
tests_unit_api_test_patch_SOURCES = tests/unit/api/test_patch.c tests/unit/test.h
tests_unit_api_test_patch_LDADD = libapi.a libbase.a $(ALL_LIBS)
check_PROGRAMS += tests/unit/api/test_quantity
tests_unit_api_test_quantity_SOURCES = tests/unit/api/test_quantity.c tests/unit/test.h
tests_unit_api_test_quantity_LDADD = libapi.a libbase.a $(ALL_LIBS)
check_PROGRAMS += tests/unit/api/test_scan
tests_unit_api_test_scan_SOURCES = tests/unit/api/test_scan.c tests/unit/test.h
tests_unit_api_test_scan_LDADD = libapi.a libbase.a $(ALL_LIBS)
libapi_a_SOURCES += \
	api/table_row.h \
	api/table_text.h \
	api/table.c \
	api/table_kinds.c \
	api/table_other.c \
	api/table_text.c \
	api/table_workload.c
check_PROGRAMS += tests/unit/api/test_table
tests_unit_api_test_table_SOURCES = tests/unit/api/test_table.c tests/unit/test.h
tests_unit_api_test_table_LDADD = libapi.a libbase.a $(ALL_LIBS)
check_PROGRAMS += tests/unit/api/test_selector
tests_unit_api_test_selector_SOURCES = tests/unit/api/test_selector.c tests/unit/test.h
tests_unit_api_test_selector_LDADD = libapi.a libbase.a $(ALL_LIBS)
libapi_a_SOURCES += \
	api/field_set.h \
	api/apply.c \
	api/field_set.c \
	api/field_walk.c
check_PROGRAMS += tests/unit/api/test_apply
tests_unit_api_test_apply_SOURCES = tests/unit/api/test_apply.c tests/unit/test.h
tests_unit_api_test_apply_LDADD = libapi.a libbase.a $(ALL_LIBS)
