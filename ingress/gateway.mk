# ingress: the Gateway API
libingress_a_SOURCES += \
	ingress/gateway_model.h ingress/gateway_records.h ingress/gateway_records.c ingress/gateway_route.c ingress/gateway_filters.c \
	ingress/gateway_build.h ingress/gateway_build.c ingress/gateway_own.c ingress/gateway_service.h ingress/gateway_service.c ingress/gateway_listeners.c ingress/gateway_attach.c ingress/gateway_rules.c \
	ingress/gateway_findings.c ingress/gateway_findings.h ingress/gateway_missing.c ingress/gateway_merge.c ingress/gateway_share.c ingress/gateway_share_tls.c ingress/gateway_crds.c ingress/gateway_crds.h \
	ingress/gateway.c ingress/gateway.h ingress/gateway_status.c

# The kinds, without comments, compressed, as numbers.
BUILT_SOURCES += ingress/gateway_crds_yaml.h
CLEANFILES += ingress/gateway_crds_yaml.h
EXTRA_DIST += ingress/gateway_crds.yaml
ingress/gateway_crds_yaml.h: $(top_srcdir)/ingress/gateway_crds.yaml
	$(AM_V_GEN)$(MKDIR_P) ingress && sed '/^#/d' $(top_srcdir)/ingress/gateway_crds.yaml | gzip -9n | od -An -v -tu1 | sed 's/[0-9][0-9]*/&,/g' >$@.tmp && \
		[ -s $@.tmp ] && mv $@.tmp $@
ingress/gateway_crds.$(OBJEXT): ingress/gateway_crds_yaml.h

check_PROGRAMS += tests/unit/ingress/test_gateway
tests_unit_ingress_test_gateway_SOURCES = tests/unit/ingress/test_gateway.c tests/unit/test.h
tests_unit_ingress_test_gateway_LDADD = $(ingress_test_libs)
tests_unit_ingress_test_gateway_CPPFLAGS = $(AM_CPPFLAGS) -DSRCDIR=\"$(abs_top_srcdir)\"
