# ingress: sources of this room
noinst_LIBRARIES += libingress.a
libingress_a_SOURCES = \
	ingress/ingress.c ingress/ingress.h ingress/internal.h \
	ingress/status.c \
	ingress/model.c ingress/model.h ingress/records.c ingress/records.h ingress/annotations.c ingress/build.c ingress/table.c \
	ingress/table_file.c ingress/table_file.h ingress/table_write.c ingress/table_write.h \
	ingress/live.c ingress/live_page.h ingress/slots.c ingress/slots.h ingress/metrics.c ingress/metrics.h ingress/show.c ingress/show.h ingress/lint.c ingress/lint.h \
	ingress/lint_migrate.c ingress/lint_migrate.h ingress/options.h ingress/live.h \
	ingress/nginx.c ingress/nginx.h \
	ingress/runner.c ingress/runner.h ingress/master.c ingress/master.h ingress/control.c ingress/control.h
nodist_libingress_a_SOURCES = ingress/script_lua.h

# The program that nginx runs, as a C string.
BUILT_SOURCES += ingress/script_lua.h
CLEANFILES += ingress/script_lua.h
EXTRA_DIST += ingress/script.lua
ingress/script_lua.h: $(top_srcdir)/ingress/script.lua
	$(AM_V_GEN)$(MKDIR_P) ingress && sed -e 's/\\/\\\\/g; s/"/\\"/g; s/^/"/; s/$$/\\n"/' $(top_srcdir)/ingress/script.lua >$@.tmp && mv $@.tmp $@
ingress/runner.$(OBJEXT): ingress/script_lua.h

ingress_test_libs = libingress.a libclient.a libapi.a libwire.a libbase.a $(ALL_LIBS)
check_PROGRAMS += tests/unit/ingress/test_model tests/unit/ingress/test_nginx tests/unit/ingress/test_live tests/unit/ingress/test_table tests/unit/ingress/test_page
EXTRA_DIST += tests/unit/ingress/golden
tests_unit_ingress_test_live_SOURCES = tests/unit/ingress/test_live.c tests/unit/test.h
tests_unit_ingress_test_live_LDADD = $(ingress_test_libs)
tests_unit_ingress_test_page_SOURCES = tests/unit/ingress/test_page.c tests/unit/test.h
tests_unit_ingress_test_page_LDADD = $(ingress_test_libs)
tests_unit_ingress_test_table_SOURCES = tests/unit/ingress/test_table.c tests/unit/test.h
tests_unit_ingress_test_table_LDADD = $(ingress_test_libs)
tests_unit_ingress_test_model_SOURCES = tests/unit/ingress/test_model.c tests/unit/test.h
tests_unit_ingress_test_model_LDADD = $(ingress_test_libs)
tests_unit_ingress_test_nginx_SOURCES = tests/unit/ingress/test_nginx.c tests/unit/test.h
tests_unit_ingress_test_nginx_LDADD = $(ingress_test_libs)
tests_unit_ingress_test_nginx_CPPFLAGS = $(AM_CPPFLAGS) -DSRCDIR=\"$(abs_top_srcdir)\"

# For tests/integration/ingress.sh
EXTRA_PROGRAMS += tests/integration/ingress_tool
tests_integration_ingress_tool_SOURCES = tests/integration/ingress_tool.c
tests_integration_ingress_tool_LDADD = $(ingress_test_libs)
