# store: the revisioned log with watch
noinst_LIBRARIES += libstore.a
libstore_a_SOURCES = store/backend.h store/cache.c store/change.c store/etcd.c store/etcd.h store/etcd_codec.c \
	store/etcd_copy.c store/etcd_feed.c store/etcd_http.c store/etcd_read.c store/etcd_sync.c store/etcd_write.c \
	store/history.c store/index.c store/internal.h store/keyring.c store/keyring.h store/read.c store/reseal.c store/seal.c \
	store/seal.h store/sealer.c store/sqlite.c store/sqlite_check.c store/sqlite_copy.c store/sqlite_internal.h \
	store/sqlite_page.c store/sqlite_page.h store/sqlite_read.c store/sqlite_scrub.c store/sqlite_space.c store/store.c store/store.h store/upkeep.c store/watch.c store/writer.c

check_PROGRAMS += tests/unit/store/test_index tests/unit/store/test_store
tests_unit_store_test_index_SOURCES = tests/unit/store/test_index.c tests/unit/test.h
tests_unit_store_test_index_LDADD = libstore.a libwire.a libbase.a $(ALL_LIBS)
tests_unit_store_test_store_SOURCES = tests/unit/store/test_store.c tests/unit/store/file.h tests/unit/store/util.h tests/unit/test.h
tests_unit_store_test_store_LDADD = libstore.a libwire.a libbase.a $(ALL_LIBS)

check_PROGRAMS += tests/unit/store/test_space
tests_unit_store_test_space_SOURCES = tests/unit/store/test_space.c tests/unit/store/file.h tests/unit/store/util.h tests/unit/test.h
tests_unit_store_test_space_LDADD = libstore.a libwire.a libbase.a $(ALL_LIBS)

check_PROGRAMS += tests/unit/store/test_page
tests_unit_store_test_page_SOURCES = tests/unit/store/test_page.c tests/unit/store/file.h tests/unit/store/util.h tests/unit/test.h
tests_unit_store_test_page_LDADD = libstore.a libwire.a libbase.a $(ALL_LIBS)

check_PROGRAMS += tests/unit/store/test_seal
tests_unit_store_test_seal_SOURCES = tests/unit/store/test_seal.c tests/unit/store/file.h tests/unit/store/util.h tests/unit/test.h
tests_unit_store_test_seal_LDADD = libstore.a libwire.a libbase.a $(ALL_LIBS)

EXTRA_PROGRAMS += tests/bench/bench_store
tests_bench_bench_store_SOURCES = tests/bench/bench_store.c
tests_bench_bench_store_LDADD = libstore.a libwire.a libbase.a $(ALL_LIBS)
EXTRA_PROGRAMS += tests/bench/bench_stall
tests_bench_bench_stall_SOURCES = tests/bench/bench_stall.c
tests_bench_bench_stall_LDADD = libstore.a libwire.a libbase.a $(ALL_LIBS)

check_PROGRAMS += tests/unit/store/test_fault tests/unit/store/test_kill
tests_unit_store_test_fault_SOURCES = tests/unit/store/test_fault.c tests/unit/store/file.h tests/unit/store/util.h tests/unit/test.h
tests_unit_store_test_fault_LDADD = libstore.a libwire.a libbase.a $(ALL_LIBS)
tests_unit_store_test_kill_SOURCES = tests/unit/store/test_kill.c tests/unit/store/file.h tests/unit/store/util.h tests/unit/test.h
tests_unit_store_test_kill_LDADD = libstore.a libwire.a libbase.a $(ALL_LIBS)

# Starts etcd: run by tests/integration/store_etcd.sh.
EXTRA_PROGRAMS += tests/unit/store/test_etcd
tests_unit_store_test_etcd_SOURCES = tests/unit/store/test_etcd.c tests/unit/store/forward.h tests/unit/store/util.h tests/unit/test.h
tests_unit_store_test_etcd_LDADD = libstore.a libwire.a libbase.a $(ALL_LIBS)
