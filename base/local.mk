# base: sources of this room
noinst_LIBRARIES += libbase.a
libbase_a_SOURCES = \
	base/banned.h base/cleanup.h base/list.h \
	base/err.c base/err.h \
	base/bytes.c base/bytes.h \
	base/buf.c base/buf.h \
	base/str.c base/str.h \
	base/map.c base/map.h \
	base/log.c base/log.h \
	base/clock.c base/clock.h \
	base/json.c base/json.h \
	base/yaml.c \
	base/fs.c base/fs.h \
	base/loop.c base/loop.h \
	base/pool.c base/pool.h \
	base/proc.c base/proc.h \
	base/netns.c base/netns.h \
	base/netlink.c base/netlink.h base/netlink_private.h \
	base/netlink_link.c base/netlink_route.c

check_PROGRAMS += tests/unit/base/test_basics
tests_unit_base_test_basics_SOURCES = tests/unit/base/test_basics.c tests/unit/test.h
tests_unit_base_test_basics_LDADD = libbase.a $(ALL_LIBS)
libbase_a_SOURCES += base/nft.c base/nft_rule.c base/nft_list.c base/nft.h base/nft_internal.h
check_PROGRAMS += tests/unit/base/test_nft
tests_unit_base_test_nft_SOURCES = tests/unit/base/test_nft.c tests/unit/test.h
tests_unit_base_test_nft_LDADD = libbase.a $(ALL_LIBS)
check_PROGRAMS += tests/unit/base/test_json
tests_unit_base_test_json_SOURCES = tests/unit/base/test_json.c tests/unit/test.h
tests_unit_base_test_json_LDADD = libbase.a $(ALL_LIBS)
check_PROGRAMS += tests/unit/base/test_loop
tests_unit_base_test_loop_SOURCES = tests/unit/base/test_loop.c tests/unit/test.h
tests_unit_base_test_loop_LDADD = libbase.a $(ALL_LIBS)
check_PROGRAMS += tests/unit/base/test_netlink
tests_unit_base_test_netlink_SOURCES = tests/unit/base/test_netlink.c tests/unit/test.h
tests_unit_base_test_netlink_LDADD = libbase.a $(ALL_LIBS)
