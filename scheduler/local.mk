# scheduler: binds pods to nodes
noinst_LIBRARIES += libscheduler.a
libscheduler_a_SOURCES = \
	scheduler/scheduler.c scheduler/scheduler.h \
	scheduler/plugins.c scheduler/plugin.h
