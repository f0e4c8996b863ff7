# store: the revisioned log with watch
noinst_LIBRARIES += libstore.a
libstore_a_SOURCES = store/backend.h store/cache.c store/change.c store/history.c store/index.c store/internal.h \
	store/read.c store/sqlite.c store/store.c store/store.h store/watch.c store/writer.c
