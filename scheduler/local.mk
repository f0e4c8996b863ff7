# scheduler: binds pods to nodes
noinst_LIBRARIES += libscheduler.a
libscheduler_a_SOURCES = \
	scheduler/scheduler.c scheduler/scheduler.h scheduler/internal.h scheduler/evict.c \
	scheduler/plugins.c scheduler/plugin.h \
	scheduler/preempt.c scheduler/preempt.h \
	scheduler/volumes.c scheduler/volumes.h scheduler/volumes_limits.c \
	scheduler/volumes_bind.c scheduler/volumes_wake.c

check_PROGRAMS += tests/unit/scheduler/test_preempt
tests_unit_scheduler_test_preempt_SOURCES = tests/unit/scheduler/test_preempt.c tests/unit/json.h tests/unit/test.h
tests_unit_scheduler_test_preempt_LDADD = libscheduler.a libclient.a libapi.a libwire.a libbase.a $(ALL_LIBS)
