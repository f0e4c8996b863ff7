# base: sources of this room
noinst_LIBRARIES += libbase.a
libbase_a_SOURCES = \
	base/banned.h base/cleanup.h base/list.h \
	base/err.c base/err.h \
	base/bytes.c base/bytes.h \
	base/buf.c base/buf.h \
	base/str.c base/str.h \
	base/timezone.c base/timezone.h \
	base/map.c base/map.h \
	base/log.c base/log.h \
	base/clock.c base/clock.h \
	base/json.c base/json.h base/json_read.c base/json_read.h \
	base/yaml.c \
	base/fs.c base/fs.h base/fs_watch.c base/fs_watch.h base/lock_file.c base/lock_file.h \
	base/loop.c base/loop.h \
	base/pool.c base/pool.h \
	base/proc.c base/proc.h \
	base/netns.c base/netns.h \
	base/listener.c base/listener.h \
	base/netlink.c base/netlink.h base/netlink_private.h \
	base/netlink_link.c base/netlink_port.c base/netlink_route.c

libbase_a_SOURCES += base/nft.c base/nft_rule.c base/nft_list.c base/nft.h base/nft_internal.h \
	base/nft_items.c base/nft_items.h base/nft_elems.c base/nft_elems.h base/nft_watch.c base/nft_watch.h \
	base/inet.c base/inet.h
libbase_a_SOURCES += base/ipvs.c base/ipvs.h

# Unit tests, each made of the file of its name (see Makefile.am).
base_tests = \
	tests/unit/base/test_basics \
	tests/unit/base/test_inet \
	tests/unit/base/test_nft \
	tests/unit/base/test_json \
	tests/unit/base/test_loop \
	tests/unit/base/test_fs_watch \
	tests/unit/base/test_lock_file \
	tests/unit/base/test_netlink
base_test_libs = libbase.a
check_PROGRAMS += $(base_tests)
$(base_tests): LDADD = $(base_test_libs) $(ALL_LIBS)
$(base_tests): $(base_test_libs)
