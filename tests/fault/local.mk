# Clients that write down what they see while a server is killed, and what is checked of it.
check_PROGRAMS += tests/unit/fault/test_history
tests_unit_fault_test_history_SOURCES = tests/unit/fault/test_history.c tests/fault/history.c tests/fault/history.h tests/unit/test.h
tests_unit_fault_test_history_LDADD = libbase.a $(ALL_LIBS)

EXTRA_PROGRAMS += tests/fault/checker
tests_fault_checker_SOURCES = tests/fault/checker.c tests/fault/history.c tests/fault/history.h tests/fault/https.c tests/fault/https.h
tests_fault_checker_LDADD = libbase.a $(ALL_LIBS)
CLEANFILES += tests/fault/checker

EXTRA_PROGRAMS += tests/fault/checker_shared
tests_fault_checker_shared_SOURCES = tests/fault/checker_shared.c tests/fault/history.c tests/fault/history.h tests/fault/https.c tests/fault/https.h
tests_fault_checker_shared_LDADD = libbase.a $(ALL_LIBS)
CLEANFILES += tests/fault/checker_shared

# The same server with bugs planted on purpose.
EXTRA_PROGRAMS += tests/integration/faulty_main
tests_integration_faulty_main_SOURCES = tests/integration/faulty_main.c tests/integration/apiserver_main.c
tests_integration_faulty_main_LDADD = $(APISERVER_LIBS) $(ALL_LIBS)
tests_integration_faulty_main_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=store_commit,--wrap=store_watch_new,--wrap=store_range,--wrap=store_sync
CLEANFILES += tests/integration/faulty_main

EXTRA_PROGRAMS += tests/fault/cutter
tests_fault_cutter_SOURCES = tests/fault/cutter.c tests/fault/https.c tests/fault/https.h
tests_fault_cutter_LDADD = libbase.a $(ALL_LIBS)
CLEANFILES += tests/fault/cutter

EXTRA_PROGRAMS += tests/bench/bench_watch
tests_bench_bench_watch_SOURCES = tests/bench/bench_watch.c tests/fault/https.c tests/fault/https.h
tests_bench_bench_watch_LDADD = libbase.a $(ALL_LIBS)

EXTRA_PROGRAMS += tests/bench/bench_fill
tests_bench_bench_fill_SOURCES = tests/bench/bench_fill.c
tests_bench_bench_fill_LDADD = $(APISERVER_LIBS) $(ALL_LIBS)
