/* Scope-bound release and ownership transfer. */
#pragma once
#include <stdlib.h>
#include <unistd.h>

#define CLEANUP(fn) __attribute__((cleanup(fn)))
/* Defines static void NAME(T *p) for use with CLEANUP: calls fn(*p) when *p is non-NULL. */
#define DEFINE_CLEANUP(T, fn, NAME)                                                                \
	static inline __attribute__((unused)) void NAME(T *p)                                      \
	{                                                                                          \
		if (*p)                                                                            \
			(void)fn(*p);                                                              \
	}
static inline void cleanup_free_p(void *p) { free(*(void **)p); }
#define AUTO_FREE CLEANUP(cleanup_free_p)
static inline void cleanup_close_p(int *fd)
{
	if (*fd >= 0)
		(void)close(*fd);
}
#define AUTO_CLOSE CLEANUP(cleanup_close_p)

/* Yields the value and leaves NULL (or -1) behind: ownership moves to the reader. */
#define TAKE_PTR(p)                                                                                \
	({                                                                                         \
		__typeof__(p) *take_pp_ = &(p);                                                    \
		__typeof__(p) take_v_ = *take_pp_;                                                 \
		*take_pp_ = NULL;                                                                  \
		take_v_;                                                                           \
	})
#define TAKE_FD(fd)                                                                                \
	({                                                                                         \
		int *take_fp_ = &(fd);                                                             \
		int take_f_ = *take_fp_;                                                           \
		*take_fp_ = -1;                                                                    \
		take_f_;                                                                           \
	})
#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))
#define container_of(ptr, type, member) ((type *)((char *)(ptr) - offsetof(type, member)))
#define UNUSED __attribute__((unused))
