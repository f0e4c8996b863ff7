# apiserver: HTTP, authentication, authorization, admission, REST verbs, watch, streaming, CRDs
noinst_LIBRARIES += libapiserver.a
libapiserver_a_SOURCES = \
	apiserver/apiserver.h \
	apiserver/auth.h \
	apiserver/bootstrap.c \
	apiserver/compress.c \
	apiserver/convert.c \
	apiserver/crd_cleanup.c \
	apiserver/component_status.c \
	apiserver/decode.c \
	apiserver/options.c \
	apiserver/delete.c \
	apiserver/direct.c \
	apiserver/deprecation.c \
	apiserver/discovery.c \
	apiserver/encryption.c \
	apiserver/event_ttl.c \
	apiserver/fair.c \
	apiserver/fair.h \
	apiserver/ingress_refs.c apiserver/ingress_refs.h \
	apiserver/flow.c \
	apiserver/flow.h \
	apiserver/flow_keep.c \
	apiserver/flow_rule.c \
	apiserver/flow_seat.c \
	apiserver/flow_work.c \
	apiserver/health.c \
	apiserver/identity.c \
	apiserver/internal.h \
	apiserver/list.h \
	apiserver/list_stream.c \
	apiserver/openapi.c \
	apiserver/pager.c \
	apiserver/pager.h \
	apiserver/pki.c \
	apiserver/pki.h \
	apiserver/proxy.c \
	apiserver/proxy_links.c \
	apiserver/proxy_links.h \
	apiserver/read.c \
	apiserver/registry.c \
	apiserver/relay.c \
	apiserver/relay.h \
	apiserver/req.c \
	apiserver/request.c \
	apiserver/scale.c \
	apiserver/scale.h \
	apiserver/server.c \
	apiserver/strategy.c \
	apiserver/strategy.h \
	apiserver/strategy_crd.c \
	apiserver/strategy_misc.c \
	apiserver/strategy_pod.c \
	apiserver/strategy_service.c apiserver/service_ranges.c apiserver/service_ranges.h \
	apiserver/stream.c \
	apiserver/stream.h \
	apiserver/stream_fetch.c \
	apiserver/stream_translate.c \
	apiserver/stream_translate.h \
	apiserver/stream_upgrade.c \
	apiserver/sub.c \
	apiserver/sub_merge.c \
	apiserver/watch.c \
	apiserver/write.c \
	apiserver/write_build.c \
	apiserver/write_commit.c \
	apiserver/write_hooked.c \
	apiserver/write_patch.c apiserver/write_turn.c \
	apiserver/write.h \
	apiserver/ws_out.c \
	apiserver/ws_out.h \
	apiserver/ws_watch.c

# Who may do what: authentication, RBAC, admission
libapiserver_a_SOURCES += \
	apiserver/admission.c \
	apiserver/admission_review.c \
	apiserver/admit_account.c \
	apiserver/admit_csr.c \
	apiserver/admit_limits.c \
	apiserver/admit_misc.c \
	apiserver/admit_node.c \
	apiserver/admit_node_keeps.c \
	apiserver/node_authz.c \
	apiserver/admit_pod.c \
	apiserver/admit_quota.c \
	apiserver/auth.c \
	apiserver/auth_internal.h \
	apiserver/authn.c \
	apiserver/admit_security.c \
	apiserver/pod_security.c \
	apiserver/pod_security.h \
	apiserver/quota.c \
	apiserver/quota.h \
	apiserver/quota_sync.c \
	apiserver/rbac.c \
	apiserver/rbac.h \
	apiserver/rbac_admit.c \
	apiserver/rbac_aggregate.c \
	apiserver/rbac_bootstrap.c \
	apiserver/rbac_defaults.c \
	apiserver/rbac_rule.c \
	apiserver/review.c \
	apiserver/sa_legacy.c \
	apiserver/sa_token.c \
	apiserver/webhook.c \
	apiserver/webhook.h \
	apiserver/webhook_call.c \
	apiserver/webhook_match.c \
	apiserver/webhook_run.c \
	apiserver/webhook_virtual.c

APISERVER_LIBS = libapiserver.a libstore.a libapi.a libwire.a libbase.a

EXTRA_PROGRAMS += tests/integration/apiserver_main
tests_integration_apiserver_main_SOURCES = tests/integration/apiserver_main.c
tests_integration_apiserver_main_LDADD = $(APISERVER_LIBS) $(ALL_LIBS)
EXTRA_DIST += tests/integration/apiserver_kubectl.sh tests/integration/auth.sh tests/integration/webhooks.sh tests/integration/webhook_server.py
CLEANFILES += tests/integration/apiserver_main

check_PROGRAMS += tests/unit/apiserver/test_direct
tests_unit_apiserver_test_direct_SOURCES = tests/unit/apiserver/test_direct.c tests/unit/apiserver/world.h tests/unit/test.h
tests_unit_apiserver_test_direct_LDADD = $(APISERVER_LIBS) $(ALL_LIBS)
check_PROGRAMS += tests/unit/apiserver/test_stream
tests_unit_apiserver_test_stream_SOURCES = tests/unit/apiserver/test_stream.c tests/unit/apiserver/world.h tests/unit/test.h
tests_unit_apiserver_test_stream_LDADD = $(APISERVER_LIBS) $(ALL_LIBS)
check_PROGRAMS += tests/unit/apiserver/test_pki
tests_unit_apiserver_test_pki_SOURCES = tests/unit/apiserver/test_pki.c tests/unit/apiserver/world.h tests/unit/test.h
tests_unit_apiserver_test_pki_LDADD = $(APISERVER_LIBS) $(ALL_LIBS)
check_PROGRAMS += tests/unit/apiserver/test_service_ranges
tests_unit_apiserver_test_service_ranges_SOURCES = tests/unit/apiserver/test_service_ranges.c tests/unit/test.h
tests_unit_apiserver_test_service_ranges_LDADD = $(APISERVER_LIBS) $(ALL_LIBS)
check_PROGRAMS += tests/unit/apiserver/test_ingress_refs
tests_unit_apiserver_test_ingress_refs_SOURCES = tests/unit/apiserver/test_ingress_refs.c tests/unit/test.h
tests_unit_apiserver_test_ingress_refs_LDADD = $(APISERVER_LIBS) $(ALL_LIBS)
check_PROGRAMS += tests/unit/apiserver/test_webhook
tests_unit_apiserver_test_webhook_SOURCES = tests/unit/apiserver/test_webhook.c tests/unit/test.h
tests_unit_apiserver_test_webhook_LDADD = $(APISERVER_LIBS) $(ALL_LIBS)
check_PROGRAMS += tests/unit/apiserver/test_rbac tests/unit/apiserver/test_auth
tests_unit_apiserver_test_rbac_SOURCES = tests/unit/apiserver/test_rbac.c tests/unit/json.h tests/unit/test.h
tests_unit_apiserver_test_rbac_LDADD = $(APISERVER_LIBS) $(ALL_LIBS)
tests_unit_apiserver_test_auth_SOURCES = tests/unit/apiserver/test_auth.c tests/unit/apiserver/world.h tests/unit/test.h
tests_unit_apiserver_test_auth_LDADD = $(APISERVER_LIBS) $(ALL_LIBS)

check_PROGRAMS += tests/unit/apiserver/test_leader
tests_unit_apiserver_test_leader_SOURCES = tests/unit/apiserver/test_leader.c tests/unit/apiserver/world.h tests/unit/test.h
tests_unit_apiserver_test_leader_LDADD = libclient.a $(APISERVER_LIBS) $(ALL_LIBS)
check_PROGRAMS += tests/unit/apiserver/test_flow
tests_unit_apiserver_test_flow_SOURCES = tests/unit/apiserver/test_flow.c tests/unit/json.h tests/unit/test.h
tests_unit_apiserver_test_flow_LDADD = $(APISERVER_LIBS) $(ALL_LIBS)
check_PROGRAMS += tests/unit/apiserver/test_fair
tests_unit_apiserver_test_fair_SOURCES = tests/unit/apiserver/test_fair.c tests/unit/test.h
tests_unit_apiserver_test_fair_LDADD = $(APISERVER_LIBS) $(ALL_LIBS)
check_PROGRAMS += tests/unit/apiserver/test_proxy_links
tests_unit_apiserver_test_proxy_links_SOURCES = tests/unit/apiserver/test_proxy_links.c tests/unit/test.h
tests_unit_apiserver_test_proxy_links_LDADD = $(APISERVER_LIBS) $(ALL_LIBS)
