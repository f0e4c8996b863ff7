# ingress: sources of this room
noinst_LIBRARIES += libingress.a
libingress_a_SOURCES = \
	ingress/ingress.c ingress/ingress.h ingress/internal.h \
	ingress/status.c \
	ingress/model.c ingress/model.h ingress/records.c ingress/records.h ingress/rec_secret.c ingress/table.c \
	ingress/grammar.c ingress/grammar.h ingress/regex.c ingress/notes.c ingress/notes.h ingress/notes_fill.c ingress/annotations.c \
	ingress/build.c ingress/build.h ingress/backend.c ingress/policy.c ingress/servers.c ingress/hosts.c ingress/canary.c ingress/canonical.c \
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
check_PROGRAMS += tests/unit/ingress/test_model tests/unit/ingress/test_notes tests/unit/ingress/test_routes tests/unit/ingress/test_nginx tests/unit/ingress/test_live
EXTRA_DIST += tests/unit/ingress/golden
tests_unit_ingress_test_live_SOURCES = tests/unit/ingress/test_live.c tests/unit/test.h
tests_unit_ingress_test_live_LDADD = $(ingress_test_libs)
tests_unit_ingress_test_model_SOURCES = tests/unit/ingress/test_model.c tests/unit/ingress/model_test.h tests/unit/test.h
tests_unit_ingress_test_notes_SOURCES = tests/unit/ingress/test_notes.c tests/unit/ingress/model_test.h tests/unit/test.h
tests_unit_ingress_test_notes_LDADD = $(ingress_test_libs)
tests_unit_ingress_test_routes_SOURCES = tests/unit/ingress/test_routes.c tests/unit/ingress/model_test.h tests/unit/test.h
tests_unit_ingress_test_routes_LDADD = $(ingress_test_libs)
tests_unit_ingress_test_model_LDADD = $(ingress_test_libs)
tests_unit_ingress_test_nginx_SOURCES = tests/unit/ingress/test_nginx.c tests/unit/test.h
tests_unit_ingress_test_nginx_LDADD = $(ingress_test_libs)
tests_unit_ingress_test_nginx_CPPFLAGS = $(AM_CPPFLAGS) -DSRCDIR=\"$(abs_top_srcdir)\"

# For tests/integration/ingress.sh
EXTRA_PROGRAMS += tests/integration/ingress_tool
tests_integration_ingress_tool_SOURCES = tests/integration/ingress_tool.c
tests_integration_ingress_tool_LDADD = $(ingress_test_libs)
