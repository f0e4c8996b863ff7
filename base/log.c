#include "base/log.h"
#include <errno.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include "base/buf.h"
#include "base/str.h"

/* Set once before threads start. */
static struct {
	enum log_level level;
	bool json;
} conf = {LOG_LEVEL_INFO, false};

static const char *const level_names[] = {"error", "warning", "info", "debug"};

void log_setup(enum log_level level, bool json)
{
	conf.level = level;
	conf.json = json;
}

int log_level_parse(const char *s, enum log_level *ret)
{
	for (unsigned i = 0; s && i < ARRAY_LEN(level_names); i++)
		if (streq(s, level_names[i])) {
			*ret = (enum log_level)i;
			return 0;
		}
	return -EINVAL;
}

bool log_enabled(enum log_level level)
{
	return level <= conf.level;
}

/* One write per record, so that records of several threads do not mix. */
static void write_record(const char *p, size_t n)
{
	while (n > 0) {
		ssize_t k = write(STDERR_FILENO, p, n);

		if (k < 0 && errno == EINTR)
			continue;
		if (k <= 0)
			return; /* nobody to tell */
		p += k;
		n -= (size_t)k;
	}
}

void log_write(enum log_level level, const char *component, const char *object, const char *fmt, ...)
{
	AUTO_BUF struct buf msg = {0}, out = {0};
	struct timespec ts;
	char when[TIME_STR_MAX];
	int saved = errno;
	va_list ap;

	if (!log_enabled(level))
		return;
	va_start(ap, fmt);
	buf_addv(&msg, fmt, ap);
	va_end(ap);
	(void)clock_gettime(CLOCK_REALTIME, &ts);
	time_format_micro(&ts, when);
	buf_addf(&out,
		 conf.json ? "{\"time\":\"%s\",\"level\":\"%s\",\"component\":\"%s\"" : "time=%s level=%s component=%s",
		 when, level_names[level], component ? component : "minik");
	if (object) {
		buf_adds(&out, conf.json ? ",\"object\":" : " object=");
		buf_add_json_str(&out, object, strlen(object));
	}
	buf_adds(&out, conf.json ? ",\"msg\":" : " msg=");
	buf_add_json_str(&out, msg.data ? msg.data : "", msg.len);
	buf_adds(&out, conf.json ? "}\n" : "\n");
	if (!buf_failed(&out))
		write_record(out.data, out.len);
	errno = saved;
}
