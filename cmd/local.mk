# cmd: the one executable; it alone sees every room
bin_PROGRAMS += minik
minik_SOURCES = \
	cmd/main.c cmd/cmd.h \
	cmd/options.c cmd/options.h \
	cmd/status_dns.c cmd/status_dns.h \
	cmd/status_proxy.c cmd/status_proxy.h \
	cmd/local_http.c cmd/local_http.h \
	cmd/probe.c cmd/probe.h \
	cmd/debug.c cmd/debug.h \
	cmd/debug_gather.c \
	cmd/debug_endpoints.c \
	cmd/debug_proxy.c \
	cmd/debug_node.c \
	cmd/debug_dns.c \
	cmd/debug_policy.c \
	cmd/debug_reach.c \
	cmd/debug_overlay.c \
	cmd/overlay.c cmd/overlay.h \
	cmd/debug_outside.c \
	cmd/options_check.c cmd/options_check.h cmd/options_net.c cmd/options_net.h cmd/options_together.c \
	cmd/address.c cmd/address.h \
	cmd/host.c cmd/host.h \
	cmd/run.c cmd/run.h \
	cmd/instance.c cmd/instance.h \
	cmd/tool_client.c cmd/tool_client.h \
	cmd/secret.c cmd/secret.h \
	cmd/join.c cmd/join.h \
	cmd/cluster.c cmd/cluster.h \
	cmd/join_ask.c cmd/join_ask.h \
	cmd/failover.c cmd/failover.h \
	cmd/datastore.c cmd/datastore.h \
	cmd/elect.c cmd/elect.h \
	cmd/parts.c cmd/parts.h \
	cmd/adapt.c cmd/adapt.h \
	cmd/server.c \
	cmd/agent.c \
	cmd/component.c \
	cmd/kubectl.c \
	cmd/image.c \
	cmd/token.c \
	cmd/certificate.c cmd/certificate.h cmd/ingress.c \
	cmd/secrets_encrypt.c \
	cmd/backup.c cmd/backup.h \
	cmd/restore.c \
	cmd/schedule.c \
	cmd/presence.c cmd/presence.h \
	cmd/check_config.c \
	cmd/status.c \
	cmd/ping.c cmd/ping.h \
	cmd/killall.c cmd/killall.h \
	cmd/kin.c cmd/kin.h \
	cmd/uninstall.c \
	cmd/version.c
minik_LDADD = libapiserver.a libstore.a libcontrollers.a libscheduler.a libnode.a libnet.a libproxy.a libdns.a libingress.a \
	libstorage.a libclient.a libapi.a libwire.a libbase.a $(ALL_LIBS)

# Certificates near their end (tests/integration/certificates.sh).
EXTRA_PROGRAMS += tests/integration/cert_tool
tests_integration_cert_tool_SOURCES = tests/integration/cert_tool.c
tests_integration_cert_tool_LDADD = libwire.a libbase.a $(ALL_LIBS)
CLEANFILES += tests/integration/cert_tool

check_PROGRAMS += tests/unit/cmd/test_debug_policy
tests_unit_cmd_test_debug_policy_SOURCES = tests/unit/cmd/test_debug_policy.c cmd/debug_policy.c tests/unit/json.h tests/unit/test.h
tests_unit_cmd_test_debug_policy_LDADD = libproxy.a libapi.a libwire.a libbase.a $(ALL_LIBS)
