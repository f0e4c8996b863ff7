# ingress: sources of this room
noinst_LIBRARIES += libingress.a
libingress_a_SOURCES = \
	ingress/ingress.c ingress/ingress.h ingress/internal.h \
	ingress/status.c ingress/refs.c \
	ingress/model.c ingress/model.h ingress/pem.c ingress/pem.h ingress/records.c ingress/records.h ingress/rec_secret.c ingress/table.c \
	ingress/grammar.c ingress/grammar.h ingress/grammar_text.c ingress/grammar_text.h ingress/regex.c ingress/notes.c ingress/notes.h ingress/notes_fill.c ingress/annotations.c \
	ingress/params.c ingress/params.h ingress/params_keys.c ingress/class.c \
	ingress/build.c ingress/build.h ingress/backend.c ingress/policy.c ingress/servers.c ingress/hosts.c ingress/canary.c ingress/canonical.c \
	ingress/table_file.c ingress/table_file.h ingress/table_write.c ingress/table_write.h \
	ingress/staples.c ingress/staples.h ingress/expiry.c ingress/expiry.h ingress/address.h \
	ingress/live.c ingress/live_page.h ingress/slots.c ingress/slots.h ingress/metrics.c ingress/metrics.h ingress/show.c ingress/show_policy.c ingress/show.h ingress/lint.c ingress/lint.h \
	ingress/lint_migrate.c ingress/lint_migrate.h ingress/lint_nginx.c ingress/lint_nginx.h ingress/options.h ingress/live.h \
	ingress/nginx.c ingress/nginx.h \
	ingress/snippet.c ingress/snippet.h ingress/lint_habits.c ingress/lint_habits.h ingress/lint_others.c ingress/lint_others.h \
	ingress/runner.c ingress/runner.h ingress/runner_internal.h ingress/ground.c ingress/helper.c ingress/helper.h \
	ingress/master.c ingress/master.h ingress/streams.c ingress/streams.h ingress/services.c ingress/nodes.c ingress/nodes.h \
	ingress/module_image.c ingress/module_image.h

# What minik ingress show and lint say besides the routing table
libingress_a_SOURCES += \
	ingress/show_internal.h ingress/show_around.c ingress/show_cert.c ingress/show_filter.c ingress/show_text.c ingress/grid.c ingress/grid.h \
	ingress/seen.c ingress/seen.h ingress/lint_streams.c ingress/lint_streams.h ingress/lint_findings.c ingress/lint_internal.h

# The module of nginx: a shared object that is kept inside the executable (ingress/module_image.h). It is nginx's code by its rules:
# flags of its own, no sanitizer, undefined names that nginx has.
module_sources = \
	ingress/module/module.c ingress/module/module.h ingress/module/policy.h \
	ingress/module/policy.c ingress/module/policy_value.c ingress/module/policy_value.h ingress/module/policy_keep.c ingress/module/answer.c ingress/module/rewrite.c ingress/module/access.c ingress/module/limits.c \
	ingress/module/cookie.c ingress/module/filter.c ingress/module/given.c \
	ingress/module/table.c ingress/module/route.c ingress/module/match.c ingress/module/match.h ingress/module/balance.c \
	ingress/module/tls.c ingress/module/stats.c ingress/module/clients.c \
	ingress/module/auth.c ingress/module/auth.h ingress/module/auth_cache.c ingress/module/expand.c ingress/module/digest.c ingress/module/cache.c ingress/module/cache.h \
	ingress/module/client_cert.c ingress/module/errors.c ingress/module/mirror.c ingress/module/names.c ingress/module/names.h ingress/module/headers.c ingress/module/request_id.c ingress/module/upstream.c ingress/module/upstream_tls.c \
	ingress/table_file.c \
	ingress/module/begin.c ingress/module/cleartext.c ingress/module/scheme.c ingress/module/text.c ingress/module/upgrade.c \
	ingress/live.h ingress/options.h ingress/table_file.h ingress/address.h
module_cppflags = -I$(top_srcdir) -include $(top_srcdir)/base/banned.h
module_nginx = -isystem @NGINX_SRC@/src/core -isystem @NGINX_SRC@/src/event -isystem @NGINX_SRC@/src/event/modules \
	-isystem @NGINX_SRC@/src/event/quic -isystem @NGINX_SRC@/src/os/unix -isystem @NGINX_SRC@/src/http \
	-isystem @NGINX_SRC@/src/http/modules -isystem @NGINX_SRC@/src/http/v2 -isystem @NGINX_SRC@/src/http/v3 -isystem ingress/nginx/objs
module_cflags = -std=gnu11 -fPIC -O2 -Wall -Wextra -Wno-unused-parameter -Wshadow -Wmissing-prototypes -fno-strict-aliasing \
	-fvisibility=hidden -fstack-protector-strong $(MODULE_CFLAGS)
module_ldflags = -shared -Wl,--as-needed -Wl,-z,relro
EXTRA_DIST += $(module_sources)
if NGINX
noinst_PROGRAMS += ingress/minik_module.so
ingress_minik_module_so_SOURCES = $(module_sources)
ingress_minik_module_so_CPPFLAGS = $(module_cppflags) $(module_nginx)
ingress_minik_module_so_CFLAGS = $(module_cflags)
ingress_minik_module_so_LDFLAGS = $(module_ldflags)
ingress_minik_module_so_LDADD =
$(ingress_minik_module_so_OBJECTS): | ingress/nginx/objs/ngx_auto_config.h

# For tests: nginx runs it with LD_PRELOAD=libasan.so.
EXTRA_PROGRAMS += ingress/minik_module_asan.so
ingress_minik_module_asan_so_SOURCES = $(module_sources)
ingress_minik_module_asan_so_CPPFLAGS = $(module_cppflags) $(module_nginx)
ingress_minik_module_asan_so_CFLAGS = $(module_cflags) -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
ingress_minik_module_asan_so_LDFLAGS = $(module_ldflags) -fsanitize=address,undefined
ingress_minik_module_asan_so_LDADD =
$(ingress_minik_module_asan_so_OBJECTS): | ingress/nginx/objs/ngx_auto_config.h
CLEANFILES += ingress/minik_module_asan.so

# nginx's configure writes beside itself: it gets a folder of its own, of links.
ingress/nginx/objs/ngx_auto_config.h:
	$(AM_V_GEN)rm -rf ingress/nginx && $(MKDIR_P) ingress/nginx && cd ingress/nginx && ln -s @NGINX_SRC@/auto auto && ln -s @NGINX_SRC@/src src && \
		bash -c '. @NGINX_SRC@/conf_flags && sh @NGINX_SRC@/configure "$${NGX_CONF_FLAGS[@]}"' >configure.log 2>&1 || \
		{ tail -n 3 ingress/nginx/configure.log >&2; rm -rf ingress/nginx; exit 1; }
clean-local:
	rm -rf ingress/nginx

ingress/minik_module.bin: ingress/minik_module.so
	$(AM_V_GEN)$(STRIP) -o $@.tmp ingress/minik_module.so && mv $@.tmp $@
CLEANFILES += ingress/minik_module.bin
module_image_file = ingress/minik_module.bin
else
clean-local:
module_image_file =
endif
ingress/module_image_data.h: Makefile $(module_image_file)
	$(AM_V_GEN)$(MKDIR_P) ingress && { echo '#define MODULE_NGINX_VERSION "@NGINX_VERSION@"'; \
		for f in $(module_image_file); do echo "#define MODULE_FILE \"$$f\""; done; } >$@.tmp && mv $@.tmp $@
CLEANFILES += ingress/module_image_data.h
ingress/module_image.$(OBJEXT): ingress/module_image_data.h

ingress_test_libs = libingress.a libclient.a libapi.a libwire.a libbase.a $(ALL_LIBS)
check_PROGRAMS += tests/unit/ingress/test_model tests/unit/ingress/test_notes tests/unit/ingress/test_routes tests/unit/ingress/test_random tests/unit/ingress/test_features tests/unit/ingress/test_nginx tests/unit/ingress/test_live tests/unit/ingress/test_class
EXTRA_DIST += tests/unit/ingress/golden
tests_unit_ingress_test_model_SOURCES = tests/unit/ingress/test_model.c tests/unit/ingress/model_test.h tests/unit/test.h
tests_unit_ingress_test_model_LDADD = $(ingress_test_libs)
tests_unit_ingress_test_notes_SOURCES = tests/unit/ingress/test_notes.c tests/unit/ingress/model_test.h tests/unit/test.h
tests_unit_ingress_test_notes_LDADD = $(ingress_test_libs)
tests_unit_ingress_test_class_SOURCES = tests/unit/ingress/test_class.c tests/unit/ingress/model_test.h tests/unit/test.h
tests_unit_ingress_test_class_LDADD = $(ingress_test_libs)
tests_unit_ingress_test_routes_SOURCES = tests/unit/ingress/test_routes.c tests/unit/ingress/model_test.h tests/unit/test.h
tests_unit_ingress_test_routes_LDADD = $(ingress_test_libs)
tests_unit_ingress_test_features_SOURCES = tests/unit/ingress/test_features.c tests/unit/ingress/model_test.h tests/unit/test.h
tests_unit_ingress_test_features_LDADD = $(ingress_test_libs)
tests_unit_ingress_test_random_SOURCES = tests/unit/ingress/test_random.c tests/unit/ingress/model_test.h tests/unit/test.h
tests_unit_ingress_test_random_LDADD = $(ingress_test_libs)
check_PROGRAMS += tests/unit/ingress/test_table tests/unit/ingress/test_page
tests_unit_ingress_test_live_SOURCES = tests/unit/ingress/test_live.c tests/unit/test.h
tests_unit_ingress_test_live_LDADD = $(ingress_test_libs)
tests_unit_ingress_test_page_SOURCES = tests/unit/ingress/test_page.c tests/unit/test.h
tests_unit_ingress_test_page_LDADD = $(ingress_test_libs)
tests_unit_ingress_test_table_SOURCES = tests/unit/ingress/test_table.c tests/unit/test.h
tests_unit_ingress_test_table_LDADD = $(ingress_test_libs)
tests_unit_ingress_test_nginx_SOURCES = tests/unit/ingress/test_nginx.c tests/unit/test.h
tests_unit_ingress_test_nginx_LDADD = $(ingress_test_libs)
tests_unit_ingress_test_nginx_CPPFLAGS = $(AM_CPPFLAGS) -DSRCDIR=\"$(abs_top_srcdir)\"

check_PROGRAMS += tests/unit/ingress/test_show tests/unit/ingress/test_tenant
tests_unit_ingress_test_tenant_SOURCES = tests/unit/ingress/test_tenant.c tests/unit/ingress/model_test.h tests/unit/test.h
tests_unit_ingress_test_tenant_LDADD = $(tests_unit_ingress_test_random_LDADD)
tests_unit_ingress_test_show_SOURCES = tests/unit/ingress/test_show.c tests/unit/ingress/model_test.h tests/unit/test.h
tests_unit_ingress_test_show_LDADD = $(ingress_test_libs)

# For tests/integration/ingress.sh
EXTRA_PROGRAMS += tests/integration/ingress_tool
tests_integration_ingress_tool_SOURCES = tests/integration/ingress_tool.c
tests_integration_ingress_tool_LDADD = $(ingress_test_libs)

# For tests/integration/ingress_module.sh and its like
EXTRA_PROGRAMS += tests/integration/table_tool
tests_integration_table_tool_SOURCES = tests/integration/table_tool.c
tests_integration_table_tool_LDADD = $(ingress_test_libs)
CLEANFILES += tests/integration/table_tool

# For tests/integration/ingress_random.sh
EXTRA_PROGRAMS += tests/integration/conf_tool
tests_integration_conf_tool_SOURCES = tests/integration/conf_tool.c
tests_integration_conf_tool_LDADD = $(ingress_test_libs)
CLEANFILES += tests/integration/conf_tool

# What a change costs, without an API server
EXTRA_PROGRAMS += tests/bench/bench_ingress_table
tests_bench_bench_ingress_table_SOURCES = tests/bench/bench_ingress_table.c
tests_bench_bench_ingress_table_LDADD = $(ingress_test_libs)
CLEANFILES += tests/bench/bench_ingress_table
