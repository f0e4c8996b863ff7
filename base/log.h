/*
 * Logging to standard error: one line a record, text (logfmt-like) or JSON. Only the edge of a
 * component logs (libraries return errors). Any thread; a record is one write(2).
 * The level is process-wide configuration set once by cmd before threads start.
 */
#pragma once
#include <stdbool.h>
#include "base/err.h"

enum log_level { LOG_LEVEL_ERROR, LOG_LEVEL_WARNING, LOG_LEVEL_INFO, LOG_LEVEL_DEBUG };
void log_setup(enum log_level level, bool json);
int log_level_parse(const char *s, enum log_level *ret);
bool log_enabled(enum log_level level);
/* component: "node", "proxy"...; object: "default/web-1" or NULL. */
void log_write(enum log_level level, const char *component, const char *object, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));
#define log_error(comp, obj, ...) log_write(LOG_LEVEL_ERROR, comp, obj, __VA_ARGS__)
#define log_warning(comp, obj, ...) log_write(LOG_LEVEL_WARNING, comp, obj, __VA_ARGS__)
#define log_info(comp, obj, ...) log_write(LOG_LEVEL_INFO, comp, obj, __VA_ARGS__)
#define log_debug(comp, obj, ...)                                                                  \
	do {                                                                                       \
		if (log_enabled(LOG_LEVEL_DEBUG))                                                  \
			log_write(LOG_LEVEL_DEBUG, comp, obj, __VA_ARGS__);                        \
	} while (0)
