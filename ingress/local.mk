# ingress: sources of this room
noinst_LIBRARIES += libingress.a
libingress_a_SOURCES = \
	ingress/ingress.c ingress/ingress.h ingress/internal.h \
	ingress/status.c \
	ingress/model.c ingress/model.h ingress/records.c ingress/records.h ingress/annotations.c ingress/build.c ingress/table.c \
	ingress/gateway_model.h ingress/gateway_records.h ingress/gateway_records.c ingress/gateway_route.c ingress/gateway_filters.c \
	ingress/gateway_build.h ingress/gateway_build.c ingress/gateway_listeners.c ingress/gateway_attach.c ingress/gateway_rules.c \
	ingress/gateway_merge.c ingress/gateway_crds.c ingress/gateway_crds.h \
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

# The kinds of the Gateway API, without comments, as a C string.
BUILT_SOURCES += ingress/gateway_crds_yaml.h
CLEANFILES += ingress/gateway_crds_yaml.h
EXTRA_DIST += ingress/gateway_crds.yaml
ingress/gateway_crds_yaml.h: $(top_srcdir)/ingress/gateway_crds.yaml
	$(AM_V_GEN)$(MKDIR_P) ingress && sed -e '/^#/d; s/\\/\\\\/g; s/"/\\"/g; s/^/"/; s/$$/\\n"/' $(top_srcdir)/ingress/gateway_crds.yaml >$@.tmp && mv $@.tmp $@
ingress/gateway_crds.$(OBJEXT): ingress/gateway_crds_yaml.h

ingress_test_libs = libingress.a libclient.a libapi.a libwire.a libbase.a $(ALL_LIBS)
check_PROGRAMS += tests/unit/ingress/test_model tests/unit/ingress/test_nginx tests/unit/ingress/test_live
EXTRA_DIST += tests/unit/ingress/golden
tests_unit_ingress_test_live_SOURCES = tests/unit/ingress/test_live.c tests/unit/test.h
tests_unit_ingress_test_live_LDADD = $(ingress_test_libs)
tests_unit_ingress_test_model_SOURCES = tests/unit/ingress/test_model.c tests/unit/test.h
tests_unit_ingress_test_model_LDADD = $(ingress_test_libs)
tests_unit_ingress_test_nginx_SOURCES = tests/unit/ingress/test_nginx.c tests/unit/test.h
tests_unit_ingress_test_nginx_LDADD = $(ingress_test_libs)
tests_unit_ingress_test_nginx_CPPFLAGS = $(AM_CPPFLAGS) -DSRCDIR=\"$(abs_top_srcdir)\"

# For tests/integration/ingress.sh
EXTRA_PROGRAMS += tests/integration/ingress_tool
tests_integration_ingress_tool_SOURCES = tests/integration/ingress_tool.c
tests_integration_ingress_tool_LDADD = $(ingress_test_libs)
