# client: sources of this room
noinst_LIBRARIES += libclient.a
libclient_a_SOURCES = \
	client/transport.h client/client_private.h \
	client/client.c client/client.h \
	client/wait.c \
	client/events.c \
	client/https.c client/https_watch.c \
	client/informer.c client/informer.h \
	client/informer_cache.c client/informer_private.h \
	client/kubeconfig.c client/kubeconfig.h \
	client/workqueue.c client/workqueue.h

EXTRA_DIST += tests/unit/client/fake_server.h tests/unit/client/world.h
check_PROGRAMS += tests/unit/client/test_client
tests_unit_client_test_client_SOURCES = tests/unit/client/test_client.c tests/unit/test.h
tests_unit_client_test_client_LDADD = libclient.a libapi.a libwire.a libbase.a $(ALL_LIBS)
check_PROGRAMS += tests/unit/client/test_informer
tests_unit_client_test_informer_SOURCES = tests/unit/client/test_informer.c tests/unit/test.h
tests_unit_client_test_informer_LDADD = libclient.a libapi.a libwire.a libbase.a $(ALL_LIBS)
check_PROGRAMS += tests/unit/client/test_workqueue
tests_unit_client_test_workqueue_SOURCES = tests/unit/client/test_workqueue.c tests/unit/test.h
tests_unit_client_test_workqueue_LDADD = libclient.a libapi.a libwire.a libbase.a $(ALL_LIBS)
check_PROGRAMS += tests/unit/client/test_kubeconfig
tests_unit_client_test_kubeconfig_SOURCES = tests/unit/client/test_kubeconfig.c tests/unit/test.h
tests_unit_client_test_kubeconfig_LDADD = libclient.a libapi.a libwire.a libbase.a $(ALL_LIBS)
check_PROGRAMS += tests/unit/client/test_https
tests_unit_client_test_https_SOURCES = tests/unit/client/test_https.c tests/unit/test.h
tests_unit_client_test_https_LDADD = libclient.a libapi.a libwire.a libbase.a $(ALL_LIBS)
check_PROGRAMS += tests/integration/client_apiserver
tests_integration_client_apiserver_SOURCES = tests/integration/client_apiserver.c tests/unit/test.h
tests_integration_client_apiserver_LDADD = libclient.a $(APISERVER_LIBS) $(ALL_LIBS)
