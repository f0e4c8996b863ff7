# controllers: one file per controller
noinst_LIBRARIES += libcontrollers.a
libcontrollers_a_SOURCES = \
	controllers/controllers.c controllers/controllers.h \
	controllers/shared.c controllers/shared.h \
	controllers/owned.c controllers/owned.h \
	controllers/history.c controllers/history.h \
	controllers/replicaset.c \
	controllers/daemonset.c controllers/daemon_plan.c controllers/daemon_plan.h \
	controllers/deployment.c \
	controllers/statefulset.c controllers/stateful_plan.c controllers/stateful_plan.h \
	controllers/stateful_claims.c controllers/stateful_claims.h \
	controllers/cronjob.c controllers/cron_due.c controllers/cron_due.h \
	controllers/disruption.c controllers/budget.c controllers/budget.h \
	controllers/job.c controllers/job_ttl.c \
	controllers/job_count.c controllers/job_count.h controllers/job_account.c controllers/job_account.h controllers/job_index.c \
	controllers/endpoint_pods.c \
	controllers/endpoints.c \
	controllers/endpointslice.c \
	controllers/mirror.c \
	controllers/servicelb.c controllers/servicelb_plan.c controllers/servicelb_plan.h \
	controllers/slices.c \
	controllers/namespace.c \
	controllers/serviceaccount.c \
	controllers/nodes.c \
	controllers/podgc.c \
	controllers/ephemeral.c \
	controllers/csr.c \
	controllers/bootstrap_tokens.c \
	controllers/discovery.c controllers/discovery.h controllers/endpoints.h \
	controllers/unsupported.c \
	controllers/garbage.c

# Unit tests, each made of the file of its name (see Makefile.am).
controllers_tests = \
	tests/unit/controllers/test_job \
	tests/unit/controllers/test_cron_due \
	tests/unit/controllers/test_plans \
	tests/unit/controllers/test_servicelb
controllers_test_libs = libcontrollers.a libclient.a libapi.a libwire.a libbase.a
check_PROGRAMS += $(controllers_tests)
$(controllers_tests): LDADD = $(controllers_test_libs) $(ALL_LIBS)
$(controllers_tests): $(controllers_test_libs)
