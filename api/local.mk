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
	api/registry.c \
	api/schema.c \
	api/schema_crd.c \
	api/tables_resources_gen.c \
	api/tables_types_gen.c
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

# objects, patches, selectors, tables
