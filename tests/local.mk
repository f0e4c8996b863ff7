# tests: sources of this room
include tests/fuzz/local.mk
include tests/fault/local.mk

# Times what users wait for, against a running cluster (tests/bench/run).
EXTRA_PROGRAMS += tests/bench/bench_cluster
tests_bench_bench_cluster_SOURCES = tests/bench/bench_cluster.c
tests_bench_bench_cluster_LDADD = libclient.a libapi.a libwire.a libbase.a $(ALL_LIBS)

# Those that scripts and benchmarks ask for, all at once.
.PHONY: test-programs
test-programs: $(EXTRA_PROGRAMS)

# What no program is made of: scripts, the vm lab, examples, the installer. tests/check/dist.sh looks for what is missing.
EXTRA_DIST += install.sh .ci/run .clang-format .gitignore examples tests/run tests/queue.sh tests/tools.sh tests/bench tests/check tests/integration tests/peers tests/vm
# A build in the source tree leaves its own files beside them.
dist-hook:
	cd $(distdir) && chmod -R u+w examples tests && rm -f $(EXTRA_PROGRAMS) && \
		find tests examples \( -name '*.o' -o -name .dirstamp -o -name '*.tar' \) -type f -exec rm -f {} +
