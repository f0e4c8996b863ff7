# controllers: one file per controller
noinst_LIBRARIES += libcontrollers.a
libcontrollers_a_SOURCES = \
	controllers/controllers.c controllers/controllers.h \
	controllers/shared.c controllers/shared.h \
	controllers/owned.c controllers/owned.h \
	controllers/replicaset.c \
	controllers/deployment.c \
	controllers/job.c controllers/job_ttl.c \
	controllers/job_account.c controllers/job_account.h controllers/job_index.c \
	controllers/endpoint_pods.c \
	controllers/endpoints.c \
	controllers/endpointslice.c \
	controllers/mirror.c \
	controllers/slices.c \
	controllers/namespace.c \
	controllers/serviceaccount.c \
	controllers/nodes.c \
	controllers/podgc.c \
	controllers/csr.c \
	controllers/discovery.c controllers/discovery.h controllers/endpoints.h \
	controllers/unsupported.c \
	controllers/garbage.c
