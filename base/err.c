#include "base/err.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>

__attribute__((format(printf, 3, 0))) static void err_vset(struct err *e, int code, const char *fmt, va_list ap)
{
	/* The format's arguments may point into e->msg itself. */
	char msg[sizeof e->msg];

	if (vsnprintf(msg, sizeof msg, fmt, ap) < 0)
		msg[0] = '\0';
	memcpy(e->msg, msg, sizeof msg);
	e->code = code;
}

int err_set(struct err *e, int code, const char *fmt, ...)
{
	va_list ap;

	if (!e)
		return code;
	va_start(ap, fmt);
	err_vset(e, code, fmt, ap);
	va_end(ap);
	return code;
}

int err_errno(struct err *e, int errnum, const char *fmt, ...)
{
	va_list ap;
	size_t n;

	if (errnum <= 0)
		errnum = EIO;
	if (!e)
		return -errnum;
	va_start(ap, fmt);
	err_vset(e, -errnum, fmt, ap);
	va_end(ap);
	n = strlen(e->msg);
	(void)snprintf(e->msg + n, sizeof e->msg - n, ": %s", err_name(-errnum));
	return -errnum;
}

int err_wrap(struct err *e, const char *fmt, ...)
{
	char inner[sizeof e->msg];
	va_list ap;
	size_t n;
	int code;

	if (!e)
		return ERR_INTERNAL;
	code = e->code ? e->code : ERR_INTERNAL;
	memcpy(inner, e->msg, sizeof inner);
	inner[sizeof inner - 1] = '\0';
	va_start(ap, fmt);
	err_vset(e, code, fmt, ap);
	va_end(ap);
	n = strlen(e->msg);
	(void)snprintf(e->msg + n, sizeof e->msg - n, ": %s", inner[0] ? inner : err_name(code));
	return code;
}

int err_nomem(struct err *e)
{
	return err_set(e, -ENOMEM, "out of memory");
}

const char *err_name(int code)
{
	static const char *const own[] = {
	    "not found",
	    "already exists",
	    "conflict",
	    "invalid",
	    "bad request",
	    "gone",
	    "forbidden",
	    "unauthorized",
	    "too large",
	    "too many",
	    "timed out",
	    "not supported",
	    "protocol error",
	    "canceled",
	    "unavailable",
	    "internal error",
	    "would block",
	    "revision too new",
	    "method not allowed",
	    "not acceptable",
	    "unsupported media type",
	    "it is sealed with a key that is not in DATA_DIR/server/cred/secrets-keys.json: put that file back (the "
	    "other servers of the cluster have it, and a backup made with --with-keys)",
	    "what is stored is not what was sealed: it was damaged or tampered with; restore it from a backup, or "
	    "delete it with ignoreStoreReadErrorWithClusterBreakingPotential=true",
	};
	const char *s;

	if (code == 0)
		return "success";
	if (code <= ERR_NOT_FOUND && code > ERR_NOT_FOUND - (int)(sizeof own / sizeof own[0]))
		return own[ERR_NOT_FOUND - code];
	s = code < 0 && code > -1000 ? strerrordesc_np(-code) : NULL;
	return s ? s : "unknown error";
}
