# client: sources of this room
noinst_LIBRARIES += libclient.a
libclient_a_SOURCES = \
	client/transport.h client/client_private.h \
	client/client.c client/client.h \
	client/wait.c \
	client/events.c \
	client/https.c client/https_watch.c \
	client/server_list.c client/server_list.h \
	client/informer.c client/informer.h \
	client/informer_cache.c client/informer_private.h \
	client/kubeconfig.c client/kubeconfig.h \
	client/leaderelection.c client/leaderelection.h \
	client/offers.c client/offers.h \
	client/workqueue.c client/workqueue.h

EXTRA_DIST += tests/unit/client/fake_server.h tests/unit/client/world.h
check_PROGRAMS += tests/integration/client_apiserver
tests_integration_client_apiserver_SOURCES = tests/integration/client_apiserver.c tests/unit/test.h
tests_integration_client_apiserver_LDADD = libclient.a $(APISERVER_LIBS) $(ALL_LIBS)

# Unit tests, each made of the file of its name (see Makefile.am).
client_tests = \
	tests/unit/client/test_client \
	tests/unit/client/test_informer \
	tests/unit/client/test_workqueue \
	tests/unit/client/test_kubeconfig \
	tests/unit/client/test_https
client_test_libs = libclient.a libapi.a libwire.a libbase.a
check_PROGRAMS += $(client_tests)
$(client_tests): LDADD = $(client_test_libs) $(ALL_LIBS)
$(client_tests): $(client_test_libs)
