# tests: sources of this room
include tests/fuzz/local.mk

# Times what users wait for, against a running cluster (tests/bench/run).
EXTRA_PROGRAMS += tests/bench/bench_cluster
tests_bench_bench_cluster_SOURCES = tests/bench/bench_cluster.c
tests_bench_bench_cluster_LDADD = libclient.a libapi.a libwire.a libbase.a $(ALL_LIBS)
